"""How a goal is known to be reached: the grammar of `measure:` and of the numbers in check-ins."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from goalkit.dates import PERIODS, WEEKDAYS, Period
from goalkit.text import fold, nearest

Kind = Literal["count", "limit", "habit", "milestones", "goals", "done"]
Direction = Literal["at-least", "at-most", "between"]

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_SCALE = {"": 1, "k": 1_000, "K": 1_000, "M": 1_000_000}
_NUMBER = (
    r"(?P<{0}sign>[-+\u2212]?)(?P<{0}cur>[$€£¥₹]?)"
    r"(?P<{0}int>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<{0}frac>\.\d+)?(?P<{0}scale>[kKM](?![A-Za-z]))?\s?(?P<{0}pct>%?)"
)
_PERIOD_WORDS: dict[str, Period] = {p: p for p in PERIODS} | {
    "night": "day",
    "morning": "day",
    "evening": "day",
    "weekday": "workday",
    "working day": "workday",
}
_ONE = re.compile(_NUMBER.format(""), re.ASCII)
_MOVE = re.compile(
    _NUMBER.format("a") + r"(?P<aunit>[^\d<>=→/-]*?)\s*(?:->|→)\s*" + _NUMBER.format("b") + r"(?P<unit>.*)",
    re.ASCII | re.DOTALL,
)
_AMOUNT = re.compile(
    r"(?P<op><=|≤)?\s*"
    + _NUMBER.format("a")
    + r"(?:\s*(?:\.\.|…|–)\s*"
    + _NUMBER.format("b")
    + r")?(?P<x>x(?=\s|/|$))?(?P<unit>.*)",
    re.ASCII | re.DOTALL,
)
_RATE = re.compile(
    r"^(?P<unit>.*?)(?:\s*/\s*|\s+(?:per|each|an?)\s+|^(?:per|each|an?)\s+)(?P<period>[A-Za-z ]+?)$"
)
_EVERY = re.compile(r"(?:every|each)\s+(?P<period>[A-Za-z ]+)", re.IGNORECASE)
_FORMS = "`50 connections`, `54 -> 63 %`, `<= 500 USD`, `3 / week`, `every workday`, `milestones`, `goals` or `done`"
# What follows a number and makes it another number, a sum or a clock instead of giving it a unit.
_NO_UNIT = re.compile(r"[.,]\d|\d|[eE]\d|[-+*=<>:^→]")
MAX_DIGITS = 15
MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """A parsed measure.

    `start` is where a count begins (`from` in the export); `target` and, for a range, `target_max` what is
    asked, in `unit`; `period` is set for habits only.
    """

    kind: Kind
    text: str
    start: Decimal | None = None
    target: Decimal | None = None
    target_max: Decimal | None = None
    unit: str = ""
    direction: Direction | None = None
    period: Period | None = None

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Where a count begins, and what it is to reach."""
        return Fraction(self.start or 0), Fraction(self.target or 0)

    @property
    def asked(self) -> Fraction:
        """The amount that a habit or a limit names."""
        return Fraction(self.target or 0)

    @property
    def every(self) -> Period:
        """A habit's period."""
        return self.period or "day"

    @property
    def whole(self) -> bool:
        """Whether a count comes in whole pieces: both its ends are whole numbers."""
        return self.kind == "count" and all(end.denominator == 1 for end in self.ends)

    @property
    def is_times(self) -> bool:
        """Whether a habit counts times (`3 / week`) and not an amount of something."""
        return self.kind == "habit" and fold(self.unit) in ("", "time", "times", "x")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a text is not what it should be, and what to type."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as people write it, with the unit that its sign, `%` or currency gives."""

    value: Decimal
    unit: str
    signed: bool


def parse_quantity(text: str) -> tuple[Quantity, str] | None:
    """The number at the start of `text` and what follows it; none where none stands there or it is too long."""
    found = _ONE.match(text)
    value = _decimal(found, "") if found else None
    if not found or value is None:
        return None
    unit = CURRENCIES.get(found["cur"], "%" if found["pct"] else "")
    return Quantity(value, unit, bool(found["sign"])), text[found.end() :]


