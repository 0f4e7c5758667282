"""Findings as text for people and editors, as JSON, as GitHub annotations and as SARIF. Pure."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote

import click

from goalkit.diagnostics import Diagnostic, Severity
from goalkit.rules import RULES
from goalkit.text import json_safe, visible

_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "hint": "cyan"}
_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}
_SARIF: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def text_line(found: Diagnostic) -> str:
    """`path:line:col: error GK101: message; hint`, one line whatever the file holds, with colours to be stripped."""
    place = click.style(visible(found.path), bold=True) + f":{found.line}:{found.col}:"
    weight = click.style(found.severity, fg=_COLOURS[found.severity], bold=found.severity == "error")
    return f"{place} {weight} {found.code}: {visible(_message(found))}"


def _message(found: Diagnostic) -> str:
    return f"{found.message}; {found.hint}" if found.hint else found.message


def as_text(findings: Sequence[Diagnostic], _prefix: str = "") -> str:
    """One line each; nothing at all where there is nothing to say."""
    return "".join(f"{text_line(found)}\n" for found in findings)


def as_json(findings: Sequence[Diagnostic], _prefix: str = "") -> str:
    """`{"schema": 1, "findings": [...]}`."""
    records = [
        {
            "path": found.path,
            "line": found.line,
            "col": found.col,
            "severity": found.severity,
            "code": found.code,
            "message": found.message,
            "hint": found.hint,
        }
        for found in findings
    ]
    return json_safe(json.dumps({"schema": 1, "findings": records}, ensure_ascii=False, indent=2)) + "\n"


def as_github(findings: Sequence[Diagnostic], prefix: str = "") -> str:
    """Workflow commands that GitHub shows beside the lines; `prefix` leads from the repository to the vault."""
    return "".join(_annotation(found, prefix) for found in findings)


def _annotation(found: Diagnostic, prefix: str) -> str:
    given = {
        "file": prefix + found.path,
        "line": found.line,
        "col": found.col,
        "title": f"{found.code} {RULES[found.code].name}",
    }
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in given.items())
    return f"::{_GITHUB[found.severity]} {properties}::{_escaped(_message(found))}\n"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else visible(c) for c in text)


def as_sarif(findings: Sequence[Diagnostic], prefix: str = "") -> str:
    """SARIF 2.1.0, one run; `prefix` leads from the repository to the vault."""
    codes = sorted({found.code for found in findings})
    driver = {"name": "goalkit", "rules": [_sarif_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(found, codes.index(found.code), prefix) for found in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_safe(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nInstead of:\n{rule.bad}\n\nWrite:\n{rule.good}"},
        "defaultConfiguration": {"level": _SARIF[rule.severity]},
    }


def _sarif_result(found: Diagnostic, index: int, prefix: str) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(prefix + found.path, errors="replace")},
        "region": {"startLine": found.line, "startColumn": found.col},
    }
    return {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _SARIF[found.severity],
        "message": {"text": _message(found)},
        "locations": [{"physicalLocation": place}],
    }


FORMATS: dict[str, Callable[[Sequence[Diagnostic], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def tally(findings: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning, 14 hints`; empty where there are none."""
    weights = [found.severity for found in findings]
    counted = [(weights.count(s), s) for s in _COLOURS]
    return ", ".join(f"{n:,} {s}{'' if n == 1 else 's'}" for n, s in counted if n)
