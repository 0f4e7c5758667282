"""Where a goal stands: one number, one sentence, one chart."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from goalkit import words
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Goal
from goalkit.model.measure import Measure
from goalkit.site.charts import PaceChart, pace_chart, planned_on
from goalkit.site.meters import LimitChart, Segment, limit_chart, percent_at, segments
from goalkit.site.strip import Strip, strip
from goalkit.site.views.parts import Day, Desk, bar_of, done_of, tied
from goalkit.site.views.prose import inline
from goalkit.site.views.work import dated_order

MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table behind a chart."""

    day: Day
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures behind a chart, for those who cannot see it."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a goal stands: one number, its sentences, and at most one of the charts."""

    figure: str
    of: str
    beside: str
    sentence: Markup
    strength: str
    bar: Markup
    chart: PaceChart | None
    strip: Strip | None
    limit: LimitChart | None
    segments: tuple[Segment, ...]
    question: str
    pace_at: str
    table: Table | None


def stand_of(goal: Goal, seen: Assessment, desk: Desk) -> Stand:
    """Where `goal` stands on the plan's day."""
    kind = seen.measure.kind if seen.measure else "none"
    figure, of = _figure(goal, seen)
    chart = pace_chart(seen, desk.today) if kind == "count" else None
    calendar = strip(seen, desk.today) if kind == "habit" else None
    states = [box.state for box in dated_order(goal.milestones) if box.state != "cancelled"]
    row = segments(sorted(states, key=("done", "under-way", "open").index)) if kind == "milestones" else ()
    return Stand(
        figure=figure,
        of=of,
        beside=done_of(seen) if kind in ("count", "milestones") else "",
        sentence=inline(_sentence(goal, seen, desk)),
        strength=f"{round(seen.strength * 100)}" if seen.strength is not None else "",
        bar=bar_of(goal, seen),
        chart=chart,
        strip=calendar,
        limit=limit_chart(seen, desk.today) if kind == "limit" else None,
        segments=row,
        question=_question(goal, seen),
        pace_at=percent_at(float(seen.expected))
        if row and seen.expected is not None and not goal.closed
        else "",
        table=_points_table(seen, desk) if chart else _periods_table(seen, desk) if calendar else None,
    )


def _sentence(goal: Goal, seen: Assessment, desk: Desk) -> str:
    """What the numbers say, without saying the figure above it twice."""
    measure = seen.measure
    if goal.closed or measure is None:
        return tied(seen.explain_progress)
    parts = [seen.explain_progress, seen.explain_pace, _forecast(seen, desk)]
    if measure.kind == "habit" and seen.pace:
        del parts[1]
    elif measure.kind in ("limit", "milestones") or (measure.kind == "count" and not measure.start):
        del parts[0]
    return tied(" ".join(part for part in parts if part))


def _figure(goal: Goal, seen: Assessment) -> tuple[str, str]:
    """The one number, and what it is a number of."""
    measure, level = seen.measure, seen.level or Fraction(0)
    if measure is None:
        return "", "Its measure could not be read."
    if measure.kind == "count":
        return _count_figure(measure, level)
    if measure.kind == "limit":
        return words.amount(
            level, _sign_unit(measure.unit)
        ), f"of {words.amount(measure.target or Decimal(0), measure.unit)} used"
    if measure.kind == "milestones":
        whole = sum(box.state != "cancelled" for box in goal.milestones)
        return words.number(level), f"of {words.count(whole, 'milestone')}"
    if measure.kind == "habit":
        over = sum(p.state in ("met", "missed") for p in seen.periods)
        return words.number(level), f"of {words.count(over, measure.period or 'period')} kept"
    if measure.kind == "goals":
        return done_of(seen) or "–", "over its stepping stones"
    return ("Done", "") if seen.progress == 1 else ("Not yet", "")


def _count_figure(measure: Measure, level: Fraction) -> tuple[str, str]:
    target = measure.target or Decimal(0)
    if not measure.start:
        return words.amount(level, _sign_unit(measure.unit)), f"of {words.amount(target, measure.unit)}"
    apart = "" if measure.unit == "%" else measure.unit
    now = words.amount(level, measure.unit if not apart else _sign_unit(measure.unit))
    way = f"on the way from {words.number(measure.start)} to {words.number(target)}"
    return now, f"{apart}, {way}" if apart and not _sign_unit(apart) else way


def _sign_unit(unit: str) -> str:
    """The unit where it is a sign that stands before the number, as $ does."""
    return unit if not words.amount(Fraction(1), unit).startswith("1") else ""


def _question(goal: Goal, seen: Assessment) -> str:
    """The chart's title: it answers how far ahead or behind the plan."""
    measure = seen.measure
    if (
        measure is None
        or seen.level is None
        or seen.planned is None
        or goal.closed
        or measure.kind == "habit"
    ):
        return f"Which {measure.period}s were kept" if measure and measure.period else "How it went"
    gap = seen.level - seen.planned
    if gap == 0:
        return "Just as planned by now"
    unit = measure.unit if measure.kind == "count" else ""
    if unit.isupper() or not unit.replace(" ", "").isalpha():
        return f"{words.amount(abs(gap), unit)} {'more' if gap > 0 else 'less'} than planned by now"
    return f"{words.number(abs(gap))} {'more' if gap > 0 else 'fewer'} {unit} than planned by now"


def _forecast(seen: Assessment, desk: Desk) -> str:
    ahead = seen.forecast
    if ahead is None or seen.progress == 1:
        return ""
    early, late = words.short_day(ahead.early, desk.today), ahead.late
    span = (
        ""
        if ahead.early == late
        else f", between {early} and {words.short_day(late, desk.today)}"
        if late
        else f" ({early} at the quick end of that rate, never at the slow end)"
    )
    return f"At the recent rate it is reached around {words.short_day(ahead.date, desk.today)}{span}."


def _points_table(seen: Assessment, desk: Desk) -> Table:
    unit = (seen.measure.unit if seen.measure else "") or "Level"
    rows = []
    for day, level in reversed(seen.points[-MOST_ROWS:]):
        planned = planned_on(seen.line, day)
        rows.append(
            Row(desk.day(day), (words.number(level), words.number(planned) if planned is not None else ""))
        )
    return Table(("Day", unit[:1].upper() + unit[1:], "Planned by then"), tuple(rows))


def _periods_table(seen: Assessment, desk: Desk) -> Table:
    period = (seen.measure.period if seen.measure else None) or "period"
    over = [p for p in seen.periods if p.state != "ahead"]
    rows = tuple(
        Row(
            desk.day(p.days.first),
            (p.state.replace("-", " "), words.number(p.amount) if p.amount is not None else ""),
        )
        for p in reversed(over[-MOST_ROWS:])
    )
    return Table((f"{period.capitalize()} from", "Kept", "Amount"), rows)
