"""What only a browser can tell of a page: accessibility, paper, and that nothing runs that should not."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA: rule, help and the first places."""
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found]


def paper(page: Page) -> PdfReader:
    """The page as it prints on A4."""
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


def dialogs(page: Page) -> list[str]:
    """A list that fills with whatever dialog the page opens."""
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    return opened
