"""CSV: rows, quotes, and what goes wrong with them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.csv_folder import as_csv as bytes_of
from safetynet.io.csv_folder import parse
from safetynet.io.writing import write_case
from tests.io.small import as_csv, as_json, tables


def faults(folder: Path, name: str, text: str) -> pd.DataFrame:
    (folder / f"{name}.csv").write_bytes(text.encode())
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    return caught.value.problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return as_csv(tmp_path / "lewis", tables())


def test_a_byte_order_mark_changes_nothing(folder: Path) -> None:
    before = read_case(folder)
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_case(folder) == before


def test_every_sort_of_line_end_is_read(folder: Path) -> None:
    before = read_case(folder)
    for end in (b"\n", b"\r"):
        path = folder / "people.csv"
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end))
        assert read_case(folder) == before


def test_a_row_with_too_few_or_too_many_cells_is_named_once(folder: Path) -> None:
    # the second row lacks kind, the third has a comma too many; neither is also called a bad kind
    found = faults(folder, "people", "id,name,kind\nk1,Kim,child\np1,Visitor\np2,Teacher,at school,professional\n")
    assert [tuple(row) for row in found[["table", "row", "problem"]].itertuples(index=False)] == [
        ("people", "3", "the row has 2 cells, and the header has 3."),
        ("people", "4", "the row has 4 cells, and the header has 3."),
    ]
    assert "double quotes" in found["hint"][1]


def test_blank_rows_are_passed_over_and_counted(folder: Path) -> None:
    text = "\nid,name,kind\n\nk1,Kim,child\np1,Visitor,professional\n,,\np2,Teacher,profesional\n,,\n\n"
    found = faults(folder, "people", text)
    assert found["row"].tolist() == ["7"]  # blank, header, blank, k1, p1, blank, p2


def test_rows_are_counted_as_a_spreadsheet_does_when_a_cell_has_several_lines(folder: Path) -> None:
    found = faults(folder, "people", 'id,name,kind\nk1,"Kim\nor\nKimmy",child\np1,V,professional\np2,T,profesional\n')
    assert found["row"].tolist() == ["4"]


def test_a_repeated_and_a_nameless_column_are_named(folder: Path) -> None:
    found = faults(folder, "people", "id,name,kind,,name\nk1,Kim,child,x,y\np1,V,professional,,\np2,T,professional,,\n")
    assert found["problem"].tolist() == [
        "column D has no name.",
        "the column 'name' is there twice (columns B and E).",
    ]


def test_columns_at_the_end_without_name_and_cells_are_passed_over(folder: Path) -> None:
    path = folder / "people.csv"
    before = read_case(folder)
    path.write_text("\n".join(line + ",," for line in path.read_text().splitlines()))
    assert read_case(folder) == before


@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("first", ["", "sep={sign}\r\n", '"sep={sign}"\n'])
def test_cells_separated_by_another_sign_are_read(folder: Path, sign: str, first: str) -> None:
    before = read_case(folder)
    path = folder / "people.csv"
    path.write_text(first.format(sign=sign) + path.read_text().replace(",", sign))
    assert read_case(folder) == before


def test_rows_are_counted_with_the_line_that_names_the_separator(folder: Path) -> None:
    found = faults(folder, "people", "sep=;\nid;name;kind\nk1;Kim;child\np1;V;professional\np2;T;profesional\n")
    assert found["row"].tolist() == ["5"]


def test_a_quote_that_never_ends_is_named_with_the_row_where_it_starts(folder: Path) -> None:
    found = faults(folder, "people", 'id,name,kind\nk1,Kim,child\np1,"Visitor,professional\np2,Teacher,professional\n')
    assert found[["table", "row"]].to_numpy().tolist() == [["people", "3"]]
    assert "never ends" in found["problem"][0]


def test_a_missing_column_is_named_with_the_one_that_looks_like_it(folder: Path) -> None:
    found = faults(folder, "people", "id,called,kind\nk1,Kim,child\np1,V,professional\np2,T,professional\n")
    assert found["problem"].tolist() == ["the column 'name' is missing."]
    found = faults(folder, "people", "id,Names,kind\nk1,Kim,child\np1,V,professional\np2,T,professional\n")
    assert found["problem"].tolist() == ["the column 'Names' is nearly 'name', which the table does not have."]


def test_the_longest_cell_that_other_programs_may_read_stays_what_it_was() -> None:
    before = csv.field_size_limit()
    parse("a,b\n" + "x" * 200_000 + ",y\n")
    assert csv.field_size_limit() == before


def test_only_cells_that_need_quotes_get_them() -> None:
    # a comma, a quote, a line end: quoted; a space, an apostrophe, an empty cell: not
    assert bytes_of(["a", "b"], [["x y", ""], ["1,2", 'say "no"'], ["'tis", "up\ndown"]]) == (
        b'a,b\nx y,\n"1,2","say ""no"""\n\'tis,"up\ndown"\n'
    )
    assert bytes_of(["a"], [[""]]) == b'a\n""\n'


def test_a_text_that_looks_like_a_formula_is_written_with_an_apostrophe_and_read_without(
    tmp_path: Path,
) -> None:
    content = tables()
    for row in content["chronology"]:
        row |= {"basis": "'-", "summary": '=HYPERLINK("x")', "=mine": "@"}
    case = read_case(as_json(tmp_path / "formulas", content))
    written = write_case(case, tmp_path / "out")
    text = (written / "chronology.csv").read_text()
    assert text.splitlines()[0].endswith(",basis,summary,'=mine")
    assert text.splitlines()[1].endswith(""",''-,"'=HYPERLINK(""x"")",'@""")
    assert read_case(written) == case


def test_a_folder_that_may_not_be_read_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def closed(self: Path) -> bytes:
        if self.name == "people.csv":
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    assert caught.value.problems["problem"].tolist() == ["'people.csv' cannot be opened (Permission denied)."]
