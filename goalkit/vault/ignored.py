"""Which paths a list of `.gitignore` patterns leaves out, as gitignore(5) has it."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<deep>(?:^|(?<=/))\*\*/)|(?P<below>/\*\*$)|(?P<any>\*+)|(?P<one>\?)"
    r"|\[(?P<not>[!^]?)(?P<set>\]?[^\]]*)\]|\\(?P<plain>.)|(?P<self>.)",
    re.DOTALL,
)


class _Rule(NamedTuple):
    kept: bool
    folders_only: bool
    pattern: re.Pattern[str]


def matcher(lines: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path below the folder of the patterns is left out; a folder's path ends with `/`.

    The last pattern that matches decides. A pattern that cannot be read matches nothing.
    """
    rules = [rule for line in lines if (rule := _rule(line))]

    def leaves_out(path: str) -> bool:
        folder, name = path.endswith("/"), path.rstrip("/")
        for rule in reversed(rules):
            if (folder or not rule.folders_only) and rule.pattern.fullmatch(name):
                return not rule.kept
        return False

    return leaves_out


def _rule(line: str) -> _Rule | None:
    text = re.sub(r"(?<!\\)[ \t]+$", "", line.rstrip("\r\n"))
    if not text or text.startswith("#"):
        return None
    kept = text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    anywhere = "/" not in text
    text = text.removeprefix("/")
    if not text:
        return None
    body = "".join(_translated(token) for token in _TOKEN.finditer(text))
    try:
        return _Rule(kept, folders_only, re.compile(("(?:.*/)?" if anywhere else "") + body, re.DOTALL))
    except re.error:
        return None


def _translated(token: re.Match[str]) -> str:
    if token["deep"]:
        return "(?:.*/)?"
    if token["below"]:
        return "/.*"
    if token["any"]:
        return "[^/]*"
    if token["one"]:
        return "[^/]"
    if token["set"]:
        inside = (
            token["set"].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
        )
        return f"(?!/)[{'^' if token['not'] else ''}{inside}]"
    return re.escape(token["plain"] or token["self"] or token[0])
