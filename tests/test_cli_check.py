"""`goalkit check` and `goalkit explain`: what a person, an editor and a pipeline get."""

import json
import re
from pathlib import Path

import pytest

from goalkit.cli.formats import FORMATS, tally
from goalkit.diagnostics import Diagnostic
from goalkit.rules import RULES
from tests.command import goal, run, write

LINE = re.compile(r"^(.+?):(\d+):(\d+): (error|warning|hint) (GK\d{3}): (.+)$")
GOOD = goal(
    "Answer 60 real questions with SQL",
    "## Check-ins\n\n- 2026-11-18: 55\n",
    start="2026-01-05",
    due="2026-12-31",
    measure="60 questions",
    values='"[[craft]]"',
    horizon="short-term",
    check_in="weekly",
)
CRAFT = "---\ntitle: Craft\n---\n"


def found(severity: str = "error", **changes: object) -> Diagnostic:
    given = {
        "path": "goals/a.md",
        "line": 3,
        "col": 6,
        "severity": severity,
        "code": "GK110",
        "message": "not a date",
        "hint": "write 2026-12-31",
    }
    return Diagnostic(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return write(tmp_path, {"goals/learn-sql.md": GOOD, "values/craft.md": CRAFT})


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    files = {
        "goals/a.md": goal("Ship it", due="31.12.2026"),
        "goals/b.md": goal("Sail", supports="sea", visiblity="x"),
    }
    return write(tmp_path, files)


def test_nothing_to_say_is_silence(clean: Path) -> None:
    done = run("check", clean)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_an_error_is_one_line_with_its_place_and_leaves_with_1(broken: Path) -> None:
    done = run("check", broken)
    assert done.code == 1
    matched = [LINE.match(line) for line in done.out.splitlines()]
    assert all(matched), done.out
    assert ("goals/a.md", "3", "6", "error", "GK110") in [m.groups()[:5] for m in matched if m]


def test_errors_come_sorted_by_place(broken: Path) -> None:
    places = [
        (m[1], int(m[2]), int(m[3]))
        for line in run("check", broken).out.splitlines()
        if (m := LINE.match(line))
    ]
    assert places == sorted(places)
    assert len(places) > 2


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)])
def test_warnings_leave_with_1_only_when_strict(tmp_path: Path, strict: tuple[str, ...], code: int) -> None:
    vault = write(
        tmp_path, {"goals/a.md": GOOD.replace("status", "x") + "- 6.2.2026: 11\n", "values/craft.md": CRAFT}
    )
    done = run("check", vault, *strict)
    assert "warning GK118" in done.out
    assert done.code == code


def test_hints_never_change_the_exit_code(tmp_path: Path) -> None:
    vault = write(tmp_path, {"goals/a.md": goal("Set clear boundaries between work and home")})
    done = run("check", vault, "--strict")
    assert "hint GK301" in done.out
    assert "hint GK302" in done.out
    assert done.code == 0


def test_severities_and_ignores_of_the_vault_count(broken: Path) -> None:
    config = 'today = "2026-11-20"\n[rules]\nGK110 = "hint"\n[ignore]\n"goals/b.md" = ["GK202", "GK108"]\n'
    done = run("check", write(broken, {"goalkit.toml": config}))
    assert "hint GK110" in done.out
    assert "GK202" not in done.out
    assert done.code == 0


def test_json_is_as_promised(broken: Path) -> None:
    done = run("check", broken, "--format", "json")
    assert done.code == 1
    assert list(done.json) == ["schema", "findings"]
    assert done.json["schema"] == 1
    for record in done.json["findings"]:
        assert list(record) == ["path", "line", "col", "severity", "code", "message", "hint"]
        assert record["severity"] in ("error", "warning", "hint")
    first = next(record for record in done.json["findings"] if record["code"] == "GK110")
    assert (first["path"], first["line"], first["col"]) == ("goals/a.md", 3, 6)


@pytest.mark.parametrize("notation", ["json", "sarif"])
def test_programs_get_a_whole_document_when_all_is_well(clean: Path, notation: str) -> None:
    done = run("check", clean, "--format", notation)
    assert done.code == 0
    assert json.loads(done.out)


def test_text_is_one_line_whatever_the_message_holds() -> None:
    hostile = found(path="goals/\x1b[2J\u202e.md", message="a\nb\x1b]0;x\x07\r", hint="c\u2028d")
    text = FORMATS["text"]([hostile], "")
    assert len(text.splitlines()) == 1
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", bare)


def test_github_annotations_are_escaped_and_weighed() -> None:
    lines = FORMATS["github"](
        [found(path="goals/a,b:c.md", message="100%\nno"), found("warning"), found("hint")], "vault/"
    ).splitlines()
    assert lines[0] == (
        "::error file=vault/goals/a%2Cb%3Ac.md,line=3,col=6,title=GK110 date::100%25%0Ano; write 2026-12-31"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_github_paths_begin_at_the_repository(broken: Path) -> None:
    inside = {"GITHUB_WORKSPACE": str(broken.parent)}
    assert f"file={broken.name}/goals/a.md," in run("check", broken, "--format", "github", env=inside).out
    outside = {"GITHUB_WORKSPACE": str(broken / "goals")}
    assert "file=goals/a.md," in run("check", broken, "--format", "github", env=outside).out


def test_sarif_names_rules_places_and_levels() -> None:
    log = json.loads(FORMATS["sarif"]([found(path="goals/a b.md"), found("hint", code="GK301")], ""))
    (run_,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == ["GK110", "GK301"]
    first, second = run_["results"]
    assert (first["level"], second["level"]) == ("error", "note")
    assert second["ruleIndex"] == 1
    place = first["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "goals/a%20b.md"},
        "region": {"startLine": 3, "startColumn": 6},
    }


def test_tally_counts_by_weight() -> None:
    assert tally([found(), found("hint"), found("hint")]) == "1 error, 2 hints"
    assert tally([]) == ""


@pytest.mark.parametrize("typed", ["GK301", "gk301", "not-specific"])
def test_explain_tells_why_with_an_example(typed: str) -> None:
    done = run("explain", typed)
    assert done.code == 0
    assert RULES["GK301"].bad in done.out
    assert RULES["GK301"].good in done.out
    assert "Specific means" in done.out


def test_explain_lists_every_rule() -> None:
    listed = run("explain").out
    assert [code for code in RULES if f"{code} " not in listed] == []


def test_explain_of_an_unknown_code_names_the_nearest() -> None:
    done = run("explain", "GK3O1")
    assert done.code == 2
    assert "GK301" in done.err
    assert done.out == ""
