"""The conditional logit of statsmodels where one of several was chosen: all choices at once, with exact derivatives.

:class:`statsmodels.discrete.conditional_models.ConditionalLogit` takes any number of successes in a stratum and sums
over all subsets, stratum by stratum. With one success each, the likelihood is a product of shares, which arrays give
in one go; the tests hold both equal. This module needs statsmodels and is imported when a model is fitted.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from statsmodels.base.model import LikelihoodModel
from statsmodels.discrete.conditional_models import ConditionalLogit

Numbers: TypeAlias = npt.NDArray[Any]


class OneOfSeveral(ConditionalLogit):  # type: ignore[misc]  # statsmodels has no types
    """A conditional logit in which one line of each stratum was chosen; the lines of a stratum stand together."""

    def __init__(self, chosen: Numbers, terms: Numbers, strata: Numbers) -> None:
        super().__init__(np.asarray(chosen, float), terms, groups=strata, hasconst=False)
        self.starts = starts(strata)
        self.mine = np.flatnonzero(chosen)

    def shares(self, params: Numbers) -> Numbers:
        """With which share the model expects each line to be chosen."""
        weight: Numbers = np.exp(self._against_the_largest(params))
        return weight / self._over(np.add.reduceat(weight, self.starts))

    def _against_the_largest(self, params: Numbers) -> Numbers:
        """What the terms of each line add up to, less the largest of its stratum."""
        value = self.exog @ np.asarray(params, float)
        return np.asarray(value - self._over(np.maximum.reduceat(value, self.starts)))

    def _over(self, of_strata: Numbers) -> Numbers:
        """A number of each stratum at each of its lines."""
        return np.repeat(of_strata, np.diff([*self.starts, len(self.exog)]))

    def loglike(self, params: Numbers) -> float:
        """The logarithm of the likelihood."""
        value = self._against_the_largest(params)
        return float(value[self.mine].sum() - np.log(np.add.reduceat(np.exp(value), self.starts)).sum())

    def score_obs(self, params: Numbers) -> Numbers:
        """The first derivative, a row for each stratum."""
        expected = np.add.reduceat(self.shares(params)[:, None] * self.exog, self.starts, axis=0)
        return np.asarray(self.exog[self.mine] - expected)

    def score(self, params: Numbers) -> Numbers:
        """The first derivative."""
        return np.asarray(self.score_obs(params).sum(axis=0))

    def by_runs(self, params: Numbers, runs: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """The first derivative, and the second with the other sign, of runs of strata; `runs` is where they begin."""
        share, score = self.shares(params)[:, None], self.score_obs(params)
        mean = self.exog[self.mine] - score
        for first, end in pairwise([*runs, len(self.starts)]):
            lines = slice(self.starts[first], self.starts[end] if end < len(self.starts) else None)
            inside, middle = self.exog[lines], mean[first:end]
            yield score[first:end].sum(axis=0), (share[lines] * inside).T @ inside - middle.T @ middle

    def hessian(self, params: Numbers) -> Numbers:
        """The second derivative."""
        _, information = next(self.by_runs(params, np.array([0])))
        return -information

    def largest(self) -> Numbers:
        """Where the likelihood is largest; far out, where it has no end."""
        step = {"method": "minimize", "min_method": "trust-exact", "gtol": 1e-6 / len(self.exog), "maxiter": 300}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # who asks looks whether there is an end
            found = LikelihoodModel.fit(self, **step, disp=False, skip_hessian=True)
        return np.asarray(found.params, float)


def starts(strata: Numbers) -> Numbers:
    """Where each stratum begins, of lines in their order."""
    return np.flatnonzero(np.r_[True, strata[1:] != strata[:-1]])
