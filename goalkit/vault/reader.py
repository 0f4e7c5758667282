"""From sources to goals, values, projects and notes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from goalkit import rules
from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.model.goal import (
    NOTE_TYPES,
    Body,
    Entry,
    Goal,
    Note,
    NoteType,
    Project,
    Value,
    Vision,
)
from goalkit.text import Source, Span, distance, fold, has_hidden, visible
from goalkit.vault import body as bodies
from goalkit.vault import history, note
from goalkit.vault.fields import COMMON, GOAL, PROJECT, Fields, read_fields, text_of
from goalkit.vault.note import FrontMatter

_TYPE_LINE = re.compile(r"^[\"']?type[\"']?[ \t]*:", re.IGNORECASE | re.MULTILINE)
_TITLE_LIMIT = 2_000
# Fields of a goal that need nothing more than to be read.
_AS_READ = (
    "status", "horizon", "start", "due", "when", "supports", "weight", "needs", "values", "checkpoints", "owner", "category",
)  # fmt: skip

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
    fields = Fields(source, front, list(found))
    kind = _type(fields, folder_type)
    if kind == "note":
        return None, fields.found if folder_type != "note" else []
    entry = _READERS[kind](fields, config)
    return entry, fields.found


def _type(fields: Fields, folder_type: NoteType) -> NoteType:
    given = fields.front.fields.get("type")
    if given is None or given.form == "unset":
        return folder_type
    if given.form != "scalar":
        if folder_type != "note":
            text_of(fields, given)
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


def _title(fields: Fields, got: dict[str, Any], body: Body) -> str:
    title: str = got.get("title") or body.heading or _note_id(fields.source.path)
    if has_hidden(title):
        one = fields.front.fields.get("title")
        at = max(fields.source.text.find(title, body.offset), body.offset)
        span = one.span if one else Span(at, at)
        message = f"the title holds characters that nobody sees: {visible(title)[:80]}"
        fields.found.append(rules.HIDDEN_TEXT.at(fields.source, span, message, "type it again"))
    return title[:_TITLE_LIMIT]


def _visibility(fields: Fields, got: dict[str, Any]) -> str:
    """Shared only when it says exactly so, in a file without an error."""
    exact = _shared(fields.front) and got.get("visibility") == "shared"
    return "shared" if exact and not any(d.severity == "error" for d in fields.found) else "private"


def _outline(fields: Fields, config: Config) -> bodies.Outline:
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


def _goal(fields: Fields, config: Config) -> Goal:
    got = read_fields(fields, GOAL)
    read = _outline(fields, config)
    spans = {key: one.span for key, one in fields.front.fields.items() if key in GOAL}
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
        **_common(fields, got, read.body),
        **_named(fields, got),
        **{name: got[name] for name in _AS_READ if name in got},
        measure=measure,
        cadence=got.get("check-in"),
        milestones=read.milestones,
        milestone_section=read.milestone_section,
        check_ins=check_ins,
        spans=spans,
        unreadable=frozenset(fields.unreadable),
    )


def _common(fields: Fields, got: dict[str, Any], body: Body) -> dict[str, Any]:
    """What every note of goalkit's has."""
    return {
        "id": _note_id(fields.source.path),
        "path": fields.source.path,
        "title": _title(fields, got, body),
        "body": body,
        "visibility": _visibility(fields, got),
    }


def _named(fields: Fields, got: dict[str, Any]) -> dict[str, Any]:
    """What every note that links can lead to has."""
    return {"tags": got.get("tags", ()), "aliases": got.get("aliases", ()), "broken": fields.front.broken}


def _value(fields: Fields, config: Config) -> Value:
    got = read_fields(fields, COMMON)
    return Value(**_common(fields, got, _outline(fields, config).body), **_named(fields, got))


def _project(fields: Fields, config: Config) -> Project:
    got = read_fields(fields, PROJECT)
    own = {name: got[name] for name in ("supports", "status") if name in got}
    return Project(**_common(fields, got, _outline(fields, config).body), **_named(fields, got), **own)


def _vision(fields: Fields, config: Config) -> Vision:
    got = read_fields(fields, COMMON)
    return Vision(**_common(fields, got, _outline(fields, config).body))


_READERS: dict[NoteType, Callable[[Fields, Config], Entry]] = {
    "goal": _goal,
    "value": _value,
    "project": _project,
    "vision": _vision,
}
