"""Progress by the rules of the format: every figure is worked out by hand."""

from fractions import Fraction

import pytest

from tests.vaults import goal, vault

F = Fraction

YEAR = "start: 2026-01-01\ndue: 2026-12-31\n"


def of(measure: str, *lines: str, fields: str = YEAR, today: str = "2026-07-01") -> F | None:
    listed = "\n".join(f"- {line}" for line in lines)
    return goal(f"{fields}\nmeasure: {measure}", f"## Check-ins\n\n{listed}", today).progress


@pytest.mark.parametrize(
    ("measure", "lines", "progress"),
    [
        ("50 people", [], F(0)),
        ("50 people", ["2026-01-05: 11"], F(11, 50)),
        ("50 people", ["2026-01-05: 4", "2026-02-05: 11"], F(11, 50)),
        ("50 people", ["2026-01-05: 4", "2026-02-05: +2"], F(6, 50)),
        ("50 people", ["2026-01-05: +2", "2026-02-05: +2", "2026-03-05: -1"], F(3, 50)),
        ("50 people", ["2026-01-05: 4", "2026-01-05: 7"], F(7, 50)),
        ("50 people", ["2026-02-05: 11", "2026-01-05: 4"], F(11, 50)),
        ("50 people", ["2026-01-05: +2", "2026-02-05: 20", "2026-03-05: +5"], F(25, 50)),
        ("50 people", ["2026-01-05: 60"], F(1)),
        ("50 people", ["2026-01-05: -3"], F(0)),
        ("50 people", ["2026-01-05: 11", "2026-07-02: 30"], F(11, 50)),
        ("50 people", ["2026-01-05: 11 people"], F(11, 50)),
        ("50 people", ["2026-01-05: 11 km"], F(0)),
        ("50 people", ["2026-01-05: yes"], F(1)),
        ("50 people", ["2026-01-05: yes", "2026-02-05: 40"], F(40, 50)),
        ("50 people", ["2026-01-05: 11", "2026-02-05: no"], F(11, 50)),
        ("54 -> 63 %", ["2026-01-05: 57"], F(3, 9)),
        ("54 -> 63 %", ["2026-01-05: 50"], F(0)),
        ("54 -> 63 %", ["2026-01-05: 55.5 %"], F(1, 6)),
        ("54 -> 63 %", [], F(0)),
        ("82 -> 75 kg", ["2026-01-05: 80"], F(2, 7)),
        ("82 -> 75 kg", ["2026-01-05: -2"], F(2, 7)),
        ("82 -> 75 kg", ["2026-01-05: 90"], F(0)),
        ("82 -> 75 kg", ["2026-01-05: 74.5"], F(1)),
        ("-5 -> 5 points", ["2026-01-05: = -3"], F(2, 10)),
        ("-5 -> 5 points", ["2026-01-05: +3"], F(3, 10)),
        ("10k readers", ["2026-01-05: 2.5k"], F(1, 4)),
        ("$500", ["2026-01-05: $125"], F(1, 4)),
        ("done", [], F(0)),
        ("done", ["2026-01-05: no"], F(0)),
        ("done", ["2026-01-05: yes — at last"], F(1)),
        ("done", ["2026-01-05: done"], F(1)),
        ("done", ["2026-07-02: yes"], F(0)),
        ("done", ["2026-01-05: yes", "2026-02-05: no"], F(0)),
        ("<= 500 USD", ["2026-01-05: 100"], None),
    ],
)
def test_counts_and_yes(measure: str, lines: list[str], progress: F | None) -> None:
    assert of(measure, *lines) == progress


def test_a_measure_that_cannot_be_read_gives_no_number_and_not_the_default() -> None:
    one = goal(YEAR + "measure: 0 / day", "- [x] a\n\n## Check-ins\n- 2026-01-05: 4", "2026-07-01")
    assert (one.measure, one.progress, one.expected, one.pace, one.level) == (None,) * 5


BOXES = """
    ## Milestones
    - [x] a
    - [x] b
    - [ ] c
    - [/] d
    - [-] e
    - [?] f
      - [x] f1
"""


def test_milestones_ticked_of_those_not_cancelled() -> None:
    one = goal("", BOXES)
    assert one.measure is not None
    assert (one.measure.kind, one.progress, one.level) == ("milestones", F(2, 5), F(2))


