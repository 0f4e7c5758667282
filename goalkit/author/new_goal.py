"""A new goal as a person would type it: from a draft and what else was said to a file's name and text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from goalkit.author.manuscript import Manuscript, Refused
from goalkit.author.names import check_new_id
from goalkit.capture.draft import Draft
from goalkit.capture.sentence import capture
from goalkit.config import Config
from goalkit.dates import WEEKDAYS, parse_days
from goalkit.model.goal import WEEKLY, Cadence, Horizon, Visibility
from goalkit.model.graph import GoalGraph
from goalkit.model.measure import Measure, Mistake, parse_measure
from goalkit.text import Source, apply, fold
from goalkit.vault import edits, note

LONGEST_ID = 40
_RHYTHMS = {
    "day": "daily", "workday": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "quarterly",
}  # fmt: skip
_OTHER_WEEK = re.compile(r"\b(?:every (?:two|2|other|second) weeks?|fortnight\w*|bi-?weekly)\b")
_DAY_NAMED = re.compile(rf"\b({'|'.join(WEEKDAYS)})s?\b")
_LOOSE_END = re.compile(r"-(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|my|our|that)$")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said beside the sentence; what is empty holds as the sentence has it.

    `supports` and `values` are ids; `why` and the `milestones` are Markdown of one line each.
    """

    title: str = ""
    start: date | None = None
    due: date | None = None
    when: str = ""
    measure: str = ""
    supports: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    category: str = ""
    horizon: Horizon | None = None
    check_in: str = ""
    visibility: Visibility | None = None
    why: str = ""
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewGoal:
    """The fields of a goal to be written, in the order of a file, and its body."""

    fields: dict[str, tuple[str, ...]]
    why: str = ""
    milestones: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title."""
        return self.fields["title"][0]

    @property
    def text(self) -> str:
        """The file."""
        text = ""
        for key, values in self.fields.items():
            source = Source("", text)
            front, _ = note.read(source, strict=False)
            text = apply(text, [edits.set_field(source, front, key, values)])
        blocks = [edits.paragraph(self.why)] if self.why else []
        if self.milestones:
            blocks += ["## Milestones", "\n".join(f"- [ ] {box}" for box in self.milestones)]
        return text + "".join(f"\n{block}\n" for block in blocks)


def new_goal(draft: Draft, said: Said, today: date, default: Cadence = WEEKLY) -> NewGoal:
    """The goal that a sentence and what was said beside it make; `default` is the vault's rhythm.

    Raises Refused where the two do not go together.
    """
    measure = _measure(said.measure or draft.measure)
    due = said.due or (None if said.when else draft.due)
    start = said.start or _start(draft, due, measure, today)
    if start and due and due < start:
        raise Refused(f"it would be due on {due}, before it starts on {start}")
    written = {
        "title": said.title or draft.title or draft.text,
        "horizon": said.horizon or "",
        "start": str(start or ""),
        "due": str(due or ""),
        "when": said.when or ("" if due else draft.when),
        "measure": said.measure or ("" if measure is None or measure.kind == "done" else draft.measure),
        "supports": said.supports,
        "values": said.values,
        "check-in": said.check_in or _check_in(draft, measure, default),
        "visibility": said.visibility or "",
        "category": said.category or draft.category,
    }
    listed = {key: (value,) if isinstance(value, str) else value for key, value in written.items()}
    fields = {key: tuple(filter(None, map(edits.one_line, values))) for key, values in listed.items()}
    boxes = tuple(filter(None, map(edits.one_line, said.milestones)))
    return NewGoal({key: values for key, values in fields.items() if values}, edits.one_line(said.why), boxes)


def _measure(text: str) -> Measure | None:
    """The measure that `text` writes; none where the format has no form for it, and the title has to say it."""
    measure = parse_measure(text)
    return None if isinstance(measure, Mistake) else measure


def _start(draft: Draft, due: date | None, measure: Measure | None, today: date) -> date | None:
    """The sentence's own start; else today, where there is a way from there to somewhere."""
    start = draft.start or (today if due or (measure and measure.kind != "done") else None)
    return None if start and due and due < start else start


