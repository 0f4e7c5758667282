"""Who may ask: requests for this computer by its own name, made by its own pages or by a person. Pure.

A page of another site can send requests here too. What it must not do is read the answer, under its own name
(DNS rebinding: the Host is wrong then) or under ours (its browser says where the request comes from).
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
_HOST = re.compile(
    r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?::([0-9]{1,5}))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Headers:
    """What of a request's headers decides: each is all the values given under its name."""

    host: tuple[str, ...]
    origin: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    dest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """The names under which this server may be called, beside those of the loopback, and its port.

    `addresses` allows every address in digits, for a server that listens on all of them: rebinding takes a name.
    """

    port: int
    names: frozenset[str] = frozenset()
    addresses: bool = False

    def knows_host(self, headers: Headers) -> bool:
        """Whether the request is for this server: exactly one Host, and it is one of its names."""
        if len(headers.host) != 1:
            return False
        found = _HOST.fullmatch(headers.host[0])
        if not found or (found[2] is not None and int(found[2]) != self.port):
            return False
        name = found[1].lower()
        return name in LOOPBACK or name in self.names or (self.addresses and _is_address(name))

    def trusts(self, headers: Headers, *, stream: bool = False) -> bool:
        """Whether the request comes from a page of this server, from a person, or from no browser at all.

        A person may follow a link here from anywhere; only the stream is for our own pages alone.
        """
        if any(len(values) > 1 for values in (headers.origin, headers.site, headers.mode, headers.dest)):
            return False
        own = f"http://{headers.host[0]}".lower()
        if headers.origin and headers.origin[0].lower() != own:
            return False
        site = headers.site[0] if headers.site else "none"
        if site in ("same-origin", "none"):
            return True
        return not stream and headers.mode == ("navigate",) and headers.dest == ("document",)


def headers_of(given: Iterable[tuple[str, str]]) -> Headers:
    """What decides, out of all headers."""
    named: Mapping[str, str] = {
        "host": "host",
        "origin": "origin",
        "sec-fetch-site": "site",
        "sec-fetch-mode": "mode",
        "sec-fetch-dest": "dest",
    }
    found: dict[str, tuple[str, ...]] = dict.fromkeys(named.values(), ())
    for name, value in given:
        if field := named.get(name.lower()):
            found[field] = (*found[field], value.strip())
    return Headers(**found)


def _is_address(name: str) -> bool:
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_unspecified
    except ValueError:
        return False
