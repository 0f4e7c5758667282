"""Numbers that only describe, such as `a 30-minute talk`, `1:1`, `ISO 27001` and `by 5:30 pm`."""

import re

from goalkit.capture.canvas import Canvas, span_of
from goalkit.capture.dates import MONTH
from goalkit.capture.numbers import NUM, WORDS
from goalkit.capture.words import CHANGE, CHANGE_TO_NUMBER, METRICS, MORE, SUMS, one_of

_AMOUNT = rf"(?:[$€£¥₹]\s?)?(?:{NUM})(?:k|m|bn)?(?:\s?%|\s?percent)?"
_ABOUT = r"(?:(?:at\s+least|at\s+most|up\s+to|about|around|more\s+than|over|under|no\s+more\s+than)\s+)?"
_BARE = r"(?<![\w$€£.,])"

# Words and signs that hold a number as part of a name, hidden whole.
_NAMES = (
    r"\b(?:1[:-]1s?|1-on-1s?|1on1s?|one-(?:on|to)-ones?|one\s+(?:on|to)\s+ones?|1-2-1s?|121s?)(?![\w:])",
    r"\b\d+(?:[-/]\d+){2,}(?=[\s-]+(?:days?|weeks?|months?|plans?)\b)",
    r"\b(?:24/7|24-7|9-to-5|9-5|nine-to-five|(?<!from\s)nine\s+to\s+five|\d0/\d0(?:/\d0)?|fifty-fifty)\b",
    r"\b(?:year|month|week|quarter)[\s-](?:on|over)[\s-](?:year|month|week|quarter)\b|\bday[\s-](?:to|by)[\s-]day\b",
    r"\b"
    + one_of(
        """no_one one_another one_day(?!\\s+(?:a|per|each|every)\\b) one_by_one one_at_a_time this_one the_one ones one's zero_in at_one
        day_one one_or_two"""
    )
    + r"\b",
    r"\b360(?=[\s-]+(?:degrees?|feedback|reviews?|assessments?|evaluations?|surveys?)\b)",
    r"\bone\s+(?:[a-z]+\s+){1,2}at\s+a\s+time\b",
    r"\b40[13]\(?[bk]\)?s?",
    rf"{_BARE}(?!q[1-4]\b|h[12]\b|fy\d|eo[a-z]\b)[a-z]{{1,4}}\d+[a-z\d]*\b",
    rf"{_BARE}\d+(?:d|g|p)\b",
    rf"(?<!from\s)(?<!to\s)(?<!under\s)(?<!below\s)(?<!than\s)(?<!by\s){_BARE}\d+s\b",
    r"\b(?:half|quarter|third)-(?!years?\b)(?=[a-z])",
    r"\bhalf(?=\s+marathon)",
    r"\b(?:four|five|six|seven)[\s-]figures?\b",
    r'"[^"]*"',
)
_NUMBERED = one_of(
    """iso rfc ieee python java php node vue angular web html css es c\\+\\+ version phase step level grade
    chapter part module section unit room building floor tier series type category highway day lesson article
    item episode windows office gpt round milestone number no\\. # bus route gate pier area act volume
    vol\\. exam paper goal objective okr kr class team ward year key_stage ks sat gen generation soc
    pci hsk jlpt n toefl ielts rev revision sprint week hall booth platform option django drupal rails
    swift kotlin postgres pg ubuntu debian wave"""
)
_NUMBERED_VERBS = one_of("release form stage page model group plan rule line draft top board")
_NUMBERED_IN_WORDS = one_of(
    "day step level phase stage grade chapter part number round team class year unit module"
)
_PLURAL = r"(?!(?:this|is|was|has|its|as|us|less|across|always|whose)\b)[a-z]+s\b"
_COUNTED_AFTER = (
    r"st|nd|rd|th|percent|times|x|hours?|minutes?|days?|points?|people|members|words|wpm|characters"
)
_GROUP = one_of(
    """terms team class group family panel crew staff squad audience cohort circle round loan grant party pair committee
    board delegation network gang batch run deal contract order cheque check fee offer bonus deposit pot
    fund donation prize"""
)
_EARLY = one_of("before after early earlier late later ahead prior in_advance beforehand")
_IN_UNDER = one_of("in under in_under in_less_than below")
_IN = one_of("in in_under in_less_than within in_at_most in_no_more_than in_fewer_than")
_EFFORT = one_of(
    "school_days? seconds? minutes? mins? hours? hrs? attempts? tries goes sentences words slides steps languages"
)
_NOT_SPENT = "".join(
    rf"(?<!\b{verb}\sthe\s)"
    for verb in ("spend", "spending", "use", "block", "out", "off", "aside", "devote", "dedicate", "reserve")
)
_SIZE = rf"(?:at\s+least\s+)?(?:{NUM}\s|an?\s+(?:full\s+)?)"
_LENGTH = r"(?:(?:business|working|full)\s+)?(?:minutes?|hours?|days?|weeks?|months?)"
# Numbers beside words that make them a description, hidden alone: the groups `n`, `m`, `k`.
_BESIDE = (
    rf"\b(?<!-){_NUMBERED_VERBS}\s(?P<n>\d+)(?![\d,%.]|\s+(?:[a-z]+\s+)?{_PLURAL})",
    rf"\b(?<!-){_NUMBERED}s?[\s-]?(?P<n>\d+(?:[.:]\d+)*[a-wyz]?)(?:\s*(?:-|to|through|and|&)\s*(?P<m>\d+)\b)?(?![\d,%]|\.\d|\s*(?:{_COUNTED_AFTER})\b)",
    rf"\b{_NUMBERED_IN_WORDS}\s+(?P<n>{WORDS})\b(?!\s+{_PLURAL})",
    rf"\btop[\s-](?P<n>{WORDS})(?!\s+{_PLURAL})",
    rf"{_BARE}(?P<n>(?:19|20)\d\d)(?![\d,%.]|\s+(?:[a-z]+\s+)?{_PLURAL})(?=\s+(?!goal|target|objective)[a-z])",
    r"\b(?:my|our|your|the|their)\s+(?P<n>(?:19|20)\d\d)(?=\s+[a-z])",
    rf"\b(?:the|our|my|your)\s+(?:[\wø'-]+\s+){{1,5}}?for\s+{_ABOUT}(?P<n>{NUM})\s+(?:people|guests|attendees|participants|visitors)\b",
    rf"(?<![\w.,/])(?P<n>[$€£]?\d+(?:[.,]\d+)*[km]?|{WORDS})-(?!(?:to|\d|{WORDS})\b)(?=[a-z])",
    rf"\b(?:{_NOT_SPENT}(?:last|past|previous)\s+(?P<n>{NUM})|{_NOT_SPENT}first\s+(?P<m>{NUM})(?=\s+(?:days|weeks|months|hours|minutes)\b(?!\s+of\s+(?:the\s+(?:new\s+)?(?:year|quarter|month)|this|next|20\d\d|q[1-4]|{MONTH}))))\b",
    rf"\b(?<!first\s)(?<!last\s)(?P<n>(?:{_SIZE}){_LENGTH})\s+of\s+(?:the|each|every|any|an?)\b(?!\s+(?:new\s+)?(?:week|year|quarter|month))",
    (rf"\b(?<!\bby\s)(?<!\bby\sa\s)(?<!\bevery\s)(?<!\beach\s)(?<!times\s)(?<!times\sa\s)(?<!once\sa\s)(?<!twice\sa\s)(?P<n>(?:{_SIZE})?{_LENGTH})\s+(?:{_EARLY}|of\s+(?:finishing|receiving|getting|completing))\b(?!\s+(?:work|focus|bed|sleep|breakfast|lunch|dinner|school|class)\b)"),
    rf"(?P<n>{NUM})\s*(?:km|k|miles?|m|metres|meters|kilometres)\s+{_IN_UNDER}\s+(?P<m>{NUM}|an?)\s+(?:minutes?|hours?)\b",
    rf"\b(?<!put\s)(?<!putting\s){_IN}\s+(?P<n>(?:{NUM}|an?)\s*{_EFFORT}\b(?:\s+or\s+(?:less|fewer))?)",
    (rf"\b(?P<n>{NUM})\s+years?['\s](?:of\s+)?(?:experience|old|seniority|ago|running)|\bage[ds]?\s+(?P<m>{NUM})"
    rf"|\bturn(?:ing)?\s+(?P<k>{NUM})\b(?!\s+{_PLURAL})"),
    rf"\b(?:my|our|your|their|his|her)\s+(?P<n>[$€£¥₹]\s?{NUM}[km]?)\s+(?!(?:[a-z]+\s+)?{SUMS}\b|(?:in|of|from|for|by|per|a|each|every|this|next)\b)(?=[a-z])",
    rf"\b(?P<n>{NUM})\s+(?:days|weeks|months|years)'(?=\s+[a-z])",
    rf"\b(?:with|at|for|on)\s+(?:an?\s+)?(?:[a-z]+\s+)?(?:salary|pay|wage|income)\s+of\s+{_ABOUT}(?P<n>{_AMOUNT})",
    rf"\bwith\s+an?\s+(?:[a-z]+\s+)?(?:budget|value|price|audience|workforce|population)\s+(?:of\s+)?{_ABOUT}(?P<n>{_AMOUNT})",
    rf"\b{_GROUP}\s+of\s+{_ABOUT}(?P<n>{_AMOUNT})",
    r"\b(?:rate|rating|rank|score|grade)\b[^,;.]*\bfrom\s+(?P<n>\d+)\s+to\s+(?P<m>5|10|100)\b",
    (r"\b(?:at|to|from|than|against|over|versus|vs)\s+(?P<n>(?:19|20)\d\d)"
    r"(?=\s+(?:levels?|figures?|numbers?|results?|sales|revenue|prices?|rates?|totals?|baseline)\b)"),
    r"(?<![\d:])(?P<n>\d+):(?P<m>\d+)(?![\d:])",
    rf"\b(?P<n>one|two|three)(?:\s+(?:day|night|week|weekend|month)s?)?\s+in\s+(?P<m>{NUM})\b(?!\s+(?:days?|weeks?|months?|years?|hours?|minutes?|quarters?|[a-z]+s)\b)",
    r"\bevery\s+(?P<n>one|\d+)\s+of\b|\beach\s+(?P<m>one)\b",
    rf"{_BARE}(?P<n>{_AMOUNT})\s+of\s+(?:every|each)\b(?!\s+(?:pay\s?(?:day|check|period|slip)s?|month's|week's)\b)",
    rf"\b(?:in|into|among)\s+(?:the\s+)?top\s+(?P<n>{_AMOUNT})",
    rf"\b(?:someone|somebody|anyone|everyone|people|person|those)\s+(?:over|under|above|below)\s+(?P<n>{NUM})",
    rf"\bevery\s+(?P<n>{NUM})\s+(?!days?\b|weeks?\b|months?\b|quarters?\b|years?\b|working|work)",
    r"\binbox(?:es)?\s+(?:to\s+|at\s+)?(?P<n>zero|0)\b",
    rf"\b(?:go|went|going)\s+(?P<n>{NUM})\s+(?:days|weeks|months)\s+without\b",
    rf"\bone\s+of\s+(?P<n>(?:my|our|the|your)\s+(?:top\s+)?{NUM})\b",
    (rf"(?<![\w$.,])(?!(?:one|1)\s)(?P<n>(?:{WORDS}|\d+)\s(?:minute|hour|day|week|month|year|page|person|part|step|point|mile|"
    r"word|course|item))\s+(?=[a-zø])(?!(?:and|or|per|a)\b)"),
)  # fmt: skip
_HIDDEN = tuple(re.compile(pattern) for pattern in (*_NAMES[:6], *_BESIDE, *_NAMES[6:]))

