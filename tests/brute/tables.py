"""Meetings, patterns of harm, linked concerns, what was believed of whom, and duties."""

from __future__ import annotations

import datetime as dt

from . import knowledge
from .actions import ASIDE, actions
from .model import split, view, word
from .picture import components

NEVER = dt.date.max


# --------------------------------------------------------------------------------------------------
# meeting_coverage
# --------------------------------------------------------------------------------------------------


def meeting_coverage(case, at=None, **rules):
    """A dict per meeting of two or more professionals: what was there to be tabled, and what was."""
    v = view(case, at, **rules)
    return [coverage_of(v, row) for row in v.rows if row.kind == "met" and len(set(row.who) & v.professionals) >= 2]


def has_without(v, one, concern, row):
    """Does somebody have it on record by the first day of a row, without that row?"""
    days = [v.day(window) for other, window in v.entries.get((one, concern), []) if other.id != row.id]
    return min(days, default=NEVER) <= row.lo


def coverage_of(v, row):
    before, during = v.on(row.lo), v.on(row.hi)
    holders = {c: [one for one in row.who if has_without(v, one, c, row)] for c in before.current}
    available = {c for c, there in holders.items() if there}
    unique = {c for c in available if len(holders[c]) == 1}
    tabled = available & set(row.concerns)
    more = {}
    for person in during.involved:
        if v.remit[person] == "works_with" and person not in row.who + row.present:
            brings = {c for c in before.current - available if has_without(v, person, c, row)}
            if brings:
                more[person] = sum(v.weight[c] for c in brings)
    return {
        "row": row.id,
        "available": available,
        "tabled": tabled,
        "unique": unique,
        "coverage": share(v, tabled, available),
        "unique_coverage": share(v, tabled & unique, unique),
        "lower_bound": row.complete == "no",
        "would_have_brought": more,
    }


def share(v, part, whole):
    """Severity of some worries over that of others; None where there are none."""
    every = sum(v.weight[c] for c in whole)
    return sum(v.weight[c] for c in part) / every if every else None


# --------------------------------------------------------------------------------------------------
# patterns
# --------------------------------------------------------------------------------------------------


def matters(v, kinds):
    """{concern: the concerns that are joined with it by links of these kinds, itself included}."""
    pairs = [(link["from"], link["to"]) for link in v.table("links") if word(link["kind"]) in kinds]
    joined = {}
    for part in components(set(v.concerns), pairs):
        joined.update(dict.fromkeys(part, frozenset(part)))
    return joined


def about_children(v, concern):
    """The children whom a worry counts for: those it is about; every child if it is about none."""
    named = [child for child in split(v.concerns[concern].get("about")) if child in v.children]
    return named or v.children


def patterns(case, at=None, **rules):
    """A dict per child and category in which a worry is known, resolved since or not."""
    v = view(case, at, **rules)
    lines = {}
    for worry in v.ever_known:
        category = "physical" if v.category[worry] == "sexual" else v.category[worry]
        for child in about_children(v, worry):
            lines.setdefault((child, category), set()).add(worry)
    return [{"child": k, "category": c, **pattern_of(v, worries)} for (k, c), worries in sorted(lines.items())]


def pattern_of(v, worries):
    group = matters(v, ("same_matter", "became"))
    explanation = matters(v, ("same_matter",))
    days = sorted({v.day(window) for row in v.rows for window in (row.when, row.read) if v.day(window) <= v.at})

    def number(some):
        return len({group[c] for c in some & worries})

    one_person, three_known, three_one = 0, None, None
    for day in days:
        theirs = {p: {c for c in v.held.get(p, set()) if v.known_on(p, c) <= day} for p in v.professionals}
        one_person = max([one_person, *[number(theirs[p]) for p in v.on(day).involved]])
        if three_known is None and number(set().union(*theirs.values())) >= 3:
            three_known = day
        if three_one is None and any(number(held) >= 3 for held in theirs.values()):
            three_one = day
    answering = {
        c
        for c in v.concerns
        if v.category[c] == "reassurance"
        and set(split(v.concerns[c].get("answers"))) & worries
        and v.holders(c) & v.professionals
    }
    return {
        "known": number(worries),
        "one_person": one_person,
        "one_table": max([0, *[number(set(row.concerns)) for row in v.rows if row.contact]]),
        "reassurances": len(answering),
        "explanations": len({explanation[c] for c in answering}),
        "three_known": three_known,
        "three_one": three_one,
    }


# --------------------------------------------------------------------------------------------------
# links
# --------------------------------------------------------------------------------------------------


def links(case, at=None, **rules):
    """A dict per linked pair of concerns: the rows of `links`, and each worry that a reassurance answers."""
    v = view(case, at, **rules)
    pairs = [(link["from"], link["to"], word(link["kind"])) for link in v.table("links")]
    pairs += [(c, worry, "answers") for c in v.concerns for worry in split(v.concerns[c].get("answers"))]
    firsthand = knowledge.hops(v)
    lines = []
    for one, other, kind in pairs:
        sources = {h for (h, c), hops in firsthand.items() if c == one and hops == 0}
        lines.append(
            {
                "from": one,
                "to": other,
                "kind": kind,
                "both": {p for p in v.involved if {one, other} <= v.held.get(p, set())},
                "unmet": kind in ("corroborates", "same_matter") and never_met(v, one, other),
                "one_word": kind in ("explains", "answers")
                and len(sources) == 1
                and v.kind.get(min(sources)) == "family",
                "severities": (v.severity[one], v.severity[other]) if kind == "became" else None,
            }
        )
    return lines


