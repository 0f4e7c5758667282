"""`goalkit undo`: take back what the last command wrote."""

from typing import TYPE_CHECKING

import click

from goalkit.cli.session import Refusal, Session, read
from goalkit.cli.writing import change_diff, changed_lines, dry_run_option, transact
from goalkit.text import Source, visible

if TYPE_CHECKING:
    from goalkit.vault.write import Change


@click.command("undo")
@dry_run_option
@click.pass_context
def command(ctx: click.Context, dry_run: bool) -> None:
    """Take back what the last command wrote.

    Every file of it becomes what it was, byte for byte. Used again it goes one command further back, for thirty days.
    A file that has changed since is left alone.
    """
    from goalkit.vault.refused import Refused
    from goalkit.vault.write import STATE, Writer

    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    root = read(ctx.obj).root
    done: list[tuple[str, tuple[Change, ...]]] = []
    try:
        if not (root / STATE / "journal").is_dir():
            raise Refused("there is nothing to undo")
        if dry_run:
            _, changes = Writer(root).undoing()
            click.echo("".join(change_diff(change) for change in changes), nl=False)
            return
        transact(root, lambda writer: done.append(writer.undo()))
    except Refused as error:
        raise Refusal(str(error)) from error
    title, changes = done[0]
    click.echo(f"Took back: {visible(title)}")
    for change in changes:
        click.echo(_said(change))


def _said(change: "Change") -> str:
    place = click.style(visible(change.path), bold=True)
    if change.after is None:
        return f"{place} is gone"
    if change.moved_from:
        return f"{place} has its name back"
    lines = changed_lines(change.before or "", Source(change.path, change.after))
    return f"{place}:{lines[0]}" if lines else place
