"""A goal's page, a story: why, where it stands, what is next, what happened, what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from markupsafe import Markup

from goalkit import words
from goalkit.attention import ask_text
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Box, Goal
from goalkit.site.charts import LimitChart, PaceChart, Segment, Strip, limit_chart, pace_chart, planned_on, segments, strip
from goalkit.site.markup import glyph
from goalkit.site.views.findings import FindingRow, finding_rows
from goalkit.site.views.parts import Day, Desk, Frame, Line, Ref, Sign, bar_of, done_of, sign, sign_of
from goalkit.site.views.prose import html, inline, parted, reviewed
from goalkit.site.views.story import Month, story
from goalkit.vault.body import plain_text, prose

MOST_NEXT, MOST_TASKS, MOST_ROWS = 3, 12, 400
_BOX_WORDS = {"open": "open", "done": "done", "under-way": "under way", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A milestone or a task: its mark, its text, and when it is or was due or done."""

    glyph: Markup
    state: str
    word: str
    text: str
    verb: str
    day: Day | None
    late: bool


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks that serve a goal in one note."""

    note: Ref
    path: str
    editor: str
    tasks: tuple[BoxRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class NextItem:
    """One thing to do: what, and by when."""

    glyph: Markup
    text: Markup
    day: Day | None
    late: bool


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
    sum: str
    verdict: str
    forecast: str
    strength: str
    bar: Markup
    chart: PaceChart | None
    strip: Strip | None
    limit: LimitChart | None
    segments: tuple[Segment, ...]
    question: str
    pace_at: str
    table: Table | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the file as the page tells it; at most one of the two is set beside the text."""

    label: str
    text: str
    day: Day | None = None
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalPage:
    """All of a goal's page."""

    frame: Frame
    title: str
    sign: Sign
    chain: tuple[Ref, ...]
    because: Ref | None
    values: tuple[Ref, ...]
    lead: Markup
    due: Day | None
    when: str
    stale: str
    stated_sign: Sign | None
    stated: Day | None
    differs: bool
    outcome: str
    ended: Day | None
    review: Markup
    stand: Stand
    next: tuple[NextItem, ...]
    milestones: tuple[BoxRow, ...]
    tasks: tuple[TaskGroup, ...]
    months: tuple[Month, ...]
    stones: tuple[Line, ...]
    stones_are_sum: bool
    needs: tuple[Line, ...]
    needed_by: tuple[Line, ...]
    notes: Markup
    backlinks: tuple[tuple[Ref, str], ...]
    hints: tuple[FindingRow, ...]
    problems: tuple[FindingRow, ...]
    facts: tuple[Fact, ...]
    path: str
    editor: str


def goal_page(key: str, desk: Desk) -> GoalPage:
    """The page of the goal `key`."""
    graph = desk.plan.graph
    goal, seen = graph.goals[key], desk.plan.assessments[key]
    page = desk.addresses.goals[key]
    root = "../"
    review, body = reviewed(prose(goal.body)) if goal.closed else ("", prose(goal.body))
    lead, notes = parted(body, desk.addresses, root)
    chain = tuple(desk.ref(above, root) for above in reversed(graph.chain(key)[:12]))
    shown = sign_of(goal, seen, desk.today)
    findings = () if desk.shared else desk.plan.findings_by_path.get(goal.path, ())
    stated = seen.stated if not goal.closed else None
    return GoalPage(
        frame=desk.frame(goal.title, page),
        title=goal.title,
        sign=shown,
        chain=chain,
        because=chain[-1] if chain else None,
        values=tuple(desk.ref(value, root) for value in graph.values_of[key]),
        lead=lead,
        due=desk.day(goal.due) if goal.due and not goal.closed else None,
        when=goal.when,
        stale=_stale(seen, desk.today),
        stated_sign=sign(stated.status) if stated else None,
        stated=desk.day(stated.day) if stated else None,
        differs=bool(stated and shown.name in ("on-track", "at-risk", "off-track") and stated.status != shown.name),
        outcome=_outcome(goal),
        ended=desk.day(seen.closed_on) if seen.closed_on else None,
        review=html(review, desk.addresses, root),
        stand=_stand(goal, seen, desk),
        next=tuple(_next(key, goal, seen, desk)),
        milestones=tuple(_box_row(box, desk) for box in _dated_order(goal.milestones)),
        tasks=tuple(_task_groups(key, desk, root)),
        months=story(goal, seen, desk, root),
        stones=tuple(_stone(stone, desk, root) for stone in _stones(key, desk)),
        stones_are_sum=bool(seen.measure and seen.measure.kind == "goals"),
        needs=desk.lines(graph.needs[key], root),
        needed_by=desk.lines(graph.needed_by[key], root),
        notes=notes,
        backlinks=tuple(
            (Ref(link.title, root + address if (address := desk.addresses.of(link.key)) else ""), f"{link.path}:{link.line}")
            for link in graph.backlinks.get(key, ())[:30]
        ),
        hints=finding_rows((f for f in findings if f.severity == "hint"), desk),
        problems=finding_rows((f for f in findings if f.severity != "hint"), desk),
        facts=tuple(_facts(goal, seen, desk)),
        path=goal.path,
        editor="" if desk.shared else desk.sources.link(goal.path),
    )


