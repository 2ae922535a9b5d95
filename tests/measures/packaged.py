"""The packaged cases as the brute force takes them, and the dates at which the measures are held to it."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

import safetynet as sn
from safetynet import datasets
from tests.brute import model
from tests.builder import Tables

NAMES = (
    "victoria_climbie",
    "malachi_subecz",
    "khyra_ishaq",
    "pelka",
    "reuben",
    "max",
    "harbour_street",
    "worked_example",
)
PARTS = ("a third of it", "two thirds", "by default", "four weeks after")


@cache
def tables(name: str) -> Tables:
    """The tables of a packaged case."""
    found: Tables = model.load(datasets.folder() / name)
    return found


@cache
def asked(name: str, part: str) -> tuple[Tables, sn.Case, dt.date]:
    """A packaged case, as tables and as a case, and a date in some part of it."""
    view = model.view(tables(name))
    days = (view.end - view.start).days
    dates = (
        view.start + dt.timedelta(days // 3),
        view.start + dt.timedelta(2 * days // 3),
        view.at,
        view.end + dt.timedelta(28),
    )
    return tables(name), sn.load_case(name), dates[PARTS.index(part)]


LARGE = ("victoria_climbie", "harbour_street")  # the brute force takes as long for these two as for all the others
every_name = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LARGE else name for name in datasets.names()]
)


def on_every_date(test):
    """The test gets ``name`` and ``part`` of every packaged case at every such date."""
    return every_name(pytest.mark.parametrize("part", PARTS)(test))


def same(value: object, expected: float | None) -> bool:
    """Whether a score is the number of the brute force, or not defined where that has None."""
    number = float(value)  # type: ignore[arg-type]
    return number != number if expected is None else abs(number - expected) < 1e-9
