"""Names for notes: what may be an id, and whether it is free."""

import re

from goalkit.author.manuscript import Refused
from goalkit.model.graph import GoalGraph
from goalkit.text import fold, visible

_BAD = re.compile(r"[#|^\[\]\\/:*?\"<>%]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 80


def check_new_id(graph: GoalGraph, name: str, but: str | None = None) -> None:
    """Raises Refused where `name` cannot be the file name of a note, or where a goal, value or project `but` one has it."""
    if (
        not name
        or name != name.strip()
        or name != visible(name)
        or name.startswith(".")
        or name.endswith(".")
    ):
        raise Refused(f"`{name}` cannot be an id; write letters and hyphens, such as `learn-sql`")
    if bad := _BAD.search(name):
        raise Refused(f"an id holds no `{bad[0]}`; write letters and hyphens, such as `learn-sql`")
    if name.lower().endswith(".md") or len(name) > _LONGEST or _RESERVED.fullmatch(name):
        why = (
            "without `.md`"
            if name.lower().endswith(".md")
            else f"of at most {_LONGEST} characters that no system reserves"
        )
        raise Refused(f"`{name}` cannot be an id; write one {why}")
    taken = [
        entry.path for key, entry in graph.index.keys.items() if key != but and fold(name) in names_of(entry)
    ]
    if taken:
        raise Refused(f"`{name}` is the name of {taken[0]} already")


def names_of(entry: object) -> set[str]:
    """The names under which links find a note, folded: its id and its aliases."""
    return {fold(name) for name in (getattr(entry, "id", ""), *getattr(entry, "aliases", ()))}
