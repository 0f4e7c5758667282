"""What is expected by a day, the verdict, the gap in days, the forecast: every figure is worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from goalkit.model.assessment import Assessment
from tests.vaults import goal, vault

F = Fraction

TEN_DAYS = "start: 2026-11-11\ndue: 2026-11-20\n"
"""At 2026-11-16 five of its ten days are over."""
HUNDRED_DAYS = "start: 2026-01-01\ndue: 2026-04-10\n"


def count(measure: str, level: object, fields: str = TEN_DAYS, today: str = "2026-11-16") -> Assessment:
    day = "2026-11-11" if fields == TEN_DAYS else "2026-01-01"
    return goal(f"{fields}\nmeasure: {measure}", f"## Check-ins\n- {day}: {level}", today)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-01", F(0)),
        ("2026-11-11", F(0)),
        ("2026-11-12", F(1, 10)),
        ("2026-11-20", F(9, 10)),
        ("2026-11-21", F(1)),
        ("2027-11-21", F(1)),
    ],
)
def test_expected_is_the_share_of_days_that_are_over(today: str, expected: F) -> None:
    assert count("1000 units", 0, today=today).expected == expected


@pytest.mark.parametrize(
    ("measure", "today", "expected"),
    [
        ("3 talks", "2026-11-16", F(1, 3)),
        ("3 talks", "2026-11-18", F(2, 3)),
        ("3 talks", "2026-11-20", F(2, 3)),
        ("3 talks", "2026-11-21", F(1)),
        ("3.5 km", "2026-11-16", F(1, 2)),
        ("12 -> 8 tickets", "2026-11-14", F(1, 4)),
        ("12 -> 8.5 tickets", "2026-11-14", F(3, 10)),
        ("done", "2026-11-20", F(0)),
        ("done", "2026-11-21", F(1)),
    ],
)
def test_what_comes_in_whole_pieces_is_expected_in_whole_pieces(
    measure: str, today: str, expected: F
) -> None:
    assert goal(f"{TEN_DAYS}measure: {measure}", "", today).expected == expected


def test_boxes_without_dates_are_expected_evenly_and_whole() -> None:
    one = goal(TEN_DAYS, "- [x] a\n- [ ] b\n- [ ] c\n- [-] d\n", "2026-11-18")
    assert (one.expected, one.planned) == (F(2, 3), F(2))


def test_boxes_that_all_have_dates_are_expected_when_those_are_over() -> None:
    body = "- [ ] a 📅 2026-11-12\n- [ ] b [due:: 2026-11-15]\n- [ ] c 📅 2026-11-15\n- [ ] d 📅 2026-12-24\n- [-] e\n"
    days = ["2026-11-12", "2026-11-13", "2026-11-15", "2026-11-16", "2026-12-24", "2026-12-25"]
    expected = [goal("", body, day).expected for day in days]
    assert expected == [F(0), F(1, 4), F(1, 4), F(3, 4), F(3, 4), F(1)]


def test_one_box_without_a_date_and_the_window_counts() -> None:
    body = "- [ ] a 📅 2026-11-12\n- [ ] b\n"
    assert goal(TEN_DAYS, body, "2026-11-15").expected == F(0)
    assert goal(TEN_DAYS, body, "2026-11-16").expected == F(1, 2)
    assert goal("", body, "2026-11-16").expected is None


CHECKPOINTS = "start: 2026-01-01\ndue: 2026-12-31\nmeasure: 50 talks\ncheckpoints:\n  - 2026-06-30 20\n  - 2026-09-30 25\n"


@pytest.mark.parametrize(
    ("today", "planned"),
    [
        ("2026-01-01", 0),
        ("2026-07-01", 20),
        ("2026-10-01", 25),
        ("2026-04-02", 10),  # 91 of the 181 days to the end of June: 10.06
        ("2026-04-01", 9),  # 90 of 181: 9.94
        ("2027-01-01", 50),
    ],
)
def test_checkpoints_bend_the_path(today: str, planned: int) -> None:
    one = goal(CHECKPOINTS, "", today)
    assert one.planned == planned
    assert one.expected == F(planned, 50)
    corners = [("2026-01-01", 0), ("2026-07-01", 20), ("2026-10-01", 25), ("2027-01-01", 50)]
    assert one.line == tuple((date.fromisoformat(day), F(level)) for day, level in corners)


@pytest.mark.parametrize(
    ("level", "pace"),
    [(1000, "reached"), (999, "on-track"), (500, "on-track"), (450, "on-track"), (449, "at-risk"), (350, "at-risk"), (349, "off-track"), (0, "off-track")],
)  # fmt: skip
def test_the_verdict_at_its_thresholds(level: int, pace: str) -> None:
    """500 of 1000 are expected: 0.9 of that is 450, 0.7 is 350."""
    assert count("1000 units", level).pace == pace


@pytest.mark.parametrize(
    ("measure", "level", "pace"),
    [
        ("4 talks", 2, "on-track"),
        ("4 talks", 1, "at-risk"),
        ("4 talks", 0, "off-track"),
        ("2 talks", 0, "at-risk"),
        ("4.5 km", 1, "off-track"),
    ],
)
def test_one_piece_short_is_at_risk_at_worst(measure: str, level: int, pace: str) -> None:
    assert count(measure, level).pace == pace


@pytest.mark.parametrize(
    ("today", "pace"),
    [
        ("2025-12-31", None),
        ("2026-01-01", None),
        ("2026-01-05", None),
        ("2026-01-06", "off-track"),
        ("2026-04-10", "off-track"),
        ("2026-04-11", "overdue"),
    ],
)
def test_no_verdict_in_the_first_twentieth_and_overdue_past_the_end(today: str, pace: str | None) -> None:
    assert count("1000 units", 0, HUNDRED_DAYS, today).pace == pace


@pytest.mark.parametrize("fields", ["", "due: 2026-12-31\n", "start: 2026-01-01\n"])
def test_nothing_is_expected_without_a_window(fields: str) -> None:
    one = goal(fields + "measure: 5 talks", "", "2026-07-01")
    assert (one.expected, one.pace, one.gap_days, one.buffer_days) == (None, None, None, None)


def test_the_start_left_out_is_the_day_of_the_first_check_in() -> None:
    one = goal("due: 2026-11-20\nmeasure: 1000 units", "## Check-ins\n- 2026-11-11: 0", "2026-11-16")
    assert one.expected == F(1, 2)


def test_past_due_without_a_window_is_overdue_too() -> None:
    assert goal("due: 2026-06-30\nmeasure: 5 talks", "", "2026-07-01").pace == "overdue"
    assert goal("due: 2026-06-30\nmeasure: 5 talks\nstatus: paused", "", "2026-07-01").pace is None


@pytest.mark.parametrize(
    ("level", "gap", "buffer"),
    [
        (20, 0, 1),  # on the line today, below it tomorrow
        (30, 10, 11),
        (19, -1, 0),
        (10, -10, 0),
        (0, -20, 0),
        (99, 79, 80),
    ],
)
def test_the_gap_in_days_and_the_buffer(level: int, gap: int, buffer: int) -> None:
    """One unit a day for a hundred days; twenty are over."""
    one = count("100 units", level, HUNDRED_DAYS, "2026-01-21")
    assert (one.gap_days, one.buffer_days) == (gap, buffer)


def test_the_gap_of_an_overdue_goal_goes_on() -> None:
    one = count("100 units", 90, HUNDRED_DAYS, "2026-04-21")
    assert (one.pace, one.gap_days, one.buffer_days) == ("overdue", -20, 0)


def test_a_gap_along_dated_boxes() -> None:
    body = "- [ ] a 📅 2026-11-12\n- [ ] b 📅 2026-11-15\n"
    assert goal("", body, "2026-11-16").gap_days == -4
    one = goal("", body.replace("[ ] a", "[x] a"), "2026-11-14")
    assert (one.gap_days, one.buffer_days, one.pace) == (1, None, "on-track")


@pytest.mark.parametrize(
    ("fields", "body", "today", "asked"),
    [
        (
            HUNDRED_DAYS + "measure: 100 units",
            "- 2026-01-15: 10",
            "2026-01-21",
            ("13", "units", "2026-01-22"),
        ),
        (HUNDRED_DAYS + "measure: 100 units", "- 2026-01-15: 50", "2026-01-21", None),
        (
            HUNDRED_DAYS + "measure: 100 units",
            "- 2026-04-05: 90",
            "2026-04-08",
            ("10", "units", "2026-04-10"),
        ),
        (
            HUNDRED_DAYS + "measure: 100 units",
            "- 2026-04-05: 90",
            "2026-05-08",
            ("10", "units", "2026-05-08"),
        ),
        (HUNDRED_DAYS + "measure: 1000 units", "- 2026-01-15: yes", "2026-01-21", None),
    ],
)
def test_what_to_do_next(fields: str, body: str, today: str, asked: tuple[str, str, str] | None) -> None:
    """Up to the line at the end of the next check-in's day: 22 days over on 22 January, so 13 more than 10 is 23 less."""
    ask = goal(fields, f"## Check-ins\n{body}", today).ask
    if asked is None:
        assert ask is None
        return
    assert ask is not None
    amount, unit, by = asked
    assert (ask.unit, str(ask.by)) == (unit, by)
    assert ask.amount == {"13": F(12), "10": F(10)}[amount]


