"""Findings about what the picture rests on: reassurance against worry, single sources, and what nobody saw rise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..case.records import Row
from ..dates import date_of
from ..measures.escalation import escalation
from ..measures.reassurance import reach_of_reassurance
from ..record.snapshot import Snapshot, in_order, row_order
from ..wording import count
from .legacy import Finding, Rule, agencies_of, concern, day, days, name
from .oldparts import GRAVE, dates, every, gravest, is_actor, is_grave, items, maybe_rows

RISE = 0.5  # by how much a mean severity rises before it is called a rise
MANY = 3  # on how many others a worry must rest before its single source is pointed out


def reassurance_outran(view: Snapshot) -> Iterator[Finding]:
    """A reassurance that went to more people or agencies than a worry it answers, or came sooner to another agency."""
    table = reach_of_reassurance(view.case, date_of(view.day), rules=view.rules)
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in table.to_dict("records"):
        line = {str(column): value for column, value in record.items()}
        farther = any(line[f"{what}_reassured"] > line[f"{what}_informed"] for what in ("people", "agencies"))
        sooner = _to_another_agency(view, line["reassurance"]) < _to_another_agency(view, line["concern"])
        if line["informed"] and line["reassured_only"] and (farther or sooner):
            found[line["reassurance"]].append(line)
    for calm, lines in sorted(found.items()):
        worries = [line["concern"] for line in lines]
        told = [f"{concern(view, line['concern'])} with {line['people_informed']}" for line in lines]
        people, agencies = lines[0]["people_reassured"], lines[0]["agencies_reassured"]
        alone = set.intersection(*(set(line["reassured_only"]) for line in lines))
        heard = f"; {every(view, alone)} had only the reassurance" if alone else ""
        who = set(lines[0]["reassured"])
        since = min(view.since[one, calm] for one in who)
        rows = {row for line in lines for row in line["rows"]}
        yield Finding(
            "reassurance_outran",
            f"By {day(view.day)} the reassurance {concern(view, calm)} was on record with "
            f"{count(people, 'professional', 'professionals')} in {count(agencies, 'agency', 'agencies')}, "
            f"{' and '.join(told[:2])}{heard}.",
            "rows by which those with the reassurance also came to have the worry.",
            rows=in_order(row for row in view.rows if row.id in rows),
            people=tuple(sorted(who)), agencies=agencies_of(view, who), concerns=tuple(sorted({calm, *worries})),
            start=since, end=view.day, days=view.day - since, severity=view.total(worries),
        )  # fmt: skip


def _to_another_agency(view: Snapshot, item: str) -> int:
    """The days from when a professional first had something on record to when a second agency did."""
    first: dict[str, int] = {}
    for one in view.holders.get(item, frozenset()):
        if is_actor(view, one):
            agency = view.party(one)
            first[agency] = min(view.since[one, item], first.get(agency, view.since[one, item]))
    soonest = sorted(first.values())
    return soonest[1] - soonest[0] if len(soonest) > 1 else 1 << 40


# single sources ---------------------------------------------------------------------------------------


def single_source(view: Snapshot) -> Iterator[Finding]:
    """Something that several have on record, and that goes back to one person's word."""
    resting: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for item, everyone in sorted(view.holders.items()):
        holders = frozenset(one for one in everyone if is_actor(view, one))
        calm = view.records.concerns[item].category == "reassurance"
        if not calm and (item not in view.worries or not is_grave(view, item)):
            continue
        origin = _origin(view, item, everyone)
        others = holders - {origin}
        elsewhere = {view.party(one) for one in others} - {view.party(origin)} if origin else set()
        people = others & view.professionals
        enough = len(people) >= (MANY - 1 if calm else MANY) and len(elsewhere) >= (1 if calm else 2)
        if origin and enough and (calm or _decided(view, (item,), origin)):
            resting[origin][item] = people
    for origin, found in sorted(resting.items()):
        others = frozenset().union(*found.values())
        decided = _decided(view, found, origin)
        hang = f"; decided about it: {', '.join(row.id for row in decided)} {dates(decided)}" if decided else ""
        worries = {worry for item in found for worry in (item, *view.records.concerns[item].answers)}
        where = {view.party(one) for one in others} & view.records.agencies.keys()
        start = min(view.since[one, item] for item in found for one in found[item])
        yield Finding(
            "single_source",
            f"What {count(len(others), 'other professional', 'other professionals')} in "
            f"{count(len(where), 'agency', 'agencies')} had on record of {items(view, found)} goes back to "
            f"{name(view, origin)} alone; without that word, or if it was mistaken, nothing of it is left "
            f"with them{hang}.",
            "a row by which somebody else saw it themselves.",
            rows=tuple(dict.fromkeys((*view.evidence(found), *(row.id for row in decided)))),
            people=tuple(sorted({origin, *others})), agencies=agencies_of(view, {origin, *others}),
            concerns=tuple(sorted(found)), start=start, end=view.day, days=0,
            severity=view.total(worries.intersection(view.current)),
        )  # fmt: skip


