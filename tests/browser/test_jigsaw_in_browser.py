"""The training pack as a trainer opens it: from disk, without a network, in a browser, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

import safetynet as sn
from tests.browser.judge import dialogs, paper, violations
from tests.pages.hostile import NAMES, hostile_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import WatchedPage

pytestmark = pytest.mark.browser

DAYS = {"victoria_climbie": "1999-08-05", "pelka": "2011-11-30", "max": "2023-03-05", "hostile": "2024-02-10"}
POINTS = {"A4": (595, 842), "A5": (420, 595), "Letter": (612, 792)}  # the sizes of paper, in points
Made = Callable[..., Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Packs, each made once."""
    folder = tmp_path_factory.mktemp("packs")
    known: dict[str, Path] = {}

    def make(name: str, **more: object) -> Path:
        key = "_".join([name, *(f"{one}-{value}" for one, value in more.items())])
        if key not in known:
            case = hostile_case() if name == "hostile" else sn.load_case(name)
            after = folder / f"{key}_after.html"
            known[key] = sn.jigsaw(case, folder / f"{key}.html", DAYS[name], what_came_after=after, **more)
        return known[key]

    return make


def after(pack: Path) -> Path:
    return pack.with_name(f"{pack.stem}_after.html")


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pack_has_no_violation_of_wcag(name: str, scheme: str, made: Made, browser_page: WatchedPage) -> None:
    browser_page.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert violations(browser_page.open(made(name, groups=2))) == []
    assert violations(browser_page.open(after(made(name, groups=2)))) == []


@pytest.mark.parametrize("name", DAYS)
def test_a_pack_never_scrolls_sideways(name: str, made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made(name, by="person"))
    for width in (360, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_card_begins_on_a_page_of_its_own(made: Made, browser_page: WatchedPage) -> None:
    page = browser_page.open(made("pelka", by="person"))
    cards = page.locator("section.card").count()
    texts = [" ".join(one.extract_text().split()) for one in paper(page).pages]
    first = [number for number, text in enumerate(texts) if "Card 1: " in text]
    assert cards == 16  # all 16 professionals of the file have appeared by then
    for number in range(1, cards + 1):
        assert sum(f"Card {number}: " in text for text in texts) == 1
    assert first
    assert all(text.count("Card ") <= 1 for text in texts[first[0] :])
    assert "Blank ecomap" in texts[-1]
    assert all("as at 2011-11-30" in text for text in texts)


@pytest.mark.parametrize("size", POINTS)
@pytest.mark.parametrize("large", [False, True])
def test_a_pack_prints_on_the_paper_that_was_asked_for(
    size: str, large: bool, made: Made, browser_page: WatchedPage
) -> None:
    page = browser_page.open(made("pelka", by="person", paper=size, large=large))
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    box = printed.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == pytest.approx(POINTS[size], abs=1)
    page.emulate_media(media="print")
    across = {"A4": 703, "A5": 491, "Letter": 725}[size]  # pixels between the margins
    page.set_viewport_size({"width": across, "height": 900})
    wide = "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"
    assert page.eval_on_selector_all("main table, main th, main td, main p, figure", wide) == []


def test_the_choice_of_what_is_shown_rules_paper_too_and_works_from_the_keyboard(
    made: Made, browser_page: WatchedPage
) -> None:
    page = browser_page.open(made("max"))
    page.focus("#sn-show-both")
    page.keyboard.press("ArrowRight")  # the cards
    assert page.locator("#sn-show-cards").is_checked()
    assert not page.locator("#sn-sheet").is_visible()
    texts = " ".join(one.extract_text() for one in paper(page).pages)
    assert "Card 1" in texts
    assert "Stop-points" not in texts
    page.keyboard.press("ArrowRight")  # the sheet
    assert page.locator("#sn-sheet").is_visible()
    assert not page.locator("#sn-card-1").is_visible()


def test_everything_is_there_without_javascript(made: Made, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(made("max").as_uri())
    assert page.locator("#sn-reveal").is_visible()
    assert page.locator("section.card").first.is_visible()
    context.close()


def test_no_name_of_a_case_runs_or_breaks_the_pack(made: Made, browser_page: WatchedPage) -> None:
    opened = dialogs(browser_page.page)
    page = browser_page.open(made("hostile", by="person"))
    assert opened == []
    assert page.locator("img").count() == 0
    shown = " ".join(page.locator("body").inner_text().replace("\u2068", "").replace("\u2069", "").split())
    for name in NAMES.values():
        assert " ".join(name.split())[:20] in shown
