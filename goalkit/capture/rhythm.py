"""How often: `every weekday`, `twice a week`, `per month`, `on a monthly basis`, `every other Thursday`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from goalkit.capture.canvas import Canvas, span_of
from goalkit.capture.dates import MONTH, WEEKDAY
from goalkit.capture.numbers import NUM, value_of
from goalkit.capture.words import one_of
from goalkit.dates import PERIODS, Period
from goalkit.text import Span


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A period, how often in it where that is said (`times` to `most`, of `unit`), and the words that say it.

    An `adjective` (`a weekly newsletter`) may only describe. `approximate` stands for a rhythm that no period
    of goalkit's has: every two weeks is twice a month.
    """

    period: Period
    span: Span
    times: Decimal | None = None
    adjective: bool = False
    approximate: bool = False
    unit: str = ""
    most: Decimal | None = None


_WORKDAY_NAMES = """weekday workday work_day working_day business_day school_day school_night work_night week_day week_night
    weeknight office_day"""
_WORKDAYS = one_of(_WORKDAY_NAMES)
_DAYS = one_of("day night morning evening afternoon lunchtime lunch_break lunch_hour bedtime")
_PART = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime|lunch)s?\b)?"
_PERIOD = (
    rf"(?P<period>{_WORKDAYS}{_PART}|(?:(?:single|calendar|working|work|full)\s+)?"
    rf"(?:{_DAYS}|week(?:end)?|month|quarter|year|fortnight))"
)
# The low end of `three to five times a week`; `from three to five` is a move.
_LOW = rf"(?:(?:between\s+)?(?<!from\s)(?P<low>once|{NUM})\s*(?:-|to|or|and)\s*)?"
_TIMES = rf"{_LOW}(?P<times>twice|thrice|(?P<count>{NUM})\s*(?:x\b|times\b)|once(?!\s+or\b))"
_PER = r"(?:every|each|per|an?|/)"
# `the first Monday of` and `the end of` before a period, `by Friday` after it, belong to the rhythm.
_HEAD = (
    r"(?:(?:on|by|before|at|in|during|for|over)\s+)?(?:(?:the\s+)?(?:end|start|beginning|close|last|middle"
    r"|\d+(?:st|nd|rd|th)|[a-z]+th|first|second|third)\s+"
    rf"(?:(?:{WEEKDAY}|day|week|weekend|working\s+day|business\s+day|workday)\s+)?(?:of|in)\s+"
    rf"|(?:{WEEKDAY}|noon|midnight)\s+(?:of\s+)?)?"
)
_TAIL = rf"(?:\s+(?:by|before|on|at)\s+(?:the\s+end\s+of\s+)?{WEEKDAY}{_PART})?"
_NAMES_A_THING = r"(?!\s+" + one_of(
    "is has of_the(?!\\s+(?:year|month|week|quarter)) review meeting plan report shift class stand-?up session lesson routine call market service team run"
) + r"\b)"  # fmt: skip


def _weekdays_in_a_row(plural: str) -> str:
    day = WEEKDAY.removesuffix(r"\b") + plural + r"\b"
    joined = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*/\s*|\s+or\s+)(?:on\s+|every\s+|each\s+)?"
    return rf"(?P<days>{day}(?:{joined}{day})*)"


_ADVERBS: dict[str, tuple[int, Period]] = {
    "daily": (1, "day"), "nightly": (1, "day"), "weekly": (1, "week"), "monthly": (1, "month"),
    "quarterly": (1, "quarter"), "yearly": (1, "year"), "annually": (1, "year"), "annual": (1, "year"),
    "biweekly": (2, "month"), "bi-weekly": (2, "month"), "fortnightly": (2, "month"), "bimonthly": (6, "year"),
    "bi-monthly": (6, "year"), "biannually": (2, "year"), "semi-annually": (2, "year"),
}  # fmt: skip
_ADVERB = rf"(?P<adverb>{one_of(' '.join(a for a in _ADVERBS if a != 'annual'))})"
# What `every two weeks` is in goalkit's periods: so many of the unit -> so many times a period.
_SPACED: dict[tuple[str, int], tuple[int, Period]] = {
    ("day", 2): (3, "week"), ("day", 3): (2, "week"), ("day", 7): (1, "week"), ("day", 14): (2, "month"),
    ("day", 30): (1, "month"), ("day", 90): (1, "quarter"), ("week", 2): (2, "month"), ("week", 3): (4, "quarter"),
    ("week", 4): (1, "month"), ("week", 6): (2, "quarter"), ("week", 8): (6, "year"), ("week", 12): (1, "quarter"),
    ("month", 2): (6, "year"), ("month", 3): (1, "quarter"), ("month", 4): (3, "year"), ("month", 6): (2, "year"),
    ("month", 12): (1, "year"), ("quarter", 2): (2, "year"),
}  # fmt: skip


