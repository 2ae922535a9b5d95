"""Reach of reassurance against reach of the worries that it answers."""

from __future__ import annotations

import pandas as pd

import safetynet as sn
from safetynet.measures.reassurance import reach_of_reassurance
from tests.brute import model
from tests.builder import case
from tests.measures.against import made_up, packaged

PEOPLE = "T@school S@council G@health F:family"
CONCERNS = "c1 r1:0 answers=c1"


def reach(*rows, concerns=CONCERNS):
    return reach_of_reassurance(case(PEOPLE, concerns, *rows))


def test_the_reassurance_that_went_further_than_the_worry():
    # T saw c1 on the 1st; G gave r1 on the 2nd, and told S and the council's desk
    line = reach("observed T c1", "observed G r1", "told G>S;council r1 letter").iloc[0]
    assert (line["reassured"], line["informed"], line["reassured_only"]) == (("G", "S"), ("T",), ("G", "S"))
    assert (line["people_reassured"], line["people_informed"]) == (2, 1)
    assert (line["agencies_reassured"], line["agencies_informed"]) == (2, 1)
    assert (line["days"], line["sooner"]) == (1, "worry")
    assert line["rows"] == ("e1", "e2", "e3")


def test_which_was_on_record_sooner():
    assert reach("observed G r1", "observed T c1")[["sooner", "days"]].values.tolist() == [["reassurance", -1]]
    assert reach("observed G r1;c1")["sooner"].tolist() == ["same day"]
    assert reach("observed G c1")["sooner"].tolist() == ["worry"]
    only = reach("observed G r1", "observed F c1").iloc[0]  # the family has the worry alone
    assert (only["sooner"], only["people_informed"]) == ("reassurance", 0)
    assert pd.isna(only["informed_since"])
    assert only["days"] is pd.NA


def test_a_worry_that_is_resolved_or_that_nobody_has_is_left_out():
    assert reach("observed G r1", "observed T c1", concerns="c1 resolved=2 r1:0 answers=c1").empty
    assert reach().empty


def test_a_strength_answers_nothing():
    assert reach("observed G r1", "observed T c1", concerns="c1 r1:0 category=strength").empty


def test_in_the_climbie_case_more_had_the_scabies_diagnosis_than_the_suspicion():
    table = reach_of_reassurance(sn.load_case("victoria_climbie"))
    assert "C14" in set(table["reassurance"])
    assert (table["people_reassured"] > table["people_informed"])[table["reassurance"] == "C14"].all()


def check(tables, made_case, at):
    view = model.view(tables, at)
    expected = {}
    for calm in view.concerns:
        for worry in model.split(view.concerns[calm].get("answers")):
            reassured, informed = (view.holders(one) & view.professionals for one in (calm, worry))
            if worry in view.current and view.category[calm] == "reassurance" and reassured | informed:
                expected[calm, worry] = (reassured, informed)
    table = reach_of_reassurance(made_case, at)
    found = {(line.reassurance, line.concern): (set(line.reassured), set(line.informed)) for line in table.itertuples()}
    assert found == expected
    for line in table.itertuples():
        assert set(line.reassured_only) == set(line.reassured) - set(line.informed)
        sinces = [[view.known_on(one, c) for one in who] for c, who in zip(line[1:3], line[4:6], strict=True)]
        days = [min(one, default=None) for one in sinces]
        assert [line.reassured_since, line.informed_since] == [pd.NaT if d is None else pd.Timestamp(d) for d in days]


test_of_the_packaged_cases_it_reaches_whom_the_record_says = packaged(check)

test_it_reaches_whom_the_record_says = made_up(check)
