"""The explorer: what its page says of a day is what the engine says, and nothing in a case can break it."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.pages.explorer_known import data_of
from safetynet.pages.explorer_record import Ids, Record, last_day
from tests import builder, strategies
from tests.measures.packaged import every_name
from tests.pages.hostile import NAMES, hostile_case
from tests.pages.judge import Judged, judge
from tests.pages.large import large_case

WORLDS = ("recorded", "possible", "permitted")
WORDS = {1: "first hand", 2: "source not recorded", 3: "told"}


class Told:
    """What the data of a page says of a case on a day, read by itself."""

    def __init__(self, case: sn.Case, rules: sn.Rules | None = None, at: Any = None) -> None:
        self.case, self.rules = case, rules or sn.Rules()
        self.ids = Ids(case, last_day(case, None if at is None else dt.date.fromisoformat(at).toordinal()))
        self.data = json.loads(json.dumps(data_of(Record(case, self.ids.last, self.rules, self.ids))))
        self.rows = {number: row for row, number in self.ids.rows.items()}
        self.words = list(self.ids.words)
        self.steps = list(self.ids.steps)
        self.names = list(self.ids.holders)

    def key(self, holder: str, concern: str) -> str:
        return f"{self.ids.holders[holder]},{self.ids.concerns[concern]}"

    def state(self, holder: str, concern: str, day: int, world: str) -> str:
        cell = self.data["cells"].get(self.key(holder, concern))
        if cell is None:
            return "no record"
        place = min(2 * WORLDS.index(world), len(cell) - 2)
        certain, possible = cell[place : place + 2]
        day -= self.ids.first
        return "certain" if 0 <= certain <= day else "possible" if 0 <= possible <= day else "no record"

    def how(self, holder: str, concern: str, day: int) -> str:
        steps = self.data["how"].get(self.key(holder, concern), [])
        found = [
            WORDS[way] for since, way in zip(steps[::2], steps[1::2], strict=True) if since <= day - self.ids.first
        ]
        return found[-1] if found else ""

    def recorded_rows(self, holder: str, concern: str) -> list[tuple[str, str]]:
        steps = self.data["entries"].get(self.key(holder, concern), [])
        return [(self.rows[row], self.words[how]) for row, how in zip(steps[::4], steps[1::4], strict=True)]

    def chain(self, holder: str, concern: str, world: str, certain: bool) -> list[tuple[str, str]]:
        ways = self.data["ways"][self.key(holder, concern)]
        step = ways[(2 if world == "permitted" and len(ways) > 2 else 0) + (not certain)]
        found = []
        while step >= 0:
            step, row, to = self.steps[step]
            found.append((self.rows[row], self.names[to]))
        return found[::-1]

    def days(self, most: int = 12) -> list[int]:
        days = sorted({day for row in self.case._records.rows for day in (row.date.first, row.date.last)})
        days = [day for day in days if day <= self.ids.last] or [self.ids.last]
        return [max(days[0] - 1, 1), *days[:: max(1, len(days) // most)], days[-1], self.ids.last]


def agrees(told: Told, days: list[int]) -> None:
    """Fail unless the data says of some days what the engine says of each."""
    case = told.case
    for world in WORLDS:
        known = sn.knowledge(case, world, rules=told.rules)
        late, early = known.first_known("latest"), known.first_known("earliest")
        for day in days:
            date = dt.date.fromordinal(day)
            state = known.state(date)
            for holder in state.index:
                for concern in state.columns:
                    word = state.at[holder, concern]
                    assert told.state(holder, concern, day, world) == word, (world, date, holder, concern)
                    if world == "recorded" or word == "no record":
                        continue
                    recorded = told.state(holder, concern, day, "recorded")
                    if recorded == "no record" or (recorded, word) == ("possible", "certain"):
                        reading = "latest" if word == "certain" else "earliest"
                        table = known.explain(holder, concern, dates=reading)
                        last = (late if word == "certain" else early).at[holder, concern]
                        if last.toordinal() <= told.ids.last:
                            want = list(zip(table["row"], table["to"].str.split(";").str[-1], strict=True))
                            got = told.chain(holder, concern, world, word == "certain")
                            assert [row for row, _ in got] == [row for row, _ in want]
                            assert got[-1][1] == holder
    known = sn.knowledge(case, rules=told.rules)
    for holder in told.names:
        for concern in told.ids.concerns:
            table = known.explain(holder, concern)
            assert told.recorded_rows(holder, concern) == list(zip(table["row"], table["how"], strict=True))


@pytest.mark.slow
@every_name
def test_every_day_of_a_packaged_case_says_what_the_engine_says(name):
    told = Told(sn.load_case(name))
    agrees(told, told.days())


@pytest.mark.slow
@given(strategies.cases())
def test_every_day_of_a_random_case_says_what_the_engine_says(tables):
    told = Told(builder.from_tables(tables))
    agrees(told, told.days())


@pytest.mark.slow
@given(strategies.cases())
def test_paper_that_nobody_confirms_is_known_from_the_day_of_its_confirmation(tables):
    told = Told(builder.from_tables(tables), sn.Rules(unconfirmed="does_not_count"))
    known = sn.knowledge(told.case, "possible", rules=told.rules)
    for day in told.days():
        state = known.state(dt.date.fromordinal(day))
        for holder in state.index:
            for concern in state.columns:
                assert told.state(holder, concern, day, "possible") == state.at[holder, concern]


@pytest.mark.slow
@every_name
def test_how_it_stands_shares_and_who_is_involved_are_those_of_the_day(name):
    case = sn.load_case(name)
    told = Told(case)
    for day in told.days(8)[1:]:
        date = dt.date.fromordinal(day)
        table = sn.tables.who_knew_what(case, date, world="recorded", family=True)
        for line in table[table["state"].isin(WORDS.values())].itertuples():
            assert told.how(line.holder, line.concern, day) == line.state
        shares = {}
        for key, steps in told.data["shares"].items():
            since = [share for when, share in zip(steps[::2], steps[1::2], strict=True) if when <= day - told.ids.first]
            shares[key] = since[-1] if since else 0
        for line in sn.best_picture(case, date).table.itertuples():
            assert shares[str(told.ids.holders[line.person])] == round(100 * line.share)
        people = sn.tables.network_people(case, date)
        here = {told.names[int(one)] for one, since in told.data["here"].items() if since <= day - told.ids.first}
        assert here == set(people["id"])
        for line in people[people["kind"] == "professional"].itertuples():
            spells = told.data["involved"][str(told.ids.holders[line.id])]
            inside = any(a <= day - told.ids.first <= b for a, b in zip(spells[::2], spells[1::2], strict=True))
            assert inside == line.involved


@pytest.mark.slow
@given(strategies.cases())
def test_shares_are_those_of_the_day_under_any_rules(tables):
    case = builder.from_tables(tables)
    for rules in (sn.Rules(), sn.Rules(unconfirmed="does_not_count"), sn.Rules(dates="earliest")):
        told = Told(case, rules)
        for day in told.days():
            for line in sn.best_picture(case, dt.date.fromordinal(day), rules=rules).table.itertuples():
                steps = told.data["shares"][str(told.ids.holders[line.person])]
                days = zip(steps[::2], steps[1::2], strict=True)
                assert [share for when, share in days if when <= day - told.ids.first][-1] == round(100 * line.share)


@every_name
def test_every_row_is_there_in_its_order_with_its_kind_people_and_concerns(name):
    told = Told(sn.load_case(name))
    rows = sorted(told.case._records.rows, key=lambda row: row.order)
    assert list(told.ids.rows) == [row.id for row in rows]
    for number, row in enumerate(rows):
        found = told.data["rows"][str(number)]
        assert told.words[found["k"]] == row.kind
        assert found["d"] == row.date.last - told.ids.first
        for part, names in {"w": row.who, "t": row.to, "p": row.present}.items():
            assert [told.names[one] for one in found.get(part, [])] == list(dict.fromkeys(names))
        assert [list(told.ids.concerns)[one] for one in found.get("c", [])] == list(row.concerns)
        silent = set(found.get("x", []))
        heard = [*row.to, *row.present] if row.is_sent else []
        assert {told.names[one] for one in silent} == (set() if row.received != "no" else set(heard))


def island(page: str) -> dict[str, Any]:
    (found,) = Judged(page).inner["island"]
    return json.loads(found)


@cache
def page_of(name: str) -> str:
    return sn.explorer(sn.load_case(name)).html


@pytest.fixture(params=["worked_example", "reuben", pytest.param("victoria_climbie", marks=pytest.mark.slow)])
def a_page(request) -> str:
    return page_of(request.param)


@pytest.mark.slow
def test_the_page_keeps_what_every_page_keeps(a_page):
    judge(a_page)


@pytest.mark.slow
def test_a_page_of_hostile_names_keeps_what_every_page_keeps():
    judge(sn.explorer(hostile_case()).html)


def test_names_that_would_break_a_page_are_text_on_it():
    page = Judged(sn.explorer(hostile_case()).html)
    assert "img" not in page.names
    for name in NAMES.values():
        assert " ".join(name.split()) in page.text.replace("\u2068", "").replace("\u2069", "")


def test_without_a_script_the_page_has_the_map_who_knew_what_and_the_chronology():
    case = sn.load_case("reuben")
    page = Judged(page_of("reuben"))
    assert {f"sn-row-{row}" for row in case.chronology["id"]} <= set(page.ids)
    nodes = [one for one in page.values("class") if one.startswith("node ")]
    assert len(nodes) == len(sn.tables.network_people(case, case.end))
    known = sn.tables.who_knew_what(case, family=True)
    marks = re.findall(r'<td class="k(\d)">', page_of("reuben"))
    for code, word in (("1", "first hand"), ("2", "source not recorded"), ("3", "told")):
        assert marks.count(code) == (known["state"] == word).sum()


def test_a_message_that_did_not_arrive_is_crossed_out_on_the_map_without_a_script():
    case = builder.case("T@school S@council", "c1:3", "01-10 observed T c1", "01-12 told T>S c1 letter received=no")
    page = sn.explorer(case).html
    assert re.findall(r'<path class="flow (\w+)"', page.split('<svg id="sn-x-map-0"')[1].split("</svg>")[0]) == ["lost"]
    assert page.split('<svg id="sn-x-map-0"')[1].split("</svg>")[0].count('class="cross"') == 1


@pytest.mark.slow
def test_nothing_that_came_after_the_date_is_on_the_page():
    case = sn.load_case("victoria_climbie")
    page = sn.explorer(case, at="1999-08-01").html
    days = re.findall(r'data-row="\d+"><td>[^<]*</td><td>([^<]*)<', page)
    assert days
    assert max(days) <= "1999-08-01"
    data = island(page)
    last = dt.date.fromisoformat(data["first"]) + dt.timedelta(days=data["last"])
    assert str(last) == "1999-08-01"
    later = case._records.rows
    texts = {row.summary for row in later if row.date.last > last.toordinal() and len(row.summary) > 20}
    earlier = {row.summary for row in later if row.date.last <= last.toordinal()}
    concerns = {concern.summary for concern in case._records.concerns.values()}
    assert not [text for text in texts - earlier - concerns if text in page]
    there = {one["n"] for one in data["people"] if one}
    assert "Intensive care consultant" not in " ".join(there)
    told = Told(case.until("1999-08-01"), at="1999-08-01")
    assert told.data["cells"] == data["record"]["cells"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "one", "column", "words"),
    [
        ("people", "T", "name", "Teacher, left in March 2025"),
        ("concerns", "c1", "summary", "Bruise, explained on 3 March 2024"),
        ("chronology", "e2", "summary", "said again in Feb 2024"),
    ],
)
def test_words_that_name_a_later_date_are_in_no_explorer_that_ends_before_it(table, one, column, words):
    given = sn.load_case("worked_example")
    tables = {name: given.table(name) for name in ("people", "agencies", "concerns", "chronology")}
    tables[table] = tables[table].set_index("id", drop=False)
    tables[table].loc[one, column] = words
    case = sn.Case(**tables)
    assert words in sn.explorer(case).html
    assert words not in sn.explorer(case, at="2024-01-31").html


def test_what_an_opening_says_is_not_in_an_explorer_that_ends_on_a_day():
    case = builder.case("T@school", "c1:3", "01-10 observed T c1", "01-11 opened T summary=closed_after_a_year")
    assert "closed_after_a_year" in sn.explorer(case).html
    assert "closed_after_a_year" not in sn.explorer(case, at="2024-01-31").html


def test_a_letter_read_after_the_date_has_not_arrived_on_the_page():
    case = builder.case(
        "T@school S@council", "c1:3", "01-10 observed T c1", "01-12 told T>S c1 letter received_on=02-20"
    )
    data = island(sn.explorer(case, at="2024-01-31").html)
    assert [row.get("x") for row in data["record"]["rows"].values()] == [None, [data["record"]["rows"]["1"]["t"][0]]]
    assert f"{data['record']['rows']['1']['t'][0]},0" not in data["record"]["cells"]
    assert "02-20" not in sn.explorer(case, at="2024-01-31").html


@pytest.mark.slow
def test_a_what_if_stands_beside_the_record_with_its_own_rows():
    case = sn.load_case("worked_example")
    data = island(sn.explorer(case, what_if={"add": {"date": "2024-01-16", "kind": "told", "who": "P", "to": "T",
                                                     "concerns": "c2", "channel": "phone"}}).html)  # fmt: skip
    holders = {one["n"]: place for place, one in enumerate(data["people"]) if one}
    # days from 10 January: T has c2 on the 16th; P could have heard of T's c1 then, and has it on record on the 30th
    t, p = holders["Teacher"], holders["Police officer"]
    assert data["other"]["differs"]["cells"] == {f"{t},1": [6, 6], f"{p},0": [20, 20, 6, 6]}
    assert [text["date"] for text in data["other"]["texts"].values()] == ["2024-01-16"]
    assert data["other"]["day"] == 6
    assert island(sn.explorer(case, what_if=None).html)["other"] is None


def test_the_smallest_change_is_the_what_if_unless_told_otherwise():
    page = sn.explorer(sn.load_case("worked_example")).html
    table = sn.smallest_change(sn.load_case("worked_example"), kinds="contact")
    assert table["statement"][0] in Judged(page).text


def test_a_what_if_that_is_none_is_said():
    case = sn.load_case("worked_example")
    with pytest.raises(sn.ArgumentError, match="largest"):
        sn.explorer(case, what_if="largest")
    with pytest.raises(sn.ArgumentError, match="people that the case lacks"):
        sn.explorer(case, what_if=sn.load_case("max"))


@pytest.mark.slow
def test_agencies_stand_first_from_about_25_people_on():
    assert island(page_of("victoria_climbie"))["level"] == "agency"
    assert island(page_of("reuben"))["level"] == "person"


def test_the_child_is_in_the_middle(a_page):
    for sizes in island(a_page)["maps"].values():
        for plan in sizes.values():
            x, _, wide, _ = map(float, plan["box"].split())
            (child,) = [spot for spot in plan["spots"] if spot["k"] == "child"]
            assert abs(child["x"] - (x + wide / 2)) < 2


@pytest.mark.slow
def test_sixty_people_and_a_thousand_rows_are_under_a_megabyte():
    assert len(sn.explorer(large_case()).html.encode()) < 1_000_000


@pytest.mark.slow
def test_a_case_without_rows_has_a_page():
    case = sn.load_case("worked_example")
    empty = sn.Case(case.people, case.concerns, case.chronology.head(0))
    judge(sn.explorer(empty).html)
    judge(sn.explorer(empty, at="2024-01-01").html)


@pytest.mark.slow
def test_it_shows_itself_in_a_notebook_within_a_frame_that_reaches_nothing():
    made = sn.explorer(sn.load_case("worked_example"))
    shown = Judged(made._repr_html_())
    (frame,) = [attrs for tag, attrs in shown.tags if tag == "iframe"]
    assert frame["sandbox"] == "allow-scripts"
    assert frame["srcdoc"] == made.html
    assert "trust the notebook" in shown.text
    assert repr(made) == "<Explorer of 'worked_example' to 2024-01-30>"


def test_one_that_ends_before_somebody_has_appeared_is_written_and_takes_the_place_of_the_whole_one(tmp_path):
    case = builder.case("T@school S@council", "c1:3", "01-10 observed T c1", "02-12 told T>S c1")
    place = sn.explorer(case, tmp_path / "a.html").path
    assert sn.explorer(case, tmp_path / "a.html", at="2024-01-20").path == place
    assert "council" not in place.read_text(encoding="utf-8")


@pytest.mark.slow
def test_it_is_written_over_its_own_and_over_nothing_else(tmp_path):
    case = sn.load_case("worked_example")
    place = sn.explorer(case, tmp_path / "a.html").path
    assert place == (tmp_path / "a.html").resolve()
    assert sn.explorer(case, tmp_path / "a.html", at="2024-01-20").path == place
    (tmp_path / "b.html").write_text("mine", encoding="utf-8")
    with pytest.raises(sn.FileInTheWayError):
        sn.explorer(case, tmp_path / "b.html")
    with pytest.raises(sn.ArgumentError, match=r"b\.html"):
        sn.explorer(case, tmp_path / "b.txt")
