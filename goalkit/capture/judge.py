"""Whether the words of a goal are specific (the act and the kind of thing are named) and measurable.

Both judge a goal's own words in lower case, without its date words.
"""

import re

from goalkit.capture.words import one_of

_LEAD_IN = re.compile(
    r"^[\s·,;.-]+|^(?:please|i\s+(?:want|would\s+like|will|plan|need)\s+to|my\s+goal\s+is\s+to|to|i'll|let's"
    r"|(?:aim|try|strive)\s+to)\s+"
)
_AIMS = one_of(
    "meet improve boost polish get grow learn become help gain build increase reduce develop be ensure"
)
_PURPOSE = re.compile(rf"(?<=\w)(?<!\btry)\s+(?:in\s+order\s+to|so\s+(?:that|as)|to\s+{_AIMS})\b")

_VAGUE = re.compile(
    r"\b"
    + one_of(
        """boundaries quick_wins? what_(?:qualifies|counts)_as (?:hard|soft)_skill hard_or_soft_skill
        skills?_(?:that_)?(?:you|i)_need (?:a|one|some|any)_(?:\\w+_)?(?:weakness|weak_spot|bad_habit)
        (?:a|one|some|any)_(?:\\w+_)?skill(?!_(?:such|like|of)) work-?_?life_balance best_self full_potential
        new_things something_new productivity more_productive mindset better_habits next_level go_the_extra_mile
        do_my_best try_harder work_harder achievable as_much_as_possible things"""
    )
    + r"\b"
)
_BETTER = one_of("more less (?:much_)?better happier healthier stronger calmer fitter nicer good great")
_STATE = re.compile(
    rf"^(?:want\s+to\s+|hope\s+to\s+)?(?:be|become|feel|get|stay)\s+(?:an?\s+)?{_BETTER}\b"
    r"|^(?:be|feel)\s+\w+er\s+(?:to|with|in|about|at)\b|^(?:grow|develop|evolve|advance|improve)\s+(?:as|in)\b|^"
    + one_of("network communicate focus read listen learn exercise delegate rest relax sociali[sz]e")
    + r"\s+(?:more|better|less)\b(?!\s+and\b)"
)
_AT_SOMETHING = re.compile(r"\bbetter\s+at\s+\w+ing\b")


def is_specific(words: str, numbered: bool) -> bool:
    """Whether `words` name an act and a kind of thing; a number (`numbered`) makes them specific."""
    act = _act(words)
    if numbered:
        return True
    return not _VAGUE.search(act) and (not _STATE.search(act) or bool(_AT_SOMETHING.search(act)))


_OPEN_ENDED = one_of(
    """master improve understand strengthen enhance deepen develop grow embrace explore foster nurture cultivate polish
    sharpen hone boost refine increase reduce become be(?!_able) feel get_better get_to_know get_good make_time
    make_(?:my|our) listen speak_(?:more|less) talk_(?:more|less) network focus prioriti[sz]e work_on
    build_(?:confidence|trust|a_better|stronger|better|my) respect balance think_(?:more|bigger|better) adapt strive
    stay keep_up set_(?:(?:clear|better|healthy|firm)_)*boundaries try_to manage_(?:my_)?(?:time|stress)
    cut_(?:back|down) spend_(?:more|less) read_more eat_(?:better|healthier|more|less) take_(?:more|better|fewer)"""
)
_NAMED = one_of(
    """member certified licen[sc]ed manager director team_lead supervisor mentor trainer partner plan prototype website
    app course tool"""
)
_OPEN = re.compile(
    rf"(?:^|[,;·]\s*(?:and\s+|then\s+)?|\band\s+){_OPEN_ENDED}\b(?!\s+an?\s+{_NAMED})(?!\s+the\s+first)"
)
_LEARN = re.compile(
    r"^(?:learn|pick\s+up|get\s+to\s+grips\s+with|familiari[sz]e\s+myself)\b"
    r"(?!\s+(?:how\s+to|to|the\s+names|from|by\s+heart))"
    r"(?!.*\b(?:well\s+enough|so\s+that\s+i\s+can|exam|test|certificate|course|by\s+heart)\b)"
)
_NO_TEST = re.compile(
    r"\b"
    + one_of("achievable reasonable as_much_as as_often_as as_possible whenever_possible a_bit somewhat")
    + r"\b"
)
_ROLE = re.compile(r"^(?:become|be)\s+(?:an?|the)\s+(?!more|better|good|great|stronger)(?:[\w-]+\s+){0,2}\w+")
_NO_ROLE = re.compile(
    r"\b"
    + one_of(
        """fluent confident comfortable proficient expert person listener leader teacher communicator writer speaker
        colleague boss teammate"""
    )
    + r"\b"
)


def is_measurable(words: str, numbered: bool, recurring: bool) -> bool:
    """Whether a reader could tell from `words` alone that it was done: a number, a rhythm, or an act that ends."""
    act = _act(words)
    if _NO_TEST.search(act):
        return False
    if numbered or recurring:
        return True
    if _ROLE.match(act):
        return not _NO_ROLE.search(act)
    return not (_OPEN.search(act) or _LEARN.search(act))


def _act(words: str) -> str:
    """`words` without what leads up to the act and what it is for."""
    while (rest := _LEAD_IN.sub("", words)) != words:
        words = rest
    return _PURPOSE.split(words)[0]
