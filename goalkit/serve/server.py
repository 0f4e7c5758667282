"""Serving a site over HTTP: to this computer, from memory, reading only.

The standard library's server with a handler of our own: it reads one request a connection under limits, lets the guard
decide, and looks addresses up among those of the site. No address is ever a path on the disk. It listens on the
loopback unless told otherwise, so what matters is to refuse; for that, few lines that can be read are worth more than
the speed of a larger server.
"""

import contextlib
import io
import os
import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import cast

from goalkit.serve import live
from goalkit.serve.engine import Site
from goalkit.serve.guard import Guard, headers_of
from goalkit.serve.live import Answer, Shelf

PATIENCE = 10.0
"""Seconds for a client to send its request, and to take the answer."""
BEAT, CHECK = 5.0, 1.0
"""Seconds between two words on a stream on which nothing happens, and between two looks whether somebody listens."""
LIMIT = 16 * 1024
"""Bytes of a request's head."""
CONNECTIONS, STREAMS = 64, 32

_HEADERS = {
    "Content-Security-Policy": live.POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Connection": "close",
}
_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \t]*[\x20-\x7e\t\x80-\xff]*")
_REQUEST = re.compile(rb"[A-Za-z]{1,16} [\x21-\x7e]+ HTTP/1\.[01]")
_SAYS = {
    400: "This is not a request that goalkit understands.",
    403: "Another site asked for this page; goalkit answers its own pages only.",
    405: "Pages here can be read, and nothing else.",
    408: "The request took too long.",
    421: "goalkit answers only under the address that it printed in the terminal, with the same port.",
    431: "The request is too long.",
    500: "This page could not be made; the terminal says why.",
    503: "Too many connections at once.",
}


class _Refused(Exception):
    """The request gets this status and nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Server(socketserver.ThreadingTCPServer):
    """Serves the newest site it was given. Raises OSError where the address cannot be had."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # On Windows this would let another program take the port over.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self,
        host: str,
        port: int,
        site: Site,
        say: Callable[[str], None],
        *,
        names: frozenset[str] = frozenset(),
    ) -> None:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        self.address_family = family
        self.shelf, self.say = Shelf(site), say
        self._news = threading.Condition()
        self._closing = False
        self._slots = threading.BoundedSemaphore(CONNECTIONS)
        self._stream_slots = threading.BoundedSemaphore(STREAMS)
        self._silent: dict[socket.socket, None] = {}
        self._silent_lock = threading.Lock()
        super().__init__(cast("tuple[str, int]", address[:2]), Handler)
        self.guard = Guard(self.port, names, addresses=host in ("0.0.0.0", "::"))  # noqa: S104 - asked for

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def publish(self, site: Site) -> None:
        """Serve `site` from now on, and tell all streams."""
        with self._news:
            self.shelf = Shelf(site)
            self._news.notify_all()

    def version_after(self, version: int, seconds: float) -> int | None:
        """The number of the newest site, at once if it is not `version`, else when it changes or time is up.

        None when the server is closing.
        """
        with self._news:
            self._news.wait_for(lambda: self._closing or self.shelf.site.version != version, timeout=seconds)
            return None if self._closing else self.shelf.site.version

    def start(self) -> None:
        """Serve in a thread of its own until `stop`."""
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.1}, name="goalkit-serve", daemon=True
        ).start()

    def stop(self) -> None:
        """End all streams, then the server."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        self.shutdown()
        self.server_close()

    def take_stream(self) -> bool:
        """Whether one more stream may run; who took one gives it back."""
        return self._stream_slots.acquire(blocking=False)

    def give_stream(self) -> None:
        """A stream has ended."""
        self._stream_slots.release()

    @contextlib.contextmanager
    def silent(self, connection: socket.socket) -> Iterator[None]:
        """For as long as a client has not sent its request, it makes room when others need it."""
        with self._silent_lock:
            self._silent[connection] = None
        try:
            yield
        finally:
            with self._silent_lock:
                self._silent.pop(connection, None)

    def _make_room(self) -> None:
        """Hang up on the client that has been silent for longest."""
        with self._silent_lock:
            oldest = next(iter(self._silent), None)
            if oldest is not None:
                del self._silent[oldest]
                with contextlib.suppress(OSError):
                    oldest.shutdown(socket.SHUT_RDWR)

    # ---- what the standard library calls ----

    def process_request(self, request: object, client_address: object) -> None:
        """A thread for the connection. Where all are taken somebody must go: who says nothing, or the newcomer."""
        connection = cast("socket.socket", request)
        if not self._slots.acquire(blocking=False):
            self._make_room()
            if not self._slots.acquire(timeout=0.2):
                self.shutdown_request(connection)
                return
        try:
            super().process_request(connection, client_address)
        except RuntimeError:  # no thread to be had
            self._slots.release()
            self.shutdown_request(connection)

    def process_request_thread(self, request: object, client_address: object) -> None:
        """One connection, from its first byte to its end."""
        try:
            super().process_request_thread(cast("socket.socket", request), client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whatever went wrong with one connection concerns that one only."""


