"""The packaged cases."""

from __future__ import annotations

import pytest

import safetynet as sn


def test_five_cases_are_packaged_and_listed_with_their_sizes():
    table = sn.list_cases().set_index("name")
    assert list(table.index) == ["malachi_subecz", "max", "reuben", "victoria_climbie", "worked_example"]
    # counted in the files: 53 people, 32 concerns, 238 rows
    assert table.loc["victoria_climbie", ["people", "concerns", "rows"]].tolist() == [53, 32, 238]
    assert set(table["real"]) == {"real, published", "illustrative"}


def test_a_misspelt_name_answers_with_the_nearest():
    with pytest.raises(sn.UnknownNameError, match="'victoria_climbie'"):
        sn.load_case("victoria_climbe")


@pytest.mark.parametrize("name", ["malachi_subecz", "max", "reuben", "victoria_climbie", "worked_example"])
def test_every_packaged_case_reads_without_a_problem(name):
    case = sn.load_case(name)
    assert case.id == name
    assert case.title
