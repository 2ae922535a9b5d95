"""Two codings of one case: what is taken for the same, what is counted, and what comes out as a disagreement."""

from __future__ import annotations

import itertools
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.tidy import COLUMNS, DTYPES
from tests import builder, strategies
from tests.builder import case

PEOPLE = "T@school name=Teacher S@council P@police G@health M:family"
ROWS = (
    "a1: 01-05 observed T c1",
    "a2: 01-08 told T>S c1 phone",
    "a3: 01-20 observed G c2",
    "a4: 01-22 told G>S c2 letter",
    "a5: 02-10 met S;P;T c1;c2 strategy",
    "a6: 02-20 assumed T>S c1",
)
BASE = case(PEOPLE, "c1:3 c2:2", *ROWS, id="base")


def found_with(*rows: str, people: str = PEOPLE, concerns: str = "c1:3 c2:2", **more: Any) -> sn.Agreement:
    """The base case against one with some rows instead of those of the same id (a row without a kind is left out)."""
    instead = {row.partition(":")[0]: row for row in rows}
    own = [instead.pop(row.partition(":")[0], row) for row in ROWS]
    other = case(people, concerns, *(row for row in [*own, *instead.values()] if row.partition(":")[2].strip()))
    return sn.agreement(BASE, other, draws=20, **more)


def lines(found: sn.Agreement, *columns: str) -> list[Any]:
    """Some columns of the disagreements, a tuple a line."""
    return list(found.disagreements[list(columns)].itertuples(index=False, name=None))


def value(found: sn.Agreement, measure: str, kind: str) -> float:
    return float(found.table.set_index(["measure", "kind"]).loc[(measure, kind), "value"])


# a case against itself ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_a_case_agrees_with_itself_in_everything(name: str) -> None:
    one = sn.load_case(name)
    found = sn.agreement(one, one, draws=20)
    assert found.disagreements.empty
    assert set(found.table.loc[found.table["reason"] == "", "value"]) == {1.0}
    assert found.matched["row_a"].tolist() == found.matched["row_b"].tolist()
    assert len(found.matched) == len(one.chronology)
    assert set(found.assumed["taken_by"]) == {"id"}
    assert found.explain().endswith("There is nothing to resolve.")


def test_an_agency_of_another_name_and_id_is_told_by_the_rows_in_which_its_people_stand() -> None:
    """The school is called z1 by the second coder, and nothing of its name is the same."""
    other = case(PEOPLE.replace("@school", "@z1"), "c1:3 c2:2", *ROWS)
    found = sn.agreement(BASE, other, draws=20)
    assert ("school", "z1", "likeness") in set(
        found.assumed[["in_a", "in_b", "taken_by"]].itertuples(index=False, name=None)
    )
    away = case(PEOPLE.replace("@school", "@z1"), "c1:3 c2:2", *ROWS[2:4])  # nobody of z1 stands in a row
    assert "z1" not in set(sn.agreement(BASE, away, draws=20).assumed["in_b"])


