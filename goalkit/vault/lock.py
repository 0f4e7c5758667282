"""One writer at a time: a lock on a file, which the system lets go of when the process ends, however it ends."""

import os
import time
from pathlib import Path
from threading import Thread

from goalkit.vault import fs
from goalkit.vault.refused import Refused

LOCK_SECONDS = 5.0


def locked(state: Path) -> int:
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
