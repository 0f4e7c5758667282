"""The geometry of the charts: numbers and days in, display-ready places out. No text of a user's but units.

Across, a place is a share of the width, so that a chart fits a phone and a desk without its type shrinking: curves live
in 0..1000 and are stretched by the page, labels and dots are placed in per cent. Down, a place is in pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import ceil, floor, log10
from typing import Literal

from goalkit import words
from goalkit.dates import Days, add_days, add_months
from goalkit.model.assessment import Assessment, Forecast, PeriodResult

HEIGHT = 260
_TOP, _BOTTOM = 26, 232
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Anchor = Literal["start", "middle", "end"]
Corner = tuple[date, Fraction]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its place (per cent across, or pixels down) and what it reads."""

    at: str
    text: str
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside what it names; `kind` is the line it belongs to."""

    x: str
    y: str
    anchor: Anchor
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class PaceChart:
    """A count over its window. Paths are in a box 1000 wide and `height` high; dots are (per cent, pixels)."""

    height: int
    expected: str
    actual: str
    cone: str
    ahead: str
    dots: tuple[tuple[str, str], ...]
    now: tuple[str, str]
    target_y: str
    today: str
    across: tuple[Tick, ...]
    down: tuple[Tick, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    span: int
    low: float
    high: float

    def x(self, day: date) -> float:
        return min(max((day - self.first).days / self.span, 0.0), 1.0)

    def y(self, level: float) -> float:
        return _BOTTOM - (level - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)

    def place(self, day: date, level: Fraction | float) -> tuple[float, float]:
        return self.x(day), self.y(float(level))


def pace_chart(seen: Assessment, today: date) -> PaceChart | None:
    """The chart of a count: where it was to be, where it was, where it is going. None without a window or a level."""
    measure, window = seen.measure, seen.window
    if measure is None or window is None or measure.target is None or not (seen.points or seen.line):
        return None
    target = Fraction(measure.target)
    scale = _scale(seen, window, target, today)
    points = [(day, level) for day, level in seen.points if day <= today]
    last = points[-1] if points else None
    rising = measure.direction != "at-most"
    cone, ahead = _forecast(seen.forecast, last, target, scale) if last else ("", "")
    now = scale.place(*last) if last else (0.0, 0.0)
    return PaceChart(
        height=HEIGHT,
        expected=_path(scale.place(*corner) for corner in seen.line),
        actual=_path(scale.place(*point) for point in points),
        cone=cone,
        ahead=ahead,
        dots=tuple((_percent(x), _px(y)) for x, y in (scale.place(*p) for p in points[:-1])),
        now=(_percent(now[0]), _px(now[1])) if last else ("", ""),
        target_y=_px(scale.y(float(target))),
        today=_percent(scale.x(today)) if window.first <= today <= _end(scale) else "",
        across=tuple(_across(scale)),
        down=tuple(_down(scale, target)),
        labels=tuple(_labels(seen, scale, last, target, today, rising=rising)),
    )


def planned_on(line: Sequence[Corner], day: date) -> Fraction | None:
    """The level of the expected path at the beginning of `day`; none without a path."""
    if not line:
        return None
    if day <= line[0][0]:
        return line[0][1]
    for (a, low), (b, high) in zip(line, line[1:], strict=False):
        if day <= b:
            return low + (high - low) * Fraction((day - a).days, max((b - a).days, 1))
    return line[-1][1]


def _scale(seen: Assessment, window: Days, target: Fraction, today: date) -> _Scale:
    first = min([window.first, *(day for day, _ in seen.points[:1])])
    length = max((window.last - first).days, 1)
    ends = [add_days(window.last, 1), min(today, add_days(first, 2 * length))]
    if seen.forecast and seen.progress is not None and seen.progress < 1:
        ends.append(min(seen.forecast.date, add_days(window.last, length // 4)))
    levels = [float(level) for _, level in (*seen.points, *seen.line)] + [float(target)]
    low, high = min(levels), max(levels)
    room = (high - low or abs(high) or 1.0) * 0.06
    low = low if low == 0 else low - room
    return _Scale(first, max((max(ends) - first).days, 1), low, high + room)


def _end(scale: _Scale) -> date:
    return scale.first + timedelta(scale.span)


def _forecast(forecast: Forecast | None, last: Corner, target: Fraction, scale: _Scale) -> tuple[str, str]:
    """The cone between the early and the late day, and the line to the likely one; cut where the chart ends."""
    if forecast is None or forecast.date <= last[0]:
        return "", ""
    here = scale.place(*last)
    likely = _toward(last, forecast.date, target, scale)
    early = _toward(last, max(forecast.early, last[0] + timedelta(1)), target, scale)
    late = _toward(last, forecast.late, target, scale) if forecast.late else (1.0, here[1])
    corner = [(max(late[0], early[0]), early[1])] if late[1] != early[1] or late[0] >= 1 else []
    return _path([here, early, *corner, late]) + "Z", _path([here, likely])


def _toward(last: Corner, day: date, target: Fraction, scale: _Scale) -> tuple[float, float]:
    """Where the straight line from the last level to the target on `day` leaves the chart."""
    end = _end(scale)
    if day <= end:
        return scale.place(day, target)
    part = (end - last[0]).days / max((day - last[0]).days, 1)
    return 1.0, scale.y(float(last[1]) + (float(target) - float(last[1])) * part)


def _across(scale: _Scale) -> Iterator[Tick]:
    """At most six ticks at the beginnings of months, quarters or years."""
    end = _end(scale)
    months = (end.year - scale.first.year) * 12 + end.month - scale.first.month
    if months < 2:
        yield Tick("0%", f"{scale.first.day} {_MONTHS[scale.first.month - 1]}")
        yield Tick("100%", f"{end.day} {_MONTHS[end.month - 1]}", "end")
        return
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / s <= 6), 600)
    index = scale.first.year * 12 + scale.first.month - 1
    index = ceil((index + (scale.first.day > 10)) / step) * step
    while (day := add_months(date(1, 1, 1), index - 12)) <= end:
        years = scale.first.year != end.year and (day.month == 1 or step >= 12)
        text = str(day.year) if years else _MONTHS[day.month - 1]
        at = scale.x(day)
        yield Tick(_percent(at), text, "end" if at > 0.95 else "start")
        index += step


def _down(scale: _Scale, target: Fraction) -> Iterator[Tick]:
    """Three or four round levels, none of them in the way of the target."""
    step = _round_step((scale.high - scale.low) / 3.5)
    tick = ceil(scale.low / step) * step
    while tick <= scale.high:
        y = scale.y(tick)
        if abs(y - scale.y(float(target))) > 16:
            yield Tick(_px(y), words.number(Fraction(tick).limit_denominator(10_000)))
        tick += step


def _round_step(raw: float) -> float:
    power = 10.0 ** floor(log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw)


def _labels(
    seen: Assessment, scale: _Scale, last: Corner | None, target: Fraction, today: date, *, rising: bool
) -> Iterator[Label]:
    """Direct labels in place of a legend, each on the side of its line where the other one is not."""
    unit = seen.measure.unit if seen.measure else ""
    above = scale.y(float(target))
    yield Label("100%", _px(above - 7), "end", f"target {words.number(target)} {unit}".rstrip(), "target")
    middle = _middle(seen.line, today)
    if middle:
        x, y = scale.place(*middle)
        ahead = last is not None and (float(last[1]) >= float(middle[1])) == rising
        below = ahead == rising
        yield Label(_percent(x), _px(y + (18 if below else -9)), "start" if below else "end", "planned", "expected")
    if last:
        x, y = scale.place(*last)
        over = _is_over(seen, last, rising=rising) == rising
        anchor: Anchor = "end" if x > 0.25 else "start"
        text = f"{words.number(last[1])} {words.short_day(last[0], today).split(' ', 1)[1]}"
        yield Label(_percent(x), _px(y - 11 if over else y + 20), anchor, text, "actual")


def _is_over(seen: Assessment, last: Corner, *, rising: bool) -> bool:
    planned = planned_on(seen.line, last[0])
    return planned is None or (last[1] >= planned) == rising


def _middle(line: Sequence[Corner], today: date) -> Corner | None:
    """A place for the word beside the expected path: a third along it, away from today's label."""
    if len(line) < 2:
        return None
    first, last = line[0][0], line[-1][0]
    third = first + (last - first) // 3
    near_end = (today - first) < (last - first) / 2
    day = last - (last - first) // 4 if near_end else third
    level = planned_on(line, day)
    return (day, level) if level is not None else None


