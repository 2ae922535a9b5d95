"""Who is called what on a page: professionals by agency and role, and by name, each where it is asked for.

A page says both, and shows one of them. Sentences are made by the measures with names in them; so the case that they
are asked about has a sign in place of each professional's name (:func:`unnamed`), and :meth:`Names.say` puts agency and
role, or the name, where the sign stands. No sentence is worked out twice, and none keeps a name that it should not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ..case import Case
from ..case.checks import Checked
from ..case.records import Person, frozen
from ..record.naming import short_name
from ..record.snapshot import Snapshot
from ..wording import in_words

OPEN, CLOSE = "\ue000", "\ue001"  # private signs of Unicode, of which no text makes use
_SIGN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_SIGN_IN_BRACKETS = re.compile(f"(?<=\\(){OPEN}(\\d+){CLOSE}(?: and {OPEN}(\\d+){CLOSE})?(?=[\\),])")


class Said(NamedTuple):
    """A text as it stands where agencies and roles are shown, and where persons are."""

    agency: str
    person: str

    def __str__(self) -> str:
        """The text with agencies and roles."""
        return self.agency


def unnamed(case: Case) -> Case:
    """The case with a sign in place of each professional's name; everything else is as it was."""
    people = {
        one.id: replace(one, name=f"{OPEN}{place}{CLOSE}") if one.kind == "professional" else one
        for place, one in enumerate(case._records.people.values())
    }
    made = Case.__new__(Case)
    records = replace(case._records, people=frozen(people))
    made._hold(Checked(dict(case._raw), records, case._created), case.id, case._notes)
    return made


class Names:
    """What everybody of a case is called, in tables and in sentences.

    Attributes
    ----------
    roles : dict of str
        The role of each professional, with a number where an agency has two of one role.
    """

    def __init__(self, view: Snapshot) -> None:
        """`view` is one of the case as it is, names and all."""
        self._view = view
        self._ids = list(view.records.people)
        self.roles = roles_of(view.records.people.values())

    def _agency(self, one: str) -> str:
        person = self._view.records.people.get(one)
        return person.agency if person else ""

    def of(self, one: str) -> Said:
        """One person or agency, as a table names it."""
        full = self._view.name(one)
        if one not in self.roles:
            return Said(full, full)
        agency = self._agency(one)
        return Said(f"{short_name(self._view, agency)}: {self.roles[one]}" if agency else self.roles[one], full)

    def several(self, ones: Iterable[str], form: str = "{agency}: {roles}") -> list[Said]:
        """Several, as a table names them: the professionals of one agency together, in this form."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for one in ones:
            groups[self._agency(one) if one in self.roles and self._agency(one) else one].append(one)
        return [self._group(party, group, form) for party, group in groups.items()]

    def _group(self, party: str, group: list[str], form: str) -> Said:
        people = [one for one in group if one in self.roles]
        persons = "; ".join(self._view.name(one) for one in group)
        if not people or party in self.roles:
            return Said(self.of(group[0]).agency, persons)
        roles = ", ".join(self.roles[one] for one in people)
        return Said(form.format(agency=short_name(self._view, party), roles=roles), persons)

    def say(self, text: str) -> Said:
        """A sentence about an unnamed case, with what the signs in it stand for."""
        if OPEN not in text:
            return Said(text, text)
        by_role = _SIGN_IN_BRACKETS.sub(self._in_brackets, text)
        return Said(
            _SIGN.sub(lambda found: self._role(found[1], alone=True), by_role),
            _SIGN.sub(lambda found: self._short(found[1]), text),
        )

    def _in_brackets(self, found: re.Match[str]) -> str:
        """Roles alone where their agency stands before the brackets, as in "School (Teacher)"."""
        signs = [sign for sign in found.groups() if sign]
        before = found.string[: found.start() - 1].rstrip()
        agencies = {self._agency(self._id(sign)) for sign in signs} - {""}
        if all(before.endswith((short_name(self._view, one), self._view.name(one))) for one in agencies):
            return in_words(self._role(sign) for sign in signs)
        return in_words(self.of(self._id(sign)).agency for sign in signs)

    def _id(self, sign: str) -> str:
        return self._ids[int(sign)] if int(sign) < len(self._ids) else ""

    def _role(self, sign: str, *, alone: bool = False) -> str:
        """The role that a sign stands for; with the agency where the sentence does not name it just before."""
        one = self._id(sign)
        role, agency = self.roles.get(one, ""), self._agency(one)
        return f"{short_name(self._view, agency)} ({role})" if alone and agency else role

    def _short(self, sign: str) -> str:
        one = self._id(sign)
        return short_name(self._view, one) if one else ""


def roles_of(people: Iterable[Person]) -> dict[str, str]:
    """The role of each professional up to its first comma or bracket, numbered where an agency has it twice."""
    heads: dict[str, tuple[str, str]] = {}
    for one in people:
        if one.kind == "professional":
            head = " ".join(re.split(r"[,;(]", one.role)[0].split())
            heads[one.id] = (one.agency, head or "professional")
    again, seen, made = Counter(heads.values()), Counter[tuple[str, str]](), {}
    for one_id, where in heads.items():
        seen[where] += 1
        made[one_id] = where[1] if again[where] == 1 else f"{where[1]} {seen[where]}"
    return made
