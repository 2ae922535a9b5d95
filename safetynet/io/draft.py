"""An agency's own chronology as a draft of a case: rows, people, agencies and concerns proposed, nothing graded.

Each entry becomes one row or several: its event, what was done about it, what came of it. What a word of the entry
proposes stands in the draft's own column ``guess``, with the word; how sure the guess is in ``confidence``. What the
agency wrote stands unchanged in columns of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..case.clock import with_time
from ..dates import BadDate, standard
from ..errors import ArgumentError, CaseError, Problem, choose
from ..written import ALL_NUMBERS, DATE_ORDERS, DateOrder
from . import draft_words as words
from .chronology_table import LOOKS, Entry, entries_of, need_source
from .draft_cast import Cast, child_id, slug
from .draft_guesses import Guess, Guessing
from .drafts import GUESS, Draft, Question

if TYPE_CHECKING:
    import pandas as pd

_MOST_CONCERNS = 6  # that are told apart by what they are; more are put together by their category
_OWN = "given "  # how the columns begin that hold what the agency wrote
_COLUMNS = (
    *("id", "date", "kind", "who", "to", "concerns", "seen", "channel", "outcome", "confidence", "summary", "source"),
    GUESS,
)


def draft_from_chronology(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    agency: str = "",
    child: str = "",
    date_order: DateOrder | None = None,
) -> Draft:
    """A draft of a case from an agency's own chronology.

    Columns such as date, time, agency, source, event, action, outcome and comment are found by their headings, in any
    order. People and agencies are proposed from the roles and names in the text, kinds of rows from words such as rang,
    e-mailed, visited, strategy discussion, referred, closed, NFA and DNA, concerns from words such as bruise or hungry;
    how grave a concern is, nobody but a person says. Every guess is marked with the word that led to it, every cell of
    the chronology is kept, and what has to be settled is a list of questions.

    Parameters
    ----------
    source : path or pandas.DataFrame
        A workbook (.xlsx, .xlsm, .ods), a CSV file, a Word document (.docx, with the extra ``word``), or a table.
    agency : str
        Whose chronology it is, where it has no column that says so.
    child : str
        The child's name; without it the child is called "Child".
    date_order : {"dmy", "mdy"}, optional
        Whether the day or the month comes first in dates of numbers only.

    Returns
    -------
    Draft
        With ``.people``, ``.agencies``, ``.concerns``, ``.chronology`` and ``.questions``, and ``.write(path)``.

    Raises
    ------
    CaseError
        If it cannot be read, has no column of dates and of events, or has dates of numbers only and no `date_order`.
    MissingExtraError
        For a Word document without the extra ``word``.

    See Also
    --------
    write_template : an empty workbook.
    merge_cases : several agencies' chronologies into one.

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> table = pd.DataFrame(
    ...     {
    ...         "Date": ["6 April 2021"],
    ...         "Agency": ["Nursery"],
    ...         "Event": ["Bruise seen"],
    ...         "Action": ["Rang health visitor"],
    ...     }
    ... )
    >>> draft = sn.draft_from_chronology(table)
    >>> draft.chronology[["date", "kind", "who", "to", "channel"]].to_numpy().tolist()
    [['2021-04-06', 'observed', 'nursery', '', ''], ['2021-04-06', 'told', 'nursery', 'hv', 'phone']]
    """
    need_source(source)
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    if not isinstance(agency, str) or not isinstance(child, str):
        raise ArgumentError("agency and child are texts.")
    given = entries_of(source)
    return _Drafting(given.name, given.entries, agency, child, date_order).draft()


class _Drafting:
    """A draft while it is made."""

    def __init__(self, name: str, entries: Sequence[Entry], agency: str, child: str, order: DateOrder | None) -> None:
        self.name, self.entries, self.order = name, entries, order
        self.child = child
        self.cast = Cast()
        self.guessing = Guessing(self.cast)
        self.concern_words = words.concerns()
        self.questions: list[Question] = []
        self.problems: list[Problem] = []
        self.rows: list[dict[str, str]] = []
        self.sources: dict[str, str] = {}
        self.found: dict[tuple[str, str], list[tuple[str, str]]] = {}  # concern -> the entry's line and the word
        self.ids: dict[tuple[str, str], str] = {}
        self.owner = self._owner(agency)

    def _owner(self, agency: str) -> str:
        """The agency that wrote it, where no column says so."""
        if agency or any("agency" in entry.parts for entry in self.entries):
            return self.cast.agency(agency) if agency else ""
        self.cast.agencies["this_agency"] = ("The agency that wrote this", "other")
        asked = "Which agency wrote this chronology? Write its name and its sector (or draft again with --agency)."
        self.questions.append(Question("agencies", "this_agency", "name", asked))
        return "this_agency"

    def draft(self) -> Draft:
        self._find_concerns()
        date = ""
        for entry in self.entries:
            date = self._entry(entry, date)
        if self.problems:
            raise CaseError(self.problems, self.name)
        self.questions += self.cast.questions(self.child)
        own = list(dict.fromkeys(name for row in self.rows for name in row if name not in _COLUMNS))
        columns = (*_COLUMNS, *own)
        tables: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
            **self.cast.tables(self.child),
            "concerns": (("id", "about", "category", "severity", "summary"), self._concerns(child_id(self.child))),
            "chronology": (columns, [tuple(row.get(name, "") for name in columns) for row in self.rows]),
            "sources": (("code", "title"), list(self.sources.items())),
        }
        return Draft(tables, self.questions, self.name)

    # entries --------------------------------------------------------------------------------------

    def _entry(self, entry: Entry, before: str) -> str:
        """The rows of one entry; gives its date, which an entry without one has too."""
        date, asked = self._date(entry, before)
        agency = self.cast.agency(entry.parts["agency"]) if entry.parts.get("agency") else self.owner
        own = self.cast.person(entry.parts["who"], agency) if entry.parts.get("who") else agency
        guesses = self.guessing.of_entry(entry, agency, own)
        first = len(self.rows)
        for guess in guesses:
            self._add(entry, date, guess)
        for name, text in entry.given.items():
            self.rows[first][f"{_OWN}{name}"] = text
        if asked:
            self.questions.append(Question("chronology", self.rows[first]["id"], "date", *asked))
        if looks := entry.given.get(LOOKS):
            said = f"The row is {looks} in the chronology. Does it belong to the case?"
            self.questions.append(Question("chronology", self.rows[first]["id"], "id", said))
        return date

    def _date(self, entry: Entry, before: str) -> tuple[str, tuple[str, bool] | None]:
        text = entry.parts.get("date", "")
        if not text:
            if before:
                return before, ("The entry has no date; that of the entry before it is taken. Is it so?", False)
            return "", ("When was it?", True)
        try:
            date = standard(text, self.order)
        except BadDate as error:
            said = f"the date {text!r} cannot be read: {error.problem}"
            if ALL_NUMBERS in error.problem and self.order is None:  # asked once, for all of them
                self.problems.append(Problem("the chronology", entry.line, "date", text, said, error.hint))
            return text, (f"{said[0].upper()}{said[1:]} {error.hint}", True)
        return with_time(date, entry.parts.get("time", "")), None

    def _add(self, entry: Entry, date: str, guess: Guess) -> None:
        row = {"id": f"e{len(self.rows) + 1}", "date": date, "kind": guess.kind, "who": guess.who, "to": guess.to}
        row |= {"concerns": self._ids_of(entry, guess), "confidence": guess.confidence, "summary": guess.text}
        row |= {**guess.cells, "source": self._source(entry), GUESS: guess.because}
        self.rows.append(row)
        if guess.confidence == "low":
            asked = "Is this what happened, by whom and to whom? The words of the entry say little."
            self.questions.append(Question("chronology", row["id"], "kind", asked))

    def _source(self, entry: Entry) -> str:
        text = " ".join(entry.parts.get("source", "").split())
        code = slug(text or self.name)
        self.sources.setdefault(code, text or f"Chronology: {self.name}")
        return code

    # concerns -------------------------------------------------------------------------------------

    def _find_concerns(self) -> None:
        """The concerns that words of the entries propose."""
        for entry in self.entries:
            for key, word in self._concerns_in(" ".join(_told(entry))):
                self.found.setdefault(key, []).append((entry.line, word))
        if len(self.found) > _MOST_CONCERNS:  # too many to grade one by one: by category
            merged: dict[tuple[str, str], list[tuple[str, str]]] = {}
            for (category, _), at in self.found.items():
                merged.setdefault((category, ""), []).extend(at)
            self.found = merged
        self.ids = {key: f"C{number}" for number, key in enumerate(self.found, 1)}

    def _concerns_in(self, text: str) -> Iterator[tuple[tuple[str, str], str]]:
        for one in self.concern_words:
            if match := one.pattern.search(text):
                yield (one.what[0], one.what[1]), match[0]

    def _ids_of(self, entry: Entry, guess: Guess) -> str:
        """The concerns of a row: those of its own words; what is passed on is what the entry's event was about."""
        if guess.kind in ("opened", "closed"):
            return ""
        text = guess.text
        if guess.kind not in ("observed", "agreed") or not any(self._concerns_in(text)):
            text = f"{text} {entry.parts.get('event', '')} {entry.parts.get('impact', '')}"
        keys = [key for key, _ in self._concerns_in(text)]
        known = [self.ids.get(key) or self.ids.get((key[0], ""), "") for key in keys]
        return ";".join(dict.fromkeys(one for one in known if one))

    def _concerns(self, child: str) -> list[tuple[str, ...]]:
        lines: list[tuple[str, ...]] = []
        for (category, name), one in self.ids.items():
            at = self.found[category, name]
            said = ", ".join(dict.fromkeys(word.lower() for _, word in at))
            called = name or f"{category.replace('_', ' ').capitalize()}: {said}"
            lines.append((one, child, category, "", called))
            rows = ", ".join(dict.fromkeys(line for line, _ in at))
            asked = f"How grave is it (1 to 4)? Is it one worry or several? Proposed from {said!r} in entries {rows}."
            self.questions.append(Question("concerns", one, "severity", asked, needed=True))
        return lines


def _told(entry: Entry) -> Iterator[str]:
    """The parts of an entry that tell what was the matter."""
    return (entry.parts[part] for part in ("event", "impact", "outcome", "action") if part in entry.parts)
