"""Pictures in files: their words, their text, their bytes; and pictures in notebooks."""

from __future__ import annotations

import base64
import re
import struct
import xml.etree.ElementTree as ET
import zlib

import pytest

import safetynet as sn

pytestmark = pytest.mark.slow  # every test here draws


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


def test_an_svg_has_a_title_and_a_description_for_those_who_have_it_read_aloud(ax, tmp_path):
    root = ET.fromstring(sn.plot.save(ax, tmp_path / "net.svg").read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root][:2] == [f"{space}title", f"{space}desc"]
    assert root.find(f"{space}title").text == "network"
    assert root.find(f"{space}desc").text == sn.plot.alt_text(ax)
    assert root.get("role") == "img"
    ids = {child.get("id") for child in root[:2]}
    assert set(root.get("aria-labelledby").split()) == ids


@pytest.mark.parametrize("ending", ["png", "svg", pytest.param("pdf", marks=pytest.mark.slow)])
def test_a_picture_of_the_same_case_is_replaced_and_nothing_else_is(ax, tmp_path, ending):
    place = tmp_path / f"net.{ending}"
    sn.plot.save(ax, place, dpi=40)
    sn.plot.save(sn.plot.ecomap(sn.load_case("worked_example"), ax=sn.plot.page()), place, dpi=40)
    before = place.read_bytes()
    with pytest.raises(sn.FileInTheWayError, match="not made by safetynet of the same case"):
        sn.plot.save(sn.plot.network(sn.load_case("max"), ax=sn.plot.page()), place, dpi=40)
    assert place.read_bytes() == before
    place.write_bytes(b"mine")
    with pytest.raises(sn.FileInTheWayError):
        sn.plot.save(ax, place, dpi=40)
    assert place.read_bytes() == b"mine"
    sn.plot.save(ax, place, dpi=40, overwrite=True)
    assert len(place.read_bytes()) > 1000
    assert [path.name for path in tmp_path.iterdir()] == [place.name]  # nothing half done stays


def test_a_case_with_another_row_is_the_same_case_and_one_of_the_same_id_is_not(tmp_path):
    real = sn.load_case("worked_example")
    more = real.with_rows([{"id": "e9", "date": "2024-02-03", "kind": "observed", "who": "T", "concerns": "c1"}])
    place = tmp_path / "net.png"
    sn.plot.save(sn.plot.network(real, ax=sn.plot.page()), place, dpi=40)
    sn.plot.save(sn.plot.network(more, ax=sn.plot.page()), place, dpi=40)
    people = real.people.replace({"name": {"Kit": "Another child"}})
    other = sn.Case(people, real.concerns, real.chronology, real.agencies, id=real.id, title=real.title)
    with pytest.raises(sn.FileInTheWayError):
        sn.plot.save(sn.plot.network(other, ax=sn.plot.page()), place, dpi=40)


def test_a_link_is_never_written_through(ax, tmp_path):
    aim, link = tmp_path / "aim.png", tmp_path / "link.png"
    sn.plot.save(ax, aim, dpi=40)
    before = aim.read_bytes()
    link.symlink_to(aim)
    with pytest.raises(sn.FileInTheWayError):
        sn.plot.save(ax, link, dpi=50)
    sn.plot.save(ax, link, dpi=50, overwrite=True)
    assert aim.read_bytes() == before
    assert not link.is_symlink()


def test_a_folder_in_the_way_and_one_that_is_not_there_are_named(ax, tmp_path):
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(sn.FileInTheWayError, match="is a folder"):
        sn.plot.save(ax, tmp_path / "folder.png", overwrite=True)
    with pytest.raises(sn.ArgumentError, match="no folder"):
        sn.plot.save(ax, tmp_path / "nowhere" / "net.png")


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
