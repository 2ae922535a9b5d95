"""The smallest meeting, and the earliest picture."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.meeting import earliest_picture, meeting_size, smallest_meeting
from safetynet.record.snapshot import snapshot
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


# smallest meeting -------------------------------------------------------------------------------------


def test_in_the_worked_example_the_teacher_and_the_police_officer_had_it_all(worked):
    table = smallest_meeting(worked, "2024-01-31")
    assert table[["person", "agency", "left", "concerns", "adds", "only", "severity"]].values.tolist() == [
        ["P", "police", False, ("c1", "c2"), ("c1", "c2"), ("c2",), 7.0],
        ["T", "school", False, ("c1", "c3"), ("c3",), (), 5.0],
    ]
    assert table["rows"].tolist() == [("e3", "e6"), ("e1", "e2", "e5")]


def test_for_part_of_the_picture_fewer_will_do(worked):
    # of 9, P has 7: 77.8 per cent
    assert smallest_meeting(worked, "2024-01-31", share=7 / 9)["person"].tolist() == ["P"]
    assert len(smallest_meeting(worked, "2024-01-31", share=0.78)) == 2


@pytest.mark.parametrize(("name", "size"), [("max", 1), ("reuben", 2), ("victoria_climbie", 10), ("malachi_subecz", 3)])
def test_its_size_at_the_default_date_is_that_of_an_independent_count(name, size):
    case = sn.load_case(name)
    assert len(smallest_meeting(case)) == size
    assert meeting_size(snapshot(case)) == size


def test_who_has_left_may_be_invited_and_is_marked():
    case = made.case("T@school S@council", [saw("T", "c1"), saw("S", "c2"), {"kind": "closed", "who": "S"}], "c1 c2")
    table = smallest_meeting(case, "2024-01-31")
    assert dict(zip(table["person"], table["left"], strict=True)) == {"T": False, "S": True}


def test_of_two_who_would_do_the_one_who_is_still_involved_is_invited():
    # A comes first by name and has more, but has left
    rows = [saw("A", "c1"), saw("B", "c1"), {"kind": "closed", "who": "A"}]
    case = made.case("A@school B@council", rows)
    assert smallest_meeting(case, "2024-01-31")["person"].tolist() == ["B"]


def test_of_two_who_would_do_the_one_with_the_fuller_picture_is_invited():
    # C must come for c3; A and B both bring c1, B brings c3 as well
    rows = [saw("A", "c1"), saw("B", "c1;c3"), saw("C", "c2;c3")]
    case = made.case("A@x B@y C@z", rows, "c1 c2 c3")
    assert sorted(smallest_meeting(case)["person"]) == ["B", "C"]


def test_of_two_who_are_alike_the_first_by_id_is_invited():
    case = made.case("B@x A@y", [saw("B"), saw("A")])
    assert smallest_meeting(case)["person"].tolist() == ["A"]


def test_nobody_is_invited_where_nothing_is_known():
    table = smallest_meeting(made.nobody())
    assert table.empty
    assert table.dtypes.astype(str).to_dict()["left"] == "bool"
    assert meeting_size(snapshot(made.nobody())) != meeting_size(snapshot(made.nobody()))  # NaN


@pytest.mark.parametrize("share", [0, -1, 1.01, "half", True, None])
def test_a_share_that_is_no_part_is_refused(worked, share):
    with pytest.raises(sn.ArgumentError, match="share="):
        smallest_meeting(worked, share=share)


@given(strategies.cases(), strategies.questions)
def test_no_smaller_meeting_exists_and_this_one_has_everything(tables, at):
    case = made.from_tables(tables)
    table = smallest_meeting(case, at)
    assert len(table) == (brute.fewest_by_all_combinations(tables, at) or 0)
    assert set().union(*table["concerns"]) == brute.known_worries(tables, at)
    assert [worry for adds in table["adds"] for worry in adds] == list(dict.fromkeys(
        worry for adds in table["adds"] for worry in adds))  # fmt: skip
    staying = brute.involved(tables, at)
    assert table["left"].tolist() == [person not in staying for person in table["person"]]


# earliest picture -------------------------------------------------------------------------------------


def test_in_the_worked_example_two_could_have_had_it_when_the_letter_came(worked):
    # c1 with T on the 10th, c2 with P on the 15th, c3 with T on the 25th; nobody alone ever had all three
    table = earliest_picture(worked)
    assert table[["question", "people", "concerns", "share", "missing"]].values.tolist() == [
        ["could have", ("P", "T"), ("c1", "c2", "c3"), 1.0, ()],
        ["had", ("P",), ("c1", "c2"), pytest.approx(7 / 9), ("c3",)],
    ]
    assert table["date"][0] == pd.Timestamp("2024-01-25")
    assert pd.isna(table["date"][1])


def test_in_the_worked_example_half_of_it_was_there_by_the_fifteenth(worked):
    # 4.5 of 9: with P (c2: 4), S or T (c1: 3) makes 7 on the 15th, and S comes first by id; one alone first has 5
    # on the 25th (T: c1 and c3)
    table = earliest_picture(worked, share=0.5)
    assert table["date"].tolist() == [pd.Timestamp("2024-01-15"), pd.Timestamp("2024-01-25")]
    assert table["people"].tolist() == [("P", "S"), ("T",)]


@pytest.mark.parametrize("people", [0, -1, 1.5, True, "two"])
def test_a_number_that_is_no_number_of_people_is_refused(worked, people):
    with pytest.raises(sn.ArgumentError, match="people="):
        earliest_picture(worked, people=people)


def test_there_is_no_picture_where_nothing_is_known():
    assert earliest_picture(made.nobody()).empty


@given(strategies.cases(max_rows=10), strategies.questions)
def test_the_earliest_picture_is_that_of_trying_every_day_and_every_group(tables, at):
    case = made.from_tables(tables)
    worries = brute.known_worries(tables, at)
    severity = brute.view(tables).severity
    people = brute.view(tables).professionals
    for share in (1.0, 0.6):
        table = earliest_picture(case, people=2, share=share, at=at).set_index("question")
        for question, size in (("could have", 2), ("had", 1)):
            if not worries:
                assert table.empty
                continue
            wanted = share * sum(severity[c] for c in worries) - 1e-9
            found = None
            for day in sorted({latest for _, latest in brute.recorded(tables).values() if latest <= at}):
                holdings = [things & worries for h, things in brute.held(tables, day).items() if h in people]
                for group in combinations(holdings, min(size, len(holdings))):
                    if found is None and sum(severity[c] for c in set().union(*group)) >= wanted:
                        found = pd.Timestamp(day)
            date = table["date"][question]
            assert (pd.isna(date) and found is None) or date == found
