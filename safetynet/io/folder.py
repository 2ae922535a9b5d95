"""A folder of tables: which file is which table, and what a data package says of them.

The name of a file counts whatever its case, with a prefix that all of them share (``coding - people.csv``). Files whose
names begin with ``_``, ``.`` or ``~`` are left alone, and everything that is neither CSV nor Parquet.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..case.headings import fold, table_named
from ..case.schema import BY_NAME, REQUIRED
from ..errors import without_narrative
from . import csv_folder, datapackage, parquet
from .journal import Pending, pending
from .limits import read_bytes
from .reading import Reading, Unreadable

CAN_READ = "safetynet reads a folder of CSV or Parquet files, an .xlsx, .xlsm or .ods workbook or a .json file."
SUFFIXES = (".csv", ".parquet")
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
CASE_FILES = (*WORKBOOKS, ".json")
_PREFIXED = re.compile(r"(.*?[\s_.\-]+)([A-Za-z]+)", re.DOTALL)


class Found(NamedTuple):
    """A file that is a table, and how a data package says that it is written."""

    path: Path
    dialect: csv_folder.Dialect | None = None


def read_folder(folder: Path, label: str, reading: Reading) -> None:
    """Read every table of a folder into `reading`."""
    reading.noun = "file"
    try:
        waiting = pending(folder)
        package = _package(folder, reading, waiting)
        tables = {table: [Found(*found)] for table, found in datapackage.tables(package, folder, reading).items()}
        tables = {table: [_in_place(found[0], folder, waiting)] for table, found in tables.items()}
        _look_at_names(folder, tables, reading, waiting)
    except OSError as error:
        reading.add(label, f"the folder cannot be opened ({error.strerror}).", "Look at who may read it.")
        reading.unread.update(BY_NAME)
        return
    if not tables and not reading.problems:
        reading.add(label, "the folder has no table in it.", instead(folder))
        reading.unread.update(BY_NAME)
        return
    csv, other = ([name for name, files in tables.items() if _has(files, suffix)] for suffix in SUFFIXES)
    if csv and other:
        reading.add(
            label,
            f"the folder has tables both as CSV ({', '.join(csv)}) and as Parquet ({', '.join(other)}).",
            "Keep those of one format in it.",
        )
        reading.unread.update(BY_NAME)
        return
    for table, several in tables.items():
        _read(table, several, reading)
    datapackage.fill(package, reading)


def _has(files: list[Found], suffix: str) -> bool:
    return any(found.path.suffix.lower() == suffix for found in files)


def _package(folder: Path, reading: Reading, waiting: Pending) -> datapackage.Package:
    place = waiting.files.get(datapackage.NAME, folder / datapackage.NAME)
    if not place.exists():
        return {}
    try:
        return datapackage.read(read_bytes(place), reading)
    except Unreadable as error:
        reading.add(datapackage.NAME, error.problem, error.hint)
        return {}


def _in_place(found: Found, folder: Path, waiting: Pending) -> Found:
    """A file of a package where it counts."""
    path = waiting.files.get(found.path.name) if found.path.parent == folder else None
    return found if path is None else found._replace(path=path)


def _here(folder: Path, waiting: Pending) -> list[Path]:
    """The files that count in a folder, also those of a writing that was interrupted when it counted already."""
    there = {path.name: path for path in folder.iterdir() if path.name not in waiting.gone}
    return [path for _, path in sorted({**there, **waiting.files}.items())]


def _look_at_names(folder: Path, tables: dict[str, list[Found]], reading: Reading, waiting: Pending) -> None:
    """Add the files of the folder to the tables whose names they have; say which are none."""
    named = {found.path for several in tables.values() for found in several}
    paths = [path for path in _here(folder, waiting) if path.suffix.lower() in SUFFIXES and path not in named]
    paths = [path for path in paths if not left_alone(path.name)]
    shared = _shared_prefix([path.stem for path in paths])
    for path in paths:
        table = table_named(path.stem) or _without(path.stem, shared)
        if path.is_dir():
            said = f"{without_narrative(path.name)} is a folder, and a table is a file."
            reading.add(table or path.name, said, "Put the file here, or rename the folder.")
            reading.unread.update({table} if table else set())
        elif table:
            tables.setdefault(table, []).append(Found(path))
        else:
            reading.add_stranger(path.stem, path.name)


def table_files(folder: Path) -> dict[str, Path]:
    """The CSV files of a folder that are tables, by table; of two files of one table the first."""
    tables: dict[str, list[Found]] = {}
    _look_at_names(folder, tables, Reading(), pending(folder))
    return {name: files[0].path for name, files in tables.items() if _has(files, ".csv")}


def _without(stem: str, prefix: str) -> str:
    match = _PREFIXED.fullmatch(stem) if prefix else None
    return table_named(match[2]) if match and fold(match[1]) == prefix else ""


def _shared_prefix(stems: list[str]) -> str:
    """What stands before the table in most names, where it does in more than one."""
    found: dict[str, set[str]] = {}
    for stem in stems:
        match = _PREFIXED.fullmatch(stem)
        if match and (table := table_named(match[2])) and not table_named(stem):
            found.setdefault(fold(match[1]), set()).add(table)
    best = max(found, key=lambda prefix: (len(found[prefix] & set(REQUIRED)), len(found[prefix])), default="")
    return best if best and len(found[best]) > 1 else ""


def _read(table: str, several: list[Found], reading: Reading) -> None:
    """Read a table from the one file that is it; files that say the same are one."""
    first = several[0]
    try:
        contents = {read_bytes(found.path) for found in several} if len(several) > 1 else {b""}
    except Unreadable as error:
        reading.add_unread(table, error.problem, error.hint)
        return
    if len(contents) > 1:
        names = " and ".join(without_narrative(found.path.name) for found in several)
        reading.add_unread(
            table, f"the files {names} are both the table {table!r}.", "Keep one of them, or put _ before its name."
        )
        return
    if first.path.suffix.lower() == ".csv":
        csv_folder.read_table(first.path, table, reading, first.dialect)
    else:
        parquet.read_table(first.path, table, reading)


def left_alone(name: str) -> bool:
    """Whether a file is none of a case's: hidden, set aside with ``_``, or what a program keeps beside an open file."""
    return name.startswith((".", "_", "~"))


def _holds_tables(folder: Path) -> bool:
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not left_alone(path.name)]
    except OSError:
        return False
    return bool(names)


def instead(folder: Path) -> str:
    """What a person may have meant who named a folder without tables."""
    here = sorted(path for path in folder.iterdir() if not left_alone(path.name))
    files = [path.name for path in here if path.suffix.lower() in CASE_FILES and path.is_file()]
    folders = [path.name for path in here if path.is_dir() and _holds_tables(path)]
    if files:
        several = ", or all of them with read_study" if len(files) > 1 else ""
        return f"Read a file in it instead: {', '.join(files[:5])}{several}."
    if folders:
        return f"Read one of the cases in it ({', '.join(folders[:5])}), or all of them with read_study."
    return CAN_READ
