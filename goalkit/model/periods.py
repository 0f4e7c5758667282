"""Habits: what happened in each period, how many were met, and how strong the habit is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goalkit.dates import Days, add_days, period_of, periods_in
from goalkit.model.assessment import PeriodResult, PeriodState
from goalkit.model.goal import CheckIn
from goalkit.model.measure import Measure

HALF_LIFE = 13
MAX_PERIODS = 20_000


@dataclass(slots=True)
class _Tally:
    """What the lines of one period say."""

    amount: Fraction | None = None
    yes: bool = False
    no: bool = False
    skipped: bool = False


def results(
    measure: Measure, check_ins: Sequence[CheckIn], window: Days, today: date, next_due: date | None
) -> tuple[PeriodResult, ...]:
    """Every period of the window, oldest first.

    A finished period without a line is missed; after the last line it waits until a check-in is due (`next_due`).
    """
    if window.length > MAX_PERIODS * 2:
        window = Days(window.first, add_days(window.first, MAX_PERIODS * 2))
    spans = periods_in(window, measure.every)
    tallies = _tally(spans, check_ins, measure, today)
    last = max((c.until or c.day for c in check_ins if c.day <= today), default=None)
    overdue = next_due is not None and today >= next_due
    return tuple(
        _result(span, tally, measure, today, last, overdue)
        for span, tally in zip(spans, tallies, strict=True)
    )


def _tally(
    spans: Sequence[Days], check_ins: Sequence[CheckIn], measure: Measure, today: date
) -> list[_Tally]:
    tallies = [_Tally() for _ in spans]
    index = {span.first: i for i, span in enumerate(spans)}
    for one in check_ins:
        if one.day > today:
            break
        if one.kind == "skip":
            last = min(one.until or one.day, spans[-1].last) if spans else one.day
            day = max(one.day, spans[0].first) if spans else one.day
            while spans and day <= last:
                span = period_of(day, measure.every)
                if span.first in index:
                    tallies[index[span.first]].skipped = True
                day = add_days(span.last, 1)
            continue
        at = index.get(period_of(one.day, measure.every).first)
        if at is not None:
            _add(tallies[at], one, measure)
    return tallies


def _add(tally: _Tally, one: CheckIn, measure: Measure) -> None:
    if one.value is not None:
        tally.amount = (tally.amount or Fraction(0)) + Fraction(one.value)
    elif one.kind in ("yes", "no") and measure.is_times:
        tally.amount = (tally.amount or Fraction(0)) + (1 if one.kind == "yes" else 0)
    elif one.kind == "yes":
        tally.yes = True
    elif one.kind == "no":
        tally.no = True


def is_met(measure: Measure, amount: Fraction) -> bool:
    """Whether an amount is what the measure asks of a period."""
    low = measure.asked
    if measure.direction == "at-most":
        return amount <= low
    if measure.direction == "between":
        return low <= amount <= Fraction(measure.target_max or 0)
    return amount >= low


def _result(
    span: Days, tally: _Tally, measure: Measure, today: date, last: date | None, overdue: bool
) -> PeriodResult:
    said = tally.yes or (tally.amount is not None and is_met(measure, tally.amount) and not tally.no)
    state: PeriodState
    if span.first > today:
        state = "skipped" if tally.skipped else "ahead"
    elif span.last >= today:
        early = said and (measure.direction == "at-least" or tally.yes)
        state = "met" if early else "skipped" if tally.skipped else "under-way"
    elif said:
        state = "met"
    elif tally.skipped:
        state = "skipped"
    elif tally.amount is None and not tally.no and not overdue and (last is None or span.first > last):
        state = "waiting"
    else:
        state = "missed"
    return PeriodResult(span, state, tally.amount)


def strength(periods: Sequence[PeriodResult], today: date) -> float:
    """Habit strength from 0 to 1 over the finished periods: s <- m*s + (1 - m)*met, m = 0.5^(1/13), from 0.

    The exponential smoothing of Loop Habit Tracker (Score.kt) with the factor it uses for a daily habit; a period that
    is skipped or still waits leaves it as it is.
    """
    keep = 0.5 ** (1 / HALF_LIFE)
    score = 0.0
    for one in periods:
        if one.days.last < today and one.state in ("met", "missed"):
            score = keep * score + (1 - keep) * (one.state == "met")
    return score
