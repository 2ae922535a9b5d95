"""What several rules ask of a snapshot: sides, sectors, who works with whom, and how long something stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..dates import Window
from ..measures.latency import sharing_rows
from ..record.entries import first_days
from ..record.permissions import PASSES, permission
from ..record.snapshot import Snapshot, row_order
from ..wording import in_words
from .legacy import agencies_of, concern, day, name, names

GRAVE = 3  # a worry of this severity or more is called grave
POLICE_MATTERS = frozenset({"physical", "sexual", "domestic_abuse"})


def around(view: Snapshot) -> frozenset[str]:
    """The child, the family and its support: everybody who is no professional."""
    return frozenset(view.records.people) - view.professionals


def children(view: Snapshot) -> tuple[str, ...]:
    """The children of the case."""
    return tuple(person.id for person in view.records.people.values() if person.kind == "child")


def is_actor(view: Snapshot, identity: str) -> bool:
    """Whether somebody is a professional or an agency."""
    return identity in view.professionals or identity in view.records.agencies


def side(view: Snapshot, identity: str) -> frozenset[str]:
    """Somebody's side: the agency, its professionals and its file; only themselves where they have none."""
    agency = view.party(identity)
    if agency not in view.records.agencies or (identity in view.records.people and identity not in view.professionals):
        return frozenset({identity})
    people = (person.id for person in view.records.people.values() if person.agency == agency)
    return frozenset({agency, *(one for one in people if one in view.professionals)})


def sides(view: Snapshot, identities: Iterable[str]) -> frozenset[str]:
    """The sides of several people and agencies together."""
    return frozenset().union(*(side(view, one) for one in identities))


def sector(view: Snapshot, identity: str) -> str:
    """The sector of an agency, or of the agency that somebody works in; empty without one."""
    agency = view.records.agencies.get(view.party(identity))
    return "" if agency is None else agency.sector


def of_sector(view: Snapshot, wanted: str) -> frozenset[str]:
    """The professionals and agencies of a sector."""
    everyone = (*view.professionals, *view.records.agencies)
    return frozenset(one for one in everyone if sector(view, one) == wanted)


def sectors_coded(view: Snapshot) -> bool:
    """Whether any agency has a sector other than `other`: without, nothing can be said of sectors."""
    return any(agency.sector != "other" for agency in view.records.agencies.values())


def allowed(view: Snapshot, senders: Iterable[str], recipients: Iterable[str], worry: str, when: int) -> bool:
    """Whether the permissions let a worry pass from any of several to any of others; yes where there are none."""
    if view.records.permissions is None:
        return True
    targets = list(recipients)
    pairs = [(a, b) for a in senders for b in targets]
    return not pairs or any(permission(view.records, a, b, worry, when) in PASSES for a, b in pairs)


def is_grave(view: Snapshot, worry: str) -> bool:
    """Whether the coder gave a worry severity 3 or 4."""
    return view.records.concerns[worry].severity >= GRAVE


def gravest(view: Snapshot, worries: Iterable[str]) -> float:
    """The weight of the gravest of several worries; 0 without any."""
    return max((view.weight(worry) for worry in worries), default=0.0)


def worries_in(view: Snapshot, row: Row) -> frozenset[str]:
    """The worries that a row names and that are not resolved."""
    return frozenset(row.concerns).intersection(view.current)


def first_window(view: Snapshot, holder: str, concern: str) -> int:
    """The first possible day of the row by which somebody certainly came to have a concern."""
    return view.entries[holder, concern][0].window.first  # type: ignore[no-any-return]


def earliest(view: Snapshot, holder: str, concern: str) -> int:
    """The first day on which somebody may have had a concern."""
    return first_days(view.entries[holder, concern])[0]


def possibly_held(view: Snapshot, holder: str, by: int) -> frozenset[str]:
    """The concerns that somebody may have had by a day, whatever day of its window each row fell on."""
    return frozenset(
        one for one in view.records.concerns if (holder, one) in view.entries and earliest(view, holder, one) <= by
    )


def certainly_held(view: Snapshot, holder: str, by: int) -> frozenset[str]:
    """The concerns that somebody has on record by a day."""
    return frozenset(one for one in view.held.get(holder, frozenset()) if view.since[holder, one] <= by)


def holders(view: Snapshot, concern: str) -> frozenset[str]:
    """Everybody who has a concern on record, or may have by a partial date: "no row shows" must hold for both."""
    return view.keep("holders or maybe", lambda: _holders(view)).get(concern, frozenset())


def _holders(view: Snapshot) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (holder, item), rows in view.entries.items():
        if first_days(rows)[0] <= view.day:
            found[item].add(holder)
    return {item: frozenset(ones) for item, ones in found.items()}


def maybe_rows(view: Snapshot) -> tuple[Row, ...]:
    """The rows that may have happened by the day: those that count, and those whose partial date straddles it."""
    return view.keep("maybe rows", lambda: tuple(row for row in view.records.rows if row.date.first <= view.day))


