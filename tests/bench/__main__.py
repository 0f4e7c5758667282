"""`make bench`: goalkit beside other generators on the same vaults. Prints medians and ratios; asserts nothing.

`python -m tests.bench [--sizes 100,1000,10000] [--runs 5] [--peers hugo,mkdocs]`. Whole processes, cold output folders,
the contestants in turn, so that a busy moment of the machine hits all of them.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.bench import peers as other
from tests.bench import vault as vaults

GOALKIT = [str(Path(sys.executable).with_name("goalkit"))]


@dataclass
class Contestant:
    """Something to run on a vault: its command, what to do before each run, and its results."""

    name: str
    command: list[str]
    before: Callable[[], None] = lambda: None
    output: Path | None = None
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def run(self) -> None:
        """One run: wall seconds, and the greatest resident memory of the process and its children."""
        self.before()
        start = time.perf_counter()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        self.seconds.append(time.perf_counter() - start)
        process.returncode = 0
        self.megabytes = max(self.megabytes, usage.ru_maxrss / 1024)

    @property
    def pages(self) -> int:
        """How many pages the last run left."""
        return sum(1 for _ in self.output.rglob("*.html")) if self.output else 0

    @property
    def median(self) -> float:
        """Median wall seconds."""
        return statistics.median(self.seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate, run in turn, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", default="hugo,mkdocs,pelican,eleventy")
    parser.add_argument(
        "--tools", type=Path, default=Path("build/bench"), help="where the peers are installed"
    )
    options = parser.parse_args(arguments)
    wanted = options.peers.split(",")
    found = [p for p in other.installed(options.tools.resolve()) if p.name in wanted]
    for name in sorted(set(wanted) - {p.name for p in found} - {""}):
        print(f"{name} could not be installed; left out")
    per_goal: dict[int, float] = {}
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="goalkit-bench-") as folder:
            per_goal[size] = _measure(size, Path(folder), found, options.runs)
    print("\ngoalkit, cold, a goal: " + ", ".join(f"{1000 * s:.2f} ms at {n:,}" for n, s in per_goal.items()))


def _measure(size: int, folder: Path, found: Sequence[other.Peer], runs: int) -> float:
    vault = folder / "vault"
    vaults.make(size, vault)
    out = folder / "out"
    build = [*GOALKIT, "-C", str(vault), "build", "--out", str(out)]
    cold = Contestant("goalkit build", build, partial(_clear, out), out)
    contestants = [cold, Contestant("goalkit status", [*GOALKIT, "-C", str(vault), "status"])]
    for peer in found:
        project = folder / peer.name
        output = project / peer.output
        project.mkdir()
        peer.prepare(vault, project)
        contestants.append(Contestant(peer.name, peer.command(project), partial(_clear, output), output))
    if size <= 1000:
        contestants.append(Contestant("goalkit --help", [*GOALKIT, "--help"]))
        contestants.append(Contestant("python -c 'import click'", [sys.executable, "-c", "import click"]))
    for _ in range(runs):
        for contestant in contestants:
            contestant.run()
    _print(size, contestants)
    return cold.median / size


def _clear(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)


def _print(size: int, contestants: Sequence[Contestant]) -> None:
    yard = next((c for c in contestants if c.name == "hugo"), contestants[0])
    print(f"\n{size:,} goals" + (" " * 16) + f"median s   of {yard.name}   peak MiB    pages")
    for one in contestants:
        print(
            f"  {one.name:26}{one.median:8.3f}   {one.median / yard.median:7.2f}   {one.megabytes:8.0f}   {one.pages or '':>6}"
        )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
