"""The report as a person opens it: from disk, without a network, in a browser, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import safetynet as sn
from tests.browser.judge import dialogs, paper, violations
from tests.pages.hostile import NAMES, hostile_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import WatchedPage

pytestmark = pytest.mark.browser

PRINTED = 703  # pixels of the width that A4 leaves between the margins
LINES = "#sn-rows > tbody > tr"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Reports, each made once."""
    folder = tmp_path_factory.mktemp("reports")
    known: dict[str, Path] = {}

    def make(name: str, **more: object) -> Path:
        key = "_".join([name, *(f"{one}-{value}" for one, value in more.items())])
        if key not in known:
            own = name in ("hostile", "unbroken")
            case = hostile_case(unbroken=name == "unbroken") if own else sn.load_case(name)
            known[key] = sn.report(case, folder / f"{key}.html", **more)
        return known[key]

    return make


Made = Callable[..., Path]


@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_a_report_opens_from_disk_shows_its_pictures_and_never_scrolls_sideways(
    name: str, made: Made, browser_page: WatchedPage
) -> None:
    page = browser_page.open(made(name))
    assert sn.load_case(name).title in page.title()
    assert page.locator("h1").count() == 1
    assert page.locator("figure svg").count() >= 1
    assert page.locator("figure svg").first.bounding_box()["width"] > 300
    for width in (360, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["khyra_ishaq", "victoria_climbie"])
def test_on_a_telephone_the_picture_can_be_read_and_what_is_wider_scrolls_in_a_frame_that_says_so(
    name: str, made: Made, browser_page: WatchedPage
) -> None:
    page = browser_page.open(made(name))
    frames = """all => all.filter(one => one.offsetParent).map(one => ({
        wider: one.scrollWidth > one.clientWidth + 1,
        says: getComputedStyle(one, "::before").content,
        right: one.getBoundingClientRect().right,
    }))"""
    page.set_viewport_size({"width": 390, "height": 844})
    found = page.eval_on_selector_all("main .scroll", frames)
    assert len(found) > 10
    assert all(one["right"] <= 390 for one in found)
    assert all("sideways" in one["says"] for one in found if one["wider"])
    letters = page.eval_on_selector_all(
        "figure svg text",
        "all => all.filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize)"
        " * one.getScreenCTM().a)",
    )
    assert min(letters) >= 10  # pixels of the page, of which a telephone has three for each
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 720})
    assert all("sideways" not in one["says"] for one in page.eval_on_selector_all("main .scroll", frames))


@pytest.mark.parametrize("family", [False, True])
@pytest.mark.parametrize("name", [*sn.list_cases()["name"], "hostile", "unbroken"])
def test_every_column_is_on_the_paper(name: str, family: bool, made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made(name, family=family))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTED, "height": 1000})
    wide = "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"
    assert page.eval_on_selector_all("main table, main th, main td, main p, figure", wide) == []


def test_a_report_is_about_twelve_pages_with_heads_and_numbers(made: Made, browser_page: WatchedPage) -> None:
    printed = paper(browser_page.open(made("victoria_climbie")))
    texts = [" ".join(one.extract_text().split()) for one in printed.pages]
    assert 10 <= len(texts) <= 14
    for number, text in enumerate(texts, start=1):
        assert "as at 2000-02-23" in text
        assert f"{number} / {len(texts)}" in text
        assert "A network over a period, not a person" in text
    assert "What worked" in texts[0] + texts[1]
    assert "2 People and roles" in texts[2]  # two pages first
    whole = " ".join(texts)
    for last in (
        "Concerns on record",
        "Key rows",
        "Last row upstream",
        "The record by the date",
        "In the words of the record",
    ):
        assert last in whole
    assert "To cite:" in whole


