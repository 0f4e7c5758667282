"""The goal graph: who supports whom, what serves which value, which task serves what. No clock here.

Every walk is iterative: a chain of goals may be ten thousand long.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from goalkit import rules
from goalkit.diagnostics import Diagnostic, Rule
from goalkit.model.goal import Box, Entry, Goal, Link, Note, Project, Value, Vision
from goalkit.text import Source, fold, nearest

Edges = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Task:
    """A box outside the milestones, the note it stands in, and the goals that it serves."""

    box: Box
    path: str
    note_title: str
    note_key: str | None
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that links here, with the line of its first such link."""

    path: str
    title: str
    line: int
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalGraph:
    """Goals, values and projects by key, and the edges between them.

    A key is the id, or the path without `.md` where an id is not unique. `parents` and `supporters` are the
    links as written; `tree_parents` and `tree_supporters` lack the edges that would close a cycle.
    `cycles` has one ring for each knot of goals that support each other, `cyclic` all goals in such a knot.
    `order` has every supporter before its parents.
    """

    goals: dict[str, Goal]
    values: dict[str, Value]
    projects: dict[str, Project]
    vision: Vision | None
    notes: tuple[Note, ...]
    parents: Edges
    supporters: Edges
    tree_parents: Edges
    tree_supporters: Edges
    needs: Edges
    needed_by: Edges
    own_values: Edges
    values_of: Edges
    served_by: Edges
    cycles: tuple[tuple[str, ...], ...]
    cyclic: frozenset[str]
    order: tuple[str, ...]
    tasks: tuple[Task, ...]
    tasks_of: dict[str, tuple[Task, ...]]
    backlinks: dict[str, tuple[Backlink, ...]]
    index: "LinkIndex"

    def chain(self, key: str) -> tuple[str, ...]:
        """The chain of why above a goal: its first parent, that one's first parent, up to the top."""
        chain: list[str] = []
        while above := self.tree_parents.get(key):
            key = above[0]
            chain.append(key)
        return tuple(chain)


class LinkIndex:
    """Resolves links as Obsidian does: exact path, then name (case and accents folded), then alias."""

    __slots__ = ("_aliases", "_names", "_paths", "keys")

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self._paths: dict[str, str] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        self._aliases: dict[str, list[str]] = defaultdict(list)
        self.keys: dict[str, Entry] = {}
        for key, entry in entries:
            self.keys[key] = entry
            self._paths[fold(entry.path.removesuffix(".md"))] = key
            self._names[fold(entry.id)].append(key)
        for key, entry in self.keys.items():
            for alias in getattr(entry, "aliases", ()):
                if key not in self._aliases[fold(alias)]:
                    self._aliases[fold(alias)].append(key)

    def find(self, target: str) -> list[str]:
        """Keys that `target` may mean: none, one, or several when it is ambiguous."""
        name = clean_target(target)
        if not name:
            return []
        if name in self._paths and "/" in name:
            return [self._paths[name]]
        last = name.rsplit("/", 1)[-1]
        found = self._names.get(last, [])
        if "/" in name:
            found = [k for k in found if _same_end(fold(self.keys[k].path.removesuffix(".md")), name)]
            return found or self._aliases.get(name, [])
        if len(found) > 1:
            exact = [k for k in found if self.keys[k].id == target]
            found = exact if len(exact) == 1 and isinstance(self.keys[exact[0]], Note) else found
        return found or self._aliases.get(last, []) or self._aliases.get(name, [])

    def nearest(self, target: str, kinds: tuple[type, ...]) -> list[str]:
        """Ids of notes of these kinds that are spelled almost like `target`."""
        name = clean_target(target).rsplit("/", 1)[-1]
        limit = 1 if len(name) < 4 else 2 if len(name) < 10 else 3
        return nearest(name, sorted({e.id for e in self.keys.values() if isinstance(e, kinds)}), limit)


