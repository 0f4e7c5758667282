"""A note as it is read before and after a change, and the guard: only what was asked may differ."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import NamedTuple

from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.model.goal import Body, Box, CheckIn, Entry, Goal, Link, Note
from goalkit.text import Edit, Source, apply
from goalkit.vault import body as bodies
from goalkit.vault import note, reader
from goalkit.vault.body import Outline
from goalkit.vault.note import FrontMatter
from goalkit.vault.refused import Refused

__all__ = ["Facts", "Made", "Make", "Manuscript", "Refused", "Revise", "revised"]

Revise = Callable[[Source], str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a note says, wherever it stands: two texts with equal facts differ in their looks only.

    `items` are the lines of the check-in section as typed, `check_ins` what the goal's measure makes of them.
    """

    kind: str
    fields: dict[str, tuple[str, ...]]
    prose: Counter[str]
    boxes: tuple[tuple[object, ...], ...]
    items: Counter[str]
    check_ins: tuple[tuple[object, ...], ...]
    links: Counter[tuple[str, str]]


@dataclass(frozen=True)
class Manuscript:
    """One note, read to be written to."""

    source: Source
    config: Config
    entry: Entry
    errors: tuple[Diagnostic, ...]
    front: FrontMatter

    @classmethod
    def read(cls, source: Source, config: Config) -> "Manuscript":
        """The note that `source` holds."""
        entries, found = reader.read_all([source], config)
        front, _ = note.read(source, strict=False)
        errors = tuple(d for d in found if d.severity == "error")
        return cls(source, config, entries[0], errors, front)

    @cached_property
    def outline(self) -> Outline:
        """The note's boxes and sections with their places."""
        words = {"milestones": self.config.milestones, "check_ins": self.config.check_ins}
        return bodies.outline(self.source, self.front.body, **words)

    @property
    def goal(self) -> Goal:
        """The goal. Raises Refused where the note is none."""
        if not isinstance(self.entry, Goal):
            raise Refused(f"{self.source.path} is not a goal")
        return self.entry

    @property
    def body(self) -> Body:
        """The note's body, read in full."""
        return self.outline.body if isinstance(self.entry, Note) else self.entry.body

    @cached_property
    def facts(self) -> Facts:
        """What the note says."""
        body = self.body
        return Facts(
            type(self.entry).__name__,
            {key: (one.form, *(item.text for item in one.items)) for key, one in self.front.fields.items()},
            Counter(lines(bodies.prose(body))),
            tuple(box_fact(box) for box in body.boxes),
            Counter(item.text for item in self.outline.check_in_items),
            tuple(check_in_fact(one) for one in getattr(self.entry, "check_ins", ())),
            links(body.links),
        )


def lines(text: str) -> tuple[str, ...]:
    """The lines of `text` that are not blank, without their ends."""
    return tuple(
        line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()
    )


def box_fact(box: Box) -> tuple[object, ...]:
    """A box without its place."""
    return (box.text, box.state, box.nested, box.section, box.due, box.done_on, box.scheduled, box.start)


def check_in_fact(one: CheckIn) -> tuple[object, ...]:
    """A check-in without its place."""
    return (one.day, one.kind, one.value, one.until, one.status, one.note)


def links(found: Sequence[Link]) -> Counter[tuple[str, str]]:
    """Links without their places."""
    return Counter((link.target, link.label) for link in found)


class Made(NamedTuple):
    """Edits, what the note is to say then, and the facts that may follow suit (their names in `Facts`)."""

    edits: Sequence[Edit]
    expected: Facts
    loose: frozenset[str] = frozenset()


Make = Callable[[Manuscript], Made]


def revised(source: Source, config: Config, make: Make, *, mends: bool = False) -> str:
    """The text of `source` after the edits of `make`.

    Raises Refused, with that text, where the note has an error (but for one that this `mends`), would have one, or would
    say anything else than what was asked.
    """
    before = Manuscript.read(source, config)
    try:
        edits, expected, loose = make(before)
    except Refused as refused:
        raise (_erroneous(before) if before.errors else refused) from refused
    text = apply(source.text, edits)
    after = Manuscript.read(Source(source.path, text), config)
    if before.errors and not mends:
        raise _erroneous(before, text)
    if after.errors:
        raise _erroneous(after, text)
    given = after.facts
    if given != replace(expected, **{name: getattr(given, name) for name in loose}):
        wrong = [
            f.name
            for f in fields(Facts)
            if f.name not in loose and getattr(given, f.name) != getattr(expected, f.name)
        ]
        what = ", ".join(name.replace("_", "-") for name in wrong)
        raise Refused(
            f"{source.path} cannot be changed without touching more than that ({what}); change it by hand",
            text,
        )
    return text


def _erroneous(read: Manuscript, after: str | None = None) -> Refused:
    error = read.errors[0]
    return Refused(f"{error.place}: {error.message}" + (f"; {error.hint}" if error.hint else ""), after)
