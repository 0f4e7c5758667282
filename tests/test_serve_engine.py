"""A vault in memory: what a look finds, what is kept while files are broken, and that nothing is ever stale."""

import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from goalkit.serve.engine import ACCEPTED, Change, Engine, Site
from goalkit.serve.keep import HOLD
from tests.command import goal, write
from tests.serving import DAY, clean, numbered, serving

# watchdog says so of a folder that appears while it is being watched already.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

VAULT = {
    "goalkit.toml": "",
    "goals/learn-sql.md": goal("Learn SQL", supports='"[[be-known]]"', due="2026-12-31", visibility="shared"),
    "goals/be-known.md": goal("Be known", visibility="shared"),
    "goals/secret-plan.md": goal("Leave in spring"),
    "values/craft.md": "---\ntitle: Craft\n---\n",
    "weekly/note.md": "- [ ] A task for [[learn-sql]]\n",
}
SQL = "goals/learn-sql.md"


class Desk:
    """An engine and a clock of its own."""

    def __init__(self, root: Path, *, shared: bool = False, editor: str | None = "") -> None:
        self.root, self.now, self.day = root, 100.0, DAY
        self.engine = Engine(root, lambda config: config.today or self.day, shared=shared, editor=editor)
        self.step()

    def write(self, path: str, text: str | bytes) -> None:
        write(self.root, {"goalkit.toml": (self.root / "goalkit.toml").read_text(), path: text})

    def step(self, seconds: float = 1.0, *, thorough: bool = False) -> tuple[Change, ...]:
        """Let time pass, look, and build if there is anything new."""
        self.now += seconds
        look = self.engine.look(self.now, thorough=thorough)
        if self.engine.site is None or look.changes:
            self.engine.build(look)
        return look.changes

    @property
    def site(self) -> Site:
        assert self.engine.site is not None
        return self.engine.site

    def page(self, path: str = "goals.html") -> str:
        return self.site.pages[path].decode()

    def is_clean(self, *, shared: bool = False) -> bool:
        return dict(self.site.pages) == clean(self.root, self.day, shared=shared)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(write(tmp_path / "vault", VAULT))


def test_without_a_change_there_is_nothing_new(desk: Desk) -> None:
    before = desk.site
    assert [desk.step() for _ in range(3)] == [(), (), ()]
    assert desk.step(thorough=True) == ()
    assert desk.site is before


def test_an_edit_a_new_file_and_a_deleted_one_are_told_apart(desk: Desk) -> None:
    desk.write(SQL, goal("Learn much SQL"))
    desk.write("goals/new.md", goal("New"))
    (desk.root / "values/craft.md").unlink()
    changes = desk.step()
    assert set(changes) == {
        Change("changed", SQL),
        Change("new", "goals/new.md"),
        Change("gone", "values/craft.md"),
    }
    assert desk.is_clean()


def test_touching_a_file_changes_nothing(desk: Desk) -> None:
    os.utime(desk.root / SQL, (1, 1))
    assert desk.step() == ()
    os.utime(desk.root / SQL, (4_102_444_800, 4_102_444_800))
    assert desk.step() == ()


