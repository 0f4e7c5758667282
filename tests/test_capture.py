"""From a sentence to a draft: annotated sentences from many walks of life, and the promises around them.

The sentences stand in tests/capture, annotated for Sunday, 2026-11-22, before the grammar read them. Those of
developed.jsonl shaped it. Those of held_out.jsonl were written later; at first sight 548 of their 620 (88 %) were
understood, then the grammar was mended. A sentence that it still misses is marked `missed`: both to miss another
and to stop missing one without saying so is a failure.
"""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalkit.capture import library
from goalkit.capture.draft import Draft
from goalkit.capture.sentence import capture
from goalkit.model.measure import Measure, parse_measure

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "capture"
FIELDS = (
    "kind", "start", "due", "when", "target", "target_max", "from", "unit", "direction", "period",
)  # fmt: skip
KEYS = {*FIELDS, "text", "title", "measure", "smart", "horizon", "category", "because"}


def rows(*names: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for name in names
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


ALL = rows("developed", "held_out")
TEXTS = [row["text"] for row in ALL]
WORDS = sorted({word for text in TEXTS for word in text.split()})


def unit(value):
    return re.sub(r"(?<=[a-z]{2})(ies|es|s)$", "", (value or "").lower()) or None


def event(value):
    return set(re.findall(r"[a-z0-9']+", (value or "").lower())) - {"the", "a", "an"}


def same(field, want, got):
    if field == "unit":
        return unit(want) == unit(got)
    if field == "when":
        a, b = event(want), event(got)
        return a == b or len(a & b) >= len(a | b) / 2 > 0
    return want == got


def wrong(row):
    got = capture(row["text"], TODAY).to_json()
    return {f: (row[f], got[f]) for f in FIELDS if not same(f, row[f], got[f])}


# --- the annotated sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["developed", "held_out"])
def test_every_sentence_is_understood_but_those_marked(name):
    missed = {row["text"]: fields for row in rows(name) if (fields := wrong(row))}
    assert set(missed) == {row["text"] for row in rows(name) if row.get("missed")}, missed


@pytest.mark.parametrize("name", ["developed", "held_out"])
def test_nearly_all_sentences_are_understood_and_judged(name):
    annotated = rows(name)
    assert len(annotated) >= 130
    assert sum(not row.get("missed") for row in annotated) >= 0.95 * len(annotated)
    for judged in ("specific", "measurable", "time_bound"):
        right = sum(getattr(capture(r["text"], TODAY).smart, judged) == r["smart"][judged] for r in annotated)
        assert right >= 0.97 * len(annotated), judged


def test_no_sentence_stands_twice():
    assert len(TEXTS) == len(set(TEXTS)) >= 260


# --- what every draft keeps ----------------------------------------------------------------------------------------


def written_as(draft: Draft) -> tuple[str, str | None]:
    """Kind and direction that `measure:` can write: it has no floor to hold, no range without a period."""
    if draft.kind == "count" and draft.base is None and draft.direction == "at-most":
        return "limit", "at-most"
    if draft.kind in ("count", "limit") and draft.direction in ("at-least", "between"):
        return "count", "at-least"
    return draft.kind, draft.direction


@pytest.mark.parametrize("text", TEXTS)
def test_the_measure_says_the_same(text):
    draft = capture(text, TODAY)
    measure = parse_measure(draft.measure)
    assert isinstance(measure, Measure)
    assert (measure.kind, measure.direction) == written_as(draft)
    assert (measure.target, measure.period) == (draft.target, draft.period)
    assert measure.unit.lower() == (
        "" if draft.unit in (None, "times") or draft.unit[0].isdigit() else draft.unit.lower()
    )
    if draft.base is not None:
        assert measure.start == draft.base
    if measure.direction == "between":
        assert measure.target_max == draft.target_max


@pytest.mark.parametrize("text", TEXTS)
def test_because_quotes_the_sentence(text):
    draft = capture(text, TODAY)
    given: dict[str, object] = draft.to_json()
    for field, words in draft.because.items():
        assert words
        assert words in text
        assert given[field] is not None
    for field in ("start", "due", "when", "period", "target", "from"):
        assert given[field] is None or field in draft.because


def test_the_json_has_the_promised_keys_and_plain_numbers():
    given = capture("Earn 7.5 credits by June and 12% more", TODAY).to_json()
    assert set(given) == KEYS
    assert json.loads(json.dumps(given)) == given
    assert capture("Swim 2.5 km a day", TODAY).to_json()["target"] == 2.5
    assert json.dumps(capture("Write 3 songs", TODAY).to_json()["target"]) == "3"


def test_a_draft_without_numbers_or_dates_is_all_none():
    given = capture("Clean the attic", TODAY).to_json()
    assert given["kind"] == "done"
    assert given["measure"] == "done"
    assert all(given[field] is None for field in FIELDS[1:])


@given(st.text(max_size=200))
def test_no_text_raises(text):
    draft = capture(text, TODAY)
    assert draft.text == text.strip()
    assert isinstance(parse_measure(draft.measure), Measure)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.dates())
