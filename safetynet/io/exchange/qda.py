"""Coded passages of a qualitative analysis as a draft of a case."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ArgumentError, CaseError, Problem, choose
from ...written import DATE_ORDERS, DateOrder
from ..chronology_table import Row, frame_rows, need_source, tables_of
from ..drafts import Draft
from ..files import full_path
from ..folder import WORKBOOKS
from ..limits import read_bytes
from ..reading import Unreadable
from .coded_table import from_table, layout_of
from .qda_rows import SegmentDrafting
from .qdpx import from_qdpx
from .segments import Segment

if TYPE_CHECKING:
    import pandas as pd

PROJECTS = (".qdpx", ".qde")
TABLES = (*WORKBOOKS, ".csv")
_HOW = "Give a REFI-QDA project (.qdpx), or a table of coded passages with a column of passages and one of codes."


def read_qda(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    agency: str = "",
    child: str = "",
    date_order: DateOrder | None = None,
) -> Draft:
    """A draft of a case from passages coded in NVivo, MAXQDA, ATLAS.ti or another program.

    Reads a REFI-QDA project (``.qdpx``) or the table of coded passages that those programs export. Codes of the
    codebook of :func:`write_codebook` fill their columns: a passage coded *Kind of row > told* is a row, *Who*, *To*,
    *Date* and *Concern* of the same passage, or of passages within it, go into it. Codes of your own are read by their
    words, and are then guesses. Every code, passage, coder and comment is kept in columns of its own (``given …``).

    **What the source cannot tell** stands in ``.cannot_tell`` and first on the sheet of questions.

    Parameters
    ----------
    source : path or pandas.DataFrame
        A project (``.qdpx``, or its ``.qde``), a workbook (``.xlsx``, ``.xlsm``, ``.ods``), a CSV file or a table.
    agency : str
        Whose record was coded, where no code and no variable says so.
    child, date_order
        As in :func:`draft_from_chronology`.

    Returns
    -------
    Draft
        As of :func:`draft_from_chronology`, and with ``.cannot_tell``.

    Raises
    ------
    CaseError, ArgumentError
        If it cannot be read, or nothing in it is coded; if it is no file and no DataFrame.

    See Also
    --------
    write_codebook : the codes to code with.
    draft_from_chronology : from an agency's own chronology.

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> table = pd.DataFrame(
    ...     {
    ...         "Document name": ["Interview 1", "Interview 1"],
    ...         "Code": ["Kind of row > told", "Concern > physical > Bruise"],
    ...         "Segment": ["The teacher rang the health visitor on 6 April 2021."] * 2,
    ...     }
    ... )
    >>> draft = sn.read_qda(table)
    >>> draft.chronology[["date", "kind", "who", "to", "concerns"]].to_numpy().tolist()
    [['2021-04-06', 'told', 'teacher', 'hv', 'C1']]
    >>> draft.cannot_tell[0]
    'What nobody marked is not in it: a passage that was not coded is not there.'
    """
    need_source(source)
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    if not isinstance(agency, str) or not isinstance(child, str):
        raise ArgumentError("agency and child are texts.")
    name, segments = _segments(source)
    return from_segments(segments, name=name, agency=agency, child=child, date_order=date_order)


def from_segments(
    segments: Iterable[Segment],
    *,
    name: str = "coded passages",
    agency: str = "",
    child: str = "",
    date_order: DateOrder | None = None,
) -> Draft:
    """The draft of passages that are read.

    Raises
    ------
    CaseError
        If there is none, or dates of numbers only have no order.
    """
    listed = list(segments)
    if not listed:
        said = "nothing in it is coded: there is no passage with a code."
        raise CaseError([Problem(name, "", "", "", said, "Code some passages, and export it again.")], name)
    return SegmentDrafting(name, listed, agency, child, date_order).draft()


def is_coded(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a project, or has a table of coded passages."""
    place = full_path(path)
    if place.suffix.lower() in PROJECTS:
        return True
    if place.suffix.lower() not in TABLES:
        return False
    try:
        return any(layout_of(rows) is not None for rows in tables_of(place))
    except (Unreadable, CaseError):
        return False  # whoever reads it next says what is wrong


def _segments(source: str | os.PathLike[str] | pd.DataFrame) -> tuple[str, list[Segment]]:
    if not isinstance(source, (str, os.PathLike)):
        return "coded passages", _of_tables([frame_rows(source)], "the table")
    place = full_path(source)
    try:
        return place.stem, _of_file(place)
    except Unreadable as error:
        raise CaseError([Problem(place.name, "", "", "", error.problem, error.hint)], place.name) from None


def _of_file(place: Path) -> list[Segment]:
    suffix = place.suffix.lower()
    if suffix in PROJECTS:
        return from_qdpx(read_bytes(place))
    if suffix not in TABLES:
        raise Unreadable(f"no coded passages are read from a file that ends in {suffix!r}.", _HOW)
    return _of_tables(tables_of(place), place.name)


def _of_tables(tables: Sequence[list[Row]], label: str) -> list[Segment]:
    found: list[Segment] = []
    layouts = [(rows, layout_of(rows)) for rows in tables]
    if all(layout is None for _, layout in layouts):
        said = "no table in it has a heading for passages and one for codes."
        raise CaseError([Problem(label, "", "", "", said, "Name the columns, such as Document, Code, Segment.")], label)
    for rows, layout in layouts:
        if layout is not None:
            found += from_table(rows, layout)
    return [one for one in found if one.codes]
