"""Who holds the worries that were not shared."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import unshared_worries
from tests.measures import made
from tests.measures.made import saw, told


def test_each_kind_by_hand():
    rows = [
        saw("T", "c1"),  # one person
        saw("S", "c2"), {"kind": "closed", "who": "S"}, {"kind": "opened", "who": "T"},  # left
        saw("M", "c3"),  # family
        told("M", "council", concerns="c4", channel="letter"),  # file and family
        saw("T;P", "c5"),  # shared
    ]  # fmt: skip
    table = unshared_worries(made.case("M:family T@school S@council P@police", rows, "c1 c2 c3 c4 c5"))
    assert table[["concern", "holder", "kind"]].values.tolist() == [
        ["c1", "T", "one person"],
        ["c2", "S", "left with its holders"],
        ["c3", "M", "family only"],
        ["c4", "M", "file and family only"],
        ["c4", "council", "file and family only"],
    ]


def test_it_lists_the_worries_of_exclusive_concerns():
    from safetynet.measures.exclusive import exclusive_concerns

    for name in sn.list_cases()["name"]:
        case = sn.load_case(name)
        assert set(unshared_worries(case)["concern"]) == set(exclusive_concerns(case)["concern"])


def test_a_month_has_its_first_and_its_last_day():
    case = made.case("T@school", [{**saw("T"), "date": "2024-02"}])
    line = unshared_worries(case).iloc[0]
    assert (str(line["earliest"].date()), str(line["since"].date())) == ("2024-02-01", "2024-02-29")
