from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.action_plan import action_plan, planned_share
from tests.measures.hand import agreed, day, done, hand, row, saw, told
from tests.measures.made import nobody


def plan(case: sn.Case, at: str) -> dict[str, dict[str, Any]]:
    return {line["row"]: line for line in action_plan(case, at).to_dict("records")}


CASE = hand(
    told("1", "A1", "B1"),  # r1: A1 and B1 have c1
    agreed("2", "B1", "c1", due=day(10)),  # r2
    agreed("3", "C1;A1", "c1;c2", due=day(5)),  # r3: A1 has c1 only
    agreed("4", "B1", "c1"),  # r4
    agreed("5", "", "c2", due=day(20)),  # r5
    row("needed", "6", "", "", "c2", due=day(7)),  # r6
    done("12", "B1", "r2"),  # r7: two days late
    done("6", "C1", "r3", outcome="attempted"),  # r8
)


def test_every_state_by_hand() -> None:
    states = {name: line["state"] for name, line in plan(CASE, day(32)).items()}
    assert states == {
        "r2": "completed", "r3": "overdue", "r4": "live", "r5": "nobody took it", "r6": "needed, never agreed",
    }  # fmt: skip
    assert plan(CASE, day(33))["r4"]["state"] == "undated"  # 4 + 28 = 32
    assert plan(CASE, day(11))["r2"]["state"] == "overdue"
    assert plan(CASE, day(10))["r2"]["state"] == "live"


def test_days_late_run_to_completion_or_to_the_date_asked_for() -> None:
    lines = plan(CASE, day(15))
    assert {name: line["days_late"] for name, line in lines.items() if not pd.isna(line["days_late"])} == {
        "r2": 2, "r3": 10, "r5": 0,
    }  # fmt: skip
    assert lines["r2"]["outcome"] == "completed"
    assert lines["r3"]["outcome"] == "attempted"
    assert str(lines["r2"]["done_on"].date()) == day(12)


def test_it_says_which_concerns_no_owner_has_on_record() -> None:
    lines = plan(CASE, day(15))
    assert {name: line["missing"] for name, line in lines.items()} == {
        "r2": (), "r3": ("c2",), "r4": (), "r5": (), "r6": (),
    }  # fmt: skip
    known = {name: line["owner_informed"] for name, line in lines.items()}
    informed = {name: None if pd.isna(value) else bool(value) for name, value in known.items()}
    assert informed == {"r2": True, "r3": False, "r4": True, "r5": None, "r6": None}


def test_what_came_back_after_completion_is_named() -> None:
    case = hand(saw("1", "A1", "c1;c2"), agreed("2", "A1", "c1;c2"), done("3", "A1", "r2"), saw("4", "B1", "c2"))
    line = plan(case, day(4))["r2"]
    assert (line["state"], line["came_back"]) == ("completed", ("c2",))
    assert line["rows"] == ("r1", "r2", "r3", "r4")


def test_the_share_with_an_owner_and_a_date() -> None:
    score = planned_share(CASE, day(15))
    assert float(score) == 0.5  # r2 and r3 of r2 r3 r4 r5; r6 was never agreed
    assert score.table["planned"].tolist() == [True, True, False, False]
    assert score.rows == ("r2", "r3", "r4", "r5")
    assert "1 had no owner and 1 no date" in score.explain()


@pytest.mark.parametrize("case", [nobody(), hand(row("needed", "1"))])
def test_without_an_agreed_action_the_share_is_not_defined(case: sn.Case) -> None:
    assert planned_share(case).reason == "no action was agreed"
    assert len(planned_share(case).table) == 0


def test_the_packaged_cases() -> None:
    assert float(planned_share(sn.load_case("max"))) == 1  # six of six
    assert float(planned_share(sn.load_case("reuben"))) == pytest.approx(1 / 3)  # A01 of A01, A02, A04
    late = action_plan(sn.load_case("max")).set_index("row")["days_late"].dropna().to_dict()
    # due 15 April, done 11 July and 30 October; due 30 April, done 30 May
    assert late == {"A01": 0, "A02": 0, "A03": 87, "A04": 198, "A05": 0, "A06": 30}
