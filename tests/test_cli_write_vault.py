"""The commands that go through the vault: mv, fix, edit."""

import stat
import sys
from pathlib import Path

import pytest

from goalkit.vault import write as writer
from tests.command import goal, run, write
from tests.terminal import talk

FOREIGN = """\
---
related: "[[learn-sql|SQL]]"
list: ["[[Learn-SQL]]", other]
plain: learn-sql
# see [[learn-sql]]
---
# [[learn-sql]]

See [[learn-sql#Plan|my plan]], ![[goals/learn-sql]], [x](../goals/learn-sql.md#a), [y](goals/learn-sql.md "t"),
`[[learn-sql]]`, <!-- [[learn-sql]] -->, https://example.org/learn-sql.md, [z](https://example.org/learn-sql.md),
[[learn-sql-more]], [[more learn-sql]], [[elsewhere/learn-sql]], [[sql]], learn-sql.

| [[learn-sql\\|S]] |
| --- |

```
[[learn-sql]]
```

    [[learn-sql]]
"""
AFTER = """\
---
related: "[[know-sql|SQL]]"
list: ["[[know-sql]]", other]
plain: learn-sql
# see [[learn-sql]]
---
# [[know-sql]]

See [[know-sql#Plan|my plan]], ![[goals/know-sql]], [x](../goals/know-sql.md#a), [y](goals/know-sql.md "t"),
`[[learn-sql]]`, <!-- [[learn-sql]] -->, https://example.org/learn-sql.md, [z](https://example.org/learn-sql.md),
[[learn-sql-more]], [[more learn-sql]], [[elsewhere/learn-sql]], [[sql]], learn-sql.

| [[know-sql\\|S]] |
| --- |

```
[[learn-sql]]
```

    [[learn-sql]]
"""
VAULT: dict[str, str | bytes] = {
    "goals/learn-sql.md": goal("Learn SQL", "As [[learn-sql|this]] says.\n", aliases="sql"),
    "goals/up.md": goal("Up", needs="learn-sql, other # both"),
    "goals/list.md": "---\r\nsupports:\r\n- '[[learn-sql]]'\r\n- learn-sql-more\r\n---\r\n",
    "goals/learn-sql-more.md": goal("More"),
    "notes/foreign.md": FOREIGN,
    "notes/other.md": "Nothing.\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path, VAULT)


def text(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


# --- mv ----------------------------------------------------------------------------------------------------------


def test_mv_renames_the_file_and_every_link_and_nothing_else(vault: Path) -> None:
    done = run("-C", vault, "mv", "learn-sql", "know-sql")
    assert done.code == 0, done.err
    assert done.out.startswith("goals/learn-sql.md → goals/know-sql.md\n")
    assert "11 links renamed" in done.out
    assert not (vault / "goals/learn-sql.md").exists()
    assert text(vault, "goals/know-sql.md") == str(VAULT["goals/learn-sql.md"]).replace(
        "[[learn-sql", "[[know-sql"
    )
    assert text(vault, "goals/up.md") == str(VAULT["goals/up.md"]).replace("learn-sql,", "know-sql,")
    assert text(vault, "goals/list.md") == str(VAULT["goals/list.md"]).replace(
        "[[learn-sql]]", "[[know-sql]]"
    )
    assert text(vault, "notes/foreign.md") == AFTER
    assert text(vault, "notes/other.md") == "Nothing.\n"
    assert "GK202" not in run("-C", vault, "check").out


def test_mv_is_undone_as_one_step(vault: Path) -> None:
    run("-C", vault, "mv", "learn-sql", "know-sql")
    done = run("-C", vault, "undo")
    assert done.out.startswith("Took back: mv learn-sql know-sql\n")
    assert {path: text(vault, path) for path in VAULT} == VAULT
    assert not (vault / "goals/know-sql.md").exists()


def test_mv_shows_what_it_would_do(vault: Path) -> None:
    done = run("-C", vault, "mv", "learn-sql", "know-sql", "--dry-run")
    assert done.out.startswith(
        "rename from goals/learn-sql.md\nrename to goals/know-sql.md\n--- a/goals/learn-sql.md\n+++ b/goals/know-sql.md\n"
    )
    assert {path: text(vault, path) for path in VAULT} == VAULT
    assert not (vault / writer.STATE).exists()


def test_a_name_with_a_space_is_quoted_where_it_has_to_be(vault: Path) -> None:
    assert run("-C", vault, "mv", "learn-sql", "know sql").code == 0
    assert "[x](../goals/know%20sql.md#a)" in text(vault, "notes/foreign.md")
    assert "![[goals/know sql]]" in text(vault, "notes/foreign.md")
    assert run("-C", vault, "mv", "know sql", "learn-sql").code == 0
    assert text(vault, "goals/learn-sql.md") == VAULT["goals/learn-sql.md"]


def test_mv_changes_capitals_alone(vault: Path) -> None:
    assert run("-C", vault, "mv", "learn-sql", "Learn-SQL").code == 0
    assert sorted(p.name for p in (vault / "goals").glob("*earn-*QL.md")) == ["Learn-SQL.md"]


def test_a_relative_link_to_another_note_of_that_name_is_left(vault: Path) -> None:
    write(
        vault,
        {
            "notes/learn-sql.md": "Mine.\n",
            "notes/near.md": "[a](learn-sql.md) [b](../goals/learn-sql.md) [[notes/learn-sql]]\n",
        },
    )
    assert run("-C", vault, "mv", "goals/learn-sql", "know-sql").code == 0
    assert text(vault, "notes/near.md") == "[a](learn-sql.md) [b](../goals/know-sql.md) [[notes/learn-sql]]\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("learn-sql", "up"), "the name of goals/up.md"),
        (("up", "SQL"), "the name of goals/learn-sql.md"),
        (("learn-sql", "learn-sql"), "its name already"),
        (("learn-sql", "a/b"), "`/`"),
        (("learn-sql", "a#b"), "`#`"),
        (("learn-sql", ".hidden"), "cannot be an id"),
        (("learn-sql", "x.md"), "without `.md`"),
        (("learn-sql", "con"), "cannot be an id"),
        (("learn-sql", "x\u202e"), "cannot be an id"),
        (("learn-sq", "x"), "did you mean `learn-sql`"),
    ],
)
def test_mv_refuses_a_name_that_will_not_do(vault: Path, args: tuple[str, ...], says: str) -> None:
    done = run("-C", vault, "mv", *args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert {path: text(vault, path) for path in VAULT} == VAULT


def test_mv_refuses_as_a_whole_where_one_file_cannot_be_written(vault: Path) -> None:
    write(vault, {"goals/bad.md": "---\ndue: 31.3.2027\nsupports: '[[learn-sql]]'\n---\n"})
    done = run("-C", vault, "mv", "learn-sql", "know-sql")
    assert done.code == 2
    assert "goals/bad.md:2:6" in done.err
    assert {path: text(vault, path) for path in VAULT} == VAULT
    (vault / "goals/bad.md").unlink()
    (vault / "notes/foreign.md").chmod(0o444)
    done = run("-C", vault, "mv", "learn-sql", "know-sql")
    assert done.code == 2
    assert "read-only" in done.err
    assert {path: text(vault, path) for path in VAULT} == VAULT


def test_a_link_in_front_matter_that_cannot_be_read_is_named(vault: Path) -> None:
    write(vault, {"notes/odd.md": '---\na: &x "[[learn-sql]]"\n---\n\n[[learn-sql]]\n'})
    done = run("-C", vault, "mv", "learn-sql", "know-sql")
    assert done.code == 0, done.err
    assert "notes/odd.md:2 is left as it is" in done.err
    assert text(vault, "notes/odd.md").endswith("\n\n[[know-sql]]\n")


# --- fix ---------------------------------------------------------------------------------------------------------

FAULTY = "---\ntitle: x\nsupports: [[learn-sql]]\nvisiblity: shared\n---\n"
MENDED = '---\ntitle: x\nsupports: "[[learn-sql]]"\nvisibility: shared\n---\n'


def test_fix_shows_first_and_writes_with_yes(vault: Path) -> None:
    write(vault, {"goals/faulty.md": FAULTY})
    done = run("-C", vault, "fix")
    assert done.code == 2
    assert "--yes" in done.err
    assert '+supports: "[[learn-sql]]"\n' in done.out
    assert text(vault, "goals/faulty.md") == FAULTY
    done = run("-C", vault, "fix", "--yes")
    assert done.code == 0
    assert done.out == 'goals/faulty.md:3: supports: "[[learn-sql]]"\ngoals/faulty.md:4: visibility: shared\n'
    assert text(vault, "goals/faulty.md") == MENDED
    assert run("-C", vault, "fix").out == "Nothing to correct.\n"


def test_on_a_terminal_fix_asks(vault: Path) -> None:
    write(vault, {"goals/faulty.md": FAULTY})
    assert talk("fix", answers=["n"], cwd=vault).code == 130
    assert text(vault, "goals/faulty.md") == FAULTY
    assert talk("fix", answers=["y"], cwd=vault).code == 0
    assert text(vault, "goals/faulty.md") == MENDED


def test_a_correction_that_would_bring_an_error_is_refused(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goalkit.vault import note

    write(vault, {"goals/faulty.md": FAULTY, "goals/also.md": "---\ntitle: Also\nVisibilty: shared\n---\n"})
    right = note.quoting_edit
    monkeypatch.setattr(
        note, "quoting_edit", lambda scalar: right(scalar).__class__(scalar.span, '"' + scalar.text)
    )
    done = run("-C", vault, "fix", "--yes")
    assert done.code == 1
    assert "goals/faulty.md:3: left as it is; it cannot be corrected by itself" in done.err
    assert text(vault, "goals/also.md") == "---\ntitle: Also\nvisibility: shared\n---\n"
    assert text(vault, "goals/faulty.md") == FAULTY


# --- edit --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editor", "rest"),
    [
        ("vim", "+8 {}"),
        ("/usr/bin/nano -l", "+8 {}"),
        ("emacsclient -t", "+8 {}"),
        ("code --wait", "--goto {}:8"),
        ("hx", "{}:8"),
        ("kate", "--line 8 {}"),
        ("ed", "{}"),
    ],
)
def test_edit_opens_the_line_in_the_editors_own_way(tmp_path: Path, editor: str, rest: str) -> None:
    root = write(tmp_path, {"goals/g.md": goal("G", "## Check-ins\n\n- 2026-01-02: a\n- 2026-01-09: b\n")})
    done = run("-C", root, "edit", "g", "--dry-run", env={"VISUAL": editor, "EDITOR": "false"})
    assert done.out == f"{editor} {rest.format(root / 'goals/g.md')}\n"


def test_edit_goes_to_the_first_error_else_to_the_text(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"goals/g.md": goal("G", "\nText.\n"), "goals/bad.md": "---\ntitle: x\ndue: soon\n---\n"}
    )
    assert "+6 " in run("-C", root, "edit", "g", "--dry-run", env={"EDITOR": "vi"}).out
    assert "+3 " in run("-C", root, "edit", "bad", "--dry-run", env={"EDITOR": "vi"}).out


@pytest.mark.skipif(sys.platform == "win32", reason="a script as editor")
def test_edit_runs_the_editor_without_a_shell_and_tells_what_is_wrong_then(tmp_path: Path) -> None:
    root = write(tmp_path / "a b;c", {"goals/g.md": goal("G")})
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf -- "---\\ndue: soon\\n---\\n" > "$1"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    done = run("-C", root, "edit", "g", env={"EDITOR": str(script)})
    assert done.code == 0
    assert "goals/g.md:2:6: error" in done.err


@pytest.mark.parametrize(
    ("editor", "says"),
    [("no-such-editor-here", "could not be started"), ('"', "cannot be read"), ("false", "ended with 1")],
)
def test_an_editor_that_fails_is_one_line(vault: Path, editor: str, says: str) -> None:
    done = run("-C", vault, "edit", "learn-sql", env={"VISUAL": "", "EDITOR": editor})
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
