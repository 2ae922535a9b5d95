"""The numbers of a comparison, against counting by hand, brute force, published values and simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
import pytest

from safetynet.study.contrast import (
    Contrast,
    adjusted,
    cliffs_delta,
    dominance,
    expanded,
    kruskal,
    least_cases,
    least_p_of_groups,
    least_p_of_pairs,
    mean_band,
    of_groups,
    of_pairs,
)

Sample = Sequence[int]


def random(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def groups(first: Sequence[float], second: Sequence[float], level: float = 0.95, draws: int = 999) -> Contrast:
    return of_groups(np.array(first, dtype=float), np.array(second, dtype=float), draws, level, random())


def pairs(differences: Sequence[float], level: float = 0.95, draws: int = 999) -> Contrast:
    return of_pairs(np.array(differences, dtype=float), draws, level, random())


def every_difference(first: Sample, second: Sample) -> list[Fraction]:
    """The difference of means in every way to part the values into groups of these sizes."""
    pooled = [*first, *second]
    found = []
    for places in combinations(range(len(pooled)), len(first)):
        one = sum(pooled[place] for place in places)
        found.append(Fraction(sum(pooled) - one, len(second)) - Fraction(one, len(first)))
    return found


def both_sides(value: Fraction, every: list[Fraction]) -> float:
    """Twice the smaller share of those at or beyond a value, at most 1."""
    low, high = sum(one <= value for one in every), sum(one >= value for one in every)
    return min(1.0, 2 * min(low, high) / len(every))


def some_groups() -> list[tuple[list[int], list[int]]]:
    """Small groups with many equal values."""
    rng = random(3)
    return [
        (rng.integers(0, 4, size).tolist(), rng.integers(0, 5, other).tolist())
        for size, other in ((1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (4, 4), (5, 3), (4, 6))
        for _ in range(4)
    ]


# the test ---------------------------------------------------------------------------------------------


def test_four_and_four_without_overlap_by_hand() -> None:
    found = groups([1, 2, 3, 4], [5, 6, 7, 8])
    assert found.difference == 4  # 6.5 and 2.5
    assert found.p == pytest.approx(2 / 70)  # of 70 ways to part eight values in two fours one is as far on each side
    assert found.p_least == pytest.approx(2 / 70)
    assert found.delta == 1


@pytest.mark.parametrize(("first", "second"), some_groups())
def test_p_is_the_share_of_all_ways_to_part_the_cases(first: list[int], second: list[int]) -> None:
    every = every_difference(first, second)
    value = Fraction(sum(second), len(second)) - Fraction(sum(first), len(first))
    found = groups(first, second, level=0.001)  # so that every p is given
    assert found.difference == pytest.approx(float(value))
    assert found.p_least == pytest.approx(min(both_sides(one, every) for one in every))
    if len({*first, *second}) > 1 and found.p_least <= 0.999 and min(len(first), len(second)) > 1:
        assert found.p == pytest.approx(both_sides(value, every))
    else:
        assert np.isnan(found.p)
        assert found.reason


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 5, 8])
def test_p_of_pairs_is_the_share_of_all_changes_of_sides(number: int) -> None:
    for seed in range(6):
        inside = random(seed).integers(-2, 5, number).tolist()
        every = [
            sum(Fraction(sign * one) for sign, one in zip(signs, inside, strict=True))
            for signs in product((1, -1), repeat=number)
        ]
        found = pairs(inside, level=0.001)
        assert found.p_least == pytest.approx(min(both_sides(one, every) for one in every))
        if any(inside) and found.p_least <= 0.999:
            assert found.p == pytest.approx(both_sides(Fraction(sum(inside)), every))
        else:
            assert np.isnan(found.p)


def test_what_differs_only_by_rounding_is_equal() -> None:
    tenths = [0.1, 0.2, 0.3, 0.3, 0.6, 0.7]
    whole = [1, 2, 3, 3, 6, 7]
    for scale in (1.0, 1e-9, 1e9):
        found = groups([one * scale for one in tenths[::2]], [one * scale for one in tenths[1::2]], level=0.001)
        assert found.p == groups(whole[::2], whole[1::2], level=0.001).p


def test_a_single_case_is_no_group_however_many_there_are_of_the_others() -> None:
    found = groups([50], list(range(60)))
    assert found.p_least == pytest.approx(2 / 61)
    assert np.isnan(found.p)
    assert "a single case is no group" in found.reason


@pytest.mark.parametrize(("sizes", "least"), [((2, 2), 2 / 6), ((3, 3), 2 / 20), ((2, 7), 2 / 36), ((3, 4), 2 / 35)])
def test_so_few_cases_that_no_p_can_be_small_have_none_and_say_how_small_it_could_be(
    sizes: tuple[int, int], least: float
) -> None:
    values = np.arange(sum(sizes), dtype=float)
    found = groups(values[: sizes[0]].tolist(), values[sizes[0] :].tolist())
    assert np.isnan(found.p)
    assert found.p_least == pytest.approx(least)
    assert f"{sizes[0]} and {sizes[1]} cases cannot give a p under {least:.2g}" in found.reason


def test_five_pairs_have_no_p_and_six_have_one() -> None:
    assert np.isnan(pairs([1, 2, 3, 4, 5]).p)
    assert "5 pairs, 5 of them with a change, cannot give a p under 0.062" in pairs([1, 2, 3, 4, 5]).reason
    assert pairs([1, 2, 3, 4, 5, 6]).p == pytest.approx(2 / 64)
    assert np.isnan(pairs([0, 1, 2, 3, 4, 5]).p)  # one without a change says nothing either way


def test_equal_values_make_the_smallest_p_larger() -> None:
    assert least_p_of_groups(np.array([0.0, 0, 0, 0]), np.array([0.0, 0, 0, 1])) == 1
    # the 1 lies in the second four in half of all ways, and in the first in the other half
    assert least_p_of_pairs(np.array([0.0, 0.0, 1.0])) == 1
    assert least_p_of_pairs(np.array([2.0, 0.0, 1.0])) == 1 / 2


def test_draws_say_how_small_p_can_be_where_not_all_ways_are_tried() -> None:
    many = groups(list(range(10)), list(range(10, 20)), draws=99)  # 184,756 ways
    assert many.p == many.p_least == pytest.approx(2 / 100)


def test_groups_without_a_case_say_so() -> None:
    found = groups([], [1, 2])
    assert found.reason == "not defined in any case of a group"
    assert np.isnan(found.difference)
    assert pairs([]).reason == "not defined at both in any pair"


def test_values_that_are_all_the_same_have_a_difference_and_nothing_else() -> None:
    found = groups([0.5] * 9, [0.5] * 9)
    assert (found.difference, found.delta) == (0, 0)
    assert np.isnan([found.low, found.high, found.p]).all()
    assert found.reason == "every case has the same value; no spread from which an interval could be drawn"
    assert pairs([0] * 9).reason.startswith("no pair has a change; ")


def test_the_same_the_other_way_round_has_the_signs_changed() -> None:
    found = groups([1, 2, 2, 4, 5, 9, 9], [1, 5, 6, 6, 8, 9, 11])
    turned = found.turned()
    assert turned.difference == -found.difference
    assert (turned.low, turned.high) == (-found.high, -found.low)
    assert (turned.delta, turned.p, turned.p_least) == (-found.delta, found.p, found.p_least)
    assert str(Contrast(difference=0.0).turned().difference) == "0.0"


@pytest.mark.slow
def test_p_is_about_uniform_where_the_groups_are_one() -> None:
    """400 pairs of groups drawn from one distribution: the share of small p lies within three deviations."""
    rng = random(8)
    for sizes in ((5, 9), (12, 12)):
        found = [groups(rng.beta(0.6, 1, sizes[0]), rng.beta(0.6, 1, sizes[1]), draws=199).p for _ in range(400)]
        signs = [pairs(rng.normal(0, 1, sizes[1]), draws=199).p for _ in range(400)]
        for level in (0.05, 0.2, 0.5, 0.8):
            for each in (found, signs):
                share = np.mean(np.array(each) <= level + 1e-9)
                assert abs(share - level) <= 3 * np.sqrt(level * (1 - level) / 400) + 0.005, (sizes, level, share)


# the interval -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "least"), [(0.95, 6), (0.99, 8), (0.9, 5), (0.8, 4), (0.75, 3), (0.5, 2)])
def test_an_interval_needs_so_many_cases_that_all_on_one_side_are_rarer_than_what_is_left_out(
    level: float, least: int
) -> None:
    assert least_cases(level) == least
    assert Fraction(2, 2**least) <= Fraction(1 - level).limit_denominator(1000) < Fraction(2, 2 ** (least - 1))
    enough, few = list(range(least)), list(range(least - 1))
    assert not np.isnan(groups(enough, enough, level).low)
    assert np.isnan(groups(few, [*enough, 50], level).low)
    assert f"an interval needs {least} cases in each group" in groups(few, enough, level).reason
    assert np.isnan(mean_band(np.array(few, dtype=float), 99, level, random())).all()


def test_the_level_of_few_cases_is_that_of_hesterberg() -> None:
    # n = 10: t(0.975; 9) = 2.2622 from any table; times √(10/9) it is 2.3845, and Φ(−2.3845) = 0.0085, from another
    assert expanded(0.95, 10) == pytest.approx(1 - 2 * 0.00855, abs=2e-5)
    assert expanded(0.95, 100_000) == pytest.approx(0.95, abs=1e-5)


def test_an_interval_is_the_same_whatever_the_order_of_the_cases() -> None:
    first, second = random(4).random(9), random(5).random(12)
    assert groups(first.tolist(), second.tolist()) == groups(first[::-1].tolist(), np.roll(second, 5).tolist())


DRAWN: dict[str, tuple[Callable[[np.random.Generator, int], Any], float]] = {
    "skewed shares": (lambda rng, size: rng.beta(0.4, 1.2, size), 0.25),
    "counts": (lambda rng, size: rng.poisson(1.5, size), 1.5),
    "a long tail": (lambda rng, size: rng.exponential(1, size), 1.0),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("sizes", [(6, 6), (8, 20), (30, 30)])
def test_the_interval_of_a_difference_holds_the_truth_about_as_often_as_it_says(
    name: str, sizes: tuple[int, int]
) -> None:
    """400 times; nineteen in twenty less three deviations of 0.011. Plain percentiles hold in 85 to 90 % with six."""
    draw, _ = DRAWN[name]
    rng, held = random(11), 0
    for _ in range(400):
        found = groups(draw(rng, sizes[0]), draw(rng, sizes[1]) + 0.3, draws=599)
        held += found.low <= 0.3 <= found.high
    assert held / 400 >= 0.95 - 3 * 0.011


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
def test_the_interval_of_a_mean_holds_the_truth_about_as_often_as_it_says(name: str) -> None:
    """Of one skewed sample of twelve no interval of means holds quite as often as it says: nine in ten is asked."""
    draw, truth = DRAWN[name]
    rng, held = random(12), 0
    for _ in range(400):
        low, high = mean_band(np.asarray(draw(rng, 12), dtype=float), 599, 0.95, rng)
        held += low <= truth <= high
    assert held / 400 >= 0.90 - 3 * 0.015


# the size of an effect --------------------------------------------------------------------------------


def test_cliffs_delta_is_that_of_a_published_example() -> None:
    """Hogarty and Kromrey (1999), as the documentation of the R package effsize has it: −0.25."""
    treatment = np.array([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], dtype=float)
    control = np.array([10, 20, 30, 40, 40, 50], dtype=float)
    assert cliffs_delta(control, treatment) == pytest.approx(-0.25)
    assert cliffs_delta(treatment, control) == pytest.approx(0.25)


@pytest.mark.parametrize(("first", "second"), some_groups())
def test_cliffs_delta_counts_every_pair(first: list[int], second: list[int]) -> None:
    every = [(one < other) - (one > other) for one in first for other in second]
    assert cliffs_delta(np.array(first, dtype=float), np.array(second, dtype=float)) == pytest.approx(np.mean(every))


def test_of_pairs_it_is_those_that_rose_less_those_that_fell() -> None:
    assert dominance(np.array([3.0, 0.5, 0.0, -9.0, 1.0])) == pytest.approx((3 - 1) / 5)


# many at once -----------------------------------------------------------------------------------------


def closed_testing(values: list[float]) -> list[float]:
    """Holm's p as what it stands for: the largest Bonferroni p of any set of hypotheses that holds this one."""
    every = range(len(values))
    sets = [chosen for size in range(1, len(values) + 1) for chosen in combinations(every, size)]
    return [
        min(1.0, max(len(chosen) * min(values[place] for place in chosen) for chosen in sets if one in chosen))
        for one in every
    ]


