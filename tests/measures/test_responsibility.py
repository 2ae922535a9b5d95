from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.responsibility import STATUSES, diffusion, seen_around, states, unowned_share
from safetynet.record.snapshot import snapshot
from tests import brute, strategies
from tests.measures.hand import agreed, assumed, day, done, hand, met, row, saw, told
from tests.measures.made import alone, from_tables, nobody, same, turned

MODELS = ("division_of_impact", "volunteers_dilemma")


def status(case: sn.Case, at: str, worry: str = "c1", rules: sn.Rules | None = None) -> str:
    return str(diffusion(case, at, rules=rules).table.loc[worry, "status"])


def index(case: sn.Case, at: str, worry: str = "c1", model: str = MODELS[0]) -> float:
    return float(diffusion(case, at, model=model).table.loc[worry, "index"])


# the worked example ---------------------------------------------------------------------------------------


def test_the_worked_example_comes_out_as_by_hand() -> None:
    case = sn.load_case("worked_example")
    score = diffusion(case, "2024-01-31")
    # c1: T and S see two others, P one: 1 - 2^-0.65; c2: P sees S: 1 - 2^-0.5; c3: G sees T: 1 - 2^-0.8
    assert score.table["index"].round(4).to_dict() == {"c1": 0.3627, "c2": 0.2929, "c3": 0.4257}
    assert round(float(score), 4) == 0.3457  # (3 * 0.3627 + 4 * 0.2929 + 2 * 0.4257) / 9
    assert score.table["others"].to_dict() == {
        "c1": (("P", 1), ("S", 2), ("T", 2)), "c2": (("P", 1),), "c3": (("G", 1), ("T", 2)),
    }  # fmt: skip
    assert float(unowned_share(case, "2024-01-31")) == 1
    assert list(unowned_share(case, "2024-01-31").table["owned"]) == [False, False, False]


# the volunteer's dilemma ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "number"), [("A1;B1", 2), ("A1;B1;C1", 3), ("A1;A2;B1;C1;D1", 5)])
def test_informed_who_see_exactly_each_other_are_in_diekmanns_dilemma(who: str, number: int) -> None:
    case = hand(met("1", who, "c1"))  # severity 3: the ratio of cost to benefit is 0.4
    value = index(case, day(1), "c1", "volunteers_dilemma")
    assert value == pytest.approx(0.4 ** (number / (number - 1)))
    assert number != 2 or round(value, 4) == 0.16
    assert number != 5 or round(value, 4) == 0.3181  # both as published


def test_somebody_who_leaves_it_to_others_adds_nothing_to_the_chance_that_one_acts() -> None:
    case = hand(met("1", "A1;B1", "c3"), assumed("2", "A1", "B1", "c3"))
    # A1's factor is 1; B1 sees A1 alone: 0.6^(1/1) at severity 2
    assert index(case, day(2), "c3", "volunteers_dilemma") == pytest.approx(0.6)
    assert index(case, day(2), "c3") == pytest.approx(1 - 2**-0.8)  # f of A1 is 0, of B1 2^-0.8


def test_there_is_no_third_model() -> None:
    with pytest.raises(sn.ArgumentError, match="volunteers_dilemma"):
        diffusion(alone(), model="bystander")


# how a worry stands: every word once --------------------------------------------------------------------------


def test_a_live_action_of_an_informed_owner_is_owned() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(10)))
    assert status(case, day(10)) == "owned"
    assert index(case, day(10)) == 0
    assert float(unowned_share(case, day(10))) == 0


def test_one_informed_owner_among_several_is_enough() -> None:
    assert status(hand(told("1", "A1", "B1"), agreed("2", "C1;B1", due=day(10))), day(10)) == "owned"


def test_a_due_date_that_has_passed_is_overdue() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(10)))
    assert status(case, day(11)) == "overdue"
    assert index(case, day(11)) == pytest.approx(1 - 2**-0.65)  # each sees the other


def test_an_action_without_a_date_counts_for_28_days_and_is_then_undated() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1"))
    assert status(case, day(30)) == "owned"  # 2 + 28
    assert status(case, day(31)) == "undated"
    assert status(case, day(31), rules=sn.Rules(open_ended_days=29)) == "owned"


