"""What the options of `goalkit new` say, read and checked."""

from datetime import date
from typing import Any

import click

from goalkit.author.misspelt import meant
from goalkit.author.new_goal import Said, timing
from goalkit.cli.desk import Desk
from goalkit.cli.find import resolve
from goalkit.dates import parse_days
from goalkit.model.cadence import parse_cadence
from goalkit.model.goal import HORIZONS, Horizon, Visibility
from goalkit.model.measure import Mistake, parse_measure
from goalkit.text import visible


def read_options(desk: Desk, options: dict[str, Any]) -> Said:
    """The options, read. Raises UsageError or Refusal."""
    typed = {name: value for name, value in options.items() if isinstance(value, str)}
    checked = {name: _clean(name, value) for name, value in typed.items() if name not in ("due", "start")}
    due, when = _due(desk, typed["due"]) if "due" in typed else (None, "")
    return Said(
        title=checked.get("title", ""),
        start=_start(typed["start"]) if "start" in typed else None,
        due=due,
        when=checked.get("when", when),
        measure=_measure(checked["measure"]) if "measure" in checked else "",
        supports=_linked(desk, options["supports"], "goals"),
        values=_linked(desk, options["values"], "values"),
        category=checked.get("category", ""),
        horizon=_horizon(typed.get("horizon")),
        check_in=_rhythm(checked["check_in"]) if "check_in" in checked else "",
        visibility=_visibility(typed.get("visibility")),
    )


def _horizon(typed: str | None) -> Horizon | None:
    return next((h for h in HORIZONS if h == typed), None)


def _visibility(typed: str | None) -> Visibility | None:
    return "shared" if typed == "shared" else "private" if typed == "private" else None


def _clean(name: str, typed: str) -> str:
    text = " ".join("".join(c if visible(c) == c else " " for c in typed).split())
    if not text:
        raise click.UsageError(f"--{name.replace('_', '-')} is empty")
    return text


def _start(typed: str) -> date:
    days = parse_days(typed)
    if days is None:
        raise click.UsageError(f"--start: `{typed}` is not a date, write 2026-12-31")
    return days.first


def _due(desk: Desk, typed: str) -> tuple[date | None, str]:
    read = timing(typed, desk.plan.today, desk.config.week_start)
    if read is None or read[0] is None:
        if near := meant(typed, desk.plan.today, desk.config.week_start):
            raise click.UsageError(f"--due: `{typed}` is not a date; did you mean `{near}`?")
        raise click.UsageError(f"--due: `{typed}` is not a date, write 2026-12-31, or an event as --when")
    return read


def _measure(typed: str) -> str:
    read = parse_measure(typed)
    if isinstance(read, Mistake):
        raise click.UsageError(f"--measure: {read.message}; {read.hint}")
    return typed


def _rhythm(typed: str) -> str:
    read = parse_cadence(typed)
    if isinstance(read, Mistake):
        raise click.UsageError(f"--check-in: {read.message}; {read.hint}")
    return read.text


def _linked(desk: Desk, typed: object, kind: str) -> tuple[str, ...]:
    """Ids as links name them; without a vault there is nothing to look them up in."""
    assert isinstance(typed, tuple)  # noqa: S101 - an option that may be given several times
    names = [part.strip() for one in typed for part in one.split(",") if part.strip()]
    if desk.root is None:
        return tuple(_clean(kind, name).strip("[]") for name in names)
    return tuple(dict.fromkeys(resolve(desk.plan.graph, name, (kind,)) for name in names))
