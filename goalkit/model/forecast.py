"""When a count reaches its target if it goes on as it did lately."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, sqrt

from goalkit.dates import add_days
from goalkit.model.assessment import Forecast

RECENT = 10
SPREAD = 1.2816
LONGEST = 365 * 50


def forecast(
    points: Sequence[tuple[date, Fraction]], target: Fraction, today: date, *, up: bool
) -> Forecast | None:
    """The forecast from levels by day, oldest first; none with fewer than three, or when they move away.

    It goes on from today at the last level: what nobody noted did not happen.

    The drift method (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2) over the last ten
    moves: the rate is the mean change a day, its standard error comes from how the single moves scatter around it,
    and `early` and `late` are the days at the ends of the rate's 80 % interval. Rate in units a day.
    """
    recent = points[-(RECENT + 1) :]
    if len(recent) < 3 or recent[0][0] == recent[-1][0]:
        return None
    sign = 1 if up else -1
    span = (recent[-1][0] - recent[0][0]).days
    rate = float(sign * (recent[-1][1] - recent[0][1])) / span
    left = float(sign * (target - recent[-1][1]))
    if left <= 0 or rate <= 0:
        return None
    error = _standard_error(recent, rate, sign, span)
    middle = _arrives(today, left, rate)
    early = _arrives(today, left, rate + SPREAD * error)
    if middle is None or early is None:
        return None
    return Forecast(middle, early, _arrives(today, left, rate - SPREAD * error), sign * rate)


def _standard_error(recent: Sequence[tuple[date, Fraction]], rate: float, sign: int, span: int) -> float:
    scatter, moves = 0.0, 0
    for (a, low), (b, high) in pairwise(recent):
        days = (b - a).days
        if days:
            scatter += (float(sign * (high - low)) - rate * days) ** 2 / days
            moves += 1
    return sqrt(scatter / (moves - 1) / span) if moves > 1 else 0.0


def _arrives(today: date, left: float, rate: float) -> date | None:
    days = left / rate if rate > 0 else LONGEST + 1
    return add_days(today, ceil(days)) if days <= LONGEST else None
