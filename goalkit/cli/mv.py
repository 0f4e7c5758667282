"""`goalkit mv`: a new name, in the file and in every link."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import EVERY, ids, resolve
from goalkit.cli.session import Refusal
from goalkit.cli.writing import (
    Job,
    again,
    apply,
    begin,
    change_diff,
    dry_run_option,
    say_undo,
    tell,
    warn_of_unsaved,
)
from goalkit.text import Source, fold, visible

if TYPE_CHECKING:
    from goalkit.author.renaming import Renaming
    from goalkit.vault.write import Change


@click.command("mv")
@click.argument("old", metavar="OLD", shell_complete=ids(*EVERY))
@click.argument("new", metavar="NEW")
@dry_run_option
@click.pass_context
def command(ctx: click.Context, old: str, new: str, dry_run: bool) -> None:
    """Rename a goal, value or project, and every link to it.

    The file stays in its folder. Links are changed in the text and the front matter of all notes, in one step or not at
    all; their labels, code, and links by an alias stay as they are.
    """
    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, old)
    _check_name(job, key, new)
    found = _renaming(job, key, new)
    if dry_run:
        click.echo("".join(change_diff(one) for one in found.changes), nl=False)
        return
    for change in found.changes:
        warn_of_unsaved(job.root, change.moved_from or change.path)
    done = apply(job.root, f"mv {key} {new}", lambda: _renaming(again(job), key, new).changes, found.changes)
    _say(done, found)


def _check_name(job: Job, key: str, new: str) -> None:
    from goalkit.author.names import check_new_id
    from goalkit.vault.refused import Refused

    own = job.plan.graph.index.keys[key].id
    if new == own:
        raise click.UsageError(f"`{new}` is its name already")
    try:
        check_new_id(job.plan.graph, new, but=key if fold(own) == fold(new) else None)
    except Refused as error:
        raise click.UsageError(str(error)) from error


def _renaming(job: Job, key: str, new: str) -> "Renaming":
    from goalkit.author.renaming import rename
    from goalkit.vault.refused import Refused

    try:
        return rename(job.plan.snapshot, key, new)
    except Refused as error:
        raise Refusal(str(error)) from error


def _say(done: "Sequence[Change]", found: "Renaming") -> None:
    for change in done:
        if change.moved_from:
            old, new = visible(change.moved_from), click.style(visible(change.path), bold=True)
            click.echo(f"{old} → {new}")
    for change in done:
        tell(Source(change.path, change.before or ""), Source(change.path, change.after or ""))
    links = "1 link" if found.links == 1 else f"{found.links:,} links"
    click.echo(f"{links} renamed")
    for place in found.left:
        click.echo(f"goalkit: {visible(place)} is left as it is: that front matter cannot be read", err=True)
    say_undo()
