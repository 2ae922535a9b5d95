"""Groups of cases compared: what a researcher asks, what is refused, and what is planted is found."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import safetynet as sn
from safetynet.datasets import folder
from safetynet.measures.headline import HEADLINES
from safetynet.tidy import COLUMNS, DTYPES
from tests.study.cohorts import copied

UNCLEAN = re.compile(r"\bnan\b|\bNone\b|  | ,|\(\)|\b1 (?:cases|pairs|lines|scores|comparisons|records)\b|\bmissed\b")


def cohort(first: int = 8, second: int = 8, apart: float = 0.3, seed: int = 1) -> pd.DataFrame:
    """Made-up lines of a table of scores: two outcomes, alike in depth, of which one has the higher best_picture."""
    rng, number = np.random.default_rng(seed), first + second
    outcome = ["closed"] * first + ["death"] * second
    table = pd.DataFrame({"case": [f"case{one:03}" for one in range(number)], "outcome": outcome})
    table["rows"], table["sources"], table["months"] = 60, 5, 12.0
    table["best_picture"] = rng.random(number) * 0.4 + apart * (table["outcome"] == "closed")
    table["fragmentation"] = rng.random(number)
    return table


def only(compared: sn.GroupComparison, score: str) -> Any:
    (line,) = compared.table[compared.table["score"] == score].itertuples()
    return line


# what comes out ---------------------------------------------------------------------------------------


def test_every_number_of_a_small_table_by_hand() -> None:
    table = cohort(4, 4)
    table["best_picture"] = [0.5, 0.7, 0.6, None, 0.1, 0.2, 0.3, 0.4]
    compared = sn.compare(table, "outcome", scores="best_picture", level=0.9)
    line = only(compared, "best_picture")
    assert (line.first, line.second) == ("closed", "death")
    assert (line.n_first, line.n_second, line.undefined_first, line.undefined_second) == (3, 4, 1, 0)
    assert line.difference == pytest.approx(0.25 - 0.6)
    assert line.delta == -1
    assert line.p == line.p_least == line.p_adjusted == pytest.approx(2 / 35)  # of 35 ways to part seven values
    assert np.isnan([line.low, line.high]).all()
    assert line.reason == "an interval needs 5 cases in each group"
    groups = compared.groups.set_index("group")
    assert groups["value"].round(6).to_dict() == {"closed": 0.6, "death": 0.25}
    assert groups["median"].round(6).to_dict() == {"closed": 0.6, "death": 0.25}
    assert groups["n"].to_dict() == {"closed": 3, "death": 4}
    assert groups["undefined"].to_dict() == {"closed": 1, "death": 0}


def test_every_column_has_its_registered_type_and_an_empty_table_has_it_too() -> None:
    two = sn.compare(cohort(), "outcome")
    three = sn.compare(cohort().assign(outcome=list("aabbcc") * 2 + list("abca")), "outcome", draws=99)
    for compared in (two, three):
        for table in (compared.table, compared.groups, compared.overall):
            for name in table.columns:
                wanted = "str" if name == "group" else DTYPES[COLUMNS[name].holds]  # a group of nodes is anything
                assert str(table[name].dtype) == wanted, name
    assert two.overall.empty
    assert two.overall.dtypes.to_dict() == three.overall.dtypes.to_dict()
    assert two.records.columns.tolist() == ["case", "group", "rows", "sources", "months", "rows_a_month"]
    assert len(three.overall) == 2


def test_the_record_of_each_case_stands_beside_it_and_no_case_is_ranked() -> None:
    records = sn.compare(cohort(3, 2).sample(frac=1, random_state=3), "outcome").records
    assert records["case"].tolist() == ["case000", "case001", "case002", "case003", "case004"]
    assert records["rows"].tolist() == [60] * 5
    assert records["rows_a_month"].tolist() == [5.0] * 5


def test_all_scores_that_a_table_has_are_compared_and_the_counts_are_not() -> None:
    table = sn.read_study(folder()).scores(workers=1)
    compared = sn.compare(table, by="outcome", order=["closed with improvement", "death"], draws=99)
    assert compared.table["score"].tolist() == [one.name for one in HEADLINES]
    assert compared.table["p"].isna().all()
    assert (compared.table["p_least"] >= 2 / 15).all()  # two cases and four


def test_columns_of_ones_own_are_compared_too() -> None:
    table = cohort().assign(mine=range(16), flag=[True, False] * 8, whole=pd.array([1, None] * 8, dtype="Int64"))
    compared = sn.compare(table, "outcome", scores=["mine", "flag", "whole", "mine"], draws=99)
    assert compared.table["score"].tolist() == ["mine", "flag", "whole"]
    assert only(compared, "mine").difference == 8
    assert only(compared, "whole").undefined_first == 4


def test_tables_are_copies() -> None:
    compared = sn.compare(cohort(), "outcome", draws=99)
    for name in ("table", "groups", "records", "overall"):
        before, taken = getattr(compared, name), getattr(compared, name)
        taken.loc[:, taken.columns[0]] = "other"
        pd.testing.assert_frame_equal(getattr(compared, name), before)


def test_a_comparison_can_be_pickled_and_leaves_the_table_as_it_was() -> None:
    table = cohort()
    before = table.copy()
    compared = sn.compare(table, "outcome", draws=99)
    pd.testing.assert_frame_equal(table, before)
    again = pickle.loads(pickle.dumps(compared))
    assert again.explain() == compared.explain()
    pd.testing.assert_frame_equal(again.table, compared.table)


# the same numbers whatever the order ------------------------------------------------------------------


def test_the_order_of_lines_changes_nothing_and_the_seed_does() -> None:
    table = cohort(9, 9)
    first = sn.compare(table, "outcome", draws=199)
    again = sn.compare(table.sample(frac=1, random_state=5), "outcome", draws=199)
    pd.testing.assert_frame_equal(first.table, again.table)
    pd.testing.assert_frame_equal(first.groups, again.groups)
    other = sn.compare(table, "outcome", draws=199, seed=2)
    assert not first.table["low"].equals(other.table["low"])


def test_the_order_of_groups_changes_signs_and_nothing_else() -> None:
    table = cohort(9, 12)
    there = sn.compare(table, "outcome", draws=199).table
    back = sn.compare(table, "outcome", order=["death", "closed"], draws=199).table
    assert there["first"].tolist() == back["second"].tolist()
    for name, other in (("difference", "difference"), ("low", "high"), ("high", "low"), ("delta", "delta")):
        assert (there[name] == -back[other]).all(), name
    for name, other in (("p", "p"), ("p_adjusted", "p_adjusted"), ("n_first", "n_second"), ("p_least", "p_least")):
        assert (there[name] == back[other]).all(), name


def test_what_else_is_asked_changes_no_number_but_the_adjusted_p() -> None:
    table = cohort(9, 9)
    both, alone = (sn.compare(table, "outcome", scores=scores, draws=199) for scores in (None, "best_picture"))
    one, other = only(both, "best_picture"), only(alone, "best_picture")
    assert (one.low, one.high, one.p) == (other.low, other.high, other.p)
    assert one.p_adjusted == pytest.approx(2 * other.p_adjusted)


def test_three_groups_have_every_pair_and_all_at_once() -> None:
    table = cohort(8, 16)
    table["outcome"] = [*["low"] * 8, *["middle"] * 8, *["top"] * 8]
    table["best_picture"] = [*range(8), *range(4, 12), *range(40, 48)]
    compared = sn.compare(table, "outcome", draws=999)
    found = compared.table[compared.table["score"] == "best_picture"]
    assert found[["first", "second"]].to_numpy().tolist() == [["low", "middle"], ["low", "top"], ["middle", "top"]]
    assert found["difference"].tolist() == [4, 40, 36]
    assert found["delta"].tolist()[1:] == [1, 1]
    at_once = compared.overall.set_index("score").loc["best_picture"]
    assert at_once["p"] == pytest.approx(1 / 1000)  # of a thousand orders the one on record is the farthest apart
    assert at_once["p_adjusted"] == pytest.approx(2 / 1000)
    assert at_once["n"] == 24
    assert "Over all groups at once 1 of 2 scores differs (best_picture)." in compared.explain()
    turned = sn.compare(table, "outcome", order=["top", "low", "middle"], draws=999)
    pd.testing.assert_frame_equal(turned.overall, compared.overall)


def test_the_p_of_one_table_are_adjusted_together_by_the_way_that_is_asked_for() -> None:
    table = cohort(9, 9).assign(third=np.linspace(0, 1, 18))
    asked = {"scores": ["best_picture", "fragmentation", "third"], "draws": 999}
    holm, bh = (sn.compare(table, "outcome", adjust=how, **asked).table for how in ("holm", "bh"))
    low, middle, high = sorted(holm["p"])
    assert sorted(holm["p_adjusted"]) == pytest.approx([3 * low, max(3 * low, 2 * middle), max(2 * middle, high)])
    assert sorted(bh["p_adjusted"]) == pytest.approx([min(3 * low, 1.5 * middle, high), min(1.5 * middle, high), high])


# how deep the records are -----------------------------------------------------------------------------


def with_rows(rows: list[int], months: list[float]) -> pd.DataFrame:
    return cohort(3, 3).assign(rows=rows, months=months)


def test_three_times_as_many_rows_a_month_are_compared_and_more_are_not() -> None:
    # medians: 10 a month, and 30 a month; the records beside them do not matter
    fine = with_rows([5, 20, 900, 20, 60, 900], [1, 2, 1, 1, 2, 1])
    sn.compare(fine, "outcome", draws=99)
    over = with_rows([5, 20, 900, 20, 61, 900], [1, 2, 1, 1, 2, 1])
    with pytest.raises(sn.ArgumentError, match=r"differ 3\.0 times .*10 in the 3 records of 'closed' and 30\.5 in"):
        sn.compare(over, "outcome")
    sn.compare(over, "outcome", draws=99, rules=sn.Rules(depth_ratio=3.05))
    with pytest.raises(sn.ArgumentError, match=r"depth_ratio=1\.5"):
        sn.compare(fine, "outcome", rules=sn.Rules(depth_ratio=1.5))


def test_anyway_compares_and_goes_on_saying_so() -> None:
    over = with_rows([10] * 3 + [90] * 3, [1.0] * 6)
    with pytest.raises(sn.ArgumentError, match="anyway=True"):
        sn.compare(over, "outcome")
    said = sn.compare(over, "outcome", anyway=True, draws=99).explain()
    assert "Rows a month differ 9.0 times between the groups" in said
    assert "how much was written down" in said


@pytest.mark.parametrize("gone", ["rows", "months"])
def test_a_table_that_does_not_say_how_deep_its_records_are_is_refused(gone: str) -> None:
    table = cohort().drop(columns=[gone, "sources"])
    with pytest.raises(sn.ArgumentError, match="Nothing says how deep"):
        sn.compare(table, "outcome")
    compared = sn.compare(table, "outcome", anyway=True, draws=99)
    assert compared.records["rows_a_month"].isna().all()
    assert "nan" not in compared._repr_html_()


def test_records_without_a_row_are_as_shallow_as_can_be() -> None:
    none = with_rows([0] * 3 + [9] * 3, [1.0] * 6)
    with pytest.raises(sn.ArgumentError, match="differ without measure"):
        sn.compare(none, "outcome")


# labels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        (["10", "9", "10", "9"], ("9", "10")),
        ([2019, 2020, 2019, 2020], ("2019", "2020")),
        ([2019.0, np.nan, 2020.0, 2019.0], ("2019", "2020")),
        ([0.2, 0.8, 0.2, 0.8], ("0.2", "0.8")),
        ([True, False, True, False], ("False", "True")),
        (["b ", "a", " b", "a"], ("a", "b")),
        (["é", "Z", "é", "Z"], ("Z", "é")),
        (pd.to_datetime(["2021-03-01", "2020-12-31", "2021-03-01", None]), ("2020-12-31", "2021-03-01")),
        (pd.Categorical(["small", "large"] * 2, categories=["small", "middle", "large"]), ("small", "large")),
        (pd.Categorical([2, 10, 2, 10]), ("2", "10")),
        (pd.cut([1, 9, 2, 8], [0, 5, 10]), ("(0, 5]", "(5, 10]")),
        (["x", "", None, "y"], ("x", "y")),
        (pd.array(["x", pd.NA, "y", "y"], dtype="string"), ("x", "y")),
    ],
)
def test_labels_of_every_type_are_names_in_their_own_order(cells: Any, labels: tuple[str, ...]) -> None:
    table = cohort(2, 2).assign(part=cells)
    compared = sn.compare(table, "part", draws=99)
    assert compared.labels == labels
    assert compared.table["first"].unique().tolist() == [labels[0]]


def test_a_table_that_was_written_and_read_again_or_has_its_cases_in_the_index_gives_the_same(tmp_path: Path) -> None:
    table = sn.read_study(folder()).scores(workers=1)
    asked: dict[str, Any] = {"by": "outcome", "order": ["death", "closed with improvement"], "draws": 99}
    first = sn.compare(table, **asked)
    table.to_csv(tmp_path / "scores.csv", index=False)
    for again in (pd.read_csv(tmp_path / "scores.csv"), table.set_index("case")):
        compared = sn.compare(again, **asked)
        pd.testing.assert_frame_equal(compared.table, first.table)
        pd.testing.assert_frame_equal(compared.records, first.records)


def test_lines_without_a_label_are_counted_and_left_out() -> None:
    table = cohort(4, 4)
    table["outcome"] = ["closed", None, "", "closed", "death", "death", "death", "other"]
    said = sn.compare(table, "outcome", order=["death", "closed"], draws=99).explain()
    assert said.startswith(
        "Compared by outcome: 'death' (3 cases) and 'closed' (2 cases). "
        "Left out: 2 lines with nothing in outcome and 1 line of other groups."
    )


def test_two_spellings_of_one_label_are_refused_unless_they_are_named() -> None:
    table = cohort(4, 4).assign(outcome=["Death", "death"] * 4)
    with pytest.raises(sn.ArgumentError, match=r"'Death' and 'death', which are spelt alike"):
        sn.compare(table, "outcome")
    assert sn.compare(table, "outcome", order=["Death", "death"], draws=99).labels == ("Death", "death")


# pairs ------------------------------------------------------------------------------------------------


def moments(number: int = 8) -> pd.DataFrame:
    """The same cases before and after, all with a little more after; one of them has no after."""
    before = cohort(number, 0)
    after = before.assign(best_picture=before["best_picture"] + np.arange(1, number + 1) / 100).iloc[: number - 1]
    return pd.concat({"before": before, "after": after}, names=["moment"])


def test_the_same_cases_at_two_moments_are_compared_inside_each() -> None:
    compared = sn.compare(moments(), "moment", paired="case", scores="best_picture", draws=9999)
    line = only(compared, "best_picture")
    assert compared.labels == ("before", "after")  # as they come
    assert line.difference == pytest.approx(0.04)  # 1 to 7 hundredths
    assert line.p == pytest.approx(2 / 2**7)
    assert line.delta == 1
    assert (line.n_first, line.n_second) == (7, 7)
    assert 0.01 < line.low < 0.04 < line.high < 0.07
    assert "'before' and 'after' (7 pairs)" in repr(compared)
    assert "Left out: 1 line without the other half of the pair." in compared.explain()


def test_a_score_that_one_side_of_a_pair_lacks_is_defined_in_neither() -> None:
    table = moments().reset_index("moment").reset_index(drop=True)
    table.loc[[0, 10], "best_picture"] = np.nan  # before of the first case, after of the third
    compared = sn.compare(table, "moment", paired="case", scores="best_picture", draws=99)
    line = only(compared, "best_picture")
    assert (line.n_first, line.undefined_first, line.n_second, line.undefined_second) == (5, 2, 5, 2)
    assert line.difference == pytest.approx((2 + 4 + 5 + 6 + 7) / 500)
    means = compared.groups.set_index("group")["value"]
    assert means["after"] - means["before"] == pytest.approx(line.difference)


def test_pairs_whose_lines_come_otherwise_give_the_same() -> None:
    table = moments().reset_index("moment")
    turned = pd.concat([table[table["moment"] == "before"].iloc[::-1], table[table["moment"] == "after"]])
    first, again = (sn.compare(one, "moment", paired="case", draws=99).table for one in (table, turned))
    pd.testing.assert_frame_equal(first, again)


def test_two_dates_of_a_study_are_pairs_too(tmp_path: Path) -> None:
    study = sn.read_study(copied(tmp_path / "cohort", "max", "reuben", "worked_example"))
    both = pd.concat([study.scores(at, workers=1) for at in ("2023-01-31", "2024-12-31")])
    compared = sn.compare(both, "at", paired="case", draws=99)
    assert compared.labels == ("2023-01-31", "2024-12-31")
    line = only(compared, "best_picture")
    then, later = (both[both["at"] == at].set_index("case")["best_picture"] for at in compared.labels)
    inside = (later - then).dropna()
    assert (line.n_first, line.undefined_first) == (len(inside), 3 - len(inside))
    assert line.difference == pytest.approx(inside.mean())


# what cannot be asked ---------------------------------------------------------------------------------


def numbers_as_text() -> pd.DataFrame:
    return cohort().assign(best_picture=lambda table: table["best_picture"].astype(str))


@pytest.mark.parametrize(
    ("table", "asked", "error", "said"),
    [
        (None, {}, sn.ArgumentError, "the table is None"),
        (sn.read_study(folder()), {}, sn.ArgumentError, r"the table is a Study.*study\.scores\(\)"),
        (cohort().drop(columns="case"), {}, sn.ArgumentError, "no column 'case'"),
        (pd.concat([cohort(), cohort()], axis=1), {}, sn.ArgumentError, "several columns of one name"),
        (cohort(), {"by": "outcom"}, sn.UnknownNameError, "Did you mean 'outcome'"),
        (cohort(), {"by": 3}, sn.ArgumentError, "by is an int and no name of a column. Possible here: outcome"),
        (cohort(), {"by": cohort()["outcome"]}, sn.ArgumentError, "by is a Series and no name of a column"),
        (cohort(), {"by": "case"}, sn.ArgumentError, "single cases"),
        (cohort(), {"by": "rows"}, sn.ArgumentError, "is a number of the record"),
        (cohort(), {"by": "fragmentation"}, sn.ArgumentError, "is a number of the record.*cut"),
        (cohort().assign(Social_Worker="a"), {"by": "Social_Worker"}, sn.ArgumentError, "people against each other"),
        (cohort(8, 0), {}, sn.ArgumentError, "one group only: 8 lines with 'closed' in 'outcome'. A comparison"),
        (cohort().assign(outcome=None), {}, sn.ArgumentError, "no line says anything of 'outcome'"),
        (cohort().iloc[:0], {}, sn.ArgumentError, "no line says anything of 'outcome'"),
        (cohort().assign(outcome=range(16)), {}, sn.ArgumentError, "has 16 groups: '0', '1', '2'.*At most 8"),
        (cohort(), {"scores": ["best_pictur"]}, sn.UnknownNameError, "Did you mean 'best_picture'"),
        (cohort(), {"scores": "outcome"}, sn.ArgumentError, "'outcome' holds no numbers"),
        (numbers_as_text(), {}, sn.ArgumentError, r"'best_picture' holds no numbers.*to_numeric"),
        (cohort(), {"scores": 3}, sn.ArgumentError, "scores is an int and no list of columns"),
        (cohort(), {"scores": []}, sn.ArgumentError, "no score to compare"),
        (cohort()[["case", "outcome", "rows", "months"]], {}, sn.ArgumentError, "no score to compare"),
        (cohort(), {"order": "closed"}, sn.ArgumentError, r"Write order=\['closed', 'death'\]"),
        (cohort(), {"order": ["closed", "deth"]}, sn.UnknownNameError, "Did you mean 'death'"),
        (cohort(), {"order": ["death", "closed", "death"]}, sn.ArgumentError, "names a group twice"),
        (cohort(), {"order": ["death"]}, sn.ArgumentError, "one group only"),
        (pd.concat([cohort(), cohort()]), {}, sn.ArgumentError, r"16 cases have more than one line.*paired='case'"),
        (cohort(), {"paired": True}, sn.ArgumentError, "paired is a bool and no name of a column.*write paired='case'"),
        (cohort(), {"paired": "cas"}, sn.UnknownNameError, "Did you mean 'case'"),
        (cohort(), {"paired": "outcome"}, sn.ArgumentError, "is what the groups are made by"),
        (cohort(), {"paired": "case"}, sn.ArgumentError, "no pair has a line in 'closed' and one in 'death'"),
        (cohort().assign(pair="a"), {"paired": "pair"}, sn.ArgumentError, "'a' has 8 lines in the group 'closed'"),
        (
            cohort().assign(part=[*"abcd"] * 4),
            {"by": "part", "paired": "case"},
            sn.ArgumentError,
            "two sides.*4 groups",
        ),
        (cohort(), {"draws": 98}, sn.ArgumentError, "draws is a whole number from 99 up"),
        (cohort(), {"seed": -1}, sn.ArgumentError, "seed is"),
        (cohort(), {"level": 95}, sn.ArgumentError, "level is a share"),
        (cohort(), {"adjust": "bonferroni"}, sn.ArgumentError, "'holm', 'bh'"),
        (cohort(), {"rules": 3}, sn.ArgumentError, "not a Rules object"),
    ],
)
def test_what_cannot_be_compared_is_answered_with_what_to_do(
    table: Any, asked: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        sn.compare(table, **{"by": "outcome", **asked})


# in words ---------------------------------------------------------------------------------------------


def test_what_differs_is_said_with_how_much_and_how_sure() -> None:
    said = sn.compare(cohort(9, 9, apart=0.5), "outcome", draws=999).explain()
    found = (
        r"2 of 2 comparisons have a p, adjusted after Holm; one is at most 0\.05: best_picture on average 0\.\d+ lower "
    )
    assert re.search(
        found + r"in 'death' than in 'closed' \(95 % interval -0\.\d+ to -0\.\d+, 9 and 9 cases, p 0\.\d+\)", said
    )
    assert said.endswith("it says nothing of why, and nothing of a single case, a child or a person.")


def test_where_nothing_differs_that_is_no_proof_of_likeness() -> None:
    said = sn.compare(cohort(9, 9, apart=0.0, seed=4), "outcome", draws=999).explain()
    assert "none is at most 0.05, the lowest is" in said
    assert "That does not show that the groups are alike: the intervals say how far apart they may be." in said


def test_where_nothing_differs_and_there_is_no_interval_none_is_spoken_of() -> None:
    said = sn.compare(cohort(5, 5, apart=0.0, seed=4), "outcome", draws=999).explain()
    assert "That does not show that the groups are alike: with so few cases no difference has an" in said


def test_where_cases_are_too_few_that_is_all_that_is_said() -> None:
    compared = sn.compare(cohort(2, 3), "outcome")
    assert "No score can be tested: 2 and 3 cases cannot give a p under 0.2." in compared.explain()
    assert repr(compared) == (
        "<GroupComparison by outcome: 'closed' (2 cases) and 'death' (3 cases); 2 scores, none testable>"
    )


def test_so_many_questions_of_so_few_cases_that_none_could_be_answered_are_named() -> None:
    table = cohort(4, 4, apart=0.5).assign(third=range(8))
    said = sn.compare(table, "outcome", scores=["best_picture", "third"], draws=999).explain()
    assert "With so many comparisons of so few cases none could be under 0.057: ask for fewer" in said  # 2 times 2/70
    assert "With so many" not in sn.compare(table, "outcome", scores="fragmentation", draws=999).explain()


@pytest.mark.parametrize("sizes", [(1, 1), (1, 2), (2, 2), (4, 4), (1, 40), (9, 9)])
def test_every_sentence_is_clean_and_the_page_of_a_notebook_is_safe(sizes: tuple[int, int]) -> None:
    table = cohort(*sizes).replace({"outcome": {"death": "<b>death</b> & more"}})
    compared = sn.compare(table, "outcome", draws=99)
    assert not UNCLEAN.search(compared.explain()), compared.explain()
    assert not UNCLEAN.search(repr(compared)), repr(compared)
    page = compared._repr_html_()
    assert "<b>" not in page
    assert "nan" not in page
    assert "NaN" not in page
    for reason in compared.table["reason"]:
        assert not UNCLEAN.search(reason), reason


def test_groups_are_drawn_as_they_are() -> None:
    ax = sn.plot.compare(sn.compare(cohort(9, 9), "outcome", draws=99), ax=sn.plot.page())
    assert sn.plot.alt_text(ax).startswith("Comparison of 2 measures over 2 groups. best picture: closed 0.")


# planted ----------------------------------------------------------------------------------------------


def planted(seeds: range, **what: float) -> list[dict[str, Any]]:
    """Lines of made-up cases with something planted."""
    lines = []
    for seed in seeds:
        case = sn.synthetic(seed, people=12, contacts=80, worries=8, **what)
        depth = {"rows": len(case.chronology), "months": 12.0}
        lines.append({"case": f"{seed} {what}", "seed": seed, **case.attributes, **depth, **sn.scores(case)})
    return lines


@pytest.mark.slow
def test_much_sharing_is_told_from_little_and_what_does_not_depend_on_it_is_not() -> None:
    table = pd.DataFrame(planted(range(10), sharing=0.1) + planted(range(50, 60), sharing=0.9))
    compared = sn.compare(table.drop(columns="seed"), "sharing", draws=1999)
    assert only(compared, "unshared_pairs").high < 0
    for name in ("unshared_pairs", "missed_share", "exclusive_concerns"):
        assert only(compared, name).p_adjusted < 0.05, name
        assert only(compared, name).delta < -0.5, name
    for name in ("unowned_share", "ei_index", "fragmentation"):
        assert not only(compared, name).p_adjusted < 0.05, name


@pytest.mark.slow
def test_what_is_planted_in_otherwise_equal_cases_is_found_in_few_pairs() -> None:
    table = pd.DataFrame(planted(range(7), ownership=0.2) + planted(range(7), ownership=0.9))
    compared = sn.compare(table, "ownership", paired="seed", scores=["unowned_share", "fragmentation"])
    owned = only(compared, "unowned_share")
    assert owned.high < 0
    assert owned.p == pytest.approx(2 / 2**7)  # lower in each of seven
    assert owned.delta == -1
    assert only(compared, "fragmentation").reason.startswith("no pair has a change")
