"""Names beside ids, in any table of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..case import Case, need_case
from ..case.records import Records
from ..errors import ArgumentError, type_of
from ..problems import few
from ..record.naming import called, cut
from ..tidy import COLUMNS, NAMED, column

if TYPE_CHECKING:
    import pandas as pd


def labelled(table: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The same table with names beside ids, to be read by somebody who does not know the ids.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of results of the case, whole or what you picked of it; of a score its ``.table``.
    case : Case
        The case that it is of.

    Returns
    -------
    pandas.DataFrame
        A new table of the same lines and columns. Behind each column of ids of people, agencies or concerns stands
        one of names: ``holder_name`` behind ``holder``, ``people_names`` behind ``people``, where several are parted
        by semicolons, in the order of the ids. Ids in the index have their names in the first column. A person or an
        agency is called by its name, a concern by the first words of its summary.
        Ids of rows have no names. Columns that are counted (``people`` in :func:`scores_over_time`) stay alone, and so
        does a column whose heading for names is taken.

    Raises
    ------
    ArgumentError
        If `table` is no DataFrame, or has ids that are not in this case.

    See Also
    --------
    write_table : write any table of results, with a codebook.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> table = sn.labelled(sn.unowned_worries(case), case)
    >>> print(table[["concern", "concern_name"]].head(2))
      concern      concern_name
    0      c2  Incident at home
    1      c1            Bruise
    """
    import pandas as pd

    records = need_case(case)._records
    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(f"{type_of(table)} is no table. Give a DataFrame; of a score its .table.")
    names = _names(records)
    made, given = table.copy(), set[str]()
    places = [(place + 1, name, table.iloc[:, place]) for place, name in enumerate(table.columns)]
    if table.index.name in NAMED:
        places.insert(0, (0, table.index.name, table.index.to_series()))
    for place, heading, cells in reversed(places):
        if heading not in NAMED or pd.api.types.is_numeric_dtype(cells):
            continue
        several = COLUMNS[heading].holds == "ids"
        beside = f"{heading}_names" if several else f"{heading}_name"
        if beside not in made.columns:
            ids = [_ids(cell, several) for cell in cells]
            given.update(*ids)
            said = ["; ".join(names.get(one, "") for one in some) for some in ids]
            made.insert(place, beside, pd.Series(column(beside, said, "text"), index=made.index))
    if unknown := sorted(given - names.keys()):
        raise ArgumentError(
            f"the table has ids that are not in the case {case.id!r}: {few(unknown)}. Give the case that the table is "
            "of; of a table of several cases, the lines of one."
        )
    return made


def _ids(cell: object, several: bool) -> list[str]:
    """The ids in a cell; several may stand in a text, as in a file that the table was written to."""
    some = cell if isinstance(cell, tuple | list) else cell.split(";") if several and isinstance(cell, str) else (cell,)
    return [one.strip() for one in some if isinstance(one, str) and one.strip()]


def _names(records: Records) -> dict[str, str]:
    """What everybody and everything is called."""
    names = {one.id: cut(one.summary) for one in records.concerns.values()}
    return names | {one: called(records, one) for one in (*records.people, *records.agencies)}