# one thing changed, counted by hand -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "kind", "in_a", "in_b"),
    [
        ("a2: 01-09 told T>S c1 phone", "other date", "2024-01-08", "2024-01-09"),
        ("a2: 01-07/01-09 told T>S c1 phone", "other date", "2024-01-08", "2024-01-07 to 2024-01-09"),
        ("a2: 01-08T09:30 told T>S c1 phone", "other date", "2024-01-08", "2024-01-08T09:30"),
        ("a2: 01-08 told T>P c1 phone", "other person", "T > S", "T > P"),
        ("a2: 01-08 told T>council c1 phone", "person or desk", "T > S", "T > council"),
        ("a5: 02-10 met police;council;T c1;c2 strategy", "person or desk", "S; P; T", "police; council; T"),
        ("a2: 01-08 told S>T c1 phone", "other role in the row", "T > S", "S > T"),
        ("a2: 01-08 told T>S c1 phone present=M", "other person", "T > S", "T > S; present M"),
        ("a2: 01-08 told T>S c2 phone", "other concern", "c1", "c2"),
        ("a2: 01-08 told T>S - phone", "other concern", "c1", "empty"),
        ("a2: 01-08 asked T>S c1 phone", "other kind of row", "told", "asked"),
        ("a2: 01-08 told T>S c1 email", "other channel", "phone", "email"),
        ("a2: 01-08 told T>S c1 phone received=no", "other received", "empty", "no"),
        ("a2: 01-08 told T>S c1 phone confidence=low", "other confidence", "1.0", "0.5"),
        ("a6: 02-20 believed T>S c1", "other kind of row", "assumed", "believed"),
    ],
)
def test_what_one_coder_has_otherwise_is_one_line(row: str, kind: str, in_a: str, in_b: str) -> None:
    found = found_with(row)
    name = row[:2]
    assert lines(found, "table", "kind", "in_a", "in_b", "rows_a", "rows_b") == [
        ("chronology", kind, in_a, in_b, (name,), (name,))
    ]
    assert found.matched.set_index("row_a").loc[name, "differences"] == kind
    assert len(found.matched) == 6


def test_days_between_two_dates_are_told() -> None:
    assert lines(found_with("a2: 01-10 told T>S c1 phone", tolerance=2), "kind", "days") == [("other date", 2)]


def test_rows_farther_apart_than_the_tolerance_are_two() -> None:
    found = found_with("a2: 01-10 told T>S c1 phone", tolerance=1)
    assert lines(found, "kind", "in_a", "in_b", "rows_a", "rows_b") == [
        ("only in a", "told T > S: c1", "", ("a2",), ()),
        ("only in b", "", "told T > S: c1", (), ("a2",)),
    ]


def test_a_row_that_only_one_has_counts_in_recall_and_precision() -> None:
    found = found_with("a4:", "b1: 02-01 told P>S c1 phone", "b2: 02-25 told P>T c1 phone")
    assert lines(found, "kind", "rows_a", "rows_b") == [
        ("only in a", ("a4",), ()),
        ("only in b", (), ("b1",)),
        ("only in b", (), ("b2",)),
    ]
    # contacts of a: a2 a4 a5; of b: a2 a5 b1 b2; in both: a2 a5
    assert value(found, "contacts", "recall") == pytest.approx(2 / 3)
    assert value(found, "contacts", "precision") == pytest.approx(2 / 4)
    assert value(found, "contacts", "F1") == pytest.approx(2 * 2 / (3 + 4))
    # all rows: 6 of a, 7 of b, 5 in both
    assert value(found, "rows", "recall") == pytest.approx(5 / 6)
    assert value(found, "rows", "precision") == pytest.approx(5 / 7)
    assert found.table.set_index(["measure", "kind"]).loc[("rows", "F1"), "number"] == 8


def test_a_contact_that_the_other_coded_as_no_contact_is_one_row_and_no_contact_of_both() -> None:
    found = found_with("a2: 01-08 assumed T>S c1")
    assert "other kind of row" in set(found.disagreements["kind"])
    assert value(found, "rows", "recall") == 1
    assert value(found, "contacts", "recall") == pytest.approx(2 / 3)
    assert value(found, "contacts", "precision") == 1


def test_two_different_contacts_of_one_day_are_not_one() -> None:
    found = found_with("a2: 01-08 told T>P c2 phone")  # another recipient, another worry
    assert lines(found, "kind", "rows_a", "rows_b") == [("only in a", ("a2",), ()), ("only in b", (), ("a2",))]


def test_rows_that_are_the_same_come_first() -> None:
    # a visited on the 5th and 6th, b on the 6th and 7th: the 6th is the 6th, though both might be off by a day
    one = case(PEOPLE, "c1", "x1: 01-05 observed T c1", "x2: 01-06 observed T c1")
    other = case(PEOPLE, "c1", "y1: 01-06 observed T c1", "y2: 01-07 observed T c1")
    assert sn.agreement(one, other, draws=1).matched[["row_a", "row_b"]].values.tolist() == [["x2", "y1"]]


