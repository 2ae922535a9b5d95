"""Findings where dates are months, years or far away, rows straddle the day asked about, or somebody is nobody."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from tests import strategies
from tests.builder import case, from_tables
from tests.review.example import FOUR, find
from tests.review.test_findings import EMPTY, well_formed


def test_every_worry_resolved_and_what_was_pooled_had_grown_graver() -> None:
    rows = ("2020-02-01 observed p c1", "2020-02-02 observed q c2", "2021-01-10 closed p")
    one = case("p@x q@y", "c1:1 resolved=2020-05-01 c2:4 resolved=2020-09-01", *rows)
    assert not {"pooled_escalation", "never_left_a_person"} & set(sn.findings(one, "2021-01-10")["kind"])
    assert "never_left_a_person" in set(sn.findings(one, "2020-03-01")["kind"])


def test_an_answer_within_the_days_on_which_it_was_asked_has_a_span_of_no_days() -> None:
    """Asked some day from 1 January to 15 February, due on the 10th, answered on the 16th: six days late, no span."""
    rows = ("2020-01-01/2020-02-15 asked T>S c1 phone due=2020-01-10", "2020-01-16 opened S ref=e1")
    (one,) = find("request_late", case(FOUR, "c1:3", *rows), 1)
    assert "was answered 6 days after it was due" in one.statement
    assert one.days == 0


MONTH = """
    2023-12-01 observed S c1
    2024-01 told T>B - phone
    2024-01 told B>T - phone
"""


def test_an_agency_whose_rows_all_lie_in_one_month_was_at_work_to_its_end() -> None:
    """From 1 December to the end of January are 61 days."""
    sectors = "school:education council:social_care desk:social_care"
    one = case("T@school S@council B@desk", "c1:3", MONTH, agencies=sectors)
    (found,) = find("not_with_a_fellow_service", one, 60)
    assert (found.date, found.until) == tuple(pd.Timestamp(day).toordinal() for day in ("2023-12-01", "2024-01-31"))
    assert found.days == 61
    well_formed(one, sn.findings(one, "2024-02-29"))


@pytest.mark.parametrize("month", ["2024-01", "2024", "2024-01-01/2024-01-31"])
def test_strands_whose_rows_are_of_one_month_have_no_negative_span(month: str) -> None:
    rows = (f"{month} {row}" for row in ("observed S c1", "observed U c2", "told S>T - phone", "told U>G - phone"))
    one = case(f"{FOUR} U@council", "c1:3 c2:3", *rows)
    (found,) = find("strands_apart", one, 380)
    assert found.days == 0
    well_formed(one, sn.findings(one, "2025-01-15"))


def test_what_a_later_row_is_referred_to_by_an_earlier_one_ends_where_it_begins() -> None:
    """An answer and a completion that are dated before what they refer to."""
    rows = ("10 asked T>S c1 phone due=12", "5 told S>T c1 phone ref=e1", "20 agreed S c1 due=8", "15 done S ref=e3")
    one = case(FOUR, "c1:3", "1 observed T c1", *rows)
    table = sn.findings(one, "2024-02-15")
    well_formed(one, table)
    assert not {"request_late", "request_unanswered"} & set(table["kind"])


FAR = ("0001-01-01 observed T c1", "2024-01-02 told T>S c1 phone", "9999-12-31 told S>T c1 phone")


@pytest.mark.slow
@pytest.mark.parametrize("at", ["0001-01-01", "2024-03-01", "9999-12-30", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(at: str) -> None:
    rows = (*FAR, "9999-12-31 closed S", "9999-12-31 decided S c1 outcome=no_further_action")
    one = case(f"{FOUR} K:child born=9998-02-28", "c1:3", *rows, harm_date="9999-12-31")
    well_formed(one, sn.findings(one, at))


@pytest.mark.slow
def test_a_window_to_the_end_of_the_calendar_is_no_day_too_far() -> None:
    one = case(
        FOUR, "c1:3", "1 observed T c1", "2 told T>S c1 phone", "2024-01-05/9999-12-31 closed S", harm_date="9999"
    )
    for at in ("2024-06-01", "9999-12-31"):
        well_formed(one, sn.findings(one, at))


def test_where_nobody_is_named_no_name_is_left_out_in_a_sentence() -> None:
    rows = (
        "1 observed T c1",
        "2 agreed - c1 consent=refused rating=1",
        "3 needed - c1 rating=1",
        "4 needed - c1 consent=refused",
        "5 done T - ref=e3 outcome=attempted",
    )
    for hindsight in (True, False):
        statements = sn.findings(case(FOUR, "c1:4", *rows), "2024-03-01", hindsight=hindsight)["statement"]
        assert "action_nobody_took" in set(sn.findings(case(FOUR, "c1:4", *rows), "2024-03-01")["kind"])
        for text in statements:
            assert not EMPTY.search(text), text
            assert not re.search(r"\b(by|of|to|with|on|from|without) (,|;|on \d|“?\W*$)", text), text


def test_a_child_in_two_places_of_a_row_is_one_person() -> None:
    one = case(
        "T@school language=English S@council K:child language=French M:family",
        "c1:3 about=K",
        "1 observed T c1",
        "2 told T>K;M c1 visit seen=with_carer about=K present=K interpreter=K",
        "3 told S>K;M - visit seen=with_carer about=K interpreter=M",
        "4 told S>M - visit seen=with_carer about=K",
    )
    for people in sn.findings(one, "2024-06-01")["people"]:
        assert len(set(people)) == len(people)


# rows on both sides of the day ---------------------------------------------------------------------------


def test_a_row_that_may_lie_after_the_day_is_no_evidence_and_may_have_mended_it() -> None:
    """Told some day of January: on the 15th nothing is certain, so that T is the only holder and may not be alone."""
    one = case(FOUR, "c1:3", "1 observed T c1", "2024-01 told T>S c1 phone")
    table = sn.findings(one, "2024-01-15")
    assert "never_left_a_person" not in set(table["kind"])
    assert all("e2" not in rows for rows in table["rows"])
    assert "never_left_a_person" in set(sn.findings(one.without("e2"), "2024-01-15")["kind"])


@given(strategies.cases(), strategies.questions)
def test_no_evidence_of_any_case_may_lie_after_the_day(tables, at) -> None:  # type: ignore[no-untyped-def]
    found = from_tables(tables)
    day = found._day(at)
    last = {row.id: row.date.last for row in found._records.rows}
    for line in sn.findings(found, at).itertuples():
        late = [row for row in line.rows if last[row] > day]
        assert not late, (line.kind, late)


def test_gaps_in_services_are_those_of_the_day_whatever_comes_later() -> None:
    services = "nursery K school 10 20\nnursery K school 40 50"
    one = case(FOUR, "c1:3", "5 observed T c1", "60 told T>S c1 phone", services=services)
    for at in ("2024-01-01", "2024-01-25", "2024-02-15"):
        pd.testing.assert_frame_equal(sn.service_gaps(one, at), sn.service_gaps(one.until(at), at))


def test_what_was_read_before_it_was_sent_counts_from_the_day_on_which_it_was_sent() -> None:
    one = case(FOUR, "c1:3 c2:3", "1 observed T c1", "10 told T>S c1 letter received_on=5", "1 observed S c2")
    for at, expected in (("2024-01-07", 0.5), ("2024-01-10", 1.0)):
        best = sn.best_picture(one, at)
        assert float(best) == expected
        assert best.low <= float(best)
        assert ("e2" in best.rows) == (at == "2024-01-10")
