"""A study: many cases asked the same, whatever form they are in and whoever does the work."""

from __future__ import annotations

import datetime as dt
import math
import shutil
from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from safetynet.datasets import folder
from safetynet.measures.headline import NAMES
from tests.study import cohorts


def test_the_scores_of_a_study_are_those_of_each_case() -> None:
    table = sn.read_study(folder()).scores().set_index("case")
    assert list(table.index) == sn.list_cases()["name"].tolist()
    for name in table.index:
        alone = sn.scores(sn.load_case(name))
        pd.testing.assert_series_equal(table.loc[name, list(NAMES)].astype(float), alone, check_names=False)


def test_a_line_says_what_the_case_says_of_itself_and_how_deep_its_record_is() -> None:
    line = sn.read_study(folder()).scores().set_index("case").loc["worked_example"]
    rows = sn.load_case("worked_example").chronology
    assert (line["rows"], line["sources"]) == (len(rows), 0)
    assert line["at"] == pd.Timestamp("2024-01-30")
    assert line["months"] == pytest.approx(21 / (365.25 / 12), abs=0.005)  # 10 to 30 January, both days counted
    assert sn.read_study(folder()).scores().set_index("case").loc["victoria_climbie", "area"] == "London"


def test_what_is_wrong_in_one_case_is_told_with_its_name_and_the_others_are_scored(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort")
    whole = sn.read_study(place).scores()
    cohorts.break_case(place / "reuben")
    study = sn.read_study(place)
    table = study.scores()
    expected = whole[whole["case"] != "reuben"].reset_index(drop=True)
    pd.testing.assert_frame_equal(table, expected)
    assert set(study.problems["case"]) == {"reuben"}
    assert study.problems.loc[0, "table"] == "chronology"
    assert list(study.problems.columns) == ["case", "table", "row", "column", "value", "problem", "hint"]


def test_problems_are_looked_for_when_nothing_was_asked_yet(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "max", "worked_example")
    cohorts.break_case(place / "max")
    assert set(sn.read_study(place).problems["case"]) == {"max"}
    assert [case.id for case in sn.read_study(place)] == ["worked_example"]


def test_a_strict_study_stops_at_the_first_case_with_problems(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort")
    cohorts.break_case(place / "reuben")
    with pytest.raises(sn.CaseError, match="reuben") as caught:
        sn.read_study(place, strict=True).scores()
    assert len(caught.value.problems) > 0


def test_folders_workbooks_and_json_files_stand_side_by_side_in_one_study(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "max")
    (place / "2024").mkdir()
    sn.write_case(sn.load_case("reuben"), place / "2024" / "reuben.xlsx")
    sn.write_case(sn.load_case("worked_example"), place / "max.json")
    (place / "_notes").mkdir()
    (place / "readme.txt").write_text("not a case")
    study = sn.read_study(place)
    assert study.scores()["case"].tolist() == ["2024/reuben", "max", "max.json"]
    assert repr(study) == "<Study 'cohort': 3 cases>"


@pytest.mark.slow
@pytest.mark.parametrize("shuffled", [False, True])
def test_parquet_tables_give_what_the_folders_give(shuffled: bool, tmp_path: Path) -> None:
    names = sn.list_cases()["name"].tolist()
    tables = sn.read_study(cohorts.as_tables(tmp_path / "tables", *names, shuffled=shuffled))
    folders = sn.read_study(folder())
    assert len(tables) == len(names)
    left, right = tables.scores(), folders.scores()
    pd.testing.assert_frame_equal(left[right.columns], right)
    pd.testing.assert_frame_equal(tables.findings(), folders.findings())


def test_a_case_of_parquet_tables_with_a_fault_is_told_with_its_name(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables")
    chronology = pd.read_parquet(place / "chronology.parquet")
    first = chronology.index[chronology["case"] == "max"][2]
    chronology.loc[first, "kind"] = "spoke"
    chronology.to_parquet(place / "chronology.parquet", index=False)
    study = sn.read_study(place)
    assert study.scores()["case"].tolist() == ["reuben", "worked_example"]
    assert study.problems[["case", "table", "row", "column"]].iloc[0].tolist() == ["max", "chronology", "3", "kind"]


def test_rows_of_no_case_are_a_problem_and_no_case(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables")
    people = pd.read_parquet(place / "people.parquet")
    more = people.iloc[[0, 1]].assign(case=[None, " "])
    pd.concat([people, more]).to_parquet(place / "people.parquet", index=False)
    study = sn.read_study(place)
    assert study.scores()["case"].tolist() == list(cohorts.NAMES)
    assert study.problems[["case", "table", "problem"]].values.tolist() == [["", "people", "2 rows name no case."]]


def test_the_names_of_cases_may_be_numbers(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables")
    for path in place.iterdir():
        table = pd.read_parquet(path)
        table["case"] = table["case"].map({"max": 10, "reuben": 9, "worked_example": 100})
        table.to_parquet(path, index=False)
    assert sn.read_study(place).scores()["case"].tolist() == ["10", "100", "9"]


def test_tables_that_are_no_study_are_told_all_at_once(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables")
    (place / "concerns.parquet").unlink()
    pd.DataFrame({"a": [1]}).to_parquet(place / "peeple.parquet")
    pd.DataFrame({"need": ["x"]}).to_parquet(place / "services.parquet")
    with pytest.raises(sn.CaseError) as caught:
        sn.read_study(place)
    said = " ".join(caught.value.problems["problem"])
    assert "there is no concerns.parquet" in said
    assert "'peeple.parquet' is no table" in said
    assert "'services.parquet' has no column 'case'" in said


@pytest.mark.parametrize("what", ["nothing", "file", "empty", "one case"])
def test_what_is_no_study_is_answered(what: str, tmp_path: Path) -> None:
    place = tmp_path / "cohort"
    if what == "file":
        place.write_text("x")
    elif what == "empty":
        place.mkdir()
    elif what == "one case":
        shutil.copytree(folder() / "max", place)
    with pytest.raises(sn.ArgumentError, match="study"):
        sn.read_study(place)


def test_an_attribute_with_the_name_of_a_column_keeps_both(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "worked_example")
    path = place / "worked_example" / "case.csv"
    path.write_text("id,title,rows,index,people\nworked_example,An example,many,a,b\n", encoding="utf-8")
    line = sn.read_study(place).scores().iloc[0]
    assert (line["attribute_rows"], line["index"], line["attribute_people"]) == ("many", "a", "b")
    assert (line["rows"], line["people"]) == (6, 4)


@pytest.mark.slow
def test_scores_over_time_findings_and_matters_are_those_of_each_case() -> None:
    study = sn.read_study(folder())
    case = sn.load_case("reuben")
    over = study.scores_over_time()
    mine = over[over["case"] == "reuben"].drop(columns="case").set_index("date")
    pd.testing.assert_frame_equal(mine, sn.scores_over_time(case), check_names=False, check_index_type=False)
    for asked, alone in ((study.findings(), sn.findings(case)), (study.matters(), sn.matters(case))):
        mine = asked[asked["case"] == "reuben"].drop(columns="case").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone)


def test_rules_and_hindsight_are_followed() -> None:
    study, rules = sn.read_study(folder()), sn.Rules(dates="earliest")
    table = study.scores("2023-06-01", rules=rules).set_index("case")
    alone = sn.scores(sn.load_case("max"), "2023-06-01", rules=rules)
    pd.testing.assert_series_equal(table.loc["max", list(NAMES)].astype(float), alone, check_names=False)
    seen = study.findings("2023-06-01", hindsight=False)
    mine = seen[seen["case"] == "max"].drop(columns="case").reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, sn.findings(sn.load_case("max"), "2023-06-01", hindsight=False))


@pytest.mark.slow
def test_an_empty_table_has_the_dtypes_of_a_full_one(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "worked_example")
    cohorts.break_case(place / "worked_example")
    empty, full = sn.read_study(place), sn.read_study(folder())
    for name in ("scores", "scores_over_time", "findings", "matters", "problems"):
        left, right = (getattr(one, name) for one in (empty, full))
        none, some = (left, right) if name == "problems" else (left(), right())
        for column in none.columns:
            assert none[column].dtype == some[column].dtype, (name, column)
    assert empty.scores().empty


@pytest.mark.slow
def test_the_numbers_are_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", *sn.list_cases()["name"])
    cohorts.break_case(place / "max")
    tables = cohorts.as_tables(tmp_path / "tables", *sn.list_cases()["name"])
    one, two = sn.read_study(place), sn.read_study(place)
    pd.testing.assert_frame_equal(one.scores(workers=1), two.scores(workers=3))
    pd.testing.assert_frame_equal(one.problems, two.problems)
    study = sn.read_study(tables)
    pd.testing.assert_frame_equal(study.matters(workers=1), study.matters(workers=2))


@pytest.mark.slow
@pytest.mark.sockets
def test_a_cluster_of_the_users_own_gives_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    place = cohorts.copied(tmp_path / "cohort")
    cohorts.break_case(place / "max")
    tables = cohorts.as_tables(tmp_path / "tables")
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        for path in (place, tables):
            study = sn.read_study(path)
            pd.testing.assert_frame_equal(study.scores(client=client), study.scores())
        with pytest.raises(sn.ArgumentError, match="workers= and client="):
            study.scores(client=client, workers=2)
    with pytest.raises(sn.ArgumentError, match="has been closed"):
        study.scores(client=client)


@pytest.mark.parametrize("workers", [0, -1, 1.5, "two", True])
def test_what_is_no_number_of_processes_is_answered(workers: object) -> None:
    with pytest.raises(sn.ArgumentError, match="workers="):
        sn.read_study(folder()).scores(workers=workers)  # type: ignore[arg-type]


def test_what_is_no_cluster_is_answered() -> None:
    with pytest.raises(sn.ArgumentError, match="client="):
        sn.read_study(folder()).scores(client="my cluster")


def test_an_error_of_ours_says_in_which_case_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> dict[str, float]:
        raise ZeroDivisionError("as a fault of ours would be")

    monkeypatch.setattr("safetynet.study.asking.numbers", broken)
    with pytest.raises(ZeroDivisionError) as caught:
        sn.read_study(folder()).scores()
    assert caught.value.__notes__ == ["It is the case 'harbour_street' of the study."]


def test_a_case_without_the_day_has_no_number_and_says_why() -> None:
    line = sn.read_study(folder()).scores("first conference").set_index("case").loc["reuben"]
    assert line["reason"] == "no conference on record"
    assert line["at"] is pd.NaT
    assert all(math.isnan(line[name]) for name in NAMES)
    assert line["rows"] == len(sn.load_case("reuben").chronology)


def test_days_before_harm_are_counted_from_the_first_day_on_which_it_may_have_happened() -> None:
    case = sn.load_case("victoria_climbie")
    assert case.harm_date is not None
    table = sn.read_study(folder()).scores("90 days before harm").set_index("case")
    assert table.loc["victoria_climbie", "at"].date() == case.harm_date - dt.timedelta(days=90)
    assert table.loc["worked_example", "reason"] == "no day of harm on record"


@pytest.mark.slow
def test_the_contacts_of_a_study_are_those_of_its_cases_whoever_asks(tmp_path: Path) -> None:
    study = sn.read_study(cohorts.copied(tmp_path / "cohort"))
    alone = sn.contact_events([sn.load_case(name) for name in sorted(cohorts.NAMES)])
    pd.testing.assert_frame_equal(study.contact_events(), alone)
    pd.testing.assert_frame_equal(study.contact_events(workers=2), alone)
    assert study.contact_events("first conference").empty  # none of them had one
    early = study.contact_events("2024-01-20")
    assert early["date"].max() <= pd.Timestamp("2024-01-20")


def test_cases_beside_the_tables_of_a_study_are_not_left_out_without_a_word(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet is the extra `study`")
    place = cohorts.as_tables(tmp_path / "cohort")
    sn.write_case(sn.load_case("max"), place / "one_more.xlsx")
    cohorts.copied(place / "north", "max")
    with pytest.raises(sn.ArgumentError, match=r"2 cases in files or folders: 'north/max', 'one_more\.xlsx'"):
        sn.read_study(place)
    (place / "one_more.xlsx").rename(place / "_one_more.xlsx")
    (place / "north").rename(place / "_north")
    assert len(sn.read_study(place)) == 3


def test_a_workbook_of_a_kind_that_cannot_be_read_is_told_with_its_name(tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "max")
    (place / "older.xls").write_bytes(b"x")
    study = sn.read_study(place)
    assert study.scores()["case"].tolist() == ["max"]
    assert study.problems["case"].tolist() == ["older"]
    assert ".xlsx" in study.problems.loc[0, "hint"]


def test_links_to_cases_are_cases_and_one_to_nowhere_is_told(tmp_path: Path) -> None:
    whole, place = cohorts.copied(tmp_path / "all"), tmp_path / "some"
    place.mkdir()
    try:
        (place / "max").symlink_to(whole / "max", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    (place / "gone.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    (place / "round").symlink_to(place, target_is_directory=True)  # and one that leads back is not followed
    study = sn.read_study(place)
    assert len(study) == 2
    assert [case.id for case in study] == ["max"]
    assert study.problems["case"].tolist() == ["gone"]
    assert "a link to what is not there" in study.problems.loc[0, "problem"]
