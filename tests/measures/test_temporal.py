"""Temporal fragmentation: by hand, by brute force, and as tsna has it."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures import temporal
from safetynet.measures.fragmentation import fragmentation
from safetynet.measures.temporal import temporal_fragmentation
from tests import builder, strategies
from tests.brute import networks as brute
from tests.brute.model import view
from tests.builder import case, from_tables
from tests.measures import packaged, published
from tests.measures.packaged import same


def test_in_the_worked_example_half_of_the_ordered_pairs_are_not_joined_in_time():
    score = temporal_fragmentation(sn.load_case("worked_example"), "2024-01-31")
    assert float(score) == 0.5  # T>S S>T G>T S>P P>S T>P of 12
    assert score.low == score.high == 0.5
    assert score.table["reaches"].to_dict() == {"G": 1, "P": 1, "S": 2, "T": 2}
    assert score.table["reached_by"].to_dict() == {"G": 0, "P": 2, "S": 2, "T": 2}
    assert score.table["static"].tolist() == [3, 3, 3, 3]
    assert score.table["hidden"].to_dict() == {"G": 2, "P": 2, "S": 1, "T": 1}
    assert score.table["rows"].to_dict() == {"G": ("e5",), "P": ("e6",), "S": ("e2", "e6"), "T": ("e2", "e5")}
    assert score.rows == ("e2", "e5", "e6")
    assert "hides 50%" in score.explain()


def test_a_letter_goes_one_way():
    letter = case("A B", "c1", "5 told A>B - letter")
    assert float(temporal_fragmentation(letter)) == 0.5


def test_a_message_that_did_not_arrive_leads_nowhere():
    assert float(temporal_fragmentation(case("A B", "c1", "5 told A>B - phone received=no"))) == 1


def test_the_bound_takes_the_least_favourable_days():
    # B tells C between 3 and 9 January, A tells B on the 5th: A can reach C, and it is not certain
    open_dates = case("A B C", "c1", "5 told A>B - letter", "3/9 told B>C - letter")
    score = temporal_fragmentation(open_dates)
    assert float(score) == pytest.approx(1 - 3 / 6)  # A>B, B>C, A>C
    assert score.high == pytest.approx(1 - 2 / 6)
    assert score.low == score.value


def test_with_fewer_than_two_actors_it_is_not_defined():
    for few in (builder.nobody(), builder.alone()):
        score = temporal_fragmentation(few)
        assert not score.defined
        assert score.reason == "fewer than two professionals or agencies have appeared"
        assert score.reason in score.explain()
        assert score.rows == ()
        assert score.table.dtypes.equals(temporal_fragmentation(builder.apart()).table.dtypes)
        assert score.table.index.name == "actor"


def test_two_who_never_had_contact_are_wholly_apart():
    assert float(temporal_fragmentation(builder.apart())) == 1


@pytest.mark.parametrize("window", [0, -1, 1.5, "90", True])
def test_a_window_is_a_number_of_days(window):
    with pytest.raises(sn.ArgumentError, match="window="):
        temporal_fragmentation(builder.apart(), window=window)


def test_it_is_asked_of_a_case():
    with pytest.raises(sn.ArgumentError, match="case is needed"):
        temporal_fragmentation(nx.path_graph(3))
    with pytest.raises(sn.DateError):
        temporal_fragmentation(builder.apart(), "2024-02-30")


def test_the_hospital_ward_as_tsna_has_it():
    contacts = published.table("hospital_ward", "contacts.csv")[1:]
    names = sorted({name for _, a, b in contacts for name in (a, b)})
    people = [{"id": "K", "name": "K", "kind": "child"}]
    people += [{"id": f"w{name}", "name": name, "kind": "professional"} for name in names]
    rows = [
        {"id": f"e{number}", "date": f"2024-01-{int(hour) + 1:02d}", "kind": "met", "who": f"w{a};w{b}"}
        for number, (hour, a, b) in enumerate(contacts)
    ]
    concern = {"id": "c", "about": "K", "category": "neglect", "severity": "1", "summary": "c"}
    ward = sn.Case(pd.DataFrame(people), pd.DataFrame([concern]), pd.DataFrame(rows))
    score = temporal_fragmentation(ward)
    reach = {f"w{name}": int(size) - 1 for name, size in published.table("hospital_ward", "tsna_reach.csv")[1:]}
    assert score.table["reaches"].to_dict() == {name: reach[name] for name in score.table.index}
    assert float(score) == pytest.approx(0.136977, abs=5e-7)
    pairs = sum(reach.values())
    expected = published.expected("hospital_ward")["temporal_fragmentation"]
    assert 1 - pairs / (75 * 74) == pytest.approx(expected)  # the data agree with themselves


# the brute force --------------------------------------------------------------------------------------


def held_to_brute(tables, one, at, window=None, **settings):
    asked = view(tables, at, **settings)
    score = temporal_fragmentation(one, at, window=window, rules=sn.Rules(**settings))
    assert same(score, brute.temporal_fragmentation(asked, window=window))
    assert same(score.high, brute.temporal_fragmentation(asked, window=window, dates="latest"))


@packaged.on_every_date
def test_it_agrees_with_the_brute_force_on_the_packaged_cases(name, part):
    held_to_brute(*packaged.asked(name, part))


@given(strategies.cases(), strategies.questions, st.sampled_from([None, 1, 3, 30]))
def test_it_agrees_with_the_brute_force_on_random_cases(tables, at, window):
    held_to_brute(tables, from_tables(tables), at, window)


@given(strategies.crowded_cases(), strategies.questions, st.sampled_from([{}, {"same_day": "none"}]))
def test_it_is_the_same_where_the_first_rows_are_tried_alone(tables, at, settings):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(temporal, "FEW", 1)
        held_to_brute(tables, from_tables(tables), at, **settings)


def test_who_were_all_joined_in_the_first_rows_are_joined_whatever_comes_later():
    begun, letter = ["5 told A>B - phone", "6 told B>C - phone"], "{} told A>B - letter"
    later = [letter.format(day) for day in (8, 9, 10)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(temporal, "FEW", 1)  # the first three rows of six
        for third, last, expected in (
            ("7 told C>A - phone", "11 told A>B - letter", 0.0),
            ("7 told A>B - letter", "11 told A>B - letter", 1 / 6),  # nothing ever leads from C to A
            ("7 told A>B - letter", "11 told C>A - letter", 0.0),  # it does in the end
        ):
            told = case("A B C", "c1", *begun, third, *later[:2], last)
            assert float(temporal_fragmentation(told)) == pytest.approx(expected)


@pytest.mark.slow
@given(strategies.crowded_cases(), strategies.questions)
def test_it_follows_the_rules_as_the_brute_force_does(tables, at):
    for settings in ({"same_day": "none"}, {"dates": "earliest"}, {"unconfirmed": "does_not_count"}):
        held_to_brute(tables, from_tables(tables), at, **settings)


@given(strategies.crowded_cases())
def test_what_passes_nothing_on_within_a_day_leads_no_farther(tables):
    one = from_tables(tables)
    strict = temporal_fragmentation(one, rules=sn.Rules(same_day="none"))
    assert not strict.defined or float(strict) >= float(temporal_fragmentation(one))


@given(strategies.cases())
def test_it_stays_above_the_static_picture_and_below_its_bound(tables):
    one = from_tables(tables)
    static, score = fragmentation(one), temporal_fragmentation(one)
    assert static.defined == score.defined
    if score.defined:
        assert float(static) <= float(score) + 1e-12
        assert float(score) <= score.high + 1e-12 <= 1 + 2e-12
        assert set(score.rows) <= set(static.rows)
