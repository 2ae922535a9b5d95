"""The tables behind the network picture: the people and agencies on it, their contacts, their meetings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..dates import datetime64
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd


def on_the_map(view: Snapshot) -> tuple[str, ...]:
    """Whom the network picture shows by the day: child and family, support and professionals who have appeared."""
    records = view.records
    named = {name for row in view.rows for name in (*row.who, *row.to, *row.absent)}
    named |= {
        name for tie in records.ties if tie.start is None or view.by(tie.start) for name in (tie.source, tie.target)
    }
    shown = []
    for person in records.people.values():
        if person.kind in ("child", "family"):
            shown.append(person.id)
        elif person.id in view.professionals:
            if person.id in view.actors:
                shown.append(person.id)
        elif person.id in named:
            shown.append(person.id)
    return tuple(shown) + tuple(name for name in view.actors if name in records.agencies)


def network_people(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who is on the map of the network by a date.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per person, in the order of the case, then per agency that itself sent, received or attended:
        ``id``, ``name``, ``kind`` (child, family, support, professional, agency), ``agency``, ``sector``,
        ``involved`` (whether they have not left), ``concerns`` (on their record) and ``rows`` (that name them).
        Child and family are always there; everybody else once they have appeared.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import network_people
    >>> network_people(sn.load_case("worked_example"))[["id", "kind", "concerns"]]
      id          kind  concerns
    0  K         child        ()
    1  M        family        ()
    2  T  professional  (c1, c3)
    3  G  professional     (c3,)
    4  S  professional     (c1,)
    5  P  professional  (c1, c2)
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    agencies = view.records.agencies
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in view.rows:
        for name in dict.fromkeys((*row.who, *row.to)):
            rows[name].append(row)
    lines: list[dict[str, Any]] = []
    for name in on_the_map(view):
        person = view.records.people.get(name)
        agency = name if person is None else person.agency
        lines.append({
            "id": name, "name": agencies[name].name if person is None else person.name,
            "kind": "agency" if person is None else person.kind, "agency": agency,
            "sector": agencies[agency].sector if agency in agencies else "",
            "involved": person is None or person.kind not in view.rules.who_counts or name in view.involved,
            "concerns": tuple(sorted(view.held.get(name, ()))), "rows": in_order(rows[name]),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=["id", "name", "kind", "agency", "sector", "involved", "concerns", "rows"])


def network_contacts(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who told, asked or answered whom by a date: a line for each sender and recipient.

    Parameters
    ----------
    case : Case
    at, rules
        As in :func:`network_people`.

    Returns
    -------
    pandas.DataFrame
        ``sender``, ``recipient``, ``contacts`` (how many rows), ``arrived`` (how many of them arrived, as far as
        the record shows), ``concerns`` (passed in those that arrived), ``start`` and ``end`` (certain days of
        the first and the last) and ``rows``; most contacts first.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import network_contacts
    >>> network_contacts(sn.load_case("worked_example"))[["sender", "recipient", "contacts", "concerns"]]
      sender recipient  contacts concerns
    0      G         T         1    (c3,)
    1      T         S         1    (c1,)
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.is_sent:
            for sender in dict.fromkeys(row.who):
                for recipient in dict.fromkeys(row.to):
                    if sender != recipient:
                        found[sender, recipient].append(row)
    lines: list[dict[str, Any]] = []
    for (sender, recipient), rows in found.items():
        arrived = [row for row in rows if row.arrived and view.by(row.reached)]
        lines.append({
            "sender": sender, "recipient": recipient, "contacts": len(rows), "arrived": len(arrived),
            "concerns": tuple(sorted({concern for row in arrived for concern in row.concerns})),
            "start": min(view.when(row.date) for row in rows), "end": max(view.when(row.date) for row in rows),
            "rows": in_order(rows),
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["contacts"], line["sender"], line["recipient"]))
    columns = ["sender", "recipient", "contacts", "arrived", "concerns", "start", "end", "rows"]
    return _dated(pd.DataFrame(lines, columns=columns))


def network_meetings(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who sat together by a date: a line for each set of people who met, or who saw something together.

    Parameters
    ----------
    case : Case
    at, rules
        As in :func:`network_people`.

    Returns
    -------
    pandas.DataFrame
        ``people`` (exactly those present; agencies too), ``kind`` ("met" or "observed": saw something together),
        ``times``, ``concerns`` (on the table), ``start``, ``end`` and ``rows``; in order of the first date.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import network_meetings
    >>> network_meetings(sn.load_case("max"))[["people", "times"]].head(2)
                               people  times
    0           (dsl, fsw, hv1, sw1, sw2)      2
    1  (dsl, fsw, hv1, hv2, mo, sw1, sw2)      2
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found: defaultdict[tuple[tuple[str, ...], str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.is_together:
            found[tuple(sorted(set(row.who))), row.kind].append(row)
    lines: list[dict[str, Any]] = []
    for (people, kind), rows in found.items():
        lines.append({
            "people": people, "kind": kind, "times": len(rows),
            "concerns": tuple(sorted({concern for row in rows for concern in row.concerns})),
            "start": min(view.when(row.date) for row in rows), "end": max(view.when(row.date) for row in rows),
            "rows": in_order(rows),
        })  # fmt: skip
    lines.sort(key=lambda line: (line["start"], line["people"], line["kind"]))
    return _dated(pd.DataFrame(lines, columns=["people", "kind", "times", "concerns", "start", "end", "rows"]))


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    for name in ("start", "end"):
        table[name] = datetime64(table[name])
    return table
