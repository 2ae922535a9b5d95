"""Who could have reached whom, and by when, in any dated list of contacts.

For contact lists of your own: a table with a line per contact, its time and the two people in it. Information goes
along contacts in the order of their times. Contacts of one time are simultaneous, and what comes in by one may go on
in another, unless ``same_time="none"``; so are those of one day, where none has a time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, Unpack

import numpy as np

from ..errors import ArgumentError, choose, did_you_mean, type_of, unknown, yes_or_no
from ..labels import label_index, sorted_labels
from ..score import Score
from .edges import BEFORE, Edge, turned_round
from .flow import Spread, spread, through_moments
from .sweep import Fact
from .times import Span, TimeLike, Times, times_of

if TYPE_CHECKING:
    import pandas as pd

Direction: TypeAlias = Literal["forward", "backward"]
SameTime: TypeAlias = Literal["any", "none"]


class Listing(TypedDict, total=False):
    """How a table lists contacts; explained at :func:`reachability`."""

    people: Iterable[Hashable] | None
    time: str
    source: str
    target: str
    directed: bool
    same_time: SameTime


def reachability(
    contacts: pd.DataFrame,
    *,
    direction: Direction = "forward",
    people: Iterable[Hashable] | None = None,
    time: str = "time",
    source: str = "source",
    target: str = "target",
    directed: bool = False,
    same_time: SameTime = "any",
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
        Names of the columns. Times are numbers, durations, or dates: days, or days with a time, parts of a second and
        a time zone included. A day without a time is the whole day, so that its contact may have been before or after
        any other of that day; a ``datetime`` at midnight is such a day, as in a case.
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
        If `contacts` is no table, a column is missing or has an empty cell, or times are of no such sort; with what
        to do.
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
    listed = ContactList(
        contacts, people=people, time=time, source=source, target=target, directed=directed, same_time=same_time
    )
    sizes = [bits.bit_count() for bits in (listed.reach() if direction == "forward" else listed.reached_by())]
    return pd.Series(sizes, index=listed.index(), name="reachability", dtype="int64")


def unreached(contacts: pd.DataFrame, **listing: Unpack[Listing]) -> Score:
    """The share of ordered pairs of people between whom nothing could have travelled: temporal fragmentation.

    Parameters
    ----------
    contacts : pandas.DataFrame
    **listing
        What :func:`reachability` takes besides: ``people``, ``time``, ``source``, ``target``, ``directed``,
        ``same_time``.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two people. ``.table``: ``reaches`` and ``reached_by``
        (numbers of others) per person.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`reachability`.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import unreached
    >>> calls = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> unreached(calls)  # a-b-c-d: d cannot reach a or b, nor c reach a
    <Score unreached = 0.25 (range 0 to 1, higher is worse)>
    """
    import pandas as pd

    listed = ContactList(contacts, **listing)
    n = len(listed.people)
    ways = {"reaches": listed.reach(), "reached_by": listed.reached_by()}
    found = {name: pd.array([bits.bit_count() - 1 for bits in sets], dtype="Int64") for name, sets in ways.items()}
    table = pd.DataFrame(found, index=listed.index())
    if n < 2:
        few = "there are fewer than two people"
        return Score("unreached", None, table=table, reason=few, explain=f"Not defined: {few}.")
    value = 1 - int(table["reaches"].sum()) / (n * (n - 1))
    explain = (
        f"Of the ordered pairs of {n} people, {value:.0%} could not have had anything travel from the one to the "
        "other in the order in which the contacts happened."
    )
    return Score("unreached", value, table=table, explain=explain)


def earliest_arrival(
    contacts: pd.DataFrame, person: Hashable, *, start: TimeLike | None = None, **listing: Unpack[Listing]
) -> pd.Series[Any]:
    """When what one person has could first have been with each of the others.

    Parameters
    ----------
    contacts : pandas.DataFrame
    person : hashable
        Who has it.
    start : time, optional
        From when they have it, a day or month from its beginning; default: the time of the first contact.
    **listing
        ``people``, ``time``, ``source``, ``target``, ``directed``, ``same_time``, as in :func:`reachability`.

    Returns
    -------
    pandas.Series
        Named "earliest_arrival", indexed by person: times as in the column `time`, in its time zone, missing where it
        could never have come; for `person` the start.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`reachability`; also if nobody is called `person`, or `start` is no such time.

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
    listed = ContactList(contacts, **listing)
    here = listed.number(person)
    typed = None if start is None else listed.times.span(start, "start")
    begin = 0 if typed is None else listed.times.before(typed)
    return listed.series("earliest_arrival", listed.first(here, begin), here, typed)


