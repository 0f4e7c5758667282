"""From sources to goals, values, projects and notes: one table of fields, each reading one kind of text."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from goalkit import rules
from goalkit.config import Config
from goalkit.dates import parse_day, parse_days
from goalkit.diagnostics import Diagnostic, Rule
from goalkit.model.cadence import parse_cadence
from goalkit.model.goal import (
    HORIZONS,
    NOTE_TYPES,
    STATUSES,
    Body,
    Checkpoint,
    Entry,
    Goal,
    Link,
    Note,
    NoteType,
    Project,
    Value,
    Vision,
)
from goalkit.model.measure import Mistake, parse_measure, parse_quantity
from goalkit.text import Edit, Source, Span, distance, fold, has_hidden, visible
from goalkit.vault import body as bodies
from goalkit.vault import history, note
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
        "stat",
        "stats",
        "smart",
        "name",
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
_TYPE_LINE = re.compile(r"^[\"']?type[\"']?[ \t]*:", re.IGNORECASE | re.MULTILINE)
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_MD_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()<>\n]+?)>?\)")
_TITLE_LIMIT = 2_000


@dataclass(slots=True)
class _Fields:
    """One note's fields being read: what is wrong with them, and which could not be read."""

    source: Source
    front: FrontMatter
    found: list[Diagnostic] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def complain(self, rule: Rule, one: Field, message: str, hint: str, span: Span | None = None) -> None:
        self.found.append(rule.at(self.source, span or one.span, message, hint))
        if rule.severity == "error":
            self.unreadable.add(one.key)


_Noted = tuple[Entry | None, list[Diagnostic]]


@dataclass(slots=True)
class Cache:
    """Notes as they were read before, by path and text, so that only changed ones are read: for one configuration."""

    notes: dict[tuple[str, str], _Noted] = field(default_factory=dict)
    names: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    others: dict[tuple[str, str, bool], Note] = field(default_factory=dict)

    def trim(self, sources: Sequence[Source]) -> None:
        """Forget what is none of `sources`, once that is more than half."""
        if len(self.notes) + len(self.others) > 2 * len(sources) + 20:
            kept = {(s.path, s.text) for s in sources}
            self.notes = {key: read for key, read in self.notes.items() if key in kept}
            self.names = {key: found for key, found in self.names.items() if key in kept}
            self.others = {key: note for key, note in self.others.items() if key[:2] in kept}


def read_all(
    sources: Sequence[Source], config: Config, cache: Cache | None = None
) -> tuple[list[Entry], list[Diagnostic]]:
    """Every note of the vault, and what is wrong with them.

    Notes outside goalkit's folders are read only as far as they can matter: their body, when it links a note of
    goalkit's.
    """
    cache = Cache() if cache is None else cache
    found: list[Diagnostic] = []
    entries: list[Entry] = []
    others: list[Source] = []
    names: set[str] = set()
    for source in sorted(sources, key=lambda s: s.path):
        if not source.path.lower().endswith(".md"):
            continue
        folder_type = _folder_type(source.path, config)
        if folder_type == "note" and not _has_type(source.text):
            others.append(source)
            continue
        key = (source.path, source.text)
        if key not in cache.notes:
            cache.notes[key] = read_note(source, config, folder_type)
        entry, problems = cache.notes[key]
        found += problems
        if entry is None:
            others.append(source)
            continue
        entries.append(entry)
        if not isinstance(entry, Note | Vision):
            names |= {fold(n) for n in (entry.id, *entry.aliases)}
    entries += [_other_note(source, names, cache) for source in others]
    cache.trim(sources)
    visions = [e for e in entries if isinstance(e, Vision)]
    for extra in visions[1:]:
        message = f"there are two visions; the one in `{visions[0].path}` counts"
        found.append(
            rules.BAD_WORD.in_file(extra.path, message, "give one of them `type: note`").with_severity(
                "warning"
            )
        )
    return entries, found


def _folder_type(path: str, config: Config) -> NoteType:
    """What a note is by where it lies; of folders in each other the inner one decides."""
    folded = fold(path)
    if "/" not in folded:
        return "vision" if folded == "vision.md" else "note"
    inside = [name for name in config.folders if folded.startswith(fold(name) + "/")]
    return config.folders[max(inside, key=len)] if inside else "note"


def _has_type(text: str) -> bool:
    """Whether front matter may name a type: a cheap look, so that foreign notes cost nothing."""
    if not text.startswith(("---", "\ufeff---")):
        return False
    found = _TYPE_LINE.search(text)
    return bool(found) and "\n---" not in text[3 : found.start()].replace("\r", "\n") if found else False


