"""The line scan gives the engine's events or none: on every shape that could fool it, and on random ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from goalkit import resources
from goalkit.vault.blocks import Event, events, parse, scan

LINES = [
    "", " ", "  ", "- a", "- a  ", "- [ ] b", "- [x] c 📅 2026-01-01", "  more", "    deep", " x", "words", "two words",
    "## H", "# T ", "### x #", "## foo \\#", "#no", "- ", "-", "---", "===", "1. a", "12 a", "1) x", "123456789. x",
    "- 2026-01-01: 3 — x", "- **b** c", "**b** c", "| a | b |", "|-|-|", "a | b", "- | -", "-- | --", "> q", "- > a",
    "```", "- ```", "`c` d", "``x``", "[a]: b", "- [a]: b", "[[l]] x", "[x] y", "<b>", "\tq", "* a", "+ a", "***", "a\\",
    "- - a", "- 1. b", "- # h", "  - n", "    - m", "é", "“q”", "a\x0b", "\u2028", "\u00a0a", "\ufeffb", "&amp;", "– x",
    ":-", "- :-", "![a](b)", "(a)", "## 1. x", "## - x", "## [x] a", "~~~", "- ~~~", "__b__", "- __b__", "_e_", "0. x",
]  # fmt: skip


@settings(max_examples=20_000)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["", "\n", "\n\n"]))
def test_the_scan_agrees_with_the_engine_on_shapes(lines, end):
    text = "\n".join(lines) + end
    found = scan(text)
    assert found is None or found == list(parse(text))


@settings(max_examples=5_000)
@given(st.text(st.sampled_from("ab -#*[]x`1.)\n:|>é\u00a0\u2028\t\\_"), max_size=40))
def test_the_scan_agrees_with_the_engine_on_letters(text):
    found = scan(text)
    assert found is None or found == list(parse(text))


def test_plain_bodies_are_scanned_and_others_left_to_the_engine():
    plain = "# T\n\nText of\ntwo lines.\n\n## Check-ins\n\n- 2026-01-01: 3 — x\n  more\n- b\n"
    assert scan(plain) == list(parse(plain))
    assert scan("1. one\n2. two\n") is None
    assert [e.kind for e in events("1. one\n")] == ["item", "text", "end"]
    assert events("- a\r\n- b\r") == events("- a\n- b\n")
    assert events("") == []


def test_most_of_a_believable_vault_is_scanned():
    """The scan is worth its lines only while it covers most bodies."""
    bodies = [
        p.read_text(encoding="utf-8").split("---\n", 2)[-1]
        for p in (resources.folder("sample-vault") / "goals").glob("*.md")
    ]
    covered = sum(scan(b) is not None for b in bodies)
    assert covered * 3 >= 2 * len(bodies)


def test_an_event_is_a_plain_tuple():
    assert Event("text", 1, 0, 1, "a") == ("text", 1, 0, 1, "a", 0)
