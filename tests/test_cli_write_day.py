"""The commands of every day: checkin, tick, set, pause, reopen, close, undo."""

import os
from pathlib import Path

import pytest

from goalkit.vault import write as writer
from tests.command import Done, goal, run, write
from tests.terminal import talk

TODAY = "2026-11-20"
VAULT: dict[str, str | bytes] = {
    "goals/know-fifty.md": goal(
        "Know fifty people",
        "## Milestones\n\n- [x] List them\n- [ ] Write to Ines\n- [ ] Write to Wren\n- [-] Buy stamps\n\n"
        "## Check-ins\n\n- 2026-10-02: 33 — The meetup.\n",
        start="2026-01-05",
        due="2026-12-31",
        measure="50 people",
        aliases="network",
    ),
    "goals/give-a-talk.md": goal("Give a talk", start="2026-11-02", due="2027-03-31", check_in="daily"),
    "goals/rest.md": goal("Rest", status="paused"),
    "goals/old.md": goal("Old", status="missed"),
    "goals/broken.md": "---\ntitle: Broken\ndue: 31.3.2027\n---\n",
    "projects/desk.md": "---\ntitle: Desk\nsupports: '[[give-a-talk]]'\n---\n\n- [ ] Buy a lamp\n",
    "weekly/w47.md": "- [ ] Ask Wren to read it [[give-a-talk]]\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path, VAULT)


def text(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def untouched(root: Path) -> bool:
    """Whether every file is as it was, and no state folder was made."""
    same = all(
        (root / path).read_bytes() == (c if isinstance(c, bytes) else c.encode()) for path, c in VAULT.items()
    )
    return same and not (root / writer.STATE).exists()


def refused(done: Done) -> bool:
    return (done.code, done.out) == (2, "") and done.err.splitlines()[-1].startswith("goalkit: ")


# --- checkin -----------------------------------------------------------------------------------------------------


def test_checkin_writes_one_line_and_says_what_it_did(vault: Path) -> None:
    done = run("-C", vault, "checkin", "know-fifty", "38", "--status", "at risk", "-m", "Two from Leeds.")
    assert done.code == 0, done.err
    assert done.out.splitlines()[0] == "goals/know-fifty.md:19: - 2026-11-20: 38 (at risk) — Two from Leeds."
    assert "66 % → 76 %" in done.out
    assert text(vault, "goals/know-fifty.md").endswith(
        "- 2026-10-02: 33 — The meetup.\n- 2026-11-20: 38 (at risk) — Two from Leeds.\n"
    )


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("+2",), "+2"),
        (("-1",), "-1"),
        (("34", "--date", "2026-09-30"), None),
        (("yes",), "yes"),
        (("skip",), "skip"),
        (("40 people",), "40 people"),
        (("--status", "OFF-TRACK"), "(off track)"),
        (("-m", "-5 degrees"), "— -5 degrees"),
        (("-m", "two\nlines"), "two lines"),
    ],
)
def test_what_is_typed_is_what_stands_there(vault: Path, args: tuple[str, ...], line: str | None) -> None:
    done = run("-C", vault, "checkin", "know-fifty", *args)
    assert done.code == 0, done.err
    expected = f"- 2026-11-20: {line}\n" if line else "- 2026-09-30: 34\n- 2026-10-02: 33 — The meetup.\n"
    assert text(vault, "goals/know-fifty.md").endswith(expected)


def test_an_alias_and_any_case_will_do(vault: Path) -> None:
    assert run("-C", vault, "checkin", "NETWORK", "34").code == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("know-fifty",), "give a VALUE"),
        (("know-fify", "3"), "did you mean `know-fifty`"),
        (("know-fifty", "3,5"), "write `3.5`"),
        (("know-fifty", "12 pages"), "people"),
        (("know-fifty", "met two"), "as the note"),
        (("know-fifty", "3", "--status", "fine"), "on track, at risk or off track"),
        (("know-fifty", "3", "--date", "yesterday"), "2026-12-31"),
        (("give-a-talk", "3"), "measured by `done`"),
        (("broken", "-m", "x"), "`31.3.2027` is not a date"),
        ((), "on a terminal"),
    ],
)
def test_what_cannot_be_written_changes_nothing(vault: Path, args: tuple[str, ...], says: str) -> None:
    done = run("-C", vault, "checkin", *args)
    assert refused(done)
    assert says in done.err
    assert untouched(vault)


