"""The one door to front matter: a note's text to its fields, each with its place.

python-frontmatter finds the fence. The YAML is read from its event stream and never constructed: scalars stay
the text that was typed, and what can crash or blow up a loader (deep nesting, anchors, merge keys, tags) is refused
before anything is built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml
from frontmatter.default_handlers import YAMLHandler

from goalkit import rules
from goalkit.diagnostics import Diagnostic
from goalkit.text import Edit, Source, Span
from goalkit.vault import slips, wiki
from goalkit.vault.slips import Complaint, line_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HANDLER = YAMLHandler()
MAX_DEPTH = 16
MAX_KEYS = 1_000
# Line ends to YAML, and to nothing else that reads the file.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
_UNSET = frozenset(("", "~", "null", "Null", "NULL"))
_COMMENT = re.compile(r"[ \t]*(?P<text>#.*)|[ \t]+(?P<later>#.*)")
_LOOKS_LIKE_FENCE = re.compile(r"\s*(?:---+|\u2014+-*|\u2013+-*|\+\+\+|;;;|\{\s*\"|\.\.\.)\s*$", re.MULTILINE)
_FIELD_LINE = re.compile(
    r"(?:title|type|status|horizon|start|due|when|measure|supports|needs|values|visibility|check-?in|owner|tags|aliases):(?:\s|$)",
    re.IGNORECASE,
)
_SYNONYMS = {
    "checkin": "check-in",
    "check_in": "check-in",
    "check-ins": "check-in",
    "tag": "tags",
    "alias": "aliases",
}

Form = Literal["scalar", "list", "group", "unset"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as text. `span` is what stands in the file, quotes included; `bare` marks an unquoted `[[link]]`."""

    text: str
    span: Span
    style: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the front matter, under its known spelling `key`."""

    key: str
    written: str
    key_span: Span
    span: Span
    form: Form
    items: tuple[Scalar, ...] = ()
    lost: Span | None = None

    @property
    def text(self) -> str:
        """A scalar's text, trimmed; empty for any other form."""
        return self.items[0].text.strip() if self.form == "scalar" and self.items else ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A note taken apart: its fields by key, where the YAML stands, and where the body begins (characters).

    `broken` means that the fields could not be read: none of them counts then.
    """

    fields: dict[str, Field] = field(default_factory=dict)
    yaml_span: Span = Span(0, 0)
    body: int = 0
    broken: bool = False


class _Refused(Exception):
    """A note that cannot be read, with the finding that says so."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def conflict_line(source: Source) -> int | None:
    """The line of a git conflict marker, or none. A `=======` alone is a heading's underline."""
    for found in re.finditer(r"(?:^|(?<=[\r\n]))(?:<{7}|>{7}|\|{7})(?=[ \t\r\n]|$)", source.text):
        return source.position(found.start())[0]
    return None


def read(source: Source, *, strict: bool) -> tuple[FrontMatter, list[Diagnostic]]:
    """The front matter of `source`. With `strict` (a goal, value or project) a damaged fence is an error.

    A note that is read otherwise merely has no front matter.
    """
    start = 1 if source.text.startswith("\ufeff") else 0
    text = source.text.replace("\r\n", " \n").replace("\r", "\n").translate(_NO_LINE_ENDS)
    fence = _fence(text, start)
    if fence is None:
        problem = _damaged_fence(source, text, start) if strict else None
        return FrontMatter(body=start, broken=problem is not None), [problem] if problem else []
    yaml_span, body = fence
    try:
        fields = _fields(source, text, yaml_span)
    except _Refused as refused:
        return FrontMatter({}, yaml_span, body, broken=True), [refused.found]
    return FrontMatter(fields, yaml_span, body), []


def _fence(text: str, start: int) -> tuple[Span, int] | None:
    """The span between the first line `---` and the next one, and where the body begins."""
    below = text[start:] if start else text
    if not _HANDLER.detect(below):
        return None
    opened: int | None = None
    for mark in _HANDLER.FM_BOUNDARY.finditer(below):
        end = below.find("\n", mark.start())
        end = len(below) if end < 0 else end
        exact = below[mark.start() : end].rstrip() == "---"
        if opened is None:
            if mark.start() or not exact:
                return None
            opened = min(end + 1, len(below))
        elif exact:
            return Span(start + opened, start + mark.start()), start + min(end + 1, len(below))
    return None


