"""What `goalkit new` says of a goal: what was understood from which words, what would make it clearer, what is next."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from goalkit.author.misspelt import meant
from goalkit.author.new_goal import NewGoal
from goalkit.cli.desk import Desk, Written
from goalkit.cli.terminal import Cell, Column, columns, dim, table, wrap
from goalkit.cli.writing import say_undo
from goalkit.model.measure import Mistake, parse_measure
from goalkit.plan import Plan
from goalkit.text import visible


def record(one: Written) -> dict[str, object]:
    """What was understood, with what was said beside it, and the file."""
    said, record = one.said, one.draft.to_json()
    record |= {"due": None} if said.when and not said.due else {"when": None} if said.due else {}
    given = {
        "title": said.title,
        "start": str(said.start or ""),
        "due": str(said.due or ""),
        "when": said.when,
    }
    given |= {"category": said.category, "horizon": said.horizon or ""}
    record |= {name: value for name, value in given.items() if value}
    measure = parse_measure(said.measure) if said.measure else None
    if measure and not isinstance(measure, Mistake):
        numbers = {"target": measure.target, "target_max": measure.target_max, "from": measure.start}
        record |= {"kind": measure.kind, "measure": said.measure, "unit": measure.unit or None}
        record |= {"direction": measure.direction, "period": measure.period}
        record |= {
            name: None if n is None else int(n) if n == int(n) else float(n) for name, n in numbers.items()
        }
    return record | {"id": one.id, "path": one.source.path}


def tell(desk: Desk, made: Sequence[Written], *, dry_run: bool) -> None:
    """Show what was understood; with `dry_run` the files go to standard output, and only they."""
    after = desk.with_new([one.source for one in made])
    if dry_run:
        for number, one in enumerate(made):
            if len(made) > 1:
                click.echo(("\n" if number else "") + click.style(visible(one.source.path), bold=True))
            click.echo(one.source.text, nl=False)
        for line in _page(desk, made[0], after) if len(made) == 1 else ():
            click.echo(line, err=True)
    elif len(made) == 1:
        for line in _page(desk, made[0], after):
            click.echo(line)
        _say_next(made[0])
    else:
        for one in made:
            click.echo(click.style(f"{visible(one.source.path)}:1", bold=True) + f": {_summary(one)}")
        click.echo(f"\n{len(made)} goals.\nNext: `goalkit check` says what would make them clearer")
        say_undo()


def _summary(one: Written) -> str:
    fields = one.goal.fields
    facts = [", ".join(fields[key]) for key in ("measure", "due", "when") if key in fields]
    return visible(one.goal.title) + (dim(f"  ({', by '.join(facts[:2])})") if facts else "")


def _page(desk: Desk, one: Written, after: Plan) -> Iterator[str]:
    """The title, what was understood and from which words, and what would make it clearer."""
    width = min(columns(), 100)
    yield click.style(wrap(visible(one.goal.title), width), bold=True)
    yield ""
    heads = [Column(""), Column("", least=20), Column("", least=12)]
    rows = [
        [
            Cell(name, {"dim": True}),
            Cell(visible(", ".join(held))),
            Cell(visible(_words(one, name)), {"dim": True}),
        ]
        for name, held in one.goal.fields.items()
        if name != "title"
    ]
    yield from (f"  {line}" for line in table(heads, rows, width - 2))
    if rows:
        yield ""
    remarks = list(_remarks(desk, one, after))
    for remark in remarks:
        lines = wrap(visible(remark), width, "  ").split("\n")
        yield f"· {lines[0][2:]}"
        yield from lines[1:]
    if not remarks and {"due", "when"} & one.goal.fields.keys():
        yield "Specific, measurable and time-bound as it stands."
    yield ""


_BECAUSE = {
    "start": ("start",),
    "due": ("due",),
    "when": ("when",),
    "measure": ("from", "target", "target_max", "unit", "period"),
    "check-in": ("period",),
}


def _words(one: Written, name: str) -> str:
    """The words of the sentence that gave a field."""
    if getattr(one.said, name.replace("-", "_"), None):
        return ""
    given = (one.draft.because.get(part, "") for part in _BECAUSE.get(name, ()))
    return ", ".join(f"“{words}”" for words in dict.fromkeys(filter(None, given)))


def _remarks(desk: Desk, one: Written, after: Plan) -> Iterator[str]:
    event = one.goal.fields.get("when", ("",))[0]
    if near := meant(event, desk.plan.today, desk.config.week_start):
        yield f'`{event}` is not a date; did you mean `{near}`? Then `goalkit set {one.id} due "{near}"` and `goalkit set {one.id} when ""`'
    for found in after.findings_by_path.get(one.source.path, ()):
        if desk.root or found.code.startswith("GK3"):
            message = f"{found.message[:1].upper()}{found.message[1:]}"
            hint = found.hint if not message.endswith("?") else f"{found.hint[:1].upper()}{found.hint[1:]}"
            yield f"{message}{' ' if message.endswith('?') else '; '}{hint}"


def _say_next(one: Written) -> None:
    click.echo(click.style(f"{visible(one.source.path)}:1", bold=True))
    click.echo(f"Next: `{next_command(one.id, one.goal)}`")
    say_undo()


def next_command(name: str, goal: NewGoal) -> str:
    """What one does next with a goal: the first check-in, or a first stepping stone."""
    read = parse_measure(goal.fields["measure"][0]) if "measure" in goal.fields else None
    if read and not isinstance(read, Mistake) and read.kind in ("count", "limit", "habit"):
        return f"goalkit checkin {name} {'yes' if read.text.startswith('every') else 'VALUE'}"
    if goal.milestones:
        return f"goalkit tick {name}"
    due, start = (goal.fields.get(key, ("",))[0] for key in ("due", "start"))
    far = due and start and (date.fromisoformat(due) - date.fromisoformat(start)).days > 180
    if far or goal.fields.get("horizon") == ("long-term",):
        return f'goalkit new "…" --supports {name}'
    return f'goalkit checkin {name} -m "…"'
