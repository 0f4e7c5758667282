"""When: deadlines, windows and stretches of time."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from goalkit.capture.canvas import Canvas, span_of
from goalkit.capture.dates import Calendar, DateWords, before, business_days, read_date
from goalkit.capture.events import OCCASION, read_event
from goalkit.capture.numbers import NUM, value_of
from goalkit.capture.words import VERB, one_of
from goalkit.dates import PERIODS, Days, Period, add_days, add_months
from goalkit.text import Span


@dataclass(frozen=True, slots=True)
class When:
    """What a sentence says about time; `spans` are its words, by field (`start`, `due`, `when`).

    `every` is the period that `30 days in a row` implies.
    """

    start: date | None = None
    due: date | None = None
    event: str = ""
    spans: dict[str, Span] = field(default_factory=dict)
    every: Period | None = None

    @property
    def bound(self) -> bool:
        """Whether there is a date or an event to be ready by."""
        return bool(self.due or self.event)


def read_times(canvas: Canvas, calendar: Calendar) -> When:
    """All that `canvas` says about time, taken from it. Dates are read first, events from what is left."""
    when = When()
    for part in _dates(canvas, calendar):
        when = part if _is_next_step(canvas, when, part) else _merged(when, part)
    if when.start and _LENGTH in when.spans:
        when = replace(when, due=_end_from(when.start, canvas.source, when.spans[_LENGTH]))
    event = read_event(canvas, bool(when.due))
    if event:
        when = _with_event(when, *event)
    return replace(when, spans={name: span for name, span in when.spans.items() if name != _LENGTH})


# The span of a stretch that counts its first day, until it is known what that day is.
_LENGTH = "length"


def _is_next_step(canvas: Canvas, old: When, new: When) -> bool:
    """Whether `new` is the later deadline of a later step: `draft it in May and send it by July`."""
    if not (old.due and new.due and old.due < new.due):
        return False
    between = canvas.source[old.spans["due"].end : new.spans["due"].start]
    return bool(re.search(r"\b(?:and|then)\s+(?:\w+\s+)+$", between, re.IGNORECASE))


def _merged(old: When, new: When) -> When:
    """The first words about each end of the window win."""
    start = old.start if old.start or (old.due and new.due) else new.start
    return When(start, old.due or new.due, "", {**new.spans, **old.spans}, old.every or new.every)


def _with_event(when: When, span: Span, words: str) -> When:
    """`when` with its event; `the conference in May` says when the conference is, not when to start."""
    of_event = when.start and when.spans["start"].start <= span.end + 1
    spans = {name: place for name, place in when.spans.items() if not (of_event and name == "start")} | {
        "when": span
    }
    return replace(when, start=None if of_event else when.start, event=words, spans=spans)


def _dates(canvas: Canvas, calendar: Calendar) -> Iterator[When]:
    at = 0
    while word := _WORD.search(canvas.plain, at):
        at = word.start() + 1
        part = next(filter(None, (rule(canvas, word.start(), calendar) for rule in _RULES)), None)
        if part:
            yield part


def _taken(canvas: Canvas, at: int, end: int, **fields: date | None) -> When:
    span = Span(at, end)
    canvas.take(span)
    spans = {name: span for name, value in fields.items() if value}
    return When(fields.get("start"), fields.get("due"), "", spans)


# --- deadlines and windows ----------------------------------------------------------------------------------------

_WORD = re.compile(r"(?<![\w'·ø/.-])(?=[a-z\d])")
_UNTIL = one_of(
    """by due until till til through thru up_to up_until no_later_than not_later_than on_or_before by_or_before
    latest_by in_time_for come"""
)
_BEFORE_THE_END = one_of("before by at until till to towards?")
_NOW_TO = r"(?:from\s+now\s+(?:on\s+)?(?:to|until|till)|between\s+now\s+and)"
_BY = re.compile(
    rf"{_UNTIL}\s+(?:on\s+)?(?:the\s+latest\s+)?(?:the\s+(?=\d{{1,2}}\s|[a-z]+\s+\d))?(?:(?:noon|midnight|lunchtime)\s+on\s+)?"
    rf"|{_BEFORE_THE_END}\s+(?=(?:the\s+)?(?:very\s+)?(?:end|close)\b|year(?:'s)?[\s-]end|month[\s-]end|eo[wmqy])|{_NOW_TO}\s+"
)
_BEFORE = re.compile(
    r"(?:before|prior\s+to|ahead\s+of)\s+(?:(?:the|our|my)\s+(?=start|beginning|\d|[a-z]+\s+\d))?"
)
_IN = re.compile(
    r"(?:(?:all\s+)?(?:in|during|over|throughout|across|within|on|at|around|about)\s+|all\s+(?:of\s+)?)"
    r"(?:the\s+(?:whole|entire|month|course|year)\s+of\s+|all\s+of\s+)?|the\s+(?:whole|entire)\s+(?:month\s+)?of\s+"
)
_FOR = re.compile(r"(?:for|in\s+time\s+for)\s+(?:the\s+(?:whole|entire|month)\s+of\s+|all\s+of\s+)?")
_FROM = re.compile(
    r"(?:from|starting|beginning|commencing|effective|as\s+of|since|between)\s+(?:(?:on|in|from|with|as\s+of)\s+)?"
)
_TO = re.compile(r"\s*(?:through\s+to|to|until|till|til|through|thru|and|-)\s*")
_AND = re.compile(r"\s*(?:and|or|&|to|through|-)\s*")
_OF = re.compile(r"of\s+")
_RECURRING = re.compile(
    r"\b(?:every|each|daily|nightly|weekly|monthly|per|times?|once|twice|an?\s+(?:day|week|month|quarter|year))\b|·"
)
_MY_GOAL = re.compile(
    r"\b(?:my|our|the)?\s*(?:main\s+|top\s+)?(?:goals?|targets?|objectives?|aims?|plans?|priority)\s*$"
)
# `raise sales to 40 for the first quarter`: a metric has its value in the window.
_METERED = re.compile(rf"{VERB.pattern}[^,;.]*\d")
_NO_DATE_AFTER = re.compile(r"'s\b|s'(?!\w)|[-%]|:(?=\S)")
# `all January posts`, but `all January for`
_NAMES = re.compile(
    rf"\s+(?!{one_of('and to for with at in on by until from through as so without')}\b)[a-z]"
)
_FESTIVE = re.compile(r"\s+(?:break|holidays?|season|vacation|party|sale|rush|market|show)\b")
_EVENT_AFTER = re.compile(
    rf"\s+(?!(?:and|or|to|with|for|in|at|on)\b)(?:[a-z]+\s+)?(?!deadline|[ø\d]){OCCASION}(?![\w-])"
)
_DEADLINE = re.compile(r"\s+(?:deadline|cut-?off|due\s+date)\b")
_REST = ("rest", "remainder")


def _names_a_thing(canvas: Canvas, at: int, end: int) -> bool:
    """Whether the date words before `end` name an event: `my mid-year review`, `the March conference`."""
    named = re.search(r"\b(?:my|our|your|the|their|his|her)\s", canvas.plain[at:end])
    return bool(named and _EVENT_AFTER.match(canvas.plain, end))


_HEADING = re.compile(r"'?s?\s+(?:goals?|targets?|objectives?|priority|focus|okrs?)\s*[:-]")


def _heading(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`Q1 goal: 40 contracts`."""
    words = None if re.search(r"[a-z\d]", canvas.plain[:at]) else read_date(canvas.plain, at, calendar)
    found = _HEADING.match(canvas.plain, words.end) if words else None
    return _in_window(canvas, at, replace(words, end=found.end()), calendar) if words and found else None


