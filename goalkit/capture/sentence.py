"""From one English sentence to a `Draft`, offline and by rules.

A sentence is read in layers, each of which crosses out what it understood: numbers that only describe; rhythms
(`every Friday`) before dates, since they contain date words; dates and stretches; events; the rhythms that look
like stretches (`a week`); amounts with their qualifiers and units. Then the kind is chosen and the fields follow.
"""

import re
from datetime import date

from goalkit.capture import library
from goalkit.capture.asked import Asked, read_asked
from goalkit.capture.canvas import BULLET, Canvas
from goalkit.capture.dates import Calendar
from goalkit.capture.descriptions import hide_descriptions
from goalkit.capture.draft import Draft, Smart
from goalkit.capture.rhythm import Rhythm, read_early, read_late
from goalkit.capture.times import When, read_times
from goalkit.dates import add_months
from goalkit.model.goal import Horizon
from goalkit.wording import judge


def capture(sentence: str, today: date, week_start: int = 0) -> Draft:
    """What `sentence` says, with its date words resolved from `today`; weeks start on `week_start` (Monday is 0).

    Never raises: what is not understood is left out. Some of the conventions: `by Q3` is its last day, `in the
    next month` a month from today, a 30-minute talk no target, a single act `done`.
    """
    canvas = Canvas(sentence)
    hide_descriptions(canvas)
    rhythms = read_early(canvas)
    when = read_times(canvas, Calendar(today, week_start))
    rhythms += read_late(canvas)
    if when.every and not rhythms:
        rhythms.append(Rhythm(when.every, when.spans["due"]))
    return _draft(sentence.strip(), canvas, when, read_asked(canvas, rhythms), today)


def _draft(text: str, canvas: Canvas, when: When, asked: Asked, today: date) -> Draft:
    amount, wording = asked.amount, judge(text)
    return Draft(
        text=text,
        title=_title(canvas, when),
        kind=asked.kind,
        smart=Smart(wording.specific, wording.measurable, when.bound),
        start=when.start,
        due=when.due,
        when=when.event,
        target=asked.target,
        target_max=asked.high,
        base=amount.base if amount else None,
        unit=asked.unit,
        direction=asked.direction,
        period=asked.rhythm.period if asked.rhythm and asked.kind == "habit" else None,
        horizon=_horizon(when, today),
        category=library.category_of(text),
        because=_because(canvas, when, asked),
    )


def _horizon(when: When, today: date) -> Horizon:
    return "long-term" if when.due and when.due >= add_months(when.start or today, 3) else "short-term"


_LEAD_IN = re.compile(
    r"^(?:(?:i|we)\s+(?:want|plan|hope|need|intend|aim|would\s+like)\s+to|(?:i|we)(?:'d|’d)\s+like\s+to|(?:i|we)\s+will|(?:i|we)(?:'ll|’ll)"
    r"|(?:my|our)\s+goal\s+is\s+to|(?:please\s+)?remind\s+me\s+to|please|(?:goal|target|objective)\s*:)\s+(?=\S)",
    re.IGNORECASE,
)


def _title(canvas: Canvas, when: When) -> str:
    """The sentence without its date words, or whole where too little is left."""
    text = canvas.source
    for span in sorted(set(when.spans.values()), key=lambda s: s.start, reverse=True):
        text = text[: span.start] + text[span.end :]
    text = " ".join(BULLET.sub("", text, count=1).split())
    text = _LEAD_IN.sub("", text)
    text = re.sub(r",\s*(?=[,.]|$)", "", re.sub(r"\s+([,;.])", r"\1", text)).strip(",;. ")
    text = text if len(text.split()) > 1 else " ".join(canvas.source.split()).rstrip(".")
    return text[:1].upper() + text[1:]


_OF_AMOUNT = ("kind", "target", "target_max", "from", "unit", "direction")


def _because(canvas: Canvas, when: When, asked: Asked) -> dict[str, str]:
    """Which words gave which field; the rhythm's words give the kind where there is one."""
    because = {name: canvas.words(span) for name, span in when.spans.items()}
    if asked.amount:
        given = {"unit": asked.unit, "from": asked.amount.base, "target_max": asked.amount.high}
        said = canvas.words(asked.amount.span)
        because |= {name: said for name in _OF_AMOUNT if given.get(name, said) is not None}
    if asked.rhythm:
        said = canvas.words(asked.rhythm.span)
        because |= {"kind": said} | ({"period": said} if asked.kind == "habit" else {})
        because.setdefault("target", said)
        if asked.high is not None:
            because.setdefault("target_max", said)
        if asked.unit:
            because.setdefault("unit", said)
    return because
