"""What is odd about one row of the chronology: its dates, who is in it, what it answers, cells that have no effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import nearest, without_narrative
from .headings import fold
from .look import Look, Said
from .records import Row
from .vocabulary import CHANNELS, KINDS, MEETING_CHANNELS, WORD_KINDS

ACTIONS = ("agreed", "expected", "disagreed")  # what `done` refers to
NO_ANSWER = ("expected", "needed")  # kinds of rows that never answer a request
WITHOUT_TO = tuple(kind.name for kind in KINDS if not kind.to)
REFUSALS = ("refused", "refusal", "declined", "rejected", "turned_away", "sent_away", "not_accepted")
LISTS = ("who", "to", "present", "absent")


def dates(_look: Look, row: Row) -> Iterator[Said]:
    """A due date before the row, a letter read before it was sent."""
    if row.due is not None and row.due < row.date.first:
        yield Said("due", row.id, "it is due before the row's own date.", "Look at both dates.")
    if row.received_on is not None and row.received_on.last < row.date.first:
        problem = "it was read before it was sent, and counts as read on the first day on which it can have been."
        yield Said("received_on", row.id, problem, "Look at both dates.")


def what_was_done(look: Look, row: Row) -> Iterator[Said]:
    """What was done refers to an action, and comes after it."""
    if row.kind != "done":
        return
    if not row.ref:
        yield Said("ref", row.id, "it does not say which action was done.", "Put the id of the action into ref.")
    for action in look.rows(row.ref):
        if action.kind not in ACTIONS:
            hint = "done refers to agreed, expected or disagreed."
            yield Said("ref", action.id, f"it refers to a row of kind {action.kind!r}.", hint)
        elif row.date.last < action.date.first:
            yield Said("date", row.id, f"it was done before {action.id!r} was {action.kind}.", "Look at both dates.")


def answers(look: Look, row: Row) -> Iterator[Said]:
    """An answer comes after its request, and the request arrived."""
    if row.kind in NO_ANSWER:
        return
    for request in look.rows(row.ref):
        if request.kind == "asked" and row.date.last < request.date.first:
            yield Said("date", row.id, f"it answers {request.id!r} before that was asked.", "Look at both dates.")
        if request.kind == "asked" and not request.arrived:
            hint = "received=no is for what did not arrive; who was heard and sent away was declined."
            yield Said("ref", row.id, f"it answers {request.id!r}, which did not arrive.", hint)
        if row.kind == "declined" and request.kind == "told":
            problem = f"it declines {request.id!r}, which is a row of kind 'told'."
            yield Said("ref", row.id, problem, "A request or a referral is asked.")


def people_in_it(look: Look, row: Row) -> Iterator[Said]:
    """A meeting of one, somebody named twice, a sender who is a recipient."""
    if row.kind == "met" and len(row.who) == 1:
        yield Said("who", row.id, "a meeting of one.", "Add who else was there, or use another kind.")
    both = sorted(set(row.who) & set(row.to)) if row.is_sent else []
    if both:
        yield Said("to", ";".join(both), "a sender is among the recipients.", "Look at who and to.")
    for column, ids in zip(LISTS, (row.who, row.to, row.present, row.absent), strict=True):
        if len(look.cell(row, column).split(";")) > max(1, len(ids)):
            yield Said(column, row.id, "somebody is named twice.", "Name each once.")
    silent = sorted(set(row.present) & {*row.who, *row.to})
    if silent and row.is_contact:
        yield Said("present", ";".join(silent), "they take part and are present without a part.", "Name each once.")
    there = sorted(set(row.absent) & {*row.who, *row.present})
    if there:
        yield Said("absent", ";".join(there), "they are there and absent.", "Look at who, present and absent.")


def children(look: Look, row: Row) -> Iterator[Said]:
    """``about`` names children."""
    for one in row.about:
        if look.records.people[one].kind != "child":
            yield Said("about", one, f"{one!r} is not a child.", "about says which child the row is about.")


def posts(look: Look, row: Row) -> Iterator[Said]:
    """A contact outside somebody's time in post."""
    for name in row.named if row.is_contact else ():
        person = look.records.people.get(name)
        early = person and person.start and row.date.last < person.start.first
        late = person and person.end and row.date.first > person.end.last
        if early or late:
            hint = "Look at start and end in people."
            yield Said("date", name, f"a contact of {name!r} outside their time in post.", hint)


