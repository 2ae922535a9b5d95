"""Fragmentation: the worked example, a brute force, published numbers, and what must always hold."""

from __future__ import annotations

import math

import networkx as nx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.fragmentation import (
    current_fragmentation,
    distance_fragmentation,
    fragmentation,
    worry_fragmentation,
)
from safetynet.record.snapshot import snapshot
from tests import builder, strategies
from tests.brute import networks as brute
from tests.brute.model import view
from tests.builder import case, from_tables
from tests.measures import packaged, published
from tests.measures.packaged import same

FAMILY = (fragmentation, distance_fragmentation)
ALL = (*FAMILY, worry_fragmentation, current_fragmentation)


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


def test_two_parts_of_two_leave_a_third_of_the_pairs_joined():
    case = builder.joined("A;B", "C;D")
    assert float(fragmentation(case)) == pytest.approx(2 / 3)  # 2 of 6 pairs
    table = fragmentation(case).table
    assert table["people"].tolist() == [("A", "B"), ("C", "D")]
    assert table["agencies"].tolist() == [("of_A", "of_B"), ("of_C", "of_D")]
    assert table["rows"].tolist() == [("e1",), ("e2",)]


def test_the_evidence_is_the_contact_rows_by_date(worked):
    for measure in ALL:
        assert measure(worked).rows == ("e2", "e5", "e6")
        assert measure(worked).evidence["id"].tolist() == ["e2", "e5", "e6"]


def test_a_message_that_did_not_arrive_joins_nobody_but_both_are_there():
    case = builder.case("A B", "c1", "told A>B - phone received=no")
    for measure in FAMILY:
        assert float(measure(case)) == 1


def test_a_letter_joins_from_the_day_on_which_it_was_read():
    letter = "told A>B - letter received_on=20"
    case = builder.case("A B", "c1", letter)
    assert float(fragmentation(case, "2024-01-19")) == 1
    assert float(fragmentation(case, "2024-01-20")) == 0


def test_a_window_forgets_old_contacts_and_keeps_the_actors():
    case = builder.joined("A;B", "B;C")  # 1 and 2 January
    assert float(fragmentation(case, "2024-01-02")) == 0
    assert float(fragmentation(case, "2024-01-02", window=1)) == pytest.approx(2 / 3)  # only B-C of three pairs
    assert float(fragmentation(case, "2024-02-02", window=1)) == 1


def test_the_child_does_not_join_those_who_see_them():
    case = builder.case("A B K:child", "c1", "met A;K", "met B;K")
    assert float(fragmentation(case)) == 1


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("case", [builder.nobody(), builder.alone()], ids=["nobody", "alone"])
def test_with_fewer_than_two_actors_it_is_not_defined(measure, case):
    score = measure(case)
    assert not score.defined
    assert math.isnan(float(score))
    assert "fewer than two" in score.reason or "no professional has had a worry" in score.reason
    assert score.reason in score.explain()
    assert score.rows == ()
    assert score.table.columns.tolist() == ["size", "people", "agencies", "rows"]
    assert score.table.dtypes.equals(measure(builder.apart()).table.dtypes)
    assert score._repr_html_()


@pytest.mark.parametrize("measure", ALL)
def test_two_who_never_had_contact_are_wholly_apart(measure):
    assert float(measure(builder.apart())) == 1


@pytest.mark.parametrize("measure", [*FAMILY, worry_fragmentation])
@pytest.mark.parametrize("window", [0, -1, 1.5, "90", True])
def test_a_window_is_a_number_of_days(measure, window):
    with pytest.raises(sn.ArgumentError, match="window="):
        measure(builder.apart(), window=window)


@pytest.mark.parametrize("measure", ALL)
def test_a_date_that_does_not_exist_is_refused(measure):
    with pytest.raises(sn.DateError):
        measure(builder.apart(), "2024-02-30")


# worries, and now ---------------------------------------------------------------------------------------

THREE = "T@school S@council P@police"


def test_a_meeting_at_which_nothing_was_tabled_joins_nobody_by_their_worries():
    met = case(THREE, "c1", "01-01 observed T c1", "01-02 told T>S c1 phone", "01-03 met T;S;P")
    assert float(fragmentation(met)) == 0
    assert float(worry_fragmentation(met)) == pytest.approx(2 / 3)  # only T-S of three pairs
    assert worry_fragmentation(met).rows == ("e2",)
    assert "carried a worry" in worry_fragmentation(met).explain()


