"""What is asked of all cases of a study together: who works with whom around how many of them."""

from __future__ import annotations

import math
import random
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from tests import builder

AGENCIES = "school:education council:social_care health:health"
WHERE = {"A": "school", "B": "council", "C": "health", "D": "council", "E": "health", "F": ""}
SECTORS = {"school": "education", "council": "social_care", "health": "health", "": "other"}


def cohort(place: Path, seed: int, number: int = 12) -> tuple[sn.Study, dict[str, set[str]]]:
    """Small cases in which a few of six workers have spoken up, the last one with a conference; and who is in each."""
    draw = random.Random(seed)
    place.mkdir()
    around: dict[str, set[str]] = {}
    for one in range(number):
        group = set(draw.sample(sorted(WHERE), draw.randint(0, 5)))
        people = " ".join(f"{name}@{agency}" if agency else name for name, agency in WHERE.items())
        rows = [f"01-{day:02} observed {name} c1" for day, name in enumerate(sorted(group), 2)]
        if one == number - 1:
            rows.append("01-20 met A;B - conference")
            group |= {"A", "B"}
        sn.write_case(builder.case(people, "c1", *rows, agencies=AGENCIES), place / f"case{one:02}.json")
        around[f"case{one:02}"] = group
    return sn.read_study(place), around


def shared(around: dict[str, set[str]], pair: tuple[str, str]) -> int:
    return sum(set(pair) <= group for group in around.values())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_care_density_agrees_with_asking_every_pair_about_every_case(seed: int, tmp_path: Path) -> None:
    study, around = cohort(tmp_path / "cohort", seed)
    table = study.care_density("2024-02-01")
    assert table["case"].tolist() == sorted(around)
    for line in table.itertuples():
        pairs = list(combinations(sorted(around[line.case]), 2))
        each = [shared(around, pair) for pair in pairs]
        assert line.people == tuple(sorted(around[line.case]))
        assert (line.professionals, line.pairs) == (len(around[line.case]), len(pairs))
        assert line.shared_pairs == sum(one > 1 for one in each)
        assert line.care_density == pytest.approx(sum(each) / len(each) if each else math.nan, nan_ok=True)
        assert line.reason == ("" if pairs else "fewer than two professionals have seen the child")
    cases = [case for case in study if len(case.chronology)]
    plain = sn.care_density(cases, at="2024-02-01")["care_density"]
    assert table[table["case"].isin(plain.index)]["care_density"].tolist() == pytest.approx(plain.tolist(), nan_ok=True)


def test_a_pair_weighs_by_the_sectors_of_the_two_or_by_what_is_given(tmp_path: Path) -> None:
    study, around = cohort(tmp_path / "cohort", 4)
    kinds = sorted(set(SECTORS.values()))
    weights = {(a, b): 1 + kinds.index(a) + 10 * kinds.index(b) for a in kinds for b in kinds if a <= b}
    table = study.fragmented_care_density(weights, at="2024-02-01")
    for line in table.itertuples():
        each = []
        for a, b in combinations(sorted(around[line.case]), 2):
            one, other = sorted((SECTORS[WHERE[a]], SECTORS[WHERE[b]]))
            each.append(shared(around, (a, b)) * weights[one, other])
        mean = sum(each) / len(each) if each else math.nan
        assert line.fragmented_care_density == pytest.approx(mean, nan_ok=True)
    alike = study.fragmented_care_density({("x", "x"): 1}, kinds=dict.fromkeys(WHERE, "x"), at="2024-02-01")
    assert alike["fragmented_care_density"].tolist() == pytest.approx(
        study.care_density("2024-02-01")["care_density"].tolist(), nan_ok=True
    )
    with pytest.raises(sn.ArgumentError, match="no kind is given for the professional"):
        study.fragmented_care_density({("x", "x"): 1}, kinds={"A": "x"}, at="2024-02-01")
    with pytest.raises(sn.ArgumentError, match="no number for the pair of kinds"):
        study.fragmented_care_density({}, at="2024-02-01")


def test_who_is_in_several_cases_stands_with_the_cases_and_with_how_many_others(tmp_path: Path) -> None:
    study, around = cohort(tmp_path / "cohort", 5)
    table = study.across_cases("2024-02-01")
    several = {name: [case for case in sorted(around) if name in around[case]] for name in WHERE}
    expected = {name: cases for name, cases in several.items() if len(cases) > 1}
    assert table["person"].tolist() == sorted(expected)
    for line in table.itertuples():
        assert line.in_cases == tuple(expected[line.person])
        assert line.cases == len(line.in_cases)
        assert line.sector == SECTORS[WHERE[line.person]]
        each = [shared(around, (line.person, other)) for other in WHERE if other != line.person]
        assert line.pairs == sum(one > 0 for one in each)
        assert line.shared_pairs == sum(one > 1 for one in each)


def test_the_same_comes_out_whoever_asks_and_a_case_without_the_day_says_why(tmp_path: Path) -> None:
    study, _ = cohort(tmp_path / "cohort", 6)
    pd.testing.assert_frame_equal(study.care_density(workers=2), study.care_density())
    table = study.care_density("first conference").set_index("case")
    assert table.loc["case11", "reason"] == ""
    assert table.loc["case00", "reason"] == "no conference on record"
    assert math.isnan(table.loc["case00", "care_density"])
    assert study.across_cases("first conference").empty


def test_a_case_that_cannot_be_read_is_told_and_left_out(tmp_path: Path) -> None:
    study, _ = cohort(tmp_path / "cohort", 7)
    (tmp_path / "cohort" / "case03.json").write_text("{}")
    assert len(study.care_density("2024-02-01")) == 11
    assert set(study.problems["case"]) == {"case03"}
