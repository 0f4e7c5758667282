"""What needs me now: the goals to look at today, each with why and what to do next.

The first page and `goalkit status` both show this. Pure: a plan in, rows out. Texts hold titles as their files
say them, so whoever shows a row escapes it for the place where it is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from goalkit.model.assessment import Assessment, Rhythm
from goalkit.model.goal import Box, Goal
from goalkit.plan import Plan
from goalkit.words import amount, count, listed, number, percent, relative, short_day, unit_of, unlinked

NeedKind = Literal["overdue", "off-track", "deadline", "at-risk", "stale", "check-in", "blocked", "reached"]
KINDS: tuple[NeedKind, ...] = get_args(NeedKind)  # the most urgent first
GOAL_NEAR = timedelta(14)
BOX_NEAR = timedelta(3)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a goal: its kind, and why in a few words.

    `word` names it where its kind would mislead, as a milestone that is late is not due soon; else it is empty.
    """

    kind: NeedKind
    why: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A goal that needs me now, once, with all its reasons.

    `kind` and `word` are those of the most urgent reason and `urgency` its rank in `KINDS`, 0 the most urgent.
    `why` joins the reasons to one line; `next` is the one thing to do.
    """

    key: str
    kind: NeedKind
    why: str
    next: str
    urgency: int
    reasons: tuple[Reason, ...]
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """A goal under the eye: all that a reason may draw on."""

    key: str
    goal: Goal
    seen: Assessment
    plan: Plan

    @property
    def today(self) -> date:
        return self.plan.today

    def title(self, key: str) -> str:
        return self.plan.graph.goals[key].title


def needs_now(plan: Plan) -> tuple[Need, ...]:
    """The goals that need their owner on `plan.today`, most urgent first.

    Ideas, paused and closed goals and those that have not begun are left in peace, and so is a file whose
    front matter or status could not be read: its findings say what to mend.
    """
    looks = [_Look(key, goal, plan.assessments[key], plan) for key, goal in plan.graph.goals.items()]
    found = [(need, look) for look in looks if _nags(look.goal, plan.today) and (need := _need(look))]
    ranked = [need for need, _ in sorted(found, key=lambda pair: _order(*pair))]
    rank = {need.key: at for at, need in enumerate(ranked) if need.kind != "reached"}
    return tuple(_begin_below(need, rank, plan) for need in ranked)


def _nags(goal: Goal, today: date) -> bool:
    if goal.broken or "status" in goal.unreadable or goal.status != "active":
        return False
    return goal.begins is None or goal.begins <= today


def _order(need: Need, look: _Look) -> tuple[int, int, date, str]:
    """By urgency; deadlines by their day, the rest by how far they are behind; then by due date and key."""
    due, box = look.goal.due or date.max, _first_dated(look.key, look.plan)
    if need.kind == "deadline":
        nearest = min(due, box.due if box and box.due else date.max)
        return need.urgency, nearest.toordinal(), due, need.key
    return need.urgency, look.seen.gap_days or 0, due, need.key


def _need(look: _Look) -> Need | None:
    reasons = sorted(_reasons(look), key=lambda reason: KINDS.index(reason.kind))
    if not reasons:
        return None
    kind, word = reasons[0].kind, reasons[0].word
    why = "; ".join(dict.fromkeys(reason.why for reason in reasons))
    return Need(look.key, kind, why, _next(look, kind), KINDS.index(kind), tuple(reasons), word)


def _reasons(look: _Look) -> Iterator[Reason]:
    if look.seen.pace == "reached":
        yield Reason("reached", "reached, and still open")
        return
    yield from _pace(look)
    yield from _deadlines(look)
    if look.seen.rhythm and look.seen.rhythm.due:
        yield _silence(look.seen.rhythm, look.today)
    if look.seen.blocked_by:
        waits = listed([f"“{look.title(key)}”" for key in look.seen.blocked_by])
        yield Reason("blocked", f"waits for {waits}")


def _pace(look: _Look) -> Iterator[Reason]:
    seen, said = look.seen, look.seen.stated
    if seen.pace == "overdue" and look.goal.due:
        yield Reason("overdue", f"was due {relative(look.goal.due, look.today)}{_so_far(seen)}")
    elif seen.pace in ("off-track", "at-risk"):
        yield Reason(seen.pace, _behind(seen))
    elif said and said.status != "on-track" and seen.rhythm and said.day == seen.rhythm.last:
        spoken = said.status.replace("-", " ")
        yield Reason(said.status, f"you said {spoken} on {short_day(said.day, look.today)}")


def _behind(seen: Assessment) -> str:
    if seen.gap_days is not None and seen.gap_days < 0:
        return f"{count(-seen.gap_days, 'day')} behind"
    return seen.explain_pace.rstrip(".").replace("; ", ", ") or str(seen.pace).replace("-", " ")


def _so_far(seen: Assessment) -> str:
    return f", {percent(seen.progress)} done" if seen.progress is not None else ""


def _deadlines(look: _Look) -> Iterator[Reason]:
    today, due = look.today, look.goal.due
    box = pressing_box(look.key, look.plan)
    late = bool(box and box.due and box.due < today)
    if box and box.due and late:
        word = "milestone late" if box in look.goal.milestones else "task late"
        yield Reason("deadline", f"{_quoted(box)} was due {relative(box.due, today)}", word)
    if due and today <= due <= today + GOAL_NEAR:
        yield Reason("deadline", f"due {relative(due, today)}{_so_far(look.seen)}")
    if box and box.due and not late:
        yield Reason("deadline", f"{_quoted(box)} is due {relative(box.due, today)}")


def pressing_box(key: str, plan: Plan) -> Box | None:
    """The open milestone or task of a goal that is late or due within days, the earliest; None without one."""
    box = _first_dated(key, plan)
    return box if box and box.due and box.due <= plan.today + BOX_NEAR else None


def next_milestone(goal: Goal) -> Box | None:
    """The open milestone to turn to: the one due first, else the first that has no date."""
    return min(filter(_waits, goal.milestones), key=lambda box: box.due or date.max, default=None)


def _first_dated(key: str, plan: Plan) -> Box | None:
    """The open milestone or task of the goal that is due first."""
    tasks = (task.box for task in plan.graph.tasks_of.get(key, ()))
    dated = [box for box in (*plan.graph.goals[key].milestones, *tasks) if box.due and _waits(box)]
    return min(dated, key=lambda box: box.due or date.max, default=None)


def _waits(box: Box) -> bool:
    return box.state in ("open", "under-way") and not box.nested


def _silence(rhythm: Rhythm, today: date) -> Reason:
    if rhythm.stale:
        last = f"last check-in {relative(rhythm.last, today)}" if rhythm.last else "no check-in yet"
        return Reason("stale", last)
    late = rhythm.next is not None and rhythm.next < today
    return Reason(
        "check-in",
        f"check-in due since {short_day(rhythm.next, today)}" if late and rhythm.next else "check-in due",
    )


def _next(look: _Look, kind: NeedKind) -> str:
    match kind:
        case "overdue":
            return "close it as done, partial or missed, or give it a new due date"
        case "reached":
            return "close it with `status: done`, or raise the target"
        case "blocked":
            return f"finish “{look.title(look.seen.blocked_by[0])}” first"
        case "stale" | "check-in":
            return f"write where it stands: `- {look.today}: …`"
        case "deadline" | "at-risk" | "off-track":
            return _step(look) or "decide what changes: the amount, the date, or the way"


def _step(look: _Look) -> str:
    """What moves the goal: the box due first, the next milestone, or so many more by a day."""
    if box := pressing_box(look.key, look.plan):
        return f"do {_quoted(box)}"
    measure = look.seen.measure
    if measure and measure.kind == "milestones":
        box = next_milestone(look.goal)
        return f"do {_quoted(box)}" if box else ""
    return ask_text(look.seen, look.today)


def _quoted(box: Box) -> str:
    return f"“{unlinked(box.text)}”"


def ask_text(seen: Assessment, today: date) -> str:
    """What is next in units: `3 more connections by Fri 27 Nov`; empty where nothing is asked."""
    ask, measure = seen.ask, seen.measure
    if ask is None or ask.amount <= 0:
        return ""
    by = "today" if ask.by == today else f"by {short_day(ask.by, today)}"
    if measure and measure.kind == "count" and measure.direction == "at-most":
        return f"bring it down by {amount(ask.amount, ask.unit)} {by}"
    if ask.unit in ("", "milestone"):
        return f"{count(ask.amount, 'more ' + (ask.unit or 'time'))} {by}"
    if not ask.unit.replace(" ", "").isalpha() or ask.unit.isupper():
        return f"{amount(ask.amount, ask.unit)} more {by}"
    return f"{number(ask.amount)} more {unit_of(ask.amount, ask.unit)} {by}"


def _begin_below(need: Need, rank: Mapping[str, int], plan: Plan) -> Need:
    """A goal that is behind because of its stepping stones says with which of them to begin."""
    measure = plan.assessments[need.key].measure
    if need.kind not in ("off-track", "at-risk") or measure is None or measure.kind != "goals":
        return need
    worst = min((k for k in plan.graph.supporters[need.key] if k in rank), key=rank.__getitem__, default=None)
    return replace(need, next=f"begin with “{plan.graph.goals[worst].title}”") if worst else need
