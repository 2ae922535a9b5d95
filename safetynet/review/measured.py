"""What rules take from the measures, in one place: who owned what, who relied on whom, what was missed, what links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK
from ..measures import (
    action_plan,
    beliefs,
    beyond_need,
    chains,
    chances,
    circles,
    closures,
    contact_with_child,
    duties,
    escalation,
    lead,
    leading,
    links,
    patterns,
    reassurance,
    reliance,
    requests,
    services,
    states,
    unowned,
)
from ..measures import actions as measured_actions
from ..measures import in_hand as measured_in_hand
from ..record.snapshot import Snapshot
from ..spells import Spell, covers
from .parts import maybe_referring

Reliance = reliance.Reliance
KNEW, NO_RECORD, OWNED_IT = reliance.KNEW, reliance.NO_RECORD, reliance.OWNED_IT
GAP, NO_SERVICE, SEVERAL = services.GAP, services.NO_SERVICE, services.SEVERAL


# who had it in hand -----------------------------------------------------------------------------------


def owned(view: Snapshot) -> frozenset[str]:
    """The known worries that are in hand by the date."""
    return frozenset(worry for worry, state in states.states(view).items() if state.owned)


def unowned_spells(view: Snapshot, worry: str) -> Sequence[Spell]:
    """The spells of days on which a known worry was without an owner."""
    return unowned.unowned_spells(view, worry)


def completed(view: Snapshot, action: Row) -> Row | None:
    """The earliest done row, of those that may have happened, that completed an action or settled a difference."""
    done = (row for row in maybe_referring(view, action) if row.kind == "done")
    return next((row for row in done if row.outcome in measured_actions.COMPLETED), None)


def acting_on(view: Snapshot, worry: str) -> list[Row]:
    """The rows by the day that take a worry on."""
    return measured_actions.acting_on(view, worry)


def in_hand(view: Snapshot, action: Row) -> bool:
    """Whether an action on any worry is in hand by the date, whoever is informed."""
    return any(covers(one.alive, view.day) for one in measured_actions.actions_of(view, action))


def state_of(view: Snapshot, action: Row) -> str:
    """How an agreed action stands by the date."""
    return action_plan.state_of(view, action)


def bringing_up(view: Snapshot, worry: str) -> tuple[Row, ...]:
    """The rows that bring a worry up, whatever was before."""
    return measured_in_hand.bringing_up(view, worry)


# reliance ---------------------------------------------------------------------------------------------


def standing(view: Snapshot) -> list[Reliance]:
    """The reliance by the day that nothing its holder did later takes back."""
    return reliance.standing(view)


def tested(view: Snapshot, worry: str, name: str) -> str:
    """What the record shows of a party and a worry by the day."""
    return reliance.verdict(view, worry, name)


def circular(view: Snapshot) -> list[circles.Circle]:
    """The groups of agencies that count on each other in a circle."""
    return circles.lines(view)


def dead_ends(view: Snapshot) -> list[chains.Chain]:
    """The chains of reliance by the day that end in nobody."""
    return chains.lines(view)


def each_other(view: Snapshot) -> list[tuple[beliefs.Believed, beliefs.Believed]]:
    """Two parties that each believed of the other, or left it to the other, about one worry."""
    return beliefs.first_of_each_two(view)


def duties_of(view: Snapshot) -> list[duties.Duty]:
    """The duties by the day, a line for each row and party."""
    return duties.lines(view)


def answers(view: Snapshot, request: Row) -> list[Row]:
    """The rows that answer a request, those that may have happened included; refusals among them."""
    found = requests.answers(view, request)
    later = (row for row in maybe_referring(view, request) if row.id not in view.by_id)
    straddling = [row for row in later if row.kind not in LOOKING_BACK and row.arrived]
    return [*found, *straddling]


# what was known, and passed on ------------------------------------------------------------------------


def missed(view: Snapshot) -> list[chances.Chance]:
    """The contacts in which a worry could have come to a party for the first time, and did not."""
    return [one for found in chances.missed(view).values() for one in found]


def passed_although_prohibited(view: Snapshot) -> dict[str, list[beyond_need.Beyond]]:
    """What was passed on although it was prohibited, by row."""
    found: defaultdict[str, list[beyond_need.Beyond]] = defaultdict(list)
    for line in beyond_need.lines(view):
        found[line.row].append(line)
    return dict(found)


def reach(view: Snapshot) -> list[reassurance.Reach]:
    """How far each reassurance went, and each worry that it answers."""
    return reassurance.lines(view)


def quarters(view: Snapshot) -> list[escalation.Quarter]:
    """What professionals between them came to know in each quarter of a year."""
    return escalation.lines(view)


def linked(view: Snapshot) -> list[links.Linked]:
    """The linked pairs of the case, and whether two voices did not meet."""
    return links.lines(view)


def harms(view: Snapshot) -> list[patterns.Pattern]:
    """How much of one sort of harm to a child was known together, and to one person or at one table."""
    return patterns.lines(view)


# around the child -------------------------------------------------------------------------------------


def attended(view: Snapshot, child: str) -> list[Spell]:
    """The spells up to the day in which a service to a child was attended."""
    return list(contact_with_child.attended(view, child))


def service_lines(view: Snapshot, finding: str) -> list[services.ServiceLine]:
    """What was found about services, of one sort."""
    return [line for line in services.lines(view) if line.finding == finding]


def leads(view: Snapshot) -> dict[str, tuple[int, int]]:
    """The first and the last day on which each lead professional led, up to the date."""
    found: dict[str, tuple[int, int]] = {}
    for spell in leading.lead_spells(view):
        first, last = found.get(spell.person, (spell.first, spell.last))
        found[spell.person] = (min(first, spell.first), max(last, spell.last))
    return found


def stretches(view: Snapshot) -> Sequence[lead.LeadSpell]:
    """The stretches of days with the same leads."""
    return lead.stretches(view)


class Closing(NamedTuple):
    """A closed row, the partner agencies involved that day, whether one was told or met, and by which rows told."""

    row: Row
    partners: tuple[str, ...]
    in_time: bool
    told: dict[str, list[Row]]


def closings(view: Snapshot) -> list[Closing]:
    """The closures by the day, by date."""
    return [Closing(one.row, one.partners, one.in_time, one.by("told")) for one in closures.found_closures(view)]
