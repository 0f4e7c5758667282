"""Where new goals are written: the vault as it was read, and what is made of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalkit.author.new_goal import NewGoal, Said
from goalkit.capture.draft import Draft
from goalkit.capture.sentence import capture
from goalkit.cli.session import Session
from goalkit.cli.writing import begin
from goalkit.config import Config
from goalkit.plan import Plan, plan
from goalkit.snapshot import load
from goalkit.text import Source, fold
from goalkit.vault import disk

if TYPE_CHECKING:
    from goalkit.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Desk:
    """Where goals are written: the vault as it was read; without a folder, none, and then nothing can be kept."""

    root: Path | None
    plan: Plan
    found: tuple["Diagnostic", ...] = ()

    @property
    def config(self) -> Config:
        """The vault's settings."""
        return self.plan.snapshot.config

    @property
    def folder(self) -> str:
        """The folder for new goals."""
        wanted = next((name for name, kind in self.config.folders.items() if kind == "goal"), "goals")
        return spelled(self.root, wanted) if self.root else wanted

    def capture(self, text: str) -> Draft:
        """What a sentence says on the vault's day."""
        return capture(text, self.plan.today, self.config.week_start)

    def with_new(self, sources: Sequence[Source]) -> Plan:
        """The vault with these files in it too."""
        known = self.plan.snapshot.sources.values()
        return plan(load((*known, *sources), self.config, self.found), self.plan.today)


Pair = tuple[Draft, Said]


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence, what was said beside it, and the file that they make."""

    draft: Draft
    said: Said
    goal: NewGoal
    source: Source

    @property
    def id(self) -> str:
        """The name of the file."""
        return self.source.path.rpartition("/")[2].removesuffix(".md")


def open_desk(ctx: click.Context, *, dry_run: bool) -> Desk:
    """The vault; where nothing is to be kept, none will do."""
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    session = ctx.obj
    if dry_run and session.vault is None and not _in_vault():
        return Desk(None, plan(load((), Config()), session.today or date.today()))
    opened = begin(ctx, dry_run=dry_run).opened
    return Desk(opened.root, opened.plan, opened.reading.diagnostics)


def _in_vault() -> bool:
    try:
        disk.find_root(Path())
    except disk.NoVault:
        return False
    return True


def spelled(root: Path, path: str) -> str:
    """A path below `root` in the capitals that it has on disk, as far as it is there."""
    at, parts = root, list[str]()
    for part in path.split("/"):
        there = [entry.name for entry in at.iterdir()] if at.is_dir() else []
        parts.append(part if part in there else next((n for n in there if fold(n) == fold(part)), part))
        at = at / parts[-1]
    return "/".join(parts)