class Handler(BaseHTTPRequestHandler):
    """One request: read under limits, judged, answered, closed."""

    server: Server
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer; a client that has gone is no news."""
        self.command, self.requestline, self.request_version = "", "", self.protocol_version
        self.close_connection = True
        try:
            try:
                self._answer(self._read())
            except _Refused as refused:
                self._refuse(refused.status)
        except OSError:
            return

    # ---- reading ----

    def _read(self) -> str:
        """Read the request's head and return its target. Raises _Refused, or OSError where the client has gone."""
        with self.server.silent(self.connection):
            line, _, rest = self._head().partition(b"\r\n")
        if not _REQUEST.fullmatch(line) or not all(
            _LINE.fullmatch(one) for one in rest.split(b"\r\n") if one
        ):
            raise _Refused(400)
        self.rfile.close()
        self.raw_requestline, self.rfile = line + b"\r\n", io.BytesIO(rest + b"\r\n\r\n")
        if not self.parse_request():
            raise ConnectionAbortedError  # it has been answered
        return line.split(b" ")[1].decode("ascii")

    def _head(self) -> bytes:
        """All up to the empty line, in the time and size that it may take."""
        until, head = time.monotonic() + PATIENCE, b""
        while b"\r\n\r\n" not in head:
            left = until - time.monotonic()
            if b"\n\n" in head:
                raise _Refused(400)
            if left <= 0:
                raise _Refused(408)
            self.connection.settimeout(left)
            try:
                more = self.connection.recv(4096)
            except TimeoutError:
                raise _Refused(408) from None
            if not more:
                raise _Refused(400) if head else ConnectionAbortedError
            head += more
            if len(head) > LIMIT:
                raise _Refused(431)
        return head.partition(b"\r\n\r\n")[0]

    def handle_expect_100(self) -> bool:
        """No body is wanted, so none is asked for."""
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the standard library found wrong with the request's form is told like everything else."""
        self._refuse(code if code < 500 else 400)

    # ---- answering ----

    def _answer(self, target: str) -> None:
        headers = headers_of(self.headers.items())
        stream = target == f"/{live.STREAM}"
        if not self.server.guard.knows_host(headers):
            raise _Refused(421)
        if self.command not in ("GET", "HEAD"):
            raise _Refused(405)
        if not self.server.guard.trusts(headers, stream=stream):
            raise _Refused(403)
        if stream:
            self._stream()
            return
        status, answer = self._found(target)
        tag = f'"{answer.tag}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, answer.kind, b"", {"ETag": tag})
        else:
            self._send(status, answer.kind, answer.body, {"ETag": tag})

    def _found(self, target: str) -> tuple[HTTPStatus, Answer]:
        shelf = self.server.shelf
        try:
            found = shelf.find(target)
            return (HTTPStatus.OK, found) if found else (HTTPStatus.NOT_FOUND, shelf.lost())
        except Exception as error:
            self.server.say(f"{target} could not be made: {type(error).__name__}: {error}")
            raise _Refused(500) from error

    def _stream(self) -> None:
        """The number of each version, as it comes; the same one again from time to time."""
        if not self.server.take_stream():
            raise _Refused(503)
        try:
            self._begin(HTTPStatus.OK, "text/event-stream; charset=utf-8", {})
            if self.command == "HEAD":
                return
            told, at = -1, 0.0
            while (version := self.server.version_after(told, CHECK)) is not None and self._is_there():
                if version != told or time.monotonic() >= at + BEAT:
                    self.connection.settimeout(PATIENCE)
                    self.wfile.write(f"data: {version}\n\n".encode())
                    told, at = version, time.monotonic()
        finally:
            self.server.give_stream()

    def _is_there(self) -> bool:
        self.connection.settimeout(0)
        try:
            return bool(self.connection.recv(1))
        except BlockingIOError:
            return True

    def _refuse(self, status: int) -> None:
        text = _SAYS.get(status, HTTPStatus(status).phrase)
        more = {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._send(HTTPStatus(status), "text/plain; charset=utf-8", f"{text}\n".encode(), more)
        self._drain()

    def _send(self, status: HTTPStatus, kind: str, body: bytes, more: dict[str, str]) -> None:
        if status != HTTPStatus.NOT_MODIFIED:
            more = {"Content-Length": str(len(body)), **more}
        self._begin(status, kind, more)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.connection.settimeout(PATIENCE)
        self.send_response_only(status)
        for name, value in {"Content-Type": kind, **more, **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()

    def _drain(self) -> None:
        """Take what the client still sends, within limits: closing on it could cost it the answer."""
        self.connection.shutdown(socket.SHUT_WR)
        until = time.monotonic() + 1
        for _ in range(64):
            self.connection.settimeout(max(0.01, until - time.monotonic()))
            if time.monotonic() > until or not self.connection.recv(16 * 1024):
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Requests are nobody's business."""