def latest_departure(
    contacts: pd.DataFrame, person: Hashable, at: TimeLike | None = None, **listing: Unpack[Listing]
) -> pd.Series[Any]:
    """Until when each of the others could still have passed something on for it to be with one person in time.

    Parameters
    ----------
    contacts : pandas.DataFrame
    person : hashable
        Whom it has to reach.
    at : time, optional
        By when, included, a day or month to its end; default: the time of the last contact.
    **listing
        As in :func:`earliest_arrival`.

    Returns
    -------
    pandas.Series
        Named "latest_departure", indexed by person: the time of the contact in which they would have had to pass it
        on at the latest, missing where no chain leads to `person` in time; for `person` itself `at`.

    Raises
    ------
    ArgumentError, UnknownNameError
        As in :func:`earliest_arrival`, of `at`.

    Examples
    --------
    >>> import pandas as pd
    >>> from safetynet.spread.contact_lists import latest_departure
    >>> calls = pd.DataFrame([(1, "a", "b"), (2, "b", "c"), (3, "c", "d")], columns=["time", "source", "target"])
    >>> latest_departure(calls, "c").tolist()
    [1, 2, 3, 3]
    >>> latest_departure(calls, "c", at=2).tolist()
    [1, 2, 2, <NA>]
    """
    listed = ContactList(contacts, **listing)
    here = listed.number(person)
    typed = None if at is None else listed.times.span(at, "at")
    by = len(listed.times) if typed is None else listed.times.until(typed)
    return listed.series("latest_departure", listed.last(here, by), here, typed)


