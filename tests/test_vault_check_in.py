"""The grammar of a check-in line, and the slips in a goal's lines that one alone does not show."""

from decimal import Decimal

import pytest

from goalkit.model.measure import Measure, parse_measure
from goalkit.vault.check_in import Line, NotACheckIn, parse_line
from tests.vaults import one


def measured(text: str) -> Measure:
    measure = parse_measure(text)
    assert isinstance(measure, Measure)
    return measure


COUNT, HOURS, MONEY, HABIT = (
    measured(m) for m in ("50 connections", "90 minutes / day", "<= 500 USD", "3 / week")
)


def read(text: str, measure: Measure = COUNT) -> Line:
    line = parse_line(text, measure)
    assert isinstance(line, Line), line
    return line


@pytest.mark.parametrize(
    ("text", "kind", "value", "note"),
    [
        ("2026-01-09: 4", "level", "4", ""),
        ("2026-01-09: 4 — Colleagues", "level", "4", "Colleagues"),
        ("2026-01-09: 4 – Colleagues", "level", "4", "Colleagues"),
        ("2026-01-09: 4 -- Colleagues", "level", "4", "Colleagues"),
        ("2026-01-09: 4 - Colleagues", "level", "4", "Colleagues"),
        ("2026-01-09: 4 | Colleagues", "level", "4", "Colleagues"),
        ("2026-01-09: 4 - half - of it", "level", "4", "half - of it"),
        ("2026-01-09: +2", "step", "2", ""),
        ("2026-01-09: -1 — lost", "step", "-1", "lost"),
        ("2026-01-09: \u22121", "step", "-1", ""),
        ("2026-01-09: = -3", "level", "-3", ""),
        ("2026-01-09: =11", "level", "11", ""),
        ("2026-01-09: 1,200", "level", "1200", ""),
        ("2026-01-09: 1.2k", "level", "1200.0", ""),
        ("2026-01-09: 1 connection", "level", "1", ""),
        ("2026-01-09: 4 (from work)", "level", "4", "(from work)"),
        ("2026-01-09: yes", "yes", None, ""),
        ("2026-01-09: Done — at last", "yes", None, "at last"),
        ("2026-01-09: no", "no", None, ""),
        ("2026-01-09: skip (ill)", "skip", None, "(ill)"),
        ("2026-01-09:", "none", None, ""),
        ("2026-01-09", "none", None, ""),
        ("2026-01-09: — Only words.", "none", None, "Only words."),
        ("2026-01-09 — Only words.", "none", None, "Only words."),
        ("2026-01-09: 2 weeks lost to flu", "none", None, "2 weeks lost to flu"),
        ("2026-01-09: no progress this week", "none", None, "no progress this week"),
        ("2026-01-09: yes I can", "none", None, "yes I can"),
        ("2026-01-09: done with the hard part", "none", None, "done with the hard part"),
        ("[[2026-01-09]]: 4", "level", "4", ""),
        ("[[daily/2026-01-09]]: 4", "level", "4", ""),
        ("[[2026-01-09|Friday]]: 4", "level", "4", ""),
        ("2026-01-09 : 4", "level", "4", ""),
        ("2026-01-09: 4\nMore **text**\n\n- a list", "level", "4", "More **text**\n\n- a list"),
        ("2026-01-09: 4 — First\nthen more", "level", "4", "First\nthen more"),
    ],
)
def test_a_line(text: str, kind: str, value: str | None, note: str) -> None:
    line = read(text)
    assert (line.kind, line.value, line.note) == (kind, value if value is None else Decimal(value), note)
    assert line.problem is None


