"""Fragmentation: the worked example, a brute force, published numbers, and what must always hold."""

from __future__ import annotations

import json
import math

import networkx as nx
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.fragmentation import distance_fragmentation, fragmentation, temporal_fragmentation
from tests import brute, strategies
from tests.measures import made

FAMILY = (fragmentation, distance_fragmentation, temporal_fragmentation)


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_in_the_worked_example_everybody_is_joined(worked):
    assert float(fragmentation(worked, "2024-01-31")) == 0


def test_in_the_worked_example_long_chains_count_as_partly_broken(worked):
    # G-T-S-P: three pairs at 1, two at 2, one at 3
    expected = 1 - (3 * 1 + 2 / 2 + 1 / 3) / 6
    assert float(distance_fragmentation(worked, "2024-01-31")) == pytest.approx(expected)
    assert expected == pytest.approx(0.2778, abs=5e-5)


def test_in_the_worked_example_half_of_the_ordered_pairs_are_not_joined_in_time(worked):
    score = temporal_fragmentation(worked, "2024-01-31")
    assert float(score) == 0.5  # T>S S>T G>T S>P P>S T>P of 12
    assert score.low == score.high == 0.5
    assert score.table["reaches"].to_dict() == {"G": 1, "P": 1, "S": 2, "T": 2}
    assert score.table["reached_by"].to_dict() == {"G": 0, "P": 2, "S": 2, "T": 2}
    assert score.table["hidden"].to_dict() == {"G": 2, "P": 2, "S": 1, "T": 1}
    assert "hides 50%" in score.explain()


def test_two_parts_of_two_leave_a_third_of_the_pairs_joined():
    case = made.joined("A;B", "C;D")
    assert float(fragmentation(case)) == pytest.approx(2 / 3)  # 2 of 6 pairs
    table = fragmentation(case).table
    assert table["people"].tolist() == [("A", "B"), ("C", "D")]
    assert table["agencies"].tolist() == [("of_A", "of_B"), ("of_C", "of_D")]
    assert table["rows"].tolist() == [("e1",), ("e2",)]


def test_the_evidence_is_the_contact_rows_by_date(worked):
    for measure in FAMILY:
        assert measure(worked).rows == ("e2", "e5", "e6")
        assert measure(worked).evidence["id"].tolist() == ["e2", "e5", "e6"]


def test_a_message_that_did_not_arrive_joins_nobody_but_both_are_there():
    case = made.case("A B", [made.told("A", "B", received="no")])
    for measure in FAMILY:
        assert float(measure(case)) == 1


def test_a_letter_joins_from_the_day_on_which_it_was_read():
    letter = made.told("A", "B", channel="letter", received_on="2024-01-20")
    case = made.case("A B", [letter])
    assert float(fragmentation(case, "2024-01-19")) == 1
    assert float(fragmentation(case, "2024-01-20")) == 0
    assert float(temporal_fragmentation(case, "2024-01-20")) == 0.5  # one way only


def test_a_window_forgets_old_contacts_and_keeps_the_actors():
    case = made.joined("A;B", "B;C")  # 1 and 2 January
    assert float(fragmentation(case, "2024-01-02")) == 0
    assert float(fragmentation(case, "2024-01-02", window=1)) == pytest.approx(2 / 3)  # only B-C of three pairs
    assert float(fragmentation(case, "2024-02-02", window=1)) == 1


def test_the_child_does_not_join_those_who_see_them():
    case = made.case("A B K:child", [made.met("A;K"), made.met("B;K")])
    assert float(fragmentation(case)) == 1


@pytest.mark.parametrize("measure", FAMILY)
@pytest.mark.parametrize("case", [made.nobody(), made.alone()], ids=["nobody", "alone"])
def test_with_fewer_than_two_actors_it_is_not_defined(measure, case):
    score = measure(case)
    assert not score.defined
    assert math.isnan(float(score))
    assert "fewer than two" in score.reason
    assert score.reason in score.explain()
    assert score.rows == ()
    assert "rows" in score.table.columns or measure is temporal_fragmentation
    assert score._repr_html_()


