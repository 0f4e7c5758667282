"""`goalkit new` and `goalkit library`: sentences in, files and words out."""

import inspect
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalkit.capture.library import KINDS
from goalkit.cli import cli, interview, new, writing
from tests.command import TODAY, goal, run, write
from tests.terminal import talk

VAULT = {
    "values/craft.md": "---\ntitle: Craft\n---\n",
    "values/curiosity.md": "---\ntitle: Curiosity\n---\n",
    "goals/lead-a-team.md": goal("Lead a team", start="2026-01-05", due="2028-12-31", values='"[[craft]]"'),
}
PAPERS = "Read 40 papers by the end of June"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


def goals(vault: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in vault.glob("goals/*.md")}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, vault: Path) -> "Asked":
    for module in (new, writing):
        monkeypatch.setattr(module, "interactive", lambda: True)
    return Asked(vault)


class Asked:
    """A conversation without a terminal: click's runner gives the answers."""

    def __init__(self, vault: Path) -> None:
        self.vault = vault

    def __call__(self, *args: str, answers: str) -> Result:
        return CliRunner().invoke(cli, ["-C", str(self.vault), *args], input=answers)


# -- one sentence -------------------------------------------------------------------------------------------------


def test_a_sentence_becomes_a_file_and_says_where(vault: Path) -> None:
    done = run("-C", vault, "new", PAPERS, "--value", "CRAFT", "--supports", "lead-a-team")
    assert done.code == 0
    assert goals(vault)["read-40-papers.md"] == (
        "---\ntitle: Read 40 papers\nstart: 2026-11-20\ndue: 2027-06-30\nmeasure: 40 papers\n"
        'supports:\n  - "[[lead-a-team]]"\nvalues:\n  - "[[craft]]"\ncategory: field-thinkers\n---\n'
    )
    assert "“by the end of June”" in done.out
    assert "“40 papers”" in done.out
    assert done.out.endswith(
        "goals/read-40-papers.md:1\nNext: `goalkit checkin read-40-papers VALUE`\n"
    )  # fmt: skip


def test_words_need_no_quotes(vault: Path) -> None:
    assert run("-C", vault, "new", *PAPERS.split()).code == 0
    assert "read-40-papers.md" in goals(vault)


def test_what_would_make_it_clearer_is_said_with_an_example(vault: Path) -> None:
    done = run("-C", vault, "new", "Get better at moderation")
    assert "There is no day and no event by which this is done; for example `due: " in done.out
    assert 'for example `values: "[[craft]]"`' in done.out
    assert "!" not in done.out


def test_nothing_is_overwritten(vault: Path) -> None:
    (vault / "goals" / "Read-40-Papers.md").write_text("mine", encoding="utf-8")
    run("-C", vault, "new", PAPERS)
    run("-C", vault, "new", PAPERS)
    assert goals(vault)["Read-40-Papers.md"] == "mine"
    assert {"read-40-papers-2.md", "read-40-papers-3.md"} <= goals(vault).keys()


def test_an_id_that_is_taken_is_refused(vault: Path) -> None:
    for taken in ("Lead-A-Team", "craft", "lead-a-team.md", "../x", ".hidden", "a|b"):
        done = run("-C", vault, "new", PAPERS, "--id", taken)
        assert done.code == 2
        assert done.out == ""
    assert goals(vault).keys() == {"lead-a-team.md"}


def test_a_file_that_goalkit_does_not_read_keeps_its_name(vault: Path) -> None:
    (vault / ".gitignore").write_text("goals/papers.md\n", encoding="utf-8")
    (vault / "goals" / "papers.md").write_text("mine", encoding="utf-8")
    assert run("-C", vault, "new", PAPERS, "--id", "papers").code == 2
    assert goals(vault)["papers.md"] == "mine"


def test_undo_takes_it_back(vault: Path) -> None:
    run("-C", vault, "new", PAPERS)
    assert run("-C", vault, "undo").code == 0
    assert goals(vault).keys() == {"lead-a-team.md"}


def test_goals_go_where_the_vault_has_them(tmp_path: Path) -> None:
    config = f'today = "{TODAY}"\n[folders]\ngoals = ["areas/goals", "more"]\n'
    vault = write(tmp_path, {"goalkit.toml": config, "Areas/x.md": "A note.\n"})
    assert run("-C", vault, "new", PAPERS).code == 0
    assert (vault / "Areas" / "goals" / "read-40-papers.md").is_file()


