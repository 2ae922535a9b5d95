"""Pairs of professionals counted in blocks: against every pair asked about every child."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.measures import shared_work
from safetynet.measures.shared_work import Around, blocks, company, densities

PEOPLE = 7
GROUPS = st.lists(st.sets(st.integers(0, PEOPLE - 1), max_size=PEOPLE), max_size=9)


def around(groups: list[set[int]]) -> Around:
    ends = np.cumsum([0, *map(len, groups)]).astype(np.int64)
    return Around(ends, np.array([one for group in groups for one in sorted(group)], np.int64), PEOPLE)


@given(GROUPS, st.integers(1, 12))
def test_every_pair_around_a_child_is_in_one_block_with_all_its_children(groups: list[set[int]], at_once: int) -> None:
    found: dict[tuple[int, int], list[int]] = {}
    for block in blocks(around(groups), at_once):
        assert len(block.child) <= at_once or len(set(block.first.tolist())) == 1  # of one professional, all of them
        pairs = list(zip(block.first.tolist(), block.second.tolist(), strict=True))
        assert not set(pairs) & set(found)
        for child, place in zip(block.child.tolist(), block.pair.tolist(), strict=True):
            found.setdefault(pairs[place], []).append(child)
        assert [len(found[pair]) for pair in pairs] == block.shared.tolist()
    expected: dict[tuple[int, int], list[int]] = {}
    for child, group in enumerate(groups):
        for pair in combinations(sorted(group), 2):
            expected.setdefault(pair, []).append(child)
    assert {pair: sorted(children) for pair, children in found.items()} == expected


@given(GROUPS, st.integers(1, 12))
def test_densities_and_company_agree_with_asking_every_pair(groups: list[set[int]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_work, "AT_ONCE", at_once)
        found, of_each = densities(around(groups)), company(around(groups))
        odd = densities(around(groups), lambda first, second: (first + second) % 2)
    for child, group in enumerate(groups):
        pairs = [(sum({a, b} <= other for other in groups), (a + b) % 2) for a, b in combinations(sorted(group), 2)]
        assert found.pairs[child] == len(pairs)
        assert found.shared_pairs[child] == sum(shared > 1 for shared, _ in pairs)
        mean = sum(shared for shared, _ in pairs) / len(pairs) if pairs else np.nan
        assert found.density[child] == pytest.approx(mean, nan_ok=True)
        mean = sum(shared * weight for shared, weight in pairs) / len(pairs) if pairs else np.nan
        assert odd.density[child] == pytest.approx(mean, nan_ok=True)
    for one in range(PEOPLE):
        mine = [group for group in groups if one in group]
        with_others = [sum(other in group for group in mine) for other in range(PEOPLE) if other != one]
        assert of_each.children[one] == len(mine)
        assert of_each.pairs[one] == sum(shared > 0 for shared in with_others)
        assert of_each.shared_pairs[one] == sum(shared > 1 for shared in with_others)
