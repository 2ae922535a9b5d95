"""The lead professional."""

from __future__ import annotations

import math

from hypothesis import given

import safetynet as sn
from safetynet.measures.lead import days_without_lead, lead_professional
from tests import strategies
from tests.brute import model
from tests.builder import from_tables, nobody
from tests.measures.four import day, days, four

LED = "A1@a lead_from=3 lead_to=6 B1@b lead_from=6 lead_to=9 C1@c lead_from=12"


def test_spells_and_gaps_follow_each_other_without_a_break() -> None:
    case = four("1 observed A1 c1", "4 told A1>B1 c1 phone", "10 observed C1 c1", people=LED)
    table = lead_professional(case, day(14))
    assert table["people"].tolist() == [(), ("A1",), ("A1", "B1"), ("B1",), (), ("C1",)]
    assert table["agencies"].tolist() == [(), ("a",), ("a", "b"), ("b",), (), ("c",)]
    assert days(table["start"]) == [day(n) for n in (1, 3, 6, 7, 10, 12)]
    assert days(table["end"]) == [day(n) for n in (2, 5, 6, 9, 11, 14)]
    assert table["days_covered"].tolist() == [2, 3, 1, 3, 2, 3]
    assert table["rows"].tolist() == [("e1",), ("e2",), (), (), ("e3",), ()]
    assert table["contacts"].tolist() == [0, 1, 0, 0, 0, 0]


def test_the_days_without_a_lead_add_up() -> None:
    score = days_without_lead(four("1 observed A1 c1", people=LED), day(14))
    assert score == 4  # 1, 2, 10, 11
    assert score.rows == ("e1",)
    assert "on 4 of 14 days, in 2 gaps" in score.explain()
    assert "2 times" in score.explain()  # to B1, to C1


def test_a_lead_of_the_whole_period_leaves_no_day() -> None:
    case = four("1 observed A1 c1", people="A1@a lead_from=2020")
    assert days_without_lead(case, day(30)) == 0
    assert lead_professional(case, day(30))["people"].tolist() == [("A1",)]


def test_without_any_lead_on_record_it_is_not_defined_and_the_gap_is_shown() -> None:
    case = four("1 observed A1 c1")
    assert math.isnan(days_without_lead(case, day(9)).value)
    assert days_without_lead(case, day(9)).reason == "nobody is recorded as the lead professional"
    assert lead_professional(case, day(9))["state"].tolist() == ["no lead on record"]


def test_before_the_first_row_there_is_nothing() -> None:
    assert days_without_lead(nobody()).reason == "nothing is on record"
    assert lead_professional(nobody()).empty
    assert lead_professional(nobody()).dtypes.equals(lead_professional(four("1 observed A1 c1")).dtypes)


def test_reuben_had_no_lead_in_the_first_days_of_may() -> None:
    # the earlier practitioner to April (its last day), the new one from 6 May
    assert days_without_lead(sn.load_case("reuben")) == 5
    assert days_without_lead(sn.load_case("max")) == 2  # 9 and 10 January


@given(strategies.cases(), strategies.questions)
def test_each_day_has_the_leads_that_the_people_table_gives_it(tables, at) -> None:
    v = model.view(tables, at)
    table = lead_professional(from_tables(tables), at)
    leads = {p: (v.window(cells["lead_from"]), v.window(cells["lead_to"])) for p, cells in v.people.items()}
    coded = {p: ends for p, ends in leads.items() if ends != (None, None)}
    for line in table.to_dict("records"):
        for one in (line["start"].date(), line["end"].date()):
            expected = {p for p, (a, b) in coded.items() if (not a or a.hi <= one) and (not b or one <= b.hi)}
            assert set(line["people"]) == expected
    assert table.empty == (not v.rows)
    if v.rows:
        assert table["days_covered"].sum() == (at - min(row.hi for row in v.rows)).days + 1
