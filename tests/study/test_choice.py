"""The model of contacts: against statsmodels and by hand, and what it says where there is nothing to estimate."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.conditional_models import ConditionalLogit

import safetynet as sn
from safetynet.study.conditional import OneOfSeveral
from safetynet.study.turning import TERMS

PACKAGED = list(sn.list_cases()["name"])
Drawn = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


def drawn(seed: int, strata: int = 60, cases: int = 6, beta: tuple[float, ...] = (0.8, -0.5)) -> Drawn:
    """Choices with known coefficients: values, chosen, strata and cases of each line."""
    dice = np.random.default_rng(seed)
    sizes = dice.integers(2, 7, strata)
    number = np.repeat(np.arange(strata), sizes)
    values = dice.normal(size=(len(number), len(beta)))
    luck = values @ np.array(beta) + dice.gumbel(size=len(number))  # the largest is chosen with the share of the model
    chosen = np.zeros(len(number), bool)
    for stratum in range(strata):
        lines = np.flatnonzero(number == stratum)
        chosen[lines[luck[lines].argmax()]] = True
    return values, chosen, number, number * cases // strata


def table(seed: int = 1, **more: Any) -> pd.DataFrame:
    """Such choices as a table."""
    values, chosen, strata, cases = drawn(seed, **more)
    columns = {name: values[:, place] for place, name in enumerate("xyz"[: values.shape[1]])}
    return pd.DataFrame({"case": [f"case {one}" for one in cases], "event": strata, "chosen": chosen, **columns})


def of(result: pd.DataFrame, term: str) -> Any:
    return result.set_index("term").loc[term]


def test_likelihood_and_derivatives_are_those_of_statsmodels() -> None:
    values, chosen, strata, _ = drawn(1)
    ours, theirs = OneOfSeveral(chosen, values, strata), ConditionalLogit(chosen.astype(float), values, groups=strata)
    for params in (np.zeros(2), np.array([0.7, -1.3]), np.array([3.0, 2.0])):
        assert ours.loglike(params) == pytest.approx(theirs.loglike(params))
        assert ours.score(params) == pytest.approx(theirs.score(params))
        assert ours.hessian(params) == pytest.approx(
            theirs.hessian(params), rel=1e-4, abs=1e-4
        )  # theirs: by differences


def test_the_estimate_is_that_of_statsmodels() -> None:
    events = table()
    result = sn.contact_choice(events, terms=["x", "y"])
    theirs = ConditionalLogit(events["chosen"].astype(float), events[["x", "y"]], groups=events["event"]).fit(gtol=1e-9)
    assert result["coefficient"].to_numpy() == pytest.approx(theirs.params.to_numpy(), abs=1e-4)
    assert result["odds_ratio"].to_numpy() == pytest.approx(np.exp(theirs.params.to_numpy()), abs=1e-3)


@pytest.mark.slow
def test_the_error_over_cases_is_close_to_leaving_each_case_out_and_fitting_anew() -> None:
    events = table(seed=3, strata=400, cases=20)
    result = sn.contact_choice(events, terms=["x", "y"])
    without = [
        sn.contact_choice(events[events["case"] != case], terms=["x", "y"])["coefficient"].to_numpy()
        for case in events["case"].unique()
    ]
    spread = ((np.array(without) - result["coefficient"].to_numpy()) ** 2).sum(axis=0)
    assert result["error"].to_numpy() == pytest.approx(np.sqrt(spread * 19 / 20), rel=0.02)


def test_with_one_case_the_error_is_that_of_the_likelihood() -> None:
    events = table(cases=1)
    theirs = ConditionalLogit(events["chosen"].astype(float), events[["x", "y"]], groups=events["event"]).fit(gtol=1e-9)
    result = sn.contact_choice(events, terms=["x", "y"])
    assert result["error"].to_numpy() == pytest.approx(theirs.bse.to_numpy(), rel=1e-3)
    assert "too narrow" in result.explain()


def test_by_hand_a_share_of_three_quarters_is_an_odds_ratio_of_three() -> None:
    """In each of four contacts one of two is of the same agency, and three times it is that one who was chosen."""
    lines = [
        (f"case {case}", event, chosen, chosen == (event < 3))
        for case in (1, 2)
        for event in range(4)
        for chosen in (1, 0)
    ]
    events = pd.DataFrame(lines, columns=["case", "event", "chosen", "same"]).astype({"chosen": bool, "same": bool})
    line = of(sn.contact_choice(events, terms=["same"]), "same")
    assert line["odds_ratio"] == pytest.approx(3)
    assert line["coefficient"] == pytest.approx(np.log(3))
    assert (line["events"], line["cases"], line["events_varied"], line["unit"]) == (8, 2, 8, "yes")
    assert line["error"] == pytest.approx(0, abs=1e-9)  # both cases are alike


def test_counts_and_days_enter_by_their_logarithm_and_no_contact_as_nothing() -> None:
    events = table()
    dice = np.random.default_rng(5)
    events["inertia"] = pd.array(dice.integers(0, 5, len(events)), dtype="Int64")
    events["days_since_contact"] = pd.array(dice.integers(1, 50, len(events)), dtype="Int64")
    events.loc[::4, "days_since_contact"] = pd.NA
    events["a"] = np.log1p(events["inertia"].astype(float))
    events["b"] = np.log1p(events["days_since_contact"].astype("Float64").fillna(0).astype(float))
    logged = sn.contact_choice(events, terms=["inertia", "days_since_contact"])
    plain = sn.contact_choice(events, terms=["a", "b"])
    assert logged["coefficient"].to_numpy() == pytest.approx(plain["coefficient"].to_numpy())
    assert logged["unit"].tolist() == ["log(1 + n)", "log(1 + n)"]


def test_neither_the_order_of_lines_nor_the_names_of_cases_and_contacts_nor_a_scale_matter() -> None:
    events = table()
    result = sn.contact_choice(events, terms=["x", "y"])
    mixed = events.sample(frac=1, random_state=3).assign(
        case=lambda one: "a" + one["case"], y=lambda one: one["y"] * 1000
    )
    again = sn.contact_choice(mixed.assign(event=mixed["event"] * 7), terms=["x", "y"])
    assert again["coefficient"].to_numpy() * [1, 1000] == pytest.approx(result["coefficient"].to_numpy())
    assert again["error"].to_numpy() * [1, 1000] == pytest.approx(result["error"].to_numpy())


def test_a_contact_without_an_alternative_changes_nothing() -> None:
    events = table()
    alone = pd.DataFrame({"case": ["case 0"], "event": [1000], "chosen": [True], "x": [9.0], "y": [-9.0]})
    pd.testing.assert_frame_equal(
        sn.contact_choice(pd.concat([events, alone]), terms=["x", "y"]), sn.contact_choice(events, terms=["x", "y"])
    )


# where there is nothing to estimate --------------------------------------------------------------------


def test_a_term_that_is_alike_for_all_has_no_estimate_and_the_others_are_as_without_it() -> None:
    events = table().assign(same=True, of_case=lambda one: one["case"].str[-1].astype(float))
    result = sn.contact_choice(events, terms=["same", "x", "of_case", "y"])
    for name in ("same", "of_case"):
        assert np.isnan(of(result, name)["coefficient"])
        assert of(result, name)["reason"].startswith("alike for all")
        assert of(result, name)["events_varied"] == 0
    without = sn.contact_choice(events, terms=["x", "y"])
    assert [of(result, name)["coefficient"] for name in "xy"] == pytest.approx(without["coefficient"].tolist())


def test_a_term_that_follows_from_others_has_no_estimate() -> None:
    events = table().assign(sum=lambda one: 2 * one["x"] - one["y"] + one["event"])
    result = sn.contact_choice(events, terms=["x", "y", "sum"])
    assert of(result, "sum")["reason"] == "follows from the terms before it"
    assert of(result, "x")["reason"] == ""


def test_where_a_term_always_decides_there_is_no_finite_estimate() -> None:
    events = table()
    events["sure"] = events["chosen"] & (events["event"] % 5 == 0)  # in every fifth contact only whoever was chosen
    result = sn.contact_choice(events, terms=["x", "y", "sure"])
    sure = of(result, "sure")
    assert (sure["coefficient"], sure["odds_ratio"]) == (np.inf, np.inf)
    assert np.isnan(sure["low"])
    assert sure["reason"].startswith("no finite estimate")
    # the others are what they are where it does not decide
    rest = sn.contact_choice(events[events["event"] % 5 != 0], terms=["x", "y"])
    assert [of(result, name)["coefficient"] for name in "xy"] == pytest.approx(rest["coefficient"].tolist(), abs=1e-6)
    assert "No band for sure (no finite estimate" in result.explain()


def test_that_nobody_of_a_sort_was_ever_chosen_is_no_finite_estimate_either() -> None:
    events = table()
    events["shunned"] = ~events["chosen"] & (events["event"] % 4 == 0)
    shunned = of(sn.contact_choice(events, terms=["x", "shunned"]), "shunned")
    assert (shunned["coefficient"], shunned["odds_ratio"]) == (-np.inf, 0)


def test_two_terms_may_decide_together_and_neither_alone() -> None:
    events = table()
    dice = np.random.default_rng(2)
    events["one"], events["other"] = dice.normal(size=(2, len(events)))
    both = events["one"] + events["other"]
    events["chosen"] = both == both.groupby(events["event"]).transform("max")  # whoever has most of the two together
    result = sn.contact_choice(events, terms=["x", "one", "other"])
    assert of(result, "one")["coefficient"] == of(result, "other")["coefficient"] == np.inf
    assert of(result, "x")["reason"].startswith("nothing is left for it to tell")
    for alone in ("one", "other"):
        assert np.isfinite(of(sn.contact_choice(events, terms=["x", alone]), alone)["coefficient"])


def endless(events: pd.DataFrame) -> bool:
    """Whether two terms rise without end, by trying every edge of the directions in which nobody chosen is behind."""
    ahead = [
        one - other
        for _, lines in events.groupby("event")
        for one in lines.loc[lines["chosen"], ["one", "other"]].to_numpy()
        for other in lines.loc[~lines["chosen"], ["one", "other"]].to_numpy()
    ]
    tried = [way * np.array(edge) for x, y in ahead for edge in ((x, y), (y, -x)) for way in (1, -1)]
    return any(min(one @ edge for one in ahead) >= 0 and max(one @ edge for one in ahead) > 0 for edge in tried)


@pytest.mark.parametrize("seed", range(60))
def test_no_finite_estimate_is_said_where_there_is_none_and_nowhere_else(seed: int) -> None:
    dice = np.random.default_rng(seed)
    sizes = dice.integers(1, 4, dice.integers(1, 9))
    events = pd.DataFrame({"event": np.repeat(np.arange(len(sizes)), sizes)})
    events["case"] = [f"case {one % 2}" for one in events["event"]]
    events["chosen"] = ~events["event"].duplicated()
    events[["one", "other"]] = dice.integers(0, 4, (len(events), 2)).astype(float)
    result = sn.contact_choice(events, terms=["one", "other"])
    assert np.isinf(result["coefficient"]).any() == endless(events)
    assert (result["coefficient"].notna() | (result["reason"] != "")).all()
    if np.isfinite(result["coefficient"]).all():  # then the likelihood is level there
        values, groups = events[["one", "other"]].to_numpy(), events["event"].to_numpy()
        weight = np.exp(values @ result["coefficient"].to_numpy())
        share = weight / np.bincount(groups, weights=weight)[groups]
        assert ((events["chosen"].to_numpy() - share) @ values).tolist() == pytest.approx([0, 0], abs=1e-5)


def test_a_term_on_which_only_one_case_bears_has_no_band() -> None:
    events = table()
    events["rare"] = np.where(events["case"] == "case 2", events["y"], 0.0)
    result = sn.contact_choice(events, terms=["x", "rare"])
    rare = of(result, "rare")
    assert np.isfinite(rare["coefficient"])
    assert np.isnan(rare["error"])
    assert rare["reason"] == "only one case bears on it: no band"
    assert np.isfinite(of(result, "x")["error"])


def test_without_a_contact_nothing_is_said_and_nothing_breaks() -> None:
    result = sn.contact_choice(sn.contact_events([]))
    assert result["term"].tolist() == list(TERMS)
    assert result["events"].tolist() == [0] * len(TERMS)
    assert result.explain().startswith("No contact on record is a choice")
    full = sn.contact_choice(table(), terms=["x"])
    assert result.dtypes.tolist() == full.dtypes.tolist()


# what is refused --------------------------------------------------------------------------------------


def test_what_is_no_such_table_is_refused() -> None:
    events = table()
    with pytest.raises(sn.ArgumentError, match="not a Case"):
        sn.contact_choice(sn.load_case("max"))  # type: ignore[arg-type]
    with pytest.raises(sn.ArgumentError, match="no column 'event'"):
        sn.contact_choice(events.drop(columns="event"))
    with pytest.raises(sn.ArgumentError, match=r"'inertja'.*inertia"):
        sn.contact_choice(sn.contact_events(sn.load_case("max")), terms=["inertja"])
    with pytest.raises(sn.ArgumentError, match="no term of the table"):
        sn.contact_choice(sn.contact_events(sn.load_case("max")), terms=["sender"])
    with pytest.raises(sn.ArgumentError, match=r"terms=\['x'\]"):
        sn.contact_choice(events, terms="x")
    with pytest.raises(sn.ArgumentError, match="No term is asked about"):
        sn.contact_choice(events)
    with pytest.raises(sn.ArgumentError, match="'x' has cells that are no numbers"):
        sn.contact_choice(events.assign(x=None), terms=["x"])
    with pytest.raises(sn.ArgumentError, match="has not just one line that is chosen"):
        sn.contact_choice(events[~(events["chosen"] & (events["event"] == 3))], terms=["x"])


def test_without_statsmodels_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    with pytest.raises(sn.MissingExtraError, match="study"):
        sn.contact_choice(table(), terms=["x"])


# what it says ------------------------------------------------------------------------------------------


def test_the_sentences_name_nobody_and_say_which_way_it_goes() -> None:
    events = sn.contact_events([sn.load_case(name) for name in PACKAGED])
    result = sn.contact_choice(events)
    said = result.explain()
    assert said.startswith("68 contacts in 8 cases are read as a choice.")
    assert said.index("who has no record of what the sender holds") < said.index("who is lead professional")
    assert said.endswith("With 8 cases the bands are rough.")
    words = set(said.replace(",", " ").replace(".", " ").split())
    assert not words & ({*events["sender"], *events["receiver"]} - {"it", "a"})
    assert not set(result.columns) & {"sender", "receiver", "people", "agencies"}


def test_part_of_the_result_still_explains_itself() -> None:
    result = sn.contact_choice(table(), terms=["x", "y"])
    assert "more of x" in result[result["term"] == "x"].explain()
    assert "more of y" not in result[result["term"] == "x"].explain()


@pytest.mark.parametrize("name", PACKAGED)
def test_every_packaged_case_has_a_table_and_a_model(name: str) -> None:
    result = sn.contact_choice(sn.contact_events(sn.load_case(name)))
    assert result["term"].tolist() == list(TERMS)
    estimated = result["coefficient"].notna()
    assert (estimated | (result["reason"] != "") | (result["events"] == 0)).all()
    assert result.explain()
