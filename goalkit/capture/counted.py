"""What is counted: the last word of the noun phrase after a number, or of the metric that a verb moves."""

import re

from goalkit.capture import words
from goalkit.capture.canvas import Canvas
from goalkit.capture.numbers import NUM, Number
from goalkit.capture.words import one_of, table
from goalkit.text import Span

_STOP = table(
    """of to for with from in on at by about per every each a an this next before after during within over until till
    that which who where than and or as into through across between when while using via so if my our your the his her
    their its these those because more due against among around toward towards under without onto off up down out also
    then throughout plus i we you they is are be not it alongside regarding starting beginning ending how what whose
    whom them us inside outside but both only instead since outdoors indoors away abroad overseas upstairs
    downstairs afterwards alone together aloud"""
)
_MEASURES = table(
    """minute minutes min mins hour hours hrs hr h second seconds day days week weeks month months km kilometres
    kilometers miles mile kg kilos kilo lbs pounds pages words steps times glasses cups calories points stars litres
    liters metres meters reps sets wpm ms nights mornings evenings afternoons weekends sessions percent stone ounces
    grams g gb mb tb tonnes tons acres"""
)
_NOT_PLURAL = table(
    """business process progress success access less news across previous various focus status campus bonus gas bus
    class analysis basis express wireless press address fitness"""
)
_PLURALS = table(
    "people men women children staff feet mice sheep fish media criteria alumni data pieces clientele"
)
_LY_NOUNS = table(
    "weekly monthly daily quarterly yearly early family assembly reply supply friendly july elderly only"
)
_BEFORE_NOUN = table(
    "more additional extra other further of different separate new full x or fewer consecutive"
)
_AFTER_NOUN = table(
    "home written per worth long old made each apiece total tops max maximum minimum straight"
)
_TOKEN = re.compile(r"[\s\"'(]*(?P<word>ø:ø+|[a-zø][\wø'&/+-]*|\d+[a-z]+)(?P<stop>[,;.!?)\":]?)")
_OF_THE = re.compile(r"\s+(?:the|my|our|your|these|those)\s+(?:\d+\s+|[a-z]+\s+(?=[a-z]+s\b))?")
# A score is no unit: `a 3.7 GPA`.
_UNCOUNTED = re.compile(words.METRICS)
_OR_SO = re.compile(
    rf"(?:\s+out\s+of\s+(?:every\s+)?(?:{NUM})(?=\s))?(?:\s*,?\s*(?:{words.OR_MORE}|{words.OR_LESS})\b(?=\s))?"
)
_LONGEST = 8


def counted_unit(canvas: Canvas, number: Number) -> str | None:
    """The unit of `number`: its sign's, or the last word of what it counts (`new LinkedIn connections`)."""
    if number.unit:
        return number.unit
    run = _noun_phrase(canvas.plain, _end_of(_OR_SO, canvas.plain, number.span.end))
    plurals = [w for w in run if is_plural(w)] if number.value != 1 else []
    if not run or _UNCOUNTED.fullmatch(run[-1]):
        return None
    unit = _as_written(canvas, plurals[-1] if plurals else run[-1], number.span.end)
    return unit if unit[:1].isalpha() else None


def counted_end(canvas: Canvas, number: Number) -> int:
    """Where the words of `number` and of what it counts end."""
    end = number.span.end
    for word in [] if number.unit else _noun_phrase(canvas.plain, end):
        at = canvas.plain.find(word, end)
        end = at + len(word) if at >= 0 else end
    return end


def is_plural(word: str) -> bool:
    """Whether an English noun looks like a plural."""
    if word in _PLURALS:
        return True
    return (
        len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "'s")) and word not in _NOT_PLURAL
    )


_DETERMINERS = re.compile(
    r"(?:(?:the|my|our|your|his|her|their|its|an?|all|overall|average|total|monthly|weekly|daily|yearly|annual)\s+)*"
)
_NUMBER_OF = re.compile(r".*?\b(?:number|amount|count|volume|total|quantity|pool|list|base)\s+of\s+")


def metric_unit(left: str) -> str | None:
    """The plural noun that a verb of change or holding moves: `qualified leads` in `lift qualified leads to 40`."""
    verbs = list(words.VERB.finditer(left))
    text = left[verbs[-1].end() :] if verbs else left
    text = _NUMBER_OF.sub("", text, count=1).strip()
    run = _noun_phrase(text + " ", _end_of(_DETERMINERS, text))
    return run[-1] if run and is_plural(run[-1]) and not _UNCOUNTED.fullmatch(run[-1]) else None


