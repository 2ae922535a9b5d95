"""Contacts beside those that could have been: against brute force, and by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.study.turning import TERMS
from tests import builder, strategies
from tests.brute import events as brute

RULES = (
    {},
    {"dates": "earliest"},
    {"unconfirmed": "does_not_count", "weights": (1, 3, 5, 7)},
    {"dates": "earliest", "unconfirmed": "does_not_count", "after_closing_days": 3},
    {"who_counts": ("professional", "support", "family")},
)


def lines(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The table as brute force gives it."""
    found = table.drop(columns="case").to_dict("records")
    for line in found:
        line["date"] = line["date"].date()
        line["days_since_contact"] = None if pd.isna(line["days_since_contact"]) else line["days_since_contact"]
    return found


@given(strategies.cases(), strategies.questions)
def test_the_table_is_that_of_brute_force(tables: Any, at: dt.date) -> None:
    case = builder.from_tables(tables)
    for rules in RULES:
        mine = sn.contact_events(case, at, rules=sn.Rules(**rules))  # type: ignore[arg-type]
        assert lines(mine) == brute.contact_events(tables, at, **rules), rules


@pytest.mark.slow
@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_so_it_is_of_the_packaged_cases(name: str, tables_of: Any) -> None:
    assert lines(sn.contact_events(sn.load_case(name))) == brute.contact_events(tables_of(name))


PEOPLE = """
    T@school S@council S2@council P@police lead_from=01-06 J@court remit=decides M:family K:child
"""
ROWS = """
    1 observed T c1;c2
    2 met T;S;P;J -
    2 observed S2 c3
    3 told T>S c1 phone
    5 told T>S - phone
    5 told T>desk c2 email
    7 asked S>T - phone
    8 told T>S c3 phone ref=e7
    9 asked S>P;J - phone
    10 told M>T c2 phone
"""


@pytest.fixture
def case() -> sn.Case:
    """c1 weighs 3, c2 weighs 2, c3 weighs 4; the court decides; the police lead from the sixth day."""
    agencies = "school:education council:social_care police:police court:justice desk:police"
    return builder.case(PEOPLE, "c1:3 c2:2 c3:4", ROWS, agencies=agencies)


def of(table: pd.DataFrame, row: str, receiver: str) -> dict[str, Any]:
    """The line of a receiver in the contact of a row."""
    found = table[(table["row"] == row) & (table["receiver"] == receiver)]
    assert len(found) == 1
    line: dict[str, Any] = found[["chosen", *TERMS]].iloc[0].to_dict()
    return line


def test_by_hand(case: sn.Case) -> None:
    table = sn.contact_events(case)
    # e4, of the third day: T turned to S; T, S, P, J and S2 had appeared, and T had met all but S2 on the second
    assert table[table["row"] == "e4"]["receiver"].tolist() == ["J", "P", "S", "S2"]
    alike = {
        "inertia": 0,
        "reciprocity": 0,
        "popularity": 0,
        "same_agency": False,
        "same_sector": False,
        "receiver_leads": False,
    }
    met = {"days_since_contact": 1, "no_contact_yet": False, "receiver_is_desk": False}
    lacks = {"receiver_lacks": 5.0, "receiver_could_act": True}  # c1 and c2, which T has and none of them
    assert of(table, "e4", "S") == {"chosen": True, **alike, **met, **lacks}
    assert of(table, "e4", "J") == {"chosen": False, **alike, **met, **lacks, "receiver_could_act": False}
    assert of(table, "e4", "P") == {"chosen": False, **alike, **met, **lacks}
    strange = of(table, "e4", "S2")
    assert pd.isna(strange.pop("days_since_contact"))  # nor have they met
    assert strange == {"chosen": False, **alike, **lacks, "no_contact_yet": True, "receiver_is_desk": False}
    # e5: T turned to S on the third day and told them of c1; c2 is left
    now = {"inertia": 1, "days_since_contact": 2, "receiver_lacks": 2.0}
    assert of(table, "e5", "S") == {"chosen": True, **alike, **met, **lacks, **now}
    assert of(table, "e5", "P")["days_since_contact"] == 3


def test_the_desk_that_nobody_had_turned_to_was_not_active_and_then_is(case: sn.Case) -> None:
    table = sn.contact_events(case)
    first = table[table["row"] == "e6"]
    assert first[["receiver", "chosen", "left_out"]].values.tolist() == [
        ["desk", True, "the receiver was not active the day before"]
    ]
    later = of(table, "e7", "desk")  # S had nothing to do with it; c1 is what S has and the desk has not
    assert (later["receiver_is_desk"], later["receiver_could_act"], later["receiver_lacks"]) == (True, True, 3.0)
    assert not later["same_sector"]
    assert later["no_contact_yet"]


