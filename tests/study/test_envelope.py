"""Contacts that are not in the record: how far a score moves, and which way it can only move."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.headline import NAMES
from safetynet.record.snapshot import snapshot
from safetynet.study.envelope import COUNTED, DIRECTIONS
from tests import builder, strategies


@given(strategies.cases(), strategies.questions, st.data())
def test_a_further_contact_about_nothing_new_moves_a_score_only_the_way_that_is_said(tables, at, data) -> None:
    case = builder.from_tables(tables)
    view = snapshot(case, at)
    assume(len(view.actors) > 1 and view.day > view.records.start)
    one, other = data.draw(st.permutations(view.actors))[:2]
    day = data.draw(st.integers(view.records.start, view.day))
    told = data.draw(st.lists(st.sampled_from(view.worries), unique=True)) if view.worries else []
    channel = data.draw(st.sampled_from(["phone", "letter"]))
    row: dict[str, Any] = {"date": dt.date.fromordinal(day), "kind": "told", "who": one, "to": other}
    more = case.with_rows([{**row, "concerns": told, "channel": channel}])
    before, after = sn.scores(case, at), sn.scores(more, at)
    for name, direction in DIRECTIONS.items():
        if pd.notna(before[name]) and pd.notna(after[name]):
            change = after[name] - before[name]
            assert (change if direction == "up" else -change) > -1e-9, name


def test_the_envelope_of_the_worked_example_by_hand() -> None:
    # Three contact rows: e2 T told S, e5 G told T, e6 S and P met. Without one of them, in pairs out of six joined:
    # without e2 {G, T} {S, P}: 2 of 6; without e5 {T, S, P}: 3; without e6 {G, T, S}: 3.
    case = sn.load_case("worked_example")
    found = sn.envelope(case, shares=[0.3], draws=60).set_index("score")
    assert found.loc["fragmentation", "low"] == pytest.approx(1 / 2)
    assert found.loc["fragmentation", "high"] == pytest.approx(2 / 3)
    assert found.loc["fragmentation", "value"] == 0
    # one in three of two contacts and a meeting each: the meeting is there in two draws of three, give or take 0.06
    assert found.loc["meetings", "expected"] == pytest.approx(2 / 3, abs=0.19)
    assert (found["number"] == 1).all()
    everything = sn.envelope(case, shares=[0.9], draws=5).set_index("score")
    assert everything.loc["fragmentation", "low"] == 1
    assert everything.loc["contacts", "high"] == 0


def test_by_channel_only_the_rows_of_that_channel_are_left_out() -> None:
    case = sn.load_case("worked_example")  # e2 by phone, e5 by letter, a strategy meeting
    found = sn.envelope(case, shares=[0.99], draws=3, by="channel").set_index(["channel", "score"])
    assert found.index.unique("channel").tolist() == ["every", "letter", "phone", "strategy"]
    assert found.loc[("letter", "contacts"), ["low", "high"]].tolist() == [1, 1]
    assert found.loc[("letter", "meetings"), "low"] == 1
    assert found.loc[("strategy", "meetings"), "high"] == 0
    assert found.loc[("strategy", "contacts"), "low"] == 2


def test_a_larger_share_leaves_out_what_a_smaller_one_does() -> None:
    found = sn.envelope(sn.load_case("max"), shares=(0.1, 0.3, 0.6), draws=10)
    table = found.pivot(index="score", columns="share", values="expected")
    assert (table.loc["fragmentation"].diff().dropna() >= 0).all()
    assert (table.loc["distance_fragmentation"].diff().dropna() >= 0).all()


def test_the_rows_are_those_of_the_scores_for_each_share() -> None:
    found = sn.envelope(sn.load_case("reuben"), draws=2)
    assert found["score"].tolist() == [*NAMES] * 3
    assert set(found.loc[found["score"].isin(COUNTED), "direction"]) == {"up"}
    assert sn.envelope(builder.alone(), draws=2).empty


@pytest.mark.parametrize(
    ("name", "value"),
    [("shares", [0]), ("shares", 0.1), ("shares", [1.0]), ("draws", 0), ("by", "agency"), ("level", 0)],
)
def test_what_cannot_be_is_named(name: str, value: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=name):
        sn.envelope(sn.load_case("worked_example"), **{name: value})
