"""The contact matrix of the agencies: what it draws."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.builder import case
from tests.plot.drawing import outside, said


def test_the_matrix_writes_the_numbers_of_the_table():
    real = sn.load_case("max")
    table = sn.agency_matrix(real)
    ax = sn.plot.agency_matrix(real, ax=sn.plot.page())
    written = sorted(int(text.get_text()) for text in ax.texts if text.get_text().isdigit())
    assert written == sorted(value for value in table.to_numpy().ravel().tolist() if value)


@pytest.mark.slow
def test_a_matrix_of_many_agencies_has_numbers_for_its_columns():
    people = " ".join(f"P{n}@a{n}" for n in range(40))
    made = case(people, "c1", *(f"1 told P{n}>P{n + 1} - phone" for n in range(39)))
    ax = sn.plot.agency_matrix(made, ax=sn.plot.page("a4"))
    assert {"1", "40"} <= {text.get_text() for text in ax.texts}
    assert outside(ax) == []


def test_a_single_pair_is_said_as_one():
    ax = sn.plot.agency_matrix(case("A@a B@b", "c1", "told A>B - phone"), ax=sn.plot.page())
    assert "1 of 1 pair has had contact" in said(ax).replace("\n", " ")
