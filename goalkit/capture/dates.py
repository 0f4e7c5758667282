"""Date words for a given today: `the end of Q2`, `mid-December`, `Friday`, `3 March 2027`, `next month`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goalkit.capture.numbers import NUM, value_of
from goalkit.capture.words import one_of
from goalkit.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    WEEKDAYS,
    Days,
    Period,
    add_days,
    add_months,
    parse_days,
    period_of,
)

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
MONTH = (
    one_of(
        """jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?
        nov(?:ember)? dec(?:ember)?"""
    )
    + r"\b\.?"
)
WEEKDAY = (
    one_of(
        "mon(?:day)? tue(?:s(?:day)?)? wed(?:nesday)? thu(?:r(?:s(?:day)?)?)? fri(?:day)? sat(?:urday)? sun(?:day)?"
    )
    + r"\b"
)
_YEAR = r"(?:19|20|21)\d\d(?!\d)"
_ORDINAL = one_of(" ".join(_ORDINALS))
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\d%])|{_ORDINAL}\b)"
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|{_ORDINAL}\b)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}|'\d\d\b|(?:this|next|the)\s+year))?"


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
        return this if this.last >= self.today else days(min(self.today.year + 1, LAST_YEAR))


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words read: the days they name, where they end, their form (`month`) and edge (`end`)."""

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
    evening = _END_OF_DAY.match(plain, at)
    if evening and (day := read_date(plain, evening.end(), calendar)):
        return day
    if edge := _EDGE.match(plain, at):
        inner = read_date(plain, edge.end(), calendar)
        word = " ".join((edge["of"] or edge["short"]).replace("-", " ").split())
        if not inner:
            return None
        days = _edge(word, inner.days, calendar)
        if days.last < calendar.today and inner.form == "bare":
            days = _edge(word, _following(inner.days), calendar)
        return DateWords(days, inner.end, inner.form, word)
    return _nth_weekday(plain, at, calendar) or _core(plain, at, calendar)


def _nth_weekday(plain: str, at: int, calendar: Calendar) -> DateWords | None:
    """`the last Friday in January`."""
    found = _NTH_WEEKDAY.match(plain, at)
    inner = _core(plain, found.end(), calendar) if found else None
    if not found or not inner or inner.days.length < 28:
        return None
    wanted = _weekday_number(found["day"])
    days = [
        day
        for day in (add_days(inner.days.first, i) for i in range(inner.days.length))
        if day.weekday() == wanted
    ]
    day = days[-1 if found["nth"] == "last" else ("first", "second", "third", "fourth").index(found["nth"])]
    return DateWords(_one(day), inner.end, "dated")


def before(days: Days) -> date:
    """The last day before `days` begins."""
    return add_days(days.first, -1)


def business_days(today: date, count: int) -> date:
    """The day `count` working days after `today`."""
    day = today
    for _ in range(min(count, 5_000)):
        day = add_days(day, 1)
        while day.weekday() > 4:
            day = add_days(day, 1)
    return day


# --- the forms of a date ------------------------------------------------------------------------------------------

Reader = Callable[[re.Match[str], Calendar], Days | None]


def _one(day: date) -> Days:
    return Days(day, day)


def _year_of(words: str | None, calendar: Calendar) -> int | None:
    if not words:
        return None
    if words.startswith("'"):
        return 2000 + int(words[1:])
    if words.isdigit():
        return int(words) if FIRST_YEAR <= int(words) <= LAST_YEAR else None
    return calendar.today.year + words.startswith("next")


def _months(first: int, length: int, year: int | None, calendar: Calendar) -> Days:
    def days(of: int) -> Days:
        start = date(of, first, 1)
        return Days(start, add_days(add_months(start, length), -1))

    return days(year) if year else calendar.coming(days)


def _month_number(words: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(words[:3]))


