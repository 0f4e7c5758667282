"""How pages and terminal say things."""

from datetime import date

import pytest

from goalkit.words import listed, relative, unlinked

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 12, 2), "in 12 days"),
        (date(2026, 11, 18), "2 days ago"),
        (date(2027, 1, 19), "in 60 days"),
        (date(2026, 9, 10), "10 weeks ago"),
        (date(2027, 2, 18), "in 3 months"),
        (date(2028, 10, 20), "in 23 months"),
        (date(2028, 12, 12), "in 2 years"),
        (date(2024, 5, 20), "2 years ago"),
        (date(3999, 12, 31), "in 1,973 years"),
    ],
)
def test_days_as_seen_from_today(day: date, said: str) -> None:
    assert relative(day, TODAY) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
    ],
)
def test_lists(names: list[str], said: str) -> None:
    assert listed(names) == said


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Call Wren [[know-fifty]]", "Call Wren"),
        ("Call Wren → [[know-fifty]]", "Call Wren"),
        ("Call Wren [[a]] [[b]]", "Call Wren"),
        ("Call [[people/wren|Wren]] back", "Call Wren back"),
        ("Read [[notes/sql]] again", "Read sql again"),
        ("[[give-a-talk]]", "give-a-talk"),
        ("Read [the page](https://example.org/a) again", "Read the page again"),
        ("See ![[chart.png]] there", "See chart.png there"),
        ("50 % [done] or (so)", "50 % [done] or (so)"),
        ("[[", "[["),
    ],
)
def test_a_task_is_read_without_its_link_marks(text: str, read: str) -> None:
    assert unlinked(text) == read


def test_thousands_of_brackets_are_read_in_no_time() -> None:
    assert unlinked("[[" * 20_000)
    assert unlinked("[[a]] " * 20_000 + "x").endswith("x")
