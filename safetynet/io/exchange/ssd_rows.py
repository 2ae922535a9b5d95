"""The rows of a Standard Safeguarding Dataset, table by table, as rows of a chronology."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ...dates import BadDate, standard
from ...errors import Problem, without_narrative
from ...written import DateOrder
from ..drafts import GUESS, Draft, Question
from .ssd_people import People
from .ssd_tables import Line
from .ssd_words import (
    ABUSE,
    AUTHORITY,
    BY_WHOM,
    CANNOT_TELL,
    FACTORS,
    LEFT_OUT,
    NO_FACTOR,
    OF_THE_CHILD,
    PLAN_CATEGORIES,
    WHOSE,
)

_OWN = "given "
_COLUMNS = (
    "id",
    "date",
    "kind",
    "who",
    "to",
    "concerns",
    "about",
    "seen",
    "channel",
    "ref",
    "outcome",
    "summary",
    "source",
)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0*)?)?(?:Z|\+00:00)?$")
_SECONDS = re.compile(r"([T ]\d\d:\d\d(?::\d\d)?)(?:\.\d*)?(?:Z|\+00:00)?$")
_FACTOR = re.compile(r"\b(\d{1,2})([A-C]?)\b")
_YES = ("y", "yes", "true", "1", "t")
_ATTENDED = "Who was there, and who was not? The data does not say."
_PASSED = "What was passed on, how was it sent, and who was it? The data has the kind of source only."


class Drafting:
    """A draft while it is made."""

    def __init__(
        self, tables: Mapping[str, list[Line]], family: Sequence[str], name: str, order: DateOrder | None
    ) -> None:
        self.tables, self.name, self.order = tables, name, order
        self.problems: list[Problem] = []
        self.questions: list[Question] = []
        self.people = People(tables, family, self.date, self.questions)
        self.rows: list[dict[str, str]] = []
        self.concerns: dict[str, tuple[str, ...]] = {}  # what it is and whom about -> the row of the table
        self.meetings: dict[str, dict[str, str]] = {}  # the meeting of a table's id -> its row
        self.asked: list[tuple[dict[str, str], tuple[str, str, bool]]] = []  # the row, the column, the question, needed

    def draft(self) -> Draft:
        for table, rows in _TABLES.items():
            for line in self.tables.get(table, ()):
                rows(self, line)
        self.rows.sort(key=lambda row: (row["date"] or "~", row["kind"] != "opened"))
        for number, row in enumerate(self.rows, 1):
            row["id"] = f"e{number}"
        for row in self.rows:
            row["ref"] = ";".join(self.meetings[key]["id"] for key in row["ref"].split(";") if key in self.meetings)
        self.questions += [Question("chronology", row["id"], *asked) for row, asked in self.asked]
        own = list(dict.fromkeys(name for row in self.rows for name in row if name not in (*_COLUMNS, GUESS)))
        columns = (*_COLUMNS, GUESS, *own)
        return Draft(
            {
                "people": self.people.table(),
                "agencies": (("id", "name", "sector"), list(self.people.agencies.values())),
                "concerns": (("id", "about", "category", "severity", "summary"), list(self.concerns.values())),
                "chronology": (columns, [tuple(row.get(name, "") for name in columns) for row in self.rows]),
                "ties": (("source", "target", "kind"), self.people.ties),
                "sources": (("code", "title"), [("ssd", f"Standard Safeguarding Dataset: {self.name}")]),
            },
            self.questions,
            self.name,
            cannot_tell=CANNOT_TELL,
        )

    # cells ------------------------------------------------------------------------------------------

    def date(self, table: str, line: Line, column: str) -> str:
        """The date of a cell; midnight is no time of day."""
        text = _SECONDS.sub(r"\1", _MIDNIGHT.sub("", line.get(column, "")))
        if not text:
            return ""
        try:
            return standard(text, self.order)
        except BadDate as error:
            shown = line[column] if without_narrative(line[column]) == repr(line[column]) else ""
            self.problems.append(Problem(f"ssd_{table}", line.get("", ""), column, shown, error.problem, error.hint))
            return ""

    def add(self, table: str, line: Line, date: str, kind: str, **cells: str) -> dict[str, str]:
        """A row, with all cells that it was made of; `date` names the column."""
        row = dict.fromkeys(_COLUMNS, "") | {"kind": kind, "source": "ssd"} | cells
        row["date"] = self.date(table, line, date)
        row["about"] = self.people.child(line, table)
        row |= {f"{_OWN}{name}": text for name, text in line.items() if name and name not in LEFT_OUT}
        self.rows.append(row)
        if not row["date"]:
            self.ask(row, "date", "When was it?", needed=True)
        return row

    def ask(self, row: dict[str, str], column: str, question: str, *, needed: bool = False) -> None:
        self.asked.append((row, (column, question, needed)))

    # contacts ---------------------------------------------------------------------------------------

    def contact(self, line: Line) -> None:
        who = self.people.source(line, "cont_contact_source_code", "cont_contact_source_desc")
        row = self.add("contacts", line, "cont_contact_date", "told", who=who, to=AUTHORITY[0])
        row["summary"], row[GUESS] = "A contact was received.", "a contact of the data set"
        self.ask(row, "concerns", _PASSED)

    def referral(self, line: Line) -> None:
        who = self.people.source(line, "cine_referral_source_code", "cine_referral_source_desc")
        row = self.add("cin_episodes", line, "cine_referral_date", "asked", who=who, to=AUTHORITY[0])
        row["summary"], row[GUESS] = "A referral was received.", "a referral of the data set"
        self.ask(row, "concerns", f"{_PASSED} Is it the same as a contact before it?")
        if _is_yes(line, "cine_referral_nfa"):
            self._decided("cin_episodes", line, "cine_referral_date", "no_further_action", "No further action.")
        else:
            self._spell(
                "cin_episodes", line, ("cine_referral_date", "cine_close_date"), AUTHORITY[0], "A child in need"
            )

    def early_help(self, line: Line) -> None:
        named = line.get("earl_episode_organisation", "")
        who = self.people.worker(line.get("earl_episode_worker_id", "")) or self.people.organisation(named)
        self._spell(
            "early_help_episodes", line, ("earl_episode_start_date", "earl_episode_end_date"), who, "Early help"
        )

    def involvement(self, line: Line) -> None:
        who = self.people.worker(line.get("invo_professional_id", ""), line)
        dates = ("invo_involvement_start_date", "invo_involvement_end_date")
        self._spell("involvements", line, dates, who, "The involvement of a worker")

    def _spell(self, table: str, line: Line, dates: tuple[str, str], who: str, what: str) -> None:
        for column, kind, said in zip(dates, ("opened", "closed"), ("began", "ended"), strict=True):
            if column in line:
                row = self.add(table, line, column, kind, who=who, summary=f"{what}: {said}.")
                if not who:
                    self.ask(row, "who", "Who was involved?", needed=True)

    # what was found and decided ---------------------------------------------------------------------

    def assessment(self, line: Line) -> None:
        mine = [one for one in self.tables.get("assessment_factors", ()) if _same(one, line)]
        found = [one for each in mine for one in self._factors(each.get("cinf_assessment_factors_json", ""), line)]
        date = "cina_assessment_auth_date" if "cina_assessment_auth_date" in line else "cina_assessment_start_date"
        row = self.add("cin_assessments", line, date, "observed", who=AUTHORITY[0], concerns=";".join(found))
        row["summary"], row[GUESS] = "An assessment stood in the file.", "the factors of the assessment"
        self.people.worker(line.get("cina_assessment_worker_id", ""))
        self.ask(row, "who", "Who made the assessment, what did they see themselves, and how was the child seen?")
        if _is_yes(line, "cina_assessment_outcome_nfa"):
            self._decided("cin_assessments", line, date, "no_further_action", "No further action after the assessment.")

    def enquiry(self, line: Line) -> None:
        self.people.worker(line.get("s47e_s47_completed_by_worker_id", ""))
        begun = self._decided("s47_enquiry", line, "s47e_s47_start_date", "step_up", "A section 47 enquiry began.")
        self.ask(begun, "who", "Who decided it, and was there a strategy discussion, of whom?")
        if "s47e_s47_end_date" in line:
            outcome = "no_further_action" if _is_yes(line, "s47e_s47_nfa") else ""
            self._decided("s47_enquiry", line, "s47e_s47_end_date", outcome, "A section 47 enquiry ended.")

    def _decided(
        self, table: str, line: Line, date: str, outcome: str, said: str, concern: str = "", ref: str = ""
    ) -> dict[str, str]:
        """A decision of the authority."""
        row = self.add(table, line, date, "decided", who=AUTHORITY[0], outcome=outcome, summary=said)
        row |= {"concerns": concern, "ref": ref, GUESS: f"a date of ssd_{table}"}
        return row

    def cin_plan(self, line: Line) -> None:
        self.people.worker(line.get("cinp_cin_plan_worker_id", ""))
        self._plan("cin_plans", line, ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"), "A child in need plan")

    def cp_plan(self, line: Line) -> None:
        first = line.get("cppl_cp_plan_initial_category", "")
        concern = self._category(first, line)
        dates = ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
        began = self._plan("cp_plans", line, dates, "A child protection plan", concern, line.get("cppl_icpc_id", ""))
        latest = line.get("cppl_cp_plan_latest_category", "")
        if began and latest and latest != first:
            self.ask(began, "concerns", f"The category became {latest!r} later. When, and on whose word?")

    def _plan(
        self, table: str, line: Line, dates: tuple[str, str], what: str, concern: str = "", conference: str = ""
    ) -> dict[str, str] | None:
        ref = f"icpc {conference}" if conference else ""
        began = self._decided(table, line, dates[0], "step_up", f"{what} began.", concern, ref)
        if dates[1] in line:
            self._decided(table, line, dates[1], "step_down", f"{what} ended.", concern)
        return began

    # meetings and visits ----------------------------------------------------------------------------

    def conference(self, line: Line) -> None:
        self.people.worker(line.get("icpc_icpc_worker_id", ""))
        self._met("initial_cp_conference", line, "icpc", "conference", "An initial child protection conference.")

    def review(self, line: Line) -> None:
        self._met("cp_reviews", line, "cppr", "review", "A child protection review.")

    def _met(self, table: str, line: Line, short: str, channel: str, said: str) -> None:
        """A meeting; brothers and sisters at one meeting are one row. Nobody is entered as being there."""
        names = {"icpc": ("icpc_icpc_id", "icpc_icpc_meeting_id", "icpc_icpc_date")}
        other = ("cppr_cp_review_id", "cppr_cp_review_meeting_id", "cppr_cp_review_date")
        own, shared, date = names.get(short, other)
        if date not in line:
            return  # it did not take place, or not yet
        key = f"{short} meeting {line[shared]}" if shared in line else ""
        row = self.meetings.get(key) if key else None
        if row is not None and row["date"] == self.date(table, line, date):
            child = self.people.child(line, table)
            row["about"] = ";".join(dict.fromkeys([*row["about"].split(";"), child]))
        else:
            row = self.add(table, line, date, "met", channel=channel, summary=said)
            self.ask(row, "who", _ATTENDED, needed=True)
        self.meetings |= {name: row for name in (key, f"{short} {line.get(own, '')}") if name}

    def visit(self, line: Line, table: str, short: str) -> None:
        seen, alone = (_is_yes(line, f"{short}_visit_{what}") for what in ("seen", "seen_alone"))
        row = self.add(table, line, f"{short}_visit_date", "observed", who=AUTHORITY[0], channel="visit")
        row["summary"], row[GUESS] = "A visit.", "a visit of the data set"
        row["seen"] = "alone" if alone else "with_others" if seen and f"{short}_visit_seen_alone" in line else ""
        asked = "Who visited, and what did they see?"
        self.ask(row, "who", asked if seen else f"{asked} The child was not seen, or it is not said: why?")

    # concerns ---------------------------------------------------------------------------------------

    def _factors(self, text: str, line: Line) -> list[str]:
        """The concerns of the factors of an assessment."""
        found = []
        for number, letter in _codes(text):
            if number == NO_FACTOR or number not in FACTORS:
                continue
            category, said = FACTORS[number]
            if letter == "A" and number in OF_THE_CHILD:
                category = "health"
            whose = BY_WHOM[letter or "A"] if number in ABUSE else WHOSE.get(letter, "") if int(number) < 7 else ""
            words = f"{said} {whose}".strip() if number in ABUSE else f"{said}: {whose}" if whose else said
            found.append(self._concern(words, category, f"{number}{letter}", line, "cin_assessments"))
        return list(dict.fromkeys(found))

    def _category(self, text: str, line: Line) -> str:
        known = PLAN_CATEGORIES.get(text.strip().casefold()[:3])
        return self._concern(known[1], known[0], text, line, "cp_plans") if known else ""

    def _concern(self, words: str, category: str, code: str, line: Line, table: str) -> str:
        about = self.people.child(line, table)
        key = f"{about} {words}"
        if key not in self.concerns:
            one = f"C{len(self.concerns) + 1}"
            self.concerns[key] = (one, about, category, "", words)
            asked = f"How grave is it (1 to 4), and what was it? Proposed from the code {code!r}, which has no text."
            self.questions.append(Question("concerns", one, "severity", asked, needed=True))
        return self.concerns[key][0]


def _is_yes(line: Line, column: str) -> bool:
    return line.get(column, "").strip().casefold() in _YES


def _same(factors: Line, assessment: Line) -> bool:
    return factors.get("cinf_assessment_id") == assessment.get("cina_assessment_id")


def _codes(text: str) -> list[tuple[str, str]]:
    """The codes of factors in a cell: a JSON list, a JSON object (those that are not said to be no), or a text."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = text
    if isinstance(given, dict):
        no = ("", "n", "no", "false", "0", "none")
        given = [name for name, value in given.items() if str(value).strip().casefold() not in no]
    words: Iterable[object] = given if isinstance(given, list) else [given]
    return [(match[1], match[2]) for word in words if isinstance(word, str) for match in _FACTOR.finditer(word.upper())]


_TABLES: Mapping[str, Callable[[Drafting, Line], None]] = {
    "contacts": Drafting.contact,
    "cin_episodes": Drafting.referral,
    "early_help_episodes": Drafting.early_help,
    "involvements": Drafting.involvement,
    "cin_assessments": Drafting.assessment,
    "s47_enquiry": Drafting.enquiry,
    "initial_cp_conference": Drafting.conference,
    "cp_reviews": Drafting.review,
    "cin_plans": Drafting.cin_plan,
    "cp_plans": Drafting.cp_plan,
    "cin_visits": lambda drafting, line: drafting.visit(line, "cin_visits", "cinv_cin"),
    "cp_visits": lambda drafting, line: drafting.visit(line, "cp_visits", "cppv_cp"),
}
