"""The time axis: to scale where there is room, otherwise in order, with its breaks."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from safetynet.plot.kit.axis import TimeAxis, pack, stretch_text


def test_it_is_to_scale_where_every_day_has_room():
    axis = TimeAxis({730000: 1, 730010: 1, 730030: 1}, 0, 310, 10)
    assert axis.plain
    assert axis.x(730010) - axis.x(730000) == 100
    assert axis.x(730030) - axis.x(730010) == 200


def test_a_busy_day_makes_it_leave_the_scale_and_an_empty_stretch_gets_a_break():
    days = {730000 + day: 8 for day in range(0, 40, 2)}
    axis = TimeAxis({**days, 734000: 1}, 0, 700, 10)
    assert not axis.plain
    assert [gap.days for gap in axis.breaks] == [734000 - 730038 - 1]


days = st.dictionaries(st.integers(700000, 740000), st.integers(0, 30), min_size=1, max_size=40)


@given(days, st.floats(50, 900))
def test_days_keep_their_order_and_stay_inside(columns, right):
    axis = TimeAxis(columns, 0, right)
    places = [axis.start[day] for day in axis.days] + [axis.end[axis.days[-1]]]
    assert all(a <= b + 1e-6 for a, b in itertools.pairwise(places))
    assert places[0] >= -1e-6
    assert places[-1] <= right + 1e-6
    middle = [
        axis.x(day) for day in range(axis.days[0], axis.days[-1] + 1, max(1, (axis.days[-1] - axis.days[0]) // 50))
    ]
    assert all(a <= b + 1e-6 for a, b in itertools.pairwise(middle))


@given(days)
def test_no_two_dates_under_the_axis_touch_and_the_ends_are_named(columns):
    axis = TimeAxis(columns, 0, 600)
    ticks = axis.ticks(9.0)
    assert all(b[0] - a[0] > 20 for a, b in itertools.pairwise(ticks))
    first = dt.date.fromordinal(axis.days[0])
    assert ticks[0][1].startswith(f"{first.day} ")
    assert ticks[0][2] == str(first.year)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair))), max_size=12))
def test_packed_spans_never_overlap_in_a_column_and_use_no_column_too_many(spans):
    chosen, needed = pack(spans)
    for place, (low, high) in enumerate(spans):
        for other in range(place):
            if chosen[other] == chosen[place]:
                assert high < spans[other][0] or low > spans[other][1]
    assert needed == max([*chosen, 0]) + 1


def test_stretches_are_said_in_round_words():
    said = [stretch_text(days) for days in (3, 20, 91, 800, 2191)]
    assert said == ["3 days", "3 weeks", "3 months", "2 years", "6 years"]