def test_what_was_done_stays_done_after_its_date() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(10)), done("5", "B1", "r2"))
    assert status(case, day(60)) == "completed"
    assert diffusion(case, day(60)).table.loc["c1", "owners"] == ("B1",)


@pytest.mark.parametrize(
    "again",
    [
        saw("6", "C1"),
        told("6", "M", "A1"),
        row("asked", "6", "N", "A1", "c1", channel="phone"),
        assumed("5", "A1", "B1"),
        assumed("6", "A1", "B1"),
    ],
)
def test_a_completed_action_no_longer_decides_once_the_worry_comes_back(again: dict[str, str]) -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(90)), done("5", "B1", "r2"), again)
    assert status(case, day(5) if again["date"] == day(5) else day(6)) not in ("owned", "completed")
    assert "r4" in diffusion(case, day(6)).rows


@pytest.mark.parametrize(
    "still_done",
    [
        saw("5", "C1"),  # on the day it was done, not later
        told("6", "A1", "C1"),  # professionals may speak of it
        assumed("6", "M", "A1"),  # the mother leaves it to somebody
        assumed("6", "A1", "B1", ""),  # names no worry
        saw("6", "C1", "c2"),  # another worry
    ],
)
def test_other_rows_leave_it_completed(still_done: dict[str, str]) -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(90)), done("5", "B1", "r2"), still_done)
    assert status(case, day(6)) == "completed"


@pytest.mark.parametrize("outcome", ["partly", "attempted", "refused"])
def test_an_action_that_was_only_attempted_is_not_completed(outcome: str) -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(4)), done("3", "B1", "r2", outcome=outcome))
    assert status(case, day(5)) == "overdue"


def test_an_owner_without_a_record_of_the_worry_owns_nothing() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "C1", due=day(10)))
    assert status(case, day(3)) == "given to someone without the picture"
    assert float(unowned_share(case, day(3))) == 1


def test_an_agency_as_owner_leaves_it_with_an_agency() -> None:
    assert status(hand(told("1", "A1", "B1"), agreed("2", "b", due=day(10))), day(3)) == "left with an agency"


def test_a_parent_who_knows_of_it_owns_nothing_but_has_the_picture() -> None:
    case = hand(told("1", "A1", "B1;M"), agreed("2", "M", due=day(10)))
    assert status(case, day(3)) == "unowned"


def test_an_owner_who_has_left_owns_nothing_but_had_the_picture() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(40)), row("closed", "3", "B1"))
    assert status(case, day(3)) == "owned"  # gone from the day after
    assert status(case, day(4)) == "unowned"


def test_an_action_that_nobody_took_is_unowned() -> None:
    assert status(hand(told("1", "A1", "B1"), agreed("2", "", due=day(10))), day(3)) == "unowned"


def test_what_was_needed_and_never_agreed_owns_nothing() -> None:
    case = hand(told("1", "A1", "B1"), row("needed", "2", "", "", "c1", due=day(10)))
    assert status(case, day(3)) == "unowned"


def test_an_action_that_names_no_concern_answers_none() -> None:
    assert status(hand(told("1", "A1", "B1"), agreed("2", "B1", "", due=day(10))), day(3)) == "unowned"


def test_a_worry_whose_holders_have_gone_is_left_with_them() -> None:
    case = hand(saw("1", "A1"), saw("1", "B1", "c2"), row("closed", "2", "A1"))
    score = diffusion(case, day(3))
    assert score.table.loc["c1", "status"] == "left with its holders"
    assert math.isnan(score.table.loc["c1", "index"])
    assert float(unowned_share(case, day(3))) == 1


def test_whoever_sees_nobody_else_is_a_sole_holder_and_silence_is_counted_elsewhere() -> None:
    case = hand(saw("1", "A1"), told("2", "B1", "C1", "c2"))
    score = diffusion(case, day(2))
    assert score.table.loc["c1", "status"] == "sole holder"
    assert math.isnan(score.table.loc["c1", "index"])
    assert float(score) == pytest.approx(1 - 2**-0.5)  # c2 alone
    assert float(unowned_share(case, day(2))) == 1


def test_a_sole_holder_beside_others_is_left_out_of_the_index() -> None:
    case = hand(saw("1", "A1;D1"), saw("2", "B1"))  # B1 sees nobody; A1 and D1 see each other
    assert index(case, day(2)) == pytest.approx(1 - 2**-0.65)
    assert status(case, day(2)) == "unowned"