def test_the_capitals_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "Goals").mkdir()
    (tmp_path / "goalkit.toml").write_text(f'today = "{TODAY}"\n', encoding="utf-8")
    assert run("-C", tmp_path, "new", PAPERS).code == 0
    assert [p.name for p in tmp_path.iterdir() if p.is_dir() and not p.name.startswith(".")] == ["Goals"]


def test_weeks_begin_when_the_vault_says(tmp_path: Path) -> None:
    due = []
    for day in ("monday", "sunday"):
        vault = write(tmp_path / day, {"goalkit.toml": f'today = "{TODAY}"\nweek-start = "{day}"\n'})
        due.append(run("-C", vault, "new", "--dry-run", "--json", "Call Ines this week").json["due"])
    assert due == ["2026-11-22", "2026-11-21"]


def test_a_week_cannot_begin_on_any_word(tmp_path: Path) -> None:
    vault = write(tmp_path, {"goalkit.toml": 'week-start = "someday"\n'})
    assert "write week-start" in run("-C", vault, "check").out


# -- options ------------------------------------------------------------------------------------------------------


def test_options_override_what_the_sentence_says(vault: Path) -> None:
    options = {
        "--due": "2027-Q3", "--start": "2027-02", "--measure": "45 papers", "--title": "Papers on time series",
        "--category": "new-skill", "--horizon": "short-term", "--check-in": "Every 2 Weeks", "--visibility": "shared",
        "--id": "papers",
    }  # fmt: skip
    done = run("-C", vault, "new", PAPERS, *(word for pair in options.items() for word in pair))
    assert done.code == 0, done.err
    assert goals(vault)["papers.md"] == (
        "---\ntitle: Papers on time series\nhorizon: short-term\nstart: 2027-02-01\ndue: 2027-09-30\nmeasure: 45 papers\n"
        "check-in: every 2 weeks\nvisibility: shared\ncategory: new-skill\n---\n"
    )
    assert "“" not in done.out.split("·", 1)[0]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("--due", "2027-02-30"), "--due: `2027-02-30` is not a date"),
        (("--due", "my next review"), "or an event as --when"),
        (("--start", "soon"), "--start: `soon` is not a date"),
        (("--measure", "every tuesday"), "write `every week`"),
        (("--check-in", "wekly"), "did you mean `weekly`?"),
        (("--value", "crfat"), "did you mean `craft`?"),
        (("--supports", "lead-a-taem"), "did you mean `lead-a-team`?"),
        (("--title", " \x1b "), "--title is empty"),
        (("--start", "2027-12-01"), "before it starts"),
        (("--from", "network"), "leave one of the two out"),
        (("--long",), "choose a goal of --from"),
    ],
)
def test_an_option_that_cannot_be_read_writes_nothing(vault: Path, typed: tuple[str, ...], says: str) -> None:
    done = run("-C", vault, "new", PAPERS, *typed)
    assert done.code == 2
    assert says in done.err
    assert done.out == ""
    assert goals(vault).keys() == {"lead-a-team.md"}


@pytest.mark.parametrize(
    ("typed", "says"), [("", "at least"), ("---", "at least"), ("x" * 1001, "one sentence")]
)
def test_what_is_no_sentence(vault: Path, typed: str, says: str) -> None:
    done = run("-C", vault, "new", "--", typed)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_off_a_terminal_nothing_is_asked(vault: Path) -> None:
    done = run("-C", vault, "new")
    assert done.code == 2
    assert "give a sentence" in done.err


@pytest.mark.parametrize(
    "junk", ["Read \x1b[31mpapers\nvisibility: shared", "---\ntitle: x", 'a: "b" # c', "\u202eback"]
)
def test_nothing_that_is_typed_reaches_the_terminal_or_another_field(vault: Path, junk: str) -> None:
    done = run("-C", vault, "new", "--title", junk, "--id", "junk", "--", junk)
    assert done.code == 0
    assert not re.search("[\x1b\u202e]", done.out)
    assert run("-C", vault, "show", "junk").out.splitlines()[1].endswith("private")
    assert "junk.md:" not in "\n".join(
        line for line in run("-C", vault, "check").out.splitlines() if "error" in line
    )


# -- many, and for programs ---------------------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> "Typed":
    return Typed(monkeypatch)


