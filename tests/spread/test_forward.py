"""Reach from day to day, against the engine asked anew on each day."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from safetynet.spread import flow
from safetynet.spread import forward as module
from safetynet.spread.edges import ALL, Edge
from safetynet.spread.forward import Forward
from tests.spread import drawn

HOLDERS, TICKS, LENGTH = 5, 12, 3

edges = drawn.edges(HOLDERS, TICKS, st.just(ALL), 12)
days = st.lists(st.integers(0, 6), min_size=12, max_size=12)


def counting(given_edges: list[Edge], on: list[int]) -> list[tuple[int, Edge]]:
    """Each edge with the day from which it counts: early, late or long after it was over; occasions all at once."""
    return [(on[edge.once - 1] if edge.once else on[place], edge) for place, edge in enumerate(given_edges)]


@given(edges, days, st.sampled_from([1, 2, 16]))
def test_on_each_day_they_are_reached_whom_the_edges_that_count_by_then_reach(given_edges, on, apart):
    listed = counting(given_edges, on)
    forward = Forward(HOLDERS, listed, LENGTH)
    with mock.patch.object(module, "APART", apart):  # of how many days it is kept how it stood changes no answer
        for day in range(7):
            assert forward.to(day) == flow.reach(HOLDERS, [edge for since, edge in listed if since <= day])


@given(edges, days)
def test_days_on_which_nothing_counts_anew_may_be_left_out(given_edges, on):
    listed = counting(given_edges, on)
    forward = Forward(HOLDERS, listed, LENGTH)
    for day in sorted({since for since, _ in listed}):
        assert forward.to(day) == flow.reach(HOLDERS, [edge for since, edge in listed if since <= day])


def test_what_comes_to_count_late_is_followed_from_the_day_on_which_it_began():
    there = Edge(0, 1, leaves=8, arrives=0)  # open on the first three days
    then = Edge(1, 2, leaves=5, arrives=3)  # open on the second
    forward = Forward(3, [(1, then), (2, there)], LENGTH)
    assert forward.to(0) == [0b001, 0b010, 0b100]
    assert forward.to(1) == [0b001, 0b010, 0b110]
    assert forward.to(2) == [0b001, 0b011, 0b111]


def test_nobody_and_nothing_is_no_error():
    assert Forward(0, [], LENGTH).to(5) == []
    assert Forward(2, [], LENGTH).to(5) == [0b01, 0b10]
