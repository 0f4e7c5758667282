"""All goals: as a tree, and as a table to filter and sort."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from goalkit.site.views.parts import SIGNS, Day, Desk, Frame, Line, Sign

DEEPEST = 10
MOST_UNFOLDED = 60
Step = Literal["open", "leaf", "close"]


@dataclass(frozen=True, slots=True)
class TreeStep:
    """One step of a walk over the tree: a goal with children below (`open`), one without, or the end of children."""

    step: Step
    line: Line | None
    note: str
    expanded: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A goal in the table; the keys are what each column sorts by."""

    line: Line
    horizon: str
    values: str
    tags: str
    status_key: int
    done_key: str
    due: Day | None
    due_key: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A status that some goal has, to filter by."""

    sign: Sign
    count: str


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """All of the page of all goals."""

    frame: Frame
    count: str
    tree: tuple[TreeStep, ...]
    rows: tuple[TableRow, ...]
    choices: tuple[Choice, ...]


def goals_page(desk: Desk) -> GoalsPage:
    """The page of all goals."""
    rows = tuple(_row(key, desk) for key in _in_order(desk))
    names = [row.line.sign.name for row in rows]
    signs = {row.line.sign.name: row.line.sign for row in rows}
    choices = tuple(Choice(signs[name], f"{names.count(name):,}") for name in SIGNS if name in signs)
    return GoalsPage(
        desk.frame("All goals", "goals.html"), f"{len(rows):,}", tuple(_tree(desk)), rows, choices
    )


def _in_order(desk: Desk) -> list[str]:
    """Open goals by due date, then those at rest, then those that are over."""
    goals = desk.plan.graph.goals
    rank = {"active": 0, "paused": 1, "idea": 2}
    return sorted(
        goals,
        key=lambda key: (rank.get(goals[key].status, 3), goals[key].due or date.max, goals[key].title, key),
    )


def _row(key: str, desk: Desk) -> TableRow:
    goal, seen = desk.plan.graph.goals[key], desk.plan.assessments[key]
    line = desk.line(key, "")
    values = ", ".join(desk.plan.graph.values[value].title for value in desk.plan.graph.values_of[key])
    return TableRow(
        line,
        seen.horizon.replace("-", " "),
        values,
        " ".join(goal.tags),
        list(SIGNS).index(line.sign.name),
        f"{float(seen.progress):.4f}" if seen.progress is not None else "-1",
        desk.day(goal.due) if goal.due else None,
        goal.due.isoformat() if goal.due else "9999",
    )


def _tree(desk: Desk) -> Iterator[TreeStep]:
    """The tree as steps. A goal with several parents is unfolded below the first one, and named below the others."""
    graph = desk.plan.graph
    order = {key: n for n, key in enumerate(_in_order(desk))}
    unfolded = 2 if len(graph.goals) <= MOST_UNFOLDED else 1
    tops = sorted(
        (key for key in graph.goals if not graph.tree_parents[key]), key=lambda key: _weight(key, desk, order)
    )
    work: list[tuple[str | None, str | None, int]] = [(key, None, 0) for key in reversed(tops)]
    while work:
        key, parent, depth = work.pop()
        if key is None:
            yield TreeStep("close", None, "", expanded=False)
            continue
        first = graph.tree_parents[key][:1]
        elsewhere = parent is not None and first != (parent,)
        below = sorted(graph.tree_supporters[key], key=lambda k: order[k])
        children = [] if elsewhere else below
        note = f"unfolded under {graph.goals[first[0]].title}" if elsewhere and below else ""
        line = desk.line(key, "")
        if not children:
            yield TreeStep("leaf", line, note, expanded=False)
        elif depth >= DEEPEST:
            # Browsers stop nesting at some depth; past ours, children stand beside their parent.
            yield TreeStep("leaf", line, note, expanded=False)
            work += [(child, key, depth) for child in reversed(children)]
        else:
            yield TreeStep("open", line, note, expanded=depth < unfolded)
            work.append((None, None, depth))
            work += [(child, key, depth + 1) for child in reversed(children)]


def _weight(key: str, desk: Desk, order: dict[str, int]) -> tuple[bool, bool, int]:
    goal = desk.plan.graph.goals[key]
    return goal.closed, not desk.plan.graph.tree_supporters[key], order[key]
