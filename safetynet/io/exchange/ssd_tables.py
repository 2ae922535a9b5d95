"""The tables of a Standard Safeguarding Dataset as an authority extracts them: one CSV file each, for one family."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...case.headings import fold
from ...errors import ArgumentError, CaseError, Problem, did_you_mean
from .. import csv_folder
from ..files import full_path
from ..grid import Grid
from ..reading import Reading, Unreadable
from .ssd_words import ALSO, PERSON_OF, PREFIX, TABLES

Line = dict[str, str]
Tables = Mapping[str, list[Line]]
_SOME = 8  # ids that a message names
_NONE = "Give the folder that the tables were extracted to: ssd_person.csv, ssd_contacts.csv and the others."


def tables_in(folder: str | os.PathLike[str]) -> tuple[str, Tables]:
    """What the folder is called, and its tables as lists of rows; only cells that hold something.

    Raises
    ------
    CaseError
        If it is no folder, has no such table, or a table cannot be read.
    """
    place = full_path(folder)
    reading = Reading()
    found: dict[str, list[Line]] = {}
    try:
        files = sorted(place.iterdir()) if place.is_dir() else []
        for file in files:
            table = _table(file)
            if table in found:
                reading.add(table, f"{file.name!r} is the same table once more.", "Keep one of the two files.")
            elif table:
                found[table] = _lines(csv_folder.as_grid(file, table, reading), table)
    except Unreadable as error:
        reading.add(table or place.name, error.problem, error.hint)
    except OSError as error:
        reading.add(place.name, f"the folder cannot be opened ({error.strerror}).", "Look at who may read it.")
    if not found and not reading.problems:
        what = (
            "there is no table of the Standard Safeguarding Dataset in it." if files else "it is no folder with files."
        )
        reading.add(place.name, what, _NONE)
    if reading.problems:
        raise CaseError(reading.problems, place.name)
    return place.name, found


def _table(file: Path) -> str:
    """The table that a file holds; empty if it is none of them."""
    name = fold(file.stem)
    if file.suffix.lower() != ".csv" or file.name.startswith((".", "_", "~")):
        return ""
    at = name.rfind(fold(PREFIX))
    plain = name[at + len(fold(PREFIX)) :] if at >= 0 else name
    return next((table for table in TABLES if fold(table) == plain), "")


def _lines(grid: Grid, table: str) -> list[Line]:
    rows = sorted(grid.rows)
    if not rows:
        return []
    also = ALSO.get(table, {})
    heads = {place: str(cell.value).strip().lower() for place, cell in grid.rows[rows[0]].items()}
    heads = {place: also.get(name, name) for place, name in heads.items()}
    made = []
    for row in rows[1:]:
        cells = {heads[place]: str(cell.value).strip() for place, cell in grid.rows[row].items() if place in heads}
        line = {name: text for name, text in cells.items() if text}
        if line:
            made.append({"": str(row), **line})
    return made


# one family -------------------------------------------------------------------------------------------------


def family_of(tables: Tables, child: str) -> tuple[str, ...]:
    """The ids of one family: that of the child, or the only one there is, the child first.

    Raises
    ------
    ArgumentError
        If there is no such child, or several families and no child to say which.
    """
    known = dict.fromkeys(one for table in PERSON_OF if table != "mother" for one in _persons(tables, table))
    families: dict[str, list[str]] = {}
    family_by = {line["fami_person_id"]: line["fami_family_id"] for line in tables.get("family", ()) if _pair(line)}
    mothers = {line.get("moth_person_id", "") for line in tables.get("mother", ())}
    for one in known:
        families.setdefault(family_by.get(one, f"alone {one}"), []).append(one)
    if child:
        if child not in known:
            raise ArgumentError(f"child={child!r} is no pers_person_id here. {did_you_mean(child, known)}".rstrip())
        members = next(them for them in families.values() if child in them)
        return (child, *(one for one in members if one != child))
    children = [[one for one in them if one not in mothers] or them for them in families.values()]
    if len(families) == 1:
        first = children[0][0]
        return (first, *(one for one in known if one != first))
    if not families:
        raise ArgumentError("no table of this folder names a person (pers_person_id).")
    some = ", ".join(repr(them[0]) for them in children[:_SOME])
    raise ArgumentError(
        f"there are {len(families)} families in it, and a case is one: give the pers_person_id of a child, child={some}"
        + (" …" if len(families) > _SOME else "")
    )


def _pair(line: Line) -> bool:
    return "fami_person_id" in line and "fami_family_id" in line


def _persons(tables: Tables, table: str) -> Iterable[str]:
    column = PERSON_OF[table]
    return (line[column] for line in tables.get(table, ()) if column in line)


def of_family(tables: Tables, family: Iterable[str]) -> dict[str, list[Line]]:
    """The rows of a family; those of other tables are joined to them by their own ids."""
    wanted = set(family)
    made = {
        table: [line for line in tables.get(table, ()) if line.get(column) in wanted]
        for table, column in PERSON_OF.items()
    }
    assessments = {line.get("cina_assessment_id") for line in made["cin_assessments"]}
    factors = tables.get("assessment_factors", ())
    made["assessment_factors"] = [line for line in factors if line.get("cinf_assessment_id") in assessments]
    return made | {name: list(tables.get(name, ())) for name in ("professionals", "department")}


def unreadable(label: str, problems: Iterable[Problem]) -> None:
    """Raise with what is wrong, if anything is."""
    if found := list(problems):
        raise CaseError(found, label)
