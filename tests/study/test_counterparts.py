"""Pairs with the greatest sum, and texts that are alike."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.study.counterparts import _words, assigned

tables = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(st.sampled_from([0.0, 0.5, 0.75, 1.0]), min_size=wide, max_size=wide), max_size=4)
)


def best(table: list[list[float]]) -> float:
    """The greatest sum of one to one pairs, by trying all."""
    if not table:
        return 0.0
    places = [*range(len(table[0])), *([None] * len(table))]
    return max(
        sum(line[place] for line, place in zip(table, chosen, strict=True) if place is not None)
        for chosen in itertools.permutations(places, len(table))
    )


@given(tables)
def test_no_other_pairs_have_a_greater_sum(table: list[list[float]]) -> None:
    pairs = assigned(np.array(table, ndmin=2))
    assert sum(table[row][column] for row, column in pairs) == pytest.approx(best(table))
    assert all(table[row][column] > 0 for row, column in pairs)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_of_what_is_equal_the_first_goes_with_the_first() -> None:
    assert assigned(np.ones((3, 3))) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Children's Social Care", "childrens social-care", 1.0),
        ("", "", 0.0),
        ("Teacher", "", 0.0),
        ("class teacher", "head teacher", 0.5),  # one word of two in each
        ("Social worker 1", "Social worker 2", 0.0),
        ("Social worker 1", "Social worker", 0.0),
    ],
)
def test_texts_are_alike_by_their_words_and_numbers(one: str, other: str, alike: float) -> None:
    assert _words(one, other) == _words(other, one) == pytest.approx(alike)
