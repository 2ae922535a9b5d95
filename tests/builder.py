"""Small cases in the words of a whiteboard, for every test that needs one.

A case is people, concerns and rows, in the shortest form that can be read aloud::

    case(
        "T@school S@council P@police K:child M:family",
        "c1:3 c2:4 ok:0 answers=c1",
        "01-10 observed T c1",
        "01-12 told T>S c1 phone",
        "01-30 met S;P c1 absent=T",
        "a1: 02-01 agreed S c1 due=02-15",
        "02-10 done S ref=a1 outcome=partly",
    )

**People** are words ``id@agency:kind``; without a kind somebody is a professional, and without a child there is one,
``K``. A word with ``=`` belongs to the word before it: ``"T@school end=02-01 remit=decides S@council"``.

**Concerns** are words ``id:severity`` (2 where it is not given). They are about the first child; severity 0 is a
reassurance, the others are neglect. ``category=``, ``about=``, ``answers=``, ``resolved=`` say otherwise.

**Rows** are lines ``[id:] [date] kind who[>to] [concerns] [channel] [column=value ...]``, with ``-`` for what stays
empty and ``#`` before a remark. Several lines may stand in one text. A row without an id is e1, e2, … by its place, one
without a date falls on the first days of January 2024 in order. A row may also be a mapping from column to value.

**Dates** are short everywhere: ``5`` is the fifth day of 2024 (``32`` is 1 February), ``02-01`` is in 2024, a time, an
interval or an open end may stand with either (``5T09:30``, ``5/9``, ``02-01/..``); ``2024-02`` and ``2023`` are as they
are.

**Other tables** are lines too, whose words fill the columns in the order of the format; ``-`` stays empty::

    case(
        ...,
        agencies="school:education desk:police",
        ties="M K care strong",
        services="nursery K school 01-01 03-01 yes",
        permissions="school council - prohibited",
        links="c1 c2 same_matter T",
        conditions="w1 council workload 01-01",
        ratings="coder 3 ideal",
        sources="SR",
        harm_date="03-01",
    )

:func:`tables` gives the same as lists of dicts with every column (what the brute force takes), :func:`used` leaves out
what is empty, :func:`from_tables` makes the case of such tables.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

import safetynet as sn

Line = Mapping[str, Any]
Table = list[dict[str, str]]
Tables = dict[str, Table]

COLUMNS: dict[str, list[str]] = {
    name: columns.split()
    for name, columns in {
        "people": "id name kind role agency start end lead_from lead_to language born remit",
        "agencies": "id name sector area",
        "concerns": "id about category severity summary answers resolved",
        "chronology": "id date kind who to present concerns about seen channel two_way received received_on complete "
        "absent due ref disputes outcome reason rating consent interpreter count rule confidence basis summary source",
        "case": "id title harm_date status",
        "ties": "source target kind quality start end",
        "services": "need person agency start end attended source",
        "permissions": "from to category permission basis framework start end",
        "ratings": "coder item level note",
        "links": "from to kind who summary source",
        "conditions": "id agency kind start end summary source",
        "sources": "code title url seen",
    }.items()
}
DATES = ("date", "received_on", "due", "start", "end", "lead_from", "lead_to", "born", "resolved", "harm_date")
LAST_OF_2023 = dt.date(2023, 12, 31)


def case(people: str, concerns: str = "c1", *rows: str | Line, **more: Any) -> sn.Case:
    """The case of these people, concerns and rows; `more` are other tables and what stands in the ``case`` table."""
    attributes = more.pop("attributes", None)
    made = tables(people, concerns, *rows, **more)
    return from_tables(made, attributes=attributes)


def tables(people: str, concerns: str = "c1", *rows: str | Line, **more: Any) -> Tables:
    """The tables of such a case, as lists of dicts of texts with every column of the format."""
    about = {name: more.pop(name, "") for name in COLUMNS["case"]}
    persons = [_person(head, rest) for head, rest in _words(people)]
    if not any(person["kind"] == "child" for person in persons):
        persons.append({"id": "K", "name": "K", "kind": "child"})
    child = next(person["id"] for person in persons if person["kind"] == "child")
    made: dict[str, Iterable[Line]] = {
        "people": persons,
        "concerns": [_concern(head, rest, child) for head, rest in _words(concerns)],
        "chronology": lines(*rows),
        "case": [about],
    }
    made.update((name, _table(name, content)) for name, content in more.items() if content is not None)
    assert made.keys() <= COLUMNS.keys(), f"no table is called {made.keys() - COLUMNS.keys()}"
    return {name: [_full(name, line) for line in made[name]] for name in COLUMNS if name in made}


def used(content: Tables) -> Tables:
    """The tables with only those columns, and only those tables, that hold anything."""
    filled = {name: [c for c in COLUMNS[name] if any(row[c] for row in rows)] for name, rows in content.items()}
    return {name: [{c: row[c] for c in filled[name]} for row in content[name]] for name in content if filled[name]}


def from_tables(content: Mapping[str, Iterable[Line]], *, attributes: Mapping[str, Any] | None = None) -> sn.Case:
    """The case of tables as :func:`tables` and the strategies give them."""
    frames: dict[str, Any] = {name: _frame(name, table) for name, table in content.items() if name != "case"}
    about: Line = next(iter(content.get("case", ())), {})
    given = {name: about.get(name, "") for name in COLUMNS["case"]}
    return sn.Case(**frames, **{**given, "harm_date": given["harm_date"] or None}, attributes=attributes)  # type: ignore[arg-type]


def _frame(name: str, table: Iterable[Line]) -> pd.DataFrame:
    """A table as a DataFrame of plain objects: columns of pandas' own texts take several times as long to make."""
    columns = COLUMNS[name]
    cells = [[line.get(column, "") for column in columns] for line in table]
    return pd.DataFrame(cells, columns=columns, dtype=object)


