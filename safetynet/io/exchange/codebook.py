"""The words of the case format as a REFI-QDA codebook (``.qdc``), which NVivo, MAXQDA, ATLAS.ti and others import.

A code stands below the column that it fills: *Kind of row > told*. Below *Who*, *To*, *Present*, *Absent*, *Agency* and
*Date* a coder adds codes of their own, and below a category of concern the concerns themselves.
"""

from __future__ import annotations

import os
import uuid
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...case.schema import BY_NAME
from ...case.vocabulary import CATEGORIES, CONFIDENCE_WORDS, KINDS
from ...errors import ArgumentError
from ..files import full_path, write_generated
from ..marks import MADE_OF
from . import markup
from .graphml import lines
from .markup import tag

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MARK = f"{MADE_OF}the case format"
_HOME = uuid.uuid5(uuid.NAMESPACE_URL, "safetynet:codebook")
_WORDS = ("seen", "channel", "two_way", "received", "complete", "outcome", "reason", "consent")


class Group(NamedTuple):
    """A code with the codes below it: which column they fill, and what each word means."""

    name: str
    column: str
    help: str
    words: tuple[tuple[str, str], ...] = ()


@cache
def groups() -> tuple[Group, ...]:
    """The groups of the codebook, in the order of the columns."""
    rows, concerns = BY_NAME["chronology"], BY_NAME["concerns"]
    kinds = tuple((kind.name, f"{kind.meaning} {kind.example}".strip()) for kind in KINDS)
    own = "Add a code below this one for each"
    found = [
        Group("Kind of row", "kind", "What happened. A passage coded so becomes a row of the chronology.", kinds),
        Group("Date", "date", f"When. {own} date, such as 2021-03-20, 2021-03 or 2021-03-02/2021-03-09."),
        Group("Who", "who", f"Who did it. {own} person or agency."),
        Group("To", "to", f"To whom. {own} person or agency."),
        Group("Present", "present", f"Who was in the room and took no part. {own} person."),
        Group("Absent", "absent", f"Who mattered to a meeting and was not there. {own} person or agency."),
        Group("Agency", "agency", f"Whose record it is; who is below this one is an agency. {own} agency."),
        Group(
            "Concern",
            "concerns",
            f"The concerns seen, passed on, discussed or answered. {own} concern, below its category.",
            tuple((one, "") for one in CATEGORIES),
        ),
        Group(
            "Severity",
            "severity",
            _help("concerns", "severity"),
            tuple((str(number), "") for number in range(concerns.columns[3].low, concerns.columns[3].high + 1)),
        ),
    ]
    for name in _WORDS:
        column = rows.get(name)
        if column is not None:
            words = tuple((word, "") for word in column.vocabulary)
            found.append(Group(name.replace("_", " ").capitalize(), name, column.help, words))
    found.append(Group("Rating", "rating", _help("chronology", "rating"), tuple((one, "") for one in "1234")))
    sure = tuple((word, str(value)) for word, value in CONFIDENCE_WORDS.items())
    found.append(Group("Confidence", "confidence", "How sure the row is.", sure))
    return tuple(found)


def _help(table: str, name: str) -> str:
    column = BY_NAME[table].get(name)
    return "" if column is None else column.help


def to_qdc() -> str:
    """The codebook as REFI-QDA has it; every code has the same identifier in every copy."""
    codes = [_code((group.name,), group.help, group.words, coded=not group.words) for group in groups()]
    body = tag("Codes", {}, lines(codes))
    return (
        markup.HEAD + markup.comment(MARK) + tag("CodeBook", {"xmlns": NAMESPACE, "origin": "safetynet"}, body) + "\n"
    )


def _code(path: tuple[str, ...], said: str, below: tuple[tuple[str, str], ...], *, coded: bool = True) -> str:
    about = {
        "guid": str(uuid.uuid5(_HOME, "/".join(path))),
        "name": path[-1],
        "isCodable": "true" if coded else "false",
    }
    inside = tag("Description", {}, markup.text(said)) if said else ""
    return tag("Code", about, inside + "".join(_code((*path, word), words, ()) for word, words in below))


def write_codebook(path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write the words of the case format as a codebook that NVivo, MAXQDA and ATLAS.ti import (REFI-QDA, ``.qdc``).

    Kinds of rows, categories of concern, severities, channels, how the child was seen and the like are codes with
    their meaning. People, agencies, dates and concerns are added in the program, below the code that says so. Passages
    coded with it come back by :func:`read_qda`.

    Parameters
    ----------
    path : path
        Where to write; it ends in ``.qdc``. A codebook that safetynet made is replaced.
    overwrite : bool
        Whether any other file that is there may be replaced; otherwise that is a FileInTheWayError.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ArgumentError
        If the name does not end in ``.qdc``.

    See Also
    --------
    read_qda : coded passages as a draft of a case.
    write_template : the workbook to code in.

    Examples
    --------
    >>> import tempfile
    >>> import safetynet as sn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = sn.write_codebook(folder + "/codes.qdc").read_text("utf-8")
    >>> text.count("<Code "), 'name="told"' in text
    (123, True)
    """
    place = full_path(path)
    if place.suffix.lower() != ".qdc":
        raise ArgumentError(f"{str(path)!r} is not the name of a codebook. Write {place.stem + '.qdc'!r}.")
    return write_generated(place, to_qdc(), MARK, overwrite=overwrite)
