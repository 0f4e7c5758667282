"""From what a person types to a note of the vault: ids, near misses, completion with Tab."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from goalkit.cli.session import Refusal
from goalkit.cli.terminal import cut
from goalkit.text import fold, visible
from goalkit.words import listed

if TYPE_CHECKING:
    from goalkit.model.graph import GoalGraph

Kinds = tuple[str, ...]  # of "goals", "values", "projects"
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
EVERY: Kinds = ("goals", "values", "projects")
MOST = 4
LISTED = 7


def resolve(graph: "GoalGraph", typed: str, kinds: Kinds = EVERY) -> str:
    """The key that `typed` means: an id in any case, an alias, a path, `[[id]]`.

    Raises Refusal that says the nearest ones.
    """
    keys = found(graph, typed, kinds)
    if len(keys) == 1:
        return keys[0]
    nouns = [kind.removesuffix("s") for kind in kinds]
    noun = " or ".join((", ".join(nouns[:-1]), nouns[-1])) if len(nouns) > 1 else nouns[0]
    if keys:
        raise Refusal(f"`{typed}` may be {_quoted(keys)}")
    close = near(graph, typed, kinds)
    hint = f"did you mean {_quoted(close)}?" if close else _there(graph, kinds)
    raise Refusal(f"no {noun} `{typed}`; {hint}")


def _there(graph: "GoalGraph", kinds: Kinds) -> str:
    """What there is of these kinds, or how the first is made."""
    names = [visible(key) for kind in kinds for key in sorted(getattr(graph, kind))]
    if not names and "goals" not in kinds:
        return f"there are none yet; one is a file in the folder {kinds[0]}"
    if not names:
        return 'there are none yet; `goalkit new "…"` writes the first goal'
    if len(names) > LISTED and "goals" in kinds and graph.goals:
        return "`goalkit list` shows what is there"
    return f"there {'is' if len(names) == 1 else 'are'} {listed(names, LISTED)}"


def found(graph: "GoalGraph", typed: str, kinds: Kinds = EVERY) -> list[str]:
    """Keys of the notes that `typed` may mean."""
    target = typed.strip().removeprefix("[[").removesuffix("]]").split("|")[0]
    known = {key for kind in kinds for key in getattr(graph, kind)}
    return [target] if target in known else [key for key in graph.index.find(target) if key in known]


def near(graph: "GoalGraph", typed: str, kinds: Kinds = EVERY) -> list[str]:
    """Ids spelled almost so, then those that hold what was typed, then titles that do."""
    from goalkit.model.goal import Goal, Project, Value

    types = {"goals": Goal, "values": Value, "projects": Project}
    spelled = graph.index.nearest(typed, tuple(types[kind] for kind in kinds))
    named = {key: note for kind in kinds for key, note in getattr(graph, kind).items()}
    words = fold(typed).replace("-", " ").split()
    held = [key for key in sorted(named) if words and all(word in fold(key) for word in words)]
    told = [key for key in sorted(named) if words and all(word in fold(named[key].title) for word in words)]
    return list(dict.fromkeys((*spelled, *held, *told)))[:MOST]


def _quoted(names: list[str]) -> str:
    shown = [f"`{name}`" for name in names[:MOST]]
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def ids(*kinds: str) -> Complete:
    """Completes the ids of these kinds of notes, with their titles beside them."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        graph = _graph(ctx)
        named = {key: note for kind in kinds for key, note in getattr(graph, kind).items()} if graph else {}
        return _beginning({key: note.title for key, note in named.items()}, incomplete)

    return complete


def field(name: str) -> Complete:
    """Completes what the goals hold in this field: tags, owners."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        graph = _graph(ctx)
        held = (getattr(goal, name) for goal in graph.goals.values()) if graph else ()
        words = {word for value in held for word in (value if isinstance(value, tuple) else (value,)) if word}
        return _beginning(dict.fromkeys(words, ""), incomplete)

    return complete


def _beginning(named: dict[str, str], incomplete: str) -> list[CompletionItem]:
    begun: Iterable[str] = (name for name in sorted(named) if fold(name).startswith(fold(incomplete)))
    return [CompletionItem(visible(name), help=cut(visible(named[name]), 60) or None) for name in begun]


def _graph(ctx: click.Context) -> "GoalGraph | None":
    """The graph of the vault that the half-typed command line means; none where there is none."""
    from goalkit.snapshot import load
    from goalkit.vault import disk

    try:
        reading = disk.read(disk.find_root(ctx.find_root().params.get("vault") or Path()))
        return load(reading.sources, reading.config).graph
    except Exception:  # noqa: BLE001 - a Tab must never print a complaint into the line being typed
        return None
