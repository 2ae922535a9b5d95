"""Curves that go round what is in their way."""

from __future__ import annotations

import numpy as np
import pytest

from safetynet.plot.kit.routes import bent, best, crossing, curve, row_label, rows_of, trimmed
from safetynet.plot.kit.sheet import Box, Boxes


def test_a_curve_starts_and_ends_where_it_should():
    path = curve((0, 0), (5, 9), (10, 0))
    assert path[0].tolist() == [0, 0]
    assert path[-1].tolist() == [10, 0]
    assert path[20].tolist() == [5, 4.5]  # half way: a quarter, a half and a quarter of the three points


def test_a_bend_leaves_the_straight_line_by_half_its_share_of_the_length():
    path = bent((0, 0), (100, 0), 0.2)
    assert path[20][1] == pytest.approx(10)
    assert bent((0, 0), (100, 0), -0.2)[20][1] == pytest.approx(-10)


def test_of_the_ways_the_one_round_the_obstacle_is_taken():
    taken = Boxes([Box(40, -8, 60, 8)])
    chosen = best([bent((0, 0), (100, 0), bend) for bend in (0, 0.3)], crossing(taken, []))
    assert chosen[20][1] == pytest.approx(15)
    assert taken.crossed([chosen]) == [0]


def test_a_spared_box_is_no_obstacle():
    box = Box(40, -8, 60, 8)
    assert best([bent((0, 0), (100, 0), bend) for bend in (0, 0.3)], crossing(Boxes([box]), [box]))[20][1] == 0


def test_trimming_takes_length_off_both_ends():
    path = trimmed(np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]]), 10, 20)
    assert path[0].tolist() == [10, 0]
    assert path[-1].tolist() == [80, 0]


def test_a_curve_shorter_than_what_is_to_go_keeps_its_middle():
    path = trimmed(np.array([[0.0, 0.0], [10.0, 0.0]]), 10, 20)
    assert 0 < path[0][0] < path[-1][0] < 10


def test_labels_carry_row_ids_there_and_back():
    assert rows_of(row_label(["F01", "a,b", "_x"])) == ("F01", "a,b", "_x")
    assert rows_of("_child3") == ()
    assert rows_of("") == ()