SUPPORTERS = """
    === goals/top.md
    === goals/a.md
    ---
    start: 2026-11-11
    due: 2026-11-20
    measure: 1000 units
    supports: top
    ---
    ## Check-ins
    - 2026-11-11: 400
    === goals/b.md
    ---
    start: 2026-11-11
    due: 2026-11-20
    measure: 10 units
    weight: 3
    supports: top
    ---
    ## Check-ins
    - 2026-11-11: 5
    === goals/closed.md
    ---
    status: missed
    measure: 10 units
    supports: top
    ---
    ## Check-ins
    - 2026-11-11: 5
    === goals/undated.md
    ---
    measure: 10 units
    supports: top
    ---
"""


def test_a_roll_up_is_expected_as_its_supporters_are() -> None:
    """(1/2 + 3 x 1/2 + 1) / 5 expected, against (2/5 + 3 x 1/2 + 1/2) / 5 of the same three; the undated is in neither."""
    top = vault(SUPPORTERS, "2026-11-16")["top"]
    assert top.expected == F(3, 5)
    assert top.pace == "at-risk"  # 12/25 is 0.8 of it
    assert top.progress == F(24, 60)
    assert top.explain_pace == "Leaving out open goals without dates: 60 % expected by today, 48 % done."


def test_a_roll_up_with_a_plan_for_all_its_goals_says_one_number() -> None:
    text = SUPPORTERS[: SUPPORTERS.index("    === goals/undated.md")]
    assert (
        vault(text, "2026-11-16")["top"].explain_pace
        == "60 % expected of its goals by today; they stand at 48 %."
    )


