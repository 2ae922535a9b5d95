"""Coded passages come in as a draft: what is coded is taken, what is guessed is marked, what is lacking is asked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import safetynet as sn
from safetynet.cli import main
from safetynet.io.exchange.coded_table import layout_of
from safetynet.io.exchange.coding import Meaning, meaning_of
from safetynet.io.exchange.qda import is_coded
from safetynet.io.unfit import UnfitTextError
from tests.io.exchange.schemas import check_xml
from tests.io.exchange.test_export import hostile

DATA = Path(__file__).resolve().parents[2] / "data" / "qda"
PROJECT = (DATA / "project.qde").read_text(encoding="utf-8")
SOURCES = {f"Sources/{path.name}": path.read_bytes() for path in (DATA / "Sources").iterdir()}


def packed(folder: Path, project: str | bytes = PROJECT, parts: Mapping[str, bytes] = SOURCES) -> Path:
    """A project as a .qdpx."""
    place = folder / "study.qdpx"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
        for name, content in parts.items():
            archive.writestr(name, content)
    return place


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> sn.Draft:
    return sn.read_qda(packed(tmp_path_factory.mktemp("study")))


def row_of(draft: sn.Draft, text: str) -> dict[str, str]:
    """The row of the passage that has a text in it."""
    table = draft.chronology
    (found,) = table[table["summary"].str.contains(text, regex=False)].to_dict("records")
    return {str(name): str(value) for name, value in found.items()}


def asked(draft: sn.Draft, table: str, row: str) -> dict[str, bool]:
    """Which columns of a row are asked about, and whether an answer is needed."""
    lines = draft.questions
    found = lines[(lines["table"] == table) & (lines["row"] == row)]
    return dict(zip(found["column"], found["needed"], strict=True))


# the sample -----------------------------------------------------------------------------------------------


def test_the_sample_fits_the_published_schema() -> None:
    check_xml("refi_project", DATA / "project.qde")


def test_what_is_coded_fills_its_columns(study: sn.Draft) -> None:
    row = row_of(study, "I saw a bruise")
    assert [row[name] for name in ("date", "kind", "who", "concerns")] == ["2021-04-06", "observed", "teacher", "C1"]
    assert row["given coder"] == "Ann Coder"
    assert "Severity > 3" in row["given codes"]
    coded = {"id": "C1", "about": "child", "category": "physical", "severity": "3"}
    assert study.concerns.to_dict("records")[0] == {**coded, "summary": "Bruise on the cheek"}
    assert asked(study, "chronology", row["id"]) == {}


def test_a_passage_within_another_gives_it_its_codes(study: sn.Draft) -> None:
    row = row_of(study, "I rang Anna")  # "Anna" within it is coded To
    assert (row["who"], row["to"], row["channel"]) == ("teacher", "anna_health_visitor", "phone")
    assert row["given comment"] == "She said so twice."
    assert not study.chronology["summary"].isin(["Anna"]).any()


def test_two_codes_of_one_role_are_two_people(study: sn.Draft) -> None:
    people = study.people.set_index("id")
    assert people.loc[["anna_health_visitor", "beth_health_visitor"], "role"].tolist() == ["health visitor"] * 2
    assert people.loc["anna_health_visitor", "agency"] == "health_visiting"
    assert "hv" not in people.index  # whom only a passing word mentions


def test_who_is_below_agency_is_an_agency(study: sn.Draft) -> None:
    row = row_of(study, "She told the duty desk")
    assert row["to"] in study.agencies["id"].tolist()
    assert row_of(study, "hungry")["who"] == "nursery"  # the whole document is coded so


def test_dates_come_from_a_code_the_document_or_the_words_and_else_are_asked_for(study: sn.Draft) -> None:
    agreed, hungry, told = (row_of(study, text) for text in ("Beth will visit", "hungry", "She told"))
    assert (agreed["date"], hungry["date"], told["date"]) == ("2021-04-09", "2021-04-12", "")
    assert "whole document" in agreed["guess"]
    assert asked(study, "chronology", hungry["id"]) == {"date": False}
    assert asked(study, "chronology", told["id"]) == {"date": True}


def test_a_transcript_and_a_place_on_a_page_are_read(study: sn.Draft) -> None:
    assert row_of(study, "He shouted at the mother.")["source"] == "film"
    assert row_of(study, "a table")["given place"].startswith("page 2")


def test_a_code_of_ones_own_is_a_guess_or_a_question(study: sn.Draft) -> None:
    rang = row_of(study, "Nobody rang back.")
    assert rang["guess"] == "code 'Nobody rang back': told"
    assert rang["confidence"] == "low"
    rain = row_of(study, "It rained")
    said = study.questions.set_index("row").loc[rain["id"], "question"].tolist()
    assert any("'Themes > Weather' (1 passage) is none of the case format" in one for one in said)


def test_what_the_source_cannot_tell_is_said(study: sn.Draft) -> None:
    assert any("not coded" in sentence for sentence in study.cannot_tell)
    with pytest.raises(sn.CaseError):  # it is no case before a person has answered
        study.case()


def test_an_answered_draft_is_a_case(tmp_path: Path) -> None:
    draft = sn.read_qda(DATA / "maxqda.csv", agency="School", child="Sam")
    chronology = draft.chronology
    chronology.loc[chronology["date"] == "", "date"] = "2021-04-07"
    case = sn.Case(draft.people, draft.concerns, chronology, draft.agencies, sources=draft.table("sources"))
    assert case.contacts["to"].tolist() == ["hv"]
    written = draft.write(tmp_path / "coding.xlsx")
    assert pd.read_excel(written, sheet_name="chronology", dtype=str)["kind"].tolist() == ["told", "observed"]


# spreadsheets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", ["maxqda", "nvivo", "atlasti"])
def test_the_tables_of_three_programs_say_the_same(program: str, tmp_path: Path) -> None:
    draft = sn.read_qda(DATA / f"{program}.csv")
    told = row_of(draft, "I rang the health visitor")
    cells = [told[name] for name in ("date", "kind", "to", "concerns", "channel")]
    assert cells == ["2021-04-06", "told", "hv", "C1", "phone"]
    assert len(draft.chronology) == 2  # three codes of one passage are one row
    assert draft.concerns[["category", "severity", "summary"]].to_numpy().tolist() == [["physical", "2", "Bruise"]]
    assert is_coded(DATA / f"{program}.csv")
    book = Workbook()
    for line in (
        pd.read_csv(DATA / f"{program}.csv", sep=None, engine="python", dtype=str, header=None).fillna("").to_numpy()
    ):
        book.active.append(list(line))
    book.save(tmp_path / "x.xlsx")
    assert sn.read_qda(tmp_path / "x.xlsx").chronology["kind"].tolist() == ["told", "observed"]


def test_coders_and_comments_of_one_passage_are_joined() -> None:
    told = row_of(sn.read_qda(DATA / "maxqda.csv"), "I rang")
    assert told["given coder"] == "AC; BC"
    assert told["given comment"] == "sure?"
    assert told["given place"] == "3 to 3"


def test_a_table_without_passages_is_none_and_a_chronology_is_no_table_of_passages() -> None:
    with pytest.raises(sn.CaseError, match="no table in it has a heading for passages and one for codes"):
        sn.read_qda(pd.DataFrame({"Date": ["2020-01-01"], "Event": ["seen"]}))
    assert layout_of([("1", {1: "Date", 2: "Event", 3: "Source"})]) is None
    with pytest.raises(sn.CaseError, match="nothing in it is coded"):
        sn.read_qda(pd.DataFrame({"Segment": ["text"], "Code": [""]}))


def test_nobody_gets_the_id_of_the_child() -> None:
    table = pd.DataFrame({"Segment": ["a", "b"], "Code": ["Kind of row > observed\nWho > Child!", "Who > The child"]})
    draft = sn.read_qda(table)
    assert draft.people["id"].is_unique
    assert draft.chronology["who"].tolist()[1] == "child"


def test_a_project_is_no_case_and_the_way_to_a_draft_is_said(tmp_path: Path) -> None:
    with pytest.raises(sn.CaseError, match="safetynet draft"):
        sn.read_case(packed(tmp_path))


def test_dates_of_numbers_only_need_an_order() -> None:
    table = pd.DataFrame({"Segment": ["a", "b"], "Code": ["Kind of row > observed", "Date > 03/04/2021"]})
    with pytest.raises(sn.CaseError, match="if the day comes first"):
        sn.read_qda(table)
    assert "2021-04-03" in sn.read_qda(table, date_order="dmy").chronology["date"].tolist()


def test_several_codes_of_one_column_are_asked_about() -> None:
    kinds, seen = "Kind of row > told\nKind of row > agreed", "Seen > alone\nSeen > glimpsed"
    codes = f"{kinds}\n{seen}\nConcern > neglect\nSeverity > 2\nSeverity > 4"
    draft = sn.read_qda(pd.DataFrame({"Segment": ["On 2021-04-06 the teacher told the GP"], "Code": [codes]}))
    assert draft.chronology["kind"].tolist() == ["told", "agreed"]
    assert draft.chronology["seen"].tolist() == ["alone", "alone"]
    assert draft.concerns["severity"].tolist() == ["4"]
    assert "seen" in asked(draft, "chronology", "e1")
    assert asked(draft, "concerns", "C1") == {"severity": False}


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (("kind", "Told"), Meaning("kind", "told")),
        (("Kind of row: met",), Meaning("kind", "met")),
        (("told",), Meaning("kind", "told")),
        (("Worries", "Neglect"), Meaning("concerns", "", "neglect")),
        (("Worries", "Hungry again"), Meaning("concerns", "Hungry again", "neglect", "Hungry again")),
        (("Severity", "3 serious"), Meaning("severity", "3")),
        (("Who", "Teachers", "Ms Smith"), Meaning("who", "Ms Smith")),
        (("Themes", "Bruising"), Meaning("concerns", "Bruising", "physical", "Bruising")),
        (("Weather",), None),
        (("Severity", "awful"), None),
        (("Who",), None),
        (("health",), None),
    ],
)
def test_what_a_code_stands_for(code: tuple[str, ...], meaning: Meaning | None) -> None:
    assert meaning_of(code) == meaning


def test_a_short_passage_coded_with_a_bare_group_is_the_name_or_the_date(tmp_path: Path) -> None:
    text = "On 6 April 2021 the midwife saw the mark."
    project = project_of(
        text,
        [(0, len(text), ["Kind of row", "observed"]), (3, 15, ["Date"]), (20, 27, ["Who"])],
    )
    (row,) = sn.read_qda(packed(tmp_path, project, {})).chronology.to_dict("records")
    assert (row["date"], row["who"], row["summary"]) == ("2021-04-06", "midwife", text)


# the command ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_drafts_from_a_project_and_from_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packed(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["draft", "study.qdpx", "-o", "one.xlsx"]) == 0
    said = capsys.readouterr().out
    assert "Cannot tell." in said
    assert "9 rows" in said
    assert main(["draft", str(DATA / "nvivo.csv"), "-o", "two.xlsx", "--child", "Sam"]) == 0
    assert main(["draft", "study.qdpx", "-o", "one.xlsx"]) == 2


# what is wrong --------------------------------------------------------------------------------------------


def guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


def project_of(text: str, selections: Any, name: str = "D", comment: str = "") -> str:
    """A small project with one text; a selection is its start, its end, and a code with those above it."""
    codes, marks, number = "", "", 100
    for start, end, path in selections:
        number += 100
        below = ""
        for place in range(len(path) - 1, -1, -1):
            below = f'<Code guid="{guid(number + place)}" name={quoteattr(path[place])} isCodable="true">{below}</Code>'
        codes += below
        marks += (
            f'<PlainTextSelection guid="{guid(number + 50)}" startPosition="{start}" endPosition="{end}"><Coding '
            f'guid="{guid(number + 51)}"><CodeRef targetGUID="{guid(number + len(path) - 1)}"/></Coding>'
            f'<NoteRef targetGUID="{guid(9)}"/></PlainTextSelection>'
        )
    return (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>'
        f'<TextSource guid="{guid(1)}" name={quoteattr(name)}><PlainTextContent>{escape(text)}</PlainTextContent>'
        f'{marks}</TextSource></Sources><Notes><Note guid="{guid(9)}"><PlainTextContent>{escape(comment)}'
        "</PlainTextContent></Note></Notes></Project>"
    )


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0" '
    'name="&b;"></Project>'
)


@pytest.mark.parametrize(
    ("project", "message"),
    [
        ("", "no XML"),
        ("<Project", "no XML"),
        ("<Other/>", "no REFI-QDA project"),
        (LAUGHS, "entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/hostname"><Project/>', "nothing in it is coded|entities"),
        ("<Project/>", "nothing in it is coded"),
        (b"\xff\xfe\x00", "no XML"),
    ],
)
def test_a_project_that_is_none_is_answered(project: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(sn.CaseError, match=message):
        sn.read_qda(packed(tmp_path, project, {}))
    (tmp_path / "x.qde").write_bytes(project.encode() if isinstance(project, str) else project)
    with pytest.raises(sn.CaseError, match=message):
        sn.read_qda(tmp_path / "x.qde")


def test_an_archive_that_is_none_is_answered(tmp_path: Path) -> None:
    whole = packed(tmp_path).read_bytes()
    place = tmp_path / "bad.qdpx"
    for data in (whole[: len(whole) // 2], b"PK\x03\x04", b"PK" + b"\0" * 100, b""):
        place.write_bytes(data)
        with pytest.raises(sn.CaseError):
            sn.read_qda(place)
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("other.txt", "x")
    with pytest.raises(sn.CaseError, match=r"no project\.qde"):
        sn.read_qda(place)
    with pytest.raises(sn.CaseError, match="there is no file"):
        sn.read_qda(tmp_path / "nowhere.qdpx")
    with pytest.raises(sn.CaseError, match="no coded passages are read from"):
        sn.read_qda(tmp_path / "x.docx")
    with pytest.raises(sn.ArgumentError):
        sn.read_qda(3)  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_project_that_unfolds_for_ever_is_refused(tmp_path: Path) -> None:
    with pytest.raises(sn.CaseError, match="of the project unfolds to"):
        sn.read_qda(packed(tmp_path, b" " * 160_000_000, {}))
    with pytest.raises(sn.CaseError, match="the project has 3,00"):
        sn.read_qda(packed(tmp_path, PROJECT, {f"Sources/{n}.txt": b"" for n in range(3001)}))


def test_text_is_taken_from_the_archive_only_and_positions_are_held_to_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    for path in (f"internal://{secret}", f"internal://../{secret.name}", f"file://{secret}", str(secret)):
        text = project_of("x", [(0, 5, ["Kind of row", "observed"])]).replace(
            "<PlainTextContent>x</PlainTextContent>", "", 1
        )
        text = text.replace('name="D">', f'name="D" plainTextPath={quoteattr(path)}>', 1)
        draft = sn.read_qda(packed(tmp_path, text, {"Sources/other.txt": b"other"}))
        assert draft.chronology["summary"].tolist() == [""]
    for start, end in ((5, 2), (-1, 3), ("x", "y"), (10**11, 10**12), (0, 99)):
        draft = sn.read_qda(packed(tmp_path, project_of("abc", [(start, end, ["Kind of row", "observed"])]), {}))
        assert draft.chronology["summary"].tolist()[0] in ("", "abc")


def test_codes_nested_for_ever_and_codes_that_are_not_there_are_read(tmp_path: Path) -> None:
    deep = project_of("abc", [(0, 3, ["x"] * 3000)])
    assert len(sn.read_qda(packed(tmp_path, deep, {})).chronology) == 1
    lost = re.sub("<CodeBook>.*</CodeBook>", "", PROJECT, flags=re.DOTALL)
    with pytest.raises(sn.CaseError, match="nothing in it is coded"):
        sn.read_qda(packed(tmp_path, lost))


def test_a_passage_too_long_for_a_cell_is_refused_and_not_cut(tmp_path: Path) -> None:
    draft = sn.read_qda(pd.DataFrame({"Segment": ["x" * 40_000], "Code": ["Kind of row > observed"]}))
    with pytest.raises(UnfitTextError, match="40,000"):
        draft.write(tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


def held(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))


@settings(max_examples=8)
@given(hostile, hostile, hostile, hostile)
def test_hostile_text_goes_through_a_project_and_a_table(
    tmp_path_factory: pytest.TempPathFactory, text: str, code: str, name: str, comment: str
) -> None:
    folder = tmp_path_factory.mktemp("qda")
    text, code, name, comment = (held(one) for one in (text, code, name, comment))
    project = project_of(text, [(0, len(text), ["Kind of row", "observed"]), (0, len(text), [code])], name, comment)
    table = pd.DataFrame({"Segment": [text], "Code": [code], "Document": [name], "Comment": [comment]})
    for source in (packed(folder, project, {}), table):
        try:
            draft = sn.read_qda(source)
        except sn.CaseError:
            continue
        assert len(draft.chronology) >= 1
        if source is not table:
            continue
        place = draft.write(folder / "x.xlsx", overwrite=True)
        cells = pd.read_excel(io.BytesIO(place.read_bytes()), sheet_name="chronology", dtype=str, keep_default_na=False)
        assert not cells["summary"].str.match(r"[=+\-@\t\r]").any()
        with pytest.raises(sn.CaseError):
            sn.read_case(place)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered_with_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    place = tmp_path_factory.mktemp("qda") / "x.qdpx"
    for one in (data, b"PK\x03\x04" + data, b"<Project>" + data):
        place.write_bytes(one)
        with pytest.raises(sn.CaseError):
            sn.read_qda(place)
