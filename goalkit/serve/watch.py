"""The one door to watchdog: word that something stirs below a folder. Where there is none, time passes.

What is heard is a hint to look, never the truth: events get lost, and say nothing of what a file holds.
"""

import logging
import os
import threading
import warnings
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from goalkit import config
from goalkit.vault.disk import SKIPPED

# Of reading, and of a folder whose content changes, nothing needs to be heard: each look would wake the next one.
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_DONE = (FileClosedEvent, FileMovedEvent, DirMovedEvent)
_OTHERS = (config.FILE, ".gitignore")
_NAMES = {
    "inotify": "inotify",
    "fsevents": "FSEvents",
    "kqueue": "kqueue",
    "read_directory_changes": "ReadDirectoryChangesW",
}
# Of a folder that appears while it is being watched already.
warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
logging.getLogger("watchdog").setLevel(
    logging.CRITICAL
)  # a full queue is no news to the user: every look sees all


class Heard(IntEnum):
    """Nothing; something may still be under way; or a file was closed or moved into its place."""

    NOTHING = 0
    STIR = 1
    DONE = 2


class Ears(Protocol):
    """What tells that it is time to look. `how` is what users are told of it; `every` is for ears that only wait."""

    how: str
    every: float | None

    def wait(self, seconds: float) -> Heard:
        """What was heard since the last call, at once if anything was, else within `seconds`."""

    def wake(self) -> None:
        """End a wait now."""

    def is_current(self) -> bool:
        """Whether it still listens at the folder that has the path it was given."""

    def close(self) -> None:
        """Stop listening."""


class _Waiting:
    """Waiting for somebody to call; shared by those who listen and those who do not."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._heard = Heard.NOTHING
        self._woken = False

    def wait(self, seconds: float) -> Heard:
        """What was heard since the last call, at once if anything was, else within `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._heard or self._woken, timeout=max(0.0, seconds))
            heard, self._heard, self._woken = self._heard, Heard.NOTHING, False
            return heard

    def wake(self) -> None:
        """End a wait now."""
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def _call(self, heard: Heard) -> None:
        with self._condition:
            self._heard = max(self._heard, heard)
            self._condition.notify_all()


class Polling(_Waiting):
    """Hears nothing: whoever waits for it looks when the time is up."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.every: float | None = seconds
        self.how = f"a look every {seconds:g} s"

    def is_current(self) -> bool:
        """Always: there is nothing to lose."""
        return True

    def close(self) -> None:
        """Nothing to stop."""


class Watching(_Waiting, FileSystemEventHandler):
    """Hears of notes and folders below `root`, of nothing in hidden folders and in those of `ignore`.

    Raises OSError where the system refuses (no watches left, no such folder) or has no way to tell.
    """

    every: float | None = None

    def __init__(self, root: Path, ignore: Iterable[Path] = ()) -> None:
        super().__init__()
        self._root = str(root)
        self._ignored = tuple(
            f"{path.relative_to(root)}{os.sep}" for path in ignore if path.is_relative_to(root)
        )
        self._place = _place(root)
        if Observer is PollingObserver:
            raise OSError("this system tells nobody about changes")
        self._observer = Observer()
        self.how = _NAMES.get(type(self._observer).__module__.rsplit(".", 1)[-1], "events")
        try:
            self._observer.schedule(self, self._root, recursive=True, event_filter=_EVENTS)
            self._observer.start()
        except BaseException:
            self.close()
            raise

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what concerns a vault; watchdog calls this in a thread of its own."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if any(self._matters(path, folder=event.is_directory) for path in paths):
            self._call(Heard.DONE if isinstance(event, _DONE) else Heard.STIR)

    def _matters(self, path: str, *, folder: bool) -> bool:
        below = os.path.relpath(path, self._root)
        *folders, name = Path(below).parts or (".",)
        if any(part.startswith(".") or part in SKIPPED for part in folders):
            return False
        if f"{below}{os.sep}".startswith(self._ignored):
            return False
        if folder:
            return below == "." or not name.startswith(".")
        return name.lower().endswith(".md") or name in _OTHERS

    def is_current(self) -> bool:
        """Whether the folder with the path it was given is still the one it listens at."""
        return self._observer.is_alive() and _place(Path(self._root)) == self._place

    def close(self) -> None:
        """Stop listening."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join(timeout=1.0)


def _place(root: Path) -> tuple[int, int] | None:
    try:
        info = root.stat()
    except OSError:
        return None
    return info.st_dev, info.st_ino
