"""`goalkit close`: a goal ends; what was learned, and what goes on."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

import click

from goalkit.cli.asking import Unclear, ask, ask_words
from goalkit.cli.find import ids, resolve
from goalkit.cli.session import DAY, Refusal
from goalkit.cli.writing import (
    UNCHANGED,
    Job,
    apply,
    begin,
    change_diff,
    dry_run_option,
    interactive,
    say_undo,
    tell,
    warn_of_unsaved,
)
from goalkit.dates import parse_days
from goalkit.text import Source, visible

if TYPE_CHECKING:
    from goalkit.vault.write import Change

Ending = Literal["done", "partial", "missed", "dropped"]
ENDINGS: tuple[Ending, ...] = get_args(Ending)


@click.command("close")
@click.argument("goal_id", metavar="ID", shell_complete=ids("goals"))
@click.option(
    "--as", "ending", type=click.Choice(ENDINGS), help="How it ended. Otherwise done, where it is reached."
)
@click.option("-m", "--note", "learned", metavar="TEXT", help="What was learned.")
@click.option(
    "--carry-to", "successor", metavar="NEW-ID", help="Make a new goal that goes on where this one ends."
)
@click.option("--due", type=DAY, metavar="DATE", help="When the new goal is due.")
@dry_run_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    goal_id: str,
    ending: Ending | None,
    learned: str | None,
    successor: str | None,
    due: date | None,
    dry_run: bool,
) -> None:
    """Close a goal, and keep what was learned.

    Writes the status, a last check-in of today, and what was learned under a heading Review; on a terminal it asks for these.
    The new goal of --carry-to has the same fields, begins today, and keeps the milestones that are open.
    """
    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, goal_id, ("goals",))
    goal = job.plan.graph.goals[key]
    if goal.closed:
        raise Refusal(f"`{key}` is closed already, as {goal.status}; `goalkit reopen {key}` opens it again")
    if due and not successor:
        raise click.UsageError("--due is for the goal of --carry-to")
    asks = interactive() and not dry_run
    how = ending or _ending(job, key, asks=asks)
    if how is None:
        click.echo(f"`{visible(key)}` stays open; nothing was changed")
        return
    if asks:
        learned = ask_words("What did you learn? (Enter skips)") if learned is None else learned
        if successor is None and how in ("partial", "missed"):
            successor = ask_words(
                "Does it go on? Then give the new goal an id (Enter: no)", f"For example: {key}-2"
            )
        if successor and due is None:
            due = ask("When is that one due? (Enter skips)", _day, "For example: 2027-06-30")
    _close(job, key, how, learned or "", _new_path(job, key, successor.strip()) if successor else None, due)


def _day(typed: str) -> date:
    days = parse_days(typed)
    if days is None:
        raise Unclear("That is not a date; write 2027-06-30")
    return days.last


def _ending(job: Job, key: str, *, asks: bool) -> Ending | None:
    """How the goal ended, by what it reached; on a terminal it is asked for, and none where that is skipped."""
    progress = job.plan.assessments[key].progress
    guess: Ending | None = (
        None if progress is None else "done" if progress == 1 else "partial" if progress else "missed"
    )
    if asks:
        return _asked(guess)
    if guess != "done":
        raise click.UsageError(f"`{key}` is not reached; say how it ended with --as {'|'.join(ENDINGS)}")
    return guess


def _asked(guess: Ending | None) -> Ending | None:
    def read(typed: str) -> Ending:
        found = [ending for ending in ENDINGS if ending.startswith(typed.casefold())]
        if len(found) != 1:
            raise Unclear(f"Please say {words}")
        return found[0]

    words = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
    looks = f"; by its numbers {guess}" if guess else ""
    return ask("How did it end? (Enter leaves it open)", read, words + looks)


def _new_path(job: Job, key: str, successor: str) -> str:
    """Where the new goal goes: beside the old one."""
    from goalkit.author.names import check_new_id
    from goalkit.vault.refused import Refused

    try:
        check_new_id(job.plan.graph, successor)
    except Refused as error:
        raise click.UsageError(str(error)) from error
    return f"{job.plan.graph.goals[key].path.rpartition('/')[0]}/{successor}.md".lstrip("/")


def _close(job: Job, key: str, how: Ending, learned: str, new_path: str | None, due: date | None) -> None:
    from goalkit.author import closing
    from goalkit.vault.refused import Refused
    from goalkit.vault.write import Change, read

    path, config, today = job.plan.graph.goals[key].path, job.plan.snapshot.config, job.plan.today
    close = closing.close(config, how, today, learned)

    def changes(source: Source) -> "Sequence[Change]":
        made = [Change(path, source.text, close(source))]
        if new_path:
            made.append(Change(new_path, None, closing.continued(source, config, today, due)))
        return made

    before = job.source(path)
    try:
        shown = changes(before)
    except Refused as error:
        after = error.after
        click.echo(change_diff(Change(path, before.text, after)) if after else "", nl=False, err=True)
        raise Refusal(f"{error}; {UNCHANGED}" if after else str(error)) from error
    if job.dry_run:
        click.echo("".join(change_diff(one) for one in shown), nl=False)
        return
    warn_of_unsaved(job.root, path)
    done = apply(job.root, f"close {key}", lambda: changes(read(job.root, path)), shown)
    for change in done:
        if change.before is None:
            click.echo(f"{click.style(visible(change.path), bold=True)}:1: {key} goes on here")
        else:
            tell(Source(path, change.before), Source(path, change.after or ""))
    say_undo()
