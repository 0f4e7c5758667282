"""What several pages show: the frame of a page, days, links, signs of status, a goal in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from goalkit import words
from goalkit.model.assessment import Assessment
from goalkit.model.goal import Goal
from goalkit.plan import Plan
from goalkit.site import markup
from goalkit.site.addresses import Addresses, editor_link

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SIGNS = {
    "on-track": "On track",
    "at-risk": "At risk",
    "off-track": "Off track",
    "reached": "Reached",
    "overdue": "Overdue",
    "idea": "Idea",
    "paused": "Paused",
    "done": "Done",
    "partial": "Partly done",
    "missed": "Missed",
    "dropped": "Dropped",
    "none": "No verdict yet",
    "ahead": "Not begun",
    "broken": "Unreadable",
    "deadline": "Due soon",
    "check-in": "Check in",
    "stale": "No news",
    "blocked": "Waiting",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A date for a `<time>`: machine's, in short (`Fri 27 Nov`), whole, and seen from today (`in 9 days`)."""

    iso: str
    short: str
    long: str
    relative: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A status by shape, word and colour; `name` is its class."""

    name: str
    word: str
    glyph: Markup


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a page of the site; `href` is empty for what has no page."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A goal in one line: its sign, its title, its bar, how far, and its share where it is weighed."""

    sign: Sign
    title: str
    href: str
    bar: Markup
    done: str
    weight: str
    due: Day | None


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the page head; `count` is what waits there, empty for none."""

    label: str
    href: str
    current: bool
    count: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: its title, the way up to the site's root, the head and the foot."""

    title: str
    root: str
    site: str
    nav: tuple[NavItem, ...]
    today: Day
    shared: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """How a page points at a file of the vault: by its path, and into the editor where one is configured."""

    pattern: str
    root: str
    vault: str

    def link(self, path: str, line: int = 1) -> str:
        """The address that opens `path` at `line`, empty for none."""
        return editor_link(self.pattern, self.root, path, line, self.vault) if self.pattern else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a page is made from: the plan, where the pages are, the site's title, how to open a file.

    `problems` is the number of errors and warnings.
    """

    plan: Plan
    addresses: Addresses
    title: str
    sources: Sources
    problems: int

    @property
    def today(self) -> date:
        """The plan's day."""
        return self.plan.today

    @property
    def shared(self) -> bool:
        """Whether this is the build that others may read."""
        return self.plan.snapshot.shared_only

    def day(self, day: date) -> Day:
        """`day` as people say it."""
        return _day(day, self.plan.today)

    def frame(self, title: str, page: str) -> Frame:
        """The frame of the page at the path `page`."""
        root = "../" * page.count("/")
        entries = [("Home", "index.html", ""), ("Goals", "goals.html", "")]
        if not self.shared:
            entries.append(("Health", "health.html", f"{self.problems:,}" if self.problems else ""))
        nav = tuple(NavItem(label, root + href, href == page, count) for label, href, count in entries)
        return Frame(title, root, self.title, nav, self.day(self.today), self.shared)

    def ref(self, key: str, root: str) -> Ref:
        """A link to the goal, value or project `key`."""
        graph = self.plan.graph
        entry = graph.goals.get(key) or graph.values.get(key) or graph.projects[key]
        address = self.addresses.of(key)
        return Ref(entry.title, root + address if address else "")

    def line(self, key: str, root: str, weight: str = "") -> Line:
        """The goal `key` in one line."""
        goal, seen = self.plan.graph.goals[key], self.plan.assessments[key]
        return Line(
            sign_of(goal, seen, self.today),
            goal.title,
            root + self.addresses.goals[key],
            bar_of(goal, seen),
            done_of(seen),
            weight,
            self.day(goal.due) if goal.due else None,
        )

    def lines(self, keys: Iterable[str], root: str) -> tuple[Line, ...]:
        """The goals `keys`, each in one line."""
        return tuple(self.line(key, root) for key in keys)


def sign(name: str) -> Sign:
    """The sign of a pace, a status or a kind of need."""
    return _SIGNS[name]


_SIGNS = {name: Sign(name, word, markup.glyph(name)) for name, word in SIGNS.items()}


def sign_of(goal: Goal, seen: Assessment, today: date) -> Sign:
    """How a goal stands: its file unreadable, closed or at rest, its pace, or that nothing can be said yet."""
    if goal.broken or "status" in goal.unreadable:
        return sign("broken")
    if goal.status != "active":
        return sign(goal.status)
    if seen.pace:
        return sign(seen.pace)
    return sign("ahead" if goal.begins and goal.begins > today else "none")


def bar_of(goal: Goal, seen: Assessment) -> Markup:
    """The goal's progress bar, the pace mark on it while the goal is open."""
    return markup.bar(seen.progress, None if goal.closed else seen.expected)


def done_of(seen: Assessment) -> str:
    """`64 %`, or empty while there is no number."""
    return tied(words.percent(seen.progress)) if seen.progress is not None else ""


def more(all_of_them: int, most: int) -> str:
    """`7 more`, where only the first `most` are shown."""
    return f"{all_of_them - most:,} more" if all_of_them > most else ""


def silence_of(seen: Assessment, today: date) -> str:
    """`no check-in since Fri 2 Oct`, for a goal of which nothing was heard for long."""
    if seen.rhythm is None or not seen.rhythm.stale:
        return ""
    last = seen.rhythm.last
    return f"no check-in since {words.short_day(last, today)}" if last else "no check-in yet"


def stones_of(key: str, desk: Desk) -> list[str]:
    """The stepping stones of a goal in the order of a road: open ones by due date, then what is over."""
    goals = desk.plan.graph.goals
    keys = desk.plan.graph.supporters[key]
    return sorted(
        keys, key=lambda k: (goals[k].closed, goals[k].status != "active", goals[k].due or date.max, k)
    )


def by_reach(key: str, desk: Desk) -> tuple[bool, date, str]:
    """Sorts long-term goals first, then by due date."""
    return desk.plan.assessments[key].horizon != "long-term", desk.plan.graph.goals[key].due or date.max, key


def tied(text: str) -> str:
    """`text` with no line end between a number and its per cent sign."""
    return text.replace(" %", "\u00a0%")


@lru_cache(maxsize=4096)
def _day(day: date, today: date) -> Day:
    whole = f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    return Day(day.isoformat(), words.short_day(day, today), whole, words.relative(day, today))
