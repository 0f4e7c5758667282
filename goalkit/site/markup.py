"""The only place that makes HTML outside a template: status glyphs, bars, and bodies that are safe already.

Nothing here takes text of a user's file but `trusted`, and that takes only what `vault.body.render` made.
"""

from fractions import Fraction

from markupsafe import Markup

from goalkit import words
from goalkit.vault.html import Rendered

# The terminal has the same shapes, as characters: `cli.terminal.SIGNS`.
_SHAPES = {
    "on-track": '<circle cx="6" cy="6" r="5"/>',
    "at-risk": '<path d="M6 .8 11.6 11H.4z"/>',
    "off-track": '<path d="M6 11.2 11.6 1H.4z"/>',
    "reached": '<path d="M6 .3 7.7 4l4 .5-3 2.7.8 4L6 9.2l-3.5 2 .8-4-3-2.7 4-.5z"/>',
    "overdue": '<path d="M1 1h10v10H1z"/>',
    "deadline": '<path d="M6 .2 11.8 6 6 11.8.2 6z"/>',
    "idea": '<circle class="line" cx="6" cy="6" r="4.7" stroke-dasharray="2 1.7"/>',
    "paused": '<path d="M2 1h3v10H2zM7 1h3v10H7z"/>',
    "done": '<circle cx="6" cy="6" r="5.6"/><path class="cut" d="m3.4 6.2 1.9 1.9 3.4-4"/>',
    "partial": '<circle class="line" cx="6" cy="6" r="4.9"/><path d="M6 1.1a4.9 4.9 0 0 1 0 9.8z"/>',
    "missed": '<path class="line" d="m1.8 1.8 8.4 8.4m0-8.4-8.4 8.4"/>',
    "dropped": '<path class="line" d="M1 6h10"/>',
    "none": '<circle class="line" cx="6" cy="6" r="4.6"/>',
    "ahead": '<circle cx="6" cy="6" r="1.8"/>',
    "stale": '<path class="line" d="M6 2v4.2L8.6 8"/><circle class="line" cx="6" cy="6" r="5.1"/>',
    "broken": '<path class="line" d="M3.9 1h4.2L11 3.9v4.2L8.1 11H3.9L1 8.1V3.9z"/><path class="line" d="M6 3.2v3M6 7.8v1.4"/>',
    "open": '<circle class="line" cx="6" cy="6" r="4.6"/>',
    "under-way": '<circle class="line" cx="6" cy="6" r="4.9"/><path d="M6 1.1a4.9 4.9 0 0 1 0 9.8z"/>',
    "cancelled": '<path class="line" d="M1 6h10"/>',
    "blocked": '<circle class="line" cx="6" cy="6" r="5"/><path class="line" d="M2.6 9.4 9.4 2.6"/>',
}
_SHAPE_OF = {
    "check-in": "stale",
    "error": "missed",
    "warning": "at-risk",
    "hint": "ahead",
}


def _drawn(name: str, shape: str) -> Markup:
    return Markup(  # noqa: S704 - shapes of our own
        f'<svg class="mark mark-{name}" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{shape}</svg>'
    )


_GLYPHS = {name: _drawn(name, shape) for name, shape in _SHAPES.items()} | {
    name: _drawn(name, _SHAPES[shape]) for name, shape in _SHAPE_OF.items()
}


def glyph(name: str) -> Markup:
    """The small picture of a status; it is hidden from those who hear the page, a word stands beside it."""
    return _GLYPHS[name]


def bar(done: Fraction | None, expected: Fraction | None) -> Markup:
    """A progress bar as wide as its place, with the pace mark where something is expected by now."""
    if done is None:
        return _NO_BAR
    label = f"{words.percent(done)} done"
    mark = ""
    if expected is not None:
        at = share(expected)
        label += f", {words.percent(expected)} expected by now"
        mark = "".join(
            f'<line class="{c}" x1="{at}" x2="{at}" y1="0" y2="16"/>' for c in ("bar-gap", "bar-pace")
        )
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="bar" width="100%" height="16" role="img" aria-label="{label}">'
        '<rect class="bar-track" y="5" width="100%" height="6" rx="3"/>'
        f'<rect class="bar-fill" y="5" width="{share(done)}" height="6" rx="3"/>{mark}</svg>'
    )


_NO_BAR = Markup(
    '<svg class="bar bar-none" width="100%" height="16" role="img" aria-label="no number yet">'
    '<line class="bar-unknown" x1="0" x2="100%" y1="8" y2="8"/></svg>'
)


def share(part: Fraction | float) -> str:
    """A share of 1 as an SVG length, `64.25%`, kept within 0 and 100."""
    return f"{min(max(float(part), 0.0), 1.0) * 100:.2f}".rstrip("0").rstrip(".") + "%"


def trusted(rendered: Rendered) -> Markup:
    """A body as HTML, as `vault.body.render` made it safe."""
    return Markup(rendered.html)  # noqa: S704 - made safe by the one Markdown door
