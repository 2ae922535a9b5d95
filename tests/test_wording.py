"""Words of sentences: numbers, lists and dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.dates import Window, parse_window
from safetynet.wording import count, days, first_words, in_words, on, short_when, shortened, verb, when


def window(text: str) -> Window:
    found = parse_window(text)
    assert found.first is not None
    assert found.last is not None
    return Window(found.first, found.last)


def test_one_is_one_and_two_are_two() -> None:
    assert [count(n, "child", "children") for n in (0, 1, 2)] == ["0 children", "1 child", "2 children"]
    assert [days(n) for n in (1, 3)] == ["1 day", "3 days"]
    assert [verb(n, "is", "are") for n in (1, 0, 2)] == ["is", "are", "are"]


def test_a_list_is_read_aloud() -> None:
    assert in_words([]) == ""
    assert in_words(["A"]) == "A"
    assert in_words(["A", "B"]) == "A and B"
    assert in_words("ABC") == "A, B and C"
    assert in_words("ABCDE", most=3) == "A, B, C and 2 more"
    assert in_words(["Nurse, ward", "Officer"]) == "Nurse, ward; and Officer"


DATES = """
    2019-05-20            | 2019-05-20               | on 2019-05-20                     | 20 May 2019
    2019-05               | 2019-05                  | in 2019-05                        | May 2019
    2019                  | 2019                     | in 2019                           | 2019
    2019-02-02/2019-02-09 | 2019-02-02 to 2019-02-09 | between 2019-02-02 and 2019-02-09 | 2 to 9 Feb 2019
    2019-02-27/2019-03-02 | 2019-02-27 to 2019-03-02 | between 2019-02-27 and 2019-03-02 | 27 Feb to 2 Mar 2019
    2018-12/2019-01       | 2018-12-01 to 2019-01-31 | between 2018-12-01 and 2019-01-31 | 1 Dec 2018 to 31 Jan 2019
    2018/2019             | 2018-01-01 to 2019-12-31 | between 2018-01-01 and 2019-12-31 | 2018 to 2019
"""


@pytest.mark.parametrize(
    ("text", "plain", "with_preposition", "short"),
    [[cell.strip() for cell in line.split("|")] for line in DATES.strip().splitlines()],
)
def test_a_date_is_written_as_precisely_as_it_is_known(text, plain, with_preposition, short) -> None:
    assert (when(window(text)), on(window(text)), short_when(window(text))) == (plain, with_preposition, short)


def test_the_last_day_of_all_is_a_day_too() -> None:
    assert when(Window(dt.date.max.toordinal(), dt.date.max.toordinal())) == "9999-12-31"
    assert on(window("9999-12")) == "in 9999-12"


# texts that are cut -------------------------------------------------------------------------------------


def test_no_word_is_cut_and_no_short_one_left_off_alone() -> None:
    assert first_words(["one", "two", "three", "four"], 3) == "one two three four"
    assert first_words(["one", "two", "three", "fourteenth"], 3) == "one two three …"  # ten letters
    assert first_words(["one", "two", "three,", "four", "five"], 3) == "one two three …"
    assert first_words([], 3) == ""


def test_a_text_is_cut_in_a_word_only_where_else_much_room_stays_empty() -> None:
    assert shortened("Metropolitan Police child protection", 24) == "Metropolitan Police…"
    assert shortened("Metropolitan", 8) == "Metropo…"
    assert shortened("an extraordinarily long word", 12) == "an extraord…"
    assert shortened("naïve naïve naïve", 13, lambda text: len(text.encode())) == "naïve…"  # six bytes and three
    assert shortened("abc", 0) == "…"


@given(st.text(max_size=60), st.integers(1, 60))
def test_a_text_that_is_cut_keeps_to_its_room_and_is_the_beginning_of_the_text(text: str, most: int) -> None:
    made = shortened(text, most)
    assert len(made) <= most
    assert made == text if len(text) <= most else text.startswith(made.removesuffix("…"))
