"""Source concentration: on whose word what a person has on record rests."""

from __future__ import annotations

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.sources import source_concentration
from tests import builder, strategies
from tests.brute.knowledge import hops
from tests.brute.model import view
from tests.builder import case, from_tables
from tests.measures import packaged

COLUMNS = ["person", "agency", "concerns", "sources", "main_source", "share", "share_first_hand", "herfindahl", "rows"]


def of(case: sn.Case, person: str, at: str | None = None):
    return source_concentration(case, at).set_index("person").loc[person]


def test_the_worked_example():
    table = source_concentration(sn.load_case("worked_example"), "2024-01-31").set_index("person")
    # G saw c3; S has c1 from T; P saw c2 and has c1 from S; T saw c1 and has c3 from G
    assert table["sources"].to_dict() == {"G": ("G",), "S": ("T",), "P": ("P", "S"), "T": ("G", "T")}
    assert table["herfindahl"].to_dict() == {"G": 1, "S": 1, "P": 0.5, "T": 0.5}  # 1/4 + 1/4
    assert table["share_first_hand"].to_dict() == {"G": 1, "S": 0, "P": 0.5, "T": 0.5}
    assert table["rows"].to_dict() == {"G": ("e4",), "S": ("e2",), "P": ("e3", "e6"), "T": ("e1", "e5")}


def test_two_who_saw_it_share_a_concern():
    rows = ["observed A c1", "observed B c1", "told A>C c1 phone", "told B>C c1 phone"]
    line = of(builder.case("A B C", "c1", *rows), "C")
    assert line["sources"] == ("A", "B")
    assert line["herfindahl"] == pytest.approx(0.5)
    assert line["rows"] == ("e3", "e4")


def test_what_comes_back_is_no_further_source():
    rows = ["observed A c1", "told A>B c1 phone", "told B>A c1 phone"]
    assert of(builder.case("A B", "c1", *rows), "A")["sources"] == ("A",)


def test_a_longer_way_adds_nothing_to_a_shorter_one():
    # C has it from A, who saw it; B, who has it from A, says it to C as well
    rows = [
        "observed A c1",
        "told A>B c1 phone",
        "told A>C c1 phone",
        "told B>C c1 phone",
    ]
    line = of(builder.case("A B C", "c1", *rows), "C")
    assert line["sources"] == ("A",)
    assert line["rows"] == ("e3",)


def test_a_shorter_way_takes_the_place_of_a_longer_one():
    later = case("A B C", "c1", "1 observed A c1", "2 told A>B c1 phone", "3 told B>C c1 phone", "4 told A>C c1 phone")
    assert of(later, "C", "2024-01-03")["sources"] == ("B",)
    assert of(later, "C", "2024-01-04")["sources"] == ("A",)


def test_in_a_meeting_those_who_had_it_are_the_source():
    rows = ["observed A c1", "met A;B;C c1"]
    case = builder.case("A B C", "c1", *rows)
    assert of(case, "B")["sources"] == ("A",)
    assert of(case, "A")["sources"] == ("A",)
    unsourced = builder.case("A B", "c1", "met A;B c1")
    assert of(unsourced, "A")["sources"] == ("A",)  # said there first, by one of them


def test_the_word_of_a_carer_is_a_source():
    case = builder.case("S M:family", "c1 c2", "told M>S c1 phone", "observed S c2")
    line = of(case, "S")
    assert line["sources"] == ("M", "S")
    assert line["main_source"] == "M"
    assert line["share"] == 0.5
    assert "M" not in source_concentration(case)["person"].tolist()


def test_three_concerns_from_one_and_one_from_another():
    rows = ["told A>C c1;c2;c3 phone", "told B>C c4 phone"]
    line = of(builder.case("A B C", "c1 c2 c3 c4", *rows), "C")
    assert line["sources"] == ("A", "B")
    assert line["share"] == pytest.approx(3 / 4)
    assert line["herfindahl"] == pytest.approx(9 / 16 + 1 / 16)


