"""The geometry of the charts: inside its box, true to the numbers, and never not a number."""

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit.model.assessment import Assessment
from goalkit.site.charts import HEIGHT, PaceChart, pace_chart, planned_on
from goalkit.site.meters import limit_chart, segments
from goalkit.site.strip import Strip, strip
from tests.vaults import TODAY, goal

COUNT = "start: 2026-01-01\ndue: 2026-12-31\nmeasure: 50 connections"


def chart_of(fields: str = COUNT, *check_ins: str, today: date = TODAY) -> PaceChart:
    made = pace_chart(_seen(fields, *check_ins, today=today), today)
    assert made is not None
    return made


def _seen(fields: str, *check_ins: str, today: date = TODAY) -> Assessment:
    return goal(fields, "## Check-ins\n\n" + "\n".join(f"- {line}" for line in check_ins), today)


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def inside(chart: PaceChart) -> bool:
    paths = [*corners(chart.expected), *corners(chart.actual), *corners(chart.cone), *corners(chart.ahead)]
    return all(0 <= x <= 1000 and -1 <= y <= HEIGHT for x, y in paths)


def test_the_expected_line_runs_from_the_start_to_the_target() -> None:
    chart = chart_of(COUNT, "2026-06-01: 20")
    (x0, y0), (x1, y1) = corners(chart.expected)
    assert (x0, x1) == (0, 1000)
    assert y0 > y1
    assert chart.target_y == f"{y1:.1f}"


def test_a_level_on_the_plan_lies_on_the_line() -> None:
    chart = chart_of("start: 2026-01-01\ndue: 2026-12-31\nmeasure: 365 pages", "2026-07-02: 182")
    (x0, y0), (x1, y1) = corners(chart.expected)
    ((x, y),) = corners(chart.actual)
    assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0), abs=0.2)


def test_a_number_that_is_to_fall_falls() -> None:
    chart = chart_of(
        "start: 2026-01-01\ndue: 2026-12-31\nmeasure: 82 -> 75 kg", "2026-02-01: 81", "2026-06-01: 78"
    )
    (_, first), (_, last) = corners(chart.expected)
    assert last > first
    assert corners(chart.actual)[1][1] > corners(chart.actual)[0][1]


def test_every_line_is_named_where_it_is() -> None:
    labels = {label.kind: label.text for label in chart_of(COUNT, "2026-06-01: 20").labels}
    assert labels == {"target": "target 50 connections", "expected": "planned", "actual": "20 connections"}


@pytest.mark.parametrize(
    ("fields", "check_ins"),
    [
        ("start: 2026-10-01\ndue: 2027-02-01\nmeasure: 12 chapters", ("2026-10-10: 0.5", "2026-11-01: 1", "2026-11-19: 1.5")),
        ("start: 2026-10-01\ndue: 2026-12-31\nmeasure: 12 chapters", ("2026-10-02: 14", "2026-10-20: 3")),
        (COUNT, ("2026-03-01: 8", "2026-06-01: 20", "2026-09-01: 40", "2026-11-01: 46")),
    ],
)  # fmt: skip
def test_no_line_runs_through_a_word(fields: str, check_ins: tuple[str, ...]) -> None:
    chart = chart_of(fields, *check_ins)
    lines = [pair for path in (chart.expected, chart.actual, chart.ahead) for pair in pairwise(corners(path))]
    for label in chart.labels:
        x, y, wide = float(label.x[:-1]) * 10, float(label.y), len(label.text) * 20
        left = x - wide if label.anchor == "end" else x
        for (x0, y0), (x1, y1) in lines:
            places = [(x0 + (x1 - x0) * n / 50, y0 + (y1 - y0) * n / 50) for n in range(51)]
            assert not [p for p in places if left < p[0] < left + wide and y - 9 < p[1] < y], label


def test_the_forecast_is_a_cone_that_begins_at_the_last_level() -> None:
    chart = chart_of(COUNT, "2026-02-01: 8", "2026-05-01: 15", "2026-08-01: 30", "2026-11-01: 38")
    assert corners(chart.cone)[0] == corners(chart.ahead)[0] == corners(chart.actual)[-1]


def test_today_is_marked_only_while_it_is_in_the_chart_and_the_goal_open() -> None:
    assert chart_of(COUNT, "2026-06-01: 20").today
    closed = chart_of(COUNT + "\nstatus: done", "2026-06-01: 50")
    assert not closed.today
    assert not closed.ahead


def test_levels_are_round_and_no_more_than_a_few() -> None:
    ticks = [tick.text for tick in chart_of(COUNT, "2026-06-01: 20").down]
    assert ticks == ["0", "20", "40"]


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        ("2026-01-01", "2026-12-31", ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]),
        ("2026-11-02", "2026-11-30", ["2 Nov", "1 Dec"]),
        ("2025-07-01", "2026-12-31", ["Jul", "Oct", "2026", "Apr", "Jul", "Oct"]),
        ("2020-01-01", "2029-12-31", ["2020", "2022", "2024", "2026", "2028"]),
    ],
)
def test_days_are_named_as_densely_as_a_phone_can_show(start: str, due: str, expected: list[str]) -> None:
    chart = chart_of(f"start: {start}\ndue: {due}\nmeasure: 50 pages", f"{start}: 1")
    assert [tick.text for tick in chart.across][: len(expected)] == expected
    assert len(chart.across) <= 7


