"""Unshared concerns: do the pieces of the picture ever meet?"""

from __future__ import annotations

import itertools

from .model import view

NEARLY = 1e-9  # a share that is reached but for rounding is reached


# --------------------------------------------------------------------------------------------------
# clusters
# --------------------------------------------------------------------------------------------------


def concern_clusters(case, at=None, **rules):
    """A dict per cluster, most people first: holders joined where a known worry passed between them."""
    v = view(case, at, **rules)
    holdings = {one: v.held[one] & v.known for one in v.held if one in v.professionals | v.agencies}
    holdings = {one: worries for one, worries in holdings.items() if worries}
    joined = []
    for row in v.rows:
        if set(row.concerns) & v.known:
            joined += [(a, b) for a, b in v.moved(row) if a in holdings and b in holdings]
    clusters = []
    for part in components(set(holdings), joined):
        people = sorted(part & v.professionals)
        if not people:
            continue  # files alone are no cluster
        concerns = set().union(*[holdings[one] for one in part])
        kept = [c for c in concerns if sum(c in holdings[person] for person in people) == 1]
        days = [v.known_on(one, c) for one in part for c in holdings[one]]
        clusters.append(
            {
                "people": people,
                "agencies": sorted({v.agency[p] for p in people if v.agency[p]} | (part & v.agencies)),
                "files": sorted(part & v.agencies),
                "concerns": sorted(concerns),
                "weight": sum(v.weight[c] for c in concerns),
                "kept": sum(v.weight[c] for c in kept),
                "first": min(days),
                "last": max(days),
            }
        )
    for one in clusters:
        elsewhere = {c for other in clusters if other is not one for c in other["concerns"]}
        one["only_here"] = sorted(set(one["concerns"]) - elsewhere)
    return sorted(clusters, key=lambda one: (-len(one["people"]), one["people"]))


def components(nodes, pairs):
    """The connected parts of a graph, as sets."""
    parts, waiting = [], set(nodes)
    while waiting:
        part, edge = set(), {min(waiting)}
        while edge:
            part |= edge
            edge = {b for pair in pairs for a, b in (pair, pair[::-1]) if a in edge} - part
        parts.append(part)
        waiting -= part
    return parts


# --------------------------------------------------------------------------------------------------
# pairs and the best picture
# --------------------------------------------------------------------------------------------------


def without_unconfirmed(v):
    """The case read without the paper that nobody confirmed."""
    return v.on(v.at, unconfirmed="does_not_count")


def unshared_pairs(case, at=None, **rules):
    """Weight of the pairs of known worries that no involved professional holds together, over all pairs."""
    v = view(case, at, **rules)
    return share_of_pairs_unshared(v, v.known)


def unshared_pairs_high(case, at=None, **rules):
    """The same if unconfirmed paper did not arrive, over the worries known in the headline reading."""
    v = view(case, at, **rules)
    return share_of_pairs_unshared(without_unconfirmed(v), v.known)


def share_of_pairs_unshared(v, worries):
    if len(worries) < 2:
        return None
    every = unshared = 0
    for a, b in itertools.combinations(sorted(worries), 2):
        weight = v.weight[a] * v.weight[b]
        every += weight
        if not any({a, b} <= v.held.get(person, set()) for person in v.involved):
            unshared += weight
    return unshared / every if every else None


def pictures(v, worries):
    """{involved professional: the share of these worries' severity that they hold}."""
    every = sum(v.weight[c] for c in worries)
    if not every:
        return {}
    return {p: sum(v.weight[c] for c in v.held.get(p, set()) & worries) / every for p in v.involved}


def best_picture(case, at=None, **rules):
    """The largest share of the known severity that any one involved professional holds."""
    v = view(case, at, **rules)
    return max(pictures(v, v.known).values(), default=None)


def best_picture_low(case, at=None, **rules):
    """The same if unconfirmed paper did not arrive, over the worries known in the headline reading."""
    v = view(case, at, **rules)
    return max(pictures(without_unconfirmed(v), v.known).values(), default=None)


def without_best(case, at=None, **rules):
    """What would be left of the best picture if its holder went: the largest share among the others."""
    v = view(case, at, **rules)
    shares = sorted(pictures(v, v.known).values(), reverse=True)
    return shares[1] if len(shares) > 1 else None


# --------------------------------------------------------------------------------------------------
# who alone has what
# --------------------------------------------------------------------------------------------------


def exclusive_concerns(case, at=None, **rules):
    """{sort: set of worries}. The score counts the first sort; the others are named apart."""
    v = view(case, at, **rules)
    sorts = {
        "exclusive": set(),
        "left_with_holders": set(),
        "on_file_only": set(),
        "family_only": set(),
        "file_and_family_only": set(),
    }
    for worry in v.current:
        holders = v.holders(worry)
        files, people = holders & v.agencies, holders - v.agencies
        if len(holders & v.involved) == 1:
            sorts["exclusive"].add(worry)
        elif holders & v.professionals and not holders & v.involved:
            sorts["left_with_holders"].add(worry)
        elif not holders & v.professionals and holders:
            name = "file_and_family_only" if files and people else "on_file_only" if files else "family_only"
            sorts[name].add(worry)
    return sorts


