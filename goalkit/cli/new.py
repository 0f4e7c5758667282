"""`goalkit new`: a sentence becomes a goal."""

import json as json_module
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from goalkit.author.names import check_new_id
from goalkit.author.new_goal import Said, both, id_for, new_goal, source_of, taken_in
from goalkit.cli.asking import calmly
from goalkit.cli.desk import Desk, Pair, Written, open_desk
from goalkit.cli.find import ids
from goalkit.cli.interview import Interview
from goalkit.cli.library import complete_kind, find_kind
from goalkit.cli.options import read_options
from goalkit.cli.session import Refusal, json_option
from goalkit.cli.terminal import emit
from goalkit.cli.understood import record, tell
from goalkit.cli.writing import apply, interactive
from goalkit.model.goal import HORIZONS
from goalkit.vault.refused import Refused
from goalkit.vault.write import Change

LONGEST = 1_000
MOST = 1_000


@click.command("new")
@click.argument("sentence", nargs=-1)
@click.option(
    "--supports",
    multiple=True,
    metavar="ID",
    shell_complete=ids("goals"),
    help="A goal that it is a stepping stone to.",
)
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="ID",
    shell_complete=ids("values"),
    help="A value that it serves.",
)
@click.option("--due", metavar="DATE", help="The last day: 2026-12-31, 2026-Q4, or words.")
@click.option("--start", metavar="DATE", help="The first day.")
@click.option("--when", metavar="EVENT", help="An event in place of a date.")
@click.option("--measure", metavar="MEASURE", help="How you will know: 40 papers, 54 -> 63 %, 3 / week.")
@click.option("--title", metavar="TEXT", help="The title.")
@click.option("--category", metavar="KIND", shell_complete=complete_kind, help="The kind of goal.")
@click.option("--horizon", type=click.Choice(HORIZONS), help="Where the dates do not say it.")
@click.option("--check-in", metavar="RHYTHM", help="How often to check in.")
@click.option("--visibility", type=click.Choice(("private", "shared")), help="Whether it may be published.")
@click.option("--id", "new_id", metavar="ID", help="The name of the file. Otherwise made of the title.")
@click.option(
    "--from",
    "kind",
    metavar="KIND",
    shell_complete=complete_kind,
    help="Begin with a goal of `goalkit library`.",
)
@click.option("--long", "long_term", is_flag=True, help="With --from: its long-term goal.")
@click.option(
    "--short", "short_term", is_flag=True, help="With --from: its short-term goal; this is the default."
)
@click.option("--dry-run", is_flag=True, help="Print the file and write nothing.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sentence: tuple[str, ...],
    new_id: str | None,
    kind: str | None,
    *,
    long_term: bool,
    short_term: bool,
    dry_run: bool,
    json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Make a goal out of a sentence.

    What, how much, by when: what the SENTENCE says of these is found, the rest may stay open. `-` reads many
    sentences, one a line. Without one, on a terminal, goalkit asks.
    """
    _check_together(sentence, new_id, kind, options, picks=(long_term, short_term))
    desk = open_desk(ctx, dry_run=dry_run)
    said = read_options(desk, options)
    asks = interactive() and not dry_run and not json and sentence != ("-",)
    pairs = _pairs(desk, sentence, said, _pattern(desk, kind, long_term=long_term), asks=asks)
    made = _made(desk, pairs, new_id)
    if not made:
        click.echo("Nothing was written.")
        return
    if not dry_run:
        _keep(desk, made)
    if json:
        emit("".join(f"{json_module.dumps(record(one), ensure_ascii=False)}\n" for one in made))
    else:
        tell(desk, made, dry_run=dry_run)


def _check_together(
    sentence: tuple[str, ...],
    new_id: str | None,
    kind: str | None,
    options: dict[str, Any],
    picks: tuple[bool, bool],
) -> None:
    if kind and sentence:
        raise click.UsageError("--from brings its own sentence; leave one of the two out")
    if all(picks):
        raise click.UsageError("--long and --short are two goals; leave one of them out")
    if any(picks) and not kind:
        raise click.UsageError("--long and --short choose a goal of --from")
    if sentence == ("-",) and (new_id or options["title"]):
        raise click.UsageError("one --id or --title cannot be that of many goals")
    if not sentence and not kind and not interactive():
        raise click.UsageError("give a sentence, `-` to read them from standard input, or --from KIND")


def _pattern(desk: Desk, kind: str | None, *, long_term: bool) -> Pair | None:
    """A goal of the library."""
    if kind is None:
        return None
    found = find_kind(kind)
    draft = desk.capture(found.long_term if long_term else found.short_term)
    far = long_term and draft.horizon == "short-term"  # a rhythm without an end
    return draft, Said(category=found.slug, horizon="long-term" if far else None)


# -- sentences ----------------------------------------------------------------------------------------------------


def _pairs(
    desk: Desk, sentence: tuple[str, ...], said: Said, pattern: Pair | None, *, asks: bool
) -> list[Pair]:
    """Each sentence as it was understood, with what was said beside it."""
    if asks:
        with calmly():
            begun = Interview(desk, said)
            if pattern:
                pairs = begun.from_pattern(*pattern)
            else:
                pairs = begun.about(_checked(" ".join(sentence))) if sentence else begun.whole()
            click.echo("")
            return pairs
    if pattern:
        return [(pattern[0], both(pattern[1], said))]
    texts = _lines() if sentence == ("-",) else [_checked(" ".join(sentence))]
    return [(desk.capture(text), said) for text in texts]


def _lines() -> list[str]:
    """The sentences of standard input; headings and lines without a word are passed over."""
    lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").replace("\r", "\n").split("\n")
    texts = [line for line in lines if _has_word(line) and not re.match(r"\s*#{1,6}\s", line)]
    if len(texts) > MOST:
        raise Refusal(f"{len(texts):,} lines are more than a list of goals; give at most {MOST:,}")
    return [_checked(text) for text in texts]


def _checked(text: str) -> str:
    if not _has_word(text):
        raise click.UsageError("a goal needs a word at least")
    if len(text) > LONGEST:
        raise Refusal(f"`{text[:30]}…` has more than {LONGEST:,} characters; a goal is one sentence")
    return text


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


# -- goals --------------------------------------------------------------------------------------------------------


def _made(desk: Desk, pairs: Sequence[Pair], new_id: str | None) -> list[Written]:
    """The files of these goals, each under a name of its own. Raises UsageError or Refusal."""
    folder = desk.folder
    names = _names_in(desk.root / folder) if desk.root else set()
    made: list[Written] = []
    try:
        for draft, said in pairs:
            goal = new_goal(draft, said, desk.plan.today, desk.config.check_in)
            name = new_id or id_for(goal.title, taken_in(desk.plan.graph, names))
            if new_id:
                _check_id(desk, new_id, names)
            names.add(name)
            made.append(Written(draft, said, goal, source_of(goal, f"{folder}/{name}.md", desk.config)))
    except Refused as error:
        raise Refusal(str(error)) from error
    return made


def _names_in(folder: Path) -> set[str]:
    return {path.stem for path in folder.iterdir()} if folder.is_dir() else set()


def _check_id(desk: Desk, name: str, names: set[str]) -> None:
    check_new_id(desk.plan.graph, name)
    if taken_in(desk.plan.graph, names)(name):
        raise Refused(f"{desk.folder}/{name}.md is already there")


def _keep(desk: Desk, made: Sequence[Written]) -> None:
    """Write all of them in one step."""
    assert desk.root  # noqa: S101 - a vault was needed to come here
    changes = [Change(one.source.path, None, one.source.text) for one in made]
    title = f"new {made[0].id}" if len(made) == 1 else f"{len(made)} new goals"
    apply(desk.root, title, lambda: changes, changes)
