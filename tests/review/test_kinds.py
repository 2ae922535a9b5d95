"""Each kind fires on a small case, not on its near twin, and falls with what its own words say refutes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from safetynet.review import RULES
from tests.review.example import find
from tests.review.examples import EXAMPLES
from tests.review.refuted import also

TWINS = [(kind, place) for kind, example in EXAMPLES.items() for place in range(len(example.twins))]
REFUTED = [(kind, by) for kind, one in EXAMPLES.items() for by in (one.refute, *also()[kind]) if by]
KEYS = [(kind, key) for kind, example in EXAMPLES.items() for key in example.keys]
STRENGTHS = [kind for kind, rule in RULES.items() if rule.side == "strength"]


def test_every_kind_has_its_example() -> None:
    assert EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize("kind", RULES)
def test_every_kind_has_a_near_twin_and_what_takes_it_away(kind: str) -> None:
    example = EXAMPLES[kind]
    assert example.twins
    assert example.keys if RULES[kind].side == "strength" else example.refute


@pytest.mark.parametrize("kind", RULES)
def test_a_kind_is_found_where_it_should_be(kind: str) -> None:
    example = EXAMPLES[kind]
    findings = find(kind, example.case(), example.at)
    assert len(findings) == 1, [one.statement for one in findings]
    for words in example.says:
        assert words in findings[0].statement
    assert findings[0].kind == kind
    assert findings[0].rows


@pytest.mark.parametrize(("kind", "place"), TWINS)
def test_a_kind_is_not_found_in_its_near_twin(kind: str, place: int) -> None:
    example = EXAMPLES[kind]
    assert not find(kind, example.case(example.twins[place]), example.at)


@pytest.mark.parametrize(("kind", "by"), REFUTED)
def test_a_finding_falls_with_what_its_own_words_say_refutes_it(kind: str, by: Any) -> None:
    example = EXAMPLES[kind]
    assert not find(kind, example.refuted(by), example.at), RULES[kind].refute


@pytest.mark.parametrize("kind", STRENGTHS)
def test_every_row_without_which_a_strength_would_not_stand_is_tried(kind: str) -> None:
    example = EXAMPLES[kind]
    told = find(kind, example.case(), example.at)[0].statement.rpartition(" (")[2]
    assert set(re.findall(r"\be\d+\b", told)) == set(example.keys)


@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_a_strength_falls_when_its_key_row_goes(kind: str, key: str) -> None:
    example = EXAMPLES[kind]
    assert not find(kind, example.case().without(key), example.at)
