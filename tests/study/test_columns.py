"""The engine over columns of many cases: the same answers as the measures on each single one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.spread import flow
from safetynet.spread.edges import Edge
from safetynet.study import columns as batch
from tests import builder, strategies

pytest.importorskip("numba", reason="the batch engine is the extra `fast`")

RULES = [sn.Rules(dates=dates, same_day=same_day) for dates in ("latest", "earliest") for same_day in ("any", "none")]
RULES.append(sn.Rules(unconfirmed="does_not_count", recent_days=4))


def singly(case, at, window, rules, dates):
    """The scores of one case, from the measures."""
    temporal = sn.temporal_fragmentation(case, at, window=window, rules=rules)
    return [
        float(sn.fragmentation(case, at, window=window, rules=rules)),
        float(sn.distance_fragmentation(case, at, window=window, rules=rules)),
        temporal.value if dates == "earliest" else temporal.high,
        float(sn.worry_fragmentation(case, at, window=window, rules=rules)),
        float(sn.current_fragmentation(case, at, rules=rules)),
    ]


def same_scores(cases, at=None, window=None):
    for rules in RULES:
        for dates in ("earliest", "latest"):
            ways = {"dates": dates, "window": window, "rules": rules}
            found = batch.fragmentations(batch.contacts(cases, at, **ways), threads=1)
            for of in ("worries", "now"):
                found[of] = batch.fragmentations(batch.contacts(cases, at, of=of, **ways), threads=1)["fragmentation"]
            expected = [singly(case, at, window, rules, dates) for case in cases]
            # the same to the bit, NaN where a score is not defined
            assert np.array_equal(found.to_numpy(), np.array(expected).reshape(-1, 5), equal_nan=True)


def same_days(cases):
    for world in ("possible", "permitted", "recorded"):
        for dates in ("earliest", "latest", None):
            for rules in RULES:
                found = batch.first_known(cases, world, dates=dates, rules=rules, threads=1)
                assert len(found) == len(cases)
                for days, case in zip(found, cases, strict=True):
                    table = sn.knowledge(case, world, rules=rules).first_known(dates)
                    wanted = [table[concern].to_numpy().astype("datetime64[D]").tolist() for concern in table]
                    assert days.T.tolist() == [[day.toordinal() if day else 0 for day in column] for column in wanted]


several = st.lists(st.one_of(strategies.cases(), strategies.crowded_cases()), max_size=3)


@pytest.mark.slow
@settings(max_examples=25)
@given(several, st.one_of(st.none(), strategies.questions), st.one_of(st.none(), st.integers(1, 6)))
def test_the_scores_of_many_cases_are_those_of_each(tables, at, window):
    same_scores([builder.from_tables(one) for one in tables], at, window)


@pytest.mark.slow
@settings(max_examples=25)
@given(several)
def test_what_many_cases_knew_when_is_what_each_knew(tables):
    same_days([builder.from_tables(one) for one in tables])


@pytest.mark.slow
def test_the_packaged_cases_agree():
    cases = [sn.load_case(name) for name in sn.list_cases()["name"]]
    same_scores(cases)
    same_days(cases)


def test_the_worked_example_has_its_numbers_by_hand():
    columns = batch.contacts([sn.load_case("worked_example")] * 3, at="2024-01-31")
    for scores in batch.fragmentations(columns).round(4).to_numpy().tolist():
        assert scores == [0.0, 0.2778, 0.5]  # 1 - (3·1 + 2·½ + ⅓)/6; 6 of 12 ordered pairs


def test_nothing_and_nobody_are_no_error():
    assert batch.fragmentations(batch.contacts([])).empty
    assert len(batch.first_known([])) == 0
    scores = batch.fragmentations(batch.contacts([builder.nobody(), builder.alone(), builder.apart()]))
    assert scores.isna().all(axis=1).tolist() == [True, True, False]
    assert scores.iloc[2].tolist() == [1.0, 1.0, 1.0]
    same_days([builder.nobody(), builder.alone(), builder.apart()])


def a_line(people):
    """Each writes to the next, a day after they were written to, and each knows a worry of their own."""
    first = dt.date(1969, 11, 20)  # the letters go on past 1970
    rows = [f"s{n}: {first} observed p{n:03} c{n}" for n in range(people)]
    days = [first + dt.timedelta(days=n + 1) for n in range(people - 1)]
    rows += [f"t{n}: {day} told p{n:03}>p{n + 1:03} - letter" for n, day in enumerate(days)]
    ids = " ".join(f"p{n:03}@a{n}" for n in range(people))
    return builder.case(ids, " ".join(f"c{n}" for n in range(people)), *rows)


def test_more_than_64_people_and_worries_and_any_year_work():
    case = a_line(130)
    scores = batch.fragmentations(batch.contacts([builder.apart(), case])).iloc[1]
    near = 2 * sum((130 - steps) / steps for steps in range(1, 130))
    assert scores.tolist() == pytest.approx([0.0, 1 - near / (130 * 129), 0.5])  # forward along the line only
    days = batch.first_known([builder.apart(), case])[1]
    holders, concerns = sn.knowledge(case).first_known().axes
    start = dt.date(1969, 11, 20).toordinal()
    for n in (0, 1, 64, 129):
        row = days[holders.get_loc(f"p{n:03}")]
        for m in (0, 63, 64, 100, 129):
            assert row[concerns.get_loc(f"c{m}")] == (0 if m > n else start + n if m < n else start)
    far = builder.case("T@school S@council", "c1", "9999-12-31 told T>S - phone", "0001-01-01 observed T c1")
    same_scores([far])
    same_days([far])


def random_contacts(people):
    one, day = st.integers(0, people - 1), st.integers(0, 6)
    contact = st.tuples(one, one, day, day, st.booleans(), st.sampled_from([0, 0, 0, 1, 2]))
    return st.tuples(st.just(people), st.lists(contact, max_size=8))


random_columns = st.integers(2, 5).flatmap(random_contacts)


def as_columns(cases):
    table = np.array([line for _, lines in cases for line in lines], np.int64).reshape(-1, 6)
    offsets = np.cumsum([0, *(len(lines) for _, lines in cases)])
    kinds = (np.int32, np.int32, np.int64, np.int64, bool, np.int32)
    columns = (table[:, place].astype(kind) for place, kind in enumerate(kinds))
    people = np.array([people for people, _ in cases], np.int32)
    return batch.Contacts(people, offsets, *columns, tuple(range(len(cases)))).sorted()


@settings(max_examples=150)
@given(st.lists(random_columns, max_size=4))
def test_any_columns_of_doors_letters_and_occasions_agree_with_the_engine_in_plain_python(cases):
    cases = [(people, [line for line in lines if line[0] != line[1]]) for people, lines in cases]
    columns = as_columns(cases)
    found = batch.fragmentations(columns, threads=1)["temporal_fragmentation"]
    for number, (people, lines) in enumerate(cases):
        edges = [Edge(a, b, leaves, arrives, once=once) for a, b, leaves, arrives, _, once in lines]
        edges += [Edge(b, a, leaves, arrives, once=once) for a, b, leaves, arrives, both, once in lines if both]
        assert found[number] == 1 - flow.reached_pairs(people, edges) / (people * (people - 1))


@given(st.lists(random_columns, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_contacts_within_a_case_never_matters(cases, random):
    cases = [(people, [line for line in lines if line[0] != line[1]]) for people, lines in cases]
    before = batch.fragmentations(as_columns(cases), threads=1)
    shuffled = [(people, random.sample(lines, len(lines))) for people, lines in cases]
    pd.testing.assert_frame_equal(batch.fragmentations(as_columns(shuffled), threads=1), before)


def test_two_cores_give_what_one_gives():
    draw = np.random.default_rng(3)
    drawn = (draw.integers(0, (30, 28, 90), (60, 3)).tolist() for _ in range(200))
    cases = [(30, [(a, (a + 1 + b) % 30, 10 * day + 9, 10 * day, True, 0) for a, b, day in lines]) for lines in drawn]
    columns = as_columns(cases)
    one, all_of_them = batch.fragmentations(columns, threads=1), batch.fragmentations(columns)
    pd.testing.assert_frame_equal(one, all_of_them)


def test_a_table_of_contacts_gives_the_columns_of_its_cases():
    rows = ("y 2020-01-03 a b", "x 2020-01-02 b c", "x 2020-01-01 a b", "y 2020-01-03 b c", "x 2020-01-03 c d")
    table = pd.DataFrame([row.split() for row in rows], columns=["case", "time", "source", "target"])
    columns = batch.contacts_from_table(table)
    assert columns.names == ("x", "y")
    assert columns.people.tolist() == [4, 3]
    scores = batch.fragmentations(columns)
    # x: a-b, b-c, c-d day after day: 9 of 12 ordered pairs; y: a-b and b-c on one day: all
    assert scores["temporal_fragmentation"].to_dict() == {"x": 0.25, "y": 0.0}
    assert scores["fragmentation"].to_dict() == {"x": 0.0, "y": 0.0}
    one_way = batch.fragmentations(batch.contacts_from_table(table, directed=True))["temporal_fragmentation"]
    assert one_way.to_dict() == {"x": 0.5, "y": 0.5}  # 6 of 12; a to b, b to c, a to c of 6
    assert len(batch.contacts_from_table(table.iloc[:0])) == 0
    with pytest.raises(sn.ArgumentError, match="no column 'case'"):
        batch.contacts_from_table(table.drop(columns="case"))


def test_a_wrong_number_of_cores_is_said_so():
    columns = batch.contacts([builder.apart()])
    for threads in (0, -1, 1.5, True):
        with pytest.raises(sn.ArgumentError, match="no number of cores"):
            batch.fragmentations(columns, threads=threads)
    with pytest.raises(sn.ArgumentError, match="'recorded', 'possible', 'permitted'"):
        batch.first_known([], "real")
    with pytest.raises(sn.ArgumentError, match="'latest', 'earliest'"):
        batch.contacts([], dates="first")
    with pytest.raises(sn.ArgumentError, match="'all', 'worries', 'now'"):
        batch.contacts([], of="some")


def test_without_numba_the_message_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(sn.MissingExtraError, match=r"safetynet-networks\[fast\]"):
        batch.fragmentations(batch.contacts([builder.apart()]))


@pytest.mark.slow
def test_one_case_never_loads_the_compiler():
    code = (
        "import sys, safetynet as sn; from safetynet import reachability; from safetynet.study import columns; "
        "case = sn.load_case('max'); "
        "sn.temporal_fragmentation(case); sn.knowledge(case, 'possible').state(); columns.contacts([case]); "
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
