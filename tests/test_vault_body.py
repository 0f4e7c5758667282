"""A body's boxes, sections, links: what is one, where it stands, and that a tick changes one character."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from goalkit.model.goal import Box
from goalkit.text import Edit, Source, apply
from goalkit.vault import body
from goalkit.vault.body import Outline

WORDS = {"milestones": ("milestones",), "check_ins": ("check-ins",)}


def outline(text: str, front: str = "") -> Outline:
    return body.outline(Source("goals/g.md", front + text), len(front), **WORDS)


def boxes(text: str) -> list[tuple[str, str, int, bool]]:
    return [(b.text, b.state, b.line, b.nested) for b in outline(text).body.boxes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- [ ] a", [("a", "open", 1, False)]),
        ("* [x] a\n+ [X] b\n", [("a", "done", 1, False), ("b", "done", 2, False)]),
        ("1. [/] a\n2) [-] b", [("a", "under-way", 1, False), ("b", "cancelled", 2, False)]),
        ("- [?] a", [("a", "open", 1, False)]),
        ("- [ ]", [("", "open", 1, False)]),
        ("-   [ ] a", [("a", "open", 1, False)]),
        ("-\t[x] a", [("a", "done", 1, False)]),
        ("- a\n  - [ ] b", [("b", "open", 2, False)]),
        (
            "- [ ] a\n  - [x] b\n    - [x] c\n- [ ] d",
            [
                ("a", "open", 1, False),
                ("b", "done", 2, True),
                ("c", "done", 3, True),
                ("d", "open", 4, False),
            ],
        ),
        ("- [ ] a\n\t- [x] b", [("a", "open", 1, False), ("b", "done", 2, True)]),
        ("- [ ] a\n\n  - [x] b", [("a", "open", 1, False), ("b", "done", 3, True)]),
        ("- [ ] a\n  - plain\n    - [x] b", [("a", "open", 1, False), ("b", "done", 3, True)]),
        ("> - [ ] a\n> - [x] b", [("a", "open", 1, False), ("b", "done", 2, False)]),
        ("> [!todo] Now\n> - [x] a", [("a", "done", 2, False)]),
        ("> > 1. [x] a", [("a", "done", 1, False)]),
        ("- - [x] a", [("a", "done", 1, False)]),
        ("- [ ] a\n  > - [x] b", [("a", "open", 1, False), ("b", "done", 2, True)]),
        ("- [ ] a\nlazy\n- [x] b", [("a", "open", 1, False), ("b", "done", 3, False)]),
        ("- [ ] a\n\n  more\n\n- [x] b", [("a", "open", 1, False), ("b", "done", 5, False)]),
        ("- text\n\n  [x] not a box", []),
        ("[x] not a box", []),
        ("- [x]not a box", []),
        ("- [] not a box", []),
        ("- [xx] not a box", []),
        ("- [x](http://example.org) link", []),
        ("- \\[x] not a box", []),
        ("```\n- [x] a\n```", []),
        ("~~~\n- [x] a\n", []),
        ("text\n\n    - [x] a", []),
        ("<!-- \n- [x] a\n-->\n- [ ] b", [("b", "open", 4, False)]),
        ("<!-- - [x] a -->\n\n- [ ] b", [("b", "open", 3, False)]),
        ("<details>\n\n- [x] a\n\n</details>", [("a", "done", 3, False)]),
        ("| a |\n|---|\n| - [x] b |", []),
        ("# - [x] a", []),
        ("- # [x] a", []),
    ],
)
def test_what_is_a_box(text: str, found: list[tuple[str, str, int, bool]]) -> None:
    assert boxes(text) == found


SHAPES = [
    "- [ ] a",
    "\t- [ ] a",
    "> - [ ] a",
    "1. [ ] a",
    "- [ ] a 📅 2026-01-01",
    "- - [ ] a",
    "-\t[ ] ä\u2028b",
]


@pytest.mark.parametrize(
    ("shape", "end", "front"),
    list(product(SHAPES, ["\n", "\r\n", "\r"], ["", "\ufeff", "---\ntitle: x\n---\n"])),
)
def test_a_tick_changes_one_character_of_the_line(shape: str, end: str, front: str) -> None:
    front = front.replace("\n", end)
    lines = [
        "## Milestones",
        "",
        "one\u2028two\x85three\x0bfour",
        "",
        "- [ ] first",
        "",
        "words",
        "",
        shape.lstrip("\t"),
        "",
        "end",
    ]
    text = end.join(lines) + end
    source = Source("goals/g.md", front + text)
    box = outline_of(source, len(front))[-1]
    assert source.line(box.line) == shape.lstrip("\t")
    ticked = apply(source.text, [Edit(box.mark_span, "x")])
    assert ticked == front + text.replace(shape.lstrip("\t"), shape.lstrip("\t").replace("[ ]", "[x]"))
    assert outline_of(Source("goals/g.md", ticked), len(front))[-1].state == "done"


def outline_of(source: Source, offset: int) -> tuple[Box, ...]:
    return body.outline(source, offset, **WORDS).body.boxes


@pytest.mark.parametrize(
    ("text", "dates", "clean"),
    [
        ("a 📅 2026-04-16 ✅ 2026-01-10", {"due": "2026-04-16", "done_on": "2026-01-10"}, "a"),
        ("a ⏳2026-04-16 🛫 2026-04-01 b", {"scheduled": "2026-04-16", "start": "2026-04-01"}, "a b"),
        ("a 📅\ufe0f\u00a02026-04-16", {"due": "2026-04-16"}, "a"),
        ("a ➕ 2026-01-01 ❌ 2026-01-02", {}, "a"),
        (
            "a [due:: 2026-04-16] (completion:: 2026-01-10)",
            {"due": "2026-04-16", "done_on": "2026-01-10"},
            "a",
        ),
        ("a [Due::2026-04-16]", {"due": "2026-04-16"}, "a"),
        (
            "a [scheduled:: 2026-04-16] [start:: 2026-04-01]",
            {"scheduled": "2026-04-16", "start": "2026-04-01"},
            "a",
        ),
    ],
)
def test_the_dates_of_a_box(text: str, dates: dict[str, str], clean: str) -> None:
    (box,) = outline(f"- [ ] {text}").body.boxes
    found = {
        name: str(day) for name in ("due", "done_on", "scheduled", "start") if (day := getattr(box, name))
    }
    assert (found, box.text) == (dates, clean)


def test_a_date_that_is_none_is_named() -> None:
    read = outline("- [ ] a 📅 2026-02-30\n- [ ] b [due:: soon]\n")
    assert [written for _, written in read.bad_dates] == ["📅 2026-02-30", "due soon"]
    assert [b.due for b in read.body.boxes] == [None, None]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("## Check-ins\n\n- a\n- b\n", ["a", "b"]),
        ("## check ins\n- a\n# Next\n- b\n", ["a"]),
        ("# CHECK-INS\n- a\n## Inside\n- b\n# After\n- c\n", ["a", "b"]),
        ("Check-ins\n---------\n\n- a\n", ["a"]),
        ("## **Check-ins**\n- a\n", ["a"]),
        ("## Check-ins\n1. a\n2. b\n", ["a", "b"]),
        ("## Check-ins\n- a\n  - nested\n", ["a\n- nested"]),
        ("## Check-ins\n- a\n  more\n\n  and more\n- b\n", ["a\nmore\n\nand more", "b"]),
        ("## Check-ins\n\n> - a\n", []),
        ("```\n## Check-ins\n```\n- a\n", []),
        ("> ## Check-ins\n\n- a\n", []),
        ("- ## Check-ins\n- a\n", []),
        ("## Check-ins\n```\n- a\n```\n", []),
        ("## Other\n- a\n## Check-ins\n- b\n## Check-ins\n- c\n", ["b", "c"]),
    ],
)
def test_the_items_of_the_check_in_section(text: str, items: list[str]) -> None:
    assert [item.text for item in outline(text).check_in_items] == items


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_item_knows_its_line_in_the_file(end: str) -> None:
    front = f"---{end}title: x{end}---{end}"
    text = end.join(["one\u2028two\x0b", "", "## Check-ins", "", "- a", "  more", "- b"])
    source = Source("goals/g.md", front + text)
    items = body.outline(source, len(front), **WORDS).check_in_items
    assert [(i.text, i.line) for i in items] == [("a\nmore", 8), ("b", 10)]
    assert [source.text[i.span.start : i.span.end] for i in items] == [f"a{end}  more", "b"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[[a]]", ["a"]),
        ("![[a]] [[b|c]] [[d#e]]", ["a", "b", "d#e"]),
        ('[x](a.md) [y](<b.md>) [z](c%20d.md#e) [w](e.md "t")', ["a.md", "b.md", "c d.md#e", "e.md"]),
        ("[x](http://example.org) [y](a.png)", []),
        ("`[[a]]` ``[[b]] ` [[c]]`` [[d]]", ["d"]),
        ("` [[a]]", ["a"]),
        ("[[a]] <!-- [[b]] --> [[c]]", ["a", "c"]),
        ("<!-- [[a]]", []),
        ("```\n[[a]]\n```\n[[b]]", ["b"]),
        ("- [ ] x [[a]]\n  - [ ] y [[b]]", ["a", "b"]),
        ("> [[a]]\n> [[b]]", ["a", "b"]),
        ("| [[a\\|b]] |\n|---|\n| [[c]] |", ["a", "c"]),
        ("# [[a]]", ["a"]),
        ("[[]] [[|x]] [[a\nb]]", []),
    ],
)
def test_the_links_of_a_body(text: str, links: list[str]) -> None:
    found = outline(text).body.links
    assert [link.target for link in found] == links
    for link in found:
        assert link.target.split(".md")[0].replace(" ", "%20") in text[link.span.start : link.span.end]


def test_a_box_has_the_links_of_its_own_text() -> None:
    first, second = outline("- [ ] x [[a]]\n  - [ ] y [[b]]").body.boxes
    assert [[ln.target for ln in b.links] for b in (first, second)] == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (
            "# T\n\nWhy.\n\n## Milestones\n\n- [ ] a\n\n## Notes\n\nMore.\n\n## Check-ins\n\n- 2026-01-01: 4\n",
            "Why.\n\n## Notes\n\nMore.",
        ),
        ("Why.\n", "Why."),
        ("T\n===\n\nWhy.", "Why."),
        ("# T\n# Second\nWhy.", "# Second\nWhy."),
        ("## Milestones\n- [ ] a\n### Sub\nx\n## Notes\ny", "## Notes\ny"),
        ("", ""),
    ],
)
def test_the_prose_is_what_the_page_does_not_show_elsewhere(text: str, prose: str) -> None:
    for end in ("\n", "\r\n"):
        assert body.prose(outline(text.replace("\n", end)).body).replace("\r\n", "\n") == prose


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# A *b* [c](d) [[e|f]] `g`", "A b c f g"),
        ("## x\n# y\n# z", "y"),
        ("a\nb\n===", "a b"),
        ("no", ""),
        ("> # a", ""),
        ("# " + "[" * 50_000, "[" * 2_000),
    ],
)
def test_the_heading(text: str, heading: str) -> None:
    assert outline(text).body.heading == heading


@pytest.mark.parametrize(
    "text", ["> " * 120 + "x", ">" * 120 + "x", "".join("  " * i + "- x\n" for i in range(80))]
)
def test_what_is_nested_too_deeply_is_named(text: str) -> None:
    assert outline(text).too_deep is not None
    assert outline(text[: len(text) // 20] + "x").too_deep is None


BOMBS = """
from goalkit.config import Config
from goalkit.text import Source
from goalkit.vault import reader
n = 1_000_000
front = "---\\n{}\\n---\\n"
days = [f"- 2026-01-{i % 28 + 1:02}: {i}\\n" for i in range(n // 20)]
for text in (
    "[[a]] " + "<!-- " * (n // 5),
    "[[a]] " + " ".join("`" * i for i in range(1, 1_400)),
    "[[a|" * (n // 4),
    "[a](x.md " * (n // 9),
    "- [ ] " + "[due:: " * (n // 7),
    "- [ ] a" + " " * n + "b",
    "# " + "[" * n,
    "# " + "*a " * (n // 3),
    "# a\\n" * (n // 8),
    ">" * n,
    front.format("supports: '" + "[[a]], " * (n // 7) + "'"),
    front.format("measure: 1 " + "a " * (n // 2) + "/"),
    front.format("measure: 50 x") + "## Check-ins\\n" + "".join(days),
    front.format("title: " + "[" * (n // 2)),
):
    reader.read_all([Source("goals/x.md", text)], Config())
"""


def test_a_megabyte_of_any_one_thing_is_read_in_a_time_that_grows_with_it() -> None:
    """Each of these once took minutes."""
    here = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", BOMBS], cwd=here, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
