"""The one door to Markdown: a body's boxes, sections, links and check-in items, and its HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from goalkit.dates import parse_day
from goalkit.model.goal import Body, Box, BoxState, Link
from goalkit.text import Source, Span, fold
from goalkit.vault import blocks, wiki
from goalkit.vault.blocks import Event

_STATES: dict[str, BoxState] = {"x": "done", "X": "done", "/": "under-way", "-": "cancelled"}
_MARK = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+\[(.)\](?=[ \t]|$)")
_ITEM = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+")
_BOX_TEXT = re.compile(r"\[.\](?:[ \t]|$)")
_EMOJI = {
    "📅": "due",
    "🗓": "due",
    "✅": "done_on",
    "⏳": "scheduled",
    "🛫": "start",
    "➕": "created",
    "❌": "cancelled",
}
_EMOJI_DATE = re.compile(r"\s{0,8}([📅🗓✅⏳🛫➕❌])\ufe0f?[\s\u00a0]*(\d{4}-\d\d-\d\d|\S*)")
_INLINE_DATE = re.compile(
    r"\s{0,8}[\[(](due|completion|scheduled|start|created|cancelled)::([^\])]{0,60})[\])]", re.IGNORECASE
)
_INLINE_NAMES = {"completion": "done_on"}
_MD_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]*)\]\(<?([^()\s<>]+\.md(?:#[^()\s<>]*)?)>?(?:\s+\"[^\"]*\")?\)", re.IGNORECASE
)
_OPENER = re.compile(r"`+|<!--")
_TITLE_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Item:
    """A list item at the top of a section: its first line in the file, its text without the marker, its span."""

    text: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """A body with the items of its check-in section, the boxes of its milestones, and dates that failed to read."""

    body: Body
    check_in_items: tuple[Item, ...]
    milestones: tuple[Box, ...]
    milestone_section: bool
    check_in_section: Span | None
    bad_dates: tuple[tuple[Span, str], ...]
    too_deep: int | None


@dataclass(slots=True)
class _Section:
    level: int
    name: str
    first: int


def outline(
    source: Source, offset: int, *, milestones: Sequence[str] = (), check_ins: Sequence[str] = ()
) -> Outline:
    """Read the body that begins at character `offset`; the words are the headings that open those sections."""
    return _Outliner(source, offset, _names(milestones), _names(check_ins)).read()


def wiki_targets(text: str) -> Iterator[str]:
    """Targets of all `[[links]]` and `[links](x.md)` of `text`, code not left out (a cheap test before reading)."""
    for found in wiki.LINK.finditer(text):
        yield found[2]
    for found in _MD_LINK.finditer(text):
        yield unquote(found[2])


def _names(words: Sequence[str]) -> frozenset[str]:
    return frozenset(_heading_name(w) for w in words)


def _heading_name(text: str) -> str:
    return re.sub(r"[\s\-_:]+", "", fold(text))


class _Outliner:
    """One pass over the block tokens of a body."""

    def __init__(
        self, source: Source, offset: int, milestones: frozenset[str], check_ins: frozenset[str]
    ) -> None:
        self.source = source
        self.offset = offset
        self.first_line = source.position(offset)[0]
        self.milestone_names = milestones
        self.check_in_names = check_ins
        self.boxes: list[Box] = []
        self.in_milestones: list[Box] = []
        self.items: list[Item] = []
        self.links: list[Link] = []
        self.headings: list[_Section] = []
        self.open: list[_Section] = []
        self.bad_dates: list[tuple[Span, str]] = []
        self.heading = ""
        self.too_deep: int | None = None

    def read(self) -> Outline:
        text = self.source.text[self.offset :]
        self._walk(blocks.events(text))
        body = Body(
            text,
            self.offset,
            self.first_line,
            self.heading,
            tuple(self.boxes),
            tuple(self.links),
            self._omitted(),
        )
        section = any(h.name in self.milestone_names for h in self.headings)
        chosen = self.in_milestones if section else [b for b in self.boxes if not b.nested]
        return Outline(
            body,
            tuple(self.items),
            tuple(chosen),
            section,
            self._check_in_section(),
            tuple(self.bad_dates),
            self.too_deep,
        )

    def _walk(self, events: Sequence[Event]) -> None:
        items: list[bool] = []
        box_depth = 0
        first_text = False
        for i, event in enumerate(events):
            if event.kind == "deep":
                self.too_deep = self.too_deep or self.first_line + event.first
            elif event.kind == "heading":
                if not items and event.level == 0:
                    self._heading(event, events[i + 1].text)
            elif event.kind == "item":
                items.append(False)
                first_text = True
                if event.level == 1:
                    self._check_in_item(event)
            elif event.kind == "end":
                box_depth -= items.pop()
            else:
                if items and first_text and (box := self._box(event, nested=box_depth > 0)):
                    items[-1] = True
                    box_depth += 1
                    self.boxes.append(box)
                    if not box.nested and self._within(self.milestone_names):
                        self.in_milestones.append(box)
                self.links += self._links_in(event)
                first_text = False

    def _heading(self, event: Event, title: str) -> None:
        title = " ".join(title[:_TITLE_LIMIT].split())
        if event.depth == 1 and not self.heading:
            self.heading = plain_text(title)
        while self.open and self.open[-1].level >= event.depth:
            self.open.pop()
        section = _Section(event.depth, _heading_name(plain_text(title)), event.first)
        self.open.append(section)
        self.headings.append(section)

    def _within(self, names: frozenset[str]) -> bool:
        return any(section.name in names for section in self.open)

    def _check_in_item(self, event: Event) -> None:
        if not self._within(self.check_in_names):
            return
        first = self.first_line + event.first
        span = self.source.line_span(first)
        last = self.source.line_span(self.first_line + event.last - 1)
        raw = self.source.text[span.start : last.end]
        marker = _ITEM.match(raw)
        if marker:
            text = _dedented(raw[marker.end() :], marker.end())
            self.items.append(Item(text, first, Span(span.start + marker.end(), last.end)))

    def _box(self, event: Event, *, nested: bool) -> Box | None:
        if not _BOX_TEXT.match(event.text):
            return None
        line = self.first_line + event.first
        span = self.source.line_span(line)
        mark = _MARK.match(self.source.text[span.start : span.end])
        if not mark:
            return None
        at = span.start + mark.start(1)
        content = event.text.split("\n", 1)[0][3:].strip()
        dates = dict(self._dates(content, span))
        text = _INLINE_DATE.sub("", _EMOJI_DATE.sub("", content)).strip()
        section = self.open[-1].name if self.open else ""
        state = _STATES.get(mark[1], "open")
        return Box(
            text,
            state,
            line,
            span,
            Span(at, at + 1),
            nested,
            section,
            links=tuple(self._links_in(event)),
            **dates,
        )

    def _dates(self, content: str, span: Span) -> Iterator[tuple[str, date]]:
        for found in [*_EMOJI_DATE.finditer(content), *_INLINE_DATE.finditer(content)]:
            name = _EMOJI.get(found[1]) or _INLINE_NAMES.get(found[1].casefold(), found[1].casefold())
            written = found[2].strip().strip("[]").rsplit("/", 1)[-1]
            day = parse_day(written)
            if day is None:
                self.bad_dates.append((span, f"{found[1]} {written}".strip()))
            elif name in ("due", "done_on", "scheduled", "start"):
                yield name, day

    def _links_in(self, event: Event) -> Iterator[Link]:
        """The links of an inline text, placed in the file: its lines differ from the file's by their indent only."""
        if "[[" not in event.text and "](" not in event.text:
            return
        first = self.source.line_span(self.first_line + event.first).start
        last = self.source.line_span(self.first_line + event.last - 1).end
        raw = self.source.text[first:last]
        taken = _unread(raw)
        for found in [*wiki.LINK.finditer(raw), *_MD_LINK.finditer(raw)]:
            at = bisect_right(taken, (found.start(), len(raw))) - 1
            if at >= 0 and found.start() < taken[at][1]:
                continue
            is_wiki = found.re is wiki.LINK
            target = found[2].strip().rstrip("\\") if is_wiki else unquote(found[2])
            label = (found[3] or "") if is_wiki else found[1]
            yield Link(target, label, Span(first + found.start(), first + found.end()))

    def _check_in_section(self) -> Span | None:
        """Where the section stands in the file, its heading included."""
        for i, head in enumerate(self.headings):
            if head.name in self.check_in_names:
                return Span(self.offset + self._at(head.first), self.offset + self._end(i))
        return None

    def _end(self, index: int) -> int:
        """Where the section of a heading ends (body characters): at the next heading of its level or above."""
        level = self.headings[index].level
        for later in range(index + 1, len(self.headings)):
            if self.headings[later].level <= level:
                return self._at(self.headings[later].first)
        return len(self.source.text) - self.offset

    def _omitted(self) -> tuple[Span, ...]:
        """What the page shows elsewhere: the title, and the sections of milestones and check-ins (body characters)."""
        spans: list[Span] = []
        title = next((h for h in self.headings if h.level == 1), None)
        for i, head in enumerate(self.headings):
            if head is title:
                spans.append(Span(self._at(head.first), self._at(self._line_after_heading(head.first))))
            elif head.name in self.milestone_names or head.name in self.check_in_names:
                spans.append(Span(self._at(head.first), self._end(i)))
        return tuple(spans)

    def _line_after_heading(self, first: int) -> int:
        below = self.source.line(self.first_line + first + 1)
        setext = not self.source.line(self.first_line + first).lstrip().startswith("#")
        return first + 2 if setext and re.fullmatch(r"\s{0,3}(=+|-+)\s*", below) else first + 1

    def _at(self, body_line: int) -> int:
        return self.source.line_span(self.first_line + body_line).start - self.offset


