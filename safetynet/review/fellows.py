"""Findings about parts of the network that did not meet: fellow services, strands of one agency, and the one bridge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from ..record.naming import some, who
from ..record.parties import is_actor, members, party
from ..record.snapshot import Snapshot
from ..spread.edges import each
from ..spread.joined import parts
from .base import Finding, rule
from .parts import Known, allowed, at_work, body_of, held_by, is_grave, may_have, maybe_rows, of_sector, start_of
from .several import it, together

FELLOWS = ("social_care", "health", "police", "education", "housing")


@rule(
    title="Known to one service and not to a fellow service",
    theme="response to incidents",
    matters=0.8,
    rule="A known worry of severity `grave` or more on record in an agency of social care, health, police, "
    "education or housing, and in no way in another agency of the same sector that still appears in a row (a "
    "closing one apart) `grace_days` later or more; agencies that lack the same are told together. Not where the "
    "permissions say prohibited or not_needed.",
    limits="An agency that appears once is counted like one that carried the case; whether it should have been asked "
    "is for the reader.",
    question="How would one service have learnt that another had been there before, and was it usual to ask?",
    refute="a row by which somebody there came to have it, or that they were no longer at work.",
)
def not_with_a_fellow_service(view: Snapshot) -> Iterator[Finding]:
    """A grave worry on record in one agency of a sector, and in no way in another that was at work later."""
    alike: defaultdict[tuple[str, tuple[str, ...]], list[tuple[str, int]]] = defaultdict(list)
    for agency, end in _last_days(view).items():
        sector = view.records.agencies[agency].sector
        if sector not in FELLOWS:
            continue
        own = frozenset(members(view, agency))
        lacking = []
        for worry, known in held_by(view, view.worries, of_sector(view, sector) - own).items():
            known_long = end - view.when(known.window) >= view.rules.grace_days
            if is_grave(view, worry) and known_long and not may_have(view, worry) & own:
                had = view.holders[worry] & (of_sector(view, sector) - own)
                if allowed(view, had, (agency,), worry, end):
                    lacking.append(worry)
        if lacking:
            alike[sector, tuple(sorted(lacking))].append((agency, end))
    for (sector, worries), without in sorted(alike.items()):
        agencies = [agency for agency, _ in without]
        others = of_sector(view, sector) - {one for agency in agencies for one in members(view, agency)}
        held = held_by(view, worries, others)
        where = {party(view, known.holder) for known in held.values()}
        yield Finding.of(
            view,
            f"No row shows {some(view, held)} with {who(view, agencies, 2)}, at work later, though "
            f"{who(view, where, 1)} had {it(held)}{together(view, where, held)}",
            held=held,
            who=agencies,
            start=start_of(view, held),
            end=max(last for _, last in without),
        )


def _last_days(view: Snapshot) -> dict[str, int]:
    """The last day on which anybody of each agency certainly appears, in order of agencies; closing rows apart."""
    found: dict[str, int] = {}
    for one, (_, last) in at_work(view, closing=False).items():
        agency = party(view, one)
        if agency in view.records.agencies:
            found[agency] = max(last, found.get(agency, last))
    return dict(sorted(found.items()))


# strands ----------------------------------------------------------------------------------------------


class Strand(NamedTuple):
    """People of one agency who were in contact, how each worry came to them, and the days on which they appear."""

    people: tuple[str, ...]
    held: dict[str, Known]
    start: int
    end: int

    def since(self, view: Snapshot, worries: set[str]) -> int:
        """The first day from which they had one of some worries."""
        return min(view.when(self.held[worry].window) for worry in worries)


class Apart(NamedTuple):
    """Two strands that worked side by side, each with worries that the other did not have; the days they did."""

    one: Strand
    other: Strand
    mine: set[str]
    yours: set[str]
    start: int
    end: int


@rule(
    title="Strands inside one agency that did not meet",
    theme="management",
    matters=0.9,
    rule="Two or more groups of professionals of one agency (social care or police agencies of the same area count as "
    "one), each with a known worry on record that nobody of the other may have, both certainly at work on a day on "
    "which each had its own, and no row of contact joins them, not even by way of colleagues. One finding for each "
    "agency, about the two with most to bring each other.",
    limits="Work in one office leaves few rows. Whether agencies of one area are one body is the coder's choice of "
    "sector and area.",
    question="How did parts of this agency learn that others were at work on the same child?",
    refute="a row of contact between them, direct or by a colleague.",
)
def strands_apart(view: Snapshot) -> Iterator[Finding]:
    """Two strands of one agency at work side by side with different worries and no contact."""
    bodies: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in view.records.agencies:
        bodies[body_of(view, one)].add(one)
    for _, agencies in sorted(bodies.items()):
        pairs = [found for a, b in combinations(_strands(view, agencies), 2) if (found := _apart(view, a, b))]
        if not pairs:
            continue
        pair = min(pairs, key=lambda pair: (-_stake(view, pair), pair.one.people, pair.other.people))
        held = {worry: pair.one.held[worry] for worry in sorted(pair.mine)}
        held |= {worry: pair.other.held[worry] for worry in sorted(pair.yours)}
        parts = {party(view, person) for person in (*pair.one.people, *pair.other.people)}
        yield Finding.of(
            view,
            f"At {who(view, parts, 2)}, one group had {some(view, pair.mine)} and another {some(view, pair.yours)}; "
            "no row shows contact between them",
            held=held,
            who=(*pair.one.people, *pair.other.people),
            start=pair.start,
            end=pair.end,
            severity=_stake(view, pair),
        )


def _stake(view: Snapshot, pair: Apart) -> float:
    """What two strands could have brought each other: twice what the one with less would have brought."""
    return 2 * min(view.total(pair.mine), view.total(pair.yours))


def _apart(view: Snapshot, a: Strand, b: Strand) -> Apart | None:
    """Two strands, if each had something that the other may not have had while both were at work."""
    mine = {worry for worry in a.held if not may_have(view, worry).intersection(b.people)}
    yours = {worry for worry in b.held if not may_have(view, worry).intersection(a.people)}
    if not mine or not yours:
        return None
    end = min(a.end, b.end)
    mine = {worry for worry in mine if a.since(view, {worry}) <= end}
    yours = {worry for worry in yours if b.since(view, {worry}) <= end}
    if not mine or not yours:
        return None
    start = max(a.start, b.start, a.since(view, mine), b.since(view, yours))
    return Apart(a, b, mine, yours, start, end) if start <= end else None


def _strands(view: Snapshot, agencies: set[str]) -> list[Strand]:
    """The parts in which the professionals of one body were in contact, each with what it had on record."""
    spans = at_work(view)
    staff = {one: place for place, one in enumerate(view.actors) if party(view, one) in agencies}
    beside = list(view.contact_beside())
    for agency in sorted(agencies):  # whoever one row names together is no strand apart, though nothing moved between
        for named in _named_together(view).get(agency, ()):
            for one, other in pairwise([staff[one] for one in named if one in staff]):
                beside[one] |= 1 << other
                beside[other] |= 1 << one
    found = []
    for part in sorted((_actors(view, part) for part in parts(beside, _bits(staff.values()))), key=sorted):
        people = tuple(sorted(part & view.professionals))
        held = held_by(view, view.worries, part)
        days = [spans[one] for one in part if one in spans]
        if people and held and days:
            found.append(Strand(people, held, min(first for first, _ in days), max(last for _, last in days)))
    return found


def _bits(places: Iterable[int]) -> int:
    return sum(1 << place for place in places)


def _actors(view: Snapshot, part: int) -> frozenset[str]:
    """The actors whose places are the bits of a number."""
    return frozenset(view.actors[place] for place in each(part))


def _named_together(view: Snapshot) -> dict[str, list[tuple[str, ...]]]:
    """The professionals and agencies whom a contact row names together, several in each, by the parties among them."""

    def make() -> dict[str, list[tuple[str, ...]]]:
        found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for row in maybe_rows(view):
            actors = tuple(one for one in row.named if is_actor(view, one)) if row.is_contact else ()
            if len(actors) > 1:
                for one in {party(view, actor) for actor in actors}:
                    found[one].append(actors)
        return dict(found)

    return view.keep("findings: named together", make)


# bridges ----------------------------------------------------------------------------------------------


class Bridge(NamedTuple):
    """A person through whom all contact between a smaller and the largest part goes, and what each has alone."""

    person: str
    small: frozenset[str]
    main: frozenset[str]
    there: frozenset[str]
    here: frozenset[str]


def bridges(view: Snapshot) -> list[Bridge]:
    """The professionals whose removal parts the contact graph into parts of two or more, of whom each holds worries."""

    def make() -> list[Bridge]:
        known, found = frozenset(view.worries), []
        for person, sides in _parted(view):
            main, *rest = sorted(sides, key=lambda part: (-len(part), sorted(part)))
            for part in rest:
                if len(part) > 1 and _others(view, part, main) and _others(view, main, part):
                    there, here = (frozenset(held_by(view, known, side)) for side in (part, main))
                    found.append(Bridge(person, part, main, there, here))
        return found

    return view.keep("findings: bridges", make)


def _parted(view: Snapshot) -> Iterator[tuple[str, list[frozenset[str]]]]:
    """The professionals without whom their part of the contact graph would fall into several, and into which."""
    beside = view.contact_beside()
    wholes = list(parts(beside, _bits(range(len(view.actors)))))
    for place, person in enumerate(view.actors):
        if person in view.professionals:
            whole = next(part for part in wholes if part >> place & 1)
            sides = list(parts(beside, whole & ~(1 << place)))
            if len(sides) > 1:
                yield person, [_actors(view, side) for side in sides]


def _others(view: Snapshot, part: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a part has people or the file of a party that the other has nobody of."""
    return bool({party(view, one) for one in part} - {party(view, one) for one in other})


