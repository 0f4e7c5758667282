"""Page names: safe everywhere, never shared; editor links: only what was asked for."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit.site.addresses import editor_link, slug, slugs

SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
ODD = [
    "con", "CON", "aux", "nul.txt", "com1", "lpt9", "index", "404", "404.html", "Learn Go", "learn-go", "Learn-Go", "C++", "C#",
    "../../etc/passwd", "a/b", "a\\b", "C:", "\x00", "", ".", "..", ".hidden", "a.", "a-", "über", "u\u0308ber", "ﬁ", "е", "e",
    "x" * 80, "x" * 81, "x" * 300, "\ud800", "goals/a", "goals-a", "👍",
]  # fmt: skip


def test_a_plain_id_keeps_its_name() -> None:
    assert slug("learn-go-1.22_b") == "learn-go-1.22_b"


@pytest.mark.parametrize(
    "name", ["con", "aux.v2", "com1", "index", "404", "404.html", "a.", "x" * 81, "Learn Go", "C++"]
)
def test_any_other_is_changed_and_says_so_by_a_hash(name: str) -> None:
    assert slug(name) != name
    assert re.search(r"-[0-9a-f]{8}$", slug(name))


def test_no_two_share_a_page() -> None:
    found = slugs(ODD)
    assert len(set(found.values())) == len(ODD)
    assert all(SAFE.fullmatch(name) for name in found.values())


def test_one_who_took_the_name_of_another_does_not_get_its_page() -> None:
    stolen = slug("Learn Go")
    found = slugs(["Learn Go", stolen])
    assert found[stolen] == stolen
    assert found["Learn Go"] != stolen


def test_a_page_keeps_its_name_whoever_else_is_there() -> None:
    assert slugs(["Learn Go"])["Learn Go"] == slugs(["Learn Go", "learn-go", "LEARN GO"])["Learn Go"]


@given(st.lists(st.text(), unique=True, max_size=20))
def test_names_are_safe_and_unique_on_a_file_system_that_ignores_case(keys: list[str]) -> None:
    found = slugs(keys)
    folded = {unicodedata.normalize("NFC", name.casefold()) for name in found.values()}
    assert len(folded) == len(keys)
    assert all(SAFE.fullmatch(name) and not name.endswith(".") for name in found.values())


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("", ""),
        ("vscode", "vscode://file/home/me/my%20plan/goals/a%20b.md:3"),
        ("obsidian", "obsidian://open?vault=Plan%20%26%20so&file=goals/a%20b.md"),
        ("emacs://open?file={path}&line={line}", "emacs://open?file=goals/a%20b.md&line=3"),
        ("javascript:alert({line})", ""),
        ("JavaScript:alert(1)", ""),
        ("data:text/html,{path}", ""),
        ("{path}", ""),
        ("//evil.invalid/{path}", ""),
    ],
)
def test_editor_links(pattern: str, link: str) -> None:
    assert editor_link(pattern, "/home/me/my plan", "goals/a b.md", 3, "Plan & so") == link


def test_an_editor_link_on_windows() -> None:
    assert editor_link("vscode", "C:\\plan", "goals/a.md", 1, "plan") == "vscode://file/C:/plan/goals/a.md:1"


def test_a_path_cannot_end_the_link() -> None:
    assert '"' not in editor_link("vscode", "/v", 'goals/a"b.md', 1, "v")
    assert "{line}" not in editor_link("vscode", "/v", "goals/{line}.md", 7, "v")