def test_what_happened_the_same_day_is_not_known_yet(case: sn.Case) -> None:
    table = sn.contact_events(case)
    assert "desk" not in table[table["row"] == "e5"]["receiver"].tolist()  # e6 is of the same day


def test_reciprocity_counts_how_often_the_other_had_turned_to_one_meetings_apart(case: sn.Case) -> None:
    back = of(sn.contact_events(case), "e7", "T")
    assert back["popularity"] == 0
    assert of(sn.contact_events(case), "e7", "desk")["popularity"] == 1  # T had, in e6
    assert (back["reciprocity"], back["inertia"], back["days_since_contact"]) == (2, 0, 2)
    assert back["receiver_lacks"] == 0.0  # T has c1, which is all that S has


def test_an_answer_to_a_request_is_no_choice(case: sn.Case) -> None:
    table = sn.contact_events(case)
    answer = table[table["row"] == "e8"]
    assert answer[["receiver", "left_out"]].values.tolist() == [["S", "it answers a request"]]


def test_of_several_recipients_each_is_a_contact_and_none_an_alternative_of_another(case: sn.Case) -> None:
    table = sn.contact_events(case)
    rows = table[table["row"] == "e9"]
    assert rows["event"].nunique() == 2
    choices = rows.groupby("event")["receiver"].agg(list).tolist()
    assert choices == [["J", "S2", "T", "desk"], ["P", "S2", "T", "desk"]]
    assert of(table, "e9", "P")["receiver_leads"]
    mine = rows[rows["receiver"] == "S2"].iloc[0]
    assert mine["same_agency"]
    assert mine["same_sector"]


def test_who_is_family_turns_to_nobody_here_and_nobody_to_them(case: sn.Case) -> None:
    table = sn.contact_events(case)
    assert "e10" not in table["row"].tolist()
    assert not {"M", "K"} & set(table["receiver"])


def test_agencies_of_the_sector_other_are_not_alike() -> None:
    rows = "1 met A;B;C - \n 2 told A>B - phone"
    table = sn.contact_events(builder.case("A@a B@b C@a", "c1", rows))
    assert table[["receiver", "same_agency", "same_sector"]].values.tolist() == [["B", False, False], ["C", True, True]]


def test_whoever_has_left_could_not_be_turned_to() -> None:
    rows = "1 met A;B;C;D - \n 3 closed C \n 5 told A>B - phone \n 6 told A>C - phone"
    table = sn.contact_events(builder.case("A@a B@b C@c D@d", "c1", rows))  # C was there on the day of closing
    assert table[table["row"] == "e3"]["receiver"].tolist() == ["B", "D"]
    assert table[table["row"] == "e4"]["left_out"].tolist() == ["the receiver was not active the day before"]


def test_with_nobody_else_there_is_no_choice() -> None:
    table = sn.contact_events(builder.case("A@a B@b", "c1", "1 met A;B - \n 2 told A>B - phone"))
    assert table["left_out"].tolist() == ["nobody else was active the day before"]


def test_without_a_contact_the_table_is_empty_with_the_same_dtypes() -> None:
    full = sn.contact_events(sn.load_case("reuben"))
    for case in (builder.nobody(), builder.alone()):
        pd.testing.assert_frame_equal(sn.contact_events(case), full.iloc[:0])
    pd.testing.assert_frame_equal(sn.contact_events([]), full.iloc[:0])


def test_several_cases_are_numbered_through_and_their_names_differ() -> None:
    one, other = sn.load_case("reuben"), sn.load_case("max")
    both = sn.contact_events([one, other])
    alone = [sn.contact_events(one), sn.contact_events(other)]
    assert both["event"].drop_duplicates().tolist() == list(range(1, both["event"].nunique() + 1))
    pd.testing.assert_frame_equal(both.drop(columns="event"), pd.concat(alone, ignore_index=True).drop(columns="event"))
    with pytest.raises(sn.ArgumentError, match="Two of the cases are called 'max'"):
        sn.contact_events([other, other])
    with pytest.raises(sn.ArgumentError, match=r"Write load_case\('max'\)"):
        sn.contact_events("max")  # type: ignore[arg-type]
    with pytest.raises(sn.ArgumentError, match="a case is needed"):
        sn.contact_events(3)  # type: ignore[arg-type]


def test_the_order_of_the_rows_and_renaming_people_change_nothing(case: sn.Case) -> None:
    turned = builder.turned(case)
    mine, theirs = sn.contact_events(case), sn.contact_events(turned)
    pd.testing.assert_frame_equal(mine, theirs)


@pytest.mark.parametrize("given", [pd.DataFrame(), pd.DataFrame({"case": ["max"]}), {}, {"max": 1}])
def test_what_is_no_list_of_cases_is_refused_by_what_it_is(given: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=f"a case is needed, not a {type(given).__name__}"):
        sn.contact_events(given)
