"""Every door in and out: nothing that stands in a case runs, spreads, or lies about half done."""

from __future__ import annotations

import csv
import errno
import io
import os
import stat
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook

import safetynet as sn
from safetynet.case.schema import TABLES
from safetynet.cli import main
from safetynet.io import files as io_files
from safetynet.io import journal, limits
from safetynet.io.formulas import escape
from tests import builder
from tests.fuzz.readers import small, with_part, workbook
from tests.pages.hostile import hostile_case

RUNS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "'=1", "''@x", "=cmd|' /C calc'!A0"]


def formulas_everywhere() -> sn.Case:
    """A case in which every text, id and name begins like a formula, one of each sort."""
    signs = iter(RUNS * 20)
    made = builder.case(
        "+T@+school -S@-council K:child M:family",
        "+c1 -c2",
        {
            "id": "=e1",
            "date": "2024-01-10",
            "kind": "told",
            "who": "+T",
            "to": "-S",
            "concerns": "+c1",
            "source": "+SR",
        },
        {"id": "-e2", "date": "2024-01-11", "kind": "met", "who": "+T;-S", "concerns": "+c1;-c2"},
        agencies="+school:education -council",
        services="+n K +school",
        conditions="-w -council workload",
        ratings="+coder 3 ideal",
        sources="+SR",
        attributes={"=mine": "=1"},
        id="=case",
        title="=title",
    )
    tables = {table.name: getattr(made, table.name) for table in TABLES if table.name != "case"}
    free = {("people", "name"), ("people", "role"), ("agencies", "name"), ("concerns", "summary"), ("sources", "title")}
    free |= {("chronology", "summary"), ("chronology", "basis"), ("conditions", "summary"), ("ratings", "note")}
    for table, column in sorted(free):
        tables[table][column] = [next(signs) for _ in range(len(tables[table]))]
    tables["people"]["=own"] = [next(signs) for _ in range(len(tables["people"]))]
    return sn.Case(**tables, id="=case", title="=title", attributes={"=mine": "=1"})


def runs(text: object) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    return isinstance(text, str) and text[:1] in tuple("=+-@\t\r") and text != ""


