"""The page "what a view knows" has every public name of a view, once, and what each gives."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

import safetynet as sn
from safetynet.record.snapshot import snapshot

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

view_ext = pytest.importorskip("view", reason="needs Sphinx")


def named() -> list[str]:
    text = (ROOT / "docs" / "view.md").read_text(encoding="utf-8")
    return [
        name for block in re.findall(r"^:::\{view-names\}\n(.*?)^:::$", text, re.M | re.S) for name in block.split()
    ]


def test_every_public_name_of_a_view_stands_on_the_page_once() -> None:
    view = snapshot(sn.load_case("worked_example"))
    there = {name for name in dir(view) if not name.startswith("_")}
    assert view_ext.public() == there
    assert Counter(named()) == Counter(there)


@pytest.mark.parametrize("name", sorted(view_ext.public()))
def test_a_name_of_a_view_says_what_it_gives(name: str) -> None:
    assert view_ext.meaning(name).endswith("."), f"give Snapshot.{name} a docstring"


def test_a_method_is_written_with_its_arguments() -> None:
    assert view_ext.written("naming") == "view.naming(concern)"
    assert view_ext.written("contacts_in") == "view.contacts_in(window=)"
    assert view_ext.written("worries") == "view.worries"
