"""What must always hold, whatever the case.

The cases have no open-ended dates here: adding a row at the end of a case moves the end of every open window, and
with it when those rows count.
"""

from __future__ import annotations

import datetime as dt
import math
from copy import deepcopy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.clusters import concern_clusters
from safetynet.measures.exclusive import exclusive_concerns
from safetynet.measures.meeting import smallest_meeting
from safetynet.measures.pairs import unshared_pairs
from safetynet.measures.picture import best_picture
from safetynet.measures.summary import scores
from safetynet.record.snapshot import Snapshot, snapshot
from safetynet.rules import Rules
from tests import builder, strategies
from tests.builder import case, from_tables
from tests.measures.packaged import same

SHARES = [
    *("best_picture", "unshared_pairs", "unowned_share", "diffusion", "missed_share", "worry_fragmentation"),
    *("fragmentation", "distance_fragmentation", "temporal_fragmentation", "current_fragmentation"),
    "agency_fragmentation",
]
COUNTS = [
    *("people", "professionals", "agencies", "concerns", "contacts", "meetings", "concern_clusters"),
    *("exclusive_concerns", "unowned_concerns", "circular_assumptions", "missed_opportunities"),
]
TABLES = [
    *(concern_clusters, exclusive_concerns, smallest_meeting, sn.earliest_picture, sn.sharing_latency),
    *(sn.held_back, sn.shared_beyond_need, sn.reach_of_reassurance, sn.escalation, sn.meeting_coverage),
    *(sn.patterns, sn.links, sn.broken_links),
]
NEVER_HIGHER, NEVER_LOWER = "never higher", "never lower"

some_cases = strategies.cases(months=False, permissions=False)
some_rules = st.builds(
    Rules,
    same_day=st.sampled_from(["any", "none"]),
    weights=st.sampled_from([(1, 2, 3, 4), (1, 1, 1, 1), (1, 4, 9, 16)]),
    open_ended_days=st.sampled_from([28, 3]),
)


def with_row(tables, **cells):
    """The tables with one row more, at the end of the chronology."""
    more = deepcopy(tables)
    more["chronology"].append({column: cells.get(column, "") for column in strategies.COLUMNS["chronology"]})
    return more


def view_of(tables, at, rules=None) -> Snapshot:
    return snapshot(from_tables(tables), at, rules)


def compare(before, after, direction):
    """Whether a number moved the right way; one that is not defined on a side is no number."""
    before, after = float(before), float(after)
    if math.isnan(before) or math.isnan(after):
        return math.isnan(before) and math.isnan(after)
    return after <= before + 1e-9 if direction == NEVER_HIGHER else after >= before - 1e-9


def same_scores(first, second):
    return [name for name in first.index if not same(second[name], None if math.isnan(first[name]) else first[name])]


# order and names --------------------------------------------------------------------------------------


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, st.randoms(use_true_random=False), some_rules)
def test_the_order_of_rows_changes_nothing(tables, at, random, rules):
    shuffled = deepcopy(tables)
    for table in shuffled.values():
        random.shuffle(table)
    one, other = from_tables(tables), from_tables(shuffled)
    assert same_scores(scores(one, at, rules=rules), scores(other, at, rules=rules)) == []
    for table in TABLES:
        assert table(one, at=at, rules=rules).equals(table(other, at=at, rules=rules)), table.__name__
    for score in (best_picture, unshared_pairs, sn.missed_opportunities, sn.missed_share):
        assert score(one, at, rules=rules).table.equals(score(other, at, rules=rules).table), score.__name__


@given(strategies.cases(), strategies.questions)
def test_other_names_change_no_score(tables, at):
    ids = [row["id"] for name in ("people", "agencies", "concerns", "chronology") for row in tables[name]]
    ids += [row["agency"] for row in tables["people"] if row["agency"]]
    new = {name: f"n{99 - place}" for place, name in enumerate(dict.fromkeys(ids))}  # in another order besides
    free = ("name", "kind", "date", "category", "summary", "severity", "outcome", "title", "channel", "permission")

    def other(column, cell):
        return cell if column in free else ";".join(new.get(part, part) for part in cell.split(";"))

    renamed = {
        table: [{column: other(column, cell) for column, cell in row.items()} for row in rows]
        for table, rows in tables.items()
    }
    assert same_scores(scores(from_tables(tables), at), scores(from_tables(renamed), at)) == []


# time -------------------------------------------------------------------------------------------------


