"""Text with places in it: sources, spans, lines, edits.

Offsets count characters of the decoded text, a byte order mark included, so that an edit is a plain
splice. Lines end at CR LF, LF or CR only: `str.splitlines` sees seven more ends that Markdown and
editors do not.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\n|\r")
# C0 and C1 controls, bidirectional controls, zero-width characters, line and paragraph separators.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets in a source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` with `text`."""

    span: Span
    text: str


@dataclass(slots=True)
class Source:
    """One file of the vault: its path below the root (with `/`) and its decoded text."""

    path: str
    text: str
    _starts: list[int] | None = field(default=None, repr=False, compare=False)

    @property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line; the first is 0."""
        if self._starts is None:
            self._starts = [0, *(m.end() for m in _LINE_END.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`, both from 1; a byte order mark takes no column."""
        line = bisect_right(self.line_starts, offset)
        col = offset - self.line_starts[line - 1] + 1
        if line == 1 and self.text.startswith("\ufeff"):
            col = max(1, col - 1)
        return line, col

    def line_span(self, line: int) -> Span:
        """Span of line `line` (from 1) without its end; an empty span past the last line."""
        starts = self.line_starts
        if line > len(starts):
            return Span(len(self.text), len(self.text))
        end = starts[line] if line < len(starts) else len(self.text)
        while end > starts[line - 1] and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(starts[line - 1], end)

    def line(self, line: int) -> str:
        """Text of line `line` (from 1) without its end."""
        span = self.line_span(line)
        return self.text[span.start : span.end]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made. Raises ValueError where two of them overlap."""
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if edit.span.start < at:
            raise ValueError("edits overlap")
        out += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*out, text[at:]))


def fold(name: str) -> str:
    """The form under which names are compared: NFC, then case folding."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def visible(text: str) -> str:
    r"""`text` safe to print: control, bidirectional and zero-width characters as `\x1b` or `\u202e`."""
    return _HIDDEN.sub(lambda m: _escape(ord(m.group())), text)


def json_safe(document: str) -> str:
    r"""A JSON document with characters that nobody sees as `\u009b`; its own line feeds stay."""
    return _HIDDEN.sub(lambda m: m.group() if m.group() == "\n" else f"\\u{ord(m.group()):04x}", document)


def has_hidden(text: str) -> bool:
    """Whether `visible` would change `text`."""
    return _HIDDEN.search(text) is not None


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def nearest(word: str, known: Iterable[str], limit: int = 2) -> list[str]:
    """The `known` words within `limit` edits of `word`, nearest first, then by alphabet."""
    word = word.casefold()
    scored = ((distance(word, k.casefold(), limit), k) for k in known)
    return [k for d, k in sorted(pair for pair in scored if pair[0] <= limit) if d >= 0]


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from `a` to `b`; `limit` + 1 when more.

    The restricted Damerau-Levenshtein distance.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
