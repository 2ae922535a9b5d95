"""Continuity: published formulas, contacts with the child, and the lead professional."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.continuity import bice_boxerman, continuity, sequential, usual_provider
from tests import builder, strategies
from tests.builder import case as build

MEASURES = ["contacts", "professionals", "coc", "upc", "secon"]
MEASURES += ["lead_professionals", "lead_changes", "days_without_lead", "longest_gap_without_lead"]
COLUMNS = ["value", "people", "meaning", "reason", "rows"]


def with_child(*who: str) -> list[str]:
    return [f"met {one};K" for one in who]


def leads(spells: dict[str, tuple[str, str]], days: tuple[str, ...] = ("2024-01-01", "2024-01-31")) -> sn.Case:
    """A case in which people are the lead professional from one day to another."""
    people = [{"id": "K", "name": "K", "kind": "child", "lead_from": "", "lead_to": ""}]
    for name, (first, last) in spells.items():
        people.append({"id": name, "name": name, "kind": "professional", "lead_from": first, "lead_to": last})
    people.append({"id": "x", "name": "x", "kind": "professional", "lead_from": "", "lead_to": ""})
    concern = {"id": "c1", "about": "K", "category": "neglect", "severity": "1", "summary": "c"}
    rows = [{"id": f"e{day}", "date": day, "kind": "opened", "who": "x"} for day in days]
    return sn.Case(pd.DataFrame(people), pd.DataFrame([concern]), pd.DataFrame(rows))


# the formulas -------------------------------------------------------------------------------------------


def test_published_coc_and_upc():
    assert bice_boxerman([5, 3, 1]) == pytest.approx(26 / 72)  # 0.3611
    assert usual_provider([5, 3, 1]) == pytest.approx(5 / 9)


def test_coc_is_one_with_one_provider_and_zero_with_a_new_one_each_time():
    assert bice_boxerman([7]) == 1
    assert bice_boxerman([1, 1, 1]) == 0


def test_secon_counts_successive_contacts_with_the_same_one():
    assert sequential(["a", "a", "b", "b", "a"]) == 2 / 4
    assert sequential([["a", "b"], ["b", "c"], ["d"]]) == 1 / 2


def test_the_formulas_are_not_defined_without_enough_contacts():
    assert math.isnan(bice_boxerman([]))
    assert math.isnan(bice_boxerman([1]))
    assert math.isnan(usual_provider([]))
    assert math.isnan(sequential([["a"]]))
    assert math.isnan(sequential([]))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_coc_is_the_chance_that_two_contacts_were_with_the_same_one(numbers):
    contacts = [provider for provider, number in enumerate(numbers) for _ in range(number)]
    pairs = [(a, b) for i, a in enumerate(contacts) for b in contacts[:i]]
    if pairs:
        assert bice_boxerman(numbers) == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    else:
        assert math.isnan(bice_boxerman(numbers))


# contacts with the child --------------------------------------------------------------------------------


def test_nine_contacts_with_three_people():
    case = builder.case("A B C K:child", "c1", *with_child(*"AAABABABC"))  # A 5, B 3, C 1
    table = continuity(case)
    assert table.index.tolist() == MEASURES
    assert table.columns.tolist() == COLUMNS
    value = table["value"]
    assert (value["contacts"], value["professionals"]) == (9, 3)
    assert value["coc"] == pytest.approx(0.3611, abs=5e-5)
    assert value["upc"] == pytest.approx(5 / 9)
    assert value["secon"] == pytest.approx(2 / 8)  # A A A | B A B A B C: two repeats in eight steps
    assert table.loc["upc", "people"] == ("A",)
    assert table.loc["coc", "rows"] == tuple(f"e{n}" for n in range(1, 10))
    assert "5 of 9 contacts" in table.loc["upc", "meaning"]
    assert (table.loc[["contacts", "coc", "upc", "secon"], "reason"] == "").all()


def test_only_rows_that_name_the_child_and_arrived_are_contacts_with_the_child():
    rows = [
        "told A>K - visit",
        "told K>B - face_to_face",
        "told A>K - letter received=no",  # did not arrive
        "told A>B - phone",  # without the child
        "met A;M",  # with the mother only
        {"kind": "opened", "who": "A"},  # no contact row
        {"kind": "observed", "who": "A;K", "concerns": "c1"},  # were there together
        {"kind": "opened", "who": "A", "to": "K"},  # told the child so: a contact row
    ]
    case = builder.case("A B M:family K:child", "c1", *rows)
    table = continuity(case, observed=False)
    assert table.loc["contacts", "rows"] == ("e1", "e2", "e7", "e8")
    assert table.loc["contacts", "meaning"] == "By 2024-01-08, 4 rows name a professional and the child together."


def test_what_a_professional_observed_counts_unless_it_is_left_out():
    rows = ["observed A c1", "observed M c1", "met B;K"]
    case = builder.case("A B M:family K:child", "c1", *rows)
    assert continuity(case).loc["contacts", "rows"] == ("e1", "e3")
    assert continuity(case).loc["contacts", "meaning"] == (
        "By 2024-01-03, 1 row names a professional and the child together; "
        "in 1 other row a professional observed something themselves."
    )
    assert continuity(case, observed=False).loc["contacts", "rows"] == ("e3",)


def test_a_row_that_says_so_is_a_contact_and_one_that_says_not_is_none():
    rows = (
        "1 told A>M - visit seen=with_carer",  # the child is not named, and was seen
        "2 told A>K - visit seen=not_there",  # named, and was not there
        "3 observed A c1 - seen=not_seen",  # known on paper only
        "4 observed B c1 - seen=glimpsed",
        "5 observed A c1 - seen=alone about=L",  # another child
    )
    seen = build("A B M:family K:child L:child", "c1", *rows)
    assert continuity(seen, child="K").loc["contacts", "rows"] == ("e1", "e4")
    assert continuity(seen, child="K", observed=False).loc["contacts", "rows"] == ("e1", "e4")
    assert continuity(seen, child="L").loc["contacts", "rows"] == ("e1", "e4", "e5")


def test_a_child_who_was_in_the_room_was_there():
    assert continuity(build("A M:family", "c1", "1 told A>M - phone present=K")).loc["contacts", "value"] == 1


def test_one_row_with_two_professionals_is_a_contact_with_each():
    case = builder.case("A B K:child", "c1", "met A;B;K", "met B;K")
    value = continuity(case)["value"]
    assert value["contacts"] == 2
    assert value["upc"] == pytest.approx(2 / 3)  # B twice, A once
    assert value["coc"] == pytest.approx((4 + 1 - 3) / (3 * 2))
    assert value["secon"] == 1  # B both times


def test_colleagues_are_one_by_agency():
    case = builder.case("A@x B@x C K:child", "c1", "met A;B;K", "met B;K", "met C;K")
    table = continuity(case, by="agency")
    assert table.index[1] == "agencies"
    assert table.loc["upc", "value"] == pytest.approx(2 / 3)
    assert table.loc["upc", "people"] == ("A", "B")
    assert table.loc["secon", "value"] == 1 / 2


def test_contacts_of_one_day_have_no_order_unless_they_have_times():
    untimed = builder.case("A B K:child", "c1", "1 met A;K", "1 met B;K", "2 met A;K")
    assert continuity(untimed).loc["secon", "value"] == 1
    timed = builder.case("A B K:child", "c1", "1T09:00 met A;K", "1T15:00 met B;K", "2 met A;K")
    assert continuity(timed).loc["secon", "value"] == 0


def test_one_child_of_two():
    rows = ["met A;K", "met B;L", "observed A c1", "observed B c1 about=L"]
    case = builder.case("A B K:child L:child", "c1", *rows)
    assert continuity(case, child="K").loc["contacts", "rows"] == ("e1", "e3")  # c1 is about K
    assert continuity(case, child="L").loc["contacts", "rows"] == ("e2", "e4")
    assert continuity(case).loc["contacts", "value"] == 4
    with pytest.raises(sn.UnknownNameError, match="the child 'Z'"):
        continuity(case, child="Z")
    with pytest.raises(sn.UnknownNameError):
        continuity(case, child="A")


def test_later_contacts_do_not_count_yet():
    case = builder.case("A B K:child", "c1", *with_child("A", "B"))
    assert continuity(case, "2024-01-01").loc["contacts", "rows"] == ("e1",)


@pytest.mark.parametrize(
    "case", [builder.nobody(), builder.apart(), builder.joined("A;B")], ids=["nobody", "apart", "joined"]
)
def test_without_contact_with_the_child_the_indices_are_not_defined(case):
    table = continuity(case, observed=False)
    assert table.loc["contacts", "value"] == 0
    assert table.loc[["coc", "upc", "secon"], "value"].isna().all()
    assert (table.loc[["coc", "upc", "secon"], "reason"] != "").all()
    assert table.loc["upc", "meaning"] == "Not defined: no contact with the child is on record."
    assert table["value"].dtype == "float64"


def test_it_counts_people_or_agencies_and_nothing_else():
    with pytest.raises(sn.ArgumentError, match="by='team'"):
        continuity(builder.apart(), by="team")


# the lead professional ----------------------------------------------------------------------------------


def test_no_recorded_lead_is_not_the_same_as_no_lead():
    table = continuity(builder.joined("A;B"))
    assert table.loc["lead_professionals", "value"] == 0
    assert table.loc[MEASURES[6:], "value"].isna().all()
    assert (table.loc[MEASURES[6:], "reason"] == "nobody is recorded as the lead professional").all()


def test_days_without_a_lead_are_counted_from_the_first_row_to_the_date():
    case = leads({"a": ("2024-01-05", "2024-01-10"), "b": ("2024-01-13", "2024-01-20")})
    table = continuity(case)
    # 1-4: four days; 11-12: two; 21-31: eleven
    assert table.loc["days_without_lead", "value"] == 4 + 2 + 11
    assert table.loc["longest_gap_without_lead", "value"] == 11
    assert table.loc["lead_changes", "value"] == 1
    assert table.loc["lead_professionals", "people"] == ("a", "b")
    assert "2024-01-21 to 2024-01-31" in table.loc["longest_gap_without_lead", "meaning"]
    assert continuity(case, "2024-01-12").loc["days_without_lead", "value"] == 6
    assert continuity(case, "2024-01-12").loc["lead_professionals", "value"] == 1


def test_an_open_end_lasts_until_the_date_and_an_open_start_from_the_first_row():
    value = continuity(leads({"a": ("", "2024-01-10"), "b": ("2024-01-09", "")}))["value"]
    assert value["days_without_lead"] == value["longest_gap_without_lead"] == 0
    assert value["lead_changes"] == 1


def test_a_month_counts_from_its_last_day_or_its_first_as_the_rules_say():
    case = leads({"a": ("2024-01", "")}, days=("2024-01-01", "2024-02-10"))
    assert continuity(case).loc["days_without_lead", "value"] == 30
    assert continuity(case, rules=sn.Rules(dates="earliest")).loc["days_without_lead", "value"] == 0


def test_the_same_lead_after_a_break_is_no_change():
    case = leads({"a": ("2024-01-01", "2024-01-31")})
    assert continuity(case).loc["lead_changes", "value"] == 0
    assert continuity(case).loc["lead_changes", "meaning"] == "The lead did not change."


def test_the_newly_allocated_practitioner_took_over_after_five_days():
    table = continuity(sn.load_case("reuben"))  # the previous one until April, the next from 6 May
    assert table.loc["days_without_lead", "value"] == 5
    assert table.loc["lead_changes", "people"] == ("cp0", "cp1")


@given(strategies.cases(), strategies.questions, st.booleans())
def test_it_stays_in_its_ranges_and_follows_no_order_of_rows(tables, at, observed):
    table = continuity(builder.from_tables(tables), at, observed=observed)
    indices = table.loc[["coc", "upc", "secon"], "value"].dropna()
    assert ((indices >= 0) & (indices <= 1)).all()
    assert (table["value"].isna() == (table["reason"] != "")).all()
    backwards = {**tables, "chronology": tables["chronology"][::-1]}
    pd.testing.assert_frame_equal(table, continuity(builder.from_tables(backwards), at, observed=observed))
