"""Writing a case, whatever its format: everything or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from ..case import Case
from ..case.records import RawTable
from ..case.schema import BY_NAME, TABLES
from ..errors import ArgumentError, FileInTheWayError, brief, choose, nearest, type_of, yes_or_no
from . import csv_folder, datapackage, json_file, parquet, workbook
from .files import full_path, refuse_if_taken, write_file, write_folder
from .unfit import refuse_unfit

Format = Literal["csv", "parquet", "xlsx", "json"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "xlsx", "json")


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
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = sn.write_case(sn.load_case("worked_example"), folder + "/worked example")
    ...     sorted(file.name for file in written.iterdir())
    ['agencies.csv', 'case.csv', 'chronology.csv', 'concerns.csv', 'datapackage.json', 'people.csv']
    """
    if not isinstance(case, Case):
        raise ArgumentError(f"case is {type_of(case)}, not a Case. Write {_asked(case, path)}.")
    place = full_path(path)
    form = _format(place, format)
    if form in ("xlsx", "json"):
        refuse_if_taken(place, overwrite)
        refuse_unfit(case._raw, form)
        tables = {table.name: written(case._raw[table.name], table.name) for table in TABLES if table.name in case._raw}
        write_file(place, (workbook.as_workbook if form == "xlsx" else json_file.as_json)(tables), overwrite=overwrite)
        return place
    refuse_unfit(case._raw, form)
    write_tables(case._raw, place, form, overwrite=overwrite)
    return place


def write_tables(raw: Mapping[str, RawTable], place: Path, form: Format, *, overwrite: bool = False) -> None:
    """Write tables as a folder of CSV or Parquet files with a ``datapackage.json``, all or none."""
    tables = {table.name: written(raw[table.name], table.name) for table in TABLES if table.name in raw}
    stale = _stale(place, form, overwrite)
    make = csv_folder.as_csv if form == "csv" else parquet.as_parquet
    files = {f"{name}.{form}": make(columns, rows) for name, (columns, rows) in tables.items()}
    about = dict(zip(raw["case"].columns, raw["case"].rows[0], strict=True))
    about["id"] = about.get("id") or place.name
    files[datapackage.NAME] = datapackage.as_package(about, tables, form)
    write_folder(place, files, [name for name in stale if name not in files], overwrite=overwrite)


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
            + "Use a name that ends in .xlsx or .json, or a folder (with format='csv' if its name has a dot). "
            "For other programs there is export."
        )
    return "csv"


def _asked(case: object, path: object) -> str:
    """How to ask for a case to be written, where something else came first: the two may only have changed places."""
    return f"write_case(case, {brief(case if isinstance(path, Case) else path)})"


def _stale(place: Path, form: str, overwrite: bool) -> list[str]:
    """The case files in a folder that writing would replace; raises if it may not."""
    yes_or_no(overwrite=overwrite)
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