def test_two_rows_that_are_alike_are_taken_in_their_order() -> None:
    rows = [f"{{}}{n}: 01-05 told T>S c1 phone" for n in (1, 2, 3)]
    one, other = (case(PEOPLE, "c1", *(row.format(sign) for row in rows)) for sign in "xy")
    assert sn.agreement(one, other, draws=1).matched[["row_a", "row_b"]].values.tolist() == [
        ["x1", "y1"],
        ["x2", "y2"],
        ["x3", "y3"],
    ]


# concerns, people, agencies -------------------------------------------------------------------------------


def test_severity_category_and_more_of_a_concern_have_a_line_with_its_rows() -> None:
    found = found_with(concerns="c1:4 c2:2 category=physical")
    assert lines(found, "table", "kind", "in_a", "in_b") == [
        ("concerns", "other severity", "c1: 3", "c1: 4"),
        ("concerns", "other category", "c2: neglect", "c2: physical"),
    ]
    assert found.disagreements["rows_a"].tolist() == [("a1", "a2", "a5", "a6"), ("a3", "a4", "a5")]


def test_alpha_of_severity_is_ordinal_and_counted_by_hand() -> None:
    one = case("T@school", "c1:1 c2:2 c3:3 c4:4", "observed T c1;c2;c3;c4")
    other = case("T@school", "c1:1 c2:2 c3:3 c4:3", "observed T c1;c2;c3;c4")
    # values 1 1 2 2 3 3 3 4; the middles of their ranks 1½ 1½ 3½ 3½ 6 6 6 8; one pair differs by 2
    # within: 2 · 2² = 8; among: Σx² = 2 · 2¼ + 2 · 12¼ + 3 · 36 + 64 = 201, Σx = 36, 2 (8 · 201 − 36²) = 624
    assert value(sn.agreement(one, other, draws=1), "severity", "ordinal alpha") == pytest.approx(1 - 7 * 8 / 624)


def test_alpha_of_the_kind_of_belief_is_of_rows_in_which_somebody_believed_or_relied() -> None:
    rows = ["1 assumed T>S c1", "5 believed T>S c1", "9 believed S>T c1", "13 observed T c1"]
    one = case("T@school S@council", "c1", *rows)
    other = case("T@school S@council", "c1", *rows[:2], "9 assumed S>T c1", rows[3])
    # assumed 3, believed 3, one of three pairs differs: 1 − 5 · 2 / (2 · 9)
    assert value(sn.agreement(one, other, draws=1), "kind of belief", "nominal alpha") == pytest.approx(1 - 10 / 18)


def test_people_and_concerns_of_other_ids_are_told_by_name_role_agency_and_rows() -> None:
    people = "p1@sch name='Class teacher' p2@sw name='Social worker' p3@pol name=Sergeant role=officer"
    mine = case(
        "t@school name='class  Teacher' s@council name='Social worker' o@police name='PC Smith' role=officer",
        "bruise:3 hunger:2",
        *("1 observed t bruise", "3 told t>s bruise phone", "5 observed o hunger", "9 told o>s hunger email"),
        agencies="school council police:police",
    )
    theirs = case(
        people,
        "c1:2 c2:3",  # c1 of the second coder is hunger
        *("x1: 1 observed p1 c2", "x2: 3 told p1>p2 c2 phone", "x3: 5 observed p3 c1", "x4: 9 told p3>p2 c1 email"),
        agencies="sch name=School sw name=Council pol:police name=Police",
    )
    found = sn.agreement(mine, theirs, draws=1)
    same = {(one, other): by for _, one, other, by in found.assumed.itertuples(index=False)}
    assert same == {
        ("school", "sch"): "name",
        ("council", "sw"): "name",
        ("police", "pol"): "name",
        ("t", "p1"): "name",
        ("s", "p2"): "name",
        ("o", "p3"): "likeness",
        ("K", "K"): "id",
        ("bruise", "c2"): "likeness",
        ("hunger", "c1"): "likeness",
    }
    assert found.disagreements.empty
    assert "8 agencies, people and concerns are taken for the same by name or likeness" in found.explain()


