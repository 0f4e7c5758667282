"""The fields of front matter: one table, each entry reading one kind of text and saying what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from goalkit import rules
from goalkit.dates import meant_day, parse_days
from goalkit.diagnostics import Diagnostic, Rule
from goalkit.model.cadence import parse_cadence
from goalkit.model.goal import HORIZONS, STATUSES, Checkpoint, Link
from goalkit.model.measure import Mistake, parse_measure, parse_quantity
from goalkit.text import Edit, Source, Span, distance, fold, visible
from goalkit.vault import note
from goalkit.vault.note import Field, FrontMatter, Scalar

VISIBILITIES = ("private", "shared")
# Keys that people use for other things, however near they are to one of ours.
_NEVER_TYPOS = frozenset(
    [
        "date",
        "dates",
        "state",
        "states",
        "page",
        "pages",
        "day",
        "days",
        "name",
        "names",
        "stars",
        "star",
        "smart",
        "note",
        "notes",
        "text",
        "link",
        "links",
        "time",
        "times",
        "tide",
        "types",
        "tile",
        "tape",
        "hen",
        "then",
        "head",
        "heed",
        "seeds",
        "feed",
        "value-type",
        "dues",
        "duet",
        "dug",
        "aged",
        "owned",
        "area",
    ]
)
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_MD_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()<>\n]+?)>?\)")


@dataclass(slots=True)
class Fields:
    """One note's fields being read: what is wrong with them, and which could not be read."""

    source: Source
    front: FrontMatter
    found: list[Diagnostic] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def complain(self, rule: Rule, one: Field, message: str, hint: str, span: Span | None = None) -> None:
        self.found.append(rule.at(self.source, span or one.span, message, hint))
        if rule.severity == "error":
            self.unreadable.add(one.key)


def text_of(fields: Fields, one: Field) -> str | None:
    """A single text; a list or a group in its place is an error."""
    if one.form == "scalar":
        return one.text
    if one.form == "list" and len(one.items) == 1:
        fields.complain(
            rules.WRONG_FORM,
            one,
            f"`{one.written}` takes one value, not a list",
            f"write `{one.written}: {one.items[0].text}`",
        )
    elif one.form != "unset":
        raw = fields.source.text[one.span.start : one.span.end].split("\n")[0][:60]
        what = "a list" if one.form == "list" else "a group"
        hint = (
            f'quote it: `{one.written}: "{raw}"`'
            if raw.startswith(("{", "["))
            else f"write one value after `{one.written}:`"
        )
        fields.complain(rules.WRONG_FORM, one, f"`{one.written}` holds {what}", hint)
    return None


def _plain(fields: Fields, one: Field) -> str | None:
    text = text_of(fields, one)
    if text is None:
        return None
    _lost_text(fields, one)
    return " ".join(text.split())


def _lost_text(fields: Fields, one: Field) -> None:
    """Warn where a `#` swallowed the end of a text."""
    if one.lost is None:
        return
    source = fields.source.text
    lost = source[one.lost.start : one.lost.end].rstrip("\r\n ")
    kept = source[one.span.start : one.span.end]
    message = f"`{visible(lost)}` is lost: in YAML it is a comment"
    hint = f'quote it: `{one.written}: "{(kept + " " + lost).strip()}"`'
    fields.found.append(rules.LOST_TEXT.at(fields.source, one.lost, message, hint))


def _word(known: Sequence[str], rule: Rule = rules.BAD_WORD) -> Callable[[Fields, Field], str | None]:
    def read(fields: Fields, one: Field) -> str | None:
        text = text_of(fields, one)
        if text is None or text in known:
            return text
        folded = fold(text).replace(" ", "-").replace("_", "-")
        close = [k for k in known if k == folded] or [
            k for _, k in sorted((distance(folded, k, 3), k) for k in known) if distance(folded, k, 3) <= 3
        ]
        hint = f"did you mean `{close[0]}`?" if close else _nearest_word(text, known)
        fields.complain(rule, one, f"`{visible(text)}` is not a {one.key}", hint)
        return None

    return read


