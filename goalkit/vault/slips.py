"""What is wrong with a line of front matter, in our words: the parser's complaint, and what to type instead."""

import re
from collections.abc import Callable
from typing import NamedTuple

from goalkit.vault import wiki

_LEAD = r"\s*(?:- )?(?:[\w-]+:\s+)?"
_SPECIAL_START = re.compile(_LEAD + r"([*&!@`%?|>-])")
_BRACKET_START = re.compile(r"\s*(?:- )?[\w-]+:\s+[\[{]")


class Slip(NamedTuple):
    """What is wrong, what to type, and where in the front matter (a character offset)."""

    message: str
    hint: str
    at: int


class Complaint(NamedTuple):
    """What the parser said (`problem`) of `block`, at offset `at`, of something that began at `begun`."""

    block: str
    problem: str
    at: int
    begun: int

    @property
    def line(self) -> str:
        """The line at `at`."""
        return line_of(self.block, self.at)


def explain(complaint: Complaint) -> Slip:
    """The likeliest slip behind a complaint; a general word where none is likely."""
    for slip in _SLIPS:
        if found := slip(complaint):
            return found
    hint = "write one `key: value` a line; quote values with special characters"
    return Slip("the front matter is not YAML here", hint, complaint.at)


def line_of(block: str, index: int) -> str:
    """The line of `block` at `index`."""
    return block[block.rfind("\n", 0, index) + 1 :].split("\n", 1)[0].rstrip()


def spaced(line: str) -> str:
    """What to type where no plain space stands after the colon; empty where that is not what is wrong."""
    found = re.match(r"\s*([A-Za-z][\w-]*):([^ \t/].*)", line)
    return f"put a space after the colon: `{found[1]}: {found[2].strip()}`" if found else ""


def quote(line: str) -> str:
    """What to type instead of `line`: the same with its value in quotes."""
    found = re.match(r"(\s*(?:- )?(?:[^\s:#'\"\[{][^:]*:\s+)?)(.*)", line)
    return _say_quoted(found[1], found[2].strip()) if found else _say_quoted("", line.strip())


def _requoted(line: str) -> str:
    """The same where quotes stand around the value that do not fit what is in them; empty where there are none."""
    found = re.match(f"({_LEAD})" + r"((['\"]).*)", line)
    if not found:
        return ""
    value, mark = found[2].rstrip(), found[3]
    return _say_quoted(found[1], value[1:-1] if len(value) > 1 and value.endswith(mark) else value)


def _say_quoted(lead: str, value: str) -> str:
    single = '"' in value or "\\" in value
    quoted = "'" + value.replace("'", "''") + "'" if single else f'"{value}"'
    return f"quote it: `{f'{lead.strip()} {quoted}'.strip()}`"


def _tab(one: Complaint) -> Slip | None:
    indent = one.line[: len(one.line) - len(one.line.lstrip())]
    found = "\t" in indent or "found character '\\t'" in one.problem or "tab" in one.problem
    return Slip("a tab cannot indent YAML", "use spaces", one.at) if found else None


def _escape(one: Complaint) -> Slip | None:
    if "escape" in one.problem or "hex" in one.problem:
        return Slip("in double quotes a `\\` begins an escape", _requoted(one.line), one.at)
    return None


def _runaway_quote(one: Complaint) -> Slip | None:
    """A quote that swallowed the next field: the parser complains only where it happens to end."""
    at = 0
    lines = one.block[: one.at].split("\n")
    lines[-1] = one.line
    for number, line in enumerate(lines):
        opened = re.match(f"({_LEAD})([\"'])(.*)", line)
        if opened and opened[2] not in opened[3].replace("\\" + opened[2], ""):
            following = next((below for below in lines[number + 1 :] if below.strip()), "")
            if re.match(r"[A-Za-z][\w-]*:", following):
                message = f"a quote is opened and never closed: `{line.strip()}`"
                return Slip(message, "close the quote on the same line", at + opened.start(2))
        at += len(line) + 1
    return None


def _open_quote(one: Complaint) -> Slip | None:
    if "quoted scalar" not in one.problem:
        return None
    message = f"a quote is opened and never closed: `{line_of(one.block, one.begun).strip()}`"
    return Slip(message, "close the quote on the same line", one.begun)


def _several_links(one: Complaint) -> Slip | None:
    if "[[" not in one.line or not re.search(r"\]\]\s*,", one.line):
        return None
    links = ", ".join(f'"{link}"' for link in wiki.WHOLE.findall(one.line))
    key = one.line.split(":", 1)[0].strip()
    return Slip("several links need to be a list", f"write `{key}: [{links}]`", one.at)


def _colon(one: Complaint) -> Slip | None:
    if "mapping values" not in one.problem:
        return None
    if one.line.count(": ") + one.line.endswith(":") > 1:
        return Slip("a value with `: ` in it needs quotes", quote(one.line), one.at)
    before = one.block[: one.block.rfind("\n", 0, one.at) + 1].rstrip("\n").rsplit("\n", 1)[-1]
    hint = f"check the indent, and the line above: `{before.strip()}`"
    return Slip("this line does not fit the one before it", hint, one.at)


def _special_start(one: Complaint) -> Slip | None:
    found = _SPECIAL_START.match(one.line)
    if not found:
        return None
    mark = "a backtick" if found[1] == "`" else f"`{found[1]}`"
    at = one.block.rfind("\n", 0, one.at) + 1 + found.start(1)
    return Slip(f"a value cannot begin with {mark}", quote(one.line), at)


def _open_bracket(one: Complaint) -> Slip | None:
    if "flow" not in one.problem:
        return None
    line = line_of(one.block, one.begun)
    hint = quote(line) if line.strip() else "close it on the same line, or quote the value"
    return Slip("a bracket is opened and not closed", hint, one.begun)


def _no_field(one: Complaint) -> Slip | None:
    if "could not find expected ':'" not in one.problem and "simple key" not in one.problem:
        return None
    line = line_of(one.block, one.begun).strip()
    return Slip(
        f"`{line}` is not a `key: value`",
        spaced(line) or "write `key: value`, or delete the line",
        one.begun,
    )


def _out_of_place(one: Complaint) -> Slip | None:
    if "block" not in one.problem:
        return None
    if again := _requoted(one.line):
        return Slip("the quotes end before the value does", again, one.at)
    if _BRACKET_START.match(one.line):
        return Slip("a value that begins with a bracket needs quotes", quote(one.line), one.at)
    hint = "write each field at the start of its line; list items begin with two spaces and `- `"
    return Slip("this line does not fit the ones before it", hint, one.at)


_SLIPS: tuple[Callable[[Complaint], Slip | None], ...] = (
    _runaway_quote,
    _tab,
    _escape,
    _open_quote,
    _several_links,
    _colon,
    _special_start,
    _open_bracket,
    _no_field,
    _out_of_place,
)
