"""The report: one self-contained page that is right and that nothing in a case can break."""

from __future__ import annotations

import html
import re
from dataclasses import fields

import pandas as pd
import pytest

import safetynet as sn
from tests.builder import case
from tests.pages.hostile import NAMES, hostile_case
from tests.pages.judge import Judged, judge


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    return {
        name: sn.report(sn.load_case(name), folder / f"{name}.html").read_text("utf-8")
        for name in ("worked_example", "reuben", "malachi_subecz")
    }


@pytest.mark.slow
def test_the_page_keeps_what_every_page_keeps(pages):
    for text in pages.values():
        judge(text)


def test_every_row_that_is_named_is_a_link_to_the_row_itself(pages):
    for text in pages.values():
        page = Judged(text)
        targets = {link[1:] for link in page.values("href") if link.startswith(("#sn-row-", "#sn-concern-"))}
        assert targets
        assert targets <= set(page.ids)


def test_where_no_score_has_bounds_there_are_no_empty_columns_for_them(pages, tmp_path):
    """Nothing is open in max; in the worked example one letter was not confirmed."""
    closed = sn.report(sn.load_case("max"), tmp_path / "max.html").read_text("utf-8")
    assert "none has bounds" in closed
    assert ">Low<" not in closed
    assert ">Low<" in pages["worked_example"]


def test_every_row_of_the_chronology_is_on_the_page(pages):
    for name, text in pages.items():
        ids = set(Judged(text).ids)
        assert {f"sn-row-{row}" for row in sn.load_case(name).chronology["id"]} <= ids


def test_the_scores_on_the_page_are_those_of_the_functions(pages):
    case = sn.load_case("reuben")
    text = Judged(pages["reuben"]).text
    for score in (sn.fragmentation(case), sn.unshared_pairs(case), sn.best_picture(case), sn.diffusion(case)):
        assert f"{float(score):.2f}" in text
        assert " ".join(score.explain().split()) in text


@pytest.mark.slow
def test_each_number_of_agencies_says_which_agencies_it_counts(tmp_path):
    """Five in the table; professionals are of three; by the day somebody of one, and the desk's file, have appeared."""
    agencies = "school council police desk spare"
    one = case("T@school S@council P@police", "c1:3", "1 told desk>T c1 phone", "9 told S>P", agencies=agencies)
    assert len(one.agencies) == 5
    assert "3 professionals in 3 agencies" in repr(one)
    assert sn.scores(one, "2024-01-02")["agencies"] == 2
    text = " ".join(sn.report(one, tmp_path / "one.html", at="2024-01-02").read_text("utf-8").split())
    assert "3 professionals in 3 agencies" in text
    assert "agencies that have appeared, themselves or by their people: 2;" in text


@pytest.mark.slow
def test_a_band_beside_each_score_is_that_of_the_intervals(tmp_path):
    case = sn.load_case("reuben")
    text = sn.report(case, tmp_path / "bands.html", bands=20).read_text("utf-8")
    judge(text)
    table = re.search(r'<table class="t-scores">.*?</table>', text, re.DOTALL).group(0)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL) for line in table.split("<tr ")[1:]]
    bands = sn.intervals(case, draws=20).set_index("score")
    lines = bands.loc[sn.scores(case).index[-len(cells) :]]
    assert len(cells) == len(lines) == 18
    for (*_, cell, _, _), (low, high) in zip(cells, lines[["low", "high"]].itertuples(index=False), strict=True):
        shown = [float(one) for one in re.findall(r"[\d.]+", cell.partition("<br>")[0])]
        assert shown[0] == pytest.approx(low, abs=0.006)
        assert shown[-1] == pytest.approx(high, abs=0.006)
    assert "in which dates fell anywhere within their windows" in text


@pytest.mark.slow
def test_with_bands_each_matter_says_in_how_many_draws_it_stays(tmp_path):
    case = sn.load_case("reuben")
    text = Judged(sn.report(case, tmp_path / "bands.html", bands=20, full=True).read_text("utf-8")).text
    table = sn.matters_stability(case, draws=20)
    expected = []
    for side in ("gap", "strength"):
        for rank, share in table.loc[table["side"] == side, ["rank", "share"]].itertuples(index=False):
            among = "stays" if rank <= 10 else "comes"
            expected.append(f"In {round(20 * share)} of 20 draws it {among} among the first ten.")
    assert re.findall(r"In \d+ of 20 draws it \w+ among the first ten\.", text) == expected
    assert "one contact row in ten was left out" in text


