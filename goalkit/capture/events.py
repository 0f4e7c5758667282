"""Events in place of dates: `my next 1:1`, `before my annual review`, `this semester`, `once the pilot ends`."""

import re

from goalkit.capture.canvas import TAKEN, Canvas
from goalkit.capture.numbers import WORDS
from goalkit.capture.words import one_of
from goalkit.text import Span


def read_event(canvas: Canvas, dated: bool) -> tuple[Span, str] | None:
    """The event that `canvas` names, taken from it: its place, and its words without a leading preposition.

    Beside a date (`dated`) only a plain event counts, outside the clauses that say which.
    """
    for pattern in _EVENTS:
        for found in pattern.finditer(canvas.plain):
            if not _is_routine(canvas.source, found) and _counts(
                canvas.plain[: found.start()], found[0], dated
            ):
                span = Span(found.start(), found.start() + len(found[0].rstrip(" " + TAKEN)))
                words = _PREPOSITION.sub("", canvas.words(span))
                canvas.take(span)
                return span, re.sub(r"^the\s+", "", words, flags=re.IGNORECASE)
    return None


def _is_routine(source: str, found: re.Match[str]) -> bool:
    """Whether it comes round: `before you leave each evening`, `every morning before my kids wake up`."""
    each_day = found[0].startswith(("before", "after", "when", "while")) and _EVERY_DAY.search(
        source[: found.start()]
    )
    return bool(each_day or _EACH_TIME.match(source, found.end()))


def _counts(left: str, words: str, dated: bool) -> bool:
    if re.search(r"[\w'·ø-]$", left) or (_ROUTINE.search(words) and "next" not in words):
        return False
    if dated and re.match(r"(?:its|their|his|her)\b", words):
        return False
    return not dated or (not _WHICH.search(left) and bool(_BESIDE_DATE.search(words)))


_EVERY_DAY = re.compile(
    r"\b(?:each|every)\s+(?:single\s+)?(?:day|morning|afternoon|evening|night|weekday|workday)\W+$",
    re.IGNORECASE,
)
_EACH_TIME = re.compile(r"\W*(?:each|every|daily|nightly)\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:that|which|who|whom|so)\b[^,]*$")
_BESIDE_DATE = re.compile(r"\bnext\b|^by\s+(?:my|our|your)\b|^(?:before|after|once|when|until)\b")
_PREPOSITION = re.compile(
    "^"
    + one_of(
        """between_now_and in_time_for in at during on over for with by(?!\\s+the\\s+time) to throughout through within
        across all as_part_of"""
    )
    + r"\s+(?:the\s+)?",
    re.IGNORECASE,
)
# What comes round every day or every time is no event to be ready by.
_ROUTINE = re.compile(
    r"\b(?:(?<!open\s)(?<!demo\s)(?<!'s\s)(?<!labor\s)(?<!labour\s)(?<!memorial\s)(?<!earth\s)day|school(?!\s+(?:year|term|holidays|break|starts|begins|ends|opens|resumes))"
    r"|all(?!\s+(?:spring|summer|autumn|fall|winter|season|term|semester))|"
    + one_of(
        """it(?!\\s+(?:goes|snows|[a-z]+s\\b)) each every any daily weekly monthly lunch bed bedtime work(?!\\s+anniversary) breakfast dinner noon midnight sleep sunrise
        supper o'clock workday dawn dusk anyone anything it's going_to_bed starting_work"""
    )
    + r")\b"
)

