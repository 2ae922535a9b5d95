"""Tables as people spell them: read where one thing can be meant, asked about where it may be two."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.headings import fold, one_letter_apart, twin_of
from safetynet.case.rows import is_divider
from safetynet.case.schema import TABLES

PEOPLE = [
    {"id": "kit", "name": "Kit", "kind": "child", "agency": ""},
    {"id": "hv", "name": "Health visitor", "kind": "professional", "agency": "clinic"},
    {"id": "tea", "name": "Teacher", "kind": "professional", "agency": "school"},
]
AGENCIES = [
    {"id": "clinic", "name": "Mill Lane Clinic", "sector": "health"},
    {"id": "school", "name": "Hill School", "sector": "education"},
]
CONCERNS = [
    {"id": "C1", "about": "kit", "category": "physical", "severity": "3", "summary": "A mark on the arm"},
    {"id": "C2", "about": "kit", "category": "neglect", "severity": "2", "summary": "Hungry"},
]
ROWS = [
    {"id": "e1", "date": "2024-01-10", "kind": "observed", "who": "hv", "to": "", "concerns": "C1", "channel": ""},
    {
        "id": "e2",
        "date": "2024-01-12",
        "kind": "told",
        "who": "hv",
        "to": "tea",
        "concerns": "C1;C2",
        "channel": "phone",
    },
    {"id": "e3", "date": "2024-01-20", "kind": "observed", "who": "tea", "to": "", "concerns": "C2", "channel": ""},
]


def made(**tables: Any) -> sn.Case:
    given = {"people": PEOPLE, "agencies": AGENCIES, "concerns": CONCERNS, "chronology": ROWS, **tables}
    order = given.pop("date_order", None)
    frames = {name: rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows) for name, rows in given.items()}
    return sn.Case(**frames, date_order=order)


def rows(number: int, **cells: str) -> list[dict[str, str]]:
    """The chronology with some cells of one row (from 1) changed."""
    return [{**row, **(cells if place == number else {})} for place, row in enumerate(ROWS, 1)]


def problems(**tables: Any) -> pd.DataFrame:
    with pytest.raises(sn.CaseError) as caught:
        made(**tables)
    return caught.value.problems


def only(**tables: Any) -> dict[str, str]:
    found = problems(**tables)
    assert len(found) == 1, found.to_string()
    return dict(found.iloc[0])


CASE = made()


# headings and words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Concerns", " CONCERNS ", "con-cerns", "concerns\u200b"])
def test_a_heading_is_read_whatever_its_case_blanks_and_joining_signs(heading: str) -> None:
    assert made(chronology=pd.DataFrame(ROWS).rename(columns={"concerns": heading})) == CASE


def test_no_two_columns_of_a_table_fold_to_one() -> None:
    for table in TABLES:
        assert len({fold(name) for name in table.names}) == len(table.names)


@pytest.mark.parametrize("heading", ["concern", "Concernss", "cocnerns", "concernes"])
def test_a_column_that_is_ours_but_for_a_letter_or_a_plural_is_asked_about_and_nothing_follows(heading: str) -> None:
    found = only(chronology=pd.DataFrame(ROWS).rename(columns={"concerns": heading}))
    assert (found["table"], found["column"]) == ("chronology", heading)
    assert "'concerns'" in found["problem"]


def test_a_required_column_under_a_near_name_is_one_problem() -> None:
    assert "nearly 'date'" in only(chronology=pd.DataFrame(ROWS).rename(columns={"date": "dates"}))["problem"]
    assert "nearly 'id'" in only(people=pd.DataFrame(PEOPLE).rename(columns={"id": "ids"}))["problem"]


@pytest.mark.parametrize("own", ["role", "ward", "note", "no", "re", "district"])
def test_a_column_of_ones_own_is_kept(own: str) -> None:
    case = made(chronology=[{**row, own: "x"} for row in ROWS])
    assert case.chronology[own].tolist() == ["x", "x", "x"]


def test_a_table_without_its_column_of_ids_is_one_problem_and_nobody_is_unknown() -> None:
    found = only(people=[{name: cell for name, cell in row.items() if name != "id"} for row in PEOPLE])
    assert found["problem"] == "the column 'id' is missing."


def test_an_own_column_that_looks_like_ours_is_kept_where_ours_is_there_too() -> None:
    case = made(chronology=[{**row, "count": "", "county": "Kent"} for row in ROWS])
    assert case.chronology["county"].tolist() == ["Kent"] * 3
    assert "nearly 'count'" in only(chronology=[{**row, "county": "Kent"} for row in ROWS])["problem"]


def test_one_column_under_two_spellings_is_asked_about() -> None:
    assert "the same column" in only(chronology=[{**row, "Date": row["date"]} for row in ROWS])["problem"]


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        *((*pair.split(), True) for pair in ("sumary summary", "recieved received", "kind kins", "who why")),
        *((*pair.split(), False) for pair in ("date date", "date dated2", "role lore")),
    ],
)
def test_one_letter_is_one_more_one_fewer_another_or_two_swapped(left: str, right: str, near: bool) -> None:
    assert one_letter_apart(left, right) is near
    assert one_letter_apart(right, left) is near


def test_short_headings_are_only_near_a_plural() -> None:
    assert twin_of("chronology", "refs", ["date"]) == "ref"
    assert twin_of("chronology", "now", ["date"]) == ""


@pytest.mark.parametrize("word", ["Told", " told ", "TOLD", "t-o-l-d"])
def test_a_code_word_is_read_whatever_its_case_and_blanks(word: str) -> None:
    assert made(chronology=rows(2, kind=word)) == CASE


def test_words_of_several_parts_are_read_with_blanks_and_hyphens() -> None:
    case = made(
        chronology=rows(2, channel="Face-to-face"), agencies=[{**AGENCIES[0], "sector": "Social care"}, AGENCIES[1]]
    )
    assert case.chronology["channel"].tolist()[1] == "face_to_face"
    assert case.agencies["sector"].tolist()[0] == "social_care"
    assert made(chronology=rows(2, channel="pigeon post")).chronology["channel"].tolist()[1] == "pigeon post"


# ids --------------------------------------------------------------------------------------------------------


def test_blanks_around_ids_do_not_count_anywhere() -> None:
    blanks = [
        {name: f" {cell}  " if name in ("id", "who", "to") else cell for name, cell in row.items()} for row in ROWS
    ]
    people = [{**row, "id": row["id"] + "\u00a0"} for row in PEOPLE]
    assert made(chronology=blanks, people=people) == CASE


@pytest.mark.parametrize(
    "cell", ["C1, C2", "C1,C2", "C1 C2", "C1\nC2", "C1/C2", "C1 & C2", "C1 and C2", "C1; C2;", "c1;C2"]
)
def test_a_list_is_read_however_its_known_ids_are_parted(cell: str) -> None:
    assert made(chronology=rows(2, concerns=cell)) == CASE


def test_an_id_with_a_comma_or_a_blank_in_it_is_one_id() -> None:
    concerns = [{**CONCERNS[0], "id": "C1, C2"}, {**CONCERNS[0], "id": "C1"}, CONCERNS[1]]
    assert made(concerns=concerns, chronology=rows(2, concerns="C1, C2"))._records.rows[1].concerns == ("C1, C2",)


def test_of_a_comma_list_only_what_is_unknown_is_named() -> None:
    assert only(chronology=rows(2, concerns="C1, C3"))["value"] == "C3"
    assert only(chronology=rows(2, to="tea, kit and Mrs Smith"))["value"] == "Mrs Smith"


def test_an_id_with_other_capitals_is_read_with_a_warning_and_exactly_where_both_are_there() -> None:
    case = made(chronology=rows(2, who="HV"))
    assert case == CASE
    assert "'HV' is read as 'hv'" in case.warnings["problem"].tolist()[0]
    both = made(people=[*PEOPLE, {**PEOPLE[1], "id": "HV", "name": "Another"}], chronology=rows(2, who="HV"))
    assert both.chronology["who"].tolist()[1] == "HV"
    assert not both.warnings["problem"].str.contains("is read as").any()
    found = only(people=[*PEOPLE, {**PEOPLE[1], "id": "HV", "name": "Another"}], chronology=rows(2, who="Hv"))
    assert "'HV'" in found["hint"]
    assert "'hv'" in found["hint"]


def test_a_name_in_place_of_an_id_is_looked_up() -> None:
    assert only(chronology=rows(2, who="Health visitor"))["hint"] == "It is the name of 'hv'; write that id."
    assert only(chronology=rows(2, to="hill school"))["hint"] == "It is the name of 'school'; write that id."
    assert only(chronology=rows(2, concerns="A mark on the arm"))["hint"] == "It is the summary of 'C1'; write that id."
    people = [PEOPLE[0], PEOPLE[1], {**PEOPLE[2], "agency": "Hill School"}]
    assert only(people=people)["hint"] == "It is the name of 'school'; write that id."


def test_a_sign_that_cannot_be_seen_or_looks_like_another_is_named() -> None:
    assert "U+200B (zero width space)" in only(chronology=rows(2, who="hv\u200b"))["hint"]
    people = [*PEOPLE, {"id": "sw-1", "name": "Worker", "kind": "professional", "agency": ""}]
    assert "U+2011 (non-breaking hyphen)" in only(people=people, chronology=rows(2, who="sw\u20111"))["hint"]
    people = [*PEOPLE, {"id": "jos\u00e9", "name": "Worker", "kind": "professional", "agency": ""}]
    assert "U+" in only(people=people, chronology=rows(2, who="jose\u0301"))["hint"]


@pytest.mark.parametrize("mark", ["NA", "n/a", "None", "-", "Unknown", "?"])
def test_a_mark_for_a_missing_value_is_kept_where_it_can_be_an_id_and_warned_of(mark: str) -> None:
    case = made(people=[{**PEOPLE[0], "agency": mark}, *PEOPLE[1:]])
    assert mark in case.agencies["id"].tolist()
    said = case.warnings[case.warnings["column"].eq("agency")]
    assert "missing value" in said["problem"].tolist()[0]


@pytest.mark.parametrize("mark", ["unknown", "?", "tbc"])
def test_a_mark_that_may_mean_somebody_whom_nobody_knows_is_a_problem(mark: str) -> None:
    assert "missing value" in only(chronology=rows(2, to=mark))["hint"]


@pytest.mark.parametrize("mark", ["NA", "n/a", "None", "NaN", "-"])
def test_a_mark_for_nothing_is_read_as_an_empty_cell_with_a_warning(mark: str) -> None:
    filled = [{**row, "to": row["to"] or mark, "due": mark, "seen": mark, "rating": mark} for row in ROWS]
    case = made(chronology=filled)
    assert case.chronology["to"].tolist() == ["", "tea", ""]
    assert case.chronology["due"].tolist() == ["", "", ""]
    said = case.warnings[case.warnings["problem"].str.contains("read as an empty cell")]
    assert set(said["column"]) == {"to", "seen", "due", "rating"}
    assert "(also in row" in said["problem"].tolist()[0]
    assert "not known" in only(chronology=rows(2, date=mark))["problem"]  # every row needs a date


def test_two_spellings_of_one_agency_are_warned_of() -> None:
    people = [{**PEOPLE[1], "agency": "Hill School"}, {**PEOPLE[2], "agency": "hill-school"}, PEOPLE[0]]
    case = sn.Case(pd.DataFrame(people), pd.DataFrame(CONCERNS), pd.DataFrame(ROWS))
    assert len(case.agencies) == 2
    assert "two spellings of one agency" in " ".join(case.warnings["problem"])


@pytest.mark.slow
def test_hints_are_bounded_and_problems_are_not() -> None:
    people = [*PEOPLE, *({"id": f"person{n}", "name": f"N{n}", "kind": "family", "agency": ""} for n in range(2000))]
    wrong = [{**ROWS[1], "id": f"x{n}", "to": f"parson{n}"} for n in range(2000)]
    found = problems(people=people, chronology=[*ROWS, *wrong])
    assert len(found) == 2000
    assert "'person0'" in found["hint"].tolist()[0]
    assert found["hint"].str.contains("Correct it").any()


# rows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["— 2021 second quarter —", "-----", "2021", "March 2021", "Q2 2021", "*** review ***"]
)
def test_a_line_that_only_parts_the_chronology_is_no_row(text: str) -> None:
    assert is_divider(text)
    for column in ("summary", "id"):
        divided = [*ROWS[:1], dict.fromkeys(ROWS[0], "") | {"date": " ", column: text}, *ROWS[1:]]
        case = made(chronology=[{"summary": "", **row} for row in divided])
        assert case.chronology["id"].tolist() == ["e1", "e2", "e3"]
        assert "only parts the table" in case.warnings["problem"].tolist()[0]


def test_a_row_that_is_only_begun_is_asked_about_once() -> None:
    begun = dict.fromkeys(ROWS[0], "") | {"summary": "Bruise seen at nursery"}
    found = only(chronology=[{"summary": "", **row} for row in [*ROWS, begun]])
    assert "nothing but a summary" in found["problem"]


def test_rows_with_nothing_but_an_id_are_left_out_with_a_word() -> None:
    empty = [dict.fromkeys(ROWS[0], "") | {"id": f"e{n}"} for n in (4, 5, 6)]
    case = made(chronology=[*ROWS, *empty])
    assert case == CASE
    assert "nothing but an id (nor have 2 others)" in case.warnings["problem"].tolist()[0]


def test_rows_without_ids_are_named_after_their_place() -> None:
    without = [{name: cell for name, cell in row.items() if name != "id"} for row in ROWS]
    assert made(chronology=without).chronology["id"].tolist() == ["r1", "r2", "r3"]
    assert made(chronology=[{**row, "id": ""} for row in ROWS]).chronology["id"].tolist() == ["r1", "r2", "r3"]
    some = made(chronology=[*rows(2, id=""), {**ROWS[2], "id": "r2"}])
    assert some.chronology["id"].tolist() == ["e1", "r2_2", "e3", "r2"]
    assert "the row has no id; it is called 'r2_2'." in some.warnings["problem"].tolist()


def test_rows_without_ids_where_others_have_one_are_told_in_one_line() -> None:
    said = made(chronology=[ROWS[0], *({**row, "id": ""} for row in ROWS[1:])]).warnings
    of_ids = said[said["column"] == "id"]
    assert of_ids["problem"].tolist() == ["2 rows have no id; they are called after their place, from 'r2' to 'r3'."]
    assert of_ids["row"].tolist() == ["1"]


# dates and times --------------------------------------------------------------------------------------------


def test_dates_of_numbers_only_need_their_order_once_and_then_count_everywhere() -> None:
    uk = [{**row, "date": "/".join(reversed(row["date"].split("-")))} for row in ROWS]
    assert len(problems(chronology=uk)) == 3
    with pytest.raises(sn.ArgumentError, match="date_order='ymd'"):
        made(chronology=uk, date_order="ymd")
    assert made(chronology=uk, date_order="dmy") == CASE


def test_dates_in_words_are_read() -> None:
    assert made(chronology=rows(1, date="10 January 2024")) == CASE


def test_a_column_of_times_that_the_dates_lack_is_warned_of_and_one_that_they_have_is_not() -> None:
    timed = made(chronology=[{**row, "Time": "14:00"} for row in ROWS])
    said = timed.warnings[timed.warnings["column"].eq("Time")]
    assert len(said) == 1
    assert "2024-01-10T14:00" in said["hint"].tolist()[0]
    both = made(chronology=[{**row, "date": row["date"] + "T14:00", "Time": "14:00"} for row in ROWS])
    assert not both.warnings["column"].eq("Time").any()


def test_a_column_of_a_sequence_is_warned_of_where_rows_share_a_day() -> None:
    numbered = made(chronology=[{**row, "No.": str(n)} for n, row in enumerate(ROWS)])
    assert not numbered.warnings["column"].eq("No.").any()
    same = made(chronology=[{**row, "date": "2024-01-10", "No.": str(n)} for n, row in enumerate(ROWS)])
    assert "the order that this column gives" in " ".join(same.warnings["problem"])


# what was odd stays said ------------------------------------------------------------------------------------


def test_what_was_read_otherwise_than_it_stands_is_said_of_the_parts_of_a_case_too() -> None:
    import pickle

    case = made(chronology=rows(2, who="HV"))
    for other in (case.until("2024-01-15"), pickle.loads(pickle.dumps(case)), case.with_row("e1", rating="2")):
        assert "is read as" in " ".join(other.warnings["problem"])


def test_one_cell_has_one_problem() -> None:
    zoned = pd.to_datetime([row["date"] for row in ROWS]).tz_localize("UTC")
    found = problems(chronology=pd.DataFrame(ROWS).assign(date=zoned))
    assert len(found) == 3
    assert found["problem"].str.contains("time zone").all()


def test_a_harm_date_with_a_time_zone_and_half_a_character_are_problems() -> None:
    frames = [pd.DataFrame(PEOPLE), pd.DataFrame(CONCERNS), pd.DataFrame(ROWS)]
    with pytest.raises(sn.CaseError, match="time zone"):
        sn.Case(*frames, harm_date=pd.Timestamp("2024-02-01", tz="UTC"))
    with pytest.raises(sn.CaseError, match="half a character"):
        sn.Case(*frames, attributes={"area": "\ud800"})
    with pytest.raises(sn.CaseError, match="half a character"):
        CASE.with_row("e1", summary="\ud800")
