"""What a case says of itself: its id, title and days, how much is in it, and one line that introduces it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from ..dates import DateLike, as_day, date_of
from ..wording import count
from .records import RawTable, Records
from .schema import BY_NAME
from .vocabulary import WORD_KINDS


class Identity:
    """What a case is called, when it was, and how much is in it."""

    _raw: Mapping[str, RawTable]
    _records: Records
    _name: str

    @property
    def id(self) -> str:
        """The short name of the case."""
        return self._about("id") or self._name

    @property
    def title(self) -> str:
        """The title; where there is none the id, or "Untitled case"."""
        return self._about("title") or self.id or "Untitled case"

    @property
    def status(self) -> str:
        """published, illustrative, or empty."""
        return self._about("status")

    @property
    def harm_date(self) -> dt.date | None:
        """The first day on which the harm may have happened, or None."""
        harm = self._records.harm
        return None if harm is None else harm.first_date

    @property
    def attributes(self) -> dict[str, str]:
        """What else the ``case`` table says: outcome, area, year and the like; a copy."""
        table = self._raw["case"]
        known = BY_NAME["case"].names
        return {name: cell for name, cell in zip(table.columns, table.rows[0], strict=True) if name not in known}

    @property
    def start(self) -> dt.date | None:
        """The earliest day on which anything in the chronology may have happened; None without rows."""
        return None if self._records.start is None else date_of(self._records.start)

    @property
    def end(self) -> dt.date | None:
        """The latest such day; None without rows."""
        return None if self._records.end is None else date_of(self._records.end)

    def _about(self, name: str) -> str:
        table = self._raw["case"]
        return table.rows[0][table.columns.index(name)] if name in table.columns else ""

    def _default_day(self) -> int:
        """The day that a question is asked for unless it says otherwise."""
        if self._records.harm is not None:
            return max(1, self._records.harm.first - 1)
        return self._records.end if self._records.end is not None else dt.date(1, 1, 1).toordinal()

    def _day(self, at: DateLike | None = None) -> int:
        return self._default_day() if at is None else as_day(at)

    @cached_property
    def _sizes(self) -> dict[str, int]:
        records = self._records
        kinds = [person.kind for person in records.people.values()]
        return {
            "children": kinds.count("child"),
            "professionals": kinds.count("professional"),
            "agencies": len(
                {person.agency for person in records.people.values() if person.kind == "professional"} - {""}
            ),
            "concerns": len(records.concerns),
            "contacts": sum(row.kind in WORD_KINDS for row in records.rows),
            "meetings": sum(row.kind == "met" for row in records.rows),
        }

    def __repr__(self) -> str:
        sizes = self._sizes
        period = f" {self.start} to {self.end}" if self.start else " without any row"
        name = f" {self.id!r}" if self.id else ""
        return (
            f"<Case{name}{period}: {count(sizes['children'], 'child', 'children')}, "
            f"{count(sizes['professionals'], 'professional')} in {count(sizes['agencies'], 'agency', 'agencies')}, "
            f"{count(sizes['concerns'], 'concern')}, {count(sizes['contacts'], 'contact')}>"
        )