def test_a_roll_up_of_goals_without_dates_has_no_verdict() -> None:
    top = vault("=== goals/top.md\n=== goals/a.md\n---\nsupports: top\nmeasure: 3 talks\n---\n")["top"]
    assert (top.progress, top.expected, top.pace) == (F(0), None, None)


def test_a_roll_up_at_one_is_reached_and_past_due_it_is_overdue() -> None:
    text = "=== goals/top.md\n---\ndue: 2026-06-30\n---\n=== goals/a.md\n---\nsupports: top\n{}\n---\n"
    assert vault(text.format("status: done"), "2026-07-01")["top"].pace == "reached"
    assert vault(text.format("measure: 2 talks"), "2026-07-01")["top"].pace == "overdue"


@pytest.mark.parametrize("field", ["start: soon\ndue: 2026-12-31", "start: 2026-01-01\ndue: 31.12.2026", "start: 2026-06-01\ndue: 2026-05-01"])  # fmt: skip
def test_a_date_that_cannot_be_read_leaves_nothing_to_expect(field: str) -> None:
    one = goal(f"{field}\nmeasure: 10 talks", "## Check-ins\n- 2026-01-05: 4", "2026-07-01")
    assert (one.progress, one.expected, one.pace, one.gap_days, one.line) == (F(2, 5), None, None, None, ())