def _stale(seen: Assessment, today: date) -> str:
    if seen.rhythm is None or not seen.rhythm.stale:
        return ""
    last = seen.rhythm.last
    return f"no check-in since {words.short_day(last, today)}" if last else "no check-in yet"


def _outcome(goal: Goal) -> str:
    return {"done": "Reached", "partial": "Partly reached", "missed": "Not reached", "dropped": "Let go"}.get(goal.status, "")


# --- where it stands


def _stand(goal: Goal, seen: Assessment, desk: Desk) -> Stand:
    kind = seen.measure.kind if seen.measure else "none"
    figure, of = _figure(goal, seen)
    chart = pace_chart(seen, desk.today) if kind == "count" else None
    calendar = strip(seen, desk.today) if kind == "habit" else None
    states = [box.state for box in _dated_order(goal.milestones) if box.state != "cancelled"]
    row = segments(sorted(states, key=lambda state: ("done", "under-way", "open").index(state))) if kind == "milestones" else ()
    return Stand(
        figure=figure,
        of=of,
        sum=seen.explain_progress,
        verdict=seen.explain_pace,
        forecast=_forecast(seen, desk) if not goal.closed else "",
        strength=f"{round(seen.strength * 100)}" if seen.strength is not None else "",
        bar=bar_of(goal, seen),
        chart=chart,
        strip=calendar,
        limit=limit_chart(seen, desk.today) if kind == "limit" else None,
        segments=row,
        question=_question(goal, seen),
        pace_at=f"{float(seen.expected) * 100:.2f}%" if row and seen.expected is not None and not goal.closed else "",
        table=_points_table(seen, desk) if chart else _periods_table(seen, desk) if calendar else None,
    )


def _figure(goal: Goal, seen: Assessment) -> tuple[str, str]:
    """The one number, and what it is a number of."""
    measure = seen.measure
    kind = measure.kind if measure else "done"
    if measure is None:
        return ("", "its measure could not be read")
    level = words.number(seen.level) if seen.level is not None else "0"
    if kind == "count":
        start, target = (words.number(n) if n is not None else "" for n in (measure.start, measure.target))
        whole = f"of {target}" if not measure.start else f"from {start} to {target}"
        return level, f"{whole} {measure.unit}".rstrip()
    if kind == "limit":
        return level, f"of {words.number(measure.target or 0)} {measure.unit} used".replace("  ", " ")
    if kind == "milestones":
        whole = sum(box.state != "cancelled" for box in goal.milestones)
        return level, f"of {words.count(whole, 'milestone')}"
    if kind == "habit":
        over = [p for p in seen.periods if p.state in ("met", "missed")]
        return level, f"of {words.count(len(over), measure.period or 'period')} kept"
    if kind == "goals":
        return done_of(seen) or "–", "over its stepping stones"
    return ("Done", "") if seen.progress == 1 else ("Not yet", "a yes or a no")


def _question(goal: Goal, seen: Assessment) -> str:
    """The chart's title: it answers how far ahead or behind the plan."""
    measure = seen.measure
    if measure is None or seen.level is None or seen.planned is None or goal.closed:
        return ""
    gap = seen.level - seen.planned
    unit = f" {measure.unit}" if measure.kind == "count" and measure.unit else ""
    if gap == 0:
        return "As many as planned by now" if measure.kind == "count" else "As planned by now"
    more = "more" if gap > 0 else "fewer" if unit and unit != " %" else "less"
    return f"{words.number(abs(gap))}{unit} {more} than planned by now"


def _forecast(seen: Assessment, desk: Desk) -> str:
    ahead = seen.forecast
    if ahead is None or seen.progress == 1:
        return ""
    early, late = words.short_day(ahead.early, desk.today), ahead.late
    span = f"between {early} and {words.short_day(late, desk.today)}" if late else f"{early} at the earliest, or not at all"
    return f"At the recent rate it is reached around {words.short_day(ahead.date, desk.today)}, {span}."


def _points_table(seen: Assessment, desk: Desk) -> Table:
    unit = (seen.measure.unit if seen.measure else "") or "Level"
    rows = []
    for day, level in reversed(seen.points[-MOST_ROWS:]):
        planned = planned_on(seen.line, day)
        rows.append(Row(desk.day(day), (words.number(level), words.number(planned) if planned is not None else "")))
    return Table(("Day", unit[:1].upper() + unit[1:], "Planned by then"), tuple(rows))


def _periods_table(seen: Assessment, desk: Desk) -> Table:
    period = (seen.measure.period if seen.measure else None) or "period"
    over = [p for p in seen.periods if p.state != "ahead"]
    rows = tuple(
        Row(desk.day(p.days.first), (p.state.replace("-", " "), words.number(p.amount) if p.amount is not None else ""))
        for p in reversed(over[-MOST_ROWS:])
    )
    return Table((f"{period.capitalize()} from", "Kept", "Amount"), rows)


# --- what is next