_MEANT = {
    "complete": "done", "completed": "done", "finished": "done", "achieved": "done", "closed": "done", "reached": "done",
    "in-progress": "active", "in progress": "active", "open": "active", "started": "active", "doing": "active",
    "on hold": "paused", "on-hold": "paused", "hold": "paused", "waiting": "paused", "blocked": "paused",
    "planned": "idea", "someday": "idea", "maybe": "idea", "todo": "idea", "draft": "idea",
    "failed": "missed", "cancelled": "dropped", "canceled": "dropped", "abandoned": "dropped",
    "public": "shared", "team": "shared", "yes": "shared", "true": "shared",
    "no": "private", "false": "private", "secret": "private",
    "long": "long-term", "short": "short-term",
}  # fmt: skip


def _nearest_word(text: str, known: Sequence[str]) -> str:
    meant = _MEANT.get(fold(text))
    if meant in known:
        return f"did you mean `{meant}`?"
    return f"write one of {', '.join(known)}"


def _visibility_word(fields: Fields, one: Field) -> str | None:
    """Exactly one of the words, without a space in its quotes: what nearly says `shared` says nothing."""
    text = _word(VISIBILITIES)(fields, one)
    if text is not None and one.items[0].text != text:
        message = f"`{one.items[0].text}` is not exactly `{text}`"
        fields.complain(rules.BAD_WORD, one, message, f"write `{one.written}: {text}`")
        return None
    return text


def _status(fields: Fields, one: Field) -> str | None:
    text = text_of(fields, one)
    if text is not None and fold(text) in STATUSES:
        return fold(text)
    return _word(STATUSES)(fields, one) if text is not None else None


def _horizon(fields: Fields, one: Field) -> str | None:
    text = text_of(fields, one)
    if text is not None and fold(text) in HORIZONS:
        return fold(text)
    return _word(HORIZONS)(fields, one) if text is not None else None


def _day(*, last: bool) -> Callable[[Fields, Field], Any]:
    def read(fields: Fields, one: Field) -> Any:
        text = text_of(fields, one)
        if text is None:
            return None
        wiki = _WIKI.fullmatch(text)
        days = parse_days(wiki[1].rsplit("/", 1)[-1] if wiki else text)
        if days is None:
            fields.complain(rules.BAD_DATE, one, f"`{visible(text)[:60]}` is not a date", _date_hint(text))
            return None
        return days.last if last else days.first

    return read


def _date_hint(text: str) -> str:
    if meant := meant_day(text):
        return f"write `{meant}`"
    if re.fullmatch(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}", text, re.ASCII):
        return "there is no such day; write one of the calendar, such as `2026-12-31`"
    if found := re.fullmatch(r"[qQ]([1-4])[ -]?(\d{4})|(\d{4})[ -]?[qQ]([1-4])", text, re.ASCII):
        return f"write `{found[2] or found[3]}-Q{found[1] or found[4]}`"
    if not re.search(r"\d", text):
        return "write `2026-12-31`; an event goes into `when:`"
    return "write `2026-12-31`, `2026-12`, `2026-Q4`, `2026-W40` or `2026`"


def _measure(fields: Fields, one: Field) -> Any:
    text = text_of(fields, one)
    if text is None:
        return None
    read = parse_measure(text)
    if isinstance(read, Mistake):
        fields.complain(rules.BAD_MEASURE, one, visible(read.message), visible(read.hint))
        return None
    _lost_text(fields, one)
    return read


def _weight(fields: Fields, one: Field) -> Any:
    text = text_of(fields, one)
    if text is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text, re.ASCII):
        return Decimal(text)
    fields.complain(
        rules.BAD_NUMBER,
        one,
        f"`{visible(text)[:40]}` is not a weight",
        "write a number from 0 up, such as `2`",
    )
    return None


def _cadence(fields: Fields, one: Field) -> Any:
    text = text_of(fields, one)
    if text is None:
        return None
    read = parse_cadence(text)
    if isinstance(read, Mistake):
        fields.complain(rules.BAD_CADENCE, one, visible(read.message), read.hint)
        return None
    return read


def _texts(fields: Fields, one: Field) -> tuple[str, ...]:
    """A list of texts; one text of several is parted at commas."""
    if one.form == "group":
        fields.complain(
            rules.WRONG_FORM, one, f"`{one.written}` holds a group", "write a list of plain words"
        )
        return ()
    _lost_text(fields, one)
    parts = [p for item in one.items for p in (item.text.split(",") if one.form == "scalar" else [item.text])]
    return tuple(dict.fromkeys(p.strip().lstrip("#") for p in parts if p.strip().lstrip("#")))


