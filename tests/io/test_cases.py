"""Round trips between all formats, and what writing replaces and what it leaves alone."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetynet.case import Case
from safetynet.case.records import RawTable
from safetynet.case.schema import BY_NAME
from safetynet.errors import ArgumentError, FileInTheWayError, MissingExtraError
from safetynet.io.cases import read_case
from safetynet.io.reading import Reading
from safetynet.io.writing import write_case
from tests.io.small import CASES, as_csv, as_json, tables

FORMS = ("csv", "parquet", "xlsx", "json")
SUFFIX = {"csv": "", "parquet": "", "xlsx": ".xlsx", "json": ".json"}


def write(case: Case, folder: Path, form: str) -> Path:
    return write_case(case, folder / f"{form} case{SUFFIX[form]}", format=form)


# round trips ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_packaged_cases_go_through_every_format_into_every_other(folder: Path, tmp_path: Path) -> None:
    case = read_case(folder)
    written = {form: write(case, tmp_path, form) for form in FORMS}
    for first, second in itertools.product(FORMS, FORMS):
        middle = read_case(written[first])
        place = tmp_path / f"{first} to {second}"
        place.mkdir()
        again = read_case(write(middle, place, second))
        assert again == case, (first, second)
        assert again.tables().keys() == case.tables().keys()


SIGNS = ["=1+1", "'=1+1", "''+", "'", "''", "'tis", "-", "+", "@x", '"', '""', ",", ";"]
SIGNS += ["<b>&amp;</b>", "]]>", "{{x}}", "#N/A", "1.0", "2019-05", "007"]
WORDS = ["_x000D_", "_x000D", "x0041_", "_x005F_x000D_", "x005F_", "_", "NA", "nan", "None", "null", "TRUE"]
ODD = [*"\t\r\n \x00\x01\x1f\x85\u2028\ufeff\ufffe\uffff\U0001f9f8", "\r\n", "  x  ", "e\u0301"]
TRICKY = st.sampled_from([*SIGNS, *WORDS, *ODD])
TEXT = st.lists(st.one_of(TRICKY, st.text(max_size=6)), max_size=4).map("".join)
OWN = TEXT.filter(lambda name: name.strip() and name not in {n for t in BY_NAME.values() for n in t.names})
ID = TEXT.filter(
    lambda text: text and text == text.strip() and not {";", "\n"} & set(text) and text not in ("*", "none", "..", "k1")
)  # both part the ids of a list


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A valid case of one concern with any text in every cell that may hold any."""
    person = draw(ID)
    own = draw(st.lists(OWN, max_size=3, unique=True))

    def table(name: str, *rows: dict[str, str]) -> RawTable:
        columns = (*BY_NAME[name].names, *own)

        def cell(row: dict[str, str], column: str) -> str:
            return row.get(column) or draw(TEXT) if column in own else row.get(column, "")

        cells = tuple(tuple(cell(row, column) for column in columns) for row in rows)
        return RawTable(columns, cells)

    raw = {
        "case": table("case", {"id": draw(ID), "title": draw(TEXT)}),
        "people": table(
            "people",
            {"id": "k1", "name": draw(OWN), "kind": "child", "role": draw(TEXT), "language": draw(TEXT)},
            {"id": person, "name": draw(OWN), "kind": "professional"},
        ),
        "concerns": table(
            "concerns", {"id": "c1", "about": "k1", "category": "neglect", "severity": "2", "summary": draw(OWN)}
        ),
        "chronology": table(
            "chronology",
            {"id": "e1", "date": "2024", "kind": "observed", "who": person, "concerns": "c1", "basis": draw(TEXT)},
        ),
    }
    if draw(st.booleans()):
        raw["permissions"] = table("permissions")
    if draw(st.booleans()):
        raw["sources"] = table("sources", {"code": draw(ID), "title": draw(TEXT), "url": draw(TEXT)})
    return Case._from_raw(raw)


