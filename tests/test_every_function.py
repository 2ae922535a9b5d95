"""Every public function and picture of a case, on packaged and random cases: what it gives has one form everywhere."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given, settings

import safetynet as sn
from safetynet import tables
from safetynet.measures.headline import HEADLINES
from safetynet.tidy import COLUMNS, DTYPES
from tests import builder, strategies

# What is asked about somebody or something, and what writes a file or draws: these have tests of their own.
NEEDS_MORE = {
    "days_unowned",
    "who_to_ask",
    "what_if",
    "write_case",
    "export",
    "report",
    "explorer",
    "care_density",
    "fragmented_care_density",
    "pseudonymise",
}
ONES = "days|weeks|rows|contacts|pairs|meetings|people|agencies|worries|lines|more are"
UNCLEAN = re.compile(rf"\bnan\b|\bNone\b|NaT|  | ,|\(\)|\b1 (?:{ONES})\b")
COUNTED = {"scores", "scores_over_time", "list_cases"}  # in them people, agencies, concerns and rows are numbers
WIDE = {"agency_matrix", "scores_over_time"}


def functions(*modules: ModuleType) -> dict[str, Callable[..., Any]]:
    """The public functions of some modules whose first argument is a case."""
    found = {}
    for module in modules:
        for name in module.__all__:
            one = getattr(module, name)
            if inspect.isfunction(one) and name not in NEEDS_MORE:
                first = next(iter(inspect.signature(one).parameters), "")
                if first == "case":
                    found[f"{module.__name__.removeprefix('safetynet').strip('.')}.{name}".strip(".")] = one
    return found


FUNCTIONS = functions(sn, tables)
PICTURES = functions(sn.plot)


def ask(function: Callable[..., Any], case: sn.Case, at: Any, rules: sn.Rules | None = None) -> Any:
    taken = inspect.signature(function).parameters
    given = {name: value for name, value in {"at": at, "rules": rules}.items() if name in taken and value is not None}
    return function(case, **given)


def tables_in(given: Any) -> Iterator[pd.DataFrame]:
    if isinstance(given, sn.Score):
        yield given.table
    elif isinstance(given, pd.DataFrame):
        yield given
    elif isinstance(given, tuple):
        for one in given:
            yield from tables_in(one)


def check_columns(name: str, table: pd.DataFrame) -> None:
    for column in table.columns:
        if column in COLUMNS:
            assert str(table[column].dtype) == DTYPES[COLUMNS[column].holds], (name, column)
            if COLUMNS[column].holds == "ids":
                assert all(isinstance(cell, tuple) for cell in table[column]), (name, column)


def check_ids(name: str, table: pd.DataFrame, case: sn.Case, day: int) -> None:
    records = case._records
    known = {
        "people": set(records.people),
        "agencies": set(records.agencies),
        "concerns": set(records.concerns),
        "rows": {row.id for row in records.rows if row.date.first <= day},  # a row may straddle the day
    }
    for column, ids in known.items():
        if column in table:
            named = {one for cell in table[column] for one in cell}
            assert named <= ids, (name, column, named - ids)


def check_words(name: str, table: pd.DataFrame) -> None:
    for column in ("statement", "said", "why", "refute", "question"):
        for text in table.get(column, ()):
            assert not UNCLEAN.search(text), (name, text)


def check(case: sn.Case, at: Any = None, rules: sn.Rules | None = None) -> None:
    day = case._day(at)
    for name, function in FUNCTIONS.items():
        given = ask(function, case, at, rules)
        if isinstance(given, sn.Score):
            assert given.explain().endswith((".", "?")), name
            assert "nan" not in given.explain().split(), name
            assert not given.defined or given.low <= given.value <= given.high, name
        for table in tables_in(given):
            short = name.rpartition(".")[2]
            if short in WIDE:
                assert table.index.name, name
                assert table.columns.name, name
            elif short not in COUNTED:
                check_columns(name, table)
                if "at" in inspect.signature(function).parameters:
                    check_ids(name, table, case, day)
                check_words(name, table)


def look_at(case: sn.Case, at: Any = None, rules: sn.Rules | None = None) -> None:
    """Every picture goes on the axes that it is given, and says in words what it shows."""
    for name, picture in PICTURES.items():
        ax = sn.plot.page()
        assert picture(case, at, ax=ax, rules=rules) is ax, name
        said = [sn.plot.alt_text(ax), *(text.get_text() for text in ax.texts)]
        assert said[0].strip(), name
        for text in said:
            assert not UNCLEAN.search(text), (name, text)
        plt.close("all")


def some_days(case: sn.Case) -> tuple[Any, ...]:
    """By default, before the case, within it, and long after it."""
    if case.start is None or case.end is None:
        return None, dt.date(2024, 1, 1)
    middle = case.start + (case.end - case.start) / 2
    return None, case.start - dt.timedelta(days=1), middle, case.end + dt.timedelta(days=400)


def test_there_are_functions_to_ask() -> None:
    assert {"fragmentation", "findings", "matters", "duties", "beliefs", "enduring_net", "patterns"} <= set(FUNCTIONS)


def test_there_are_pictures_to_look_at() -> None:
    drawn = set(sn.plot.__all__) - {"alt_text", "compare", "mimebundle", "page", "save", "score", "svg"}
    assert set(PICTURES) == {f"plot.{name}" for name in drawn}


small_first = pytest.mark.parametrize(
    "name",
    [one if one == "worked_example" else pytest.param(one, marks=pytest.mark.slow) for one in sn.list_cases()["name"]],
)


@small_first
def test_the_packaged_cases_on_several_days(name: str) -> None:
    case = sn.load_case(name)
    for at in some_days(case):
        check(case, at)


@pytest.mark.slow
@small_first
def test_the_pictures_of_the_packaged_cases_on_several_days(name: str) -> None:
    case = sn.load_case(name)
    for at in some_days(case):
        look_at(case, at)


@pytest.mark.slow
@small_first
def test_the_picture_of_every_score_says_in_words_what_it_shows(name: str) -> None:
    for score in (one.score(sn.load_case(name), None, None) for one in HEADLINES):
        ax = sn.plot.page()
        assert sn.plot.score(score, ax) is ax, score.name
        assert sn.plot.alt_text(ax).strip(), score.name
        assert not UNCLEAN.search(sn.plot.alt_text(ax)), (score.name, sn.plot.alt_text(ax))
        plt.close("all")


@pytest.mark.slow
@settings(max_examples=25)
@given(strategies.cases(), strategies.questions)
def test_random_cases(tables, at) -> None:
    case = builder.from_tables(tables)
    check(case, at)
    check(case, at, sn.Rules(dates="earliest", same_day="none", unconfirmed="does_not_count"))


@pytest.mark.slow
@settings(max_examples=10)
@given(strategies.cases())
def test_pictures_of_random_cases_on_several_days(tables) -> None:
    case = builder.from_tables(tables)
    for at in some_days(case):
        look_at(case, at)
    look_at(case, None, sn.Rules(dates="earliest", same_day="none", unconfirmed="does_not_count"))


@pytest.mark.parametrize("case", [builder.nobody(), builder.alone(), builder.apart()], ids=["nobody", "alone", "apart"])
def test_pictures_of_next_to_nothing(case: sn.Case) -> None:
    look_at(case)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_an_empty_table_has_the_dtypes_of_a_full_one(name: str) -> None:
    function, nobody = FUNCTIONS[name], builder.case("", "c1")
    full = list(tables_in(ask(function, sn.load_case("victoria_climbie"), None)))
    empty = list(tables_in(ask(function, nobody, None)))
    for one, other in zip(full, empty, strict=True):
        if name.rpartition(".")[2] not in WIDE:
            assert one.dtypes.to_dict() == other.dtypes.to_dict()
            assert one.index.name == other.index.name


@pytest.mark.parametrize("function", [*FUNCTIONS.values(), *PICTURES.values()], ids=[*FUNCTIONS, *PICTURES])
def test_what_is_no_case_is_answered(function: Callable[..., Any]) -> None:
    with pytest.raises(sn.SafetynetError):
        function("victoria_climbie")
    with pytest.raises(sn.SafetynetError):
        function(None)


@pytest.mark.parametrize(
    "name", [one for one, function in FUNCTIONS.items() if "rules" in inspect.signature(function).parameters]
)
def test_rules_that_are_none_are_answered(name: str) -> None:
    with pytest.raises(sn.ArgumentError, match="Rules"):
        FUNCTIONS[name](sn.load_case("worked_example"), rules={"grace_days": 3})
