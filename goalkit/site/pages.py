"""A plan as a site: every page with its path, in memory. `publish` is what writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from goalkit.plan import Plan
from goalkit.site import render
from goalkit.site.addresses import Addresses
from goalkit.site.views.goal import goal_page
from goalkit.site.views.goals import goals_page
from goalkit.site.views.health import health_page
from goalkit.site.views.home import home_page
from goalkit.site.views.parts import Desk, Frame, Sources
from goalkit.site.views.value import inheriting, value_page

Progress = Callable[[int, int], None]
Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class BarePage:
    """A page that is only its frame."""

    frame: Frame


def render_site(
    plan: Plan,
    *,
    export_json: str,
    vault_name: str,
    root: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """The bytes of every file of the site by its path below the output folder.

    `export_json` becomes `goals.json` as it is. `vault_name` is the title where the vault's configuration has none.
    `root` is the vault's folder: only an editor link that the configuration asks for holds it. `progress` is called
    with the pages done and the pages in all.
    """
    makes = page_makers(plan, vault_name=vault_name, root=root)
    pages: dict[str, bytes] = {}
    for path, make in makes.items():
        pages[path] = make()
        if progress:
            progress(len(pages), len(makes))
    return pages | render.assets() | {"goals.json": export_json.encode("utf-8", "replace")}


def page_makers(plan: Plan, *, vault_name: str, root: Path | None = None) -> dict[str, Make]:
    """What makes each page, by its path: a server makes only those that somebody asks for."""
    desk = _desk(plan, vault_name, root)
    lone: dict[str, Make] = {
        "index.html": lambda: render.render("home.html", home_page(desk)),
        "goals.html": lambda: render.render("goals.html", goals_page(desk)),
        "health.html": lambda: render.render("health.html", health_page(desk)),
        "404.html": lambda: render.render("404.html", BarePage(desk.frame("No such page", "404.html"))),
    }
    if desk.shared:
        del lone["health.html"]
    inherited = cache(lambda: inheriting(desk))

    def goal(key: str) -> bytes:
        return render.render("goal.html", goal_page(key, desk))

    def value(key: str) -> bytes:
        return render.render("value.html", value_page(key, inherited()[key], desk))

    goals: dict[str, Make] = {path: partial(goal, key) for key, path in desk.addresses.goals.items()}
    values: dict[str, Make] = {path: partial(value, key) for key, path in desk.addresses.values.items()}
    return lone | goals | values


def _desk(plan: Plan, vault_name: str, root: Path | None) -> Desk:
    config = plan.snapshot.config
    editor = "" if plan.snapshot.shared_only or root is None else config.editor
    sources = Sources(editor, str(root) if root else "", vault_name)
    problems = sum(found.severity != "hint" for found in plan.findings)
    return Desk(plan, Addresses(plan.graph), config.title or vault_name or "Goals", sources, problems)
