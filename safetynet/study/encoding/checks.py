"""Which cases have a row that cannot be judged by whole columns, or that the reader would not take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from ...case.vocabulary import CALM_CATEGORIES, OUTCOMES, ROW_KINDS, WORD_KINDS
from .tables import MOST_ROWS, Ids, Refers, Table
from .texts import rows_of
from .words import EMPTY, NO_DAY, WRONG, Dates, Windows, confidences, says_something, whole_numbers, words

if TYPE_CHECKING:
    from .texts import Flags, Ints

SPANS = (("start", "end"), ("lead_from", "lead_to"))
NOBODY_NEEDED = ("needed", "agreed")


class Judge:
    """Looks at the tables of several cases; `odd` says of which cases something is not plain.

    Attributes
    ----------
    words, numbers : dict
        What the cells of a (table, column) say, by row.
    windows : dict
        The dates of a (table, column), by row.
    places : dict
        The columns of ids, by (table, column): for each row those that it names, by their places.
    extra : dict
        For each of these which of the words that may stand instead of an id it is.
    """

    def __init__(self, tables: dict[str, Table], ids: Ids, dates: Dates, odd: Flags) -> None:
        self.tables, self.ids, self.dates, self.odd = tables, ids, dates, odd
        self.words: dict[tuple[str, str], Ints] = {}
        self.windows: dict[tuple[str, str], Windows] = {}
        self.places: dict[tuple[str, str], Refers] = {}
        self.extra: dict[tuple[str, str], Ints] = {}

    def note(self, table: Table, rows: Flags) -> None:
        """Note the cases of some rows."""
        self.odd[table.case[rows]] = True

    def run(self) -> None:
        """Judge every column of every table, and the cells of a row beside one another."""
        for table in self.tables.values():
            self.odd[np.diff(table.at) > MOST_ROWS] = True
            for column in table.schema.columns:
                if column.name in table and column.type not in ("ref", "refs", "place", "id"):
                    self._column(table, column.name)
        self.ids.strange_ids()
        for refers in self.ids.references():
            self._refers(refers)
        for table in self.tables.values():
            self._spans(table)
        self._concerns()
        self._chronology()
        self._few()

    def _column(self, table: Table, name: str) -> None:
        column = table.column(name)
        if column.type == "text" and not column.vocabulary and not column.required:
            return
        texts = table.texts(name)
        if column.type in ("window", "due"):
            found = self.dates.windows(texts)
            wrong = found.wrong | (column.type == "due") & (found.last == NO_DAY) & (found.first != NO_DAY)
            self.note(table, wrong[texts.codes])
            self.windows[table.schema.name, name] = found.of(texts.codes)
            if column.required:
                rows = self.windows[table.schema.name, name]
                self.note(table, (rows.first == NO_DAY) & (rows.last == NO_DAY))
            return
        if column.type in ("word", "integer", "confidence") or column.vocabulary:
            said = (
                whole_numbers(texts, column)
                if column.type == "integer"
                else confidences(texts)
                if column.type == "confidence"
                else words(texts, column)
            )
            rows_say = said[texts.codes]
            self.note(table, (rows_say == WRONG) | (rows_say == EMPTY) & column.required)
            self.words[table.schema.name, name] = rows_say
        else:  # a text that every row needs
            self.note(table, ~says_something(texts)[texts.codes])

    def _refers(self, refers: Refers) -> None:
        table, column, found = refers
        rows = rows_of(found)
        if column.required:
            self.note(table, np.diff(found.at) == 0)
        if column.points_to == ("sources",):
            self._sources(refers)
            return
        if column.points_to not in self.ids.known:
            self.note(table, np.diff(found.at) > 0)
            return
        places = self.ids.look_up(column.points_to, table.case[rows], found.items)
        lacking, extra = places < 0, np.full(len(places), EMPTY)
        for number, word in enumerate(column.extra):
            extra[found.items == self.ids.number(word)] = number
        lacking &= extra == EMPTY
        self.extra[table.schema.name, column.name] = extra
        self.odd[table.case[rows[lacking]]] = True
        self.places[table.schema.name, column.name] = refers._replace(found=found._replace(items=places))

    def _sources(self, refers: Refers) -> None:
        """Codes of sources: those of a table of sources or, without one, any that has no blanks around it."""
        table, _, found = refers
        rows = rows_of(found)
        case = table.case[rows]
        has_table = np.zeros(len(self.odd), np.bool_)
        if "sources" in self.tables:
            has_table = np.diff(self.tables["sources"].at) > 0
        lacking = self.ids.look_up(("sources",), case, found.items) < 0
        plain = self.ids.is_plain()[found.items]
        self.odd[case[np.where(has_table[case], lacking, ~plain)]] = True
        if table.schema.name == "chronology":
            self.places["chronology", "source"] = refers

    # cells beside one another ---------------------------------------------------------------------

    def _spans(self, table: Table) -> None:
        for first, last in SPANS:
            start, end = (self.windows.get((table.schema.name, name)) for name in (first, last))
            if start is not None and end is not None:
                given = (start.first != NO_DAY) & (end.last != NO_DAY)
                self.note(table, given & (end.last < start.first))

    def word(self, name: str, table: str = "chronology") -> Ints:
        """What the rows of a table say in a column of words; empty where the table has none."""
        found = self.words.get((table, name))
        return np.full(len(self.tables[table]), EMPTY) if found is None else found

    def window(self, name: str, table: str = "chronology") -> Windows:
        """The dates of a column; none where the table has no such column."""
        found = self.windows.get((table, name))
        if found is not None:
            return found
        rows = len(self.tables[table])
        none = np.zeros(rows, np.int64)
        return Windows(none, none, none - 1, none, np.zeros(rows, np.bool_))

    def many(self, name: str, table: str = "chronology") -> Ints:
        """How many ids each row has in a column."""
        found = self.places.get((table, name))
        return np.zeros(len(self.tables[table]), np.int64) if found is None else np.diff(found.found.at)

    def is_kind(self, kinds: Iterable[str]) -> Flags:
        """Which rows of the chronology are of some kinds."""
        return np.isin(self.word("kind"), [ROW_KINDS.index(kind) for kind in kinds])

    def _concerns(self) -> None:
        table = self.tables["concerns"]
        calm = [table.column("category").vocabulary.index(one) for one in CALM_CATEGORIES]
        is_calm = np.isin(self.word("category", "concerns"), calm)
        self.note(table, is_calm != (self.word("severity", "concerns") == 0))
        self._not_itself("concerns", "answers")

    def _not_itself(self, name: str, column: str) -> None:
        """Note the cases in which a row refers to itself."""
        refers = self.places.get((name, column))
        if refers is not None:
            rows = rows_of(refers.found)
            own = self.ids.look_up((name,), refers.table.case, self.ids.of(name))
            self.odd[refers.table.case[rows[own[rows] == refers.found.items]]] = True

    def _chronology(self) -> None:
        table = self.tables["chronology"]
        who, to = self.many("who"), self.many("to")
        self.note(table, (who == 0) & ~self.is_kind(NOBODY_NEEDED))
        self.note(table, (to == 0) & self.is_kind(WORD_KINDS))
        observed = self.is_kind(("observed",))
        if ("chronology", "who") in self.places:
            found = self.places["chronology", "who"].found
            rows = rows_of(found)
            desk = found.items >= self.ids.people[table.case[rows]]
            self.odd[table.case[rows[desk & (observed & (who > 1))[rows]]]] = True
        read = self.window("received_on")
        received = (self.word("received") != EMPTY) | (read.first != NO_DAY) | (read.last != NO_DAY)
        self.note(table, received & self.is_kind(("met", "observed")))
        outcome, vocabulary = self.word("outcome"), table.column("outcome").vocabulary
        for kind, fitting in OUTCOMES.items():
            fits = np.isin(outcome, [EMPTY, *(vocabulary.index(one) for one in fitting)])
            self.note(table, self.is_kind((kind,)) & ~fits)
        for column in ("ref", "disputes"):
            self._not_itself("chronology", column)

    def _few(self) -> None:
        """Several rows about a case, ratings that may be there twice, and sources of few words."""
        if "case" in self.tables:
            self.odd[np.diff(self.tables["case"].at) > 1] = True
        if "sources" in self.tables:
            table = self.tables["sources"]
            titles = table.texts("title")
            self.note(table, ~says_something(titles)[titles.codes])
        if "ratings" in self.tables:
            table = self.tables["ratings"]
            keys = np.sort(table.case * 100 + np.maximum(0, self.word("item", "ratings")))
            self.odd[keys[1:][keys[1:] == keys[:-1]] // 100] = True
