"""How long a worry stayed where it was first known."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.latency import STAGES, sharing_latency
from tests import builder
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged

TWO = "T@school S@council"


def line_of(*given, at="2024-01-31", **tables):
    return sharing_latency(case(*given, **tables), at).iloc[0]


def test_in_the_worked_example_one_worry_was_not_shared():
    # c1 seen on the 10th, told on the 12th; c2 seen on the 15th, not told; c3 seen on the 20th, told on the 25th
    table = sharing_latency(sn.load_case("worked_example"), "2024-01-31").set_index("concern")
    assert table["days_to_shared"].dropna().to_dict() == {"c1": 2, "c3": 5}
    assert table["never_shared"].to_dict() == {"c1": False, "c2": True, "c3": False}
    assert table["days_unshared"].to_dict() == {"c1": 2, "c2": 16, "c3": 5}
    assert list(table.index) == ["c2", "c3", "c1"]  # the longest first


def test_within_an_agency_is_shared_but_not_with_another():
    rows = ["observed T c1", "told T>R c1 phone", "told R>S c1 phone"]
    line = line_of("T@school R@school S@council", "c1", *rows)
    assert (line["days_to_shared"], line["days_to_other_agency"]) == (1, 2)


def test_a_fax_to_a_desk_comes_to_another_agency_and_to_no_second_professional():
    line = line_of(TWO, "c1", "observed T c1", "told T>council c1 fax", agencies="council:social_care")
    assert (line["days_to_other_agency"], line["days_to_social_care"], line["never_shared"]) == (1, 1, True)


def test_what_came_from_the_family_is_known_but_not_shared():
    line = line_of("T@school F:family", "c1", "told F>T c1 phone", "met T;F c1")
    assert line["first_known"] == pd.Timestamp("2024-01-01")
    assert line["never_shared"]


def test_who_was_in_the_room_when_the_family_told_it_heard_it_from_them_and_is_no_second_who_was_told():
    line = line_of(f"{TWO} F:family", "c1", "observed T c1", "told F>T c1 letter present=S")
    assert line["never_shared"]
    line = line_of(f"{TWO} F:family", "c1", "observed T c1", "told T>F c1 phone present=S")
    assert line["days_to_shared"] == 1


def test_a_contact_without_the_worry_does_not_share_it():
    assert line_of(TWO, "c1", "observed T c1", "told T>S - phone")["never_shared"]


def test_what_did_not_arrive_is_not_shared_and_what_was_read_later_is_then():
    rows = ["observed T c1", "told T>S c1 letter received=no", "3 told T>S c1 letter received_on=9"]
    line = line_of(TWO, "c1", *rows)
    assert line["shared"] == pd.Timestamp("2024-01-09")
    assert line["days_to_shared"] == 8


def test_two_who_saw_it_together_shared_it_at_once():
    assert line_of(TWO, "c1", "observed T;S c1")["days_to_shared"] == 0


def test_social_care_and_the_police_have_it_by_a_person_or_by_the_file():
    rows = ["observed T c1", "told T>council c1 fax", "told T>P c1 phone"]
    sectors = "school:education council:social_care police:police"
    line = line_of(f"{TWO} P@police", "c1", *rows, agencies=sectors)
    assert (line["days_to_social_care"], line["days_to_police"]) == (1, 2)


@pytest.mark.parametrize(
    ("lead", "days"),
    [("lead_to=2024-03", 1), ("lead_from=01-06", 5), ("lead_from=2023-01-01 lead_to=01-01", None)],
)
def test_the_lead_professional_has_it_once_they_lead_and_know(lead, days):
    line = line_of(f"{TWO} {lead}", "c1", "observed T c1", "told T>S c1 phone")
    assert line["days_to_lead"] is pd.NA if days is None else line["days_to_lead"] == days


def test_a_partial_date_gives_the_certain_and_the_possible_day():
    rows = ["2024-01 observed T c1", "01-20/02-10 told T>S c1 phone"]
    line = line_of(TWO, "c1", *rows, at="2024-02-28")
    names = ("first_known", "first_known_possible", "shared", "shared_possible")
    assert [str(line[name].date()) for name in names] == ["2024-01-31", "2024-01-01", "2024-02-10", "2024-01-20"]
    assert line["days_to_shared"] == 10


def test_the_days_follow_the_rule_on_dates():
    made_case = case(TWO, "c1", "2024-01 observed T c1", "01-20/02-10 told T>S c1 phone")
    line = sharing_latency(made_case, "2024-02-28", rules=sn.Rules(dates="earliest")).iloc[0]
    assert (line["days_to_shared"], line["days_unshared"]) == (19, 19)


def test_what_may_have_been_shared_but_not_certainly_is_only_possible():
    line = line_of(TWO, "c1", "observed T c1", "01-20/02-10 told T>S c1 phone")
    assert pd.isna(line["shared"])
    assert line["shared_possible"] == pd.Timestamp("2024-01-20")
    assert line["never_shared"]
    assert line["days_unshared"] == 30


def test_paper_that_no_row_confirms_is_not_shared_where_the_rules_say_so():
    made_case = case(TWO, "c1", "observed T c1", "told T>S c1 letter")
    assert sharing_latency(made_case)["never_shared"].tolist() == [False]
    strict = sharing_latency(made_case, rules=sn.Rules(unconfirmed="does_not_count"))
    assert strict["never_shared"].tolist() == [True]


def test_without_worries_there_are_columns_and_no_lines():
    table = sharing_latency(builder.nobody())
    assert table.empty
    assert table.dtypes.equals(sharing_latency(sn.load_case("reuben")).dtypes)


def check(tables, made_case, at, dates="latest"):
    table = sharing_latency(made_case, at, rules=sn.Rules(dates=dates)).set_index("concern")
    expected = brute.sharing_latency(tables, at, dates=dates)
    assert sorted(table.index) == sorted(expected)
    for worry, line in expected.items():
        found = table.loc[worry]
        known = found["first_known" if dates == "latest" else "first_known_possible"]
        assert known == pd.Timestamp(line["first_known"])
        for stage in ("shared", "lead", "social_care", "police"):
            days = found[f"days_to_{stage}"]
            assert (None if days is pd.NA else days) == line[stage], (worry, stage)
        assert found["never_shared"] == (line["shared"] is None)
    for name in STAGES:
        assert (table[f"{name}_possible"] <= table[name])[table[name].notna()].all()


test_of_the_packaged_cases_the_days_are_those_of_the_brute_force = packaged(check)

test_the_days_are_those_of_the_brute_force = made_up(check, st.sampled_from(["latest", "earliest"]))
