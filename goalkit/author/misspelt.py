"""Date words that are misspelt: `end of febuary`. Without this they would pass for an event."""

import re
from datetime import date

from goalkit.author.new_goal import timing
from goalkit.capture.words import table
from goalkit.dates import WEEKDAYS
from goalkit.text import distance

_MONTHS = tuple(date(2000, month, 1).strftime("%B").casefold() for month in range(1, 13))
_NAMES = frozenset((*_MONTHS, *map(str.casefold, WEEKDAYS)))
_WORDS = _NAMES | table(
    """today tomorrow week weeks month months quarter quarters year years days fortnight weekend next this
    coming beginning start middle half christmas easter three four five seven eight nine eleven twelve
    first second third fourth fifth sixth seventh eighth ninth tenth within before"""
)
_SHORTEST = 4


def meant(typed: str, today: date, week_start: int = 0) -> str:
    """The date that `typed` was to be, its words spelled as they should be; empty where it reads, or is no near miss of one."""
    read = timing(typed, today, week_start)
    if read and read[0]:
        return ""
    spelled = re.sub(r"[^\W\d_]+", lambda word: _nearest(word[0]), typed)
    if spelled == typed:
        return ""
    read = timing(spelled, today, week_start)
    return spelled if read and read[0] else ""


def _nearest(word: str) -> str:
    """The date word that is almost `word`; else `word`."""
    low = word.casefold()
    if low in _WORDS or len(low) < _SHORTEST:
        return word
    limit = 1 if len(low) < 6 else 2
    near = min((distance(low, known, limit), known) for known in sorted(_WORDS))
    if near[0] > limit:
        return word
    return near[1].capitalize() if near[1] in _NAMES else near[1]