def _note_id(path: str) -> str:
    return path.rsplit("/", 1)[-1][:-3]


def _other_note(source: Source, names: set[str], cache: Cache) -> Note:
    """A note in which only tasks and links count: read in full only if it links something of goalkit's."""
    key = (source.path, source.text)
    if key not in cache.names:
        cache.names[key] = frozenset(_last_name(t) for t in bodies.wiki_targets(source.text))
    linked = not cache.names[key].isdisjoint(names)
    if (*key, linked) not in cache.others:
        cache.others[*key, linked] = _outlined(source, linked=linked)
    return cache.others[*key, linked]


def _outlined(source: Source, *, linked: bool) -> Note:
    front, _ = note.read(source, strict=False) if _visibility_matters(source.text) else (None, [])
    offset = front.body if front else _body_offset(source.text)
    body = bodies.outline(source, offset).body if linked else Body("", offset, 1)
    shared = front is not None and _shared(front)
    heading = body.heading or _note_id(source.path)
    return Note(
        id=_note_id(source.path),
        path=source.path,
        title=heading,
        body=body,
        visibility="shared" if shared and note.conflict_line(source) is None else "private",
    )


def _visibility_matters(text: str) -> bool:
    return text.startswith(("---", "\ufeff---")) and "shared" in text


def _body_offset(text: str) -> int:
    """Where the body begins, roughly: foreign front matter holds no list items or links that count as boxes."""
    if not text.startswith("---"):
        return 0
    end = re.search(r"(?:\r\n|\n|\r)---[ \t]*(?:\r\n|\n|\r|$)", text)
    return end.end() if end else 0


def _last_name(target: str) -> str:
    name = target.split("#", 1)[0].split("^", 1)[0].strip().rstrip("\\").rsplit("/", 1)[-1]
    return fold(name[:-3] if name.lower().endswith(".md") else name)


def _shared(front: FrontMatter) -> bool:
    given = front.fields.get("visibility")
    return (
        not front.broken and given is not None and given.form == "scalar" and given.items[0].text == "shared"
    )


def read_note(source: Source, config: Config, folder_type: NoteType) -> tuple[Entry | None, list[Diagnostic]]:
    """One note of goalkit's and its diagnostics; none where its `type` says that it is an ordinary note."""
    conflict = note.conflict_line(source)
    front, found = note.read(source, strict=folder_type in ("goal", "value", "project"))
    if conflict is not None:
        message = f"a git conflict marker stands on line {conflict}"
        span = source.line_span(conflict)
        found = [
            rules.CONFLICT.at(
                source, span, message, "keep what you want of both sides and delete the markers"
            )
        ]
        front = FrontMatter({}, front.yaml_span, front.body, broken=True)
    fields = _Fields(source, front, list(found))
    kind = _type(fields, folder_type)
    if kind == "note":
        return None, fields.found if folder_type != "note" else []
    entry = _READERS[kind](fields, config)
    return entry, fields.found


def _type(fields: _Fields, folder_type: NoteType) -> NoteType:
    given = fields.front.fields.get("type")
    if given is None or given.form == "unset":
        return folder_type
    if given.form != "scalar":
        if folder_type != "note":
            _text_of(fields, given)
        return folder_type
    word = fold(given.text)
    for known in NOTE_TYPES:
        if word == known:
            return known
    close = sorted((d, k) for k in NOTE_TYPES if (d := distance(word, k, 2)) <= (1 if len(word) < 7 else 2))
    if folder_type == "note" and not close:
        return "note"
    hint = f"did you mean `{close[0][1]}`?" if close else f"write one of {', '.join(NOTE_TYPES)}"
    message = f"`{visible(given.text)}` is not a type of note"
    fields.complain(rules.BAD_WORD, given, message, hint)
    return folder_type if folder_type != "note" else close[0][1]


# --- single fields ---------------------------------------------------------------------------------------------


def _text_of(fields: _Fields, one: Field) -> str | None:
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


def _plain(fields: _Fields, one: Field) -> str | None:
    text = _text_of(fields, one)
    if text is None:
        return None
    _lost_text(fields, one)
    return " ".join(text.split())


def _lost_text(fields: _Fields, one: Field) -> None:
    """Warn where a `#` swallowed the end of a text."""
    if one.lost is None:
        return
    source = fields.source.text
    lost = source[one.lost.start : one.lost.end].rstrip("\r\n ")
    kept = source[one.span.start : one.span.end]
    message = f"`{visible(lost)}` is lost: in YAML it is a comment"
    hint = f'quote it: `{one.written}: "{(kept + " " + lost).strip()}"`'
    fields.found.append(rules.LOST_TEXT.at(fields.source, one.lost, message, hint))