def _origin(view: Snapshot, item: str, everyone: Iterable[str]) -> str:
    """The one person, professional or not, who has something at first hand; empty where several have."""
    first = {one for one in everyone if view.hops.get((one, item), 0) == 0}
    return next(iter(first)) if len(first) == 1 else ""


def _decided(view: Snapshot, found: Iterable[str], origin: str) -> list[Row]:
    """The decisions that name one of several concerns, by others than the one they come from."""
    wanted = set(found)
    return [
        row
        for row in sorted(view.rows, key=row_order)
        if row.kind == "decided" and wanted.intersection(row.concerns) and origin not in row.who
    ]


# what nobody saw rise ---------------------------------------------------------------------------------


def pooled_escalation(view: Snapshot) -> Iterator[Finding]:
    """What professionals knew between them grew graver, and what any one of them knew did not."""
    table = escalation(view.case, date_of(view.day), rules=view.rules)
    quarters = [line for line in table.to_dict("records") if line["known"] > 0]
    if len(quarters) < 2 or quarters[-1]["mean"] - quarters[0]["mean"] < RISE:
        return
    first, last = quarters[0], quarters[-1]
    steps = {person: _rise(view, person) for person in sorted(view.professionals)}
    rises = {person: step for person, step in steps.items() if step is not None}
    nearest = max(rises, key=lambda one: (rises[one][1] - rises[one][0], one), default=None)
    if nearest is not None and rises[nearest][1] - rises[nearest][0] >= RISE:
        return
    start = min(view.since[one, worry] for worry in view.worries for one in view.holders[worry] & view.professionals)
    known = [worry for worry in view.worries if view.records.concerns[worry].severity >= GRAVE]
    one = "nobody had two worries on record at two times" if nearest is None else (
        f"the nearest is {name(view, nearest)}, from {rises[nearest][0]:.1f} to {rises[nearest][1]:.1f}"
    )  # fmt: skip
    yield Finding(
        "pooled_escalation",
        f"Put together, the {count(int(last['known']), 'worry', 'worries')} on record grew graver, from a mean "
        f"severity of {first['mean']:.1f} in {first['quarter']} to {last['mean']:.1f} by {day(view.day)}; what any one "
        f"professional had on record did not ({one}).",
        "rows by which one professional came to have enough of them to see the rise.",
        rows=view.evidence(known, view.professionals),
        people=() if nearest is None else (nearest,), agencies=agencies_of(view, [nearest] if nearest else ()),
        concerns=tuple(sorted(known)), start=start, end=view.day, days=view.day - start,
        severity=gravest(view, known) * 2,
    )  # fmt: skip


