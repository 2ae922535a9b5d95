"""What the studies of one case share: random numbers, variants of a case, and bands over many of them.

A variant is made of rows that have been checked already, and only what changes is settled again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.edits import rewrite
from ..dates import Window
from ..errors import ArgumentError, is_whole
from ..measures.headline import NAMES, numbers
from ..progress import progressing
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[np.float64]

Cells = Mapping[str, str | tuple[str, ...] | Window]
Variant = tuple[Iterable[str], Mapping[str, Cells]]
"""The rows that are left out, and the cells of others that are written anew."""


def stream(*key: int) -> np.random.Generator:
    """Random numbers of one purpose; only their uniform doubles are used, which are alike on every machine."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


def check_draws(draws: object, seed: object, fewest: int = 1) -> None:
    """Refuse what is no number of draws or no seed."""
    for name, given, least in (("draws", draws, fewest), ("seed", seed, 0)):
        if not is_whole(given) or given < least:  # type: ignore[operator]
            raise ArgumentError(f"{name} is a whole number from {least} up; it is {given!r}.")


def check_share(name: str, given: object) -> float:
    """A share above 0 and below 1."""
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given < 1:
        raise ArgumentError(f"{name} is a share between 0 and 1; it is {given!r}.")
    return float(given)


def varied(case: Case, variant: Variant) -> Case:
    """A variant of a case."""
    return case._of(rewrite(case._raw, case._records, *variant))


def scored(view: Snapshot, variant: Variant) -> dict[str, float]:
    """The scores of a variant of a case, on the day and under the rules of a snapshot."""
    return numbers(Snapshot(varied(view.case, variant), view.day, view.rules))  # asked once and thrown away


def values(view: Snapshot, variants: Iterable[Variant], label: str, total: int) -> Table:
    """The scores of many variants: a row for each, in the order of the scores."""
    import numpy as np

    lines = [list(scored(view, one).values()) for one in progressing(variants, label, total)]
    return np.array(lines, dtype=float).reshape(-1, len(NAMES))


def asked(case: Case, at: Any, rules: Rules | None) -> tuple[Snapshot, dict[str, float]]:
    """The snapshot that a question is about, and the scores of the record as it stands."""
    view = snapshot(case, at, rules)
    return view, numbers(view)


def band(drawn: Sequence[float] | Table, level: float) -> dict[str, float]:
    """The middle of the draws in which a score is defined, and the share of them: ``low``, ``high``, ``defined``.

    Both ends are values that were drawn, so that a count has whole ends.
    """
    import numpy as np

    every = np.asarray(drawn, dtype=float)
    there = every[~np.isnan(every)]
    if not len(there):
        return {"low": np.nan, "high": np.nan, "defined": 0.0}
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return {"low": float(low), "high": float(high), "defined": len(there) / len(every)}
