"""Reading and writing a case, whatever its format."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from ..case import Case
from ..case.records import RawTable
from ..case.schema import BY_NAME, TABLES
from ..errors import ArgumentError, FileInTheWayError, choose, did_you_mean, nearest
from . import csv_folder, datapackage, json_file, parquet
from . import workbook as excel
from .files import full_path, refuse_if_taken, write_file, write_folder
from .reading import Reading
from .unfit import refuse_unfit

Format = Literal["csv", "parquet", "xlsx", "json"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "xlsx", "json")
CAN_READ = "safetynet reads a folder of CSV or Parquet files, an .xlsx workbook or a .json file."


# reading --------------------------------------------------------------------------------------------------


def read_case(path: str | os.PathLike[str]) -> Case:
    """Read a case from a folder of CSV or Parquet files, an Excel workbook, or a JSON file.

    Nothing is guessed: cells are text until they are checked, so an id ``007`` or ``NA`` stays as it is.
    Blank rows are passed over. A column that the case format does not know is kept. Files and sheets whose
    names begin with ``_`` are left alone, and in a folder everything that is neither CSV nor Parquet, apart
    from ``datapackage.json``: title, source and licence are taken from that where the ``case`` table has
    none.

    Parameters
    ----------
    path : path
        The folder or file.

    Returns
    -------
    Case
        Its id, where the ``case`` table gives none, is the name of the folder or file.

    Raises
    ------
    CaseError
        With every problem of the input at once, in ``.problems``. In CSV and Excel a row is called by its
        number in the sheet (the header is row 1); in JSON and Parquet by its place (the first is 1).

    See Also
    --------
    write_case : the other way.
    write_template : an empty workbook to type a case into.

    Examples
    --------
    >>> import tempfile
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     again = sn.read_case(sn.write_case(case, folder + "/case.xlsx"))
    >>> again == case
    True
    """
    place = full_path(path)
    label = place.name or str(place)
    reading = Reading()
    if place.is_dir():
        _read_folder(place, label, reading)
        return reading.case(place.name, label)
    suffix = place.suffix.lower()
    data = _data(place, label, reading)
    if data is None:
        reading.unread.update(BY_NAME)
    elif suffix == ".xlsx":
        reading.noun = "sheet"
        excel.read_workbook(data, label, reading)
    else:
        reading.noun = "key"
        json_file.read_case_file(data, label, reading)
    return reading.case(place.stem, label)


def _data(place: Path, label: str, reading: Reading) -> bytes | None:
    """The bytes of a workbook or JSON file, or None after noting why there are none."""
    suffix = place.suffix.lower()
    if not place.exists():
        if place.parent.is_dir():
            near = did_you_mean(place.name, sorted(other.name for other in place.parent.iterdir()), allowed=0)
            reading.add(
                label,
                f"there is no file or folder {str(place)!r}.",
                near or "Look at the spelling.",
                value=label,
            )
        else:
            reading.add(label, f"there is no folder {str(place.parent)!r}.", "Look at the spelling.", value=label)
    elif suffix in (".csv", ".parquet"):
        reading.add(
            label,
            "this is one table, and a case is several.",
            f"Read the folder that it is in: {str(place.parent)!r}.",
            value=label,
        )
    elif suffix not in (".xlsx", ".json"):
        sheet = suffix in (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
        reading.add(
            label,
            f"a file that ends in {suffix!r} cannot be read.",
            f"{CAN_READ} {'Save it as an Excel workbook (.xlsx).' if sheet else ''}".strip(),
            value=label,
        )
    else:
        try:
            return place.read_bytes()
        except OSError as error:
            reading.add(
                label,
                f"the file cannot be opened ({error.strerror}).",
                "Look at who may read it.",
                value=label,
            )
    return None


def _left_alone(name: str) -> bool:
    return name.startswith((".", "_", "~"))


def _files(folder: Path, suffix: str) -> dict[str, Path]:
    """The files of that sort in a folder, by their names without the suffix."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == suffix and path.is_file())
    return {path.stem: path for path in found if not _left_alone(path.name)}


