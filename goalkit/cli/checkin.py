"""`goalkit checkin`: one line in a goal, or a walk through all that are due."""

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.session import DAY, Refusal
from goalkit.cli.terminal import columns, cut, dim, sign
from goalkit.cli.writing import Job, begin, dry_run_option, interactive, revise, say_undo, tell
from goalkit.text import Source, visible

if TYPE_CHECKING:
    from goalkit.model.goal import Goal, StatedStatus
    from goalkit.plan import Plan
    from goalkit.vault.edits import Entry

_MINUS = "\u2212"


class Command(click.Command):
    """A command for which `-2` is a number and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide the signs of negative numbers from click's parser; `command` brings them back."""
        return super().parse_args(ctx, [_MINUS + arg[1:] if re.match(r"-\d", arg) else arg for arg in args])


class Stated(click.ParamType["StatedStatus"]):
    """`on track`, `at risk`, `off track`, with or without a hyphen."""

    name = "status"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "StatedStatus":
        """The status, or a usage error."""
        word = re.sub(r"[\s_-]+", "-", str(value).strip().casefold())
        known: dict[str, StatedStatus] = {
            "on-track": "on-track",
            "at-risk": "at-risk",
            "off-track": "off-track",
        }
        found = known.get(word) or known.get(
            {"ontrack": "on-track", "atrisk": "at-risk", "offtrack": "off-track"}.get(word, "")
        )
        return found or self.fail(
            f"`{value}` is not a status, write on track, at risk or off track", param, ctx
        )


@click.command("checkin", cls=Command)
@click.argument("goal_id", metavar="[ID]", required=False, shell_complete=ids("goals"))
@click.argument("words", metavar="[VALUE]", nargs=-1)
@click.option(
    "--status", type=Stated(), metavar="STATUS", help="What you judge: on track, at risk, off track."
)
@click.option("-m", "--note", "note", metavar="NOTE", help="A few words on it.")
@click.option("--date", "day", type=DAY, metavar="DATE", help="The day it is for. Otherwise today.")
@dry_run_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    goal_id: str | None,
    words: tuple[str, ...],
    status: "StatedStatus | None",
    note: str | None,
    day: date | None,
    dry_run: bool,
) -> None:
    """Write down where a goal stands, in one line.

    VALUE is typed as in the file: 11, +2, yes, no, skip. Without an ID, on a terminal, all check-ins that are due are asked
    for one after the other.
    """
    from goalkit.vault.edits import Entry

    job = begin(ctx, dry_run=dry_run)
    on = day or job.plan.today
    if goal_id is None:
        _walk(job, on)
        return
    key = resolve(job.plan.graph, goal_id, ("goals",))
    value, note = (text.replace(_MINUS, "-") for text in (" ".join(words), note or ""))
    if not (value or status or note):
        if not interactive():
            raise click.UsageError("nothing to write: give a VALUE, --status or -m NOTE")
        _ask(job, key, on)
        return
    _write(job, key, Entry(on, value, status, note))


def _write(job: Job, key: str, entry: "Entry") -> Job:
    """Write one check-in and say what it changed; the job with the vault as it is then. Raises Refusal."""
    from goalkit.author.check_in import check_counts, check_in
    from goalkit.vault.refused import Refused

    goal = job.plan.graph.goals[key]
    try:
        check_counts(entry, goal, job.plan.assessments[key].measure)
    except Refused as error:
        raise Refusal(str(error)) from error
    before, revision = job.source(goal.path), check_in(job.plan.snapshot.config, entry)
    after = revise(job, goal.path, revision, f"check-in {key}")
    if after is None:
        if job.dry_run:
            _say_slips(job.plan, _with(job, Source(goal.path, revision(before))).plan, key)
        return job
    tell(before, after)
    changed = _with(job, after)
    _say_effect(job.plan, changed.plan, key)
    return changed


def _with(job: Job, source: Source) -> Job:
    """The same vault with one note as it is now."""
    from goalkit.plan import plan
    from goalkit.snapshot import load

    snapshot = job.plan.snapshot
    sources = {**snapshot.sources, source.path: source}
    now = plan(load(tuple(sources.values()), snapshot.config, job.opened.reading.diagnostics), job.plan.today)
    return replace(job, opened=replace(job.opened, plan=now))


def _say_effect(before: "Plan", after: "Plan", key: str) -> None:
    """What the check-in did to the numbers, and what in the line looks like a slip."""
    click.echo("  " + _effect(before, after, key))
    _say_slips(before, after, key)