_START = r"(?:^|[,;.·]\s*|\b(?:and|then|to|by|start|keep|also|will|i'll|we'll)\s+)(?:[a-z]+ly\s+)?"
_PARTICLE = one_of(
    "up home back on out off with to for in through down at each myself yourself people someone ·+"
)
# What is kept or used is not brought forth: `keep a diary`, `use a planner`.
_NO_ACT = one_of(
    "with in on for at from of keep(?:ing)? us(?:e|ing) follow(?:ing)? wear(?:ing)? carry(?:ing)?"
)
_TO_WHOM = rf"(?:\s+(?:{_PARTICLE}|(?:my|your|our|the|each|every)\s+[a-z]+|(?:lunch|coffee|dinner|breakfast|tea)\s+with))?"
_ONE_THING = re.compile(
    rf"{_START}(?!{_NO_ACT}\b)(?P<verb>[a-z][a-z'ø-]*){_TO_WHOM}\s+(?:an?|one|another)\s+"
)
_THINGS = re.compile(
    rf"{_START}(?P<verb>{words.MAKE}(?:e?s|ing|ting|ning)?)\s+(?:(?:my|our|your)\s+)?(?!(?:all|both|these|those|other|own)\b)(?=[a-zø])"
)
# `find a mentor and meet them every week`: what is done each time comes after.
_NEXT_ACT = re.compile(rf"\b(?:and|then)\s+(?:then\s+)?{words.VERBS}\b")
_CLAUSE_END = re.compile(r",\s*(?:and|then|but)\s|[;.]\s|\bthen\s")


def object_unit(canvas: Canvas, rhythm: Span) -> str | None:
    """What a recurring act brings forth, `article` in `reading an article every day`; none for a bare act."""
    first, clause = _clause_of(canvas.plain, rhythm)
    for pattern in (_ONE_THING, _THINGS):
        steps = list(pattern.finditer(clause))
        before = [step for step in steps if first + step.end() < rhythm.start]
        if before and _NEXT_ACT.search(clause[before[-1].end() : rhythm.start - first]):
            return None
        for found in reversed(before) if before else steps:
            run = _noun_phrase(clause, found.end())
            unit = _as_written(canvas, run[-1], first + found.end()) if run else ""
            if unit and (pattern is _ONE_THING or is_plural(unit.lower())):
                idle = re.match(rf"{re.escape(run[-1])}\s+off\b", clause[clause.find(run[-1], found.end()) :])
                return None if idle else unit
    return None


def _clause_of(plain: str, span: Span) -> tuple[int, str]:
    """The clause in which `span` lies and where it begins."""
    ends = list(_CLAUSE_END.finditer(plain))
    first = max((m.end() for m in ends if m.end() <= span.start), default=0)
    return first, plain[first : min((m.start() for m in ends if m.start() >= span.end), default=None)]


def _noun_phrase(plain: str, at: int) -> list[str]:
    """The words of the noun phrase that begins at `at`: up to a preposition, a break or a gerund after a plural."""
    run: list[str] = []
    while (found := _TOKEN.match(plain, at)) and len(run) < _LONGEST:
        word = found["word"].rstrip("'")
        at = found.end()
        if not run and word in _BEFORE_NOUN:
            at = _end_of(_OF_THE, plain, at) if word == "of" else at
        elif word in _STOP or _ends(word, run):
            break
        else:
            run.append(word)
        if found["stop"] or word in _MEASURES:
            break
    return run


def _ends(word: str, run: list[str]) -> bool:
    if run and word.endswith("ly") and word not in _LY_NOUNS:
        return True
    return bool(run) and is_plural(run[-1]) and (word.endswith(("ing", "ed")) or word in _AFTER_NOUN)


def _end_of(pattern: re.Pattern[str], text: str, at: int = 0) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _as_written(canvas: Canvas, word: str, after: int) -> str:
    """`word` as the sentence writes it (`APIs`), from its first place at or past `after`."""
    at = canvas.plain.find(word, after)
    return canvas.source[at : at + len(word)].strip("'\"") if at >= 0 else word