def test_without_bands_the_page_has_none_and_what_is_no_number_of_draws_is_refused(tmp_path, pages):
    assert ">Band</th>" not in pages["reuben"]
    for words in ("among the first ten", "In a draw", "contact row in ten", '"soft stays"'):
        assert words not in pages["reuben"]
    case = sn.load_case("worked_example")
    for bands in (-1, 2.5, "200", True):
        with pytest.raises(sn.ArgumentError, match="number of draws"):
            sn.report(case, tmp_path / "r.html", bands=bands)
    with pytest.raises(sn.ArgumentError, match="no scores"):
        sn.report(case, tmp_path / "r.html", bands=20, family=True)
    assert not (tmp_path / "r.html").exists()


def test_the_page_says_what_it_is_not(pages):
    for text in pages.values():
        assert "never a child's risk or a person's fault" in html.unescape(text)
        assert "did not know” " not in text


def of_one_row(names: list[str], summary: str = "Bruise", **more: str) -> sn.Case:
    """A child and a teacher of these names, with one thing that the teacher saw."""
    people = pd.DataFrame({"id": ["k", "t"], "name": names, "kind": ["child", "professional"]})
    concern = {"id": "c", "about": "k", "category": "physical", "severity": 3, "summary": summary}
    row = {"id": "e", "date": "2020", "kind": "observed", "who": "t", "concerns": "c", "summary": summary}
    return sn.Case(people, pd.DataFrame([concern]), pd.DataFrame([row]), **more)


@pytest.mark.slow
def test_a_page_of_hostile_names_keeps_what_every_page_keeps(tmp_path):
    page = judge(sn.report(hostile_case(), tmp_path / "hostile.html").read_text("utf-8"))
    assert "img" not in page.names
    for name in NAMES.values():
        assert " ".join(name.split()) in page.text.replace("\u2068", "").replace("\u2069", "")


def test_a_name_that_is_markup_is_shown_as_text(tmp_path):
    evil = "<script>alert(1)</script>"
    case = of_one_row([evil, '"><img src=x onerror=1>'], "{{ 7*7 }} & <b>", title=evil)
    page = judge(sn.report(case, tmp_path / "evil.html").read_text("utf-8"))
    assert page.names.count("script") == 1  # our own, whose hash the policy has
    assert "img" not in page.names
    assert evil in page.text
    assert "{{ 7*7 }} & <b>" in page.text


def test_names_from_right_to_left_stand_by_themselves(tmp_path):
    text = sn.report(of_one_row(["נועה", "שרה כהן"]), tmp_path / "he.html", level="person").read_text("utf-8")
    assert "\u2068שרה כהן\u2069" in text
    rest = (
        re.sub("<figure.*?</figure>", "", text, flags=re.DOTALL)
        .replace("\u2068שרה כהן\u2069", "")
        .replace("\u2068נועה\u2069", "")
    )
    assert not re.search("[\u0590-\u05ff]", rest)


def test_every_rule_in_force_is_listed_with_what_it_says(tmp_path):
    rules = sn.Rules(grace_days=14)
    path = sn.report(sn.load_case("worked_example"), tmp_path / "rules.html", rules=rules)
    text = Judged(path.read_text("utf-8")).text
    for one in fields(rules):
        assert one.name.replace("_", " ") in text
    assert "grace days 14 not the usual one How many days after an opportunity" in text
    assert text.count("not the usual one") == 1


@pytest.mark.parametrize("rows", [[], [{"id": "e", "date": "2020-05-01", "kind": "met", "who": "t"}]])
def test_a_case_in_which_nothing_is_known_still_has_a_report(tmp_path, rows):
    case = sn.Case(
        pd.DataFrame({"id": ["k", "t"], "name": ["Kit", "Teacher"], "kind": ["child", "professional"]}),
        pd.DataFrame([{"id": "c", "about": "k", "category": "physical", "severity": 3, "summary": "Bruise"}]),
        pd.DataFrame(rows, columns=["id", "date", "kind", "who"]),
    )
    text = Judged(sn.report(case, tmp_path / "empty.html").read_text("utf-8")).text
    assert "not defined" in text


