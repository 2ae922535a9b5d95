"""Which party somebody is: an agency with its people and its file, or a professional who belongs to none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..case.records import Records

if TYPE_CHECKING:
    from .snapshot import Snapshot


def agency_of(records: Records, one: str) -> str:
    """The agency that a person works in, or an agency itself; empty for a person without one."""
    return records.home[one]


def staff(records: Records, agency: str) -> frozenset[str]:
    """The people of an agency, whoever they are; nobody for a person."""
    return records.staff.get(agency, frozenset())


def party(view: Snapshot, one: str) -> str:
    """The party that somebody counts as: an agency, or a professional without one.

    Empty for the child, the family and their support where they belong to no agency.
    """
    return view.party_of[one]


def parties(view: Snapshot, names: Iterable[str]) -> tuple[str, ...]:
    """The parties of several people and agencies; sorted."""
    return tuple(sorted({found for one in names if (found := party(view, one))}))


def members(view: Snapshot, name: str) -> tuple[str, ...]:
    """Who belongs to a party: of an agency its file and its professionals, else the person alone."""
    if name not in view.records.agencies:
        return (name,)
    return (name, *sorted(staff(view.records, name) & view.professionals))


def side(view: Snapshot, one: str) -> frozenset[str]:
    """Somebody's side: everybody of their party; only themselves where they are of none."""
    return view.keep(("side", one), lambda: frozenset(members(view, party(view, one) or one)) | {one})


def sides(view: Snapshot, names: Iterable[str]) -> frozenset[str]:
    """The sides of several people and agencies together."""
    return frozenset().union(*(side(view, one) for one in names))


def sector(view: Snapshot, one: str) -> str:
    """The sector of an agency, or of the agency that somebody works in; empty without one."""
    agency = view.records.agencies.get(agency_of(view.records, one))
    return "" if agency is None else agency.sector


def is_actor(view: Snapshot, one: str) -> bool:
    """Whether somebody is a professional or an agency: one through whom information can move."""
    return one in view.able


def agencies_of(view: Snapshot, names: Iterable[str]) -> tuple[str, ...]:
    """The agencies of people, and agencies themselves; sorted."""
    known = view.records.people.keys() | view.records.agencies.keys()
    return tuple(sorted({agency_of(view.records, one) for one in names if one in known} - {""}))


def acting_agencies(view: Snapshot, names: Iterable[str]) -> frozenset[str]:
    """The agencies among some names, and those of the professionals among them: not of whoever else works there."""
    return frozenset(agencies_of(view, (one for one in names if is_actor(view, one))))


def split(view: Snapshot, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The people among some names, and the agencies that the names count as: two columns of many tables."""
    listed = sorted(set(names))
    people = tuple(one for one in listed if one in view.records.people)
    return {"people": people, "agencies": agencies_of(view, listed)}
