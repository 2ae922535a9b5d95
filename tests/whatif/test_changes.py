"""Changes of a case, written as mappings, and what does not fit them."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest

import safetynet as sn
from safetynet.whatif import what_if

CALL = {"date": "2024-01-28", "kind": "told", "who": "G", "to": "P", "concerns": "c3", "channel": "phone"}


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


# a row, and the lead -------------------------------------------------------------------------------------


def test_a_row_with_other_cells_is_a_new_case_and_the_old_one_stays(worked: sn.Case) -> None:
    moved = worked.with_row("e6", date="2024-01-29", concerns=["c1", "c2"])
    row = moved.chronology.set_index("id").loc["e6"]
    assert (row["date"], row["concerns"]) == ("2024-01-29", "c1;c2")
    assert worked.chronology.set_index("id").loc["e6", "date"] == "2024-01-30"
    assert moved.chronology["id"].tolist() == worked.chronology["id"].tolist()
    assert moved.with_row("e6", date=dt.date(2024, 1, 30), concerns="c1") == worked


def test_a_cell_is_emptied_with_none(worked: sn.Case) -> None:
    assert worked.with_row("e6", concerns=None).chronology.set_index("id").loc["e6", "concerns"] == ""


def test_everything_that_does_not_fit_a_row_is_told_at_once(worked: sn.Case) -> None:
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e66", dat="2024-01-01", who="X", date="2024-01")
    problems = caught.value.problems
    assert problems["column"].tolist() == ["id", "dat"]
    assert "Did you mean 'e6'" in problems["hint"][0]
    assert "Did you mean 'date'" in problems["hint"][1]
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e6", who="X", date="2024-13", rating=9)
    assert set(caught.value.problems["column"]) == {"who", "date", "rating"}
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e6", date=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert "time zone" in caught.value.problems["problem"][0]


def test_somebody_else_may_lead(worked: sn.Case) -> None:
    def spell(case: sn.Case) -> Any:
        return case.people.set_index("id").loc["S", ["lead_from", "lead_to"]].tolist()

    led = worked.with_lead("S", "2024-01-12", dt.date(2024, 1, 20))
    assert spell(led) == ["2024-01-12", "2024-01-20"]
    assert spell(led.with_lead("S", "2024-01")) == ["2024-01", ""]
    assert led.with_lead("S", None) == worked
    with pytest.raises(sn.CaseError) as caught:
        worked.with_lead("s", "2024-02-30")
    assert caught.value.problems["hint"][0].startswith("Did you mean 'S'")
    with pytest.raises(sn.CaseError) as caught:
        worked.with_lead("S", "2024-02-30", "nonsense")
    assert caught.value.problems["column"].tolist() == ["lead_from", "lead_to"]
    with pytest.raises(sn.CaseError, match="before lead_from"):
        worked.with_lead("S", "2024-02", "2024-01")


# the verbs -----------------------------------------------------------------------------------------------


def test_every_verb_does_what_the_case_itself_does(worked: sn.Case) -> None:
    assert what_if(worked, {"add": CALL}).case == worked.with_rows([CALL])
    assert what_if(worked, {"add": [CALL, {**CALL, "to": "S"}]}).case == worked.with_rows([CALL, {**CALL, "to": "S"}])
    assert what_if(worked, {"drop": "e2"}).case == worked.without("e2")
    assert what_if(worked, {"drop": ["e2", "G"]}).case == worked.without("e2", "G")
    assert what_if(worked, {"move": "e6", "to": "2024-01-11"}).case == worked.with_row("e6", date="2024-01-11")
    assert what_if(worked, {"change": "e2", "to": "P", "concerns": "c1"}).case == worked.with_row("e2", to="P")
    lead = {"lead": "S", "from": "2024-01-12", "to": "2024-01-20"}
    assert what_if(worked, lead).case == worked.with_lead("S", "2024-01-12", "2024-01-20")
    assert what_if(worked, {"lead": "S", "from": "2024-01-12"}).case == worked.with_lead("S", "2024-01-12")
    assert what_if(worked, {"lead": "S", "from": None}).case == worked.with_lead("S", None)
    both = what_if(worked, [{"drop": "e2"}, {"move": "e6", "to": "2024-01-11"}]).case
    assert both == worked.without("e2").with_row("e6", date="2024-01-11")
    assert what_if(worked, both).case is both
    assert what_if(worked, []).case is worked


def test_the_faults_of_all_changes_are_told_at_once(worked: sn.Case) -> None:
    said: list[tuple[Any, str]] = [
        ({"mov": "e6", "to": "2024-01-01"}, "Did you mean 'move'"),
        ({"move": "e6"}, "'move' needs a date"),
        ({"change": "e66", "date": "2024"}, "Did you mean 'e6'"),
        ({"lead": "S"}, "'lead' needs a first day"),
        ({"drop": "Q"}, "'Q'"),
        ({"add": {**CALL, "date": "2024-01-40"}}, "January 2024 has no day 40"),
        ({"add": CALL, "drop": "e6"}, "'add', 'drop'"),
        ({"lead": "S", "from": "2024", "until": "2025"}, "'until' has no meaning with 'lead'"),
        ({"drop": 3}, "int where an id"),
    ]
    with pytest.raises(sn.CaseError) as caught:
        what_if(worked, [change for change, _ in said])
    problems = caught.value.problems
    assert len(problems) == len(said)
    text = str(caught.value)
    for _, part in said:
        assert part in text


def test_a_column_may_be_called_like_a_verb(worked: sn.Case) -> None:
    more = worked.chronology.assign(move="no", drop="no")
    case = sn.Case(worked.people, worked.concerns, more, worked.agencies)
    changed = what_if(case, {"change": "e6", "move": "yes", "drop": "maybe"}).case
    assert changed.chronology.set_index("id").loc["e6", ["move", "drop"]].tolist() == ["yes", "maybe"]


@pytest.mark.parametrize("changes", [3, "e6", [3], ["e6"], None])
def test_what_is_no_change_at_all_is_refused(worked: sn.Case, changes: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=r'Write \{"add": row\}'):
        what_if(worked, changes)


ODD: list[Any] = [None, 3, 3.5, True, "", "x", "e2", b"x", object(), dt.date(2024, 1, 1), float("nan")]
ODD += [[], ["e2"], [3], ("e2",), [{}], [[]], {}, {"a": 1}, {"date": "2024-01-01"}, {3: 4}]
BESIDES: list[Any] = [{}, {"to": 3}, {"from": None}, {"from": object(), "to": []}]
BESIDES += [{"date": None}, {"who": 3}, {3: 4}, {"concerns": [1]}]


@pytest.mark.parametrize("verb", ["add", "drop", "move", "change", "lead", "xx", 3])
def test_whatever_is_given_is_done_or_answered_with_what_does_not_fit(worked: sn.Case, verb: Any) -> None:
    for value in ODD:
        for besides in BESIDES:
            with contextlib.suppress(sn.SafetynetError):
                assert isinstance(what_if(worked, {verb: value, **besides}).case, sn.Case)