def test_the_same_id_of_two_different_people_does_not_make_them_one() -> None:
    mine = case("p1@school name=Teacher p2@health name=Doctor", "c1", "1 observed p1 c1", "3 told p1>p2 c1 phone")
    theirs = case("p1@health name=Doctor p2@school name=Teacher", "c1", "1 observed p2 c1", "3 told p2>p1 c1 phone")
    found = sn.agreement(mine, theirs, draws=1)
    people = found.assumed[found.assumed["table"] == "people"]
    assert people[["in_a", "in_b", "taken_by"]].values.tolist() == [
        ["K", "K", "id"],
        ["p1", "p2", "name"],
        ["p2", "p1", "name"],
    ]
    assert found.disagreements.empty


def test_people_told_apart_by_a_number_are_not_taken_for_one_another() -> None:
    mine = case("s1@council name='Social worker 1' K:child", "c1", "1 observed s1 c1")
    theirs = case("x@council name='Social worker 2' K:child", "c1", "20 observed x c1")
    assert lines(sn.agreement(mine, theirs, draws=1), "table", "kind", "in_a", "in_b")[:2] == [
        ("people", "only in a", "s1", ""),
        ("people", "only in b", "", "x"),
    ]


def test_what_is_given_comes_before_what_is_told() -> None:
    mine = case("A@school B@school", "c1 c2", "1 observed A c1", "5 observed B c2")
    found = sn.agreement(mine, mine, people={"A": "B", "B": "A"}, concerns={"c1": "c2", "c2": "c1"}, draws=1)
    assert set(found.assumed.query("taken_by == 'given'")["in_a"]) == {"A", "B", "c1", "c2"}
    # the rows of the 1st share no one and nothing any more
    assert value(found, "rows", "recall") == 0


def test_none_says_that_the_other_does_not_have_it() -> None:
    found = sn.agreement(BASE, BASE, concerns={"c2": None}, draws=1)
    assert lines(found, "table", "kind", "in_a", "in_b")[:2] == [
        ("concerns", "only in a", "c2", ""),
        ("concerns", "only in b", "", "c2"),
    ]


def test_the_kind_and_agency_of_a_person_have_a_line_each() -> None:
    found = found_with(people="T@school S@police P@police G@health M:support")
    assert ("people", "other agency", "S: council", "S: police") in lines(found, "table", "kind", "in_a", "in_b")
    assert ("people", "other kind", "M: family", "M: support") in lines(found, "table", "kind", "in_a", "in_b")


def test_the_rows_that_a_row_names_tell_it_from_one_that_is_else_the_same() -> None:
    rows = "{0}1: 5 agreed S c1 \n {0}2: 5 agreed S c1 \n {0}3: 20 done S ref={0}{1}"
    one, other = case("S@council", "c1", rows.format("x", 1)), case("S@council", "c1", rows.format("y", 2))
    found = sn.agreement(one, other, draws=1)
    assert found.disagreements.empty
    assert dict(found.matched[["row_a", "row_b"]].values.tolist()) == {"x1": "y2", "x2": "y1", "x3": "y3"}


def test_a_row_that_answers_another_row_is_a_line() -> None:
    rows = "{0}1: 5 agreed S c1 \n {0}2: 9 agreed S c1 \n {0}3: 20 done S ref={0}{1}"
    one, other = case("S@council", "c1", rows.format("x", 1)), case("S@council", "c1", rows.format("y", 2))
    assert lines(sn.agreement(one, other, draws=1), "kind", "in_a", "in_b", "rows_a", "rows_b") == [
        ("other ref", "x1", "y2", ("x3",), ("y3",))
    ]