@pytest.mark.parametrize("thorough", [False, True])
def test_an_edit_of_equal_size_and_time_is_found(desk: Desk, thorough: bool) -> None:
    place = desk.root / SQL
    before = place.stat()
    place.write_text(place.read_text().replace("Learn", "Lurnt"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert place.stat().st_size == before.st_size
    assert desk.step(thorough=thorough) == (Change("changed", SQL),)


def test_where_the_marks_say_nothing_a_thorough_look_finds_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goalkit.vault import disk

    desk.step()
    monkeypatch.setattr(disk, "_marks", lambda _path: (1, 2, 3))
    desk.step(), desk.step(), desk.step()
    desk.write(SQL, goal("Learn more SQL"))
    assert desk.step() == ()
    assert desk.step(thorough=True) == (Change("changed", SQL),)


def test_two_edits_within_one_tick_of_the_clock_are_both_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goalkit.vault import disk

    marks = disk._marks
    monkeypatch.setattr(disk, "_marks", lambda path: (7,) if path.name == "learn-sql.md" else marks(path))
    desk.write(SQL, goal("First"))
    assert desk.step() == (Change("changed", SQL),)
    desk.write(SQL, goal("Again"))
    assert desk.step() == (Change("changed", SQL),)


def test_unread_files_are_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.step(), desk.step()
    read: list[str] = []
    opened = os.open

    def spy(path: str, flags: int) -> int:
        read.append(Path(path).name)
        return opened(path, flags)

    monkeypatch.setattr(os, "open", spy)
    desk.write(SQL, goal("Learn SQL now"))
    read.clear()
    desk.step()
    assert set(read) <= {"learn-sql.md", "goalkit.toml"}


# ---- broken files ---------------------------------------------------------------------------------------

BROKEN = {
    "yaml": "---\ntitle: [\n---\n",
    "no end": "---\ntitle: Learn SQL\n",
    "conflict": "---\ntitle: Learn SQL\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n",
    "date": "---\ntitle: Learn SQL\ndue: tomorrow-ish\n---\n",
    "latin-1": "---\ntitle: Größe\n---\n".encode("latin-1"),
    "utf-16": "---\ntitle: Learn SQL\n---\n".encode("utf-16"),
    "binary": bytes(range(256)),
    "large": "x" * (1024 * 1024 + 1),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_stays_as_it_was_and_says_why(desk: Desk, text: str | bytes) -> None:
    before = dict(desk.site.pages)
    good = (desk.root / SQL).read_bytes()
    for _ in range(3):
        desk.write(SQL, text)
        assert desk.step() == (), "no error yet: it may be half-written"
        assert desk.engine.look(desk.now).again == desk.now + HOLD
        assert desk.step(HOLD) == (Change("broken", SQL),)
        assert dict(desk.site.pages) == before
        (notice,) = desk.site.notices
        assert notice.place.startswith(f"{SQL}:")
        assert notice.message
        assert notice.hint
        assert [found.path for found in desk.site.problems] == [SQL]
        (desk.root / SQL).write_bytes(good)
        assert desk.step() == (Change("mended", SQL),)
        assert desk.site.notices == ()
        assert desk.site.problems == ()
        assert dict(desk.site.pages) == before
    assert desk.is_clean()


def test_mending_with_other_words_shows_them(desk: Desk) -> None:
    desk.write(SQL, "---\ntitle: [\n---\n")
    desk.step(), desk.step()
    desk.write(SQL, goal("Learn SQL well"))
    assert desk.step() == (Change("changed", SQL),)
    assert "Learn SQL well" in desk.page()
    assert desk.is_clean()


def test_other_files_go_on_while_one_is_broken(desk: Desk) -> None:
    desk.write(SQL, "---\ntitle: [\n---\n")
    desk.step(), desk.step()
    desk.write("goals/be-known.md", goal("Be well known"))
    assert desk.step() == (Change("changed", "goals/be-known.md"),)
    assert "Be well known" in desk.page()
    assert "Learn SQL" in desk.page()
    assert len(desk.site.notices) == 1


def test_another_mistake_in_the_same_file_is_told(desk: Desk) -> None:
    desk.write(SQL, "---\ntitle: [\n---\n")
    desk.step(), desk.step()
    first = desk.site.notices
    desk.write(SQL, "---\ntitle: Learn SQL\ndue: soon-ish\n---\n")
    assert desk.step() == (Change("broken", SQL),)
    assert desk.site.notices != first


def test_a_file_that_was_never_good_is_shown_as_broken(desk: Desk) -> None:
    desk.write("goals/young.md", "---\ntitle: [\n---\n")
    assert desk.step() == ()
    assert desk.step() == (Change("new", "goals/young.md"),)
    assert desk.site.notices == ()
    assert desk.is_clean()
    desk.write("goals/young.md", goal("Young"))
    desk.step()
    assert desk.is_clean()


def test_a_vault_that_begins_broken_shows_so_at_once(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, VAULT | {SQL: "---\ntitle: [\n---\n"}))
    assert desk.is_clean()
    assert desk.step() == ()
    assert desk.step() == ()
    assert desk.is_clean()


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_a_file_that_is_gone_or_empty_for_a_moment_is_not_missed(desk: Desk, text: str | None) -> None:
    good = (desk.root / SQL).read_bytes()
    if text is None:
        (desk.root / SQL).unlink()
    else:
        (desk.root / SQL).write_text(text)
    assert desk.step() == ()
    (desk.root / SQL).write_bytes(good)
    assert desk.step(HOLD / 2) == ()
    assert desk.is_clean()


@pytest.mark.parametrize("text", [None, ""])
def test_a_file_that_stays_gone_or_empty_is_so(desk: Desk, text: str | None) -> None:
    if text is None:
        (desk.root / SQL).unlink()
    else:
        (desk.root / SQL).write_text(text)
    assert desk.step() == ()
    assert desk.step(HOLD) != ()
    assert desk.is_clean()


def test_a_file_that_moves_is_never_in_two_places(desk: Desk) -> None:
    (desk.root / "goals/work").mkdir()
    (desk.root / SQL).rename(desk.root / "goals/work/learn-sql.md")
    assert set(desk.step()) == {Change("gone", SQL), Change("new", "goals/work/learn-sql.md")}
    assert desk.site.problems == ()
    assert desk.is_clean()


def test_a_broken_file_that_moves_leaves_nothing_behind(desk: Desk) -> None:
    desk.write(SQL, "---\ntitle: [\n---\n")
    desk.step(), desk.step()
    (desk.root / SQL).rename(desk.root / "goals/learn-more.md")
    desk.step(), desk.step()
    assert desk.is_clean()
    assert desk.site.notices == ()


# ---- the configuration ----------------------------------------------------------------------------------


def test_the_configuration_is_followed_too(desk: Desk) -> None:
    desk.write("goalkit.toml", 'title = "Our year"\nexclude = ["goals/secret-plan.md"]\n')
    assert Change("changed", "goalkit.toml") in desk.step()
    desk.step()
    assert "Our year" in desk.page()
    assert "Leave in spring" not in desk.page()
    assert desk.is_clean()


@pytest.mark.parametrize("shared", [False, True])
def test_a_broken_configuration_publishes_nothing_that_was_excluded(tmp_path: Path, shared: bool) -> None:
    config = 'exclude = ["goals/be-known.md"]\n'
    desk = Desk(write(tmp_path, VAULT | {"goalkit.toml": config}), shared=shared)
    assert "goals/be-known.html" not in desk.site.pages
    for text in ("exclude = [", "", 'exclude = ["goals/be-known.md"', config):
        (tmp_path / "goalkit.toml").write_text(text)
        desk.step(HOLD / 3)
        assert "goals/be-known.html" not in desk.site.pages
    (tmp_path / "goalkit.toml").write_text("exclude = [")
    desk.step(), desk.step()
    assert "goals/be-known.html" not in desk.site.pages
    assert [n.place for n in desk.site.notices] == ([] if shared else ["goalkit.toml:1"])


# ---- what others may read -------------------------------------------------------------------------------


@pytest.fixture
def shared_desk(tmp_path: Path) -> Desk:
    return Desk(write(tmp_path / "vault", VAULT), shared=True)


@pytest.mark.parametrize(
    "text", [goal("Learn SQL"), *(BROKEN.values()), ""], ids=["private", *BROKEN, "empty"]
)
def test_what_is_no_longer_shared_is_gone_at_once(shared_desk: Desk, text: str | bytes) -> None:
    assert "goals/learn-sql.html" in shared_desk.site.pages
    shared_desk.write(SQL, text)
    shared_desk.step(0.001)
    assert "goals/learn-sql.html" not in shared_desk.site.pages
    assert not [path for path, page in shared_desk.site.pages.items() if b"Learn SQL" in page]
    assert shared_desk.site.notices == ()
    assert not [found for found in shared_desk.site.problems if found.path == SQL]
    assert shared_desk.is_clean(shared=True)


def test_a_shared_site_is_as_if_nothing_else_were_there(shared_desk: Desk, tmp_path: Path) -> None:
    bare = {
        path: text
        for path, text in VAULT.items()
        if "secret" not in path and "weekly" not in path and "craft" not in path
    }
    assert dict(shared_desk.site.pages) == clean(write(tmp_path / "bare", bare), shared=True)
    shared_desk.write("goals/secret-plan.md", goal("Leave in summer"))
    shared_desk.step()
    assert dict(shared_desk.site.pages) == clean(tmp_path / "bare", shared=True)


# ---- editors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editor", "config", "folder", "scheme"),
    [
        ("vscode", "", "", "vscode://file/"),
        ("vscode", "", ".obsidian", "obsidian://open"),
        ("vscode", 'editor = "obsidian"\n', "", "obsidian://open"),
        ("", "", "", ""),
        ("", 'editor = "vscode"\n', "", "vscode://file/"),
        (None, 'editor = "vscode"\n', "", ""),
    ],
)
def test_pages_link_into_the_editor_where_they_may(
    tmp_path: Path, editor: str | None, config: str, folder: str, scheme: str
) -> None:
    write(tmp_path, VAULT | {"goalkit.toml": config})
    if folder:
        (tmp_path / folder).mkdir()
    page = Desk(tmp_path, editor=editor).page("goals/learn-sql.html")
    assert ("://file/" in page or "obsidian://" in page) == bool(scheme)
    assert scheme in page
    assert (str(tmp_path) in page) == scheme.startswith("vscode")


# ---- a vault that is lost -------------------------------------------------------------------------------


def lose_folder(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))


