"""Every arrow is a row of the chronology, and every row is drawn or counted."""

from __future__ import annotations

import re

import pytest
from matplotlib.colors import to_rgba

import safetynet as sn
from safetynet.plot._conditions import SPAN
from safetynet.record.snapshot import snapshot
from tests.builder import case as build
from tests.plot.crowd import crowded
from tests.plot.drawing import CASES, drawn_rows, said

pytestmark = pytest.mark.slow  # every test here draws


MANY = [*CASES, "made30"]


def load(name: str) -> sn.Case:
    return crowded(30) if name == "made30" else sn.load_case(name)


@pytest.mark.parametrize("by", ["agency", "person"])
@pytest.mark.parametrize("name", MANY)
def test_the_chronology_draws_every_row_up_to_the_date_and_no_other(name, by):
    case = load(name)
    rows = {row.id for row in snapshot(case).rows}
    ax = sn.plot.chronology(case, by=by, ax=sn.plot.page((13.33, 7.5 if by == "agency" else 20)))
    assert drawn_rows(ax) == rows
    assert f"All {len(rows)} rows up to this date are drawn." in said(ax)


@pytest.mark.parametrize("name", MANY)
def test_the_network_draws_or_counts_every_contact(name):
    case = load(name)
    view = snapshot(case)
    contacts = {row.id for row in view.contacts}
    ax = sn.plot.network(case, ax=sn.plot.page())
    drawn = drawn_rows(ax)
    assert drawn <= contacts
    caption = said(ax).replace("\n", " ")
    sent = {row.id for row in view.contacts if row.is_sent}
    assert f"Drawn: {len(drawn & sent)} contact" in caption
    counted = sum(
        int(number) for number in re.findall(r"(\d+) contacts? (?:within one place|without a recipient)", caption)
    )
    assert len(drawn & sent) + counted == len(sent)
    assert len(drawn - sent) == len(contacts - sent)  # all meetings and joint visits
    other = len(view.rows) - len(contacts)
    found = re.search(r"(\d+) first-hand sightings? and (\d+) other rows?", caption).groups()
    sightings, rest = (int(number) for number in found)
    assert sightings + rest == other


def test_rows_after_the_date_are_not_drawn():
    case = sn.load_case("max")
    drawn = drawn_rows(sn.plot.chronology(case, at="2023-02-01", ax=sn.plot.page()))
    dates = dict(zip(case.chronology["id"], case.chronology["date"], strict=True))
    assert drawn == {row for row, date in dates.items() if date <= "2023-02-01"}


def test_a_meeting_touches_exactly_those_who_were_there():
    case = sn.load_case("reuben")
    ax = sn.plot.network(case, ax=sn.plot.page())
    ends = [line for line in ax.lines if line.get_label() == "_rows:M01"]
    assert len(ends) == 3  # the magistrate, the practitioner and the father
    start = {tuple(line.get_xydata()[0].round(3)) for line in ends}
    assert len(start) == 1  # one thing, to which all three are joined


def test_an_absent_person_has_an_open_square_on_the_meeting_in_the_chronology():
    case = sn.load_case("reuben")  # M01: mother and school absent
    ax = sn.plot.chronology(case, by="person", ax=sn.plot.page())
    marks = [line for line in ax.lines if line.get_label() == "_rows:M01" and line.get_marker() == "s"]
    fills = sorted(line.get_markerfacecolor() for line in marks)
    assert fills == ["#1a1a1a"] * 3 + ["#ffffff"] * 2


def test_what_did_not_arrive_stays_in_the_lane_of_its_sender():
    made = build("A@a B@b C@c", "c1", "observed B c1", "told A>C c1 letter received=no")
    ax = sn.plot.chronology(made, by="agency", legend=False, ax=sn.plot.page())
    lanes = {text.get_text(): text.get_position()[1] for text in ax.texts if text.get_text() in "abc"}
    (cross,) = [line for line in ax.lines if line.get_marker() == "x"]
    pitch = min(abs(lanes[one] - lanes[other]) for one in "abc" for other in "abc" if one != other)
    assert abs(cross.get_ydata()[0] - lanes["a"]) < pitch / 2
    heads = [line for line in ax.lines if line.get_marker() in ("^", "v")]
    assert heads == []


def test_same_day_rows_of_one_lane_stand_in_columns_of_their_own():
    for name in ("victoria_climbie", "max"):
        ax = sn.plot.chronology(sn.load_case(name), ax=sn.plot.page())
        marks: dict[tuple[float, float], set[str]] = {}
        for line in ax.lines:
            label = line.get_label()
            if (
                label.startswith("_rows:")
                and line.get_marker() in ("o", "s", "D", "d", "p", "P")
                and len(line.get_xdata()) == 1
            ):
                place = (round(float(line.get_xdata()[0]), 2), round(float(line.get_ydata()[0]), 2))
                marks.setdefault(place, set()).add(label)
        crowded = {place: labels for place, labels in marks.items() if len(labels) > 1}
        done = {f"_rows:{row}" for row in sn.load_case(name).chronology.query("kind == 'done'")["id"]}
        assert all(labels <= done for labels in crowded.values())  # ends of actions lie on their lines


CONDITIONS = """
    w1 A workload 01-05 01-12 summary='Two posts empty'
    w2 - procedure - - summary='No way to share a file'
    w3 B closure 03-01 - summary='The desk was closed'
"""
TWO = ("A@a B@b", "c1", "01-02 observed A c1", "01-20 told A>B c1 phone")


def test_conditions_of_the_work_are_pale_spans_under_the_lanes_from_when_to_when_they_held():
    made = build(*TWO, conditions=CONDITIONS.replace(" A ", " a ").replace(" B ", " b "))
    ax = sn.plot.chronology(made, at="2024-01-31", by="agency", legend=False, ax=sn.plot.page())
    spans = {round(one.get_width()) for one in ax.patches if one.get_facecolor() == to_rgba(SPAN)}
    assert len(spans) == 2  # the third had not begun
    words = said(ax)
    assert "a: Two posts empty" in words
    assert "No way to share a file" in words
    assert "desk" not in words
    assert "2 conditions of the work under the lanes." in sn.plot.alt_text(ax)
    ax_of = {text.get_text(): text.get_position() for text in ax.texts}
    assert ax_of["conditions"][1] < min(ax_of["a"][1], ax_of["b"][1])


def test_conditions_without_room_are_counted():
    many = "\n".join(
        f"w{number} a workload 01-0{number} - summary='Condition number {number}'" for number in range(1, 8)
    )
    ax = sn.plot.chronology(build(*TWO, conditions=many), by="agency", ax=sn.plot.page())
    shown = sum(f"Condition number {number}" in said(ax) for number in range(1, 8))
    assert shown == 3
    assert "4 conditions of the work not shown for want of room." in said(ax).replace("\n", " ")


def test_where_there_is_no_room_the_conditions_give_way_before_the_lanes_do():
    many = "\n".join(f"w{number} a0 workload 01-0{number}" for number in range(1, 4))
    people = " ".join(f"p{number}@a{number}" for number in range(14))
    rows = [f"observed p{number} c1" for number in range(14)]
    ax = sn.plot.chronology(build(people, "c1", *rows, conditions=many), by="agency", ax=sn.plot.page((6, 4.5)))
    assert "too small" not in said(ax)
    assert "a13" in said(ax)
    assert "3 conditions of the work not shown" in said(ax).replace("\n", " ")
