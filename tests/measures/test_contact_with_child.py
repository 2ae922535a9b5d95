from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.contact_with_child import contact_with_child
from tests.builder import case

NUMBERS = ["days_since", "longest", "alone", "days_since_observed", "longest_observed"]
PEOPLE = "T@school S@council K:child M:family"


def numbers(found: sn.Case, at: str, child: str = "K") -> list[int | None]:
    line = contact_with_child(found, at).set_index("child").loc[child, NUMBERS]
    return [None if pd.isna(number) else int(number) for number in line]


def on(number: int) -> str:
    return str(dt.date(2023, 12, 31) + dt.timedelta(days=number))


def test_the_contract_columns_stand_first() -> None:
    table = contact_with_child(case(PEOPLE, "c1", "1 observed T c1"))
    assert table.columns.tolist() == ["child", *NUMBERS, "start", "last_contact", "rows"]
    assert [str(kind) for kind in table.dtypes[NUMBERS]] == ["Int64"] * 5


def test_a_visit_in_which_the_child_was_seen_is_contact() -> None:
    # first day that counts: 1 January; seen on the 11th and the 31st; asked on day 40
    found = case(
        PEOPLE, "c1", "1 observed T c1", "11 told S>M - visit seen=alone", "31 told S>M - visit seen=with_carer"
    )
    assert numbers(found, on(40)) == [9, 20, 1, 9, 20]
    table = contact_with_child(found, on(40))
    assert (table["start"][0], table["last_contact"][0]) == (pd.Timestamp(on(1)), pd.Timestamp(on(31)))
    assert table["rows"][0] == ("e1", "e2", "e3")


@pytest.mark.parametrize("seen", ["not_seen", "refused", "not_there"])
def test_a_visit_in_which_the_child_was_not_seen_is_none(seen: str) -> None:
    found = case(PEOPLE, "c1", "1 met S;M", f"11 told S>K;M - visit seen={seen}")
    assert numbers(found, on(40)) == [None, 39, 0, None, 39]


TOGETHER = [
    "met S;K",
    "told S>K - visit",
    "told S>K - face_to_face",
    "told K>S - meeting",
    "told S>M - visit present=K",
]
SEEN = ["done S seen=glimpsed", "asked M>S - letter seen=with_carer"]


@pytest.mark.parametrize("contact", [*TOGETHER, *SEEN])
def test_together_in_a_room_or_seen_by_its_own_word(contact: str) -> None:
    assert numbers(case(PEOPLE, "c1", "1 met S;M", f"11 {contact}"), on(20)) == [9, 10, 0, 9, 10]


APART = ["told S>K - phone", "told S>K - video", "told S>K - visit received=no"]
WITHOUT_BOTH = ["told S>M - visit", "met M;K", "met S;M absent=K", "told M>K - visit seen=alone"]


@pytest.mark.parametrize("row", [*APART, *WITHOUT_BOTH])
def test_a_call_or_a_row_without_both_is_no_contact(row: str) -> None:
    assert numbers(case(PEOPLE, "c1", "1 met S;M", f"11 {row}"), on(20))[:3] == [None, 19, 0]


def test_an_observation_that_does_not_say_so_counts_in_the_upper_bound_alone() -> None:
    found = case(PEOPLE, "c1", "1 met S;M", "11 observed T c1", "13 observed T;S c1 seen=glimpsed")
    assert numbers(found, on(12)) == [None, 11, 0, 1, 10]
    assert numbers(found, on(20)) == [7, 12, 0, 7, 10]


def test_an_attended_service_is_contact_for_its_whole_span() -> None:
    rows = ("1 observed T c1", "11 met S;K")
    for services, expected in [
        ("nursery K school 20 30 yes", [10, 10]),
        ("nursery K school 20 - yes", [0, 10]),
        ("nursery K school - 30 yes", [10, 10]),  # from the first day on
        ("nursery K school 20 30 no", [29, 29]),
        ("nursery K school 20 30", [29, 29]),
        ("nursery M school 20 30 yes", [29, 29]),
        ("nursery K school 42 - yes", [29, 29]),  # not yet
        ("nursery K school 15/20 30/35 yes", [5, 10]),  # at its longest
    ]:
        found = case(PEOPLE, "c1", *rows, services=services)
        assert numbers(found, on(40))[:2] == expected, services


def test_days_count_from_the_birth_or_the_first_professional_whichever_is_later() -> None:
    rows = ("1 told M>N - phone", "5 met S;M", "31 met S;K")
    people = "S@council M:family N:support K:child"
    assert numbers(case(people, "c1", *rows), on(31))[:2] == [0, 26]
    assert numbers(case(f"{people} born=11", "c1", *rows), on(31))[:2] == [0, 20]
    assert numbers(case(f"{people} born=2024-01", "c1", *rows), on(31))[:2] == [0, 0]  # by the end of January
    assert numbers(case(f"{people} born=2024-01", "c1", *rows), on(30)) == [None, None, 0, None, None]
    assert numbers(case(people, "c1", *rows), on(4)) == [None, None, 0, None, None]


def test_of_two_children_each_is_asked_for() -> None:
    people = "S@council K:child L:child M:family"
    found = case(
        people, "c1", "1 met S;M", "11 told S>M - visit seen=alone about=K", "15 told S>M - visit seen=glimpsed"
    )
    assert numbers(found, on(20), "K") == [5, 10, 1, 5, 10]
    assert numbers(found, on(20), "L") == [5, 14, 0, 5, 14]
    assert contact_with_child(found)["child"].tolist() == ["K", "L"]
