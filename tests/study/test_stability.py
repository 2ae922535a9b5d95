"""In what share of draws each matter stays among the first ten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.dates import date_of
from safetynet.record.snapshot import snapshot
from safetynet.review import Finding, found
from safetynet.study.stability import _first, _is_among, drawn
from tests.builder import case

PEOPLE = "T@school S@council P@police G@health K:child"
ROWS = """
    o1: 01-02 observed T c1
    o2: 01-04/01-20 observed P c2 confidence=low
    m1: 01-05 told T>S c1 letter received=no
    m2: 01-08 told S>P - phone
    m3: 01-10/02-10 asked P>G c2 phone confidence=medium
    m4: 01-15 told S>T - phone
    d1: 01-20 decided S c1 outcome=no_further_action
"""
AT = "2024-02-20"


def small() -> sn.Case:
    return case(PEOPLE, "c1:3 c2:4", ROWS)


MEETING = "m4: 01-18 met S;T c1 strategy"
SURE = f"""
    o1: 01-02 observed T c1
    m2: 01-08 told S>P - phone
    m3: 01-15 told P>S - phone
    {MEETING}
    m5: 01-08 told P>S - phone
"""


def sure(confidence: str = "") -> sn.Case:
    """Four contacts; only by the meeting two have c1 on record, so that it is known to several with no action."""
    rows = SURE.replace(MEETING, f"{MEETING} confidence={confidence}") if confidence else SURE
    return case("T@school S@council P@police K:child", "c1:3", rows)


def as_public(record: sn.Case, gone: Any, cells: Any) -> sn.Case:
    """A draw, made with the public edits of a case."""
    for row, changed in cells.items():
        days = {name: date_of(window.first) for name, window in changed.items()}
        record = record.with_row(row, **days)
    return record.without(*gone)


def is_there(leader: Any, drawn_case: sn.Case, first: int, at: Any = AT) -> bool:
    """By the public tables: whether the first matters of its side have a finding of its kind on half of the same."""
    findings, matters = sn.findings(drawn_case, at), sn.matters(drawn_case, at)
    there = matters[matters["side"] == leader.side].head(first)["matter"]
    for line in findings[findings["matter"].isin(there) & (findings["kind"] == leader.kind)].itertuples():
        mine, theirs = set(leader.concerns), set(line.concerns)
        if not mine | theirs:
            mine = {*leader.people, *leader.agencies}
            theirs = {*line.people, *line.agencies}
        if len(mine & theirs) >= len(mine | theirs) / 2:
            return True
    return False


def leaders(record: sn.Case, at: Any = AT) -> list[Any]:
    """The heaviest finding of each matter, by the public tables."""
    findings = sn.findings(record, at)
    return [findings.iloc[places[0]] for places in sn.matters(record, at)["findings"]]


@pytest.mark.parametrize("first", [1, 3, 10])
def test_the_share_is_that_of_a_brute_force_over_the_same_draws(first: int) -> None:
    record, draws = small(), 30
    found = sn.matters_stability(record, AT, draws=draws, missing=0.3, first=first)
    made = [as_public(record, *one) for one in drawn(snapshot(record, AT), draws, 1, 0.3)]
    expected = [sum(is_there(leader, one, first) for one in made) / draws for leader in leaders(record)]
    assert found["share"].tolist() == pytest.approx(expected)
    assert len(set(expected)) > 1


@pytest.mark.slow
def test_the_share_in_a_packaged_case_is_that_of_a_brute_force() -> None:
    record, draws = sn.load_case("reuben"), 10
    at = date_of(snapshot(record).day)
    made = [as_public(record, *one) for one in drawn(snapshot(record), draws, 1, 0.1)]
    expected = [sum(is_there(leader, one, 10, at) for one in made) / draws for leader in leaders(record, at)]
    assert sn.matters_stability(record, draws=draws)["share"].tolist() == pytest.approx(expected)
    assert len(set(expected)) > 2


def test_with_one_contact_of_four_left_out_every_way_is_as_likely() -> None:
    """Four contacts, nothing in doubt: a draw is one of four cases, and each is made and looked at."""
    record = sure()
    contacts = [row.id for row in snapshot(record, AT).contacts]
    assert sorted(contacts) == ["m2", "m3", "m4", "m5"]
    ways = [record.without(one) for one in contacts]
    expected = [sum(is_there(leader, one, 10) for one in ways) / 4 for leader in leaders(record)]
    found = sn.matters_stability(record, AT, draws=300)
    # of 300 draws a share of 1 in 4 lies within 0.1 (four standard deviations)
    assert found["share"].tolist() == pytest.approx(expected, abs=0.1)
    kind = found.set_index("kind")["share"]
    # by hand: T saw it in every draw, and nobody saw the child again; S has it where the meeting is there, 3 in 4
    assert kind["gap_with_child"] == 1
    assert kind["informed_nobody_owned"] == pytest.approx(3 / 4, abs=0.1)
    assert 0.65 < kind["informed_nobody_owned"] < 1


def one_about(*concerns: str, kind: str = "late", parties: tuple[str, ...] = ()) -> Finding:
    first = found(small(), AT)[0]
    return replace(first, kind=kind, side="gap", concerns=concerns, people=parties, agencies=())


@pytest.mark.parametrize(
    ("there", "same"),
    [
        (one_about("c1", "c2"), True),
        (one_about("c1"), True),  # it was split: 1 of 2
        (one_about("c1", "c2", "c3", "c4"), True),  # it was joined with another: 2 of 4
        (one_about("c1", "c2", "c3", "c4", "c5"), False),  # 2 of 5
        (one_about("c1", "c3"), False),  # 1 of 3
        (one_about(), False),  # 0 of 2
        (one_about("c1", "c2", kind="early"), False),
    ],
)
def test_a_matter_is_the_same_by_its_kind_and_half_of_the_concerns_of_either(there: Finding, same: bool) -> None:
    assert _is_among(one_about("c1", "c2"), [there]) is same
    assert _is_among(one_about("c1", "c2"), [one_about("c9"), there]) is same


def test_where_neither_is_about_a_concern_people_and_agencies_say_whether_it_is_the_same() -> None:
    leader = one_about(parties=("T", "S"))
    assert _is_among(leader, [one_about(parties=("T",))])  # 1 of 2
    assert not _is_among(leader, [one_about(parties=("T", "P"))])  # 1 of 3
    assert not _is_among(leader, [one_about("c1", parties=("T", "S"))])  # 0 of 1 concern


def test_a_matter_that_another_leads_in_a_draw_is_found_in_it_while_that_is_among_the_first() -> None:
    led = [one_about("c5", kind="early"), one_about("c1")]
    assert _is_among(one_about("c1"), _first([[one_about("c6")], led], 2))
    assert not _is_among(one_about("c1"), _first([[one_about("c6")], led], 1))


@pytest.mark.parametrize(("confidence", "share"), [("high", 0.95), ("medium", 0.8), ("low", 0.5)])
def test_what_rests_on_a_doubtful_row_stays_as_often_as_the_row_does(confidence: str, share: float) -> None:
    found = sn.matters_stability(sure(confidence), AT, draws=400, missing=0).set_index("kind")["share"]
    assert found["gap_with_child"] == 1
    assert found["informed_nobody_owned"] == pytest.approx(share, abs=0.1)  # four standard deviations


def test_where_nothing_can_be_otherwise_the_first_stay_in_every_draw_and_no_other_does() -> None:
    found = sn.matters_stability(sure(), AT, draws=50, missing=0, first=2)
    assert found["kind"].tolist() == ["gap_with_child", "informed_nobody_owned", "lead_not_recorded"]
    assert found["share"].tolist() == [1, 1, 0]
    assert found["draws"].tolist() == [50, 50, 50]


def test_the_lines_are_the_matters_of_the_record_and_ranks_count_each_side() -> None:
    record = sn.load_case("reuben")
    found, matters = sn.matters_stability(record, draws=2), sn.matters(record)
    pd.testing.assert_frame_equal(found[["matter", "side"]], pd.DataFrame(matters)[["matter", "side"]])
    for _, lines in found.groupby("side"):
        assert lines["rank"].tolist() == list(range(1, len(lines) + 1))
    assert sn.matters_stability(case("T@school", ""), draws=2).empty


def test_the_same_seed_gives_the_same_draws_and_more_draws_begin_with_fewer() -> None:
    record = small()
    first, again, other = (sn.matters_stability(record, AT, draws=30, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)
    view = snapshot(record, AT)
    few, many = ([(list(gone), dict(cells)) for gone, cells in drawn(view, number, 1, 0.3)] for number in (10, 20))
    assert many[:10] == few


def test_a_contact_is_left_out_whether_or_not_its_row_is_sure() -> None:
    """The numbers by which contacts are left out are not those by which rows stand."""
    record = case(
        "T@school S@council", "c1:3", *(f"m{one}: 01-0{one} told T>S c1 phone confidence=low" for one in (1, 2, 3, 4))
    )
    view = snapshot(record, AT)
    left = [set(gone) for gone, _ in drawn(view, 400, 1, 0.25)]
    doubted = [set(gone) for gone, _ in drawn(view, 400, 1, 0)]
    only = [len(more - fewer) for more, fewer in zip(left, doubted, strict=True)]
    assert all(fewer <= more for more, fewer in zip(left, doubted, strict=True))
    # the one contact left out was there otherwise in half of the draws
    assert sum(only) / 400 == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("draws", 0), ("draws", 2.5), ("seed", -1), ("missing", 1.0), ("missing", -0.1), ("missing", True), ("first", 0)],
)
def test_a_number_out_of_its_range_is_named(name: str, value: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=name):
        sn.matters_stability(sn.load_case("worked_example"), **{name: value})
