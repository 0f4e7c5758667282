"""docs/commands.md is true: every command and option stands in it, and its examples print what it says.

`python -m tests.test_cli_docs` prints the page with its examples as they are now.
"""

import json
import re
import shlex
import sys
import tempfile
from pathlib import Path

import click
import pytest

from goalkit.cli import COMMANDS, cli
from goalkit.export import CSV_COLUMNS
from tests.command import run, write
from tests.test_export import FIELDS

PAGE = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([^`\n]+\.(?:md|toml))`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
CONSOLES = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pair
    for block in CONSOLES
    for pair in re.findall(r"^\$ goalkit (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
WIDTH = {"COLUMNS": "96"}


def command(name: str) -> click.Command:
    with cli.make_context("goalkit", [name], resilient_parsing=True) as ctx:
        found = cli.get_command(ctx, name)
    assert found is not None
    return found


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    assert len(FILES) > 5
    return write(tmp_path, FILES)


@pytest.mark.parametrize(("typed", "printed"), EXAMPLES, ids=[typed for typed, _ in EXAMPLES])
def test_an_example_prints_what_the_page_says(vault: Path, typed: str, printed: str) -> None:
    done = run("-C", vault, *shlex.split(typed), env=WIDTH)
    assert done.out + done.err == printed


def test_every_reading_command_has_an_example() -> None:
    shown = {typed.split()[0] for typed, _ in EXAMPLES}
    assert shown >= {"status", "list", "show", "tree", "why", "check", "explain"}


def test_every_command_has_its_section() -> None:
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_choice_stands_in_its_section(name: str) -> None:
    for param in command(name).params:
        words = (
            [*param.opts, *param.secondary_opts]
            if isinstance(param, click.Option)
            else [param.make_metavar(click.Context(command(name)))]
        )
        choices = list(map(str, param.type.choices)) if isinstance(param.type, click.Choice) else []
        for word in (*words, *choices):
            assert word.strip("[]{}") in SECTIONS[name] or not word.startswith("-"), word


def test_the_global_options_stand_there_too() -> None:
    for param in cli.params:
        assert all(f"`{opt}" in PAGE for opt in param.opts), param.opts


def test_no_option_is_named_that_is_not_there() -> None:
    known = {opt for name in COMMANDS for p in command(name).params for opt in (*p.opts, *p.secondary_opts)}
    known |= {opt for param in cli.params for opt in param.opts} | {"--help", "-h"}
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]+", " ".join(SECTIONS.values()))) <= known


def test_every_exported_field_stands_there() -> None:
    assert [name for name in FIELDS if f"`{name}`" not in SECTIONS["export"]] == []
    assert {"stated_on", "last_check_in", "milestones_done"} <= CSV_COLUMNS.keys()


def test_the_problem_matcher_reads_the_lines_of_check(vault: Path) -> None:
    (task,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
    pattern = re.compile(task["tasks"][0]["problemMatcher"]["pattern"]["regexp"])
    lines = run("-C", vault, "check").out.splitlines()
    assert lines
    assert all(pattern.match(line) for line in lines)


def page_with_examples(vault: Path) -> str:
    """The page, each of its consoles run again."""

    def run_again(console: "re.Match[str]") -> str:
        typed = re.findall(r"^\$ goalkit (.*)$", console[1], re.MULTILINE)
        printed = [(line, run("-C", vault, *shlex.split(line), env=WIDTH)) for line in typed]
        shown = "".join(f"$ goalkit {line}\n{done.out}{done.err}" for line, done in printed)
        return f"```console\n{shown}```"

    return re.sub(r"^```console\n(.*?)^```$", run_again, PAGE, flags=re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(page_with_examples(write(Path(folder), FILES)))
