"""What a reader can work out of a table: whether a hidden number can be another one than it is.

Totals are sums, and every number has bounds of its own; whatever fits both is a table that could stand there as well.
The extremes of a hidden number among those tables are two linear programmes, and each answer serves for every number in
it that differs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Range = tuple[int, int | None]  # the least and the most, None = no limit
_NEARLY = 0.5  # of a whole number: what is closer is one and the same


class Sum(NamedTuple):
    """A total and its parts, by their places."""

    total: int
    parts: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


class Reader:
    """Somebody who wants to know what is hidden.

    Parameters
    ----------
    values : sequence of int
        The numbers.
    sums : sequence of Sum
    """

    def __init__(self, values: Sequence[int], sums: Sequence[Sum]) -> None:
        self.values, self.sums = values, sums
        self.groups = list(groups(sums))
        self.free: set[int] = set()  # those that could be another number; it stays so when more is hidden

    def knows(self, ranges: Sequence[Range], hidden: Collection[int]) -> set[int]:
        """The hidden numbers that can be nothing else than they are; `ranges` is what is known of each by itself."""
        alone = {one for whole in self.sums if (one := _last(whole, ranges, hidden)) is not None}
        if alone:
            return alone
        return {one for group in self.groups for one in self._fixed(ranges, group, hidden)}

    def _fixed(self, ranges: Sequence[Range], group: Sequence[Sum], hidden: Collection[int]) -> set[int]:
        """The hidden numbers of some sums that no other table which fits has otherwise."""
        names = sorted({place for whole in group for place in whole.members})
        left = [place for place in names if place in hidden and place not in self.free]
        if not left:
            return set()
        far = 10 * (1 + sum(self.values[place] for place in names))  # for what has no limit
        bounds = [(low, far if most is None else most) for low, most in (ranges[place] for place in names)]
        extreme = _programme(names, bounds, group)
        rng = random.Random(1)
        while left:  # many at a time, as long as that finds any
            self._look(names, extreme({place: rng.choice((1.0, -1.0)) for place in left}))
            before, left = len(left), [place for place in left if place not in self.free]
            if len(left) == before:
                break
        for place in left:
            for sign in (1.0, -1.0):
                if place not in self.free:
                    self._look(names, extreme({place: sign}))
        return {place for place in left if place not in self.free}

    def _look(self, names: Sequence[int], found: Sequence[float]) -> None:
        """Note what is otherwise in a table that fits as well."""
        self.free.update(
            place for place, number in zip(names, found, strict=True) if abs(number - self.values[place]) > _NEARLY
        )


def _last(whole: Sum, ranges: Sequence[Range], hidden: Collection[int]) -> int | None:
    """The only hidden number of a sum whose others are known exactly."""
    unknown = [one for one in whole.members if ranges[one][0] != ranges[one][1]]
    return unknown[0] if len(unknown) == 1 and unknown[0] in hidden else None


def groups(sums: Sequence[Sum]) -> Iterator[list[Sum]]:
    """The sums that have numbers in common, however far round."""
    left = list(sums)
    while left:
        group, reached = [left.pop(0)], set[int]()
        for whole in group:  # grows while it is walked
            reached.update(whole.members)
            near = [other for other in left if not reached.isdisjoint(other.members)]
            left = [other for other in left if other not in near]
            group += near
        yield group


def _programme(
    names: Sequence[int], bounds: Sequence[tuple[int, int]], group: Sequence[Sum]
) -> Callable[[Mapping[int, float]], Any]:
    """The table that fits in which some weighted numbers are least, as a function of their weights."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import lil_matrix

    solve: Any = linprog  # its types know no sparse matrix

    at = {place: number for number, place in enumerate(names)}
    matrix = lil_matrix((len(group), len(names)))
    for row, whole in enumerate(group):
        matrix[row, at[whole.total]] = -1.0
        for part in whole.parts:
            matrix[row, at[part]] = 1.0
    sums, right = matrix.tocsr(), np.zeros(len(group))

    def extreme(weights: Mapping[int, float]) -> Any:
        aim = np.zeros(len(names))
        for place, weight in weights.items():
            aim[at[place]] = weight
        return solve(aim, A_eq=sums, b_eq=right, bounds=bounds, method="highs").x

    return extreme
