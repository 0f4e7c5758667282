"""All findings of the vault, by what they are about and by file."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from goalkit import words
from goalkit.diagnostics import Diagnostic
from goalkit.rules import RULES
from goalkit.site.views.findings import FindingRow, finding_rows
from goalkit.site.views.parts import Desk, Frame

MOST = 500
Heading = Literal["reading", "slips", "graph", "coaching"]
_HEADINGS: dict[Heading, tuple[str, str]] = {
    "reading": (
        "What could not be read",
        "A value that cannot be read counts as none. Everything else was read.",
    ),
    "slips": ("Worth a second look", "Probably slips: each line says what is odd about it."),
    "graph": ("How the files hang together", "Links that lead nowhere, or round in a ring, are left out."),
    "coaching": (
        "Coaching",
        "Nothing is wrong here. These are thoughts on how a goal may get easier to reach.",
    ),
}


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The findings of one file."""

    path: str
    title: str
    href: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """The findings under one heading, by file."""

    name: str
    title: str
    about: str
    count: str
    files: tuple[FileGroup, ...]
    more: str


@dataclass(frozen=True, slots=True)
class HealthPage:
    """All of the page of findings."""

    frame: Frame
    summary: str
    files: str
    families: tuple[FamilyGroup, ...]
    empty: bool


def health_page(desk: Desk) -> HealthPage:
    """The page of all findings."""
    findings = desk.plan.findings
    counts = [(name, sum(f.severity == name for f in findings)) for name in ("error", "warning", "hint")]
    summary = words.listed([words.count(n, name) for name, n in counts if n]) or "Nothing to mend"
    titles = {entry.path: key for key, entry in desk.plan.graph.index.keys.items()}
    families = tuple(
        _family(name, [f for f in findings if _heading(f) == name], titles, desk) for name in _HEADINGS
    )
    return HealthPage(
        desk.frame("Health", "health.html"),
        summary,
        words.count(len(desk.plan.snapshot.sources), "file") + " read",
        tuple(family for family in families if family.files),
        not desk.plan.snapshot.sources and not findings,
    )


def _heading(found: Diagnostic) -> Heading:
    rule = RULES.get(found.code)
    family: Heading = rule.family if rule else "reading"
    return "slips" if family == "reading" and found.severity == "warning" else family


def _family(name: Heading, found: list[Diagnostic], titles: dict[str, str], desk: Desk) -> FamilyGroup:
    title, about = _HEADINGS[name]
    shown = found[:MOST]
    files = tuple(
        _file(path, list(group), titles, desk) for path, group in groupby(shown, key=lambda f: f.path)
    )
    more = f"{len(found) - MOST:,} more: goalkit check" if len(found) > MOST else ""
    return FamilyGroup(name, title, about, f"{len(found):,}", files, more)


def _file(path: str, found: list[Diagnostic], titles: dict[str, str], desk: Desk) -> FileGroup:
    key = titles.get(path)
    entry = desk.plan.graph.index.keys[key] if key is not None else None
    return FileGroup(path, entry.title if entry else "", desk.addresses.of(key), finding_rows(found, desk))
