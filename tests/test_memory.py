"""The garbage collector waits while a long answer is worked out, and is afterwards as it was."""

import gc

import pytest

import safetynet as sn
from safetynet.memory import without_collector
from safetynet.review import RULES


@pytest.fixture(params=[True, False], ids=["on", "off"])
def collector(request):
    was = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was else gc.disable)()


def test_it_waits_within_and_is_afterwards_as_it_was(collector):
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled() is collector


def test_it_is_as_it_was_after_a_fault_too(collector):
    with pytest.raises(ZeroDivisionError), without_collector():
        1 / 0  # noqa: B018
    assert gc.isenabled() is collector


def test_within_one_another_the_outer_one_turns_it_on_again():
    with without_collector():
        with without_collector():
            pass
        assert not gc.isenabled()


def test_findings_are_looked_for_without_it(collector, monkeypatch):
    seen = []
    monkeypatch.setitem(RULES, "looking", lambda view: seen.append(gc.isenabled()) or iter(()))
    sn.findings(sn.load_case("worked_example"))
    assert seen == [False]
    assert gc.isenabled() is collector
