"""Each kind fires on a small case, not on its near twin, and falls with what its own words say refutes it."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES, Finding
from tests.builder import date
from tests.review.example import Example
from tests.review.examples import EXAMPLES

TWINS = [(kind, place) for kind, example in EXAMPLES.items() for place in range(len(example.twins))]
KEYS = [(kind, key) for kind, example in EXAMPLES.items() for key in example.keys]
GAPS = [kind for kind, rule in RULES.items() if rule.side == "gap"]
STRENGTHS = [kind for kind, rule in RULES.items() if rule.side == "strength"]


def found(kind: str, case: sn.Case, example: Example) -> list[Finding]:
    """What the rule of one kind finds in a case on the example's day."""
    return list(RULES[kind](snapshot(case, date(str(example.at)))))


def test_every_kind_has_its_example() -> None:
    assert EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize("kind", RULES)
def test_a_kind_is_found_where_it_should_be(kind: str) -> None:
    example = EXAMPLES[kind]
    findings = found(kind, example.case(), example)
    assert len(findings) == 1, [one.statement for one in findings]
    for words in example.says:
        assert words in findings[0].statement
    assert findings[0].kind == kind
    assert findings[0].rows


@pytest.mark.parametrize(("kind", "place"), TWINS)
def test_a_kind_is_not_found_in_its_near_twin(kind: str, place: int) -> None:
    example = EXAMPLES[kind]
    assert not found(kind, example.case(example.twins[place]), example)


@pytest.mark.parametrize("kind", GAPS)
def test_a_gap_falls_with_what_its_own_words_say_refutes_it(kind: str) -> None:
    example = EXAMPLES[kind]
    assert example.refute
    assert not found(kind, example.refuted(), example), RULES[kind].refute


@pytest.mark.parametrize("kind", STRENGTHS)
def test_a_strength_has_a_row_that_it_stands_on(kind: str) -> None:
    assert EXAMPLES[kind].keys


@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_a_strength_falls_when_its_key_row_goes(kind: str, key: str) -> None:
    example = EXAMPLES[kind]
    assert not found(kind, example.case().without(key), example)
