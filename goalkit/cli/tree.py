"""`goalkit tree`: goals under the goals that they support."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.session import Session, json_option, open_vault
from goalkit.cli.terminal import cells, columns, cut, dim, emit, fancy, sign
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.model.graph import GoalGraph
    from goalkit.plan import Plan


@dataclass(frozen=True, slots=True)
class Node:
    """A goal at its place in the tree. `again` is a goal that stands higher up with all that is below it."""

    key: str
    depth: int
    prefix: str
    again: bool = False


@click.command("tree")
@click.argument("top", metavar="[ID]", required=False, shell_complete=ids("goals"))
@json_option
@click.pass_context
def command(ctx: click.Context, top: str | None, json: bool) -> None:
    """Goals under the goals that they support.

    With an ID that goal and what is below it. A goal that supports several stands under each, with what is below it
    the first time only. With --json the rows come in the same order, each with its depth.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj).plan
    roots = [resolve(plan.graph, top, ("goals",))] if top else _roots(plan.graph)
    nodes = walk(plan.graph, roots)
    if json:
        from goalkit.export import document

        emit(document(plan, {"tree": [_record(node, plan) for node in nodes]}))
        return
    width = columns()
    for node in nodes:
        click.echo(_row(node, plan, width))
    if not roots:
        click.echo(dim("No goals yet."), err=True)


def _roots(graph: "GoalGraph") -> list[str]:
    """Goals that support none, those with stepping stones first."""
    tops = [key for key in graph.goals if not graph.tree_parents[key]]
    return sorted(tops, key=lambda key: (not graph.tree_supporters[key], key))


def walk(graph: "GoalGraph", roots: list[str]) -> Iterator[Node]:
    """Every goal below `roots`, depth first. Iterative: a chain may be ten thousand goals long."""
    branch, last, bar, none = ("├─ ", "└─ ", "│  ", "   ") if fancy() else ("|- ", "`- ", "|  ", "   ")
    seen: set[str] = set()
    stack = [(key, 0, "", "") for key in reversed(roots)]
    while stack:
        key, depth, lead, below = stack.pop()
        again = key in seen and bool(graph.tree_supporters[key])
        yield Node(key, depth, lead, again)
        if key in seen:
            continue
        seen.add(key)
        under = graph.tree_supporters[key]
        for number, other in enumerate(reversed(under)):
            end = number == 0
            stack.append(
                (other, depth + 1, below + (last if end else branch), below + (none if end else bar))
            )


def _row(node: Node, plan: "Plan", width: int) -> str:
    from goalkit import words

    goal, seen = plan.graph.goals[node.key], plan.assessments[node.key]
    state = seen.pace or goal.status
    share = words.percent(seen.progress) if seen.progress is not None else ""
    prefix = node.prefix if len(node.prefix) <= width // 2 else f"… {node.depth} deep … "
    again = " (as above)" if node.again else ""
    room = width - len(prefix) - 2 - len(share) - 2 - cells(again)
    title = visible(goal.title)
    shown = cut(title, max(8, room))
    key = visible(node.key)
    aside = f"  {key}" if cells(shown) + len(key) + 2 <= room else ""
    return f"{dim(prefix)}{sign(state, word=False)} {shown}{dim(again)}  {share}{dim(aside)}".rstrip()


def _record(node: Node, plan: "Plan") -> dict[str, object]:
    from goalkit.export import plain

    goal, seen = plan.graph.goals[node.key], plan.assessments[node.key]
    return {
        "id": node.key,
        "depth": node.depth,
        "title": goal.title,
        "status": goal.status,
        "horizon": seen.horizon,
        "progress": plain(seen.progress),
        "pace": seen.pace,
        "repeated": node.again,
    }
