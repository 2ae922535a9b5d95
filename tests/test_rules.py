"""The modelling choices."""

from __future__ import annotations

import math
import pickle
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

import safetynet as sn
from tests import builder


def test_rules_are_equal_when_their_choices_are():
    assert sn.Rules() == sn.Rules()
    assert hash(sn.Rules(grace_days=14)) == hash(sn.Rules().with_(grace_days=14))
    assert sn.Rules(grace_days=14) != sn.Rules()
    assert pickle.loads(pickle.dumps(sn.Rules(grace_days=9))) == sn.Rules(grace_days=9)


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        (sn.Rules(), "Rules()"),
        (sn.Rules(dates="latest", grace_days=7), "Rules()"),
        (sn.Rules(dates="earliest"), "Rules(dates='earliest')"),
        (sn.Rules(grace_days=9, weights=(1, 2, 3, 5)), "Rules(weights=(1.0, 2.0, 3.0, 5.0), grace_days=9)"),
        (sn.Rules(who_counts=("support", "professional")), "Rules(who_counts=('professional', 'support'))"),
        (sn.Rules(marks={8: (0.8, 0.5), 9: (0.9, 0.5)}), "Rules(marks={8: (0.8, 0.5)})"),
        (sn.Rules(grave=np.int64(4), rise=np.float32(0.25)), "Rules(grave=4, rise=0.25)"),
    ],
)
def test_rules_show_what_differs_from_the_default_and_are_made_anew_of_it(rules, shown):
    assert repr(rules) == shown
    assert eval(shown, {"Rules": sn.Rules}) == rules


def test_rules_cannot_be_changed():
    with pytest.raises(AttributeError):
        sn.Rules().grace_days = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        sn.Rules().marks[1] = (0.0, 0.0)  # type: ignore[index]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"same_day": "some"}, "'any', 'none'"),
        ({"dates": "first"}, "'latest', 'earliest'"),
        ({"weights": (1, 2, 3)}, "four numbers"),
        ({"weights": (0, 1, 2, 3)}, "above 0"),
        ({"dilemma": (2, 1, 1, 1)}, "up to 1"),
        ({"grace_days": -1}, "number of days"),
        ({"depth_ratio": 0.9}, "a number from 1 up"),
        ({"depth_ratio": True}, "a number from 1 up"),
        ({"depth_ratio": math.inf}, "a number from 1 up"),
        ({"grace_days": 1.5}, "number of days"),
        ({"who_counts": ("support",)}, "always has 'professional'"),
        ({"who_counts": ("professional", "child")}, "who_counts='child'"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(choice, said):
    with pytest.raises(sn.ArgumentError, match=said):
        sn.Rules(**choice)


DAYS = dict.fromkeys(
    ("late_days", "silence_days", "warning_days", "post_days"), "a whole number of days from 0 to 1,000,000"
)
COUNTS = dict.fromkeys(("many", "baby_years", "school_years", "rating_gap"), "a whole number from 1 up")
SHARES = dict.fromkeys(("most_of_picture", "next_of_picture", "alike", "again", "thin"), "a share from 0 to 1")
OF_FINDINGS = {"grave": "a severity from 1 to 4", **DAYS, **COUNTS, **SHARES, "rise": "a number above 0"}
NO_NUMBER = (-1, True, None, "3", [3], math.nan, math.inf)
NOR_THIS = {**dict.fromkeys(DAYS, (1.5, 10**9)), **dict.fromkeys((*COUNTS, "grave"), (0, 1.5)), "grave": (0, 5, 2.5)}
NOR_THIS |= {**dict.fromkeys(SHARES, (1.01,)), "rise": (0,)}


def test_every_number_of_the_findings_is_among_them() -> None:
    names = [one.name for one in fields(sn.Rules)]
    assert set(names[names.index("grave") :]) == OF_FINDINGS.keys()


@pytest.mark.parametrize(("name", "said"), OF_FINDINGS.items())
def test_what_is_no_such_number_is_refused_by_name_and_with_its_value(name: str, said: str) -> None:
    for value in (*NO_NUMBER, *NOR_THIS[name]):
        with pytest.raises(sn.ArgumentError) as raised:
            sn.Rules(**{name: value})
        assert str(raised.value) == f"{name} is {said}; it is {value!r}."


@pytest.mark.parametrize("name", SHARES)
def test_a_share_may_be_none_or_all_of_it_and_any_kind_of_number(name: str) -> None:
    assert [getattr(sn.Rules(**{name: value}), name) for value in (0, 1, Fraction(1, 4))] == [0.0, 1.0, 0.25]


def test_a_misspelt_rule_answers_with_the_nearest():
    with pytest.raises(sn.UnknownNameError, match="grace_days"):
        sn.Rules().with_(grace_day=3)


def test_what_is_no_rules_object_is_refused_where_rules_are_taken():
    with pytest.raises(sn.ArgumentError, match="Rules"):
        sn.knowledge(sn.load_case("worked_example"), rules={"same_day": "none"})  # type: ignore[arg-type]


def test_natural_support_can_be_counted_as_part_of_the_network():
    # S saw it and spoke with the neighbour, who spoke with T: only if support passes things on can T have it
    case = builder.case("S@council T@school N:support", "c1", "observed S c1", "told S>N - phone", "told N>T - phone")
    wide = sn.Rules(who_counts=("professional", "support"))
    assert sn.knowledge(case, "possible").held_by("T") == ()
    assert sn.knowledge(case, "possible", rules=wide).held_by("T") == ("c1",)


@pytest.mark.parametrize("weight", [5e-324, 1e308, float("nan"), float("inf")])
def test_weights_that_no_sum_can_hold_are_refused(weight):
    with pytest.raises(sn.ArgumentError, match="weights"):
        sn.Rules(weights=(weight, 2, 3, 4))
