"""The training pack: no card gives away what its holder did not have, and nothing in the file is later than its day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.pages.jigsaw_cards import cards_of, deal
from safetynet.pages.jigsaw_map import map_of
from safetynet.pages.jigsaw_sheet import sheet_of
from safetynet.pages.jigsaw_then import Then
from safetynet.pages.told_then import first_days, told_by
from tests import builder, strategies
from tests.measures.packaged import every_name
from tests.pages.hostile import NAMES, hostile_case
from tests.pages.judge import Judged, judge

BY = ("agency", "person")
OTHER_TABLES = ("agencies", "ties", "services", "permissions", "ratings", "sources", "links", "conditions")
MONTHS = [name.lower() for name in calendar.month_name[1:]]


def with_own_words(case: sn.Case) -> sn.Case:
    """The case with words for every row and concern that stand nowhere else."""
    concerns, chronology = case.concerns, case.chronology
    concerns["summary"] = [f"matter-{one}-here" for one in concerns["id"]]
    chronology["summary"] = [f"words-{one}-here" for one in chronology["id"]]
    others = {name: getattr(case, name) for name in OTHER_TABLES if len(getattr(case, name)) or name != "permissions"}
    more = {"harm_date": case.harm_date, "id": "own", "title": "Own words", "status": case.status}
    return sn.Case(case.people, concerns, chronology, **others, **more)


def days_of(case: sn.Case, most: int = 3) -> list[dt.date]:
    """Some days on which something happened, from the first to the last but one."""
    days = sorted({dt.date.fromordinal(row.date.last) for row in case._records.rows})
    return days[:: max(1, len(days) // most)][:most]


def pack(case: sn.Case, at: object, folder: Path, **more: object) -> str:
    return sn.jigsaw(case, folder / "cards.html", at, overwrite=True, **more).read_text("utf-8")


def later_dates(text: str, day: dt.date) -> list[str]:
    """The dates in a text that are after a day, read in the plainest way."""
    found = []
    for whole, *parts in re.findall(r"((\d{4})-(\d\d)(?:-(\d\d))?)", text):
        year, month, number = (int(part or 1) for part in parts)
        if 1 <= month <= 12 and (year, month, number) > (day.year, day.month, day.day):
            found.append(whole)
    for whole, number, month, year in re.findall(r"((?:(\d{1,2}) )?([A-Z][a-z]{2,8}) (\d{4}))\b", text):
        place = [n for n, name in enumerate(MONTHS, start=1) if name.startswith(month.lower())]
        if place and (int(year), place[0], int(number or 1)) > (day.year, day.month, day.day):
            found.append(whole)
    return found + [year for year in re.findall(r"\b(?:19|20)\d\d\b", text) if int(year) > day.year]


def seen_text(page: str) -> str:
    """Everything that a page says: its text, its style sheet's heads, and its attributes but those of drawings."""
    judged = Judged(page)
    drawn = {"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "viewbox", "content"}
    told = [value for _, attrs in judged.tags for name, value in attrs.items() if name not in drawn]
    heads = re.findall(r"@top-left \{[^}]*\}|@top-right \{[^}]*\}", " ".join(judged.inner["style"]))
    return " ".join([judged.text, *told, *heads])


def sections(page: str) -> list[str]:
    """The text of every card of a page."""
    return re.findall(r'<section class="card".*?</section>', page, re.DOTALL)


def on_record(case: sn.Case, members, at: dt.date) -> set[str]:
    """What the engine has on record for some of them by the end of a day."""
    known = sn.knowledge(case, "recorded").first_known(dates="latest")
    found = ((concern, day) for one in members if one in known.index for concern, day in known.loc[one].items())
    return {concern for concern, day in found if day == day and day.date() <= at}


def holds_only_what_they_had(case: sn.Case, at: dt.date, by: str) -> None:
    """Fail unless each card has exactly the concerns that the engine has on record for its holders.

    A row that may be later than the day is in no file of that day, also where its letter was read before.
    """
    for card in cards_of(Then(case, at, by == "person", None)):
        assert card.concerns == on_record(case.until(at), card.members, at), card.key
        assert card.concerns <= on_record(case, card.members, at), card.key
        assert {number for line in card.lines for number in line.numbers} <= {one.number for one in card.held}


def gives_nothing_away(case: sn.Case, at: dt.date, by: str, folder: Path) -> None:
    """Fail if words of a later row are in the file, or words on a card that its holders did not have."""
    page = pack(case, at, folder, by=by)
    text = seen_text(page)
    assert later_dates(text, at) == []
    rows = case._records.by_id
    for one in re.findall(r"words-(\S+?)-here", text):
        assert rows[one].date.last <= at.toordinal(), one
        assert rows[one].kind != "needed", one
    cards = cards_of(Then(case, at, by == "person", None))
    assert len(sections(page)) == len(cards)
    for card, section in zip(cards, sections(page), strict=True):
        assert set(re.findall(r"matter-(\S+?)-here", section)) <= card.concerns
        for one in re.findall(r"words-(\S+?)-here", section):
            assert set(rows[one].concerns) <= card.concerns, (card.key, one)
            assert any(name in card.members for name in (*rows[one].who, *rows[one].to, *rows[one].present))


@pytest.mark.slow
@pytest.mark.parametrize("by", BY)
@every_name
def test_every_card_of_a_packaged_case_has_what_the_engine_has_on_record(name: str, by: str):
    case = sn.load_case(name)
    for at in days_of(case):
        holds_only_what_they_had(case, at, by)


@given(strategies.cases(), strategies.questions)
def test_every_card_of_a_random_case_has_what_the_engine_has_on_record(content, at):
    case = builder.from_tables(content)
    for by in BY:
        holds_only_what_they_had(case, at, by)


@pytest.mark.parametrize("name", ["worked_example", "pelka"])
def test_a_packaged_case_with_words_of_its_own_gives_nothing_away(name: str, tmp_path: Path):
    case = with_own_words(sn.load_case(name))
    for at in days_of(case, 2):
        for by in BY:
            gives_nothing_away(case, at, by, tmp_path)


@given(strategies.cases(), strategies.questions)
def test_a_random_case_with_words_of_its_own_gives_nothing_away(tmp_path_factory, content, at):
    case = with_own_words(builder.from_tables(content))
    gives_nothing_away(case, at, "person", tmp_path_factory.getbasetemp())


@pytest.mark.slow
@every_name
def test_no_date_after_the_day_is_in_the_file_of_a_packaged_case(name: str, tmp_path: Path):
    case = sn.load_case(name)
    for at in days_of(case, 2):
        for by in BY:
            page = pack(case, at, tmp_path, by=by)
            assert later_dates(seen_text(page), at) == []
            judge(page)


def test_a_title_a_role_and_a_sentence_that_name_a_later_date_are_left_out(tmp_path: Path):
    case = builder.case(
        "T@school role='teacher until June 2024' S@council",
        "c1 c2",
        "01-10 observed T c1 summary='Seen on 10 January 2024'",
        "01-12 told T>S c1 phone summary='Rang, and again on 3 March 2024'",
        "01-20 observed S c2 summary='Wholly later'",
        title="K, who was hurt on 24 February 2024",
        conditions="w1 school workload 01-01 02-20 'Short of staff'",
    )
    page = pack(case, "2024-01-15", tmp_path)
    assert "Seen on 10 January 2024" in page
    for words in ("24 February", "June 2024", "3 March", "Wholly later", "2024-02-20"):
        assert words not in page
    assert "A case to work through" in page
    assert "Short of staff" in page


def test_dates_are_found_however_they_are_written():
    day = dt.date(2024, 1, 15).toordinal()
    for later in (
        *(
            "2024-01-16",
            "16 January 2024",
            "16th of Jan. 2024",
            "January 16, 2024",
            "February 2024",
            "2025",
            "16/01/2024",
        ),
        *("01/16/24", "2024-02"),
    ):
        assert told_by(f"so on {later}, they say", day) == "", later
    for earlier in (
        "2024-01-15",
        "15 January 2024",
        "January 2024",
        "2024",
        "1,200 pounds",
        "room 12",
        "31 February 2020",
    ):
        assert told_by(earlier, day) == earlier
    assert dt.date(2024, 1, 16).toordinal() in set(first_days("16.1.2024"))


def test_a_letter_that_was_read_later_is_on_its_senders_card_alone():
    case = builder.case(
        "T@school S@council P@police",
        "c1 c2",
        "01-02 observed T c1",
        "01-03 told T>S c1 letter received_on=02-01 summary='Written; lay unread till another came'",
        "01-04 told T>P c1 fax received=no summary='Faxed to a wrong number'",
        "01-05 told T>P - phone received=no",
    )
    cards = {card.key: card for card in cards_of(Then(case, "2024-01-20", True, None))}
    assert [line.row for line in cards["T"].lines] == ["e1", "e2", "e3", "e4"]
    assert {line.text for line in cards["T"].lines} == {""}  # what became of it stands in those words
    assert [line.said for line in cards["T"].lines][1:] == ["You told S", "You told P", "You tried to reach P"]
    assert (cards["S"].lines, cards["S"].held, cards["P"].lines) == ([], [], [])
    assert len(cards_of(Then(case, "2024-02-01", True, None))[1].held) == 1


def test_a_card_speaks_to_its_holder_and_of_others_only_as_far_as_they_were_there():
    case = builder.case(
        "T@school role=teacher D@school role=head S@council role='social worker' G@surgery role=doctor M:family",
        "c1 c2",
        "01-02 observed T c1 seen=alone",
        "01-03 told T>D;S c1 phone",
        "01-04 told S>G c1 visit present=M",
        "01-05 met T;S c1 absent=G",
        "01-06 agreed S c1 due=02-06",
        "01-07 withheld G>T c1 reason=consent_refused",
        "01-08 observed G c2",
        "01-09 assumed T>S c1;c2 summary='Thought they knew both'",
        "01-10 needed - c1 summary='Looking back'",
        "01-11 expected S c1 rule=law",
    )
    cards = {card.key: card for card in cards_of(Then(case, "2024-01-20", True, None))}
    said = {key: [line.said for line in card.lines] for key, card in cards.items()}
    assert said["T"] == ["You saw or found out", "You told D and S", "You and S met", "You counted on S"]
    assert said["D"] == ["T told you"]  # who else was told, no row tells D
    assert said["S"] == ["T told you", "You told G; in the room: M", "You and T met", "You took on"]
    assert said["G"] == ["S told you", "You decided not to tell T", "You saw or found out"]
    assert cards["T"].lines[3].text == ""  # it is about c2 too, which T has not
    assert cards["T"].lines[3].numbers == (1,)
    assert "To be done within 31 days." in cards["S"].lines[3].more
    assert [(one.how, one.since) for one in cards["G"].held] == [("told", "4 Jan 2024"), ("first hand", "8 Jan 2024")]
    school = next(card for card in cards_of(Then(case, "2024-01-20", False, None)) if card.key == "school")
    assert school.roles == "teacher and head"
    assert school.lines[1].said.startswith("Your teacher told your head and council (social worker)")


def test_the_rules_are_followed_on_the_cards_too():
    case = builder.case("T@school S@council", "c1", "01-02 observed T c1", "01-03 told T>S c1 letter")
    read, unread = (
        cards_of(Then(case, "2024-01-20", True, rules))
        for rules in (sn.Rules(), sn.Rules(unconfirmed="does_not_count"))
    )
    assert [len(card.held) for card in read] == [1, 1]
    assert [len(card.held) for card in unread] == [1, 0]
    assert unread[1].lines == []


def test_the_number_of_a_role_does_not_tell_of_somebody_who_came_later():
    case = builder.case(
        "H@health role='health visitor' J@health role='health visitor'",
        "c1",
        "01-02 observed H c1",
        "02-02 observed J c1",
    )
    assert [card.roles for card in cards_of(Then(case, "2024-01-20", True, None))] == ["health visitor, health"]
    later = [card.roles for card in cards_of(Then(case, "2024-02-20", True, None))]
    assert later == ["health visitor 1, health", "health visitor 2, health"]


def test_a_stop_says_what_those_who_decide_had_and_what_stood_on_other_cards():
    case = builder.case(
        "T@school S@council",
        "c1 c2",
        "01-02 observed T c1;c2",
        "01-03 told T>S c1 phone",
        "01-04 decided S c1 outcome=no_further_action summary='No assessment'",
        "01-09 decided S c1 outcome=step_up",
    )
    then = Then(case, "2024-01-05", False, None)
    (stop,) = sheet_of(then, cards_of(then))["stops"]
    assert stop.had == [then.concern("c1")]
    assert [cards for _, cards in stop.elsewhere] == ["1"]
    assert stop.decided == "The decision was to do nothing further. No assessment"


def test_what_came_after_stands_in_a_second_file_alone(tmp_path: Path):
    case = with_own_words(sn.load_case("pelka"))
    at, after = "2011-11-30", tmp_path / "after.html"
    page = pack(case, at, tmp_path, what_came_after=after)
    later = after.read_text("utf-8")
    judge(later)
    rows = case._records.by_id
    gone = {one for one, row in rows.items() if row.date.last > dt.date(2011, 11, 30).toordinal()}
    assert gone
    assert all(f"words-{one}-here" in later and f"words-{one}-here" not in page for one in gone)
    assert "2012-03-02" in later  # the harm


def test_without_a_second_name_there_is_one_file(tmp_path: Path):
    pack(sn.load_case("worked_example"), "2024-01-26", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["cards.html"]


def test_neither_file_is_written_where_the_second_may_not_be(tmp_path: Path):
    case = sn.load_case("worked_example")
    mine = tmp_path / "after.html"
    mine.write_text("mine")
    with pytest.raises(sn.FileInTheWayError):
        sn.jigsaw(case, tmp_path / "cards.html", "2024-01-26", what_came_after=mine)
    assert [one.name for one in tmp_path.iterdir()] == ["after.html"]
    assert mine.read_text() == "mine"
    with pytest.raises(sn.ArgumentError, match="another name"):
        sn.jigsaw(case, tmp_path / "one.html", "2024-01-26", what_came_after=tmp_path / "one.html")


def test_cards_are_dealt_so_that_agencies_stay_together_where_they_can():
    cards = [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "")]
    assert deal(cards, 2) == {"a": 1, "b": 1, "c": 2, "d": 2, "e": 1}
    assert sorted(deal(cards, 5).values()) == [1, 2, 3, 4, 5]  # four parties do not fill five groups


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"by": "team"}, "by='team'"),
        ({"paper": "A3"}, "'A5'"),
        ({"groups": 0}, "groups=0"),
        ({"groups": 2.5}, "groups=2.5"),
        ({"groups": True}, "groups=True"),
        ({"groups": 99}, "there are 4 cards"),
        ({"path": "cards.txt"}, "web page"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(more: dict[str, object], words: str, tmp_path: Path):
    path = tmp_path / str(more.pop("path", "cards.html"))
    with pytest.raises(sn.ArgumentError, match=words):
        sn.jigsaw(sn.load_case("worked_example"), path, "2024-01-26", **more)
    assert list(tmp_path.iterdir()) == []


def test_a_day_must_be_a_date(tmp_path: Path):
    with pytest.raises(sn.DateError, match="at="):
        sn.jigsaw(sn.load_case("max"), tmp_path / "cards.html", "soon")


def test_a_made_up_case_is_no_data_about_people_and_its_stops_read_as_sentences(tmp_path: Path):
    made = sn.jigsaw(sn.load_case("harbour_street"), tmp_path / "made.html", "2022-11-16").read_text("utf-8")
    real = sn.jigsaw(sn.load_case("pelka"), tmp_path / "real.html", "2012-01-31").read_text("utf-8")
    assert "Data about people" not in made
    assert "Data about people" in real
    assert "Late on Mondays, and asleep at her table</bdi> (card 1)" in made
    assert "Hungry in the mornings; asks for food</bdi> (cards 1, 5)" in made
    assert "school to watch</bdi>.</p>" in made


def test_a_real_case_says_for_whom_it_is_and_what_it_tells_of(tmp_path: Path):
    real = pack(sn.load_case("pelka"), "2011-11-30", tmp_path)
    assert "About real people. For adults (18 and over)" in real
    assert "violence at home" in real
    (tmp_path / "cards.html").unlink()
    invented = pack(sn.load_case("max"), "2023-01-20", tmp_path)
    assert "Invented for teaching." in invented
    assert "violence at home" not in invented  # it came to light on 25 January


def test_a_case_that_is_marked_as_neither_gets_the_note_on_both_files(tmp_path: Path):
    after = tmp_path / "after.html"
    note = "This case is not marked as published or illustrative."
    page = pack(builder.joined("A;B"), "2024-01-01", tmp_path, what_came_after=after)
    assert note in page
    assert note in after.read_text("utf-8")
    assert "About real people." in page
    (tmp_path / "cards.html").unlink()
    assert note not in pack(sn.load_case("harbour_street"), "2023-02-14", tmp_path)


def test_an_empty_case_and_a_day_before_everything_make_a_page(tmp_path: Path):
    for case, at in ((builder.nobody(), "2024-01-01"), (builder.joined("A;B"), "2020-01-01")):
        page = judge(pack(case, at, tmp_path, by="person"))
        assert "No row by then." in page.text
        assert "No row shows a decision by then." in page.text


@pytest.mark.parametrize("by", BY)
def test_no_name_of_a_case_breaks_the_pack(by: str, tmp_path: Path):
    after = tmp_path / "after.html"
    page = judge(pack(hostile_case(), "2024-02-10", tmp_path, by=by, what_came_after=after, groups=2))
    judge(after.read_text("utf-8"))
    assert "img" not in page.names
    if by == "person":
        for name in NAMES.values():
            said = " ".join(name.split())[:20]
            assert said in page.text.replace("\u2068", "").replace("\u2069", "")


def test_circles_never_touch_and_lines_end_at_rims():
    for number in (1, 2, 5, 16, 40):
        drawn = map_of(range(1, number + 1), {(1, number): True} if number > 1 else {}, [1])
        places = [(one.x, one.y) for one in drawn.circles]
        for n, (x, y) in enumerate(places):
            assert all((x - a) ** 2 + (y - b) ** 2 > (2 * drawn.radius) ** 2 for a, b in places[:n])
            assert 0 < x - drawn.radius < x + drawn.radius < 600
        first = drawn.circles[0]
        for line in drawn.lines:
            assert (line.x1 - first.x) ** 2 + (line.y1 - first.y) ** 2 == pytest.approx(drawn.radius**2, rel=0.05)


def test_paper_and_type_are_what_was_asked_for(tmp_path: Path):
    case = sn.load_case("worked_example")
    assert "size: A5" in pack(case, "2024-01-26", tmp_path, paper="A5")
    assert "size: Letter" in pack(case, "2024-01-26", tmp_path, paper="Letter")
    large = pack(case, "2024-01-26", tmp_path, large=True)
    assert '<body class="large">' in large
    assert "size: A5" not in large