def _path(places: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x * 1000:.1f} {y:.1f}" for x, y in places) if places else ""


def _percent(part: float) -> str:
    return f"{part * 100:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"


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
    today: tuple[int, int] | None


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
    label = {"month": _MONTHS[first.month - 1], "quarter": f"Q{(first.month + 2) // 3}"}.get(period, str(first.year))
    if period != "year" and first.year != today.year:
        label += f" {first.year}"
    amount = words.number(result.amount) if result.amount is not None else ""
    return Tile(label, result.state, amount, result.days.first <= today <= result.days.last)


def _group(periods: list[PeriodResult], year: int, month: int, period: str, today: date) -> StripGroup:
    columns = {"day": 7, "workday": 5}.get(period, 5)
    paths: dict[str, str] = {}
    mark: tuple[int, int] | None = None
    lead = date(year, month, 1).weekday()
    rows = 1
    for n, result in enumerate(periods):
        column, row = (n % columns, n // columns) if period == "week" else _square(result.days.first, lead)
        rows = max(rows, row + 1)
        x, y = 2 + column * _CELL, 2 + row * _CELL
        shape = _CELL_SHAPES[result.state].format(x=x, y=y, m=y + 5.5, c=x + 5.5)
        paths[result.state] = paths.get(result.state, "") + shape
        if result.days.first <= today <= result.days.last:
            mark = (x - 2, y - 2)
    label = _MONTHS[month - 1] + (f" {year}" if year != today.year else "")
    return StripGroup(label, columns * _CELL + 1, rows * _CELL + 1, tuple(sorted(paths.items())), mark)


def _square(day: date, lead: int) -> tuple[int, int]:
    return day.weekday(), (day.day - 1 + lead) // 7


@dataclass(frozen=True, slots=True)
class LimitChart:
    """What of a limit is used: shares of the width that is drawn; `even` is where even spending would be."""

    used: str
    over_from: str
    over: str
    limit: str
    even: str


def limit_chart(seen: Assessment, today: date) -> LimitChart | None:
    """The bar of a limit; one past its limit is drawn to scale. None without a number."""
    measure = seen.measure
    if measure is None or measure.target is None or seen.level is None:
        return None
    limit = Fraction(measure.target)
    whole = max(limit, seen.level, Fraction(0)) or Fraction(1)
    within = min(seen.level, limit)
    even = ""
    if seen.window and seen.closed_on is None and seen.window.first <= today <= seen.window.last:
        gone = Fraction((today - seen.window.first).days, seen.window.length)
        even = _percent(float(gone * limit / whole))
    over = seen.level - within
    return LimitChart(
        _percent(float(max(within, 0) / whole)),
        _percent(float(limit / whole)) if over else "",
        _percent(float(over / whole)) if over else "",
        _percent(float(limit / whole)),
        even,
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """One box of a row of milestones: where it begins, how wide it is, its state."""

    x: str
    width: str
    state: str


def segments(states: Sequence[str]) -> tuple[Segment, ...]:
    """A row of boxes as wide as its place; none when there are too many to tell apart."""
    if not 2 <= len(states) <= 40:
        return ()
    each = 1 / len(states)
    gap = min(each * 0.12, 0.006)
    return tuple(Segment(_percent(n * each), _percent(each - gap), state) for n, state in enumerate(states))