def channels(_look: Look, row: Row) -> Iterator[Said]:
    """A channel that we do not know, or none."""
    shown = without_narrative(row.channel)
    value = row.channel if shown == repr(row.channel) else shown
    if row.kind == "met" and row.channel and row.channel not in MEETING_CHANNELS:
        near = [word for word in MEETING_CHANNELS if word in fold(row.channel)] or nearest(
            row.channel, MEETING_CHANNELS
        )
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(MEETING_CHANNELS)}."
        yield Said("channel", value, f"{shown} is no sort of meeting that we know: it counts as planning.", hint)
    if not row.is_sent or row.kind == "disagreed" or row.two_way_cell or row.received_on or row.channel in CHANNELS:
        return
    if row.channel in MEETING_CHANNELS:
        said = f"the channel {shown} is a sort of meeting, and the row is {row.kind}: it is taken as one-way."
        yield Said("channel", value, said, "Use kind 'met' if they met; or fill in two_way.")
    elif row.channel or row.kind in WORD_KINDS:
        near = nearest(row.channel, CHANNELS, 1) if row.channel else []
        what = f"the channel {shown} is not one we know" if row.channel else "there is no channel"
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(CHANNELS)}; or fill in two_way."
        yield Said("channel", value, f"{what}: it is taken as one-way.", hint)


def without_effect(_look: Look, row: Row) -> Iterator[Said]:
    """Cells that say nothing in a row of this kind."""
    kind = f"has no effect in a row of kind {row.kind!r}."
    if row.to and row.kind in WITHOUT_TO:
        yield Said("to", ";".join(row.to), f"to {kind}", "Put everybody who was there into who.")
    if row.who and row.kind == "needed":
        yield Said("who", ";".join(row.who), f"who {kind}", "A duty that lay on somebody is expected.")
    if row.absent and row.kind != "met":
        yield Said("absent", ";".join(row.absent), f"absent {kind}", "It is for who was not at a meeting.")
    if row.rule and row.kind != "expected":
        yield Said("rule", row.id, f"rule {kind}", "A duty that a rule laid on somebody is expected.")
    if row.is_contact and row.is_sent:
        if row.received_on is not None and row.received == "no":
            hint = "Leave received empty if it was read later."
            yield Said("received_on", row.id, "received is no, and there is a day of reading, which counts.", hint)
        if row.received_on is not None and row.two_way_cell == "yes":
            yield Said("two_way", row.id, "a row with received_on is one-way.", "Leave two_way empty.")
        return
    cells = {
        "two_way": row.two_way_cell,
        "received": "no" if row.received == "no" else "",
        "received_on": row.received_on,
        "present": "" if row.is_contact else row.present,
        "complete": "" if row.is_contact else row.complete,
    }
    for column, value in cells.items():
        if value:
            yield Said(column, row.id, f"{column} {kind}", "Leave it empty.")


def first_told(look: Look, row: Row) -> Iterator[Said]:
    """Somebody passes on a concern before a row shows how they knew it."""
    for sender in row.who if row.kind in WORD_KINDS else ():
        later = (row.date.last + 1, 0)
        unseen = [one for one in row.concerns if look.given.get((sender, one), later)[0] > row.date.last]
        if unseen:
            problem = f"{sender!r} passed it on before a row shows how they knew it."
            hint = "They are recorded as knowing it from this row on; add the row by which they came to know it."
            yield Said("concerns", ";".join(unseen), problem, hint)


def recoded(look: Look, row: Row) -> Iterator[Said]:
    """What the second edition of the format has another word for, where the record itself says so."""
    if row.kind in ("told", "asked"):
        if row.received == "no" and fold(row.outcome) in {fold(word) for word in REFUSALS}:
            problem = "received is no, and the outcome says that it was refused."
            yield Said(
                "received", row.id, problem, "Who was heard and sent away was declined: write a row of that kind."
            )
        if row.kind == "told" and row.channel == "referral":
            yield Said("kind", row.id, "a referral expects an answer.", "A referral is asked.")
        if row.kind == "told" and row.due is not None:
            yield Said("kind", row.id, "what is due by a day expects an answer.", "A request is asked.")
    if row.kind == "assumed" and not row.to:
        hint = "Name a person or an agency if the record does; what they took to be so is believed."
        yield Said("to", row.id, "it does not say who was assumed to act.", hint)
    if row.kind == "decided" and len(people := [one for one in row.who if one in look.records.people]) > 1:
        earlier = [one for one in look.contacts.get(people[0], ()) if one.date.first <= row.date.last and one.arrived]
        if not any(one is not row and set(people) <= set(one.named) for one in earlier):
            hint = "Who decide together need their met row besides."
            yield Said("who", ";".join(people), "they decided together, and no row shows that they met.", hint)


RULES: tuple[Callable[[Look, Row], Iterator[Said]], ...] = (
    dates,
    what_was_done,
    answers,
    people_in_it,
    first_told,
    channels,
    without_effect,
    children,
    posts,
    recoded,
)
