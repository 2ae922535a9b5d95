"""By which channels: rich two-way contacts against one-way paper."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from ..case import Case
from ..dates import DateLike
from ..errors import choose
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .along import Along, Pair, as_pair, between, is_family

if TYPE_CHECKING:
    import pandas as pd

Parties: TypeAlias = Literal["agency", "agency_pair", "pair"]
PARTIES: tuple[Parties, ...] = get_args(Parties)


def _parties(view: Snapshot, pair: Pair, by: Parties) -> list[tuple[str, ...]]:
    """The parties whose contact a contact of a pair is; nobody's where both are of one agency."""
    if by == "pair":
        return [pair]
    ends = as_pair(view.party(pair[0]), view.party(pair[1]))
    if ends[0] == ends[1]:
        return []
    return [ends] if by == "agency_pair" else [(ends[0],), (ends[1],)]


def mixes(view: Snapshot, by: Parties) -> list[dict[str, Any]]:
    """The contacts of each party by whether information moved both ways, most contacts first."""
    found: defaultdict[tuple[str, ...], Along] = defaultdict(Along)
    for pair, row, way in between(view):
        if not any(is_family(view, one) for one in pair):
            for parties in _parties(view, pair, by):
                found[parties].add(row, way)
    lines = [{"parties": parties, **along.mix()} for parties, along in found.items()]
    return sorted(lines, key=lambda line: (-line["contacts"], line["parties"]))


def channel_mix(
    case: Case, at: DateLike | None = None, *, by: Parties = "agency", rules: Rules | None = None
) -> pd.DataFrame:
    """Rich two-way contacts against one-way paper, between agencies.

    A telephone call or a meeting lets the other ask back; a letter or a fax does not.

    Parameters
    ----------
    case : Case
    by : {"agency", "agency_pair", "pair"}
        A line per agency (its contacts with other agencies), per pair of agencies, or per pair of professionals and
        agency desks (also within an agency).
    at, rules : optional
        As in :func:`working_relationships`.

    Returns
    -------
    pandas.DataFrame
        Most contacts first: ``parties`` (one or two ids; a professional without an agency stands for themselves),
        ``contacts`` (contact rows that reached), ``rich`` (in which information moved both ways), ``paper`` (one way),
        ``rich_share`` (0 to 1; NaN without a contact), ``not_arrived`` (rows that did not arrive) and ``rows``.

    Raises
    ------
    ArgumentError
        If `by` is none of these.

    Examples
    --------
    >>> import safetynet as sn
    >>> mix = sn.channel_mix(sn.load_case("worked_example"), at="2024-01-31")
    >>> mix[["parties", "rich", "paper"]].values.tolist()
    [[('council',), 2, 0], [('school',), 1, 1], [('health',), 0, 1], [('police',), 1, 0]]
    """
    choose("by", by, PARTIES)
    columns = ("parties", "contacts", "rich", "paper", "rich_share", "not_arrived", "rows")
    return tidy(mixes(snapshot(case, at, rules), by), columns)