def lose_files(root: Path) -> None:
    for path in sorted((root / "goals").glob("*.md"))[1:]:
        path.unlink()


def lose_goals(root: Path) -> None:
    shutil.rmtree(root / "goals")


def lose_access(root: Path) -> None:
    (root / "goals").rename(root / ".hidden")
    (root / "goals").symlink_to("/nowhere")


@pytest.mark.parametrize("lose", [lose_folder, lose_files, lose_goals, lose_access])
def test_a_vault_that_vanishes_leaves_its_pages(tmp_path: Path, lose: Callable[[Path], None]) -> None:
    root = write(tmp_path / "vault", numbered(8))
    desk = Desk(root)
    before = dict(desk.site.pages)
    lose(root)
    assert desk.step(0.1) == ()
    assert desk.step(HOLD) == (Change("lost"),)
    assert desk.site.loss
    assert dict(desk.site.pages) == before
    (notice,) = desk.site.notices
    assert str(tmp_path) not in notice.message + notice.hint
    assert desk.step() == ()
    shutil.rmtree(root, ignore_errors=True)
    write(root, numbered(7, **{"goals/new.md": goal("A new one")}))
    assert Change("found") in desk.step()
    desk.step()
    assert desk.site.notices == ()
    assert desk.is_clean()


def test_what_is_left_is_taken_as_meant_after_a_while(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, numbered(8)))
    lose_files(tmp_path)
    desk.step(), desk.step()
    assert [notice.message for notice in desk.site.notices] == [
        "Most goals have vanished from the vault at once"
    ]
    assert desk.step(ACCEPTED) != ()
    desk.step()
    assert desk.is_clean()


