"""The codebook for programs of qualitative analysis: it fits its schema, and every code of it is understood again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

import safetynet as sn
from safetynet.case.schema import BY_NAME
from safetynet.case.vocabulary import CATEGORIES, REASONS, ROW_KINDS, SEEN
from safetynet.cli import main
from safetynet.io.exchange.codebook import groups, to_qdc
from safetynet.io.exchange.coding import meaning_of
from tests.io.exchange.schemas import check_xml

CODE = "{urn:QDA-XML:codebook:1.0}Code"


def codes() -> dict[tuple[str, ...], str]:
    """The codes of the codebook with what is said of them."""
    found = {}

    def look(element, above) -> None:
        for one in element.findall(CODE):
            path = (*above, one.get("name"))
            found[path] = one.findtext("{urn:QDA-XML:codebook:1.0}Description") or ""
            look(one, path)

    look(fromstring(to_qdc())[0], ())
    return found


def test_the_codebook_fits_the_schema(tmp_path: Path) -> None:
    check_xml("refi_codebook", sn.write_codebook(tmp_path / "codes.qdc"))


def test_it_has_every_kind_category_and_word() -> None:
    there = codes()
    assert {path[1] for path in there if path[0] == "Kind of row" and len(path) == 2} == set(ROW_KINDS)
    assert {path[1] for path in there if path[0] == "Concern" and len(path) == 2} == set(CATEGORIES)
    assert {path[1] for path in there if path[0] == "Seen" and len(path) == 2} == set(SEEN)
    assert {path[1] for path in there if path[0] == "Reason" and len(path) == 2} == set(REASONS)
    assert "information" in there["Kind of row", "asked"]
    assert all(said for path, said in there.items() if len(path) == 1 or path[0] == "Kind of row")


def test_every_group_fills_a_column_of_the_case_format() -> None:
    columns = {*BY_NAME["chronology"].names, *BY_NAME["concerns"].names, "agency"}
    assert {group.column for group in groups()} <= columns


def test_every_code_is_understood_again() -> None:
    for group in groups():
        for word, _ in group.words:
            meaning = meaning_of((group.name, word))
            assert meaning is not None
            assert meaning.column == group.column
            assert word in (meaning.value, meaning.category)
            assert meaning.because == ""


def test_a_code_has_the_same_identifier_in_every_copy() -> None:
    guids = re.findall(r'guid="([^"]+)"', to_qdc())
    assert guids == re.findall(r'guid="([^"]+)"', to_qdc())
    assert len(guids) == len(set(guids)) == len(codes())


def test_a_codebook_replaces_a_codebook_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "codes.qdc"
    sn.write_codebook(place)
    sn.write_codebook(place)
    place.write_text("<CodeBook/>", encoding="utf-8")
    with pytest.raises(sn.FileInTheWayError):
        sn.write_codebook(place)
    assert sn.write_codebook(place, overwrite=True) == place
    with pytest.raises(sn.ArgumentError, match=r"codes\.qdc"):
        sn.write_codebook(tmp_path / "codes.xml")


def test_the_command_writes_a_codebook_by_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "codes.qdc"]) == 0
    assert str(tmp_path / "codes.qdc") in capsys.readouterr().out
    assert main(["template", "other.qdc", "--example"]) == 2
