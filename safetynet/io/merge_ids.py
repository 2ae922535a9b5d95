"""Who and what is the same in several cases: people and agencies by id and name, everything else kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..case.records import RawTable
from ..case.schema import BY_NAME
from ..case.slips import bare
from .drafts import Question

_NAMED = {"people": ("name", "kind"), "agencies": ("name",), "concerns": ("summary", "category"), "sources": ("title",)}
Cells = dict[str, str]


def lines_of(table: RawTable | None) -> list[Cells]:
    """The rows of a table as mappings from column to cell."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table is not None else []


@dataclass
class Merging:
    """What the cases have in common so far, and what a person has to look at."""

    lines: dict[str, list[Cells]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # ids of people and agencies, which have one space
    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # table -> id in the case at hand -> id here

    def add(self, case: str, tables: Mapping[str, RawTable]) -> None:
        """Take the people, agencies, concerns, sources and conditions of a case, under other ids where needed."""
        self.ids = {}
        for table in ("agencies", "people", "concerns", "sources", "conditions"):
            self._take(case, table, lines_of(tables.get(table)))

    def here(self, table: str, one: str) -> str:
        """What an id of the case at hand is called here."""
        return self.ids.get(table, {}).get(one, one)

    def anyone(self, one: str, tables: Iterable[str]) -> str:
        """What an id of one of some tables is called here."""
        return next((self.ids[table][one] for table in tables if one in self.ids.get(table, {})), one)

    def _take(self, case: str, table: str, lines: list[Cells]) -> None:
        there = self.lines.setdefault(table, [])
        key = BY_NAME[table].id
        ids = self.ids.setdefault(table, {})
        for line in lines:
            line = self.pointing(table, line)
            same = self._same(table, line, there)
            if same is None:
                made = self._free(table, line[key], case)
                if made != line[key] and (other := _named(there, key, line[key])) is not None:
                    self._ask_whether_one(case, table, made, other, line)
                ids[line[key]] = made
                there.append({**line, key: made})
            else:
                ids[line[key]] = same[key]
                self._join(case, table, same, line)
            self.taken.add(ids[line[key]])

    def pointing(self, table: str, line: Cells) -> Cells:
        """The line with the ids of this case that it names as they are called here."""
        changed = dict(line)
        for column in BY_NAME[table].columns:
            if column.points_to and changed.get(column.name):
                parts = changed[column.name].split(";") if column.many else [changed[column.name]]
                changed[column.name] = ";".join(self.anyone(part, column.points_to) for part in parts)
        return changed

    def _same(self, table: str, line: Cells, there: list[Cells]) -> Cells | None:
        """The line that stands for the same: of the same name and sort; the one child is the one child."""
        named = _NAMED.get(table, ())
        for other in there:
            alike = bool(named) and all(bare(line.get(name, "")) == bare(other.get(name, "")) for name in named)
            if alike and (table != "people" or _may_be_one(line, other)):
                return other
        if table == "people" and line.get("kind") == "child":
            children = [other for other in there if other.get("kind") == "child"]
            if len(children) == 1 and (line["id"] == children[0]["id"] or _is_label(line) or _is_label(children[0])):
                return children[0]
        return None

    def _free(self, table: str, one: str, case: str) -> str:
        """An id that nothing has yet: its own, or its own with the case before it."""
        key = BY_NAME[table].id
        used = self.taken if table in ("people", "agencies") else {line[key] for line in self.lines[table]}
        made, number = one, 1
        while made in used:
            made = f"{case}_{one}" + (str(number) if number > 1 else "")
            number += 1
        return made

    def _join(self, case: str, table: str, same: Cells, line: Cells) -> None:
        """Fill what is empty; where two say otherwise, both stay."""
        key = BY_NAME[table].id
        if table == "concerns":
            asked = f"The concern {line[key]!r} of {case!r} is taken for this one: is it the same, or a further one?"
            self.questions.append(Question(table, same[key], key, asked))
        for name, text in line.items():
            if name == key or not text or text == same.get(name):
                continue
            if not same.get(name):
                same[name] = text
                continue
            same[f"{name} ({case})"] = text
            asked = f"{name} is {same[name]!r}, and {text!r} in {case!r}. Which is right?"
            self.questions.append(Question(table, same[key], name, asked))

    def _ask_whether_one(self, case: str, table: str, made: str, other: Cells, line: Cells) -> None:
        called = _NAMED.get(table, ("",))[0]
        asked = (
            f"{line.get(called) or made!r} has the id that {other.get(called)!r} has ({other[BY_NAME[table].id]}). "
            "Are they the same? If so write one id everywhere and take the other row out."
        )
        if table in ("people", "agencies"):
            self.questions.append(Question(table, made, BY_NAME[table].id, f"{asked} It came from {case!r}."))


def _named(there: list[Cells], key: str, one: str) -> Cells | None:
    return next((line for line in there if line[key] == one), None)


def _may_be_one(left: Cells, right: Cells) -> bool:
    """Whether nothing says that two people of one name are two: their agencies are the same, or one has none."""
    return left.get("agency", "") == right.get("agency", "") or not (left.get("agency") and right.get("agency"))


def _is_label(child: Cells) -> bool:
    return child.get("name", "").casefold() in ("child", "the child", "subject child", "baby", "infant")
