"""When the next check-in is due and when silence is long. 9 November 2026 is a Monday."""

from datetime import date

import pytest

from goalkit.dates import nearest_weekday
from goalkit.model.cadence import next_check_in, parse_cadence
from goalkit.model.goal import Cadence
from goalkit.model.measure import Mistake
from tests.vaults import goal, vault


@pytest.mark.parametrize(
    ("text", "last", "following"),
    [
        ("daily", "2026-11-11", "2026-11-12"),
        ("every 3 days", "2026-11-11", "2026-11-14"),
        ("weekly", "2026-11-11", "2026-11-18"),
        ("Weekly", "2026-11-11", "2026-11-18"),
        ("every week", "2026-11-11", "2026-11-18"),
        ("every 2 weeks", "2026-11-11", "2026-11-25"),
        ("every other week", "2026-11-11", "2026-11-25"),
        ("biweekly", "2026-11-11", "2026-11-25"),
        ("monthly", "2026-11-11", "2026-12-11"),
        ("monthly", "2027-01-31", "2027-02-28"),
        ("quarterly", "2026-11-30", "2027-02-28"),
        ("every quarter", "2026-11-11", "2027-02-11"),
        ("weekly on friday", "2026-11-13", "2026-11-20"),
        ("weekly on friday", "2026-11-11", "2026-11-20"),
        ("weekly on friday", "2026-11-10", "2026-11-20"),
        ("weekly on friday", "2026-11-09", "2026-11-13"),
        ("weekly on fri", "2026-11-14", "2026-11-20"),
        ("every 2 weeks on monday", "2026-11-11", "2026-11-23"),
        ("monthly on friday", "2026-11-11", "2026-12-11"),
        ("never", "2026-11-11", None),
    ],
)
def test_the_next_check_in(text: str, last: str, following: str | None) -> None:
    cadence = parse_cadence(text)
    assert isinstance(cadence, Cadence)
    found = next_check_in(cadence, date.fromisoformat(last))
    assert (str(found) if found else None) == following


def test_the_nearest_friday_is_three_days_away_at_most() -> None:
    """Tuesday the 10th is three days before one; Monday the 9th is three after another."""
    found = [nearest_weekday(date(2026, 11, day), 4).day for day in range(9, 18)]
    assert found == [6, 13, 13, 13, 13, 13, 13, 13, 20]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("fridays", "write `weekly on friday`"),
        ("every friday", "write `weekly on friday`"),
        ("wekly", "did you mean `weekly`?"),
        ("daily on friday", "write `daily` or `weekly on friday`"),
        ("hourly", "write daily, weekly, weekly on friday, every 2 weeks, monthly, quarterly or never"),
        (
            "every 0 weeks",
            "write daily, weekly, weekly on friday, every 2 weeks, monthly, quarterly or never",
        ),
    ],
)
def test_no_rhythm(text: str, hint: str) -> None:
    found = parse_cadence(text)
    assert isinstance(found, Mistake)
    assert found.hint == hint


def due(
    cadence: str, today: str, lines: str = "- 2026-11-11: 1", fields: str = "start: 2026-11-01"
) -> tuple[str | None, bool, bool]:
    rhythm = goal(f"{fields}\nmeasure: 50 pages\ncheck-in: {cadence}", f"## Check-ins\n{lines}", today).rhythm
    assert rhythm is not None
    return (str(rhythm.next) if rhythm.next else None, rhythm.due, rhythm.stale)


@pytest.mark.parametrize(
    ("cadence", "fresh", "stale"),
    [
        ("daily", "2026-11-13", "2026-11-14"),  # due on the 12th, one day more
        ("weekly", "2026-11-21", "2026-11-22"),  # the 18th and three
        ("weekly on friday", "2026-11-23", "2026-11-24"),  # the 20th and three
        ("every 2 weeks", "2026-12-02", "2026-12-03"),  # the 25th and seven
        ("monthly", "2026-12-18", "2026-12-19"),
        ("quarterly", "2027-02-18", "2027-02-19"),
    ],
)
def test_stale_is_a_while_past_due(cadence: str, fresh: str, stale: str) -> None:
    assert due(cadence, fresh)[1:] == (True, False)
    assert due(cadence, stale)[1:] == (True, True)


def test_due_from_the_very_day() -> None:
    assert due("weekly", "2026-11-17") == ("2026-11-18", False, False)
    assert due("weekly", "2026-11-18") == ("2026-11-18", True, False)


def test_the_start_counts_where_nobody_checked_in_yet() -> None:
    assert due("weekly", "2026-11-05", lines="") == ("2026-11-08", False, False)
    assert due("weekly", "2026-11-05", lines="- 2026-11-20: 4") == ("2026-11-08", False, False)


@pytest.mark.parametrize(
    "fields",
    [
        "start: 2026-12-01",
        "",
        "start: 2026-11-01\nstatus: paused",
        "start: 2026-11-01\nstatus: idea",
        "start: 2026-11-01\nstatus: done",
    ],
)
def test_nothing_is_due_before_the_start_or_unless_active(fields: str) -> None:
    assert due("weekly", "2026-11-25", lines="", fields=fields) == (None, False, False)


def test_a_stretch_of_skip_is_a_check_in_until_its_end() -> None:
    assert due("weekly", "2026-11-18", lines="- 2026-11-02..2026-11-15: skip")[0] == "2026-11-22"
    assert due("weekly", "2026-11-10", lines="- 2026-11-02..2026-11-15: skip")[0] == "2026-11-17"


def test_the_default_is_the_vaults_and_never_for_a_roll_up() -> None:
    plans = vault(
        """
        === goalkit.toml
        check-in = "monthly"
        === goals/top.md
        ---
        start: 2026-11-01
        ---
        === goals/a.md
        ---
        start: 2026-11-01
        supports: top
        ---
        === goals/b.md
        ---
        start: 2026-11-01
        check-in: daily
        measure: goals
        ---
        """,
        "2026-11-20",
    )
    said = {
        key: one.rhythm and (one.rhythm.cadence.text, str(one.rhythm.next))
        for key, one in plans.assessments.items()
    }
    assert said == {"top": ("never", "None"), "a": ("monthly", "2026-12-01"), "b": ("daily", "2026-11-02")}


def test_a_reached_goal_is_not_asked_again() -> None:
    rhythm = goal("start: 2026-11-01\nmeasure: 5 pages", "## Check-ins\n- 2026-11-02: 5", "2026-12-20").rhythm
    assert rhythm is not None
    assert (rhythm.next, rhythm.due, rhythm.stale) == (None, False, False)
