"""Who knew what when: three worlds, each a first-known date for every (holder, concern).

*recorded* is what the chronology says. *possible* adds what whoever spoke could have passed on in the contacts
that are recorded. *permitted* lets only that pass which the case's permissions allow. A cell is **certain**,
**possible** or **no record**; "no record" is about the record and never says that somebody did not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..case import Case, need_case
from ..case.records import Row
from ..dates import DAY, DateLike, Window, datetime64
from ..errors import choose, unknown, unknown_holder
from ..rules import Rules, as_rules
from ..spread import chains
from ..spread.edges import Edge
from ..spread.flow import Spread, spread
from ..tidy import column, tidy
from .confirmation import NOTHING, Unconfirmed, confirmations, moves, unconfirmed
from .entries import FROM_OTHERS, Entries, Entry, Holding, entries
from .passages import contact_actors, fact_tick, timed_edges
from .permissions import Mask
from .snapshot import Snapshot, snapshot_on

if TYPE_CHECKING:
    import pandas as pd

World = Literal["recorded", "possible", "permitted"]
Dates = Literal["latest", "earliest"]
WORLDS = ("recorded", "possible", "permitted")
READINGS = ("latest", "earliest")


def knowledge(case: Case, world: World = "recorded", *, rules: Rules | None = None) -> Knowledge:
    """Who knew what when, in one of three worlds.

    It takes no date: what it gives is of every day, and is asked for one, as in ``.state(at="2024-01-31")``.

    Parameters
    ----------
    case : Case
    world : {"recorded", "possible", "permitted"}
        "recorded": what rows say was seen or passed on. "possible": besides, whatever a professional or agency
        who speaks in a contact knows by then may pass to the others in it (an upper bound on what talking could
        have done). "permitted": as possible, but unrecorded passing needs a permission that is required,
        permitted or, as an upper bound, unknown.
    rules : Rules, optional
        ``same_day`` says whether what was learnt in one untimed contact of a day may be passed on in another,
        ``unconfirmed`` whether paper that nobody confirms counts as arrived.

    Returns
    -------
    Knowledge
        Computed once for a case, a world and its rules; asking again costs nothing.

    Raises
    ------
    ArgumentError
        If `world` is not one of the three.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> known = sn.knowledge(case)
    >>> known.state(at="2024-01-31").loc["S", "c1"]
    'certain'
    >>> known.state(at="2024-01-31").loc["S", "c2"]
    'no record'
    >>> sn.knowledge(case, world="possible").state(at="2024-01-31").loc["S", "c2"]
    'certain'
    """
    need_case(case)
    choose("world", world, WORLDS)
    return _knowledge(case, world, as_rules(rules), None)


def _knowledge(case: Case, world: World, rules: Rules, day: int | None) -> Knowledge:
    """The knowledge of a case, where the rules ask for it with the paper that nobody confirms by a day left out."""
    silent = NOTHING
    if rules.unconfirmed == "does_not_count":

        def when(window: Window) -> int:
            return window.last if rules.dates == "latest" else window.first

        rows = case._records.rows
        silent = unconfirmed(confirmations(case._records, rows, when), rows, day)
    key = ("knowledge", world, rules, tuple(sorted(silent.items(), key=lambda one: one[0])))
    made: Knowledge = case._cached(key, lambda: Knowledge(case, world, rules, silent))
    return made


class CanHaveHad:
    """Whether anybody can have known some concerns by a day in the possible world, under the rules of a snapshot.

    What goes through contacts with one listener at a time is a lower bound, what goes through every contact as if its
    listeners heard one another an upper one; only where they differ is it followed exactly.
    """

    def __init__(self, view: Snapshot, concerns: Iterable[str]) -> None:
        self.known = _knowledge(view.case, "possible", view.rules, view.day)
        wanted = {self.known._bit[one] for one in concerns}
        self.size, facts, self.edges = flowing(self.known, "earliest")
        self.facts = [fact for fact in facts if fact[1].bit_length() - 1 in wanted]

    def by(self, holding: Holding, day: int) -> bool:
        """Whether somebody can have known a concern by a day."""
        if any(entry.window.first <= day for entry in self.known._entries.get(holding, ())):
            return True
        if self._least.get(holding, day + 1) <= day:
            return True
        return self._most.get(holding, day + 1) <= day and self._days.get(holding, day + 1) <= day

    @cached_property
    def _least(self) -> dict[Holding, int]:
        return self._through([edge for edge in self.edges if not edge.once])

    @cached_property
    def _most(self) -> dict[Holding, int]:
        return self._through([edge._replace(once=0) for edge in self.edges])

    @cached_property
    def _days(self) -> dict[Holding, int]:
        return self._through(self.edges)

    def _through(self, edges: Iterable[Edge]) -> dict[Holding, int]:
        first = spread(self.size[0], self.facts, edges).first()
        names, concerns = self.known._holders, self.known.concerns
        return {(names[holder], concerns[item]): tick // DAY for (holder, item), tick in first.items()}


class Passing(NamedTuple):
    """One step of a chain: a row, who had it, and to whom it came; of the first step both are who came by it."""

    row: str
    source: str
    target: str


class Knowledge:
    """First-known dates of every (holder, concern) in one world; made by :func:`knowledge`."""

    def __init__(self, case: Case, world: World, rules: Rules, silent: Unconfirmed = NOTHING) -> None:
        self.case = case
        self.world = world
        self.rules = rules
        records = case._records
        self.concerns: tuple[str, ...] = tuple(sorted(records.concerns))
        self._silent = silent
        self._entries: Entries = (
            entries(records, silent) if silent else case._cached("entries", lambda: entries(records))
        )
        self._actors = contact_actors(records, rules.who_counts)
        self._holders: tuple[str, ...] = tuple(sorted({*records.people, *records.agencies}))
        self._number = {holder: number for number, holder in enumerate(self._holders)}
        self._bit = {concern: number for number, concern in enumerate(self.concerns)}
        self._edge_lists: dict[Dates, list[Edge]] = {}
        self._spreads: dict[Dates, Spread] = {}
        self._day_maps: dict[Dates, dict[Holding, int]] = {}

    def __repr__(self) -> str:
        cells = len(self._days("earliest"))
        return (
            f"<Knowledge {self.world}: {len(self._holders)} holders, {len(self.concerns)} concerns, {cells} on record>"
        )

    # the engine ---------------------------------------------------------------------------------------

    def _edges(self, dates: Dates) -> list[Edge]:
        if dates not in self._edge_lists:
            mask = Mask(self.case._records, self._bit) if self.world == "permitted" else None
            rows = [row for row in self.case._records.rows if row.is_contact]
            numbers = {actor: self._number[actor] for actor in self._actors}
            begins = {entry.window.first for found in self._entries.values() for entry in found}
            self._edge_lists[dates] = timed_edges(
                rows,
                numbers,
                dates=dates,
                same_day=self.rules.same_day,
                moves=lambda row: moves(row, self._silent),
                mask=mask,
                begins=begins,
            )
        return self._edge_lists[dates]

    def _facts(self, dates: Dates) -> list[tuple[int, int, int]]:
        side = fact_tick(dates, self.rules.same_day)
        return sorted(
            (self._number[holder], 1 << self._bit[concern], min(side(entry.window) for entry in rows))
            for (holder, concern), rows in self._entries.items()
        )

    def _spread(self, dates: Dates) -> Spread:
        if dates not in self._spreads:
            self._spreads[dates] = flowing(self, dates).spread()
        return self._spreads[dates]

    def _days(self, dates: Dates) -> dict[Holding, int]:
        """First-known day of each (holder, concern), as an ordinal."""
        if dates not in self._day_maps:
            self._day_maps[dates] = {
                (self._holders[holder], self.concerns[item]): tick // DAY
                for (holder, item), tick in self._spread(dates).first().items()
            }
        return self._day_maps[dates]

    def _by(self, at: DateLike | None) -> tuple[int, Knowledge]:
        """The day asked for, and what is known by then: paper may be confirmed only later."""
        day = self.case._day(at)
        counts = self.rules.unconfirmed == "counts"
        return day, self if counts else _knowledge(self.case, self.world, self.rules, day)

    def _wide(self, columns: dict[str, Any]) -> pd.DataFrame:
        """A table of holders by concerns."""
        import pandas as pd

        table = pd.DataFrame(columns, index=pd.Index(self._holders, name="holder", dtype="str"))
        table.columns = pd.Index(self.concerns, name="concern", dtype="str")
        return table

    # questions ----------------------------------------------------------------------------------------

    def _reading(self, dates: Dates | None) -> Dates:
        """How windows are read: as asked, or as the rules say."""
        if dates is None:
            return self.rules.dates
        choose("dates", dates, READINGS)
        return dates

    def first_known(self, dates: Dates | None = None) -> pd.DataFrame:
        """First-known dates: holder × concern, ``datetime64[s]``, NaT = no record.

        Parameters
        ----------
        dates : {"latest", "earliest"}, optional
            "latest": the day by which it was certainly known. "earliest": the first on which it may have been.
            Default: as the rules say.
        """
        days = self._days(self._reading(dates))
        return self._wide(
            {one: datetime64([days.get((holder, one)) for holder in self._holders]) for one in self.concerns}
        )

    def state(self, at: DateLike | None = None) -> pd.DataFrame:
        """What the record shows on a date: holder × concern, each "certain", "possible" or "no record"."""
        day, known = self._by(at)
        certain, possible = known._days("latest"), known._days("earliest")

        def word(holder: str, concern: str) -> str:
            if certain.get((holder, concern), day + 1) <= day:
                return "certain"
            return "possible" if possible.get((holder, concern), day + 1) <= day else "no record"

        return self._wide(
            {one: column("state", [word(holder, one) for holder in self._holders]) for one in self.concerns}
        )

    def holders(self, concern: str, at: DateLike | None = None, *, dates: Dates | None = None) -> tuple[str, ...]:
        """Everyone, people and agencies, who has a concern on record by `at`.

        Raises
        ------
        UnknownNameError
            If the case has no such concern.
        """
        self._check_concern(concern)
        day, known = self._by(at)
        days = known._days(self._reading(dates))
        return tuple(holder for holder in self._holders if days.get((holder, concern), day + 1) <= day)

    def held_by(self, person: str, at: DateLike | None = None, *, dates: Dates | None = None) -> tuple[str, ...]:
        """The concerns that a person or an agency has on record by `at`.

        Raises
        ------
        UnknownNameError
            If nobody in the case has that id.
        """
        self._check_holder(person)
        day, known = self._by(at)
        days = known._days(self._reading(dates))
        return tuple(concern for concern in self.concerns if days.get((person, concern), day + 1) <= day)

    def hops(self, at: DateLike | None = None) -> pd.DataFrame:
        """How first-hand it is: holder × concern, ``Int64``.

        0: saw it, or said it with no earlier record of where it came from; 1: from someone who saw it; 2 and
        more: relayed. ``<NA>``: no record by `at`. Always of the recorded world: what only may have been passed
        on has no record of how.
        """
        found = snapshot_on(self.case, self.case._day(at), self.rules).hops
        return self._wide(
            {one: column("hops", [found.get((holder, one)) for holder in self._holders]) for one in self.concerns}
        )

    def explain(self, person: str, concern: str, *, dates: Dates | None = None) -> pd.DataFrame:
        """The rows, in order, by which a concern came to a person or an agency.

        In the recorded world: every row that puts it on their record, first first. In the other worlds: the
        earliest chain, from the row by which its first holder came to know it.

        Returns
        -------
        pandas.DataFrame
            Columns ``row``, ``kind``, ``earliest``, ``latest``, ``from``, ``to``, ``how``; no line = no record.
            ``how`` is "saw it", "stood in its file", "said it", "decided on it", "held it back", "was told", "was at
            the meeting", "was present" or "may have been passed on".

        Raises
        ------
        UnknownNameError
            If the person or the concern is not in the case.
        """
        self._asked(person, concern)
        reading = self._reading(dates)
        if self.world == "recorded":
            lines = [_own(person, entry) for entry in self._entries.get((person, concern), ())]
        else:
            lines = self._chain(person, concern, reading)
        return tidy(lines, ["row", "kind", "earliest", "latest", "from", "to", "how"])

    def _chain(self, person: str, concern: str, dates: Dates) -> list[dict[str, Any]]:
        """The earliest chain by which a concern may have come to somebody, from the row of its first holder."""
        found = chains.chain(self._facts(dates), self._edges(dates), self._number[person], self._bit[concern])
        if found is None:
            return []
        first, *path = self._passings(concern, found, dates)
        rows = self.case._records.by_id
        return [
            _own(first.target, self._first(first.target, concern, dates)),
            *(
                _line(rows[one.row], rows[one.row].reached, one.source, one.target, "may have been passed on")
                for one in path
            ),
        ]

    def paths(self, concern: str, dates: Dates, holders: Iterable[str]) -> dict[str, tuple[Passing, ...]]:
        """The earliest chain to each of several whom a concern can have reached, in the possible or permitted world.

        What :meth:`explain` says of each of them: first the row by which the first holder came to know it.
        """
        wanted = {self._number[one]: one for one in holders}
        found: dict[str, tuple[Passing, ...]] = {}
        for holder, way in chains.chains(self._facts(dates), self._edges(dates), self._bit[concern]):
            if holder in wanted:
                found[wanted.pop(holder)] = self._passings(concern, way, dates)
            if not wanted:
                break
        return found

    def _passings(self, concern: str, way: tuple[int, list[Edge]], dates: Dates) -> tuple[Passing, ...]:
        origin = self._holders[way[0]]
        return (
            Passing(self._first(origin, concern, dates).row.id, origin, origin),
            *(Passing(edge.label, self._holders[edge.source], self._holders[edge.target]) for edge in way[1]),
        )

    def _first(self, holder: str, concern: str, dates: Dates) -> Entry:
        """The row by which somebody first had a concern of their own."""
        side = fact_tick(dates, self.rules.same_day)
        return min(self._entries[holder, concern], key=lambda entry: side(entry.window))

    def could_have_told(self, person: str, concern: str, by: DateLike | None = None) -> pd.DataFrame:
        """Who could have told a person of a concern in time, and by which chain of contacts.

        Looks backward from `person` over every contact that may have happened by `by`, in the possible world
        (in the permitted world, over those in which it was allowed).

        Parameters
        ----------
        person, concern : str
        by : date or str, optional
            Default: the day before the harm, or the last day of the case.

        Returns
        -------
        pandas.DataFrame
            A line per holder who may have had the concern early enough, soonest last chance first: ``holder``,
            ``had_it`` (first day on which they may have had it on record), ``last_chance`` (the last day on
            which passing it on would still have reached `person` by `by`), ``via`` (the people in between, in
            order), ``rows`` (the contacts of the chain, in order). No line: no chain of contacts leads there.

        Raises
        ------
        UnknownNameError
            Where nobody has that id, or no concern has.
        """
        self._asked(person, concern)
        day = self.case._day(by)
        bit = 1 << self._bit[concern]
        world = self if self.world != "recorded" else knowledge(self.case, "possible", rules=self.rules)
        edges = [edge for edge in world._edges("earliest") if edge.items & bit]
        target = self._number[person]
        ways = chains.chains_back(edges, target, (day + 1) * DAY - 1)
        side = fact_tick("earliest", self.rules.same_day)
        lines = []
        for (holder, known), rows in self._entries.items():
            if known != concern or holder == person or self._number[holder] not in ways:
                continue
            limit, path = ways[self._number[holder]]
            had = min(side(entry.window) for entry in rows)
            if had > limit:
                continue
            lines.append(
                {
                    "holder": holder,
                    "had_it": had // DAY,
                    "last_chance": limit // DAY,
                    "via": tuple(self._holders[edge.target] for edge in path[:-1]),
                    "rows": tuple(edge.label for edge in path),
                }
            )
        lines.sort(key=lambda line: (line["last_chance"], line["holder"]))
        return tidy(lines, ["holder", "had_it", "last_chance", "via", "rows"])

    def _asked(self, person: str, concern: str) -> None:
        self._check_holder(person)
        self._check_concern(concern)

    def _check_holder(self, person: str) -> None:
        if not isinstance(person, str) or person not in self._number:
            records = self.case._records
            known = {one: records.people[one].name for one in records.people}
            known |= {one: records.agencies[one].name for one in records.agencies}
            raise unknown_holder(person, known, self.concerns)

    def _check_concern(self, concern: str) -> None:
        if not isinstance(concern, str) or concern not in self._bit:
            raise unknown("the concern", concern, self.concerns)


def _own(person: str, entry: Entry) -> dict[str, Any]:
    """The line of a row that puts a concern on somebody's own record."""
    row = entry.row
    others = row.who if entry.how in FROM_OTHERS else (person,)
    sender = (
        ""
        if row.kind == "observed" and entry.how not in FROM_OTHERS
        else ";".join(one for one in others if one != person or entry.how not in FROM_OTHERS)
    )
    recipient = person if entry.how in FROM_OTHERS or row.kind == "observed" else ";".join(row.to)
    return _line(row, entry.window, sender, recipient, entry.how)


def _line(row: Row, window: Window, sender: str, recipient: str, how: str) -> dict[str, Any]:
    return {
        "row": row.id,
        "kind": row.kind,
        "earliest": window.first,
        "latest": window.last,
        "from": sender,
        "to": recipient,
        "how": how,
    }


class Flowing(NamedTuple):
    """What the engine takes of one case in a world: who comes by what of their own, and the contacts."""

    shape: tuple[int, int]  # holders, concerns
    facts: list[tuple[int, int, int]]
    edges: list[Edge]

    def spread(self) -> Spread:
        """What spreads."""
        return spread(self.shape[0], self.facts, self.edges)


def flowing(known: Knowledge, dates: Dates | None = None) -> Flowing:
    """What the engine takes of a case, for a reading of dates (by default that of the rules)."""
    reading = known._reading(dates)
    edges = [] if known.world == "recorded" else known._edges(reading)
    return Flowing((len(known._holders), len(known.concerns)), known._facts(reading), edges)
