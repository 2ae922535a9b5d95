"""Responsibility per worry."""

from __future__ import annotations

import datetime as dt

import safetynet as sn
from safetynet.tables import responsibility
from tests.builder import case


def test_the_spells_without_an_owner_add_up_to_the_days_unowned():
    for name in sn.list_cases()["name"]:
        for line in responsibility(sn.load_case(name)).itertuples():
            assert sum((last - first).days + 1 for first, last in line.unowned) == line.days_unowned


def test_the_worked_example_is_unowned_from_the_first_day():
    table = responsibility(sn.load_case("worked_example"), at="2024-01-31").set_index("concern")
    assert table.loc["c1", "unowned"] == ((dt.date(2024, 1, 10), dt.date(2024, 1, 31)),)
    assert not table["owned"].any()


def test_whoever_assumed_that_others_would_act_is_named_with_whom():
    made = case("T@school S@council", "c1", "observed T c1", "assumed T>council c1")
    line = responsibility(made).iloc[0]
    assert (line["leaving"], line["left_to"]) == (("T",), ("council",))
