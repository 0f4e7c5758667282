"""Numbers as people write them: `1,200`, `$10k`, `60 %`, `twenty-five`, `a dozen`, `half`, `one and a half`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from goalkit.text import Span

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SUFFIX = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000, "mn": 1_000_000, **_SCALES}
_FRACTIONS = {
    "half": "0.5", "a half": "0.5", "one half": "0.5", "a third": "0.33", "one third": "0.33",
    "two thirds": "0.67", "a quarter": "0.25", "one quarter": "0.25", "three quarters": "0.75",
}  # fmt: skip
_FEW = {
    "a couple of": 2, "a couple": 2, "couple of": 2, "a pair of": 2, "half a dozen": 6, "a half dozen": 6,
    "a dozen": 12, "a hundred": 100, "a thousand": 1_000, "a million": 1_000_000,
    "half a million": 500_000, "both": 2, "twice": 2, "thrice": 3, "a hundred and fifty": 150,
}  # fmt: skip
CURRENCIES = {
    "$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "usd": "usd", "eur": "eur", "gbp": "gbp",
    "jpy": "jpy", "inr": "inr", "chf": "chf", "cad": "cad", "aud": "aud", "sek": "sek", "nok": "nok", "dkk": "dkk",
    "dollar": "usd", "dollars": "usd", "bucks": "usd", "euro": "eur", "euros": "eur", "quid": "gbp",
    "pounds sterling": "gbp", "francs": "chf", "yen": "jpy", "rupees": "inr", "us$": "usd", "a$": "aud",
    "c$": "cad", "ca$": "cad", "au$": "aud",
}  # fmt: skip

_CODES = "usd|eur|gbp|chf|cad|aud|jpy|inr|sek|nok|dkk"
_UNIT_WORDS = "|".join(sorted((*_SMALL, *_TENS), key=len, reverse=True))
_SCALE_WORDS = "|".join(_SCALES)
_JOIN = rf"(?:(?:\s(?=(?:{_SCALE_WORDS})\b)|(?<=hundred)\s(?:and\s)?|(?<=thousand)\s(?:and\s)?|(?<=ty)[\s-]))"
WORDS = rf"(?:{_UNIT_WORDS})\b(?:{_JOIN}(?:{_UNIT_WORDS}|{_SCALE_WORDS})\b)*"
_DIGITS = (
    rf"(?P<cur>(?:(?:us|au?|ca?)?\$|[€£¥₹]|\b(?:{_CODES})\b)\s?)?"
    r"(?P<num>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<frac>\.\d+)?"
    rf"(?:(?P<short>k|m|bn|mn)(?![a-z])|\s?(?P<scale>{_SCALE_WORDS})\b)?"
)
# A plain number inside other patterns, such as `in the next NUM weeks`.
NUM = (
    rf"(?:a\scouple(?:\sof)?|(?<!\ba\s)couple\sof|half\sa\sdozen|a\sdozen|{WORDS}(?:\sand\sa\shalf)?"
    r"|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
)
_PHRASES = "|".join(
    re.escape(p).replace(r"\ ", r"\s") for p in sorted((*_FEW, *_FRACTIONS), key=len, reverse=True)
)
_NUMBER = re.compile(
    rf"(?<![\w.:/ø])(?<![a-zø]-)(?:{_DIGITS}(?P<times>x)?|(?P<few>{_PHRASES})\b|(?P<an>an?(?=\shour\b)|(?<=\bby\s)an?(?=\s(?:full\s|whole\s)?(?:day|week|month|minute|percent|(?:percentage\s)?point|degree|grade)\b))|(?P<words>{WORDS})"
    r"(?:(?P<dozen>\sdozen)\b)?)"
    r"(?P<ahalf>\sand\sa\shalf\b)?(?P<pct>\s?%|\s?per\s?cent\b)?(?P<plus>\+|\splus\b)?"
    r"(?P<glued>(?<=\d)(?:h|hrs?|mins?|km|kg|lbs?|ml|l|oz|cm|mm|secs?|s|ms|gb|mb|tb)(?![a-z]))?"
    r"(?(cur)(?![\dø%])|(?![\wø%]))"
)
_AFTER = re.compile(
    rf"\s?(?P<cur>{'|'.join(sorted((c for c in CURRENCIES if c.isalpha()), key=len, reverse=True))})\b"
)

_AND_A_HALF = re.compile(r"\s(?P<unit>hour|day|year|week|month|mile)s?\sand\sa\shalf\b")
_ARTICLE = re.compile(r"\san?(?=\s)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence, with the unit that its sign or word gives: `usd`, `%`, `times` or none.

    `plus` is `5+`; `fraction` is a share in words (`half`, `a third`), whose `value` is below 1.
    """

    value: Decimal
    unit: str
    span: Span
    plus: bool = False
    fraction: bool = False


def numbers_in(plain: str, source: str) -> Iterator[Number]:
    """The numbers of `plain`, left to right; `source` tells `M` (million) from `m` (metre)."""
    end = 0
    for found in _NUMBER.finditer(plain):
        metres = found["short"] == "m" and not found["cur"] and source[found.start("short")] != "M"
        if found.start() < end or metres:
            continue
        number = _number(found, plain)
        end = number.span.end
        yield number


def value_of(words: str) -> Decimal | None:
    """The value of a plain number such as `twelve`, `a couple of`, `1,200` or `two and a half`."""
    words = " ".join(words.split())
    if words in _FEW:
        return Decimal(_FEW[words])
    whole, half, _ = words.partition(" and a half")
    if whole[:1].isdigit():
        return Decimal(whole.replace(",", ""))
    value = _spoken(whole)
    return None if value is None else value + (Decimal("0.5") if half else 0)


def _number(found: re.Match[str], plain: str) -> Number:
    value, fraction = _value(found)
    if fraction and (article := _ARTICLE.match(plain, found.end())):
        return Number(value, "", Span(found.start(), article.end()), fraction=False)
    if (found["an"] or found["words"]) and (more := _AND_A_HALF.match(plain, found.end())):
        return Number(value + Decimal("0.5"), more["unit"], Span(found.start(), more.end()))
    unit = CURRENCIES.get((found["cur"] or "").strip(), "") or ("%" if found["pct"] else "")
    end = found.end()
    after = _AFTER.match(plain, end)
    if not unit and after:
        unit, end = CURRENCIES[after["cur"]], after.end()
    unit = unit or found["glued"] or ""
    if found["times"] or found["few"] in ("twice", "thrice"):
        unit = "times"
    return Number(value, unit, Span(found.start(), end), bool(found["plus"]), fraction)


def _value(found: re.Match[str]) -> tuple[Decimal, bool]:
    fraction = False
    if found["few"]:
        few = " ".join(found["few"].split())
        fraction = few in _FRACTIONS
        value = Decimal(_FRACTIONS[few] if fraction else _FEW[few])
    elif found["an"]:
        value = Decimal(1)
    elif found["words"]:
        value = (_spoken(found["words"]) or Decimal(0)) * (12 if found["dozen"] else 1)
    else:
        scale = _SUFFIX.get(found["short"] or found["scale"] or "", 1)
        value = Decimal(found["num"].replace(",", "") + (found["frac"] or "")) * scale
    return value + (Decimal("0.5") if found["ahalf"] else 0), fraction


def _spoken(words: str) -> Decimal | None:
    total = part = 0
    for word in re.split(r"[\s-]+", words):
        if word in _SMALL or word in _TENS:
            part += _SMALL.get(word, 0) or _TENS.get(word, 0)
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0
        elif word != "and":
            return None
    return Decimal(total + part)
