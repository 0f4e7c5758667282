"""What all commands that write share: the fresh vault, the diff, the guarded write, and what is said of it."""

import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalkit.cli.session import Opened, Refusal, Session, open_vault
from goalkit.cli.terminal import dim, is_terminal
from goalkit.text import Source, visible

if TYPE_CHECKING:
    from goalkit.author.manuscript import Revise
    from goalkit.model.goal import Status
    from goalkit.plan import Plan
    from goalkit.vault.write import Change, Writer

dry_run_option = click.option("--dry-run", is_flag=True, help="Show the change as a diff and make none.")
UNCHANGED = "nothing was changed"
_NO_END = "\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class Job:
    """A command that writes: the vault as it was read, and whether only to show what would be done."""

    opened: Opened
    dry_run: bool = False

    @property
    def plan(self) -> "Plan":
        """The vault on its day."""
        return self.opened.plan

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return self.opened.root

    def source(self, path: str) -> Source:
        """A note as it was read."""
        return self.plan.snapshot.sources[path]


def begin(ctx: click.Context, *, dry_run: bool = False) -> Job:
    """Open the vault for writing, after putting right what a crash may have left in it."""
    from goalkit.cli.session import read
    from goalkit.vault import disk, write
    from goalkit.vault.refused import Refused

    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    session = ctx.obj
    if not dry_run:
        try:
            root = disk.find_root(session.vault or Path())
        except disk.NoVault:
            read(session)  # says it
            raise
        try:
            if write.pending(root):
                transact(root, lambda _writer: None)
        except Refused as error:
            raise Refusal(str(error)) from error
    return Job(open_vault(session), dry_run)


def again(job: Job) -> Job:
    """The vault as it is now."""
    from goalkit.plan import plan
    from goalkit.snapshot import load
    from goalkit.vault import disk

    now = disk.read(job.root)
    return Job(Opened(now, plan(load(now.sources, now.config, now.diagnostics), job.plan.today)), job.dry_run)


