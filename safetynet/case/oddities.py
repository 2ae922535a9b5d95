"""What is odd in a case but usable: the rows of ``case.warnings``.

A warning changes nothing: it points at a row that a person may want to look at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..errors import Problem, nearest, without_narrative
from .records import RawTable, Records, Row
from .schema import BY_NAME
from .vocabulary import CHANNELS, SECTORS


def odd_rows(raw: Mapping[str, RawTable], records: Records, created: tuple[str, ...] = ()) -> list[Problem]:
    """Everything odd in a case, in the order of its tables and rows."""
    found = [*_columns(raw), *_people(raw, records), *_agencies(raw, records, created)]
    known_by = _given_by_others(records)
    seen = {c for row in records.rows if row.kind == "observed" for c in row.concerns}
    table = raw["concerns"]
    ids = [row[table.columns.index("id")] for row in table.rows]
    for index, concern in enumerate(ids):
        calm = [one for one in records.concerns[concern].answers if not records.concerns[one].is_worry]
        if calm:
            found.append(Problem("concerns", table.line(index), "answers", ";".join(calm), "it answers no worry.",
                                 "answers names the worries that a reassurance allays."))  # fmt: skip
        if concern not in seen:
            found.append(Problem("concerns", table.line(index), "id", concern, "no row shows that anybody observed it.",
                                 "Add an observed row if the record says who saw it first."))  # fmt: skip
    by_id = {row.id: row for row in records.rows}
    for row in records.rows:
        found.extend(_row(raw["chronology"], records, row, by_id, known_by))
    found.extend(_unread_desks(raw["chronology"], records))
    found.extend(_places(raw, records))
    return found


def _columns(raw: Mapping[str, RawTable]) -> list[Problem]:
    """Columns that look like a slip for one that we know; they are kept as they are."""
    out = []
    for name, table in raw.items():
        known = BY_NAME[name]
        for column in table.columns:
            if known.get(column) is None and (near := nearest(column, known.names, 1)):
                out.append(
                    Problem(
                        name,
                        "",
                        column,
                        column,
                        f"the column {column!r} is not one of the case format; it is kept.",
                        f"Did you mean {near[0]!r}?",
                    )
                )
    return out


def _people(raw: Mapping[str, RawTable], records: Records) -> list[Problem]:
    names: dict[str, list[str]] = defaultdict(list)
    for person in records.people.values():
        names[" ".join(person.name.casefold().split())].append(person.id)
    lines = {
        row[raw["people"].columns.index("id")]: raw["people"].line(index)
        for index, row in enumerate(raw["people"].rows)
    }
    return [
        Problem("people", lines[ids[1]], "name", ";".join(ids), f"{' and '.join(ids)} have the same name.",
                "If they are one human being, give them one id: two ids would make one head's knowledge look unshared.")
        for ids in names.values()
        if len(ids) > 1
    ]  # fmt: skip


def _agencies(raw: Mapping[str, RawTable], records: Records, created: tuple[str, ...]) -> list[Problem]:
    listed = [name for name in records.agencies if name not in created]
    return [
        Problem("agencies", "", "id", name, f"the agency {name!r} is named by a person but not listed; it was created.",
                f"Did you mean {near[0]!r}?" if (near := nearest(name, listed, 1)) else "List it to give it a sector.")
        for name in created
    ]  # fmt: skip


def _places(raw: Mapping[str, RawTable], records: Records) -> list[Problem]:
    """Places of the permissions that may be read in two ways: an agency whose id is the word for a sector."""
    both = {name for name in records.agencies if name in SECTORS}
    return [
        Problem("permissions", raw["permissions"].line(index), column, place,
                f"{place!r} is an agency and a sector: the row counts for both.",
                "Give the agency another id.")
        for index, rule in enumerate(records.permissions or ())
        for column, place in (("from", rule.source), ("to", rule.target))
        if place in both
    ]  # fmt: skip


def _given_by_others(records: Records) -> dict[tuple[str, str], int]:
    """The earliest day on which a row gives a concern to a holder who is not its sender."""
    known: dict[tuple[str, str], int] = {}
    for row in records.rows:
        if row.kind == "observed" or row.kind == "met":
            holders, day = row.who, row.date.first
        elif row.is_sent and row.arrived:
            holders, day = row.to, row.reached.first
        else:
            continue
        for holder in holders:
            for concern in row.concerns:
                known[holder, concern] = min(day, known.get((holder, concern), day))
    return known


def _row(
    table: RawTable,
    records: Records,
    row: Row,
    by_id: Mapping[str, Row],
    known_by: Mapping[tuple[str, str], int],
) -> list[Problem]:
    line = table.line(records.places[row.id])
    out: list[Problem] = []

    def say(column: str, value: str, problem: str, hint: str) -> None:
        out.append(Problem("chronology", line, column, value, problem, hint))

    if row.due is not None and row.due < row.date.first:
        say("due", row.id, "it is due before the row's own date.", "Look at both dates.")
    if row.kind == "done":
        action = next((by_id[one] for one in row.ref if one in by_id), None)
        if action is None:
            say(
                "ref",
                row.id,
                "it does not say which action was done.",
                "Put the id of the agreed row into ref.",
            )
        elif action.kind not in ("agreed", "disagreed"):
            say(
                "ref",
                ";".join(row.ref),
                f"it refers to a row of kind {action.kind!r}.",
                "done refers to agreed or disagreed.",
            )
        elif row.date.last < action.date.first:
            say("date", row.id, f"it was done before {action.id!r} was agreed.", "Look at both dates.")
    if row.kind == "met" and len(set(row.who)) == 1:
        say("who", row.id, "a meeting of one.", "Add who else was there, or use another kind.")
    if row.kind == "assumed" and not row.to:
        say(
            "to",
            row.id,
            "it does not say who was assumed to act.",
            "Name a person or an agency if the record does.",
        )
    if row.is_sent:
        for sender in row.who:
            unseen = [c for c in row.concerns if known_by.get((sender, c), row.date.last + 1) > row.date.last]
            if unseen:
                say(
                    "concerns",
                    ";".join(unseen),
                    f"{sender!r} passed it on before a row shows how they knew it.",
                    "They are recorded as knowing it from this row on; add the row by which they came to know it.",
                )
        if set(row.who) & set(row.to):
            say(
                "to",
                ";".join(sorted(set(row.who) & set(row.to))),
                "a sender is among the recipients.",
                "Look at who and to.",
            )
        if not row.two_way_cell and row.received_on is None and row.channel not in CHANNELS:
            near = nearest(row.channel, CHANNELS, 1) if row.channel else []
            shown = without_narrative(row.channel)
            what = f"the channel {shown} is not one we know" if row.channel else "there is no channel"
            say(
                "channel",
                row.channel if shown == repr(row.channel) else shown,
                f"{what}: it is taken as one-way.",
                f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(CHANNELS)}; or fill in two_way.",
            )
        if row.received_on is not None and row.received == "no":
            say("received_on", row.id, "it has a day of reading and received is no; received counts.",
                "Leave received empty if it was read later.")  # fmt: skip
        if row.received_on is not None and row.received_on.last < row.date.first:
            say("received_on", row.id, "it was read before it was sent.", "Look at both dates.")
        if row.received_on is not None and row.two_way_cell == "yes":
            say("two_way", row.id, "a row with received_on is one-way.", "Leave two_way empty.")
    if row.is_together and row.to:
        say(
            "to",
            ";".join(row.to),
            f"to has no effect in a row of kind {row.kind!r}.",
            "Put everybody who was there into who.",
        )
    if not row.is_sent and (row.two_way_cell or row.received or row.received_on):
        column = "two_way" if row.two_way_cell else "received" if row.received else "received_on"
        if row.is_together and row.received == "no":
            say(
                column,
                row.id,
                "received is no for people who were there together: nothing moves in it.",
                "Is it so?",
            )
        elif column != "received" or row.received == "no":
            say(column, row.id, f"{column} has no effect in a row of kind {row.kind!r}.", "Leave it empty.")
    for column, cell in (("who", row.who), ("to", row.to)):
        text = table.rows[records.places[row.id]][table.columns.index(column)]
        if len([item for item in text.split(";") if item.strip()]) > len(cell):
            say(column, row.id, "somebody is named twice.", "Name each once.")
    for child in row.about:
        if records.people[child].kind != "child":
            say("about", child, f"{child!r} is not a child.", "about says which child the row is about.")
    if row.is_contact:
        for name in row.named:
            person = records.people.get(name)
            if person is None:
                continue
            early = person.start is not None and row.date.last < person.start.first
            late = person.end is not None and row.date.first > person.end.last
            if early or late:
                say(
                    "date",
                    name,
                    f"a contact of {name!r} outside their time in post.",
                    "Look at start and end in people.",
                )
    return out


def _unread_desks(table: RawTable, records: Records) -> list[Problem]:
    """Worries sent to an agency's desk whose people act later, with no row that anyone read them."""
    staff: dict[str, set[str]] = defaultdict(set)
    for person in records.people.values():
        if person.agency:
            staff[person.agency].add(person.id)
    out = []
    for row in records.rows:
        if not row.is_sent or not row.arrived:
            continue
        for desk in row.to:
            worries = [c for c in row.concerns if records.concerns[c].is_worry]
            if desk not in records.agencies or not worries:
                continue
            later = [other for other in records.rows if other.date.last >= row.date.first and other is not row]
            read = {
                c for other in later if other.is_sent and other.arrived and desk in other.who for c in other.concerns
            }
            acts = any(set(other.who) & staff[desk] for other in later)
            if acts and (unread := [c for c in worries if c not in read]):
                out.append(
                    Problem(
                        "chronology",
                        table.line(records.places[row.id]),
                        "to",
                        desk,
                        f"{'; '.join(unread)} reached the desk of {desk!r}, its people act later, and no row "
                        "shows that anyone read it.",
                        "Add a told row with the agency as who, if somebody read it.",
                    )
                )
    return out
