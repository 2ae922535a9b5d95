"""Missed opportunities, and what was shared beyond need."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.opportunities import missed_opportunities, shared_beyond_need
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import met, saw, told


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def allow(*rows):
    """A table of permissions from (from, to, permission) or (from, to, permission, start, end)."""
    columns = ["from", "to", "permission", "start", "end"]
    return pd.DataFrame([[*row, "", ""][:5] for row in rows], columns=columns, dtype="str")


def missed(case, at="2024-02-28", **more):
    table = missed_opportunities(case, at, **more).table
    return list(table[["row", "concern", "agency"]].itertuples(index=False, name=None))


# missed -----------------------------------------------------------------------------------------------


def test_in_the_worked_example_the_meeting_is_the_one_that_was_missed(worked):
    # on 30 January P (with c2 since the 15th) met S, of whose agency nobody has c2 by 6 February
    score = missed_opportunities(worked, "2024-02-06")
    assert float(score) == score.low == score.high == 1
    line = score.table.iloc[0]
    assert (line["row"], line["concern"], line["agency"]) == ("e6", "c2", "council")
    assert (line["holders"], line["recipients"], line["severity"], line["joined"]) == (("P",), ("S",), 4, 4.0)
    assert line["farther"] == ()  # nothing follows the meeting
    assert pd.isna(line["on_record"])
    assert line["rows"] == ("e3", "e6")
    assert score.rows == ("e3", "e6")


def test_before_the_days_of_grace_are_over_nothing_is_missed(worked):
    score = missed_opportunities(worked, "2024-02-05")
    assert float(score) == 0
    assert score.defined
    assert float(missed_opportunities(worked, "2024-02-05", rules=sn.Rules(grace_days=6))) == 1


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("max", set()),
        ("reuben", {"M01", "F06"}),
        ("victoria_climbie", {"F16", "F36", "F40", "F52", "M01"}),
        ("malachi_subecz", {"F16"}),
    ],
)
def test_the_rows_of_a_packaged_case_are_those_of_an_independent_count(name, rows):
    score = missed_opportunities(sn.load_case(name))
    assert float(score) == len(rows)
    assert set(score.table["row"]) == rows


def test_among_them_is_the_telephone_call_about_scabies():
    table = missed_opportunities(sn.load_case("victoria_climbie")).table
    call = table[table["row"] == "F36"]
    assert set(call["date"]) == {pd.Timestamp("1999-08-04")}
    assert call["joined"].tolist() == [11.0, 11.0, 11.0]  # C18 (4), C19 (3) and C20 (4)
    assert table["row"].tolist()[:3] == ["F36", "F36", "F36"]  # it would have joined the most


def test_only_the_first_day_counts():
    case = made.case("T@school S@council", [saw("T"), told("T", "S"), told("T", "S")])
    assert missed(case) == [("e2", "c1", "council")]


def test_both_contacts_of_the_first_day_count():
    rows = [saw("T"), told("T", "S"), told("T", "S", date="2024-01-02")]
    assert [row for row, _, _ in missed(made.case("T@school S@council", rows))] == ["e2", "e3"]


def test_it_is_not_missed_if_anybody_of_the_agency_has_it_within_the_days_of_grace():
    people = "T@school S@council R@council"
    late = [saw("T"), told("T", "S"), told("T", "R", concerns="c1", date="2024-01-10")]
    assert missed(made.case(people, late)) == [("e2", "c1", "council")]
    table = missed_opportunities(made.case(people, late), "2024-01-31").table
    assert table["on_record"].tolist() == [pd.Timestamp("2024-01-10")]
    in_time = [saw("T"), told("T", "S"), told("T", "R", concerns="c1", date="2024-01-09")]
    assert missed(made.case(people, in_time)) == []


def test_the_file_of_the_agency_counts_as_the_agency():
    rows = [saw("T"), told("T", "S"), told("T", "council", concerns="c1", channel="fax")]
    assert missed(made.case("T@school S@council", rows)) == []


def test_a_desk_is_nobody_to_whom_it_could_have_been_said():
    rows = [saw("T"), told("T", "council", channel="fax")]
    assert missed(made.case("T@school S@council", rows)) == []


def test_whoever_came_to_know_within_the_window_of_the_contact_could_not_certainly_have_passed_it():
    rows = [saw("T", date="2024-01-03"), told("T", "S", date="2024-01-02/2024-01-08")]
    assert missed(made.case("T@school S@council", rows)) == []


def test_a_letter_that_never_arrived_is_no_opportunity():
    rows = [saw("T"), told("T", "S", channel="letter", received="no")]
    assert missed(made.case("T@school S@council", rows)) == []


def test_what_the_recipient_of_a_letter_has_could_not_have_gone_back():
    rows = [saw("S"), told("T", "S", channel="letter")]
    assert missed(made.case("T@school S@council", rows)) == []
    by_phone = [saw("S"), told("T", "S")]
    assert missed(made.case("T@school S@council", by_phone)) == [("e2", "c1", "school")]


def test_how_much_farther_it_would_have_gone():
    # T could have told S on the 2nd; S met R on the 3rd, and R rang G on the 4th. G met D before, on the 2nd
    rows = [saw("T"), told("T", "S"), met("S;R"), told("R", "G"), met("D;G", date="2024-01-02")]
    case = made.case("T@school S@council R@police G@health D@housing", rows)
    table = missed_opportunities(case, "2024-01-31").table
    assert table[["row", "agency", "farther"]].values.tolist() == [["e2", "council", ("G", "R")]]


def test_the_rest_of_the_same_call_is_not_what_followed_it():
    # T rang S and R together; that S could say it on in the same call is nothing that followed
    case = made.case("T@school S@council R@police", [saw("T"), told("T", "S;R")])
    table = missed_opportunities(case, "2024-01-31").table
    assert table[["agency", "farther"]].values.tolist() == [["council", ()], ["police", ()]]


def test_where_it_was_not_allowed_or_not_needed_there_was_no_opportunity():
    rows = [saw("T"), told("T", "S")]
    for word, expected in (("prohibited", 0), ("not_needed", 0), ("permitted", 1), ("required", 1)):
        case = made.case("T@school S@council", rows, permissions=allow(("school", "council", word)))
        score = missed_opportunities(case, "2024-01-31")
        assert (float(score), score.low, score.high) == (expected, expected, expected)
        assert score.table["permission"].tolist() == [word] * expected


def test_what_nobody_coded_counts_and_the_lower_bound_leaves_it_out():
    other_way = allow(("council", "school", "permitted"))
    case = made.case("T@school S@council", [saw("T"), told("T", "S")], permissions=other_way)
    score = missed_opportunities(case, "2024-01-31")
    assert (float(score), score.low, score.high) == (1, 0, 1)
    assert score.table["permission"].tolist() == ["unknown"]
    assert "it is 0" in score.explain()


def test_leaving_out_what_nobody_coded_can_also_raise_the_number():
    # with T's call on the 2nd out, the first day is the 4th, with two calls of R
    rows = [saw("T;R"), told("T", "S"), told("R", "S", date="2024-01-04"), told("R", "S", date="2024-01-04")]
    case = made.case("T@school R@police S@council", rows, permissions=allow(("police", "council", "permitted")))
    score = missed_opportunities(case, "2024-01-31")
    assert set(score.table["row"]) == {"e2"}
    assert (float(score), score.low, score.high) == (1, 1, 2)


def test_a_permission_that_began_within_the_window_may_have_allowed_it():
    rows = [saw("T"), told("T", "S", date="2024-01-02/2024-01-06")]
    begins = allow(
        ("school", "council", "permitted", "2024-01-04", ""), ("school", "council", "prohibited", "", "2024-01-03")
    )
    score = missed_opportunities(made.case("T@school S@council", rows, permissions=begins), "2024-01-31")
    assert (float(score), score.low) == (1, 0)


def test_it_counts_nothing_where_nothing_happened():
    score = missed_opportunities(made.nobody())
    assert float(score) == 0
    assert list(score.table) == list(missed_opportunities(sn.load_case("reuben")).table)


def test_it_says_in_plain_words_what_was_found(worked):
    assert missed_opportunities(worked, "2024-02-06").explain() == (
        "By 2024-02-06 the record shows 1 contact in which somebody with a worry on record was in touch with an agency "
        "that had no record of it, and 7 days later it still had none: 1 worry, 1 agency."
    )


@given(strategies.cases(), strategies.questions)
def test_they_are_those_of_the_brute_force(tables, at):
    score = missed_opportunities(made.from_tables(tables), at)
    with brute.reading(opportunity_day="last"):
        expected = brute.missed_opportunities(tables, at)
        withheld = brute.count_missed(tables, at, unknown=False)
    assert set(score.table[["row", "concern", "agency"]].itertuples(index=False, name=None)) == expected
    assert float(score) == len({row for row, _, _ in expected})
    assert (score.low, score.high) == (min(float(score), withheld), max(float(score), withheld))


# beyond need ------------------------------------------------------------------------------------------


def test_what_was_passed_although_prohibited_or_not_needed_is_listed():
    rows = [saw("T"), told("T", "S", concerns="c1"), told("T", "P", concerns="c1"), told("T", "G", concerns="c1")]
    table = allow(("*", "council", "prohibited"), ("school", "police", "not_needed"), ("school", "health", "permitted"))
    case = made.case("T@school S@council P@police G@health", rows, permissions=table)
    assert shared_beyond_need(case)[
        ["row", "concern", "senders", "recipient", "agency", "permission"]
    ].values.tolist() == [
        ["e2", "c1", ("T",), "S", "council", "prohibited"],
        ["e3", "c1", ("T",), "P", "police", "not_needed"],
    ]


def test_what_did_not_arrive_or_was_not_said_is_not_beyond_need():
    rows = [saw("T"), told("T", "S", concerns="c1", channel="letter", received="no"), told("T", "S")]
    assert shared_beyond_need(made.case("T@school S@council", rows, permissions=allow(("*", "*", "prohibited")))).empty


def test_in_a_meeting_those_who_had_it_pass_it_to_those_who_had_not():
    rows = [saw("T"), told("T", "P", concerns="c1"), met("T;P;S", concerns="c1")]
    table = allow(("school", "council", "prohibited"), ("police", "council", "permitted"), ("*", "police", "permitted"))
    case = made.case("T@school P@police S@council", rows, permissions=table)
    assert shared_beyond_need(case).empty  # P could say it to S
    case = made.case("T@school P@police S@council", rows, permissions=allow(("*", "council", "not_needed")))
    assert shared_beyond_need(case)[["row", "senders", "recipient"]].values.tolist() == [["e3", ("P", "T"), "S"]]


def test_without_permissions_nothing_is_beyond_need():
    assert shared_beyond_need(sn.load_case("victoria_climbie")).empty
