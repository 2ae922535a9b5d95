"""Which matters stay among the first ten where dates, rows and contacts of the record had been otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..case import Case
from ..dates import DateLike, date_of
from ..errors import ArgumentError, is_whole
from ..progress import progressing
from ..record.snapshot import Snapshot, snapshot
from ..review import Finding, as_matters, found
from ..rules import Rules
from ..tidy import tidy
from .draws import Variant, check_draws, check_share, varied
from .envelope import how_many, thinned
from .intervals import doubtful, ways

if TYPE_CHECKING:
    import pandas as pd

CONTACTS = 1  # what the random numbers are for by which contacts are left out; dates and rows have those of `intervals`
COLUMNS = ("matter", "side", "kind", "title", "rank", "share", "draws")


def matters_stability(
    case: Case,
    at: DateLike | None = None,
    *,
    draws: int = 200,
    seed: int = 1,
    missing: float = 0.1,
    first: int = 10,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """In what share of draws each matter stays among the first ten: how far a first page can be trusted.

    In each draw, dates fall and rows stand as in :func:`intervals` (a row on any day of its window, kept with the
    probability of its confidence), and besides a share of the contact rows by `at` is left out, each as likely, as in
    :func:`envelope`. The findings are made anew and joined into matters.

    A matter of the record is among the first of a draw if, of the first matters of its side there, one has a finding of
    the same kind as its heaviest finding, about at least half of the concerns that either of the two is about (where
    neither is about a concern: of the people and agencies).

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    draws : int
        How many times the case is drawn.
    seed : int
        The same seed gives the same draws, the first hundred of two hundred being those of a hundred.
    missing : float
        Which share of the contact rows is left out: to the nearest row, at least one; 0 leaves out none.
    first : int
        Among how many matters of its side one is to be: gaps and strengths are counted apart.

    Returns
    -------
    pandas.DataFrame
        A row per matter of the record, in the order of :func:`matters`: ``matter``, ``side``, ``kind`` and ``title``
        (of its heaviest finding), ``rank`` (its place on its side, from 1), ``share`` (of the draws in which it is
        among the first) and ``draws``. No rows where there is no matter.

    Raises
    ------
    ArgumentError
        If `draws`, `seed`, `missing` or `first` is out of its range.

    See Also
    --------
    matters : the matters of the record as it stands.
    intervals : the scores, where dates and rows are not sure.
    envelope : the scores, where contacts are not in the record.

    Notes
    -----
    Two matters of the record may be found again in one and the same matter of a draw. What was not recorded cannot be
    drawn: a matter that only a further row would show is in no line.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.matters_stability(sn.load_case("worked_example"), draws=20)
    >>> bool(table["share"].between(0, 1).all())
    True
    >>> table["matter"].tolist() == sn.matters(sn.load_case("worked_example"))["matter"].tolist()
    True
    """
    check_draws(draws, seed)
    share = 0.0 if is_whole(missing) and missing == 0 else check_share("missing", missing)
    if not is_whole(first) or first < 1:
        raise ArgumentError(f"first is a whole number from 1 up; it is {first!r}.")
    view = snapshot(case, at, rules)
    leaders = _matters(view.case, view)
    kept = [0] * len(leaders)
    number = draws if share or doubtful(view.records) else 1  # without anything to draw, one draw is all of them
    variants = drawn(view, number, seed, share)
    for variant in progressing(variants, "Drawing dates, rows and contacts", number):
        others = _first(_matters(varied(view.case, variant), view), first)
        for place, (leader, *_) in enumerate(leaders):
            kept[place] += _is_among(leader, others)
    ranks = _ranks(leaders)
    lines = (
        {
            **{name: getattr(matter[0], name) for name in ("matter", "side", "kind", "title")},
            **{"rank": rank, "share": times / number, "draws": draws},
        }
        for matter, rank, times in zip(leaders, ranks, kept, strict=True)
    )
    return tidy(lines, COLUMNS)


def drawn(view: Snapshot, draws: int, seed: int, missing: float) -> Iterator[Variant]:
    """What is otherwise in each draw: the rows left out, for either reason, and the dates of the others."""
    number = how_many(missing, view.contacts) if missing else 0
    sure = ways(doubtful(view.records), draws, seed)
    for (gone, cells), (left, _) in zip(sure, thinned(view.contacts, number, draws, seed, CONTACTS), strict=True):
        yield dict.fromkeys((*gone, *left)), cells


def _matters(case: Case, view: Snapshot) -> list[list[Finding]]:
    """The findings of each matter of a case, on the day and under the rules of a snapshot; the heaviest first."""
    findings = found(case, date_of(view.day), rules=view.rules)
    return [[findings[place] for place in one.findings] for one in as_matters(findings)]


def _ranks(matters: Iterable[Sequence[Finding]]) -> list[int]:
    """The place of each matter on its side, from 1."""
    before = {"gap": 0, "strength": 0}
    ranks = []
    for leader, *_ in matters:
        before[leader.side] += 1
        ranks.append(before[leader.side])
    return ranks


def _first(matters: Sequence[list[Finding]], first: int) -> list[Finding]:
    """All findings of the first matters of either side."""
    return [one for matter, rank in zip(matters, _ranks(matters), strict=True) if rank <= first for one in matter]


def _is_among(leader: Finding, others: Iterable[Finding]) -> bool:
    return any(one.kind == leader.kind and _about_the_same(leader, one) for one in others)


def _about_the_same(one: Finding, other: Finding) -> bool:
    """Whether two are about at least half of the same concerns; where neither names any, people and agencies."""
    about = [set(each.concerns) for each in (one, other)]
    if not any(about):
        about = [{*each.people, *each.agencies} for each in (one, other)]
    either = about[0] | about[1]
    return 2 * len(about[0] & about[1]) >= len(either)
