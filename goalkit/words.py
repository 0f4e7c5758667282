"""How pages and terminal say things: the numbers of every sentence, days as seen from today, lists, task texts."""

import re
from collections.abc import Sequence
from datetime import date

from goalkit.model.numbers import amount, number, percent, unit_of
from goalkit.model.numbers import day as short_day
from goalkit.model.numbers import plural as count

__all__ = ["amount", "count", "listed", "number", "percent", "relative", "short_day", "unit_of", "unlinked"]

_WIKI = re.compile(r"!?\[\[(?P<target>[^\[\]|]+)(?:\|(?P<label>[^\[\]]+))?\]\]")
_MARKDOWN = re.compile(r"!?\[(?P<label>[^\[\]]*)\]\([^()\s]*\)")
_POINTERS = 20
_MOST_DAYS = 60
_MONTH = 365.25 / 12


def relative(day: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, `in 12 days`, `10 weeks ago`, `in 7 months`, `in 2 years`."""
    ahead = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(ahead) or (f"in {_span(ahead)}" if ahead > 0 else f"{_span(-ahead)} ago")


def _span(days: int) -> str:
    """A stretch of days in the largest unit in which people would count it."""
    months = round(days / _MONTH)
    if days <= _MOST_DAYS:
        return f"{days} days"
    if months < 3:
        return f"{round(days / 7)} weeks"
    return f"{months} months" if months < 24 else f"{round(months / 12):,} years"


def listed(names: Sequence[str], most: int = 3) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b and 4 more`."""
    shown = [*names] if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1:,} more"]
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def unlinked(text: str) -> str:
    """A task's text as it is read aloud: links as their labels, without the bare links at its end.

    `Tables, with Dele [[know-sixty-people]]` only says at its end which goal it serves.
    """
    named = _WIKI.sub(
        lambda link: link["label"] or link["target"].rsplit("/", 1)[-1], _without_pointers(text)
    )
    return _MARKDOWN.sub(lambda link: link["label"], named).strip()


def _without_pointers(text: str) -> str:
    """`text` without the bare links at its end and what leads to them; all of it where nothing else is left."""
    rest = text.rstrip()
    for _ in range(_POINTERS):
        link = rest.rfind("[[")
        inside = rest[link + 2 :].rstrip(")").removesuffix("]]")
        if link < 0 or not rest.rstrip(")").endswith("]]") or not inside or set(inside) & set("[]|"):
            break
        rest = rest[:link].rstrip(" \t-–—→>:,;(")
    return rest or text
