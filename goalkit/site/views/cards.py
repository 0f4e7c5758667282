"""A long-term goal as a card: the status computed beside the one stated, its bar, its stepping stones."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from goalkit import words
from goalkit.site.views.parts import (
    Day,
    Desk,
    Line,
    Ref,
    Sign,
    bar_of,
    done_of,
    more,
    sign,
    sign_of,
    silence_of,
    stones_of,
    tied,
)

MOST_STONES = 5


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


def long_term(desk: Desk) -> list[str]:
    """Open long-term goals, top of the tree first, then by due date.

    One that a card shows as a stepping stone has its own only where that tells more.
    """
    plan = desk.plan
    chosen = [
        key
        for key, goal in plan.graph.goals.items()
        if plan.assessments[key].horizon == "long-term" and not goal.closed and goal.status != "idea"
    ]
    open_ones = set(chosen)
    chosen = [
        key for key in chosen if _tells_more(key, desk) or open_ones.isdisjoint(plan.graph.tree_parents[key])
    ]
    return sorted(chosen, key=lambda key: (_rank(key, desk), plan.graph.goals[key].due or date.max, key))


def _tells_more(key: str, desk: Desk) -> bool:
    """Whether a card would say what the goal's one line does not: its stones, what its owner said, a silence."""
    seen = desk.plan.assessments[key]
    return bool(desk.plan.graph.supporters[key] or seen.stated or silence_of(seen, desk.today))


def _rank(key: str, desk: Desk) -> int:
    goal = desk.plan.graph.goals[key]
    return (
        (goal.status == "paused") * 4
        + bool(desk.plan.graph.tree_parents[key]) * 2
        + (not desk.plan.graph.supporters[key])
    )


def card_of(key: str, desk: Desk) -> Card:
    goal, seen = desk.plan.graph.goals[key], desk.plan.assessments[key]
    stones = stones_of(key, desk)
    shown = sign_of(goal, seen, desk.today)
    stated = seen.stated if goal.status == "active" else None
    return Card(
        goal=desk.ref(key, ""),
        sign=shown,
        done=done_of(seen),
        bar=bar_of(goal, seen),
        beside=tied(f"{words.percent(seen.expected)} expected by now") if seen.expected is not None else "",
        due=desk.day(goal.due) if goal.due else None,
        stated=words.relative(stated.day, desk.today) if stated else "",
        stated_sign=sign(stated.status) if stated else None,
        differs=bool(
            stated and stated.status != shown.name and shown.name in ("on-track", "at-risk", "off-track")
        ),
        stale=silence_of(seen, desk.today),
        stones=desk.lines(stones[:MOST_STONES], ""),
        more_stones=more(len(stones), MOST_STONES),
        values=tuple(desk.ref(value, "") for value in desk.plan.graph.values_of[key][:3]),
    )
