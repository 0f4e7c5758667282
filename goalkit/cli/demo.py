"""`goalkit demo`: the sample vault of this week, served."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import click

from goalkit.cli.following import PollCommand, poll_option
from goalkit.cli.serve import Serving, open_option, port_option, serve
from goalkit.cli.session import Session
from goalkit.text import visible


@click.command("demo", cls=PollCommand)
@port_option
@open_option
@poll_option
@click.pass_context
def command(ctx: click.Context, port: int | None, open: bool, poll: float | None) -> None:  # noqa: A002 - the option's name
    """Try goalkit: a sample vault, served.

    Makes a copy of the sample vault in a temporary folder, with its dates moved to this week, and serves it. Edit its
    files and watch the page. The copy is removed in the end, unless you changed it.
    """
    from goalkit.serve import sample

    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    folder = Path(tempfile.mkdtemp(prefix="goalkit-demo-"))
    root, changed = folder / "sample-vault", False
    try:
        sample.copy(root, ctx.obj.today or date.today())
        before = _contents(root)
        click.echo(f"This is a copy of the sample vault: {visible(str(root))}")
        try:
            serve(ctx.obj, root, Serving(port=port, open=open, poll=poll))
        finally:
            changed = _contents(root) != before
    finally:
        if changed:
            click.echo(f"You changed the copy, so it stays: {visible(str(root))}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _contents(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }
