"""The table of the ecomap: ties, and what went between the family and those round it."""

from __future__ import annotations

from safetynet.tables import ecomap
from tests.builder import case


def test_ties_and_contacts_of_one_pair_are_one_line():
    made = case(
        "M:family T@school S@council",
        "c1",
        "told T>M - phone",
        "told T>S - phone",
        "told M>T - phone",
        ties="K M kin strong\nM T care weak",
    )
    table = ecomap(made).set_index(["first", "second"])
    assert table.loc[("M", "school")][["quality", "forth", "back", "rows"]].tolist() == ["weak", 1, 1, ("e1", "e3")]
    assert table.loc[("K", "M"), "kinds"] == ("kin",)
    assert ("school", "council") not in table.index  # two agencies without a tie


def test_what_did_not_arrive_is_counted_apart():
    made = case(
        "M:family T@school", "c1", "told T>M - letter received=no", "told T>M - phone", "told M>T - letter received=no"
    )
    line = ecomap(made).iloc[0]
    assert (line["first"], line["forth"], line["back"], line["not_arrived"]) == ("school", 1, 0, 2)


def test_of_two_ties_the_one_that_asks_for_care_counts_and_an_ended_one_does_not():
    ties = "M T care strong\nM T working stressful\nM T kin broken - 2023-01-01"
    line = ecomap(case("M:family T@school", "c1", "told T>M - phone", ties=ties)).iloc[0]
    assert (line["quality"], line["kinds"], line["ended"]) == ("stressful", ("care", "working"), False)


def test_a_tie_that_has_not_begun_is_not_there_and_one_that_ended_is_marked():
    made = case("M:family T@school", "c1", ties="K M kin strong 05-01\nM T care weak 2020 2021")
    table = ecomap(made, "2024-01-01")
    assert table[["first", "second", "ended"]].values.tolist() == [["M", "school", True]]


def test_the_public_has_a_place_of_its_own():
    line = ecomap(case("G:public T@school", "c1", "told G>T c1 phone")).iloc[0]
    assert (line["first"], line["second"], line["forth"]) == ("G", "school", 1)