def _links(fields: Fields, one: Field) -> tuple[Link, ...]:
    if one.form == "group":
        fields.complain(
            rules.WRONG_FORM,
            one,
            f"`{one.written}` holds a group",
            f'write `{one.written}: "[[id]]"`, or a list of such links',
        )
        return ()
    links: list[Link] = []
    for item in one.items:
        if item.bare:
            edit: Edit = note.quoting_edit(item)
            message = f"`{visible(item.text)}` is not in quotes"
            fields.found.append(
                rules.UNQUOTED_LINK.at(fields.source, item.span, message, f"write `{edit.text}`", edit)
            )
        links += _parse_links(item)
    if one.lost is not None:
        _lost_text(fields, one)
    by_target: dict[str, Link] = {}
    for link in links:
        by_target.setdefault(link.target, link)
    return tuple(by_target.values())


def _parse_links(item: Scalar) -> Iterable[Link]:
    """`id`, `[[id]]`, `[[id|text]]`, `[text](id.md)`, and several of them parted at commas."""
    text = item.text.strip()
    spans = list(_WIKI.finditer(text)) or list(_MD_LINK.finditer(text))
    if spans:
        for found in spans:
            wiki = found.re is _WIKI
            yield Link(found[1 if wiki else 2].strip(), (found[2 if wiki else 1] or "").strip(), item.span)
        return
    for part in text.split(","):
        if part.strip():
            yield Link(part.strip(), "", item.span)


def _checkpoints(fields: Fields, one: Field) -> tuple[Checkpoint, ...]:
    if one.form == "group":
        fields.complain(
            rules.BAD_CHECKPOINT, one, "`checkpoints` holds a group", "write a list of `2026-06-30 20`"
        )
        return ()
    points: dict[Any, Checkpoint] = {}
    for item in one.items:
        found = re.fullmatch(r"(\S+?):?[ \t]+(\S.*)", item.text.strip())
        days = parse_days(found[1]) if found else None
        number = parse_quantity(found[2].lstrip("= ")) if found else None
        if days is None or number is None:
            message = f"`{visible(item.text)[:60]}` is not a checkpoint"
            fields.complain(
                rules.BAD_CHECKPOINT, one, message, "write a date and a value: `2026-06-30 20`", item.span
            )
            continue
        points[days.last] = Checkpoint(days.last, number[0].value)
    return tuple(points[day] for day in sorted(points))


Read = Callable[[Fields, Field], Any]
COMMON: dict[str, Read] = {
    "type": lambda _fields, _one: None,
    "title": _plain,
    "visibility": _visibility_word,
    "tags": _texts,
    "aliases": _texts,
}
GOAL: dict[str, Read] = COMMON | {
    "status": _status,
    "horizon": _horizon,
    "start": _day(last=False),
    "due": _day(last=True),
    "when": _plain,
    "measure": _measure,
    "supports": _links,
    "weight": _weight,
    "needs": _links,
    "values": _links,
    "check-in": _cadence,
    "checkpoints": _checkpoints,
    "owner": _plain,
    "category": _plain,
}
PROJECT: dict[str, Read] = COMMON | {"status": _status, "supports": _links}
NAMES: tuple[str, ...] = tuple(GOAL)


def read_fields(fields: Fields, table: dict[str, Read]) -> dict[str, Any]:
    """The values of all known fields that are set and readable; near misses of a known key are warned about."""
    got: dict[str, Any] = {}
    for key, one in fields.front.fields.items():
        read = table.get(key)
        if read is None:
            _unknown(fields, one, table)
            continue
        if one.form == "unset":
            _lost_text(fields, one)
            continue
        value = read(fields, one)
        if value is not None:
            got[key] = value
    return got


def _unknown(fields: Fields, one: Field, table: dict[str, Read]) -> None:
    if one.key in _NEVER_TYPOS or one.key in GOAL:
        return
    limit = 2 if len(one.key) >= 7 else 1
    close = sorted(
        (d, k) for k in table if k not in fields.front.fields and (d := distance(one.key, k, limit)) <= limit
    )
    if close and len(one.key) > 2:
        private = "; until then the note stays private" if close[0][1] == "visibility" else ""
        message = f"`{visible(one.written)}` is not a field{private}"
        fields.found.append(
            rules.UNKNOWN_KEY.at(
                fields.source,
                one.key_span,
                message,
                f"did you mean `{close[0][1]}`?",
                Edit(one.key_span, close[0][1]),
            )
        )
