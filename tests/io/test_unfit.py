"""What a format cannot hold is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from safetynet.case import Case
from safetynet.case.records import RawTable
from safetynet.io.cases import read_case
from safetynet.io.unfit import UnfitTextError
from safetynet.io.writing import write_case
from tests.io.small import tables


def case_with(**cells: str) -> Case:
    content = tables()
    content["concerns"][0] |= cells
    # not through a DataFrame: that may refuse half a character itself
    return Case._from_raw(
        {name: RawTable(tuple(rows[0]), tuple(tuple(row.values()) for row in rows)) for name, rows in content.items()},
        name="lewis",
    )


def test_a_cell_too_long_for_excel_is_refused_and_other_formats_take_it(tmp_path: Path) -> None:
    case = case_with(summary="x" * 32_768)
    with pytest.raises(UnfitTextError) as caught:
        write_case(case, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
    found = caught.value.problems
    assert found[["table", "column"]].to_numpy().tolist() == [["concerns", "summary"]]
    assert "'c1'" in found["problem"][0]
    assert "32,768" in found["problem"][0]
    assert ".json" in found["hint"][0]
    for name in ("csv", "out.json"):
        assert read_case(write_case(case, tmp_path / name)) == case


@pytest.mark.parametrize("text", ["x" * 32_767, "\U0001f9f8" * 16_383, "=" + "x" * 32_765, "x" + "\r" * 4_680])
def test_the_longest_cell_that_excel_holds_comes_back_whole(tmp_path: Path, text: str) -> None:
    # 32,767 characters; emoji count two; the apostrophe counts one; a return is a code of seven
    case = case_with(note=text)
    assert read_case(write_case(case, tmp_path / "out.xlsx")) == case


@pytest.mark.parametrize("text", ["\U0001f9f8" * 16_384, "=" + "x" * 32_766, "x" + "\r" * 4_681])
def test_one_character_more_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnfitTextError):
        write_case(case_with(note=text), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["csv", "out.xlsx", "out.json"])
def test_half_a_character_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnfitTextError, match="half a character") as caught:
        write_case(case_with(note="a\ud800b", **{"\udfff": "x"}), tmp_path / name)
    assert len(caught.value.problems) == 2  # the cell and the name of the other column
    str(caught.value).encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["csv", "out.xlsx", "out.json"])
def test_a_column_without_a_name_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnfitTextError, match="no name"):
        write_case(case_with(**{" ": "x"}), tmp_path / name)


def test_the_error_survives_a_trip_to_another_process(tmp_path: Path) -> None:
    import pickle

    with pytest.raises(UnfitTextError) as caught:
        write_case(case_with(note="x" * 40_000), tmp_path / "out.xlsx")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problems.equals(caught.value.problems)


def test_the_story_is_not_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(UnfitTextError) as caught:
        write_case(case_with(note="secret " * 9_000), tmp_path / "out.xlsx")
    assert "secret" not in str(caught.value)
