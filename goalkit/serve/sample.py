"""A copy of the sample vault that is of this week: every date in it moved by as many whole weeks."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from goalkit import config, resources
from goalkit.dates import add_days, parse_day
from goalkit.text import Source

_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_PIN = re.compile(r"^today\s*=.*\n", re.MULTILINE)
_HEADING = re.compile(r"^# Week \d+: .*$", re.MULTILINE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def copy(target: Path, today: date) -> None:
    """Write the sample vault into the folder `target`, its pinned day now `today` or the last such weekday before.

    Whole weeks keep a Friday a Friday, so that a note of a Friday is read as one. The new vault has no pinned day.
    """
    source = resources.folder("sample-vault")
    pin = (
        config.parse(Source(config.FILE, (source / config.FILE).read_text(encoding="utf-8")))[0].today
        or today
    )
    days = (today - pin).days // 7 * 7
    for path, text in _files(source):
        place = target / moved_weeks(path, days)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_moved(place.stem, text, days), encoding="utf-8", newline="")


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".toml"):
            yield path.relative_to(folder).as_posix(), path.read_bytes().decode("utf-8")


def _moved(name: str, text: str, days: int) -> str:
    text = moved_weeks(moved_days(_PIN.sub("", text), days), days)
    week = _WEEK.fullmatch(name)
    return _HEADING.sub(_week_heading(int(week[1]), int(week[2])), text, count=1) if week else text


def moved_days(text: str, days: int) -> str:
    """`text` with every full date in it moved; what is no date of the calendar stays."""
    return _DAY.sub(lambda found: _later(found[0], days), text)


def moved_weeks(text: str, days: int) -> str:
    """`text` with every `2026-W47` in it moved by whole weeks."""

    def later(found: re.Match[str]) -> str:
        try:
            year, week, _ = add_days(
                date.fromisocalendar(int(found[1]), int(found[2]), 1), days
            ).isocalendar()
        except ValueError:
            return found[0]
        return f"{year}-W{week:02}"

    return _WEEK.sub(later, text)


def _later(text: str, days: int) -> str:
    day = parse_day(text)
    return add_days(day, days).isoformat() if day else text


def _week_heading(year: int, week: int) -> str:
    """`# Week 47: 16 to 22 November`."""
    first = date.fromisocalendar(year, week, 1)
    last = first + timedelta(6)
    month = "" if first.month == last.month else f" {_MONTHS[first.month - 1]}"
    return f"# Week {week}: {first.day}{month} to {last.day} {_MONTHS[last.month - 1]}"
