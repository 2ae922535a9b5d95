"""What is around the case, against the brute force: the net, contact with the child, and the practice profile."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from tests import strategies
from tests.brute import around
from tests.builder import Tables, from_tables
from tests.measures.packaged import asked, on_every_date

Check = Callable[[Tables, sn.Case, dt.date, dict[str, Any]], None]
RULES: list[dict[str, Any]] = [
    {},
    {"dates": "earliest"},
    {"unconfirmed": "does_not_count"},
    {"open_ended_days": 3, "plan_days": 5, "after_closing_days": 2, "weights": (1, 2.5, 3, 7)},
]


def number(value: Any) -> float:
    return math.nan if value is None or pd.isna(value) else float(value)


def the_net(tables: Tables, case: sn.Case, at: dt.date, rules: dict[str, Any]) -> None:
    expected = around.enduring_net(tables, at, **rules)
    table = sn.enduring_net(case, at, rules=sn.Rules(**rules))
    assert set(table["party"]) == set(expected)
    for line in table.to_dict("records"):
        counted = expected[line["party"]]
        assert (set(line["concerns"]), set(line["actions"])) == (counted["concerns"], counted["actions"])
        assert line["in_contact"] == counted["in_contact"]


def contact(tables: Tables, case: sn.Case, at: dt.date, rules: dict[str, Any]) -> None:
    expected = around.contact_with_child(tables, at, **rules)
    table = sn.contact_with_child(case, at, rules=sn.Rules(**rules)).set_index("child")
    assert set(table.index) == set(expected)
    for child, numbers in expected.items():
        found = [number(value) for value in table.loc[child, list(numbers)]]
        assert found == pytest.approx([number(value) for value in numbers.values()], nan_ok=True)


def the_profile(tables: Tables, case: sn.Case, at: dt.date, rules: dict[str, Any]) -> None:
    profile = sn.practice_profile(case, at, rules=sn.Rules(**rules)).set_index("item")
    expected = around.practice_profile(tables, at, **rules)
    assert set(profile.index) - set(expected) == {3, 5}
    for item, (first, second, mark) in expected.items():
        found = profile.loc[item, ["share", "share_at_all"]].tolist()
        assert found == pytest.approx([number(first), number(second)], nan_ok=True), item
        assert profile.loc[item, "mark"] == mark, item


CHECKS: list[Check] = [the_net, contact, the_profile]


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("rules", RULES)
@given(tables=strategies.cases(), at=strategies.questions)
def test_random_cases(check: Check, rules: dict[str, Any], tables: Tables, at: dt.date) -> None:
    check(tables, from_tables(tables), at, rules)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
@on_every_date
def test_packaged_cases(check: Check, name: str, part: str) -> None:
    check(*asked(name, part), {})
