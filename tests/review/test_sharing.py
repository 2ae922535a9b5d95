"""Each kind about worries that stayed where they were fires on a small case, and not on its twin."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.record.snapshot import snapshot
from tests import brute, strategies
from tests.measures.made import from_tables
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "T@school U@school S@council V@council M:family"


def case(*rows: Line, concerns: str = "c1:3 c2:2", people: str = PEOPLE, **more: Any) -> sn.Case:
    return made(people, rows, concerns, **more)


# never_left_a_person


def test_what_one_person_kept_is_one_finding_with_all_their_worries() -> None:
    finding = one("never_left_a_person", case(observed("T", "c1"), observed("T", "c2")), at="2024-01-31")
    assert finding.concerns == ("c1", "c2")
    assert finding.rows == ("e1", "e2")
    assert (finding.people, finding.agencies) == (("T",), ("school",))
    assert finding.days == 30  # 1 to 31 January
    assert finding.severity == 5  # 3 + 2


@pytest.mark.parametrize(
    "second",
    [
        told("T", "S"),  # passed on
        told("T", "school", channel="letter"),  # on a file
        observed("S"),  # another saw it too
        told("T", "S", date="2024-01"),  # perhaps passed on by then
    ],
)
def test_nothing_is_said_to_have_stayed_with_one_where_a_row_shows_or_may_show_another(second: Line) -> None:
    assert not found("never_left_a_person", case(observed("T"), second), at="2024-01-20")


def test_a_grave_worry_counts_from_the_next_day_and_a_slight_one_after_a_week() -> None:
    kept = case(observed("T", "c1", date="2024-01-01"), observed("U", "c2", date="2024-01-01"))
    assert not found("never_left_a_person", kept, at="2024-01-01")
    assert {one.people for one in found("never_left_a_person", kept, at="2024-01-07")} == {("T",)}
    assert {one.people for one in found("never_left_a_person", kept, at="2024-01-08")} == {("T",), ("U",)}


def test_it_says_when_the_one_who_kept_it_had_left() -> None:
    gone = case(observed("T"), row("closed", "T"))
    assert "they had left by 2024-01-02" in one("never_left_a_person", gone, at="2024-01-31").statement
    assert "left" not in one("never_left_a_person", case(observed("T")), at="2024-01-31").statement


# never_left_an_agency


def test_what_two_of_one_agency_had_and_nobody_else_never_left_it() -> None:
    finding = one("never_left_an_agency", case(observed("T"), told("T", "U")), at="2024-01-31")
    assert finding.people == ("T", "U")
    assert finding.agencies == ("school",)
    assert finding.rows == ("e1", "e2")
    assert not found("never_left_an_agency", case(observed("T"), told("T", "U"), told("U", "S")), at="2024-01-31")


# never_left_the_family


def test_what_only_the_family_had_never_left_it() -> None:
    people = "T@school M:family N:support"
    kept = case(observed("N"), told("N", "M"), observed("T", "c2"), people=people)
    finding = one("never_left_the_family", kept, at="2024-01-31")
    assert finding.concerns == ("c1",)
    assert finding.people == ("M", "N")
    assert finding.days == 30
    told_on = case(observed("N"), told("N", "M"), told("M", "T"), people=people)
    assert not found("never_left_the_family", told_on, at="2024-01-31")


def test_a_call_that_did_not_arrive_leaves_it_with_the_family() -> None:
    lost = case(observed("M"), told("M", "T", received="no"))
    assert one("never_left_the_family", lost, at="2024-01-31").concerns == ("c1",)


# only_a_file


def test_what_came_to_a_desk_and_nobody_read_is_on_a_file_only() -> None:
    sent = (observed("T"), told("T", "council", channel="fax"))
    finding = one("only_a_file", case(*sent), at="2024-01-31")
    assert finding.agencies == ("council",)
    assert finding.rows == ("e2",)
    assert finding.days == 29  # 2 to 31 January
    assert not found("only_a_file", case(*sent, told("council", "S", channel="file")), at="2024-01-31")


def test_an_agency_that_acts_on_a_worry_itself_has_read_it() -> None:
    acted = case(observed("T"), told("T", "council", channel="fax"), row("agreed", "council", "c1"))
    assert not found("only_a_file", acted, at="2024-01-31")


# stopped_inside_an_agency

ARRIVED = (observed("T", date="2024-01-01"), told("T", "S", date="2024-01-02"))


@pytest.mark.parametrize("kind", ["agreed", "decided"])
def test_a_colleague_who_acts_without_the_worry_is_found(kind: str) -> None:
    acts = row(kind, "V", "c2", outcome="same" if kind == "decided" else "", date="2024-01-03")
    finding = one("stopped_inside_an_agency", case(*ARRIVED, acts), at="2024-01-31")
    assert finding.people == ("S", "V")
    assert finding.agencies == ("council",)
    assert finding.concerns == ("c1",)
    assert finding.rows == ("e2", "e3")
    assert "first on 2024-01-03" in finding.statement


@pytest.mark.parametrize(
    "rows",
    [
        (*ARRIVED, row("agreed", "V", "c2", date="2024-01-02")),  # not on a later day
        (*ARRIVED, row("agreed", "V", "c2", date="2024-01-03"), told("S", "V", date="2024-01-04")),  # came to have it
        (*ARRIVED, row("agreed", "U", "c2", date="2024-01-01")),  # before
        (*ARRIVED, row("agreed", "S", "c2", date="2024-01-03")),  # has it
    ],
)
def test_whoever_has_the_worry_or_acted_before_it_is_not_named(rows: tuple[Line, ...]) -> None:
    assert not found("stopped_inside_an_agency", case(*rows), at="2024-01-31")


def test_a_slight_worry_need_not_go_round_an_agency() -> None:
    acts = row("agreed", "V", "c2", date="2024-01-03")
    assert not found("stopped_inside_an_agency", case(*ARRIVED, acts, concerns="c1:2 c2:2"), at="2024-01-31")


# left_with_its_holder

HELD = (met("T;S", "c1"), observed("V", "c2"))


def test_what_all_its_holders_took_with_them_when_they_left() -> None:
    finding = one("left_with_its_holder", case(*HELD, row("closed", "T"), row("closed", "S")), at="2024-01-31")
    assert finding.concerns == ("c1",)
    assert finding.people == ("S", "T")
    assert finding.days == 27  # 4 to 31 January
    assert "By 2024-01-04" in finding.statement


@pytest.mark.parametrize(
    "rows",
    [
        (*HELD, row("closed", "T")),  # S stays
        (*HELD, told("S", "V"), row("closed", "T"), row("closed", "S")),  # passed on before
        (met("T;S", "c1"), row("closed", "T"), row("closed", "S")),  # nobody at all is left
    ],
)
def test_what_somebody_still_has_did_not_leave(rows: tuple[Line, ...]) -> None:
    assert not found("left_with_its_holder", case(*rows), at="2024-01-31")


def test_the_end_of_a_post_is_leaving() -> None:
    ended = case(*HELD, people_more={"T": {"end": "2024-01-10"}, "S": {"end": "2024-01-12"}})
    assert "By 2024-01-12" in one("left_with_its_holder", ended, at="2024-01-31").statement


# against the brute force


@given(strategies.cases(), strategies.questions)
def test_what_stayed_with_one_or_with_the_family_is_what_the_brute_force_says(tables, at) -> None:  # type: ignore[no-untyped-def]
    brute_view = brute.view(tables)
    first = brute.recorded(brute_view)
    known = brute.known_worries(brute_view, at)
    alone: dict[str, set[str]] = {}
    family: set[str] = set()
    for worry in brute.current_worries(brute_view, at):
        certain = {one for (one, item), (_, hi) in first.items() if item == worry and hi <= at}
        perhaps = {one for (one, item), (lo, _) in first.items() if item == worry and lo <= at}
        channels = {one for one in perhaps if one in brute_view.professionals or one not in brute_view.people}
        if worry in known and len(channels) == 1:
            alone.setdefault(channels.pop(), set()).add(worry)
        elif certain and not channels:
            family.add(worry)
    case, rules = from_tables(tables), sn.Rules(grace_days=0)
    view = snapshot(case, at, rules)
    said = {one.people[0]: set(one.concerns) for one in found("never_left_a_person", case, at, rules)}
    young = {person for person, worries in alone.items() if max(view.day - view.since[person, w] for w in worries) == 0}
    assert said.items() <= alone.items()
    assert alone.keys() - said.keys() <= young  # a grave worry of that very day is not said yet
    told_of = {worry for one in found("never_left_the_family", case, at, rules) for worry in one.concerns}
    assert told_of <= family
    assert not {
        worry for worry in family - told_of
        if max(view.day - since for (_, item), since in view.since.items() if item == worry) > 0
    }  # fmt: skip
