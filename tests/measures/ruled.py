"""Rules for the random cases, and the brute force under the same rules.

A module of tests has an ``agrees(case, view, rules)`` of its own, where `view` is the brute force's, and two tests
from it::

    test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(agrees)
    test_it_is_that_of_the_brute_force = made_up(agrees)
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from tests import strategies
from tests.brute import model
from tests.builder import from_tables
from tests.measures.packaged import asked, on_every_date

SHORT = sn.Rules(open_ended_days=3, plan_days=5, settled_days=3, intake_days=2, after_closing_days=2)

some_rules = st.builds(
    sn.Rules.with_,
    st.sampled_from([sn.Rules(), SHORT]),
    dates=st.sampled_from(["latest", "earliest"]),
    same_day=st.sampled_from(["any", "none"]),
    unconfirmed=st.sampled_from(["counts", "does_not_count"]),
    weights=st.sampled_from([(1, 2, 3, 4), (1, 1, 1, 1), (1, 4, 9, 16)]),
)


def view(tables: Any, at: Any, rules: sn.Rules) -> model.View:
    """The case at a date as the brute force sees it under these rules."""
    return model.view(tables, at, **{name: getattr(rules, name) for name in model.RULES})


def packaged(agrees: Any) -> Any:
    """A test of every packaged case at several dates."""

    @on_every_date
    def test(name: str, part: str) -> None:
        tables, case, at = asked(name, part)
        agrees(case, model.view(tables, at), sn.Rules())

    return test


def made_up(agrees: Any) -> Any:
    """A test of random cases at random dates under some rules."""

    @given(strategies.cases(), strategies.questions, some_rules)
    def test(tables: Any, at: Any, rules: sn.Rules) -> None:
        agrees(from_tables(tables), view(tables, at, rules), rules)

    return test
