"""What a score would look like if the record had fewer contacts, and which way further ones could move it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..errors import ArgumentError, choose
from ..measures.headline import NAMES
from ..rules import Rules
from ..tidy import tidy
from .draws import Variant, asked, band, check_draws, check_share, stream, values

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Direction = Literal["down", "up", "either"]
DIRECTIONS: Mapping[str, Direction] = MappingProxyType(
    {
        "best_picture": "up",
        "unshared_pairs": "down",
        "smallest_meeting": "down",
        "worry_fragmentation": "down",
        "fragmentation": "down",
        "distance_fragmentation": "down",
        "temporal_fragmentation": "down",
        "agency_fragmentation": "down",
    }
)
"""Which way a contact between two who are in the network already, about nothing new, can move a score by then."""

COUNTED = ("people", "professionals", "agencies", "concerns", "contacts", "meetings")
EVERY = "every"


def envelope(
    case: Case,
    at: DateLike | None = None,
    *,
    shares: Iterable[float] = (0.05, 0.1, 0.2),
    draws: int = 200,
    seed: int = 1,
    by: Literal["channel"] | None = None,
    level: float = 0.95,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """How far each score moves when some contacts are not in the record, and which way missing ones can only move it.

    Nobody knows the contacts that were not recorded. What can be tried is to leave out as many again: in each draw a
    share of the contact rows by `at` is left out, each as likely. How far a score moves then says how much it depends
    on the record being whole; the true score lies, if anything, on the other side. What was done about a row that is
    left out is left out with it.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    shares : floats
        Which shares of the contact rows are left out: to the nearest row, at least one.
    draws : int
        How many times for each share.
    seed : int
        The same seed gives the same draws. In one draw, what a smaller share leaves out a larger one does too.
    by : {"channel"}, optional
        Also the contact rows of one channel alone, channel by channel: what if the letters were not kept?
    level : float
        Which middle share of the draws lies from ``low`` to ``high``.

    Returns
    -------
    pandas.DataFrame
        A row per channel, share and score: ``score``, ``channel`` ("every" for all of them, "none" where the record
        has no channel), ``share``, ``low``, ``high``, ``defined`` (the share of draws in which it is defined),
        ``value`` (of the record as it stands), ``expected`` (the mean over the draws), ``direction`` and ``number``
        (how many rows were left out). No rows where there is no contact.

    Raises
    ------
    ArgumentError
        If a share, `draws`, `seed`, `by` or `level` is out of its range.

    See Also
    --------
    intervals : dates and rows that are not sure.
    matters_stability : which matters stay among the first ten.

    Notes
    -----
    ``direction`` says which way further contact rows can move the score: *up* or *down* if they join two who are in the
    network already (professionals who have appeared, agencies that themselves appeared) and carry nothing but worries
    that a professional is known to have had by then; *either* where even such rows may do both. A contact that
    brings in somebody new, or news, can move every score either way, but the counts, which it can only raise.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.envelope(sn.load_case("worked_example"), shares=[0.3], draws=20)
    >>> table.set_index("score").loc[["fragmentation"], ["low", "high", "value", "direction", "number"]].round(2)
                   low  high  value direction  number
    score
    fragmentation  0.5  0.67    0.0      down       1
    """
    check_draws(draws, seed)
    level = check_share("level", level)
    wanted = _shares(shares)
    if by is not None:
        choose("by", by, ("channel",))
    view, value = asked(case, at, rules)
    lines: list[dict[str, Any]] = []
    for channel, rows in _groups(view.contacts, by).items():
        for share in wanted:
            number = how_many(share, rows)
            drawn = values(view, thinned(rows, number, draws, seed), f"Leaving out contacts: {channel}", draws)
            about = {"channel": channel, "share": share, "number": number}
            lines += [
                _line(name, drawn[:, place], level, value=value[name], **about) for place, name in enumerate(NAMES)
            ]
    columns = ("score", "channel", "share", "low", "high", "defined", "value", "expected", "direction", "number")
    return tidy(lines, columns)


def _line(name: str, drawn: np.ndarray[Any, Any], level: float, **more: Any) -> dict[str, Any]:
    import numpy as np

    there = drawn[~np.isnan(drawn)]
    expected = float(there.mean()) if len(there) else np.nan
    return {"score": name, **band(drawn, level), "expected": expected, "direction": direction(name), **more}


def direction(score: str) -> Direction:
    """Which way further contacts on record can move a score."""
    return "up" if score in COUNTED else DIRECTIONS.get(score, "either")


def _shares(given: Iterable[float]) -> list[float]:
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise ArgumentError(f"shares={given!r} is no list of shares. Write shares=(0.05, 0.1, 0.2).")
    return [check_share("each of shares", share) for share in given]


def _groups(contacts: Sequence[Row], by: str | None) -> dict[str, list[Row]]:
    """The contact rows in which some are left out together, in the order of their names."""
    groups = {EVERY: list(contacts)} if contacts else {}
    if by == "channel":
        for channel in sorted({row.channel or "none" for row in contacts}):
            groups[channel] = [row for row in contacts if (row.channel or "none") == channel]
    return groups


def thinned(rows: Sequence[Row], number: int, draws: int, seed: int, *purpose: int) -> Iterator[Variant]:
    """So many of the rows left out in each draw: those with the lowest numbers, which each purpose has of its own."""
    names = sorted(row.id for row in rows)
    for draw in range(draws):
        chances = stream(seed, draw, *purpose).random(len(names)).tolist()
        yield [name for _, name in sorted(zip(chances, names, strict=True))[:number]], {}


def how_many(share: float, rows: Sequence[Row]) -> int:
    """How many rows a share is: to the nearest, at least one."""
    return max(1, int(share * len(rows) + 0.5))
