"""Many cases at once: the engine over columns, for studies.

One case needs nothing from here. For thousands, the contacts of all of them are put into a few flat arrays
(:class:`Contacts`), a place in the arrays for each contact and no Python object, and compiled loops run over them on
all cores. The answers are those of the measures on each single case, to the bit.

Every count and score of a study in Parquet tables, without a :class:`Case` object at all, is what ``study.scores``
gives by itself: :mod:`safetynet.study.by_column`. Here are the contacts of cases that are there already.

The compiled loops need numba (``pip install 'safetynet-networks[fast]'``), which is imported when many cases are
asked for and not before; its first use on a machine takes some seconds for compiling, later ones read the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from ..case import Case
from ..dates import DAY, DateLike
from ..errors import choose
from ..measures.fragmentation import of_now, of_worries
from ..measures.networks import check_window
from ..record.passages import timed_edges
from ..record.snapshot import Snapshot, snapshot
from ..record.worlds import READINGS, WORLDS, Dates, Flowing, World, flowing, knowledge
from ..rules import Rules
from ..spread import flow
from ..spread.edges import Edge
from .gathered import Contacts, Gathered, none, offsets
from .loops import Threads, chunks, kernels, packed, scattered

if TYPE_CHECKING:
    import pandas as pd

    from .gathered import Numbers

Of: TypeAlias = Literal["all", "worries", "now"]
OF: tuple[Of, ...] = get_args(Of)
SHARES = ("fragmentation", "distance_fragmentation", "temporal_fragmentation")


# from cases and tables --------------------------------------------------------------------------------


def contacts(
    cases: Iterable[Case],
    at: DateLike | None = None,
    *,
    of: Of = "all",
    window: int | None = None,
    rules: Rules | None = None,
    dates: Dates = "earliest",
) -> Contacts:
    """The contacts of many cases by a date, as columns.

    Parameters
    ----------
    cases : iterable of Case
        Any number, taken one after another; none is kept.
    of : {"all", "worries", "now"}
        All contacts of the actors; those that carried a worry, as in :func:`safetynet.worry_fragmentation`; or those of
        late among who is involved now, as in :func:`safetynet.current_fragmentation`.
    dates : {"earliest", "latest"}
        The most or the least favourable day within each partial date, as in the value and the ``.high`` of
        :func:`safetynet.temporal_fragmentation`.
    at, window, rules : optional
        As in :func:`safetynet.fragmentation`; `at` by default the date of each case.

    Returns
    -------
    Contacts
        A case for each that was given, under its id.

    Raises
    ------
    ArgumentError
        If `of` or `dates` is none of these, or an argument does not fit.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.study.columns import contacts
    >>> contacts([sn.load_case("worked_example"), sn.load_case("reuben")]).people.tolist()
    [4, 8]
    """
    choose("of", of, OF)
    choose("dates", dates, READINGS)
    days = check_window(window)
    names, people, found = [], [], Gathered()
    for case in cases:
        size, edges = _edges(snapshot(case, at, rules), of, dates, days)
        names.append(case.id)
        people.append(size)
        found.add(edges)
    return found.contacts(names, people)


def _edges(view: Snapshot, of: Of, dates: Dates, window: int | None) -> tuple[int, list[Edge]]:
    """How many may be joined, and the contacts between them as edges; nobody where no worry was ever known."""
    if of == "all":
        return len(view.actors), view.edges(dates, window)
    if of == "worries" and not view.ever_known:
        return 0, []
    part = of_worries(view, window) if of == "worries" else of_now(view)
    number = {node: place for place, node in enumerate(part.nodes)}
    edges = timed_edges(part.rows, number, dates=dates, same_day=view.rules.same_day, moves=view.moves)
    return len(part.nodes), edges


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
        Names of the columns. Times are as in :func:`safetynet.reachability`. The people of a case are those it names.
    directed : bool
        Whether information moves from `source` to `target` only.

    Returns
    -------
    Contacts

    Raises
    ------
    ArgumentError
        As :func:`safetynet.reachability` does: if a column is missing, a cell is empty, or times are of no such sort.

    Notes
    -----
    No object is made for a contact, so that millions of them are no matter.
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
    numbers = (pair - offsets(counts)[key]).astype(np.int32)
    times = times_of(table[time], time)
    half = len(place)
    return Contacts(
        counts.astype(np.int32),
        offsets(np.bincount(place, minlength=len(labels))),
        numbers[:half],
        numbers[half:],
        times.ends[order],
        times.begins[order],
        np.full(half, not directed),
        np.empty(0, np.int32),
        tuple(labels),
    ).sorted()


# scores -----------------------------------------------------------------------------------------------


def fragmentations(columns: Contacts, *, threads: int | None = None) -> pd.DataFrame:
    """The three scores of fragmentation for every case.

    Parameters
    ----------
    columns : Contacts
        Of contacts that carried a worry, or of now, ``fragmentation`` is :func:`safetynet.worry_fragmentation` or
        :func:`safetynet.current_fragmentation`.
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

    loops = kernels()
    joined, nearness, reached = (np.empty(len(columns), kind) for kind in (np.int64, np.float64, np.int64))
    nothing = loops.Facts(np.zeros(len(columns) + 1, np.int64), none(), none(), none())
    given = packed(columns, loops)
    with Threads(threads) as number:
        runs = chunks(columns, number)
        loops.joined(columns.people, given, runs, joined, nearness)
        loops.reached(columns.people, given, nothing, runs, reached)
    reached[scattered(columns)] = -1
    for case in np.flatnonzero(reached < 0).tolist():
        reached[case] = flow.reached_pairs(int(columns.people[case]), columns.edges(case))
    pairs = columns.people.astype(np.float64) * (columns.people - 1)
    pairs[columns.people < 2] = np.nan
    scores = dict(zip(SHARES, (1 - joined / pairs, 1 - nearness / pairs, 1 - reached / pairs), strict=True))
    return pd.DataFrame(scores, index=pd.Index(columns.names, name="case", tupleize_cols=False))