def _word(known: Sequence[str], rule: Rule = rules.BAD_WORD) -> Callable[[_Fields, Field], str | None]:
    def read(fields: _Fields, one: Field) -> str | None:
        text = _text_of(fields, one)
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


def _visibility_word(fields: _Fields, one: Field) -> str | None:
    """Exactly one of the words, without a space in its quotes: what nearly says `shared` says nothing."""
    text = _word(VISIBILITIES)(fields, one)
    if text is not None and one.items[0].text != text:
        message = f"`{one.items[0].text}` is not exactly `{text}`"
        fields.complain(rules.BAD_WORD, one, message, f"write `{one.written}: {text}`")
        return None
    return text


def _status(fields: _Fields, one: Field) -> str | None:
    text = _text_of(fields, one)
    if text is not None and fold(text) in STATUSES:
        return fold(text)
    return _word(STATUSES)(fields, one) if text is not None else None


def _horizon(fields: _Fields, one: Field) -> str | None:
    text = _text_of(fields, one)
    if text is not None and fold(text) in HORIZONS:
        return fold(text)
    return _word(HORIZONS)(fields, one) if text is not None else None


def _day(*, last: bool) -> Callable[[_Fields, Field], Any]:
    def read(fields: _Fields, one: Field) -> Any:
        text = _text_of(fields, one)
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
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text, re.ASCII):
        day, month = int(found[1]), int(found[2])
        if month > 12 >= day:
            day, month = month, day
        written = f"{found[3]}-{month:02}-{day:02}"
        return f"write `{written}`" if parse_day(written) else "write `2026-12-31`"
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text, re.ASCII):
        written = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        if parse_day(written):
            return f"write `{written}`"
        return "there is no such day; write one of the calendar, such as `2026-12-31`"
    if found := re.fullmatch(r"[qQ]([1-4])[ -]?(\d{4})|(\d{4})[ -]?[qQ]([1-4])", text, re.ASCII):
        return f"write `{found[2] or found[3]}-Q{found[1] or found[4]}`"
    if not re.search(r"\d", text):
        return "write `2026-12-31`; an event goes into `when:`"
    return "write `2026-12-31`, `2026-12`, `2026-Q4`, `2026-W40` or `2026`"


def _measure(fields: _Fields, one: Field) -> Any:
    text = _text_of(fields, one)
    if text is None:
        return None
    read = parse_measure(text)
    if isinstance(read, Mistake):
        fields.complain(rules.BAD_MEASURE, one, visible(read.message), visible(read.hint))
        return None
    _lost_text(fields, one)
    return read


def _weight(fields: _Fields, one: Field) -> Any:
    text = _text_of(fields, one)
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


def _cadence(fields: _Fields, one: Field) -> Any:
    text = _text_of(fields, one)
    if text is None:
        return None
    read = parse_cadence(text)
    if isinstance(read, Mistake):
        fields.complain(rules.BAD_CADENCE, one, visible(read.message), read.hint)
        return None
    return read


def _texts(fields: _Fields, one: Field) -> tuple[str, ...]:
    """A list of texts; one text of several is parted at commas."""
    if one.form == "group":
        fields.complain(
            rules.WRONG_FORM, one, f"`{one.written}` holds a group", "write a list of plain words"
        )
        return ()
    _lost_text(fields, one)
    parts = [p for item in one.items for p in (item.text.split(",") if one.form == "scalar" else [item.text])]
    return tuple(dict.fromkeys(p.strip().lstrip("#") for p in parts if p.strip().lstrip("#")))


def _links(fields: _Fields, one: Field) -> tuple[Link, ...]:
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


def _checkpoints(fields: _Fields, one: Field) -> tuple[Checkpoint, ...]:
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


