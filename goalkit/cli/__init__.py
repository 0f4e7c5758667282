"""The command `goalkit`: options in, calls below, text and an exit code out.

This module is all that `goalkit --help` loads: a command's own module is imported when the command is used.
"""

import os
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from goalkit.cli.session import DAY, Folder, Refusal, Session
from goalkit.text import nearest, visible

# Command: its module here, and its line in `goalkit --help`. The functions bear the same names.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a vault in DIR, or in the folder you are in."),
    "new": ("new", "Make a goal out of a sentence."),
    "library": ("library", "List kinds of professional goals to begin with."),
    "status": ("status", "What needs me now, most urgent first."),
    "list": ("listing", "Goals in a table, filtered."),
    "show": ("show", "One goal, value or project: why, where it stands, what is next."),
    "tree": ("tree", "Goals under the goals that they support."),
    "why": ("why", "Why a goal or a task matters: the chain up to a value."),
    "checkin": ("checkin", "Write down where a goal stands, in one line."),
    "tick": ("tick", "Tick a milestone, or a task that serves the goal."),
    "close": ("close", "Close a goal, and keep what was learned."),
    "reopen": ("reopen", "Make a goal active again that is closed, paused or an idea."),
    "pause": ("pause", "Let a goal rest: no check-ins are asked for, no pace is told."),
    "set": ("set", "Give a field of a goal, value or project a value."),
    "mv": ("mv", "Rename a goal, value or project, and every link to it."),
    "fix": ("fix", "Make the corrections that `check` is sure of."),
    "undo": ("undo", "Take back what the last command wrote."),
    "edit": ("edit", "Open a note in your editor, at the line that matters."),
    "check": ("check", "Say what is wrong or could be better, and what to type."),
    "explain": ("explain", "Tell more about a finding, by its code."),
    "build": ("build", "Build the dashboard: static pages to open or to publish."),
    "serve": ("serve", "Serve the dashboard, and follow the vault as you edit."),
    "demo": ("demo", "Try goalkit: a sample vault, served."),
    "export": ("export", "All goals as JSON or CSV."),
    "completion": ("completion", "Print the script that completes with Tab."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"goalkit.cli.{COMMANDS[cmd_name][0]}"), "command")  # noqa: B009
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in the table, not of a user
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS and not ctx.resilient_parsing:
            close = [name for name in COMMANDS if name.startswith(args[0])] or nearest(args[0], COMMANDS)
            hint = f"did you mean `{close[0]}`?" if close else "`goalkit --help` lists the commands"
            raise Refusal(f"no command `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"goalkit {version('goalkit-vault')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={
        "auto_envvar_prefix": "GOALKIT",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.option(
    "-C",
    "vault",
    metavar="VAULT",
    type=Folder("the vault"),
    help="The vault, or a folder in it. Otherwise the folder you are in.",
)
@click.option(
    "--today",
    metavar="DATE",
    type=DAY,
    help="The day to reckon from. Otherwise that of goalkit.toml, or the clock's.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.pass_context
def cli(ctx: click.Context, vault: Path | None, today: date | None) -> None:
    """Professional goals as Markdown files, and how they go.

    Every option can be set by environment too: --today by GOALKIT_TODAY, -C by GOALKIT_VAULT, build --out by
    GOALKIT_BUILD_OUT. NO_COLOR and FORCE_COLOR are honoured.
    """
    ctx.color = _colour()
    ctx.obj = Session(vault, today)


def _colour() -> bool | None:
    """Colour or none as asked for; where nobody asks, each stream has it when it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 is success; 1 is findings; 2 is a mistake in the command or a world that does not fit (no vault, no permission);
    70 is a bug; 130 is Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_run(list(sys.argv[1:] if args is None else args)))


def _run(args: list[str]) -> int:
    try:
        return cli.main(args, prog_name="goalkit", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "goalkit"
        if isinstance(error, click.NoSuchOption) and (misplaced := _misplaced(error, args)):
            return _complain(misplaced)
        message = " ".join(error.format_message().split()).rstrip(".") + _source(error)
        return _complain(message if message.endswith("?") else f"{message}; see `{command} --help`")
    except click.ClickException as error:
        return _complain(error.format_message())
    except click.Abort:
        return 130
    except OSError as error:
        reason = error.strerror or str(error)
        return _complain(f"{error.filename}: {reason}" if error.filename else reason)
    except Exception as error:
        if os.environ.get("GOALKIT_DEBUG"):
            raise
        _complain(
            f"a bug in goalkit: {type(error).__name__}: {error}; GOALKIT_DEBUG=1 shows where, please report it"
        )
        return 70


def _misplaced(error: click.NoSuchOption, args: list[str]) -> str:
    """What to say of an option that stands on the wrong side of the command; empty where it does not."""
    name = error.option_name
    own = {opt for param in cli.params for opt in param.opts}
    places = [i for i, arg in enumerate(args) if arg.partition("=")[0] == name]
    at = (places[-1] if name in own else places[0]) if places else None
    if at is None or (error.ctx and error.ctx.parent is None) is (name in own):
        return ""
    if name in own:
        size = 1 if "=" in args[at] or name == "--version" else 2
        typed = [*args[at : at + size], *args[:at], *args[at + size :]]
        return f"`{name}` stands before the command: `goalkit {shlex.join(typed)}`"
    command = next((arg for arg in args[at:] if arg in COMMANDS), None)
    if command is None:
        return ""
    return f"`{name}` stands behind the command: `goalkit {command} {name}`; see `goalkit {command} --help`"


def _source(error: click.UsageError) -> str:
    """The environment variable that a bad value came from, if it did."""
    param = error.param if isinstance(error, click.BadParameter) else None
    if param is None or error.ctx is None or param.name is None:
        return ""
    if error.ctx.get_parameter_source(param.name) is not click.core.ParameterSource.ENVIRONMENT:
        return ""
    return f" (from {error.ctx.auto_envvar_prefix}_{param.name.upper()})"


def _complain(message: str) -> int:
    click.echo(f"goalkit: {visible(message)}", err=True)
    return 2
