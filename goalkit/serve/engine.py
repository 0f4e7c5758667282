"""A vault in memory: what has changed on the disk, and the pages of it, each made when somebody asks for it.

Everything that was read is kept by path, so that only changed files are read and parsed again. Pages are never changed:
a new site takes the place of the old one as a whole.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from goalkit import config as configuration
from goalkit import plan as plans
from goalkit import snapshot as snapshots
from goalkit.config import Config
from goalkit.diagnostics import Diagnostic, ordered
from goalkit.export import export_json
from goalkit.model import assess
from goalkit.model.goal import Goal
from goalkit.plan import Plan
from goalkit.rules import RULES
from goalkit.serve.keep import HOLD, Keeper
from goalkit.site import render
from goalkit.site.pages import Make, page_makers
from goalkit.snapshot import Snapshot
from goalkit.text import Source
from goalkit.vault import disk, reader

LOSS = 3
"""Goals that must vanish at once, and leave less than half, before that looks like a fault and not like a wish."""
ACCEPTED = 60.0
"""Seconds after which what is left of a vault is taken as meant."""

Day = Callable[[Config], date]
How = Literal["changed", "new", "gone", "broken", "mended", "day", "lost", "found"]
Loss = Literal["", "gone", "shrunk"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs from the site before: a file by its path, the day, or the vault as a whole."""

    how: How
    path: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the pages must say beside their content: where, what is wrong, and what to do about it."""

    place: str
    message: str
    hint: str


_LOST: dict[Loss, Notice] = {
    "gone": Notice(
        "", "The vault is not there any more", "these pages are from before; they follow when it is back"
    ),
    "shrunk": Notice(
        "",
        "Most goals have vanished from the vault at once",
        "these pages are from before; if that is meant, they follow in a minute",
    ),
}


class Pages(Mapping[str, bytes]):
    """The files of a site by path, each made when it is first asked for and then kept."""

    __slots__ = ("_made", "_makes")

    def __init__(self, makes: Mapping[str, Make]) -> None:
        self._makes = makes
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        # Two threads may make the same page at once: it comes out the same.
        if path not in self._made:
            self._made[path] = self._makes[path]()
        return self._made[path]

    def __contains__(self, path: object) -> bool:
        return path in self._makes

    def __iter__(self) -> Iterator[str]:
        return iter(self._makes)

    def __len__(self) -> int:
        return len(self._makes)


@dataclass(frozen=True, slots=True)
class Site:
    """All pages at one moment. `problems` are errors and warnings for the terminal; `notices` are for the pages."""

    version: int
    plan: Plan
    pages: Pages
    problems: tuple[Diagnostic, ...]
    notices: tuple[Notice, ...]
    loss: Loss = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What the vault is like at a moment.

    `changes` is what differs from the site there is, `stirred` whether any file differs from the last look, `again` when
    to look once more though nothing may happen until then. `told` are the files that are shown as they were, and why.
    """

    changes: tuple[Change, ...]
    stirred: bool
    again: float | None
    shown: dict[str, Source]
    config: Config
    found: tuple[Diagnostic, ...]
    told: tuple[Diagnostic, ...]
    day: date
    goals: int
    loss: Loss = ""


@dataclass(frozen=True, slots=True)
class _Raw:
    """What is on the disk, before anything is kept: `broken` has the first error of each file that cannot be read."""

    config: Config
    sources: tuple[Source, ...]
    found: tuple[Diagnostic, ...]
    broken: dict[str, Diagnostic] = field(default_factory=dict)
    goals: int = 0