def test_a_refusal_shows_the_patch(vault: Path) -> None:
    done = run("-C", vault, "checkin", "broken", "-m", "Still here")
    assert "+- 2026-11-20: Still here\n" in done.err
    assert "+++ b/goals/broken.md\n" in done.err


def test_a_probable_slip_is_written_and_pointed_out(vault: Path) -> None:
    done = run("-C", vault, "checkin", "know-fifty", "3")
    assert done.code == 0
    assert "is below the level before" in done.err


def test_dry_run_is_a_diff_and_nothing_else(vault: Path) -> None:
    done = run("-C", vault, "checkin", "know-fifty", "38", "--dry-run")
    assert done.out.startswith("--- a/goals/know-fifty.md\n+++ b/goals/know-fifty.md\n@@ ")
    assert [ln for ln in done.out.splitlines()[3:] if ln[0] in "+-"] == ["+- 2026-11-20: 38"]
    assert untouched(vault)


def test_the_diff_is_harmless_to_a_terminal_and_shows_a_missing_end(tmp_path: Path) -> None:
    root = write(tmp_path, {"goals/g.md": b"Old \x1b[2J text\r\n\r\n## Check-ins\r\n\r\n- 2026-01-02: x"})
    done = run("-C", root, "checkin", "g", "-m", "y", "--dry-run")
    assert "\x1b" not in done.out
    assert "\r" not in done.out
    assert "\\ No newline at end of file\n" in done.out
    run("-C", root, "checkin", "g", "-m", "y")
    assert (root / "goals/g.md").read_bytes().endswith(b"- 2026-01-02: x\r\n- 2026-11-20: y\r\n")


def test_an_open_editor_is_warned_of(vault: Path) -> None:
    (vault / "goals/.know-fifty.md.swp").write_bytes(b"")
    done = run("-C", vault, "checkin", "know-fifty", "38")
    assert done.code == 0
    assert "unsaved changes" in done.err


# --- the walk ----------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")


def test_without_an_id_all_that_are_due_are_asked_for(vault: Path) -> None:
    done = talk("checkin", answers=["7,5", "38 (at risk) — Two from Leeds", ""], cwd=vault)
    assert done.code == 0, done.out
    assert "last: - 2026-10-02: 33 — The meetup." in done.out
    assert "more people by" in done.out
    assert "write `7.5`" in done.out
    assert "1 of 2" in done.out
    assert "Give a talk" in done.out
    assert "1 checked in" in done.out
    assert "66 % → 76 %" in done.out.split("1 checked in")[1]
    assert text(vault, "goals/know-fifty.md").endswith("- 2026-11-20: 38 (at risk) — Two from Leeds\n")
    assert text(vault, "goals/give-a-talk.md") == VAULT["goals/give-a-talk.md"]


def test_an_answer_that_would_not_count_is_asked_for_again(vault: Path) -> None:
    done = talk("checkin", "know-fifty", answers=["36 foo bar", "36 papers", "36 people"], cwd=vault)
    assert done.code == 0, done.out
    assert "`36 foo bar` is no value" in done.out
    assert "not in people" in done.out
    assert text(vault, "goals/know-fifty.md").endswith(
        "- 2026-10-02: 33 — The meetup.\n- 2026-11-20: 36 people\n"
    )


def test_a_note_may_begin_with_a_number_behind_a_dash(vault: Path) -> None:
    done = talk("checkin", "know-fifty", answers=["— 3 wrote back"], cwd=vault)
    assert done.code == 0, done.out
    assert text(vault, "goals/know-fifty.md").endswith(" — 3 wrote back\n")


