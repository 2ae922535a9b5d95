"""From text tables to records: every problem collected, nothing guessed.

:func:`check` reads all tables against :mod:`safetynet.case.schema`. What is wrong becomes a problem (with the row as
the person sees it, the value, the nearest right one and what to do); the case is only built when there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..dates import BadDate, OpenWindow, Window, parse_window
from ..errors import CaseError, Problem, did_you_mean, nearest, without_narrative
from .ids import Ids
from .records import (
    Agency,
    Concern,
    Condition,
    Link,
    Permission,
    Person,
    Rating,
    RawTable,
    Records,
    Row,
    Service,
    Tie,
    frozen,
)
from .schema import BY_NAME, REQUIRED, TABLES, Column, Table
from .told import Told
from .vocabulary import CALM_CATEGORIES, CHANNELS, CONFIDENCE_WORDS, OUTCOMES, WORD_KINDS

_SPANS = (("start", "end"), ("lead_from", "lead_to"))


class Checker:
    """Reads one case's tables; collects problems and, per table, the parsed cells of each row."""

    def __init__(self, raw: Mapping[str, RawTable]) -> None:
        self.raw = raw
        self.problems: list[Problem] = []
        self.ids: dict[str, dict[str, int]] = {}
        self.parsed: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, index: int | None, column: str, value: str, problem: str, hint: str = "") -> None:
        line = "" if index is None else self.raw[table].line(index)
        shown = without_narrative(value)
        plain = value if shown == repr(value) else shown
        self.problems.append(Problem(table, line, column, plain, problem.replace(repr(value), shown), hint))

    # ids ------------------------------------------------------------------------------------------

    def collect_ids(self) -> None:
        """The ids of every table that has them; duplicates, separators and blanks are problems."""
        for table in TABLES:
            column = next((column for column in table.columns if column.type == "id"), None)
            raw = self.raw.get(table.name)
            if column is None or raw is None:
                continue
            seen = self.ids.setdefault(table.name, {})
            if column.name not in raw.columns:
                continue
            place = raw.columns.index(column.name)
            for index, row in enumerate(raw.rows):
                value = row[place]
                if not value:
                    continue  # reported as missing with the other required cells
                if ";" in value:
                    self.add(
                        table.name,
                        index,
                        column.name,
                        value,
                        f"the {column.name} {value!r} contains ';'.",
                        "';' separates several ids in a cell: use another sign.",
                    )
                elif value != value.strip():
                    self.add(
                        table.name,
                        index,
                        column.name,
                        value,
                        f"the {column.name} has a space before or after it.",
                        f"Write {value.strip()!r}." if value.strip() else "Write an id, or take the row out.",
                    )
                    seen.setdefault(value.strip(), index)  # so that what refers to it is not wrong as well
                elif value in seen:
                    self.add(
                        table.name,
                        index,
                        column.name,
                        value,
                        f"the {column.name} {value!r} is already that of row {raw.line(seen[value])}.",
                        "Give each row its own, or merge the two.",
                    )
                else:
                    seen[value] = index
                if value in ("*", "none", ".."):
                    self.add(table.name, index, column.name, value, f"{value!r} has a meaning of its own in cells.",
                             "Use another id.")  # fmt: skip
        for both in self.ids.get("people", {}).keys() & self.ids.get("agencies", {}).keys():
            self.add("people", self.ids["people"][both], "id", both, f"{both!r} is both a person and an agency.",
                     "Give one of them another id.")  # fmt: skip

    def create_agencies(self) -> list[str]:
        """Agencies that people name but no table lists; they are created with sector other."""
        raw, listed = self.raw.get("people"), self.ids.setdefault("agencies", {})
        created: list[str] = []
        if raw is None or "agency" not in raw.columns:
            return created
        place = raw.columns.index("agency")
        for index, row in enumerate(raw.rows):
            value = row[place]
            if not value or value in listed or value in created:
                continue
            if value in self.ids.get("people", {}):
                self.add("people", index, "agency", value, f"{value!r} is a person, not an agency.",
                         did_you_mean(value, listed) or "Name an agency, or leave it empty.")  # fmt: skip
            elif ";" in value or value != value.strip():
                self.add("people", index, "agency", value, f"{value!r} is not one agency.",
                         "A person has one agency: one id, without ';' or spaces around it.")  # fmt: skip
            else:
                created.append(value)
        for value in sorted(created):
            listed[value] = -1
        return sorted(created)

    # cells ----------------------------------------------------------------------------------------

    def cell(self, table: Table, index: int, column: Column, value: str) -> Any:
        """The value of one cell, or None after adding what is wrong with it."""
        if not value:
            return () if column.many else None
        name, kind = table.name, column.type
        if kind in ("text", "id"):
            return value
        if kind == "word":
            if value in column.vocabulary:
                return value
            self.add(name, index, column.name, value, f"{value!r} is not a {column.name} that the case format has.",
                     did_you_mean(value, column.vocabulary, allowed=20))  # fmt: skip
            return None
        if kind in ("ref", "refs", "tie_end", "place"):
            return self.reference(name, index, column, value)
        if kind in ("window", "due"):
            try:
                window = parse_window(value)
            except BadDate as error:
                self.add(
                    name,
                    index,
                    column.name,
                    value,
                    f"the date {value!r} cannot be read: {error.problem}",
                    error.hint,
                )
                return None
            if kind == "due":
                if window.last is None:
                    self.add(name, index, column.name, value, f"{value!r} is open: a due date has an end.",
                             "Write the last day on which it is in time.")  # fmt: skip
                return window.last
            return window
        if kind == "integer":
            low, high = column.low or 0, column.high or 0
            if value.isascii() and value.isdigit() and len(value) < 20 and low <= int(value) <= high:
                return int(value)
            self.add(name, index, column.name, value, f"{value!r} is not a whole number from {low} to {high}.",
                     column.help)  # fmt: skip
            return None
        if value in CONFIDENCE_WORDS:
            return CONFIDENCE_WORDS[value]
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if 0 < number <= 1:
            return number
        self.add(name, index, column.name, value, f"{value!r} is not a confidence.",
                 "Write a number above 0 and up to 1, or high, medium or low.")  # fmt: skip
        return None

    def reference(self, table: str, index: int, column: Column, value: str) -> Any:
        """One id or several, each of which must be known."""
        items = [item.strip() for item in value.split(";")] if column.many else [value]
        if column.name == "source" and column.many and "sources" not in self.raw:
            return tuple(item for item in items if item)
        found: list[str] = []
        for item in items:
            if not item:
                self.add(table, index, column.name, value, "there is an empty place between two ';'.",
                         "Take out the ';' that is too many.")  # fmt: skip
            elif item in column.extra or any(item in self.ids.get(name, {}) for name in column.points_to):
                found.append(item)
            else:
                self.unknown(table, index, column, item)
        kept = tuple(dict.fromkeys(found))
        if column.many:
            return kept
        return kept[0] if kept else None

    def unknown(self, table: str, index: int, column: Column, item: str) -> None:
        where = " or ".join(column.points_to)
        hint = "Only one id is possible here." if ";" in item and not column.many else ""
        hint = hint or self.lookup.hint(item, column.points_to, column.extra)
        self.add(table, index, column.name, item, f"{item!r} is not in {where}.", hint)

    @cached_property
    def lookup(self) -> Ids:
        """The ids and names of all tables, for what to do about one that is unknown."""
        lookup = Ids({name: table for name, table in self.raw.items() if name in BY_NAME})
        for name, ids in self.ids.items():
            lookup.add(name, ids)
        return lookup

    # tables ---------------------------------------------------------------------------------------

    def read(self, table: Table) -> None:
        raw = self.raw.get(table.name)
        out: list[dict[str, Any]] = []
        self.parsed[table.name] = out
        if raw is None:
            return
        missing = [column for column in table.columns if column.required and column.name not in raw.columns]
        for column in missing:
            near = nearest(column.name, [name for name in raw.columns if table.get(name) is None], 1)
            self.add(table.name, None, column.name, "", f"the column {column.name!r} is missing.",
                     f"Is it the column {near[0]!r}?" if near else "Add it to the header.")  # fmt: skip
        known = [(place, found) for place, name in enumerate(raw.columns) if (found := table.get(name)) is not None]
        for index, row in enumerate(raw.rows):
            cells = {column.name: self.cell(table, index, column, row[place]) for place, column in known}
            for place, column in known:
                if column.required and not row[place].strip():
                    self.add(table.name, index, column.name, row[place], f"{column.name} is empty.",
                             "Every row needs it.")  # fmt: skip
            out.append(cells)
        if len(table.key) > 1:
            self.repeated_keys(table, raw)

    def repeated_keys(self, table: Table, raw: RawTable) -> None:
        if not all(name in raw.columns for name in table.key):
            return
        places = [raw.columns.index(name) for name in table.key]
        seen: dict[tuple[str, ...], int] = {}
        for index, row in enumerate(raw.rows):
            key = tuple(row[place] for place in places)
            if key in seen:
                self.add(
                    table.name,
                    index,
                    table.key[-1],
                    key[-1],
                    f"this {' and '.join(table.key)} already stand in row {raw.line(seen[key])}.",
                    "Keep one of the two rows.",
                )
            else:
                seen[key] = index

    def spans(self) -> None:
        """Posts, ties, services and permissions that end before they start."""
        for table, rows in self.parsed.items():
            for index, cells in enumerate(rows):
                for first, last in _SPANS:
                    start, end = cells.get(first), cells.get(last)
                    if start and end and start.first is not None and end.last is not None and end.last < start.first:
                        self.add(table, index, last, str(self.text(table, index, last)),
                                 f"{last} is before {first}.", "Put the earlier date first.")  # fmt: skip

    def text(self, table: str, index: int, column: str) -> str:
        raw = self.raw[table]
        return raw.rows[index][raw.columns.index(column)] if column in raw.columns else ""

    def concerns(self) -> None:
        for index, cells in enumerate(self.parsed["concerns"]):
            category, severity = cells.get("category"), cells.get("severity")
            if category is None or severity is None:
                continue
            calm = category in CALM_CATEGORIES
            if calm and severity != 0:
                self.add("concerns", index, "severity", str(severity), f"a {category} has severity 0.",
                         "Write 0, or change the category.")  # fmt: skip
            if not calm and severity == 0:
                self.add("concerns", index, "severity", "0", "a worry has a severity from 1 to 4.",
                         "0 is for reassurance and strength only.")  # fmt: skip

    def chronology(self) -> None:
        people = self.ids.get("people", {})
        for index, cells in enumerate(self.parsed["chronology"]):
            kind = cells.get("kind")
            if kind is None:
                continue
            who = cells.get("who") or ()
            if kind not in ("needed", "agreed") and not self.text("chronology", index, "who"):
                self.add("chronology", index, "who", "", f"nobody is named, and a row of kind {kind!r} needs somebody.",
                         "Name the person or agency, or use kind 'needed' for what nobody did.")  # fmt: skip
            if kind in ("told", "asked", "declined") and not self.text("chronology", index, "to"):
                self.add(
                    "chronology",
                    index,
                    "to",
                    "",
                    f"the recipient is missing, and a row of kind {kind!r} has one.",
                    "Name a person, or the agency if it reached a desk.",
                )
            channel = self.text("chronology", index, "channel")
            if kind in WORD_KINDS and channel != channel.strip() and channel.strip() in CHANNELS:
                self.add("chronology", index, "channel", channel, "the channel has a space before or after it.",
                         f"Write {channel.strip()!r}.")  # fmt: skip
            if kind == "observed" and len(who) > 1 and (desk := next((one for one in who if one not in people), "")):
                self.add("chronology", index, "who", desk, f"the agency {desk!r} cannot be there with others.",
                         "Name the people who saw it; what stood in an agency's file has its own row.")  # fmt: skip
            if kind in ("met", "observed"):
                for column in ("received", "received_on"):
                    if value := self.text("chronology", index, column):
                        self.add("chronology", index, column, value,
                                 f"{column} is for what was sent, and a row of kind {kind!r} is not.",
                                 "Leave it empty; who was not there stands in absent.")  # fmt: skip
            if kind in OUTCOMES and cells.get("outcome") and cells["outcome"] not in OUTCOMES[kind]:
                self.add("chronology", index, "outcome", cells["outcome"],
                         f"{cells['outcome']!r} is not an outcome of {kind!r}.",
                         did_you_mean(cells["outcome"], OUTCOMES[kind]))  # fmt: skip
            for column in ("ref", "disputes"):
                if cells.get("id") in (cells.get(column) or ()):
                    self.add("chronology", index, column, cells["id"], "the row refers to itself.",
                             "Name the other row.")  # fmt: skip

    def case_table(self) -> None:
        raw = self.raw.get("case")
        if raw is not None and len(raw.rows) > 1:
            self.add("case", 1, "", "", f"the table has {len(raw.rows)} rows, and a case is one.",
                     "Keep one row; several cases are a study.")  # fmt: skip

    def run(self) -> list[str]:
        for name in self.raw:
            if name not in BY_NAME:
                self.problems.append(Problem(name, "", "", "", "there is no table of this name in a case.",
                                             did_you_mean(name, BY_NAME)))  # fmt: skip
        for name in REQUIRED:
            if name not in self.raw:
                near = nearest(name, [other for other in self.raw if other not in BY_NAME], 1)
                hint = f"Is it the table {near[0]!r}?" if near else "A case has people, concerns and a chronology."
                self.problems.append(Problem(name, "", "", "", f"the table {name!r} is missing.", hint))
        self.collect_ids()
        created = self.create_agencies()
        for table in TABLES:
            self.read(table)
        self.spans()
        self.concerns()
        self.chronology()
        self.case_table()
        return created


