"""Care density and fragmented care density: published numbers, by hand, and over cases."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.care_density import care_density, fragmented_care_density
from tests import builder
from tests.measures.published import expected

COLUMNS = ["professionals", "people", "pairs", "shared_pairs", "reason", "rows"]


@pytest.fixture(scope="module")
def published():
    return expected("care_density")


def seen(*pairs: str) -> pd.DataFrame:
    """A table from pairs such as "1A": child 1 was seen by A."""
    return pd.DataFrame({"child": [pair[0] for pair in pairs], "professional": [pair[1] for pair in pairs]})


def test_the_published_care_density(published):
    table = care_density(pd.DataFrame(published["contacts"], columns=["child", "professional"]))
    assert table.columns.tolist() == ["care_density", *COLUMNS]
    numbers = {child: math.nan if value is None else value for child, value in published["care_density"].items()}
    assert table["care_density"].to_dict() == pytest.approx(numbers, nan_ok=True)


@pytest.mark.parametrize("turned", [False, True])
def test_the_published_fragmented_care_density(published, turned):
    weights = {tuple(pair.split("-"))[:: -1 if turned else 1]: value for pair, value in published["weights"].items()}
    contacts = pd.DataFrame(published["contacts"], columns=["child", "professional"])
    numbers = {c: math.nan if v is None else v for c, v in published["fragmented_care_density"].items()}
    by_mapping = fragmented_care_density(contacts, weights, kinds=published["types"])
    assert by_mapping["fragmented_care_density"].to_dict() == pytest.approx(numbers, nan_ok=True, abs=1e-9)
    contacts["what"] = contacts["professional"].map(published["types"])
    by_column = fragmented_care_density(contacts, weights, kinds="what")
    pd.testing.assert_frame_equal(by_mapping, by_column)


def test_by_hand():
    # A and B share children 1 and 2; A-C and B-C only child 1
    table = care_density(seen("1A", "1B", "1C", "2A", "2B", "3C"))
    assert table["care_density"].to_dict() == pytest.approx({"1": (2 + 1 + 1) / 3, "2": 2, "3": math.nan}, nan_ok=True)
    assert table["pairs"].to_dict() == {"1": 3, "2": 1, "3": 0}
    assert table["shared_pairs"].to_dict() == {"1": 1, "2": 1, "3": 0}
    assert table.loc["1", "people"] == ("A", "B", "C")
    assert table.loc["2", "rows"] == (3, 4)
    assert table.loc["3", "reason"] == "fewer than two professionals have seen the child"
    assert table.loc["1", "reason"] == ""


def test_repeats_count_once_and_weights_of_one_change_nothing():
    once, twice = seen("1A", "1B", "2A", "2B"), seen("1A", "1B", "1B", "2A", "2B", "2B")
    assert care_density(once)["care_density"].tolist() == care_density(twice)["care_density"].tolist() == [2, 2]
    plain = fragmented_care_density(once, {("x", "x"): 1}, kinds={"A": "x", "B": "x"})
    assert plain["fragmented_care_density"].tolist() == [2, 2]


def test_an_empty_study_makes_an_empty_table():
    assert care_density([]).empty
    assert care_density(seen()).columns.tolist() == ["care_density", *COLUMNS]


# cases --------------------------------------------------------------------------------------------------


def study() -> list[sn.Case]:
    sectors = "school:education name=s council:social_care name=c"
    first = builder.case("T@school S@council V", "c1", "told T>S - phone", "met S;V", agencies=sectors, title="1")
    second = builder.case("T@school S@council", "c1", "told T>S - phone", agencies=sectors, title="2")
    third = builder.case("T@school S@council", "c1", "observed T c1", agencies=sectors, title="3")  # S has not appeared
    return [first, second, third]


def named(cases: list[sn.Case], folder) -> list[sn.Case]:
    """The cases with an id each, which they get where they are read."""
    folder.mkdir(exist_ok=True)
    for number, case in enumerate(cases, start=1):
        sn.write_case(case, folder / f"case{number}")
    return [sn.read_case(folder / f"case{number}") for number in range(1, len(cases) + 1)]


def test_over_cases_the_professionals_are_those_who_have_appeared(tmp_path):
    table = care_density(named(study(), tmp_path))
    assert table.index.tolist() == ["case1", "case2", "case3"]
    # T-S share two cases, T-V and S-V one
    assert table["care_density"].tolist() == pytest.approx([(2 + 1 + 1) / 3, 2, math.nan], nan_ok=True)
    assert table.loc["case1", "rows"] == ("e1", "e2")
    early = care_density(named(study(), tmp_path / "again"), at="2024-01-01")
    assert early["care_density"].tolist() == pytest.approx([2, 2, math.nan], nan_ok=True)  # V comes on the 2nd


def test_over_cases_the_kinds_are_the_sectors_of_the_agencies(tmp_path):
    weights = {("education", "social_care"): 3, ("other", "social_care"): 1, ("other", "education"): 0.5}
    table = fragmented_care_density(named(study(), tmp_path), weights)
    assert table["fragmented_care_density"].tolist() == pytest.approx(
        [(3 * 2 + 1 * 1 + 0.5 * 1) / 3, 3 * 2, math.nan], nan_ok=True
    )


def test_what_does_not_fit_is_refused(tmp_path):
    table = seen("1A", "1B")
    for contacts, more, words in (
        (table.rename(columns={"child": "kid"}), {}, "no column 'child'"),
        (table.assign(professional=["A", None]), {}, "empty cells"),
        (table, {"at": "2024-01-01"}, "no dates"),
        (study()[0], {}, "compares children"),
        (nx.path_graph(2), {}, "in it"),
        (3, {}, "compares children"),
        ([1], {}, "in it"),
        ([study()[0], study()[1]], {}, "two cases have the id"),
    ):
        with pytest.raises(sn.ArgumentError, match=words):
            care_density(contacts, **more)
    for weights, kinds, words in (
        ({("x", "x"): 1}, {"A": "x"}, "no kind is given for the professional 'B'"),
        ({("x", "x"): 1}, {"A": "x", "B": "y"}, "no number for the pair"),
        ({("x", "x"): 1}, None, "no kind is given"),
        ([1], {"A": "x", "B": "x"}, "weights is a list"),
        ({("x", "x"): 1}, "what", "no column 'what'"),
    ):
        with pytest.raises(sn.ArgumentError, match=words):
            fragmented_care_density(table, weights, kinds=kinds)
    twice = seen("1A", "2A").assign(what=["x", "y"])
    with pytest.raises(sn.ArgumentError, match="two kinds"):
        fragmented_care_density(twice, {("x", "y"): 1}, kinds="what")
    with pytest.raises(sn.ArgumentError, match="column of a table"):
        fragmented_care_density(named(study(), tmp_path), {}, kinds="what")


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("ABCDE")), max_size=14))
def test_it_agrees_with_asking_every_pair_about_every_child(pairs):
    table = care_density(pd.DataFrame(pairs, columns=["child", "professional"]))
    around: dict[int, set[str]] = {}
    for child, person in pairs:
        around.setdefault(child, set()).add(person)
    expected = {}
    for child, people in around.items():
        shared = [sum({a, b} <= others for others in around.values()) for a, b in combinations(people, 2)]
        expected[child] = sum(shared) / len(shared) if shared else math.nan
    assert table["care_density"].to_dict() == pytest.approx(expected, nan_ok=True)
    assert table.index.tolist() == sorted(around)
