"""XML as text, escaped everywhere; signs that XML cannot hold stand as a replacement sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

REPLACED = "\ufffd"
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def held(text: str) -> str:
    r"""The text without what XML cannot hold.

    Examples
    --------
    >>> held("a\x00b") == "a\ufffdb", held("a\tb")
    (True, 'a\tb')
    """
    return _UNHELD.sub(REPLACED, text)


def names(ids: Sequence[str]) -> dict[str, str]:
    r"""What each id is called in XML: itself, or its number where it has a sign that XML cannot hold.

    Examples
    --------
    >>> names(["a", "b\x01"])
    {'a': 'a', 'b\x01': 'node_2'}
    """
    taken = {one for one in ids if not has_unheld(one)}
    found: dict[str, str] = {}
    for number, one in enumerate(ids, start=1):
        name = one if one in taken else f"node_{number}"
        while one not in taken and name in taken:
            name += "_"
        found[one] = name
    return found


def has_unheld(text: str) -> bool:
    """Whether a text has a sign that XML cannot hold."""
    return _UNHELD.search(text) is not None


def text(content: object) -> str:
    """The content of an element.

    Examples
    --------
    >>> text("</data> & more")
    '&lt;/data&gt; &amp; more'
    """
    return held(str(content)).translate(_SPECIAL)


def tag(name: str, attributes: Mapping[str, object] | None = None, inside: str | Iterable[str] = "") -> str:
    """An element with its attributes; what is `inside` is markup already.

    Examples
    --------
    >>> tag("node", {"id": 'a"b', "label": ""}, tag("x"))
    '<node id="a&quot;b" label=""><x/></node>'
    """
    cells = "".join(f' {key}="{held(str(value)).translate(_QUOTED)}"' for key, value in (attributes or {}).items())
    body = inside if isinstance(inside, str) else "".join(inside)
    return f"<{name}{cells}>{body}</{name}>" if body else f"<{name}{cells}/>"


def comment(words: str) -> str:
    """A comment."""
    return f"<!-- {text(words).replace('--', '- -')} -->\n"
