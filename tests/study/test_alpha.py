"""Krippendorff's alpha against his own published examples, a brute force from the definition, and properties."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.study.alpha import METRICS, Metric

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; a dot is a missing value
BINARY = ("0100000010", "1110010000")  # part A: Meg and Owen
NOMINAL = ("aabbdcccedda", "babbbccceddd")  # part B: Ben and Gerry
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")  # part C: observers A to D, 12 units


def coded(coders: tuple[str, ...], number: bool = False) -> pd.DataFrame:
    """A row per unit, a column per coder."""
    cells = [[None if sign == "." else int(sign) if number else sign for sign in coder] for coder in coders]
    return pd.DataFrame(list(zip(*cells, strict=True)), dtype=object)


def test_his_binary_example() -> None:
    assert round(float(sn.krippendorff_alpha(coded(BINARY))), 3) == 0.095


def test_his_nominal_example() -> None:
    assert round(float(sn.krippendorff_alpha(coded(NOMINAL))), 3) == 0.692


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_his_example_of_four_observers_with_missing_values(metric: Metric, published: float) -> None:
    score = sn.krippendorff_alpha(coded(FOUR, number=True), metric)
    assert round(float(score), 3) == published
    assert score.table["number"].tolist() == [9, 13, 10, 5, 3]  # his n_c; the lone 3 of unit 12 is no pair
    assert score.low <= score <= score.high


def brute(units: list[list[float]], metric: Metric) -> float:
    """Alpha from the definition: every pair of values within units, by every pair of values at all."""
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]

    def apart(c: float, k: float) -> float:
        if metric == "nominal":
            return float(c != k)
        if metric == "interval":
            return (c - k) ** 2
        if metric == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else 0.0
        low, high = min(c, k), max(c, k)
        between = sum(1 for value in values if low <= value <= high)
        return (between - (values.count(c) + values.count(k)) / 2) ** 2 if c != k else 0.0

    observed = sum(apart(c, k) / (len(unit) - 1) for unit in pairable for c, k in itertools.permutations(unit, 2))
    expected = sum(apart(c, k) for c, k in itertools.permutations(values, 2))
    if not expected:
        return math.nan
    return 1 - (observed / len(values)) / (expected / (len(values) * (len(values) - 1)))


units_of_coders = st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=8)


@given(units_of_coders, st.sampled_from(METRICS))
def test_alpha_is_what_the_definition_says(units: list[list[float]], metric: Metric) -> None:
    wide = [[*unit, *([None] * (4 - len(unit)))] for unit in units]
    score = sn.krippendorff_alpha(wide, metric, draws=1)
    assert float(score) == pytest.approx(brute(units, metric), nan_ok=True)
    assert score.defined or score.reason


@given(units_of_coders, st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_that_of_coders_matters(units: list[list[float]], chance: Any) -> None:
    wide = [[*unit, *([None] * (4 - len(unit)))] for unit in units]
    turned = [chance.sample(line, 4) for line in chance.sample(wide, len(wide))]
    one, other = (sn.krippendorff_alpha(table, "ordinal", draws=20) for table in (wide, turned))
    np.testing.assert_equal((one.value, one.low, one.high), (other.value, other.low, other.high))


@pytest.mark.parametrize("as_they_are", [(float, int), (int, float), (float, float)])
def test_the_band_is_the_same_whether_a_number_is_whole_or_has_a_point(as_they_are: tuple[type, type]) -> None:
    units = [(0, 0), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1)]
    one, other = (
        sn.krippendorff_alpha(pd.DataFrame(units).astype(dict(enumerate(kinds))), "ordinal", draws=20)
        for kinds in ((int, int), as_they_are)
    )
    np.testing.assert_equal((one.value, one.low, one.high), (other.value, other.low, other.high))


@pytest.mark.slow
@pytest.mark.parametrize(("metric", "least"), [("nominal", 0.9), ("ordinal", 0.84)])
def test_the_band_holds_the_true_alpha_about_as_often_as_it_says(metric: Metric, least: float) -> None:
    # each coder hits the level of a unit with chance p and else guesses; two are of one mind with chance p², and as
    # far apart as any two values otherwise: alpha is p² whatever the metric
    chance, p, held = np.random.default_rng(7), 0.85, 0
    for seed in range(200):
        level = chance.integers(1, 5, 30)
        coders = [np.where(chance.random(30) < p, level, chance.integers(1, 5, 30)).tolist() for _ in range(2)]
        score = sn.krippendorff_alpha(list(zip(*coders, strict=True)), metric, draws=200, seed=seed)
        held += score.low <= p**2 <= score.high
    assert held / 200 >= least


def test_without_variation_it_is_not_defined_and_says_so() -> None:
    score = sn.krippendorff_alpha([["a", "a"], ["a", "a"]])
    assert not score.defined
    assert score.explain() == (
        "Alpha is not defined: every value is the same, so that agreement cannot be told from chance."
    )


@pytest.mark.parametrize("table", [[], [["a", None]], [["a", ""], [None, "b"]]])
def test_without_a_pair_it_is_not_defined_and_says_so(table: Any) -> None:
    assert sn.krippendorff_alpha(table).reason == "no unit has two values to compare"


def test_perfect_agreement_is_1_and_perfect_disagreement_is_below_0() -> None:
    assert sn.krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1
    # four values, two of each; every pair within a unit differs, of all pairs 8 of 12 do: 1 − 1 / (8 / 12)
    assert float(sn.krippendorff_alpha([["a", "b"], ["b", "a"]])) == pytest.approx(-0.5)


def test_the_band_is_that_of_the_seed() -> None:
    one, same, other = (sn.krippendorff_alpha(coded(FOUR, number=True), "ordinal", seed=seed) for seed in (1, 1, 2))
    assert (one.low, one.high) == (same.low, same.high)
    assert (one.low, one.high) != (other.low, other.high)


@pytest.mark.parametrize(
    ("value", "read"), [("aaaabbbb", "reliable"), ("aaaabbba", "tentative"), ("aabbaabb", "no conclusions")]
)
def test_the_sentence_reads_it_by_his_bounds(value: str, read: str) -> None:
    # of 8 units one differs: 16 values, 9 a and 7 b; 1 − 15 × 2 / (2 × 63) = 0.76
    assert read in sn.krippendorff_alpha(list(zip("aaaabbbb", value, strict=True))).explain()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"metric": "ordnal"}, "metric='ordnal' is not possible"),
        ({"metric": "interval"}, "needs numbers; a value of unit 0 is 'a'"),
        ({"draws": 0}, "draws is a whole number from 1"),
        ({"seed": -1}, "seed is a whole number from 0"),
        ({"level": 2}, "level is a share"),
        ({"table": 3}, "a row per unit"),
        ({"table": "ab"}, "a row per unit"),
        ({"table": [[-1, 1]], "metric": "ratio"}, "from 0 up"),
        ({"table": [[[1], [2]]]}, "give numbers or texts"),
    ],
)
def test_a_mistake_in_the_call_is_answered(given: dict[str, Any], message: str) -> None:
    with pytest.raises(sn.ArgumentError, match=message):
        sn.krippendorff_alpha(**{"table": [["a", "b"]], **given})


def test_without_a_draw_in_which_it_is_defined_there_is_no_band() -> None:
    pairs = [["a", "a"]] * 30 + [["a", "b"]]
    score = sn.krippendorff_alpha(pairs, draws=1, seed=2)  # its one draw has no unit with a b
    assert (score.low, score.value, score.high) == (0, 0, 0)
    assert repr(score) == "<Score krippendorff_alpha = 0 (range -1 to 1, higher is better)>"
    assert score.explain().startswith("Alpha is 0.00 (31 units): under 0.667")


def test_a_notebook_shows_it() -> None:
    assert "krippendorff_alpha" in sn.krippendorff_alpha(coded(NOMINAL))._repr_html_()


@pytest.mark.parametrize("number", [1, 1.0, np.int64(1)])
def test_a_number_that_is_a_text_elsewhere_is_refused_as_it_would_count_as_two_values(number: object) -> None:
    with pytest.raises(sn.ArgumentError, match="'1': a number in one cell and a text in another"):
        sn.krippendorff_alpha([[number, "1"], ["2", "2"]])


def test_blanks_around_a_text_make_no_other_value_and_blanks_alone_are_none() -> None:
    clean = sn.krippendorff_alpha([["a", None], ["b", "b"], ["a", "b"]])
    assert float(sn.krippendorff_alpha([["a", "  "], ["b", "b "], [" a", "b"]])) == float(clean)


def test_a_unit_with_fewer_cells_than_the_others_is_named() -> None:
    with pytest.raises(sn.ArgumentError, match="unit 1 has 1 cell and unit 0 2"):
        sn.krippendorff_alpha([[1, 2], [1]])
