"""From the texts of a vault to everything that does not depend on the day. Pure: no disk, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.model import graph as goal_graph
from goalkit.model.graph import GoalGraph
from goalkit.text import Source
from goalkit.vault import reader


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault as read: its configuration, its sources by path, its graph, and what is wrong with them."""

    config: Config
    sources: dict[str, Source]
    graph: GoalGraph
    diagnostics: tuple[Diagnostic, ...]
    shared_only: bool = False


def load(
    sources: Sequence[Source],
    config: Config,
    found: Sequence[Diagnostic] = (),
    *,
    shared_only: bool = False,
    cache: reader.Cache | None = None,
) -> Snapshot:
    """Read all `sources`; `found` is what reading the disk and the configuration had to say.

    With `shared_only` every note that is not exactly `visibility: shared` is left out here, before anything is
    derived from it: what follows cannot tell that it exists. With `cache` only notes that changed are read.
    """
    cache = reader.Cache() if cache is None else cache
    entries, problems = reader.read_all(sources, config, cache)
    if shared_only:
        # Read again without the private ones: whether a note is read in full hangs on which others there are.
        shared = {e.path for e in entries if e.visibility == "shared"}
        sources = [s for s in sources if s.path in shared]
        entries, problems = reader.read_all(sources, config, cache)
        found = ()
    by_path = {s.path: s for s in sources}
    graph, graph_problems = goal_graph.build(entries, by_path, shared_only=shared_only)
    return Snapshot(config, by_path, graph, (*found, *problems, *graph_problems), shared_only)
