"""Rows, people and concerns of a draft from coded passages: what was coded is taken, what is lacking is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...case.slips import bare
from ...dates import BadDate, standard
from ...errors import CaseError, Problem
from ...wording import count
from ...written import ALL_NUMBERS, DateOrder
from .. import draft_words as words
from ..chronology_table import Entry
from ..draft_cast import Cast, child_id, slug
from ..draft_guesses import NO_WORD, Guess, Guessing
from ..drafts import GUESS, Draft, Question
from .coding import PARTIES, Meaning, meaning_of, with_own_words
from .segments import Code, Segment, joined, nested

CANNOT_TELL = (
    "What nobody marked is not in it: a passage that was not coded is not there.",
    "Whether two passages tell of one event: each passage with a kind of row is a row of its own.",
    "What a code of your own means: it is read by its words, and every such reading is marked as a guess.",
    "Pictures, sound and film: only what is written about a selection is taken.",
)
_COLUMNS = (
    *("id", "date", "kind", "who", "to", "present", "absent", "concerns", "seen", "channel", "two_way", "received"),
    *("complete", "outcome", "reason", "rating", "consent", "confidence", "summary", "source", GUESS),
    *("given codes", "given document", "given place", "given coder", "given comment"),
)
_ONE_WORD = (
    "seen",
    "channel",
    "two_way",
    "received",
    "complete",
    "outcome",
    "reason",
    "rating",
    "consent",
    "confidence",
)
_TO_WHOM = ("told", "asked", "declined", "withheld", "assumed")  # kinds that need a recipient
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS},? \d{{4}}\b", re.IGNORECASE | re.ASCII
)
Said = Mapping[str, Sequence[Meaning]]


class SegmentDrafting:
    """A draft of coded passages while it is made."""

    def __init__(
        self, name: str, segments: Iterable[Segment], agency: str, child: str, order: DateOrder | None
    ) -> None:
        self.name, self.order, self.child = name, order, child
        listed = joined(with_own_words(one) for one in segments)
        self.means: dict[Code, Meaning | None] = {code: meaning_of(code) for one in listed for code in one.codes}
        makers = [code for code, what in self.means.items() if what and what.column == "kind" and not what.because]
        self.segments = nested(listed, makers)
        self.cast = Cast([child_id(self.child)])
        self.guessing = Guessing(self.cast)
        self.owner = self.cast.agency(agency) if agency else ""
        self.questions: list[Question] = []
        self.problems: list[Problem] = []
        self.rows: list[dict[str, str]] = []
        self.sources: dict[str, str] = {}
        self.concerns: dict[tuple[str, str], str] = {}  # category and name -> id
        self.called: dict[str, str] = {}  # concern -> what it is called
        self.because: dict[str, str] = {}  # concern -> the code of somebody's own that it rests on
        self.grave: defaultdict[str, set[str]] = defaultdict(set)
        self.strange: defaultdict[Code, list[str]] = defaultdict(list)  # code -> rows
        self.dated: list[str] = []  # rows whose date stands in the passage only
        self.codes_concerns = any(what and what.column == "concerns" for what in self.means.values())

    def draft(self) -> Draft:
        """The draft.

        Raises
        ------
        CaseError
            If dates of numbers only have no order.
        """
        for code, what in self.means.items():  # who is below Agency is an agency, wherever else the name stands
            if what and what.column == "agency":
                self.cast.agency(what.value or code[-1])
        for one in self.segments:
            self._segment(one)
        if self.problems:
            raise CaseError(self.problems, self.name)
        self._whole_documents()
        self.cast.keep(one for row in self.rows for name in PARTIES for one in row.get(name, "").split(";"))
        self._ask()
        used = [
            name for name in _COLUMNS if name in ("id", "date", "kind", "who", "to", "concerns", "summary", "source")
        ]
        columns = [name for name in _COLUMNS if name in used or any(row.get(name) for row in self.rows)]
        tables: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
            **self.cast.tables(self.child),
            "concerns": (("id", "about", "category", "severity", "summary"), self._graded()),
            "chronology": (columns, [tuple(row.get(name, "") for name in columns) for row in self.rows]),
            "sources": (("code", "title"), list(self.sources.items())),
        }
        return Draft(tables, self.questions, self.name, CANNOT_TELL)

    # rows -----------------------------------------------------------------------------------------

    def _segment(self, one: Segment) -> None:
        said: defaultdict[str, list[Meaning]] = defaultdict(list)
        for code in one.codes:
            what = self.means[code] if code in self.means else meaning_of(code)
            if what is not None:
                said[what.column].append(what)
        agency = self._agency(one, said)
        concerns = self._concerns(one, said)
        for number in {m.value for m in said.get("severity", ())}:
            for concern in concerns:
                self.grave[concern].add(number)
        first = len(self.rows)
        for guess in self._guesses(one, said, agency):
            self._row(one, said, guess, concerns, agency)
        row = self.rows[first]["id"]
        for code in one.codes:
            if self.means.get(code, meaning_of(code)) is None:
                self.strange[code].append(row)

    def _agency(self, one: Segment, said: Said) -> str:
        """Whose record it is: by a code of the passage, of its document, or a variable."""
        coded = [
            *said.get("agency", ()),
            *(m for c in one.document.codes if (m := meaning_of(c)) and m.column == "agency"),
        ]
        name = coded[0].value if coded else one.document.agency
        return self.cast.agency(name) if name else self.owner

    def _guesses(self, one: Segment, said: Said, agency: str) -> list[Guess]:
        """The rows of a passage: one for each kind that is coded, else what its words propose."""
        read = self.guessing.of_entry(Entry(one.line, {"event": one.text}, {}), agency, agency)
        kinds = {meaning.value: meaning for meaning in said.get("kind", ())}
        found = []
        for kind, meaning in kinds.items():
            like = next((guess for guess in read if guess.kind == kind), None)
            why = f"code {meaning.because!r}: {kind}" if meaning.because else ""
            if like is None:
                like = Guess(kind, agency if kind != "needed" else "", "", one.text, {}, "", "")
            because = "; ".join(part for part in (why, *like.because.split("; ")) if part and part != NO_WORD)
            sure = "low" if meaning.because else ""
            found.append(like._replace(kind=kind, because=because, confidence=sure, text=one.text))
        return found or read

    def _row(self, one: Segment, said: Said, guess: Guess, concerns: Sequence[str], agency: str) -> None:
        row = {"id": f"e{len(self.rows) + 1}", "kind": guess.kind, "who": guess.who, "to": guess.to}
        row["confidence"] = guess.confidence
        row |= guess.cells
        for column in ("who", "to", "present", "absent"):
            if named := said.get(column):
                row[column] = ";".join(dict.fromkeys(self._party(meaning.value, agency) for meaning in named))
        for column in _ONE_WORD:
            if values := list(dict.fromkeys(meaning.value for meaning in said.get(column, ()))):
                row[column] = values[0]
                if len(values) > 1:
                    asked = f"It is coded {' and '.join(values)}. Which is it?"
                    self.questions.append(Question("chronology", row["id"], column, asked))
        date, why = self._date(one, said, row["id"])
        row |= {"date": date, "concerns": ";".join(concerns), "summary": one.text, "source": self._source(one)}
        ids = (*row["who"].split(";"), *row["to"].split(";"))
        parts = [part for part in guess.because.split("; ") if not self._overruled(part, ids)]
        row[GUESS] = "; ".join(part for part in (*parts, why) if part)
        row |= {"given codes": "\n".join(" > ".join(code) for code in one.codes), "given document": one.document.name}
        row |= {"given place": one.place, "given coder": one.coder, "given comment": one.comment}
        self.rows.append(row)
        self._ask_of(row)

    def _overruled(self, part: str, named: Sequence[str]) -> bool:
        """Whether a guess proposes somebody in whose place a code has another."""
        one = part.rpartition(": ")[2]
        return (one in self.cast.people or one in self.cast.agencies) and one not in named

    def _ask_of(self, row: Mapping[str, str]) -> None:
        kind, one = row["kind"], row["id"]
        if not row["who"] and kind not in ("needed", "agreed"):
            self.questions.append(Question("chronology", one, "who", "Who was it?", needed=True))
        if not row["to"] and kind in _TO_WHOM:
            self.questions.append(Question("chronology", one, "to", "To whom?", needed=True))
        if row["confidence"] == "low":
            asked = "Is this what happened, by whom and to whom? No code of the case format says so."
            self.questions.append(Question("chronology", one, "kind", asked))

    def _date(self, one: Segment, said: Said, row: str) -> tuple[str, str]:
        """The date of a passage, and on which words it rests if nobody coded it."""
        coded = [meaning.value for meaning in said.get("date", ())]
        text = coded[0] if coded else one.document.date
        if not text:
            if found := _DATE.search(one.text):
                self.dated.append(row)
                return self._standard(found[0], one, row), f"{found[0]!r}: date"
            self.questions.append(Question("chronology", row, "date", "When was it?", needed=True))
            return "", ""
        if len(set(coded)) > 1:
            asked = f"It is coded with {count(len(set(coded)), 'date')}; the first is taken. Which is it?"
            self.questions.append(Question("chronology", row, "date", asked))
        return self._standard(text, one, row), "" if coded else "the date is that of the whole document"

    def _standard(self, text: str, one: Segment, row: str) -> str:
        try:
            return standard(text, self.order)
        except BadDate as error:
            said = f"the date {text!r} cannot be read: {error.problem}"
            if ALL_NUMBERS in error.problem and self.order is None:  # asked once, for all of them
                self.problems.append(Problem("the passages", one.line, "date", text, said, error.hint))
            asked = f"{said[0].upper()}{said[1:]} {error.hint}"
            self.questions.append(Question("chronology", row, "date", asked, needed=True))
            return text

    def _party(self, name: str, agency: str) -> str:
        if bare(name) in {bare(self.child or "child"), "child", "the child", "thechild"}:
            return child_id(self.child)
        return self.cast.named(name, agency)

    def _source(self, one: Segment) -> str:
        code = slug(one.document.name)
        self.sources.setdefault(code, one.document.name)
        return code

    # concerns -------------------------------------------------------------------------------------

    def _concerns(self, one: Segment, said: Said) -> list[str]:
        """The concerns of a passage: those that are coded; where no concern is coded anywhere, by its words."""
        found = list(said.get("concerns", ()))
        if not self.codes_concerns:
            hits = [(w.what, match[0]) for w in words.concerns() if (match := w.pattern.search(one.text))]
            found = [Meaning("concerns", what[1], what[0], word) for what, word in hits]
        ids = []
        for meaning in found:
            key = (meaning.category, bare(meaning.value))
            made = self.concerns.setdefault(key, f"C{len(self.concerns) + 1}")
            self.because.setdefault(made, "")
            if meaning.because:
                self.because[made] = meaning.because
            self.called.setdefault(made, meaning.value or meaning.category.replace("_", " ").capitalize())
            ids.append(made)
        return list(dict.fromkeys(ids))

    def _graded(self) -> list[tuple[str, ...]]:
        lines: list[tuple[str, ...]] = []
        for (category, _), one in self.concerns.items():
            numbers = sorted(self.grave.get(one, ()))
            calm = category in ("reassurance", "strength")
            severity = numbers[-1] if numbers else "0" if calm else ""
            if len(numbers) > 1:
                asked = f"It is coded {' and '.join(numbers)}; the highest is taken. How grave is it?"
                self.questions.append(Question("concerns", one, "severity", asked))
            elif not severity:
                self.questions.append(Question("concerns", one, "severity", "How grave is it (1 to 4)?", needed=True))
            if why := self.because[one]:
                asked = f"Is it a concern, and of this category? It is read from the words {why!r}."
                self.questions.append(Question("concerns", one, "category", asked))
            lines.append((one, child_id(self.child), category, severity, self.called[one]))
        return lines

    # what is left to ask --------------------------------------------------------------------------

    def _ask(self) -> None:
        self.questions += self.cast.questions(self.child)
        if self.dated:
            many = count(len(self.dated), "row")
            asked = f"The date of {many} stands in the passage only (column guess). Is it the day of what happened?"
            self.questions.append(Question("chronology", self.dated[0], "date", asked))
        for code, rows in self.strange.items():
            said = (
                f"The code {' > '.join(code)!r} ({count(len(rows), 'passage')}) is none of the case format. Does it "
                "say who, what or which concern?"
            )
            self.questions.append(Question("chronology", rows[0], "given codes", said))

    def _whole_documents(self) -> None:
        """Codes of whole documents, which go into no row unless they say whose record it is."""
        first = {row["given document"]: row["id"] for row in reversed(self.rows)}
        for document in dict.fromkeys(one.document for one in self.segments):
            others = [c for c in document.codes if (m := meaning_of(c)) is None or m.column not in PARTIES[-1:]]
            if others and document.name in first:
                named = ", ".join(repr(" > ".join(code)) for code in others)
                said = f"The whole document is coded {named}, which is in no row. Does it belong into some?"
                self.questions.append(Question("chronology", first[document.name], "given document", said))
