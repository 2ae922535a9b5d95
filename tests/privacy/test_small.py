"""Small numbers are hidden, and nothing that is left gives one away."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import safetynet as sn

SMALL = {"dfe": (1, 5, "c"), "nhs": (1, 7, "*"), "tre10": (0, 9, "<10")}
OTHER = {"dfe": "c", "nhs": "*", "tre10": "10+"}  # the mark of what is hidden for the sake of a small number


def with_totals(body: list[list[int]]) -> pd.DataFrame:
    table = pd.DataFrame(body, columns=[f"col {n}" for n in range(len(body[0]))])
    table.index = pd.Index([f"row {n}" for n in range(len(body))])
    table["Total"] = table.sum(axis=1)
    table.loc["Total"] = table.sum()
    return table


bodies = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=4)
)


def known(preset: str, value: int, shown: str, is_total: bool) -> tuple[int, float]:
    """What a reader takes a cell to be at the least and at the most, from the published words of each convention."""
    low, high, mark = SMALL[preset]
    if shown in (mark, OTHER[preset]):
        return (low, high) if low <= value <= high else (10 if preset == "tre10" else 0, np.inf)
    if preset == "nhs" and value:
        return max(8, int(shown) - 2), int(shown) + 2
    return (value, value) if preset != "dfe" or is_total else (int(shown), int(shown))


def reach(bounds: dict[tuple[int, int], tuple[int, float]], rows: int, columns: int, cell: tuple[int, int]) -> float:
    """Between how many numbers a cell can lie: the last row and column are sums of the others."""
    names = list(itertools.product(range(rows), range(columns)))
    sums = []
    for row in range(rows):
        sums.append({(row, c): 1.0 for c in range(columns - 1)} | {(row, columns - 1): -1.0})
    for column in range(columns):
        sums.append({(r, column): 1.0 for r in range(rows - 1)} | {(rows - 1, column): -1.0})
    matrix = [[one.get(name, 0.0) for name in names] for one in sums]
    aim = [float(name == cell) for name in names]
    limits = [(bounds[name][0], None if np.isinf(bounds[name][1]) else bounds[name][1]) for name in names]
    least = linprog(aim, A_eq=matrix, b_eq=[0] * len(sums), bounds=limits)
    most = linprog([-one for one in aim], A_eq=matrix, b_eq=[0] * len(sums), bounds=limits)
    assert least.status == 0
    return np.inf if most.status == 3 else -most.fun - least.fun


@settings(max_examples=60)
@given(bodies, st.sampled_from(sorted(SMALL)))
def test_no_hidden_number_can_be_computed_from_what_is_left_and_the_totals(body: list[list[int]], preset: str) -> None:
    table = with_totals(body)
    shown = sn.suppress_small(table, preset=preset)  # type: ignore[arg-type]
    low, high, mark = SMALL[preset]
    rows, columns = table.shape
    bounds = {
        (r, c): known(preset, int(table.iloc[r, c]), str(shown.iloc[r, c]), r == rows - 1 or c == columns - 1)
        for r in range(rows)
        for c in range(columns)
    }
    all_hidden = bool(shown.isin([mark, OTHER[preset]]).all(axis=None))
    for r, c in bounds:
        hidden = shown.iloc[r, c] in (mark, OTHER[preset])
        assert hidden or not low <= table.iloc[r, c] <= high
        if hidden and not all_hidden:
            assert reach(bounds, rows, columns, (r, c)) > 0.5, (r, c)
        if hidden and all_hidden:  # then a mark may stand for any number
            free = dict.fromkeys(bounds, (0, np.inf))
            assert reach(free, rows, columns, (r, c)) > 0.5


def test_the_only_small_number_of_a_row_with_a_total_takes_the_next_smallest_with_it() -> None:
    counts = pd.Series([3, 20, 40, 63], index=["a", "b", "c", "Total"], name="children")
    assert sn.suppress_small(counts).tolist() == ["c", "c", "40", "60"]
    assert sn.suppress_small(counts).name == "children"


def test_without_a_total_only_small_numbers_are_hidden() -> None:
    assert sn.suppress_small(pd.Series([0, 1, 5, 6, 40], index=list("abcde"))).tolist() == ["0", "c", "c", "6", "40"]
    assert sn.suppress_small(pd.Series([0, 1, 7, 8, 42], index=list("abcde")), "nhs").tolist() == [
        *("0", "*", "*", "10", "40"),
    ]
    assert sn.suppress_small(pd.Series([0, 9, 10, 42], index=list("abcd")), "tre10").tolist() == [
        *("<10", "<10", "10", "42"),
    ]


def test_rounding_that_would_leave_one_number_only_hides_another() -> None:
    # 12, 12, 12 are shown as 10, so 36 at the most; 43 is shown as 45, so 43 at the least: what is hidden would be 7
    counts = pd.Series([12, 12, 12, 7, 43], index=[*"abcd", "Total"])
    assert sn.suppress_small(counts, "nhs").tolist() == ["*", "10", "10", "*", "45"]


def test_two_fives_with_a_total_of_ten_take_the_total_with_them() -> None:
    assert sn.suppress_small(pd.Series([5, 5, 10], index=["a", "b", "Total"])).tolist() == ["c", "c", "c"]


def test_labels_in_columns_are_labels_and_other_columns_stay() -> None:
    table = pd.DataFrame(
        {
            "area": ["north", "north", "north", "south", "south", "south", "Total", "Total", "Total"],
            "sex": ["f", "m", "Total"] * 3,
            "children": [2, 30, 32, 40, 50, 90, 42, 80, 122],
        }
    )
    shown = sn.suppress_small(table)
    assert shown[["area", "sex"]].equals(table[["area", "sex"]])
    # 2 needs another in its row (30) and in its column (40), and these need the fourth
    assert shown["children"].tolist() == ["c", "c", "30", "c", "c", "90", "40", "80", "120"]


def test_a_missing_count_stays_empty() -> None:
    assert sn.suppress_small(pd.Series([None, 2.0, 8.0], index=list("abc"))).tolist() == ["", "c", "8"]


def test_a_crosstab_of_pandas_with_margins_and_nullable_numbers_is_taken() -> None:
    children = pd.DataFrame({"area": ["n"] * 3 + ["s"] * 30, "known": ["yes", "no", "no"] + ["yes", "no"] * 15})
    table = pd.crosstab(children["area"], children["known"], margins=True)
    # n: no 2, yes 1, of 3; s: 15, 15, of 30: one of the two 15 and the total would give the other away
    shown = sn.suppress_small(table.astype("Int64"))
    assert shown.loc["n"].tolist() == ["c", "c", "c"]
    assert shown.equals(sn.suppress_small(table))
    assert sn.suppress_small(pd.Series([1, None, 9], dtype="Int64", index=list("abc"))).tolist() == ["c", "", "9"]


def test_the_margin_of_a_table_with_several_levels_is_the_sum_of_them_all() -> None:
    found = {("n", "f"): (10, 8, 18), ("n", "m"): (11, 2, 13), ("s", "f"): (30, 9, 39), ("All", ""): (51, 19, 70)}
    table = pd.DataFrame.from_dict(found, orient="index", columns=["no", "yes", "All"])
    table.index = pd.MultiIndex.from_tuples(table.index)
    # the 2 would be given away by its row (11 stands with it) and by its column (8), and the 11 by its own (10)
    assert sn.suppress_small(table).to_numpy().tolist() == [
        ["c", "c", "20"],
        ["c", "c", "10"],
        ["30", "9", "40"],
        ["50", "20", "70"],
    ]
    table.loc[("All", ""), "yes"] = 20
    with pytest.raises(sn.ArgumentError, match="not the sum"):
        sn.suppress_small(table)


def test_a_table_of_nothing_stays_one() -> None:
    assert sn.suppress_small(pd.DataFrame({"n": pd.Series([], dtype="int64")})).empty


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.Series([1, 2, 4], index=["a", "b", "Total"]), "not the sum"),
        (pd.Series([0.5, 2.0]), "no counts"),
        (pd.Series([-1, 2]), "no counts"),
        (pd.DataFrame([[1, 2]], columns=["n", "n"]), "one name"),
        ("a table", "DataFrame"),
    ],
)
def test_what_cannot_be_promised_is_refused(table: object, said: str) -> None:
    with pytest.raises(sn.ArgumentError, match=said):
        sn.suppress_small(table)  # type: ignore[arg-type]


def test_an_unknown_preset_or_column_is_answered() -> None:
    with pytest.raises(sn.ArgumentError, match="tre10"):
        sn.suppress_small(pd.Series([1]), "ons")  # type: ignore[arg-type]
    with pytest.raises(sn.UnknownNameError, match="children"):
        sn.suppress_small(pd.DataFrame({"children": [1]}), columns=["childs"])


def test_no_mark_says_of_a_large_number_that_it_is_small() -> None:
    table = pd.DataFrame({"girls": [3, 20, 23], "boys": [12, 30, 42]}, index=["north", "south", "Total"])
    shown = sn.suppress_small(table, "tre10")
    assert shown["girls"].tolist() == ["<10", "10+", "23"]
    # 0 and 10 are all that fits a number under 10 and one from 10 up with the total 10: so the total goes too
    assert sn.suppress_small(pd.Series([0, 10, 10], index=["a", "b", "Total"]), "tre10").tolist() == [
        *("<10", "10+", "10+"),
    ]


def test_counts_that_pandas_keeps_as_objects_are_hidden_as_well() -> None:
    table = pd.DataFrame({"area": ["north", "south"], "children": pd.Series([3, 20], dtype=object)})
    assert sn.suppress_small(table)["children"].tolist() == ["c", "20"]
    mixed = pd.DataFrame({"children": pd.Series([3, "many"], dtype=object)})
    with pytest.raises(sn.ArgumentError, match="'children' row 2"):
        sn.suppress_small(mixed)


@pytest.mark.parametrize("counts", [["3", "20"], ["a", "b"], [True, False]])
def test_a_table_without_numbers_is_not_given_back_as_if_it_could_be_published(counts: list[object]) -> None:
    with pytest.raises(sn.ArgumentError, match="no column of the table holds numbers: 'children'"):
        sn.suppress_small(pd.DataFrame({"children": counts}))


def test_a_column_of_whole_numbers_as_texts_is_asked_about_rather_than_shown() -> None:
    table = pd.DataFrame({"severity": ["1", "2"], "children": [3, 20]})
    with pytest.raises(sn.ArgumentError, match="texts: 'severity'"):
        sn.suppress_small(table)
    shown = sn.suppress_small(table, columns=["children"])
    assert shown["severity"].tolist() == ["1", "2"]
    assert shown["children"].tolist() == ["c", "20"]
