"""What happened: the check-ins of a goal by month, newest first, each with the number's move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from goalkit import words
from goalkit.dates import add_months
from goalkit.model.assessment import Assessment
from goalkit.model.goal import CheckIn, Goal
from goalkit.model.measure import Measure
from goalkit.site.views.parts import MONTHS, Day, Desk, Sign, sign
from goalkit.site.views.prose import html

MOST_SILENT = 40
FOLDED_FROM, MOST_OPEN, OPEN_MONTHS = 40, 15, 12
Told = tuple[CheckIn, str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One check-in: the day, where the number stood and how it moved, the status said, the note."""

    day: Day
    number: str
    move: str
    sign: Sign | None
    note: Markup
    waits: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of check-ins; `silent` counts those of a busy habit that only a calendar needs to show."""

    label: str
    moments: tuple[Moment, ...]
    silent: str


@dataclass(frozen=True, slots=True)
class Story:
    """The check-ins by month, newest first; those of `earlier` are folded below the words of `fold`."""

    months: tuple[Month, ...]
    earlier: tuple[Month, ...]
    fold: str


def story(goal: Goal, seen: Assessment, desk: Desk, root: str) -> Story:
    """All check-ins of `goal`, newest month first."""
    told = list(_told(goal.check_ins, seen.measure))
    told.reverse()
    months = groupby(told, key=lambda entry: (entry[0].day.year, entry[0].day.month))
    busy = len(told) > MOST_SILENT and bool(seen.measure and seen.measure.kind == "habit")
    shown = (
        _month(f"{MONTHS[month - 1]} {year}", list(group), desk, root, busy=busy)
        for (year, month), group in months
    )
    return _folded([month for month in shown if month.moments], desk.today)


def _folded(months: list[Month], today: date) -> Story:
    """A long story shows about its last fifteen check-ins, by whole months, and none of more than a year ago."""
    if sum(len(month.moments) for month in months) < FOLDED_FROM:
        return Story(tuple(months), (), "")
    since = add_months(today, -OPEN_MONTHS).isoformat()
    shown = opened = 0
    for month in months:
        if opened and (shown >= MOST_OPEN or month.moments[0].day.iso < since):
            break
        shown, opened = shown + len(month.moments), opened + 1
    earlier = tuple(months[opened:])
    count = words.count(sum(len(month.moments) for month in earlier), "check-in")
    return Story(
        tuple(months[:opened]), earlier, f"Earlier: {count} since {earlier[-1].label}" if earlier else ""
    )


def _month(label: str, entries: list[Told], desk: Desk, root: str, *, busy: bool) -> Month:
    telling = [entry for entry in entries if not busy or entry[0].note or entry[0].status]
    silent = len(entries) - len(telling)
    words_for = f"{words.count(silent, 'check-in')} without a note" if silent else ""
    return Month(label, tuple(_moment(*entry, desk, root) for entry in telling), words_for)


def _moment(entry: CheckIn, number: str, move: str, desk: Desk, root: str) -> Moment:
    return Moment(
        desk.day(entry.day),
        number,
        move,
        sign(entry.status) if entry.status else None,
        html(entry.note, desk.addresses, root),
        entry.day > desk.today,
    )


def _told(entries: tuple[CheckIn, ...], measure: Measure | None) -> Iterator[Told]:
    """Each check-in with its number and move as shown; a count's level is carried along."""
    level = measure.start if measure and measure.kind == "count" else None
    for entry in entries:
        if entry.kind in ("level", "step") and entry.value is not None:
            before = level
            level = entry.value if entry.kind == "level" else (level or Decimal(0)) + entry.value
            yield entry, words.number(level), _move(before, level)
        elif entry.kind == "amount" and entry.value is not None:
            yield entry, words.number(entry.value), ""
        else:
            yield entry, _word(entry, measure), ""


def _move(before: Decimal | None, level: Decimal) -> str:
    if before is None or before == level:
        return ""
    step = level - before
    return f"{'+' if step > 0 else '−'}{words.number(abs(step))}"


def _word(entry: CheckIn, measure: Measure | None) -> str:
    if entry.kind == "yes":
        return "kept" if measure and measure.kind == "habit" else "done"
    return {"no": "not kept" if measure and measure.kind == "habit" else "no", "skip": "skipped"}.get(
        entry.kind, ""
    )