def test_a_reassurance_that_went_round_is_no_worry_that_did():
    calm = case(THREE, "c1 ok:0", "01-01 observed T c1", "01-02 met T;S ok")
    assert float(worry_fragmentation(calm)) == 1


def test_a_worry_that_is_resolved_has_still_joined_people():
    past = case("T@school S@council", "c1 resolved=01-05", "01-01 observed T c1", "01-02 told T>S c1 phone")
    assert float(worry_fragmentation(past, "2024-01-10")) == 0


def test_what_only_the_family_had_on_record_joins_no_professionals():
    # the mother tells an office; nobody has read it: no worry is known, and there is no share of anything
    rows = ("01-01 observed M c1", "01-02 told M>council c1 letter")
    only = case("T@school M:family", "c1", *rows, agencies="council")
    score = worry_fragmentation(only)
    assert not score.defined
    assert score.reason == "no professional has had a worry on record"


def test_a_network_that_fell_silent_is_apart_now():
    silent = case(THREE, "c1", "2023-01-01 met T;S;P c1", "01-01 observed T c1")
    assert float(fragmentation(silent, "2024-01-10")) == 0
    assert float(current_fragmentation(silent, "2024-01-10")) == 1  # all three involved, no contact of late
    assert float(current_fragmentation(silent, "2024-01-10", rules=sn.Rules(recent_days=400))) == 0
    assert "100 days" in current_fragmentation(silent, "2024-01-10").explain()


def test_who_has_left_is_no_part_of_the_network_of_now():
    left = case(THREE, "c1", "01-01 met T;S;P c1", "01-02 closed P")
    assert float(current_fragmentation(left, "2024-01-03")) == 0
    assert current_fragmentation(left, "2024-01-03").table["people"].tolist() == [("S", "T")]


def test_an_agency_counts_now_if_it_appeared_of_late():
    rows = ("2023-01-01 told T>council c1 fax", "01-01 observed police c1", "01-02 observed T c1")
    desk = case("T@school", "c1", *rows, agencies="council police")
    table = current_fragmentation(desk, "2024-01-03").table
    assert sorted(table["people"] + table["agencies"]) == [("T", "school"), ("police",)]


def test_the_last_day_of_a_window_counts_and_the_one_before_its_first_does_not():
    two = case("T@school S@council", "c1", "01-10 met T;S c1")
    assert float(fragmentation(two, "2024-01-19", window=10)) == 0  # (9 January, 19 January]
    assert float(fragmentation(two, "2024-01-20", window=10)) == 1
    assert float(current_fragmentation(two, "2024-04-18")) == 0  # the 100th day, 10 January counted
    assert float(current_fragmentation(two, "2024-04-19")) == 1


def test_a_letter_lies_in_a_window_by_the_day_of_its_reading():
    letter = case("T@school S@council", "c1", "01-01 told T>S c1 letter received_on=01-15")
    assert float(fragmentation(letter, "2024-01-16", window=5)) == 0
    assert float(fragmentation(letter, "2024-01-10", window=20)) == 1


# graphs of one's own ------------------------------------------------------------------------------------


def test_edges_join_whatever_their_weight():
    graph = nx.Graph()
    graph.add_edge(1, 2, weight=0)
    graph.add_edge(2, 3, weight=7.5)
    assert float(fragmentation(graph)) == 0
    assert float(distance_fragmentation(graph)) == pytest.approx(1 - (2 * 1 + 1 / 2) / 3)


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
    with pytest.raises(sn.ArgumentError, match="no dates"):
        fragmentation(graph, rules=sn.Rules())
    for measure in (worry_fragmentation, current_fragmentation):
        with pytest.raises(sn.ArgumentError, match="case is needed"):
            measure(graph)
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
    kite = published.matrix("kite")
    expected = published.expected("kite")["removed_node_distance_fragmentation"]
    found = [float(distance_fragmentation(without(kite, node))) for node in range(10)]
    assert found == pytest.approx(expected, abs=1e-9)


