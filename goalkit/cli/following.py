"""What `serve`, `demo` and `build --watch` share: the vault, the day, what the terminal tells, how it ends."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalkit.cli.formats import tally, text_line
from goalkit.cli.session import Refusal, Session
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.config import Config
    from goalkit.diagnostics import Diagnostic
    from goalkit.serve.engine import Change, Site
    from goalkit.serve.follow import Rebuilt

_NAMED, _LISTED = 3, 100
_WORDS = {"broken": "cannot be read as it is and stays as it was", "mended": "can be read again"}


class Poll(click.ParamType[float]):
    """Seconds between two looks."""

    name = "seconds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds, or a usage error."""
        try:
            seconds = float(str(value))
        except ValueError:
            seconds = 0.0
        if not 0.1 <= seconds <= 3600:
            self.fail(f"`{value}` is not a number of seconds from 0.1 to 3600", param, ctx)
        return seconds


class PollCommand(click.Command):
    """A command whose `--poll` may stand alone: what follows it is the vault, unless it is a number."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The usual, `--poll` with its seconds."""
        given: list[str] = []
        for arg in args:
            if given and given[-1] == "--poll" and arg.replace(".", "", 1).isdigit():
                given[-1] = f"--poll={arg}"
            else:
                given.append(arg)
        return super().parse_args(ctx, ["--poll=1" if arg == "--poll" else arg for arg in given])


poll_option = click.option(
    "--poll",
    metavar="[SECS]",
    type=Poll(),
    help="Look every so many seconds (1) and wait for no word of changes.",
)


def vault_root(session: Session, vault: Path | None) -> Path:
    """The folder of the vault that is meant. Raises Refusal where there is none."""
    from goalkit.vault import disk

    try:
        return disk.find_root(vault or session.vault or Path())
    except disk.NoVault as error:
        raise Refusal(str(error)) from error


def calendar(session: Session) -> "Callable[[Config], date]":
    """The day to reckon from, each time anew: it is a new one after midnight, unless one was asked for."""
    return lambda config: session.today or config.today or date.today()


class Terminal:
    """Tells what happens, a line for each rebuild.

    Problems stand between a line `HH:MM:SS problems:` and the line of the rebuild, and only when they are others than
    before: that is what the problem matcher of an editor needs.
    """

    def __init__(self) -> None:
        self._told: tuple[Diagnostic, ...] = ()

    def first(self, site: "Site", seconds: float) -> None:
        """The first build."""
        goals = len(site.plan.graph.goals)
        self._tell(site, seconds, "built", f"{goals:,} goal{'' if goals == 1 else 's'}")

    def rebuilt(self, rebuilt: "Rebuilt") -> None:
        """Another build, and why."""
        changes = rebuilt.look.changes
        snapshot = rebuilt.site.plan.snapshot
        if snapshot.shared_only:
            changes = tuple(c for c in changes if not c.path or c.path in snapshot.sources)
        what = summary(changes, rebuilt.look.day) or "what is not shared"
        self._tell(rebuilt.site, rebuilt.seconds, "rebuilt", what)
        for notice in rebuilt.site.notices:
            if not notice.place:
                self.say(f"{notice.message}: {notice.hint}")

    def say(self, text: str) -> None:
        """Something that users must know."""
        click.echo(f"{_stamp()} {visible(text)}")

    def _tell(self, site: "Site", seconds: float, done: str, what: str) -> None:
        if site.problems != self._told:
            click.echo(f"{_stamp()} problems:{'' if site.problems else ' none'}")
            worst = sorted(site.problems, key=lambda found: found.severity)  # errors come before warnings
            for found in worst[:_LISTED]:
                click.echo(text_line(found))
            if len(worst) > _LISTED:
                click.echo(f"and {len(worst) - _LISTED:,} more: `goalkit check` lists them all")
        self._told = site.problems
        weight = f" ({tally(site.problems)})" if site.problems else ""
        click.echo(f"{_stamp()} {done} in {_duration(seconds)}: {visible(what)}{weight}")


def summary(changes: "Sequence[Change]", day: date) -> str:
    """What changed, in one line: names where they are few, else numbers."""
    said = {"lost": "the vault is lost", "found": "the vault is back", "day": f"it is {day.isoformat()}"}
    parts = [said[change.how] for change in changes if change.how in said]
    files = [change for change in changes if change.how not in said]
    if len(files) <= _NAMED:
        return "; ".join([*parts, *(f"{c.path} {_WORDS.get(c.how, c.how)}" for c in files)])
    counts = Counter(change.how for change in files)
    return "; ".join([*parts, ", ".join(f"{n:,} files {how}" for how, n in sorted(counts.items()))])


def usual_out(root: Path, config: "Config", *, shared: bool) -> Path:
    """Where pages go unless told: those for others have a folder of their own, so that neither build replaces the other."""
    return root / (f"{config.out.rstrip('/')}-shared" if shared else config.out)


def keep_built(
    session: Session, vault: Path | None, out: Path | None, *, shared: bool, poll: float | None
) -> None:
    """Build into a folder, and again after every change, until stopped. Raises Refusal where that cannot begin.

    While the vault is lost the folder stays as it is.
    """
    from goalkit.cli.terminal import stage
    from goalkit.serve.engine import Engine
    from goalkit.serve.follow import Follower, listener
    from goalkit.site.publish import Refused, publish

    terminal, begun, root = Terminal(), time.monotonic(), vault_root(session, vault)
    engine = Engine(root, calendar(session), shared=shared, ignore=[out] if out else ())
    with stage("Reading the vault"):
        look = engine.look(begun)
    place = (out or usual_out(root, look.config, shared=shared)).absolute()
    with stage("Building"):
        site = engine.build(look)
        try:
            publish(dict(site.pages), place, root, shared=shared, folders=tuple(look.config.folders))
        except Refused as error:
            raise Refusal(str(error)) from error
    terminal.first(site, time.monotonic() - begun)

    def show(rebuilt: "Rebuilt") -> None:
        try:
            if not rebuilt.site.loss:
                publish(dict(rebuilt.site.pages), place, root, shared=shared)
        except Refused as error:
            terminal.say(str(error))
        terminal.rebuilt(rebuilt)

    with until_stopped():
        follower = Follower(engine, listener(root, [place], poll=poll), show, terminal.say)
        click.echo(f"Watching {visible(str(root))} ({follower.how}); Ctrl-C stops it")
        click.echo(f"Open {visible(str(place / 'index.html'))}")
        follower.run()


@contextmanager
def until_stopped() -> "Iterator[None]":
    """Run what is inside until Ctrl-C, or until the process is told to end; both are the usual way out."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    before = {one: signal.signal(one, stop) for name in names if (one := getattr(signal, name, None))}
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        for one, usual in before.items():
            signal.signal(one, usual)


def _stamp() -> str:
    return f"{datetime.now():%H:%M:%S}"


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
