"""The first page: the north star, what needs me now, long-term goals, values, recent wins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from markupsafe import Markup

from goalkit import words
from goalkit.attention import Need, needs_now
from goalkit.model.goal import Goal, Vision
from goalkit.site.views.parts import Day, Desk, Frame, Line, Ref, Sign, bar_of, done_of, sign, sign_of
from goalkit.site.views.prose import inline, parted
from goalkit.vault.body import plain_text, prose

MOST_NEEDS, MOST_CARDS, MOST_STONES, MOST_VALUES, MOST_SERVING, MOST_WINS = 8, 12, 5, 12, 8, 8
WIN_DAYS = timedelta(42)
_COUNTED = ("on-track", "at-risk", "off-track", "overdue", "reached", "none")
_COUNT_WORDS = {"none": "not judged yet"}


@dataclass(frozen=True, slots=True)
class NorthStar:
    """The vision: its title, its first paragraph, and the rest behind a fold."""

    title: str
    lead: Markup
    rest: Markup


@dataclass(frozen=True, slots=True)
class Tally:
    """How many active goals stand so."""

    sign: Sign
    count: str
    word: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One goal that needs me: its sign, why, what to do next, and where to type it."""

    sign: Sign
    goal: Ref
    why: str
    next: Markup
    path: str
    editor: str