def _day_number(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else _ORDINALS.index(words) + 1


def _on(month: int, day: int, year: int | None, calendar: Calendar) -> Days | None:
    try:
        return _one(date(year, month, day)) if year else calendar.coming(lambda y: _one(date(y, month, day)))
    except ValueError:
        return None


def _dated(found: re.Match[str], calendar: Calendar) -> Days | None:
    month, day = _month_number(found["month"]), _day_number(found["day"])
    return _on(month, day, _year_of(found["year"], calendar), calendar)


def _iso(found: re.Match[str], _: Calendar) -> Days | None:
    return parse_days(found[0].upper())


def _slashed(found: re.Match[str], calendar: Calendar) -> Days | None:
    """`3/31` as in the United States, `31/3` and `31.3.2027` as elsewhere."""
    a, b = int(found["a"]), int(found["b"])
    month, day = (b, a) if found["mark"] == "." or a > 12 else (a, b)
    year = int(found["year"]) if found["year"] else None
    return _on(month, day, year + 2000 if year is not None and year < 100 else year, calendar)


def _month(found: re.Match[str], calendar: Calendar) -> Days:
    return _months(_month_number(found["month"]), 1, _year_of(found["year"], calendar), calendar)


def _quarter(found: re.Match[str], calendar: Calendar) -> Days:
    nth = {"first": 1, "second": 2, "third": 3}
    number = int(found["q"][-1]) if found["q"] else nth.get(found["nth"], 4)
    return _months(3 * number - 2, 3, _year_of(found["year"] or found["before"], calendar), calendar)


def _half(found: re.Match[str], calendar: Calendar) -> Days:
    number = int(found["h"][-1]) if found["h"] else 1 if found["nth"] == "first" else 2
    return _months(6 * number - 5, 6, _year_of(found["year"] or found["of"], calendar), calendar)


def _this_half(found: re.Match[str], calendar: Calendar) -> Days:
    number = 2 * calendar.today.year + (calendar.today.month > 6) + (found["which"] == "next")
    return _months(6 * (number % 2) + 1, 6, number // 2, calendar)


def _whole_year(found: re.Match[str], _: Calendar) -> Days | None:
    return parse_days(found["year"])


def _weekday_number(words: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(words[:3]))


def _weekday(found: re.Match[str], calendar: Calendar) -> Days:
    """The next such day after today; `next` moves it out of this week, `Friday week` a week on."""
    index = _weekday_number(found["day"])
    ahead = (index - calendar.today.weekday()) % 7 or 7
    this_week = add_days(calendar.today, ahead) <= calendar.period("week").last
    ahead += 7 * (found["which"] == "next" and this_week) + 7 * bool(found["week"])
    return _one(add_days(calendar.today, ahead))


def _relative(found: re.Match[str], calendar: Calendar) -> Days:
    ahead = found["which"] in ("next", "following")
    if found["period"].startswith("weekend"):
        saturday = (5 - calendar.week_start) % 7 + 7 * ahead
        first = add_days(calendar.week(calendar.today).first, saturday)
        return Days(first, add_days(first, 1))
    return calendar.period(_PERIODS[found["period"]], int(ahead))


_PERIODS: dict[str, Period] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
}  # fmt: skip


def _nth_of_month(found: re.Match[str], calendar: Calendar) -> Days | None:
    number = _day_number(found["day"])
    for ahead in range(3):
        month = calendar.period("month", ahead)
        day = add_days(month.first, number - 1)
        if calendar.today <= day <= month.last:
            return _one(day)
    return None


def _day_word(found: re.Match[str], calendar: Calendar) -> Days:
    ahead = 2 if "after" in found[0] else 1 if "tomorrow" in found[0] else 0
    return _one(add_days(calendar.today, ahead))


def _short(found: re.Match[str], calendar: Calendar) -> Days:
    """`EOY`, `month-end`, `close of business`."""
    word = found[0].removeprefix("the ").removeprefix("eo")
    period = next((p for p in _PERIODS.values() if word.startswith(p[0])), _PERIODS["day"])
    if year := _year_of(found["year"], calendar):
        return _one(date(year, 12, 31))
    return _one(calendar.period(period).last)


_FEASTS = (
    ("christmas eve", (12, 24)), ("christmas", (12, 25)), ("xmas", (12, 25)), ("boxing day", (12, 26)),
    ("new years eve", (12, 31)), ("new year", (1, 1)), ("the new year", (1, 1)), ("valentine", (2, 14)),
    ("halloween", (10, 31)),
)  # fmt: skip


# The days of Thanksgiving, counted from 1.
_THANKSGIVING = (("thanksgiving", 1), ("black friday", 2), ("cyber monday", 5))


def _feast(found: re.Match[str], calendar: Calendar) -> Days:
    word = " ".join(found[0].replace("'", "").split())
    if word.startswith("easter"):
        return calendar.coming(lambda y: _one(_easter(y)))
    if after := next((days for name, days in _THANKSGIVING if word.startswith(name)), None):
        return calendar.coming(lambda y: _one(add_days(_fourth_thursday(date(y, 11, 1)), after - 1)))
    month, day = next(at for name, at in _FEASTS if word.startswith(name))
    return calendar.coming(lambda y: _one(date(y, month, day)))


def _fourth_thursday(first: date) -> date:
    return add_days(first, (3 - first.weekday()) % 7 + 21)


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


def _from_now(found: re.Match[str], calendar: Calendar) -> Days:
    if found["period"] == "week":
        return _one(add_days(calendar.today, 7))
    return _one(add_months(calendar.today, {"month": 1, "quarter": 3, "year": 12}[found["period"]]))


_PART = r"(?:\s+(?:morning|noon|afternoon|evening|night)\b)?"
_FORMS: dict[str, tuple[str, Reader]] = {
    "iso": (r"(?:19|20|21)\d\d-(?:\d\d(?:-\d\d)?|q[1-4]|w\d\d)\b", _iso),
    "slashed": (
        (r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})"
        r"(?:(?P=mark)(?P<year>(?:20)?\d\d)|(?<=/\d)|(?<=/\d\d))(?![\d%/])"),
        _slashed,
    ),
    "dated": (rf"(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{_DAY}){_OF_YEAR}", _dated),
    "day dated": (rf"(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH}){_OF_YEAR}", _dated),
    "month": (rf"(?:this\s+|next\s+)?(?P<month>{MONTH}){_OF_YEAR}", _month),
    "quarter": (
        (rf"(?:(?P<before>{_YEAR})[\s-]+)?"
        rf"(?:(?P<q>q[1-4])\b|(?:the\s+)?(?P<nth>first|second|third|fourth|last|final)\s+quarter\b){_OF_YEAR}"),
        _quarter,
    ),
    "half": (
        (rf"(?:(?P<h>h[12])\b{_OF_YEAR}"
        rf"|(?:the\s+)?(?P<nth>first|second|last|other)\s+half(?:\s+of\s+(?P<of>{_YEAR}|(?:this|next|the)\s+year)"
        rf"|(?!\s+of\b|[\s-]+(?:hour|day|marathon|term)\b)))"),
        _half,
    ),
    "this half": (r"(?P<which>this|next|the\s+current)\s+half(?!\s+of\b|[\s-]+[a-z])", _this_half),
    "feast": (
        (r"christmas(?:\s+(?:eve|day))?\b|xmas\b|new\s+year'?s?'?\s+(?:eve|day)\b|new\s+year's(?!\s+[a-z])|(?:the\s+)?new\s+year\b"
        r"|easter(?:\s+sunday)?\b|thanksgiving(?:\s+day)?\b|black\s+friday\b|cyber\s+monday\b|valentine'?s?(?:\s+day)?\b|halloween\b|boxing\s+day\b"),
        _feast,
    ),
    "from now": (r"this\s+time\s+next\s+(?P<period>week|month|quarter|year)\b", _from_now),
    "weekday": (
        rf"(?:(?P<which>this|next|coming)\s+)?(?P<day>{WEEKDAY})(?:\s+(?P<week>week)\b)?{_PART}",
        _weekday,
    ),
    "relative": (
        (r"(?:(?:this|the)\s+)?(?P<which>the(?=\s+weekend\b)|this|next|current|following|coming(?=\s+weekend))\s+(?:calendar\s+)?"
        r"(?P<period>week(?:end)?|month|quarter|year)\b"),
        _relative,
    ),
    "day word": (
        rf"(?:the\s+)?day\s+after\s+tomorrow\b|tomorrow{_PART}|today\b|tonight\b|this\s+(?:morning|afternoon|evening)\b",
        _day_word,
    ),
    "short": (
        (r"(?:eo[dwmqy]|cob|(?:the\s+)?close\s+of\s+(?:business|play)|(?:the\s+)?(?:week|month|quarter|year)(?:'s)?[\s-]end"
        rf"(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?)\b"),
        _short,
    ),
    "nth": (rf"the\s+(?P<day>{_NTH})(?!\s+(?:of\s+)?[a-zø])", _nth_of_month),
    "year": (rf"(?P<year>{_YEAR})\b", _whole_year),
    # Only inside `the end of the month`.
    "bare": (
        r"(?:the\s+)?(?:whole\s+|entire\s+|calendar\s+)?(?P<which>)(?:(?:work(?:ing)?|school|business)[\s-]?(?=week))?(?P<period>week(?:end)?|month|quarter|year|day)\b",
        _relative,
    ),
}  # fmt: skip
_ALONE = frozenset(("iso", "this half", "dated", "day dated", "relative", "day word", "from now"))
_PATTERNS = {form: (re.compile(pattern), reader) for form, (pattern, reader) in _FORMS.items()}
_BARE_AFTER = re.compile(
    r"\b(?:of|for|within|end-of-|all|end|throughout)\s?(?:the\s+)?\Z|(?:end-of-|\bmid[\s-]*)\Z"
)