class Typed:
    """Standard input with something in it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __call__(self, data: bytes) -> None:
        import io

        self.patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_brain_dump_becomes_goals_in_one_step(vault: Path, typed: Typed) -> None:
    typed(
        "\ufeff# Ideas\r\n\r\n- Read 4 books by June\r\n- [ ] call Mum\n---\n* Read 4 books by July\n".encode()
    )
    done = run("-C", vault, "new", "-", "--value", "craft")
    assert done.code == 0
    assert goals(vault).keys() == {"lead-a-team.md", "read-4-books.md", "read-4-books-2.md", "call-mum.md"}
    assert all('"[[craft]]"' in text for text in goals(vault).values())
    assert "goals/call-mum.md:1: Call mum\n".casefold() in done.out.casefold()
    assert "3 goals." in done.out
    run("-C", vault, "undo")
    assert goals(vault).keys() == {"lead-a-team.md"}


def test_one_bad_line_of_many_writes_none(vault: Path, typed: Typed) -> None:
    typed(b"Call Ines\n" + b"x" * 1001 + b"\n")
    assert run("-C", vault, "new", "-").code == 2
    assert goals(vault).keys() == {"lead-a-team.md"}


def test_json_is_one_object_a_sentence(vault: Path, typed: Typed) -> None:
    typed(f"{PAPERS}\nShow the draft at my next review\n".encode())
    done = run("-C", vault, "new", "--json", "-")
    first, second = map(json.loads, done.out.splitlines())
    assert set(first) == {
        "text", "title", "kind", "start", "due", "when", "target", "target_max", "from", "unit", "direction", "period",
        "measure", "smart", "horizon", "category", "because", "id", "path",
    }  # fmt: skip
    assert first["text"] == PAPERS
    assert (first["kind"], first["target"], first["unit"], first["due"]) == (
        "count",
        40,
        "papers",
        "2027-06-30",
    )
    assert first["smart"].keys() == {"specific", "measurable", "time_bound"}
    assert first["because"]["due"] == "by the end of June"
    assert second["when"] == "my next review"
    assert (vault / second["path"]).is_file()


def test_json_says_what_was_said_beside_the_sentence(vault: Path) -> None:
    told = run(
        "-C", vault, "new", "--dry-run", "--json", PAPERS, "--measure", "6 -> 4 %", "--when", "the fair"
    ).json
    assert (told["kind"], told["from"], told["target"], told["unit"]) == ("count", 6, 4, "%")
    assert (told["when"], told["due"]) == ("the fair", None)


def test_dry_run_prints_the_file_and_needs_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("--today", TODAY, "new", "--dry-run", PAPERS, "--supports", "x")
    assert done.out.startswith("---\ntitle: Read 40 papers\n")
    assert done.out.endswith("---\n")
    assert '"[[x]]"' in done.out
    assert list(tmp_path.iterdir()) == []
    assert run("new", PAPERS).code == 2


def test_dry_run_changes_no_vault(vault: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in vault.rglob("*")}
    assert run("-C", vault, "new", "--dry-run", PAPERS).code == 0
    assert {path: path.stat().st_mtime_ns for path in vault.rglob("*")} == before


# -- the library --------------------------------------------------------------------------------------------------


def test_the_library_lists_every_kind() -> None:
    done = run("library")
    assert [line.split()[0] for line in done.out.splitlines()[1 : len(KINDS) + 1]] == [k.slug for k in KINDS]
    assert len(run("library", "--json").json["library"]) == len(KINDS)


def test_a_kind_is_found_by_its_beginning() -> None:
    assert "Grow my network" in run("library", "netw").out
    assert run("library", "netwrok").err.endswith("did you mean `network`?\n")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_kind_begins_a_goal(vault: Path, kind: object) -> None:
    slug = kind.slug  # type: ignore[attr-defined]
    for length in ("--long", "--short"):
        told = run("-C", vault, "new", "--from", slug, length, "--dry-run", "--json").json
        assert told["category"] == slug
    assert run("-C", vault, "new", "--from", slug, "--long", "--id", "far").code == 0
    assert run("-C", vault, "show", "far", "--json").json["goal"]["horizon"] == "long-term"


def test_long_and_short_are_two() -> None:
    assert "two goals" in run("new", "--from", "network", "--long", "--short").err


# -- conversations ------------------------------------------------------------------------------------------------


def test_only_what_is_missing_is_asked(asked: Asked, vault: Path) -> None:
    done = asked("new", PAPERS, answers="cur\n\n")
    assert done.exit_code == 0, done.output
    assert "How will you know" not in done.output
    assert "By when" not in done.output
    assert 'values:\n  - "[[curiosity]]"\n' in goals(vault)["read-40-papers.md"]


def test_a_misspelt_date_is_asked_for_again_and_an_event_is_told(asked: Asked, vault: Path) -> None:
    done = asked("new", "Read 40 papers", answers="end of febuary\nend of february\n\n\n")
    assert "Not a date; did you mean `end of February`?" in done.output
    assert "Understood: due 2027-02-28" in done.output
    assert "due: 2027-02-28\n" in goals(vault)["read-40-papers.md"]
    done = asked("new", "Write 3 essays", answers="my next review\n\n\n")
    assert "Understood: an event, no date: my next review" in done.output


def test_the_same_answer_again_is_an_event(asked: Asked, vault: Path) -> None:
    done = asked("new", "Read 40 papers", answers="end of the yaer\nend of the yaer\n\n\n")
    assert done.output.count("did you mean `end of the year`?") == 2
    assert "time-bound as it stands" not in done.output
    assert "when: end of the yaer\n" in goals(vault)["read-40-papers.md"]


def test_a_misspelt_date_is_never_called_time_bound(vault: Path) -> None:
    done = run("-C", vault, "new", "Read 40 papers by end of febuary", "--value", "craft")
    assert "did you mean `end of February`?" in done.out
    assert "time-bound as it stands" not in done.out
    assert "did you mean `end of June`?" in run("-C", vault, "new", "Read", "--due", "end of jnue").err


def test_all_questions_can_be_skipped(asked: Asked, vault: Path) -> None:
    done = asked("new", "Get better at moderation", answers="\n" * 9)
    assert done.exit_code == 0
    assert goals(vault)["get-better-at-moderation.md"].startswith("---\ntitle: Get better at moderation\n")


def test_the_whole_conversation(asked: Asked, vault: Path) -> None:
    answers = [
        "Get better at moderation",
        "So that talks end on time",
        "mielstones",
        "my guests say so",
        "2027-02-30",
        "end of March",
        "virtue",
        "craft, curiosity",
        "lead",
        "wekly",
        "weekly on friday",
    ]
    done = asked("new", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "did you mean `milestones`?" in done.output
    assert "`2027-02-30` is not a date" in done.output
    assert "no value `virtue`" in done.output
    text = goals(vault)["get-better-at-moderation.md"]
    category = re.search(r"category: .*\n", text)
    assert text == (
        "---\ntitle: Get better at moderation\nstart: 2026-11-20\ndue: 2027-03-31\n"
        'supports:\n  - "[[lead-a-team]]"\nvalues:\n  - "[[craft]]"\n  - "[[curiosity]]"\n'
        f"check-in: weekly on friday\n{category[0] if category else ''}---\n\n"
        "So that talks end on time\n\n## Milestones\n\n- [ ] My guests say so\n"
    )


def test_a_goal_of_the_library_is_taken_or_reworded(asked: Asked, vault: Path) -> None:
    asked("new", "--from", "network", "--short", answers="\n" * 5)
    asked("new", "--from", "network", "--short", answers="Write to Ines by Friday\n" + "\n" * 5)
    assert "write-to-ines.md" in goals(vault)
    assert "category: network" in goals(vault)["write-to-ines.md"]
    assert len(goals(vault)) == 3


def test_leaving_early_writes_nothing(asked: Asked, vault: Path) -> None:
    done = asked("new", answers="Learn to sail\nBecause\n")
    assert done.output.endswith("\nNothing was written.\nAborted!\n")
    assert goals(vault).keys() == {"lead-a-team.md"}
    assert asked("new", answers="\n").output.endswith("Nothing was written.\n")


def test_no_question_has_an_exclamation_mark() -> None:
    for module in (new, interview):
        source = inspect.getsource(module)
        assert not re.search(r'[a-z]!["`\s]', source)


def test_on_a_terminal_of_its_own(vault: Path) -> None:
    done = talk("new", "Learn to sail", answers=["12 lessons", "end of june", "craft", ""], cwd=vault)
    assert done.code == 0, done.out
    assert "By when? (Enter skips)" in done.out
    assert goals(vault)["learn-to-sail.md"].startswith(
        "---\ntitle: Learn to sail\nstart: 2026-11-20\ndue: 2027-06-30\nmeasure: 12 lessons\nvalues:\n"
    )
    assert done.out.endswith(
        "goals/learn-to-sail.md:1\nNext: `goalkit checkin learn-to-sail VALUE`\n`goalkit undo` takes it back\n"
    )


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_leave_calmly(vault: Path, key: str) -> None:
    done = talk("new", answers=["Learn to sail", key], cwd=vault)
    assert done.code == 130
    assert done.out.endswith("\nNothing was written.\n")
    assert "Traceback" not in done.out
    assert goals(vault).keys() == {"lead-a-team.md"}
