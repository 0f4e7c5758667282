"""Lines that are ahead of the day."""

from collections.abc import Iterator

from goalkit import rules
from goalkit.diagnostics import Diagnostic
from goalkit.lint.subject import Vault


def check_in_ahead(vault: Vault) -> Iterator[Diagnostic]:
    """GK120: a check-in with a date still to come. A planned `skip` is meant; anything else may be a slip."""
    for goal in vault.graph.goals.values():
        for one in goal.check_ins:
            if one.day > vault.today and one.kind != "skip":
                message = f"{one.day} is still to come, so this line waits"
                yield vault.at(
                    rules.CHECK_IN_SLIP, goal.path, one.span, message, "correct the date, if it is a slip"
                )
