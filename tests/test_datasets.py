"""The packaged cases."""

from __future__ import annotations

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.schema import TABLES
from safetynet.case.vocabulary import ROW_KINDS

NAMES = [
    "harbour_street",
    "khyra_ishaq",
    "malachi_subecz",
    "max",
    "pelka",
    "reuben",
    "victoria_climbie",
    "worked_example",
]


def test_eight_cases_are_packaged_and_listed_with_their_sizes():
    table = sn.list_cases().set_index("name")
    assert list(table.index) == NAMES
    # counted in the files
    sizes = table[["people", "professionals", "concerns", "rows"]]
    assert sizes.loc["victoria_climbie"].tolist() == [53, 40, 32, 252]
    assert sizes.loc["khyra_ishaq"].tolist() == [24, 15, 14, 76]
    assert sizes.loc["pelka"].tolist() == [21, 16, 15, 84]
    assert sizes.loc["harbour_street"].tolist() == [22, 15, 15, 127]
    assert sizes.loc["worked_example"].tolist() == [6, 4, 3, 6]


def test_a_case_says_itself_whether_it_is_real():
    real = sn.list_cases().set_index("name")["real"]
    published = ["khyra_ishaq", "malachi_subecz", "pelka", "victoria_climbie"]
    assert real[real == "real, published"].index.tolist() == published
    assert real[real == "illustrative"].index.tolist() == ["harbour_street", "max", "reuben", "worked_example"]
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


def test_the_case_made_for_teaching_uses_every_table_every_column_and_every_kind_of_row():
    case = sn.load_case("harbour_street")
    for table in TABLES:
        frame = pd.DataFrame(columns=case._raw[table.name].columns, data=list(case._raw[table.name].rows))
        for column in table.names:
            assert (frame[column] != "").any() or column == "harm_date", (table.name, column)
    assert set(case.chronology["kind"]) == set(ROW_KINDS)
    assert len(case._records.children) == 2
    assert len(case.warnings) == 0


def test_the_case_made_for_teaching_has_what_worked_as_well_as_what_did_not():
    table = sn.findings(sn.load_case("harbour_street"))
    worked = set(table.loc[table["side"] == "strength", "kind"])
    assert worked >= {
        "childs_word_at_the_table",
        "kept_alive_and_done_in_time",
        "joined_for_the_first_time",
        "challenged_and_settled",
        "told_again_until_heard",
        "all_holders_at_one_table",
        "first_hand_at_the_table",
    }
    # read in the rows: refused in December, a letter that lay four weeks, a message to a closed address
    assert {"request_declined", "received_late", "not_received"} <= set(table.loc[table["side"] == "gap", "kind"])


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("2022-11-14", "2022-11-28", "tm"),  # bruises and the night call on one record
        ("2023-02-14", "2023-02-16", "sw1"),  # what the doctor heard reaches the social worker
        ("2023-06-05", "2023-06-06", "chr"),  # the drawing is on the table
    ],
)
def test_each_moment_of_the_case_made_for_teaching_joins_what_nobody_who_decides_had(before, after, who):
    case = sn.load_case("harbour_street")
    known = sn.knowledge(case, "recorded")
    had, has = (set(table.columns[table.loc[who] == "certain"]) for table in map(known.state, (before, after)))
    gravest = {"tm": {"c03", "c05"}, "sw1": {"c08"}, "chr": {"c10", "c11"}}[who]
    assert gravest.isdisjoint(had)
    assert gravest <= has
