"""The copy for the family: plain words, no codes, their own word marked, accounts side by side."""

from __future__ import annotations

import re

import safetynet as sn
from safetynet.case.vocabulary import ROW_KINDS
from safetynet.pages.family import SAYS, TO_NOBODY, _told, entry, is_own
from safetynet.pages.names import Names
from safetynet.record.snapshot import snapshot
from tests.builder import case
from tests.pages.hostile import hostile_case
from tests.pages.judge import judge

STORY = (
    "M:family T@school S@council K:child",
    "zc1:3 summary=Bruise zc2 summary=Hungry",
    "ze1: observed T zc1",
    "ze2: told T>S zc1 letter received=no",
    "ze3: told M>S zc2 phone disputes=ze1",
    "ze4: decided S zc1 outcome=no_further_action",
    "ze5: agreed - zc1 due=20",
    "ze6: opened S",
)


def page_of(made: sn.Case, tmp_path, **more):
    return judge(sn.report(made, tmp_path / "family.html", family=True, **more).read_text("utf-8"))


def test_every_kind_of_row_has_plain_words():
    assert set(SAYS) == set(ROW_KINDS)
    assert set(TO_NOBODY) <= set(SAYS)


def test_the_copy_has_no_codes_and_no_scores(tmp_path):
    text = page_of(case(*STORY), tmp_path, full=True).text
    assert not re.search(r"\bz[ce]\d", text)
    assert "ragmentation" not in text
    assert "everity" not in text


def test_the_familys_own_rows_are_marked_and_no_others(tmp_path):
    made = case(*STORY)
    page = page_of(made, tmp_path, full=True)
    view = snapshot(made)
    assert [row.id for row in view.rows if is_own(view, row)] == ["ze3"]
    assert page.values("class").count("own") == 1 + 2 + 1  # a line, its word twice, the sentence on it


def test_accounts_that_differ_stand_side_by_side(tmp_path):
    text = page_of(case(*STORY), tmp_path).text
    there = text[text.index("One account") : text.index("What a review might ask")]
    assert there.index("saw or found out") < there.index("M told council (professional)")
    assert text.count("How we remember it") >= 4


def test_a_row_is_told_in_plain_words():
    view = snapshot(case(*STORY))
    told = {row.id: entry(view, Names(view), row) for row in view.rows}
    assert told["ze1"].when == "1 January 2024"
    assert told["ze2"].said.agency == "school (professional) told council (professional)"
    assert told["ze2"].said.person == "T told S"
    assert told["ze2"].more == "It did not arrive."
    assert told["ze4"].more == "The decision was to do nothing further."
    assert told["ze5"].said.agency == "This was agreed, and no name stands beside it"
    assert told["ze5"].more == "It was to be done by 20 January 2024."


def test_two_of_one_agency_are_joined_as_in_a_sentence():
    view = snapshot(
        case("T@school H@school S@council", "c1:3", "01-10 observed T;H c1", "01-11 met T;H;S c1"), "2024-02-01"
    )
    told = [entry(view, Names(view), row).said.person for row in view.rows]
    assert told[0].startswith("T and H ")
    assert told[1].startswith("T, H and S ")


def test_what_is_left_out_is_said_and_the_whole_copy_has_it(tmp_path):
    made = case(*STORY)
    assert "1 more note" in page_of(made, tmp_path).text
    whole = page_of(made, tmp_path, full=True).text
    assert "more note" not in whole
    assert "began to work with the family" in whole


def test_of_more_rows_than_anybody_reads_the_familys_own_and_the_gravest_stay():
    made = case(
        "M:family T", "c1:1 c2:4", "e1: observed T c1", "e2: observed T c2", "e3: observed M c1", "e4: opened T"
    )
    view = snapshot(made)
    assert [row.id for row in _told(view, 2)] == ["e2", "e3"]
    assert [row.id for row in _told(view, None)] == ["e1", "e2", "e3", "e4"]


def test_hostile_names_stay_text(tmp_path):
    page_of(hostile_case(), tmp_path)