def test_holms_p_is_that_of_closed_testing() -> None:
    for seed in range(8):
        values = [*(random(seed).random(5) ** 3).tolist(), 0.03, 0.03]
        assert adjusted(values, "holm") == pytest.approx(closed_testing(values))


def test_benjamini_and_hochbergs_p_by_hand() -> None:
    # the largest stays; 0.04 times 4/3 is 0.0533 and no more than it; 0.03 times 4/2 is 0.06, no more than 0.0533
    assert adjusted([0.01, 0.04, 0.03, 0.9], "bh") == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.9])


def test_what_has_no_p_does_not_count_among_the_many() -> None:
    nan = float("nan")
    assert adjusted([0.02, nan, 0.04, nan], "holm")[::2] == [0.04, 0.04]
    assert np.isnan(adjusted([0.02, nan, 0.04, nan], "holm")[1::2]).all()
    assert adjusted([], "bh") == []


# all groups at once -----------------------------------------------------------------------------------


def h_of(parts: list[list[float]]) -> float:
    """Kruskal's and Wallis's H without ties, from its definition."""
    pooled = sorted(value for part in parts for value in part)
    n = len(pooled)
    ranks = [[pooled.index(value) + 1 for value in part] for part in parts]
    return 12 / (n * (n + 1)) * sum(sum(rank) ** 2 / len(rank) for rank in ranks) - 3 * (n + 1)


def test_the_p_of_several_groups_is_the_share_of_all_ways_to_part_them() -> None:
    values = [1.0, 4.0, 2.0, 6.0, 7.0, 9.0]
    parts = [values[:2], values[2:4], values[4:]]
    every = []
    for one in combinations(range(6), 2):
        for other in combinations([place for place in range(6) if place not in one], 2):
            rest = [place for place in range(6) if place not in (*one, *other)]
            every.append(h_of([[values[place] for place in part] for part in (one, other, rest)]))
    assert len(every) == comb(6, 2) * comb(4, 2)
    h, p, reason = kruskal([np.array(part) for part in parts], 9999, random())
    assert h == pytest.approx(h_of(parts))
    assert p == pytest.approx(np.mean([one >= h_of(parts) - 1e-9 for one in every]))
    assert reason == ""


def test_several_groups_of_which_one_has_a_single_case_have_no_p() -> None:
    parts = [np.array([1.0, 2.0]), np.array([3.0]), np.array([4.0, 5.0])]
    assert kruskal(parts, 99, random())[2] == "defined in fewer than 2 cases of a group"
    assert kruskal([np.ones(3)] * 3, 99, random())[2] == "every case has the same value"
