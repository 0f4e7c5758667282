"""Closing a goal: its status, a last check-in, what was learned; and the goal that continues it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from goalkit.author.check_in import Entry, check_in
from goalkit.author.fields import set_status
from goalkit.author.manuscript import Made, Manuscript, Refused, Revise, lines, links, revised
from goalkit.config import Config
from goalkit.model.goal import Status
from goalkit.text import Source, apply
from goalkit.vault import body as bodies
from goalkit.vault import edits
from goalkit.vault import note as notes

REVIEW = "review"
# What belongs to the goal that ends, not to the one that goes on.
_LEFT_BEHIND = ("status", "aliases", "checkpoints", "when", "start", "due")


def close(config: Config, status: Status, day: date, learned: str = "") -> Revise:
    """Close a goal: the status, a check-in of that day unless there is one, and what was learned under `## Review`."""
    steps = [set_status(config, status), _last_check_in(config, status, day)]
    if edits.one_line(learned):
        steps.append(review(config, learned))

    def revise(source: Source) -> str:
        for step in steps:
            source = Source(source.path, step(source))
        return source.text

    return revise


def _last_check_in(config: Config, status: Status, day: date) -> Revise:
    """A closed goal ended on the day of its last check-in, so that day needs one."""

    def revise(source: Source) -> str:
        past = [one.day for one in Manuscript.read(source, config).goal.check_ins if one.day <= day]
        if past and past[-1] == day:
            return source.text
        return check_in(config, Entry(day, note=f"closed as {status}"))(source)

    return revise


def review(config: Config, learned: str) -> Revise:
    """Write what was learned, as a paragraph under the heading Review."""
    text = edits.paragraph(learned)

    def make(read: Manuscript) -> Made:
        edit = edits.append_to_section(read.source, read.front, REVIEW, text)
        heading = [line for line in lines(edit.text) if line != text]
        facts = read.facts
        found = links(bodies.outline(Source("", text), 0).body.links)
        prose = facts.prose + Counter([*heading, text])
        return Made([edit], replace(facts, prose=prose, links=facts.links + found))

    return lambda source: revised(source, config, make)


def continued(source: Source, config: Config, start: date, due: date | None) -> str:
    """The text of a goal that goes on where the one in `source` ends: its fields with a new window, its open milestones."""
    read = Manuscript.read(source, config)
    if read.front.broken or read.errors:
        raise Refused(f"{source.path} has an error, so it cannot be continued")
    end = edits.line_end(source, 0)
    yaml = read.front.yaml_span
    body = end + end.join(_continued_body(read))
    text = f"---{end}{source.text[yaml.start : yaml.end]}---{end}{body}" if yaml.end else body
    for key in _LEFT_BEHIND:
        text = _without(Source(source.path, text), key)
    for key, day in (("start", start), ("due", due)):
        if day:
            now = Source(source.path, text)
            front, _ = notes.read(now, strict=True)
            text = apply(text, [edits.set_field(now, front, key, [str(day)])])
    return text


def _continued_body(read: Manuscript) -> Iterator[str]:
    yield f"Continues [[{read.entry.id}]]."
    yield ""
    still = [box for box in read.goal.milestones if box.state in ("open", "under-way") and not box.nested]
    if read.goal.milestone_section and still:
        yield f"## {read.config.milestones[0][:1].upper()}{read.config.milestones[0][1:]}"
        yield ""
        yield from (read.source.line(box.line).strip() for box in still)
        yield ""


def _without(source: Source, key: str) -> str:
    front, _ = notes.read(source, strict=True)
    edit = edits.remove_field(source, front, key)
    return apply(source.text, [edit]) if edit else source.text
