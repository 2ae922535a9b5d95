"""The network picture."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.patches import PathPatch

import safetynet as sn
from tests.measures import made
from tests.measures.made import met, saw, told
from tests.plot import big
from tests.plot.drawing import CASES, drawn_rows, said


def child_at(ax):
    """Where the child stands: the marker with the dot inside."""
    mark = max((line for line in ax.lines if line.get_marker() == "o"), key=lambda line: line.get_markersize())
    return mark.get_xydata()[0], mark.get_markersize() / 2


@pytest.mark.parametrize("name", CASES)
def test_no_contact_of_others_runs_through_the_child(name):
    case = sn.load_case(name)
    ax = sn.plot.network(case, ax=sn.plot.page())
    centre, radius = child_at(ax)
    child = case.people.loc[case.people["kind"] == "child", "id"].iloc[0]
    rows = case.chronology.set_index("id")
    for patch in ax.patches:
        label = patch.get_label()
        if isinstance(patch, PathPatch) and label.startswith("_rows:"):
            row = rows.loc[label[6:].split(";")[0]]
            if child in (*row["who"].split(";"), *row["to"].split(";")):
                continue
            far = np.hypot(*(patch.get_path().vertices - centre).T).min()
            assert far > radius, label


def test_more_contacts_make_a_thicker_arrow():
    case = made.case("A@a B@b C@c", [told("A", "B")] * 4 + [told("A", "C")])
    ax = sn.plot.network(case, ax=sn.plot.page())
    width = {patch.get_label(): patch.get_linewidth() for patch in ax.patches if patch.get_label().startswith("_rows:")}
    assert width["_rows:e1;e2;e3;e4"] > width["_rows:e5"]


def test_a_contact_without_a_concern_is_dashed_and_one_with_has_it_as_its_label():
    case = made.case("A@a B@b C@c", [saw("A"), told("A", "B", concerns="c1"), told("A", "C")])
    ax = sn.plot.network(case, ax=sn.plot.page())
    style = {patch.get_label(): patch.get_linestyle() for patch in ax.patches if patch.get_label().startswith("_rows:")}
    assert style["_rows:e2"] in ("-", "solid")
    assert style["_rows:e3"] not in ("-", "solid")
    assert any(
        text.get_text() == "c1" and text.get_color() == "#00496f" and text.get_ha() == "center" for text in ax.texts
    )


def test_whoever_alone_holds_a_worry_is_marked_with_the_date():
    case = made.case("A@a B@b", [saw("A"), {**saw("B", "c2"), "date": "2024-03"}], "c1 c2")
    words = said(sn.plot.network(case, ax=sn.plot.page()))
    assert "c1 · 1 Jan 2024" in words
    assert "c2 · Mar 2024" in words
    shared = case.with_rows([{"id": "m", "date": "2024-04-01", "kind": "met", "who": "A;B", "concerns": "c1;c2"}])
    assert "·" not in said(sn.plot.network(shared, ax=sn.plot.page()))


def test_nobody_is_drawn_before_they_have_appeared():
    case = made.case("A@a B@b", [saw("A"), saw("B")])
    assert "B" not in [text.get_text() for text in sn.plot.network(case, at="2024-01-01", ax=sn.plot.page()).texts]


def test_places_keep_their_order_from_one_date_to_the_next():
    case = sn.load_case("max")

    def order(at):
        ax = sn.plot.network(case, at=at, ax=sn.plot.page())
        names = set(case.people["name"])
        found = [
            (text.get_position()[0] > 460, -text.get_position()[1], text.get_text())
            for text in ax.texts
            if text.get_text() in names
        ]
        return [name for _, _, name in sorted(found)]

    early, late = order("2023-03-01"), order("2023-12-15")
    assert set(early) <= set(late)


@pytest.mark.parametrize("by", ["person", "agency", "sector"])
def test_contacts_inside_one_place_are_counted(by):
    case = made.case("A@a B@a C@c", [told("A", "B"), told("A", "C")])
    ax = sn.plot.network(case, by=by, ax=sn.plot.page())
    inside = {"person": set(), "agency": {"e1"}, "sector": {"e1", "e2"}}[by]  # both agencies have the sector other
    assert drawn_rows(ax) == {"e1", "e2"} - inside
    if inside:
        assert "within one place of the map not drawn" in said(ax)


def test_a_level_that_is_not_there_is_refused():
    with pytest.raises(sn.ArgumentError, match="by='team'"):
        sn.plot.network(sn.load_case("max"), by="team")


def test_styles_are_the_callers():
    ax = sn.plot.network(
        sn.load_case("worked_example"), ax=sn.plot.page(), contact_kws={"alpha": 0.5}, meeting_kws={"color": "red"},
        node_kws={"markeredgecolor": "blue"}, label_kws={"color": "purple"},
    )  # fmt: skip
    assert {patch.get_alpha() for patch in ax.patches if patch.get_label().startswith("_rows:")} == {0.5}
    assert [line.get_color() for line in ax.lines if line.get_label() == "_rows:e6"] == ["red", "red"]
    assert "blue" in {line.get_markeredgecolor() for line in ax.lines}
    assert "purple" in {text.get_color() for text in ax.texts}


def test_a_meeting_of_the_same_people_is_one_square_with_its_number():
    case = made.case("A@a B@b C@c", [met("A;B"), met("B;A"), met("A;B;C")])
    words = said(sn.plot.network(case, ax=sn.plot.page()))
    assert "2 × from 1 Jan 2024" in words
    assert "3 Jan 2024" in words


def test_on_a_tiny_sheet_it_is_drawn_all_the_same():
    from matplotlib.figure import Figure

    ax = Figure(figsize=(2, 2)).subplots()
    assert sn.plot.network(big.case(60), ax=ax) is ax
