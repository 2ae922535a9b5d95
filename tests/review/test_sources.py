"""Reassurance, single sources, escalation and supervision fire on a small case, and not on their twins."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "G@health H@health S@council P@police T@school M:family"


def case(*rows: Line, concerns: str = "c1:4 r:0", **more: Any) -> sn.Case:
    return made(PEOPLE, rows, concerns, **{"concerns_more": {"r": {"answers": "c1"}}, **more})


# reassurance_outran

WORRY = observed("G", "c1")
CALM = observed("H", "r")


def test_a_reassurance_that_reached_more_than_the_worry() -> None:
    finding = one("reassurance_outran", case(WORRY, CALM, told("H", "S", "r"), told("S", "P", "r")), at="2024-01-31")
    assert finding.concerns == ("c1", "r")
    assert finding.people == ("H", "P", "S")
    assert finding.severity == 4
    assert finding.days == 29  # 2 to 31 January
    assert "3 professionals in 3 agencies, c1 (c1) with 1; H and 2 others had only" in finding.statement


def test_a_reassurance_that_was_sooner_with_a_second_agency() -> None:
    rows = (observed("G", "c1", date="2024-01-01"), observed("H", "r", date="2024-01-01"))
    slow = told("G", "S", "c1", date="2024-01-20")
    quick = told("H", "P", "r", date="2024-01-02")
    assert one("reassurance_outran", case(*rows, slow, quick), at="2024-01-31").people == ("H", "P")
    assert not found("reassurance_outran", case(*rows, {**slow, "date": "2024-01-02"}, quick), at="2024-01-31")


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ((WORRY, CALM, told("H", "S", "r"), told("G", "S;P", "c1", date="2024-01-02")), {}),  # the worry went farther
        ((WORRY, observed("G", "r"), told("G", "S;P", "c1;r")), {}),  # whoever heard the one heard the other
        ((WORRY, CALM, told("H", "S", "r"), told("S", "P", "r")), {"concerns_more": {}}),  # it answers nothing
    ],
)
def test_a_reassurance_beside_its_worry_did_not_outrun_it(rows: tuple[Line, ...], more: dict[str, Any]) -> None:
    assert not found("reassurance_outran", case(*rows, **more), at="2024-01-31")


# single_source


def test_a_reassurance_that_two_have_from_one() -> None:
    finding = one("single_source", case(WORRY, CALM, told("H", "S", "r"), told("S", "P", "r")))
    assert finding.people == ("H", "P", "S")
    assert finding.severity == 4  # of the worry it answers
    assert "What 2 other professionals in 2 agencies had on record of r (r) goes back to H alone" in finding.statement


@pytest.mark.parametrize(
    "rows",
    [
        (CALM, told("H", "S", "r")),  # one alone rests on it
        (CALM, observed("T", "r"), told("H", "S", "r"), told("S", "P", "r")),  # two saw it
    ],
)
def test_what_one_has_or_two_saw_rests_on_no_single_source(rows: tuple[Line, ...]) -> None:
    assert not found("single_source", case(*rows))


def test_a_worry_with_one_source_counts_where_others_decided_on_it() -> None:
    heard = (observed("M", "c1"), told("M", "T", "c1"), told("T", "S;P", "c1"))
    decided = row("decided", "S", "c1", outcome="no_further_action")
    finding = one("single_source", case(*heard, decided))
    assert "goes back to M alone" in finding.statement
    assert "decided about it: e4 on 2024-01-04" in finding.statement
    assert not found("single_source", case(*heard))
    assert not found("single_source", case(*heard, decided, concerns="c1:2 r:0"))


# pooled_escalation

RISING = (
    observed("T", "c1", date="2024-01-10"), observed("G", "c2", date="2024-04-10"),
    observed("P", "c3", date="2024-07-10"),
)  # fmt: skip


def test_what_nobody_saw_rise_though_all_of_them_together_could() -> None:
    finding = one("pooled_escalation", case(*RISING, concerns="c1:1 c2:3 c3:4"), at="2024-08-01")
    assert "from a mean severity of 1.0 in 2024Q1 to 2.7" in finding.statement  # (1 + 3 + 4) / 3
    assert finding.concerns == ("c2", "c3")


@pytest.mark.parametrize(
    ("rows", "concerns"),
    [
        ((*RISING, told("G", "T", "c2", date="2024-05-01")), "c1:1 c2:3 c3:4"),  # T: from 1.0 to 2.0
        (RISING, "c1:3 c2:3 c3:3"),  # no rise
        (RISING, "c1:4 c2:2 c3:1"),  # a fall
    ],
)
def test_a_rise_that_one_of_them_could_see_or_no_rise_is_not_found(rows: tuple[Line, ...], concerns: str) -> None:
    assert not found("pooled_escalation", case(*rows, concerns=concerns), at="2024-08-01")


# no_contact_with_supervision


def tie(kind: str = "supervision", **more: str) -> pd.DataFrame:
    return pd.DataFrame([{"source": "H", "target": "G", "kind": kind, **more}])


def test_a_grave_worry_for_six_weeks_without_a_word_to_supervision() -> None:
    finding = one("no_contact_with_supervision", case(WORRY, ties=tie()), at="2024-02-12")
    assert finding.people == ("G", "H")
    assert finding.days == 42  # 1 January to 12 February


@pytest.mark.parametrize(
    ("rows", "ties", "concerns"),
    [
        ((WORRY, met("G;H", "", date="2024-02-05")), tie(), "c1:4 r:0"),  # supervision met
        ((WORRY, told("G", "H", "c1", date="2024-02-20")), tie(), "c1:4 r:0"),  # has it on record
        ((WORRY,), tie("working"), "c1:4 r:0"),  # another tie
        ((WORRY,), tie(end="2024-01-20"), "c1:4 r:0"),  # the tie ended
        ((WORRY,), tie(), "c1:2 r:0"),  # not grave
    ],
)
def test_supervision_that_met_or_could_not_is_not_found(
    rows: tuple[Line, ...], ties: pd.DataFrame, concerns: str
) -> None:
    assert not found("no_contact_with_supervision", case(*rows, ties=ties, concerns=concerns), at="2024-02-28")
