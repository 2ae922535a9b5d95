"""Who could have reached whom, and by when, in any dated list of contacts.

For contact lists of your own, not only of a case: a table with a line per contact, its time and the two people in
it. Information goes along contacts in the order of their times. Contacts of one time are simultaneous, and what comes
in by one may go on in another, unless ``same_time="none"``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ..dates import BadDate, as_text, datetime64, parse_window
from ..errors import ArgumentError, DateError, choose, did_you_mean, unknown
from ..score import Score

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd


def reachability(
    contacts: pd.DataFrame,
    *,
    direction: str = "forward",
    people: Iterable[Hashable] | None = None,
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
    same_time: str = "any",
) -> pd.Series[int]:
    """How many people each person could have reached, or been reached by; the person included.

    Parameters
    ----------
    contacts : pandas.DataFrame
        A line per contact, in any order.
    direction : {"forward", "backward"}
        "forward": how many could have got what a person had from the start. "backward": from how many a person could
        have got something by the end.
    people : iterable, optional
        Everybody who counts; those without a contact reach themselves. Default: whom the contacts name.
    time, source, target : str
        Names of the columns. Times are whole numbers or dates.
    directed : bool
        Whether information moves from `source` to `target` only.
    same_time : {"any", "none"}
        Whether what comes in by one contact may go on in another of the same time.

    Returns
    -------
    pandas.Series
        Named "reachability", indexed by person.

    Raises
    ------
    ArgumentError
        If a column is missing or has an empty cell, or times are neither whole numbers nor dates.
    UnknownNameError
        If a contact names somebody who is not among `people`.

    Notes
    -----
    The sizes of the reachable sets of temporal networks (Holme and Saramäki 2012); equal to ``tReach`` of the R
    package tsna with steps of length 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import reachability
    >>> calls = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> reachability(calls).tolist()
    [4, 4, 3, 2]
    >>> reachability(calls, direction="backward").tolist()
    [2, 3, 4, 4]
    """
    import pandas as pd

    choose("direction", direction, ("forward", "backward"))
    listed = _Listed(contacts, people, time, source, target, directed, same_time)
    # whom one reaches are those by whom one is reached when time is turned round
    sizes = [sources.bit_count() for sources in listed.reach(turned_round=direction == "forward")]
    return pd.Series(sizes, index=pd.Index(listed.people, name="person"), name="reachability", dtype="int64")


def unreached(
    contacts: pd.DataFrame,
    *,
    people: Iterable[Hashable] | None = None,
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
    same_time: str = "any",
) -> Score:
    """The share of ordered pairs of people between whom nothing could have travelled: temporal fragmentation.

    Parameters
    ----------
    contacts, people, time, source, target, directed, same_time
        As in :func:`reachability`.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two people. ``.table``: ``reaches`` and ``reached_by``
        (numbers of others) per person.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`reachability`.

    See Also
    --------
    safetynet.temporal_fragmentation : the same of a case.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import unreached
    >>> calls = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> unreached(calls)  # a-b-c-d: d cannot reach a or b, nor c reach a
    <Score unreached = 0.25 (range 0 to 1, higher is worse)>
    """
    import pandas as pd

    listed = _Listed(contacts, people, time, source, target, directed, same_time)
    n = len(listed.people)
    ways = {"reaches": listed.reach(turned_round=True), "reached_by": listed.reach()}
    table = pd.DataFrame(
        {name: [sets.bit_count() - 1 for sets in found] for name, found in ways.items()},
        index=pd.Index(listed.people, name="person"),
    )
    if n < 2:
        return Score("unreached", None, table=table, reason="there are fewer than two people",
                     explain="Not defined: there are fewer than two people.")  # fmt: skip
    value = 1 - int(table["reaches"].sum()) / (n * (n - 1))
    explain = (
        f"Of the ordered pairs of {n} people, {value:.0%} could not have had anything travel from the one to the "
        "other in the order in which the contacts happened."
    )
    return Score("unreached", value, table=table, explain=explain)


def earliest_arrival(
    contacts: pd.DataFrame,
    person: Hashable,
    *,
    start: Any = None,
    people: Iterable[Hashable] | None = None,
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
    same_time: str = "any",
) -> pd.Series[Any]:
    """When what one person has could first have been with each of the others.

    Parameters
    ----------
    contacts : pandas.DataFrame
    person : hashable
        Who has it.
    start : time, optional
        From when they have it; default: the time of the first contact.
    people, time, source, target, directed, same_time
        As in :func:`reachability`.

    Returns
    -------
    pandas.Series
        Named "earliest_arrival", indexed by person: times as in the column `time`, missing where it could never have
        come; for `person` the start.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`reachability`; also if nobody is called `person`.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import earliest_arrival
    >>> calls = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> earliest_arrival(calls, "b").tolist()
    [1, 1, 2, 3]
    >>> earliest_arrival(calls, "c").tolist()
    [<NA>, 2, 1, 3]
    """
    listed = _Listed(contacts, people, time, source, target, directed, same_time)
    here = listed.number(person)
    begin = 0 if start is None else int(np.searchsorted(listed.moments, listed.moment(start, "start"), "left"))
    times = {other: listed.moments[rank] for other, rank in listed.first(here, begin).items()}
    own = listed.moments[:1] if start is None else [listed.moment(start, "start")]
    return listed.series("earliest_arrival", {**times, **dict.fromkeys([here] if len(own) else [], *own)})


def latest_departure(
    contacts: pd.DataFrame,
    person: Hashable,
    by: Any = None,
    *,
    people: Iterable[Hashable] | None = None,
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
    same_time: str = "any",
) -> pd.Series[Any]:
    """Until when each of the others could still have passed something on for it to be with one person in time.

    Parameters
    ----------
    contacts : pandas.DataFrame
    person : hashable
        Whom it has to reach.
    by : time, optional
        By when, included; default: the time of the last contact.
    people, time, source, target, directed, same_time
        As in :func:`reachability`.

    Returns
    -------
    pandas.Series
        Named "latest_departure", indexed by person: the time of the contact in which they would have had to pass it
        on at the latest, missing where no chain leads to `person` in time; for `person` itself `by`.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`reachability`; also if nobody is called `person`.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import latest_departure
    >>> calls = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> latest_departure(calls, "c").tolist()
    [1, 2, 3, 3]
    >>> latest_departure(calls, "c", by=2).tolist()
    [1, 2, 2, <NA>]
    """
    listed = _Listed(contacts, people, time, source, target, directed, same_time)
    here = listed.number(person)
    last = len(listed.moments) if by is None else int(np.searchsorted(listed.moments, listed.moment(by, "by"), "right"))
    ranks = listed.first(here, len(listed.moments) - last, turned_round=True)
    times = {other: listed.moments[-1 - rank] for other, rank in ranks.items()}
    own = listed.moments[-1:] if by is None else [listed.moment(by, "by")]
    return listed.series("latest_departure", {**times, **dict.fromkeys([here] if len(own) else [], *own)})


class _Listed:
    """A contact list with its people numbered and its times ranked from 0."""

    def __init__(self, contacts: pd.DataFrame, people: Iterable[Hashable] | None, time: str, source: str,
                 target: str, directed: bool, same_time: str) -> None:  # fmt: skip
        choose("same_time", same_time, ("any", "none"))
        check_columns(contacts, [time, source, target])
        self.directed, self.same_time = directed, same_time
        self.dates = not _is_number(contacts[time])
        self.ranks, self.moments = ranked(contacts[time], time)
        ends = [contacts[source].tolist(), contacts[target].tolist()]
        named = list(dict.fromkeys(one for pair in zip(*ends, strict=True) for one in pair))
        try:
            self.people = sorted(named) if people is None else list(dict.fromkeys(people))
        except TypeError:  # ids of different sorts have no order
            self.people = sorted(named, key=str)
        self.numbers = {one: number for number, one in enumerate(self.people)}
        if strange := [one for one in named if one not in self.numbers]:
            raise unknown("the person", strange[0], map(str, self.people))
        self.ends = [[self.numbers[one] for one in side] for side in ends]

    def in_time(self, turned_round: bool) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Each time's rank and the one-way pairs of its contacts, in order; or all of it in the time turned round."""
        ranks = len(self.moments) - 1 - self.ranks if turned_round else self.ranks
        order = np.argsort(ranks, kind="stable")
        sources, targets = (np.array(side, np.int64)[order].tolist() for side in self.ends)
        if turned_round:
            sources, targets = targets, sources
        now, pairs = -1, list[tuple[int, int]]()
        for rank, a, b in zip(ranks[order].tolist(), sources, targets, strict=True):
            if rank != now:
                if pairs:
                    yield now, pairs
                now, pairs = rank, []
            pairs.append((a, b))
            if not self.directed:
                pairs.append((b, a))
        if pairs:
            yield now, pairs

    def pass_on(self, held: list[int], pairs: list[tuple[int, int]]) -> None:
        """Let the sets of bits in `held` go along contacts of one time."""
        if self.same_time == "none":
            before = [held[a] for a, _ in pairs]
            for (_, b), items in zip(pairs, before, strict=True):
                held[b] |= items
            return
        changed = True
        while changed:
            changed = False
            for a, b in pairs:
                if held[a] & ~held[b]:
                    held[b] |= held[a]
                    changed = True

    def reach(self, turned_round: bool = False) -> list[int]:
        """For each person, the set (bits) of those from whom something could have come; see ``flow.reach``."""
        held = [1 << number for number in range(len(self.people))]
        for _, pairs in self.in_time(turned_round):
            self.pass_on(held, pairs)
        return held

    def first(self, here: int, begin: int, turned_round: bool = False) -> dict[int, int]:
        """The rank at which what `here` has from the rank `begin` on is first with each of the others."""
        held = [0] * len(self.people)
        held[here] = 1
        found: dict[int, int] = {}
        for rank, pairs in self.in_time(turned_round):
            if rank >= begin:
                self.pass_on(held, pairs)
                for _, b in pairs:
                    if held[b] and b != here:
                        found.setdefault(b, rank)
        return found

    def number(self, person: Hashable) -> int:
        if person not in self.numbers:
            raise unknown("the person", person, map(str, self.people))
        return self.numbers[person]

    def moment(self, value: Any, argument: str) -> Any:
        """A time that a caller typed, in the kind of the contact list."""
        if not self.dates:
            whole = self.moments.dtype.kind in "iu"
            kinds = (int, np.integer) if whole else (int, float, np.number)
            if isinstance(value, bool) or not isinstance(value, kinds):
                raise ArgumentError(
                    f"{argument}={value!r} is not a {'whole ' * whole}number, as the times of the contacts are."
                )
            return value
        return as_datetime(value, argument)

    def series(self, name: str, times: dict[int, Any]) -> pd.Series[Any]:
        import pandas as pd

        kind: Any = "datetime64[s]" if self.dates else "Int64" if self.moments.dtype.kind in "iu" else "float64"
        found = [times.get(number) for number in range(len(self.people))]
        values: Any = found
        series: pd.Series[Any] = pd.Series(values, index=pd.Index(self.people, name="person"), name=name, dtype=kind)
        return series