_CLOSING = re.compile(
    r"(?:before|by\s+the\s+time)\s+(?:the|this)\s+(?P<period>week|month|quarter|year)\s+"
    r"(?:is\s+(?:out|over|up|done|through)|ends|closes|runs\s+out|comes\s+to\s+an\s+end)\b"
)


def _closing(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`before the month is out`: its last day."""
    found = _CLOSING.match(canvas.plain, at)
    period: Period | None = next((p for p in PERIODS if found and p == found["period"]), None)
    return _taken(canvas, at, found.end(), due=calendar.period(period).last) if found and period else None


def _words_after(canvas: Canvas, prep: re.Match[str] | None, calendar: Calendar) -> DateWords | None:
    words = read_date(canvas.plain, prep.end(), calendar) if prep else None
    if not prep or not words or _names_a_thing(canvas, prep.start(), words.end):
        return None
    if words.form == "feast" and _FESTIVE.match(canvas.plain, words.end):
        return None
    return None if _NO_DATE_AFTER.match(canvas.plain, words.end) else words


def _window(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`from January to March`, `starting Monday`, `between May and July`."""
    prep = _FROM.match(canvas.plain, at)
    first = _words_after(canvas, prep, calendar)
    if not prep or not first:
        return None
    link = _TO.match(canvas.plain, first.end)
    last = read_date(canvas.plain, link.end(), calendar) if link else None
    start = first.days.first
    if not last:
        return None if prep[0].startswith("between") else _taken(canvas, at, first.end, start=start)
    until = last.days.last
    while until < start and until.year < 9_990:
        until = add_months(until, 12)
    return _taken(canvas, at, last.end, start=start if start > calendar.today else None, due=until)


def _until(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`by Q3`, `until the end of May`, `no later than 3 March`."""
    words = _words_after(canvas, _BY.match(canvas.plain, at), calendar)
    return _taken(canvas, at, _with_noun(canvas, words), due=words.days.last) if words else None


def _ahead_of(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`before 1 September`: the day before."""
    words = _words_after(canvas, _BEFORE.match(canvas.plain, at), calendar)
    return _taken(canvas, at, _with_noun(canvas, words), due=before(words.days)) if words else None


def _with_noun(canvas: Canvas, words: DateWords) -> int:
    """Where `the 15 January deadline` ends."""
    noun = _DEADLINE.match(canvas.plain, words.end)
    return noun.end() if noun else words.end


def _inside(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`in Q1`, `on Friday`, `throughout next year`, `in April and May`."""
    of_rhythm = _OF.match(canvas.plain, at) if re.search(r"·\s*$", canvas.plain[:at]) else None
    words = _words_after(canvas, of_rhythm or _IN.match(canvas.plain, at), calendar)
    if words and canvas.plain.startswith("all ", at) and _NAMES.match(canvas.plain, words.end):
        return None
    link = _AND.match(canvas.plain, words.end) if words and words.form in ("month", "quarter") else None
    more = read_date(canvas.plain, link.end(), calendar) if link else None
    if words and more and more.form == words.form and more.days.first > words.days.last:
        words = replace(more, days=Days(words.days.first, more.days.last))
    return _in_window(canvas, at, words, calendar) if words else None


def _for_window(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`for the rest of the year`; `a plan for next year` is a description unless something recurs."""
    words = _words_after(canvas, _FOR.match(canvas.plain, at), calendar)
    if not words:
        return None
    if words.form == "day word" and "·" in canvas.plain[:at]:
        canvas.hide(Span(at, words.end))
        return None
    if words.form == "bare" and words.days.length < 8 and not words.edge and "·" in canvas.plain[:at]:
        canvas.hide(Span(at, words.end))
        return None
    fronted = not re.search(r"[a-z]", _MY_GOAL.sub("", canvas.plain[:at]))
    now = words.edge in _REST or words.form == "bare" or re.search(r"\bthis\b", canvas.plain[at : words.end])
    if fronted or now or _RECURRING.search(canvas.plain) or _METERED.search(canvas.plain[:at]):
        return _in_window(canvas, at, words, calendar)
    canvas.hide(Span(at, words.end))
    return None


def _alone(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`this week`, `next month`, `tomorrow`, `this Friday` without a preposition."""
    words = read_date(canvas.plain, at, calendar)
    if (
        not words
        or re.search(r"\bfor\s+$", canvas.plain[:at])
        or _NO_DATE_AFTER.match(canvas.plain, words.end)
    ):
        return None
    if words.form == "day word" and "·" in canvas.plain[:at]:
        canvas.hide(Span(at, words.end))  # `every evening, plan tomorrow`
        return None
    named = words.form in ("weekday", "month") and re.match(r"(?:this|next|coming)\s", canvas.plain[at:])
    edged = (
        words.edge in ("end", "mid", *_REST)
        and words.form != "weekday"
        and not _EVENT_AFTER.match(canvas.plain, words.end)
    )
    return _in_window(canvas, at, words, calendar) if words.alone or named or edged else None


def _in_window(canvas: Canvas, at: int, words: DateWords, calendar: Calendar) -> When:
    """The window of `words`; a single day, or a window under way, sets no start."""
    days = words.days
    start = days.first if days.first > calendar.today and days.length > 1 else None
    return _taken(canvas, at, words.end, start=start, due=days.last)


# --- stretches ----------------------------------------------------------------------------------------------------

_FULL = r"(?:full|whole|straight|consecutive|solid|more)"
_ROUGHLY = one_of(
    """under less_than no_more_than at_most about around the_space_of the_course_of just only up_to a_period_of
    a_total_of a_span_of"""
)
_COMING = r"(?:(?:(?:very\s+)?next|coming|following|upcoming)\s+)"
_STRETCH = re.compile(
    rf"(?:(?P<prep>in|within|inside(?:\s+of)?|over|during|across|throughout|for)\s+)?(?:{_ROUGHLY}\s+)*"
    rf"(?P<the>the\s+)?(?P<next>{_COMING})?(?:(?:first|full|whole)\s+)?"
    rf"(?:(?P<half>half\s+an?|a\s+half)\s+|(?:{NUM}\s*(?:-|to|or)\s*)?(?P<num>{NUM})\s+(?:{_FULL}\s+)?|(?P<a>an?|one)\s+(?:{_FULL}\s+)?)?"
    rf"(?:next\s+)?(?P<unit>(?:(?:business|working|work|calendar|{_FULL})\s)?"
    r"(?:day|night|week|weekend|fortnight|month|quarter|half[\s-]?year|year)s?|workdays?|hours?)\b(?:'s?(?=\s+time))?"
    r"(?P<ahalf>\s+and\s+a\s+half\b)?(?P<later>\s+(?:time|from\s+(?:now|today))\b)?"
    r"(?:\s+(?:straight|running|in\s+a\s+row|or\s+(?:so|less))\b)?"
    r"(?!\s+(?:a|per|each|every|before|after|of|old|ahead|early|earlier|prior|in\s+advance)\b(?!\s+a\b))(?!\s*/)(?!')"
)
_IN_A_ROW = re.compile(r"\b(?:straight|consecutive|running|row)\b")
_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "half-year": 6}
_WORKDAYS = ("business day", "working day", "work day", "workday")
# In a standing rule (`answer every letter within two days`) a stretch is how fast, not by when.
_REPLY = one_of(
    "repl(?:y|ying) respond answer return acknowledge resolve get_back turn_around send quote follow_up"
)
_STANDING = re.compile(
    r"\b(?:every|each|any|always|whenever)\b(?!\s+(?:day|week|month|morning|night|evening|weekday|workday|quarter|year))"
    rf"|(?:^\W*|\b(?:and|then|to)\s+|,\s+){_REPLY}\b(?!\s+(?:to\s+)?(?:an?|the|my|our)\b)"
)
# `the share of deals closed within 30 days`
_METRIC_DONE = re.compile(
    r"^\W*(?:fill|process|ship|fulfil|fulfill|complete|deliver|approve|pay|handle|triage)\b[^,;]*(?:%|percent)\s+of\b|"
    r"(?:%|\b(?:percent|percentage|share|proportion|number|rate)\b)[^,;]*\b(?:[a-z]+ed|paid|sent|met|made|done|sold)\s+$"
)
_EACH_TIME = re.compile(
    r"\s+(?:on\s+average|(?:each|every)\s+time|or\s+(?:less|fewer|sooner)\s+on\s+average|at\s+(?:most|the\s+latest)|instead\s+of|rather\s+than|(?:this|next)\s+(?:week|month|quarter|year)|in\s+(?:q[1-4]|h[12]|20\d\d))\b"
)
_MOST = Decimal(50_000)


def _stretch(canvas: Canvas, at: int, calendar: Calendar) -> When | None:
    """`in the next six weeks`, `within 90 days`, `for a month`, `two weeks from now`."""
    found = _STRETCH.match(canvas.plain, at)
    if (
        not found
        or not _is_stretch(found)
        or _recurs(canvas.plain, found)
        or _MOVED.match(canvas.plain, found.end())
    ):
        return None
    span, unit = span_of(found), _unit(found)
    if _is_how_fast(canvas.plain, found, unit) or _is_how_long(canvas.plain, found, calendar):
        canvas.hide(span)
        return None
    part = _taken(canvas, at, span.end, due=_end_of(found, calendar.today))
    every: Period | None = None
    if _IN_A_ROW.search(found[0]) and unit not in _MONTHS:
        every = "week" if unit == "week" else "day"
    return replace(part, every=every, spans=part.spans | ({_LENGTH: span} if _counts_today(found) else {}))


def _is_stretch(found: re.Match[str]) -> bool:
    if found["half"] and found["unit"].startswith(("day", "week", "fortnight", "work")):
        return False
    sized = found["num"] or found["half"] or found["a"]
    if found["unit"].startswith(("day", "night", "hour", "weekend")) and not sized:
        return False
    if _unit(found) == "night" and not found["num"]:
        return False
    if _unit(found) == "hour" and found["prep"] not in ("in", "within"):
        return False
    the_next = found["the"] and found["next"]
    if found["prep"]:
        return bool(sized or the_next)
    in_a_row = sized and _IN_A_ROW.search(found[0])
    return bool(in_a_row or (sized and found["later"]) or the_next or (found["next"] and found["num"]))


def _recurs(plain: str, found: re.Match[str]) -> bool:
    """Whether a stretch of a few days is how much: `for one day each month`."""
    few = _unit(found) == "day" and (value_of(found["num"] or "one") or 1) < 4
    return few and bool(re.match(r"\s*·", plain[found.end() :]))


_MOVED = re.compile(rf",?\s+\(?(?:down|up)\s+from\s+(?:{NUM})")
_IN_WINDOW = re.compile(r"\s+(?:(?:in|by)\s+|(?=(?:this|next)\s))")


def _is_how_long(plain: str, found: re.Match[str], calendar: Calendar) -> bool:
    """Whether a window follows: `for one week in January`."""
    link = _IN_WINDOW.match(plain, found.end()) if found["prep"] == "for" else None
    return bool(link and not found["next"] and read_date(plain, link.end(), calendar))


def _is_how_fast(plain: str, found: re.Match[str], unit: str) -> bool:
    short = found["prep"] in ("in", "within") and unit.endswith(("day", "hour", "week")) and not found["next"]
    standing = _STANDING.search(plain[: found.start()]) or _EACH_TIME.match(plain, found.end())
    standing = standing or _METRIC_DONE.search(plain[: found.start()])
    return (short and bool(standing)) or (unit == "hour" and found["prep"] != "within")


def _unit(found: re.Match[str]) -> str:
    unit = re.sub(rf"^(?:calendar|{_FULL})\s", "", found["unit"]).removesuffix("s")
    return re.sub(r"^half[\s-]?", "half-", unit)


def _counts_today(found: re.Match[str]) -> bool:
    """Whether the stretch begins today: `for two weeks`, not `for the next two weeks`."""
    return bool(found["prep"] == "for" and not found["next"])


def _end_of(found: re.Match[str], start: date) -> date:
    """The last day of a stretch that begins on `start`."""
    amount = (value_of(found["num"]) if found["num"] else None) or Decimal(1)
    amount = Decimal("0.5") if found["half"] else min(amount, _MOST) + Decimal("0.5") * bool(found["ahalf"])
    unit = _unit(found)
    if unit in _MONTHS:
        return add_months(start, int(amount * _MONTHS[unit]))
    if unit in _WORKDAYS:
        return business_days(start, int(amount))
    if unit == "hour":
        return add_days(start, int((amount + 23) // 24))
    return add_days(start, int(amount * _DAYS[unit]) - _counts_today(found))


def _end_from(start: date, source: str, span: Span) -> date:
    found = _STRETCH.match(Canvas(source).plain, span.start)
    return _end_of(found, start) if found else start


Rule = Callable[[Canvas, int, Calendar], When | None]
_RULES: tuple[Rule, ...] = (
    _heading,
    _closing,
    _stretch,
    _window,
    _until,
    _ahead_of,
    _inside,
    _for_window,
    _alone,
)