def _same_end(path: str, name: str) -> bool:
    """Whether one is the other's end: a link may begin above the vault, or within a folder of it."""
    return f"/{path}".endswith(f"/{name}") or f"/{name}".endswith(f"/{path}")


def clean_target(target: str) -> str:
    """A link's target folded for comparing: no heading, no block, no `.md`, no `./`; empty for a web address."""
    if "://" in target or target.startswith(("//", "mailto:")):
        return ""
    name = unquote(target).split("#", 1)[0].split("^", 1)[0].strip().replace("\\", "/")
    while name.startswith(("./", "../", "/")):
        name = name.split("/", 1)[1]
    return fold(name[:-3] if name.lower().endswith(".md") else name)


def build(
    entries: Sequence[Entry], sources: Mapping[str, Source], *, shared_only: bool = False
) -> tuple[GoalGraph, list[Diagnostic]]:
    """The graph of all `entries`, and what is wrong with their ids and links.

    With `shared_only` the entries are the shared ones alone, and a link to any other is said to be left out.
    """
    found: list[Diagnostic] = []
    keyed = _keys(entries, found)
    owned = [(k, e) for k, e in keyed if isinstance(e, Goal | Value | Project)]
    index = LinkIndex(owned)
    everything = LinkIndex((k if isinstance(e, Goal | Value | Project) else e.path, e) for k, e in keyed)
    _check_aliases(owned, sources, found)
    goals = {k: e for k, e in owned if isinstance(e, Goal)}
    values = {k: e for k, e in owned if isinstance(e, Value)}
    projects = {k: e for k, e in owned if isinstance(e, Project)}
    join = _Joiner(index, everything, sources, found, shared_only)

    parents = {k: join.field(g, g.supports, "supports", goals) for k, g in goals.items()}
    needs = {k: join.field(g, g.needs, "needs", goals) for k, g in goals.items()}
    own_values = {k: join.field(g, g.values, "values", values) for k, g in goals.items()}
    project_goals = {k: join.field(p, p.supports, "supports", goals) for k, p in projects.items()}

    rings, tree_parents = _cut_cycles(parents)
    found += [_cycle(rules.CYCLE, ring, goals, sources, "supports", index) for ring in rings]
    need_rings, _ = _cut_cycles(needs)
    found += [_cycle(rules.NEEDS_CYCLE, ring, goals, sources, "needs", index) for ring in need_rings]
    supporters = _reversed(parents)
    order = _topological(tree_parents)
    values_of = _inherit(own_values, parents, rings, order, tree_parents)
    tasks = tuple(_tasks(keyed, index, goals, project_goals))
    return (
        GoalGraph(
            goals=goals,
            values=values,
            projects=projects,
            vision=next((e for _, e in keyed if isinstance(e, Vision)), None),
            notes=tuple(e for _, e in keyed if isinstance(e, Note)),
            parents=parents,
            supporters=supporters,
            tree_parents=tree_parents,
            tree_supporters=_reversed(tree_parents),
            needs=needs,
            needed_by=_reversed(needs),
            own_values=own_values,
            values_of=values_of,
            served_by=_serving(own_values, values),
            cycles=tuple(rings),
            cyclic=frozenset(key for members in components(parents) for key in members)
            if rings
            else frozenset(),
            order=order,
            tasks=tasks,
            tasks_of=_by_goal(tasks),
            backlinks=_backlinks(keyed, index),
            index=index,
        ),
        found,
    )


