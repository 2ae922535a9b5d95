"""Of what those at a meeting had between them, how much was put on the table."""

from __future__ import annotations

import math

import pandas as pd

import safetynet as sn
from safetynet.measures.coverage import meeting_coverage
from tests import builder, strategies
from tests.brute import tables as brute
from tests.builder import case
from tests.measures.against import made_up, packaged, some_rules
from tests.measures.packaged import same

MEETINGS = strategies.cases(kinds=("observed", "told", "met", "closed", "opened"))
RULES = some_rules(dates=["earliest"], who_counts=[("professional", "support")])
PEOPLE = "T@school S@council P@police G@health M:family K:child"


def covered(*rows, concerns="c1:3 c2:4 c3:2", at="2024-01-31", **tables):
    table = meeting_coverage(case(PEOPLE, concerns, *rows, **tables), at)
    assert len(table) == 1
    return table.iloc[0]


def test_in_the_worked_example_three_of_seven_were_tabled():
    # S had c1 (3), P had c2 (4); c1 was on the table, and each of the two was with one of them alone. G and T had c3
    line = meeting_coverage(sn.load_case("worked_example"), "2024-01-31").iloc[0]
    assert (line["row"], line["available"], line["tabled"], line["unique"]) == (
        "e6",
        ("c1", "c2"),
        ("c1",),
        ("c1", "c2"),
    )
    assert (line["coverage"], line["unique_coverage"]) == (3 / 7, 3 / 7)
    assert line["would_have_brought"] == (("G", ("c3",)), ("T", ("c3",)))
    assert line["weight"] == 2
    assert line["rows"] == ("e2", "e3", "e4", "e5", "e6")  # how each came to have it, and the meeting


def test_what_everybody_has_is_talked_about_and_what_one_alone_has_is_left_out():
    line = covered("observed T;S c1", "observed T c2", "met T;S c1")
    assert (line["unique"], line["coverage"], line["unique_coverage"]) == (("c2",), 3 / 7, 0)


def test_what_came_up_at_the_meeting_first_was_not_there_before_it():
    line = covered("observed T c1", "met T;S c1;c2")
    assert (line["available"], line["tabled"], line["coverage"]) == (("c1",), ("c1",), 1)


def test_what_the_mother_brings_is_available_as_what_a_professional_brings():
    line = covered("observed M c1", "met T;S;M c1")
    assert (line["available"], line["unique_coverage"]) == (("c1",), 1)


def test_who_is_only_present_brings_nothing_and_is_not_missed():
    line = covered("observed G c1", "observed T c2", "met T;S c2 present=G")
    assert (line["available"], line["would_have_brought"]) == (("c2",), ())


def test_who_advises_or_has_left_would_not_have_brought_anything():
    people = "T@school S@council P@police G@health remit=advises"
    rows = ["observed T c1", "observed P c2", "observed G c3", "closed P", "6 met T;S c1"]
    line = meeting_coverage(case(people, "c1 c2 c3", *rows), "2024-01-31").iloc[0]
    assert line["would_have_brought"] == ()


def test_a_meeting_of_one_professional_is_none():
    assert meeting_coverage(case(PEOPLE, "c1", "observed T c1", "met T;M c1")).empty


def test_where_nothing_was_there_to_table_there_is_no_number():
    line = covered("met T;S", "5 observed T c1")
    assert (line["available"], math.isnan(line["coverage"])) == ((), True)


def test_what_is_resolved_by_its_first_day_is_out():
    line = covered("observed T c1;c2", "5 met T;S c2", concerns="c1 resolved=5 c2")
    assert (line["available"], line["coverage"]) == (("c2",), 1)


def test_a_record_that_does_not_list_everything_makes_it_a_lower_bound():
    assert covered("observed T c1", "met T;S - complete=no")["lower_bound"]


def test_the_columns_are_the_same_without_lines():
    table = meeting_coverage(builder.nobody())
    assert list(table)[:8] == [
        *("row", "available", "tabled", "unique", "coverage", "unique_coverage", "lower_bound", "would_have_brought")
    ]
    assert table.dtypes.equals(meeting_coverage(sn.load_case("worked_example")).dtypes)


def check(tables, made_case, at, **rules):
    table = meeting_coverage(made_case, at, rules=sn.Rules(**rules))
    expected = {line["row"]: line for line in brute.meeting_coverage(tables, at, **rules)}
    assert set(table["row"]) == set(expected)
    weight = brute.view(tables, at, **rules).weight
    for line in table.itertuples():
        brutal = expected[line.row]
        for name in ("available", "tabled", "unique"):
            assert set(getattr(line, name)) == brutal[name], name
        for name in ("coverage", "unique_coverage"):
            assert same(getattr(line, name), brutal[name]), name
        assert line.lower_bound == brutal["lower_bound"]
        brought = {person: sum(weight[c] for c in worries) for person, worries in line.would_have_brought}
        assert brought == brutal["would_have_brought"]
    assert table["date"].is_monotonic_increasing or rules


test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)

test_it_is_that_of_the_brute_force = made_up(check, cases=MEETINGS, rules=RULES)


def test_the_meetings_stand_in_the_order_of_their_dates():
    table = meeting_coverage(sn.load_case("victoria_climbie"))
    assert table["date"].is_monotonic_increasing
    assert table["date"].iloc[0] >= pd.Timestamp("1999-01-01")
