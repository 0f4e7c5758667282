"""The files of a new vault, out of what somebody answered: as they would have typed them. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from goalkit.author.new_goal import NewGoal
from goalkit.vault import edits

Host = Literal["github", "gitlab"]
VISION_TITLE = "The work I want"
GITIGNORE = "site/\nsite-shared/\n.goalkit/\n"
WORKFLOWS: dict[Host, str] = {"github": ".github/workflows/goals.yml", "gitlab": ".gitlab-ci.yml"}
PLACEHOLDER = "OWNER"


@dataclass(frozen=True, slots=True)
class Wish:
    """The work that somebody wants: who they are at their best, what they are proud of, and a paragraph each on the rest."""

    best: tuple[str, ...] = ()
    proud: tuple[str, ...] = ()
    more: str = ""
    less: str = ""
    fulfilling: str = ""
    ideal_day: str = ""
    excel: str = ""


def config_text(*, obsidian: bool = False, folders: Sequence[tuple[str, str]] = ()) -> str:
    """`goalkit.toml`; in an Obsidian vault pages open notes there. `folders` are those that do not have their usual name."""
    lines = ['title = "My goals"', 'check-in = "weekly"']
    if obsidian:
        lines.append('editor = "obsidian"')
    if folders:
        lines += ["", "[folders]", *(f'{kind} = "{name}"' for kind, name in folders)]
    return "".join(f"{line}\n" for line in lines)


def value_text(name: str, stories: Sequence[str]) -> str:
    """A value, and where it showed."""
    title = edits.one_line(name)
    return _note(title[:1].upper() + title[1:], [_sentence(story) for story in stories])


def vision_text(wish: Wish) -> str:
    """The vision; empty where nothing was said of it."""
    sections = (
        ("What I am proud of", " ".join(map(_sentence, wish.proud))),
        ("More of", wish.more),
        ("Less of", wish.less),
        ("What fulfils me", wish.fulfilling),
        ("An ideal day", wish.ideal_day),
        ("Where I excel", wish.excel),
    )
    blocks = [" ".join(map(_sentence, wish.best))] if wish.best else []
    for heading, text in sections:
        blocks += [f"## {heading}", _sentence(text)] if text else []
    return _note(VISION_TITLE, blocks) if blocks else ""


def _note(title: str, blocks: Sequence[str]) -> str:
    head = NewGoal({"title": (title,)}).text
    return head + "".join(
        f"\n{block if block[:3] == '## ' else edits.paragraph(block)}\n" for block in blocks
    )


def _sentence(text: str) -> str:
    """`text` beginning with a capital and ending with a stop."""
    line = edits.one_line(text)
    return line[:1].upper() + line[1:] + ("" if line[-1:] in ".?!…:;)”\"'" else ".")


def values_named(text: str) -> tuple[str, ...]:
    """The values of `curiosity, courage and craft`, each once."""
    parts = (edits.one_line(part) for piece in text.split(",") for part in piece.split(" and "))
    named = {part.casefold(): part for part in parts if any(c.isalnum() for c in part)}
    return tuple(named.values())


def workflow(host: Host, folder: str = "") -> str:
    """What publishes the shared dashboard with GitHub or GitLab Pages; `folder` leads from the repository to the vault."""
    makers: dict[Host, Callable[[str], str]] = {"github": _github, "gitlab": _gitlab}
    return makers[host](f"goalkit -C {_quoted(folder)} build" if folder else "goalkit build")


def _quoted(folder: str) -> str:
    return (
        folder
        if all(c.isalnum() or c in "/._-" for c in folder)
        else "'" + folder.replace("'", "'\\''") + "'"
    )


def _github(build: str) -> str:
    return f"""\
# Publishes what says `visibility: shared`, and nothing else. In the settings of the repository, under Pages,
# choose GitHub Actions as the source.
name: Goals

on:
  push:
    branches: [main, master]
  schedule:
    - cron: "17 4 * * *" # the numbers move on with the days
  workflow_dispatch:

permissions:
  contents: read
  pages: write
  id-token: write

concurrency:
  group: pages

env:
  GOALKIT: git+https://github.com/{PLACEHOLDER}/goalkit # where goalkit is kept

jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{{{ steps.pages.outputs.page_url }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: python -m pip install "$GOALKIT"
      - run: {build} --shared --out public
      - uses: actions/upload-pages-artifact@v3
        with:
          path: public
      - id: pages
        uses: actions/deploy-pages@v4
"""


def _gitlab(build: str) -> str:
    return f"""\
# Publishes what says `visibility: shared`, and nothing else.
pages:
  image: python:3.13
  variables:
    GOALKIT: git+https://gitlab.com/{PLACEHOLDER}/goalkit # where goalkit is kept
  script:
    - python -m pip install "$GOALKIT"
    - {build} --shared --out public
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""
