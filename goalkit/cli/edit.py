"""`goalkit edit`: a note in the user's own editor."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalkit.cli.find import EVERY, ids, resolve
from goalkit.cli.formats import text_line
from goalkit.cli.session import Refusal
from goalkit.cli.writing import Job, begin, dry_run_option
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.model.goal import Goal, Project, Value

Form = Callable[[str, int], list[str]]


def _plus(path: str, line: int) -> list[str]:
    return [f"+{line}", path]


def _goto(path: str, line: int) -> list[str]:
    return ["--goto", f"{path}:{line}"]


def _colon(path: str, line: int) -> list[str]:
    return [f"{path}:{line}"]


def _line(path: str, line: int) -> list[str]:
    return ["--line", str(line), path]


_FORMS: dict[str, Form] = {
    name: form
    for form, names in (
        (_plus, "vi vim nvim gvim view nano pico emacs emacsclient micro kak joe jed ne mg gedit"),
        (_goto, "code code-insiders codium vscodium cursor windsurf"),
        (_colon, "subl sublime_text zed hx helix lapce"),
        (_line, "kate mate idea pycharm webstorm"),
    )
    for name in names.split()
}
_USUAL = ("sensible-editor", "editor", "nano", "vim", "vi", "notepad")


@click.command("edit")
@click.argument("note_id", metavar="ID", shell_complete=ids(*EVERY))
@dry_run_option
@click.pass_context
def command(ctx: click.Context, note_id: str, dry_run: bool) -> None:
    """Open a note in your editor, at the line that matters.

    That is the first error, else the last check-in, else the beginning of the text. The editor is $VISUAL, else $EDITOR; most
    are known by how they take a line. What the note says wrong afterwards is told. --dry-run prints the command line.
    """
    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, note_id)
    graph = job.plan.graph
    note = graph.goals.get(key) or graph.values.get(key) or graph.projects[key]
    line = _place(job, note)
    words = [*_editor(), *_arguments(_editor()[0], str(job.root / note.path), line)]
    if dry_run:
        click.echo(visible(shlex.join(words)))
        return
    try:
        code = subprocess.run(words, check=False).returncode  # noqa: S603 - the editor that the user named
    except OSError as error:
        raise Refusal(f"`{words[0]}` could not be started: {error.strerror}; set EDITOR") from error
    if code:
        raise Refusal(f"`{words[0]}` ended with {code}")
    for found in begin(ctx, dry_run=True).plan.findings_by_path.get(note.path, ()):
        if found.severity != "hint":
            click.echo(text_line(found), err=True)


def _editor() -> list[str]:
    """The editor's command line. Raises Refusal where there is none."""
    typed = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(typed, posix=os.name != "nt")
    except ValueError as error:
        raise Refusal(f"EDITOR cannot be read: {error}") from error
    found = words or [name for name in _USUAL if shutil.which(name)][:1]
    if not found:
        raise Refusal("no editor is known; set EDITOR, such as EDITOR=nano")
    return found


def _arguments(editor: str, path: str, line: int) -> list[str]:
    """Path and line as this editor takes them; the path alone where that is not known."""
    form = _FORMS.get(Path(editor).name.removesuffix(".exe").removesuffix(".cmd").casefold())
    return form(path, line) if form else [path]


def _place(job: Job, note: "Goal | Value | Project") -> int:
    """The line to open: the first error, else the last check-in, else the first line of text."""
    errors = [f.line for f in job.plan.findings_by_path.get(note.path, ()) if f.severity == "error"]
    check_ins = getattr(note, "check_ins", ())
    if errors:
        return errors[0]
    if check_ins:
        return int(check_ins[-1].line)
    source = job.source(note.path)
    first = source.text[note.body.offset :]
    return source.position(note.body.offset + len(first) - len(first.lstrip()))[0]