def test_where_everybody_assumes_that_others_act_it_is_left_to_others() -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1"), assumed("2", "B1", "A1"))
    assert status(case, day(2)) == "left to others"
    assert index(case, day(2)) == 1
    assert index(case, day(2), model="volunteers_dilemma") == 1


def test_an_assumption_alone_gives_somebody_to_leave_it_to() -> None:
    case = hand(saw("1", "A1"), assumed("2", "A1", "e"))
    assert status(case, day(1)) == "sole holder"
    assert status(case, day(2)) == "left to others"


# standing assumptions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [told("3", "A1", "C1"), row("asked", "3", "A1", "C1", "c1", channel="fax"), met("3", "A1;C1", "c1")],
)
def test_acting_on_it_later_takes_an_assumption_back(act: dict[str, str]) -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1"), act)
    assert diffusion(case, day(2)).table.loc["c1", "leaving"] == ("A1",)
    assert diffusion(case, day(3)).table.loc["c1", "leaving"] == ()


@pytest.mark.parametrize(
    "no_act",
    [
        told("2", "A1", "C1"),  # the same day
        told("3", "C1", "A1"),  # hearing of it again
        told("3", "A1", "C1", "c2"),  # something else
        row("declined", "3", "A1", "C1", "c1", channel="phone"),
        row("decided", "3", "A1", "C1", "c1"),
    ],
)
def test_other_rows_leave_an_assumption_standing(no_act: dict[str, str]) -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1"), no_act)
    assert "A1" in diffusion(case, day(3)).table.loc["c1", "leaving"]


def test_being_made_an_owner_takes_an_assumption_back_even_once_overdue() -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1"), agreed("3", "A1", due=day(4)))
    assert diffusion(case, day(5)).table.loc["c1", ["status", "leaving"]].tolist() == ["overdue", ()]


def test_an_assumption_without_a_concern_is_about_what_its_holder_had_on_record_by_then() -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1", ""), told("3", "A1", "B1", "c2"))
    table = diffusion(case, day(3)).table
    assert table["leaving"].to_dict() == {"c1": ("A1",), "c2": ()}


# whom somebody sees -------------------------------------------------------------------------------------------


def seen(case: sn.Case, person: str, at: str) -> tuple[str, ...]:
    return seen_around(snapshot(case, at), person)


def test_co_recipients_are_seen_and_a_letter_that_did_not_arrive_is_seen_by_its_sender_only() -> None:
    case = hand(told("1", "A1", "B1;C1", channel="letter"), told("2", "D1", "A2", channel="fax", received="no"))
    assert seen(case, "B1", day(2)) == ("A1", "C1")
    assert seen(case, "D1", day(2)) == ("A2",)
    assert seen(case, "A2", day(2)) == ()


def test_what_is_read_later_is_seen_by_the_reader_on_that_day() -> None:
    case = hand(told("1", "A1", "B1", channel="letter", received_on=day(5)))
    assert (seen(case, "A1", day(1)), seen(case, "B1", day(4)), seen(case, "B1", day(5))) == (("B1",), (), ("A1",))


def test_an_agency_is_seen_unless_one_of_its_people_is_or_it_is_ones_own() -> None:
    assert seen(hand(told("1", "A1", "b;a;e", channel="fax")), "A1", day(1)) == ("b", "e")
    assert seen(hand(told("1", "A1", "b;B1", channel="fax")), "A1", day(1)) == ("B1",)


def test_those_whose_involvement_one_was_told_of_are_seen_and_family_and_absentees_are_not() -> None:
    case = hand(row("opened", "1", "B1", "A1"), met("2", "A1;M;K;N", absent="C1"), saw("3", "A1;D1"))
    assert seen(case, "A1", day(3)) == ("B1", "D1")
    assert seen(case, "B1", day(3)) == ()


# nothing to measure ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [nobody(), hand(), hand(saw("1", "M"))])
def test_without_a_known_worry_nothing_is_defined(case: sn.Case) -> None:
    for score in (diffusion(case), unowned_share(case)):
        assert not score.defined
        assert score.reason == "no professional has a current worry on record"
        assert score.rows == ()
        assert len(score.table) == 0
        assert "rows" in score.table


