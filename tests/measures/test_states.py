"""How a worry stands: each word of the status, in its order, and the index."""

from __future__ import annotations

import math

import pytest

import safetynet as sn
from safetynet.measures.states import IN_HAND, MODELS, STATUSES, states
from safetynet.record.snapshot import snapshot
from tests.brute import actions, model, responsibility
from tests.builder import turned
from tests.measures import packaged, ruled
from tests.measures.four import PEOPLE, day, four
from tests.measures.packaged import same
from tests.measures.test_actions import KNOWN

PANEL = f"{PEOPLE} J@court remit=decides"


def status(case: sn.Case, at: str, worry: str = "c1", rules: sn.Rules | None = None) -> str:
    return states(snapshot(case, at, rules))[worry].status


def index(case: sn.Case, at: str, worry: str = "c1", model: str = MODELS[0]) -> float:
    view = snapshot(case, at)
    return states(view)[worry].index(view.rules, model)  # type: ignore[arg-type]


# every word once, in its order ------------------------------------------------------------------------------------


def test_an_action_that_is_alive_with_an_informed_owner_is_owned() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=10")
    assert (status(case, day(10)), index(case, day(10))) == ("owned", 0)


def test_one_informed_owner_among_several_is_enough() -> None:
    assert status(four(KNOWN, "2 agreed C1;B1 c1 due=10"), day(10)) == "owned"


def test_what_was_done_is_just_completed_for_four_weeks_after_its_date() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=10", "5 done B1 - ref=e2")
    assert status(case, day(33)) == "just completed"
    assert states(snapshot(case, day(33)))["c1"].owners == ("B1",)
    assert status(case, day(34)) == "completed, nothing since"
    assert math.isnan(index(case, day(34)))


def test_a_request_that_waits_for_its_answer_has_it_in_hand_for_a_week() -> None:
    case = four(KNOWN, "2 asked A1>C1 c1 phone")
    assert (status(case, day(9)), index(case, day(9))) == ("asked, answer pending", 0)
    assert status(case, day(10)) == "no owner"


def test_a_worry_whose_holders_have_gone_is_left_with_them() -> None:
    case = four("1 observed A1 c1", "1 observed B1 c2", "2 closed A1")
    assert status(case, day(3)) == "left with its holders"
    assert math.isnan(index(case, day(3)))


def test_a_worry_that_only_a_panel_has_is_with_anothers_remit_and_nobody_could_leave_it() -> None:
    case = four("1 observed J c1", "1 met J;A1", people=PANEL)
    assert status(case, day(3)) == "with another's remit"
    assert math.isnan(index(case, day(3)))


def test_whoever_sees_nobody_else_is_a_sole_holder() -> None:
    case = four("1 observed A1 c1", "2 told B1>C1 c2 phone")
    assert status(case, day(2)) == "sole holder"
    assert math.isnan(index(case, day(2)))


def test_a_sole_holder_beside_others_is_left_out_of_the_index() -> None:
    case = four("1 observed A1;D1 c1", "2 observed B1 c1")  # B1 sees nobody; A1 and D1 see each other
    assert index(case, day(2)) == pytest.approx(1 - 2**-0.65)
    assert status(case, day(2)) == "no owner"


def test_put_aside_by_a_decision_is_said_and_nobody_left_it_to_anybody() -> None:
    case = four(KNOWN, "2 decided A1 c1 outcome=no_further_action")
    assert status(case, day(3)) == "put aside"
    assert math.isnan(index(case, day(3)))
    assert float(sn.unowned_share(case, day(3))) == 1


def test_an_action_that_only_the_family_owns_is_with_the_family() -> None:
    case = four("1 told A1>B1;M c1 phone", "2 agreed M c1 due=10")
    assert status(case, day(3)) == "with the family"
    assert index(case, day(3)) == pytest.approx(1 - 2**-0.65)  # A1 sees B1, and B1 sees A1


def test_an_owner_who_has_left_owns_it_no_more() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=40", "3 closed B1")
    assert status(case, day(3)) == "owned"  # gone from the day after
    assert status(case, day(4)) == "owner has left"


def test_an_owner_who_knows_and_only_decides_has_it_with_another_remit() -> None:
    case = four("1 told A1>B1;J c1 phone", "2 agreed J c1 due=40", people=PANEL)
    assert status(case, day(4)) == "with another's remit"
    assert index(case, day(4)) == pytest.approx(1 - 3**-0.65)  # A1 and B1 see two others each


def test_a_refused_action_is_refused_until_a_step() -> None:
    refused = [KNOWN, "2 agreed B1 c1", "3 done B1 - ref=e2 outcome=refused"]
    assert status(four(*refused), day(4)) == "refused"
    assert status(four(*refused, "4 told B1>A1 c1 phone"), day(4)) == "owned"


def test_an_owner_without_a_record_of_the_worry_owns_nothing() -> None:
    case = four(KNOWN, "2 agreed C1 c1 due=10")
    assert status(case, day(3)) == "given to someone without the picture"
    assert float(sn.unowned_share(case, day(3))) == 1


def test_an_agency_has_a_week_and_then_it_is_left_with_an_agency() -> None:
    case = four(KNOWN, "2 agreed b c1 due=20")
    assert [status(case, day(number)) for number in (9, 10)] == ["owned", "left with an agency"]


