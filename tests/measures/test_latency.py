"""How long a worry stayed where it was first known."""

from __future__ import annotations

import pandas as pd
from hypothesis import given

import safetynet as sn
from safetynet.measures.latency import STAGES, sharing_latency
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw, told


def agencies(**sectors):
    return pd.DataFrame({"id": list(sectors), "name": list(sectors), "sector": list(sectors.values())})


def test_in_the_worked_example_one_worry_was_never_shared():
    # c1 seen on the 10th, told on the 12th; c2 seen on the 15th, never told; c3 seen on the 20th, told on the 25th
    table = sharing_latency(sn.load_case("worked_example"), "2024-01-31").set_index("concern")
    assert table["days_to_shared"].dropna().to_dict() == {"c1": 2, "c3": 5}
    assert table["never_shared"].to_dict() == {"c1": False, "c2": True, "c3": False}
    assert table["days_unshared"].to_dict() == {"c1": 2, "c2": 16, "c3": 5}
    assert list(table.index) == ["c2", "c3", "c1"]  # the longest first


def test_within_an_agency_is_shared_but_not_with_another():
    rows = [saw("T"), told("T", "R", concerns="c1"), told("R", "S", concerns="c1")]
    line = sharing_latency(made.case("T@school R@school S@council", rows)).iloc[0]
    assert (line["days_to_shared"], line["days_to_other_agency"]) == (1, 2)


def test_what_came_from_the_family_is_known_but_not_shared():
    rows = [told("F", "T", concerns="c1"), {"kind": "met", "who": "T;F", "concerns": "c1"}]
    line = sharing_latency(made.case("T@school F:family", rows)).iloc[0]
    assert line["first_known"] == pd.Timestamp("2024-01-01")
    assert line["never_shared"]


def test_a_contact_without_the_worry_does_not_share_it():
    assert sharing_latency(made.case("T@school S@council", [saw("T"), told("T", "S")]))["never_shared"].tolist() == [
        True
    ]


def test_what_did_not_arrive_is_not_shared_and_what_was_read_later_is_then():
    rows = [saw("T"), told("T", "S", concerns="c1", channel="letter", received="no"),
            told("T", "S", concerns="c1", channel="letter", received_on="2024-01-09")]  # fmt: skip
    line = sharing_latency(made.case("T@school S@council", rows), "2024-01-31").iloc[0]
    assert line["shared"] == pd.Timestamp("2024-01-09")
    assert line["days_to_shared"] == 8


def test_two_who_saw_it_together_shared_it_at_once():
    assert sharing_latency(made.case("T@school S@council", [saw("T;S")]))["days_to_shared"].tolist() == [0]


def test_social_care_and_the_police_have_it_by_a_person_or_by_the_file():
    rows = [saw("T"), told("T", "council", concerns="c1", channel="fax"), told("T", "P", concerns="c1")]
    table = agencies(school="education", council="social_care", police="police")
    line = sharing_latency(made.case("T@school S@council P@police", rows, agencies=table)).iloc[0]
    assert (line["days_to_social_care"], line["days_to_police"]) == (1, 2)


def lead_case(start, end, rows):
    case = made.case("T@school S@council", rows)
    people = case.people
    people.loc[people["id"] == "S", ["lead_from", "lead_to"]] = [start, end]
    return sn.Case(people, case.concerns, case.chronology)


def test_the_lead_professional_has_it_once_they_lead_and_know():
    rows = [saw("T"), told("T", "S", concerns="c1")]
    for start, end, days in (("", "2024-03", 1), ("2024-01-06", "", 5), ("2023-01-01", "2024-01-01", None)):
        line = sharing_latency(lead_case(start, end, rows), "2024-01-31").iloc[0]
        assert line["days_to_lead"] is pd.NA if days is None else line["days_to_lead"] == days


def test_a_partial_date_gives_the_certain_and_the_possible_day():
    rows = [saw("T", date="2024-01"), told("T", "S", concerns="c1", date="2024-01-20/2024-02-10")]
    line = sharing_latency(made.case("T@school S@council", rows), "2024-02-28").iloc[0]
    names = ("first_known", "first_known_possible", "shared", "shared_possible")
    assert [str(line[name].date()) for name in names] == [
        "2024-01-31", "2024-01-01", "2024-02-10", "2024-01-20",
    ]  # fmt: skip
    assert line["days_to_shared"] == 10


def test_what_may_have_been_shared_but_not_certainly_is_only_possible():
    rows = [saw("T"), told("T", "S", concerns="c1", date="2024-01-20/2024-02-10")]
    line = sharing_latency(made.case("T@school S@council", rows), "2024-01-31").iloc[0]
    assert pd.isna(line["shared"])
    assert line["shared_possible"] == pd.Timestamp("2024-01-20")
    assert line["never_shared"]
    assert line["days_unshared"] == 30


def test_without_worries_there_are_columns_and_no_lines():
    table = sharing_latency(made.nobody())
    assert table.empty
    assert list(table) == list(sharing_latency(sn.load_case("reuben")))


@given(strategies.cases(), strategies.questions)
def test_days_follow_from_the_dates_and_possibly_is_never_after_certainly(tables, at):
    table = sharing_latency(made.from_tables(tables), at)
    assert sorted(table["concern"]) == sorted(brute.known_worries(tables, at))
    for line in table.itertuples():
        for stage in STAGES:
            day, possible, days = (getattr(line, name) for name in (stage, f"{stage}_possible", f"days_to_{stage}"))
            if pd.isna(day):
                assert days is pd.NA
            else:
                assert possible <= day <= pd.Timestamp(at)
                assert days == (day - line.first_known).days
        if not pd.isna(line.other_agency):
            assert line.shared <= line.other_agency
