"""Cumulative harm: what was known together, and by one person, at one table."""

from __future__ import annotations

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.patterns import patterns
from tests import builder, strategies
from tests.brute import tables as brute
from tests.builder import case
from tests.measures.against import made_up, packaged, some_rules

RULES = some_rules(dates=["earliest"], who_counts=[("professional", "support")])
PEOPLE = "T@school S@council P@police G@health K:child L:child"
COLUMNS = ["child", "category", "known", "one_person", "one_table"]


def lines(concerns, *rows, at="2024-01-31", **tables):
    return patterns(case(PEOPLE, concerns, *rows, **tables), at)


def line(concerns, *rows, **more):
    return lines(concerns, *rows, **more).iloc[0]


def test_three_bruises_in_three_places_are_known_to_nobody_together():
    found = line("c1 c2 c3", "1 observed T c1", "3 observed S c2", "5 observed G c3")
    assert tuple(found[COLUMNS]) == ("K", "neglect", 3, 1, 0)
    assert found["three_known"] == pd.Timestamp("2024-01-05")
    assert pd.isna(found["three_one"])
    assert (found["concerns"], found["rows"]) == (("c1", "c2", "c3"), ("e1", "e2", "e3"))


def test_a_meeting_at_which_all_three_are_on_the_table_makes_a_pattern():
    found = line("c1 c2 c3", "observed T c1", "observed S c2", "observed G c3", "9 met T;S;G c1;c2;c3")
    assert (found["one_person"], found["one_table"]) == (3, 3)
    assert found["three_one"] == pd.Timestamp("2024-01-09")


def test_physical_and_sexual_are_one_line_and_every_other_category_its_own():
    concerns = "c1 category=physical c2 category=sexual c3 category=school"
    table = lines(concerns, "observed T c1;c2;c3")
    assert table[["category", "known"]].values.tolist() == [["physical", 2], ["school", 1]]


def test_two_reports_of_one_matter_count_once_also_where_a_third_concern_joins_them():
    links = "c1 c2 same_matter\nc2 c3 became"
    assert line("c1 c2 c3", "observed T c1;c2;c3", links=links)["known"] == 1
    # c2, which nobody has, still joins c1 and c3
    assert line("c1 c2 c3", "observed T c1;c3", links=links)["known"] == 1
    assert line("c1 c2 c3", "observed T c1;c2;c3", links="c1 c2 corroborates")["known"] == 3


def test_a_worry_about_the_mother_counts_for_every_child_and_one_about_a_child_for_that_child():
    people = "T@school K:child L:child M:family"
    table = patterns(case(people, "c1 about=M c2 about=L", "observed T c1;c2"))
    assert table[["child", "known"]].values.tolist() == [["K", 1], ["L", 2]]


def test_what_somebody_came_to_have_after_they_had_left_is_not_what_they_had_together():
    rows = ["1 observed T c1", "2 closed T", "5 told S>T c2 letter", "6 told S>T c3 letter"]
    found = line("c1 c2 c3", *rows, at="2024-03-01")
    assert (found["one_person"], found["known"]) == (2, 3)  # S, who said c2 and c3, has two
    assert found["three_one"] == pd.Timestamp("2024-01-06")  # this asks for nobody's involvement


def test_a_resolved_worry_still_belongs_to_the_pattern():
    assert line("c1 resolved=3 c2", "observed T c1;c2")["known"] == 2


def test_reassurances_that_are_one_explanation_count_once_as_that():
    concerns = "c1 r1:0 answers=c1 r2:0 answers=c1 r3:0 answers=c1 r4:0 answers=c1"
    found = line(concerns, "observed T c1;r1;r2;r3", links="r1 r2 same_matter")
    assert (found["reassurances"], found["explanations"]) == (3, 2)  # r4 is on no professional's record


def test_the_columns_are_the_same_without_lines():
    table = patterns(builder.nobody())
    assert list(table)[:9] == [
        *("child", "category", "known", "one_person", "one_table", "reassurances", "explanations"),
        *("three_known", "three_one"),
    ]
    assert table.dtypes.equals(patterns(builder.alone()).dtypes)


def check(tables, made_case, at, **rules):
    names = ["child", "category", "known", "one_person", "one_table", "reassurances", "explanations"]
    table = patterns(made_case, at, rules=sn.Rules(**rules))
    expected = brute.patterns(tables, at, **rules)
    assert table[names].values.tolist() == [[one[name] for name in names] for one in expected]
    for name in ("three_known", "three_one"):
        days = [None if pd.isna(day) else day.date() for day in table[name]]
        assert days == [one[name] for one in expected], name


test_of_the_packaged_cases_they_are_those_of_the_brute_force = pytest.mark.slow(packaged(check))

test_they_are_those_of_the_brute_force = made_up(check, cases=strategies.cases(max_concerns=8), rules=RULES)
