"""The first page: the north star, what needs me now, long-term goals, values, recent wins."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from markupsafe import Markup

from goalkit.attention import Need, needs_now
from goalkit.dates import add_months
from goalkit.model.goal import Goal, Vision
from goalkit.site.views.cards import Card, card_of, long_term
from goalkit.site.views.parts import (
    Desk,
    Frame,
    Line,
    Ref,
    Sign,
    by_reach,
    more,
    sign,
    sign_of,
    tied,
)
from goalkit.site.views.prose import inline, parted
from goalkit.site.views.wins import Win, wins_of
from goalkit.text import visible
from goalkit.vault.body import prose

MOST_NEEDS, MOST_CARDS, MOST_VALUES, MOST_SERVING, MOST_WINS = 8, 12, 12, 5, 8
_COUNTED = ("on-track", "at-risk", "off-track", "overdue", "reached", "none")


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
class ValueRow:
    """A value and the goals that serve it."""

    value: Ref
    goals: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """All of the first page."""

    frame: Frame
    star: NorthStar | None
    tallies: tuple[Tally, ...]
    resting: str
    needs: tuple[NeedRow, ...]
    more_needs: str
    unreadable: tuple[tuple[str, Markup, Markup], ...]
    more_unreadable: str
    cards: tuple[Card, ...]
    more_cards: str
    others: tuple[Line, ...]
    more_others: str
    values: tuple[ValueRow, ...]
    wins: tuple[Win, ...]
    empty: bool
    example_due: str


def home_page(desk: Desk) -> HomePage:
    """The first page of the plan."""
    goals = desk.plan.graph.goals
    needs = needs_now(desk.plan)
    cards = long_term(desk)
    others = _others(desk)
    errors = [found for found in desk.plan.findings if found.severity == "error"] if not desk.shared else []
    return HomePage(
        frame=desk.frame(desk.title, "index.html"),
        star=_star(desk.plan.graph.vision, desk),
        tallies=_tallies(desk),
        resting=_resting(desk),
        needs=tuple(_need_row(need, desk) for need in needs[:MOST_NEEDS]),
        more_needs=more(len(needs), MOST_NEEDS),
        unreadable=tuple(
            (visible(e.place), inline(visible(e.message)), inline(visible(e.hint))) for e in errors[:3]
        ),
        more_unreadable=more(len(errors), 3),
        cards=tuple(card_of(key, desk) for key in cards[:MOST_CARDS]),
        more_cards=more(len(cards), MOST_CARDS),
        others=desk.lines(others[:MOST_CARDS], ""),
        more_others=more(len(others), MOST_CARDS),
        values=tuple(_value_row(key, desk) for key in islice(desk.plan.graph.values, MOST_VALUES)),
        wins=tuple(wins_of(desk)[:MOST_WINS]),
        empty=not goals,
        example_due=add_months(desk.today, 3).isoformat(),
    )


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
    return tuple(Tally(sign(name), f"{count:,}", sign(name).word.lower()) for name, count in counts if count)


def _resting(desk: Desk) -> str:
    """What is not being worked on, in words: `2 paused, 1 idea, 8 closed`."""
    goals = desk.plan.graph.goals.values()
    parts = []
    for word, count in (
        (
            "not begun",
            sum(g.status == "active" and g.begins is not None and g.begins > desk.today for g in goals),
        ),
        ("paused", sum(g.status == "paused" for g in goals)),
        (
            "an idea" if sum(g.status == "idea" for g in goals) == 1 else "ideas",
            sum(g.status == "idea" for g in goals),
        ),
        ("closed", sum(g.closed for g in goals)),
    ):
        if count:
            parts.append(f"{count:,} {word}".replace("1 an idea", "1 idea"))
    return ", ".join(parts)


def _need_row(need: Need, desk: Desk) -> NeedRow:
    goal = desk.plan.graph.goals[need.key]
    why = tied(need.why[:1].upper() + need.why[1:])
    following = need.next[:1].upper() + need.next[1:] if need.next[:1] != "`" else need.next
    return NeedRow(
        _sign_of(need),
        desk.ref(need.key, ""),
        why,
        inline(following),
        goal.path,
        desk.sources.link(goal.path),
    )


def _sign_of(need: Need) -> Sign:
    shown = sign(need.kind)
    return replace(shown, word=need.word.capitalize()) if need.word else shown


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
    return sorted(chosen, key=lambda key: (plan.graph.goals[key].due or date.max, key))


def _value_row(key: str, desk: Desk) -> ValueRow:
    goals = desk.plan.graph.goals
    serving = [goal for goal in desk.plan.graph.served_by[key] if not goals[goal].closed]
    serving.sort(key=lambda goal: by_reach(goal, desk))
    return ValueRow(
        desk.ref(key, ""), desk.lines(serving[:MOST_SERVING], ""), more(len(serving), MOST_SERVING)
    )
