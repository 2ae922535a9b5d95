"""Several agencies' cases as one: who is one, what may be told twice, what is told otherwise, and that nothing goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.cli import main
from safetynet.errors import ArgumentError
from safetynet.io.writing import write_case

PEOPLE = """
id|name|kind|agency
kit|Kit|child|
hv|Health visitor|professional|health
key|Key worker|professional|nursery
"""
AGENCIES = """
id|name|sector
health|Health visiting|health
nursery|Nursery|education
"""


def made(name: str, chronology: str, **more: str) -> sn.Case:
    """A case from tables whose cells have ``|`` between them."""
    concerns = f"id|about|category|severity|summary\nC1|kit|physical|3|Bruise, by {name}"
    given = {"people": PEOPLE, "agencies": AGENCIES, "concerns": concerns, "chronology": chronology, **more}
    frames = {}
    for table, text in given.items():
        header, *rows = (line.split("|") for line in text.strip().splitlines())
        frames[table] = pd.DataFrame(rows, columns=header)
    return sn.Case(**frames, id=name)


NURSERY_ROWS = """
id|date|kind|who|to|concerns|channel|ref
e1|2021-04-06|observed|key||C1||
e2|2021-04-06|told|key|hv|C1|phone|e1
"""
HEALTH_ROWS = """
id|date|kind|who|to|concerns|channel|ref
e1|2021-04-07|told|nursery|hv||message|
e2|2021-04-20|observed|hv||C1|visit|e1
"""
NURSERY, HEALTH = made("nursery", NURSERY_ROWS), made("health", HEALTH_ROWS)


def asked(draft: sn.Draft, table: str = "chronology") -> dict[str, str]:
    found = draft.questions[draft.questions["table"].eq(table)]
    return dict(zip(found["row"], found["question"], strict=True))


def test_people_and_agencies_of_one_name_are_one_and_every_row_stays_with_where_it_came_from() -> None:
    draft = sn.merge_cases([NURSERY, HEALTH])
    assert draft.people["id"].tolist() == ["kit", "hv", "key"]
    assert draft.agencies["id"].tolist() == ["health", "nursery"]
    rows = draft.chronology
    assert rows["id"].tolist() == ["e1", "e2", "health_e1", "health_e2"]
    assert rows["came_from"].tolist() == ["nursery", "nursery", "health", "health"]
    assert rows["ref"].tolist() == ["", "e1", "", "health_e1"]
    assert draft.case().concerns["id"].tolist() == ["C1", "health_C1"]
    assert rows["concerns"].tolist() == ["C1", "C1", "", "health_C1"]


def test_one_contact_told_from_two_sides_is_a_question_with_how_the_accounts_differ() -> None:
    questions = asked(sn.merge_cases([NURSERY, HEALTH]))
    # the key worker is of the nursery, whose call the health visitor notes a day later
    assert list(questions) == ["health_e1"]
    assert "row e2" in questions["health_e1"]
    assert "1 day apart" in questions["health_e1"]
    assert "channel 'phone' and 'message'" in questions["health_e1"]
    assert asked(sn.merge_cases([NURSERY, HEALTH], tolerance=0)) == {}


def test_two_people_of_one_id_are_kept_apart_and_asked_about() -> None:
    rows = "id|date|kind|who|concerns\nx1|2021-05-01|observed|hv|C1"
    other = made("other", rows, people=PEOPLE.replace("Health visitor", "Ms Brown"))
    draft = sn.merge_cases([NURSERY, other])
    assert draft.people["id"].tolist() == ["kit", "hv", "key", "other_hv"]
    assert draft.chronology["who"].tolist()[-1] == "other_hv"
    assert "Are they the same?" in asked(draft, "people")["other_hv"]
    draft.case()


def test_one_person_under_two_ids_is_one_and_what_was_empty_is_filled_in() -> None:
    people = "id|name|kind|agency|born\nchild|kit|child||2019\nvisitor|health visitor|professional|health|"
    concerns = "id|about|category|severity|summary\nW|child|physical|2|Another"
    rows = "id|date|kind|who|concerns\nx1|2021-05-01|observed|visitor|W"
    draft = sn.merge_cases([NURSERY, made("other", rows, people=people, concerns=concerns)])
    assert draft.people["id"].tolist() == ["kit", "hv", "key"]
    assert draft.people["born"].tolist() == ["2019", "", ""]
    assert draft.chronology["who"].tolist()[-1] == "hv"
    assert draft.concerns["about"].tolist() == ["kit", "kit"]


def test_what_two_cases_say_otherwise_of_one_person_stays_twice() -> None:
    def speaking(language: str) -> str:
        lines = PEOPLE.strip().splitlines()
        return "\n".join([f"{lines[0]}|language", *(f"{line}|{language}" for line in lines[1:])])

    first = made("a", NURSERY_ROWS, people=speaking("Polish"))
    draft = sn.merge_cases([first, made("b", NURSERY_ROWS, people=speaking("English"))])
    assert draft.people["language"].tolist() == ["Polish"] * 3
    assert draft.people["language (b)"].tolist() == ["English"] * 3
    assert "Which is right?" in asked(draft, "people")["kit"]
    draft.case()


def test_the_other_tables_come_along_without_lines_that_are_there_already() -> None:
    ties, ratings = "source|target|kind\nhv|key|working", "coder|item|level\nA|1|ideal"
    first = made("a", NURSERY_ROWS, ties=ties, ratings=ratings)
    second = made("b", HEALTH_ROWS, ties=ties, ratings=ratings.replace("ideal", "developmental"))
    draft = sn.merge_cases([first, second])
    assert len(draft.table("ties")) == 1
    assert draft.table("ratings")["coder"].tolist() == ["A", "A (b)"]
    draft.case()


def test_every_row_and_cell_of_packaged_cases_is_in_what_they_are_merged_into() -> None:
    cases = [sn.load_case(name) for name in ("max", "reuben", "worked_example")]
    draft = sn.merge_cases(cases)
    rows = draft.chronology
    for case in cases:
        there = rows[rows["came_from"].eq(case.id)]
        for name in ("date", "kind", "summary", "channel", "outcome"):
            assert there[name].tolist() == case.chronology[name].tolist()
    assert len(draft.case().chronology) == sum(len(case.chronology) for case in cases)


def test_drafts_are_merged_with_their_questions() -> None:
    entries = (("Nursery", "Bruise seen"), ("Police", "Shouting heard"))
    tables = [pd.DataFrame({"Date": ["6 April 2021"], "Agency": [one], "Event": [event]}) for one, event in entries]
    draft = sn.merge_cases([sn.draft_from_chronology(table) for table in tables])
    needed = draft.questions[draft.questions["needed"]]
    assert needed["row"].tolist() == draft.concerns["id"].tolist()
    assert len(needed) == 2
    assert len(draft.people) == 1  # the one child of both


@pytest.mark.parametrize("wrong", [[], [NURSERY], NURSERY, "ab"])
def test_fewer_than_two_cases_are_refused(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match=r"merge_cases\(\[a, b\]\)"):
        sn.merge_cases(wrong)


def test_what_is_no_case_among_several_is_named_by_its_place() -> None:
    with pytest.raises(ArgumentError, match=r"cases\[1\] is a str, neither a case nor a draft"):
        sn.merge_cases([NURSERY, "x"])  # type: ignore[list-item]


@pytest.mark.slow
def test_the_merge_command_writes_a_workbook_that_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_case(NURSERY, "a.xlsx")
    write_case(HEALTH, "b")
    assert main(["merge", "a.xlsx", "b", "-o", "both.xlsx"]) == 0
    assert "both.xlsx" in capsys.readouterr().out
    assert len(sn.read_case("both.xlsx").chronology) == 4
    assert main(["merge", "a.xlsx", "b", "-o", "both.xlsx"]) == 2
