"""`serve`, `demo` and `build --watch` as processes: what they print, what they refuse, how they end."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import click
import pytest

from goalkit import resources
from goalkit.cli import cli
from goalkit.cli import serve as serve_command
from goalkit.cli.following import summary
from goalkit.serve import sample
from goalkit.serve.engine import Change, Engine
from tests.command import goal, run, write
from tests.serving import DAY, HANG, clean, eventually, get, numbered

VAULT = {
    "goals/learn-sql.md": goal("Learn SQL", visibility="shared", due="2026-12-31"),
    "goals/secret-plan.md": goal("Leave in spring"),
}
DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
posix = pytest.mark.skipif(os.name == "nt", reason="signals differ there")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


class Running:
    """goalkit in a process of its own, its lines as they come."""

    def __init__(self, args: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-u", "-m", "goalkit", *map(str, args)]
        surroundings = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")} | (
            env or {}
        )
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=surroundings,
        )
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line.rstrip("\n"))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def says(self, pattern: str) -> re.Match[str]:
        """Wait until it has printed a line like this."""
        eventually(lambda: re.search(pattern, self.text) or self.process.poll() is not None, pattern)
        found = re.search(pattern, self.text)
        assert found, f"it never said {pattern}:\n{self.text}"
        return found

    @property
    def port(self) -> int:
        return int(self.says(r"Serving http://[^/]+:(\d+)/")[1])

    def end(self, how: int = signal.SIGINT) -> int:
        self.says("Ctrl-C stops it")
        self.process.send_signal(how)
        code = self.process.wait(timeout=HANG)
        self.reader.join(timeout=HANG)
        return code


@contextmanager
def running(*args: str | Path, env: dict[str, str] | None = None) -> Iterator[Running]:
    process = Running(args, env)
    try:
        yield process
    finally:
        process.process.kill()
        process.process.wait()
        process.reader.join(timeout=HANG)


def defaults(name: str) -> dict[str, object]:
    with cli.make_context("goalkit", [name], resilient_parsing=True) as ctx:
        command = cli.get_command(ctx, name)
    assert command
    with command.make_context(name, []) as inner:
        return dict(inner.params)


def test_the_defaults_are_what_the_help_says() -> None:
    assert defaults("serve") == {
        "vault": None,
        "host": "127.0.0.1",
        "port": None,
        "open": True,
        "poll": None,
        "shared": False,
        "private_on_network": False,
    }
    assert defaults("demo") == {"port": None, "open": True, "poll": None}
    assert (defaults("build")["watch"], defaults("build")["poll"]) == (False, None)


@pytest.mark.parametrize(
    ("typed", "vault", "poll"),
    [
        (["--poll"], None, 1.0),
        (["--poll", "here"], Path("here"), 1.0),
        (["here", "--poll"], Path("here"), 1.0),
        (["--poll=5"], None, 5.0),
        (["--poll", "0.5", "here"], Path("here"), 0.5),
        (["--poll", "--no-open"], None, 1.0),
        (["here"], Path("here"), None),
    ],
)
def test_poll_may_stand_alone(typed: list[str], vault: Path | None, poll: float | None) -> None:
    with serve_command.command.make_context("serve", typed) as ctx:
        assert (ctx.params["vault"], ctx.params["poll"]) == (vault, poll)


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf", "99999"])
def test_poll_takes_sensible_seconds(seconds: str) -> None:
    with pytest.raises(click.BadParameter):
        serve_command.command.make_context("serve", [f"--poll={seconds}"])


@pytest.mark.parametrize("args", [("serve",), ("build", "--watch")])
def test_without_a_vault_it_is_one_line(tmp_path: Path, args: tuple[str, ...]) -> None:
    done = run("-C", tmp_path, *args)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


@posix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_follows_and_ends(vault: Path, how: int) -> None:
    with running("serve", vault, "--port", "0") as serving:
        port = serving.port
        assert serving.says(r"Watching (.*) \((inotify|FSEvents|kqueue)\)")[1] == str(vault)
        assert "Learn SQL" in get(port, "/goals.html").text
        assert "Leave in spring" in get(port, "/goals.html").text
        (vault / "goals/learn-sql.md").write_text(goal("Learn SQL well"))
        serving.says(r"\d\d:\d\d:\d\d rebuilt in [\d.]+ m?s: goals/learn-sql.md changed")
        assert "Learn SQL well" in get(port, "/goals.html").text
        assert serving.end(how) == 0
        assert serving.lines[-1] == "Stopped."
        assert "Traceback" not in serving.text
    with pytest.raises(ConnectionRefusedError):
        get(port)


def test_problems_stand_between_two_lines_that_an_editor_can_find(vault: Path) -> None:
    with running("serve", vault, "--port", "0") as serving:
        serving.says("Ctrl-C")
        for _ in range(2):
            (vault / "goals/learn-sql.md").write_text("---\ntitle: [\n---\n")
            serving.says(r"problems:\n(.*\n)+.*rebuilt in")
            (vault / "goals/learn-sql.md").write_text(goal("Learn SQL"))
            serving.says(
                r"problems: none\n.*rebuilt in.*can be read again|problems: none\n.*rebuilt in.*changed"
            )
            block = re.search(r"(?s)problems:\n(.*?)\n\S+ rebuilt in.*?\(1 error\)", serving.text)
            assert block
            assert re.fullmatch(r"goals/learn-sql\.md:\d+:\d+: error GK\d+: .*", block[1])
            serving.lines.clear()


def test_of_very_many_problems_the_worst_are_listed(tmp_path: Path) -> None:
    faults = {f"goals/a{n:03}.md": goal(f"A {n}", supports='"[[nobody]]"') for n in range(150)}
    vault = write(tmp_path, {**faults, "goals/z.md": "---\ntitle: [\n---\n"})
    with running("serve", vault, "--port", "0") as serving:
        serving.says(r"and 51 more: `goalkit check` lists them all\n.* built in .*\(1 error, 150 warnings\)")
        assert serving.lines[1].startswith("goals/z.md:")


def test_the_problem_matcher_in_the_docs_reads_its_lines() -> None:
    import json

    page = (Path(__file__).parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
    (task,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    matcher = task["tasks"][0]["problemMatcher"]
    begins, ends = (re.compile(matcher["background"][name]) for name in ("beginsPattern", "endsPattern"))
    assert begins.search("10:41:07 problems:")
    assert begins.search("10:41:07 problems: none")
    assert ends.search("10:41:07 rebuilt in 12 ms: goals/a.md changed (1 error)")
    assert ends.search("10:41:07 built in 1.2 s: 50 goals")
    assert not begins.search("10:41:07 rebuilt in 12 ms: problems: none")
    line = "goals/a.md:2:8: error GK105: a bracket is opened and not closed; quote it"
    assert re.match(matcher["pattern"]["regexp"], line)


def test_a_taken_port_is_passed_over_unless_it_was_asked_for(vault: Path) -> None:
    with running("serve", vault) as first:
        port = first.port
        with running("serve", vault) as second:
            assert second.port != port
        done = run("serve", vault, "--port", str(port), "--no-open")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert f"port {port} is taken" in done.err


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.7", "1.2.3.4.5", "\x00", "x" * 300])
def test_a_host_that_is_not_ours_is_one_line(vault: Path, host: str) -> None:
    done = run("serve", vault, f"--host={host}", "--no-open")
    assert (done.code, done.err.count("\n")) == (2, 1)


def own_address() -> str | None:
    """An address of this computer that is not the loopback, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return None
        found = str(probe.getsockname()[0])
        return None if found.startswith("127.") else found


