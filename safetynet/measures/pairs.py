"""Which pieces of the picture nobody holds together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..spread.edges import each
from ..tidy import tidy
from ..wording import count, day, verb
from .picture import on_paper, strict_pieces

NO_PAIR = "fewer than two worries are known to professionals"


class Pair(NamedTuple):
    """Two known worries, and who of the involved professionals has both."""

    first: str
    second: str
    pair_weight: float
    people: tuple[str, ...]
    rows: tuple[str, ...]


def share_apart(view: Snapshot, pieces: Iterable[frozenset[str]]) -> float:
    """The weight of the pairs of known worries that are together in none of the pieces, of all pairs."""
    bit = {worry: 1 << place for place, worry in enumerate(view.worries)}
    weights = [view.weight(worry) for worry in view.worries]
    return share_of_weights(weights, (1 << len(weights)) - 1, [sum(bit[one] for one in held) for held in pieces])


def share_of_weights(weights: Sequence[float], known: int, pieces: Iterable[int]) -> float:
    """The same of numbered worries; those that are known, and the pieces, are sets of bits."""
    beside = [0] * len(weights)
    for held in set(pieces):
        for worry in each(held):
            beside[worry] |= held
    every = apart = 0.0
    for first, second in combinations(each(known), 2):
        product = weights[first] * weights[second]
        every += product
        if not beside[first] >> second & 1:
            apart += product
    return apart / every if every else NAN


def lines(view: Snapshot) -> list[Pair]:
    """Every pair of known worries, in the order of their ids."""
    pieces = view.pieces()
    found = []
    for first, second in combinations(view.worries, 2):
        people = tuple(one for one, held in pieces.items() if first in held and second in held)
        weight = view.weight(first) * view.weight(second)
        found.append(Pair(first, second, weight, people, view.evidence((first, second), people or None)))
    return found


def unshared_pairs(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """The share of pairs of worries that no single involved professional holds together.

    Each pair weighs the product of its two severities. 0: for every two worries somebody has both. 1: nobody
    holds any two of them, so nobody could have seen how they fit.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`. ``weights`` say what each severity weighs.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined below two known worries. ``.high``: the same where one-way paper that
        no row confirms was only sent. ``.table``: a line per pair with ``first``, ``second``, ``pair_weight``,
        ``people`` (who holds both) and ``rows``.

    See Also
    --------
    best_picture : how much of it one professional holds.

    Notes
    -----
    Σ w_a w_b over the pairs that nobody involved holds together, divided by Σ w_a w_b over all pairs.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.unshared_pairs(sn.load_case("worked_example"), at="2024-01-31")
    <Score unshared_pairs = 0.308 (0.308 to 0.538; range 0 to 1, higher is worse)>
    """
    view = snapshot(case, at, rules)
    found = lines(view)
    value = share_apart(view, view.pieces().values())
    high = share_apart(view, strict_pieces(view).values())
    apart = sum(not line.people for line in found)
    said = f"By {day(view.day)} {NO_PAIR}, so there is no pair to share."
    if found:
        said = (
            f"By {day(view.day)} professionals had {count(len(view.worries), 'worry', 'worries')} on record, which "
            f"{verb(len(found), 'makes', 'make')} {count(len(found), 'pair')}. {_said_apart(apart, value)}"
        )
    if high > value:
        said += on_paper(high)
    return Score(
        "unshared_pairs",
        value,
        high=high,
        table=lambda: tidy(found, Pair._fields),
        explain=said,
        rows=view.evidence(view.worries) if found else (),
        case=case,
        reason=NO_PAIR,
    )


def _said_apart(apart: int, share: float) -> str:
    who = "professional who is still involved has both on record"
    if not apart:
        return f"Of each at least one {who}."
    return f"For {apart} of them no single {who}; by severity that is {share:.0%}."