def parse_measure(text: str) -> Measure | Mistake:
    """The measure that `text` writes, or what is wrong with it."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Mistake(f"`{text[:40]}…` is too long for a measure", f"write {_FORMS}")
    word = fold(text)
    if word in ("milestones", "goals", "done"):
        return Measure(word, text)  # type: ignore[arg-type]
    if every := _EVERY.fullmatch(text):
        return _every(text, every["period"])
    if text.startswith((">=", "≥", ">")):
        rest = text.lstrip(">=≥ ")
        return Mistake("at least is what a plain number means", f"write `{rest or '50 connections'}`")
    if text.startswith("<") and not text.startswith("<="):
        return Mistake(f"`{text}` starts with `<`", f"write `<= {text[1:].strip()}`")
    if move := _MOVE.fullmatch(text):
        return _move(text, move)
    if amount := _AMOUNT.fullmatch(text):
        return _amount(text, amount)
    close = nearest(word, ("milestones", "goals", "done"))
    hint = f"did you mean `{close[0]}`?" if close else f"write {_FORMS}"
    return Mistake(f"`{text}` is not a measure", hint)


def same_unit(given: str, unit: str) -> bool:
    """Whether a check-in's unit is the measure's own: equal, or its singular, plural or abbreviation."""
    a, b = (CURRENCIES.get(u.strip(), u.strip()).casefold().rstrip(".") for u in (given, unit))
    if a == b or _stem(a) == _stem(b):
        return True
    first, last = (b.split() or [""])[0], (b.split() or [""])[-1]
    return _stem(a) in (_stem(first), _stem(last)) and a != ""


_ABBREVIATED = {
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "m": "minute",
    "s": "second", "sec": "second", "p": "page", "pp": "page", "pct": "%", "percent": "%", "x": "time",
    "people": "person", "wk": "week", "d": "day",
}  # fmt: skip


def _stem(unit: str) -> str:
    unit = _ABBREVIATED.get(unit, unit)
    if unit.endswith("ies") and len(unit) > 4:
        return unit[:-3] + "y"
    if unit.endswith(("ches", "shes", "sses", "xes")):
        return unit[:-2]
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") and len(unit) > 2 else unit


def _decimal(found: re.Match[str], prefix: str) -> Decimal | None:
    whole, frac = found[prefix + "int"].replace(",", ""), found[prefix + "frac"] or ""
    if len(whole) + len(frac) > MAX_DIGITS:
        return None
    value = Decimal(whole + frac) * _SCALE[found[prefix + "scale"] or ""]
    return -value if found[prefix + "sign"] in ("-", "\u2212") else value


def _given_unit(found: re.Match[str], prefix: str, rest: str) -> str:
    mark = CURRENCIES.get(found[prefix + "cur"], "%" if found[prefix + "pct"] else "")
    return " ".join((mark + " " + rest).split()) if mark else " ".join(rest.split())


def _period(words: str) -> Period | None:
    return _PERIOD_WORDS.get(" ".join(words.casefold().split()))


def _every(text: str, words: str) -> Measure | Mistake:
    period = _period(words)
    if period:
        return Measure("habit", text, target=Decimal(1), direction="at-least", period=period)
    day = words.casefold().strip().rstrip("s")
    named = next((d for d in WEEKDAYS if len(day) >= 3 and d.startswith(day)), None)
    if named:
        return Mistake(
            f"a habit is counted by {', '.join(PERIODS[:-1])} or year, not by `{words.strip()}`",
            f"write `every week`, and `check-in: weekly on {named}`",
        )
    if day in ("month", "day", "week", "quarter", "year", "workday", "weekday"):
        return Mistake(f"`{words.strip()}` is not a period", f"write `every {_PERIOD_WORDS[day]}`")
    return Mistake(
        f"`{words.strip()}` is not a period",
        "write `every day`, `every workday`, `every week` or `every month`",
    )


def _move(text: str, found: re.Match[str]) -> Measure | Mistake:
    start, target = _decimal(found, "a"), _decimal(found, "b")
    if start is None or target is None:
        return Mistake(f"`{text}` has a number of more than {MAX_DIGITS} digits", "write a shorter number")
    if start == target:
        return Mistake(f"`{text}` begins where it ends", "write `from -> to` with two different numbers")
    if _NO_UNIT.match(found["unit"].strip()):
        return Mistake(
            f"`{text}` is not a measure", "write two numbers, such as `54 -> 63 %` or `1,000 -> 2.5k`"
        )
    unit = _given_unit(found, "b", found["unit"]) or _given_unit(found, "a", found["aunit"])
    direction: Direction = "at-least" if target > start else "at-most"
    return Measure("count", text, start, target, unit=unit, direction=direction)


def _amount(text: str, found: re.Match[str]) -> Measure | Mistake:
    low = _decimal(found, "a")
    high = _decimal(found, "b") if found["bint"] else None
    if low is None or (found["bint"] and high is None):
        return Mistake(f"`{text}` has a number of more than {MAX_DIGITS} digits", "write a shorter number")
    rest = found["unit"].strip()
    if _NO_UNIT.match(rest):
        comma = re.match(r"\D*\d+,\d{1,2}(?!\d)", text)
        hint = f"write `{text.replace(',', '.', 1)}`" if comma else f"write {_FORMS}"
        return Mistake(f"`{text}` is not a measure", hint)
    unit, period = rest, None
    if rate := _RATE.match(rest):
        period = _period(rate["period"])
        if period is None and re.search(r"\bper\b", rest):
            return _bad_period(rate["period"])
        unit = rate["unit"] if period else rest
    if period is None and "/" in rest:
        return _bad_period(rest.rsplit("/", 1)[1])
    unit = "times" if found["x"] and not unit else unit
    unit = _given_unit(found, "a" if found["acur"] or found["apct"] or high is None else "b", unit)
    return _checked(text, bool(found["op"]), low, high, unit, period)


def _bad_period(words: str) -> Mistake:
    close = nearest(words.strip(), _PERIOD_WORDS)
    hint = f"did you mean `{close[0]}`?" if close else f"write one of {', '.join(PERIODS)}"
    return Mistake(f"`{words.strip()}` is not a period", hint)


def _checked(
    text: str, at_most: bool, low: Decimal, high: Decimal | None, unit: str, period: Period | None
) -> Measure | Mistake:
    if low < 0:
        return Mistake(f"`{text}` asks for less than nothing", f"to move a number down, write `0 -> {low}`")
    if high is not None:
        if period is None:
            return Mistake("a range needs a period", f"write `{low}..{high} {unit or 'hours'} / night`")
        if at_most or high < low:
            return Mistake(
                f"`{text}` is not a range", f"write `{min(low, high)}..{max(low, high)}`, the lesser first"
            )
        return Measure("habit", text, None, low, high, unit, "between", period)
    if at_most:
        kind: Kind = "habit" if period else "limit"
        return Measure(kind, text, None, low, unit=unit, direction="at-most", period=period)
    if low == 0:
        return Mistake(f"`{text}` asks for nothing", "write what would be enough, or `<= 0` for none at all")
    if period:
        return Measure("habit", text, None, low, unit=unit, direction="at-least", period=period)
    return Measure("count", text, Decimal(0), low, unit=unit, direction="at-least")
