"""Findings about who led and who supervised: days without a lead, a change of lead, and silence along supervision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..case.records import Row, Tie
from ..record.naming import short_name, some, who
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot
from ..spells import Spell, gaps
from ..wording import count, day, days
from .base import Finding, rule
from .measured import stretches
from .parts import had_by, held_by, is_grave, may_have, maybe_rows, standing, unresolved, worries_among
from .several import it, together


def _coded(view: Snapshot) -> bool:
    """Whether the case says who led at any time."""
    return any(person.lead_from or person.lead_to for person in view.records.people.values())


@rule(
    title="Days without a lead professional on record",
    theme="management",
    matters=0.6,
    rule="Where lead_from or lead_to is coded at all: more than `late_days` days in a row, from when a worry was "
    "first known, that nobody's lead covers, partial dates taken as wide as they go. One finding, about the "
    "longest such gap.",
    limits="The lead comes from the people table; a lead who acted without the title is not in it.",
    question="Who was the family's first contact in these days, and how was that known to others?",
    refute="a row or a date in the people table that shows who led then.",
)
def lead_missing(view: Snapshot) -> Iterator[Finding]:
    """Days on which nobody was the lead professional while worries were known."""
    known = [view.first_known[c] for c in view.ever_known]
    if not _coded(view) or not known:
        return
    covered = [
        Spell(
            min(known) if one.lead_from is None else one.lead_from.first, one.lead_to.last if one.lead_to else view.day
        )
        for one in view.records.people.values()
        if one.lead_from is not None or one.lead_to is not None
    ]
    free = gaps((spell for spell in covered if spell.first <= spell.last), min(known), view.day)
    long = [spell for spell in free if spell.last - spell.first > view.rules.late_days and standing(view, spell.last)]
    if not long:
        return
    spell = max(long, key=lambda one: (one.last - one.first, one.first))
    held = held_by(view, standing(view, spell.last))
    more = "" if len(long) == 1 else f"; {count(len(long) - 1, 'other gap')}"
    yield Finding.of(
        view,
        f"No lead professional on record for {days(spell.last - spell.first)}, from {day(spell.first)} to "
        f"{day(spell.last)}, with {some(view, held)} known{more}",
        held=held,
        rows=[row for row in view.contacts if spell.first <= view.when(row.date) <= spell.last],
        start=spell.first,
        end=spell.last,
    )


@rule(
    title="Was there a lead professional?",
    theme="management",
    matters=0.2,
    rule="A question, where nobody has lead_from or lead_to and involved professionals of two or more agencies "
    "have worries on record. One at most.",
    limits="It says how the case was coded, not that there was no lead.",
    question="Was there a lead professional, and who was the family's first contact?",
    refute="a source that names who led; lead_from and lead_to in the people table would say so.",
)
def lead_not_recorded(view: Snapshot) -> Iterator[Finding]:
    """A question: nobody is recorded as the lead professional, though several agencies were involved."""
    holders = [one for one in sorted(view.involved) if view.held.get(one, frozenset()).intersection(view.worries)]
    agencies = agencies_of(view, holders)
    if _coded(view) or len(agencies) < 2:
        return
    held = held_by(view, view.worries, holders)
    yield Finding.of(
        view,
        f"The record names no lead professional; {count(len(agencies), 'agency', 'agencies')} with worries were "
        f"involved on {day(view.day)}",
        rows=[known.row for known in list(held.values())[:1]],
        who=holders,
        start=view.day,
    )


@rule(
    title="A change of lead at which something did not go over",
    theme="management",
    matters=0.7,
    rule="The lead passed from one person to another, and known worries that the former had on record by then are "
    "in no row with the new lead by the date, or nobody led for more than `grace_days` in between (from the first day "
    "without a lead to the last, as in the days without a lead).",
    limits="A file may have been read without a row that says so.",
    question="What was handed over, how, and what was usual at such a change?",
    refute="a row by which the new lead came to have the worries, or which shows who led in between.",
)
def lead_changed(view: Snapshot) -> Iterator[Finding]:
    """A change of the lead professional at which worries did not go over, or with days in between."""
    held_spells = [spell for spell in stretches(view) if spell.people]
    for before, after in pairwise(held_spells):
        came = sorted(set(after.people) - set(before.people))
        went = sorted(set(before.people) - set(after.people))
        begins, ends = before.last + 1, after.first - 1  # the days that nobody led; none where they end before that
        if not came or not went:
            continue
        still = [c for c in standing(view, after.first) if not may_have(view, c).intersection(after.people)]
        lost = worries_among(view, (c for c in still if any(had_by(view, one, c, after.first) for one in went)))
        if not lost and ends - begins <= view.rules.grace_days:
            continue
        new = ", ".join(short_name(view, one) for one in came)
        held = held_by(view, lost, went)
        said = (
            f"No lead professional on record for {days(ends - begins)} between the lead of "
            f"{who(view, went, 1)} and that of {who(view, came, 1)}"
        )
        if lost:
            had = f"{who(view, went, 2)} had {it(lost)}{together(view, went, lost)}"
            said = f"No row shows {some(view, lost)} with the new lead professional ({new}), as {had}"
        rests = held or held_by(view, standing(view, after.first))
        yield Finding.of(
            view,
            said,
            held=rests,
            who=[*came, *went],
            start=before.last if lost else begins,
            end=view.day if lost else ends,
        )


# supervision ------------------------------------------------------------------------------------------


@rule(
    title="No row between worker and supervisor",
    theme="management",
    matters=0.8,
    rule="A tie of kind supervision (the source supervises the target) between professionals, and more than "
    "`silence_days` within its time in which no contact row names both, while the supervised had a worry of "
    "severity `grave` or more on record, or decided or took on an action. One finding for each tie, about its "
    "longest such time.",
    limits="Supervision is often noted elsewhere than in the chronology.",
    question="How often was there supervision, what was it about, and what came in between?",
    refute="a row of supervision in that time, minutes included.",
)
def supervision(view: Snapshot) -> Iterator[Finding]:
    """A time of grave worries or decisions with no contact along a supervision tie."""
    for tie in view.records.ties:
        people = {tie.source, tie.target}
        if tie.kind != "supervision" or not people <= view.professionals or len(people) < 2:
            continue
        silent = [spell for spell in _silences(view, tie) if _weighs(view, tie.target, spell)]
        if not silent:
            continue
        spell = max(silent, key=lambda one: (one.last - one.first, -one.first))
        grave, acts = _grave(view, tie.target, spell), _acts(view, tie.target, spell)
        held = held_by(view, grave, [tie.target])
        had = f"with {some(view, held)} on record there" if held else f"in which {count(len(acts), 'step')} fell"
        key = [] if held else acts[:1]
        yield Finding.of(
            view,
            f"No row shows contact between {who(view, [tie.source])} and the worker supervised for "
            f"{days(spell.last - spell.first)}, {had}",
            key=key,
            held=held,
            rows=acts,
            who=people,
            start=spell.first,
            end=spell.last,
        )


def _silences(view: Snapshot, tie: Tie) -> list[Spell]:
    """The long times within a tie in which no contact row may name both ends."""
    seen = [view.appeared[one] for one in (tie.source, tie.target) if one in view.appeared]
    if len(seen) < 2:
        return []
    begins = max(*seen, *((tie.start.last,) if tie.start is not None else ()))
    ends = view.day if tie.end is None else min(view.day, tie.end.first)
    contacts = (row for row in maybe_rows(view) if row.is_contact and row.arrived)
    met = [(row.reached.first, row.reached.last) for row in contacts if {tie.source, tie.target} <= set(row.named)]
    return [spell for spell in gaps(met, begins, ends) if spell.last - spell.first > view.rules.silence_days]


def _grave(view: Snapshot, one: str, spell: Spell) -> list[str]:
    """The grave worries that somebody had for long within a spell."""
    grave = (c for c in worries_among(view, view.held.get(one, ())) if is_grave(view, c))
    long = (c for c in grave if spell.last - max(view.since[one, c], spell.first) > view.rules.silence_days)
    return unresolved(view, long, spell.last)


def _acts(view: Snapshot, one: str, spell: Spell) -> list[Row]:
    acts = (row for row in view.of_sender(one) if row.kind in ("decided", "agreed"))
    return [row for row in acts if spell.first <= view.when(row.date) <= spell.last]


def _weighs(view: Snapshot, one: str, spell: Spell) -> bool:
    return bool(_grave(view, one, spell) or _acts(view, one, spell))
