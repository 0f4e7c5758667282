"""A real browser for the page tests: finding Chromium, driving it, and what it saw.

`python -m tests.browser` finds it for `make test`, or installs Debian's where apt may be used.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/snap/bin/chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = "no Chromium or Chrome found; install one, or set CHROMIUM=/path/to/it"

# Nothing that a browser does by itself may reach for a network, or look like a page that did.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
SERIOUS = frozenset({"serious", "critical"})

ColorScheme = Literal["light", "dark", "no-preference"]


def find() -> str | None:
    """Return the path of an installed Chromium, `$CHROMIUM` first, or None."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES, *PLACES):
        if path := shutil.which(name):
            return path
    return None


def install() -> None:
    """Install Debian's Chromium as root or with a sudo that asks nothing; where that can't be, do nothing."""
    sudo = [] if getattr(os, "geteuid", lambda: -1)() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        return
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    sys.stderr.write("Installing Chromium for the page tests …\n")
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run([*apt, *step], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


@dataclass(frozen=True, slots=True)
class Tab:
    """A page and what happened in it: its console errors and warnings, and requests that left its origin."""

    page: Page
    errors: list[str]
    strays: list[str]

    def open(self, target: Path | str) -> Page:
        """Go to a file or an address, wait until it is loaded, and return the page."""
        self.page.goto(target.resolve().as_uri() if isinstance(target, Path) else target, wait_until="load")
        return self.page


def open_tab(
    browser: Browser,
    width: int = 1280,
    height: int = 800,
    *,
    color_scheme: ColorScheme = "light",
    java_script_enabled: bool = True,
    offline: bool = True,
    origin: str = "file://",
) -> Tab:
    """Open a tab in a profile of its own, `width` × `height` CSS pixels, and listen from its first moment."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=color_scheme,
        java_script_enabled=java_script_enabled,
        offline=offline,
    )
    page = context.new_page()
    errors: list[str] = []
    strays: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            errors.append(f"{page.url}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(origin):
            strays.append(request.url)

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on("request", asked)
    return Tab(page, errors, strays)


TabFactory = Callable[..., Tab]
"""What the fixture `page_factory` is: `open_tab` with the browser filled in."""


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, a line for each element."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{fault['impact']} {fault['id']}: {' '.join(map(str, node['target']))}: {fault['help']}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


if __name__ == "__main__":
    if not find():
        install()
    sys.stdout.write(f"Page tests run in {find()}\n" if find() else f"Page tests can't run: {MISSING}\n")
