"""Findings as a page shows them: the place, what is wrong, what to type, and the line with a caret."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from goalkit.diagnostics import Diagnostic
from goalkit.rules import RULES
from goalkit.site.markup import glyph
from goalkit.site.views.parts import Desk
from goalkit.site.views.prose import inline
from goalkit.text import visible

WIDTH, BEFORE = 90, 40
_WORDS = {"error": "Error", "warning": "Warning", "hint": "Hint"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. `excerpt` is its line with a caret below, empty where the line says nothing."""

    glyph: Markup
    severity: str
    word: str
    code: str
    name: str
    place: str
    message: Markup
    hint: Markup
    excerpt: str
    editor: str


def finding_rows(found: Iterable[Diagnostic], desk: Desk) -> tuple[FindingRow, ...]:
    """`found` as rows, in their order."""
    return tuple(_row(one, desk) for one in found)


def _row(found: Diagnostic, desk: Desk) -> FindingRow:
    rule = RULES.get(found.code)
    return FindingRow(
        glyph(found.severity),
        found.severity,
        _WORDS[found.severity],
        found.code,
        rule.name.replace("-", " ") if rule else "",
        found.place,
        inline(_sentence(found.message)),
        inline(_sentence(found.hint)),
        _excerpt(found, desk) if rule is None or rule.family != "coaching" else "",
        desk.sources.link(found.path, found.line),
    )


def _sentence(text: str) -> str:
    text = visible(text)
    return text[:1].upper() + text[1:]


def _excerpt(found: Diagnostic, desk: Desk) -> str:
    """The line around the finding, with hidden characters shown, and a caret below its span."""
    source = desk.plan.snapshot.sources.get(found.path)
    if source is None or found.span.end <= found.span.start:
        return ""
    span = source.line_span(found.line)
    start = max(span.start, found.span.start - BEFORE)
    end = min(span.end, start + WIDTH)
    before = visible(source.text[start : found.span.start])
    marked = visible(source.text[found.span.start : min(found.span.end, end)])
    after = visible(source.text[min(found.span.end, end) : end])
    number = f"{found.line}  "
    head, tail = "…" if start > span.start else "", "…" if end < span.end else ""
    carets = "^" * max(len(marked), 1)
    return f"{number}{head}{before}{marked}{after}{tail}\n{' ' * (len(number) + len(head) + len(before))}{carets}"
