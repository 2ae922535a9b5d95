"""The explorer as a trainer uses it: from disk, without a network, by slider, key, filter and choice."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import safetynet as sn
from tests.browser.judge import dialogs, paper, violations
from tests.pages.hostile import NAMES, hostile_case
from tests.pages.large import large_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import WatchedPage

pytestmark = pytest.mark.browser
CASES = sn.list_cases()["name"].tolist()
SIZES = [(1280, 800), (1920, 1080), (360, 740)]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("explorers")


def made(folder: Path, name: str) -> Path:
    place = folder / f"{name}.html"
    if not place.exists():
        sn.explorer({"hostile": hostile_case, "large": large_case}.get(name, lambda: sn.load_case(name))(), place)
    return place


@pytest.fixture
def opened(folder: Path, browser_page: WatchedPage) -> Page:
    """The explorer of the worked example."""
    return browser_page.open(made(folder, "worked_example"))


def settle(page: Page) -> None:
    """Wait until the page has drawn what was asked of it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)
        settle(page)


def choose(page: Page, what: str, value: str) -> None:
    page.select_option(f"#sn-x-{what}", value)
    settle(page)


def look_at(page: Page, name: str, what: str = "a") -> None:
    page.select_option(f"#sn-x-{what}", label=name)
    settle(page)


def day(page: Page) -> str:
    return page.inner_text("#sn-x-day")


def slide(page: Page, to: str, which: str = "slider") -> None:
    """Move the slider to a day."""
    first = json.loads(page.text_content("#sn-data-explorer") or "")["first"]
    days = (dt.date.fromisoformat(to) - dt.date.fromisoformat(first)).days
    page.evaluate(
        "([id, value]) => { const one = document.getElementById(id); one.value = value;"
        " one.dispatchEvent(new Event('input', {bubbles: true})) }",
        [f"sn-x-{which}", days],
    )
    settle(page)


def mark(page: Page, name: str, place: int = 0) -> str:
    """What stands in somebody's marker on a map."""
    return str(page.text_content(f"#sn-x-map-{place} .node:has(title:text-is('{name}')) text.mark"))


def cell(page: Page, concern: str, column: int = 0) -> str:
    """How a concern stands in the panel."""
    return page.locator(f".ledger tbody tr:has(th:text('{concern} ')) td").nth(column).inner_text()


