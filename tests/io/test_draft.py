"""From an agency's own chronology to a case: what is proposed, what is asked, and that no cell is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

import safetynet as sn
from safetynet.case.vocabulary import ROW_KINDS, SECTORS, WORRY_CATEGORIES
from safetynet.cli import main
from safetynet.errors import ArgumentError, CaseError, FileInTheWayError
from safetynet.io import draft_words
from safetynet.io.agency_columns import is_chronology, part_of

pytestmark = pytest.mark.slow


def table_of(text: str) -> pd.DataFrame:
    """A table from lines of cells with ``|`` between them."""
    header, *rows = (line.split("|") for line in text.strip().splitlines())
    return pd.DataFrame(rows, columns=header)


BOARD = table_of("""
Date|Time|Agency|Source|Event|Action|Comment
20/03/2021|22:40|Police|Log|Called to address, shouting heard. Mother said a tray fell.|Notification sent to CSC.|
24/03/2021||Children's Social Care|File|Notification read by duty social worker.|NFA.|Why?
06/04/2021|08:45|Little Oaks Nursery|Log book|Bruise seen on left cheek.|Rang health visitor.|no body map
07/04/2021|09:30|Northtown Hospital|Notes|Seen in A&E by Dr Khan; bruise.|Letter to GP.|
12/04/2021||Health visiting|Record|Home visit. Mother tearful. Fridge empty, child hungry.|E-mailed the social worker.|
04/05/2021||GP|Record|DNA 8 week check||
25/05/2021||Police||Strategy discussion with social worker and paediatrician.|Social worker to visit within 24 hours.|
30/06/2021||CSC||Case closed. Health visitor disagreed.||
""")
SINGLE = table_of("""
Date|Significant event|Impact on child|Action taken|Outcome
2 Feb 2022|Officers attended; domestic incident|Frightened, hid under the bed|Referral made to CSC|Not opened
9 Feb 2022|Health visitor saw Sam at home; nappy rash|Dirty clothes|HV to speak to GP|
14 April 2022|Grandmother told the school that partner hit Sam|Scared|DSL rang social services|NFA
""")


@pytest.fixture(scope="module")
def board() -> sn.Draft:
    return sn.draft_from_chronology(BOARD, date_order="dmy")


def rows_of(draft: sn.Draft, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in draft.chronology[list(columns)].itertuples(index=False)]


# headings ---------------------------------------------------------------------------------------------------


HEADINGS = {
    "date": ("Date", "Date of event", "Date & Time", "Date (dd/mm/yyyy)"),
    "time": ("Time", "Time of contact"),
    "agency": ("Agency/Organisation", "Agency", "Service"),
    "source": ("Source", "Source of information", "Document"),
    "event": ("Event", "Significant event", "Description", "What happened", "Significant Event/Contact", "Entry"),
    "action": ("Action", "Action taken", "Actions/decisions", "Response"),
    "outcome": ("Outcome", "Result"),
    "comment": ("Comment", "Reviewer's comments", "Analysis"),
    "impact": ("Impact on child", "Voice of the child"),
    "who": ("Professional involved", "Name of worker", "Who"),
    "to": ("Contact with", "To whom"),
    "number": ("No.", "Ref"),
    "seen": ("Child seen?",),
    "": ("Weather", ""),
}


@pytest.mark.parametrize(("part", "heading"), [(part, text) for part, texts in HEADINGS.items() for text in texts])
def test_a_heading_is_known_by_its_words(part: str, heading: str) -> None:
    assert part_of(heading) == part
    assert part_of(heading.upper()) == part


def test_a_coded_chronology_is_no_agencys_own() -> None:
    assert is_chronology(["Date", "Agency", "Event"])
    assert not is_chronology(["id", "date", "kind", "who", "to", "summary"])
    assert not is_chronology(["Name", "Address"])


def test_columns_may_stand_in_any_order(board: sn.Draft) -> None:
    turned = BOARD[["Comment", "Action", "Event", "Agency", "Date", "Source", "Time"]]
    other = sn.draft_from_chronology(turned, date_order="dmy")
    keep = ["id", "date", "kind", "who", "to", "concerns", "channel", "outcome", "summary"]
    assert rows_of(other, *keep) == rows_of(board, *keep)


# what words propose -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "kind", "who", "to", "cells"),
    [
        ("Rang health visitor", "told", "nursery", "hv", {"channel": "phone"}),
        ("E-mailed the DSL", "told", "nursery", "dsl", {"channel": "email"}),
        ("Call from mother", "told", "mother", "nursery", {"channel": "phone"}),
        ("Mother said that he fell", "told", "mother", "nursery", {}),
        ("Home visit by health visitor", "observed", "hv", "", {"channel": "visit"}),
        ("Strategy discussion with police", "met", "nursery;police", "", {"channel": "strategy"}),
        ("Referred to CSC", "asked", "nursery", "csc", {"channel": "referral"}),
        ("Case closed", "closed", "nursery", "", {}),
        ("NFA", "decided", "nursery", "", {"outcome": "no_further_action"}),
        ("N.F.A. by social worker", "decided", "sw", "nursery", {"outcome": "no_further_action"}),
        ("DNA", "observed", "nursery", "", {"seen": "not_there"}),
        ("Was not brought to clinic", "observed", "nursery", "", {"seen": "not_there"}),
        ("Mother refused", "declined", "mother", "nursery", {}),
        ("To visit on Friday", "agreed", "nursery", "", {}),
        ("Bruise seen", "observed", "nursery", "", {}),
    ],
)
def test_a_word_proposes_a_kind_and_who_is_mentioned_its_parties(
    event: str, kind: str, who: str, to: str, cells: dict[str, str]
) -> None:
    draft = sn.draft_from_chronology(pd.DataFrame({"Date": ["2021-04-06"], "Agency": ["Nursery"], "Event": [event]}))
    row = draft.chronology.iloc[0]
    assert len(draft.chronology) == 1
    assert row["kind"] == kind
    if kind != "decided" or "by" not in event:
        assert (row["who"], row["to"]) == (who, to)
    assert {name: row.get(name, "") for name in cells} == cells
    assert row["guess"]


def test_the_word_lists_use_the_words_of_the_case_format() -> None:
    assert {one.kind for one in draft_words.kinds()} <= set(ROW_KINDS)
    assert {one.what[0] for one in draft_words.concerns()} <= set(WORRY_CATEGORIES)
    assert {one.what[2] for one in draft_words.agencies()} <= set(SECTORS)
    assert {one.what[2] for one in draft_words.roles()} <= {*SECTORS, "family", "support", "public"}


def test_an_abbreviation_is_one_in_capitals_only() -> None:
    pattern = draft_words.pattern_of(["ED", "no food"])
    assert pattern.search("seen in ED.")
    assert pattern.search("E.D. notes")
    assert not pattern.search("ed said")
    assert pattern.search("No  food in the house")


def test_every_guess_has_the_word_that_led_to_it_and_a_confidence(board: sn.Draft) -> None:
    for kind, confidence, guess in rows_of(board, "kind", "confidence", "guess"):
        assert kind in guess or "guess" in guess or "no word" in guess or "nobody is named" in guess
        assert confidence in ("medium", "low")


def test_an_entry_without_a_known_word_is_a_row_to_look_at() -> None:
    draft = sn.draft_from_chronology(pd.DataFrame({"Date": ["2021-04-06"], "Agency": ["Zoo"], "Event": ["Elephants."]}))
    row = draft.chronology.iloc[0]
    assert (row["kind"], row["who"], row["confidence"]) == ("observed", "zoo", "low")
    asked = draft.questions.set_index(["table", "row"])["question"]
    assert "what happened" in asked["chronology", "e1"]
    assert "sector" in asked["agencies", "zoo"]


def test_concerns_are_proposed_and_never_graded(board: sn.Draft) -> None:
    concerns = board.concerns
    assert set(concerns["severity"]) == {""}
    assert set(concerns["category"]) == {"domestic_abuse", "physical", "neglect", "parental_capacity", "health"}
    needed = board.questions[board.questions["needed"]]
    assert needed["column"].tolist() == ["severity"] * len(concerns)
    physical = concerns.set_index("category").loc["physical", "id"]
    told = {(who, to): concerns for who, to, concerns in rows_of(board, "who", "to", "concerns")}
    assert told["nursery", "hv"] == physical  # what is passed on is what the entry's event was about


def test_people_and_agencies_are_one_each_and_work_where_the_row_says(board: sn.Draft) -> None:
    people = board.people.set_index("id")
    assert people.loc["dr_khan", "agency"] == "hospital"
    assert people.loc["duty_sw", "agency"] == "csc"
    assert people.loc["mother", "kind"] == "family"
    agencies = board.agencies.set_index("id")
    assert agencies.loc["nursery", "name"] == "Little Oaks Nursery"
    assert agencies["sector"].to_dict()["csc"] == "social_care"
    assert len(agencies) == 6  # police, social care under two names, nursery, hospital, health visiting, GP


# nothing is lost --------------------------------------------------------------------------------------------


def test_every_cell_of_the_chronology_is_in_the_draft(board: sn.Draft) -> None:
    kept = board.chronology
    for name in BOARD.columns:
        there = [text for text in kept[f"given {name}"] if text]
        assert there == [text for text in BOARD[name] if text]


def test_times_are_put_into_the_dates_and_a_missing_date_is_that_of_the_entry_before(board: sn.Draft) -> None:
    assert board.chronology["date"].tolist()[0] == "2021-03-20T22:40"
    table = table_of("Date|Agency|Event\n6 April 2021|Nursery|Seen\n|Nursery|Rang GP\n8 April 2021|Nursery|Seen")
    draft = sn.draft_from_chronology(table)
    assert draft.chronology["date"].tolist() == ["2021-04-06", "2021-04-06", "2021-04-08"]
    assert "no date" in " ".join(draft.questions["question"])


def test_a_date_that_is_not_sure_stays_as_it_is_and_is_asked_about() -> None:
    draft = sn.draft_from_chronology(pd.DataFrame({"Date": ["c. 12 April 2021"], "Agency": ["GP"], "Event": ["Seen"]}))
    assert draft.chronology["date"].tolist() == ["c. 12 April 2021"]
    asked = draft.questions[draft.questions["column"].eq("date")].iloc[0]
    assert asked["needed"]
    assert "2021-04-05/2021-04-19" in asked["question"]


def test_dates_of_numbers_only_are_asked_about_once() -> None:
    with pytest.raises(CaseError, match=r"8 dates .* is the day first") as caught:
        sn.draft_from_chronology(BOARD)
    assert len(str(caught.value).splitlines()) == 2


def test_hidden_and_struck_through_rows_are_drafted_and_asked_about(tmp_path: Path) -> None:
    path = as_workbook(BOARD, tmp_path / "agency.xlsx")
    book: Any = load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.active["E4"].font = Font(strike=True)
    book.active["A5"].number_format = "mmm yyyy"
    book.save(path)
    draft = sn.draft_from_chronology(path)
    asked = " ".join(draft.questions["question"])
    assert "The row is hidden" in asked
    assert "The row is struck through" in asked
    assert [text for text in draft.chronology["given looks"] if text] == ["hidden", "struck through"]
    assert "2021-04" in draft.chronology["date"].tolist()  # a cell that shows a month only is a month


# from a file to a report ------------------------------------------------------------------------------------


def as_workbook(table: pd.DataFrame, path: Path, title: str = "") -> Path:
    book = Workbook()
    sheet: Any = book.active
    if title:
        sheet.append([title])
        sheet.append([])
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([dt.datetime.strptime(text, "%d/%m/%Y") if text.count("/") == 2 else text or None for text in row])
    book.save(path)
    return path


def as_word(table: pd.DataFrame, path: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Chronology prepared for the panel")
    document.add_table(1, 2).rows[0].cells[0].text = "Prepared by"
    made = document.add_table(1, len(table.columns))
    for cell, name in zip(made.rows[0].cells, table.columns, strict=True):
        cell.text = name
    for row in table.itertuples(index=False):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)
    return path


def settle(path: Path) -> int:
    """Answer what has to be settled in a draft, as a person would; gives how many answers it took."""
    book: Any = load_workbook(path)
    asked = [row for row in book["_questions"].iter_rows(min_row=2, values_only=True) if row[0] == "to settle"]
    for _, table, one, column, _ in asked:
        sheet = book[table]
        header = {cell.value: cell.column for cell in sheet[1]}
        row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == one)
        sheet.cell(row, header[column], {"severity": "3", "date": "2022-04"}[column])
    book.save(path)
    return len(asked)


@pytest.mark.parametrize("form", ["board.xlsx", "board.csv", "board.docx", "single.xlsx", "single.docx"])
def test_a_chronology_goes_through_a_draft_to_a_report_in_under_ten_answers(tmp_path: Path, form: str) -> None:
    table = BOARD if form.startswith("board") else SINGLE
    path = tmp_path / form
    if path.suffix == ".csv":
        path.write_bytes(table.to_csv(index=False, sep=";").encode("utf-8-sig"))
    elif path.suffix == ".docx":
        as_word(table, path)
    else:
        as_workbook(table, path, title="Integrated chronology")
    draft = sn.draft_from_chronology(path, date_order="dmy")
    written = draft.write(tmp_path / "coding.xlsx")
    with pytest.raises(CaseError):
        draft.case()
    assert settle(written) < 10
    case = sn.read_case(written)
    assert len(case.chronology) == len(draft.chronology)
    assert case.chronology["guess"].tolist() == draft.chronology["guess"].tolist()
    assert any(case.chronology.get("question", [])) == any(draft.questions["table"].eq("chronology"))
    assert len(sn.findings(case)) >= 0


def test_a_word_table_keeps_insertions_line_breaks_and_cells_merged_over_columns(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(3, 3)
    for cell, text in zip(table.rows[0].cells, ("Date", "Agency", "Event"), strict=True):
        cell.text = text
    for place, text in enumerate(("6 April 2021", "Nursery", "Bruise seen\nRang GP")):
        table.cell(1, place).text = text
    merged = table.cell(2, 1).merge(table.cell(2, 2))
    table.cell(2, 0).text, merged.text = "7 April 2021", "Police"
    paragraph = table.cell(1, 2).paragraphs[0]._p
    run = paragraph.makeelement(paragraph.tag.replace("}p", "}ins"), {})
    inner = paragraph.makeelement(paragraph.tag.replace("}p", "}r"), {})
    inserted = paragraph.makeelement(paragraph.tag.replace("}p", "}t"), {})
    inserted.text = " by the key worker"
    inner.append(inserted)
    run.append(inner)
    paragraph.append(run)
    document.save(tmp_path / "agency.docx")
    draft = sn.draft_from_chronology(tmp_path / "agency.docx")
    assert draft.chronology["given Event"].tolist()[0] == "Bruise seen\nRang GP by the key worker"
    assert "Police" in " ".join(draft.agencies["name"])
    assert draft.chronology["given Event"].tolist().count("Police") == 0


BROKEN = [("a.docx", b"PK\x03\x04junk"), ("a.docx", b""), ("a.xlsx", b"PK"), ("a.pdf", b"%PDF"), ("a.csv", b"\xff")]


@pytest.mark.parametrize(("name", "data"), BROKEN)
def test_a_file_that_cannot_be_read_is_a_problem_with_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CaseError, match=r"a\."):
        sn.draft_from_chronology(tmp_path / name)


def test_a_table_without_dates_or_events_is_a_problem_and_no_table_an_error() -> None:
    with pytest.raises(CaseError, match="heading for dates"):
        sn.draft_from_chronology(pd.DataFrame({"Name": ["x"]}))
    with pytest.raises(CaseError, match="no row"):
        sn.draft_from_chronology(pd.DataFrame({"Date": [], "Event": []}))
    with pytest.raises(ArgumentError):
        sn.draft_from_chronology(None)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="date_order"):
        sn.draft_from_chronology(BOARD, date_order="ymd")  # type: ignore[arg-type]


def test_the_draft_command_writes_a_workbook_once_and_says_what_is_to_settle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    as_workbook(BOARD, tmp_path / "agency.xlsx")
    assert main(["draft", "agency.xlsx", "-o", "coding.xlsx", "--child", "Sam"]) == 0
    assert "5 questions to settle" in capsys.readouterr().out
    assert load_workbook("coding.xlsx").sheetnames[0] == "_questions"
    assert main(["draft", "agency.xlsx", "-o", "coding.xlsx"]) == 2
    with pytest.raises(FileInTheWayError):
        sn.draft_from_chronology("agency.xlsx").write("coding.xlsx")
    assert main(["check", "coding.xlsx"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "severity is empty" in said