_SEASON_OF = one_of(
    """school academic fiscal financial tax spring summer autumn fall winter holiday festive growing harvest rainy dry
    busy low high first second current peak off-?peak christmas easter thanksgiving january black_friday mid-?term"""
)
_SEASON = (
    rf"(?:{_SEASON_OF}\s+)*"
    + one_of(
        """semester term trimester season sprint iteration cycle spring summer autumn fall winter holidays rotation
        placement internship budget_year break(?!\\s+room) sale harvest ramadan lent advent finals finals_week exams exam_week exam_season
        exam_period (?:school|academic|fiscal|financial|tax)_(?:year|quarter)"""
    )
    + r"\b(?:\s+(?:of\s+)?(?:20\d\d|this\s+year|next\s+year)\b)?"
)
OCCASION = one_of(
    """meetings? review appraisal conference retreat off-?site all-hands stand-?up one-on-one interview exams? test
    audit inspection retrospective retro demo demo_day summit workshop town_hall kick-?off check-in launch release
    deadline birthday anniversary wedding move survey election season semester term sprint project festival fair
    market exhibition show opening hearing trial meetup hackathon gala performance recital concert race marathon match
    tournament competition visit trip holidays? vacation leave presentation talk session event class lesson course
    ceremony graduation retirement reunion convention congress symposium seminar training onboarding orientation probation probation_period probationary_period
    internship apprenticeship contract closing hand-?over merger go-live rollout cutover migration renewal submission
    hire parent_evening parents'?_evening commencement fundraiser banquet mother's_day father's_day labou?r_day memorial_day giving_tuesday diwali
    eid hanukkah passover earth_day playoffs accreditation appointment payday prom hand-?off pitch open_house open_day open shift midterms? ø+-term ø+[:-][ø:-]+"""
)
_NOT_IN_A_NAME = one_of(
    """to and that so because about if by in for per i we while where when which who how what every each as on at from
    is are be this next"""
)
_END = r"(?=[^\wø]|$)"
_WORD = rf"(?:(?!{_NOT_IN_A_NAME}\b)[\w'&ø:/.-]*[\wø](?:\s+|(?=[,.;·!?)]|$)))"
_CLAUSE = r"[^,;·.!?]*[^,;·.!?\s]"
_STOP = r"(?=[,;·.!?]|$)"
_OURS = r"(?:(?:my|our|your|the|his|her|their|this|its)\s+)"
_US = one_of("i i'm we my our your the she he they you his her their")
_WE = one_of("i i'm we they she he you it")
_UNTIL = r"(?:until|till)"
_BEFORE = rf"(?:before|after|{_UNTIL}|prior\s+to|ahead\s+of)"
_ENDS = one_of("end start beginning close middle")
_HAPPENS = one_of(
    """start begin end return come_back finish launch open get_back over move leave turn go expire close retire
    graduate hand ship arrive renew change run_out join hire take_over switch"""
) + r"(?:s|es|ed|ing)?"  # fmt: skip
# What `it` does once only; what it does each time (`before it is sent`) is no event.
_OF_IT = one_of(
    "goes_live snows launches opens closes ships starts begins ends freezes expires rolls_out comes_out gets_dark"
)
_GOING = one_of("going leaving moving graduating retiring returning changing switching joining")
_NOT_NEXT = one_of(
    "to steps? level few couple generation time big one door day morning evening night hour best thing"
)
_MY_NEXT = (
    rf"{_OURS}?(?:(?:very\s+)?next|upcoming|forthcoming|coming|following)\s+(?!{_NOT_NEXT}\b)(?:\d+\s+)?"
    rf"{_WORD}{{1,5}}?(?:or\s+{_WORD}{{1,3}})?(?:with\s+{_WORD}{{1,4}})?{_END}(?:(?<=\s)?(?:who|that)\s+{_CLAUSE})?"
)
_IN = one_of(
    "in at during on over for with within before after by until till to throughout ahead_of prior_to through as_part_of"
)
_WITHIN = one_of(
    "in at during on over for before after by until till throughout through within across ahead_of all"
)
_OF_THE = r"(?:(?:rest|remainder|whole|end|start|beginning|middle|close|course)\s+of\s+)?"
_SOON = (
    r"(?:as\s+soon\s+as(?!\s+(?:possible|i\s+can|we\s+can))|once|by\s+the\s+time|the\s+(?:day|week|moment)\s+(?:that\s+)?(?=(?:i|we|my|our|the)\b))"
    rf"\s+(?!{one_of('a an per every each in and again more or to this daily weekly monthly')}\b|·)"
)
_FIRST_DAYS = rf"first\s+(?:(?:ø+|{WORDS})\s+)?(?:days|weeks|months|year|week|month|quarter|day)"
_TOWARDS = one_of("between_now_and in_time_for in_preparation_for leading_up_to")
_DATED = r"(?:this|next)\s+year's\s+|tomorrow's\s+|today's\s+"

