"""What a sentence was understood as."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from goalkit.capture.numbers import CURRENCIES
from goalkit.dates import Period
from goalkit.model.goal import Horizon
from goalkit.model.measure import Direction

DraftKind = Literal["done", "count", "limit", "habit"]


@dataclass(frozen=True, slots=True)
class Smart:
    """Whether the act is named, whether a reader could tell that it was done, whether there is a date or event."""

    specific: bool
    measurable: bool
    time_bound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A goal as its sentence says it, before anything is written.

    `base` is where a count moves from. `because` gives for each field the words of the sentence that say it.
    """

    text: str
    title: str
    kind: DraftKind
    smart: Smart
    start: date | None = None
    due: date | None = None
    when: str = ""
    target: Decimal | None = None
    target_max: Decimal | None = None
    base: Decimal | None = None
    unit: str | None = None
    direction: Direction | None = None
    period: Period | None = None
    horizon: Horizon = "short-term"
    category: str = ""
    because: dict[str, str] = field(default_factory=dict)

    @property
    def measure(self) -> str:
        """The text for the `measure:` field of a goal file; a level to hold or to come down to is `<= 5 %`."""
        return measure_text(self)

    def to_json(self) -> dict[str, object]:
        """The draft with the keys of `goalkit new --json`; dates in ISO form, what is not said is null."""
        return {
            "text": self.text, "title": self.title, "kind": self.kind,
            "start": self.start.isoformat() if self.start else None,
            "due": self.due.isoformat() if self.due else None,
            "when": self.when or None,
            "target": _plain(self.target), "target_max": _plain(self.target_max), "from": _plain(self.base),
            "unit": self.unit, "direction": self.direction, "period": self.period, "measure": self.measure,
            "smart": {
                "specific": self.smart.specific, "measurable": self.smart.measurable,
                "time_bound": self.smart.time_bound,
            },
            "horizon": self.horizon, "category": self.category or None, "because": self.because,
        }  # fmt: skip


def measure_text(draft: Draft) -> str:
    """`draft` in the grammar of `measure:`.

    That grammar has no floor to hold and no range without a period: both are written as the plain number to reach.
    """
    if draft.kind == "done" or draft.target is None:
        return "done"
    if draft.period and draft.unit is None and draft.target == 1 and draft.direction == "at-least":
        return f"every {draft.period}"
    unit = _written_unit(draft.unit)
    per = f" / {draft.period}" if draft.period else ""
    amount = _written(draft.target)
    if draft.base is not None:
        return f"{_written(draft.base)} -> {amount}{unit}"
    if draft.direction == "between" and draft.target_max is not None and draft.period:
        return f"{amount}..{_written(draft.target_max)}{unit}{per}"
    return f"{'<= ' if draft.direction == 'at-most' else ''}{amount}{unit}{per}"


def _written_unit(unit: str | None) -> str:
    if not unit or unit == "times" or unit[0].isdigit() or "/" in unit:
        return ""  # `1:1s` and `A/B` would be read as a number and a rate
    return f" {unit.upper() if unit in CURRENCIES.values() else unit}"


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
