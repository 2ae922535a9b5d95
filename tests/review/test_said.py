"""What the sentences say: each worry with its own date and holders, one entry for one matter, plain words."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest

import safetynet as sn
from tests.builder import case
from tests.measures.packaged import every_name
from tests.review.example import FOUR, find

CASES = [line.name for line in sn.list_cases().itertuples()]
CODE = re.compile(r"\b([\w-]+) from (\d[^,;)]*?)(?: with [^,;)]*)?[,;)]")


def said(kind: str, found: sn.Case, at: int) -> str:
    """The only sentence of a kind."""
    (one,) = find(kind, found, at)
    return one.statement


def sentences(found: sn.Case, at: str) -> str:
    return "\n".join(sn.findings(found, at)["statement"])


# every worry its own date -----------------------------------------------------------------------------


def test_of_two_worries_each_has_the_day_from_which_it_was_on_record() -> None:
    one = case(FOUR, "c1:3 c2:3", "1 observed T c1", "8 observed T c2")
    told = said("never_left_a_person", one, 20)
    assert told.startswith("No row shows “c1” and 1 more with any professional besides school (T)")
    assert told.endswith("(c1 from 2024-01-01, c2 from 2024-01-08).")


def test_of_two_worries_each_has_the_one_who_had_it_first() -> None:
    people = "T@school G@health P@police S@council lead_from=01-01"
    rows = ("1 observed T c1", "2 told T>P c1 phone", "4 observed G c2", "6 told G>P c2 phone")
    told = said("never_reached_lead", case(people, "c1:3 c2:3", *rows), 31)
    assert "health, police and school had them between them" in told
    assert "(c1 from 2024-01-01 with T, c2 from 2024-01-04 with G)" in told


def test_days_without_a_lead_are_as_many_in_the_change_of_lead_as_in_the_gap() -> None:
    """Nobody leads from the 11th to the 29th: last day − first day is 18."""
    people = "S@council lead_from=01-01 lead_to=01-10 U@council lead_from=01-30"
    one = case(people, "c1:3", "1 observed S c1", "2 told S>U c1 phone")
    lines = [line for kind in ("lead_missing", "lead_changed") for line in find(kind, one, 35)]
    assert len(lines) == 2
    assert all("No lead professional on record for 18 days" in line.statement for line in lines)
    assert {(line.date, line.until) for line in lines} == {
        (dt.date(2024, 1, 11).toordinal(), dt.date(2024, 1, 29).toordinal())
    }


@pytest.mark.parametrize(("again", "found"), [("01-19", 0), ("01-20", 1)])  # from the 11th to the 18th are 7 days
def test_a_change_of_lead_is_late_from_the_day_after_the_grace(again: str, found: int) -> None:
    people = f"S@council lead_from=01-01 lead_to=01-10 U@council lead_from={again}"
    one = case(people, "c1:3", "1 observed S c1", "2 told S>U c1 phone")
    assert len(find("lead_changed", one, 35)) == found


def test_a_burn_is_dated_from_the_day_on_which_it_was_first_seen_in_every_sentence() -> None:
    """The mother's mood is on record from January, the burn from 20 August, both with the health visitor."""
    one = case(
        "hv@health sw@csc lead_from=2021-07-01 leo:child",
        "mood:3 category=parental_capacity burn:4 category=physical",
        "2021-01-12 observed hv mood",
        "2021-08-20 observed hv burn",
        "2021-07-01 opened sw",
    )
    table = sn.findings(one, "2021-08-31")
    about = table[table["concerns"].map(lambda ids: "burn" in ids)]
    assert len(about) > 1
    assert all("burn from 2021-08-20" in text for text in about["statement"])
    assert set(about["date"]) == {pd.Timestamp("2021-08-20")}


