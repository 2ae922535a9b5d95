"""What the sections of a report say: rows, tables, who knew what, the parts that stand on paper."""

from __future__ import annotations

from safetynet.pages.ending import chronology_of
from safetynet.pages.extent import FULL, SHORT, Room
from safetynet.pages.followed import responsibility_of
from safetynet.pages.known import known_of
from safetynet.pages.lines import Column, Ids, Who, is_long, table
from safetynet.pages.names import Names
from safetynet.pages.opening import parted
from safetynet.pages.people import people_of
from safetynet.pages.rows import key_rows, notes
from safetynet.pages.talked import talk_of
from safetynet.record.snapshot import snapshot
from tests.builder import case


def test_a_row_says_what_else_changes_how_it_counts():
    made = case(
        "M:family T@school S@council",
        "c1",
        "e1: told T>S c1 letter received_on=9 present=M",
        "e2: decided S c1 outcome=no_further_action reason=below_threshold ref=e1 disputes=e1 count=3",
    )
    view = snapshot(made)
    names = Names(view)
    first, second = ([words for words, _ in notes(view.records.by_id[one], names)] for one in ("e1", "e2"))
    assert first == ["letter", "read 2024-01-09", "in the room: "]
    assert second == [
        "outcome no further action",
        "because below threshold",
        "stands for 3 occasions",
        "refers to: e1",
        "account differs from: e1",
    ]


def test_holders_stand_under_their_agency_then_those_round_the_child():
    made = case("G:public M:family T@school", "c1", "observed T;M c1", "observed school c1", "observed G c1")
    view = snapshot(made)
    (people,) = known_of(view, Names(view), SHORT).person
    groups = [(line.group, line.name.person) for line in people.lines]
    assert sorted(groups[:2]) == [("school", "T"), ("school", "the agency's file")]
    assert [group for group, _ in groups[2:]] == ["the family", "others round the child"]


def test_an_agency_has_the_surest_that_any_of_its_people_has():
    made = case(
        "T@school U@school S@council", "c1 c2", "observed T c1", "told T>U c1", "told T>S c1 phone", "observed S c2"
    )
    view = snapshot(made)
    (by_agency,) = known_of(view, Names(view), SHORT).agency
    signs = {
        line.name.agency: dict(zip(by_agency.concerns, [m.sign for m in line.marks], strict=True))
        for line in by_agency.lines
    }
    assert signs["school"]["c1"] == "S"
    assert signs["council"] == {"c1": "T", "c2": "S"}


def test_many_concerns_stand_in_parts_that_are_as_wide_as_a_page_and_none_is_lost():
    codes = [f"c{number}" for number in range(1, 61)]
    made = case("T@school", " ".join(codes), *(f"observed T {code}" for code in codes))
    view = snapshot(made)
    parts = known_of(view, Names(view), FULL).agency
    assert len(parts) > 1
    assert max(len(part.concerns) for part in parts) - min(len(part.concerns) for part in parts) <= 3
    assert sorted(code for part in parts for code in part.concerns) == sorted(codes)
    assert all(len(line.marks) == len(part.concerns) for part in parts for line in part.lines)


def test_a_worry_names_who_has_it_and_is_involved():
    made = case("T@school S@council", "c1:3", "observed T c1", "observed S c1", "closed T", "9 opened S")
    view = snapshot(made)
    worries = responsibility_of(view, Names(view), SHORT)["worries"]
    (line,) = worries.lines
    cells = dict(zip([column.heading for column in worries.columns], line.cells, strict=True))
    assert cells["Severity"] == "3"
    assert [said.person for said in cells["On record with, still involved"].names] == ["S"]


def test_the_weightiest_lines_stand_on_paper_in_their_order():
    made = case("T", "c1", "observed T c1")
    columns = (Column("name", "Name"), Column("concerns", "About", "concerns"))
    lines = [{"name": name, "concerns": ("c1",), "weight": weight} for name, weight in (("a", 1), ("b", 3), ("c", 2))]
    found = table("x", "X", columns, lines, Names(snapshot(made)), room=Room(2, 2), weigh=lambda one: one["weight"])
    assert [(line.cells[0], line.on_paper) for line in found.lines] == [("b", True), ("c", True)]
    assert (found.left_out, found.only_on_screen) == (1, 0)
    assert found.lines[0].cells[1] == Ids("concern", ("c1",))


