"""The packaged cases."""

from __future__ import annotations

import pytest

import safetynet as sn

NAMES = ["khyra_ishaq", "malachi_subecz", "max", "pelka", "reuben", "victoria_climbie", "worked_example"]


def test_seven_cases_are_packaged_and_listed_with_their_sizes():
    table = sn.list_cases().set_index("name")
    assert list(table.index) == NAMES
    # counted in the files
    sizes = table[["people", "professionals", "concerns", "rows"]]
    assert sizes.loc["victoria_climbie"].tolist() == [53, 40, 32, 252]
    assert sizes.loc["khyra_ishaq"].tolist() == [24, 15, 14, 76]
    assert sizes.loc["pelka"].tolist() == [21, 16, 15, 84]
    assert sizes.loc["worked_example"].tolist() == [6, 4, 3, 6]


def test_a_case_says_itself_whether_it_is_real():
    real = sn.list_cases().set_index("name")["real"]
    published = ["khyra_ishaq", "malachi_subecz", "pelka", "victoria_climbie"]
    assert real[real == "real, published"].index.tolist() == published
    assert real[real == "illustrative"].index.tolist() == ["max", "reuben", "worked_example"]
    assert all(sn.load_case(name).status == "published" for name in published)
    assert sn.load_case("max").status == "illustrative"


def test_the_list_has_the_dtypes_of_its_columns():
    table = sn.list_cases()
    assert table["start"].dtype == "datetime64[s]"
    assert str(table.loc[table["name"] == "worked_example", "end"].item().date()) == "2024-01-30"
    assert {str(table[column].dtype) for column in ("people", "agencies", "concerns", "rows")} == {"Int64"}


def test_a_misspelt_name_answers_with_the_nearest():
    with pytest.raises(sn.UnknownNameError, match="'victoria_climbie'"):
        sn.load_case("victoria_climbe")


@pytest.mark.parametrize("name", NAMES)
def test_every_packaged_case_reads_without_a_problem(name):
    case = sn.load_case(name)
    assert case.id == name
    assert case.title
