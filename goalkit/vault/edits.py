"""Edits that a person could have typed: pure, in the file's own style, never more than what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from goalkit.config import Config
from goalkit.model.goal import Box, StatedStatus
from goalkit.model.measure import Measure
from goalkit.text import Edit, Source, Span, visible
from goalkit.vault import body as bodies
from goalkit.vault import note
from goalkit.vault.body import Item, Outline
from goalkit.vault.check_in import Line, NotACheckIn, parse_line
from goalkit.vault.note import Field, FrontMatter
from goalkit.vault.refused import Refused

# The order in which a person writes fields; a new one goes behind those before it.
_ORDER = (
    "type", "title", "status", "horizon", "start", "due", "when", "measure", "supports", "weight", "needs", "values",
    "check-in", "checkpoints", "visibility", "owner", "category", "tags", "aliases",
)  # fmt: skip
LISTS = frozenset(("supports", "needs", "values", "tags", "aliases", "checkpoints"))
LINKS = frozenset(("supports", "needs", "values"))
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNSET_REST = re.compile(r"[ \t]*(?:~|null|Null|NULL)?(?P<after>[ \t]+#.*|[ \t]*)")
_DASHES = re.compile(r"\s(—|–|--|-|\|)\s")
_ITEM_STYLE = re.compile(
    r"(?P<indent>[ \t]*)(?P<bullet>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<wiki>\[\[(?:[^\]|#]*/)?(?=\d{4}-))?"
)
_BLOCK_START = re.compile(
    r"(?P<digits>\d{1,9})(?=[.)](?:\s|$))|#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|(?P<rule>[-*_])(?:\s*(?P=rule)){2,}\s*$"
    r"|```|~~~|<[A-Za-z/!?]|\[[^\]]+\]:|=+\s*$"
)


# --- text --------------------------------------------------------------------------------------------------------


def line_end(source: Source, near: int) -> str:
    """The line end in use at `near`: that of its line, else of the line before, else a plain newline."""
    number = source.position(near)[0]
    starts = source.line_starts
    last = len(starts) - 1
    for index in (number, number - 1):
        if 0 < index <= last:
            return source.text[source.line_span(index).end : starts[index]]
    return "\n"


def one_line(text: str) -> str:
    """`text` on one line, without characters that nobody sees."""
    return " ".join("".join(c if visible(c) == c else " " for c in text).split())


def paragraph(text: str) -> str:
    """`text` as one paragraph of Markdown: what would begin a list, a heading or the like is escaped."""
    line = one_line(text)
    found = _BLOCK_START.match(line)
    at = found.end("digits") if found and found["digits"] else 0
    return f"{line[:at]}\\{line[at:]}" if found else line


# --- front matter ------------------------------------------------------------------------------------------------


def scalar(text: str, style: str = "") -> str:
    """`text` as a YAML value: in quotes of this style, else plain where that reads back the same, else in quotes."""
    text = one_line(text)
    if not style and _reads_plain(f"k: {text}", text, "scalar"):
        return text
    if style == "'" or (not style and "\\" not in text and text.count('"') > text.count("'")):
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reads_plain(line: str, text: str, form: str) -> bool:
    front, found = note.read(Source("probe.md", f"---\n{line}\n---\n"), strict=True)
    got = front.fields.get("k")
    if found or got is None or got.form != form or len(got.items) != 1:
        return False
    return got.items[0].text == text and got.lost is None and not got.items[0].bare


def set_field(source: Source, front: FrontMatter, key: str, values: Sequence[str]) -> Edit:
    """Give field `key` one value, or for a list field these values; the rest of the file stays as it is.

    Values of link fields are ids. Raises Refused where the front matter is broken or the field has a form of its own.
    """
    if front.broken:
        raise Refused("the front matter cannot be read; mend it first")
    if not front.yaml_span.end:
        return _new_front_matter(source, key, values)
    present = front.fields.get(key)
    if present is None:
        return _new_field(source, front, key, values)
    if present.form == "group" or (present.items and present.items[0].style in ("|", ">")):
        raise Refused(f"`{present.written}` is written over several lines; change it by hand")
    if present.form == "unset":
        return _fill(source, present, key, values)
    if present.form == "list":
        return _set_list(source, present, key, values)
    if len(values) == 1:
        return Edit(present.items[0].span, _restyled(present, key, values[0]))
    if key not in LISTS:
        raise Refused(f"`{present.written}` holds one value")
    colon = source.text.index(":", present.key_span.end)
    return Edit(
        Span(colon + 1, present.items[0].span.end),
        _block(source, colon, key, values, wiki=_has_wiki(present)),
    )


def remove_field(source: Source, front: FrontMatter, key: str) -> Edit | None:
    """Take out field `key` with its lines; none where it is not there."""
    present = front.fields.get(key)
    if present is None:
        return None
    first, last = source.position(present.key_span.start)[0], _last_line(source, present)
    return Edit(Span(source.line_span(first).start, source.line_span(last + 1).start), "")


def _last_line(source: Source, one: Field) -> int:
    """The last line of a field, without the comments that a parser counts to what stands above them."""
    if one.form == "unset":
        return source.position(one.key_span.start)[0]
    start, end = (
        (one.items[0].span.start, one.items[-1].span.end) if one.items else (one.span.start, one.span.end)
    )
    closing = one.span.end if source.text[one.span.start : one.span.start + 1] == "[" else end
    raw = source.text[start : max(end, closing)]
    kept = (
        re.sub(r"(?:(?:\r\n|\n|\r)[ \t]*(?:#[^\r\n]*)?)+\Z", "", raw) if one.form == "group" else raw.rstrip()
    )
    return source.position(start + max(len(kept) - 1, 0))[0]


def _has_wiki(present: Field) -> bool:
    return not present.items or any("[[" in item.text for item in present.items)


def _restyled(present: Field, key: str, value: str) -> str:
    """A value in the style of the one that it replaces."""
    item = present.items[0]
    if key in LINKS:
        return _link(value, wiki=_has_wiki(present))
    return scalar(value, item.style)


def _link(value: str, *, wiki: bool) -> str:
    return f'"[[{value}]]"' if wiki else scalar(value)


def _item(key: str, value: str, *, wiki: bool) -> str:
    return _link(value, wiki=wiki) if key in LINKS else scalar(value)


def _set_list(source: Source, present: Field, key: str, values: Sequence[str]) -> Edit:
    raw = source.text[present.span.start : present.span.end]
    wiki = _has_wiki(present)
    if raw.startswith("["):
        return Edit(present.span, "[" + ", ".join(_flow_item(key, v, wiki=wiki) for v in values) + "]")
    end = present.items[-1].span.end if present.items else present.span.start + len(raw.rstrip())
    if any(
        line.lstrip().startswith("#") or " #" in line
        for line in _LINE_END.split(source.text[present.span.start : end])
    ):
        raise Refused(f"a comment stands among the items of `{present.written}`; change them by hand")
    indent = present.span.start - source.line_span(source.position(present.span.start)[0]).start
    joint = line_end(source, present.span.start) + " " * indent
    return Edit(Span(present.span.start, end), joint.join(f"- {_item(key, v, wiki=wiki)}" for v in values))


def _flow_item(key: str, value: str, *, wiki: bool) -> str:
    text = _item(key, value, wiki=wiki)
    return text if text.startswith('"') or _reads_plain(f"k: [{text}]", text, "list") else scalar(value, '"')


def _block(source: Source, near: int, key: str, values: Sequence[str], *, wiki: bool = True) -> str:
    end = line_end(source, near)
    return "".join(f"{end}  - {_item(key, v, wiki=wiki)}" for v in values)


def _value(source: Source, near: int, key: str, values: Sequence[str]) -> str:
    """What stands after the colon of a field that is new."""
    if key in LISTS:
        return _block(source, near, key, values)
    return f" {scalar(values[0])}"


def _fill(source: Source, present: Field, key: str, values: Sequence[str]) -> Edit:
    colon = source.text.index(":", present.key_span.end)
    line = source.line_span(source.position(colon)[0])
    rest = _UNSET_REST.fullmatch(source.text[colon + 1 : line.end])
    if rest is None:
        raise Refused(f"`{present.written}` is written in a way of its own; change it by hand")
    comment = rest["after"].strip()
    until = colon + 1 + rest.start("after") if comment else line.end
    if comment and key in LISTS:
        raise Refused(f"a comment stands in the place of `{present.written}`; change it by hand")
    return Edit(Span(colon + 1, until), _value(source, colon, key, values))


def _new_field(source: Source, front: FrontMatter, key: str, values: Sequence[str]) -> Edit:
    end = line_end(source, front.yaml_span.start - 1)
    before = _ORDER[: _ORDER.index(key)] if key in _ORDER else tuple(front.fields)
    at = front.yaml_span.end
    ahead = [front.fields[k] for k in before if k in front.fields]
    if ahead:
        last = max(ahead, key=lambda f: f.key_span.start)
        at = min(source.line_span(_last_line(source, last) + 1).start, front.yaml_span.end)
    elif front.fields:
        first = min(f.key_span.start for f in front.fields.values())
        at = source.line_span(source.position(first)[0]).start
    return Edit(Span(at, at), f"{key}:{_value(source, front.yaml_span.start - 1, key, values)}{end}")


def _new_front_matter(source: Source, key: str, values: Sequence[str]) -> Edit:
    start = 1 if source.text.startswith("\ufeff") else 0
    end = line_end(source, start)
    gap = end if source.text[start:].strip() and not source.text[start:].startswith(("\r", "\n")) else ""
    return Edit(Span(start, start), f"---{end}{key}:{_value(source, start, key, values)}{end}---{end}{gap}")


# --- boxes -------------------------------------------------------------------------------------------------------


def tick(box: Box, mark: str = "x") -> Edit:
    """Put `mark` into a box: one character."""
    return Edit(box.mark_span, mark)


# --- check-ins ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in to be written: its value, its status and its note as they would be typed.

    Or `typed`: all of them in one, as they would stand behind the date.
    """

    day: date
    value: str = ""
    status: StatedStatus | None = None
    note: str = ""
    typed: str = ""


