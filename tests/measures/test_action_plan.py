"""The action plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.action_plan import STATES, action_plan, planned_share
from tests import strategies
from tests.brute import around, model
from tests.builder import from_tables, nobody
from tests.measures.four import day, four


def plan(case: sn.Case, at: str) -> dict[str, dict[str, Any]]:
    return {line["row"]: line for line in action_plan(case, at).to_dict("records")}


CASE = four(
    "1 told A1>B1 c1 phone",  # e1: A1 and B1 have c1
    "2 agreed B1 c1 due=10",  # e2
    "3 agreed C1;A1 c1;c2 due=5",  # e3: A1 has c1 only
    "4 agreed B1 c1",  # e4
    "5 agreed - c2 due=20",  # e5
    "6 needed - c2 due=7",  # e6
    "12 done B1 - ref=e2",  # e7: two days late
    "6 done C1 - ref=e3 outcome=attempted",  # e8
    "8 agreed C1 -",  # e9: about no worry
    "9 done C1 - ref=e9 outcome=refused",  # e10
)


def test_every_state_by_hand() -> None:
    states = {name: line["state"] for name, line in plan(CASE, day(46)).items()}
    assert states == {
        "e2": "completed",
        "e3": "overdue",
        "e4": "live",  # 4 + 42 = 46
        "e5": "nobody took it",
        "e6": "needed, never agreed",
        "e9": "refused",
    }
    assert plan(CASE, day(47))["e4"]["state"] == "lapsed"
    assert plan(CASE, day(11))["e2"]["state"] == "overdue"
    assert plan(CASE, day(10))["e2"]["state"] == "live"
    assert set(states.values()) | {"lapsed"} == set(STATES)


def test_an_action_that_answers_two_worries_is_live_while_one_of_them_is_attended_to() -> None:
    case = four("1 told A1>B1 c1;c2 phone", "2 agreed B1 c1;c2", "40 told B1>C1 c2 phone")
    assert plan(case, day(80))["e2"]["state"] == "live"  # 40 + 42 = 82, for c2
    assert plan(case, day(83))["e2"]["state"] == "lapsed"


def test_an_action_on_no_worry_is_live_by_what_was_done_about_it() -> None:
    case = four("2 agreed B1 -", "20 observed B1 - seen=alone", "30 done B1 - ref=e1 outcome=partly")
    assert [plan(case, day(number))["e1"]["state"] for number in (29, 72, 73)] == ["live", "live", "lapsed"]
    assert plan(four("2 agreed B1 - due=200"), day(103))["e1"]["state"] == "lapsed"  # a hundred days


def test_days_late_run_to_completion_or_to_the_date_asked_for() -> None:
    lines = plan(CASE, day(15))
    late = {name: line["days_late"] for name, line in lines.items() if not pd.isna(line["days_late"])}
    assert late == {"e2": 2, "e3": 10, "e5": 0}
    assert lines["e2"]["outcome"] == "completed"
    assert lines["e3"]["outcome"] == "attempted"
    assert str(lines["e2"]["done_on"].date()) == day(12)


def test_it_says_which_concerns_no_owner_has_on_record() -> None:
    lines = plan(CASE, day(15))
    missing = {name: line["not_on_record"] for name, line in lines.items()}
    assert missing == {"e2": (), "e3": ("c2",), "e4": (), "e5": (), "e6": (), "e9": ()}
    known = {name: line["owner_informed"] for name, line in lines.items()}
    informed = {name: None if pd.isna(value) else bool(value) for name, value in known.items()}
    assert informed == {"e2": True, "e3": False, "e4": True, "e5": None, "e6": None, "e9": None}


def test_the_rows_that_brought_it_up_after_completion_are_named() -> None:
    case = four("1 observed A1 c1;c2", "2 agreed A1 c1;c2", "3 done A1 - ref=e2", "4 observed B1 c2")
    line = plan(case, day(4))["e2"]
    assert (line["state"], line["came_back"]) == ("completed", ("e4",))
    assert line["rows"] == ("e1", "e2", "e3", "e4")


def test_the_share_with_an_owner_and_a_date() -> None:
    score = planned_share(CASE, day(15))
    assert score == 0.4  # e2 and e3 of e2 e3 e4 e5 e9; e6 was never agreed
    assert score.table["planned"].tolist() == [True, True, False, False, False]
    assert score.rows == ("e2", "e3", "e4", "e5", "e9")
    assert "1 had no owner and 2 no date" in score.explain()


@pytest.mark.parametrize("case", [nobody(), four("1 needed - c1")])
def test_without_an_agreed_action_the_share_is_not_defined(case: sn.Case) -> None:
    assert planned_share(case).reason == "no action was agreed"
    assert len(planned_share(case).table) == 0
    assert planned_share(case).table.dtypes.equals(planned_share(CASE).table.dtypes)


def test_the_packaged_cases() -> None:
    assert planned_share(sn.load_case("max")) == 1  # seven of seven
    assert planned_share(sn.load_case("reuben")) == 0  # neither of two has a date
    late = action_plan(sn.load_case("max")).set_index("row")["days_late"].dropna().to_dict()
    # due 15 April, done 11 July and 30 October; due 30 April, done 30 May
    assert late == {"A01": 0, "A02": 0, "A03": 87, "A04": 198, "A05": 0, "A06": 30, "A08": 0}


@given(strategies.cases(), strategies.questions)
def test_what_is_live_is_in_hand_for_the_brute_force_whoever_is_informed(tables, at) -> None:
    v = model.view(tables, at)
    for name, line in plan(from_tables(tables), str(at)).items():
        if line["state"] not in ("nobody took it", "needed, never agreed"):
            assert (line["state"] == "live") == around.is_in_hand(v, v.row[name])
