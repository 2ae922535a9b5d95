"""What the compiled loops share: how they are compiled, the columns they take, and their working space."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numba
import numpy as np
from numba import extending, types

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.integer[Any]]
    Flags = npt.NDArray[np.bool_]
    Words = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.float64]

F = TypeVar("F", bound=Callable[..., Any])

NOTHING, ONE, EVERYTHING = np.uint64(0), np.uint64(1), ~np.uint64(0)

# what numba makes of a function is called like that function
_numba: Any = numba
compiled: Callable[[F], F] = _numba.njit(cache=True, nogil=True)
internal: Callable[[F], F] = _numba.njit(cache=True, nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)
compiled_parallel: Callable[[F], F] = _numba.njit(cache=True, parallel=True)
built_in: Callable[[Callable[..., Any]], Callable[[Any], Any]] = extending.intrinsic


class Contacts(NamedTuple):
    """The contacts of many cases, in each case in the order in which they begin, doors before letters.

    `allowed` is the place in `masks` of the words of the items that may pass, less than 0 where all may; `once` and
    `allowed` are empty where no contact has any.
    """

    offsets: Ints
    source: Ints
    target: Ints
    leaves: Ints
    arrives: Ints
    two_way: Flags
    once: Ints
    allowed: Ints
    masks: Words


@built_in
def popcount(_typing: Any, _word: Any) -> Any:
    """The number of set bits of a 64-bit word."""

    def generate(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), generate


@built_in
def lowest(_typing: Any, _word: Any) -> Any:
    """The number of the lowest set bit of a 64-bit word that is not 0."""

    def generate(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], context.get_constant(types.boolean, True))

    return types.uint64(types.uint64), generate


@compiled
def own(held: Words, people: int, block: int) -> None:
    """Everybody of a block of 64 people holds themselves, the others nothing."""
    for person in range(people):
        held[person] = ONE << np.uint64(person - 64 * block) if person >> 6 == block else NOTHING


@compiled
def how_many(held: Words, people: int) -> int:
    """How many items everybody holds together."""
    number = 0
    for person in range(people):
        number += int(popcount(held[person]))
    return number


@compiled
def largest(people: Ints, offsets: Ints, first: int, last: int) -> tuple[int, int]:
    """The most people and the most contacts (or facts) of some cases; at least one of each."""
    most, longest = 1, 1
    for case in range(first, last):
        most = max(most, int(people[case]))
        longest = max(longest, offsets[case + 1] - offsets[case])
    return most, longest
