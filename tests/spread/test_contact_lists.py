"""Reach in dated contact lists: published numbers, and what has to hold."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import networkx as nx
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
    dates = [str(dt.date(2020, 1, 1) + dt.timedelta(days=int(t))) for t in ward["t"]]
    pairs = [f"p{a};p{b}" for a, b in zip(ward["a"], ward["b"], strict=True)]
    case = sn.Case(
        people=pd.DataFrame({"id": [f"p{n}" for n in people], "name": "-", "kind": "professional"}),
        concerns=pd.DataFrame(columns=["id", "about", "category", "severity", "summary"]),
        chronology=pd.DataFrame(
            {"id": [f"r{n}" for n in range(len(ward))], "date": dates, "kind": "met", "who": pairs}
        ),
    )
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
        back = latest_departure(CALLS.assign(time=column), "c", at="1970-01-01")
        assert back.isna().tolist() == [False, False, False, True]
        assert back["a"].to_pydatetime() == expected[0]


def test_hours_of_a_day_keep_their_order():
    hours = CALLS.assign(time=["2020-01-01T11:00", "2020-01-01T10:00", "2020-01-01T09:00"])
    assert reachability(hours).tolist() == [2, 3, 4, 4]  # d can reach everybody, a only b


def test_a_start_leaves_out_what_came_before():
    assert earliest_arrival(CALLS, "b", start=2).tolist() == [pd.NA, 2, 2, 3]
    assert latest_departure(CALLS, "d", at=2).tolist() == [pd.NA, pd.NA, pd.NA, 2]
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


# times of every sort ------------------------------------------------------------------------------------

AB, BC = ("a", "b"), ("b", "c")


def listed(*times, ends=(AB, BC)):
    """A contact of a and b, then one of b and c, at the given times."""
    return pd.DataFrame({"time": times, "source": [a for a, _ in ends], "target": [b for _, b in ends]})


def test_parts_of_a_second_keep_their_order():
    late, early = "2024-01-01T09:00:00.500", "2024-01-01T09:00:00.250"
    sorts = {
        "text": [late, early],
        "datetimes": [dt.datetime(2024, 1, 1, 9, 0, 0, 500_000), dt.datetime(2024, 1, 1, 9, 0, 0, 250_000)],
        "nanoseconds": np.array([late + "000002", late + "000001"], "datetime64[ns]"),
    }
    for unit in ("ms", "us", "ns"):
        sorts[unit] = np.array([late, early], f"datetime64[{unit}]")
    for name, times in sorts.items():
        for column in (pd.Series(times), pd.Series(list(times), dtype=object)):
            calls = listed(*times).assign(time=column)
            assert reachability(calls).to_dict() == {"a": 2, "b": 3, "c": 3}, name  # b-c came first
            assert reachability(calls.assign(time=column[::-1].to_numpy())).to_dict() == {"a": 3, "b": 3, "c": 2}, name


def test_what_comes_in_at_half_a_second_is_told_at_half_a_second():
    found = earliest_arrival(listed("2024-01-01T09:00:00.25", "2024-01-01T09:00:00.5"), "a")
    assert str(found["c"]) == "2024-01-01 09:00:00.500000"


@pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns"])
def test_numpy_dates_of_every_unit_that_has_a_day_are_times(unit):
    times = np.array(["2024-01-01", "2024-01-02"], f"datetime64[{unit}]")
    for column in (pd.Series(times), pd.Series(list(times), dtype=object)):
        found = earliest_arrival(listed(1, 2).assign(time=column), "a", start=times[0])
        assert [str(one)[:10] for one in found] == ["2024-01-01", "2024-01-01", "2024-01-02"]


def test_a_numpy_month_has_no_one_day():
    months = pd.Series(list(np.array(["2024-01", "2024-02"], "datetime64[M]")), dtype=object)
    with pytest.raises(sn.DateError, match="one day"):
        reachability(listed(1, 2).assign(time=months))


def test_a_day_without_a_time_is_all_of_that_day():
    # a-b at nine, b-c at some time of that day, perhaps after nine
    for untimed in ("2024-01-01", dt.date(2024, 1, 1)):
        calls = listed("2024-01-01T09:00", untimed)
        assert reachability(calls).to_dict() == {"a": 3, "b": 3, "c": 3}
        assert reachability(calls, direction="backward").to_dict() == {"a": 3, "b": 3, "c": 3}
        assert str(earliest_arrival(calls, "a")["c"]) == "2024-01-01 09:00:00"
        assert str(latest_departure(calls, "a")["c"]) == "2024-01-01 09:00:00"  # it has to be with b by nine
        # nothing that came in at nine goes on at that same, unknown time
        assert reachability(calls, same_time="none").to_dict() == {"a": 2, "b": 3, "c": 2}
    with_stamps = pd.DataFrame(
        {"time": pd.to_datetime(["2024-01-01 09:00", "2024-01-01 00:00"]), "source": ["a", "b"], "target": ["b", "c"]}
    )
    assert reachability(with_stamps)["a"] == 3  # a datetime at midnight is a day without a time, as in a case
    assert reachability(listed("2024-01-02T09:00", "2024-01-01"))["a"] == 2


def test_midnight_that_is_written_is_a_time():
    assert reachability(listed("2024-01-01T09:00", "2024-01-01T00:00"))["a"] == 2


def test_a_start_on_a_day_is_its_beginning_and_a_deadline_on_a_day_its_end():
    calls = listed("2024-01-01T09:00", "2024-01-02T09:00")
    assert earliest_arrival(calls, "a", start="2024-01-01").notna().tolist() == [True, True, True]
    assert latest_departure(calls, "c", "2024-01-02").notna().tolist() == [True, True, True]
    assert latest_departure(calls, "c", "2024-01").notna().tolist() == [True, True, True]
    assert latest_departure(calls, "c", "2024-01-02T08:59").notna().tolist() == [False, False, True]
    assert earliest_arrival(calls, "a", start="2024-01-01T09:01").notna().tolist() == [True, False, False]


ZONES = pd.to_datetime(["2024-07-01 00:30", "2024-07-02 00:30"]).tz_localize("Europe/London")


def test_times_come_back_in_the_time_zone_of_the_column():
    calls = listed(1, 2).assign(time=ZONES)
    found = earliest_arrival(calls, "a")
    assert found.dtype == ZONES.dtype
    assert found.tolist() == [ZONES[0], ZONES[0], ZONES[1]]
    assert latest_departure(calls, "c").tolist() == [ZONES[0], ZONES[1], ZONES[1]]
    assert earliest_arrival(calls, "a", start="2024-07-01")["a"] == pd.Timestamp("2024-07-01", tz="Europe/London")
    # half past midnight in London is before midnight in UTC, and still a time of the first of July in London
    assert latest_departure(calls, "b", "2024-07-01")["a"] == ZONES[0]
    assert latest_departure(calls, "b", ZONES[0])["a"] == ZONES[0]
    objects = calls.assign(time=calls["time"].astype(object))
    assert earliest_arrival(objects, "a").tolist() == found.tolist()


def test_a_day_in_a_time_zone_has_23_hours_where_the_clocks_go_forward():
    days = pd.to_datetime(["2024-03-31 23:30", "2024-03-31 00:00"]).tz_localize("Europe/London")
    assert reachability(listed(1, 2).assign(time=days))["a"] == 3
    after = pd.to_datetime(["2024-04-01 00:30", "2024-03-31 00:00"]).tz_localize("Europe/London")
    assert reachability(listed(1, 2).assign(time=after))["a"] == 2


def test_durations_and_numbers_in_any_column_are_times():
    durations = (pd.to_timedelta(["3s", "5s"]), pd.Series([dt.timedelta(3), dt.timedelta(5)], dtype=object))
    numbers = (pd.Series([3, 5], dtype=object), pd.Series([3, 5], dtype="Int64"), pd.Series([0.3, 0.5]))
    for times in (*durations, *numbers):
        found = earliest_arrival(listed(1, 2).assign(time=times), "a")
        assert found.tolist() == [times[0], times[0], times[1]]
    assert latest_departure(
        listed(1, 2).assign(time=pd.to_timedelta(["3s", "5s"])), "c", dt.timedelta(seconds=4)
    ).isna()["a"]


@pytest.mark.parametrize(
    ("times", "hint"),
    [
        (["2024-01-01T09:00Z", "2024-01-01T10:00+01:00"], "utc=True"),
        (["1", "2"], "to_numeric"),
        (["01/02/2024", "2024-02-02"], "2024-02-01"),
        ([True, False], "numbers, durations, or dates"),
        ([dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC), dt.datetime(2024, 1, 1, 9)], "Give all of them one"),
        ([1, "2024-01-01"], "numbers, durations, or dates"),
        (["2024-01-01/2024-01-05", "2024-01-07"], "one day"),
        (["2024-01-01/..", "2024-01-07"], "open on a side"),
        (pd.period_range("2024-01-01", periods=2, freq="h"), "to_timestamp"),
        ([[1], [2]], "numbers, durations, or dates"),
    ],
)
def test_times_of_another_sort_are_answered_with_what_to_do(times, hint):
    column = pd.Series(times, dtype=None if isinstance(times, pd.PeriodIndex) else object)
    with pytest.raises(sn.ArgumentError, match=hint):
        reachability(listed(1, 2).assign(time=column))


def test_a_time_that_was_typed_is_of_the_same_sort_as_those_of_the_contacts():
    with pytest.raises(sn.ArgumentError, match="not a number"):
        earliest_arrival(listed(0.5, 1.5), "a", start="2024-01-01")
    with pytest.raises(sn.ArgumentError, match="not a duration"):
        earliest_arrival(listed(dt.timedelta(1), dt.timedelta(2)), "a", start=1)
    with pytest.raises(sn.ArgumentError, match="have none"):
        latest_departure(listed("2024-01-01", "2024-01-02"), "a", ZONES[0])
    with pytest.raises(sn.ArgumentError, match="numbers, durations, or dates"):
        latest_departure(listed("2024-01-01", "2024-01-02"), "a", 3)


@pytest.mark.parametrize(
    ("contacts", "hint"),
    [
        ([(1, "a", "b")], r"pandas.DataFrame\(contacts, columns=\['time', 'source', 'target'\]\)"),
        ({"time": [1]}, "pandas.DataFrame"),
        (np.zeros((1, 3)), "pandas.DataFrame"),
        ("contacts.csv", "pandas.DataFrame"),
        (nx.Graph([(1, 2)]), "to_pandas_edgelist"),
    ],
)
def test_what_is_no_table_is_answered_with_how_to_make_one(contacts, hint):
    with pytest.raises(sn.ArgumentError, match=hint):
        reachability(contacts)
    with pytest.raises(sn.ArgumentError, match=hint):
        earliest_arrival(contacts, "a")


def test_a_case_has_a_measure_of_its_own():
    with pytest.raises(sn.ArgumentError, match="table of contacts is needed, not a Case"):
        reachability(sn.load_case("max"))


def test_tuples_are_labels_of_people():
    calls = listed(1, 2, ends=((("x", 1), ("x", 2)), (("x", 2), ("y", 1))))
    found = reachability(calls)
    assert found.index.nlevels == 1
    assert found[[("x", 1)]].tolist() == [3]
    assert earliest_arrival(calls, ("x", 1)).tolist() == [1, 1, 2]


def test_what_names_nobody_is_said_so():
    with pytest.raises(sn.ArgumentError, match="names nobody"):
        reachability(listed(1, 2).assign(source=[["a"], ["b"]]))
    with pytest.raises(sn.ArgumentError, match="people='abc'"):
        reachability(listed(1, 2), people="abc")
    with pytest.raises(sn.UnknownNameError):
        earliest_arrival(listed(1, 2), ["a"])
    with pytest.raises(sn.ArgumentError, match="two columns 'time'"):
        reachability(pd.concat([listed(1, 2), listed(1, 2)[["time"]]], axis=1))


_line = (st.integers(1, 3), st.sampled_from(["", "", "T09:00", "T12:00"]), st.integers(0, 3), st.integers(0, 3))
mixed = st.lists(st.tuples(*_line), min_size=1, max_size=6)


@given(mixed, st.booleans(), st.booleans())
def test_days_among_times_lead_on_as_they_may_have_happened(lines, directed, apart):
    """Every way that something can go, contact by contact, each at a quarter of a day that its date allows."""
    quarters = {"": [0, 1, 2, 3], "T09:00": [1], "T12:00": [2]}
    contacts = [(4 * day + 0, quarters[clock], 4 * day, a, b) for day, clock, a, b in lines]
    ways = [(begin, moments, a, b) for begin, moments, _, a, b in contacts]
    if not directed:
        ways += [(begin, moments, b, a) for begin, moments, a, b in ways]
    people = sorted({one for *_, a, b in lines for one in (a, b)})
    first = {}
    for person in people:
        has = {person: -1}
        waiting = [(person, -1)]
        while waiting:
            here, since = waiting.pop()
            for begin, moments, a, b in ways:
                if a != here:
                    continue
                # apart: known before it can have begun, and told only after it can have ended
                when = [begin + q for q in moments if begin + q >= since]
                arrival = min(when, default=None)
                if apart:
                    arrival = begin + moments[-1] + 0.5 if since < begin + moments[0] else None
                if arrival is not None and arrival < has.get(b, 99):
                    has[b] = arrival
                    waiting.append((b, arrival))
        first[person] = has
    rows = [(f"2024-01-0{day}{clock}", a, b) for day, clock, a, b in lines]
    table = pd.DataFrame(rows, columns=["time", "source", "target"])
    ways = {"directed": directed, "same_time": "none" if apart else "any"}
    found = reachability(table, **ways)
    assert found.to_dict() == {person: len(first[person]) for person in people}
    for person in people:
        arrivals = earliest_arrival(table, person, **ways).drop(person)
        hours = {0: 0, 1: 9, 2: 12, 3: 23}
        for other, arrival in arrivals.items():
            assert pd.isna(arrival) == (other not in first[person])
            if not pd.isna(arrival) and not apart:
                at = int(first[person][other])
                assert (arrival.day, arrival.hour) == (at // 4, hours[at % 4])
        departures = latest_departure(table, person, **ways)
        assert set(departures.dropna().index) == {other for other in people if person in first[other]}
