"""Fragmentation in the order in which things happened: could anything have travelled from the one to the other?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import Score
from ..spread import flow
from ..tidy import tidy
from .fragmentation import share_of_pairs, share_unreachable
from .networks import Network, check_window, contact_network

if TYPE_CHECKING:
    from collections.abc import Sequence


FEW = 16  # of a chronology with twice as many rows for each actor, the first so many may have joined them all


class Reach(NamedTuple):
    """How many others something could have reached from one actor, and have come from, in time."""

    actor: str
    agency: str
    reaches: int
    reached_by: int
    static: int
    hidden: int
    rows: tuple[str, ...]


def share_out_of_reach(
    view: Snapshot, dates: Literal["earliest", "latest"] = "earliest", window: int | None = None
) -> float:
    """The share of ordered pairs without a time-respecting chain, for the best or worst dates."""
    rows, number = view.contacts_in(window), len(view.actors)
    few = rows[: FEW * number]
    if len(rows) >= 2 * len(few) and len({one for row in few for one in row.named}.intersection(view.actors)) == number:
        reached = flow.reach(number, view.edges(dates, rows=few))
        if all(held.bit_count() == number for held in reached):  # what came later takes nothing away
            return _share(reached)
    return _share(flow.reach(number, view.edges(dates, rows=rows)))


def _share(reached: Sequence[int]) -> float:
    return share_of_pairs(sum(held.bit_count() - 1 for held in reached), len(reached))


def lines(view: Snapshot, reached: Sequence[int], window: int | None = None) -> list[Reach]:
    """How far each actor reaches; `reached` are the sets of actors who could have reached each."""
    import networkx as nx

    net = Network(view.contact_graph(window), view)
    joined = {one: len(part) - 1 for part in nx.connected_components(net.graph) for one in part}
    found = []
    for place, one in enumerate(view.actors):
        reaches = sum(held >> place & 1 for held in reached) - 1
        by, static = reached[place].bit_count() - 1, joined[one]
        rows = net.rows(net.graph.edges(one))
        found.append(Reach(one, view.party(one), reaches, by, static, static - reaches, rows))
    return found


def temporal_fragmentation(
    case: Case, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """The share of ordered pairs between whom nothing could have travelled in the order in which things happened.

    A picture of who had contact lets information travel backwards in time. This one does not: from i to j there
    must be a chain of contacts, each not before the one that feeds it. What it exceeds :func:`fragmentation` by
    is what the static picture hides.

    Parameters
    ----------
    case : Case
    at, window, rules : optional
        As in :func:`fragmentation`; ``Rules(same_day=...)`` says what may pass on within a day.

    Returns
    -------
    Score
        0 to 1, higher is worse. The number takes the most favourable day within each partial date: what could
        not have travelled even then; ``.high`` takes the least favourable. Not defined with fewer than two
        actors. ``.table``: a line per actor (index ``actor``) with ``agency``, ``reaches`` and ``reached_by`` (numbers
        of others, most favourable dates), ``static`` (others in the same part of the static network), ``hidden`` (of
        those, how many it could not reach in time) and ``rows``.

    Notes
    -----
    Reachability over time-respecting paths, as in tsna's ``tReach`` with steps of length 0 for rows that may
    share a day (``Rules(same_day="any")``).

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.temporal_fragmentation(sn.load_case("worked_example"), at="2024-01-31")
    >>> score, int(score.table.loc["G", "reaches"])  # the doctor's letter came after the only call
    (<Score temporal_fragmentation = 0.5 (range 0 to 1, higher is worse)>, 1)
    """
    view = snapshot(case, at, rules)
    days = check_window(window)
    net = contact_network(case, at, days, rules)
    best = flow.reach(len(view.actors), view.edges("earliest", days))
    value = _share(best)

    def explain() -> str:
        if value != value:
            return f"{net.whom} Temporal fragmentation is not defined: {net.few}."
        return (
            f"{net.whom} In the order in which things happened, {value:.0%} of ordered pairs could not have had "
            "anything travel from the one to the other. The static picture hides "
            f"{value - share_unreachable(net.beside):.0%} of pairs: it joins them only by letting information go "
            "backwards in time."
        )

    return Score(
        "temporal_fragmentation",
        value,
        high=lambda: share_out_of_reach(view, "latest", days),
        table=lambda: tidy(lines(view, best, days), Reach._fields[1:], index="actor"),
        explain=explain,
        rows=lambda: net.evidence() if value == value else (),
        reason=net.few,
        case=case,
    )
