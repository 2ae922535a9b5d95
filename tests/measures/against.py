"""A measure against the brute force, or another independent count: on the packaged cases, and on random ones.

A module of tests has a ``check(tables, case, at)`` of its own, and two tests from it::

    test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)
    test_it_is_that_of_the_brute_force = made_up(check)
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.builder import from_tables
from tests.measures.packaged import asked, on_every_date

CASES = strategies.cases()
PLAIN = st.just({})


def packaged(check, *more):
    """A test of every packaged case at several dates; with each of `more`, if any, as a further argument."""

    @on_every_date
    @pytest.mark.parametrize("given", [(one,) for one in more] or [()])
    def test(name, part, given):
        check(*asked(name, part), *given)

    return test


def made_up(check, *more, cases=CASES, rules=PLAIN):
    """A test of random cases at random dates; `more` are strategies of further arguments, `rules` of keywords."""

    @given(cases, strategies.questions, st.tuples(*more), rules)
    def test(tables, at, given, rules):
        check(tables, from_tables(tables), at, *given, **rules)

    return test


def some_rules(**values):
    """Keywords for some of the conventions, each with one of its values: ``some_rules(grace_days=(0, 3))``."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(some) for name, some in values.items()})
