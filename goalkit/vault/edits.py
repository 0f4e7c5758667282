"""Edits that a person could have typed: pure, in the file's own style, never more than what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goalkit.config import Config
from goalkit.model.goal import Box, StatedStatus
from goalkit.model.measure import Measure, same_unit
from goalkit.text import Edit, Source, Span, visible
from goalkit.vault import body as bodies
from goalkit.vault import note
from goalkit.vault.body import Item, Outline
from goalkit.vault.check_in import NotACheckIn, parse_line
from goalkit.vault.note import Field, FrontMatter

# The order in which a person writes fields; a new one goes behind those before it.
_ORDER = (
    "type", "title", "status", "horizon", "start", "due", "when", "measure", "supports", "weight", "needs", "values",
    "check-in", "checkpoints", "visibility", "owner", "category", "tags", "aliases",
)  # fmt: skip
_LISTS = frozenset(("supports", "needs", "values", "tags", "aliases", "checkpoints"))
_LINKS = frozenset(("supports", "needs", "values"))
_DASHES = re.compile(r"\s(—|–|--|-|\|)\s")
_ITEM_STYLE = re.compile(r"(?P<indent>[ \t]*)(?P<bullet>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<wiki>\[\[)?")


class Refused(Exception):
    """The edit cannot be made without touching more than was asked; the message says why."""


def line_end(source: Source, near: int) -> str:
    """The line end in use at `near`: that of its line, else of the one before, else a plain newline."""
    following = re.compile(r"\r\n|\n|\r").search(source.text, near)
    if following:
        return following[0]
    before = re.findall(r"\r\n|\n|\r", source.text[:near])
    return before[-1] if before else "\n"


def one_line(text: str) -> str:
    """`text` on one line, without characters that nobody sees."""
    return " ".join("".join(c if visible(c) == c else " " for c in text).split())


def scalar(text: str) -> str:
    """`text` as a YAML value: plain where that reads back the same, else in quotes."""
    probe = Source("probe.md", f"---\nk: {text}\n---\n")
    front, found = note.read(probe, strict=True)
    got = front.fields.get("k")
    if (
        not found
        and got
        and got.form == "scalar"
        and got.text == text
        and got.lost is None
        and not got.items[0].bare
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def set_field(source: Source, front: FrontMatter, key: str, values: Sequence[str]) -> Edit:
    """Give field `key` one value, or for a list field these values; the rest of the file stays as it is.

    Raises Refused where the front matter is broken or the field has a form of its own.
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
    return Edit(_value_span(source, present), _written(source, present, key, values))


def remove_field(source: Source, front: FrontMatter, key: str) -> Edit | None:
    """Take out field `key` with its lines; none where it is not there."""
    present = front.fields.get(key)
    if present is None:
        return None
    first = source.position(present.key_span.start)[0]
    last = source.position(max(present.span.end - 1, present.key_span.start))[0]
    return Edit(Span(source.line_span(first).start, source.line_span(last + 1).start), "")


def _value_span(source: Source, present: Field) -> Span:
    """A list's span in the file ends where its last item does; the parser's own ends on the next line."""
    raw = source.text[present.span.start : present.span.end]
    return Span(present.span.start, present.span.start + len(raw.rstrip()))


def _written(source: Source, present: Field, key: str, values: Sequence[str]) -> str:
    raw = source.text[present.span.start : present.span.end]
    if present.form == "list" and not raw.startswith("["):
        indent = present.span.start - source.line_span(source.position(present.span.start)[0]).start
        end = line_end(source, present.span.start)
        return f"{end}{' ' * indent}".join(f"- {_item(key, v)}" for v in values)
    if present.form == "list":
        return "[" + ", ".join(_quoted(v, key) for v in values) + "]"
    if len(values) != 1:
        raise Refused(f"`{present.written}` holds one value; make it a list by hand first")
    return _item(key, values[0]) if key in _LINKS else scalar(values[0])


def _item(key: str, value: str) -> str:
    return f'"[[{value}]]"' if key in _LINKS else scalar(value)


def _quoted(value: str, key: str) -> str:
    text = _item(key, value)
    return text if text.startswith('"') or not re.search(r"[,\[\]{}]", text) else f'"{value}"'


def _fill(source: Source, present: Field, key: str, values: Sequence[str]) -> Edit:
    colon = source.text.index(":", present.key_span.end)
    if present.lost is not None:
        raise Refused(f"a comment stands in the place of `{present.written}`; change it by hand")
    line = source.position(colon)[0]
    end = source.line_span(line).end
    if key in _LISTS:
        lines = "".join(f"{line_end(source, colon)}  - {_item(key, v)}" for v in values)
        return Edit(Span(colon + 1, end), lines)
    return Edit(Span(colon + 1, end), f" {scalar(values[0])}")


def _lines(key: str, values: Sequence[str], end: str) -> str:
    if key in _LISTS:
        return f"{key}:{end}" + "".join(f"  - {_item(key, v)}{end}" for v in values)
    return f"{key}: {scalar(values[0])}{end}"


def _new_field(source: Source, front: FrontMatter, key: str, values: Sequence[str]) -> Edit:
    end = line_end(source, front.yaml_span.start - 1)
    before = _ORDER[: _ORDER.index(key)] if key in _ORDER else _ORDER
    at = front.yaml_span.end
    ahead = [front.fields[k] for k in before if k in front.fields]
    if ahead:
        last = max(ahead, key=lambda f: f.key_span.start)
        line = source.position(max(last.span.end - 1, last.key_span.start))[0]
        at = min(source.line_span(line + 1).start, front.yaml_span.end)
    elif front.fields:
        at = min(f.key_span.start for f in front.fields.values())
        at = source.line_span(source.position(at)[0]).start
    return Edit(Span(at, at), _lines(key, values, end))


