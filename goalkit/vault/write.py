"""The only writer of a user's files: guarded, journalled, one transaction a command.

A transaction prepares every new file beside its old one and names all of them, with their hashes, in `.goalkit/journal`.
Then each pair of names is exchanged in one step, and what stood there is hashed again: had somebody written in the last
moment, their file goes back to its name. What was there before stays in `.goalkit/backup`. Whoever holds the lock next finishes
or takes back what a crash left.
"""

import errno
import hashlib
import os
import secrets
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from goalkit.text import Edit, Source, apply, fold
from goalkit.vault import fs, note
from goalkit.vault.journal import Journal, Kind, Record, Step
from goalkit.vault.refused import Refused

__all__ = [
    "STATE",
    "Change",
    "Refused",
    "Writer",
    "digest",
    "pending",
    "read",
    "target",
    "transaction",
    "unsaved_elsewhere",
]

STATE = ".goalkit"
KEEP_SECONDS = 30 * 24 * 3600
PRUNE_EVERY = 20
TRIES = 3
LOOKS = 10
PAUSE_SECONDS = 0.03
LOCK_SECONDS = 5.0
SAVING_SECONDS = 0.5
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


@dataclass(frozen=True, slots=True)
class Change:
    """One file as it was read and as it is to be. No `before`: it is new; no `after`: it goes (only `undo` does that).

    `moved_from` is the name it had.
    """

    path: str
    before: str | None
    after: str | None
    moved_from: str = ""


Revise = Callable[[Source], Sequence[Edit]]
Plan = Callable[[], Sequence[Change]]


class _Staged(NamedTuple):
    """A step, the bytes to prepare for it, and the file whose permissions they get."""

    step: Step
    data: bytes | None = None
    like: str = ""


class _Moved(Exception):
    """The file is no longer what was read."""


class _Absent(Refused):
    """The file is not there, or is being saved right now: in a moment it may be."""


def digest(data: bytes) -> str:
    """The hash by which a file is known to be unchanged."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> Source:
    """A file that may be written to. Raises Refused for anything else than a plain, sound text file of the vault."""
    full = target(root, path)
    try:
        _check_plain(path, os.lstat(full))
        if not os.access(full, os.W_OK):
            raise Refused(f"{path} is read-only")
        if fs.being_written(full):
            raise _Absent(f"{path} is held open by a program that writes to it")
        source = Source(path, fs.read(full).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 at byte {error.start}") from error
    except FileNotFoundError as error:
        raise _Absent(f"{path} is no longer there") from error
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


def pending(root: Path) -> bool:
    """Whether a crash left a transaction that has to be put right before the vault is read."""
    folder = root / STATE / "journal"
    return folder.is_dir() and any(entry.suffix in (".open", ".swap", ".tmp") for entry in folder.iterdir())


@contextmanager
def transaction(root: Path) -> Iterator["Writer"]:
    """Hold the vault's lock, first putting right what a crash left behind. Raises Refused when it stays taken."""
    state = root / STATE
    if state.is_symlink():
        raise Refused(f"{STATE} is a link; goalkit keeps its backups in a folder of the vault itself")
    try:
        for folder in (state, state / "backup", state / "journal"):
            if not folder.is_dir():
                with suppress(FileExistsError):
                    fs.mkdir(folder)
        handle = _locked(state)
        try:
            _keep_out_of_git(state / ".gitignore")
            writer = Writer(Path(os.path.realpath(root)))
            writer.recover()
        except BaseException:
            os.close(handle)
            raise
    except OSError as error:
        raise Refused(
            f"{STATE} in the vault cannot be written to: {error.strerror or error}; nothing was changed"
        ) from error
    try:
        yield writer
    finally:
        os.close(handle)


def _keep_out_of_git(path: Path) -> None:
    if path.exists() and path.read_bytes() == b"*\n":
        return
    temp = path.with_name(".gitignore.tmp")
    fs.unlink(temp)
    fs.write_new(temp, b"*\n", 0o600)
    fs.replace(temp, path)


