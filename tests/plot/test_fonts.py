"""Letters: the user's own fonts, scripts that the usual font lacks, and joiners."""

from __future__ import annotations

import re

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.font_manager import findfont

import safetynet as sn
from safetynet.plot.kit import fonts


def named(name: str) -> sn.Case:
    people = pd.DataFrame({"id": ["k", "t", "s"], "name": ["Kit", name, "Social worker"]})
    people["kind"], people["agency"] = ["child", "professional", "professional"], ["", "school", "council"]
    concerns = pd.DataFrame([{"id": "c1", "about": "k", "category": "physical", "severity": 3, "summary": "bruise"}])
    rows = [("e1", "2024-01-10", "told", "t", "s", "c1", "phone")]
    columns = ["id", "date", "kind", "who", "to", "concerns", "channel"]
    return sn.Case(people, concerns, pd.DataFrame(rows, columns=columns))


def test_without_a_choice_the_letters_are_those_that_come_with_matplotlib():
    assert fonts.family() == ("DejaVu Sans", "sans-serif")


def test_the_fonts_that_the_user_has_set_come_first():
    with mpl.rc_context({"font.family": ["DejaVu Serif"]}):
        assert fonts.family()[:2] == ("DejaVu Serif", "DejaVu Sans")
        ax = sn.plot.network(named("Teacher"), ax=sn.plot.page())
        wide = fonts.measure("Teacher", 12.0)
    assert {text.get_fontfamily()[0] for text in ax.texts} == {"DejaVu Serif"}
    assert findfont(ax.texts[0].get_fontproperties()).endswith("DejaVuSerif.ttf")
    assert fonts.measure("Teacher", 12.0) != wide


@pytest.mark.parametrize("text", ["Zoë Łęcka", "Ngāti Whātua", "Мария", "Αθηνά", "x · 2 …"])
def test_a_text_in_letters_that_stand_by_themselves_is_as_long_as_it_was_measured(text):
    assert fonts.is_plain(text)


@pytest.mark.parametrize("text", ["प्रिया शर्मा", "王小明", "שרה כהן", "سارة", "e\u0301"])
def test_letters_that_are_lacking_join_or_run_from_right_to_left_are_not_forced_to_a_length(text):
    assert not fonts.is_plain(text)


def test_an_svg_forces_no_length_on_such_a_name_and_keeps_that_of_the_others():
    svg = sn.plot.svg(sn.plot.network(named("שרה"), ax=sn.plot.page()))
    assert re.search(r"<text(?![^>]*textLength)[^>]*>שרה", svg)
    assert re.search(r"<text[^>]*textLength[^>]*>Social worker", svg)


@pytest.mark.parametrize(("name", "lacking"), [("王小明", "3 letters"), ("王", "1 letter")])
def test_letters_that_no_font_has_are_told_once_with_what_to_do_and_without_the_name(name, lacking, tmp_path):
    ax = sn.plot.network(named(name), ax=sn.plot.page())
    with pytest.warns(sn.SafetynetWarning) as told:
        sn.plot.save(ax, tmp_path / "a.png")
    assert len(told) == 1
    said = str(told[0].message)
    assert said.startswith(f"{lacking} of this picture (such as CJK UNIFIED IDEOGRAPH-")
    assert ".svg" in said
    assert "font.family" in said
    assert name not in said
    assert told[0].filename == __file__


def test_an_svg_with_such_letters_says_nothing_for_the_reader_has_them(tmp_path, recwarn):
    sn.plot.save(sn.plot.network(named("王小明"), ax=sn.plot.page()), tmp_path / "a.svg")
    assert not recwarn.list


def test_a_joiner_has_no_width_and_stays_in_the_name():
    assert fonts.measure("a\u200db", 10.0) == fonts.measure("ab", 10.0)
    name = "ශ්\u200dරියානි"
    assert name in sn.plot.svg(sn.plot.network(named(name), ax=sn.plot.page()))