def cells_of_csv(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


# formulas out -----------------------------------------------------------------------------------------------


def test_no_cell_of_a_written_case_runs_and_it_reads_back_as_it_was(tmp_path: Path) -> None:
    case = formulas_everywhere()
    folder = sn.write_case(case, tmp_path / "case")
    written = [cell for file in folder.glob("*.csv") for cell in cells_of_csv(file.read_bytes().decode())]
    assert [cell for cell in written if runs(cell)] == []
    assert sum(cell.startswith("'") for cell in written) > 40
    for path in (folder, sn.write_case(case, tmp_path / "case.xlsx"), sn.write_case(case, tmp_path / "case.json")):
        again = sn.read_case(path)
        assert again == case or again.people.equals(case.people)


def formulas_in(path: Path) -> list[str]:
    """The cells of a workbook that are formulas, or texts that a spreadsheet takes for one when they are edited."""
    book = load_workbook(path)
    own = ("=IF(", "=_xlfn", "=COUNTA(")  # names beside ids and lists of ids, which are of safetynet's making
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return [
        f"{cell.parent.title}!{cell.coordinate} {cell.value}"
        for cell in found
        if (cell.data_type == "f" and not str(getattr(cell.value, "text", cell.value)).startswith(own))
        or (cell.data_type != "f" and runs(cell.value))
    ]


@pytest.mark.slow
def test_no_workbook_that_is_written_has_a_formula_of_the_case(tmp_path: Path) -> None:
    case = formulas_everywhere()
    sn.write_case(case, tmp_path / "case.xlsx")
    assert main(["convert", str(sn.write_case(case, tmp_path / "c.json")), str(tmp_path / "filled.xlsx")]) == 0
    sn.merge_cases([case, case]).write(tmp_path / "merged.xlsx")
    log = pd.DataFrame({"Date": ["6 April 2021"] * 10, "Event": RUNS, "=Action": RUNS, "Agency": RUNS})
    sn.draft_from_chronology(log).write(tmp_path / "draft.xlsx")
    data = tmp_path / "ssd"
    data.mkdir()
    line = "=p,2021-01-01,6,=outcome\n"
    head = "cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_outcome_json\n"
    (data / "ssd_contacts.csv").write_text(head + line)
    sn.read_ssd(data).write(tmp_path / "ssd.xlsx")
    for path in sorted(tmp_path.glob("*.xlsx")):
        assert formulas_in(path) == [], path.name


def test_the_copy_with_marked_cells_has_no_formula_either(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "people"
    for row in (["id", "name", "kind"], ["k", "=1+1", "child"], ["=cmd|' /C calc'!A0", "x", "pupil"]):
        sheet.append(row)
    book.save(tmp_path / "case.xlsx")
    assert formulas_in(tmp_path / "case.xlsx") != []
    assert main(["check", str(tmp_path / "case.xlsx"), "--annotate", str(tmp_path / "marked.xlsx")]) == 1
    assert formulas_in(tmp_path / "marked.xlsx") == []


@pytest.mark.parametrize("command", ["scores", "findings"])
def test_what_a_command_prints_as_csv_does_not_run(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(sn.write_case(formulas_everywhere(), tmp_path / "=case.json"))
    assert main([command, path, "--csv"]) == 0
    cells = cells_of_csv(capsys.readouterr().out)
    numbers = [cell for cell in cells if runs(cell) and not _is_number(cell)]
    assert numbers == []


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# formulas in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "=A1"])
def test_a_formula_in_a_workbook_is_a_problem_and_never_a_value(formula: str, tmp_path: Path) -> None:
    book = load_workbook(sn.write_case(small(), tmp_path / "case.xlsx"))
    book["people"]["B2"] = formula
    book.save(tmp_path / "case.xlsx")
    with pytest.raises(sn.CaseError, match="is a formula"):
        sn.read_case(tmp_path / "case.xlsx")


@pytest.mark.parametrize("text", RUNS)
def test_a_text_in_csv_is_a_text_whether_or_not_it_is_guarded(text: str, tmp_path: Path) -> None:
    folder = sn.write_case(small(), tmp_path / "case")
    lines = (folder / "agencies.csv").read_text().splitlines()
    cells = lines[1].split(",")
    cells[1] = '"' + escape(text).replace('"', '""') + '"'
    (folder / "agencies.csv").write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", newline="")
    assert sn.read_case(folder).agencies["name"][0] == text


# markup -----------------------------------------------------------------------------------------------------

ALLOWED = {"svg", "title", "desc", "metadata", "defs", "g", "path", "use", "text", "tspan", "rect", "clipPath"}
ALLOWED |= {
    "style",
    "pattern",
    "image",
    "RDF",
    "Work",
    "type",
    "format",
    "date",
    "creator",
    "Agent",
    "source",
    "description",
    "subject",
}
PICTURES = [
    *("network", "ecomap", "who_knew_what", "chronology", "agency_sets", "picture_over_time", "scores_over_time"),
    *("responsibility", "agency_matrix"),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_no_name_becomes_markup_in_a_picture(name: str, tmp_path: Path) -> None:
    drawn = getattr(sn.plot, name)(hostile_case())
    for text in (sn.plot.svg(drawn), sn.plot.save(drawn, tmp_path / "a.svg").read_text(encoding="utf-8")):
        for node in fromstring(text).iter():
            assert node.tag.rpartition("}")[2] in ALLOWED, node.tag
            for key, value in node.attrib.items():
                assert not key.lower().rpartition("}")[2].startswith("on"), key
                assert not key.endswith("href") or value.startswith(("#", "data:image/png;base64,")), value


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_no_name_is_taken_for_a_formula_of_a_picture(name: str, tmp_path: Path) -> None:
    case = small()
    people, concerns = case.people, case.concerns
    people["name"] = [r"$\frac{$", "$x$", r"\$", "_x_$^", "${", r"\mathrm", "$$", "%", "#&"][: len(people)]
    concerns["summary"] = r"$\undefined{a}$"
    drawn = getattr(sn.plot, name)(sn.Case(people, concerns, case.chronology, case.agencies, case.ties))
    sn.plot.save(drawn, tmp_path / "a.png", dpi=30)


# archives and XML -------------------------------------------------------------------------------------------

BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def word_file(document: bytes, **parts: bytes) -> bytes:
    docx = pytest.importorskip("docx")
    made = io.BytesIO()
    docx.Document().save(made)
    data = with_part(made.getvalue(), "word/document.xml", document)
    for name, part in parts.items():
        data = with_part(data, f"word/{name}.xml", part)
    return data


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_no_entity_is_unfolded_in_any_xml(head: bytes, tmp_path: Path) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        (tmp_path / "case.xlsx").write_bytes(with_part(workbook(), part, head + b"<x>&a;</x>"))
        with pytest.raises(sn.CaseError, match="cannot be opened"):
            sn.read_case(tmp_path / "case.xlsx")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", head + b"<x>&a;</x>")
    (tmp_path / "case.ods").write_bytes(made.getvalue())
    with pytest.raises(sn.CaseError, match="cannot be opened"):
        sn.read_case(tmp_path / "case.ods")
    for data in (word_file(head + b"<x>&a;</x>"), word_file(b"<x/>", styles=head + b"<x>&a;</x>")):
        (tmp_path / "log.docx").write_bytes(data)
        with pytest.raises(sn.CaseError, match="cannot be opened"):
            sn.draft_from_chronology(tmp_path / "log.docx")


def test_a_member_of_an_archive_goes_nowhere_whatever_its_path(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as archive:
        for name in ("../outside.txt", "/outside.txt", "C:\\outside.txt", "xl/../../outside.txt"):
            archive.writestr(name, b"x")
    (inside / "case.xlsx").write_bytes(made.getvalue())
    assert sn.read_case(inside / "case.xlsx") == sn.read_case(sn.write_case(small(), tmp_path / "case.xlsx"))
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["case.xlsx", "case.xlsx", "inside"]


def test_a_part_of_a_word_file_that_unfolds_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 300_000)
    (tmp_path / "log.docx").write_bytes(word_file(b"<x/>", styles=b"<x>" + b" " * 400_000 + b"</x>"))
    with pytest.raises(sn.CaseError, match="unfolds"):
        sn.draft_from_chronology(tmp_path / "log.docx")


# what is too large --------------------------------------------------------------------------------------------

_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def packed(rows: Iterator[str]) -> bytes:
    """A workbook with these rows in its first sheet."""
    sheet = (_SHEET + "".join(rows) + "</sheetData></worksheet>").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.namelist():
            target.writestr(item, sheet if item == "xl/worksheets/sheet1.xml" else source.read(item))
    return made.getvalue()


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Python's own memory, at its highest, over what there was before."""
    tracemalloc.start()
    try:
        yield
        highest = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert highest < megabytes * 1_000_000, f"{highest:,} bytes"


@pytest.mark.slow
def test_a_workbook_of_a_million_rows_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    rows = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    (tmp_path / "case.xlsx").write_bytes(packed(rows))
    with at_most(300), pytest.raises(sn.CaseError, match="more than 100,000 rows"):
        sn.read_case(tmp_path / "case.xlsx")


@pytest.mark.slow
def test_a_workbook_of_sixteen_thousand_columns_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>a</t></is></c>'
    (tmp_path / "case.xlsx").write_bytes(packed(iter(['<row r="1">', cell * 16_384, "</row>"])))
    with at_most(100), pytest.raises(sn.CaseError, match="16,384 columns"):
        sn.read_case(tmp_path / "case.xlsx")


def test_json_in_which_every_item_has_a_key_of_its_own_is_refused(tmp_path: Path) -> None:
    items = ", ".join(f'{{"key{n}": "x"}}' for n in range(5000))
    (tmp_path / "case.json").write_text(f'{{"people": [{items}], "concerns": [], "chronology": []}}')
    with at_most(100), pytest.raises(sn.CaseError, match="5,000 columns"):
        sn.read_case(tmp_path / "case.json")


def test_a_vast_table_of_few_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sn.write_case(small(), tmp_path / "case")
    monkeypatch.setattr(limits, "MOST_PLACES", 20)
    monkeypatch.setattr("safetynet.io.csv_folder.MOST_PLACES", 20)
    with pytest.raises(sn.CaseError, match="more than 20 cells"):
        sn.read_case(folder)
    with pytest.raises(sn.CaseError, match="at most 20 cells"):
        sn.read_case(sn.write_case(small(), tmp_path / "case.json"))


@pytest.mark.slow
def test_very_many_unknown_ids_are_looked_up_in_one_pass(tmp_path: Path) -> None:
    looked: list[int] = []

    def counted(frame: Any, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == "plain_signs":
            looked.append(1)

    people = ", ".join(f'{{"id": "person{n}", "name": "x", "kind": "child"}}' for n in range(300))
    rows = ", ".join(f'{{"date": "2024", "kind": "observed", "who": "somebody{n}"}}' for n in range(300))
    (tmp_path / "case.json").write_text(f'{{"people": [{people}], "concerns": [], "chronology": [{rows}]}}')
    sys.setprofile(counted)
    try:
        with pytest.raises(sn.CaseError, match="300 problems"):
            sn.read_case(tmp_path / "case.json")
    finally:
        sys.setprofile(None)
    assert len(looked) < 2000  # once for an id and once for an unknown one, not once for each pair of the two


# half a character ---------------------------------------------------------------------------------------------


def test_half_a_character_in_a_heading_or_a_path_is_answered_in_words_that_can_be_shown(tmp_path: Path) -> None:
    case, half = small(), "\ud800"
    row = {"date": "2024-01-01", "kind": "observed", "who": "T", half: "x"}
    for made in (
        lambda: case.with_rows([row]),
        lambda: case.with_row("e1", **{half: "x"}),
        lambda: sn.Case(case.people, case.concerns, case.chronology, attributes={half: "x"}),
        lambda: sn.write_case(case, f"{tmp_path}/{half}.json"),
        lambda: sn.read_case(f"{tmp_path}/{half}.json"),
        lambda: sn.report(case, f"{tmp_path}/{half}.html"),
    ):
        with pytest.raises(sn.SafetynetError) as error:
            made()
        str(error.value).encode("utf-8")
        getattr(error.value, "problems", pd.DataFrame()).to_csv()


# writing ------------------------------------------------------------------------------------------------------

unix = pytest.mark.skipif(os.name == "nt", reason="who may read a file is said otherwise there")
WRITERS = {
    "case.json": lambda case, path: sn.write_case(case, path, overwrite=True),
    "case.xlsx": lambda case, path: sn.write_case(case, path, overwrite=True),
    "template.xlsx": lambda case, path: sn.write_template(path, overwrite=True),
    "report.html": lambda case, path: sn.report(case, path),
    "picture.svg": lambda case, path: sn.plot.save(sn.plot.chronology(case), path),
    "draft.xlsx": lambda case, path: sn.merge_cases([case, case]).write(path, overwrite=True),
    "case": lambda case, path: sn.write_case(case, path, overwrite=True),
}


def modes(path: Path) -> set[int]:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return {stat.S_IMODE(one.stat().st_mode) for one in files}


@unix
@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_no_more_open_than_the_system_has_new_files(name: str, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        WRITERS[name](small(), tmp_path / name)
    finally:
        os.umask(before)
    assert modes(tmp_path / name) == {0o600}


@unix
@pytest.mark.parametrize("name", ["case.json", "case"])
def test_a_file_that_is_closed_to_others_is_at_no_moment_open_to_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sn.write_case(small(), tmp_path / name)
    for one in [path] if path.is_file() else path.iterdir():
        one.chmod(0o600)
    seen: set[int] = set()
    sync = os.fsync

    def watched(file: int) -> None:
        seen.add(stat.S_IMODE(os.fstat(file).st_mode))
        sync(file)

    before = os.umask(0o022)
    try:
        monkeypatch.setattr(journal.os, "fsync", watched)
        sn.write_case(small(), path, overwrite=True)
    finally:
        os.umask(before)
    assert modes(path) == {0o600}
    assert seen - {0o644} == {0o600} if path.is_dir() else seen == {0o600}  # a list of names is no case data


@pytest.mark.slow
@pytest.mark.parametrize("name", ["case.json", "report.html", "picture.svg"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_place_that_cannot_be_written_is_named_and_nothing_stays(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, mode: int | None = None) -> None:
        path.write_bytes(data[:10])
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(io_files, "put", full)
    with pytest.raises(OSError, match=os.strerror(code)) as error:
        WRITERS[name](small(), tmp_path / name)
    assert error.value.filename == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, data: bytes, mode: int | None = None) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(io_files, "put", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as error:
        sn.write_case(small(), tmp_path / "case")
    assert error.value.filename == str(tmp_path)
    assert main(["convert", "worked_example", str(tmp_path / "case")]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_an_old_writing_left_and_may_not_be_taken_away_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".safetynet-00000000-1-aa.tmp").write_bytes(b"")
    monkeypatch.setattr(journal, "_is_over", lambda made: True)

    def kept(self: Path, missing_ok: bool = False) -> None:
        if self.name.endswith("-1-aa.tmp"):
            raise PermissionError(errno.EPERM, "not permitted", str(self))

    monkeypatch.setattr(Path, "unlink", kept)
    assert sn.read_case(sn.write_case(small(), tmp_path / "case.xlsx")) == small()


@pytest.mark.filterwarnings("ignore:.* leaves out:safetynet.errors.SafetynetWarning")
def test_no_cell_of_an_exported_list_of_events_runs(tmp_path: Path) -> None:
    written = sn.export(formulas_everywhere(), tmp_path / "case.events.csv", text=True)
    cells = cells_of_csv(written.read_bytes().decode())
    assert [cell for cell in cells if runs(cell)] == []
    assert sum(cell.startswith("'") for cell in cells) > 8