@pytest.mark.parametrize("measure", FAMILY)
def test_two_who_never_had_contact_are_wholly_apart(measure):
    assert float(measure(made.apart())) == 1


@pytest.mark.parametrize("measure", FAMILY)
@pytest.mark.parametrize("window", [0, -1, 1.5, "90", True])
def test_a_window_is_a_number_of_days(measure, window):
    with pytest.raises(sn.ArgumentError, match="window="):
        measure(made.apart(), window=window)


@pytest.mark.parametrize("measure", FAMILY)
def test_a_date_that_does_not_exist_is_refused(measure):
    with pytest.raises(sn.DateError):
        measure(made.apart(), "2024-02-30")


# graphs of one's own ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_any_networkx_graph_is_taken_as_undirected_without_loops(kind):
    graph = kind([(1, 2), (3, 4), (1, 1)])
    assert float(fragmentation(graph)) == pytest.approx(2 / 3)
    assert float(distance_fragmentation(graph)) == pytest.approx(2 / 3)
    assert graph.number_of_edges() == 3  # as it was
    assert fragmentation(graph).table["nodes"].tolist() == [(1, 2), (3, 4)]


def test_a_graph_without_two_nodes_is_not_defined():
    for graph in (nx.Graph(), nx.path_graph(1)):
        assert not fragmentation(graph).defined
        assert not distance_fragmentation(graph).defined


def test_a_graph_has_no_dates():
    graph = nx.path_graph(3)
    for more in ({"at": "2024-01-01"}, {"window": 7}):
        with pytest.raises(sn.ArgumentError, match="no dates"):
            fragmentation(graph, **more)
    with pytest.raises(sn.ArgumentError, match="case is needed"):
        temporal_fragmentation(graph)
    with pytest.raises(sn.ArgumentError, match="load_case"):
        fragmentation("lewis")


def test_the_graph_of_a_case_is_taken(worked):
    graph = worked.graph()
    assert float(fragmentation(graph)) <= 1  # K, M and the agencies are nodes as well
    assert len(fragmentation(graph).table) == len(list(nx.connected_components(graph.to_undirected())))


# published numbers --------------------------------------------------------------------------------------


def without(graph: nx.Graph, node: int) -> nx.Graph:
    left = graph.copy()
    left.remove_node(node)
    return left


def test_krackhardts_kite_without_each_node_as_keyplayer_has_it():
    kite = made.matrix("kite")
    expected = json.loads((made.DATA / "kite" / "expected.json").read_text())["removed_node_distance_fragmentation"]
    found = [float(distance_fragmentation(without(kite, node))) for node in range(10)]
    assert found == pytest.approx(expected, abs=1e-9)


def test_the_karate_club_without_each_node_as_keyplayer_has_it():
    club = made.matrix("karate")
    lines = made.table("karate", "karate_fragment.csv")[1:]
    assert len(lines) == 34
    for node, expected in lines:
        found = distance_fragmentation(without(club, int(node)))
        assert float(found) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("graph", [nx.path_graph(7), nx.star_graph(5), nx.gnm_random_graph(12, 14, seed=3)])
def test_distance_fragmentation_is_one_less_global_efficiency(graph):
    assert float(distance_fragmentation(graph)) == pytest.approx(1 - nx.global_efficiency(graph))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("max", 0.200), ("reuben", 0.804), ("victoria_climbie", 0.908), ("malachi_subecz", 0.962)],
)
def test_temporal_fragmentation_of_the_packaged_cases(name, expected):
    assert float(temporal_fragmentation(sn.load_case(name))) == pytest.approx(expected, abs=5e-4)


