"""The smallest meeting, and the earliest picture."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.meeting import earliest_picture, meeting_size, smallest_meeting
from safetynet.record.snapshot import snapshot
from tests import builder, strategies
from tests.brute import model
from tests.brute import picture as brute
from tests.builder import case, from_tables
from tests.measures.against import made_up, packaged


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


# smallest meeting -------------------------------------------------------------------------------------


def test_in_the_worked_example_the_teacher_and_the_police_officer_had_it_all(worked):
    table = smallest_meeting(worked, "2024-01-31")
    assert table[["person", "agency", "has_left", "concerns", "adds", "only", "weight"]].values.tolist() == [
        ["P", "police", False, ("c1", "c2"), ("c1", "c2"), ("c2",), 7.0],
        ["T", "school", False, ("c1", "c3"), ("c3",), (), 5.0],
    ]
    assert table["rows"].tolist() == [("e3", "e6"), ("e1", "e2", "e5")]


def test_for_part_of_the_picture_fewer_will_do(worked):
    # of 9, P has 7: 77.8 per cent
    assert smallest_meeting(worked, "2024-01-31", share=7 / 9)["person"].tolist() == ["P"]
    assert len(smallest_meeting(worked, "2024-01-31", share=0.78)) == 2


@pytest.mark.parametrize(
    ("name", "size"),
    [("max", 1), ("reuben", 2), ("victoria_climbie", 10), ("malachi_subecz", 3), ("khyra_ishaq", 6), ("pelka", 5)],
)
def test_its_size_at_the_default_date_is_that_of_an_independent_count(name, size):
    case = sn.load_case(name)
    assert len(smallest_meeting(case)) == size
    assert meeting_size(snapshot(case)) == size


def test_who_has_left_may_be_invited_and_is_marked():
    made_case = case("T@school S@council", "c1 c2", "observed T c1", "observed S c2", "closed S")
    table = smallest_meeting(made_case, "2024-01-31")
    assert dict(zip(table["person"], table["has_left"], strict=True)) == {"T": False, "S": True}


def test_of_two_who_would_do_the_one_who_is_still_involved_is_invited():
    # A comes first by name, but has left
    made_case = case("A@school B@council", "c1", "observed A c1", "observed B c1", "closed A")
    assert smallest_meeting(made_case, "2024-01-31")["person"].tolist() == ["B"]


def test_of_two_who_would_do_the_one_with_the_fuller_picture_is_invited():
    # C must come for c2; A and B both bring c1, B brings c3 as well
    made_case = case("A@x B@y C@z", "c1 c2 c3", "observed A c1", "observed B c1;c3", "observed C c2;c3")
    assert sorted(smallest_meeting(made_case)["person"]) == ["B", "C"]


def test_of_two_who_are_alike_the_first_by_id_is_invited():
    made_case = case("B@x A@y", "c1", "observed B c1", "observed A c1")
    assert smallest_meeting(made_case)["person"].tolist() == ["A"]


def test_nobody_is_invited_where_nothing_is_known(worked):
    table = smallest_meeting(builder.nobody())
    assert table.empty
    assert table.dtypes.equals(smallest_meeting(worked).dtypes)
    assert meeting_size(snapshot(builder.nobody())) != meeting_size(snapshot(builder.nobody()))  # NaN


@pytest.mark.parametrize("share", [0, -1, 1.01, "half", True, None])
def test_a_share_that_is_no_part_is_refused(worked, share):
    with pytest.raises(sn.ArgumentError, match="share="):
        smallest_meeting(worked, share=share)


def check_meeting(tables, made_case, at):
    table, view = smallest_meeting(made_case, at), model.view(tables, at)
    assert len(table) == (brute.smallest_meeting(tables, at) or 0)
    assert set().union(*table["concerns"]) == view.known
    assert sorted(worry for adds in table["adds"] for worry in adds) == sorted(view.known)
    assert table["has_left"].tolist() == [person not in view.involved for person in table["person"]]
    assert len(smallest_meeting(made_case, at, share=0.6)) == (brute.smallest_meeting(tables, at, share=0.6) or 0)


test_of_the_packaged_cases_no_smaller_meeting_exists = packaged(check_meeting)


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_no_smaller_meeting_exists_and_this_one_has_everything(tables, at):
    check_meeting(tables, from_tables(tables), at)
    assert len(smallest_meeting(from_tables(tables), at)) == (brute.fewest_by_all_combinations(tables, at) or 0)


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
    assert table["rows"].tolist() == [("e1", "e2", "e3", "e5"), ("e3", "e6")]  # what is on record by that day


def test_in_the_worked_example_half_of_it_was_there_by_the_fifteenth(worked):
    # 4.5 of 9: with P (c2: 4), S or T (c1: 3) makes 7 on the 15th, and S comes first by id; one alone first has 5
    # on the 25th (T: c1 and c3)
    table = earliest_picture(worked, share=0.5)
    assert table["date"].tolist() == [pd.Timestamp("2024-01-15"), pd.Timestamp("2024-01-25")]
    assert table["people"].tolist() == [("P", "S"), ("T",)]


def test_who_had_left_by_that_day_is_marked():
    made_case = case("T@school S@council", "c1 c2", "1 observed T c1", "2 closed T", "5 observed S c2")
    line = earliest_picture(made_case).iloc[0]
    assert (line["date"], line["people"], line["left_holders"]) == (pd.Timestamp("2024-01-05"), ("S", "T"), ("T",))


@pytest.mark.parametrize("people", [0, -1, 1.5, True, "two"])
def test_a_number_that_is_no_number_of_people_is_refused(worked, people):
    with pytest.raises(sn.ArgumentError, match="people="):
        earliest_picture(worked, people=people)


def test_there_is_no_picture_where_nothing_is_known(worked):
    assert earliest_picture(builder.nobody()).empty
    assert earliest_picture(builder.nobody()).dtypes.equals(earliest_picture(worked).dtypes)


def check_picture(tables, made_case, at, asked):
    people, share = asked
    table = earliest_picture(made_case, people, share, at=at)
    expected = brute.earliest_picture(tables, people, share, at)
    if table.empty:
        assert expected == {"possible": None, "one": None}
        return
    assert table["question"].tolist() == ["could have", "had"]
    days = [None if pd.isna(day) else day.date() for day in table["date"]]
    assert days == [expected["possible"], expected["one"]]


test_of_the_packaged_cases_the_earliest_picture_is_that_of_the_brute_force = packaged(
    check_picture, (2, 1.0), (2, 0.5), (3, 0.5)
)
test_the_earliest_picture_is_that_of_the_brute_force = made_up(
    check_picture, st.tuples(st.integers(1, 4), st.sampled_from([1.0, 0.6, 1 / 3]))
)
