"""Made-up cases: valid, the same everywhere, and every score follows what was planted."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

import safetynet as sn
from safetynet.case.vocabulary import ROW_KINDS

GRID = (0.0, 0.25, 0.5, 0.75, 1.0)


@cache
def planted_case(seed: int, planted: str, value: float) -> sn.Case:
    return sn.synthetic(seed=seed, **{planted: value})


def rank_correlation(name: str, planted: str, seeds: int = 4) -> float:
    """Spearman's rank correlation of a score with what was planted, over some seeds and the values of `GRID`."""
    pairs = [
        (value, float(getattr(sn, name)(planted_case(seed, planted, value))))
        for seed, value in product(range(1, seeds + 1), GRID)
    ]
    x, y = np.array(pairs).T
    from scipy.stats import spearmanr  # takes a second to import, so that only the tests that need it wait for it

    return float(spearmanr(x, y, nan_policy="omit")[0])


# Of 20 pairs a rank correlation beyond 0.56 has a chance of one in a hundred where nothing is planted (two-sided).
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "planted", "sign"),
    [
        ("unshared_pairs", "sharing", -1),
        ("missed_share", "sharing", -1),
        ("missed_opportunities", "sharing", -1),
        ("best_picture", "sharing", 1),
        ("worry_fragmentation", "sharing", -1),
        ("fragmentation", "silo", 1),
        ("agency_fragmentation", "silo", 1),
        ("temporal_fragmentation", "silo", 1),
        ("ei_index", "silo", -1),
        ("unshared_pairs", "silo", 1),
        ("unowned_share", "ownership", -1),
        ("diffusion", "ownership", -1),
        ("distance_fragmentation", "missing", 1),
    ],
)
def test_a_score_follows_what_was_planted(name: str, planted: str, sign: int) -> None:
    assert sign * rank_correlation(name, planted) > 0.56


def test_who_owns_what_does_not_depend_on_how_much_is_shared() -> None:
    shares = {float(sn.unowned_share(sn.synthetic(seed=3, sharing=sharing))) for sharing in (0.3, 0.6, 1.0)}
    assert len(shares) == 1


@pytest.mark.slow
def test_every_worry_is_owned_or_none_is_at_the_two_ends() -> None:
    for seed in range(1, 6):
        assert float(sn.unowned_share(sn.synthetic(seed=seed, ownership=0.0))) == 1
        assert float(sn.unowned_share(sn.synthetic(seed=seed, ownership=1.0))) == 0


def test_agencies_that_all_keep_to_themselves_are_so_many_parts() -> None:
    case = sn.synthetic(people=8, agencies=2, contacts=150, silo=1.0)  # four people in each of two
    assert float(sn.fragmentation(case)) == pytest.approx(1 - 2 * 4 * 3 / (8 * 7))
    assert float(sn.agency_fragmentation(case)) == 1


def test_nothing_is_shared_where_nothing_was_planted() -> None:
    case = sn.synthetic(sharing=0.0)
    assert not any(row.concerns for row in case._records.rows if row.kind in ("told", "asked", "declined", "met"))


def test_there_are_as_many_contacts_as_asked_for_and_a_meeting_at_each_turn() -> None:
    case = sn.synthetic(contacts=83, days=200, meeting_every=30)
    assert len(case.contacts) == 83
    assert len(case.meetings) == 6  # on the days 30, 60 … 180; the last fourteen are quiet
    days = sorted(row.date.last for row in case._records.rows if row.kind == "met")
    assert {later - sooner for sooner, later in pairwise(days)} == {30}


def test_a_case_uses_every_kind_of_row() -> None:
    assert set(sn.synthetic().chronology["kind"]) == set(ROW_KINDS)


def test_what_is_missing_is_missing_from_the_same_case() -> None:
    whole, half, none = (set(sn.synthetic(seed=5, missing=share).chronology["id"]) for share in (0.0, 0.5, 1.0))
    assert none < half < whole
    kinds = set(sn.synthetic(seed=5, missing=1.0).chronology["kind"])
    assert not kinds & {"told", "asked", "declined", "met"}


@pytest.mark.parametrize("missing", [0.0, 0.4])
def test_a_case_reads_back_as_it_is(missing: float, tmp_path: Any) -> None:
    case = sn.synthetic(seed=2, missing=missing)
    assert sn.read_case(sn.write_case(case, tmp_path / "case.json")) == case
    assert case.status == "illustrative"


def test_the_smallest_and_the_most_extreme_are_cases() -> None:
    for silo, sharing, missing in product((0.0, 1.0), repeat=3):
        small = sn.synthetic(0, 4, 1, silo, sharing, 1.0, missing, agencies=9, worries=2, days=120, meeting_every=1)
        assert small._sizes["professionals"] == 4
        assert small._sizes["agencies"] == 2
    assert len(sn.synthetic(contacts=0, meeting_every=10_000).contacts) == 0


@pytest.mark.slow
def test_another_process_makes_the_same_case() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", "import safetynet as sn; print(sn.synthetic(seed=9).chronology.to_csv())"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert sn.synthetic(seed=9) != sn.synthetic(seed=10)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("silo", 1.5), ("sharing", -0.1), ("ownership", "half"), ("missing", True), ("people", 3), ("seed", -1)],
        *[("contacts", 2.5), ("agencies", 1), ("worries", 0), ("days", 30), ("days", 10**7), ("meeting_every", 0)],
    ],
)
def test_a_number_out_of_its_range_is_named(name: str, value: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=name):
        sn.synthetic(**{name: value})
