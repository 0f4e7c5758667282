"""Faults on purpose: a small vault, the commands that write, and what stops them before the n-th file-system call.

`python -m tests.faults NAME` runs one command again and again, each time in a child that dies before the next call, until it
passes, and prints what it found as JSON.
"""

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goalkit.vault import fs, write
from tests.command import run
from tests.command import write as write_files

DEAD = 77
VAULT = {
    "goals/a.md": (
        "---\ntitle: Know ten people\nstart: 2026-01-05\ndue: 2026-12-31\nmeasure: 10 people # for now\n---\n\nWhy not.\n\n"
        "## Milestones\n\n- [ ] First\n- [ ] Second\n\n## Check-ins\n\n- 2026-11-13: 4 — Colleagues.\n"
    ),
    "goals/b.md": '---\nsupports: "[[a]]"\nvisiblity: shared\n---\n\nSee [[a|this]] and `[[a]]`.\n',
    "goals/c.md": "---\nstatus: missed\n---\n",
    "notes/n.md": "- [ ] Call [[a]]\r\n",
}
CHECK_IN = ("checkin", "a", "+1", "-m", "Two more")
CLOSE = ("close", "a", "--as", "partial", "-m", "Ask sooner.", "--carry-to", "a-2", "--due", "2027-06-30")
MV = ("mv", "a", "z")
# A command, and those that go before it.
VERBS: dict[str, tuple[tuple[str, ...], ...]] = {
    "checkin": (CHECK_IN,),
    "tick": (("tick", "a", "second"),),
    "close": (CLOSE,),
    "reopen": (("reopen", "c"),),
    "pause": (("pause", "a"),),
    "set": (("set", "a", "due", "2027"),),
    "mv": (MV,),
    "fix": (("fix", "--yes"),),
    "undo a check-in": (CHECK_IN, ("undo",)),
    "undo a close": (CLOSE, ("undo",)),
    "undo a mv": (MV, ("undo",)),
}
CALLS = [
    name for name, one in vars(fs).items() if callable(one) and getattr(one, "__module__", "") == fs.__name__
]
Files = dict[str, bytes]


def tell(text: str) -> None:
    """Say a number that was measured: `pytest -rP` shows it."""
    sys.stdout.write(f"{text}\n")


def files(root: Path) -> Files:
    """The notes of a vault and whatever else lies among them, by path; not goalkit's own folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and write.STATE not in path.relative_to(root).parts
    }


def litter(root: Path) -> list[str]:
    """What is left over: temporary files, records that are not finished, backups that no record names, second names."""
    state = root / write.STATE
    found = [path for path in files(root) if path.endswith(".tmp") or "conflict" in path]
    found += [path for path in files(root) if os.lstat(root / path).st_nlink > 1]
    records = list((state / "journal").iterdir()) if state.is_dir() else []
    found += [path.name for path in records if path.suffix != ".done"]
    named = "".join(path.read_text(encoding="utf-8") for path in records)
    found += [path.name for path in (state / "backup").glob("*") if path.name not in named]
    found += [
        path.name
        for path in state.glob("*")
        if path.name not in ("backup", "journal", "lock", "turn", ".gitignore")
    ]
    return found


@dataclass
class Case:
    """A verb made ready: the vault before, the command, and what the files are when it passes."""

    name: str
    folder: Path
    args: tuple[str, ...] = ()
    old: Files = field(default_factory=dict)
    new: Files = field(default_factory=dict)

    def __post_init__(self) -> None:
        *before, self.args = VERBS[self.name]
        template = write_files(self.folder / "template", VAULT)
        for args in before:
            assert run("-C", template, *args).code == 0
        self.old = files(template)
        root = self.fresh()
        done = run("-C", root, *self.args)
        assert done.code == 0, done.err
        assert not litter(root)
        self.new = files(root)
        assert self.new != self.old

    def fresh(self) -> Path:
        """The vault as it is before the command."""
        root = self.folder / "vault"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.folder / "template", root)
        return root

    def problems(self, root: Path) -> list[str]:
        """What is neither old nor new right after the fault, and what is not put right by the next run."""
        now = files(root)
        found = [
            f"{path} is another"
            for path, data in now.items()
            if not path.endswith(".tmp") and data not in (self.old.get(path), self.new.get(path))
        ]
        moved = set(self.old) ^ set(self.new)
        found += [f"{path} is gone" for path in set(self.old) & set(self.new) if path not in now]
        if len(moved) == 2 and not moved & set(now):
            found.append("the renamed file has no name")
        with write.transaction(root):
            pass
        after = files(root)
        if after not in (self.old, self.new):
            found.append(
                f"neither old nor new after the next run: {sorted(set(after.items()) ^ set(self.old.items()))}"
            )
        return found + [f"left over: {name}" for name in litter(root)]


@contextmanager
def stopped(at: int, act: Callable[..., Any], *, ever_after: bool = False) -> Iterator[list[str]]:
    """Call `act` in place of the file-system call number `at` (from 1), and with `ever_after` of all that follow.

    Yields the names of the calls made.
    """
    made: list[str] = []
    originals = {name: getattr(fs, name) for name in CALLS}

    def wrapped(name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            if name == "write_new":  # it is made of others, which count
                return originals[name](*args)
            made.append(name)
            if len(made) == at or (ever_after and len(made) > at):
                return act(name, *args)
            return originals[name](*args)

        return call

    try:
        for name in CALLS:
            setattr(fs, name, wrapped(name))
        yield made
    finally:
        for name, one in originals.items():
            setattr(fs, name, one)


def failing(number: int) -> Callable[..., Any]:
    """A call that raises this error."""

    def fail(name: str, *_args: Any) -> None:
        raise OSError(number, os.strerror(number), name)

    return fail


def short(name: str, *args: Any) -> Any:
    """A write that takes one byte only; other calls work."""
    return os.write(args[0], args[1][:1]) if name == "write" else _ORIGINALS[name](*args)


_ORIGINALS = {name: getattr(fs, name) for name in CALLS}
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}


def crash_everywhere(name: str, folder: Path) -> dict[str, Any]:
    """Let the command die before its first, second, third … call; how many points there were, and what went wrong."""
    case, problems, at = Case(name, folder), list[str](), 0
    while True:
        at += 1
        root = case.fresh()
        child = os.fork()
        if not child:
            with stopped(at, lambda *_: os._exit(DEAD)):
                code = run("-C", root, *case.args).code
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code != DEAD:
            break
        problems += [f"call {at}: {problem}" for problem in case.problems(root)]
    if code or files(root) != case.new:
        problems.append(f"it never passed: {code}")
    return {"points": at - 1, "problems": problems}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        tell(json.dumps(crash_everywhere(sys.argv[1], Path(made))))
