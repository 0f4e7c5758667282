"""How often to check in: the words of `check-in:`, the next day due, and when silence is long."""

import re
from datetime import date

from goalkit.dates import WEEKDAYS, add_days, add_months, nearest_weekday
from goalkit.model.goal import NEVER, Cadence
from goalkit.model.measure import Mistake
from goalkit.text import nearest

_WORDS: dict[str, Cadence] = {
    "daily": Cadence("daily", "day"),
    "weekly": Cadence("weekly", "week"),
    "biweekly": Cadence("every 2 weeks", "week", 2),
    "fortnightly": Cadence("every 2 weeks", "week", 2),
    "monthly": Cadence("monthly", "month"),
    "quarterly": Cadence("quarterly", "month", 3),
    "never": NEVER,
}
_FORM = re.compile(
    r"(?:(?P<word>[a-z]+)|every\s+(?:(?P<n>\d{1,3}|other)\s+)?(?P<unit>day|week|month|quarter)s?)"
    r"(?:\s+on\s+(?P<day>[a-z]+))?",
    re.ASCII,
)
_SAYS = "write daily, weekly, weekly on friday, every 2 weeks, monthly, quarterly or never"


def parse_cadence(text: str) -> Cadence | Mistake:
    """The cadence that `text` names, or what is wrong with it."""
    words = " ".join(text.casefold().split())
    found = _FORM.fullmatch(words)
    base = _base(found) if found else None
    if not found or base is None:
        return _mistake(words)
    if not found["day"]:
        return Cadence(words, base.unit, base.count)
    weekday = _weekday(found["day"])
    if weekday is None:
        return Mistake(f"`{found['day']}` is not a day of the week", _SAYS)
    if base.unit in ("day", "never"):
        return Mistake(
            f"`{words}` names a day, but a {base.text} rhythm has none",
            f"write `{base.text}` or `weekly on {WEEKDAYS[weekday]}`",
        )
    return Cadence(words, base.unit, base.count, weekday)


def _base(found: re.Match[str]) -> Cadence | None:
    if found["word"]:
        return _WORDS.get(found["word"])
    count = 2 if found["n"] == "other" else int(found["n"] or 1)
    if not count:
        return None
    if found["unit"] == "quarter":
        return Cadence("", "month", 3 * count)
    return Cadence("", found["unit"], count)  # type: ignore[arg-type]


def _mistake(words: str) -> Mistake:
    weekday = _weekday(words.removeprefix("every ").removeprefix("on ").rstrip("s"))
    if weekday is not None:
        return Mistake(f"`{words}` is not a rhythm", f"write `weekly on {WEEKDAYS[weekday]}`")
    close = nearest(words, _WORDS)
    return Mistake(f"`{words}` is not a rhythm", f"did you mean `{close[0]}`?" if close else _SAYS)


def _weekday(word: str) -> int | None:
    found = [i for i, day in enumerate(WEEKDAYS) if len(word) >= 3 and day.startswith(word)]
    return found[0] if found else None


def next_check_in(cadence: Cadence, last: date) -> date | None:
    """The day on which the next check-in is due after one on `last`; none for `never`."""
    if cadence.unit == "never":
        return None
    if cadence.unit == "month":
        day = add_months(last, cadence.count)
    else:
        day = add_days(last, cadence.count * (7 if cadence.unit == "week" else 1))
    return day if cadence.weekday is None else nearest_weekday(day, cadence.weekday)


def grace(cadence: Cadence) -> int:
    """Days past the due day after which a goal is stale: one for daily, three for weekly, seven for the rest."""
    if cadence.count == 1 and cadence.unit in ("day", "week"):
        return 1 if cadence.unit == "day" else 3
    return 7
