"""Any table of results as a file for other programs, with a codebook."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..io.files import full_path
from ..io.flat import Flat
from ..io.results import write_result
from .describing import described

if TYPE_CHECKING:
    import pandas as pd


def write_table(table: pd.DataFrame | pd.Series[Any], path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a table of results for Excel, SPSS, Stata, R or Python, with a codebook of its columns.

    The codebook says of each column what it is called in the file and in the table, what it means, its unit, how far it
    goes, what high says, its type, what its numbers stand for, and how a missing value looks.

    Parameters
    ----------
    table : pandas.DataFrame or Series
        Any table that safetynet gives: the scores or findings of a study, the ``.table`` of a score, of a comparison or
        an agreement, a table of your own. An index that has a name becomes the first column.
    path : path
        Its ending says the format: ``.csv`` (the codebook stands beside it as ``NAME_codebook.csv``), ``.xlsx`` (the
        codebook is a second sheet), ``.parquet`` (it stands with the columns; extra ``study``), ``.sav`` for SPSS or
        ``.dta`` for Stata (it is in the labels of variables and values; extra ``spss``).
    overwrite : bool
        Whether a file that is there may be replaced.

    Returns
    -------
    pathlib.Path
        Where the file is, absolute.

    Raises
    ------
    ArgumentError
        If `table` is no table, the ending is another, or something in the table does not fit into the format.
    FileInTheWayError
        If something is at `path` and `overwrite` is false.
    MissingExtraError
        Without the extra that the format needs.

    See Also
    --------
    suppress_small : before anything is published.

    Notes
    -----
    In SPSS and Stata names have at most 32 letters, digits and ``_``; what had to be changed is in the label. Lists of
    ids are texts parted by ``;`` (in Parquet lists), yes and no are 1 and 0 with labels, and what is not defined, or
    infinite, is missing. A table of scores tells nothing of a case but its name and what it says of itself; tables of
    findings and matters have sentences about it, so that their files belong where the case belongs.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> table = sn.concern_status(sn.load_case("worked_example"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = sn.write_table(table, Path(folder) / "worries.csv")
    ...     book = pd.read_csv(made.with_name("worries_codebook.csv"))
    >>> book.loc[0, ["column", "meaning", "type"]].tolist()
    ['concern', 'The concern.', 'text']
    """
    place, flat = full_path(path), Flat(table)
    write_result(flat, described(flat), place, overwrite=overwrite)
    return place
