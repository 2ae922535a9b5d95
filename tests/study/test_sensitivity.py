"""What a score depends on: conventions, the grain of the coding, single rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.headline import NAMES
from safetynet.rules import DEFAULT
from safetynet.study.sensitivity import CHOICES, DAYS
from tests.builder import case


def lines(one: sn.Case, score: str, kind: str, **more: Any) -> pd.DataFrame:
    table = sn.sensitivity(one, **more)
    return table[(table["score"] == score) & (table["kind"] == kind)].set_index(["choice", "setting"])


def test_the_worked_example_by_hand() -> None:
    one = sn.load_case("worked_example")  # unshared pairs 8 of 26: c1 weighs 3, c2 4, c3 2, and nobody has c2 and c3
    found = lines(one, "unshared_pairs", "convention")["after"]
    assert found["unconfirmed", "does_not_count"] == pytest.approx(14 / 26)  # without the letter nobody has c1 and c3
    assert found["weights", "1, 1, 1, 1"] == pytest.approx(1 / 3)
    assert found["weights", "1, 4, 9, 16"] == pytest.approx(16 * 4 / (9 * 16 + 9 * 4 + 16 * 4))
    grain = lines(one, "unshared_pairs", "grain")["after"]
    assert grain["c1", "split"] == pytest.approx(8 / (8 + 9 + 12 + 12 + 6 + 6))  # the halves are held together
    assert grain["desks", "a person read as a desk"] == pytest.approx(14 / 26)  # G's letter lies on the school's file
    rows = lines(one, "unshared_pairs", "row")["after"]
    assert rows["e3", "left out"] == 0  # c2 is not known, as P saw nothing
    assert rows["e5", "left out"] == pytest.approx(14 / 26)


def test_two_worries_read_as_one_have_the_higher_severity_and_both_sets_of_holders() -> None:
    rows = "01-01 observed T c1\n01-02 observed S c2\n01-03 observed T c3\n01-04 observed P c3"
    one = case("T@a S@b P@c", "c1:1 c2:3 c3:4 category=physical", rows)
    grain = lines(one, "best_picture", "grain")["after"]
    # T has 1 + 4 of 8; as one worry of weight 3, T has everything: 3 + 4 of 7
    assert lines(one, "best_picture", "grain")["value"].iloc[0] == pytest.approx(5 / 8)
    assert grain["c2 c1", "merged"] == 1
    assert ("c3 c1", "merged") not in grain.index  # of another category


def test_a_desk_read_as_a_person_gives_somebody_what_lay_on_its_file() -> None:
    rows = "01-01 observed T c1\n01-02 observed S c2\n01-03 told T>b c1 letter"
    one = case("T@a S@b", "c1:1 c2:3", rows)
    line = lines(one, "unshared_pairs", "grain").loc[("desks", "a desk read as a person")]
    assert (line["value"], line["after"], line["gain"]) == (1, 0, -1)


@pytest.mark.slow
def test_rows_that_move_a_score_most_stand_first_and_agree_with_leaving_them_out() -> None:
    one = sn.load_case("max")
    found, day = lines(one, "distance_fragmentation", "row", most=4), dt.date.fromordinal(one._day())
    assert len(found) <= 4
    assert found["gain"].abs().is_monotonic_decreasing
    for line in found.itertuples():
        (row,) = line.rows
        assert line.after == pytest.approx(sn.scores(one.without(row), day)["distance_fragmentation"])
    every = [sn.scores(one.without(row), day)["distance_fragmentation"] for row in one.chronology["id"]]
    assert np.nanmax(np.abs(np.array(every) - found["value"].iloc[0])) == pytest.approx(found["gain"].abs().iloc[0])


@pytest.mark.parametrize("name", ["worked_example", "max", "reuben"])
def test_no_rule_that_is_left_alone_moves_a_headline_score(name: str) -> None:
    one = sn.load_case(name)
    before = sn.scores(one)
    for rule in fields(DEFAULT):
        if rule.name in CHOICES or rule.name in DAYS:
            continue
        now = getattr(DEFAULT, rule.name)
        others: dict[str, Any] = {"marks": {8: (1.0, 1.0)}, "dilemma": (0.5, 0.5, 0.5, 0.5), "grave": 4}
        other = others.get(rule.name, now / 2 if isinstance(now, float) else now)
        other = now + 1 if isinstance(now, int) and rule.name != "grave" else other
        pd.testing.assert_series_equal(sn.scores(one, rules=sn.Rules(**{rule.name: other})), before)


def test_every_score_has_every_convention_and_both_desks() -> None:
    table = sn.sensitivity(sn.load_case("reuben"))
    assert table["score"].unique().tolist() == list(NAMES)
    conventions = table[table["kind"] == "convention"].groupby("score", sort=False).size()
    assert set(conventions) == {9 + 2 * len(DAYS)}
    assert not table["setting"].eq("").any()


@pytest.mark.parametrize("most", [0, 1.5, "all"])
def test_a_number_of_rows_that_is_none_is_answered(most: Any) -> None:
    with pytest.raises(sn.ArgumentError, match="most"):
        sn.sensitivity(sn.load_case("worked_example"), most=most)


@pytest.mark.parametrize("function", [sn.sensitivity, sn.intervals, sn.envelope, sn.null_models, sn.matters_stability])
def test_what_is_no_case_is_answered(function: Any) -> None:
    with pytest.raises(sn.SafetynetError, match="case"):
        function("victoria_climbie")