@every_name
def test_every_code_has_a_day_on_which_somebody_came_to_have_it(name: str) -> None:
    found = sn.load_case(name)
    first = {dates: sn.knowledge(found).first_known(dates=dates) for dates in ("earliest", "latest")}
    for text in sn.findings(found)["statement"]:
        for code, when in CODE.findall(text):
            if code in first["latest"]:
                days = pd.to_datetime(re.findall(r"\d{4}(?:-\d\d)*", when)).tolist()
                assert days[0] in set(first["earliest"][code]), text
                assert len(days) < 2 or days[1] in set(first["latest"][code]), text


def test_days_are_said_of_the_worry_they_were_counted_for() -> None:
    """c2 waited from day 20 to day 40, c1 from day 1: twenty days are said of c2 alone, from the day it came."""
    rows = ("1 observed T c1", "20 observed T c2", "40 told T>G c1;c2 phone")
    (one,) = find("shared_late", case(FOUR, "c1:3 c2:4", *rows), 50)
    assert one.statement.startswith("The first row that passes “c2” on is 20 days later than the first at school")
    assert one.days == 20
    assert {"c1", "c2"} == set(one.concerns)


def test_days_without_an_owner_are_said_of_the_worries_that_had_none_for_so_long() -> None:
    both = ("1 observed T;S c1", "1 observed T;S c2", "9 observed T;S c3")
    told = said("informed_nobody_owned", case(FOUR, "c1:3 c2:3 c3:3", *both), 30)
    assert "for “c1” and 1 more, known to council (S) and school (T); 29 days" in told


def test_where_an_action_has_run_out_it_is_not_said_that_there_was_no_owner() -> None:
    """In hand from day 3 to its due day 10; without one, since a second had it, on day 2 and from 11 to 40: 29 days."""
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 agreed S c1 due=10")
    told = said("informed_nobody_owned", case(FOUR, "c1:3", *rows), 40)
    assert told.startswith("No action in hand for “c1”, known to council (S) and school (T); 29 days without one")


# every worry its own people ---------------------------------------------------------------------------


def test_who_counted_on_somebody_did_so_for_the_worries_that_are_named() -> None:
    rows = ("1 observed T;U c1", "1 observed T;U c2", "2 assumed T>G c1", "3 assumed U>G c2")
    found = find("assumed_no_record", case(f"{FOUR} U@housing", "c1:4 c2:3", *rows), 20)
    assert [one.statement.partition("; no row shows it there")[0] for one in found] == [
        "school (T) counted on health (G) for “c1”",
        "housing (U) counted on health (G) for “c2”",
    ]


def test_who_was_not_at_a_meeting_is_named_with_what_they_had() -> None:
    rows = ("1 observed T c1", "2 observed P c2", "5 met S;G - absent=T;P")
    told = said("absent_from_a_meeting", case(FOUR, "c1:3 c2:3", *rows), 20)
    assert "without school (T), who had “c1”, new to those there" in told
    assert "c2 from 2024-01-02 with P" in told
    assert "also without police (P)" in told


def test_who_had_something_new_is_named_and_who_had_seen_what_was_known_is_not_said_to_have_it() -> None:
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 observed P c2", "5 met S;G c1 absent=T;P")
    told = said("absent_from_a_meeting", case(FOUR, "c1:3 c2:3", *rows), 20)
    assert "without police (P), who had “c2”, new to those there" in told


def test_what_was_new_to_one_agency_is_not_said_of_another() -> None:
    """T has both when speaking with G, who has c2 already; on day 5 T speaks with S, who has neither."""
    rows = ("1 observed T c1;c2", "1 observed G c2", "2 told T>G - phone", "5 told T>S - phone")
    told = said("missed_opportunity", case(FOUR, "c1:3 c2:3", *rows), 30)
    assert "“c1”, new to health, in contact on 2024-01-02; no row shows it there by 2024-01-09" in told


def test_who_was_at_the_table_with_it_is_named_for_what_they_had() -> None:
    rows = ("1 observed T c1", "2 observed P c2", "5 met S;T;P c3 planning")
    told = said("left_off_the_table", case(FOUR, "c1:4 c2:3 c3:1", *rows), 20)
    assert "has “c1” not among what it tabled, though school (T), who was there, had it" in told


