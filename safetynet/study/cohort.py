"""A study: many cases, asked the same questions one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..case import Case
from ..errors import CaseError, Problem, choose, problem_table, yes_or_no
from ..io.files import full_path
from ..io.studies import Source, source_of
from ..measures.headline import NAMES
from ..progress import steps
from ..review import COLUMNS, MATTERS
from ..rules import Rules, as_rules
from ..tidy import Holds, tidy
from ..wording import count
from ..written import DATE_ORDERS, DateOrder
from . import asking, by_column
from .across import AcrossCases
from .events import table_of
from .kept import Kept, as_kept
from .moments import At, moment_of
from .running import Answer, Ask, Task, answers, workers_for
from .score_table import score_table

if TYPE_CHECKING:
    import pandas as pd

    from ..io.study_tables import Tables

_SCORES: dict[str, Holds] = dict.fromkeys(NAMES, "number")


class Study(AcrossCases):
    """Many cases, each read when it is asked; see :func:`read_study`.

    ``len(study)`` is how many cases there are, and iterating gives those that can be read, one after the other.
    """

    def __init__(self, path: Path, source: Source, *, strict: bool = False) -> None:
        self.path = path
        self._source, self._strict = source, strict
        self._faults: dict[str, tuple[Problem, ...]] = {}
        self._all_looked_at = False

    def __len__(self) -> int:
        return len(self._source)

    def __iter__(self) -> Iterator[Case]:
        for unread in self._source:
            try:
                case = unread.read()
            except CaseError as error:
                self._note(Answer(unread.name, error.faults, None))
            else:
                yield case
        self._all_looked_at = True

    def __repr__(self) -> str:
        return f"<Study {self.path.name!r}: {count(len(self), 'case')}>"

    @property
    def problems(self) -> pd.DataFrame:
        """What is wrong in the cases that cannot be read: ``case``, then as the problems of a :class:`CaseError`.

        Reads every case, unless something has been asked of all of them before.
        """
        if not self._all_looked_at:
            for _ in self._asked(asking.looked_at, "reading", None, None):
                pass
        named = [(name, fault) for name, faults in self.faults.items() for fault in faults]
        table = problem_table(fault for _, fault in named)
        table.insert(0, "case", tidy(({"case": name} for name, _ in named), ("case",))["case"])
        return table

    @property
    def faults(self) -> dict[str, tuple[Problem, ...]]:
        """What has been found wrong so far, by case, in the order of their names."""
        return dict(sorted(self._faults.items()))

    def scores(
        self,
        at: At = None,
        *,
        rules: Rules | None = None,
        workers: int | None = None,
        client: Any = None,
        resume: str | os.PathLike[str] | None = None,
    ) -> pd.DataFrame:
        """The headline numbers of every case, with what the cases say of themselves and how deep each record is.

        Parameters
        ----------
        at : date or str, optional
            A date for all, ``"end"`` (the last day of each), ``"first conference"`` or ``"first meeting"`` (the day
            by which it had taken place), or ``"90 days before harm"`` with any number. Default: as in
            :func:`scores`, the day before the harm, or the last day of each case.
        rules : Rules, optional
        workers : int, optional
            How many processes share the work; 1 is this one alone. Default: one for each processor, and this one
            alone for a few cases. The numbers are the same.
        client : dask.distributed.Client, optional
            A cluster of your own that shares the work instead. Cases in folders and files have to be at the same
            place for its workers; rows of Parquet tables are sent.
        resume : path, optional
            A folder in which each case's scores are kept when they are there, by a digest of the case and without
            anything that it tells; a later call with the same question takes them from there.

        Returns
        -------
        pandas.DataFrame
            A line per case that can be read: ``case`` (its name in the study), a column for each attribute (as text;
            ``attribute_`` stands before one that has the name of another column), ``at`` (the day asked for; NaT where
            the case has none), ``rows``, ``sources`` (that its rows name) and ``months`` (from the first day of the
            record to the last) of the whole record, the scores as in :func:`scores`, and ``reason`` where
            there is no day.

        Raises
        ------
        DateError
            If `at` is neither a date nor a moment.
        CaseError
            In a strict study, with all problems of the first case that has any.

        Notes
        -----
        Of 500 cases and more in Parquet tables, and with numba (extra ``fast``), the scores are worked out column by
        column, in threads of this process instead of in others (`workers` is then how many); the table is the same to
        the bit. :doc:`/many-cases` says which cases that serves.

        Examples
        --------
        >>> import safetynet as sn
        >>> from safetynet.datasets import folder
        >>> table = sn.read_study(folder()).scores(at="first conference")
        >>> table[["case", "outcome", "at", "rows", "reason"]].tail(2)
                       case outcome  at  rows                   reason
        6  victoria_climbie   death NaT   252  no conference on record
        7    worked_example         NaT     6  no conference on record
        """
        moment, settled = moment_of(at), as_rules(rules)
        kept = as_kept(resume, moment, settled)
        workers_for(workers, client, len(self))  # whether they are what they should be
        if client is None and kept is None and self.goes_by_column(settled):
            found = by_column.score_answers(cast("Tables", self._source), moment, settled, workers)
            lines = self._told("scores", (answer for _, answer in found))
        else:
            ask = partial(asking.score_line, moment=moment, rules=settled)
            lines = self._asked(ask, "scores", workers, client, kept)
        return score_table(lines)

    def goes_by_column(self, rules: Rules | None = None) -> bool:
        """Whether :meth:`scores` works this study out column by column: :doc:`/many-cases` says when."""
        return by_column.serves(self._source, as_rules(rules), len(self))

    def scores_over_time(
        self, *, rules: Rules | None = None, workers: int | None = None, client: Any = None
    ) -> pd.DataFrame:
        """The headline numbers of every case on every date on which something happened.

        Parameters
        ----------
        rules, workers, client
            As in :meth:`scores`.

        Returns
        -------
        pandas.DataFrame
            ``case``, ``date`` and the scores, a line per case and date.
        """
        ask = partial(asking.scores_by_date, rules=as_rules(rules))
        return tidy(self._lines(ask, "scores over time", workers, client), ("case", "date", *NAMES), **_SCORES)

    def findings(
        self,
        at: At = None,
        *,
        hindsight: bool = True,
        rules: Rules | None = None,
        workers: int | None = None,
        client: Any = None,
    ) -> pd.DataFrame:
        """What a reviewer would want pointed out, in every case.

        Parameters
        ----------
        at, rules, workers, client
            As in :meth:`scores`.
        hindsight : bool
            As in :func:`findings`.

        Returns
        -------
        pandas.DataFrame
            ``case``, then the columns of :func:`findings`; a case without such a day has no line.
        """
        from ..review.shown import Findings

        ask = partial(asking.finding_lines, moment=moment_of(at), hindsight=hindsight, rules=as_rules(rules))
        return Findings(tidy(self._lines(ask, "findings", workers, client), ("case", *COLUMNS)))

    def matters(
        self,
        at: At = None,
        *,
        hindsight: bool = True,
        rules: Rules | None = None,
        workers: int | None = None,
        client: Any = None,
    ) -> pd.DataFrame:
        """The findings of every case joined into matters.

        Parameters
        ----------
        at, hindsight, rules, workers, client
            As in :meth:`findings`.

        Returns
        -------
        pandas.DataFrame
            ``case``, then the columns of :func:`matters`; its ``findings`` are positions among those of the case.
        """
        from ..review.shown import Findings

        ask = partial(asking.matter_lines, moment=moment_of(at), hindsight=hindsight, rules=as_rules(rules))
        return Findings(tidy(self._lines(ask, "matters", workers, client), ("case", *MATTERS)))

    def contact_events(
        self, at: At = None, *, rules: Rules | None = None, workers: int | None = None, client: Any = None
    ) -> pd.DataFrame:
        """Whom professionals turned to in every case, beside whom else they could have turned to.

        Parameters
        ----------
        at, rules, workers, client
            As in :meth:`scores`; contacts up to that day.

        Returns
        -------
        pandas.DataFrame
            As :func:`contact_events` makes it, for :func:`contact_choice`; a case without such a day has no line.

        Examples
        --------
        >>> import safetynet as sn
        >>> from safetynet.datasets import folder
        >>> events = sn.read_study(folder()).contact_events()
        >>> events[events["left_out"] == ""].groupby("case")["event"].nunique().nlargest(2)
        case
        victoria_climbie    20
        khyra_ishaq         14
        Name: event, dtype: int64
        """
        ask = partial(asking.contact_lines, moment=moment_of(at), rules=as_rules(rules))
        answers = self._asked(ask, "contacts", workers, client)
        return table_of((answer.name, answer.given) for answer in answers if answer.given is not None)

    def _lines(self, ask: Ask, label: str, workers: int | None, client: Any) -> Iterator[dict[str, Any]]:
        for answer in self._asked(ask, label, workers, client):
            for line in answer.given:
                yield {"case": answer.name, **line}

    def _asked(
        self, ask: Ask, label: str, workers: int | None, client: Any, kept: Kept | None = None
    ) -> Iterator[Answer]:
        """The answers of the cases that can be read, in their order; what is wrong in the others is noted."""
        processes = workers_for(workers, client, len(self))
        return self._told(label, self._kept(answers(ask, self._tasks(kept), processes, client), kept))

    def _told(self, label: str, given: Iterable[Answer]) -> Iterator[Answer]:
        """The answers of all cases but of those that cannot be read; what is wrong in these is noted."""
        with steps(label, len(self), "case") as step:
            for answer in given:
                step()
                if answer.faults:
                    self._note(answer)
                else:
                    yield answer
        self._all_looked_at = True

    def _kept(self, given: Iterable[tuple[Task, Answer]], kept: Kept | None) -> Iterator[Answer]:
        """The answers, each kept as soon as it is there where a later run may take it."""
        with kept.writing() if kept is not None else nullcontext():
            for task, answer in given:
                if kept is not None and not answer.faults:
                    kept.add(task.digest, answer.given.scored)
                yield answer

    def _tasks(self, kept: Kept | None) -> Iterator[Task]:
        for unread in self._source:
            digest = unread.digest() if kept is not None else ""
            yield Task(unread, kept.get(digest) if kept is not None else None, digest)

    def _note(self, answer: Answer) -> None:
        self._faults[answer.name] = answer.faults
        if self._strict:
            raise CaseError(answer.faults, f"the case {answer.name!r} of the study")


def read_study(path: str | os.PathLike[str], *, strict: bool = False, date_order: DateOrder | None = None) -> Study:
    """Many cases, to be asked the same questions: a folder of cases, or Parquet tables of all of them.

    Nothing is read yet but which cases there are. A question reads them one after the other, so that a study may be
    larger than the memory. What is wrong in a case is told in ``study.problems`` with its name, and the others are
    asked all the same.

    Parameters
    ----------
    path : path
        A folder of cases, each a folder of tables, a workbook or a JSON file (also in folders of folders; what begins
        with ``_`` or ``.`` is left alone); or a folder of the tables of the case format as Parquet files
        (``people.parquet``, ``chronology.parquet`` ...), each with a column ``case`` besides its own, in whatever
        order; the table about the cases is ``cases.parquet``. Rows are then called by their place among those of
        their case.
    strict : bool
        Whether a case with problems stops what is asked, with an error that has all of them.
    date_order : {"dmy", "mdy"}, optional
        As in :func:`read_case`.

    Returns
    -------
    Study
        With ``scores``, ``scores_over_time``, ``findings``, ``matters``, ``contact_events``, ``care_density``,
        ``fragmented_care_density``, ``across_cases``, ``problems``, ``len`` and iteration.

    Raises
    ------
    ArgumentError
        If there is no such folder, or no case in it.
    CaseError
        If the Parquet tables are not those of a study.
    MissingExtraError
        For Parquet without the extra ``study``.

    See Also
    --------
    read_case : one case.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.datasets import folder
    >>> study = sn.read_study(folder())
    >>> study
    <Study 'datasets': 8 cases>
    >>> len(study.problems)
    0
    """
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    yes_or_no(strict=strict)
    return Study(full_path(path), source_of(path, date_order), strict=strict)