class Engine:
    """One vault being followed. `day` tells the day to reckon from; it is asked at every look.

    With `shared` only what is shared is ever built. `editor` is what pages link into where the vault names none; with
    None they link into none, whatever the vault says. Times are seconds of one clock.
    """

    def __init__(
        self,
        root: Path,
        day: Day,
        *,
        shared: bool = False,
        editor: str | None = "",
        ignore: Sequence[Path] = (),
    ) -> None:
        self.root, self.shared = root, shared
        self.site: Site | None = None
        self._day, self._editor, self._ignore = day, editor, ignore
        self._keeper, self._config_keeper = Keeper(patient=not shared), Keeper()
        self._memory, self._cache = disk.Memory(), reader.Cache()
        self._raw: _Raw | None = None
        self._built: Look | None = None
        self._snapshot: Snapshot | None = None
        self._assessed = assess.Memory()
        self._lost_since: float | None = None

    def look(self, now: float, *, thorough: bool = False) -> Look:
        """Look at the disk; `thorough` reads all files, even those that seem unchanged."""
        if thorough:
            self._memory.doubt()
        if self._built and not _is_there(self.root):
            return self._mourned(self._built, "gone", now)
        found: list[Diagnostic] = []
        config, told, again = self._chosen_config(found, now)
        raw, stirred = self._read(config)
        if self._built and self._has_shrunk(self._built, raw, now):
            return replace(self._mourned(self._built, "shrunk", now), stirred=stirred)
        self._lost_since = None
        sources = {source.path: source for source in raw.sources}
        kept = self._keeper.choose(sources, raw.broken, now)
        # What is wrong with a file is not said of its earlier text.
        found += [d for d in raw.found if kept.shown.get(d.path) is sources.get(d.path)]
        again = min((t for t in (again, kept.again) if t is not None), default=None)
        look = Look(
            (),
            stirred,
            again,
            kept.shown,
            config,
            tuple(found),
            (*told, *kept.told),
            self._day(config),
            raw.goals,
        )
        return replace(look, changes=tuple(self._changes(look)))

    def build(self, look: Look) -> Site:
        """The site of what `look` saw, from now on the one there is."""
        version = self.site.version + 1 if self.site else 1
        if look.loss and self.site:
            self.site = replace(self.site, version=version, notices=(_LOST[look.loss],), loss=look.loss)
            return self.site
        config = self._with_editor(look.config)
        if not self._snapshot or not self._built or not _same_notes(look, self._built):
            self._snapshot = snapshots.load(
                list(look.shown.values()), config, look.found, shared_only=self.shared, cache=self._cache
            )
        plan = plans.plan(self._snapshot, look.day, self._assessed)
        weighty = [found for found in plan.findings if found.severity != "hint"]
        told = () if self.shared else look.told
        notices = tuple(Notice(f"{d.path}:{d.line}", d.message, d.hint) for d in told)
        self._built = look
        self.site = Site(version, plan, self._pages(plan, config), ordered([*weighty, *told]), notices)
        return self.site

    def _pages(self, plan: Plan, config: Config) -> Pages:
        name = self.root.name if config.editor else ""
        makes = page_makers(plan, vault_name=name, root=self.root)
        assets = {path: (lambda content=content: content) for path, content in render.assets().items()}
        return Pages(makes | assets | {"goals.json": lambda: export_json(plan).encode("utf-8", "replace")})

    def _with_editor(self, config: Config) -> Config:
        if self._editor is None or self.shared:
            return replace(config, editor="")
        if config.editor or not self._editor:
            return config
        return replace(config, editor="obsidian" if (self.root / ".obsidian").is_dir() else self._editor)

    def _chosen_config(
        self, found: list[Diagnostic], now: float
    ) -> tuple[Config, tuple[Diagnostic, ...], float | None]:
        """The configuration that holds; of a broken file the one before, even where nothing else is kept."""
        problems: list[Diagnostic] = []
        source = disk.read_config(self.root, problems)
        config, slips = configuration.parse(source) if source else (Config(), [])
        problems += slips
        sources = {source.path: source} if source else {}
        kept = self._config_keeper.choose(sources, _broken(problems, config), now)
        shown = kept.shown.get(configuration.FILE)
        if shown is source:
            found += problems
            return config, (), kept.again
        return configuration.parse(shown)[0] if shown else Config(), kept.told, kept.again

    def _read(self, config: Config) -> tuple[_Raw, bool]:
        """What is on the disk, and whether that is news."""
        last = self._raw
        if last is None or config != last.config:
            self._memory, self._cache = disk.Memory(), reader.Cache()
        reading = disk.read(self.root, self._ignore, config=config, memory=self._memory)
        if last and (last.config, last.sources, last.found) == (config, reading.sources, reading.diagnostics):
            return last, False
        entries, problems = reader.read_all(reading.sources, config, self._cache)
        broken = _broken([*reading.diagnostics, *problems], config)
        goals = sum(isinstance(entry, Goal) for entry in entries)
        self._raw = _Raw(config, reading.sources, reading.diagnostics, broken, goals)
        return self._raw, True

    def _has_shrunk(self, built: Look, raw: _Raw, now: float) -> bool:
        lost = built.goals - raw.goals
        if lost < LOSS or lost <= raw.goals:
            return False
        return not raw.goals or self._lost_since is None or now < self._lost_since + ACCEPTED

    def _mourned(self, built: Look, loss: Loss, now: float) -> Look:
        """The last look once more; after a moment with the news that the vault is lost."""
        self._lost_since = now if self._lost_since is None else self._lost_since
        if now < self._lost_since + HOLD:
            return replace(built, changes=(), stirred=True, again=self._lost_since + HOLD)
        news = (Change("lost"),) if self.site and self.site.loss != loss else ()
        return replace(built, changes=news, stirred=False, again=None, loss=loss)

    def _changes(self, look: Look) -> Iterator[Change]:
        built = self._built
        if built is None:
            return
        if self.site and self.site.loss:
            yield Change("found")
        if look.day != built.day:
            yield Change("day")
        if look.config != built.config:
            yield Change("changed", configuration.FILE)
        files = {change.path: change for change in _between(built.shown, look.shown)}
        before, after = ({d.path: d for d in one.told} for one in (built, look))
        files |= {path: Change("broken", path) for path, d in after.items() if before.get(path) != d}
        for path in before.keys() - after.keys() - files.keys():
            files[path] = Change("mended", path)
        for found in {*built.found} ^ {*look.found}:
            files.setdefault(found.path, Change("changed", found.path))
        yield from (files[path] for path in sorted(files))


def _is_there(root: Path) -> bool:
    return os.path.isfile(root / configuration.FILE) or os.path.isdir(root / "goals")  # noqa: PTH112, PTH113 - they never raise


def _broken(found: Iterable[Diagnostic], config: Config) -> dict[str, Diagnostic]:
    """The first error of each file that cannot be read as it is."""
    broken: dict[str, Diagnostic] = {}
    for one in ordered(list(found)):
        if RULES[one.code].family == "reading":
            weighed = config.apply(one)
            if weighed and weighed.severity == "error":
                broken.setdefault(one.path, weighed)
    return broken


def _same_notes(a: Look, b: Look) -> bool:
    return a.shown == b.shown and a.config == b.config and a.found == b.found


def _between(before: Mapping[str, Source], after: Mapping[str, Source]) -> Iterator[Change]:
    if before == after:
        return
    for path in before.keys() | after.keys():
        if path not in before:
            yield Change("new", path)
        elif path not in after:
            yield Change("gone", path)
        elif before[path] != after[path]:
            yield Change("changed", path)
