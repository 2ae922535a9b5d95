"""Groups of cases compared, score by score: by outcome, time or area, or the same cases at two moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from zlib import crc32

import numpy as np

from ..errors import choose, yes_or_no
from ..progress import progressing
from ..rules import Rules, as_rules
from ..tidy import tidy
from .compared import GroupComparison
from .contrast import Adjust, adjusted, kruskal, mean_band, of_groups, of_pairs
from .depth import rates, records, refusal, uneven
from .draws import check_draws, check_share, stream
from .groups import Grouped, grouped

if TYPE_CHECKING:
    import pandas as pd

PAIRS = (
    *("score", "first", "second", "n_first", "n_second", "undefined_first", "undefined_second"),
    *("difference", "low", "high", "delta", "p", "p_adjusted", "p_least", "reason"),
)
GROUPS = ("score", "group", "n", "undefined", "value", "low", "high", "median")
OVERALL = ("score", "n", "undefined", "h", "p", "p_adjusted", "reason")
LEAST_DRAWS = 99


def compare(
    table: pd.DataFrame,
    by: str,
    *,
    scores: str | Iterable[str] | None = None,
    order: Iterable[Any] | None = None,
    paired: str | None = None,
    draws: int = 9999,
    seed: int = 1,
    level: float = 0.95,
    adjust: Adjust = "holm",
    anyway: bool = False,
    rules: Rules | None = None,
) -> GroupComparison:
    """Groups of cases compared, score by score: how far they are apart, and how sure one can be of it.

    It compares records of groups. It says nothing of why they differ, and nothing of a single case, a child or a
    person.

    Parameters
    ----------
    table : pandas.DataFrame
        A line per case with a column ``case``, as :meth:`Study.scores` gives it; with columns of your own, if you like.
    by : str
        The column that says which group a case is in: an attribute such as ``outcome``, ``year`` or ``area``, the day
        ``at``, or a level of the index. A case of which it says nothing is in no group, and is counted.
    scores : str or list of str, optional
        Which columns to compare. Default: the scores from ``best_picture`` on; the counts before them say how large a
        record is.
    order : list, optional
        The groups to compare, in their order. Default: all (at most eight), categories in their own order, numbers by
        size, words by the alphabet, and the sides of pairs as they come.
    paired : str, optional
        The column that says which two lines belong together: ``"case"`` for the same cases at two moments, or one that
        names matched pairs. The differences are then taken inside the pairs.
    draws : int
        How many times cases are drawn anew for the interval, and shuffled for the test; from 99 up. The time grows
        with draws, cases and scores: for tens of thousands of cases begin with 999.
    seed : int
        The same seed gives the same numbers, in whatever order the lines and groups stand.
    level : float
        Of the intervals; 1 − level is what a p is held against.
    adjust : {"holm", "bh"}
        How each p is adjusted for there being many: Holm's step-down, which keeps the chance of a single false
        difference under 1 − level, or Benjamini and Hochberg's, which keeps their share among those found.
    anyway : bool
        Compare also where the records of one group are far deeper than those of another.
    rules : Rules, optional
        Of which ``depth_ratio`` says how many times the rows a month of one group may be those of another. The other
        rules are those of the table.

    Returns
    -------
    GroupComparison
        With ``table`` (a row per score and pair of groups), ``groups`` (a row per score and group), ``records`` (how
        deep the record of each case is), ``overall`` (more than two groups, all of them at once) and ``explain()``.

    Raises
    ------
    ArgumentError
        If the rows a month of the groups (the median of their records) differ more than ``depth_ratio`` times; if there
        are fewer than two groups, or a case stands in them twice; or if an argument does not fit.
    UnknownNameError
        If there is no such column or group.

    See Also
    --------
    read_study : many cases, and their table of scores.
    intervals : how sure the score of one case is.

    Notes
    -----
    - ``difference`` is the mean of the second group less that of the first; of pairs the mean of the differences.
    - ``low`` and ``high``: percentiles of the differences of so many resampled groups (``scipy.stats.bootstrap``),
      taken further out where cases are few (the expanded percentile interval of Hesterberg 2015), as plain percentiles
      and BCa are too narrow then: with eight cases in each group they hold about nine times in ten where 95 % is
      written. None is given where the smaller group has n cases with 2^(1 − n) > 1 − level: under 6 at 95 %.
    - ``delta``: Cliff's delta, from −1 to 1: the share of pairs of cases in which the one of the second group has the
      higher value less the share in which it has the lower. Of pairs the share that rose less the share that fell.
    - ``p``: permutation test of the difference (``scipy.stats.permutation_test``): twice the smaller share of the
      shuffled groups that lie at least as far on one side; all ways to shuffle are tried where they are no more than
      `draws`. Pairs have their sides changed. It asks whether the groups could be one.
    - ``p_least``: the smallest p that these values could give. Where it is over 1 − level there is no p, and such a row
      does not count among the many (Tarone 1990).
    - ``p_adjusted``: for all rows of the table that have a p.
    - ``overall``: the H of Kruskal and Wallis with its p by permutation, adjusted for the number of scores.

    References
    ----------
    Cliff N (1993) Dominance statistics. Psychological Bulletin 114(3), 494–509.
    Hesterberg T (2015) What teachers should know about the bootstrap. The American Statistician 69(4), 371–386.
    Holm S (1979) A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65–70.
    Tarone RE (1990) A modified Bonferroni method for discrete data. Biometrics 46(2), 515–522.

    Examples
    --------
    Seven made-up cases in which hardly anything was passed on, and seven in which much was:

    >>> import pandas as pd
    >>> import safetynet as sn
    >>> lines = []
    >>> for seed in range(14):
    ...     sharing = "often" if seed % 2 else "seldom"
    ...     case = sn.synthetic(seed, people=8, contacts=40, worries=6, sharing=0.9 if seed % 2 else 0.1)
    ...     depth = {"rows": len(case.chronology), "months": 12}
    ...     lines.append({"case": case.id, "sharing": sharing, **depth, **sn.scores(case)})
    >>> compared = sn.compare(pd.DataFrame(lines), by="sharing", order=["seldom", "often"], scores="missed_share")
    >>> compared
    <GroupComparison by sharing: 'seldom' (7 cases) and 'often' (7 cases); 1 score, of which 1 differs>
    >>> compared.table[["score", "n_first", "n_second", "difference", "low", "high", "delta", "p"]].round(3)
              score  n_first  n_second  difference    low  high  delta      p
    0  missed_share        7         6      -0.643 -0.905 -0.31 -0.952  0.003
    """
    yes_or_no(anyway=anyway)
    check_draws(draws, seed, LEAST_DRAWS)
    share = check_share("level", level)
    choose("adjust", adjust, get_args(Adjust))
    limit = as_rules(rules).depth_ratio
    groups = grouped(table, by, scores, order, paired)
    depth = records(groups)
    said = uneven(groups, rates(groups, depth), limit)
    if said and not anyway:
        raise refusal(said, limit)
    asked = _Asked(groups, draws, seed, share, adjust)
    pairs, overall = tidy(_pair_lines(asked), PAIRS), tidy(_overall_lines(asked), OVERALL)
    return GroupComparison(
        groups, share, adjust, said, pairs, tidy(_group_lines(asked), GROUPS, group="text"), depth, overall
    )


class _Asked(NamedTuple):
    """What was asked for: the groups, and how sure to be of them."""

    groups: Grouped
    draws: int
    seed: int
    level: float
    adjust: Adjust

    def random(self, *words: str) -> np.random.Generator:
        """Random numbers of one question, whatever else is asked."""
        return stream(self.seed, *(crc32(word.encode()) for word in words))


def _pair_lines(asked: _Asked) -> list[dict[str, Any]]:
    """Every score of every pair of groups, all p adjusted together."""
    groups = asked.groups
    every = [(score, pair) for score in groups.scores for pair in combinations(range(len(groups.labels)), 2)]
    lines = [_pair_line(asked, *one) for one in progressing(every, "Comparing", len(every))]
    for line, p in zip(lines, adjusted([line["p"] for line in lines], asked.adjust), strict=True):
        line["p_adjusted"] = p
    return lines


def _pair_line(asked: _Asked, score: str, pair: tuple[int, int]) -> dict[str, Any]:
    groups = asked.groups
    names = [groups.labels[place] for place in pair]
    both = [groups.of(score, place) for place in pair]
    defined = [~np.isnan(values) for values in both]
    if groups.paired:
        defined = [defined[0] & defined[1]] * 2
    turned = names[0] > names[1]  # which of two stands first changes signs and nothing else
    one, other = [both[place][defined[place]] for place in ((1, 0) if turned else (0, 1))]
    random = asked.random(score, *sorted(names))
    if groups.paired:
        found = of_pairs(other - one, asked.draws, asked.level, random)
    else:
        found = of_groups(one, other, asked.draws, asked.level, random)
    found = found.turned() if turned else found
    n, every = [int(there.sum()) for there in defined], [len(values) for values in both]
    numbers = {"n_first": n[0], "n_second": n[1]}
    numbers |= {"undefined_first": every[0] - n[0], "undefined_second": every[1] - n[1]}
    return {"score": score, "first": names[0], "second": names[1], **numbers, **found._asdict()}


def _group_lines(asked: _Asked) -> Iterator[dict[str, Any]]:
    """Every score in every group."""
    groups = asked.groups
    for score in groups.scores:
        parts = [groups.of(score, place) for place in range(len(groups.labels))]
        missing = [np.isnan(values) for values in parts]
        if groups.paired:
            missing = [missing[0] | missing[1]] * 2
        for label, values, none in zip(groups.labels, parts, missing, strict=True):
            there = values[~none]
            low, high = mean_band(there, asked.draws, asked.level, asked.random(score, label)) if len(there) else _NONE
            middle, median = (float(there.mean()), float(np.median(there))) if len(there) else _NONE
            known = {"n": len(there), "undefined": len(values) - len(there)}
            yield {"score": score, "group": label, **known, "value": middle, "low": low, "high": high, "median": median}


_NONE = (float("nan"), float("nan"))


def _overall_lines(asked: _Asked) -> list[dict[str, Any]]:
    """Every score over all groups at once, where there are more than two."""
    groups = asked.groups
    lines: list[dict[str, Any]] = []
    for score in groups.scores if len(groups.labels) > 2 else ():
        parts = [groups.of(score, place) for place in range(len(groups.labels))]
        there = [values[~np.isnan(values)] for values in parts]
        there.sort(key=lambda values: (len(values), values.tolist()))  # in whatever order the groups stand
        h, p, reason = kruskal(there, asked.draws, asked.random(score))
        n = sum(map(len, there))
        known = {"n": n, "undefined": sum(map(len, parts)) - n}
        lines.append({"score": score, **known, "h": h, "p": p, "reason": reason})
    every = adjusted([line["p"] for line in lines], asked.adjust)
    return [{**line, "p_adjusted": p} for line, p in zip(lines, every, strict=True)]
