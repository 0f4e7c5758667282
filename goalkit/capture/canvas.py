"""A sentence on which words can be crossed out once they are understood, without moving the others."""

import re
from dataclasses import dataclass, field

from goalkit.capture.numbers import WORDS
from goalkit.text import Span

LONGEST = 1_000
TAKEN = "·"
HIDDEN = "ø"
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "—": ";", "−": "-"}
    | dict.fromkeys("\u00a0\u2009\u202f\t\r\n", " ")
)
_NUMBER_TO_NUMBER = re.compile(rf"(?:(?<=\d)|(?<=[a-z%]))-to-(?=[$€£]?\d|{WORDS})")
BULLET = re.compile(r"\s*(?:[-*+]\s+)?(?:\[.\]\s+)?")


@dataclass(slots=True)
class Canvas:
    """`source` as written and `plain`, of the same length, in lower case and ASCII punctuation.

    What a rule has understood is *taken* (replaced by `·`), so that no later rule reads it; a number that only
    describes is *hidden* (replaced by `ø`, which no number holds but words may).
    """

    source: str
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        """Only the first 1,000 characters are read; no goal is longer."""
        text = self.source[:LONGEST].translate(_PLAIN)
        self.plain = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        self.plain = _NUMBER_TO_NUMBER.sub(" to ", self.plain)
        bullet = BULLET.match(self.plain)
        if bullet:
            self._fill(Span(0, bullet.end()), " ")

    def take(self, span: Span) -> None:
        """Cross out `span`: understood."""
        self._fill(span, TAKEN)

    def hide(self, span: Span) -> None:
        """Cross out the letters and digits of `span`: a number that only describes."""
        words = re.sub(r"[^\W_]|(?<=\d)[.,](?=\d)", HIDDEN, self.plain[span.start : span.end])
        self.plain = self.plain[: span.start] + words + self.plain[span.end :]

    def words(self, span: Span) -> str:
        """The words of `span` as the sentence has them."""
        return self.source[span.start : span.end].strip(" \t,;.")

    def _fill(self, span: Span, mark: str) -> None:
        self.plain = self.plain[: span.start] + mark * (span.end - span.start) + self.plain[span.end :]


def span_of(found: re.Match[str], group: str | int = 0) -> Span:
    """The place of a regular-expression group."""
    return Span(*found.span(group))
