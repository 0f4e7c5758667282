"""Habits: which periods a window has, which are met, and what waits. November 2026 begins on a Sunday."""

from fractions import Fraction

import pytest

from goalkit.model.assessment import Assessment
from tests.vaults import goal

F = Fraction

FOUR_WEEKS = "start: 2026-11-02\ndue: 2026-11-29\n"
LETTERS = {"met": "M", "missed": ".", "skipped": "S", "waiting": "w", "under-way": "u", "ahead": "a"}


def habit(measure: str, *lines: str, fields: str = FOUR_WEEKS, today: str = "2026-11-30") -> Assessment:
    return goal(
        f"{fields}measure: {measure}", "## Check-ins\n" + "".join(f"- {line}\n" for line in lines), today
    )


def states(one: Assessment) -> str:
    return "".join(LETTERS[p.state] for p in one.periods)


@pytest.mark.parametrize(
    ("measure", "start", "due", "periods"),
    [
        ("1 / day", "2026-11-02", "2026-11-29", 28),
        ("1 / workday", "2026-11-02", "2026-11-29", 20),
        ("every workday", "2026-11-07", "2026-11-08", 0),
        ("1 / week", "2026-11-02", "2026-11-29", 4),
        ("1 / week", "2026-11-05", "2026-11-29", 4),  # four of seven days
        ("1 / week", "2026-11-06", "2026-11-29", 3),  # three
        ("1 / week", "2026-11-02", "2026-11-26", 4),
        ("1 / week", "2026-11-02", "2026-11-25", 3),
        ("1 / week", "2026-12-28", "2027-01-10", 2),  # over the turn of the year, week 53
        ("1 / month", "2026-01-16", "2026-12-31", 12),  # 16 of 31 days
        ("1 / month", "2026-01-17", "2026-12-31", 11),
        ("1 / month", "2026-02-15", "2026-02-28", 1),  # 14 of 28, exactly half
        ("1 / month", "2028-02-16", "2028-02-29", 0),  # 14 of 29
        ("1 / quarter", "2026-01-01", "2026-12-31", 4),
        ("1 / quarter", "2026-02-16", "2026-12-31", 3),  # 44 of 90
        ("1 / quarter", "2026-02-15", "2026-12-31", 4),  # 45 of 90
        ("1 / year", "2026-07-02", "2027-12-31", 2),  # 183 of 365
        ("1 / year", "2026-07-03", "2027-12-31", 1),
    ],
)
def test_a_window_has_the_periods_of_which_half_the_days_are_in_it(
    measure: str, start: str, due: str, periods: int
) -> None:
    assert len(habit(measure, fields=f"start: {start}\ndue: {due}\n").periods) == periods


def test_what_was_done_in_a_period_adds_up() -> None:
    one = habit(
        "3 / week",
        "2026-11-02: 1",
        "2026-11-08: 2",
        "2026-11-09: 1",
        "2026-11-10: 1",
        "2026-11-16: 4",
        "2026-11-25: yes",
        "2026-11-26: yes",
        "2026-11-27: yes",
    )
    assert states(one) == "M.MM"
    assert one.progress == F(3, 4)
    assert [p.amount for p in one.periods] == [3, 2, 4, 3]
    assert one.level == 3
    assert one.explain_progress == "3 of 4 weeks met: 75 %."


def test_a_yes_is_one_time_or_the_whole_amount() -> None:
    week = FOUR_WEEKS
    assert (
        states(habit("1 / week", "2026-11-02: yes", "2026-11-09: no", "2026-11-16: done", fields=week))
        == "M.M."
    )
    assert (
        states(
            habit(
                "90 minutes / week",
                "2026-11-02: yes",
                "2026-11-09: no",
                "2026-11-16: 95 min",
                "2026-11-23: 60",
                fields=week,
            )
        )
        == "M.M."
    )
    assert states(habit("every week", "2026-11-02: yes", "2026-11-09: no", fields=week)) == "M..."


