"""`goalkit.toml`: optional, at the root of the vault, which it marks. Text in, frozen values out."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from goalkit import rules
from goalkit.dates import WEEKDAYS, parse_day
from goalkit.diagnostics import Diagnostic, Severity
from goalkit.model.cadence import parse_cadence
from goalkit.model.goal import WEEKLY, Cadence, NoteType
from goalkit.model.measure import Mistake
from goalkit.text import Source, Span, nearest

FILE = "goalkit.toml"
_LEVELS: dict[str, Severity | None] = {"off": None, "hint": "hint", "warning": "warning", "error": "error"}
_FOLDER_KEYS: tuple[NoteType, ...] = ("goal", "value", "project")


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one vault.

    `folders` maps folder names to what the notes in them are; `milestones` and `check_ins` are the headings that
    open those sections; `severities` has None for a rule that is off; `ignore` maps a path pattern to codes;
    `week_start` is the first day of a week in the words of a new goal (Monday is 0); `max_file_size` is in bytes; `editor` is vscode, obsidian or a link pattern, empty for none.
    """

    title: str = ""
    today: date | None = None
    check_in: Cadence = WEEKLY
    week_start: int = 0
    folders: Mapping[str, NoteType] = field(
        default_factory=lambda: {"goals": "goal", "values": "value", "projects": "project"}
    )
    milestones: tuple[str, ...] = ("milestones",)
    check_ins: tuple[str, ...] = ("check-ins",)
    exclude: tuple[str, ...] = ()
    out: str = "site"
    editor: str = ""
    max_file_size: int = 1024 * 1024
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def apply(self, found: Diagnostic) -> Diagnostic | None:
        """`found` with its configured severity; none where it is off or ignored for its file."""
        from fnmatch import fnmatchcase  # noqa: PLC0415 - most vaults have no patterns

        if any(found.code in codes and fnmatchcase(found.path, p) for p, codes in self.ignore.items()):
            return None
        severity = self.severities.get(found.code, found.severity)
        return None if severity is None else found.with_severity(severity)


def parse(source: Source) -> tuple[Config, list[Diagnostic]]:
    """The configuration in `source`, and what in it is not understood."""
    text = source.text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, col = _place(str(error), source)
        message = re.sub(r" \(at .*\)$", "", str(error))
        return Config(), [
            rules.CONFIG.in_file(
                source.path,
                f"not TOML: {message}",
                'write `key = "value"`, each setting on a line of its own',
                line,
                col,
            )
        ]
    reader = _Reader(source)
    config = Config()
    for key, value in data.items():
        known = _FIELDS.get(key)
        if known is None:
            close = nearest(key, _FIELDS)
            hint = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(_FIELDS)}"
            reader.complain(key, f"`{key}` is not a setting", hint)
            continue
        config = replace(config, **known(reader, key, value))
    return config, reader.found


def _place(message: str, source: Source) -> tuple[int, int]:
    at = re.search(r"line (\d+), column (\d+)", message)
    return (int(at[1]), int(at[2])) if at else source.position(len(source.text))


@dataclass(slots=True)
class _Reader:
    source: Source
    found: list[Diagnostic] = field(default_factory=list)

    def complain(self, key: str, message: str, hint: str) -> None:
        where = re.search(rf"^[ \t]*\[?[\"']?{re.escape(key)}\b", self.source.text, re.MULTILINE)
        start = where.start() if where else 0
        self.found.append(rules.CONFIG.at(self.source, Span(start, start), message, hint))

    def strings(self, key: str, value: Any) -> tuple[str, ...] | None:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(i, str) and i for i in items):
            return tuple(items)
        self.complain(key, f"`{key}` takes text or a list of texts", f'write {key} = ["..."]')
        return None


Fields = dict[str, Any]


def _text(name: str) -> Callable[[_Reader, str, Any], Fields]:
    def read(reader: _Reader, key: str, value: Any) -> Fields:
        if isinstance(value, str):
            return {name: value}
        reader.complain(key, f"`{key}` takes text", f'write {key} = "..."')
        return {}

    return read


