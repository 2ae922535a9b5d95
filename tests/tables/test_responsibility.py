"""Responsibility per worry, and the ecomap's ties."""

from __future__ import annotations

import datetime as dt

import pandas as pd

import safetynet as sn
from safetynet.tables import ecomap_ties, worry_responsibility
from tests.measures import made
from tests.measures.made import saw, told


def test_the_spells_without_an_owner_add_up_to_the_days_unowned():
    for name in sn.list_cases()["name"]:
        for line in worry_responsibility(sn.load_case(name)).itertuples():
            assert sum((last - first).days + 1 for first, last in line.unowned) == line.days_unowned


def test_the_worked_example_is_unowned_from_the_first_day():
    table = worry_responsibility(sn.load_case("worked_example"), at="2024-01-31").set_index("concern")
    assert table.loc["c1", "unowned"] == ((dt.date(2024, 1, 10), dt.date(2024, 1, 31)),)


def test_whoever_assumed_that_others_would_act_is_named_with_whom():
    rows = [saw("T"), {"kind": "assumed", "who": "T", "to": "council", "concerns": "c1"}]
    line = worry_responsibility(made.case("T@school S@council", rows)).iloc[0]
    assert (line["leaving"], line["assumed"]) == (("T",), ("council",))


def ties(*lines: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            dict(zip(("source", "target", "kind", "quality", "start", "end"), (*line, "", "")[:6], strict=True))
            for line in lines
        ]
    )


def test_ties_and_contacts_of_one_pair_are_one_line():
    case = made.case("M:family T@school S@council", [told("T", "M"), told("T", "S"), told("M", "T")],
                     ties=ties(("K", "M", "kin", "strong"), ("M", "T", "care", "weak")))  # fmt: skip
    table = ecomap_ties(case).set_index(["first", "second"])
    assert table.loc[("M", "school")][["quality", "forth", "back", "rows"]].tolist() == ["weak", 1, 1, ("e1", "e3")]
    assert table.loc[("K", "M"), "kinds"] == ("kin",)
    assert ("school", "council") not in table.index  # two agencies without a tie


def test_of_two_ties_the_one_that_asks_for_care_counts_and_an_ended_one_does_not():
    case = made.case(
        "M:family T@school",
        [told("T", "M")],
        ties=ties(
            ("M", "T", "care", "strong"),
            ("M", "T", "working", "stressful"),
            ("M", "T", "kin", "broken", "", "2023-01-01"),
        ),
    )
    line = ecomap_ties(case).iloc[0]
    assert (line["quality"], line["kinds"], line["ended"]) == ("stressful", ("care", "working"), False)


def test_a_tie_that_has_not_begun_is_not_there_and_one_that_ended_is_marked():
    case = made.case("M:family T@school", [], ties=ties(
        ("K", "M", "kin", "strong", "2024-05-01"), ("M", "T", "care", "weak", "2020", "2021")))  # fmt: skip
    table = ecomap_ties(case, "2024-01-01")
    assert table[["first", "second", "ended"]].values.tolist() == [["M", "school", True]]
