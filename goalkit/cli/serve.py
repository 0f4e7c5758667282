"""`goalkit serve`: the dashboard in the browser, following the vault as it is edited."""

import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goalkit.cli.following import PollCommand, Terminal, calendar, poll_option, until_stopped, vault_root
from goalkit.cli.session import Refusal, Session, vault_argument
from goalkit.cli.terminal import stage
from goalkit.text import visible

if TYPE_CHECKING:
    from goalkit.serve.engine import Site
    from goalkit.serve.follow import Rebuilt
    from goalkit.serve.server import Server

PORT = 4625  # GOAL on a telephone
_TRIED = 20
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - and how to reach it from here
_TAKEN = (errno.EADDRINUSE, errno.EACCES)


@dataclass(frozen=True, slots=True)
class Serving:
    """What was asked for."""

    host: str = "127.0.0.1"
    port: int | None = None
    open: bool = True
    poll: float | None = None
    shared: bool = False
    private_on_network: bool = False


class Port(click.ParamType[int]):
    """A port."""

    name = "port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The port, or a usage error."""
        typed = str(value).strip()
        if typed.isascii() and typed.isdigit() and int(typed[:6]) <= 65535:
            return int(typed[:6])
        return self.fail(f"`{value}` is not a port, write a number from 0 to 65535", param, ctx)


port_option = click.option(
    "--port",
    metavar="PORT",
    type=Port(),
    help=f"The port. Otherwise {PORT} or the next one that is free.",
)
open_option = click.option(
    "--open/--no-open", default=True, show_default=True, help="Open the browser, where there is a screen."
)


@click.command("serve", cls=PollCommand)
@vault_argument
@click.option(
    "--host", metavar="HOST", default="127.0.0.1", show_default=True, help="The address to listen on."
)
@port_option
@open_option
@poll_option
@click.option("--shared", is_flag=True, help="Only what is exactly `visibility: shared`.")
@click.option("--private-on-network", is_flag=True, help="With --host: let others read what is private too.")
@click.pass_context
def command(ctx: click.Context, /, vault: Path | None, **asked: Any) -> None:
    """Serve the dashboard, and follow the vault as you edit.

    Builds into memory, opens the browser, and from then on the page follows every save. Nothing is written to the
    vault. Only this computer can read the pages, unless --host says otherwise. Ctrl-C stops it.
    """
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by the group
    serve(ctx.obj, vault_root(ctx.obj, vault), Serving(**asked))


def serve(session: Session, root: Path, asked: Serving) -> None:
    """Serve the vault at `root` until stopped. Raises Refusal where the address cannot be had."""
    from goalkit.serve.engine import Engine
    from goalkit.serve.follow import Follower, listener

    loopback = is_loopback(asked.host)
    shared = asked.shared or not (loopback or asked.private_on_network)
    terminal, begun = Terminal(), time.monotonic()
    engine = Engine(root, calendar(session), shared=shared, editor="vscode" if loopback else None)
    with stage("Reading the vault"):
        look = engine.look(begun)
        site = engine.build(look)
    server = bound(asked.host, asked.port, site, terminal.say)

    def show(rebuilt: "Rebuilt") -> None:
        server.publish(rebuilt.site)
        terminal.rebuilt(rebuilt)

    with until_stopped():
        server.start()
        try:
            terminal.first(site, time.monotonic() - begun)
            follower = Follower(
                engine, listener(root, [root / look.config.out], poll=asked.poll), show, terminal.say
            )
            address = _address(asked.host, server.port)
            click.echo(f"Serving {address}")
            if not loopback:
                click.echo(_warning(shared=shared), err=True)
            click.echo(f"Watching {visible(str(root))} ({follower.how}); Ctrl-C stops it")
            if asked.open and _has_screen():
                threading.Thread(target=_open, args=(address,), daemon=True).start()
            follower.run()
        finally:
            server.stop()


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach `host`. Raises Refusal for what is no address."""
    import ipaddress

    try:
        found = socket.getaddrinfo(host or "0.0.0.0", None, type=socket.SOCK_STREAM)  # noqa: S104 - what an empty host means
        return all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_loopback for one in found)
    except (OSError, UnicodeError) as error:
        raise Refusal(f"--host {visible(host)} is no address of this computer: {error}") from error


def bound(host: str, port: int | None, site: "Site", say: Callable[[str], None]) -> "Server":
    """A server at that port; without one, at the first free port from the usual one on. Raises Refusal."""
    from goalkit.serve.server import Server

    for one in [*range(PORT, PORT + _TRIED), 0] if port is None else [port]:
        try:
            server = Server(host, one, site, say, names=_names(host))
        except OSError as error:
            if port is None and one and error.errno in _TAKEN:
                continue
            if error.errno in _TAKEN:
                raise Refusal(
                    f"port {one} is taken or not allowed; name another with --port, or leave it out"
                ) from error
            raise Refusal(f"cannot listen on {visible(host)}: {error.strerror or error}") from error
        if port is None and one != PORT:
            say(f"port {PORT} is taken, so it is {server.port}")
        return server
    raise AssertionError("port 0 is always free")


def _names(host: str) -> frozenset[str]:
    """The names under which a server on the network may be called."""
    own = socket.gethostname().lower()
    given = () if host in _EVERYWHERE else (_written(host),)
    return frozenset((*given, own, f"{own.partition('.')[0]}.local"))


def _address(host: str, port: int) -> str:
    return f"http://{_EVERYWHERE.get(host) or _written(host)}:{port}/"


def _written(host: str) -> str:
    return f"[{host.lower()}]" if ":" in host else host.lower()


def _warning(*, shared: bool) -> str:
    who = "Warning: every computer that reaches this one at that address can read these pages"
    if shared:
        return f"{who}. So only what is shared is in them; --private-on-network would serve everything."
    return f"{who}, and what is private is in them."


def _has_screen() -> bool:
    """Whether a browser can open: on a screenless Linux a text browser would take the terminal over."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open(address)
