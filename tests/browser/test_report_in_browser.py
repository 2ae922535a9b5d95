"""The report as a person opens it: from disk, without a network, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import safetynet as sn
from tests.browser.judge import dialogs, violations
from tests.pages.hostile import NAMES, hostile_case

if TYPE_CHECKING:
    from tests.browser.conftest import WatchedPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_a_report_opens_from_disk_and_reaches_for_nothing(name: str, tmp_path: Path, browser_page: WatchedPage) -> None:
    case = sn.load_case(name)
    sn.report(case, tmp_path / "report.html")
    page = browser_page.open(tmp_path / "report.html")
    assert case.title in page.title()
    assert page.locator("h1").count() == 1
    assert page.locator("table").count() >= 1


def test_a_report_shows_its_pictures(tmp_path: Path, browser_page: WatchedPage) -> None:
    sn.report(sn.load_case("victoria_climbie"), tmp_path / "report.html")
    page = browser_page.open(tmp_path / "report.html")
    assert page.locator("svg, img").count() >= 1
    broken = page.eval_on_selector_all("img", "all => all.filter(img => !img.naturalWidth).length")
    assert broken == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_a_report_does_not_scroll_sideways(width: int, tmp_path: Path, browser_page: WatchedPage) -> None:
    sn.report(sn.load_case("victoria_climbie"), tmp_path / "report.html")
    browser_page.page.set_viewport_size({"width": width, "height": 800})
    page = browser_page.open(tmp_path / "report.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_names_that_could_break_a_page_are_shown_as_text(tmp_path: Path, browser_page: WatchedPage) -> None:
    opened = dialogs(browser_page.page)
    page = browser_page.open(sn.report(hostile_case(), tmp_path / "report.html"))
    text = " ".join(page.locator("body").evaluate("body => body.textContent").split())
    for name in NAMES.values():
        assert " ".join(name.split()) in text.replace("\u2068", "").replace("\u2069", "")
    assert opened == []
    assert page.locator("main").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, tmp_path: Path, browser_page: WatchedPage) -> None:
    browser_page.page.emulate_media(color_scheme=scheme)
    page = browser_page.open(sn.report(sn.load_case("worked_example"), tmp_path / "report.html"))
    assert violations(page) == []


def page_of(folder: Path, body: str) -> Path:
    path = folder / "page.html"
    path.write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    return path


def test_the_watch_notices_a_request_and_keeps_it_in(tmp_path: Path, watched_page: WatchedPage) -> None:
    watched_page.open(page_of(tmp_path, '<img src="http://example.invalid/a.png">'))
    assert watched_page.requests == ["http://example.invalid/a.png"]
    with pytest.raises(AssertionError, match="network"):
        watched_page.assert_quiet()


def test_the_watch_notices_a_socket_and_keeps_it_in(tmp_path: Path, watched_page: WatchedPage) -> None:
    watched_page.open(page_of(tmp_path, "<script>new WebSocket('ws://example.invalid/')</script>"))
    assert watched_page.requests == ["ws://example.invalid/"]


def test_the_watch_notices_an_error_of_a_script(tmp_path: Path, watched_page: WatchedPage) -> None:
    watched_page.open(page_of(tmp_path, "<script>throw new Error('oh')</script>"))
    assert watched_page.errors == ["oh"]
