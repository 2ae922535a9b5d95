"""What the clauses of an entry propose as rows: a kind by a word, and who did it to whom by who is mentioned where."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import draft_words as words
from .chronology_table import Entry
from .draft_cast import Cast, Somebody

_CLAUSES = re.compile(  # not after Dr. or an initial
    r"(?<=[.;\n])(?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bMrs\.)\s+|\n|;\s*|\s+[-–—]\s+"
)
_DIRECTED = ("told", "asked", "declined", "decided", "withheld", "disagreed")  # kinds that go from somebody to somebody
NO_WORD = "no word of it says what happened"
_READ_BY = re.compile(r"\bread by (?:the |an? )?$", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the |an? )?$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|without)(?: \w+)? $", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|says|alleged|disclosed|reported|told|stated|explained|admitted)\b", re.IGNORECASE)


class Guess(NamedTuple):
    """A row that a clause proposes."""

    kind: str
    who: str
    to: str
    text: str
    cells: dict[str, str]
    because: str
    confidence: str


class Guessing:
    """Proposes rows for entries; whom they mention joins the cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.kinds = words.kinds()

    def of_entry(self, entry: Entry, agency: str, own: str) -> list[Guess]:
        found: list[Guess] = []
        for part, default in (("event", "observed"), ("action", "agreed"), ("outcome", "agreed")):
            text = entry.parts.get(part, "")
            clauses = [clause.strip(" .;") for clause in _CLAUSES.split(text) if clause and clause.strip(" .;")]
            several = [self._guess(clause, agency, own, entry) for clause in clauses]
            found += _joined([guess for guess in several if guess is not None], text)
            if text and clauses and not any(several):
                found.append(Guess(default, own, "", text, {}, NO_WORD, "low"))
        if not found:
            found.append(
                Guess("observed", own, "", entry.parts.get("comment", ""), {}, "the entry has no event", "low")
            )
        return found

    def _guess(self, clause: str, agency: str, own: str, entry: Entry) -> Guess | None:
        """What a clause proposes; None if no word of it does."""
        hit = next(((one, match) for one in self.kinds if (match := one.pattern.search(clause))), None)
        if hit is None or _NOT.search(clause[: hit[1].start()]):
            return None
        word, match = hit
        people = self.cast.mentioned(clause, agency)
        who, to = self._parties(word.kind, clause, match, people, own)
        if not to and word.kind == "told" and entry.parts.get("to"):
            to = self.cast.person(entry.parts["to"], "")
        because = f"{match[0]!r}: {word.kind}" + "".join(
            f"; {one.word!r}: {one.id}" for one in people if one.id in (who, to)
        )
        cells = dict(word.cells)
        if word.kind in ("told", "declined") and not to:
            return Guess("observed", who, "", clause, {}, f"{because}; nobody is named to whom", "low")
        if word.kind == "asked" and not to:
            to = self.cast.agency_word("csc")
            return Guess("asked", who, to, clause, cells, f"{because}; to whom is a guess", "low")
        if word.kind == "met":
            who = ";".join(dict.fromkeys([own, *(one.id for one in people if one.id != own)]))
            sure = ";" in who
            return Guess("met", who, "", clause, cells, because, "medium" if sure else "low")
        return Guess(word.kind, who, to, clause, cells, because, "medium")

    def _parties(
        self, kind: str, clause: str, verb: re.Match[str], people: list[Somebody], own: str
    ) -> tuple[str, str]:
        """Who did it and to whom: whoever stands before the verb, and whoever it is directed to."""
        if kind not in _DIRECTED:
            return self._doer(clause, verb, people) or own, ""
        to = next((one for one in people if words.TOWARDS.search(clause[: one.start])), None)
        others = [one for one in people if one is not to]
        before = next((one for one in others if one.end <= verb.start()), None)
        after = next((one for one in others if one.start >= verb.start()), None)
        received = words.RECEIVED.search(clause)
        if after and _READ_BY.search(clause[: after.start]):
            return own, after.id
        if received and after and after.start > received.start() and to is None and before is None:
            return after.id, own if own != after.id else ""
        who = before.id if before else own
        if to is not None:
            return (who if who != to.id else own), (to.id if to.id != who or own != to.id else "")
        if before and before.id != own and (_SAID.search(clause) or not after):
            return before.id, own
        if after and after.id != who and kind != "decided":
            return who, after.id
        return who, ""

    def _doer(self, clause: str, verb: re.Match[str], people: list[Somebody]) -> str:
        """The professional who stands before the verb, or after it with "by"; empty if there is none."""
        for one in people:
            person = self.cast.people.get(one.id)
            named = one.end <= verb.start() or _BY.search(clause[: one.start])
            if named and person is not None and person.kind == "professional":
                return one.id
        return ""


def _joined(guesses: list[Guess], text: str) -> list[Guess]:
    """Clauses that propose the same are one row; a row that is alone has the whole text."""
    found: list[Guess] = []
    for guess in guesses:
        last = found[-1] if found else None
        if last and last[:3] == guess[:3] and (last.cells == guess.cells or guess.kind == "observed"):
            because = "; ".join(dict.fromkeys([*last.because.split("; "), *guess.because.split("; ")]))
            cells = {**guess.cells, **last.cells}
            sure = "medium" if "medium" in (last.confidence, guess.confidence) else "low"
            found[-1] = last._replace(text=f"{last.text}. {guess.text}", because=because, cells=cells, confidence=sure)
        else:
            found.append(guess)
    return [found[0]._replace(text=text)] if len(found) == 1 else found
