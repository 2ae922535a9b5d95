"""Clusters of unshared concerns."""

from __future__ import annotations

import pandas as pd

import safetynet as sn
from safetynet.measures.clusters import concern_clusters
from tests import builder
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged


def test_the_worked_example_is_on_one_wire_in_which_c2_was_kept():
    table = concern_clusters(sn.load_case("worked_example"), "2024-01-31")
    assert list(table)[:6] == ["people", "agencies", "concerns", "weight", "only_here", "kept"]
    assert len(table) == 1
    line = table.iloc[0]
    assert (line["people"], line["concerns"]) == (("G", "P", "S", "T"), ("c1", "c2", "c3"))
    assert (line["weight"], line["kept"], line["kept_concerns"]) == (9, 4, ("c2",))
    assert line["only_here"] == ("c1", "c2", "c3")  # there is no other cluster
    assert [str(line[name].date()) for name in ("start", "end")] == ["2024-01-10", "2024-01-30"]


def test_a_contact_in_which_no_worry_passed_joins_nobody():
    table = concern_clusters(case("T@school S@council", "c1 c2", "observed T c1", "observed S c2", "met T;S"))
    assert table["people"].tolist() == [("S",), ("T",)]
    assert table["only_here"].tolist() == [("c2",), ("c1",)]
    assert table["kept"].tolist() == [2, 2]


def test_two_who_saw_it_apart_are_two_clusters_with_nothing_of_their_own():
    table = concern_clusters(builder.apart())
    assert table["people"].tolist() == [("S",), ("T",)]
    assert table["only_here"].tolist() == [(), ()]


def test_a_file_joins_two_professionals_and_counts_as_no_person():
    rows = ["told T>council c1 fax", "told council>S c1 file"]
    line = concern_clusters(case("T@school S@council", "c1", *rows)).iloc[0]
    assert (line["people"], line["agencies"], line["files"]) == (("S", "T"), ("council", "school"), ("council",))
    assert line["kept"] == 0


def test_a_file_alone_is_no_cluster():
    rows = ["told F>council c1 letter", "observed T c2"]
    table = concern_clusters(case("T@school S@council F:family", "c1 c2", *rows))
    assert table["people"].tolist() == [("T",)]


def test_the_family_joins_nobody():
    rows = ["told F>T c1 phone", "told F>S c1 phone"]
    assert len(concern_clusters(case("T@school S@council F:family", "c1", *rows))) == 2


def test_who_had_read_nothing_by_the_day_is_not_joined_yet():
    rows = ["observed T c1", "observed S c1", "3 told T>S c1 letter received_on=9"]
    made_case = case("T@school S@council", "c1", *rows)
    assert [len(concern_clusters(made_case, f"2024-01-0{day}")) for day in (8, 9)] == [2, 1]


def test_the_largest_comes_first():
    rows = ["observed A c1", "observed T c2", "told T>S c2 phone"]
    table = concern_clusters(case("A@x T@school S@council", "c1 c2", *rows))
    assert table["people"].tolist() == [("S", "T"), ("A",)]


def test_where_no_worry_is_known_there_is_no_cluster():
    table = concern_clusters(builder.nobody())
    assert table.empty
    assert table.dtypes.equals(concern_clusters(builder.apart()).dtypes)


def check(tables, made_case, at):
    table = concern_clusters(made_case, at)
    expected = brute.concern_clusters(tables, at)
    names = ["people", "agencies", "concerns", "only_here", "files"]
    assert sorted(table[names].itertuples(index=False, name=None)) == sorted(
        tuple(tuple(one[name]) for name in names) for one in expected
    )
    numbers = ["people", "weight", "kept", "start", "end"]
    assert sorted(table[numbers].itertuples(index=False, name=None)) == sorted(
        (tuple(one["people"]), one["weight"], one["kept"], pd.Timestamp(one["first"]), pd.Timestamp(one["last"]))
        for one in expected
    )
    assert [len(people) for people in table["people"]] == [len(one["people"]) for one in expected]


test_of_the_packaged_cases_they_are_those_of_the_brute_force = packaged(check)

test_they_are_those_of_the_brute_force = made_up(check)
