"""Names beside ids, in any table of results."""

import pandas as pd
import pytest

import safetynet as sn
from safetynet.tidy import COLUMNS, NAMED
from tests import builder
from tests.test_every_function import FUNCTIONS, NO_IDS, ask, tables_in


@pytest.fixture
def case():
    """Ann of the school told Bo, who is of no agency, of two worries."""
    people = pd.DataFrame(
        [["k", "Kim", "child", ""], ["a", "Ann  Ash", "professional", "s"], ["b", "Bo", "professional", ""]],
        columns=["id", "name", "kind", "agency"],
    )
    agencies = pd.DataFrame([["s", "The School", "education"]], columns=["id", "name", "sector"])
    summaries = ["bruise on the left arm", "often hungry"]
    concerns = pd.DataFrame({"id": ["c1", "c2"], "about": "k", "category": "physical", "severity": "3"})
    rows = [["r1", "2020-03-01", "told", "a", "b", "phone", "c1;c2"]]
    chronology = pd.DataFrame(rows, columns=["id", "date", "kind", "who", "to", "channel", "concerns"])
    concerns["summary"] = summaries
    return sn.Case(people=people, agencies=agencies, concerns=concerns, chronology=chronology)


def test_names_stand_behind_the_ids_of_their_column(case):
    table = pd.DataFrame({"holder": ["a", "b", "s"], "days": [1, 2, 3], "concerns": [("c1", "c2"), (), ("c2",)]})
    made = sn.labelled(table, case)
    assert made.columns.tolist() == ["holder", "holder_name", "days", "concerns", "concerns_names"]
    assert made["holder_name"].tolist() == ["Ann Ash", "Bo", "The School"]
    assert made["concerns_names"].tolist() == ["bruise on the left arm; often hungry", "", "often hungry"]
    assert table.columns.tolist() == ["holder", "days", "concerns"]


def test_ids_in_the_index_have_their_names_in_the_first_column(case):
    table = pd.DataFrame({"value": [0.5]}, index=pd.Index(["c1"], name="concern"))
    made = sn.labelled(table, case)
    assert made.columns.tolist() == ["concern_name", "value"]
    assert made.loc["c1", "concern_name"] == "bruise on the left arm"


def test_a_table_that_was_written_to_a_file_and_read_again_has_the_same_names(case, tmp_path):
    table = sn.findings(sn.load_case("reuben"))
    sn.write_table(table, tmp_path / "t.csv")
    again = sn.labelled(pd.read_csv(tmp_path / "t.csv"), sn.load_case("reuben"))
    whole = sn.labelled(table, sn.load_case("reuben"))
    for name in ("people_names", "agencies_names", "concerns_names"):
        assert again[name].tolist() == whole[name].tolist()


def test_twice_is_as_once_and_a_heading_that_is_taken_is_left(case):
    table = pd.DataFrame({"person": ["a"], "person_name": ["my own"]})
    assert sn.labelled(table, case).equals(table)
    once = sn.labelled(table[["person"]], case)
    assert sn.labelled(once, case).equals(once)


def test_a_number_of_people_is_no_id(case):
    table = sn.scores_over_time(case)
    assert sn.labelled(table, case).equals(table)


def test_an_empty_table_has_the_columns_of_a_full_one():
    case = sn.load_case("worked_example")
    table = sn.findings(case)
    assert sn.labelled(table.iloc[:0], case).columns.tolist() == sn.labelled(table, case).columns.tolist()


def test_a_table_of_another_case_is_refused_with_what_to_give(case):
    with pytest.raises(sn.errors.ArgumentError, match=r"not in the case .*: zz\. Give the case that the table is of"):
        sn.labelled(pd.DataFrame({"person": ["a", "zz"]}), case)
    with pytest.raises(sn.errors.ArgumentError, match=r"a Score is no table\. .* of a score its \.table"):
        sn.labelled(sn.fragmentation(case), case)


@pytest.mark.parametrize("name", ["harbour_street", "worked_example"])
def test_every_table_of_a_case_takes_names_and_no_column_of_ids_is_left_out(name):
    """By what stands in the cells: a column of ids and nothing else is one that the registry says is named."""
    case = sn.load_case(name)
    records = case._records
    known = {*records.people, *records.agencies, *records.concerns}
    for function in FUNCTIONS.values():
        for table in tables_in(ask(function, case, None)):
            made = sn.labelled(table, case)
            assert made[table.columns].equals(table)
            for column in table.columns:
                if column in COLUMNS and COLUMNS[column].holds in ("ids", "text"):
                    cells = [cell if isinstance(cell, tuple) else (cell,) for cell in table[column]]
                    ids = {one for cell in cells for one in cell if one}
                    if ids and ids <= known and not NO_IDS.search(column):  # a lane may be a sector
                        assert column in NAMED, column


def test_each_named_column_is_a_column():
    assert COLUMNS.keys() >= NAMED
    assert {COLUMNS[one].holds for one in NAMED} == {"ids", "text"}


def test_nobody_is_in_the_case_of_the_builder_that_has_nobody():
    case = builder.nobody()
    assert sn.labelled(sn.findings(case), case).empty
