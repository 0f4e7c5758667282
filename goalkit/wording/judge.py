"""The judgement: silent wherever the words do not settle it, since a wrong remark is worse than none."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from goalkit.text import fold
from goalkit.wording import lexicon as lex
from goalkit.wording.clauses import Clause, Object, clauses
from goalkit.wording.lexicon import Sort
from goalkit.wording.marks import CLOCK, NUMBER, ONE, RHYTHM, marked

_SHORT = 5  # words after an unknown verb: beyond them its object is a guess


@dataclass(frozen=True, slots=True)
class Wording:
    """How a goal's sentence reads.

    `vague` are its words that leave open what will be done, `endless` those by which nobody could tell when it is
    done; each is empty where there is nothing to say.
    """

    vague: str = ""
    endless: str = ""

    @property
    def specific(self) -> bool:
        """Whether the act and the kind of thing are named."""
        return not self.vague

    @property
    def measurable(self) -> bool:
        """Whether a reader could tell from the sentence alone if it was done."""
        return not self.endless


@lru_cache(maxsize=64)  # several rules ask about one title in turn
def judge(sentence: str) -> Wording:
    """How `sentence`, a goal's title, reads. Of several steps, those with a number or a rhythm decide."""
    found = clauses(marked(sentence))
    own = [c for c in found if c.role == "main"]
    deciding = [c for c in own if c.decides] or own
    if not deciding:
        return Wording()
    helpers = [c for c in found if c.role != "main" and _rescues(c)]
    specific = helpers or any(
        _verdicts(deciding) or _verdicts(own) or [deciding[0].sort in ("finish", "act")]
    )
    measurable = any(_measurable(c) for c in (*deciding, *helpers))
    words = deciding[0].words
    return Wording("" if specific else words, "" if measurable else words)


def period_named(sentence: str) -> str:
    """The period that `sentence` is about in its own words: week, month, quarter, year; empty for none."""
    found = re.search(r"\bthis (week|month|quarter|year)\b", fold(sentence))
    return found[1] if found else ""


def has_rhythm(sentence: str) -> bool:
    """Whether `sentence` says how often: every workday, twice a month."""
    return RHYTHM in marked(sentence)


def _verdicts(found: list[Clause]) -> list[bool]:
    return [verdict for c in found if (verdict := _specific(c)) is not None]


def _specific(clause: Clause) -> bool | None:
    """Whether the act and the kind of thing are named; None where the clause only points elsewhere (`do it`)."""
    thing, sort = clause.object, clause.sort
    counted = _counted(clause) and not thing.open and not (sort == "state" and thing.quality)
    if counted or CLOCK in clause.marks:
        return True
    if thing.pronoun and sort not in ("state", "improve", "change"):
        return None
    if sort != "state" and (thing.quality or thing.pronoun):
        return False
    if clause.gives_time:
        return None
    return _NAMED[sort](clause)


_NAMED: dict[Sort, Callable[[Clause], bool]] = {
    "state": lambda c: not _vague_state(c),
    "improve": lambda c: c.object.visible,
    "change": lambda c: not c.object.abstract and (bool(c.object.heads) or not _only_manner(c)),
    "effort": lambda c: RHYTHM in c.marks or not c.object.abstract,
    "learn": lambda c: not c.object.open and (bool(c.object.heads) or len(c.rest) > 1),
    "activity": lambda c: not (c.object.abstract or _vague_manner(c)),
    "make": lambda c: not (c.object.abstract or _vague_complement(c) or _vague_manner(c)),
    "finish": lambda c: not c.object.open,
    "act": lambda c: not c.object.open,
    "unknown": lambda c: not (c.object.abstract and len(c.rest) <= _SHORT),
}


