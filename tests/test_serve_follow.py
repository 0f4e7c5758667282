"""Following a real folder: every way in which files are saved, storms of them, and ears that do not hear."""

import errno
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from goalkit.serve import follow, watch
from goalkit.serve.engine import Engine
from goalkit.serve.follow import Follower, Pace, Rebuilt, listener
from goalkit.serve.watch import Heard, Polling, Watching
from tests.command import goal, write
from tests.serving import DAY, Served, clean, eventually, numbered, serving

# watchdog says so of a folder that appears while it is being watched already.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

VAULT = {
    "goalkit.toml": "",
    "goals/learn-sql.md": goal("Learn SQL", due="2026-12-31"),
    "goals/be-known.md": goal("Be known"),
    "goals/work/swim.md": goal("Swim"),
}
HEARING = Pace(look=600.0, thorough=600.0)
"""Only word of a change makes it look."""


def settled(served: Served) -> bool:
    """Whether it serves what a build from nothing makes, byte for byte."""
    return served.pages() == clean(served.root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


# ---- ways to save ---------------------------------------------------------------------------------------


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_rename(path: Path, text: str) -> None:
    """VS Code, Obsidian's sync, most tools."""
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text)
    aside.replace(path)


def by_rename_of_a_note(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.stem}-1234.md")
    aside.write_text(text)
    aside.replace(path)