def test_without_a_window_or_a_count_there_is_no_chart() -> None:
    assert pace_chart(_seen("measure: 50 pages"), TODAY) is None
    assert pace_chart(_seen("measure: 3 / week\nstart: 2026-01-01\ndue: 2026-12-31"), TODAY) is None


@given(
    st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    st.integers(0, 400_000),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(-(10**9), 10**9)), max_size=6),
    st.integers(-500, 5000),
)
def test_whatever_the_numbers_the_chart_stays_in_its_box(
    start: date, length: int, low: int, high: int, levels: list[tuple[int, int]], gone: int
) -> None:
    due = min(start.toordinal() + length, date(2999, 12, 31).toordinal())
    days = [(date.fromordinal(min(start.toordinal() + n, 1_095_000)), level) for n, level in levels]
    today = date.fromordinal(max(1, min(start.toordinal() + gone, date.max.toordinal())))
    fields = f"start: {start}\ndue: {date.fromordinal(due)}\nmeasure: {low} -> {high} pages"
    seen = _seen(fields, *(f"{day}: = {level}" for day, level in days), today=today)
    chart = pace_chart(seen, today)
    assert chart is None or inside(chart)
    assert "nan" not in repr(chart)
    assert "inf" not in repr(chart)


def test_the_plan_between_two_corners() -> None:
    line = (
        (date(2026, 1, 1), Fraction(0)),
        (date(2026, 1, 11), Fraction(20)),
        (date(2026, 1, 21), Fraction(20)),
    )
    days = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 15), date(2027, 1, 1)]
    assert [planned_on(line, day) for day in days] == [0, 0, 10, 20, 20]
    assert planned_on((), TODAY) is None


def strip_of(fields: str, *check_ins: str) -> Strip:
    made = strip(_seen(fields, *check_ins), TODAY)
    assert made is not None
    return made


def test_a_day_has_a_square_in_its_week() -> None:
    made = strip_of(
        "start: 2026-11-01\ndue: 2026-11-30\nmeasure: every day", "2026-11-01: yes", "2026-11-02: no"
    )
    (month,) = made.groups
    shapes = dict(month.paths)
    assert month.label == "Nov"
    # The first of November 2026 is a Sunday, the second the Monday of the row below.
    assert shapes["met"] == "M92 2h11v11h-11z"
    assert shapes["missed"].startswith("M2.75 17.75h9.5")


def test_every_period_is_drawn_once_and_counted() -> None:
    made = strip_of("start: 2026-01-01\ndue: 2026-12-31\nmeasure: 3 / week", "2026-01-07: 3", "2026-02-04: 1")
    drawn = sum(d.count("M") for group in made.groups for _, d in group.paths)
    assert drawn == sum(n for _, _, n in made.counts) == 53


def test_each_state_has_a_shape_of_its_own() -> None:
    made = strip_of(
        "start: 2026-10-05\ndue: 2026-12-31\nmeasure: every workday\ncheck-in: weekly",
        "2026-10-05: yes", "2026-10-06: no", "2026-10-07: skip", "2026-11-18: yes",
    )  # fmt: skip
    shapes = {
        state: re.sub(r"[\d.]+ [\d.]+", "", d.split("M")[1])
        for group in made.groups
        for state, d in group.paths
    }
    assert {"met", "missed", "skipped", "waiting", "ahead"} <= shapes.keys()
    assert len(set(shapes.values())) == len(shapes)


def test_long_periods_are_tiles_with_their_amount() -> None:
    made = strip_of(
        "start: 2026-01-01\ndue: 2026-12-31\nmeasure: <= 6 evenings / month", "2026-01-31: 5", "2026-02-28: 9"
    )
    assert [(t.label, t.state, t.amount) for t in made.tiles[:2]] == [
        ("Jan", "met", "5"),
        ("Feb", "missed", "9"),
    ]
    assert [t.label for t in made.tiles if t.today] == ["Nov"]


def test_a_limit_is_drawn_to_scale_and_marks_even_spending() -> None:
    fields = "start: 2026-01-01\ndue: 2026-12-31\nmeasure: <= 500 USD"
    within = limit_chart(_seen(fields, "2026-03-01: 125"), date(2026, 7, 2))
    assert within is not None
    assert (within.used, within.limit, within.over, within.even) == ("25.00%", "100.00%", "", "49.86%")
    beyond = limit_chart(_seen(fields, "2026-03-01: 1000"), TODAY)
    assert beyond is not None
    assert (beyond.used, beyond.over_from, beyond.over) == ("50.00%", "50.00%", "50.00%")


def test_a_row_of_boxes_fills_its_width() -> None:
    row = segments(["done", "open", "open", "open"])
    assert [(box.x, box.state) for box in row] == [
        ("0.00%", "done"), ("25.00%", "open"), ("50.00%", "open"), ("75.00%", "open"),
    ]  # fmt: skip
    assert segments(["open"]) == segments(["open"] * 41) == ()