@pytest.mark.slow
@settings(max_examples=60)
@given(cases(), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_any_text_comes_back_from_any_format_to_the_last_cell(case: Case, first: str, second: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        middle = read_case(write(case, Path(name), first))
        assert middle == case
        other = Path(name) / "other"
        other.mkdir()
        assert read_case(write(middle, other, second)) == case


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("heading", ["_note", "_x000D_", "_", "__"])
def test_a_column_of_ones_own_may_begin_with_a_low_line(tmp_path: Path, form: str, heading: str) -> None:
    plain = read_case(as_json(tmp_path / "plain", tables()))
    people = plain.people.assign(**{heading: "mine"})
    case = Case(people, plain.concerns, plain.chronology, plain.agencies, id="lewis")
    assert read_case(write(case, tmp_path, form)).people[heading].tolist() == ["mine"] * len(people)


@pytest.mark.parametrize("form", FORMS)
def test_a_case_without_an_id_gets_the_name_of_its_file(tmp_path: Path, form: str) -> None:
    case = read_case(as_json(tmp_path / "lewis", tables()))
    assert case.id == "lewis"
    nameless = Case(case.people, case.concerns, case.chronology, case.agencies)
    assert nameless.id == ""
    assert read_case(write(nameless, tmp_path, form)).id == f"{form} case"


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_keeps_its_columns_and_a_missing_one_stays_missing(tmp_path: Path, form: str) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "permissions.csv").write_text("from,to,permission,my own\n")
    case = read_case(folder)
    again = read_case(write(case, tmp_path, form))
    assert again == case
    assert list(again.permissions.columns)[-1] == "my own"
    assert "ties" not in again.tables()


@pytest.mark.parametrize("form", FORMS)
def test_writing_twice_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    case = read_case(CASES[0])
    first, second = (tmp_path / name for name in ("first", "second"))
    for place in (first, second):
        place.mkdir()
        write(case, place, form)
    files = [path.relative_to(first) for path in first.rglob("*") if path.is_file()]
    assert files
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)


def test_columns_that_nobody_needs_are_not_written(tmp_path: Path) -> None:
    content = tables()
    content["people"][0] |= {"hair": ""}
    for person in content["people"][1:]:
        person |= {"hair": ""}
    folder = write_case(read_case(as_json(tmp_path / "lewis", content)), tmp_path / "out")
    assert (folder / "people.csv").read_text().splitlines()[0] == "id,name,kind,agency,hair"


# what is in the way ---------------------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return read_case(as_json(tmp_path / "lewis", tables()))


def test_the_absolute_path_is_the_answer(tmp_path: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_case(case, "out.xlsx") == tmp_path / "out.xlsx"
    assert write_case(case, "out/") == tmp_path / "out"


@pytest.mark.parametrize("form", FORMS)
def test_a_case_is_not_overwritten_unless_told_so(tmp_path: Path, case: Case, form: str) -> None:
    place = write(case, tmp_path, form)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    smaller = case.without("e2")
    with pytest.raises(FileInTheWayError, match="overwrite=True"):
        write_case(smaller, place, format=form)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    write_case(smaller, place, format=form, overwrite=True)
    assert read_case(place).chronology["id"].tolist() == ["e1"]


def test_overwriting_a_folder_takes_stale_tables_away_and_leaves_other_files(tmp_path: Path, case: Case) -> None:
    folder = write_case(read_case(next(path for path in CASES if path.name == "max")), tmp_path / "out")
    assert (folder / "ties.csv").exists()
    (folder / "README.md").write_text("mine")
    (folder / "_notes.csv").write_text("mine")
    write_case(case, folder, overwrite=True)
    tables = [f"{name}.csv" for name in ("agencies", "case", "chronology", "concerns", "people")]
    assert {path.name for path in folder.iterdir()} == {"README.md", "_notes.csv", "datapackage.json", *tables}
    assert (folder / "README.md").read_text() == "mine"
    assert read_case(folder) == case


def test_a_folder_with_other_files_only_takes_a_case(tmp_path: Path, case: Case) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "README.md").write_text("mine")
    assert read_case(write_case(case, folder)) == case


