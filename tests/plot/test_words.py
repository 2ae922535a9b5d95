"""Dates, names and texts that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safetynet.plot.kit.fonts import measure
from safetynet.plot.kit.words import clean, fit, fit_apart, ids_in_words, listed, wrap, wrap_apart


@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 4))
def test_wrapped_lines_are_no_wider_than_asked_for(text, width, most):
    lines = wrap(text, width, 10.0, most)
    assert 1 <= len(lines) <= most
    for line in lines:
        assert measure(line, 10.0)[0] <= width or len(line) <= 2  # a letter and "…" stay, however narrow


@given(st.text(max_size=60), st.floats(30, 300))
def test_a_text_that_fits_is_left_alone(text, width):
    shown = fit(text, width, 9.0)
    if measure(clean(text), 9.0)[0] <= width:
        assert shown == clean(text)
    else:
        assert shown.endswith("…")


def test_lists_are_cut_with_their_number():
    assert listed(["a", "b", "c", "d"], 2) == "a b +2"
    assert ids_in_words(["a", "b", "c"], 2) == "a, b and 1 more"
    assert ids_in_words([]) == ""


def test_a_line_may_end_behind_a_hyphen():
    width = measure("Great-", 10.0)[0] + 1
    assert wrap("Great-aunt", width, 10.0, 2) == ["Great-", "aunt"]
    assert wrap("Great-aunt", 200, 10.0, 2) == ["Great-aunt"]


def test_no_two_texts_are_cut_to_the_same():
    names = {
        "a": "Metropolitan Police child protection team, Haringey",
        "b": "Metropolitan Police child protection team, Brent",
    }
    shown = fit_apart(names, 150, 10.0)
    assert shown["a"] != shown["b"]
    assert shown["a"].endswith("Haringey")
    assert shown["b"].endswith("Brent")
    assert all(measure(text, 10.0)[0] <= 151 for text in shown.values())


def test_texts_that_differ_in_their_middle_alone_have_their_ids_behind():
    names = {"p1": f"{'x' * 60}1{'y' * 60}", "p2": f"{'x' * 60}2{'y' * 60}"}
    shown = fit_apart(names, 150, 10.0)
    assert shown["p1"].endswith(" (p1)")
    assert shown["p2"].endswith(" (p2)")


def test_the_same_text_twice_stays_the_same():
    assert fit_apart({"a": "Social worker", "b": "Social worker"}, 40, 10.0)["a"] == fit("Social worker", 40, 10.0)


@given(st.lists(st.text(alphabet="ab -", max_size=30), max_size=6), st.floats(40, 200), st.integers(1, 3))
def test_different_texts_stay_different_whatever_they_are(texts, width, most):
    names = {f"p{place}": text for place, text in enumerate(texts)}
    shown = wrap_apart(names, dict.fromkeys(names, width), 10.0, most)
    for one in names:
        for other in names:
            if clean(names[one]) != clean(names[other]):
                cut = any("…" in line for line in (*shown[one], *shown[other]))
                assert not cut or shown[one] != shown[other]


def test_joiners_stay_and_marks_of_direction_go():
    assert clean("\u0dc1\u0dca\u200d\u0dbb") == "\u0dc1\u0dca\u200d\u0dbb"
    assert clean("a\u200fb\u2066c\u2069") == "abc"
    assert clean("a\tb\x07c") == "a b c"
