from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import given

import safetynet as sn
from safetynet.measures.services import service_gaps
from tests import strategies
from tests.builder import from_tables, nobody
from tests.measures.four import day, days, four


def service(agency: str = "", start: str = "", end: str = "", need: str = "help", person: str = "K") -> dict[str, str]:
    return {"need": need, "person": person, "agency": agency, "start": start, "end": end}


def gaps(*services: dict[str, str], at: str = day(31)) -> list[dict[str, Any]]:
    table = service_gaps(four("1 observed A1 c1", services=list(services)), at)
    for name in ("start", "end"):
        table[name] = days(table[name])
    return list(table.drop(columns=["need", "person", "rows"]).to_dict("records"))


def test_a_need_that_no_agency_meets_has_no_service() -> None:
    (line,) = gaps(service())
    assert (line["finding"], line["agencies"], line["start"]) == ("no service", (), "")


def test_a_need_is_open_until_a_service_begins_and_since_when_if_that_is_given() -> None:
    listed = (service(start=day(5)), service("a", day(20)))
    (line,) = gaps(*listed, at=day(19))
    assert (line["finding"], line["start"], line["end"], line["days"]) == ("no service", day(5), day(19), 15)
    assert gaps(*listed, at=day(20)) == []


def test_two_agencies_at_once() -> None:
    (line,) = gaps(service("a", day(1), day(10)), service("b", day(8), ""))
    assert line["finding"] == "several agencies at once"
    assert (line["agencies"], line["start"], line["end"]) == (("a", "b"), day(8), day(10))
    assert (line["days"], line["days_least"]) == (3, 3)


def test_one_agency_twice_or_two_needs_or_two_people_are_no_duplication() -> None:
    assert gaps(service("a", day(1)), service("a", day(3))) == []
    assert gaps(service("a", day(1)), service("b", day(1), need="other")) == []
    assert gaps(service("a", day(1)), service("b", day(1), person="M")) == []


def test_a_gap_in_time_between_two_services() -> None:
    (line,) = gaps(service("a", day(1), day(4)), service("b", day(9)))
    assert (line["finding"], line["agencies"], line["start"], line["end"]) == (
        "gap in time",
        ("a", "b"),
        day(5),
        day(8),
    )
    assert (line["days"], line["days_least"]) == (4, 4)


def test_services_that_follow_at_once_leave_no_gap_and_an_end_is_none() -> None:
    assert gaps(service("a", day(1), day(4)), service("b", day(5), day(9))) == []


def test_a_third_service_that_runs_on_fills_the_gap() -> None:
    found = gaps(service("a", day(1), day(4)), service("c", day(2), day(20)), service("b", day(9), day(30)))
    assert [line["finding"] for line in found] == ["several agencies at once"] * 2


def test_partial_dates_give_the_most_and_the_fewest_days() -> None:
    # the first ends some day in February, the second starts some day in April
    (line,) = gaps(service("a", "2024-01-01", "2024-02"), service("b", "2024-04"), at="2024-06-30")
    assert (line["start"], line["end"]) == ("2024-02-02", "2024-04-29")
    assert (line["days"], line["days_least"]) == (88, 31)  # at most 28 + 31 + 29, at least March


def test_where_dates_allow_both_an_overlap_and_a_gap_both_are_named_with_none_for_sure() -> None:
    found = gaps(service("a", "2024-01-01", "2024-02"), service("b", "2024-02"), at="2024-06-30")
    # together from 1 to 29 February, or neither from the 2nd to the 28th
    together, apart = ((line["finding"], line["days"], line["days_least"]) for line in found)
    assert together == ("several agencies at once", 29, 0)
    assert apart == ("gap in time", 27, 0)


def test_what_begins_later_is_not_there_yet() -> None:
    assert [line["finding"] for line in gaps(service("a", day(9)), at=day(8))] == ["no service"]


def test_before_the_first_row_the_services_that_had_begun_are_there() -> None:
    # the chronology has one row, of 1 January 2024
    listed = (service("a", "2023-06-01", "2023-06-30"), service("b", "2023-08-01"))
    (line,) = gaps(*listed, at="2023-09-01")
    assert (line["finding"], line["days"]) == ("gap in time", 31)
    assert (line["start"], line["end"]) == ("2023-07-01", "2023-07-31")
    assert [line["finding"] for line in gaps(*listed, at="2023-05-31")] == ["no service"]


def test_a_service_without_a_start_has_begun_before_anything_on_record() -> None:
    assert gaps(service("a"), at="2023-09-01") == []
    # ended before the first row: up to then, and a gap from there
    (line,) = gaps(service("a", end="2023-12-20"), service("b", day(3)), at=day(9))
    assert (line["finding"], line["start"], line["end"], line["days"]) == ("gap in time", "2023-12-21", day(2), 13)
    (line,) = gaps(service("a"), service("b", "2023-12-20"), at=day(9))  # together from the first row on, for sure
    assert (line["finding"], line["start"], line["days"]) == ("several agencies at once", day(1), 9)


def test_two_agencies_that_begin_on_one_day_after_a_gap_are_both_named() -> None:
    found = gaps(service("a", day(1), day(4)), service("c", day(9), day(9)), service("b", day(9), day(9)))
    assert [line["agencies"] for line in found if line["finding"] == "gap in time"] == [("a", "b", "c")]


@given(strategies.cases(), strategies.questions)
def test_nothing_rests_on_what_came_later(tables: dict[str, list[dict[str, str]]], at: dt.date) -> None:
    case = from_tables(tables)
    later = case.with_rows([{"date": at + dt.timedelta(days=3), "kind": "observed", "who": "p1", "concerns": "c1"}])
    pd.testing.assert_frame_equal(service_gaps(case, at), service_gaps(later, at))


def test_reuben_and_max_have_the_open_needs_of_their_tables() -> None:
    table = service_gaps(sn.load_case("reuben"))
    assert set(table["need"]) == {"developmental assessment", "work on violence", "contact with mother"}
    assert service_gaps(sn.load_case("max"))["person"].tolist() == ["mp"]
    assert service_gaps(nobody()).empty
