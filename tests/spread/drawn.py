"""Random edges in time."""

from __future__ import annotations

from hypothesis import strategies as st

from safetynet.spread.edges import Edge


def edges(holders: int, ticks: int, items: st.SearchStrategy[int], most: int) -> st.SearchStrategy[list[Edge]]:
    """Doors and letters between different holders, some of them of one of two occasions."""
    who, when = st.integers(0, holders - 1), st.integers(0, ticks)
    once = st.sampled_from([0, 0, 0, 1, 2])
    one = st.builds(Edge, source=who, target=who, leaves=when, arrives=when, items=items, once=once)
    return st.lists(one.filter(lambda edge: edge.source != edge.target), max_size=most)
