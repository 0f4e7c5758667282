"""How much: quantities, ranges, moves from A to B, caps, relative changes, and what is counted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from goalkit.capture import words
from goalkit.capture.canvas import Canvas
from goalkit.capture.counted import counted_end, counted_unit, metric_unit
from goalkit.capture.numbers import CURRENCIES, Number, numbers_in
from goalkit.capture.words import one_of
from goalkit.model.measure import MAX_DIGITS, Direction
from goalkit.text import Span

# move: from A to B. relative: by so much. level: to so much; reach: the same with `reach`. hold: stay at so much. object: so many things.
Role = Literal["move", "relative", "level", "reach", "hold", "object"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity that a sentence asks for and the words that say it.

    `base` is where a move begins, `high` the end of a range. An `aside` stands in a clause that says why or which.
    """

    value: Decimal
    role: Role
    span: Span
    unit: str | None = None
    high: Decimal | None = None
    base: Decimal | None = None
    direction: Direction | None = None
    aside: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one thing done once."""
        return self.role == "object" and self.value == 1 and self.high is None and self.direction != "at-most"


@dataclass(frozen=True, slots=True)
class _Place:
    """A number among its words: those before it without its qualifiers, the qualifiers, those after it."""

    number: Number
    left: str
    said: str
    right: str
    asked: Direction | None
    up_to: bool
    verb: str

    @property
    def tail(self) -> str:
        return self.left.rstrip()


def read_amounts(canvas: Canvas) -> list[Amount]:
    """The quantities of `canvas` that can be a target, in reading order, then `double` and its like."""
    found = [n for n in numbers_in(canvas.plain, canvas.source) if len(f"{n.value:f}") <= MAX_DIGITS]
    amounts = list(_amounts(canvas, found))
    said = any(a.role in ("level", "move") for a in amounts)
    return amounts if said else [*amounts, *_multiples(canvas)]


# `the spend at $500`: a noun.
_SPENDING = re.compile(r"(?:spend|use|pay|budget)\s+(?:at|to|under|below|by|within)\s*")


def verb_of(left: str) -> str:
    """The class of the last verb of change, holding or spending in the last clause of `left`: `up`, `hold` …"""
    steps = _STEP.split(re.split(r"[;.]\s|,\s+(?:and|then)\s", left)[-1])
    found = [first.lastgroup or "" for step in steps if (first := _first_verb(step))]
    # `score` and `top` are nouns as well: any other verb before them is the verb.
    return next(reversed([f for f in found if f != "reach"] or found), "")


# In one step the first is the verb, what follows may be a noun: `reduce hold times`.
_STEP = re.compile(r"\b(?:and|to|by|then|while|so)\s|,\s")


def _first_verb(step: str) -> re.Match[str] | None:
    verbs = (m for m in words.VERB.finditer(step) if not _SPENDING.fullmatch(step, m.start()))
    return next(verbs, None)


def _amounts(canvas: Canvas, numbers: list[Number]) -> Iterator[Amount]:
    at = 0
    while at < len(numbers):
        number = numbers[at]
        pair = _pair(canvas, number, numbers[at + 1]) if at + 1 < len(numbers) else None
        amount = pair or _single(canvas, number)
        at += 2 if pair else 1
        if amount:
            aside = amount.role != "move" and _is_aside(canvas.plain[: amount.span.start])
            yield replace(amount, aside=aside or _is_how_long(canvas.plain, number))


_MULTIPLES = {"double": 100, "triple": 200, "treble": 200, "quadruple": 300, "halve": 50}
_MULTIPLE = re.compile(
    rf"(?:^|[,;.·]\s*|\b(?:and|to|then)\s+)(?P<verb>{one_of(' '.join(_MULTIPLES))})\s+(?=[a-z])"
)


def _multiples(canvas: Canvas) -> Iterator[Amount]:
    """`double` and its like, as the share by which they change."""
    for found in _MULTIPLE.finditer(canvas.plain):
        span = Span(*found.span("verb"))
        yield Amount(Decimal(_MULTIPLES[found["verb"]]), "relative", span, "%", direction="at-least")


_WHICH = one_of(
    """that which who whose whom where because even_if even_though although whenever so_that if unless
    as_well_as_in"""
)
_ASIDE = re.compile(
    rf"(?<!\bensure\s)(?<!\bensuring\s)(?<!\bsure\s)\b(?:{_WHICH}|(?:while|whilst)\s+[a-z]+ing)\s[^,;·]*$"
    r"|,\s+(?:with|plus\s+input\s+from)\s[^,;·]*$"
)
_PURPOSE = re.compile(
    rf"(?P<before>[\wø'-]+|^|[,·;])\s+(?:in\s+order\s+|so\s+as\s+)?to\s+{words.VERBS}\b(?=[^;.]*$)"
)
# `to impress 40 guests`: a word right before a number is a verb, unless it is a place or somebody.
_TO_WHOM = one_of(
    "work school bed church lunch dinner me him her them us it you everyone someone people class town"
)
_PURPOSE_OF = re.compile(
    rf"[a-zø]\s+(?<!\bup\s)(?<!\bcommit\s)to\s+(?!{_TO_WHOM}\b|{words.VERBS}\b)[a-z]+(?<!ing)(?:(?<!s)|(?<=ss))\s+$"
)
# `work with the union to agree on two shifts`
_TOGETHER = re.compile(
    r"\b(?:work|partner|collaborate|team\s+up|join\s+forces)(?:ing)?\s+(?:[a-z]+ly\s+)?with\b[^,;.]*$"
)
_AIMED = re.compile(rf"{words.AIM}(?:e?d|ing|s)?$")


def _is_aside(left: str) -> bool:
    """Whether what follows `left` stands in a clause that says why or which, not what."""
    for found in _PURPOSE.finditer(left):
        aimed = _AIMED.search(found["before"]) or _TOGETHER.search(left[: found.end("before")])
        if not aimed and re.search(r"[a-z]", left[: found.start("before")]):
            return True
    return bool(_ASIDE.search(left) or _PURPOSE_OF.search(_strip(left)[0]))


_FOR = re.compile(r"\bfor\s*$")
_HOW_LONG = re.compile(r"\s+(?:second|minute|hour)s?\b")


def _is_how_long(plain: str, number: Number) -> bool:
    """Whether a number says how long something takes, which is a target only where it recurs."""
    left, _, _ = _strip(plain[: number.span.start])
    brief = plain.startswith(("second", "minute"), number.span.end + 1)
    how_long = _FOR.search(left) and _HOW_LONG.match(plain, number.span.end)
    return bool(how_long and (brief or _OF_A_THING.search(left)))


# --- two numbers --------------------------------------------------------------------------------------------------

_FROM = re.compile(r"\bfrom(?:\s+[a-z]+ing)?\s*$")
_TO = re.compile(
    r"^\s*(?P<unit>(?:[a-zø%$][\w-]*\s+){0,5}?)(?:(?:per|an?|every)\s+[a-z]+\s+|·+\s*)?"
    r"(?:down\s+|back\s+|up\s+|all\s+the\s+way\s+)?(?:to|->|→|=>|and\s+then\s+to)\s*$"
)
# The same the other way round: `to 1,000 members, up from 350`.
_BACK = re.compile(
    r"^\s*(?P<unit>(?:[a-zø%$][\w-]*\s+){0,4}?[a-zø%$]*)\s*(?P<now>[,(]\s*(?:up|down)\s+)?from\s+"
    r"(?:(?:the\s+)?current(?:ly)?\s+|today's\s+)?$"
)
_ARROW = re.compile(r"^\s*(?P<unit>[a-z%]*)\s*(?:->|→|=+>)\s*$")
_RANGE = re.compile(r"^\s*(?:-|to|or|\.\.\.?)\s*$")
_BETWEEN = re.compile(r"\bbetween\s*$")
_AND = re.compile(r"^\s*(?:[a-z%]+\s+)?and\s*$")
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}


def _pair(canvas: Canvas, a: Number, b: Number) -> Amount | None:
    left, _, _ = _strip(canvas.plain[: a.span.start])
    between = canvas.plain[a.span.end : b.span.start]
    inner, qualified, up_to = _strip(between)
    inner += "to" if up_to else ""
    if (_FROM.search(left) and (to := _TO.match(inner))) or (to := _ARROW.match(inner)):
        return _move(canvas, a, b, to["unit"])
    if (back := _BACK.match(between)) and (back["now"] or _TO_LEVEL.search(left.rstrip())):
        return _move(canvas, b, a, back["unit"])
    enclosed = _BETWEEN.search(left) if _AND.match(between) else None
    if not (enclosed or _RANGE.match(between)) or qualified or a.value >= b.value:
        return None
    return _range(canvas, replace(a, span=Span(enclosed.start(), a.span.end)) if enclosed else a, b)


def _range(canvas: Canvas, a: Number, b: Number) -> Amount | None:
    whole = _single(canvas, replace(b, span=Span(a.span.start, b.span.end)))
    if not whole:
        return None
    low = a.value if a.value * 1_000 >= b.value or a.unit else a.value * 1_000
    return replace(whole, value=low, high=b.value, unit=whole.unit or a.unit or None, direction="between")


def _move(canvas: Canvas, a: Number, b: Number, between: str) -> Amount | None:
    if all(n.fraction or n.unit == "%" for n in (a, b)):
        a, b = _as_percent(a), _as_percent(b)
    left = canvas.plain[: min(a.span.start, b.span.start)]
    unit = counted_unit(canvas, b) or a.unit or _last_word(between) or metric_unit(left)
    base = _converted(a.value, _last_word(between), unit)
    if base == b.value:
        return None
    direction: Direction = "at-least" if b.value > base else "at-most"
    span = Span(min(a.span.start, b.span.start), max(a.span.end, counted_end(canvas, b)))
    return Amount(b.value, "move", span, unit, base=base, direction=direction)


def _as_percent(number: Number) -> Number:
    return replace(number, value=number.value * 100, unit="%", fraction=False) if number.fraction else number


def _converted(value: Decimal, unit: str | None, wanted: str | None) -> Decimal:
    """`value` of a unit of time in the unit `wanted`: `from three weeks to five days` begins at 21."""
    ours, theirs = (_SECONDS.get((name or "").removesuffix("s")) for name in (unit, wanted))
    return value * ours / theirs if ours and theirs else value


def _last_word(text: str) -> str | None:
    found = [w for w in re.findall(r"[a-z%][\w-]*", text) if w not in ("an", "a", "the", "per")]
    return found[-1] if found else None


# --- one number ---------------------------------------------------------------------------------------------------

_QUALIFIER = re.compile(
    rf"(?<![\w-])(?:(?P<least>{words.AT_LEAST})|(?P<most>{words.AT_MOST})|(?P<up_to>{words.UP_TO})"
    rf"|(?P<about>{words.ABOUT}))\s*$"
)
NEGATED = re.compile(
    r"\b(?:don't|do\s+not|never|nobody|no\s+one|none|not|without|avoid|stop|quit)\s+(?:\w+\s+){0,3}?(?:more\s+than|over|above|exceeding)\s+$"
)


def _strip(left: str) -> tuple[str, Direction | None, bool]:
    """`left` without the qualifiers at its end, what they ask, and whether one of them is `up to`."""
    asked: Direction | None = None
    up_to, negated = False, bool(NEGATED.search(left))
    for _ in range(5):
        found = _QUALIFIER.search(left)
        if not found:
            break
        if found["least"] or found["most"]:
            asked = asked or ("at-least" if found["least"] and not negated else "at-most")
        up_to = up_to or bool(found["up_to"])
        left = left[: found.start()]
    return left, asked, up_to


def _single(canvas: Canvas, number: Number) -> Amount | None:
    place = _place(canvas.plain, number)
    role = _role(place)
    if role is None:
        return None
    unit = counted_unit(canvas, number)
    if role != "object" and not unit:
        unit = metric_unit(place.left)
    value = number.value
    if number.fraction and (unit is None or role == "relative" or _OF_ALL.match(place.right)):
        value, unit = value * 100, "%"
    span = Span(len(place.left), counted_end(canvas, number))
    return Amount(value, role, span, unit, direction=_direction(place, role, unit))


def _place(plain: str, number: Number) -> _Place:
    left, asked, up_to = _strip(plain[: number.span.start])
    said = plain[len(left) : number.span.start]
    return _Place(number, left, said, plain[number.span.end :], asked, up_to, verb_of(left))


_OF_ALL = re.compile(r"\s+(?:of|the|my|our|all)\b")
_OF_THEM = re.compile(r"\s+of\s+(?:the|my|our|these|those)\b")
_EACH_OF = re.compile(r"\b(?:each|all|every\s+one|some)\s+of\s*$")
_OF_SUM = re.compile(rf"\b(?:{words.SUMS}|{words.METRICS})\s+of\s*$")
_DESCRIBES = re.compile(
    r"\b"
    + one_of(
        """in_front_of equal_to equivalent_to instead_of ahead_of because_of worth_of worth including containing featuring has have_been than
        aged? since version among out_of like ago near against versus vs\\.? as"""
    )
    + r"\s*$"
)
_OF_A_THING = re.compile(
    r"\b(?:an?|one|another|each|every)\s+(?:[\wø·'-]+\s+){1,5}?"
    + one_of(
        "with about on for of from in covering across between among by at to using paying costing lasting weighing"
    )
    + r"\s*$"
)
_A_THING_WITH = re.compile(r"\b(?:an?|one|another)\s+(?:[\wø'-]+\s+){1,3}?(?:with|containing|for)\s*$")
_CHANGED = re.compile(rf"\s*(?!or\s|and\s|in\s|of\s)(?:[a-z]+\s+)?{words.CHANGES}\b")
_TO_LEVEL = re.compile(
    r"(?<!equal\s)(?<!equivalent\s)(?<!compared\s)(?<!according\s)(?<!close\s)(?<!due\s)\bto(?:\s+(?:be|reach|hit|stay|well|just))?$"
)
# `speak at three conferences`, but not `type at 70 words per minute`.
_THINGS = re.compile(r"\s+(?:[a-zø-]+\s+){0,3}[a-zø-]+s\b(?!\s+(?:per|an?)\b)")
# A level is below or above a line; `at least four evenings` is so many things.
_PLACED = re.compile(r"\s*(?:under|below|beneath|above|over|beyond|within|at\s+or)\b")
_CHANGING = ("up", "down", "either")


def _role(place: _Place) -> Role | None:
    """What a number is for; none for one that only describes."""
    if re.search(r"\bby$", place.tail):
        return "relative" if place.verb in _CHANGING or place.number.unit == "%" else None
    for is_so, role in _ROLES:
        if is_so(place):
            return role(place) if callable(role) else role
    how_long = _HOW_LONG.match(place.right) and _FOR.search(place.left)
    if place.asked == "at-most" and _A_THING_WITH.search(place.left):
        return None
    describes = _DESCRIBES.search(place.left) or (not how_long and _OF_A_THING.search(place.left))
    if place.asked != "at-most" and describes and not _is_sum(place):
        return None
    if re.search(r"\bat$", place.tail) and not _THINGS.match(place.right):
        return "level" if place.number.unit == "%" else None
    within = place.said.lstrip().startswith("within") and place.number.unit != "usd"
    return None if within else "object"


def _is_sum(place: _Place) -> bool:
    left, right = place.left, place.right
    return bool(
        _BUDGET_OF.search(left) or _OF_THEM.match(right) or _OF_SUM.search(left) or _EACH_OF.search(left)
    )


def _is_relative(place: _Place) -> bool:
    number = place.number
    if number.unit in ("%", "usd") and _CHANGED.match(place.right):
        return True
    in_half = re.search(r"\bin$", place.tail)
    alone = place.verb in _CHANGING and re.match(r"\s*(?:$|[·,.])", place.right)
    return number.fraction and bool(in_half or alone)


def _is_to(place: _Place) -> bool:
    up_to = place.up_to and place.verb in _CHANGING and not _follows_verb(place)
    return bool(_TO_LEVEL.search(place.tail)) or up_to


def _to_role(place: _Place) -> Role:
    if place.verb in ("limit", "hold"):
        return "hold"
    if place.verb == "either" and place.number.value == 1 and not place.number.unit and not place.asked:
        return "object"  # `move all to one folder`
    return "level" if place.verb in (*_CHANGING, "reach") else "object"


# `hold two meetings`
_HOLDS = re.compile(r"\bhold(?:ing)?\s*$")


def _is_held(place: _Place) -> bool:
    meetings = _HOLDS.search(place.left) and not place.number.unit
    if place.verb not in ("hold", "limit") or meetings:
        return False
    at = re.search(r"\b(?:at|to|or)$", place.tail)
    return bool(at or place.asked or _OF_SUM.search(place.left) or _follows_verb(place))


def _is_level(place: _Place) -> bool:
    if place.verb == "either" and re.search(r"\bat$", place.tail) and _THINGS.match(place.right):
        return False  # `take photos at two weddings`
    at = re.search(r"\b(?:at|down|back)$", place.tail) or _PLACED.match(place.said)
    return place.verb in _CHANGING and bool(at)


def _is_reached(place: _Place) -> bool:
    at = re.search(r"\b(?:at|of)$", place.tail)
    return place.verb == "reach" and bool(at or _follows_verb(place))


def _follows_verb(place: _Place) -> bool:
    """Whether nothing but small words stands between the verb and the number."""
    found = list(words.VERB.finditer(place.left))
    between = place.left[found[-1].end() :] if found else "none"
    return not re.search(r"[a-zø]", re.sub(r"\b(?:the|my|our|an?|on|to|up|out|of)\b", "", between))


# The first that fits.
_ROLES: tuple[tuple[Callable[[_Place], bool], Role | Callable[[_Place], Role]], ...] = (
    (_is_relative, "relative"),
    (_is_to, _to_role),
    (_is_held, "hold"),
    (_is_level, "level"),
    (_is_reached, "reach"),
)

_AFTER = re.compile(
    rf"\s*,?\s*(?:[a-z]+\s+){{0,2}}?(?:(?P<least>{words.OR_MORE})|(?P<most>{words.OR_LESS}))\b"
)
_BUDGET_OF = re.compile(
    r"\b(?:to|on|within|under|with)\s+(?:a|the|my|our|your)\s+(?:[a-z]+\s+)?(?:budget|limit|cap|ceiling)\s+of\s*$"
)
_OF_BUDGET = re.compile(r"\s*(?:[a-z-]+\s+)?(?:budget|limit|cap)\b")


def _direction(place: _Place, role: Role, unit: str | None) -> Direction:
    if role == "relative" or place.number.plus:
        return "at-least"
    after = _AFTER.match(place.right)
    if after and not (after["most"] and place.asked):
        return "at-least" if after["least"] else "at-most"
    if place.asked:
        return place.asked
    if _is_cap(place, role) or (place.up_to and role == "object" and _is_vice(place, unit)):
        return "at-most"
    return "at-least"


def _is_cap(place: _Place, role: Role) -> bool:
    """Whether a number without a qualifier is one not to pass."""
    if place.number.value == 0 or place.verb == "limit":
        return True
    if _BUDGET_OF.search(place.left) or _OF_BUDGET.match(place.right):
        return True
    if place.verb == "hold" and re.search(r"\bto$", place.tail):
        return True
    if role == "level" and (place.verb == "down" or re.search(r"\bdown(?:\s+to)?$", place.tail)):
        return True
    neutral = role in ("level", "hold") and place.verb != "up"
    return neutral and bool(words.LESS_IS_BETTER.search(place.left))


def _is_vice(place: _Place, unit: str | None) -> bool:
    """Whether `up to` limits: money spent, or what one wants less of."""
    if unit in CURRENCIES.values() and place.verb == "spend":
        return True
    return bool(words.VICES.search(place.left + place.right))
