"""Clusters of unshared concerns."""

from __future__ import annotations

import pandas as pd
from hypothesis import given

import safetynet as sn
from safetynet.measures.clusters import concern_clusters
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import met, saw, told


def test_the_worked_example_is_on_one_wire_in_which_c2_was_kept():
    table = concern_clusters(sn.load_case("worked_example"), "2024-01-31")
    assert len(table) == 1
    line = table.iloc[0]
    assert (line["people"], line["concerns"]) == (("G", "P", "S", "T"), ("c1", "c2", "c3"))
    assert (line["severity"], line["kept"], line["kept_concerns"]) == (9, 4, ("c2",))
    assert line["only_here"] == ("c1", "c2", "c3")  # there is no other cluster
    assert [str(line[name].date()) for name in ("start", "end")] == ["2024-01-10", "2024-01-30"]


def test_a_contact_in_which_no_worry_passed_joins_nobody():
    rows = [saw("T", "c1"), saw("S", "c2"), met("T;S")]
    table = concern_clusters(made.case("T@school S@council", rows, "c1 c2"))
    assert table["people"].tolist() == [("S",), ("T",)]
    assert table["only_here"].tolist() == [("c2",), ("c1",)]
    assert table["kept"].tolist() == [2, 2]


def test_two_who_saw_it_apart_are_two_clusters_with_nothing_of_their_own():
    table = concern_clusters(made.apart())
    assert table["people"].tolist() == [("S",), ("T",)]
    assert table["only_here"].tolist() == [(), ()]


def test_a_file_joins_two_professionals_and_counts_as_no_person():
    rows = [told("T", "council", concerns="c1", channel="fax"), told("council", "S", concerns="c1", channel="file")]
    line = concern_clusters(made.case("T@school S@council", rows)).iloc[0]
    assert (line["people"], line["agencies"], line["kept"]) == (("S", "T"), ("council", "school"), 0)


def test_a_file_alone_is_no_cluster():
    rows = [told("F", "council", concerns="c1", channel="letter"), saw("T", "c2")]
    table = concern_clusters(made.case("T@school S@council F:family", rows, "c1 c2"))
    assert table["people"].tolist() == [("T",)]


def test_the_family_joins_nobody():
    rows = [told("F", "T", concerns="c1"), told("F", "S", concerns="c1")]
    assert len(concern_clusters(made.case("T@school S@council F:family", rows))) == 2


def test_the_largest_comes_first():
    rows = [saw("A", "c1"), saw("T", "c2"), told("T", "S", concerns="c2")]
    table = concern_clusters(made.case("A@x T@school S@council", rows, "c1 c2"))
    assert table["people"].tolist() == [("S", "T"), ("A",)]


def test_where_no_worry_is_known_there_is_no_cluster():
    assert concern_clusters(made.nobody()).empty


@given(strategies.cases(), strategies.questions)
def test_they_are_those_of_the_brute_force(tables, at):
    table = concern_clusters(made.from_tables(tables), at)
    names = ["people", "concerns", "agencies", "only_here", "severity", "kept"]
    found = {tuple(line) for line in table[names].itertuples(index=False, name=None)}
    expected = {
        (*(tuple(sorted(one[name])) for name in names[:4]), one["severity"], one["kept"])
        for one in brute.concern_clusters(tables, at)
    }
    assert found == expected
    assert len(table) == len(brute.concern_clusters(tables, at))
    assert (table["start"] <= table["end"]).all()
    assert (table["end"] <= pd.Timestamp(at)).all()
