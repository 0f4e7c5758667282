"""Numbers and dates in words, the same in every sentence goalkit writes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def number(value: Fraction | Decimal | float, places: int = 2) -> str:
    """`1,200`, `7.5`, `-3`: at most `places` decimals, no zeros at the end."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    scaled = floor(abs(exact) * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    text = f"{whole:,}"
    if part:
        text += "." + f"{part:0{places}}".rstrip("0")
    return f"-{text}" if exact < 0 and scaled else text


def amount(value: Fraction | Decimal, unit: str) -> str:
    """A number with its unit: `11 connections`, `63 %`, `$500`."""
    if unit in SIGNS:
        text = number(value)
        return f"-{SIGNS[unit]}{text[1:]}" if text.startswith("-") else f"{SIGNS[unit]}{text}"
    return f"{number(value)} {unit_of(value, unit)}".strip()


def unit_of(value: Fraction | Decimal, unit: str) -> str:
    """The unit as it follows this number: `pages`, but `1 page`; what stands behind a slash stays."""
    if value != 1:
        return unit
    head, slash, rest = unit.partition(" /")
    first, blank, word = head.rpartition(" ")
    if len(word) > 3 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "news", "series"))
        and word.islower()
    ):
        word = word[:-1]
    return first + blank + word + slash + rest


def percent(share: Fraction | float) -> str:
    """A share as `22 %`, rounded down so that only what is whole says 100 %."""
    return f"{floor(Fraction(share) * 100)} %"


def day(value: date, today: date) -> str:
    """`Fri 27 Nov`, with the year where it is not this one."""
    year = "" if value.year == today.year else f" {value.year}"
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]}{year}"


def plural(count: Fraction | int, one: str, many: str = "") -> str:
    """`1 day`, `2 days`."""
    return f"{number(Fraction(count))} {one if count == 1 else many or one + 's'}"
