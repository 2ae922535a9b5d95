from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.record.involvement import first_day, involved_on, involvement, parties, party
from safetynet.record.snapshot import snapshot
from tests import strategies
from tests.measures.hand import day, hand, row, saw, told
from tests.measures.made import from_tables, nobody


def spells(case: sn.Case, name: str, at: str) -> list[tuple[str, str]]:
    found = involvement(snapshot(case, at)).get(name, ())
    return [(dt.date.fromordinal(first).isoformat(), dt.date.fromordinal(last).isoformat()) for first, last in found]


def test_whoever_closes_is_involved_to_that_day_and_again_from_the_next_row_of_theirs() -> None:
    case = hand(saw("2", "A1"), row("closed", "5", "A1"), saw("9", "A1"))
    assert spells(case, "A1", day(12)) == [(day(2), day(5)), (day(9), day(12))]


def test_a_row_on_the_day_of_closing_does_not_keep_anybody() -> None:
    case = hand(saw("2", "A1"), row("closed", "5", "A1"), saw("5", "A1"))
    assert spells(case, "A1", day(12)) == [(day(2), day(5))]


def test_a_post_that_has_ended_ends_it_for_good() -> None:
    case = hand(saw("2", "A1"), saw("9", "A1"), people={"A1": {"end": day(4)}})
    assert spells(case, "A1", day(12)) == [(day(2), day(4))]


def test_being_sent_something_is_appearing_even_if_it_did_not_arrive() -> None:
    case = hand(told("3", "A1", "B1", channel="fax", received="no"))
    assert spells(case, "B1", day(4)) == [(day(3), day(4))]


def test_parties_are_agencies_and_professionals_without_one() -> None:
    view = snapshot(hand(people={"N": {"agency": "e"}}))
    assert [party(view, name) for name in ("A1", "D1", "e", "K", "M", "N")] == ["a", "D1", "e", "", "", "e"]
    assert parties(view, ["A1", "A2", "M", "D1"]) == ("D1", "a")


def test_nothing_on_record_means_nobody_involved() -> None:
    view = snapshot(nobody())
    assert involvement(view) == {}
    assert first_day(view) is None


@given(strategies.cases())
def test_on_every_day_they_are_those_whom_a_snapshot_of_that_day_calls_involved(
    tables: dict[str, list[dict[str, str]]],
) -> None:
    case = from_tables(tables)
    for rules in (sn.Rules(), sn.Rules(dates="earliest")):
        view = snapshot(case, strategies.day(15), rules)
        for number in range(-1, 16):
            then = strategies.day(number)
            assert involved_on(view, then.toordinal()) == snapshot(case, then, rules).involved


@pytest.mark.parametrize("name", ["max", "reuben", "victoria_climbie", "malachi_subecz"])
def test_so_it_is_in_the_packaged_cases(name: str) -> None:
    case = sn.load_case(name)
    view = snapshot(case)
    days = {row.date.last for row in view.rows}
    for then in sorted(days | {one + 1 for one in days if one < view.day})[::4]:
        assert involved_on(view, then) == snapshot(case, dt.date.fromordinal(then)).involved
