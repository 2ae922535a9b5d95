"""The case: people, concerns and one chronology, which nothing can change from outside.

Everything else in the library is a question to a :class:`Case`. Its tables come out as fresh DataFrames;
``until``, ``between``, ``without``, ``with_rows``, ``with_row``, ``with_lead`` and ``about`` give new cases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ..dates import DateLike, as_day, window_of
from ..errors import CHANGED, ArgumentError, Problem, problem_table, type_of
from ..written import DateOrder
from . import additions, edits
from .about import about_table
from .cells import is_table, raw_table
from .checks import Checked, check
from .frames import Frames
from .identity import Identity
from .oddities import oddities
from .parts import Parts
from .records import RawTable, Records
from .spelling import spell
from .told import Told

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

T = TypeVar("T")


class Case(Identity, Frames):
    """People, concerns and one chronology around a child.

    Parameters
    ----------
    people, concerns, chronology : pandas.DataFrame
        The three tables that every case has, with the columns of the case format.
    agencies, ties, services, permissions, ratings, sources, links, conditions : pandas.DataFrame, optional
        The other tables. An agency that a person names but `agencies` lacks is created with sector ``other``.
    case : pandas.DataFrame, optional
        The table `case`: one row with what the arguments below say and the attributes, so that
        ``sn.Case(**case.tables())`` is the same case.
    title : str, optional
        The title that reports show.
    status : {"published", "illustrative", ""}, optional
        Whether the case is published or illustrative; a report of any other says that it is neither.
    harm_date : date or str, optional
        The day of the harm, if there was one. Scores are asked for the day before it unless ``at=`` says otherwise.
    attributes : mapping, optional
        Anything about the case that a study may compare: outcome, area, year.
    date_order : {"dmy", "mdy"}, optional
        Whether the day or the month comes first in dates of numbers only, such as 03/04/2021. Without it such
        dates are a problem.
    id : str, optional
        A short name, shown when the case introduces itself.

    Raises
    ------
    CaseError
        With every problem of the tables at once, in ``.problems``.

    See Also
    --------
    read_case : from a folder, a workbook or a JSON file.
    load_case : a packaged case.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> case
    <Case 'worked_example' 2024-01-10 to 2024-01-30: 1 child, 4 professionals in 4 agencies, 3 concerns, 2 contacts>
    >>> case.contacts["id"].tolist()
    ['e2', 'e5']
    """

    _raw: Mapping[str, RawTable]
    _records: Records
    _created: tuple[str, ...]  # the agencies that people name and the table of agencies lacked
    _name: str
    _notes: tuple[Problem, ...]  # what was read otherwise than it stood
    _read_from: str = ""  # the name of the file or folder that it was read from

    def __init__(
        self,
        people: pd.DataFrame,
        concerns: pd.DataFrame,
        chronology: pd.DataFrame,
        agencies: pd.DataFrame | None = None,
        ties: pd.DataFrame | None = None,
        services: pd.DataFrame | None = None,
        permissions: pd.DataFrame | None = None,
        ratings: pd.DataFrame | None = None,
        sources: pd.DataFrame | None = None,
        links: pd.DataFrame | None = None,
        conditions: pd.DataFrame | None = None,
        *,
        case: pd.DataFrame | None = None,
        id: str = "",
        title: str = "",
        status: Literal["", "published", "illustrative"] = "",
        harm_date: DateLike | None = None,
        attributes: Mapping[str, Any] | None = None,
        date_order: DateOrder | None = None,
    ) -> None:
        frames = {
            "people": people,
            "agencies": agencies,
            "concerns": concerns,
            "chronology": chronology,
            "ties": ties,
            "services": services,
            "permissions": permissions,
            "ratings": ratings,
            "sources": sources,
            "links": links,
            "conditions": conditions,
        }
        problems: list[Problem] = []
        raw = {name: raw_table(name, frame, problems) for name, frame in frames.items() if is_table(frame)}
        if attributes is not None and not isinstance(attributes, Mapping):
            raise ArgumentError(
                f"attributes is {type_of(attributes)}, not a mapping. Write attributes={{'year': 2019}}."
            )
        about = {"id": id, "title": title, "harm_date": harm_date, "status": status, **(attributes or {})}
        raw["case"] = about_table(case, about, problems)
        self._read(raw, "", "the case", Told.of(problems), date_order)

    @classmethod
    def _from_raw(
        cls,
        raw: Mapping[str, RawTable],
        *,
        name: str = "",
        what: str = "the case",
        told: Told | None = None,
        date_order: DateOrder | None = None,
        read_from: str = "",
    ) -> Case:
        """A case from text tables; `name` is its id where the ``case`` table gives none."""
        case = cls.__new__(cls)
        tables = dict(raw)
        table = tables.get("case")
        if table is None or not table.rows:
            columns = table.columns if table is not None else ("id",)
            tables["case"] = RawTable(columns, (("",) * len(columns),))
        case._read(tables, name, what, told or Told(), date_order)
        case.__dict__["_read_from"] = read_from
        return case

    def _read(
        self, raw: Mapping[str, RawTable], name: str, what: str, told: Told, date_order: DateOrder | None = None
    ) -> None:
        """Take in text tables as a person wrote them."""
        checked = check(spell(raw, told, date_order), what, told)
        self._hold(checked, name, told.notes)

    def _hold(self, checked: Checked, name: str, notes: Iterable[Problem]) -> None:
        self.__dict__.update(
            _raw=MappingProxyType(checked.tables),
            _records=checked.records,
            _created=checked.created,
            _name=name,
            _notes=tuple(dict.fromkeys(notes)),
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a case cannot be changed: {name} was not set. Use until, without or with_rows for a new one."
        )

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a case cannot be changed: {name} was not deleted.")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        mine = {name: table[:2] for name, table in self._raw.items()}
        return mine == {name: table[:2] for name, table in other._raw.items()}

    def __hash__(self) -> int:
        return hash(tuple((name, table[:2]) for name, table in self._raw.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (dict(self._raw), self._created, self.id, self._notes))

    def __copy__(self) -> Case:
        """Itself: a case never changes."""
        return self

    def __deepcopy__(self, memo: object) -> Case:
        return self

    def _cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make()` gives, computed once for this case (a case never changes)."""
        store: dict[Hashable, T] = self.__dict__.setdefault("_cache", {})
        if key not in store:
            store[key] = make()
        return store[key]

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        """The network as a picture, for notebooks; PNG and SVG need no trust."""
        from ..plot import mimebundle

        return mimebundle(self, include, exclude)

    @property
    def warnings(self) -> pd.DataFrame:
        """What is odd but usable, in the same form as the problems of a :class:`CaseError`."""
        return problem_table(self._odd)

    @property
    def _odd(self) -> list[Problem]:
        """What is odd but usable."""
        return [*self._notes, *self._cached("warnings", lambda: oddities(self._raw, self._records, self._created))]

    # new cases ----------------------------------------------------------------------------------------

    def until(self, at: DateLike) -> Case:
        """The case as it certainly stood at the end of that day: later rows are left out.

        References to rows that are left out are taken out, as they would not have been written yet.
        """
        day = as_day(at, "at")
        return self._of(edits.only_rows(self._raw, self._records, lambda row: row.date.last <= day))

    def between(self, start: DateLike, end: DateLike) -> Case:
        """The case with only those rows that certainly fall between two days, both included.

        A month or a year counts from its first day as `start` and to its last as `end`.
        """
        first, last = window_of(start, "start").first, as_day(end, "end")
        if last < first:
            raise ArgumentError(f"end={end!r} is before start={start!r}. Put the earlier date first.")
        return self._of(
            edits.only_rows(self._raw, self._records, lambda row: first <= row.date.first and row.date.last <= last)
        )

    def without(self, *ids: str) -> Case:
        """The case without some people, agencies, concerns or rows, wherever they are named.

        A row that loses everybody it needs is left out, as is what was done about an action that is left out; one
        that loses only some stays. The people of an agency that is left out are left out with it, and so are ties,
        services, links and conditions that would be of nobody.

        Raises
        ------
        UnknownNameError
            If the case has no such id; the message has the nearest.
        ArgumentError
            If an id stands for two things, say a concern and a row.
        """
        return self._of(edits.leave_out(self._raw, self._records, ids))

    def with_rows(self, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> Case:
        """The case with further chronology rows: mappings from column to value, or a DataFrame.

        A list of ids may be given as a list. A row without an ``id`` gets one (``added1`` and so on).

        Raises
        ------
        CaseError
            If a row does not fit; nothing is changed then.
        """
        return self._of(additions.add_rows(self._raw, self._records, rows))

    def with_row(self, row: str, /, **cells: Any) -> Case:
        """The case with some cells of one chronology row changed: ``case.with_row("e4", date="2019-03-01")``.

        A row is moved by changing its date. A list of ids may be given as a list; None empties a cell.

        Raises
        ------
        CaseError
            If there is no such row or column, or a value does not fit; with everything that is wrong at once.
        """
        return self._changed("chronology", row, cells)

    def with_lead(self, person: str, start: DateLike | None, end: DateLike | None = None) -> Case:
        """The case in which a person was the lead professional from `start` to `end`, and at no other time.

        Who else was is left as it is. Without an `end` they stayed it; with None as `start` they never were.

        Raises
        ------
        CaseError
            If there is no such person or a date cannot be read; with everything that is wrong at once.
        """
        return self._changed("people", person, {"lead_from": start, "lead_to": end})

    def about(self, child: str) -> Case:
        """The case as seen from one child.

        Rows, concerns and services that are only about other children are left out. Brothers and sisters stay as
        family: they may know and tell things.
        """
        return self._of(edits.about_child(self._raw, self._records, child))

    def _changed(self, table: str, row: str, cells: Mapping[str, Any]) -> Case:
        parts = additions.change_cells(self._raw, self._records, table, row, cells)
        if isinstance(parts, Parts):
            return self._of(parts)
        told = Told.of(notes=self._notes)
        tables = {**self._raw, **parts}
        return Case._from_raw(tables, name=self.id, what=CHANGED, told=told, read_from=self._read_from)

    def _of(self, parts: Parts) -> Case:
        """A case of what is left or added: it is checked already."""
        tables, records = parts.tables(), parts.records()
        created = tuple(name for name in self._created if name in records.agencies)
        case = Case.__new__(Case)
        case._hold(Checked(tables, records, created), self.id, [*self._notes, *parts.notes])
        case.__dict__["_read_from"] = self._read_from
        return case

    # the graph ----------------------------------------------------------------------------------------

    def graph(self, at: DateLike | None = None) -> nx.MultiDiGraph[str]:
        """The case as a graph, with every row by `at`; any networkx algorithm runs on it.

        Nodes are every person and agency, with their columns as attributes and ``node_type`` (child, family,
        support, public, professional, agency). Edges have an ``edge_type``: the kind of a contact row (``told``,
        ``met``, ``observed``, ``decided`` …; information flow, one edge for each direction in which it could move,
        with ``row``, ``earliest``, ``latest``, ``channel``, ``concerns`` and ``arrived``, which is yes or not known:
        what did not arrive has no edge), ``member`` (professional to agency), ``involved`` (professional to child,
        one for each stretch between ``opened`` and ``closed``) and ``tie``.

        Attributes are texts, numbers and truth values, lists as ``a;b`` and dates in ISO form, and nothing is empty,
        so that networkx writes the graph as GraphML, GEXF or JSON as it is.

        Parameters
        ----------
        at : date or str, optional
            Default: the day before the harm, or the last day of the case.

        Examples
        --------
        >>> import safetynet as sn
        >>> graph = sn.load_case("worked_example").graph()
        >>> sorted((one, other) for one, other, kind in graph.edges(data="edge_type") if kind == "told")
        [('G', 'T'), ('S', 'T'), ('T', 'S')]
        """
        from .graph import case_graph

        return case_graph(self._raw, self._records, self._day(at))


def _again(raw: dict[str, RawTable], created: tuple[str, ...], name: str, notes: tuple[Problem, ...]) -> Case:
    case = Case.__new__(Case)
    case._hold(check(raw)._replace(created=created), name, notes)
    return case
