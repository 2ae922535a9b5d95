"""A case under pseudonyms: keyed ids, labels in place of names, dates moved, texts left out; the scores stand."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from ..case import Case, need_case
from ..case.columns import Column
from ..case.records import RawTable
from ..case.schema import BY_NAME, TABLES
from ..errors import ArgumentError, SafetynetWarning, UnknownNameError, choose, did_you_mean, yes_or_no
from . import labels_of
from .keyed import Keyed, take
from .moved_dates import FIRST, LAST, Moved, days_in

Dates = Literal["shifted", "relative"]
NOTICE = (
    "Pseudonymised data is still personal data: whoever has the key, or knows the case, can find people again, and a "
    "network can be recognised by its shape."
)
TITLE = "A case under pseudonyms"
OWN = "notice"  # the column of the case table that says so
GENERAL = ("agencies", "areas", "roles")
_LETTERS = {"people": "p_", "agencies": "a_", "concerns": "c_", "chronology": "r_", "conditions": "w_", "sources": "s_"}
_DAY_ONE = 730486  # 1 January 2001, a Monday: the first day of a case in relative days
_WEEKS = (52, 520)  # by how many dates are moved, at least and at most
_SEPARATOR = re.compile(r"[;\n]")
_NAME = 4  # letters that a word of a name has at least, to be looked for in texts that are kept


def pseudonymise(
    case: Case,
    key: str | bytes,
    *,
    dates: Dates = "shifted",
    keep: Collection[str] = (),
    generalise: Collection[str] = (),
    linked: bool = False,
) -> Case:
    """A case with pseudonyms in place of everything that names somebody, some place or some day.

    Ids are a keyed hash (HMAC-SHA-256) of the ids as they were: the same key gives the same ids, and without the key
    nobody can go back or try names. People are called by what they do (Social worker 2), agencies by their sector,
    concerns by their category. All dates are moved together by a number of whole weeks that the key draws for this
    case, one to ten years back; a month or year becomes the interval of its days. Free texts are left out: summaries,
    notes, titles, sources, columns of your own, attributes of the case. Of a role only the words at its beginning
    stay that name an office or a relation. Kinds, sectors, categories and severities stay: every score stands as it
    was, on the day that was moved as well.

    **It is still personal data**, and the case says so: whoever knows what happened can recognise the network by its
    shape. :func:`uniqueness` says how many people stand out.

    Parameters
    ----------
    case : Case
    key : str or bytes
        At least 16 characters. It is written nowhere: keep it, apart from the data.
    dates : {"shifted", "relative"}
        ``relative``: the first day of the chronology becomes 2001-01-01, so that dates are days since the case began.
    keep : collection of str
        Texts that stay as they are, by the names of their columns: ``("summary", "outcome_group")``. They may name
        people and days; read them.
    generalise : collection of {"agencies", "areas", "roles"}
        What to say less of. ``agencies``: no sector (what asks for sectors then finds none); ``areas``: no area;
        ``roles``: no role, and people are called by their sector. Without it areas are Area 1, Area 2 and roles
        the words that name an office.
    linked : bool
        Whether an id stands for one and the same in every case (one worker, many children), and is to be the same in
        each. Otherwise it is another in every case.

    Returns
    -------
    Case
        With the id that the key gives it; ``case.attributes["notice"]`` says that it is still personal data.

    Raises
    ------
    ArgumentError
        If the key is too short (the message does not have it), a choice is none of those above, the dates reach so far
        that they cannot be moved, or permissions are by sector and agencies are to be without.
    UnknownNameError
        If `keep` has a name that is no column of texts in this case.

    Warns
    -----
    SafetynetWarning
        If a text that is kept has a word of somebody's name in it.

    See Also
    --------
    uniqueness : who stands out all the same.
    suppress_small : before a table of counts is published.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("victoria_climbie")
    >>> under = sn.pseudonymise(case, key="not a key to use in earnest")
    >>> under.people["name"].head(3).tolist()
    ['Child', 'Parents', 'Carer']
    >>> bool((sn.scores(under) == sn.scores(case)).all())
    True
    """
    yes_or_no(linked=linked)
    keyed = take(key)
    del key  # what shows the variables of a traceback does not show it
    need_case(case)
    if isinstance(keyed, ArgumentError):
        raise keyed
    return under(case, keyed, dates=dates, keep=keep, generalise=generalise, linked=linked)


def under(
    case: Case,
    keyed: Keyed,
    *,
    dates: str = "shifted",
    keep: Collection[str] = (),
    generalise: Collection[str] = (),
    linked: bool = False,
) -> Case:
    """The same with a key that is taken already, as the command line has it."""
    kept = _kept(case, keep)
    general = _general(case, generalise)
    names = _names(case, keyed, "" if linked else case.id)
    moved = _moved(case, keyed, choose("dates", dates, ("shifted", "relative")))
    made = _Pseudonyms(case, names, moved, kept, general)
    _warn_of_names(case, made.kept_texts)
    return Case._from_raw({**made.tables, "case": made.about(keyed)}, what="the case under pseudonyms")


# what was asked for -----------------------------------------------------------------------------------------


def _kept(case: Case, keep: Collection[str]) -> frozenset[str]:
    if isinstance(keep, str) or not all(isinstance(one, str) for one in keep):
        raise ArgumentError("keep is a list of names of columns, such as keep=('summary',).")
    possible = {column for name, raw in case._raw.items() for column in raw.columns if _is_free(name, column)}
    for one in keep:
        if one not in possible:
            hint = did_you_mean(one, sorted(possible), allowed=30)
            raise UnknownNameError(f"keep: this case has no column of texts {one!r}. {hint}".rstrip())
    return frozenset(keep)


def _is_free(table: str, column: str) -> bool:
    known = BY_NAME[table].get(column)
    return known is None or (known.type == "text" and (table, column) != ("case", "id"))


def _general(case: Case, generalise: Collection[str]) -> frozenset[str]:
    if isinstance(generalise, str):
        raise ArgumentError(f"generalise is a list, such as generalise=({generalise!r},).")
    for one in generalise:
        choose("generalise", one, GENERAL)
    rules = case._records.permissions or ()
    sectors = {place for rule in rules for place in (rule.source, rule.target)} - {"*", *case._records.agencies}
    if "agencies" in generalise and sectors:
        raise ArgumentError(
            "generalise='agencies' takes the sectors away, and the permissions of this case are by sector. Write them "
            "for agencies first, or leave the agencies as they are."
        )
    return frozenset(generalise)


# ids and dates ----------------------------------------------------------------------------------------------


def _names(case: Case, keyed: Keyed, domain: str) -> dict[str, dict[str, str]]:
    """The new ids of every table that has ids."""
    found = {}
    for table in TABLES:
        raw = case._raw.get(table.name)
        if raw is not None and table.id and table.name in _LETTERS:
            place = raw.columns.index(table.id)
            ids = (row[place].strip() for row in raw.rows)
            found[table.name] = keyed.names(_LETTERS[table.name], ids, "id", domain, table.name)
    return found


def _moved(case: Case, keyed: Keyed, dates: str) -> Moved:
    """By how many days every date is moved."""
    records = case._records
    given = list(_days(case))
    first, last = (min(given), max(given)) if given else (_DAY_ONE, _DAY_ONE)
    if dates == "relative":
        by = _DAY_ONE - (first if records.start is None else records.start)
        fits = [by] if first + by >= FIRST and last + by <= LAST else []
    else:
        weeks = range(_WEEKS[0], _WEEKS[1] + 1)
        fits = [-7 * one for one in weeks if first - 7 * one >= FIRST]
        fits = fits or [7 * one for one in weeks if last + 7 * one <= LAST]
    if not fits:
        raise ArgumentError(
            "the dates of this case reach from one end of the calendar to the other, and cannot be moved. Look at "
            "case.warnings for a year far from the others."
        )
    return Moved(fits[keyed.number(len(fits), "dates", case.id)], records.start, records.end)


def _days(case: Case) -> Iterable[int]:
    for name, raw in case._raw.items():
        for place, column in enumerate(raw.columns):
            known = BY_NAME[name].get(column)
            if known is not None and known.type in ("window", "due"):
                for row in raw.rows:
                    yield from days_in(row[place])


# the tables -------------------------------------------------------------------------------------------------


class _Pseudonyms:
    """The tables of a case as they are made anew."""

    def __init__(
        self,
        case: Case,
        names: Mapping[str, Mapping[str, str]],
        moved: Moved,
        kept: frozenset[str],
        general: frozenset[str],
    ) -> None:
        self.case, self.names, self.moved, self.kept, self.general = case, names, moved, kept, general
        self.kept_texts: list[str] = []
        self.tables = {name: self._table(name, raw) for name, raw in case._raw.items() if name != "case"}

    def _table(self, name: str, raw: RawTable) -> RawTable:
        made: dict[str, Sequence[str]] = {}
        for place, column in enumerate(raw.columns):
            cells = [row[place] for row in raw.rows]
            known = BY_NAME[name].get(column)
            if column in self.kept and _is_free(name, column):
                self.kept_texts += cells
                made[column] = cells
            elif known is not None:
                made[column] = self._column(name, known, cells)
        return RawTable(tuple(made), tuple(zip(*made.values(), strict=True)) if raw.rows else ())

    def _column(self, table: str, column: Column, cells: Sequence[str]) -> Sequence[str]:
        """A column of the case format, by what its cells are."""
        if (table, column.name) == ("agencies", "sector") and "agencies" in self.general:
            return ["other" if cell else "" for cell in cells]
        if column.type in ("word", "integer", "confidence"):
            return cells
        if column.type in ("window", "due"):
            return [self.moved.due(one) if column.type == "due" else self.moved.cell(one) for one in cells]
        if column.type in ("id", "ref", "refs", "place"):
            return [self._ids(column, table, cell) for cell in cells]
        return self._texts(table, column.name, cells)

    def _ids(self, column: Column, table: str, cell: str) -> str:
        tables = column.points_to or (table,)
        items = [one.strip() for one in (_SEPARATOR.split(cell) if column.type == "refs" else [cell])]
        return ";".join(self._id(tables, one) for one in items if one)

    def _id(self, tables: Sequence[str], one: str) -> str:
        """The new id; a word with a meaning of its own (a sector, ``*``, none) stays."""
        return next((self.names[name][one] for name in tables if one in self.names.get(name, {})), one)

    def _texts(self, table: str, column: str, cells: Sequence[str]) -> Sequence[str]:
        """A column of texts: labels where something is needed, else nothing."""
        if (table, column) == ("people", "role"):
            return [self._role(cell) for cell in cells]
        if (table, column) == ("agencies", "area") and "areas" in self.general:
            return [""] * len(cells)
        if needed := self._needed(table, column):
            return labels_of.numbered(needed)
        made = labels_of.TEXTS.get(table, {}).get(column)
        return made(cells) if made else [""] * len(cells)

    def _needed(self, table: str, column: str) -> list[str]:
        """What the names of people, agencies, concerns and conditions say instead."""
        records = self.case._records
        if (table, column) == ("people", "name"):
            return [
                labels_of.person(one.kind, self._role(one.role), self._sector(one.agency))
                for one in records.people.values()
            ]
        if (table, column) == ("agencies", "name"):
            return [labels_of.agency(self._sector(agency)) for agency in records.agencies]
        if (table, column) == ("concerns", "summary"):
            return [concern.category.replace("_", " ").capitalize() for concern in records.concerns.values()]
        if (table, column) == ("conditions", "summary"):
            return [condition.kind.capitalize() for condition in records.conditions]
        return []

    def _role(self, text: str) -> str:
        return "" if "roles" in self.general else labels_of.role(text)

    def _sector(self, agency: str) -> str:
        known = self.case._records.agencies.get(agency)
        return known.sector if known is not None and "agencies" not in self.general else ""

    def about(self, keyed: Keyed) -> RawTable:
        """The row of the case itself."""
        raw, case = self.case._raw["case"], self.case
        cells = dict(zip(raw.columns, raw.rows[0], strict=True))
        made = {
            "id": next(iter(keyed.names("case_", [case.id or "case"], "case").values())),
            "title": TITLE,
            "harm_date": self.moved.cell(cells.get("harm_date", "")),
            "status": "illustrative" if case.status == "illustrative" else "",
        }
        made |= {name: cells[name] for name in cells if name in self.kept and name not in ("id", "harm_date", "status")}
        self.kept_texts += [cells[name] for name in cells if name in self.kept]
        made[OWN] = NOTICE
        return RawTable(tuple(made), (tuple(made.values()),))


def _warn_of_names(case: Case, texts: Iterable[str]) -> None:
    """Warn where a text that is kept has a word of somebody's name in it."""
    records = case._records
    called = [one.name for one in records.people.values()] + [one.name for one in records.agencies.values()]
    words = {word for name in called for word in re.findall(r"\w+", name) if len(word) >= _NAME and word[0].isupper()}
    found = sum(bool(words & set(re.findall(r"\w+", text))) for text in texts)
    if found:
        warnings.warn(
            f"{found} of the texts that are kept have a word in them that stands in the name of a person or an agency. "
            "Read them before the case is given away.",
            SafetynetWarning,
            stacklevel=4,
        )