def _period(words: str) -> Period:
    if re.match(_WORKDAYS, words):
        return "workday"
    if words.startswith("fortnight"):
        return "month"
    return next((p for p in PERIODS if p not in ("day", "workday") and p in words), "day")


def _several(count: int | None) -> Decimal | None:
    return Decimal(count) if count and count > 1 else None


def _every(found: re.Match[str]) -> Rhythm:
    """`every day`, `twice a week`, `per month`."""
    fortnight = found["period"].startswith("fortnight")
    rhythm = Rhythm(_period(found["period"]), span_of(found), _several(2 * fortnight), approximate=fortnight)
    return _so_often(found, rhythm)


_ONCE = {"once": 1, "twice": 2, "thrice": 3}


def _so_often(found: re.Match[str], rhythm: Rhythm) -> Rhythm:
    """`rhythm` with the times that were found, such as `three to five times`."""
    groups = found.groupdict()
    if not groups.get("times"):
        return rhythm
    high, low = often(groups["count"] or groups["times"]), often(groups["low"] or "")
    return (
        replace(rhythm, times=low, most=high) if low and high and low < high else replace(rhythm, times=high)
    )


def often(words: str) -> Decimal | None:
    """How often `once`, `twice` or a plain number is."""
    return Decimal(_ONCE[words]) if words in _ONCE else value_of(words)


def _so_many_days(found: re.Match[str]) -> Rhythm:
    """`four nights a week`."""
    rhythm = Rhythm(_period(found["period"] or "week"), span_of(found), unit=found["unit"].split()[-1])
    return _so_often(found, rhythm)


def _spaced(found: re.Match[str]) -> Rhythm | None:
    """`every two weeks`, `every other month`, `every second Friday`."""
    gap = int((value_of(found["gap"]) if found["gap"] else None) or 2)
    period = "week" if found["weekday"] else _period(found["period"])
    if gap == 1:
        return Rhythm(period, span_of(found))
    times, period = _SPACED.get(("day" if period == "workday" else period, gap), (0, period))
    return Rhythm(period, span_of(found), _several(times), approximate=True) if times else None


def _weekdays(found: re.Match[str]) -> Rhythm:
    """`every Monday and Thursday`: so many times a week."""
    days = re.findall(WEEKDAY.replace(r"\b", r"s?\b"), found["days"])
    return Rhythm("week", span_of(found), _several(len(days)))


def _adverb(found: re.Match[str]) -> Rhythm:
    """`weekly`, `on a monthly basis`, `twice daily`."""
    count, period = _ADVERBS[found["adverb"]]
    rhythm = Rhythm(period, span_of(found), _several(count), approximate=count > 1)
    return _so_often(found, rhythm)


def _adjective(found: re.Match[str]) -> Rhythm:
    """`a weekly newsletter`."""
    count, period = _ADVERBS[found["adverb"]]
    return Rhythm(period, span_of(found), _several(count), adjective=True, approximate=count > 1)


def _as(period: Period) -> "Reader":
    return lambda found: Rhythm(period, span_of(found))


