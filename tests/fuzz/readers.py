"""Every reader as a function of bytes: what a fuzzer feeds, and what the tests try again.

A reader gives a case or a draft, or says in one of our own errors what is wrong. Anything else is a fault.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import safetynet as sn
from safetynet.dates import BadDate, standard
from tests import builder

NAMES = (
    "people",
    "concerns",
    "chronology",
    "agencies",
    "case",
    "ties",
    "services",
    "permissions",
    "links",
    "conditions",
)
QDA = Path(__file__).resolve().parents[1] / "data" / "qda"
_PARTING = b"\n%%%\n"  # between the files of a folder


def case_at(path: Path) -> None:
    """Read a case, and look at it if it is one: what is read must also be answered from."""
    for order in (None, "dmy"):
        try:
            case = sn.read_case(path, date_order=order)  # type: ignore[arg-type]
        except sn.CaseError as error:
            made = len(error.problems), len(str(error))
        else:
            made = len(case.warnings), len(repr(case))
            if order is None:
                sn.scores(case)
        assert made[1] < 20_000, "a message that is too long"


def json_file(data: bytes, folder: Path) -> None:
    (folder / "case.json").write_bytes(data)
    case_at(folder / "case.json")


def csv_folder(data: bytes, folder: Path) -> None:
    """The tables of a folder, one after the other; those that are missing are those of a small case."""
    parts = data.split(_PARTING)
    for name, part in zip(NAMES, parts, strict=False):
        (folder / f"{name}.csv").write_bytes(part)
    case_at(folder)


def datapackage(data: bytes, folder: Path) -> None:
    put(files_of("csv"), folder)
    (folder / "datapackage.json").write_bytes(data)
    case_at(folder)


def xlsx(data: bytes, folder: Path) -> None:
    (folder / "case.xlsx").write_bytes(data)
    case_at(folder / "case.xlsx")


def xlsx_sheet(data: bytes, folder: Path) -> None:
    """A workbook of a case in which the XML of one sheet is another."""
    (folder / "case.xlsx").write_bytes(with_part(workbook(), "xl/worksheets/sheet1.xml", data))
    case_at(folder / "case.xlsx")


def xlsx_parts(data: bytes, folder: Path) -> None:
    """The same with the list of sheets and the styles."""
    first, _, second = data.partition(_PARTING)
    made = with_part(workbook(), "xl/workbook.xml", first)
    (folder / "case.xlsx").write_bytes(with_part(made, "xl/styles.xml", second or first))
    case_at(folder / "case.xlsx")


def ods(data: bytes, folder: Path) -> None:
    """An OpenDocument workbook with this content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", data)
    (folder / "case.ods").write_bytes(made.getvalue())
    case_at(folder / "case.ods")


def parquet(data: bytes, folder: Path) -> None:
    put(files_of("parquet"), folder)
    (folder / "people.parquet").write_bytes(data)
    case_at(folder)


