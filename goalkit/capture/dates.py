"""Date words for a given today: `the end of Q2`, `mid-December`, `Friday`, `3 March 2027`, `next month`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from goalkit.dates import FIRST_YEAR, LAST_YEAR, WEEKDAYS, Days, Period, add_days, add_months, parse_days, period_of

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
_YEAR = r"(?:19|20|21)\d\d(?!\d)"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\d%])|(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b)"
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<{{0}}>{_YEAR}|(?:this|next|the)\s+year))?"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What date words hang on: the day they are said, and the day a week starts with (Monday is 0)."""

    today: date
    week_start: int = 0

    def week(self, day: date) -> Days:
        """The week that `day` lies in."""
        first = add_days(day, -((day.weekday() - self.week_start) % 7))
        return Days(first, add_days(first, 6))

    def period(self, name: Period, ahead: int = 0) -> Days:
        """The period of this kind `ahead` of the one under way."""
        if name == "week":
            return self.week(add_days(self.today, 7 * ahead))
        if name in ("day", "workday"):
            return period_of(add_days(self.today, ahead), "day")
        months = {"month": 1, "quarter": 3, "year": 12}[name]
        return period_of(add_months(period_of(self.today, name).first, months * ahead), name)

    def coming(self, days: Callable[[int], Days]) -> Days:
        """The first of `days(this year)`, `days(next year)` that has not ended."""
        this = days(self.today.year)
        return this if this.last >= self.today else days(self.today.year + 1)


Reader = Callable[[re.Match[str], Calendar], Days | None]


def _year(words: str | None, calendar: Calendar) -> int | None:
    if not words:
        return None
    if words.isdigit():
        return int(words) if FIRST_YEAR <= int(words) <= LAST_YEAR else None
    return calendar.today.year + words.startswith("next")


def _months(first: int, length: int, year: int | None, calendar: Calendar) -> Days:
    def days(of: int) -> Days:
        start = date(of, first, 1)
        return Days(start, add_days(add_months(start, length), -1))

    return days(year) if year else calendar.coming(days)


def _number_of_day(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ORDINALS.index(words) + 1


def _month_number(words: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(words[:3]))


def _one(day: date) -> Days:
    return Days(day, day)


def _dated(found: re.Match[str], calendar: Calendar) -> Days | None:
    month, day = _month_number(found["month"]), _number_of_day(found["day"])
    return _on(month, day, _year(found["year"], calendar), calendar)


def _on(month: int, day: int, year: int | None, calendar: Calendar) -> Days | None:
    try:
        return _one(date(year, month, day)) if year else calendar.coming(lambda y: _one(date(y, month, day)))
    except ValueError:
        return None


def _iso(found: re.Match[str], calendar: Calendar) -> Days | None:
    return parse_days(found[0].upper())


def _slashed(found: re.Match[str], calendar: Calendar) -> Days | None:
    a, b = int(found["a"]), int(found["b"])
    month, day = (b, a) if found["dot"] != "/" or a > 12 else (a, b)
    year = int(found["year"]) if found["year"] else None
    return _on(month, day, year + 2000 if year is not None and year < 100 else year, calendar)


def _month(found: re.Match[str], calendar: Calendar) -> Days:
    year = _year(found["year"], calendar)
    month = _months(_month_number(found["month"]), 1, year, calendar)
    return month


def _quarter(found: re.Match[str], calendar: Calendar) -> Days:
    word = found["q"] or found["nth"]
    number = int(word[-1]) if found["q"] else {"first": 1, "second": 2, "third": 3}.get(word, 4)
    return _months(3 * number - 2, 3, _year(found["year"] or found["before"], calendar), calendar)


def _half(found: re.Match[str], calendar: Calendar) -> Days:
    number = int(found["h"][-1]) if found["h"] else {"first": 1}.get(found["nth"], 2)
    return _months(6 * number - 5, 6, _year(found["year"], calendar), calendar)


def _whole_year(found: re.Match[str], calendar: Calendar) -> Days | None:
    return parse_days(found["year"])


def _weekday(found: re.Match[str], calendar: Calendar) -> Days:
    index = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(found["day"][:3]))
    ahead = (index - calendar.today.weekday()) % 7 or 7
    day = add_days(calendar.today, ahead)
    if found["which"] == "next" and day in _days(calendar.period("week")):
        ahead += 7
    return _one(add_days(calendar.today, ahead + 7 * bool(found["week"])))


def _days(days: Days) -> set[date]:
    return {add_days(days.first, i) for i in range(days.length)}


