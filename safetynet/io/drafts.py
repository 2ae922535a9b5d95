"""A draft: the tables of a case as far as a source gives them, and what a person has to settle before they are one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.frames import MainFrames
from ..case.records import RawTable
from ..case.schema import BY_NAME, TABLES
from ..case.told import Told
from ..wording import count
from ..written import DateOrder
from . import workbook
from .files import refuse_if_taken, write_file
from .template import need_xlsx, template
from .unfit import refuse_unfit

if TYPE_CHECKING:
    import pandas as pd

QUESTION, GUESS = "question", "guess"  # columns of a draft's own


class Question(NamedTuple):
    """Something that a person has to settle, or may want to look at."""

    table: str
    row: str
    column: str
    question: str
    needed: bool = False


class Draft(MainFrames):
    """The tables of a case that somebody still has to look over, with a list of questions.

    A draft is written as a coding workbook, finished there, and read with :func:`read_case`.

    Attributes
    ----------
    questions : pandas.DataFrame
        table, row (the id), column, question, needed (whether there is no case without an answer).
    cannot_tell : tuple of str
        What the source cannot tell, in plain sentences; empty where it has the text of what happened.

    See Also
    --------
    draft_from_chronology : from an agency's own chronology.
    merge_cases : from several cases of one child.
    """

    def __init__(
        self,
        tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]],
        questions: Sequence[Question],
        what: str,
        cannot_tell: Sequence[str] = (),
    ) -> None:
        self._raw = {
            name: RawTable(tuple(columns), tuple(tuple(row) for row in rows))
            for name, (columns, rows) in tables.items()
        }
        self._questions = tuple(questions)
        self._what = what
        self.cannot_tell = tuple(cannot_tell)

    def __repr__(self) -> str:
        rows = len(self._raw["chronology"].rows) if "chronology" in self._raw else 0
        needed = sum(question.needed for question in self._questions)
        people, concerns = (len(self._raw[name].rows) if name in self._raw else 0 for name in ("people", "concerns"))
        return (
            f"<Draft of {self._what!r}: {count(people, 'person', 'people')}, {count(concerns, 'concern')}, "
            f"{count(rows, 'row')}; {count(needed, 'question')} to settle, {len(self._questions) - needed} to look at>"
        )

    @property
    def questions(self) -> pd.DataFrame:
        """What is to be settled, and what is to be looked at; a copy."""
        import pandas as pd

        table = pd.DataFrame(list(self._questions), columns=list(Question._fields))
        return table.astype({"needed": bool, **dict.fromkeys(Question._fields[:4], "str")})

    def case(self, *, date_order: DateOrder | None = None) -> Case:
        """The case as it is drafted.

        Raises
        ------
        CaseError
            With everything that has to be settled first.
        """
        return Case._from_raw(self._raw, name=self._what, what="the draft", told=Told(), date_order=date_order)

    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the draft as a coding workbook, with a sheet of questions first and a column of them in each table.

        Raises
        ------
        FileInTheWayError
            If there is a file at `path` and `overwrite` is false.
        ArgumentError
            If its name does not end in ``.xlsx``.
        UnfitTextError
            If a cell holds more than a cell of a workbook can; nothing is written then.
        """
        place = need_xlsx(path, "a draft")
        refuse_if_taken(place, overwrite)
        refuse_unfit(self._raw, "xlsx")
        tables = {table.name: self._with_questions(table.name) for table in TABLES if table.name in self._raw}
        book = template(tables, questions=self._listed())
        write_file(place, workbook.as_bytes(book), overwrite=overwrite)
        return place

    def _with_questions(self, name: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """A table with its questions in a column of their own."""
        raw, key = self._raw[name], BY_NAME[name].id
        asked: dict[str, list[str]] = {}
        for question in self._questions:
            if question.table == name:
                asked.setdefault(question.row, []).append(question.question)
        if not asked or not key:
            return raw.columns, raw.rows
        place = raw.columns.index(key)
        return (*raw.columns, QUESTION), [(*row, " ".join(asked.get(row[place], ()))) for row in raw.rows]

    def _listed(self) -> list[tuple[str, ...]]:
        order = sorted(self._questions, key=lambda question: not question.needed)
        limits = [("cannot tell", "", "", "", sentence) for sentence in self.cannot_tell]
        asked = [("to settle" if one.needed else "to look at", *one[:4]) for one in order]
        return [*limits, *asked]