# --------------------------------------------------------------------------------------------------
# meetings that would do
# --------------------------------------------------------------------------------------------------


def offers(v):
    """{professional, involved or not: the known worries that they hold}, for those who hold any."""
    return {p: v.held[p] & v.known for p in v.professionals if v.held.get(p, set()) & v.known}


def smallest_meeting(case, at=None, share=1.0, **rules):
    """The fewest professionals who together hold (that share of) the known severity; None where nothing is known."""
    v = view(case, at, **rules)
    if not v.known:
        return None
    if share >= 1:
        return fewest(frozenset(v.known), list(offers(v).values()))
    goal = share * sum(v.weight[c] for c in v.known)
    for number in range(len(offers(v)) + 1):
        if most_together(v, offers(v), number) >= goal - NEARLY:
            return number
    raise AssertionError("every known worry has a holder")


def fewest(wanted, sets):
    """The fewest sets that together have all that is wanted: try each holder of the rarest thing."""
    if not wanted:
        return 0
    rarest = min(sorted(wanted), key=lambda c: sum(c in one for one in sets))
    useful = {frozenset(one & wanted) for one in sets if rarest in one}
    useful = {one for one in useful if not any(one < other for other in useful)}
    return 1 + min(fewest(wanted - one, sets) for one in sorted(useful, key=sorted))


def fewest_by_all_combinations(case, at=None, **rules):
    """`smallest_meeting` by trying every combination, for small cases."""
    v = view(case, at, **rules)
    if not v.known:
        return None
    for number in range(1, len(offers(v)) + 1):
        for group in itertools.combinations(offers(v).values(), number):
            if set().union(*group) == v.known:
                return number
    raise AssertionError("every known worry has a holder")


def most_together(v, sets, number):
    """The largest severity that so many people hold together."""
    unions = {frozenset()}
    for _ in range(number):
        unions |= {one | other for one in unions for other in map(frozenset, sets.values())}
    return max(sum(v.weight[c] for c in union) for union in unions)


def who_to_ask(case, person, at=None, **rules):
    """The fewest others (involved or not) with whom somebody would hold every known worry; None if nobody can."""
    v = view(case, at, **rules)
    others = [worries for one, worries in offers(v).items() if one != person]
    missing = v.known - v.held.get(person, set())
    if not missing <= set().union(*others):
        return None
    return fewest(frozenset(missing), others)


def earliest_picture(case, people=2, share=1.0, at=None, **rules):
    """{'possible': the first day on which so many professionals held that share together, 'one': on which anyone did}.

    The picture is that of `at`: the severity of the worries known then. None for what never came.
    """
    v = view(case, at, **rules)
    goal = share * sum(v.weight[c] for c in v.known) - NEARLY
    answer = {"possible": None, "one": None}
    if not v.known:
        return answer
    days = sorted({v.known_on(p, c) for p, worries in offers(v).items() for c in worries})
    for day in days:
        by_then = {p: {c for c in worries if v.known_on(p, c) <= day} for p, worries in offers(v).items()}
        for name, number in (("possible", people), ("one", 1)):
            if answer[name] is None and most_together(v, by_then, number) >= goal:
                answer[name] = day
    return answer


# --------------------------------------------------------------------------------------------------
# how long it took
# --------------------------------------------------------------------------------------------------


def sharing_latency(case, at=None, **rules):
    """{known worry: {'first_known': day, 'shared' | 'lead' | 'social_care' | 'police': days or None}}."""
    v = view(case, at, **rules)
    answer = {}
    for worry in sorted(v.known):
        known = min(v.known_on(p, worry) for p in v.holders(worry) & v.professionals)
        dates = {
            "shared": first_shared(v, worry),
            "lead": min(lead_days(v, worry), default=None),
            "social_care": first_in_sector(v, worry, "social_care"),
            "police": first_in_sector(v, worry, "police"),
        }
        days = {name: None if day is None else (day - known).days for name, day in dates.items()}
        answer[worry] = {"first_known": known, **days}
    return answer


def first_shared(v, worry):
    """The first day of a contact row in which it passed from one professional to another."""
    days = [
        v.day(row.read)
        for row in v.rows
        if worry in row.concerns and any({a, b} <= v.professionals for a, b in v.moved(row))
    ]
    return min(days, default=None)


def first_in_sector(v, worry, sector):
    """The first day on which a professional or the file of an agency of that sector has it."""
    holders = [one for one in v.holders(worry) if one in v.professionals | v.agencies]
    days = [v.known_on(one, worry) for one in holders if v.sector.get(v.group(one)) == sector]
    return min(days, default=None)


def lead_days(v, worry):
    """The days from which somebody who was the lead professional then had it."""
    days = []
    for person in v.holders(worry) & v.professionals:
        begin, end = v.window(v.people[person].get("lead_from")), v.window(v.people[person].get("lead_to"))
        if begin is None and end is None:
            continue
        day = v.known_on(person, worry)
        day = day if begin is None else max(day, v.day(begin))
        if day <= v.at and (end is None or day <= end.hi):
            days.append(day)
    return days
