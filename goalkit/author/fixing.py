"""Making the corrections that findings carry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goalkit.author.manuscript import Refused
from goalkit.config import Config
from goalkit.diagnostics import Diagnostic
from goalkit.text import Edit, Source, apply
from goalkit.vault import reader
from goalkit.vault.write import Change

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected in one note: the findings, and the change."""

    found: tuple[Diagnostic, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Left:
    """A note that cannot be corrected by itself: where its first finding is, and why."""

    place: str
    why: str


def corrections(
    findings: Iterable[Diagnostic], sources: dict[str, Source], config: Config
) -> tuple[list[Correction], list[Left]]:
    """The corrections of all `findings` that carry one, note by note, and the notes in which they would break something."""
    by_path: dict[str, list[Diagnostic]] = {}
    for found in findings:
        if found.fix is not None and found.path in sources:
            by_path.setdefault(found.path, []).append(found)
    made: list[Correction] = []
    left: list[Left] = []
    for path, group in sorted(by_path.items()):
        try:
            made.append(_correction(sources[path], group, config))
        except Refused as error:
            left.append(Left(f"{path}:{group[0].line}", str(error)))
    return made, left


def _correction(source: Source, found: Sequence[Diagnostic], config: Config) -> Correction:
    made = _apart(found)
    text = apply(source.text, [edit for _, edit in made])
    before, after = _problems(source, config), _problems(Source(source.path, text), config)
    new = after - before
    if new or sum(after.values()) >= sum(before.values()):
        what = next(iter(new), ("", "it would change nothing"))[1]
        raise Refused(f"it cannot be corrected by itself: {what}", text)
    return Correction(tuple(one for one, _ in made), Change(source.path, source.text, text))


def _apart(found: Sequence[Diagnostic]) -> list[tuple[Diagnostic, Edit]]:
    """The corrections that do not touch each other, in their order."""
    made: list[tuple[Diagnostic, Edit]] = []
    for one in sorted(found, key=lambda d: d.fix.span.start if d.fix else 0):
        if one.fix and (not made or made[-1][1].span.end <= one.fix.span.start):
            made.append((one, one.fix))
    return made


def _problems(source: Source, config: Config) -> Counter[Key]:
    """What reading the note complains about, but for hints, without places."""
    _, found = reader.read_all([source], config)
    return Counter((one.code, one.message) for one in found if one.severity != "hint")
