"""The grammar of a check-in line: `DATE: [VALUE] [(STATUS)] [— NOTE]`."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goalkit.dates import meant_day, parse_day
from goalkit.model.goal import EntryKind, StatedStatus
from goalkit.model.measure import Measure, parse_quantity, same_unit
from goalkit.text import fold

_DATE = r"(?:\[\[\s*(?:[^\]|#]*/)?)?(\d{4}-\d\d-\d\d)(?:[^\]\d]*\]\])?"
_LINE = re.compile(
    rf"\s*{_DATE}(?:\s*(?:\.\.|…)\s*{_DATE})?(?:(?P<colon>\s*:)|(?=\s|$))(?P<rest>.*)", re.ASCII | re.DOTALL
)
_STATUS = re.compile(r"[(\[]\s*(on[ -]?track|at[ -]?risk|off[ -]?track)\s*[)\]]", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:—|–|--|\s-(?=\s|$)|\|)\s*")
_NEAR_DATE = re.compile(
    r"\s*\*{0,2}(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}\.?\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?(?:\s+\d{4})?)\b"
)
_STATUSES: dict[str, StatedStatus] = {"ontrack": "on-track", "atrisk": "at-risk", "offtrack": "off-track"}
_WORDS: dict[str, EntryKind] = {"yes": "yes", "done": "yes", "no": "no", "skip": "skip", "skipped": "skip"}
_LEVEL = re.compile(r"=\s*(?=[-+\u2212\d])")
_ODD_REST = re.compile(r"[.,:]\d|h\s?\d|[eE][-+]?\d")
_NEAR_REST = re.compile(r"[,;:](?=\s)|(?:of|/|out of)\s+\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A check-in line taken apart. `problem` says, with what to type, why its value does not count."""

    day: date
    kind: EntryKind = "none"
    value: Decimal | None = None
    until: date | None = None
    status: StatedStatus | None = None
    note: str = ""
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class NotACheckIn:
    """A line of the section that is no check-in; `problem` is set where it nearly is one."""

    problem: tuple[str, str] | None = None


def parse_line(text: str, measure: Measure | None) -> Line | NotACheckIn:
    """The check-in that a list item's `text` writes, its value read by the goal's `measure`."""
    found = _LINE.fullmatch(text)
    if not found:
        if _NEAR_DATE.match(text):
            return NotACheckIn(("the date is not written as YYYY-MM-DD", f"write `{_dated(text)}`"))
        return NotACheckIn()
    day = parse_day(found[1])
    until = parse_day(found[2]) if found[2] else None
    if day is None or (found[2] and until is None):
        bad = found[1] if day is None else found[2]
        return NotACheckIn((f"`{bad}` is not a day of the calendar", "correct the date"))
    if until is not None and until < day:
        return NotACheckIn((f"the stretch ends before it begins: {day} .. {until}", "swap the two dates"))
    rest = found["rest"].strip()
    if not found["colon"] and rest and not re.match(r"[—–|(\[-]", rest):
        return NotACheckIn(
            ("there is no colon after the date", f"write `{found[1]}: {rest.splitlines()[0][:40]}`")
        )
    return _read(day, until, rest, measure)


def _dated(text: str) -> str:
    """The same line with its date as it should be, where that can be told."""
    written, colon, rest = text.split("\n", 1)[0].partition(":")
    meant = meant_day(written.strip(" *"))
    return f"{meant}:{rest[:60]}" if meant and colon else "2026-02-06: 11 — a note"