def test_the_most_concentrated_come_first_and_of_equals_who_has_most():
    rows = [
        "told A>C c1;c2 phone",
        "told A>B c1 phone",
        "observed D c1",
        "observed D c2",
    ]
    table = source_concentration(builder.case("A B C D", "c1 c2", *rows))
    assert table["person"].tolist() == ["A", "C", "D", "B"]
    assert table["herfindahl"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("case", [builder.nobody(), builder.joined("A;B")], ids=["nobody", "nothing said"])
def test_nothing_on_record_makes_an_empty_table(case):
    table = source_concentration(case)
    assert table.empty
    assert table.columns.tolist() == COLUMNS


def test_one_who_saw_one_thing_rests_on_their_own_eyes():
    line = of(builder.alone(), "T")
    assert (line["sources"], line["share_first_hand"], line["herfindahl"]) == (("T",), 1, 1)


def test_dates_may_be_counted_from_their_earliest_day():
    rows = ["2024-01 told A>B c1 phone", "02-01 met A;C"]
    case = builder.case("A B C", "c1", *rows)
    assert source_concentration(case, "2024-01-10").empty
    table = source_concentration(case, "2024-01-10", rules=sn.Rules(dates="earliest"))
    assert table["person"].tolist() == ["A", "B"]


def test_who_refuses_sends_nothing_to_whoever_has_it_otherwise():
    # T saw it and asked; S, who has it from T, declines it: T's own eyes are the source
    asked = case("T S", "c1", "1 observed T c1", "2 asked T>S c1 phone", "3 declined S>T c1 phone")
    assert of(asked, "T")["sources"] == ("T",)
    # M has it from T as well; what T hears back from S, who had it from M, is no source of T's
    relayed = case(
        "T S U", "c1", "1 observed U c1", "2 told U>S c1 phone", "3 told S>T c1 phone", "4 declined U>T c1 phone"
    )
    assert of(relayed, "T")["sources"] == ("S",)
    alone = case("T S", "c1", "1 observed S c1", "2 declined S>T c1 phone")
    assert of(alone, "T")["sources"] == ("S",)


def test_who_listened_has_it_from_whoever_spoke():
    heard = case("T S U", "c1", "1 observed T c1", "2 told T>S c1 phone present=U")
    assert of(heard, "U")["sources"] == ("T",)


def test_a_letter_carries_the_word_of_its_sender_when_sending():
    # S had it from T when writing, and saw it themselves before the letter was read: U has it third hand,
    # until T says it to U themselves
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 told S>U c1 letter received_on=8", "5 observed S c1")
    letter = case("T S U", "c1", *rows, "9 told T>U c1 phone")
    assert of(letter, "U", "2024-01-08")["sources"] == ("S",)
    assert of(letter, "U", "2024-01-09")["sources"] == ("T",)  # one hop; by the letter it was two


def test_paper_that_nobody_confirms_is_left_out_under_the_rules():
    paper = case("T S", "c1", "1 observed T c1", "2 told T>S c1 letter")
    assert of(paper, "S")["sources"] == ("T",)
    strict = source_concentration(paper, rules=sn.Rules(unconfirmed="does_not_count"))
    assert strict["person"].tolist() == ["T"]


# the brute force --------------------------------------------------------------------------------------


def held_to_the_definition(tables, one, at, **settings):
    asked = view(tables, at, **settings)
    table = source_concentration(one, at, rules=sn.Rules(**settings)).set_index("person")
    held = {person: things for person, things in asked.held.items() if person in asked.professionals}
    assert {person: set(things) for person, things in table["concerns"].items()} == held
    hops_on = {}
    for person, things in held.items():
        shares: dict[str, float] = {}
        for concern in things:
            sources = sources_of(asked, hops_on, person, concern)
            for source in sources:
                shares[source] = shares.get(source, 0) + 1 / len(sources) / len(things)
        line = table.loc[person]
        assert set(line["sources"]) == set(shares)
        assert line["herfindahl"] == pytest.approx(sum(share**2 for share in shares.values()))
        assert line["share_first_hand"] == pytest.approx(shares.get(person, 0))
        assert line["share"] == pytest.approx(max(shares.values()))
        assert line["rows"]


def sources_of(asked, hops_on, person, concern):
    """Themselves if first hand; else who passed it to them and had it, when they did, by fewer hops than they have."""

    def hops_by(day):
        if day not in hops_on:
            hops_on[day] = hops(asked.on(day))
        return hops_on[day]

    mine = hops_by(asked.at)[person, concern]
    given = [(row, window) for row, window in asked.entries[person, concern] if asked.day(window) <= asked.at]
    refused = ("declined", "disagreed")
    otherwise = any(row.kind not in refused for row, _ in given)
    found = set()
    for row, _ in given:
        heard = row.kind != "observed" or person not in row.who
        if row.kind not in ("met", "observed"):
            heard = person not in row.who
        if mine and heard and not (otherwise and row.kind in refused):
            by_then = hops_by(asked.day(row))
            found |= {one for one in row.who if one != person and by_then.get((one, concern), mine) < mine}
    return found or {person}


@pytest.mark.slow
@packaged.on_every_date
def test_every_line_agrees_with_the_definition_on_the_packaged_cases(name, part):
    held_to_the_definition(*packaged.asked(name, part))


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_every_line_agrees_with_the_definition_on_random_cases(tables, at):
    held_to_the_definition(tables, from_tables(tables), at)
    for settings in ({"dates": "earliest"}, {"unconfirmed": "does_not_count"}):
        held_to_the_definition(tables, from_tables(tables), at, **settings)