def _today(reader: _Reader, key: str, value: Any) -> Fields:
    day = value if type(value) is date else parse_day(value) if isinstance(value, str) else None
    if day is None:
        reader.complain(key, f"`{key}` is not a date", 'write today = "2026-11-20"')
        return {}
    return {"today": day}


def _check_in(reader: _Reader, key: str, value: Any) -> Fields:
    cadence = (
        parse_cadence(value) if isinstance(value, str) else Mistake(f"`{key}` takes text", 'write "weekly"')
    )
    if isinstance(cadence, Mistake):
        reader.complain(key, cadence.message, cadence.hint)
        return {}
    return {"check_in": cadence}


def _week_start(reader: _Reader, key: str, value: Any) -> Fields:
    if isinstance(value, str) and value.strip().casefold() in WEEKDAYS:
        return {"week_start": WEEKDAYS.index(value.strip().casefold())}
    reader.complain(key, f"`{key}` is not a day of the week", f'write {key} = "monday" or "sunday"')
    return {}


def _exclude(reader: _Reader, key: str, value: Any) -> Fields:
    patterns = reader.strings(key, value)
    return {"exclude": patterns} if patterns else {}


def _size(reader: _Reader, key: str, value: Any) -> Fields:
    if type(value) is int and 0 < value <= 64 * 1024 * 1024:
        return {"max_file_size": value}
    reader.complain(key, f"`{key}` is a number of bytes, at most 64 MiB", f"write {key} = 1048576")
    return {}


def _table(reader: _Reader, key: str, value: Any, known: Mapping[str, Any] | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        reader.complain(key, f"`{key}` is a table", f"write [{key}] on a line of its own")
        return {}
    for name in [n for n in value if known is not None and n not in known]:
        close = nearest(name, known or ())
        hint = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(sorted(known or ()))}"
        reader.complain(name, f"`{name}` is not known in [{key}]", hint)
    return {n: v for n, v in value.items() if known is None or n in known}


def _folders(reader: _Reader, key: str, value: Any) -> Fields:
    names = {f"{kind}s": kind for kind in _FOLDER_KEYS}
    folders: dict[str, NoteType] = {}
    given = _table(reader, key, value, names)
    for name, kind in names.items():
        for folder in reader.strings(name, given.get(name, name)) or (name,):
            folders[folder.strip("/")] = kind
    return {"folders": folders}


def _words(reader: _Reader, key: str, value: Any) -> Fields:
    names = {"milestones": "milestones", "check-ins": "check_ins"}
    given = _table(reader, key, value, names)
    read = {names[n]: reader.strings(n, v) for n, v in given.items()}
    return {field_name: words for field_name, words in read.items() if words}


def _severities(reader: _Reader, key: str, value: Any) -> Fields:
    levels: dict[str, Severity | None] = {}
    for code, level in _table(reader, key, value, rules.RULES).items():
        if isinstance(level, str) and level in _LEVELS:
            levels[code] = _LEVELS[level]
        else:
            reader.complain(code, f"`{level}` is not a severity", f"write one of {', '.join(_LEVELS)}")
    return {"severities": levels}


def _ignore(reader: _Reader, key: str, value: Any) -> Fields:
    patterns: dict[str, tuple[str, ...]] = {}
    for pattern, codes in _table(reader, key, value, None).items():
        listed = reader.strings(pattern, codes) or ()
        for code in listed:
            if code not in rules.RULES:
                close = nearest(code, rules.RULES, 1)
                reader.complain(
                    pattern,
                    f"`{code}` is not a rule",
                    f"did you mean {close[0]}?" if close else "see docs/rules.md",
                )
        patterns[pattern] = tuple(c for c in listed if c in rules.RULES)
    return {"ignore": patterns}


_FIELDS: dict[str, Callable[[_Reader, str, Any], Fields]] = {
    "title": _text("title"),
    "today": _today,
    "check-in": _check_in,
    "week-start": _week_start,
    "exclude": _exclude,
    "out": _text("out"),
    "editor": _text("editor"),
    "max-file-size": _size,
    "folders": _folders,
    "words": _words,
    "rules": _severities,
    "ignore": _ignore,
}
SETTINGS: tuple[str, ...] = tuple(_FIELDS)
