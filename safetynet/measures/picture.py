"""How much of the picture one professional holds, and what is left of it without them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..tidy import tidy
from ..wording import count, day

NONE_KNOWN = "no professional has a current worry on record"


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

    @classmethod
    def of(cls, score: Score, without_best: float) -> BestPicture:
        """A score with what is left without its best beside it."""
        made = cls.__new__(cls)
        made.__setstate__({**score._state(), "without_best": without_best})
        return made


def strict_pieces(view: Snapshot) -> dict[str, frozenset[str]]:
    """The known worries that each involved professional holds where paper that no row confirms was only sent."""
    known, strict = frozenset(view.worries), view.strict if view.unconfirmed else view
    return {one: held for one in sorted(strict.involved) if (held := strict.held.get(one, frozenset()) & known)}


def on_paper(share: float) -> str:
    """What a share would be without the paper, as a sentence that follows another."""
    return f" Where paper that no row confirms is read as sent only, it is {share:.0%}."


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
    reason = NONE_KNOWN if not view.worries else "no professional is involved" if not view.involved else ""
    without = NAN
    if not reason and len(view.involved) > 1:
        without = lines[1].share if len(lines) > 1 else 0.0
    said = f"By {day(view.day)} {reason}." if reason else _who_has_most(view, lines)
    if low < value:
        said += on_paper(low)
    score = Score(
        "best_picture",
        value,
        low=low,
        table=lambda: tidy(lines, Piece._fields),
        explain=said,
        rows=lines[0].rows if lines else view.evidence(view.worries),
        direction="higher is better",
        case=case,
        reason=reason,
    )
    return BestPicture.of(score, without)


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
