"""The place for a new vault, and the conversation of `goalkit init`: three steps, and the files that its answers make."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from goalkit.author import beginnings
from goalkit.author.beginnings import Wish
from goalkit.author.new_goal import NewGoal, Said, id_for, new_goal, slug
from goalkit.cli.asking import ask_lines, ask_words, say
from goalkit.cli.desk import Desk, spelled
from goalkit.cli.interview import Interview
from goalkit.cli.session import Refusal
from goalkit.cli.terminal import dim
from goalkit.config import FILE, Config
from goalkit.plan import plan
from goalkit.snapshot import load
from goalkit.text import Source, fold
from goalkit.vault.refused import Refused
from goalkit.words import listed

STORIES = 3
STONES = 5
OBSIDIAN = ".obsidian"
_OWN = {"values": "goals/values", "projects": "goals/projects"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a vault is to be, and what is there: the Obsidian vault and the git repository around it, if any.

    `folders` has those kinds of notes that need a folder of another name, because the usual one is in use.
    """

    root: Path
    is_vault: bool
    obsidian: Path | None
    repository: Path | None
    folders: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, root: Path) -> "Place":
        """What lies at and above `root`. Raises Refusal where no vault can be."""
        if os.path.lexists(root) and not root.is_dir():
            raise Refusal(f"{root} is not a folder")
        for above in root.parents:
            if (above / FILE).is_file():
                raise Refusal(
                    f"{root} lies in the vault {above} already; `goalkit new` writes to it from here"
                )
        is_vault = (root / FILE).is_file()
        ours = is_vault or (root / spelled(root, "goals")).is_dir()
        used = [(k, own) for k, own in _OWN.items() if not ours and notes_in(root / spelled(root, k))]
        return cls(root, is_vault, _above(root, OBSIDIAN), _above(root, ".git"), tuple(used))

    def folder(self, kind: str) -> str:
        """Where notes of this kind lie."""
        return dict(self.folders).get(kind) or spelled(self.root, kind)

    @property
    def in_repository(self) -> str:
        """The way from the top of the repository to the vault; empty where they are the same."""
        inside = self.root.relative_to(self.repository).as_posix() if self.repository else "."
        return "" if inside == "." else inside


def _above(root: Path, name: str) -> Path | None:
    return next((folder for folder in (root, *root.parents) if (folder / name).exists()), None)


def notes_in(folder: Path) -> int:
    """How many notes lie in a folder and below it."""
    return sum(1 for _ in folder.glob("**/*.md")) if folder.is_dir() else 0


@dataclass(slots=True)
class Beginning:
    """What a new vault is to hold: the files by their path, and those of the repository around it."""

    files: dict[str, str] = field(default_factory=dict)
    outside: dict[Path, str] = field(default_factory=dict)
    goal: str = ""


def converse(place: Place, begun: Beginning, today: date) -> None:
    """Three steps: what matters, the work that is wanted, the first goals. Adds the files that they make."""
    say("Three short steps. Enter skips a question, and nothing is written before the end.")
    _step(1, "What matters to you")
    best = ask_lines(
        "Who are you at your best?",
        "In the present tense, one sentence a line: I ask before I answer. Enter ends.",
    )
    proud = _values(place, begun)
    _step(2, "The work you want")
    wish = Wish(
        best,
        proud,
        ask_words("What would you like more of?"),
        ask_words("What would you like less of?"),
        ask_words("What is most fulfilling?"),
        ask_words("What does an ideal day look like?"),
        ask_words("Where do you excel?"),
    )
    if vision := beginnings.vision_text(wish):
        there = "vision.md" in map(fold, names_in(place.root))
        begun.files["vision-2.md" if there else "vision.md"] = vision
    _step(3, "Your first goals")
    _goals(place, begun, today)


def _step(number: int, title: str) -> None:
    click.echo("\n" + dim(f"{number} of 3  ") + click.style(title, bold=True))


def _values(place: Place, begun: Beginning) -> tuple[str, ...]:
    """The values behind what one is proud of, and others that are named; the stories that have none."""
    stories: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    without: list[str] = []

    def add(answered: str, story: str = "") -> None:
        named = beginnings.values_named(answered)
        without.extend([story] if story and not named else [])
        for name in named:
            names.setdefault(slug(name), name)
            stories.setdefault(slug(name), []).extend([story] if story else [])

    for number in range(STORIES):
        story = ask_words("What are you proudest of?" if number == 0 else "What else are you proud of?")
        if not story:
            break
        add(ask_words("Which values were behind it?", "With commas between: curiosity, courage"), story)
    had = f"So far: {listed(list(names.values()), 8)}. " if names else ""
    add(ask_words("What else matters to you?", f"{had}Values, with commas between"))
    for name, title in names.items():
        begun.files[f"{place.folder('values')}/{name}.md"] = beginnings.value_text(title, stories[name])
    return tuple(without)


def _goals(place: Place, begun: Beginning, today: date) -> None:
    """A long-term goal, then the stepping stones to it."""
    hint = "What, and by when. For example: Lead a team of my own by the end of 2028"
    far = _goal(place, begun, today, "What is one goal for the next years?", hint)
    begun.goal = far
    if not far:
        hint = "For example: Ask two colleagues for feedback by Friday"
        begun.goal = _goal(place, begun, today, "Or one for the next weeks?", hint)
        return
    for number in range(STONES):
        question = "What is a first step towards it?" if number == 0 else "And another? (Enter: that will do)"
        if not _goal(place, begun, today, question, "", Said(supports=(far,))):
            break


def _goal(
    place: Place, begun: Beginning, today: date, question: str, hint: str, said: Said | None = None
) -> str:
    """Ask for one goal and what its sentence leaves open; its id, empty where it is skipped."""
    text = ask_words(question, hint)
    if not text:
        return ""
    sources = [Source(path, content) for path, content in begun.files.items() if path.endswith(".md")]
    config = Config(folders={**Config().folders, place.folder("values"): "value"})
    desk = Desk(None, plan(load(sources, config), today))
    try:
        ((draft, complete),) = Interview(desk, said or Said()).about(text)
        goal = new_goal(draft, complete, today)
    except (Refusal, Refused) as error:
        say(str(error))
        return ""
    return _add(place, begun, goal)


def _add(place: Place, begun: Beginning, goal: NewGoal) -> str:
    folder = place.folder("goals")
    taken = {fold(Path(name).stem) for name in (*begun.files, *names_in(place.root / folder))}
    name = id_for(goal.title, lambda wanted: fold(wanted) in taken)
    begun.files[f"{folder}/{name}.md"] = goal.text
    return name


def names_in(folder: Path) -> list[str]:
    """Names of what lies in a folder."""
    return [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