def _damaged_fence(source: Source, text: str, start: int) -> Diagnostic | None:
    """What is wrong with something that was meant as front matter; none where nothing was."""
    first = len(text) - len(text[start:].lstrip("\n \t\ufeff")) if text[start:].strip() else start
    line_end = text.find("\n", first)
    line = text[first : line_end if line_end >= 0 else len(text)].strip()
    span = Span(first, first + len(line))
    if line.startswith("+++"):
        return rules.FENCE.at(
            source, span, "the front matter is TOML (`+++`)", "write YAML between two lines `---`"
        )
    if line == "{" or line.startswith('{"'):
        return rules.FENCE.at(source, span, "the front matter is JSON", "write YAML between two lines `---`")
    if re.fullmatch(r"[\u2014\u2013\u2212]+-*|;;;|----+|--|---[ \t]+\S.*", line):
        return rules.FENCE.at(
            source,
            span,
            f"the note begins with `{line}`, not with `---`",
            "write three hyphens on the first line",
        )
    if _FIELD_LINE.match(line) and re.search(r"^---[ \t]*$", text[first:], re.MULTILINE):
        return rules.FENCE.at(
            source, span, "fields stand here without a `---` above them", "add a line `---` above"
        )
    if line != "---":
        return None
    if text[start:first] or source.text[start:first].strip("\r\n"):
        return rules.FENCE.at(
            source,
            span,
            "the fence `---` is not the very first thing in the file",
            "move it to the first line, without spaces before it",
        )
    if re.search(r"^\.\.\.[ \t]*$", text[first:], re.MULTILINE):
        return rules.FENCE.at(source, span, "the front matter ends with `...`", "end it with a line `---`")
    if indented := re.search(r"^[ \t]+(---)[ \t]*$", text[first + 3 :], re.MULTILINE):
        at = first + 3 + indented.start(1)
        return rules.FENCE.at(
            source, Span(at, at + 3), "the closing `---` is indented", "move it to the start of its line"
        )
    return rules.FENCE.at(
        source, span, "the front matter is never closed", "add a line `---` after the last field"
    )


# A small tree of what stands in the YAML: (scalar event) | list of nodes | None for a group, with its span.
@dataclass(frozen=True, slots=True)
class _Node:
    kind: Literal["scalar", "list", "group"]
    span: Span
    text: str = ""
    style: str = ""
    items: tuple["_Node", ...] = ()


def _fields(source: Source, text: str, where: Span) -> dict[str, Field]:
    block = text[where.start : where.end]
    if block.startswith("%"):
        directive = Span(where.start, where.start + len(line_of(block, 0)))
        message = "the front matter holds a `%` directive"
        raise _Refused(rules.YAML_FEATURE.at(source, directive, message, "remove it"))
    if mark := re.search(r"^\ufeff", block, re.MULTILINE):
        at = where.start + mark.start()
        message = "an invisible byte order mark stands at the start of this line"
        raise _Refused(rules.YAML.at(source, Span(at, at + 1), message, "delete it, or type the line again"))
    events = _events(source, block, where)
    pairs = _pairs(source, events, where, block)
    fields: dict[str, Field] = {}
    later: list[Field] = []
    for key, value in pairs:
        one = _field(text, where.end, key, value)
        if one.written.casefold() in ("tag", "alias"):
            later.append(one)
        elif one.key in fields:
            first = source.position(fields[one.key].key_span.start)[0]
            message = f"`{one.written}` stands twice, first on line {first}"
            raise _Refused(rules.DUPLICATE_KEY.at(source, one.key_span, message, "keep one of them"))
        else:
            fields[one.key] = one
    for one in later:
        fields.setdefault(one.key, one)
    return fields


def _field(text: str, end: int, key: _Node, value: _Node) -> Field:
    name = key.text.strip().casefold()
    form: Form = value.kind
    items: tuple[Scalar, ...] = ()
    raw = text[value.span.start : value.span.end]
    if value.kind == "scalar":
        if not value.style and value.text in _UNSET:
            form = "unset"
        else:
            items = (Scalar(value.text, value.span, value.style),)
    elif value.kind == "list" and wiki.WHOLE.fullmatch(raw):
        form, items = "scalar", (Scalar(raw, value.span, bare=True),)
    elif value.kind == "list":
        scalars = [_item(text, item) for item in value.items]
        if None in scalars:
            form = "group"
        else:
            items = tuple(s for s in scalars if s is not None and (s.style or s.text not in _UNSET))
    return Field(
        _SYNONYMS.get(name, name),
        key.text.strip(),
        key.span,
        value.span,
        form,
        items,
        _lost(text, end, value),
    )


def _item(text: str, node: _Node) -> Scalar | None:
    raw = text[node.span.start : node.span.end]
    if node.kind == "scalar":
        return Scalar(node.text, node.span, node.style)
    return Scalar(raw, node.span, bare=True) if node.kind == "list" and wiki.WHOLE.fullmatch(raw) else None


def _lost(text: str, end: int, value: _Node) -> Span | None:
    """The comment that swallows the rest of the line of a plain one-line value."""
    if value.kind != "scalar" or value.style:
        return None
    rest = text[value.span.end : min(end, len(text))].split("\n", 1)[0]
    comment = _COMMENT.fullmatch(rest)
    if not comment:
        return None
    start = value.span.end + rest.index("#")
    return Span(start, value.span.end + len(rest.rstrip()))


