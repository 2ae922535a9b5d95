"""How much of the picture one professional holds, and which pieces nobody holds together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..tidy import tidy
from ..wording import count, day, verb

if TYPE_CHECKING:
    import pandas as pd

NONE_KNOWN = "no professional has a current worry on record"
NO_PAIR = "fewer than two worries are known to professionals"
NOBODY = "no professional is involved"
PAPER = "Where paper that no row confirms is read as sent only, it is"


class Pair(NamedTuple):
    """Two known worries, and who of the involved professionals has both."""

    first: str
    second: str
    pair_weight: float
    people: tuple[str, ...]
    rows: tuple[str, ...]


class Piece(NamedTuple):
    """What one involved professional holds of the picture."""

    person: str
    agency: str
    concerns: tuple[str, ...]
    weight: float
    share: float
    rows: tuple[str, ...]


class BestPicture(Score):
    """The best picture, with what would be left of it.

    Attributes
    ----------
    without_best : float
        The largest share that any other involved professional holds: what is left if the holder of the best goes.
        NaN where fewer than two are involved.
    """

    __slots__ = ("without_best",)
    without_best: float

    def __init__(
        self,
        value: float,
        *,
        without_best: float = NAN,
        low: float = NAN,
        table: pd.DataFrame,
        explain: str,
        rows: Iterable[str] = (),
        case: Case | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(
            "best_picture",
            value,
            low=low,
            table=table,
            explain=explain,
            rows=rows,
            case=case,
            reason=reason,
            direction="higher is better",
        )
        object.__setattr__(self, "without_best", without_best)


def strict_pieces(view: Snapshot) -> dict[str, frozenset[str]]:
    """The known worries that each involved professional holds where paper that no row confirms was only sent."""
    known, strict = frozenset(view.worries), view.strict if view.unconfirmed else view
    return {one: held for one in sorted(strict.involved) if (held := strict.held.get(one, frozenset()) & known)}


# pairs ------------------------------------------------------------------------------------------------


def share_apart(view: Snapshot, pieces: Iterable[frozenset[str]]) -> float:
    """The weight of the pairs of known worries that are together in none of the pieces, of all pairs."""
    weight = {worry: view.weight(worry) for worry in view.worries}
    beside: dict[str, set[str]] = {worry: set() for worry in weight}
    for held in pieces:
        for worry in held:
            beside[worry] |= held
    every = apart = 0.0
    for first, second in combinations(weight, 2):
        product = weight[first] * weight[second]
        every += product
        if second not in beside[first]:
            apart += product
    return apart / every if every else NAN


def pairs(view: Snapshot) -> list[Pair]:
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
        The date asked for and the modelling choices: :doc:`/arguments`.

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
    lines = pairs(view)
    value = share_apart(view, view.pieces().values())
    high = share_apart(view, strict_pieces(view).values())
    apart = sum(not line.people for line in lines)
    said = f"By {day(view.day)} {NO_PAIR}, so there is no pair to share."
    if lines:
        said = (
            f"By {day(view.day)} professionals had {count(len(view.worries), 'worry', 'worries')} on record, which "
            f"{verb(len(lines), 'makes', 'make')} {count(len(lines), 'pair')}. For {apart} of them no single "
            f"professional who is still involved has both on record; by severity that is {value:.0%}."
        )
    if high > value:
        said += f" {PAPER} {high:.0%}."
    return Score(
        "unshared_pairs",
        value,
        high=high,
        table=tidy(lines, Pair._fields),
        explain=said,
        rows=view.evidence(view.worries) if lines else (),
        case=case,
        reason=NO_PAIR,
    )


# the best picture -------------------------------------------------------------------------------------


def best_share(view: Snapshot, pieces: Iterable[frozenset[str]]) -> float:
    """The largest of the pieces, by weight, of all that is known; NaN where nothing is or nobody is involved."""
    if not view.worries or not view.involved:
        return NAN
    return max(map(view.total, pieces), default=0.0) / view.total(view.worries)


def fullest_first(view: Snapshot) -> list[Piece]:
    """What each involved professional who holds any of it holds of the picture, the fullest first."""
    total = view.total(view.worries)
    found = []
    for one, held in view.pieces().items():
        weight, agency = view.total(held), view.records.people[one].agency
        found.append(Piece(one, agency, tuple(sorted(held)), weight, weight / total, view.evidence(held, (one,))))
    return sorted(found, key=lambda line: (-line.weight, line.person))


def best_picture(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> BestPicture:
    """The largest share of the known severity that any one involved professional holds.

    1: somebody has the whole picture on record. 0: nobody who is still involved has any of it.
    ``1 - best_picture`` is the picture gap. Whoever leaves takes what they have with them unless it was passed on:
    one head that holds everything and tells nobody is no network that holds it, so read ``.without_best`` beside it.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    Score
        0 to 1, higher is better. Not defined where no worry is known or no professional is involved.
        ``.without_best``: the largest share among the other involved professionals, which is what is left if the
        holder of the best picture goes; NaN where there is no other. ``.low``: the best picture where one-way paper
        that no row confirms was only sent: an e-mail to forty people that nobody is known to have opened has not put
        the picture together. ``.table``: a line per involved professional who holds a known worry, largest share
        first: ``person``, ``agency``, ``concerns``, ``weight``, ``share``, ``rows``.

    See Also
    --------
    unshared_pairs : the pieces that nobody holds together.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.best_picture(sn.load_case("worked_example"), at="2024-01-31")
    >>> score, score.table["person"][0], round(score.without_best, 4)
    (<Score best_picture = 0.778 (range 0 to 1, higher is better)>, 'P', 0.5556)
    """
    view = snapshot(case, at, rules)
    lines = fullest_first(view)
    value, low = best_share(view, view.pieces().values()), best_share(view, strict_pieces(view).values())
    reason = NONE_KNOWN if not view.worries else NOBODY if not view.involved else ""
    without = NAN
    if not reason and len(view.involved) > 1:
        without = lines[1].share if len(lines) > 1 else 0.0
    said = f"By {day(view.day)} {reason}." if reason else _who_has_most(view, lines)
    if low < value:
        said += f" {PAPER} {low:.0%}."
    return BestPicture(
        value,
        without_best=without,
        low=low,
        table=tidy(lines, Piece._fields),
        explain=said,
        rows=lines[0].rows if lines else view.evidence(view.worries),
        case=case,
        reason=reason,
    )


def _who_has_most(view: Snapshot, lines: list[Piece]) -> str:
    """Who holds the best picture, who the second best, and what is left if the first goes."""
    said = f"By {day(view.day)} professionals had {count(len(view.worries), 'worry', 'worries')} on record."
    if not lines:
        return f"{said} Nobody who is still involved has any of it on record."
    best, *others = lines
    who = view.name(best.person)
    if best.share == 1:
        said += f" One professional who is still involved has all of it on record ({who})."
    else:
        said += (
            f" The fullest picture that one professional who is still involved has on record is {len(best.concerns)} "
            f"of them, {best.share:.0%} by severity ({who}); the rest is the picture gap."
        )
    if not others:
        return f"{said} Nobody else who is involved has any of it: if {who} went, nothing of it would be left."
    next_one = others[0]
    return (
        f"{said} The second fullest is {next_one.share:.0%} ({view.name(next_one.person)}): that would be left "
        f"if {who} went."
    )
