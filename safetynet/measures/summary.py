"""All scores of a case on one date, and on every date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case, need_case
from ..dates import datetime64
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules, as_rules
from ..score import NAN
from .agencies import agency_graph
from .assumptions import circular_groups
from .chances import missed, missed_number
from .clusters import parts
from .exclusive import kinds
from .fragmentation import share_distant, share_unreachable
from .meeting import meeting_size
from .networks import Network
from .picture import best_share, share_apart
from .responsibility import MODELS, mean_index, states
from .temporal import share_out_of_reach

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("people", "professionals", "agencies", "concerns", "contacts", "meetings")
NAMES = (
    *COUNTS, "fragmentation", "distance_fragmentation", "temporal_fragmentation", "agency_fragmentation", "ei_index",
    "concern_clusters", "unshared_pairs", "best_picture", "exclusive_concerns", "smallest_meeting", "diffusion",
    "unowned_share", "unowned_concerns", "circular_assumptions", "missed_opportunities",
)  # fmt: skip


def scores(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.Series[float]:
    """Every headline number of a case on one date.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.Series
        Named by the id of the case. First what has appeared by `at`: ``people`` (who of any row, to of a contact
        row), ``professionals`` among them, ``agencies`` (theirs, and those that appear themselves), ``concerns``
        on anybody's record, ``contacts`` (told, asked, declined), ``meetings`` (met). Then the scores, each as
        the function or table of the same name has it: ``fragmentation``, ``distance_fragmentation``,
        ``temporal_fragmentation``, ``agency_fragmentation``, ``ei_index``, ``concern_clusters`` (how many),
        ``unshared_pairs``, ``best_picture``, ``exclusive_concerns`` (of the kind "one person"),
        ``smallest_meeting`` (people), ``diffusion``, ``unowned_share``, ``unowned_concerns``,
        ``circular_assumptions`` (groups of agencies), ``missed_opportunities`` (contact rows). NaN where a score
        is not defined; counts are 0 where there is nothing to count.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    scores_over_time : the same on every date on which something happened.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.scores(sn.load_case("worked_example"), at="2024-01-31").round(4)
    people                    4.0000
    professionals             4.0000
    agencies                  4.0000
    concerns                  3.0000
    contacts                  2.0000
    meetings                  1.0000
    fragmentation             0.0000
    distance_fragmentation    0.2778
    temporal_fragmentation    0.5000
    agency_fragmentation      0.0000
    ei_index                  1.0000
    concern_clusters          1.0000
    unshared_pairs            0.3077
    best_picture              0.7778
    exclusive_concerns        1.0000
    smallest_meeting          2.0000
    diffusion                 0.3457
    unowned_share             1.0000
    unowned_concerns          3.0000
    circular_assumptions      0.0000
    missed_opportunities      0.0000
    Name: worked_example, dtype: float64
    """
    import pandas as pd

    values = all_scores(snapshot(case, at, rules))
    return pd.Series(values, index=list(NAMES), dtype=float, name=case.id)


def scores_over_time(case: Case, *, rules: Rules | None = None) -> pd.DataFrame:
    """Every headline number on every date on which something happened.

    Parameters
    ----------
    case : Case
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        Indexed by ``date``: the days by which a row of the chronology had certainly happened or been read (with
        ``Rules(dates="earliest")``, possibly), also those after a harm. Columns as the index of :func:`scores`.

    See Also
    --------
    scores : on one date.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.scores_over_time(sn.load_case("worked_example"))
    >>> table[["professionals", "concerns", "best_picture"]].tail(2).round(2)
                professionals  concerns  best_picture
    date
    2024-01-25            4.0       3.0          0.56
    2024-01-30            4.0       3.0          0.78
    """
    import pandas as pd

    settled = as_rules(rules)
    days = score_days(need_case(case), settled)
    lines = [all_scores(Snapshot(case, day, settled)) for day in days]  # none is kept: each is asked once
    index = pd.DatetimeIndex(datetime64(days), name="date")
    return pd.DataFrame(lines, columns=list(NAMES), index=index, dtype=float)


def score_days(case: Case, rules: Rules) -> list[int]:
    """The days on which something happened: on which a row counts, and on which one was read later."""
    windows = [window for row in case._records.rows for window in (row.date, row.reached)]
    return sorted({window.last if rules.dates == "latest" else window.first for window in windows})


def all_scores(view: Snapshot) -> dict[str, float]:
    """Every score by the day of a snapshot, without the tables behind them."""
    graph, enough = view.contact_graph(), len(view.actors) >= 2
    found = states(view)
    unowned = [worry for worry, state in found.items() if not state.owned]
    known = view.total(view.worries)
    net = Network(graph, view, {actor: view.party(actor) for actor in graph})
    return {
        **_counts(view),
        "fragmentation": share_unreachable(graph) if enough else NAN,
        "distance_fragmentation": share_distant(graph) if enough else NAN,
        "temporal_fragmentation": share_out_of_reach(view) if enough else NAN,
        "agency_fragmentation": _share_of_agencies_apart(net),
        "ei_index": _across_agencies(net),
        "concern_clusters": len(parts(view)),
        "unshared_pairs": share_apart(view, view.pieces().values()),
        "best_picture": best_share(view, view.pieces().values()),
        "exclusive_concerns": list(kinds(view).values()).count("one person"),
        "smallest_meeting": meeting_size(view),
        "diffusion": mean_index(view, MODELS[0]),
        "unowned_share": view.total(unowned) / known if found else NAN,
        "unowned_concerns": len(unowned),
        "circular_assumptions": len(circular_groups(view)),
        "missed_opportunities": missed_number(view, missed(view)),
    }


def _counts(view: Snapshot) -> dict[str, float]:
    names = {name for row in view.rows for name in (*row.who, *(row.to if row.is_contact else ()))}
    people = names & view.records.people.keys()
    agencies = {view.records.people[name].agency for name in people} - {""} | (names & view.records.agencies.keys())
    numbers = (
        len(people), len(people & view.professionals), len(agencies), len(view.holders),
        sum(row.is_sent for row in view.rows), sum(row.kind == "met" for row in view.rows),
    )  # fmt: skip
    return dict(zip(COUNTS, map(float, numbers), strict=True))


def _share_of_agencies_apart(net: Network) -> float:
    """Agency fragmentation."""
    graph = agency_graph(net)
    return share_unreachable(graph) if len(graph) >= 2 else NAN


def _across_agencies(net: Network) -> float:
    """The E-I index."""
    total = net.graph.number_of_edges()
    external = sum(net.group[a] != net.group[b] for a, b in net.graph.edges)
    return (2 * external - total) / total if total else NAN
