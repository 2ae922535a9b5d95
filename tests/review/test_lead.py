"""Each kind about the lead, contact with the child and closures fires on a small case, and not on its twin."""

from __future__ import annotations

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "S@council D@council T@school G@health M:family"
KNOWN = (observed("T", date="2024-01-01"), told("T", "S", date="2024-01-02"))


def led(**leads: tuple[str, str]) -> sn.Case:
    """The case with leads: ``S=("2024-01-02", "2024-01-31")``."""
    more = {who: {"lead_from": first, "lead_to": last} for who, (first, last) in leads.items()}
    return made(PEOPLE, KNOWN, "c1:3", people_more=more)


# the lead


def test_days_without_a_lead_while_a_worry_was_known_are_found() -> None:
    finding = one("lead_missing", led(S=("2024-01-01", "2024-01-10")), at="2024-01-31")
    assert finding.days == 21  # 11 to 31 January
    assert finding.concerns == ("c1",)
    assert "no lead professional in the 21 days from 2024-01-11 to 2024-01-31" in finding.statement


def test_a_short_gap_and_a_lead_throughout_are_no_finding() -> None:
    assert found("lead_missing", led(S=("2024-01-01", "2024-01-17")), at="2024-01-31") == []  # 14 days
    assert found("lead_missing", led(S=("2024-01-01", "")), at="2024-01-31") == []


def test_partial_dates_of_a_lead_are_taken_as_wide_as_they_go() -> None:
    assert found("lead_missing", led(S=("2024-01", "2024-01")), at="2024-02-14") == []  # 14 days after January
    assert one("lead_missing", led(S=("2024-01", "2024-01")), at="2024-02-15").days == 15


def test_where_no_lead_is_coded_it_is_one_question() -> None:
    finding = one("lead_not_recorded", made(PEOPLE, KNOWN), at="2024-01-31")
    assert finding.statement.endswith("Was there one?")
    assert found("lead_missing", made(PEOPLE, KNOWN), at="2024-01-31") == []
    assert found("lead_not_recorded", led(S=("2024-01-01", "")), at="2024-01-31") == []
    assert found("lead_not_recorded", made(PEOPLE, KNOWN[:1]), at="2024-01-31") == []  # one agency


def test_a_change_of_lead_at_which_a_worry_stayed_behind_is_found() -> None:
    case = led(S=("2024-01-01", "2024-01-10"), G=("2024-01-11", ""))
    finding = one("lead_changed", case, at="2024-01-31")
    assert finding.people == ("G", "S")
    assert finding.concerns == ("c1",)
    assert finding.rows == ("e2",)
    assert "No row up to 2024-01-31 shows that G came to have c1 (c1), which S had on record." in finding.statement


def test_a_change_of_lead_at_which_all_went_over_is_no_finding() -> None:
    more = {"S": {"lead_from": "2024-01-01", "lead_to": "2024-01-10"}, "G": {"lead_from": "2024-01-11"}}
    rows = (*KNOWN, told("S", "G", date="2024-01-12"))
    assert found("lead_changed", made(PEOPLE, rows, people_more=more), at="2024-01-31") == []
    more["G"]["lead_from"] = "2024-01-19"  # unless there were more than 7 days in between
    finding = one("lead_changed", made(PEOPLE, rows, people_more=more), at="2024-01-31")
    assert "on 2024-01-19, 8 days after S had ceased to be" in finding.statement


# contact with the child


def test_a_long_time_without_contact_with_the_child_is_found() -> None:
    rows = (*KNOWN, told("S", "K", "", id="visit", date="2024-01-05"))
    finding = one("gap_with_child", made(PEOPLE, rows, "c1:3"), at="2024-02-17")
    assert finding.days == 43  # 6 January to 17 February
    assert finding.rows == ("visit",)
    assert finding.people == ("K",)
    assert found("gap_with_child", made(PEOPLE, rows), at="2024-02-16") == []  # 42 days


