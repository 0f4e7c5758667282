"""Renaming: a note's file, and every link to it in the bodies and the front matter of all notes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from urllib.parse import quote, unquote

from goalkit.author.manuscript import Facts, Manuscript, Refused
from goalkit.config import Config
from goalkit.model.goal import Goal, Note, Project, Value
from goalkit.snapshot import Snapshot
from goalkit.text import Edit, Source, Span, apply, fold
from goalkit.vault import body as bodies
from goalkit.vault import edits, reader
from goalkit.vault import note as notes
from goalkit.vault.write import Change

_WIKI = re.compile(r"(?P<open>!?\[\[)(?P<target>[^\[\]|\n]+)(?=\||\]\])")
_MARKDOWN = re.compile(
    r"(?P<open>\]\(<?)(?P<target>[^()\s<>]+\.md)(?P<rest>#[^()\s<>]*)?(?=>?[)\s])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a rename does: the changes of the transaction, the moved file first, and the places left to a person."""

    changes: tuple[Change, ...]
    links: int
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Renamer:
    """Finds the links to one note. A link leads there by its name, or by a path that ends in it; never by an alias."""

    old: Goal | Value | Project
    new: str
    unique: bool
    paths: frozenset[str]
    config: Config
    links: int = 0
    left: list[str] = field(default_factory=list)

    def renamed(self, source: Source) -> str:
        """The text of `source` with its links to the note renamed. Raises Refused where it cannot be written to."""
        front, _ = notes.read(source, strict=False)
        made = [*self._in_fields(source, front), *self._in_body(source, front)]
        if not made:
            return source.text
        made = list({edit.span.start: edit for edit in made}.values())
        text = apply(source.text, made)
        self._check(source, text)
        self.links += len(made)
        return text

    def _in_body(self, source: Source, front: notes.FrontMatter) -> Iterator[Edit]:
        for link in bodies.outline(source, front.body).body.links:
            yield from self._edits(source, link.span)

    def _in_fields(self, source: Source, front: notes.FrontMatter) -> Iterator[Edit]:
        """Wiki links in any field; in the fields that hold links, plain ids too."""
        if front.broken:
            yaml = source.text[front.yaml_span.start : front.yaml_span.end]
            for found in _WIKI.finditer(yaml):
                if self._leads_there(found["target"], source.path):
                    line = source.position(front.yaml_span.start + found.start())[0]
                    self.left.append(f"{source.path}:{line}")
            return
        own = isinstance(reader.read_all([source], self.config)[0][0], Goal | Project)
        for key, one in front.fields.items():
            for item in one.items:
                if "[[" in item.text or "](" in item.text:
                    yield from self._edits(source, item.span)
                elif own and key in edits.LINKS:
                    yield from self._plain(source, item.span)

    def _edits(self, source: Source, span: Span) -> Iterator[Edit]:
        raw = source.text[span.start : span.end]
        for found in _WIKI.finditer(raw):
            name = re.split(r"[#^]", found["target"])[0]
            if self._leads_there(name, source.path):
                yield self._edit(span.start + found.start("target"), name.rstrip("\\"), self.new)
        for found in _MARKDOWN.finditer(raw):
            if self._leads_there(unquote(found["target"]), source.path, relative=True):
                new = quote(self.new) if "%" in found["target"] or quote(self.new) != self.new else self.new
                yield self._edit(span.start + found.start("target"), found["target"], new)

    def _plain(self, source: Source, span: Span) -> Iterator[Edit]:
        """Ids without brackets, several of them parted at commas."""
        for found in re.finditer(r"[^,\"'\s][^,\"']*", source.text[span.start : span.end]):
            name = found[0].rstrip()
            if self._leads_there(name, source.path):
                yield self._edit(span.start + found.start(), name, self.new)

    def _edit(self, start: int, written: str, new: str) -> Edit:
        """Replace the last part of a target as written, its folders and its `.md` left as they are."""
        lead = len(written) - len(written.lstrip())
        trimmed = written.strip()
        first = lead + trimmed.rfind("/") + 1
        last = lead + len(trimmed) - (3 if trimmed.lower().endswith(".md") else 0)
        return Edit(Span(start + first, start + last), new)

    def _leads_there(self, target: str, path: str, *, relative: bool = False) -> bool:
        """Whether a link in the note at `path` leads to the renamed note, and not to another of the same name."""
        name = target.strip().rstrip("\\").replace("\\", "/")
        name = fold(name[:-3] if name.lower().endswith(".md") else name)
        if name.rsplit("/", 1)[-1] != fold(self.old.id):
            return False
        own = fold(self.old.path[:-3])
        near = normpath(f"{fold(dirname(path))}/{name}").lstrip("/")
        if (relative or name.startswith(".")) and near in self.paths:
            return near == own
        if "/" not in name:
            return self.unique
        bare = re.sub(r"^(?:\.\.?/|/)+", "", name)
        return bare == own or (
            bare not in self.paths and near not in self.paths and f"/{own}".endswith(f"/{bare}")
        )

    def _check(self, source: Source, text: str) -> None:
        """The guard: the note says what it said, but for the name in its links."""
        before = Manuscript.read(source, self.config)
        after = Manuscript.read(Source(source.path, text), self.config)
        for error in before.errors:
            raise Refused(
                f"{error.place}: {error.message}; mend it first, for this note links `{self.old.id}`", text
            )
        if after.errors or self._plainly(before.facts) != self._plainly(after.facts):
            raise Refused(
                f"{source.path} cannot be changed without touching more than its links; change it by hand",
                text,
            )

    def _plainly(self, facts: Facts) -> tuple[object, ...]:
        """The facts with either name of the note put as one."""

        def one(text: str) -> str:
            for name in sorted(
                {self.new, quote(self.new), self.old.id, quote(self.old.id)}, key=len, reverse=True
            ):
                text = re.sub(re.escape(name), "\0", text, flags=re.IGNORECASE)
            return text

        fields = {key: tuple(map(one, texts)) for key, texts in facts.fields.items()}
        prose = Counter(one(line) for line in facts.prose.elements())
        items = Counter(one(line) for line in facts.items.elements())
        boxes = tuple((one(str(box[0])), *box[1:]) for box in facts.boxes)
        return facts.kind, fields, prose, items, boxes, sum(facts.links.values())


