"""A case and a changed one side by side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.summary import scores
from safetynet.whatif import Comparison, what_if
from tests import strategies
from tests.builder import case, from_tables
from tests.whatif.test_changes import CALL


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_the_scores_stand_side_by_side(worked: sn.Case) -> None:
    compared = what_if(worked, {"add": CALL}, "2024-01-31")
    table = compared.scores
    assert table.columns.tolist() == ["before", "after", "difference"]
    # P has c1 (3) and c2 (4) of 9, and with the call c3 (2) as well: 7/9 and 9/9; then no pair is apart, of 8/26 before
    assert table.loc["best_picture"].tolist() == pytest.approx([7 / 9, 1, 2 / 9])
    assert table.loc["unshared_pairs"].tolist() == pytest.approx([8 / 26, 0, -8 / 26])
    assert table.loc["contacts"].tolist() == [2, 3, 1]
    pd.testing.assert_series_equal(table["before"], scores(worked, "2024-01-31"), check_names=False)
    pd.testing.assert_series_equal(table["after"], scores(compared.case, "2024-01-31"), check_names=False)


def test_what_is_differently_on_record_is_listed_in_both_worlds(worked: sn.Case) -> None:
    table = what_if(worked, {"add": CALL}, "2024-01-31").knowledge
    cells = {(line.world, line.holder, line.concern): line for line in table.itertuples()}
    # recorded: P hears c3. Possible: on 28 January G may have heard c2 of P, and two days later S c3 of P.
    possible = {("possible", "P", "c3"), ("possible", "G", "c2"), ("possible", "S", "c3")}
    assert set(cells) == {("recorded", "P", "c3")} | possible
    line: Any = cells["recorded", "P", "c3"]
    assert (line.state_before, line.state_after, line.rows) == ("no record", "certain", ("added1",))
    assert pd.isna(line.known_before)
    assert line.known_after == pd.Timestamp("2024-01-28")
    assert cells["possible", "S", "c3"].rows == ("added1", "e6")  # type: ignore[union-attr]
    assert cells["possible", "G", "c2"].rows == ("e3", "added1")  # type: ignore[union-attr]


def test_who_is_left_out_has_nothing_on_record_any_more(worked: sn.Case) -> None:
    table = what_if(worked, {"drop": "G"}).knowledge
    gone = table[(table["world"] == "recorded") & (table["state_after"] == "no record")]
    # G had seen c3 and told T of it; nobody else had it
    assert set(zip(gone["holder"], gone["concern"], strict=True)) == {("G", "c3"), ("T", "c3")}
    assert dict(zip(gone["holder"], gone["rows"], strict=True)) == {"G": ("e4", "e5"), "T": ("e5",)}


def test_without_a_change_nothing_differs(worked: sn.Case) -> None:
    compared = what_if(worked, {"move": "e6", "to": "2024-01-30"})
    assert (compared.scores["difference"].dropna() == 0).all()
    assert compared.knowledge.empty
    assert compared.knowledge["known_after"].dtype == "datetime64[s]"
    assert "no headline score of 2024-01-30 would be another" in compared.explain()
    assert "Nobody would have anything else on record" in compared.explain()
    assert repr(compared) == (
        "<Comparison of 'worked_example' at 2024-01-30: 0 scores and 0 entries of what is on record differ>"
    )


def test_both_sides_are_asked_for_the_date_of_the_original_case(worked: sn.Case) -> None:
    late = what_if(worked, {"add": {**CALL, "date": "2024-03-01"}})
    assert late.at == dt.date(2024, 1, 30)
    assert late.scores["difference"].abs().max() == 0
    harmed = case("T@a S@b", "c1:2", "01-03 observed T c1", "01-09 observed S c1", harm_date="2024-01-06")
    assert what_if(harmed, {"drop": "e2"}).at == dt.date(2024, 1, 5)


def test_a_comparison_says_what_it_found_and_escapes_it(worked: sn.Case) -> None:
    compared = what_if(worked, {"add": CALL})
    assert isinstance(compared, Comparison)
    assert "the largest share of the picture that one person held would rise from 0.78 to 1.00" in compared.explain()
    assert "1 person or agency would have 1 entry more on record" in compared.explain()
    unsafe = case("T@<b> S@x", "c1:2", "01-03 observed T c1", id="<script>")
    shown = what_if(unsafe, {"add": {"date": "2024-01-03", "kind": "told", "who": "T", "to": "<b>", "concerns": "c1"}})
    assert "&lt;script&gt;" in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()
    assert "<script>" not in shown._repr_html_()


def test_the_tables_of_a_comparison_are_copies(worked: sn.Case) -> None:
    compared = what_if(worked, {"add": CALL})
    table, known = compared.scores, compared.knowledge
    table.loc["best_picture", "after"] = 5
    known["holder"] = ""
    assert compared.scores.loc["best_picture", "after"] == 1
    assert "P" in set(compared.knowledge["holder"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", {"drop": "e2"}), r"load_case\('x'\)"),
        ((3, {"drop": "e2"}), "a case is needed, not an int"),
        ((None, {}), "a case is needed"),
        ((sn.load_case("worked_example"), {"drop": "e2"}, "soon"), "at='soon'"),
        ((sn.load_case("worked_example"), {"drop": "e2"}, 3), "at=3"),
        ((sn.load_case("worked_example"), {"drop": "e2"}, None, "rules"), "rules='rules'"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_to_write(arguments: Any, said: str) -> None:
    with pytest.raises(sn.ArgumentError, match=said):
        what_if(*arguments[:3], **({"rules": arguments[3]} if len(arguments) > 3 else {}))


@pytest.mark.parametrize("rules", [sn.Rules(), sn.Rules(unconfirmed="does_not_count"), sn.Rules(dates="earliest")])
@given(strategies.cases(permissions=False))
def test_a_comparison_lists_what_is_on_record_in_one_case_and_not_in_the_other(rules: sn.Rules, tables: Any) -> None:
    found = from_tables(tables)
    if len(found.chronology) < 2:
        return
    compared = what_if(found, {"drop": found.chronology["id"][0]}, rules=rules)
    for world in ("recorded", "possible"):
        before, after = (sn.knowledge(one, world, rules=rules) for one in (found, compared.case))  # type: ignore[arg-type]
        listed = compared.knowledge[compared.knowledge["world"] == world].set_index(["holder", "concern"])
        states = [one.state(compared.at) for one in (before, after)]
        days = [one.first_known() for one in (before, after)]
        assert listed["rows"].all()
        for holder in days[0].index:
            for concern in days[0].columns:
                pair = [one.loc[holder, concern] for one in (*states, *days)]
                differs = pair[0] != pair[1] or (pair[2] != pair[3] and not (pd.isna(pair[2]) and pd.isna(pair[3])))
                assert ((holder, concern) in listed.index) == differs
                if differs:
                    line = listed.loc[(holder, concern)]
                    assert [line["state_before"], line["state_after"]] == pair[:2]
