"""A report as PDF: what stands on paper, page numbers in the contents, one level of names."""

from __future__ import annotations

import sys

import pytest
from pypdf import PdfReader

import safetynet as sn
from safetynet.cli import main
from tests.builder import case

pytest.importorskip("weasyprint", exc_type=ImportError)


def text_of(path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


@pytest.mark.slow
def test_every_page_has_its_head_and_its_number_and_the_contents_have_them_too(tmp_path):
    pages = text_of(sn.report(sn.load_case("worked_example"), tmp_path / "w.pdf", pdf=True))
    for number, page in enumerate(pages, start=1):
        assert "as at 2024-01-30" in page
        assert f"{number} / {len(pages)}" in page
    scores = next(number for number, page in enumerate(pages, start=1) if "4 Scores" in page)
    assert f"Scores{scores}" in pages[0].replace(".", "").replace(" ", "")


@pytest.mark.slow
def test_a_pdf_names_people_as_its_level_says(tmp_path):
    made = case("T@school name=Unmistakable S@council", "c1", "told T>S c1 phone")
    by_role = " ".join(text_of(sn.report(made, tmp_path / "a.pdf", pdf=True)))
    by_name = " ".join(text_of(sn.report(made, tmp_path / "b.pdf", pdf=True, level="person")))
    assert "Unmistakable" not in by_role
    assert "Unmistakable" in by_name


@pytest.mark.slow
def test_a_pdf_replaces_its_own_earlier_one_and_no_other(tmp_path):
    place = tmp_path / "a.pdf"
    sn.report(case("T", "c1", "observed T c1"), place, pdf=True, family=True)
    sn.report(case("T", "c1", "observed T c1", "observed T c1"), place, pdf=True, family=True)
    with pytest.raises(sn.FileInTheWayError, match="same case"):
        sn.report(case("Other", "c1", "observed Other c1"), place, pdf=True, family=True)


def test_a_name_that_does_not_fit_the_format_is_answered_with_one_that_does(tmp_path, capsys):
    made = sn.load_case("worked_example")
    with pytest.raises(sn.ArgumentError, match=r"pdf=True, or 'x\.html'"):
        sn.report(made, tmp_path / "x.pdf")
    with pytest.raises(sn.ArgumentError, match=r"Write 'x\.pdf'"):
        sn.report(made, tmp_path / "x.html", pdf=True)
    assert main(["report", "worked_example", "-o", str(tmp_path / "x.pdf")]) == 2
    assert "--pdf, or" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_pdf_says_which_it_needs(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(sn.MissingExtraError, match=r"safetynet-networks\[pdf\]"):
        sn.report(sn.load_case("worked_example"), tmp_path / "x.pdf", pdf=True)
    assert list(tmp_path.iterdir()) == []
