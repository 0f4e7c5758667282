"""The committed `site/` is the build of `sample-vault/` at its pinned day, byte for byte."""

from pathlib import Path

from tests.command import run

ROOT = Path(__file__).resolve().parent.parent
VAULT = ROOT / "sample-vault"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_the_site_is_the_build_of_the_sample_vault(tmp_path):
    built = run("-C", VAULT, "build", "--out", tmp_path / "out")
    assert built.code == 0, built
    made, committed = tree(tmp_path / "out"), tree(ROOT / "site")
    assert made.keys() == committed.keys(), "run `make site`"
    assert [path for path in made if made[path] != committed[path]] == [], "run `make site`"


def test_the_sample_vault_is_clean():
    found = run("-C", VAULT, "check", "--strict")
    assert found.code == 0, found


def test_the_shared_demo_tells_nothing_private(tmp_path):
    """No id and no title of a private note, unless the author of a shared one wrote it there."""
    assert run("-C", VAULT, "build", "--shared", "--out", tmp_path / "out").code == 0
    texts = {p: p.read_text(encoding="utf-8") for p in VAULT.rglob("*.md")}
    shared = "\n".join(t for t in texts.values() if "visibility: shared" in t)
    private = {p: t for p, t in texts.items() if "visibility: shared" not in t and p.parent.name == "goals"}
    secrets = {p.stem for p in private} | {t.split("title: ", 1)[1].split("\n")[0] for t in private.values()}
    secrets = {s for s in secrets if s.casefold() not in shared.casefold()}
    assert len(secrets) > 50
    made = b"\n".join(tree(tmp_path / "out").values()).decode().casefold()
    assert [s for s in secrets if s.casefold() in made] == []
