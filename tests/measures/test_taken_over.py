"""A snapshot made from that of the case as it was shows what one made anew of the changed case shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.headline import numbers
from safetynet.measures.in_hand import in_hand
from safetynet.measures.states import states
from safetynet.measures.taken_over import take_over
from safetynet.record.altered import altered
from safetynet.record.involvement import involvement
from safetynet.record.snapshot import GROUPINGS, Snapshot, snapshot
from safetynet.rules import Rules
from safetynet.whatif.changes import changed
from tests import strategies
from tests.builder import from_tables
from tests.whatif.test_all_changes import busy_cases

RULES = (Rules(), Rules(dates="earliest"), Rules(unconfirmed="does_not_count"))


@st.composite
def changes(draw: Any, case: sn.Case) -> dict[str, Any]:
    """A row more or less, or other people, worries or days in one that there is."""
    records = case._records
    people = [one.id for one in records.people.values() if one.kind == "professional"]
    names, concerns = [*people, *records.agencies], list(records.concerns)
    rows = {row.id: row for row in records.rows}
    verbs = ["add", "add", *(["drop", "change", "change", "move", "received"] if rows else [])]
    verb = draw(st.sampled_from(verbs))
    date = draw(strategies.questions).isoformat()
    some = draw(st.lists(st.sampled_from(concerns), max_size=2, unique=True)) if concerns else []
    if verb == "add":
        who = draw(st.lists(st.sampled_from(people), min_size=2, max_size=2))
        kind = draw(st.sampled_from(["told", "agreed", "met", "observed", "closed"]))
        row = {
            "date": date,
            "kind": kind,
            "who": ";".join(who[: 2 if kind == "met" else 1]),
            "concerns": ";".join(some),
        }
        return {"add": row | ({"to": draw(st.sampled_from(names)), "channel": "fax"} if kind == "told" else {})}
    one = rows[draw(st.sampled_from(sorted(rows)))]
    if verb == "drop":
        return {"drop": one.id}
    if verb == "move":
        return {"move": one.id, "to": date}
    if verb == "received":
        return {"change": one.id, "received": draw(st.sampled_from(["yes", "no", ""]))}
    who = draw(st.sampled_from(names))
    return {
        "change": one.id,
        "who": ";".join(dict.fromkeys([*one.who, who])),
        "concerns": ";".join(dict.fromkeys([*one.concerns, *some])),
    }


def assert_same(found: Snapshot, expected: Snapshot) -> None:
    for name in GROUPINGS:
        mine, theirs = getattr(found, name), getattr(expected, name)
        assert {key: rows for key, rows in mine.items() if rows} == theirs, name
    for name in ("appeared", "entries", "since", "since_then", "worries", "held", "holders", "involved", "counts"):
        assert getattr(found, name) == getattr(expected, name), name
    assert involvement(found) == involvement(expected)
    assert {one: in_hand(found, one) for one in found.worries} == {one: in_hand(expected, one) for one in found.worries}
    assert states(found) == states(expected)
    assert repr(numbers(found)) == repr(numbers(expected))


@given(
    data=st.data(), tables=st.one_of(strategies.cases(), busy_cases()), at=st.one_of(st.none(), strategies.questions)
)
def test_a_changed_record_is_the_same_whether_it_is_taken_over_or_made_anew(
    data: st.DataObject, tables: Any, at: dt.date | None
) -> None:
    case = from_tables(tables)
    try:
        other = changed(case, data.draw(changes(case)))
    except sn.SafetynetError:
        return  # a change that does not fit
    for rules in RULES:
        before = snapshot(case, at, rules)
        states(before)
        found = altered(before, other)
        assert found is not None
        assert_same(take_over(found), Snapshot(other, before.day, rules))


def test_where_more_than_rows_is_changed_nothing_is_taken_over() -> None:
    case = sn.load_case("worked_example")
    assert altered(snapshot(case), case.without("P")) is None


@pytest.mark.parametrize("name", ["reuben", "victoria_climbie"])
def test_what_a_further_call_leaves_as_it_was_is_the_same_object(name: str) -> None:
    case = sn.load_case(name)
    before = snapshot(case)
    named = before.worries[0]
    one, other = sorted(before.involved)[:2]
    row = {
        "date": before.rows[-1].date.last_date.isoformat(),
        "kind": "told",
        "who": one,
        "to": other,
        "channel": "phone",
        "concerns": named,
    }
    found = altered(before, case.with_rows([row]))
    assert found is not None
    after = take_over(found)
    kept = [worry for worry in before.worries if in_hand(after, worry) is in_hand(before, worry)]
    assert kept == [worry for worry in before.worries if worry != named] or found.turned or found.papers
