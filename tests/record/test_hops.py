"""How first-hand: against brute force, and the examples of the definition by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.record.snapshot import snapshot
from tests import builder, strategies
from tests.brute import knowledge as brute
from tests.brute.model import view


def hops(*rows: str, at: str | None = None, people: str = "A@a B@b C@c D@d E@e T@t S@s P@p M:family") -> dict[str, int]:
    """The hops of c1 by holder."""
    found = sn.knowledge(builder.case(people, "c1", *rows)).hops(at)["c1"].dropna()
    return {str(holder): int(hop) for holder, hop in found.items()}


@given(strategies.cases(), strategies.questions)
def test_hops_are_those_of_brute_force(tables, at):
    for unconfirmed in ("counts", "does_not_count"):
        rules = sn.Rules(unconfirmed=unconfirmed)
        assert snapshot(builder.from_tables(tables), at, rules).hops == brute.hops(
            view(tables, at, unconfirmed=unconfirmed)
        )


@given(strategies.crowded_cases(), strategies.questions)
def test_they_are_so_too_when_much_happens_on_one_day(tables, at):
    assert snapshot(builder.from_tables(tables), at).hops == brute.hops(tables, at)


@pytest.mark.slow
@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_so_they_are_in_the_packaged_cases_on_every_day_of_them(name, tables_of):
    case = sn.load_case(name)
    for day in sorted({row.date.last for row in case._records.rows})[::5]:
        at = sn.knowledge(case).hops(pd.Timestamp.fromordinal(day))
        found = {(h, c): int(at.loc[h, c]) for h in at.index for c in at.columns if not pd.isna(at.loc[h, c])}
        assert found == brute.hops(tables_of(name), pd.Timestamp.fromordinal(day).date())


def test_a_call_and_a_meeting_of_one_day_are_one_way() -> None:
    # T rang S, and S met P: S has it from T, P from S, whichever row the file has first
    assert hops("6 told T>S c1 phone", "6 met S;P c1") == {"T": 0, "S": 1, "P": 2}
    assert hops("6 met S;P c1", "6 told T>S c1 phone") == {"T": 0, "S": 1, "P": 2}


def test_two_meetings_of_one_day_give_the_same_hops_in_either_order() -> None:
    # nobody had it before, and the meetings may have been in either order: everybody said it, or heard it said
    assert hops("1 met A;B c1", "1 met B;D c1") == hops("1 met B;D c1", "1 met A;B c1") == {"A": 0, "B": 0, "D": 0}


def test_who_is_sent_it_by_somebody_who_was_sent_it_too_are_both_without_a_source() -> None:
    assert hops("6 told A>B c1 phone", "6 told B>A c1 phone") == {"A": 0, "B": 0}


def test_an_answer_comes_after_what_it_answers() -> None:
    # A asked B about it and B answered that day: A had it first
    assert hops("r1: 6 asked A>B c1 phone", "6 told B>A c1 phone ref=r1") == {"A": 0, "B": 1}


def test_a_refusal_sends_nothing_to_whoever_asked() -> None:
    assert hops("6 asked A>B c1 phone", "6 declined B>A c1 phone") == {"A": 0, "B": 1}
    assert hops("6 declined B>A c1 phone") == {"B": 0, "A": 1}  # A has it from nowhere else


def test_a_letter_carries_what_its_sender_was_when_sending() -> None:
    # M told A (1); A wrote to B that day; A saw it on the 8th (0); B read the letter on the 9th: 2, not 1
    rows = ("5 told M>A c1 phone", "6 told A>B c1 letter received_on=9", "8 observed A c1")
    assert hops(*rows, at="2024-01-09") == {"M": 0, "A": 0, "B": 2}


def test_a_letter_that_was_certainly_read_before_its_sending_certainly_counts_was_sent_by_then() -> None:
    # sent some day of January and read on the 30th: at the meeting of the 31st it is not new to its sender
    rows = ("2024-01 told A>B c1 letter received_on=01-30", "01-31 met A;C c1")
    assert hops(*rows, at="2024-01-31") == {"A": 0, "B": 1, "C": 1}
    assert hops(*rows, at="2024-01-30") == {"B": 1}  # that A has it is on record once the letter counts


def test_who_is_present_has_it_from_whoever_says_it() -> None:
    assert hops("5 observed A c1 present=M") == {"A": 0, "M": 1}
    assert hops("5 told A>B c1 phone present=M") == {"A": 0, "B": 1, "M": 1}


def test_who_decides_on_it_with_no_earlier_record_is_a_source_not_recorded() -> None:
    assert hops("5 decided A c1 outcome=same") == {"A": 0}
    assert hops("4 told B>A c1 phone", "5 decided A c1 outcome=same") == {"B": 0, "A": 1}


def test_relayed_is_counted_by_the_shortest_way_in_time() -> None:
    # A saw it; A told B (1); B told C (2); C told E (3); later A told C too (1), and C told D after that (2)
    rows = (
        "observed A c1",
        "told A>B c1 phone",
        "told B>C c1 phone",
        "told C>E c1 phone",
        "told A>C c1 phone",
        "told C>D c1 phone",
    )
    assert hops(*rows) == {"A": 0, "B": 1, "C": 1, "D": 2, "E": 3}  # E had it while C had it by way of B
    assert hops(*rows, at="2024-01-03") == {"A": 0, "B": 1, "C": 2}


def test_rows_with_a_time_go_in_its_order_on_a_day_of_timed_rows() -> None:
    rows = ("5T09:00 told B>C c1 phone", "5T11:00 told A>B c1 phone")
    assert hops(*rows) == {"A": 0, "B": 0, "C": 1}  # B said it two hours before A did
    assert hops(*rows, "5 met D;E c1") == {
        "A": 0,
        "B": 1,
        "C": 2,
        "D": 0,
        "E": 0,
    }  # one without a time


def test_hops_follow_the_earliest_dates_where_the_rules_do() -> None:
    case = builder.case("A@a", "c1", "1/20 observed A c1")
    assert sn.knowledge(case).hops(at="2024-01-10")["c1"].isna().all()
    assert sn.knowledge(case, rules=sn.Rules(dates="earliest")).hops(at="2024-01-10").loc["A", "c1"] == 0