def test_the_full_report_prints_every_row(made: Made, browser_page: WatchedPage) -> None:
    printed = paper(browser_page.open(made("reuben", full=True)))
    text = " ".join(" ".join(one.extract_text().split()) for one in printed.pages)
    for row in sn.load_case("reuben").chronology["summary"].str.split().str[:4].str.join(" "):
        assert row in text
    assert "Refuted by" in text


def test_people_are_shown_by_agency_or_by_name_and_paper_keeps_to_its_level(
    made: Made, browser_page: WatchedPage
) -> None:
    page = browser_page.open(made("reuben"))
    by_agency, by_person = page.locator(".t-agencies"), page.locator(".t-people")
    assert by_agency.is_visible()
    assert by_person.is_hidden()
    page.focus("#sn-level-agency")
    page.keyboard.press("ArrowRight")
    assert by_agency.is_hidden()
    assert by_person.is_visible()
    page.emulate_media(media="print")
    assert by_agency.is_visible()
    assert by_person.is_hidden()


def test_the_filter_shows_the_rows_that_fit(made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made("reuben"))
    case = sn.load_case("reuben")
    shown = page.locator(f"{LINES}:not([hidden])")
    assert shown.count() == len(case.chronology)
    page.select_option("#sn-filter-kind", "agreed")
    assert shown.count() == (case.chronology["kind"] == "agreed").sum()
    assert page.inner_text("#sn-filter-said") == f"{shown.count()} of {len(case.chronology)} rows."
    page.click("button[type=reset]")
    page.wait_for_function(f"document.querySelectorAll('{LINES}[hidden]').length === 0")
    page.select_option("#sn-filter-concern", "C01")
    wanted = case.chronology["concerns"].str.split(";").map(lambda ids: "C01" in ids).sum()
    assert shown.count() == wanted
    page.keyboard.press("Tab")


def test_the_filter_finds_words_and_agencies_with_the_keyboard_alone(made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made("victoria_climbie"))
    page.focus("#sn-filter-words")
    page.keyboard.type("SCALD")
    shown = page.locator(f"{LINES}:not([hidden])")
    assert 0 < shown.count() < 60
    assert all("scald" in text.lower() for text in shown.all_inner_texts())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sn-filter-agency"
    before = shown.count()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert shown.count() < before


def test_everything_is_there_without_a_script(made: Made, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page: Page = context.new_page()
    page.goto(made("reuben").as_uri())
    assert page.locator(LINES).count() == len(sn.load_case("reuben").chronology)
    assert page.locator(LINES).last.is_visible()
    assert page.locator("#sn-filter").is_hidden()
    page.check("#sn-level-person")
    assert page.locator(".t-people").is_visible()
    page.locator("details > summary").first.click()
    assert page.locator("details p").first.is_visible()
    context.close()


@pytest.mark.parametrize("family", [False, True])
def test_names_that_could_break_a_page_are_shown_as_text(family: bool, made: Made, browser_page: WatchedPage) -> None:
    opened = dialogs(browser_page.page)
    page = browser_page.open(made("hostile", family=family))
    text = " ".join(page.locator("body").evaluate("body => body.textContent").split())
    for name in NAMES.values():
        assert " ".join(name.split()) in text.replace("\u2068", "").replace("\u2069", "")
    assert opened == []
    assert page.locator("main").is_visible()
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "family"), [("victoria_climbie", False), ("max", True), ("hostile", False), ("hostile", True)]
)
def test_axe_finds_nothing(scheme: str, name: str, family: bool, made: Made, browser_page: WatchedPage) -> None:
    browser_page.page.emulate_media(color_scheme=scheme)
    page = browser_page.open(made(name, family=family))
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert violations(page) == []


def test_the_familys_copy_prints_with_room_to_write(made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made("max", family=True))
    text = " ".join(" ".join(one.extract_text().split()) for one in paper(page).pages)
    assert text.count("How we remember it") >= 4
    page.emulate_media(media="print")
    assert all(box["height"] > 120 for box in (one.bounding_box() for one in page.locator(".room").all()))


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
