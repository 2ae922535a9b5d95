"""What a sentence says that no row shows is held against who can have known what when, in random and packaged cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd
from hypothesis import given

import safetynet as sn
from tests import strategies
from tests.builder import from_tables

CASES = [line.name for line in sn.list_cases().itertuples()]


class Record:
    """Who may have which concern by a day, by the table of first days; nothing of the rules is used."""

    def __init__(self, case: sn.Case, day: int) -> None:
        self.case, self.day = case, day
        self.first = sn.knowledge(case).first_known(dates="earliest")
        people = case.people.set_index("id")
        self.professionals = set(people.index[people["kind"] == "professional"])
        self.agency = {one: people.loc[one, "agency"] or one for one in self.professionals}
        self.agency |= {one: one for one in case.agencies["id"]}
        self.sector = dict(zip(case.agencies["id"], case.agencies["sector"], strict=True))

    def actors(self, concern: str) -> set[str]:
        """The professionals and the files that may have a concern by the day."""
        days = self.first[concern].dropna()
        return {one for one, date in days.items() if date.toordinal() <= self.day} & self.agency.keys()

    def parties(self, concern: str) -> set[str]:
        return {self.agency[one] for one in self.actors(concern)}

    def sectors(self, concern: str) -> set[str]:
        return {self.sector.get(one, "") for one in self.parties(concern)}

    def tabled(self) -> set[str]:
        """What a meeting of two parties had on its table by the day."""
        found = set[str]()
        for row in self.case._records.rows:
            there = {self.agency[one] for one in row.who if one in self.agency}
            if row.kind == "met" and row.date.last <= self.day and len(there) > 1:
                found |= set(row.concerns)
        return found


def one_person(record: Record, line: object, concern: str) -> bool:
    return len(record.actors(concern)) == 1 and record.actors(concern) <= record.professionals


def one_agency(record: Record, line: object, concern: str) -> bool:
    return len(record.parties(concern)) == 1 < len(record.actors(concern))


def no_actor(record: Record, line: object, concern: str) -> bool:
    return not record.actors(concern)


def file_only(record: Record, line: object, concern: str) -> bool:
    agency = next(one for one in line.agencies if one in record.actors(concern))  # type: ignore[attr-defined]
    return not {one for one in record.actors(concern) if one != agency and record.agency[one] == agency}


def not_in(sector: str) -> Callable[[Record, object, str], bool]:
    return lambda record, line, concern: sector not in record.sectors(concern) and len(record.parties(concern)) > 1


def not_tabled(record: Record, line: object, concern: str) -> bool:
    return concern not in record.tabled()


CLAIMS: dict[str, Callable[[Record, object, str], bool]] = {
    "never_left_a_person": one_person,
    "never_left_an_agency": one_agency,
    "never_left_the_family": no_actor,
    "only_a_file": file_only,
    "never_reached_social_care": not_in("social_care"),
    "never_reached_police": not_in("police"),
    "nobody_ever_met": not_tabled,
}


def hold(found: sn.Case, table: pd.DataFrame, day: int) -> Counter[str]:
    """Every claim of the table holds; how many there were of each kind."""
    record, tried = Record(found, day), Counter[str]()
    for line in table[table["kind"].isin(CLAIMS)].itertuples():
        tried[line.kind] += 1
        for concern in line.concerns:
            assert CLAIMS[line.kind](record, line, concern), (line.statement, concern)
    return tried


@given(strategies.cases(), strategies.questions)
def test_what_random_cases_are_said_not_to_show_no_row_can_show(tables, at) -> None:  # type: ignore[no-untyped-def]
    found = from_tables(tables)
    hold(found, sn.findings(found, at), found._day(at))


def test_what_packaged_cases_are_said_not_to_show_no_row_can_show() -> None:
    tried = Counter[str]()
    for name in CASES:
        found = sn.load_case(name)
        tried += hold(found, sn.findings(found), found._day())
    assert len(tried) >= 5  # of the kinds above
