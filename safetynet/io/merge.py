"""Several agencies' cases of one child as one: nothing dropped; what may be one contact told twice is a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ..case import Case
from ..case.records import RawTable
from ..case.schema import BY_NAME, TABLES
from ..dates import BadDate, parse_window
from ..errors import ArgumentError, type_of
from ..wording import days
from .draft_cast import slug
from .drafts import Draft, Question
from .merge_ids import Cells, Merging, lines_of

CAME_FROM = "came_from"  # the column that says which case a row is of
_ONE_CONTACT = (
    {"told", "asked"},
    {"met"},
    {"observed"},
    {"declined"},
    {"decided"},
    {"disagreed"},
    {"opened"},
    {"closed"},
)
_ACCOUNTS = ("outcome", "received", "received_on", "seen", "consent", "reason", "complete", "two_way", "channel")
_WHOLE = ("agencies", "people", "concerns", "sources", "conditions")


class _Row(NamedTuple):
    """A chronology row, where it came from, and whom it joins as agencies and family."""

    cells: Cells
    case: str
    first: int
    last: int
    sides: frozenset[str]


def merge_cases(cases: Sequence[Case | Draft], *, tolerance: int = 2) -> Draft:
    """One draft from several cases of one child, such as each agency's own chronology.

    People and agencies of one name, sort and agency are one; ids that two cases use for different people get the case
    before them. Every row of every case stays, with the case that it came from. Rows of two cases that may be one
    contact seen from two sides (dates at most `tolerance` days apart, the same parties by agency, the same sort of row)
    are questions, and so is what the cases say otherwise of one thing.

    Parameters
    ----------
    cases : sequence of Case or Draft
        Two or more.
    tolerance : int
        The most days between two rows that may be one contact.

    Returns
    -------
    Draft
        With ``.questions``, ``.case()`` and ``.write(path)``.

    Raises
    ------
    ArgumentError
        If there are fewer than two cases.

    See Also
    --------
    draft_from_chronology : a case from an agency's own chronology.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> merged = sn.merge_cases([case, case])
    >>> len(merged.people) == len(case.people), len(merged.chronology) == 2 * len(case.chronology)
    (True, True)
    """
    several = list(cases) if isinstance(cases, Iterable) and not isinstance(cases, (Case, Draft, str)) else []
    given = [case for case in several if isinstance(case, (Case, Draft))]
    odd = next((place for place, case in enumerate(several) if not isinstance(case, (Case, Draft))), None)
    if odd is not None:
        said = f"cases[{odd}] is {type_of(several[odd])}, neither a case nor a draft."
        raise ArgumentError(f"{said} Read it first: read_case(...) or load_case(...).")
    if len(given) < 2:
        raise ArgumentError("merge_cases needs two cases or more: write merge_cases([a, b]).")
    if isinstance(tolerance, bool) or not isinstance(tolerance, int) or tolerance < 0:
        raise ArgumentError(f"tolerance={tolerance!r} is no whole number of days from 0.")
    names = _names(given)
    merging, others = Merging(), _Others()
    rows: list[tuple[Cells, str]] = []
    for name, case in zip(names, given, strict=True):
        raw = dict(case._raw)
        merging.add(name, raw)
        added = _rows(name, raw, merging, {cells["id"] for cells, _ in rows})
        rows += added
        others.add(name, raw, merging)
        if isinstance(case, Draft):
            before = (line["id"] for line in lines_of(raw.get("chronology")))
            ids = {old: cells["id"] for old, (cells, _) in zip(before, added, strict=True)}
            merging.questions += [_asked_here(one, merging, ids) for one in case._questions]
    merging.questions = list(dict.fromkeys([*merging.questions, *_twice(rows, merging, tolerance)]))
    tables = {name: as_table(name, lines) for name, lines in merging.lines.items() if lines}
    tables["chronology"] = as_table("chronology", [cells for cells, _ in rows])
    tables |= {name: as_table(name, lines) for name, lines in others.lines.items()}
    tables["case"] = as_table("case", [others.about(names)])
    return Draft(tables, [*merging.questions, *others.questions], "_and_".join(names))


def _names(cases: Sequence[Case | Draft]) -> list[str]:
    """A short name for each case, its own where they differ."""
    names = [slug(case.id if isinstance(case, Case) else case._what) for case in cases]
    return [name if names.count(name) == 1 else f"{name}{place}" for place, name in enumerate(names, 1)]


def as_table(name: str, lines: Sequence[Cells]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Lines as a table: the columns of the case format that any of them has, then others."""
    there = dict.fromkeys(column for line in lines for column in line)
    known = [column for column in BY_NAME[name].names if column in there]
    columns = (*known, *(column for column in there if column not in BY_NAME[name].names))
    return columns, [tuple(line.get(column, "") for column in columns) for line in lines]


# the chronology -------------------------------------------------------------------------------------------


