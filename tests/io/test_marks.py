"""The mark of generated files: the same for a case and what becomes of it, another for every other case."""

from __future__ import annotations

import safetynet as sn
from safetynet.io.marks import MADE_OF, input_of, mark_of
from tests.builder import case

ONE = case("T@school S@council", "c1", "observed T c1", id="x", title="X")


def test_a_case_is_the_same_after_a_row_was_added_and_in_another_order() -> None:
    more = ONE.with_rows([{"date": "2024-03-01", "kind": "told", "who": "T", "to": "S", "channel": "phone"}])
    turned = case("S@council T@school", "c1 c2", "observed T c1", id="x", title="X")
    assert input_of(ONE) == input_of(more) == input_of(turned)


def test_two_cases_of_one_id_are_two_inputs() -> None:
    others = [
        case("T@school P@police", "c1", "observed T c1", id="x", title="X"),
        case("T@school name=Teacher S@council", "c1", "observed T c1", id="x", title="X"),
        case("T@school S@council", "c1", "observed T c1", id="x", title="Y"),
        case("T@school S@council", "c1", "observed T c1", id="y", title="X"),
    ]
    assert len({input_of(one) for one in (ONE, *others)}) == 5


def test_the_mark_of_several_cases_is_the_same_in_any_order() -> None:
    one, other = sn.load_case("max"), sn.load_case("reuben")
    assert mark_of(one, other) == mark_of(other, one) != mark_of(one)


def test_a_mark_names_nobody() -> None:
    mark = mark_of(sn.load_case("victoria_climbie"))
    assert mark.startswith(MADE_OF)
    assert set(mark.removeprefix(MADE_OF)) <= set("0123456789abcdef")
    assert len(mark) == len(MADE_OF) + 16
