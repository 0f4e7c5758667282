"""From a draft to a file: what is written and what is not, names, and that nothing typed can break a file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit import snapshot
from goalkit.author.misspelt import meant
from goalkit.author.new_goal import Said, both, id_for, known_by, new_goal, slug, source_of, timing
from goalkit.capture.library import KINDS
from goalkit.capture.sentence import capture
from goalkit.config import Config
from goalkit.model.goal import Goal
from goalkit.model.measure import Mistake
from goalkit.text import fold
from goalkit.vault import reader
from goalkit.vault.refused import Refused

TODAY = date(2026, 11, 20)


def text(sentence: str, said: Said | None = None) -> str:
    return new_goal(capture(sentence, TODAY), said or Said(), TODAY).text


def read(content: str) -> Goal:
    """The goal that a file holds; it has no errors and no warnings."""
    from goalkit.text import Source

    entries, found = reader.read_all([Source("goals/g.md", content)], Config())
    assert [d.message for d in found] == []
    assert isinstance(entries[0], Goal)
    return entries[0]


def test_a_count_with_a_date() -> None:
    assert text("Visit 12 branches by the end of March") == (
        "---\ntitle: Visit 12 branches\nstart: 2026-11-20\ndue: 2027-03-31\nmeasure: 12 branches\n---\n"
    )


def test_an_act_has_no_measure() -> None:
    assert text("Hand in the tax return by 4 December") == (
        "---\ntitle: Hand in the tax return\nstart: 2026-11-20\ndue: 2026-12-04\n---\n"
    )


def test_what_has_neither_day_nor_number_is_a_title() -> None:
    assert text("Paint the fence") == "---\ntitle: Paint the fence\n---\n"


def test_an_event_stands_in_place_of_a_date() -> None:
    assert read(text("Show the draft at my next review")).when == "my next review"


def test_everything_said_has_its_place_in_the_order_of_a_file() -> None:
    said = Said(
        title="Forty papers",
        start=date(2026, 12, 1),
        due=date(2027, 6, 30),
        measure="40 papers",
        supports=("become-a-forecaster",),
        values=("curiosity", "craft"),
        category="field-thinkers",
        horizon="long-term",
        check_in="weekly on friday",
        visibility="shared",
        why="1. Because others have tried it",
        milestones=("Ask Ines for her list",),
    )
    assert text("Read a lot", said) == (
        "---\n"
        "title: Forty papers\n"
        "horizon: long-term\n"
        "start: 2026-12-01\n"
        "due: 2027-06-30\n"
        "measure: 40 papers\n"
        'supports:\n  - "[[become-a-forecaster]]"\n'
        'values:\n  - "[[curiosity]]"\n  - "[[craft]]"\n'
        "check-in: weekly on friday\n"
        "visibility: shared\n"
        "category: field-thinkers\n"
        "---\n"
        "\n"
        "1\\. Because others have tried it\n"
        "\n"
        "## Milestones\n"
        "\n"
        "- [ ] Ask Ines for her list\n"
    )


@pytest.mark.parametrize(
    ("sentence", "rhythm"),
    [
        ("Practise scales 20 minutes every morning", "daily"),
        ("Bake one loaf every Saturday", "weekly on saturday"),
        ("Swim on Mondays and Thursdays, twice a week", ""),
        ("Swim twice a week", ""),
        ("Send one letter a month", "monthly"),
        ("Meet a mentor once a quarter", "quarterly"),
        ("Visit 12 branches by March", ""),
    ],
)
def test_a_rhythm_is_written_where_the_sentence_has_one_of_its_own(sentence: str, rhythm: str) -> None:
    fields = new_goal(capture(sentence, TODAY), Said(), TODAY).fields
    assert fields.get("check-in", ("",))[0] == rhythm


def test_a_date_given_takes_the_place_of_an_event_and_the_other_way_round() -> None:
    event, day = "Show the draft at my next review", "Show the draft by Friday"
    dated = new_goal(capture(event, TODAY), Said(due=date(2027, 1, 8)), TODAY).fields
    named = new_goal(capture(day, TODAY), Said(when="the spring fair"), TODAY).fields
    assert (dated["due"], dated.get("when")) == (("2027-01-08",), None)
    assert (named["when"], named.get("due")) == (("the spring fair",), None)


def test_it_cannot_be_due_before_it_starts() -> None:
    with pytest.raises(Refused, match="due on 2026-12-01, before it starts on 2027-01-01"):
        text("Visit 3 branches", Said(start=date(2027, 1, 1), due=date(2026, 12, 1)))


def test_a_day_that_has_passed_has_no_start_of_today() -> None:
    assert "start" not in new_goal(capture("Pay", TODAY), Said(due=date(2026, 11, 1)), TODAY).fields


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_the_goals_of_the_library_become_sound_files(kind: object) -> None:
    for sentence in (kind.long_term, kind.short_term):  # type: ignore[attr-defined]
        goal = read(text(sentence))
        assert goal.measure is None or goal.measure.text
        assert goal.due or goal.when or goal.measure


def test_the_file_of_a_long_term_goal_says_so_by_its_dates() -> None:
    """No field `horizon` is needed: the derivation is that of the format."""
    from tests.vaults import vault_of

    goal = text("Visit 30 branches by the end of 2028")
    from goalkit.text import Source

    assert "horizon" not in goal
    assert vault_of([Source("goals/g.md", goal)])["g"].horizon == "long-term"


TYPED = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\n\r\t\x1b\u2028\u202e#:'\"[]{}-&*!|>%@`,?"), max_size=60
)


@given(sentence=TYPED, why=TYPED, box=TYPED)
def test_nothing_typed_breaks_a_file(sentence: str, why: str, box: str) -> None:
    if not any(c.isalnum() for c in sentence):
        return
    goal = new_goal(capture(sentence, TODAY), Said(why=why, milestones=(box,) if box.strip() else ()), TODAY)
    source = source_of(goal, "goals/g.md", Config())
    snap = snapshot.load([source], Config())
    assert [d.code for d in snap.diagnostics if d.severity == "error"] == []
    assert snap.graph.goals["g"].title == goal.title
    assert source.text.endswith("\n")
    assert not any(line != line.rstrip() for line in source.text.split("\n"))
    assert "\r" not in source.text
    assert "\x1b" not in source.text


# -- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Learn SQL", "learn-sql"),
        ("Bring churn from 6% to 4%", "bring-churn-from-6-percent-to-4-percent"),
        ("Don't eat at my desk", "dont-eat-at-my-desk"),
        ("Bücher für Ängstliche lesen", "bucher-fur-angstliche-lesen"),
        ("学习中文", "学习中文"),
        ("हिन्दी सीखो", "हिन्दी-सीखो"),
        ("Con", "con-goal"),
        ("🎉🎉", "goal"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ask Q&A: what/why?", "ask-q-a-what-why"),
        ("Write the very long report about everything that happened in the year", "write-very-long-report-about-everything"),
        ("Hand over the accounts of the whole department to a", "hand-over-accounts-of-whole-department"),
    ],
)  # fmt: skip
def test_a_name_is_short_and_safe(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"learn-sql", "learn-sql-2"}
    assert id_for("Learn SQL", lambda name: fold(name) in taken) == "learn-sql-3"


@given(TYPED)
def test_any_title_has_a_name(title: str) -> None:
    name = slug(title)
    assert name
    assert len(name.encode()) <= 255 - len(".md")
    assert not set(name) & set('/\\:*?"<>|#^[]% \n\r\t\x1b')
    assert not name.startswith((".", "-"))


# -- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "due", "when"),
    [
        ("2027-03-31", date(2027, 3, 31), ""),
        ("2027-Q1", date(2027, 3, 31), ""),
        ("end of March", date(2027, 3, 31), ""),
        ("next friday", date(2026, 11, 27), ""),
        ("my next review", None, "my next review"),
        ("when the roof is on", None, "when the roof is on"),
    ],
)
def test_by_when(typed: str, due: date | None, when: str) -> None:
    assert timing(typed, TODAY) == (due, when)


def test_what_reads_like_a_date_and_is_none_is_asked_again() -> None:
    assert timing("2027-02-30", TODAY) is None
    assert timing("99/99", TODAY) is None


def test_how_will_you_know() -> None:
    assert known_by("12 calls", TODAY) == Said(measure="12 calls")
    assert known_by("no more than 3 meetings a day", TODAY) == Said(measure="<= 3 meetings / day")
    assert known_by("twice a week", TODAY) == Said(measure="2 / week")
    in_words = Said(milestones=("Half of my income is from books",))
    assert known_by("half of my income is from books", TODAY) == in_words
    assert known_by("my guests say so", TODAY) == Said(milestones=("My guests say so",))
    assert isinstance(known_by("mielstones", TODAY), Mistake)


def test_what_is_said_later_holds() -> None:
    assert both(Said(title="A", why="B"), Said(title="C", due=TODAY)) == Said(title="C", why="B", due=TODAY)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("end of febuary", "end of February"),
        ("15 octber 2027", "15 October 2027"),
        ("next thrusday", "next Thursday"),
        ("in tree weeks", "in three weeks"),
        ("tomorow", "tomorrow"),
        ("end of February", ""),
        ("my next review", ""),
        ("the match", ""),
        ("before the launch", ""),
        ("the night of the show", ""),
        ("end of my contract", ""),
        ("", ""),
    ],
)
def test_a_misspelt_date_is_told_from_an_event(typed: str, spelled: str) -> None:
    assert meant(typed, TODAY) == spelled
