"""Each kind about who had it in hand fires on a small case, and not on its twin."""

from __future__ import annotations

import safetynet as sn
from tests.review.builder import Line, found, made, observed, one, row, told

PEOPLE = "S@council D@council T@school G@health P@police M:family"
KNOWN = (observed("T", date="2024-01-01"), told("T", "S", date="2024-01-02"))


def case(*rows: Line, concerns: str = "c1:3") -> sn.Case:
    return made(PEOPLE, [*KNOWN, *rows], concerns)


def left(who: str, to: str, identity: str, date: str = "2024-01-03", concerns: str = "c1") -> Line:
    return row("assumed", who, concerns, to=to, id=identity, date=date)


# informed_nobody_owned


def test_a_worry_that_two_had_and_nobody_owned_is_found_with_its_days() -> None:
    finding = one("informed_nobody_owned", case(), at="2024-01-31")
    assert finding.people == ("S", "T")
    assert finding.rows == ("e1", "e2")
    assert finding.days == 31  # 1 to 31 January, both included
    assert finding.severity == 3


def test_days_on_which_it_was_owned_are_not_counted_and_its_action_is_named() -> None:
    action = row("agreed", "S", "c1", id="act", date="2024-01-05", due="2024-01-10")
    finding = one("informed_nobody_owned", case(action), at="2024-01-31")
    assert finding.days == 25  # owned from 5 to 10 January
    assert "No action about it (act) was in hand that day." in finding.statement


def test_worries_of_the_same_people_are_one_finding() -> None:
    rows = [observed("T", "c1;c2", date="2024-01-01"), told("T", "S", "c1;c2", date="2024-01-02")]
    finding = one("informed_nobody_owned", made(PEOPLE, rows, "c1:3 c2:4"), at="2024-01-31")
    assert finding.concerns == ("c1", "c2")
    assert finding.severity == 7


def test_a_worry_that_is_owned_young_or_one_persons_own_is_no_finding() -> None:
    owned = case(row("agreed", "S", "c1", date="2024-01-05", due="2024-02-28"))
    alone = made(PEOPLE, KNOWN[:1])
    assert found("informed_nobody_owned", owned, at="2024-01-31") == []
    assert found("informed_nobody_owned", case(), at="2024-01-14") == []  # 14 days
    assert found("informed_nobody_owned", alone, at="2024-01-31") == []


# assumptions


def test_counting_on_somebody_with_no_record_of_knowing_is_found() -> None:
    finding = one("assumed_no_record", case(left("T", "P", "a")), at="2024-01-31")
    assert finding.people == ("P", "T")
    assert finding.rows == ("a",)
    assert finding.days == 28
    assert "The record has T assuming on 2024-01-03 that P would act on c1 (c1)." in finding.statement
    assert found("assumed_not_owned", case(left("T", "P", "a")), at="2024-01-31") == []


def test_counting_on_an_agency_whose_file_alone_has_it_says_so() -> None:
    rows = (told("T", "police", date="2024-01-02", channel="fax"), left("S", "police", "a"))
    finding = one("assumed_no_record", case(*rows), at="2024-01-31")
    said = "No row up to 2024-01-31 shows that anybody there came to have it on record, though the agency's file did."
    assert finding.statement.endswith(said)


def test_counting_on_somebody_who_had_it_and_did_not_own_it_is_the_other_kind() -> None:
    rows = case(left("T", "council", "a"))
    finding = one("assumed_not_owned", rows, at="2024-01-31")
    assert finding.rows == ("e2", "a")
    assert "S there had it on record; no row shows that they owned it on 2024-01-31." in finding.statement
    assert found("assumed_no_record", rows, at="2024-01-31") == []


def test_it_says_where_they_had_it_only_later() -> None:
    rows = (left("T", "P", "a"), told("S", "P", date="2024-01-20"))
    assert "They had it on record only later" in one("assumed_not_owned", case(*rows), at="2024-01-31").statement


def test_several_who_counted_on_the_same_party_for_the_same_worry_are_one_finding() -> None:
    rows = (told("T", "G", date="2024-01-02"), left("T", "P", "a"), left("G", "P", "b", "2024-01-04"))
    finding = one("assumed_no_record", case(*rows), at="2024-01-31")
    assert finding.rows == ("a", "b")
    assert "The record has G and T assuming from 2024-01-03 to 2024-01-04 that P would act" in finding.statement


def test_an_assumption_that_was_right_or_taken_back_is_no_finding() -> None:
    owned = case(left("T", "S", "a"), row("agreed", "S", "c1", date="2024-01-05", due="2024-02-28"))
    back = case(left("T", "P", "a"), told("T", "G", date="2024-01-10"))
    for rows in (owned, back):
        assert found("assumed_no_record", rows, at="2024-01-31") == []
        assert found("assumed_not_owned", rows, at="2024-01-31") == []


def test_a_professional_who_left_it_to_the_family_is_found() -> None:
    finding = one("left_to_family", case(left("T", "M", "a")), at="2024-01-31")
    assert finding.people == ("M", "T")
    assert finding.concerns == ("c1",)
    assert "No row shows a professional owning it on 2024-01-31." in finding.statement


def test_left_to_the_family_and_owned_by_a_professional_is_no_finding() -> None:
    owned = case(left("T", "M", "a"), row("agreed", "S", "c1", date="2024-01-05", due="2024-02-28"))
    by_family = case(told("T", "M"), left("M", "K", "a"))
    assert found("left_to_family", owned, at="2024-01-31") == []
    assert found("left_to_family", by_family, at="2024-01-31") == []


# circles and chains


def test_agencies_that_counted_on_each_other_are_found() -> None:
    rows = (left("T", "S", "a"), left("S", "school", "b", "2024-01-10"))
    finding = one("counted_in_circle", case(*rows), at="2024-01-31")
    assert finding.agencies == ("council", "school")
    assert finding.rows == ("a", "b")
    assert finding.days == 21  # from the row that closed it
    assert "council on school (b); school on council (a)" in finding.statement


def test_agencies_that_counted_one_way_are_no_circle() -> None:
    assert found("counted_in_circle", case(left("T", "S", "a"), left("S", "P", "b")), at="2024-01-31") == []


def test_a_chain_of_two_assumptions_that_ends_in_nobody_is_found() -> None:
    finding = one("chain_ends_in_nobody", case(left("T", "S", "a"), left("S", "P", "b")), at="2024-01-31")
    assert finding.people == ("P", "S", "T")
    assert set(finding.rows) == {"a", "b"}
    assert "T on S on P, who has no record of knowing it" in finding.statement


def test_chains_with_the_same_end_are_one_finding() -> None:
    rows = (told("T", "G", date="2024-01-02"), left("T", "S", "a"), left("G", "S", "b"), left("S", "P", "c"))
    finding = one("chain_ends_in_nobody", case(*rows), at="2024-01-31")
    assert set(finding.rows) == {"a", "b", "c"}
    assert "G and T on S on P" in finding.statement


def test_a_chain_of_one_step_or_one_that_ends_with_an_owner_is_no_finding() -> None:
    owned = case(left("T", "S", "a"), left("S", "P", "b"), told("T", "P", date="2024-01-02"),
                 row("agreed", "P", "c1", date="2024-01-05", due="2024-02-28"))  # fmt: skip
    assert found("chain_ends_in_nobody", owned, at="2024-01-31") == []
    assert found("chain_ends_in_nobody", case(left("T", "S", "a")), at="2024-01-31") == []
