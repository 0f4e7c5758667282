"""`goalkit fix`: the corrections that `check` is sure of."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from goalkit.cli.asking import confirm
from goalkit.cli.formats import text_line
from goalkit.cli.session import Refusal
from goalkit.cli.writing import (
    Job,
    again,
    apply,
    begin,
    change_diff,
    dry_run_option,
    interactive,
    say_undo,
    tell,
    warn_of_unsaved,
)
from goalkit.text import Source, visible

if TYPE_CHECKING:
    from goalkit.author.fixing import Correction, Left
    from goalkit.vault.write import Change


@click.command("fix")
@click.option("--yes", is_flag=True, help="Do not ask.")
@dry_run_option
@click.pass_context
def command(ctx: click.Context, yes: bool, dry_run: bool) -> None:
    """Make the corrections that `check` is sure of.

    Shows them as a diff, and asks; without a terminal they are made with --yes only. What takes a decision of yours is never
    touched. Leaves with 1 where a file cannot be corrected by itself; the others are all the same.
    """
    job = begin(ctx, dry_run=dry_run)
    made, left = _corrections(job)
    for one in left:
        click.echo(f"goalkit: {visible(one.place)}: left as it is; {visible(one.why)}", err=True)
    if made:
        _correct(job, made, yes=yes)
    else:
        click.echo("Nothing else to correct." if left else "Nothing to correct.")
    if left:
        ctx.exit(1)


def _correct(job: Job, made: "Sequence[Correction]", *, yes: bool) -> None:
    """Show the corrections, ask, and make them."""
    for found in [found for one in made for found in one.found]:
        click.echo(text_line(found), err=True)
    if not yes:
        click.echo("".join(change_diff(one.change) for one in made), nl=False)
    if job.dry_run:
        return
    if not yes and not interactive():
        raise Refusal("nothing was changed; --yes makes these corrections")
    if not yes and not confirm("Make these corrections?", "Enter: yes"):
        raise click.Abort
    for one in made:
        warn_of_unsaved(job.root, one.change.path)
    done = apply(job.root, "fix", lambda: _changes(again(job)), _shown(made))
    for change in done:
        tell(Source(change.path, change.before or ""), Source(change.path, change.after or ""))
    say_undo()


def _corrections(job: Job) -> "tuple[list[Correction], list[Left]]":
    from goalkit.author.fixing import corrections

    snapshot = job.plan.snapshot
    return corrections(job.plan.findings, snapshot.sources, snapshot.config)


def _changes(job: Job) -> "Sequence[Change]":
    return _shown(_corrections(job)[0])


def _shown(made: "Sequence[Correction]") -> "Sequence[Change]":
    return [one.change for one in made]
