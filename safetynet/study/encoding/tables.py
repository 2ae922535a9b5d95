"""The tables of several cases side by side: their columns as texts, and the ids of their rows as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...case.checks import RESERVED
from ...case.columns import Column
from ...case.headings import column_named, spell_headings
from ...case.ids import squeezed
from ...case.records import RawTable
from ...case.schema import BY_NAME
from ...case.told import Told
from ...io.study_batches import Several
from .texts import Items, Texts, expanded, is_plain, is_readable, no_texts, rows_of, split, texts_of

if TYPE_CHECKING:
    from .texts import Flags, Ints

MOST_CELLS = 8_000_000  # of a table of what each case calls by each id, where there is one
MOST_ROWS = 10_000  # of a table of one case


class Table:
    """One table of several cases; its rows stand case by case.

    Attributes
    ----------
    case : array of int
        Of which case each row is.
    at : array of int
        Where the rows of each case begin, and at last where they end.
    """

    def __init__(self, name: str, rows: Any, at: Ints) -> None:
        self.schema = BY_NAME[name]
        self.at = at
        self.case = np.repeat(np.arange(len(at) - 1), np.diff(at))
        self.order: Ints | None = None
        self._rows = rows
        self._texts: dict[str, Texts] = {}
        self._headings = {heading: place for place, heading in enumerate(_spelt(name, rows))}

    def __len__(self) -> int:
        return len(self.case)

    def __contains__(self, name: str) -> bool:
        return name in self._headings

    @property
    def is_readable(self) -> bool:
        """Whether its headings and the sorts of its columns are such that whole columns can be judged."""
        known = {column.name for column in self.schema.columns}
        needed = {column.name for column in self.schema.columns if column.required}
        if len(self._headings) < self._rows.num_columns or not needed | {self.schema.id or ""} - {""} <= set(
            self._headings
        ):
            return False
        if self.schema.name == "case":
            known |= set(self._headings)
        sorts = {name: self._rows.column(place).type for name, place in self._headings.items()}
        return all((is_readable if name in known else is_plain)(sort) for name, sort in sorts.items())

    def texts(self, name: str) -> Texts:
        """A column as texts, in the order of its rows."""
        if name not in self._texts:
            if name not in self._headings:
                return no_texts(len(self))
            self._texts[name] = texts_of(self._rows.column(self._headings[name]), column_named(self.schema.name, name))
        found = self._texts[name]
        return found if self.order is None else found._replace(codes=found.codes[self.order])

    def own(self) -> list[str]:
        """The columns that the case format does not know."""
        return [name for name in self._headings if self.schema.get(name) is None]

    def column(self, name: str) -> Column:
        """What the case format says of a column."""
        found = self.schema.get(name)
        assert found is not None, name
        return found


def _spelt(name: str, rows: Any) -> Sequence[str]:
    """The headings of a table as the case format has them; none where any of them is wrong or may be a slip."""
    headings = tuple(map(str, rows.column_names))
    told = Told()
    spelt = spell_headings(name, RawTable(headings, ()), told).columns
    blank = any(not heading.strip() for heading in headings)
    return () if told.problems or blank or len(set(spelt)) < len(spelt) else spelt


def tables_of(several: Several) -> dict[str, Table]:
    """The tables of several cases."""
    return {name: Table(name, *found) for name, found in several.tables.items()}


class Refers(NamedTuple):
    """A column of ids: for each row those that its cell names, as numbers of the text."""

    table: Table
    column: Column
    found: Items


class Ids:
    """The ids of several cases: the number of each different text, and which row of a case has which id.

    The people of a case are numbered from 0, and its agencies after them: those of the table, then those that only
    people name (`agency_order` puts both into the order of the cases). What is wrong with the ids of a case is noted in
    `odd`.
    """

    def __init__(self, tables: dict[str, Table], cases: int, odd: Flags) -> None:
        self._tables, self._odd, self._cases = tables, odd, cases
        self._pieces: list[Any] = []
        self._ids = {name: self._piece(tables[name].texts(one)) for name, one in _named(tables)}
        self._cells = [
            (table, column, *self._parts(table, column))
            for table in tables.values()
            for column in table.schema.columns
            if column.type in ("ref", "refs", "place") and column.name in table
        ]
        self._join()
        self.people = np.diff(tables["people"].at)
        self.created = self._created()
        agencies = tables.get("agencies")
        self.agency_case = np.concatenate([agencies.case if agencies else [], self.created[0]]).astype(np.int64)
        codes = np.concatenate([self.of("agencies") if agencies else [], self.created[1]]).astype(np.int64)
        order = self.agency_order = np.argsort(self.agency_case, kind="stable")
        self.agency_case, codes = self.agency_case[order], codes[order]
        self.agencies = np.bincount(self.agency_case, minlength=cases)
        self.holders_at = np.concatenate([[0], np.cumsum(self.people + self.agencies)])
        first = np.concatenate([[0], np.cumsum(self.agencies)])[:-1]
        desks = np.arange(len(codes)) - first[self.agency_case] + self.people[self.agency_case]
        people = _places(tables["people"])
        case = tables["people"].case
        self._spaces = {
            ("people",): self._space(case, self.of("people"), people),
            ("agencies",): self._space(self.agency_case, codes, desks),
            ("people", "agencies"): self._space(
                np.concatenate([case, self.agency_case]),
                np.concatenate([self.of("people"), codes]),
                np.concatenate([people, desks]),
            ),
        }

    # the numbers of texts -------------------------------------------------------------------------

    def _piece(self, texts: Texts) -> tuple[int, Texts]:
        self._pieces.append(texts.words)
        return len(self._pieces) - 1, texts

    def _parts(self, table: Table, column: Column) -> tuple[int, Items]:
        cells, parts = split(table.texts(column.name), column.many)
        self._pieces.append(parts)
        return len(self._pieces) - 1, cells

    def _join(self) -> None:
        """Give each different text of all ids and references one number."""
        import pyarrow as pa

        whole = pa.concat_arrays([piece.cast(pa.large_string()) for piece in self._pieces]).dictionary_encode()
        ends = np.cumsum([len(piece) for piece in self._pieces])
        numbers = whole.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        self._numbers = np.split(numbers, ends[:-1])
        self.words = whole.dictionary
        self._pieces = []

    def of(self, name: str) -> Ints:
        """The number of the id of each row of a table."""
        piece, _ = self._ids[name]
        codes = self._tables[name].texts(self._tables[name].schema.id).codes
        found: Ints = self._numbers[piece][codes]
        return found

    def rank(self, name: str) -> Ints:
        """Numbers in the order of the ids, by row of a table."""
        import pyarrow.compute as compute

        order = compute.sort_indices(self.words).to_numpy()
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks[self.of(name)]

    # whose they are -------------------------------------------------------------------------------

    def _created(self) -> tuple[Ints, Ints]:
        """The case and number of the agencies that only people name."""
        people, agencies = self._tables["people"], self._tables.get("agencies")
        none = np.empty(0, np.int64)
        if "agency" not in people:
            return none, none
        piece, cells = next(
            (piece, cells) for table, one, piece, cells in self._cells if table is people and one.name == "agency"
        )
        found = expanded(people.texts("agency").codes, cells)
        base = len(self.words) + 1
        pairs = np.unique(people.case[rows_of(found)] * base + self._numbers[piece][found.items])
        if agencies is not None:
            pairs = np.setdiff1d(pairs, agencies.case * base + self.of("agencies"))
        case, number = np.divmod(pairs, base)
        self._strange_agencies(case, number)
        return case, number

    def _strange_agencies(self, case: Ints, number: Ints) -> None:
        """Note the cases in which such an agency may be another one in other letters, or is no id."""
        used, places = np.unique(number, return_inverse=True)
        texts = self.words.take(used).to_pylist()
        bad = np.array([not is_id(text) for text in texts], np.bool_)
        self._odd[case[bad[places]]] = True
        folded: dict[str, int] = {}
        alike = _alike(texts, folded)[places]
        listed = [(case, alike)]
        agencies = self._tables.get("agencies")
        if agencies is not None and len(case):
            for name in ("id", "name"):
                words = agencies.texts(name)
                listed.append((agencies.case, _alike(words.listed, folded)[words.codes]))
        keys = [whose * (len(folded) + 1) + which for whose, which in listed]
        found, times = np.unique(keys[0], return_counts=True)
        twice = np.union1d(found[times > 1], np.intersect1d(found, np.concatenate([found[:0], *keys[1:]])))
        self._odd[twice // (len(folded) + 1)] = True

    def _space(self, case: Ints, number: Ints, place: Ints) -> Any:
        """What each case calls by each number; the cases that do so twice are noted."""
        keys = case * len(self.words) + number
        order = np.argsort(keys, kind="stable")
        keys, place = keys[order], place[order]
        twice = keys[1:][keys[1:] == keys[:-1]]
        self._odd[twice // max(1, len(self.words))] = True
        if self._cases * len(self.words) <= MOST_CELLS:
            table = np.full(self._cases * len(self.words), -1, np.int64)
            table[keys] = place
            return table
        return keys, place

    def add(self, name: str, place: Ints) -> None:
        """Give the ids of a table their places."""
        self._spaces[(name,)] = self._space(self._tables[name].case, self.of(name), place)

    def look_up(self, targets: tuple[str, ...], case: Ints, number: Ints) -> Ints:
        """The place of what each case calls by a number; -1 where it has none of it."""
        space = self._spaces.get(targets)
        if space is None:
            return np.full(len(number), -1)
        keys = case * len(self.words) + number
        if not isinstance(space, tuple):
            found: Ints = space[keys]
            return found
        known, place = space
        at = np.minimum(np.searchsorted(known, keys), max(0, len(known) - 1))
        return np.where(known[at] == keys, place[at], -1) if len(known) else np.full(len(keys), -1)

    @property
    def known(self) -> set[tuple[str, ...]]:
        """The tables whose ids can be looked up."""
        return set(self._spaces)

    def number(self, text: str) -> int:
        """The number of a text; -1 where it stands nowhere."""
        import pyarrow.compute as compute

        found: int = compute.index(self.words, text).as_py()
        return found

    def is_plain(self) -> Flags:
        """Which of the different texts have no blanks around them, and no line break."""
        import pyarrow.compute as compute

        found = compute.match_substring_regex(self.words, r"^\s|\s$|\n|^$").to_numpy(zero_copy_only=False)
        trimmed = compute.equal(self.words, compute.utf8_trim_whitespace(self.words)).to_numpy(zero_copy_only=False)
        plain: Flags = ~found & trimmed
        return plain

    # references -----------------------------------------------------------------------------------

    def references(self) -> list[Refers]:
        """Every column of ids, each cell of it as numbers."""
        return [self._refers(*cells) for cells in self._cells]

    def _refers(self, table: Table, column: Column, piece: int, cells: Items) -> Refers:
        numbers = self._numbers[piece][cells.items]
        texts = table.texts(column.name)
        keys = np.sort(rows_of(Items(cells.at, numbers)) * len(self.words) + numbers)
        twice = np.zeros(len(cells.at) - 1, np.bool_)
        twice[keys[1:][keys[1:] == keys[:-1]] // max(1, len(self.words))] = True
        self._odd[table.case[(twice | texts.odd)[texts.codes]]] = True
        return Refers(table, column, expanded(texts.codes, Items(cells.at, numbers)))

    def strange_ids(self) -> None:
        """Note the cases with an id that is none, or that holds blanks or signs with a meaning of their own."""
        import pyarrow.compute as compute

        for name, (_, texts) in self._ids.items():
            words = texts.words
            bad = compute.match_substring_regex(words, r"^\s|\s$|[;\n]|^$").to_numpy(zero_copy_only=False)
            plain = compute.equal(words, compute.utf8_trim_whitespace(words)).to_numpy(zero_copy_only=False)
            bad = bad | ~plain | texts.odd
            for word in RESERVED:
                bad = bad | compute.equal(words, word).to_numpy(zero_copy_only=False)
            table = self._tables[name]
            self._odd[table.case[bad[table.texts(table.schema.id).codes]]] = True


def _alike(texts: Sequence[str], folded: dict[str, int]) -> Ints:
    """Numbers of texts, the same for those that differ in capitals and blanks only; new ones are taken in."""
    return np.array([folded.setdefault(squeezed(text), len(folded)) for text in texts], np.int64)


def is_id(text: str) -> bool:
    """Whether a text can be an id as it stands."""
    return bool(text) and text == text.strip() and ";" not in text and "\n" not in text and text not in RESERVED


def _named(tables: dict[str, Table]) -> list[tuple[str, str]]:
    return [(name, table.schema.id) for name, table in tables.items() if table.schema.id]


def _places(table: Table) -> Ints:
    """The place of each row among those of its case."""
    return np.arange(len(table)) - table.at[table.case]
