"""What would blow up, wait for ever or recurse is refused early and by name."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from safetynet.errors import CaseError
from safetynet.io import limits
from safetynet.io.cases import read_case
from tests.io.small import WRITERS, as_csv, as_xlsx, tables


def faults(path: Path) -> pd.DataFrame:
    with pytest.raises(CaseError) as caught:
        read_case(path)
    return caught.value.problems


def with_rows(path: Path, rows: bytes) -> Path:
    """The workbook with further rows in its first sheet."""
    made = path.with_name("made.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"</sheetData>", rows + b"</sheetData>") if "sheet1" in name else data)
    return made


def cell(place: str, text: bytes) -> bytes:
    return b'<c r="%b" t="inlineStr"><is><t>%b</t></is></c>' % (place.encode(), text)


def test_cells_in_the_last_column_make_one_problem_and_no_sheet_full_of_blanks(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d">%b</row>' % (row, cell(f"XFD{row}", b"x")) for row in range(9, 2009))
    found = faults(with_rows(as_xlsx(tmp_path / "lewis", tables()), rows))
    assert "column XFD has no name." in found["problem"].tolist()


@pytest.mark.slow
def test_a_part_that_unfolds_too_far_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = with_rows(as_xlsx(tmp_path / "lewis", tables()), b'<row r="9">' + cell("A9", b"a" * 200_000_000) + b"</row>")
    assert path.stat().st_size < 1_000_000
    found = faults(path)
    assert "unfolds to 200 million bytes; all parts together may have 150" in found["problem"][0]


def test_a_workbook_of_too_many_cells_or_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    monkeypatch.setattr("safetynet.io.xlsx.MOST_CELLS", 20)
    assert "more than 20 cells" in faults(path)["problem"][0]
    monkeypatch.setattr(limits, "MOST_PARTS", 5)
    assert "at most 5" in faults(path)["problem"][0]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    assert "at most 0" in faults(as_xlsx(tmp_path / "lewis", tables()))["problem"][0]
    assert "million bytes" in faults(as_csv(tmp_path / "lewis", tables()))["problem"][0]


def test_entities_in_the_xml_of_a_workbook_are_not_unfolded(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    made = tmp_path / "made.xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "xl/workbook.xml" else source.read(name))
    assert "cannot be opened" in faults(made)["problem"][0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes of that sort here")
@pytest.mark.parametrize("name", ["lewis.json", "lewis.xlsx", "lewis.ods", "lewis/people.csv"])
def test_a_pipe_or_a_link_to_a_device_is_refused_and_nothing_waits_for_it(tmp_path: Path, name: str) -> None:
    as_csv(tmp_path / "lewis", tables())
    place = tmp_path / name
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    asked = tmp_path / "lewis" if name.endswith("csv") else place
    assert "no ordinary file" in " ".join(faults(asked)["problem"])
    place.unlink()
    place.symlink_to("/dev/zero")
    assert "no ordinary file" in " ".join(faults(asked)["problem"])


@pytest.mark.parametrize("depth", [500, 100_000])
def test_deeply_nested_json_is_a_problem(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "lewis.json"
    lists, objects = "[" * depth + "]" * depth, '{"a": ' * depth + "1" + "}" * depth
    for text in (lists, f'{{"people": [{{"id": {lists}}}]}}', f'{{"people": {objects}}}'):
        path.write_text(text)
        assert len(faults(path)) > 0


@pytest.mark.parametrize("form", list(WRITERS))
def test_a_whole_number_of_five_thousand_digits_is_a_problem(tmp_path: Path, form: str) -> None:
    content = tables()
    content["concerns"][0]["severity"] = "9" * 5000
    found = faults(WRITERS[form](tmp_path / "lewis", content))
    assert "not a whole number from 0 to 4" in found["problem"][0]


def test_a_frame_with_such_a_number_is_a_problem_too() -> None:
    from safetynet.case import Case

    frames = {name: pd.DataFrame(rows) for name, rows in tables().items()}
    frames["concerns"]["severity"] = [10**5000]
    with pytest.raises(CaseError):
        Case(**frames)


def test_a_cell_of_very_many_unknown_ids_names_some_and_counts_all(tmp_path: Path) -> None:
    content = tables()
    content["chronology"][0]["concerns"] = ";".join(f"u{number}" for number in range(20_000))
    found = faults(as_csv(tmp_path / "lewis", content))
    assert len(found) == 1001
    assert "20,000 ids" in found["hint"].tolist()[-1]


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    """The small case as a folder of Parquet files."""
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "lewis"
    folder.mkdir()
    for name, rows in tables().items():
        parquet.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
    return folder


def test_repeated_texts_in_parquet_are_not_written_out(columns: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    read_case(columns)
    texts = pa.array(["x" * 1000]).dictionary_encode().take(pa.array([0] * 500_000, pa.int32()))
    parquet.write_table(pa.table(dict.fromkeys(("id", "name", "kind"), texts)), columns / "people.parquet")
    found = faults(columns)
    assert found["table"].tolist() == ["people"]
    assert "unfolds" in found["problem"][0]


def test_a_date_outside_the_calendar_in_parquet_is_a_problem_of_its_cell(columns: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    people = pa.Table.from_pylist(tables()["people"])
    parquet.write_table(
        people.append_column("born", pa.array([10**8, None, 3], pa.date32())), columns / "people.parquet"
    )
    found = faults(columns)
    assert found[["table", "row", "column"]].to_numpy().tolist() == [["people", "1", "born"]]
    assert "outside the calendar" in found["problem"][0]
