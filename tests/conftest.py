"""What every test may ask for: a browser and tabs in it; and a surrounding that changes no result."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests import browser as chromium

IN_CI = bool(os.environ.get("CI"))

# A slow machine is no bug.
settings.register_profile("goalkit", settings.get_profile("ci" if IN_CI else "default"), deadline=None)
settings.load_profile("goalkit")


def pytest_configure() -> None:
    for name in [name for name in os.environ if name.startswith("GOALKIT_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium. Without one the test is skipped, and the summary says so; in CI it fails."""
    path = chromium.find()
    if path is None:
        (pytest.fail if IN_CI else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        running = chromium.launch(playwright, path)
        yield running
        running.close()


@pytest.fixture
def page_factory(browser: Browser) -> Iterator[chromium.TabFactory]:
    """Open tabs: as `tests.browser.open_tab` with the browser filled in."""
    before = list(browser.contexts)
    yield lambda *args, **options: chromium.open_tab(browser, *args, **options)
    for context in browser.contexts:
        if context not in before:
            context.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    unseen = sum(chromium.MISSING in str(report.longrepr) for report in skipped)
    if unseen:
        terminalreporter.write_sep(
            "!", f"{unseen} page tests were SKIPPED: {chromium.MISSING}", red=True, bold=True
        )
