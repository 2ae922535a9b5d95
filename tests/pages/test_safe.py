"""Texts that a page can carry whatever is in them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.pages.safe import anchor, css_text, island, isolated

HEBREW = "שרה כהן"
PERSIAN = "مریم می\u200cخواهد"


def test_a_name_from_right_to_left_stands_by_itself_and_keeps_its_joiners():
    assert isolated(f"{HEBREW}, Dan") == f"\u2068{HEBREW}\u2069, Dan"
    assert isolated(f"by {PERSIAN} (2)") == f"by \u2068{PERSIAN}\u2069 (2)"
    assert isolated("Anna") == "Anna"


def test_points_on_letters_stay_inside():
    pointed = "שָׂרָה"
    assert isolated(pointed) == f"\u2068{pointed}\u2069"


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_data_come_back_from_an_island_and_nothing_in_it_can_end_it(data):
    text = str(island(data))
    assert json.loads(text) == data
    assert not re.search("[<>&'\u2028\u2029]", text)


def test_an_island_has_no_number_that_json_lacks():
    with pytest.raises(ValueError, match="not JSON compliant"):
        island({"share": float("nan")})


@given(st.text(), st.text())
def test_an_id_is_prefixed_has_no_blank_and_is_that_of_one_thing_only(one, other):
    assert re.fullmatch(r"sn-row(-[\w.~-]+)?", anchor("row", one))
    assert (anchor("row", one) == anchor("row", other)) == (one == other)


@given(st.text())
def test_a_text_in_a_style_sheet_ends_neither_its_string_nor_the_sheet(text):
    made = css_text(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 .,-]|\\[0-9a-f]+ )*"', made)
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), made[1:-1]) == text
