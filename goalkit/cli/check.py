"""`goalkit check`: all findings of the vault, one line each."""

import os
import sys
from pathlib import Path

import click

from goalkit.cli.formats import FORMATS, tally
from goalkit.cli.session import Session, open_vault, vault_argument
from goalkit.cli.terminal import emit, is_terminal


@click.command("check")
@vault_argument
@click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print them: for people and editors, for programs, for GitHub.",
)
@click.option("--strict", is_flag=True, help="Leave with 1 for warnings too.")
@click.pass_context
def command(ctx: click.Context, vault: Path | None, format: str, strict: bool) -> None:  # noqa: A002 - the option's name
    """Say what is wrong or could be better, and what to type.

    One line each, `path:line:col: error GK101: message`, with paths as they are in the vault. Nothing to say is
    silence. Leaves with 0 when there are no errors, with 1 when there are, with 2 when the vault cannot be read. Hints
    are coaching and never change that.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    opened = open_vault(ctx.obj, vault)
    findings = opened.plan.findings
    prefix = _from_repository(opened.root) if format in ("github", "sarif") else ""
    printed = FORMATS[format](findings, prefix)
    if format in ("json", "sarif"):
        emit(printed)
    elif printed:
        click.echo(printed, nl=False)
    if findings and format == "text" and is_terminal(sys.stdout):
        click.secho(f"{tally(findings)}; `goalkit explain CODE` tells more", dim=True, err=True)
    weights = {found.severity for found in findings}
    if "error" in weights or (strict and "warning" in weights):
        ctx.exit(1)


def _from_repository(root: Path) -> str:
    """The way from the repository that GitHub checked out to the vault, with a slash at the end."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not root.resolve().is_relative_to(Path(workspace).resolve()):
        return ""
    below = root.resolve().relative_to(Path(workspace).resolve()).as_posix()
    return "" if below == "." else f"{below}/"
