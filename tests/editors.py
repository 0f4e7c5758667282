"""Another program that saves the same file: five styles, each in a process of its own that is told when to go.

`python -m tests.editors check-ins ROOT NAME COUNT` adds COUNT check-ins to goals/g.md as one of several processes.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from goalkit.author.check_in import Entry, check_in
from goalkit.config import Config
from goalkit.text import Source
from goalkit.vault.write import Change, read, transaction

TODAY = date(2026, 11, 20)


def truncate(path: Path, data: bytes) -> None:
    """As nano and many plugins do."""
    with path.open("wb") as file:
        file.write(data)


def replace(path: Path, data: bytes) -> None:
    """As VS Code and Obsidian's sync do."""
    temp = path.with_name(f"{path.name}.editor")
    temp.write_bytes(data)
    temp.replace(path)


def backup(path: Path, data: bytes) -> None:
    """As vim and Emacs do: the old file gets another name, and the new one is written."""
    path.replace(path.with_name(f"{path.name}~"))
    with path.open("xb") as file:
        file.write(data)


def append(path: Path, data: bytes) -> None:
    """As `echo >>` does: only what is new is written, at the end."""
    with path.open("ab") as file:
        file.write(b"\n" + data.splitlines()[-1] + b"\n")


def recreate(path: Path, data: bytes) -> None:
    """As some sync clients do."""
    path.unlink()
    with path.open("xb") as file:
        file.write(data)


STYLES: dict[str, Callable[[Path, bytes], None]] = {
    one.__name__: one for one in (truncate, replace, backup, append, recreate)
}


def save(path: Path, word: str, style: str, delay: float) -> tuple[float, float]:
    """Add a paragraph to the file as a person does in an editor, that looks before it saves whether the file is what it read.

    When it looked last, and when it had saved.
    """
    until = time.monotonic() + delay
    while time.monotonic() < until:
        pass
    while True:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        text = data.rstrip(b"\n") + b"\n\n" + word.encode() + b"\n"
        looked = time.monotonic()
        try:
            if path.read_bytes() == data:
                STYLES[style](path, text)
                return looked, time.monotonic()
        except FileNotFoundError:
            continue


def revision(root: Path, note: str) -> Callable[[], list[Change]]:
    """The plan of a check-in, as the command has it."""
    revise = check_in(Config(), Entry(TODAY, "+1", note=note))

    def plan() -> list[Change]:
        source: Source = read(root, "goals/g.md")
        return [Change(source.path, source.text, revise(source))]

    return plan


def _serve(root: Path) -> None:
    """Save whenever a line `WORD STYLE DELAY` comes in."""
    for line in sys.stdin:
        word, style, delay = line.split()
        looked, saved = save(root / "goals/g.md", word, style, float(delay))
        sys.stdout.write(f"{looked} {saved}\n")
        sys.stdout.flush()


def _check_ins(root: Path, name: str, count: int) -> None:
    for number in range(count):
        with transaction(root) as writer:
            writer.apply("check-in", revision(root, f"{name}-{number}"))


if __name__ == "__main__":
    if sys.argv[1] == "save":
        _serve(Path(sys.argv[2]))
    else:
        _check_ins(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
