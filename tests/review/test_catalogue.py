"""What holds for every finding, in the packaged cases and in random ones."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES
from tests import strategies
from tests.measures.made import from_tables, turned

CASES = [line.name for line in sn.list_cases().itertuples()]
BLAME = ("fail", "should have", "fault", "neglected to", "ignored", "did not know", "negligen", "wrongly")


def well_formed(case: sn.Case, table: pd.DataFrame) -> None:
    rows, concerns = set(case.chronology["id"]), set(case.concerns["id"])
    people, agencies = set(case.people["id"]), set(case.agencies["id"])
    for line in table.itertuples():
        assert line.kind in RULES
        assert set(line.rows) <= rows
        assert len(set(line.rows)) == len(line.rows)
        assert set(line.people) <= people
        assert set(line.agencies) <= agencies
        assert set(line.concerns) <= concerns
        assert line.statement[-1] in ".?"
        assert not any(slip in line.statement for slip in ("  ", " ,", " .", "()", ".."))
        assert not any(word in line.refute.lower() for word in BLAME)
        assert line.refute[0].islower()
        assert line.refute.endswith(".")
        assert line.weight > 0
        assert pd.isna(line.date) or line.date <= line.until
    assert table["weight"].is_monotonic_decreasing


def test_every_kind_says_its_rule_and_its_limits() -> None:
    for kind, rule in RULES.items():
        assert rule.kind == kind
        assert 0 < rule.matters <= 1
        assert rule.title[-1] != "."
        assert rule.rule.endswith(".")
        assert rule.limits.endswith(".")
        assert (rule.rule + rule.limits).count("`") % 2 == 0


@pytest.mark.parametrize("name", CASES)
def test_findings_of_the_packaged_cases_are_sentences_with_evidence(name: str) -> None:
    case = sn.load_case(name)
    table = sn.findings(case)
    well_formed(case, table)
    for line in table.itertuples():
        said = line.statement
        for summary in case.concerns["summary"]:  # the coder's words are not ours
            said = said.replace(summary[:30], "")
        assert not any(word in said.lower() for word in BLAME), said
        assert len(line.statement.split()) <= 90, said


def test_the_order_of_the_rows_in_the_file_changes_nothing() -> None:
    case = sn.load_case("victoria_climbie")
    tables = {name: getattr(case, name) for name in ("people", "concerns", "chronology", "agencies")}
    mixed = {name: table.sample(frac=1, random_state=7).reset_index(drop=True) for name, table in tables.items()}
    other = sn.Case(**mixed, title=case.title, harm_date=case.harm_date)
    pd.testing.assert_frame_equal(sn.findings(case), sn.findings(other))


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_the_ids_in_a_cell_changes_nothing(name: str) -> None:
    case = sn.load_case(name)
    pd.testing.assert_frame_equal(sn.findings(case), sn.findings(turned(case)))


@pytest.mark.parametrize("name", CASES)
def test_the_rows_of_a_finding_are_in_order_of_date(name: str) -> None:
    case = sn.load_case(name)
    for rows in sn.findings(case)["rows"]:
        assert rows == snapshot(case).in_order(rows)


@given(strategies.cases(), strategies.questions)
def test_findings_of_any_case_rest_on_its_rows_whatever_their_order(tables, at) -> None:  # type: ignore[no-untyped-def]
    case = from_tables(tables)
    table = sn.findings(case, at)
    well_formed(case, table)
    mixed = {**tables, "chronology": random.Random(3).sample(tables["chronology"], len(tables["chronology"]))}
    pd.testing.assert_frame_equal(table, sn.findings(from_tables(mixed), at))
