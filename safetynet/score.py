"""A score: one number about a network over a period, with what it rests on.

A score never describes a child's risk or a person's fault. It is an index with stated conventions; it says when
it is not defined, and it leads back to the rows of the chronology.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from numbers import Real
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

if TYPE_CHECKING:
    import pandas as pd

    from .case import Case

NAN = math.nan
NOT_DEFINED = "not defined"
T = TypeVar("T")
Later: TypeAlias = T | Callable[[], T]  # something, or what makes it where it is asked for


class Score:
    """One number, the table behind it, the rows it rests on, and a sentence that says it in plain words.

    It compares and adds with numbers like its number. Whether it is true or false has no answer: ask ``.defined``,
    or compare it. Bounds, table, rows and sentence are made where they are asked for.

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
        *("_case", "_explain", "_high", "_low", "_rows", "_table"),
        *("direction", "name", "range", "reason", "value"),
    )
    name: str
    value: float
    range: tuple[float, float]
    direction: str
    reason: str
    _case: Case | None

    def __init__(
        self,
        name: str,
        value: float | None,
        *,
        table: Later[pd.DataFrame],
        explain: Later[str],
        rows: Later[Iterable[str]] = (),
        case: Case | None = None,
        low: Later[float] | None = None,
        high: Later[float] | None = None,
        reason: str = "",
        range: tuple[float, float] = (0.0, 1.0),
        direction: str = "higher is worse",
    ) -> None:
        number = NAN if value is None else float(value)
        settings = {
            **{"name": name, "value": number, "reason": reason if math.isnan(number) else ""},
            **{"range": range, "direction": direction, "_case": case},
            **{"_low": number if low is None else low, "_high": number if high is None else high},
            **{"_table": table if callable(table) else table.copy(), "_explain": explain},
            "_rows": rows if callable(rows) else _each_once(rows),
        }
        for key, setting in settings.items():
            object.__setattr__(self, key, setting)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a score cannot be changed: {name} was not set.")

    def __getstate__(self) -> dict[str, Any]:
        _ = self.low, self.high, self.rows, self.table, self.explain()  # a process pool takes no functions
        return self._state()

    def _state(self) -> dict[str, Any]:
        """All that is in it, what is not made yet as it is."""
        return {name: getattr(self, name) for cls in type(self).__mro__ for name in getattr(cls, "__slots__", ())}

    def _made(self, name: str, settle: Callable[[Any], T]) -> T:
        """What is under a name, made where it is asked for first."""
        found = getattr(self, name)
        if callable(found):
            found = settle(found())
            object.__setattr__(self, name, found)
        made: T = found
        return made

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    # like its number ----------------------------------------------------------------------------------

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"whether the score {self.name} is true has no answer. Ask score.defined, or compare it: score > 0.5."
        )

    def __int__(self) -> int:
        return int(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> Any:
        return _with(operator.eq, self, other)

    def __ne__(self, other: object) -> Any:
        return _with(operator.ne, self, other)

    def __lt__(self, other: Score | Real) -> Any:
        return _with(operator.lt, self, other)

    def __le__(self, other: Score | Real) -> Any:
        return _with(operator.le, self, other)

    def __gt__(self, other: Score | Real) -> Any:
        return _with(operator.gt, self, other)

    def __ge__(self, other: Score | Real) -> Any:
        return _with(operator.ge, self, other)

    def __add__(self, other: Score | Real) -> Any:
        return _with(operator.add, self, other)

    __radd__ = __add__

    def __mul__(self, other: Score | Real) -> Any:
        return _with(operator.mul, self, other)

    __rmul__ = __mul__

    def __sub__(self, other: Score | Real) -> Any:
        return _with(operator.sub, self, other)

    def __rsub__(self, other: Real) -> Any:
        return _with(lambda mine, theirs: theirs - mine, self, other)

    def __truediv__(self, other: Score | Real) -> Any:
        return _with(operator.truediv, self, other)

    def __rtruediv__(self, other: Real) -> Any:
        return _with(lambda mine, theirs: theirs / mine, self, other)

    def __neg__(self) -> float:
        return -self.value

    def __abs__(self) -> float:
        return abs(self.value)

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
    def low(self) -> float:
        return float(self._made("_low", float))

    @property
    def high(self) -> float:
        return float(self._made("_high", float))

    @property
    def rows(self) -> tuple[str, ...]:
        return self._made("_rows", _each_once)

    @property
    def table(self) -> pd.DataFrame:
        return self._made("_table", _as_it_is).copy()

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
        return self._made("_explain", str)

    def plot(self, ax: Any = None) -> Any:
        """A picture of it, on the given matplotlib axes or new ones; the axes come back."""
        from .plot import score

        return score(self, ax=ax)

    def numeral(self, digits: int = 3) -> str:
        """The number as text, with its bounds where they differ; "not defined" without one."""
        if not self.defined:
            return NOT_DEFINED
        text, low, high = (_short(number, digits) for number in (self.value, self.low, self.high))
        if low == high == NOT_DEFINED:
            return f"{text} (bounds {NOT_DEFINED})"
        return text if low == high == text else f"{text} ({low} to {high})"

    def scale(self) -> str:
        """Its range and what high means, as words."""
        if self.range[1] == math.inf:
            return f"a count; {self.direction}" if self.direction else "a count"
        span = f"range {self.range[0]:g} to {self.range[1]:g}"
        return f"{span}, {self.direction}" if self.direction else span

    def __repr__(self) -> str:
        if not self.defined:
            return f"<Score {self.name} is not defined: {self.reason}>"
        inner = self.numeral()
        if "(" in inner:
            return f"<Score {self.name} = {inner[:-1]}; {self.scale()})>"
        return f"<Score {self.name} = {inner} ({self.scale()})>"

    def _repr_html_(self) -> str:
        from .plot.saving import score_html

        return score_html(self)


def _each_once(rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rows))


def _as_it_is(table: pd.DataFrame) -> pd.DataFrame:
    return table


def _with(what: Callable[[Any, Any], Any], score: Score, other: object) -> Any:
    """The number of a score with another number, or that of another score; anything else is none of ours."""
    if isinstance(other, Score):
        return what(score.value, other.value)
    return what(score.value, other) if isinstance(other, Real) else NotImplemented


def _short(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return NOT_DEFINED if math.isnan(value) else f"{value}"
    return f"{value:.0f}" if value == int(value) else f"{value:.{digits}f}".rstrip("0").rstrip(".")