@pytest.mark.parametrize("name", [*CASES, "hostile"])
@pytest.mark.parametrize("size", SIZES)
def test_it_opens_from_disk_at_any_width_without_scrolling_sideways(name, size, folder, browser_page):
    browser_page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = browser_page.open(made(folder, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
def test_no_word_of_a_menu_is_cut_where_it_names_nothing_of_the_case(size, folder, browser_page):
    browser_page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = browser_page.open(made(folder, "victoria_climbie"))
    cut = """() => [...document.querySelectorAll(".choices select")].filter(one => one.offsetParent).flatMap(one => {
        const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(one);
        pen.font = style.font;
        const [left, right] = [parseFloat(style.paddingLeft), parseFloat(style.paddingRight)];
        const room = one.clientWidth - left - right - 20;  // of which the arrow has twenty
        const own = [...one.options].filter(each => !/^(a\\d|g\\d|p\\d|\\d)/.test(each.value));
        return own.filter(each => pen.measureText(each.text).width > room).map(each => each.text);
    })"""
    assert page.evaluate(cut) == []
    press(page, "t")
    assert page.evaluate(cut) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["worked_example", "victoria_climbie", "hostile"])
def test_accessibility_rules_find_nothing(name, scheme, folder, browser_page):
    browser_page.page.emulate_media(color_scheme=scheme)
    page = browser_page.open(made(folder, name))
    assert violations(page) == []
    page.click("details.help > summary")
    page.select_option("#sn-x-a", index=1)
    page.select_option("#sn-x-level", "person")
    settle(page)
    for one in page.locator(".ledger details").all()[:2]:
        one.evaluate("one => one.open = true")
    assert violations(page) == []
    choose(page, "beside", "dates")
    assert violations(page) == []


def test_accessibility_rules_find_nothing_on_a_telephone_in_large_type_and_with_hidden_names(folder, browser_page):
    browser_page.page.set_viewport_size({"width": 360, "height": 740})
    page = browser_page.open(made(folder, "victoria_climbie"))
    page.select_option("#sn-x-a", index=4)
    choose(page, "beside", "whatif")
    press(page, "t")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    press(page, "n")
    assert violations(page) == []


def test_the_slider_and_the_arrow_keys_go_through_the_days(opened):
    assert day(opened) == "30 Jan 2024"
    press(opened, "ArrowLeft", 2)
    assert day(opened) == "25 Jan 2024"
    assert "Doctor" in opened.inner_text("#sn-x-step")
    assert "row e5, 5 of 6" in opened.inner_text("#sn-x-step")
    press(opened, "ArrowLeft", 9)
    assert day(opened) == "10 Jan 2024"
    assert opened.is_disabled("#sn-x-previous")
    press(opened, "ArrowRight")
    assert day(opened) == "12 Jan 2024"
    opened.focus("#sn-x-slider")
    press(opened, "End")
    assert day(opened) == "30 Jan 2024"
    assert opened.get_attribute("#sn-x-slider", "aria-valuetext") == "30 Jan 2024"
    press(opened, "Home")
    assert day(opened) == "10 Jan 2024"
    opened.click("#sn-x-next")
    settle(opened)
    assert day(opened) == "12 Jan 2024"
    slide(opened, "2024-01-16")
    assert day(opened) == "16 Jan 2024"
    assert "No row is dated 16 Jan 2024. 3 of 6 rows lie before it." in opened.inner_text("#sn-x-step")


def test_contacts_and_knowledge_appear_as_they_happened(opened):
    slide(opened, "2024-01-11")
    assert mark(opened, "Teacher") == "1"
    assert mark(opened, "Social worker") == ""
    assert opened.locator("#sn-x-map-0 .flow").count() == 0
    slide(opened, "2024-01-12")
    assert mark(opened, "Social worker") == "1"
    assert opened.locator("#sn-x-map-0 .flow.told.now").count() == 1
    slide(opened, "2024-01-30")
    assert mark(opened, "Teacher") == "2"
    assert opened.locator("#sn-x-map-0 .hub.now").count() == 1
    choose(opened, "concern", "0")
    assert [mark(opened, name) for name in ("Teacher", "Social worker", "Police officer", "Doctor")] == [
        "1",
        "2",
        "2",
        "",
    ]
    choose(opened, "concern", "1")
    assert [mark(opened, name) for name in ("Police officer", "Social worker")] == ["1", "·"]
    choose(opened, "world", "recorded")
    assert mark(opened, "Social worker") == ""


def test_the_panel_says_what_was_on_record_what_could_have_been_known_and_by_which_rows(opened):
    look_at(opened, "Social worker")
    panel = opened.inner_text("#sn-x-panel")
    assert "33%" in panel  # c1 of severity 3, of 3 + 4 + 2
    assert "told from 12 Jan 2024" in cell(opened, "c1")
    assert "could have known (possible) from 30 Jan 2024" in cell(opened, "c2")
    assert "No record of knowing by then, though somebody has it on record: c3." in panel
    opened.click(".ledger tbody tr:has(th:text('c2 ')) summary")
    settle(opened)
    items = opened.locator(".ledger tbody tr:has(th:text('c2 ')) li").all_inner_texts()
    assert [one.split(":")[0] for one in items] == ["2024-01-15 row e3", "2024-01-30 row e6"]
    assert "Police officer" in items[1]
    assert opened.locator("#sn-x-map-0 .flow.chain").count() == 1
    slide(opened, "2024-01-29")
    assert opened.locator(".ledger tbody tr").count() == 1


def test_two_people_stand_side_by_side(opened):
    choose(opened, "beside", "people")
    look_at(opened, "Teacher")
    look_at(opened, "Police officer", "b")
    assert opened.locator(".ledger thead th").all_inner_texts() == ["Concern", "Teacher", "Police officer"]
    assert "first hand" in cell(opened, "c1", 0)
    assert "told from 30 Jan 2024" in cell(opened, "c1", 1)
    assert "no record of knowing" in cell(opened, "c2", 0)
    assert [one.strip() for one in opened.locator(".card strong").all_inner_texts()] == ["56%", "78%"]


def test_two_dates_stand_side_by_side(opened):
    look_at(opened, "Teacher")
    choose(opened, "beside", "dates")
    slide(opened, "2024-01-11")
    slide(opened, "2024-01-28", "slider-2")
    assert opened.locator(".chart:visible").count() == 2
    assert (mark(opened, "Teacher", 0), mark(opened, "Teacher", 1)) == ("1", "2")
    assert "no record of knowing" in cell(opened, "c3", 0)
    assert "told from 25 Jan 2024" in cell(opened, "c3", 1)
    assert opened.locator("#sn-x-map-1 .node.differs").count() == 4  # T, S, P and G


def test_the_record_and_a_what_if_stand_side_by_side(opened):
    look_at(opened, "Teacher")
    choose(opened, "beside", "whatif")
    assert "What if: A telephone conversation between" in opened.inner_text("#sn-x-whatif")
    slide(opened, "2024-01-30")
    assert (mark(opened, "Teacher", 0), mark(opened, "Teacher", 1)) == ("2", "3")
    assert "no record of knowing" in cell(opened, "c2", 0)
    assert "told from 30 Jan 2024" in cell(opened, "c2", 1)
    opened.focus("#sn-x-slider")
    press(opened, "End")
    press(opened, "ArrowLeft")
    assert "row added1, 6 of 7" in opened.inner_text("#sn-x-step")
    assert "not in the record" in opened.inner_text("#sn-x-step")


def test_a_filter_leaves_the_rows_of_a_concern_or_an_agency(opened):
    choose(opened, "concern", "2")
    assert opened.locator("tr[data-row]:visible").count() == 2
    press(opened, "ArrowLeft", 5)
    assert day(opened) == "20 Jan 2024"
    choose(opened, "concern", "-1")
    opened.select_option("#sn-x-agency", label="council")
    settle(opened)
    assert opened.locator("tr[data-row]:visible").count() == 2
    assert opened.locator("tr[data-holder]:visible").count() == 1
    assert opened.locator("#sn-x-map-0 .node.dim").count() == 4


def test_names_are_hidden_at_a_key_everywhere(folder, browser_page):
    page = browser_page.open(made(folder, "reuben"))
    page.select_option("#sn-x-a", index=2)
    press(page, "n")
    case, data = sn.load_case("reuben"), json.loads(page.text_content("#sn-data-explorer") or "")
    text = page.inner_text("body") + " ".join(page.locator("svg title, option").all_text_contents()) + page.title()
    hidden = " ".join(one["h"] for one in data["people"] if one)
    names = [name for name in [*case.people["name"], *case.agencies["name"], case.title] if name not in hidden]
    assert len(names) > 15
    assert [name for name in names if name in text] == []
    assert page.inner_text("h1") == "A case"
    page.emulate_media(media="print")
    assert [name for name in names if name in page.inner_text("body")] == []
    page.emulate_media(media="screen")
    press(page, "n")
    assert page.inner_text("h1") == case.title


def test_letters_do_nothing_once_their_box_is_cleared(opened):
    press(opened, "t")
    assert opened.get_attribute("#sn-x-large", "aria-pressed") == "true"
    opened.click("details.help > summary")
    opened.uncheck("#sn-x-keys")
    opened.focus("#sn-x-next")
    press(opened, "t")
    assert opened.get_attribute("#sn-x-large", "aria-pressed") == "true"


def test_it_fills_the_screen_at_a_key(opened):
    press(opened, "f")
    opened.wait_for_timeout(200)
    assert opened.evaluate("document.fullscreenElement && document.fullscreenElement.id") == "sn-x-explorer"
    press(opened, "End")
    press(opened, "ArrowLeft")
    assert day(opened) == "25 Jan 2024"
    press(opened, "f")


def test_agencies_stand_first_in_a_large_case_and_persons_come_on_request(folder, browser_page):
    page = browser_page.open(made(folder, "victoria_climbie"))
    agencies = page.locator("#sn-x-map-0 .node").count()
    press(page, "p")
    assert page.locator("#sn-x-map-0 .node").count() > agencies
    page.click("#sn-x-map-0 .node:has(title:text('Allocated social worker')) .shape")
    settle(page)
    assert "Allocated social worker" in page.inner_text("#sn-x-panel h3")


def test_letters_on_the_map_are_twelve_points_on_a_projector(folder, browser_page):
    browser_page.page.set_viewport_size({"width": 1280, "height": 800})
    page = browser_page.open(made(folder, "victoria_climbie"))
    sizes = page.eval_on_selector_all(
        "#sn-x-map-0 text.label",
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)",
    )
    assert min(sizes) >= 15.5  # pixels: 16 are 12 points


