"""Diffusion of responsibility and the unowned share."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.responsibility import diffusion, unowned_share
from safetynet.measures.states import MODELS, states, unowned
from safetynet.record.snapshot import snapshot
from tests import strategies
from tests.brute import model, responsibility
from tests.builder import alone, from_tables, nobody
from tests.measures import packaged, ruled
from tests.measures.four import day, four
from tests.measures.packaged import same
from tests.measures.test_actions import KNOWN

# the worked example ---------------------------------------------------------------------------------------


def test_the_worked_example_comes_out_as_by_hand() -> None:
    case = sn.load_case("worked_example")
    score = diffusion(case, "2024-01-31")
    # c1: T and S see two others, P one: 1 - 2^-0.65; c2: P sees S: 1 - 2^-0.5; c3: G sees T: 1 - 2^-0.8
    assert score.table["index"].round(4).to_dict() == {"c1": 0.3627, "c2": 0.2929, "c3": 0.4257}
    assert round(float(score), 4) == 0.3457  # (3 * 0.3627 + 4 * 0.2929 + 2 * 0.4257) / 9
    assert score.table["others"].to_dict() == {
        "c1": (("P", 1), ("S", 2), ("T", 2)),
        "c2": (("P", 1),),
        "c3": (("G", 1), ("T", 2)),
    }
    assert float(unowned_share(case, "2024-01-31")) == 1
    assert list(unowned_share(case, "2024-01-31").table["owned"]) == [False, False, False]


def test_the_packaged_cases_have_the_numbers_of_the_oracle() -> None:
    found = {name: sn.load_case(name) for name in packaged.NAMES if name != "harbour_street"}  # made later
    assert {name: round(float(diffusion(case)), 3) for name, case in found.items()} == {
        "victoria_climbie": 0.632,
        "malachi_subecz": 0.473,
        "khyra_ishaq": 0.382,
        "pelka": 0.441,
        "reuben": 0.265,
        "max": 0.0,
        "worked_example": 0.346,
    }
    unowned_shares = {name: round(float(unowned_share(case)), 3) for name, case in found.items()}
    assert {name: share for name, share in unowned_shares.items() if share != 1} == {"reuben": 0.857, "max": 0}
    on_record = {name: unowned_share(case).table["actions_on_record"].max() for name, case in found.items()}
    assert list(on_record.values()) == [6, 0, 2, 5, 2, 7, 0]
    aside = {name: (unowned_share(case).table["aside_by"].str.len() > 0).sum() for name, case in found.items()}
    assert list(aside.values()) == [3, 2, 3, 2, 0, 0, 0]


# the volunteer's dilemma ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "number"), [("A1;B1", 2), ("A1;B1;C1", 3), ("A1;A2;B1;C1;D1", 5)])
def test_informed_who_see_exactly_each_other_are_in_diekmanns_dilemma(who: str, number: int) -> None:
    case = four(f"1 met {who} c1")  # severity 3: the ratio of cost to benefit is 0.4
    value = float(diffusion(case, day(1), model="volunteers_dilemma"))
    assert value == pytest.approx(0.4 ** (number / (number - 1)))
    assert number != 2 or round(value, 4) == 0.16
    assert number != 5 or round(value, 4) == 0.3181  # both as published


def test_somebody_who_leaves_it_to_others_adds_nothing_to_the_chance_that_one_acts() -> None:
    case = four("1 met A1;B1 c3", "2 assumed A1>B1 c3")
    # A1's factor is 1; B1 sees A1 alone: 0.6^(1/1) at severity 2
    assert float(diffusion(case, day(2), model="volunteers_dilemma")) == pytest.approx(0.6)
    assert float(diffusion(case, day(2))) == pytest.approx(1 - 2**-0.8)  # f of A1 is 0, of B1 2^-0.8


def test_there_is_no_third_model() -> None:
    with pytest.raises(sn.ArgumentError, match="volunteers_dilemma"):
        diffusion(alone(), model="bystander")  # type: ignore[arg-type]


# what is said ---------------------------------------------------------------------------------------------


def test_silence_is_counted_in_the_unowned_share_and_not_in_diffusion() -> None:
    case = four("1 observed A1 c1", "2 told B1>C1 c2 phone")
    assert float(diffusion(case, day(2))) == pytest.approx(1 - 2**-0.5)  # c2 alone
    assert float(unowned_share(case, day(2))) == 1


def test_the_unowned_share_says_how_many_actions_are_on_record_at_all() -> None:
    none = unowned_share(four(KNOWN), day(9))
    assert none.table["actions_on_record"].tolist() == [0]
    assert "No action is on record at all" in none.explain()
    case = four(KNOWN, "1 told A1>B1 c3 phone", "2 agreed B1 c1", "3 agreed C1", "4 opened C1", "5 opened C1 c2")
    score = unowned_share(case, day(9))
    assert score.table["actions_on_record"].tolist() == [3, 3]  # e3, e4 and e6: e5 names no concern
    assert score.table["actions"].to_dict() == {"c1": ("e3",), "c3": ()}
    assert score.table["owned"].to_dict() == {"c1": True, "c3": False}
    assert float(score) == pytest.approx(2 / 5)
    assert "3 actions are on record at all" in score.explain()


def test_what_a_decision_put_aside_is_named_with_the_decision() -> None:
    score = unowned_share(four(KNOWN, "5 decided A1 c1 outcome=step_down"), day(9))
    assert score.table["aside_by"].to_dict() == {"c1": ("e2",)}
    assert "1 of them put aside by a decision" in score.explain()


@pytest.mark.parametrize("case", [nobody(), four(), four("1 observed M c1")])
def test_without_a_known_worry_nothing_is_defined(case: sn.Case) -> None:
    full = four(KNOWN)
    for score, other in ((diffusion(case), diffusion(full)), (unowned_share(case), unowned_share(full))):
        assert not score.defined
        assert score.reason == "no professional has a current worry on record"
        assert score.rows == ()
        assert len(score.table) == 0
        assert score.table.dtypes.equals(other.table.dtypes)


def test_one_person_alone_has_an_unowned_share_and_no_diffusion() -> None:
    assert diffusion(alone()).reason == "for no worry does anybody informed have someone to leave it to"
    assert float(unowned_share(alone())) == 1


def test_resolved_worries_are_out_from_that_day_on() -> None:
    case = four(KNOWN, "1 told A1>B1 c2 phone", concerns="c1 resolved=5 c2")
    assert list(diffusion(case, day(4)).table.index) == ["c1", "c2"]
    assert list(diffusion(case, day(5)).table.index) == ["c2"]


# against the brute force, and what must always hold ---------------------------------------------------------------


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, ruled.some_rules)
def test_the_scores_of_a_random_case_agree_with_the_brute_force(tables, at, rules) -> None:
    v = ruled.view(tables, at, rules)
    case = from_tables(tables)
    for way in MODELS:
        score = diffusion(case, at, model=way, rules=rules)
        assert same(score, responsibility.diffusion(v, model=way))
        assert not {row for rows in score.table["rows"] for row in rows} - set(case.chronology["id"])
    share = unowned_share(case, at, rules=rules)
    assert same(share, responsibility.unowned_share(v))
    assert set(share.table.index[~share.table["owned"]]) == responsibility.unowned_concerns(v)
    assert set(unowned(snapshot(case, at, rules))) == responsibility.unowned_concerns(v)
    if len(share.table):
        assert share.table["actions_on_record"].iloc[0] == responsibility.actions_on_record(v)[0]


@packaged.on_every_date
def test_the_scores_of_the_packaged_cases_agree_with_the_brute_force(name: str, part: str) -> None:
    tables, case, at = packaged.asked(name, part)
    v = model.view(tables, at)
    for way in MODELS:
        assert same(diffusion(case, at, model=way), responsibility.diffusion(v, model=way))
    assert same(unowned_share(case, at), responsibility.unowned_share(v))


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, st.integers(0, 20), st.sampled_from(MODELS))
def test_naming_an_informed_owner_who_is_at_it_never_raises_diffusion_nor_the_unowned_share(
    tables, at: dt.date, pick: int, way
) -> None:
    case = from_tables(tables)
    informed = [(state.worry, name) for state in states(snapshot(case, at)).values() for name in state.informed]
    assume(informed)
    worry, name = informed[pick % len(informed)]
    after = case.with_rows([{"id": "new", "date": at, "kind": "agreed", "who": name, "concerns": worry, "due": at}])
    assume(after.end == max(at, case.end or at) and after.end == case.end)  # else open ends would move
    assert states(snapshot(after, at))[worry].status == "owned"
    assert float(unowned_share(after, at)) <= float(unowned_share(case, at)) + 1e-12
    before, now = float(diffusion(case, at, model=way)), float(diffusion(after, at, model=way))
    assert now == 0 if math.isnan(before) else now <= before + 1e-12


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tables, at: dt.date, random) -> None:
    shuffled = {name: list(lines) for name, lines in tables.items()}
    random.shuffle(shuffled["chronology"])
    one, other = from_tables(tables), from_tables(shuffled)
    pd.testing.assert_frame_equal(diffusion(one, at).table, diffusion(other, at).table)
    pd.testing.assert_frame_equal(unowned_share(one, at).table, unowned_share(other, at).table)


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_the_names_of_people_change_nothing(tables, at: dt.date) -> None:
    new = {person["id"]: f"z{99 - place}" for place, person in enumerate(tables["people"])}  # in another order besides
    renamed = {
        name: [
            {column: ";".join(new.get(part, part) for part in cell.split(";")) for column, cell in line.items()}
            for line in lines
        ]
        for name, lines in tables.items()
    }
    one, other = (diffusion(from_tables(each), at).table for each in (tables, renamed))
    pd.testing.assert_frame_equal(one[["index", "status", "rows"]], other[["index", "status", "rows"]])
