"""The grid of who knew what: what it draws."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.builder import case
from tests.plot.crowd import crowded
from tests.plot.drawing import marks, outside, overlaps, said


def test_the_grid_draws_a_mark_for_every_cell_that_is_not_empty():
    real = sn.load_case("worked_example")  # 3 first hand and 3 told: see the table's test
    ax = sn.plot.who_knew_what(real, at="2024-01-31", ax=sn.plot.page())
    number = sn.tables.who_knew_what(real, at="2024-01-31")["state"].value_counts()
    assert len(marks(ax, ">")) == number["told"] + 1  # one more in the key
    solid = [line for line in marks(ax, "o") if line.get_markerfacecolor() == "#00496f"]
    assert len(solid) == number["first hand"] + 1


def test_who_only_said_it_has_a_mark_of_another_shape():
    ax = sn.plot.who_knew_what(case("T@school S@council", "c1", "told T>S c1 phone"), ax=sn.plot.page())
    assert len(marks(ax, "s")) == 2  # and the key
    assert "said it; source not recorded" in said(ax)
    assert "saw it" not in said(ax)


def test_the_margins_count_the_record():
    made = case("A@a B@b M:family", "c1 c2", "observed A c1;c2", "observed B c1", "observed M c1")
    for family in (False, True):
        ax = sn.plot.who_knew_what(made, family=family, legend=False, ax=sn.plot.page())
        numbers = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
        mother, child = (["1"], ["0"]) if family else ([], [])
        assert sorted(numbers) == sorted(["2", "1", "2", "1", *mother, *child])  # A 2, B 1; c1 2 professionals, c2 1


@pytest.mark.slow
def test_dates_stand_in_wide_cells_and_are_said_to_be_missing_in_narrow_ones():
    assert "1 Jan 24" in said(
        sn.plot.who_knew_what(case("A@a", "c1", "observed A c1"), show_dates=True, ax=sn.plot.page())
    )
    many = sn.plot.who_knew_what(sn.load_case("victoria_climbie"), show_dates=True, ax=sn.plot.page())
    assert "too narrow for dates" in said(many).replace("\n", " ")


@pytest.mark.slow
def test_beyond_twenty_five_people_a_line_is_an_agency_unless_people_are_asked_for():
    made = crowded(30)
    words = said(sn.plot.who_knew_what(made, ax=sn.plot.page()))
    assert "Social worker 1" not in words
    people = sn.plot.who_knew_what(made, by="person", ax=sn.plot.page("a4"))
    assert "Social worker 1" in said(people)
    assert overlaps(people) == outside(people) == []
    with pytest.raises(sn.ArgumentError, match="'auto', 'person', 'agency'"):
        sn.plot.who_knew_what(made, by="sector")
