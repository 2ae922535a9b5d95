"""Writing the report of a case to one HTML file."""

from __future__ import annotations

import os
from pathlib import Path

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import ArgumentError, choose, is_whole, yes_or_no
from ..io.files import full_path, write_generated
from ..io.marks import mark_of
from ..progress import steps
from ..rules import Rules
from .extent import FULL, ONLY_PAPER, SHORT
from .family import gather_family
from .gathered import LEVELS, STEPS, Level, gather
from .page import render, web_page
from .paper import as_pdf, need_pdf
from .seldom import seldom_collected


def report(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike | None = None,
    *,
    full: bool = False,
    level: Level = "agency",
    family: bool = False,
    pdf: bool = False,
    bands: int = 0,
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
    family : bool
        A copy for the family instead: in plain words and without codes or scores, what is their own word marked,
        accounts that differ side by side, and room for how they remember it. With `full` it has every row.
    pdf : bool
        A PDF instead of a web page: what stands on paper, at one level, with page numbers in the contents. `path`
        then ends in ``.pdf``. Needs the extra ``pdf``.
    bands : int
        From so many draws, a band beside each score: what it would be if the dates and rows that are not sure had been
        otherwise (:func:`intervals`), and which way further contacts could move it; and with each matter in how many
        draws it stays among the first ten (:func:`matters_stability`). 0: neither. 200 take about twelve seconds for a
        case of 250 rows and five for one of 80.
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
        If `path` does not end in ``.html`` (or ``.pdf``), `level` is neither, `bands` is no whole number
        or asked for with `family`, or `case` is no case.
    MissingExtraError
        For a PDF without the extra ``pdf``.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import safetynet as sn
    >>> sn.report(sn.load_case("worked_example"), pathlib.Path(tempfile.mkdtemp()) / "report.html").name
    'report.html'
    """
    need_case(case)
    choose("level", level, LEVELS)
    yes_or_no(full=full, family=family, pdf=pdf, overwrite=overwrite)
    _check_bands(bands, family)
    named_for(path, pdf)
    only = level if pdf else ""
    with seldom_collected(), steps("reading the record", STEPS) as step:
        if family:
            content = gather_family(case, at, rules, full, step)
            page = render("family.html", case, styles=["levels", "family"], level=level, only=only, **content)
        else:
            extent = FULL if full else ONLY_PAPER if pdf else SHORT
            content = gather(case, at, rules, extent, step, bands)
            page = render(
                "report.html", case, styles=["levels", "report"], scripts=["report"], level=level, only=only, **content
            )
        step("the file")
        made = as_pdf(page, mark_of(case)) if pdf else page
    return write_generated(path, made, mark_of(case), overwrite=overwrite, at_end=pdf)


def _check_bands(bands: object, family: bool) -> None:
    if not is_whole(bands) or bands < 0:  # type: ignore[operator]
        raise ArgumentError(f"bands is a number of draws, such as 200; it is {bands!r}.")
    if bands and family:
        raise ArgumentError("The copy for the family has no scores, and so no bands. Leave one of the two out.")


def named_for(path: str | os.PathLike[str], pdf: bool) -> None:
    """Refuse a name that does not fit the format, and a PDF that could not be made, before anything is worked out."""
    place = full_path(path)
    if pdf:
        if place.suffix.lower() != ".pdf":
            raise ArgumentError(f"{str(path)!r} is not the name of a PDF. Write {place.stem + '.pdf'!r}.")
        need_pdf()
    elif place.suffix.lower() == ".pdf":
        raise ArgumentError(f"{str(path)!r} is the name of a PDF. Write pdf=True, or {place.stem + '.html'!r}.")
    else:
        web_page(path)
