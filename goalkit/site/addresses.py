"""Where each goal and value has its page: names that are safe on every file system and never shared by two."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from goalkit.model.graph import GoalGraph

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
# Windows keeps these names, with any extension, for devices; the rest are pages of our own.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index|404)(?:\..*)?|.*[._-]", re.ASCII | re.DOTALL)
_CUT = 60


def slug(key: str, digits: int = 8) -> str:
    """The page name of `key`: itself where that is safe, else what is left of it and a short hash of it."""
    if digits == 8 and _PLAIN.fullmatch(key) and not _RESERVED.fullmatch(key):
        return key
    letters = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_CUT].rstrip("-")
    tail = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    return f"{kept or 'goal'}-{tail}"


def slugs(keys: Iterable[str]) -> dict[str, str]:
    """A page name for each key, no two alike on a file system that ignores case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(keys, key=lambda k: (slug(k) != k, k)):
        name, digits = slug(key), 8
        while name in taken:
            digits += 8
            name = slug(key, digits)
        names[key] = name
        taken.add(name)
    return names


class Addresses:
    """The path below the site's root of every page that a goal or value has."""

    __slots__ = ("_graph", "goals", "values")

    def __init__(self, graph: GoalGraph) -> None:
        self._graph = graph
        self.goals: Mapping[str, str] = {k: f"goals/{s}.html" for k, s in slugs(graph.goals).items()}
        self.values: Mapping[str, str] = {k: f"values/{s}.html" for k, s in slugs(graph.values).items()}

    def of(self, key: str | None) -> str:
        """The page of a goal or value, empty where `key` has none."""
        if key is None:
            return ""
        return self.goals.get(key) or self.values.get(key) or ""

    def resolve(self, target: str) -> str:
        """The page that a link in a note means, empty where it means none or several."""
        found = self._graph.index.find(target)
        return self.of(found[0]) if len(found) == 1 else ""


_EDITORS = {"vscode": "vscode://file{file}:{line}", "obsidian": "obsidian://open?vault={vault}&file={path}"}
_SCHEME = re.compile(r"(?!javascript|vbscript|data|blob)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def editor_link(pattern: str, root: str, path: str, line: int, vault: str) -> str:
    """The address that opens `path` in the configured editor; empty where none is, or where it would run code.

    `{path}` is the path below the vault, `{file}` the whole one, `{line}` and `{vault}` what they say.
    """
    form = _EDITORS.get(pattern, pattern)
    if not _SCHEME.match(form):
        return ""
    slashed = root.replace("\\", "/").rstrip("/")
    whole = f"{'' if slashed.startswith('/') else '/'}{slashed}/{path}"
    for name, value in (("path", path), ("file", whole), ("line", str(line)), ("vault", vault)):
        form = form.replace("{" + name + "}", quote(value, safe="/:"))
    return form
