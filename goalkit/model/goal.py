"""What a vault holds, as frozen values. All text read from a file keeps its span."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from goalkit.model.measure import Measure
from goalkit.text import Span

Status = Literal["idea", "active", "paused", "done", "partial", "missed", "dropped"]
Horizon = Literal["long-term", "short-term"]
Visibility = Literal["private", "shared"]
StatedStatus = Literal["on-track", "at-risk", "off-track"]
NoteType = Literal["goal", "value", "project", "vision", "note"]
BoxState = Literal["open", "done", "under-way", "cancelled"]
EntryKind = Literal["level", "step", "amount", "yes", "no", "skip", "none"]

STATUSES: tuple[Status, ...] = get_args(Status)
CLOSED: frozenset[Status] = frozenset(("done", "partial", "missed", "dropped"))
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)
NOTE_TYPES: tuple[NoteType, ...] = get_args(NoteType)
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often to check in: every `count` of `unit`, on `weekday` (Monday is 0) where one is named."""

    text: str
    unit: Literal["day", "week", "month", "never"]
    count: int = 1
    weekday: int | None = None


WEEKLY = Cadence("weekly", "week")
NEVER = Cadence("never", "never")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: its target (`id`, `folder/id`), its label, its place."""

    target: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Box:
    """One task-list item. `mark_span` is the one character in the brackets; `nested` means a step of another box."""

    text: str
    state: BoxState
    line: int
    span: Span
    mark_span: Span
    nested: bool = False
    section: str = ""
    due: date | None = None
    done_on: date | None = None
    scheduled: date | None = None
    start: date | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One line under `## Check-ins`.

    `kind` tells how `value` counts: a `level` is where the number stands, a `step` moves it, an `amount`
    (habits and limits) adds to its period. `until` ends a stretch of `skip`.
    """

    day: date
    kind: EntryKind
    line: int
    span: Span
    value: Decimal | None = None
    until: date | None = None
    status: StatedStatus | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A count's planned value at the end of `day`."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a note below its front matter, which begins at character `offset`, line `line` of the file.

    `heading` is its first H1; `omitted` the parts of `text` that a page shows elsewhere: that title, and the sections of
    milestones and check-ins.
    """

    text: str
    offset: int
    line: int
    heading: str = ""
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    omitted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal as its file says it; nothing here is computed from other files or from today.

    `unreadable` names the fields whose text could not be read: what hangs on them is none. `broken` is a file
    whose front matter could not be read at all.
    """

    id: str
    path: str
    title: str
    body: Body
    status: Status = "active"
    horizon: Horizon | None = None
    start: date | None = None
    due: date | None = None
    when: str = ""
    measure: Measure | None = None
    supports: tuple[Link, ...] = ()
    weight: Decimal = Decimal(1)
    needs: tuple[Link, ...] = ()
    values: tuple[Link, ...] = ()
    cadence: Cadence | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    visibility: Visibility = "private"
    owner: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    milestones: tuple[Box, ...] = ()
    milestone_section: bool = False
    check_ins: tuple[CheckIn, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict, hash=False)
    unreadable: frozenset[str] = frozenset()
    broken: bool = False

    @property
    def closed(self) -> bool:
        """Whether the goal has ended, well or not."""
        return self.status in CLOSED

    @property
    def begins(self) -> date | None:
        """The start as written, else the day of the first check-in."""
        if self.start or "start" in self.unreadable:
            return self.start
        return self.check_ins[0].day if self.check_ins else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What matters to the owner of the vault; goals serve it."""

    id: str
    path: str
    title: str
    body: Body
    visibility: Visibility = "private"
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Work whose tasks serve the goals in `supports`."""

    id: str
    path: str
    title: str
    body: Body
    supports: tuple[Link, ...] = ()
    status: Status = "active"
    visibility: Visibility = "private"
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vision:
    """Who I want to be and the work I want."""

    id: str
    path: str
    title: str
    body: Body
    visibility: Visibility = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Any other note of the vault: only its tasks and links count."""

    id: str
    path: str
    title: str
    body: Body
    visibility: Visibility = "private"


Entry = Goal | Value | Project | Vision | Note
