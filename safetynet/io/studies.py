"""The cases of a study, found but not yet read: in folders, workbooks and JSON files, or in Parquet tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from ..case import Case
from ..case.headings import table_named
from ..case.schema import BY_NAME, REQUIRED
from ..errors import ArgumentError, CaseError, MissingExtraError, Problem
from ..problems import few
from ..wording import count
from ..written import DateOrder
from . import datapackage, parquet
from .cases import read_case, reading_of
from .files import full_path
from .folder import CASE_FILES, SUFFIXES, left_alone
from .limits import MOST_ROWS
from .reading import Reading
from .study_batches import Columns
from .study_tables import Tables, case_column

OTHER_WORKBOOKS = (".xls", ".xlsb")  # read_case says what to do with one
_NOT_A_STUDY = (
    "A study is a folder of cases (folders, workbooks or JSON files), or a folder of Parquet tables with a column "
    "'case'."
)


class Unread(Protocol):
    """A case of a study that can be read here or, once it is there, in another process."""

    @property
    def name(self) -> str:
        """What the study calls it."""

    def read(self) -> Case:
        """The case; raises :class:`CaseError` with its problems."""

    def attributes(self) -> dict[str, str]:
        """What the case says of itself for a study to compare, without checking the rest."""

    def digest(self) -> str:
        """The same signs for the same contents, and nothing of what is in them."""


class Source(Protocol):
    """Where the cases of a study are; they come in the order of their names, one after the other."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Unread]: ...


class FromPath(NamedTuple):
    """A case in a folder or file of its own."""

    name: str
    path: Path
    date_order: DateOrder | None

    def read(self) -> Case:
        """The case."""
        return read_case(self.path, date_order=self.date_order)

    def attributes(self) -> dict[str, str]:
        """The columns of its own in the table about the case."""
        return _attributes(reading_of(self.path))

    def digest(self) -> str:
        """Of the names and bytes of its files."""
        made = hashlib.sha256(repr((self.path.name, self.date_order)).encode())
        inside = self.path.iterdir() if self.path.is_dir() else [self.path]
        for path in sorted(one for one in inside if one.is_file() and not left_alone(one.name)):
            data = path.read_bytes()
            made.update(f"{path.name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
        return made.hexdigest()


class FromTables(NamedTuple):
    """A case in the rows of Parquet tables."""

    name: str
    tables: Mapping[str, Columns]
    date_order: DateOrder | None

    def read(self) -> Case:
        """The case."""
        if not self.name:
            raise CaseError(list(map(self._nameless, self._filled())), "rows of no case")
        return self._reading().case(self.name, self.name, self.date_order)

    def attributes(self) -> dict[str, str]:
        """The columns of its own in the table about the cases."""
        return _attributes(self._reading())

    def digest(self) -> str:
        """Of its rows."""
        return hashlib.sha256(repr((self.name, self.date_order, sorted(self.tables.items()))).encode()).hexdigest()

    def _reading(self) -> Reading:
        reading = Reading()
        for table, (names, columns, rows) in self.tables.items():
            if rows > MOST_ROWS:
                reading.add_unread(table, f"it has more than {MOST_ROWS:,} rows of one case.", "Look at column 'case'.")
            elif rows or table in REQUIRED:
                parquet.add_columns(table, names, columns, reading)
        return reading

    def _filled(self) -> list[str]:
        return [table for table, columns in self.tables.items() if columns.rows]

    def _nameless(self, table: str) -> Problem:
        many = self.tables[table].rows
        said = f"{many} {'row names' if many == 1 else 'rows name'} no case."
        return Problem(table, "", "case", "", said, "Write into each row of which case it is.")


def _attributes(reading: Reading) -> dict[str, str]:
    table = reading.tables.get("case")
    if table is None or not table.rows:
        return {}
    known = BY_NAME["case"].names
    return {name: cell for name, cell in zip(table.columns, table.rows[0], strict=True) if name not in known}


class Files:
    """A folder of cases, each in a folder or file of its own."""

    def __init__(self, cases: list[FromPath]) -> None:
        self._cases = cases

    def __len__(self) -> int:
        return len(self._cases)

    def __iter__(self) -> Iterator[Unread]:
        return iter(self._cases)


def source_of(path: object, date_order: DateOrder | None) -> Source:
    """Where the cases of a study are.

    Raises
    ------
    ArgumentError
        If there is no such folder, or no case in it.
    CaseError
        If the tables of a study cannot be read at all.
    """
    folder = full_path(path)  # type: ignore[arg-type]  # it refuses what is no path
    if not folder.is_dir():
        there = "is a file" if folder.exists() else "is not there"
        raise ArgumentError(f"{str(folder)!r} {there}. {_NOT_A_STUDY}")
    tables = sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES and not left_alone(one.name))
    if any(_is_of_a_study(one) for one in tables):
        _refuse_beside(folder, [one for place in _places(folder) if place not in tables for one in _cases_in(place)])
        return Tables(folder, tables, date_order, FromTables)
    found = [one for place in _places(folder) for one in _cases_in(place)]
    if not found:
        one = " It holds one case: read it with read_case." if _is_case(folder) else ""
        raise ArgumentError(f"There is no case in the folder {str(folder)!r}.{one} {_NOT_A_STUDY}")
    return Files(_named(folder, found, date_order))


def _refuse_beside(folder: Path, cases: list[Path]) -> None:
    """Raise where cases lie beside the Parquet tables of a study: they would be left out without a word."""
    if cases:
        names = [repr(one.relative_to(folder).as_posix()) for one in cases]
        raise ArgumentError(
            f"The folder {str(folder)!r} holds the Parquet tables of a study, and besides them "
            f"{count(len(cases), 'case')} in files or folders: {few(names)}. Keep the tables in a folder of their own, "
            "or put _ before the name of what is no part of the study."
        )


def _is_of_a_study(table: Path) -> bool:
    """Whether a Parquet file has a column that says of which case a row is."""
    if table.suffix.lower() != ".parquet" or not table_named("case" if table.stem == "cases" else table.stem):
        return False
    try:
        return case_column(table) is not None
    except MissingExtraError:
        raise
    except (OSError, ValueError):  # pyarrow's errors are both; read_case says what is wrong with it
        return False


def _places(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if not left_alone(one.name))


def _is_case(folder: Path) -> bool:
    here = [one for one in folder.iterdir() if one.is_file() and not left_alone(one.name)]
    return any(one.suffix.lower() in SUFFIXES or one.name == datapackage.NAME for one in here)


def _cases_in(place: Path) -> Iterator[Path]:
    """The cases at a place: a file, a folder of tables, or those in the folders of a folder."""
    is_broken_link = place.is_symlink() and not place.exists()
    if place.is_file() or is_broken_link:
        if place.suffix.lower() in (*CASE_FILES, *OTHER_WORKBOOKS) and place.name != datapackage.NAME:
            yield place
    elif place.is_dir():
        if _is_case(place):
            yield place
        elif not place.is_symlink():  # a link may lead back to where it is
            for inner in _places(place):
                yield from _cases_in(inner)


def _named(folder: Path, found: list[Path], date_order: DateOrder | None) -> list[FromPath]:
    """Each case with its name: where it is in the study, with its ending where two would have one name."""
    whole = {path: path.relative_to(folder).as_posix() for path in found}
    short = {path: name if path.is_dir() else name[: -len(path.suffix)] for path, name in whole.items()}
    taken = list(short.values())
    named = {path: name if taken.count(name) == 1 else whole[path] for path, name in short.items()}
    return [FromPath(name, path, date_order) for path, name in sorted(named.items(), key=lambda one: one[1])]
