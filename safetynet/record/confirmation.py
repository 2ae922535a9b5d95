"""One-way rows without confirmation: paper that nobody on the other side is on record as having read.

Each recipient for themselves: a letter, fax, e-mail, referral, report, message or file with neither ``received`` nor
``received_on`` is confirmed by a later row of the recipient, or of one of its people, that names it or one of its
concerns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from ..case.records import Records, Row
from ..case.vocabulary import LOOKING_BACK, ONE_WAY_CHANNELS
from ..dates import Window
from .parties import staff

NO_ACT = (*LOOKING_BACK, "assumed", "believed")  # what nobody did
Unconfirmed = Mapping[str, frozenset[str]]  # row -> its recipients without confirmation
NOTHING: Unconfirmed = {}


def is_paper(row: Row) -> bool:
    """Whether a row went one way only, and says nothing of its arrival."""
    return (
        row.is_sent
        and not row.two_way
        and row.channel in ONE_WAY_CHANNELS
        and not row.received
        and row.received_on is None
    )


def unconfirmed(records: Records, rows: Iterable[Row], when: Callable[[Window], int]) -> Unconfirmed:
    """For each such row among `rows`, the recipients whom no other of these rows confirms."""
    rows = tuple(rows)
    papers = [row for row in rows if is_paper(row)]
    if not papers:
        return NOTHING
    acts: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)  # (who, concern or row named)
    for row in rows:
        if row.kind not in NO_ACT:
            for one in row.who:
                for named in (*row.concerns, *row.ref):
                    acts[one, named].append((when(row.date), row.id))

    def confirms(row: Row, one: str) -> bool:
        sent = when(row.date)
        return any(
            day >= sent and other != row.id
            for named in (*row.concerns, row.id)
            for day, other in acts.get((one, named), ())
        )

    found = {}
    for row in papers:
        silent = frozenset(
            one for one in row.to if not any(confirms(row, name) for name in (one, *staff(records, one)))
        )
        if silent:
            found[row.id] = silent
    return found


def reaches(row: Row, silent: Unconfirmed) -> tuple[str, ...]:
    """To whom of ``to`` and ``present`` a contact row brings what was said, where the paper of `silent` does not."""
    if not row.is_contact or not row.arrived:
        return ()
    unread = silent.get(row.id, frozenset())
    to = tuple(one for one in row.to if one not in unread) if row.is_sent else ()
    return to + row.present if to or not unread else ()


def moves(row: Row, silent: Unconfirmed) -> tuple[tuple[str, str], ...]:
    """The ordered pairs between which information could move in a row, where the paper of `silent` does not."""
    if row.id not in silent:
        return row.moves
    reached = set(reaches(row, silent))
    return tuple(pair for pair in row.moves if pair[1] in reached)
