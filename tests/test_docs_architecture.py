"""The drawing of the layers on the page about how it is built is that of the list in `tests/test_layers.py`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.test_layers import LAYERS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "docs" / "_ext"))

layers = pytest.importorskip("layers", reason="needs Sphinx")


def test_the_drawing_has_a_box_for_each_layer_with_the_command_line_on_top() -> None:
    picture = ET.fromstring(layers.drawn())
    boxes = [one for one in picture if one.tag.endswith("rect")]
    words = [(float(one.get("y", "0")), one.text or "") for one in picture if one.tag.endswith("text")]
    assert len(boxes) == len(LAYERS)
    tops = [float(box.get("y", "0")) for box in boxes]
    assert tops == sorted(tops)
    for box, (heads, what) in zip(boxes, reversed(LAYERS), strict=True):
        top, high = float(box.get("y", "0")), float(box.get("height", "0"))
        inside = " ".join(text for y, text in words if top < y < top + high)
        assert inside == f"{' '.join(heads)} {what}"


def test_no_line_of_the_drawing_is_longer_than_its_box() -> None:
    picture = layers.drawn()
    lines = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    assert lines
    assert max(map(len, lines)) <= layers.FEW
