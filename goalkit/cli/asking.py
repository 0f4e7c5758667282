"""Conversations on a terminal: a question, its answer, every one to be skipped, nothing lost when it ends early."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from goalkit.cli.terminal import columns, dim, wrap
from goalkit.text import visible

Answer = TypeVar("Answer")
WIDEST = 88


class Unclear(Exception):
    """An answer that cannot be read; the message says what to type."""


def ask(question: str, read: Callable[[str], Answer], hint: str = "") -> Answer | None:
    """The answer to `question` as `read` takes it, asked again while that raises Unclear; none where it is skipped."""
    put(question, hint)
    while typed := answer():
        try:
            return read(typed)
        except Unclear as error:
            say(str(error))
    return None


def ask_words(question: str, hint: str = "") -> str:
    """What was answered, as it is; empty where it is skipped."""
    return ask(question, str, hint) or ""


def ask_lines(question: str, hint: str = "", most: int = 12) -> tuple[str, ...]:
    """Answers, one a line, up to an empty one."""
    put(question, hint)
    lines: list[str] = []
    while len(lines) < most and (typed := answer()):
        lines.append(typed)
    return tuple(lines)


def confirm(question: str, hint: str = "") -> bool:
    """Whether the answer was yes; Enter is."""

    def read(typed: str) -> bool:
        if typed.casefold() in ("y", "yes", "n", "no"):
            return typed.casefold() in ("y", "yes")
        raise Unclear("Please say yes or no")

    return ask(question, read, hint) is not False


def put(question: str, hint: str = "") -> None:
    """Print a question, and below it what an answer may look like."""
    click.echo("")
    say(click.style(question, bold=True))
    if hint:
        say(dim(hint))


def say(text: str) -> None:
    """Print a few words, in lines that fit."""
    click.echo(wrap(text, min(columns(), WIDEST)))


def answer() -> str:
    """One line that was typed, without blanks around it and what nobody sees in it. Raises click.Abort at its end."""
    typed: str = click.prompt(">", prompt_suffix=" ", default="", show_default=False)
    return " ".join("".join(c if visible(c) == c else " " for c in typed).split())


@contextmanager
def calmly() -> Iterator[None]:
    """A conversation that may be left at any question: nothing was written until it ends."""
    try:
        yield
    except click.Abort:
        click.echo("\nNothing was written.")
        raise
