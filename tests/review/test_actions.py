"""Each kind about actions fires on a small case, and not on its twin."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, observed, one, row, told

PEOPLE = "S@council T@school G@health M:family"
ACTION = row("agreed", "S", "c1", id="act", date="2024-01-02")
KINDS = tuple(f"action_{what}" for what in ("to_uninformed", "nobody_took", "partly", "overdue", "undated", "late"))


def case(*rows: Line, saw: str = "S", concerns: str = "c1:3") -> sn.Case:
    return made(PEOPLE, [observed(saw, date="2024-01-01"), *rows], concerns)


def done(outcome: str = "", date: str = "2024-01-10", who: str = "S") -> Line:
    return row("done", who, ref="act", id="done", date=date, outcome=outcome)


def kinds(case: sn.Case, at: str) -> list[str]:
    return [kind for kind in KINDS if found(kind, case, at=at)]


def test_an_action_of_somebody_with_no_record_of_the_worry_is_found() -> None:
    finding = one("action_to_uninformed", case(ACTION, saw="T"), at="2024-01-31")
    assert finding.rows == ("act",)
    assert finding.people == ("S",)
    assert finding.days == 29
    assert finding.severity == 3
    assert "1 other professional had" in finding.statement


def test_an_action_of_somebody_who_came_to_have_one_of_its_worries_is_no_such_finding() -> None:
    told_later = told("T", "S", date="2024-01-20")
    assert found("action_to_uninformed", case(ACTION, told_later, saw="T"), at="2024-01-31") == []
    by_a_colleague = case({**ACTION, "who": "school"}, saw="T")  # the agency took it, and its teacher has the worry
    assert found("action_to_uninformed", by_a_colleague, at="2024-01-31") == []


def test_an_action_without_an_owner_is_found() -> None:
    finding = one("action_nobody_took", case({**ACTION, "who": ""}), at="2024-01-12")
    assert finding.rows == ("act",)
    assert "no row shows who took it, in the 10 days to 2024-01-12" in finding.statement
    assert found("action_nobody_took", case(ACTION), at="2024-01-12") == []


@pytest.mark.parametrize(
    ("outcome", "word"), [("attempted", "attempted"), ("partly", "done in part"), ("refused", "refused")]
)
def test_an_action_begun_and_not_completed_is_found(outcome: str, word: str) -> None:
    finding = one("action_partly", case(ACTION, done(outcome)), at="2024-01-31")
    assert finding.rows == ("act", "done")
    assert finding.days == 21
    assert f"is recorded as {word} on 2024-01-10" in finding.statement


def test_an_action_past_its_day_is_found_from_the_day_after() -> None:
    action = {**ACTION, "due": "2024-01-05"}
    finding = one("action_overdue", case(action), at="2024-01-06")
    assert finding.days == 1
    assert "was due on 2024-01-05. No row in the 1 day to 2024-01-06 shows that it was done." in finding.statement
    assert found("action_overdue", case(action), at="2024-01-05") == []


def test_actions_without_a_date_are_one_finding_for_each_owner() -> None:
    other = {**ACTION, "id": "act2", "date": "2024-01-03"}
    finding = one("action_undated", case(ACTION, other), at="2024-02-15")
    assert finding.rows == ("act", "act2")
    assert finding.days == 44  # 2 January to 15 February
    assert found("action_undated", case(ACTION), at="2024-01-30") == []  # 28 days: still counts as live
    assert found("action_undated", case(ACTION), at="2024-01-31") != []


def test_an_action_completed_well_after_its_day_is_found() -> None:
    action = {**ACTION, "due": "2024-01-05"}
    finding = one("action_late", case(action, done(date="2024-01-20")), at="2024-01-31")
    assert finding.rows == ("act", "done")
    assert finding.days == 15
    assert found("action_late", case(action, done(date="2024-01-19")), at="2024-01-31") == []  # 14 days: not late


def test_an_action_completed_in_time_is_in_no_kind_and_any_other_in_one() -> None:
    action = {**ACTION, "due": "2024-01-15"}
    assert kinds(case(action, done()), at="2024-03-31") == []
    assert kinds(case(action, done(), saw="T"), at="2024-03-31") == []
    assert kinds(case(action, done("attempted")), at="2024-03-31") == ["action_partly"]
    assert kinds(case(action, done("attempted"), saw="T"), at="2024-03-31") == ["action_to_uninformed"]
    assert kinds(case(action), at="2024-03-31") == ["action_overdue"]
    assert kinds(case(ACTION), at="2024-03-31") == ["action_undated"]


def test_what_a_reviewer_says_was_needed_is_passed_on_as_the_reviewers_row() -> None:
    need = row("needed", "", "c1", id="need", date="2024-01-05")
    finding = one("needed_never_agreed", case(need), at="2024-01-31")
    assert finding.rows == ("need",)
    assert finding.days == 26
    said = "A reviewer's row (need) says that an action was needed on c1 (c1) on 2024-01-05;"
    assert finding.statement.startswith(said)
    assert "No agreed action of any kind covers it." in finding.statement
    other = one("needed_never_agreed", case(ACTION, need), at="2024-01-31")
    assert "Another action covers some of it." in other.statement


def test_what_was_needed_and_then_agreed_is_no_finding() -> None:
    need = row("needed", "", "c1", id="need", date="2024-01-05")
    rows = (need, {**ACTION, "ref": "need", "date": "2024-01-06"})
    assert found("needed_never_agreed", case(*rows), at="2024-01-31") == []


def test_needs_of_one_day_and_the_same_worries_are_one_finding() -> None:
    needs = [row("needed", "", "c1", id=f"need{number}", date="2024-01-05") for number in (1, 2)]
    finding = one("needed_never_agreed", case(*needs), at="2024-01-31")
    assert finding.rows == ("need1", "need2")
    assert finding.statement.startswith("Two reviewer's rows (need1 and need2) say that 2 actions were needed")


@pytest.mark.parametrize(
    ("again", "word"),
    [
        (observed("T", date="2024-01-15"), "seen again"),
        (told("M", "S", date="2024-01-15"), "raised again"),
        (row("assumed", "T", "c1", to="S", date="2024-01-15"), "left to others"),
    ],
)
def test_a_worry_that_came_back_after_its_action_is_found(again: Line, word: str) -> None:
    finding = one("worry_came_back", case(ACTION, done(), {**again, "id": "back"}), at="2024-01-31")
    assert finding.rows == ("act", "done", "back")
    assert finding.days == 16
    assert f"was {word} on 2024-01-15 in row back, after action act of S was recorded as completed" in finding.statement


def test_a_worry_that_only_professionals_spoke_of_again_or_that_was_taken_on_anew_is_no_finding() -> None:
    spoken = case(ACTION, done(), told("S", "T", date="2024-01-15"))
    anew = case(ACTION, done(), observed("T", date="2024-01-15"), {**ACTION, "id": "new", "date": "2024-01-29"})
    perhaps = case(ACTION, done(), observed("T", date="2024-01"))  # before the action was done, or after
    assert found("worry_came_back", perhaps, at="2024-02-15") == []
    late = case(ACTION, done(), observed("T", date="2024-01-15"), {**ACTION, "id": "new", "date": "2024-01-30"})
    assert found("worry_came_back", spoken, at="2024-02-15") == []
    assert found("worry_came_back", anew, at="2024-02-15") == []
    assert one("worry_came_back", late, at="2024-02-15").days == 15
