"""Every public function and picture of a case, on packaged and random cases: what it gives has one form everywhere."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
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

KEY = "a key of more than sixteen"


def a_worry(case: sn.Case) -> str:
    """The first worry of a case, or what is none."""
    concerns = case._records.concerns.values()
    return next((one.id for one in concerns if one.is_worry), next(iter(case._records.concerns), ""))


def a_professional(case: sn.Case) -> str:
    return next(one.id for one in case._records.people.values() if one.kind == "professional")


def a_row_more(case: sn.Case) -> list[dict[str, Any]]:
    """A change to a case: somebody tells everybody who works there of everything."""
    people = [one.id for one in case._records.people.values() if one.kind == "professional"]
    if len(people) < 2:
        return []
    date = case.start or dt.date(2024, 1, 1)
    told = {"date": date, "kind": "told", "who": people[0], "to": people[1:], "channel": "phone"}
    return [{**told, "concerns": case.concerns["id"].tolist()}]


# What is asked about somebody or something, or writes a file: the function, the case, the day and a folder.
ASKED: dict[str, Callable[[sn.Case, Any, Path], Any]] = {
    "days_unowned": lambda case, at, _: sn.days_unowned(case, a_worry(case), at),
    "who_to_ask": lambda case, at, _: sn.who_to_ask(case, a_professional(case), at),
    "what_if": lambda case, at, _: sn.what_if(case, case.with_rows(a_row_more(case)), at),
    "contact_events": lambda case, at, _: sn.contact_events(case, at),
    "contact_choice": lambda case, at, _: sn.contact_choice(sn.contact_events(case, at)),
    "envelope": lambda case, at, _: sn.envelope(case, at, shares=[0.2], draws=2, by="channel"),
    "intervals": lambda case, at, _: sn.intervals(case, at, draws=3),
    "matters_stability": lambda case, at, _: sn.matters_stability(case, at, draws=2),
    "null_models": lambda case, at, _: sn.null_models(case, at, draws=2),
    "sensitivity": lambda case, at, _: sn.sensitivity(case, at, most=1),
    "pseudonymise": lambda case, at, _: sn.scores(sn.pseudonymise(case, KEY), at),
    "write_case": lambda case, at, folder: sn.read_case(sn.write_case(case, folder / "case.json", overwrite=True)),
    "export": lambda case, at, folder: sn.export(case, folder / "case.graphml", overwrite=True),
    "report": lambda case, at, folder: sn.report(case, folder / "report.html", at, overwrite=True),
    "explorer": lambda case, at, folder: sn.explorer(case, folder / "explorer.html", at, overwrite=True),
    "jigsaw": lambda case, at, folder: sn.jigsaw(case, folder / "cards.html", at or "2024-01-31", overwrite=True),
}
NEEDS_MORE = set(ASKED)
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
    for column in table.columns:
        if str(table[column].dtype) == "str":
            for text in table[column]:
                assert not UNCLEAN.search(text), (name, column, text)


NO_IDS = re.compile(r"(lanes|kinds)$")  # of columns that hold lists of something else
AHEAD = {"due"}  # the columns of days that may lie after the day asked for


def check_days_and_lists(name: str, table: pd.DataFrame, case: sn.Case, day: int | None) -> None:
    """No day lies after the one asked for, and whatever is listed is in the case.

    Where a window counts from its first day, its end may lie after the day: then none is given.
    """
    records = case._records
    known = {*records.people, *records.agencies, *records.concerns, *records.by_id}
    for column in table.columns:
        if str(table[column].dtype).startswith("datetime64"):
            if day is None:
                continue
            late = [one for one in table[column].dropna() if one.toordinal() > day]
            assert column in AHEAD or not late, (name, column, late)
        elif column in COLUMNS and COLUMNS[column].holds == "ids" and not NO_IDS.search(column):
            named = {one for cell in table[column] for one in cell if isinstance(one, str)}
            assert named <= known, (name, column, named - known)


def check(case: sn.Case, at: Any = None, rules: sn.Rules | None = None) -> None:
    day = case._day(at)
    for name, function in FUNCTIONS.items():
        given = ask(function, case, at, rules)
        if isinstance(given, sn.Score):
            assert given.explain().endswith((".", "?")), name
            assert not UNCLEAN.search(given.explain()), (name, given.explain())
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
                    check_days_and_lists(name, table, case, day if rules is None else None)
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


@pytest.mark.slow
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


leaves_out = pytest.mark.filterwarnings("ignore:.* leaves out:safetynet.errors.SafetynetWarning")


@pytest.mark.slow
@leaves_out
@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_about_somebody_or_written_has_an_answer_on_every_day(name: str, tmp_path: Path) -> None:
    case = sn.load_case("worked_example")
    for at in some_days(case):
        for table in tables_in(ASKED[name](case, at, tmp_path)):
            check_columns(name, table)
            check_words(name, table)


@leaves_out
@pytest.mark.slow
@settings(max_examples=15)
@given(strategies.cases(permission_dates=True), strategies.questions)
def test_the_same_of_random_cases(tables, at) -> None:
    case = builder.from_tables(tables)
    with tempfile.TemporaryDirectory() as folder:
        for name, asked in ASKED.items():
            for table in tables_in(asked(case, at, Path(folder))):
                check_columns(name, table)
                check_words(name, table)


def test_every_public_function_of_a_case_is_asked() -> None:
    names = {name for name in sn.__all__ if inspect.isfunction(getattr(sn, name))}
    of_cases = {name for name in names if next(iter(inspect.signature(getattr(sn, name)).parameters), "") == "case"}
    assert of_cases <= FUNCTIONS.keys() | ASKED.keys()


@pytest.mark.slow
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