def _relative(found: re.Match[str], calendar: Calendar) -> Days:
    ahead = found["which"] in ("next", "following")
    if found["period"].startswith("weekend"):
        week = calendar.week(calendar.today)
        saturday = add_days(week.first, (5 - calendar.week_start) % 7 + 7 * ahead)
        return Days(saturday, add_days(saturday, 1))
    name: Period = "month" if found["period"] == "month" else found["period"]  # type: ignore[assignment]
    return calendar.period(name, int(ahead))


def _nth_of_month(found: re.Match[str], calendar: Calendar) -> Days | None:
    number = _number_of_day(found["day"])
    for ahead in range(3):
        month = calendar.period("month", ahead)
        if number <= month.length and add_days(month.first, number - 1) >= calendar.today:
            return _one(add_days(month.first, number - 1))
    return None


def _day_word(found: re.Match[str], calendar: Calendar) -> Days:
    word = found[0]
    ahead = 2 if "after" in word else 1 if "tomorrow" in word else 0
    return _one(add_days(calendar.today, ahead))


def _short(found: re.Match[str], calendar: Calendar) -> Days:
    word = found[0]
    letter = word[2] if word.startswith("eo") else word[0]
    names: dict[str, Period] = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
    return _one(calendar.period(names[letter]).last)


def _feast(found: re.Match[str], calendar: Calendar) -> Days:
    word = found[0].replace("'", "").replace("’", "")
    if word.startswith("easter"):
        return calendar.coming(lambda y: _one(_easter(y)))
    if word.startswith("thanksgiving"):
        return calendar.coming(lambda y: _one(add_days(date(y, 11, 1), (3 - date(y, 11, 1).weekday()) % 7 + 21)))
    month, day = next(at for name, at in _FEASTS if word.startswith(name))
    return calendar.coming(lambda y: _one(date(y, month, day)))


_FEASTS = (
    ("christmas eve", (12, 24)), ("christmas", (12, 25)), ("xmas", (12, 25)), ("boxing day", (12, 26)),
    ("new years eve", (12, 31)), ("new year", (1, 1)), ("valentine", (2, 14)), ("halloween", (10, 31)),
)  # fmt: skip


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _this_time(found: re.Match[str], calendar: Calendar) -> Days:
    return _one(add_months(calendar.today, 12))


