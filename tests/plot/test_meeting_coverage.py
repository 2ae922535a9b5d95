"""The picture of the meetings: which marks it draws, and what it says."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.builder import case
from tests.plot.drawing import marks, said

# T alone has c1, S and P have c2, both before they meet; G, who is not there, has c3 and c4
MET = (
    "T@school S@council P@police G@clinic",
    "c1 c2 c3 c4",
    "01-10 observed T c1",
    "01-11 observed S c2",
    "01-12 told S>P c2 phone",
    "01-13 observed G c3;c4",
)


def drawn(*rows: str) -> list[tuple[str, str, int]]:
    ax = sn.plot.meeting_coverage(case(*MET, *rows), legend=False, ax=sn.plot.page())
    every = {(line.get_marker(), line.get_markerfacecolor()) for line in ax.lines if line.get_marker() in "sD^"}
    return sorted(
        (marker, fill, len([one for one in marks(ax, marker) if one.get_markerfacecolor() == fill]))
        for marker, fill in every
    )


@pytest.mark.parametrize(
    ("tabled", "expected"),
    [
        ("c1", [("D", "#00496f", 1), ("^", "#E69F00", 2), ("s", "#ffffff", 1)]),
        ("c2", [("D", "#ffffff", 1), ("^", "#E69F00", 2), ("s", "#00496f", 1)]),
        ("-", [("D", "#ffffff", 1), ("^", "#E69F00", 2), ("s", "#ffffff", 1)]),
    ],
)
def test_a_filled_mark_was_tabled_a_diamond_one_alone_had_and_a_triangle_others_had(tabled, expected):
    assert drawn(f"01-20 met T;S;P {tabled}") == expected


def test_the_numbers_and_who_would_have_brought_what_stand_beside_a_meeting():
    ax = sn.plot.meeting_coverage(case(*MET, "01-20 met T;S;P c1"), ax=sn.plot.page())
    words = [text.get_text() for text in ax.texts]
    assert "1 of 2" in words  # c1 of c1 and c2
    assert "1 of 1" in words  # c1, which T alone had
    assert "G c3 c4" in words
    assert "20 Jan 2024 · e5\nschool, council, police" in words
    assert sn.plot.alt_text(ax) == (
        "What was tabled at the meetings of Untitled case by 20 Jan 2024: 1 meeting of two or more professionals. e5: "
        "1 of 2 tabled; of the 1 that one alone had, 1. To e5 others who were not there would have brought what "
        "nobody at it had."
    )


def test_where_a_row_does_not_list_everything_the_numbers_are_at_least():
    ax = sn.plot.meeting_coverage(case(*MET, "01-20 met T;S;P c1 complete=no"), ax=sn.plot.page())
    assert "≥ 1 of 2" in said(ax)
    assert "at least 1 of 2 tabled" in sn.plot.alt_text(ax)


def test_meetings_without_room_are_counted():
    rows = [f"02-{day:02d} met T;S;P c1" for day in range(1, 29)]
    ax = sn.plot.meeting_coverage(case(*MET, *rows), ax=sn.plot.page((8, 4)))
    shown = sum("· e" in text.get_text() for text in ax.texts)
    assert 1 < shown < 28
    assert f"{28 - shown} meetings at which least was left not shown" in said(ax).replace("\n", " ")


def test_without_a_meeting_of_two_professionals_it_says_so():
    ax = sn.plot.meeting_coverage(case(*MET), ax=sn.plot.page())
    assert "No meeting of two or more professionals" in said(ax)