@given(strategies.cases(), strategies.questions, strategies.questions, st.sampled_from(["latest", "earliest"]))
def test_a_later_day_never_lowers_what_is_on_record(tables, one, other, dates):
    made_case, rules = from_tables(tables), Rules(dates=dates)
    earlier, later = (snapshot(made_case, day, rules) for day in sorted((one, other)))
    for holder, held in earlier.held.items():
        assert held <= later.held[holder]
    first, second = (scores(made_case, day, rules=rules) for day in sorted((one, other)))
    for name in ("people", "professionals", "agencies", "concerns", "contacts", "meetings"):
        assert first[name] <= second[name]


# passing on -------------------------------------------------------------------------------------------


@pytest.mark.slow
@given(some_cases, strategies.questions, st.data(), some_rules)
def test_passing_on_what_a_professional_has_never_lowers_a_picture_nor_raises_the_unshared_pairs(
    tables, at, data, rules
):
    before = view_of(tables, at, rules)
    holdings = sorted(
        (name, worry) for worry in before.worries for name in before.holders[worry] & before.professionals
    )
    assume(holdings)
    sender, worry = data.draw(st.sampled_from(holdings))
    others = sorted(before.involved - {sender})
    assume(others)
    recipient = data.draw(st.sampled_from(others))
    channel = data.draw(st.sampled_from(["phone", "letter"]))
    more = with_row(
        tables, id="new", date=str(at), kind="told", who=sender, to=recipient, concerns=worry, channel=channel
    )
    after = view_of(more, at, rules)
    for holder, held in before.held.items():
        assert held <= after.held[holder]
    assert worry in after.held[recipient]
    assert compare(
        unshared_pairs(before.case, at, rules=rules), unshared_pairs(after.case, at, rules=rules), NEVER_HIGHER
    )
    assert compare(best_picture(before.case, at, rules=rules), best_picture(after.case, at, rules=rules), NEVER_LOWER)


@given(some_cases, strategies.questions, st.data())
def test_a_letter_that_no_row_confirms_gives_nobody_anything_where_it_counts_as_sent_only(tables, at, data):
    before = view_of(tables, at).strict
    holdings = sorted((one, worry) for worry in before.worries for one in before.holders[worry] & before.professionals)
    assume(holdings)
    sender, worry = data.draw(st.sampled_from(holdings))
    others = sorted(before.professionals - {sender})
    cells = dict(id="new", date=str(at), kind="told", who=sender, to=";".join(others), concerns=worry, channel="email")
    after = view_of(with_row(tables, **cells), at).strict
    for one in others:  # the sender's own rows may confirm what was sent to them and to their agency
        assert after.held.get(one) == before.held.get(one)


@pytest.mark.slow
@given(some_cases, strategies.questions)
def test_a_broadcast_of_one_harmless_item_changes_no_picture(tables, at):
    before = view_of(tables, at)
    assume(before.involved)
    harmless = dict.fromkeys(strategies.COLUMNS["concerns"], "")
    harmless |= {"id": "h", "about": "k1", "category": "strength", "severity": "0", "summary": "Likes football"}
    more = with_row(tables, id="new", date=str(at), kind="met", who=";".join(sorted(before.involved)), concerns="h")
    more["concerns"].append(harmless)
    one, other = before.case, from_tables(more)
    for table in (concern_clusters, exclusive_concerns, smallest_meeting):
        assert table(one, at).equals(table(other, at))
    names = ["unshared_pairs", "best_picture", "concern_clusters", "exclusive_concerns", "smallest_meeting"]
    assert same_scores(scores(one, at)[names], scores(other, at)) == []


# splitting a meeting ----------------------------------------------------------------------------------


@given(some_cases, strategies.questions, st.data())
def test_splitting_a_meeting_into_two_that_share_nobody_never_joins_more(tables, at, data):
    meetings = [row for row in tables["chronology"] if row["kind"] == "met" and ";" in row["who"]]
    assume(meetings)
    meeting = data.draw(st.sampled_from(meetings))
    who = meeting["who"].split(";")
    first = data.draw(st.lists(st.sampled_from(who), min_size=1, max_size=len(who) - 1, unique=True))
    split = deepcopy(tables)
    place = tables["chronology"].index(meeting)
    split["chronology"][place]["who"] = ";".join(first)
    rest = ";".join(name for name in who if name not in first)
    split = with_row(split, **{**meeting, "id": "new", "who": rest})
    before, after = scores(from_tables(tables), at), scores(from_tables(split), at)
    for name in (
        "fragmentation",
        "distance_fragmentation",
        "temporal_fragmentation",
        "concern_clusters",
        "unshared_pairs",
    ):
        assert compare(before[name], after[name], NEVER_LOWER), name
    assert compare(before["best_picture"], after["best_picture"], NEVER_HIGHER)


