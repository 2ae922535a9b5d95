"""The case as a graph: its nodes and edges counted by hand, and that other programs take it as it is."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from hypothesis import given, settings

import safetynet as sn
from tests import strategies
from tests.builder import case, from_tables, named
from tests.measures.packaged import every_name

PEOPLE = "T@school role='class teacher' S@council K:child L:child M:family N:support C:public"


def edges(graph, kind: str) -> list[tuple[str, str]]:
    return sorted((one, other) for one, other, data in graph.edges(data=True) if data["edge_type"] == kind)


def graph(*rows: str, at: str | None = None, **more: object):
    return case(PEOPLE, "c1 c2", *rows, **more).graph(at)


def test_nodes_are_every_person_and_agency_with_their_columns():
    made = graph("1 observed T c1")
    kinds = {name: data["node_type"] for name, data in made.nodes(data=True)}
    people = "T=professional S=professional K=child L=child M=family N=support C=public"
    assert kinds == named(f"{people} school=agency council=agency")
    teacher = named("node_type=professional name=T kind=professional agency=school remit=works_with")
    assert made.nodes["T"] == {**teacher, "role": "class teacher"}
    assert made.nodes["M"] == {"node_type": "family", "name": "M", "kind": "family"}  # nothing empty
    assert made.nodes["school"] == {"node_type": "agency", "name": "school", "sector": "other"}


def test_dates_of_people_are_iso_text():
    made = case("T end=2024-02 lead_from=5 K:child born=2020", "c1", "5 observed T c1").graph()
    assert made.nodes["T"]["end"] == "2024-02-01/2024-02-29"
    assert made.nodes["T"]["lead_from"] == "2024-01-05"
    assert made.nodes["K"]["born"] == "2020-01-01/2020-12-31"


def test_an_edge_for_each_direction_in_which_information_could_move():
    made = graph("1 told T>S c1;c2 phone", "2 told T>M c1 letter", "3 met T;S;M c2", "4 observed T;S c1")
    assert edges(made, "told") == [("S", "T"), ("T", "M"), ("T", "S")]  # a telephone call goes both ways
    assert len(edges(made, "met")) == 6  # three people in ordered pairs
    assert edges(made, "observed") == [("S", "T"), ("T", "S")]
    told = "edge_type=told row=e1 earliest=2024-01-01 latest=2024-01-01 channel=phone concerns=c1;c2 arrived=yes"
    assert made.edges["T", "S", "e1"] == named(told)


def test_those_who_are_present_hear_and_say_nothing():
    made = graph("1 told T>S c1 phone present=M", "2 observed T c1 present=N")
    assert edges(made, "told") == [("S", "M"), ("S", "T"), ("T", "M"), ("T", "S")]
    assert edges(made, "observed") == [("T", "N")]


@pytest.mark.parametrize("kind", ["decided", "disagreed", "opened", "closed"])
def test_the_other_contact_rows_have_edges_too_where_somebody_was_told(kind):
    made = graph(f"1 {kind} T>S c1")
    assert ("T", "S") in edges(made, kind)
    assert edges(graph(f"1 {kind} T c1"), kind) == []


def test_what_did_not_arrive_has_no_edge_and_what_nobody_confirmed_says_so():
    assert edges(graph("1 told T>S c1 letter received=no"), "told") == []
    confirmed = dict.fromkeys(("letter received=yes", "letter received_on=1", "phone"), "yes")
    for cells, arrived in {"letter": "not known", **confirmed}.items():
        assert graph(f"1 told T>S c1 {cells}").edges["T", "S", "e1"]["arrived"] == arrived


def test_a_letter_is_dated_by_its_reading():
    made = graph("1 told T>S c1 letter received_on=9", "12 observed T c1")
    assert (made.edges["T", "S", "e1"]["earliest"], made.edges["T", "S", "e1"]["latest"]) == ("2024-01-09",) * 2
    assert edges(graph("1 told T>S c1 letter received_on=9", "12 observed T c1", at="2024-01-08"), "told") == []


def test_the_graph_of_an_earlier_day_has_only_earlier_rows():
    made = graph("1 told T>S c1 phone", "3 told S>M c1 phone", at="2024-01-02")
    assert {data["edge_type"] for *_, data in made.edges(data=True)} == {"told", "member"}
    assert edges(made, "told") == [("S", "T"), ("T", "S")]
    assert edges(made, "member") == [("S", "council"), ("T", "school")]


def test_an_edge_for_each_stretch_of_involvement():
    made = graph("1 opened S", "9 closed S", "20 opened S about=K", "30 observed T c1")
    found = [(other, data) for _, other, data in made.edges(data=True) if data["edge_type"] == "involved"]
    assert sorted((child, data.get("start"), data.get("end"), data["rows"]) for child, data in found) == [
        ("K", "2024-01-01", "2024-01-09", "e1;e2"),
        ("K", "2024-01-20", None, "e3"),
        ("L", "2024-01-01", "2024-01-09", "e1;e2"),
    ]


def test_ties_have_their_own_kind():
    made = graph("9 observed T c1", ties="M K care strong\nN K kin - 20")
    assert edges(made, "tie") == [("M", "K")]  # the other begins later
    assert made.edges["M", "K", "tie 1"] == {"edge_type": "tie", "kind": "care", "quality": "strong"}


def test_a_row_with_the_name_of_a_kind_of_edge_is_drawn_all_the_same():
    made = graph("member: 1 told T>S c1 phone", "'tie 1': 2 told M>K c1 phone", ties="M K care strong")
    assert made.has_edge("T", "S", key="member")
    assert edges(made, "member") == [("S", "council"), ("T", "school")]
    assert edges(made, "tie") == [("M", "K")]
    assert ("M", "K") in edges(made, "told")


@settings(max_examples=30)
@given(strategies.cases())
def test_attributes_are_texts_numbers_and_truth_values_and_nothing_is_empty(tables):
    made = from_tables(tables).graph("2021")
    attributes = [data for _, data in made.nodes(data=True)] + [data for *_, data in made.edges(data=True)]
    for data in attributes:
        for name, value in data.items():
            assert isinstance(name, str)
            assert isinstance(value, (str, int, float, bool))
            assert value != ""


@settings(max_examples=15)
@given(strategies.cases())
def test_random_graphs_come_back_from_every_format(tables):
    check_written(from_tables(tables).graph("2021"))


@every_name
def test_graphs_of_the_packaged_cases_come_back_from_every_format(name):
    made = sn.load_case(name).graph()
    check_written(made)
    assert sum(nx.pagerank(nx.DiGraph(made)).values()) == pytest.approx(1)


def flat(graph) -> tuple[dict[str, dict[str, object]], list[tuple[str, str, str]]]:
    nodes = {name: dict(data) for name, data in graph.nodes(data=True)}
    found = [(one, other, json.dumps({**data}, sort_keys=True)) for one, other, data in graph.edges(data=True)]
    return nodes, sorted(found)


def check_written(made) -> None:
    file = io.BytesIO()
    nx.write_graphml(made, file)
    file.seek(0)
    assert flat(nx.read_graphml(file, force_multigraph=True)) == flat(made)
    again = nx.node_link_graph(json.loads(json.dumps(nx.node_link_data(made, edges="edges"))), edges="edges")
    assert flat(again) == flat(made)
    file = io.BytesIO()
    nx.write_gexf(made, file)
    file.seek(0)
    back = nx.read_gexf(file)
    assert set(back.nodes) == set(made.nodes)
    assert back.number_of_edges() == made.number_of_edges()
