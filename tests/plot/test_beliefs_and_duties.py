"""Beliefs and duties over time: the table of their stretches, and what the picture draws of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from matplotlib.patches import Rectangle

import safetynet as sn
from tests import builder
from tests.builder import case
from tests.plot.drawing import drawn_rows, marks, said
from tests.strategies import cases as random_cases

ROWS = (
    "01-10 observed T c1",
    "b: 01-11 assumed T>S c1",
    "d: 01-12 expected S c1 rule='the protocol' due=01-15 ref=e1",
    "01-18 done S ref=d outcome=completed",
    "01-20 told T>S c1 phone",
    "01-25 agreed S c1",
)


@pytest.fixture(scope="module")
def made() -> sn.Case:
    return case("T@school S@council", "c1", *ROWS, conditions="w1 council workload 01-05")


def stretches(made: sn.Case, row: str, at: str = "2024-01-31") -> list[tuple[str, str, str]]:
    table = sn.tables.beliefs_and_duties(made, at).query("row == @row")
    return [(f"{one.start:%m-%d}", f"{one.end:%m-%d}", one.state) for one in table.itertuples()]


def test_a_belief_has_a_stretch_for_each_thing_that_the_record_showed_of_the_party(made):
    assert stretches(made, "b") == [
        ("01-11", "01-19", "no record"),
        ("01-20", "01-24", "had it on record"),  # told on the 20th
        ("01-25", "01-31", "took it on"),  # agreed on the 25th
    ]
    assert stretches(made, "b", "2024-01-22") == [
        ("01-11", "01-19", "no record"),
        ("01-20", "01-22", "had it on record"),
    ]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2024-01-11", []),
        ("2024-01-14", [("01-12", "01-14", "not yet due")]),
        ("2024-01-16", [("01-12", "01-16", "could not be known")]),  # nobody had told S by the 15th
        ("2024-01-31", [("01-12", "01-18", "met late")]),
    ],
)
def test_a_duty_is_a_stretch_from_its_day_to_the_day_on_which_it_was_met(made, at, expected):
    assert stretches(made, "d", at) == expected


def test_concerns_of_one_row_stand_together_until_the_record_shows_them_otherwise():
    rows = ("01-10 observed T c1;c2;c3", "b: 01-11 assumed T>S c1;c2;c3", "01-12 told T>S c3 phone")
    table = sn.tables.beliefs_and_duties(case("T@school S@council", "c1 c2 c3", *rows))
    assert table["concerns"].tolist() == [("c1", "c2"), ("c3",), ("c3",)]


def test_every_stretch_is_a_bar_and_every_duty_a_line_with_its_end(made):
    ax = sn.plot.beliefs_and_duties(made, "2024-01-31", legend=False, ax=sn.plot.page())
    assert drawn_rows(ax) == {"b", "d"}
    bars = [one for one in ax.patches if isinstance(one, Rectangle) and str(one.get_label()) == "_rows:b"]
    assert len(bars) == 3
    assert bars[0].get_x() + bars[0].get_width() == pytest.approx(bars[1].get_x())
    assert len([one for one in marks(ax, "D") if one.get_label() == "_rows:d"]) == 1
    assert {"took it on", "met late"} <= {text.get_text() for text in ax.texts}


def test_what_it_says_counts_what_is_drawn(made):
    assert sn.plot.alt_text(sn.plot.beliefs_and_duties(made, "2024-01-31", ax=sn.plot.page())) == (
        "Beliefs and duties of Untitled case by 31 Jan 2024: 1 belief and 1 duty. What the record shows now of the "
        "party: 1 took it on. It changed for 1 of them, last on 25 Jan 2024. The duties: 1 met late."
    )


def test_a_condition_in_force_is_a_pale_span_with_its_words(made):
    ax = sn.plot.beliefs_and_duties(made, "2024-01-31", legend=False, ax=sn.plot.page())
    assert "council: w1" in said(ax)
    assert "conditions" in said(ax)
    without = sn.plot.beliefs_and_duties(case("T@school S@council", "c1", *ROWS), legend=False, ax=sn.plot.page())
    assert "conditions" not in said(without)


def test_lines_without_room_are_counted_and_those_without_a_record_are_kept():
    rows = [f"01-{day} assumed T>S c1" for day in range(11, 31)]
    some = case(
        "T@school S@council", "c1 c2", "01-10 observed T c1;c2", "01-10 told T>S c1", *rows, "x: assumed T>S c2"
    )
    ax = sn.plot.beliefs_and_duties(some, ax=sn.plot.page((8, 3.6)))
    words = said(ax).replace("\n", " ")
    shown = sum(f"e{number}: c1, T" in words for number in range(3, 23))
    assert 2 < shown < 20
    assert f"{20 - shown} lines not shown for want of room." in words
    assert "x: c2, T" in words


@pytest.mark.slow
@given(random_cases())
def test_the_stretches_of_a_belief_follow_on_each_other_from_then_to_now(tables) -> None:
    some = builder.from_tables(tables)
    long, short = sn.tables.beliefs_and_duties(some), sn.beliefs(some)
    for one in short.itertuples():
        mine = long[(long["row"] == one.row) & (long["holder"] == one.holder) & (long["party"] == one.party)]
        mine = mine[[one.concern in concerns for concerns in mine["concerns"]]]
        assert mine["state"].iloc[0] == one.then
        assert mine["state"].iloc[-1] == one.now
        following = mine["start"].iloc[1:].tolist()
        assert [end.toordinal() + 1 for end in mine["end"].iloc[:-1]] == [start.toordinal() for start in following]