def test_names_that_would_break_a_page_are_shown_and_nothing_runs(folder, browser_page):
    opened = dialogs(browser_page.page)
    page = browser_page.open(made(folder, "hostile"))
    for option in page.locator("#sn-x-a option").all()[1:]:
        choose(page, "a", str(option.get_attribute("value")))
        assert page.locator("#sn-x-panel h3").count() == 1
    press(page, "ArrowLeft", 12)
    text = " ".join((page.text_content("body") or "").replace("\u2068", "").replace("\u2069", "").split())
    for name in NAMES.values():
        assert " ".join(name.split()) in text
    assert page.locator("img").count() == 0
    assert opened == []


def test_without_a_script_it_has_the_map_who_knew_what_and_the_chronology(folder, browser: Browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(made(folder, "victoria_climbie").resolve().as_uri())
    assert page.locator("#sn-x-map-0 .node:not(.away) .shape").first.is_visible()
    assert page.locator("#sn-known td.k1").first.is_visible()
    assert page.locator("#sn-chronology tr[data-row]").count() == len(sn.load_case("victoria_climbie").chronology)
    assert not page.locator(".controls").is_visible()
    assert page.get_by_role("heading", name="What if").is_visible()
    context.close()


def test_on_paper_the_map_stands_with_what_it_says(folder, browser_page):
    page = browser_page.open(made(folder, "reuben"))
    page.select_option("#sn-x-a", index=2)
    settle(page)
    printed = paper(page)
    first = printed.pages[0].extract_text()
    assert "A network over a period, not a person" in first
    words = " ".join(one.extract_text() for one in printed.pages)
    assert "In words" in words
    case = sn.load_case("reuben")
    for row in case.chronology["id"]:
        assert row in words
    for one in printed.pages:
        assert (round(float(one.mediabox.width)), round(float(one.mediabox.height))) == (595, 842)


@pytest.mark.parametrize("name", ["victoria_climbie", "worked_example", "large"])
def test_on_paper_no_column_is_cut_off(name, folder, browser_page):
    page = browser_page.open(made(folder, name))
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 between its margins
    page.emulate_media(media="print")
    settle(page)
    wide = page.eval_on_selector_all("table", "all => all.map(one => one.getBoundingClientRect().right)")
    assert max(wide) <= 688


@pytest.mark.slow
def test_a_step_takes_a_moment_with_sixty_people_and_a_thousand_rows(folder, browser_page):
    page = browser_page.open(made(folder, "large"))
    choose(page, "level", "person")
    page.select_option("#sn-x-a", index=15)
    press(page, "ArrowLeft", 30)
    assert page.locator("#sn-x-map-0 .node").count() == 60
    assert page.locator("#sn-x-panel h3").count() == 1


def test_in_a_notebook_that_was_exported_it_works_within_its_frame(tmp_path, browser_page):
    shown = sn.explorer(sn.load_case("worked_example"))._repr_html_()
    (tmp_path / "exported.html").write_text(f"<!doctype html><title>x</title><body>{shown}</body>", encoding="utf-8")
    page = browser_page.open(tmp_path / "exported.html")
    inside = page.frames[1]
    for row in ("row e6, 6 of 6", "row e5, 5 of 6"):
        inside.click("#sn-x-previous")
        inside.locator("#sn-x-step", has_text=row).wait_for()
    assert inside.inner_text("#sn-x-day") == "25 Jan 2024"
    assert inside.evaluate("window.origin") == "null"  # a frame that can reach nothing of the page around it