# Tried in this order; those of `_ALONE` may stand without a preposition.
_CORES: dict[str, tuple[str, Reader]] = {
    "iso": (r"(?:19|20|21)\d\d-(?:\d\d(?:-\d\d)?|q[1-4]|w\d\d)\b", _iso),
    "slashed": (r"(?P<a>\d{1,2})(?P<dot>[/.])(?P<b>\d{1,2})(?:(?P=dot)(?P<year>(?:20)?\d\d))?(?![\d%])", _slashed),
    "dated": (rf"(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{_DAY})" + _OF_YEAR.format("year"), _dated),
    "dated_day": (rf"(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH})" + _OF_YEAR.format("year"), _dated),
    "month": (rf"(?:this\s+|next\s+)?(?P<month>{MONTH})" + _OF_YEAR.format("year"), _month),
    "quarter": (
        rf"(?:(?P<before>{_YEAR})[\s-]+)?(?:(?P<q>q[1-4])\b|(?:the\s+)?(?P<nth>first|second|third|fourth|last|final)\s+quarter\b)"
        + _OF_YEAR.format("year"),
        _quarter,
    ),
    "half": (
        rf"(?:(?P<h>h[12])\b" + _OF_YEAR.format("year")
        + rf"|(?:the\s+)?(?P<nth>first|second|last|other)\s+half\s+of\s+(?P<of>{_YEAR}|(?:this|next|the)\s+year))",
        lambda found, calendar: _months(
            6 * (int(found["h"][-1]) if found["h"] else 1 if found["nth"] == "first" else 2) - 5,
            6, _year(found["year"] or found["of"], calendar), calendar,
        ),
    ),
    "feast": (
        r"christmas(?:\s+(?:eve|day))?\b|xmas\b|new\s+year'?s?(?:'?\s+(?:eve|day))\b|(?:the\s+)?new\s+year\b|easter(?:\s+sunday)?\b"
        r"|thanksgiving\b|valentine'?s?(?:\s+day)?\b|halloween\b|boxing\s+day\b",
        _feast,
    ),
    "this_time": (r"this\s+time\s+next\s+year\b", _this_time),
    "weekday": (rf"(?:(?P<which>this|next|coming)\s+)?(?P<day>{WEEKDAY})(?:\s+(?P<week>week)\b)?(?:\s+(?:morning|noon|afternoon|evening|night)\b)?", _weekday),
    "relative": (
        r"(?:(?:this|the)\s+)?(?P<which>this|next|current|following)\s+(?:calendar\s+)?(?P<period>week(?:end)?|month|quarter|year|day)\b",
        _relative,
    ),
    "day_word": (
        r"(?:the\s+)?day\s+after\s+tomorrow\b|tomorrow(?:\s+(?:morning|afternoon|evening|night))?\b|today\b|tonight\b|this\s+(?:morning|afternoon|evening)\b",
        _day_word,
    ),
    "short": (r"(?:eo[dwmqy]|(?:(?:the\s+)?(?:week|month|quarter|year)(?:'s)?[\s-]end))\b", _short),
    "nth": (rf"the\s+(?P<day>{_NTH})(?!\s+(?:of\s+)?[a-z])", _nth_of_month),
    "year": (rf"(?P<year>{_YEAR})\b", _whole_year),
    # Only inside `the end of the month`.
    "bare": (r"(?:the\s+)?(?:whole\s+|entire\s+|calendar\s+)?(?P<which>)(?P<period>week(?:end)?|month|quarter|year|day)\b", _relative),
}  # fmt: skip
_ALONE = frozenset(("iso", "dated", "dated_day", "relative", "day_word", "this_time"))
_CORE = {name: re.compile(pattern) for name, (pattern, _) in _CORES.items()}
_EDGE = re.compile(
    r"(?:the\s+)?(?:very\s+)?(?P<edge>end|close|start|beginning|middle|first\s+(?:week|half|day|month)|second\s+half|last\s+(?:week|day|month)|rest|remainder|month|course)"
    r"\s+of\s+|(?:the\s+)?(?P<short>end-of-|end\s+(?=week|month|quarter|year|day|" + MONTH + r"|q[1-4])|mid[\s-]+|early\s+(?:in\s+)?|late\s+(?:in\s+)?)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words read: the days they name, where they end, whether they can stand without a preposition."""

    days: Days
    end: int
    form: str
    edge: str = ""

    @property
    def alone(self) -> bool:
        """Whether these words say a time without a preposition before them."""
        return self.form in _ALONE


def read_date(plain: str, at: int, calendar: Calendar) -> DateWords | None:
    """The date words that begin at `at`; none where none do."""
    edge = _EDGE.match(plain, at)
    if edge:
        inner = read_date(plain, edge.end(), calendar)
        word = " ".join((edge["edge"] or edge["short"] or "").replace("-", " ").split())
        return DateWords(_edge(word, inner.days, calendar), inner.end, inner.form, word) if inner else None
    for form, pattern in _CORE.items():
        if form == "bare" and not _EDGE_BEFORE.search(plain, 0, at):
            continue
        found = pattern.match(plain, at)
        days = _CORES[form][1](found, calendar) if found else None
        if found and days:
            return DateWords(days, found.end(), form)
    return None


_EDGE_BEFORE = re.compile(r"\b(?:of|within|end-of-|all|end|throughout|during)\s?(?:the\s+)?\Z|end-of-\Z")


def _edge(word: str, days: Days, calendar: Calendar) -> Days:
    middle = add_days(days.first, 14 if days.length <= 31 else days.length // 2)
    if days.length >= 89:
        middle = add_days(add_months(days.first, round(days.length / 61)), 14 if days.length < 100 else -1)
    edges: dict[str, Days] = {
        "end": _one(days.last), "close": _one(days.last), "late": _one(days.last), "last day": _one(days.last),
        "start": _one(days.first), "beginning": _one(days.first), "first day": _one(days.first),
        "middle": _one(middle), "mid": _one(middle), "early": _one(add_days(days.first, 9)),
        "first week": Days(days.first, add_days(days.first, 6)), "last week": Days(add_days(days.last, -6), days.last),
        "first half": Days(days.first, middle), "second half": Days(add_days(middle, 1), days.last),
        "first month": period_of(days.first, "month"), "last month": period_of(days.last, "month"),
        "rest": Days(max(days.first, calendar.today), days.last),
        "remainder": Days(max(days.first, calendar.today), days.last),
    }  # fmt: skip
    return edges.get(word, days)


def business_days(today: date, count: int) -> date:
    """The day `count` working days after `today`."""
    day = today
    for _ in range(min(count, 5_000)):
        day = add_days(day, 1)
        while day.weekday() > 4:
            day = add_days(day, 1)
    return day


def before(days: Days) -> date:
    """The last day before `days` begins."""
    return days.first - timedelta(1)
