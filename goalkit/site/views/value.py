"""A value's page: what it means, and the goals that serve it."""

from dataclasses import dataclass

from markupsafe import Markup

from goalkit.site.views.parts import Desk, Frame, Line, Ref, by_reach
from goalkit.site.views.prose import parted
from goalkit.vault.body import prose


@dataclass(frozen=True, slots=True)
class ValuePage:
    """All of a value's page; `inherited` are the goals that serve it through those above them."""

    frame: Frame
    title: str
    lead: Markup
    notes: Markup
    serving: tuple[Line, ...]
    inherited: tuple[Line, ...]
    past: tuple[Line, ...]
    backlinks: tuple[tuple[Ref, str], ...]
    path: str
    editor: str


def value_page(key: str, inheriting: tuple[str, ...], desk: Desk) -> ValuePage:
    """The page of the value `key`; `inheriting` are the goals that have it from their parents."""
    graph, root = desk.plan.graph, "../"
    value = graph.values[key]
    lead, notes = parted(prose(value.body), desk.addresses, root)
    serving = graph.served_by[key]
    ordered = sorted(serving, key=lambda goal: by_reach(goal, desk))
    past = [goal for goal in (*serving, *inheriting) if graph.goals[goal].closed]
    return ValuePage(
        desk.frame(value.title, desk.addresses.values[key]),
        value.title,
        lead,
        notes,
        desk.lines((goal for goal in ordered if not graph.goals[goal].closed), root),
        desk.lines((goal for goal in inheriting if not graph.goals[goal].closed), root),
        desk.lines(past, root),
        tuple(
            (
                Ref(link.title, root + address if (address := desk.addresses.of(link.key)) else ""),
                f"{link.path}:{link.line}",
            )
            for link in graph.backlinks.get(key, ())[:30]
        ),
        value.path,
        "" if desk.shared else desk.sources.link(value.path),
    )


def inheriting(desk: Desk) -> dict[str, tuple[str, ...]]:
    """For each value the goals that serve it only through those above them."""
    graph = desk.plan.graph
    found: dict[str, list[str]] = {key: [] for key in graph.values}
    for goal, values in graph.values_of.items():
        for value in values:
            if value not in graph.own_values[goal]:
                found[value].append(goal)
    return {key: tuple(goals) for key, goals in found.items()}
