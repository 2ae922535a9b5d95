"""What the record shows on one date."""

from __future__ import annotations

import pytest

from safetynet.record.snapshot import snapshot
from tests.builder import case


@pytest.mark.parametrize(("day", "out"), [(4, False), (5, True), (8, True), (9, False), (20, False)])
def test_a_worry_that_is_seen_again_after_it_was_resolved_was_out_only_until_then(day, out):
    # seen on the 1st, resolved on the 5th, told on the 7th (which brings nothing back), seen again on the 9th
    view = snapshot(
        case("T@school S@council", "c1:2 resolved=01-05", "1 observed T c1", "7 told T>S c1 phone", "9 observed S c1"),
        "2024-01-20",
    )
    asked = view.records.end - 9 + day  # its last row is on the 9th
    assert view.is_resolved("c1", asked) is out
    assert view.on(asked).is_resolved("c1") is out
