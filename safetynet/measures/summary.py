"""All scores of a case on one date, and on every date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..case import Case, need_case
from ..dates import DateLike, datetime64
from ..memory import without_collector
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules, as_rules
from .daily import daily
from .headline import NAMES, numbers

if TYPE_CHECKING:
    import pandas as pd


def scores(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.Series[float]:
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
        Named by the id of the case, indexed by ``score``; what matters first stands first. Before the scores the
        counts of what has appeared by `at`: ``people`` (who of any row but expected and needed, to or present of a
        contact row), ``professionals`` among them, ``agencies`` (of all these people, and those that appear
        themselves), ``concerns`` on anybody's record, ``contacts`` (told, asked, declined), ``meetings`` (met). The
        scores are each as the function or table of the same name has it: ``concern_clusters`` how many,
        ``exclusive_concerns`` those of the kind "one person", ``smallest_meeting`` people, ``circular_assumptions``
        groups of agencies, ``missed_opportunities`` pairs of agencies on a day. NaN where a score is not defined;
        counts are 0 where there is nothing to count.

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
    score
    people                    4.0000
    professionals             4.0000
    agencies                  4.0000
    concerns                  3.0000
    contacts                  2.0000
    meetings                  1.0000
    best_picture              0.7778
    unshared_pairs            0.3077
    concern_clusters          1.0000
    exclusive_concerns        1.0000
    smallest_meeting          2.0000
    unowned_share             1.0000
    unowned_concerns          3.0000
    diffusion                 0.3457
    circular_assumptions      0.0000
    missed_opportunities      0.0000
    missed_share              0.0000
    worry_fragmentation       0.0000
    fragmentation             0.0000
    distance_fragmentation    0.2778
    temporal_fragmentation    0.5000
    current_fragmentation     0.0000
    agency_fragmentation      0.0000
    ei_index                  1.0000
    Name: worked_example, dtype: float64
    """
    import pandas as pd

    values = numbers(snapshot(case, at, rules))
    return pd.Series(list(values.values()), index=pd.Index(NAMES, name="score"), dtype=float, name=case.id)


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
    score       professionals  concerns  best_picture
    date
    2024-01-25            4.0       3.0          0.56
    2024-01-30            4.0       3.0          0.78
    """
    import pandas as pd

    settled = as_rules(rules)
    days = score_days(need_case(case), settled)
    with without_collector():
        carried = daily(case, settled, days)
        lines = None if carried is None else list(carried)
    if lines is None:
        lines = [numbers(Snapshot(case, day, settled)) for day in days]  # none is kept: each is asked once
    index = pd.DatetimeIndex(datetime64(days), name="date")
    return pd.DataFrame(lines, columns=pd.Index(NAMES, name="score"), index=index, dtype=float)


def score_days(case: Case, rules: Rules) -> list[int]:
    """The days on which something happened: on which a row counts, and on which one was read later."""
    windows = [window for row in case._records.rows for window in (row.date, row.reached)]
    return sorted({window.last if rules.dates == "latest" else window.first for window in windows})