def test_a_due_date_that_has_passed_is_overdue() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=10")
    assert status(case, day(11)) == "overdue"
    assert index(case, day(11)) == pytest.approx(1 - 2**-0.65)  # each sees the other


def test_an_action_without_a_date_and_a_step_in_six_weeks_has_lapsed() -> None:
    case = four(KNOWN, "2 agreed B1 c1")
    assert status(case, day(44)) == "owned"  # 2 + 42
    assert status(case, day(45)) == "lapsed"
    assert status(case, day(45), rules=sn.Rules(open_ended_days=43)) == "owned"


@pytest.mark.parametrize("holders", ["A1", "A1;B1"])
def test_where_somebody_informed_counts_on_others_it_is_left_to_others(holders: str) -> None:
    case = four(KNOWN, f"2 assumed {holders}>C1 c1")
    assert status(case, day(2)) == "left to others"
    assert index(case, day(2)) == pytest.approx(1 if ";" in holders else 1 - 2**-0.65)  # B1 alone feels it
    assert index(case, day(2), model="volunteers_dilemma") == pytest.approx(1 if ";" in holders else 0.4)


def test_an_assumption_alone_gives_somebody_to_leave_it_to() -> None:
    case = four("1 observed A1 c1", "2 assumed A1>e c1")
    assert (status(case, day(1)), status(case, day(2))) == ("sole holder", "left to others")


@pytest.mark.parametrize(
    "row",
    ["2 agreed - c1 due=10", "2 needed - c1 due=10", "2 agreed B1 - due=10", "2 expected B1 c1", "2 believed A1>B1 c1"],
)
def test_what_nobody_took_what_was_needed_or_expected_and_what_names_no_worry_own_nothing(row: str) -> None:
    assert status(four(KNOWN, row), day(3)) == "no owner"


def test_of_several_actions_the_latest_that_is_not_completed_gives_the_word() -> None:
    case = four(KNOWN, "2 agreed A1 c1", "2 agreed C1 c1 due=10", "3 agreed M c1", "5 done A1 - ref=e2")
    assert status(case, day(40)) == "with the family"
    later = four(KNOWN, "2 agreed M c1", "3 agreed C1 c1 due=10")
    assert status(later, day(4)) == "given to someone without the picture"
    one_day = four(KNOWN, "3 agreed C1 c1 due=10", "3 agreed M c1")
    assert status(one_day, day(4)) == "with the family"  # of one day the first word in the list


def test_a_note_a_day_after_closing_does_not_keep_an_out_of_hours_worker_informed_for_months() -> None:
    case = four("1 observed A1 c1", "2 closed A1", "3 told A1>B1 - email", "200 observed C1 c2")
    assert states(snapshot(case, day(20)))["c1"].informed == ("A1",)
    assert states(snapshot(case, day(32)))["c1"].informed == ()  # 3 + 28 = 31
    assert status(case, day(200)) == "left with its holders"


def test_a_handover_note_to_the_own_agency_brings_nobody_back() -> None:
    case = four("1 observed A1 c1", "2 closed A1", "3 told A1>A2 - email")
    assert status(case, day(4)) == "left with its holders"


# the rows behind it -------------------------------------------------------------------------------------------


def test_the_rows_are_who_has_it_and_what_was_agreed_done_and_left() -> None:
    case = four(
        KNOWN,
        "2 agreed B1 c1 due=90",
        "3 observed B1 - seen=alone",
        "5 done B1 - ref=e2",
        "6 observed C1 c1",
        "7 assumed A1>B1 c1",
        "8 told A1>B1 c2 phone",
    )
    assert sn.unowned_share(case, day(9)).table.loc["c1", "rows"] == ("e1", "e2", "e3", "e4", "e5", "e6")


# against the brute force -------------------------------------------------------------------------------------------


def agrees(case: sn.Case, v: model.View, rules: sn.Rules) -> None:
    view = snapshot(case, v.at, rules)
    found = states(view)
    assert {worry: state.status for worry, state in found.items()} == responsibility.statuses(v)
    for worry, state in found.items():
        assert state.status in STATUSES
        assert state.owned == (state.status in IN_HAND)
        assert set(state.informed) == actions.informed(v, worry)
        assert bool(state.aside) == actions.is_put_aside(v, worry)
        for felt in state.felt:
            assert set(felt.others) == responsibility.others_seen(v, felt.person)
            standing = responsibility.standing_assumptions(v, felt.person, worry)
            assert {row.id for row in felt.assumptions} == {row.id for row in standing}
        for way in MODELS:
            assert same(state.index(view.rules, way), responsibility.index(v, worry, model=way))


test_every_worry_of_a_random_case_agrees_with_the_brute_force = ruled.made_up(agrees)
test_every_worry_of_the_packaged_cases_agrees_with_the_brute_force = ruled.packaged(agrees)


@packaged.every_name
def test_the_order_of_the_people_in_a_cell_changes_no_table(name: str) -> None:
    case = sn.load_case(name)
    other = turned(case)
    for measure in (sn.concern_status, sn.assumptions, sn.closures, sn.requests, sn.action_plan, sn.beliefs, sn.duties):
        assert measure(case).equals(measure(other))
    for score in (sn.diffusion, sn.unowned_share, sn.circular_assumptions):
        assert score(case).table.equals(score(other).table)
