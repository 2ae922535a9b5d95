"""The score object."""

from __future__ import annotations

import copy
import math
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd
import pytest

import safetynet as sn
from safetynet.score import Score


def made(value=0.25, **more) -> Score:
    return Score("test", value, table=pd.DataFrame({"a": [1]}), explain="A sentence.", **more)


def test_a_score_is_a_number_with_its_range_and_direction():
    assert repr(made()) == "<Score test = 0.25 (range 0 to 1, higher is worse)>"
    assert repr(made(low=0.2, high=0.5)) == "<Score test = 0.25 (0.2 to 0.5; range 0 to 1, higher is worse)>"
    assert (float(made()), round(made(), 1), f"{made():.1%}") == (0.25, 0.2, "25.0%")


def test_bounds_table_rows_and_sentence_are_made_once_where_they_are_asked_for():
    asked = []

    def later(what, made):
        return lambda: (asked.append(what), made)[1]

    parts = dict(table=pd.DataFrame({"a": [1]}), explain="A sentence.", rows=["r2", "r1", "r2"], low=0.2, high=0.5)
    score = Score("test", 0.25, **{what: later(what, made) for what, made in parts.items()})
    assert (float(score), score.defined, score > 0.2, asked) == (0.25, True, True, [])
    assert (score.rows, score.rows, asked) == (("r2", "r1"), ("r2", "r1"), ["rows"])
    again = pickle.loads(pickle.dumps(score))
    assert sorted(asked) == sorted(parts)
    assert (again.low, again.high, again.explain(), again.table["a"].tolist()) == (0.2, 0.5, "A sentence.", [1])
    assert score.explain() == "A sentence."
    assert sorted(asked) == sorted(parts)


def test_a_score_that_is_not_defined_says_why_and_is_never_nought():
    score = made(None, reason="nobody knew")
    assert math.isnan(float(score))
    assert not score.defined
    assert repr(score) == "<Score test is not defined: nobody knew>"
    assert made().reason == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (math.nan, 0.5, "not defined to 0.5"),
        (0.2, math.nan, "0.2 to not defined"),
        (math.nan, math.nan, "bounds not defined"),
        (0.2, math.inf, "0.2 to inf"),
    ],
)
def test_a_bound_that_is_not_defined_is_said_beside_a_number_that_is(low, high, said):
    score = made(low=low, high=high)
    assert score.numeral() == f"0.25 ({said})"
    assert repr(score) == f"<Score test = 0.25 ({said}; range 0 to 1, higher is worse)>"


def test_a_score_cannot_be_changed_and_its_table_is_a_copy():
    score = made()
    with pytest.raises(AttributeError, match="cannot be changed"):
        score.value = 3  # type: ignore[misc]
    table = score.table
    table.loc[0, "a"] = 9
    assert score.table.loc[0, "a"] == 1


def test_evidence_is_the_rows_of_the_chronology_by_date():
    score = sn.best_picture(sn.load_case("worked_example"), at="2024-01-31")
    # P holds c2 (observed, e3) and c1 (the meeting, e6)
    assert score.rows == ("e3", "e6")
    assert score.evidence["id"].tolist() == ["e3", "e6"]
    assert list(score.evidence.columns) == list(sn.load_case("worked_example").chronology.columns)


def test_in_a_notebook_a_score_shows_its_picture_and_a_case_its_network():
    case = sn.load_case("worked_example")
    assert "data:image/png;base64," in sn.best_picture(case)._repr_html_()
    assert set(case._repr_mimebundle_()) == {"text/plain", "text/html", "image/png", "image/svg+xml"}


def test_a_score_without_an_end_that_is_not_defined_is_shown_all_the_same():
    score = sn.days_without_lead(sn.load_case("victoria_climbie"))
    assert not score.defined
    assert "not defined" in score._repr_html_()


def test_in_a_notebook_everything_is_escaped():
    score = Score("x", 0.5, table=pd.DataFrame({"who": ["<script>alert(1)</script>"]}), explain="<b>bold</b>")
    assert "<script>" not in score._repr_html_()
    assert "&lt;b&gt;bold" in score._repr_html_()


def test_a_score_compares_and_adds_like_its_number() -> None:
    score, other = made(0.25), made(0.5)
    assert score < 0.3 < other
    assert score <= other
    assert other > score
    assert score == 0.25
    assert score != other
    assert score + 1 == 1.25 == 1 + score
    assert (1 - score, score - 1, other * 2, 2 * other, other / 2, 1 / other) == (0.75, -0.75, 1.0, 1.0, 0.25, 2.0)
    assert (-score, abs(score), int(other + 0.6)) == (-0.25, 0.25, 1)
    assert sum([score, other]) == 0.75
    assert sorted([other, score], key=float)[0] is score
    assert max(score, other) is other
    assert pd.Series([0.1, 0.9])[pd.Series([0.1, 0.9]) > float(other)].tolist() == [0.9]


def test_a_score_and_a_word_have_nothing_in_common() -> None:
    assert made() != "high"
    with pytest.raises(TypeError):
        made() < "high"  # noqa: B015  # type: ignore[operator]


def test_whether_a_score_is_true_is_asked_otherwise() -> None:
    with pytest.raises(TypeError, match=r"Ask score\.defined, or compare it"):
        bool(made())


def test_a_score_survives_pickling_and_deep_copying() -> None:
    case = sn.load_case("worked_example")
    for score in (made(low=0.2, high=0.5), sn.fragmentation(case), sn.best_picture(case)):
        for again in (pickle.loads(pickle.dumps(score)), copy.deepcopy(score), copy.copy(score)):
            assert repr(again) == repr(score)
            assert again.explain() == score.explain()
            pd.testing.assert_frame_equal(again.table, score.table)
            pd.testing.assert_frame_equal(again.evidence, score.evidence)
    assert copy.deepcopy(sn.best_picture(case)).without_best == sn.best_picture(case).without_best


@pytest.mark.slow
def test_a_pool_of_processes_takes_cases_and_gives_scores() -> None:
    cases = [sn.load_case(name) for name in ("worked_example", "max")]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert [float(score) for score in pool.map(sn.fragmentation, cases)] == [0.0, 0.0]
