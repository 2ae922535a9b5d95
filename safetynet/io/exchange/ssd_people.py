"""Who is in a Standard Safeguarding Dataset: the family, workers, and the sources of contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..draft_cast import slug
from ..drafts import Question
from .ssd_tables import Line
from .ssd_words import AUTHORITY, PERSON_OF, SOURCES, Source

_COLUMNS = ("id", "name", "kind", "role", "agency", "born", "given id", "given team")
Date = Callable[[str, Line, str], str]


class People:
    """The people and agencies of a draft; names are labels, and the ids of the data set stand beside them."""

    def __init__(
        self, tables: Mapping[str, list[Line]], family: Sequence[str], date: Date, questions: list[Question]
    ) -> None:
        self.questions = questions
        self.people: dict[str, dict[str, str]] = {}
        self.agencies: dict[str, tuple[str, str, str]] = {AUTHORITY[0]: AUTHORITY}
        self.ties: list[tuple[str, str, str]] = []
        self._ids: dict[str, str] = {}  # of the data set -> of the draft
        self._workers: dict[str, str] = {}
        self._staff = {line.get("prof_professional_id", ""): line for line in tables.get("professionals", ())}
        self._teams = {line.get("dept_team_id", ""): line.get("dept_team_name", "") for line in tables["department"]}
        self._family(tables, family, date)

    def table(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """The table of people."""
        return _COLUMNS, [tuple(person.get(name, "") for name in _COLUMNS) for person in self.people.values()]

    def _add(self, one: str, name: str, kind: str, **cells: str) -> str:
        self.people[one] = {"id": one, "name": name, "kind": kind} | cells
        return one

    # the family -------------------------------------------------------------------------------------

    def _family(self, tables: Mapping[str, list[Line]], family: Sequence[str], date: Date) -> None:
        lines = {line["pers_person_id"]: line for line in tables.get("person", ())}
        mothers = [line.get("moth_person_id", "") for line in tables.get("mother", ())]
        children = [one for one in family if one == family[0] or one not in mothers]
        for number, one in enumerate(children):
            line = lines.get(one, {})
            born = date("person", line, "pers_dob") or date("person", line, "pers_expected_dob")
            label = "Child" if len(children) == 1 else f"Child {number + 1}"
            made = self._add(slug(f"child {number + 1}" if number else "child"), label, "child", born=born)
            self.people[made]["given id"], self._ids[one] = one, made
            if number:
                asked = "A person of the same family: a brother or sister, a parent, or a child of the child?"
                self.questions.append(Question("people", made, "kind", asked))
            if "pers_death_date" in line:
                died = date("person", line, "pers_death_date")
                asked = f"The data has a date of death, {died}. Is it the day of the harm (case, harm_date)?"
                self.questions.append(Question("people", made, "born", asked))
        for number, one in enumerate(dict.fromkeys(mother for mother in mothers if mother)):
            if one not in self._ids:
                made = self._add("mother" if not number else f"mother{number + 1}", "Mother", "family", role="mother")
                self.people[made]["given id"], self._ids[one] = one, made
        for line in tables.get("mother", ()):
            mother, child = (self._ids.get(line.get(f"moth_{one}_id", ""), "") for one in ("person", "childs_person"))
            if mother and child:
                self.ties.append((mother, child, "kin"))

    def child(self, line: Line, table: str) -> str:
        """The id of the child that a row is about; empty where the draft has one child only."""
        one = self._ids.get(line.get(PERSON_OF[table], ""), "")
        return one if sum(person["kind"] == "child" for person in self.people.values()) > 1 else ""

    # workers ----------------------------------------------------------------------------------------

    def worker(self, given: str, involvement: Line | None = None) -> str:
        """The id of a worker; empty where the data names none."""
        if not given:
            return ""
        if given not in self._workers:
            known, involved = self._staff.get(given, {}), involvement or {}
            role = known.get("prof_professional_job_title") or involved.get("invo_professional_role_id", "")
            team = involved.get("invo_professional_team") or known.get("prof_professional_department", "")
            number = len(self._workers) + 1
            made = self._add(f"w{number}", f"{role or 'Worker'} ({number})", "professional", role=role.lower())
            self.people[made] |= {"agency": AUTHORITY[0], "given id": given, "given team": self._teams.get(team, team)}
            self._workers[given] = made
            if not role:
                self.questions.append(
                    Question("people", made, "role", "What is this worker's role, and in which team?")
                )
        return self._workers[given]

    # sources ----------------------------------------------------------------------------------------

    def source(self, line: Line, code: str, said: str) -> str:
        """Who a contact came from: an agency by its kind; an individual is somebody of their own each time."""
        known = SOURCES.get(line.get(code, "").strip().upper().lstrip("0"))
        if known is None:
            known = self._described(line.get(said, "")) or SOURCES["10"]
        if known.kind == "child":
            return next(iter(self.people))
        if known.kind:
            return self._individual(known)
        return self._agency(known, "Which one was it, and was it one or several? The data has the kind only.")

    def _described(self, text: str) -> Source | None:
        """A source by its words, where the code is none of the list."""
        plain = " ".join(text.casefold().split())
        return next((one for one in SOURCES.values() if plain and one.name.casefold() == plain), None)

    def _individual(self, known: Source) -> str:
        number = sum(one.rstrip("0123456789") == known.id for one in self.people) + 1
        made = self._add(f"{known.id}{number}" if number > 1 else known.id, f"{known.name} ({number})", known.kind)
        asked = "Who was it? The data names a kind of person only; whoever is the same as another gets one id."
        self.questions.append(Question("people", made, "name", asked))
        return made

    def organisation(self, text: str) -> str:
        """The id of an organisation that a row names."""
        if not text:
            return ""
        return self._agency(Source(slug(text), " ".join(text.split()), "other"), "What sort of agency is it (sector)?")

    def _agency(self, known: Source, asked: str) -> str:
        one = known.id if known.id not in self.people else f"{known.id}_agency"
        if one not in self.agencies:
            self.agencies[one] = (one, known.name, known.sector)
            self.questions.append(Question("agencies", one, "sector", asked))
        return one
