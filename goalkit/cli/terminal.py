"""How things look in a terminal: widths, colours, signs, bars, tables.

A text of the user's passes through `text.visible` before it is measured or printed.
"""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TextIO

import click

GAP = 2
NARROWEST = 4


class Sign(NamedTuple):
    """How a state is told: by word, by shape (and a shape for ASCII terminals), by colour."""

    word: str
    shape: str
    ascii: str
    colour: str | None = None


SIGNS: dict[str, Sign] = {
    "on-track": Sign("on track", "●", "o", "green"),
    "at-risk": Sign("at risk", "▲", "^", "yellow"),
    "off-track": Sign("off track", "▼", "v", "red"),
    "overdue": Sign("overdue", "■", "#", "red"),
    "reached": Sign("reached", "★", "*", "cyan"),
    "deadline": Sign("due soon", "◆", "!", "yellow"),
    "stale": Sign("stale", "◌", "~", "yellow"),
    "check-in": Sign("check in", "○", "-", "cyan"),
    "blocked": Sign("blocked", "⊘", "%", "magenta"),
    "active": Sign("active", "○", "-"),
    "idea": Sign("idea", "·", "."),
    "paused": Sign("paused", "‖", "="),
    "done": Sign("done", "✓", "+", "green"),
    "partial": Sign("partial", "◐", "/"),
    "missed": Sign("missed", "✗", "x"),
    "dropped": Sign("dropped", "–", "-"),
    "error": Sign("error", "✗", "x", "red"),
    "warning": Sign("warning", "▲", "!", "yellow"),
    "hint": Sign("hint", "·", "-", "cyan"),
}
BOXES: dict[str, tuple[str, str]] = {
    "open": ("☐", "[ ]"),
    "done": ("☑", "[x]"),
    "under-way": ("◪", "[/]"),
    "cancelled": ("☒", "[-]"),
}


def fancy() -> bool:
    """Whether standard output can show more than ASCII."""
    try:
        "●━☑…".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody is looking; a stream that was closed before goalkit began is none."""
    return stream is not None and stream.isatty()


def columns() -> int:
    """Width to fit: the terminal's; without bound where the output goes into a pipe or a file."""
    if "COLUMNS" not in os.environ and not is_terminal(sys.stdout):
        return 100_000
    return max(20, shutil.get_terminal_size().columns)


def emit(text: str) -> None:
    """Print data for programs: UTF-8 whatever the terminal speaks."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


def dim(text: str) -> str:
    """`text`, less loud."""
    return click.style(text, dim=True) if text else ""


def sign(state: str, *, word: bool = True, says: str = "") -> str:
    """The shape of a state, and its word (or what it `says` instead), in its colour."""
    known = SIGNS[state]
    shape = known.shape if fancy() else known.ascii
    return click.style(f"{shape} {says or known.word}" if word else shape, fg=known.colour)


def sign_cell(state: str) -> "Cell":
    """The same as a cell of a table."""
    known = SIGNS[state]
    return Cell(f"{known.shape if fancy() else known.ascii} {known.word}", ready=sign(state))


def tick(state: str) -> str:
    """The box of a task."""
    return BOXES[state][0 if fancy() else 1]


def bar(progress: Fraction | None, expected: Fraction | None, width: int, state: str | None = None) -> str:
    """A bar of `width` cells, filled as far as `progress`, with a mark where `expected` stands."""
    full, rest, mark = ("━", "─", "┃") if fancy() else ("=", "-", "|")
    if progress is None:
        return dim((" ." if not fancy() else " ·") * (width // 2))
    filled = int(progress * width)
    at = min(int(expected * width), width - 1) if expected is not None and 0 < expected < 1 else None
    cells = [full] * filled + [rest] * (width - filled)
    before, after = slice(0, filled), slice(filled, width)
    if at is not None:
        cells[at] = mark
    colour = SIGNS[state].colour if state else None
    done = "".join(cells[before])
    return (click.style(done, fg=colour) if done else "") + dim("".join(cells[after]))


# -- widths ---------------------------------------------------------------------------------------


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """What is shown as one letter, with the cells it takes: marks and joined emoji belong to what they follow."""
    held, cells, joined = "", 0, False
    for char in text:
        wide = _cells(char)
        if held and (joined or not wide or "\U0001f3fb" <= char <= "\U0001f3ff"):
            held += char
            cells = max(cells, 2) if char == "\ufe0f" else cells
        else:
            if held:
                yield held, cells
            held, cells = char, wide
        joined = char == "\u200d"
    if held:
        yield held, cells


def _cells(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """Cells that `text` takes in a terminal."""
    return len(text) if text.isascii() else sum(wide for _, wide in clusters(text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in … where something is left out."""
    if cells(text) <= width:
        return text
    ellipsis = "…" if fancy() else "."
    out, room = "", width - 1
    for letter, wide in clusters(text):
        if wide > room:
            break
        out, room = out + letter, room - wide
    return out.rstrip() + ellipsis


