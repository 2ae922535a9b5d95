"""Exact cover: the fewest people who together hold enough, and the most that a few people hold together.

Nothing here knows about children or concerns. *Offers* say what each person brings, *weight* what each thing
weighs. One or two people are tried out; of a few more every group is looked through that can still hold the most, and
of those who hold everything every group that may still be the smallest and the one chosen (branch and bound); where
that takes too long, both questions are integer programmes in whole numbers, solved to proven optimality by HiGHS
(``scipy.optimize.milp``). Of several best groups the same one is always chosen, whatever
the order of the input: the one with the lowest costs, cost by cost in the order given; then the one that covers the
most; then the one whose people bring the most each, added up; then the first by name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING, Any

from ..spread.edges import each

if TYPE_CHECKING:
    import numpy as np

    Line = np.ndarray[tuple[int], np.dtype[np.float64]]  # a number for each person, then one for each thing

Offers = Mapping[str, frozenset[str]]
Weight = Mapping[str, float]
Costs = Sequence[frozenset[str]]

FINEST = 10**6  # weights are told apart to a millionth
BLOCK = 10  # so many people are put in order by one programme
TRIES = 20_000  # so many groups are tried before an integer programme decides
WORK = 5_000_000  # so many people and things are looked at for a group that holds everything, before a programme is
FEW = 2  # so many people are tried out in every combination
EQUALS = 2_000  # so many groups that hold as much are kept to choose from
NEAR = 1e-3  # more than all the rounding of a solver in a count of thousands
CLOSE = 1e-9  # a share that is reached but for the last digit of a float is reached


def covered(offers: Offers, group: Iterable[str]) -> frozenset[str]:
    """What several people hold together."""
    return frozenset().union(*(offers[name] for name in group))


def whole(weight: Weight) -> dict[str, int]:
    """The weights as whole numbers in the same proportions: 1.5 and 2 become 3 and 4."""
    exact = {thing: Fraction(str(number)).limit_denominator(FINEST) for thing, number in weight.items()}
    unit = min(math.lcm(*(number.denominator for number in exact.values())), FINEST)
    return {thing: max(1, round(number * unit)) for thing, number in exact.items()}


def fewest_number(offers: Offers) -> int:
    """The number of people in a smallest group that holds everything on offer."""
    bit = {thing: 1 << place for place, thing in enumerate(sorted(covered(offers, offers)))}
    return fewest([sum(bit[thing] for thing in held) for held in offers.values()])


def fewest(offers: Iterable[int]) -> int:
    """The same of numbered things: what each brings is a set of bits.

    Takes out whoever must be in it (they alone have something) and whoever brings nothing that another does not
    bring, until nothing is left or the groups of one, two and more people have to be tried.
    """
    left, number = set(offers) - {0}, 0
    while left:
        left = {held for held in left if not any(held != other and held & other == held for other in left)}
        once = twice = 0
        for held in left:
            once, twice = once | held, twice | once & held
        needed = [held for held in left if held & once & ~twice]
        if not needed:
            return number + _tried(sorted(left), once)
        number += len(needed)
        done = reduce(or_, needed)
        left = {held & ~done for held in left} - {0}
    return number


def _tried(offers: list[int], wanted: int) -> int:
    """The fewest who hold all that is wanted, trying larger and larger groups; by a programme where they are many."""
    groups, size = _Groups(offers, wanted), 1
    while not groups.can_hold(wanted, size):
        size += 1
        if groups.tries < 0:
            names = {str(place): frozenset(map(str, each(held))) for place, held in enumerate(offers)}
            programme = _Programme(names, dict.fromkeys(map(str, each(wanted)), 1))
            programme.hold_everything()
            return programme.least_people()
    return size


class _Groups:
    """Whether some of those with offers together hold what is wanted, thing by thing; until too many were tried."""

    def __init__(self, offers: Sequence[int], wanted: int) -> None:
        self.offers = offers
        self.tries = TRIES
        self._bringing = {thing: [held for held in offers if held >> thing & 1] for thing in each(wanted)}
        names = {
            thing: sum(1 << place for place, held in enumerate(offers) if held >> thing & 1) for thing in self._bringing
        }
        self._rarest_first = sorted(((1 << thing, who) for thing, who in names.items()), key=_how_many)

    def can_hold(self, left: int, size: int) -> bool:
        """Whether so many can hold all that is left; no where that is not known, and `tries` below 0 then."""
        self.tries -= 1
        if not _may_hold(self.offers, left, size) or self.tries < 0 or _apart(left, self._rarest_first) > size:
            return False
        if size == 1:
            return True
        rarest = min(each(left), key=lambda thing: len(self._bringing[thing]))
        return any(self.can_hold(left & ~held, size - 1) for held in self._bringing[rarest])


def _how_many(thing: tuple[int, int]) -> int:
    return thing[1].bit_count()


def _may_hold(offers: Iterable[int], left: int, size: int) -> bool:
    """Whether so many could hold all that is left if each brought as much of it as whoever brings the most."""
    return max((held & left).bit_count() for held in offers) * size >= left.bit_count()


class Fewest:
    """:func:`fewest` of the same people again and again, while what they bring grows.

    Where nothing new is on offer, fewer than before can only do with one of those who bring more than before, and who
    bring something that none of the others brings.
    """

    def __init__(self) -> None:
        self._before: Sequence[int] = ()
        self._number = 0

    def of(self, offers: Sequence[int]) -> int:
        """The fewest who hold everything; what each brings, in the same order each time."""
        before, self._before = self._before, offers
        if not before or not self._takes_as_many(before, offers):
            self._number = fewest(offers)
        return self._number

    def _takes_as_many(self, before: Sequence[int], offers: Sequence[int]) -> bool:
        wanted = reduce(or_, offers)
        same, more = set[int](), set[int]()
        for was, held in zip(before, offers, strict=True):
            if was & ~held:
                return False
            (same if was == held else more).add(held)
        if wanted != reduce(or_, before):
            return False
        if self._number > 1:
            more = {held for held in more if not any(held | other == other for other in same)}
            return not any(self._may_do(list(same | more), wanted, wanted & ~held) for held in more)
        return True

    def _may_do(self, offers: Sequence[int], wanted: int, left: int) -> bool:
        """Whether what one of them lacks may be held by so many that together they are fewer than before."""
        size = self._number - 2
        if not left or size < 1 or not _may_hold(offers, left, size):
            return not left
        groups = _Groups(offers, wanted)
        return groups.can_hold(left, size) or groups.tries < 0


def _apart(left: int, holders: Iterable[tuple[int, int]]) -> int:
    """How many of the things left no two of which the same person holds, rarest first: so many people it takes."""
    used = number = 0
    for thing, names in holders:
        if left & thing and not names & used:
            used |= names
            number += 1
    return number


def _implied(holders: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The things that are held by whoever holds some other thing, be it one that only the same people hold."""
    found: set[str] = set()
    left = sorted(
        ((frozenset(names), thing) for thing, names in holders.items()), key=lambda one: (len(one[0]), one[1])
    )
    kept: list[frozenset[str]] = []
    for names, thing in left:
        if any(fewer <= names for fewer in kept):
            found.add(thing)
        else:
            kept.append(names)
    return frozenset(found)


