"""Around the child: the net that endures, contact with the child, and the shares of the practice profile."""

from __future__ import annotations

import calendar
import datetime as dt

from .actions import actions, days_to, is_about, is_in_time, stands
from .model import DAY, split, view, word

CONTACT_DAYS = 90
CLOSING_DAYS = 28
SAW = ("alone", "with_carer", "with_others", "glimpsed")
IN_THE_ROOM = ("face_to_face", "visit", "meeting")
NO_PLANNING = ("strategy", "legal", "supervision", "professionals", "handover")
NO_PLANNING += ("court", "interview", "visit", "clinic")


# --------------------------------------------------------------------------------------------------
# services
# --------------------------------------------------------------------------------------------------


def services_to(v, child):
    """[(agency, first day, last day, attended)] of the services to a child; an open end is the case's own."""
    found = []
    for row in v.table("services"):
        if row["person"].strip() == child:
            start, end = v.window(row.get("start")), v.window(row.get("end"))
            first = dt.date.min if start is None else start.lo
            last = dt.date.max if end is None else end.hi
            attended = word(row.get("attended")) == "yes"
            found.append(((row.get("agency") or "").strip(), first, last, attended))
    return found


# --------------------------------------------------------------------------------------------------
# enduring_net
# --------------------------------------------------------------------------------------------------


def enduring_net(case, at=None, **rules):
    """{party: {'concerns', 'actions', 'in_contact'}} on the day after `at` if somebody closed on it, else `at`."""
    v = view(case, at, **rules)
    if v.at is None:
        return {}
    if any(row.kind == "closed" and v.day(row) == v.at for row in v.rows):
        v = v.on(v.at + DAY)
    serving = {
        agency: attended
        for child in v.children
        for agency, first, last, attended in sorted(services_to(v, child), key=lambda service: service[3])
        if agency and first <= v.at <= last
    }
    parties = {one for one, kind in v.kind.items() if kind in ("family", "support")} | v.involved | set(serving)
    return {
        party: {
            "concerns": v.held.get(party, set()) & v.current,
            "actions": {row.id for row in v.rows if party in row.who and is_in_hand(v, row)},
            "in_contact": met_the_child(v, party) or serving.get(party, False),
        }
        for party in parties
    }


def is_in_hand(v, row):
    """Is it an action that stands and is in time, whoever is informed?"""
    on_it = [worry for worry in row.concerns if worry in v.every_worry and row in actions(v, worry)]
    if on_it:
        return any(stands(v, row, worry) and is_in_time(v, row, worry) for worry in on_it)
    if row.kind != "agreed":
        return False
    ended = [other for other in v.rows if is_about(other, row) and other.outcome in ("", "completed", "refused")]
    tried = [days_to(v, other) for other in v.rows if is_about(other, row) and other.outcome in ("partly", "attempted")]
    since = min([days_to(v, row), *tried])
    if row.due is None:
        return not ended and since <= v.rules["open_ended_days"]
    return not ended and since <= v.rules["plan_days"] and row.due >= v.at


def met_the_child(v, party):
    """Is there a contact row with both in it, at most 90 days ago?"""
    return any(
        row.contact
        and not row.lost
        and party in row.everyone()
        and set(row.everyone()) & set(v.children)
        and days_to(v, row) <= CONTACT_DAYS
        for row in v.rows
    )


# --------------------------------------------------------------------------------------------------
# contact_with_child
# --------------------------------------------------------------------------------------------------


def contact_with_child(case, at=None, **rules):
    """{child: {'days_since', 'longest', 'alone', 'days_since_observed', 'longest_observed'}}."""
    v = view(case, at, **rules)
    answer = {}
    for child in v.children:
        rows = [row for row in v.rows if set(row.everyone() + row.to + row.present) & v.professionals]
        saw = [row for row in rows if saw_the_child(v, row, child)]
        observed = [row for row in rows if row.kind == "observed" and not row.seen and child in v.abouts(row)]
        days_since, longest = gaps(v, child, saw)
        days_since_observed, longest_observed = gaps(v, child, saw + observed)
        answer[child] = {
            "days_since": days_since,
            "longest": longest,
            "alone": sum(row.seen == "alone" for row in saw),
            "days_since_observed": days_since_observed,
            "longest_observed": longest_observed,
        }
    return answer