def _new_front_matter(source: Source, key: str, values: Sequence[str]) -> Edit:
    start = 1 if source.text.startswith("\ufeff") else 0
    end = line_end(source, start)
    gap = end if source.text[start:].strip() else ""
    return Edit(Span(start, start), f"---{end}{_lines(key, values, end)}---{end}{gap}")


def tick(box: Box, mark: str = "x") -> Edit:
    """Put `mark` into a box: one character."""
    return Edit(box.mark_span, mark)


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in to be written."""

    day: date
    value: str = ""
    status: StatedStatus | None = None
    note: str = ""
    until: date | None = None


def check_in_line(entry: Entry, measure: Measure | None, dash: str = "—", *, wiki: bool = False) -> str:
    """The text of a check-in without its bullet. Raises Refused where it would not read back as what was asked."""
    day = f"[[{entry.day}]]" if wiki else str(entry.day)
    if entry.until:
        day = f"{entry.day}..{entry.until}"
    text = one_line(entry.note)
    status = f"({entry.status.replace('-', ' ')})" if entry.status else ""
    line = ""
    for glue in (f" {dash} ",) if entry.value or status else (" ", f" {dash} "):
        head = " ".join(part for part in (f"{day}:", entry.value, status) if part)
        line = f"{head}{glue}{text}" if text else head
        read = parse_line(line, measure)
        if not isinstance(read, NotACheckIn) and _same(read.note, text) and read.status == entry.status:
            if read.problem:
                raise Refused(f"{read.problem[0]}; {read.problem[1]}")
            if (read.kind == "none") == (not entry.value):
                return line
    raise Refused(f"`{visible(line)}` would not be read as it is meant; put the note in other words")


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()) == " ".join(b.split())


def append_check_in(
    source: Source, front: FrontMatter, config: Config, entry: Entry, measure: Measure | None
) -> Edit:
    """Add one check-in in the goal's own style: at its place by date, in a new section where there is none."""
    outline = bodies.outline(source, front.body, milestones=config.milestones, check_ins=config.check_ins)
    items = [
        (item, read)
        for item in outline.check_in_items
        if not isinstance(read := parse_line(item.text, measure), NotACheckIn)
    ]
    if not items:
        return _first_check_in(source, config, outline, entry, measure)
    falling = len(items) > 1 and items[0][1].day > items[-1][1].day
    before = [item for item, read in items if (read.day > entry.day if falling else read.day <= entry.day)]
    style = (before or [items[0][0]])[-1]
    text = _styled(source, style, [item for item, _ in items], entry, measure)
    end = line_end(source, style.span.start)
    gap = end if _is_loose(source, [item for item, _ in items]) else ""
    if before:
        at = _item_end(source, style)
        tail = "" if at < len(source.text) else end
        return Edit(Span(at, at), f"{end}{gap}{text}{tail}")
    at = source.line_span(style.line).start
    return Edit(Span(at, at), f"{text}{end}{gap}")


def _styled(source: Source, near: Item, items: Sequence[Item], entry: Entry, measure: Measure | None) -> str:
    found = _ITEM_STYLE.match(source.line(near.line))
    lead, wiki = (
        ("- ", False)
        if not found
        else (found["indent"] + found["bullet"] + found["gap"], bool(found["wiki"]))
    )
    if found and found["bullet"][0].isdigit():
        lead = found["indent"] + _next_number(found["bullet"]) + found["gap"]
    dashes = [d[1] for item in reversed(items) if (d := _DASHES.search(item.text.split("\n")[0]))]
    return lead + check_in_line(entry, measure, dashes[0] if dashes else "—", wiki=wiki)


def _next_number(bullet: str) -> str:
    return f"{int(bullet[:-1]) + 1}{bullet[-1]}"


def _item_end(source: Source, item: Item) -> int:
    return item.span.start + len(source.text[item.span.start : item.span.end].rstrip())


def _is_loose(source: Source, items: Sequence[Item]) -> bool:
    if len(items) < 2:
        return False
    between = source.text[_item_end(source, items[-2]) : source.line_span(items[-1].line).start]
    return len(re.findall(r"\r\n|\n|\r", between)) > 1


def _first_check_in(
    source: Source, config: Config, outline: Outline, entry: Entry, measure: Measure | None
) -> Edit:
    """The first check-in: at the end of its section, or in a new section at the end of the file."""
    section = outline.check_in_section
    span = section or Span(0, len(source.text))
    at = span.start + len(source.text[span.start : span.end].rstrip(" \t\r\n"))
    end = line_end(source, at)
    text = f"- {check_in_line(entry, measure)}"
    if section is None:
        text = f"## {_heading_word(config)}{end}{end}{text}"
    lead = end + end if source.text[:at].strip("\ufeff") else ""
    after = source.text[at:]
    if not after.startswith(("\r", "\n")):
        tail = end
    else:
        tail = end if section and re.match(r"(\r\n|\n|\r)[^\r\n]", after) else ""
    return Edit(Span(at, at), f"{lead}{text}{tail}")


def _heading_word(config: Config) -> str:
    word = config.check_ins[0]
    return word[:1].upper() + word[1:]


def quantity(value: Decimal, unit: str, measure: Measure | None) -> str:
    """A number as it would be typed after the date: bare where its unit is the measure's own."""
    own = measure.unit if measure else ""
    return f"{value} {unit}".strip() if unit and not same_unit(unit, own) else str(value)