def _say_slips(before: "Plan", after: "Plan", key: str) -> None:
    """What the note with the check-in has warnings for and had none before."""
    goal = after.graph.goals[key]
    known = {(found.code, found.message) for found in before.findings}
    for found in after.findings_by_path.get(goal.path, ()):
        if found.severity != "hint" and (found.code, found.message) not in known:
            click.echo(
                f"goalkit: {visible(found.place)}: {visible(found.message)}; {visible(found.hint)}", err=True
            )


def _effect(before: "Plan", after: "Plan", key: str) -> str:
    from goalkit import words

    old, new = before.assessments[key], after.assessments[key]
    share = words.percent(new.progress) if new.progress is not None else ""
    if old.progress is not None and share and old.progress != new.progress:
        share = f"{words.percent(old.progress)} → {share}"
    return "  ".join(filter(None, (share, sign(new.pace or after.graph.goals[key].status))))


# -- asking -------------------------------------------------------------------------------------------------------


def _walk(job: Job, day: date) -> None:
    """Ask for every check-in that is due, and end with what changed."""
    if not interactive():
        raise click.UsageError("give the ID of a goal; without one, check-ins are asked for on a terminal")
    keys = _due(job.plan)
    if not keys:
        click.echo("No check-in is due.")
        return
    start, written = job.plan, list[str]()
    try:
        for number, key in enumerate(keys, 1):
            click.echo(dim(f"\n{number} of {len(keys)}"))
            now = _ask(job, key, day)
            if now is not job:
                written.append(key)
                job = now
    finally:
        _sum_up(start, job.plan, written)


def _sum_up(start: "Plan", end: "Plan", written: list[str]) -> None:
    if not written:
        click.echo("\nNothing was changed.")
        return
    click.echo(click.style(f"\n{len(written)} checked in", bold=True))
    width = columns()
    for key in written:
        goal = end.graph.goals[key]
        click.echo(f"  {cut(visible(goal.title), max(8, width - 34))}  {_effect(start, end, key)}")
    say_undo()


def _due(plan: "Plan") -> list[str]:
    """Goals whose check-in is due, the longest overdue first."""
    from goalkit.attention import needs_now

    def waits(key: str) -> bool:
        rhythm = plan.assessments[key].rhythm
        return rhythm is not None and rhythm.due and plan.assessments[key].pace != "reached"

    def since(key: str) -> tuple[date, str]:
        rhythm = plan.assessments[key].rhythm
        return (rhythm.next if rhythm and rhythm.next else date.max), key

    return sorted((need.key for need in needs_now(plan) if waits(need.key)), key=since)


def _ask(job: Job, key: str, day: date) -> Job:
    """Show where a goal stands and ask for a line, until it can be read or is empty."""
    from goalkit.cli.asking import Unclear, ask
    from goalkit.vault.edits import Entry

    def read(typed: str) -> Job:
        try:
            return _write(job, key, Entry(day, typed=typed))
        except Refusal as error:
            raise Unclear(visible(error.format_message())) from error

    _show(job.plan, key)
    question, example = _question(job.plan.graph.goals[key])
    return ask(question, read, f"For example: {example}. Enter skips") or job


def _question(goal: "Goal") -> tuple[str, str]:
    """What to ask of a goal, and what an answer looks like."""
    kind = goal.measure.kind if goal.measure else ""
    unit = visible(goal.measure.unit) if goal.measure else ""
    match kind:
        case "count":
            return (
                f"How many {unit} now?" if unit else "Where does it stand now?",
                "12 (at risk) — a note, or +2",
            )
        case "habit":
            return f"How much, in {unit}?" if unit else "Was it done?", "30 — a note, or yes, no, skip"
        case "limit":
            return f"How much more was used, in {unit}?" if unit else "How much more was used?", "80 — a note"
        case _:
            return "How is it going?", "a few words, (on track), or yes when it is done"


def _show(plan: "Plan", key: str) -> None:
    from goalkit import words
    from goalkit.attention import ask_text

    goal, seen, width = plan.graph.goals[key], plan.assessments[key], columns()
    click.echo(
        click.style(cut(visible(goal.title), width - 4 - len(key)), bold=True) + "  " + dim(visible(key))
    )
    past = [one for one in goal.check_ins if one.day <= plan.today]
    source = plan.snapshot.sources[goal.path]
    last = f"last: {source.line(past[-1].line).strip()}" if past else "no check-in yet"
    facts = (last, seen.explain_progress, ask_text(seen, plan.today))
    for fact in filter(None, facts):
        click.echo("  " + cut(visible(fact), width - 2))
    share = words.percent(seen.progress) if seen.progress is not None else ""
    click.echo("  " + "  ".join(filter(None, (share, sign(seen.pace or goal.status)))))