def smallest_group(offers: Offers, weight: Weight, share: float = 1.0, costs: Costs = ()) -> tuple[str, ...]:
    """The fewest people who together hold `share` of all the weight, sorted by name; () if nothing weighs.

    Parameters
    ----------
    offers : mapping
        What each person brings; together, everything.
    weight : mapping
        What each thing weighs, above 0.
    share : float
        Above 0, up to 1.
    costs : sequence of sets of people
        Of several smallest groups the one with the fewest of the first set, then of the second and so on.
    """
    if not weight:
        return ()
    units = whole(weight)
    programme = _Programme(offers, units)
    if share >= 1:
        size = fewest_number(offers)
        group = _Covers(offers, units, costs).best(size)
        if group:
            return group
        programme.hold_everything()
    else:
        programme.hold(math.ceil(share * sum(units.values()) - CLOSE))
        size = programme.least_people()
    programme.at_most(size)
    return programme.choose(costs)


def fullest_group(offers: Offers, weight: Weight, size: int, costs: Costs = ()) -> tuple[str, ...]:
    """At most `size` people who together hold the most; of several such groups a smallest; sorted by name."""
    units = whole(weight)
    brings = _brings(offers, units)
    if not brings:
        return ()
    if size > FEW:
        groups = _fullest(offers, units, size)
        if groups is not None:
            return min(groups, key=lambda group: _preference(group, brings, costs))
        programme = _Programme(offers, units)
        programme.at_most(size)
        programme.hold(programme.most())
        programme.at_most(programme.least_people())
        return programme.choose(costs)

    def rank(found: tuple[int, tuple[str, ...]]) -> tuple[Any, ...]:
        held, group = found
        return -held, len(group), *_preference(group, brings, costs)

    return min(_few(offers, units, size, max(brings.values())), key=rank)[1]


