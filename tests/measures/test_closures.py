from __future__ import annotations

from typing import Any

import safetynet as sn
from safetynet.measures.closures import closures
from tests.measures.hand import day, hand, met, row, saw, told
from tests.measures.made import nobody


def closed(date: str, who: str = "A1", to: str = "", **more: str) -> dict[str, str]:
    return row("closed", date, who, to, **more)


def only(case: sn.Case, at: str, rules: sn.Rules | None = None) -> dict[str, Any]:
    (line,) = closures(case, at, rules=rules).to_dict("records")
    return line


SEEN = (saw("1", "A1"), saw("1", "B1"), saw("1", "C1"))


def test_a_partner_named_in_the_row_was_told_and_the_others_were_not() -> None:
    line = only(hand(*SEEN, closed("5", to="B1;M")), day(5))
    assert (line["people"], line["agencies"], line["partners"]) == (("A1",), ("a",), ("b", "c"))
    assert (line["told"], line["untold"], line["family_told"], line["state"]) == (("b",), ("c",), True, "partner told")
    assert line["rows"] == ("r4",)


def test_a_colleague_of_the_same_agency_and_the_family_are_no_partners() -> None:
    line = only(hand(*SEEN, closed("5", to="A2;M")), day(5))
    assert (line["told"], line["state"]) == ((), "no partner told")


def test_a_meeting_in_the_28_days_before_counts_beside_it() -> None:
    case = hand(*SEEN, met("3", "A2;B1"), closed("31"))
    line = only(case, day(31))
    assert (line["met_before"], line["untold"], line["state"]) == (("b",), ("c",), "partner met before")
    assert line["rows"] == ("r4", "r5")
    assert only(case, day(31), sn.Rules(told_before_closing_days=27))["state"] == "no partner told"


def test_a_meeting_without_the_closing_agency_or_after_the_day_tells_nobody() -> None:
    case = hand(*SEEN, met("3", "B1;C1"), closed("5"), met("6", "A1;B1"))
    assert only(case, day(9))["state"] == "no partner told"


def test_a_row_about_the_closure_tells_later() -> None:
    case = hand(*SEEN, closed("5"), told("9", "A1", "C1", ref="r4"))
    assert only(case, day(8))["state"] == "no partner told"
    line = only(case, day(9))
    assert (line["told_later"], line["state"], line["untold"]) == (("c",), "told later", ("b", "c"))
    assert str(line["told_later_on"].date()) == day(9)


def test_where_nobody_else_is_involved_there_is_no_partner() -> None:
    assert only(hand(saw("1", "A1"), saw("1", "A2"), closed("5")), day(5))["state"] == "no partner involved"


def test_partners_who_have_closed_before_are_no_partners_any_more() -> None:
    table = closures(hand(*SEEN, closed("4", "B1"), closed("5", "A1")), day(9))
    assert table["partners"].tolist() == [("a", "c"), ("c",)]


def test_no_closure_no_line() -> None:
    assert closures(nobody()).empty


def test_all_of_max_were_told_and_few_of_victoria_climbie() -> None:
    assert set(closures(sn.load_case("max"))["state"]) == {"partner told"}
    # no closed row of the case names anybody in `to`
    assert "partner told" not in set(closures(sn.load_case("victoria_climbie"))["state"])
