"""The packaged cases: real published ones, and illustrations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .case import Case
from .errors import UnknownNameError, unknown
from .tidy import tidy
from .written import DateOrder

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("people", "professionals", "agencies", "concerns", "rows")


def folder() -> Path:
    """The folder of packaged cases, in an installed wheel and in a checkout alike."""
    here = Path(__file__).resolve().parent
    for place in (here / "_datasets", here.parent / "datasets"):
        if place.is_dir():
            return place
    raise FileNotFoundError("the packaged cases are missing from this installation; install safetynet-networks again.")


def names() -> list[str]:
    """The names that :func:`load_case` takes."""
    return sorted(place.name for place in folder().iterdir() if (place / "chronology.csv").is_file())


def load_case(name: str | os.PathLike[str], *, date_order: DateOrder | None = None) -> Case:
    """A packaged case, or the case of a path.

    Parameters
    ----------
    name : str or path
        One of the names that :func:`list_cases` lists, or what :func:`read_case` takes. A packaged name comes first.
    date_order : {"dmy", "mdy"}, optional
        As in :func:`read_case`.

    Raises
    ------
    UnknownNameError
        If it is neither, with the nearest name.
    CaseError
        If the case of the path has problems.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.load_case("max")
    <Case 'max' 2023-01-09 to 2023-12-15: 1 child, 10 professionals in 8 agencies, 7 concerns, 18 contacts>
    """
    from .io.cases import read_case

    known = names()
    if isinstance(name, str) and name in known:
        return read_case(folder() / name)
    text = str(name)
    if not isinstance(name, str) or any(sign in text for sign in "/\\.") or Path(text).exists():
        return read_case(name, date_order=date_order)
    for one in known:
        if read_case(folder() / one).title.casefold() == text.casefold().strip():
            raise UnknownNameError(f"{name!r} is the title of a packaged case. Write its name: {one!r}.")
    raise unknown("the packaged case", name, known)


def list_cases() -> pd.DataFrame:
    """The packaged cases, one line each.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``title``, ``real`` ("real, published" or "illustrative"), ``start``, ``end`` (days), and how many
        lines the tables of the case have: ``people``, ``professionals`` (of that kind), ``agencies``, ``concerns``,
        ``rows`` (of the chronology).

    Notes
    -----
    Not every agency of the table has a professional in the case, and not all have appeared by a date. What a case
    says of itself counts the agencies that professionals are of ("8 professionals in 6 agencies"), and
    :func:`safetynet.scores` counts who has appeared by the date, or somebody of whom.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.list_cases()["name"].tolist()
    ['harbour_street', 'khyra_ishaq', 'malachi_subecz', 'max', 'pelka', 'reuben', 'victoria_climbie', 'worked_example']
    """
    lines = []
    for name in names():
        case = load_case(name)
        records = case._records
        counts = (len(records.people), case._sizes["professionals"], len(records.agencies), len(records.concerns))
        lines.append(
            {
                "name": name,
                "title": case.title,
                "real": "real, published" if case.status == "published" else "illustrative",
                "start": records.start,
                "end": records.end,
                **dict(zip(COUNTS, (*counts, len(records.rows)), strict=True)),
            }
        )
    columns = ("name", "title", "real", "start", "end", *COUNTS)
    return tidy(lines, columns, people="whole", agencies="whole", concerns="whole", rows="whole")
