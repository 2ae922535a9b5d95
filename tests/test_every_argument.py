"""Every argument of every public function of a case answers what is of the wrong sort with an error of ours."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