def check_columns(table: pd.DataFrame, columns: list[str]) -> None:
    """Raise an ArgumentError unless the table has all these columns and no cell of them is empty."""
    for column in columns:
        if column not in table.columns:
            raise ArgumentError(
                f"the contacts have no column {column!r}. {did_you_mean(column, map(str, table.columns))} "
                "Name the columns with time=, source= and target=."
            )
        if (empty := table[column].isna()).any():
            raise ArgumentError(f"the column {column!r} has an empty cell in row {table.index[int(empty.argmax())]}.")


def ranked(times: pd.Series[Any], column: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """The place of each time among the different times, and these in order."""
    if _is_number(times):
        values = times.to_numpy()
    elif times.dtype.kind == "M":
        values = times.to_numpy().astype("datetime64[s]")
    else:
        values = np.array([as_datetime(value, column) for value in times], dtype="datetime64[s]")
    moments, ranks = np.unique(values, return_inverse=True)
    return ranks.astype(np.int64), moments


def as_datetime(value: Any, argument: str) -> np.datetime64:
    """A day, with a time or without, as a ``datetime64[s]``."""
    if isinstance(value, np.datetime64):
        second: np.datetime64 = value.astype("datetime64[s]")
        return second
    try:
        window = parse_window(as_text(value))
    except BadDate as error:
        raise DateError(f"{argument}={str(value)!r}: {error.problem} {error.hint}") from None
    if window.first is None or window.first != window.last:
        raise DateError(f"{argument}={str(value)!r}: a contact of a list has one day. Write 2019-05-20.")
    moment: np.datetime64 = datetime64([window.first])[0] + np.timedelta64(window.time or 0, "s")
    return moment


def _is_number(times: pd.Series[Any]) -> bool:
    return times.dtype.kind in "iuf"
