"""The docs name every field, setting, measure, rule and page of the docs; what they link is there."""

import re
from pathlib import Path

import pytest

from goalkit import config, rules
from goalkit.cli import COMMANDS
from goalkit.dates import PERIODS
from goalkit.model.goal import STATUSES
from goalkit.vault import fields

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Heading anchors as the forges make them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("name", fields.NAMES)
def test_every_field_stands_in_the_format(name):
    assert re.search(rf"^\|.*`{name}`.*\|", FORMAT, re.MULTILINE)


@pytest.mark.parametrize(
    "name", [s for s in config.SETTINGS if s not in ("folders", "words", "rules", "ignore")]
)
def test_every_setting_stands_in_the_format(name):
    assert re.search(rf"^{name} = ", FORMAT, re.MULTILINE)


@pytest.mark.parametrize("name", ["folders", "words", "rules", "ignore"])
def test_every_table_of_settings_stands_in_the_format(name):
    assert f"\n[{name}]" in FORMAT


@pytest.mark.parametrize("word", [*STATUSES, *PERIODS])
def test_every_status_and_period_stands_in_the_format(word):
    assert f"`{word}`" in FORMAT


@pytest.mark.parametrize("code", rules.RULES)
def test_every_rule_stands_in_the_rules(code):
    assert f"## {code} " in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS], ids=lambda p: p.name)
def test_links_between_the_docs_lead_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def test_the_readme_fits_two_screens_and_names_commands_that_exist():
    assert len(README.splitlines()) <= 100
    named = set(re.findall(r"^goalkit ([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS], ids=lambda p: p.name)
def test_nobody_is_sent_to_the_unrelated_package(page):
    assert not re.search(
        r"(pip|pipx|uv|uvx)\b[^\n`]*\binstall\s+goalkit\b|uvx goalkit", page.read_text(encoding="utf-8")
    )
