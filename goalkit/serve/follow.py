"""Following a vault: when to look, when to build, when to give up on being told.

The first word of a change is acted on at once; what comes right behind it is gathered. Looks come by themselves too,
because word gets lost. One build at a time, and each is of what the disk holds then.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from goalkit.serve.engine import Engine, Look, Site
from goalkit.serve.watch import Ears, Heard, Polling, Watching

Clock = Callable[[], float]
POLL = 1.0
"""Seconds between looks where nobody tells of changes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `settle`: for a write to end, and between looks. `quiet`: ends a run of changes. `longest`: between
    builds while it lasts. `look`: between looks without word. `thorough`: between looks that trust no file's marks.
    `news`: as long as word has come within it, a change without word was only overlooked.

    A look that takes long is taken less often: `share` times its own length must lie between two.
    """

    settle: float = 0.03
    quiet: float = 0.2
    longest: float = 1.0
    look: float = 2.0
    thorough: float = 30.0
    news: float = 10.0
    share: float = 50.0


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A site that took the place of another: why, and the seconds that it took from the look on."""

    site: Site
    look: Look
    seconds: float


Listen = Callable[[], tuple[Ears, str]]
"""Makes new ears, and says why they are not the best ones."""


def listener(root: Path, ignore: Sequence[Path] = (), *, poll: float | None = None) -> Listen:
    """Ears for the vault at `root`: with `poll` and where the system refuses any, ones that only wait."""

    def listen() -> tuple[Ears, str]:
        if poll:
            return Polling(poll), ""
        try:
            return Watching(root, ignore), ""
        except OSError as error:
            return Polling(POLL), f"cannot be told of changes ({error.strerror or error})"

    return listen


class Follower:
    """Keeps one engine's site up to date, and passes each new one on to `show`; `say` is for what users must know."""

    def __init__(
        self,
        engine: Engine,
        listen: Listen,
        show: Callable[[Rebuilt], None],
        say: Callable[[str], None],
        pace: Pace = Pace(),
        clock: Clock = time.monotonic,
    ) -> None:
        self._engine, self._listen, self._show, self._say = engine, listen, show, say
        self._pace, self._clock = pace, clock
        self._ears, why = listen()
        if why:
            self._tell(why)
        self._stop = Event()
        self._slip = ""
        now = clock()
        self._heard = self._built = self._looked = now - pace.news
        self._next, self._thorough = now + self._usual, now + pace.thorough

    @property
    def how(self) -> str:
        """How it learns of changes, in a few words."""
        return self._ears.how

    @property
    def _usual(self) -> float:
        return self._ears.every or self._pace.look

    def stop(self) -> None:
        """Have `run` end soon; any thread may ask."""
        self._stop.set()
        self._ears.wake()

    def run(self) -> None:
        """Follow until told to stop."""
        while not self._stop.is_set():
            heard = self._ears.wait(self._next - self._clock())
            if heard:
                self._gather(heard)
            if not self._stop.is_set():
                self._turn(told=heard is not Heard.NOTHING)
        self._ears.close()

    def _gather(self, heard: Heard) -> None:
        """Wait as long as it pays: for a write to end, or in a run of changes for it to pause."""
        pace, now = self._pace, self._clock()
        running = now - max(self._heard, self._built) < pace.quiet
        self._heard = now
        if running and now - self._built < pace.longest:
            self._wait_until(self._built + pace.longest, pause=pace.quiet)
        elif heard is not Heard.DONE:
            self._wait_until(now + pace.settle, done=True)
        self._wait_until(self._looked + pace.settle)

    def _wait_until(self, end: float, *, pause: float = math.inf, done: bool = False) -> None:
        """Wait until `end`, whatever is heard; or until nothing is for `pause`, or something is `done`."""
        while (left := end - self._clock()) > 0:
            heard = self._ears.wait(min(pause, left))
            if not heard or (done and heard is Heard.DONE):
                return
            self._heard = self._clock()

    def _turn(self, *, told: bool) -> None:
        """One look, and a build if it shows anything new. A bug here must not end the server."""
        begun = self._clock()
        thorough = begun >= self._thorough
        try:
            look = self._engine.look(begun, thorough=thorough)
            took = self._clock() - begun
            if look.changes:
                site = self._engine.build(look)
                self._built = self._clock()
                self._show(Rebuilt(site, look, self._built - begun))
        except Exception as error:  # noqa: BLE001 - whatever it is, the last pages stay and the next look comes
            self._stumbled(f"could not rebuild, so the last pages stay: {type(error).__name__}: {error}")
            self._next = self._clock() + self._usual
            return
        self._slip = ""
        self._looked = self._clock()
        self._next = self._looked + max(self._usual, self._pace.share * took)
        if look.again is not None:
            self._next = min(self._next, look.again)
        if thorough:
            self._thorough = self._looked + max(self._pace.thorough, 2 * self._pace.share * took)
        if not told:
            self._doubt_ears(overlooked=look.stirred and not thorough and not look.loss)

    def _stumbled(self, why: str) -> None:
        """Say it, but not with every look again."""
        if why != self._slip:
            self._say(why)
        self._slip = why

    def _doubt_ears(self, *, overlooked: bool) -> None:
        """After a look that nobody asked for: do the ears still hear what happens?"""
        if self._ears.every is None and not self._ears.is_current():
            if self._engine.root.is_dir():
                self._replace(*self._listen())
        elif overlooked and self._ears.every is None and self._clock() - self._heard >= self._pace.news:
            if self._ears.wait(self._pace.settle * 10):
                self._heard = self._next = self._clock()
            else:
                self._replace(Polling(POLL), "is not told of changes here (a network drive, WSL, Docker?)")

    def _replace(self, ears: Ears, why: str = "") -> None:
        self._ears.close()
        self._ears = ears
        self._next = self._clock()
        if why:
            self._tell(why)

    def _tell(self, why: str) -> None:
        self._say(f"goalkit {why}; so it takes {self._ears.how}")
