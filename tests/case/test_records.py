"""Rows as read, against the reading of the brute force, which was written from the text alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import safetynet as sn
from safetynet.dates import Window
from tests import strategies
from tests.brute import model
from tests.builder import case, from_tables


def as_window(window: model.Window) -> Window:
    return Window(window.lo.toordinal(), window.hi.toordinal(), None if window.minute is None else 60 * window.minute)


@pytest.mark.slow
@settings(max_examples=200)
@given(strategies.cases())
def test_rows_say_what_they_say_to_somebody_who_reads_the_text_alone(tables):
    records = from_tables(tables)._records
    plain = model.View(tables)
    ends = [None if day is None else day.toordinal() for day in (plain.start, plain.end)]
    assert [records.start, records.end] == ends
    assert [row.id for row in records.rows] == [row.id for row in plain.every_row]
    for row, other in zip(records.rows, plain.every_row, strict=True):
        assert row.date == as_window(other.when)
        assert row.reached == as_window(other.read)
        assert row.due == (None if other.due is None else other.due.toordinal())
        assert row.is_contact == other.contact
        assert (row.ref, row.disputes) == (tuple(other.ref), tuple(other.disputes))
        assert (row.count, row.complete, row.seen) == (other.count, other.complete, other.seen)
        if row.is_contact:
            assert row.two_way == other.two_way
            assert set(row.named) == set(other.everyone())
            assert set(row.moves) == set(plain.moves(other))


@settings(max_examples=100)
@given(strategies.cases())
def test_the_other_dates_close_at_the_same_days(tables):
    records = from_tables(tables)._records
    plain = model.View(tables)
    for person in records.people.values():
        for column in ("start", "end", "born"):
            window = plain.window(plain.people[person.id][column])
            assert getattr(person, column) == (None if window is None else as_window(window))
    for concern in records.concerns.values():
        window = plain.window(plain.concerns[concern.id]["resolved"])
        assert concern.resolved == (None if window is None else as_window(window))
    if plain.harm_date:
        assert records.harm == as_window(plain.window(plain.harm_date))


@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_rows_of_the_packaged_cases(name):
    whole = sn.load_case(name)
    plain = model.View({table: frame.to_dict("records") for table, frame in whole.tables().items()})
    for row, other in zip(whole._records.rows, plain.every_row, strict=True):
        assert (row.date, row.reached) == (as_window(other.when), as_window(other.read))
        assert set(row.moves) == set(plain.moves(other))


def test_the_default_date_is_the_day_before_the_first_day_of_the_harm():
    rows = ["5 observed T c1", "40 observed T c1"]
    assert (
        case("T", "c1", *rows, harm_date="2024-02")._default_day() == case("T", "c1", "31 observed T c1")._default_day()
    )
    assert case("T", "c1", *rows)._records.end == case("T", "c1", *rows)._default_day()
