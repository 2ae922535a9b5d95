"""Findings about who had it in hand: worries without an owner, reliance held against the record, circles and chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from ..case.records import Row
from ..record.naming import quoted, some, who
from ..record.parties import is_actor, members, party
from ..record.snapshot import Snapshot
from ..wording import count, day, days, in_words, when
from .base import Finding, rule
from .measured import (
    KNEW,
    NO_RECORD,
    OWNED_IT,
    Reliance,
    acting_on,
    circular,
    completed,
    dead_ends,
    each_other,
    owned,
    standing,
    tested,
    unowned_spells,
)
from .parts import body_of, first_known, held_by, in_doubt, may_have, maybe_naming, worries_among
from .several import it, like_first


@rule(
    title="Known to several, with no action in hand",
    theme="management",
    matters=0.8,
    rule="A worry that two or more professionals have on record, one of them still involved and working with the "
    "family, that is not owned by the date and was without an owner on more than `late_days` days since a second one "
    "had it. Worries with the same informed people are one finding, those of which an action is on record apart from "
    "those without any; the days are those of the gravest.",
    limits="Somebody may have acted without an agreed row, or on a duty (expected rows stand in brackets and are no "
    "action). A worry that one professional alone held is under what stayed with one person.",
    question="How did it become somebody's to do here, and who did each think it was?",
    refute="an agreed row about it with an owner who had it on record, in time or completed.",
)
def informed_nobody_owned(view: Snapshot) -> Iterator[Finding]:
    """Worries that several professionals had on record and that no row shows anybody owning."""
    groups: defaultdict[tuple[tuple[str, ...], bool], list[str]] = defaultdict(list)
    for worry in view.worries:
        informed = tuple(one for one in view.informed(worry) if not in_doubt(view, one, worry))
        several = len(view.holders[worry] & view.professionals) > 1
        if worry not in owned(view) and informed and several and _without_owner(view, worry) > view.rules.late_days:
            groups[informed, any(row.who for row in acting_on(view, worry))].append(worry)
    for (informed, begun), worries in sorted(groups.items()):
        held = held_by(view, worries)
        said = like_first(held, {worry: _without_owner(view, worry) for worry in held})
        since = _spells_without(view, said[0])[0][0]
        yield Finding.of(
            view,
            f"No {'action in hand' if begun else 'owner on record'} for {some(view, said)}, known to "
            f"{who(view, informed, 2)}; {days(_without_owner(view, said[0]))} without one by {day(view.day)}",
            held=held,
            rows=[*view.evidence(worries, informed), *(row for c in worries for row in acting_on(view, c))],
            note=_duties(view, said[0]),
            who=informed,
            start=since,
            end=view.day,
        )


def _duties(view: Snapshot, worry: str) -> str:
    """The duties on a worry that are on record: they are no action, and somebody may have acted on them."""
    rows = [row.id for row in view.naming(worry) if row.kind == "expected"]
    return f"on record as a duty: {in_words(rows, 2)}" if rows else ""


def _without_owner(view: Snapshot, worry: str) -> int:
    """On how many days a worry was without an owner while several had it: of each spell, last day − first day."""
    return sum(last - first for first, last in _spells_without(view, worry))


def _spells_without(view: Snapshot, worry: str) -> list[tuple[int, int]]:
    """The spells without an owner since the day on which a second professional had a worry."""
    second = sorted(view.since[one, worry] for one in view.holders[worry] & view.professionals)[1]
    return [(max(first, second), last) for first, last in unowned_spells(view, worry) if last >= second]


# reliance ---------------------------------------------------------------------------------------------


def _is_family(view: Snapshot, one: str) -> bool:
    return one in view.family


def _about_party(
    view: Snapshot, family: bool, fits: Callable[[Reliance], bool]
) -> Iterator[tuple[str, dict[str, list[Reliance]]]]:
    """The standing reliance that fits, by whom the same people counted on, and by worry, gravest first."""
    every: defaultdict[tuple[str, str], list[Reliance]] = defaultdict(list)
    for one in standing(view):
        if one.assumed and _is_family(view, one.assumed) == family and fits(one):
            every[one.assumed, one.worry].append(one)
    groups: defaultdict[tuple[str, tuple[str, ...]], dict[str, list[Reliance]]] = defaultdict(dict)
    for (assumed, worry), ones in every.items():
        groups[assumed, tuple(sorted({one.holder for one in ones}))][worry] = ones
    for (assumed, _), found in sorted(groups.items()):
        yield assumed, {worry: found[worry] for worry in worries_among(view, found)}


def _reliance(
    view: Snapshot, assumed: str, found: dict[str, list[Reliance]], ending: str, *, knew: bool = False
) -> Finding:
    """Who counted on a party for some worries."""
    first = next(iter(found))
    key = min((one.row for one in found[first]), key=lambda row: row.order)
    there = first_known(view, first, members(view, assumed)) if knew and is_actor(view, assumed) else None
    rows = sorted({one.row for ones in found.values() for one in ones}, key=lambda row: row.order)
    holders = {one.holder for one in found[first]}
    if there is not None:
        ending = f"on record there from {when(there.window)}, with no action there in hand"
    theirs = members(view, assumed) if is_actor(view, assumed) else (assumed,)
    return Finding.of(
        view,
        f"{who(view, holders, 2)} counted on {who(view, [assumed])} for {some(view, found)}; "
        f"{ending.format(it=it(found))}",
        key=[key] if there is None else [key, there.row],
        held=held_by(view, found, holders) or None,
        concerns=found,
        rows=[*rows, *view.evidence(found, theirs)],
        who=[*holders, assumed],
        start=view.when(key.date),
        end=view.day,
    )


@rule(
    title="Counted on somebody with no record of it",
    theme="response to incidents",
    matters=0.8,
    rule="An assumed row by which somebody counted on a professional or an agency, where no row by the date may "
    "put the worry on that party's record, nor on that of another agency of social care or police of the same area, "
    "and which its holder did not take back (no later row in which they told, asked, met with or took on the worry). "
    "One finding for the same people and the party counted on.",
    limits="An assumption is coded from what somebody said later. The party may have known without a row that says so.",
    question="What made it seem that they would have it, and how could that have been checked?",
    refute="a row by which whoever was counted on came to have the worry.",
)
def assumed_no_record(view: Snapshot) -> Iterator[Finding]:
    """Somebody counted on a professional or an agency that has no record of knowing the worry."""

    def fits(one: Reliance) -> bool:
        nobody = not may_have(view, one.worry).intersection(_whole_body(view, one.assumed))
        return nobody and tested(view, one.worry, one.assumed) == NO_RECORD

    for assumed, found in _about_party(view, False, fits):
        yield _reliance(view, assumed, found, "no row shows {it} there")


def _whole_body(view: Snapshot, one: str) -> set[str]:
    """A person; or everybody of an agency and of those that are one body with it."""
    if one not in view.records.agencies:
        return {one}
    alike = (other for other in view.records.agencies if body_of(view, other) == body_of(view, one))
    return {name for other in alike for name in members(view, other)}


@rule(
    title="Counted on somebody who knew and is not on record as owning it",
    theme="response to incidents",
    matters=0.7,
    rule="As above, where the party (of an agency, one of its people) had the worry on record by the date and no "
    "action of theirs, or of their agency, about it is in hand, or was agreed on or after that day and completed. "
    "One finding for the same people and the party counted on.",
    limits="They may have acted without an agreed row, or come to know it only later: see the dates of the rows.",
    question="Had they said that they would, and how did it look from their side?",
    refute="an agreed row about it, in time or completed, that whoever was counted on took.",
)
def assumed_not_owned(view: Snapshot) -> Iterator[Finding]:
    """Somebody counted on a professional or an agency that had the worry and did not own it, as the record has it."""

    def fits(one: Reliance) -> bool:
        there = tested(view, one.worry, party(view, one.assumed))
        return tested(view, one.worry, one.assumed) == KNEW and there != OWNED_IT and not _did_it(view, one)

    for assumed, found in _about_party(view, False, fits):
        yield _reliance(view, assumed, found, "on record there, with no action there in hand", knew=True)


def _did_it(view: Snapshot, one: Reliance) -> bool:
    """Whether whoever was counted on completed an action on the worry that may have been agreed after that."""

    def make() -> int:
        theirs = set(members(view, one.assumed)) if is_actor(view, one.assumed) else {one.assumed}
        actions = (row for row in maybe_naming(view, [one.worry], theirs) if row.kind == "agreed")
        return max((row.date.last for row in actions if completed(view, row) is not None), default=0)

    return view.keep(("findings: last completed", one.worry, one.assumed), make) >= one.row.date.first


@rule(
    title="Left to the family",
    theme="family and professionals",
    matters=0.5,
    rule="A standing assumption of a professional or an agency that the child, the family or their support had a "
    "worry in hand, about a known worry that is not owned by the date. One finding for each person counted on.",
    limits="Families often do have it in hand; the finding only says that no professional is on record as owning it.",
    question="What had been agreed with the family, and how would anybody have noticed if it did not happen?",
    refute="an agreed row about it that a professional who had it on record took.",
)
def left_to_family(view: Snapshot) -> Iterator[Finding]:
    """A professional counted on the child, the family or their support for a worry that no professional owned."""

    def fits(one: Reliance) -> bool:
        return not _is_family(view, one.holder) and one.worry in view.worries and one.worry not in owned(view)

    for assumed, found in _about_party(view, True, fits):
        yield _reliance(view, assumed, found, "no action of a professional on {it} is in hand")


@rule(
    title="Each took the other's part for granted",
    theme="reasoning",
    matters=0.9,
    rule="Two parties (people counting as their agency) that each assume or believe of the other, in assumed or "
    "believed rows with a `to`, something about one worry, where no later row has one of "
    "them take it on or tell the other of it. One finding for each two.",
    limits="Two beliefs about one worry may be about different parts of it.",
    question="How did each come to think so, and what would have shown it to be otherwise?",
    refute="a row that shows that one of them took it on, or told the other that they had not.",
)
def each_thought_the_other_had_it(view: Snapshot) -> Iterator[Finding]:
    """Two parties that each count on the other, or take something of the other for granted, about one worry."""
    pairs: defaultdict[tuple[str, str], dict[str, tuple[Row, Row]]] = defaultdict(dict)
    for one, other in each_other(view):
        a, b = sorted((one.holder, other.holder), key=lambda name: party(view, name))
        pairs[party(view, a) or a, party(view, b) or b].setdefault(one.concern, (one.row, other.row))
    for parties, every in sorted(pairs.items()):
        found = {c: rows for c, rows in every.items() if not _taken_on(view, parties, [c], rows)}
        worries = worries_among(view, found)
        if not worries:
            continue
        keys = found[worries[0]]
        yield Finding.of(
            view,
            f"{who(view, parties[:1])} and {who(view, parties[1:])} each took something for granted of the other about "
            f"{some(view, worries)}",
            key=keys,
            concerns=worries,
            rows=[row for rows in found.values() for row in rows],
            who=[*parties, *(one for row in keys for one in (*row.who, *row.to))],
            start=max(view.when(row.date) for row in keys),
            end=view.day,
        )


def _taken_on(view: Snapshot, parties: Iterable[str], worries: Iterable[str], rows: Iterable[Row]) -> bool:
    """Whether, after some rows, one of some parties took one of the worries on, or told another of them about it."""
    since, wanted = max(row.date.last for row in rows), set(worries)
    groups = [set(members(view, one)) for one in parties]
    for row in maybe_naming(view, wanted, set().union(*groups)):
        if row.date.last < since:
            continue
        mine = [group for group in groups if group.intersection(row.who)]
        if mine and (row.kind == "agreed" or any(group.intersection(view.reaches(row)) for group in groups)):
            return True
    return False


def _order(row: Row) -> tuple[int, int, int, str]:
    return row.order


# circles and chains -----------------------------------------------------------------------------------


@rule(
    title="Agencies that counted on each other",
    theme="reasoning",
    matters=0.7,
    rule="A group of agencies among which assumed rows lead from each to each (strongly connected), people counting as "
    "their agency. It lasts from the row that closed the circle. Not where one of them later "
    "took on, or told another of, what the rows are about.",
    limits="A circle of agencies, not of one worry: what one left to the other need not be what the other left to it.",
    question="How would any of them have noticed that it had come round?",
    refute="a row that shows that one of them took it on.",
)
def counted_in_circle(view: Snapshot) -> Iterator[Finding]:
    """Agencies that counted on each other in a circle."""
    for circle in circular(view):
        rows = [view.records.by_id[one] for one in circle.rows]
        worries = worries_among(view, circle.concerns)
        if _taken_on(view, circle.agencies, worries, rows):
            continue
        yield Finding.of(
            view,
            f"{count(len(circle.agencies), 'agency', 'agencies')} counted on each other in a circle: "
            f"{who(view, circle.agencies, 3)}",
            key=rows,
            concerns=worries,
            who=[*circle.agencies, *circle.people],
            start=max(view.when(row.date) for row in rows),
            end=view.day,
        )


@rule(
    title="A chain of reliance with no owner at its end",
    theme="reasoning",
    matters=0.8,
    rule="Standing assumed rows about one worry, two or more in a row, from somebody to a last party who is not on "
    "record as owning it, has no record of it, or is in the chain already; of several ways the shortest. Only rows "
    "are links: that somebody works in an agency is none. One finding for each last party and way to it.",
    limits="One step alone is a kind of its own. Each link may have been reasonable by itself.",
    question="What did each know of what the next would do?",
    refute="a row that shows that somebody in the chain took it on.",
)
def chain_ends_in_nobody(view: Snapshot) -> Iterator[Finding]:
    """A chain of assumptions of two steps or more at whose end nobody owned the worry."""
    groups: defaultdict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(dict)
    starts: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for chain in dead_ends(view):
        rows = [row for one in chain.rows if (row := view.records.by_id[one]).kind == "assumed"]
        if len({row.id for row in rows}) >= 2 and chain.steps == len(chain.chain) - 1:  # every link is a row
            groups[chain.chain[1:]].setdefault(chain.concern, rows)
            starts[chain.chain[1:]].add(chain.chain[0])
    for tail, found in sorted(groups.items()):
        worries = worries_among(view, found)
        key = sorted(found[worries[0]], key=_order)
        through, last = tail[:-1], tail[-1]
        end = f"on {who(view, [last])}" if last else "on nobody named"
        yield Finding.of(
            view,
            f"{who(view, starts[tail], 1)} counted on {who(view, through, 2)}, and they {end}, for "
            f"{quoted(view, worries[0])}; no action of theirs is in hand",
            key=key[:3],
            concerns=worries,
            rows=[*key, *view.evidence(worries, members(view, last) if is_actor(view, last) else [])],
            who=[*starts[tail], *tail],
            start=max(view.when(row.date) for row in key),
            end=view.day,
        )