def never_met(v, one, other):
    """Two voices: does no professional have both, and did no path join the first who held each?"""
    if any({one, other} <= v.held.get(p, set()) for p in v.professionals):
        return False
    days, firsts = [], []
    for concern in (one, other):
        known = {p: v.known_on(p, concern) for p in v.holders(concern) & v.professionals}
        if not known:
            return False  # a voice that no professional heard
        days.append(min(known.values()))
        firsts.append({p for p, day in known.items() if day == days[-1]})
    then = v.on(max(days))
    pairs = [(a, b) for row in then.rows for a, b in then.moved(row) if {a, b} <= then.actors]
    return not any(
        part & firsts[0] and part & firsts[1] for part in components(then.actors | firsts[0] | firsts[1], pairs)
    )


# --------------------------------------------------------------------------------------------------
# beliefs
# --------------------------------------------------------------------------------------------------


def beliefs(case, at=None, **rules):
    """A dict per row of belief or reliance, holder, party and concern: what the record says of that party."""
    v = view(case, at, **rules)
    lines = []
    for row in v.rows:
        if row.kind not in ("believed", "assumed"):
            continue
        then = v.on(row.hi)
        for holder in row.who:
            concerns = row.concerns
            if row.kind == "assumed" and not concerns:  # everything they know
                concerns = sorted(then.held.get(holder, set()))
            for party in row.to:
                for concern in concerns:
                    line = {"row": row.id, "holder": holder, "party": party, "concern": concern}
                    line["then"] = of_the_party(then, party, concern, row)
                    line["now"] = of_the_party(v, party, concern, row)
                    lines.append(line)
    return lines


def of_the_party(v, party, concern, belief):
    """The first that holds of a party and its people by `at`; the row of the belief itself says nothing of them."""
    members = v.party(party)
    rows = [row for row in v.rows if set(row.who) & members and row.id != belief.id]
    on_it = [row for row in rows if concern in row.concerns]
    acted_on = {action.id for action in actions(v, concern)}
    if any(row.kind in ("believed", "disagreed", "declined") for row in on_it):
        return "thought otherwise"
    if any(row.kind == "done" and row.outcome != "refused" and acted_on & set(row.ref) for row in rows):
        return "acted"
    if any(row.kind == "decided" and row.outcome == "step_up" for row in on_it):
        return "acted"
    if any(row.kind == "decided" and row.outcome in ASIDE for row in on_it):
        return "put it aside"
    if any(row.kind == "agreed" for row in on_it):
        return "took it on"
    if any(v.has(one, concern) for one in members):
        return "had it on record"
    return "no record"


def each_thought_the_other(case, at=None, **rules):
    """{(the two rows, worry)}: two parties that each assume or believe it of the other about one worry."""
    v = view(case, at, **rules)
    lines = [line for line in beliefs(v) if line["concern"] in v.every_worry]
    found = set()
    for a in lines:
        for b in lines:
            of_each_other = b["holder"] in v.party(a["party"]) and a["holder"] in v.party(b["party"])
            if a["concern"] == b["concern"] and a["holder"] != b["holder"] and of_each_other:
                found.add((frozenset([a["row"], b["row"]]), a["concern"]))
    return found


# --------------------------------------------------------------------------------------------------
# duties
# --------------------------------------------------------------------------------------------------


def duties(case, at=None, **rules):
    """A dict per `expected` row and party on whom it lay."""
    v = view(case, at, **rules)
    possible = knowledge.first_known(v, "possible", "earliest", v.rules["same_day"])
    lines = []
    for row in v.rows:
        if row.kind == "expected":
            status, stopped_at = duty_status(v, row, possible)
            for party in row.who:
                lines.append(
                    {
                        "row": row.id,
                        "rule": row.rule,
                        "party": party,
                        "set_off_by": row.ref,
                        "due": row.due,
                        "status": status,
                        "stopped_at": stopped_at,
                    }
                )
    return lines


def duty_status(v, duty, possible):
    done = [row for row in v.rows if row.kind == "done" and duty.id in row.ref and row.outcome in ("", "completed")]
    if done:
        in_time = duty.due is None or any(v.day(row) <= duty.due for row in done)
        return ("met" if in_time else "met late"), None
    if duty.due is not None and duty.due >= v.at:
        return "not yet due", None
    limit = v.at if duty.due is None else duty.due
    parties = set().union(*[v.party(party) for party in duty.who])
    can_have = any(possible.get((one, c), NEVER) <= limit for one in parties for c in duty.concerns)
    if duty.concerns and not can_have:
        return "could not be known", last_upstream(v, duty, limit)
    return "no record", None


def last_upstream(v, duty, limit):
    """The last row by the limit in which somebody had one of the concerns and gave it, or saw it."""
    rows = [row for row in v.rows if v.day(row) <= limit and set(row.concerns) & set(duty.concerns) and v.gives(row)]
    return max(rows, key=lambda row: (v.day(row), row.lo, row.id)).id if rows else None
