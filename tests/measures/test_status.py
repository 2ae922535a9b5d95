"""The status of every worry."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.responsibility import diffusion
from safetynet.measures.status import concern_status
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw, told


@pytest.fixture(scope="module")
def worked() -> pd.DataFrame:
    return concern_status(sn.load_case("worked_example"), "2024-01-31").set_index("concern")


def test_in_the_worked_example_who_has_what_and_how_first_hand(worked):
    assert list(worked.index) == ["c2", "c1", "c3"]  # by severity: 4, 3, 2
    assert worked["involved"].to_dict() == {"c1": ("P", "S", "T"), "c2": ("P",), "c3": ("G", "T")}
    assert worked["first_hand"].to_dict() == {"c1": ("T",), "c2": ("P",), "c3": ("G",)}
    assert worked["relayed"].to_dict() == {"c1": ("P",), "c2": (), "c3": ()}  # P from S from T
    assert worked["hops"].to_dict() == {"c1": 0, "c2": 0, "c3": 0}
    assert worked["agencies"]["c1"] == ("council", "police", "school")


def test_in_the_worked_example_nobody_owned_anything(worked):
    # from the 10th, 15th and 20th to the 31st, both days included
    assert worked["days_unowned"].to_dict() == {"c1": 22, "c2": 17, "c3": 12}
    assert set(worked["status"]) == {"unowned"}
    assert worked["owner_has_it"].isna().all()
    assert worked["index"].round(4).to_dict() == {"c1": 0.3627, "c2": 0.2929, "c3": 0.4257}
    assert worked["rows"]["c1"] == ("e1", "e2", "e6")


ACTIONS = [
    saw("T", "c1"),  # 1 January
    told("T", "S", concerns="c1"),  # 2
    {"kind": "agreed", "who": "S", "concerns": "c1", "due": "2024-01-05"},  # 3: live to the 5th
    {"kind": "agreed", "who": "G", "concerns": "c1", "date": "2024-01-10", "due": "2024-02-10"},  # G has no record
    {"kind": "done", "who": "S", "ref": "e3", "date": "2024-01-20", "outcome": "partly"},
]


def actions(at, rows=ACTIONS):
    case = made.case("T@school S@council G@health", [])
    columns = ["id", "date", "kind", "who", "to", "concerns", "channel", "due", "ref", "outcome"]
    table = pd.DataFrame([{"id": f"e{n}", "date": f"2024-01-{n:02d}", **row} for n, row in enumerate(rows, 1)])
    chronology = table.reindex(columns=columns).fillna("")
    return concern_status(sn.Case(case.people, case.concerns, chronology), at).iloc[0]


def test_an_owner_who_has_it_on_record_ends_the_days_without_one():
    line = actions("2024-01-04")
    assert (line["owners"], line["owner_has_it"], line["last_action"], line["action"]) == (("S",), True, "e3", "live")
    assert (line["status"], line["index"], line["days_unowned"]) == ("owned", 0.0, 2)  # 1 and 2 January


def test_an_overdue_action_lets_the_days_begin_again():
    line = actions("2024-01-08")
    assert (line["action"], line["status"], line["due"]) == ("overdue", "overdue", pd.Timestamp("2024-01-05"))
    assert line["days_unowned"] == 5  # 1, 2, 6, 7 and 8 January


def test_a_live_action_is_shown_before_an_older_one_and_its_owner_may_have_no_record():
    line = actions("2024-01-12")
    assert (line["owners"], line["owner_has_it"], line["last_action"]) == (("G",), False, "e4")
    assert line["status"] == "given to someone without the picture"
    assert line["days_unowned"] == 9  # 1, 2 and 6 to 12 January


def test_the_outcome_is_that_of_the_last_action():
    assert actions("2024-01-21")["outcome"] == ""  # e4 is the last action; only e3 was partly done
    assert actions("2024-01-21", [*ACTIONS[:3], ACTIONS[4]])["outcome"] == "partly"


def test_who_has_left_is_named_apart():
    rows = [saw("T"), told("T", "S", concerns="c1"), {"kind": "closed", "who": "T"}]
    line = concern_status(made.case("T@school S@council", rows), "2024-01-31").iloc[0]
    assert (line["involved"], line["left"], line["hops"]) == (("S",), ("T",), 1)
    assert line["first_shared"] == pd.Timestamp("2024-01-02")


def test_without_worries_there_are_columns_and_no_lines():
    table = concern_status(made.nobody())
    assert table.empty
    full = concern_status(sn.load_case("max"))
    assert list(table) == list(full)
    settled = ["first_known", "first_shared", "due", "severity", "hops", "days_unowned", "index", "owner_has_it"]
    assert table[settled].dtypes.tolist() == full[settled].dtypes.tolist()


@pytest.mark.parametrize("name", ["max", "reuben", "victoria_climbie", "malachi_subecz"])
def test_status_and_index_are_those_of_diffusion(name):
    case = sn.load_case(name)
    table = concern_status(case).set_index("concern").sort_index()
    expected = diffusion(case).table.sort_index()
    pd.testing.assert_frame_equal(table[["index", "status"]], expected[["index", "status"]])


@given(strategies.cases(max_rows=10), strategies.questions)
def test_it_agrees_with_the_brute_force(tables, at):
    table = concern_status(made.from_tables(tables), at)
    assert sorted(table["concern"]) == sorted(brute.known_worries(tables, at))
    by_worry, hops = brute.diffusion_by_worry(tables, at), brute.hops(tables, at)
    for line in table.itertuples():
        informed = brute.informed(tables, line.concern, at)
        assert set(line.involved) == informed
        assert (line.status in ("owned", "completed")) == by_worry[line.concern][1]
        assert made.same(table["index"][line.Index], by_worry[line.concern][0])
        expected = min((hops[name, line.concern] for name in informed), default=None)
        assert line.hops is pd.NA if expected is None else line.hops == expected
        first = line.first_known.date()
        days = [first + brute.DAY * n for n in range((at - first).days + 1)]
        assert line.days_unowned == sum(not brute.is_owned(tables, line.concern, day) for day in days)
