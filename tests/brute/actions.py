"""Actions on a worry: their steps, whether one is in hand, completed or asked for, and what was put aside."""

from __future__ import annotations

from .model import later, on_or_after, split

ASIDE = ("no_further_action", "step_down", "discharge")
SAW_THE_CHILD = ("alone", "with_carer", "with_others")
NO_STEP = ("assumed", "believed", "expected", "needed", "withheld", "closed", "declined")
OUTSIDERS = ("child", "family", "support", "public")


# --------------------------------------------------------------------------------------------------
# actions and their steps
# --------------------------------------------------------------------------------------------------


def actions(v, worry):
    """The actions on a worry by `at`: agreed rows that cover it, opened rows that name it."""
    return [row for row in v.rows if row.kind in ("agreed", "opened") and worry in row.concerns]


def is_about(done, action):
    """Is it a `done` row about the action?"""
    return done.kind == "done" and action.id in done.ref


def completions(v, action):
    """The `done` rows that say that it was completed."""
    return [row for row in v.rows if is_about(row, action) and row.outcome in ("", "completed")]


def owners_people(v, action):
    """Its owners, and the people of an agency that owns it."""
    return set().union(*[v.party(owner) for owner in action.who])


def arrived_at_nobody(v, row):
    """Was it not received, or is it one-way paper that none of its recipients confirmed?"""
    return row.lost or (bool(row.to) and all(v.unconfirmed(row, recipient) for recipient in row.to))


def is_step(v, row, action, worry):
    """Is the row a step of the action on a worry?"""
    if row.id == action.id:
        return True
    if is_about(row, action) and row.outcome in ("partly", "attempted"):
        return True
    if not on_or_after(row, action) or not owners_people(v, action) & set(row.who):
        return False
    if row.kind in NO_STEP or (row.kind == "decided" and row.outcome in ASIDE):
        return False
    if arrived_at_nobody(v, row) or (row.kind == "met" and row.channel == "supervision"):
        return False
    saw = row.seen in SAW_THE_CHILD and v.abouts(row) & set(v.children) & about(v, worry)
    return worry in row.concerns or bool(saw)


def about(v, worry):
    """Whom a worry is about."""
    return set(split(v.concerns[worry].get("about")))


def steps(v, action, worry):
    """The rows by `at` that are steps of an action, the row itself among them."""
    return [row for row in v.rows if is_step(v, row, action, worry)]


def is_refused(v, action, worry):
    """Was it refused, with no step after?"""
    refusals = [row for row in v.rows if is_about(row, action) and row.outcome == "refused"]
    return any(not any(later(step, no) for step in steps(v, action, worry)) for no in refusals)


def stands(v, action, worry):
    """Is it neither completed, nor refused with no step after?"""
    return not completions(v, action) and not is_refused(v, action, worry)


def days_to(v, row):
    """Days from a row to `at`."""
    return (v.at - v.day(row)).days


def is_in_time(v, action, worry):
    """Is its latest step recent enough, and its due date not past?"""
    since = min(days_to(v, step) for step in steps(v, action, worry))
    if action.due is None:
        return since <= v.rules["open_ended_days"]
    return since <= v.rules["plan_days"] and action.due >= v.at


# --------------------------------------------------------------------------------------------------
# owned, just completed, asked
# --------------------------------------------------------------------------------------------------


def informed(v, worry):
    """The involved professionals whose remit is to work with the family and who have it on record."""
    return {p for p in v.involved if v.remit[p] == "works_with" and v.has(p, worry)}


def has_taken_up(v, person, action, worry):
    """Has somebody of the agency that owns an action since opened, been told of the worry, or taken a step?"""
    for row in v.rows:
        if row.id == action.id or not on_or_after(row, action):
            continue
        if row.kind == "opened" and person in row.who:
            return True
        if worry in row.concerns and any(b == person for _, b in v.moved(row)):
            return True
        if person in row.who and is_step(v, row, action, worry):
            return True
    return False


def has_an_owner_who_knows(v, action, worry):
    """Is an owner informed, or an agency that has given it to somebody informed, or one that still may?"""
    knowing = informed(v, worry)
    for owner in action.who:
        if owner in knowing:
            return True
        if owner in v.agencies:
            if days_to(v, action) <= v.rules["intake_days"]:
                return True
            if any(has_taken_up(v, person, action, worry) for person in knowing & v.members(owner)):
                return True
    return False


def is_owned(v, worry):
    """Is an action on it in hand?"""
    return any(
        stands(v, action, worry) and is_in_time(v, action, worry) and has_an_owner_who_knows(v, action, worry)
        for action in actions(v, worry)
    )


def settled_by(v, worry):
    """The days since the completions after which nothing has come up: see *just completed*."""
    days = []
    for action in actions(v, worry):
        done = completions(v, action)
        if not done:
            continue
        first = min(done, key=v.day)
        another = any(
            other.id != action.id and on_or_after(other, action) and stands(v, other, worry)
            for other in actions(v, worry)
        )
        if not another and not brought_up_again(v, worry, first) and not is_put_aside(v, worry):
            days.append(days_to(v, first))
    return days


def is_just_completed(v, worry):
    """Was an action on it completed lately, and nothing has come up since?"""
    return any(days <= v.rules["settled_days"] for days in settled_by(v, worry))


def is_answered(v, asked):
    """Does a row (not expected, needed) name the request in `ref`?"""
    return any(asked.id in row.ref and row.kind not in ("expected", "needed") for row in v.rows)


def is_asked(v, worry):
    """Is an answer pending to a request of these days that names it and arrived?"""
    return any(
        row.kind == "asked"
        and worry in row.concerns
        and bool(v.moved(row))
        and (v.at - row.lo).days <= v.rules["intake_days"]
        and not is_answered(v, row)
        for row in v.rows
    )


# --------------------------------------------------------------------------------------------------
# brought up again, put aside
# --------------------------------------------------------------------------------------------------


def brought_up_again(v, worry, since):
    """Has it come up after a row: a completion (a `done` row) or a decision?"""
    for row in v.rows:
        if worry not in row.concerns:
            continue
        by_professional = bool(set(row.who) & v.professionals)
        if row.kind == "assumed" and by_professional:
            if later(row, since) or (since.kind == "done" and on_or_after(row, since)):
                return True
            continue
        if not later(row, since):
            continue
        from_outside = any(v.kind.get(one) in OUTSIDERS and one not in v.professionals for one in row.who)
        if row.kind in ("observed", "asked", "disagreed", "agreed"):
            return True
        if row.kind == "told" and from_outside:
            return True
        if row.kind == "met" and from_outside and len(set(row.who) & v.professionals) <= 1:
            return True
    return False


def latest_decisions(v, worry):
    """The latest `decided` rows on it: more than one where several have that last day."""
    decided = [row for row in v.rows if row.kind == "decided" and worry in row.concerns]
    return [row for row in decided if not any(later(other, row) for other in decided)]


def is_put_aside(v, worry):
    """Is the latest decision on it that nothing more is done, and has it stayed so?"""
    decisions = latest_decisions(v, worry)
    if not decisions or not all(row.outcome in ASIDE for row in decisions):
        return False
    decision = decisions[0]
    deciders = {v.group(one) for row in decisions for one in row.who}
    if brought_up_again(v, worry, decision):
        return False
    for action in actions(v, worry):
        owners = {v.group(one) for one in action.who if one in v.professionals | v.agencies}
        if (on_or_after(action, decision) or owners - deciders) and stands(v, action, worry):
            return False
    return True
