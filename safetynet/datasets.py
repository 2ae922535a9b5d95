"""The packaged cases: real published ones, and two illustrations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .case import Case
from .errors import unknown

if TYPE_CHECKING:
    import pandas as pd

_REAL = {"victoria_climbie": "real, published", "malachi_subecz": "real, published", "max": "illustrative",
         "reuben": "illustrative", "worked_example": "illustrative"}  # fmt: skip


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


def load_case(name: str) -> Case:
    """A packaged case.

    Parameters
    ----------
    name : str
        One of those that :func:`list_cases` lists.

    Raises
    ------
    UnknownNameError
        With the nearest name.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.load_case("max")
    <Case 'max' 2023-01-09 to 2023-12-15: 1 child, 10 professionals in 8 agencies, 7 concerns, 18 contacts>
    """
    from .io import read_case

    known = names()
    if name not in known:
        raise unknown("the packaged case", name, known)
    return read_case(folder() / name)


def list_cases() -> pd.DataFrame:
    """The packaged cases, one line each.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``title``, ``real`` ("real, published" or "illustrative"), ``start``, ``end`` (dates), ``people``,
        ``professionals``, ``agencies``, ``concerns``, ``rows`` (of the chronology).

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.list_cases()["name"].tolist()
    ['malachi_subecz', 'max', 'reuben', 'victoria_climbie', 'worked_example']
    """
    import pandas as pd

    lines = []
    for name in names():
        case = load_case(name)
        lines.append(
            {
                "name": name,
                "title": case.title,
                "real": _REAL.get(name, "illustrative"),
                "start": case.start,
                "end": case.end,
                "people": len(case._records.people),
                "professionals": case._sizes["professionals"],
                "agencies": len(case._records.agencies),
                "concerns": len(case._records.concerns),
                "rows": len(case._records.rows),
            }
        )
    return pd.DataFrame(lines)