def _unread(text: str) -> list[tuple[int, int]]:
    """Where code and comments stand in `text`, in order: an opener with its first closer, or nothing."""
    openers = list(_OPENER.finditer(text))
    runs: dict[str, list[int]] = {}
    for run in openers:
        runs.setdefault(run[0], []).append(run.end())
    last_comment = text.rfind("-->")
    spans: list[tuple[int, int]] = []
    end = 0
    for opener in openers:
        if opener.start() < end:
            continue
        if opener[0] == "<!--":
            closed = text.find("-->", opener.end()) + 3 if opener.end() <= last_comment else 0
        else:
            ends = runs[opener[0]]
            following = bisect_right(ends, opener.end())
            closed = ends[following] if following < len(ends) else 0
        if closed:
            spans.append((opener.start(), closed))
            end = closed
    return spans


def prose(body: Body) -> str:
    """The body's Markdown without its title and without the sections of milestones and check-ins."""
    at, out = 0, []
    for span in sorted(body.omitted, key=lambda s: s.start):
        if span.start >= at:
            out.append(body.text[at : span.start])
            at = span.end
        at = max(at, span.end)
    return "".join((*out, body.text[at:])).strip("\r\n")


def _dedented(text: str, indent: int) -> str:
    lines = re.split(r"\r\n|\n|\r", text)
    return "\n".join(
        [lines[0], *(re.sub(rf"^[ \t]{{0,{max(indent, 2)}}}", "", ln) for ln in lines[1:])]
    ).rstrip()


def plain_text(markdown: str) -> str:
    """A heading's text without its marks."""
    text = wiki.LINK.sub(lambda m: m[3] or m[2], markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1", r"\2", text).strip()
