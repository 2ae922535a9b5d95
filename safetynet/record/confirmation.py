"""One-way rows without confirmation: paper that nobody on the other side is on record as having read.

Each recipient for themselves: a letter, fax, e-mail, referral, report, message or file with neither ``received`` nor
``received_on`` is confirmed by a later row of the recipient, or of one of its people, that names it or one of its
concerns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..case.records import Records, Row
from ..case.vocabulary import LOOKING_BACK, ONE_WAY_CHANNELS
from ..dates import Window
from ..spells import Soonest
from .parties import staff

NO_ACT = (*LOOKING_BACK, "assumed", "believed")  # what nobody did
Unconfirmed = Mapping[str, frozenset[str]]  # row -> its recipients without confirmation
Confirmations = Mapping[str, Mapping[str, int | None]]  # row -> recipient -> the day on which they confirm it
NOTHING: Unconfirmed = {}


def is_paper(row: Row) -> bool:
    """Whether a row went one way only, and says nothing of its arrival."""
    return (
        row.channel in ONE_WAY_CHANNELS
        and not row.received
        and row.received_on is None
        and row.is_sent
        and not row.two_way
    )


def confirmations(records: Records, rows: Iterable[Row], when: Callable[[Window], int]) -> Confirmations:
    """For each such row among `rows`, by which day each recipient confirms it in another of them; None = in none.

    A row confirms what is dated on its own last day or before it.
    """
    rows = tuple(rows)
    papers = [row for row in rows if is_paper(row)]
    acts = _acts(rows) if papers else {}
    known: dict[tuple[str, str], Soonest[int, Row]] = {}

    def confirming(name: str, named: str) -> Soonest[int, Row]:
        """What somebody did in rows that name a concern or a row, by the day on which each counts."""
        if (name, named) not in known:
            found = ((other.date.last, when(other.date), other) for other in acts.get((name, named), ()))
            known[name, named] = Soonest(found)
        return known[name, named]

    def days(row: Row, one: str) -> Iterator[int]:
        for name in (one, *staff(records, one)):
            for named in (*row.concerns, row.id):
                if found := confirming(name, named).since(row.date.last, row):
                    yield found[0]

    return {row.id: {one: min(days(row, one), default=None) for one in row.to} for row in papers}


def _acts(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """The rows in which somebody did something, by them and by each concern or row that it names."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind not in NO_ACT:
            for one in dict.fromkeys(row.who):
                for named in (*row.concerns, *row.ref):
                    found[one, named].append(row)
    return found


def unconfirmed(found: Confirmations, rows: Iterable[Row], day: int | None = None) -> Unconfirmed:
    """Of some rows, the recipients who do not confirm them by a day, or at all."""
    silent = {}
    for row in rows:
        days = found.get(row.id, {})
        if one := frozenset(one for one, on in days.items() if on is None or (day is not None and on > day)):
            silent[row.id] = one
    return silent


def shown_on(row: Row, found: Confirmations, one: str = "") -> int | None:
    """From which day a row is shown to have come to somebody in it, or to anybody at all; None = on no day.

    What is no paper without word of its arrival needs no other row to show it: 0.
    """
    days = found.get(row.id)
    if days is None:
        return 0
    if one in days:
        return days[one]
    return min((day for day in days.values() if day is not None), default=None)


def reaches(row: Row, silent: Unconfirmed) -> tuple[str, ...]:
    """To whom of ``to`` and ``present`` a contact row brings what was said, where the paper of `silent` does not."""
    unread = silent.get(row.id)
    if not unread or not row.reaching:
        return row.reaching
    to = tuple(one for one in row.to if one not in unread) if row.is_sent else ()
    return to + row.present if to else ()


def moves(row: Row, silent: Unconfirmed) -> tuple[tuple[str, str], ...]:
    """The ordered pairs between which information could move in a row, where the paper of `silent` does not."""
    if row.id not in silent:
        return row.moves
    reached = set(reaches(row, silent))
    return tuple(pair for pair in row.moves if pair[1] in reached)
