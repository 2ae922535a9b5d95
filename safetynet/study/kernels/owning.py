"""How thinly the responsibility for the known worries of one case is spread.

The twin of :mod:`safetynet.measures.states`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, lowest, popcount
from .actions import NOT_ASKED, is_informed, referring
from .flat import (
    SEVERITY,
    Flat,
    Terms,
)
from .in_hand import standing_of
from .leaving import is_left, others_around
from .record import Record
from .sums import exact, weight_of

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers


NAN = np.nan


@internal
def index_of(flat: Flat, of: Record, worry: int, terms: Terms, others: Ints) -> float:
    """The responsibility index of a worry that is neither in hand nor ended; NaN where it is not defined."""
    felt, is_counted = 0.0, False
    for one in range(of.people):
        if not is_informed(flat, of, one, worry):
            continue
        if is_left(flat, of, one, worry):
            is_counted = True
        elif others[one] > 0:
            is_counted = True
            felt = max(felt, terms.felt[flat.of_concern[SEVERITY, of.concern + worry], others[one]])
    return 1 - felt if is_counted else NAN


@internal
def owning(flat: Flat, of: Record, terms: Terms, scores: Numbers) -> None:
    """The unowned share, how many worries are not owned, and the mean index."""
    back, others = referring(flat, of), others_around(flat, of)
    rows = of.end - of.row
    papers, about, room = np.full(rows, NOT_ASKED), np.empty(rows, np.int64), np.empty(64, np.float64)
    weighted, weights, number = np.empty(64, np.float64), np.empty(64, np.float64), 0
    unowned, left = NOTHING, of.known
    while left:
        worry = int(lowest(left))
        left &= left - ONE
        in_hand, ended = standing_of(flat, of, back, worry, terms, papers, about)
        index = 0.0
        if not in_hand:
            unowned |= ONE << np.uint64(worry)
            index = NAN if ended else index_of(flat, of, worry, terms, others)
        if index == index:
            weights[number] = terms.weights[flat.of_concern[SEVERITY, of.concern + worry]]
            weighted[number] = weights[number] * index
            number += 1
    severity = flat.of_concern[SEVERITY, of.concern :]
    known = weight_of(of.known, severity, terms.weights, room, terms.compensated)
    scores[0] = NAN
    if of.known:
        scores[0] = weight_of(unowned, severity, terms.weights, room, terms.compensated) / known
    scores[1] = float(popcount(unowned))
    scores[2] = exact(weighted, number) / exact(weights, number) if number else NAN
