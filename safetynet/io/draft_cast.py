"""The people and agencies of a draft, proposed from the roles and names that an agency's chronology mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..case.slips import bare
from . import draft_words as words
from .drafts import Question

_ROLE_AGENCY: dict[str, str] = {  # where somebody of a role works, unless the row says otherwise
    **{"hv": "health_visiting", "midwife": "midwifery", "school_nurse": "health", "gp": "gp_practice"},
    **{"camhs": "camhs_team", "psychiatrist": "adult_mh", "paramedic": "ambulance", "police_officer": "police"},
    **{"key": "nursery", "nursery_mgr": "nursery", "housing_officer": "housing", "probation": "probation_service"},
    **dict.fromkeys(("ae", "paed", "ward"), "hospital"),
    **dict.fromkeys(("duty_sw", "fsw", "tm", "iro", "sw"), "csc"),
    **dict.fromkeys(("dsl", "head", "teacher"), "school"),
}
_NOT_PROFESSIONAL = ("family", "support", "public")
_LONGEST_ID = 24


class Somebody(NamedTuple):
    """A person or agency that a text mentions, and where."""

    id: str
    start: int
    end: int
    word: str
    is_agency: bool


class Person(NamedTuple):
    """A person of the draft."""

    name: str
    kind: str
    role: str
    agency: str


def child_id(name: str) -> str:
    """The id of a child of that name, or of one without."""
    return slug(name) if name else "child"


class Cast:
    """Everybody whom the chronology mentions; one id for whatever is called the same."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = frozenset(taken)  # ids that are somebody's already, such as the child's
        self.people: dict[str, Person] = {}
        self.agencies: dict[str, tuple[str, str]] = {}  # id -> name, sector
        self.unsure: dict[str, str] = {}  # id -> what to look at
        self._agency_of: dict[str, str] = {}  # bare text -> id
        self._named: dict[str, str] = {}  # bare name -> id, of whom a person named
        self._roles, self._agencies = words.roles(), words.agencies()

    # what comes of it -----------------------------------------------------------------------------

    def tables(self, child: str) -> dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]]:
        """The tables of people and agencies, the child of that name first."""
        first = (child_id(child), child or "Child", "child", "", "")
        people = [first, *((one, p.name, p.kind, p.role, p.agency) for one, p in self.people.items())]
        agencies = [(one, *named) for one, named in self.agencies.items()]
        return {
            "people": (("id", "name", "kind", "role", "agency"), people),
            "agencies": (("id", "name", "sector"), agencies),
        }

    def questions(self, child: str) -> list[Question]:
        """What is to be asked about them, and about a child without a name."""
        asked = "Who is the child? Write the name or a label; add a row for each further child."
        found = [] if child else [Question("people", "child", "name", asked)]
        for one, doubt in self.unsure.items():
            table, column = ("agencies", "sector") if one in self.agencies else ("people", "kind")
            found.append(Question(table, one, column, doubt))
        return found

    # agencies -------------------------------------------------------------------------------------

    def agency(self, text: str) -> str:
        """The id of an agency that a cell names."""
        text = " ".join(text.split())
        key = bare(text)
        if key not in self._agency_of:
            self._agency_of[key] = self._new_agency(text)
        return self._agency_of[key]

    def _new_agency(self, text: str) -> str:
        found = next(((one, match) for one in self._agencies if (match := one.pattern.search(text))), None)
        if found is None:
            made = self._free(slug(text))
            self.agencies[made] = (text, "other")
            self.unsure[made] = "What sort of agency is it (sector)?"
            return made
        (one, name, sector), match = found[0].what, found[1]
        generic = len(match[0]) >= len(text.rstrip("s. ")) or text.casefold() == name.casefold()
        if generic and one in self.agencies:
            return one
        made = one if one not in self.agencies else self._free(slug(text))
        self.agencies[made] = (name if generic else text, sector)
        return made

    def agency_word(self, one: str) -> str:
        """An agency by its usual id, added if it is not there yet; one of the same name that is there already is it."""
        if one not in self.agencies:
            _, name, sector = next(found.what for found in self._agencies if found.what[0] == one)
            self.agencies[one] = (name, sector)
        return one

    # people ---------------------------------------------------------------------------------------

    def person(self, text: str, agency: str) -> str:
        """The id of somebody whom a cell names, in the agency of that row."""
        text = " ".join(text.split())
        for one in self.mentioned(text, agency):
            if not one.is_agency:
                return one.id
        made = slug(text)
        if made not in self.people:
            made = self._free(made)
            self.people[made] = Person(text, "professional" if agency else "public", "", agency)
            self.unsure[made] = "Who is it: family, support, public or professional, and of which agency?"
        return made

    def named(self, text: str, agency: str) -> str:
        """The id of somebody whom a person named: one for each name, also where several have one role."""
        text = " ".join(text.split())
        key = bare(text)
        if key in self._agency_of:
            return self._agency_of[key]
        if key not in self._named:
            self._named[key] = self._new_name(text, agency)
        return self._named[key]

    def _new_name(self, text: str, agency: str) -> str:
        found = next(((one, match) for one in self._roles if (match := one.pattern.search(text))), None)
        if found is not None and len(found[1][0]) == len(text):
            return self._role(found[0].what, agency)
        if found is None and any(one.pattern.fullmatch(text) for one in self._agencies):
            return self.agency(text)
        made = self._free(slug(text))
        if found is None:
            self.people[made] = Person(text, "professional" if agency else "public", "", agency)
            self.unsure[made] = "Who is it: family, support, public or professional, and of which agency?"
        elif found[0].what[2] in _NOT_PROFESSIONAL:
            self.people[made] = Person(text, found[0].what[2], found[0].what[1].lower(), "")
        else:
            role = found[0].what
            self.people[made] = Person(text, "professional", role[1].lower(), self._works_in(role, agency))
        return made

    def keep(self, used: Iterable[str]) -> None:
        """Leave out whom only a passing word mentions: neither used nor named by a person."""
        kept = {*used, *self._named.values(), *self._agency_of.values()}
        self.people = {one: person for one, person in self.people.items() if one in kept}
        kept |= {person.agency for person in self.people.values()}
        self.agencies = {one: named for one, named in self.agencies.items() if one in kept}
        self.unsure = {one: asked for one, asked in self.unsure.items() if one in self.people or one in self.agencies}

    def mentioned(self, text: str, agency: str) -> list[Somebody]:
        """Everybody whom a text mentions, in its order; `agency` is that of the row."""
        found: list[Somebody] = []
        for match in words.TITLED.finditer(text):
            found.append(Somebody(self._titled(match, agency), *match.span(), match[0], False))
        for role in self._roles:
            for match in role.pattern.finditer(text):
                if not _overlaps(found, match):
                    found.append(Somebody(self._role(role.what, agency), *match.span(), match[0], False))
        for word in self._agencies:
            for match in word.pattern.finditer(text):
                if not _overlaps(found, match):
                    found.append(Somebody(self._mentioned_agency(word.what[0]), *match.span(), match[0], True))
        return sorted(found, key=lambda one: one.start)

    def _mentioned_agency(self, one: str) -> str:
        return self.agency_word(one)

    def _titled(self, match: re.Match[str], agency: str) -> str:
        made = slug(match[0])
        if made not in self.people:
            role = words.TITLE_ROLES.get(match["title"], "")
            if role:
                known = next(found.what for found in self._roles if found.what[0] == role)
                self.people[made] = Person(match[0], "professional", known[1].lower(), self._works_in(known, agency))
            else:
                self.people[made] = Person(match[0], "professional", "", agency)
                self.unsure[made] = "Who is it: family, support, public or professional, and of which agency?"
        return made

    def _role(self, role: tuple[str, ...], agency: str) -> str:
        one, name, what = role
        if what in _NOT_PROFESSIONAL:
            self.people.setdefault(one, Person(name, what, name.lower() if what != "public" else "", ""))
            return one
        place = self._works_in(role, agency)
        known = self.people.get(one)
        if known is not None and known.agency != place:  # the same role in another agency is another person
            one = next((other for other, p in self.people.items() if p.role == name.lower() and p.agency == place), one)
            one = self._free(f"{one}_{place}") if self.people[one].agency != place else one
        self.people.setdefault(one, Person(name, "professional", name.lower(), place))
        return one

    def _works_in(self, role: tuple[str, ...], agency: str) -> str:
        """The agency of a role: that of the row where its sector fits, else the usual one."""
        sector = self.agencies.get(agency, ("", ""))[1]
        usual = _ROLE_AGENCY.get(role[0], "")
        if sector and sector == role[2] and (sector != "health" or agency in (usual, "health")):
            return agency
        return self.agency_word(usual) if usual else agency

    def _free(self, made: str) -> str:
        """An id that nobody has yet."""
        number, one = 1, made
        while one in self.people or one in self.agencies or one in self.taken:
            number += 1
            one = f"{made}{number}"
        return one


def _overlaps(found: list[Somebody], match: re.Match[str]) -> bool:
    return any(one.start < match.end() and match.start() < one.end for one in found)


def slug(text: str) -> str:
    """A short id from a name.

    Examples
    --------
    >>> slug("Children's Social Care"), slug("PC Smith")
    ('childrens_social_care', 'pc_smith')
    """
    plain = re.sub(r"[^\w]+", "_", text.casefold().replace("'", "").replace("\u2019", "")).strip("_")
    return plain[:_LONGEST_ID].strip("_") or "unnamed"