def interactive() -> bool:
    """Whether there is a person to ask."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def revise(job: Job, path: str, revision: "Revise", title: str) -> Source | None:
    """Change one note by `revision`, or show what would change; the note as it is then, none where nothing was changed.

    Raises Refusal, after showing the change that a person can still make by hand.
    """
    from goalkit.vault.write import Change, read

    before = job.source(path)
    after = _worked_out(before, revision)
    if job.dry_run:
        click.echo(diff(before, Source(path, after)), nl=False)
        return None
    if after == before.text:
        return None
    warn_of_unsaved(job.root, path)

    def plan() -> "Sequence[Change]":
        source = read(job.root, path)
        return [Change(path, source.text, after if source.text == before.text else revision(source))]

    done = apply(job.root, title, plan, shown=[Change(path, before.text, after)])
    return Source(path, done[0].after or "") if done else None


def _worked_out(before: Source, revision: "Revise") -> str:
    from goalkit.vault.refused import Refused

    try:
        return revision(before)
    except Refused as error:
        raise refusal(str(error), before, error.after) from error


def apply(
    root: Path, title: str, plan: "Callable[[], Sequence[Change]]", shown: "Sequence[Change]"
) -> "tuple[Change, ...]":
    """Make the changes of `plan` in one transaction; where that is refused, show those that were meant."""
    from goalkit.vault import write
    from goalkit.vault.refused import Refused

    done: list[tuple[Change, ...]] = []
    try:
        transact(root, lambda writer: done.append(writer.apply(title, plan)))
    except Refused as error:
        click.echo("".join(change_diff(one) for one in shown), nl=False, err=True)
        # Where a transaction is still open, the message itself says who puts it right.
        said = UNCHANGED in str(error) or write.pending(root)
        raise Refusal(str(error) if said else f"{error}; {UNCHANGED}") from error
    return done[0]


def transact(root: Path, act: "Callable[[Writer], None]") -> None:
    """Run `act` in a transaction, and pass on what it noticed."""
    from goalkit.vault import write

    with write.transaction(root) as writer:
        try:
            act(writer)
        finally:
            for notice in writer.notices:
                click.echo(f"goalkit: {visible(notice)}", err=True)


def set_status(job: Job, key: str, status: "Status", title: str) -> None:
    """Give a goal this status and say so."""
    from goalkit.author import fields

    path = job.plan.graph.goals[key].path
    after = revise(job, path, fields.set_status(job.plan.snapshot.config, status), title)
    if after is not None:
        tell(job.source(path), after)


def warn_of_unsaved(root: Path, path: str) -> None:
    """Say, and on a terminal ask, before writing a note that an editor has open with unsaved changes."""
    from goalkit.cli.asking import ask_words
    from goalkit.vault.write import unsaved_elsewhere

    sign = unsaved_elsewhere(root, path)
    if sign is None:
        return
    warning = f"{visible(path)} may have unsaved changes in an editor ({visible(sign)} is there)"
    if not interactive():
        click.echo(f"goalkit: {warning}", err=True)
    elif ask_words(f"{warning}. Write all the same?", "yes; Enter: no").casefold() not in ("y", "yes"):
        raise click.Abort


def refusal(message: str, before: Source | None = None, after: str | None = None) -> Refusal:
    """The error to raise for a change that was not made, after showing it."""
    if before is not None and after is not None:
        click.echo(diff(before, Source(before.path, after)), nl=False, err=True)
        return Refusal(f"{message}{' N' if message.endswith('?') else '; n'}{UNCHANGED[1:]}")
    return Refusal(message)


# -- what is said -------------------------------------------------------------------------------------------------


def tell(before: Source, after: Source) -> None:
    """Print the lines that were written, each after `path:line`."""
    for line in changed_lines(before.text, after):
        place = click.style(f"{visible(after.path)}:{line}", bold=True)
        click.echo(f"{place}: {_safe(after.line(line)).strip()}" if after.line(line).strip() else place)


def tell_gone(name: str, before: Source, after: Source) -> None:
    """Say where a field was that was taken out."""
    old, new = _lines(before), _lines(after)
    same = next((i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(new))
    place = click.style(f"{visible(before.path)}:{same + 1}", bold=True)
    click.echo(f"`{name}` is gone from {place}")


def changed_lines(before: str, after: Source) -> list[int]:
    """Numbers of the lines of `after` that are new or other; for lines only taken out, the line where they were."""
    old, new = _lines(Source("", before)), _lines(after)
    found: list[int] = []
    for tag, _, _, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "delete":
            found.append(min(first + 1, len(new)))
        elif tag != "equal":
            found += [number + 1 for number in range(first, last) if new[number].strip()]
    return found


def say_undo() -> None:
    """On a terminal, say how to go back."""
    if interactive():
        click.echo(dim("`goalkit undo` takes it back"))


# -- diffs --------------------------------------------------------------------------------------------------------


def change_diff(change: "Change") -> str:
    """A change as a unified diff; a rename as git shows it."""
    head = ""
    if change.moved_from:
        head = f"rename from {visible(change.moved_from)}\nrename to {visible(change.path)}\n"
    before = Source(change.moved_from or change.path, change.before or "")
    names = ("/dev/null" if change.before is None else "", "/dev/null" if change.after is None else "")
    return head + diff(before, Source(change.path, change.after or ""), names)


def diff(before: Source, after: Source, names: tuple[str, str] = ("", "")) -> str:
    """A unified diff, safe to print; line ends as such are not shown."""
    olds, news = _lines(before), _lines(after)
    old_name, new_name = names[0] or f"a/{visible(before.path)}", names[1] or f"b/{visible(after.path)}"
    return "".join(
        f"{line}\n" for line in _drawn(difflib.unified_diff(olds, news, old_name, new_name, lineterm=""))
    )


def _drawn(found: Iterator[str]) -> Iterator[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for number, line in enumerate(found):
        text, missing = _safe(line.removesuffix(_NO_END)), line.endswith(_NO_END)
        yield click.style(text, bold=True) if number < 2 else click.style(text, fg=colours.get(line[0]))
        if missing:
            yield _NO_END


def _lines(source: Source) -> list[str]:
    """Lines without their ends; a last one that has none is marked, so that it differs from one that has."""
    count = len(source.line_starts)
    lines = [source.line(number) for number in range(1, count + 1)]
    if lines[-1]:
        return [*lines[:-1], lines[-1] + _NO_END]
    return lines[:-1]


def _safe(line: str) -> str:
    return "\t".join(visible(part) for part in line.split("\t"))
