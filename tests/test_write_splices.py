"""Splice identity: every verb on every file of the hostile corpus, with every kind of line end.

What is written differs from what was there by exactly one splice (in each place, where a verb has several); what is refused
changes no byte and no time.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from goalkit.author import check_in, closing, fields, milestones
from goalkit.author.manuscript import Manuscript, Refused, Revise
from goalkit.config import Config
from goalkit.text import Source
from goalkit.vault import write
from tests.faults import tell

HOSTILE = Path(__file__).parent / "hostile" / "vault"
SAMPLE = Path(__file__).parent.parent / "sample-vault"
TODAY = date(2026, 11, 20)
CONFIG = Config()

Verb = Callable[[Source], Revise]


def _check_in(_source: Source) -> Revise:
    return check_in.check_in(CONFIG, check_in.Entry(TODAY, status="at-risk", note="A month of travel."))


def _tick(source: Source) -> Revise:
    boxes = Manuscript.read(source, CONFIG).body.boxes
    still = [box for box in boxes if box.state in milestones.OPEN]
    if not still:
        raise Refused("no box")
    return milestones.tick(
        CONFIG, milestones.Candidate(source.path, still[-1], source.line(still[-1].line), 1)
    )


def _set(key: str, *values: str) -> Verb:
    return lambda _source: fields.set_field(CONFIG, key, fields.as_written(key, values))


def _review(_source: Source) -> Revise:
    return closing.review(CONFIG, "Ask for help sooner.")


VERBS: dict[str, Verb] = {
    "check-in": _check_in,
    "tick": _tick,
    "pause": _set("status", "paused"),
    "set title": _set("title", "Ship: the #1 thing"),
    "set due": _set("due", "2027"),
    "set supports": _set("supports", "learn-sql", "swim"),
    "set nothing": _set("measure", ""),
    "review": _review,
}
ENDS = ("as it is", "LF", "CRLF", "mixed", "BOM", "no final newline")


def _with_ends(text: str, ends: str) -> str:
    """The same text with line ends of another kind."""
    plain = re.sub(r"\r\n|\r", "\n", text)
    match ends:
        case "LF":
            return plain
        case "CRLF":
            return plain.replace("\n", "\r\n")
        case "mixed":
            return (
                "".join(line + ("\r\n" if i % 2 else "\n") for i, line in enumerate(plain.split("\n")[:-1]))
                + plain.split("\n")[-1]
            )
        case "BOM":
            return "\ufeff" + plain.removeprefix("\ufeff")
        case "no final newline":
            return plain.rstrip("\n")
        case _:
            return text


def _variants(text: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for ends in ENDS:
        variant = _with_ends(text, ends)
        if variant not in seen:
            seen.add(variant)
            yield ends, variant


def _notes() -> list[Source]:
    """The goals of both vaults that are text, without those that are there for their size."""
    found = []
    for root in (HOSTILE, SAMPLE):
        for path in sorted(root.rglob("*.md")):
            try:
                data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
                text = data.decode("utf-8")
            except (UnicodeDecodeError, OSError):
                continue
            if len(text) < 8_000:
                found.append(Source("goals/" + path.relative_to(root).as_posix().rpartition("/")[2], text))
    return found


NOTES = _notes()


def splice(old: str, new: str) -> tuple[str, str]:
    """What one splice takes out of `old` and puts in, the longest beginning and end being the same."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def _passes_hooks(text: str) -> bool:
    """What end-of-file and trailing-space hooks ask for: one line end at the end, and none with blanks before it."""
    lines = re.split(r"\r\n|\n|\r", text)
    return (
        not lines[-1]
        and bool(lines[-2:-1] == [] or lines[-2])
        and all(line == line.rstrip(" \t") for line in lines)
    )


def _is_in_place(verb: str, taken: str, put: str, source: Source) -> bool:
    """Whether the one splice is of the size that the verb asks for."""
    lines = len(re.findall(r"\r\n|\n|\r", taken))
    match verb:
        case "tick":
            return len(taken) == len(put) == 1
        case "check-in" | "review":
            return not taken and len([ln for ln in re.split(r"\r\n|\n|\r", put) if ln.strip()]) <= 2
        case "set nothing":
            return not put and taken.strip().casefold().startswith(
                ("measure", "easure", "mesure", "m", '"', "'")
            )
        case "set supports":
            return lines <= len(re.findall(r"\[\[|^\s*- ", source.text, re.MULTILINE)) + 1
        case _:
            return lines <= 1


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_written_is_one_splice(verb: str) -> None:
    done: Counter[str] = Counter()
    for note in NOTES:
        for ends, text in _variants(note.text):
            source = Source(note.path, text)
            try:
                after = VERBS[verb](source)(source)
            except Refused:
                done["refused"] += 1
                continue
            if after == source.text:
                done["unchanged"] += 1
                continue
            done["written"] += 1
            taken, put = splice(source.text, after)
            assert _is_in_place(verb, taken, put, source), (note.path, ends, taken, put)
            assert _passes_hooks(after) or not _passes_hooks(source.text), (note.path, ends, put)
            foreign = {"\r\n", "\n", "\r"} - set(re.findall(r"\r\n|\n|\r", source.text) or ["\n"])
            ends_now = Counter(re.findall(r"\r\n|\n|\r", after))
            assert not any(ends_now[end] for end in foreign), (note.path, ends, put)
    tell(f"{verb}: {dict(done)}")
    assert done["written"] > 5 * 100 or verb in ("tick", "set nothing")
    assert done["written"] > 5 * 20


def _marks(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and write.STATE not in path.parts
    }


@pytest.mark.parametrize("verb", ["check-in", "tick", "set due"])
def test_on_the_disk_undo_gives_every_byte_back_and_what_is_refused_is_not_touched(
    verb: str, tmp_path: Path
) -> None:
    root = tmp_path / "vault"
    shutil.copytree(HOSTILE, root)
    before, done = _marks(root), Counter[str]()
    with write.transaction(root) as writer:
        for path in sorted(p for p in before if p.endswith(".md")):

            def plan(path: str = path) -> list[write.Change]:
                source = write.read(root, path)
                return [write.Change(path, source.text, VERBS[verb](source)(source))]

            try:
                changed = writer.apply(verb, plan)
            except Refused:
                done["refused"] += 1
                assert (root / path).read_bytes() == before[path][0]
                assert (root / path).lstat().st_mtime_ns == before[path][1]
                continue
            if not changed:
                done["unchanged"] += 1
                continue
            done["written"] += 1
            assert (root / path).read_bytes() == (changed[0].after or "").encode()
            writer.undo()
    after = _marks(root)
    assert {path: data for path, (data, _) in after.items()} == {
        path: data for path, (data, _) in before.items()
    }
    assert sum(after[path] != before[path] for path in before) == done["written"]
    tell(f"{verb} and undo: {dict(done)}")
    assert done["written"] > (20 if verb == "tick" else 150)
