"""A vault being served in a test: a real server on the loopback, followed by real ears."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from goalkit.serve.engine import Engine
from goalkit.serve.follow import Follower, Pace, Rebuilt, listener
from goalkit.serve.server import Server

DAY = date(2026, 11, 20)
HANG = 30.0
QUICK = Pace(look=0.2, thorough=1.0)


def eventually(check: Callable[[], object], what: str = "it never came about") -> None:
    """Wait until `check` holds. The limit guards against a hang and measures nothing."""
    until = time.monotonic() + HANG
    while not check():
        assert time.monotonic() < until, what
        time.sleep(0.01)


@dataclass(frozen=True)
class Reply:
    """An answer as it came: its status, its headers by lower-case name (all values of each), its body."""

    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def parsed(raw: bytes) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    return Reply(int(first.split(" ")[1]), headers, body)


def exchange(port: int, request: bytes, *, finish: bool = False) -> bytes:
    """Send `request` as it is and read all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=HANG) as connection:
        try:
            connection.sendall(request)
            if finish:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it may hang up on us before we are done
        got = b""
        while True:
            try:
                more = connection.recv(64 * 1024)
            except ConnectionResetError:
                return got
            if not more:
                return got
            got += more


def get(port: int, target: str = "/", method: str = "GET", **headers: str) -> Reply:
    """A request as a browser would send it; `Sec_Fetch_Site` stands for `Sec-Fetch-Site`."""
    given = {"Host": f"127.0.0.1:{port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return parsed(exchange(port, f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")))


@dataclass
class Served:
    """What runs, and what it told."""

    root: Path
    engine: Engine
    server: Server
    rebuilt: list[Rebuilt] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, target: str = "/", method: str = "GET", **headers: str) -> Reply:
        return get(self.port, target, method, **headers)

    def shows(self, text: str, target: str = "/goals.html") -> bool:
        return text in self.get(target).text

    def pages(self) -> dict[str, bytes]:
        """Every page as it is now."""
        return dict(self.server.shelf.site.pages)


def clean(root: Path, day: date = DAY, *, shared: bool = False) -> dict[str, bytes]:
    """Every page of a build from nothing."""
    engine = Engine(root, lambda config: config.today or day, shared=shared)
    return dict(engine.build(engine.look(0.0)).pages)


@contextmanager
def serving(
    root: Path,
    *,
    shared: bool = False,
    poll: float | None = None,
    pace: Pace = QUICK,
    day: Callable[[], date] = lambda: DAY,
) -> Iterator[Served]:
    """Serve `root` on a free port of the loopback, until the block ends."""
    engine = Engine(root, lambda config: config.today or day(), shared=shared)
    said: list[str] = []
    served = Served(
        root, engine, Server("127.0.0.1", 0, engine.build(engine.look(0.0)), said.append), said=said
    )

    def show(rebuilt: Rebuilt) -> None:
        served.server.publish(rebuilt.site)
        served.rebuilt.append(rebuilt)

    follower = Follower(engine, listener(root, [root / "site"], poll=poll), show, said.append, pace)
    thread = threading.Thread(target=follower.run, daemon=True)
    served.server.start()
    thread.start()
    try:
        yield served
    finally:
        follower.stop()
        thread.join(timeout=HANG)
        served.server.stop()
        assert not thread.is_alive()


def numbered(count: int, **more: str) -> Mapping[str, str]:
    """The files of a vault of so many goals."""
    files = {
        f"goals/goal-{n:04}.md": f"---\ntitle: Goal number {n}\ndue: 2026-12-31\nmeasure: {n + 2} pages\n"
        "visibility: shared\n---\n\n## Check-ins\n\n- 2026-11-02: 1\n"
        for n in range(count)
    }
    return files | more
