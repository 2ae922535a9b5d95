"""Whom professionals turned to, and whom else they could have: each contact by itself, from the definitions."""

from .model import DAY, view


def contact_events(case, at=None, **rules):
    """The lines of the table: contacts by day, row, sender and receiver; their alternatives by id."""
    v = view(case, at, **rules)
    found = []
    for row in v.rows:
        if row.kind in ("told", "asked"):
            for sender in row.who:
                for receiver in row.to:
                    if sender != receiver and sender in v.professionals and is_actor(v, receiver):
                        found.append((row, sender, receiver))
    found.sort(key=lambda one: (v.day(one[0]), one[0].hi, clock(one[0]), one[0].lo, one[0].id, one[1], one[2]))
    lines, shown = [], first_shown(v)
    for number, (row, sender, receiver) in enumerate(found, start=1):
        before = v.on(v.day(row) - DAY)
        others = sorted(active(before) - {sender} - set(row.everyone()))
        left_out = why_not(v, before, row, receiver, others)
        for one in sorted([receiver, *([] if left_out else others)]):
            lines.append(
                {
                    "event": number,
                    "row": row.id,
                    "date": v.day(row),
                    "sender": sender,
                    "receiver": one,
                    "chosen": one == receiver,
                    **terms(v, shown, before, row, sender, one),
                    "left_out": left_out,
                }
            )
    return lines


def clock(row):
    return -1 if row.minute is None else row.minute


def is_actor(v, one):
    return one in v.professionals or one in v.agencies


def active(before):
    """The involved professionals, and the agencies that themselves have appeared."""
    return before.involved | (before.actors & before.agencies)


def why_not(v, before, row, receiver, others):
    """Why a contact is no choice among several."""
    asked = [other for other in v.rows if other.id in row.ref and other.kind == "asked"]
    group = v.group(receiver)
    side = {receiver, group} | (v.members(group) & v.professionals if group in v.agencies else set())
    if any(side & set(other.who) for other in asked):
        return "it answers a request"
    if receiver not in active(before):
        return "the receiver was not active the day before"
    return "" if others else "nobody else was active the day before"


def terms(v, shown, before, row, sender, one):
    """What the record showed of a receiver the day before."""
    sectors = [v.sector[v.group(x)] if v.group(x) in v.agencies else "" for x in (sender, one)]
    agencies = [v.group(x) if v.group(x) in v.agencies else "" for x in (sender, one)]
    same_agency = agencies[0] == agencies[1] != ""
    last = last_contact(shown, before, sender, one)
    return {
        "inertia": turned(before, sender, one),
        "reciprocity": turned(before, one, sender),
        "popularity": sum(turned(before, x, one) for x in v.professionals | v.agencies if x not in (sender, one)),
        "same_agency": same_agency,
        "same_sector": same_agency or sectors[0] == sectors[1] not in ("", "other"),
        "receiver_leads": is_lead(v, before, one),
        "days_since_contact": None if last is None else (v.day(row) - last).days,
        "no_contact_yet": last is None,
        "receiver_is_desk": one in v.agencies,
        "receiver_lacks": sum(v.weight[c] for c in before.current if before.has(sender, c) and not before.has(one, c)),
        "receiver_could_act": one in v.agencies or (one in v.professionals and v.remit[one] == "works_with"),
    }


def turned(before, one, other):
    """How often one had turned to another."""
    return sum(row.kind in ("told", "asked") and one in row.who and other in row.to for row in before.rows)


def last_contact(shown, before, one, other):
    """The last of the days on which a contact of the two first showed in the record."""
    days = [day for (_, pair), day in shown.items() if pair in ((one, other), (other, one)) and day <= before.at]
    return max(days, default=None)


def first_shown(v):
    """For each row and pair between whom something could move in it: the first day on which the record shows it."""
    shown = {}
    for day in all_days(v):
        then = v.on(day)
        for row in then.rows:
            for pair in then.moved(row):
                shown.setdefault((row.id, pair), day)
    return shown


def all_days(v):
    """Every day on which the record can change."""
    return sorted({day for row in v.every_row for day in (row.lo, row.hi, row.read.lo, row.read.hi)})


def is_lead(v, before, one):
    """Whether somebody was lead professional, without a first day from the first row on."""
    if one not in v.people:
        return False
    begins, ends = (v.window(v.people[one].get(name)) for name in ("lead_from", "lead_to"))
    if begins is None and ends is None:
        return False
    first = v.day(begins) if begins else min((v.day(row) for row in v.rows), default=None)
    return first is not None and first <= before.at and (ends is None or before.at <= v.day(ends))