def test_a_dry_run_warns_of_the_same_slips(vault: Path) -> None:
    shown = run("-C", vault, "checkin", "know-fifty", "3", "people", "--dry-run")
    assert "3 is below the level before, 33" in shown.err
    assert untouched(vault)
    assert run("-C", vault, "checkin", "know-fifty", "3", "people").err == shown.err


def test_enter_at_every_question_changes_nothing(vault: Path) -> None:
    done = talk("checkin", answers=["", ""], cwd=vault)
    assert done.code == 0, done.out
    assert "Nothing was changed" in done.out
    assert untouched(vault)


def test_where_nothing_is_due_it_says_so(tmp_path: Path) -> None:
    root = write(tmp_path, {"goals/g.md": goal(status="paused")})
    assert "No check-in is due" in talk("checkin", answers=[], cwd=root).out


# --- tick --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("2",), ("ines",), ("write", "ines"), ("Write to Ines",)])
def test_tick_changes_one_character(vault: Path, words: tuple[str, ...]) -> None:
    done = run("-C", vault, "tick", "know-fifty", *words)
    assert done.out == "goals/know-fifty.md:12: - [x] Write to Ines\n"
    old = str(VAULT["goals/know-fifty.md"])
    assert text(vault, "goals/know-fifty.md") == old.replace("[ ] Write to Ines", "[x] Write to Ines")


def test_a_task_elsewhere_and_one_of_a_project_can_be_ticked(vault: Path) -> None:
    assert run("-C", vault, "tick", "give-a-talk", "wren").out.startswith("weekly/w47.md:1: - [x] Ask Wren")
    assert run("-C", vault, "tick", "desk").out.startswith("projects/desk.md:6: - [x] Buy a lamp")
    assert (
        run("-C", vault, "tick", "desk", "lamp").out == "projects/desk.md:6 is ticked already: Buy a lamp\n"
    )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("know-fifty", "write"), "may be any of these"),
        (("know-fifty",), "say which one"),
        (("know-fifty", "9"), "no box"),
        (("know-fifty", "sing"), "no box"),
        (("know-fifty", "stamps"), "is cancelled"),
        (("rest",), "no milestones"),
    ],
)
def test_what_may_mean_several_is_listed_and_not_guessed(
    vault: Path, args: tuple[str, ...], says: str
) -> None:
    done = run("-C", vault, "tick", *args)
    assert refused(done)
    assert says in done.err
    assert untouched(vault)


def test_the_candidates_are_listed_with_their_numbers(vault: Path) -> None:
    err = run("-C", vault, "tick", "know-fifty", "write").err.splitlines()
    assert [line.split()[0] for line in err[:2]] == ["2", "3"]
    assert "goals/know-fifty.md:13" in err[1]


def test_on_a_terminal_it_asks_which(vault: Path) -> None:
    done = talk("tick", "know-fifty", answers=["3"], cwd=vault)
    assert done.code == 0, done.out
    assert "- [x] Write to Wren" in text(vault, "goals/know-fifty.md")


# --- set, pause, reopen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("know-fifty", "due", "2027-Q1"), "due: 2027-03-31"),
        (("know-fifty", "title", "Know", "sixty"), "title: Know sixty"),
        (("know-fifty", "measure", "60 people"), "measure: 60 people"),
        (("know-fifty", "supports", "Give-A-Talk"), '  - "[[give-a-talk]]"'),
        (("know-fifty", "tags", "a", "b"), "  - b"),
        (("know-fifty", "weight", "0"), "weight: 0"),
        (("desk", "status", "done"), "status: done"),
        (("broken", "due", "2027-03-31"), "due: 2027-03-31"),
    ],
)
def test_set_writes_a_field(vault: Path, args: tuple[str, ...], line: str) -> None:
    done = run("-C", vault, "set", *args)
    assert done.code == 0, done.err
    path = done.out.split(":")[0]
    assert line in text(vault, path).splitlines()


