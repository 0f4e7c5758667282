"""What the rules look at: one goal on a day, or a whole vault."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goalkit.diagnostics import Diagnostic, Rule
from goalkit.model.assessment import Assessment
from goalkit.model.goal import NOWHERE, Goal
from goalkit.model.graph import GoalGraph
from goalkit.snapshot import Snapshot
from goalkit.text import Span
from goalkit.wording import Wording, judge


@dataclass(frozen=True, slots=True)
class Vault:
    """A snapshot on a day, with its assessments by key, and what a loose goal could serve.

    `values` are the keys of all values, `long_term` those of the active long-term goals; both by the alphabet.
    """

    snapshot: Snapshot
    assessments: Mapping[str, Assessment]
    today: date
    values: tuple[str, ...]
    long_term: tuple[str, ...]

    @property
    def graph(self) -> GoalGraph:
        """The goal graph."""
        return self.snapshot.graph

    @classmethod
    def of(cls, snapshot: Snapshot, assessments: Mapping[str, Assessment], today: date) -> "Vault":
        """The vault of `snapshot` on `today`."""
        graph = snapshot.graph
        goals = (k for k, g in graph.goals.items() if g.status == "active" and not g.broken)
        return cls(
            snapshot,
            assessments,
            today,
            tuple(sorted(k for k, v in graph.values.items() if not v.broken)),
            tuple(sorted(k for k in goals if assessments[k].horizon == "long-term")),
        )

    def at(self, rule: Rule, path: str, span: Span, message: str, hint: str) -> Diagnostic:
        """`rule` at `span` of the file `path`."""
        return rule.at(self.snapshot.sources[path], span, message, hint)


@dataclass(frozen=True, slots=True)
class Subject:
    """An active goal that could be read."""

    vault: Vault
    key: str
    goal: Goal
    assessment: Assessment

    @property
    def wording(self) -> Wording:
        """How its title reads; a title that is the file's name, as words."""
        title = self.goal.title
        return judge(title.replace("-", " ").replace("_", " ") if title == self.goal.id else title)

    @property
    def supporters(self) -> tuple[str, ...]:
        """Keys of the goals that support it."""
        return self.vault.graph.supporters[self.key]

    def readable(self, *names: str) -> bool:
        """Whether none of these fields was written so that it could not be read."""
        return self.goal.unreadable.isdisjoint(names)

    def hint(self, rule: Rule, name: str, message: str, hint: str) -> Diagnostic:
        """`rule` at the value of the field `name`; at the title where the field is not written."""
        return self.vault.at(rule, self.goal.path, self.goal.spans.get(name) or self._title(), message, hint)

    def _title(self) -> Span:
        goal = self.goal
        if written := goal.spans.get("title"):
            return written
        heading = goal.body.heading
        at = self.vault.snapshot.sources[goal.path].text.find(heading, goal.body.offset) if heading else -1
        return Span(at, at + len(heading)) if at >= 0 else NOWHERE
