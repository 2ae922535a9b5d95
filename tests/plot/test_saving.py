"""Pictures in files: their words, their text, their bytes; and pictures in notebooks."""

from __future__ import annotations

import base64
import re
import struct
import xml.etree.ElementTree as ET
import zlib

import pytest

import safetynet as sn


@pytest.fixture(scope="module")
def ax():
    return sn.plot.network(sn.load_case("worked_example"), ax=sn.plot.page())


def chunks(data: bytes) -> dict[str, str]:
    """The texts of a PNG, by keyword."""
    found, place = {}, 8
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            keyword, _, rest = body.partition(b"\0")
            found[keyword.decode()] = (zlib.decompress(rest[1:]) if kind == b"zTXt" else rest.lstrip(b"\0")).decode(
                "utf-8", "replace"
            )
        place += 12 + size
    return found


def test_a_png_says_what_it_shows(ax, tmp_path):
    path = sn.plot.save(ax, tmp_path / "net.png", dpi=50)
    words = chunks(path.read_bytes())
    assert words["Description"] == sn.plot.alt_text(ax)
    assert "Software" not in words


def test_an_svg_has_real_text_and_says_what_it_shows(ax, tmp_path):
    path = sn.plot.save(ax, tmp_path / "net.svg")
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    texts = {"".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "Police officer" in texts
    description = [node.text for node in root.iter("{http://purl.org/dc/elements/1.1/}description")]
    assert description == [sn.plot.alt_text(ax)]
    assert not list(root.iter("{http://purl.org/dc/elements/1.1/}date"))


def test_a_pdf_has_no_date(ax, tmp_path):
    data = sn.plot.save(ax, tmp_path / "net.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"CreationDate" not in data


def test_an_ending_that_is_no_picture_is_refused(ax, tmp_path):
    with pytest.raises(sn.ArgumentError, match=r"\.png, \.svg, \.pdf"):
        sn.plot.save(ax, tmp_path / "net.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_figure_with_two_pictures_is_saved_with_the_words_of_both(tmp_path):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 5))
    left, right = figure.subplots(1, 2)
    case = sn.load_case("worked_example")
    sn.plot.network(case, ax=left)
    sn.plot.agency_sets(case, ax=right)
    words = chunks(sn.plot.save(figure, tmp_path / "two.png", dpi=40).read_bytes())["Description"]
    assert sn.plot.alt_text(left) in words
    assert sn.plot.alt_text(right) in words


def test_a_notebook_gets_a_png_and_an_svg_that_need_no_trust():
    bundle = sn.plot.mimebundle(sn.load_case("worked_example"))
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"].startswith("<Case 'worked_example'")
    assert "<script" not in bundle["image/svg+xml"]


def test_a_notebook_can_ask_for_one_kind_only():
    score = sn.best_picture(sn.load_case("worked_example"))
    assert list(sn.plot.mimebundle(score, include={"image/png"})) == ["image/png"]
    assert "image/png" not in sn.plot.mimebundle(score, exclude={"image/png"})


def test_svg_for_a_page_has_its_words_as_a_label_and_fetches_nothing(ax):
    text = sn.plot.svg(ax)
    assert re.match(r'<svg[^>]* role="img" aria-label="Network map of Worked example', text)
    assert "@import" not in text
    assert not re.search(r'(?:href|src)="https?:', text)
