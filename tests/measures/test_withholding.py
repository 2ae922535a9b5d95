"""What a recorded decision held back."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.opportunities import missed_opportunities
from safetynet.measures.withholding import held_back
from tests import strategies
from tests.brute import opportunities as brute
from tests.builder import case
from tests.measures.against import made_up, packaged

PEOPLE = "T@school U@school S@council"
ROWS = ["observed T c1", "told T>S - phone"]


def test_what_was_held_back_is_no_missed_opportunity_and_stands_with_its_reason():
    made_case = case(PEOPLE, "c1", *ROWS, "4 withheld T>S c1 reason=consent_thought_needed")
    assert float(missed_opportunities(made_case, "2024-01-31")) == 0
    table = held_back(made_case, "2024-01-31")
    assert table[["row", "concern", "agency", "holders", "recipients", "reason", "rows"]].values.tolist() == [
        ["e2", "c1", "council", ("T",), ("S",), "consent_thought_needed", ("e2", "e3")]
    ]
    assert "1 more is held back" in missed_opportunities(made_case, "2024-01-31").explain()


@pytest.mark.parametrize(
    ("row", "held"),
    [
        ("withheld school>council c1", True),  # the agency's file, from the other's file
        ("withheld T>council c1", True),
        ("withheld U>S c1", False),  # a colleague's decision is not the speaker's
        ("9 withheld T>S c1", True),  # by the end of the days of grace
        ("10 withheld T>S c1", False),
        ("withheld T>K c1", False),  # from somebody else
        ("withheld T>S c2", False),  # another worry
    ],
)
def test_it_counts_from_the_speaker_or_their_agency_within_the_days_of_grace(row, held):
    made_case = case(PEOPLE, "c1 c2", *ROWS, row)
    lost = missed_opportunities(made_case, "2024-01-31").table
    assert ("c1", "council") not in set(zip(lost["concern"], lost["agency"], strict=True)) if held else len(lost)
    assert len(held_back(made_case, "2024-01-31")) == held


def test_where_the_first_contact_was_held_back_a_later_one_of_somebody_else_is_missed():
    rows = ["observed T;P c1", "2 told T>S - phone", "3 withheld T>S c1", "5 told P>S - phone"]
    made_case = case("T@school P@police S@council", "c1", *rows)
    assert missed_opportunities(made_case, "2024-01-31").table["row"].tolist() == ["e4"]
    assert held_back(made_case, "2024-01-31")["row"].tolist() == ["e2"]


def check(tables, made_case, at):
    table = held_back(made_case, at)
    found = {(line.row, line.concern, line.agency): set(line.reason.split(", ")) - {""} for line in table.itertuples()}
    assert found == {key: reasons - {""} for key, reasons in brute.held_back(tables, at).items()}


test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)

KINDS = ("observed", "told", "met", "withheld", "asked")


test_it_is_that_of_the_brute_force = made_up(check, cases=strategies.cases(kinds=KINDS))


def test_the_columns_are_the_same_without_lines():
    table = held_back(sn.load_case("worked_example"))
    assert list(table)[:3] == ["row", "concern", "agency"]
    assert table.empty
