"""What an explorer knows of a case, day by day: who is there, what happened, and who had which share of the picture.

Everything comes from the engine, for every day at once; the script of the page only shows it. People, agencies,
concerns and rows are numbers (their place in a list), days are counted from the first day of the record, and what does
not come by the last day is -1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK
from ..record.involvement import involvement
from ..record.parties import agency_of, members, sector
from ..record.snapshot import KEEPING, Snapshot, row_order, snapshot_on
from ..rules import Rules
from ..tables._picture_over_time import picture_days
from .names import Names
from .rows import notes, written

Flat = list[int]  # numbers in a row, of which several belong together


def last_day(case: Case, at: int | None) -> int:
    """The last day that an explorer shows: the one asked for, or the last on which anything happened or was read."""
    if at is not None:
        return at
    days = [window.last for row in case._records.rows for window in (row.date, row.reached)]
    return max([*days, case._day(None)])


class Ids:
    """The numbers of whatever is named on a page: people and agencies, concerns, rows, the words of kinds."""

    def __init__(self, case: Case, last: int) -> None:
        records = case._records
        firsts = [row.date.first for row in records.rows if row.date.first <= last]
        self.first = min([*firsts, last])
        self.last = last
        self.holders = {one: place for place, one in enumerate([*records.people, *records.agencies])}
        self.concerns = {one: place for place, one in enumerate(records.concerns)}
        self.rows: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.steps: dict[tuple[int, int, int], int] = {}

    def row(self, row: str) -> int:
        """The number of a row."""
        return self.rows.setdefault(row, len(self.rows))

    def word(self, word: str) -> int:
        """The number of a word."""
        return self.words.setdefault(word, len(self.words))

    def day(self, day: int | None) -> int:
        """A day as the page counts it; -1 where it is none by the last day."""
        return -1 if day is None or day > self.last else max(day - self.first, 0)

    def who(self, names: Iterable[str]) -> Flat:
        """The numbers of people and agencies."""
        return [self.holders[one] for one in dict.fromkeys(names)]

    def chain(self, passings: Iterable[tuple[int, int]]) -> int:
        """The number of a chain's last step; a step is what came before it, a row, and to whom it came."""
        step = -1
        for row, holder in passings:
            step = self.steps.setdefault((step, row, holder), len(self.steps))
        return step