def test_children_are_told_apart_by_the_rows_about_them() -> None:
    rows = ("1 observed T c1 about={0}", "9 observed T c1 about={1}", "20 observed T c1 about={1}")
    one = case("T@school A:child name=Ann B:child name=Bob", "c1", *(row.format("A", "B") for row in rows))
    other = case("T@school k1:child name=Ch1 k2:child name=Ch2", "c1", *(row.format("k2", "k1") for row in rows))
    found = sn.agreement(one, other, draws=1)
    assert {("A", "k2"), ("B", "k1")} <= set(zip(found.assumed["in_a"], found.assumed["in_b"], strict=True))
    assert set(found.disagreements["kind"]) == {"other about"}  # concerns are about the first child of the table


# the grain ------------------------------------------------------------------------------------------------


def test_two_worries_that_are_one_of_the_other_are_named_once() -> None:
    found = found_with(
        "a3: 01-20 observed G c1",
        "a4: 01-22 told G>S c1 letter",
        "a5: 02-10 met S;P;T c1 strategy",
        concerns="c1:3",
    )
    assert lines(found, "table", "kind", "in_a", "in_b") == [("concerns", "several for one", "c1; c2", "c1")]
    assert found.disagreements["rows_a"].tolist() == [("a1", "a2", "a3", "a4", "a5", "a6")]
    assert value(found, "concerns", "recall") == pytest.approx(1 / 2)
    assert value(found, "concerns", "precision") == 1
    assert value(found, "rows", "F1") == 1
    turned = sn.agreement(found.b, found.a, draws=1)
    assert lines(turned, "kind", "in_a", "in_b") == [("one for several", "c1", "c1; c2")]


def test_a_worry_that_the_other_left_out_is_not_taken_for_another() -> None:
    found = found_with("a3:", "a4:", "a5: 02-10 met S;P;T c1 strategy", concerns="c1:3")
    assert lines(found, "table", "kind", "in_a")[0] == ("concerns", "only in a", "c2")
    assert "several for one" not in set(found.disagreements["kind"])
    assert "other concern" not in set(found.disagreements["kind"])  # it follows from the line of the worry


def test_several_ids_that_are_given_for_one_are_one() -> None:
    one = case("T@school S@council", "c1:3 c2:3", "1 observed T c1", "5 observed S c2")
    other = case("T@school S@council", "w:3", "1 observed T w", "5 observed S w")
    found = sn.agreement(one, other, concerns={"c1": "w", "c2": "w"}, draws=1)
    assert lines(found, "kind", "in_a", "in_b") == [("several for one", "c1; c2", "w")]
    assert value(sn.agreement(other, one, concerns={"w": ["c1", "c2"]}, draws=1), "rows", "F1") == 1


def test_two_people_that_are_one_of_the_other_are_named_once() -> None:
    rows = [f"{n} told {{}}>T c1 phone" for n in (1, 5, 9)]
    whose = ("S1", "S2", "S2")
    mine = [row.format(who) for row, who in zip(rows, whose, strict=True)]
    one = case("T@school S1@council S2@council", "c1", *mine)
    other = case("T@school S1@council", "c1", *(row.format("S1") for row in rows))
    assert lines(sn.agreement(one, other, draws=1), "table", "kind", "in_a", "in_b") == [
        ("people", "several for one", "S1; S2", "S1")
    ]


