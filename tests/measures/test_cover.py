"""Exact cover, against every combination of people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safetynet.measures import cover

PEOPLE = [f"p{n}" for n in range(1, 7)]
THINGS = [f"c{n}" for n in range(1, 7)]

offerings = st.dictionaries(st.sampled_from(PEOPLE), st.frozensets(st.sampled_from(THINGS), max_size=4), max_size=6)
weightings = st.fixed_dictionaries({thing: st.sampled_from([1, 2, 3, 4, 1.5, 0.7, 16.25]) for thing in THINGS})
cost_sets = st.lists(st.frozensets(st.sampled_from(PEOPLE)), max_size=2)
shares = st.sampled_from([1.0, 0.5, 0.8, 1 / 3, 0.9])


def groups(offers, weight, costs):
    """Every group with the key by which groups of one size are compared, and its weight in whole units."""
    units = cover.whole(weight)
    for size in range(1, len(offers) + 1):
        for group in combinations(sorted(offers), size):
            held = sum(units[thing] for thing in cover.covered(offers, group))
            fullness = sum(units[thing] for name in group for thing in offers[name])
            yield size, held, ([len(among.intersection(group)) for among in costs], -held, -fullness, group)


@given(offerings, weightings, shares, cost_sets)
def test_the_smallest_group_is_that_of_trying_every_combination(offers, weight, share, costs):
    weight = {thing: weight[thing] for thing in cover.covered(offers, offers)}
    assume(weight)
    wanted = share * sum(cover.whole(weight).values()) - 1e-9
    enough = [(size, key) for size, held, key in groups(offers, weight, costs) if held >= wanted]
    assert cover.smallest_group(offers, weight, share, costs) == min(enough)[1][-1]


@given(offerings)
def test_the_fewest_number_is_that_of_trying_every_combination(offers):
    things = cover.covered(offers, offers)
    groups = (group for size in range(len(offers) + 1) for group in combinations(offers, size))
    expected = next(len(group) for group in groups if cover.covered(offers, group) == things)
    assert cover.fewest_number(offers) == expected


@given(offerings)
def test_a_programme_gives_the_fewest_number_where_there_is_too_much_to_try(offers):
    tried = cover.fewest_number(offers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "TRIES", 0)
        assert cover.fewest_number(offers) == tried


changes = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 63), st.sampled_from([True] * 5 + [False])), max_size=30)


@given(changes, st.sampled_from([0, 3, 20_000]))
def test_while_offers_grow_and_now_and_then_shrink_the_fewest_are_those_of_asking_anew(changes, tries):
    carried, offers = cover.Fewest(), [0] * 6
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "TRIES", tries)
        for person, things, more in changes:
            offers = [*offers]
            offers[person] = offers[person] | things if more else things
            assert carried.of(offers) == cover.fewest(offers)


def test_six_things_in_a_ring_of_which_each_person_brings_two_need_three_people():
    ring = {f"p{n}": frozenset({f"c{n}", f"c{(n + 1) % 6}"}) for n in range(6)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "TRIES", 0)  # nobody is needed and nobody is outdone, so that a programme decides
        assert cover.fewest_number(ring) == 3


@given(offerings, weightings, st.integers(1, 3), cost_sets)
def test_the_fullest_group_is_that_of_trying_every_combination(offers, weight, size, costs):
    offers = {name: held for name, held in offers.items() if held}
    assume(offers)
    few = [(-held, number, key) for number, held, key in groups(offers, weight, costs) if number <= size]
    assert cover.fullest_group(offers, weight, size, costs) == min(few)[2][-1]


@given(offerings, weightings, st.integers(1, 3), shares)
def test_whether_a_few_can_hold_a_share_is_that_of_trying_every_combination(offers, weight, size, share):
    wanted = share * sum(cover.whole(weight).values()) - 1e-9
    most = max((held for number, held, _ in groups(offers, weight, ()) if number <= size), default=0)
    assert cover.can_hold(offers, weight, size, share) == (most >= wanted)


def test_five_that_overlap_in_a_ring_need_three():
    # each holds two neighbours of a ring of five: two people cover at most four
    offers = {f"p{n}": frozenset({f"c{n}", f"c{(n + 1) % 5}"}) for n in range(5)}
    assert cover.fewest_number(offers) == 3
    assert cover.smallest_group(offers, dict.fromkeys(cover.covered(offers, offers), 1.0)) == ("p0", "p1", "p3")


def test_weights_keep_their_proportions_as_whole_numbers():
    assert cover.whole({"a": 1.5, "b": 2, "c": 0.5}) == {"a": 3, "b": 4, "c": 1}


def test_nobody_is_needed_for_nothing():
    assert cover.smallest_group({}, {}) == () == cover.fullest_group({}, {}, 2)
    assert cover.fewest_number({}) == 0


@given(
    offers=st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.integers(0, 7), min_size=1), min_size=1),
    size=st.integers(3, 5),
)
def test_looking_through_groups_finds_what_trying_every_group_finds(offers, size):
    names = {one: frozenset(map(str, held)) for one, held in offers.items()}
    weight = {thing: 1.0 + int(thing) % 3 for thing in cover.covered(names, names)}
    groups = [group for n in range(1, size + 1) for group in combinations(sorted(names), min(n, len(names)))]
    most = max(sum(weight[thing] for thing in cover.covered(names, group)) for group in groups)
    best = cover.fullest_group(names, weight, size)
    assert sum(weight[thing] for thing in cover.covered(names, best)) == most
    assert cover.can_hold(names, weight, size, most / sum(weight.values()))


many_people = [f"p{n:02d}" for n in range(14)]
many_things = [f"c{n}" for n in range(10)]
wide_offerings = st.dictionaries(
    st.sampled_from(many_people), st.frozensets(st.sampled_from(many_things), max_size=3), min_size=6, max_size=14
)


@given(wide_offerings, st.lists(st.frozensets(st.sampled_from(many_people)), max_size=2))
def test_a_programme_chooses_the_group_that_looking_through_all_of_them_chooses(offers, costs):
    weight = {thing: 1 + many_things.index(thing) % 4 for thing in cover.covered(offers, offers)}
    looked = cover.smallest_group(offers, weight, 1.0, costs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "WORK", 0)
        assert cover.smallest_group(offers, weight, 1.0, costs) == looked