def _keys(entries: Sequence[Entry], found: list[Diagnostic]) -> list[tuple[str, Entry]]:
    """Each entry with its key, in path order; ids that stand twice are errors, and neither file wins."""
    ordered = sorted(entries, key=lambda e: e.path)
    by_id: dict[str, list[Entry]] = defaultdict(list)
    for entry in ordered:
        if isinstance(entry, Goal | Value | Project):
            by_id[fold(entry.id)].append(entry)
    for twins in by_id.values():
        for entry in twins if len(twins) > 1 else ():
            others = ", ".join(f"`{t.path}`" for t in twins if t is not entry)
            found.append(
                rules.DUPLICATE_ID.in_file(
                    entry.path,
                    f"the id `{entry.id}` is also the id of {others}",
                    "rename one of the files; until then links to this id lead nowhere",
                )
            )
    keyed: list[tuple[str, Entry]] = []
    for entry in ordered:
        twice = len(by_id.get(fold(entry.id), ())) > 1 and isinstance(entry, Goal | Value | Project)
        keyed.append((entry.path.removesuffix(".md") if twice else entry.id, entry))
    return keyed


def _check_aliases(
    owned: Sequence[tuple[str, Entry]], sources: Mapping[str, Source], found: list[Diagnostic]
) -> None:
    ids = {fold(e.id): e for _, e in owned}
    seen: dict[str, Entry] = {}
    for _, entry in owned:
        for alias in getattr(entry, "aliases", ()):
            holder = ids.get(fold(alias)) or seen.setdefault(fold(alias), entry)
            if holder is not entry:
                span = getattr(entry, "spans", {}).get("aliases")
                message = f"the alias `{alias}` already means `{holder.path}`"
                hint = "remove it here, or choose another alias"
                source = sources.get(entry.path)
                found.append(
                    rules.ALIAS_TAKEN.at(source, span, message, hint)
                    if source and span
                    else rules.ALIAS_TAKEN.in_file(entry.path, message, hint)
                )


@dataclass(slots=True)
class _Joiner:
    """Turns the links of a field into keys, and says which of them lead nowhere."""

    index: LinkIndex
    everything: LinkIndex
    sources: Mapping[str, Source]
    found: list[Diagnostic]
    shared_only: bool

    def field(
        self, entry: Entry, links: Sequence[Link], name: str, known: Mapping[str, Entry]
    ) -> tuple[str, ...]:
        keys: list[str] = []
        for link in links:
            key = self._one(entry, link, name, known)
            if key is not None and key not in keys:
                keys.append(key)
        return tuple(keys)

    def _one(self, entry: Entry, link: Link, name: str, known: Mapping[str, Entry]) -> str | None:
        source = self.sources[entry.path]
        hits = self.index.find(link.target)
        wanted = [k for k in hits if k in known]
        noun = "value" if name == "values" else "goal"
        if len(wanted) == 1:
            return wanted[0]
        if len(wanted) > 1:
            places = ", ".join(f"`{known[k].path}`" for k in wanted)
            self.found.append(
                rules.AMBIGUOUS_LINK.at(
                    source,
                    link.span,
                    f"`{link.target}` may be {places}",
                    f"write the path, as `[[{wanted[0]}]]`",
                )
            )
            return None
        if hits or (hits := self.everything.find(link.target)):
            other = self.everything.keys.get(hits[0]) or self.index.keys[hits[0]]
            kind = type(other).__name__.lower()
            hint = (
                "put it under `values:`" if kind == "value" and name == "supports" else f"link a {noun} here"
            )
            message = f"`{name}` links `{link.target}`, which is a {kind}, not a {noun}"
            self.found.append(rules.WRONG_KIND.at(source, link.span, message, hint))
            return None
        if self.shared_only:
            message = f"`{name}` links `{link.target}`, which is no shared {noun}"
            self.found.append(
                rules.DEAD_LINK.at(source, link.span, message, "shared pages leave the link out")
            )
            return None
        close = self.index.nearest(link.target, (Value,) if noun == "value" else (Goal,))
        folder = "values" if noun == "value" else "goals"
        hint = (
            f"did you mean `[[{close[0]}]]`?"
            if close
            else f"create `{folder}/{link.target}.md`, or remove the link"
        )
        message = f"`{name}` links `{link.target}`, and no such {noun} is in the vault"
        self.found.append(rules.DEAD_LINK.at(source, link.span, message, hint))
        return None


