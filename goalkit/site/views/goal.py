"""A goal's page, a story: why, where it stands, what is next, what happened, what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from goalkit import words
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Goal
from goalkit.site.views.findings import FindingRow, finding_rows
from goalkit.site.views.parts import (
    Day,
    Desk,
    Frame,
    Line,
    Ref,
    Sign,
    sign,
    sign_of,
    silence_of,
    stones_of,
)
from goalkit.site.views.prose import html, parted, reviewed
from goalkit.site.views.stand import Stand, stand_of
from goalkit.site.views.story import Story, story
from goalkit.site.views.work import BoxRow, NextItem, TaskGroup, box_row, dated_order, next_items, task_groups
from goalkit.vault.body import prose

_OUTCOMES = {"done": "Reached", "partial": "Partly reached", "missed": "Not reached", "dropped": "Let go"}
_JUDGED = ("on-track", "at-risk", "off-track")


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the file as the page tells it: a text, or a day."""

    label: str
    text: str
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class GoalPage:
    """All of a goal's page."""

    frame: Frame
    title: str
    sign: Sign
    chain: tuple[Ref, ...]
    values: tuple[Ref, ...]
    lead: Markup
    due: Day | None
    when: str
    stale: str
    stated_sign: Sign | None
    stated: Day | None
    differs: bool
    outcome: str
    ended: Day | None
    review: Markup
    stand: Stand
    next: tuple[NextItem, ...]
    milestones: tuple[BoxRow, ...]
    tasks: tuple[TaskGroup, ...]
    story: Story
    stones: tuple[Line, ...]
    stones_are_sum: bool
    needs: tuple[Line, ...]
    needed_by: tuple[Line, ...]
    notes: Markup
    backlinks: tuple[tuple[Ref, str], ...]
    hints: tuple[FindingRow, ...]
    problems: tuple[FindingRow, ...]
    slips: tuple[FindingRow, ...]
    facts: tuple[Fact, ...]
    path: str
    editor: str


def goal_page(key: str, desk: Desk) -> GoalPage:
    """The page of the goal `key`."""
    graph = desk.plan.graph
    goal, seen = graph.goals[key], desk.plan.assessments[key]
    page = desk.addresses.goals[key]
    root = "../"
    review, body = reviewed(prose(goal.body)) if goal.closed else ("", prose(goal.body))
    lead, notes = parted(body, desk.addresses, root)
    chain = tuple(desk.ref(above, root) for above in graph.chain(key)[:6])
    shown = sign_of(goal, seen, desk.today)
    findings = () if desk.shared else desk.plan.findings_by_path.get(goal.path, ())
    stated = seen.stated if not goal.closed else None
    return GoalPage(
        frame=desk.frame(goal.title, page),
        title=goal.title,
        sign=shown,
        chain=chain,
        values=tuple(desk.ref(value, root) for value in graph.values_of[key]),
        lead=lead,
        due=desk.day(goal.due) if goal.due and not goal.closed else None,
        when=goal.when,
        stale=silence_of(seen, desk.today),
        stated_sign=sign(stated.status) if stated else None,
        stated=desk.day(stated.day) if stated else None,
        differs=bool(stated and shown.name in _JUDGED and stated.status != shown.name),
        outcome=_OUTCOMES.get(goal.status, ""),
        ended=desk.day(seen.closed_on) if seen.closed_on else None,
        review=html(review, desk.addresses, root),
        stand=stand_of(goal, seen, desk),
        next=tuple(next_items(key, desk)),
        milestones=tuple(box_row(box, desk) for box in dated_order(goal.milestones)),
        tasks=tuple(task_groups(key, desk, root)),
        story=story(goal, seen, desk, root),
        stones=tuple(_stone(stone, desk, root) for stone in stones_of(key, desk)),
        stones_are_sum=bool(seen.measure and seen.measure.kind == "goals"),
        needs=desk.lines(graph.needs[key], root),
        needed_by=desk.lines(graph.needed_by[key], root),
        notes=notes,
        backlinks=tuple(
            (
                Ref(link.title, root + address if (address := desk.addresses.of(link.key)) else ""),
                f"{link.path}:{link.line}",
            )
            for link in graph.backlinks.get(key, ())[:30]
        ),
        hints=finding_rows((f for f in findings if f.severity == "hint"), desk),
        problems=finding_rows((f for f in findings if f.severity == "error"), desk),
        slips=finding_rows((f for f in findings if f.severity == "warning"), desk),
        facts=tuple(_facts(goal, seen, desk)),
        path=goal.path,
        editor="" if desk.shared else desk.sources.link(goal.path),
    )


def _stone(key: str, desk: Desk, root: str) -> Line:
    weight = desk.plan.graph.goals[key].weight
    word = (
        "" if weight == 1 else "not counted" if weight == 0 else f"counts ×{words.number(Fraction(weight))}"
    )
    return desk.line(key, root, word)


def _facts(goal: Goal, seen: Assessment, desk: Desk) -> Iterator[Fact]:
    measure = seen.measure
    if measure:
        yield Fact("Measure", measure.text or measure.kind)
    if goal.begins:
        yield Fact("Start", "", desk.day(goal.begins))
    if goal.due:
        yield Fact("Due", "", desk.day(goal.due))
    if goal.when:
        yield Fact("When", goal.when)
    yield Fact("Horizon", seen.horizon.replace("-", " "))
    if seen.rhythm and seen.rhythm.cadence.unit != "never":
        yield Fact("Check in", seen.rhythm.cadence.text)
    for label, text in (
        ("Owner", goal.owner),
        ("Kind", goal.category.replace("-", " ")),
        ("Tags", ", ".join(goal.tags)),
    ):
        if text:
            yield Fact(label, text)
    if not desk.shared:
        yield Fact("Seen by", "whoever the plan is shared with" if goal.visibility == "shared" else "me")
