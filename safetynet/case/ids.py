"""Whom a cell means: ids exactly, one that differs in capitals only, and what is looked up when there is none.

An id is taken as it stands. Where no id stands so, a single one that differs in nothing but capitals is meant; a name
is looked up among the names, an odd sign is named, and the nearest ids are offered - bounded, so that ten thousand
unknown ids among ten thousand cost no more than a glance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ..errors import did_you_mean, without_narrative
from ..unsure import MISSING
from ..written import sign_name
from .columns import Column
from .records import RawTable
from .schema import BY_NAME

_NAMED_BY = {"people": "name", "agencies": "name", "concerns": "summary", "sources": "title", "conditions": "summary"}
_COMPARISONS = 30_000  # between an unknown id and a known one; unknown ids after that are named without the nearest
_SPLITS = (r",", r"[,/&+]|\s+and\s+", r"[,/&+\s]+(?:and\s+)?")
_LONGEST_LIST = 10_000  # characters; a longer text that is no id is not taken apart
_LONGEST_CELL = 100_000  # characters; a longer list is taken as it stands
_LIST = re.compile(r"[;\n]")


def squeezed(text: str) -> str:
    """A text without regard to capitals and to how many blanks stand in it."""
    return " ".join(text.casefold().split())


def plain_signs(text: str) -> str:
    """A text with the usual signs: no invisible ones, one form for a letter, one hyphen for all that look like it."""
    kept = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    dashes = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign for sign in kept)
    return " ".join(unicodedata.normalize("NFKC", dashes).split())


class Ids:
    """The ids and names of a case's tables, as they stand, for looking up what a cell means."""

    def __init__(self, tables: Mapping[str, RawTable]) -> None:
        self.known: dict[str, dict[str, None]] = {}  # as they stand in the tables
        self.folded: dict[
            str, dict[str, list[str]]
        ] = {}  # by what they are without regard to capitals; made when asked
        self.names: dict[str, dict[str, list[str]]] = {}
        self.as_written: set[str] = set()  # the names as they stand
        self.left = _COMPARISONS
        self.plain: dict[tuple[str, ...], tuple[list[str], dict[str, str]]] = {}
        self.searched: dict[tuple[str, tuple[str, ...]], str] = {}
        for name, table in tables.items():
            column = next((column.name for column in BY_NAME[name].columns if column.type == "id"), "")
            if column in table.columns:
                ids = [row[table.columns.index(column)].strip() for row in table.rows]
                self.add(name, ids)
                self._name(name, table, ids)

    def add(self, table: str, ids: Iterable[str]) -> None:
        """Further ids of a table."""
        known = self.known.setdefault(table, {})
        more = [one for one in ids if one and one not in known]
        known.update(dict.fromkeys(more))
        if table in self.folded:
            _fold(self.folded[table], dict.fromkeys(more))

    def _folded(self, table: str) -> Mapping[str, list[str]]:
        """The ids of a table by what they are without regard to capitals."""
        if table not in self.folded:
            self.folded[table] = {}
            _fold(self.folded[table], sorted(self.known.get(table, ())))
        return self.folded[table]

    def _name(self, table: str, raw: RawTable, ids: list[str]) -> None:
        column = _NAMED_BY.get(table, "")
        names = self.names.setdefault(table, {})
        if column in raw.columns:
            place = raw.columns.index(column)
            for one, row in zip(ids, raw.rows, strict=True):
                if one and row[place].strip():
                    names.setdefault(squeezed(row[place]), []).append(one)
                    self.as_written.add(row[place].strip())

    def has(self, item: str, targets: Iterable[str]) -> bool:
        """Whether one of the tables has exactly that id."""
        return any(item in self.known.get(target, ()) for target in targets)

    def named(self, item: str, targets: Iterable[str]) -> list[str]:
        """The ids whose name the item is."""
        wanted = squeezed(item)
        return [one for target in targets for one in self.names.get(target, {}).get(wanted, ())]

    def meant(self, item: str, targets: tuple[str, ...], extra: tuple[str, ...] = ()) -> str:
        """The id that an item is, or is but for capitals; empty if there is none, or more than one, or it is a name."""
        if item in extra or self.has(item, targets):
            return item
        if item in self.as_written:
            return ""
        wanted = squeezed(item)
        near = {one for target in targets for one in self._folded(target).get(wanted, ())}
        near |= {word for word in extra if word == wanted}
        others = set(self.named(item, targets)) - near
        return near.pop() if len(near) == 1 and not others else ""

    def items(self, cell: str, column: Column) -> list[tuple[str, str]]:
        """The ids of a cell, each as written and as it is."""
        plain = cell.strip()
        if plain and not column.many:
            return [(plain, self.meant(plain, column.points_to, column.extra) or plain)]
        return self.read(plain, column.points_to, column.extra) if plain else []

    def read(self, cell: str, targets: tuple[str, ...], extra: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """The items of a cell that holds a list, each as written and as the id that it is.

        A text that is no id is taken apart where its parts are ids.
        """
        if len(cell) > _LONGEST_CELL:
            return [(cell, cell)]
        found: list[tuple[str, str]] = []
        for item in _LIST.split(cell.strip().strip(";\n")):
            item = item.strip()
            parts = [item] if not item or self.meant(item, targets, extra) else self._parts(item, targets, extra)
            found += [(part, self.meant(part, targets, extra) or part) for part in parts]
        return found

    def _parts(self, item: str, targets: tuple[str, ...], extra: tuple[str, ...]) -> list[str]:
        if len(item) > _LONGEST_LIST:
            return [item]
        for split in _SPLITS:
            parts = [part.strip() for part in re.split(split, item)]
            if len(parts) > 1 and all(part and self.meant(part, targets, extra) for part in parts):
                return parts
        for split in _SPLITS[1::-1]:  # of a list some of whose parts are ids only what is unknown is named
            parts = [part.strip() for part in re.split(split, item)]
            known = sum(bool(part and self.meant(part, targets, extra)) for part in parts)
            if len(parts) > 1 and known * 2 >= len(parts):
                return parts
        return [item]

    # hints ----------------------------------------------------------------------------------------

    def hint(self, item: str, targets: tuple[str, ...], extra: tuple[str, ...] = ()) -> str:
        """What to do about an id that none of the tables has."""
        key = (item, targets)
        if key not in self.searched:
            self.searched[key] = self._hint(item, targets, extra)
        return self.searched[key]

    def _hint(self, item: str, targets: tuple[str, ...], extra: tuple[str, ...]) -> str:
        if meant := self.named(item, targets):
            what = "summary" if targets == ("concerns",) else "name"
            return f"It is the {what} of {_either(meant)}; write that id."
        if squeezed(item) in MISSING:
            return "It looks like a mark for a missing value: leave the cell empty where there is nothing to say."
        known, plain = self._known_of(targets)
        if odd := self._odd(item, plain):
            return odd
        other = next((name for name, ids in self.known.items() if item in ids and name not in targets), "")
        near = ""
        if self.left >= len(known) and len(item) <= 100:
            self.left -= len(known)
            near = did_you_mean(item, [*known, *extra])
        if other:
            return f"It is an id of {other}. {near}".strip()
        if "Did you mean" in near:
            return near
        return f"{near} Correct it, or add it to {' or '.join(targets)}.".strip()

    def _known_of(self, targets: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
        """The ids of some tables, and each by what it is with the usual signs; made once for all that is unknown."""
        size = sum(len(self.known.get(target, ())) for target in targets)
        if targets not in self.plain or len(self.plain[targets][0]) != size:
            known = [one for target in targets for one in self.known.get(target, ())]
            self.plain[targets] = known, {plain_signs(one): one for one in reversed(known)}
        return self.plain[targets]

    def _odd(self, item: str, known: Mapping[str, str]) -> str:
        """Name the sign by which an item differs from an id that looks the same."""
        meant = known.get(plain_signs(item), "")
        if not meant or meant == item:
            return ""
        strange = next((sign for sign in (*item, *meant) if (sign in item) != (sign in meant)), "")
        return (
            f"It looks like {without_narrative(meant)} and has other signs in it: {sign_name(strange)}. Type it again."
        )


def _fold(folded: dict[str, list[str]], ids: Iterable[str]) -> None:
    for one in ids:
        folded.setdefault(squeezed(one), []).append(one)


def _either(ids: list[str]) -> str:
    return " or ".join(without_narrative(one) for one in dict.fromkeys(ids))
