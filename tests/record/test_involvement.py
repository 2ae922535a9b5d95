"""Who was involved when: against brute force, and by hand."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

import safetynet as sn
from safetynet.record.involvement import first_day, involved_on, involvement
from safetynet.record.parties import parties, party, side
from safetynet.record.snapshot import snapshot
from tests import builder, strategies
from tests.brute.model import view
from tests.measures.packaged import every_name

PEOPLE = "A@a B@b"


def spells(case: sn.Case, at: int, name: str = "A") -> list[tuple[int, int]]:
    """The spells of a professional, in days of 2024."""
    found = involvement(snapshot(case, builder.date(str(at)))).get(name, ())
    first = dt.date(2023, 12, 31).toordinal()
    return [(spell.first - first, spell.last - first) for spell in found]


@given(strategies.cases(), strategies.questions)
def test_the_words_at_the_head_of_the_measures_are_those_of_brute_force(tables, at):
    for unconfirmed in ("counts", "does_not_count"):
        mine = snapshot(builder.from_tables(tables), at, sn.Rules(unconfirmed=unconfirmed))
        theirs = view(tables, at, unconfirmed=unconfirmed)
        assert set(mine.appeared) == theirs.appeared
        assert set(mine.actors) == theirs.actors
        assert mine.involved == theirs.involved
        assert set(mine.worries) == theirs.known
        assert set(mine.ever_known) == theirs.ever_known
        assert {one: set(held) for one, held in mine.held.items()} == theirs.held
        papers = {(row.id, one) for row in theirs.rows for one in row.to if theirs.unconfirmed(row, one)}
        assert {(row, one) for row, silent in mine.unconfirmed.items() for one in silent} == papers
        for row in mine.rows:
            assert set(mine.moves(row)) == set(theirs.moves(theirs.row[row.id]))


@given(strategies.cases())
def test_on_every_day_they_are_those_whom_a_snapshot_of_that_day_calls_involved(tables):
    case = builder.from_tables(tables)
    for rules in (sn.Rules(), sn.Rules(dates="earliest"), sn.Rules(after_closing_days=3)):
        later = snapshot(case, strategies.day(15), rules)
        for number in range(-1, 16):
            then = strategies.day(number)
            assert involved_on(later, then.toordinal()) == snapshot(case, then, rules).involved


@every_name
def test_so_they_are_in_the_packaged_cases(name, tables_of):
    case, tables = sn.load_case(name), tables_of(name)
    last = snapshot(case)
    days = {row.date.last for row in last.rows}
    for then in sorted(days | {one + 1 for one in days if one < last.day})[::4]:
        at = dt.date.fromordinal(then)
        assert involved_on(last, then) == snapshot(case, at).involved == view(tables, at).involved


def test_whoever_closes_is_involved_to_that_day_and_again_when_they_open() -> None:
    case = builder.case(PEOPLE, "c1", "2 observed A c1", "5 closed A", "90 opened A")
    assert spells(case, 95) == [(2, 5), (90, 95)]


def test_a_row_after_closing_keeps_somebody_for_four_weeks_and_not_for_ever() -> None:
    case = builder.case(PEOPLE, "c1", "2 observed A c1", "5 closed A", "9 observed A c1")
    assert spells(case, 60) == [(2, 5), (9, 37)]  # 9 + 28


def test_a_note_to_the_own_file_or_a_handover_to_a_colleague_does_not_bring_somebody_back() -> None:
    people = "A@a A2@a B@b M:family"
    for after in ("told A>a c1 file", "told A>A2 c1 phone", "met A;A2 c1", "withheld A>B c1", "assumed A>B c1"):
        assert spells(builder.case(people, "c1", "2 observed A c1", "5 closed A", f"9 {after}"), 20) == [(2, 5)], after
    for after in ("told A>B c1 phone", "told A>M - phone", "observed A c1", "agreed A c1", "met A;A2;B c1"):
        case = builder.case(people, "c1", "2 observed A c1", "5 closed A", f"9 {after}")
        assert spells(case, 20) == [(2, 5), (9, 20)], after


def test_a_note_a_day_after_closing_does_not_keep_an_out_of_hours_worker_for_months() -> None:
    # closed on the 5th, rang the day team on the 6th: involved to the 5th, and from the 6th for 28 days
    case = builder.case(PEOPLE, "c1", "5 observed A c1", "5 closed A", "6 told A>B c1 phone")
    assert spells(case, 120) == [(5, 34)]


def test_a_row_on_the_day_of_closing_does_not_keep_anybody() -> None:
    assert spells(builder.case(PEOPLE, "c1", "2 observed A c1", "5 closed A", "5 observed A c1"), 12) == [(2, 5)]


def test_closing_for_one_of_two_children_is_not_leaving() -> None:
    people = "A@a K:child L:child"
    case = builder.case(people, "c1", "2 observed A c1", "5 closed A about=K", "9 closed A about=L")
    assert spells(case, 12) == [(2, 9)]
    case = builder.case(people, "c1", "2 observed A c1", "5 closed A", "7 opened A", "9 closed A about=K")
    assert spells(case, 12) == [(2, 5), (7, 12)]


def test_a_post_that_has_ended_ends_it_for_good() -> None:
    assert spells(builder.case("A@a end=4", "c1", "2 observed A c1", "9 observed A c1"), 12) == [(2, 4)]


def test_being_sent_something_is_appearing_even_if_it_did_not_arrive() -> None:
    assert spells(builder.case(PEOPLE, "c1", "3 told A>B c1 fax received=no"), 4, "B") == [(3, 4)]


def test_a_duty_or_what_was_needed_is_no_appearance() -> None:
    case = builder.case(PEOPLE, "c1", "3 expected A c1 rule=law", "4 needed - c1")
    assert snapshot(case, "2024-01-09").actors == ()


def test_parties_are_agencies_and_professionals_without_one() -> None:
    view = snapshot(builder.case("A1@a A2@a D1 M:family N@e:family", "c1"))
    assert [party(view, name) for name in ("A1", "D1", "e", "K", "M", "N")] == ["a", "D1", "e", "", "", "e"]
    assert parties(view, ["A1", "A2", "M", "D1"]) == ("D1", "a")
    assert side(view, "A1") == {"a", "A1", "A2"}
    assert (side(view, "D1"), side(view, "M")) == ({"D1"}, {"M"})


def test_nothing_on_record_means_nobody_involved() -> None:
    view = snapshot(builder.case("", "c1"))
    assert involvement(view) == {}
    assert first_day(view) is None