def _preference(group: tuple[str, ...], brings: Mapping[str, int], costs: Costs) -> tuple[Any, ...]:
    """By what one of several groups that hold as much with as many people comes first."""
    return [len(among.intersection(group)) for among in costs], -sum(brings[name] for name in group), group


def can_hold(offers: Offers, weight: Weight, size: int, share: float) -> bool:
    """Whether `size` people together hold `share` of all the weight, be it on offer or not."""
    units = whole(weight)
    wanted = share * sum(units.values()) - CLOSE
    if size <= FEW:
        return any(held >= wanted for held, _ in _few(offers, units, size, wanted))
    search = _Search(offers, units)
    found = search.most(size, wanted, first=True)
    if found is None:
        programme = _Programme(offers, units)
        programme.at_most(size)
        found = programme.most()
    return bool(search.people) and found >= wanted


def _brings(offers: Offers, units: Mapping[str, int]) -> dict[str, int]:
    """What each person who brings anything brings, in whole units."""
    return {name: sum(units[thing] for thing in held) for name, held in offers.items() if held}


def _few(offers: Offers, units: Mapping[str, int], size: int, least: float) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The groups of one or (for a `size` of 2) two people that can hold `least`, each with what it holds."""
    brings = _brings(offers, units)
    order = sorted(brings, key=lambda name: -brings[name])
    for place, name in enumerate(order):
        if brings[name] >= least:
            yield brings[name], (name,)
        for other in order[place + 1 :] if size > 1 else ():
            if brings[name] + brings[other] < least:
                break
            both = sum(units[thing] for thing in offers[name] & offers[other])
            yield brings[name] + brings[other] - both, (min(name, other), max(name, other))


def _fullest(offers: Offers, units: Mapping[str, int], size: int) -> list[tuple[str, ...]] | None:
    """The smallest groups that hold as much as `size` people can; None where that takes too long to look through."""
    search = _Search(offers, units)
    most = search.most(size)
    if most is None:
        return None
    for fewer in range(1, size + 1):
        held = search.most(fewer, most)
        if held is None or held >= most:
            return search.found if held is not None and len(search.found) <= EQUALS else None
    return None


class _Search:
    """The groups of so many people that hold the most, looked through in the order in which people add most.

    What a group holds is at most what it holds so far and what those who add most to that add one by one.
    """

    def __init__(self, offers: Offers, units: Mapping[str, int]) -> None:
        import numpy as np

        self.people = [name for name in sorted(offers) if offers[name]]
        things = sorted(covered(offers, self.people))
        self.weight = np.array([units[thing] for thing in things], dtype=np.float64)
        self.holds = np.array([[thing in offers[name] for thing in things] for name in self.people], dtype=np.float64)
        self.found: list[tuple[str, ...]] = []
        self.best = 0.0
        self.steps = 0
        self.first = False

    def most(self, size: int, least: float = 0.0, *, first: bool = False) -> int | None:
        """The most that `size` people can hold; of no interest below `least`. None: it takes too long to say.

        With `first` it is enough to find one group that holds `least`.
        """
        import numpy as np

        self.found, self.best, self.steps, self.first = [], math.ceil(least), 0, first
        if self.people:
            self._look(0.0, self.weight, np.arange(len(self.people)), min(size, len(self.people)), ())
        if self.steps > TRIES:
            return None
        return int(self.best) if self.found else 0

    def _look(self, held: float, left: Any, among: Any, more: int, group: tuple[int, ...]) -> None:
        """Look through the groups with some more people among those who come after one another."""
        import numpy as np

        self.steps += 1
        adds = self.holds[among] @ left
        order = np.argsort(-adds, kind="stable")
        adds = adds[order]
        sums = np.concatenate(([0.0], np.cumsum(adds)))
        for place in range(len(order)):
            end = min(place + more, len(order))
            done = self.steps > TRIES or (self.first and self.found)
            if done or held + sums[end] - sums[place] < self.best:
                return
            one, now = int(among[order[place]]), held + float(adds[place])
            if more == 1 or place + 1 == len(order):
                self._take(now, (*group, one))
            else:
                self._look(now, left * (1 - self.holds[one]), among[order[place + 1 :]], more - 1, (*group, one))

    def _take(self, held: float, group: tuple[int, ...]) -> None:
        """Keep a group that holds as much as the best so far."""
        if held > self.best:
            self.best, self.found = held, []
        if held >= self.best and len(self.found) <= EQUALS:
            self.found.append(tuple(sorted(self.people[one] for one in group)))


class _Covers:
    """The groups of so many people that hold everything, looked through thing by thing for the one that is chosen.

    Somebody must hold the rarest thing that is left: each who does is tried in turn, without those tried before. No
    group is followed up that would take more people, or is worse by its costs than one that was found.
    """

    def __init__(self, offers: Offers, units: Mapping[str, int], costs: Costs) -> None:
        self.brings = _brings(offers, units)
        self.people = [name for name in sorted(offers) if offers[name]]
        self.brought = [self.brings[name] for name in self.people]
        self.costs = costs
        holders = {thing: [name for name in self.people if thing in offers[name]] for thing in covered(offers, offers)}
        number = {name: place for place, name in enumerate(self.people)}
        rarest = sorted(holders.keys() - _implied(holders), key=lambda thing: (len(holders[thing]), thing))
        self.holders = [
            (1 << place, sum(1 << number[one] for one in holders[thing])) for place, thing in enumerate(rarest)
        ]
        self.holds = [
            sum(1 << place for place, thing in enumerate(rarest) if thing in offers[name]) for name in self.people
        ]
        self.each_costs = [tuple(int(name in among) for among in costs) for name in self.people]
        self.order = sorted(
            range(len(self.people)), key=lambda one: (self.each_costs[one], -self.brings[self.people[one]])
        )
        self.found: tuple[Any, ...] = ()
        self.work = 0

    def best(self, size: int) -> tuple[str, ...]:
        """The group of `size` people, the fewest that hold everything, that is chosen; () if that takes too long."""
        self._look((1 << len(self.holders)) - 1, (1 << len(self.people)) - 1, size, (), (0,) * len(self.costs))
        return self.found[-1] if self.found and self.work <= WORK else ()

    def _look(self, left: int, among: int, more: int, group: tuple[int, ...], costs: tuple[int, ...]) -> None:
        """Look through the groups with some more people of some."""
        self.work += len(self.people) + len(self.holders)
        if not left:
            names = tuple(sorted(self.people[one] for one in group))
            rank = _preference(names, self.brings, self.costs)
            self.found = min(self.found or rank, rank)
            return
        if self.work > WORK or self._is_worse(among, more, group, costs) or self._takes_more(left, among, more):
            return
        holders = min((names & among for thing, names in self.holders if left & thing), key=int.bit_count)
        for one in self.order:
            if holders >> one & 1:
                among &= ~(1 << one)
                spent = tuple(map(add, costs, self.each_costs[one]))
                self._look(left & ~self.holds[one], among, more - 1, (*group, one), spent)

    def _is_worse(self, among: int, more: int, group: tuple[int, ...], costs: tuple[int, ...]) -> bool:
        """Whether a group with some more people is certainly not chosen: by its costs, or by what its people bring."""
        if not self.found:
            return False
        brings = sorted(value for one, value in enumerate(self.brought) if among >> one & 1)
        most = sum(self.brought[one] for one in group) + sum(brings[-more:])
        return (list(costs), -most) > self.found[:2]

    def _takes_more(self, left: int, among: int, more: int) -> bool:
        """Whether what is left certainly takes more people: by things without a holder in common, or by how many."""
        if more < 1:
            return True
        adds = sorted((held & left).bit_count() for one, held in enumerate(self.holds) if among >> one & 1)
        return sum(adds[-more:]) < left.bit_count() or _apart(left, self.holders) > more


class _Programme:
    """One integer programme: a 0/1 for each person, and for each thing whether it is covered.

    All numbers in it are whole, and bounds are set between them, so that no rounding can decide: close by where
    people and things are only counted, for the closer they are, the sooner the programme is solved; else halfway.
    """

    def __init__(self, offers: Offers, units: Mapping[str, int]) -> None:
        import numpy as np

        self.offers = {name: offers[name] for name in sorted(offers) if offers[name]}
        self.people = list(self.offers)
        self.things = sorted(covered(offers, offers))
        self.units = units
        self.size = len(self.people) + len(self.things)
        self.rows: list[Line] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.lower = np.zeros(self.size)
        self.upper = np.ones(self.size)
        for number, thing in enumerate(self.things):  # a thing is covered only if somebody brings it
            row = self._count(name for name, held in self.offers.items() if thing in held)
            row[len(self.people) + number] = -1
            self._add(row, low=0)

    def _add(self, row: Line, low: float = -math.inf, high: float = math.inf) -> None:
        slack = NEAR if abs(row).max(initial=0.0) <= 1 else 0.5
        self.rows.append(row)
        self.lows.append(low - slack)
        self.highs.append(high + slack)

    def _line(self, people: Mapping[str, int], things: Mapping[str, int]) -> Line:
        import numpy as np

        return np.array(
            [float(people.get(name, 0)) for name in self.people]
            + [float(things.get(thing, 0)) for thing in self.things]
        )

    def _count(self, names: Iterable[str]) -> Line:
        return self._line(dict.fromkeys(names, 1), {})

    def hold_everything(self) -> None:
        """Have everything covered: somebody of those who hold each thing, the things themselves left out."""
        holders = {thing: [name for name, held in self.offers.items() if thing in held] for thing in self.things}
        implied = _implied(holders)
        self.things, self.size = [], len(self.people)
        self.rows, self.lows, self.highs = [], [], []
        self.lower, self.upper = self.lower[: self.size], self.upper[: self.size]
        for thing, names in holders.items():
            if thing not in implied:
                self._add(self._count(names), low=1)

    def hold(self, least: int) -> None:
        self._add(self._line({}, self.units), low=least)

    def at_most(self, size: int) -> None:
        self._add(self._count(self.people), high=size)

    def _best(self, objective: Line) -> tuple[str, ...]:
        """The group that makes a number the least under the rules so far."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            objective,
            integrality=np.ones(self.size, dtype=int),
            bounds=Bounds(self.lower, self.upper),
            constraints=LinearConstraint(np.array(self.rows), self.lows, self.highs),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            raise RuntimeError("an integer programme that has a solution was not solved; please report the case.")
        return tuple(name for name, chosen in zip(self.people, found.x, strict=False) if chosen > 0.5)

    def least_people(self) -> int:
        """The fewest people under the rules so far."""
        return len(self._best(self._count(self.people)))

    def most(self) -> int:
        """The most weight that may be covered under the rules so far, in whole units."""
        group = self._best(-self._line({}, self.units))
        return sum(self.units[thing] for thing in covered(self.offers, group))

    def choose(self, costs: Costs) -> tuple[str, ...]:
        """The one group that the rule for ties picks; the rules so far leave groups of one size."""
        for among in costs:
            line = self._count(among)
            if line.any():
                self._add(line, high=len(among.intersection(self._best(line))))
        if self.things:
            self.hold(self.most())
        brings = _brings(self.offers, self.units)
        fullness = self._line(brings, {})
        group = self._best(-fullness)
        self._add(fullness, low=sum(brings[name] for name in group))
        for start in range(0, len(self.people), BLOCK):  # first by name: whoever comes earlier weighs twice as much
            block = range(start, min(start + BLOCK, len(self.people)))
            names = [self.people[place] for place in block]
            group = self._best(-self._line({name: 2 ** (BLOCK - n) for n, name in enumerate(names)}, {}))
            for place, name in zip(block, names, strict=True):
                self.lower[place] = self.upper[place] = name in group
            if self.lower[: len(self.people)].sum() == len(group):
                break
        return tuple(sorted(group))
