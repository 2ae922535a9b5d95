"""The empty workbook: what is in it, and that it reads when somebody has filled it in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from safetynet.case.schema import BY_NAME, TABLES
from safetynet.case.vocabulary import KINDS as ROW_KINDS_IN_WORDS
from safetynet.case.vocabulary import ROW_KINDS
from safetynet.errors import ArgumentError, CaseError, FileInTheWayError
from safetynet.io.cases import read_case
from safetynet.io.layout import LONGEST_LIST, allowed, suggestions
from safetynet.io.template import write_template
from tests.io.small import tables


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_template(tmp_path_factory.mktemp("template") / "new.xlsx")


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def filled(path: Path, content: dict[str, list[dict[str, str]]]) -> Path:
    book: Any = load_workbook(path)
    for name, rows in content.items():
        places = {cell.value: cell.column for cell in book[name][1]}
        for number, row in enumerate(rows, 2):
            for column, text in row.items():
                book[name].cell(number, places[column]).value = text or None
    book.save(path)
    return path


def headings(book: Any, table: str) -> dict[str, Any]:
    """The header cells of a sheet by what they say."""
    return {cell.value: cell for cell in book[table][1]}


def test_instructions_stand_first_and_there_is_a_sheet_for_every_table_with_every_column_and_its_help(
    path: Path,
) -> None:
    book: Any = load_workbook(path)
    assert book.sheetnames == ["_instructions", "_codebook", "_example", *BY_NAME, "_columns", "_ids"]
    assert book.active.title == "_instructions"
    for table in TABLES:
        header = headings(book, table.name)
        assert [name for name in header if not name.startswith("_")] == list(table.names)
        for column in table.columns:
            cell = header[column.name]
            assert column.help in cell.comment.text
            needed = column.required and (table.name, column.name) != ("chronology", "id")  # r1, r2 and so on
            assert cell.comment.text.startswith("Required.") == needed
            assert (cell.fill.fill_type == "solid") == needed
        assert book[table.name].auto_filter.ref.startswith("A1:")
        assert book[table.name].freeze_panes == "B2"


def test_columns_are_text_so_that_nothing_typed_is_turned_into_a_number_or_a_date(path: Path) -> None:
    book: Any = load_workbook(path)
    for table in TABLES:
        for name, cell in headings(book, table.name).items():
            look = book[table.name].column_dimensions[cell.column_letter].number_format
            assert (look == "@") == (not name.startswith("_"))


def test_every_closed_list_has_its_drop_down_and_so_have_ids(path: Path) -> None:
    book: Any = load_workbook(path)
    for table in TABLES:
        found = {str(rule.sqref): rule for rule in book[table.name].data_validations.dataValidation}
        for column in table.columns:
            letter = headings(book, table.name)[column.name].column_letter
            rule = found.pop(f"{letter}2:{letter}5000", None)
            if column.vocabulary:
                assert rule.formula1 == '"' + ",".join(column.vocabulary) + '"'
                # a channel may be another word, and so may the outcome of a row of another kind
                assert rule.showErrorMessage == (column.name not in ("channel", "outcome"))
            elif column.points_to == ("people", "agencies"):
                assert rule.formula1 == "OFFSET('_ids'!$A$2,0,0,MAX(1,'_ids'!$B$1+'_ids'!$C$1),1)"
                assert not rule.showErrorMessage
            elif column.type in ("ref", "refs") and column.points_to[0] != "chronology":
                assert rule.formula1 == f"{column.points_to[0]}!$A$2:$A$5000"
                assert BY_NAME[column.points_to[0]].names[0] in ("id", "code")
                assert not rule.showErrorMessage  # several ids may be typed, and ids that are not there yet
        assert not found


def test_who_and_to_offer_agencies_after_people_from_a_hidden_sheet(path: Path) -> None:
    book: Any = load_workbook(path)
    chronology = book["chronology"]
    for name in ("who", "to"):
        letter = headings(book, "chronology")[name].column_letter
        rules = [
            one for one in chronology.data_validations.dataValidation if str(one.sqref) == f"{letter}2:{letter}5000"
        ]
        assert [one.formula1.split("!")[0] for one in rules] == ["OFFSET('_ids'"], name
    listed = book["_ids"]
    assert listed.sheet_state == "hidden"
    assert (listed["B1"].value, listed["C1"].value) == (
        "=COUNTA(people!$A$2:$A$5000)",
        "=COUNTA(agencies!$A$2:$A$5000)",
    )
    assert listed["A2"].value == (
        "=IF(ROW()-1<=$B$1,INDEX(people!$A$2:$A$5000,ROW()-1),"
        'IF(ROW()-1<=$B$1+$C$1,INDEX(agencies!$A$2:$A$5000,ROW()-1-$B$1),""))'
    )


def test_the_codebook_has_every_kind_with_who_to_meaning_and_an_example(path: Path) -> None:
    book: Any = load_workbook(path)
    rows = {row[0]: row[1:] for row in book["_codebook"].iter_rows(min_row=2, values_only=True)}
    assert tuple(rows) == ROW_KINDS
    for kind in ROW_KINDS_IN_WORDS:
        assert rows[kind.name] == (kind.who or "– (empty)", kind.to or "– (empty)", kind.meaning, kind.example)


def test_names_stand_beside_ids_in_formulas_that_look_into_the_right_columns(path: Path) -> None:
    book: Any = load_workbook(path)
    for table, column in (
        ("people", "agency"),
        ("concerns", "about"),
        ("chronology", "who"),
        ("chronology", "concerns"),
    ):
        header = headings(book, table)
        beside = header[f"_{column}"]
        assert beside.column == header[column].column + 1
        formula = book[table].cell(2, beside.column).value
        assert f"{header[column].column_letter}2" in formula
        for target in BY_NAME[table].get(column).points_to:
            named = headings(book, target)["summary" if target == "concerns" else "name"]
            assert f"{target}!$A$2:${named.column_letter}$5000,{named.column},FALSE" in formula


@pytest.mark.slow
def test_the_example_is_shown_and_not_read_and_can_be_filled_in(path: Path, tmp_path: Path) -> None:
    shown = list(load_workbook(path)["_example"].iter_rows(values_only=True))
    assert shown[0][:3] == ("id", "date", "kind")
    assert "key = Key worker" in shown[1]
    assert len(read_case(path).chronology) == 0
    case = read_case(write_template(tmp_path / "sam.xlsx", example=True))
    assert len(case.chronology) == len(shown) - 1
    assert case.title == "Sam: an example"
    assert not case.warnings["table"].eq("people").any()


def test_the_lists_are_short_enough_for_excel() -> None:
    for table in TABLES:
        for column in table.columns:
            assert len(",".join(suggestions(column)[0])) <= LONGEST_LIST


def test_every_table_and_column_is_explained_on_the_help_sheet(path: Path) -> None:
    book: Any = load_workbook(path)
    rows = {tuple(str(value or "") for value in row[:2]): row for row in book["_columns"].iter_rows(values_only=True)}
    for table in TABLES:
        assert rows[table.name, ""][5] == table.help
        for column in table.columns:
            assert rows[table.name, column.name][5] == column.help
            assert (rows[table.name, column.name][4] or "") == allowed(column)


def test_a_filled_in_template_reads_and_sheets_left_empty_are_not_tables(path: Path) -> None:
    case = read_case(filled(path, tables()))
    assert case.people["id"].tolist() == ["k1", "p1", "p2"]
    assert set(case.tables()) == {"case", "people", "agencies", "concerns", "chronology"}


def test_sources_may_be_named_before_their_sheet_is_filled_in(path: Path) -> None:
    content = tables()
    content["chronology"][0]["source"] = "R1"
    assert read_case(filled(path, content)).chronology["source"].tolist() == ["R1", ""]


def test_a_fault_in_a_filled_in_template_is_named_like_any_other(path: Path) -> None:
    content = tables()
    content["chronology"][0]["kind"] = "obsrved"
    with pytest.raises(CaseError) as caught:
        read_case(filled(path, content))
    assert caught.value.problems[["table", "row", "column"]].to_numpy().tolist() == [["chronology", "2", "kind"]]


def test_a_word_of_ones_own_is_answered_with_the_word_of_the_format_that_it_may_be(path: Path) -> None:
    content = tables()
    content["people"][-1]["kind"] = "Maternal grandmother"
    content["chronology"][0] |= {"kind": "decided", "to": "", "outcome": "NFA"}
    with pytest.raises(CaseError) as caught:
        read_case(filled(path, content))
    hints = caught.value.problems.set_index("column")["hint"]
    assert hints["kind"].startswith("Perhaps 'support'. Possible here: child, family, support")
    assert hints["outcome"].startswith("Perhaps 'no_further_action'. Possible here: step_up")


@pytest.mark.slow
def test_a_template_is_the_same_each_time_and_never_overwrites_unasked(path: Path, tmp_path: Path) -> None:
    again = write_template(tmp_path / "again.xlsx")
    assert again.read_bytes() == path.read_bytes()
    path.write_text("my work")
    with pytest.raises(FileInTheWayError):
        write_template(path)
    assert path.read_text() == "my work"
    write_template(path, overwrite=True)
    assert path.read_bytes() == again.read_bytes()


def test_a_template_is_an_excel_workbook(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"ends in \.xlsx"):
        write_template(tmp_path / "new.csv")


def test_a_workbook_of_the_first_edition_reads_with_its_sheets_left_empty(tmp_path: Path) -> None:
    book: Any = Workbook()
    del book["Sheet"]
    for name, rows in tables().items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([cell or None for cell in row.values()])
    book.create_sheet("ties").append(["source", "target", "kind", "quality", "start", "end"])
    book.create_sheet("_help")["A1"] = "safetynet template"
    book.save(tmp_path / "old.xlsx")
    assert "ties" not in read_case(tmp_path / "old.xlsx").tables()
