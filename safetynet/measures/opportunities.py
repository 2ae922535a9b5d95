"""Missed opportunities to pass a worry on, and their twin: what was passed beyond need."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import STRICTEST_FIRST
from ..dates import date_of
from ..record.entries import entries, first_days
from ..record.passages import passages
from ..record.permissions import PASSES, permission, permission_in, stretches
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..score import Score
from ..spread import flow
from ..spread.edges import Edge
from ..tidy import tidy
from ..wording import count

if TYPE_CHECKING:
    import pandas as pd

NEVER = 1 << 40
LINES = [
    "row", "date", "concern", "agency", "holders", "recipients", "severity", "joined", "farther", "permission",
    "on_record", "rows",
]  # fmt: skip
BEYOND = ["row", "date", "concern", "severity", "senders", "recipient", "agency", "permission", "rows"]
Missing = tuple[str, str, str]  # row, worry, agency


class Chance(NamedTuple):
    """A contact row in which a holder of a worry could have passed it to somebody of an agency without it."""

    row: Row
    worry: str
    agency: str
    holder: str
    recipient: str
    permission: str
    sure: bool  # permitted on every day on which the row may have happened


class Openings(NamedTuple):
    """Every chance of a case, and the day from which each agency has each worry on record."""

    chances: tuple[Chance, ...]
    has: dict[tuple[str, str], int]


def openings(view: Snapshot) -> Openings:
    """The chances of the whole case; the same for every day that is asked about."""
    key = ("openings", view.rules.dates, view.rules.who_counts)
    made: Openings = view.case._cached(key, lambda: _openings(view))
    return made


def _openings(view: Snapshot) -> Openings:
    records, side = view.records, 1 if view.rules.dates == "latest" else 0
    since = {holding: first_days(rows)[side] for holding, rows in entries(records).items()}
    has: dict[tuple[str, str], int] = {}
    held: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (holder, concern), day in since.items():
        group = view.party(holder)
        has[group, concern] = min(day, has.get((group, concern), day))
        if holder in view.professionals and records.concerns[concern].is_worry:
            held[holder].append((concern, day))
    chances = []
    for row in records.rows:
        for holder, recipient in row.moves:
            if holder not in held or recipient not in view.professionals:
                continue
            group = view.party(recipient)
            for worry, day in sorted(held[holder]):
                if day > row.date.first or has.get((group, worry), NEVER) <= view.when(row.reached):
                    continue
                word = permission_in(records, holder, recipient, worry, row.date)
                if word in PASSES:
                    sure = all(permission(records, holder, recipient, worry, part.first) in ("required", "permitted")
                               for part in stretches(records, row.date))  # fmt: skip
                    chances.append(Chance(row, worry, group, holder, recipient, word, sure))
    return Openings(tuple(chances), has)


def missed(view: Snapshot, *, unknown: bool = True) -> dict[Missing, list[Chance]]:
    """The missed (row, worry, agency) by the day of a snapshot, each with who could have passed it to whom.

    With ``unknown=False``, as if whatever is not certainly permitted were not allowed.
    """
    found = openings(view)
    known = set(view.worries)
    by_need: defaultdict[tuple[str, str], list[Chance]] = defaultdict(list)
    for chance in found.chances:
        happened = view.by(chance.row.date) and view.by(chance.row.reached)
        if happened and chance.worry in known and (unknown or chance.sure):
            by_need[chance.agency, chance.worry].append(chance)
    out: defaultdict[Missing, list[Chance]] = defaultdict(list)
    for need, chances in by_need.items():
        day = min(view.when(chance.row.date) for chance in chances)
        deadline = day + view.rules.grace_days
        if deadline <= view.day and found.has.get(need, NEVER) > deadline:
            for chance in chances:
                if view.when(chance.row.date) == day:
                    out[chance.row.id, chance.worry, chance.agency].append(chance)
    return dict(out)


def missed_number(missing: dict[Missing, list[Chance]]) -> int:
    """The number of different contact rows among what was missed."""
    return len({row for row, _, _ in missing})


def missed_opportunities(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """Contacts in which a worry could have reached an agency for the first time, and did not for a week.

    A professional who had the worry on record spoke to a professional of an agency where nobody had it, and a
    week later still nobody there had it on record. Only the first day on which that could have happened counts,
    for each worry and agency. It describes what the record shows of a network; it does not say that anybody
    ought to have thought of it.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``grace_days`` (7): how long it may still be passed on. ``weights`` matter to the ranking.

    Returns
    -------
    Score
        The number of different contact rows; higher is worse. ``.low`` and ``.high``: the number as it is, and
        as if whatever permission nobody coded were withheld, whichever is less and more. ``.table``: a line per
        missed row, worry and agency, by ``joined`` and then by how many are in ``farther``: ``row``, ``date``
        (its last day), ``concern``, ``agency`` (a person without one counts as their own), ``holders`` (who
        could have passed it on), ``recipients`` (of the agency, in the contact), ``severity``, ``joined``
        (the severity of all the worries that this contact could have brought this agency, added up), ``farther``
        (the professionals without a record of it by `at` to whom the contacts that followed could have brought it
        from there), ``permission`` ("required", "permitted" or "unknown"; the mildest of several), ``on_record``
        (when the agency did have it on record; NaT = not by `at`) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    shared_beyond_need : what was passed although it was not allowed or not needed.

    Notes
    -----
    For a worry c and an agency A (its people and its file): the contact rows in which a professional with c on
    record by the row's first day could have passed it to a professional of A, while nobody of A has it on record
    by the row's last day. Those on the first such day D are opportunities; they were missed if nobody of A has c
    on record by D + 7 days, and only where D + 7 days ≤ `at`. A row falls on its last day. Where permissions say
    prohibited or not needed on every day on which the row may have happened, there was no opportunity; without a
    table of permissions nothing is restricted.

    Withholding what is unknown can also raise the number: with the first contact out, a later day with more
    contacts may be the first. That is why the bounds are the less and the more of the two.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.missed_opportunities(sn.load_case("worked_example"), at="2024-02-06")
    >>> score
    <Score missed_opportunities = 1 (a count; higher is worse)>
    >>> score.table[["row", "concern", "agency", "holders", "recipients", "severity", "joined"]]
      row concern   agency holders recipients  severity  joined
    0  e6      c2  council    (P,)       (S,)         4     4.0
    """
    view = snapshot(case, at, rules)
    found = openings(view)
    missing = missed(view)
    withheld = missed_number(missed(view, unknown=False))
    onward = _Onward(view)
    lines: list[dict[str, Any]] = []
    for (_, worry, group), chances in missing.items():
        row = chances[0].row
        holders = tuple(sorted({chance.holder for chance in chances}))
        recipients = tuple(sorted({chance.recipient for chance in chances}))
        has = found.has.get((group, worry), NEVER)
        lines.append({
            "row": row.id, "date": view.when(row.date), "concern": worry, "agency": group, "holders": holders,
            "recipients": recipients, "severity": view.records.concerns[worry].severity,
            "joined": view.total(other for name, other, to in missing if (name, to) == (row.id, group)),
            "farther": onward.reached(row, worry, recipients),
            "permission": max((chance.permission for chance in chances), key=STRICTEST_FIRST.index),
            "on_record": has if has <= view.day else None,
            "rows": in_order({row, *_until(view, worry, holders, row)}),
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["joined"], -len(line["farther"]), -line["severity"], line["date"], line["row"],
                                 line["concern"], line["agency"]))  # fmt: skip
    table = tidy(lines, LINES)
    value = missed_number(missing)
    days = count(view.rules.grace_days, "day")
    if not lines:
        said = (f"By {date_of(view.day)} the record shows no contact in which a worry could have reached an agency "
                f"for the first time and did not come onto its record within {days}.")  # fmt: skip
    else:
        agencies, worries = len({line["agency"] for line in lines}), len({line["concern"] for line in lines})
        said = (
            f"By {date_of(view.day)} the record shows {count(value, 'contact')} in which somebody with a worry on "
            f"record was in touch with an agency that had no record of it, and {days} later it still had none: "
            f"{count(worries, 'worry', 'worries')}, {count(agencies, 'agency', 'agencies')}."
        )
    if withheld != value:
        said += f" If what nobody coded as permitted was not allowed, it is {withheld}."
    return Score(
        "missed_opportunities", value, low=min(value, withheld), high=max(value, withheld), table=table, explain=said,
        rows=view.in_order(row for line in lines for row in line["rows"]), range=(0.0, float("inf")), case=case,
    )  # fmt: skip


def _until(view: Snapshot, worry: str, holders: tuple[str, ...], row: Row) -> set[Row]:
    """The rows by which the holders had a worry on record before the row."""
    side = 1 if view.rules.dates == "latest" else 0
    return {
        entry.row
        for holder in holders
        for entry in view.entries.get((holder, worry), ())
        if entry.window[side] <= row.date.first
    }


class _Onward:
    """Where a worry could have gone from a contact row on, in the possible world."""

    def __init__(self, view: Snapshot) -> None:
        self.view = view
        self.number = {actor: place for place, actor in enumerate(view.actors)}
        self.edges: list[Edge] = view.edges("earliest")
        self.seen: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def reached(self, row: Row, worry: str, recipients: tuple[str, ...]) -> tuple[str, ...]:
        """The professionals without a record of it to whom later contacts could have brought it; sorted."""
        key = (row.id, recipients)
        if key not in self.seen:
            start = min(arrives for _, arrives in passages(row, row.date, "earliest", self.view.rules.same_day))
            facts = [(self.number[name], 1, start) for name in recipients]
            later = [edge for edge in self.edges if edge.label != row.id]
            held = flow.spread(len(self.number), facts, later).held
            self.seen[key] = frozenset(actor for actor, place in self.number.items() if held[place])
        without = self.seen[key] & self.view.professionals - set(recipients)
        return tuple(sorted(name for name in without if (name, worry) not in self.view.since))


def shared_beyond_need(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What a row passed on although the permissions say that it was prohibited or not needed.

    The twin of a missed opportunity. The permissions are what a person coded; the library infers none.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per row, concern and recipient (a professional or an agency's file), by date: ``row``, ``date``
        (on which it reached them), ``concern`` (worries, reassurances and strengths alike), ``severity``,
        ``senders`` (professionals or agencies who passed it), ``recipient``, ``agency``, ``permission``
        ("prohibited" or "not_needed") and ``rows``. No line without a table of permissions.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    The permission is asked for the days on which the row may have happened, and a line is here only if it was
    withheld on all of them, and for every sender. In a meeting, the senders of a concern are those who had it on
    record before it; whoever had it before receives nothing. Where nobody had it before, all the others are.

    Examples
    --------
    >>> import safetynet as sn
    >>> len(sn.shared_beyond_need(sn.load_case("max")))
    0
    """
    view = snapshot(case, at, rules)
    lines = []
    for row in sorted(view.contacts, key=row_order):
        if view.records.permissions is None or not view.by(row.reached):
            continue
        for concern in row.concerns:
            for recipient, senders in _passed(view, row, concern).items():
                words = {permission_in(view.records, sender, recipient, concern, row.date) for sender in senders}
                if words & set(PASSES):
                    continue
                lines.append({
                    "row": row.id, "date": view.when(row.reached), "concern": concern,
                    "severity": view.records.concerns[concern].severity, "senders": senders, "recipient": recipient,
                    "agency": view.party(recipient),
                    "permission": "not_needed" if "not_needed" in words else "prohibited", "rows": (row.id,),
                })  # fmt: skip
    return tidy(lines, BEYOND)


def _passed(view: Snapshot, row: Row, concern: str) -> dict[str, tuple[str, ...]]:
    """The professionals and agencies to whom a row passed a concern, each with those who passed it."""
    channel = view.professionals | view.records.agencies.keys()

    def had(name: str) -> bool:
        return any(entry.row is not row and view.when(entry.window) <= view.when(row.date) and entry.row.id != row.id
                   for entry in view.entries.get((name, concern), ()))  # fmt: skip

    if row.is_sent:
        speakers, listeners = set(row.who), set(row.to) - set(row.who)
    elif row.kind == "observed":
        return {}  # everyone saw it
    else:
        knew = {name for name in row.who if had(name)}
        speakers, listeners = knew or set(row.who), set(row.who) - knew
    passing: defaultdict[str, set[str]] = defaultdict(set)
    for sender, recipient in row.moves:
        if sender in speakers & channel and recipient in listeners & channel:
            passing[recipient].add(sender)
    return {recipient: tuple(sorted(senders)) for recipient, senders in sorted(passing.items())}