@pytest.mark.parametrize(
    ("text", "status", "value", "note"),
    [
        ("2026-01-09: 4 (on track)", "on-track", 4, ""),
        ("2026-01-09: 4 (On-Track) — fine", "on-track", 4, "fine"),
        ("2026-01-09: (at risk) 4 — hm", "at-risk", 4, "hm"),
        ("2026-01-09: 4 — travel (off track) again", "off-track", 4, "travel again"),
        ("2026-01-09: 4 [at risk]", "at-risk", 4, ""),
        ("2026-01-09: (offtrack)", "off-track", None, ""),
        ("2026-01-09: 4 — not on track at all", None, 4, "not on track at all"),
        ("2026-01-09: 4 (not on track)", None, 4, "(not on track)"),
    ],
)
def test_a_status_stands_alone_in_its_brackets(
    text: str, status: str | None, value: int | None, note: str
) -> None:
    line = read(text)
    assert (line.status, line.value, line.note) == (status, value, note)


@pytest.mark.parametrize(
    ("text", "measure", "kind", "value"),
    [
        ("2026-01-09: 90", HOURS, "amount", 90),
        ("2026-01-09: 90 min", HOURS, "amount", 90),
        ("2026-01-09: +30", HOURS, "amount", 30),
        ("2026-01-09: 2", HABIT, "amount", 2),
        ("2026-01-09: 2 times", HABIT, "amount", 2),
        ("2026-01-09: 2x", HABIT, "amount", 2),
        ("2026-01-09: $40", MONEY, "amount", 40),
        ("2026-01-09: 40 USD", MONEY, "amount", 40),
        ("2026-01-09: yes", HOURS, "yes", None),
    ],
)
def test_a_value_by_its_measure(text: str, measure: Measure, kind: str, value: int | None) -> None:
    line = read(text, measure)
    assert (line.kind, line.value, line.problem) == (kind, value, None)


