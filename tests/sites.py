"""A site made of a vault that stands in the test, and a reader of its pages."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from goalkit import plan
from goalkit.plan import Plan
from goalkit.site.pages import render_site
from tests.vaults import TODAY, load


def plan_of(text: str, today: date = TODAY, *, shared_only: bool = False) -> Plan:
    """The plan of the files of `text`, as `tests.vaults` reads them."""
    return plan.plan(load(text, shared_only=shared_only), today)


def site_of(
    text: str, today: date = TODAY, *, shared_only: bool = False, root: Path | None = None
) -> dict[str, bytes]:
    """All files of the site of the vault `text`."""
    return site(plan_of(text, today, shared_only=shared_only), root)


def site(made: Plan, root: Path | None = None) -> dict[str, bytes]:
    return render_site(made, export_json="{}\n", vault_name="vault", root=root)


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Lay the files of a site down below `folder`, and return it."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@dataclass
class Page(HTMLParser):
    """What an HTML page holds: elements with their attributes, ids, links, and all its text."""

    source: bytes
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    INLINE = frozenset(("a", "b", "code", "em", "span", "strong", "time"))
    VOID = frozenset(("meta", "link", "br", "hr", "input", "img"))

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice on <{tag}>: {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in self.INLINE:
            self.texts.append(" ")
        if tag not in self.VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed, f"</{tag}> closes nothing"
        assert self.unclosed[-1] == tag, f"</{tag}> closes <{self.unclosed[-1]}>"
        self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text of the page, with single spaces."""
        return " ".join("".join(self.texts).replace("\u00a0", " ").split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Attributes of every `tag` that has these (`class_` for class)."""
        pairs = {name.rstrip("_"): value for name, value in wanted.items()}
        return [attrs for name, attrs in self.elements if name == tag and pairs.items() <= attrs.items()]

    @property
    def ids(self) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get("id"))]

    @property
    def links(self) -> list[str]:
        return [value for tag, attrs in self.elements if tag == "a" and (value := attrs.get("href"))]


def pages(files: dict[str, bytes]) -> dict[str, Page]:
    """The pages of a site, read."""
    return {path: Page(content) for path, content in files.items() if path.endswith(".html")}


EVERY_KIND = """
    === goalkit.toml
    title = "A year"
    === vision.md
    ---
    title: The work I want
    ---

    I make things that last.

    ## More

    And with people I like.
    === values/connection.md
    # Connection

    People first.
    === values/lonely.md
    # Lonely
    === goals/top.md
    ---
    title: Be known for it
    start: 2026-01-01
    due: 2026-12-31
    measure: goals
    values: "[[connection]]"
    visibility: shared
    ---

    Because it matters. See [[count]] and [[nowhere|no page]].
    === goals/count.md
    ---
    title: Gain 50 connections
    start: 2026-01-01
    due: 2026-12-31
    measure: 50 connections
    supports: "[[top]]"
    weight: 3
    visibility: shared
    ---

    A wider network.

    ## Why so many

    - one
    - two

    > [!tip] Go there
    > Often.

    ## Check-ins

    - 2026-02-06: 11 (on track) — The **meetup**.
    - 2026-06-05: +9
    - 2026-10-30: 40 (at risk)
    === goals/down.md
    ---
    title: Weigh less
    start: 2026-01-01
    due: 2026-12-31
    measure: 82 -> 75 kg
    needs: "[[boxes]]"
    ---

    ## Check-ins

    - 2026-03-01: 81
    - 2026-06-01: 80
    - 2026-09-01: 78.5
    === goals/habit.md
    ---
    title: Run three times a week
    start: 2026-09-01
    due: 2026-12-31
    measure: 3 / week
    supports: "[[top]]"
    ---

    ## Check-ins

    - 2026-09-08: 3
    - 2026-09-15: 1
    - 2026-09-22..2026-10-05: skip
    - 2026-11-15: 3
    === goals/monthly.md
    ---
    title: At most six evenings
    start: 2026-01-01
    due: 2026-12-31
    measure: <= 6 evenings / month
    ---

    ## Check-ins

    - 2026-01-31: 5
    - 2026-02-28: 9
    === goals/boxes.md
    ---
    title: Give a talk
    start: 2026-09-01
    due: 2026-12-31
    supports: "[[top]]"
    ---

    ## Milestones

    - [x] Propose it ✅ 2026-11-10
    - [/] Write it 📅 2026-11-01
    - [ ] Give it 📅 2026-12-01
    - [-] Print it
    === goals/budget.md
    ---
    title: Stay under 500 dollars
    start: 2026-01-01
    due: 2026-12-31
    measure: <= 500 USD
    ---

    ## Check-ins

    - 2026-03-01: 620 — All at once.
    === goals/yes.md
    ---
    title: Get the offer in writing
    due: 2026-11-25
    start: 2026-11-01
    ---
    === goals/closed.md
    ---
    title: Learn enough SQL
    status: done
    start: 2026-01-01
    due: 2026-06-30
    measure: 60 questions
    supports: "[[top]]"
    ---

    I wanted it.

    ## Check-ins

    - 2026-06-01: 60

    ## Review

    Keep the wrong answers too.
    === goals/paused.md
    ---
    title: Swim
    status: paused
    measure: 2 / week
    start: 2026-09-01
    ---
    === goals/idea.md
    ---
    title: Write a book
    status: idea
    ---
    === goals/later.md
    ---
    title: Begin next year
    start: 2027-01-01
    due: 2027-12-31
    measure: 12 talks
    ---
    === goals/bare.md
    # Only a title
    === goals/broken.md
    ---
    title: Learn: Go
    ---
    === goals/rtl.md
    ---
    title: לפתח עשרים קשרים
    measure: 20 קשרים
    start: 2026-01-01
    due: 2026-12-31
    ---

    ## Check-ins

    - 2026-09-01: 15
    === projects/site.md
    ---
    title: A new site
    supports: "[[count]]"
    ---

    - [ ] Draft the page 📅 2026-11-22
    - [x] Buy the name ✅ 2026-11-01
    === notes/week.md
    # Week 47

    - [ ] Write to Ada [[count]] 📅 2026-11-19
    """
