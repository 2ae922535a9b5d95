"""What can be estimated of choices among several, the estimate, and how sure it is: cases are the unit of chance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import extra

Numbers: TypeAlias = npt.NDArray[Any]
FAR = 8.0  # a coefficient over the whole range of its term beyond which it is asked whether there is a finite one
MOST = 1e6  # of a direction in which the likelihood rises without end
SAME = 1e-9  # below it a share of variation is none

ALIKE = "alike for all who could have been turned to, in every contact"
FOLLOWS = "follows from the terms before it"
ENDLESS = "no finite estimate: wherever it differs, alone or with others, it tells who was turned to"
DECIDED = "nothing is left for it to tell, once the terms without a finite estimate have decided"
ONE_CASE = "only one case bears on it: no band"


@dataclass(frozen=True)
class Choices:
    """Choices among several: a line per alternative, those of a stratum together and its case's strata together.

    Attributes
    ----------
    terms : tuple of str
        The columns of `values`.
    values : array of float
        A row per alternative.
    chosen : array of bool
        One of each stratum.
    strata, cases : array of int
        The stratum and the case of each line.
    """

    terms: tuple[str, ...]
    values: Numbers
    chosen: Numbers
    strata: Numbers
    cases: Numbers

    def __len__(self) -> int:
        return int(self.chosen.sum())

    @property
    def starts(self) -> Numbers:
        """Where each stratum begins."""
        return np.flatnonzero(np.r_[True, self.strata[1:] != self.strata[:-1]]) if len(self.strata) else self.strata

    def of_strata(self, function: Any) -> Numbers:
        """A ufunc over each stratum, a row for each."""
        return np.asarray(function.reduceat(self.values, self.starts, axis=0))

    def ranges(self) -> Numbers:
        """By how much each term differs within each stratum."""
        return self.of_strata(np.maximum) - self.of_strata(np.minimum)

    def only(self, lines: Numbers) -> Choices:
        """Some of the lines, and of these the strata in which there is still a choice."""
        left = [part[lines] for part in (self.values, self.chosen, self.strata, self.cases)]
        several = np.isin(left[2], np.flatnonzero(np.bincount(left[2], minlength=1) > 1))
        return Choices(self.terms, *(part[several] for part in left))

    def differences(self) -> Numbers:
        """The terms of whoever was chosen, less those of each alternative; zeros for whoever was chosen."""
        sizes = np.diff([*self.starts, len(self.strata)])
        return np.asarray(np.repeat(self.values[self.chosen], sizes, axis=0) - self.values)


@dataclass
class Estimate:
    """What was estimated of each term: coefficient, standard error, and why there is none."""

    coefficient: dict[str, float] = field(default_factory=dict)
    error: dict[str, float] = field(default_factory=dict)
    reason: dict[str, str] = field(default_factory=dict)


def estimated(choices: Choices) -> Estimate:
    """The coefficients that can be estimated, with their errors."""
    made = Estimate()
    left = choices
    while True:
        left = _varying(left, made.reason, decided=bool(made.coefficient))
        if not left.terms:
            return made
        scale = left.ranges().max(axis=0)
        model, params = _largest(replace(left, values=left.values / scale))
        if not np.abs(params).max() > FAR:
            break
        direction = endless(replace(left, values=left.values / scale))
        if direction is None:
            break
        for term, way in zip(left.terms, direction, strict=True):
            if way and term not in made.coefficient:
                made.coefficient[term], made.reason[term] = np.copysign(np.inf, way), ENDLESS
        left = left.only(left.differences() / scale @ direction < 0.5)
    _note(made, left, params / scale, errors_over(model, params, left.cases[left.chosen]) / scale)
    return made


def _note(made: Estimate, left: Choices, params: Numbers, errors: Numbers) -> None:
    """Put down what was estimated of the terms that have an end."""
    for term, value, error in zip(left.terms, params.tolist(), errors.tolist(), strict=True):
        if term not in made.coefficient:
            made.coefficient[term], made.error[term] = value, error
            if np.isnan(error):
                made.reason[term] = ONE_CASE


def _varying(choices: Choices, reason: dict[str, str], *, decided: bool) -> Choices:
    """The terms that differ within some stratum, and do not follow from those before; why the others do not count."""
    alike, follows = (DECIDED, DECIDED) if decided else (ALIKE, FOLLOWS)
    if not len(choices.strata):
        for term in choices.terms:
            reason.setdefault(term, alike)
        return replace(choices, terms=(), values=choices.values[:, :0])
    sizes = np.diff([*choices.starts, len(choices.strata)])
    centred = choices.values - np.repeat(choices.of_strata(np.add) / sizes[:, None], sizes, axis=0)
    together = centred.T @ centred
    varies = choices.ranges().max(axis=0) > 0
    keep: list[int] = []
    for place, term in enumerate(choices.terms):
        whole, beside = together[place, place], together[np.ix_(keep, keep)]
        explained = together[place, keep] @ np.linalg.solve(beside, together[keep, place]) if keep else 0.0
        if not varies[place]:
            reason.setdefault(term, alike)
        elif whole - explained <= SAME * whole:
            reason.setdefault(term, follows)
        else:
            keep.append(place)
    return replace(choices, terms=tuple(choices.terms[place] for place in keep), values=choices.values[:, keep])


def _largest(choices: Choices) -> tuple[Any, Numbers]:
    """The model, and where its likelihood is largest."""
    extra("statsmodels", "study", "contact_choice")
    from .conditional import OneOfSeveral

    model = OneOfSeveral(choices.chosen, choices.values, choices.strata)
    return model, model.largest()


def endless(choices: Choices) -> Numbers | None:
    """A direction of as few terms as it takes in which the likelihood rises without end; None where it has an end.

    There is one if, along it, nobody who was chosen stands behind an alternative, and some stand before one.
    """
    ahead = np.unique(choices.differences(), axis=0)
    kept = list(range(ahead.shape[1]))
    found = _direction(ahead)
    for place in reversed(range(ahead.shape[1])) if found is not None else ():
        fewer = [one for one in kept if one != place]
        if fewer and (shorter := _direction(ahead[:, fewer])) is not None:
            kept, found = fewer, shorter
    if found is None:
        return None
    direction = np.zeros(ahead.shape[1])
    direction[kept] = found
    return direction


def _direction(ahead: Numbers) -> Numbers | None:
    """A direction along which no row lies behind and as many as can lie before, by 1 or more; None where none can."""
    from scipy import sparse
    from scipy.optimize import linprog

    solve: Any = linprog
    rows, terms = ahead.shape
    cost = np.concatenate([np.zeros(terms), -np.ones(rows)])  # each row by how far it lies before, up to 1
    bounds = [(-MOST, MOST)] * terms + [(0.0, 1.0)] * rows
    limits = sparse.hstack([sparse.csr_array(-ahead), sparse.eye_array(rows)], format="csr")
    found = solve(cost, A_ub=limits, b_ub=np.zeros(rows), bounds=bounds, method="highs")
    if not found.success or -found.fun < 0.5:
        return None
    direction = np.asarray(found.x[:terms])
    return np.where(np.abs(direction) > 1e-9 * np.abs(direction).max(), direction, 0.0)


def errors_over(model: Any, params: Numbers, cases: Numbers) -> Numbers:
    """The standard errors over cases: from what the estimate would be without each of them, in one step.

    The cluster jackknife, linearised at the estimate (MacKinnon, Nielsen & Webb 2025). With one case there is nothing
    to leave out, and the contacts count as independent.
    """
    runs = np.flatnonzero(np.r_[True, cases[1:] != cases[:-1]])
    parts = list(model.by_runs(params, runs))
    whole = np.sum([information for _, information in parts], axis=0)
    if len(runs) == 1:
        return np.asarray(np.sqrt(np.diag(np.linalg.inv(whole))))
    half = _inverse_root(whole)
    moved, unknown = np.zeros_like(whole), np.zeros(len(params), bool)
    for score, information in parts:
        size, ways = np.linalg.eigh(half @ (whole - information) @ half)
        gone = size < 1e-7
        unknown |= (np.abs(half @ ways[:, gone]) > 1e-6 * np.sqrt(np.diag(half @ half))[:, None]).any(axis=1)
        step = half @ (ways[:, ~gone] / size[~gone]) @ (ways[:, ~gone].T @ (half @ score))
        moved += np.outer(step, step)
    errors = np.sqrt(np.diag(moved) * (len(runs) - 1) / len(runs))
    return np.where(unknown, np.nan, errors)


def _inverse_root(matrix: Numbers) -> Numbers:
    """The inverse of the symmetric root of a matrix."""
    size, ways = np.linalg.eigh(matrix)
    return np.asarray((ways / np.sqrt(size)) @ ways.T)
