"""A part of a checked case is a checked case: what is chosen, cut or added is what building it anew would give."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from tests import strategies
from tests.builder import case, from_tables, lines

NAMES = sn.list_cases()["name"].tolist()


def anew(part: sn.Case) -> sn.Case:
    """The case built from the tables of another."""
    tables = part.tables()
    about = tables.pop("case").iloc[0]
    return sn.Case(
        **tables,
        **{name: about[name] for name in ("id", "title", "status", "harm_date")},
        attributes=part.attributes,
    )


def check(part: sn.Case) -> None:
    again = anew(part)
    assert part._records == again._records
    assert {name: table[:2] for name, table in part._raw.items()} == {
        name: table[:2] for name, table in again._raw.items()
    }
    assert part == again
    assert hash(part) == hash(again)


Edit = Callable[[sn.Case, int], sn.Case]


def days(whole: sn.Case, number: int) -> tuple[dt.date, dt.date]:
    """Two days of a case, in order."""
    known = sorted({row.date.last_date for row in whole._records.rows}) or [dt.date(2020, 4, 1)]
    one, two = sorted((known[number % len(known)], known[(3 * number + 1) % len(known)]))
    return one, two


def some(table: pd.DataFrame, number: int) -> list[str]:
    """One id of a table, or none of an empty one."""
    return table["id"].tolist()[number % len(table) :][:1] if len(table) else []


def told(whole: sn.Case, number: int) -> list[dict[str, object]]:
    who, to = whole.people["id"].iloc[0], some(whole.people, number)
    return [{"date": "2020-03", "kind": "told", "who": who, "to": to, "channel": "Phone"}]


EDITS: dict[str, Edit] = {
    "until": lambda whole, n: whole.until(days(whole, n)[1]),
    "between": lambda whole, n: whole.between(*days(whole, n)),
    "without a row": lambda whole, n: whole.without(*some(whole.chronology, n)),
    "without a concern": lambda whole, n: whole.without(*some(whole.concerns, n)),
    "without an agency": lambda whole, n: whole.without(*some(whole.agencies, n)),
    "without a person": lambda whole, n: whole.without(*some(whole.people, n)),
    "without several": lambda whole, n: whole.without(*some(whole.people, n), *some(whole.concerns, n)),
    "about": lambda whole, n: whole.about(whole._records.children[0]) if whole._records.children else whole,
    "with rows": lambda whole, n: whole.with_rows(told(whole, n)),
    "with a lead": lambda whole, n: whole.with_lead(some(whole.people, n)[0], "2020-03", "2020-04-09/.."),
    **{
        f"with a row {sort}": lambda whole, n, sort=sort: (
            whole.with_row(*some(whole.chronology, n), date=sort.format(*days(whole, n)), summary="moved")
            if len(whole.chronology)
            else whole
        )
        for sort in ("{1}", "{0}/..", "../{1}")
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", NAMES)
def test_parts_of_the_packaged_cases_are_what_building_them_would_give(name, edit):
    check(EDITS[edit](sn.load_case(name), 7))


@pytest.mark.parametrize("edit", EDITS)
@given(tables=strategies.cases(), number=st.integers(0, 50))
@settings(max_examples=12)
def test_parts_of_random_cases_are_what_building_them_would_give(edit, tables, number):
    check(EDITS[edit](from_tables(tables), number))


@given(strategies.cases(), st.integers(0, 50), st.sampled_from(list(EDITS)), st.sampled_from(list(EDITS)))
def test_parts_of_parts_too(tables, number, first, second):
    part = EDITS[first](from_tables(tables), number)
    if len(part.people):
        check(EDITS[second](part, number + 1))


@given(strategies.cases(), strategies.questions)
def test_until_is_the_rows_that_have_certainly_happened_and_no_reference_to_later_ones(tables, at):
    whole = from_tables(tables)
    left = [row.id for row in whole._records.rows if row.date.last_date <= at]
    chosen = [
        {**one, **{column: ";".join(x for x in one[column].split(";") if x in left) for column in ("ref", "disputes")}}
        for one in tables["chronology"]
        if one["id"] in left
    ]
    assert whole.until(at) == from_tables({**tables, "chronology": chosen})


@given(strategies.cases(), st.integers(0, 50))
def test_what_is_left_out_is_named_nowhere(tables, number):
    whole = from_tables(tables)
    for table in ("people", "agencies", "concerns", "chronology"):
        ids = whole.table(table)["id"].tolist()
        if ids:
            gone = ids[number % len(ids)]
            left = whole.without(gone)._raw.values()
            named = {one for table in left for row in table.rows for cell in row for one in cell.split(";")}
            assert gone not in named


def test_a_part_is_not_checked_again(monkeypatch):
    whole = sn.load_case("victoria_climbie")

    def refuse(*_args, **_more):
        raise AssertionError("the whole case was checked")

    monkeypatch.setattr("safetynet.case.case.check", refuse)
    for edit in EDITS.values():
        edit(whole, 3)
    with pytest.raises(AssertionError):
        whole.with_row("F12", id="F12b")  # what referred to the row has to be looked at


# hand-made ----------------------------------------------------------------------------------------------

PEOPLE = "T@school S@council P@council K:child M:family"


def ids(part: sn.Case) -> list[str]:
    return part.chronology["id"].tolist()


def test_a_reference_to_several_rows_keeps_those_that_remain():
    whole = case(PEOPLE, "c1", "asked T>S c1 phone", "asked T>P c1 phone", "told S>T - phone ref=e1;e2 disputes=e1;e2")
    assert whole.without("e1").chronology.iloc[-1][["ref", "disputes"]].tolist() == ["e2", "e2"]
    part = case(PEOPLE, "c1", "asked T>S c1 phone", "9 asked T>P c1 phone", "3 told S>T - phone ref=e1;e2").until(
        "2024-01-03"
    )
    assert part.chronology["ref"].tolist() == ["", "e1"]


def test_what_was_done_about_two_actions_goes_with_the_last_of_them():
    whole = case(PEOPLE, "c1", "agreed S c1", "agreed P c1", "done S ref=e1;e2")
    assert ids(whole.without("e1")) == ["e2", "e3"]
    assert ids(whole.without("e1", "e2")) == []


def test_an_open_end_closes_anew_where_the_case_ends_earlier():
    whole = case(
        "T start=2024-01/.. K:child", "c1 resolved=5/..", "5 observed T c1", "../9 observed T c1", "20 observed T c1"
    )
    assert str(whole._records.people["T"].start) == "2024-01-01 to 2024-01-31"
    whole = case(
        "T start=3/.. K:child", "c1 resolved=5/..", "5 observed T c1", "../9 observed T c1", "20 observed T c1"
    )
    part = whole.until("2024-01-10")
    assert str(whole._records.people["T"].start) == "2024-01-03 to 2024-01-20"
    assert str(part._records.people["T"].start) == "2024-01-03 to 2024-01-09"
    assert str(part._records.concerns["c1"].resolved) == "2024-01-05 to 2024-01-09"
    assert str(part.without("e1")._records.by_id["e2"].date) == "2024-01-09"  # nothing is earlier any more


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        ("told T>S c1 phone", False),  # to nobody
        ("told T>S;P c1 phone", True),
        ("assumed T>S c1", False),
        ("believed T>S c1", False),  # would then be about the matter itself
        ("believed T c1", True),
        ("withheld T>S c1", False),
        ("decided T>S c1 outcome=same", True),  # a decision nobody was told of
        ("disagreed T>S c1", True),
        ("opened T>S", True),
        ("agreed S c1", False),  # would then be an action that nobody took
        ("agreed S;T c1", True),
        ("expected S c1", False),
        ("observed T c1 present=S", True),
        ("met T;S c1", True),
        ("needed - c1", True),
    ],
)
def test_a_row_that_loses_everybody_it_needs_goes(row, stays):
    part = case(PEOPLE, "c1 c2", row).without("S")
    assert (len(part.chronology) == 1) == stays


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        ("observed T c1", False),
        ("observed T c1;c2", True),
        ("observed T c1 seen=alone", True),  # the child was seen
        ("told T>S c1 phone", True),  # a contact in which nothing was passed
        ("assumed T>S c1", False),  # would then be about everything
        ("assumed T>S", True),
        ("withheld T>S c1", False),
        ("agreed S c1", False),
        ("expected S c1", False),
        ("decided T c1 outcome=same", False),
        ("decided T>S c1 outcome=same", True),
        ("opened T c1", True),
        ("closed T c1", True),
    ],
)
def test_a_row_that_loses_what_it_is_about_goes(row, stays):
    part = case(PEOPLE, "c1 c2", row).without("c1")
    assert (len(part.chronology) == 1) == stays


def test_the_other_tables_are_cut_too():
    whole = case(
        PEOPLE,
        "c1 c2 ok:0 answers=c1;c2",
        "met T;S c1;c2 absent=P",
        "told T>S c1 phone interpreter=M",
        links="c1 c2 same_matter T\nc1 c2 corroborates T;S\nok c1 explains\nok c2 explains",
        conditions="w1 school workload\nw2 - workload",
        ties="M K care\nT S working",
        services="nursery K school\nclub K council\nhelp M -",
        permissions="school council - permitted\n* * - unknown",
    )
    part = whole.without("T")
    assert part.links[["kind", "who"]].to_numpy().tolist() == [
        ["corroborates", "S"],
        ["explains", ""],
        ["explains", ""],
    ]
    assert part.ties["source"].tolist() == ["M"]
    part = whole.without("school")
    assert part.people["id"].tolist() == ["S", "P", "K", "M"]
    assert part.conditions["id"].tolist() == ["w2"]
    assert part.services["need"].tolist() == ["club", "help"]
    assert part.permissions["from"].tolist() == ["*"]
    part = whole.without("c1")
    assert part.links[["from", "to"]].to_numpy().tolist() == [["ok", "c2"]]
    assert part.concerns["answers"].tolist() == ["", "c2"]
    assert whole.without("M").chronology["interpreter"].tolist() == ["", ""]
    assert whole.without("M").services["need"].tolist() == ["nursery", "club"]


def test_a_case_as_seen_from_one_child():
    whole = case(
        "T@school K:child L:child M:family",
        "c1 about=K c2 about=L c3 about=K;L ok:0 about=K answers=c1;c2",
        "observed T c1;c2 about=K;L",
        "observed T c2",
        "observed T c2 about=L seen=alone",
        "told T>M c2 phone",
        "agreed T c2",
        "done T ref=e5",
        "observed T c3",
        links="c1 c2 same_matter\nc1 c3 became",
        services="nursery K -\nnursery L -\nhelp M -",
    )
    part = whole.about("K")
    assert part.people["kind"].tolist() == ["professional", "child", "family", "family"]
    assert part.concerns["id"].tolist() == ["c1", "c3", "ok"]
    assert part.concerns["answers"].tolist() == ["", "", "c1"]
    assert ids(part) == ["e1", "e4", "e7"]
    assert part.chronology["concerns"].tolist() == ["c1", "", "c3"]
    assert part.chronology["about"].tolist() == ["K", "", ""]
    assert part.links["to"].tolist() == ["c3"]
    assert part.services["person"].tolist() == ["K", "M"]


def test_between_takes_a_month_of_any_kind_as_its_first_day():
    import numpy as np

    whole = case("T", "c1", "5 observed T c1", "40 observed T c1")
    for start in ("2024-02", np.datetime64("2024-02"), "2024-02-01"):
        assert ids(whole.between(start, "2024-02")) == ["e2"]
    with pytest.raises(sn.DateError, match="start"):
        whole.between(None, "2024")  # type: ignore[arg-type]


def test_added_rows_name_each_other_and_those_that_are_there():
    whole = case(PEOPLE, "c1", "observed T c1")
    part = whole.with_rows(lines("a: asked T>S c1 phone", "b: told S>T - phone ref=a;e1"))
    assert part._records.by_id["b"].ref == ("a", "e1")
    with pytest.raises(sn.CaseError, match="already that of row"):
        part.with_rows(lines("a: observed T c1"))
    with pytest.raises(sn.ArgumentError, match="list of mappings"):
        whole.with_rows(3)  # type: ignore[arg-type]


def test_a_month_or_a_year_of_numpy_is_one():
    import numpy as np

    whole = case(PEOPLE, "c1", "observed T c1")
    for text in ("2024-01", "2023", "2024-01-05", "2024-01-05T09:30"):
        assert whole.with_row("e1", date=np.datetime64(text)).chronology["date"].tolist() == [text]
    assert whole.with_row("e1", received_on=np.datetime64("NaT"), due=None).chronology["due"].tolist() == [""]


def test_added_rows_are_read_like_any_other():
    part = case(PEOPLE, "c1").with_rows(
        [{"Date": "2024", "Kind": "Told ", "who": ["T"], "to": "S,P", "channel": "Phone"}]
    )
    assert part.chronology.iloc[0][["id", "kind", "to", "channel"]].tolist() == ["added1", "told", "S;P", "phone"]


def test_a_row_that_gets_another_id_is_looked_for_by_those_that_name_it():
    whole = case(PEOPLE, "c1", "asked T>S c1 phone", "told S>T - phone ref=e1")
    assert ids(whole.with_row("e2", id="x")) == ["e1", "x"]
    with pytest.raises(sn.CaseError, match="'e1' is not in chronology"):
        whole.with_row("e1", id="x")


def test_a_changed_row_that_does_not_fit_is_told_with_everything_that_is_wrong():
    whole = case(PEOPLE, "c1", "asked T>S c1 phone")
    with pytest.raises(sn.CaseError) as caught:
        whole.with_row("e1", kind="rang", too="S", date="2024-13")
    assert sorted(caught.value.problems["column"]) == ["date", "kind", "too"]
    with pytest.raises(sn.CaseError, match="Did you mean 'e1'"):
        whole.with_row("e11", date="2024")


def test_a_lead_that_cannot_be_is_refused():
    whole = case(PEOPLE, "c1", "asked T>S c1 phone")
    assert whole.with_lead("T", "2024-01", "2024-02").with_lead("T", None).people["lead_from"].tolist() == [""] * 5
    with pytest.raises(sn.CaseError, match="before lead_from"):
        whole.with_lead("T", "2024-02", "2024-01")
    with pytest.raises(sn.CaseError, match="no row of people"):
        whole.with_lead("X", "2024-02")


def test_a_case_pickles_and_copies():
    whole = sn.load_case("max").until("2023-06")
    again = pickle.loads(pickle.dumps(whole))
    assert (again, again.id, again._records) == (whole, whole.id, whole._records)
    assert copy.deepcopy(whole) is whole  # nothing can change it
    assert copy.copy([whole]) == copy.deepcopy([whole]) == [whole]