def wrap(text: str, width: int, indent: str = "") -> str:
    """`text` in lines of at most `width` cells, each after `indent`; a longer word is cut."""
    room = max(NARROWEST, width - cells(indent))
    lines: list[str] = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(longer) <= room:
            lines[-1] = longer
        elif not lines[-1]:
            lines[-1] = cut(word, room)
        else:
            lines.append(cut(word, room))
    return "\n".join(indent + line for line in lines)


# -- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its bare text, and how to style it once it is cut; `ready` is text styled beforehand."""

    text: str
    style: dict[str, object] = field(default_factory=dict)
    ready: str = ""

    def shown(self, width: int, *, right: bool, last: bool) -> str:
        """The cell in `width` cells; the last of a row is not padded."""
        text = cut(self.text, width)
        styled = self.ready if self.ready and text == self.text else text
        if text and self.style and not self.ready:
            styled = click.style(text, **self.style)  # type: ignore[arg-type]
        space = " " * (width - cells(text))
        if right:
            return space + styled
        return styled if last else styled + space


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head; the cells it may shrink to, if it may; `spare` ones go first, the highest first."""

    head: str
    right: bool = False
    least: int | None = None
    spare: int = 0


def table(heads: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> Iterator[str]:
    """Lines of a table that fits `width`: spare columns go, then those shrink that may.

    Empty columns are left out, and so is the head row where no column has a head.
    """
    natural = [max([0, *(cells(row[i].text) for row in rows)]) for i in range(len(heads))]
    natural = [max(size, cells(head.head)) if size else 0 for size, head in zip(natural, heads, strict=True)]
    kept, widths = _fit(heads, natural, width)
    head_row = [[Cell(h.head, {"dim": True}) for h in heads]] if any(h.head for h in heads) else []
    for row in (*head_row, *rows):
        shown = [row[i].shown(widths[i], right=heads[i].right, last=i == kept[-1]) for i in kept]
        yield (" " * GAP).join(shown).rstrip()


def _fit(heads: Sequence[Column], natural: list[int], width: int) -> tuple[list[int], list[int]]:
    kept = [i for i, size in enumerate(natural) if size]
    widths = list(natural)

    def over(sizes: Sequence[int]) -> int:
        return sum(sizes[i] for i in kept) + GAP * (len(kept) - 1) - width

    least = [min(size, heads[i].least or size) for i, size in enumerate(natural)]
    while over(least) > 0 and (spare := [i for i in kept if heads[i].spare]):
        kept.remove(max(spare, key=lambda i: heads[i].spare))
    while over(widths) > 0 and (shrinking := [i for i in kept if heads[i].least and widths[i] > NARROWEST]):
        widths[max(shrinking, key=lambda i: widths[i] - least[i])] -= 1
    return kept, widths


# -- progress -------------------------------------------------------------------------------------


@contextmanager
def stage(name: str) -> Iterator[Callable[[int, int], None]]:
    """Say on a terminal's stderr what takes its time, and wipe it when done.

    Yields what tells how far it is: so many done of so many.
    """
    shown = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"

    def write(text: str) -> None:
        if shown:
            sys.stderr.write(f"\r{text}\x1b[K")
            sys.stderr.flush()

    def step(done: int, total: int) -> None:
        if done % 20 == 0:
            write(f"{name}: {done:,} of {total:,} …")

    write(f"{name} …")
    try:
        yield step
    finally:
        write("")
