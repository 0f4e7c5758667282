"""`goalkit explain`: the catalogue of findings."""

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
@click.argument("code", required=False, shell_complete=_codes)
def command(code: str | None) -> None:
    """Tell more about a finding, by its code.

    Why it matters, and an example of wrong and right. Without a CODE all of them are listed.
    """
    if code is None:
        _list()
        return
    rule = _find(code)
    if rule is None:
        close = nearest(code, [*RULES, *(rule.name for rule in RULES.values())])
        hint = f"did you mean {close[0]}?" if close else "`goalkit explain` lists them"
        raise Refusal(f"no finding `{code}`; {hint}")
    head, rest = explain.text(rule, min(columns(), 88)).split("\n", 1)
    click.echo(click.style(head, bold=True) + "\n" + rest, nl=False)


def _find(code: str) -> Rule | None:
    named = {rule.name: rule for rule in RULES.values()}
    return RULES.get(code.upper()) or named.get(code.lower())


def _list() -> None:
    for number, (family, head) in enumerate(_FAMILIES.items()):
        rules = [rule for rule in RULES.values() if rule.family == family]
        rows = [[Cell("  " + rule.code), sign_cell(rule.severity), Cell(rule.name)] for rule in rules]
        click.echo(("\n" if number else "") + click.style(head, bold=True))
        for line in table([Column(""), Column(""), Column("", least=8)], rows, columns()):
            click.echo(line)
