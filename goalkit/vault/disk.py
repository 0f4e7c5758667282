"""The vault's only input from disk. Nothing here follows a link out of the vault, opens a device, or writes."""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goalkit import config as configuration
from goalkit import rules
from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.text import Source, fold, visible
from goalkit.vault import ignored

SKIPPED = frozenset(("node_modules", "__pycache__"))
_COPY = re.compile(
    r"\.sync-conflict-|\(conflicted copy|\(.*'s conflicted copy|\bconflict(?:ed)? copy\b|~syncthing~|\.conflict\.",
    re.IGNORECASE,
)
MANIFEST = ".goalkit-site.json"


class NoVault(Exception):
    """There is no vault at the given place; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A vault as it lies on disk: its root, its configuration, its notes, and what could not be read."""

    root: Path
    config: Config
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]


Marks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    marks: Marks | None
    settled: bool
    source: Source | None
    found: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Memory:
    """What was read before, so that `read` reads only what has changed since: for one root and one configuration.

    A file is taken as unchanged while its size, times and inode are, once two readings in a row have found them so: a
    clock may tick too slowly to tell two saves apart. A text that is the same again is the same Source again.
    """

    files: dict[str, _Known] = field(default_factory=dict)

    def doubt(self) -> None:
        """Have every file read again at the next reading, whatever its marks say."""
        self.files = {path: _Known(None, False, k.source, k.found) for path, k in self.files.items()}


def find_root(start: Path) -> Path:
    """The vault at `start` or in the nearest folder above it that is one. Raises NoVault."""
    try:
        start = start.resolve()
        if not start.is_dir():
            what = "is not a folder" if start.exists() else "does not exist"
            raise NoVault(f"{visible(str(start))} {what}")
        for folder in (start, *start.parents):
            if (folder / configuration.FILE).is_file() or (folder / "goals").is_dir():
                return folder
    except (OSError, ValueError) as error:
        raise NoVault(f"{visible(str(start))} cannot be opened: {error}") from error
    raise NoVault(
        f"no vault in {visible(str(start))}: a vault has a folder `goals` or a file `{configuration.FILE}`; "
        "name it with -C, or make one with `goalkit init`"
    )


def read(
    root: Path, ignore: Sequence[Path] = (), *, config: Config | None = None, memory: Memory | None = None
) -> Reading:
    """Read the vault at `root`, leaving out the folders in `ignore` (the output).

    With `config` that one holds, whatever the file of it says by now. With `memory` only what changed is read.
    """
    found: list[Diagnostic] = []
    if config is None:
        source = read_config(root, found)
        config, problems = configuration.parse(source) if source else (Config(), [])
        found += problems
    left_out = {os.path.realpath(p) for p in (*ignore, root / config.out)}
    scan = _Scan(root, config, left_out, found, memory)
    sources = tuple(scan.run())
    if memory is not None:
        memory.files = scan.seen
    return Reading(root, config, sources, tuple(found))


def read_config(root: Path, found: list[Diagnostic]) -> Source | None:
    """The text of goalkit.toml; none where there is none, or where `found` is told why it cannot be read."""
    path = root / configuration.FILE
    try:
        if os.path.lexists(path) and not _is_plain(root, path):
            found.append(
                rules.CONFIG.in_file(
                    configuration.FILE, "not a regular file of the vault", "put the file itself here"
                )
            )
            return None
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        found.append(
            rules.CONFIG.in_file(
                configuration.FILE, f"cannot be read: {error.strerror}", "check its permissions"
            )
        )
        return None
    text = None if data is None else _decoded(configuration.FILE, data, found)
    return None if text is None else Source(configuration.FILE, text)


def _is_plain(root: Path, path: Path) -> bool:
    """Whether `path` is a regular file, or a link to one that lies inside `root`."""
    target = Path(os.path.realpath(path))
    return target.is_file() and target.is_relative_to(os.path.realpath(root))


def _decoded(path: str, data: bytes, found: list[Diagnostic] | None) -> str | None:
    """The text of `data`; none where it is not UTF-8 or holds a NUL, which no text does."""
    try:
        text, at = data.decode("utf-8"), data.find(b"\x00")
    except UnicodeDecodeError as error:
        text, at = "", error.start
    if at < 0:
        return text
    if found is not None:
        found.append(_not_utf8(path, data, at))
    return None


def _not_utf8(path: str, data: bytes, at: int) -> Diagnostic:
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8")
    line = before.count("\n") + 1
    col = len(before) - (before.rfind("\n") + 1) + 1
    guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "Latin-1 or Windows-1252"
    hint = (
        "it is not a text file"
        if b"\x00" in data and guess != "UTF-16"
        else f"save it as UTF-8 (it may be {guess} now)"
    )
    what = "a NUL" if data[at] == 0 else "not UTF-8"
    return rules.NOT_UTF8.in_file(path, f"{what} at byte {at}, line {line}", hint, line, col)


Ignored = Callable[[str], bool]


