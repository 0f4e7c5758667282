"""What goalkit has to say about a place in a file. Every output form is a rendering of `Diagnostic`."""

from dataclasses import dataclass, replace
from typing import Literal

from goalkit.text import Edit, Source, Span, visible

Severity = Literal["error", "warning", "hint"]
Family = Literal["reading", "graph", "coaching"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at `path:line:col` (from 1), with what to type (`hint`) and, where certain, the edit."""

    path: str
    line: int
    col: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    span: Span = Span(0, 0)
    fix: Edit | None = None

    @property
    def place(self) -> str:
        """`path:line:col`, as editors and terminals make it clickable."""
        return f"{self.path}:{self.line}:{self.col}"

    def with_severity(self, severity: Severity) -> "Diagnostic":
        """The same finding, weighed otherwise."""
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: its code, its name, its weight unless configured, and what `explain` tells."""

    code: str
    name: str
    severity: Severity
    family: Family
    why: str
    bad: str
    good: str

    def at(
        self, source: Source, span: Span, message: str, hint: str = "", fix: Edit | None = None
    ) -> Diagnostic:
        """This rule broken at `span` of `source`."""
        line, col = source.position(span.start)
        said = visible(message), visible(hint)  # they may quote what the file holds
        return Diagnostic(source.path, line, col, self.severity, self.code, *said, span, fix)

    def in_file(self, path: str, message: str, hint: str = "", line: int = 1, col: int = 1) -> Diagnostic:
        """This rule broken in a file that could not be read as text."""
        return Diagnostic(path, line, col, self.severity, self.code, visible(message), visible(hint))


def ordered(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, then code, each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.path, d.line, d.col, d.code, d.message)))
