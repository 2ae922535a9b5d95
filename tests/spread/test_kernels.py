"""The compiled twin against the engine in plain Python: any doors, letters, occasions, facts and limited passages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.spread import flow, steps
from safetynet.spread.edges import ALL, Edge

pytest.importorskip("numba", reason="the compiled twin is the extra `fast`")

from safetynet.spread.kernels import flow as kernel_flow
from safetynet.spread.kernels import steps as kernel_steps
from safetynet.spread.kernels.sweep import Facts
from safetynet.study.gathered import Gathered, offsets
from safetynet.study.loops import kernels, packed, scattered
from tests.spread.drawn import edges

HOLDERS, TICKS, ITEMS = 5, 8, 70  # more items than there are bits in a word

sets = st.one_of(st.just(ALL), st.sets(st.integers(0, ITEMS - 1)).map(lambda some: sum(1 << item for item in some)))
contacts = edges(HOLDERS, TICKS, sets, 7)
facts = st.lists(
    st.tuples(st.integers(0, HOLDERS - 1), st.integers(0, ITEMS - 1), st.integers(0, TICKS)), max_size=5
)  # holder, item, tick
several = st.lists(st.tuples(facts, contacts, st.booleans()), max_size=3)


def both_ways(those):
    """The edges, and those back."""
    return [*those, *(edge._replace(source=edge.target, target=edge.source) for edge in those)]


@given(several)
def test_the_first_tick_of_everything_is_that_of_the_engine_in_plain_python(drawn):
    cases = [(own, both_ways(those) if two_way else those) for own, those, two_way in drawn]
    gathered = Gathered()
    for _, those in cases:
        gathered.add(those, words=2)
    columns = gathered.contacts(range(len(cases)), [HOLDERS] * len(cases))
    table = [sorted(own, key=lambda fact: fact[2]) for own, _ in cases]
    lines = np.array([fact for own in table for fact in own], np.int64).reshape(-1, 3)
    given_facts = Facts(offsets(map(len, table)), *(np.ascontiguousarray(column) for column in lines.T))
    cells = offsets([HOLDERS * ITEMS] * len(cases))
    first, known = np.full(int(cells[-1]), -1, np.int64), np.ones(len(cases), np.bool_)
    known[scattered(columns)] = False
    chunks = np.arange(len(cases) + 1)
    kernel_flow.learnt(columns.people, packed(columns, kernels()), given_facts, cells, chunks, first, known)
    for number, (own, those) in enumerate(cases):
        if known[number]:
            spread = flow.spread(HOLDERS, [(holder, 1 << item, tick) for holder, item, tick in own], those).first()
            found = first[cells[number] : cells[number + 1]].reshape(HOLDERS, ITEMS)
            assert {(int(h), int(i)): int(found[h, i]) for h, i in np.argwhere(found >= 0)} == spread
        else:
            assert any(edge.once for edge in those)


def test_a_call_to_several_people_at_a_time_of_its_own_is_no_matter_for_plain_python():
    # A speaks with B and C, who do not hear each other: two doors of one occasion, and nothing else then
    call = both_ways([Edge(0, 1, 9, 5, once=1), Edge(0, 2, 9, 5, once=1)])
    gathered = Gathered()
    gathered.add(call)
    columns = gathered.contacts(["call"], [3])
    found = np.empty(1, np.int64)
    nothing = Facts(np.zeros(2, np.int64), *[np.empty(0, np.int64)] * 3)
    kernel_flow.reached(columns.people, packed(columns, kernels()), nothing, np.array([0, 1]), found)
    assert found.tolist() == [4] == [flow.reached_pairs(3, call)]  # A-B and A-C, both ways


@given(st.integers(1, 90), st.data())
def test_the_steps_are_those_of_the_twin_in_plain_python_to_the_bit(size, data):
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    pairs = [(a, b) for a, b in data.draw(st.lists(pair, max_size=120)) if a != b]
    gathered = Gathered()
    gathered.add([Edge(a, b, 0, 0) for a, b in pairs])
    columns = gathered.contacts(["graph"], [size])
    joined, nearness = np.empty(1, np.int64), np.empty(1)
    kernel_steps.joined(columns.people, packed(columns, kernels()), np.array([0, 1]), joined, nearness)
    neighbours = [
        [other for one in pairs for other in one if holder in one and other != holder] for holder in range(size)
    ]
    counts = steps.distances(neighbours)
    assert (int(joined[0]), float(nearness[0])) == (sum(counts), steps.closeness(counts))
