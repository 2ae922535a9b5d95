"""Who stands where on the network picture."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
from scipy.optimize import linear_sum_assignment

from safetynet.plot.kit.columns import fit_columns
from safetynet.plot.kit.order import Group, Node, order_groups, split_large
from safetynet.plot.kit.rings import arc, on_ellipse, seats
from safetynet.plot.kit.style import SECTORS, SMALLEST


def group(name: str, size: int = 1) -> Group:
    return Group(
        name,
        f"Agency {name}",
        [Node(f"{name}{i}", f"Person {name}{i}", SECTORS["health"], (f"{name}{i}",)) for i in range(size)],
    )


def test_agencies_with_contact_stand_side_by_side():
    groups = [group(name) for name in "abcdef"]
    order = [one.key for one in order_groups(groups, {("a", "d"): 5.0, ("b", "e"): 5.0})]
    for one, other in (("a", "d"), ("b", "e")):
        apart = abs(order.index(one) - order.index(other))
        assert min(apart, len(order) - apart) == 1  # the first and the last are neighbours too


def test_the_order_is_as_good_as_the_best_of_all_on_small_rings():
    rng = random.Random(4)
    for _ in range(5):
        groups = [group(name) for name in "abcde"]
        weight = {pair: float(rng.randint(0, 4)) for pair in itertools.combinations("abcde", 2)}

        def cost(order, weight=weight):
            place = {name: number for number, name in enumerate(order)}
            return sum(
                value * min(abs(place[a] - place[b]), 5 - abs(place[a] - place[b])) for (a, b), value in weight.items()
            )

        best = min(cost(order) for order in itertools.permutations("abcde"))
        assert cost([one.key for one in order_groups(groups, weight)]) <= best * 1.15


def test_a_group_that_is_most_of_the_ring_is_cut_in_parts():
    parts = split_large([group("a", 20), group("b", 2)])
    assert [one.part for one in parts if one.key == "a"] == [0, 1]
    assert sum(len(one.nodes) for one in parts) == 22


def test_every_node_is_in_one_of_the_columns_with_legible_letters():
    groups = [group(name, 4) for name in "abcdefgh"]
    layout = fit_columns(groups, 900, 400, SMALLEST)
    shown = [line.node.key for line in (*layout.left, *layout.right) if line.kind == "label"]
    assert sorted(shown) == sorted(node.key for one in groups for node in one.nodes)
    assert layout.setting.size >= SMALLEST
    for side in (layout.left, layout.right):
        assert len(side) * layout.pitch <= 400


def test_too_many_for_the_sheet_is_said():
    assert fit_columns([group(str(number), 8) for number in range(20)], 900, 300, SMALLEST) is None


def test_the_arc_is_widest_in_the_middle():
    assert arc(100, 0) == 100
    assert arc(100, 1) < arc(100, 0.5) < 100
    assert arc(100, -0.5) == arc(100, 0.5)


def test_the_family_is_seated_near_those_they_deal_with():
    places = [on_ellipse(place, 4, 1, 1) for place in range(4)]  # top, right, bottom, left
    assert seats([(0.9, 0.0), (0.0, -0.9)], places) == [1, 2]
    assert seats([], places) == []


def test_the_seats_are_those_of_the_library_also_where_several_are_as_good():
    rng = random.Random(7)
    for number in range(300):
        size, spare = rng.randrange(1, 9), rng.randrange(3)
        draw = rng.random if number % 2 else (lambda: rng.randrange(3))
        pulls, places = ([(draw(), draw()) for _ in range(many)] for many in (size, size + spare))
        cost = [[math.hypot(px - x, py - y) for x, y in places] for px, py in pulls]
        assert seats(pulls, places) == linear_sum_assignment(np.array(cost))[1].tolist()
