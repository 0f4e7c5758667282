"""`goalkit build`: what is written where, what is said, and with which exit code it leaves."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from goalkit.site import publish
from tests.command import goal, run, write

VAULT = {
    "goals/learn-sql.md": goal(
        "Learn SQL", visibility="shared", supports='"[[secret-plan]]"', due="2026-12-31"
    ),
    "goals/secret-plan.md": goal("Leave in spring"),
}
BROKEN = {"goals/broken-secret.md": "---\ntitle: [\nvisibility: shared\n---\n"}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def without(folder: Path, below: str) -> dict[str, bytes]:
    return {path: content for path, content in tree(folder).items() if not path.startswith(below)}


def test_it_says_what_it_wrote_and_what_to_open(vault: Path) -> None:
    done = run("-C", vault, "build")
    assert done.code == 0, done.err
    first, second, third = done.out.splitlines()
    assert first.startswith("Built the dashboard: ")
    assert first.endswith(" written, 0 unchanged")
    opened = Path(second.removeprefix("Open "))
    assert opened == vault / "site" / "index.html"
    assert "Learn SQL" in opened.read_text(encoding="utf-8")
    assert third.startswith("It is private: everything in the vault")


def test_neither_build_takes_the_place_of_the_other(vault: Path) -> None:
    run("-C", vault, "build")
    private = tree(vault / "site")
    done = run("-C", vault, "build", "--shared")
    assert done.out.endswith("It is for others: 1 goal that says `visibility: shared`\n")
    assert tree(vault / "site") == private
    assert run("-C", vault, "build").out.startswith("Built the dashboard: 0 written")
    assert "site-shared" not in run("-C", vault, "check").out


def test_a_shared_build_without_anything_shared_says_what_to_type(tmp_path: Path) -> None:
    root = write(tmp_path, {"goals/g.md": goal()})
    done = run("-C", root, "build", "--shared")
    assert "no goal says `visibility: shared`; `goalkit set ID visibility shared`" in done.out


def test_the_vault_is_left_as_it_was(vault: Path) -> None:
    before = tree(vault)
    assert run("-C", vault, "build").code == 0
    assert without(vault, "site") == before


def test_a_second_build_writes_nothing(vault: Path) -> None:
    run("-C", vault, "build")
    before = tree(vault)
    done = run("build", vault)
    assert ": 0 written, " in done.out
    assert tree(vault) == before


def test_its_json_is_that_of_the_export(vault: Path) -> None:
    run("-C", vault, "build")
    written = (vault / "site" / "goals.json").read_text(encoding="utf-8")
    assert written == run("-C", vault, "export").out


@pytest.mark.parametrize("how", ["option", "environment", "configuration"])
def test_out_can_be_chosen(vault: Path, tmp_path: Path, how: str) -> None:
    place = tmp_path / "elsewhere"
    args, env = ["-C", str(vault), "build"], {}
    if how == "option":
        args += ["--out", str(place)]
    elif how == "environment":
        env = {"GOALKIT_BUILD_OUT": str(place)}
    else:
        write(vault, {"goalkit.toml": 'today = "2026-11-20"\nout = "../elsewhere"\n'})
    done = run(*args, env=env)
    assert done.code == 0, done.err
    assert (place / "index.html").is_file()
    assert not (vault / "site").exists()


def test_an_output_folder_in_the_vault_is_no_part_of_it(vault: Path) -> None:
    run("-C", vault, "build", "--out", vault / "notes" / "pages")
    (vault / "notes" / "pages" / "stray.md").write_text(
        "---\ntype: goal\ndue: nonsense\n---\n", encoding="utf-8"
    )
    done = run("-C", vault, "build", "--out", vault / "notes" / "pages")
    assert (done.code, "stray" in done.err) == (0, False)


@pytest.mark.parametrize("place", [".", "..", "goals"])
def test_a_folder_that_is_not_goalkits_is_refused(vault: Path, place: str) -> None:
    before = tree(vault.parent)
    done = run("-C", vault, "build", "--out", vault / place)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("goalkit: ")
    assert done.err.count("\n") == 1
    assert tree(vault.parent) == before


def test_files_with_errors_are_named_and_the_rest_is_built(vault: Path) -> None:
    write(vault, BROKEN)
    done = run("-C", vault, "build")
    assert done.code == 1
    assert "goals/broken-secret.md:" in done.err
    assert "error GK105" in done.err
    assert (vault / "site" / "index.html").is_file()
    assert "Open " in done.out


def test_warnings_and_hints_are_counted(vault: Path) -> None:
    write(vault, {"goals/vague.md": goal("Be better", supports="nobody")})
    done = run("-C", vault, "build")
    assert done.code == 0
    assert "1 warning" in done.err
    assert "`goalkit check`" in done.err


def test_a_shared_build_holds_nothing_private_and_says_nothing_private(vault: Path) -> None:
    write(vault, BROKEN)
    done = run("-C", vault, "build", "--shared")
    assert done.code == 1
    for text in (done.out, done.err):
        assert "broken-secret" not in text
        assert "spring" not in text
    assert "1 file with errors stays private" in done.err
    assert "warning GK202" in done.err
    built = b"".join(tree(vault / "site-shared").values())
    assert b"Learn SQL" in built
    assert b"spring" not in built


def test_a_shared_build_tells_errors_of_the_configuration_apart(vault: Path) -> None:
    write(vault, {"goalkit.toml": 'today = "2026-11-20"\nsecrets = 1\n'})
    done = run("-C", vault, "build", "--shared")
    assert done.code == 1
    assert "goalkit.toml has errors" in done.err
    assert "stays private" not in done.err


def test_a_shared_build_is_that_of_a_vault_without_the_private_files(vault: Path, tmp_path: Path) -> None:
    public = write(tmp_path / "public", {"goals/learn-sql.md": VAULT["goals/learn-sql.md"]})
    for place in (vault, public):
        assert run("-C", place, "build", "--shared").code == 0
    assert tree(vault / "site") == tree(public / "site")


def test_the_name_of_the_folder_stays_out_of_the_pages(tmp_path: Path) -> None:
    for name in ("maras-divorce", "other"):
        assert run("-C", write(tmp_path / name, VAULT), "build").code == 0
    first, second = (tree(tmp_path / name / "site") for name in ("maras-divorce", "other"))
    assert first == second


def test_json_findings_do_not_leak_into_a_shared_export(vault: Path) -> None:
    assert [g["findings"] for g in json.loads(run("-C", vault, "export", "--shared").out)["goals"]] == [[]]


def test_a_disk_that_refuses_is_one_line(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> Iterator[None]:
        raise publish.Refused("the disk is full")

    monkeypatch.setattr(publish, "publish", refuse)
    done = run("-C", vault, "build")
    assert (done.code, done.err) == (2, "goalkit: the disk is full\n")


def test_progress_is_for_terminals_only(vault: Path) -> None:
    assert "Making pages" not in run("-C", vault, "build").err
