"""The wheel works where the checkout is not: built, installed in a fresh environment and used there."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GOALKIT_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=CHECKOUT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment: the wheel is installed in it, the libraries are this one's."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    scheme = sysconfig.get_paths("venv", vars={"base": str(place), "platbase": str(place)})
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", place, "install")
    run(*pip, "--quiet", "--no-index", "--no-deps", wheel, cwd=place)
    # A path file adds one folder without reading the path files in it, such as the editable goalkit's.
    (Path(scheme["purelib"]) / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Path(scheme["scripts"])


def test_the_command_knows_its_version(scripts: Path, tmp_path: Path) -> None:
    assert version("goalkit-vault") in run(scripts / "goalkit", "--version", cwd=tmp_path)


def test_a_copy_of_the_sample_vault_is_built(scripts: Path, tmp_path: Path) -> None:
    ask = (
        "from goalkit.resources import folder; print(folder('sample-vault'), folder('templates'), sep='\\n')"
    )
    sample, templates = map(Path, run(scripts / "python", "-c", ask, cwd=tmp_path).split("\n")[:2])
    assert not sample.is_relative_to(CHECKOUT)
    assert not templates.is_relative_to(CHECKOUT)

    vault, out = tmp_path / "vault", tmp_path / "out"
    shutil.copytree(sample, vault)
    run(scripts / "goalkit", "-C", vault, "build", "--out", out, cwd=tmp_path)

    assert (out / "index.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_the_wheel_holds_every_template_and_note(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    for name in ("templates", "sample-vault"):
        files = [path.relative_to(CHECKOUT) for path in (CHECKOUT / name).rglob("*") if path.is_file()]
        shipped = [path for path in files if not path.name.startswith(".") and ".goalkit" not in path.parts]
        assert shipped
        assert inside.issuperset(f"goalkit/_data/{path.as_posix()}" for path in shipped)
