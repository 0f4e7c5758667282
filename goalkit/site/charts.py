"""The geometry of the pace chart: numbers and days in, display-ready places out. No text of a user's but units.

Across, a place is a share of the width, so that a chart fits a phone and a desk without its type shrinking: curves live
in 0..1000 and are stretched by the page, labels and dots are placed in per cent. Down, a place is in pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, log10
from typing import Literal

from goalkit import words
from goalkit.dates import Days, add_days, add_months
from goalkit.model.assessment import Assessment, Forecast

HEIGHT = 260
_TOP, _BOTTOM = 26, 232
_LAST_TICK = 0.9  # past it a word runs out of the chart on a phone
_LETTER = 0.022  # the width of a letter as a share of a phone's chart
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Anchor = Literal["start", "middle", "end"]
Corner = tuple[date, Fraction]
_Place = tuple[float, float]
_Line = tuple[_Place, _Place]
_Box = tuple[float, float, float, float]


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
class _Spot:
    """Where a word could stand: a share of the width, pixels down, and which end of it is there."""

    x: float
    y: float
    anchor: Anchor


_ENDS: tuple[tuple[float, Anchor], ...] = ((0.0, "start"), (1.0, "end"))


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
    today = seen.closed_on or today
    scale = _scale(seen, window, target, today)
    points = [(day, level) for day, level in seen.points if day <= today]
    last = points[-1] if points else None
    cone, ahead = _forecast(seen.forecast, last, target, scale) if last else ("", "")
    now = scale.place(*last) if last else (0.0, 0.0)
    shows_today = not seen.closed_on and window.first <= today <= _end(scale)
    return PaceChart(
        height=HEIGHT,
        expected=_path(scale.place(*corner) for corner in seen.line),
        actual=_path(scale.place(*point) for point in points),
        cone=cone,
        ahead=ahead,
        dots=tuple((_percent(x), _px(y)) for x, y in (scale.place(*p) for p in points[:-1])),
        now=(_percent(now[0]), _px(now[1])) if last else ("", ""),
        target_y=_px(scale.y(float(target))),
        today=_percent(scale.x(today)) if shows_today else "",
        across=tuple(_across(scale)),
        down=tuple(_down(scale, target)),
        labels=tuple(_labels(seen, scale, last, target, today if shows_today else None)),
    )


def planned_on(line: Sequence[Corner], day: date) -> Fraction | None:
    """The level of the expected path at the beginning of `day`; none without a path."""
    if not line:
        return None
    if day <= line[0][0]:
        return line[0][1]
    for (a, low), (b, high) in pairwise(line):
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
    before = -1.0
    while (day := add_months(date(1, 1, 1), index - 12)) <= end:
        years = scale.first.year != add_days(end, -1).year and (day.month == 1 or step >= 12)
        text = str(day.year) if years else _MONTHS[day.month - 1]
        at = scale.x(day)
        if at <= _LAST_TICK or at - before > 2 * (1 - _LAST_TICK):
            yield Tick(_percent(at), text, "end" if at > _LAST_TICK else "start")
        before = at
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
    seen: Assessment, scale: _Scale, last: Corner | None, target: Fraction, today: date | None
) -> Iterator[Label]:
    """Direct labels in place of a legend, each where the fewest lines and no other label run through it."""
    unit = seen.measure.unit if seen.measure else ""
    rising = not seen.measure or seen.measure.direction != "at-most"
    lines, taken = _drawn(seen, scale, last, target), list[_Box]()
    day_line = ((scale.x(today), _TOP), (scale.x(today), _BOTTOM)) if today else None
    for kind, text, spots in (
        ("target", f"target {words.amount(target, unit)}", _target_spots(scale.y(float(target)))),
        ("actual", _level_text(last, unit), _level_spots(seen, scale, last, rising=rising)),
        ("expected", "planned", _plan_spots(seen, scale, rising=rising)),
    ):
        if spots:
            spot = min(spots, key=lambda spot: _hits(_box(spot, text), lines, day_line, taken))
            taken.append(_box(spot, text))
            yield Label(_percent(spot.x), _px(spot.y), spot.anchor, text, kind)


def _drawn(seen: Assessment, scale: _Scale, last: Corner | None, target: Fraction) -> list[_Line]:
    """The straight pieces of all that is drawn: the plan, the levels, the forecast with its edges."""
    runs = [
        [scale.place(*corner) for corner in seen.line],
        [scale.place(*point) for point in seen.points if last and point[0] <= last[0]],
    ]
    if last and seen.forecast and seen.forecast.date > last[0]:
        ahead = seen.forecast
        days = (ahead.date, max(ahead.early, last[0] + timedelta(1)), ahead.late)
        runs += [[scale.place(*last), _toward(last, day, target, scale)] for day in days if day]
    return [piece for run in runs for piece in pairwise(run)]


def _target_spots(y: float) -> list[_Spot]:
    """On the line of the target: at its beginning above or below, then at its end."""
    return [_Spot(x, y + down, anchor) for x, anchor in _ENDS for down in (-7, 17)]


def _level_text(last: Corner | None, unit: str) -> str:
    return words.amount(last[1], unit if len(unit) < 12 else "") if last else ""


def _level_spots(seen: Assessment, scale: _Scale, last: Corner | None, *, rising: bool) -> list[_Spot]:
    """Around the last level: best on the side of the plan where it is, and away from where the line came."""
    if last is None:
        return []
    x, y = scale.place(*last)
    above = _is_over(seen, last) and y - 11 > _TOP + 8
    before = x > 0.6 or (x > 0.25 and above == rising)
    return [
        _Spot(x, y - 12 if up else y + 21, "end" if end else "start")
        for end in (before, not before)
        for up in (above, not above)
        if y + 21 < _BOTTOM or up
    ]


def _plan_spots(seen: Assessment, scale: _Scale, *, rising: bool) -> list[_Spot]:
    """Beside the expected path: best on the side where the levels are not."""
    spots = []
    for day, planned in _middle(seen.line, seen.points):
        x, y = scale.place(day, planned)
        first = not _is_over(seen, (day, _level_on(seen.points, day, planned)))
        spots += [
            _Spot(x, y - 9 if above else y + 18, "end" if above == rising else "start")
            for above in (first, not first)
        ]
    return spots


def _box(spot: _Spot, text: str) -> _Box:
    """The place of a word on a phone, where it is widest; x as shares, y in pixels."""
    width = len(text) * _LETTER
    left = spot.x - (width if spot.anchor == "end" else 0.0)
    return left, left + width, spot.y - 11, spot.y + 3


def _hits(box: _Box, lines: Sequence[_Line], day_line: _Line | None, taken: Sequence[_Box]) -> int:
    """How much is in the way of a word: the thin line of today, worse a curve, worst a word or the chart's edge."""
    left, right, top, bottom = box
    others = sum(left < b and a < right and top < d and c < bottom for a, b, c, d in taken)
    thin = day_line is not None and _runs_through(day_line, box)
    curves = sum(_runs_through(line, box) for line in lines)
    return thin + 2 * curves + 6 * others + 6 * (left < 0 or right > 1)


