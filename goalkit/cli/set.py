"""`goalkit set`: give a field a value."""

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from goalkit.cli.checkin import Command
from goalkit.cli.find import EVERY, Kinds, ids, resolve
from goalkit.cli.session import Refusal
from goalkit.cli.writing import Job, begin, dry_run_option, revise, say_undo, tell, tell_gone
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.model.goal import Goal, Project, Value

_KINDS: dict[str, Kinds] = {"supports": ("goals",), "needs": ("goals",), "values": ("values",)}


def _names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from goalkit.vault.fields import NAMES as FIELDS

    return [CompletionItem(name) for name in FIELDS if name.startswith(incomplete.casefold())]


@click.command("set", cls=Command)
@click.argument("note_id", metavar="ID", shell_complete=ids(*EVERY))
@click.argument("field", metavar="FIELD", shell_complete=_names)
@click.argument("typed", metavar="VALUE...", nargs=-1, required=True)
@dry_run_option
@click.pass_context
def command(ctx: click.Context, note_id: str, field: str, typed: tuple[str, ...], dry_run: bool) -> None:
    """Give a field of a goal, value or project a value.

    What the field takes is checked by the rules of reading; dates are written in full, and `due` takes words too. A field that holds a list takes several
    values. An empty VALUE takes the field out.
    """
    from goalkit.author import fields
    from goalkit.vault.refused import Refused

    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, note_id)
    try:
        name = fields.field_key(field)
        words = [text.replace("\u2212", "-") for text in typed]
        values = fields.as_written(name, [_due(job, words)] if name == "due" else words)
    except Refused as error:
        raise click.UsageError(str(error)) from error
    if name in _KINDS:
        values = [_linked(job, name, value) for value in values]
    note = _note(job, key)
    config = job.plan.snapshot.config
    after = revise(job, note.path, fields.set_field(config, name, values), f"set {name} of {key}")
    if after is not None and not values:
        tell_gone(name, job.source(note.path), after)
        say_undo()
    elif after is not None:
        tell(job.source(note.path), after)
        say_undo()
    elif not dry_run:
        click.echo(f"{visible(note.path)} says so already")


def _due(job: Job, words: list[str]) -> str:
    """The day that date words say, as `goalkit new --due` takes them; else the words."""
    from goalkit.author.misspelt import meant
    from goalkit.author.new_goal import timing

    typed, config = " ".join(words).strip(), job.plan.snapshot.config
    read = timing(typed, job.plan.today, config.week_start) if typed else None
    if read and read[0]:
        return str(read[0])
    if near := meant(typed, job.plan.today, config.week_start):
        raise Refusal(f"`{visible(typed)}` is not a date; did you mean `{near}`?")
    return typed


def _note(job: Job, key: str) -> "Goal | Value | Project":
    graph = job.plan.graph
    return graph.goals.get(key) or graph.values.get(key) or graph.projects[key]


def _linked(job: Job, name: str, value: str) -> str:
    """The id that a link is to lead to."""
    key = resolve(job.plan.graph, value, _KINDS[name])
    target = _note(job, key)
    if job.plan.graph.index.find(key) != [key]:
        raise Refusal(f"`{key}` cannot be linked: more than one note has that name")
    return target.id if job.plan.graph.index.find(target.id) == [key] else key