def _cycle(
    rule: Rule,
    ring: tuple[str, ...],
    goals: Mapping[str, Goal],
    sources: Mapping[str, Source],
    name: str,
    index: LinkIndex,
) -> Diagnostic:
    """One finding for a ring, at the link that closes it: the one that is left out."""
    last = goals[ring[-1]]
    links = last.supports if name == "supports" else last.needs
    link = next((ln for ln in links if index.find(ln.target) == [ring[0]]), links[0])
    source = sources[last.path]
    if len(ring) == 1:
        return rule.at(source, link.span, f"`{last.id}` {name} itself", "remove this link")
    shown = [*ring[:12], "…"] if len(ring) > 12 else list(ring)
    places = ", ".join(f"{goals[k].path}:{_line(goals[k], name, sources)}" for k in ring[:12])
    path = " → ".join((*shown, ring[0]))
    return rule.at(
        source,
        link.span,
        f"a ring of `{name}`: {path} ({places})",
        f"remove one of these links; this one, to `{ring[0]}`, is left out of the tree",
    )


def _line(goal: Goal, name: str, sources: Mapping[str, Source]) -> int:
    span = goal.spans.get(name)
    return sources[goal.path].position(span.start)[0] if span else 1


def _reversed(edges: Edges) -> Edges:
    back: dict[str, list[str]] = {key: [] for key in edges}
    for key in sorted(edges):
        for other in edges[key]:
            back[other].append(key)
    return {key: tuple(keys) for key, keys in back.items()}


def components(edges: Edges) -> list[tuple[str, ...]]:
    """Strongly connected components with a cycle in them, each sorted (Tarjan 1972, iterative)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    out: list[tuple[str, ...]] = []
    for root in sorted(edges):
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(edges[other])))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members: list[str] = []
                    while not members or members[-1] != node:
                        members.append(stack.pop())
                        on_stack.discard(members[-1])
                    if len(members) > 1 or node in edges[node]:
                        out.append(tuple(sorted(members)))
    return sorted(out)


def _cut_cycles(edges: Edges) -> tuple[list[tuple[str, ...]], Edges]:
    """One ring for each component that has a cycle, and the edges without those that close one.

    A ring begins at its component's first id by the alphabet; its last goal's link to it is one of those cut.
    """
    rings: list[tuple[str, ...]] = []
    cut: set[tuple[str, str]] = set()
    for members in components(edges):
        inside = set(members)
        rings.append(_shortest_ring(members[0], edges, inside))
        cut.add((rings[-1][-1], rings[-1][0]))
        left = {k: tuple(o for o in edges[k] if o in inside and (k, o) not in cut) for k in members}
        cut |= _closing_edges(members, left)
    tree = {k: tuple(o for o in others if (k, o) not in cut) for k, others in edges.items()} if cut else edges
    return rings, tree


def _shortest_ring(start: str, edges: Edges, inside: set[str]) -> tuple[str, ...]:
    came: dict[str, str] = {}
    queue = [start]
    for node in queue:
        for other in edges[node]:
            if other == start:
                ring = [node]
                while ring[-1] != start:
                    ring.append(came[ring[-1]])
                return tuple(reversed(ring))
            if other in inside and other not in came:
                came[other] = node
                queue.append(other)
    raise AssertionError("a component without a ring")


def _closing_edges(members: Sequence[str], edges: Edges) -> set[tuple[str, str]]:
    """Edges to a node that the depth-first walk is still under."""
    state: dict[str, int] = {}
    closing: set[tuple[str, str]] = set()
    for root in members:
        if root in state:
            continue
        state[root] = 1
        work = [(root, iter(edges[root]))]
        while work:
            node, rest = work[-1]
            for other in rest:
                if state.get(other) == 1:
                    closing.add((node, other))
                elif other not in state:
                    state[other] = 1
                    work.append((other, iter(edges[other])))
                    break
            else:
                state[node] = 2
                work.pop()
    return closing


def _topological(parents: Edges) -> tuple[str, ...]:
    """Every goal after all its supporters; ties by id. `parents` has no cycle."""
    waiting = dict.fromkeys(parents, 0)
    for others in parents.values():
        for other in others:
            waiting[other] += 1
    level = sorted(key for key, count in waiting.items() if not count)
    order: list[str] = []
    while level:
        order += level
        following = []
        for key in level:
            for other in parents[key]:
                waiting[other] -= 1
                if not waiting[other]:
                    following.append(other)
        level = sorted(following)
    return tuple(order)


def _inherit(
    own: Edges, parents: Edges, rings: list[tuple[str, ...]], order: Sequence[str], tree: Edges
) -> Edges:
    """Own values first, then those of the parents, nearest first; a ring's goals share theirs."""
    got: dict[str, tuple[str, ...]] = {}
    for key in reversed(order):
        merged = dict.fromkeys(own[key])
        for parent in tree[key]:
            merged.update(dict.fromkeys(got[parent]))
        got[key] = tuple(merged)
    if rings:
        for members in components(parents):
            shared = tuple(sorted({v for k in members for v in got[k]}))
            for key in members:
                got[key] = tuple(dict.fromkeys((*own[key], *shared)))
        for key in reversed(order):
            got[key] = tuple(dict.fromkeys((*got[key], *(v for p in parents[key] for v in got[p]))))
    return got


