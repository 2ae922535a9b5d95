"""A score: one number about a network over a period, with what it rests on.

A score never describes a child's risk or a person's fault. It is an index with stated conventions; it says when
it is not defined, and it leads back to the rows of the chronology.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from .case import Case

NAN = math.nan


class Score:
    """One number, the table behind it, the rows it rests on, and a sentence that says it in plain words.

    Attributes
    ----------
    name : str
    value : float
        The number; NaN where it is not defined. ``float(score)`` is the same.
    low, high : float
        The bounds, where dates or permissions leave the number open; otherwise both are `value`.
    range : tuple of float
        The least and the greatest value that it can have.
    direction : str
        What high means, such as "higher is worse".
    defined : bool
    reason : str
        Why it is not defined; empty where it is.
    table : pandas.DataFrame
        What the number is made of; a fresh copy.
    rows : tuple of str
        Ids of the chronology rows it rests on, by date.
    evidence : pandas.DataFrame
        Those rows; a fresh copy.
    """

    __slots__ = (
        "_case", "_explain", "_table", "direction", "high", "low", "name", "range", "reason", "rows", "value",
    )  # fmt: skip
    name: str
    value: float
    low: float
    high: float
    range: tuple[float, float]
    direction: str
    reason: str
    rows: tuple[str, ...]
    _case: Case | None
    _explain: str
    _table: pd.DataFrame

    def __init__(
        self,
        name: str,
        value: float | None,
        *,
        table: pd.DataFrame,
        explain: str,
        rows: Iterable[str] = (),
        case: Case | None = None,
        low: float | None = None,
        high: float | None = None,
        reason: str = "",
        range: tuple[float, float] = (0.0, 1.0),
        direction: str = "higher is worse",
    ) -> None:
        number = NAN if value is None else float(value)
        settings = {
            "name": name, "value": number, "low": number if low is None else float(low),
            "high": number if high is None else float(high), "reason": reason if math.isnan(number) else "",
            "range": range, "direction": direction, "rows": tuple(dict.fromkeys(rows)), "_table": table.copy(),
            "_explain": explain, "_case": case,
        }  # fmt: skip
        for key, setting in settings.items():
            object.__setattr__(self, key, setting)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a score cannot be changed: {name} was not set.")

    def __float__(self) -> float:
        return self.value

    def __round__(self, digits: int | None = None) -> float:
        return round(self.value, digits)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    @property
    def defined(self) -> bool:
        return not math.isnan(self.value)

    @property
    def table(self) -> pd.DataFrame:
        return self._table.copy()

    @property
    def evidence(self) -> pd.DataFrame:
        """The chronology rows that the score rests on, in order of date."""
        if self._case is None:
            import pandas as pd

            return pd.DataFrame()
        table = self._case.chronology.set_index("id", drop=False)
        return table.loc[list(self.rows)].reset_index(drop=True)

    def explain(self) -> str:
        """What the number says, in two or three plain sentences."""
        return self._explain

    def plot(self, ax: Any = None) -> Any:
        """A picture of it, on the given matplotlib axes or new ones; the axes come back."""
        from .plot import score

        return score(self, ax=ax)

    def numeral(self, digits: int = 3, *, trim: bool = True) -> str:
        """The number as text, with its bounds where they differ; "not defined" without one."""
        if not self.defined:
            return "not defined"
        text, low, high = (_short(number, digits, trim) for number in (self.value, self.low, self.high))
        return text if low == high == text else f"{text} ({low} to {high})"

    def _scale(self) -> str:
        if self.range[1] == math.inf:
            return f"a count; {self.direction}" if self.direction else "a count"
        span = f"range {self.range[0]:g} to {self.range[1]:g}"
        return f"{span}, {self.direction}" if self.direction else span

    def __repr__(self) -> str:
        if not self.defined:
            return f"<Score {self.name} is not defined: {self.reason}>"
        inner = self.numeral()
        if "(" in inner:
            return f"<Score {self.name} = {inner[:-1]}; {self._scale()})>"
        return f"<Score {self.name} = {inner} ({self._scale()})>"

    def _repr_html_(self) -> str:
        head = f"<strong>{html.escape(self.name)}</strong> {html.escape(self.numeral())}"
        scale = f"<small>{html.escape(self._scale())}</small>"
        table = self._table.head(20).to_html(escape=True, border=0, na_rep="")
        rows = f"<small>rests on {len(self.rows)} rows of the chronology</small>"
        from .plot import mimebundle

        picture = mimebundle(self, include=("image/png",))["image/png"]
        alt = html.escape(self._explain)
        image = f'<img alt="{alt}" style="max-width: 40em" src="data:image/png;base64,{picture}">'
        return f"<div>{head} {scale}<p>{html.escape(self._explain)}</p>{image}{table}{rows}</div>"


def _short(value: float, digits: int, trim: bool) -> str:
    if value == int(value) and (trim or abs(value) >= 2):
        return f"{value:.0f}"
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if trim else text
