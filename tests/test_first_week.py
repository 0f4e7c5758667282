"""docs/first-week.md is what happens: every command of it is typed on a terminal, every file compared.

`python -m tests.test_first_week` prints the page as it is now.
"""

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.command import Done
from tests.terminal import talk

PAGE = (Path(__file__).parent.parent / "docs" / "first-week.md").read_text(encoding="utf-8")
HOME = "/home/ada/goals"
PARTS = re.compile(
    r"^## (?P<day>\w+ \d+ \w+ \d{4})$"
    r"|^```console\n(?P<console>.*?)^```$"
    r"|^`(?P<path>[^`\n]+\.(?:md|toml))`(?: now)?:\n\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ (?P<typed>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


Played = list[tuple["re.Match[str]", str]]


def at_terminal(folder: Path, day: str, typed: str, shown: str) -> Done:
    """Type a command, and at each prompt the answer that the page has."""
    name, *args = shlex.split(typed)
    assert name == "goalkit"
    answers = [line[1:].strip() for line in shown.splitlines() if line.startswith(">")]
    return talk("--today", day, *args, answers=answers, cwd=folder)


def as_shown(done: Done, folder: Path) -> str:
    """The screen as the page has it: in a folder of its own, without blanks at the end of lines."""
    return re.sub(r"[ \t]+$", "", done.out.replace(str(folder), HOME), flags=re.MULTILINE)


def played(folder: Path) -> Iterator[tuple["re.Match[str]", str]]:
    """Each part of the page that can be replayed, and what it is when it is."""
    day = ""
    for part in PARTS.finditer(PAGE):
        if part["day"]:
            day = str(datetime.strptime(part["day"], "%A %d %B %Y").date())  # noqa: DTZ007 - a day has no zone
        elif part["console"] is not None:
            commands = COMMAND.finditer(part["console"])
            shown = (
                f"$ {c['typed']}\n{as_shown(at_terminal(folder, day, c['typed'], c['shown']), folder)}"
                for c in commands
            )
            yield part, "".join(shown)
        else:
            file = folder / part["path"]
            yield part, file.read_text(encoding="utf-8") if file.is_file() else "It is not there.\n"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Played]:
    """The folder in which the page was replayed, and what came of each part."""
    folder = tmp_path_factory.mktemp("week").resolve() / "goals"
    folder.mkdir()
    return folder, list(played(folder))


def test_the_first_week_happens_as_it_is_told(week: tuple[Path, Played]) -> None:
    kinds = {"console": 0, "text": 0}
    for part, now in week[1]:
        kind = "text" if part["console"] is None else "console"
        assert part[kind] == now
        kinds[kind] += 1
    assert kinds["console"] > 8
    assert kinds["text"] > 8


def test_every_file_on_the_way_is_shown(week: tuple[Path, Played]) -> None:
    folder, parts = week
    told = {part["path"] for part, _ in parts if part["path"]}
    files = [p.relative_to(folder) for p in folder.rglob("*") if p.is_file()]
    made = {p.as_posix() for p in files if p.parts[0] not in (".goalkit", "site")}
    assert made == told


def test_each_step_of_the_road_is_on_the_page() -> None:
    typed = re.findall(r"^\$ goalkit (\w+)", PAGE, re.MULTILINE)
    assert typed[0] == "init"
    assert typed.count("new") == 3
    assert typed.count("checkin") >= 5
    assert {"close", "build"} <= set(typed)


def page_now(folder: Path) -> str:
    """The page, replayed."""
    page, at = "", 0
    for part, now in played(folder):
        kind = "text" if part["console"] is None else "console"
        page, at = page + PAGE[at : part.start(kind)] + now, part.end(kind)
    return page + PAGE[at:]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        (Path(place).resolve() / "goals").mkdir()
        sys.stdout.write(page_now(Path(place).resolve() / "goals"))
