"""Writing the report of a case to one HTML file."""

from __future__ import annotations

import os
from pathlib import Path

from ..case import Case, need_case
from ..dates import DateLike
from ..progress import steps
from ..rules import Rules
from .content import SECTIONS, gather
from .page import render, web_page, written


def report(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike | None = None,
    *,
    rules: Rules | None = None,
    overwrite: bool = False,
) -> Path:
    """Write one self-contained HTML report of a case.

    What the case is, the scores each with its sentence and the rows it rests on, what a reviewer may want
    pointed out, who had what on record, the network, how each worry stands, and the limits. It opens from disk
    without any request to anywhere, and prints.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    path : path
        The file to write. It replaces only a report that safetynet made of the same case.
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
        If `path` does not end in ``.html``, or `case` is no case.
    """
    need_case(case)
    web_page(path)
    with steps("reading the record", len(SECTIONS) + 1) as step:
        content = gather(case, at, rules, step)
        page = render("report.html", styles=["report"], **content)
    return written(path, page, case, overwrite=overwrite)
