"""Many cases at once: the engine over columns, for studies.

One case needs nothing from here. For thousands, the contacts of all of them are put into a few flat arrays
(:class:`Contacts`), a place in the arrays for each contact and no Python object, and compiled loops run over them on
all cores. The answers are those of the measures on each single case.

The compiled loops need numba (``pip install 'safetynet-networks[fast]'``), which is imported when many cases are
asked for and not before; its first use on a machine takes some seconds for compiling, later ones read the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case import Case
from ..dates import DAY
from ..errors import ArgumentError, choose, extra
from ..measures.networks import check_window
from ..record.snapshot import snapshot
from ..record.worlds import knowledge
from ..rules import Rules
from ..spread import flow
from ..spread.edges import Edge

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[Any]

PURPOSE = "working on many cases at once"


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
    names: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.people)

    def __repr__(self) -> str:
        return f"<Contacts of {len(self)} cases: {len(self.source)} contacts>"

    @property
    def nbytes(self) -> int:
        """The size of the columns in bytes."""
        return sum(column.nbytes for column in self._columns())

    def _columns(self) -> tuple[Numbers, ...]:
        return (
            self.people, self.offsets, self.source, self.target, self.leaves, self.arrives, self.two_way, self.once,
        )  # fmt: skip

    def case_of(self) -> Numbers:
        """For each contact, the number of its case."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def sorted(self) -> Contacts:
        """The same contacts, within each case in the order in which they begin."""
        begin = np.minimum(self.leaves, self.arrives)
        letter = self.leaves < self.arrives
        order = np.lexsort((letter, begin, self.case_of()))
        if (order[:-1] < order[1:]).all():
            return self
        once = self.once[order] if len(self.once) else self.once
        return Contacts(self.people, self.offsets, self.source[order], self.target[order], self.leaves[order],
                        self.arrives[order], self.two_way[order], once, self.names)  # fmt: skip

    def edges(self, case: int) -> list[Edge]:
        """The contacts of one case as the edges that the reference engine takes."""
        out = []
        for i in range(int(self.offsets[case]), int(self.offsets[case + 1])):
            a, b, leaves, arrives = (int(column[i]) for column in (self.source, self.target, self.leaves, self.arrives))
            once = int(self.once[i]) if len(self.once) else 0
            out.append(Edge(a, b, leaves, arrives, once=once))
            if self.two_way[i]:
                out.append(Edge(b, a, leaves, arrives, once=once))
        return out


def contacts(
    cases: Iterable[Case],
    at: Any = None,
    *,
    dates: str = "earliest",
    window: int | None = None,
    rules: Rules | None = None,
) -> Contacts:
    """The contacts of many cases by a date, as columns.

    Parameters
    ----------
    cases : iterable of Case
        Taken one after another; none is kept.
    at : date or str, optional
        The date asked for, included. Default: for each case the day before its harm, or its last day.
    dates : {"earliest", "latest"}
        The most or the least favourable day within each partial date, as in the value and the ``.high`` of
        :func:`safetynet.temporal_fragmentation`.
    window : int, optional
        Only contacts of the last `window` days up to `at`.
    rules : Rules, optional

    Returns
    -------
    Contacts

    Raises
    ------
    DateError, ArgumentError
        As in :func:`safetynet.fragmentation`.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.study.columns import contacts
    >>> contacts([sn.load_case("worked_example"), sn.load_case("victoria_climbie")], at="2024-01-31").people.tolist()
    [4, 40]
    """
    choose("dates", dates, ("earliest", "latest"))
    check_window(window)
    names, people, found = [], [], []
    for case in cases:
        view = snapshot(case, at, rules)
        names.append(case.id)
        people.append(len(view.actors))
        found.append(_columns(view.edges(dates, window)))
    return _joined(names, people, found)


def _columns(edges: list[Edge]) -> Numbers:
    """One line per contact: source, target, leaves, arrives, once, two_way."""
    lines: dict[tuple[int, int, int, int, int, str], bool] = {}
    for edge in edges:
        back = (edge.target, edge.source, edge.leaves, edge.arrives, edge.once, edge.label)
        if back in lines:
            lines[back] = True
        else:
            lines[(edge.source, edge.target, edge.leaves, edge.arrives, edge.once, edge.label)] = False
    return np.array([(*line[:5], two_way) for line, two_way in lines.items()], np.int64).reshape(-1, 6)


