"""Widths, colours, bars and tables."""

import os
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit.cli.terminal import Cell, Column, bar, cells, cut, table, wrap
from tests.command import goal, run, write

STYLE = re.compile(r"\x1b\[[0-9;]*m")
LONG = "Wörter 東京 👩‍🚀 مرحبا " * 20


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("東京", 4),
        ("e\u0301", 1),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩‍🚀", 2),
        ("❤\ufe0f", 2),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("ﬀ", 1),
        ("！", 2),
    ],
)
def test_cells_are_what_a_terminal_shows(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text(max_size=60), st.integers(min_value=2, max_value=30))
def test_cut_fits_and_keeps_the_beginning(text: str, width: int) -> None:
    short = cut(text, width)
    assert cells(short) <= width
    assert short == text or text.startswith(short.removesuffix("…").removesuffix("."))


@given(st.text(alphabet=st.characters(categories=["L", "Zs", "So", "Mn"]), max_size=120), st.integers(10, 40))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width, "  ").split("\n"))


@given(
    st.one_of(st.none(), st.fractions(min_value=0, max_value=1)),
    st.one_of(st.none(), st.fractions(min_value=0, max_value=1)),
    st.integers(4, 60).map(lambda n: n * 2),
)
def test_a_bar_has_its_width_and_one_mark_at_most(
    progress: Fraction | None, expected: Fraction | None, width: int
) -> None:
    drawn = click.unstyle(bar(progress, expected, width))
    assert cells(drawn) == width
    assert drawn.count("┃") <= 1


def test_a_bar_tells_far_from_far_enough() -> None:
    assert click.unstyle(bar(Fraction(1, 2), Fraction(3, 4), 8)) == "━━━━──┃─"
    assert click.unstyle(bar(Fraction(1), None, 8)) == "━━━━━━━━"
    assert click.unstyle(bar(Fraction(0), None, 8)) == "────────"


@given(
    st.lists(st.tuples(st.text(max_size=50), st.text(max_size=50)), min_size=1, max_size=5),
    st.integers(min_value=20, max_value=90),
)
def test_a_table_fits_whatever_it_holds(texts: list[tuple[str, str]], width: int) -> None:
    heads = [Column("id", least=8), Column("goal", least=8), Column("bar", spare=1)]
    rows = [[Cell(a.replace("\n", " ")), Cell(b.replace("\n", " ")), Cell("━" * 12)] for a, b in texts]
    for line in table(heads, rows, width):
        assert cells(click.unstyle(line)) <= width


VAULT = {
    "goals/long.md": goal(LONG, "## Check-ins\n\n- 2026-02-01: 3 — " + LONG, start="2026-01-05", due="2026-12-01", measure="9 people"),
    "goals/sinister.md": '---\ntitle: "a\\u001b[2J\\u001b]0;pwned\\u0007b\\u202eevil"\nsupports: long\ndue: 2026-11-01\n---\n- [ ] do \x1b[31mit\n',
    "values/craft.md": "---\ntitle: Craft\n---\n",
    "weekly.md": f"- [ ] {LONG} [[long]] 📅 2026-11-21\n",
}  # fmt: skip
READING = (
    ("status",),
    ("list",),
    ("show", "long"),
    ("show", "sinister"),
    ("tree",),
    ("why", "sinister"),
    ("why", "Wörter"),
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_every_line_fits_the_width(vault: Path, args: tuple[str, ...], width: int) -> None:
    done = run("-C", vault, *args, env={"COLUMNS": str(width)})
    assert done.code == 0, done.err
    wide = [line for line in done.out.splitlines() if cells(line) > width and " GK" not in line]
    assert wide == []


@pytest.mark.parametrize("args", [*READING, ("check",)], ids=" ".join)
def test_no_text_of_a_file_steers_the_terminal(vault: Path, args: tuple[str, ...]) -> None:
    done = run("-C", vault, *args, env={"FORCE_COLOR": "1"})
    bare = STYLE.sub("", done.out + done.err)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", bare)
    assert "pwned" not in bare or r"\x1b" in bare


@pytest.mark.parametrize("command", ["status", "list", "tree", "check"])
def test_colour_is_for_terminals_and_for_those_who_force_it(vault: Path, command: str) -> None:
    plain = run("-C", vault, command).out
    assert not STYLE.search(plain)
    forced = run("-C", vault, command, env={"FORCE_COLOR": "1"}).out
    assert STYLE.search(forced)
    assert STYLE.sub("", forced) == plain
    assert run("-C", vault, command, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out == plain
    assert run("-C", vault, command, env={"FORCE_COLOR": "0"}).out == plain


def on_a_terminal(*args: str | Path, **env: str) -> str:
    """What goalkit prints on a terminal of 60 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    command = [sys.executable, "-m", "goalkit", *map(str, args)]
    surroundings = clean | {"TERM": "xterm-256color", "COLUMNS": "60"} | env
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings) as running:
        os.close(theirs)
        out = b""
        while chunk := _chunk(ours):
            out += chunk
    os.close(ours)
    assert running.returncode in (0, 1), out
    return out.decode()


def _chunk(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_a_terminal_gets_colour_and_sees_that_work_is_done(vault: Path) -> None:
    shown = on_a_terminal("-C", vault, "list")
    assert "\x1b[31m" in shown
    assert "\rReading the vault …\x1b[K\r\x1b[K" in shown


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_can_do_without(vault: Path, env: dict[str, str]) -> None:
    assert not STYLE.search(on_a_terminal("-C", vault, "list", **env))


def test_into_a_pipe_nothing_is_cut(vault: Path) -> None:
    assert LONG.strip() in run("-C", vault, "list").out
