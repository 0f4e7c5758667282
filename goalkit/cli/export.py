"""`goalkit export`: all goals as data."""

import click

from goalkit.cli.session import Session, open_vault
from goalkit.cli.terminal import emit


@click.command("export")
@click.option(
    "--format",
    type=click.Choice(["json", "csv"]),
    default="json",
    show_default=True,
    help="The notation to print.",
)
@click.option("--shared", is_flag=True, help="Only what is exactly `visibility: shared`.")
@click.pass_context
def command(ctx: click.Context, format: str, shared: bool) -> None:  # noqa: A002 - the option's name
    """All goals as JSON or CSV.

    Everything that is written and computed of each goal, in UTF-8; docs/commands.md names every field.
    """
    from goalkit import export

    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj, shared=shared).plan
    text = export.export_json(plan) if format == "json" else export.export_csv(plan)
    emit(text)
