"""Every argument of every public function of a case answers what is of the wrong sort with an error of ours."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import safetynet as sn

NO_FILE = {"explorer", "report", "write_case", "export", "jigsaw", "pseudonymise"}  # what writes has tests of its own
GIVEN: dict[str, Any] = {"worry": "c1", "person": "T", "start": "2024-01-10", "end": "2024-01-20", "concern": "c1"}
GIVEN |= {"holder": "T", "changes": {"drop": "e6"}}
WRONG = (3, [], {}, object(), "zzz", ["T"], b"x", ())
UNASKED = {"ax", "self", "row", "rows", "ids"}  # of matplotlib's; what takes anything has tests of its own


def arguments() -> dict[str, tuple[Callable[..., Any], str]]:
    """Each argument, besides the case, of each public function, picture and method, by its name."""
    case = sn.load_case("worked_example")
    found: dict[str, tuple[Callable[..., Any], str]] = {}
    asked: list[tuple[str, Callable[..., Any], bool]] = []
    for module in (sn, sn.plot, sn.tables):
        for name in module.__all__:
            function = getattr(module, name)
            asks = inspect.isfunction(function) and name not in NO_FILE
            if asks and next(iter(inspect.signature(function).parameters), "") == "case":
                asked.append((f"{module.__name__}.{name}", function, True))
    known = sn.knowledge(case)
    methods = [(case, name) for name in ("until", "between", "about", "with_lead", "graph")]
    methods += [(known, name) for name in ("first_known", "state", "explain", "hops", "holders", "held_by")]
    asked += [(f"{type(one).__name__}.{name}", getattr(one, name), False) for one, name in methods]
    for label, function, takes_case in asked:
        for one in inspect.signature(function).parameters.values():
            if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD) and one.name not in UNASKED | {"case"}:
                given = {name: GIVEN[name] for name in needed(function) if name in GIVEN and name != one.name}
                found[f"{label}({one.name})"] = (bound(function, case if takes_case else None, given), one.name)
    return found


def needed(function: Callable[..., Any]) -> list[str]:
    return [one.name for one in inspect.signature(function).parameters.values() if one.default is one.empty]


def bound(function: Callable[..., Any], case: sn.Case | None, given: dict[str, Any]) -> Callable[..., Any]:
    return lambda **more: function(*([] if case is None else [case]), **given, **more)


ARGUMENTS = arguments()


def test_there_are_arguments_to_ask() -> None:
    assert len(ARGUMENTS) > 200


@pytest.mark.slow
@pytest.mark.parametrize("label", ARGUMENTS)
@pytest.mark.filterwarnings("ignore")
def test_what_is_of_the_wrong_sort_is_answered(label: str) -> None:
    ask, name = ARGUMENTS[label]
    for value in WRONG:
        try:
            ask(**{name: value})
        except sn.SafetynetError:
            continue


FILES = {"write_template": "t.xlsx", "write_case": "c.xlsx", "export": "c.graphml", "write_codebook": "c.qdc"}
FILES |= {"write_table": "t.csv", "save": "p.svg"}
FLAGS = [
    (function, one.name)
    for module in (sn, sn.plot, sn.tables)
    for function in (getattr(module, name) for name in module.__all__)
    if inspect.isfunction(function)
    for one in inspect.signature(function).parameters.values()
    if isinstance(one.default, bool)
]


@pytest.mark.parametrize(("function", "flag"), FLAGS, ids=lambda one: getattr(one, "__qualname__", one))
def test_a_text_is_no_yes(function: Callable[..., Any], flag: str, tmp_path: Path) -> None:
    """The text "no" would be taken for yes: a file replaced, a fact left in."""
    case = sn.load_case("worked_example")
    path = tmp_path / FILES.get(function.__name__, "page.html")
    if function is sn.read_study:
        path = sn.write_case(case, tmp_path / "one").parent
    given = {
        **{"case": case, "path": path, "key": "k" * 40, "at": "2024-01-31", "drawn": sn.plot.page(), "by": "part"},
        "table": pd.DataFrame({"case": ["a", "b"], "part": ["x", "y"], "score": [0.1, 0.2]}),
        "contacts": pd.DataFrame({"time": [1], "source": ["a"], "target": ["b"]}),
    }
    with pytest.raises(sn.ArgumentError, match=f"{flag}='no' is neither True nor False. Write {flag}=True or"):
        function(**{name: given[name] for name in needed(function) if name in given}, **{flag: "no"})


ASKED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a case where a path belongs": (sn.read_case, "path is a Case, which is no path. It is a case"),
    "a table where a path belongs": (lambda case: sn.read_case(case.people), "path is a DataFrame, which is no path."),
    "a list where a path belongs": (lambda case: sn.read_study([case]), "path is a list, which is no path."),
    "path and case changed": (lambda case: sn.write_case("x.xlsx", case), r"Write write_case\(case, 'x.xlsx'\)"),
    "page and case changed": (lambda case: sn.report("x.html", case), r"then the file: \(case, 'x.html'\)"),
    "a column where an id belongs": (
        lambda case: sn.knowledge(case).explain(case.people["id"], "c1"),
        "the person or agency is a Series, where one text is asked for. Possible here: K, M",
    ),
    "several where one belongs": (lambda case: sn.who_to_ask(case, ["T", "S"]), "the person or agency is a list"),
    "a list of ids": (lambda case: case.without(["e1"]), "a list is not an id. Give ids as texts, one by one"),
    "no time at all": (lambda case: sn.scores(case, np.datetime64("NaT")), "at is missing: it is NaT"),
    "a name among cases": (lambda case: sn.merge_cases([case, "x"]), r"cases\[1\] is a str, neither a case nor"),
    "axes by name": (lambda case: sn.plot.network(case, ax="ax"), "ax is a str and no axes"),
    "a case to compare": (sn.plot.compare, "table is a Case. Give a DataFrame with a line per value"),
    "a case as contacts": (sn.reachability, "not a Case. Of a case ask sn.knowledge"),
    "contacts without times": (
        lambda case: sn.reachability(case.chronology),
        "the contacts have no column 'time'. Name the columns",
    ),
    "records for a table": (
        lambda case: sn.Case(case.people.to_dict("records"), case.concerns, case.chronology),
        r"people is a list, not a pandas DataFrame. Write people=pandas.DataFrame\(...\)",
    ),
    "a list of attributes": (
        lambda case: sn.Case(case.people, case.concerns, case.chronology, attributes=["x"]),  # type: ignore[arg-type]
        "attributes is a list, not a mapping",
    ),
    "no such file": (lambda case: sn.draft_from_chronology("nope.docx"), "there is no file '.*nope.docx'. Look at the"),
}


@pytest.mark.parametrize("mistake", ASKED)
def test_a_usual_mistake_is_named_with_what_to_write(mistake: str) -> None:
    ask, said = ASKED[mistake]
    with pytest.raises(sn.SafetynetError, match=said):
        ask(sn.load_case("worked_example"))


@pytest.mark.parametrize("value", [None, 3, [], b"x"])
def test_what_is_no_path_and_what_was_not_drawn_are_answered(value: Any, tmp_path: Path) -> None:
    case = sn.load_case("worked_example")
    for ask in (
        lambda: sn.report(case, value),
        lambda: sn.explorer(case, value or 3),
        lambda: sn.plot.save(value, tmp_path / "x.svg"),
        lambda: sn.plot.alt_text(value),
        lambda: sn.merge_cases(value),
        lambda: sn.days_unowned(case, value),
        lambda: case.with_lead(value, "2024-01-01"),
    ):
        with pytest.raises(sn.SafetynetError):
            ask()


def test_a_title_that_is_no_text_leaves_the_axes_as_they_were() -> None:
    ax = sn.plot.page()
    before = ax.get_children()
    with pytest.raises(sn.ArgumentError, match="bar_kws is an int and no mapping"):
        sn.plot.agency_sets(sn.load_case("worked_example"), ax=ax, bar_kws=3)
    with pytest.raises(sn.ArgumentError, match="title is a list and no text"):
        sn.plot.network(sn.load_case("worked_example"), ax=ax, title=["a"])
    assert ax.get_children() == before
