"""The contacts of many cases as columns, and how they are gathered one case after another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ..spread.edges import ALL, Edge

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[Any]


def none() -> Numbers:
    """An empty column."""
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of many cases as columns.

    Contact ``i`` of case ``k`` lies at place ``offsets[k] + i`` of each of the other arrays. Within a case the people
    (and agencies) are numbered from 0. Ticks are whole numbers, as in an edge: a contact carries
    what its source knows by `leaves` and brings it at `arrives`, or at once if that is earlier.

    Attributes
    ----------
    people : array of int32
        For each case, how many people it has; those without a contact count.
    offsets : array of int64
        Where the contacts of each case begin, and at last where they end: one more than there are cases.
    source, target : array of int32
    leaves, arrives : array of int64
    two_way : array of bool
        Whether it also leads from `target` to `source`.
    once : array of int32
        Above 0: contacts of a case with the same number are one occasion, through which nothing goes twice (see
        :class:`safetynet.spread.edges.Edge`). Without any such contact the array may be empty.
    names : tuple
        What the caller calls each case.
    allowed : array of int64
        The place in `masks` from which on the items stand that may pass, 64 to a word; less than 0: all. Where no
        contact is so limited the array may be empty.
    masks : array of uint64

    Notes
    -----
    The contacts of a case come in the order in which they begin; :meth:`sorted` brings them into it.
    """

    people: Numbers
    offsets: Numbers
    source: Numbers
    target: Numbers
    leaves: Numbers
    arrives: Numbers
    two_way: Numbers
    once: Numbers
    names: tuple[Hashable, ...]
    allowed: Numbers = field(default_factory=none)
    masks: Numbers = field(default_factory=lambda: np.empty(0, np.uint64))

    def __len__(self) -> int:
        return len(self.people)

    def __repr__(self) -> str:
        return f"<Contacts of {len(self)} cases: {len(self.source)} contacts>"

    @property
    def nbytes(self) -> int:
        """The size of the columns in bytes."""
        return sum(column.nbytes for column in self.columns().values())

    def columns(self) -> dict[str, Numbers]:
        """The arrays by their names."""
        names = ("people", "offsets", "source", "target", "leaves", "arrives", "two_way", "once", "allowed", "masks")
        return {name: getattr(self, name) for name in names}

    def case_of(self) -> Numbers:
        """For each contact, the number of its case."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def sorted(self) -> Contacts:
        """The same contacts, within each case in the order in which they begin; doors before letters."""
        begin = np.minimum(self.leaves, self.arrives)
        letter = self.leaves < self.arrives
        order = np.lexsort((letter, begin, self.case_of()))
        if (order[:-1] < order[1:]).all():
            return self
        each = ("source", "target", "leaves", "arrives", "two_way", "once", "allowed")
        changed: dict[str, Any] = {name: getattr(self, name)[order] for name in each if len(getattr(self, name))}
        return replace(self, **changed)

    def edges(self, case: int) -> list[Edge]:
        """The contacts of one case as the edges that the reference engine takes, whatever may pass in them."""
        out = []
        for i in range(int(self.offsets[case]), int(self.offsets[case + 1])):
            a, b, leaves, arrives = (int(column[i]) for column in (self.source, self.target, self.leaves, self.arrives))
            once = int(self.once[i]) if len(self.once) else 0
            out.append(Edge(a, b, leaves, arrives, once=once))
            if self.two_way[i]:
                out.append(Edge(b, a, leaves, arrives, once=once))
        return out


class Gathered:
    """The contacts of several cases, gathered one case after another."""

    def __init__(self) -> None:
        self.lines: list[Numbers] = []
        self.masks: list[int] = []

    def add(self, edges: Iterable[Edge], words: int = 1) -> None:
        """Take the edges of a case in; `words` are those of a set of its items."""
        lines: dict[tuple[Any, ...], bool] = {}  # whether it leads both ways
        for a, b, *alike in edges:
            if (b, a, *alike) in lines:
                lines[b, a, *alike] = True
            else:
                lines[a, b, *alike] = False
        places = self._places({line[4] for line in lines} - {ALL}, words)
        table = [
            (a, b, leaves, arrives, once, two_way, places[items])
            for (a, b, leaves, arrives, items, _, once), two_way in lines.items()
        ]
        self.lines.append(np.array(table, np.int64).reshape(-1, 7))

    def _places(self, sets: Iterable[int], words: int) -> Mapping[int, int]:
        """Where in the masks each set of items stands."""
        places = {ALL: -1}
        for items in sorted(sets):
            places[items] = len(self.masks)
            self.masks += [items >> 64 * word & (1 << 64) - 1 for word in range(words)]
        return places

    def contacts(self, names: Iterable[Hashable], people: list[int]) -> Contacts:
        """The contacts of all cases as columns."""
        table = np.concatenate(self.lines) if self.lines else np.empty((0, 7), np.int64)
        source, target, leaves, arrives, once, two_way, allowed = (np.ascontiguousarray(one) for one in table.T)
        return Contacts(
            np.array(people, np.int32),
            offsets(len(lines) for lines in self.lines),
            source.astype(np.int32),
            target.astype(np.int32),
            leaves,
            arrives,
            two_way.astype(np.bool_),
            once.astype(np.int32) if once.any() else np.empty(0, np.int32),
            tuple(names),
            allowed if self.masks else none(),
            np.array(self.masks, np.uint64),
        ).sorted()


def offsets(sizes: Iterable[int]) -> Numbers:
    """Where those of each case begin, and at last where they end."""
    return np.concatenate([[0], np.cumsum(list(sizes), dtype=np.int64)]).astype(np.int64)
