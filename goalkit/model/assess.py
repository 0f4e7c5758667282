"""Everything that is computed of a goal on a day: progress, pace, gap, forecast, check-ins.

The rules, with their figures, are in docs/numbers.md. All shares are exact fractions until they are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from goalkit.dates import Days, add_days, add_months, period_of
from goalkit.model import explain, periods
from goalkit.model.assessment import Ask, Assessment, Forecast, Pace, PeriodResult, Rhythm, Stated
from goalkit.model.cadence import grace, next_check_in
from goalkit.model.forecast import forecast
from goalkit.model.goal import NEVER, Cadence, CheckIn, Goal, Horizon
from goalkit.model.graph import GoalGraph
from goalkit.model.measure import Measure
from goalkit.model.path import ONE, ZERO, Path, steps, straight, through

ON_TRACK, AT_RISK = Fraction(9, 10), Fraction(7, 10)
TOO_EARLY = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class _Remembered:
    """An assessment with all that it was made of."""

    goal: Goal
    cyclic: bool
    supporters: tuple[Assessment, ...]
    result: Assessment

    def holds(self, goal: Goal, cyclic: bool, supporters: Sequence[Assessment]) -> bool:
        """Whether the same would come out again."""
        return (
            self.goal is goal
            and self.cyclic == cyclic
            and len(self.supporters) == len(supporters)
            and all(a is b for a, b in zip(self.supporters, supporters, strict=True))
        )


class Memory:
    """Assessments of the time before, for a vault that is followed: what nothing has touched is not made again."""

    __slots__ = ("_by_key", "_frame")

    def __init__(self) -> None:
        self._frame: tuple[date, Cadence] | None = None
        self._by_key: dict[str, _Remembered] = {}

    def assess(self, graph: GoalGraph, today: date, cadence: Cadence) -> dict[str, Assessment]:
        """Each goal's own assessment, supporters first; what it waits for is not in it yet."""
        if self._frame != (today, cadence):
            self._frame, self._by_key = (today, cadence), {}
        before, self._by_key = self._by_key, {}
        done: dict[str, Assessment] = {}
        for key in graph.order:
            goal, cyclic = graph.goals[key], key in graph.cyclic
            supporters = tuple(done[k] for k in graph.supporters[key] if k in done)
            known = before.get(key)
            if known is None or not known.holds(goal, cyclic, supporters):
                known = _Remembered(
                    goal, cyclic, supporters, _Goal(graph, key, today, cadence, done).assess()
                )
            self._by_key[key] = known
            done[key] = known.result
        return done


def assess(
    graph: GoalGraph, today: date, cadence: Cadence, memory: Memory | None = None
) -> dict[str, Assessment]:
    """Assess every goal on `today`; `cadence` is the vault's default for check-ins. Keyed and ordered as the graph.

    With `memory` only goals are assessed anew that changed, or that rest on one that did.
    """
    done = (memory or Memory()).assess(graph, today, cadence)
    for key, needed in graph.needs.items():
        if needed and not graph.goals[key].closed:
            waiting = tuple(k for k in needed if graph.goals[k].status != "done" and done[k].progress != ONE)
            done[key] = replace(done[key], blocked_by=waiting)
    return {key: done[key] for key in graph.goals}


def effective_measure(goal: Goal, supported: bool) -> Measure | None:
    """The written measure, or the one that the goal's form implies; none where the text could not be read."""
    if goal.broken or "measure" in goal.unreadable:
        return None
    if goal.measure is not None:
        return goal.measure
    kind = "done"
    if goal.milestone_section:
        kind = "milestones"
    elif supported:
        kind = "goals"
    elif goal.milestones:
        kind = "milestones"
    return Measure(kind, kind)  # type: ignore[arg-type]


def horizon_of(goal: Goal, supported: bool) -> Horizon:
    """As written; else long-term when goals support it, or when it spans three calendar months or more."""
    if goal.horizon is not None:
        return goal.horizon
    if supported:
        return "long-term"
    if goal.begins and goal.due and add_days(goal.due, 1) >= add_months(goal.begins, 3):
        return "long-term"
    return "short-term"


