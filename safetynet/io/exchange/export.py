"""Writing a case for another program: all or nothing, with a word on what the format cannot carry."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from ...case import Case, need_case
from ...case.records import RawTable
from ...case.schema import BY_NAME
from ...dates import DateLike
from ...errors import SafetynetWarning, yes_or_no
from ..files import full_path, write_generated
from ..marks import mark_of
from ..unfit import refuse_unfit
from ..writing import write_tables
from .formats import Name, format_of, left_out
from .source import TOLD_AS_TEXT, Source


def export(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike | None = None,
    *,
    format: Name | None = None,
    text: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write a case for another program: Gephi, UCINET, Pajek, R, a process miner.

    What a format cannot carry, and the case has, is named in one warning; the page "In and out of other programs" has
    a table of all of it. Case narrative (summaries, notes, columns of your own) stays behind unless you ask for it.

    Parameters
    ----------
    case, at
        As everywhere: :doc:`/arguments`. Rows that are not certain by `at` are left out, and counted in the warning.
    path : path
        Its ending says the format: ``.graphml``, ``.gexf`` (dynamic), ``.vna``, ``.dl``, ``.net`` (Pajek),
        ``.node_link.json``, ``.hif.json``, ``.ocel.json``, ``.ocel.xml``, ``.csv`` (a list of events),
        ``.actors.csv`` (who is in it), ``.dot``. A file that safetynet made of the same case is replaced, where the
        format can say so.
    format : str, optional
        ``"graphml"``, ``"gexf"``, ``"vna"``, ``"dl"``, ``"pajek"``, ``"node_link"``, ``"hif"``, ``"ocel"``,
        ``"ocel_xml"``, ``"events"``, ``"actors"``, ``"dot"``, or ``"parquet"`` (a folder with the tables of the case).
        Needed where the ending may be several, such as ``.json``.
    text : bool
        Whether case narrative goes along, in formats that carry rows.
    overwrite : bool
        Whether any other file that is there may be replaced.

    Returns
    -------
    pathlib.Path
        Where it was written, absolute.

    Raises
    ------
    ArgumentError
        If no format can be told from the name, or it does not go with `format`.
    FileInTheWayError
        If another file is there and `overwrite` is false, or the format cannot say what a file was made of.
    MissingExtraError
        For Parquet without the extra ``study``.

    See Also
    --------
    write_case : the whole case, to be read again.
    write_codebook : the words of the case format for programs of qualitative analysis.

    Examples
    --------
    >>> import tempfile, warnings
    >>> import networkx as nx
    >>> import safetynet as sn
    >>> with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
    ...     warnings.simplefilter("ignore", sn.SafetynetWarning)
    ...     written = sn.export(sn.load_case("worked_example"), folder + "/example.graphml")
    ...     nx.read_graphml(written).nodes["T"]["label"]
    'Teacher'
    """
    yes_or_no(text=text)
    source = Source(need_case(case), case._day(at), text=text, mark=mark_of(case))
    place = full_path(path)
    form = format_of(place, format)
    refuse_unfit({name: source.case._raw[name] for name in source.case._raw}, "json")
    if form.make is None:
        write_tables(_tables(source), place, "parquet", overwrite=overwrite)
    else:
        write_generated(place, form.make(source), source.mark if form.marked else "", overwrite=overwrite)
    if said := left_out(form, source):
        warnings.warn(f"{place.name!r} ({form.title}) leaves out: {'; '.join(said)}.", SafetynetWarning, stacklevel=2)
    return place


def _tables(source: Source) -> dict[str, RawTable]:
    """The tables of the case, without narrative unless it is asked for."""
    tables = dict(source.case._raw)
    if source.text:
        return tables
    made: dict[str, RawTable] = {}
    for name, table in tables.items():
        known = BY_NAME[name].names if name != "case" else table.columns
        told = ("title",) if name == "case" else TOLD_AS_TEXT.get(name, ())
        keep = [place for place, column in enumerate(table.columns) if column in known and column not in told]
        rows = tuple(tuple(row[place] for place in keep) for row in table.rows)
        made[name] = RawTable(tuple(table.columns[place] for place in keep), rows, table.lines)
    return made