def test_the_karate_club_without_each_node_as_keyplayer_has_it():
    club = published.matrix("karate")
    lines = published.table("karate", "karate_fragment.csv")[1:]
    assert len(lines) == 34
    for node, expected in lines:
        found = distance_fragmentation(without(club, int(node)))
        assert float(found) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("graph", [nx.path_graph(7), nx.star_graph(5), nx.gnm_random_graph(12, 14, seed=3)])
def test_distance_fragmentation_is_one_less_global_efficiency(graph):
    assert float(distance_fragmentation(graph)) == pytest.approx(1 - nx.global_efficiency(graph))


# the brute force ----------------------------------------------------------------------------------------


@packaged.on_every_date
def test_all_agree_with_the_brute_force_on_the_packaged_cases(name, part):
    tables, case, at = packaged.asked(name, part)
    held_to_brute(tables, case, at)


@given(strategies.cases(), strategies.questions, st.sampled_from([None, 1, 3, 30]))
def test_all_agree_with_the_brute_force_on_random_cases(tables, at, window):
    held_to_brute(tables, from_tables(tables), at, window)


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_they_follow_the_rules_as_the_brute_force_does(tables, at):
    for settings in (
        {"dates": "earliest"},
        {"unconfirmed": "does_not_count"},
        {"recent_days": 3, "after_closing_days": 2},
    ):
        held_to_brute(tables, from_tables(tables), at, **settings)


def held_to_brute(tables, case, at, window=None, **settings):
    asked, rules = view(tables, at, **settings), sn.Rules(**settings)
    for measure in (fragmentation, worry_fragmentation, distance_fragmentation):
        expected = getattr(brute, measure.__name__)(asked, window=window)
        assert same(measure(case, at, window=window, rules=rules), expected), measure.__name__
    if "dates" not in settings:  # of two rows with windows, which is later-dated is another question then
        assert same(current_fragmentation(case, at, rules=rules), brute.current_fragmentation(asked))


@given(strategies.cases(), strategies.questions)
def test_one_empty_meeting_of_those_who_have_appeared_leaves_worry_fragmentation(tables, at):
    actors = sorted(view(tables, at).actors)
    assume(len(actors) > 1)
    empty = {"id": "empty", "date": str(at), "kind": "met", "who": ";".join(actors)}
    after = from_tables(
        {**tables, "chronology": [*tables["chronology"], dict.fromkeys(tables["chronology"][0], "") | empty]}
    )
    before = from_tables(tables)
    assert same(
        worry_fragmentation(after, at),
        float(worry_fragmentation(before, at)) if worry_fragmentation(before, at).defined else None,
    )
    assert float(fragmentation(after, at)) == 0


@pytest.mark.slow
@given(strategies.cases())
def test_they_stay_in_their_ranges_and_in_order(tables):
    case = from_tables(tables)
    static, distant, worry, current = (
        measure(case) for measure in (*FAMILY, worry_fragmentation, current_fragmentation)
    )
    assert static.defined == distant.defined
    if static.defined:
        assert -1e-12 <= float(static) <= float(distant) + 1e-12 <= 1 + 2e-12
    view = snapshot(case)
    appeared = set(view.appearances(view.actors))  # what a network without contact rests on
    if worry.defined:
        assert float(static) <= float(worry) + 1e-12 <= 1 + 2e-12
        assert set(worry.rows) <= set(static.rows) or set(worry.rows) <= appeared
    if current.defined:
        assert -1e-12 <= float(current) <= 1 + 1e-12
        assert set(current.rows) <= set(static.rows) or set(current.rows) <= appeared


def renamed(tables, names):
    """The same tables with other ids, wherever they stand."""

    def again(cell):
        return ";".join(names.get(part, part) for part in cell.split(";"))

    return {name: [{key: again(cell) for key, cell in row.items()} for row in rows] for name, rows in tables.items()}


@given(strategies.cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_of_people_change_nothing(tables, random):
    names = {person["id"]: f"z{number}" for number, person in enumerate(reversed(tables["people"]))}
    changed = renamed(tables, names)
    random.shuffle(changed["chronology"])
    one, other = from_tables(tables), from_tables(changed)
    for measure in ALL:
        assert same(measure(other), None if not measure(one).defined else float(measure(one)))


@pytest.mark.slow
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
    before, after = from_tables(tables), from_tables(split)
    for measure in ALL:
        if measure(before).defined:
            assert float(measure(after)) >= float(measure(before)) - 1e-12
