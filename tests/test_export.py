"""What other programs read: the fields, their order, and what may stand in them."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit.config import Config
from goalkit.export import CSV_COLUMNS, export_csv, export_json, guarded, plain
from goalkit.plan import Plan, plan
from goalkit.snapshot import load
from goalkit.text import Source
from tests.command import goal

FIELDS = [
    "id", "title", "path", "status", "horizon", "start", "due", "when", "owner", "category", "tags", "visibility",
    "measure", "value", "progress", "expected", "pace", "gap_days", "buffer_days", "strength", "stated", "check_in",
    "forecast", "supports", "supporters", "needs", "values", "milestones", "tasks", "explain", "findings",
]  # fmt: skip
PEOPLE = goal(
    "Know fifty people",
    """
    ## Check-ins

    - 2026-01-09: 4
    - 2026-02-06: 11 (on track)
    - 2026-03-06: +2 (at risk) — A month of travel.
    """,
    start="2026-01-05",
    due="2026-12-31",
    measure="50 people",
    values='"[[craft]]"',
    tags="net, work/travel",
    supports='"[[be-known]]"',
)


def planned(*notes: tuple[str, str], shared: bool = False) -> Plan:
    sources = [Source(path, text) for path, text in notes]
    return plan(load(sources, Config(), shared_only=shared), date(2026, 11, 20))


def exported(*notes: tuple[str, str], shared: bool = False) -> dict[str, dict[str, Any]]:
    data = json.loads(export_json(planned(*notes, shared=shared)))
    assert list(data) == ["schema", "today", "goals"]
    assert (data["schema"], data["today"]) == (1, "2026-11-20")
    return {record["id"]: record for record in data["goals"]}


def rows(*notes: tuple[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_csv(planned(*notes)), newline="")))


VAULT = (
    ("goals/know-fifty.md", PEOPLE),
    ("goals/be-known.md", goal("Be known")),
    ("values/craft.md", "---\ntitle: Craft\n---\n"),
    ("weekly.md", "- [ ] Call Wren [[know-fifty]] 📅 2026-11-27\n- [x] Write to Dele [[know-fifty]]\n"),
)


def test_a_goal_has_every_field_in_order() -> None:
    records = exported(*VAULT)
    assert [list(record) for record in records.values()] == [FIELDS, FIELDS]


def test_what_a_goal_says_and_what_is_computed_of_it() -> None:
    record = exported(*VAULT)["know-fifty"]
    assert record["measure"] == {
        "kind": "count",
        "from": 0,
        "target": 50,
        "target_max": None,
        "unit": "people",
        "direction": "at-least",
        "period": None,
        "text": "50 people",
    }
    assert (record["value"], record["progress"]) == (13, 0.26)
    assert record["pace"] == "off-track"
    assert record["stated"] == {"status": "at-risk", "date": "2026-03-06"}
    assert record["check_in"] == {
        "cadence": "weekly",
        "last": "2026-03-06",
        "next": "2026-03-13",
        "stale": True,
    }
    assert set(record["forecast"]) == {"date", "early", "late"}
    assert record["supports"] == ["be-known"]
    assert record["values"] == ["craft"]
    assert record["tags"] == ["net", "work/travel"]
    assert record["tasks"] == [
        {
            "text": "Call Wren [[know-fifty]]",
            "done": False,
            "state": "open",
            "due": "2026-11-27",
            "path": "weekly.md",
            "line": 1,
        },
        {
            "text": "Write to Dele [[know-fifty]]",
            "done": True,
            "state": "done",
            "due": None,
            "path": "weekly.md",
            "line": 2,
        },
    ]
    assert set(record["explain"]) == {"progress", "pace"}
    assert record["explain"]["progress"]


def test_what_there_is_not_is_null_and_lists_are_never() -> None:
    record = exported(("goals/bare.md", "---\n---\n"))["bare"]
    for name in ("due", "when", "owner", "category", "gap_days", "strength", "stated", "forecast"):
        assert record[name] is None, name
    for name in ("tags", "supports", "supporters", "needs", "values", "tasks"):
        assert record[name] == [], name
    assert record["milestones"] == {"done": 0, "total": 0}
    assert record["measure"]["unit"] is None


def test_a_measure_that_cannot_be_read_is_null_and_so_is_what_hangs_on_it() -> None:
    record = exported(("goals/a.md", goal(measure="every tuesday", start="2026-01-01", due="2026-12-31")))[
        "a"
    ]
    for name in ("measure", "value", "progress", "expected", "pace"):
        assert record[name] is None, name
    assert "GK111" in record["findings"]


@pytest.mark.parametrize(
    ("measure", "check_ins", "value"),
    [
        ("<= 500 USD", ["2026-02-01: 120", "2026-03-01: 80.5"], 200.5),
        ("done", [], 0),
        ("done", ["2026-02-01: yes"], 1),
        ("every week", ["2026-11-03: yes", "2026-11-10: no"], 1),
    ],
)
def test_value_is_the_level_of_each_kind(measure: str, check_ins: list[str], value: float) -> None:
    body = "## Check-ins\n\n" + "".join(f"- {line}\n" for line in check_ins)
    record = exported(("goals/a.md", goal(body=body, measure=measure, start="2026-01-05", due="2026-12-31")))[
        "a"
    ]
    assert record["value"] == value


def test_milestones_leave_out_cancelled_and_nested_boxes() -> None:
    body = "## Milestones\n\n- [x] one\n  - [ ] a step\n- [ ] two\n- [-] three\n- [/] four\n"
    record = exported(("goals/a.md", goal(body=body)))["a"]
    assert record["milestones"] == {"done": 1, "total": 3}
    assert record["value"] == 1


def test_goals_are_sorted_by_id_and_every_id_is_one_of_its_kind() -> None:
    notes = [("goals/b.md", goal()), ("goals/2026/a.md", goal()), ("goals/2027/a.md", goal())]
    assert list(exported(*notes)) == sorted(["b", "goals/2026/a", "goals/2027/a"])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (Fraction(4, 2), 2),
        (Fraction(1, 3), 0.333333),
        (Decimal("7.50"), 7.5),
        (float("nan"), None),
        (float("inf"), None),
        (0.1 + 0.2, 0.3),
        (Decimal(10**21), 10**21),
    ],
)
def test_numbers_are_whole_or_of_six_places(
    value: Fraction | Decimal | float | None, shown: float | None
) -> None:
    found = plain(value)
    assert (found, type(found)) == (shown, type(shown))


def test_a_shared_export_is_that_of_a_vault_without_the_private_files() -> None:
    public = [
        ("goals/a.md", goal("Open", visibility="shared", supports='"[[secret]]"')),
        ("values/craft.md", "---\ntitle: Craft\nvisibility: shared\n---\n"),
    ]
    private = [
        ("goals/secret.md", goal("Leave", supports='"[[a]]"')),
        ("goals/broken.md", "---\ntitle: [\nvisibility: shared\n---\n"),
        ("notes.md", "- [ ] Whisper [[a]]\n"),
    ]
    whole = export_json(planned(*public, *private, shared=True))
    assert whole == export_json(planned(*public, shared=True))
    assert "secret" not in whole
    assert "Whisper" not in whole
    assert [record["findings"] for record in json.loads(whole)["goals"]] == [[]]


def test_csv_has_one_row_a_goal_under_the_named_columns() -> None:
    found = rows(*VAULT)
    assert [row["id"] for row in found] == ["be-known", "know-fifty"]
    assert [list(row) for row in found] == [list(CSV_COLUMNS)] * 2
    known = found[1]
    assert (known["value"], known["progress"], known["target"], known["stated"]) == (
        "13",
        "0.26",
        "50",
        "at-risk",
    )
    assert (known["tags"], known["stale"], known["last_check_in"]) == (
        "net; work/travel",
        "yes",
        "2026-03-06",
    )


def test_csv_lines_end_as_rfc_4180_has_them() -> None:
    text = export_csv(planned(*VAULT))
    assert text.count("\r\n") == text.count("\n") == 3


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\uff1d", " ="])
def test_a_text_is_never_a_formula(first: str) -> None:
    title = f"{first}HYPERLINK(1)"
    (row,) = rows(("goals/a.md", f'---\ntitle: "{title}"\nowner: "{title}"\ntags: ["{title}"]\n---\n'))
    for name in ("title", "owner"):
        assert row[name].lstrip()[:1] not in "=+-@\t\r\uff1d", row[name]


def test_a_number_stays_a_number() -> None:
    (row,) = rows(("goals/a.md", goal(measure="0 -> -5 degrees", start="2026-01-01", due="2026-12-31")))
    assert (row["target"], row["measure"]) == ("-5", "0 -> -5 degrees")
    assert int(row["gap_days"]) < 0


@given(st.text(max_size=20))
def test_guarding_only_adds_apostrophes_and_leaves_no_formula(text: str) -> None:
    safe = guarded(text)
    assert safe.replace("'", "") == text.replace("'", "")
    for cell in safe.replace("\r", "\n").replace("\n", "\t").replace(";", "\t").split("\t"):
        assert cell.strip()[:1] not in tuple("=+-@\uff0b\uff0d\uff1d\uff20")
    assert safe[:1] not in ("\t", "\r", "\n")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_whatever_the_titles_hold_csv_reads_back_as_many_rows(titles: list[str]) -> None:
    notes = [(f"goals/g{i}.md", f"---\ntitle: {json.dumps(title)}\n---\n") for i, title in enumerate(titles)]
    assert len(rows(*notes)) == len(titles)


def test_json_keeps_letters_and_ends_with_a_line_feed(tmp_path: Path) -> None:
    text = export_json(planned(("goals/a.md", goal("Grüße an 東京 👩‍🚀"))))
    assert "Grüße an 東京 👩‍🚀" in text
    assert text.endswith("}\n")
