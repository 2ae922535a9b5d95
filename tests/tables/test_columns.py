"""Every table: its columns are in the registry, and an empty one has the types of a full one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from safetynet import tables
from safetynet.tidy import COLUMNS, DTYPES
from tests.builder import case

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", tables.__all__)
def test_every_column_has_the_one_meaning_and_type_of_its_name(name):
    for one in ("worked_example", "max", "khyra_ishaq"):
        table = getattr(tables, name)(sn.load_case(one))
        for column in table.columns:
            assert str(table[column].dtype) == DTYPES[COLUMNS[column].holds], column
            if COLUMNS[column].holds == "ids":
                assert all(isinstance(value, tuple) for value in table[column])


@pytest.mark.parametrize("name", tables.__all__)
def test_an_empty_table_has_the_types_of_a_full_one(name):
    full, empty = (getattr(tables, name)(one) for one in (sn.load_case("max"), case("T@school", "c1")))
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert isinstance(empty.index, pd.RangeIndex)


@pytest.mark.parametrize("name", tables.__all__)
def test_every_line_names_its_rows_by_date(name):
    real = sn.load_case("khyra_ishaq")
    order = {row.id: row.order for row in real._records.rows}
    for rows in getattr(tables, name)(real)["rows"]:
        assert list(rows) == sorted(rows, key=order.__getitem__)


def test_each_table_is_named_as_its_picture():
    beside = {"network_people", "network_meetings", "unshared_worries"}  # what the network has besides its contacts
    assert set(tables.__all__) - beside <= set(sn.plot.__all__)
    assert beside <= set(tables.__all__)


def test_the_gallery_names_the_tables_as_they_are():
    page = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    for name in tables.__all__:
        assert f"`{name}`" in page
