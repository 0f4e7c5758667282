"""Several programs at one file: no word of any of them is lost.

`FULL=1` runs as many rounds as the promise says: 1,000 saves of an editor, and eight times a hundred check-ins.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from goalkit.vault.write import Refused, transaction
from tests.editors import STYLES, revision
from tests.faults import litter, tell

ROOT = Path(__file__).parent.parent
FULL = bool(os.environ.get("FULL"))
ROUNDS = 200 if FULL else 40
CHECK_INS = 100 if FULL else 25
GOAL = "---\ntitle: Know a thousand people\nmeasure: 1000 people\n---\n\nWhy not.\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files that are open cannot be renamed there")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals/g.md").write_text(GOAL)
    return tmp_path


@pytest.fixture
def editor(vault: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.editors", "save", str(vault)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def _words(vault: Path) -> str:
    """All that stands in the file and in copies that are named as such."""
    return "\n".join(path.read_text() for path in (vault / "goals").glob("g*.md"))


@pytest.mark.parametrize("style", STYLES)
def test_an_editor_saves_at_the_same_moment(vault: Path, editor: subprocess.Popen[str], style: str) -> None:
    assert editor.stdin
    assert editor.stdout
    done: Counter[str] = Counter()
    dice = random.Random(style)
    for number in range(ROUNDS):
        (vault / "goals/g.md").write_text(GOAL)
        for left in (vault / "goals").glob("g *.md"):
            left.unlink()
        theirs, ours = f"editor-{style}-{number}", f"goalkit-{style}-{number}"
        print(theirs, style, dice.uniform(0, 0.006), file=editor.stdin, flush=True)
        written = True
        try:
            with transaction(vault) as writer:
                writer.apply("check-in", revision(vault, ours))
        except Refused:
            written = False
        ended = time.monotonic()
        _looked, saved = map(float, editor.stdout.readline().split())
        with transaction(vault):
            pass
        words = _words(vault)
        assert theirs in words, (number, words)
        if written and ours not in words:
            # It looked before we wrote, and saved after we had said so: no writer can know of that.
            assert saved > ended - 0.001, (number, words)
            done["overwritten after the end"] += 1
            continue
        done["both there" if written else "refused"] += 1
        done["in a conflict copy"] += len(list((vault / "goals").glob("g *.md")))
        assert words.count(ours) <= 1 + len(list((vault / "goals").glob("g *.md")))
    tell(f"{style}: {dict(done)}")
    assert done["both there"] > ROUNDS * 0.5
    assert litter(vault) == [name for name in litter(vault) if "conflict" in name]


def test_eight_processes_check_in(vault: Path) -> None:
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.editors", "check-ins", str(vault)]
    running = [
        subprocess.Popen([*command, f"p{i}", str(CHECK_INS)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for i in range(8)
    ]
    for process in running:
        complaint = process.communicate()[1]
        assert process.returncode == 0, complaint
    lines = (vault / "goals/g.md").read_text().splitlines()
    notes = {line.rpartition(" ")[2] for line in lines if line.startswith("- 2026-11-20: +1 — ")}
    assert notes == {f"p{i}-{number}" for i in range(8) for number in range(CHECK_INS)}
    assert len([line for line in lines if line.startswith("- ")]) == 8 * CHECK_INS
    assert not litter(vault)
    tell(f"{8 * CHECK_INS} check-ins in {time.monotonic() - began:.1f} s")
