"""Setting a field: what was typed as it would be written, checked by the reader's own rules."""

import re
from collections.abc import Sequence
from dataclasses import replace

from goalkit.author.manuscript import Made, Manuscript, Refused, Revise, revised
from goalkit.config import Config
from goalkit.dates import parse_days
from goalkit.model.goal import Status
from goalkit.text import Edit, has_hidden, nearest
from goalkit.vault import edits, fields, note

_FOLLOW = {
    "type": frozenset(("kind", "check_ins")),
    "measure": frozenset(("check_ins",)),
}
_CLOSE_WORDS = {
    "deadline": "due",
    "end": "due",
    "parent": "supports",
    "parents": "supports",
    "name": "title",
    "cadence": "check-in",
}


def field_key(typed: str) -> str:
    """The field that `typed` names. Raises Refused, with the nearest, where there is none."""
    key = typed.strip().casefold()
    known = next(
        (k for k in fields.NAMES if k == key or k.replace("-", "") == key.replace("_", "").replace("-", "")),
        None,
    )
    if known or key in ("tag", "alias"):
        return known or {"tag": "tags", "alias": "aliases"}[key]
    close = [_CLOSE_WORDS[key]] if key in _CLOSE_WORDS else nearest(key, fields.NAMES)
    hint = f"did you mean `{close[0]}`?" if close else f"fields are {', '.join(fields.NAMES)}"
    raise Refused(f"`{typed}` is not a field; {hint}")


def as_written(key: str, typed: Sequence[str]) -> list[str]:
    """The values of a field as they would be written: one text, or a list; dates in full. An empty one is left out."""
    texts = [t for t in map(edits.one_line, typed) if t]
    if any(has_hidden(t) for t in typed):
        raise Refused("the value holds characters that nobody sees; type it again")
    if key in edits.LINKS:
        return list(
            dict.fromkeys(
                re.sub(r"^\[\[|\]\]$", "", part.strip())
                for t in texts
                for part in t.split(",")
                if part.strip()
            )
        )
    if key in edits.LISTS:
        return texts
    text = " ".join(texts)
    days = parse_days(text) if key in ("start", "due") else None
    if days:
        text = str(days.first if key == "start" else days.last)
    return [text] if text else []


def set_field(config: Config, key: str, values: Sequence[str]) -> Revise:
    """Give a field these values, as `as_written` makes them; without any it is taken out."""

    def make(read: Manuscript) -> Made:
        now = dict(read.facts.fields)
        if values:
            edit = edits.set_field(read.source, read.front, key, values)
            now[key] = _fact(read, key, values)
            return _made(
                read,
                key,
                now,
                [edit] if read.source.text[edit.span.start : edit.span.end] != edit.text else [],
            )
        removal = edits.remove_field(read.source, read.front, key)
        now.pop(key, None)
        return _made(read, key, now, [removal] if removal else [])

    return lambda source: revised(source, config, make, mends=True)


def _made(read: Manuscript, key: str, now: dict[str, tuple[str, ...]], made: Sequence[Edit]) -> Made:
    return Made(made, replace(read.facts, fields=now), _FOLLOW.get(key, frozenset()))


def _fact(read: Manuscript, key: str, values: Sequence[str]) -> tuple[str, ...]:
    """How the field is to read: its form, and its items."""
    present = read.front.fields.get(key)
    plain = (
        present is not None and bool(present.items) and not any("[[" in item.text for item in present.items)
    )
    items = [v if key not in edits.LINKS or plain else f"[[{v}]]" for v in values]
    single = present is not None and present.form == "scalar" and len(items) == 1
    form: note.Form = "list" if key in edits.LISTS and not single else "scalar"
    return (form, *items)


def set_status(config: Config, status: Status) -> Revise:
    """Give a goal this status."""
    return set_field(config, "status", [status])