def test_all_boxes_are_milestones_where_no_heading_says_which() -> None:
    one = goal("", "- [x] a\n\n## Later\n\n- [ ] b\n")
    assert one.progress == F(1, 2)


def test_under_a_heading_only_its_boxes_are_and_the_section_ends_with_it() -> None:
    assert goal(
        "", "- [ ] x\n\n## milestones\n- [x] a\n### more\n- [ ] b\n\n## Later\n- [ ] c"
    ).progress == F(1, 2)


def test_milestones_with_nothing_to_tick_have_no_progress() -> None:
    assert goal("", "## Milestones\n\nSoon.").progress is None
    assert goal("", "## Milestones\n\n- [-] a").progress is None
    assert goal("measure: milestones").progress is None


def test_a_yes_reaches_milestones_and_roll_ups() -> None:
    assert goal("", "## Milestones\n- [ ] a\n\n## Check-ins\n- 2026-01-05: yes").progress == F(1)
    assert goal(
        "", "## Milestones\n- [ ] a\n\n## Check-ins\n- 2026-01-05: yes\n- 2026-01-06: no"
    ).progress == F(0)


@pytest.mark.parametrize(
    ("fields", "body", "kind"),
    [
        ("", "", "done"),
        ("", "- [ ] a", "milestones"),
        ("", "## Milestones", "milestones"),
        ("measure: 5 talks", "## Milestones\n- [x] a", "count"),
        ("measure:", "- [ ] a", "milestones"),
    ],
)
def test_the_measure_left_out(fields: str, body: str, kind: str) -> None:
    one = goal(fields, body)
    assert one.measure is not None
    assert one.measure.kind == kind


def test_the_measure_left_out_of_a_goal_that_goals_support() -> None:
    plans = vault("""
        === goals/boxes-only.md
        - [x] a
        === goals/section.md
        ## Milestones
        - [x] a
        - [ ] b
        === goals/written.md
        ---
        measure: 4 talks
        ---
        === goals/child.md
        ---
        supports: [boxes-only, section, written]
        ---
    """)
    kinds = {k: one.measure.kind for k, one in plans.assessments.items() if one.measure}
    assert kinds == {"boxes-only": "goals", "section": "milestones", "written": "count", "child": "done"}
    assert plans["boxes-only"].progress == F(0)
    assert plans["section"].progress == F(1, 2)
    assert plans["written"].progress == F(0)


ROLL_UP = """
    === goals/top.md
    === goals/other-top.md
    === goals/a.md
    ---
    measure: 10 pages
    supports: [top, other-top]
    ---
    ## Check-ins
    - 2026-01-05: 5
    === goals/b.md
    ---
    measure: 10 pages
    supports: top
    weight: 3
    ---
    ## Check-ins
    - 2026-01-05: 1
    === goals/linked-only.md
    ---
    measure: done
    supports: top
    weight: 0
    ---
    === goals/no-number.md
    ---
    measure: <= 5 fines
    supports: top
    ---
    === goals/idea.md
    ---
    status: idea
    supports: top
    ---
    === goals/dropped.md
    ---
    status: dropped
    supports: top
    ---
    === goals/missed.md
    ---
    status: missed
    measure: 10 pages
    supports: other-top
    ---
    ## Check-ins
    - 2026-01-05: 2
    === goals/paused.md
    ---
    status: paused
    measure: 10 pages
    supports: other-top
    ---
    ## Check-ins
    - 2026-01-05: 4
    === goals/finished.md
    ---
    status: done
    measure: 10 pages
    supports: other-top
    ---
    ## Check-ins
    - 2026-01-05: 4
"""


def test_a_roll_up_weighs_its_supporters() -> None:
    """(1 x 1/2 + 3 x 1/10) / 4: what is dropped, an idea, without a number or of weight 0 is in neither."""
    assert vault(ROLL_UP)["top"].progress == F(8, 40)


def test_a_goal_counts_in_both_its_parents_and_so_do_closed_and_paused_ones() -> None:
    """(5/10 + 2/10 + 4/10 + 1) / 4."""
    assert vault(ROLL_UP)["other-top"].progress == F(21, 40)


