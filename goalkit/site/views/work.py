"""Milestones, tasks, and what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from goalkit import words
from goalkit.attention import ask_text, next_milestone, pressing_box
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Box, Goal
from goalkit.site.markup import glyph
from goalkit.site.views.parts import Day, Desk, Ref, sign
from goalkit.site.views.prose import inline

MOST_WAITING, MOST_TASKS = 3, 12
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


def next_items(key: str, desk: Desk) -> Iterator[NextItem]:
    """What is next for a goal, the most pressing first; for one at rest what would wake it."""
    goal, seen = desk.plan.graph.goals[key], desk.plan.assessments[key]
    if goal.closed or goal.broken:
        return
    if goal.status == "paused":
        yield _plain_next("paused", "Paused; nothing is asked. Write `status: active` to go on.")
        return
    if goal.status == "idea":
        yield _plain_next(
            "idea", "An idea. When its time has come, give it `status: active` and a `due:` date."
        )
        return
    if seen.pace == "reached":
        yield _plain_next(
            "reached", "Reached. Close it with `status: done` and a line of review, or raise the target."
        )
        return
    if seen.pace == "overdue":
        yield _plain_next(
            "overdue", "Close it as `done`, `partial` or `missed`, or give it a new `due:` date."
        )
    yield from _under_way(key, goal, seen, desk)


def _under_way(key: str, goal: Goal, seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    pressing, milestone = pressing_box(key, desk.plan), next_milestone(goal)
    if pressing:
        yield _box_next(pressing, desk)
    yield from _waiting(seen, desk)
    if ask := ask_text(seen, desk.today):
        yield _plain_next("none", ask[:1].upper() + ask[1:])
    if milestone and milestone != pressing:
        yield _box_next(milestone, desk)
    yield from _check_in(seen, desk)


def _box_next(box: Box, desk: Desk) -> NextItem:
    late = bool(box.due and box.due < desk.today)
    day = desk.day(box.due) if box.due else None
    return NextItem(sign("none").glyph, inline(words.unlinked(box.text)), day, late)


def _plain_next(name: str, text: str) -> NextItem:
    return NextItem(sign(name).glyph, inline(text), None, late=False)


def _waiting(seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    for blocker in seen.blocked_by[:MOST_WAITING]:
        yield NextItem(
            sign("blocked").glyph, inline(f"First “{desk.plan.graph.goals[blocker].title}”"), None, late=False
        )


def _check_in(seen: Assessment, desk: Desk) -> Iterator[NextItem]:
    rhythm = seen.rhythm
    if rhythm is None or rhythm.next is None:
        return
    typed = f" `- {desk.today}: …`" if rhythm.due else ""
    late = rhythm.due and rhythm.next < desk.today
    yield NextItem(sign("check-in").glyph, inline(f"Check in{typed}"), desk.day(rhythm.next), late)


def dated_order(boxes: Sequence[Box]) -> list[Box]:
    """Boxes on the line of time where all that matter have dates, else as the file has them."""
    top = [box for box in boxes if not box.nested]
    if all(box.due or box.done_on for box in top if box.state != "cancelled"):
        return sorted(top, key=lambda box: (box.state == "cancelled", box.done_on or box.due or date.max))
    return top


def box_row(box: Box, desk: Desk) -> BoxRow:
    """A milestone or task as a row."""
    day, verb = (box.done_on, "") if box.done_on else (box.due, "due")
    late = bool(box.due and box.due < desk.today and box.state in ("open", "under-way"))
    return BoxRow(
        glyph(box.state), box.state, _BOX_WORDS[box.state], words.unlinked(box.text), "" if not day else verb,
        desk.day(day) if day else None, late,
    )  # fmt: skip


def task_groups(key: str, desk: Desk, root: str) -> Iterator[TaskGroup]:
    """The tasks that serve the goal, by the note they stand in."""
    tasks = [task for task in desk.plan.graph.tasks_of.get(key, ()) if not task.box.nested]
    ordered = sorted(tasks, key=lambda task: task.path)
    for path, group in groupby(ordered, key=lambda task: task.path):
        listed = sorted(
            group,
            key=lambda task: (
                task.box.state in ("done", "cancelled"),
                task.box.due or date.max,
                task.box.line,
            ),
        )
        first = listed[0]
        address = desk.addresses.of(first.note_key) if first.note_key != key else ""
        yield TaskGroup(
            Ref(first.note_title, root + address if address else ""),
            path,
            "" if desk.shared else desk.sources.link(path, first.box.line),
            tuple(box_row(task.box, desk) for task in listed[:MOST_TASKS]),
            f"{len(listed) - MOST_TASKS:,} more" if len(listed) > MOST_TASKS else "",
        )