def test_a_cell_of_many_names_has_the_first_and_says_how_many_more():
    made = case("A B C", "c1 c2 c3", "observed A;B;C c1;c2;c3")
    names = Names(snapshot(made))
    line = {"who": ("A", "B", "C"), "concerns": ("c1", "c2", "c3")}
    columns = (Column("who", "Who", "who"), Column("concerns", "About", "concerns"))
    (found,) = table("x", "X", columns, [line], names, room=Room(each=2)).lines
    who, codes = found.cells
    assert ([said.person for said in who.names], who.further) == (["A", "B"], 1)
    assert codes == Ids("concern", ("c1", "c2"), 1)


def test_key_rows_are_those_that_name_the_gravest():
    made = case("T", "c1:1 c2:4 c3:2", "e1: observed T c1", "e2: observed T c2", "e3: observed T c3")
    view = snapshot(made)
    assert key_rows(view, ("e1", "e2", "e3"), 2) == ("e2", "e3")
    assert key_rows(view, ("e1", "e2", "e3"), None) == ("e1", "e2", "e3")


def test_a_statement_is_parted_from_what_stands_in_brackets_behind_it():
    assert parted("No row shows “A (b)” at School (T) (c1 from 2020 (recalled); e4).") == (
        "No row shows “A (b)” at School (T).",
        "c1 from 2020 (recalled); e4",
    )
    assert parted("No row.") == ("No row.", "")


def test_people_are_counted_by_agency_and_only_those_who_have_appeared():
    made = case(
        "K:child M:family T@school U@school V@school S@council",
        "c1",
        "told T>U c1",
        "told S>T c1 phone",
        "closed S",
        "9 told T>U c1",
    )
    view = snapshot(made)
    found = people_of(view, Names(view), SHORT)
    assert len(found["people"].lines) == 3
    lines = {line.cells[0].names[0].agency: line.cells for line in found["agencies"].lines}
    assert lines["school"][4] == "2 of 2"
    assert lines["council"][4] == "0 of 1"
    assert [line.cells[0].names[0].person for line in found["family"].lines] == ["K", "M"]


def test_a_meeting_says_what_one_of_them_alone_had_and_was_not_tabled():
    made = case("T@school S@council", "c1 c2", "observed T c1;c2", "m: met T;S c1")
    view = snapshot(made)
    meetings = talk_of(view, Names(view), SHORT)["meetings"]
    (line,) = meetings.lines
    cells = dict(zip([column.heading for column in meetings.columns], line.cells, strict=True))
    assert cells["Share of what was there to be tabled"] == "0.50"
    assert cells["Held by one of them and not tabled"] == Ids("concern", ("c2",))


def test_what_is_not_listed_is_counted_by_month():
    made = case("T", "c1 c2", *(f"e{n}: 0{1 + n % 3}-0{1 + n % 9} observed T c{1 + n % 2}" for n in range(30)))
    view = snapshot(made)
    found = chronology_of(view, Names(view), SHORT._replace(rows=10), frozenset({"e1", "e2"}))
    assert [row.id for row in found.rows] == ["e1", "e2"]
    assert sum(month.rows for month in found.months) == 28
    assert [month.month for month in found.months] == ["2024-01", "2024-02", "2024-03"]
    assert len(chronology_of(view, Names(view), FULL, frozenset()).rows) == 30


def test_rows_of_one_day_stand_in_the_order_in_which_they_were_typed():
    made = case("T S", "c1", "e10: 5 observed T c1", "e9: 5 told T>S c1 phone", "taf: 5 met T;S c1", "b: 5 agreed S c1")
    view = snapshot(made)
    found = chronology_of(view, Names(view), FULL, frozenset())
    assert [row.id for row in found.rows] == ["e10", "e9", "taf", "b"]


def test_a_word_that_would_push_a_column_off_the_page_is_known():
    made = case("T", "c1", "observed T c1")
    names = Names(snapshot(made))
    assert is_long("x" * 25)
    assert not is_long("a sentence of ordinary words, however long it may be")
    assert not is_long(Who(names.several(["T"])))
