"""Every public function that takes ``rules`` follows them: those that are there, and those that will come.

They are found by their signature. A new one is asked as soon as it is public; if it needs more than a case, ``MORE``
says what.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.rules import Rules
from tests.builder import case

Function = Callable[..., Any]
AT = "2024-02-15"
PEOPLE = """
    T@school lead_from=01-02/02-20 S@council P@police G@health A@council Q@school N@helpers:support M:family K:child
"""
ROWS = """
    01-01/02-20 observed T c1
    01-02/02-21 observed P c2
    01-03/02-21 observed G ok
    01-03/02-21 observed T c4
    01-03/02-21 withheld T>P c4 reason=consent_thought_needed
    01-04/02-21 told T>S c1 phone
    01-05/02-22 told S;T>P c1 email
    01-06/02-22 told N>S c3 visit seen=with_carer present=K
    01-07/02-22 observed M c1
    01-08/02-22 met S;P;M c1 review
    01-09/02-22 told P>G c2 letter
    01-09/02-22 told G>S c3 phone
    01-10/02-23 assumed S>P c1
    01-11/02-23 assumed P>S c1
    01-11/02-23 believed G>S c2
    a1: 01-12/02-23 agreed S c1 due=02-13
    a2: 01-12/02-23 agreed - c2
    01-13/02-23 done S ref=a1
    q1: 01-14/02-24 asked T>G c3 phone due=02-05
    01-15/02-24 declined G>T c3 phone ref=q1 reason=capacity
    01-18/02-24 told T>Q - phone
    d1: 01-17/02-24 decided S>T c1 phone outcome=no_further_action
    01-18/02-24 disagreed T>S c1 phone ref=d1
    x1: 01-19/02-25 expected A c1 rule=protocol due=02-10
    01-20/02-25 needed - c1
    01-21/02-25 opened A>T c3 phone
    01-22/02-25 closed G
    01-23/02-25 met T;S;A c1;c3 conference
"""
OTHERS = {
    "agencies": "school:education council:social_care police:police health:health helpers:voluntary",
    "ties": "T S working weak 01-02/02-20\nM K care strong 01-02/02-20",
    "services": "nursery K school 01-03/02-20 02-25 yes\ntherapy K -",
    "links": "c1 c2 corroborates T",
    "permissions": "health council - prohibited",
}


@pytest.fixture(scope="module")
def wide() -> sn.Case:
    """Everything may have happened by the day asked for, and nothing certainly has."""
    return case(PEOPLE, "c1:3 c2:4 c3:1 c4:2 ok:0 answers=c1", ROWS, **OTHERS)


MORE: dict[str, Function] = {
    "days_unowned": lambda one, **more: sn.days_unowned(one, "c1", **more),
    "who_to_ask": lambda one, **more: sn.who_to_ask(one, "A", **more),
    "envelope": lambda one, **more: sn.envelope(one, shares=[0.2], draws=2, **more),
    "intervals": lambda one, **more: sn.intervals(one, draws=3, **more),
    "matters_stability": lambda one, **more: sn.matters_stability(one, draws=2, **more),
    "null_models": lambda one, **more: sn.null_models(one, draws=2, **more),
    "what_if": lambda one, **more: sn.what_if(one, one.without("T"), **more),
    "compare": lambda one, **more: sn.compare(two_alike(one, **more), "part", anyway=True, rules=more["rules"]).groups,
    "care_density": lambda one, **more: sn.care_density([one, sn.load_case("max")], **more),
    "fragmented_care_density": lambda one, **more: sn.fragmented_care_density([one], Anything(), **more),
}


def two_alike(one: sn.Case, **more: Any) -> pd.DataFrame:
    """The scores of a case and of the same case again, as a study has them."""
    scores = sn.scores(one, **more)
    return pd.DataFrame([{"case": name, "part": name, **scores} for name in ("a", "b")])


class Anything(dict[tuple[str, str], float]):
    """Every pair of kinds weighs 1."""

    def __contains__(self, pair: object) -> bool:
        return True

    def __getitem__(self, pair: tuple[str, str]) -> float:
        return 1.0


def found() -> Iterator[tuple[str, Function]]:
    """The public functions that take rules; of the pictures, the tables that they draw."""
    for module in (sn, sn.tables):
        for name in sorted(module.__all__):
            function = getattr(module, name)
            asked = (
                callable(function) and not inspect.isclass(function) and name not in ("report", "explorer", "jigsaw")
            )
            if asked and "rules" in inspect.signature(function).parameters:
                yield f"{module.__name__}.{name}", MORE.get(name, function)


FUNCTIONS = dict(found())


def ask(function: Function, one: sn.Case, rules: Rules, at: str | None = AT) -> str:
    """What a function gives, as text."""
    takes_at = at is not None and "at" in inspect.signature(function).parameters
    takes_any = any(one.kind is one.VAR_KEYWORD for one in inspect.signature(function).parameters.values())
    return shown(function(one, rules=rules, **({"at": at} if takes_at or (at and takes_any) else {})))


def shown(result: Any) -> str:
    """A result as text, all of it."""
    if isinstance(result, sn.Knowledge):
        return shown(result.first_known())
    if isinstance(result, sn.Score):
        return repr((result.value, result.low, result.high, result.rows, result.explain(), shown(result.table)))
    if isinstance(result, pd.DataFrame):
        return repr([result.index.tolist(), result.to_dict("list")])
    if isinstance(result, pd.Series):
        return repr(result.to_dict())
    if isinstance(result, sn.Comparison):
        return "".join(shown(getattr(result, name)) for name in ("scores", "knowledge"))
    return repr(result)


def test_every_measure_of_the_library_is_among_them() -> None:
    assert len(FUNCTIONS) > 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_has_possibly_happened_counts_where_it_is_asked_for(name: str, wide: sn.Case) -> None:
    certainly, possibly = (ask(FUNCTIONS[name], wide, Rules(dates=dates)) for dates in ("latest", "earliest"))
    assert certainly != possibly


OTHER_CHOICES: dict[str, Any] = {
    "dates": "earliest",
    "same_day": "none",
    "unconfirmed": "does_not_count",
    "weights": (2, 2, 3, 9),
    "dilution": (2, 2, 2, 2),
    "dilemma": (0.5, 0.5, 0.5, 0.5),
    "who_counts": ("professional", "support", "family"),
    "marks": {8: (1.0, 1.0)},
}
for one in fields(Rules):  # the others are numbers: of days none, a share half of it, else one more
    if one.name not in OTHER_CHOICES:
        share = isinstance(one.default, float) and one.default < 1
        OTHER_CHOICES[one.name] = 0 if one.name.endswith("_days") else one.default / 2 if share else one.default + 1


def test_every_choice_is_another_than_the_default() -> None:
    assert OTHER_CHOICES.keys() == {one.name for one in fields(Rules)}
    assert all(getattr(Rules(), name) != choice for name, choice in OTHER_CHOICES.items())


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_choice_is_too_much(name: str, wide: sn.Case) -> None:
    for rule, value in OTHER_CHOICES.items():
        ask(FUNCTIONS[name], wide, Rules(**{rule: value}))
    for at in (None, "2023-12-31", "2030-01-01"):
        ask(FUNCTIONS[name], wide, Rules(**OTHER_CHOICES), at)


NETWORK = """
    fragmentation worry_fragmentation current_fragmentation distance_fragmentation temporal_fragmentation
    agency_fragmentation agency_matrix agency_contacts ei_index key_players boundary_spanners constraint effective_size
    channel_mix working_relationships shared_along_ties source_concentration scores scores_over_time
