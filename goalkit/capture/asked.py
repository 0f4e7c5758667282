"""What a sentence asks for: its kind, and the amount and the rhythm that decide it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from goalkit.capture import words
from goalkit.capture.amounts import NEGATED, Amount, read_amounts, verb_of
from goalkit.capture.canvas import Canvas
from goalkit.capture.counted import object_unit
from goalkit.capture.draft import DraftKind
from goalkit.capture.numbers import NUM
from goalkit.capture.rhythm import Rhythm, often
from goalkit.model.measure import Direction
from goalkit.text import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence asks for, its fields as in `Draft`, and the amount and rhythm whose words say it."""

    kind: DraftKind
    amount: Amount | None = None
    rhythm: Rhythm | None = None
    target: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    direction: Direction | None = None


def read_asked(canvas: Canvas, rhythms: list[Rhythm]) -> Asked:
    """What is left on `canvas`, with its `rhythms`, asks for."""
    amounts = [a for a in read_amounts(canvas) if not a.aside or rhythms]
    rhythms = [r for r in rhythms if not _is_of_thing(canvas, r, amounts)]
    amounts = amounts if rhythms else [a for a in amounts if not a.aside]
    amounts, rhythms = _without_means(canvas, amounts, rhythms)
    base, rhythms = _base(canvas, sorted(rhythms, key=lambda r: r.span.start))
    rhythm = _rhythm(canvas, rhythms, amounts)
    if rhythm and _spreads_total(canvas, rhythm, amounts):
        amounts, rhythm = amounts[:1], None
    amount = _amount(canvas, amounts, rhythm)
    if rhythm and rhythm.times:
        if rhythm.approximate and amount and amount.role == "object":
            return _spaced(amount, rhythm, rhythm.times)
        return _so_many_times(canvas, rhythm, rhythm.times, base)
    if not amount:
        return _every_time(canvas, rhythm) if rhythm else Asked("done")
    kind = _kind(canvas, amount, rhythm)
    if kind == "done":
        return Asked("done")
    rhythm = rhythm if kind == "habit" else None
    return _of_amount(kind, amount, rhythm)


def _of_amount(kind: DraftKind, amount: Amount, rhythm: Rhythm | None) -> Asked:
    return Asked(kind, amount, rhythm, amount.value, amount.high, amount.unit, amount.direction)


_MEANS = re.compile(
    r"\bby\s+(?:[a-z]+ly\s+)?(?:not\s+)?[a-z]+ing\b|\bso\s+(?:that\s+)?(?:i|we|you|they|it)\b|\bbecause\b|\bin\s+order\s+to\b"
)


_WHICH = re.compile(r"\b(?:that|which|who)\s[^,;·]*$")


def _is_of_thing(canvas: Canvas, rhythm: Rhythm, amounts: list[Amount]) -> bool:
    """Whether a rate says which thing: `a business that earns $1,000 a month`."""
    which = [a for a in amounts if a.aside and _WHICH.search(canvas.plain[: a.span.start])]
    return _is_rate(rhythm, which)


def _without_means(
    canvas: Canvas, amounts: list[Amount], rhythms: list[Rhythm]
) -> tuple[list[Amount], list[Rhythm]]:
    """What stands before the means or the reason where that asks for something; else those do."""
    means = _MEANS.search(canvas.plain)
    if not means:
        return amounts, rhythms
    asked = [a for a in amounts if a.span.end <= means.start()]
    regular = [r for r in rhythms if r.span.end <= means.start()]
    if any(not r.adjective for r in regular) or any(not a.single for a in asked):
        return asked, regular
    return amounts, rhythms


def _kind(canvas: Canvas, amount: Amount, rhythm: Rhythm | None) -> DraftKind:
    """A metric that moves is a count, its rate belongs to it; else a rhythm makes a habit, a cap a limit."""
    each = rhythm and _EACH.match(canvas.words(rhythm.span))
    if amount.role == "relative" and rhythm and each:
        return "habit"
    if amount.role in ("move", "relative", "level") or (amount.role == "reach" and not each):
        return "count"
    if rhythm:
        return "habit"
    if amount.role == "hold" or amount.direction == "at-most":
        return "limit"
    return "done" if amount.single else "count"


_EACH = re.compile(r"each|every|daily", re.IGNORECASE)


# --- the rhythm that counts ---------------------------------------------------------------------------------------

