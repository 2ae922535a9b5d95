"""What a change is to make better: the four numbers, in which order a goal looks at them, and what is a gain."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from ..measures.headline import HEADLINES, LABELS
from ..record.snapshot import Snapshot

Goal = Literal["picture", "pairs", "diffusion", "unowned"]
GOAL_WORDS: tuple[Goal, ...] = get_args(Goal)
Numbers = tuple[float, float, float, float]
Reals = npt.NDArray[np.float64]

PICTURE, PAIRS, UNOWNED, DIFFUSION = range(4)
NUMBERS = ("best_picture", "unshared_pairs", "unowned_share", "diffusion")

# What is looked at first, second and so on. Of the first more is better, of the others less.
GOALS: Mapping[Goal, tuple[int, ...]] = {
    "picture": (PICTURE, PAIRS, DIFFUSION, UNOWNED),
    "pairs": (PAIRS, PICTURE, DIFFUSION, UNOWNED),
    "diffusion": (DIFFUSION, UNOWNED, PICTURE, PAIRS),
    "unowned": (UNOWNED, DIFFUSION, PICTURE, PAIRS),
}
_NUMBER: Mapping[str, Callable[[Snapshot], float]] = {one.name: one.number for one in HEADLINES}
EFFECT = 2  # how many of them are the effect of a change on the goal; the others only break ties
SIGNS = np.array([-1.0, 1.0, 1.0, 1.0])
DIGITS = 9  # numbers that agree so far are the same number
SAME = 1e-9


def label(name: str) -> str:
    """What a score is called within a sentence."""
    if name == "best_picture":
        return "the largest share of the picture that one person held"
    return LABELS[name][0].lower() + LABELS[name][1:]


def number_of(view: Snapshot, which: int) -> float:
    """One of the four numbers of a snapshot."""
    return _NUMBER[NUMBERS[which]](view)


def numbers_of(view: Snapshot) -> Numbers:
    """The four numbers of a snapshot."""
    first, second, third, fourth = (number_of(view, which) for which in range(len(NUMBERS)))
    return first, second, third, fourth


def keys(goal: Goal, numbers: Any) -> Reals:
    """The numbers in the order in which the goal looks at them, the less the better; not defined comes last."""
    ranked: Reals = np.round(np.asarray(numbers, dtype=float) * SIGNS, DIGITS)[..., list(GOALS[goal])]
    return np.where(np.isnan(ranked), np.inf, ranked) + 0.0  # no minus nought


def gain(goal: Goal, before: Numbers, after: float) -> float:
    """By how much the number of the goal is better; a picture of nothing counts as 0. NaN where not defined."""
    which = GOALS[goal][0]
    start = 0.0 if which == PICTURE and math.isnan(before[which]) else before[which]
    return float((start - after) * SIGNS[which])


def of_row(numbers: Reals) -> Numbers:
    """The four numbers of a row of an array."""
    first, second, third, fourth = numbers.tolist()
    return first, second, third, fourth


def helps(goal: Goal, before: Numbers, after: float) -> bool:
    """Whether the number of the goal is better."""
    return gain(goal, before, after) > SAME