def _read_folder(folder: Path, label: str, reading: Reading) -> None:
    reading.noun = "file"
    try:
        found = {suffix: _files(folder, suffix) for suffix in (".csv", ".parquet")}
    except OSError as error:
        reading.add(label, f"the folder cannot be opened ({error.strerror}).", "Look at who may read it.")
        reading.unread.update(BY_NAME)
        return
    tables = {suffix: [name for name in files if name in BY_NAME] for suffix, files in found.items()}
    if all(tables.values()):
        reading.add(
            label,
            f"the folder has tables both as CSV ({', '.join(tables['.csv'])}) and as Parquet "
            f"({', '.join(tables['.parquet'])}).",
            "Keep those of one format in it.",
        )
        reading.unread.update(BY_NAME)
        return
    if not any(found.values()):
        reading.add(label, "the folder has no table in it.", _instead(folder))
        reading.unread.update(BY_NAME)
        return
    for suffix, files in found.items():
        read = csv_folder.read_table if suffix == ".csv" else parquet.read_table
        for name, path in files.items():
            if name in BY_NAME:
                read(path, name, reading)
            else:
                reading.add_stranger(name, path.name)
    package = folder / datapackage.NAME
    if package.is_file():
        try:
            data = package.read_bytes()
        except OSError as error:
            reading.add(datapackage.NAME, f"the file cannot be opened ({error.strerror}).", "Look at who may read it.")
        else:
            datapackage.read(data, reading)


def _instead(folder: Path) -> str:
    """What a person may have meant who named a folder without tables."""
    here = sorted(path for path in folder.iterdir() if not _left_alone(path.name))
    files = [path.name for path in here if path.suffix.lower() in (".xlsx", ".json") and path.is_file()]
    folders = [path.name for path in here if path.is_dir() and (_files(path, ".csv") or _files(path, ".parquet"))]
    if files:
        return f"Read a file in it instead: {', '.join(files[:5])}."
    if folders:
        return f"Read one of the cases in it ({', '.join(folders[:5])}), or all of them with read_study."
    return CAN_READ


# writing --------------------------------------------------------------------------------------------------


def write_case(case: Case, path: str | os.PathLike[str], *, format: str | None = None, overwrite: bool = False) -> Path:
    """Write a case as a folder of CSV or Parquet files, an Excel workbook, or a JSON file.

    :func:`read_case` reads it back without loss, to the last cell. Columns without any value are left out
    unless they are required or your own. A folder also gets a ``datapackage.json``. Either everything is
    written or nothing is.

    Parameters
    ----------
    case : Case
    path : path
        A name that ends in ``.xlsx`` or ``.json``, or a folder.
    format : {"csv", "parquet", "xlsx", "json"}, optional
        Default: what the name ends in; a folder gets CSV files.
    overwrite : bool
        Whether a case that is already there may be replaced. In a folder only the files of a case are: a
        table that the new case lacks is taken away, and other files stay.

    Returns
    -------
    pathlib.Path
        Where the case is, absolute.

    Raises
    ------
    FileInTheWayError
        If something that would be overwritten is at `path` and `overwrite` is false.
    UnfitTextError
        If a cell holds what the format cannot hold; nothing is written then.
    ArgumentError
        If `path` and `format` do not go together, or the folder to write into is not there.
    MissingExtraError
        For Parquet without the extra ``study``.

    See Also
    --------
    read_case : the other way.

    Examples
    --------
    >>> import tempfile
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = sn.write_case(case, folder + "/worked example")
    ...     sorted(file.name for file in written.iterdir())
    ['agencies.csv', 'case.csv', 'chronology.csv', 'concerns.csv', 'datapackage.json', 'people.csv']
    """
    if not isinstance(case, Case):
        raise ArgumentError(f"case is a {type(case).__name__}, not a Case. Write write_case(case, {str(path)!r}).")
    place = full_path(path)
    form = _format(place, format)
    tables = {table.name: written(case._raw[table.name], table.name) for table in TABLES if table.name in case._raw}
    if form in ("xlsx", "json"):
        refuse_if_taken(place, overwrite)
        refuse_unfit(case._raw, form)
        write_file(place, (excel.as_workbook if form == "xlsx" else json_file.as_json)(tables), overwrite=overwrite)
        return place
    stale = _stale(place, form, overwrite)
    refuse_unfit(case._raw, form)
    make = csv_folder.as_csv if form == "csv" else parquet.as_parquet
    files = {f"{name}.{form}": make(columns, rows) for name, (columns, rows) in tables.items()}
    about = dict(zip(case._raw["case"].columns, case._raw["case"].rows[0], strict=True))
    about["id"] = about.get("id") or place.name
    files[datapackage.NAME] = datapackage.as_package(about, tables, form)
    write_folder(place, files, [name for name in stale if name not in files])
    return place


