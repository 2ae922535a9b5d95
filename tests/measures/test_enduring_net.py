from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.enduring_net import enduring_net
from tests.builder import case

PEOPLE = "T@school S@council P@police K:child M:family N:support U:public"


def net(found: sn.Case, at: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    table = enduring_net(found, at)
    columns = [table[name] for name in ("concerns", "actions", "in_contact")]
    return dict(zip(table["party"], zip(*columns, strict=True), strict=True))


def on(number: int) -> str:
    return str(dt.date(2023, 12, 31) + dt.timedelta(days=number))


def test_the_contract_columns_stand_first() -> None:
    table = enduring_net(case(PEOPLE, "c1", "1 observed T c1"))
    assert table.columns.tolist() == ["party", "concerns", "actions", "in_contact", "kind", "last_contact", "rows"]
    assert table["in_contact"].dtype == bool


def test_family_support_and_involved_professionals_belong_to_it_and_nobody_else() -> None:
    found = case(PEOPLE, "c1", "1 observed T c1", "2 told T>S c1 phone", "3 told S>U c1 phone")
    table = enduring_net(found, on(4))
    # the child is not in their own net, the public is none, P has not appeared
    assert table["party"].tolist() == ["M", "N", "S", "T"]
    assert table["kind"].tolist() == ["family", "support", "professional", "professional"]
    assert table["rows"].tolist() == [(), (), ("e2", "e3"), ("e1", "e2")]


def test_on_the_day_of_a_closing_it_is_that_of_the_day_after() -> None:
    found = case(PEOPLE, "c1", "1 observed T c1", "2 told T>S c1 phone", "9 closed T")
    assert "T" in net(found, on(8))
    assert "T" not in net(found, on(9))
    assert "S" in net(found, on(9))


def test_worries_are_the_current_ones_and_an_agency_has_those_of_its_file() -> None:
    rows = ("1 observed T c1;c2;ok", "2 told T>council c1 letter", "3 told T>M c1;c2 phone")
    found = case(PEOPLE, "c1 c2 resolved=5 ok:0", *rows, services="help K council 1", agencies="council")
    assert net(found, on(9))["T"][0] == net(found, on(9))["M"][0] == net(found, on(9))["council"][0] == ("c1",)
    assert net(found, on(4))["M"][0] == ("c1", "c2")


@pytest.mark.parametrize(
    ("rows", "day", "expected"),
    [
        (["5 agreed T c1"], 47, ("e2",)),  # without a due date 42 days from its latest step
        (["5 agreed T c1"], 48, ()),
        (["5 agreed T c1 due=30"], 30, ("e2",)),
        (["5 agreed T c1 due=30"], 31, ()),
        (["5 agreed T c1 due=200"], 105, ("e2",)),  # with one 100 days
        (["5 agreed T c1 due=200"], 106, ()),
        (["5 agreed T c1", "9 done T ref=e2"], 9, ()),
        (["5 agreed T c1", "9 done T ref=e2 outcome=refused"], 9, ()),
        (["5 agreed T c1", "9 done T ref=e2 outcome=refused", "10 told T>M c1 phone"], 10, ("e2",)),  # a step after
        (["5 agreed T c1", "40 done T ref=e2 outcome=partly"], 82, ("e2",)),
        (["5 agreed T c1", "40 observed T c1"], 82, ("e2",)),
        (["5 opened T c1"], 47, ("e2",)),  # an involvement that names the worry
        (["5 opened T"], 47, ()),
        (["5 agreed T -"], 47, ("e2",)),  # on no worry at all
        (["5 agreed T -", "40 observed T c1"], 82, ()),  # what keeps it alive is only what was done about it
        (["5 agreed S c1"], 47, ()),  # another's
    ],
)
def test_actions_are_those_that_are_in_hand_whoever_is_informed(
    rows: list[str], day: int, expected: tuple[str, ...]
) -> None:
    assert net(case(PEOPLE, "c1", "1 observed S c1", *rows, "300 opened T"), on(day)).get("T", ((), ()))[1] == expected


@pytest.mark.parametrize(
    "row", ["met T;K", "told T>K - phone", "told K>T - letter", "told S>T - phone present=K", "observed T c1 present=K"]
)
def test_in_contact_is_a_contact_row_with_both_at_most_ninety_days_before(row: str) -> None:
    found = case(PEOPLE, "c1", "1 observed T c1", f"10 {row}", "200 opened T")
    assert net(found, on(100))["T"][2]
    assert not net(found, on(101))["T"][2]
    table = enduring_net(found, on(100)).set_index("party")
    assert table.loc["T", "last_contact"] == pd.Timestamp(on(10))


def test_what_did_not_arrive_or_names_only_one_of_them_is_no_contact() -> None:
    rows = ("10 told T>K - letter received=no", "11 told T>M - visit", "12 told M>K - phone", "13 observed T c1")
    assert {one for one, (_, _, close) in net(case(PEOPLE, "c1", *rows), on(14)).items() if close} == {"M"}


def test_an_agency_that_serves_a_child_belongs_to_it_and_is_in_contact_where_the_child_attended() -> None:
    for services, expected in [
        ("nursery K school 1 20 yes", {"school": True}),
        ("nursery K school 1 20 no", {"school": False}),
        ("nursery K school - - -\nmeals K school - - yes", {"school": True}),
        ("nursery M school 1 20 yes", {}),  # not to a child
        ("nursery K school 11 - yes", {}),  # not yet
        ("nursery K school - 9 yes", {}),  # over
        ("nursery K - 1 20 yes", {}),  # nobody provides it
    ]:
        found = net(case(PEOPLE, "c1", "1 observed T c1", "20 opened T", services=services, agencies="school"), on(10))
        assert {one: close for one, (_, _, close) in found.items() if one == "school"} == expected, services