def test_checkpoints_that_cannot_be_read_leave_nothing_to_expect() -> None:
    one = goal(f"{TEN_DAYS}measure: 10 talks\ncheckpoints:\n  - mid-November 5", "", "2026-11-16")
    assert (one.progress, one.expected, one.pace) == (F(0), None, None)


def test_a_status_that_cannot_be_read_gives_no_verdict_and_does_not_nag() -> None:
    one = goal(TEN_DAYS + "measure: 10 talks\nstatus: complet", "## Check-ins\n- 2026-11-11: 4", "2026-11-30")
    assert (one.progress, one.pace, one.expected) == (F(2, 5), None, None)
    assert one.rhythm is not None
    assert (one.rhythm.next, one.rhythm.due) == (None, False)


def test_a_weight_that_cannot_be_read_leaves_its_parents_without_a_number() -> None:
    text = SUPPORTERS.replace("weight: 3", "weight: heavy")
    top = vault(text, "2026-11-16")["top"]
    assert (top.progress, top.expected, top.pace) == (None, None, None)


# --- forecast ----------------------------------------------------------------------------------------------------


def forecast(measure: str, lines: str, today: str) -> tuple[str, str, str] | None:
    found = goal(f"measure: {measure}", "## Check-ins\n" + lines, today).forecast
    return (str(found.date), str(found.early), str(found.late)) if found else None


def test_an_even_rate_arrives_on_one_day() -> None:
    """One a day, 70 left."""
    lines = "- 2026-01-01: 10\n- 2026-01-11: 20\n- 2026-01-21: 30\n"
    assert forecast("100 units", lines, "2026-01-21") == ("2026-04-01",) * 3


def test_it_goes_on_from_today() -> None:
    lines = "- 2026-01-01: 10\n- 2026-01-11: 20\n- 2026-01-21: 30\n"
    assert forecast("100 units", lines, "2026-01-31") == ("2026-04-11",) * 3


def test_a_count_down_arrives_as_well() -> None:
    lines = "- 2026-01-01: 82\n- 2026-01-15: 81\n- 2026-01-29: 80\n"
    assert forecast("82 -> 75 kg", lines, "2026-01-29") == ("2026-04-09",) * 3


def test_an_uneven_rate_gives_a_range() -> None:
    """Moves of 5 and 15 in ten days each: rate 1; scatter (25 + 25) / 10 = 5, error sqrt(5 / 1 / 20) = 0.5.

    70 left: at 1 + 1.2816 x 0.5 = 1.6408 a day 43 days, at 1 - 0.6408 = 0.3592 a day 195 days.
    """
    lines = "- 2026-01-01: 10\n- 2026-01-11: 15\n- 2026-01-21: 30\n"
    assert forecast("100 units", lines, "2026-01-21") == ("2026-04-01", "2026-03-05", "2026-08-04")


@pytest.mark.parametrize(
    "lines",
    [
        "- 2026-01-01: 10\n- 2026-01-11: 20\n",
        "- 2026-01-01: 30\n- 2026-01-11: 20\n- 2026-01-21: 10\n",
        "- 2026-01-01: 30\n- 2026-01-11: 30\n- 2026-01-21: 30\n",
        "- 2026-01-01: 10\n- 2026-01-01: 20\n- 2026-01-01: 30\n",
        "- 2026-01-01: 10\n- 2026-01-11: 20\n- 2026-01-21: 100\n",
        "- 2026-01-01: 10\n- 2026-01-11: 20\n- 2026-03-21: 30\n",
    ],
)
def test_no_forecast_from_too_little_or_the_wrong_way_or_once_reached(lines: str) -> None:
    assert forecast("100 units", lines, "2026-01-21") is None


def test_what_was_said_stands_beside_what_was_computed() -> None:
    one = goal(
        TEN_DAYS + "measure: 1000 units",
        "## Check-ins\n- 2026-11-11: 1 (on track)\n- 2026-11-13: — (at risk) rain\n- 2026-11-14: 2\n- 2026-11-30: (off track)",
        "2026-11-16",
    )
    assert one.stated is not None
    assert (one.stated.status, str(one.stated.day), one.pace) == ("at-risk", "2026-11-13", "off-track")
