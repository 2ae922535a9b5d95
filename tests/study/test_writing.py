"""Tables of results as files for other programs: read back they are what they were, and a codebook says what."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

import safetynet as sn
from safetynet.datasets import folder
from safetynet.measures.headline import HEADLINES, NAMES
from safetynet.measures.meanings import MEANINGS

pyreadstat = pytest.importorskip("pyreadstat")
READ = {".sav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    return sn.read_study(folder()).scores("first conference")


def read(path: Path) -> tuple[pd.DataFrame, Any]:
    table, about = READ[path.suffix](path)
    return table, about


def test_the_codebook_has_range_and_direction_of_each_score_as_the_score_has() -> None:
    assert tuple(MEANINGS) == NAMES
    for name in ("worked_example", "max"):
        case = sn.load_case(name)
        for one in HEADLINES:
            score, said = one.score(case, None, None), MEANINGS[one.name]
            assert ((said.least, said.greatest), said.direction) == (score.range, score.direction), one.name
    assert all(one.said.endswith(".") and one.unit for one in MEANINGS.values())


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_scores_come_back_from_spss_and_stata_as_they_were(ending: str, scores: pd.DataFrame, tmp_path: Path) -> None:
    made = sn.write_table(scores, tmp_path / f"scores{ending}")
    table, about = read(made)
    assert list(table.columns) == list(scores.columns)
    numbers = ["rows", "sources", "months", *NAMES]
    pd.testing.assert_frame_equal(table[numbers].astype(float), scores[numbers].astype(float))
    for name in ("case", "outcome", "reason"):
        assert table[name].tolist() == scores[name].fillna("").tolist()
    days = [None if pd.isna(day) else day.date() for day in scores["at"]]
    assert [None if pd.isna(day) else pd.Timestamp(day).date() for day in table["at"]] == days
    labels = about.column_names_to_labels
    assert labels["fragmentation"].startswith("Fragmentation (0 to 1, higher is worse)")
    assert labels["ei_index"].startswith("E–I index of agencies (−1 to 1, higher means more contact between agencies)")
    assert labels["people"].startswith("People who have appeared (0 and more)")


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_findings_come_back_with_their_sentences_and_lists(ending: str, tmp_path: Path) -> None:
    found = sn.read_study(folder()).findings()
    table, about = read(sn.write_table(found, tmp_path / f"findings{ending}"))
    assert table["statement"].tolist() == found["statement"].tolist()
    assert table["rows"].tolist() == [";".join(one) for one in found["rows"]]
    assert table["certainty"].tolist() == found["certainty"].tolist()
    said = {".sav": "Side. gap or strength.", ".dta": "gap or strength"}  # Stata has room for 80 signs
    assert about.column_names_to_labels["side"] == said[ending]


def odd() -> pd.DataFrame:
    """A table with everything that a statistics program does not have."""
    return pd.DataFrame(
        {
            "case": ["a", "b", "c"],
            "area of birth.": ["Ærø", "", None],
            "Area_of_birth": [1, 2, 3],
            "1st": [True, False, True],
            "long": pd.array([True, None, False], dtype="boolean"),
            "a_name_that_is_longer_than_thirty_two_letters": pd.array([1, None, 3], dtype="Int64"),
            "a_name_that_is_longer_than_thirty_two_letters_too": [0.5, math.inf, math.nan],
            "born": pd.to_datetime(["2019-05-20", None, "1912-01-01"]).astype("datetime64[s]"),
            "would_have_brought": [(("p1", ("c1", "c2")), ("p2", ("c3",))), (), None],
            "unowned": [((dt.date(2020, 1, 1), dt.date(2020, 2, 1)),), (), ()],
            "mixed": ["c", 7, 120],
            "日本": ["x" * 5_000, "é" * 300, "=1+1"],
        }
    )


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_names_lists_dates_and_what_is_missing_are_brought_into_a_form_that_fits(ending: str, tmp_path: Path) -> None:
    table, about = read(sn.write_table(odd(), tmp_path / f"odd{ending}"))
    assert list(table.columns) == [
        *("case", "area_of_birth_2", "Area_of_birth", "v_1st", "long_2", "a_name_that_is_longer_than_thirt"),
        *("a_name_that_is_longer_than_thi_2", "born", "would_have_brought", "unowned", "mixed", "column"),
    ]
    labels = about.column_names_to_labels
    assert labels["area_of_birth_2"].startswith("area of birth.")
    assert labels["a_name_that_is_longer_than_thi_2"].startswith("a_name_that_is_longer_than_thirty_two_letters_too")
    assert labels["column"].startswith("日本")
    assert table["area_of_birth_2"].tolist() == ["Ærø", "", ""]
    assert table["v_1st"].tolist() == [1, 0, 1]
    assert about.variable_value_labels["v_1st"] == {0: "no", 1: "yes"} == about.variable_value_labels["long_2"]
    assert np.isnan(table["long_2"][1])
    assert table["a_name_that_is_longer_than_thirt"].fillna(-1).tolist() == [1, -1, 3]
    assert table["a_name_that_is_longer_than_thi_2"].fillna(-1).tolist() == [0.5, -1, -1]
    assert table["would_have_brought"].tolist() == ["p1:c1,c2;p2:c3", "", ""]
    assert table["unowned"].tolist() == ["2020-01-01:2020-02-01", "", ""]
    assert table["mixed"].tolist() == ["c", "7", "120"]
    assert table["column"].tolist() == ["x" * 5_000, "é" * 300, "=1+1"]
    assert pd.Timestamp(table["born"][2]).date() == dt.date(1912, 1, 1)
    assert pd.isna(table["born"][1])


def test_levels_of_severity_have_their_words_in_spss(tmp_path: Path) -> None:
    table, about = read(sn.write_table(sn.concern_status(sn.load_case("pelka")), tmp_path / "worries.sav"))
    assert set(table["severity"]) <= {1, 2, 3, 4}
    assert about.variable_value_labels["severity"] == {0: "reassurance or strength", 1: "low", 4: "grave"}
    assert about.variable_measure["severity"] == "ordinal"


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_an_empty_table_is_written_too(ending: str, scores: pd.DataFrame, tmp_path: Path) -> None:
    table, _ = read(sn.write_table(scores.iloc[:0], tmp_path / f"none{ending}"))
    assert list(table.columns) == list(scores.columns)
    assert table.empty


def test_what_would_be_lost_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    long = pd.DataFrame({"case": ["a"], "note": ["x" * 40_000]})
    with pytest.raises(sn.ArgumentError, match="'note' has a text of 40,000 bytes, and SPSS takes 32,767"):
        sn.write_table(long, tmp_path / "long.sav")
    with pytest.raises(sn.ArgumentError, match="'note' has a text of 40,000 signs, and a cell of Excel takes 32,767"):
        sn.write_table(long, tmp_path / "long.xlsx")
    assert read(sn.write_table(long, tmp_path / "long.dta"))[0]["note"].tolist() == ["x" * 40_000]
    early = pd.DataFrame({"born": pd.to_datetime(["1500-01-01"]).astype("datetime64[s]")})
    with pytest.raises(sn.ArgumentError, match="1500-01-01, and the calendar of SPSS"):
        sn.write_table(early, tmp_path / "early.sav")
    for given in (sn.fragmentation(sn.load_case("max")), 3, None, [1]):
        with pytest.raises(sn.ArgumentError, match="is no table"):
            sn.write_table(given, tmp_path / "x.csv")  # type: ignore[arg-type]
    twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(sn.ArgumentError, match="several columns 'a'"):
        sn.write_table(twice, tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["long.dta"]


def test_the_codebook_of_a_csv_stands_beside_it(scores: pd.DataFrame, tmp_path: Path) -> None:
    made = sn.write_table(scores, tmp_path / "scores.csv")
    back = pd.read_csv(made)
    pd.testing.assert_frame_equal(back[list(NAMES)].astype(float), scores[list(NAMES)].astype(float))
    book = pd.read_csv(tmp_path / "scores_codebook.csv", keep_default_na=False).set_index("column")
    assert list(book.index) == list(scores.columns)
    line = book.loc["fragmentation"]
    assert line[["label", "type", "unit", "least", "greatest", "direction"]].tolist() == [
        *("Fragmentation", "number", "share", "0", "1", "higher is worse")
    ]
    assert line["missing_is"] == "empty cell"
    assert line["cells_missing"] == scores["fragmentation"].isna().sum()
    assert book.loc["people", ["type", "unit", "greatest"]].tolist() == ["number", "people", ""]
    assert book.loc["area", "meaning"] == "What the cases say of themselves under this name, as text."
    assert book.loc["rows", "meaning"] == "How many rows the record of the case has."
    assert (book["meaning"] != "").all()


def test_a_codebook_is_replaced_and_any_other_file_is_left_alone(scores: pd.DataFrame, tmp_path: Path) -> None:
    sn.write_table(scores, tmp_path / "scores.csv")
    with pytest.raises(sn.FileInTheWayError):
        sn.write_table(scores, tmp_path / "scores.csv")
    (tmp_path / "scores.csv").unlink()
    sn.write_table(scores, tmp_path / "scores.csv")  # its codebook was left, and is one
    other = tmp_path / "mine_codebook.csv"
    other.write_text("mine")
    with pytest.raises(sn.FileInTheWayError, match="mine_codebook"):
        sn.write_table(scores, tmp_path / "mine.csv")
    assert (other.read_text(), (tmp_path / "mine.csv").exists()) == ("mine", False)
    sn.write_table(scores, tmp_path / "mine.csv", overwrite=True)
    assert other.read_text() != "mine"


def test_a_workbook_of_scores_can_be_read_as_it_opens(scores: pd.DataFrame, tmp_path: Path) -> None:
    """Excel shows a day as #### where its column has the width that it has of itself, eight signs."""
    sheet = load_workbook(sn.write_table(scores, tmp_path / "scores.xlsx"))["results"]
    wide = {head.value: sheet.column_dimensions[head.column_letter].width for head in sheet[1]}
    assert wide["at"] > len("2000-02-23")
    assert all(width > len(head) for head, width in wide.items())
    assert sheet.auto_filter.ref == sheet.dimensions


