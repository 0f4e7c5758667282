"""The block structure of a body: headings, list items, paragraphs, with their lines.

markdown-it decides what is what. Most bodies have nothing but headings, plain paragraphs and flat bullet lists, though,
and for those a scan of the lines gives the same events forty times faster; whatever it is not certain of, it leaves to the
engine whole. A test holds the two equal.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt

MAX_NESTING = 100
# HTML is no text: what stands in a comment is not said.
_ENGINE = MarkdownIt("js-default", {"maxNesting": MAX_NESTING, "html": True})
_ENGINE.core.ruler.enableOnly(["normalize", "block"])

WORD = r"[A-Za-z\"'(?]"
# How a line of text may begin so that it cannot open anything but a paragraph.
_TEXT = (
    r"(?:[A-Za-z\"'(!%&$@/\\?]|[^\x00-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]|\d(?!\d{0,8}[.)])"
    r"|\[\[|\[[ xX/-]\] |\*\*[^\s*]|`[^`])"
)
_LINE = re.compile(
    rf"(?P<blank>[ ]*)$|(?P<mark>#{{1,6}})[ ]+(?P<title>(?={_TEXT})[^\t]*?[^\s#\\])[ ]*$"
    rf"|-[ ](?P<item>(?={_TEXT})[^\t]*)$|(?P<indent>[ ]*)(?P<text>{_TEXT}[^\t]*)$"
)


class Event(NamedTuple):
    """A heading, an inline text, the begin or end of a list item, or where nesting ends the reading (`deep`).

    Lines count from 0, `last` is not in it.
    """

    kind: Literal["heading", "text", "item", "end", "deep"]
    level: int
    first: int
    last: int
    text: str = ""
    depth: int = 0


def events(text: str) -> list[Event]:
    """The events of `text` in order. A heading's text is the event after it; `depth` is its level from 1 to 6."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    found = scan(lines)
    return list(parse(lines)) if found is None else found


def parse(text: str) -> Iterator[Event]:
    """The events as the engine finds them."""
    for token in _ENGINE.parse(text) if text.strip() else ():
        first, last = token.map or (0, 0)
        if token.level >= MAX_NESTING - 1 and token.type in ("blockquote_open", "list_item_open"):
            yield Event("deep", token.level, first, last)
        if token.type == "heading_open":
            yield Event("heading", token.level, first, last, depth=int(token.tag[1]))
        elif token.type == "inline":
            yield Event("text", token.level, first, last, token.content)
        elif token.type == "list_item_open":
            yield Event("item", token.level, first, last)
        elif token.type == "list_item_close":
            yield Event("end", token.level, 0, 0)


def scan(text: str) -> list[Event] | None:
    """The same events for a text of plain shapes only; none where it holds anything else."""
    lines = text.split("\n")
    if lines[-1].isspace():
        return None
    scanner = _Scanner()
    count = len(lines) - (not lines[-1])
    for number in range(count):
        found = _LINE.match(lines[number])
        if not found or not scanner.takes(number, lines[number], found):
            return None
    scanner.close_item(count)
    return scanner.out


class _Scanner:
    """What is open while lines go by: a text (`held`), and the list item it stands in (`item`: its event)."""

    def __init__(self) -> None:
        self.out: list[Event] = []
        self.held: list[str] = []
        self.start = 0
        self.item = -1

    def takes(self, number: int, line: str, found: re.Match[str]) -> bool:
        """Take one line; whether its meaning is certain."""
        if found["blank"] is not None:
            self.close_text(number)
        elif found["mark"]:
            self.close_item(number)
            self.out.append(Event("heading", 0, number, number + 1, depth=len(found["mark"])))
            self.out.append(Event("text", 1, number, number + 1, found["title"].strip()))
        elif found["item"]:
            self.close_item(number)
            self.item = len(self.out)
            self.out.append(Event("item", 1, number, number + 1))
            self.open_text(number, found["item"])
        elif self.held:
            indent = 2 if self.item >= 0 else 0
            self.held.append(line[indent:])
            return len(found["indent"]) >= indent
        else:
            self.close_item(number)
            self.open_text(number, line)
            return not found["indent"]
        return True

    def open_text(self, number: int, text: str) -> None:
        self.start = number
        self.held.append(text)

    def close_text(self, end: int) -> None:
        if self.held:
            level = 3 if self.item >= 0 else 1
            self.out.append(Event("text", level, self.start, end, "\n".join(self.held).strip()))
            self.held = []

    def close_item(self, end: int) -> None:
        self.close_text(end)
        if self.item >= 0:
            self.out[self.item] = self.out[self.item]._replace(last=end)
            self.out.append(Event("end", 1, 0, 0))
            self.item = -1
