"""What a rule is about: for `goalkit explain`, and as docs/rules.md."""

import sys
import textwrap
from collections.abc import Iterable
from itertools import groupby

from goalkit.diagnostics import Family, Rule
from goalkit.rules import RULES

_FAMILIES: dict[Family, tuple[str, str]] = {
    "reading": ("Reading", "What cannot be read as it was meant. The other files are read all the same."),
    "graph": ("Graph", "How the files hang together: ids and links."),
    "coaching": (
        "Coaching",
        (
            "Hints, never errors, and about active goals only: ideas, paused goals and closed ones are left in peace. "
            "Nothing is said that hangs on a field that could not be read."
        ),
    ),
}
_INTRO = """\
# Rules

Every finding names its rule. `goalkit explain GK301` prints one of these sections; `goalkit check` lists the findings
of a vault. In `goalkit.toml` a rule can weigh something else, or be silent in some files:

    [rules]
    GK304 = "off"

    [ignore]
    "goals/private/*" = ["GK301", "GK302"]

A rule is an `error`, a `warning` or a `hint`.
"""


def text(rule: Rule, width: int = 80) -> str:
    """What `rule` is about, as plain text of at most `width` columns (its examples are never wrapped)."""
    return "\n".join(
        (
            f"{rule.code} {rule.name} ({rule.severity})",
            "",
            textwrap.fill(rule.why, width, break_long_words=False, break_on_hyphens=False),
            "",
            f"{_labels(rule)[0]}:",
            textwrap.indent(rule.bad, "    "),
            "",
            f"{_labels(rule)[1]}:",
            textwrap.indent(rule.good, "    "),
            "",
        )
    )


def markdown(rules: Iterable[Rule]) -> str:
    """All `rules`, one section each, by family: the text of docs/rules.md."""
    parts = [_INTRO]
    for family, group in groupby(rules, key=lambda r: r.family):
        title, about = _FAMILIES[family]
        parts += [f"## {title}\n\n{about}\n", *(_section(rule) for rule in group)]
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    # Examples are indented, not fenced: one of them shows git's conflict markers, which tools look for at column 1.
    bad, good = (textwrap.indent(example, "    ") for example in (rule.bad, rule.good))
    first, second = _labels(rule)
    return f"### {rule.code} {rule.name}\n\n_{rule.severity}_ · {rule.why}\n\n{first}:\n\n{bad}\n\n{second}:\n\n{good}\n"


def _labels(rule: Rule) -> tuple[str, str]:
    return ("Before", "Better") if rule.family == "coaching" else ("Wrong", "Right")


if __name__ == "__main__":
    sys.stdout.write(markdown(RULES.values()))