def _rows(case: str, tables: Mapping[str, RawTable], merging: Merging, taken: set[str]) -> list[tuple[Cells, str]]:
    """The rows of a case under the ids that count here, each with the case that it came from."""
    lines = lines_of(tables.get("chronology"))
    ids = {line["id"]: line["id"] if line["id"] not in taken else f"{case}_{line['id']}" for line in lines}
    made = []
    for line in lines:
        changed = dict(line)
        for column in BY_NAME["chronology"].columns:
            if column.points_to and changed.get(column.name):
                parts = changed[column.name].split(";") if column.many else [changed[column.name]]
                own = column.points_to == ("chronology",)
                mapped = [ids.get(part, part) if own else merging.anyone(part, column.points_to) for part in parts]
                changed[column.name] = ";".join(mapped)
        made.append(({**changed, "id": ids[line["id"]], CAME_FROM: case}, case))
    return made


def _asked_here(question: Question, merging: Merging, rows: Mapping[str, str]) -> Question:
    """A question of a draft, about the row as it is called here."""
    if question.table == "chronology":
        return question._replace(row=rows.get(question.row, question.row))
    return question._replace(row=merging.here(question.table, question.row))


def _twice(rows: Sequence[tuple[Cells, str]], merging: Merging, tolerance: int) -> Iterator[Question]:
    """Rows of two cases that may be one contact seen from two sides."""
    agency = {line["id"]: line.get("agency", "") for line in merging.lines.get("people", [])}
    read = sorted((row for cells, case in rows if (row := _read(cells, case, agency))), key=lambda row: row.first)
    for left, right in _near(read, tolerance):
        apart = max(0, right.first - left.last)
        when = "on the same day" if apart == 0 else f"{days(apart)} apart"
        asked = (
            f"Is it the contact of row {left.cells['id']} (from {left.case!r}), {when}, seen from the other side? "
            "If so take one of the two out."
        )
        differ = [name for name in _ACCOUNTS if _differ(left.cells, right.cells, name)]
        if differ:
            said = "; ".join(f"{name} {left.cells[name]!r} and {right.cells[name]!r}" for name in differ)
            asked += f" The accounts differ ({said}): if both stay, one may name the other in disputes."
        yield Question("chronology", right.cells["id"], "id", asked)


def _differ(left: Cells, right: Cells, name: str) -> bool:
    return bool(left.get(name) and right.get(name) and left[name] != right[name])


def _read(cells: Cells, case: str, agency: Mapping[str, str]) -> _Row | None:
    """A row for comparing, or None where its date cannot be read yet or it joins nobody."""
    try:
        window = parse_window(cells.get("date", ""))
    except BadDate:
        return None
    first = window.first if window.first is not None else window.last
    last = window.last if window.last is not None else window.first
    named = [one for column in ("who", "to") for one in cells.get(column, "").split(";") if one]
    if first is None or last is None or not named:
        return None
    return _Row(cells, case, first, last, frozenset(agency.get(one) or one for one in named))


def _near(rows: Sequence[_Row], tolerance: int) -> Iterator[tuple[_Row, _Row]]:
    """Pairs of rows of two cases that are near in time, of one sort, and between the same parties."""
    groups: dict[tuple[int, frozenset[str]], list[_Row]] = {}
    for row in rows:
        sort = next((place for place, kinds in enumerate(_ONE_CONTACT) if row.cells.get("kind") in kinds), -1)
        if sort >= 0:
            groups.setdefault((sort, row.sides), []).append(row)
    for several in groups.values():
        for left, right in combinations(several, 2):
            if left.case != right.case and right.first - left.last <= tolerance:
                yield left, right


# everything else ------------------------------------------------------------------------------------------


class _Others:
    """The tables without ids, and what the cases say about themselves."""

    def __init__(self) -> None:
        self.lines: dict[str, list[Cells]] = {}
        self.questions: list[Question] = []
        self._about: list[tuple[str, Cells]] = []

    def add(self, case: str, tables: Mapping[str, RawTable], merging: Merging) -> None:
        """Take them; a line that is there already is one."""
        for table in TABLES:
            name = table.name
            if name in (*_WHOLE, "chronology", "case") or name not in tables:
                continue
            there = self.lines.setdefault(name, [])
            for line in lines_of(tables[name]):
                changed = merging.pointing(name, line)
                if changed in there:
                    continue
                if table.key and any(all(changed.get(key) == other.get(key) for key in table.key) for other in there):
                    changed[table.key[0]] = f"{changed[table.key[0]]} ({case})"
                there.append(changed)
        self._about += [(case, line) for line in lines_of(tables.get("case"))]

    def about(self, names: Iterable[str]) -> Cells:
        """One row about the case; what two cases say otherwise stands in a column of its own."""
        found: Cells = {"id": "_and_".join(names)}
        for case, line in self._about:
            for name, text in line.items():
                if name == "id" or not text or found.get(name) == text:
                    continue
                if name in found:
                    found[f"{name} ({case})"] = text
                    asked = f"{name} is {found[name]!r}, and {text!r} in {case!r}. Which is right?"
                    self.questions.append(Question("case", "", name, asked))
                else:
                    found[name] = text
        return found
