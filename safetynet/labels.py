"""Labels of one's own, such as the nodes of a graph: whether one is missing, and in which order they stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

L = TypeVar("L", bound=Hashable)


def is_missing(label: object) -> bool:
    """Whether a label says nothing: None, NaN, NA, NaT or an empty text."""
    import pandas as pd

    scalar: Any = label
    return (isinstance(label, str) and not label) or (pd.api.types.is_scalar(label) and bool(pd.isna(scalar)))


def sorted_labels(labels: Iterable[L]) -> list[L]:
    """Labels in their own order where they have one, else by what they are and by their text.

    What has neither stays in the order in which it comes. ``<`` among sets is no order: of two that overlap, neither
    comes first.
    """
    listed = list(labels)
    try:
        natural: list[Any] = sorted(listed)
        if all(before < after or before == after for before, after in pairwise(natural)):
            return natural
    except (TypeError, ValueError):
        pass
    return sorted(listed, key=lambda label: (type(label).__name__, _text(label)))


def _text(label: object) -> str:
    """The text of a label, of a set the same however it was made."""
    if isinstance(label, (frozenset, tuple)):
        inside = [_text(one) for one in label]
        return str(inside if isinstance(label, tuple) else sorted(inside))
    plain = type(label).__str__ is object.__str__ and type(label).__repr__ is object.__repr__
    return "" if plain else str(label)


def label_index(labels: Iterable[Hashable], name: str) -> pd.Index[Any]:
    """An index of labels as they are; a tuple is one label, and no second axis."""
    import pandas as pd

    made: pd.Index[Any] = pd.Index(list(labels), name=name, tupleize_cols=False)
    return made
