"""`goalkit library`: kinds of professional goals to begin with."""

import json as json_module
from collections.abc import Iterator, Sequence

import click
from click.shell_completion import CompletionItem

from goalkit.capture.library import BY_SLUG, KINDS, GoalKind
from goalkit.cli.session import Refusal, json_option
from goalkit.cli.terminal import Cell, Column, columns, dim, emit, table, wrap
from goalkit.text import fold, nearest


def complete_kind(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes kinds of the goal library."""
    return [CompletionItem(k.slug, help=k.name) for k in KINDS if k.slug.startswith(fold(incomplete))]


def find_kind(typed: str) -> GoalKind:
    """The kind of goal that `typed` names, by its slug or the beginning of it. Raises Refusal."""
    wanted = fold(typed.strip()).replace(" ", "-")
    begun = [kind for kind in KINDS if kind.slug.startswith(wanted)]
    if wanted in BY_SLUG or (wanted and len(begun) == 1):
        return BY_SLUG.get(wanted) or begun[0]
    close = [kind.slug for kind in begun] or nearest(wanted, BY_SLUG, 3)
    hint = f"did you mean `{close[0]}`?" if close else "`goalkit library` lists them"
    raise Refusal(f"no kind of goal `{typed}`; {hint}")


@click.command("library")
@click.argument("kind", required=False, shell_complete=complete_kind)
@json_option
def command(kind: str | None, json: bool) -> None:
    """List kinds of professional goals to begin with.

    Each KIND has a goal for the long and one for the short term: `goalkit new --from KIND` makes one of them yours.
    """
    kinds = [find_kind(kind)] if kind else list(KINDS)
    if json:
        records = [_record(one) for one in kinds]
        emit(json_module.dumps({"schema": 1, "library": records}, ensure_ascii=False, indent=2) + "\n")
        return
    for line in _page(kinds[0]) if kind else _list(kinds):
        click.echo(line)


def _record(kind: GoalKind) -> dict[str, str]:
    return {
        "kind": kind.slug,
        "name": kind.name,
        "why": kind.why,
        "long_term": kind.long_term,
        "short_term": kind.short_term,
    }


def _list(kinds: Sequence[GoalKind]) -> Iterator[str]:
    heads = [Column("kind"), Column("goal", least=24), Column("", least=12, spare=1)]
    rows = [
        [Cell(one.slug, {"bold": True}), Cell(one.name), Cell(one.short_term, {"dim": True})] for one in kinds
    ]
    yield from table(heads, rows, columns())
    yield ""
    yield "Next: `goalkit new --from KIND`, with --long for a goal of a year or two"


def _page(kind: GoalKind) -> Iterator[str]:
    width = min(columns(), 88)
    yield click.style(kind.name, bold=True) + dim(f"  {kind.slug}")
    yield wrap(kind.why, width)
    yield ""
    for label, text in (("Long term", kind.long_term), ("Short term", kind.short_term)):
        lines = wrap(text, width, " " * 12).split("\n")
        yield dim(label.ljust(12)) + lines[0][12:]
        yield from lines[1:]
    yield ""
    yield f"Next: `goalkit new --from {kind.slug} --long`, or --short"
