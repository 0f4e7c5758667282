"""Whether what a measure asks for can be reached in the time there is."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from goalkit import rules
from goalkit.dates import Days, Period
from goalkit.diagnostics import Diagnostic
from goalkit.lint.subject import Subject
from goalkit.model.measure import Measure
from goalkit.model.numbers import amount, number, plural
from goalkit.text import fold, visible

STEEP = 3  # times the pace so far
ENOUGH_CHECK_INS = 3
ENOUGH_TIME = Fraction(1, 5)  # of the window
# In the longest month, quarter and year.
_HOURS: dict[Period, int] = {
    "day": 24,
    "workday": 24,
    "week": 7 * 24,
    "month": 31 * 24,
    "quarter": 92 * 24,
    "year": 366 * 24,
}
_UNITS: dict[str, Fraction] = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), Fraction(1)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), Fraction(1, 60)),
    **dict.fromkeys(("day", "days"), Fraction(24)),
}
Words = tuple[str, str]


def not_achievable(one: Subject) -> Iterator[Diagnostic]:
    """GK303: more time than there is, or several times the pace so far."""
    measure = one.goal.measure
    if measure is None or not one.readable("measure", "start", "due", "checkpoints"):
        return
    found = (
        _fuller_than_a_period(measure) or _longer_than_the_window(one, measure) or _too_steep(one, measure)
    )
    if found:
        yield one.hint(rules.NOT_ACHIEVABLE, "measure", *found)


def _fuller_than_a_period(measure: Measure) -> Words | None:
    """`30 hours / day`."""
    unit, each = _time_unit(measure.unit)
    if measure.kind != "habit" or not measure.period or not each or _at_most(measure):
        return None
    hours = _HOURS[measure.period]
    if measure.target is None or Fraction(measure.target) * each <= hours:
        return None
    has = hours / each
    less = max(floor(has / 8), 1)  # three hours of a day
    return (
        f"`{visible(measure.text)}` is more than a {measure.period} has: {amount(has, unit)}",
        f"for example `measure: {less} {visible(measure.unit)} / {measure.period}`",
    )


def _longer_than_the_window(one: Subject, measure: Measure) -> Words | None:
    """`5,000 hours` by next month."""
    window = one.assessment.window
    each = _time_unit(measure.unit)[1]
    if measure.kind != "count" or window is None or not each or _at_most(measure):
        return None
    start, target = measure.ends
    if (target - start) * each <= window.length * 24:
        return None
    days = plural(window.length, "day")
    message = f"`{visible(measure.text)}` is more than the {days} from {window.first} to {window.last} have"
    return message, "a smaller number or a later `due` is no failure"


def _too_steep(one: Subject, measure: Measure) -> Words | None:
    """What is left in the days that are left, against what was done in those that are over."""
    a, window, today = one.assessment, one.assessment.window, one.vault.today
    if (
        measure.kind != "count"
        or one.goal.checkpoints
        or window is None
        or a.progress is None
        or a.level is None
    ):
        return None
    over = Fraction((today - window.first).days, window.length)
    behind = a.pace in ("at-risk", "off-track")
    known = len(a.points) >= ENOUGH_CHECK_INS and ENOUGH_TIME <= over < 1
    if not (behind and known) or _quick_enough_lately(one, window):
        return None
    start, target = measure.ends
    left = amount(abs(target - a.level), measure.unit)
    days = plural((window.last - today).days + 1, "day")
    easier = "a nearer target or a later `due` is no failure"
    if a.progress == 0:
        return f"{visible(left)} to go in {days}, and nothing has moved so far", easier
    times = (1 - a.progress) / (1 - over) / (a.progress / over)
    if times <= STEEP:
        return None
    near = _in_pieces(start + (target - start) * a.progress * (1 + 2 * (1 - over) / over), measure)
    if near != a.level:
        easier = f"twice that pace would reach {number(near, 1)}; {easier}"
    said = number(times, 0 if times > 10 else 1)
    return f"{visible(left)} to go in {days}, {said} times the pace so far", easier


def _time_unit(unit: str) -> tuple[str, Fraction | None]:
    """The word of `unit` that is a stretch of time (`hours of sleep`, `focus minutes`), and the hours in it."""
    words = fold(unit).split()
    return next(((w, _UNITS[w]) for w in (*words[:1], *words[-1:]) if w in _UNITS), ("", None))


def _at_most(measure: Measure) -> bool:
    return measure.direction == "at-most"


def _in_pieces(level: Fraction, measure: Measure) -> Fraction:
    if not measure.whole:
        return level
    return Fraction(ceil(level) if _at_most(measure) else floor(level))


def _quick_enough_lately(one: Subject, window: Days) -> bool:
    """Whether the recent rate would do: a slow beginning is no ground for doubt then."""
    forecast = one.assessment.forecast
    return forecast is not None and forecast.early <= window.last