@dataclass(slots=True)
class _Scan:
    """One walk over the vault."""

    root: Path
    config: Config
    left_out: set[str]
    found: list[Diagnostic]
    memory: Memory | None = None
    seen: dict[str, _Known] = field(default_factory=dict)
    ignores: list[tuple[str, Ignored]] = field(default_factory=list)

    def run(self) -> Iterator[Source]:
        if self.config.exclude:
            self.ignores.append(("", ignored.matcher(self.config.exclude)))
        stack = [""]
        while stack:
            folder = stack.pop()
            names = self._list(folder)
            if any(n.name == ".gitignore" for n in names):
                self._gitignore(folder)
            for entry in names:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name.startswith(".") or entry.name in SKIPPED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if not self._skips(path + "/") and not self._is_output(path):
                        stack.append(path)
                elif entry.name.lower().endswith(".md") and not self._skips(path):
                    source = self._file(path) if self.memory is None else self._recalled(path, self.memory)
                    if source is not None:
                        yield source

    def _list(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(entries, key=lambda e: e.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            if self._matters(folder + "/x.md"):
                self._complain(
                    folder, f"the folder cannot be read: {error.strerror}", "check its permissions"
                )
            return []

    def _gitignore(self, folder: str) -> None:
        base = f"{folder}/" if folder else ""
        try:
            data, _ = self._bytes(f"{base}.gitignore")
        except OSError:
            return
        self.ignores.append((base, ignored.matcher(data.decode("utf-8", "replace").split("\n"))))

    def _skips(self, path: str) -> bool:
        return any(path.startswith(base) and skips(path[len(base) :]) for base, skips in self.ignores)

    def _is_output(self, path: str) -> bool:
        full = self.root / path
        return os.path.realpath(full) in self.left_out or os.path.isfile(full / MANIFEST)  # noqa: PTH113 - a Path raises where it may not look

    def _matters(self, path: str) -> bool:
        """Whether a file that cannot be read is worth an error: only in goalkit's own folders."""
        folded = fold(path)
        own = any(folded.startswith(fold(name) + "/") for name in self.config.folders)
        return own or folded == "vision.md"

    def _complain(self, path: str, message: str, hint: str) -> None:
        self.found.append(rules.UNREADABLE.in_file(path, message, hint))

    def _recalled(self, path: str, memory: Memory) -> Source | None:
        """The file as it was read before, or read now; what is wrong with it is said either way."""
        marks, known = _marks(self.root / path), memory.files.get(path)
        same = known is not None and marks is not None and marks == known.marks
        if known is not None and same and known.settled:
            self.seen[path] = known
            self.found += known.found
            return known.source
        before = len(self.found)
        source = self._file(path)
        if known is not None and source == known.source:
            source = known.source
        self.seen[path] = _Known(marks, same, source, tuple(self.found[before:]))
        return source

    def _file(self, path: str) -> Source | None:
        matters = self._matters(path)
        if not _is_text(path):
            if matters:
                self._complain(visible(path), "the file's name is not UTF-8", "rename the file")
            return None
        if _COPY.search(path):
            if matters:
                message = "this is a copy that a sync service left; it is not read"
                self.found.append(
                    rules.CONFLICT_COPY.in_file(path, message, "take from it what you need and delete it")
                )
            return None
        problem: tuple[str, str] | None
        try:
            data, problem = self._bytes(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            data, problem = b"", (f"cannot be read: {error.strerror or error}", "check its permissions")
        if problem is not None:
            if matters and problem[0]:
                self._complain(path, *problem)
            return None
        text = _decoded(path, data, self.found if matters else None)
        return None if text is None else Source(path, text)

    def _bytes(self, path: str) -> tuple[bytes, tuple[str, str] | None]:
        """The bytes of a regular file inside the vault, or why it is not read."""
        full = self.root / path
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_BINARY", 0)
        )
        if stat.S_ISLNK(os.lstat(full).st_mode):
            target = Path(os.path.realpath(full))
            if not target.exists():
                return b"", ("a link that leads nowhere", "remove it or mend its target")
            if not target.is_relative_to(os.path.realpath(self.root)):
                return b"", (
                    "a link that leads out of the vault is not read",
                    "put the file itself into the vault",
                )
            full = target
        try:
            handle = os.open(full, flags)
        except OSError as error:
            if error.errno in (errno.ENXIO, errno.ELOOP):
                return b"", ("not a regular file", "remove it")
            raise
        try:
            info = os.fstat(handle)
            if not stat.S_ISREG(info.st_mode):
                return b"", ("not a regular file", "remove it")
            limit = self.config.max_file_size
            if info.st_size > limit:
                size = f"{info.st_size:,} bytes, more than the {limit:,} of `max-file-size`"
                return b"", (f"the file has {size}", "shorten it, or raise `max-file-size` in goalkit.toml")
            with os.fdopen(handle, "rb", closefd=False) as file:
                return file.read(limit), None
        finally:
            os.close(handle)


def _is_text(path: str) -> bool:
    """Whether a name is one that can be written down: Unix takes any bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _marks(path: Path) -> Marks | None:
    """What changes with a file's bytes; none for a link, which says nothing of the file that it leads to."""
    try:
        info = os.lstat(path)
    except OSError:
        return None
    if stat.S_ISLNK(info.st_mode):
        return None
    return info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino, info.st_mode
