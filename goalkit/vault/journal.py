"""What a transaction is about to do, written down before anything is touched, so that the next one can put it right.

A record is `N.open` while its new files are being prepared, `N.swap` while names change, `N.done` afterwards.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from goalkit.vault import fs

State = Literal["open", "swap", "done"]
Kind = Literal["change", "create", "remove", "rename"]


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a transaction; all paths are real ones below the root.

    `before` and `after` are the hashes of what is found and of what is left, where there is something. `temp` lies
    beside the file, `backup` keeps what was there; `target` is where a rename leads; `folders` are those it makes.
    """

    kind: Kind
    path: str
    temp: str
    backup: str
    before: str = ""
    after: str = ""
    target: str = ""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A transaction in the journal: what it is called, its steps, and the record that it takes back."""

    number: int
    title: str
    steps: tuple[Step, ...]
    undoes: int | None = None


class Journal:
    """The records of one vault, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, number: int, state: State) -> Path:
        """Where a record lies in this state."""
        return self.folder / f"{number}.{state}"

    def begin(self, title: str, steps: Sequence[Step], undoes: int | None) -> Record:
        """Write a new record down; nothing else may have been touched yet."""
        record = Record(max([0, *(n for n, _ in self._all())]) + 1, title, tuple(steps), undoes)
        data = {"title": title, "undoes": undoes, "steps": [asdict(step) for step in steps]}
        temp = self.folder / f"{record.number}.tmp"
        fs.write_new(temp, json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), 0o600)
        fs.replace(temp, self.path(record.number, "open"))
        return record

    def ready(self, record: Record) -> None:
        """All new files are on the disk: from here on names change."""
        fs.replace(self.path(record.number, "open"), self.path(record.number, "swap"))
        fs.fsync_folder(self.folder)

    def finish(self, record: Record) -> None:
        """The transaction stands."""
        fs.replace(self.path(record.number, "swap"), self.path(record.number, "done"))

    def drop(self, record: Record) -> None:
        """The transaction never was."""
        fs.unlink(self.path(record.number, "open"))
        fs.unlink(self.path(record.number, "swap"))

    def is_ready(self, record: Record) -> bool:
        """Whether names may have changed already."""
        return self.path(record.number, "swap").exists()

    def unfinished(self) -> list[Record]:
        """Records of transactions that a crash cut short, the last first. Scraps of records are removed."""
        for scrap in self.folder.glob("*.tmp"):
            fs.unlink(scrap)
        found = sorted(((n, state) for n, state in self._all() if state != "done"), reverse=True)
        records: list[Record] = []
        for number, state in found:
            record = self._load(number, state)
            if record is None:
                self._lay_aside(number, state)
            else:
                records.append(record)
        return records

    def done(self) -> Iterator[Record]:
        """Finished records, the last first."""
        for number in sorted((n for n, state in self._all() if state == "done"), reverse=True):
            record = self._load(number, "done")
            if record:
                yield record

    def last(self) -> Record | None:
        """The last transaction that stands: neither taken back nor the taking back of another."""
        undone: set[int] = set()
        for record in self.done():
            if record.undoes is not None:
                undone.add(record.undoes)
            elif record.number not in undone:
                return record
        return None

    def prune(self, before: float) -> None:
        """Forget finished records whose file was made before this time (seconds since 1970)."""
        for path in self.folder.glob("*.done"):
            if path.stat().st_mtime < before:
                fs.unlink(path)

    def _all(self) -> Iterator[tuple[int, State]]:
        for entry in self.folder.iterdir():
            number, _, state = entry.name.partition(".")
            ours = number.isdecimal() and number == str(int(number)) and entry.is_file()
            if ours and state in ("open", "swap", "done"):
                yield int(number), state  # type: ignore[misc]

    def _lay_aside(self, number: int, state: State) -> None:
        """A record that no crash of ours explains: it cannot be followed, and is kept for a person to look at."""
        path = self.path(number, state)
        fs.replace(path, path.with_suffix(".unreadable"))

    def _load(self, number: int, state: State) -> Record | None:
        try:
            data = json.loads(fs.read(self.path(number, state)))
            steps = tuple(Step(**{**one, "folders": tuple(one["folders"])}) for one in data["steps"])
            return Record(number, data["title"], steps, data["undoes"])
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            return None
