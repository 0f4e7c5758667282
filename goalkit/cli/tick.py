"""`goalkit tick`: a milestone or a task is done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from goalkit.cli.asking import Unclear, ask
from goalkit.cli.find import ids, resolve
from goalkit.cli.terminal import dim, tick
from goalkit.cli.writing import Job, begin, dry_run_option, interactive, revise, say_undo, tell
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.author.milestones import Candidate


@click.command("tick")
@click.argument("goal_id", metavar="ID", shell_complete=ids("goals", "projects"))
@click.argument("words", metavar="[MILESTONE]...", nargs=-1)
@dry_run_option
@click.pass_context
def command(ctx: click.Context, goal_id: str, words: tuple[str, ...], dry_run: bool) -> None:
    """Tick a milestone, or a task that serves the goal.

    MILESTONE is its number, or some words of it. Where that may mean several they are listed, and nothing is changed.
    Exactly one character of the file changes.
    """
    from goalkit.author import milestones

    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, goal_id, ("goals", "projects"))
    boxes = milestones.candidates(job.plan.snapshot, key)
    typed = " ".join(words)
    chosen = _chosen(boxes, milestones.matching(boxes, typed), typed, key)
    place = f"{visible(chosen.path)}:{chosen.box.line}"
    if chosen.box.state == "done":
        click.echo(f"{place} is ticked already: {visible(chosen.text)}")
        return
    _write(job, chosen, key)


def _write(job: Job, chosen: "Candidate", key: str) -> None:
    from goalkit.author import milestones

    before = job.source(chosen.path)
    change = milestones.tick(job.plan.snapshot.config, chosen)
    after = revise(job, chosen.path, change, f"tick {chosen.text} of {key}")
    if after is not None:
        tell(before, after)
        say_undo()


def _chosen(boxes: "Sequence[Candidate]", found: "Sequence[Candidate]", typed: str, key: str) -> "Candidate":
    """The one box that is meant; on a terminal it is asked for. Raises UsageError."""
    if not boxes:
        raise click.UsageError(f"`{key}` has no milestones and no tasks")
    if len(found) == 1 and found[0].box.state != "cancelled":
        return found[0]
    if len(found) == 1:
        raise click.UsageError(f"“{found[0].text}” is cancelled; open it by hand first")
    if not found and not typed:
        raise click.UsageError(f"all boxes of `{key}` are ticked or cancelled")
    listed = found or boxes
    click.echo("\n".join(map(_row, listed)), err=not interactive())
    if interactive() and found:
        return _asked(found)
    what = f"`{typed}` may be any of these" if found else f"no box of `{key}` is like `{typed}`"
    raise click.UsageError(f"{what if typed else 'say which one'}; give its number or more of its words")


def _asked(found: "Sequence[Candidate]") -> "Candidate":
    def read(typed: str) -> "Candidate":
        numbered = [one for one in found if typed == str(one.number)]
        if len(numbered) != 1:
            raise Unclear("Please give its number")
        return numbered[0]

    chosen = ask("Which one?", read, "Its number; Enter: none")
    if chosen is None:
        raise click.Abort
    return chosen


def _row(one: "Candidate") -> str:
    place = dim(f"{visible(one.path)}:{one.box.line}")
    return f"{one.number:>3} {tick(one.box.state)} {visible(one.text)}  {place}"