def _read(day: date, until: date | None, rest: str, measure: Measure | None) -> Line:
    first, newline, more = rest.partition("\n")
    status: StatedStatus | None = None
    if said := _STATUS.search(first):
        status = _STATUSES[re.sub(r"[ -]", "", said[1].casefold())]
        first = f"{first[: said.start()].rstrip()} {first[said.end() :].lstrip()}".strip()
    value_text, dash, note = _split_note(first)
    kind, value, problem = _value(value_text, measure)
    if kind == "none" and (value_text or not dash):
        note = first
    elif "(" in value_text:
        note = f"{value_text[value_text.index('(') :]} {note}".strip()
    if until is not None and kind != "skip":
        problem = (
            "a stretch of days can only be skipped",
            f"write `{day}..{until}: skip`, or one line a day",
        )
        kind, value = "none", None
    note = (note + newline + more).strip("\n").strip()
    return Line(day, kind, value, until, status, note, problem)


def _split_note(first: str) -> tuple[str, str, str]:
    """What stands before the first dash, the dash, and what follows it."""
    dash = _DASH.search(" " + first)
    if not dash:
        return first.strip(), "", ""
    at = max(dash.start() - 1, 0)
    return first[:at].strip(), dash[0], first[dash.end() - 1 :].strip()


def _value(text: str, measure: Measure | None) -> tuple[EntryKind, Decimal | None, tuple[str, str] | None]:
    """How the text before the note counts: its kind, its number, and why it does not count."""
    text = text.rstrip(",;.").strip()
    bare = re.sub(r"\s*[(\[].*", "", text).strip() if re.match(r"[^([]+[(\[]", text) else text
    word = _WORDS.get(fold(bare))
    if word:
        return word, None, None
    if not bare:
        return "none", None, None
    explicit = _LEVEL.match(bare)
    number = parse_quantity(bare[explicit.end() :] if explicit else bare)
    if number is None:
        return "none", None, None
    quantity, unit = number[0], number[1].strip()
    if _ODD_REST.match(number[1]):
        return "none", None, (f"`{bare}` is not a plain number", _plain_hint(bare, measure))
    if _NEAR_REST.match(unit):
        written = bare[: len(bare) - len(number[1])].strip()
        message = (
            f"`{written}` is not counted: a number stands before a dash, a bracket or the end of the line"
        )
        return "none", None, (message, f"write `{written} — {unit.lstrip(',;: ')}`")
    own = measure.unit if measure else ""
    if unit and not _is_own(unit, measure):
        if _reads_as_note(unit, own):
            return "none", None, None
        return (
            "none",
            None,
            (f"`{bare}` is not in {own or 'the unit of the measure'}", _unit_hint(quantity.value, own)),
        )
    if quantity.unit and not same_unit(quantity.unit, own) and not (quantity.unit == "%" and "%" in own):
        return (
            "none",
            None,
            (f"`{bare}` is not in {own or 'the unit of the measure'}", _unit_hint(quantity.value, own)),
        )
    if measure is not None and measure.kind in ("habit", "limit"):
        return "amount", quantity.value, None
    return ("step" if quantity.signed and not explicit else "level"), quantity.value, None


def _is_own(unit: str, measure: Measure | None) -> bool:
    if measure is None:
        return False
    return same_unit(unit, measure.unit) or (measure.is_times and same_unit(unit, "times"))


def _reads_as_note(unit: str, own: str) -> bool:
    """`2 weeks lost to flu` is a note; `90 min` against hours is a unit that does not fit."""
    return len(unit.split()) > max(1, len(own.split()))


def _plain_hint(text: str, measure: Measure | None) -> str:
    clock = re.match(r"(\d+)(?::|\s?h\s?)(\d+)", text)
    if clock and measure and measure.unit.startswith("min"):
        return f"write `{int(clock[1]) * 60 + int(clock[2])}`"
    if clock:
        return f"write one number, such as `{int(clock[1]) + int(clock[2]) / 60:.4g}`"
    if comma := re.match(r"(\d+),(\d+)", text):
        return f"write `{comma[1]}.{comma[2]}`"
    return "write one number, such as `11` or `7.5`"


def _unit_hint(value: Decimal, own: str) -> str:
    return f"write the number in {own}" if own else f"write `{value}` alone"