def _runs_through(line: _Line, box: _Box) -> bool:
    ((x0, y0), (x1, y1)), (left, right, top, bottom) = line, box
    low, high = max(min(x0, x1), left), min(max(x0, x1), right)
    if low > high:
        return False
    slope = (y1 - y0) / (x1 - x0) if x1 != x0 else 0.0
    ends = (y0 + (low - x0) * slope, y0 + (high - x0) * slope) if x1 != x0 else (y0, y1)
    return min(ends) < bottom and max(ends) > top


def _is_over(seen: Assessment, at: Corner) -> bool:
    planned = planned_on(seen.line, at[0])
    return planned is None or at[1] >= planned


def _level_on(points: Sequence[Corner], day: date, otherwise: Fraction) -> Fraction:
    """The level at the last check-in up to `day`."""
    return next((level for when, level in reversed(points) if when <= day), otherwise)


def _middle(line: Sequence[Corner], points: Sequence[Corner]) -> list[Corner]:
    """Places along the expected path for the word beside it, the furthest from the numbers first."""
    if len(line) < 2:
        return []
    first, length = line[0][0], (line[-1][0] - line[0][0]).days
    places = [first + timedelta(length * n // 8) for n in (3, 5, 2, 6)]
    corners = [(day, level) for day in places if (level := planned_on(line, day)) is not None]
    return sorted(corners, key=lambda corner: -abs(_level_on(points, *corner) - corner[1]))


def _path(places: Iterable[tuple[float, float]]) -> str:
    corners = [f"{x * 1000:.1f} {y:.1f}" for x, y in places]
    return f"M{'L'.join(corners)}" if corners else ""


def _percent(part: float) -> str:
    return f"{part * 100:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"
