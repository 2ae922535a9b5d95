"""What stands in a cell, as HTML."""

from __future__ import annotations

import pytest

from safetynet.pages.cells import Cells
from safetynet.pages.lines import Ids, Who
from safetynet.pages.names import Said

BOTH, SAME = Said("School: Teacher", "Ann & Co"), Said("Court", "Court")


def test_a_text_stands_there_for_both_levels_only_where_they_differ():
    cells = Cells()
    two = '<span class="by-agency">School: Teacher</span><span class="by-person">Ann &amp; Co</span>'
    assert cells.say(BOTH) == two
    assert cells.say(SAME) == "Court"
    assert cells.called(BOTH) == two.replace("span", "bdi")
    assert cells.called(SAME) == "<bdi>Court</bdi>"


def test_a_page_of_one_level_has_no_word_of_the_other():
    assert Cells("person").say(BOTH) == "Ann &amp; Co"
    assert Cells("agency").called(BOTH) == "<bdi>School: Teacher</bdi>"


def test_an_id_is_a_link_where_the_page_has_its_place():
    cells = Cells("", ["e 1"], ["c1"])
    assert cells.link("row", "e 1") == '<a href="#sn-row-e~20~1">e 1</a>'
    assert cells.link("concern", "e 1") == "e 1"
    assert cells.cell(Ids("concern", ("c1", "c<2"), 3)) == '<a href="#sn-concern-c1">c1</a>, c&lt;2 and 3 more'


def test_a_cell_is_written_as_what_it_holds():
    cells = Cells("agency")
    assert cells.cell("a < b") == "a &lt; b"
    assert cells.cell(SAME) == "Court"
    assert cells.cell(Who([SAME, BOTH], 2)) == "<bdi>Court</bdi>; <bdi>School: Teacher</bdi> and 2 more"
    assert cells.cell("see \u05d0\u05d1 now") == "see \u2068\u05d0\u05d1\u2069 now"


@pytest.mark.parametrize(
    ("one", "holds", "named"),
    [
        ("2024-01-31", "date", "day"),
        ("2024-01-31/2024-02-03", "date", ""),
        ("", "day", "day"),
        ("a" * 25, "prose", "long"),
        ("a" * 24, "prose", "prose"),
        (Who([Said("x", "y" * 25)]), "who", "long"),
        ("short", "text", ""),
    ],
)
def test_the_class_of_a_cell_follows_what_it_holds(one, holds, named):
    assert Cells().classes(one, holds) == (f' class="{named}"' if named else "")
