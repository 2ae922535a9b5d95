"""The network picture."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.patches import PathPatch

import safetynet as sn
from tests.builder import case as build
from tests.plot.crowd import crowded
from tests.plot.drawing import CASES, drawn_rows, marks, on_a_slide, said


def child_at(ax):
    """Where the child stands: the marker with the dot inside."""
    mark = max((line for line in ax.lines if line.get_marker() == "o"), key=lambda line: line.get_markersize())
    return mark.get_xydata()[0], mark.get_markersize() / 2


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_no_contact_of_others_runs_through_the_child(name):
    case, ax = sn.load_case(name), on_a_slide("network", name)
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


def widths(ax):
    return {patch.get_label(): patch.get_linewidth() for patch in ax.patches if patch.get_label().startswith("_rows:")}


def test_more_contacts_make_a_thicker_arrow():
    ax = sn.plot.network(build("A@a B@b C@c", "c1", *["told A>B - phone"] * 4, "told A>C - phone"), ax=sn.plot.page())
    assert widths(ax)["_rows:e1;e2;e3;e4"] > widths(ax)["_rows:e5"]


def test_a_contact_without_a_concern_is_dashed_and_one_with_has_it_as_its_label():
    made = build("A@a B@b C@c", "c1", "observed A c1", "told A>B c1 phone", "told A>C - phone")
    ax = sn.plot.network(made, ax=sn.plot.page())
    style = {patch.get_label(): patch.get_linestyle() for patch in ax.patches if patch.get_label().startswith("_rows:")}
    assert style["_rows:e2"] in ("-", "solid")
    assert style["_rows:e3"] not in ("-", "solid")
    labels = [text for text in ax.texts if text.get_text() == "c1" and text.get_ha() == "center"]
    assert any(text.get_color() == "#00496f" for text in labels)


def test_what_did_not_arrive_is_a_broken_line_that_ends_at_a_cross():
    made = build("A@a B@b C@c", "c1", "told A>B c1 letter received=no", "told A>C - phone")
    ax = sn.plot.network(made, ax=sn.plot.page())
    assert set(widths(ax)) == {"_rows:e2"}  # no arrow for what did not arrive
    assert [line.get_label() for line in ax.lines if line.get_label().startswith("_rows:")] == ["_rows:e1"]
    assert len(marks(ax, "x")) == 2  # on the line and in the key
    assert "did not arrive" in said(ax)


def test_what_did_not_arrive_between_two_who_were_in_contact_has_a_line_of_its_own_each_way():
    letters = ("told A>B c2 letter received=no", "told B>A - letter received=no")
    made = build("A@a B@b", "c1 c2", "told A>B c1 phone", *letters, "told A>B c1 phone")
    ax = sn.plot.network(made, ax=sn.plot.page())
    assert set(widths(ax)) == {"_rows:e1;e4"}  # as thick as the two that arrived
    alone = sn.plot.network(build("A@a B@b", "c1", *["told A>B c1 phone"] * 2), ax=sn.plot.page())
    assert list(widths(ax).values()) == list(widths(alone).values())
    broken = {line.get_label(): line.get_xydata() for line in ax.lines if line.get_label().startswith("_rows:")}
    assert set(broken) == {"_rows:e2", "_rows:e3"}
    middles = [way[len(way) // 2] for way in broken.values()]
    assert np.hypot(*(middles[0] - middles[1])) > 5  # beside each other
    assert len(marks(ax, "x")) == 3  # one on each and one in the key
    words = said(ax).replace("\n", " ")
    assert "Drawn: 4 contacts as 1 arrow and 2 crosses" in words
    assert "4 contacts between 1 pair" in sn.plot.alt_text(ax)
    assert "2 of the contacts did not arrive" in sn.plot.alt_text(ax)


def test_a_decision_that_was_told_is_an_arrow():
    made = build("A@a B@b", "c1", "decided A>B c1 outcome=step_up")
    assert set(widths(sn.plot.network(made, ax=sn.plot.page()))) == {"_rows:e1"}


def test_the_public_is_on_the_map_with_a_shape_of_its_own():
    ax = sn.plot.network(build("G:public A@a", "c1", "told G>A c1 phone"), ax=sn.plot.page())
    assert len(marks(ax, "H")) == 2  # on the map and in the key
    assert "public" in said(ax)


def test_whoever_alone_holds_a_worry_is_marked_with_the_date():
    made = build("A@a B@b", "c1 c2", "observed A c1", "2024-03 observed B c2")
    words = said(sn.plot.network(made, ax=sn.plot.page()))
    assert "c1 · 1 Jan 2024" in words
    assert "c2 · Mar 2024" in words
    shared = made.with_rows([{"id": "m", "date": "2024-04-01", "kind": "met", "who": "A;B", "concerns": "c1;c2"}])
    assert "·" not in said(sn.plot.network(shared, ax=sn.plot.page()))


def test_nobody_is_drawn_before_they_have_appeared():
    made = build("A@a B@b", "c1", "observed A c1", "observed B c1")
    assert "B" not in [text.get_text() for text in sn.plot.network(made, at="2024-01-01", ax=sn.plot.page()).texts]


@pytest.mark.slow
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
    made = build("A@a B@a C@c", "c1", "told A>B - phone", "told A>C - phone")
    ax = sn.plot.network(made, by=by, ax=sn.plot.page())
    inside = {"person": set(), "agency": {"e1"}, "sector": {"e1", "e2"}}[by]  # both agencies have the sector other
    assert drawn_rows(ax) == {"e1", "e2"} - inside
    if inside:
        assert "within one place of the map not drawn" in said(ax)


def test_a_level_that_is_not_there_is_refused():
    with pytest.raises(sn.ArgumentError, match="by='team'"):
        sn.plot.network(sn.load_case("max"), by="team")


def test_styles_are_the_callers():
    styles = {"contact_kws": {"alpha": 0.5}, "meeting_kws": {"color": "red"}}
    styles |= {"node_kws": {"markeredgecolor": "blue"}, "label_kws": {"color": "purple"}}
    ax = sn.plot.network(sn.load_case("worked_example"), ax=sn.plot.page(), **styles)
    assert {patch.get_alpha() for patch in ax.patches if patch.get_label().startswith("_rows:")} == {0.5}
    assert [line.get_color() for line in ax.lines if line.get_label() == "_rows:e6"] == ["red", "red"]
    assert "blue" in {line.get_markeredgecolor() for line in ax.lines}
    assert "purple" in {text.get_color() for text in ax.texts}


def test_a_meeting_of_the_same_people_is_one_square_with_its_number():
    words = said(sn.plot.network(build("A@a B@b C@c", "c1", "met A;B", "met B;A", "met A;B;C"), ax=sn.plot.page()))
    assert "2 × from 1 Jan 2024" in words
    assert "3 Jan 2024" in words


def test_who_was_in_the_room_only_is_joined_by_dots():
    ax = sn.plot.network(build("A@a B@b M:family", "c1", "met A;B present=M"), ax=sn.plot.page())
    styles = sorted(line.get_linestyle() for line in ax.lines if line.get_label() == "_rows:e1")
    assert styles == ["-", "-", "--"]


def test_of_more_pairs_than_anybody_could_follow_those_with_most_contacts_are_drawn_and_the_others_counted():
    pairs = [f"told {one}>{other} c1 phone" for one, other in combinations("ABCDEFGHIJPQ", 2)]  # 66 of them
    people = " ".join(f"{one}@{one.lower()}" for one in "ABCDEFGHIJPQ")
    ax = sn.plot.network(build(people, "c1", *pairs, pairs[-1]), ax=sn.plot.page())
    words = said(ax).replace("\n", " ")
    assert "Drawn: 61 contacts as 60 arrows, 0 meetings" in words  # the last pair has two
    assert "Not drawn: 6 contacts of 6 more pairs, 0 first-hand sightings and 0 other rows" in words
    assert "Not drawn: 6 contacts of 6 more pairs." in sn.plot.alt_text(ax)
    assert drawn_rows(ax) == {f"e{number}" for number in (*range(1, 60), 66, 67)}
    few = sn.plot.network(build(people, "c1", *pairs[:60]), ax=sn.plot.page())
    assert len(drawn_rows(few)) == 60
    assert "more pair" not in said(few)


def test_of_more_meetings_than_anybody_could_follow_those_held_most_often_are_drawn_and_the_others_counted():
    sets = [f"met {one};{other}" for one, other in combinations("ABCDEFGHI", 2)]  # 36 of them
    rows = [f"m{number}: {line}" for number, line in enumerate((*sets, sets[-1], sets[-1]), 11)]
    made = build(" ".join(f"{one}@{one.lower()}" for one in "ABCDEFGHI"), "c1", *rows)
    ax = sn.plot.network(made, ax=sn.plot.page())
    words = said(ax).replace("\n", " ")
    assert "Drawn: 0 contacts as 0 arrows, 32 meetings and joint visits." in words  # 29 once and the last three times
    assert "Not drawn: 6 more meetings, 0 first-hand" in words
    assert drawn_rows(ax) == {f"m{number}" for number in (*range(11, 40), 46, 47, 48)}
    assert len(marks(ax, "s", 7.5)) == 30


def test_what_a_large_map_leaves_out_is_said_to_the_end_of_its_line():
    ax = sn.plot.network(crowded(60, agencies=20, rows=900), by="agency", ax=sn.plot.page((9.4, 5.4)))
    foot = next(text.get_text() for text in ax.texts if text.get_text().startswith("Drawn:"))
    assert "more pairs" in foot
    assert not foot.endswith("…")