def first_holder(view: Snapshot, worry: str) -> tuple[int, str]:
    """The day by which a professional first had a known worry on record, and who."""
    return min((view.since[one, worry], one) for one in view.holders[worry] & view.professionals)


def passings(view: Snapshot, worry: str) -> Iterator[Row]:
    """The contact rows by the day that passed a worry from one professional or agency to another, in order."""
    return (row for row in sharing_rows(view, worry) if view.by(row.date) and view.by(row.reached))


def at_work(view: Snapshot, *, closing: bool = True) -> dict[str, tuple[int, int]]:
    """The days between which each professional and agency certainly appears, in rows, `closing` ones too or not."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for row in view.rows:
        if row.kind == "closed" and not closing:
            continue
        for one in dict.fromkeys((*row.who, *(row.to if row.is_sent and row.arrived else ()))):
            if is_actor(view, one):
                starts[one] = min(row.date.last, starts.get(one, row.date.last))
                ends[one] = max(row.date.first, ends.get(one, row.date.first))
    return {one: (start, ends[one]) for one, start in starts.items()}


def links(view: Snapshot, ones: Iterable[str], others: Iterable[str]) -> list[Row]:
    """The rows, those that may have happened by the day included, in which information could move to any of `others`.

    From any of `ones`, that is; each row once, in no order.
    """
    ways, targets = view.keep("links", lambda: _links(view)), tuple(others)
    found = {row.id: row for one in ones for other in targets for row in ways.get((one, other), ())}
    return list(found.values())


def _links(view: Snapshot) -> dict[tuple[str, str], list[Row]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in maybe_rows(view):
        for move in row.moves:
            found[move].append(row)
    return dict(found)


def seen(view: Snapshot, row: Row, child: str) -> bool:
    """Whether a row shows a professional or an agency in contact with a child."""
    return row.is_contact and row.arrived and child in row.named and any(is_actor(view, one) for one in row.named)


def old_enough(view: Snapshot, worries: Iterable[str], start: int) -> bool:
    """Whether something has stood long enough to be worth saying: a day for a grave worry, else the days of grace."""
    return view.day - start >= (1 if any(is_grave(view, one) for one in worries) else view.rules.grace_days)


def of_agency(view: Snapshot, person: str) -> str:
    """The name of a person with that of the agency, unless the one has the other in it already."""
    where = agencies_of(view, (person,))
    own = name(view, person)
    if not where or where[0] == person or _told_by(own, name(view, where[0])):
        return own
    return f"{own} ({name(view, where[0])})"


def _told_by(own: str, agency: str) -> bool:
    """Whether the name of a person tells the agency: the one is in the other, or what follows its comma is."""
    after = own.rsplit(",", 1)[-1].strip()
    return agency in own or (len(after) > 3 and after != own and after in agency)


def lapse(window: Window) -> str:
    """A window as a short date: a day, a month, a year, or its two ends."""
    first, last = day(window.first), day(window.last)
    if window.is_day:
        return first
    if first[:4] == last[:4] and (first[5:], last[5:]) == ("01-01", "12-31"):
        return first[:4]
    if first[:7] == last[:7] and first[8:] == "01" and day(window.last + 1)[8:] == "01":
        return first[:7]
    return f"{first} to {last}"


def dates(rows: Iterable[Row], most: int = 4) -> str:
    """When several rows happened: "on 1999-07-14 and 1999-07-15"."""
    ordered_rows = sorted(rows, key=row_order)
    listed = list(dict.fromkeys(lapse(row.date) for row in ordered_rows))
    if len(listed) > most:
        listed = [*listed[: most - 1], f"{len(listed) - most + 1} further dates"]
    return ("on " if ordered_rows and ordered_rows[0].date.is_day else "in ") + in_words(listed)


def between(view: Snapshot, people: Iterable[str], worries: Iterable[str]) -> str:
    """The words "between them" where not each of several people has each of several worries on record."""
    wanted = set(worries)
    each = all(wanted <= view.held.get(one, frozenset()) for one in people)
    return "" if each else " between them"


def every(view: Snapshot, identities: Iterable[str], most: int = 2) -> str:
    """Names, sorted by who they are; beyond `most` the rest is counted."""
    return names(view, identities, most)


def items(view: Snapshot, identities: Iterable[str], told: int = 2, most: int = 6) -> str:
    """Several concerns, gravest first: the first `told` with their summaries, the rest by their ids."""
    listed = sorted(identities, key=lambda one: (-view.records.concerns[one].severity, one))
    words = [concern(view, one) if place < told else one for place, one in enumerate(listed)]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return "; ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""


def channel(row: Row, otherwise: str) -> str:
    """What a row says of its channel, as words; `otherwise` where it says nothing."""
    return (row.channel or otherwise).replace("_", " ")
