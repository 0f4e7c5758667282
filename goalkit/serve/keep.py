"""What to show of files that are being written: a half-written one as it was before, a broken one as it last was good."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from goalkit.diagnostics import Diagnostic
from goalkit.text import Source

HOLD = 0.3
"""Seconds for which a file may be gone, empty or broken before that is taken as meant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Files by path as they are to be shown; why some are shown as they were; when to look again, if waiting helps."""

    shown: dict[str, Source]
    told: tuple[Diagnostic, ...]
    again: float | None


@dataclass(slots=True)
class Keeper:
    """The last good text of each file. Times are seconds of one clock.

    An impatient keeper keeps nothing: what others may read must go at once when its file says so no longer.
    """

    patient: bool = True
    _begun: bool = False
    _good: dict[str, Source] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _since: dict[str, float] = field(default_factory=dict)

    def choose(self, sources: Mapping[str, Source], broken: Mapping[str, Diagnostic], now: float) -> Kept:
        """What to show of `sources`, of which `broken` cannot be read as they are."""
        if not self.patient:
            return Kept(dict(sources), (), None)
        moved = not sources.keys() <= self._seen
        shown: dict[str, Source] = {}
        told: list[Diagnostic] = []
        for path in sorted({*sources, *self._good, *broken}):
            source, good, wrong = sources.get(path), self._good.get(path), broken.get(path)
            if self._is_sound(source, good, wrong):
                self._since.pop(path, None)
                chosen = source
            elif wrong and good:
                if not self._is_waiting(path, now):
                    told.append(wrong)
                chosen = good
            elif not (source is None and moved) and self._is_waiting(path, now):
                chosen = good
            else:
                chosen = source
            self._remember(path, chosen, wrong)
            if chosen:
                shown[path] = chosen
        self._begun, self._seen = True, {*sources, *broken}
        self._since = {
            path: since for path, since in self._since.items() if path in self._seen or path in self._good
        }
        return Kept(shown, tuple(told), min(self._ends(now), default=None))

    def _is_sound(self, source: Source | None, good: Source | None, wrong: Diagnostic | None) -> bool:
        if source is None or wrong:
            return False
        return bool(source.text.strip()) or good is None or not good.text.strip()

    def _is_waiting(self, path: str, now: float) -> bool:
        return now < self._since.setdefault(path, now if self._begun else now - HOLD) + HOLD

    def _remember(self, path: str, chosen: Source | None, wrong: Diagnostic | None) -> None:
        if chosen is None:
            self._good.pop(path, None)
        elif not wrong:
            self._good[path] = chosen

    def _ends(self, now: float) -> Iterator[float]:
        return (since + HOLD for since in self._since.values() if now < since + HOLD)
