"""Every count and score of many cases, in the order of :data:`safetynet.measures.headline.NAMES`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...spread.kernels.parts import NOTHING, Contacts, compiled, internal, popcount
from .chances import missed_opportunities
from .flat import (
    ACTOR,
    AGENCY,
    APPEARED,
    ASKED,
    DECLINED,
    KIND,
    MET,
    NEVER,
    PROFESSIONAL,
    TOLD,
    Flat,
    Terms,
)
from .networks import active, apart, circles, clusters, contacts_in_time, in_contact, out_of_reach
from .owning import owning
from .picture import best_picture, exclusive_concerns, smallest_meeting, unshared_pairs
from .record import Record, record_of

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers

NAN = np.nan
TEMPORAL = 20  # the place of the temporal score
ALL_KNOWN, NOT_IN_TIME, NOT_KNOWN = range(3)


@internal
def counts(flat: Flat, of: Record, scores: Numbers) -> None:
    """How many people, professionals, agencies, concerns, contacts and meetings have appeared."""
    agencies = np.zeros(of.size, np.bool_)
    scores[:6] = 0.0
    for one in range(of.size):
        if of.holders[APPEARED, one] <= of.day:
            if one < of.people:
                scores[0] += 1
                scores[1] += flat.of_holder[PROFESSIONAL, of.holder + one]
            if flat.of_holder[AGENCY, of.holder + one] >= 0:
                agencies[flat.of_holder[AGENCY, of.holder + one]] = True
    scores[2] = float(agencies.sum())
    held = NOTHING
    for one in of.held:
        held |= one
    scores[3] = float(popcount(held))
    for n in range(of.end - of.row):
        if flat.of_row[of.when, of.row + n] <= of.day:
            kind = flat.of_row[KIND, of.row + n]
            scores[4] += kind == TOLD or kind == ASKED or kind == DECLINED
            scores[5] += kind == MET


@internal
def score(flat: Flat, case: int, day: int, terms: Terms, scores: Numbers) -> int:
    """Every number of a case; whether all are known, or the temporal score or another one is not."""
    of = record_of(flat, case, day, terms)
    counts(flat, of, scores)
    scores[6] = best_picture(flat, of, terms)
    scores[7] = unshared_pairs(flat, of, terms)
    scores[8] = clusters(flat, of)
    scores[9] = exclusive_concerns(of)
    scores[10] = smallest_meeting(flat, of)
    owning(flat, of, terms, scores[11:14])
    scores[14] = circles(flat, of)
    missed_opportunities(flat, of, terms, scores[15:17])
    scores[17] = NAN
    if of.ever_known:
        scores[17] = apart(flat, of, of.holders[ACTOR], -NEVER, of.ever_known, False)
    in_contact(flat, of, scores[18:20], scores[22:24])
    known, scores[TEMPORAL] = out_of_reach(flat, of)
    among = active(flat, of, terms.recent_days)
    scores[21] = apart(flat, of, among, day - terms.recent_days, NOTHING, True)
    if scores[10] == -1.0:
        return NOT_KNOWN
    return ALL_KNOWN if known else NOT_IN_TIME


@compiled
def score_some(flat: Flat, asked: Ints, days: Ints, terms: Terms, scores: Numbers, known: Ints) -> None:
    """Every number of some cases, each on its day, and whether all are known; other threads run meanwhile."""
    for place in range(len(asked)):
        known[place] = score(flat, asked[place], days[place], terms, scores[place])


@compiled
def in_time(flat: Flat, case: int, day: int, terms: Terms) -> tuple[int, Contacts]:
    """How many actors a case has on a day, and the contacts between them."""
    return contacts_in_time(flat, record_of(flat, case, day, terms))