def test_an_empty_value_takes_the_field_out(vault: Path) -> None:
    assert run("-C", vault, "set", "know-fifty", "due", "").code == 0
    assert "due:" not in text(vault, "goals/know-fifty.md")


def test_set_says_when_there_is_nothing_to_do(vault: Path) -> None:
    done = run("-C", vault, "set", "know-fifty", "due", "2026")
    assert (done.code, done.out) == (0, "goals/know-fifty.md says so already\n")
    assert untouched(vault)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("know-fifty", "due", "soon"), "not a date"),
        (("know-fifty", "due", "2025-01-01"), "before it starts"),
        (("know-fifty", "deadline", "2027"), "did you mean `due`"),
        (("know-fifty", "supports", "give-a-tlak"), "did you mean `give-a-talk`"),
        (("know-fifty", "values", "give-a-talk"), "no value"),
        (("know-fifty", "status", "finished"), "did you mean `done`"),
        (("know-fifty", "due"), "VALUE"),
        (("broken", "owner", "me"), "31.3.2027"),
    ],
)
def test_set_refuses_what_would_not_read(vault: Path, args: tuple[str, ...], says: str) -> None:
    done = run("-C", vault, "set", *args)
    assert refused(done)
    assert says in done.err
    assert untouched(vault)


def test_due_takes_words_and_no_misspelt_ones(vault: Path) -> None:
    done = run("-C", vault, "set", "give-a-talk", "due", "end of", "june")
    assert done.out == "goals/give-a-talk.md:4: due: 2027-06-30\n"
    assert "did you mean `end of June`?" in run("-C", vault, "set", "give-a-talk", "due", "end of jnue").err


def test_a_field_taken_out_is_told_with_its_place(vault: Path) -> None:
    assert (
        run("-C", vault, "set", "know-fifty", "measure", "").out
        == "`measure` is gone from goals/know-fifty.md:5\n"
    )


def test_a_refused_change_ends_with_nothing_was_changed(vault: Path) -> None:
    done = run("-C", vault, "set", "give-a-talk", "due", "my review")
    assert done.err.startswith("--- a/goals/give-a-talk.md\n")
    assert done.err.endswith("; nothing was changed\n")
    assert untouched(vault)


def test_what_is_unknown_is_answered_with_what_there_is(vault: Path) -> None:
    assert "; there are none yet;" in run("-C", vault, "list", "--value", "craft").err
    write(vault, {"values/craft.md": "---\ntitle: Craft\n---\n", "values/balance.md": "---\ntitle: B\n---\n"})
    assert (
        run("-C", vault, "list", "--value", "zzz").err
        == "goalkit: no value `zzz`; there are balance and craft\n"
    )


def test_pause_and_reopen(vault: Path) -> None:
    assert run("-C", vault, "pause", "give-a-talk").out == "goals/give-a-talk.md:3: status: paused\n"
    assert refused(run("-C", vault, "pause", "give-a-talk"))
    assert run("-C", vault, "reopen", "give-a-talk").out == "`status` is gone from goals/give-a-talk.md:3\n"
    assert text(vault, "goals/give-a-talk.md") == VAULT["goals/give-a-talk.md"]
    assert refused(run("-C", vault, "reopen", "give-a-talk"))
    assert run("-C", vault, "reopen", "old").code == 0
    assert refused(run("-C", vault, "pause", "nowhere"))


# --- close -------------------------------------------------------------------------------------------------------


def test_close_writes_the_status_a_line_and_what_was_learned(vault: Path) -> None:
    done = run("-C", vault, "close", "know-fifty", "--as", "partial", "-m", "Ask sooner.")
    assert done.code == 0, done.err
    assert [line.split(": ", 1)[1] for line in done.out.splitlines()] == [
        "status: partial", "- 2026-11-20: closed as partial", "## Review", "Ask sooner.",
    ]  # fmt: skip
    assert run("-C", vault, "show", "know-fifty", "--json").json["goal"]["status"] == "partial"
    assert refused(run("-C", vault, "close", "know-fifty", "--as", "done"))