_Read = Callable[[_Fields, Field], Any]
_COMMON: dict[str, _Read] = {
    "type": lambda _fields, _one: None,
    "title": _plain,
    "visibility": _visibility_word,
    "tags": _texts,
    "aliases": _texts,
}
_GOAL: dict[str, _Read] = _COMMON | {
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
_PROJECT: dict[str, _Read] = _COMMON | {"status": _status, "supports": _links}
FIELDS: tuple[str, ...] = tuple(_GOAL)


def _read_fields(fields: _Fields, table: dict[str, _Read]) -> dict[str, Any]:
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


def _unknown(fields: _Fields, one: Field, table: dict[str, _Read]) -> None:
    if one.key in _NEVER_TYPOS or one.key in _GOAL:
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


# --- notes -----------------------------------------------------------------------------------------------------


def _title(fields: _Fields, got: dict[str, Any], body: Body) -> str:
    title: str = got.get("title") or body.heading or _note_id(fields.source.path)
    if has_hidden(title):
        one = fields.front.fields.get("title")
        at = max(fields.source.text.find(title, body.offset), body.offset)
        span = one.span if one else Span(at, at)
        message = f"the title holds characters that nobody sees: {visible(title)[:80]}"
        fields.found.append(rules.HIDDEN_TEXT.at(fields.source, span, message, "type it again"))
    return title[:_TITLE_LIMIT]


def _visibility(fields: _Fields, got: dict[str, Any]) -> str:
    """Shared only when it says exactly so, in a file without an error."""
    exact = _shared(fields.front) and got.get("visibility") == "shared"
    return "shared" if exact and not any(d.severity == "error" for d in fields.found) else "private"


def _outline(fields: _Fields, config: Config) -> bodies.Outline:
    read = bodies.outline(
        fields.source, fields.front.body, milestones=config.milestones, check_ins=config.check_ins
    )
    for span, written in read.bad_dates:
        message = f"`{visible(written)}` is not a date"
        fields.found.append(rules.BOX_DATE.at(fields.source, span, message, "write the date as `2026-12-31`"))
    if read.too_deep is not None:
        span = fields.source.line_span(read.too_deep)
        fields.found.append(
            rules.TOO_DEEP.at(
                fields.source, span, "the text is nested too deeply to be shown", "move it out a few levels"
            )
        )
    return read


def _goal(fields: _Fields, config: Config) -> Goal:
    got = _read_fields(fields, _GOAL)
    read = _outline(fields, config)
    spans = {key: one.span for key, one in fields.front.fields.items() if key in _GOAL}
    start, due = got.get("start"), got.get("due")
    if start and due and due < start:
        fields.complain(
            rules.BAD_WINDOW,
            fields.front.fields["due"],
            f"due on {due}, before it starts on {start}",
            "correct one of the two dates",
        )
        got.pop("due")
    measure = None if "measure" in fields.unreadable else got.get("measure")
    check_ins, problems = history.check_ins(fields.source, read.check_in_items, measure, got.get("start"))
    fields.found += problems
    return Goal(
        id=_note_id(fields.source.path),
        path=fields.source.path,
        title=_title(fields, got, read.body),
        body=read.body,
        status=got.get("status", "active"),
        horizon=got.get("horizon"),
        start=got.get("start"),
        due=got.get("due"),
        when=got.get("when", ""),
        measure=measure,
        supports=got.get("supports", ()),
        weight=got.get("weight", Decimal(1)),
        needs=got.get("needs", ()),
        values=got.get("values", ()),
        cadence=got.get("check-in"),
        checkpoints=got.get("checkpoints", ()),
        visibility=_visibility(fields, got),  # type: ignore[arg-type]
        owner=got.get("owner", ""),
        category=got.get("category", ""),
        tags=got.get("tags", ()),
        aliases=got.get("aliases", ()),
        milestones=read.milestones,
        milestone_section=read.milestone_section,
        check_ins=check_ins,
        spans=spans,
        unreadable=frozenset(fields.unreadable),
        broken=fields.front.broken,
    )


def _value(fields: _Fields, config: Config) -> Value:
    got = _read_fields(fields, _COMMON)
    body = _outline(fields, config).body
    return Value(
        id=_note_id(fields.source.path),
        path=fields.source.path,
        title=_title(fields, got, body),
        body=body,
        visibility=_visibility(fields, got),  # type: ignore[arg-type]
        tags=got.get("tags", ()),
        aliases=got.get("aliases", ()),
        broken=fields.front.broken,
    )


def _project(fields: _Fields, config: Config) -> Project:
    got = _read_fields(fields, _PROJECT)
    body = _outline(fields, config).body
    return Project(
        id=_note_id(fields.source.path),
        path=fields.source.path,
        title=_title(fields, got, body),
        body=body,
        supports=got.get("supports", ()),
        status=got.get("status", "active"),
        visibility=_visibility(fields, got),  # type: ignore[arg-type]
        tags=got.get("tags", ()),
        aliases=got.get("aliases", ()),
        broken=fields.front.broken,
    )


def _vision(fields: _Fields, config: Config) -> Vision:
    got = _read_fields(fields, _COMMON)
    body = _outline(fields, config).body
    return Vision(
        id=_note_id(fields.source.path),
        path=fields.source.path,
        title=_title(fields, got, body),
        body=body,
        visibility=_visibility(fields, got),  # type: ignore[arg-type]
    )


_READERS: dict[NoteType, Callable[[_Fields, Config], Entry]] = {
    "goal": _goal,
    "value": _value,
    "project": _project,
    "vision": _vision,
}