def rename(snapshot: Snapshot, key: str, new: str) -> Renaming:
    """Rename the goal, value or project `key` to the id `new`, which is free. Raises Refused."""
    old = snapshot.graph.index.keys[key]
    if isinstance(old, Note) or not isinstance(old, Goal | Value | Project):
        raise Refused(f"{old.path} is not a goal, a value or a project")
    paths = frozenset(fold(path[:-3]) for path in snapshot.sources)
    renamer = _Renamer(old, new, snapshot.graph.index.find(old.id) == [key], paths, snapshot.config)
    folder = old.path.rpartition("/")[0]
    new_path = f"{folder}/{new}.md".lstrip("/")
    own = snapshot.sources[old.path]
    changes = [Change(new_path, own.text, renamer.renamed(own), old.path)]
    for source in _mentioning(snapshot.sources, old):
        text = renamer.renamed(source)
        if text != source.text:
            changes.append(Change(source.path, source.text, text))
    return Renaming(tuple(changes), renamer.links, tuple(renamer.left))


def _mentioning(sources: Mapping[str, Source], old: Goal | Value | Project) -> Sequence[Source]:
    """The other notes that hold the name at all."""
    name = fold(old.id)
    quoted = quote(old.id).casefold()
    return [
        source
        for path, source in sorted(sources.items())
        if path != old.path
        and path.lower().endswith(".md")
        and (name in fold(source.text) or quoted in source.text.casefold())
    ]
