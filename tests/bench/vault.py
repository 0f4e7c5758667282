"""Makes a vault of any size whose goals look like those people write: for measuring.

`python -m tests.bench.vault 1000 DIR`. The same size gives the same bytes.
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 18)
_WORDS = (
    "time focus report draft meeting team people review learn build talk write ship customer value quarter month plan "
    "result change idea story market data field question answer letter table reader number morning page week branch"
).split()
_VALUES = ("curiosity", "craft", "connection", "candour", "balance", "courage", "care", "calm")
_MEASURES = (
    "50 connections", "54 -> 63 %", "<= 500 USD", "90 minutes / week", "1 post / month", "3 / week", "milestones", "", "",
    "12 -> 8 tickets / week", "every week",
)  # fmt: skip
DEPTH = 4
FAULTY = 0.02


def make(goals: int, folder: Path) -> None:
    """Write a vault of `goals` goals into `folder`: a forest four deep, eight values, two percent of faults."""
    random_ = random.Random(20261118)
    (folder / "goals").mkdir(parents=True)
    (folder / "values").mkdir()
    (folder / "goalkit.toml").write_text(f'title = "Bench"\ntoday = "{TODAY}"\n', encoding="utf-8")
    for value in _VALUES:
        text = f"---\ntitle: {value.capitalize()}\n---\n\n{_sentence(random_, 20)}\n"
        (folder / "values" / f"{value}.md").write_text(text, encoding="utf-8")
    for number in range(goals):
        (folder / "goals" / f"goal-{number:06}.md").write_text(_goal(random_, number), encoding="utf-8")


def _sentence(random_: random.Random, words: int) -> str:
    return " ".join(random_.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _prose(random_: random.Random, words: int) -> str:
    text = " ".join(_sentence(random_, random_.randint(6, 14)) for _ in range(words // 10))
    return f"{text} A **{random_.choice(_WORDS)} {random_.choice(_WORDS)}** and `{random_.choice(_WORDS)}`."


def _goal(random_: random.Random, number: int) -> str:
    level = number % DEPTH
    parent = f'supports:\n  - "[[goal-{number - 1:06}]]"\n' if level else ""
    measure = random_.choice(_MEASURES) if level else "goals"
    due = "due: next summer\n" if random_.random() < FAULTY else "due: 2026-12-31\n"
    return (
        f"---\ntitle: {_sentence(random_, 6)[:-1]} {number}\nstatus: active\nstart: 2026-01-05\n{due}"
        + (f"measure: {measure}\n" if measure else "")
        + parent
        + f'values:\n  - "[[{_VALUES[number % len(_VALUES)]}]]"\ncheck-in: weekly on friday\nvisibility: shared\n'
        + f"owner: me\ncategory: network\ntags:\n  - work\n  - year\n---\n\n{_prose(random_, 50)}\n\n"
        + f"{_prose(random_, 30)} See [[goal-{max(number - 7, 0):06}]].\n\n## Milestones\n\n{_boxes(random_)}\n"
        + f"## Check-ins\n\n{_check_ins(random_)}"
    )


def _boxes(random_: random.Random) -> str:
    lines = []
    for _ in range(random_.randint(4, 8)):
        month = random_.randint(1, 12)
        lines.append(f"- [{random_.choice(' x')}] {_sentence(random_, 5)[:-1]} 📅 2026-{month:02}-15\n")
    return "".join(lines)


def _check_ins(random_: random.Random) -> str:
    day, lines = date(2026, 1, 9), []
    for step in range(random_.randint(5, 20)):
        status = random_.choice((" (on track)", " (at risk)", "", ""))
        lines.append(f"- {day}: {min(3 * step, 50)}{status} — {_sentence(random_, random_.randint(4, 9))}\n")
        day += timedelta(random_.choice((7, 14, 14, 21)))
    return "".join(lines)


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