@pytest.mark.parametrize(("private", "expected"), [(False, False), (True, True)])
def test_on_the_network_only_what_is_shared_is_served(vault: Path, private: bool, expected: bool) -> None:
    write(vault, {"goalkit.toml": f'today = "{DAY}"\neditor = "vscode"\n'})
    extra = ["--private-on-network"] if private else []
    with running("serve", vault, "--host", "0.0.0.0", "--port", "0", *extra) as serving:
        serving.says("Ctrl-C stops it")
        serving.says("Warning: every computer")
        page = get(serving.port, "/goals.html").text
        assert "Learn SQL" in page
        assert ("Leave in spring" in page) is expected
        assert (get(serving.port, "/goals/secret-plan.html").status == 200) is expected
        assert str(vault) not in get(serving.port, "/goals/learn-sql.html").text
        address = own_address()
        if address:
            assert get(serving.port, "/", Host=f"{address}:{serving.port}").status == 200
        for name in ("evil.example", "0.0.0.0", f"0.0.0.0:{serving.port}", "localhost.evil.example"):
            assert get(serving.port, "/", Host=name).status == 421


def test_on_the_loopback_nothing_is_warned_of(vault: Path) -> None:
    with running("serve", vault, "--host", "localhost", "--port", "0") as serving:
        serving.says("Ctrl-C stops it")
        assert "Warning" not in serving.text
        address = own_address()
        if address:
            with pytest.raises(OSError):  # noqa: PT011 - refused or unreachable
                http.client.HTTPConnection(address, serving.port, timeout=2).connect()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("", False),
        ("192.0.2.1", False),
    ],
)
def test_what_is_the_loopback(host: str, loopback: bool) -> None:
    assert serve_command.is_loopback(host) is loopback


