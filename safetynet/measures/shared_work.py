"""For every two professionals, around how many children both are: counted over any number of children, in parts.

Nothing is as large as professionals times professionals, or even as all pairs of the children: the professionals are
gone through in blocks, each with a limited number of pairs. It knows children and professionals as numbers only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[Any]

AT_ONCE = 1_000_000  # pairs that are held at once


class Around(NamedTuple):
    """Who is around whom: those around child ``i`` are ``people[starts[i]:starts[i + 1]]``, each once and ascending."""

    starts: Numbers
    people: Numbers
    number: int  # of professionals


class Block(NamedTuple):
    """Some pairs of professionals: a line for each child that both are around, and a line for each pair.

    The pairs of a block are in no other, so that the children of a pair are all in it.
    """

    child: Numbers
    pair: Numbers  # the place of its pair among the next three
    first: Numbers
    second: Numbers
    shared: Numbers  # around how many children both are


def blocks(around: Around, at_once: int | None = None) -> Iterator[Block]:
    """All pairs of professionals who are around one child, in blocks of at most so many, or those of one of them."""
    most = AT_ONCE if at_once is None else at_once
    starts, people, number = around
    child_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    tails = starts[1:][child_of] - np.arange(len(people)) - 1  # how many stand after each, around the same child
    order = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people, minlength=number))
    pairs = np.cumsum(np.bincount(people, weights=tails, minlength=number)).astype(np.int64)
    done = first = 0
    while first < number:
        stop = max(first + 1, int(np.searchsorted(pairs, done + most, side="right")))
        ones = order[ends[first - 1] if first else 0 : ends[stop - 1]]
        first, done = stop, int(pairs[stop - 1])
        block = _block(around, child_of, ones, tails[ones])
        if len(block.child):
            yield block


def _block(around: Around, child_of: Numbers, ones: Numbers, tails: Numbers) -> Block:
    """The pairs of some entries with those that stand after them around the same child."""
    one = np.repeat(ones, tails)
    step = np.arange(len(one)) - np.repeat(np.cumsum(tails) - tails, tails)
    keys = around.people[one].astype(np.int64) * around.number + around.people[one + 1 + step]
    found, pair, shared = np.unique(keys, return_inverse=True, return_counts=True)
    return Block(child_of[one], pair, found // around.number, found % around.number, shared)


class Densities(NamedTuple):
    """Of each child: how many pairs are around it, how many of them share another child, and the care density."""

    pairs: Numbers
    shared_pairs: Numbers
    density: Numbers  # NaN where there is no pair


def densities(around: Around, weight: Callable[[Numbers, Numbers], Numbers] | None = None) -> Densities:
    """The care density of every child; `weight` gives that of pairs of professionals."""
    children = len(around.starts) - 1
    sizes = np.diff(around.starts).astype(np.int64)
    pairs = sizes * (sizes - 1) // 2
    total, shared_pairs = np.zeros(children), np.zeros(children, np.int64)
    for block in blocks(around):
        each = block.shared if weight is None else block.shared * weight(block.first, block.second)
        total += np.bincount(block.child, each[block.pair], children)
        shared_pairs += np.bincount(block.child[block.shared[block.pair] > 1], minlength=children)
    density = np.divide(total, pairs, out=np.full(children, np.nan), where=pairs > 0)
    return Densities(pairs, shared_pairs, density)


class Company(NamedTuple):
    """Of each professional: around how many children they are, with how many others, with how many around several."""

    children: Numbers
    pairs: Numbers
    shared_pairs: Numbers


def company(around: Around) -> Company:
    """How many each professional works with, over all children."""
    number = around.number
    pairs, shared_pairs = np.zeros(number, np.int64), np.zeros(number, np.int64)
    for block in blocks(around):
        for side in (block.first, block.second):
            pairs += np.bincount(side, minlength=number)
            shared_pairs += np.bincount(side[block.shared > 1], minlength=number)
    return Company(np.bincount(around.people, minlength=number), pairs, shared_pairs)