def saw_the_child(v, row, child):
    """Did a professional see the child in this row?"""
    if row.seen:
        return row.seen in SAW and child in v.abouts(row)
    if row.lost or row.kind == "observed" or child not in row.everyone():
        return False
    return row.kind == "met" or (row.contact and row.channel in IN_THE_ROOM)


def first_day_that_counts(v, child):
    """The last day of the child's birth, or the first on which a professional appears, whichever is later."""
    days = []
    for row in v.rows:
        names = ([] if row.kind in ("expected", "needed") else row.who) + (row.everyone() if row.contact else [])
        if set(names) & v.professionals:
            days.append(v.day(row))
    born = v.window(v.people[child].get("born"))
    first = min(days, default=None)
    if first is None or born is None:
        return first
    return max(first, born.hi)


def gaps(v, child, rows):
    """(days since the last contact, longest spell without); services that were attended are contact throughout."""
    start = first_day_that_counts(v, child)
    if start is None or start > v.at:
        return None, None
    spans = [(v.day(row), v.day(row)) for row in rows]
    spans += [(first, min(last, v.at)) for _, first, last, attended in services_to(v, child) if attended]
    spans = [(first, last) for first, last in spans if first <= v.at and last >= start]
    if not spans:
        return None, (v.at - start).days
    covered, longest = start, 0
    for first, last in sorted(spans):
        longest = max(longest, (first - covered).days)
        covered = max(covered, last)
    since = (v.at - covered).days
    return since, max(longest, since)


# --------------------------------------------------------------------------------------------------
# practice profile
# --------------------------------------------------------------------------------------------------


def planning_meetings(v):
    """The meetings of two or more professionals that are not of another sort."""
    return [
        row
        for row in v.rows
        if row.kind == "met" and len(set(row.who) & v.professionals) >= 2 and row.channel not in NO_PLANNING
    ]


def practice_profile(case, at=None, **rules):
    """{item: (share, share for the second mark, mark)}; shares are None where there is nothing to divide by."""
    v = view(case, at, **rules)
    shares = {
        1: (*twice(natural_supports(v)), at_least(1 / 2), above_nought),
        2: (*twice(shared_with_family(v)), at_least(2 / 3), above_nought),
        4: (*twice(months_joined(v)), at_least(3 / 4), at_least(1 / 4)),
        6: (*twice(differences_settled(v)), at_least(1), above_nought),
        7: (*twice(partners_present(v)), at_least(3 / 4), at_least(1 / 4)),
        8: (*followed_up(v), at_least(0.9), at_least(1 / 2)),
        9: (*closure_told(v), at_least(0.9), at_least(1 / 2)),
        10: (*twice(family_at_table(v)), at_least(3 / 4), above_nought),
    }
    return {
        item: (first, second, mark(first, second, reaches_first, reaches_second))
        for item, (first, second, reaches_first, reaches_second) in shares.items()
    }


def twice(number):
    return number, number


def at_least(goal):
    return lambda number: number >= goal - 1e-9


def above_nought(number):
    return number > 0


def mark(first, second, reaches_first, reaches_second):
    if first is None:
        return "not enough record"
    if reaches_first(first):
        return "first mark"
    return "second mark" if reaches_second(second) else "neither"


def ratio(part, whole):
    """A share; None where there is nothing to divide by."""
    return part / whole if whole else None


def natural_supports(v):
    """1: planning meetings with a support person; no support person recorded = not enough record."""
    support = {one for one, kind in v.kind.items() if kind == "support"}
    if not support:
        return None
    meetings = planning_meetings(v)
    return ratio(sum(bool(support & set(row.who)) for row in meetings), len(meetings))


def shared_with_family(v):
    """2: known severity that a row passes to or from the family, a carer whom it is about left out."""
    family = {one for one, kind in v.kind.items() if kind == "family"}
    shared = set()
    for row in v.rows:
        for a, b in v.moved(row):
            if a in row.who and len({a, b} & family) == 1 and {a, b} & (v.professionals | v.agencies):
                (relative,) = {a, b} & family
                shared |= {c for c in set(row.concerns) & v.known if relative not in split(v.concerns[c].get("about"))}
    return ratio(sum(v.weight[c] for c in shared), sum(v.weight[c] for c in v.known))