def test_who_had_seen_it_is_named_for_what_they_had_seen() -> None:
    rows = (
        "1 observed T c1",
        "2 observed G c2",
        "3 told T>S c1 phone",
        "3 told G>S c2 phone",
        "m: 5 met S;P c1;c2",
        "5 decided S;P c1;c2 outcome=same ref=m",
    )
    told = said("meeting_without_first_hand", case(FOUR, "c1:4 c2:3", *rows), 20)
    assert "took a decision on “c1” with nobody there who had seen it, as school (T) had" in told


def test_warners_are_said_to_have_warned_of_it_between_them() -> None:
    rows = ("1 told T>S c1 phone", "2 told G>S c2 phone", "5 decided S c1;c2 outcome=no_further_action")
    told = said("decided_after_a_warning", case(FOUR, "c1:3 c2:3", *rows), 20)
    assert "without health and school, who had warned of “c1” and 1 more between them" in told


def test_a_warning_is_said_to_have_gone_where_it_went() -> None:
    rows = ("1 told N>S c1 phone", "2 told N>G c2 phone")
    told = said("warning_not_followed", case(f"{FOUR} N:support", "c1:4 c2:3", *rows), 60)
    assert told.startswith("After N warned council of “c1”, no row shows")


def test_what_the_child_said_is_dated_by_the_day_on_which_it_was_said() -> None:
    rows = ("1 told K>T c1 face_to_face", "5 met T;S c1", "8 told K>T c2 face_to_face", "9 met T;S c2")
    told = said("childs_word_at_the_table", case(FOUR, "c1:4 c2:3", *rows), 20)
    assert told.startswith("What K showed or said on 2024-01-01 of “c1” was on the table of the meeting on 2024-01-05")


# who decides has it; who is only passed through ---------------------------------------------------------


def test_who_decides_about_a_worry_has_read_it_and_no_sentence_says_that_it_did_not_come_to_them() -> None:
    """The police write to the desk; a social worker decides two days later, by the notification."""
    one = case(
        "pc@police sw@csc",
        "shouting:3 category=domestic_abuse",
        "1 observed pc shouting",
        "n: 3 told pc>csc shouting",
        "5 decided sw shouting outcome=no_further_action ref=n",
    )
    table = sn.findings(one, "2024-06-30")
    assert not re.search(r"No row (shows|could)[^;]*“shouting”[^;]*with", "\n".join(table["statement"]))
    unread = {"only_a_file", "stopped_inside_an_agency", "assumed_no_record", "never_left_an_agency"}
    assert not unread & set(table["kind"])
    owned = table.set_index("kind").loc["informed_nobody_owned", "people"]
    assert owned == ("pc", "sw")


PASSED = "T@school G@health S@council R@desk remit=passes_on"


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("absent_from_a_meeting", ("1 observed R c1", "5 met S;G c2 absent=R")),
        ("stepped_down_unseen", ("1 told T>R c1 phone", "5 decided R c1 outcome=no_further_action")),
        ("closed_unseen", ("1 told T>R c1 phone", "5 closed R")),
        ("rests_on_relayed", ("1 observed T c1", "2 told T>G c1 phone", "3 told G>R c1 phone", "5 decided R c1")),
        ("informed_nobody_owned", ("1 told M>R c1 phone", "1 told M>Q c1 phone")),
        ("reassured_unseen", ("1 observed T c1", "2 observed G ok", "3 told G>R ok phone", "4 told R>S ok phone")),
    ],
)
def test_who_only_passes_it_on_did_not_fail_to_see_attend_or_own(kind: str, rows: tuple[str, ...]) -> None:
    people = f"{PASSED} Q@desk remit=passes_on M:family"
    concerns = "c1:3 c2:2 ok:0 answers=c1"
    assert not find(kind, case(people, concerns, *rows), 40)
    works = case(people.replace(" remit=passes_on", ""), concerns, *rows)
    assert find(kind, works, 40)