def test_at_most_needs_a_line_and_counts_when_the_period_is_over() -> None:
    one = habit("<= 2 meetings / week", "2026-11-02: 2", "2026-11-09: 3", "2026-11-16: 0", today="2026-11-30")
    assert states(one) == "M.M."
    assert states(habit("<= 2 meetings / week", "2026-11-02: 1", "2026-11-02: 1", "2026-11-03: 1")) == "...."
    assert states(habit("<= 2 meetings / week", "2026-11-09: 1", today="2026-11-15")) == ".uaa"
    assert states(habit("<= 2 meetings / week", "2026-11-09: 1", today="2026-11-16"))[:2] == ".M"


def test_a_range() -> None:
    lines = ("2026-11-02: 7", "2026-11-03: 9", "2026-11-04: 6.9", "2026-11-05: 9.1", "2026-11-06: 8")
    one = habit(
        "7..9 hours / night", *lines, fields="start: 2026-11-02\ndue: 2026-11-08\n", today="2026-11-06"
    )
    assert states(one) == "MM..uaa"
    assert one.progress == F(2, 7)


def test_the_period_under_way_counts_as_soon_as_it_is_met() -> None:
    one = habit("3 / week", "2026-11-02: 3", "2026-11-09: 3", today="2026-11-10")
    assert states(one) == "MMaa"
    assert (one.progress, one.expected, one.pace) == (F(2, 4), F(1, 4), "on-track")
    assert states(habit("3 / week", "2026-11-02: 3", "2026-11-09: 2", today="2026-11-10")) == "Muaa"


def test_workdays_are_monday_to_friday() -> None:
    lines = [f"2026-11-{d:02}: yes" for d in range(2, 9)]
    one = habit("every workday", *lines, fields="start: 2026-11-02\ndue: 2026-11-15\n", today="2026-11-16")
    assert len(one.periods) == 10
    assert one.progress == F(5, 10)


@pytest.mark.parametrize(
    ("lines", "marks", "progress"),
    [
        (["2026-11-02: 1", "2026-11-09: skip"], "MS..", F(1, 3)),
        (["2026-11-02: 1", "2026-11-02: skip"], "M...", F(1, 4)),
        (["2026-11-02: 0", "2026-11-03: skip"], "S...", F(0)),
        (["2026-11-09..2026-11-16: skip — flu"], ".SS.", F(0)),
        (["2026-10-01..2026-12-31: skip"], "SSSS", None),
        (["2026-11-02: no", "2026-11-02: skip"], "S...", F(0)),
    ],
)
def test_skip_takes_out_a_period_that_was_not_met(lines: list[str], marks: str, progress: F | None) -> None:
    one = habit("1 / week", *lines)
    assert (states(one), one.progress) == (marks, progress)


def test_a_stretch_of_skip_reaches_ahead() -> None:
    one = habit("1 / week", "2026-11-02: 1", "2026-11-09..2026-11-29: skip", today="2026-11-10")
    assert (states(one), one.progress) == ("MSSS", F(1))


DAILY = "start: 2026-11-01\ndue: 2026-11-30\n"


def test_what_follows_the_last_line_waits_until_a_check_in_is_due() -> None:
    """Weekly check-ins, the last on the 5th: until the 12th the 6th and after it neither count nor fail."""
    lines = ("2026-11-01: yes", "2026-11-05: yes")
    waiting = habit("every day", *lines, fields=DAILY, today="2026-11-11")
    assert states(waiting) == "M...M" + "w" * 5 + "u" + "a" * 19
    assert (waiting.progress, waiting.expected, waiting.pace) == (F(2, 30), F(5, 30), "off-track")
    due = habit("every day", *lines, fields=DAILY, today="2026-11-12")
    assert states(due) == "M...M" + "." * 6 + "u" + "a" * 18
    assert due.expected == F(11, 30)


def test_before_the_first_line_everything_waits_as_well() -> None:
    assert states(habit("every day", fields=DAILY, today="2026-11-04")) == "www" + "u" + "a" * 26
    assert habit("every day", fields=DAILY, today="2026-11-04").pace is None
    assert states(habit("every day", fields=DAILY, today="2026-11-08"))[:8] == "." * 7 + "u"


