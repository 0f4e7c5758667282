"""The only writer of a user's files: guarded, journalled, one transaction a command.

A transaction names each file with the hash it was read at and the hash it will have. Before anything is touched it is
written down in `.goalkit/journal`; every original keeps a second name in `.goalkit/backup`. Whoever holds the lock next
finishes or takes back what a crash left.
"""

import hashlib
import json
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from goalkit.text import Edit, Source, apply, fold
from goalkit.vault import fs, note

STATE = ".goalkit"
KEEP_SECONDS = 30 * 24 * 3600
TRIES = 3
LOCK_SECONDS = 5.0


class Refused(Exception):
    """Nothing was changed; the message says why and what to do."""


class _Moved(Exception):
    """The file is no longer what was read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a transaction, paths below the root. No `before`: it is made; no `after`: it is removed."""

    path: str
    before: str | None
    after: str | None
    temp: str = ""
    backup: str = ""


Plan = Callable[[Source], Sequence[Edit]]


def digest(data: bytes) -> str:
    """The hash by which a file is known to be unchanged."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> tuple[Source, bytes]:
    """A file that may be written to. Raises Refused for anything else than a plain, sound text file of the vault."""
    full = target(root, path)
    try:
        info = os.lstat(full)
        if not stat.S_ISREG(info.st_mode):
            raise Refused(f"{path} is not a regular file")
        if info.st_nlink > 1:
            raise Refused(f"{path} has a second name (a hard link); writing would part the two")
        if not os.access(full, os.W_OK) or not info.st_mode & stat.S_IWUSR:
            raise Refused(f"{path} is read-only")
        data = full.read_bytes()
        source = Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}") from error
    line = note.conflict_line(source)
    if line is not None:
        raise Refused(f"{path}:{line}:1 holds a git conflict marker; settle it first")
    return source, data


def target(root: Path, path: str) -> Path:
    """The real file behind `path`. A link is followed inside the vault only."""
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


@contextmanager
def transaction(root: Path) -> Iterator["Writer"]:
    """Hold the vault's lock, first putting right what a crash left behind. Raises Refused when it stays taken."""
    state = root / STATE
    fs.mkdir(state / "backup")
    fs.mkdir(state / "journal")
    ignore = state / ".gitignore"
    if not ignore.exists():
        with suppress(FileExistsError):
            fs.write_new(ignore, b"*\n", 0o644)
    with _locked(state / "lock"):
        writer = Writer(root)
        writer.recover()
        yield writer


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise Refused("another goalkit is writing to this vault; try again when it is done")
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    """Take the lock if it is free; the system lets go of it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there only on Windows

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415 - there only elsewhere

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Writer:
    """Writes to one vault while its lock is held."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.journal = root / STATE / "journal"
        self.backups = root / STATE / "backup"

    # --- one file, changed --------------------------------------------------------------------------------------

    def edit(self, path: str, plan: Plan, title: str) -> Source:
        """Change one file by the edits that `plan` makes of its text, and say what it is then.

        `plan` runs on the bytes as they are now; where they change meanwhile it runs again, three times at most. It may
        raise Refused. `title` names the transaction for `undo`.
        """
        for _ in range(TRIES):
            source, data = read(self.root, path)
            text = apply(source.text, plan(source))
            if text == source.text:
                return source
            full = target(self.root, path)
            step = self._prepared(full, digest(data), text.encode("utf-8"))
            number = self._begin(title, [step])
            try:
                self._write_temp(step, text.encode("utf-8"), stat.S_IMODE(os.lstat(full).st_mode))
                self._swap(step)
            except _Moved:
                self._abandon(number, [step])
                continue
            except OSError as error:
                self._abandon(number, [step])
                raise Refused(
                    f"{path} could not be written: {error.strerror or error}; nothing was changed"
                ) from error
            self._finish(number)
            return Source(path, text)
        raise Refused(f"{path} keeps changing while it is being written; nothing was changed")

    def create(self, path: str, text: str, title: str) -> None:
        """Make a new file. Raises Refused where one of that name is there, whatever its capitals."""
        full = self.root / path
        if not full.resolve().is_relative_to(self.root.resolve()):
            raise Refused(f"{path} leads out of the vault")
        fs.mkdir(full.parent)
        same = [n.name for n in full.parent.iterdir() if fold(n.name) == fold(full.name)]
        if same:
            raise Refused(f"{full.parent.relative_to(self.root).as_posix()}/{same[0]} is already there")
        data = text.encode("utf-8")
        step = replace(self._prepared(full, None, data), backup="")
        number = self._begin(title, [step])
        temp = self.root / step.temp
        try:
            fs.write_new(temp, data, 0o644)
            fs.link(temp, full)
            fs.unlink(temp)
            fs.fsync_folder(full.parent)
        except OSError as error:
            self._abandon(number, [step])
            raise Refused(
                f"{path} could not be written: {error.strerror or error}; nothing was changed"
            ) from error
        self._finish(number)

    # --- the steps ----------------------------------------------------------------------------------------------

    def _prepared(self, full: Path, before: str | None, data: bytes) -> Step:
        real_root = Path(os.path.realpath(self.root))
        path = Path(os.path.realpath(full)).relative_to(real_root).as_posix()
        token = secrets.token_hex(6)
        temp = f"{path.rpartition('/')[0]}/.{token}.tmp".lstrip("/")
        return Step(path, before, digest(data), temp, f"{STATE}/backup/{token}.md")

    def _write_temp(self, step: Step, data: bytes, mode: int) -> None:
        temp = self.root / step.temp
        fs.write_new(temp, data, mode)
        fs.chmod(temp, mode)

    def _swap(self, step: Step) -> None:
        """Put the prepared file in place of the original, which keeps its inode under the backup's name."""
        full, temp, backup = (self.root / p for p in (step.path, step.temp, step.backup))
        if self._hash(full) != step.before:
            raise _Moved
        try:
            fs.link(full, backup)
        except OSError:
            fs.write_new(backup, full.read_bytes(), 0o600)
        fs.replace(temp, full)
        fs.fsync_folder(full.parent)
        if self._hash(backup) != step.before:
            self._put_back(step)
            raise _Moved

    def _put_back(self, step: Step) -> None:
        """Somebody wrote to the original in the last moment: their file goes back to its name, as it is."""
        full, backup = self.root / step.path, self.root / step.backup
        if self._hash(full) == step.after:
            again = full.with_name(f".{secrets.token_hex(6)}.tmp")
            fs.link(backup, again)
            fs.replace(again, full)
        else:
            copy = self._free_name(full)
            fs.link(backup, copy)
            raise Refused(
                f"{step.path} was written by two others at once; one of them is kept as {copy.name}"
            )

    @staticmethod
    def _free_name(full: Path) -> Path:
        number = 1
        while (copy := full.with_name(f"{full.stem} (conflict {number}){full.suffix}")).exists():
            number += 1
        return copy

    @staticmethod
    def _hash(path: Path) -> str | None:
        try:
            return digest(path.read_bytes())
        except FileNotFoundError:
            return None

    # --- the journal --------------------------------------------------------------------------------------------

    def _numbers(self, state: str) -> list[int]:
        return sorted(int(p.stem) for p in self.journal.glob(f"*.{state}") if p.stem.isdigit())

    def _begin(self, title: str, steps: Sequence[Step]) -> int:
        number = max([0, *self._numbers("done"), *self._numbers("open")]) + 1
        record = json.dumps({"title": title, "steps": [asdict(s) for s in steps]}, ensure_ascii=False)
        fs.write_new(self.journal / f"{number}.open", record.encode(), 0o600)
        return number

    def _finish(self, number: int) -> None:
        fs.replace(self.journal / f"{number}.open", self.journal / f"{number}.done")
        self._prune()

    def _abandon(self, number: int, steps: Sequence[Step]) -> None:
        for step in steps:
            fs.unlink(self.root / step.temp)
            if step.backup and self._hash(self.root / step.path) == step.before:
                fs.unlink(self.root / step.backup)
        fs.unlink(self.journal / f"{number}.open")

    def _load(self, number: int, state: str) -> tuple[str, list[Step]] | None:
        try:
            record = json.loads((self.journal / f"{number}.{state}").read_text(encoding="utf-8"))
            return record["title"], [Step(**s) for s in record["steps"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def recover(self) -> None:
        """Take back the transactions that never finished, unless every file of them did."""
        for number in self._numbers("open"):
            loaded = self._load(number, "open")
            if loaded is None:
                fs.unlink(self.journal / f"{number}.open")
                continue
            _, steps = loaded
            complete = all(self._hash(self.root / s.path) == s.after for s in steps)
            if complete:
                for step in steps:
                    fs.unlink(self.root / step.temp)
                self._finish(number)
                continue
            for step in steps:
                self._restore(step)
            self._abandon(number, steps)

    def _restore(self, step: Step) -> None:
        """Bring one file back to what it was, if it is what this transaction made of it."""
        full = self.root / step.path
        if self._hash(full) != step.after or step.after == step.before:
            return
        if step.before is None:
            fs.unlink(full)
            return
        data = (self.root / step.backup).read_bytes() if (self.root / step.backup).exists() else None
        if data is None or digest(data) != step.before:
            return
        if step.after is None:
            fs.write_new(full, data, 0o644)
            return
        temp = full.with_name(f".{secrets.token_hex(6)}.tmp")
        fs.write_new(temp, data, stat.S_IMODE(os.lstat(full).st_mode))
        fs.replace(temp, full)
        fs.fsync_folder(full.parent)

    def undo(self) -> tuple[str, list[str]]:
        """Take back the last transaction: its title and its files. Raises Refused where a file changed since."""
        numbers = self._numbers("done")
        loaded = self._load(numbers[-1], "done") if numbers else None
        if loaded is None:
            raise Refused("there is nothing to undo")
        title, steps = loaded
        for step in steps:
            if self._hash(self.root / step.path) != step.after:
                raise Refused(
                    f"{step.path} has changed since; undo would lose that change. The old text is in {step.backup}"
                )
            if step.before is not None and self._hash(self.root / step.backup) != step.before:
                raise Refused(f"the backup of {step.path} is gone")
        fs.replace(self.journal / f"{numbers[-1]}.done", self.journal / f"{numbers[-1]}.open")
        for step in steps:
            self._restore(step)
        self._abandon(numbers[-1], steps)
        return title, [step.path for step in steps]

    def _prune(self) -> None:
        """Forget transactions and backups of more than thirty days ago."""
        old = time.time() - KEEP_SECONDS  # noqa: TID251 - the age of a backup, not a goal's day
        for path in [*self.journal.glob("*.done"), *self.backups.glob("*.md")]:
            with suppress(OSError):
                if path.stat().st_ctime < old:
                    fs.unlink(path)
