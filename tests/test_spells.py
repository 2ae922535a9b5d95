"""Spells of days, by hand and against days counted one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from safetynet.spells import Covered, Lasting, Soonest, both, covers, gaps, merge, part, shared, total, within

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


@given(pairs, pairs, span)
def test_merged_spells_are_looked_up_as_any_spells_are_looked_through(spells, others, ends) -> None:
    assert part(merge(spells), *ends) == within(spells, *ends)
    assert part(merge(spells), ends[1] + 1, ends[0]) == ()
    assert shared(merge(spells), merge(others)) == both(spells, others)


@given(pairs, span)
def test_days_that_more_and_more_spells_cover_are_those_of_all_of_them(spells, ends) -> None:
    covered = Covered()
    covered.add_all(spells)
    assert days(covered.within(1, 20)) == days(spells)
    assert gaps(covered.within(*ends), *ends) == gaps(spells, *ends)


@given(pairs, span)
def test_what_lasts_is_found_by_the_days_on_which_it_does(spells, ends) -> None:
    first, last = ends
    found = Lasting((*spell, place) for place, spell in enumerate(spells))
    wanted = {place for place, (begin, end) in enumerate(spells) if days([(begin, end)]) & days([(first, last)])}
    assert set(found.between(first, last)) == wanted
    assert found.any_between(first, last) == bool(wanted)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=7), st.integers(1, 10), st.integers(0, 6))
def test_the_lowest_rank_from_a_day_on_is_that_of_all_of_these_days_but_for_one(things, day, but) -> None:
    names = [f"thing {place}" for place in range(len(things))]
    soonest = Soonest((when, rank, name) for (when, rank), name in zip(things, names, strict=True))
    left_out = names[but] if but < len(names) else None
    ranks = {name: rank for (when, rank), name in zip(things, names, strict=True) if when >= day and name != left_out}
    found = soonest.since(day, left_out)
    assert (found is None) == (not ranks)
    assert found is None or (found[0] == min(ranks.values()) and ranks[found[1]] == found[0])
