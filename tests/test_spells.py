"""Spells of days, by hand and against days counted one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from safetynet.spells import covers, gaps, merge, total, within

pairs = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)).map(sorted).map(tuple), max_size=6)
span = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(sorted)


def days(spells) -> set[int]:
    return {day for first, last in spells for day in range(first, last + 1)}


def test_spells_that_touch_or_overlap_become_one() -> None:
    assert merge([(5, 7), (1, 2), (3, 3), (10, 12), (6, 8)]) == ((1, 3), (5, 8), (10, 12))
    assert total([(1, 2), (2, 4), (9, 9)]) == 5  # 1 2 3 4 and 9


def test_gaps_are_the_days_in_between_and_at_both_ends() -> None:
    assert gaps([(3, 4), (8, 9)], 1, 10) == ((1, 2), (5, 7), (10, 10))
    assert gaps([], 1, 3) == ((1, 3),)
    assert gaps([(1, 9)], 2, 5) == ()
    assert gaps([(1, 2)], 5, 4) == ()


@given(pairs, span)
def test_they_are_the_days_counted_one_by_one(spells, ends) -> None:
    first, last = ends
    asked = set(range(first, last + 1))
    assert days(merge(spells)) == days(spells)
    assert days(within(spells, first, last)) == days(spells) & asked
    assert days(gaps(spells, first, last)) == asked - days(spells)
    assert total(spells) == len(days(spells))
    assert all(covers(spells, day) == (day in days(spells)) for day in range(1, 21))
    parts = merge(spells)
    assert all(one.last + 1 < other.first for one, other in pairwise(parts))
