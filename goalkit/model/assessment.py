"""What is computed of a goal on a day: the page, the terminal and the export all read this one record."""

import datetime
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from goalkit.dates import Days
from goalkit.model.goal import Cadence, Horizon, StatedStatus
from goalkit.model.measure import Measure

Pace = Literal["on-track", "at-risk", "off-track", "reached", "overdue"]
PACES: tuple[Pace, ...] = ("on-track", "at-risk", "off-track", "reached", "overdue")
PeriodState = Literal["met", "missed", "skipped", "waiting", "under-way", "ahead"]


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """One period of a habit: what was done in it (`amount`, none without a line) and how it counts."""

    days: Days
    state: PeriodState
    amount: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """The status that a person said last, and when."""

    status: StatedStatus
    day: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Check-ins: the cadence, the last one, the next one due; `due` from that day on, `stale` well past it."""

    cadence: Cadence
    last: date | None
    next: date | None
    due: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a count reaches its target at the recent rate (units a day); `late` is none where it may never."""

    date: datetime.date
    early: datetime.date
    late: datetime.date | None
    rate: float


@dataclass(frozen=True, slots=True)
class Ask:
    """What is next to do in units a person can act on: so many more (`amount`, in `unit`) by the end of `by`."""

    amount: Fraction
    unit: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All that is computed of one goal on one day.

    `progress` and `expected` are shares from 0 to 1, or none. `gap_days` is negative when behind. `level` is a
    count's value now, a limit's sum so far, or the boxes ticked or periods met; `planned` is the level expected by now.
    `points` are a count's levels by day, oldest first; `line` the corners of its expected path as (day, level),
    the level holding at the beginning of that day.
    """

    key: str
    measure: Measure | None
    horizon: Horizon
    window: Days | None = None
    progress: Fraction | None = None
    expected: Fraction | None = None
    pace: Pace | None = None
    gap_days: int | None = None
    buffer_days: int | None = None
    level: Fraction | None = None
    planned: Fraction | None = None
    ask: Ask | None = None
    strength: float | None = None
    periods: tuple[PeriodResult, ...] = ()
    points: tuple[tuple[date, Fraction], ...] = ()
    line: tuple[tuple[date, Fraction], ...] = ()
    stated: Stated | None = None
    rhythm: Rhythm | None = None
    forecast: Forecast | None = None
    closed_on: date | None = None
    blocked_by: tuple[str, ...] = ()
    explain_progress: str = ""
    explain_pace: str = ""