@pytest.mark.slow
def test_the_report_is_the_same_every_time(tmp_path):
    case = sn.load_case("worked_example")
    first = sn.report(case, tmp_path / "a.html").read_text("utf-8")
    assert sn.report(case, tmp_path / "b.html").read_text("utf-8") == first


def test_a_report_of_another_case_of_the_same_id_is_left_alone(tmp_path):
    one = sn.load_case("worked_example")
    other = sn.Case(
        one.people[one.people["id"] != "G"], one.concerns, one.chronology.head(1), id=one.id, title=one.title
    )
    place = sn.report(one, tmp_path / "a.html")
    before = place.read_text("utf-8")
    with pytest.raises(sn.FileInTheWayError, match="same case"):
        sn.report(other, place)
    assert place.read_text("utf-8") == before
    assert sn.report(other, place, overwrite=True).read_text("utf-8") != before


def test_a_file_that_somebody_else_made_is_left_alone(tmp_path):
    place = tmp_path / "notes.html"
    place.write_text("<html>mine</html>", "utf-8")
    with pytest.raises(sn.FileInTheWayError, match=r"notes\.html"):
        sn.report(sn.load_case("worked_example"), place)
    assert place.read_text("utf-8") == "<html>mine</html>"


@pytest.mark.slow
def test_both_levels_are_on_the_page_and_paper_follows_the_one_asked_for(tmp_path):
    case = sn.load_case("reuben")
    for level in ("agency", "person"):
        page = judge(sn.report(case, tmp_path / "a.html", level=level).read_text("utf-8"))
        assert f"print-{level}" in page.values("class")
        checked = [attrs["id"] for _, attrs in page.tags if "checked" in attrs]
        assert checked == [f"sn-level-{level}"]
        assert {"by-agency", "by-person"} <= set(page.values("class"))
    with pytest.raises(sn.ArgumentError, match="'agency', 'person'"):
        sn.report(case, tmp_path / "a.html", level="people")


def test_every_table_has_a_caption_and_headings_with_a_scope(pages):
    for text in pages.values():
        page = Judged(text)
        assert page.names.count("table") == page.names.count("caption")
        scopes = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
        assert set(scopes) <= {"col", "row", "rowgroup"}


def test_no_sign_that_stands_for_a_name_is_left_on_a_page(pages):
    for text in pages.values():
        assert not re.search("[\ue000\ue001]", text)


@pytest.mark.slow
def test_everything_stands_on_paper_in_the_full_report(tmp_path):
    case = sn.load_case("victoria_climbie")
    short = judge(sn.report(case, tmp_path / "a.html").read_text("utf-8"))
    full = judge(sn.report(case, tmp_path / "b.html", full=True).read_text("utf-8"))
    assert any("screen-only" in one for one in short.values("class") if "switch" not in one)
    assert not any("screen-only" in one for one in full.values("class") if "switch" not in one)
    assert " more stand" in short.text
    assert " more stand" not in full.text
    sentences = {" ".join(one["statement"].split(" (")[0].split()) for _, one in sn.findings(case).head(20).iterrows()}
    assert all(one.rstrip(".") in full.text for one in sentences if "“" in one and ")" not in one)


def test_a_page_says_from_which_file_and_when_it_was_made(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")  # 2025-01-01
    case = sn.read_case(sn.write_case(sn.load_case("worked_example"), tmp_path / "lewis.xlsx"))
    text = Judged(sn.report(case.until("2024-01-25"), tmp_path / "a.html").read_text("utf-8")).text
    assert "Made on 2025-01-01" in text
    assert "from lewis.xlsx" in text
    assert "To cite:" in text


@pytest.mark.slow
def test_a_case_that_is_not_marked_as_published_says_so(tmp_path):
    one = sn.load_case("worked_example")
    tables = {name: getattr(one, name) for name in ("people", "concerns", "chronology")}
    marked = judge(sn.report(sn.Case(**tables, status="illustrative"), tmp_path / "a.html").read_text("utf-8")).text
    bare = judge(sn.report(sn.Case(**tables), tmp_path / "b.html").read_text("utf-8")).text
    assert "not marked as published or illustrative" not in marked
    assert "not marked as published or illustrative" in bare
    assert all("A network over a period, not a person" in text for text in (marked, bare))
