"""What a served page has more than a built one: the script that follows the vault, and what must be told. Pure.

The policy of a built page allows no connection at all and stands in the page; that of a served page allows one to its
own server and stands in the headers of the answer.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from goalkit.serve.engine import Notice, Site
from goalkit.text import visible

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STREAM = "live"
_FIRST, _LOST = "index.html", "404.html"
_MOST = 3
_META_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"<>]*">\n?')
_RELATIVE = re.compile(rb'\b(href|src)="(?![a-z][a-z0-9+.-]*:|[/#])', re.IGNORECASE)
_CODE = re.compile(r"`([^`]+)`")
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes for an address, what they are, and the tag that changes with them."""

    body: bytes
    kind: str
    tag: str


class Shelf:
    """A site as it is served: by address, each page dressed when it is first asked for."""

    __slots__ = ("_answers", "site")

    def __init__(self, site: Site) -> None:
        self.site = site
        self._answers: dict[str, Answer] = {}

    def find(self, target: str) -> Answer | None:
        """What stands at `/…`, none for anything that is not exactly the address of a page or file."""
        path = _FIRST if target == "/" else target.removeprefix("/") if target.startswith("/") else ""
        if path in _OWN:
            return _OWN[path]
        if path not in self.site.pages:
            return None
        if path not in self._answers:
            self._answers[path] = self._answer(path, self.site.pages[path])
        return self._answers[path]

    def lost(self) -> Answer:
        """What to say where there is nothing; its links lead home from any depth."""
        if "" not in self._answers:
            page = _RELATIVE.sub(rb'\1="/', self.site.pages[_LOST])
            self._answers[""] = self._answer(_LOST, page)
        return self._answers[""]

    def _answer(self, path: str, content: bytes) -> Answer:
        return dressed(content, self.site.notices) if path.endswith(".html") else _plain(path, content)


def dressed(page: bytes, notices: Sequence[Notice]) -> Answer:
    """`page` with the script, the notices, and no policy of its own. The script knows the tag."""
    body = _banner(notices).encode("utf-8", "replace")
    tag = _tag(page + body)
    head = (
        f'<link rel="stylesheet" href="/live.css">\n<script src="/live.js" data-tag="{tag}" defer></script>\n'
    )
    page = _META_POLICY.sub(b"", page, count=1)
    page = page.replace(b"</head>", head.encode() + b"</head>", 1)
    before, end, after = page.rpartition(b"</body>")
    return Answer(before + body + end + after, _kind(_FIRST), tag)


def _banner(notices: Sequence[Notice]) -> str:
    told = [_line(notice) for notice in notices[:_MOST]]
    if len(notices) > _MOST:
        told.append(f"<p>and {len(notices) - _MOST:,} more: the terminal names them all</p>")
    return (
        '<aside class="live" id="live" aria-label="goalkit serve">\n'
        f'<div id="live-notices" role="status">{"".join(told)}</div>\n'
        '<p id="live-away" role="status"></p>\n</aside>\n'
    )


def _line(notice: Notice) -> str:
    texts = (notice.place, notice.message, notice.hint)
    place, message, hint = (_CODE.sub(r"<code>\1</code>", escape(visible(text))) for text in texts)
    if not place:
        return f"<p><b>{message}.</b> {hint[:1].upper()}{hint[1:]}.</p>"
    todo = f"; {hint}" if hint else ""
    return f"<p><b><code>{place}</code></b> {message}{todo}. <i>Until then it is shown as it was.</i></p>"


def _plain(path: str, body: bytes) -> Answer:
    return Answer(body, _kind(path), _tag(body))


def _kind(path: str) -> str:
    return f"{_TYPES[path.rsplit('.', 1)[-1]]}; charset=utf-8"


def _tag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


_OWN = {
    name: _plain(name, resources.files("goalkit.serve").joinpath(name).read_bytes())
    for name in ("live.js", "live.css")
}