def test_shared_is_shared_for_oneself_too(vault: Path) -> None:
    with running("serve", vault, "--shared", "--port", "0") as serving:
        assert "Leave in spring" not in get(serving.port, "/goals.html").text
        assert get(serving.port, "/health.html").status == 404
        (vault / "goals/learn-sql.md").write_text(goal("Learn SQL", visibility="private"))
        serving.says("rebuilt in")
        assert get(serving.port, "/goals/learn-sql.html").status == 404


def test_the_environment_is_heard(vault: Path) -> None:
    with running(
        "-C", vault, "serve", env={"GOALKIT_SERVE_PORT": "0", "GOALKIT_SERVE_POLL": "0.2"}
    ) as serving:
        serving.says(r"\(a look every 0\.2 s\)")


def test_the_vault_is_not_written_to(vault: Path) -> None:
    def tree() -> dict[str, tuple[int, bytes]]:
        return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in vault.rglob("*") if p.is_file()}

    before = tree()
    with running("serve", vault, "--port", "0") as serving:
        assert get(serving.port).status == 200
        serving.says("Ctrl-C")
        assert serving.end() == 0
    assert tree() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([Change("changed", "a.md")], "a.md changed"),
        ([Change("new", "a.md"), Change("gone", "b.md")], "a.md new; b.md gone"),
        ([Change("broken", "a.md")], "a.md cannot be read as it is and stays as it was"),
        ([Change("day")], "it is 2026-11-20"),
        ([Change("lost")], "the vault is lost"),
        ([Change("found"), Change("mended", "a.md")], "the vault is back; a.md can be read again"),
        (
            [Change("changed", f"{n}.md") for n in range(1300)]
            + [Change("new", f"n{n}.md") for n in range(4)],
            "1,300 files changed, 4 files new",
        ),
    ],
)
def test_a_rebuild_is_one_line_however_much_changed(changes: list[Change], said: str) -> None:
    assert summary(changes, DAY) == said


# ---- the browser ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "screen", "opens"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_the_browser_opens_where_there_is_one(
    vault: Path, monkeypatch: pytest.MonkeyPatch, asked: bool, screen: bool, opens: bool
) -> None:
    import webbrowser

    from goalkit.serve.follow import Follower

    opened: list[str] = []
    done = threading.Event()

    def note(address: str) -> bool:
        opened.append(address)
        done.set()
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if screen:
        monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(
        Follower, "run", lambda self: (done.wait(HANG) if opens else None, self._ears.close())
    )
    finished = run("serve", vault, "--port", "0", "--open" if asked else "--no-open")
    assert finished.code == 0, finished.err
    assert [re.fullmatch(r"http://127\.0\.0\.1:\d+/", one) is not None for one in opened] == [True] * opens


# ---- build --watch --------------------------------------------------------------------------------------


def written(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith(".goalkit")
    }


