"""Specific, measurable, achievable, relevant, time-bound: one rule each.

What a goal says elsewhere counts as much as its title: a measure, milestones and stepping stones make it specific
and measurable too.
"""

from collections.abc import Iterator
from datetime import date

from goalkit import rules
from goalkit.dates import add_days, period_of
from goalkit.diagnostics import Diagnostic
from goalkit.lint import examples
from goalkit.lint.subject import Subject
from goalkit.model.measure import Measure
from goalkit.text import fold, visible
from goalkit.wording import has_rhythm, period_named


def not_specific(one: Subject) -> Iterator[Diagnostic]:
    """GK301: a broad verb, and neither measure, milestones nor stepping stones that say what will be done."""
    measure = one.goal.measure
    named = measure and _quantified(measure) and measure.unit and not measure.is_times
    if named or _in_parts(one) or not one.readable("title", "measure") or one.wording.specific:
        return
    message = f"{_quoted(one, one.wording.vague)} does not say yet what you will do"
    yield one.hint(
        rules.NOT_SPECIFIC, "title", message, f"for example `{visible(examples.act(one.goal.title))}`"
    )


def not_measurable(one: Subject) -> Iterator[Diagnostic]:
    """GK302: nothing that could be counted, ticked or finished; or a measure that counts what is not there yet."""
    measure = one.goal.measure
    if _in_parts(one) or not one.readable("title", "measure"):
        return
    if measure and measure.kind == "milestones":
        message = "the measure is the milestones, and none is written yet"
        hint = "add `## Milestones` and a line such as `- [ ] The first step`"
        yield one.hint(rules.NOT_MEASURABLE, "measure", message, hint)
    elif measure and measure.kind == "goals":
        if one.assessment.horizon == "short-term":  # GK306 says the same of a long-term one
            message = "the measure is the goals that support this one, and there is none yet"
            hint = f'in a stepping stone write `supports: "[[{one.key}]]"`'
            yield one.hint(rules.NOT_MEASURABLE, "measure", message, hint)
    elif not (measure and _quantified(measure)) and not one.wording.measurable:
        message = f"nothing tells yet when {_quoted(one, one.wording.endless)} is reached"
        hint = (
            f"for example `{visible(examples.countable(one.goal.title))}`; or add a `measure` or milestones"
        )
        yield one.hint(rules.NOT_MEASURABLE, "title", message, hint)


def not_relevant(one: Subject) -> Iterator[Diagnostic]:
    """GK304: no value and no goal, where the vault has values; or a loose short-term goal beside a long-term one."""
    goal, graph = one.goal, one.vault.graph
    serves = graph.parents[one.key] or graph.values_of[one.key] or goal.supports or goal.values
    if serves or not one.readable("values", "supports"):
        return
    if values := one.vault.values:
        others = ", ".join(f"`{v}`" for v in values[1:4]) + (" …" if len(values) > 4 else "")
        hint = f'for example `values: "[[{values[0]}]]"`'
        hint += f"; other values are {others}" if others else ""
        message = "this serves none of your values and no other goal yet"
        yield one.hint(rules.NOT_RELEVANT, "title", message, hint)
        return
    above = next((key for key in one.vault.long_term if key != one.key), "")
    if above and one.assessment.horizon == "short-term":
        hint = f'for example `supports: "[[{above}]]"`, or write down under `values/` what matters to you'
        yield one.hint(rules.NOT_RELEVANT, "title", "this is a stepping stone to no other goal yet", hint)


def not_time_bound(one: Subject) -> Iterator[Diagnostic]:
    """GK305: no date and no event; a rhythm without an end is one of its own accord."""
    goal = one.goal
    if goal.due or goal.when or not one.readable("due", "when", "measure", "title"):
        return
    period = period_named(goal.title)
    if period:
        message = f"the title says “this {period}”, and there is no `due` that goalkit could count with"
        yield one.hint(
            rules.NOT_TIME_BOUND, "title", message, f"write `due: {_period_due(period, one.vault.today)}`"
        )
    elif not (goal.measure and goal.measure.kind == "habit") and not has_rhythm(goal.title):
        message = "there is no day and no event by which this is done"
        hint = f"for example `due: {_next_quarter_end(one.vault.today)}`, or `when: my next review`"
        yield one.hint(rules.NOT_TIME_BOUND, "title", message, hint)


def _quantified(measure: Measure) -> bool:
    return measure.kind in ("count", "limit", "habit")


def _in_parts(one: Subject) -> bool:
    return bool(one.goal.milestones or one.supporters)


def _quoted(one: Subject, words: str) -> str:
    """`words` of the title as they stand there, shortened."""
    title = " ".join(one.goal.title.split())
    at = fold(title).find(words)
    typed = title[at : at + len(words)] if at >= 0 and len(fold(title)) == len(title) else words
    typed = visible(typed)
    return f"“{typed if len(typed) <= 60 else typed[:59].rstrip() + '…'}”"


def _period_due(period: str, today: date) -> str:
    if period == "week":
        year, week, _ = today.isocalendar()
        return f"{year}-W{week:02}"
    if period == "month":
        return f"{today.year}-{today.month:02}"
    return f"{today.year}-Q{(today.month + 2) // 3}" if period == "quarter" else f"{today.year}"


def _next_quarter_end(today: date) -> date:
    """The end of this quarter, or of the next one where this has less than six weeks left."""
    return period_of(add_days(today, 42), "quarter").last
