"""`goalkit status`: what needs me now."""

from typing import TYPE_CHECKING

import click

from goalkit.cli.session import Session, json_option, open_vault
from goalkit.cli.terminal import SIGNS, cells, columns, cut, dim, emit, sign, wrap
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.attention import Need
    from goalkit.plan import Plan

INDENT = 2 + max(cells(known.word) for known in SIGNS.values()) + 2 + 2


@click.command("status")
@json_option
@click.pass_context
def command(ctx: click.Context, json: bool) -> None:
    """What needs me now, most urgent first.

    Goals that are overdue or behind, deadlines, check-ins due, what is blocked, what is reached and still open: each
    with why, and with what to do next.
    """
    from goalkit.attention import needs_now

    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj).plan
    needs = needs_now(plan)
    if json:
        from goalkit.export import document

        emit(document(plan, {"needs": [_record(need, plan) for need in needs]}))
        return
    click.echo(f"{dim(_day(plan))}  {click.style(_headline(plan, len(needs)), bold=True)}")
    for need in needs:
        click.echo("\n" + _rows(need, plan))
    broken = sum(found.severity == "error" for found in plan.findings)
    if broken:
        errors = f"{broken:,} error{'' if broken == 1 else 's'}"
        click.echo(f"\n{sign('error', word=False)} {errors} in the vault: `goalkit check` says where")


def _day(plan: "Plan") -> str:
    from goalkit import words

    return f"{words.short_day(plan.today, plan.today)} {plan.today.year}"


def _headline(plan: "Plan", count: int) -> str:
    if not plan.graph.goals:
        return 'No goals yet: `goalkit new "Read forty papers by the end of November"` writes the first'
    if not count:
        return "Nothing needs you now."
    return f"{count:,} goal needs you now" if count == 1 else f"{count:,} goals need you now"


def _rows(need: "Need", plan: "Plan") -> str:
    width, indent = columns(), " " * INDENT
    word = "late" if need.word else SIGNS[need.kind].word
    lead = f"  {sign(need.kind, says=word)}" + " " * (INDENT - 4 - cells(word))
    title = cut(visible(plan.graph.goals[need.key].title), width - INDENT)
    room = width - INDENT - cells(title) - 2
    key = visible(need.key)
    aside = "  " + dim(key) if cells(key) <= room else ""
    return "\n".join(
        (
            lead + click.style(title, bold=True) + aside,
            wrap(visible(need.why), width, indent),
            wrap("→ " + visible(need.next), width, indent),
        )
    )


def _record(need: "Need", plan: "Plan") -> dict[str, object]:
    return {
        "id": need.key,
        "title": plan.graph.goals[need.key].title,
        "kind": need.kind,
        "why": need.why,
        "next": need.next,
        "reasons": [{"kind": reason.kind, "why": reason.why} for reason in need.reasons],
    }