Reader = Callable[[re.Match[str]], Rhythm | None]
_GAP = rf"(?:other|second|(?P<gap>{NUM}|third|fourth))"
_SO_MANY = rf"{_LOW}(?P<times>(?P<count>{NUM}))(?:\s+(?:out\s+)?of\s+(?:the\s+|every\s+)?{NUM})?\s+(?P<unit>(?:(?:work|week|school)\s+)?(?:{_DAYS}s|days))"
_UNITS = r"(?P<period>days?|work\s?days?|weeks?|months?|quarters?|years?)"
_ADVERB_ENDS = (
    r"(?=\s*(?:$|[,.;!?)·])|\s+"
    + one_of(
        """for until through in on to with by from during over and at before after starting about via so using this
        throughout as till beginning within"""
    )
    + r"\b)"
)
_NO_PERIOD_AFTER = (
    r"(?![\s-]+"
    + one_of("of off long at_a_time in_advance ahead early trip meeting plan before later old")
    + r"\b)"
)
# Read before dates are, so that `every Friday` is no Friday.
_EARLY: tuple[tuple[str, Reader], ...] = (
    (rf"{_TIMES}\s*(?:in\s+|on\s+)?{_PER}\s*{_PERIOD}\b{_TAIL}", _every),
    (rf"{_SO_MANY}\s+(?:(?:out\s+)?of\s+)?{_PER}\s*(?P<period>week|month|quarter|year)\b{_TAIL}", _so_many_days),
    (rf"{_SO_MANY}\s+(?:out\s+of\s+(?:the\s+|every\s+)?(?:seven|five|7|5)|(?:out\s+)?of\s+(?P<period>the\s+week))\b", _so_many_days),
    (r"(?<=s\s)of\s+(?:my|your|our)\s+(?:work(?:ing)?\s?)?(?P<period>day|week|month|quarter|year)\b", _every),
    (rf"(?:every|each)\s+(?:{MONTH}|spring|summer|autumn|fall|winter)(?!\w)", _as("year")),
    (r"(?:(?<=my\s)|(?<=our\s))work(?:ing)?[\s-](?P<period>week|day)(?=\s+(?:to|at|under|below|within)\b)", _every),
    (rf"(?:once\s+)?(?:every|each)\s+{_GAP}\s+(?:(?P<weekday>{WEEKDAY}){_PART}|{_UNITS})\b{_TAIL}", _spaced),
    (rf"{_HEAD}(?:every|each)\s+(?:single\s+)?{_weekdays_in_a_row('s?')}{_PART}", _weekdays),
    (rf"{_HEAD}(?:once\s+)?(?:every|each)\s+{_PERIOD}\b{_NAMES_A_THING}(?!-){_TAIL}", _every),
    (rf"(?:once\s+)?per\s+{_PERIOD}\b{_TAIL}", _every),
    (rf"\s?/\s?{_PERIOD}\b", _every),
    (rf"(?:on\s+{_WORKDAYS}s|(?:weekday|workday|weeknight)s)\b|(?:from\s+)?monday\s*(?:to|through|-)\s*friday\b", _as("workday")),
    (r"weekday\s+(?:morning|evening|afternoon|night)s\b", _as("workday")),
    (r"(?:on|at|over)\s+(?:the\s+)?weekends\b|(?<=work\s)weekends\b|weekend\s+(?:morning|afternoon|evening)s\b", _as("week")),
    (rf"(?:on\s+)?{_weekdays_in_a_row('s')}{_PART}", _weekdays),
    (rf"(?:on\s+)?{WEEKDAY}\s+(?:morning|afternoon|evening|night)s\b", _as("week")),
    (rf"(?:at|in|during|before|after|for|to)\s+(?:each|every)\s+(?P<adverb>{one_of(' '.join(_ADVERBS))})\b(?=\s+[a-z])", _adverb),
    (rf"(?:on|at)\s+an?\s+(?P<adverb>{one_of(' '.join(_ADVERBS))})\s+(?:basis|cadence|rhythm)\b", _adverb),
    (r"(?:on\s+)?(?:of\s+)?(?:every|each|per)\s+(?:pay\s?day|pay\s?check|pay\s+period|pay\s?slip)\b", _as("month")),
    (r"in\s+the\s+(?:morning|evening)s\b|day\s+in,?\s+day\s+out\b", _as("day")),
    (r"(?<=[a-z]\s)everyday(?=\s*(?:$|[,.;]|(?:for|until|this|at|before|in)\b))", _as("day")),
)  # fmt: skip
# Read after dates are, so that `for a week` is no `a week`.
_LATE: tuple[tuple[str, Reader], ...] = (
    (rf"(?<![\w·])(?<!(?<!and\sa\s)half\s)an?\s+{_PERIOD}\b{_NO_PERIOD_AFTER}", _every),
    (rf"(?:{_TIMES}\s+)?{_ADVERB}\b{_ADVERB_ENDS}", _adverb),
    (rf"(?<![\w-]){_ADVERB}\b(?=[\s-]+[a-zø\d])", _adjective),
)


def _compiled(rules: tuple[tuple[str, Reader], ...]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    starts = (r"\s", "(?<")
    return tuple(
        (re.compile(rule if rule.startswith(starts) else rf"(?<![\w'-]){rule}"), reader)
        for rule, reader in rules
    )


_EARLY_RULES, _LATE_RULES = _compiled(_EARLY), _compiled(_LATE)
# `take a day off` and `a week` right after the verb are no rates.
_NO_RATE = re.compile(
    r"(?:\b"
    + one_of(
        """for in within over after about of like have having take taking spend dedicate give during such what is on
        be as with had devote commit reserve off out aside by at and or to the get go into from mean keep
        set save need up enjoy schedule make every each through"""
    )
    + r"|^\W*[a-z]+|\b(?:to|and|then)\s+(?:book|plan|block)|[,;:])\s*$"
)


def read_early(canvas: Canvas) -> list[Rhythm]:
    """The rhythms that would be mistaken for dates, taken from `canvas`."""
    return _read(canvas, _EARLY_RULES)


def read_late(canvas: Canvas) -> list[Rhythm]:
    """The rhythms left after dates are read, taken from `canvas`; adjectives are only hidden."""
    return _read(canvas, _LATE_RULES)


def _read(canvas: Canvas, rules: tuple[tuple[re.Pattern[str], Reader], ...]) -> list[Rhythm]:
    rhythms: list[Rhythm] = []
    for pattern, reader in rules:
        for found in pattern.finditer(canvas.plain):
            rate = found[0].startswith(("a ", "an "))
            if rate and _NO_RATE.search(canvas.plain[: found.start()]):
                continue
            if rhythm := reader(found):
                (canvas.hide if rhythm.adjective else canvas.take)(rhythm.span)
                rhythms.append(rhythm)
    return rhythms