def _joined(names: list[Any], people: list[int], found: list[Numbers]) -> Contacts:
    table = np.concatenate(found) if found else np.empty((0, 6), np.int64)
    offsets = np.concatenate([[0], np.cumsum([len(lines) for lines in found])]).astype(np.int64)
    once = table[:, 4].astype(np.int32)
    return Contacts(
        np.array(people, np.int32), offsets, table[:, 0].astype(np.int32), table[:, 1].astype(np.int32),
        np.ascontiguousarray(table[:, 2]), np.ascontiguousarray(table[:, 3]), table[:, 5].astype(np.bool_),
        once if once.any() else once[:0], tuple(names),
    ).sorted()  # fmt: skip


def contacts_from_table(
    table: pd.DataFrame,
    *,
    case: str = "case",
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
) -> Contacts:
    """The contacts of many cases from one table of them, a line per contact.

    Parameters
    ----------
    table : pandas.DataFrame
        One line per contact between two people of a case. Contacts of one time are simultaneous: what comes in by
        one may go on in another.
    case, time, source, target : str
        Names of the columns. Times are whole numbers or dates. The people of a case are those it names.
    directed : bool
        Whether information moves from `source` to `target` only.

    Returns
    -------
    Contacts

    Raises
    ------
    ArgumentError
        If a column is missing, or a cell of them is empty.
    """
    import pandas as pd

    from ..spread.contact_lists import check_columns
    from ..spread.times import times_of

    check_columns(table, [case, time, source, target])
    place, labels = pd.factorize(table[case], sort=True)
    order = np.argsort(place, kind="stable")
    place = place[order]
    ends = np.concatenate([table[source].to_numpy()[order], table[target].to_numpy()[order]])
    key = np.concatenate([place, place]).astype(np.int64)
    person, people = pd.factorize(ends)
    pair, known = pd.factorize(key * (len(people) + 1) + person, sort=True)
    counts = np.bincount(known.astype(np.int64) // (len(people) + 1), minlength=len(labels))
    numbers = pair - np.concatenate([[0], np.cumsum(counts)])[key]
    times = times_of(table[time], time)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(labels)))]).astype(np.int64)
    half = len(place)
    return Contacts(
        counts.astype(np.int32), offsets, numbers[:half].astype(np.int32), numbers[half:].astype(np.int32),
        times.ends[order], times.begins[order], np.full(half, not directed), np.empty(0, np.int32), tuple(labels),
    ).sorted()  # fmt: skip


def fragmentations(columns: Contacts, *, threads: int | None = None) -> pd.DataFrame:
    """The three scores of fragmentation for every case.

    Parameters
    ----------
    columns : Contacts
    threads : int, optional
        How many cores to use; default: all.

    Returns
    -------
    pandas.DataFrame
        A line per case, under its name: ``fragmentation``, ``distance_fragmentation``, ``temporal_fragmentation``,
        as from the functions of these names; NaN where a case has fewer than two people.

    Raises
    ------
    MissingExtraError
        If numba is not installed.

    Notes
    -----
    The few cases in which a contact that nothing may go through twice overlaps with another contact in time (a call
    to several people, on a day on which there were other contacts) are handed to the reference engine for the
    temporal score.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.study.columns import contacts, fragmentations
    >>> columns = contacts([sn.load_case("worked_example")], at="2024-01-31")
    >>> fragmentations(columns).round(4).loc["worked_example"].tolist()
    [0.0, 0.2778, 0.5]
    """
    import pandas as pd

    kernels = _kernels()
    joined, nearness, reached = (np.empty(len(columns), kind) for kind in (np.int64, np.float64, np.int64))
    with _Threads(threads) as number:
        kernels.measure(*columns._columns(), _chunks(columns, number), joined, nearness, reached)
    reached[_scattered(columns)] = -1
    for case in np.flatnonzero(reached < 0).tolist():
        reached[case] = flow.reached_pairs(int(columns.people[case]), columns.edges(case))
    pairs = columns.people.astype(np.float64) * (columns.people - 1)
    pairs[columns.people < 2] = np.nan
    scores = {
        "fragmentation": 1 - joined / pairs,
        "distance_fragmentation": 1 - nearness / pairs,
        "temporal_fragmentation": 1 - reached / pairs,
    }
    return pd.DataFrame(scores, index=pd.Index(columns.names, name="case"))


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """First-known days of many cases: for each case an array of holder × concern, as ordinals, 0 = no record.

    ``len`` is the number of cases; ``found[k]`` is the array of case ``k``, its holders and concerns in the order of
    ``_holders`` and ``concerns`` of the case's :class:`~safetynet.Knowledge`. Ordinals are those of
    ``datetime.date.toordinal``.
    """

    days: Numbers
    cells: Numbers
    shapes: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.shapes)

    def __getitem__(self, case: int) -> Numbers:
        found: Numbers = self.days[self.cells[case] : self.cells[case + 1]].reshape(self.shapes[case])
        return found