# warnings and accounts ----------------------------------------------------------------------------------

AROUND = f"{FOUR} M:family N:support"


def test_a_carer_who_tells_of_their_own_care_gives_an_account_and_one_who_tells_of_violence_warns() -> None:
    row = "1 told M>S c1 phone"
    assert not find("warning_not_followed", case(AROUND, "c1:3", row, ties="M K care"), 60)
    assert find("warning_not_followed", case(AROUND, "c1:3 category=domestic_abuse", row, ties="M K care"), 60)


def test_who_was_with_the_child_when_it_was_seen_cares_for_it_where_no_tie_says_who_does() -> None:
    rows = ("1 told M>S c1 phone", "50 told S>M - visit seen=with_carer")
    assert not find("warning_not_followed", case(AROUND, "c1:3", *rows), 60)
    assert find("warning_not_followed", case(AROUND, "c1:3", *rows, ties="N K care\nM K household"), 49) == []
    assert find("warning_not_followed", case(AROUND, "c1:3", rows[0]), 60)


def test_a_complaint_that_disputes_a_worry_is_no_warning_of_it() -> None:
    rows = ("w: 1 observed T c1", "2 told N>S c1 letter disputes=w")
    assert not find("warning_not_followed", case(AROUND, "c1:3", *rows), 60)
    assert find("warning_not_followed", case(AROUND, "c1:3", rows[0], "2 told N>S c1 letter"), 60)


def test_who_cares_for_the_child_is_no_holder_beside_the_relative_who_had_it() -> None:
    one = case(AROUND, "c1:3", "1 observed N;M c1", ties="M K care")
    assert said("never_left_the_family", one, 20).startswith("N had “c1”; no row shows it with a professional")


# one matter, one entry ----------------------------------------------------------------------------------


def test_one_holder_is_one_entry_whatever_the_number_of_agencies() -> None:
    rows = ("1 observed T c1;c2", "2 told T>G - phone", "3 told T>S - phone", "4 told T>P - phone")
    (one,) = find("missed_opportunity", case(FOUR, "c1:3 c2:3", *rows), 30)
    assert one.agencies == ("council", "health", "police", "school")


SIBLINGS = f"{FOUR} K:child L:child M:family"


@pytest.mark.parametrize(
    ("kind", "rows", "at"),
    [
        ("gap_with_child", ("1 observed T c1 seen=with_others",), 60),
        ("child_never_speaks", ("1 observed T c1", "2 told T>S c1 phone", "3 told S>T - phone"), 20),
        ("child_seldom_alone", tuple(f"{day} met T;K;L;M c1 visit" for day in (1, 2, 3)), 20),
        ("pattern", ("1 observed T c1", "2 observed G c2", "3 observed S c3"), 20),
    ],
)
def test_siblings_are_one_entry(kind: str, rows: tuple[str, ...], at: int) -> None:
    (one,) = find(kind, case(SIBLINGS, "c1:3 about=K;L c2:3 about=K;L c3:3 about=K;L", *rows), at)
    assert {"K", "L"} <= set(one.people)
    assert "K and L" in one.statement


# plain words --------------------------------------------------------------------------------------------


@every_name
def test_an_agency_is_said_once_and_a_worry_is_it_and_several_are_them(name: str) -> None:
    for text in sn.findings(sn.load_case(name))["statement"]:
        assert not re.search(r"\bAt ([^,]+), \1\b", text), text
        assert not re.search(r"“[^”]*” and \d+ more\b[^;]*; no row shows it (with|there)\b", text), text


def test_two_strands_of_one_agency_are_groups_at_it() -> None:
    rows = ("1 observed S c1", "2 observed U c2", "10 told S>T - phone", "10 told U>G - phone")
    told = said("strands_apart", case(f"{FOUR} U@council", "c1:3 c2:3", *rows), 20)
    assert told.startswith("At council, one group had “c1” and another “c2”; no row shows contact between them")