def _core(plain: str, at: int, calendar: Calendar) -> DateWords | None:
    for form, (pattern, reader) in _PATTERNS.items():
        if form == "bare" and not _BARE_AFTER.search(plain, 0, at):
            continue
        found = pattern.match(plain, at)
        days = reader(found, calendar) if found else None
        if found and days:
            return DateWords(days, found.end(), form)
    return None


# --- the edges of a stretch ---------------------------------------------------------------------------------------

_END_OF_DAY = re.compile(
    r"(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:day|business|play)|eod|cob|noon|midnight)\s+(?:on\s+)?(?!of\b)"
)
_FIRST_FEW = re.compile(rf"first\s+(?P<many>{NUM})\s+(?P<length>days|weeks|months)")
_NTH_WEEKDAY = re.compile(
    rf"(?:the\s+)?(?P<nth>first|second|third|fourth|last)\s+(?P<day>{WEEKDAY})\s+(?:of|in)\s+"
)
_EDGE = re.compile(
    rf"(?:the\s+)?(?:very\s+)?(?P<of>end|close|start|beginning|middle|week|first\s+{NUM}\s+(?:days|weeks|months)|(?:first|last|second|third|fourth)\s+(?:week|day|month)"
    r"|(?:first|second)\s+half|rest|remainder|month|course)\s+(?:of|(?<=week\s)in|(?<=day\s)in)\s+"
    rf"|(?:the\s+)?(?P<short>end-of-|end\s+(?=week|month|quarter|year|day|{MONTH}|q[1-4])|mid(?:[\s-]+|(?=year|week|month))"
    r"|early\s+(?:in\s+)?|late\s+(?:in\s+)?)"
)


