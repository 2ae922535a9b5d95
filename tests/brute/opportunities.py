"""Missed opportunities to join the picture, what was held back, and what was shared beyond need."""

from __future__ import annotations

import datetime as dt
import itertools

from .knowledge import permission
from .model import view

NEVER = dt.date.max


class Chance:
    """A contact row in which a professional who had a worry could have passed it to a professional of an agency."""

    def __init__(self, v, row, worry, speaker, hearer):
        self.row, self.worry, self.speaker, self.hearer = row, worry, speaker, hearer
        self.agency = v.group(hearer)
        self.from_agency = v.group(speaker)
        self.day = v.day(row.read)  # D: the day on which the row counts, of a letter that of its reading


def chances(v, from_other_rows=False):
    """Every chance by `at`, whatever the agency had on record and whatever was restricted.

    ``from_other_rows``: the speaker must have it from rows other than the contact row itself.
    """
    found = []
    for row in v.rows:
        for speaker, hearer in v.moved(row):
            if not {speaker, hearer} <= v.professionals or v.group(speaker) == v.group(hearer):
                continue
            for worry in sorted(v.known):
                if has_it_on(v, {speaker}, worry, row if from_other_rows else None) <= row.lo:
                    found.append(Chance(v, row, worry, speaker, hearer))
    return found


def has_it_on(v, holders, worry, but_for=None):
    """The first day on which one of these has a worry on record, from rows other than one."""
    days = [
        v.day(window)
        for one in holders
        for row, window in v.entries.get((one, worry), [])
        if but_for is None or row.id != but_for.id
    ]
    return min(days, default=NEVER)


def of_agency(v, agency):
    """An agency's people and its file; of a person without agency, themselves."""
    return v.party(agency)


def is_open(v, chance, from_other_rows):
    """Does nobody of the agency have it on record by the row's last day?"""
    but_for = chance.row if from_other_rows else None
    return has_it_on(v, of_agency(v, chance.agency), chance.worry, but_for) > chance.day


# --------------------------------------------------------------------------------------------------
# what was no opportunity
# --------------------------------------------------------------------------------------------------


def permission_of(v, chance):
    """What the permissions say of it on the first day of the row."""
    return permission(v, chance.speaker, chance.hearer, chance.worry, chance.row.lo)


def grace_end(v, chance):
    """D and the days of grace."""
    return chance.day + dt.timedelta(days=v.rules["grace_days"])


def held_back_by(v, chance):
    """The `withheld` rows by which the speaker or their agency held it back from the agency or its people."""
    speaker = {chance.speaker, v.agency[chance.speaker]} - {""}
    return [
        row
        for row in v.every_row
        if row.kind == "withheld"
        and chance.worry in row.concerns
        and speaker & set(row.who)
        and of_agency(v, chance.agency) & set(row.to)
        and v.day(row) <= grace_end(v, chance)
    ]


def counts(v, chance, unknown=True, unclear=True, heed=True):
    """Is a chance an opportunity? ``unknown``, ``unclear``: also where permission, or the row, leaves it open."""
    answer = permission_of(v, chance)
    if answer in ("prohibited", "not_needed") or (answer == "unknown" and not unknown):
        return False
    if chance.row.complete == "no" and not unclear:
        return False
    return not (heed and held_back_by(v, chance))


# --------------------------------------------------------------------------------------------------
# the scores
# --------------------------------------------------------------------------------------------------


def first_chances(v, from_other_rows=False, **leave_out):
    """{(worry, agency): the chances on the first day D on which there were any, D + grace by `at`}."""
    per_pair = {}
    for chance in chances(v, from_other_rows):
        if is_open(v, chance, from_other_rows) and counts(v, chance, **leave_out):
            per_pair.setdefault((chance.worry, chance.agency), []).append(chance)
    answer = {}
    for pair, found in per_pair.items():
        first = min(chance.day for chance in found)
        found = [chance for chance in found if chance.day == first]
        if grace_end(v, found[0]) <= v.at:
            answer[pair] = found
    return answer


def missed_chances(v, **leave_out):
    """The chances that were missed: nobody of the agency has it on record by D and the days of grace."""
    return [
        chance
        for (worry, agency), found in first_chances(v, **leave_out).items()
        for chance in found
        if has_it_on(v, of_agency(v, agency), worry) > grace_end(v, chance)
    ]


def missed_table(case, at=None, **rules):
    """The set of (row, worry, agency) that were missed."""
    v = view(case, at, **rules)
    return {(chance.row.id, chance.worry, chance.agency) for chance in missed_chances(v)}


def number_of(missed):
    """The number of different (two agencies, day)."""
    return len({(frozenset([chance.from_agency, chance.agency]), chance.day) for chance in missed})


def missed_opportunities(case, at=None, **rules):
    """The number of missed opportunities."""
    v = view(case, at, **rules)
    return number_of(missed_chances(v))


def missed_opportunities_low(case, at=None, **rules):
    """The smallest number over leaving out what permission and incomplete rows leave open."""
    v = view(case, at, **rules)
    choices = itertools.product((True, False), repeat=2)
    return min(number_of(missed_chances(v, unknown=unknown, unclear=unclear)) for unknown, unclear in choices)


def occasions(case, at=None, **rules):
    """The (worry, agency) pairs that had an occasion: what was passed at the first contact is one taken."""
    v = view(case, at, **rules)
    return set(first_chances(v, from_other_rows=True))


def missed_share(case, at=None, **rules):
    """The (worry, agency) pairs missed over those that had an occasion; None where there was none."""
    v = view(case, at, **rules)
    every = occasions(v)
    missed = {(chance.worry, chance.agency) for chance in missed_chances(v)}
    return len(missed) / len(every) if every else None


# --------------------------------------------------------------------------------------------------
# held back, and shared beyond need
# --------------------------------------------------------------------------------------------------


def held_back(case, at=None, **rules):
    """{(row, worry, agency): reasons}: missed if the `withheld` rows were not there, and not missed with them."""
    v = view(case, at, **rules)
    with_them = missed_table(v)
    answer = {}
    for chance in missed_chances(v, heed=False):
        key = (chance.row.id, chance.worry, chance.agency)
        if key not in with_them:
            answer.setdefault(key, set()).update(row.reason for row in held_back_by(v, chance))
    return answer


def shared_beyond_need(case, at=None, **rules):
    """The set of (row, concern, from, to) passed by `at` between professionals or agencies although prohibited."""
    v = view(case, at, **rules)
    channels = v.professionals | v.agencies
    found = set()
    for row in v.rows:
        for a, b in v.moved(row):
            sent = a in row.who  # in a row with a sender, what is listed is what the sender passed
            if sent and {a, b} <= channels:
                found |= {(row.id, c, a, b) for c in row.concerns if permission(v, a, b, c, row.lo) == "prohibited"}
    return found
