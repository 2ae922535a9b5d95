"""Dates as sources give them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.dates import BadDate, OpenWindow, as_day, as_text, datetime64, parse_window
from safetynet.errors import DateError


def day(year: int, month: int, date: int) -> int:
    return dt.date(year, month, date).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1999-11-14", (1999, 11, 14), (1999, 11, 14)),
        ("1999-11", (1999, 11, 1), (1999, 11, 30)),
        ("2000-02", (2000, 2, 1), (2000, 2, 29)),
        ("1999", (1999, 1, 1), (1999, 12, 31)),
        ("1999-11-02/1999-11-09", (1999, 11, 2), (1999, 11, 9)),
        ("1999-11/2000-01", (1999, 11, 1), (2000, 1, 31)),
        ("0001", (1, 1, 1), (1, 12, 31)),
        ("9999-12-31", (9999, 12, 31), (9999, 12, 31)),
    ],
)
def test_a_partial_date_is_a_window_from_its_first_to_its_last_day(text, first, last):
    assert parse_window(text) == OpenWindow(day(*first), day(*last))


def test_a_time_of_day_is_kept_in_seconds():
    assert parse_window("1999-11-14T16:30") == OpenWindow(day(1999, 11, 14), day(1999, 11, 14), 16 * 3600 + 30 * 60)


def test_an_open_end_closes_at_the_days_of_the_case_and_never_turns_round():
    assert parse_window("1999-11/..").closed(day(1999, 1, 1), day(2000, 2, 1))[:2] == (
        day(1999, 11, 1),
        day(2000, 2, 1),
    )
    assert parse_window("../1999-11").closed(day(1999, 1, 1), day(2000, 2, 1))[:2] == (
        day(1999, 1, 1),
        day(1999, 11, 30),
    )
    # at the end of a case that has nothing later it may still have been any day of the month that is given
    late = parse_window("1999-11/..").closed(day(1998, 1, 1), day(1999, 11, 1))
    assert late[:2] == (day(1999, 11, 1), day(1999, 11, 30))
    early = parse_window("../1999-01").closed(day(1999, 1, 31), day(1999, 6, 1))
    assert early[:2] == (day(1999, 1, 1), day(1999, 1, 31))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/02/2019", "February 2019 has no day 31"),
        ("04/08/1999", "not written as year-month-day"),
        ("2019-13", "no month 13"),
        ("2019-02-30", "February 2019 has no day 30"),
        ("2019-05-20T25:00", "no time"),
        ("2019-05-09/2019-05-02", "ends before it starts"),
        ("../..", "open on one side at most"),
        ("2019/2020/2021", "one '/'"),
        ("2019-05-02T10:00/2019-05-03", "not times"),
        ("spring 2019", "not a date"),
        ("0000", "year 0"),
        ("", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_what_is_wrong(text, said):
    with pytest.raises(BadDate) as caught:
        parse_window(text)
    assert said in caught.value.problem
    assert caught.value.hint


def test_the_hint_for_a_slashed_date_shows_how_to_write_it():
    with pytest.raises(BadDate) as caught:
        parse_window("04/08/1999")
    assert "1999-08-04" in caught.value.hint


@pytest.mark.parametrize(
    "value",
    [
        "1999-08-04",
        dt.date(1999, 8, 4),
        dt.datetime(1999, 8, 4, 12),
        pd.Timestamp("1999-08-04"),
        np.datetime64("1999-08-04"),
    ],
)
def test_at_takes_whatever_a_date_comes_as(value):
    assert as_day(value) == day(1999, 8, 4)


def test_a_month_that_is_asked_for_means_its_last_day():
    assert as_day("2000-02") == day(2000, 2, 29)


@pytest.mark.parametrize("value", [19990804, 3.5, True, None, "soon", "1999-08/.."])
def test_a_question_for_no_date_names_the_argument_and_the_value(value):
    with pytest.raises(DateError, match="at="):
        as_day(value)


@given(st.dates())
def test_every_day_survives_being_written_and_read(date):
    assert parse_window(as_text(date)) == OpenWindow(date.toordinal(), date.toordinal())


@given(st.dates())
def test_every_day_fits_into_datetime64_of_seconds(date):
    assert datetime64([date.toordinal()])[0].astype("datetime64[D]").item() == date


def test_no_date_is_not_a_time():
    assert np.isnat(datetime64([None, float("nan")])).all()
