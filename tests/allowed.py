"""What the HTML of a user's Markdown may hold: a list of elements, of attributes, of link schemes."""

import re
from html.parser import HTMLParser

TAGS = frozenset(
    [
        "a",
        "aside",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES = frozenset(["aria-label", "class", "href", "id", "rel", "role", "start", "tabindex"])
CLASSES = re.compile(
    r"(?:box|box-(?:open|done|under-way|cancelled)|mark|said|scroll|source|left|right|center|callout-title"
    r"|callout|callout-[a-z]+|language-[\w+#.-]+)"
)


class Checker(HTMLParser):
    """Refuses whatever is not on the lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        if tag not in ("br", "hr"):
            self.open.append(tag)
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "href":
                assert re.match(r"(?:https?://|mailto:|#h-|page/)", value or "", re.IGNORECASE), value
            if name == "class":
                assert all(CLASSES.fullmatch(c) for c in re.split("[ \t\n\f\r]+", value or "")), value
            if name == "id":
                assert (value or "").startswith("h-")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def check(html: str) -> None:
    """Raises AssertionError where `html` holds anything else, or is not well nested."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
