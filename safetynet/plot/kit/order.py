"""Who stands beside whom: groups round a ring, so that those with much contact are close."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .style import Look

WORTH_SIX = 80  # up to so many groups the order is gone through six times


@dataclass
class Node:
    """Somebody on the map, or several who share a place."""

    key: str
    name: str
    look: Look
    members: tuple[str, ...]
    kind: str = "professional"
    note: str = ""
    gone: bool = False
    x: float = 0.0
    y: float = 0.0
    radius: float = 6.0

    @property
    def place(self) -> tuple[float, float]:
        return (self.x, self.y)


@dataclass
class Group:
    """An agency's people, or one person without an agency."""

    key: str
    name: str
    nodes: list[Node] = field(default_factory=list)
    part: int = 0


def order_groups(groups: Sequence[Group], weight: Mapping[tuple[str, str], float]) -> list[Group]:
    """The groups round the ring, so that those with much contact stand close; the same for the same case.

    Starts from the order of the case and moves one group at a time to where the sum of contacts × distance round
    the ring is least, until no move helps.
    """
    place = {group.key: number for number, group in enumerate(groups)}
    links = [(place[a], place[b], value) for (a, b), value in sorted(weight.items()) if a in place and b in place]
    links = [link for link in links if link[0] != link[1]]
    if len(groups) < 4 or not links:
        return list(groups)
    ones, others, values = (np.array(column) for column in zip(*links, strict=True))
    sizes = np.array([len(group.nodes) + 1.0 for group in groups])
    where = np.empty(len(groups))

    def cost(order: Sequence[int]) -> float:
        ends = np.cumsum(sizes[list(order)])
        where[list(order)] = ends - sizes[list(order)] / 2
        apart = np.abs(where[ones] - where[others])
        return float((values * np.minimum(apart, ends[-1] - apart)).sum())

    order = list(range(len(groups)))
    least = cost(order)
    for _ in range(6 if len(groups) <= WORTH_SIX else 1):
        moved = False
        for group in sorted({*ones.tolist(), *others.tolist()}):
            rest = [one for one in order if one != group]
            tries = [[*rest[:spot], group, *rest[spot:]] for spot in range(len(groups))]
            costs = [cost(trial) for trial in tries]
            if min(costs) < least - 1e-9:
                least, moved = min(costs), True
                order = tries[costs.index(least)]
        if not moved:
            break
    return [groups[number] for number in order]


def split_large(groups: Sequence[Group]) -> list[Group]:
    """Cut a group that is much more than half of everybody into parts, so that both halves of the ring are used."""
    half = max(4, math.ceil(sum(len(group.nodes) + 1 for group in groups) / 2))
    parts: list[Group] = []
    for group in groups:
        people = len(group.nodes)
        if people <= half * 1.2:
            parts.append(group)
            continue
        size = math.ceil(people / math.ceil(people / half))
        for number, first in enumerate(range(0, people, size)):
            parts.append(replace(group, nodes=group.nodes[first : first + size], part=number))
    return parts