def test_a_person_may_be_given_as_a_desk() -> None:
    one = case("T@school S@council", "c1", "1 told T>S c1 letter")
    other = case("T@school X@council", "c1", "1 told T>council c1 letter")
    found = sn.agreement(one, other, people={"S": "council"}, draws=1)
    assert lines(found, "table", "kind", "in_a", "in_b") == [
        ("people", "only in b", "", "X"),
        ("people", "person for desk", "S", "council"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_any_two_worries_of_a_packaged_case_coded_as_one_are_the_only_thing_to_talk_about(name: str) -> None:
    given = sn.load_case(name)
    base, concerns = recoded(given, given.chronology, given.concerns), given._records.concerns
    pairs = [
        (one, other)
        for one, other in itertools.combinations(concerns, 2)
        if (concerns[one].category, concerns[one].about) == (concerns[other].category, concerns[other].about)
    ]
    for one, other in random.Random(1).sample(pairs, min(len(pairs), 8)):
        chronology, left = base.chronology.copy(), base.concerns[base.concerns["id"] != other].copy()
        for table, column in ((chronology, "concerns"), (left, "answers")):
            table[column] = [
                ";".join(dict.fromkeys(one if part == other else part for part in cell.split(";")))
                for cell in table[column]
            ]
        found = sn.agreement(base, recoded(base, chronology, left), draws=1)
        assert lines(found, "kind", "in_a", "in_b") == [("several for one", f"{one}; {other}", one)]
        assert value(found, "rows", "F1") == 1


# properties -----------------------------------------------------------------------------------------------

some_cases = strategies.cases()


def mirrored(found: sn.Agreement) -> set[Any]:
    """The disagreements as they are with the coders changed over."""
    words = {"only in a": "only in b", "only in b": "only in a", "several for one": "one for several"}
    words["one for several"] = "several for one"
    kinds = [words.get(kind, kind) for kind in found.disagreements["kind"]]
    columns = (found.disagreements[name] for name in ("table", "in_b", "in_a", "rows_b", "rows_a"))
    return set(zip(kinds, *columns, strict=True))


@given(some_cases, st.randoms(use_true_random=False))
def test_whoever_is_first_the_same_comes_out(tables: builder.Tables, chance: random.Random) -> None:
    one = builder.from_tables(tables)
    rows = list(one.chronology["id"])
    other = one.without(*chance.sample(rows, len(rows) // 3)) if len(rows) > 2 else one
    there, back = sn.agreement(one, other, draws=5), sn.agreement(other, one, draws=5)
    assert mirrored(there) == set(lines(back, "kind", "table", "in_a", "in_b", "rows_a", "rows_b"))
    turned = {"recall": "precision", "precision": "recall"}
    table = there.table.assign(kind=there.table["kind"].replace(turned)).set_index(["measure", "kind"])
    again = back.table.set_index(["measure", "kind"]).loc[table.index]
    for column in ("number", "value", "low", "high"):
        np.testing.assert_allclose(table[column].astype(float), again[column].astype(float), err_msg=column)


@given(some_cases, some_cases)
def test_two_cases_have_pairs_within_the_tolerance_each_row_once(one: builder.Tables, other: builder.Tables) -> None:
    a, b = builder.from_tables(one), builder.from_tables(other)
    before, cut = 0.0, None
    for tolerance in (0, 1, 3, 8):
        found = sn.agreement(a, b, tolerance=tolerance, draws=1)
        matched = found.matched
        assert (matched["days"] <= tolerance).all()
        assert matched["row_a"].is_unique
        assert matched["row_b"].is_unique
        assert matched["likeness"].between(0, 1 + 1e-9).all()
        grain = [line for line in lines(found, "kind", "in_a", "in_b") if "several" in line[0]]
        if grain == cut:  # a wider tolerance never makes the pairs less alike together
            assert found.matched["likeness"].sum() >= before - 0.01 * len(matched) - 1e-6
        before, cut = float(matched["likeness"].sum()), grain
        only = found.disagreements.query("table == 'chronology' and kind.str.startswith('only')", engine="python")
        assert len(only) == len(a.chronology) + len(b.chronology) - 2 * len(matched)
        for table in (found.table, found.disagreements, matched, found.assumed):
            for column in table.columns:
                assert str(table[column].dtype) == DTYPES[COLUMNS[column].holds], column
        assert found.explain().endswith(".")
        assert "nan" not in found.explain()


def recoded(one: sn.Case, chronology: pd.DataFrame, concerns: pd.DataFrame) -> sn.Case:
    """The same people and agencies with another chronology and concerns."""
    return sn.Case(one.people, concerns, chronology, agencies=one.agencies, sources=one.sources, id=one.id)


def planted(one: sn.Case, chance: random.Random) -> tuple[sn.Case, set[tuple[str, str]]]:
    """A copy with slips in rows that lie well apart, and in some severities; and what should come out."""
    records = one._records
    chronology, concerns = one.chronology.set_index("id"), one.concerns.set_index("id")
    professionals = sorted(person.id for person in records.people.values() if person.kind == "professional")
    wanted: set[tuple[str, str]] = set()
    days: list[int] = []
    referred = {name for row in records.rows for name in (*row.ref, *row.disputes)}
    rows = [row for row in records.rows if row.date.is_day and row.date.time is None and row.id not in referred]
    for row in chance.sample(rows, len(rows)):
        alone = all(abs(row.date.first - day) > 6 for day in days)
        if not alone or row.kind != "told" or len(row.to) != 1 or not row.concerns or row.present:
            continue
        days.append(row.date.first)
        slip = chance.choice(["left out", "date", "person", "concern", "kind", "channel"])
        if slip == "left out":
            chronology = chronology.drop(index=row.id)
        elif slip == "date":
            chronology.loc[row.id, "date"] = row.date._replace(
                first=row.date.first + 1, last=row.date.last + 1
            ).__str__()
        elif slip == "person":
            free = [one for one in professionals if one not in row.named]
            chronology.loc[row.id, "to"] = chance.choice(free)
        elif slip == "concern":
            free = [one for one in records.concerns if one not in row.concerns]
            chronology.loc[row.id, "concerns"] = ";".join([*row.concerns[1:], chance.choice(free)])
        elif slip == "kind":
            chronology.loc[row.id, "kind"] = "asked"
        else:
            chronology.loc[row.id, "channel"] = "fax" if row.channel != "fax" else "letter"
        wanted.add(("only in a" if slip == "left out" else SLIPS[slip], row.id))
    for name in chance.sample(sorted(records.concerns), 2):
        if records.concerns[name].severity:
            concerns.loc[name, "severity"] = str(records.concerns[name].severity % 4 + 1)
            wanted.add(("other severity", name))
    return recoded(one, chronology.reset_index(), concerns.reset_index()), wanted


SLIPS = {
    **{"date": "other date", "person": "other person", "concern": "other concern"},
    **{"kind": "other kind of row", "channel": "other channel"},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_the_slips_that_were_planted_are_what_comes_out(name: str) -> None:
    given = sn.load_case(name)
    base = recoded(given, given.chronology, given.concerns)
    for seed in range(10):
        other, wanted = planted(base, random.Random(seed))
        found = sn.agreement(base, other, draws=1)
        ids = {one: one for one in base._records.concerns}
        severities = found.disagreements[found.disagreements["kind"] == "other severity"]
        rows = found.disagreements[found.disagreements["table"] == "chronology"]
        got = {(kind, names[0]) for kind, names in zip(rows["kind"], rows["rows_a"], strict=True)}
        changed = {("other severity", one) for one in ids if ("other severity", one) in wanted}
        assert got == wanted - changed, seed
        assert len(severities) == len(changed), seed


# the call -------------------------------------------------------------------------------------------------


def test_paths_and_cases_give_the_same(tmp_path: Path) -> None:
    one, other = sn.write_case(BASE, tmp_path / "a.xlsx"), sn.write_case(BASE.without("a4"), tmp_path / "b")
    found, same = sn.agreement(one, str(other), draws=5), sn.agreement(BASE, BASE.without("a4"), draws=5)
    pd.testing.assert_frame_equal(found.table, same.table)
    pd.testing.assert_frame_equal(found.disagreements, same.disagreements)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"tolerance": -1}, "tolerance is a whole number of days from 0 up; it is -1"),
        ({"tolerance": 1.5}, "tolerance is a whole number"),
        ({"draws": 0}, "draws is a whole number"),
        ({"seed": "x"}, "seed is a whole number"),
        ({"level": 1}, "level is a share"),
        ({"date_order": "xyz"}, "date_order='xyz' is not possible"),
        ({"people": {"Tt": "T"}}, "people, in a: the person or agency 'Tt' is not known. Did you mean 'T'"),
        (
            {"people": {"T": "Q"}, "concerns": {"c9": "c1"}},
            "people, in b: .* 'Q' is not known.*concerns, in a: the concern 'c9'",
        ),
        ({"people": {"Teacher": "T"}}, "'Teacher' is a name; write the id: 'T'"),
        ({"people": ["T"]}, "people is a mapping from ids of a to ids of b, not a list"),
        ({"concerns": {"c1": 3}}, "is an id of b, several, or None; not an int"),
        ({"b": None}, "b is a case or the path of one, not None"),
        ({"a": 3}, "a is a case or the path of one, not an int"),
    ],
)
def test_a_mistake_in_the_call_is_answered(given: dict[str, Any], message: str) -> None:
    with pytest.raises(sn.ArgumentError, match=message):
        sn.agreement(**{"a": BASE, "b": BASE, **given})


def test_a_case_of_next_to_nothing_has_an_answer() -> None:
    found = sn.agreement(case("K:child", ""), case("K:child", ""))
    assert found.explain() == (
        "With dates up to 1 day apart, neither has a contact row. Neither has a concern. "
        "Alpha of severity is not defined: no unit has two values to compare. There is nothing to resolve."
    )
    assert set(found.table["reason"]) >= {"a has no contacts", "b has no rows", "neither has beliefs"}


def test_codings_of_two_cases_are_wondered_at() -> None:
    found = sn.agreement(case("T@school", "c1", "1 observed T c1"), case("X@police", "w", "300 observed X w"))
    assert "No row of the one is a row of the other: are they codings of one case?" in found.explain()


def test_nothing_that_the_case_tells_is_in_what_comes_out(tmp_path: Path) -> None:
    secret = "burnt with a cigarette"
    one = case("T@school name=Smythe", f"c1 summary='{secret}'", f"1 observed T c1 summary='{secret}'")
    other = case("T@school name=Smithe", f"c1 summary='{secret} end'", f"2 observed T c1 summary='{secret} end'")
    found = sn.agreement(one, other)
    told = [found.explain(), repr(found), found._repr_html_()]
    told += [table.to_csv() for table in (found.table, found.disagreements, found.matched, found.assumed)]
    assert len(found.disagreements) == 1
    assert not any(word in text for text in told for word in ("cigarette", "Smythe", "Smithe"))


def test_a_workbook_for_the_meeting_has_every_table_and_room_to_write(tmp_path: Path) -> None:
    found = found_with("a2: 01-09 told T>S c1 phone", "a4:")
    place = found.write(tmp_path / "meeting.xlsx")
    sheets = pd.read_excel(place, sheet_name=None)
    assert list(sheets) == ["disagreements", "measures", "matched", "assumed", "about"]
    assert list(sheets["disagreements"].columns) == [*found.disagreements.columns, "agreed", "note"]
    assert sheets["disagreements"]["kind"].tolist() == found.disagreements["kind"].tolist()
    assert len(sheets["measures"]) == len(found.table)
    with pytest.raises(sn.FileInTheWayError):
        found.write(place)
    assert found.write(place, overwrite=True) == place
    with pytest.raises(sn.ArgumentError, match="xlsx"):
        found.write(tmp_path / "meeting.csv")


def test_a_formula_in_an_id_does_not_run_in_the_workbook(tmp_path: Path) -> None:
    one = case("T@school", "c1", {"id": "=1+1", "date": "1", "kind": "observed", "who": "T", "concerns": "c1"})
    place = sn.agreement(one, case("T@school", "c1"), draws=1).write(tmp_path / "x.xlsx")
    assert "'=1+1" in pd.read_excel(place)["rows_a"].tolist()


def test_it_goes_through_a_process_pool_and_a_table_that_is_changed_changes_nothing() -> None:
    found = found_with("a2: 01-09 told T>S c1 phone", "a4:")
    again = pickle.loads(pickle.dumps(found))
    table = found.table
    table["value"] = 0.0
    for name in ("table", "disagreements", "matched", "assumed"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name))
    assert again.explain() == found.explain()


def test_a_notebook_shows_it() -> None:
    assert "other date" in found_with("a2: 01-09 told T>S c1 phone")._repr_html_()
