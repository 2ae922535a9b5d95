"""Fragmentation: is the professional network one network?

These look at who had contact with whom, in whatever order; :mod:`safetynet.measures.temporal` at the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.snapshot import KEEPING, Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..spread import steps
from ..spread.edges import each
from ..spread.joined import parts
from ..wording import days
from .graphs import CaseOrGraph, parts_of
from .networks import Network, check_window, contact_network

if TYPE_CHECKING:
    import pandas as pd

Beside: TypeAlias = Sequence[int]  # the neighbours of each node, by their places, as sets of bits
NONE_EVER_KNOWN = "no professional has had a worry on record"


# numbers ----------------------------------------------------------------------------------------------


def share_unreachable(beside: Beside) -> float:
    """1 - Σ s(s-1) / (n(n-1)) over the sizes of the parts; NaN for fewer than two nodes."""
    return share_of_pairs(sum(size * (size - 1) for size in sizes(beside)), len(beside))


def sizes(beside: Beside) -> list[int]:
    """How many nodes each part of a network has."""
    return [part.bit_count() for part in parts(beside, (1 << len(beside)) - 1)]


def share_of_pairs(joined: int, n: int) -> float:
    """1 - the share of the ordered pairs of n that are joined; NaN for fewer than two."""
    return 1 - joined / (n * (n - 1)) if n > 1 else NAN


def share_distant(beside: Beside) -> float:
    """1 - the mean of 1/distance over ordered pairs; NaN for fewer than two nodes."""
    return share_of_steps(steps.distances([list(each(near)) for near in beside]), len(beside))


def share_of_steps(pairs: Sequence[int], n: int) -> float:
    """1 - the mean of 1/distance over the ordered pairs of n, of which so many are 1, 2 … steps apart."""
    return 1 - steps.closeness(pairs) / (n * (n - 1)) if n > 1 else NAN


def share_of_worries_apart(view: Snapshot, window: int | None = None) -> float:
    """Worry fragmentation; NaN where no professional has had a worry on record."""
    return share_unreachable(view.beside(*of_worries(view, window))) if view.ever_known else NAN


def share_apart_now(view: Snapshot) -> float:
    """Current fragmentation."""
    return share_unreachable(view.beside(*of_now(view)))


# networks ---------------------------------------------------------------------------------------------


class Part(NamedTuple):
    """A part of the record: some contact rows, and those whom they may join."""

    rows: tuple[Row, ...]
    nodes: tuple[str, ...]


def of_worries(view: Snapshot, window: int | None = None) -> Part:
    """All actors, and the contacts that carried a worry which a professional has had on record by the day."""
    known = frozenset(view.ever_known)
    return Part(tuple(row for row in view.contacts_in(window) if known.intersection(row.concerns)), view.actors)


def of_now(view: Snapshot) -> Part:
    """Those involved and the agencies that themselves appeared of late, and the contacts of that time."""
    recent = view.rules.recent_days
    rows = view.contacts_in(recent)
    kept = (row for row in view.rows if row.kind in KEEPING and view.when(row.date) > view.day - recent)
    appeared = {one for row in rows for one in row.named} | {one for row in kept for one in row.who}
    return Part(rows, tuple(sorted(view.involved | (appeared & view.records.agencies.keys()))))


def part_of(view: Snapshot, part: Part, *, active: bool = False) -> Network:
    """The contact network of a part of the record."""
    return Network(
        partial(view.graph_of, *part),
        view,
        active=active,
        near=partial(view.beside, *part),
        actors=part.nodes,
        joined=partial(view.contact_pairs, *part),
    )


# scores -----------------------------------------------------------------------------------------------


def parts_table(net: Network) -> pd.DataFrame:
    """The parts of a network, largest first: size, people, agencies, rows; of a graph, size and nodes."""
    lines = [
        {"size": len(part), "nodes": tuple(part), **net.split(part), "rows": net.rows(net.graph.edges(part))}
        for part in parts_of(net.graph, net.nodes())
    ]
    return net.table(lines, ("size", "people", "agencies", "rows") if net.view else ("size", "nodes"))


def _score(name: str, net: Network, value: float, said: Callable[[], str], reason: str = "") -> Score:
    """A score of a network, with the table of its parts."""
    why = reason or net.few

    def explain() -> str:
        return f"{net.whom} {said() if value == value else f'{_in_words(name)} is not defined: {why}.'}"

    return Score(
        name,
        value,
        table=lambda: parts_table(net),
        explain=explain,
        rows=lambda: net.evidence() if value == value else (),
        reason=why,
        case=net.case,
    )


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _in_parts(net: Network, by: str) -> str:
    """In how many parts a network is by contacts of a sort, and the share of pairs that are apart."""
    found = sizes(net.beside)
    if len(found) < 2:
        return f"They are one network: a chain of {by} joins every pair."
    return (
        f"They are in {len(found)} parts between which there are no {by}; the largest has {max(found)}. "
        f"{share_unreachable(net.beside):.0%} of all pairs have no chain of {by} between them."
    )


def fragmentation(
    case: CaseOrGraph, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """The share of pairs in the professional network that no chain of contacts joins.

    0: everybody can reach everybody. 1: nobody has had contact with anybody. It says nothing about what was
    passed on, only whether there was a wire: one empty meeting of all takes it to 0. Read
    :func:`worry_fragmentation` first.

    Parameters
    ----------
    case : Case or networkx.Graph
        A graph of your own is taken as undirected, without loops. Its weights are not read: take edges that stand for
        no contact, such as those of weight 0, out first. The graph of a case also holds family, ties and membership:
        give the case itself for the network of its professionals.
    at, window, rules : optional
        The date asked for, the days back from it (the actors stay), and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two actors. ``.table`` has a line per part of the
        network: ``size``, ``people``, ``agencies``, ``rows``; of a graph ``size`` and ``nodes``.

    Raises
    ------
    ArgumentError
        If this is neither a case nor a networkx graph (with what to write), or an argument does not fit.

    See Also
    --------
    worry_fragmentation : by the contacts in which something about the child moved.
    current_fragmentation : among those involved now, by the contacts of late.
    distance_fragmentation : long chains count as partly broken.
    temporal_fragmentation : in the order in which things happened.

    Notes
    -----
    F = 1 - Σ s_k (s_k - 1) / (n (n - 1)) over the sizes s_k of the parts (Borgatti 2003, 2006).

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.fragmentation(sn.load_case("victoria_climbie"))
    <Score fragmentation = 0.868 (range 0 to 1, higher is worse)>
    >>> import networkx as nx
    >>> round(float(sn.fragmentation(nx.Graph([(1, 2), (3, 4)]))), 4)
    0.6667
    """
    net = contact_network(case, at, window, rules)
    return _score("fragmentation", net, share_unreachable(net.beside), lambda: _in_parts(net, "contacts"))


def worry_fragmentation(
    case: Case, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """Fragmentation by the contacts in which a worry was passed on or stood on the table.

    0: a chain of such contacts joins every pair of those who have appeared. 1: no worry moved between any two. A
    contact in which nothing about the child moved is acquaintance, and leaves this where it is.

    Parameters
    ----------
    case : Case
    at, window, rules : optional
        By when a worry was known, how far back the contacts lie, and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two actors, or where no professional has had a worry on
        record. ``.table`` as in :func:`fragmentation`, its rows those that carried a worry.

    Notes
    -----
    F over all actors, joined by the contact rows that name a worry which a professional had on record by `at`, resolved
    or not.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.worry_fragmentation(sn.load_case("khyra_ishaq"))
    <Score worry_fragmentation = 0.608 (range 0 to 1, higher is worse)>
    """
    view = snapshot(case, at, rules)
    net = part_of(view, of_worries(view, check_window(window)))
    return _score(
        "worry_fragmentation",
        net,
        share_unreachable(net.beside) if view.ever_known else NAN,
        lambda: _in_parts(net, "contacts that carried a worry"),
        "" if view.ever_known else NONE_EVER_KNOWN,
    )


def current_fragmentation(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """Fragmentation among those who are involved now, by the contacts of late.

    Over all years :func:`fragmentation` can only fall, and says nothing of a network that fell silent. 0: a chain of
    contacts of late joins every pair. 1: no two of them have been in contact of late.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices (:doc:`/arguments`); ``recent_days`` says what is late.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined where fewer than two are involved or have appeared of late. ``.table`` as
        in :func:`fragmentation`.

    Notes
    -----
    F over the professionals involved at `at` and the agencies that themselves sent, received, attended or kept on file
    of late, joined by the contact rows whose last day (of a letter the day of reading) lies in the ``recent_days``
    (100) up to `at`.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.current_fragmentation(sn.load_case("khyra_ishaq"))
    <Score current_fragmentation = 0.962 (range 0 to 1, higher is worse)>
    """
    view = snapshot(case, at, rules)
    net = part_of(view, of_now(view), active=True)
    by = f"contacts in the last {days(view.rules.recent_days)}"
    return _score("current_fragmentation", net, share_unreachable(net.beside), lambda: _in_parts(net, by))


def distance_fragmentation(
    case: CaseOrGraph, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """Fragmentation in which a long chain of contacts counts as partly broken.

    0: everybody has had contact with everybody. 1: nobody with anybody. A pair joined through one other
    person counts as half joined.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules : optional
        As in :func:`fragmentation`; weights of a graph are not read.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two actors. ``.table`` as in :func:`fragmentation`.

    Notes
    -----
    1 - the mean of 1/d over ordered pairs, with d the number of contacts on the shortest chain and 1/∞ = 0
    (Borgatti 2006); that is 1 - global efficiency.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.distance_fragmentation(sn.load_case("worked_example"), at="2024-01-31")
    <Score distance_fragmentation = 0.278 (range 0 to 1, higher is worse)>
    """
    net = contact_network(case, at, window, rules)
    value = share_distant(net.beside)

    def said() -> str:
        return (
            f"Counting a pair as joined by 1 over the number of contacts between them, {1 - value:.0%} of what a "
            f"network of direct contacts would join is joined and {value:.0%} is not."
        )

    return _score("distance_fragmentation", net, value, said)