def test_no_heap_of_goal_words_raises(words, today):
    draft = capture(" ".join(words), today)
    json.dumps(draft.to_json())
    assert isinstance(parse_measure(draft.measure), Measure)


@pytest.mark.parametrize(
    "words", ["to ", "1 ", "the end of ", "from 1 to 2 ", "at least ", "in the next ", "9", "seven "]
)
def test_a_very_long_sentence_is_read_as_far_as_a_goal_can_be_long(words):
    assert capture(words * 20_000, TODAY).text == (words * 20_000).strip()


# --- titles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("this month, oil every hinge in the shop.", "Oil every hinge in the shop"),
        ("Oil every hinge by Friday, then rest.", "Oil every hinge, then rest"),
        ("I want to oil every hinge next week", "Oil every hinge"),
        ("- [ ] oil every hinge today", "Oil every hinge"),
        ("Plan tomorrow", "Plan tomorrow"),
        ("In my next 1:1, ask Ana about the hinges", "Ask Ana about the hinges"),
    ],
)
def test_the_title_leaves_out_the_date_words(text, title):
    assert capture(text, TODAY).title == title


# --- dates ---------------------------------------------------------------------------------------------------------


def window(words, today=TODAY, week_start=0):
    draft = capture(f"Oil the hinges {words}", today, week_start)
    return tuple(day.isoformat() if day else None for day in (draft.start, draft.due))


WEDNESDAY = date(2027, 5, 12)


@pytest.mark.parametrize(
    ("words", "start", "due"),
    [
        ("this week", None, "2027-05-16"),
        ("next week", "2027-05-17", "2027-05-23"),
        ("by Friday", None, "2027-05-14"),
        ("by Wednesday", None, "2027-05-19"),
        ("this Friday", None, "2027-05-14"),
        ("next Friday", None, "2027-05-21"),
        ("on Monday", None, "2027-05-17"),
        ("this weekend", "2027-05-15", "2027-05-16"),
        ("in May", None, "2027-05-31"),
        ("in June", "2027-06-01", "2027-06-30"),
        ("by April", None, "2028-04-30"),
        ("in Q2", None, "2027-06-30"),
        ("in Q1", "2028-01-01", "2028-03-31"),
        ("by Q1 2029", None, "2029-03-31"),
        ("in H1", None, "2027-06-30"),
        ("by mid-December", None, "2027-12-15"),
        ("by mid-quarter", None, "2027-05-15"),
        ("before 1 September", None, "2027-08-31"),
        ("before the end of the year", None, "2027-12-31"),
        ("by the 10th", None, "2027-06-10"),
        ("by 2027-07-01", None, "2027-07-01"),
        ("by 31.7.2027", None, "2027-07-31"),
        ("by 7/31", None, "2027-07-31"),
        ("by July 31st, 2028", None, "2028-07-31"),
        ("by the 3rd of August", None, "2027-08-03"),
        ("by Thanksgiving", None, "2027-11-25"),
        ("before Easter", None, "2028-04-15"),
        ("in the next month", None, "2027-06-12"),
        ("next month", "2027-06-01", "2027-06-30"),
        ("by next month", None, "2027-06-30"),
        ("over the next quarter", None, "2027-08-12"),
        ("next quarter", "2027-07-01", "2027-09-30"),
        ("within 90 days", None, "2027-08-10"),
        ("within ten business days", None, "2027-05-26"),
        ("in a year and a half", None, "2028-11-12"),
        ("for a week", None, "2027-05-18"),
        ("for the next week", None, "2027-05-19"),
        ("for ten days", None, "2027-05-21"),
        ("for two months", None, "2027-07-12"),
        ("a month from now", None, "2027-06-12"),
        ("for the rest of the quarter", None, "2027-06-30"),
        ("starting Monday for two weeks", "2027-05-17", "2027-05-30"),
        ("from July to September", "2027-07-01", "2027-09-30"),
        ("from October to March", "2027-10-01", "2028-03-31"),
        ("between now and July", None, "2027-07-31"),
        ("in June and July", "2027-06-01", "2027-07-31"),
        ("by EOM", None, "2027-05-31"),
        ("by the end of the day tomorrow", None, "2027-05-13"),
        ("by this time next year", None, "2028-05-12"),
        ("by 31 February", None, None),
        ("by mid-year", None, "2027-06-30"),
        ("by year-end 2028", None, "2028-12-31"),
        ("by the second half", None, "2027-12-31"),
        ("by the end of this half", None, "2027-06-30"),
        ("before the month is out", None, "2027-05-31"),
        ("during the week of 7 June", "2027-06-07", "2027-06-13"),
        ("in the second week of June", "2027-06-08", "2027-06-14"),
        ("in the first six weeks of next year", "2028-01-01", "2028-02-11"),
        ("by the last Friday in July", None, "2027-07-30"),
        ("by this time next month", None, "2027-06-12"),
        ("before Black Friday", None, "2027-11-25"),
        ("in three to six months", None, "2027-11-12"),
        ("for one week in June", "2027-06-01", "2027-06-30"),
        ("for 30 nights", None, "2027-06-10"),
        ("three months in a row", None, "2027-08-12"),
        ("by December '28", None, "2028-12-31"),
    ],
)
def test_date_words(words, start, due):
    assert window(words, WEDNESDAY) == (start, due)


