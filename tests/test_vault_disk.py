"""Reading a folder: what is read, what is refused and said, what is passed over; and that nothing is ever written."""

import hashlib
import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from goalkit import snapshot
from goalkit.vault import disk
from tests.vaults import assessed

CHECKOUT = Path(__file__).resolve().parent.parent
UNIX = pytest.mark.skipif(os.name == "nt", reason="needs the file system of Unix")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    write(folder / "goals/sound.md", "---\ntitle: Sound\n---\n")
    return folder


def write(path: Path, content: str | bytes = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def paths(root: Path) -> list[str]:
    return sorted(s.path for s in disk.read(root).sources)


def said(root: Path) -> list[str]:
    return [f"{d.place} {d.code} {d.message}" for d in disk.read(root).diagnostics]


# --- where the vault is ------------------------------------------------------------------------------------------


def test_the_root_is_the_nearest_folder_that_is_one(root: Path) -> None:
    inside = root / "goals/2026/q4"
    inside.mkdir(parents=True)
    assert disk.find_root(root) == disk.find_root(inside) == root.resolve()
    write(root / "goals/2026/goalkit.toml")
    assert disk.find_root(inside) == (root / "goals/2026").resolve()


@pytest.mark.parametrize(
    ("place", "words"),
    [("nothing", "does not exist"), ("file.md", "is not a folder"), ("empty", "name it with -C")],
)
def test_no_vault_says_what_to_do(tmp_path: Path, place: str, words: str) -> None:
    write(tmp_path / "file.md")
    (tmp_path / "empty").mkdir()
    with pytest.raises(disk.NoVault, match=words):
        disk.find_root(tmp_path / place)


# --- what is read ------------------------------------------------------------------------------------------------


def test_notes_are_all_md_files_below_the_root(root: Path) -> None:
    for name in (
        "vision.md",
        "goals/deep/er/a.md",
        "daily/2026-11-20.MD",
        "values/v.md",
        "x.txt",
        "md",
        "goals/b.markdown",
    ):
        write(root / name)
    assert paths(root) == [
        "daily/2026-11-20.MD",
        "goals/deep/er/a.md",
        "goals/sound.md",
        "values/v.md",
        "vision.md",
    ]


@pytest.mark.parametrize(
    "name",
    [".obsidian/a.md", ".trash/a.md", ".git/a.md", "goals/.hidden.md", "goals/.#lock.md", "node_modules/a/b.md", "goals/a.md~", "goals/.a.md.swp", "goals/a.md.icloud", "site/a.md", "other/a.md"],
)  # fmt: skip
def test_litter_and_output_are_passed_over_in_silence(root: Path, name: str) -> None:
    write(root / name, "---\ndue: nonsense\n---\n")
    reading = disk.read(root, ignore=[root / "other"])
    assert [s.path for s in reading.sources] == ["goals/sound.md"]
    assert reading.diagnostics == ()


def test_a_folder_that_goalkit_wrote_is_output_wherever_it_lies(root: Path) -> None:
    write(root / "public" / disk.MANIFEST, "{}")
    write(root / "public/a.md")
    assert paths(root) == ["goals/sound.md"]


def test_git_and_the_settings_leave_files_out(root: Path) -> None:
    write(root / ".gitignore", "drafts/\n*.tmp.md\n!keep.tmp.md\n")
    write(root / "goals/.gitignore", "/later.md\n")
    write(root / "goalkit.toml", 'exclude = ["archive/**", "goals/old-*"]')
    for name in (
        "drafts/a.md",
        "goals/drafts/a.md",
        "goals/x.tmp.md",
        "goals/keep.tmp.md",
        "goals/later.md",
        "later.md",
        "archive/2020/a.md",
        "goals/old-a.md",
    ):
        write(root / name)
    assert paths(root) == ["goals/keep.tmp.md", "goals/sound.md", "later.md"]


@pytest.mark.parametrize(
    "name",
    [
        "a.sync-conflict-20260301-101500-ABCDEFG.md",
        "a (conflicted copy 2026-03-01).md",
        "a (Ana's conflicted copy).md",
    ],
)
def test_a_copy_of_a_sync_service_is_named_and_not_read(root: Path, name: str) -> None:
    write(root / "goals" / name)
    write(root / "daily" / name)
    assert paths(root) == ["goals/sound.md"]
    assert said(root) == [f"goals/{name}:1:1 GK122 this is a copy that a sync service left; it is not read"]


# --- what is refused ---------------------------------------------------------------------------------------------


@UNIX
@pytest.mark.parametrize("where", ["goals", "daily"])
def test_links_out_of_the_vault_are_not_read(root: Path, tmp_path: Path, where: str) -> None:
    secret = write(tmp_path / "secret.md", "root:x:0:0")
    (root / where).mkdir(exist_ok=True)
    targets = {"a": str(secret), "b": "../../secret.md", "c": "/proc/self/environ", "d": "/etc/passwd"}
    for name, target in targets.items():
        (root / where / f"{name}.md").symlink_to(target)
    reading = disk.read(root)
    assert [s.path for s in reading.sources] == ["goals/sound.md"]
    wanted = (
        [f"goals/{n}.md:1:1 GK102 a link that leads out of the vault is not read" for n in targets]
        if where == "goals"
        else []
    )
    assert said(root) == wanted


@UNIX
def test_links_within_the_vault_are_read_and_dead_ones_named(root: Path) -> None:
    (root / "goals/inside.md").symlink_to("sound.md")
    (root / "goals/dangling.md").symlink_to("nowhere.md")
    (root / "goals/loop.md").symlink_to("loop.md")
    (root / "goals/ring-a.md").symlink_to("ring-b.md")
    (root / "goals/ring-b.md").symlink_to("ring-a.md")
    (root / "goals/folder.md").symlink_to("..", target_is_directory=True)
    assert paths(root) == ["goals/inside.md", "goals/sound.md"]
    nowhere = "GK102 a link that leads nowhere"
    assert said(root) == [
        f"goals/dangling.md:1:1 {nowhere}",
        "goals/folder.md:1:1 GK102 not a regular file",
        f"goals/loop.md:1:1 {nowhere}",
        f"goals/ring-a.md:1:1 {nowhere}",
        f"goals/ring-b.md:1:1 {nowhere}",
    ]


@UNIX
def test_linked_folders_are_not_followed(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/a.md")
    (root / "goals/up").symlink_to("..", target_is_directory=True)
    (root / "goals/out").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert paths(root) == ["goals/sound.md"]
    assert said(root) == []


READ = "import sys; from pathlib import Path; from goalkit.vault import disk; r = disk.read(Path(sys.argv[1])); print(len(r.sources), *[d.place + ' ' + d.code for d in r.diagnostics])"


@UNIX
def test_pipes_sockets_and_devices_are_not_opened(root: Path) -> None:
    """In a process of its own: reading a pipe would wait for ever."""
    os.mkfifo(root / "goals/pipe.md")
    os.mkfifo(root / "daily.md")
    os.mkfifo(root / ".gitignore")
    (root / "goals/.gitignore").symlink_to("/dev/zero")
    (root / "goals/zero.md").symlink_to("/dev/zero")
    (root / "goalkit.toml").symlink_to("/dev/zero")
    here = os.getcwd()  # noqa: PTH109
    os.chdir(root / "goals")  # a socket's path may not be long
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("socket.md")
    finally:
        os.chdir(here)
    done = subprocess.run(
        [sys.executable, "-c", READ, root],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    places = [f"goals/{name}.md:1:1 GK102" for name in ("pipe", "socket", "zero")]
    assert done.stdout.split("\n")[0] == " ".join(["1", "goalkit.toml:1:1 GK125", *places])


def test_a_folder_called_md_is_a_folder(root: Path) -> None:
    write(root / "goals/folder.md/inside.md")
    assert paths(root) == ["goals/folder.md/inside.md", "goals/sound.md"]
    assert said(root) == []


def test_a_file_past_the_limit_is_named_with_the_setting(root: Path) -> None:
    write(root / "goals/exact.md", "x" * 1024 * 1024)
    write(root / "goals/large.md", "x" * (1024 * 1024 + 1))
    write(root / "daily/large.md", "x" * (1024 * 1024 + 1))
    assert paths(root) == ["goals/exact.md", "goals/sound.md"]
    assert said(root) == [
        "goals/large.md:1:1 GK102 the file has 1,048,577 bytes, more than the 1,048,576 of `max-file-size`"
    ]
    write(root / "goalkit.toml", "max-file-size = 2000000")
    assert paths(root) == ["daily/large.md", "goals/exact.md", "goals/large.md", "goals/sound.md"]


@UNIX
def test_a_sparse_file_of_64_mb_is_not_read(root: Path) -> None:
    with (root / "goals/sparse.md").open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    assert said(root) == [
        "goals/sparse.md:1:1 GK102 the file has 67,108,864 bytes, more than the 1,048,576 of `max-file-size`"
    ]


LOCKED = """
import os, tempfile
from pathlib import Path
from goalkit.vault import disk
with tempfile.TemporaryDirectory() as place:
    root, folder = Path(place), Path(place, "goals/folder")
    folder.mkdir(parents=True)
    for name in ("sound.md", "locked.md", "folder/a.md"):
        (root / "goals" / name).write_text("")
    for path, mode in ((root, 0o755), (folder, 0), (root / "goals/locked.md", 0)):
        path.chmod(mode)
    if os.geteuid() == 0:
        os.seteuid(65534)  # root may read everything
    reading = disk.read(root)
    os.seteuid(os.getuid())
    folder.chmod(0o755)
print(*[s.path for s in reading.sources], *[f"{d.place} {d.code} {d.message}" for d in reading.diagnostics], sep="\\n")
"""


@UNIX
def test_what_may_not_be_read_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOCKED], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == [
        "goals/folder:1:1 GK102 the folder cannot be read: Permission denied",
        "goals/locked.md:1:1 GK102 cannot be read: Permission denied",
        "goals/sound.md",
    ]


def test_an_error_of_the_disk_is_named_and_the_rest_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root / "goals/bad.md")
    write(root / "goals/folder/a.md")
    write(root / "daily/bad.md")
    true_open, true_scan = os.open, os.scandir

    def failing_open(path: object, *args: int, **kw: int) -> int:
        if str(path).endswith("bad.md"):
            raise OSError(5, "Input/output error")
        return true_open(path, *args, **kw)  # type: ignore[arg-type]

    def failing_scan(path: object) -> object:
        if str(path).endswith("folder"):
            raise PermissionError(13, "Permission denied")
        return true_scan(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "open", failing_open)
    monkeypatch.setattr(os, "scandir", failing_scan)
    assert paths(root) == ["goals/sound.md"]
    assert said(root) == [
        "goals/bad.md:1:1 GK102 cannot be read: Input/output error",
        "goals/folder:1:1 GK102 the folder cannot be read: Permission denied",
    ]


@UNIX
@pytest.mark.skipif(sys.platform == "darwin", reason="takes only names in UTF-8")
def test_a_name_that_is_not_utf_8_is_named_and_can_be_printed(root: Path) -> None:
    write(root / os.fsdecode(b"goals/caf\xe9.md"))
    write(root / os.fsdecode(b"daily/caf\xe9.md"))
    assert paths(root) == ["goals/sound.md"]
    assert said(root) == ["goals/caf\\udce9.md:1:1 GK102 the file's name is not UTF-8"]
    "".join(said(root)).encode()


@UNIX
@pytest.mark.parametrize(
    "name",
    [
        "con",
        "aux.b",
        "a:b",
        'a"b',
        "<img src=x onerror=alert(1)>",
        "a\\b",
        "a\nb",
        "a\x1b[31m",
        "\u202efdp",
        "n" * 200,
        "-",
        "%2e%2e",
        "a?b#c",
        "[[x]]",
    ],
)
def test_a_strange_name_is_an_id_like_any_other(root: Path, name: str) -> None:
    write(root / "goals" / f"{name}.md", "---\ntitle: Strange\n---\n")
    reading = disk.read(root)
    plans = assessed(snapshot.load(reading.sources, reading.config, reading.diagnostics))
    assert plans.goal(name).title == "Strange"


@UNIX
@pytest.mark.parametrize(
    ("one", "other"),
    [("Learn", "learn"), ("caf\u00e9", "cafe\u0301"), ("stra\u00dfe", "STRASSE"), ("\ufb01n", "fin")],
)
def test_names_that_differ_by_case_or_form_only_are_one_id(root: Path, one: str, other: str) -> None:
    write(root / f"goals/{one}.md")
    if (root / f"goals/{other}.md").exists():
        pytest.skip("this file system holds them as one")
    write(root / f"goals/{other}.md")
    reading = disk.read(root)
    plans = assessed(snapshot.load(reading.sources, reading.config, reading.diagnostics))
    assert plans.codes() == ["GK201", "GK201"]
    assert set(plans.assessments) == {"sound", f"goals/{one}", f"goals/{other}"}


# --- while others write ------------------------------------------------------------------------------------------


def test_files_may_vanish_while_they_are_read(root: Path) -> None:
    """What is gone is gone: no error, and never half a file; 1,000 rounds."""
    names = [f"goals/n{i}.md" for i in range(6)] + [f"goals/d{i}/n.md" for i in range(3)]
    stop = threading.Event()

    def disturb() -> None:
        random = Random(0)
        while not stop.is_set():
            path = root / random.choice(names)
            if path.exists():
                path.unlink()
                if path.parent.name != "goals":
                    path.parent.rmdir()
            else:
                fresh = path.parent.parent / f"{path.parent.name}-{path.name}.new"
                fresh.write_text("---\ntitle: whole\n---\n")
                path.parent.mkdir(exist_ok=True)
                fresh.replace(path)

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        seen = set()
        for _ in range(1_000):
            reading = disk.read(root)
            assert reading.diagnostics == ()
            assert "goals/sound.md" in {s.path for s in reading.sources}
            assert {s.text for s in reading.sources} <= {
                "---\ntitle: Sound\n---\n",
                "---\ntitle: whole\n---\n",
            }
            seen.add(len(reading.sources))
    finally:
        stop.set()
        thread.join()
    assert len(seen) > 1


def tree(root: Path) -> dict[str, tuple[str, int, int]]:
    """Every file and folder with its bytes, time and mode."""
    return {
        p.relative_to(root).as_posix(): (
            hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "",
            p.stat().st_mtime_ns,
            stat.S_IMODE(p.stat().st_mode),
        )
        for p in root.rglob("*")
    }


@pytest.mark.parametrize("command", [["check"], ["status"], ["export"], ["build", "--out", "{out}"], ["build", "--shared", "--out", "{out}"]])  # fmt: skip
def test_reading_leaves_every_byte_and_time_as_it_was(command: list[str], tmp_path: Path) -> None:
    root = tmp_path / "vault"
    shutil.copytree(CHECKOUT / "tests/hostile/vault", root)
    before = tree(root)
    words = [word.format(out=tmp_path / "out") for word in command]
    done = subprocess.run(
        [sys.executable, "-m", "goalkit", "-C", root, "--today", "2026-11-20", *words],
        cwd=CHECKOUT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    assert b"Traceback" not in done.stderr
    assert tree(root) == before


# --- a vault inside somebody's Obsidian --------------------------------------------------------------------------


def test_five_thousand_foreign_notes_are_neither_errors_nor_read_in_full(root: Path) -> None:
    strange = [
        "---\ntitle: a: b\n---\n- [ ] x\n",
        "---\ntags: [a\n",
        "# Meeting\n\n- [ ] call [[Ana]]\n",
        "---\ntype: person\ndue: whenever\n---\n",
        "<<<<<<< HEAD\n",
        "",
    ]
    for i in range(5_000):
        write(root / f"notes/{i % 50}/n{i}.md", strange[i % len(strange)] + f"[[n{i - 1}]]")
    write(root / "notes/linking.md", "# A day\n\n- [ ] work [[sound]]\n")
    reading = disk.read(root)
    assert reading.diagnostics == ()
    plans = assessed(snapshot.load(reading.sources, reading.config))
    assert plans.diagnostics == ()
    assert len(plans.graph.notes) == 5_001
    assert [n.path for n in plans.graph.notes if n.body.text or n.body.boxes or n.body.links] == [
        "notes/linking.md"
    ]
    assert [task.box.text for task in plans.graph.tasks_of["sound"]] == ["work [[sound]]"]