def draft(name: str, make: Callable[..., sn.Draft] = sn.draft_from_chronology) -> Callable[[bytes, Path], None]:
    """An agency's chronology, or coded passages, in a file of that name."""

    def read(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        for order in (None, "dmy"):
            try:
                made = make(folder / name, date_order=order)
                repr(made), made.questions, made.chronology
            except sn.CaseError:
                pass

    return read


def docx(data: bytes, folder: Path) -> None:
    """A Word document with this text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in _WORD.items():
            archive.writestr(name, text)
        archive.writestr("word/document.xml", data)
    draft("log.docx")(made.getvalue(), folder)


def ssd(data: bytes, folder: Path) -> None:
    """Tables of the Standard Safeguarding Dataset."""
    names = ("contacts", "involvements", "cin_assessments", "assessment_factors", "initial_cp_conference", "person")
    for name, part in zip(names, data.split(_PARTING), strict=False):
        (folder / f"ssd_{name}.csv").write_bytes(part)
    try:
        made = sn.read_ssd(folder)
        repr(made), made.questions, made.chronology
    except (sn.CaseError, sn.ArgumentError):
        pass


def date(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    for order in (None, "dmy", "mdy"):
        try:
            made = standard(text, order)  # type: ignore[arg-type]
        except BadDate:
            continue
        try:
            assert standard(made) == made, "a date in the form of the format is one"
        except BadDate:
            raise AssertionError(f"{text!r} was read as {made!r}, which is none") from None


READERS: dict[str, Callable[[bytes, Path], None]] = {
    "json": json_file,
    "csv": csv_folder,
    "datapackage": datapackage,
    "xlsx": xlsx,
    "xlsx_sheet": xlsx_sheet,
    "xlsx_parts": xlsx_parts,
    "ods": ods,
    "parquet": parquet,
    "draft_csv": draft("log.csv"),
    "draft_xlsx": draft("log.xlsx"),
    "docx": docx,
    "ssd": ssd,
    "qdpx": draft("study.qdpx", sn.read_qda),
    "qde": draft("study.qde", sn.read_qda),
    "coded_csv": draft("segments.csv", sn.read_qda),
    "date": date,
}


# what they begin from ---------------------------------------------------------------------------------------


def small() -> sn.Case:
    """A small case with a row in most tables."""
    return builder.case(
        "T@school S@council P@police K:child M:family",
        "c1:3 c2:4 ok:0 answers=c1",
        "01-10T09:30 observed T c1",
        "a1: 01-12 told T>S c1 phone",
        "2024-01 met S;P c1 absent=T",
        "02-01/.. agreed S c1 due=02-15",
        agencies="school:education",
        ties="M K care strong",
        services="nursery K school 01-01 03-01 yes",
        permissions="school council - prohibited",
        links="c1 c2 same_matter T",
        conditions="w1 council workload 01-01",
    )


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """An archive with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.namelist():
            target.writestr(item, part if item == name else source.read(item))
    return made.getvalue()


def _packed() -> bytes:
    """The sample of coded passages as a project."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in (QDA / "project.qde", *(QDA / "Sources").iterdir()):
            archive.write(path, path.relative_to(QDA).as_posix())
    return made.getvalue()


@cache
def files_of(form: str) -> dict[str, bytes]:
    """The files of the small case as a folder."""
    with tempfile.TemporaryDirectory() as made:
        return {file.name: file.read_bytes() for file in sn.write_case(small(), made, format=form).iterdir()}


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files as they are."""
    for name, data in files.items():
        (folder / name).write_bytes(data)


@cache
def workbook() -> bytes:
    """The small case as a workbook."""
    with tempfile.TemporaryDirectory() as made:
        return sn.write_case(small(), Path(made) / "case.xlsx").read_bytes()


def seeds() -> dict[str, list[bytes]]:
    """Inputs that each reader takes, to begin from."""
    case = small()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        as_json = sn.write_case(case, folder / "case.json").read_bytes()
        csv = sn.write_case(case, folder / "csv")
        tables = [(csv / f"{name}.csv").read_bytes() if (csv / f"{name}.csv").exists() else b"" for name in NAMES]
        rows = sn.write_case(case, folder / "parquet", format="parquet")
        people, package = (rows / "people.parquet").read_bytes(), (csv / "datapackage.json").read_bytes()
    book = workbook()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet, top, styles = (archive.read(f"xl/{name}.xml") for name in ("worksheets/sheet1", "workbook", "styles"))
    log = b"Date,Time,Agency,Event,Action\n6 April 2021,9.30,Nursery,Bruise seen,Rang health visitor\n"
    return {
        "json": [as_json, b'{"people": {"columns": ["id"], "rows": []}, "concerns": [], "chronology": []}'],
        "csv": [_PARTING.join(tables)],
        "datapackage": [package],
        "xlsx": [book],
        "xlsx_sheet": [sheet, _SHEET],
        "xlsx_parts": [top + _PARTING + styles],
        "ods": [_ODS],
        "parquet": [people],
        "draft_csv": [log, log.replace(b",", b";")],
        "draft_xlsx": [book],
        "docx": [_DOCUMENT],
        "ssd": [_SSD],
        "qdpx": [_packed()],
        "qde": [(QDA / "project.qde").read_bytes()],
        "coded_csv": [(QDA / f"{program}.csv").read_bytes() for program in ("maxqda", "nvivo", "atlasti")],
        "date": [b"2024-01-10T09:30", b"22 May 2016", b"2024-01/..", b"7/4/21 9:30", b"24-Mar-21/Apr 2021"],
    }


_SHEET = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="2"
hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="s"><v>0</v></c>
</row><row r="2" hidden="1"><c r="A2"><v>44000.5</v></c><c r="B2" t="b"><v>1</v></c><c t="d"><v>2024-01-01</v></c><c>
<f>1</f></c><c t="e"><v>#N/A</v></c><c t="str"><v>x_x000D_</v></c></row></sheetData><mergeCells>
<mergeCell ref="A1:B2"/></mergeCells></worksheet>"""
_ODS = b"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="people"><table:table-row table:number-rows-repeated="2">
<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>id<text:s text:c="2"/></text:p>
</table:table-cell><table:table-cell office:value-type="float" office:value="007"><text:p>007</text:p>
</table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-01-01"/><table:table-cell office:value-type="time"
office:time-value="PT09H30M00S"/><table:table-cell table:formula="of:=1" table:number-columns-spanned="2"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ROW = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
_DOCUMENT = (
    f"<w:document {_W}><w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    f"{_ROW.format('Date', 'Event')}{_ROW.format('6 April 2021', 'Bruise seen')}</w:tbl></w:body></w:document>"
).encode()
_TYPES = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="rId1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
_SSD = _PARTING.join(
    [
        b"cont_person_id,cont_contact_date,cont_contact_source_code\n1,2021-03-20T00:00:00,6\n1,2021-03-21,1A\n",
        b"invo_person_id,invo_professional_id,invo_involvement_start_date\n1,W1,2021-04-05\n",
        b"cina_person_id,cina_assessment_id,cina_assessment_auth_date\n1,A1,2021-05-10\n",
        b'cinf_assessment_id,cinf_assessment_factors_json\nA1,"[""2B"", ""18C""]"\n',
        b"icpc_person_id,icpc_icpc_id,icpc_icpc_date\n1,P1,2021-04-28\n",
        b"pers_person_id,pers_dob\n1,2015-04-01\n",
    ]
)
