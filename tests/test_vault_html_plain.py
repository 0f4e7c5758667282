"""HTML made without the engine is byte for byte what the engine makes, or is not made."""

from hypothesis import given, settings
from hypothesis import strategies as st

from goalkit import resources
from goalkit.vault import html

PARTS = [
    "One plain note. ", "Tabs\there",
    "a", "word", "**bold**", "*em*", "`code`", "[[g]]", "[[g|l]]", "[[no]]", "&", "&amp;", "R&D", "<", ">", '"', "'", "!",
    "![", "%", "%%", "~", "~~", "_", "snake_case", "\\", "(", ")", "**a b**", "**a", "*", "`", "``", "  ", " ", ".", ",",
    ":", "\n", "\n- ", "\n\n", "\n## ", "\n- [ ] ", "\n- [x] ", "http://x.y", "\n  ", "…", "é", "**é**", "(**b**)", "**b**.",
    "**b**!", "a*b*c", "[x]", "]", "1", "\u00a0", "**1.**", "**a b.** ", "*c d?* ", "**a.**x", "*a.*)", "`a b`", "` a`",
    "**x**\n", "\t", "#", "|", "![[e]]", "\n1. ", "&#35;", "&x", "*a*b", "\n> ", "\n```\n", "\n---\n", "\u2028",
]  # fmt: skip


def resolve(target: str) -> str | None:
    return None if "no" in target else "goals/x.html"


@settings(max_examples=20_000)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map("".join))
def test_plain_html_is_the_engines_html(text):
    made = html.plain(text, resolve)
    assert made is None or not text.strip() or made == html.engine(text, resolve).html


def test_plain_html_covers_what_people_write():
    for path in (resources.folder("sample-vault") / "goals").glob("*.md"):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[-1]
        made = html.plain(body, resolve)
        assert made is None or made == html.engine(body, resolve).html
    assert html.plain(
        "Two **bold** words, `code`, a [[goal]] and\na second line.\n\n- [x] done\n- open", resolve
    )
    assert html.plain("| a | b |\n|---|---|\n", resolve) is None