def _measurable(clause: Clause) -> bool:
    """Whether it could be told from the clause alone that it was done."""
    thing, sort = clause.object, clause.sort
    broad = sort in ("state", "improve", "change")
    if CLOCK in clause.marks or _counted(clause):
        return not (thing.open and broad)
    if not broad and not clause.marks.isdisjoint((ONE, RHYTHM)):
        return True
    if sort == "state":
        words = " ".join(clause.rest)
        return not (_vague_state(clause) or lex.TOPIC_STATES.match(words) or words.startswith("in touch"))
    return not broad and not _compares(clause) and _ENDS[sort](clause)


_ENDS: dict[Sort, Callable[[Clause], bool]] = {
    "effort": lambda c: "next" in c.rest,
    "learn": lambda c: "next" in c.rest,
    "activity": lambda c: "next" in c.rest or (c.verb in lex.STAGED and c.rest[:1] in (("at",), ("on",))),
    "make": lambda c: not (c.object.abstract or _vague_complement(c)),
    "finish": lambda _: True,
    "act": lambda c: not (c.gives_time and c.object.heads == ("time",)),
    "unknown": lambda c: not (c.object.abstract and len(c.rest) <= _SHORT),
}


def _compares(clause: Clause) -> bool:
    """More, better, up to date: than what, and until when?"""
    thing: Object = clause.object
    plural = thing.bare and all(h == "people" or (h.endswith("s") and thing.visible) for h in thing.heads)
    return (
        thing.quantity
        or (thing.quality and not thing.pronoun)
        or (plural and clause.verb in lex.NEVER_ALL)
        or "up to date" in " ".join(clause.rest)
    )


def _counted(clause: Clause) -> bool:
    """Whether a number stands in it; `one` is one only beside a rhythm or an unknown verb."""
    one = ONE in clause.marks and (RHYTHM in clause.marks or clause.sort == "unknown")
    return one or NUMBER in clause.marks


def _rescues(clause: Clause) -> bool:
    """Whether a means or a purpose says by itself what will be seen."""
    thing = clause.object
    if (
        thing.quality
        or thing.quantity
        or clause.sort in ("improve", "state", "change", "learn", "effort", "activity")
    ):
        return False
    if clause.role == "means":
        return (
            thing.visible or clause.sort in ("act", "finish") or not clause.marks.isdisjoint((CLOCK, NUMBER))
        )
    return clause.sort in ("act", "finish", "make") and (thing.visible or clause.decides)


def _vague_state(clause: Clause) -> bool:
    """Whether `be …` or `become …` names a quality and not a thing that happens."""
    words = [w for w in clause.rest if not w.startswith("‹")]
    while words and (lex.adverb(words[0]) or words[0] in lex.BEFORE_ADJECTIVE):
        words.pop(0)
    if not words or "than" in words:
        return False
    if words[0] in lex.ADJECTIVES | lex.BARE_QUALITY or words[0].endswith("able"):
        return True
    if lex.TOPIC_STATES.match(" ".join(words)) and not {"in", "at", "with", "on", "for"} & set(words):
        return True
    return bool(lex.ROLES.search(clause.object.words)) and not clause.object.words.endswith("team leader")


def _only_manner(clause: Clause) -> bool:
    """`grow as a leader`, `grow professionally`."""
    words = [w for w in clause.rest if not w.startswith("‹") and not lex.adverb(w)]
    return not words or words[0] in ("as", "in")


def _vague_manner(clause: Clause) -> bool:
    """`lead with empathy`: no object, and a quality after the preposition."""
    return clause.rest[:1] in (("with",), ("for",), ("towards",)) and lex.abstract(clause.rest[-1])


def _vague_complement(clause: Clause) -> bool:
    """`get better`, `keep calm`, `do more`: a making verb with a quality in place of an object."""
    words = [w for w in clause.object.words.split() if not lex.adverb(w)]
    if clause.verb not in ("get", "keep", "do", "make") or not words:
        return False
    if len(words) > 1 and clause.verb != "do" and words[-1] in lex.ADJECTIVES:
        return True
    alone = not clause.object.heads or words[0] not in lex.QUANTITY
    return (
        not clause.object.visible and alone and len(words) <= 2 and words[0] in lex.ADJECTIVES | lex.QUANTITY
    )
