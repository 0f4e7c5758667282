"""`goalkit init`: from nothing to a vault."""

import os
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from goalkit.author import beginnings
from goalkit.author.beginnings import WORKFLOWS, Host
from goalkit.cli.asking import Unclear, ask, calmly, confirm, say
from goalkit.cli.beginning import Beginning, Place, converse, notes_in
from goalkit.cli.desk import spelled
from goalkit.cli.session import Session
from goalkit.cli.terminal import dim
from goalkit.cli.writing import apply, interactive
from goalkit.config import FILE
from goalkit.text import visible
from goalkit.vault import fs
from goalkit.vault.write import Change
from goalkit.words import count


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--gitignore/--no-gitignore", default=None, help="Keep the built pages out of git; or not.")
@click.option(
    "--ci", type=click.Choice(tuple(WORKFLOWS)), help="Publish what is shared, with GitHub or GitLab Pages."
)
@click.option("--dry-run", is_flag=True, help="Print the files and write nothing.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path | None, *, yes: bool, gitignore: bool | None, ci: Host | None, dry_run: bool
) -> None:  # fmt: skip
    """Make a vault in DIR, or in the folder you are in.

    On a terminal a short conversation finds your values, the work you want and a first goal; every answer can be
    skipped. No file that is there is touched.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    place = Place.at(Path(os.path.abspath(folder or ctx.obj.vault or Path())))  # noqa: PTH100 - links stay as typed
    begun = Beginning()
    if not place.is_vault:
        begun.files[FILE] = beginnings.config_text(
            obsidian=place.obsidian == place.root, folders=place.folders
        )
    if not yes and interactive():
        with calmly():
            if not place.is_vault:
                converse(place, begun, ctx.obj.today or date.today())
            gitignore, ci = _offers(place, gitignore=gitignore, ci=ci)
    _extras(place, begun, gitignore=gitignore, ci=ci)
    if dry_run:
        _show(place, begun)
        return
    made, kept = _write(place, begun)
    _report(place, begun, made, kept)


# -- git ----------------------------------------------------------------------------------------------------------


def _offers(place: Place, *, gitignore: bool | None, ci: Host | None) -> tuple[bool | None, Host | None]:
    """In a git repository, offer what goes with one."""
    if place.repository is None:
        return gitignore, ci
    if gitignore is None and not (place.root / ".gitignore").exists():
        gitignore = confirm(
            "Keep the built pages out of git? (Enter: yes)",
            "A .gitignore with site/, site-shared/ and .goalkit/",
        )
    if ci is None:
        hint = "github or gitlab; only goals that say `visibility: shared`. Enter: no"
        ci = ask("Publish a dashboard for others?", _host, hint)
    return gitignore, ci


def _host(typed: str) -> Host:
    for host in WORKFLOWS:
        if host.startswith(typed.casefold()) and len(typed) > 3:
            return host
    raise Unclear("github or gitlab, please")


def _extras(place: Place, begun: Beginning, *, gitignore: bool | None, ci: Host | None) -> None:
    if gitignore or (gitignore is None and place.repository and not place.is_vault):
        begun.files[".gitignore"] = beginnings.GITIGNORE
    if ci is None:
        return
    text = beginnings.workflow(ci, place.in_repository)
    if place.in_repository and place.repository:
        begun.outside[place.repository / WORKFLOWS[ci]] = text
    else:
        begun.files[WORKFLOWS[ci]] = text


# -- writing ------------------------------------------------------------------------------------------------------


def _write(place: Place, begun: Beginning) -> tuple[list[str], list[str]]:
    """Write what is not there yet, in one step; the paths that are new, folders with a slash, and those that were there."""
    place.root.mkdir(parents=True, exist_ok=True)
    folders = _new_folders(place)
    kept = [path for path in begun.files if _is_there(place.root, path)]
    changes = [Change(path, None, text) for path, text in begun.files.items() if path not in kept]
    if changes:
        apply(place.root, "init", lambda: changes, changes)
    for folder in folders:
        (place.root / folder).mkdir(parents=True, exist_ok=True)
    paths = [change.path for change in changes]
    made = [*paths, *(f"{one}/" for one in folders if not any(path.startswith(f"{one}/") for path in paths))]
    for path, text in begun.outside.items():
        if os.path.lexists(path):
            kept.append(str(path))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        fs.write_new(path, text.encode(), 0o666)
        made.append(str(path))
    return made, kept


def _new_folders(place: Place) -> list[str]:
    """The folders that a new vault needs and has not."""
    wanted = [place.folder(kind) for kind in ("goals", "values")] if not place.is_vault else []
    return [folder for folder in wanted if not (place.root / folder).is_dir()]


def _is_there(root: Path, path: str) -> bool:
    return os.path.lexists(root / spelled(root, path))


# -- what is said -------------------------------------------------------------------------------------------------


def _show(place: Place, begun: Beginning) -> None:
    files = {**begun.files, **{str(path): text for path, text in begun.outside.items()}}
    for number, (path, text) in enumerate(files.items()):
        there = dim("  (is there, and stays as it is)") if _is_there(place.root, path) else ""
        click.echo(("\n" if number else "") + click.style(f"── {visible(path)}", bold=True) + there)
        click.echo(text, nl=False)
    if folders := _new_folders(place):
        click.echo("\n" + click.style("── " + " and ".join(f"{name}/" for name in folders), bold=True))


def _report(place: Place, begun: Beginning, made: list[str], kept: list[str]) -> None:
    name = os.path.relpath(place.root)
    name = str(place.root) if name.startswith("..") else name
    where = "this folder" if name == "." else visible(name)
    if made:
        click.echo(f"\nMade in {where}:" if not place.is_vault else f"Added to the vault in {where}:")
        for path in made:
            click.echo(f"  {visible(path)}")
    elif place.is_vault:
        click.echo(f"A vault is in {where} already.")
    for path in kept:
        click.echo(
            f"Left as it is: {visible(path)}"
            + ("; for built pages it needs a line site/" if path == ".gitignore" else "")
        )
    for line in _remarks(place, begun, made):
        say(line)
    go = "" if name == "." else f"cd {visible(shlex.quote(name))} && "
    click.echo(f"\nNext: `{go}{_next(place, begun)}`")


def _remarks(place: Place, begun: Beginning, made: list[str]) -> Iterator[str]:
    if place.obsidian and not place.is_vault:
        if place.obsidian == place.root:
            yield "Your notes in Obsidian stay as they are: goals lie beside them, and a task in any note serves the goals that it links."
        else:
            yield f"It is a folder of your Obsidian vault {visible(place.obsidian.name)}; tasks in notes outside of it do not count."
    for kind, own in place.folders:
        yield f"`{kind}` holds {count(notes_in(place.root / spelled(place.root, kind)), 'note', 'notes')} of yours already, so goalkit's are in `{own}`."
    if "vision-2.md" in begun.files:
        yield "vision.md is yours and stays; what you said now is in vision-2.md."
    if any(path.endswith(tuple(WORKFLOWS.values())) for path in made):
        yield f"In the workflow, put the address of goalkit's repository in the place of {beginnings.PLACEHOLDER}'s."


def _next(place: Place, begun: Beginning) -> str:
    if place.is_vault:
        return "goalkit status"
    return f"goalkit show {begun.goal}" if begun.goal else 'goalkit new "…"'