def _rise(view: Snapshot, person: str) -> tuple[float, float] | None:
    """The mean severity of a person's first worries and of all they have by the day; None where all came at once."""
    came: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for worry in view.held.get(person, frozenset()).intersection(view.worries):
        since = date_of(view.since[person, worry])
        came[since.year, (since.month - 1) // 3].append(worry)
    if len(came) < 2:
        return None
    first = came[min(came)]
    everything = [worry for worries in came.values() for worry in worries]
    return view.total(first) / len(first), view.total(everything) / len(everything)


def no_contact_with_supervision(view: Snapshot) -> Iterator[Finding]:
    """A grave worry held for long with no contact along the holder's supervision tie."""
    ties = [tie for tie in view.records.ties if tie.kind == "supervision"]
    silence = view.rules.silence_days
    for tie in ties:
        for holder, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if holder not in view.professionals or other not in view.professionals:
                continue
            begins = -1 if tie.start is None else tie.start.last
            ends = view.day if tie.end is None else min(view.day, tie.end.first)
            silent: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
            for worry in sorted(view.held.get(holder, frozenset()).intersection(view.worries)):
                if not is_grave(view, worry) or (other, worry) in view.since:
                    continue
                start = max(view.since[holder, worry], begins)
                met = min(
                    (max(start, row.reached.first) for row in maybe_rows(view) if row.reached.last >= start
                     and row.is_contact and row.arrived and {holder, other} <= set(row.named)),
                    default=ends,
                )  # fmt: skip
                if min(met, ends) - start >= silence:
                    silent[min(met, ends)].append((worry, start))
            for end, found in sorted(silent.items()):
                worries, start = [worry for worry, _ in found], min(since for _, since in found)
                yield Finding(
                    "no_contact_with_supervision",
                    f"{name(view, holder)} had {items(view, worries)} on record from {day(start)}; no row shows "
                    f"contact with {name(view, other)}, to whom a supervision tie leads, in the {days(end - start)} to "
                    f"{day(end)}.",
                    "a row of supervision in that time, minutes included.",
                    rows=view.evidence(worries, (holder,)), people=tuple(sorted((holder, other))),
                    agencies=agencies_of(view, (holder, other)), concerns=tuple(sorted(worries)),
                    start=start, end=end, days=end - start, severity=view.total(worries),
                )  # fmt: skip


RULES = (
    Rule(
        "reassurance_outran",
        "Reassurance that outran the worry it answers",
        1.0,
        "A reassurance that more professionals or more agencies have on record than a worry it answers, or that was "
        "with a second agency in fewer days, while somebody has the reassurance and no record of that worry; one "
        "finding for each reassurance.",
        "What answers what is the coder's judgement. A reassurance may be right.",
        reassurance_outran,
    ),
    Rule(
        "single_source",
        "A single source on whom many rest",
        0.5,
        "A reassurance that two or more professionals, or a worry of severity 3 or 4 that three or more in two or "
        "more other agencies, have on record at second hand, while exactly one person has it at first hand; a worry "
        "only where somebody else decided on it. One finding for each source.",
        "One good observer is often all there is. It says what hangs on the word, not that the word was wrong.",
        single_source,
    ),
    Rule(
        "pooled_escalation",
        "A pooled picture that grew graver while nobody's own did",
        0.7,
        f"The mean severity of the worries that professionals have on record by the date is at least {RISE} above that "
        "of the first quarter, and for no single professional is that of all they have on record so far above that "
        "of their own first quarter.",
        "A mean says how grave, not how much; severity is the coder's. People who only had grave worries from the "
        "start show no rise.",
        pooled_escalation,
    ),
    Rule(
        "no_contact_with_supervision",
        "A grave worry and no contact with supervision",
        0.7,
        "A known worry of severity 3 or 4 that one end of a tie of the kind supervision has on record and the other "
        "has not, with no contact row that names both for `silence_days` from the day it came on record, within the "
        "time of the tie.",
        "Supervision is often noted elsewhere than in the chronology. The tie does not say who supervises whom.",
        no_contact_with_supervision,
    ),
)  # fmt: skip
