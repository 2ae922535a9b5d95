"""The brute force against the numbers that are known for the packaged cases, and against examples worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.brute import knowledge, model, networks, opportunities, responsibility
from tests.brute import scores as brute
from tests.oracle import AT, BOUNDS, CASES, EXPECTED, SCORES

FOLDER = Path(__file__).parents[1] / "datasets"

NUMBERS = {  # in the order of the cases above
    "one-way rows without confirmation": (5, 1, 5, 2, 0, 0, 1),
    "put aside by a decision (whatever the status)": (3, 2, 3, 2, 0, 0, 0),
    "held back": (0, 0, 0, 0, 0, 0, 0),
    "actions on record": (6, 0, 2, 5, 2, 7, 0),
    "of these on a worry": (6, 0, 2, 5, 2, 7, 0),
}
STATUS = {
    "victoria_climbie": {
        "left with its holders": "C01 C02 C04 C05 C11 C12 C13 C18 C19 C32",
        "sole holder": "C03",
        "with another's remit": "C07 C08 C10",
        "owner has left": "C16",
        "put aside": "C17",
        "no owner": "C20 C24 C25 C27",
        "lapsed": "C21 C28",
        "left to others": "C26",
    },
    "malachi_subecz": {
        "with another's remit": "C01",
        "left to others": "C02 C06 C07",
        "put aside": "C03 C04",
        "no owner": "C05 C08",
    },
    "khyra_ishaq": {
        "put aside": "C01 C07 C11",
        "no owner": "C02 C03 C04 C10",
        "left to others": "C05",
        "sole holder": "C06",
    },
    "pelka": {
        "no owner": "C01 C02 C03 C09 C10 C11 C12 C14 C15",
        "left with its holders": "C04 C05",
        "owner has left": "C06 C07 C13",
        "lapsed": "C08",
    },
    "reuben": {
        "no owner": "C01 C02 C03 C06",
        "given to someone without the picture": "C04 C05",
        "owned": "C07",
        "left with its holders": "C08",
    },
    "max": {
        "owned": "C01 C02 C04",
    },
    "worked_example": {
        "no owner": "c1 c2 c3",
    },
}


def at_default_date(name):
    return model.view(model.load(FOLDER / name))


def expected_of(scores, name):
    return {score: EXPECTED[score][name] for score in scores}


def rounded(numbers):
    return {key: round(number, 3) for key, number in numbers.items()}


@pytest.mark.parametrize("name", CASES)
def test_the_scores_are_the_known_ones(name):
    v = at_default_date(name)
    assert v.at.isoformat() == AT[name]
    found = brute.scores(v)
    assert list(found) == SCORES
    assert rounded(found) == expected_of(SCORES, name)


@pytest.mark.parametrize("name", CASES)
def test_the_bounds_are_the_known_ones(name):
    assert rounded(brute.bounds(at_default_date(name))) == expected_of(BOUNDS, name)


@pytest.mark.parametrize("name", CASES)
def test_the_statuses_are_the_known_ones(name):
    expected = {c: word for word, concerns in STATUS[name].items() for c in concerns.split()}
    assert responsibility.statuses(at_default_date(name)) == expected


@pytest.mark.parametrize("name", CASES)
def test_the_numbers_beside_are_the_known_ones(name):
    v = at_default_date(name)
    every, on_a_worry = responsibility.actions_on_record(v)
    place = CASES.index(name)
    assert {beside: numbers[place] for beside, numbers in NUMBERS.items()} == {
        "one-way rows without confirmation": sum(any(v.unconfirmed(row, one) for one in row.to) for row in v.rows),
        "put aside by a decision (whatever the status)": len(responsibility.put_aside(v)),
        "held back": len(opportunities.held_back(v)),
        "actions on record": every,
        "of these on a worry": on_a_worry,
    }


def test_the_worked_example_to_four_decimals():
    v = model.view(model.load(FOLDER / "worked_example"), "2024-01-31")
    found = {key: round(number, 4) for key, number in {**brute.scores(v), **brute.bounds(v)}.items()}
    expected = {"fragmentation": 0, "distance_fragmentation": 0.2778, "temporal_fragmentation": 0.5}
    expected |= {"unshared_pairs": 0.3077, "unshared_pairs.high": 0.5385, "concern_clusters": 1}
    expected |= {"best_picture": 0.7778, "without_best": 0.5556, "smallest_meeting": 2, "exclusive_concerns": 1}
    expected |= {"unowned_share": 1, "diffusion": 0.3457, "missed_opportunities": 0}
    assert expected.items() <= found.items()
    assert {c: round(responsibility.index(v, c), 4) for c in v.known} == {"c1": 0.3627, "c2": 0.2929, "c3": 0.4257}
    later = v.on("2024-02-06")
    assert opportunities.missed_opportunities(later) == 1
    assert opportunities.missed_share(later) == 0.25
    known = knowledge.possible(v)
    assert known["S", "c2"].isoformat() == "2024-01-30"
    assert ("S", "c3") not in known
    assert ("P", "c3") not in known


# --- hops: T, S, P, Q, X, Y are professionals, M is the mother ------------------------------------------


def chronology(lines):
    """A case of one worry from lines like "01-06 told T>S phone ref=r1"; the rows are r1, r2, ..."""
    rows = []
    for number, line in enumerate(lines.strip().splitlines(), start=1):
        date, kind, who, *rest = line.split()
        sender, _, to = who.partition(">")
        row = {"id": f"r{number}", "date": f"2024-{date}", "kind": kind, "who": sender, "to": to, "concerns": "c"}
        for part in rest:
            column, _, value = part.rpartition("=")
            row[column or "channel"] = value
        rows.append(row)
    people = [{"id": one, "name": one, "kind": "professional", "agency": f"of {one}"} for one in "TSPQXY"]
    people.append({"id": "M", "name": "M", "kind": "family"})
    concerns = [{"id": "c", "about": "", "category": "neglect", "severity": "3"}]
    return {"people": people, "concerns": concerns, "chronology": rows}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("01-06 told T>S phone \n 01-06 met S;P", "T0 S1 P2"),  # a meeting of that day comes after the call
        ("01-06 met S;P \n 01-06 told T>S phone", "T0 S1 P2"),  # whatever the order in the file
        ("01-06 met S;P;Q", "S0 P0 Q0"),  # had from nobody, sent to nobody
        ("01-05 told T>S \n 01-06 met S;P;Q", "T0 S1 P2 Q2"),
        ("01-06 told T>S \n 01-06 told S>T", "T0 S0"),  # sent to each
        ("01-06 asked S>T \n 01-06 told T>S ref=r1", "S0 T1"),  # the answer comes after the request
        ("01-06 asked S>T \n 01-06 declined T>S", "S0 T1"),  # a refusal sends nothing back
        ("01-05 observed S \n 01-06 told S>T \n 01-08 disagreed T>S", "S0 T1"),
        ("01-02 told Q>T \n 01-06 asked S>T \n 01-06 told T>S ref=r2", "Q0 S0 T1"),
        ("01-02 told Q>T \n 01-06 asked S>T \n 01-06 told T>S", "Q0 S2 T1"),
        ("01-06 met S;P \n 01-06 told S>X \n 01-06 told X>S", "P0 S1 X2"),  # P alone was sent nothing
        ("01-02 told T>S \n 01-03 told S>P letter received_on=2024-01-20 \n 01-10 observed S", "T0 S0 P2"),
        ("01-02 told T>S \n 01-11 told S>P letter received_on=2024-01-20 \n 01-10 observed S", "T0 S0 P1"),
        ("01-02 told T>S \n 01-03 told S>P \n 01-10 observed S \n 01-12 told S>P", "T0 S0 P1"),
        ("01-06T09:00 told T>S \n 01-06T10:00 told X>T", "X0 T0 S1"),  # by the clock, T had it from nobody
        ("01-06T09:00 told T>S \n 01-06 told X>T", "X0 T1 S2"),  # without a time, X may have called before
        ("01-06 told T>S present=M", "T0 S1 M1"),
        ("01-06 observed S;P present=M", "S0 P0 M1"),
        ("01-06 told T>S received=no \n 01-07 told S>P", "T0 S0 P1"),  # where S has it from is not recorded
        ("01-06 withheld T>S \n 01-07 decided P", "T0 P0"),
    ],
)
def test_hops_worked_by_hand(lines, expected):
    case = chronology(lines)
    found = knowledge.hops(case, "2024-01-31")
    assert {f"{holder}{number}" for (holder, _), number in found.items()} == set(expected.split())
    case["chronology"].reverse()
    assert knowledge.hops(case, "2024-01-31") == found


# --- two ways to the same answer ------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_fragmentation_has_two_ways_and_the_worlds_contain_the_record(name):
    v = at_default_date(name)
    assert networks.fragmentation_by_components(v) == pytest.approx(networks.fragmentation(v))
    for world in ("possible", "permitted"):
        for dates in ("earliest", "latest"):
            for same_day in ("any", "none"):
                wide = knowledge.first_known(v, world, dates, same_day)
                narrow = knowledge.first_known(v, "recorded", dates)
                assert all(wide[key] <= day for key, day in narrow.items())


@pytest.mark.parametrize("same_day", ["any", "none"])
def test_the_worked_example_by_acting_out_its_days(same_day):
    case = model.load(FOLDER / "worked_example")
    for dates in ("earliest", "latest"):
        acted_out = knowledge.possible_by_enumeration(case, dates, same_day)
        assert knowledge.possible(case, dates, same_day) == acted_out
    v = model.view(case, same_day=same_day)
    assert networks.reaches(v) == networks.reaches_by_all_paths(v)
