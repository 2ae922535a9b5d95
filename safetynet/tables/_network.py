"""The tables of the network: who had contact with whom, who is on the map, who sat together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.parties import sector
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Contact(NamedTuple):
    """All that one sent another."""

    sender: str
    recipient: str
    contacts: int
    not_arrived: int
    concerns: tuple[str, ...]
    start: int
    end: int
    rows: tuple[str, ...]


class Member(NamedTuple):
    """Somebody on the map."""

    id: str
    name: str
    kind: str
    agency: str
    sector: str
    involved: bool
    concerns: tuple[str, ...]
    rows: tuple[str, ...]


class Meeting(NamedTuple):
    """All that exactly these did together."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    present: tuple[str, ...]
    kind: str
    times: int
    concerns: tuple[str, ...]
    start: int
    end: int
    rows: tuple[str, ...]


def contacts(view: Snapshot) -> list[Contact]:
    """The pairs with a contact, most contacts first."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.is_sent:
            for sender in dict.fromkeys(row.who):
                for recipient in dict.fromkeys((*row.to, *row.present)):
                    if sender != recipient:
                        found[sender, recipient].append(row)
    lines = [_contact(view, sender, recipient, rows) for (sender, recipient), rows in found.items()]
    return sorted(lines, key=lambda line: (-line.contacts, line.sender, line.recipient))


def _contact(view: Snapshot, sender: str, recipient: str, rows: list[Row]) -> Contact:
    arrived = [row for row in rows if has_reached(view, row, recipient)]
    passed = tuple(sorted({concern for row in arrived for concern in row.concerns}))
    late = len(rows) - len(arrived)
    return Contact(sender, recipient, len(rows), late, passed, *_span(view, rows), in_order(rows))


def has_reached(view: Snapshot, row: Row, recipient: str) -> bool:
    """Whether what somebody was sent, or was present at, has come to them by the day of a snapshot."""
    return recipient in view.reaches(row) and view.by(row.reached)


def _span(view: Snapshot, rows: list[Row]) -> tuple[int, int]:
    days = [view.when(row.date) for row in rows]
    return min(days), max(days)


def meetings(view: Snapshot) -> list[Meeting]:
    """The sets of people who did something together, by the day of the first time."""
    found: defaultdict[tuple[tuple[str, ...], tuple[str, ...], str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.is_together:
            there = set(row.who)
            found[tuple(sorted(there)), tuple(sorted(set(row.present) - there)), row.kind].append(row)
    lines = []
    for (who, present, kind), rows in found.items():
        people = tuple(one for one in who if one in view.records.people)
        agencies = tuple(one for one in who if one not in view.records.people)
        tabled = tuple(sorted({concern for row in rows for concern in row.concerns}))
        lines.append(Meeting(people, agencies, present, kind, len(rows), tabled, *_span(view, rows), in_order(rows)))
    return sorted(lines, key=lambda line: (line.start, line.people, line.agencies, line.kind))


def members(view: Snapshot) -> list[Member]:
    """Who is on the map, in the order of the case: people, then agencies that appeared themselves."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in view.rows:
        for name in dict.fromkeys((*row.who, *row.to, *row.present)):
            rows[name].append(row)
    lines = []
    for name in _on_the_map(view):
        person = view.records.people.get(name)
        lines.append(
            Member(
                id=name,
                name=view.name(name),
                kind="agency" if person is None else person.kind,
                agency=name if person is None else person.agency,
                sector=sector(view, name),
                involved=name not in view.professionals or name in view.involved,
                concerns=tuple(sorted(view.held.get(name, ()))),
                rows=in_order(rows[name]),
            )
        )
    return lines


def _on_the_map(view: Snapshot) -> Iterator[str]:
    """Child and family; the others round the child once something names them; actors."""
    named = {name for row in view.rows for name in (*row.who, *row.to, *row.present, *row.absent)}
    for tie in view.records.ties:
        if tie.start is None or view.by(tie.start):
            named |= {tie.source, tie.target}
    actors = set(view.actors)
    for one in view.records.people.values():
        around = one.kind in ("child", "family") or (one.id in view.family and one.id in named)
        if around or one.id in actors:
            yield one.id
    yield from (name for name in view.actors if name in view.records.agencies)


def network(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who told, asked, answered or informed whom by a date: a line for each sender and recipient.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. What was read only after `at` had not arrived.

    Returns
    -------
    pandas.DataFrame
        ``sender``, ``recipient`` (or whoever was present), ``contacts`` (how many rows), ``not_arrived`` (how many
        of them did not arrive, or were not read by then), ``concerns`` (passed in those that arrived), ``start``
        and ``end`` (certain days of the first and the last) and ``rows``; most contacts first.

    See Also
    --------
    safetynet.tables.network_people : who is on the map.
    safetynet.tables.network_meetings : who met, or saw something together.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.network(sn.load_case("worked_example"))
    >>> table[["sender", "recipient", "contacts", "concerns"]]
      sender recipient  contacts concerns
    0      G         T         1    (c3,)
    1      T         S         1    (c1,)
    """
    return tidy(contacts(snapshot(case, at, rules)), Contact._fields)


def network_people(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who is on the map of the network by a date.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. Nobody is there before they have appeared.

    Returns
    -------
    pandas.DataFrame
        A line per person, in the order of the case, then per agency that itself sent, received, attended or kept
        something on file: ``id``, ``name``, ``kind`` (child, family, support, public, professional, agency),
        ``agency``, ``sector``, ``involved`` (whether they have not left), ``concerns`` (on their record) and
        ``rows`` (that name them). Child and family are always there; everybody else once they have appeared.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.tables.network_people(sn.load_case("worked_example"))[["id", "kind", "concerns"]]
      id          kind  concerns
    0  K         child        ()
    1  M        family        ()
    2  T  professional  (c1, c3)
    3  G  professional     (c3,)
    4  S  professional     (c1,)
    5  P  professional  (c1, c2)
    """
    return tidy(members(snapshot(case, at, rules)), Member._fields)


def network_meetings(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who sat together by a date: a line for each set of people who met, or who saw something together.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. A meeting is there once it has certainly been held.

    Returns
    -------
    pandas.DataFrame
        ``people`` and ``agencies`` (exactly those who took part; an agency where a row names the agency itself),
        ``present`` (who was in the room and took no part), ``kind`` ("met" or "observed": saw something together),
        ``times``, ``concerns`` (on the table), ``start``, ``end`` and ``rows``; in order of the first date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.tables.network_meetings(sn.load_case("max"))[["people", "times"]].head(2)
                               people  times
    0           (dsl, fsw, hv1, sw1, sw2)      2
    1  (dsl, fsw, hv1, hv2, mo, sw1, sw2)      2
    """
    return tidy(meetings(snapshot(case, at, rules)), Meeting._fields)
