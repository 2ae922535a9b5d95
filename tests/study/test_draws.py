"""The variants that studies are made of are cases that could have been read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.case.edits import rewrite
from safetynet.record.snapshot import snapshot
from safetynet.study.intervals import doubtful, ways
from safetynet.study.nulls import MODELS
from tests import builder, strategies


def variants(case: sn.Case) -> Iterator[sn.Case]:
    view = snapshot(case)
    rows = [row for row in view.contacts if row.kind in ("told", "asked", "declined", "met")]
    for number, model in enumerate(MODELS.values()):
        for one in model(view, rows, 2, (number,)):
            yield case._of(rewrite(case._raw, case._records, *one))
    for one in ways(doubtful(case._records), 3, 1):
        yield case._of(rewrite(case._raw, case._records, *one))


def check(case: sn.Case) -> None:
    for one in variants(case):
        again = sn.Case._from_raw(dict(one._raw))
        assert again == one
        assert again._records.rows == one._records.rows


@given(strategies.cases())
def test_a_variant_of_a_random_case_reads_back_as_it_is(tables) -> None:
    check(builder.from_tables(tables))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pelka", "victoria_climbie"])
def test_a_variant_of_a_packaged_case_reads_back_as_it_is(name: str) -> None:
    check(sn.load_case(name))
