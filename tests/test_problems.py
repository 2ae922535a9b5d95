"""Faults that are alike are told as one, with everything that a person needs to put them right."""

from __future__ import annotations

import pytest

from safetynet.errors import CaseError
from safetynet.problems import Alike, Problem, alike


def one(row: str, value: str = "", problem: str = "", column: str = "who", table: str = "chronology") -> Problem:
    return Problem(table, row, column, value, problem or f"{value!r} is not in people.", "Add it.")


def date(row: str, value: str, table: str = "chronology") -> Problem:
    said = f"{value!r} cannot be read as a date: it is not written as year-month-day."
    return Problem(table, row, "date", value, said, "Write it so.")


def test_the_same_fault_in_several_rows_is_one_line_with_its_rows() -> None:
    (told,) = alike([one("3", "x"), one("5", "x"), one("9", "x")])
    assert str(told) == "chronology rows 3, 5, 9, who: 'x' is not in people. Add it."
    assert told.many == 3


def test_further_values_are_named_and_what_differs_otherwise_is_told_apart() -> None:
    assert str(alike([one("3", "x"), one("4", "y")])[0]).endswith("'x' is not in people. Likewise 'y'. Add it.")
    assert len(alike([one("3", "x"), one("3", "x", column="to")])) == 2
    assert len(alike([one("3", "x"), one("3", "x", table="ties")])) == 2
    assert len(alike([one("3", "x"), one("4", "y")._replace(hint="Did you mean 'z'?")])) == 2


def test_many_rows_are_named_up_to_five() -> None:
    assert "rows 1, 2, 3, 4, 5 and 15 more" in str(alike([one(str(row), "x") for row in range(1, 21)])[0])


def test_faults_of_no_row_are_told_one_by_one() -> None:
    tables = [Problem(name, "", "", "", f"the table {name!r} is missing.", "") for name in ("people", "concerns")]
    assert [str(told) for told in alike(tables)] == [
        "people: the table 'people' is missing.",
        "concerns: the table 'concerns' is missing.",
    ]


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (["31/01/2019", "01/02/2019"], "read like 31/01/2019: is the day first? Then date_order='dmy'"),
        (["01/31/2019", "01/02/2019"], "read like 01/31/2019: is the month first? Then date_order='mdy'"),
        (["01/02/2019", "03/02/2019"], "does the day come first, or the month?"),
        (["31/01/2019", "01/31/2019"], "no order fits them all"),
    ],
)
def test_dates_of_numbers_only_are_one_question_over_all_tables(values: list[str], asked: str) -> None:
    (told,) = alike([date("2", values[0]), date("3", values[1], "people")])
    assert asked in str(told)
    assert "2 dates (1 in chronology, 1 in people)" in str(told)


def test_a_message_has_ten_sorts_of_fault_and_counts_the_rest() -> None:
    faults = [one(str(row), f"v{sort}", column=f"c{sort}") for sort in range(12) for row in range(3)]
    error = CaseError(faults, "lewis")
    lines = str(error).splitlines()
    assert lines[0] == "lewis has 36 problems; nothing was read."
    assert len(lines) == 12
    assert lines[-1] == "  ... and 6 more: see .problems of this error."
    assert len(error.problems) == 36


def test_prose_in_a_wrong_cell_is_grouped_by_what_is_wrong_with_it() -> None:
    texts = {"2": "a text of 50 characters", "3": "a text of 61 characters"}
    long = [one(row, text, f"{text} is not in people.") for row, text in texts.items()]
    assert isinstance(alike(long)[0], Alike)
    assert len(alike(long)) == 1
