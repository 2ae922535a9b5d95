"""England's Standard Safeguarding Dataset as a draft of a case: who was involved, and the contacts that are on record.

:func:`read_ssd` reads the files, :func:`from_ssd` makes the draft of their rows. Nothing is invented: a meeting has
nobody in it until a person says who was there, and what was passed on stays empty.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from ...errors import ArgumentError, choose
from ...written import DATE_ORDERS, DateOrder
from ..drafts import Draft
from .ssd_rows import Drafting
from .ssd_tables import Line, Tables, family_of, of_family, tables_in, unreadable


def read_ssd(folder: str | os.PathLike[str], *, child: str = "", date_order: DateOrder | None = None) -> Draft:
    r"""A draft of a case from an authority's Standard Safeguarding Dataset, one CSV file for each of its tables.

    People (the child, brothers and sisters, the mother), social workers with their roles and the days on which their
    involvement began and ended, contacts and referrals with their source, decisions, conferences and reviews, visits,
    concerns from the factors of assessments and the categories of plans. Every cell that was used stands unchanged in a
    column of its own (``given …``), every reading of a code in the column ``guess``.

    **What this source cannot tell** stands in ``.cannot_tell`` and first on the sheet of questions: who attended a
    meeting, what was passed on in a contact, who visited, how grave it was. Nothing of it is filled in; there is no
    case before a person has said it.

    Parameters
    ----------
    folder : path
        With files such as ``ssd_person.csv``, ``ssd_contacts.csv``, ``ssd_involvements.csv``; tables may be missing,
        and other files are left alone.
    child : str
        The ``pers_person_id`` of a child, where the folder has several families. Who has the same ``fami_family_id`` is
        in the draft too.
    date_order
        As in :func:`draft_from_chronology`.

    Returns
    -------
    Draft
        As of :func:`draft_from_chronology`, and with ``.cannot_tell``.

    Raises
    ------
    CaseError, ArgumentError
        If there is no such table in the folder, or one cannot be read; if there are several families and no `child`,
        or the child is not there.

    See Also
    --------
    draft_from_chronology : from an agency's own chronology, which has the text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import safetynet as sn
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> contact = "cont_person_id,cont_contact_date,cont_contact_source_code\n77,2021-03-20T00:00:00,6\n"
    >>> _ = (folder / "ssd_contacts.csv").write_text(contact)
    >>> draft = sn.read_ssd(folder)
    >>> draft.chronology[["date", "kind", "who", "to", "concerns"]].to_numpy().tolist()
    [['2021-03-20', 'told', 'police', 'csc', '']]
    >>> draft.cannot_tell[0]
    'It is the view of one authority: what other agencies knew, did or told each other is not in it.'
    """
    if not isinstance(child, str):
        raise ArgumentError("child is a text, the pers_person_id of a child.")
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    name, tables = tables_in(folder)
    return from_ssd(tables, child=child, name=name, date_order=date_order)


def from_ssd(
    tables: Mapping[str, list[Line]], *, child: str = "", name: str = "ssd", date_order: DateOrder | None = None
) -> Draft:
    """The draft of tables that are read: by the table's name without ``ssd_``, a row as its cells by column.

    Raises
    ------
    CaseError
        If a date cannot be read.
    ArgumentError
        If there are several families and no `child`, or the child is not there.
    """
    given: Tables = tables
    family = family_of(given, child)
    drafting = Drafting(of_family(given, family), family, name, date_order)
    made = drafting.draft()
    unreadable(name, drafting.problems)
    return made
