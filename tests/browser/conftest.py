"""A page opened from disk in Chromium with every way to the network closed.

Needs Chromium on the machine, found by name or named by SAFETYNET_CHROMIUM. Run with `-m browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
OWN_SCHEMES = ("file:", "data:", "blob:", "about:")


class WatchedPage:
    """A browser page that lets nothing out and remembers what tried, and every error that it reported.

    Attributes
    ----------
    page : playwright.sync_api.Page
    requests : list of str
        Addresses that the page tried to reach and was kept from.
    errors : list of str
        Errors and warnings of the console, and exceptions that nobody caught.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.route("**/*", self._guard)
        page.route_web_socket("**/*", lambda socket: self.requests.append(socket.url))
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: Path) -> Page:
        """Open a file, wait until it is complete, and give the page."""
        self.page.goto(path.resolve().as_uri(), wait_until="networkidle")
        self.page.wait_for_timeout(300)  # what a script began last, a socket say, is told a moment after that
        return self.page

    def assert_quiet(self) -> None:
        """Fail if the page tried to reach anything or reported an error."""
        assert self.requests == [], "the page tried to reach the network"
        assert self.errors == [], "the page reported errors"

    def _guard(self, route: Route) -> None:
        address = route.request.url
        if address.startswith(OWN_SCHEMES):
            route.continue_()
        else:
            self.requests.append(address)
            route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    program = os.environ.get("SAFETYNET_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail("Chromium is not installed, or set SAFETYNET_CHROMIUM to the browser's program")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        # Chromium refuses to start its sandbox for the superuser, as whom tests run in a container.
        flags = [*FLAGS, "--no-sandbox"] if root else FLAGS
        chromium = playwright.chromium.launch(executable_path=program, headless=True, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def watched_page(browser: Browser) -> Iterator[WatchedPage]:
    """A page that is watched and not judged: for tests that expect it to try something."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield WatchedPage(context.new_page())
    context.close()


@pytest.fixture
def browser_page(watched_page: WatchedPage) -> Iterator[WatchedPage]:
    """A page for ordinary tests: at the end it must have reached for nothing and reported no error."""
    yield watched_page
    watched_page.assert_quiet()
