"""Findings about closures: whether partners heard that an agency had ended its part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..record.naming import some, who
from ..record.parties import members, parties
from ..record.snapshot import Snapshot
from ..wording import on, verb
from .base import Finding, rule
from .endings import goes_on
from .measured import closings
from .parts import held_by, on_record, unresolved


def untold(view: Snapshot) -> list[tuple[Row, str, tuple[str, ...]]]:
    """The closings by which an agency ended its part with worries on record, and the partners of whom none was told."""
    found = []
    for one in closings(view):
        day = view.when(one.row.date)
        for agency in parties(view, one.row.who):
            had = on_record(view, members(view, agency), day)
            worries = unresolved(view, had.intersection(view.ever_known), day)
            silent = one.partners and not one.in_time and not goes_on(view, agency, one.row)
            if agency in view.records.agencies and worries and silent:
                found.append((one.row, agency, one.partners))
    return found


def _telling_is_coded(view: Snapshot) -> bool:
    """Whether any closure of the case says whom it was told to, or is referred to by a contact."""
    closed = {row.id for row in view.records.rows if row.kind == "closed"}
    return any(
        (row.kind == "closed" and row.to) or (row.is_contact and closed.intersection(row.ref))
        for row in view.records.rows
    )


def _worries(view: Snapshot, agency: str) -> frozenset[str]:
    return on_record(view, members(view, agency)).intersection(view.ever_known)


@rule(
    title="A closure of which no row tells a partner",
    theme="longer-term work",
    matters=0.6,
    rule="A closed row after which nobody of the agency is involved, with known worries on its people's record and "
    "other agencies involved that day, none of which is told in the row, in a contact row that refers to it by "
    "that day, or met with the agency in the `told_before_closing_days` before. Only where the case says of any "
    "closure who was told. One finding for each agency.",
    limits="To have met does not mean to have heard of it, and a letter that was not coded may have gone out.",
    question="How did partners learn that somebody had left the work, and what changed for them then?",
    refute="a row by which a partner was told of the closure, or met with the agency shortly before.",
)
def closure_not_told(view: Snapshot) -> Iterator[Finding]:
    """An agency that ended its involvement, of which no row shows a partner being told in time."""
    if not _telling_is_coded(view):
        return
    groups: defaultdict[str, list[tuple[Row, tuple[str, ...]]]] = defaultdict(list)
    for row, agency, partners in untold(view):
        groups[agency].append((row, partners))
    for agency, found in sorted(groups.items()):
        row, partners = found[-1]
        held = held_by(view, _worries(view, agency), members(view, agency))
        yield Finding.of(
            view,
            f"No row tells {who(view, partners, 2)} that {who(view, [agency])} ended its part {on(row.date)}, with "
            f"{some(view, held)} on record",
            key=[row],
            held=held,
            rows=[one for one, _ in found],
            who=[agency, *partners, *row.who],
            start=view.when(row.date),
            end=view.day,
        )


@rule(
    title="Who was told of the closures?",
    theme="longer-term work",
    matters=0.2,
    rule="A question, where agencies ended their involvement as above and no closure of the whole case says who "
    "was told.",
    limits="It says how the case was coded, not that nobody was told.",
    question="Which partners were told, and how was it usual to do so?",
    refute="sources that say whom they told; `to` of the closed rows would hold it.",
)
def closure_telling_not_recorded(view: Snapshot) -> Iterator[Finding]:
    """A question: agencies ended their involvement, and the case says of no closure who was told."""
    found = [] if _telling_is_coded(view) else untold(view)
    if not found:
        return
    agencies = sorted({agency for _, agency, _ in found})
    rows = [row for row, _, _ in found]
    held = held_by(view, {c for agency in agencies for c in _worries(view, agency)})
    many = "" if len(agencies) < 4 else f", and {len(agencies) - 2} more agencies,"
    named = who(view, agencies if not many else agencies[:2])
    part = verb(len(agencies), "its part", "their part")
    yield Finding.of(
        view,
        f"{named}{many} ended {part} with worries on record; the record does not say who was told",
        key=rows[:1],
        concerns=list(held)[:1],
        rows=rows,
        who=[one for row in rows for one in row.who],
        start=view.when(rows[0].date),
        end=view.when(rows[-1].date),
    )