def _side(view: Snapshot, part: Iterable[str], other: Iterable[str]) -> str:
    """The parties of one part that have nobody in the other."""
    return who(view, {party(view, one) for one in part} - {party(view, one) for one in other}, 1)


@rule(
    title="One person as the only bridge",
    theme="longer-term work",
    matters=0.4,
    rule="A professional whose removal parts the contact graph into two or more parts of two actors or more, where "
    "each has on record a known worry that the other has not. Of several such parts the one with most to bring.",
    limits="The whole period counts as one: the bridge may have stood for a day. Contacts through the family are none.",
    question="What did it rest on that these two parts had only this one way to each other?",
    refute="a row of contact between the two parts in which they do not appear.",
)
def only_bridge(view: Snapshot) -> Iterator[Finding]:
    """One person through whom all contact between two parts of the network goes, each with worries of its own."""
    best: dict[str, Bridge] = {}
    for one in bridges(view):
        there, here = one.there - one.here, one.here - one.there
        if there and here:
            kept = best.get(one.person)
            if kept is None or view.total(there) > view.total(kept.there - kept.here):
                best[one.person] = one
    pairs = view.contact_pairs(view.contacts_in(), view.actors) if best else {}
    for person, one in sorted(best.items()):
        there, here = one.there - one.here, one.here - one.there
        held = held_by(view, there, one.small) | held_by(view, here, one.main)
        rows = {row for pair, some in pairs.items() if person in pair for row in some}
        yield Finding.of(
            view,
            f"All recorded contact of {_side(view, one.small, one.main)} with "
            f"{_side(view, one.main, one.small)} runs through {who(view, [person])}; each side has worries of its "
            "own",
            held=held,
            rows=sorted(rows),
            who={person, *(one.small & view.professionals)},
            start=view.day,
            severity=min(view.total(there), view.total(here)),
        )
