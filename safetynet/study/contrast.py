"""Two groups of numbers, or pairs of them: the difference with its interval, a permutation test, Cliff's delta.

It knows no table and no case. Every number is asked of arrays without missing values; where too few of them are there
for a number, it is not defined, and ``reason`` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, comb, log2
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from ..wording import count

Numbers: TypeAlias = npt.NDArray[np.float64]
Random = np.random.Generator
Adjust = Literal["holm", "bh"]
NAN = float("nan")
AT_ONCE = 2**21  # numbers that are held at once while cases are drawn


class Contrast(NamedTuple):
    """How far two groups are apart; `second` against `first`."""

    difference: float = NAN
    low: float = NAN
    high: float = NAN
    delta: float = NAN
    p: float = NAN
    p_least: float = NAN
    reason: str = ""

    def turned(self) -> Contrast:
        """The same of `first` against `second`."""
        low, high = 0.0 - self.high, 0.0 - self.low  # what is 0.0 stays 0.0
        return self._replace(difference=0.0 - self.difference, low=low, high=high, delta=0.0 - self.delta)


def of_groups(first: Numbers, second: Numbers, draws: int, level: float, random: Random) -> Contrast:
    """Two groups of different cases."""
    first, second = np.sort(first), np.sort(second)  # in whatever order they came
    if not len(first) or not len(second):
        return Contrast(reason="not defined in any case of a group")
    pair, many = (first, second), (len(first), len(second))
    least = max(least_p_of_groups(first, second), _least_drawn(draws, comb(sum(many), many[0])))
    p, why = NAN, _why_no_p(least, level, f"{many[0]} and {many[1]} cases")
    if first[0] == second[0] == first[-1] == second[-1]:
        why = "every case has the same value"
    elif min(many) < 2:
        why = "a single case is no group"
    elif not why:
        p = _p(pair, _of_means, "independent", draws, random)
    (low, high), no_band = _band(pair, _of_means, draws, level, random)
    return Contrast(_of_means(*pair), low, high, cliffs_delta(*pair), p, least, _joined(why, no_band))


def of_pairs(differences: Numbers, draws: int, level: float, random: Random) -> Contrast:
    """The differences inside pairs: the same cases at two moments, or cases that were matched."""
    inside = np.sort(differences)
    if not len(inside):
        return Contrast(reason="not defined at both in any pair")
    least = max(least_p_of_pairs(inside), _least_drawn(draws, 2 ** len(inside)))
    changed = int((inside != 0).sum())
    p, why = NAN, _why_no_p(least, level, f"{count(len(inside), 'pair')}, {changed} of them with a change,")
    if not changed:
        why = "no pair has a change"
    elif not why:
        p = _p((inside,), _mean, "samples", draws, random)
    (low, high), no_band = _band((inside,), _mean, draws, level, random)
    return Contrast(_mean(inside), low, high, dominance(inside), p, least, _joined(why, no_band))


def _joined(*reasons: str) -> str:
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def _mean(values: Numbers, axis: int = -1) -> Any:
    return np.mean(values, axis=axis)


def _of_means(first: Numbers, second: Numbers, axis: int = -1) -> Any:
    return np.mean(second, axis=axis) - np.mean(first, axis=axis)


# the interval -----------------------------------------------------------------------------------------


def least_cases(level: float) -> int:
    """From how many cases in the smaller group an interval is given: 6 at 95 %.

    Resampled cases never reach beyond the cases that there are, and with a chance of 2 in 2ⁿ all n lie on one side of
    the median.
    """
    return 1 + ceil(log2(1 / (1 - level)) - 1e-9)


def expanded(level: float, cases: int) -> float:
    """The level at which the percentiles are taken, so that few cases give no interval that is too narrow.

    Resampling n cases shows (n − 1)/n of their variance, and takes it for known. Hesterberg (2015) takes percentiles
    further out, Φ(−√(n/(n − 1)) t) with t of Student's distribution with n − 1 degrees of freedom.
    """
    reach = special.stdtrit(cases - 1, (1 + level) / 2) * np.sqrt(cases / (cases - 1))
    return float(1 - 2 * special.ndtr(-reach))


def mean_band(values: Numbers, draws: int, level: float, random: Random) -> tuple[float, float]:
    """The interval of a mean; not defined where there are too few cases, or all have one value."""
    return _band((np.sort(values),), _mean, draws, level, random)[0]


def _band(
    samples: tuple[Numbers, ...], statistic: Callable[..., Any], draws: int, level: float, random: Random
) -> tuple[tuple[float, float], str]:
    few, least = min(map(len, samples)), least_cases(level)
    if few < least:
        return (NAN, NAN), f"an interval needs {least} {'pairs' if len(samples) == 1 else 'cases in each group'}"
    if not any(np.ptp(sample) > 0 for sample in samples):
        return (NAN, NAN), "no spread from which an interval could be drawn"
    drawn = stats.bootstrap(
        samples,
        statistic,
        n_resamples=draws,
        batch=_batch(samples),
        vectorized=True,
        confidence_level=expanded(level, few),
        method="percentile",
        rng=random,
    )
    low, high = drawn.confidence_interval
    return (float(low), float(high)), ""


def _batch(samples: Sequence[Numbers]) -> int:
    return max(1, AT_ONCE // sum(map(len, samples)))


# the test ---------------------------------------------------------------------------------------------


def _why_no_p(least: float, level: float, size: str) -> str:
    """Why there is no p, where no order of the cases whatever could have given a small one."""
    return f"{size} cannot give a p under {least:.2g}" if least > 1 - level + 1e-12 else ""


def _p(
    samples: tuple[Numbers, ...],
    statistic: Callable[..., Any],
    kind: Literal["independent", "samples"],
    draws: int,
    random: Random,
    alternative: Literal["two-sided", "greater"] = "two-sided",
) -> float:
    """The p of a permutation test: of all permutations where they are no more than `draws`, else of so many drawn."""
    scale = max(float(np.abs(sample).max()) for sample in samples) or 1.0

    def rounded(*parts: Numbers, axis: int = -1) -> Any:  # what differs only by rounding is the same
        return np.round(statistic(*parts, axis=axis), 12)

    asked = stats.permutation_test(
        tuple(sample / scale for sample in samples),
        rounded,
        permutation_type=kind,
        vectorized=True,
        n_resamples=draws,
        batch=_batch(samples),
        alternative=alternative,
        rng=random,
    )
    return float(asked.pvalue)


def _least_drawn(draws: int, all_of_them: int) -> float:
    """The smallest two-sided p of permutations that are drawn; none where all of them are tried."""
    return 0.0 if all_of_them <= draws else 2 / (draws + 1)


def least_p_of_groups(first: Numbers, second: Numbers) -> float:
    """The smallest two-sided p that these values could give, however they were shared out among the two groups.

    With different values it is 2 / (n + m choose n); each value that stands on both sides of the line where the groups
    would part makes it larger.
    """
    pooled = np.sort(np.concatenate([first, second]))

    def most_apart(cut: int) -> int:  # in how many ways the groups can be as far apart as possible
        edge = pooled[cut]
        same = int((pooled == edge).sum())
        return comb(same, cut - int((pooled < edge).sum()))

    ways = min(most_apart(len(first)), most_apart(len(second)))
    return min(1.0, 2 * ways / comb(len(pooled), len(first)))


def least_p_of_pairs(differences: Numbers) -> float:
    """The smallest two-sided p that these differences could give, whichever of each pair came first."""
    return min(1.0, 2.0 ** (1 - int((differences != 0).sum())))


def kruskal(groups: Sequence[Numbers], draws: int, random: Random) -> tuple[float, float, str]:
    """The H of Kruskal and Wallis (corrected for ties) and its p by permutation; else why there is none."""
    sizes = [len(group) for group in groups]
    if min(sizes) < 2:
        return NAN, NAN, "defined in fewer than 2 cases of a group"
    pooled = np.concatenate([np.sort(group) for group in groups])
    if np.ptp(pooled) == 0:
        return NAN, NAN, "every case has the same value"
    ranks = np.split(stats.rankdata(pooled), np.cumsum(sizes)[:-1])
    p = _p(tuple(ranks), _between, "independent", draws, random, "greater")
    return float(stats.kruskal(*groups).statistic), p, ""


def _between(*ranks: Numbers, axis: int = -1) -> Any:
    """How far the ranks of groups are apart; H but for what is the same in every permutation."""
    return sum(np.sum(group, axis=axis) ** 2 / group.shape[axis] for group in ranks)


# the size of an effect --------------------------------------------------------------------------------


def cliffs_delta(first: Numbers, second: Numbers) -> float:
    """How much oftener a case of `second` has the higher value than one of `first`, over all pairs: −1 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> cliffs_delta(np.array([1.0, 2.0]), np.array([2.0, 3.0]))  # higher in 3 pairs of 4, lower in none
    0.75
    """
    ordered = np.sort(first)
    higher = int(np.searchsorted(ordered, second, "left").sum())
    not_lower = int(np.searchsorted(ordered, second, "right").sum())
    pairs = len(first) * len(second)
    return (higher - (pairs - not_lower)) / pairs


def dominance(differences: Numbers) -> float:
    """The share of pairs in which the value rose less the share in which it fell: −1 to 1."""
    return float(np.sign(differences).mean())


# many numbers at once ---------------------------------------------------------------------------------


def adjusted(values: Sequence[float], how: Adjust) -> list[float]:
    """Each p as it is once all of them are looked at; those that are not defined count for none.

    Examples
    --------
    >>> [round(p, 3) for p in adjusted([0.01, 0.04, 0.03, 0.005, float("nan")], "holm")]
    [0.03, 0.06, 0.06, 0.02, nan]
    """
    every = np.asarray(values, dtype=float)
    there = ~np.isnan(every)
    if there.any():
        every[there] = _holm(every[there]) if how == "holm" else stats.false_discovery_control(every[there])
    return [float(one) for one in every]


def _holm(values: Numbers) -> Numbers:
    """Holm (1979): the smallest p times their number, the next times one less, none smaller than the one before."""
    order = np.argsort(values, kind="stable")
    steps = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    made = np.empty_like(steps)
    made[order] = np.minimum(steps, 1.0)
    return made
