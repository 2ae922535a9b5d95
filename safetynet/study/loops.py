"""The compiled loops as a study calls them: on how many cores, and in which runs of cases."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from ..errors import ArgumentError, extra, is_whole
from .gathered import Contacts

if TYPE_CHECKING:
    from .gathered import Numbers

PURPOSE = "working on many cases at once"

Given = TypeVar("Given")
Made = TypeVar("Made")


class Kernels(NamedTuple):
    """The compiled loops, and the forms of what they take."""

    Contacts: type[Any]
    Facts: type[Any]
    joined: Callable[..., None]
    reached: Callable[..., None]
    learnt: Callable[..., None]


def kernels() -> Kernels:
    """The compiled loops, if numba is there."""
    extra("numba", "fast", PURPOSE)
    from ..spread.kernels import flow, parts, steps, sweep

    return Kernels(parts.Contacts, sweep.Facts, steps.joined, flow.reached, flow.learnt)


class ScoreKernels(NamedTuple):
    """The compiled loops for the scores, and the form of the conventions that they take."""

    Terms: type[Any]
    score_some: Callable[..., None]
    in_time: Callable[..., tuple[int, Any]]
    TEMPORAL: int
    ALL_KNOWN: int
    NOT_IN_TIME: int


def score_kernels() -> ScoreKernels:
    """The compiled loops for the scores, if numba is there."""
    extra("numba", "fast", PURPOSE)
    from .kernels import flat, scores

    known = scores.TEMPORAL, scores.ALL_KNOWN, scores.NOT_IN_TIME
    return ScoreKernels(flat.Terms, scores.score_some, scores.in_time, *known)


def in_threads(
    make: Callable[[Given], Made], given: Iterable[Given], threads: int | None
) -> Iterator[tuple[Given, Made]]:
    """What is made of each of some things, in their order, by threads of this process; by default one for each core.

    Only as many are under way as there are threads, and one besides.
    """
    number = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(number) as pool:
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        for one in given:
            waiting.append((one, pool.submit(make, one)))
            if len(waiting) > number:
                first, made = waiting.popleft()
                yield first, made.result()
        for one, made in waiting:
            yield one, made.result()


def packed(columns: Contacts, loops: Kernels) -> Any:
    """The columns as the compiled loops take them."""
    found = columns.columns()
    del found["people"]
    return loops.Contacts(**found)


def scattered(columns: Contacts) -> Numbers:
    """The cases in which one occasion is more than one moment, so that its contacts cannot be taken together."""
    places = np.flatnonzero(columns.once)
    case, once = columns.case_of()[places], columns.once[places]
    order = np.lexsort((once, case))
    case, once, places = case[order], once[order], places[order]
    same = (case[1:] == case[:-1]) & (once[1:] == once[:-1])
    apart = [column[places[1:]] != column[places[:-1]] for column in (columns.leaves, columns.arrives)]
    return np.unique(case[1:][same & (apart[0] | apart[1])])


class Threads:
    """So many threads within a ``with`` block, and as many as before after it."""

    def __init__(self, threads: int | None) -> None:
        self.numba: Any = import_module("numba")
        if threads is not None and (not is_whole(threads) or threads < 1):
            raise ArgumentError(f"threads={threads!r} is no number of cores. Write threads=2, or leave it out for all.")
        most: int = self.numba.config.NUMBA_NUM_THREADS
        self.wanted: int = most if threads is None else min(threads, most)

    def __enter__(self) -> int:
        self.before = self.numba.get_num_threads()
        self.numba.set_num_threads(self.wanted)
        return self.wanted

    def __exit__(self, *error: object) -> None:
        self.numba.set_num_threads(self.before)


def chunks(columns: Contacts, threads: int) -> Numbers:
    """Bounds of runs of cases with about as many contacts each, several runs for each thread."""
    work = columns.offsets[1:] + 16 * np.arange(1, len(columns) + 1)
    number = max(1, min(len(columns), 16 * threads))
    if not len(columns):
        return np.zeros(1, np.int64)
    bounds = np.searchsorted(work, np.linspace(0, work[-1], number + 1)[1:-1], side="right")
    return np.unique(np.concatenate([[0], bounds, [len(columns)]])).astype(np.int64)
