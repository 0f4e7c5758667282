"""The steps of a transaction: how each is made, told to stand, and taken back.

A step only ever moves names: what it is to put in place was prepared before, and what was there is kept. `Moved` says
that a file is no longer what was read.
"""

import errno
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from goalkit.vault import fs
from goalkit.vault.journal import Step
from goalkit.vault.refused import Refused

SAVING_SECONDS = 0.5
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


class Moved(Exception):
    """The file is no longer what was read."""


def digest(data: bytes) -> str:
    """The hash by which a file is known to be unchanged."""
    return hashlib.sha256(data).hexdigest()


class Steps:
    """The steps in one vault. `notices` says what a person should look at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notices: list[str] = []

    def do(self, step: Step) -> None:
        """Make a step. Raises Moved, Refused or OSError, and may then have to be taken back."""
        _DO[step.kind](self, step)

    def take_back(self, step: Step) -> None:
        """Take a step back, however far it came; what somebody else wrote meanwhile stays, or is kept beside it."""
        _TAKE_BACK[step.kind](self, step)

    def tidy(self, step: Step) -> None:
        """What a step that stands leaves beside the file: the old inode becomes the backup."""
        left = self.hash(step.temp)
        if step.kind == "change" and left == step.before:
            self._move(step.temp, step.backup)
        elif left is not None:
            fs.unlink(self.root / step.temp)
        for folder in reversed(step.folders) if step.kind == "remove" else ():
            with suppress(OSError):
                fs.rmdir(self.root / folder)

    # --- the kinds of steps -------------------------------------------------------------------------------------

    def _change(self, step: Step) -> None:
        """Exchange the prepared file with the original, and look whether that was still what was read."""
        full, temp, backup = (self.root / p for p in (step.path, step.temp, step.backup))
        if self.hash(step.path) != step.before:
            raise Moved
        old = step.temp
        try:
            if not fs.exchange(temp, full):
                old = step.backup
                self._second_name(full, backup)
                if self.hash(step.path) != step.before:
                    raise Moved
                fs.replace(temp, full)
        except FileNotFoundError as error:
            raise Moved from error
        fs.fsync_folder(full.parent)
        self._await_writer(self.root / old)
        if self.hash(old) != step.before:
            raise Moved

    def _create(self, step: Step) -> None:
        full, temp = self.root / step.path, self.root / step.temp
        try:
            if not self._linked(temp, full):
                if os.path.lexists(full):
                    raise FileExistsError
                fs.replace(temp, full)
        except FileExistsError as error:
            raise Refused(f"{step.path} is already there") from error
        fs.fsync_folder(full.parent)

    def _remove(self, step: Step) -> None:
        if self.hash(step.path) != step.before:
            raise Moved
        self._move(step.path, step.backup)
        if self.hash(step.backup) != step.before:
            raise Moved
        fs.fsync_folder((self.root / step.path).parent)

    def _rename(self, step: Step) -> None:
        """A second name first, then the old one is taken away: at every moment the file has a name."""
        full, temp, new = (self.root / p for p in (step.path, step.temp, step.target))
        if self.hash(step.path) != step.before:
            raise Moved
        if os.path.lexists(new) and new.samefile(full):
            fs.replace(full, new)  # another spelling of the same name, where capitals do not count
        elif self._linked(full, new):
            fs.replace(full, temp)
            if not self._same(temp, new):
                raise Moved
        else:
            fs.replace(full, new)
        fs.fsync_folder(full.parent)

    # --- after a crash ------------------------------------------------------------------------------------------

    def is_done(self, step: Step) -> bool:
        match step.kind:
            case "change":
                left = self.hash(step.temp)
                kept = self.hash(step.backup) if left is None else left
                return self.hash(step.path) == step.after and kept in (None, step.before)
            case "create":
                return self.hash(step.path) == step.after
            case "remove":
                return self.hash(step.path) is None and self.hash(step.backup) == step.before
            case "rename":
                left = self.hash(step.temp)
                arrived = self.hash(step.path) is None and self.hash(step.target) is not None
                return arrived and left in (None, step.before)

    def _take_back_change(self, step: Step) -> None:
        full, temp, backup = (self.root / p for p in (step.path, step.temp, step.backup))
        left = self.hash(step.temp)
        if left == step.after:  # it never came to its place, or is back already
            fs.unlink(temp)
            fs.unlink(backup)
            return
        kept = self.hash(step.backup) if left is None else left
        if kept is None:
            return
        if self.hash(step.path) != step.after:  # somebody has written since: their file stays
            if kept != step.before:
                self.conflict_copy(temp if left else backup, full)
            elif left:
                self._move(step.temp, step.backup)
            return
        if left is None:
            self._second_name(backup, temp)
        if not fs.exchange(temp, full):
            fs.replace(temp, full)
        fs.fsync_folder(full.parent)
        if self.hash(step.temp) not in (None, step.after):
            self.conflict_copy(temp, full)
        fs.unlink(temp)
        fs.unlink(backup)

    def _take_back_create(self, step: Step) -> None:
        full, temp = self.root / step.path, self.root / step.temp
        ours = self._same(full, temp) if temp.exists() else self.hash(step.path) == step.after
        if ours and self.hash(step.path) == step.after:
            fs.unlink(full)
        fs.unlink(temp)
        self.drop_folders(step)

    def _take_back_remove(self, step: Step) -> None:
        full, backup = self.root / step.path, self.root / step.backup
        if not backup.exists():
            return
        if not full.exists():
            self._second_name(backup, full)
            fs.unlink(backup)
        elif self.hash(step.path) == step.before:
            fs.unlink(backup)
        elif self.hash(step.backup) != step.before:
            self.conflict_copy(backup, full)

    def _take_back_rename(self, step: Step) -> None:
        full, temp, new = (self.root / p for p in (step.path, step.temp, step.target))
        names = names_in(full.parent)
        if full.name not in names and new.name in names:
            fs.replace(new, full)
        elif full.name not in names and temp.name in names:
            fs.replace(temp, full)
        elif new.name in names and self._same(full, new):
            fs.unlink(new)
        if temp.exists() and not self._same(temp, full) and self.hash(step.temp) != step.before:
            self.conflict_copy(temp, full)
        fs.unlink(temp)

    def drop_folders(self, step: Step) -> None:
        for folder in reversed(step.folders) if step.kind == "create" else ():
            with suppress(OSError):
                fs.rmdir(self.root / folder)

    def conflict_copy(self, words: Path, full: Path) -> None:
        """Give a file that somebody else wrote a name beside the one it was meant for."""
        number, copy = 1, full.with_name(f"{full.stem} (conflict copy){full.suffix}")
        while os.path.lexists(copy):
            number += 1
            copy = full.with_name(f"{full.stem} (conflict copy {number}){full.suffix}")
        self._second_name(words, copy)
        self.notices.append(
            f"another program wrote {full.name} at the same moment; its text is kept as {copy.relative_to(self.root).as_posix()}"
        )

    # --- small things ---------------------------------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        return fs.read(self.root / path)

    def hash(self, path: str) -> str | None:
        try:
            return digest(self.read(path))
        except FileNotFoundError:
            return None

    @staticmethod
    def _same(one: Path, other: Path) -> bool:
        return one.exists() and other.exists() and one.samefile(other)

    @staticmethod
    def _linked(old: Path, new: Path) -> bool:
        """Give a file a second name; false where the file system has no such thing."""
        try:
            fs.link(old, new)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return False
        return True

    def _second_name(self, old: Path, new: Path) -> None:
        """A hard link, or a copy where the file system has none."""
        if not self._linked(old, new):
            fs.write_new(new, fs.read(old), 0o600)
            fs.dress(new, old)

    def _move(self, old: str, new: str) -> None:
        """Move a file, into another file system too."""
        try:
            fs.replace(self.root / old, self.root / new)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            fs.unlink(self.root / new)
            fs.write_new(self.root / new, self.read(old), 0o600)
            fs.unlink(self.root / old)

    def _await_writer(self, path: Path) -> None:
        """Let a program that is just saving come to its end, so that its last words are seen."""
        deadline = time.monotonic() + SAVING_SECONDS
        while fs.being_written(path) and time.monotonic() < deadline:
            time.sleep(0.002)


def names_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


_DO: dict[str, Callable[[Steps, Step], None]] = {
    "change": Steps._change,
    "create": Steps._create,
    "remove": Steps._remove,
    "rename": Steps._rename,
}
_TAKE_BACK: dict[str, Callable[[Steps, Step], None]] = {
    "change": Steps._take_back_change,
    "create": Steps._take_back_create,
    "remove": Steps._take_back_remove,
    "rename": Steps._take_back_rename,
}