class Style(NamedTuple):
    """How a goal's check-ins are typed: bullet with its spaces, what opens and closes a date, the dash."""

    lead: str = "- "
    opened: str = ""
    dash: str = "—"

    def day(self, day: date) -> str:
        return f"{self.opened}{day}{']]' if self.opened else ''}"


def meaning(entry: Entry, measure: Measure | None) -> Line:
    """What a check-in is to say. Raises Refused, with what to type, where a part of it cannot be read."""
    value, text = one_line(entry.typed or entry.value), one_line(entry.note)
    read = parse_line(f"{entry.day}: {value}", measure)
    if isinstance(read, NotACheckIn):
        raise Refused(f"`{value}` cannot stand in a check-in")
    if read.problem:
        raise Refused("; ".join(read.problem))
    if entry.typed:
        return read
    if value and (read.kind == "none" or read.note or read.status):
        raise Refused(f"`{value}` is no value: write a number, yes, no or skip, and words as the note")
    return replace(read, status=entry.status, note=text)


def check_in_line(entry: Entry, measure: Measure | None, style: Style | None = None) -> str:
    """The line of a check-in, its bullet included. Raises Refused where it would not read back as what was asked."""
    style, meant = style or Style(), meaning(entry, measure)
    status = f"({entry.status.replace('-', ' ')})" if entry.status else ""
    value, text = one_line(entry.typed or entry.value), one_line(entry.note)
    head = " ".join(part for part in (f"{style.day(entry.day)}:", value, status) if part)
    glues = (f" {style.dash} ",) if value or status else (" ", f" {style.dash} ")
    for glue in glues if text else ("",):
        line = f"{head}{glue}{text}"
        if parse_line(line, measure) == meant:
            return style.lead + line
    raise Refused(f"`{text}` would not be read as a note; put it in other words")


