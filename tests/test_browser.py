"""The browser fixtures see what the page tests rely on them to see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import TabFactory, accessibility_faults

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
{head}</head><body><main><h1>A page</h1>{body}</main></body></html>"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def page(body: str = "", head: str = "") -> Path:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(body=body, head=head), encoding="utf-8")
        return path

    return page


def test_a_quiet_page_is_quiet(page_factory: TabFactory, write: Callable[..., Path]) -> None:
    tab = page_factory()
    page = tab.open(write())
    assert page.title() == "A page"
    assert (tab.errors, tab.strays) == ([], [])
    assert accessibility_faults(page) == []


def test_a_request_off_the_page_is_seen(page_factory: TabFactory, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<img src="http://goalkit.invalid/pixel.png" alt="">', encoding="utf-8")
    tab = page_factory()
    tab.open(path)
    assert tab.strays == ["http://goalkit.invalid/pixel.png"]


def test_what_the_policy_blocks_is_an_error(page_factory: TabFactory, write: Callable[..., Path]) -> None:
    tab = page_factory()
    tab.open(write('<p style="color: red">red</p>'))
    assert len(tab.errors) == 1
    assert "Content Security Policy" in tab.errors[0]


def test_axe_finds_a_picture_without_words(page_factory: TabFactory, write: Callable[..., Path]) -> None:
    page = page_factory().open(write('<img src="chart.svg">'))
    assert [line for line in accessibility_faults(page) if "image-alt" in line]


def test_scheme_size_and_script_are_as_asked(page_factory: TabFactory, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<p>off</p><script>document.querySelector('p').textContent = 'on'</script>", encoding="utf-8"
    )
    page = page_factory(390, 844, color_scheme="dark", java_script_enabled=False).open(path)
    assert page.viewport_size == {"width": 390, "height": 844}
    assert page.locator("p").text_content() == "off"
    assert page_factory(390, 844, color_scheme="dark").open(path).evaluate(
        "[matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]"
    ) == [True, 390]