def test_close_makes_the_goal_that_goes_on(vault: Path) -> None:
    done = run(
        "-C", vault, "close", "know-fifty", "--as", "missed", "--carry-to", "know-more", "--due", "2027-12-31"
    )
    assert done.code == 0, done.err
    assert text(vault, "goals/know-more.md") == (
        "---\ntitle: Know fifty people\nstart: 2026-11-20\ndue: 2027-12-31\nmeasure: 50 people\n---\n\n"
        "Continues [[know-fifty]].\n\n## Milestones\n\n- [ ] Write to Ines\n- [ ] Write to Wren\n"
    )
    assert run("-C", vault, "undo").code == 0
    assert all(text(vault, path) == content for path, content in VAULT.items())
    assert not (vault / "goals/know-more.md").exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("know-fifty",), "say how it ended"),
        (("know-fifty", "--as", "finished"), "done"),
        (("know-fifty", "--as", "done", "--due", "2027-01-01"), "--carry-to"),
        (("know-fifty", "--as", "missed", "--carry-to", "rest"), "the name of goals/rest.md"),
        (("know-fifty", "--as", "missed", "--carry-to", "a/b"), "`/`"),
        (("old", "--as", "done"), "closed already"),
        (("broken", "--as", "done"), "31.3.2027"),
    ],
)
def test_close_refuses_and_changes_nothing(vault: Path, args: tuple[str, ...], says: str) -> None:
    done = run("-C", vault, "close", *args)
    assert refused(done)
    assert says in done.err
    assert untouched(vault)


def test_on_a_terminal_close_asks(vault: Path) -> None:
    done = talk(
        "close", "know-fifty", answers=["partial", "Ask sooner.", "know-more", "2027-12-31"], cwd=vault
    )
    assert done.code == 0, done.out
    assert "by its numbers partial" in done.out
    assert "status: partial" in text(vault, "goals/know-fifty.md")
    assert text(vault, "goals/know-fifty.md").endswith("## Review\n\nAsk sooner.\n")
    assert "due: 2027-12-31" in text(vault, "goals/know-more.md")


def test_enter_leaves_a_goal_open(vault: Path) -> None:
    done = talk("close", "know-fifty", answers=[""], cwd=vault)
    assert done.code == 0, done.out
    assert "`know-fifty` stays open; nothing was changed" in done.out
    assert untouched(vault)


# --- undo --------------------------------------------------------------------------------------------------------


def test_undo_takes_back_one_command_after_the_other(vault: Path) -> None:
    run("-C", vault, "checkin", "know-fifty", "38")
    run("-C", vault, "tick", "know-fifty", "2")
    assert run("-C", vault, "undo", "--dry-run").out.count("\n+") == 2
    assert (
        run("-C", vault, "undo").out
        == "Took back: tick Write to Ines of know-fifty\ngoals/know-fifty.md:12\n"
    )
    assert run("-C", vault, "undo").out.startswith("Took back: check-in know-fifty\n")
    assert all(text(vault, path) == content for path, content in VAULT.items())
    assert refused(run("-C", vault, "undo"))


def test_undo_where_nothing_was_written(vault: Path) -> None:
    assert "nothing to undo" in run("-C", vault, "undo").err
    assert untouched(vault)


def test_a_crash_is_put_right_before_the_next_command_reads(vault: Path) -> None:
    """A rename that died half way: the id that the command names is found again."""
    import subprocess
    import sys

    probe = (
        "import os\nfrom goalkit.vault import fs\nfrom goalkit.cli import main\n"
        "fs.exchange = lambda *_: os._exit(9)\n"
        f"main(['-C', {str(vault)!r}, 'mv', 'give-a-talk', 'talk'])\n"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 9
    assert not (vault / "goals/give-a-talk.md").exists()
    assert run("-C", vault, "pause", "give-a-talk").code == 0
    assert not (vault / "goals/talk.md").exists()
