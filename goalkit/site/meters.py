"""Bars that are more than a bar: what of a limit is used, and a row of milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goalkit.model.assessment import Assessment


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
    limit, level = Fraction(measure.target), seen.level
    whole: Fraction = max(limit, level, Fraction(0)) or Fraction(1)
    within: Fraction = min(level, limit)
    even = ""
    if seen.window and seen.closed_on is None and seen.window.first <= today <= seen.window.last:
        gone = Fraction((today - seen.window.first).days, seen.window.length)
        even = percent_at(float(gone * limit / whole))
    over = level - within
    return LimitChart(
        percent_at(max(float(within / whole), 0.0)),
        percent_at(float(limit / whole)) if over else "",
        percent_at(float(over / whole)) if over else "",
        percent_at(float(limit / whole)),
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
    return tuple(
        Segment(percent_at(n * each), percent_at(each - gap), state) for n, state in enumerate(states)
    )


def percent_at(part: float) -> str:
    """A share of the width as an SVG length."""
    return f"{part * 100:.2f}%"
