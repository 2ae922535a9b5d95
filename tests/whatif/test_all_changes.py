"""The smallest change against the brute force: its numbers, and every change that there is tried out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.rules import Rules
from safetynet.whatif import smallest_change, what_if
from safetynet.whatif.goals import GOAL_WORDS, NUMBERS, Goal
from tests import strategies
from tests.brute import knowledge, model, picture, responsibility
from tests.builder import from_tables

pytestmark = pytest.mark.slow
Tables = dict[str, list[dict[str, str]]]
DATASETS = Path(__file__).resolve().parents[2] / "datasets"
KINDS = ("contact", "reading", "received", "owner", "meeting")
SENT = ("told", "asked", "declined", "decided", "disagreed", "opened", "closed")
BRUTE = {
    "best_picture": picture.best_picture,
    "unshared_pairs": picture.unshared_pairs,
    "unowned_share": responsibility.unowned_share,
    "diffusion": responsibility.diffusion,
}
ORDER: dict[Goal, tuple[str, ...]] = {
    "picture": ("best_picture", "unshared_pairs"),
    "pairs": ("unshared_pairs", "best_picture"),
    "diffusion": ("diffusion", "unowned_share"),
    "unowned": ("unowned_share", "diffusion"),
}


def assert_numbers(line: Any, after: Mapping[str, float]) -> None:
    for number in NUMBERS:
        found, expected = getattr(line, number), after[number]
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True), (number, line.change)


def counted(tables: Any, at: Any, **rules: Any) -> dict[str, float]:
    """The four numbers by the brute force."""
    found = {name: function(tables, at, **rules) for name, function in BRUTE.items()}
    return {name: math.nan if value is None else value for name, value in found.items()}


def with_change(tables: Tables, change: Mapping[str, Any]) -> Tables:
    """The tables with a change that `smallest_change` proposes."""
    rows = tables["chronology"]
    blank = dict.fromkeys(strategies.COLUMNS["chronology"], "")
    if "add" in change:
        rows = [*rows, {**blank, "id": "added1", **change["add"]}]
    else:
        cells = {name: cell for name, cell in change.items() if name != "change"}
        rows = [{**row, **cells} if row["id"] == change["change"] else row for row in rows]
    return {**tables, "chronology": rows}


def at_of(tables: Tables, at: dt.date | None) -> dt.date:
    """The day asked for, the default one where None."""
    return dt.date.fromordinal(from_tables(tables)._day(at))


# cases with their pieces in different hands ---------------------------------------------------------------

PEOPLE = ["p1", "p2", "p3", "p4"]
DESKS = ["a1", "a2"]
WORRIES = ["c1", "c2", "c3"]


@st.composite
def busy_cases(draw: Any) -> Tables:
    """Files, letters that did not arrive, assumptions, actions, decisions, closures, and now and then permissions."""

    def some(things: list[str], least: int, most: int) -> str:
        return ";".join(dict.fromkeys(draw(st.lists(st.sampled_from(things), min_size=least, max_size=most))))

    def one(things: list[str]) -> str:
        return str(draw(st.sampled_from(things)))

    def date() -> str:
        first = draw(st.integers(0, 8))
        last = first + draw(st.sampled_from([0, 0, 0, 0, 0, 2]))
        return strategies.day(first).isoformat() if first == last else f"{strategies.day(first)}/{strategies.day(last)}"

    def row(kind: str, earlier: list[dict[str, str]]) -> dict[str, str]:
        made = {"kind": kind, "date": date(), "who": some(PEOPLE, 1, 1), "concerns": some(WORRIES, 1, 2)}
        if kind in ("told", "asked"):
            made["who"] = one([*PEOPLE, "f1"])
            made["to"] = one([name for name in [*PEOPLE, *DESKS, *DESKS] if name != made["who"]])
            made |= {"channel": one(["phone", "fax"]), "received": one(["", "", "no"])}
        elif kind == "met":
            made |= {"who": some([*PEOPLE, "a1", "f1"], 2, 3), "concerns": some(WORRIES, 0, 1)}
        elif kind == "agreed":
            made |= {"who": some([*PEOPLE, "a2"], 1, 1), "due": one(["", "2020-03", "2020-04", "2020-12"])}
        elif kind == "assumed":
            made |= {"to": one([*PEOPLE, *DESKS]), "concerns": some(WORRIES, 0, 1)}
            made["who"] = made["who"] if made["who"] != made["to"] else "f1"
        elif kind == "done":
            agreed = [f"r{number}" for number, one in enumerate(earlier, start=1) if one["kind"] == "agreed"]
            if not agreed:
                return {**made, "kind": "observed"}
            made |= {"ref": one(agreed), "concerns": "", "outcome": one(["", "refused", "partly"])}
        elif kind == "closed":
            made["concerns"] = ""
        elif kind == "decided":
            made["outcome"] = one(["step_up", "no_further_action"])
        return made

    rows = [
        {"kind": "observed", "who": one([*PEOPLE, "f1"]), "concerns": worry, "date": date(), "due": ""}
        for worry in WORRIES
    ]
    kinds = ["told"] * 4 + ["met"] * 2 + ["agreed"] * 3 + ["assumed", "closed", "done"] * 2
    for kind in draw(st.lists(st.sampled_from([*kinds, "observed", "asked", "decided"]), min_size=4, max_size=9)):
        rows.append(row(kind, rows))
    agency = ["a1", "a1", "a2", draw(st.sampled_from(["", "a2"]))]
    people = [{"id": "k1", "name": "Child", "kind": "child"}, {"id": "f1", "name": "Parent", "kind": "family"}]
    people += [
        {"id": name, "name": name, "kind": "professional", "agency": its, "end": one(["", "", "", "2020-04-01"])}
        for name, its in zip(PEOPLE, agency, strict=True)
    ]
    tables: dict[str, list[Any]] = {
        "people": people,
        "agencies": [{"id": desk, "name": desk, "sector": "other"} for desk in DESKS],
        "concerns": [
            {"id": worry, "about": "k1", "category": "neglect", "summary": worry, "severity": one(["1", "2", "3", "4"])}
            for worry in WORRIES
        ],
        "chronology": [{"id": f"r{number}", **line} for number, line in enumerate(rows, start=1)],
        "case": [{"id": "case", "title": "A made case"}],
    }
    if draw(st.integers(0, 3)) == 0:
        tables["permissions"] = [strategies.permission(draw, DESKS, with_dates=True) for _ in range(3)]
    return {
        name: [{column: line.get(column, "") for column in strategies.COLUMNS[name]} for line in table]
        for name, table in tables.items()
    }


any_case = st.one_of(strategies.cases(), busy_cases())
any_day = st.one_of(st.none(), strategies.questions)


# the numbers of a line ------------------------------------------------------------------------------------


@pytest.mark.slow
@given(any_case, any_day)
def test_the_numbers_of_every_line_are_those_of_the_changed_case(tables: Tables, at: dt.date | None) -> None:
    case, day = from_tables(tables), at_of(tables, at)
    for goal in GOAL_WORDS:
        for line in smallest_change(case, goal, at, most=20).itertuples():
            assert_numbers(line, counted(with_change(tables, line.change), day))


@pytest.mark.slow
@pytest.mark.parametrize(
    "rules",
    [
        {
            "dates": "earliest",
            "weights": (1, 2.5, 3, 7),
            "open_ended_days": 5,
            "who_counts": ("professional", "support"),
        },
        {"unconfirmed": "does_not_count", "after_closing_days": 3, "plan_days": 4, "settled_days": 2, "intake_days": 1},
    ],
)
@settings(max_examples=40)
@given(tables=any_case, at=any_day)
def test_the_numbers_of_every_line_follow_the_rules(rules: dict[str, Any], tables: Tables, at: dt.date | None) -> None:
    case, day = from_tables(tables), at_of(tables, at)
    for goal in GOAL_WORDS:
        for line in smallest_change(case, goal, at, most=10, rules=Rules(**rules)).itertuples():
            assert_numbers(line, counted(with_change(tables, line.change), day, **rules))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(one.name for one in DATASETS.iterdir() if one.is_dir()))
@pytest.mark.parametrize("goal", GOAL_WORDS)
def test_the_numbers_of_the_packaged_cases_are_those_of_the_changed_case(name: str, goal: Goal) -> None:
    case = sn.load_case(name)
    for line in smallest_change(case, goal, most=6).itertuples():
        assert_numbers(line, what_if(case, line.change).scores["after"])  # type: ignore[arg-type]


# every change -----------------------------------------------------------------------------------------------


def days_between(tables: Tables, at: dt.date) -> list[dt.date]:
    """The days of the chronology up to a day."""
    start, end = model.first_and_last_day(tables)
    if start is None:
        return []
    return [start + dt.timedelta(days=n) for n in range((min(at, end) - start).days + 1)]


def may(v: Any, sender: str, recipient: str, concern: str, day: dt.date) -> bool:
    """Whether somebody may tell another of a concern; the family may tell, and be told, whatever there is."""
    if sender == recipient or not {sender, recipient} <= v.professionals | v.agencies:
        return True
    return knowledge.permission(v, sender, recipient, concern, day) not in ("prohibited", "not_needed")


def every_change(tables: Tables, at: dt.date) -> Iterator[tuple[str, Any, dt.date, dict[str, Any]]]:
    """(kind, what makes it one line, day, change) of every single change there is, by the definitions."""
    v = model.view(tables, at)
    yield from unread(v)
    for row in v.rows:
        if row.kind == "met" and not row.lost:
            yield from one_more(v, row)
    for day in days_between(tables, at):
        then, date = v.on(day), day.isoformat()
        for a in sorted(then.involved):
            for b in sorted(then.involved - {a}):
                said = passed(then, a, b, day) | passed(then, b, a, day)
                if concerns := sorted(said & v.known):
                    row = {"kind": "told", "who": a, "to": b, "concerns": ";".join(concerns), "channel": "phone"}
                    yield "contact", frozenset((a, b)), day, {"add": {"date": date, **row}}
            desk = v.agency[a]
            concerns = sorted(passed(then, desk, a, day) & v.current) if desk else []
            if concerns:
                row = {"kind": "told", "who": desk, "to": a, "concerns": ";".join(concerns), "channel": "file"}
                yield "reading", (desk, a), day, {"add": {"date": date, **row, "received": "yes"}}
            if v.remit[a] == "works_with" and a in v.involved:
                for concern in sorted(then.held.get(a, set()) & v.known):
                    add = {"date": date, "kind": "agreed", "who": a, "concerns": concern, "due": at.isoformat()}
                    yield "owner", concern, day, {"add": add}


def passed(then: Any, sender: str, recipient: str, day: dt.date) -> set[str]:
    """What somebody has on record by a day and may tell another."""
    return {one for one in then.held.get(sender, set()) if may(then, sender, recipient, one, day)}


def unread(v: Any) -> Iterator[tuple[str, Any, dt.date, dict[str, Any]]]:
    """Every row that did not arrive, had it arrived."""
    for row in v.rows:
        readers = [one for one in row.to + row.present if one not in row.who]
        if row.kind in SENT and row.to and row.lost and readers:
            wanted = [c for c in row.concerns if c in v.current]
            if any(all(may(v, sender, one, c, row.lo) for one in readers for c in wanted) for sender in row.who):
                yield "received", row.id, row.hi, {"change": row.id, "received": "yes"}


def one_more(v: Any, row: Any) -> Iterator[tuple[str, Any, dt.date, dict[str, Any]]]:
    """Everybody who could have been at a meeting besides, on all the days on which it may have been."""
    span = [row.lo + dt.timedelta(days=n) for n in range((min(row.hi, v.at) - row.lo).days + 1)]
    first = v.on(row.lo)
    for person in sorted(set.intersection(*(set(v.on(day).involved) for day in span)) - set(row.everyone())):
        had = sorted(first.held.get(person, set()) & v.known)
        tell = [c for c in had if all(may(v, person, one, c, row.lo) for one in row.everyone())]
        table = [c for c in row.concerns if c in v.current and not v.on(row.hi).has(person, c)]
        if all(any(may(v, one, person, c, row.lo) for one in row.who) for c in table):
            absent = ";".join(one for one in row.absent if one != person)
            who, concerns = ";".join([*row.who, person]), ";".join(dict.fromkeys([*row.concerns, *tell]))
            yield "meeting", person, row.hi, {"change": row.id, "who": who, "concerns": concerns, "absent": absent}


def better(goal: Goal, numbers: Mapping[str, float], before: Mapping[str, float]) -> float:
    """By how much a number is better; a picture of nothing counts as 0."""
    name = ORDER[goal][0]
    start = 0 if name == "best_picture" and math.isnan(before[name]) else before[name]
    gain = (numbers[name] - start) * (1 if name == "best_picture" else -1)
    return -1 if math.isnan(gain) else gain


def effect(goal: Goal, numbers: Mapping[str, float]) -> tuple[float, ...]:
    """What is looked at first and second for a goal, the less the better."""
    values = [numbers[name] * (-1 if name == "best_picture" else 1) for name in ORDER[goal]]
    return tuple(math.inf if math.isnan(value) else round(value, 9) + 0.0 for value in values)


@pytest.mark.slow
@settings(max_examples=40)
@given(busy_cases(), any_day)
def test_the_best_of_every_kind_is_the_best_of_all_that_there_are(tables: Tables, at: dt.date | None) -> None:
    case, day = from_tables(tables), at_of(tables, at)
    before = counted(tables, day)
    tried = [
        (kind, who, counted(with_change(tables, change), day)) for kind, who, _, change in every_change(tables, day)
    ]
    tried = [one for one in tried if one[0] != "owner" or one[2]["unowned_share"] < before["unowned_share"]]
    for goal in GOAL_WORDS:
        for kind in KINDS:
            helpful: dict[Any, list[tuple[float, ...]]] = {}
            for made_by, who, numbers in tried:
                if made_by == kind and better(goal, numbers, before) > 1e-9:
                    helpful.setdefault(who, []).append(effect(goal, numbers))
            lines = smallest_change(case, goal, at, kinds=kind, most=1000)  # type: ignore[arg-type]
            if kind == "meeting":  # and the smallest that would have held everything
                lines = lines[["change" in change for change in lines["change"]]]
            found = [effect(goal, line._asdict()) for line in lines.itertuples()]
            assert found == sorted(min(ranked) for ranked in helpful.values()), (goal, kind)


@pytest.mark.slow
@settings(max_examples=40)
@given(busy_cases(), any_day)
def test_the_days_are_those_on_which_it_would_have_worked(tables: Tables, at: dt.date | None) -> None:
    case, day = from_tables(tables), at_of(tables, at)
    tried: dict[tuple[str, str], dict[dt.date, Any]] = {}
    for kind, _, on, change in every_change(tables, day):
        if kind in ("contact", "reading"):
            row = change["add"]
            tried.setdefault((row["who"], row["to"]), {})[on] = counted(with_change(tables, change), day)
    for goal in GOAL_WORDS:
        for line in smallest_change(case, goal, at, kinds=["contact", "reading"], most=1000).itertuples():
            row = line.change["add"]  # type: ignore[index,call-overload]
            effects = {on: effect(goal, numbers) for on, numbers in tried[row["who"], row["to"]].items()}
            best = min(effects.values())
            last = max(on for on, value in effects.items() if value == best)
            worse = [on for on, value in effects.items() if value != best and on < last]
            days = {on for on in effects if (not worse or on > max(worse)) and on <= last}
            assert (line.from_date.date(), line.last_date.date()) == (min(days), last)  # type: ignore[union-attr]
            named = [(first, until) for first, until in line.on_days]  # type: ignore[union-attr]
            assert days == {on for on in effects if any(first <= on <= until for first, until in named)}
            assert sum((until - first).days + 1 for first, until in named) == len(days)


@pytest.mark.slow
@settings(max_examples=60)
@given(busy_cases(), any_day)
def test_the_smallest_meeting_has_as_few_people_as_can_be_on_the_last_such_day(
    tables: Tables, at: dt.date | None
) -> None:
    tables = {name: table for name, table in tables.items() if name != "permissions"}
    case, day = from_tables(tables), at_of(tables, at)
    v = model.view(tables, day)
    sizes = {}
    for on in days_between(tables, day):
        then = v.on(on)
        for size in range(1, len(then.involved) + 1):
            groups = combinations(sorted(then.involved), size)
            if any(v.known <= set().union(*(then.held.get(one, set()) for one in group)) for group in groups):
                sizes[on] = size
                break
    lines = smallest_change(case, "picture", at, kinds="meeting", most=1000)
    whole = lines[["add" in change for change in lines["change"]]]
    if not v.known or not sizes or min(sizes.values()) < 2:
        assert whole.empty
        return
    last = max(on for on, size in sizes.items() if size == min(sizes.values()))
    if picture.best_picture(tables, day) == 1 or whole.empty:
        return  # nothing to gain, or all who would have met have left by the day
    assert len(whole["people"].iloc[0]) == min(sizes.values())
    assert whole["last_date"].iloc[0].date() == last
    assert whole["best_picture"].iloc[0] == 1


@given(busy_cases(), any_day)
def test_nothing_is_proposed_that_was_prohibited(tables: Tables, at: dt.date | None) -> None:
    blank = dict.fromkeys(strategies.COLUMNS["permissions"], "") | {"permission": "prohibited"}
    tables["permissions"] = [{**blank, "from": one, "to": other} for one in DESKS for other in DESKS]
    table = smallest_change(from_tables(tables), at=at, kinds=["contact", "reading"])
    agency = {person["id"]: person["agency"] for person in tables["people"]}
    for line in table.itertuples():
        row = line.change["add"]  # type: ignore[index,call-overload]
        assert not all(agency.get(one, one) for one in (row["who"], row["to"]))  # one of them works for no agency
        assert line.permission == "unknown"


@pytest.mark.slow
@settings(max_examples=30)
@given(any_case, any_day)
def test_the_order_of_the_rows_in_the_file_changes_nothing(tables: Tables, at: dt.date | None) -> None:
    turned = {name: table[::-1] for name, table in tables.items()}
    for goal in GOAL_WORDS:
        one, other = (smallest_change(from_tables(given), goal, at) for given in (tables, turned))
        columns = ["kind", "people", "from_date", "last_date", "gain", "permission", "rows"]
        assert one[columns].equals(other[columns])
