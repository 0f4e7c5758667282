"""How goals, values and work hang together: stepping stones, rhythm, dates, values served, work tied to a goal."""

from collections.abc import Iterator

from goalkit import rules
from goalkit.diagnostics import Diagnostic
from goalkit.lint.subject import Subject, Vault
from goalkit.model.goal import Goal, Project
from goalkit.model.graph import Task
from goalkit.model.numbers import plural
from goalkit.text import Span, visible

SHORT = 14  # days: what is over so soon needs no rhythm


def no_stepping_stone(one: Subject) -> Iterator[Diagnostic]:
    """GK306: a long-term goal with nothing smaller on the way to it.

    Milestones and tasks are smaller, and a rhythm is one by its nature unless the goal calls itself long-term. Who is
    on track has found the way already.
    """
    goal, a = one.goal, one.assessment
    smaller = one.supporters or goal.milestones or one.vault.graph.tasks_of.get(one.key)
    if a.horizon != "long-term" or smaller or not one.readable("horizon", "start", "due", "measure"):
        return
    rhythmic = a.measure is not None and a.measure.kind in ("habit", "limit") and goal.horizon is None
    if rhythmic or a.pace in ("on-track", "reached"):
        return
    message = "a long-term goal without a stepping stone, a first thing that would move it"
    hint = f'in a short-term goal write `supports: "[[{one.key}]]"`, or list milestones here'
    yield one.hint(rules.NO_STEPPING_STONE, "horizon", message, hint)


def no_rhythm(one: Subject) -> Iterator[Diagnostic]:
    """GK307: `check-in: never`, on more than two weeks, where no other goals bring the news."""
    a = one.assessment
    rolls_up = a.measure is not None and a.measure.kind == "goals"
    never = one.goal.cadence is not None and one.goal.cadence.unit == "never"
    if not never or rolls_up or (a.window and a.window.length <= SHORT):
        return
    message = "this goal is never looked at again, so nobody would notice where it stands"
    yield one.hint(rules.NO_RHYTHM, "check-in", message, "for example `check-in: monthly`")


def due_outside_parent(one: Subject) -> Iterator[Diagnostic]:
    """GK309: due after the goal it leads to, or before that one begins."""
    goal, graph = one.goal, one.vault.graph
    if goal.due is None:
        return
    for key in graph.parents[one.key]:
        parent = graph.goals[key]
        if parent.closed or parent.broken or (key in graph.cyclic and one.key in graph.cyclic):
            continue
        if parent.due and goal.due > parent.due:
            message = f"this is due on {goal.due}, after {_named(parent)}, which it leads to ({parent.due})"
            hint = f"for example `due: {parent.due}`, or a later `due` there"
            yield one.hint(rules.DUE_OUTSIDE_PARENT, "due", message, hint)
        elif parent.start and goal.due < parent.start:
            message = f"this is due on {goal.due}, before {_named(parent)}, which it leads to, begins ({parent.start})"
            hint = "a later `due` here, or an earlier `start` there"
            yield one.hint(rules.DUE_OUTSIDE_PARENT, "due", message, hint)


def unserved_value(vault: Vault) -> Iterator[Diagnostic]:
    """GK308: a value that no open goal serves, not even through the goals that it leads to."""
    graph = vault.graph
    still_open = [key for key, goal in graph.goals.items() if not goal.closed]
    if any(_values_unknown(graph.goals[key]) for key in still_open):
        return
    served = {value for key in still_open for value in graph.values_of[key]}
    for key, value in graph.values.items():
        if key not in served and not value.broken:
            heading = vault.snapshot.sources[value.path].text.find(value.title)
            span = Span(heading, heading + len(value.title)) if heading >= 0 else Span(0, 0)
            message = f"no open goal serves “{visible(value.title)}” at present"
            yield vault.at(
                rules.UNSERVED_VALUE, value.path, span, message, f'in a goal write `values: "[[{key}]]"`'
            )


def loose_work(vault: Vault) -> Iterator[Diagnostic]:
    """GK310: a project whose open tasks serve no goal, where there are goals that they could serve."""
    goals = vault.graph.goals.values()
    first = min((g.id for g in goals if g.status == "active" and not g.broken), default="")
    if not first:
        return
    unread = {d.path for d in vault.snapshot.diagnostics if d.severity == "error"}
    loose: dict[str, list[Task]] = {}
    for task in vault.graph.tasks:
        if not task.goals and task.box.state in ("open", "under-way"):
            loose.setdefault(task.path, []).append(task)
    for project in vault.graph.projects.values():
        tasks = loose.get(project.path)
        if tasks and _tellable(project) and project.path not in unread:
            count = plural(len(tasks), "open task serves", "open tasks serve")
            hint = f'for example `supports: "[[{first}]]"` in the front matter, or link a goal in the task'
            yield vault.at(rules.LOOSE_WORK, project.path, tasks[0].box.span, f"{count} no goal", hint)


def _tellable(project: Project) -> bool:
    return project.status == "active" and not project.supports and not project.broken


def _values_unknown(goal: Goal) -> bool:
    return goal.broken or not goal.unreadable.isdisjoint(("values", "supports"))


def _named(goal: Goal) -> str:
    return f"“{visible(goal.title)}”"