_ARTICLE = r"(?:an?|this|(?<!ensure\s)(?<!ensuring\s)(?<!sure\s)that|my\s+own|the\s+new|the\s+same)"
_BETWEEN = one_of(
    """new full short long good small big clear simple single solid brief written minimum second third weekly monthly
    daily free paid live online internal public guided formal"""
)
_AFTER_ARTICLE = re.compile(
    rf"\b{_ARTICLE}\s+(?:{_BETWEEN}\s+)?(?P<n>{_AMOUNT}(?:\s+(?:million|thousand|hundred))?)(?!\w)(?!\s+and\s+a\s+half)"
)
# `a 15 % increase`, `a 4.8 rating` and `a $500 budget` are amounts nevertheless.
_STILL_AMOUNT = re.compile(
    rf"\s*(?:[a-z-]+\s+)?{CHANGE}\b|\s*(?!{MORE}\b)(?:or\s+(?:higher|better|above|more)\s+)?(?:[a-z-]+\s+){{0,2}}{METRICS}\b"
    r"|\s*(?:[a-z-]+\s+)?(?:budget|limit|cap|ceiling)\b|\s*(?:$|[.,;]|(?:on|in|for|or|by|this|next|from|during|out\s+of)\b)"
)

_AT = r"(?:\b(?:by|at|before|after|until|till|from|past|around|to)\s+)?"
_HOUR = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK = tuple(
    re.compile(pattern)
    for pattern in (
        (rf"{_AT}(?<![\d:.,])\d{{1,2}}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'clock)(?!\w)"
        r"(?:\s*(?:-|to|and)\s*\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)\b)?"),
        rf"{_AT}(?<![\d:.,])\d{{1,2}}:\d\d(?![\d:])(?:\s*(?:-|to|and)\s*\d{{1,2}}:\d\d)?",
        (rf"\b(?:by|at|before|after|until|till|past)\s+(?:half\s+past\s+|quarter\s+(?:past|to)\s+)?(?:{WORDS}|\d{{1,2}})"
        r"(?:\s+o'clock|\s+thirty|\s+fifteen|\s+sharp|\s+in\s+the\s+(?:morning|evening|afternoon)|\s+at\s+night|\s+tonight)\b"),
        (r"\b(?:from|between)\s+\d{1,2}\s*(?:to|and|-|until|till)\s*\d{1,2}"
        r"(?=\s+(?:every|each)\s+(?:day|morning|afternoon|evening|night|weekday|workday)\b)"),
        rf"\bhalf\s+past\s+\w+|(?<!from\sa\s)\bquarter\s+(?:past|to)\s+{_HOUR}\b(?!\s*%)",
        r"\b(?:by|before|after|until|at)\s+(?:noon|midnight|lunchtime|lunch|midday|bedtime)\b(?!\s+on\b)(?!\s+[a-z]+day\b)",
    )
)  # fmt: skip
_BARE_CLOCK = re.compile(
    r"(?:from|between)\s+\d{1,2}\s*(?:to|and|-|until|till)\s*\d{1,2}(?=\s*(?:$|(?!\.\d)[,.;·]|(?:every|each|on|daily|in\s+the)\b))"
    rf"|\b(?:by|before|after|until|till|past)\s+{_HOUR}(?=\s*(?:$|(?!\.\d)[,.;·]|(?:every|each|on|in\s+the|daily|this|and|for|at|"
    r"three|two|four|five|most|no|during|all|next)\b)(?!\s*%))"
)


def hide_descriptions(canvas: Canvas) -> None:
    """Hide the numbers of `canvas` that are no amounts, and take its times of day."""
    _take_times_of_day(canvas)
    for pattern in _HIDDEN:
        for found in pattern.finditer(canvas.plain):
            _hide(canvas, found)
    for found in _AFTER_ARTICLE.finditer(canvas.plain):
        if not _STILL_AMOUNT.match(canvas.plain, found.end("n")):
            canvas.hide(span_of(found, "n"))


def _take_times_of_day(canvas: Canvas) -> None:
    moves = CHANGE_TO_NUMBER.search(canvas.plain)
    for pattern in _CLOCK if moves else (*_CLOCK, _BARE_CLOCK):
        for found in pattern.finditer(canvas.plain):
            canvas.take(span_of(found))


def _hide(canvas: Canvas, found: re.Match[str]) -> None:
    groups: list[str | int] = [name for name in "nmk" if found.groupdict().get(name) is not None]
    for group in groups or [0]:
        canvas.hide(span_of(found, group))
