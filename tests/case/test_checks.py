"""What is a problem of a case, each beside its near twin that is none."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.vocabulary import ROW_KINDS
from tests.builder import case, from_tables, tables

PEOPLE = "T@school S@council K:child M:family"


def faults(*rows: str, people: str = PEOPLE, concerns: str = "c1 ok:0 answers=c1", **more: object) -> list[list[str]]:
    """Column and value of each problem."""
    with pytest.raises(sn.CaseError) as caught:
        case(people, concerns, *rows, **more)
    return caught.value.problems[["column", "value"]].to_numpy().tolist()


SENT = ("told", "asked", "declined")
ALONE = [kind for kind in ROW_KINDS if kind not in (*SENT, "needed", "agreed")]


@pytest.mark.parametrize("kind", ALONE)
def test_every_kind_but_needed_and_agreed_needs_somebody(kind):
    assert faults(f"{kind} - c1") == [["who", ""]]
    case(PEOPLE, "c1", f"{kind} T c1")


@pytest.mark.parametrize("kind", SENT)
def test_what_is_sent_needs_a_recipient_besides(kind):
    assert faults(f"{kind} - c1") == [["who", ""], ["to", ""]]
    assert faults(f"{kind} T c1") == [["to", ""]]
    case(PEOPLE, "c1", f"{kind} T>S c1 phone")


def test_nobody_need_be_named_for_what_nobody_took_or_did():
    case(PEOPLE, "c1", "needed - c1", "agreed - c1")


def test_an_agency_observes_alone():
    assert faults("observed T;council c1") == [["who", "council"]]
    assert faults("observed school;council c1") == [["who", "school"], ["who", "council"]]
    case(PEOPLE, "c1", "observed council c1", "observed T;S c1")


@pytest.mark.parametrize("cell", ["received=no", "received=yes", "received_on=20"])
def test_a_meeting_and_an_observation_are_not_received(cell):
    column = cell.partition("=")[0]
    assert [one for one, _ in faults(f"met T;S c1 {cell}")] == [column]
    assert [one for one, _ in faults(f"observed T c1 {cell}")] == [column]
    case(PEOPLE, "c1", f"told T>S c1 letter {cell}", f"decided T>S c1 letter outcome=same {cell}")


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("observed T c1 count=0", "count", "0"),
        ("observed T c1 count=2.5", "count", "2.5"),
        ("observed T c1 rating=5", "rating", "5"),
        ("observed T c1 seen=asleep", "seen", "asleep"),
        ("observed T c1 complete=maybe", "complete", "maybe"),
        ("observed T c1 confidence=1.5", "confidence", "1.5"),
        ("observed T c1 confidence=0", "confidence", "0"),
        ("observed T c1 interpreter=nobody", "interpreter", "nobody"),
        ("withheld T>S c1 reason=busy", "reason", "busy"),
        ("observed T c1 ref=e9", "ref", "e9"),
        ("a: observed T c1 ref=a", "ref", "a"),
        ("observed T c1 disputes=e1;e9", "disputes", "e9"),
        ("a: observed T c1 disputes=a", "disputes", "a"),
        ("observed T c9", "concerns", "c9"),
        ("observed T c1 about=school", "about", "school"),
        ("observed T c1 present=X", "present", "X"),
        ("met T;S c1 absent=X", "absent", "X"),
        ("decided T c1 outcome=completed", "outcome", "completed"),
        ("done T ref=e1 outcome=discharge", "outcome", "discharge"),
        ("agreed T c1 due=2024-01/..", "due", "2024-01/.."),
        ("told T>S c1 phone two_way=both", "two_way", "both"),
        ("told T>S c1 phone received=perhaps", "received", "perhaps"),
    ],
)
def test_a_cell_that_says_nothing_that_the_format_has_is_named(row, column, value):
    assert faults("observed T c1", row) == [[column, value]]


def test_cells_of_the_second_edition_are_read():
    made = case(
        PEOPLE,
        "c1 ok:0 answers=c1",
        "observed T c1 seen=alone count=26 present=M",
        "told T>S c1 letter reason=no_route ref=e1 disputes=e1",
        "expected S;council c1 rule=law ref=e1;e2 due=2024-02",
        "believed S>T c1",
        "withheld S>T c1",
        "met T;S c1 conference complete=no interpreter=none rating=4",
    )
    rows = made._records.by_id
    assert (rows["e1"].seen, rows["e1"].count, rows["e1"].present) == ("alone", 26, ("M",))
    assert (rows["e2"].ref, rows["e2"].disputes, rows["e2"].reason) == (("e1",), ("e1",), "no_route")
    assert (rows["e3"].who, rows["e3"].rule, rows["e3"].ref) == (("S", "council"), "law", ("e1", "e2"))
    assert rows["e3"].due == dt.date(2024, 2, 29).toordinal()  # a month means its last day
    assert rows["e6"].complete == "no"
    assert [row.id for row in rows.values() if row.is_contact] == ["e1", "e2", "e6"]


@pytest.mark.parametrize(
    "more",
    [
        {"services": "nursery K school 02-01 01-01"},
        {"conditions": "w school workload 02-01 01-01"},
        {"ties": "M K care strong 02-01 01-01"},
        {"permissions": "school council start=02-01 end=01-01 permission=permitted"},
        {"people": "T@school start=02-01 end=01-01 K:child"},
    ],
)
def test_what_ends_before_it_starts_is_a_problem(more):
    assert faults("observed T c1", **more) == [["end", "2024-01-01"]]
    same_day = {name: text.replace("01-01", "02-01") for name, text in more.items()}
    case(**{"people": PEOPLE, **same_day})


def test_a_lead_that_ends_before_it_starts_is_a_problem():
    assert faults("observed T c1", people="T@school lead_from=02-01 lead_to=01-01") == [["lead_to", "2024-01-01"]]
    case("T@school lead_from=2024-02 lead_to=02-01")  # some day of February may be the first


@pytest.mark.parametrize(
    ("more", "column", "value"),
    [
        ({"links": "c1 c9 same_matter"}, "to", "c9"),
        ({"links": "c1 ok sameish"}, "kind", "sameish"),
        ({"links": "c1 ok explains X"}, "who", "X"),
        ({"conditions": "w mars workload"}, "agency", "mars"),
        ({"conditions": "w school weather"}, "kind", "weather"),
        ({"services": "nursery X"}, "person", "X"),
        ({"services": "nursery K school - - perhaps"}, "attended", "perhaps"),
        ({"status": "secret"}, "status", "secret"),
        ({"people": PEOPLE + " born=yesterday"}, "born", "yesterday"),
        ({"people": "T@school remit=manages K:child"}, "remit", "manages"),
        ({"people": PEOPLE + " X:alien"}, "kind", "alien"),
        ({"ratings": "coder 11 ideal"}, "item", "11"),
        ({"ratings": "coder 1 middling"}, "level", "middling"),
        ({"concerns": "c1:5"}, "severity", "5"),
        ({"concerns": "c1:0 category=neglect"}, "severity", "0"),
        ({"concerns": "c1:2 category=strength"}, "severity", "2"),
        ({"concerns": "c1:0 answers=c1"}, "answers", "c1"),
        ({"harm_date": "2024-13"}, "harm_date", "2024-13"),
    ],
)
def test_the_other_tables_are_checked_too(more, column, value):
    given = {"people": PEOPLE, "concerns": "c1 ok:0 answers=c1", **more}
    assert faults("observed T c1", **given) == [[column, value]]


def test_two_ratings_of_one_item_by_one_coder_are_a_problem():
    assert faults("observed T c1", ratings="coder 1 ideal\ncoder 1 developmental") == [["item", "1"]]
    case(PEOPLE, ratings="coder 1 ideal\ncoder 2 ideal\nother 1 ideal")


def test_no_id_is_both_a_person_and_an_agency():
    assert faults("observed T c1", people="T@school K:child", agencies="T school") == [["id", "T"]]


def test_a_harm_date_with_a_time_zone_is_one_of_our_problems():
    content = tables("T", "c1", "observed T c1")
    frames = {name: pd.DataFrame(content[name]) for name in ("people", "concerns", "chronology")}
    with pytest.raises(sn.CaseError, match="time zone"):
        sn.Case(**frames, harm_date=pd.Timestamp("2024-01-01 09:00", tz="Europe/London"))


# words and ids ------------------------------------------------------------------------------------------


def test_other_channels_and_outcomes_of_other_kinds_are_kept_as_they_are():
    made = case(PEOPLE, "c1", "met T;S c1 'Ward Round'", "told T>S c1 phone outcome='Will Ring Back'")
    assert made.chronology["channel"].tolist() == ["Ward Round", "phone"]
    assert made.chronology["outcome"].tolist() == ["", "Will Ring Back"]


def test_an_empty_place_in_a_list_is_a_problem():
    assert faults({"kind": "met", "who": "T;;S", "concerns": "c1"}) == [["who", "T;;S"]]


def test_an_id_holds_neither_a_semicolon_nor_a_line_break():
    for name in ("a;b", "a\nb"):
        content = tables("T", "c1", "observed T c1")
        content["people"].append({"id": name, "name": "x", "kind": "family"})
        with pytest.raises(sn.CaseError, match="separates several ids"):
            from_tables(content)


def test_a_word_of_our_own_that_is_also_an_id_is_the_id():
    made = case("T@police S@school", "c1", permissions="police school - permitted")
    assert made._records.permissions[0].source == "police"
    assert case("T@school", "c1", permissions="Police * - permitted")._records.permissions[0].source == "police"


# open ends ----------------------------------------------------------------------------------------------


def test_an_open_end_closes_at_the_last_day_and_never_before_the_end_of_the_month_that_is_given():
    made = case("T", "c1", "1999-11-03 observed T c1", "1999-11/.. observed T c1")
    assert str(made.end) == "1999-11-30"  # the month counts among the days of the case
    assert str(made._records.by_id["e2"].date) == "1999-11-01 to 1999-11-30"
    made = case("T", "c1", "1999-12-03 observed T c1", "1999-11/.. observed T c1")
    assert str(made.end) == "1999-12-03"
    assert str(made._records.by_id["e2"].date) == "1999-11-01 to 1999-12-03"


def test_an_open_start_closes_at_the_first_day_and_never_after_the_start_of_the_month_that_is_given():
    made = case("T", "c1", "1999-11-03 observed T c1", "../1999-11 observed T c1")
    assert (str(made.start), str(made.end)) == ("1999-11-01", "1999-11-30")
    made = case("T", "c1", "1999-10-03 observed T c1", "../1999-11 observed T c1")
    assert str(made._records.by_id["e2"].date) == "1999-10-03 to 1999-11-30"


def test_due_and_received_on_do_not_move_the_first_and_last_day():
    made = case(
        "T S",
        "c1",
        "5 told T>S c1 letter received_on=9",
        "6 agreed T c1 due=40",
        "4 told T>S - letter received_on=2/..",
    )
    assert (str(made.start), str(made.end)) == ("2024-01-04", "2024-01-06")
    assert str(made._records.by_id["e3"].received_on) == "2024-01-02 to 2024-01-06"


def test_posts_and_the_harm_close_at_the_days_of_the_chronology():
    made = case("T end=2024-02/.. start=../2023", "c1", "5 observed T c1", harm_date="2024-01/..")
    person = made._records.people["T"]
    assert str(person.start) == "2023-01-01 to 2023-12-31"
    assert str(person.end) == "2024-02-01 to 2024-02-29"
    assert str(made._records.harm) == "2024-01-01 to 2024-01-31"


def test_without_rows_there_are_no_days():
    made = case("T end=2024-02/..", "c1")
    assert (made.start, made.end) == (None, None)
    assert str(made._records.people["T"].end) == "2024-02-01 to 2024-02-29"


# many problems ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_thousand_unknown_ids_are_all_told_and_only_the_first_searched_for():
    people = [{"id": f"person_{n}", "name": f"n{n}", "kind": "professional"} for n in range(500)]
    people.append({"id": "K", "name": "K", "kind": "child"})
    rows = [{"id": f"e{n}", "date": "2024", "kind": "observed", "who": f"prson_{n}"} for n in range(2000)]
    concerns = pd.DataFrame(columns=["id", "about", "category", "severity", "summary"])
    with pytest.raises(sn.CaseError) as caught:
        sn.Case(pd.DataFrame(people), concerns, pd.DataFrame(rows))
    hints = caught.value.problems["hint"]
    assert len(hints) == 2000
    assert 0 < sum(hint.startswith("Did you mean") for hint in hints) <= 100
    assert hints[0].startswith("Did you mean 'person_0'")
