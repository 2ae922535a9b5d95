"""The builder of small cases says what it reads."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.case.schema import TABLES
from tests import builder
from tests.builder import case, date, line, lines, named


def test_the_builder_has_the_columns_of_the_format():
    assert {table.name: list(table.names) for table in TABLES} == builder.COLUMNS


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("5", "2024-01-05"),
        ("32", "2024-02-01"),
        ("02-01", "2024-02-01"),
        ("5T09:30", "2024-01-05T09:30"),
        ("5/9", "2024-01-05/2024-01-09"),
        ("../02-01", "../2024-02-01"),
        ("2024-02/..", "2024-02/.."),
        ("2023", "2023"),
        ("2019-05-20", "2019-05-20"),
    ],
)
def test_dates_are_short(short, full):
    assert date(short) == full


def test_a_row_is_a_line():
    cells = "id=a1 date=2024-02-01 kind=told who=T;S to=P concerns=c1;c2 channel=phone ref=e1 due=2024-02-09"
    assert line("a1: 02-01 told T;S>P c1;c2 phone ref=e1 due=40 # a remark") == named(cells)
    assert line("needed - c1") == {"kind": "needed", "who": "", "concerns": "c1"}
    assert lines("met S;P\n\ntold S>P - phone", {"kind": "done", "who": ["S", "P"]}) == [
        {"id": "e1", "date": "2024-01-01", "kind": "met", "who": "S;P"},
        {"id": "e2", "date": "2024-01-02", "kind": "told", "who": "S", "to": "P", "concerns": "", "channel": "phone"},
        {"id": "e3", "date": "2024-01-03", "kind": "done", "who": "S;P"},
    ]


def test_the_worked_example_in_a_few_lines():
    made = case(
        "T@school G@health S@council P@police K:child M:family",
        "c1:3 c2:4 c3:2",
        """
        10 observed T c1
        12 told T>S c1 phone
        15 observed P c2
        20 observed G c3
        25 told G>T c3 letter
        30 met S;P c1
        """,
    )
    assert float(sn.best_picture(made)) == pytest.approx(7 / 9)
    assert float(sn.unshared_pairs(made)) == pytest.approx(8 / 26)


def test_people_concerns_and_the_other_tables_are_words_and_lines():
    made = case(
        "T@school end=02-01 remit=decides K:child born=2020 L:child",
        "c1:3 about=K;L category=physical ok:0 answers=c1",
        "observed T c1",
        agencies="school:education desk:police",
        ties="K L kin strong",
        services="nursery K school 01-01 03-01 yes",
        permissions="school desk - prohibited",
        links="ok c1 explains T",
        conditions="w1 school workload 01-01",
        ratings="coder 3 ideal",
        sources="SR",
        harm_date="03-01",
        status="illustrative",
    )
    people = made.people.set_index("id")
    assert people.loc["T", ["end", "remit"]].tolist() == ["2024-02-01", "decides"]
    assert made.concerns[["about", "category", "severity", "answers"]].values.tolist() == [
        ["K;L", "physical", "3", ""],
        ["K", "reassurance", "0", "c1"],
    ]
    assert made.agencies["sector"].tolist() == ["education", "police"]
    assert made.services.iloc[0].tolist() == ["nursery", "K", "school", "2024-01-01", "2024-03-01", "yes", ""]
    assert made.permissions["permission"].tolist() == ["prohibited"]
    assert made.links[["from", "to", "kind", "who"]].values.tolist() == [["ok", "c1", "explains", "T"]]
    assert made.conditions["summary"].tolist() == ["w1"]
    assert str(made.harm_date) == "2024-03-01"
    assert made.status == "illustrative"
