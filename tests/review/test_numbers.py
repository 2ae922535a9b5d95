"""Each number of the rules decides at its own boundary: one more (or less), and the kind is not found, or found."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES
from tests.builder import case, date
from tests.review.example import FOUR
from tests.review.examples import EXAMPLES

QUIET = EXAMPLES["sector_not_seen"]
SPLIT = case(FOUR, "c1:3 c2:3 c3:2", "1 observed S c1;c2", "2 observed T c3")  # S has 6 of 8, T has 2

# rule: the kind, the value by which it is found and by which it is not, and another case than its example
NUMBERS: dict[str, tuple[str, Any, Any, sn.Case | None]] = {
    "grave": ("stepped_down_while_grave", 3, 4, None),
    "late_days": ("shared_late", 14, 15, None),  # 15 days later
    "silence_days": ("gap_with_child", 42, 43, None),  # 43 days
    "warning_days": ("decided_after_a_warning", 28, 27, None),  # 28 days after
    "many": ("nobody_ever_met", 3, 4, None),
    "post_days": ("received_late", 2, 3, None),  # read 3 days later
    "baby_years": ("baby_not_described", 2, 1, None),  # one year and seven months old
    "school_years": ("sector_not_seen", 4, 5, QUIET.case({"people": f"{FOUR} K:child born=2020-01-01"})),
    "rating_gap": ("rated_lower", 2, 3, None),  # 2 against 4
    "rise": ("pooled_escalation", 1.5, 1.6, None),  # from 1.0 to 2.5
    "most_of_picture": ("one_desk_held_it", 0.75, 0.76, SPLIT),
    "next_of_picture": ("one_desk_held_it", 0.26, 0.25, SPLIT),
}
OF_MATTERS = {"alike": 1.0, "again": 1.0, "thin": 1.0}


def test_every_number_of_the_findings_is_tried() -> None:
    names = [one.name for one in fields(sn.Rules)]
    assert set(names[names.index("grave") :]) == {*NUMBERS, *OF_MATTERS}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_decides_at_its_boundary(name: str) -> None:
    kind, found, none, other = NUMBERS[name]
    one, at = other or EXAMPLES[kind].case(), date(str(EXAMPLES[kind].at))
    assert list(RULES[kind](snapshot(one, at, sn.Rules(**{name: found}))))
    assert not list(RULES[kind](snapshot(one, at, sn.Rules(**{name: none}))))


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_MATTERS)
def test_a_number_changes_how_findings_are_joined_weighed_or_worded(name: str) -> None:
    found = sn.load_case("victoria_climbie")
    assert not sn.findings(found).equals(sn.findings(found, rules=sn.Rules(**{name: OF_MATTERS[name]})))