def _next(key: str, goal: Goal, seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    if goal.closed or goal.broken:
        return
    if goal.status == "paused":
        yield _plain_next("paused", "Paused; nothing is asked. Write `status: active` to go on.")
        return
    if goal.status == "idea":
        yield _plain_next("idea", "An idea. When its time has come, give it `status: active` and a `due:` date.")
        return
    if seen.pace == "reached":
        yield _plain_next("reached", "Reached. Close it with `status: done` and a line of review, or raise the target.")
        return
    if seen.pace == "overdue":
        yield _plain_next("overdue", "Close it as `done`, `partial` or `missed`, or give it a new `due:` date.")
    yield from _waiting(seen, desk)
    if ask := ask_text(seen, desk.today):
        yield _plain_next("none", ask[:1].upper() + ask[1:])
    for box in _open_boxes(goal.milestones)[:MOST_NEXT]:
        late = bool(box.due and box.due < desk.today)
        yield NextItem(sign("none").glyph, inline(plain_text(box.text)), desk.day(box.due) if box.due else None, late)
    yield from _check_in(seen, desk)


def _plain_next(name: str, text: str) -> NextItem:
    return NextItem(sign(name).glyph, inline(text), None, late=False)


def _waiting(seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    for blocker in seen.blocked_by[:MOST_NEXT]:
        yield NextItem(sign("blocked").glyph, inline(f"First “{desk.plan.graph.goals[blocker].title}”"), None, late=False)


def _check_in(seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    rhythm = seen.rhythm
    if rhythm is None or rhythm.next is None:
        return
    typed = f" `- {desk.today}: …`" if rhythm.due else ""
    late = rhythm.due and rhythm.next < desk.today
    yield NextItem(sign("check-in").glyph, inline(f"Check in{typed}"), desk.day(rhythm.next), late)


def _open_boxes(boxes: Sequence[Box]) -> list[Box]:
    return [box for box in _dated_order(boxes) if box.state in ("open", "under-way")]


# --- milestones, tasks, stepping stones


def _dated_order(boxes: Sequence[Box]) -> list[Box]:
    """Boxes on the line of time where all that matter have dates, else as the file has them."""
    top = [box for box in boxes if not box.nested]
    if all(box.due or box.done_on for box in top if box.state != "cancelled"):
        return sorted(top, key=lambda box: (box.state == "cancelled", box.done_on or box.due or date.max))
    return top


def _box_row(box: Box, desk: Desk) -> BoxRow:
    day, verb = (box.done_on, "") if box.done_on else (box.due, "due")
    late = bool(box.due and box.due < desk.today and box.state in ("open", "under-way"))
    return BoxRow(
        glyph(box.state), box.state, _BOX_WORDS[box.state], plain_text(box.text), "" if not day else verb,
        desk.day(day) if day else None, late,
    )  # fmt: skip


def _task_groups(key: str, desk: Desk, root: str) -> Iterator[TaskGroup]:
    tasks = [task for task in desk.plan.graph.tasks_of.get(key, ()) if not task.box.nested]
    ordered = sorted(tasks, key=lambda task: task.path)
    for path, group in groupby(ordered, key=lambda task: task.path):
        listed = sorted(group, key=lambda task: (task.box.state in ("done", "cancelled"), task.box.due or date.max, task.box.line))
        first = listed[0]
        address = desk.addresses.of(first.note_key) if first.note_key != key else ""
        yield TaskGroup(
            Ref(first.note_title, root + address if address else ""),
            path,
            "" if desk.shared else desk.sources.link(path, first.box.line),
            tuple(_box_row(task.box, desk) for task in listed[:MOST_TASKS]),
            f"{len(listed) - MOST_TASKS:,} more" if len(listed) > MOST_TASKS else "",
        )


def _stones(key: str, desk: Desk) -> list[str]:
    goals = desk.plan.graph.goals
    keys = desk.plan.graph.supporters[key]
    return sorted(keys, key=lambda k: (goals[k].closed, goals[k].status != "active", goals[k].due or date.max, k))


def _stone(key: str, desk: Desk, root: str) -> Line:
    weight = desk.plan.graph.goals[key].weight
    word = "" if weight == 1 else "not counted" if weight == 0 else f"counts ×{words.number(Fraction(weight))}"
    return desk.line(key, root, word)


# --- facts


def _facts(goal: Goal, seen: Assessment, desk: Desk) -> Iterator[Fact]:
    measure = seen.measure
    if measure:
        yield Fact("Measure", measure.text or measure.kind)
    if goal.begins:
        yield Fact("Start", "", desk.day(goal.begins))
    if goal.due:
        yield Fact("Due", "", desk.day(goal.due))
    if goal.when:
        yield Fact("When", goal.when)
    yield Fact("Horizon", seen.horizon.replace("-", " "))
    if seen.rhythm and seen.rhythm.cadence.unit != "never":
        yield Fact("Check in", seen.rhythm.cadence.text)
    for label, text in (("Owner", goal.owner), ("Kind", goal.category.replace("-", " ")), ("Tags", ", ".join(goal.tags))):
        if text:
            yield Fact(label, text)
    if not desk.shared:
        yield Fact("Seen by", "whoever the plan is shared with" if goal.visibility == "shared" else "me")
