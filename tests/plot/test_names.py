"""Whatever people and cases are called, it is drawn as text."""

from __future__ import annotations

import pandas as pd
import pytest

import safetynet as sn
from safetynet.plot.saving import rendered
from tests.plot.drawing import KINDS, drawer, outside, overlaps, said

pytestmark = pytest.mark.slow


NAMES = {
    "a": "<script>alert(1)</script>",
    "b": "$x_1$ and $\\frac{1}{2}$ and 5% & more_",
    "c": "A very long name that goes on and on " * 6,
    "d": "line\nbreak\tand \x07 bell",
    "e": "Ngāti Whātua – Zoë Łęcka, “quoted”",
}


@pytest.fixture(scope="module")
def case() -> sn.Case:
    people = [{"id": "kid", "name": "K$id$", "kind": "child", "agency": ""}]
    people += [
        {"id": key, "name": name, "kind": "professional", "agency": f"<b>ag{key}"} for key, name in NAMES.items()
    ]
    people += [{"id": "m", "name": "$mother$", "kind": "family", "agency": ""}]
    concerns = [
        {"id": "w$1$", "about": "kid", "category": "neglect", "severity": "4", "summary": "<i>$a^b$</i> & co"},
        {"id": "w2", "about": "kid", "category": "physical", "severity": "1", "summary": "x" * 300},
    ]
    rows = [
        {"id": "r1", "date": "2024-01-01", "kind": "observed", "who": "a", "to": "", "concerns": "w$1$"},
        {
            "id": "r<2>",
            "date": "2024-01-02",
            "kind": "told",
            "who": "a",
            "to": "b;c",
            "concerns": "w$1$",
            "channel": "phone",
        },
        {"id": "r$3", "date": "2024-01-03", "kind": "met", "who": "a;b;c;d;m", "to": "", "concerns": "w2"},
        {
            "id": "r4",
            "date": "2024-01-04",
            "kind": "told",
            "who": "m",
            "to": "e",
            "concerns": "w2",
            "channel": "letter",
        },
        {"id": "r5", "date": "2024-01-05", "kind": "agreed", "who": "e", "to": "", "concerns": "w2"},
        {"id": "r6", "date": "2024-01-05", "kind": "assumed", "who": "b", "to": "a", "concerns": "w2"},
    ]
    ties = pd.DataFrame([{"source": "kid", "target": "m", "kind": "household", "quality": "weak"}])
    frames = (pd.DataFrame(people), pd.DataFrame(concerns), pd.DataFrame(rows).fillna(""))
    return sn.Case(*frames, ties=ties, title="$\\sum$ <title> & 100 %")


@pytest.mark.parametrize("kind", KINDS)
def test_signs_of_html_and_formulas_are_drawn_as_they_are(kind, case):
    ax = drawer(kind)(case, ax=sn.plot.page())
    assert "$\\sum$ <title> & 100 %" in ax._left_title.get_text()
    assert all(not text.get_parse_math() for text in (*ax.texts, ax._left_title))
    svg = rendered(ax, "svg").decode()
    assert "<script" not in svg
    assert "<b>ag" not in svg
    assert overlaps(ax) == []
    assert outside(ax) == []


def test_a_long_name_is_cut_and_a_break_in_it_is_a_space(case):
    written = said(sn.plot.network(case, ax=sn.plot.page()))
    assert "A very long name that goes …" in written  # what fits of it in letters of 12 points
    assert NAMES["c"] not in written
    assert "line break and bell" in written


def test_a_picture_inside_a_page_escapes_what_it_says(case):
    text = sn.plot.svg(sn.plot.network(case, ax=sn.plot.page()))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
