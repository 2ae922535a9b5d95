"""Missed opportunities: contacts in which a worry could have come to an agency, and did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from ..case import Case
from ..case.vocabulary import STRICTEST_FIRST
from ..dates import DateLike
from ..record.passages import passages
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import Score
from ..spread.edges import ALL
from ..spread.flow import spread
from ..tidy import tidy
from ..wording import count, day, days, verb
from .chances import CAREFUL, Chance, Missing, missed, missed_number, people, since, since_of_parties
from .withholding import lines as held_back_lines


class Missed(NamedTuple):
    """A contact row in which a worry could have come to an agency for the first time, and did not."""

    row: str
    concern: str
    agency: str
    date: int
    severity: int
    weight: float
    holders: tuple[str, ...]
    recipients: tuple[str, ...]
    farther: tuple[str, ...]
    permission: str
    lower_bound: bool
    on_record: int | None
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Missed]:
    """What was missed, by the weight that would have been joined and by how much farther it would have gone."""
    missing, first, has = missed(view), since(view), since_of_parties(view)
    joined: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for place, worry, agency in missing:
        joined[place, agency].add(worry)
    farther = _farther(view, missing)
    found = []
    for (name, worry, agency), chances in missing.items():
        row, came = chances[0].row, has.day(agency, worry)
        holders, recipients = people(chances)
        found.append(
            Missed(
                row=name,
                concern=worry,
                agency=agency,
                date=chances[0].day,
                severity=view.records.concerns[worry].severity,
                weight=view.total(joined[name, agency]),
                holders=holders,
                recipients=recipients,
                farther=farther[name, worry, agency],
                permission=max((one.permission for one in chances), key=STRICTEST_FIRST.index),
                lower_bound=row.complete == "no",
                on_record=came if came <= view.day else None,
                rows=view.in_order({name, *(first.row(one, worry, "") for one in holders)}),
            )
        )
    found.sort(key=lambda line: (-line.weight, -len(line.farther), -line.severity, line.date, line[:3]))
    return found


def _farther(view: Snapshot, missing: Mapping[Missing, tuple[Chance, ...]]) -> dict[Missing, tuple[str, ...]]:
    """For each, the professionals without a record of it to whom the contacts that followed could have brought it.

    Each contact row with its recipients is an item that spreads from them, in the possible world, over all contacts
    but the row itself.
    """
    number = {actor: place for place, actor in enumerate(view.actors)}
    items: dict[tuple[str, tuple[str, ...]], int] = {}
    facts: list[tuple[int, int, int]] = []
    own: defaultdict[str, int] = defaultdict(int)
    for (name, _, _), chances in missing.items():
        row, recipients = chances[0].row, people(chances)[1]
        if (name, recipients) not in items:
            item = items[name, recipients] = 1 << len(items)
            own[name] |= item
            start = min(arrives for _, arrives in passages(row, row.date, "earliest", view.rules.same_day))
            facts += [(number[one], item, start) for one in recipients]
    edges = view.edges("earliest") if items else []
    later = [edge._replace(items=ALL & ~own[edge.label]) if edge.label in own else edge for edge in edges]
    held = spread(len(number), facts, later).held
    found = {}
    for (name, worry, agency), chances in missing.items():
        recipients = people(chances)[1]
        item = items[name, recipients]
        gone = {one for one, place in number.items() if held[place] & item and (one, worry) not in view.since}
        found[name, worry, agency] = tuple(sorted(gone & view.professionals - set(recipients)))
    return found


def missed_opportunities(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """Contacts in which a worry could have reached an agency for the first time, and did not for a week.

    A professional who had the worry on record spoke to a professional of an agency where nobody had it, and a
    week later still nobody there had it on record. Only the first day on which that could have happened counts,
    for each worry and agency. It describes what the record shows of a network; it does not say that anybody
    ought to have thought of it. A network that talks more has more of them: read :func:`missed_share` beside it.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`. Of the rules, ``grace_days`` (7) says how
        long it may still be passed on.

    Returns
    -------
    Score
        The number of different (two agencies, day), so that a call that both sides recorded is one; higher is
        worse. ``.low``: the least that it can be where contacts whose permission is unknown, or rows that do not
        list everything that was said (``complete`` = no), are left out. ``.table``: a line per missed row, worry
        and agency, by ``weight`` and then by how many are in ``farther``: ``row``, ``concern``, ``agency`` (a
        person without one counts as their own), ``date`` (its last day, of a letter that of its reading),
        ``severity``, ``weight`` (of all the worries that this contact could have brought this agency), ``holders``
        (who could have passed it on), ``recipients`` (of the agency, in the contact), ``farther`` (the
        professionals without a record of it by `at` to whom the contacts that followed could have brought it from
        there), ``permission`` ("required", "permitted" or "unknown"; the mildest of several), ``lower_bound`` (the
        row says that more may have been said), ``on_record`` (when the agency did have it on record; NaT = not by
        `at`) and ``rows`` (the contact, and how each holder first came to have it).

    See Also
    --------
    missed_share : how many of the occasions they are.
    held_back : what a recorded decision kept from an agency.
    shared_beyond_need : what was passed although it was prohibited.

    Notes
    -----
    For a worry c and an agency A (its people and its file): the contact rows in which a professional with c on
    record by the row's first day could have passed it to a professional of A, while nobody of A has it on record
    by the row's last day. Those on the first such day D are opportunities; they were missed if nobody of A has c
    on record by D + 7 days, and only where D + 7 days ≤ `at`. There was none where the permissions say prohibited
    or not needed on the row's first day, nor where a ``withheld`` row of the speaker or their agency held c back
    from A by D + 7 days.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.missed_opportunities(sn.load_case("worked_example"), at="2024-02-06")
    >>> score
    <Score missed_opportunities = 1 (a count; higher is worse)>
    >>> score.table[["row", "concern", "agency", "holders", "recipients", "severity", "weight"]]
      row concern   agency holders recipients  severity  weight
    0  e6      c2  council    (P,)       (S,)         4     4.0
    """
    view = snapshot(case, at, rules)
    found = lines(view)
    value = missed_number(view, missed(view))
    low = min(missed_number(view, missed(view, reading)) for reading in CAREFUL)
    return Score(
        "missed_opportunities",
        value,
        low=low,
        table=lambda: tidy(found, Missed._fields),
        explain=_said(view, found, value, low),
        rows=view.in_order(row for line in found for row in line.rows),
        range=(0.0, float("inf")),
        case=case,
    )


def _said(view: Snapshot, found: list[Missed], value: int, low: int) -> str:
    grace, back = days(view.rules.grace_days), len(held_back_lines(view))
    if not found:
        said = (
            f"By {day(view.day)} the record shows no contact in which a worry could have reached an agency for the "
            f"first time and did not come onto its record within {grace}."
        )
    else:
        worries, agencies = len({line.concern for line in found}), len({line.agency for line in found})
        said = (
            f"By {day(view.day)} the record shows {count(value, 'contact')} of two agencies in which somebody with a "
            f"worry on record was in touch with an agency that had no record of it, and {grace} later it still had "
            f"none: {count(worries, 'worry', 'worries')}, {count(agencies, 'agency', 'agencies')}."
        )
    if low < value:
        said += f" Without what permission or the row itself leaves open it is {low}."
    if back:
        said += f" {back} more {verb(back, 'is', 'are')} held back by a recorded decision."
    return said