class ContactList:
    """A contact list with its people numbered and its contacts as edges in time."""

    def __init__(self, contacts: pd.DataFrame, **listing: Unpack[Listing]) -> None:
        if other := listing.keys() - Listing.__annotations__:
            raise TypeError(f"a contact list has no {sorted(other)[0]}=; it has {', '.join(Listing.__annotations__)}.")
        choose("same_time", listing.get("same_time", "any"), ("any", "none"))
        self.apart = listing.get("same_time") == "none"
        self.directed = listing.get("directed", False)
        yes_or_no(directed=self.directed)
        columns = [listing.get("time", "time"), listing.get("source", "source"), listing.get("target", "target")]
        check_columns(contacts, columns)
        self.times: Times = times_of(contacts[columns[0]], columns[0])
        ends = [contacts[column].tolist() for column in columns[1:]]
        self.people = _people(listing.get("people"), ends)
        self.numbers = {one: number for number, one in enumerate(self.people)}
        if strange := [one for side in ends for one in side if one not in self.numbers]:
            raise unknown("the person", strange[0], map(str, self.people))
        self.sources, self.targets = ([self.numbers[one] for one in side] for side in ends)

    def spread(self, facts: Sequence[Fact], *, since: int | None = None, turned: bool = False) -> Spread:
        """Let items spread along the contacts from a place in the order of times on; or back, in the time turned round.

        Ticks are those places, less than 0 in the time turned round.
        """
        if (self.times.begins == self.times.ends).all():
            return through_moments(len(self.people), facts, self._moments(since, turned), apart=self.apart)
        edges = self._edges()
        found = spread(len(self.people), facts, turned_round(edges) if turned else edges)
        sign = -1 if turned else 1
        return Spread(found.held, [(sign * (sign * tick // 2), holder, items) for tick, holder, items in found.gains])

    def _moments(self, since: int | None, turned: bool) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Each time and the one-way pairs of its contacts, in order."""
        ticks = -self.times.begins if turned else self.times.begins
        order = np.argsort(ticks, kind="stable")
        sources, targets = (np.array(side, np.int64)[order].tolist() for side in (self.sources, self.targets))
        if turned:
            sources, targets = targets, sources
        listed = ticks[order].tolist()
        now, pairs = listed[0] if since is None and listed else since or 0, list[tuple[int, int]]()
        for tick, a, b in zip(listed, sources, targets, strict=True):
            if tick > now:
                yield now, pairs
                now, pairs = tick, []
            if tick == now:
                pairs.append((a, b))
                if not self.directed:
                    pairs.append((b, a))
        yield now, pairs

    def _edges(self) -> list[Edge]:
        """The contacts as edges, with two ticks to each place in the order of times."""
        arrives, leaves = (2 * self.times.begins).tolist(), (2 * self.times.ends).tolist()
        if self.apart:  # what was known before, and only after: nothing goes on at the same time
            arrives, leaves = [end + 1 for end in leaves], arrives
        ways = [(self.sources, self.targets)]
        if not self.directed:
            ways.append((self.targets, self.sources))
        return [Edge(*edge) for one, other in ways for edge in zip(one, other, leaves, arrives, strict=True)]

    def reached_by(self) -> list[int]:
        """For each person, the set (bits) of those from whom something could have come, themselves included."""
        return self.spread(self._everybody()).held

    def reach(self) -> list[int]:
        """For each person, whom something could have reached from them: the same in the time turned round."""
        return self.spread(self._everybody(), turned=True).held

    def _everybody(self) -> list[Fact]:
        return [(person, 1 << person, BEFORE) for person in range(len(self.people))]

    def first(self, here: int, begin: int) -> dict[int, int]:
        """The place in the order of times at which what `here` has from a place on is first with each of the others."""
        return self._ticks(here, begin)

    def last(self, here: int, until: int) -> dict[int, int]:
        """The last place at which each of the others could pass something on to be with `here` before a place."""
        return {person: -tick for person, tick in self._ticks(here, 1 - until, turned=True).items()}

    def _ticks(self, here: int, since: int, *, turned: bool = False) -> dict[int, int]:
        start = 2 * since - turned
        found = self.spread([(here, 1, start)], since=since, turned=turned).first()
        return {person: tick for (person, _), tick in found.items() if person != here}

    def number(self, person: Hashable) -> int:
        """The number of a person."""
        try:
            return self.numbers[person]
        except (KeyError, TypeError):
            raise unknown("the person", person, map(str, self.people)) from None

    def index(self) -> pd.Index[Any]:
        """The people as an index."""
        return label_index(self.people, "person")

    def series(self, name: str, places: dict[int, int], here: int, typed: Span | None) -> pd.Series[Any]:
        """Times at places, by person; for `here` the time that was typed, or the first or last of all."""
        import pandas as pd

        if typed is None and len(self.times):
            places[here] = 0 if name == "earliest_arrival" else len(self.times) - 1
        listed = [places.get(number) for number in range(len(self.people))]
        shown = self.times.shown(listed, [] if typed is None else [(here, typed)])
        return pd.Series(shown, index=self.index(), name=name)


def _people(people: Iterable[Hashable] | None, ends: Sequence[Sequence[Hashable]]) -> list[Hashable]:
    """Everybody who counts, each once: as given, or whom the contacts name."""
    try:
        if people is None:
            return sorted_labels(dict.fromkeys(one for pair in zip(*ends, strict=True) for one in pair))
        if not isinstance(people, (str, bytes)):
            return list(dict.fromkeys(people))
    except TypeError:
        pass
    where = "the columns of source and target have" if people is None else f"people={people!r} has"
    raise ArgumentError(f"{where} something that names nobody. People are named by texts, numbers or tuples.")


def check_columns(table: object, columns: list[str]) -> None:
    """Raise an ArgumentError unless this is a table that has all these columns once, without an empty cell."""
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(f"a table of contacts is needed, not {type_of(table)}. {_to_table(table, columns)}")
    for column in columns:
        if column not in table.columns:
            near = did_you_mean(column, map(str, table.columns))
            where = "Name the columns with time=, source= and target=."
            raise ArgumentError(" ".join(filter(None, (f"the contacts have no column {column!r}.", near, where))))
        if isinstance(table[column], pd.DataFrame):
            raise ArgumentError(f"the contacts have two columns {column!r}. Rename one of them.")
        if (empty := table[column].isna()).any():
            raise ArgumentError(f"the column {column!r} has an empty cell in row {table.index[int(empty.argmax())]}.")


def _to_table(thing: object, columns: list[str]) -> str:
    """What to write to make a table of something."""
    if hasattr(thing, "to_pandas"):
        return "Write .to_pandas() first."
    if hasattr(thing, "edges"):
        return "Write networkx.to_pandas_edgelist(graph) first, and give each edge its time."
    if type(thing).__name__ == "Case":
        return "Of a case ask sn.knowledge(case, world='possible') or sn.temporal_fragmentation(case)."
    return f"Write pandas.DataFrame(contacts, columns={columns!r}) first."
