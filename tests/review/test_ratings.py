"""Each kind about ratings fires on a small case, and not on its twin."""

from __future__ import annotations

from tests.review.builder import found, made, observed, one, told

PEOPLE = "S@council G@health"


def test_a_worry_rated_two_below_its_severity_is_found_once_for_each_rater() -> None:
    rows = [observed("S", "c1;c2", rating="1"), told("S", "G", "c1", rating="2")]
    finding = one("rated_lower", made(PEOPLE, rows, "c1:4 c2:2"), at="2024-01-31")
    assert finding.rows == ("e1", "e2")
    assert finding.concerns == ("c1",)  # c2 is rated 1 below its severity
    assert finding.severity == 4
    assert "rating c1 (c1) at 1 to 2 of 4 on 2024-01-01 and again in e2;" in finding.statement
    assert finding.statement.endswith("the coder's severity is 4.")


def test_a_worry_rated_one_below_or_not_at_all_is_no_finding() -> None:
    rows = [observed("S", "c1", rating="3"), told("S", "G", "c1")]
    assert found("rated_lower", made(PEOPLE, rows, "c1:4"), at="2024-01-31") == []


def test_ratings_of_two_people_two_apart_are_found() -> None:
    rows = [observed("S", "c1", rating="3"), told("S", "G", "c1"), observed("G", "c1", rating="1")]
    finding = one("rated_differently", made(PEOPLE, rows, "c1:3"), at="2024-01-31")
    assert finding.rows == ("e1", "e3")
    assert finding.people == ("G", "S")
    assert finding.days == 2
    assert "S and G rated c1 (c1) differently: 3 of 4 on 2024-01-01, and 1 on 2024-01-03." in finding.statement


def test_ratings_one_apart_and_ones_own_change_of_view_are_no_finding() -> None:
    near = [observed("S", "c1", rating="3"), observed("G", "c1", rating="2")]
    own = [observed("S", "c1", rating="3"), observed("S", "c1", rating="1")]
    for rows in (near, own):
        assert found("rated_differently", made(PEOPLE, rows, "c1:3"), at="2024-01-31") == []
