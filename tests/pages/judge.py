"""What every page must keep, judged from its text: policy, ids, links, attributes, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

FETCHING = {"src", "srcset", "action", "data", "poster", "background", "formaction", "ping", "manifest"}


class Judged(HTMLParser):
    """What a page holds: its tags with their attributes, its text, and the texts of styles, scripts and islands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.inner: dict[str, list[str]] = {"style": [], "script": [], "island": []}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        made = {name: value or "" for name, value in attrs}
        self.tags.append((tag, made))
        if tag in ("style", "script"):
            self._open = "island" if made.get("type") == "application/json" else tag
            self.inner[self._open].append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self._open = ""

    def handle_endtag(self, tag):
        self._open = ""

    def handle_data(self, data):
        if self._open:
            self.inner[self._open][-1] += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    @property
    def ids(self) -> list[str]:
        return self.values("id")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def judge(text: str) -> Judged:
    """Fail unless a page keeps what every page keeps; give what it holds."""
    page = Judged(text)
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    parts = {name: set(words) for name, *words in (part.split() for part in policy.split(";"))}
    assert parts["default-src"] == {"'none'"}
    assert parts["style-src"] == {digest(one) for one in page.inner["style"]}
    assert parts["script-src"] == ({digest(one) for one in page.inner["script"]} or {"'none'"})
    assert parts["img-src"] == {"data:"}
    assert not any("unsafe" in word for words in parts.values() for word in words)

    broken = [name for _, attrs in page.tags for name in attrs if not re.fullmatch(r"[a-z][a-z0-9:-]*", name)]
    assert not broken, "an attribute that a value has broken open"
    assert not page.values("style"), "a style attribute, which the policy forbids"
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")], "a handler in an attribute"
    assert not [one for one in page.ids if not re.fullmatch(r"sn-\S+", one)], "an id without the prefix"
    assert len(set(page.ids)) == len(page.ids), "an id that stands twice"
    links = page.values("href") + page.values("xlink:href")
    assert not [one for one in links if not one.startswith("#")], "a link that leads out"
    assert {one[1:] for one in links} <= set(page.ids), "a link that leads nowhere"
    labels = {
        word
        for name in ("for", "aria-labelledby", "aria-describedby")
        for one in page.values(name)
        for word in one.split()
    }
    assert labels <= set(page.ids)

    fetched = [(n, v) for _, a in page.tags for n, v in a.items() if n in FETCHING and not v.startswith("data:")]
    assert not fetched, "something is fetched"
    sheet = " ".join(page.inner["style"])
    assert "@import" not in sheet
    assert not re.findall(
        r"url\((?!\s*[\"']?(?:#|data:))", sheet + " ".join(page.values("fill") + page.values("clip-path"))
    )
    for island in page.inner["island"]:
        assert not re.search("[<>\u2028\u2029]", island)
    return page
