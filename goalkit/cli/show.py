"""`goalkit show`: one goal, value or project."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.formats import text_line
from goalkit.cli.listing import rows as goal_rows
from goalkit.cli.session import Session, json_option, open_vault
from goalkit.cli.terminal import bar, columns, cut, dim, emit, sign, tick, wrap
from goalkit.text import visible
from goalkit.words import unlinked

if TYPE_CHECKING:
    from goalkit.model.assessment import Assessment
    from goalkit.model.goal import Box, Goal, Project, Value
    from goalkit.plan import Plan

LABEL = 12
CHECK_INS = 3
CHAIN = 6


@click.command("show")
@click.argument("id", shell_complete=ids("goals", "values", "projects"))
@json_option
@click.pass_context
def command(ctx: click.Context, id: str, json: bool) -> None:  # noqa: A002 - the argument's name
    """One goal, value or project: why, where it stands, what is next.

    ID is a file name without .md, in any case, or an alias. With --json a goal is as in `goalkit export`.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    plan = open_vault(ctx.obj).plan
    key = resolve(plan.graph, id)
    if json:
        from goalkit.export import document

        emit(document(plan, _record(key, plan)))
        return
    page = _goal(key, plan) if key in plan.graph.goals else _other(key, plan)
    for line in page:
        click.echo(line)


def _record(key: str, plan: "Plan") -> dict[str, object]:
    from goalkit.export import goal_record

    graph = plan.graph
    if key in graph.goals:
        return {"goal": goal_record(plan, key)}
    if key in graph.values:
        value = graph.values[key]
        served = sorted(k for k, held in graph.values_of.items() if key in held)
        return {"value": {"id": key, "title": value.title, "path": value.path, "served_by": served}}
    project = graph.projects[key]
    goals = [hit for link in project.supports for hit in graph.index.find(link.target) if hit in graph.goals]
    return {"project": {"id": key, "title": project.title, "path": project.path, "supports": goals}}


def _goal(key: str, plan: "Plan") -> Iterator[str]:
    goal, seen, width = plan.graph.goals[key], plan.assessments[key], columns()
    yield from _head(key, goal, width)
    yield ""
    yield from _standing(goal, seen, min(width, 88))
    yield ""
    for label, text in _facts(key, goal, seen, plan):
        if not text:
            continue
        lines = wrap(visible(text), min(width, 110), " " * LABEL).split("\n")
        yield dim(label.ljust(LABEL)) + lines[0][LABEL:]
        yield from lines[1:]
    yield from _boxes("Milestones", goal.milestones, width)
    yield from _boxes("Tasks", [task.box for task in plan.graph.tasks_of.get(key, ())], width)
    yield from _stones(key, plan, width)
    yield from _story(goal, plan, width)
    findings = plan.findings_by_path.get(goal.path, ())
    if findings:
        yield from ("", click.style("Findings", bold=True))
        yield from ("  " + text_line(found) for found in findings)


def _head(key: str, note: "Goal | Value | Project", width: int) -> Iterator[str]:
    yield click.style(cut(visible(note.title), width), bold=True)
    yield dim(cut(visible(" · ".join(dict.fromkeys((key, note.path, note.visibility)))), width))


def _standing(goal: "Goal", seen: "Assessment", width: int) -> Iterator[str]:
    from goalkit import words

    share = words.percent(seen.progress) if seen.progress is not None else "no progress to show"
    state = sign(seen.pace or goal.status)
    yield f"  {bar(seen.progress, seen.expected, min(40, width - 30), seen.pace)}  {share}  {state}"
    for sentence in filter(None, (seen.explain_progress, seen.explain_pace)):
        yield wrap(visible(sentence), width, "  ")


def _facts(key: str, goal: "Goal", seen: "Assessment", plan: "Plan") -> Iterator[tuple[str, str]]:
    """Label and text of each line below the bar; lines without a text are left out by the caller."""
    from goalkit import words
    from goalkit.attention import ask_text

    graph = plan.graph
    said = seen.stated
    yield "Why", _why(key, plan)
    yield "Next", ask_text(seen, plan.today)
    yield "Measure", seen.measure.text if seen.measure else "cannot be read"
    yield "When", _window(goal, plan)
    yield "Check-in", _rhythm(seen, plan)
    yield (
        "You said",
        f"{said.status.replace('-', ' ')}, {words.short_day(said.day, plan.today)}" if said else "",
    )
    yield "Forecast", _forecast(seen, plan)
    yield "Strength", words.percent(seen.strength) if seen.strength is not None else ""
    yield "Waits for", words.listed([graph.goals[k].title for k in seen.blocked_by], 6)
    yield "Owner", goal.owner
    yield "Category", goal.category
    yield "Tags", ", ".join(goal.tags)


