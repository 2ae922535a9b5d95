"""Dates as people write them: what can mean one day only is read, everything else is asked about."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.dates import parse_window, standard
from safetynet.written import BadDate


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22 May 2016", "2016-05-22"),
        ("22nd of May, 2016", "2016-05-22"),
        ("May 22, 2016", "2016-05-22"),
        ("Sunday 22 May 2016", "2016-05-22"),  # it was one
        ("24-Mar-21", "2021-03-24"),
        ("2 Sept. 1999", "1999-09-02"),
        ("2016 May 22", "2016-05-22"),
        ("2021-6-30", "2021-06-30"),
        ("2021/6/30", "2021-06-30"),
        ("2021.06.30", "2021-06-30"),
        ("20210630", "2021-06-30"),
        ("May 2016", "2016-05"),
        ("05/2016", "2016-05"),
        ("2021-6", "2021-06"),
        ("2021-04-07 9:30", "2021-04-07T09:30"),
        ("7 April 2021 at 4pm", "2021-04-07T16:00"),
        ("7 April 2021, 12.15 am", "2021-04-07T00:15"),
        ("7 April 2021 0930hrs", "2021-04-07T09:30"),
        ("2021-04-07 09:30:15.000", "2021-04-07T09:30:15"),
        ("22 May 2016/24 May 2016", "2016-05-22/2016-05-24"),
        ("../May 2016", "../2016-05"),
        ("22\u00a0May\u00a02016", "2016-05-22"),  # the blank of a word processor
    ],
)
def test_what_can_mean_one_day_only_is_read(text: str, meant: str) -> None:
    assert standard(text) == meant
    assert standard(text.upper()) == meant
    parse_window(meant)


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("03/04/2020", "2020-04-03", "2020-03-04"),
        ("3.4.20", "2020-04-03", "2020-03-04"),
        ("3-4-1999 16:30", "1999-04-03T16:30", "1999-03-04T16:30"),
        ("Friday 03/04/2020", "2020-04-03", None),  # 4 March 2020 was a Wednesday
        ("13/04/2020", "2020-04-13", None),
        ("03/04/49", "2049-04-03", "2049-03-04"),
        ("03/04/50", "1950-04-03", "1950-03-04"),
        ("01/04/2020/03/04/2020", None, None),  # an interval of such dates needs another sign between them
    ],
)
def test_dates_of_numbers_only_are_read_in_the_order_that_is_given(text: str, dmy: str, mdy: str) -> None:
    with pytest.raises(BadDate):
        standard(text)
    for order, meant in (("dmy", dmy), ("mdy", mdy)):
        if meant is None:
            with pytest.raises(BadDate):
                standard(text, order)  # type: ignore[arg-type]
        else:
            assert standard(text, order) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("13/03/20", "not written as year-month-day", "2020-03-13 if the day comes first"),
        ("03/04/2020", "not written as year-month-day", "2020-04-03 if the day comes first, 2020-03-04 if the month"),
        ("c. 12 April 2021", "not sure", "2021-04-05/2021-04-19"),
        ("? 22 may 2016", "not sure", "2016-05-22 with confidence"),
        ("22 May 2016 (approx)", "not sure", "2016-05-22 with confidence"),
        ("circa 2016", "not sure", "Write 2016, which is any day of it"),
        ("early May 2016", "no certain days", "2016-05-01/2016-05-10"),
        ("mid-May 2016", "no certain days", "2016-05-11/2016-05-20"),
        ("late May 2016", "no certain days", "2016-05-21/2016-05-31"),
        ("before 5 May 2016", "one side", "../2016-05-05"),
        ("since March 2016", "one side", "2016-03/.."),
        ("w/c 12 April 2021", "a week", "2021-04-12/2021-04-18"),
        ("spring 2019", "a season", "2019-03/2019-05"),
        ("winter 2019", "two years", "2018-12/2019-02 or 2019-12/2020-02"),
        ("Q3 2016", "a quarter", "2016-07/2016-09"),
        ("12-15 April 2021", "two dates", "2021-04-12/2021-04-15"),
        ("between 3 May 2016 and 5 May 2016", "two dates", "2016-05-03/2016-05-05"),
        ("3 May 2016 to 5 May 2016", "two dates", "2016-05-03/2016-05-05"),
        ("09/01/2023 - 13/01/2023", "two dates", "Write 2023-01-09/2023-01-13 for one thing"),
        ("9.1.2023-13.1.2023", "two dates", "Write 2023-01-09/2023-01-13 for one thing"),
        ("9/1/23-13/1/23", "two dates", "Write 2023-01-09/2023-01-13 for one thing"),
        (
            "9/1/2023 to 10/2/2023",
            "two dates",
            "02-10 or, if the month comes first, 2023-09-01/2023-10-02",
        ),
        ("Mar-21", "a month with its year, or a day", "2021-03"),
        ("21 March", "no year", "whole date"),
        ("2011/12", "a month, or two years", "2011-12 for the month, or 2011/2012"),
        ("1999/00", "it is two years", "Write 1999/2000"),
        ("2022/45", "not a date", "Write 2019-05-20"),
        ("2022/23", "it is two years", "Write 2022/2023, or 2022-09/2023-08 for a school year."),
        ("Monday 22 May 2016", "was a Sunday", "the day and at the date"),
        ("unknown", "not known", "../2019-08"),
        ("44197", "day number", "format of a date"),
        ("2021-04-07T09:30Z", "time zone", "2021-04-07T09:30"),
        ("2021-04-07 09:30+01:00", "time zone", "2021-04-07T09:30"),
        ("2021-04-07T09:30:15.25", "parts of a second", "2021-04-07T09:30:15"),
        ("2021-04-07 9", "no minutes", "2021-04-07T09:00"),
        ("2024\u201101\u201110", "U+2011 (non-breaking hyphen) where - belongs", "2024-01-10"),
        ("2024\u221201\u221210", "U+2212 (minus sign) where - belongs", "2024-01-10"),
        ("2024-01-10\u200b", "U+200B (zero width space)", "2024-01-10"),
        ("30 February 2021", "has no day 30", "Write"),
        ("9" * 5000, "not a date", "Write"),
    ],
)
def test_what_can_mean_two_things_or_is_not_sure_is_asked_about(text: str, problem: str, hint: str) -> None:
    with pytest.raises(BadDate) as caught:
        standard(text)
    assert problem in caught.value.problem
    assert hint in caught.value.hint


def test_three_dots_are_an_open_end_as_two_are() -> None:
    assert standard("2023-04/...") == standard("April 2023/\u2026") == "2023-04/.."
    assert standard(".../2023-04") == "../2023-04"


def test_no_example_of_a_date_runs_into_the_full_stop_of_its_sentence() -> None:
    with pytest.raises(BadDate) as caught:
        standard("one day")
    forms = [word.strip(",") for word in caught.value.hint.removesuffix(".").split() if word[0].isdigit()]
    assert len(forms) == 6
    assert all(standard(form) == form for form in forms)


FORMS = ("{d} {B} {Y}", "{B} {d}, {Y}", "{d}-{b}-{Y}", "{Y}-{m}-{d}", "{Y}/{m}/{d}", "{d}th {b} {Y}", "{Y}.{m}.{d}")


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(FORMS))
def test_a_day_in_any_form_is_that_day(day: dt.date, form: str) -> None:
    names = {"B": calendar.month_name[day.month], "b": calendar.month_abbr[day.month]}
    assert standard(form.format(d=day.day, m=day.month, Y=day.year, **names)) == day.isoformat()


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), st.sampled_from("/.-"))
def test_a_year_of_two_digits_lies_from_1950_to_2049(day: dt.date, sign: str) -> None:
    assert standard(f"{day.day}{sign}{day.month}{sign}{day.year % 100:02d}", "dmy") == day.isoformat()


def way_out(text: str) -> str:
    """What is said of a text that is no date; of one that is, that it is read."""
    try:
        parse_window(text, "dmy")
    except BadDate as error:
        return error.problem and error.hint
    return "read"


@given(st.text(alphabet="0123456789-/. :TZapmcMayJune,th?~", max_size=70))
def test_any_text_is_a_date_or_a_problem_with_a_way_out(text: str) -> None:
    assert way_out(text)
