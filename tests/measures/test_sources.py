"""Source concentration: on whose word what a person has on record rests."""

from __future__ import annotations

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.sources import source_concentration
from safetynet.record.entries import hops
from tests import brute, strategies
from tests.measures import made

COLUMNS = ["person", "agency", "concerns", "sources", "main_source", "share", "first_hand", "herfindahl", "rows"]


def of(case: sn.Case, person: str, at: str | None = None):
    return source_concentration(case, at).set_index("person").loc[person]


def test_the_worked_example():
    table = source_concentration(sn.load_case("worked_example"), "2024-01-31").set_index("person")
    # G saw c3; S has c1 from T; P saw c2 and has c1 from S; T saw c1 and has c3 from G
    assert table["sources"].to_dict() == {"G": ("G",), "S": ("T",), "P": ("P", "S"), "T": ("G", "T")}
    assert table["herfindahl"].to_dict() == {"G": 1, "S": 1, "P": 0.5, "T": 0.5}  # 1/4 + 1/4
    assert table["first_hand"].to_dict() == {"G": 1, "S": 0, "P": 0.5, "T": 0.5}
    assert table["rows"].to_dict() == {"G": ("e4",), "S": ("e2",), "P": ("e3", "e6"), "T": ("e1", "e5")}


def test_two_who_saw_it_share_a_concern():
    rows = [made.saw("A"), made.saw("B"), made.told("A", "C", concerns="c1"), made.told("B", "C", concerns="c1")]
    line = of(made.case("A B C", rows), "C")
    assert line["sources"] == ("A", "B")
    assert line["herfindahl"] == pytest.approx(0.5)
    assert line["rows"] == ("e3", "e4")


def test_what_comes_back_is_no_further_source():
    rows = [made.saw("A"), made.told("A", "B", concerns="c1"), made.told("B", "A", concerns="c1")]
    assert of(made.case("A B", rows), "A")["sources"] == ("A",)


def test_a_longer_way_adds_nothing_to_a_shorter_one():
    # C has it from A, who saw it; B, who has it from A, says it to C as well
    rows = [
        made.saw("A"),
        made.told("A", "B", concerns="c1"),
        made.told("A", "C", concerns="c1"),
        made.told("B", "C", concerns="c1"),
    ]
    line = of(made.case("A B C", rows), "C")
    assert line["sources"] == ("A",)
    assert line["rows"] == ("e3",)


def test_a_shorter_way_takes_the_place_of_a_longer_one():
    rows = [
        made.saw("A"),
        made.told("A", "B", concerns="c1"),
        made.told("B", "C", concerns="c1"),
        made.told("A", "C", concerns="c1"),
    ]
    case = made.case("A B C", rows)
    assert of(case, "C", "2024-01-03")["sources"] == ("B",)
    assert of(case, "C", "2024-01-04")["sources"] == ("A",)


def test_in_a_meeting_those_who_had_it_are_the_source():
    rows = [made.saw("A"), made.met("A;B;C", concerns="c1")]
    case = made.case("A B C", rows)
    assert of(case, "B")["sources"] == ("A",)
    assert of(case, "A")["sources"] == ("A",)
    unsourced = made.case("A B", [made.met("A;B", concerns="c1")])
    assert of(unsourced, "A")["sources"] == ("A",)  # said there first, by one of them


def test_the_word_of_a_carer_is_a_source():
    case = made.case("S M:family", [made.told("M", "S", concerns="c1"), made.saw("S", "c2")], concerns="c1 c2")
    line = of(case, "S")
    assert line["sources"] == ("M", "S")
    assert line["main_source"] == "M"
    assert line["share"] == 0.5
    assert "M" not in source_concentration(case)["person"].tolist()


def test_three_concerns_from_one_and_one_from_another():
    rows = [made.told("A", "C", concerns="c1;c2;c3"), made.told("B", "C", concerns="c4")]
    line = of(made.case("A B C", rows, concerns="c1 c2 c3 c4"), "C")
    assert line["sources"] == ("A", "B")
    assert line["share"] == pytest.approx(3 / 4)
    assert line["herfindahl"] == pytest.approx(9 / 16 + 1 / 16)


def test_the_most_concentrated_come_first_and_of_equals_who_has_most():
    rows = [
        made.told("A", "C", concerns="c1;c2"),
        made.told("A", "B", concerns="c1"),
        made.saw("D"),
        made.saw("D", "c2"),
    ]
    table = source_concentration(made.case("A B C D", rows, concerns="c1 c2"))
    assert table["person"].tolist() == ["A", "C", "D", "B"]
    assert table["herfindahl"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("case", [made.nobody(), made.joined("A;B")], ids=["nobody", "nothing said"])
def test_nothing_on_record_makes_an_empty_table(case):
    table = source_concentration(case)
    assert table.empty
    assert table.columns.tolist() == COLUMNS


def test_one_who_saw_one_thing_rests_on_their_own_eyes():
    line = of(made.alone(), "T")
    assert (line["sources"], line["first_hand"], line["herfindahl"]) == (("T",), 1, 1)


def test_dates_may_be_counted_from_their_earliest_day():
    rows = [made.told("A", "B", concerns="c1", date="2024-01"), made.met("A;C", date="2024-02-01")]
    case = made.case("A B C", rows)
    assert source_concentration(case, "2024-01-10").empty
    table = source_concentration(case, "2024-01-10", rules=sn.Rules(dates="earliest"))
    assert table["person"].tolist() == ["A", "B"]


@given(strategies.cases(), strategies.questions)
def test_every_line_agrees_with_the_definition(tables, at):
    case = made.from_tables(tables)
    view = brute.view(tables)
    table = source_concentration(case, at).set_index("person")
    held = {person: things for person, things in brute.held(view, at).items() if person in view.professionals}
    assert {person: set(things) for person, things in table["concerns"].items()} == held
    for person, things in held.items():
        shares: dict[str, float] = {}
        for concern in things:
            sources = sources_of(case, view, person, concern, at)
            for one in sources:
                shares[one] = shares.get(one, 0) + 1 / len(sources) / len(things)
        line = table.loc[person]
        assert set(line["sources"]) == set(shares)
        assert line["herfindahl"] == pytest.approx(sum(share**2 for share in shares.values()))
        assert line["first_hand"] == pytest.approx(shares.get(person, 0))
        assert line["share"] == pytest.approx(max(shares.values()))
        assert line["rows"]


def sources_of(case, view, person, concern, at):
    """Themselves if first hand; else who passed it to them and had it, by then, by fewer hops than they have."""
    mine = hops(case._records, at.toordinal())[person, concern]
    if mine == 0:
        return {person}
    found = set()
    for row in view.until(at):
        given = row.gives().get(person)
        heard = row.kind != "observed" and (row.together or person not in row.who)
        if concern in row.concerns and given is not None and given.hi <= at and heard:
            by_then = hops(case._records, given.hi.toordinal())
            found |= {one for one in row.who if one != person and by_then.get((one, concern), mine) < mine}
    return found
