"""`goalkit explain`: the catalogue of findings."""

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from goalkit import explain
from goalkit.cli.session import Refusal
from goalkit.cli.terminal import Cell, Column, columns, sign_cell, table
from goalkit.diagnostics import Rule
from goalkit.rules import RULES
from goalkit.text import nearest

_FAMILIES = {
    "reading": "Reading a file",
    "graph": "How files hang together",
    "coaching": "Coaching, never an error",
}


def _codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    begun = incomplete.upper()
    return [CompletionItem(code, help=rule.name) for code, rule in RULES.items() if code.startswith(begun)]


@click.command("explain")
@click.argument("words", metavar="[CODE]...", nargs=-1, shell_complete=_codes)
def command(words: tuple[str, ...]) -> None:
    """Tell more about a finding, by its code.

    Why it matters, and an example of wrong and right. The name will do for the CODE, and other words list those whose
    name or text has them. Without any, all are listed.
    """
    if not words:
        _list(list(RULES.values()))
        return
    code = " ".join(words)
    rule = _find("-".join(code.split()))
    if rule is None and (matching := _matching(code)):
        _list(matching)
        return
    if rule is None:
        close = nearest(code, [*RULES, *(rule.name for rule in RULES.values())])
        hint = f"did you mean {close[0]}?" if close else "`goalkit explain` lists them"
        raise Refusal(f"no finding `{code}`; {hint}")
    head, rest = explain.text(rule, min(columns(), 88)).split("\n", 1)
    click.echo(click.style(head, bold=True) + "\n" + rest, nl=False)


def _find(code: str) -> Rule | None:
    named = {rule.name: rule for rule in RULES.values()}
    return RULES.get(code.upper()) or named.get(code.lower())


def _matching(typed: str) -> list[Rule]:
    """Findings whose name has all these words; else those that tell of them."""
    words = [word for word in typed.casefold().replace("-", " ").split() if len(word) > 2]
    named = [rule for rule in RULES.values() if words and all(word in rule.name for word in words)]
    told = (rule for rule in RULES.values() if words and all(word in rule.why.casefold() for word in words))
    return named or list(told)


def _list(listed: Sequence[Rule]) -> None:
    families = [(h, rules) for f, h in _FAMILIES.items() if (rules := [r for r in listed if r.family == f])]
    for number, (head, rules) in enumerate(families):
        rows = [[Cell("  " + rule.code), sign_cell(rule.severity), Cell(rule.name)] for rule in rules]
        click.echo(("\n" if number else "") + click.style(head, bold=True))
        for line in table([Column(""), Column(""), Column("", least=8)], rows, columns()):
            click.echo(line)
