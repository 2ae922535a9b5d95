"""The brute force against the numbers that are known for the packaged cases, and against examples worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.brute import knowledge, model, networks, opportunities, responsibility
from tests.brute import scores as brute

FOLDER = Path(__file__).parents[1] / "datasets"

# Each case at its default date, by an independent computation from the definitions, to three decimals.
DATES = {
    "victoria_climbie": "2000-02-23",
    "malachi_subecz": "2021-10-31",
    "khyra_ishaq": "2008-05-16",
    "pelka": "2012-03-01",
    "reuben": "2024-05-31",
    "max": "2023-12-15",
    "worked_example": "2024-01-30",
}
SCORES = {  # in the order of the cases above
    "people": (46, 21, 19, 19, 9, 11, 4),
    "professionals": (37, 14, 15, 16, 8, 10, 4),
    "agencies": (19, 8, 8, 10, 6, 8, 4),
    "concerns": (30, 9, 14, 15, 8, 7, 3),
    "contacts": (66, 28, 38, 22, 6, 18, 2),
    "meetings": (11, 2, 0, 3, 2, 6, 1),
    "best_picture": (0.379, 0.52, 0.478, 0.578, 0.5, 1.0, 0.778),
    "unshared_pairs": (0.862, 0.596, 0.782, 0.629, 0.672, 0.0, 0.308),
    "concern_clusters": (9, 9, 5, 3, 2, 1, 1),
    "exclusive_concerns": (12, 3, 3, 7, 4, 0, 1),
    "smallest_meeting": (10, 3, 6, 5, 2, 1, 2),
    "unowned_share": (1.0, 1.0, 1.0, 1.0, 0.857, 0.0, 1.0),
    "unowned_concerns": (23, 8, 9, 15, 7, 0, 3),
    "diffusion": (0.632, 0.473, 0.382, 0.441, 0.265, 0.0, 0.346),
    "circular_assumptions": (0, 0, 0, 0, 0, 0, 0),
    "missed_opportunities": (4, 1, 7, 4, 2, 0, 0),
    "missed_share": (0.368, 0.8, 0.556, 0.833, 0.6, 0.0, 0.0),
    "worry_fragmentation": (0.875, 0.945, 0.608, 0.692, 0.679, 0.0, 0.0),
    "fragmentation": (0.868, 0.945, 0.442, 0.692, 0.679, 0.0, 0.0),
    "distance_fragmentation": (0.914, 0.951, 0.69, 0.819, 0.75, 0.278, 0.278),
    "temporal_fragmentation": (0.902, 0.962, 0.721, 0.858, 0.804, 0.122, 0.5),
    "current_fragmentation": (1.0, 0.97, 0.962, 0.75, 0.7, 0.0, 0.0),
    "agency_fragmentation": (0.825, 0.929, 0.429, 0.644, 0.733, 0.0, 0.0),
    "ei_index": (0.212, 0.0, 0.375, 0.538, 0.2, 0.81, 1.0),
}  # fmt: skip
BOUNDS = {  # in the order of the cases above
    "best_picture.low": (0.379, 0.52, 0.478, 0.578, 0.5, 1.0, 0.778),
    "without_best": (0.106, 0.4, 0.391, 0.244, 0.393, 1.0, 0.556),
    "unshared_pairs.high": (0.862, 0.673, 0.782, 0.646, 0.672, 0.0, 0.538),
    "missed_opportunities.low": (4, 1, 7, 4, 2, 0, 0),
    "temporal_fragmentation.high": (0.912, 0.962, 0.733, 0.904, 0.804, 0.122, 0.5),
}  # fmt: skip
NUMBERS = {  # in the order of the cases above
    "one-way rows without confirmation": (5, 1, 5, 2, 0, 0, 1),
    "put aside by a decision (whatever the status)": (3, 2, 3, 2, 0, 0, 0),
    "held back": (0, 0, 0, 0, 0, 0, 0),
    "actions on record": (6, 0, 2, 5, 2, 7, 0),
    "of these on a worry": (6, 0, 2, 5, 2, 7, 0),
}  # fmt: skip
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


def expected_of(table, name):
    place = list(DATES).index(name)
    return {key: numbers[place] for key, numbers in table.items()}


def rounded(numbers):
    return {key: round(number, 3) for key, number in numbers.items()}


@pytest.mark.parametrize("name", DATES)
def test_the_scores_are_the_known_ones(name):
    v = at_default_date(name)
    assert v.at.isoformat() == DATES[name]
    found = brute.scores(v)
    assert list(found) == list(SCORES)
    assert rounded(found) == expected_of(SCORES, name)


@pytest.mark.parametrize("name", DATES)
def test_the_bounds_are_the_known_ones(name):
    assert rounded(brute.bounds(at_default_date(name))) == expected_of(BOUNDS, name)


@pytest.mark.parametrize("name", DATES)
def test_the_statuses_are_the_known_ones(name):
    expected = {c: word for word, concerns in STATUS[name].items() for c in concerns.split()}
    assert responsibility.statuses(at_default_date(name)) == expected


@pytest.mark.parametrize("name", DATES)
def test_the_numbers_beside_are_the_known_ones(name):
    v = at_default_date(name)
    every, on_a_worry = responsibility.actions_on_record(v)
    assert expected_of(NUMBERS, name) == {
        "one-way rows without confirmation": sum(any(v.unconfirmed(row, one) for one in row.to) for row in v.rows),
        "put aside by a decision (whatever the status)": len(responsibility.put_aside(v)),
        "held back": len(opportunities.held_back(v)),
        "actions on record": every,
        "of these on a worry": on_a_worry,
    }


def test_the_worked_example_to_four_decimals():
    v = model.view(model.load(FOLDER / "worked_example"), "2024-01-31")
    found = {key: round(number, 4) for key, number in {**brute.scores(v), **brute.bounds(v)}.items()}
    expected = {
        "fragmentation": 0, "distance_fragmentation": 0.2778, "temporal_fragmentation": 0.5, "concern_clusters": 1,
        "unshared_pairs": 0.3077, "unshared_pairs.high": 0.5385, "best_picture": 0.7778, "without_best": 0.5556,
        "smallest_meeting": 2, "exclusive_concerns": 1, "unowned_share": 1, "diffusion": 0.3457,
        "missed_opportunities": 0,
    }  # fmt: skip
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


@pytest.mark.parametrize("name", DATES)
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