def test_two_strands_are_apart_only_while_each_has_its_own() -> None:
    """U is at work from day 12 on, S has c1 from day 1; what came to U on day 30, after S was done, is none."""
    one = ("1 observed S c1", "20 told S>T - phone", "12 told U>G - phone", "{} observed U c2")
    people = f"{FOUR} U@council"

    def apart(day: int) -> bool:
        rows = (row.format(day) for row in one)
        return bool(find("strands_apart", case(people, "c1:3 c2:3", *rows), 60))

    assert apart(15)
    assert not apart(30)


def test_agencies_of_one_area_are_one_body_for_police_and_social_care_only() -> None:
    rows = ("1 observed S c1", "2 observed U c2", "10 told S>T - phone", "10 told U>G - phone")
    people = "T@school G@health S@desk U@team"
    both = "desk:{0} area=north team:{0} area=north"
    for sector, expected in (("social_care", 1), ("police", 1), ("health", 0)):
        one = case(people, "c1:3 c2:3", *rows, agencies=both.format(sector))
        assert len(find("strands_apart", one, 20)) == expected


# reassurance ----------------------------------------------------------------------------------------------

CALM = "c1:3 c2:3 ok:0 answers=c1;c2"


def test_who_has_a_worry_that_a_reassurance_answers_has_not_only_the_reassurance() -> None:
    """Three have the reassurance, and each of the three has one of the two worries that it answers."""
    rows = ("1 observed T c1", "1 observed G c2", "1 observed S c1", "2 met T;G;S ok")
    assert not find("reassurance_outran", case(FOUR, CALM, *rows), 20)
    one = case(FOUR, CALM, *rows[:2], rows[3])
    assert "“ok” was on record with 3 professionals, “c1”, which it answers, with 1" in said(
        "reassurance_outran", one, 20
    )


def test_a_reassurance_that_fewer_had_did_not_go_farther() -> None:
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 told T>P c1 phone", "4 observed G ok", "5 told G>H ok phone")
    assert not find("reassurance_outran", case(f"{FOUR} H@health", "c1:3 ok:0 answers=c1", *rows), 20)


def test_no_sentence_says_that_somebody_had_only_the_reassurance() -> None:
    assert not any("only the reassurance" in sentences(sn.load_case(name), "2030-01-01") for name in CASES)


# contact that counts --------------------------------------------------------------------------------------

SEEN = ("1 observed T c1 seen=alone", "2 told T>S c1 phone")


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("30 told S>M - visit seen=not_there", True),
        ("30 told S>M - visit seen=refused", True),
        ("30 told S>M - visit seen=not_seen", True),
        ("30 told S>M - phone", True),
        ("30 done S - seen=with_carer", False),
        ("30 told S>M - visit seen=glimpsed", False),
        ("30 met S;K - visit", False),
        ("2024-01/2024-02 met S;K - visit", False),
    ],
)
def test_a_visit_at_which_nobody_opened_is_no_contact_and_one_that_was_done_is(row: str, left: bool) -> None:
    """Seen on day 1; 49 days to day 50 are more than 42, 29 and 20 are not."""
    found = find("gap_with_child", case(f"{FOUR} M:family", "c1:3", *SEEN, row), 50)
    assert bool(found) == left


@pytest.mark.parametrize(
    ("services", "left"), [("nursery K school 20 30 yes", False), ("nursery K school 20 30", True)]
)
def test_a_nursery_day_is_contact_where_it_was_attended(services: str, left: bool) -> None:
    assert bool(find("gap_with_child", case(FOUR, "c1:3", *SEEN, services=services), 50)) == left


@pytest.mark.parametrize(
    ("people", "days"),
    [("K:child", 89), ("K:child born=31", 59), ("K:child born=2024-01", 59), ("K:child born=2023", 89)],
)
def test_days_without_contact_are_counted_from_the_birth_or_the_first_professional(people: str, days: int) -> None:
    """Told by telephone on 1 January, and never seen: from day 1 to day 90 are 89 days, from day 31 are 59."""
    rows = ("1 told M>S c1 phone", "2 told S>T c1 phone")
    (one,) = find("gap_with_child", case(f"{FOUR} M:family {people}", "c1:3", *rows), 90)
    assert f"for {days} days" in one.statement