def test_a_roll_up_of_nothing_has_no_progress() -> None:
    plans = vault("=== goals/top.md\n=== goals/a.md\n---\nsupports: top\nstatus: idea\n---\n")
    assert plans["top"].progress is None
    assert goal("measure: goals").progress is None


def test_a_roll_up_in_a_ring_has_no_progress_and_what_it_feeds_goes_on_without_it() -> None:
    plans = vault("""
        === goals/a.md
        ---
        supports: [b, top]
        measure: goals
        ---
        === goals/b.md
        ---
        supports: a
        measure: goals
        ---
        === goals/c.md
        ---
        supports: top
        measure: 4 talks
        ---
        ## Check-ins
        - 2026-01-05: 1
        === goals/top.md
    """)
    assert plans["a"].progress is None
    assert plans["b"].progress is None
    assert plans["top"].progress == F(1, 4)


@pytest.mark.parametrize(
    ("status", "progress"),
    [("done", F(1)), ("partial", F(2, 5)), ("missed", F(2, 5)), ("dropped", F(2, 5)), ("paused", F(2, 5)), ("idea", F(2, 5)), ("active", F(2, 5))],
)  # fmt: skip
def test_a_closed_goal(status: str, progress: F) -> None:
    one = goal(f"{YEAR}status: {status}\nmeasure: 10 pages", "## Check-ins\n- 2026-03-05: 4\n", "2026-07-01")
    assert one.progress == progress
    assert (one.pace is None) == (status != "active")
    closed = status in ("done", "partial", "missed", "dropped")
    assert str(one.closed_on) == ("2026-03-05" if closed else "None")


@pytest.mark.parametrize(
    ("today", "lines", "status", "progress", "pace"),
    [
        ("2026-06-30", ["2026-02-01: 300"], "active", None, "on-track"),
        ("2026-06-30", ["2026-02-01: 300", "2026-03-01: 200"], "active", None, "on-track"),
        ("2026-06-30", ["2026-02-01: 300", "2026-03-01: 201"], "active", None, "off-track"),
        ("2026-07-01", ["2026-02-01: 300", "2026-03-01: 201"], "active", F(0), "overdue"),
        ("2026-07-01", ["2026-02-01: 500"], "active", F(1), "reached"),
        ("2026-07-01", ["2025-12-31: 400", "2026-02-01: 500", "2026-07-01: 400"], "active", F(1), "reached"),
        ("2026-05-01", ["2026-02-01: 600"], "missed", F(0), None),
        ("2026-05-01", ["2026-02-01: 500"], "partial", F(1), None),
    ],
)
def test_a_limit_is_open_until_its_window_is_over(
    today: str, lines: list[str], status: str, progress: F | None, pace: str | None
) -> None:
    body = "## Check-ins\n" + "\n".join(f"- {line}" for line in lines)
    one = goal(f"start: 2026-01-01\ndue: 2026-06-30\nmeasure: <= 500 USD\nstatus: {status}", body, today)
    assert (one.progress, one.pace) == (progress, pace)


def test_what_was_used_of_a_limit_adds_up() -> None:
    one = goal(
        YEAR + "measure: <= $500",
        "## Check-ins\n- 2026-01-05: $120\n- 2026-02-05: 80\n- 2026-03-05: -20 — refund",
        "2026-07-01",
    )
    assert one.level == 180
    assert [int(level) for _, level in one.points] == [120, 200, 180]


def test_the_points_of_a_count_are_its_levels_by_day() -> None:
    one = goal(
        "measure: 50 people",
        "## Check-ins\n- 2026-01-05: 4\n- 2026-01-05: +1\n- 2026-02-05: 11\n- 2026-03-05: — nothing",
        "2026-07-01",
    )
    assert [(str(day), int(level)) for day, level in one.points] == [("2026-01-05", 5), ("2026-02-05", 11)]


def test_each_number_says_its_own_sum() -> None:
    assert (
        goal(YEAR + "measure: 50 people", "## Check-ins\n- 2026-01-05: 11", "2026-05-05").explain_progress
        == "11 of 50 people: 22 %."
    )
    assert goal("", BOXES).explain_progress == "2 of 5 milestones: 40 %."
    assert (
        vault(ROLL_UP)["top"].explain_progress
        == "Weighted mean of 2 goals: 50 % and 3 × 10 %, which is 20 %."
    )
