"""Each number in one sentence with its own figures."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from goalkit.model.assessment import Assessment, PeriodResult
from goalkit.model.goal import Goal
from goalkit.model.measure import Measure
from goalkit.model.numbers import SIGNS, amount, day, number, percent, plural


def unreadable(goal: Goal) -> str:
    """Why there is no number at all."""
    what = "The front matter" if goal.broken else "The measure"
    return f"{what} could not be read, so nothing is computed from it."


def closed(why: str) -> str:
    """A goal closed as done is 1 whatever its measure."""
    return f"Closed as done. {why}".strip()


def done(on: date | None, today: date) -> str:
    """A yes-or-no goal."""
    return f"Done on {day(on, today)}." if on else "Not done yet; a check-in `yes` says when it is."


def said_reached(on: date, today: date) -> str:
    """A check-in `yes` on a goal with another measure."""
    return f"A check-in on {day(on, today)} says that it is reached."


def count(measure: Measure, level: Fraction, start: Fraction, target: Fraction, progress: Fraction) -> str:
    """`11 of 50 connections: 22 %.`"""
    if start == 0:
        return f"{number(level)} of {amount(target, measure.unit)}: {percent(progress)}."
    moved, way = abs(level - start), abs(target - start)
    if (level - start) * (target - start) < 0:
        return (
            f"{amount(level, measure.unit)}, on the other side of {number(start)} than {number(target)}: 0 %."
        )
    return (
        f"From {number(start)} to {amount(level, measure.unit)}: {number(moved)} of the {number(way)} "
        f"to {number(target)}, {percent(progress)}."
    )


def _tally(measure: Measure, found: Sequence[PeriodResult]) -> tuple[int, int, str]:
    met = sum(p.state == "met" for p in found)
    total = sum(p.state != "skipped" for p in found)
    skipped = sum(p.state == "skipped" for p in found)
    name = measure.every
    left_out = f" ({plural(skipped, name)} skipped)" if skipped else ""
    return met, total, f"{plural(total, name)}{left_out}"


def habit(measure: Measure, found: Sequence[PeriodResult]) -> str:
    """`31 of 52 weeks met: 59 %.`"""
    met, total, of = _tally(measure, found)
    return f"{met} of {of} met: {percent(Fraction(met, total))}."


def open_habit(measure: Measure, found: Sequence[PeriodResult]) -> str:
    """A habit without a due date has no share of a whole."""
    met, _, of = _tally(measure, found)
    return f"{met} of {of} met so far; without a due date there is no whole to be a share of."


def no_window() -> str:
    """A habit that has not begun."""
    return "Without a start date or a check-in there is no period to count."


def limit(measure: Measure, used: Fraction, over: bool) -> str:
    """`$310 of $500 used: 62 %.`"""
    target = measure.asked
    share = f": {percent(used / target)}" if target else ""
    verdict = ""
    if over:
        verdict = (
            " The limit held."
            if used <= target
            else f" That is {amount(used - target, measure.unit)} over the limit."
        )
    return f"{amount(used, measure.unit)} of {amount(target, measure.unit)} used{share}.{verdict}"


def milestones(ticked: int, total: int) -> str:
    """`3 of 7 milestones: 42 %.`"""
    return f"{ticked} of {plural(total, 'milestone')}: {percent(Fraction(ticked, total))}."


def roll_up(parts: Sequence[tuple[str, Fraction, Fraction]], progress: Fraction) -> str:
    """`Mean of 3 goals: 100 %, 40 % and 2 x 50 %, which is 60 %.`"""
    shown = [f"{number(w)} × {percent(p)}" if w != 1 else percent(p) for _, w, p in parts]
    if len(shown) > 6:
        shown = [*shown[:5], f"{len(shown) - 5} more"]
    listed = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    if len(parts) == 1:
        return f"As far as the one goal that supports it: {percent(progress)}."
    kind = "Weighted mean" if any(w != 1 for _, w, _ in parts) else "Mean"
    return f"{kind} of {plural(len(parts), 'goal')}: {listed}, which is {percent(progress)}."


def no_pace(goal: Goal, measure: Measure | None) -> str:
    """Why a goal has no pace."""
    if measure is None:
        return "Nothing could be computed."
    if "status" in goal.unreadable:
        return "The status could not be read, so nothing is expected."
    if goal.closed:
        return f"Closed as {goal.status}."
    return "Paused: nothing is expected." if goal.status == "paused" else "An idea: nothing is expected."


def pace(result: Assessment, measure: Measure, goal: Goal, today: date, judged: Fraction | None) -> str:
    """How the goal stands against its day."""
    if result.pace == "reached":
        return "Reached: nothing is left to do but to close it."
    if measure.kind == "limit":
        used, target = result.level or Fraction(0), measure.asked
        left = amount(abs(target - used), measure.unit)
        sentence = f"{left} left." if used <= target else f"{left} over the limit."
    elif measure.kind == "habit":
        sentence = _habit_pace(result, measure, today)
    else:
        sentence = _line_pace(result, measure, goal, today, judged)
    if result.pace == "overdue" and goal.due:
        return f"Due {day(goal.due, today)}, {plural((today - goal.due).days, 'day')} ago. {sentence}".strip()
    return sentence


def _habit_pace(result: Assessment, measure: Measure, today: date) -> str:
    name = measure.every
    finished = [p for p in result.periods if p.state in ("met", "missed")]
    waiting = sum(p.state == "waiting" for p in result.periods)
    if not any(p.days.last < today for p in finished):
        return (
            f"No {name} is over yet."
            if not waiting
            else f"{plural(waiting, name)} without a line, waiting for a check-in."
        )
    met = sum(p.state == "met" for p in finished)
    tail = f"; {plural(waiting, name)} wait for a check-in" if waiting else ""
    return f"{met} of {plural(len(finished), name)} so far met{tail}."


def _line_pace(result: Assessment, measure: Measure, goal: Goal, today: date, judged: Fraction | None) -> str:
    if goal.begins and goal.begins > today:
        return f"Begins {day(goal.begins, today)}."
    if result.expected is None:
        if {"due", "start", "checkpoints"} & goal.unreadable:
            return "A date could not be read, so nothing is expected by today."
        missing = "a due date" if goal.due is None else "a start"
        return (
            f"Without {missing} nothing is expected by today."
            if measure.kind != "goals"
            else "Nothing is expected of the goals that support it."
        )
    if measure.kind == "goals":
        return _goals_pace(result.expected, judged or Fraction(0), result.progress)
    if measure.kind == "done":
        return "Nothing is expected before the due day is over." if not result.expected else ""
    unit = measure.unit if measure.unit in SIGNS or measure.unit == "%" else ""
    return f"{amount(result.planned or Fraction(0), unit)} expected by today{_gap(result)}."


def _goals_pace(expected: Fraction, judged: Fraction, progress: Fraction | None) -> str:
    """`judged` is the mean over the goals of which something is expected; `progress` the one over all of them."""
    if judged == progress:
        return f"{percent(expected)} expected of its goals by today; they stand at {percent(judged)}."
    return f"Leaving out open goals without dates: {percent(expected)} expected by today, {percent(judged)} done."


def _gap(result: Assessment) -> str:
    if result.gap_days is None or result.expected == 0:
        return ""
    if result.gap_days < 0:
        return f": {plural(-result.gap_days, 'day')} behind"
    if result.gap_days == 0:
        return ": just on the line"
    return f": {plural(result.gap_days, 'day')} ahead"
