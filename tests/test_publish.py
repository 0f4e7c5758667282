"""The output folder: what is refused, what is written, what is deleted, and what a failure leaves behind."""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from goalkit.site.publish import Refused, publish
from goalkit.vault.disk import MANIFEST

OLD = {"index.html": b"old", "goals/a.html": b"a", "goals/gone.html": b"gone", "style.css": b"same"}
NEW = {"index.html": b"new", "goals/a.html": b"a2", "goals/b.html": b"b", "style.css": b"same"}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "home" / "plan"
    (root / "goals").mkdir(parents=True)
    (root / "goals" / "a.md").write_bytes(b"# A\n")
    return root


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def pages_in(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(folder).items() if path != MANIFEST}


def test_a_new_folder_gets_everything_and_a_manifest(vault: Path) -> None:
    done = publish(OLD, vault / "site", vault)
    assert pages_in(vault / "site") == OLD
    assert done.written[-1] == "index.html"
    assert sorted(done.written) == sorted(OLD)
    assert sorted(json.loads((vault / "site" / MANIFEST).read_bytes())["files"]) == sorted(OLD)


def test_a_second_time_nothing_is_written(vault: Path) -> None:
    publish(OLD, vault / "site", vault)
    before = {path: path.stat().st_mtime_ns for path in (vault / "site").rglob("*")}
    done = publish(OLD, vault / "site", vault)
    assert (done.written, done.deleted) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in (vault / "site").rglob("*")} == before


