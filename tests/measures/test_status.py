"""The status of every worry."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.status import concern_status
from tests import builder, strategies
from tests.brute import knowledge, model, picture, responsibility
from tests.builder import from_tables
from tests.measures import packaged
from tests.measures.four import day, four
from tests.measures.packaged import same


@pytest.fixture(scope="module")
def worked() -> pd.DataFrame:
    return concern_status(sn.load_case("worked_example"), "2024-01-31").set_index("concern")


def test_in_the_worked_example_who_has_what_and_how_first_hand(worked):
    assert list(worked.index) == ["c2", "c1", "c3"]  # by severity: 4, 3, 2
    assert worked["involved_holders"].to_dict() == {"c1": ("P", "S", "T"), "c2": ("P",), "c3": ("G", "T")}
    assert worked["first_hand"].to_dict() == {"c1": ("T",), "c2": ("P",), "c3": ("G",)}
    assert worked["relayed"].to_dict() == {"c1": ("P",), "c2": (), "c3": ()}  # P from S from T
    assert worked["hops"].to_dict() == {"c1": 0, "c2": 0, "c3": 0}
    assert worked["agencies"]["c1"] == ("council", "police", "school")


def test_in_the_worked_example_nobody_owned_anything(worked):
    # from the 10th, 15th and 20th to the 31st, both days included
    assert worked["days_unowned"].to_dict() == {"c1": 22, "c2": 17, "c3": 12}
    assert set(worked["status"]) == {"no owner"}
    assert worked["owner_has_it"].isna().all()
    assert worked["index"].round(4).to_dict() == {"c1": 0.3627, "c2": 0.2929, "c3": 0.4257}
    assert worked["rows"]["c1"] == ("e1", "e2", "e6")


def test_whoever_said_it_without_a_row_that_they_saw_it_is_no_eyewitness():
    (line,) = concern_status(four("1 told A1>B1 c1 phone"), day(2)).to_dict("records")
    assert (line["first_hand"], line["source_not_recorded"], line["hops"]) == ((), ("A1",), 0)
    assert concern_status(four("1 observed A1 c1"), day(2))["source_not_recorded"].tolist() == [()]


ACTIONS = (
    "1 observed A1 c1",
    "2 told A1>B1 c1 phone",
    "3 agreed B1 c1 due=5",  # alive to the 5th
    "10 agreed C1 c1 due=41",  # C1 has no record
    "20 done B1 - ref=e3 outcome=partly",
)


def actions(at, *rows):
    return concern_status(four(*(rows or ACTIONS)), day(at)).iloc[0]


def test_an_owner_who_has_it_on_record_ends_the_days_without_one():
    line = actions(4)
    assert (line["owners"], line["owner_has_it"]) == (("B1",), True)
    assert (line["last_action"], line["action_standing"]) == ("e3", "live")
    assert (line["status"], line["index"], line["days_unowned"]) == ("owned", 0.0, 2)  # 1 and 2 January


def test_an_overdue_action_lets_the_days_begin_again():
    line = actions(8)
    assert (line["action_standing"], line["status"], line["due"]) == ("overdue", "overdue", pd.Timestamp("2024-01-05"))
    assert line["days_unowned"] == 5  # 1, 2, 6, 7 and 8 January


def test_the_latest_action_is_shown_and_its_owner_may_have_no_record():
    line = actions(12)
    assert (line["owners"], line["owner_has_it"], line["last_action"]) == (("C1",), False, "e4")
    assert line["status"] == "given to someone without the picture"
    assert line["days_unowned"] == 9  # 1, 2 and 6 to 12 January


def test_an_action_that_has_it_in_hand_is_shown_before_a_later_one():
    line = actions(12, *ACTIONS[:2], "3 agreed B1 c1", ACTIONS[3])
    assert (line["owners"], line["last_action"], line["status"]) == (("B1",), "e3", "owned")


def test_the_outcome_is_that_of_the_action_shown():
    assert actions(21)["outcome"] == ""  # e4 is the latest; only e3 was partly done
    assert actions(21, *ACTIONS[:3], ACTIONS[4])["outcome"] == "partly"


def test_who_has_left_is_named_apart():
    line = actions(31, "1 observed A1 c1", "2 told A1>B1 c1 phone", "3 closed A1")
    assert (line["involved_holders"], line["left_holders"], line["hops"]) == (("B1",), ("A1",), 1)
    assert line["first_shared"] == pd.Timestamp("2024-01-02")


def test_a_letter_shares_it_on_the_day_of_its_reading_and_a_file_with_nobody():
    line = actions(31, "1 observed A1 c1", "2 told A1>b c1 fax", "3 told A1>B1 c1 letter received_on=9")
    assert line["first_shared"] == pd.Timestamp("2024-01-09")
    assert line["agencies"] == ("a", "b")
    assert pd.isna(actions(8, "1 observed A1 c1", "2 told A1>b c1 fax")["first_shared"])


def test_without_worries_there_are_columns_and_no_lines():
    table = concern_status(builder.nobody())
    assert table.empty
    assert table.dtypes.equals(concern_status(sn.load_case("max")).dtypes)


@pytest.mark.parametrize("name", packaged.NAMES)
def test_status_and_index_are_those_of_diffusion(name):
    case = sn.load_case(name)
    table = concern_status(case).set_index("concern").sort_index()
    expected = sn.diffusion(case).table.sort_index()
    pd.testing.assert_frame_equal(table[["index", "status"]], expected[["index", "status"]])


def agrees(case, v):
    table = concern_status(case, v.at)
    assert sorted(table["concern"]) == sorted(v.known)
    hops = knowledge.hops(v)
    for place, line in table.iterrows():
        worry = line["concern"]
        holders = v.holders(worry) & v.professionals
        assert set(line["involved_holders"]) == holders & v.involved
        assert set(line["left_holders"]) == holders - v.involved
        assert line["status"] == responsibility.status(v, worry)
        assert same(table["index"][place], responsibility.index(v, worry))
        expected = min((hops[one, worry] for one in holders & v.involved), default=None)
        assert line["hops"] is pd.NA if expected is None else line["hops"] == expected
        shared = picture.first_shared(v, worry)
        assert pd.isna(line["first_shared"]) if shared is None else line["first_shared"].date() == shared
        assert line["first_known"].date() == min(v.known_on(one, worry) for one in holders)


@given(strategies.cases(max_rows=10), strategies.questions)
def test_it_agrees_with_the_brute_force(tables, at):
    agrees(from_tables(tables), model.view(tables, at))


@packaged.on_every_date
def test_it_agrees_with_the_brute_force_on_the_packaged_cases(name, part):
    tables, case, at = packaged.asked(name, part)
    agrees(case, model.view(tables, at))
