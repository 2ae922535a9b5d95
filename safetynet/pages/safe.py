"""What makes a text of a case safe on a page: isolated, escaped, named.

A name may hold anything: markup, quotes, letters from right to left, an end of a script. Templates escape everything
themselves (autoescape); here is what they cannot know.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

# Scripts written from right to left, and what stands on and between their letters: points, joiners, marks.
_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ON_IT = "\u0300-\u036f\u200c-\u200f"
_TURNED = re.compile(f"[{_LETTER}][{_LETTER}{_ON_IT}]*(?:[ '’\"-]+[{_LETTER}][{_LETTER}{_ON_IT}]*)*")
_IN_JSON = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'\u2028\u2029"}


def isolated(value: object) -> object:
    """A text whose stretches from right to left stand by themselves, so that what is beside them keeps its place.

    The templates do this with every text that they show, in attributes too; names stand in ``<bdi>`` besides.
    """
    if not isinstance(value, str) or isinstance(value, Markup) or value.isascii():
        return value
    return _TURNED.sub("\u2068\\g<0>\u2069", value)


def anchor(kind: str, identity: object = "") -> str:
    """The ``id`` of something on a page, ``sn-row-e12``: prefixed, without blanks, never the same for two of a kind.

    Examples
    --------
    >>> from safetynet.pages.safe import anchor
    >>> anchor("row", "e12"), anchor("row", "e 12")
    ('sn-row-e12', 'sn-row-e~20~12')
    """
    text = re.sub(r"[^\w.-]", lambda found: f"~{ord(found[0]):x}~", str(identity), flags=re.ASCII)
    return f"sn-{kind}-{text}" if text else f"sn-{kind}"


def island(data: Any) -> Markup:
    """Data as JSON that may stand in a script element: nothing in it ends the element or a line of it.

    Raises
    ------
    ValueError
        If a number in it is not finite: JSON has no word for that, so pass None.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_IN_JSON))


def css_text(text: str) -> str:
    """A text as a string of a style sheet; nothing in it ends the string or the sheet."""
    inner = re.sub(r"[^A-Za-z0-9 .,-]", lambda found: f"\\{ord(found[0]):x} ", text)
    return f'"{inner}"'


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """A content security policy under which only these styles and scripts count and nothing is fetched."""
    parts = {"style-src": styles, "script-src": scripts}
    allowed = [f"{name} {' '.join(map(_digest, texts)) or chr(39) + 'none' + chr(39)}" for name, texts in parts.items()]
    return "; ".join(["default-src 'none'", *allowed, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
