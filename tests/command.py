"""Running goalkit in a test: a vault from texts, a command line, what came out."""

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from goalkit.cli import main

TODAY = "2026-11-20"
LOOKS = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "GITHUB_WORKSPACE")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as data."""
        import json

        return json.loads(self.out)


def run(*args: str | Path, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Done:
    """Run `goalkit ARGS` in this process; the output is no terminal."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        for name in LOOKS:
            patch.delenv(name, raising=False)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
    for stream in (out, err):
        stream.flush()
    code = left.value.code
    assert isinstance(code, int)
    text, complaint = (s.buffer.getvalue().decode(encoding) for s in (out, err))
    return Done(code, text, complaint)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A vault of these files, reckoned from TODAY unless it says otherwise; texts may be indented."""
    for path, content in ({"goalkit.toml": f'today = "{TODAY}"\n', "goals/.keep": ""} | dict(files)).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode())
    return root


def goal(title: str = "Learn SQL", body: str = "", **fields: str) -> str:
    """The text of a goal; `check_in` stands for `check-in`."""
    head = {"title": title} | {name.replace("_", "-"): value for name, value in fields.items()}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items()) + "---\n\n" + dedent(body)
