"""Checking in: one line in the goal's own style, at its place by date."""

import re
from collections import Counter
from dataclasses import replace

from goalkit.author.manuscript import Made, Manuscript, Refused, Revise, links, revised
from goalkit.config import Config
from goalkit.model.goal import Goal
from goalkit.model.measure import Measure
from goalkit.text import Edit, Source
from goalkit.vault import body as bodies
from goalkit.vault import edits
from goalkit.vault.edits import Entry

__all__ = ["Entry", "check_counts", "check_in"]

_LEAD = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
_NUMBER_FIRST = re.compile(r"\s*[+\-\u2212]?\s*\d")
_UNCOUNTED = {
    "milestones": "tick its milestones",
    "goals": "check in on the goals below it",
    "done": "write `yes` when it is done",
}


def check_in(config: Config, entry: Entry) -> Revise:
    """Add one check-in to a goal."""

    def make(read: Manuscript) -> Made:
        goal = read.goal
        edit = edits.append_check_in(read.source, read.outline, config, entry, goal.measure)
        meant = edits.meaning(entry, goal.measure)
        at = sum(one.day <= entry.day for one in goal.check_ins)
        fact = (meant.day, meant.kind, meant.value, meant.until, meant.status, meant.note)
        text = _line_of(edit)
        facts = read.facts
        return Made(
            [edit],
            replace(
                facts,
                items=facts.items + Counter([text]),
                check_ins=(*facts.check_ins[:at], fact, *facts.check_ins[at:]),
                links=facts.links + links(bodies.outline(Source("", text), 0).body.links),
            ),
        )

    return lambda source: revised(source, config, make)


def _line_of(edit: Edit) -> str:
    """The check-in of an edit that may bring a heading along, without its bullet."""
    last = [line for line in re.split(r"\r\n|\n|\r", edit.text) if line.strip()][-1]
    return _LEAD.sub("", last, count=1).rstrip()


def check_counts(entry: Entry, goal: Goal, measure: Measure | None) -> None:
    """Raises Refused where a number would be written that nothing counts, `measure` being the goal's in effect."""
    read = edits.meaning(entry, goal.measure)
    if entry.typed and read.kind == "none" and goal.measure and _NUMBER_FIRST.match(entry.typed):
        raise Refused(
            f"`{entry.typed}` is no value: write a number, yes, no or skip, and words behind a dash, as in `— {entry.typed}`"
        )
    numbered = read.value is not None
    if numbered and measure and measure.kind in _UNCOUNTED:
        way = _UNCOUNTED[measure.kind]
        raise Refused(f"`{goal.id}` is measured by `{measure.kind}`, so a number would not count; {way}")
