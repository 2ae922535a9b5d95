"""Which rows of two codings are near enough to be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.case.records import Records
from safetynet.dates import Window
from safetynet.study.counterparts import counterparts
from safetynet.study.row_pairs import Sides, _near, gap, sides
from tests import builder, strategies


def read(tables: builder.Tables, other: builder.Tables) -> tuple[list[Sides], list[Sides]]:
    a, b = builder.from_tables(tables)._records, builder.from_tables(other)._records
    found = counterparts(a, b, None, None)
    return sides(a, found.a, found.concerns_a), sides(b, found.b, found.concerns_b)


@given(strategies.cases(), strategies.cases(), st.sampled_from([0, 1, 4, 40]))
def test_rows_are_near_if_some_day_of_the_one_is_near_some_day_of_the_other(
    one: builder.Tables, other: builder.Tables, tolerance: int
) -> None:
    left, right = read(one, other)
    wanted = [
        (row, column)
        for row, mine in enumerate(left)
        for column, theirs in enumerate(right)
        if mine.row.date.first - tolerance <= theirs.row.date.last
        and theirs.row.date.first - tolerance <= mine.row.date.last
    ]
    assert sorted(_near(left, right, tolerance)) == wanted


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (Window(5, 5), Window(5, 5), 0),
        (Window(5, 5), Window(7, 7), 2),
        (Window(1, 30), Window(14, 14), 0),
        (Window(1, 30), Window(33, 60), 3),
    ],
)
def test_the_days_between_two_windows_are_those_between_their_nearest_days(
    one: Window, other: Window, days: int
) -> None:
    assert gap(one, other) == gap(other, one) == days


def test_the_rows_that_a_row_names_and_that_name_it_are_told() -> None:
    made: Records = builder.case("S", "c1", "x: 1 agreed S c1", "y: 5 done S ref=x")._records
    found = counterparts(made, made, None, None)
    assert {one.row.id: set(one.named) for one in sides(made, found.a, found.concerns_a)} == {"x": {"y"}, "y": {"x"}}
