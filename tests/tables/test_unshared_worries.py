"""Who holds the worries that were not shared."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import unshared_worries
from tests.builder import case


def test_each_kind_by_hand():
    made = case(
        "M:family T@school S@council P@police",
        "c1 c2 c3 c4 c5",
        "observed T c1",  # one person
        "observed S c2",
        "closed S",
        "opened T",  # S has left
        "observed M c3",  # family
        "told M>council c4 letter",  # file and family
        "observed T;P c5",  # shared
    )
    assert unshared_worries(made)[["concern", "holder", "kind"]].values.tolist() == [
        ["c1", "T", "one person"],
        ["c2", "S", "left with its holders"],
        ["c3", "M", "family only"],
        ["c4", "M", "file and family only"],
        ["c4", "council", "file and family only"],
    ]


def test_it_lists_the_worries_of_exclusive_concerns():
    for name in sn.list_cases()["name"]:
        real = sn.load_case(name)
        assert set(unshared_worries(real)["concern"]) == set(sn.exclusive_concerns(real)["concern"])


def test_a_month_has_its_first_and_its_last_day():
    line = unshared_worries(case("T@school", "c1", "2024-02 observed T c1")).iloc[0]
    assert (str(line["earliest"].date()), str(line["since"].date())) == ("2024-02-01", "2024-02-29")