"""
CHANGED: dict[str, tuple[str, str, str]] = {  # rule: what has to change, and the people and rows by which it does
    "unconfirmed": (
        f"{NETWORK} knowledge concern_clusters unshared_pairs best_picture smallest_meeting sharing_latency",
        "T@school S@council",
        "1 observed T c1 \n 2 told T>S c1 email \n 3 observed S c2",
    ),
    "same_day": (
        "temporal_fragmentation scores",
        "T@school S@council P@police",
        "1 told T>S c1 phone \n 1 told S>P c1 phone",
    ),
    "who_counts": (
        f"{NETWORK} brokerage single_points_of_failure continuity concern_clusters",
        "T@school N@helpers:support S@council K:child",
        "1 observed T c1 \n 2 met T;N;K c1 \n 3 met N;S c1",
    ),
    "recent_days": ("current_fragmentation scores", "T@school S@council", "1 met T;S c1 \n 2 observed T c1"),
    "after_closing_days": (
        "current_fragmentation scores best_picture unshared_pairs exclusive_concerns",
        "T@school S@council",
        "1 observed T c1;c2 \n 2 closed T \n 4 told T>S c1 phone \n 25 observed S c1",
    ),
    "weights": (
        "unshared_pairs best_picture working_relationships shared_along_ties scores concern_clusters",
        "T@school S@council",
        "1 observed T c1;c2 \n 2 told T>S c1 phone \n 3 observed S c3",
    ),
}


@pytest.mark.parametrize("rule", CHANGED)
def test_a_choice_changes_what_it_is_about(rule: str) -> None:
    names, people, rows = CHANGED[rule]
    one = case(people, "c1:1 c2:4 c3:2", rows, ties="T S working strong" if "S" in people else None)
    unchanged = [
        name
        for name in names.split()
        if ask(FUNCTIONS[f"safetynet.{name}"], one, Rules(), None)
        == ask(FUNCTIONS[f"safetynet.{name}"], one, Rules(**{rule: OTHER_CHOICES[rule]}), None)
    ]
    assert unchanged == []