@pytest.mark.parametrize(
    "contact",
    [
        observed("G", date="2024-02-01"),
        met("S;K", "", date="2024-02-01"),
        told("K", "T", "", date="2024-02-01"),
        observed("G", date="2024-02"),  # as near as it can be
    ],
)
def test_contact_in_between_is_no_gap(contact: Line) -> None:
    assert found("gap_with_child", made(PEOPLE, (*KNOWN, contact)), at="2024-02-29") == []


def test_a_contact_that_did_not_arrive_is_none() -> None:
    rows = (*KNOWN, told("S", "K", "", date="2024-02-01", received="no"))
    assert one("gap_with_child", made(PEOPLE, rows), at="2024-02-29").days == 59  # 2 January to 29 February


def test_the_time_before_a_child_was_first_seen_counts_from_when_a_worry_was_known() -> None:
    rows = (told("M", "S", date="2024-01-01"), told("S", "K", "", date="2024-03-01"))
    finding = one("gap_with_child", made(PEOPLE, rows), at="2024-03-15")
    assert finding.days == 59  # 2 January to 29 February
    assert "No earlier row names a professional and the child together." in finding.statement


def test_a_service_for_the_child_and_a_worry_done_with_are_no_gap() -> None:
    line = {"need": "counselling", "person": "K", "agency": "health", "start": "2024-01-10", "end": ""}
    service = pd.DataFrame([line])
    assert found("gap_with_child", made(PEOPLE, KNOWN, services=service), at="2024-03-31") == []
    action = row("agreed", "S", "c1", id="act", date="2024-01-01")
    done = (*KNOWN, action, row("done", "S", ref="act", date="2024-01-02"))
    assert found("gap_with_child", made(PEOPLE, done), at="2024-03-31") == []


def test_children_with_the_same_gap_are_one_finding_and_one_who_was_seen_is_not_in_it() -> None:
    rows = (observed("T", "c1;c2;c3", date="2024-01-01"), told("S", "K3", "", date="2024-02-15"))
    more = {"c2": {"about": "K2"}, "c3": {"about": "K3"}}
    case = made(PEOPLE + " K2:child K3:child", rows, "c1:2 c2:2 c3:2", concerns_more=more)
    gaps = found("gap_with_child", case, at="2024-02-29")
    assert [(gap.people, gap.days) for gap in gaps] == [(("K3",), 44), (("K",), 59), (("K2",), 59)]


# closures


def closing(to: str = "", *before: Line) -> sn.Case:
    """S closes on 20 January, T and G are involved; another closure of the case says who was told."""
    out = row("closed", "S", to=to, id="out", date="2024-01-20")
    rows = (*KNOWN, observed("G", "", date="2024-01-03"), *before, out, row("closed", "G", to="T", date="2024-01-30"))
    return made(PEOPLE, rows, "c1:3")


def test_a_closure_of_which_no_partner_was_told_is_found() -> None:
    finding = one("closure_not_told", closing(), at="2024-01-31")
    assert finding.rows == ("out",)
    assert finding.agencies == ("council", "health", "school")
    assert finding.days == 11
    assert "any of health and school, involved that day, was told by then" in finding.statement


def test_a_partner_told_later_ends_it() -> None:
    case = closing("", told("S", "T", "", ref="out", date="2024-01-25"))
    finding = one("closure_not_told", case, at="2024-01-31")
    assert finding.days == 5
    assert "school heard of it later." in finding.statement


def test_a_closure_that_was_told_met_about_or_left_a_colleague_in_place_is_no_finding() -> None:
    met_about, colleague = met("S;T", "", date="2024-01-15"), told("D", "T", date="2024-01-10")
    for case in (closing("T"), closing("", met_about), closing("", colleague)):
        assert found("closure_not_told", case, at="2024-01-31") == []


def test_where_no_closure_of_the_case_says_who_was_told_it_is_one_question() -> None:
    rows = (*KNOWN, row("closed", "S", id="out", date="2024-01-20"))
    case = made(PEOPLE, rows)
    assert found("closure_not_told", case, at="2024-01-31") == []
    assert one("closure_telling_not_recorded", case, at="2024-01-31").rows == ("out",)
    assert found("closure_telling_not_recorded", closing(), at="2024-01-31") == []