@dataclass(slots=True)
class _Sum:
    """Progress with what it is made of."""

    progress: Fraction | None = None
    level: Fraction | None = None
    points: tuple[tuple[date, Fraction], ...] = ()
    periods: tuple[PeriodResult, ...] = ()
    why: str = ""


@dataclass(slots=True)
class _Goal:
    """One goal being assessed; its supporters are assessed already."""

    graph: GoalGraph
    key: str
    today: date
    cadence: Cadence
    done: Mapping[str, Assessment]

    @property
    def goal(self) -> Goal:
        return self.graph.goals[self.key]

    def assess(self) -> Assessment:
        goal, today = self.goal, self.today
        supporters = self.graph.supporters[self.key]
        measure = effective_measure(goal, bool(supporters))
        window = self._window()
        past = tuple(c for c in goal.check_ins if c.day <= today)
        rhythm = self._rhythm(measure, past)
        total = self._total(measure, window, past, rhythm)
        if goal.status == "done":
            total.progress = ONE
            total.why = explain.closed(total.why)
        base = Assessment(
            key=self.key,
            measure=measure,
            horizon=horizon_of(goal, bool(supporters)),
            window=window,
            progress=total.progress,
            level=total.level,
            points=total.points,
            periods=total.periods,
            strength=periods.strength(total.periods, today) if measure and measure.kind == "habit" else None,
            stated=self._stated(past),
            closed_on=past[-1].day if goal.closed and past else None,
            explain_progress=total.why,
        )
        if measure is None or "status" in goal.unreadable or goal.status != "active":
            return replace(
                base, rhythm=rhythm if measure else None, explain_pace=explain.no_pace(goal, measure)
            )
        return _Pace(self, base, measure, rhythm, past).judged()

    def _window(self) -> Days | None:
        goal = self.goal
        if goal.begins is None or goal.due is None or goal.due < goal.begins:
            return None
        return Days(goal.begins, goal.due)

    def _stated(self, past: tuple[CheckIn, ...]) -> Stated | None:
        said = next((c for c in reversed(past) if c.status), None)
        return Stated(said.status, said.day) if said and said.status else None

    def _rhythm(self, measure: Measure | None, past: tuple[CheckIn, ...]) -> Rhythm | None:
        """When the next check-in is due: only for active goals that have begun."""
        goal = self.goal
        if goal.broken or "check-in" in goal.unreadable:
            return None
        default = NEVER if measure and measure.kind == "goals" else self.cadence
        cadence = goal.cadence or default
        last = past[-1].day if past else None
        if past and past[-1].until:
            last = min(past[-1].until, self.today)
        begun = goal.begins is not None and goal.begins <= self.today
        base = last or (goal.begins if begun else None)
        active = goal.status == "active" and "status" not in goal.unreadable
        if not active or base is None or not begun:
            return Rhythm(cadence, last, None, due=False, stale=False)
        following = next_check_in(cadence, base)
        if following is None:
            return Rhythm(cadence, last, None, due=False, stale=False)
        late = (self.today - following).days
        return Rhythm(cadence, last, following, due=late >= 0, stale=late > grace(cadence))

    # --- progress ---------------------------------------------------------------------------------------------

    def _total(
        self, measure: Measure | None, window: Days | None, past: tuple[CheckIn, ...], rhythm: Rhythm | None
    ) -> _Sum:
        if measure is None:
            return _Sum(why=explain.unreadable(self.goal))
        said = next((c for c in reversed(past) if c.kind in ("yes", "no")), None)
        yes = said is not None and said.kind == "yes"
        if measure.kind == "count":
            return self._count(measure, past)
        if measure.kind == "habit":
            return self._habit(measure, window, rhythm)
        if measure.kind == "limit":
            return self._limit(measure, window, past)
        if measure.kind == "goals":
            total = self._roll_up()
        elif measure.kind == "milestones":
            total = self._milestones()
        else:
            day = said.day if said and yes else None
            return _Sum(ONE if yes else ZERO, ONE if yes else ZERO, why=explain.done(day, self.today))
        if yes and said:
            total.progress, total.why = ONE, explain.said_reached(said.day, self.today)
        return total

    def _count(self, measure: Measure, past: tuple[CheckIn, ...]) -> _Sum:
        """(v - a) / (b - a), kept within 0 and 1 (Operately's Target.progress_percentage, without its 0 for a = b)."""
        start, target = measure.ends
        level = start
        by_day: dict[date, Fraction] = {}
        for one in past:
            if one.kind == "yes":
                level = target
            elif one.value is not None:
                level = level + Fraction(one.value) if one.kind == "step" else Fraction(one.value)
            else:
                continue
            by_day[one.day] = level
        if start == target:
            return _Sum(None, level, tuple(by_day.items()), why="The measure begins where it ends.")
        progress = min(max((level - start) / (target - start), ZERO), ONE)
        why = explain.count(measure, level, start, target, progress)
        return _Sum(progress, level, tuple(by_day.items()), why=why)

    def _habit(self, measure: Measure, window: Days | None, rhythm: Rhythm | None) -> _Sum:
        goal = self.goal
        due = rhythm.next if rhythm and goal.status == "active" else None
        frame = window
        if frame is None and goal.begins is not None and goal.begins <= self.today:
            frame = Days(goal.begins, max(period_of(self.today, measure.every).last, goal.begins))
        if frame is None:
            return _Sum(why=explain.no_window())
        found = periods.results(measure, goal.check_ins, frame, self.today, due)
        counted = [p for p in found if p.state != "skipped"]
        met = Fraction(sum(p.state == "met" for p in counted))
        if window is None or not counted:
            return _Sum(None, met, periods=found, why=explain.open_habit(measure, found))
        return _Sum(met / len(counted), met, periods=found, why=explain.habit(measure, found))

    def _limit(self, measure: Measure, window: Days | None, past: tuple[CheckIn, ...]) -> _Sum:
        first, last = (window.first, window.last) if window else (None, None)
        points: dict[date, Fraction] = {}
        used = ZERO
        for one in past:
            if one.value is not None and not ((first and one.day < first) or (last and one.day > last)):
                used += Fraction(one.value)
                points[one.day] = used
        over = (last is not None and self.today > last) or self.goal.closed
        held = used <= measure.asked
        progress = (ONE if held else ZERO) if over else None
        return _Sum(progress, used, tuple(points.items()), why=explain.limit(measure, used, over))

    def _milestones(self) -> _Sum:
        """ticked / (all - cancelled)."""
        counted = [b for b in self.goal.milestones if b.state != "cancelled"]
        ticked = sum(b.state == "done" for b in counted)
        if not counted:
            return _Sum(None, why="There is no milestone to tick yet.")
        return _Sum(
            Fraction(ticked, len(counted)), Fraction(ticked), why=explain.milestones(ticked, len(counted))
        )

    def _roll_up(self) -> _Sum:
        """sum(w * p) / sum(w) over supporters that have a progress and are neither dropped nor ideas."""
        if self.key in self.graph.cyclic:
            return _Sum(None, why="It lies in a ring of goals, so there is no right number.")
        parts = [
            (Fraction(self.graph.goals[k].weight), p, k)
            for k in self.graph.supporters[self.key]
            if self.graph.goals[k].status not in ("dropped", "idea")
            and (p := self.done[k].progress) is not None
        ]
        if any("weight" in self.graph.goals[k].unreadable for _, _, k in parts):
            return _Sum(None, why="The weight of a goal that supports it could not be read.")
        weights = sum((w for w, _, _ in parts), ZERO)
        if not weights:
            return _Sum(None, why="No goal that supports it has a progress yet.")
        progress = sum((w * p for w, p, _ in parts), ZERO) / weights
        counted = [(self.graph.goals[k].title, w, p) for w, p, k in parts if w]
        return _Sum(progress, why=explain.roll_up(counted, progress))