@pytest.mark.parametrize("shared", [False, True])
def test_build_watch_keeps_a_folder_up_to_date(vault: Path, tmp_path: Path, shared: bool) -> None:
    out = tmp_path / "out"
    with running("build", vault, "--watch", "--out", out, *(["--shared"] if shared else [])) as building:
        building.says("Ctrl-C stops it")
        assert written(out) == clean(vault, shared=shared)
        (vault / "goals/learn-sql.md").write_text(goal("Learn SQL well", visibility="shared"))
        (vault / "goals/new.md").write_text(goal("New", visibility="shared"))
        eventually(lambda: written(out) == clean(vault, shared=shared))
        (vault / "goals/new.md").unlink()
        eventually(lambda: written(out) == clean(vault, shared=shared))
        if os.name != "nt":
            assert building.end() == 0
    assert written(out) == clean(vault, shared=shared)


def test_build_watch_deletes_nothing_when_the_vault_is_lost(tmp_path: Path) -> None:
    vault = write(tmp_path / "vault", numbered(8))
    out = tmp_path / "out"
    with running("build", vault, "--watch", "--out", out) as building:
        building.says("Ctrl-C stops it")
        before = written(out)
        vault.rename(tmp_path / "away")
        building.says("The vault is not there any more")
        assert written(out) == before


def test_build_watch_refuses_what_build_refuses(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("mine")
    done = run("build", vault, "--watch", "--out", tmp_path / "other")
    assert (done.code, done.out) == (2, "")
    assert "did not write" in done.err


# ---- demo -----------------------------------------------------------------------------------------------


def temporary(folder: Path) -> dict[str, str]:
    return {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}


@posix
def test_the_demo_is_of_this_week_and_leaves_nothing(tmp_path: Path) -> None:
    with running("demo", "--port", "0", env=temporary(tmp_path)) as demo:
        root = Path(demo.says(r"copy of the sample vault: (.*)")[1])
        assert root.is_relative_to(tmp_path)
        assert time.strftime(f"{time.localtime().tm_mday} %B %Y") in get(demo.port).text
        assert get(demo.port).status == 200
        assert demo.end() == 0
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_demo_that_was_changed_stays(tmp_path: Path) -> None:
    with running("demo", "--port", "0", env=temporary(tmp_path)) as demo:
        root = Path(demo.says(r"copy of the sample vault: (.*)")[1])
        demo.says("Ctrl-C")
        (root / "goals/mine.md").write_text(goal("Mine"))
        demo.says("goals/mine.md new")
        assert demo.end() == 0
        assert demo.says("so it stays: (.*)")[1] == str(root)
    assert (root / "goals/mine.md").is_file()


@pytest.mark.parametrize("days", [0, 1, 6, 7, 13, 364, 800, -3, -400])
def test_the_demos_dates_move_by_whole_weeks(tmp_path: Path, days: int) -> None:
    from goalkit import config
    from goalkit.text import Source

    folder = resources.folder("sample-vault")
    pin = config.parse(Source("goalkit.toml", (folder / "goalkit.toml").read_text(encoding="utf-8")))[0].today
    assert pin
    today = pin + timedelta(days)
    sample.copy(tmp_path / "v", today)
    shift = timedelta(days // 7 * 7)
    assert timedelta(0) <= today - (pin + shift) < timedelta(7)
    before = DATE.findall((folder / "goals/walk-every-day.md").read_text(encoding="utf-8"))
    after = DATE.findall((tmp_path / "v/goals/walk-every-day.md").read_text(encoding="utf-8"))
    assert [date.fromisoformat(one) + shift for one in before] == [date.fromisoformat(one) for one in after]
    assert "today" not in (tmp_path / "v/goalkit.toml").read_text(encoding="utf-8")
    year, week, _ = (pin + shift).isocalendar()
    note = (tmp_path / f"v/weekly/{year}-W{week:02}.md").read_text(encoding="utf-8")
    assert note.startswith(f"# Week {week}: ")


def test_on_its_own_day_the_demo_is_the_sample_vault(tmp_path: Path) -> None:
    folder = resources.folder("sample-vault")
    pin = date(2026, 11, 18)
    sample.copy(tmp_path / "v", pin)
    for path in folder.rglob("*.md"):
        assert (tmp_path / "v" / path.relative_to(folder)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("days", [0, 3, 400])
def test_the_demo_is_without_a_fault(tmp_path: Path, days: int) -> None:
    today = date(2026, 11, 18) + timedelta(days)
    sample.copy(tmp_path / "v", today)
    engine = Engine(tmp_path / "v", lambda _config: today)
    assert engine.build(engine.look(0.0)).problems == ()
