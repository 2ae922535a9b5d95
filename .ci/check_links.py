"""Look up every link of the built documentation, without a network.

    python .ci/check_links.py FOLDER

A link to a page, a file or a heading of the folder has to lead somewhere, and no page may load anything from elsewhere.
Prints what does not, and exits with 1.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("img", "src"), ("script", "src"), ("iframe", "src"), ("link", "href"), ("source", "src"), ("object", "data")}


@dataclass
class Page(HTMLParser):
    """What a page can be linked to by, and where it links."""

    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag, name) == ("a", "name"):
                self.ids.add(value or "")
            elif value and name in ("href", "src", "data"):
                self.links.append((tag, name, value))


def read(path: Path) -> Page:
    """The links and headings of one page."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def faults(folder: Path) -> list[str]:
    """Every link that leads nowhere, and everything that is loaded from elsewhere."""
    pages = {path.resolve(): read(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        for tag, name, link in page.links:
            if said := _fault(pages, path, tag, name, link):
                found.append(f"{path.relative_to(folder.resolve())}: {link}: {said}")
    return found


def _fault(pages: dict[Path, Page], path: Path, tag: str, name: str, link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        elsewhere = parts.scheme not in ("data", "mailto") and (tag, name) in LOADED
        return "loaded from elsewhere" if elsewhere else ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists():
        return "no such file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "no such heading"
    return ""


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    print(*wrong[:40], f"{len(wrong)} links lead nowhere" if wrong else "every link leads somewhere", sep="\n")
    sys.exit(bool(wrong))
