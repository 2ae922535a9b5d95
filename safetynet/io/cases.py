"""Reading a case, whatever its format."""

from __future__ import annotations

import os
from pathlib import Path

from ..case import Case
from ..case.schema import BY_NAME
from ..errors import choose, did_you_mean
from ..written import DATE_ORDERS, DateOrder
from . import datapackage, json_file, sheets
from .files import full_path
from .folder import CAN_READ, CASE_FILES, SUFFIXES, WORKBOOKS, left_alone, read_folder
from .limits import read_bytes
from .reading import MAKE_A_DRAFT, Reading, Unreadable

_CODED = "Make a draft of it: safetynet draft FILE -o coding.xlsx, or read_qda in Python."


def read_case(path: str | os.PathLike[str], *, date_order: DateOrder | None = None) -> Case:
    """Read a case from a folder of CSV or Parquet files, a workbook, or a JSON file.

    Headings, the names of sheets and files, and code words are read whatever their case, and with blanks, ``_`` or
    ``-`` inside; dates also in words (22 May 2016). Nothing is guessed: what may be meant in two ways is a problem,
    and what is odd but usable a row of ``case.warnings``. An id ``007`` or ``NA`` stays as it is. A column that the
    case format does not know is kept. Files, sheets and columns of a workbook whose names begin with ``_`` are left
    alone, and in a folder everything that is neither CSV nor Parquet, apart from ``datapackage.json``: where the
    tables are, title, source and licence are taken from that.

    Parameters
    ----------
    path : path
        The folder or file: ``.xlsx``, ``.xlsm``, ``.ods`` or ``.json``.
    date_order : {"dmy", "mdy"}, optional
        Whether the day or the month comes first in dates of numbers only, such as 03/04/2021. Without it such dates
        are a problem, as they may mean two days.

    Returns
    -------
    Case
        Its id, where the ``case`` table gives none, is the name of the folder or file.

    Raises
    ------
    CaseError
        With every problem of the input at once, in ``.problems``. In CSV and workbooks a row is called by its
        number in the sheet (the header is row 1); in JSON and Parquet by its place (the first is 1).
    ArgumentError
        If `date_order` is neither.

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
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    place = full_path(path)
    if place.name == datapackage.NAME and place.is_file():
        place = place.parent
    return reading_of(place).case(place.name if place.is_dir() else place.stem, _label(place), date_order)


def reading_of(place: Path) -> Reading:
    """The tables of a folder or file as text, not yet checked, with what could not be read of them."""
    reading = Reading()
    (read_folder if place.is_dir() else _read_file)(place, _label(place), reading)
    return reading


def _label(place: Path) -> str:
    return place.name or str(place)


def _read_file(place: Path, label: str, reading: Reading) -> None:
    """Read a workbook or JSON file into `reading`; of a data package, the folder that it describes."""
    try:
        _refuse_other(place)
        data = read_bytes(place)
    except Unreadable as error:
        reading.add(label, error.problem, error.hint, value=label)
        reading.unread.update(BY_NAME)
        return
    if place.suffix.lower() in WORKBOOKS:
        sheets.read_workbook(data, label, reading)
    else:
        reading.noun = "key"
        json_file.read_case_file(data, label, reading)


def _refuse_other(place: Path) -> None:
    """Raise unless a file is there that may be a workbook or JSON file."""
    suffix = place.suffix.lower()
    if not place.parent.is_dir():
        raise Unreadable(f"there is no folder {str(place.parent)!r}.", "Look at the spelling.")
    if place.name.startswith("~$"):
        raise Unreadable(
            "it is what a spreadsheet program keeps beside a workbook while that is open.",
            f"Read {place.name[2:]!r} instead.",
        )
    if place.is_symlink() and not place.exists():
        raise Unreadable(
            f"{str(place)!r} is a link to what is not there.", "Make the link anew, or put the file there."
        )
    if not place.exists():
        others = sorted(other.name for other in place.parent.iterdir() if not left_alone(other.name))
        near = did_you_mean(place.name, others, allowed=0)
        packaged = "" if suffix else f" If it is a packaged case, write load_case({place.name!r})."
        raise Unreadable(f"there is no file or folder {str(place)!r}.", (near or "Look at the spelling.") + packaged)
    if suffix in SUFFIXES:
        raise Unreadable(
            "this is one table, and a case is several.",
            f"Read the folder that it is in: {str(place.parent)!r}. Of an agency's own chronology make a draft: "
            "safetynet draft FILE -o coding.xlsx.",
        )
    if suffix == ".docx":
        raise Unreadable("it is a Word document: a chronology perhaps, but no coded case.", MAKE_A_DRAFT)
    if suffix in (".qdpx", ".qde"):
        raise Unreadable("it is a project of coded passages, and no coded case.", _CODED)
    if suffix not in CASE_FILES:
        sheet = suffix in (".xls", ".xlsb", ".numbers", ".fods", ".gsheet")
        instead = "Save it as an Excel workbook (.xlsx)." if sheet else ""
        raise Unreadable(f"a file that ends in {suffix!r} cannot be read.", f"{CAN_READ} {instead}".strip())