def check(raw: Mapping[str, RawTable], what: str = "the case", told: Told | None = None) -> tuple[Records, list[str]]:
    """The records of a case, and the ids of the agencies that had to be created.

    Raises
    ------
    CaseError
        With what the reader of the files has `told` already and all else that is wrong in the tables.
    """
    told = told or Told()
    checker = Checker(raw)
    created = checker.run()
    found = [*told.problems, *(fault for fault in checker.problems if not told.follows(fault))]
    if found:
        order = {table.name: place for place, table in enumerate(TABLES)}
        found.sort(
            key=lambda problem: (
                order.get(problem.table, -1),
                int(problem.row) if problem.row.isdecimal() else -1,
            )
        )
        raise CaseError(found, what)
    return build(checker.parsed, created, restricted="permissions" in raw), created


def build(parsed: dict[str, list[dict[str, Any]]], created: list[str], restricted: bool) -> Records:
    """Records from parsed cells; open ends close at the chronology's own first and last day."""
    chronology = parsed["chronology"]
    days = [day for cells in chronology for day in cells["date"][:2] if day is not None]
    start, end = (min(days), max(days)) if days else (None, None)

    def close(window: OpenWindow | None) -> Window | None:
        if window is None:
            return None
        first = start if start is not None else (window.first or window.last or 1)
        last = end if end is not None else (window.last or window.first or 1)
        return window.closed(first, last)

    def take(cls: Any, cells: dict[str, Any], **special: Any) -> Any:
        values = {name: cells.get(name) for name in cls.__dataclass_fields__ if name in cells}
        values.update(special)
        for name, value in values.items():
            if isinstance(value, OpenWindow):
                values[name] = close(value)
        return cls(**{name: value for name, value in values.items() if value is not None})

    people = {cells["id"]: take(Person, cells) for cells in parsed["people"]}
    agencies = {cells["id"]: take(Agency, cells) for cells in parsed["agencies"]}
    agencies.update({name: Agency(name, name) for name in created})
    rows = [
        take(Row, cells, two_way_cell=cells.get("two_way"), position=place) for place, cells in enumerate(chronology)
    ]
    harm = close(parsed["case"][0].get("harm_date")) if parsed["case"] else None
    swap = {"from": "source", "to": "target"}
    return Records(
        people=frozen(people),
        agencies=frozen(agencies),
        concerns=frozen({cells["id"]: take(Concern, cells) for cells in parsed["concerns"]}),
        rows=tuple(rows),
        ties=tuple(take(Tie, cells) for cells in parsed["ties"]),
        services=tuple(take(Service, cells) for cells in parsed["services"]),
        permissions=tuple(
            take(Permission, {swap.get(name, name): value for name, value in {"category": "", **cells}.items()},
                 category=cells.get("category") or "")
            for cells in parsed["permissions"]
        )
        if restricted
        else None,
        ratings=tuple(take(Rating, cells) for cells in parsed["ratings"]),
        links=tuple(
            take(Link, {swap.get(name, name): value for name, value in cells.items()}) for cells in parsed["links"]
        ),
        conditions=tuple(take(Condition, cells) for cells in parsed["conditions"]),
        harm=harm,
        start=start,
        end=end,
    )  # fmt: skip
