"""Exact cover: the fewest people who together hold enough, and the most that a few people hold together.

Nothing here knows about children or concerns. *Offers* say what each person brings, *weight* what each thing
weighs. Both questions are integer programmes, solved to proven optimality by HiGHS (``scipy.optimize.milp``).
Of several best groups the same one is always chosen, whatever the order of the input: the one with the lowest
costs, cost by cost in the order given; then the one that covers the most; then the one whose people bring the most
each, added up; then the first by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Offers = Mapping[str, frozenset[str]]
Weight = Mapping[str, float]
Costs = Sequence[frozenset[str]]

CLOSE = 1e-6  # sums that differ by less than this part of the greatest weight are equal; HiGHS is ten times as exact


def covered(offers: Offers, group: Iterable[str]) -> frozenset[str]:
    """What several people hold together."""
    return frozenset().union(*(offers[name] for name in group))


def total(weight: Weight, things: Iterable[str]) -> float:
    """What several things weigh together; the same sum whatever their order."""
    return float(sum(weight[thing] for thing in sorted(things)))


def fewest_number(offers: Offers) -> int:
    """The number of people in a smallest group that holds everything on offer.

    Takes out whoever must be in it (they alone have something) and whoever brings nothing that another does not
    bring, until nothing is left or an integer programme has to decide.
    """
    left = {name: held for name, held in offers.items() if held}
    number = 0
    while left:
        holders: dict[str, list[str]] = {}
        for name, held in left.items():
            for thing in held:
                holders.setdefault(thing, []).append(name)
        needed = {names[0] for names in holders.values() if len(names) == 1}
        number += len(needed)
        done = covered(left, needed)
        rest = {name: held - done for name, held in left.items() if name not in needed and held - done}
        rest = {
            name: held for name, held in rest.items()
            if not any(held < other or (held == other and name > rival) for rival, other in rest.items() if rival != name)
        }  # fmt: skip
        if rest == left:
            weight = dict.fromkeys(covered(rest, rest), 1.0)
            programme = _Programme(rest, weight)
            programme.hold_everything()
            return number + programme.least_people()
        left = rest
    return number


def smallest_group(offers: Offers, weight: Weight, share: float = 1.0, costs: Costs = ()) -> tuple[str, ...]:
    """The fewest people who together hold `share` of the weight on offer, sorted by name.

    Parameters
    ----------
    offers : mapping
        What each person brings.
    weight : mapping
        What each thing weighs, above 0.
    share : float
        Above 0, up to 1.
    costs : sequence of sets of people
        Of several smallest groups the one with the fewest of the first set, then of the second and so on.
    """
    offers = {name: held for name, held in offers.items() if held}
    if not offers:
        return ()
    programme = _Programme(offers, weight)
    if share >= 1:
        programme.hold_everything()
        size = fewest_number(offers)
    else:
        programme.hold(share * total(weight, covered(offers, offers)))
        size = programme.least_people()
    programme.at_most(size)
    return programme.choose(costs)


def fullest_group(offers: Offers, weight: Weight, size: int, costs: Costs = ()) -> tuple[str, ...]:
    """At most `size` people who together hold the most; of several such groups a smallest; sorted by name."""
    offers = {name: held for name, held in offers.items() if held}
    if not offers:
        return ()
    programme = _Programme(offers, weight)
    programme.at_most(size)
    programme.hold(programme.most())
    programme.at_most(programme.least_people())
    return programme.choose(costs)


def most_weight(offers: Offers, weight: Weight, size: int) -> float:
    """The most weight that `size` people hold together."""
    offers = {name: held for name, held in offers.items() if held}
    if not offers:
        return 0.0
    if size == 1:
        return max(total(weight, held) for held in offers.values())
    programme = _Programme(offers, weight)
    programme.at_most(size)
    return programme.most()


class _Programme:
    """One integer programme: a 0/1 for each person, and for each thing how far it is covered (0 to 1)."""

    def __init__(self, offers: Offers, weight: Weight) -> None:
        import numpy as np

        self.offers = offers
        self.people = sorted(offers)
        self.things = sorted(covered(offers, offers))
        self.scale = max(weight[thing] for thing in self.things)
        self.weight = {thing: weight[thing] / self.scale for thing in self.things}
        place = {name: number for number, name in enumerate(self.people)}
        self.size = len(self.people) + len(self.things)
        self.rows: list[np.ndarray] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.lower = np.zeros(self.size)
        self.upper = np.ones(self.size)
        for number, thing in enumerate(self.things):  # a thing is covered no further than somebody brings it
            row = np.zeros(self.size)
            row[len(self.people) + number] = -1
            for name in self.people:
                if thing in offers[name]:
                    row[place[name]] = 1
            self._add(row, 0, np.inf)

    def _add(self, row: Any, low: float, high: float) -> None:
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def _count(self, names: Iterable[str]) -> np.ndarray:
        import numpy as np

        among = set(names)
        return np.array([float(name in among) for name in self.people] + [0.0] * len(self.things))

    def _covered(self) -> np.ndarray:
        import numpy as np

        return np.array([0.0] * len(self.people) + [self.weight[thing] for thing in self.things])

    def hold_everything(self) -> None:
        self.lower[len(self.people) :] = 1

    def hold(self, least: float) -> None:
        """Cover at least so much weight, in the units of the caller."""
        import numpy as np

        self._add(self._covered(), least / self.scale - CLOSE, np.inf)

    def at_most(self, size: int) -> None:
        self._add(self._count(self.people), 0, size)

    def _solve(self, objective: Any) -> tuple[str, ...] | None:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        whole = np.concatenate([np.ones(len(self.people)), np.zeros(len(self.things))])
        found = milp(
            objective,
            integrality=whole,
            bounds=Bounds(self.lower, self.upper),
            constraints=LinearConstraint(np.array(self.rows), self.lows, self.highs),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        return tuple(name for name, chosen in zip(self.people, found.x, strict=False) if chosen > 0.5)

    def _best(self, objective: Any) -> tuple[str, ...]:
        found = self._solve(objective)
        assert found is not None, "everybody together is always a solution"
        return found

    def least_people(self) -> int:
        """The fewest people under the rules so far."""
        return len(self._best(self._count(self.people)))

    def most(self) -> float:
        """The most weight that may be covered under the rules so far."""
        return total(self.weight, covered(self.offers, self._best(-self._covered()))) * self.scale

    def choose(self, costs: Costs) -> tuple[str, ...]:
        """The one group that the rule for ties picks."""
        import numpy as np

        group = self._best(self._count(self.people))
        for among in costs:
            line = self._count(among)
            if line.any():
                group = self._best(line)
                self._add(line, 0, len(set(group) & set(among)))
        self.hold(self.most())
        brings = {name: total(self.weight, self.offers[name]) for name in self.people}
        fullness = np.array([*brings.values()] + [0.0] * len(self.things))
        group = self._best(-fullness)
        self._add(fullness, total(brings, group) - CLOSE, np.inf)
        for place, name in enumerate(self.people):  # first by name
            if name not in group:
                self.lower[place] = 1
                other = self._solve(np.zeros(self.size))
                self.lower[place] = 0
                if other is None:
                    self.upper[place] = 0
                    continue
                group = other
            self.lower[place] = 1
            if self.lower[: len(self.people)].sum() == len(group):
                break
        return tuple(sorted(group))