@dataclass(frozen=True, slots=True)
class Card:
    """A long-term goal: the status computed beside the one stated, its bar, its stepping stones."""

    goal: Ref
    sign: Sign
    done: str
    bar: Markup
    beside: str
    due: Day | None
    stated: str
    stated_sign: Sign | None
    differs: bool
    stale: str
    stones: tuple[Line, ...]
    more_stones: str
    values: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value and the goals that serve it."""

    value: Ref
    goals: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Win:
    """Something that was reached, when, and for which goal."""

    day: Day
    what: str
    goal: Ref
    kind: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """All of the first page."""

    frame: Frame
    star: NorthStar | None
    tallies: tuple[Tally, ...]
    resting: str
    needs: tuple[NeedRow, ...]
    more_needs: str
    unreadable: tuple[tuple[str, str, str], ...]
    more_unreadable: str
    cards: tuple[Card, ...]
    more_cards: str
    others: tuple[Line, ...]
    more_others: str
    values: tuple[ValueRow, ...]
    wins: tuple[Win, ...]
    empty: bool


def home_page(desk: Desk) -> HomePage:
    """The first page of the plan."""
    goals = desk.plan.graph.goals
    needs = needs_now(desk.plan)
    long_term = _long_term(desk)
    others = _others(desk)
    errors = [found for found in desk.plan.findings if found.severity == "error"] if not desk.shared else []
    return HomePage(
        frame=desk.frame(desk.title, "index.html"),
        star=_star(desk.plan.graph.vision, desk),
        tallies=_tallies(desk),
        resting=_resting(desk),
        needs=tuple(_need_row(need, desk) for need in needs[:MOST_NEEDS]),
        more_needs=_more(len(needs), MOST_NEEDS),
        unreadable=tuple((found.place, found.message, found.hint) for found in errors[:3]),
        more_unreadable=_more(len(errors), 3),
        cards=tuple(_card(key, desk) for key in long_term[:MOST_CARDS]),
        more_cards=_more(len(long_term), MOST_CARDS),
        others=desk.lines(others[:MOST_CARDS], ""),
        more_others=_more(len(others), MOST_CARDS),
        values=tuple(_value_row(key, desk) for key in islice(desk.plan.graph.values, MOST_VALUES)),
        wins=tuple(_wins(desk)[:MOST_WINS]),
        empty=not goals,
    )


def _more(all_of_them: int, most: int) -> str:
    return f"{all_of_them - most:,} more" if all_of_them > most else ""


def _star(vision: Vision | None, desk: Desk) -> NorthStar | None:
    if vision is None:
        return None
    lead, rest = parted(prose(vision.body), desk.addresses, "")
    return NorthStar(vision.title, lead, rest) if lead or rest else None


def _active(desk: Desk) -> Iterator[tuple[str, Goal]]:
    for key, goal in desk.plan.graph.goals.items():
        if goal.status == "active" and not goal.broken and (goal.begins is None or goal.begins <= desk.today):
            yield key, goal


def _tallies(desk: Desk) -> tuple[Tally, ...]:
    names = [sign_of(goal, desk.plan.assessments[key], desk.today).name for key, goal in _active(desk)]
    counts = [(name, names.count(name)) for name in _COUNTED]
    return tuple(
        Tally(sign(name), f"{count:,}", _COUNT_WORDS.get(name, sign(name).word.lower())) for name, count in counts if count
    )


def _resting(desk: Desk) -> str:
    """What is not being worked on, in words: `2 paused, 1 idea, 8 closed`."""
    goals = desk.plan.graph.goals.values()
    parts = []
    for word, count in (
        ("not begun", sum(g.status == "active" and g.begins is not None and g.begins > desk.today for g in goals)),
        ("paused", sum(g.status == "paused" for g in goals)),
        ("an idea" if sum(g.status == "idea" for g in goals) == 1 else "ideas", sum(g.status == "idea" for g in goals)),
        ("closed", sum(g.closed for g in goals)),
    ):
        if count:
            parts.append(f"{count:,} {word}".replace("1 an idea", "1 idea"))
    return ", ".join(parts)


def _need_row(need: Need, desk: Desk) -> NeedRow:
    goal = desk.plan.graph.goals[need.key]
    why = need.why[:1].upper() + need.why[1:]
    following = need.next[:1].upper() + need.next[1:] if need.next[:1] != "`" else need.next
    return NeedRow(
        sign(need.kind), desk.ref(need.key, ""), why, inline(following), goal.path, desk.sources.link(goal.path)
    )


def _long_term(desk: Desk) -> list[str]:
    """Open long-term goals, top of the tree first, then by due date."""
    plan = desk.plan
    chosen = [
        key
        for key, goal in plan.graph.goals.items()
        if plan.assessments[key].horizon == "long-term" and not goal.closed and goal.status != "idea"
    ]
    return sorted(chosen, key=lambda key: (_rank(key, desk), _due(plan.graph.goals[key]), key))


def _rank(key: str, desk: Desk) -> int:
    goal = desk.plan.graph.goals[key]
    return (goal.status == "paused") * 4 + bool(desk.plan.graph.tree_parents[key]) * 2 + (not desk.plan.graph.supporters[key])


def _others(desk: Desk) -> list[str]:
    """Open short-term goals that are no stepping stone to another one."""
    plan = desk.plan
    chosen = [
        key
        for key, goal in plan.graph.goals.items()
        if plan.assessments[key].horizon == "short-term"
        and goal.status == "active"
        and not plan.graph.parents[key]
    ]
    return sorted(chosen, key=lambda key: (_due(plan.graph.goals[key]), key))


def _due(goal: Goal) -> date:
    return goal.due or date.max


def _card(key: str, desk: Desk) -> Card:
    goal, seen = desk.plan.graph.goals[key], desk.plan.assessments[key]
    stones = _stones_first(desk.plan.graph.supporters[key], desk)
    shown = sign_of(goal, seen, desk.today)
    stated = seen.stated if goal.status == "active" else None
    return Card(
        goal=desk.ref(key, ""),
        sign=shown,
        done=done_of(seen),
        bar=bar_of(goal, seen),
        beside=f"{words.percent(seen.expected)} expected by now" if seen.expected is not None else "",
        due=desk.day(goal.due) if goal.due else None,
        stated=words.relative(stated.day, desk.today) if stated else "",
        stated_sign=sign(stated.status) if stated else None,
        differs=bool(stated and stated.status != shown.name and shown.name in ("on-track", "at-risk", "off-track")),
        stale=_stale(key, desk),
        stones=desk.lines(stones[:MOST_STONES], ""),
        more_stones=_more(len(stones), MOST_STONES),
        values=tuple(desk.ref(value, "") for value in desk.plan.graph.values_of[key][:3]),
    )


def _stale(key: str, desk: Desk) -> str:
    rhythm = desk.plan.assessments[key].rhythm
    if rhythm is None or not rhythm.stale:
        return ""
    return f"No check-in since {words.short_day(rhythm.last, desk.today)}" if rhythm.last else "No check-in yet"


def _stones_first(keys: tuple[str, ...], desk: Desk) -> list[str]:
    """Stepping stones in the order of a road: open ones by due date, then what is done."""
    goals = desk.plan.graph.goals
    return sorted(keys, key=lambda key: (goals[key].closed, goals[key].status != "active", _due(goals[key]), key))


def _value_row(key: str, desk: Desk) -> ValueRow:
    goals = desk.plan.graph.goals
    serving = [goal for goal in desk.plan.graph.served_by[key] if not goals[goal].closed]
    serving.sort(key=lambda goal: (desk.plan.assessments[goal].horizon != "long-term", _due(goals[goal]), goal))
    return ValueRow(desk.ref(key, ""), desk.lines(serving[:MOST_SERVING], ""), _more(len(serving), MOST_SERVING))


def _wins(desk: Desk) -> list[Win]:
    """What was reached in the last six weeks, newest first."""
    since = desk.today - WIN_DAYS
    found: list[tuple[date, str, str, str]] = []
    for key, goal in desk.plan.graph.goals.items():
        seen = desk.plan.assessments[key]
        if seen.closed_on and goal.status in ("done", "partial"):
            found.append((seen.closed_on, key, "", goal.status))
        elif seen.pace == "reached" and seen.points:
            found.append((_reached_on(key, desk), key, "", "reached"))
        for box in goal.milestones:
            if box.done_on and box.state == "done":
                found.append((box.done_on, key, plain_text(box.text), "done"))
    recent = sorted((win for win in found if since <= win[0] <= desk.today), key=lambda win: (-win[0].toordinal(), *win[1:]))
    return [Win(desk.day(day), what, desk.ref(key, ""), kind) for day, key, what, kind in recent]


def _reached_on(key: str, desk: Desk) -> date:
    seen = desk.plan.assessments[key]
    measure = seen.measure
    for day, level in seen.points:
        if measure and measure.target is not None:
            reached = level <= measure.target if measure.direction == "at-most" else level >= measure.target
            if reached:
                return day
    return date.min
