"""The server refuses all that it should, in every form that it may come in, and lives on."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from goalkit.serve import server as serving_module
from goalkit.serve.engine import Pages
from goalkit.serve.live import POLICY
from tests.command import goal, write
from tests.serving import Reply, Served, eventually, exchange, get, parsed, serving

# watchdog says so of a folder that appears while it is being watched already.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

VAULT = {
    "goals/learn-sql.md": goal("Learn SQL", visibility="shared", due="2026-12-31"),
    "goals/secret-plan.md": goal("Leave in spring"),
    "values/craft.md": "---\ntitle: Craft\n---\n",
}
PORT = "{port}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write(tmp_path_factory.mktemp("vault"), VAULT)) as running:
        yield running


def lives(served: Served) -> bool:
    return served.get("/").status == 200 and not served.said


GOOD_HOSTS = [
    "127.0.0.1:{port}",
    "localhost:{port}",
    "[::1]:{port}",
    "LOCALHOST:{port}",
    "localhost",
    "127.0.0.1",
]
BAD_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "localhost.evil.example:{port}",
    "evil.localhost:{port}",
    "localhost.:{port}",
    "127.0.0.1.:{port}",
    "127.0.0.1.nip.io:{port}",
    "0.0.0.0:{port}",
    "0:{port}",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f.1:{port}",
    "[::]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "::1",
    "localhost:1",
    "localhost:{port}0",
    "localhost:",
    "localhost:{port}:{port}",
    "user@localhost:{port}",
    "localhost:{port}/",
    "localhost, localhost",
    "192.168.1.5:{port}",
    "[::1",
    "",
    "*",
    "a" * 3000,
]


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_it_answers_under_the_names_of_this_computer(served: Served, host: str) -> None:
    assert served.get("/", Host=host.replace(PORT, str(served.port))).status == 200


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_under_any_other_name_it_does_not(served: Served, host: str) -> None:
    reply = served.get("/", Host=host.replace(PORT, str(served.port)))
    assert reply.status == 421
    assert "Learn SQL" not in reply.text
    assert lives(served)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "Host: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\n",
        "Host: evil.example\r\nHost: 127.0.0.1:{port}\r\n",
        "host: 127.0.0.1:{port}\r\nHOST: evil.example\r\n",
    ],
)
def test_without_a_host_or_with_two_it_does_not_either(served: Served, lines: str) -> None:
    given = lines.replace(PORT, str(served.port))
    assert parsed(exchange(served.port, f"GET / HTTP/1.1\r\n{given}\r\n".encode())).status == 421


PATHS = [
    "/..",
    "/../",
    "/../../etc/passwd",
    "/./index.html",
    "/goals/../index.html",
    "/goals/../../goals/learn-sql.md",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/%252e%252e/etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/..%5c..%5cwindows/win.ini",
    "/..\\..\\windows\\win.ini",
    "/\\etc\\passwd",
    "//",
    "//etc/passwd",
    "//evil.example/",
    "//index.html",
    "///index.html",
    "/\\evil.example",
    "/%00",
    "/index.html%00",
    "/index.html%00.css",
    "/C:/windows/win.ini",
    "/C:%5cwindows",
    "/file:///etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "http://evil.example/index.html",
    "/index.html/",
    "/index.html/..",
    "/index.html?",
    "/index.html?x=1",
    "/index.html;x",
    "/index.html#top",
    "/INDEX.HTML",
    "/index",
    "/goals",
    "/goals/",
    "/values/",
    "/goals/learn-sql",
    "/goals/learn-sql.md",
    "/goals/learn-sql.html/",
    "/goals/learn%2dsql.html",
    "/goals//learn-sql.html",
    "/Goals/learn-sql.html",
    "/goals/nobody.html",
    "/goalkit.toml",
    "/.goalkit/",
    "/.goalkit-site.json",
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/site/index.html",
    "/templates/base.html",
    "/live/",
    "/live.js/",
    "/live.py",
    "/server.py",
    "/favicon.ico",
    "/robots.txt",
    "/~root/",
    "/etc/passwd",
    "/proc/self/environ",
    "/dev/zero",
    "/__pycache__/",
    "*",
    "/*",
    "/" + "a" * 5000,
    "/" + "../" * 500,
]


@pytest.mark.parametrize("target", PATHS)
def test_what_is_no_address_of_a_page_is_not_found(served: Served, target: str) -> None:
    reply = served.get(target)
    assert reply.status == 404
    assert "location" not in reply.headers
    assert "No such page" in reply.text
    assert "root:" not in reply.text
    assert lives(served)


def test_the_links_of_what_is_not_found_lead_home_from_any_depth(served: Served) -> None:
    text = served.get("/goals/nobody.html").text
    assert 'href="/index.html"' in text
    assert 'href="/style.css"' in text
    assert 'href="index.html"' not in text


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "BREW"]
)
def test_nothing_but_reading(served: Served, method: str) -> None:
    reply = served.get("/", method)
    assert reply.status == 405
    assert reply.headers["allow"] == ["GET, HEAD"]
    assert not {name for name in reply.headers if name.startswith("access-control")}
    assert lives(served)


MALFORMED = [
    b"\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/1.1\nHost: localhost\n\n",
    b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1 x\r\nHost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
    b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: \x01\r\n\r\n",
    bytes(range(256)) + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost",
]


@pytest.mark.parametrize("request_bytes", MALFORMED)
def test_a_malformed_request_is_refused_and_no_more(served: Served, request_bytes: bytes) -> None:
    reply = parsed(exchange(served.port, request_bytes, finish=True))
    assert 400 <= reply.status < 500
    assert "Traceback" not in reply.text
    assert lives(served)


def test_a_body_is_not_waited_for(served: Served) -> None:
    head = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n"
    reply = parsed(exchange(served.port, head.encode()))
    assert reply.status == 200


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "%%%"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {"Sec-Fetch-Site": "nonsense"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("target", ["/", "/goals.json", "/live", "/live.js", "/nobody"])
def test_a_page_of_another_site_gets_nothing(served: Served, headers: dict[str, str], target: str) -> None:
    given = {name.replace("-", "_"): value.replace(PORT, str(served.port)) for name, value in headers.items()}
    reply = served.get(target, **given)
    assert reply.status == 403
    assert "Learn SQL" not in reply.text


def test_a_person_may_follow_a_link_to_here_but_not_to_the_stream(served: Served) -> None:
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert served.get("/", **link).status == 200
    assert served.get("/live", **link).status == 403


def test_our_own_pages_may_ask(served: Served) -> None:
    own = {"Origin": served.address, "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}
    assert served.get("/goals.json", **own).status == 200


def every_kind_of_answer(served: Served) -> dict[int, Reply]:
    return {
        200: served.get("/"),
        304: served.get("/", If_None_Match=served.get("/").headers["etag"][0]),
        400: parsed(exchange(served.port, b"nonsense\r\n\r\n")),
        403: served.get("/", Origin="http://evil.example"),
        404: served.get("/nobody"),
        405: served.get("/", "POST"),
        421: served.get("/", Host="evil.example"),
        431: served.get("/", X="y" * 20_000),
    }


def test_every_answer_has_all_the_headers(served: Served) -> None:
    replies = every_kind_of_answer(served)
    assert {status: reply.status for status, reply in replies.items()} == {
        status: status for status in replies
    }
    for reply in [
        *replies.values(),
        served.get("/style.css"),
        served.get("/", "HEAD"),
        served.get("/live", "HEAD"),
    ]:
        assert reply.headers["content-security-policy"] == [POLICY]
        assert reply.headers["x-content-type-options"] == ["nosniff"]
        assert reply.headers["x-frame-options"] == ["DENY"]
        assert reply.headers["referrer-policy"] == ["no-referrer"]
        assert reply.headers["cross-origin-resource-policy"] == ["same-origin"]
        assert reply.headers["cross-origin-opener-policy"] == ["same-origin"]
        assert reply.headers["cache-control"] == ["no-store"]
        assert "charset=utf-8" in reply.headers["content-type"][0]
        assert not {"server", "access-control-allow-origin", "x-powered-by"} & reply.headers.keys()


def test_the_policy_lets_nothing_in_but_our_own() -> None:
    directives = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert directives["default-src"] == "'none'"
    assert {directives[name] for name in ("script-src", "style-src", "connect-src", "font-src")} == {"'self'"}
    assert {directives[name] for name in ("base-uri", "form-action", "frame-ancestors")} == {"'none'"}
    assert "unsafe" not in POLICY


def test_head_is_get_without_the_body(served: Served) -> None:
    whole, head = served.get("/goals.html"), served.get("/goals.html", "HEAD")
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")
    assert whole.headers["content-length"] == [str(len(whole.body))]


def test_a_page_that_has_not_changed_is_not_sent_again(served: Served) -> None:
    tag = served.get("/goals.html").headers["etag"][0]
    reply = served.get("/goals.html", If_None_Match=tag)
    assert (reply.status, reply.body) == (304, b"")
    assert served.get("/goals.html", If_None_Match='"other"').status == 200
    assert f'data-tag="{tag.strip(chr(34))}"' in served.get("/goals.html").text


def test_every_file_of_the_site_is_served_as_what_it_is(served: Served) -> None:
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json"}
    for path in served.pages():
        reply = served.get(f"/{path}")
        assert reply.status == 200
        assert reply.headers["content-type"] == [f"{kinds[path.rsplit('.')[-1]]}; charset=utf-8"]


def test_it_listens_on_the_loopback_alone(served: Served) -> None:
    assert served.server.socket.getsockname()[0] == "127.0.0.1"


def test_the_stream_is_a_number_for_each_version(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as stream:
        stream.sendall(f"GET /live HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        got = b""
        while not got.endswith(b"\n\n") or b"\ndata: " not in got:
            got += stream.recv(4096)
    assert parsed(got).headers["content-type"] == ["text/event-stream; charset=utf-8"]
    number = parsed(got).text.removeprefix("data: ").strip()
    assert number == str(served.server.shelf.site.version)


def test_a_bug_in_a_page_costs_that_page_only(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble() -> bytes:
        raise KeyError("secret detail")

    site = served.server.shelf.site
    makes: dict[str, Callable[[], bytes]] = {
        path: partial(site.pages.__getitem__, path) for path in site.pages
    }
    pages = Pages(makes | {"goals.html": stumble})
    monkeypatch.setattr(served.server.shelf, "site", replace(site, pages=pages))
    monkeypatch.setattr(served.server.shelf, "_answers", {})
    reply = served.get("/goals.html")
    assert reply.status == 500
    assert "secret detail" not in reply.text
    assert reply.headers["content-security-policy"] == [POLICY]
    assert served.get("/index.html").status == 200
    assert "KeyError" in served.said.pop()


# ---- load -----------------------------------------------------------------------------------------------


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def test_hundreds_who_say_nothing_keep_nobody_out(served: Served) -> None:
    silent = []
    for _ in range(500):
        silent.append(connect(served.port))
        silent[-1].sendall(b"GET / HT")
    try:
        assert [served.get("/").status for _ in range(20)] == [200] * 20
    finally:
        for connection in silent:
            connection.close()
    assert lives(served)


def test_who_is_too_slow_is_told_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving_module, "PATIENCE", 0.3)
    with connect(served.port) as slow:
        got = b""
        for letter in b"GET / HTTP/1.1\r\nHost: localhost\r\n" * 20:
            try:
                slow.sendall(bytes([letter]))
                time.sleep(0.02)
            except OSError:
                break
        while more := slow.recv(4096):
            got += more
    assert parsed(got).status == 408


def test_who_goes_away_in_the_middle_is_no_news(served: Served) -> None:
    for _ in range(50):
        with connect(served.port) as gone:
            gone.sendall(f"GET /goals.html HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert lives(served)


def test_streams_are_limited_and_give_their_place_back(tmp_path: Path) -> None:
    with serving(write(tmp_path, VAULT)) as served, ExitStack() as streams:
        request = f"GET /live HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode()

        def runs(stream: socket.socket) -> bool:
            stream.sendall(request)
            return b"200" in stream.recv(100)

        assert all(runs(streams.enter_context(connect(served.port))) for _ in range(serving_module.STREAMS))
        assert parsed(exchange(served.port, request)).status == 503
        assert served.get("/").status == 200
        streams.close()
        eventually(lambda: runs(streams.enter_context(connect(served.port))))


def test_many_readers_at_once(served: Served) -> None:
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: get(served.port, "/goals.html"), range(200)))
    assert {(reply.status, reply.body) for reply in replies} == {(200, served.get("/goals.html").body)}


def test_it_ends_while_streams_run(tmp_path: Path) -> None:
    with serving(write(tmp_path, VAULT)) as running:
        streams = [connect(running.port) for _ in range(5)]
        for stream in streams:
            stream.sendall(f"GET /live HTTP/1.1\r\nHost: localhost:{running.port}\r\n\r\n".encode())
            assert stream.recv(15)
    for stream in streams:
        while stream.recv(4096):
            pass
        stream.close()
    with pytest.raises(ConnectionRefusedError):
        connect(running.port)