def test_an_empty_vault_is_never_taken_as_meant(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, numbered(8)))
    lose_goals(tmp_path)
    for _ in range(5):
        desk.step(ACCEPTED)
    assert "goals/goal-0003.html" in desk.site.pages


def test_deleting_one_by_one_is_no_loss(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, numbered(8)))
    for n in range(8):
        (tmp_path / f"goals/goal-{n:04}.md").unlink()
        desk.step(), desk.step()
        assert not desk.site.loss
    assert desk.is_clean()


# ---- the day --------------------------------------------------------------------------------------------


def test_after_midnight_the_pages_are_of_the_new_day(desk: Desk) -> None:
    desk.day += timedelta(1)
    assert desk.step() == (Change("day"),)
    assert desk.site.plan.today == DAY + timedelta(1)
    assert desk.is_clean()
    desk.day -= timedelta(2)
    assert desk.step() == (Change("day"),)
    assert desk.is_clean()


def test_a_pinned_day_stays(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, VAULT | {"goalkit.toml": 'today = "2026-05-01"\n'}))
    desk.day += timedelta(1)
    assert desk.step() == ()
    assert desk.site.plan.today == date(2026, 5, 1)


# ---- nothing is written ---------------------------------------------------------------------------------


def test_looking_and_building_write_nothing(desk: Desk) -> None:
    def tree() -> dict[str, tuple[int, bytes]]:
        return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in desk.root.rglob("*") if p.is_file()}

    desk.write(SQL, "---\ntitle: [\n---\n")
    before, folders = tree(), [p.stat().st_mtime_ns for p in desk.root.rglob("*") if p.is_dir()]
    desk.step(), desk.step(thorough=True)
    assert dict(desk.site.pages)
    assert tree() == before
    assert [p.stat().st_mtime_ns for p in desk.root.rglob("*") if p.is_dir()] == folders


def test_a_page_is_made_only_when_it_is_asked_for(desk: Desk) -> None:
    assert desk.site.pages._made == {}
    assert "goals/learn-sql.html" in desk.site.pages
    desk.page("goals/learn-sql.html")
    assert list(desk.site.pages._made) == ["goals/learn-sql.html"]


# ---- hostile files --------------------------------------------------------------------------------------

HOSTILE = Path(__file__).parent / "hostile" / "vault"


def test_hostile_files_one_after_another_never_end_it(desk: Desk) -> None:
    files = sorted(path for path in HOSTILE.rglob("*.md") if path.is_file() and not path.is_symlink())
    assert len(files) > 100
    for path in files:
        (desk.root / SQL).write_bytes(path.read_bytes())
        desk.step(), desk.step(HOLD)
        assert "Be known" in desk.page(), path
        assert any(
            b"</html>" in page for name, page in desk.site.pages.items() if name.startswith("goals/")
        ), path
    desk.write(SQL, goal("Learn SQL again"))
    desk.step()
    assert desk.is_clean()


def test_a_vault_of_nothing_but_hostile_files_is_served_whole(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    shutil.copytree(HOSTILE, root, symlinks=True)
    with serving(root) as served:
        pages = served.pages()
        assert len(pages) > 100
        assert {served.get(f"/{path}").status for path in pages} == {200}
        assert served.said == []
