"""What a meeting can at best lead to is never less than what it leads to."""

from __future__ import annotations

import pytest
from hypothesis import given

from safetynet.record.snapshot import snapshot
from safetynet.rules import Rules
from safetynet.whatif.candidates import Ground
from safetynet.whatif.goals import GOAL_WORDS, keys
from safetynet.whatif.meetings import _heard, _one_more
from safetynet.whatif.reach import WORSE, Reach
from tests.builder import from_tables
from tests.strategies import cases, questions


@pytest.mark.parametrize("rules", [Rules(), Rules(unconfirmed="does_not_count")], ids=["counts", "does not count"])
@pytest.mark.parametrize("goal", GOAL_WORDS)
@given(tables=cases(), at=questions)
def test_no_meeting_does_better_than_its_bound(goal, rules, tables, at):
    ground = Ground.of(snapshot(from_tables(tables), at, rules), goal)
    reach = Reach(ground)
    for row in ground.view.of_kind("met"):
        for name in ground.figures.turns if row.arrived else ():
            heard = _heard(ground, row, name)
            if heard is not None:
                found = float(keys(goal, _one_more(ground, row, name).numbers)[0])
                assert reach.least(row, heard) <= found + WORSE
