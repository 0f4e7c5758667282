"""A habit as a calendar: a shape for each period, by month, and tiles for the long ones."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from goalkit import words
from goalkit.dates import Days
from goalkit.model.assessment import Assessment, PeriodResult

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PERIOD_WORDS = {
    "met": "met",
    "missed": "missed",
    "skipped": "skipped",
    "waiting": "waiting",
    "under-way": "under way",
    "ahead": "ahead",
}
_CELL = 15
# Each state has a shape of its own; the strokes sit inside a cell of 11 pixels.
_CELL_SHAPES = {
    "met": "M{x} {y}h11v11h-11z",
    "missed": "M{x}.75 {y}.75h9.5v9.5h-9.5z",
    "skipped": "M{x}.5 {m}h10",
    "waiting": "M{x}.5 {m}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "under-way": "M{x}.75 {m}h9.5v4.75h-9.5z",
    "ahead": "M{c} {m}h.01",
}


@dataclass(frozen=True, slots=True)
class StripGroup:
    """A month or year of periods: its label, its size, one path for each state, and where today is."""

    label: str
    width: int
    height: int
    paths: tuple[tuple[str, str], ...]
    today: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A long period, as a tile: its label, its state, what was done in it."""

    label: str
    state: str
    amount: str
    today: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A habit's periods: small ones as calendars by month, long ones as tiles; and how many there are of each state."""

    groups: tuple[StripGroup, ...]
    tiles: tuple[Tile, ...]
    counts: tuple[tuple[str, str, int], ...]


def strip(seen: Assessment, today: date) -> Strip | None:
    """The calendar strip of a habit; none without periods."""
    if not seen.periods or seen.measure is None or seen.measure.period is None:
        return None
    counts = {state: sum(p.state == state for p in seen.periods) for state in PERIOD_WORDS}
    shown = tuple((state, PERIOD_WORDS[state], n) for state, n in counts.items() if n)
    period = seen.measure.period
    if period in ("month", "quarter", "year"):
        return Strip((), tuple(_tile(p, period, today) for p in seen.periods[-60:]), shown)
    grouped = groupby(seen.periods, key=lambda p: _month_of(p.days))
    groups = [_group(list(periods), year, month, period, today) for (year, month), periods in grouped]
    return Strip(tuple(groups[-36:]), (), shown)


def _month_of(days: Days) -> tuple[int, int]:
    """The month that most of a week lies in: that of its Thursday."""
    middle = days.first + (days.last - days.first) // 2
    return middle.year, middle.month


def _tile(result: PeriodResult, period: str, today: date) -> Tile:
    first = result.days.first
    label = {"month": _MONTHS[first.month - 1], "quarter": f"Q{(first.month + 2) // 3}"}.get(
        period, str(first.year)
    )
    if period != "year" and first.year != today.year:
        label += f" {first.year}"
    amount = words.number(result.amount) if result.amount is not None else ""
    return Tile(label, result.state, amount, result.days.first <= today <= result.days.last)


def _group(periods: list[PeriodResult], year: int, month: int, period: str, today: date) -> StripGroup:
    columns = {"day": 7, "workday": 5}.get(period, 5)
    paths: dict[str, str] = {}
    mark: tuple[float, float] | None = None
    lead = date(year, month, 1).weekday()
    rows = 1
    for n, result in enumerate(periods):
        column, row = (n % columns, n // columns) if period == "week" else _square(result.days.first, lead)
        rows = max(rows, row + 1)
        x, y = 2 + column * _CELL, 2 + row * _CELL
        shape = _CELL_SHAPES[result.state].format(x=x, y=y, m=y + 5.5, c=x + 5.5)
        paths[result.state] = paths.get(result.state, "") + shape
        if result.days.first <= today <= result.days.last:
            mark = (x - 1.5, y - 1.5)
    label = _MONTHS[month - 1] + (f" {year}" if year != today.year else "")
    return StripGroup(label, columns * _CELL + 3, rows * _CELL + 3, tuple(sorted(paths.items())), mark)


def _square(day: date, lead: int) -> tuple[int, int]:
    return day.weekday(), (day.day - 1 + lead) // 7