def test_the_codebook_of_a_workbook_is_its_second_sheet(tmp_path: Path) -> None:
    table = odd().drop(columns="日本").assign(signs=["a\x01b", "=1+1", ""])
    sheets = pd.read_excel(sn.write_table(table, tmp_path / "odd.xlsx"), sheet_name=None)
    assert list(sheets) == ["results", "codebook"]
    assert sheets["codebook"]["column"].tolist() == list(table.columns)
    assert sheets["results"]["would_have_brought"].fillna("").tolist() == ["p1:c1,c2;p2:c3", "", ""]
    assert sheets["results"]["signs"].fillna("").tolist()[1] == "'=1+1"


def test_parquet_keeps_lists_and_says_of_each_column_what_it_is(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = sn.read_study(folder()).matters()
    made = sn.write_table(found, tmp_path / "matters.parquet")
    back = pd.read_parquet(made)
    assert list(back.columns) == list(found.columns)
    assert [tuple(one) for one in back["rows"]] == list(found["rows"])
    assert back["date"].tolist() == found["date"].tolist()
    about = parquet.read_schema(made).field("rows").metadata
    assert about[b"meaning"].decode() == "Ids of the chronology rows behind the line, by date."
    back = pd.read_parquet(sn.write_table(odd(), tmp_path / "odd.parquet"))
    assert back["would_have_brought"].map(list).tolist() == [["p1:c1,c2", "p2:c3"], [], []]
    assert back["mixed"].tolist() == ["c", "7", "120"]
    empty = pd.read_parquet(sn.write_table(found.iloc[:0], tmp_path / "none.parquet"))
    assert list(empty.columns) == list(found.columns)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".sav", ".dta"])
