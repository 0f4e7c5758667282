"""A command that dies, or that the disk fails, at any file-system call leaves the old files or the new ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from goalkit.vault import write
from goalkit.vault.write import Writer
from tests.command import run
from tests.faults import ERRORS, VERBS, Case, failing, files, litter, short, stopped, tell

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="dies in a child process")
@pytest.mark.parametrize("verb", VERBS)
def test_dying_before_any_call_leaves_old_or_new(verb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", verb], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    tell(f"{verb}: died at {found['points']} points")
    assert found["problems"] == []
    assert found["points"] > 20


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("verb", VERBS)
def test_an_error_of_any_call_leaves_old_or_new(verb: str, error: str, tmp_path: Path) -> None:
    case, at, problems = Case(verb, tmp_path), 0, list[str]()
    while True:
        at += 1
        root = case.fresh()
        with stopped(at, failing(ERRORS[error])) as made:
            done = run("-C", root, *case.args)
        if len(made) < at:
            break
        now = files(root)
        where = f"call {at}, {made[at - 1]}"
        if done.code not in (0, 2) or (done.code == 2) != ("goalkit: " in done.err):
            problems.append(f"{where}: left with {done.code}: {done.err}")
        if done.code == 0 and now != case.new:
            problems.append(f"{where}: says that it is done, and is not")
        if "nothing was changed" in done.err and now != case.old:
            problems.append(f"{where}: says that nothing was changed, and that is not so")
        problems += [f"{where}: {problem}" for problem in case.problems(root)]
    tell(f"{verb}, {error}: failed at {at - 1} points")
    assert problems == []
    assert at > 20


@pytest.mark.parametrize("verb", VERBS)
def test_a_short_write_is_gone_on_with(verb: str, tmp_path: Path) -> None:
    case, at = Case(verb, tmp_path), 0
    while True:
        at += 1
        root = case.fresh()
        with stopped(at, short) as made:
            assert run("-C", root, *case.args).code == 0
        assert files(root) == case.new
        assert not litter(root)
        if len(made) < at:
            break


@pytest.mark.parametrize("verb", ["checkin", "close", "mv"])
def test_errors_that_do_not_end_are_put_right_by_the_next_run(verb: str, tmp_path: Path) -> None:
    """Where not even the taking back works, the message says who will do it."""
    case, at, said = Case(verb, tmp_path), 0, list[str]()
    while True:
        at += 1
        root = case.fresh()
        with stopped(at, failing(ERRORS["EIO"]), ever_after=True) as made:
            done = run("-C", root, *case.args)
        if len(made) < at:
            break
        assert done.code in (0, 2)
        assert "nothing was changed" not in done.err or files(root) == case.old
        said += ["later"] if "puts right what is left" in done.err else []
        assert case.problems(root) == [], made
    assert said


class _Death(BaseException):
    pass


def test_the_harness_notices_a_writer_without_recovery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> None:
        raise _Death

    case, seen = Case("mv", tmp_path), 0
    monkeypatch.setattr(Writer, "_settle", lambda *_args: False)
    for at in range(1, 50):
        root = case.fresh()
        with pytest.raises(_Death), stopped(at, die):
            run("-C", root, *case.args)
        seen += case.problems(root) != []
    assert seen > 10


def test_reading_never_makes_the_state_folder(tmp_path: Path) -> None:
    root = Case("checkin", tmp_path).fresh()
    for args in (
        ("status",),
        ("check",),
        ("show", "a"),
        ("undo",),
        ("undo", "--dry-run"),
        ("edit", "a", "--dry-run"),
    ):
        run("-C", root, *args)
    for verb in VERBS.values():
        run("-C", root, *verb[-1], "--dry-run")
    assert not (root / write.STATE).exists()