def written(raw: RawTable, name: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The columns and rows of a table as they are written: without known columns that nobody needs."""
    spec = BY_NAME[name]
    keep: list[int] = []
    for place, column in enumerate(raw.columns):
        known = spec.get(column)
        first = name == "case" and column == "id"
        if known is None or known.required or first or any(row[place] for row in raw.rows):
            keep.append(place)
    if len(keep) == len(raw.columns):
        return raw.columns, raw.rows
    return tuple(raw.columns[place] for place in keep), tuple(tuple(row[place] for place in keep) for row in raw.rows)


def _format(place: Path, format: str | None) -> Format:
    """The format that a path and a wish for one add up to."""
    suffix = place.suffix.lower()
    wished = None if format is None else choose("format", format, FORMATS)
    if suffix in (".xlsx", ".json") and not place.is_dir():
        found: Format = "xlsx" if suffix == ".xlsx" else "json"
        if wished is not None and wished != found:
            raise ArgumentError(f"format={format!r} and a name that ends in {suffix!r} do not go together.")
        return found
    if wished in ("xlsx", "json"):
        raise ArgumentError(f"format={format!r} needs a file name that ends in .{wished}; {str(place)!r} does not.")
    if wished is not None:
        return "parquet" if wished == "parquet" else "csv"
    if suffix in (".csv", ".parquet") and not place.is_dir():
        raise ArgumentError(
            f"{place.name!r} would be one file, and a case is several tables. Give the name of a folder."
        )
    if suffix and not place.is_dir():
        near = nearest(suffix, (".xlsx", ".json"), 1)
        raise ArgumentError(
            f"{place.name!r}: a case cannot be written as {suffix!r}. "
            + (f"Did you mean {near[0]!r}? " if near else "")
            + "Use a name that ends in .xlsx or .json, or a folder (with format='csv' if its name has a dot)."
        )
    return "csv"


def _stale(place: Path, form: str, overwrite: bool) -> list[str]:
    """The case files in a folder that writing would replace; raises if it may not."""
    if not os.path.lexists(place):
        if not place.parent.is_dir():
            raise ArgumentError(
                f"There is no folder {str(place.parent)!r} to write {place.name!r} into. Make it first."
            )
        return []
    if not place.is_dir():
        raise FileInTheWayError(f"{str(place)!r} is a file, and a folder is to be written. Give another name.")
    other = "parquet" if form == "csv" else "csv"
    for name in BY_NAME:
        if os.path.lexists(place / f"{name}.{other}"):
            raise FileInTheWayError(
                f"{str(place)!r} holds tables as {other} ({name}.{other}), and a case is in one format. "
                "Give another folder."
            )
    there = [
        name for name in (*(f"{name}.{form}" for name in BY_NAME), datapackage.NAME) if os.path.lexists(place / name)
    ]
    for name in there:
        if (place / name).is_dir():
            raise FileInTheWayError(f"{str(place / name)!r} is a folder. Give another name.")
    if there and not overwrite:
        raise FileInTheWayError(
            f"{str(place)!r} already holds a case ({there[0]}), which was left alone. "
            "Give another folder, or overwrite=True."
        )
    return there
