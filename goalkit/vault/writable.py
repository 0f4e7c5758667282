"""Whether a file may be written to: a plain, sound text file of the vault, and nobody else's."""

import os
import stat
from pathlib import Path

from goalkit.text import Source
from goalkit.vault import fs, note
from goalkit.vault.refused import Refused


class Absent(Refused):
    """The file is not there, or is being saved right now: in a moment it may be."""


def read(root: Path, path: str) -> Source:
    """A file that may be written to. Raises Refused for anything else than a plain, sound text file of the vault."""
    full = target(root, path)
    try:
        _check_plain(path, os.lstat(full))
        if not os.access(full, os.W_OK):
            raise Refused(f"{path} is read-only")
        if fs.being_written(full):
            raise Absent(f"{path} is held open by a program that writes to it")
        source = Source(path, fs.read(full).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 at byte {error.start}") from error
    except FileNotFoundError as error:
        raise Absent(f"{path} is no longer there") from error
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}") from error
    line = note.conflict_line(source)
    if line is not None:
        raise Refused(f"{path}:{line}:1 holds a git conflict marker; settle it first")
    return source


def _check_plain(path: str, info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        raise Refused(f"{path} is not a regular file")
    if info.st_nlink > 1:
        raise Refused(f"{path} has a second name (a hard link); writing would part the two")
    if not info.st_mode & stat.S_IWUSR:
        raise Refused(f"{path} is read-only")
    if hasattr(os, "geteuid") and info.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to another user")


def target(root: Path, path: str) -> Path:
    """The real file behind `path`. A link is followed inside the vault only. Raises Refused."""
    real = Path(os.path.realpath(root / path))
    if not real.is_relative_to(os.path.realpath(root)):
        raise Refused(f"{path} leads out of the vault")
    return real


def unsaved_elsewhere(root: Path, path: str) -> str | None:
    """The sign that an editor has unsaved changes of this file: its lock or swap file."""
    full = target(root, path)
    for name in (f".#{full.name}", f".{full.name}.swp", f".{full.name}.swo"):
        if os.path.lexists(full.with_name(name)):
            return name
    return None
