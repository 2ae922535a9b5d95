"""One question to every case of a study: in this process, in several, or on a cluster that the user brings.

The answers come in the order of the cases, whoever gives them, and only a few cases are under way at a time, so that
the memory does not grow with the study.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any, NamedTuple, TypeAlias

from ..errors import ArgumentError, CaseError, Problem, SafetynetError, is_whole
from ..io.studies import Unread
from .asking import Scored

Ask: TypeAlias = Callable[[Unread, "Scored | None"], Any]
Submit: TypeAlias = Callable[..., Any]
FEW = 24  # cases for which no processes are started unless they are asked for: starting them takes longer
TOGETHER = 8  # cases that are sent to another process at once
_AHEAD = 3  # parcels under way for each worker


class Task(NamedTuple):
    """A case to be asked, and what is known of it from an earlier run."""

    unread: Unread
    kept: Scored | None = None
    digest: str = ""


class Answer(NamedTuple):
    """What a case gave; nothing where it has problems."""

    name: str
    faults: tuple[Problem, ...]
    given: Any


def one_answer(ask: Ask, unread: Unread, kept: Scored | None) -> Answer:
    """Ask one case; what is wrong in it is an answer too."""
    try:
        return Answer(unread.name, (), ask(unread, kept))
    except CaseError as error:
        return Answer(unread.name, error.faults, None)
    except Exception as error:
        error.add_note(f"It is the case {unread.name!r} of the study.")
        raise


def several_answers(ask: Ask, asked: list[tuple[Unread, Scored | None]]) -> list[Answer]:
    """Ask several cases, one after the other."""
    return [one_answer(ask, unread, kept) for unread, kept in asked]


def workers_for(workers: int | None, client: Any, cases: int) -> int:
    """How many processes to start; 0 = none besides this one.

    Raises
    ------
    ArgumentError
        If `workers` is no number of them, or `client` no client, or both are given.
    """
    if client is not None:
        if workers is not None:
            raise ArgumentError("workers= and client= are two ways to share the work. Give one of them.")
        if not (callable(getattr(client, "submit", None)) and callable(getattr(client, "nthreads", None))):
            raise ArgumentError(
                f"client={type(client).__name__} is no client of a cluster. Give a dask.distributed.Client."
            )
        if getattr(client, "status", "running") == "closed":
            raise ArgumentError(
                "client= is a client that has been closed. Ask as long as it is open, or make a new one."
            )
        return 0
    if workers is None:
        return 0 if cases <= FEW else (os.cpu_count() or 1)
    if not is_whole(workers) or workers < 1:
        raise ArgumentError(f"workers={workers!r} is no number of processes. Write 1, 2, 3 ..., or leave it out.")
    return int(workers) if workers > 1 else 0


def answers(ask: Ask, tasks: Iterable[Task], workers: int, client: Any = None) -> Iterator[tuple[Task, Answer]]:
    """Every case with its answer, in their order."""
    if client is None and workers < 2:
        for task in tasks:
            yield task, one_answer(ask, task.unread, task.kept)
    elif client is not None:
        threads = max(1, sum(client.nthreads().values()))
        yield from _in_parcels(lambda *parcel: client.submit(*parcel, pure=False), ask, tasks, threads)
    else:
        with _processes(workers) as pool:
            yield from _in_parcels(pool.submit, ask, tasks, workers)


def _in_parcels(submit: Submit, ask: Ask, tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Answer]]:
    left = iter(tasks)
    under_way: deque[tuple[list[Task], Any]] = deque()
    while True:
        while len(under_way) < _AHEAD * workers and (parcel := list(islice(left, TOGETHER))):
            under_way.append((parcel, submit(several_answers, ask, [(task.unread, task.kept) for task in parcel])))
        if not under_way:
            return
        parcel, answer = under_way.popleft()
        yield from zip(parcel, answer.result(), strict=True)


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that begin anew, so that nothing of this one is in them by chance."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield pool
    except BrokenProcessPool as error:
        raise SafetynetError(
            "The other processes could not start, or one was ended. In a script call this below "
            "if __name__ == '__main__':, give workers=1, or see whether the machine has the memory."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
