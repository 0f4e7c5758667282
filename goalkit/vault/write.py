"""The only writer of a user's files: guarded, journalled, one transaction a command.

A transaction prepares every new file beside its old one and names all of them, with their hashes, in `.goalkit/journal`.
Then each pair of names is exchanged in one step, and what stood there is hashed again: had somebody written in the last
moment, their file goes back to its name. What was there before stays in `.goalkit/backup`. Whoever holds the lock next finishes
or takes back what a crash left.
"""

import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from goalkit.text import Edit, Source, apply, fold
from goalkit.vault import fs
from goalkit.vault.journal import Journal, Kind, Record, Step
from goalkit.vault.lock import locked
from goalkit.vault.refused import Refused
from goalkit.vault.steps import Moved, Steps, digest, names_in
from goalkit.vault.writable import Absent, read, target, unsaved_elsewhere

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
        handle = locked(state)
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


class Writer:
    """Writes to one vault while its lock is held."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.journal = Journal(root / STATE / "journal")
        self.steps = Steps(root)

    @property
    def notices(self) -> list[str]:
        """What a person should look at."""
        return self.steps.notices

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
            except Moved:
                continue
            except Absent:
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
        except Moved as error:
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
            if self.steps.hash(path) != step.after:
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
        if self.steps.hash(step.backup) != step.before:
            raise Refused(f"the text that {step.path} had is no longer in {step.backup}")
        inverse = self._step("change", step.path, before=step.after, after=step.before)
        return _Staged(inverse, self.steps.read(step.backup), step.path)

    def _shown(self, one: _Staged) -> Change:
        step, now = one.step, self.steps.read(one.step.path).decode("utf-8")
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
            raise Moved
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
        for name in names_in(full.parent) if full.parent.is_dir() else ():
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
                self.steps.do(one.step)
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
            self.steps.tidy(step)
        self.journal.finish(record)
        if record.number % PRUNE_EVERY == 0:
            self._prune()

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
                self.steps.drop_folders(step)
            self.journal.drop(record)
            return False
        if all(self.steps.is_done(step) for step in record.steps):
            self._finish(record)
            return True
        for step in reversed(record.steps):
            self.steps.take_back(step)
        self.journal.drop(record)
        return False

    def _look_again(self, record: Record) -> None:
        """A program that had the old file open may have written to it after the exchange: then its words are in the backup."""
        for step in record.steps:
            if step.kind == "change" and self.steps.hash(step.backup) not in (None, step.before):
                self.steps.conflict_copy(self.root / step.backup, self.root / step.path)
                fs.unlink(self.root / step.backup)

    def _prune(self) -> None:
        """Forget transactions and backups of more than thirty days ago."""
        old = time.time() - KEEP_SECONDS  # noqa: TID251 - the age of a backup, not a goal's day
        with suppress(OSError):
            self.journal.prune(old)
            for path in (self.root / STATE / "backup").glob("*.md"):
                if path.stat().st_ctime < old:
                    fs.unlink(path)