def test_two_formats_in_one_folder_are_refused_in_writing_and_a_problem_in_reading(tmp_path: Path, case: Case) -> None:
    folder = write_case(case, tmp_path / "out", format="parquet")
    with pytest.raises(FileInTheWayError, match="parquet"):
        write_case(case, folder, overwrite=True)
    as_csv(tmp_path / "csv", tables()).joinpath("people.csv").rename(folder / "people.csv")
    with pytest.raises(ValueError, match="both as CSV"):
        read_case(folder)


def test_a_folder_is_never_replaced_by_a_file_nor_a_file_by_a_folder(tmp_path: Path, case: Case) -> None:
    (tmp_path / "out.json").mkdir()
    (tmp_path / "plain").write_text("mine")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "ties.csv").mkdir()
    with pytest.raises(FileInTheWayError, match="is a file"):
        write_case(case, tmp_path / "plain", overwrite=True)
    with pytest.raises(FileInTheWayError, match="is a folder"):
        write_case(case, tmp_path / "half", overwrite=True)
    with pytest.raises(ArgumentError, match="ends in"):
        write_case(case, tmp_path / "out.json", format="json", overwrite=True)


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path, case: Case) -> None:
    target = tmp_path / "elsewhere.txt"
    target.write_text("mine")
    link = tmp_path / "out.json"
    link.symlink_to(target)
    with pytest.raises(FileInTheWayError):
        write_case(case, link)
    write_case(case, link, overwrite=True)
    assert target.read_text() == "mine"
    assert not link.is_symlink()


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("out.xlsx", "csv", "do not go together"),
        ("out", "xlsx", "ends in .xlsx"),
        ("out.csv", None, "name of a folder"),
        ("out.xls", None, "'.xlsx'"),
        ("out", "exel", "'xlsx'"),
        ("nowhere/out", None, "no folder"),
        ("nowhere/out.json", None, "no folder"),
    ],
)
def test_a_name_and_a_format_that_do_not_go_together_are_refused(
    tmp_path: Path, case: Case, name: str, form: str | None, said: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ArgumentError, match=said):
        write_case(case, tmp_path / name, format=form)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_name_with_a_dot_needs_its_format(tmp_path: Path, case: Case) -> None:
    assert read_case(write_case(case, tmp_path / "lewis.2024", format="csv")) == case


def test_what_is_no_case_and_no_path_is_refused(tmp_path: Path, case: Case) -> None:
    with pytest.raises(ArgumentError, match="not a Case"):
        write_case({}, tmp_path / "out")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="not a path"):
        read_case(3)  # type: ignore[arg-type]


def test_parquet_without_pyarrow_names_the_extra(tmp_path: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"safetynet-networks\[study\]"):
        write_case(case, tmp_path / "out", format="parquet")
    assert not (tmp_path / "out").exists()


# files beside the tables ----------------------------------------------------------------------------------


def test_files_that_begin_with_an_underscore_or_a_dot_and_other_sorts_are_left_alone(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    before = read_case(folder)
    for name in ("_notes.csv", ".~lock.people.csv", "._people.csv", "README.md", "~people.csv"):
        (folder / name).write_text("not, a\ntable")
    assert read_case(folder) == before


def test_another_csv_file_is_a_problem_with_a_way_out(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "sevices.csv").write_text("need,person\n")
    with pytest.raises(ValueError, match="1 problem") as caught:
        read_case(folder)
    assert "Did you mean 'services'?" in str(caught.value)
    assert "put _ before its name" in str(caught.value)


def test_a_table_of_several_cases_points_to_read_study(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "cases.csv").write_text("case,title\n")
    with pytest.raises(ValueError, match="read_study"):
        read_case(folder)


def test_a_fault_that_follows_from_another_is_not_reported_twice() -> None:
    reading = Reading()
    reading.add_unread("people", "it cannot be read.")
    for name, rows in tables().items():
        if name != "people":
            lines = tuple(str(place + 2) for place in range(len(rows)))
            reading.tables[name] = RawTable(tuple(rows[0]), tuple(tuple(row.values()) for row in rows), lines)
    with pytest.raises(ValueError, match="1 problem"):
        reading.case("x", "x")