def test_a_week_may_begin_on_sunday():
    assert window("this week", TODAY) == (None, "2026-11-22")
    assert window("this week", TODAY, week_start=6) == (None, "2026-11-28")
    assert window("next week", TODAY, week_start=6) == ("2026-11-29", "2026-12-05")


def test_a_first_and_a_last_day_of_the_calendar_are_days_like_others():
    assert window("in ten thousand years", date.max) == (None, "9999-12-31")
    assert window("before January", date.min)[0] is None


@pytest.mark.parametrize("words", ["Q3", "2027", "March", "next year's", "this week's", "May"])
def test_date_words_may_only_name_a_thing(words):
    assert window(f"of the {words} report") == (None, None)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("In my next interview, ask about the team", "my next interview"),
        ("Before the hearing, read the file again", "Before the hearing"),
        ("Finish the mural this semester", "this semester"),
        ("The next time I travel, pack one bag", "next time I travel"),
        ("Hand over my keys once the lease ends", "once the lease ends"),
        ("Speak first at the next parents' evening", "next parents' evening"),
    ],
)
def test_an_event_stands_in_its_own_words(text, when):
    draft = capture(text, TODAY)
    assert (draft.when, draft.due) == (when, None)
    assert draft.smart.time_bound


@pytest.mark.parametrize(
    "text",
    [
        "Wash the brushes before lunch",
        "Greet each guest at the door",
        "Check the list before every flight",
        "Sing at work",
    ],
)
def test_what_comes_round_each_time_is_no_event(text):
    assert capture(text, TODAY).when == ""


# --- amounts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("twelve", 12), ("a dozen", 12), ("two dozen", 24), ("half a dozen", 6), ("a couple of", 2),
        ("twenty-five", 25), ("one hundred and twenty", 120), ("two thousand five hundred", 2500), ("1,200", 1200),
        ("10k", 10_000), ("1.5 million", 1_500_000), ("at least three", 3), ("5+", 5), ("about a hundred", 100),
        ("another four", 4), ("all nine", 9), ("more than 40", 40),
    ],
)  # fmt: skip
def test_numbers_in_figures_and_words(words, target):
    draft = capture(f"Plant {words} trees", TODAY)
    assert (draft.kind, draft.target, draft.unit) == ("count", Decimal(target), "trees")


