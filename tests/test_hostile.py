"""The hostile vault: each file has one fault, named by the file; EXPECT.toml says what must come of it."""

import subprocess
import sys
import tomllib
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from goalkit import snapshot
from goalkit.model.goal import Entry, Goal, Project
from goalkit.vault import body, disk, html
from tests.allowed import check
from tests.vaults import TODAY, Vault, assessed

HOSTILE = Path(__file__).resolve().parent / "hostile"
ROOT = HOSTILE / "vault"
EXPECT: dict[str, dict[str, Any]] = tomllib.loads((HOSTILE / "EXPECT.toml").read_text(encoding="utf-8"))


@cache
def hostile(*, shared_only: bool = False) -> Vault:
    reading = disk.read(ROOT)
    return assessed(
        snapshot.load(reading.sources, reading.config, reading.diagnostics, shared_only=shared_only), TODAY
    )


def written(value: object) -> object:
    """A value as EXPECT.toml writes it."""
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, date | Fraction) else value


def facts(vault: Vault, path: str) -> dict[str, object]:
    """What was read of a file and computed from it."""
    graph = vault.graph
    owned: list[tuple[str, Entry]] = [*graph.goals.items(), *graph.values.items(), *graph.projects.items()]
    others: list[Entry] = [*graph.notes, *([graph.vision] if graph.vision else [])]
    everything = [*owned, *(("", entry) for entry in others)]
    key, entry = next(((k, e) for k, e in everything if e.path == path), ("", None))
    if entry is None:
        return {"kind": "none", "visibility": "private"}
    got: dict[str, object] = {
        "kind": type(entry).__name__.lower(),
        "key": key,
        "title": entry.title,
        "visibility": entry.visibility,
        "hidden": any(d.code == "GK123" for d in vault.diagnostics if d.path == path),
    }
    if not isinstance(entry, Goal):
        return got
    one = vault[key]
    got |= {name: getattr(entry, name) for name in ("status", "start", "due", "owner")}
    return got | {
        "weight": str(entry.weight),
        "measure": one.measure.kind if one.measure else None,
        "progress": one.progress,
        "expected": one.expected,
        "level": one.level,
        "horizon": one.horizon,
        "stated": one.stated.status if one.stated else None,
        "rhythm": one.rhythm.cadence.text if one.rhythm else None,
        "check_ins": len(entry.check_ins),
        "milestones": len(entry.milestones),
        "parents": graph.parents[key],
        "cyclic": key in graph.cyclic,
    }


def test_the_corpus_and_its_expectations_are_the_same_files() -> None:
    files = {p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file()}
    assert files == set(EXPECT)
    assert len(files) >= 170
    assert sum("/sound-" in path for path in files) >= 12


@pytest.mark.parametrize("path", EXPECT)
def test_each_fault_gives_what_it_must(path: str) -> None:
    vault, expected = hostile(), dict(EXPECT[path])
    found = [d for d in vault.diagnostics if d.path == path]
    assert sorted(f"{d.line}:{d.col} {d.code}" for d in found) == sorted(expected.pop("findings"))
    got = facts(vault, path)
    assert {name: written(got.get(name)) for name in expected} == expected


@pytest.mark.parametrize("path", EXPECT)
def test_what_has_an_error_is_private_and_says_what_to_do(path: str) -> None:
    vault, found = hostile(), [d for d in hostile().diagnostics if d.path == path]
    for one in found:
        assert one.line >= 1
        assert one.col >= 1
        assert one.message
        assert one.hint
    if any(d.severity == "error" and d.code.startswith("GK1") for d in found):
        assert facts(vault, path)["visibility"] == "private"
        assert facts(hostile(shared_only=True), path)["kind"] == "none"


def test_only_what_says_so_is_in_the_shared_vault() -> None:
    shared = hostile(shared_only=True)
    paths = {
        e.path
        for part in (shared.graph.goals, shared.graph.values, shared.graph.projects)
        for e in part.values()
    }
    paths |= {n.path for n in shared.graph.notes} | (
        {shared.graph.vision.path} if shared.graph.vision else set()
    )
    said = {p for p, e in EXPECT.items() if e.get("visibility") == "shared"}
    assert paths == said
    assert set(shared.snapshot.sources) == said


def test_the_shared_vault_is_that_of_the_shared_files_alone() -> None:
    reading = disk.read(ROOT)
    said = {p for p, e in EXPECT.items() if e.get("visibility") == "shared"}
    alone = snapshot.load([s for s in reading.sources if s.path in said], reading.config, shared_only=True)
    assert told(assessed(alone, TODAY)) == told(hostile(shared_only=True))


def test_the_sound_goals_are_as_if_nothing_else_were_there() -> None:
    def sound(path: str) -> bool:
        return path.rsplit("/", 1)[-1].startswith("sound-") or path == "vision.md"

    reading = disk.read(ROOT)
    alone = assessed(snapshot.load([s for s in reading.sources if sound(s.path)], reading.config), TODAY)
    assert alone.diagnostics == ()
    among = hostile()
    assert len(alone.graph.goals) >= 12
    for key, goal in alone.graph.goals.items():
        assert goal == among.graph.goals[key]
        assert alone[key] == among[key]
        assert alone.graph.values_of[key] == among.graph.values_of[key]
    assert all(isinstance(p, Project) for p in alone.graph.projects.values())


def told(vault: Vault) -> str:
    graph = vault.graph
    parts = (
        graph.goals,
        graph.values,
        graph.projects,
        graph.vision,
        graph.notes,
        graph.parents,
        graph.tree_parents,
    )
    rest = (
        graph.values_of,
        graph.served_by,
        graph.needs,
        graph.cycles,
        graph.tasks,
        graph.backlinks,
        vault.assessments,
    )
    return repr((*parts, *rest, vault.diagnostics))


READ = """
import sys
from datetime import date
from pathlib import Path
from goalkit import snapshot
from goalkit.model.assess import assess
from goalkit.vault import disk
reading = disk.read(Path(sys.argv[1]))
one = snapshot.load(reading.sources, reading.config, reading.diagnostics)
assess(one.graph, date(2026, 11, 20), one.config.check_in)
print(len(one.graph.goals))
"""


def test_the_whole_corpus_is_read_without_a_crash_or_a_hang() -> None:
    """In a process of its own, where deep nesting could end it with a signal."""
    done = subprocess.run(
        [sys.executable, "-c", READ, ROOT], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


@pytest.mark.parametrize("path", [p for p in EXPECT if "/xss-" in p or "/md-bomb-" in p])
def test_the_page_of_a_hostile_body_holds_only_what_is_allowed(path: str) -> None:
    """A bomb is shown as its source or in full, and never makes a page of more than ten times its size."""
    entry = next(g for g in hostile().graph.goals.values() if g.path == path)
    for text in (body.prose(entry.body), *(c.note for c in entry.check_ins)):
        made = html.render(text, lambda target: None)
        check(made.html)
        assert len(made.html) <= 10 * len(text) + 100_000


def test_nothing_that_a_file_says_was_run() -> None:
    hostile()
    assert not Path("/tmp/goalkit-was-here").exists()
