"""A goal's check-in lines in date order, and the slips in them that one line alone does not show."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from goalkit import rules
from goalkit.diagnostics import Diagnostic
from goalkit.model.goal import CheckIn
from goalkit.model.measure import Measure
from goalkit.text import Source, visible
from goalkit.vault.body import Item
from goalkit.vault.check_in import NotACheckIn, parse_line


def check_ins(
    source: Source, items: Sequence[Item], measure: Measure | None, start: date | None
) -> tuple[tuple[CheckIn, ...], list[Diagnostic]]:
    """The check-ins of `items` in date order, those of one date in file order, and warnings about lines."""
    found: list[Diagnostic] = []
    read: list[CheckIn] = []
    for item in items:
        line = parse_line(item.text, measure)
        if line.problem:
            rule = rules.CHECK_IN_LINE if isinstance(line, NotACheckIn) else rules.CHECK_IN_VALUE
            found.append(rule.at(source, item.span, visible(line.problem[0]), visible(line.problem[1])))
        if isinstance(line, NotACheckIn):
            continue
        read.append(
            CheckIn(line.day, line.kind, item.line, item.span, line.value, line.until, line.status, line.note)
        )
    read.sort(key=lambda c: c.day)
    found += _slips(source, read, measure, start)
    return tuple(read), found


def _slips(
    source: Source, read: Sequence[CheckIn], measure: Measure | None, start: date | None
) -> list[Diagnostic]:
    found: list[Diagnostic] = []

    def say(one: CheckIn, message: str, hint: str) -> None:
        found.append(rules.CHECK_IN_SLIP.at(source, one.span, message, hint))

    for one in read:
        if start and one.day < start and one.kind != "none":
            say(one, f"this line is from before the start, {start}", "correct its date or the goal's `start`")
    if measure is None or measure.kind != "count" or measure.target is None or measure.start is None:
        return found
    up = measure.target > measure.start
    levels = [c for c in read if c.kind == "level" and c.value is not None]
    fallen = _fallen(read)
    for i, one in enumerate(levels):
        value = one.value or Decimal(0)
        past = value > measure.target if up else value < measure.target
        if i == 0 and past and one is read[0]:
            say(
                one,
                f"the first level, {value}, is already past the target, {measure.target}",
                "if the line is right, set a target further on",
            )
        elif measure.start == 0 and i and one in fallen:
            last = levels[i - 1].value
            say(
                one,
                f"{value} is below the level before, {last}",
                f"a level is where the number stands; to add write `+{value}`",
            )
    found += _misplaced_points(source, levels, measure)
    return found


def _fallen(read: Sequence[CheckIn]) -> set[CheckIn]:
    """The levels below the level before, with no downward step between that would say why."""
    fallen: set[CheckIn] = set()
    last: Decimal | None = None
    for one in read:
        if one.value is None:
            continue
        if one.kind == "level":
            if last is not None and one.value < last:
                fallen.add(one)
            last = one.value
        elif one.kind == "step" and one.value < 0:
            last = None
    return fallen


def _misplaced_points(source: Source, levels: Sequence[CheckIn], measure: Measure) -> list[Diagnostic]:
    """`0.57` among `55.5`: a level twenty times smaller, or larger, than what stands on both its sides.

    Beside the first stands where the count begins, beside the last its target.
    """
    found: list[Diagnostic] = []
    corners = [measure.start, *(c.value for c in levels), measure.target]
    sizes = [abs(v or Decimal(0)) for v in corners]
    for before, size, after, one in zip(sizes, sizes[1:], sizes[2:], levels, strict=False):
        if 0 in (before, size, after):
            continue
        if size * 20 < min(before, after) or size > 20 * max(before, after):
            message = f"{one.value} is of quite another size than the levels beside it"
            found.append(rules.CHECK_IN_SLIP.at(source, one.span, message, "check the decimal point"))
    return found