def months_joined(v):
    """4: months on whose last day (or `at`) two or more agencies are involved, in which a row joins two agencies."""
    if not v.rows:
        return None
    first = min(v.day(row) for row in v.rows)
    year, month, joined, every = first.year, first.month, 0, 0
    while (year, month) <= (v.at.year, v.at.month):
        last = min(v.at, dt.date(year, month, calendar.monthrange(year, month)[1]))
        then = v.on(last)
        if len({v.agency[p] for p in then.involved if v.agency[p]}) >= 2:
            every += 1
            joined += any(
                (v.day(row.read).year, v.day(row.read).month) == (year, month) and joins_two_agencies(then, row)
                for row in then.rows
            )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return ratio(joined, every)


def agency_of(v, one):
    """The agency of a professional, or an agency itself; None for others."""
    if one in v.agencies:
        return one
    return (v.agency[one] or None) if one in v.professionals else None


def joins_two_agencies(v, row):
    """Could something move in the row between two agencies?"""
    pairs = [(agency_of(v, a), agency_of(v, b)) for a, b in v.moved(row)]
    return any(a and b and a != b for a, b in pairs)


def differences_settled(v):
    """6: `disagreed` rows with a `done` row that names them."""
    differences = [row for row in v.rows if row.kind == "disagreed"]
    settled = [row for row in differences if any(is_about(done, row) for done in v.rows)]
    return ratio(len(settled), len(differences))


def partners_present(v):
    """7: (planning meeting, agency involved on its day) pairs in which somebody of the agency was there."""
    there = every = 0
    for row in planning_meetings(v):
        agencies = {v.agency[p] for p in v.on(v.day(row)).involved if v.agency[p]}
        every += len(agencies)
        there += len(agencies & {agency_of(v, one) for one in row.who + row.present})
    return ratio(there, every)


def followed_up(v):
    """8: agreed actions now due: completed by the due date, and completed at all."""
    due = [row for row in v.rows if row.kind == "agreed" and row.due is not None and row.due <= v.at]
    done = {row.id: [v.day(d) for d in v.rows if is_about(d, row) and d.outcome in ("", "completed")] for row in due}
    in_time = sum(any(day <= row.due for day in done[row.id]) for row in due)
    return ratio(in_time, len(due)), ratio(sum(bool(days) for days in done.values()), len(due))


def closure_told(v):
    """9: `closed` rows of which a partner agency was told on or before the day, and told at all."""
    closings = [row for row in v.rows if row.kind == "closed" and any(agency_of(v, one) for one in row.who)]
    on_the_day = [row for row in closings if met_a_partner(v, row) or told_a_partner(v, row, row.hi)]
    at_all = [row for row in closings if row in on_the_day or told_a_partner(v, row, v.at)]
    return ratio(len(on_the_day), len(closings)), ratio(len(at_all), len(closings))


def partners(v, closing, some):
    """Those of another agency than the closing one."""
    own = {agency_of(v, one) for one in closing.who}
    return [one for one in some if agency_of(v, one) and agency_of(v, one) not in own]


def told_a_partner(v, closing, day):
    """Did it reach somebody of another agency by a day?"""
    to = [one for one in partners(v, closing, closing.to + closing.present) if v.arrives(closing, one)]
    return bool(to) and v.day(closing.read) <= day


def met_a_partner(v, closing):
    """Did who closes meet somebody of another agency in the 28 days before?"""
    return any(
        row.kind == "met"
        and set(row.who) & set(closing.who)
        and partners(v, closing, row.who)
        and 0 <= (v.day(closing) - v.day(row)).days <= CLOSING_DAYS
        for row in v.rows
    )


def family_at_table(v):
    """10: planning meetings with the child or family."""
    family = {one for one, kind in v.kind.items() if kind in ("child", "family")}
    meetings = planning_meetings(v)
    return ratio(sum(bool(family & set(row.who)) for row in meetings), len(meetings))
