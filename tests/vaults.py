"""A vault that stands in the test: one text of several files, read, joined and assessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import dedent

from goalkit import config as configuration
from goalkit import snapshot
from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.model.assess import assess
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Goal
from goalkit.model.graph import GoalGraph
from goalkit.snapshot import Snapshot
from goalkit.text import Source

TODAY = date(2026, 11, 20)
_HEADER = re.compile(r"^=== (\S.*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Vault:
    """A snapshot and what is computed of it on `today`."""

    snapshot: Snapshot
    assessments: dict[str, Assessment]
    today: date

    @property
    def graph(self) -> GoalGraph:
        return self.snapshot.graph

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.snapshot.diagnostics

    def goal(self, key: str) -> Goal:
        return self.graph.goals[key]

    def __getitem__(self, key: str) -> Assessment:
        return self.assessments[key]

    def codes(self, path: str = "") -> list[str]:
        """The codes found, in `path` or everywhere, in the order of their places."""
        return [d.code for d in sorted(self.diagnostics, key=lambda d: d.place) if path in ("", d.path)]

    def lines(self) -> list[str]:
        """Every finding as the terminal has it, with what to type behind an arrow."""
        return [f"{d.place}: {d.severity} {d.code}: {d.message} -> {d.hint}" for d in self.diagnostics]


def sources(text: str) -> list[Source]:
    """The files of `text`: each begins below a line `=== path`. An indent common to all lines does not count."""
    parts = _HEADER.split(dedent(text).lstrip("\n"))
    assert not parts[0].strip(), "a vault begins with a line `=== path`"
    return [Source(path.strip(), content) for path, content in zip(parts[1::2], parts[2::2], strict=True)]


def load(text: str, *, shared_only: bool = False) -> Snapshot:
    """The snapshot of the files of `text`; one of them may be `goalkit.toml`."""
    files = sources(text)
    config, problems = Config(), list[Diagnostic]()
    for source in files:
        if source.path == configuration.FILE:
            config, problems = configuration.parse(source)
    notes = [s for s in files if s.path != configuration.FILE]
    return snapshot.load(notes, config, problems, shared_only=shared_only)


def vault(text: str, today: date | str = TODAY, *, shared_only: bool = False) -> Vault:
    """The files of `text`, read and assessed on `today`."""
    return assessed(load(text, shared_only=shared_only), today)


def vault_of(files: Iterable[Source], today: date | str = TODAY, *, shared_only: bool = False) -> Vault:
    """The vault of `files`, with the settings that a vault has without a file of them."""
    return assessed(snapshot.load(list(files), Config(), shared_only=shared_only), today)


def assessed(snap: Snapshot, today: date | str = TODAY) -> Vault:
    day = date.fromisoformat(today) if isinstance(today, str) else today
    return Vault(snap, assess(snap.graph, day, snap.config.check_in), day)


def goal(fields: str = "", body: str = "", today: date | str = TODAY) -> Assessment:
    """The assessment of one goal with these fields and this body."""
    return one(fields, body, today)["g"]


def one(fields: str = "", body: str = "", today: date | str = TODAY) -> Vault:
    """A vault of the one goal `g`."""
    text = f"---\n{dedent(fields).strip()}\n---\n{dedent(body).strip()}\n"
    return vault_of([Source("goals/g.md", text)], today)
