"""Ticking: which box is meant, and the one character that changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goalkit.author.manuscript import Made, Manuscript, Refused, Revise, revised
from goalkit.config import Config
from goalkit.model.goal import Box
from goalkit.snapshot import Snapshot
from goalkit.text import fold
from goalkit.vault import edits
from goalkit.words import unlinked

OPEN = ("open", "under-way")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A box that may be meant: where it stands, its whole line as typed, its number (from 1) among those of its goal."""

    path: str
    box: Box
    typed: str
    number: int

    @property
    def text(self) -> str:
        """The box's text as it is read aloud."""
        return unlinked(self.box.text)


def candidates(snapshot: Snapshot, key: str) -> list[Candidate]:
    """The boxes of a goal, its milestones first and then the tasks elsewhere that serve it, or those of a project."""
    graph = snapshot.graph

    if key in graph.projects:
        project = graph.projects[key]
        found = [(project.path, box) for box in project.body.boxes if not box.nested]
    else:
        goal = graph.goals[key]
        found = [(goal.path, box) for box in goal.milestones if not box.nested]
        found += [(task.path, task.box) for task in graph.tasks_of.get(key, ())]
    return [
        Candidate(path, box, snapshot.sources[path].line(box.line), number)
        for number, (path, box) in enumerate(found, 1)
    ]


def matching(boxes: Sequence[Candidate], typed: str) -> list[Candidate]:
    """The boxes that `typed` may mean: the one of that number, else those whose text it is, else those that hold its words.

    Of several, those still to be done; without anything typed, all of those.
    """
    if typed.isdecimal():
        return [one for one in boxes if one.number == int(typed)]
    words = fold(typed).split()
    held = [one for one in boxes if all(word in fold(one.text) for word in words)]
    exact = [one for one in held if fold(one.text) == fold(typed)]
    still = [one for one in (exact or held) if one.box.state in OPEN]
    return still or ((exact or held) if words else [])


def tick(config: Config, chosen: Candidate) -> Revise:
    """Tick a box: the line as it was in its place, else the only line like it, else Refused."""

    def make(read: Manuscript) -> Made:
        boxes = read.body.boxes
        like = [i for i, box in enumerate(boxes) if read.source.line(box.line) == chosen.typed]
        here = [i for i in like if boxes[i].line == chosen.box.line]
        found = here or like
        if len(found) != 1:
            why = "stands there more than once now" if found else "is no longer there"
            raise Refused(f"`{chosen.typed.strip()}` {why}: {chosen.path} has changed")
        at = found[0]
        fact = read.facts.boxes[at]
        expected = (*read.facts.boxes[:at], (fact[0], "done", *fact[2:]), *read.facts.boxes[at + 1 :])
        return Made(
            [edits.tick(boxes[at], _mark(read))],
            replace(read.facts, boxes=expected),
            frozenset(("prose", "items")),
        )

    return lambda source: revised(source, config, make)


def _mark(read: Manuscript) -> str:
    """`x`, or `X` where that is how this note has it."""
    text = read.source.text
    marks = [text[box.mark_span.start] for box in read.body.boxes if box.state == "done"]
    return "X" if marks and all(mark == "X" for mark in marks) else "x"