def test_a_split_that_takes_a_worry_off_the_table_of_the_professionals_can_lower_the_unshared_pairs():
    # the property above keeps the worries on the table of both halves. If the half without a professional keeps c3
    # to itself, c3 is not known any more: of the pairs c1-c2, c1-c3, c2-c3 only c1-c2 is left, and S has both
    people, worries = "T@school S@council F:family", "c1 c2 c3"
    whole = case(people, worries, "observed S c1;c2", "met T;F c3")
    split = case(people, worries, "observed S c1;c2", "met T", "met F c3")
    assert float(unshared_pairs(whole)) == pytest.approx(2 / 3)
    assert float(unshared_pairs(split)) == 0
    assert float(best_picture(whole)) == pytest.approx(2 / 3)
    assert float(best_picture(split)) == 1


# leaving ----------------------------------------------------------------------------------------------


@given(some_cases, st.data())
def test_a_worker_who_leaves_takes_the_picture_with_them(tables, data):
    made_case = from_tables(tables)
    assume(made_case.end is not None)
    closed, at = made_case.end + dt.timedelta(days=1), made_case.end + dt.timedelta(days=2)
    before = snapshot(made_case, at)
    assume(len(before.involved) > 1)  # where nobody is left there is no best picture
    leaver = data.draw(st.sampled_from(sorted(before.involved)))
    after = view_of(with_row(tables, id="new", date=str(closed), kind="closed", who=leaver), at)
    assert after.involved == before.involved - {leaver}
    assert after.held == before.held  # it stays on record
    assert compare(best_picture(made_case, at), best_picture(after.case, at), NEVER_HIGHER)
    assert compare(unshared_pairs(made_case, at), unshared_pairs(after.case, at), NEVER_LOWER)
    if best_picture(made_case, at).defined:
        assert best_picture(after.case, at) >= best_picture(made_case, at).without_best
    table = exclusive_concerns(after.case, at).set_index("concern")["kind"]
    for worry in before.worries:
        if before.holders[worry] & before.involved == {leaver}:
            assert table[worry] == "left with its holders"


def test_a_worker_who_passes_on_before_leaving_takes_nothing():
    rows = ["observed T c1;c2", "told T>S c1;c2 phone", "closed T"]
    made_case = case("T@school S@council", "c1 c2", *rows)
    assert float(best_picture(made_case, "2024-01-03")) == float(best_picture(made_case, "2024-01-31")) == 1


# ranges -----------------------------------------------------------------------------------------------


def in_range(found):
    for name in SHARES:
        assert math.isnan(found[name]) or 0 <= found[name] <= 1, name
    for name in COUNTS:
        assert found[name] >= 0, name
        assert found[name] == int(found[name]), name
    assert math.isnan(found["ei_index"]) or -1 <= found["ei_index"] <= 1
    assert math.isnan(found["smallest_meeting"]) or found["smallest_meeting"] >= 1


@given(strategies.cases(), strategies.questions, some_rules)
def test_scores_stay_in_their_ranges(tables, at, rules):
    in_range(scores(from_tables(tables), at, rules=rules))


HARD = {
    "no rows": builder.nobody(),
    "one person": builder.alone(),
    "no contact": builder.apart(),
    "no concerns": case("T@school S@council", "", "met T;S"),
    "no professionals": case("F:family", "c1", "observed F c1"),
    "only a meeting of one": case("T@school", "c1", "met T c1"),
    "only desks": case("T@school S@council", "c1", "told school>council c1 fax"),
    "nothing arrived": case("T@school S@council", "c1", "told T>S c1 fax received=no"),
}


@pytest.mark.parametrize("name", HARD)
def test_scores_stay_in_their_ranges_on_the_hardest_cases(name):
    for at in (None, "1900-01-01", "2100-12-31"):
        in_range(scores(HARD[name], at))


APART = [
    *("fragmentation", "distance_fragmentation", "temporal_fragmentation", "agency_fragmentation"),
    "current_fragmentation",
]


@pytest.mark.parametrize(
    ("name", "defined"),
    [
        ("no rows", []),
        ("one person", ["best_picture", "smallest_meeting", "unowned_share"]),
        (
            "no contact",
            [
                *APART,
                "current_fragmentation",
                "worry_fragmentation",
                "best_picture",
                "smallest_meeting",
                "unowned_share",
            ],
        ),
        ("no concerns", [*APART, "ei_index"]),
        ("no professionals", []),
    ],
)
def test_what_is_not_defined_is_no_number_rather_than_nought(name, defined):
    found = scores(HARD[name])
    assert {one for one in found.index if not math.isnan(found[one])} == {*COUNTS, *defined}


def test_a_score_that_is_not_defined_says_why():
    for score in (sn.fragmentation, sn.best_picture, sn.unshared_pairs, sn.diffusion, sn.unowned_share):
        assert not score(builder.nobody()).defined
        assert score(builder.nobody()).reason
