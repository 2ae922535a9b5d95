"""Each kind about decisions fires on a small case, and not on its twin."""

from __future__ import annotations

from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "D@hospital N@hospital S@council P@police M:family"


def stepping_down(*before: Line, who: str = "S", outcome: str = "no_further_action", **more: str) -> list[Line]:
    """D sees it and tells S, who decides on 10 January; `before` comes between."""
    rows = [observed("D", date="2024-01-01"), told("D", "S", date="2024-01-02"), *before]
    return [*rows, row("decided", who, "c1", id="dec", date="2024-01-10", outcome=outcome, **more)]


# stepped_down_unseen


def test_stepping_down_by_somebody_who_had_not_seen_the_child_is_found() -> None:
    finding = one("stepped_down_unseen", made(PEOPLE, stepping_down(), "c1:4"), at="2024-01-31")
    assert finding.people == ("D", "S")
    assert finding.agencies == ("council",)
    assert finding.concerns == ("c1",)
    assert finding.days == 21  # 10 to 31 January: no row takes c1 up again
    assert finding.severity == 4
    assert set(finding.rows) == {"e1", "e2", "dec"}
    assert "on no further action about c1" in finding.statement
    assert "D, who had, is not among those who decided" in finding.statement


def test_it_lasts_until_the_worry_is_taken_up_again() -> None:
    rows = [*stepping_down(), observed("D", date="2024-01-15")]
    finding = one("stepped_down_unseen", made(PEOPLE, rows), at="2024-01-31")
    assert finding.days == 5
    assert "The next row on the worry is e4, on 2024-01-15." in finding.statement


def test_a_partial_date_that_may_be_later_is_not_called_missing() -> None:
    rows = [*stepping_down(), observed("D", date="2024-01")]  # before the 10th or after it
    finding = one("stepped_down_unseen", made(PEOPLE, rows), at="2024-01-31")
    assert finding.statement.endswith("No row that is certainly later takes the worry up by 2024-01-31.")
    assert finding.days == 21


def test_it_says_who_is_recorded_as_absent_from_the_meeting_at_which_it_was_decided() -> None:
    rows = [*stepping_down(ref="m"), met("S;P", id="m", date="2024-01-10", absent="D", channel="strategy_meeting")]
    finding = one("stepped_down_unseen", made(PEOPLE, rows), at="2024-01-31")
    assert "D, who had, is recorded as absent from the strategy meeting" in finding.statement
    assert "m" in finding.rows


def test_the_closure_of_that_day_by_the_same_agency_belongs_to_it() -> None:
    rows = [*stepping_down(), row("closed", "S", id="out", date="2024-01-10")]
    case = made(PEOPLE, rows)
    assert "out" in one("stepped_down_unseen", case, at="2024-01-31").rows
    assert found("closed_unseen", case, at="2024-01-31") == []


def test_somebody_who_met_the_child_or_saw_it_themselves_is_no_finding() -> None:
    for seen in (told("S", "K", "", date="2024-01-05"), observed("S", date="2024-01-05")):
        assert found("stepped_down_unseen", made(PEOPLE, stepping_down(seen)), at="2024-01-31") == []


def test_a_partial_date_counts_in_favour_of_those_who_decided() -> None:
    rows = stepping_down(observed("S", date="2024-01"))  # may have come before the 10th
    assert found("stepped_down_unseen", made(PEOPLE, rows), at="2024-01-31") == []


def test_only_stepping_down_counts() -> None:
    assert found("stepped_down_unseen", made(PEOPLE, stepping_down(outcome="step_up")), at="2024-01-31") == []


def test_a_meeting_with_the_child_that_did_not_come_about_is_no_contact() -> None:
    rows = stepping_down(told("S", "K", "", date="2024-01-05", received="no"))
    assert len(found("stepped_down_unseen", made(PEOPLE, rows), at="2024-01-31")) == 1


# closed_unseen


def test_closing_with_a_worry_on_record_and_the_child_not_seen_is_found() -> None:
    rows = [*stepping_down()[:2], row("closed", "S", id="out", date="2024-01-20")]
    finding = one("closed_unseen", made(PEOPLE, rows, "c1:3"), at="2024-01-31")
    assert finding.agencies == ("council",)
    assert finding.days == 11
    assert set(finding.rows) == {"e1", "e2", "out"}
    assert "D had" in finding.statement


def test_a_closure_after_the_worry_was_passed_on_or_told_to_a_partner_is_no_finding() -> None:
    passed = [*stepping_down()[:2], told("S", "P", date="2024-01-10"), row("closed", "S", date="2024-01-20")]
    heard = [*stepping_down()[:2], row("closed", "S", to="D", date="2024-01-20")]
    for rows in (passed, heard):
        assert found("closed_unseen", made(PEOPLE, rows), at="2024-01-31") == []


def test_an_agency_with_a_colleague_still_involved_has_not_closed() -> None:
    rows = [*stepping_down()[:2], told("S", "T", date="2024-01-10"), row("closed", "S", date="2024-01-20")]
    assert found("closed_unseen", made(PEOPLE + " T@council", rows), at="2024-01-31") == []


def test_an_agency_of_which_somebody_saw_the_child_is_no_finding() -> None:
    rows = [*stepping_down()[:2], told("T", "K", "", date="2024-01-05"), row("closed", "S;T", date="2024-01-20")]
    assert found("closed_unseen", made(PEOPLE + " T@council", rows), at="2024-01-31") == []


