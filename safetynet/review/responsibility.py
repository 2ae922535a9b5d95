"""Findings about who had it in hand: worries nobody owned, assumptions held against the record, circles and chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..measures import chains
from ..measures.circles import circular_groups, counts_on
from ..measures.leaving import taken_back
from ..measures.reliance import KNEW, NO_RECORD, people_of, reliances, verdict
from ..measures.reliance import Reliance as Belief
from ..measures.states import states
from ..measures.unowned import unowned_spells
from ..record.snapshot import Snapshot, row_order
from ..wording import in_words
from .firsthand import brief, it, people_among
from .legacy import Finding, Rule, agencies_of, day, days, name, names, ordered, when


def informed_nobody_owned(view: Snapshot) -> Iterator[Finding]:
    """Worries that several professionals had on record and that no row shows anybody owning."""
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    spells = {}
    for worry, state in states(view).items():
        if state.owned or not state.informed or len(view.holders[worry] & view.professionals) < 2:
            continue
        spells[worry] = unowned_spells(view, worry)
        if sum(last - first + 1 for first, last in spells[worry]) > view.rules.late_days:
            groups[state.informed].append(worry)
    found = states(view)
    for informed, worries in sorted(groups.items()):
        worries.sort(key=lambda one: (-view.records.concerns[one].severity, one))
        main = max(worries, key=lambda one: (sum(last - first + 1 for first, last in spells[one]), one))
        length = sum(last - first + 1 for first, last in spells[main])
        since = spells[main][0][0]
        actions = {action.row.id: action.row for one in worries for action in found[one].actions}
        which = it(worries)
        listed = in_words(ordered(actions.values())[:4]) + (" …" if len(actions) > 4 else "")
        asked = f" No action about {which} ({listed}) was in hand that day." if actions else ""
        longest = "it" if len(worries) == 1 else main
        left = len({one for worry in worries for one in view.holders[worry] & view.professionals} - set(informed))
        gone = f" ({left} more {'has' if left == 1 else 'have'} left)" if left else ""
        yield Finding(
            "informed_nobody_owned",
            f"On {day(view.day)}, {names(view, informed, 3)}{gone} had {brief(view, worries)} on record and no row "
            f"shows anybody owning {which}; {longest} was without an owner on {days(length)} from {day(since)} "
            f"on.{asked}",
            "an agreed row about it with an owner who had it on record, in time or completed.",
            rows=_merged(view, [*view.evidence(worries, informed), *actions]), people=informed,
            agencies=agencies_of(view, informed), concerns=tuple(sorted(worries)), start=since, end=view.day,
            days=length, severity=view.total(worries),
        )  # fmt: skip


def _merged(view: Snapshot, ids: Iterable[str]) -> tuple[str, ...]:
    wanted = set(ids)
    return ordered(row for row in view.rows if row.id in wanted)


# assumptions ------------------------------------------------------------------------------------------


def _standing(view: Snapshot) -> dict[tuple[str, str], list[Belief]]:
    """The assumptions that stand, by holder and by whom they counted on."""
    groups: defaultdict[tuple[str, str], list[Belief]] = defaultdict(list)
    for belief in reliances(view):
        if belief.assumed and not taken_back(view, belief.holder, belief.worry, belief.row):
            groups[belief.holder, belief.assumed].append(belief)
    return dict(sorted(groups.items()))


def _is_family(view: Snapshot, party: str) -> bool:
    return party not in view.records.agencies and party not in view.professionals


def _about_party(view: Snapshot, family: bool, fits: Callable[[Belief], bool]) -> Iterator[tuple[str, list[Belief]]]:
    """The standing assumptions that fit, by whom they counted on; one group where holders leave it the same worries."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Belief]] = defaultdict(list)
    for (_, assumed), found in _standing(view).items():
        if _is_family(view, assumed) == family:
            fitting = [belief for belief in found if fits(belief)]
            if fitting:
                groups[assumed, tuple(sorted({belief.worry for belief in fitting}))] += fitting
    for (assumed, _), fitting in sorted(groups.items()):
        yield assumed, fitting