def _events(source: Source, block: str, where: Span) -> Iterator[yaml.Event]:
    """The parser's events; whatever it raises is one finding with a place and with what to type."""
    depth = 0
    try:
        for event in yaml.parse(block, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    _refuse(
                        source,
                        where,
                        event,
                        "the front matter is nested too deeply",
                        "goals need plain fields only",
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            _refuse_features(source, where, event, block)
            yield event
    except yaml.MarkedYAMLError as error:
        raise _Refused(_syntax(source, block, where, error)) from error
    except yaml.reader.ReaderError as error:
        at = where.start + min(error.position if isinstance(error.position, int) else 0, len(block))
        message = "the front matter holds a character that YAML does not allow"
        raise _Refused(
            rules.YAML.at(source, Span(at, at + 1), message, "delete it or type it again")
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        message = "the front matter could not be read as YAML"
        raise _Refused(rules.YAML.at(source, where, message, "write one `key: value` a line")) from error


def _index(mark: Any) -> int:
    """A parser's mark as an offset into what was parsed."""
    return int(mark.index)


def _refuse(source: Source, where: Span, event: yaml.Event, message: str, hint: str) -> None:
    start = where.start + _index(event.start_mark)
    raise _Refused(
        rules.YAML_FEATURE.at(source, Span(start, where.start + _index(event.end_mark)), message, hint)
    )


def _refuse_features(source: Source, where: Span, event: yaml.Event, block: str) -> None:
    if isinstance(event, yaml.DocumentStartEvent) and (event.explicit or event.version or event.tags):
        _refuse(source, where, event, "a second YAML document begins here", "remove the `---` in this line")
    if isinstance(event, yaml.DocumentEndEvent) and event.explicit:
        _refuse(source, where, event, "`...` ends the front matter early", "remove it; a line `---` ends it")
    if not isinstance(event, yaml.NodeEvent):
        return
    tag = getattr(event, "tag", None)
    if not (isinstance(event, yaml.AliasEvent) or event.anchor or (tag and tag != "!")):
        return
    line = line_of(block, _index(event.start_mark))
    if isinstance(event, yaml.AliasEvent):
        _refuse(source, where, event, f"`*{event.anchor}` refers to another value", slips.quote(line))
    if event.anchor:
        _refuse(source, where, event, f"`&{event.anchor}` names a value", slips.quote(line))
    _refuse(source, where, event, f"`{line.strip()}` holds a YAML tag", slips.quote(line))


def _pairs(
    source: Source, events: Iterator[yaml.Event], where: Span, block: str
) -> Iterator[tuple[_Node, _Node]]:
    for event in events:
        if isinstance(
            event,
            yaml.StreamStartEvent | yaml.DocumentStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent,
        ):
            continue
        if not isinstance(event, yaml.MappingStartEvent):
            raise _Refused(_not_fields(source, where, event, block))
        yield from _mapping(source, events, where)


def _mapping(source: Source, events: Iterator[yaml.Event], where: Span) -> Iterator[tuple[_Node, _Node]]:
    for count, event in enumerate(events):
        if isinstance(event, yaml.MappingEndEvent):
            return
        if count >= MAX_KEYS:
            _refuse(
                source,
                where,
                event,
                f"the front matter has more than {MAX_KEYS:,} fields",
                "move text to the body",
            )
        key = _node(event, events, where)
        if key.kind != "scalar":
            _refuse(source, where, event, "a field's name must be plain text", "write `key: value`")
        if key.text == "<<":
            _refuse(source, where, event, "`<<` merges other values", "write the fields themselves")
        yield key, _node(next(events), events, where)


def _node(event: yaml.Event, events: Iterator[yaml.Event], where: Span) -> _Node:
    start = where.start + _index(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style if event.style in ("'", '"', "|", ">") else ""
        return _Node("scalar", Span(start, where.start + _index(event.end_mark)), event.value, style)
    items: list[_Node] = []
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            kind: Literal["list", "group"] = "list" if isinstance(event, yaml.SequenceStartEvent) else "group"
            return _Node(kind, Span(start, where.start + _index(inner.end_mark)), items=tuple(items))
        items.append(_node(inner, events, where))
    raise AssertionError("the parser ended inside a collection")


def _not_fields(source: Source, where: Span, event: yaml.Event, block: str) -> Diagnostic:
    start = where.start + _index(event.start_mark)
    line = line_of(block, _index(event.start_mark)).strip()
    hint = slips.spaced(line) or "write one `key: value` a line"
    what = "a list" if isinstance(event, yaml.SequenceStartEvent) else "text"
    return rules.YAML.at(
        source, Span(start, start + len(line)), f"the front matter is {what}, not fields", hint
    )


def _syntax(source: Source, block: str, where: Span, error: yaml.MarkedYAMLError) -> Diagnostic:
    """A parser's complaint in our words, at the line where the slip is."""
    mark = error.problem_mark or error.context_mark
    index = min(_index(mark), len(block)) if mark else 0
    begun = _index(error.context_mark) if error.context_mark else index
    slip = slips.explain(Complaint(block, f"{error.context or ''} {error.problem or ''}", index, begun))
    at = min(where.start + slip.at, where.end)
    return rules.YAML.at(source, Span(at, at + 1), slip.message, slip.hint)


def quoting_edit(scalar: Scalar) -> Edit:
    """The edit that puts an unquoted link into quotes."""
    return Edit(scalar.span, f'"{scalar.text}"')
