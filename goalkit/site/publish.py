"""The only writer of the output folder. It writes what changed and deletes what it wrote itself, nothing else.

A manifest in the folder lists every file written, with its hash. While pages are being exchanged it lists the old and
the new hash of each, so that a build that was cut short is still known to be ours.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goalkit.text import visible
from goalkit.vault.disk import MANIFEST
from goalkit.vault.write import STATE

_TEMPORARY = ".goalkit-tmp-"
_OWN_TEMPORARY = re.compile(re.escape(_TEMPORARY) + r"(\d{1,10})-\d+")
_SAFE_PATH = re.compile(r"(?:[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*", re.ASCII)
_LAST = "index.html"
Hashes = dict[str, list[str]]


class Refused(Exception):
    """The output folder is not ours to write, or could not be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was done, as paths below `out`; `kept` are old pages that somebody changed, so that they still stand."""

    out: Path
    written: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]

    def __str__(self) -> str:
        done = [f"{len(self.written):,} written", f"{len(self.unchanged):,} unchanged"]
        if self.deleted:
            done.append(f"{len(self.deleted):,} deleted")
        kept = (
            f"\nno longer part of it, but changed by hand and so left: {', '.join(self.kept)}"
            if self.kept
            else ""
        )
        return f"{visible(str(self.out / _LAST))} ({', '.join(done)}){kept}"


def publish(
    pages: Mapping[str, bytes],
    out: Path,
    vault_root: Path,
    *,
    shared: bool = False,
    folders: Collection[str] = (),
) -> Published:
    """Make the folder `out` hold `pages` (path below it → bytes) and say what that took.

    A page that is no longer part of the site is deleted. One that somebody changed since it was written is kept, and named
    at every build until it is gone; not so with `shared`, since what is on it may be private by now. `folders` are those
    of the vault that hold its notes.

    Raises Refused, with nothing changed, where `out` is not a place for it: the vault or above it, the home folder, a
    link, a folder with files that goalkit did not write. Raises Refused as well when the disk refuses; pages are laid
    down beside the old ones first and then exchanged one by one, the first page last.
    """
    for path in pages:
        if not _SAFE_PATH.fullmatch(path):
            raise ValueError(f"not a path for a page: {path!r}")
    _check_place(out, vault_root, folders)
    try:
        before = _check_own(out)
        _check_ways(out, pages, before)
        return _exchange(pages, out, before, shared)
    except OSError as error:
        where = visible(str(error.filename or out))
        raise Refused(f"{where} could not be written: {error.strerror or error}") from error


def _check_place(out: Path, vault_root: Path, folders: Collection[str]) -> None:
    shown = visible(str(out))
    elsewhere = "name another folder with --out"
    try:
        if out.is_symlink():
            raise Refused(f"{shown} is a symbolic link; {elsewhere}, or the folder it leads to")
        place, vault = out.resolve(), vault_root.resolve()
        home = Path.home().resolve()
    except (OSError, RuntimeError) as error:
        raise Refused(f"{shown} cannot be opened: {error}") from error
    if place == Path(place.anchor):
        raise Refused(f"{shown} is the root of the disk; {elsewhere}")
    if place == home or place in home.parents:
        raise Refused(f"{shown} is your home folder or above it; {elsewhere}")
    if place == vault or place in vault.parents:
        raise Refused(
            f"{shown} is the vault itself or above it; {elsewhere}, such as {visible(str(out / 'site'))}"
        )
    if ".git" in place.parts:
        raise Refused(f"{shown} is inside a .git folder; {elsewhere}")
    if place.is_relative_to(vault / STATE):
        raise Refused(f"{shown} is goalkit's own folder for undoing; {elsewhere}")
    if any(place.is_relative_to(vault / folder) for folder in folders):
        raise Refused(f"{shown} is a folder for notes; {elsewhere}")


def _check_own(out: Path) -> Hashes:
    """The manifest of `out`, empty for a new or empty folder. Raises Refused for a folder that is not ours."""
    shown = visible(str(out))
    if not out.exists():
        return {}
    if not out.is_dir():
        raise Refused(f"{shown} is a file, not a folder; name another one with --out")
    if not (out / MANIFEST).is_file():
        foreign = sorted(p.name for p in out.iterdir() if not _OWN_TEMPORARY.fullmatch(p.name))
        if foreign:
            raise Refused(
                f"{shown} holds files that goalkit did not write, such as {visible(foreign[0])}; "
                "name an empty or a new folder with --out"
            )
        return {}
    manifest = _manifest((out / MANIFEST).read_bytes())
    if manifest is None:
        raise Refused(
            f"{visible(str(out / MANIFEST))} cannot be read, so goalkit does not know which files here are its own; "
            "delete the folder, or name another one with --out"
        )
    return manifest


def _manifest(raw: bytes) -> Hashes | None:
    try:
        files = json.loads(raw)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(files, dict):
        return None
    sound = all(
        _SAFE_PATH.fullmatch(path) and isinstance(hashes, list) and all(isinstance(h, str) for h in hashes)
        for path, hashes in files.items()
    )
    return files if sound else None


def _check_ways(out: Path, pages: Mapping[str, bytes], before: Hashes) -> None:
    """Refuse where a page would land on somebody else's file, or outside by way of a link."""
    for folder in sorted({path.split("/")[0] for path in (*pages, *before) if "/" in path}):
        place = out / folder
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise Refused(
                f"{visible(str(place))} is not a folder of goalkit's; remove it, or name another one with --out"
            )
    for path, content in pages.items():
        place = out / path
        if path not in before and os.path.lexists(place) and _read(place) != content:
            raise Refused(
                f"{visible(str(place))} was not written by goalkit and is in the way; move it, or name another folder"
            )


