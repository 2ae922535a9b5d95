"""What every picture of a case takes, written down once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...rules import Rules

F = TypeVar("F", bound=Callable[..., Any])


class Common(TypedDict, total=False):
    """The arguments of every picture besides the case and the date; the page of the gallery says what each is."""

    ax: Axes | None
    title: str | None
    rules: Rules | None


class Keyed(Common, total=False):
    """The same, of a picture with a key."""

    legend: bool


def picture(draw: F) -> F:
    """A picture whose ``**common`` arguments stand one by one in the signature that help and completion show."""
    signed: Any = draw
    found = inspect.signature(draw)
    *own, common = found.parameters.values()
    usual = {"ax": None, "title": None, "legend": True, "rules": None}
    if "Keyed" not in str(common.annotation):
        del usual["legend"]
    more = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=value) for name, value in usual.items()]
    first = [one for one in own if not one.name.endswith("_kws")]
    signed.__signature__ = found.replace(parameters=[*first, *more, *(one for one in own if one not in first)])
    return draw