def test_only_what_changed_is_written_and_what_is_gone_is_deleted(vault: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    done = publish(NEW, out, vault)
    assert done.written == ("goals/a.html", "goals/b.html", "index.html")
    assert done.deleted == ("goals/gone.html",)
    assert done.unchanged == ("style.css",)
    assert pages_in(out) == NEW


def test_a_folder_that_is_empty_then_is_removed(vault: Path) -> None:
    out = vault / "site"
    publish({"index.html": b"x", "values/v.html": b"v"}, out, vault)
    publish({"index.html": b"x"}, out, vault)
    assert not (out / "values").exists()


def test_files_of_others_are_left(vault: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    (out / "CNAME").write_bytes(b"example.org")
    (out / "goals" / "mine.html").write_bytes(b"mine")
    publish({"index.html": b"x"}, out, vault)
    assert pages_in(out) == {"index.html": b"x", "CNAME": b"example.org", "goals/mine.html": b"mine"}


def test_an_old_page_that_somebody_changed_is_left_and_named(vault: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    (out / "goals" / "gone.html").write_bytes(b"edited")
    done = publish(NEW, out, vault)
    assert (done.deleted, done.kept) == ((), ("goals/gone.html",))
    assert "goals/gone.html" in str(done)
    assert (out / "goals" / "gone.html").read_bytes() == b"edited"


def test_a_page_that_somebody_changed_is_written_again(vault: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    (out / "index.html").write_bytes(b"edited")
    assert publish(OLD, out, vault).written == ("index.html",)


def test_a_file_of_somebody_else_in_the_way_is_refused(vault: Path) -> None:
    out = vault / "site"
    publish({"index.html": b"x"}, out, vault)
    (out / "goals").mkdir()
    (out / "goals" / "a.html").write_bytes(b"theirs")
    before = tree(out)
    with pytest.raises(Refused, match=r"goals.a\.html was not written by goalkit"):
        publish(OLD, out, vault)
    assert tree(out) == before


# --- eight places that are no place for it


def foreign(vault: Path) -> Path:
    out = vault.parent / "photos"
    out.mkdir()
    (out / "cat.jpg").write_bytes(b"cat")
    return out


def repository(vault: Path) -> Path:
    out = vault.parent / "code"
    (out / ".git").mkdir(parents=True)
    (out / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    return out


def linked(vault: Path) -> Path:
    (vault.parent / "real").mkdir()
    out = vault.parent / "link"
    out.symlink_to(vault.parent / "real", target_is_directory=True)
    return out


def a_file(vault: Path) -> Path:
    out = vault.parent / "site"
    out.write_bytes(b"a file")
    return out


def spoiled(vault: Path) -> Path:
    out = vault.parent / "site"
    out.mkdir()
    (out / MANIFEST).write_bytes(b'{"files": ["../../etc/passwd"]}')
    (out / "keep.txt").write_bytes(b"keep")
    return out


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "the vault": (lambda vault: vault, "the vault itself or above it"),
    "the vault, roundabout": (lambda vault: vault / "goals" / "..", "the vault itself or above it"),
    "above the vault": (lambda vault: vault.parent, "above it"),
    "in the vault's goals": (lambda vault: vault / "goals", "did not write, such as a.md"),
    "home": (lambda vault: Path.home(), "your home folder or above it"),
    "the root": (lambda vault: Path(vault.anchor), "the root of the disk"),
    "a folder of somebody else": (foreign, "did not write, such as cat.jpg"),
    "a repository": (repository, "did not write, such as .git"),
    "inside .git": (lambda vault: repository(vault) / ".git" / "site", "inside a .git folder"),
    "a link": (linked, "is a symbolic link"),
    "a file": (a_file, "is a file, not a folder"),
    "a spoiled manifest": (spoiled, "cannot be read"),
}


@pytest.mark.parametrize("place", PLACES)
def test_places_that_are_refused_and_left_as_they_are(
    place: str, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    make, says = PLACES[place]
    out = make(vault)
    before = tree(tmp_path)
    with pytest.raises(Refused) as refused:
        publish(OLD, out, vault)
    assert says in str(refused.value)
    assert tree(tmp_path) == before


def test_an_empty_folder_that_is_there_already_is_taken(vault: Path) -> None:
    (vault / "site").mkdir()
    publish(OLD, vault / "site", vault)
    assert pages_in(vault / "site") == OLD


def test_a_link_inside_the_folder_is_not_followed(vault: Path, tmp_path: Path) -> None:
    out = vault / "site"
    publish({"index.html": b"x"}, out, vault)
    outside = tmp_path / "outside"
    outside.mkdir()
    (out / "goals").symlink_to(outside, target_is_directory=True)
    with pytest.raises(Refused, match="is not a folder of goalkit's"):
        publish(OLD, out, vault)
    assert tree(outside) == {}


def test_a_page_replaced_by_a_link_does_not_change_what_it_leads_to(vault: Path, tmp_path: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    (tmp_path / "precious").write_bytes(b"precious")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path / "precious")
    publish(NEW, out, vault)
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert pages_in(out) == NEW


@pytest.mark.parametrize(
    "path", ["../out.html", "/etc/x", "a/../b.html", "", "goals/", "C:x.html", "a\\b.html", ".x", "a/b/c"]
)
def test_a_path_that_leaves_the_folder_is_a_bug(path: str, vault: Path) -> None:
    with pytest.raises(ValueError, match="not a path for a page"):
        publish({path: b""}, vault / "site", vault)


# --- failures


def failing(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], at: int, error: int) -> Iterator[int]:
    """Let the `at`-th call of these methods of Path fail; what is yielded at last is how many there were."""
    calls = 0

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(self: Path, *args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(error, os.strerror(error), str(self))
            return real(self, *args, **options)

        return called

    with monkeypatch.context() as patch:
        for name in names:
            patch.setattr(Path, name, wrap(getattr(Path, name)))
        yield 0
    yield calls


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_leaves_a_site_that_the_next_build_mends(
    error: int, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 0
    while True:
        at += 1
        out = vault / f"site{error}-{at}"
        publish(OLD, out, vault)
        (out / "CNAME").write_bytes(b"theirs")
        broken = failing(monkeypatch, ("write_bytes", "replace", "unlink", "mkdir", "rmdir"), at, error)
        next(broken)
        said = ""
        try:
            publish(NEW, out, vault)
        except Refused as refused:
            said = str(refused)
        assert not said or os.strerror(error) in said
        calls = next(broken)
        found = pages_in(out)
        assert found.pop("CNAME") == b"theirs"
        visible = {path: content for path, content in found.items() if not path.startswith(".goalkit-tmp-")}
        assert all(content in (OLD.get(path), NEW.get(path)) for path, content in visible.items())
        assert {"index.html", "goals/a.html", "style.css"} <= visible.keys()
        # The first page changes last: while it is the old one, nothing that it links is gone.
        assert visible["index.html"] == b"new" or "goals/gone.html" in visible
        publish(NEW, out, vault)
        assert pages_in(out) == {**NEW, "CNAME": b"theirs"}
        if not said and calls < at:
            break
    assert at > 8


def test_a_full_disk_changes_no_page(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    broken = failing(monkeypatch, ("write_bytes",), 3, errno.ENOSPC)
    next(broken)
    with pytest.raises(Refused, match="No space left"):
        publish(NEW, out, vault)
    next(broken)
    assert pages_in(out) == OLD


def test_what_a_build_cut_short_left_is_known_to_be_ours(vault: Path) -> None:
    out = vault / "site"
    publish(OLD, out, vault)
    # Cut short after the manifest of both and one page of the new ones.
    manifest = json.loads((out / MANIFEST).read_bytes())
    manifest["files"]["goals/gone.html"].append(hashlib.sha256(b"half").hexdigest())
    (out / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (out / "goals" / "gone.html").write_bytes(b"half")
    (out / ".goalkit-tmp-4194305-1").write_bytes(b"stray")
    assert publish(NEW, out, vault).deleted == ("goals/gone.html",)
    assert pages_in(out) == NEW


def test_the_manifest_names_only_pages_and_their_hashes(vault: Path) -> None:
    publish(OLD, vault / "site", vault)
    manifest = (vault / "site" / MANIFEST).read_text(encoding="utf-8")
    assert str(vault) not in manifest
    assert set(json.loads(manifest)) == {"note", "files"}
