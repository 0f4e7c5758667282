"""The pages in a real browser, from a file: quiet, reachable, readable, and at home on a phone."""

from pathlib import Path

import pytest

from tests.browser import TabFactory, accessibility_faults
from tests.sites import EVERY_KIND, site_of, write
from tests.test_site_safety import HOSTILE, PAYLOADS

LONG = f"""
    === goals/long.md
    ---
    title: {"A very long title that goes on and on " * 6}
    start: 2026-01-01
    due: 2026-12-31
    measure: 50 things
    ---

    | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve |
    |---|---|---|---|---|---|---|---|---|---|---|---|
    | first cell | second cell | third cell | fourth cell | five | six | seven | eight | nine | ten | eleven | twelve |

    ```
    {"a line of code that is much too long for a phone " * 6}
    ```
    === goals/word.md
    ---
    title: {"W" * 200}
    supports: long
    measure: {"W" * 60} things
    ---
    """


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(site_of(EVERY_KIND + LONG), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def addresses(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_quiet_and_stay_in_their_width(
    page_factory: TabFactory, addresses: list[Path], width: int, scheme: str
) -> None:
    tab = page_factory(width, 844, color_scheme=scheme)
    for address in addresses:
        page = tab.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address.name
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')"), (
            "no stylesheet"
        )
    assert (tab.errors, tab.strays) == ([], [])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(
    page_factory: TabFactory, addresses: list[Path], width: int, scheme: str
) -> None:
    tab = page_factory(width, 844, color_scheme=scheme)
    faults = {
        address.name: found for address in addresses if (found := accessibility_faults(tab.open(address)))
    }
    assert faults == {}


@pytest.mark.parametrize("payload", PAYLOADS[:6])
def test_no_text_of_a_file_runs(page_factory: TabFactory, tmp_path: Path, payload: str) -> None:
    text = HOSTILE.replace("'X'", "'" + payload.replace("'", "''") + "'").replace("X", payload)
    folder = write(site_of(text), tmp_path)
    tab = page_factory()
    tab.page.on("dialog", lambda dialog: tab.errors.append(dialog.message))
    for address in sorted(folder.rglob("*.html")):
        tab.open(address)
    assert (tab.errors, tab.strays) == ([], [])


def test_the_policy_forbids_what_is_not_the_sites_own(
    page_factory: TabFactory, site: Path, tmp_path: Path
) -> None:
    source = (site / "goals.html").read_text(encoding="utf-8")
    for name in ("style.css", "goals.js"):
        (tmp_path / name).write_bytes((site / name).read_bytes())
    (tmp_path / "goals.html").write_text(
        source.replace("<h1>", "<script>document.title = 'ran'</script><p style='color: red'>x</p><h1>"),
        encoding="utf-8",
    )
    tab = page_factory()
    page = tab.open(tmp_path / "goals.html")
    assert page.title() != "ran"
    assert len([error for error in tab.errors if "Content Security Policy" in error]) == 2


def test_without_script_everything_is_shown(page_factory: TabFactory, site: Path) -> None:
    page = page_factory(java_script_enabled=False).open(site / "goals.html")
    rows = page.locator("#goals tbody tr")
    assert rows.count() == 17
    assert all(rows.nth(n).is_visible() for n in range(rows.count()))
    assert not page.locator("#filter").is_visible()


def test_the_table_is_filtered_by_keyboard(page_factory: TabFactory, site: Path) -> None:
    page = page_factory().open(site / "goals.html")
    shown = page.locator("#goals tbody tr:visible")
    page.locator("#words").focus()
    page.keyboard.type("CONNECTION gain")
    assert shown.count() == 1
    assert page.locator("#found").text_content() == "1"
    page.keyboard.press("Escape")
    assert shown.count() == 17
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    first = page.evaluate("[document.activeElement.value, document.activeElement.checked]")
    assert first[1] is False
    assert page.locator(f"#goals tbody tr[data-status='{first[0]}']:visible").count() == 0


def test_the_table_is_sorted_by_keyboard_and_says_so(page_factory: TabFactory, site: Path) -> None:
    page = page_factory().open(site / "goals.html")
    head = page.locator("#goals thead th", has_text="Done")
    for direction in ("ascending", "descending"):
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == direction
    keys = page.locator("#goals tbody td.number").evaluate_all(
        "cells => cells.map(c => Number(c.dataset.key))"
    )
    assert keys == sorted(keys, reverse=True)
    page.locator("#goals thead th", has_text="Goal").locator("button").press("Enter")
    titles = page.locator("#goals tbody th").all_text_contents()
    assert titles.index("Begin next year") < titles.index("Give a talk") < titles.index("Swim")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page_factory: TabFactory, site: Path) -> None:
    page = page_factory().open(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_chart_fits_its_place_and_keeps_the_size_of_its_type(page_factory: TabFactory, site: Path) -> None:
    sizes = {}
    for width in (1280, 390):
        page = page_factory(width, 844).open(site / "goals" / "count.html")
        box = page.locator("svg.pace").bounding_box()
        assert box
        assert box["x"] + box["width"] <= width
        sizes[width] = page.locator("svg.pace .label-actual").evaluate(
            "e => e.getBoundingClientRect().height"
        )
        inside = page.locator("svg.pace text").evaluate_all(
            "(texts) => texts.every(t => { const b = t.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth })"
        )
        assert inside
    assert sizes[1280] == pytest.approx(sizes[390], abs=1)


def test_what_is_to_be_touched_is_large_enough(page_factory: TabFactory, addresses: list[Path]) -> None:
    tab = page_factory(390, 844)
    small = {}
    for address in addresses:
        found = (
            tab.open(address)
            .locator("nav a, summary, button, label, .need h3 a, .card h3 a")
            .evaluate_all(
                "els => els.filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])"
                ".filter(([, height]) => height && height < 23.5)"
            )
        )
        if found:
            small[address.name] = found
    assert small == {}


def test_motion_is_left_out_for_those_who_ask(page_factory: TabFactory, site: Path) -> None:
    page = page_factory().open(site / "index.html")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_in_print_the_plan_is_without_what_only_a_screen_needs(page_factory: TabFactory, site: Path) -> None:
    page = page_factory().open(site / "index.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("nav").is_visible()
    assert page.locator(".cards").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
