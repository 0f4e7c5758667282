"""`goalkit build`: the dashboard as a folder of static pages."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalkit.cli.following import PollCommand, keep_built, poll_option, usual_out
from goalkit.cli.formats import tally, text_line
from goalkit.cli.session import Folder, Refusal, Session, assess, read, vault_argument
from goalkit.cli.terminal import dim, stage
from goalkit.text import visible
from goalkit.words import count

if TYPE_CHECKING:
    from goalkit.diagnostics import Diagnostic
    from goalkit.plan import Plan
    from goalkit.site.publish import Published
    from goalkit.vault.disk import Reading


@click.command("build", cls=PollCommand)
@vault_argument
@click.option(
    "--out",
    metavar="DIR",
    type=Folder("a folder"),
    help="Where to. Otherwise `site` in the vault, with --shared `site-shared`.",
)
@click.option("--shared", is_flag=True, help="Only what is exactly `visibility: shared`.")
@click.option("--watch", is_flag=True, help="Stay, and build again after every change.")
@poll_option
@click.pass_context
def command(
    ctx: click.Context, vault: Path | None, out: Path | None, shared: bool, watch: bool, poll: float | None
) -> None:
    """Build the dashboard: static pages to open or to publish.

    Writes only what changed and deletes only what goalkit wrote; a folder that is not goalkit's own is refused. Files
    with errors are named and left out, the rest is built, and the exit code is 1.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    if watch:
        keep_built(ctx.obj, vault, out, shared=shared, poll=poll)
        return
    reading = read(ctx.obj, vault, ignore=[out] if out else [])
    plan = assess(ctx.obj, reading, shared=shared)
    done = _published(
        plan, reading.root, (out or usual_out(reading.root, reading.config, shared=shared)).absolute()
    )
    changed = [f"{len(done.written):,} written", f"{len(done.unchanged):,} unchanged"]
    changed += [f"{len(done.deleted):,} deleted"] if done.deleted else []
    click.echo(f"Built the dashboard: {', '.join(changed)}")
    for path in done.kept:
        click.echo(f"Left {visible(path)}, which is no longer part of it: somebody changed it")
    click.echo(f"Open {visible(str(done.out / 'index.html'))}")
    click.echo(_whose(plan, shared=shared))
    if _report(plan, reading, shared=shared):
        ctx.exit(1)


def _whose(plan: "Plan", *, shared: bool) -> str:
    """Which of the two builds it is."""
    goals = len(plan.graph.goals)
    if not shared:
        return "It is private: everything in the vault; `goalkit build --shared` makes one for others"
    if goals:
        return f"It is for others: {count(goals, 'goal', 'goals')} that {'says' if goals == 1 else 'say'} `visibility: shared`"
    return "It is for others and empty: no goal says `visibility: shared`; `goalkit set ID visibility shared`"


def _published(plan: "Plan", root: Path, out: Path) -> "Published":
    from goalkit.export import export_json
    from goalkit.site.pages import render_site
    from goalkit.site.publish import Refused, publish

    # The folder's name is left out unless editor links need it: the same notes give the same bytes anywhere.
    name = root.name if plan.snapshot.config.editor else ""
    with stage("Making pages") as step:
        pages = render_site(plan, export_json=export_json(plan), vault_name=name, root=root, progress=step)
    try:
        with stage("Writing"):
            snapshot = plan.snapshot
            return publish(
                pages, out, root, shared=snapshot.shared_only, folders=tuple(snapshot.config.folders)
            )
    except Refused as error:
        raise Refusal(str(error)) from error


def _report(plan: "Plan", reading: "Reading", *, shared: bool) -> bool:
    """Say on stderr what is wrong, and return whether any file had errors."""
    errors = [found for found in plan.findings if found.severity == "error"]
    if shared:
        warnings = [found for found in plan.findings if found.severity == "warning"]
        _say((*errors, *warnings))
        return _report_unshared(plan, reading) or bool(errors)
    _say(errors)
    if plan.findings:
        click.echo(dim(f"{tally(plan.findings)}: `goalkit check`"), err=True)
    return bool(errors)


def _say(findings: "Iterable[Diagnostic]") -> None:
    for found in findings:
        click.echo(text_line(found), err=True)


def _report_unshared(plan: "Plan", reading: "Reading") -> bool:
    """Whether what a shared build leaves out has errors.

    What it says may stand in a public log: how many files, and nothing of what they hold.
    """
    from goalkit.config import FILE
    from goalkit.snapshot import load

    whole = load(reading.sources, reading.config, reading.diagnostics)
    weighed = (reading.config.apply(found) for found in whole.diagnostics)
    broken = {
        found.path for found in weighed if found and found.severity == "error"
    } - plan.snapshot.sources.keys()
    if FILE in broken:
        click.echo(f"{FILE} has errors; `goalkit check` says where", err=True)
    if notes := len(broken - {FILE}):
        files = "1 file with errors stays" if notes == 1 else f"{notes:,} files with errors stay"
        click.echo(f"{files} private; `goalkit check` says why", err=True)
    return bool(broken)
