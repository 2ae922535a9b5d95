"""Files that are broken in any way are read or told what is wrong; no other error comes of them."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

import safetynet as sn
from safetynet.errors import CaseError
from tests.io.small import as_json, as_ods, as_xlsx, tables


def broken(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, gone, or there twice."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(made))
        change = chance.randrange(3)
        if change == 0:
            made[at] = chance.randrange(256)
        elif change == 1:
            del made[at : at + chance.choice([1, 3, 30])]
        else:
            made[at:at] = made[at // 2 : at // 2 + chance.choice([5, 50])]
        made = made or bytearray(b"x")
    return bytes(made)


def with_broken_parts(data: bytes, chance: random.Random) -> bytes:
    """An archive of which one part, and some sheets, are broken."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = source.read(name)
            hit = name == chosen or ("sheet" in name and chance.random() < 0.3)
            target.writestr(name, broken(part, chance) if hit and part else part)
    return out.getvalue()


def as_docx(place: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(2, 3)
    for row, texts in enumerate((("Date", "Agency", "Event"), ("6 April 2021", "Nursery", "Bruise seen"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(place.with_suffix(".docx"))
    return place.with_suffix(".docx")


def outcome(path: Path) -> str:
    """What reading a file gives, or says; any other error is one of the test."""
    read = sn.draft_from_chronology if path.suffix == ".docx" else sn.read_case
    try:
        return repr(read(path))
    except CaseError as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods", "json", "docx"])
def test_a_broken_file_is_read_or_told_what_is_wrong(tmp_path: Path, form: str) -> None:
    chance = random.Random(form)
    place = tmp_path / "lewis"
    path = (
        as_docx(place) if form == "docx" else {"xlsx": as_xlsx, "ods": as_ods, "json": as_json}[form](place, tables())
    )
    whole = path.read_bytes()
    for number in range(80):
        change = broken if form == "json" or number % 4 == 0 else with_broken_parts
        path.write_bytes(change(whole, chance))
        assert outcome(path)
