"""No label lies on another, none is too small to read, and none leaves the page: measured, at every size."""

from __future__ import annotations

import itertools
import math

import pytest

import safetynet as sn
from safetynet.plot.kit.style import SMALLEST
from tests.plot import big
from tests.plot.drawing import CASES, KINDS, drawer, outside, overlaps, texts

QUICK = [kind for kind in KINDS if kind != "scores_over_time"]  # it works out every score of every day


@pytest.mark.parametrize("page", ["slide", "a4"])
@pytest.mark.parametrize("people", [15, 30, 60])
@pytest.mark.parametrize("kind", QUICK)
def test_no_label_box_overlaps_another_at_any_size(kind, people, page):
    ax = drawer(kind)(big.case(people), ax=sn.plot.page(page))
    assert overlaps(ax) == []
    assert outside(ax) == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_of_every_packaged_case_fits_on_an_a4_page_with_legible_letters(kind, name):
    ax = drawer(kind)(sn.load_case(name), ax=sn.plot.page("a4_landscape"))
    assert overlaps(ax) == []
    assert outside(ax) == []
    assert min(text.get_fontsize() for text in texts(ax)) >= SMALLEST


@pytest.mark.parametrize("people", [15, 60])
def test_slanting_heads_stand_further_apart_than_their_letters_are_high(people):
    ax = sn.plot.who_knew_what(big.case(people), ax=sn.plot.page())
    heads = sorted((text for text in ax.texts if text.get_rotation()), key=lambda text: text.get_position()[0])
    places = [text.get_position()[0] for text in heads]
    angle = math.radians(heads[0].get_rotation())
    assert len(heads) > 10
    assert min(b - a for a, b in itertools.pairwise(places)) * math.sin(angle) > heads[0].get_fontsize()


def test_sixty_people_still_have_a_place_each_on_a_slide():
    case = big.case(60)
    written = "\n".join(text.get_text() for text in sn.plot.network(case, ax=sn.plot.page()).texts)
    assert sum(f"{name}" in written for name in case.people["name"] if name.split()[-1].isdigit()) == 60


def test_beyond_sixty_people_an_agency_stands_for_its_people_with_their_number():
    ax = sn.plot.network(big.case(100, agencies=10), ax=sn.plot.page())
    written = " ".join(text.get_text() for text in ax.texts)
    assert written.count("(10)") == 10  # 100 people in 10 agencies
    assert overlaps(ax) == []


def test_two_hundred_agencies_are_rolled_up_to_their_sectors():
    ax = sn.plot.network(big.case(200, agencies=200, rows=50), ax=sn.plot.page())
    written = " ".join(text.get_text() for text in ax.texts)
    assert "police (22)" in written  # agencies 2, 11, ... of 9 sectors: 22 of 200
    assert overlaps(ax) == []
