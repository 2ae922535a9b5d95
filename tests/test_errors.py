"""Errors: what is wrong, where, the value, the nearest, what to do."""

from __future__ import annotations

import pickle

import pytest

import safetynet as sn
from safetynet.errors import Problem, did_you_mean, extra, nearest


def test_every_error_is_ours_and_a_builtin():
    builtins = dict.fromkeys((sn.CaseError, sn.ArgumentError, sn.DateError), ValueError)
    builtins |= {sn.UnknownNameError: KeyError, sn.MissingExtraError: ImportError}
    builtins[sn.FileInTheWayError] = FileExistsError
    for error, builtin in builtins.items():
        assert issubclass(error, sn.SafetynetError)
        assert issubclass(error, builtin)


def test_a_key_error_is_told_without_quotes_round_it():
    assert str(sn.UnknownNameError("the id 'x' is not known.")) == "the id 'x' is not known."


def test_nearest_forgives_case_and_slips():
    assert nearest("Told", ["told", "asked"]) == ["told"]
    assert nearest("obsreved", ["observed", "agreed"]) == ["observed"]
    assert nearest("zzz", ["observed"]) == []
    assert did_you_mean("zzz", ["yes", "no"]) == "Possible here: yes, no."


def test_a_case_error_lists_the_first_ten_and_keeps_all():
    faults = [Problem("people", str(n), "id", "", f"problem {n}.", "") for n in range(2, 15)]
    error = pickle.loads(pickle.dumps(sn.CaseError(faults, "lewis.xlsx")))
    assert len(error.problems) == 13
    assert str(error).startswith("lewis.xlsx has 13 problems; nothing was read.")
    assert "problem 11." in str(error)
    assert "problem 12." not in str(error)
    assert "and 3 more" in str(error)


def test_a_missing_extra_is_named_with_the_command_that_brings_it():
    with pytest.raises(sn.MissingExtraError, match=r"safetynet-networks\[study\]"):
        extra("no_such_module_at_all", "study", "Parquet")


WORKED = sn.load_case("worked_example")


@pytest.mark.parametrize(
    ("slip", "answer"),
    [
        (lambda: sn.scores(WORKED.chronology), "Case(people, concerns, chronology)"),
        (lambda: sn.scores([WORKED, WORKED]), "one case at a time"),
        (lambda: sn.scores("2024-01-31", WORKED), "The case comes first, then the date: at='2024-01-31'."),
        (lambda: sn.scores("worked_example"), "Write load_case('worked_example')"),
        (lambda: sn.scores(None), "a case is needed, not None."),
        (lambda: sn.scores(WORKED.graph()), "Only measures of the network take a graph."),
        (lambda: sn.findings(sn.knowledge(WORKED)), "Its case is .case."),
        (lambda: sn.scores(WORKED, at=["2024-01-20", "2024-01-31"]), "at is a list, and one date is asked for."),
        (lambda: sn.scores(WORKED, WORKED), "at is a Case, and one date is asked for."),
        (lambda: sn.load_case("Daniel Pelka"), "Write its name: 'pelka'."),
        (lambda: sn.read_case("pelka"), "If it is a packaged case, write load_case('pelka')."),
        (lambda: sn.knowledge(WORKED).explain("c1", "T"), "The person or agency comes first, then the concern."),
        (lambda: sn.what_if(WORKED, {"remove": "e2"}), "For 'remove' write 'drop'."),
        (lambda: sn.plot.networks, "Did you mean 'network'?"),
        (lambda: sn.tables.netwrok, "Did you mean 'network'?"),
        (lambda: sn.explorer(WORKED, "2024-01-31"), "The file comes before the date: at='2024-01-31'."),
    ],
)
def test_a_slip_is_answered_with_what_to_write_instead(slip, answer):
    with pytest.raises((sn.SafetynetError, AttributeError)) as said:
        slip()
    assert answer in str(said.value)
