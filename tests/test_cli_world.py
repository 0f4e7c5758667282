"""The command line itself: options, environment, the day, exit codes, and what must not be loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from goalkit import cli as command_line
from goalkit.cli import COMMANDS, cli
from tests.command import goal, run, write

VAULT = {
    "goals/learn-sql.md": goal("Learn SQL", start="2026-01-05", due="2026-12-31", measure="60 questions"),
    "values/craft.md": "---\ntitle: Craft\n---\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


def process(*args: str | Path, **options: object) -> "subprocess.CompletedProcess[str]":
    """goalkit in a process of its own."""
    command = [sys.executable, "-m", "goalkit", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_help_loads_nothing_that_is_heavy() -> None:
    probe = (
        "import sys\nfrom goalkit.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'yaml', 'frontmatter', 'jinja2', 'markdown_it', 'watchdog', 'json', 'goalkit.snapshot'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_help_is_the_commands_own(name: str) -> None:
    with cli.make_context("goalkit", [name], resilient_parsing=True) as ctx:
        command = cli.get_command(ctx, name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert command.help.split("\n\n")[0] == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert COMMANDS[name][1].split()[0] in done.out


def test_without_a_command_the_help_is_shown() -> None:
    done = run()
    assert "Commands:" in done.out + done.err
    assert done.code == 2


def test_version_and_module() -> None:
    from importlib.metadata import version

    assert run("--version").out == f"goalkit {version('goalkit-vault')}\n"
    assert process("--version").stdout == run("--version").out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("chek",), "did you mean `check`?"),
        (("check", "--frmat", "json"), "--format"),
        (("check", "--format", "xml"), "'json'"),
        (("--today", "tomorrow", "status"), "2026-12-31"),
        (("--today", "2026-02-30", "status"), "`2026-02-30` is not a date"),
        (("show",), "ID"),
        (("list", "--status", "actve"), "active"),
        (("list", "--due-before", "soon"), "2026-Q4"),
        (("explain", "GK999"), "GK"),
        (("completion", "powershell"), "fish"),
    ],
)
def test_a_mistake_is_one_line_on_stderr_and_leaves_with_2(args: tuple[str, ...], says: str) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("goalkit: ")
    assert done.err.count("\n") == 1
    assert says in done.err


@pytest.mark.parametrize("command", ["status", "list", "tree", "check", "build", "export"])
def test_where_there_is_no_vault_each_command_says_what_to_do(tmp_path: Path, command: str) -> None:
    done = run("-C", tmp_path, command)
    assert (done.code, done.out) == (2, "")
    assert "goals" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("name", ["missing", "file.txt", "nul\\x00", "a" * 300])
def test_a_place_that_is_no_folder_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("")
    done = run("-C", tmp_path / name, "status")
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_what_was_typed_reaches_the_terminal_harmless() -> None:
    done = run("show\x1b[2J\u202e")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err


def test_a_folder_inside_the_vault_will_do(vault: Path) -> None:
    assert run("-C", vault / "goals", "list").out == run("-C", vault, "list").out != ""


@pytest.mark.parametrize(
    ("args", "env", "config", "day"),
    [
        (("--today", "2026-03-01"), {"GOALKIT_TODAY": "2026-04-01"}, "2026-05-01", "2026-03-01"),
        ((), {"GOALKIT_TODAY": "2026-04-01"}, "2026-05-01", "2026-04-01"),
        ((), {}, "2026-05-01", "2026-05-01"),
    ],
)
def test_the_day_is_the_option_the_environments_or_the_vaults(
    vault: Path, args: tuple[str, ...], env: dict[str, str], config: str, day: str
) -> None:
    write(vault, {"goalkit.toml": f'today = "{config}"\n'})
    assert run("-C", vault, *args, "status", "--json", env=env).json["today"] == day


def test_without_any_of_them_it_is_the_local_date(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from goalkit.cli import session

    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2031, 2, 3)

    monkeypatch.setattr(session, "date", Clock)
    write(vault, {"goalkit.toml": ""})
    assert run("-C", vault, "status", "--json").json["today"] == "2031-02-03"


def test_every_option_can_come_from_the_environment(vault: Path) -> None:
    assert run("list", "--json", env={"GOALKIT_VAULT": str(vault)}).json["goals"]
    done = run("-C", vault, "check", env={"GOALKIT_CHECK_FORMAT": "json"})
    assert done.json["schema"] == 1
    chosen = {"GOALKIT_LIST_STATUS": "idea", "GOALKIT_LIST_JSON": "1"}
    assert run("-C", vault, "list", env=chosen).json["goals"] == []
    assert run("-C", vault, "export", env={"GOALKIT_EXPORT_FORMAT": "csv"}).out.startswith("id,title,")


def test_a_bad_environment_says_which_one() -> None:
    done = run("status", env={"GOALKIT_TODAY": "soon"})
    assert done.code == 2
    assert "GOALKIT_TODAY" in done.err


def test_a_bug_is_one_line_that_asks_for_a_report(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit import attention

    def stumble(_plan: object) -> None:
        raise KeyError("surprise\n\x1b")

    monkeypatch.setattr(attention, "needs_now", stumble)
    done = run("-C", vault, "status")
    assert done.code == 70
    assert done.err.count("\n") == 1
    assert "KeyError" in done.err
    assert "report" in done.err


def test_what_the_world_refuses_is_one_line(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit.vault import disk

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(vault))

    monkeypatch.setattr(disk, "read", refuse)
    done = run("-C", vault, "status")
    assert (done.code, done.err) == (2, f"goalkit: {vault}: Permission denied\n")


def test_ctrl_c_leaves_quietly(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit.vault import disk

    def interrupt(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "read", interrupt)
    done = run("-C", vault, "status")
    assert done.code == 130
    assert done.err.strip() == ""


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_is_no_error(vault: Path) -> None:
    for number in range(400):
        write(vault, {f"goals/goal-{number}.md": goal(f"Goal {number}" + " long" * 40)})
    command = [sys.executable, "-m", "goalkit", "-C", str(vault), "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_terminal_with_fewer_letters_gets_plainer_signs(vault: Path) -> None:
    write(vault, {"goals/umlaut.md": goal("Grüße an 東京", supports='"[[learn-sql]]"')})
    for command in ("list", "tree", "status", "check"):
        assert run("-C", vault, command, encoding="latin-1").code == 0
    assert "Grüße an ??" in run("-C", vault, "list", encoding="latin-1").out
    assert "`- - Grüße" in run("-C", vault, "tree", encoding="latin-1").out


def test_the_table_of_commands_names_real_modules() -> None:
    folder = Path(command_line.__file__).parent
    assert [m for m, _ in COMMANDS.values() if not (folder / f"{m}.py").is_file()] == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("status", "--today", "2026-12-09"), "`goalkit --today 2026-12-09 status`"),
        (("status", "--today=2026-12-09"), "`goalkit --today=2026-12-09 status`"),
        (("show", "x", "-C", "v w"), "`goalkit -C 'v w' show x`"),
        (("--json", "status"), "`--json` stands behind the command: `goalkit status --json`"),
        (("stat",), "did you mean `status`?"),
        (("comp",), "did you mean `completion`?"),
        (("completion",), "write bash, zsh or fish"),
        (("check", __file__), "check takes the vault, not a file: "),
        (("-C", __file__, "status"), "-C takes the vault, not a file: "),
        (("serve", "--port", "abc"), "`abc` is not a port, write a number from 0 to 65535"),
    ],
)
def test_a_slip_of_the_command_is_answered_with_what_to_type(args: tuple[str, ...], says: str) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1
    assert r"\x" not in done.err