def test_the_hospital_ward_as_tsna_has_it():
    contacts = made.table("hospital_ward", "contacts.csv")[1:]
    names = sorted({name for _, a, b in contacts for name in (a, b)})
    people = [{"id": "K", "name": "K", "kind": "child"}]
    people += [{"id": f"w{name}", "name": name, "kind": "professional"} for name in names]
    rows = [
        {"id": f"e{number}", "date": f"2024-01-{int(hour) + 1:02d}", "kind": "met", "who": f"w{a};w{b}"}
        for number, (hour, a, b) in enumerate(contacts)
    ]
    concern = {"id": "c", "about": "K", "category": "neglect", "severity": "1", "summary": "c"}
    case = sn.Case(pd.DataFrame(people), pd.DataFrame([concern]), pd.DataFrame(rows))
    score = temporal_fragmentation(case)
    reach = {f"w{name}": int(size) - 1 for name, size in made.table("hospital_ward", "tsna_reach.csv")[1:]}
    assert score.table["reaches"].to_dict() == {name: reach[name] for name in score.table.index}
    assert float(score) == pytest.approx(0.136977, abs=5e-7)
    pairs = sum(reach.values())
    expected = json.loads((made.DATA / "hospital_ward" / "expected.json").read_text())["temporal_fragmentation"]
    assert 1 - pairs / (75 * 74) == pytest.approx(expected)  # the data agree with themselves


# random cases -------------------------------------------------------------------------------------------


@given(strategies.cases(), strategies.questions, st.sampled_from([None, 1, 3, 30]))
def test_all_three_agree_with_the_brute_force(tables, at, window):
    case = made.from_tables(tables)
    assert made.same(fragmentation(case, at, window=window), brute.fragmentation(tables, at, window))
    assert made.same(distance_fragmentation(case, at, window=window), brute.distance_fragmentation(tables, at, window))
    score = temporal_fragmentation(case, at, window=window)
    assert made.same(score, brute.temporal_fragmentation(tables, at, window))
    assert made.same(score.high, brute.temporal_fragmentation(tables, at, window, dates="latest"))


@given(strategies.crowded_cases())
def test_the_order_within_a_day_follows_the_same_day_rule(tables):
    case = made.from_tables(tables)
    score = temporal_fragmentation(case, rules=sn.Rules(same_day="none"))
    assert made.same(score, brute.temporal_fragmentation(tables, same_day="none"))
    if score.defined:
        assert float(score) >= float(temporal_fragmentation(case))


@given(strategies.cases())
def test_they_stay_in_their_ranges_and_in_order(tables):
    static, distant, temporal = (measure(made.from_tables(tables)) for measure in FAMILY)
    assert static.defined == distant.defined == temporal.defined
    if static.defined:
        assert -1e-12 <= float(static) <= float(distant) + 1e-12 <= 1 + 2e-12
        assert float(static) <= float(temporal) + 1e-12
        assert float(temporal) <= temporal.high + 1e-12 <= 1 + 2e-12


@given(strategies.cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_of_people_change_nothing(tables, random):
    order = list(tables["chronology"])
    random.shuffle(order)
    names = {person["id"]: f"z{number}" for number, person in enumerate(reversed(tables["people"]))}

    def again(cell: str) -> str:
        return ";".join(names.get(part, part) for part in cell.split(";"))

    changed = {
        **tables,
        "chronology": [{**row, **{key: again(row[key]) for key in ("who", "to", "absent")}} for row in order],
        "people": [{**person, "id": names[person["id"]]} for person in tables["people"]],
        "concerns": [{**concern, "about": again(concern["about"])} for concern in tables["concerns"]],
    }
    one, other = made.from_tables(tables), made.from_tables(changed)
    for measure in FAMILY:
        assert made.same(measure(other), None if not measure(one).defined else float(measure(one)))


@given(strategies.cases(), st.randoms(use_true_random=False))
def test_splitting_a_meeting_never_lowers_any_of_them(tables, random):
    meetings = [row for row in tables["chronology"] if row["kind"] == "met" and ";" in row["who"]]
    assume(meetings)
    meeting = random.choice(meetings)
    who = meeting["who"].split(";")
    random.shuffle(who)
    cut = random.randint(1, len(who) - 1)
    halves = [{**meeting, "who": ";".join(who[:cut])}, {**meeting, "id": "half", "who": ";".join(who[cut:])}]
    split = {**tables, "chronology": [row for row in tables["chronology"] if row is not meeting] + halves}
    before, after = made.from_tables(tables), made.from_tables(split)
    for measure in FAMILY:
        if measure(before).defined:
            assert float(measure(after)) >= float(measure(before)) - 1e-12