def _following(days: Days) -> Days:
    """The period after a week, month, quarter or year."""
    name = next((p for p in _PERIODS.values() if period_of(days.first, p).length == days.length), None)
    first = add_days(days.last, 1)
    return period_of(first, name) if name else Days(first, add_days(first, days.length - 1))


def _nth_week(days: Days, number: int) -> Days:
    return Days(add_days(days.first, 7 * number - 7), min(add_days(days.first, 7 * number - 1), days.last))


def _middle(days: Days) -> date:
    """The 15th of a month, of the middle month of a quarter; the last day of June of a year."""
    months = round(days.length / 30.4)
    if months < 3:
        return add_days(days.first, 14 if months else days.length // 2)
    half = add_months(days.first, months // 2)
    return add_days(half, 14 if months % 2 else -1)


_EDGES: dict[str, Callable[[Days], Days]] = {
    "end": lambda days: _one(days.last),
    "close": lambda days: _one(days.last),
    "late": lambda days: _one(days.last),
    "last day": lambda days: _one(days.last),
    "start": lambda days: _one(days.first),
    "beginning": lambda days: _one(days.first),
    "first day": lambda days: _one(days.first),
    "early": lambda days: _one(add_days(days.first, 9)),
    "middle": lambda days: _one(_middle(days)),
    "mid": lambda days: _one(_middle(days)),
    "first week": lambda days: Days(days.first, add_days(days.first, 6)),
    "second week": lambda days: _nth_week(days, 2),
    "third week": lambda days: _nth_week(days, 3),
    "fourth week": lambda days: _nth_week(days, 4),
    "last week": lambda days: Days(add_days(days.last, -6), days.last),
    "first half": lambda days: Days(days.first, _middle(days)),
    "second half": lambda days: Days(add_days(_middle(days), 1), days.last),
    "first month": lambda days: period_of(days.first, "month"),
    "last month": lambda days: period_of(days.last, "month"),
}


def _edge(word: str, days: Days, calendar: Calendar) -> Days:
    if word in ("rest", "remainder"):
        return Days(max(days.first, calendar.today), days.last)
    if word == "week":
        return calendar.week(days.first)
    if found := _FIRST_FEW.fullmatch(word):
        count = int(value_of(found["many"]) or 1)
        whole = _stretch_of(days.first, count, found["length"])
        return Days(days.first, min(whole, days.last))
    return _EDGES[word](days) if word in _EDGES else days


def _stretch_of(first: date, count: int, length: str) -> date:
    if length == "months":
        return add_days(add_months(first, count), -1)
    return add_days(first, count * (7 if length == "weeks" else 1) - 1)