def _assumption(view: Snapshot, kind: str, assumed: str, found: list[Belief], ending: str, refute: str,
                knew: Iterable[str] = ()) -> Finding:  # fmt: skip
    rows = sorted({one.row for one in found}, key=row_order)
    holders = sorted({one.holder for one in found})
    worries = sorted({one.worry for one in found})
    first, last = rows[0], rows[-1]
    dated = when(first) if first.date == last.date else f"from {day(first.date.first)} to {day(last.date.last)}"
    evidence = view.evidence(worries, (assumed, *people_of(view, assumed)))
    return Finding(
        kind,
        f"The record has {names(view, holders, 4)} assuming {dated} that {name(view, assumed)} would act on "
        f"{brief(view, worries)}. {ending}",
        refute,
        rows=_merged(view, [row.id for row in rows] + list(evidence)),
        people=people_among(view, (*holders, assumed, *knew)),
        agencies=agencies_of(view, (*holders, assumed)), concerns=tuple(worries), start=first.date.first, end=view.day,
        days=view.day - min(view.when(row.date) for row in rows), severity=view.total(worries),
    )  # fmt: skip


def _worries(found: list[Belief]) -> list[str]:
    return sorted({belief.worry for belief in found})


def assumed_no_record(view: Snapshot) -> Iterator[Finding]:
    """Somebody counted on a professional or an agency that has no record of knowing the worry."""
    for assumed, found in _about_party(view, False, lambda one: verdict(view, one.worry, one.assumed) == NO_RECORD):
        worries = _worries(found)
        is_agency = assumed in view.records.agencies
        on_file = is_agency and any(assumed in view.holders.get(one, ()) for one in worries)
        whom = "anybody there" if is_agency else "they"
        file = ", though the agency's file did" if on_file else ""
        ending = f"No row up to {day(view.day)} shows that {whom} came to have {it(worries)} on record{file}."
        yield _assumption(view, "assumed_no_record", assumed, found, ending,
                          "a row by which whoever was counted on came to have the worry.")  # fmt: skip


def assumed_not_owned(view: Snapshot) -> Iterator[Finding]:
    """Somebody counted on a professional or an agency that had the worry and did not own it, as the record has it."""
    for assumed, found in _about_party(view, False, lambda one: verdict(view, one.worry, one.assumed) == KNEW):
        worries = _worries(found)
        among = people_of(view, assumed)
        knew = [one for one in among if any((one, worry) in view.since for worry in worries)]
        by_then = any(
            view.since.get((one, belief.worry), view.day + 1) <= view.when(belief.row.date)
            for belief in found for one in among
        )  # fmt: skip
        who = f"{names(view, knew, 3)} there had" if assumed in view.records.agencies else "They had"
        ending = (
            f"{who} {it(worries)} on record{'' if by_then else ' only later'}; no row shows that they owned "
            f"{it(worries, 'any of these')} on {day(view.day)}."
        )
        refute = "an agreed row about it, in time or completed, that whoever was counted on took."
        yield _assumption(view, "assumed_not_owned", assumed, found, ending, refute, knew)


def left_to_family(view: Snapshot) -> Iterator[Finding]:
    """A professional counted on the child, the family or their support for a worry that no professional owned."""
    state = states(view)

    def fits(one: Belief) -> bool:
        return not _is_family(view, one.holder) and one.worry in state and not state[one.worry].owned

    for assumed, found in _about_party(view, True, fits):
        ending = f"No row shows a professional owning {it(_worries(found), 'any of these')} on {day(view.day)}."
        yield _assumption(view, "left_to_family", assumed, found, ending,
                          "an agreed row about it that a professional who had it on record took.")  # fmt: skip


# circles and chains -----------------------------------------------------------------------------------


def counted_in_circle(view: Snapshot) -> Iterator[Finding]:
    """Agencies that counted on each other in a circle."""
    pairs = counts_on(view)
    for group in circular_groups(view):
        links = sorted((a, b, rows) for (a, b), rows in pairs.items() if a in group and b in group)
        rows = {row.id: row for _, _, found in links for row in found}
        said = [f"{name(view, a)} on {name(view, b)} ({in_words([row.id for row in sorted(found, key=row_order)[:2]])})"
                for a, b, found in links[:3]]  # fmt: skip
        closed = max(min(view.when(row.date) for row in found) for _, _, found in links)
        worries = sorted({one for row in rows.values() for one in row.concerns if view.records.concerns[one].is_worry})
        about = f", about {brief(view, worries)}" if worries else ""
        yield Finding(
            "counted_in_circle",
            f"The record has {'two' if len(group) == 2 else len(group)} agencies assuming by {day(closed)} that "
            "another had it in hand, in a circle: "
            f"{'; '.join(said)}{f'; and {len(links) - 3} more' if len(links) > 3 else ''}{about}.",
            "a row that shows that one of them took it on.",
            rows=ordered(rows.values()),
            people=people_among(view, [one for row in rows.values() for one in (*row.who, *row.to)]),
            agencies=tuple(one for one in group if one in view.records.agencies), concerns=tuple(worries),
            start=min(row.date.first for row in rows.values()), end=view.day, days=view.day - closed,
            severity=view.total(worries),
        )  # fmt: skip