# who knew what when -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """First-known days of many cases: for each case an array of holder × concern, as ordinals, 0 = no record.

    ``len`` is the number of cases; ``found[k]`` is the array of case ``k``, its holders and concerns in the order of
    the axes of ``first_known`` of the case's :class:`~safetynet.Knowledge`. Ordinals are those of
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
    world: World = "possible",
    *,
    dates: Dates | None = None,
    rules: Rules | None = None,
    threads: int | None = None,
) -> FirstKnown:
    """Who knew what when, for every case, as ``sn.knowledge(case, world).first_known(dates)`` has it for one.

    Parameters
    ----------
    cases : iterable of Case
    world : {"possible", "permitted", "recorded"}
    dates : {"latest", "earliest"}, optional
        Default: as the rules say.
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
    engine where that contact overlaps with others in time, or with what anybody comes by otherwise.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.study.columns import first_known
    >>> found = first_known([sn.load_case("worked_example")], "permitted")
    >>> found[0].shape
    (10, 3)
    """
    choose("world", world, WORLDS)
    if dates is not None:
        choose("dates", dates, READINGS)
    loops = kernels()
    shapes: list[tuple[int, int]] = []
    facts: list[Numbers] = []
    gathered = Gathered()
    with_occasions: dict[int, Flowing] = {}
    for number, case in enumerate(cases):
        known = flowing(knowledge(case, world, rules=rules), dates)
        shapes.append(known.shape)
        gathered.add(known.edges, (known.shape[1] + 63) >> 6)
        facts.append(_in_time(known.facts))
        if any(edge.once for edge in known.edges):
            with_occasions[number] = known
    columns = gathered.contacts(range(len(shapes)), [holders for holders, _ in shapes])
    cells = offsets(holders * concerns for holders, concerns in shapes)
    first, fits = np.zeros(int(cells[-1]), np.int64), np.ones(len(shapes), np.bool_)
    fits[scattered(columns)] = False
    owned = np.concatenate(facts) if facts else np.empty((0, 3), np.int64)
    own = loops.Facts(offsets(map(len, facts)), *(np.ascontiguousarray(column) for column in owned.T))
    given = packed(columns, loops)
    with Threads(threads) as count:
        loops.learnt(columns.people, given, own, cells, chunks(columns, count), first, fits)
    for number in np.flatnonzero(~fits).tolist():
        found = first[cells[number] : cells[number + 1]].reshape(shapes[number])
        found[:] = 0
        for place, tick in with_occasions[number].spread().first().items():
            found[place] = tick
    return FirstKnown(first // DAY, cells, tuple(shapes))


def _in_time(facts: Iterable[tuple[int, int, int]]) -> Numbers:
    """Holder, item and tick of what holders come by of their own, in the order of time."""
    lines = [(holder, items.bit_length() - 1, tick) for holder, items, tick in facts]
    return np.array(sorted(lines, key=lambda line: line[2]), np.int64).reshape(-1, 3)