# Tried in this order.
_EVENTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:the\s+)?(?:very\s+)?next\s+time\b{_CLAUSE}",
        rf"{_SOON}{_CLAUSE}",
        rf"(?<![\w·])(?:when|after|before|while|{_UNTIL})\s+{_US}\b(?=[^,;]*,){_CLAUSE}(?=,)",
        rf"(?:when|after|before|{_UNTIL})\s+{_US}\s+{_CLAUSE}?\b{_HAPPENS}\b{_CLAUSE}?{_STOP}",
        rf"(?:after|before|{_UNTIL})\s+it\s+{_OF_IT}\b{_CLAUSE}?{_STOP}",
        rf"(?:after|before|{_UNTIL})\s+(?:[a-z]+\s+){{1,2}}(?:starts|begins|ends|opens|closes|resumes|(?<=s\s)(?:start|begin|resume))\b",
        rf"{_UNTIL}\s+{_WE}\s+{_CLAUSE}?{_STOP}",
        rf"{_UNTIL}\s+{_US}\s+{_CLAUSE}?\b(?:is|are|has|have|gets?)\b{_CLAUSE}?{_STOP}",
        r"by\s+(?:the\s+)?age\s+(?:of\s+)?[\wø-]+",
        rf"{_BEFORE}\s+{_GOING}\b{_CLAUSE}",
        (rf"(?:by|before|{_UNTIL}|at|through)\s+(?:the\s+)?(?:very\s+)?{_ENDS}\s+of\s+{_OURS}?(?:current\s+|next\s+)?"
        rf"{_WORD}{{1,4}}?{_END}"),
        rf"{_IN}\s+{_MY_NEXT}",
        (rf"{_WITHIN}\s+(?:(?:the|my|our|this|next|all)\s+)*{_OF_THE}{_OURS}?(?:(?:next|coming)\s+)?"
        rf"(?:(?:early|late|mid)[\s-])?{_SEASON}(?!\s+(?:[a-z]+\s+)?{OCCASION}\b)"),
        rf"(?:this|next)\s+(?:coming\s+)?{_SEASON}",
        rf"{_WITHIN}\s+(?:the\s+)?{_OF_THE}(?:fiscal|financial|fy)(?:\s+year)?\s?'?\d\d(?:\d\d)?\b",
        rf"(?:in|within|during|over|by)\s+(?:the\s+)?(?:end\s+of\s+)?(?:(?:my|our|your|the)\s+)?{_FIRST_DAYS}(?:\s+(?:of|in|on|at|with)\s+{_OURS}{_WORD}{{1,3}}?{_END})?",
        rf"(?:{_BEFORE}|{_TOWARDS})\s+{_OURS}{_WORD}{{1,5}}?{_END}",
        rf"(?:before|after|{_UNTIL}|by(?!\s+[a-z]+ing\b)|in\s+time\s+for)\s+(?!\d|{WORDS}){_WORD}{{0,3}}?{OCCASION}(?=[\s,.;!?·]|$)",
        rf"(?:in|at|on|during)\s+(?:the\s+)?{_SEASON_OF}\s+(?:[a-z]+\s+)?{OCCASION}{_END}",
        (rf"(?:at|during|by)\s+(?:{_OURS}|{_DATED}){_WORD}{{0,4}}?{OCCASION}"
        r"(?=[,.;!?·]|$|\s+(?:in|on|·|with|to|and)\b)"),
        rf"{_OURS}?(?:next|upcoming)\s+{_WORD}{{0,3}}?{OCCASION}(?=[\s,.;!?·]|$)",
    )
)  # fmt: skip
