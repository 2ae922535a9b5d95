"""The apostrophe that keeps a text from running as a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.io.formulas import escape, unescape

SIGNS = ("=", "+", "-", "@", "\t", "\r")
ANY = st.one_of(st.text(), st.tuples(st.text("'", max_size=4), st.sampled_from(SIGNS), st.text()).map("".join))


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_that_starts_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert escape(sign + "1") == "'" + sign + "1"
    assert escape("'" + sign) == "''" + sign
    assert escape("1" + sign) == "1" + sign


@given(ANY)
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(ANY)
def test_nothing_escaped_starts_like_a_formula(text: str) -> None:
    assert not escape(text).startswith(SIGNS)


@given(ANY, ANY)
def test_two_texts_never_become_one(first: str, second: str) -> None:
    assert (escape(first) == escape(second)) == (first == second)


def test_a_sign_without_an_apostrophe_is_read_as_it_stands() -> None:
    assert unescape("-") == "-"
    assert unescape("'tis") == "'tis"
