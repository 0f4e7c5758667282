"""What was reached lately."""

from dataclasses import dataclass
from datetime import date, timedelta

from goalkit import words
from goalkit.site.views.parts import Day, Desk, Ref

WIN_DAYS = timedelta(42)


@dataclass(frozen=True, slots=True)
class Win:
    """Something that was reached, when, and for which goal."""

    day: Day
    what: str
    goal: Ref
    kind: str


def wins_of(desk: Desk) -> list[Win]:
    """What was reached in the last six weeks, newest first."""
    since = desk.today - WIN_DAYS
    found: list[tuple[date, str, str, str]] = []
    for key, goal in desk.plan.graph.goals.items():
        seen = desk.plan.assessments[key]
        if seen.closed_on and goal.status in ("done", "partial"):
            found.append((seen.closed_on, key, "", goal.status))
        elif seen.pace == "reached" and seen.points:
            found.append((_reached_on(key, desk), key, "", "reached"))
        ticked = (box for box in goal.milestones if box.state == "done")
        found += [(box.done_on, key, words.unlinked(box.text), "done") for box in ticked if box.done_on]
    recent = sorted(
        (win for win in found if since <= win[0] <= desk.today),
        key=lambda win: (-win[0].toordinal(), *win[1:]),
    )
    return [Win(desk.day(day), what, desk.ref(key, ""), kind) for day, key, what, kind in recent]


def _reached_on(key: str, desk: Desk) -> date:
    seen = desk.plan.assessments[key]
    measure = seen.measure
    for day, level in seen.points:
        if measure and measure.target is not None:
            reached = level <= measure.target if measure.direction == "at-most" else level >= measure.target
            if reached:
                return day
    return date.min
