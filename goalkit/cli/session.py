"""From the options to a plan: which vault, which day, which notes. The one place that reads the clock."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from goalkit.dates import parse_day

if TYPE_CHECKING:
    from goalkit.plan import Plan
    from goalkit.vault.disk import Reading


@dataclass(frozen=True, slots=True)
class Session:
    """The options that stand before the command."""

    vault: Path | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault read from disk and assessed."""

    reading: "Reading"
    plan: "Plan"

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return self.reading.root


class Refusal(click.ClickException):
    """What was asked for cannot be done (no vault here, no such goal, a foreign folder): one line, exit code 2."""

    exit_code = 2


class Day(click.ParamType[date]):
    """A full date, `2026-12-31`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        day = value if isinstance(value, date) else parse_day(str(value).strip())
        return day or self.fail(f"`{value}` is not a date, write 2026-12-31", param, ctx)


class Folder(click.ParamType[Path]):
    """A folder, which need not be there; `what` it is to be."""

    name = "folder"

    def __init__(self, what: str) -> None:
        self.what = what

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path. Raises Refusal where it is a file."""
        path = Path(str(value))
        if path.is_file():
            command = ctx.info_name if ctx and isinstance(param, click.Argument) else None
            name = command or (param.opts[0] if param else "this")
            raise Refusal(f"{name} takes {self.what}, not a file: {path}")
        return path

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Lets the shell offer folders."""
        return [CompletionItem(incomplete, type="dir")]


DAY = Day()
json_option = click.option("--json", is_flag=True, help="Print JSON.")
vault_argument = click.argument("vault", metavar="[VAULT]", required=False, type=Folder("the vault"))


def read(session: Session, vault: Path | None = None, ignore: Sequence[Path] = ()) -> "Reading":
    """The texts of the vault at `vault`, else at `-C`, else around the current folder.

    Raises Refusal where there is none.
    """
    from goalkit.cli.terminal import stage
    from goalkit.vault import disk

    try:
        root = disk.find_root(vault or session.vault or Path())
    except disk.NoVault as error:
        raise Refusal(str(error)) from error
    with stage("Reading the vault"):
        return disk.read(root, ignore=ignore)


def assess(session: Session, reading: "Reading", *, shared: bool = False) -> "Plan":
    """The plan of what was read, on the session's day; with `shared` of the shared notes only."""
    from goalkit.cli.terminal import stage
    from goalkit.plan import plan
    from goalkit.snapshot import load

    with stage(f"Reckoning {len(reading.sources):,} notes"), _uncollected():
        snapshot = load(reading.sources, reading.config, reading.diagnostics, shared_only=shared)
        return plan(snapshot, session.today or reading.config.today or date.today())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector, then set what was made aside: it lives until the process ends.

    Searching it again and again for cycles makes a large vault dearer by the goal than a small one.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_vault(session: Session, vault: Path | None = None, *, shared: bool = False) -> Opened:
    """Read and assess in one go."""
    reading = read(session, vault)
    return Opened(reading, assess(session, reading, shared=shared))
