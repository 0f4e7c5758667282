"""The writer: what it refuses, what it keeps, and what happens when somebody else writes in the worst moment."""

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goalkit.text import Edit, Source, Span
from goalkit.vault import fs, lock, write
from goalkit.vault.write import Change, Refused, Writer, transaction
from tests.faults import litter, tell

TEXT = "---\ntitle: x\n---\n\nText.\n"
UNIX = pytest.mark.skipif(os.name == "nt", reason="there only on Unix")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "goals").mkdir(parents=True)
    (root / "goals/a.md").write_text(TEXT)
    return root


def add(word: str) -> Callable[[Source], list[Edit]]:
    """Add a line at the end."""
    return lambda source: [Edit(Span(len(source.text), len(source.text)), f"{word}\n")]


def edit(root: Path, word: str = "ours", path: str = "goals/a.md") -> Source:
    with transaction(root) as writer:
        return writer.edit(path, add(word), "edit")


def interposed(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], None], times: int = 1) -> None:
    """Let somebody else act right before the first calls of a file-system function."""
    original, left = getattr(fs, name), [times]

    def call(*args: Any) -> Any:
        if left[0]:
            left[0] -= 1
            act()
        return original(*args)

    monkeypatch.setattr(fs, name, call)


# --- what is kept ------------------------------------------------------------------------------------------------


def test_a_change_is_made_and_taken_back(vault: Path) -> None:
    assert edit(vault).text == TEXT + "ours\n" == (vault / "goals/a.md").read_text()
    with transaction(vault) as writer:
        title, changes = writer.undo()
    assert (title, [c.path for c in changes]) == ("edit", ["goals/a.md"])
    assert (vault / "goals/a.md").read_text() == TEXT
    assert not litter(vault)


def test_undo_goes_back_one_by_one_and_never_forth(vault: Path) -> None:
    for word in ("one", "two"):
        edit(vault, word)
    for expected in (TEXT + "one\n", TEXT):
        with transaction(vault) as writer:
            writer.undo()
        assert (vault / "goals/a.md").read_text() == expected
    edit(vault, "three")
    with transaction(vault) as writer:
        writer.undo()
        with pytest.raises(Refused, match="nothing to undo"):
            writer.undo()
    assert (vault / "goals/a.md").read_text() == TEXT


def test_undo_leaves_a_file_alone_that_has_changed_since(vault: Path) -> None:
    edit(vault)
    (vault / "goals/a.md").write_text("mine")
    with transaction(vault) as writer, pytest.raises(Refused, match=r"changed since.*\.goalkit/backup/"):
        writer.undo()
    assert (vault / "goals/a.md").read_text() == "mine"


@UNIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_are_kept(vault: Path, mode: int) -> None:
    (vault / "goals/a.md").chmod(mode)
    edit(vault)
    assert stat.S_IMODE((vault / "goals/a.md").stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
def test_extended_attributes_are_kept(vault: Path) -> None:
    try:
        os.setxattr(vault / "goals/a.md", "user.colour", b"green")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    edit(vault)
    assert os.getxattr(vault / "goals/a.md", "user.colour") == b"green"


@UNIX
def test_nobody_else_reads_backups_and_git_does_not_see_them(vault: Path) -> None:
    edit(vault)
    state = vault / write.STATE
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert (state / ".gitignore").read_bytes() == b"*\n"
    (state / ".gitignore").write_bytes(b"")
    edit(vault)
    assert (state / ".gitignore").read_bytes() == b"*\n"


def test_what_is_older_than_thirty_days_is_forgotten(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(write.PRUNE_EVERY - 1):
        edit(vault, str(number))
    monkeypatch.setattr(write, "KEEP_SECONDS", -1)
    edit(vault, "last")
    assert list((vault / write.STATE / "backup").iterdir()) == []
    assert list((vault / write.STATE / "journal").iterdir()) == []


def test_a_link_inside_the_vault_is_written_through(vault: Path) -> None:
    (vault / "goals/link.md").symlink_to("a.md")
    edit(vault, path="goals/link.md")
    assert (vault / "goals/link.md").is_symlink()
    assert (vault / "goals/a.md").read_text() == TEXT + "ours\n"


# --- what is refused ---------------------------------------------------------------------------------------------


def _hard_link(path: Path) -> None:
    os.link(path, path.with_name("twin.txt"))


def _read_only(path: Path) -> None:
    path.chmod(0o444)


def _outside(path: Path) -> None:
    path.unlink()
    path.parent.parent.with_name("outside.md").write_text(TEXT)
    path.symlink_to("../../outside.md")


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a hard link": (_hard_link, "second name"),
    "read-only": (_read_only, "read-only"),
    "a link out of the vault": (_outside, "out of the vault"),
    "a pipe": (_fifo, "not a regular file"),
    "a folder": (_folder, "not a regular file"),
    "gone": (lambda path: path.unlink(), "no longer there"),
    "not UTF-8": (lambda path: path.write_bytes(b"caf\xe9"), "not UTF-8 at byte 3"),
    "a conflict": (lambda path: path.write_text("<<<<<<< ours\n"), "conflict marker"),
}


@UNIX
@pytest.mark.parametrize("fault", REFUSED)
def test_a_file_that_is_not_plain_and_sound_is_not_touched(vault: Path, fault: str) -> None:
    make, says = REFUSED[fault]
    path = vault / "goals/a.md"
    make(path)
    before = (os.lstat(path).st_mtime_ns, os.lstat(path).st_ino) if os.path.lexists(path) else None
    with pytest.raises(Refused, match=says):
        edit(vault)
    assert before == ((os.lstat(path).st_mtime_ns, os.lstat(path).st_ino) if os.path.lexists(path) else None)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_file_of_another_user_is_not_taken_over(vault: Path) -> None:
    os.chown(vault / "goals/a.md", 12_345, -1)
    with pytest.raises(Refused, match="another user"):
        edit(vault)


@pytest.mark.parametrize("path", ["../outside.md", "/etc/outside.md", "goals/../../outside.md"])
def test_no_path_leads_out(vault: Path, path: str) -> None:
    with transaction(vault) as writer, pytest.raises(Refused, match="out of the vault"):
        writer.create(path, TEXT, "new")


def test_a_new_file_never_takes_a_name_that_is_there(vault: Path) -> None:
    with transaction(vault) as writer:
        for path in ("goals/a.md", "goals/A.md"):
            with pytest.raises(Refused, match=r"goals/a\.md is already there"):
                writer.create(path, "new", "new")
        writer.create("goals/2026/b.md", "new", "new")
        with pytest.raises(Refused, match="already there"):
            writer.apply("mv", lambda: [Change("goals/2026/b.md", TEXT, TEXT, "goals/a.md")])
        writer.undo()
    assert sorted(p.name for p in (vault / "goals").iterdir()) == ["a.md"]


def _take(path: Path) -> None:
    path.write_text("theirs")


def test_a_name_that_somebody_takes_in_the_last_moment_stays_theirs(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interposed(monkeypatch, "link", lambda: _take(vault / "goals/b.md"))
    with transaction(vault) as writer, pytest.raises(Refused, match="already there"):
        writer.create("goals/b.md", "theirs", "new")
    assert (vault / "goals/b.md").read_text() == "theirs"
    assert not litter(vault)


def test_a_lock_that_stays_taken_is_waited_for_and_then_refused(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    with transaction(vault), pytest.raises(Refused, match="another goalkit"):
        edit(vault)
    edit(vault)


@UNIX
def test_a_state_folder_that_leads_elsewhere_is_refused(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (vault / write.STATE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"):
        edit(vault)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_record_that_no_crash_explains_is_kept_for_a_person(vault: Path) -> None:
    edit(vault)
    (vault / write.STATE / "journal/9.swap").write_text('{"steps": 1}')
    assert write.pending(vault)
    edit(vault, "again")
    assert not write.pending(vault)
    assert (vault / write.STATE / "journal/9.unreadable").exists()


@pytest.mark.parametrize("name", [".#a.md", ".a.md.swp"])
def test_the_sign_of_an_open_editor_is_seen(vault: Path, name: str) -> None:
    assert write.unsaved_elsewhere(vault, "goals/a.md") is None
    (vault / "goals" / name).symlink_to("nobody@nowhere.1")
    assert write.unsaved_elsewhere(vault, "goals/a.md") == name


# --- somebody else, in the worst moment ----------------------------------------------------------------------------


def _in_place(path: Path) -> None:
    with path.open("a") as file:
        file.write("theirs\n")


def _by_rename(path: Path) -> None:
    temp = path.with_name("temp")
    temp.write_text(path.read_text() + "theirs\n")
    temp.replace(path)


@pytest.fixture(params=["with exchange", "without"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the file system can exchange two names in one step."""
    able = bool(request.param == "with exchange")
    if not able:
        monkeypatch.setattr(fs, "exchange", lambda *_args: False)
    return able


@pytest.mark.parametrize("style", [_in_place, _by_rename])
@pytest.mark.parametrize("call", ["write", "exchange", "fsync_folder"])
def test_nothing_is_lost_between_any_two_calls(
    vault: Path, monkeypatch: pytest.MonkeyPatch, call: str, style: Callable[[Path], None]
) -> None:
    interposed(monkeypatch, call, lambda: style(vault / "goals/a.md"))
    edit(vault)
    assert (vault / "goals/a.md").read_text().split()[-2:] in (["theirs", "ours"], ["ours", "theirs"])
    assert not litter(vault)


@pytest.mark.parametrize("style", [_in_place, _by_rename])
def test_a_change_before_the_last_look_is_found_without_exchange_too(
    vault: Path, monkeypatch: pytest.MonkeyPatch, style: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(fs, "exchange", lambda *_args: False)
    interposed(monkeypatch, "link", lambda: style(vault / "goals/a.md"))
    edit(vault)
    assert (vault / "goals/a.md").read_text().split()[-2:] == ["theirs", "ours"]
    assert not litter(vault)


def test_a_program_that_writes_to_the_old_file_later_keeps_its_words(
    vault: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (vault / "goals/a.md").open("a") as file:
        if exchange:
            with pytest.raises(Refused, match="held open"):
                edit(vault)
        else:
            monkeypatch.setattr(fs, "being_written", lambda _path: False)
            edit(vault)
        file.write("theirs\n")
    with transaction(vault) as writer:
        notices = writer.notices
    words = [path.read_text() for path in (vault / "goals").glob("*.md")]
    assert any("theirs" in text for text in words)
    assert exchange or "conflict copy" in notices[0]


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_looking_whether_somebody_writes_is_harmless_when_somebody_does(vault: Path) -> None:
    """Opening the file breaks the lease that tells; by its default the signal for that would end the process."""
    probe = (
        "import os, signal, sys, time\nfrom pathlib import Path\nfrom goalkit.vault import fs\npath = Path(sys.argv[1])\n"
        "child = os.fork()\nwhile not child:\n    path.open('a').close()\n"
        "until = time.monotonic() + 0.7\ntry:\n    while time.monotonic() < until:\n        fs.being_written(path)\n"
        "finally:\n    os.kill(child, signal.SIGKILL)\n    os.waitpid(child, 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(vault / "goals/a.md")], check=False, start_new_session=True
    )
    assert done.returncode == 0


def test_a_file_that_never_rests_is_left_alone(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "PAUSE_SECONDS", 0.001)
    path = vault / "goals/a.md"
    interposed(
        monkeypatch, "exchange", lambda: None if "ours" in path.read_text() else _by_rename(path), times=99
    )
    with pytest.raises(Refused, match="keeps changing"):
        edit(vault)
    assert path.read_text() == TEXT + "theirs\n" * write.TRIES
    assert not litter(vault)


def test_an_editor_that_saves_an_older_text_over_ours_is_noticed(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second folder sync comes after the exchange: there the editor saves what it had read before."""
    monkeypatch.setattr(write, "PAUSE_SECONDS", 0.001)
    original, count = Writer._finish, [0]

    def finish(self: Writer, record: Any) -> None:
        original(self, record)
        count[0] += 1
        if count[0] == 1:
            (vault / "goals/a.md").write_text(TEXT + "theirs\n")

    monkeypatch.setattr(Writer, "_finish", finish)
    edit(vault)
    assert (vault / "goals/a.md").read_text() == TEXT + "theirs\nours\n"


def test_where_there_are_no_links_a_copy_is_kept(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_args: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(fs, "link", no_links)
    monkeypatch.setattr(fs, "exchange", lambda *_args: False)
    edit(vault)
    with transaction(vault) as writer:
        writer.create("goals/b.md", "new", "new")
        writer.apply("mv", lambda: [Change("goals/c.md", "new", "new", "goals/b.md")])
        for _ in range(3):
            writer.undo()
    assert [p.read_text() for p in (vault / "goals").glob("*")] == [TEXT]
    assert not litter(vault)


def test_a_backup_may_lie_on_another_disk(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = fs.replace

    def replace(old: Path, new: Path) -> None:
        if "backup" in new.parts and "backup" not in old.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        original(old, new)

    monkeypatch.setattr(fs, "replace", replace)
    edit(vault)
    with transaction(vault) as writer:
        writer.undo()
    assert (vault / "goals/a.md").read_text() == TEXT
    assert not litter(vault)


def test_writing_takes_milliseconds(vault: Path) -> None:
    """No timing to fail by: the number is for the summary."""
    began = time.perf_counter()
    for number in range(50):
        edit(vault, str(number))
    tell(f"{(time.perf_counter() - began) * 20:.1f} ms a transaction")
    assert (vault / "goals/a.md").read_text().endswith("49\n")
