"""The tables of a case as DataFrames: fresh ones each time, so that changing one changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import unknown
from .cells import no_table
from .records import RawTable, Records
from .schema import BY_NAME
from .vocabulary import WORD_KINDS

if TYPE_CHECKING:
    import pandas as pd


class MainFrames:
    """The tables that every case and every draft of one has, as fresh DataFrames."""

    _raw: Mapping[str, RawTable]

    def table(self, name: str) -> pd.DataFrame:
        """A fresh DataFrame of one table: the columns of the case format in order, then those of your own.

        Cells are the text as written (empty = empty text), lists as ``a;b``. A table that the case does not
        have comes as one without rows.

        Raises
        ------
        UnknownNameError
            If the case format has no table of that name.
        """
        import pandas as pd

        if name not in BY_NAME:
            raise unknown("the table", name, BY_NAME)
        raw = self._raw.get(name)
        if raw is None:
            return no_table(BY_NAME[name].names)
        return pd.DataFrame(list(raw.rows), columns=list(raw.columns), dtype="str")

    def _lines(self, name: str) -> list[dict[str, str]]:
        """The same as plain data: a line for each row."""
        raw = self._raw.get(name)
        return [] if raw is None else [dict(zip(raw.columns, row, strict=True)) for row in raw.rows]

    @property
    def people(self) -> pd.DataFrame:
        """The people; a copy."""
        return self.table("people")

    @property
    def agencies(self) -> pd.DataFrame:
        """The agencies, those created for people included; a copy."""
        return self.table("agencies")

    @property
    def concerns(self) -> pd.DataFrame:
        """The concerns; a copy."""
        return self.table("concerns")

    @property
    def chronology(self) -> pd.DataFrame:
        """The chronology; a copy."""
        return self.table("chronology")


class Frames(MainFrames):
    """What a case gives as tables."""

    _records: Records

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that the case has, by name; copies."""
        return {name: self.table(name) for name in self._raw}

    @property
    def ties(self) -> pd.DataFrame:
        """The ties; a copy."""
        return self.table("ties")

    @property
    def services(self) -> pd.DataFrame:
        """The services; a copy."""
        return self.table("services")

    @property
    def permissions(self) -> pd.DataFrame:
        """The permissions; a copy."""
        return self.table("permissions")

    @property
    def ratings(self) -> pd.DataFrame:
        """The ratings; a copy."""
        return self.table("ratings")

    @property
    def links(self) -> pd.DataFrame:
        """The links between concerns; a copy."""
        return self.table("links")

    @property
    def conditions(self) -> pd.DataFrame:
        """The conditions of the work; a copy."""
        return self.table("conditions")

    @property
    def sources(self) -> pd.DataFrame:
        """The sources; a copy."""
        return self.table("sources")

    def _kinds(self, *kinds: str) -> pd.DataFrame:
        table = self.chronology
        return table[table["kind"].isin(kinds)].reset_index(drop=True)

    @property
    def contacts(self) -> pd.DataFrame:
        """The rows told, asked and declined."""
        return self._kinds(*WORD_KINDS)

    @property
    def meetings(self) -> pd.DataFrame:
        """The rows met."""
        return self._kinds("met")

    @property
    def observations(self) -> pd.DataFrame:
        """The rows observed."""
        return self._kinds("observed")

    @property
    def actions(self) -> pd.DataFrame:
        """The rows agreed, expected, needed and done."""
        return self._kinds("agreed", "expected", "needed", "done")

    @property
    def assumptions(self) -> pd.DataFrame:
        """The rows assumed and believed."""
        return self._kinds("assumed", "believed")

    @property
    def decisions(self) -> pd.DataFrame:
        """The rows decided and disagreed."""
        return self._kinds("decided", "disagreed")