def first_known(
    cases: Iterable[Case],
    world: str = "possible",
    *,
    dates: str = "latest",
    rules: Rules | None = None,
    threads: int | None = None,
) -> FirstKnown:
    """Who knew what when, for every case, as ``sn.knowledge(case, world).first_known(dates)`` has it for one.

    Parameters
    ----------
    cases : iterable of Case
    world : {"possible", "recorded"}
        The permitted world passes each concern by its own rules; ask it of single cases.
    dates : {"latest", "earliest"}
    rules : Rules, optional
    threads : int, optional
        How many cores to use; default: all.

    Returns
    -------
    FirstKnown

    Raises
    ------
    ArgumentError
        If `world` or `dates` is not one of these.
    MissingExtraError
        If numba is not installed.

    Notes
    -----
    A case with a contact that nothing may go through twice (a call to several people) is handed to the reference
    engine.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.study.columns import first_known
    >>> found = first_known([sn.load_case("worked_example")])
    >>> found[0].shape
    (10, 3)
    """
    choose("world", world, ("possible", "recorded"))
    choose("dates", dates, ("latest", "earliest"))
    kernels = _kernels()
    people, items, found, facts, slow = [], [], [], [], {}
    for number, case in enumerate(cases):
        known = knowledge(case, world, rules=rules)
        edges = known._edges(dates) if world == "possible" else []
        own = known._facts(dates)
        if any(edge.once for edge in edges):
            slow[number] = flow.spread(len(known._holders), own, edges).first()
            edges, own = [], []
        people.append(len(known._holders))
        items.append(len(known.concerns))
        found.append(_columns(edges))
        facts.append(np.array([(h, item.bit_length() - 1, tick) for h, item, tick in own], np.int64).reshape(-1, 3))
    columns = _joined(list(range(len(people))), people, found)
    table = np.concatenate(facts) if facts else np.empty((0, 3), np.int64)
    holders, concerns = columns.people.astype(np.int64), np.array(items, np.int64)
    cells = np.concatenate([[0], np.cumsum(holders * concerns)]).astype(np.int64)
    fact_offsets = np.concatenate([[0], np.cumsum([len(lines) for lines in facts])]).astype(np.int64)
    first = np.zeros(int(cells[-1]), np.int64)
    with _Threads(threads) as count:
        kernels.learn(
            *columns._columns()[:-1], concerns, fact_offsets, *(np.ascontiguousarray(table[:, n]) for n in range(3)),
            cells, first, _chunks(columns, count),
        )  # fmt: skip
    for number, ticks in slow.items():
        for (holder, item), tick in ticks.items():
            first[cells[number] + holder * concerns[number] + item] = tick
    first //= DAY
    return FirstKnown(first, cells, tuple(zip(people, items, strict=True)))


def _scattered(columns: Contacts) -> Numbers:
    """The cases in which one occasion is more than one moment, so that its contacts cannot be taken together."""
    places = np.flatnonzero(columns.once)
    case, once = columns.case_of()[places], columns.once[places]
    order = np.lexsort((once, case))
    case, once, places = case[order], once[order], places[order]
    same = (case[1:] == case[:-1]) & (once[1:] == once[:-1])
    apart = [column[places[1:]] != column[places[:-1]] for column in (columns.leaves, columns.arrives)]
    return np.unique(case[1:][same & (apart[0] | apart[1])])


def _kernels() -> Any:
    extra("numba", "fast", PURPOSE)
    from ..spread import kernels

    return kernels


class _Threads:
    """So many threads within a ``with`` block, and as many as before after it."""

    def __init__(self, threads: int | None) -> None:
        self.numba: Any = import_module("numba")
        if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
            raise ArgumentError(f"threads={threads!r} is no number of cores. Write threads=2, or leave it out for all.")
        most: int = self.numba.config.NUMBA_NUM_THREADS
        self.wanted: int = most if threads is None else min(threads, most)

    def __enter__(self) -> int:
        self.before = self.numba.get_num_threads()
        self.numba.set_num_threads(self.wanted)
        return self.wanted

    def __exit__(self, *error: object) -> None:
        self.numba.set_num_threads(self.before)


def _chunks(columns: Contacts, threads: int) -> Numbers:
    """Bounds of runs of cases with about as many contacts each, several runs for each thread."""
    work = columns.offsets[1:] + 16 * np.arange(1, len(columns) + 1)
    number = max(1, min(len(columns), 16 * threads))
    if not len(columns):
        return np.zeros(1, np.int64)
    bounds = np.searchsorted(work, np.linspace(0, work[-1], number + 1)[1:-1], side="right")
    return np.unique(np.concatenate([[0], bounds, [len(columns)]])).astype(np.int64)