# reassured_unseen

CALM = {"concerns": "c1:4 r:0", "concerns_more": {"r": {"answers": "c1"}}}


def test_a_reassurance_passed_on_by_those_who_had_not_seen_the_child_is_found() -> None:
    rows = [observed("D", "c1"), observed("N", "r"), told("N", "S", "r"), told("S", "P", "r")]
    finding = one("reassured_unseen", made(PEOPLE, rows, **CALM), at="2024-01-31")
    assert finding.rows == ("e4",)  # N's own word of 3 January is N's own observation passed on
    assert finding.people == ("P", "S")
    assert finding.concerns == ("r", "c1")
    assert finding.severity == 4
    assert "once" in finding.statement
    assert "D had" in finding.statement


def test_a_reassurance_by_those_who_saw_for_themselves_is_no_finding() -> None:
    rows = [observed("D", "c1"), observed("N", "r"), told("N", "S", "r"), told("S", "K", ""), told("S", "P", "r")]
    assert found("reassured_unseen", made(PEOPLE, rows, **CALM), at="2024-01-31") == []


def test_a_reassurance_that_answers_nothing_is_no_finding() -> None:
    rows = [observed("D", "c1"), observed("N", "r"), told("N", "S", "r"), told("S", "P", "r")]
    assert found("reassured_unseen", made(PEOPLE, rows, "c1:4 r:0"), at="2024-01-31") == []


# meeting_without_first_hand


def meeting(who: str, *more: Line) -> list[Line]:
    """D sees it and tells S; on 10 January a meeting agrees an action."""
    return [
        observed("D", date="2024-01-01"), told("D", "S", date="2024-01-02"), *more,
        met(who, id="m", date="2024-01-10", absent="D" if "D" not in who else "", channel="strategy_meeting"),
        row("agreed", "S", "c1", id="a", date="2024-01-10"),
    ]  # fmt: skip


def test_a_decision_at_a_meeting_of_people_who_had_only_heard_of_it_is_found() -> None:
    finding = one("meeting_without_first_hand", made(PEOPLE, meeting("S;P"), "c1:3"), at="2024-01-31")
    assert set(finding.rows) == {"e1", "e2", "m", "a"}  # with D's own rows
    assert finding.people == ("D", "P", "S")
    assert finding.severity == 3
    assert "The strategy meeting on 2024-01-10 of P and S agreed an action on c1" in finding.statement
    assert "D, who had, was not there (D recorded as absent)" in finding.statement


def test_somebody_at_first_hand_at_the_table_is_no_finding() -> None:
    for rows in (meeting("S;P;D"), meeting("S;P", observed("P", date="2024-01-05")), meeting("S;P;K")):
        assert found("meeting_without_first_hand", made(PEOPLE, rows), at="2024-01-31") == []


def test_a_meeting_that_decided_nothing_is_no_finding() -> None:
    assert found("meeting_without_first_hand", made(PEOPLE, meeting("S;P")[:-1]), at="2024-01-31") == []


def test_an_action_of_that_day_by_somebody_who_was_not_there_is_not_the_meetings() -> None:
    rows = meeting("P;T", told("D", "T", date="2024-01-03"))  # S, who took the action, did not attend
    assert found("meeting_without_first_hand", made(PEOPLE + " T@council", rows), at="2024-01-31") == []
    rows[-1] = {**rows[-1], "ref": "m"}  # unless the row says that it was
    assert len(found("meeting_without_first_hand", made(PEOPLE + " T@council", rows), at="2024-01-31")) == 1


def test_a_decision_to_step_down_is_told_once() -> None:
    rows = [*meeting("S;P")[:-1], row("decided", "S", "c1", id="dec", date="2024-01-10", outcome="discharge")]
    case = made(PEOPLE, rows)
    assert found("meeting_without_first_hand", case, at="2024-01-31") == []
    assert len(found("stepped_down_unseen", case, at="2024-01-31")) == 1


# rests_on_relayed


def relayed(*more: Line) -> list[Line]:
    """D saw it, told N, who told S, who told P, who decides: P has it at 3 hops."""
    return [observed("D"), told("D", "N"), told("N", "S"), told("S", "P"), *more,
            row("decided", "P", "c1", id="dec", date="2024-01-20", outcome="same")]  # fmt: skip


def test_a_decision_on_what_came_by_way_of_others_is_found_with_the_chain() -> None:
    finding = one("rests_on_relayed", made(PEOPLE, relayed()), at="2024-01-31")
    assert finding.rows == ("e2", "e3", "e4", "dec")
    assert finding.people == ("D", "N", "P", "S")
    assert "It had come from D by way of N and S" in finding.statement


def test_a_decision_on_what_came_from_who_saw_it_is_no_finding() -> None:
    assert found("rests_on_relayed", made(PEOPLE, relayed(told("D", "P"))), at="2024-01-31") == []


def test_what_a_partial_date_leaves_open_is_no_finding() -> None:
    rows = relayed(told("D", "P", date="2024-01"))  # may have come before the decision
    assert found("rests_on_relayed", made(PEOPLE, rows), at="2024-01-31") == []


def test_one_step_is_not_twice() -> None:
    rows = [observed("D"), told("D", "P"), row("decided", "P", "c1", date="2024-01-20", outcome="same")]
    assert found("rests_on_relayed", made(PEOPLE, rows), at="2024-01-31") == []