_AT_WORK = re.compile(r"\b(?:during|throughout)\s+(?:the|my|your)\s+work(?:ing)?[\s-]?(?:day|hours)\b")
# `automate three tasks I do by hand every week`
_WHICH_I_DO = re.compile(
    r"\b[a-z]+s\s+(?:that\s+)?(?:you|i|we)\s+(?!will\b|want\b|can\b)[a-z]+(?:\s+(?!and\b)[a-z]+){0,3}\s*$"
)
_WITH = words.one_of(
    "an? short brief regular two one my_own out up in to the_team them him her everyone clients customers people"
)
_PERFORMED = re.compile(rf"\b{words.PERFORM}(?:e?s|ing|ting|ning)?\s+(?:(?:{_WITH}|ø+-[a-z]+)\s+)*$")


def _rhythm(canvas: Canvas, rhythms: list[Rhythm], amounts: list[Amount]) -> Rhythm | None:
    """The rhythm that counts: one with a number of times, else a plain one, else an adjective that does."""
    plain = [r for r in rhythms if not r.adjective and not _WHICH_I_DO.search(canvas.plain[: r.span.start])]
    rates = [r for r in plain if _is_rate(r, amounts)]
    daily = [r for r in rates if r.period == "day"]
    chosen = next(iter((*daily, *(r for r in plain if r.times), *rates, *plain)), None)
    if chosen:
        at_work = _AT_WORK.search(canvas.plain) or any(r.period == "workday" for r in plain)
        return replace(chosen, period="workday") if at_work and chosen.period == "day" else chosen
    return next((r for r in rhythms if _is_done_each_time(canvas, r, amounts)), None)


def _is_rate(rhythm: Rhythm, amounts: list[Amount]) -> bool:
    """Whether an amount stands right before the rhythm: `half an hour a day`."""
    return not rhythm.times and any(0 <= rhythm.span.start - a.span.end < 2 for a in amounts)


def _is_done_each_time(canvas: Canvas, rhythm: Rhythm, amounts: list[Amount]) -> bool:
    """Whether an adjective is a rhythm: of a cap (`weekly overtime`), or of what is performed (`a weekly call`)."""
    if any(a.role == "hold" and a.direction == "at-most" and a.unit != "%" for a in amounts):
        return True
    return all(a.single for a in amounts) and bool(_PERFORMED.search(canvas.plain[: rhythm.span.start]))


def _spreads_total(canvas: Canvas, rhythm: Rhythm, amounts: list[Amount]) -> bool:
    """`read 24 books, two a month`: the total is the target, the bare number only its rhythm."""
    if len(amounts) < 2 or amounts[0].single or not amounts[0].unit:
        return False
    if _NEXT_ACT.search(canvas.plain[amounts[0].span.end : amounts[1].span.start]):
        return False
    return amounts[1].unit is None and 0 <= rhythm.span.start - amounts[1].span.end < 2


_AT_MOST = re.compile(rf"(?:{words.AT_MOST}|{words.UP_TO})\s*$|\bonly\b[^,;]*$")
_OR_LESS = re.compile(rf"\s*{words.OR_LESS}\b")


def _so_many_times(canvas: Canvas, rhythm: Rhythm, times: Decimal, base: Decimal | None) -> Asked:
    """`at most twice a week`; `cut it to twice a week` moves a metric."""
    left = canvas.plain[: rhythm.span.start]
    if moved := _moved_times(left, rhythm, times, base):
        return _of_amount("count", moved, None)
    capped = _AT_MOST.search(left) or NEGATED.search(left) or _OR_LESS.match(canvas.plain, rhythm.span.end)
    unit = object_unit(canvas, rhythm.span) if rhythm.approximate else rhythm.unit
    direction: Direction = "between" if rhythm.most else "at-most" if capped else "at-least"
    return Asked("habit", None, rhythm, times, rhythm.most, unit or "times", direction)


_MOVES_FROM = re.compile(rf"\bfrom\s+(?P<base>once|twice|{NUM})\s+(?:[a-z·]+\s+)*?to\s*$")


def _base(canvas: Canvas, rhythms: list[Rhythm]) -> tuple[Decimal | None, list[Rhythm]]:
    """Where the move of `from four times a week to twice a week` begins, and the other rhythms."""
    first = [r for r in rhythms if r.times and re.search(r"\bfrom\s*$", canvas.plain[: r.span.start])]
    rest = [r for r in rhythms if r not in first]
    return (first[0].times, rest) if first and rest else (None, rhythms)


