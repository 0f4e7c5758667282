"""Numbers, times of day, rhythms and dates of a sentence, each replaced by a mark that is one token."""

import re

from goalkit.text import fold

CLOCK, RHYTHM, WHEN, NUMBER, ONE = "‹clock›", "‹rhythm›", "‹when›", "‹n›", "‹one›"
MAX_LENGTH = 600

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    rf"nineteen|(?:{_TENS})(?:-[a-z]+)?|hundreds?|thousand|million|dozen"
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SEASON = "spring|summer|autumn|fall|winter|christmas|easter|new year(?:'s)?(?: eve)?"
_SPAN = r"(?:(?:business|working|work|calendar) )?(?:days?|weeks?|weekends?|months?|quarters?|years?|semesters?|terms?|sprints?)"
_PERIOD = (
    "(?:days?|workdays?|weekdays?|weeks?|weekends?|months?|quarters?|years?|nights?|mornings?|afternoons?|evenings?|"
    rf"{_WEEKDAY}s?)"
)
_EVENT = (
    "(?:meeting|standup|stand-up|1:1|sprint|release|review|retro|retrospective|commit|call|class|lesson|session|game|"
    "match|shift|interview|project|meal|lunch|dinner|breakfast|commute|time|email|ticket|pull request|pr|demo|term|"
    "semester|season|payday|flight|trip|ride|chapter|report|deploy|deployment|customer|patient|lecture|rehearsal|presentation)"
)
_BEFORE_SPAN = (
    r"(?:(?:the|my|your|our) )?(?:(?:next|coming|following|upcoming|first|last|remaining|rest of the) )?"
    rf"(?:(?:{_COUNT}|one|\d+|an?|few|a few|couple of|several|whole|entire) )?(?:(?:full|consecutive|straight|and a half) )?"
)
# Not numbers and not rhythms, though they look it.
_NEITHER = (
    (r"\b(?:1:1s?|1-1s?|1-on-1s?|one-on-ones?|one on one|one-to-ones?)(?!\w)", " 1:1 "),
    (
        r"\b24/7\b|\b360(?:[- ]?degree)?\b(?= (?:feedback|review))|\bday-to-day\b|\beach other\b|\bone another\b",
        " ",
    ),
    (r"\b(?:say|saying) '?(no|yes)\b'?", r"say-\1"),
    (r"\bno (?:longer|matter|doubt|one)\b", " "),
)
_CLOCKS = (
    r"\b\d{1,2}[:h]\d\d(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?(?:[ap]\.?m\b\.?|o'clock)",
    r"\b(?:noon|midnight|sunrise|sunset)\b",
)
_RHYTHMS = (
    rf"\b(?:every|each) (?:(?:other|second|third|single|{_COUNT}|\d+) )*(?:work(?:ing)? )?(?:{_PERIOD}|(?:\w+ )?{_EVENT})\b",
    rf"\b(?:once|twice|thrice) (?:an?|per|every|each|in) {_PERIOD}\b",
    r"\b(?:daily|nightly|(?:bi-?)?weekly|fortnightly|(?:bi-?)?monthly|quarterly|yearly|annually|hourly|every time)\b",
    rf"(?:\bper|/) ?(?:calendar |work(?:ing)? )?(?:{_PERIOD}|hour|sprint|session|meeting)\b",
    rf"\b(?:on|at) (?:weekdays|weekends|workdays|{_WEEKDAY}s)\b|\b{_WEEKDAY}s\b|\bin the (?:mornings|evenings)\b",
    r"\b(?:before|after|at|during|over) (?:bed(?:time)?|breakfast|lunch|dinner|work|school)\b(?! (?:and|\w+ing))",
)
# "a book a month", but not "dedicate a week"
_ONE_A_PERIOD = (
    rf"\b(an?|one|half|\d\S*|{_COUNT})((?: (?!(?:and|in|for|within|over|to|by|or)\b)[\w'-]+){{1,4}}?) an? (?:{_PERIOD}|sprint)\b",
)
_WHENS = (
    rf"\b(?:in|over|within|for|during|across|throughout|through|after|inside) {_BEFORE_SPAN}{_SPAN}\b",
    (
        rf"\b(?:(?:by|before|until|till|at) )?(?:the )?(?:year-?end|(?:end|start|beginning|middle) of )(?:(?:the|this|next|my|our) )?"
        rf"(?:{_SPAN}|q[1-4]|h[12]|(?:{_MONTH})|(?:{_SEASON})|20\d\d)?\b(?: 20\d\d\b)?"
    ),
    rf"\b(?:(?:by|before|until|in) )?(?:this|next|coming|current) (?:{_SPAN}|(?:{_MONTH})|{_WEEKDAY}|{_SEASON})\b",
    (
        rf"\b(?:(?:by|on|before|until|from) )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?)\b"
        r"(?:,? 20\d\d\b)?"
    ),
    (
        rf"\b(?:by|in|before|until|till|through|from|starting|since|of|on) (?:the )?(?:mid-? ?|early |late )?"
        rf"(?:{_MONTH}|{_SEASON}|{_WEEKDAY}|today|tomorrow|tonight)\b(?: 20\d\d\b)?"
    ),
    (
        r"\b(?:(?:by|in|before|until|for|during|from) )?"
        r"(?:\d{4}-\d\d(?:-\d\d)?|q[1-4](?:[ /-]?20\d\d)?|h[12](?:[ /-]20\d\d)?|20\d\d(?:-[qw]\d+)?)(?!\w)"
    ),
    rf"\b(?:{_MONTH}) 20\d\d\b|\b(?:today|tomorrow|tonight)\b",
)
_NUMBERS = (
    r"(?<![\w.])[-+]?[$€£¥₹]? ?\d[\d,.]*(?: ?%|(?:k|m|bn|km|kg|g|h|hrs?|mins?|x|th|nd|rd|st)?(?!\w))",
    rf"(?<![\w-])(?:{_COUNT}|no|zero|never|without|nothing|none|half|twice|single)\b",
)
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mark)
    for patterns, mark in (
        *(((pattern,), text) for pattern, text in _NEITHER),
        (_CLOCKS, f" {CLOCK} "),
        (_RHYTHMS, f" {RHYTHM} "),
        (_ONE_A_PERIOD, rf"\1\2 {RHYTHM} "),
        (_WHENS, f" {WHEN} "),
        (_NUMBERS, f" {NUMBER} "),
        ((r"\b(?:at least )?one\b",), f" {ONE} "),
    )
    for pattern in patterns
)
# The number of a name: Python 3.
_NAMED = re.compile(
    r"(?<=[a-z\d,] )([A-Z][\w+#-]*) \d+(?:\.\d+)*(?=$|[.,;)]| (?:in|by|for|at|with|and|to|on|this|next|from)\b)"
)
_MARKUP = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|!?\[([^\]]*)\]\([^)]*\)|[*_`~#]+(?=\S)|(?<=\S)[*_`~]+")


def marked(sentence: str) -> str:
    """`sentence` folded and without markup, its numbers, times, rhythms and dates as marks."""
    text = _MARKUP.sub(lambda m: m[1] or m[2] or "", sentence[:MAX_LENGTH])
    text = re.sub(r"[“”\"‹›]", " ", text.replace("’", "'").replace("‘", "'"))
    text = fold(_NAMED.sub(r"\1", text))
    for pattern, mark in _STEPS:
        text = pattern.sub(mark, " ".join(text.split()))
    return " ".join(text.split())
