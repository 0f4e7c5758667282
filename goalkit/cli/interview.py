"""The questions of `goalkit new`: asked on a terminal only, for what the sentence left open."""

from collections.abc import Sequence
from dataclasses import replace

import click

from goalkit.author.misspelt import meant
from goalkit.author.new_goal import Said, both, known_by, new_goal, timing
from goalkit.capture.draft import Draft
from goalkit.cli.asking import Unclear, ask, ask_words, say
from goalkit.cli.desk import Desk
from goalkit.cli.find import resolve
from goalkit.cli.session import Refusal
from goalkit.cli.terminal import dim
from goalkit.model.cadence import parse_cadence
from goalkit.model.measure import Mistake
from goalkit.text import fold, visible
from goalkit.vault.refused import Refused
from goalkit.words import listed

SHOWN = 7
EXAMPLE = "What, how much, by when. For example: Read forty papers by the end of November"


class Interview:
    """Questions about one goal. Every one can be skipped."""

    def __init__(self, desk: Desk, said: Said) -> None:
        self.desk = desk
        self.said = said

    def whole(self) -> list[tuple[Draft, Said]]:
        """All questions, beginning with what the goal is; nothing where that is skipped."""
        text = ask("What do you want to reach? (Enter leaves)", _some_word, EXAMPLE)
        if not text:
            return []
        draft = self.desk.capture(text)
        self._say_understood(draft)
        said = both(Said(why=ask_words("Why does it matter to you? (Enter skips)")), self.said)
        said = self._missing(draft, said)
        if not said.check_in and draft.kind != "habit":
            said = replace(said, check_in=self._rhythm())
        return [(draft, said)]

    def about(self, text: str) -> list[tuple[Draft, Said]]:
        """Questions for what `text` leaves open."""
        draft = self.desk.capture(text)
        self._say_understood(draft)
        return [(draft, self._missing(draft, self.said))]

    def from_pattern(self, pattern: Draft, given: Said) -> list[tuple[Draft, Said]]:
        """The same for a goal of the library, taken as it is or put in other words."""
        typed = ask(f"{pattern.text} (Enter takes it)", _some_word, "Or put it in your own words")
        draft = self.desk.capture(typed) if typed else pattern
        return [(draft, self._missing(draft, both(given, self.said)))]

    def _say_understood(self, draft: Draft) -> None:
        """Say in a line what the sentence gave, so that one sees why some questions are not asked."""
        try:
            fields = new_goal(draft, self.said, self.desk.plan.today).fields
        except Refused as error:
            raise Refusal(str(error)) from error
        facts = [f"{key} {fields[key][0]}" for key in ("measure", "start", "due", "when") if key in fields]
        if facts:
            say(dim(f"Understood: {visible('; '.join(facts))}"))

    def _missing(self, draft: Draft, said: Said) -> Said:
        if draft.target is None and not draft.smart.measurable and not said.measure:
            said = both(said, self._known_by())
        if not (draft.due or draft.when or said.due or said.when or draft.kind == "habit"):
            said = both(said, self._timing())
        if not said.values and not said.supports and (known := sorted(self.desk.plan.graph.values)):
            said = replace(said, values=self._chosen("Which of your values does it serve?", known, "values"))
        if not said.supports and (goals := self._parents()):
            said = replace(
                said, supports=self._chosen("Which goal is it a stepping stone to?", goals, "goals")
            )
        return said

    def _known_by(self) -> Said:
        def read(typed: str) -> Said:
            found = known_by(typed, self.desk.plan.today)
            if isinstance(found, Mistake):
                raise Unclear(f"{found.message}; {found.hint}")
            return found

        hint = "For example: 12 calls, 54 -> 63 %, 3 / week, or in words what will be there then"
        return ask("How will you know that you are there? (Enter skips)", read, hint) or Said()

    def _timing(self) -> Said:
        doubted: set[str] = set()

        def read(typed: str) -> Said:
            today, week_start = self.desk.plan.today, self.desk.config.week_start
            found, near = timing(typed, today, week_start), meant(typed, today, week_start)
            if near and typed not in doubted:
                doubted.add(typed)
                raise Unclear(
                    f"Not a date; did you mean `{near}`? The same again makes `{visible(typed)}` an event"
                )
            if found is None:
                raise Unclear(
                    f"`{typed}` is not a date; write 2026-12-31, 2026-Q4, or words such as end of June"
                )
            return Said(due=found[0], when=found[1])

        said = ask("By when? (Enter skips)", read, "A date, end of June, or an event: my next review")
        if said:
            facts = f"due {said.due}" if said.due else f"an event, no date: {visible(said.when)}"
            say(dim(f"Understood: {facts}"))
        return said or Said()

    def _parents(self) -> list[str]:
        """Open long-term goals."""
        assessed, goals = self.desk.plan.assessments, self.desk.plan.graph.goals
        return sorted(
            k for k, seen in assessed.items() if seen.horizon == "long-term" and not goals[k].closed
        )

    def _chosen(self, question: str, known: Sequence[str], kind: str) -> tuple[str, ...]:
        def read(typed: str) -> tuple[str, ...]:
            names = [part.strip() for part in typed.split(",") if part.strip()]
            return tuple(dict.fromkeys(self._found(name, known, kind) for name in names))

        return ask(f"{question} (Enter skips)", read, listed(known, SHOWN)) or ()

    def _found(self, typed: str, known: Sequence[str], kind: str) -> str:
        """The id that was meant; the beginning of one of those shown will do."""
        begun = [key for key in known if fold(key).startswith(fold(typed))]
        try:
            return begun[0] if len(begun) == 1 else resolve(self.desk.plan.graph, typed, (kind,))
        except click.ClickException as error:
            raise Unclear(error.format_message()) from error

    def _rhythm(self) -> str:
        def read(typed: str) -> str:
            found = parse_cadence(typed)
            if isinstance(found, Mistake):
                raise Unclear(f"{found.message}; {found.hint}")
            return found.text

        default = self.desk.config.check_in.text
        return ask(f"How often do you want to look at it? (Enter: {default})", read) or ""


def _some_word(typed: str) -> str:
    if not any(c.isalnum() for c in typed):
        raise Unclear("A word or two, please")
    return typed