def _why(key: str, plan: "Plan") -> str:
    from goalkit import words

    graph = plan.graph
    chain = [graph.goals[k].title for k in graph.chain(key)]
    if len(chain) > CHAIN:
        chain = [*chain[: CHAIN - 1], f"{len(chain) - CHAIN:,} more", chain[-1]]
    values = words.listed([graph.values[k].title for k in graph.values_of[key]], 6)
    return " → ".join(filter(None, (*chain, values)))


def _forecast(seen: "Assessment", plan: "Plan") -> str:
    from goalkit import words

    ahead = seen.forecast
    if ahead is None:
        return ""
    late = words.short_day(ahead.late, plan.today) if ahead.late else "perhaps never"
    early = words.short_day(ahead.early, plan.today)
    return f"{words.short_day(ahead.date, plan.today)}, between {early} and {late}"


def _window(goal: "Goal", plan: "Plan") -> str:
    from goalkit import words

    due = ""
    if goal.due:
        due = f"{words.short_day(goal.due, plan.today)} ({words.relative(goal.due, plan.today)})"
    begins = f"from {words.short_day(goal.begins, plan.today)} " if goal.begins else ""
    return (f"{begins}to {due}" if due else begins).strip() or goal.when


def _rhythm(seen: "Assessment", plan: "Plan") -> str:
    from goalkit import words

    rhythm = seen.rhythm
    if rhythm is None or rhythm.cadence.unit == "never":
        return ""
    last = f"last {words.short_day(rhythm.last, plan.today)}" if rhythm.last else "none yet"
    after = f", next {words.short_day(rhythm.next, plan.today)}" if rhythm.next else ""
    stale = ", stale" if rhythm.stale else ", due" if rhythm.due else ""
    return f"{rhythm.cadence.text}, {last}{after}{stale}"


def _boxes(head: str, boxes: "Iterable[Box]", width: int) -> Iterator[str]:
    listed = [box for box in boxes if not box.nested]
    if listed:
        done = sum(box.state == "done" for box in listed)
        counted = sum(box.state != "cancelled" for box in listed)
        yield from ("", click.style(head, bold=True) + dim(f"  {done} of {counted}"))
    for box in listed:
        due = f"  {box.due}" if box.due and box.state != "done" else ""
        text = cut(visible(unlinked(box.text)), max(8, width - 6 - len(due)))
        yield f"  {tick(box.state)} {dim(text) if box.state in ('done', 'cancelled') else text}{dim(due)}"


def _stones(key: str, plan: "Plan", width: int) -> Iterator[str]:
    stones = plan.graph.supporters[key]
    if stones:
        yield from ("", click.style("Stepping stones", bold=True))
        yield from ("  " + line for line in goal_rows(plan, list(stones), width - 2))


def _story(goal: "Goal", plan: "Plan", width: int) -> Iterator[str]:
    from goalkit import words

    past = [entry for entry in goal.check_ins if entry.day <= plan.today]
    if past:
        more = f"  the last {CHECK_INS} of {len(past)}" if len(past) > CHECK_INS else ""
        yield from ("", click.style("Check-ins", bold=True) + dim(more))
    for entry in reversed(past[-CHECK_INS:]):
        value = (
            words.number(entry.value)
            if entry.value is not None
            else ""
            if entry.kind == "none"
            else entry.kind
        )
        signed = f"+{value}" if entry.kind == "step" and entry.value and entry.value > 0 else value
        said = f"({entry.status.replace('-', ' ')})" if entry.status else ""
        note = entry.note.split("\n", 1)[0]
        line = "  ".join(filter(None, (str(entry.day), signed, said, visible(note))))
        yield "  " + cut(line, width - 2)


def _other(key: str, plan: "Plan") -> Iterator[str]:
    """A value with the goals that serve it, or a project with its tasks."""
    graph, width = plan.graph, columns()
    if key in graph.values:
        yield from _head(key, graph.values[key], width)
        serving = sorted(k for k, held in graph.values_of.items() if key in held)
        yield from ("", click.style("Served by", bold=True) if serving else dim("No goal serves it yet."))
        yield from ("  " + line for line in (goal_rows(plan, serving, width - 2) if serving else ()))
        return
    project = graph.projects[key]
    yield from _head(key, project, width)
    for link in project.supports:
        hits = [hit for hit in graph.index.find(link.target) if hit in graph.goals]
        yield from (f"  supports {cut(visible(graph.goals[hit].title), width - 11)}" for hit in hits)
    yield from _boxes("Tasks", [task.box for task in graph.tasks if task.path == project.path], width)
