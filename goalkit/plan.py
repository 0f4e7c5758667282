"""A vault on a day: the one record that the pages, the terminal and the export read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goalkit import lint
from goalkit.diagnostics import Diagnostic, ordered
from goalkit.model import assess
from goalkit.model.assessment import Assessment
from goalkit.model.graph import GoalGraph
from goalkit.snapshot import Snapshot


@dataclass(frozen=True)
class Plan:
    """A snapshot, the day, each goal's assessment by key, and all findings in order."""

    snapshot: Snapshot
    today: date
    assessments: Mapping[str, Assessment]
    findings: tuple[Diagnostic, ...]

    @property
    def graph(self) -> GoalGraph:
        """The goal graph."""
        return self.snapshot.graph

    @cached_property
    def findings_by_path(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """Findings by the file they stand in."""
        grouped: dict[str, list[Diagnostic]] = {}
        for found in self.findings:
            grouped.setdefault(found.path, []).append(found)
        return {path: tuple(group) for path, group in grouped.items()}


def plan(snapshot: Snapshot, today: date, memory: assess.Memory | None = None) -> Plan:
    """Assess every goal of `snapshot` on `today` and gather all findings, weighed as the vault configures them.

    `memory` keeps assessments from one plan of a vault to the next.
    """
    config = snapshot.config
    assessments = assess.assess(snapshot.graph, today, config.check_in, memory)
    found = [*snapshot.diagnostics, *lint.lint(snapshot, assessments, today)]
    weighed = [w for d in found if (w := config.apply(d)) is not None]
    return Plan(snapshot, today, assessments, ordered(weighed))
