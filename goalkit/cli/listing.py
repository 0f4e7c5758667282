"""`goalkit list`: goals in a table, filtered."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import field, ids, resolve
from goalkit.cli.session import Session, json_option, open_vault
from goalkit.cli.terminal import Cell, Column, bar, columns, dim, emit, sign_cell, table
from goalkit.dates import parse_days
from goalkit.model.assessment import PACES, Assessment
from goalkit.model.goal import HORIZONS, STATUSES, Goal
from goalkit.text import fold, visible

if TYPE_CHECKING:
    from goalkit.plan import Plan

Keep = Callable[[Goal, Assessment], bool]
BAR = 10


class FirstDay(click.ParamType[date]):
    """The first day of `2026-12-31`, `2026-12`, `2026-Q4`, `2026-W40` or `2026`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        days = parse_days(str(value))
        return (
            days.first
            if days
            else self.fail(f"`{value}` is not a date, write 2026-12-31 or 2026-Q4", param, ctx)
        )


@click.command("list")
@click.option(
    "--status", multiple=True, type=click.Choice(STATUSES, case_sensitive=False), help="Of this status."
)
@click.option(
    "--value",
    multiple=True,
    metavar="ID",
    shell_complete=ids("values"),
    help="That serve this value, inherited or not.",
)
@click.option(
    "--horizon", multiple=True, type=click.Choice(HORIZONS, case_sensitive=False), help="Of this horizon."
)
@click.option("--tag", multiple=True, shell_complete=field("tags"), help="With this tag or one below it.")
@click.option("--owner", multiple=True, shell_complete=field("owner"), help="Of this owner.")
@click.option("--due-before", metavar="DATE", type=FirstDay(), help="Due before this day.")
@click.option("--pace", multiple=True, type=click.Choice(PACES, case_sensitive=False), help="At this pace.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, json: bool, **filters: object) -> None:
    """Goals in a table, filtered.

    An option given twice means either; different options must all hold. With --json each goal is as in
    `goalkit export`.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj).plan
    keeps = list(_filters(plan, **filters))  # type: ignore[arg-type]
    kept = [
        k for k, goal in plan.graph.goals.items() if all(keep(goal, plan.assessments[k]) for keep in keeps)
    ]
    if json:
        from goalkit.export import document, goal_record

        emit(document(plan, {"goals": [goal_record(plan, key) for key in sorted(kept)]}))
        return
    for line in rows(plan, sorted(kept, key=lambda key: _order(plan, key)), columns()):
        click.echo(line)
    if not kept:
        click.echo(dim("No goal is like that." if plan.graph.goals else "No goals yet."), err=True)


def _filters(
    plan: "Plan",
    *,
    status: tuple[str, ...],
    value: tuple[str, ...],
    horizon: tuple[str, ...],
    tag: tuple[str, ...],
    owner: tuple[str, ...],
    due_before: date | None,
    pace: tuple[str, ...],
) -> Iterable[Keep]:
    if status:
        yield lambda goal, _: goal.status in status
    if value:
        wanted = {resolve(plan.graph, typed, ("values",)) for typed in value}
        serving = {key for key, held in plan.graph.values_of.items() if wanted.intersection(held)}
        yield lambda _, seen: seen.key in serving
    if horizon:
        yield lambda _, seen: seen.horizon in horizon
    if tag:
        tags = [fold(word.removeprefix("#").rstrip("/")) for word in tag]
        yield lambda goal, _: any(_below(fold(held), asked) for held in goal.tags for asked in tags)
    if owner:
        owners = {fold(name) for name in owner}
        yield lambda goal, _: fold(goal.owner) in owners
    if due_before:
        yield lambda goal, _: goal.due is not None and goal.due < due_before
    if pace:
        yield lambda _, seen: seen.pace in pace


def _below(tag: str, asked: str) -> bool:
    return tag == asked or tag.startswith(asked + "/")


def _order(plan: "Plan", key: str) -> tuple[int, date, str]:
    """Open goals before closed ones, in the order of the statuses; then the earliest due; then by id."""
    goal = plan.graph.goals[key]
    rank = {"active": 0, "paused": 1, "idea": 2}.get(goal.status, 3)
    return rank, goal.due or date.max, key


def rows(plan: "Plan", keys: list[str], width: int) -> Iterable[str]:
    """The table of these goals, in `width` cells."""
    from goalkit import words

    heads = [
        Column("id"),
        Column("goal", least=12),
        Column("progress", spare=2),
        Column("", right=True),
        Column("state"),
        Column("due", spare=1),
    ]
    found = []
    for key in keys:
        goal, seen = plan.graph.goals[key], plan.assessments[key]
        drawn = bar(seen.progress, seen.expected, BAR, seen.pace)
        found.append(
            [
                Cell(visible(key), {"dim": True}),
                Cell(visible(goal.title)),
                Cell(click.unstyle(drawn), ready=drawn),
                Cell(words.percent(seen.progress) if seen.progress is not None else ""),
                sign_cell(seen.pace or goal.status),
                Cell(words.short_day(goal.due, plan.today) if goal.due else visible(goal.when)[:15]),
            ]
        )
    return table(heads, found, width) if found else ()