@pytest.mark.parametrize(
    "text",
    [
        "Give a 45-minute lecture", "Give a 45 minute lecture", "Join a team of nine", "Take a two-day course",
        "Renew the ISO 9001 certificate", "Pass level 3", "Ask for a 5% raise", "Buy a $900 saw", "Staff the desk 24/7",
        "Found a company with 3 partners", "Answer every letter within two days", "Write one poem", "Leave by 5:30 pm",
        "Move to Python 3", "Review my 401k", "Get a loan of at least €10,000", "Finish in under two hours",
        "Write a story that has 3 endings", "Write my 2028 goals",
        "Draft a 30-60-90 day plan", "Run a 360 review", "Make the top 10 list", "Find a job paying at least $90,000",
        "Fill vacancies in under 45 days on average", "Earn six figures", "Rate the soup from 1 to 10",
        "Work on one table at a time", "Learn to juggle to impress 40 guests",
    ],
)  # fmt: skip
def test_a_number_that_describes_is_no_target(text):
    assert capture(text, TODAY).measure == "done"


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Move churn from 9% to 6%", "9 -> 6 %"),
        ("Churn: 9% -> 6%", "9 -> 6 %"),
        ("Shorten the queue from two hours to 45 minutes", "120 -> 45 minutes"),
        ("Cut waste by 15%", "15 %"),
        ("Cut waste to below 5%", "<= 5 %"),
        ("Lift orders to 60 per month", "60 orders"),
        ("Spend up to $80 on seeds", "<= 80 USD"),
        ("Practise up to three hours a day", "3 hours / day"),
        ("Watch up to three hours of TV a day", "<= 3 hours / day"),
        ("Keep errors under 12", "<= 12 errors"),
        ("Drink at most two coffees a day", "<= 2 coffees / day"),
        ("Don't spend more than £40 a week", "<= 40 GBP / week"),
        ("Sleep 7-9 hours a night", "7..9 hours / day"),
        ("Sleep between seven and nine hours each night", "7..9 hours / day"),
        ("Double the harvest", "100 %"),
        ("Send a letter every Tuesday", "1 letter / week"),
        ("Ring the bell every Tuesday", "every week"),
        ("Ring the bell on Tuesdays and Fridays", "2 / week"),
        ("Ring the bell thrice a day", "3 / day"),
        ("Ring the bell every other week", "2 / month"),
        ("Put aside €50 every two weeks", "100 EUR / month"),
        ("Ring the bell four nights a week", "4 nights / week"),
        ("Ring the bell on weekdays", "every workday"),
        ("Host a monthly supper", "1 supper / month"),
        ("Design a monthly supper menu", "done"),
        ("Ring the bell ten times", "10"),
        ("Ring the bell three to five times a week", "3..5 / week"),
        ("Ring the bell once or twice a day", "1..2 / day"),
        ("Ring the bell six nights out of seven", "6 nights / week"),
        ("Cut bells from four times a week to once a week", "4 -> 1"),
        ("Grow orders to 60, up from 40", "40 -> 60 orders"),
        ("Grow the share of repeat orders from a quarter to 40%", "25 -> 40 %"),
        ("Cut waste in half, from 8 kg to 4 kg", "8 -> 4 kg"),
        ("Raise prices to between $40 and $50", "40 USD"),
        ("Raise output by 5% each month", "5 % / month"),
        ("Reduce hold times by 30 seconds", "30 seconds"),
        ("Save $600 by setting aside $50 a month", "600 USD"),
        ("Save $50 a month by cooking four nights a week", "50 USD / month"),
        ("Pick three tools and oil one of them every Friday", "every week"),
        ("Automate three jobs I do by hand every week", "3 jobs"),
        ("Hold two hearings", "2 hearings"),
        ("Write to one gardener every week", "1 gardener / week"),
    ],
)
def test_measures(text, measure):
    assert capture(text, TODAY).measure == measure


# --- the library ---------------------------------------------------------------------------------------------------

SLUGS = re.findall(
    r"\S+",
    """time-management new-challenges new-skill work-life-balance team-collaboration network leadership
field-thinkers latest-technology learn-from-leaders thought-leadership broaden-skills track-success
exceed-expectations fewer-distractions relationships open-about-goals work-on-weaknesses self-care constant-learning
help-teammates communication voice-opinions give-feedback create-responsibilities""",
)


def test_the_library_has_its_kinds_in_order():
    assert [kind.slug for kind in library.KINDS] == SLUGS
    assert list(library.BY_SLUG) == SLUGS
    assert (
        len({kind.name for kind in library.KINDS}) == len({kind.why for kind in library.KINDS}) == len(SLUGS)
    )


@pytest.mark.parametrize("kind", library.KINDS, ids=lambda kind: kind.slug)
def test_the_patterns_are_goals_as_goalkit_would_have_them(kind):
    for pattern, horizon in ((kind.long_term, "long-term"), (kind.short_term, "short-term")):
        draft = capture(pattern, date(2026, 1, 5))
        assert draft.smart.specific
        assert draft.smart.measurable
        assert draft.smart.time_bound
        assert (draft.horizon, draft.category) == (horizon, kind.slug)


def test_no_category_is_guessed_without_a_word_for_it():
    assert library.category_of("Plant trees") == ""
    assert capture("Plant trees", TODAY).to_json()["category"] is None
