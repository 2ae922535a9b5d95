"""Writing the report of a case to one HTML file."""

from __future__ import annotations

import os
from pathlib import Path

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import choose
from ..progress import steps
from ..rules import Rules
from .gathered import LEVELS, STEPS, Level, gather
from .page import render, web_page, written


def report(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike | None = None,
    *,
    full: bool = False,
    level: Level = "agency",
    rules: Rules | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a reviewer's document about a case: one HTML file that opens anywhere, asks for nothing, and prints.

    Two pages first: what the case is, what a reviewer may want to look at and what worked, each with its question,
    and a picture. Then people and roles; who knew what; the scores, each with its sentence, bounds and key rows;
    responsibility, action plan and duties; meetings, requests and decisions; what was taken to be so; the chronology
    with a filter; and every convention, the limits, where it comes from and how to cite it.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    path : path
        The file to write. It replaces only a report that safetynet made of the same case.
    full : bool
        Everything. Otherwise it is about twelve printed pages for a case of 250 rows: of each table the weightiest
        lines stand on paper and more on the screen, and each table says what is left off.
    level : {"agency", "person"}
        Whether professionals are shown by agency and role, or by name. On the screen one can switch; paper shows this.
    overwrite : bool
        Whether any other file that is there may be replaced.

    Returns
    -------
    pathlib.Path
        The absolute path of the file.

    Raises
    ------
    FileInTheWayError
        If another file is there and `overwrite` is false; it is left alone.
    DateError
        If `at` is no date.
    ArgumentError
        If `path` does not end in ``.html``, `level` is neither, or `case` is no case.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import safetynet as sn
    >>> sn.report(sn.load_case("worked_example"), pathlib.Path(tempfile.mkdtemp()) / "report.html").name
    'report.html'
    """
    need_case(case)
    web_page(path)
    choose("level", level, LEVELS)
    with steps("reading the record", STEPS) as step:
        content = gather(case, at, rules, full, step)
        page = render("report.html", case, styles=["report"], scripts=["report"], level=level, **content)
    return written(path, page, case, overwrite=overwrite)