def test_a_week_in_which_the_last_line_stands_is_not_waiting() -> None:
    one = habit("2 / week", "2026-11-02: 2", "2026-11-11: 1", today="2026-11-16")
    assert states(one) == "M.ua"


def test_nothing_waits_where_nobody_checks_in() -> None:
    one = habit("every day", "2026-11-01: yes", fields=DAILY + "check-in: never\n", today="2026-11-04")
    assert states(one)[:4] == "Mwwu"


@pytest.mark.parametrize(
    ("met", "pace"),
    [(10, "on-track"), (9, "on-track"), (8, "at-risk"), (7, "at-risk"), (6, "off-track")],
)
def test_a_habit_is_judged_by_what_was_met_of_what_is_over(met: int, pace: str) -> None:
    lines = [f"2026-11-{d:02}: {'yes' if d <= met else 'no'}" for d in range(1, 11)]
    assert habit("every day", *lines, fields=DAILY, today="2026-11-11").pace == pace


def test_one_period_short_is_at_risk_at_worst() -> None:
    one = habit("every week", "2026-11-02: yes", "2026-11-09: no", today="2026-11-16")
    assert one.pace == "at-risk"


def test_a_habit_without_a_due_date_is_judged_and_has_no_share() -> None:
    one = habit(
        "every day",
        *(f"2026-11-{d:02}: yes" for d in range(1, 10)),
        "2026-11-10: no",
        fields="start: 2026-11-01\n",
        today="2026-11-11",
    )
    assert (one.progress, one.expected, one.pace, one.level) == (None, None, "on-track", F(9))


def test_a_habit_that_has_not_begun() -> None:
    one = goal("measure: 3 / week")
    assert (one.progress, one.periods, one.pace) == (None, (), None)
    assert states(habit("3 / week", today="2026-10-01")) == "aaaa"


def test_the_strength_is_that_of_loop_habit_tracker() -> None:
    """Half its way in thirteen days: from 0, thirteen met periods give 1/2; a miss takes it back by the factor."""
    thirteen = [f"2026-11-{d:02}: yes" for d in range(1, 14)]
    one = habit("every day", *thirteen, fields=DAILY, today="2026-11-14")
    assert one.strength == pytest.approx(0.5)
    missed = habit("every day", *thirteen, "2026-11-14: no", fields=DAILY, today="2026-11-15")
    assert missed.strength == pytest.approx(0.5 * 0.5 ** (1 / 13))
    skipped = habit("every day", *thirteen, "2026-11-14: skip", fields=DAILY, today="2026-11-15")
    assert skipped.strength == pytest.approx(0.5)
    assert habit("every day", fields=DAILY, today="2026-11-02").strength == 0


def test_only_finished_periods_make_strength() -> None:
    one = habit("every day", "2026-11-01: yes", fields=DAILY, today="2026-11-01")
    assert states(one)[0] == "M"
    assert one.strength == 0


@pytest.mark.parametrize(
    ("today", "amount", "by"),
    [("2026-11-10", 2, "2026-11-15"), ("2026-11-16", 3, "2026-11-22")],
)
def test_what_is_left_to_do_in_the_period(today: str, amount: int, by: str) -> None:
    ask = habit("3 / week", "2026-11-02: 3", "2026-11-09: 1", today=today).ask
    assert ask is not None
    assert (ask.amount, str(ask.by)) == (F(amount), by)


def test_a_met_period_and_an_at_most_habit_ask_for_nothing() -> None:
    assert habit("3 / week", "2026-11-09: 3", today="2026-11-10").ask is None
    assert habit("<= 3 / week", "2026-11-09: 1", today="2026-11-10").ask is None


def test_a_habit_at_the_end_of_its_window() -> None:
    lines = [f"2026-11-{d:02}: 3" for d in (2, 9, 16, 23)]
    assert habit("3 / week", *lines, today="2026-11-29").pace == "reached"
    assert habit("3 / week", *lines[:3], today="2026-11-30").pace == "overdue"