def chain_ends_in_nobody(view: Snapshot) -> Iterator[Finding]:
    """A chain of assumptions of two steps or more at whose end nobody owned the worry."""
    groups: defaultdict[tuple[tuple[str, ...], str], list[Any]] = defaultdict(list)
    for line in chains.lines(view):
        if line.steps >= 2:
            groups[line.chain[1:], line.found].append(line)
    rows = {row.id: row for row in view.rows}
    for (tail, end), found in sorted(groups.items()):
        worries = sorted({line.concern for line in found})
        starts = sorted({line.chain[0] for line in found})
        using = {one: rows[one] for line in found for one in line.rows}
        steps = [row for row in using.values() if row.kind == "assumed"]
        last = max(view.when(row.date) for row in steps)
        said = " on ".join([names(view, starts, 4), *(name(view, one) for one in tail if one)])
        way = (*starts, *tail)
        ending = {
            KNEW: "who had it on record and is not shown to have owned it",
            NO_RECORD: "who has no record of knowing it",
            "in a circle": "and the chain comes back to somebody in it",
        }.get(end, "and nobody is named")
        yield Finding(
            "chain_ends_in_nobody",
            f"About {brief(view, worries)}, the record has a chain in which each counted on the next: "
            f"{said}, {ending} on {day(view.day)}.",
            "a row that shows that somebody in the chain took it on.",
            rows=ordered(using.values()), people=people_among(view, way),
            agencies=agencies_of(view, way), concerns=tuple(worries), start=min(row.date.first for row in steps),
            end=view.day, days=view.day - last, severity=view.total(worries),
        )  # fmt: skip


RULES = (
    Rule(
        "informed_nobody_owned",
        "Known to several, owned by nobody",
        0.8,
        "A worry that two or more professionals had on record, one of them still involved, that is not owned by the "
        "date (no live action with an informed owner, no completed one that stands), and was not owned on more than "
        "`late_days` days in all. Worries with the same informed people are one finding.",
        "Somebody may have acted without an agreed row. A worry that one professional alone held is under what never "
        "left a person.",
        informed_nobody_owned,
    ),
    Rule(
        "assumed_no_record",
        "Counted on someone with no record of knowing",
        0.8,
        "An assumed row by which somebody counted on a professional or an agency, where no row by the date puts the "
        "worry on that party's record, and which its holder did not take back (no later row in which they told, "
        "asked, met with or took on the worry). Holders who counted on the same party for the same worries are one "
        "finding.",
        "An assumption is coded from what somebody said later. The party may have known without a row that says so.",
        assumed_no_record,
    ),
    Rule(
        "assumed_not_owned",
        "Counted on someone who knew and did not own it",
        0.7,
        "As above, where the party (of an agency, one of its people) had the worry on record by the date and no "
        "action of theirs about it was live with an informed owner, or completed.",
        "They may have acted without an agreed row, or come to know it only later: see the dates of the rows.",
        assumed_not_owned,
    ),
    Rule(
        "left_to_family",
        "Left to the family",
        0.5,
        "A standing assumption of a professional or an agency that the child, the family or their support had a "
        "worry in hand, about a known worry that is not owned by the date.",
        "Families often do have it in hand; the finding only says that no professional is on record as owning it. "
        "Coders use such rows also for other beliefs about a carer.",
        left_to_family,
    ),
    Rule(
        "counted_in_circle",
        "Agencies that counted on each other",
        0.7,
        "A group of agencies among which assumed rows lead from each to each (strongly connected), people counting "
        "as their agency. It lasts from the row that closed the circle.",
        "A circle of agencies, not of one worry: what one left to the other need not be what the other left to it.",
        counted_in_circle,
    ),
    Rule(
        "chain_ends_in_nobody",
        "A chain that ends in nobody",
        0.8,
        "Standing assumptions about one worry, two or more in a row, from somebody to a last party who did not own "
        "it, had no record of it, or is in the chain already; of several ways the shortest. Chains that differ only "
        "in where they start are one.",
        "One step alone is a kind of its own. Each link may have been reasonable by itself.",
        chain_ends_in_nobody,
    ),
)
