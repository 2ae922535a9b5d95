"""Krippendorff's alpha: how far coders agree beyond what chance would give, for any number of them and any gaps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, get_args

from ..errors import ArgumentError, choose, type_of
from ..labels import is_missing, label_index, sorted_labels
from ..problems import few
from ..score import Score
from ..wording import count
from .draws import band, check_draws, check_share, stream

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Array = npt.NDArray[np.float64]

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)
ACCEPTED, TENTATIVE = 0.8, 0.667
"""From where Krippendorff takes data as reliable, and from where for tentative conclusions only."""
FEW = 20  # units, under which the sentence says so
AT_ONCE = 100  # draws

NO_PAIR = "no unit has two values to compare"
NO_VARIATION = "every value is the same, so that agreement cannot be told from chance"


class Alpha(NamedTuple):
    """Alpha of some units: how many had two values or more, the number with its band, and why there is none."""

    number: int
    value: float
    low: float
    high: float
    defined: float
    reason: str


def alpha_of(
    units: Sequence[Sequence[Hashable]], metric: Metric = "nominal", *, draws: int = 1000, seed: int = 1, level: float
) -> Alpha:
    """Alpha of units, each with the values that coders gave it; who gave none has no value there.

    The band is that of the units drawn anew with replacement. It does not depend on the order of units or coders.
    """
    import numpy as np

    used = [unit for unit in map(sorted_labels, units) if len(unit) > 1]
    values = sorted_labels({value for unit in used for value in unit})
    if len(values) < 2:
        reason = NO_VARIATION if used else NO_PAIR
        return Alpha(len(used), np.nan, np.nan, np.nan, 0.0, reason)
    places = {value: place for place, value in enumerate(values)}
    used.sort(key=lambda unit: str([places[value] for value in unit]))  # 0 and 0.0 are one value
    table = np.zeros((len(used), len(values)))
    for unit, line in zip(used, table, strict=True):
        for value in unit:
            line[places[value]] += 1
    scale: Array = np.zeros(len(values)) if metric in ("nominal", "ordinal") else np.array(values, dtype=float)
    value = _alpha(table, np.ones((1, len(used))), scale, metric)[0]
    drawn = [_alpha(table, weights, scale, metric) for weights in _weights(len(used), draws, seed)]
    return Alpha(len(used), float(value), **band(np.concatenate(drawn), level), reason="")


def _weights(units: int, draws: int, seed: int) -> list[Array]:
    """How often each unit stands in each draw, in blocks of draws."""
    import numpy as np

    chosen = (stream(seed).random((draws, units)) * units).astype(int)
    made = np.stack([np.bincount(line, minlength=units) for line in chosen]).astype(float)
    return [made[start : start + AT_ONCE] for start in range(0, draws, AT_ONCE)]


def _alpha(table: Array, weights: Array, scale: Array, metric: Metric) -> Array:
    """Alpha for each line of weights: one minus the disagreement within units, by that among all values.

    A line of `table` says how often a unit was given each value. The sum of squared differences among m values x is
    2 (m Σx² − (Σx)²); an ordinal value stands at the middle of its ranks, which gives Krippendorff's metric.
    """
    import numpy as np

    size = table.sum(axis=1)
    counts = weights @ table
    number = counts.sum(axis=1)
    if metric == "nominal":
        within = weights @ ((size**2 - (table**2).sum(axis=1)) / (size - 1))
        among = number**2 - (counts**2).sum(axis=1)
    elif metric == "ratio":
        total = np.add.outer(scale, scale)
        apart = (np.subtract.outer(scale, scale) / np.where(total == 0, 1, total)) ** 2
        within = weights @ (((table @ apart) * table).sum(axis=1) / (size - 1))
        among = ((counts @ apart) * counts).sum(axis=1)
    else:
        middle = counts.cumsum(axis=1) - counts / 2 - number[:, None] / 2
        at = middle if metric == "ordinal" else np.tile(scale - scale.mean(), (len(weights), 1))
        apart = 2 * (size * (at**2 @ table.T) - (at @ table.T) ** 2) / (size - 1)
        within = (weights * apart).sum(axis=1)
        among = 2 * (number * (counts * at**2).sum(axis=1) - (counts * at).sum(axis=1) ** 2)
    varies = (counts > 0).sum(axis=1) > 1
    return np.where(varies, 1 - (number - 1) * within / np.where(varies, among, 1), np.nan)


def krippendorff_alpha(
    table: pd.DataFrame | Sequence[Sequence[Any]],
    metric: Metric = "nominal",
    *,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> Score:
    """How far several coders agree about the same units, beyond what chance would give.

    1 is that they agree everywhere, 0 that they agree as often as values dealt at random would, below 0 that they
    agree less often than that. Krippendorff takes data from 0.8 up as reliable, and from 0.667 for tentative
    conclusions only.

    Parameters
    ----------
    table : DataFrame or sequence of sequences
        A row per unit (what was coded), a column per coder; None, NaN or an empty text where a coder gave no value.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        How far two values lie apart: the same or not; by ranks; by their difference; by their difference in
        proportion to their sum. The last three need numbers.
    draws, seed, level
        Of the band: the units are drawn so many times anew with replacement; the same seed gives the same band, which
        has the middle `level` of the draws in which alpha is defined.

    Returns
    -------
    Score
        No unit, −1 to 1, higher is better; ``low`` and ``high`` are the ends of the band, or the number itself where
        alpha is defined in no draw. ``.table`` has how often each ``value`` was given in a unit with two values or
        more (``number``). Not defined where no unit has two values, or all values are the same.

    Raises
    ------
    ArgumentError
        If `metric` is none of them, a value is no number where numbers are needed, or a number of draws, a seed or
        a level means nothing.

    See Also
    --------
    agreement : two coders of one case.

    Notes
    -----
    Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*. The band is the percentile bootstrap over units,
    as in Zapf, Castell, Morawietz and Karch (2016). Where coders agree everywhere every draw is 1: the band then says
    nothing about how few units there were.

    Examples
    --------
    Two observers of Krippendorff's binary example:

    >>> import safetynet as sn
    >>> meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> round(float(sn.krippendorff_alpha(list(zip(meg, owen)))), 3)
    0.095
    """
    choose("metric", metric, METRICS)
    check_draws(draws, seed)
    units = _units(table, metric)
    found = alpha_of(units, metric, draws=draws, seed=seed, level=check_share("level", level))
    return Score(
        "krippendorff_alpha",
        found.value,
        table=lambda: _given(units),
        explain=lambda: said(found),
        low=None if isnan(found.low) else found.low,
        high=None if isnan(found.high) else found.high,
        reason=found.reason,
        range=(-1.0, 1.0),
        direction="higher is better",
    )


class Read(Protocol):
    """What a sentence about an alpha needs."""

    @property
    def number(self) -> int: ...
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def reason(self) -> str: ...


def said(found: Read, what: str = "Alpha") -> str:
    """An alpha and how Krippendorff would read it, in a sentence."""
    if found.reason:
        return f"{what} is not defined: {found.reason}."
    if found.value >= ACCEPTED:
        read = "at or above 0.8, from where Krippendorff takes data as reliable"
    elif found.value >= TENTATIVE:
        read = "between 0.667 and 0.8, where Krippendorff allows tentative conclusions only"
    else:
        read = "under 0.667, below which Krippendorff draws no conclusions"
    few = "; so few units say little" if found.number < FEW else ""
    units = count(found.number, "unit")
    span = "" if isnan(found.low) else f"{found.low:.2f} to {found.high:.2f}, "
    return f"{what} is {found.value:.2f} ({span}{units}): {read}{few}."


def _given(units: Sequence[Sequence[Hashable]]) -> pd.DataFrame:
    import pandas as pd

    times: dict[Hashable, int] = {}
    for value in (value for unit in units if len(unit) > 1 for value in unit):
        times[value] = times.get(value, 0) + 1
    values = sorted_labels(times)
    return pd.DataFrame({"value": label_index(values, "value"), "number": [times[value] for value in values]})


def _units(table: Any, metric: Metric) -> list[list[Hashable]]:
    """The values of each unit, checked."""
    lines = _lines(table)
    _check_widths(lines)
    cells = ([one.strip() if isinstance(one, str) else one for one in line] for line in lines)
    units = [[value for value in line if not is_missing(value)] for line in cells]
    for place, unit in enumerate(units):
        for value in unit:
            _check(value, metric, place)
    _check_kinds(units)
    return units


def _lines(table: Any) -> list[list[Any]]:
    """The cells of each unit, a cell per coder."""
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        return [list(line) for line in table.itertuples(index=False, name=None)]
    try:
        if not isinstance(table, (str, bytes)):
            return [list(line) for line in table]
    except TypeError:
        pass
    kind = type_of(table)
    raise ArgumentError(f"table is a row per unit with a column per coder, as a DataFrame or lists; not {kind}.")


def _check_widths(lines: Sequence[Sequence[Any]]) -> None:
    """Refuse units of which one has fewer cells than another: nobody could say which coder is left out."""
    for place, line in enumerate(lines):
        if len(line) != len(lines[0]):
            raise ArgumentError(
                f"unit {place} has {count(len(line), 'cell')} and unit 0 {len(lines[0])}. Give each coder a cell in "
                "every unit; None where there is no value."
            )


def _number(text: Hashable) -> float | None:
    """A text as the number that it says."""
    try:
        return float(str(text))
    except ValueError:
        return None


def _check_kinds(units: Sequence[Sequence[Hashable]]) -> None:
    """Refuse a number that is a text elsewhere: the two would count as different values."""
    values = {value for unit in units for value in unit}
    others = {value for value in values if not isinstance(value, str)}
    words = {str(value) for value in others}
    both = sorted(str(one) for one in values - others if one in words or _number(one) in others)
    if both:
        raise ArgumentError(
            f"{few(list(map(repr, both)))}: a number in one cell and a text in another, which would count as two "
            "values. Read all cells as numbers, or all as texts."
        )


def _check(value: object, metric: Metric, place: int) -> None:
    """Refuse a value that cannot be told from others, or no number where one is needed."""
    if not isinstance(value, Hashable):
        raise ArgumentError(f"a value of unit {place} is {type_of(value)}; give numbers or texts.")
    if metric == "nominal":
        return
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, str) or number != number or number in (float("inf"), float("-inf")):
        raise ArgumentError(
            f"metric={metric!r} needs numbers; a value of unit {place} is {value!r}. "
            "Write ranks such as 1, 2, 3, or take metric='nominal'."
        )
    if metric == "ratio" and number < 0:
        raise ArgumentError(f"metric='ratio' needs numbers from 0 up; a value of unit {place} is {value!r}.")
