"""Python's search for garbage, made seldom while a page is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = 100_000  # new objects between two searches; Python's own number is in the hundreds

Thresholds = tuple[int, int, int]

_lock = Lock()
_inside: list[tuple[Thresholds, Thresholds]] = []  # for each page that is being made, what was set before and since


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have Python look for garbage seldom meanwhile: a page is made of very many objects that all stay until its end.

    What was set before is set again; of several pages at once, at the end of the last. A search that is off, or as
    seldom already, is left as it is, and so is what somebody sets meanwhile.

    Examples
    --------
    >>> import gc
    >>> before = gc.get_threshold()
    >>> with seldom_collected():
    ...     gc.isenabled()
    True
    >>> gc.get_threshold() == before
    True
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    with _lock:
        if not _inside:
            before = gc.get_threshold()
            since = (SELDOM, *before[1:]) if 0 < before[0] < SELDOM else before
            gc.set_threshold(*since)
            _inside.append((before, since))
        else:
            _inside.append(_inside[0])


def _end() -> None:
    with _lock:
        before, since = _inside.pop()
        if not _inside and gc.get_threshold() == since:
            gc.set_threshold(*before)
