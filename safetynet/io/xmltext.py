"""Text as the XML of a workbook holds it: signs that XML cannot hold are codes such as ``_x000D_``."""

from __future__ import annotations

import re

_UNHELD = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_CODED = re.compile(f"[{_UNHELD}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNHELD}])")
_CODE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")


def encode(text: str) -> str:
    r"""The text as the XML of a workbook holds it; what looks like a code gets ``_x005F_`` for its first ``_``.

    Examples
    --------
    >>> encode("a\rb"), encode("_x000D_")
    ('a_x000D_b', '_x005F_x000D_')
    """
    return _CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def decode(text: str) -> str:
    r"""The text that the XML of a workbook stands for.

    Examples
    --------
    >>> decode("a_x000D_b"), decode("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    return _CODE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
