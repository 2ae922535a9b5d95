"""Null models: they keep what they say, and p is about uniform where nothing but chance is at work."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import safetynet as sn
from safetynet.case.edits import rewrite
from safetynet.record.snapshot import snapshot
from safetynet.study.nulls import MODELS, two_sided
from tests import builder

TALK = ("told", "asked", "declined", "met")


def shuffled(case: sn.Case, kind: str, draws: int, seed: int = 1) -> list[sn.Case]:
    view = snapshot(case)
    rows = [row for row in view.contacts if row.kind in TALK]
    variants = MODELS[kind](view, rows, draws, (seed,))
    return [case._of(rewrite(case._raw, case._records, *variant)) for variant in variants]


def talk(case: sn.Case) -> list[Any]:
    return [row for row in case._records.rows if row.kind in TALK]


@pytest.mark.parametrize("name", ["victoria_climbie", "pelka", "malachi_subecz"])
def test_shuffled_dates_keep_who_met_whom_and_how_many_contacts_each_day_had(name: str) -> None:
    case = sn.load_case(name)
    day = case._day()

    def kept(one: sn.Case) -> Any:
        rows = talk(one)
        by_then = Counter(tuple(row.date) for row in rows if row.date.last <= day)
        return by_then, [(row.id, row.who, row.to, row.present, row.concerns) for row in rows]

    def others(one: sn.Case) -> Any:
        return [row for row in one._records.rows if row.kind not in TALK or case._records.by_id[row.id].date.last > day]

    for one in shuffled(case, "dates", 5):
        assert kept(one) == kept(case)
        assert others(one) == others(case)
        assert [row.date for row in one._records.rows] != [row.date for row in case._records.rows]


def test_what_was_read_later_is_read_as_many_days_after_its_date() -> None:
    rows = "01-01 told T>S c1 letter received_on=01-08\n01-02 told S>P - phone\n02-01/02-10 told P>T - phone"
    case = builder.case("T@a S@b P@c", "c1:3", rows)
    late = [case._records.by_id["e1"]]  # seven days on its way
    for one in shuffled(case, "dates", 5):
        for row in late:
            now = one._records.by_id[row.id]
            assert now.received_on.last - now.date.last == row.received_on.last - row.date.last


@pytest.mark.parametrize("name", ["victoria_climbie", "max", "khyra_ishaq"])
def test_shuffled_partners_keep_how_often_each_was_in_contact_and_when_their_agency_was(name: str) -> None:
    case = sn.load_case(name)
    party = {one.id: one.agency or one.id for one in case._records.people.values()}
    working = {one.id for one in case._records.people.values() if one.kind == "professional"}

    def kept(one: sn.Case) -> Any:
        rows = talk(one)
        often = Counter(who for row in rows for field in (row.who, row.to, row.present) for who in field)
        parties = [
            [[party[who] if who in working else who for who in field] for field in (row.who, row.to, row.present)]
            for row in rows
        ]
        return often, parties, [(row.id, row.date, row.concerns) for row in rows]

    changed = 0
    for one in shuffled(case, "partners", 5):
        assert kept(one) == kept(case)
        changed += [row.who for row in talk(one)] != [row.who for row in talk(case)]
        for row in talk(one):
            there = [*row.who, *row.to, *row.present]
            before = case._records.by_id[row.id]
            assert len(set(there)) == len({*before.who, *before.to, *before.present})
    assert changed == 5


def test_a_score_that_does_not_depend_on_what_is_shuffled_has_p_of_one() -> None:
    found = sn.null_models(sn.load_case("pelka"), draws=20).set_index(["kind", "score"])
    still = [("dates", "fragmentation"), ("dates", "ei_index"), ("partners", "agency_fragmentation")]
    for one in still:
        assert found.loc[one, "p"] == 1
        assert np.isnan(found.loc[one, "z"])
        assert found.loc[one, "value"] == pytest.approx(found.loc[one, "expected"])


def test_p_by_hand() -> None:
    drawn = np.array([1.0, 2.0, 3.0, 4.0])
    assert two_sided(0.5, drawn) == pytest.approx(2 / 5)  # below all four: itself alone of five, twice
    assert two_sided(3.0, drawn) == 1  # 3, 4 and itself, twice: more than one
    assert two_sided(4.0, drawn) == pytest.approx(2 * 2 / 5)  # 4 and itself
    assert np.isnan(two_sided(float("nan"), drawn))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "score"), [("dates", "temporal_fragmentation"), ("partners", "distance_fragmentation")]
)
def test_p_is_about_uniform_where_the_record_is_itself_a_shuffled_one(kind: str, score: str) -> None:
    """120 records that are shuffled ones: one p in five is at most 0.2, give or take three deviations of 0.037."""
    case = sn.synthetic(seed=4, people=14, contacts=30, agencies=3, worries=4, silo=0.0)
    measure = getattr(sn, score)
    found = []
    for number, one in enumerate(shuffled(case, kind, 120, seed=77)):
        drawn = np.array([float(measure(another)) for another in shuffled(one, kind, 39, seed=number)])
        found.append(two_sided(float(measure(one)), drawn))
    for level in (0.2, 0.4, 0.6):
        share = np.mean(np.array(found) <= level + 1e-9)
        assert abs(share - level) <= 3 * np.sqrt(level * (1 - level) / 120), (level, share)


def test_planted_haste_is_found() -> None:
    """A message that was passed on in order, one to the next, reaches further than most other orders of its dates."""
    names = "ABCDEFGH"
    rows = [{"id": "o1", "date": "2024-01-01", "kind": "observed", "who": "A", "concerns": "c1"}]
    rows += [
        {"date": f"2024-01-{day + 2:02d}", "kind": "told", "who": one, "to": other, "channel": "letter", "concerns": ""}
        for day, (one, other) in enumerate(pairwise(names))
    ]
    made = builder.case(" ".join(f"{name}@a{name}" for name in names), "c1:3", *rows)
    found = sn.null_models(made, draws=99).set_index(["kind", "score"])
    line = found.loc[("dates", "temporal_fragmentation")]
    assert line["value"] == pytest.approx(1 - 28 / 56)  # each reaches everybody after them, nobody before
    assert line["z"] < -2
    assert line["p"] < 0.05


@pytest.mark.parametrize(("name", "value"), [("draws", 0), ("seed", -3)])
def test_a_number_out_of_its_range_is_named(name: str, value: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=name):
        sn.null_models(sn.load_case("worked_example"), **{name: value})
