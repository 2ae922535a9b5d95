"""Closures, and which partners were told."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.closures import closures
from tests import strategies
from tests.brute import around, model
from tests.builder import from_tables, nobody
from tests.measures.four import day, four

SEEN = ("1 observed A1 c1", "1 observed B1 c1", "1 observed C1 c1")


def only(case: sn.Case, at: str, rules: sn.Rules | None = None) -> dict[str, Any]:
    (line,) = closures(case, at, rules=rules).to_dict("records")
    return line


def test_a_partner_named_in_the_row_was_told_and_the_others_were_not() -> None:
    line = only(four(*SEEN, "5 closed A1>B1;M"), day(5))
    assert (line["people"], line["agencies"], line["partners"]) == (("A1",), ("a",), ("b", "c"))
    assert (line["told"], line["untold"], line["family_told"], line["state"]) == (("b",), ("c",), True, "partner told")
    assert line["rows"] == ("e4",)


def test_a_colleague_of_the_same_agency_and_the_family_are_no_partners() -> None:
    line = only(four(*SEEN, "5 closed A1>A2;M"), day(5))
    assert (line["told"], line["state"]) == ((), "no partner told")


def test_a_letter_about_it_that_did_not_arrive_or_was_read_later_tells_nobody_by_then() -> None:
    assert only(four(*SEEN, "5 closed A1>B1 - letter received=no"), day(9))["state"] == "no partner told"
    line = only(four(*SEEN, "5 closed A1>B1 - letter received_on=8"), day(9))
    assert (line["state"], line["told_later"], str(line["told_later_on"].date())) == ("told later", ("b",), day(8))


def test_a_meeting_of_those_who_close_in_the_28_days_before_counts_beside_it() -> None:
    case = four(*SEEN, "3 met A1;B1", "31 closed A1")
    line = only(case, day(31))
    assert (line["met_before"], line["untold"], line["state"]) == (("b",), ("c",), "partner met before")
    assert line["rows"] == ("e4", "e5")
    assert only(case, day(31), sn.Rules(told_before_closing_days=27))["state"] == "no partner told"


def test_a_meeting_without_who_closes_or_after_the_day_tells_nobody() -> None:
    assert only(four(*SEEN, "3 met B1;C1", "5 closed A1", "6 met A1;B1"), day(9))["state"] == "no partner told"
    assert only(four(*SEEN, "3 met A2;B1", "5 closed A1"), day(9))["state"] == "no partner told"


def test_a_row_about_the_closure_tells_later() -> None:
    case = four(*SEEN, "5 closed A1", "9 told A1>C1 - phone ref=e4")
    assert only(case, day(8))["state"] == "no partner told"
    line = only(case, day(9))
    assert (line["told_later"], line["state"], line["untold"]) == (("c",), "told later", ("b", "c"))
    assert str(line["told_later_on"].date()) == day(9)


def test_where_nobody_else_is_involved_there_is_no_partner() -> None:
    assert only(four("1 observed A1;A2 c1", "5 closed A1"), day(5))["state"] == "no partner involved"


def test_partners_who_have_closed_before_are_no_partners_any_more() -> None:
    table = closures(four(*SEEN, "4 closed B1", "5 closed A1"), day(9))
    assert table["partners"].tolist() == [("a", "c"), ("c",)]


def test_no_closure_no_line() -> None:
    assert closures(nobody()).empty
    assert closures(nobody()).dtypes.equals(closures(four("5 closed A1"), day(5)).dtypes)


def test_all_of_max_were_told_and_none_of_victoria_climbie() -> None:
    assert set(closures(sn.load_case("max"))["state"]) == {"partner told"}
    # no closed row of the case names anybody in `to`
    assert "partner told" not in set(closures(sn.load_case("victoria_climbie"))["state"])


@given(strategies.cases(), strategies.questions, st.sampled_from(["latest", "earliest"]))
def test_who_was_told_in_time_and_at_all_agrees_with_the_brute_force(tables, at, dates) -> None:
    # the brute force asks for agencies, and takes no row but the closing itself and meetings
    tables["chronology"] = [{**row, "ref": ""} for row in tables["chronology"]]
    v = model.view(tables, at, dates=dates)
    agencies = set(v.agencies)
    for line in closures(from_tables(tables), at, rules=sn.Rules(dates=dates)).to_dict("records"):
        row = v.row[line["row"]]
        told = around.told_a_partner(v, row, row.hi)
        assert told == bool(agencies & set(line["told"]))
        assert around.met_a_partner(v, row) == bool(agencies & set(line["met_before"]))
        assert around.told_a_partner(v, row, v.at) == bool(agencies & {*line["told"], *line["told_later"]})