def test_one_person_alone_has_an_unowned_share_and_no_diffusion() -> None:
    assert diffusion(alone()).reason == "for no worry does anybody informed have someone to leave it to"
    assert float(unowned_share(alone())) == 1


def test_resolved_worries_are_out_from_that_day_on() -> None:
    case = hand(told("1", "A1", "B1"), told("1", "A1", "B1", "c2"), resolved={"c1": day(5)})
    assert list(diffusion(case, day(4)).table.index) == ["c1", "c2"]
    assert list(diffusion(case, day(5)).table.index) == ["c2"]


# against a slow second implementation ---------------------------------------------------------------------------


@given(strategies.cases(), strategies.questions)
def test_every_index_agrees_with_brute_force(tables: dict[str, list[dict[str, str]]], at: dt.date) -> None:
    case = from_tables(tables)
    for model in MODELS:
        score = diffusion(case, at, model=model)
        expected = brute.diffusion_by_worry(tables, at, model)
        assert same(score, brute.diffusion(tables, at, model))
        assert list(score.table.index) == sorted(expected)
        for worry, line in score.table.iterrows():
            assert same(line["index"], expected[worry][0])
            assert (line["status"] in ("owned", "completed")) == expected[worry][1]
            undefined = ("left with its holders", "sole holder")
            assert (line["status"] in undefined) == math.isnan(line["index"])
            assert line["status"] in STATUSES
            assert not set(line["rows"]) - set(case.chronology["id"])
    assert same(unowned_share(case, at), brute.unowned_share(tables, at))
    view = snapshot(case, at)
    for state in states(view).values():
        for felt in state.felt:
            assert set(felt.others) == brute.others_seen(tables, felt.person, at)
            assert bool(felt.assumptions) == brute.standing_assumption(tables, felt.person, state.worry, at)


@given(strategies.cases(partial=False), st.integers(0, 20))
def test_naming_an_involved_informed_owner_never_raises_diffusion_nor_the_unowned_share(
    tables: dict[str, list[dict[str, str]]], pick: int
) -> None:
    case = from_tables(tables)
    assume(case.end is not None)
    informed = [(state.worry, name) for state in states(snapshot(case, case.end)).values() for name in state.informed]
    assume(informed)
    worry, name = informed[pick % len(informed)]
    after = case.with_rows([{"date": case.end, "kind": "agreed", "who": name, "concerns": worry, "due": case.end}])
    assert float(unowned_share(after, case.end)) <= float(unowned_share(case, case.end)) + 1e-12
    before = float(diffusion(case, case.end))
    assert math.isnan(before) or float(diffusion(after, case.end)) <= before + 1e-12


@given(strategies.cases(), strategies.questions, st.randoms())
def test_the_order_of_rows_and_the_names_of_people_change_nothing(
    tables: dict[str, list[dict[str, str]]], at: dt.date, random: object
) -> None:
    shuffled = {name: list(lines) for name, lines in tables.items()}
    random.shuffle(shuffled["chronology"])  # type: ignore[attr-defined]
    names = {person["id"]: f"z{9 - place}" for place, person in enumerate(tables["people"])}

    def renamed(cell: str) -> str:
        return ";".join(names.get(part, part) for part in cell.split(";"))

    for table, columns in {"people": ["id"], "concerns": ["about"], "chronology": ["who", "to", "absent"]}.items():
        shuffled[table] = [line | {name: renamed(line[name]) for name in columns} for line in shuffled[table]]
    one, other = from_tables(tables), from_tables(shuffled)
    assert same(diffusion(one, at), None if math.isnan(diffusion(other, at).value) else diffusion(other, at).value)
    assert diffusion(one, at).table["status"].equals(diffusion(other, at).table["status"])


# the order of the ids in a cell ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["victoria_climbie", "malachi_subecz", "max"])
@pytest.mark.parametrize(
    "table", ["diffusion", "unowned_share", "assumptions", "closures", "meeting_rhythm", "requests", "action_plan"]
)
def test_the_order_of_the_people_in_a_cell_changes_nothing(name: str, table: str) -> None:
    case = sn.load_case(name)
    one, other = (getattr(sn, table)(each) for each in (case, turned(case)))
    if isinstance(one, sn.Score):
        one, other = one.table, other.table
    pd.testing.assert_frame_equal(one, other)