def test_nothing_is_said_of_age_where_no_birth_is_on_record() -> None:
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 told S>T - phone")
    told = said("child_never_speaks", case(FOUR, "c1:3", *rows), 20)
    assert "from 2024-01-01 to 2024-01-20" in told
    assert not find("baby_not_described", case(FOUR, "c1:3", *rows), 20)
    assert not re.search(r"\b(born|birth|age|years?|baby)\b", told)


def test_a_child_is_no_baby_from_the_third_birthday() -> None:
    """Born on 20 January 2021, three years old on 20 January 2024."""
    rows = ("1 observed T c1", "2 told T>S c1 phone", "3 told S>T - phone")
    one = case(f"{FOUR} K:child born=2021-01-20", "c1:3", *rows)
    for at, kind, other in (
        (19, "baby_not_described", "child_never_speaks"),
        (20, "child_never_speaks", "baby_not_described"),
    ):
        assert find(kind, one, at)
        assert not find(other, one, at)


def test_a_meeting_without_the_family_is_a_place_where_a_child_could_speak() -> None:
    rows = ("1 observed T c1", "2 told T>S c1 phone")
    people = f"{FOUR} M:family"
    assert not find("child_never_speaks", case(people, "c1:3", *rows, "3 met T;K - visit"), 20)
    assert find("child_never_speaks", case(people, "c1:3", *rows, "3 met T;K;M - visit"), 20)


@pytest.mark.parametrize("language", ["", "English", "English, French"])
def test_of_language_something_is_said_only_where_a_professional_has_one(language: str) -> None:
    people = f"T@school 'language={language}' S@council K:child language=French M:family"
    found = find("child_in_another_language", case(people, "c1:3", "1 observed T c1", "2 met T;K c1"), 20)
    assert bool(found) == (language == "English")


def test_the_child_as_their_own_interpreter_is_named_once_and_is_nobody_independent() -> None:
    people = "T@school language=English S@council K:child language=French"
    (one,) = find(
        "child_in_another_language", case(people, "c1:3", "1 observed T c1", "2 met T;K c1 interpreter=K"), 20
    )
    assert one.people == ("K",)


# what is no strength --------------------------------------------------------------------------------------


def test_what_was_done_before_it_was_agreed_or_disputed_is_no_strength() -> None:
    rows = ("1 observed T c1", "20 agreed T c1 due=25", "10 done T - ref=e2")
    assert not find("kept_alive_and_done_in_time", case(FOUR, "c1:3", *rows), 30)
    rows = ("1 observed T c1", "20 disagreed T>S c1", "10 done T;S - ref=e2")
    assert not find("challenged_and_settled", case(FOUR, "c1:3", *rows), 30)


def test_somebody_counted_on_does_not_lack_an_owner_where_their_agency_has_it_in_hand() -> None:
    rows = ("1 observed T;G c1", "2 assumed T>G c1")
    assert find("assumed_not_owned", case(f"{FOUR} H@health", "c1:3", *rows), 20)
    assert not find(
        "assumed_not_owned", case(f"{FOUR} H@health", "c1:3", *rows, "3 told G>H c1 phone", "4 agreed H c1"), 20
    )


def test_an_agency_stepped_up_whoever_of_those_who_decided_was_of_it() -> None:
    rows = [f"{day} decided S c1 outcome=no_further_action" for day in (5, 15, 25)]
    told = ("1 told T>S c1 phone",)
    assert find("ended_each_time", case(FOUR, "c1:3", *told, *rows), 30)
    assert not find("ended_each_time", case(FOUR, "c1:3", *told, *rows, "10 decided P;S c1 outcome=step_up"), 30)
