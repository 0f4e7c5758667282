"""The line expected: how far a goal should be at the beginning of each day, and what a gap means in days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from goalkit.dates import Days, add_days

ONE, ZERO = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Path:
    """A path from share 0 to share 1 through `knots` of (day, share): the share holds at the beginning of the day.

    Where the goal comes in `pieces`, what is expected is rounded down to whole ones; 0 means it does not.
    """

    knots: tuple[tuple[date, Fraction], ...]
    pieces: int = 0

    def share(self, day: date) -> Fraction:
        """The path itself at the beginning of `day`, 0 before it and its last share after it."""
        if day <= self.knots[0][0]:
            return self.knots[0][1]
        for (a, low), (b, high) in pairwise(self.knots):
            if day <= b:
                return low + (high - low) * Fraction((day - a).days, (b - a).days)
        return self.knots[-1][1]

    def expected(self, day: date) -> Fraction:
        """The share expected at the beginning of `day`, from 0 to 1."""
        share = min(max(self.share(day), ZERO), ONE)
        return Fraction(floor(share * self.pieces), self.pieces) if self.pieces else share

    def enough_until(self, progress: Fraction, today: date) -> date:
        """The last day on which `progress` is (or was) as much as expected, found from `today` on or back from it.

        At most the last day of the path; the day before its first where it never was.
        """
        last = self.knots[-1][0]
        if self.expected(today) <= progress:
            return self._falls_below(progress, today, last)
        return self._was_enough(progress, today)

    def _bar(self, progress: Fraction) -> Fraction:
        """The share from which `progress` is no longer enough; it is enough below it."""
        return Fraction(floor(progress * self.pieces) + 1, self.pieces) if self.pieces else progress

    def _over(self, share: Fraction, bar: Fraction) -> bool:
        return share >= bar if self.pieces else share > bar

    def _falls_below(self, progress: Fraction, today: date, last: date) -> date:
        bar = self._bar(progress)
        for (a, low), (b, high) in pairwise(self.knots):
            if b <= today or high <= low or not self._over(high, bar):
                continue
            need = (bar - low) * (b - a).days / (high - low)
            at = add_days(a, ceil(need) if self.pieces else floor(need) + 1)
            if at > today:
                return add_days(at, -1)
            return today
        return max(last, today)

    def _was_enough(self, progress: Fraction, today: date) -> date:
        bar = self._bar(progress)
        for (a, low), (b, high) in reversed(list(pairwise(self.knots))):
            if a >= today or self._over(low, bar):
                continue
            if not self._over(high, bar):
                return add_days(b, 0) if b < today else add_days(today, -1)
            need = (bar - low) * (b - a).days / (high - low)
            return add_days(a, (ceil(need) if self.pieces else floor(need) + 1) - 1)
        return add_days(self.knots[0][0], -1)


def straight(window: Days, pieces: int = 0) -> Path:
    """From 0 at the beginning of the first day to 1 when the last one has ended."""
    return Path(((window.first, ZERO), (add_days(window.last, 1), ONE)), pieces)


def through(window: Days, points: Sequence[tuple[date, Fraction]], pieces: int = 0) -> Path:
    """From 0 through `points` of (day, share at its end) to 1 when the window ends; those outside it are left out."""
    end = add_days(window.last, 1)
    knots = [(window.first, ZERO)]
    for day, share in points:
        at = add_days(day, 1)
        if knots[-1][0] < at < end:
            knots.append((at, share))
        elif at == end:
            return Path((*knots, (end, share)), pieces)
    return Path((*knots, (end, ONE)), pieces)


def steps(days: Sequence[date]) -> Path:
    """One whole piece at each of `days`, expected once that day is over."""
    total = len(days)
    ordered = sorted(days)
    knots: list[tuple[date, Fraction]] = [(ordered[0], ZERO)]
    for i, day in enumerate(ordered, 1):
        at = add_days(day, 1)
        if knots[-1][0] == at:
            knots[-1] = (at, Fraction(i, total))
        else:
            if knots[-1][0] < day:
                knots.append((day, Fraction(i - 1, total)))
            knots.append((at, Fraction(i, total)))
    return Path(tuple(knots), total)
