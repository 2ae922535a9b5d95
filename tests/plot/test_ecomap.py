"""The ecomap: what it draws."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.patches import PathPatch

import safetynet as sn
from tests.builder import case
from tests.plot.drawing import marks, said


def tied(*ties, rows=("told T>M c1 phone",)):
    return case("M:family G:support T@school", "c1", *rows, ties="\n".join(ties))


def test_each_quality_is_drawn_in_its_own_way():
    made = tied("K M kin strong", "K G kin weak", "M G kin stressful", "M T care broken")
    ax = sn.plot.ecomap(made, ax=sn.plot.page())
    lines = [patch for patch in ax.patches if isinstance(patch, PathPatch) and patch.get_edgecolor()[:3] != (1, 1, 1)]
    assert max(patch.get_linewidth() for patch in lines) > 4  # strong
    assert any(patch.get_linestyle() not in ("-", "solid") for patch in lines)  # weak
    turns = [np.abs(np.diff(np.sign(np.diff(patch.get_path().vertices[:, 1])))).sum() for patch in lines]
    assert max(turns) > 20  # stressful: teeth
    for word in ("strong", "weak (tenuous)", "stressful", "broken", "direction of information"):
        assert word in said(ax)


@pytest.mark.slow
def test_the_key_of_the_ecomap_is_there_unless_it_is_not_wanted():
    real = sn.load_case("victoria_climbie")
    assert "quality not on record" in said(sn.plot.ecomap(real, ax=sn.plot.page()))
    assert "quality not on record" not in said(sn.plot.ecomap(real, legend=False, ax=sn.plot.page()))


def test_the_key_of_the_ecomap_has_only_what_is_drawn_and_all_that_is():
    words = said(sn.plot.ecomap(tied("K M kin strong", "M G kin weak", rows=()), ax=sn.plot.page()))
    for word in ("strong", "weak (tenuous)", "family", "family's own support"):
        assert word in words.splitlines()
    for word in ("stressful", "broken", "quality not on record", "direction of information", "public"):
        assert word not in words


def test_what_did_not_arrive_is_no_tie():
    made = tied("K M household strong", rows=("told T>M - letter received=no",))
    ax = sn.plot.ecomap(made, ax=sn.plot.page())
    assert len(marks(ax, "x")) == 2  # on its line and in the key
    assert "1 line of messages that did not arrive" in sn.plot.alt_text(ax)
    assert not [patch for patch in ax.patches if patch.get_label() == "_rows:e1"]
    arrived = sn.plot.ecomap(tied("K M household strong"), ax=sn.plot.page())
    assert marks(arrived, "x") == []


def test_what_did_not_arrive_is_drawn_beside_a_tie_and_beside_what_did():
    rows = ("told T>M c1 phone", "told T>M - letter received=no", "told M>T - letter received=no")
    ax = sn.plot.ecomap(tied("T M care weak", rows=rows), ax=sn.plot.page())
    assert {patch.get_label() for patch in ax.patches if patch.get_label().startswith("_rows:")} == {"_rows:e1"}
    broken = [line.get_label() for line in ax.lines if line.get_label().startswith("_rows:")]
    assert sorted(broken) == ["_rows:e2", "_rows:e3"]
    assert len(marks(ax, "x")) == 3  # one on each and one in the key
    assert "3 lines; in the circle" in said(ax)
    assert "2 lines of messages that did not arrive" in sn.plot.alt_text(ax)


def test_agencies_at_the_sides_of_an_ecomap_are_not_cut_to_the_same_name():
    houses = " ".join(
        f"h{n}:health name='Community paediatric and nursing services of the north, team {n}'" for n in range(26)
    )
    staff = " ".join(f"P{n}@h{n}" for n in range(26))
    rows = [f"told P{n}>M - phone" for n in range(26)]
    ax = sn.plot.ecomap(case(f"M:family {staff}", "c1", *rows, agencies=houses), ax=sn.plot.page("a4"))
    shown = [text.get_text() for text in ax.texts if text.get_text().startswith("Community")]
    assert len(shown) == len(set(shown)) == 26


def test_the_household_is_in_the_circle_and_nobody_else():
    made = tied("K M household strong", "M G household weak")
    assert "In the household: K, M and G." in sn.plot.alt_text(sn.plot.ecomap(made, ax=sn.plot.page()))
    assert "In the household: K." in sn.plot.alt_text(sn.plot.ecomap(tied("K M kin strong"), ax=sn.plot.page()))


def test_genogram_symbols_are_drawn_for_those_who_are_named():
    made = tied("K M household strong")
    ax = sn.plot.ecomap(made, genogram={"K": "male", "M": "female"}, ax=sn.plot.page())
    assert marks(ax, "s", 15)
    assert marks(ax, "o", 15)
    with pytest.raises(sn.UnknownNameError, match="'X'"):
        sn.plot.ecomap(made, genogram={"X": "male"})
    with pytest.raises(sn.ArgumentError, match="'male', 'female', 'unknown'"):
        sn.plot.ecomap(made, genogram={"K": "boy"})


def test_ties_that_ended_are_counted_not_drawn():
    words = said(sn.plot.ecomap(sn.load_case("max"), ax=sn.plot.page())).replace("\n", " ")
    assert "2 ties that had ended not drawn" in words  # the facilitator's and the counsellor's
