"""Reach in dated contact lists: published numbers, and what has to hold."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.spread.contact_lists import earliest_arrival, latest_departure, reachability, unreached

WARD = Path(__file__).parents[1] / "data" / "hospital_ward"


@pytest.fixture(scope="module")
def ward() -> pd.DataFrame:
    return pd.read_csv(WARD / "contacts.csv")


def published(name: str) -> dict[int, str]:
    with (WARD / name).open(encoding="utf-8", newline="") as file:
        return {int(row[0]): row[1] for row in list(csv.reader(file))[1:]}


def on_ward(function, ward, *more, **keywords):
    return function(ward, *more, time="t", source="a", target="b", people=range(1, 76), **keywords)


def test_the_reachable_sets_on_the_ward_are_those_of_tsna(ward):
    sizes = {person: int(size) for person, size in published("tsna_reach.csv").items()}
    assert on_ward(reachability, ward).to_dict() == sizes
    assert on_ward(reachability, ward).sum() == 1354  # published sum, everybody included in their own set
    # the pairs are the same, looked at from the other end
    assert on_ward(reachability, ward, direction="backward").sum() == 1354


def test_the_arrivals_on_the_ward_are_those_of_tsna(ward):
    found = on_ward(earliest_arrival, ward, 1)
    for person, when in published("tsna_arrival_from_1.csv").items():
        assert (pd.isna(found[person]) and when == "Inf") or found[person] == int(when)


def test_temporal_fragmentation_on_the_ward_is_the_published_one(ward):
    expected = json.loads((WARD / "expected.json").read_text(encoding="utf-8"))["temporal_fragmentation"]
    assert float(on_ward(unreached, ward)) == pytest.approx(expected, abs=1e-12)


def test_read_as_a_case_the_ward_is_of_the_39_who_appear(ward):
    people = sorted({*ward["a"], *ward["b"]})
    assert len(people) == 39
    case = sn.Case(
        people=pd.DataFrame({"id": [f"p{n}" for n in people], "name": "-", "kind": "professional"}),
        concerns=pd.DataFrame(columns=["id", "about", "category", "severity", "summary"]),
        chronology=pd.DataFrame({
            "id": [f"r{n}" for n in range(len(ward))],
            "date": [str(dt.date(2020, 1, 1) + dt.timedelta(days=int(t))) for t in ward["t"]],
            "kind": "met", "who": [f"p{a};p{b}" for a, b in zip(ward["a"], ward["b"], strict=True)],
        }),
    )  # fmt: skip
    # (39 * 38 - (1354 - 75)) / (39 * 38): the 36 others reach nobody but themselves
    assert float(sn.temporal_fragmentation(case)) == pytest.approx(1 - (1354 - 75) / (39 * 38), abs=1e-12)
    assert round(float(sn.temporal_fragmentation(case)), 6) == 0.136977  # published


CALLS = pd.DataFrame({"time": [1, 2, 3], "source": ["a", "b", "c"], "target": ["b", "c", "d"]})


def test_one_way_contacts_lead_one_way():
    assert reachability(CALLS, directed=True).tolist() == [4, 3, 2, 1]
    assert reachability(CALLS, directed=True, direction="backward").tolist() == [1, 2, 3, 4]


def test_contacts_of_one_time_pass_on_unless_told_otherwise():
    at_once = CALLS.assign(time=1)
    assert reachability(at_once).tolist() == [4, 4, 4, 4]
    assert reachability(at_once, same_time="none").tolist() == [2, 3, 3, 2]  # themselves and their neighbours


def test_dates_are_times_in_any_usual_form():
    days = ["1969-12-31", "1970-01-01", "2300-05-20"]
    expected = np.array(days, "datetime64[s]").tolist()
    for column in (days, [dt.date.fromisoformat(day) for day in days], np.array(days, "datetime64[s]")):
        found = earliest_arrival(CALLS.assign(time=column), "a")
        assert found.dtype == "datetime64[s]"
        assert [moment.to_pydatetime() for moment in found] == [expected[0], *expected]
        back = latest_departure(CALLS.assign(time=column), "c", by="1970-01-01")
        assert back.isna().tolist() == [False, False, False, True]
        assert back["a"].to_pydatetime() == expected[0]


def test_hours_of_a_day_keep_their_order():
    hours = CALLS.assign(time=["2020-01-01T11:00", "2020-01-01T10:00", "2020-01-01T09:00"])
    assert reachability(hours).tolist() == [2, 3, 4, 4]  # d can reach everybody, a only b


def test_a_start_leaves_out_what_came_before():
    assert earliest_arrival(CALLS, "b", start=2).tolist() == [pd.NA, 2, 2, 3]
    assert latest_departure(CALLS, "d", by=2).tolist() == [pd.NA, pd.NA, pd.NA, 2]
    halves = CALLS.assign(time=[0.5, 1.5, 2.5])
    assert earliest_arrival(halves, "b", start=1)[["b", "c", "d"]].tolist() == [1.0, 1.5, 2.5]


def test_nobody_and_nothing_are_no_error():
    none = CALLS.iloc[:0]
    assert reachability(none).empty
    assert not unreached(none).defined
    assert reachability(none, people=["x", "y"]).to_dict() == {"x": 1, "y": 1}
    assert float(unreached(none, people=["x", "y"])) == 1.0
    assert earliest_arrival(none, "x", people=["x", "y"]).isna().all()


def test_errors_name_what_is_near():
    with pytest.raises(sn.ArgumentError, match="Did you mean 'source'"):
        reachability(CALLS, source="sourc")
    with pytest.raises(sn.UnknownNameError, match="'alice'"):
        earliest_arrival(CALLS, "alice")
    with pytest.raises(sn.UnknownNameError, match="Possible here: a, b, c"):
        reachability(CALLS, people=["a", "b", "c"])
    with pytest.raises(sn.ArgumentError, match="'backwards' is not possible"):
        reachability(CALLS, direction="backwards")
    with pytest.raises(sn.ArgumentError, match="empty cell in row 1"):
        reachability(CALLS.assign(target=["b", None, "d"]))
    with pytest.raises(sn.DateError, match="a contact of a list has one day"):
        reachability(CALLS.assign(time=["2020-01", "2020-02", "2020-03"]))
    with pytest.raises(sn.ArgumentError, match="is not a whole number"):
        earliest_arrival(CALLS, "a", start="2020-01-01")


lists = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=10)


@given(lists, st.booleans(), st.sampled_from(["any", "none"]))
def test_forward_backward_arrival_and_departure_agree(lines, directed, same_time):
    contacts = pd.DataFrame(lines, columns=["time", "source", "target"])
    ways = {"directed": directed, "same_time": same_time}
    forward, backward = reachability(contacts, **ways), reachability(contacts, direction="backward", **ways)
    assert forward.sum() == backward.sum()
    arrivals = {person: earliest_arrival(contacts, person, **ways) for person in forward.index}
    departures = {person: latest_departure(contacts, person, **ways) for person in forward.index}
    for person in forward.index:
        assert arrivals[person].notna().sum() == forward[person]
        assert departures[person].notna().sum() == backward[person]
        for other in forward.index:
            assert pd.isna(arrivals[person][other]) == pd.isna(departures[other][person])
    pairs = len(forward) * (len(forward) - 1)
    if pairs:
        assert float(unreached(contacts, **ways)) == pytest.approx(1 - (forward.sum() - len(forward)) / pairs)
