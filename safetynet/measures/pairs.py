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
    holders = dict.fromkeys(view.worries, 0)
    for place, held in enumerate(set(pieces)):
        for worry in held:
            holders[worry] |= 1 << place
    weights = [view.weight(worry) for worry in view.worries]
    return share_of_weights(weighed(weights, range(len(weights))), list(holders.values()))


def weighed(weights: Sequence[float], known: Iterable[int]) -> list[tuple[int, int, float]]:
    """The pairs of some numbered worries, each with what it weighs."""
    return [(first, second, weights[first] * weights[second]) for first, second in combinations(known, 2)]


def share_of_weights(pairs: Iterable[tuple[int, int, float]], holders: Sequence[int]) -> float:
    """The weight of the pairs of numbered worries that nobody holds together; the holders of each are a set of bits."""
    every = apart = 0.0
    for first, second, product in pairs:
        every += product
        if not holders[first] & holders[second]:
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
