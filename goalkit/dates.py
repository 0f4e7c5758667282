"""Calendar dates: periods, spans written short, arithmetic that cannot overflow.

Goal dates are calendar dates without a time or a zone. A week is an ISO week, from Monday.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Period = Literal["day", "workday", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2999

_FORMS = re.compile(
    r"(?P<y>\d{4})(?:-(?:[Qq](?P<q>[1-4])|[Ww](?P<w>\d{2})|(?P<m>\d{2})(?:-(?P<d>\d{2})(?P<t>[T ].*)?)?))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends in it."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def parse_days(text: str) -> Days | None:
    """The stretch that `2026`, `2026-Q4`, `2026-W40`, `2026-12` or `2026-12-31` names; none if it names none.

    A time of day after a full date is ignored. Years are 1900 to 2999.
    """
    found = _FORMS.fullmatch(text.strip())
    if not found or not FIRST_YEAR <= int(found["y"]) <= LAST_YEAR:
        return None
    year = int(found["y"])
    try:
        if found["q"]:
            first = date(year, 3 * int(found["q"]) - 2, 1)
            return Days(first, add_months(first, 3) - timedelta(1))
        if found["w"]:
            first = date.fromisocalendar(year, int(found["w"]), 1)
            return Days(first, first + timedelta(6))
        if found["d"]:
            day = date(year, int(found["m"]), int(found["d"]))
            return Days(day, day)
        if found["m"]:
            return period_of(date(year, int(found["m"]), 1), "month")
        return Days(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """The date of a full `2026-12-31`; none for anything else."""
    days = parse_days(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    return days.first if days else None


def meant_day(text: str) -> date | None:
    """The day that `31.12.2026`, `12/31/2026` or `2026/1/5` most likely means; none where there is no such day.

    With two readings the day comes first, as in most of the world.
    """
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text, re.ASCII):
        day, month = int(found[1]), int(found[2])
        day, month = (month, day) if month > 12 >= day else (day, month)
        return parse_day(f"{found[3]}-{month:02}-{day:02}")
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text, re.ASCII):
        return parse_day(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
    return None


def add_months(day: date, months: int) -> date:
    """`day` moved by calendar months, on the month's last day where it has no such day; kept within what a date can hold."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """`day` moved by `days`, kept within what a date can hold."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def period_of(day: date, period: Period) -> Days:
    """The calendar period of this kind that `day` lies in; a workday is its own day."""
    if period in ("day", "workday"):
        return Days(day, day)
    if period == "week":
        first = day - timedelta(day.weekday())
        return Days(first, add_days(first, 6))
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    end = first.month + months - 1
    return Days(first, date(day.year, end, monthrange(day.year, end)[1]))


def periods_in(window: Days, period: Period) -> list[Days]:
    """The periods of which at least half the days lie in `window`, in order."""
    found: list[Days] = []
    day = window.first
    while day <= window.last:
        span = period_of(day, period)
        inside = (min(span.last, window.last) - max(span.first, window.first)).days + 1
        if 2 * inside >= span.length and not (period == "workday" and day.weekday() > 4):
            found.append(span)
        if span.last >= date.max:
            break
        day = span.last + timedelta(1)
    return found


def nearest_weekday(day: date, weekday: int) -> date:
    """The day of that weekday (Monday is 0) nearest to `day`: three days away at most."""
    return add_days(day, (weekday - day.weekday() + 3) % 7 - 3)