@dataclass(slots=True)
class _Pace:
    """An active goal being judged against its day."""

    one: _Goal
    base: Assessment
    measure: Measure
    rhythm: Rhythm | None
    past: tuple[CheckIn, ...]

    def judged(self) -> Assessment:
        base, goal, today = self.base, self.one.goal, self.one.today
        path = self._path()
        expected, judged, piece = self._expected(path)
        pace = self._verdict(expected, judged, piece)
        rhythm = self.rhythm
        if pace == "reached" and rhythm:
            rhythm = replace(rhythm, next=None, due=False, stale=False)
        gap = buffer = None
        if path and base.progress is not None and pace in ("on-track", "at-risk", "off-track", "overdue"):
            gap = (path.enough_until(base.progress, today) - today).days
            if self.measure.kind == "count":
                buffer = gap + 1 if gap >= 0 else 0
        result = replace(
            base,
            expected=expected,
            pace=pace,
            rhythm=rhythm,
            gap_days=gap,
            buffer_days=buffer,
            planned=self._planned(expected),
            line=self._line(path),
            forecast=self._forecast(pace),
        )
        if pace != "reached" and (goal.begins is None or goal.begins <= today):
            result = replace(result, ask=self._ask(path, rhythm))
        return replace(result, explain_pace=explain.pace(result, self.measure, goal, today, judged))

    def _pieces(self) -> int:
        measure = self.measure
        if measure.kind == "count" and measure.whole:
            start, target = measure.ends
            return int(abs(target - start))
        if measure.kind == "milestones":
            return sum(b.state != "cancelled" for b in self.one.goal.milestones)
        return 1 if measure.kind == "done" else 0

    def _path(self) -> Path | None:
        """The line expected of a count, of milestones or of a yes; none for what has no line of its own."""
        goal, window, kind = self.one.goal, self.base.window, self.measure.kind
        if kind not in ("count", "milestones", "done") or {"start", "due", "checkpoints"} & goal.unreadable:
            return None
        pieces = self._pieces()
        if kind == "milestones":
            boxes = [b for b in goal.milestones if b.state != "cancelled"]
            dates = [b.due for b in boxes if b.due]
            if boxes and len(dates) == len(boxes):
                return steps(dates)
            if not boxes:
                return None
        if window is None:
            return None
        if kind == "count" and goal.checkpoints:
            start, target = self.measure.ends
            points = [(c.day, (Fraction(c.value) - start) / (target - start)) for c in goal.checkpoints]
            return through(window, points, pieces)
        return straight(window, pieces)

    def _expected(self, path: Path | None) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
        """What is expected by now, the share it is judged by, and the worth of one piece in that share."""
        base, today = self.base, self.one.today
        if self.measure.kind == "habit":
            return self._habit_expected()
        if self.measure.kind == "goals":
            expected, progress = self._roll_up_expected()
            return expected, progress, None
        if path is None:
            return None, base.progress, None
        expected = path.expected(today)
        return expected, base.progress, Fraction(1, path.pieces) if path.pieces else None

    def _habit_expected(self) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
        """Finished / all; judged by met / finished. A period that waits for a check-in is in neither.

        The period under way counts on both sides of the second as soon as it is met.
        """
        found = [p for p in self.base.periods if p.state != "skipped"]
        if not found:
            return None, None, None
        today = self.one.today
        finished = [p for p in found if p.state in ("met", "missed")]
        over = sum(p.days.last < today for p in finished)
        expected = Fraction(over, len(found)) if self.base.window else None
        if not over:
            return expected, None, None
        met = sum(p.state == "met" for p in finished)
        return expected, Fraction(met, len(finished)), Fraction(1, len(finished))

    def _roll_up_expected(self) -> tuple[Fraction | None, Fraction | None]:
        """The weighted mean of what is expected of the supporters, and the progress of those same ones."""
        graph, weights, wanted, got = self.one.graph, ZERO, ZERO, ZERO
        if self.one.key in graph.cyclic:
            return None, None
        for key in graph.supporters[self.one.key]:
            goal, other = graph.goals[key], self.one.done[key]
            if "weight" in goal.unreadable:
                return None, None
            expected = ONE if goal.closed else other.expected
            if goal.status in ("dropped", "idea") or other.progress is None or expected is None:
                continue
            weight = Fraction(goal.weight)
            weights, wanted, got = weights + weight, wanted + weight * expected, got + weight * other.progress
        return (wanted / weights, got / weights) if weights else (None, None)

    def _verdict(
        self, expected: Fraction | None, judged: Fraction | None, piece: Fraction | None
    ) -> Pace | None:
        base, goal, today = self.base, self.one.goal, self.one.today
        if base.progress == ONE:
            return "reached"
        if goal.due is not None and today > goal.due:
            return "overdue"
        if self.measure.kind == "limit":
            return "on-track" if (base.level or ZERO) <= self.measure.asked else "off-track"
        if self.measure.kind == "habit":
            expected = None if judged is None else ONE
        if expected is None or judged is None or expected == 0 or self._too_early():
            return None
        if judged >= ON_TRACK * expected:
            return "on-track"
        short_by_one = piece is not None and expected - judged <= piece
        return "at-risk" if judged >= AT_RISK * expected or short_by_one else "off-track"

    def _too_early(self) -> bool:
        window = self.base.window
        return (
            window is not None and Fraction((self.one.today - window.first).days, window.length) < TOO_EARLY
        )

    def _planned(self, expected: Fraction | None) -> Fraction | None:
        """What is expected in the measure's own units."""
        if expected is None:
            return None
        if self.measure.kind == "count":
            start, target = self.measure.ends
            return start + expected * (target - start)
        if self.measure.kind in ("milestones", "done"):
            return expected * self._pieces()
        return None

    def _line(self, path: Path | None) -> tuple[tuple[date, Fraction], ...]:
        if path is None or self.measure.kind != "count":
            return ()
        start, target = self.measure.ends
        return tuple((day, start + share * (target - start)) for day, share in path.knots)

    def _forecast(self, pace: Pace | None) -> Forecast | None:
        if self.measure.kind != "count" or pace == "reached" or len(self.past) < 3:
            return None
        start, target = self.measure.ends
        return forecast(self.base.points, target, self.one.today, up=target > start)

    def _ask(self, path: Path | None, rhythm: Rhythm | None) -> Ask | None:
        """What to do next to be where the line is: by the next check-in or, for a habit, within the period."""
        today = self.one.today
        if self.measure.kind == "habit":
            return self._habit_ask()
        due = self.one.goal.due
        if path is None or self.base.progress is None or self.measure.kind == "done":
            return None
        by = rhythm.next if rhythm and rhythm.next and rhythm.next > today else add_days(today, 7)
        if due is not None and due < by:
            by = max(due, today)
        short = path.expected(add_days(by, 1)) - self.base.progress
        if short <= 0:
            return None
        if self.measure.kind == "milestones":
            return Ask(Fraction(ceil(short * path.pieces)), "milestone", by)
        start, target = self.measure.ends
        move = abs(target - start) * short
        return Ask(Fraction(ceil(move)) if path.pieces else _rounded_up(move), self.measure.unit, by)

    def _habit_ask(self) -> Ask | None:
        now = next((p for p in self.base.periods if p.days.first <= self.one.today <= p.days.last), None)
        if now is None or now.state not in ("under-way", "ahead"):
            return None
        if self.measure.direction != "at-least":
            return None
        left = self.measure.asked - (now.amount or ZERO)
        return Ask(left, self.measure.unit, now.days.last) if left > 0 else None


def _rounded_up(value: Fraction) -> Fraction:
    """To two figures, upwards: nobody acts on `1.2837 kg`."""
    scale = Fraction(10)
    while value * scale < 10 and scale < 10**9:
        scale *= 10
    return (
        Fraction(ceil(value * scale), 1) / scale
        if value < 10
        else Fraction(floor(value) + (value != floor(value)))
    )
