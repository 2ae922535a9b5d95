"""Who knew what when: three worlds, each a first-known date for every (holder, concern).

*recorded* is what the chronology says. *possible* adds what whoever spoke could have passed on in the contacts
that are recorded. *permitted* lets only that pass which the case's permissions allow. A cell is **certain**,
**possible** or **no record**; "no record" is about the record and never says that somebody did not know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import and_, itemgetter
from typing import TYPE_CHECKING, Any

from ..case import Case, need_case
from ..case.records import Row
from ..dates import DAY, Window, datetime64
from ..errors import choose, unknown, unknown_holder
from ..rules import Rules, as_rules
from ..spread import chains
from ..spread import edges as flow
from . import permissions
from .entries import Holding, entries, hops

if TYPE_CHECKING:
    import pandas as pd

WORLDS = ("recorded", "possible", "permitted")


def knowledge(case: Case, world: str = "recorded", *, rules: Rules | None = None) -> Knowledge:
    """Who knew what when, in one of three worlds.

    Parameters
    ----------
    case : Case
    world : {"recorded", "possible", "permitted"}
        "recorded": what rows say was seen or passed on. "possible": besides, whatever a professional or agency
        who speaks in a contact knows by then may pass to the others in it (an upper bound on what talking could
        have done). "permitted": as possible, but unrecorded passing needs a permission that is required,
        permitted or, as an upper bound, unknown.
    rules : Rules, optional
        ``same_day`` says whether what was learnt in one untimed contact of a day may be passed on in another.

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
    settled = as_rules(rules)
    key = ("knowledge", world, settled.same_day, settled.who_counts, settled.dates)
    made: Knowledge = case._cached(key, lambda: Knowledge(case, world, settled))
    return made


