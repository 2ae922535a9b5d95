"""Diffusion of responsibility: did everyone think that someone else had it?"""

from __future__ import annotations

import itertools

from .actions import (
    actions,
    completions,
    has_an_owner_who_knows,
    informed,
    is_asked,
    is_in_time,
    is_just_completed,
    is_owned,
    is_put_aside,
    is_refused,
    settled_by,
)
from .model import later, view

# --------------------------------------------------------------------------------------------------
# whom one can see, and assumptions
# --------------------------------------------------------------------------------------------------


def others_seen(v, person):
    """The professionals and agencies that a professional can see around the child by `at`."""
    named = set()
    for row in v.rows:
        if row.contact:
            sent = person in row.who
            reached = person in row.to + row.present and v.arrives(row, person) and v.day(row.read) <= v.at
            if sent or reached:
                named.update(one for one in row.everyone() if row.kind != "closed" or one not in row.who)
        if row.kind == "assumed" and person in row.who:
            named.update(row.to)
    people = named & v.professionals - {person}
    files = {a for a in named & v.agencies if a != v.agency[person] and not v.members(a) & people}
    return people | files


def standing_assumptions(v, person, worry):
    """The `assumed` rows of somebody by which they leave a worry to others, and after which they did nothing."""
    found = []
    for row in v.rows:
        if row.kind != "assumed" or person not in row.who:
            continue
        known = v.known_on(person, worry)
        if worry in row.concerns or (not row.concerns and known is not None and known <= v.day(row)):
            acted = any(
                person in other.who
                and worry in other.concerns
                and other.kind in ("told", "asked", "disagreed", "decided", "met", "agreed", "opened")
                and later(other, row)
                for other in v.rows
            )
            if not acted:
                found.append(row)
    return found


# --------------------------------------------------------------------------------------------------
# status
# --------------------------------------------------------------------------------------------------

IN_HAND = ("owned", "just completed", "asked, answer pending")
NOT_DEFINED = (
    "left with its holders",
    "with another's remit (nobody informed)",
    "sole holder",
    "completed, nothing since",
    "put aside",
)


def can_leave_it(v, worry):
    """The informed who are not sole holders: they see somebody, or have a standing assumption."""
    return {p for p in informed(v, worry) if others_seen(v, p) or standing_assumptions(v, p, worry)}


def status_in_full(v, worry):
    """The status of a known worry; the two sorts of *with another's remit* told apart."""
    if is_owned(v, worry):
        return "owned"
    if is_just_completed(v, worry):
        return "just completed"
    if is_asked(v, worry):
        return "asked, answer pending"
    if not v.holders(worry) & v.involved:
        return "left with its holders"
    if not informed(v, worry):
        return "with another's remit (nobody informed)"
    if not can_leave_it(v, worry):
        return "sole holder"
    if settled_by(v, worry):
        return "completed, nothing since"
    if is_put_aside(v, worry):
        return "put aside"
    of_the_action = status_of_latest_action(v, worry)
    if of_the_action:
        return of_the_action
    if any(standing_assumptions(v, p, worry) for p in informed(v, worry)):
        return "left to others"
    return "no owner"


def status(v, worry):
    """The status in the words of the definitions."""
    return status_in_full(v, worry).replace(" (nobody informed)", "")


ACTION_STATUSES = (
    "with the family",
    "owner has left",
    "with another's remit",
    "refused",
    "given to someone without the picture",
    "left with an agency",
    "overdue",
    "lapsed",
)


def status_of_latest_action(v, worry):
    """What holds of the latest action that is not completed; None if nothing, or there is none.

    Of several on one last day the status that comes first in the list.
    """
    open_actions = [action for action in actions(v, worry) if not completions(v, action)]
    latest = [a for a in open_actions if not any(later(other, a) for other in open_actions)]
    for name in ACTION_STATUSES:
        if any(action_is(v, action, worry, name) for action in latest):
            return name
    return None


