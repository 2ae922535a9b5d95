from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.channels import channel_mix
from safetynet.measures.relationships import shared_along_ties, working_relationships
from tests import strategies
from tests.brute.model import view
from tests.brute.networks import pairs_in_contact
from tests.builder import case as build
from tests.builder import from_tables, nobody
from tests.measures.four import day, days, four


def tie(
    source: str, target: str, quality: str = "strong", start: str = "", end: str = "", kind: str = "working"
) -> dict[str, str]:
    return {"source": source, "target": target, "kind": kind, "quality": quality, "start": start, "end": end}


def pairs(case: sn.Case, at: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    table = working_relationships(case, at)
    return {(line["first"], line["second"], line["tie"]): line for line in table.to_dict("records")}


CASE = four(
    "1 told A1>B1;C1 c1 letter",
    "3 told B1>A1 c2 phone",
    "8 met A1;B1;M c1;ok",
    "9 told A1>B1 c3 fax received=no",
    "10 observed B1;D1 c3",
    "11 told M>N c3 phone",
    ties=[tie("B1", "A1", "strong", end=day(5)), tie("A1", "B1", "stressful", start=day(6)), tie("C1", "D1", "broken")],
)


def test_every_pair_by_hand() -> None:
    found = pairs(CASE, day(12))
    tied = {("A1", "B1", "strong"), ("A1", "B1", "stressful"), ("C1", "D1", "broken")}
    assert set(found) == tied | {(*pair.split(), "unrecorded") for pair in ("A1 C1", "A1 M", "B1 M", "B1 D1")}
    strong = found["A1", "B1", "strong"]
    assert (strong["contacts"], strong["rich"], strong["paper"], strong["rich_share"]) == (2, 1, 1, 0.5)
    assert (strong["concerns"], strong["weight"], strong["longest_gap"]) == (("c1", "c2"), 7, 2)
    assert strong["rows"] == ("e1", "e2")
    stressful = found["A1", "B1", "stressful"]
    assert (stressful["contacts"], stressful["meetings"], stressful["not_arrived"]) == (1, 1, 1)
    assert (stressful["concerns"], stressful["weight"], stressful["rows"]) == (("c1", "ok"), 3, ("e3", "e4"))
    assert pd.isna(stressful["longest_gap"])
    assert found["A1", "M", "unrecorded"]["with_family"]
    silent = found["C1", "D1", "broken"]
    assert (silent["contacts"], silent["agencies"], silent["rows"]) == (0, ("c",), ())  # D1 works for none
    assert pd.isna(silent["rich_share"])


def test_two_recipients_of_one_letter_are_not_in_contact_by_it() -> None:
    assert ("B1", "C1", "unrecorded") not in pairs(CASE, day(12))


def test_most_contacts_come_first() -> None:
    table = working_relationships(CASE, day(12))
    assert table.loc[0, ["first", "second", "tie"]].tolist() == ["A1", "B1", "strong"]
    assert days(table.loc[[0], "first_contact"]) == [day(1)]
    assert days(table.loc[[0], "last_contact"]) == [day(3)]


def test_of_several_ties_at_once_the_most_strained_counts() -> None:
    case = four("3 told A1>B1 c1 phone", ties=[tie("A1", "B1", "weak"), tie("A1", "B1", "broken"), tie("A1", "B1", "")])
    assert set(pairs(case, day(3))) == {("A1", "B1", "broken")}


def test_a_tie_that_begins_later_is_not_there_yet_and_one_among_the_family_is_left_out() -> None:
    case = four("1 observed A1 c1", ties=[tie("A1", "B1", start=day(9)), tie("M", "K", kind="kin")])
    assert pairs(case, day(8)) == {}
    assert set(pairs(case, day(9))) == {("A1", "B1", "strong")}


def test_how_much_was_shared_along_each_quality() -> None:
    table = shared_along_ties(CASE, day(12)).set_index("tie")
    assert table["pairs"].to_dict() == {"strong": 1, "weak": 0, "stressful": 1, "broken": 1, "unrecorded": 4}
    assert table["silent_pairs"].to_dict() == {"strong": 0, "weak": 0, "stressful": 0, "broken": 1, "unrecorded": 0}
    assert table["contacts"].to_dict() == {"strong": 2, "weak": 0, "stressful": 1, "broken": 0, "unrecorded": 3}
    assert table["weight"].to_dict() == {"strong": 7, "weak": 0, "stressful": 3, "broken": 0, "unrecorded": 5}
    # A1-C1 c1, A1-M c1, B1-M c1, B1-D1 c3: (3 + 3 + 3 + 2) / 4
    assert table.loc["unrecorded", "per_pair"] == 2.75
    assert pd.isna(table.loc["weak", "per_pair"])


def test_rich_against_paper_by_agency() -> None:
    mix = channel_mix(CASE, day(12)).set_index("parties")
    # a: letter 1, call 3, meeting 8, a lost fax; b: the same and seeing together; c: the letter; D1: seeing together
    assert mix["rich"].to_dict() == {("a",): 2, ("b",): 3, ("c",): 0, ("D1",): 1}
    assert mix["paper"].to_dict() == {("a",): 1, ("b",): 1, ("c",): 1, ("D1",): 0}
    assert mix["not_arrived"].to_dict() == {("a",): 1, ("b",): 1, ("c",): 0, ("D1",): 0}


def test_rich_against_paper_by_pair_of_agencies_and_by_pair() -> None:
    by_agency = channel_mix(CASE, day(12), by="agency_pair").set_index("parties")["contacts"].to_dict()
    assert by_agency == {("a", "b"): 3, ("a", "c"): 1, ("D1", "b"): 1}
    inside = four("1 told A1>A2 c1 phone", "1 told A1>a c1 file")
    assert channel_mix(inside, day(1)).empty
    assert channel_mix(inside, day(1), by="pair")["parties"].tolist() == [("A1", "A2"), ("A1", "a")]


def test_there_is_no_other_way_to_group() -> None:
    with pytest.raises(sn.ArgumentError, match="agency_pair"):
        channel_mix(CASE, by="person")


def test_nothing_on_record_is_empty() -> None:
    assert working_relationships(nobody()).empty
    assert channel_mix(nobody()).empty
    assert shared_along_ties(nobody())["pairs"].tolist() == [0] * 5


def test_who_was_present_heard_it_and_could_not_ask_back() -> None:
    case = build("T@school S@council U@police", "c1", "1 told T>S c1 phone present=U")
    mix = channel_mix(case, by="pair").set_index("parties")
    assert mix["rich"].to_dict() == {("S", "T"): 1, ("S", "U"): 0, ("T", "U"): 0}
    assert mix["paper"].to_dict() == {("S", "T"): 0, ("S", "U"): 1, ("T", "U"): 1}


def test_paper_that_nobody_confirms_did_not_arrive_under_the_rules() -> None:
    case = build("T@school S@council P@police", "c1", "1 told T>S;P c1 email", "2 told S>T c1 phone")
    assert channel_mix(case, by="pair").set_index("parties")["paper"].to_dict() == {("P", "T"): 1, ("S", "T"): 1}
    strict = channel_mix(case, by="pair", rules=sn.Rules(unconfirmed="does_not_count")).set_index("parties")
    assert strict["not_arrived"].to_dict() == {("P", "T"): 1, ("S", "T"): 0}  # S answers a day later, P does not
    assert working_relationships(case, rules=sn.Rules(unconfirmed="does_not_count"))["not_arrived"].tolist() == [0, 1]


def test_a_letter_on_its_way_is_neither_there_nor_lost() -> None:
    case = build("T@school S@council", "c1", "1 told T>S c1 letter received_on=9")
    assert working_relationships(case, "2024-01-08").empty
    assert working_relationships(case, "2024-01-09")["contacts"].tolist() == [1]


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_the_rows_of_each_pair_are_those_in_which_information_could_move(
    tables: dict[str, list[dict[str, str]]], at: dt.date
) -> None:
    for settings in ({}, {"dates": "earliest"}, {"unconfirmed": "does_not_count"}):
        asked = view(tables, at, **settings)
        ways: dict[tuple[str, str], dict[str, int]] = {}
        for row in asked.rows:
            for a, b in set(asked.moved(row)):
                if {a, b} & (asked.professionals | asked.agencies):
                    ways.setdefault((min(a, b), max(a, b)), {}).setdefault(row.id, 0)
                    ways[min(a, b), max(a, b)][row.id] += 1
        table = working_relationships(from_tables(tables), at, rules=sn.Rules(**settings))
        found: dict[tuple[str, str], list[int]] = {}
        for line in table.itertuples():
            sums = found.setdefault((line.first, line.second), [0, 0])
            sums[0] += line.rich
            sums[1] += line.paper
        expected = {
            pair: [sum(n == 2 for n in rows.values()), sum(n == 1 for n in rows.values())]
            for pair, rows in ways.items()
        }
        assert {pair: sums for pair, sums in found.items() if sums != [0, 0]} == expected


@given(strategies.cases(), strategies.questions)
def test_the_pairs_of_actors_are_the_links_of_brute_force(tables: dict[str, list[dict[str, str]]], at: dt.date) -> None:
    table = channel_mix(from_tables(tables), at, by="pair")
    assert {frozenset(pair) for pair in table.loc[table["contacts"] > 0, "parties"]} == pairs_in_contact(
        view(tables, at)
    )