class Knowledge:
    """First-known dates of every (holder, concern) in one world; made by :func:`knowledge`."""

    def __init__(self, case: Case, world: str, rules: Rules) -> None:
        self.case = case
        self.world = world
        self.rules = rules
        records = case._records
        self.concerns: tuple[str, ...] = tuple(sorted(records.concerns))
        self._entries = entries(records)
        self._actors = contact_actors(case, rules)
        self.holders_: tuple[str, ...] = tuple(sorted({*records.people, *records.agencies}))
        self._number = {holder: number for number, holder in enumerate(self.holders_)}
        self._bit = {concern: number for number, concern in enumerate(self.concerns)}
        self._edge_lists: dict[str, list[flow.Edge]] = {}
        self._spreads: dict[str, flow.Spread] = {}
        self._day_maps: dict[str, dict[Holding, int]] = {}

    def __repr__(self) -> str:
        cells = len(self._days("earliest"))
        return (
            f"<Knowledge {self.world}: {len(self.holders_)} holders, {len(self.concerns)} concerns, {cells} on record>"
        )

    # the engine ---------------------------------------------------------------------------------------

    def _edges(self, dates: str) -> list[flow.Edge]:
        if dates not in self._edge_lists:
            mask = permissions.Mask(self.case._records, self._bit) if self.world == "permitted" else None
            rows = [row for row in self.case._records.rows if row.is_contact]
            numbers = {actor: self._number[actor] for actor in self._actors}
            begins = {entry.window.first for found in self._entries.values() for entry in found}
            self._edge_lists[dates] = timed_edges(
                rows, numbers, dates=dates, same_day=self.rules.same_day, mask=mask, begins=begins
            )
        return self._edge_lists[dates]

    def _facts(self, dates: str) -> list[tuple[int, int, int]]:
        side = fact_tick(dates, self.rules.same_day)
        return sorted(
            (self._number[holder], 1 << self._bit[concern], min(side(entry.window) for entry in rows))
            for (holder, concern), rows in self._entries.items()
        )

    def _spread(self, dates: str) -> flow.Spread:
        if dates not in self._spreads:
            edges = [] if self.world == "recorded" else self._edges(dates)
            self._spreads[dates] = flow.spread(len(self.holders_), self._facts(dates), edges)
        return self._spreads[dates]

    def _days(self, dates: str) -> dict[Holding, int]:
        """First-known day of each (holder, concern), as an ordinal."""
        if dates not in self._day_maps:
            self._day_maps[dates] = {
                (self.holders_[holder], self.concerns[item]): tick // DAY
                for (holder, item), tick in self._spread(dates).first().items()
            }
        return self._day_maps[dates]

    # questions ----------------------------------------------------------------------------------------

    def first_known(self, dates: str = "latest") -> pd.DataFrame:
        """First-known dates: holder × concern, ``datetime64[s]``, NaT = no record.

        Parameters
        ----------
        dates : {"latest", "earliest"}
            "latest": the day by which it was certainly known. "earliest": the first on which it may have been.
        """
        import pandas as pd

        choose("dates", dates, ("latest", "earliest"))
        days = self._days(dates)
        columns = {
            concern: datetime64([days.get((holder, concern)) for holder in self.holders_]) for concern in self.concerns
        }
        return pd.DataFrame(columns, index=pd.Index(self.holders_, name="holder", dtype="str"))

    def state(self, at: Any = None) -> pd.DataFrame:
        """What the record shows on a date: holder × concern, each "certain", "possible" or "no record"."""
        import pandas as pd

        day = self.case._day(at)
        certain, possible = self._days("latest"), self._days("earliest")

        def word(holder: str, concern: str) -> str:
            if certain.get((holder, concern), day + 1) <= day:
                return "certain"
            return "possible" if possible.get((holder, concern), day + 1) <= day else "no record"

        columns = {concern: [word(holder, concern) for holder in self.holders_] for concern in self.concerns}
        return pd.DataFrame(columns, index=pd.Index(self.holders_, name="holder", dtype="str"), dtype=object)

    def holders(self, concern: str, at: Any = None, *, dates: str = "latest") -> tuple[str, ...]:
        """Everyone, people and agencies, who has a concern on record by `at`.

        Raises
        ------
        UnknownNameError
            If the case has no such concern.
        """
        self._check_concern(concern)
        choose("dates", dates, ("latest", "earliest"))
        day, days = self.case._day(at), self._days(dates)
        return tuple(holder for holder in self.holders_ if days.get((holder, concern), day + 1) <= day)

    def held_by(self, person: str, at: Any = None, *, dates: str = "latest") -> tuple[str, ...]:
        """The concerns that a person or an agency has on record by `at`.

        Raises
        ------
        UnknownNameError
            If nobody in the case has that id.
        """
        self._check_holder(person)
        choose("dates", dates, ("latest", "earliest"))
        day, days = self.case._day(at), self._days(dates)
        return tuple(concern for concern in self.concerns if days.get((person, concern), day + 1) <= day)

    def hops(self, at: Any = None) -> pd.DataFrame:
        """How first-hand it is: holder × concern, ``Int64``.

        0: saw it, or said it with no earlier record of where it came from; 1: from someone who saw it; 2 and
        more: relayed. ``<NA>``: no record by `at`. Always of the recorded world: what only may have been passed
        on has no record of how.
        """
        import pandas as pd

        day = self.case._day(at)
        found = hops(self.case._records, day, self.rules.dates)
        columns = {
            concern: pd.array([found.get((holder, concern)) for holder in self.holders_], dtype="Int64")
            for concern in self.concerns
        }
        return pd.DataFrame(columns, index=pd.Index(self.holders_, name="holder", dtype="str"))

    def explain(self, person: str, concern: str, *, dates: str = "latest") -> pd.DataFrame:
        """The rows, in order, by which a concern came to a person or an agency.

        In the recorded world: every row that puts it on their record, first first. In the other worlds: the
        earliest chain, from the row by which its first holder came to know it.

        Returns
        -------
        pandas.DataFrame
            Columns ``row``, ``kind``, ``earliest``, ``latest``, ``from``, ``to``, ``how``; no line = no record.
            ``how`` is "saw it", "said it", "was told", "was at the meeting" or "may have been passed on".

        Raises
        ------
        UnknownNameError
            If the person or the concern is not in the case.
        """
        import pandas as pd

        self._check_holder(person)
        self._check_concern(concern)
        choose("dates", dates, ("latest", "earliest"))
        lines: list[dict[str, Any]] = []
        if self.world == "recorded":
            own = self._entries.get((person, concern), ())
            lines += [self._own(person, entry.row, entry.window) for entry in own]
        else:
            found = chains.chain(self._facts(dates), self._edges(dates), self._number[person], self._bit[concern])
            if found is not None:
                origin, path = self.holders_[found[0]], found[1]
                side = fact_tick(dates, self.rules.same_day)
                first = min(self._entries[origin, concern], key=lambda entry: side(entry.window))
                lines.append(self._own(origin, first.row, first.window))
                rows = {row.id: row for row in self.case._records.rows}
                for edge in path:
                    row = rows[edge.label]
                    lines.append(_line(row, row.reached, self.holders_[edge.source], self.holders_[edge.target],
                                       "may have been passed on"))  # fmt: skip
        return pd.DataFrame(lines, columns=["row", "kind", "earliest", "latest", "from", "to", "how"])

    def could_have_told(self, person: str, concern: str, by: Any = None) -> pd.DataFrame:
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
            If the person or the concern is not in the case.
        """
        import pandas as pd

        self._check_holder(person)
        self._check_concern(concern)
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
                    "via": tuple(self.holders_[edge.target] for edge in path[:-1]),
                    "rows": tuple(edge.label for edge in path),
                }
            )
        lines.sort(key=lambda line: (line["last_chance"], line["holder"]))
        table = pd.DataFrame(lines, columns=["holder", "had_it", "last_chance", "via", "rows"])
        for name in ("had_it", "last_chance"):
            table[name] = datetime64(table[name])
        return table

    def _own(self, person: str, row: Row, window: Window) -> dict[str, Any]:
        if row.kind == "observed":
            return _line(row, window, "", person, "saw it")
        if row.kind == "met":
            return _line(
                row,
                window,
                ";".join(name for name in row.who if name != person),
                person,
                "was at the meeting",
            )
        if person in row.who:
            return _line(row, window, person, ";".join(row.to), "said it")
        return _line(row, window, ";".join(row.who), person, "was told")

    def _check_holder(self, person: str) -> None:
        if not isinstance(person, str) or person not in self._number:
            records = self.case._records
            known = {one: records.people[one].name for one in records.people}
            known |= {one: records.agencies[one].name for one in records.agencies}
            raise unknown_holder(person, known)

    def _check_concern(self, concern: str) -> None:
        if not isinstance(concern, str) or concern not in self._bit:
            raise unknown("the concern", concern, self.concerns)


def _line(row: Row, window: Window, sender: str, recipient: str, how: str) -> dict[str, Any]:
    return {"row": row.id, "kind": row.kind, "earliest": window.first_date.isoformat(),
            "latest": window.last_date.isoformat(), "from": sender, "to": recipient, "how": how}  # fmt: skip


def contact_actors(case: Case, rules: Rules | None = None) -> set[str]:
    """Professionals and agencies that take part in any contact row: those through whom information can move."""
    counts = as_rules(rules).who_counts
    records = case._records
    named = {name for row in records.rows if row.is_contact for name in row.named}
    return {name for name in named if name in records.agencies or records.people[name].kind in counts}


def fact_tick(dates: str, same_day: str) -> Any:
    """How the window in which something is known becomes a tick, under a reading of dates and the same-day rule."""

    def tick(window: Window) -> int:
        day = window.first if dates == "earliest" else window.last
        if window.time is not None:
            return day * DAY + window.time
        return day * DAY if same_day == "any" else day * DAY + DAY - 1

    return tick


def timed_edges(
    rows: Iterable[Row],
    number: Mapping[str, int],
    *,
    dates: str,
    same_day: str,
    mask: permissions.Mask | None = None,
    begins: Iterable[int] = (),
) -> list[flow.Edge]:
    """The contact rows as edges in time between the actors in `number`.

    ``dates="earliest"`` lets each row fall on any day of its window; ``"latest"`` needs the speaker to know by
    its first day and dates the learning on its last. Sorted by time and row id, so that the order of rows in
    the file never changes an answer. `begins` are the days on which anybody may come by something otherwise.
    """
    edges: list[flow.Edge] = []
    rows = tuple(rows)
    useful = _useful_days(rows, begins, len(number), mask) if (dates, same_day) == ("earliest", "none") else None
    for place, row in enumerate(rows):
        pairs = [(a, b) for a, b in row.moves if a in number and b in number]
        if not pairs:
            continue
        parts = [row.date] if mask is None else permissions.stretches(mask.records, row.date)
        if mask is None:
            allowed = dict.fromkeys(pairs, flow.ALL)
        elif dates == "latest":  # certainly allowed: on every day of the window
            allowed = {pair: reduce(and_, (mask.on(*pair, part.first) for part in parts)) for pair in pairs}
            parts = [row.date]
        ways = [(leaves, arrives, part.first) for part in parts
                for leaves, arrives in passages(row, part, dates, same_day)
                if useful is None or useful(arrives // DAY)]  # fmt: skip
        once = place + 1 if len(pairs) > 2 and row.is_sent and row.two_way and _may_return(ways) else 0
        for leaves, arrives, first in ways:
            if mask is not None and dates == "earliest":
                allowed = {pair: mask.on(*pair, first) for pair in pairs}
            for pair in pairs:
                if items := allowed[pair]:
                    edges.append(flow.Edge(number[pair[0]], number[pair[1]], leaves, arrives, items, row.id, once))
    edges.sort(key=_IN_TIME)
    return edges


def _useful_days(
    rows: Iterable[Row], begins: Iterable[int], actors: int, mask: permissions.Mask | None
) -> Callable[[int], bool]:
    """Which days of wide windows can matter where nothing learnt on a day is passed on that day.

    What a passing brings is new only on the day on which something begins (somebody comes by it, a window or a
    permission opens), or on the days right after, one for each further actor at most whom it can reach.
    """
    starts = set(begins)
    for row in rows:
        parts = [row.date] if mask is None else permissions.stretches(mask.records, row.date)
        starts.update(max(part.first, row.reached.first) for part in parts)
    days = sorted(starts)

    def useful(day: int) -> bool:
        place = bisect_right(days, day) - 1
        return place >= 0 and day - days[place] <= actors

    return useful


_IN_TIME = itemgetter(3, 2, 5, 0, 1)  # arrives, leaves, label, source, target


def _may_return(ways: list[tuple[int, int, int]]) -> bool:
    """Whether what comes in by one of the passages of a row could still go out by one of them."""
    return min(arrives for _, arrives, _ in ways) <= max(leaves for leaves, _, _ in ways)


def passages(row: Row, sent: Window, dates: str, same_day: str) -> list[tuple[int, int]]:
    """The (leaves, arrives) ticks of a contact row that was sent within a window, as an edge has them."""
    read = sent if row.received_on is None else row.received_on
    if dates == "earliest":
        if same_day == "none" and sent.time is None:
            days = range(max(sent.first, read.first), max(sent.first, read.last) + 1)
            return [(min(day, sent.last) * DAY - 1, day * DAY + DAY - 1) for day in days]
        leaves, arrives = (min(sent, read, key=lambda w: w.last), max(sent, read, key=lambda w: w.first))
        return [(_end(leaves, same_day), _start(arrives, same_day))]
    if same_day == "none" and sent.time is None:
        return [(sent.first * DAY - 1, read.last * DAY + DAY - 1)]
    return [
        (
            _end(Window(sent.first, sent.first, sent.time), same_day),
            _start(Window(read.last, read.last, read.time), same_day),
        )
    ]


def _end(window: Window, same_day: str) -> int:
    """The last tick at which what the speaker knows can still go into a row."""
    if window.time is None:
        return window.last * DAY + DAY - 1
    return window.last * DAY + window.time - (same_day == "none")


def _start(window: Window, same_day: str) -> int:
    """The first tick at which a row can bring anything."""
    if window.time is not None:
        return window.first * DAY + window.time
    return window.first * DAY + (DAY - 1 if same_day == "none" else 0)