def _check_in(draft: Draft, measure: Measure | None, default: Cadence) -> str:
    """The rhythm that a habit asks for, where it is not the vault's own."""
    if measure is None or measure.kind != "habit":
        return ""
    rhythm, said = _RHYTHMS[measure.every], fold(draft.because.get("period", ""))
    days = set(_DAY_NAMED.findall(said))
    if rhythm == "weekly" and _OTHER_WEEK.search(said):
        return "every 2 weeks"
    if rhythm == "weekly" and len(days) == 1:
        return f"weekly on {days.pop()}"
    return "" if rhythm == default.text else rhythm


def source_of(goal: NewGoal, path: str, config: Config) -> Source:
    """The file of `goal`. Raises Refused where it would not read as what was meant."""
    source = Source(path, goal.text)
    read = Manuscript.read(source, config)
    meant = {
        key: tuple(f"[[{value}]]" if key in edits.LINKS else value for value in values)
        for key, values in goal.fields.items()
    }
    if read.errors:
        raise Refused(f"{read.errors[0].message}; {read.errors[0].hint}", source.text)
    if {key: tuple(item.text for item in one.items) for key, one in read.front.fields.items()} != meant:
        raise Refused(f"`{goal.title}` cannot be written as a title; put it in other words", source.text)
    return source


# -- names --------------------------------------------------------------------------------------------------------


def id_for(title: str, is_taken: Callable[[str], bool]) -> str:
    """A short name for the file of a goal, out of its title: one that is free."""
    base = slug(title)
    name, number = base, 1
    while is_taken(name):
        number += 1
        name = f"{base}-{number}"
    return name


def slug(title: str) -> str:
    """`title` in small letters with hyphens; a long one without its articles, then cut between words.

    Letters of other scripts stay.
    """
    text = re.sub(r"['’](?=\w)", "", title).replace("%", " percent ").casefold()
    words = "".join(map(_plain_letter, unicodedata.normalize("NFKC", text))).split()
    if len("-".join(words)) > LONGEST_ID:
        words = [word for word in words if word not in ("a", "an", "the")] or words
    kept = words[0][:LONGEST_ID] if words else "goal"
    for word in words[1:]:
        if len(f"{kept}-{word}".encode()) > LONGEST_ID:
            break
        kept += f"-{word}"
    while (shorter := _LOOSE_END.sub("", kept)) != kept:
        kept = shorter
    return f"{kept}-goal" if _RESERVED.fullmatch(kept) else kept


def _plain_letter(char: str) -> str:
    """A Latin letter without its marks, a letter, digit or mark of other scripts; a space for all else."""
    base = unicodedata.normalize("NFD", char)[0]
    plain = base if base.isascii() else char
    return plain if unicodedata.category(plain)[0] in "LNM" else " "


def taken_in(graph: GoalGraph, names: Iterable[str]) -> Callable[[str], bool]:
    """Tells whether an id may not be given: a note has it, or a file of the folder, or it is one of `names`."""
    held = {fold(name) for name in names}

    def is_taken(name: str) -> bool:
        try:
            check_new_id(graph, name)
        except Refused:
            return True
        return fold(name) in held

    return is_taken


# -- answers ------------------------------------------------------------------------------------------------------


def timing(typed: str, today: date, week_start: int = 0) -> tuple[date | None, str] | None:
    """The day or else the event that was answered to `by when`; none where it reads like a date and is none."""
    days = parse_days(typed)
    if days:
        return days.last, ""
    for sentence in (f"Do it {typed}", f"Do it by {typed}"):
        draft = capture(sentence, today, week_start)
        if draft.due:
            return draft.due, ""
    if re.search(r"\d", typed) and not re.search(r"[^\W\d]{3}", typed):
        return None
    return None, typed


def known_by(typed: str, today: date) -> Said | Mistake:
    """What was answered to `how will you know`: a measure, in its own form or in words; any other words are a milestone."""
    measure = parse_measure(typed)
    if isinstance(measure, Measure):
        return Said(measure=edits.one_line(typed))
    draft = capture(typed, today)
    counted = draft.kind == "count" and re.search(r"\d", typed)  # `half of my income` says more in words
    if (counted or draft.kind in ("habit", "limit")) and isinstance(parse_measure(draft.measure), Measure):
        return Said(measure=draft.measure)
    return measure if len(typed.split()) == 1 else Said(milestones=(typed[:1].upper() + typed[1:],))


def both(first: Said, then: Said) -> Said:
    """`first` with what `then` adds; where both say something, the latter holds."""
    given = {name: value for name in Said.__slots__ if (value := getattr(then, name))}
    return replace(first, **given)