def test_every_table_of_a_study_and_of_a_case_can_be_written(ending: str, tmp_path: Path) -> None:
    case, study = sn.load_case("worked_example"), sn.read_study(folder())
    both = sn.agreement(case, case)
    given: list[Any] = [study.matters(), both.table, both.disagreements, sn.scores(case), study.problems]
    given += [sn.knowledge(case).first_known(), sn.missed_opportunities(case).table, sn.who_to_ask(case, "T")]
    given += [sn.suppress_small(sn.scores(case)[["people", "agencies"]]), sn.brokerage(case), sn.agency_matrix(case)]
    given += [sn.meeting_coverage(case), sn.earliest_picture(case), sn.unowned_worries(case)]
    for place, table in enumerate(given):
        made = sn.write_table(table, tmp_path / f"{place}{ending}")
        assert made.stat().st_size > 0


def test_an_index_with_a_name_is_the_first_column(tmp_path: Path) -> None:
    case = sn.load_case("worked_example")
    back = pd.read_csv(sn.write_table(sn.scores(case), tmp_path / "scores.csv"))
    assert list(back.columns) == ["score", "worked_example"]
    assert back["score"].tolist() == list(NAMES)
    seen = pd.DataFrame({"child": ["k1", "k1", "k2", "k2"], "professional": ["gp", "sw", "gp", "sw"]})
    back = read(sn.write_table(sn.care_density(seen), tmp_path / "care.sav"))[0]
    assert back["child"].tolist() == ["k1", "k2"]
    assert back["care_density"].tolist() == [2.0, 2.0]


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_without_the_extra_the_error_names_it(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(sn.MissingExtraError, match="spss"):
        sn.write_table(pd.DataFrame({"a": [1]}), tmp_path / f"x{ending}")
