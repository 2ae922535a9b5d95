"""A case as it stood on one day, for people who are not to know what came after."""

from __future__ import annotations

from ..case import Case
from ..dates import DateLike, as_day, date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from .names import Names, Said, roles_of
from .rows import written
from .told_then import told_by


class Then:
    """A case by the end of a day.

    Attributes
    ----------
    case : Case
        The case without every row that is, or may be, later.
    view : Snapshot
        What it shows by the end of the day.
    names : Names
        What everybody is called.
    by_person : bool
        Whether people are called by name; else by agency and role.
    title : str
        What the case may be called.
    """

    def __init__(self, case: Case, at: DateLike, by_person: bool, rules: Rules | None, title: str = "") -> None:
        self.day = as_day(at, "at")
        self.date = date_of(self.day)
        self.case = case.until(self.date)
        self.view: Snapshot = snapshot(self.case, self.date, rules)
        self.names = Names(self.view)
        named = {one for row in self.view.rows for one in (*row.who, *row.to, *row.present, *row.absent)}
        people = self.view.records.people.values()
        self.names.roles.update(roles_of(one for one in people if one.id in named))  # a number tells of nobody to come
        self.by_person = by_person
        children = [self.view.name(one) for one in self.view.records.children]
        self.children = [told_by(one, self.day) or "a child" for one in children]
        self.title = title or told_by(case.title, self.day) or "A case to work through"

    def told(self, text: str) -> str:
        """A text in one line, or nothing where it names a later date."""
        return told_by(" ".join(text.split()), self.day)

    def summary(self, row: str) -> str:
        """The words of the record on a row; of an opening none, as they are apt to say how it went on."""
        if self.view.by_id[row].kind == "opened":
            return ""
        return self.told(written(self.view, row)[1])

    def concern(self, one: str) -> str:
        """What a concern is, in the words of the record; its category where those tell of a later date."""
        concern = self.view.records.concerns[one]
        return self.told(concern.summary) or f"something of the kind “{concern.category.replace('_', ' ')}”"

    def called(self, *ones: str) -> list[str]:
        """People and agencies as a page of the pack calls them."""
        said = self.names.several(ones, "{agency} ({roles})")
        return [self.say(one) or "somebody" for one in said]

    def say(self, said: Said) -> str:
        """A text by name or by agency and role, as the pack is; by role too where the name tells of a later date."""
        return (self.told(said.person) if self.by_person else "") or self.told(said.agency)
