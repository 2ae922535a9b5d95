"""What the page says of every rule."""

from __future__ import annotations

from dataclasses import fields

import safetynet as sn
from safetynet.pages.conventions import meanings, rule_lines


def test_every_rule_has_a_sentence_of_the_documentation_and_nothing_else_has():
    assert set(meanings()) == {one.name for one in fields(sn.Rules())}
    assert all(text.endswith(".") for text in meanings().values())


def test_a_rule_that_was_changed_is_marked():
    lines = {line["name"]: line for line in rule_lines(sn.Rules(weights=(1, 1, 1, 1)))}
    assert lines["weights"]["value"] == "1, 1, 1, 1"
    assert [name for name, line in lines.items() if line["own"]] == ["weights"]
