"""The file-system calls that writing is made of, one name each, so that a test can stop the process before any of them."""

import os
from pathlib import Path


def mkdir(path: Path) -> None:
    """Make a folder and those above it; one that is there is fine."""
    path.mkdir(parents=True, exist_ok=True)


def open_new(path: Path, mode: int) -> int:
    """Open a file that must not exist yet, for writing."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)


def write(handle: int, data: bytes) -> int:
    """Write some of `data`; how much."""
    return os.write(handle, data)


def fsync(handle: int) -> None:
    """Wait until what was written is on the disk."""
    os.fsync(handle)


def close(handle: int) -> None:
    """Close a file."""
    os.close(handle)


def chmod(path: Path, mode: int) -> None:
    """Set the permissions of a file."""
    path.chmod(mode)


def link(old: Path, new: Path) -> None:
    """Give the file at `old` a second name."""
    os.link(old, new)


def replace(old: Path, new: Path) -> None:
    """Move `old` to `new` in one step, over what is there."""
    old.replace(new)


def unlink(path: Path) -> None:
    """Remove a file; one that is gone already is fine."""
    path.unlink(missing_ok=True)


def fsync_folder(path: Path) -> None:
    """Wait until a folder's names are on the disk, where the system has that."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, data: bytes, mode: int) -> None:
    """A new file with all of `data`, on the disk when this returns; it is removed again where that fails."""
    handle = open_new(path, mode)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[write(handle, bytes(rest)) :]
            fsync(handle)
        finally:
            close(handle)
    except OSError:
        unlink(path)
        raise
