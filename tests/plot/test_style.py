"""Colours are never alone, and what matters can be seen in grey."""

from __future__ import annotations

import matplotlib.colors as mcolors
import pytest

from safetynet.case.vocabulary import SECTORS
from safetynet.plot.kit import style
from tests.plot.drawing import CASES, KINDS, on_a_slide

pytestmark = pytest.mark.slow


def test_every_sector_has_a_colour_and_a_shape_of_its_own():
    assert set(style.SECTORS) == set(SECTORS)
    assert len({look.marker for look in style.SECTORS.values()}) == len(SECTORS)
    assert len({look.colour for look in style.SECTORS.values()}) == len(SECTORS)


@pytest.mark.parametrize("colour", [style.INK, style.SOFT, style.PASSED, style.QUIET, style.MARK])
def test_lines_outlines_and_letters_stand_out_three_to_one_from_the_paper(colour):
    assert style.contrast(colour) >= 3
    grey = round(255 * (style.luminance(colour) ** (1 / 2.2)))
    assert style.contrast(f"#{grey:02x}{grey:02x}{grey:02x}") >= 3  # as a copier sees it


def test_contrast_is_that_of_the_guidelines():
    assert style.contrast("#000000") == pytest.approx(21)
    assert style.contrast("#ffffff") == pytest.approx(1)
    assert style.contrast("#767676") == pytest.approx(4.54, abs=0.01)  # the well-known lightest grey for AA text


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_and_every_marker_outline_has_contrast(kind, name):
    ax = on_a_slide(kind, name)
    for text in ax.texts:
        patch = text.get_bbox_patch()
        paper = mcolors.to_hex(patch.get_facecolor()) if patch is not None else style.PAPER
        if mcolors.to_hex(text.get_color()) == style.PAPER and patch is None:
            continue  # white letters on a bar
        assert style.contrast(mcolors.to_hex(text.get_color()), paper) >= 3, text.get_text()
    for line in ax.lines:
        if line.get_marker() not in ("", "None", None) and line.get_markersize() >= 4:
            assert style.contrast(mcolors.to_hex(line.get_markeredgecolor())) >= 3