def append_check_in(
    source: Source, outline: Outline, config: Config, entry: Entry, measure: Measure | None
) -> Edit:
    """Add one check-in in the goal's own style: at its place by date, in a new section where there is none."""
    items = outline.check_in_items
    if not items:
        return _first_check_in(source, config, outline, check_in_line(entry, measure))
    dated = [(i, read.day) for i in items if not isinstance(read := parse_line(i.text, measure), NotACheckIn)]
    falling = len(dated) > 1 and dated[0][1] > dated[-1][1]
    before = [item for item, day in dated if (day >= entry.day if falling else day <= entry.day)]
    if not dated:
        before = [items[-1]]
    near = before[-1] if before else dated[0][0]
    line = check_in_line(entry, measure, _style(source, near, items))
    end = line_end(source, near.span.start)
    gap = end if _is_loose(source, items) else ""
    if not before:
        at = source.line_span(near.line).start
        return Edit(Span(at, at), f"{line}{end}{gap}")
    at = _block_end(source, near.span)
    return Edit(Span(at, at), f"{end}{gap}{line}{'' if at < len(source.text) else end}")


def _style(source: Source, near: Item, items: Sequence[Item]) -> Style:
    found = _ITEM_STYLE.match(source.line(near.line))
    if not found:
        return Style()
    bullet = found["bullet"]
    if bullet[0].isdigit():
        bullet = f"{int(bullet[:-1]) + 1}{bullet[-1]}"
    dashes = [d[1] for item in reversed(items) if (d := _DASHES.search(item.text.split("\n")[0]))]
    return Style(found["indent"] + bullet + found["gap"], found["wiki"] or "", dashes[0] if dashes else "—")


