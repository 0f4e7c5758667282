"""Text that a person wrote, made ready for a page."""

import re
from html import escape

from markupsafe import Markup

from goalkit.site import markup
from goalkit.site.addresses import Addresses
from goalkit.vault.html import Rendered, render

_PLAIN_START = re.compile(r"[^\W\d_]|[\"“‘'(*_\d]")
_NOT_PLAIN = re.compile(r"\d{1,9}[.)]\s|[*_-]\s|(?:\*\s*){3}|(?:_\s*){3}")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_UNDERLINE = re.compile(r"(?:\r\n|\n|\r)\s*(?:=+|-+|\|)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_LEAD_LENGTH = 600
REVIEW_NAMES = frozenset(("review", "retrospective", "looking back", "what i learned", "outcome"))


def html(text: str, addresses: Addresses, root: str) -> Markup:
    """Markdown as safe HTML; links to notes with a page lead there, other ones become their label."""

    def resolve(target: str) -> str | None:
        address = addresses.resolve(target)
        return root + address if address else None

    return markup.trusted(render(text, resolve))


def parted(text: str, addresses: Addresses, root: str) -> tuple[Markup, Markup]:
    """The first paragraph, to stand under the title, and the rest. No first one where the text begins otherwise."""
    text = text.strip()
    first, rest = _lead(text)
    return html(first, addresses, root), html(rest, addresses, root)


def _lead(text: str) -> tuple[str, str]:
    gap = _BLANK.search(text)
    first, rest = (text[: gap.start()], text[gap.end() :]) if gap else (text, "")
    plain = _PLAIN_START.match(first) and not _NOT_PLAIN.match(first) and not _UNDERLINE.search(first)
    if not plain or len(first) > _LEAD_LENGTH or _DEFINITION.search(text):
        return "", text
    return first, rest


def reviewed(text: str) -> tuple[str, str]:
    """The text of the section in which a closed goal is looked back on, and the text without it."""
    for found in _HEADING.finditer(text):
        if found[2].casefold() in REVIEW_NAMES and text[: found.start()].count("```") % 2 == 0:
            level = len(found[1])
            later = (h for h in _HEADING.finditer(text, found.end()) if len(h[1]) <= level)
            end = next((h.start() for h in later), len(text))
            return text[found.end() : end].strip(), text[: found.start()] + text[end:]
    return "", text


def inline(text: str) -> Markup:
    """A sentence of goalkit's own, with what is to be typed in backquotes, as HTML."""
    return markup.trusted(Rendered(_CODE.sub(r"<code>\1</code>", escape(text))))
