"""The grid, the ecomap, the lines, the bars and the comparison: what each draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

import safetynet as sn
from tests.measures import made
from tests.measures.made import saw, told
from tests.plot.drawing import outside, overlaps, said


def marks(ax, marker, least=5.5):
    return [line for line in ax.lines if line.get_marker() == marker and line.get_markersize() >= least]


# who knew what ----------------------------------------------------------------------------------------


def test_the_grid_draws_a_mark_for_every_cell_that_is_not_empty():
    case = sn.load_case("worked_example")  # 4 first hand or told marks each: see the views' test
    ax = sn.plot.who_knew_what(case, at="2024-01-31", ax=sn.plot.page())
    table = sn.tables.who_knew_what(case, at="2024-01-31")["state"].value_counts()
    assert len(marks(ax, ">")) == table["told"] + 1  # one more in the key
    solid = [line for line in marks(ax, "o") if line.get_markerfacecolor() == "#00496f"]
    assert len(solid) == table["first hand"] + 1


def test_the_margins_count_the_record():
    ax = sn.plot.who_knew_what(made.case("A@a B@b", [saw("A", "c1;c2"), saw("B", "c1")], "c1 c2"), ax=sn.plot.page())
    numbers = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert sorted(numbers) == ["1", "1", "2", "2"]  # A 2, B 1; c1 2, c2 1


def test_dates_stand_in_wide_cells_and_are_said_to_be_missing_in_narrow_ones():
    case = made.case("A@a", [saw("A")])
    assert "1 Jan 24" in said(sn.plot.who_knew_what(case, dates=True, ax=sn.plot.page()))
    many = sn.plot.who_knew_what(sn.load_case("victoria_climbie"), dates=True, ax=sn.plot.page())
    assert "too narrow for dates" in said(many).replace("\n", " ")


# ecomap -----------------------------------------------------------------------------------------------


def tie_case(*ties):
    table = pd.DataFrame([dict(zip(("source", "target", "kind", "quality"), tie, strict=True)) for tie in ties])
    return made.case("M:family G:support T@school", [told("T", "M", concerns="c1")], ties=table)


def test_each_quality_is_drawn_in_its_own_way():
    case = tie_case(
        ("K", "M", "kin", "strong"),
        ("K", "G", "kin", "weak"),
        ("M", "G", "kin", "stressful"),
        ("M", "T", "care", "broken"),
    )
    ax = sn.plot.ecomap(case, ax=sn.plot.page())
    lines = [patch for patch in ax.patches if isinstance(patch, PathPatch) and patch.get_edgecolor()[:3] != (1, 1, 1)]
    assert max(patch.get_linewidth() for patch in lines) > 4  # strong
    assert any(patch.get_linestyle() not in ("-", "solid") for patch in lines)  # weak
    turns = [np.abs(np.diff(np.sign(np.diff(patch.get_path().vertices[:, 1])))).sum() for patch in lines]
    assert max(turns) > 20  # stressful: teeth
    words = said(ax)
    assert all(
        word in words for word in ("strong", "weak (tenuous)", "stressful", "broken", "direction of information")
    )


def test_the_key_of_the_ecomap_is_always_there():
    assert "stressful" in said(sn.plot.ecomap(sn.load_case("victoria_climbie"), ax=sn.plot.page()))


def test_genogram_symbols_are_drawn_for_those_who_are_named():
    case = tie_case(("K", "M", "household", "strong"))
    ax = sn.plot.ecomap(case, genogram={"K": "male", "M": "female"}, ax=sn.plot.page())
    assert any(line.get_marker() == "s" and line.get_markersize() > 15 for line in ax.lines)
    assert any(line.get_marker() == "o" and line.get_markersize() > 15 for line in ax.lines)
    with pytest.raises(sn.UnknownNameError, match="'X'"):
        sn.plot.ecomap(case, genogram={"X": "male"})
    with pytest.raises(sn.ArgumentError, match="'male', 'female', 'unknown'"):
        sn.plot.ecomap(case, genogram={"K": "boy"})


def test_ties_that_ended_are_counted_not_drawn():
    words = said(sn.plot.ecomap(sn.load_case("max"), ax=sn.plot.page())).replace("\n", " ")
    assert "2 ties that had ended not drawn" in words  # the facilitator's and the counsellor's


# sets, picture, scores --------------------------------------------------------------------------------


def test_there_is_a_bar_for_every_set_as_high_as_its_severity():
    case = sn.load_case("reuben")
    ax = sn.plot.agency_sets(case, ax=sn.plot.page())
    table = sn.tables.agency_sets(case)
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_zorder() == 2.0]
    highs = sorted((bar.get_x(), bar.get_height()) for bar in bars)
    unit = highs[0][1] / table["severity"].iloc[0]
    assert [high / unit for _, high in highs] == pytest.approx(table["severity"].tolist())


def test_the_two_lines_of_the_picture_end_at_the_last_values():
    ax = sn.plot.picture_over_time(sn.load_case("worked_example"), ax=sn.plot.page())
    words = said(ax)
    assert "together: 9" in words
    assert "best one: 7" in words
    assert "Police officer" in words


def test_scores_can_be_chosen_and_a_wrong_one_is_named():
    case = sn.load_case("worked_example")
    words = said(sn.plot.scores_over_time(case, names=["diffusion", "contacts"], ax=sn.plot.page()))
    assert "diffusion" in words
    assert "best picture" not in words
    with pytest.raises(sn.UnknownNameError, match="diffusion"):
        sn.plot.scores_over_time(case, names=["difusion"])
    with pytest.raises(sn.ArgumentError, match="empty"):
        sn.plot.scores_over_time(case, names=[])


def test_a_table_that_is_there_already_is_drawn_as_it_is():
    case = sn.load_case("worked_example")
    table = sn.scores_over_time(case)
    table["best_picture"] = 0.123
    assert "0.12" in said(sn.plot.scores_over_time(case, names=["best_picture"], table=table, ax=sn.plot.page()))


# responsibility, matrix -------------------------------------------------------------------------------


def test_dark_bars_are_the_spells_without_an_owner():
    case = sn.load_case("max")
    ax = sn.plot.responsibility(case, ax=sn.plot.page())
    dark = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_zorder() == 2.2]
    assert len(dark) == sum(map(len, sn.tables.worry_responsibility(case)["unowned"]))


def test_worries_without_room_are_counted():
    ax = Figure(figsize=(8, 3)).subplots()
    assert "not shown for want of room" in said(
        sn.plot.responsibility(sn.load_case("victoria_climbie"), ax=ax)
    ).replace("\n", " ")


def test_the_matrix_writes_the_numbers_of_the_table():
    case = sn.load_case("max")
    from safetynet.measures.agencies import agency_matrix

    table = agency_matrix(case)
    ax = sn.plot.agency_matrix(case, ax=sn.plot.page())
    written = sorted(int(text.get_text()) for text in ax.texts if text.get_text().isdigit())
    assert written == sorted(value for value in table.to_numpy().ravel().tolist() if value)


def test_a_matrix_of_many_agencies_has_numbers_for_its_columns():
    people = " ".join(f"P{n}@a{n}" for n in range(40))
    case = made.case(people, [told(f"P{n}", f"P{n + 1}", date="2024-01-01") for n in range(39)])
    ax = sn.plot.agency_matrix(case, ax=sn.plot.page("a4"))
    assert {"1", "40"} <= {text.get_text() for text in ax.texts}
    assert outside(ax) == []


# a score, a comparison --------------------------------------------------------------------------------


def test_a_score_is_a_bar_on_its_range_with_its_sentence():
    score = sn.best_picture(sn.load_case("worked_example"))
    ax = sn.plot.score(score, ax=sn.plot.page((9, 3.4)))
    assert "0.778" in said(ax)
    assert "higher is better" in said(ax)
    sheet, bar = [patch for patch in ax.patches if isinstance(patch, Rectangle)][:2]
    assert bar.get_width() / sheet.get_width() == pytest.approx(7 / 9)


def test_a_score_that_is_not_defined_says_why():
    score = sn.best_picture(sn.load_case("worked_example"), at="2020-01-01")
    words = said(sn.plot.score(score, ax=sn.plot.page((9, 3.4))))
    assert "not defined" in words
    assert "no professional" in words


def test_bounds_are_drawn_where_they_differ():
    score = sn.temporal_fragmentation(sn.load_case("victoria_climbie"))
    ax = sn.plot.score(score, ax=sn.plot.page((9, 3.4)))
    assert any(line.get_color() == "#8f2d00" for line in ax.lines)


def test_a_score_plots_itself():
    score = sn.best_picture(sn.load_case("worked_example"))
    ax = sn.plot.page((9, 3.4))
    assert score.plot(ax=ax) is ax


def table(**more):
    lines = [
        ("fragmentation", "death", 0.9),
        ("fragmentation", "death", 0.7),
        ("fragmentation", "improved", 0.2),
        ("diffusion", "death", 0.5),
    ]
    return pd.DataFrame(lines, columns=["measure", "outcome", "value"]).assign(**more)


def test_a_strip_has_a_point_for_every_value_and_the_median_in_words():
    ax = sn.plot.compare(table(), ax=sn.plot.page())
    points = [line for line in ax.lines if line.get_marker() in ("o", "s")]
    assert len(points) == 4 + 2  # the key has one for each group
    assert "median 0.8" in said(ax)  # of 0.7 and 0.9
    assert overlaps(ax) == []


def test_intervals_are_lines_from_low_to_high():
    ax = sn.plot.compare(table(low=0.1, high=0.95), ax=sn.plot.page())
    spans = [line for line in ax.lines if line.get_linewidth() == 1.8]
    assert len(spans) == 4
    assert len({tuple(line.get_xdata()) for line in spans}) == 1  # all from 0.1 to 0.95 on one scale


def test_values_that_are_not_defined_are_counted():
    frame = table()
    frame.loc[0, "value"] = float("nan")
    assert "1 not defined and not drawn" in said(sn.plot.compare(frame, ax=sn.plot.page()))


def test_measures_on_different_scales_have_their_own():
    frame = pd.DataFrame(
        {"score": ["contacts", "fragmentation"], "value": [40, 0.4], "low": [30, 0.2], "high": [55, 0.5]}
    )
    assert "own scale" in said(sn.plot.compare(frame, ax=sn.plot.page()))


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(sn.ArgumentError, match=r"'difference'.*'measure'"):
        sn.plot.compare(table(), value="difference")
    with pytest.raises(sn.ArgumentError, match="no line with a value"):
        sn.plot.compare(table(value=float("nan")))


def test_one_hundred_cases_stand_beside_each_other_without_touching():
    frame = pd.DataFrame({"measure": "fragmentation", "group": "all", "value": np.linspace(0.4, 0.45, 100)})
    ax = sn.plot.compare(frame, ax=sn.plot.page())
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == 100
    assert outside(ax) == []
