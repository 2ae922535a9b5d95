"""The packaged cases read once for all tests, and what is computed from them once for the tests of one module.

A case never changes, so tests may share it. ``sn.load_case`` and ``sn.list_cases`` are replaced while tests run; the
functions themselves, in ``safetynet.datasets``, are as they were, and so are the command line and every process that
a test starts.
"""

from __future__ import annotations

from functools import cache, wraps

import pandas as pd

import safetynet as sn
from safetynet import datasets

_SHARED: dict[str, sn.Case] = {}
_read = cache(datasets.load_case)


def start() -> None:
    """From now on a packaged case is read once."""
    sn.load_case = load_case
    sn.list_cases = list_cases


def forget() -> None:
    """Let go of what was computed of the cases; what was read stays."""
    _SHARED.clear()


@wraps(datasets.load_case)
def load_case(name, **more):
    if more or not isinstance(name, str) or name not in datasets.names():
        return datasets.load_case(name, **more)
    if name not in _SHARED:
        _SHARED[name] = _without_memory(_read(name))
    return _SHARED[name]


@wraps(datasets.list_cases)
def list_cases() -> pd.DataFrame:
    return _listed().copy()


_listed = cache(datasets.list_cases)


def _without_memory(case: sn.Case) -> sn.Case:
    """The same case, which has computed nothing yet."""
    fresh = sn.Case.__new__(sn.Case)
    fresh.__dict__.update({name: value for name, value in case.__dict__.items() if name != "_cache"})
    return fresh