def nobody() -> sn.Case:
    """A child, and nothing that happened."""
    return case("K:child")


def alone() -> sn.Case:
    """One professional who saw one thing."""
    return case("T@school", "c1", "observed T c1")


def apart() -> sn.Case:
    """Two professionals of two agencies without any contact."""
    return case("T@school S@council", "c1", "observed T c1", "observed S c1")


def joined(*contacts: str) -> sn.Case:
    """A case in which each contact is a meeting of the people in it, each of an agency of their own."""
    people = dict.fromkeys(name for contact in contacts for name in contact.split(";"))
    return case(" ".join(f"{name}@of_{name}" for name in people), "c1", *(f"met {contact}" for contact in contacts))


def turned(given: sn.Case) -> sn.Case:
    """The same case with the people and agencies of every cell of the chronology the other way round."""
    chronology = given.chronology.copy()
    for column in ("who", "to", "absent"):
        chronology[column] = [";".join(reversed(cell.split(";"))) for cell in chronology[column].fillna("")]
    named = ("agencies", "ties", "services", "permissions", "links", "conditions")
    others = {name: getattr(given, name) for name in named}
    return sn.Case(given.people, given.concerns, chronology, **others, title=given.title, harm_date=given.harm_date)


def lines(*rows: str | Line) -> list[dict[str, str]]:
    """Rows of the chronology, with the ids and dates that are not given."""
    made: list[dict[str, str]] = []
    for given in rows:
        if isinstance(given, str):
            made += [found for text in given.splitlines() if (found := line(text))]
        else:
            made.append(cells(given))
    return [{"id": f"e{n}", "date": date(str(n)), **found} for n, found in enumerate(made, start=1)]


def line(text: str) -> dict[str, str]:
    """The cells of one row of the chronology; none for an empty line."""
    found: dict[str, Any] = {}
    words = shlex.split(text, comments=True)
    if words and words[0].endswith(":"):
        found["id"] = words.pop(0)[:-1]
    if words and (words[0][0].isdigit() or words[0].startswith("..")):
        found["date"] = words.pop(0)
    places = [word for word in words if "=" not in word]
    for name, word in zip(("kind", "who", "concerns", "channel"), places, strict=False):
        found[name] = "" if word == "-" else word
    assert len(places) <= 4, f"a word too many in the row {text!r}"
    if ">" in found.get("who", ""):
        found["who"], found["to"] = found["who"].split(">")
    found.update(_named(word for word in words if "=" in word))
    return cells(found)


def cells(given: Line) -> dict[str, str]:
    """Values as cells: lists with ``;``, short dates in full."""
    made = {name: ";".join(value) if isinstance(value, (list, tuple)) else str(value) for name, value in given.items()}
    return {name: date(value) if name in DATES and value else value for name, value in made.items()}


def date(text: str) -> str:
    """A short date in full: ``5`` and ``01-05`` are 2024-01-05."""
    if "/" in text:
        return "/".join(date(side) for side in text.split("/"))
    day, _, clock = text.partition("T")
    if re.fullmatch(r"\d{1,3}", day):
        day = (LAST_OF_2023 + dt.timedelta(days=int(day))).isoformat()
    elif re.fullmatch(r"\d\d-\d\d", day):
        day = f"2024-{day}"
    return f"{day}T{clock}" if clock else day


def named(text: str) -> dict[str, str]:
    """What words such as ``kind=told who=T`` name."""
    return _named(text.split())


def _words(text: str) -> list[tuple[str, dict[str, str]]]:
    """The words of a text, each with the ``name=value`` words behind it."""
    made: list[tuple[str, dict[str, str]]] = []
    for word in shlex.split(text, comments=True):
        if "=" in word:
            made[-1][1].update(_named([word]))
        else:
            made.append((word, {}))
    return made


def _named(words: Iterable[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words)  # type: ignore[misc]


def _person(head: str, rest: Line) -> dict[str, Any]:
    name, _, kind = head.partition(":")
    name, _, agency = name.partition("@")
    return {"id": name, "name": name, "kind": kind or "professional", "agency": agency, **rest}


def _concern(head: str, rest: Line, child: str) -> dict[str, Any]:
    name, _, severity = head.partition(":")
    category = "reassurance" if severity == "0" else "neglect"
    return {"id": name, "about": child, "category": category, "severity": severity or "2", "summary": name, **rest}


def _table(name: str, content: str | Sequence[Line] | pd.DataFrame) -> Iterable[Line]:
    if isinstance(content, pd.DataFrame):
        return content.fillna("").to_dict("records")  # type: ignore[return-value]
    if not isinstance(content, str):
        return content
    if name == "agencies":
        words = [(*head.partition(":"), rest) for head, rest in _words(content)]
        return [{"id": one, "name": one, "sector": sector or "other", **rest} for one, _, sector, rest in words]
    return [_filled(name, words) for text in content.splitlines() if (words := shlex.split(text, comments=True))]


def _filled(name: str, words: Sequence[str]) -> dict[str, str]:
    """A line of a table whose words fill the columns in their order."""
    places = [word for word in words if "=" not in word]
    found = {column: "" if word == "-" else word for column, word in zip(COLUMNS[name], places, strict=False)}
    found.update(_named(word for word in words if "=" in word))
    if name == "conditions":
        found.setdefault("summary", found["id"])
    return found


def _full(name: str, given: Line) -> dict[str, str]:
    made = cells(given)
    strange = made.keys() - set(COLUMNS[name])
    assert not strange, f"{name} has no column {', '.join(sorted(strange))}"
    return {column: made.get(column, "") for column in COLUMNS[name]}