def _exchange(pages: Mapping[str, bytes], out: Path, before: Hashes, shared: bool) -> Published:
    after = {path: [_hash(content)] for path, content in pages.items()}
    changed = [
        path for path in sorted(pages, key=lambda p: (p == _LAST, p)) if _read(out / path) != pages[path]
    ]
    gone = [path for path in sorted(before) if path not in pages and os.path.lexists(out / path)]
    out.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    if changed or gone or before != after:
        both = {path: sorted({*before.get(path, ()), *after.get(path, ())}) for path in (*before, *after)}
        _replace(out / MANIFEST, _manifest_bytes(both), out)
    _lay_and_swap(pages, changed, out)
    deleted = [path for path in gone if _delete(out / path, None if shared else before[path])]
    kept = [path for path in gone if path not in deleted]
    after |= {path: before[path] for path in kept}
    if changed or gone or before != after:
        _replace(out / MANIFEST, _manifest_bytes(after), out)
    same = tuple(sorted(pages.keys() - set(changed)))
    return Published(out, tuple(changed), tuple(deleted), same, tuple(kept))


def _lay_and_swap(pages: Mapping[str, bytes], changed: list[str], out: Path) -> None:
    """Write all that changed beside the old pages, and only when all of it is on the disk put it in their place."""
    names = _temporary_names(out)
    laid: list[tuple[Path, Path]] = []
    try:
        for path in changed:
            (out / path).parent.mkdir(exist_ok=True)
            laid.append((next(names), out / path))
            laid[-1][0].write_bytes(pages[path])
        while laid:
            laid[0][0].replace(laid[0][1])
            laid.pop(0)
    finally:
        for temporary, _ in laid:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _replace(place: Path, content: bytes, out: Path) -> None:
    temporary = next(_temporary_names(out))
    try:
        temporary.write_bytes(content)
        temporary.replace(place)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _temporary_names(out: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield out / f"{_TEMPORARY}{os.getpid()}-{number}"


def _sweep(out: Path) -> None:
    """Remove what a build that was cut short has left."""
    for stray in out.glob(f"{_TEMPORARY}*"):
        found = _OWN_TEMPORARY.fullmatch(stray.name)
        if found and not _is_running(int(found[1])):
            stray.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    """Whether another process of that number is there: its build may be under way."""
    if process == os.getpid() or os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _delete(place: Path, hashes: list[str] | None) -> bool:
    """Delete a page if it still is what was written, or, without `hashes`, whatever became of it."""
    content = _read(place)
    if content is None or (hashes is not None and _hash(content) not in hashes):
        return False
    place.unlink()
    with contextlib.suppress(OSError):
        place.parent.rmdir()  # only if nothing is left in it
    return True


def _read(place: Path) -> bytes | None:
    """The bytes of a regular file; none for anything else."""
    return place.read_bytes() if place.is_file() and not place.is_symlink() else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _manifest_bytes(files: Hashes) -> bytes:
    note = "goalkit wrote the files listed here, and deletes no other ones"
    return (json.dumps({"note": note, "files": dict(sorted(files.items()))}, indent=0) + "\n").encode()