def _block_end(source: Source, span: Span) -> int:
    """The end of the last line with text within `span`."""
    kept = source.text[span.start : span.end].rstrip(" \t\r\n")
    return source.line_span(source.position(span.start + len(kept))[0]).end


def _is_loose(source: Source, items: Sequence[Item]) -> bool:
    """Whether a blank line stands between the last two items."""
    if len(items) < 2:
        return False
    between = source.text[_block_end(source, items[-2].span) : source.line_span(items[-1].line).start]
    return len(_LINE_END.findall(between)) > 1


def _first_check_in(source: Source, config: Config, outline: Outline, line: str) -> Edit:
    if outline.check_in_section:
        return _append_block(source, outline.check_in_section, line)
    return _append_section(source, config.check_ins[0], line)


def append_to_section(source: Source, front: FrontMatter, word: str, text: str) -> Edit:
    """Add a paragraph at the end of the section that `word` heads, which is made where there is none."""
    section = bodies.outline(source, front.body, check_ins=(word,)).check_in_section
    return _append_block(source, section, text) if section else _append_section(source, word, text)


def _append_section(source: Source, word: str, text: str) -> Edit:
    """A new section at the end of the file."""
    at = _block_end(source, Span(0, len(source.text)))
    end = line_end(source, at)
    return _append_block(
        source, Span(0, len(source.text)), f"## {word[:1].upper()}{word[1:]}{end}{end}{text}"
    )


def _append_block(source: Source, span: Span, text: str) -> Edit:
    """A block of text behind what `span` holds, with a blank line on either side."""
    at = _block_end(source, span)
    end = line_end(source, at)
    after = source.text[at:]
    if not source.text[:at].strip("\ufeff \t\r\n"):
        return Edit(Span(at := int(source.text.startswith("\ufeff")), at), text + end)
    if not after.strip(" \t\r\n"):
        lead = end * max(0, 2 - len(_LINE_END.findall(after)))
        return Edit(Span(len(source.text), len(source.text)), f"{lead}{text}{end}")
    blank = re.match(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)", after)
    return Edit(Span(at, at), f"{end}{end}{text}{'' if blank else end}")