def _moved_times(left: str, rhythm: Rhythm, times: Decimal, base: Decimal | None) -> Amount | None:
    """The move of `from once to three times a week`, the level of `down to twice a week`."""
    unit = rhythm.unit or "times"
    if found := _MOVES_FROM.search(left):
        base = often(found["base"])
    if base is not None:
        up = base < times
        return Amount(times, "move", rhythm.span, unit, base=base, direction="at-least" if up else "at-most")
    verb = verb_of(left) if re.search(r"\bto\s*$", left) else ""
    if verb not in ("up", "down"):
        return None
    return Amount(times, "level", rhythm.span, unit, direction="at-least" if verb == "up" else "at-most")


def _spaced(amount: Amount, rhythm: Rhythm, times: Decimal) -> Asked:
    """An amount every two weeks is twice that amount a month."""
    high = amount.high * times if amount.high else None
    whole = replace(amount, value=amount.value * times, high=high)
    return _of_amount("habit", whole, rhythm)


def _every_time(canvas: Canvas, rhythm: Rhythm) -> Asked:
    unit = object_unit(canvas, rhythm.span)
    return Asked("habit", None, rhythm, Decimal(1), None, unit, "at-least")


# --- the amount that decides --------------------------------------------------------------------------------------

_STANDING = re.compile(r"\b(?:every|each)\s+[a-zø]")
_NEXT_STEP = re.compile(r"\band\b|[,;]")
# `pick one book and read a chapter every day`: the one thing belongs to the step before; so do `five books` of `them`.
_NEXT_ACT = re.compile(
    rf"(?:\b(?:and|then)\s+(?:then\s+)?{words.VERBS}|,\s+[a-z]+ing)\b(?P<them>\s+(?:[a-z]+\s+){{0,4}}?(?:them|it|these)\b)?"
)
# `help eight students raise their grade by 5 %`
_HELP = re.compile(r"\b(?:help|coach|support|enable|mentor|teach)(?:ing)?\s+$")
# `in half, from 8 to 4`
_SAME_STEP = re.compile(r"[\s,;(]*from\s+")
_LISTED = re.compile(r"(?:,|,?\s+and|\s+or|\s+plus)\s+")
_ORDER = {"move": 0, "relative": 1, "level": 2, "reach": 2}


def _amount(canvas: Canvas, amounts: list[Amount], rhythm: Rhythm | None) -> Amount | None:
    """The amount that decides: of a rhythm the nearest one, else a move, a level, then so many things."""
    standing = _STANDING.search(canvas.plain)
    usable = [a for a in amounts if not (standing and not rhythm and a.unit == "times" and a.value < 4)]
    if rhythm:
        usable = [a for a in usable if not _is_step_before(canvas, a, rhythm)]
        usable = _of_rate(canvas, usable, rhythm)
    if not usable:
        return None
    if rhythm:
        return _first_of_list(canvas, usable, min(usable, key=lambda a: _distance(a, rhythm.span)))
    if usable[0].role == "object" and _HELP.search(canvas.plain[: usable[0].span.start]):
        return usable[0]
    best = min(usable, key=lambda a: (a.single, _ORDER.get(a.role, 3)))
    first = next((a for a in usable if not a.single), best)
    between = canvas.plain[first.span.end : best.span.start]
    return first if _NEXT_STEP.search(between) and not _SAME_STEP.fullmatch(between) else best


def _of_rate(canvas: Canvas, amounts: list[Amount], rhythm: Rhythm) -> list[Amount]:
    """`amounts` without those of the steps after a rate: `run a survey a month and reach a 30 % response`."""
    if not any(_is_rate(rhythm, [a]) for a in amounts):
        return amounts
    return [a for a in amounts if not _NEXT_ACT.search(canvas.plain[rhythm.span.end : a.span.start])]


def _is_step_before(canvas: Canvas, amount: Amount, rhythm: Rhythm) -> bool:
    """Whether an amount belongs to a step before the one that recurs."""
    act = _NEXT_ACT.search(canvas.plain[amount.span.end : rhythm.span.start])
    return bool(act and (amount.single or act["them"]))


def _distance(amount: Amount, rhythm: Span) -> tuple[bool, int]:
    """How far an amount is from a rhythm; one before it is nearer than one behind."""
    if amount.role != "object":
        return (amount.aside, 0)
    ahead = rhythm.start - amount.span.end
    return (False, ahead if ahead >= 0 else 2 * (amount.span.start - rhythm.end))


def _first_of_list(canvas: Canvas, amounts: list[Amount], last: Amount) -> Amount:
    """The first of `three sessions and two runs`; two steps with a verb each are no list."""
    for amount in amounts:
        between = canvas.plain[amount.span.end : last.span.start]
        if amount.role == last.role == "object" and _LISTED.fullmatch(between):
            return amount
    return last
