"""All rules that need the day over a vault. Coaching is for active goals only, and silent about what could not be read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from goalkit.diagnostics import Diagnostic
from goalkit.lint import ahead, reach, shape, smart
from goalkit.lint.subject import Subject, Vault
from goalkit.model.assessment import Assessment
from goalkit.snapshot import Snapshot

GOAL_RULES: tuple[Callable[[Subject], Iterator[Diagnostic]], ...] = (
    smart.not_specific,
    smart.not_measurable,
    reach.not_achievable,
    smart.not_relevant,
    smart.not_time_bound,
    shape.no_stepping_stone,
    shape.no_rhythm,
    shape.due_outside_parent,
)
VAULT_RULES: tuple[Callable[[Vault], Iterator[Diagnostic]], ...] = (
    shape.unserved_value,
    shape.loose_work,
    ahead.check_in_ahead,
)


def lint(snapshot: Snapshot, assessments: Mapping[str, Assessment], today: date) -> list[Diagnostic]:
    """What there is to say about the goals of `snapshot` on `today`: hints, each with an example, and lines that are ahead of it."""
    vault = Vault.of(snapshot, assessments, today)
    about_goals = (found for one in _subjects(vault) for rule in GOAL_RULES for found in rule(one))
    return [*about_goals, *(found for rule in VAULT_RULES for found in rule(vault))]


def _subjects(vault: Vault) -> Iterator[Subject]:
    for key, goal in vault.graph.goals.items():
        if goal.status == "active" and not goal.broken and "status" not in goal.unreadable:
            yield Subject(vault, key, goal, vault.assessments[key])