def _serving(own: Edges, values: Mapping[str, Value]) -> Edges:
    serving: dict[str, list[str]] = {key: [] for key in values}
    for key in sorted(own):
        for value in own[key]:
            serving[value].append(key)
    return {key: tuple(keys) for key, keys in serving.items()}


def _tasks(
    keyed: Sequence[tuple[str, Entry]],
    index: LinkIndex,
    goals: Mapping[str, Goal],
    project_goals: Edges,
) -> Iterable[Task]:
    for key, entry in keyed:
        base: tuple[str, ...] = ()
        boxes: Iterable[Box] = entry.body.boxes
        if isinstance(entry, Project):
            base = project_goals[key]
        elif isinstance(entry, Goal):
            base = (key,)
            taken = {b.line for b in entry.milestones}
            boxes = [b for b in boxes if entry.milestone_section and b.line not in taken]
        owner = key if isinstance(entry, Goal | Value | Project) else None
        for box in boxes:
            if box.nested:
                continue
            linked = (
                hits[0] for ln in box.links if len(hits := index.find(ln.target)) == 1 and hits[0] in goals
            )
            served = tuple(dict.fromkeys((*base, *linked)))
            if served or isinstance(entry, Project):
                yield Task(box, entry.path, entry.title, owner, served)


def _by_goal(tasks: Iterable[Task]) -> dict[str, tuple[Task, ...]]:
    grouped: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        for key in task.goals:
            grouped[key].append(task)
    return {key: tuple(group) for key, group in grouped.items()}


def _backlinks(keyed: Sequence[tuple[str, Entry]], index: LinkIndex) -> dict[str, tuple[Backlink, ...]]:
    grouped: dict[str, dict[str, Backlink]] = defaultdict(dict)
    for key, entry in keyed:
        owner = key if isinstance(entry, Goal | Value | Project) else None
        for link, line in _body_links(entry):
            hits = index.find(link.target)
            if len(hits) == 1 and hits[0] != key:
                grouped[hits[0]].setdefault(entry.path, Backlink(entry.path, entry.title, line, owner))
    return {key: tuple(links.values()) for key, links in grouped.items()}


def _body_links(entry: Entry) -> Iterable[tuple[Link, int]]:
    body = entry.body
    count: Callable[[int], int] = lambda end: body.text.count("\n", 0, end)  # noqa: E731
    for link in body.links:
        yield link, body.line + count(link.span.start - body.offset)
