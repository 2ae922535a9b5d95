"""Parts of a case, additions to it and changes of it, as text tables: what `until`, `with_rows` and the like need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, Problem, did_you_mean, unknown
from .cells import checked_text
from .records import RawTable, Records
from .schema import BY_NAME

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, RawTable]


def select(table: RawTable, keep: Sequence[bool]) -> RawTable:
    """The rows of a table for which `keep` holds."""
    rows = tuple(row for row, kept in zip(table.rows, keep, strict=True) if kept)
    lines = tuple(table.line(index) for index, kept in enumerate(keep) if kept)
    return RawTable(table.columns, rows, lines)


def rewrite(table: RawTable, change: Mapping[str, Callable[[str], str]]) -> RawTable:
    """The table with the cells of some columns rewritten."""
    places = {table.columns.index(name): function for name, function in change.items() if name in table.columns}
    rows = tuple(
        tuple(places[place](cell) if place in places else cell for place, cell in enumerate(row)) for row in table.rows
    )
    return RawTable(table.columns, rows, table.lines)


def column(table: RawTable, name: str) -> list[str]:
    """The cells of one column."""
    place = table.columns.index(name)
    return [row[place] for row in table.rows]


def keep_rows(raw: Tables, keep: Sequence[bool]) -> RawTable:
    """The chronology with some rows left out; a reference to a row that is gone becomes empty."""
    table = select(raw["chronology"], keep)
    left = set(column(table, "id"))
    return rewrite(table, {"ref": lambda cell: cell if cell in left else ""})


def leave_out(raw: Tables, records: Records, ids: Iterable[str]) -> dict[str, RawTable]:
    """Every table without the given people, agencies, concerns or rows."""
    gone: dict[str, set[str]] = {"people": set(), "agencies": set(), "concerns": set(), "chronology": set()}
    tables: dict[str, Mapping[str, Any]] = {
        "people": records.people,
        "agencies": records.agencies,
        "concerns": records.concerns,
        "chronology": {row.id: row for row in records.rows},
    }
    for name in ids:
        if not isinstance(name, str):
            raise ArgumentError(f"{name!r} is not an id. Give ids one by one: case.without('p3', 'p4').")
        places = [table for table, known in tables.items() if name in known]
        if not places:
            raise unknown("the id", name, [known for table in tables.values() for known in table])
        if len(places) > 1:
            raise ArgumentError(
                f"{name!r} stands for a row of {' and of '.join(places)}. Give one of them another id first."
            )
        gone[places[0]].add(name)
    gone["people"] |= {person.id for person in records.people.values() if person.agency in gone["agencies"]}
    actors = gone["people"] | gone["agencies"]

    def strip(cell: str, lost: set[str]) -> str:
        return ";".join(item for item in (part.strip() for part in cell.split(";")) if item and item not in lost)

    out: dict[str, RawTable] = {}
    for table in ("people", "agencies"):
        if table in raw:
            out[table] = select(raw[table], [name not in gone[table] for name in column(raw[table], "id")])
    concerns = raw["concerns"]
    kept = [
        name not in gone["concerns"] and bool(strip(about, gone["people"]))
        for name, about in zip(column(concerns, "id"), column(concerns, "about"), strict=True)
    ]
    lost = gone["concerns"] | {name for name, stays in zip(column(concerns, "id"), kept, strict=True) if not stays}
    out["concerns"] = rewrite(
        select(concerns, kept),
        {"about": lambda cell: strip(cell, gone["people"]), "answers": lambda cell: strip(cell, lost)},
    )
    stays = []
    for row in records.rows:
        who, to = set(row.who) - actors, set(row.to) - actors
        fine = row.id not in gone["chronology"]
        fine &= bool(who) or not row.who or row.kind == "needed"
        fine &= bool(to) or not row.to or row.kind not in ("told", "asked", "declined", "assumed")
        fine &= bool(set(row.about) - gone["people"]) or not row.about
        fine &= bool(set(row.concerns) - lost) or not row.concerns or row.is_contact
        stays.append(fine)
    stays = _with_what_was_done(records, stays)
    chronology = keep_rows(raw, stays)
    out["chronology"] = rewrite(
        chronology,
        {
            **{name: lambda cell: strip(cell, actors) for name in ("who", "to", "absent", "about", "interpreter")},
            "concerns": lambda cell: strip(cell, lost),
        },
    )
    for table, ends in (
        ("ties", ("source", "target")),
        ("services", ("person", "agency")),
        ("permissions", ("from", "to")),
    ):
        if table in raw:
            cells = [column(raw[table], end) for end in ends]
            named = gone["agencies"] if table == "permissions" else actors
            out[table] = select(raw[table], [not (set(pair) & named) for pair in zip(*cells, strict=True)])
    return out


def _with_what_was_done(records: Records, stays: Sequence[bool]) -> list[bool]:
    """What stays, without what was done about an action that does not."""
    left = {row.id for row, stay in zip(records.rows, stays, strict=True) if stay}
    return [
        stay and not (row.kind == "done" and bool(row.ref) and not left.intersection(row.ref))
        for row, stay in zip(records.rows, stays, strict=True)
    ]


def add_rows(raw: Tables, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> tuple[RawTable, list[Problem]]:
    """The chronology with further rows at its end, and what does not fit."""
    table = raw["chronology"]
    if rows is None or isinstance(rows, (str, Mapping)):
        raise ArgumentError(
            "rows is a list of mappings, or a DataFrame. Write with_rows([{'date': ..., 'kind': ...}])."
        )
    given: list[Mapping[str, Any]] = rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)  # type: ignore[assignment]
    taken = set(column(table, "id"))
    columns = list(table.columns)
    problems: list[Problem] = []
    added: list[dict[str, str]] = []
    number = 0
    for place, row in enumerate(given, start=1):
        if not isinstance(row, Mapping):
            raise ArgumentError(f"row {place} is a {type(row).__name__}, not a mapping from column to value.")
        cells = {
            str(column): checked_text(value, "chronology", f"added {place}", str(column), problems)
            for column, value in row.items()
        }
        for name in cells:
            if name not in columns:
                if BY_NAME["chronology"].get(name) is None:
                    hint = str(unknown("the column", name, columns))
                    problems.append(Problem("chronology", f"added {place}", name, "", hint, ""))
                else:
                    columns.append(name)
        if not cells.get("id"):
            number += 1
            while f"added{number}" in taken:
                number += 1
            cells["id"] = f"added{number}"
        taken.add(cells["id"])
        added.append(cells)
    old = tuple((*row, *("" for _ in columns[len(table.columns) :])) for row in table.rows)
    new = tuple(tuple(cells.get(name, "") for name in columns) for cells in added)
    lines = tuple(table.line(index) for index in range(len(old))) + tuple(f"added {n + 1}" for n in range(len(new)))
    return RawTable(tuple(columns), old + new, lines), problems


def change_row(raw: Tables, row: str, cells: Mapping[str, Any]) -> tuple[RawTable, list[Problem]]:
    """The chronology with some cells of one row changed, and what does not fit."""
    table = raw["chronology"]
    problems: list[Problem] = []
    known = column(table, "id")
    line = table.line(known.index(row)) if row in known else ""
    if row not in known:
        hint = did_you_mean(str(row), known)
        problems.append(Problem("chronology", "", "id", str(row), f"no row has the id {row!r}.", hint))
    fitting = {}
    for name, value in cells.items():
        if name in table.columns:
            fitting[name] = value
        else:
            hint = did_you_mean(str(name), table.columns, allowed=0)
            problems.append(Problem("chronology", line, str(name), "", f"there is no column {name!r}.", hint))
    return _with_cells(table, "chronology", row, fitting, problems), problems


def change_lead(raw: Tables, person: str, start: Any, end: Any) -> tuple[RawTable, list[Problem]]:
    """The people with other days on which one of them was the lead professional, and what does not fit."""
    table = raw["people"]
    problems: list[Problem] = []
    known = column(table, "id")
    if person not in known:
        hint = did_you_mean(str(person), known)
        problems.append(Problem("people", "", "id", str(person), f"{person!r} is not in people.", hint))
    return _with_cells(table, "people", person, {"lead_from": start, "lead_to": end}, problems), problems


def _with_cells(table: RawTable, name: str, row: str, values: Mapping[str, Any], problems: list[Problem]) -> RawTable:
    """The table with other cells in the row of that id; a value that no cell can hold becomes a problem."""
    wanted: dict[int, str] = {}
    ids = column(table, "id")
    line = table.line(ids.index(row)) if row in ids else ""
    for title, value in values.items():
        wanted[table.columns.index(title)] = checked_text(value, name, line, title, problems)
    rows = tuple(
        tuple(wanted.get(place, cell) for place, cell in enumerate(cells)) if known == row else cells
        for known, cells in zip(ids, table.rows, strict=True)
    )
    return RawTable(table.columns, rows, table.lines)


def about_child(raw: Tables, records: Records, child: str) -> dict[str, RawTable]:
    """The tables as seen from one child."""
    children = [person.id for person in records.people.values() if person.kind == "child"]
    if child not in children:
        raise unknown("the child", child, children)
    others = set(children) - {child}
    dropped = {c.id for c in records.concerns.values() if set(c.about) & others and child not in c.about}
    rows = []
    for row in records.rows:
        elsewhere = bool(row.about) and child not in row.about
        only_dropped = bool(row.concerns) and set(row.concerns) <= dropped
        rows.append(not elsewhere and not (only_dropped and not row.is_contact))
    rows = _with_what_was_done(records, rows)

    def strip(cell: str) -> str:
        return ";".join(item for item in (part.strip() for part in cell.split(";")) if item and item not in dropped)

    people = raw["people"]
    place, kind = people.columns.index("id"), people.columns.index("kind")
    siblings = tuple(
        tuple("family" if index == kind and row[place] in others else cell for index, cell in enumerate(row))
        for row in people.rows
    )
    concerns = select(raw["concerns"], [name not in dropped for name in column(raw["concerns"], "id")])
    return {
        "people": RawTable(people.columns, siblings, people.lines),
        "concerns": rewrite(concerns, {"answers": strip}),
        "chronology": rewrite(keep_rows(raw, rows), {"concerns": strip}),
    }