def action_is(v, action, worry, name):
    """Does one of the words hold of an action that is not completed?"""
    owners = set(action.who)
    professional = owners & v.professionals
    if name == "with the family":
        return bool(owners) and not owners & (v.professionals | v.agencies)
    if name == "owner has left":
        return bool(professional) and not professional & v.involved
    if name == "with another's remit":
        return any(v.has(owner, worry) and v.remit[owner] != "works_with" for owner in professional)
    if name == "refused":
        return is_refused(v, action, worry)
    if name == "given to someone without the picture":
        return bool(owners) and owners == professional and not any(v.has(owner, worry) for owner in owners)
    if name == "left with an agency":
        return bool(owners & v.agencies) and not has_an_owner_who_knows(v, action, worry)
    if name == "overdue":
        return action.due is not None and action.due < v.at
    assert name == "lapsed"
    return not is_in_time(v, action, worry)


# --------------------------------------------------------------------------------------------------
# the index and the scores
# --------------------------------------------------------------------------------------------------


def index(case, worry, at=None, model="division_of_impact", **rules):
    """The index of one known worry; None where it is not defined."""
    v = view(case, at, **rules)
    word = status_in_full(v, worry)
    if word in IN_HAND:
        return 0.0
    if word in NOT_DEFINED:
        return None
    level = v.severity[worry] - 1
    felt, nobody_acts = [], 1.0
    for person in can_leave_it(v, worry):
        n = len(others_seen(v, person))
        if standing_assumptions(v, person, worry):
            felt.append(0.0)
        else:
            felt.append((1 + n) ** -v.rules["dilution"][level])
            nobody_acts *= v.rules["dilemma"][level] ** (1 / n)
    return 1 - max(felt) if model == "division_of_impact" else nobody_acts


def statuses(case, at=None, **rules):
    """{known worry: its status}."""
    v = view(case, at, **rules)
    return {worry: status(v, worry) for worry in sorted(v.known)}


def diffusion(case, at=None, model="division_of_impact", **rules):
    """The severity-weighted mean of the index over the worries for which it is defined."""
    v = view(case, at, **rules)
    pairs = [(v.weight[c], index(v, c, model=model)) for c in v.known]
    pairs = [(weight, number) for weight, number in pairs if number is not None]
    every = sum(weight for weight, _ in pairs)
    return sum(weight * number for weight, number in pairs) / every if every else None


def unowned_concerns(case, at=None, **rules):
    """The known worries that are not owned."""
    v = view(case, at, **rules)
    return {worry for worry in v.known if status_in_full(v, worry) not in IN_HAND}


def unowned_share(case, at=None, **rules):
    """Severity of the known worries that are not owned over that of all known worries."""
    v = view(case, at, **rules)
    every = sum(v.weight[c] for c in v.known)
    return sum(v.weight[c] for c in unowned_concerns(v)) / every if every else None


def put_aside(case, at=None, **rules):
    """The known worries that a decision put aside, whatever their status."""
    v = view(case, at, **rules)
    return {worry for worry in v.known if is_put_aside(v, worry)}


def actions_on_record(case, at=None, **rules):
    """(the `agreed` rows and the `opened` rows that name a concern, those of them on a worry)."""
    v = view(case, at, **rules)
    every = [row for row in v.rows if row.kind == "agreed" or (row.kind == "opened" and row.concerns)]
    return len(every), len([row for row in every if set(row.concerns) & v.every_worry])


def circular_assumptions(case, at=None, **rules):
    """The groups of two or more agencies that count on each other in a circle.

    A professional without an agency counts as an agency of their own; child, family, support and public
    without one are no agencies and are left out.
    """
    v = view(case, at, **rules)
    counts_on = set()
    for row in v.rows:
        if row.kind == "assumed":
            for a, b in itertools.product(row.who, row.to):
                if all(one in v.professionals or v.group(one) in v.agencies for one in (a, b)):
                    counts_on.add((v.group(a), v.group(b)))
    nodes = {one for pair in counts_on for one in pair}
    reach = {one: {one} for one in nodes}
    for _ in nodes:
        for a, b in counts_on:
            for one in nodes:
                if a in reach[one]:
                    reach[one].add(b)
    groups = {frozenset(b for b in nodes if b in reach[a] and a in reach[b]) for a in nodes}
    return {group for group in groups if len(group) > 1}