class Record:
    """One case as an explorer shows it: the record, or what it would have been."""

    def __init__(self, case: Case, last: int, rules: Rules, ids: Ids) -> None:
        self.case, self.rules, self.ids = case, rules, ids
        self.view = snapshot_on(case, last, rules)
        self._names = Names(self.view)
        for row in self.rows():
            ids.row(row.id)

    def rows(self) -> list[Row]:
        """The rows by the last day, in the order in which they are read."""
        return sorted(self.view.rows, key=lambda row: (self.view.when(row.date), row_order(row)))

    # what happened ------------------------------------------------------------------------------------

    def row_data(self) -> dict[int, dict[str, Any]]:
        """Each row: its day, kind, who, to whom, in the room, concerns; when it was read, and whom it did not reach."""
        return {self.ids.row(row.id): self._row(row) for row in self.rows()}

    def _row(self, row: Row) -> dict[str, Any]:
        ids, view = self.ids, self.view
        reached = set(view.reaches(row)) if view.by(row.reached) else set()
        heard = (*row.to, *row.present) if row.is_sent else ()
        found: dict[str, Any] = {
            "d": ids.day(view.when(row.date)),
            "k": ids.word(row.kind),
            "w": ids.who(row.who),
            "t": ids.who(row.to),
            "p": ids.who(row.present),
            "c": [ids.concerns[one] for one in row.concerns],
            "x": ids.who(one for one in heard if one not in reached),
            "r": ids.day(view.when(row.reached)) if row.received_on is not None else -1,
            "s": int(row.is_sent) + 2 * int(row.is_together) + 4 * int(row.is_sent and row.two_way),
            "z": int(row.kind in LOOKING_BACK),
        }
        return {name: value for name, value in found.items() if value not in ([], 0, -1) or name in ("d", "k")}

    def text_of(self, row: str) -> dict[str, str]:
        """A row in words: its date and summary as they were written, and what else it says."""
        date, summary = written(self.view, row)
        said = "; ".join(self.said(self.view.by_id[row]))
        return {"id": row, "date": date, "summary": summary, "notes": said}

    def said(self, row: Row) -> Iterator[str]:
        """What else a row says, nothing of which came later than the page shows."""
        for words, who in notes(row, self._names):
            if not words.startswith("read ") or self.view.by(row.reached):
                yield words + ("" if who is None else "; ".join(one.person for one in who.names))
        if row.received_on is not None and not self.view.by(row.reached):
            yield "not read by then"

    # who ----------------------------------------------------------------------------------------------

    def on_the_map(self) -> dict[str, int]:
        """From which day everybody is on the map: the child and the family always, others once they appear."""
        view, found = self.view, {}
        named, acted = self._first_named()
        for person in view.records.people.values():
            if person.kind in ("child", "family"):
                found[person.id] = self.ids.first
            elif (day := (named if person.id in view.family else view.appeared).get(person.id)) is not None:
                found[person.id] = day
        return found | {one: acted[one] for one in view.records.agencies if one in acted and one in view.actors}

    def _first_named(self) -> tuple[dict[str, int], dict[str, int]]:
        """On which day everybody was first named in a row or a tie, and first took part in a contact or kept a file."""
        view = self.view
        named: dict[str, int] = {}
        acted: dict[str, int] = {}

        def note(found: dict[str, int], names: Iterable[str], day: int) -> None:
            for one in names:
                found[one] = min(day, found.get(one, day))

        for row in view.rows:
            day = view.when(row.date)
            note(named, (*row.who, *row.to, *row.present, *row.absent), day)
            note(acted, (*row.named, *(row.who if row.kind in KEEPING else ())), day)
        for tie in view.records.ties:
            if tie.start is None or view.by(tie.start):
                day = self.ids.first if tie.start is None else view.when(tie.start)
                note(named, (tie.source, tie.target), max(day, self.ids.first))
        return named, acted

    def involved(self) -> dict[int, Flat]:
        """On which days each professional was involved: first and last day of each spell."""
        ids = self.ids
        return {
            ids.holders[one]: [day for spell in spells for day in (ids.day(spell.first), ids.day(spell.last))]
            for one, spells in involvement(self.view).items()
        }

    def shares(self) -> dict[str, Flat]:
        """The share of the known severity that each professional, each agency file and each agency has on record.

        As pairs of a day and the per cent from then on. The key is the number of a person or a file, and with an "a"
        before it that of a whole agency: its file and its professionals.
        """
        found: defaultdict[str, Flat] = defaultdict(list)
        groups = self._sharing()
        for day in picture_days(self.view):
            if day >= self.ids.first:
                for key, share in self._shares_on(day, groups).items():
                    if share != (found[key][-1] if found[key] else 0):
                        found[key] += [self.ids.day(day), share]
        return {key: steps for key, steps in found.items() if steps}

    def _sharing(self) -> dict[str, dict[str, int]]:
        """Whose shares there are, each with the worries that they come to have on record and from which day."""
        view, since = self.view, self.view.since_then
        worries = {concern.id for concern in view.records.concerns.values() if concern.is_worry}
        ones = (*sorted(view.professionals), *view.records.agencies)
        groups: dict[str, tuple[str, ...]] = {str(self.ids.holders[one]): (one,) for one in ones}
        groups |= {f"a{self.ids.holders[one]}": members(view, one) for one in view.records.agencies}
        had: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for (holder, concern), day in since.items():
            if concern in worries:
                had[holder][concern] = day
        return {"": self._first(had[one] for one in sorted(view.professionals))} | {
            key: self._first(had[one] for one in group) for key, group in groups.items()
        }

    @staticmethod
    def _first(several: Iterable[dict[str, int]]) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in several:
            for concern, day in one.items():
                found[concern] = min(day, found.get(concern, day))
        return found

    def _shares_on(self, day: int, groups: dict[str, dict[str, int]]) -> dict[str, int]:
        """The shares on a day; a worry is known once a professional has it, unless it is resolved."""
        view = self.view
        known = {one for one, since in groups[""].items() if since <= day and not view.is_resolved(one, day)}
        whole = view.total(known)
        found = {}
        for key, had in groups.items():
            part = view.total(one for one, since in had.items() if since <= day and one in known)
            found[key] = round(100 * part / whole) if whole else 0
        del found[""]
        return found


# names ---------------------------------------------------------------------------------------------------


def people_data(view: Snapshot, ids: Ids, shown: Iterable[str]) -> list[dict[str, Any] | None]:
    """Everybody who is shown: name, what stands there while names are hidden, what they are, agency, sector."""
    among, hidden = set(shown), hidden_names(view)
    return [_holder(view, ids, one, hidden[one]) if one in among else None for one in ids.holders]


def _holder(view: Snapshot, ids: Ids, one: str, hidden: str) -> dict[str, Any]:
    person = view.records.people.get(one)
    agency = agency_of(view.records, one)
    found: dict[str, Any] = {"n": view.name(one), "h": hidden, "k": "agency" if person is None else person.kind}
    if agency:
        found |= {"a": ids.holders[agency], "s": sector(view, one)}
    return found


def hidden_names(view: Snapshot) -> dict[str, str]:
    """What stands for everybody while names are hidden: a role or a sector, with a number where several have it."""
    records = view.records
    words = {
        one.id: (one.role.split(";")[0].strip() if one.id in view.professionals else "")
        or {"professional": "professional", "support": "family's own support"}.get(one.kind, one.kind)
        for one in records.people.values()
    }
    words |= {one.id: f"{one.sector.replace('_', ' ')} agency" for one in records.agencies.values()}
    words = {one: word[:1].upper() + word[1:] for one, word in words.items()}
    total, seen = Counter(words.values()), Counter[str]()
    found = {}
    for one, word in words.items():
        seen[word] += 1
        found[one] = f"{word} {seen[word]}" if total[word] > 1 else word
    return found


def concern_data(view: Snapshot, ids: Ids, shown: Iterable[str]) -> list[dict[str, Any] | None]:
    """The concerns that are shown: id, summary, category, severity, and whether it is a worry."""
    among = set(shown)
    return [_concern(view, one) if one in among else None for one in ids.concerns]


def _concern(view: Snapshot, one: str) -> dict[str, Any]:
    concern = view.records.concerns[one]
    return {
        "i": one,
        "t": " ".join(concern.summary.split()),
        "g": concern.category.replace("_", " "),
        "v": concern.severity,
        "w": int(concern.is_worry),
    }
