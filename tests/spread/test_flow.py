"""The engine in plain Python, against walks enumerated one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.spread import flow
from safetynet.spread.chains import chain, chains_back
from safetynet.spread.edges import ALL, BEFORE, Edge, each, turned_round
from tests.spread import drawn

HOLDERS, TICKS = 4, 6

edges = drawn.edges(HOLDERS, TICKS, st.sampled_from([ALL, ALL, 0b01, 0b10]), 6)
facts = st.lists(
    st.tuples(st.integers(0, HOLDERS - 1), st.sampled_from([0b01, 0b10, 0b11]), st.integers(0, TICKS)), max_size=3
)


def walks(given_facts, given_edges):
    """Every walk that an item can take, each edge once at most: (item, holders passed, edges, tick at the end)."""
    waiting = [(item, [holder], (), tick) for holder, items, tick in given_facts for item in each(items)]
    while waiting:
        item, passed, used, tick = waiting.pop()
        yield item, passed, used, tick
        for number, edge in enumerate(given_edges):
            taken = [given_edges[n] for n in used]
            if (
                number not in used
                and edge.source == passed[-1]
                and edge.items >> item & 1
                and tick <= edge.leaves
                and not (edge.once and any(other.once == edge.once for other in taken))
            ):
                waiting.append((item, [*passed, edge.target], (*used, number), max(tick, edge.arrives)))


def first_by_walks(given_facts, given_edges):
    first = {}
    for item, passed, _, tick in walks(given_facts, given_edges):
        key = (passed[-1], item)
        first[key] = min(tick, first.get(key, tick))
    return first


@pytest.mark.slow
@given(facts, edges)
def test_an_item_is_with_a_holder_when_the_first_walk_brings_it(facts, edges):
    found = flow.spread(HOLDERS, facts, edges)
    first = first_by_walks(facts, edges)
    assert found.first() == first
    assert found.held == [sum(1 << item for item in range(2) if (n, item) in first) for n in range(HOLDERS)]


@given(facts, edges, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_edges_never_matters(facts, edges, random):
    before = flow.spread(HOLDERS, facts, edges).first()
    random.shuffle(facts)
    random.shuffle(edges)
    assert flow.spread(HOLDERS, facts, edges).first() == before


@given(facts, edges, st.integers(0, HOLDERS - 1), st.integers(0, 1))
def test_the_chain_leads_from_somebody_who_had_it_and_arrives_when_the_item_does(facts, edges, holder, item):
    first = first_by_walks(facts, edges)
    found = chain(facts, edges, holder, item)
    assert (found is not None) == ((holder, item) in first)
    if found is None:
        return
    here, path = found
    tick = min(at for knower, items, at in facts if knower == here and items >> item & 1)
    for edge in path:
        assert edge.source == here
        assert edge.items >> item & 1
        assert tick <= edge.leaves
        here, tick = edge.target, max(tick, edge.arrives)
    assert here == holder
    assert tick == first[holder, item]
    occasions = [edge.once for edge in path if edge.once]
    assert len(occasions) == len(set(occasions))


@given(edges, st.integers(0, HOLDERS - 1), st.integers(0, TICKS))
def test_looking_back_finds_the_last_tick_at_which_an_item_still_arrives_in_time(edges, target, by):
    edges = [edge for edge in edges if edge.items & 1]
    found = chains_back(edges, target, by)
    for holder in range(HOLDERS):
        arrivals = (first_by_walks([(holder, 1, tick)], edges).get((target, 0), by + 1) for tick in range(TICKS + 1))
        in_time = [tick for tick, arrives in enumerate(arrivals) if arrives <= by]
        assert (max(in_time) if in_time else None) == (found[holder][0] if holder in found else None)


@given(edges)
def test_reach_is_the_set_of_those_whose_own_item_arrives(edges):
    plain = [edge._replace(items=ALL) for edge in edges]
    own = [(holder, 1 << holder, BEFORE) for holder in range(HOLDERS)]
    first = first_by_walks(own, plain)
    assert flow.reach(HOLDERS, plain) == [
        sum(1 << other for other in range(HOLDERS) if (holder, other) in first) for holder in range(HOLDERS)
    ]


def test_a_line_of_a_hundred_holders_in_order_brings_everything_to_its_end():
    line = [Edge(n, n + 1, n, n) for n in range(99)]
    sets = flow.reach(100, line)
    assert sets[99] == (1 << 100) - 1  # the last hears of all 100
    assert sets[0] == 1  # the first only of itself
    assert flow.reached_pairs(100, line) == 99 * 100 // 2


def test_a_letter_holds_what_was_known_when_it_was_sent():
    letter = Edge(0, 1, leaves=5, arrives=9)
    assert flow.spread(2, [(0, 1, 5)], [letter]).first() == {(0, 0): 5, (1, 0): 9}
    assert flow.spread(2, [(0, 1, 6)], [letter]).first() == {(0, 0): 6}


def test_an_open_door_lets_through_what_comes_in_between():
    door = Edge(0, 1, leaves=9, arrives=5)
    assert flow.spread(2, [(0, 1, 7)], [door]).first() == {(0, 0): 7, (1, 0): 7}
    assert flow.spread(2, [(0, 1, 10)], [door]).first() == {(0, 0): 10}


def test_nothing_at_all_is_no_error():
    assert flow.spread(0, [], []).held == []
    assert flow.reach(2, []) == [1, 2]
    assert chain([], [], 0, 0) is None
    assert chains_back([], 0, 3) == {0: (3, [])}


def test_many_calls_to_several_people_do_not_multiply():
    # Every day one of 40 people speaks with three others, both ways, none of whom hears another: what each has
    # after a day is what they had and, for the speaker, the others', for the others, the speaker's.
    people = 40
    calls = [(day * 7 % people, [(day * k + 11) % people for k in (3, 5, 13)]) for day in range(200)]
    calls = [(a, sorted({b for b in others if b != a})) for a, others in calls]
    pairs = [(day, pair) for day, (a, others) in enumerate(calls) for b in others for pair in ((a, b), (b, a))]
    edges = [Edge(*pair, 10 * day + 9, 10 * day, once=day + 1) for day, pair in pairs]
    held = [1 << person for person in range(people)]
    for a, others in calls:
        before = list(held)
        for b in others:
            held[a] |= before[b]
            held[b] |= before[a]
    assert flow.reach(people, edges) == held


@given(edges, st.integers(0, HOLDERS - 1))
def test_whom_something_reaches_are_those_by_whom_one_is_reached_in_the_time_turned_round(edges, holder):
    plain = [edge._replace(items=ALL) for edge in edges]
    forward = flow.reach(HOLDERS, plain)
    back = flow.reach(HOLDERS, turned_round(plain))
    assert [one >> holder & 1 for one in forward] == [back[holder] >> other & 1 for other in range(HOLDERS)]


moments = st.lists(
    st.tuples(st.integers(0, TICKS), st.integers(0, HOLDERS - 1), st.integers(0, HOLDERS - 1)), max_size=8
)


@given(moments, st.booleans(), st.integers(0, HOLDERS - 1))
def test_contacts_of_one_tick_are_doors_that_are_open_then_or_letters_read_right_after(contacts, apart, holder):
    by_tick = {tick: [(a, b) for at, a, b in contacts if at == tick] for tick in sorted({at for at, _, _ in contacts})}
    quick = flow.through_moments(HOLDERS, [(holder, 1, BEFORE)], by_tick.items(), apart=apart)
    edges = [Edge(a, b, 2 * tick, 2 * tick + apart) for tick, a, b in contacts]
    slow = flow.spread(HOLDERS, [(holder, 1, BEFORE)], edges)
    assert quick.held == slow.held
    arrivals = {other: tick // 2 for (other, _), tick in slow.first().items() if other != holder}
    assert {other: tick for (other, _), tick in quick.first().items()} == arrivals
