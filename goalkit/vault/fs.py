"""The file-system calls that writing is made of, one name each, so that a test can stop the process before any of them."""

import ctypes
import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
_CWD, _SWAP = (-100, 2) if sys.platform == "linux" else (-2, 2)


def mkdir(path: Path) -> None:
    """Make one folder that nobody else may look into."""
    path.mkdir(mode=0o700)


def mkdir_open(path: Path) -> None:
    """Make one folder of the vault, as the system makes folders."""
    path.mkdir()


def rmdir(path: Path) -> None:
    """Remove an empty folder."""
    path.rmdir()


def read(path: Path) -> bytes:
    """All bytes of a regular file; no device or pipe is opened, no link followed."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return file.read()


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


def dress(path: Path, like: Path) -> None:
    """Give a file the permissions, the group and the extended attributes of another."""
    info = os.lstat(like)
    if hasattr(os, "chown") and os.lstat(path).st_gid != info.st_gid:
        os.chown(path, -1, info.st_gid)
    for name in os.listxattr(like) if sys.platform == "linux" else ():
        with suppress(OSError):  # some belong to the system, and it has set them already
            os.setxattr(path, name, os.getxattr(like, name))
    path.chmod(stat.S_IMODE(info.st_mode))


def link(old: Path, new: Path) -> None:
    """Give the file at `old` a second name, which must be free."""
    os.link(old, new)


def replace(old: Path, new: Path) -> None:
    """Move `old` to `new` in one step, over what is there. Windows forbids it while somebody reads: a few tries then."""
    for _ in range(4 if os.name == "nt" else 0):
        with suppress(PermissionError):
            old.replace(new)
            return
        time.sleep(0.05)
    old.replace(new)


def exchange(one: Path, other: Path) -> bool:
    """Let two names of a folder swap their files in one step; false where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    call = getattr(libc, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if call is None:
        return False
    if call(_CWD, os.fsencode(one), _CWD, os.fsencode(other), _SWAP) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


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


def being_written(path: Path) -> bool:
    """Whether some process holds the file open for writing, where the system can tell (a lease on Linux)."""
    if sys.platform != "linux":
        return False
    import fcntl  # noqa: PLC0415 - there only on Unix
    import signal  # noqa: PLC0415

    handle = os.open(path, os.O_RDONLY)
    try:
        # Who opens the file in this very moment breaks the lease, and is told by a signal that nobody minds: SIGIO would kill.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(handle)
    return False


def open_lock(path: Path) -> int:
    """Open the file that holds a lock."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def try_lock(handle: int) -> bool:
    """Take the lock if it is free; the system lets go of it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there only on Windows

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415 - there only on Unix

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def lock(handle: int) -> None:
    """Take the lock when it becomes free, in the order of those who wait."""
    if os.name == "nt":
        while not try_lock(handle):
            time.sleep(0.005)
        return
    import fcntl  # noqa: PLC0415 - there only on Unix

    fcntl.flock(handle, fcntl.LOCK_EX)


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
        with suppress(OSError):
            unlink(path)
        raise