def with_a_backup(path: Path, text: str) -> None:
    """vim: the old file becomes `x.md~`, the new one is written in its place, the backup goes."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def deleted_and_created(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.05)
    path.write_text(text)


def truncated_first(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.flush()
        time.sleep(0.05)
        file.write(text)


def in_pieces(path: Path, text: str) -> None:
    with path.open("w") as file:
        for letter in text:
            file.write(letter)
            file.flush()
            time.sleep(0.001)


def appended(path: Path, text: str) -> None:
    before = path.read_text()
    path.write_text(text[:10])
    path.write_text(before)
    path.write_text(text)


WAYS = [
    in_place,
    by_rename,
    by_rename_of_a_note,
    with_a_backup,
    deleted_and_created,
    truncated_first,
    in_pieces,
    appended,
]


@pytest.mark.parametrize("save", WAYS)
@pytest.mark.parametrize("how", ["told", "polling"])
def test_every_way_to_save_is_followed_again_and_again(
    root: Path, save: Callable[[Path, str], None], how: str
) -> None:
    place = root / "goals/learn-sql.md"
    with serving(root, pace=HEARING, poll=None if how == "told" else 0.05) as served:
        for round_ in range(3):
            save(place, goal(f"Learn SQL, round {round_}", due="2026-12-31"))
            eventually(lambda r=round_: served.shows(f"Learn SQL, round {r}"), save.__name__)  # type: ignore[misc]
        eventually(lambda: settled(served))
        assert not [n for r in served.rebuilt for n in r.site.notices]
        assert served.said == []


def new_folder(root: Path) -> None:
    write(
        root, {"goalkit.toml": "", "goals/deep/deeper/new.md": goal("Deep"), "goals/other.md": goal("Other")}
    )


def moved_folder(root: Path) -> None:
    (root / "goals/work").rename(root / "goals/play")


def moved_in(root: Path) -> None:
    write(root.with_name("aside"), {"more/run.md": goal("Run"), "more/far/row.md": goal("Row")})
    (root.with_name("aside") / "more").rename(root / "goals/more")


def moved_out(root: Path) -> None:
    (root / "goals/work").rename(root.with_name("away"))


def removed_folder(root: Path) -> None:
    shutil.rmtree(root / "goals/work")


def moved_and_edited(root: Path) -> None:
    moved_folder(root)
    time.sleep(0.1)
    (root / "goals/play/swim.md").write_text(goal("Swim far"))


def renamed_note(root: Path) -> None:
    (root / "goals/be-known.md").rename(root / "goals/be-well-known.md")


def another_configuration(root: Path) -> None:
    (root / "goalkit.toml").write_text('title = "Another"\nexclude = ["goals/work/"]\n')


def an_ignore_file(root: Path) -> None:
    (root / ".gitignore").write_text("be-known.md\n")


@pytest.mark.parametrize(
    "change",
    [
        new_folder,
        moved_folder,
        moved_in,
        moved_out,
        removed_folder,
        moved_and_edited,
        renamed_note,
        another_configuration,
        an_ignore_file,
    ],
)
@pytest.mark.parametrize("how", ["told", "polling"])
def test_whatever_happens_to_folders_is_followed(
    root: Path, change: Callable[[Path], None], how: str
) -> None:
    with serving(root, pace=HEARING, poll=None if how == "told" else 0.05) as served:
        change(root)
        eventually(lambda: served.rebuilt and settled(served), change.__name__)


def test_what_is_broken_is_told_and_mended_over_and_over(root: Path) -> None:
    place = root / "goals/learn-sql.md"
    with serving(root, pace=HEARING) as served:
        for round_ in range(4):
            place.write_text("---\ntitle: [\n---\n")
            eventually(lambda: served.shows("Until then it is shown as it was"))
            assert served.shows("Learn SQL")
            place.write_text(goal(f"Learn SQL, round {round_}", due="2026-12-31"))
            eventually(lambda r=round_: served.shows(f"Learn SQL, round {r}"))  # type: ignore[misc]
            assert not served.shows("Until then it is shown as it was")
        assert settled(served)


def test_the_day_is_followed(root: Path) -> None:
    day: list[date] = [DAY]
    with serving(root, day=lambda: day[0]) as served:
        assert served.shows("20 November 2026")
        day[0] += timedelta(1)
        eventually(lambda: served.shows("21 November 2026"))


def test_a_vault_that_comes_back_is_listened_to_again(tmp_path: Path) -> None:
    root = write(tmp_path / "vault", numbered(6))
    with serving(root) as served:
        root.rename(tmp_path / "away")
        eventually(lambda: served.shows("The vault is not there any more"))
        assert served.shows("Goal number 3")
        write(root, numbered(6, **{"goals/new.md": goal("Come back")}))
        eventually(lambda: served.shows("Come back"))
        assert not served.shows("The vault is not there any more")
        (root / "goals/new.md").write_text(goal("Come back again"))
        eventually(lambda: served.shows("Come back again"))
        assert settled(served)


# ---- storms ---------------------------------------------------------------------------------------------


def test_thousands_of_saves_of_one_file_end_in_the_last(root: Path) -> None:
    place = root / "goals/learn-sql.md"
    with serving(root) as served:
        begun = time.monotonic()
        for number in range(10_000):
            place.write_text(goal(f"Learn SQL {number}"))
        took = time.monotonic() - begun
        eventually(lambda: served.shows("Learn SQL 9999"))
        eventually(lambda: settled(served))
        # The first at once, then one a second while it lasts, then the last: a ratio, not a time.
        assert len(served.rebuilt) <= took / follow.Pace().longest + 4


def test_thousands_of_files_at_once(root: Path) -> None:
    with serving(root) as served:
        write(root, {"goalkit.toml": "", **numbered(1000)})
        eventually(lambda: settled(served))
        assert "goals/goal-0999.html" in served.pages()


def git(root: Path, *args: str) -> None:
    name = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *args], cwd=root, check=True, capture_output=True)


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")
def test_a_checkout_that_changes_hundreds_of_files(tmp_path: Path) -> None:
    root = write(tmp_path, numbered(400))
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "checkout", "-qb", "other")
    for n in range(300):
        place = root / f"goals/goal-{n:04}.md"
        if n < 200:
            place.write_text(goal(f"Another {n}"))
        elif n < 260:
            place.rename(place.with_name(f"moved-{n:04}.md"))
        else:
            place.unlink()
    git(root, "add", "-A")
    git(root, "commit", "-qm", "two")
    with serving(root) as served:
        for branch in ("main", "other", "main"):
            git(root, "checkout", "-q", branch)
            eventually(lambda: settled(served), branch)
    assert not [r for r in served.rebuilt if r.site.loss]


def test_many_writers_at_random_end_clean(root: Path) -> None:
    import random

    chance = random.Random(7)
    with serving(root) as served:
        for step in range(150):
            place = root / f"goals/{chance.choice(['learn-sql', 'be-known', 'a', 'b', 'work/swim'])}.md"
            act = chance.choice(["save", "save", "break", "delete"])
            if act == "delete":
                place.unlink(missing_ok=True)
            else:
                chance.choice(WAYS[:2])(
                    place, goal(f"Step {step}") if act == "save" else "---\ntitle: [\n---\n"
                )
        for name in ("learn-sql", "be-known", "a", "b", "work/swim"):
            (root / f"goals/{name}.md").write_text(goal(f"The end of {name}"))
        eventually(lambda: settled(served))


# ---- its own output -------------------------------------------------------------------------------------


def test_what_lies_in_the_output_and_in_hidden_folders_wakes_nobody(root: Path) -> None:
    from goalkit.site.publish import publish

    with serving(root) as served:
        publish(served.pages(), root / "site", root)
        write(
            root,
            {
                "goalkit.toml": "",
                ".obsidian/x.md": "x",
                ".git/y.md": "y",
                "site/z.md": "z",
                "node_modules/a/b.md": "b",
            },
        )
        (root / "goals/learn-sql.md").write_text(goal("The only change"))
        eventually(lambda: served.shows("The only change"))
        assert [[c.path for c in r.look.changes] for r in served.rebuilt] == [["goals/learn-sql.md"]]


@pytest.mark.parametrize(
    ("path", "folder", "matters"),
    [
        ("goals/a.md", False, True),
        ("goals/A.MD", False, True),
        ("goalkit.toml", False, True),
        (".gitignore", False, True),
        ("goals/.gitignore", False, True),
        ("goals", True, True),
        ("", True, True),
        ("goals/a.txt", False, False),
        ("goals/a.md~", False, False),
        (".git", True, False),
        (".git/a.md", False, False),
        ("goals/.trash/a.md", False, False),
        ("node_modules/a.md", False, False),
        ("site", True, False),
        ("site/a.md", False, False),
        ("sites/a.md", False, True),
    ],
)
def test_what_is_worth_a_look(root: Path, path: str, folder: bool, matters: bool) -> None:
    ears = Watching(root, [root / "site"])
    try:
        assert ears._matters(str(root / path), folder=folder) == matters
    finally:
        ears.close()


# ---- ears that do not hear ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE, errno.EACCES])
def test_where_the_system_refuses_it_looks_by_itself_and_says_so_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("watchdog.observers.Observer.schedule", refuse)
    monkeypatch.setattr(follow, "POLL", 0.05)
    with serving(root) as served:
        (root / "goals/learn-sql.md").write_text(goal("Without ears"))
        eventually(lambda: served.shows("Without ears"))
        assert len(served.said) == 1
        assert os.strerror(code) in served.said[0]
        assert "every 0.05 s" in served.said[0]


def test_where_no_word_comes_it_notices_and_looks_by_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watching, "on_any_event", lambda *_: None)
    monkeypatch.setattr(follow, "POLL", 0.05)
    with serving(root, pace=Pace(look=0.1, news=0.0)) as served:
        (root / "goals/learn-sql.md").write_text(goal("Unheard"))
        eventually(lambda: served.said)
        assert "network drive" in served.said[0]
        (root / "goals/learn-sql.md").write_text(goal("Seen"))
        eventually(lambda: served.shows("Seen"))
        assert len(served.said) == 1


def test_polling_never_starts_an_observer(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "Observer", None)
    assert isinstance(listener(root, poll=2.0)()[0], Polling)


def in_use() -> tuple[int, int]:
    handles = Path("/proc/self/fd")
    return threading.active_count(), len(list(handles.iterdir())) if handles.is_dir() else 0


def test_threads_and_handles_do_not_grow(root: Path) -> None:
    place = root / "goals/learn-sql.md"
    with serving(root) as served:
        most = in_use()
        for round_ in range(30):
            place.write_text(goal(f"Learn SQL {round_}"))
            eventually(lambda r=round_: served.shows(f"Learn SQL {r}"))  # type: ignore[misc]
        eventually(lambda: all(now <= then for now, then in zip(in_use(), most, strict=True)))


# ---- when to look: a clock and ears of the test's own ---------------------------------------------------


class Script:
    """Ears that hear what stands in a list of (when, what), on a clock that only moves while they wait."""

    every: float | None = None
    how = "a script"

    def __init__(self, *heard: tuple[float, Heard]) -> None:
        self.now, self.heard = 0.0, list(heard)
        self.stop: Callable[[], None] = lambda: None

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> Heard:
        if self.heard and self.heard[0][0] <= self.now + max(seconds, 0):
            when, _ = self.heard[0]
            self.now = max(self.now, when)
            come = [what for when, what in self.heard if when <= self.now]
            self.heard = self.heard[len(come) :]
            return max(come)
        self.now += max(seconds, 0)
        if self.now > 100:
            self.stop()
        return Heard.NOTHING

    def wake(self) -> None:
        pass

    def is_current(self) -> bool:
        return True

    def close(self) -> None:
        pass


def looks(root: Path, script: Script, *, change: bool = True) -> list[float]:
    """When it looks, in seconds from 0, while every look finds a change (or none does)."""
    at: list[float] = []
    engine = Engine(root, lambda _config: DAY)
    engine.build(engine.look(0.0))
    place = root / "goals/learn-sql.md"

    plain = engine.look

    def look(now: float, *, thorough: bool = False) -> object:
        at.append(script.now)
        if change:
            place.write_text(goal(f"At {script.now}, {len(at)}"))
        return plain(now, thorough=thorough)

    engine.look = look  # type: ignore[method-assign, assignment]
    shown: list[Rebuilt] = []
    follower = Follower(
        engine, lambda: (script, ""), shown.append, lambda _text: None, Pace(news=1e9), script.clock
    )
    script.stop = follower.stop
    follower.run()
    return at


def test_a_finished_write_is_looked_at_at_once(root: Path) -> None:
    assert looks(root, Script((1.0, Heard.DONE)))[0] == 1.0


def test_an_unfinished_one_gets_a_moment(root: Path) -> None:
    assert looks(root, Script((1.0, Heard.STIR)))[0] == pytest.approx(1.03)
    assert looks(root, Script((1.0, Heard.STIR), (1.01, Heard.DONE)))[0] == pytest.approx(1.01)


def test_in_a_storm_it_builds_once_a_second_and_once_at_the_end(root: Path) -> None:
    storm = [(1 + n / 100, Heard.DONE) for n in range(350)]
    during = [when for when in looks(root, Script(*storm)) if when < 6]
    assert during[0] == 1.0
    gaps = [b - a for a, b in pairwise(during)]
    assert all(gap >= 1.0 - 1e-9 for gap in gaps[:3])
    assert [when for when in during if 4.4 < when < 4.8], "the end of the storm is looked at soon"


def test_events_that_change_nothing_do_not_keep_it_busy(root: Path) -> None:
    storm = [(1 + n / 1000, Heard.DONE) for n in range(1000)]
    during = [when for when in looks(root, Script(*storm), change=False) if when < 2]
    assert len(during) < 40


def test_without_word_it_looks_every_few_seconds(root: Path) -> None:
    at = looks(root, Script(), change=False)
    assert at[0] == pytest.approx(2.0)
    assert len(at) >= 40


def test_a_bug_in_a_build_ends_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit import plan

    place, real = root / "goals/learn-sql.md", plan.plan
    with serving(root) as served:
        monkeypatch.setattr(plan, "plan", lambda *_: 1 / 0)
        place.write_text(goal("Unlucky"))
        eventually(lambda: served.said)
        assert "ZeroDivisionError" in served.said[0]
        assert served.shows("Learn SQL")
        monkeypatch.setattr(plan, "plan", real)
        eventually(lambda: served.shows("Unlucky"))
