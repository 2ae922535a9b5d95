"""Dates, names and texts that fit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.dates import parse_window
from safetynet.plot.kit.words import clean, fit, in_words, listed, measure, short_name, when_text, wrap


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1999-08-04", "4 Aug 1999"),
        ("1999-08", "Aug 1999"),
        ("1999", "1999"),
        ("1999/2001", "1999 to 2001"),
        ("1999-11-02/1999-11-09", "2 to 9 Nov 1999"),
        ("1999-08-04/1999-09-01", "4 Aug to 1 Sep 1999"),
        ("1999-12-30/2000-01-02", "30 Dec 1999 to 2 Jan 2000"),
        ("2024-02", "Feb 2024"),
        ("2024-02-01/2024-02-28", "1 to 28 Feb 2024"),
    ],
)
def test_dates_read_as_people_write_them(cell, words):
    assert when_text(parse_window(cell).closed(1, dt.date.max.toordinal())) == words


@pytest.mark.parametrize(("person", "words"), [
    ("eal_sw", "Social worker"),  # "Social worker, Ealing" of Ealing Social Services
    ("har_tm1", "Team manager until November 1999"),
    ("pastor1", "Pastor"),
    ("br_cp", "Senior social worker, child protection"),
    ("stm_con", "Intensive care consultant"),
    ("path", "Home Office pathologist"),
    ("ga", "Great-aunt"),
])  # fmt: skip
def test_a_name_leaves_out_what_the_agency_says(person, words):
    assert short_name(sn.load_case("victoria_climbie")._records, person) == words


@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 4))
def test_wrapped_lines_are_no_wider_than_asked_for(text, width, most):
    lines = wrap(text, width, 10.0, most)
    assert 1 <= len(lines) <= most
    for line in lines:
        assert measure(line, 10.0)[0] <= width or len(line) <= 2  # a letter and "…" stay, however narrow


@given(st.text(max_size=60), st.floats(30, 300))
def test_a_text_that_fits_is_left_alone(text, width):
    shown = fit(text, width, 9.0)
    if measure(clean(text), 9.0)[0] <= width:
        assert shown == clean(text)
    else:
        assert shown.endswith("…")


def test_lists_are_cut_with_their_number():
    assert listed(["a", "b", "c", "d"], 2) == "a b +2"
    assert in_words(["a"]) == "a"
    assert in_words(["a", "b", "c"]) == "a, b and c"
    assert in_words(["a", "b", "c"], 2) == "a, b and 1 more"
    assert in_words([]) == ""
