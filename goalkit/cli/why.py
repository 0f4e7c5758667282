"""`goalkit why`: the chain from a task or a goal up to what it is for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from goalkit.cli.find import found, ids, near
from goalkit.cli.session import Refusal, Session, json_option, open_vault
from goalkit.cli.terminal import cells, columns, cut, dim, emit, sign, tick
from goalkit.text import fold, visible
from goalkit.words import unlinked

if TYPE_CHECKING:
    from goalkit.model.goal import Box
    from goalkit.model.graph import Task
    from goalkit.plan import Plan

MOST = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: what it is, its title, and for a task where it stands."""

    kind: Literal["task", "milestone", "project", "goal", "long-term goal", "value"]
    title: str
    key: str | None = None
    place: str = ""
    state: str = ""
    also: tuple[str, ...] = ()


Chain = tuple[Step, ...]


@click.command("why")
@click.argument("words", nargs=-1, required=True, metavar="ID|TASK", shell_complete=ids("goals", "projects"))
@json_option
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], json: bool) -> None:
    """Why a goal or a task matters: the chain up to a value.

    Give a goal's ID, or some words of a task or milestone: task, goal, long-term goal, value. With --json each
    chain is a list of steps.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj).plan
    chains = chains_of(plan, " ".join(words))
    if not chains:
        close = near(plan.graph, " ".join(words))
        hint = (
            f"did you mean {' or '.join(f'`{key}`' for key in close)}?" if close else "give other words of it"
        )
        raise Refusal(f"no goal and no task `{' '.join(words)}`; {hint}")
    if json:
        from goalkit.export import document

        emit(document(plan, {"chains": [[_record(step) for step in chain] for chain in chains]}))
        return
    for number, chain in enumerate(chains[:MOST]):
        click.echo(("\n" if number else "") + _drawn(chain))
    if len(chains) > MOST:
        click.echo(dim(f"\nand {len(chains) - MOST:,} more: give more words"))


def chains_of(plan: "Plan", typed: str) -> list[Chain]:
    """The chains of the goal, value or project that `typed` names, else of the tasks that hold its words."""
    graph = plan.graph
    chains: list[Chain] = []
    for key in found(graph, typed):
        if key in graph.goals:
            chains.append(_above(plan, key))
        elif key in graph.values:
            chains.append((Step("value", graph.values[key].title, key),))
        else:
            chains += _tasks(plan, lambda task, key=key: task.note_key == key)  # type: ignore[misc]
    if chains:
        return chains
    words = fold(typed).split()

    def told(box: "Box") -> bool:
        return all(word in fold(box.text) for word in words)

    return [*_milestones(plan, told), *_tasks(plan, lambda task: told(task.box))]


def _milestones(plan: "Plan", keep: "Callable[[Box], bool]") -> list[Chain]:
    return [
        (_box("milestone", box, goal.path), *_above(plan, key))
        for key, goal in plan.graph.goals.items()
        for box in goal.milestones
        if not box.nested and keep(box)
    ]


def _tasks(plan: "Plan", keep: "Callable[[Task], bool]") -> list[Chain]:
    """A chain for every such task and goal that it serves."""
    chains: list[Chain] = []
    for task in filter(keep, plan.graph.tasks):
        first = _box("task", task.box, task.path)
        project = task.note_key if task.note_key in plan.graph.projects else None
        middle = (Step("project", task.note_title, project),) if project else ()
        chains += [(first, *middle, *_above(plan, key)) for key in task.goals] or [(first, *middle)]
    return chains


def _box(kind: Literal["task", "milestone"], box: "Box", path: str) -> Step:
    return Step(kind, unlinked(box.text), place=f"{path}:{box.line}", state=box.state)


def _above(plan: "Plan", key: str) -> Chain:
    """The goal, what it supports up to the top, and the values that the top and the way up hold."""
    graph = plan.graph
    way = (key, *graph.chain(key))
    goals = tuple(_goal(plan, k, after) for k, after in zip(way, (*way[1:], None), strict=True))
    values = tuple(Step("value", graph.values[v].title, v) for v in graph.values_of[key])
    return (*goals, *values)


def _goal(plan: "Plan", key: str, after: str | None) -> Step:
    graph = plan.graph
    goal, seen = graph.goals[key], plan.assessments[key]
    also = tuple(graph.goals[k].title for k in graph.tree_parents[key] if k != after)
    kind: Literal["goal", "long-term goal"] = "long-term goal" if seen.horizon == "long-term" else "goal"
    return Step(kind, goal.title, key, state=seen.pace or goal.status, also=also)


def _drawn(chain: Chain) -> str:
    """One line a step, each the reason of the one above it; values side by side on the last line."""
    width, lines = columns(), []
    for depth, step in enumerate(step for step in chain if step.kind != "value"):
        indent = "  " * min(depth, width // 4)
        lead = dim("↳ ") if depth else ""
        mark = tick(step.state) + " " if step.kind in ("task", "milestone") else ""
        mark = sign(step.state, word=False) + " " if step.kind.endswith("goal") else mark
        also = f"; also for {', '.join(step.also)}" if step.also else ""
        aside = visible(f"  {step.place or step.kind}{also}")
        used = cells(indent) + (2 if depth else 0) + 2
        title = cut(visible(step.title), max(8, width - used))
        room = width - used - cells(title)
        told = title if depth else click.style(title, bold=True)
        lines.append(indent + lead + mark + told + (dim(cut(aside, room)) if room > 8 else ""))
    values = [visible(step.title) for step in chain if step.kind == "value"]
    if values:
        indent = "  " * min(len(lines), width // 4) + ("↳ " if lines else "")
        lines.append(cut(indent + "♥ " + ", ".join(values), width) if lines else f"♥ {', '.join(values)}")
    elif lines:
        lines.append(dim("  " * min(len(lines), width // 4) + "↳ no value named yet"))
    return "\n".join(lines)


def _record(step: Step) -> dict[str, object]:
    return {
        "kind": step.kind,
        "id": step.key,
        "title": step.title,
        "place": step.place or None,
        "state": step.state or None,
        "also": list(step.also),
    }