@pytest.mark.parametrize(
    ("text", "measure", "message", "hint"),
    [
        ("2026-01-09: 1:30", HOURS, "`1:30` is not a plain number", "write `90`"),
        ("2026-01-09: 2h30", HOURS, "`2h30` is not a plain number", "write `150`"),
        ("2026-01-09: 1:30", COUNT, "`1:30` is not a plain number", "write one number, such as `1.5`"),
        ("2026-01-09: 7,5", COUNT, "`7,5` is not a plain number", "write `7.5`"),
        ("2026-01-09: 2 h", HOURS, "`2 h` is not in minutes", "write the number in minutes"),
        ("2026-01-09: €40", MONEY, "`€40` is not in USD", "write the number in USD"),
        ("2026-01-09: 11 of 50", COUNT, "`11` is not counted: a number stands before a dash, a bracket or the end of the line", "write `11 — of 50`"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_counted_is_said_and_kept_as_a_note(
    text: str, measure: Measure, message: str, hint: str
) -> None:
    line = read(text, measure)
    assert (line.kind, line.value) == ("none", None)
    assert line.problem == (message, hint)
    assert line.note == text.split(": ", 1)[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("6.2.2026: 11", "the date is not written as YYYY-MM-DD"),
        ("2026/02/06: 11", "the date is not written as YYYY-MM-DD"),
        ("6 Feb 2026: 11", "the date is not written as YYYY-MM-DD"),
        ("Feb 6, 2026: 11", "the date is not written as YYYY-MM-DD"),
        ("**2026-02-06**: 11", "the date is not written as YYYY-MM-DD"),
        ("2026-02-30: 11", "`2026-02-30` is not a day of the calendar"),
        ("2026-02-06 11", "there is no colon after the date"),
        ("2026-02-06..2026-02-01: skip", "the stretch ends before it begins: 2026-02-06 .. 2026-02-01"),
    ],
)
def test_a_line_that_is_nearly_a_check_in_is_a_warning(text: str, message: str) -> None:
    line = parse_line(text, COUNT)
    assert isinstance(line, NotACheckIn)
    assert line.problem is not None
    assert line.problem[0] == message
    assert line.problem[1]


@pytest.mark.parametrize(
    "text", ["", "Just words", "a 2026-02-06: 11", "11", "see [[2026-02-06]]", "20 people came"]
)
def test_any_other_line_is_passed_over_in_silence(text: str) -> None:
    assert parse_line(text, COUNT) == NotACheckIn()


def test_a_stretch() -> None:
    line = read("2026-07-01..2026-07-14: skip — holiday", HABIT)
    assert (line.kind, str(line.day), str(line.until), line.note) == (
        "skip",
        "2026-07-01",
        "2026-07-14",
        "holiday",
    )
    worked = read("2026-07-01..2026-07-14: 5", HABIT)
    assert (worked.kind, worked.value) == ("none", None)
    assert worked.problem is not None
    assert worked.problem[0] == "a stretch of days can only be skipped"


def slips(measure: str, *lines: str, start: str = "") -> list[str]:
    fields = f"measure: {measure}" + (f"\nstart: {start}" if start else "")
    found = one(fields, "## Check-ins\n" + "".join(f"- {line}\n" for line in lines)).diagnostics
    return [d.message for d in found if d.code == "GK120"]


@pytest.mark.parametrize(
    ("measure", "lines"),
    [
        ("50 people", ["2026-01-01: 4", "2026-02-01: 11", "2026-03-01: 11", "2026-04-01: 60"]),
        ("50 people", ["2026-01-01: 4", "2026-02-01: -2", "2026-03-01: 3"]),
        ("50 people", ["2026-01-01: 4", "2026-02-01: -2", "2026-02-01: +1", "2026-03-01: 3"]),
        ("50 people", ["2026-01-01: +60"]),
        ("50 people", ["2026-01-01: 0", "2026-02-01: 50"]),
        ("50 people", ["2026-01-01: +4", "2026-02-01: 30", "2026-03-01: 55"]),
        ("54 -> 63 %", ["2026-01-01: 55.5", "2026-02-01: 53", "2026-03-01: 62"]),
        ("1 -> 1000 readers", ["2026-01-01: 1", "2026-02-01: 30", "2026-03-01: 900"]),
        ("1000 -> 1 bugs", ["2026-01-01: 900", "2026-02-01: 30", "2026-03-01: 1"]),
        ("82 -> 75 kg", ["2026-01-01: 81", "2026-02-01: 83"]),
        ("10k words", ["2026-01-01: 5", "2026-02-01: 4000", "2026-03-01: 9000"]),
        ("3 / week", ["2026-01-01: 400", "2026-02-01: 1"]),
        ("<= 500 USD", ["2026-01-01: 600", "2026-02-01: 1"]),
    ],
)
def test_no_false_alarm(measure: str, lines: list[str]) -> None:
    assert slips(measure, *lines) == []


@pytest.mark.parametrize(
    ("measure", "lines", "said"),
    [
        ("50 people", ["2026-01-01: 60"], ["the first level, 60, is already past the target, 50"]),
        ("82 -> 75 kg", ["2026-01-01: 70"], ["the first level, 70, is already past the target, 75"]),
        ("50 people", ["2026-01-01: 11", "2026-02-01: 2"], ["2 is below the level before, 11"]),
        ("50 people", ["2026-01-01: 11", "2026-01-15: +1", "2026-02-01: 2"], ["2 is below the level before, 11"]),
        ("54 -> 63 %", ["2026-01-01: 55.5", "2026-02-01: 0.57"], ["0.57 is of quite another size than the levels beside it"]),
        ("54 -> 63 %", ["2026-01-01: 555", "2026-02-01: 56"], ["the first level, 555, is already past the target, 63"]),
        ("54 -> 63 %", ["2026-01-01: 55", "2026-02-01: 5600", "2026-03-01: 57"], ["5600 is of quite another size than the levels beside it"]),
    ],
)  # fmt: skip
def test_a_probable_slip(measure: str, lines: list[str], said: list[str]) -> None:
    assert slips(measure, *lines) == said


def test_a_line_from_before_the_start() -> None:
    assert slips("50 people", "2025-12-31: 4", "2026-01-01: 5", start="2026-01-01") == [
        "this line is from before the start, 2026-01-01"
    ]
    assert slips("50 people", "2025-12-31: — planning", start="2026-01-01") == []
