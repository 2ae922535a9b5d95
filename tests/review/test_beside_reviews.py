"""What the page on findings shows beside them: the conclusions of the reviews, and the table of how stable they are."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import pytest

import safetynet as sn
from safetynet.review import RULES

DOCS = Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(DOCS / "_ext"))

from reviews import CONCLUSIONS, FIRST, beside  # noqa: E402

REVIEWED = sorted(CONCLUSIONS)


@pytest.mark.parametrize("name", REVIEWED)
def test_a_conclusion_stands_on_pages_of_its_case_and_names_kinds_and_concerns_that_there_are(name: str) -> None:
    case = sn.load_case(name)
    codes, concerns = set(case.sources["code"]), set(case.concerns["id"])
    for one in CONCLUSIONS[name]:
        assert set(one.pages.split()) <= codes, one.text
        assert one.text.endswith(".")
        assert one.says or one.differs, one.text
        for said in one.says:
            kind, *about = said.split()
            assert kind in RULES, said
            assert set(about) <= concerns, said


@pytest.mark.parametrize("name", REVIEWED)
def test_what_is_held_to_say_a_conclusion_is_found_in_the_case(name: str) -> None:
    """A finding that is not there any more would leave a line in the documentation that nothing says."""
    shown = beside(name)
    for one in CONCLUSIONS[name]:
        for said in one.says:
            kind, *about = said.split()
            assert any(line.kind == kind and set(about) <= set(line.concerns) for line in shown.findings), said
        assert bool(one.says) == bool(shown.said[one])


def test_most_of_what_the_reviews_concluded_is_said_among_the_first_ten_matters() -> None:
    shown = [beside(name) for name in REVIEWED]
    assert 2 * sum(one.among_first for one in shown) > sum(len(one.said) for one in shown)


def test_the_page_on_findings_shows_three_cases_and_the_table_of_draws() -> None:
    page = (DOCS / "findings.md").read_text(encoding="utf-8")
    shown = re.findall(r"\{findings-beside\} (\w+)", page)
    assert len(shown) >= 3
    assert set(shown) <= set(CONCLUSIONS)
    assert page.count("{findings-stable}") == 1
    assert f"first {'ten' if FIRST == 10 else FIRST} matters" in page


def test_the_stored_table_of_draws_is_of_the_packaged_cases_and_names_kinds_that_there_are() -> None:
    """Made anew by ``python benchmarks/stability.py``."""
    with (DOCS / "_static" / "findings_stable.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["case"] for line in lines] == list(sn.list_cases()["name"])
    for line in lines:
        assert int(line["rows"]) == len(sn.load_case(line["case"]).chronology)
        few, half, of = (
            int(line[name]) for name in ("stay in nine draws of ten", "stay in half of the draws", "matters")
        )
        assert 0 <= few <= half <= of <= 10
        for column in ("stays in most draws", "comes and goes"):
            told = re.fullmatch(r"(\w+) \((\d+)%\)", line[column])
            assert told is not None
            assert told[1] in RULES
            assert 0 <= int(told[2]) <= 100