def _locked(state: Path) -> int:
    """Take the vault's lock, after a first one that only who is next in turn holds: so nobody is overtaken for ever."""
    deadline = time.monotonic() + LOCK_SECONDS
    turn = _wait_for(state / "turn", deadline)
    try:
        return _wait_for(state / "lock", deadline)
    finally:
        os.close(turn)


def _wait_for(path: Path, deadline: float) -> int:
    handle = fs.open_lock(path)
    try:
        if not fs.try_lock(handle) and not _queued(handle, deadline - time.monotonic()):
            raise Refused("another goalkit is writing to this vault; try again when it is done")
    except BaseException:
        os.close(handle)
        raise
    return handle


def _queued(handle: int, seconds: float) -> bool:
    """Wait in the system's own queue for a lock; whether it came in time. One that comes too late ends with its file."""
    waiting = Thread(target=fs.lock, args=(handle,), daemon=True)
    waiting.start()
    waiting.join(max(seconds, 0))
    return not waiting.is_alive()


class Writer:
    """Writes to one vault while its lock is held. `notices` says what a person should look at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.journal = Journal(root / STATE / "journal")
        self.notices: list[str] = []

    def edit(self, path: str, revise: Revise, title: str) -> Source:
        """Change one file by the edits that `revise` makes of its text, and say what it is then."""

        def plan() -> Sequence[Change]:
            source = read(self.root, path)
            return [Change(path, source.text, apply(source.text, revise(source)))]

        done = self.apply(title, plan)
        return Source(path, done[0].after or "") if done else read(self.root, path)

    def create(self, path: str, text: str, title: str) -> None:
        """Make a new file. Raises Refused where one of that name is there, whatever its capitals."""
        self.apply(title, lambda: [Change(path, None, text)])

    def apply(self, title: str, plan: Plan) -> tuple[Change, ...]:
        """Make all changes of `plan`, or none of them; those that change something.

        `plan` reads the files as they are now; where one changes meanwhile it runs again, three times at most. It may
        raise Refused. `title` names the transaction for `undo`.
        """

        def stage(changes: Sequence[Change]) -> list[_Staged]:
            return [staged for change in changes for staged in self._staged(change)]

        for attempt in range(TRIES):
            time.sleep(PAUSE_SECONDS * attempt)
            last = attempt == TRIES - 1
            try:
                changes = tuple(c for c in plan() if c.before != c.after or c.moved_from)
                if not changes:
                    return ()
                self._commit(title, stage(changes))
            except _Moved:
                continue
            except _Absent:
                if last:
                    raise
                continue
            if self._stands(changes):
                return changes
        raise Refused("the file keeps changing while it is being written; try again when it is at rest")

    def _stands(self, changes: Sequence[Change]) -> bool:
        """Whether the lines written are still there: an editor may have saved an older text over them meanwhile.

        False only where the file is at rest and lacks them, so that nothing is ever written twice.
        """
        change = changes[0]
        if len(changes) > 1 or change.before is None or change.after is None or change.moved_from:
            return True
        written = Counter(change.after.splitlines()) - Counter(change.before.splitlines())
        seen: str | None = None
        for _ in range(LOOKS):
            try:
                now = self._text(change.path)
            except OSError:
                return True  # nothing can be told, and it was written
            if now is not None and (now == change.after or not written - Counter(now.splitlines())):
                return True
            if now is not None and now == seen:
                return False
            seen = now
            time.sleep(PAUSE_SECONDS)
        return False

    def _text(self, path: str) -> str | None:
        """A file's text; none while it is away, or half saved."""
        full = target(self.root, path)
        try:
            return None if fs.being_written(full) else fs.read(full).decode("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def undo(self) -> tuple[str, tuple[Change, ...]]:
        """Take back the last transaction: its title and what that changed. Raises Refused where a file changed since."""
        record, staged = self._undoing()
        changes = tuple(self._shown(one) for one in staged)
        try:
            self._commit(f"undo {record.title}", staged, record.number)
        except _Moved as error:
            raise Refused("a file changed in this moment; nothing was taken back") from error
        return record.title, changes

    def undoing(self) -> tuple[str, tuple[Change, ...]]:
        """What `undo` would do."""
        record, staged = self._undoing()
        return record.title, tuple(self._shown(one) for one in staged)

    def _undoing(self) -> tuple[Record, list[_Staged]]:
        record = self.journal.last()
        if record is None:
            raise Refused("there is nothing to undo")
        left = {step.target or step.path: step for step in record.steps}
        for path, step in left.items():
            if self._hash(path) != step.after:
                where = f"; the text from before is in {step.backup}" if step.before else ""
                raise Refused(
                    f"{path} has changed since `{record.title}`, and undo would lose that change{where}"
                )
        return record, [self._inverse(step) for step in reversed(record.steps)]

    def _inverse(self, step: Step) -> _Staged:
        """The step that takes `step` back."""
        if step.kind == "create":
            return _Staged(self._step("remove", step.path, before=step.after, folders=step.folders))
        if step.kind == "rename":
            old = self._free(step.path, than=step.target)
            return _Staged(
                self._step("rename", step.target, before=step.before, after=step.before, target=old)
            )
        if self._hash(step.backup) != step.before:
            raise Refused(f"the text that {step.path} had is no longer in {step.backup}")
        inverse = self._step("change", step.path, before=step.after, after=step.before)
        return _Staged(inverse, self._read(step.backup), step.path)

    def _shown(self, one: _Staged) -> Change:
        step, now = one.step, self._read(one.step.path).decode("utf-8")
        if step.kind == "rename":
            return Change(step.target, now, now, step.path)
        return Change(step.path, now, one.data.decode("utf-8") if one.data is not None else None)

    # --- from changes to steps ------------------------------------------------------------------------------------

    def _staged(self, change: Change) -> Iterator[_Staged]:
        data = (change.after or "").encode("utf-8")
        if change.before is None:
            path, folders = self._free(change.path), self._missing(change.path)
            yield _Staged(self._step("create", path, after=digest(data), folders=folders), data)
            return
        old = change.moved_from or change.path
        if read(self.root, old).text != change.before:
            raise _Moved
        before, path, like = digest(change.before.encode("utf-8")), self._real(old), self._real(old)
        if change.moved_from:
            if (self.root / old).is_symlink():
                raise Refused(f"{old} is a link; rename it by hand")
            path = self._free(change.path, than=like)
            yield _Staged(self._step("rename", like, before=before, after=before, target=path))
        if change.before != change.after:
            yield _Staged(self._step("change", path, before=before, after=digest(data)), data, like)

    def _step(self, kind: Kind, path: str, **given: Any) -> Step:
        token = secrets.token_hex(6)
        folder = path.rpartition("/")[0]
        temp = f"{folder}/.{token}.tmp" if folder else f".{token}.tmp"
        return Step(kind, path, temp, f"{STATE}/backup/{token}.md", **given)

    def _real(self, path: str) -> str:
        return target(self.root, path).relative_to(self.root).as_posix()

    def _free(self, path: str, than: str = "") -> str:
        """The real path of a new file. Raises Refused where another of that name is there, whatever its capitals."""
        full = target(self.root, path)
        for name in _names_in(full.parent) if full.parent.is_dir() else ():
            if fold(name) == fold(full.name) and full.with_name(name) != self.root / than:
                raise Refused(f"{full.with_name(name).relative_to(self.root).as_posix()} is already there")
        return full.relative_to(self.root).as_posix()

    def _missing(self, path: str) -> tuple[str, ...]:
        """The folders above a new file that have to be made, the outer first."""
        above = [folder.as_posix() for folder in Path(path).parents if folder.as_posix() != "."]
        return tuple(folder for folder in reversed(above) if not (self.root / folder).is_dir())

    # --- a transaction --------------------------------------------------------------------------------------------

    def _commit(self, title: str, staged: Sequence[_Staged], undoes: int | None = None) -> None:
        record: Record | None = None
        try:
            record = self.journal.begin(title, [one.step for one in staged], undoes)
            for one in staged:
                self._prepare(one)
            self.journal.ready(record)
            for one in staged:
                _DO[one.step.kind](self, one.step)
            self._finish(record)
        except OSError as error:
            if record is None or not self._settled(record):
                path = staged[0].step.path
                raise Refused(
                    f"{path} could not be written: {error.strerror or error}; nothing was changed"
                ) from error
        except BaseException:
            if record is not None:
                self._settled(record)
            raise

    def _settled(self, record: Record) -> bool:
        """Put a transaction right that was cut short; whether it stands."""
        try:
            return self._settle(record)
        except OSError as error:
            path = record.steps[0].path
            raise Refused(
                f"{path} could not be written ({error.strerror or error}); the next goalkit command that writes puts right what is left"
            ) from error

    def _prepare(self, one: _Staged) -> None:
        step, data, like = one
        for folder in step.folders if step.kind == "create" else ():
            with suppress(FileExistsError):
                fs.mkdir_open(self.root / folder)
        if data is not None:
            fs.write_new(self.root / step.temp, data, 0o600 if like else 0o666)
        if like:
            fs.dress(self.root / step.temp, self.root / like)

    def _finish(self, record: Record) -> None:
        for step in record.steps:
            self._tidy(step)
        self.journal.finish(record)
        if record.number % PRUNE_EVERY == 0:
            self._prune()

    def _tidy(self, step: Step) -> None:
        """What a step that stands leaves beside the file: the old inode becomes the backup."""
        left = self._hash(step.temp)
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
        if self._hash(step.path) != step.before:
            raise _Moved
        old = step.temp
        try:
            if not fs.exchange(temp, full):
                old = step.backup
                self._second_name(full, backup)
                if self._hash(step.path) != step.before:
                    raise _Moved
                fs.replace(temp, full)
        except FileNotFoundError as error:
            raise _Moved from error
        fs.fsync_folder(full.parent)
        self._await_writer(self.root / old)
        if self._hash(old) != step.before:
            raise _Moved

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
        if self._hash(step.path) != step.before:
            raise _Moved
        self._move(step.path, step.backup)
        if self._hash(step.backup) != step.before:
            raise _Moved
        fs.fsync_folder((self.root / step.path).parent)

    def _rename(self, step: Step) -> None:
        """A second name first, then the old one is taken away: at every moment the file has a name."""
        full, temp, new = (self.root / p for p in (step.path, step.temp, step.target))
        if self._hash(step.path) != step.before:
            raise _Moved
        if os.path.lexists(new) and new.samefile(full):
            fs.replace(full, new)  # another spelling of the same name, where capitals do not count
        elif self._linked(full, new):
            fs.replace(full, temp)
            if not self._same(temp, new):
                raise _Moved
        else:
            fs.replace(full, new)
        fs.fsync_folder(full.parent)

    # --- after a crash ------------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Finish or take back the transactions that were cut short."""
        for record in self.journal.unfinished():
            self._settle(record)
        for record in self.journal.done():
            self._look_again(record)
            break

    def _settle(self, record: Record) -> bool:
        """Finish a transaction of which every step stands, take back any other; whether it stands."""
        if not self.journal.is_ready(record):
            for step in record.steps:
                fs.unlink(self.root / step.temp)
                self._drop_folders(step)
            self.journal.drop(record)
            return False
        if all(self._is_done(step) for step in record.steps):
            self._finish(record)
            return True
        for step in reversed(record.steps):
            _TAKE_BACK[step.kind](self, step)
        self.journal.drop(record)
        return False

    def _is_done(self, step: Step) -> bool:
        match step.kind:
            case "change":
                left = self._hash(step.temp)
                kept = self._hash(step.backup) if left is None else left
                return self._hash(step.path) == step.after and kept in (None, step.before)
            case "create":
                return self._hash(step.path) == step.after
            case "remove":
                return self._hash(step.path) is None and self._hash(step.backup) == step.before
            case "rename":
                left = self._hash(step.temp)
                arrived = self._hash(step.path) is None and self._hash(step.target) is not None
                return arrived and left in (None, step.before)

    def _take_back_change(self, step: Step) -> None:
        full, temp, backup = (self.root / p for p in (step.path, step.temp, step.backup))
        left = self._hash(step.temp)
        if left == step.after:  # it never came to its place, or is back already
            fs.unlink(temp)
            fs.unlink(backup)
            return
        kept = self._hash(step.backup) if left is None else left
        if kept is None:
            return
        if self._hash(step.path) != step.after:  # somebody has written since: their file stays
            if kept != step.before:
                self._conflict_copy(temp if left else backup, full)
            elif left:
                self._move(step.temp, step.backup)
            return
        if left is None:
            self._second_name(backup, temp)
        if not fs.exchange(temp, full):
            fs.replace(temp, full)
        fs.fsync_folder(full.parent)
        if self._hash(step.temp) not in (None, step.after):
            self._conflict_copy(temp, full)
        fs.unlink(temp)
        fs.unlink(backup)

    def _take_back_create(self, step: Step) -> None:
        full, temp = self.root / step.path, self.root / step.temp
        ours = self._same(full, temp) if temp.exists() else self._hash(step.path) == step.after
        if ours and self._hash(step.path) == step.after:
            fs.unlink(full)
        fs.unlink(temp)
        self._drop_folders(step)

    def _take_back_remove(self, step: Step) -> None:
        full, backup = self.root / step.path, self.root / step.backup
        if not backup.exists():
            return
        if not full.exists():
            self._second_name(backup, full)
            fs.unlink(backup)
        elif self._hash(step.path) == step.before:
            fs.unlink(backup)
        elif self._hash(step.backup) != step.before:
            self._conflict_copy(backup, full)

    def _take_back_rename(self, step: Step) -> None:
        full, temp, new = (self.root / p for p in (step.path, step.temp, step.target))
        names = _names_in(full.parent)
        if full.name not in names and new.name in names:
            fs.replace(new, full)
        elif full.name not in names and temp.name in names:
            fs.replace(temp, full)
        elif new.name in names and self._same(full, new):
            fs.unlink(new)
        if temp.exists() and not self._same(temp, full) and self._hash(step.temp) != step.before:
            self._conflict_copy(temp, full)
        fs.unlink(temp)

    def _drop_folders(self, step: Step) -> None:
        for folder in reversed(step.folders) if step.kind == "create" else ():
            with suppress(OSError):
                fs.rmdir(self.root / folder)

    def _look_again(self, record: Record) -> None:
        """A program that had the old file open may have written to it after the exchange: then its words are in the backup."""
        for step in record.steps:
            if step.kind == "change" and self._hash(step.backup) not in (None, step.before):
                self._conflict_copy(self.root / step.backup, self.root / step.path)
                fs.unlink(self.root / step.backup)

    def _conflict_copy(self, words: Path, full: Path) -> None:
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

    def _read(self, path: str) -> bytes:
        return fs.read(self.root / path)

    def _hash(self, path: str) -> str | None:
        try:
            return digest(self._read(path))
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
            fs.write_new(self.root / new, self._read(old), 0o600)
            fs.unlink(self.root / old)

    def _await_writer(self, path: Path) -> None:
        """Let a program that is just saving come to its end, so that its last words are seen."""
        deadline = time.monotonic() + SAVING_SECONDS
        while fs.being_written(path) and time.monotonic() < deadline:
            time.sleep(0.002)

    def _prune(self) -> None:
        """Forget transactions and backups of more than thirty days ago."""
        old = time.time() - KEEP_SECONDS  # noqa: TID251 - the age of a backup, not a goal's day
        with suppress(OSError):
            self.journal.prune(old)
            for path in (self.root / STATE / "backup").glob("*.md"):
                if path.stat().st_ctime < old:
                    fs.unlink(path)


def _names_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


_DO: dict[str, Callable[[Writer, Step], None]] = {
    "change": Writer._change,
    "create": Writer._create,
    "remove": Writer._remove,
    "rename": Writer._rename,
}
_TAKE_BACK: dict[str, Callable[[Writer, Step], None]] = {
    "change": Writer._take_back_change,
    "create": Writer._take_back_create,
    "remove": Writer._take_back_remove,
    "rename": Writer._take_back_rename,
}
