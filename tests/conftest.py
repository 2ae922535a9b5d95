"""What every test gets: no window, no network, the same random examples each time, no figure left open.

And what makes many tests quick: packaged cases that are read once, and nothing collected or looked through in vain.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import matplotlib as mpl
import pytest
from _pytest.doctest import DoctestModule

from tests import once
from tests.brute.model import load
from tests.sockets import GUARD

mpl.use("Agg")
GUARD.start()
once.start()

# The same examples on every run, so that a failure in one place is a failure everywhere. `thorough` looks
# further, and differently each time: HYPOTHESIS_PROFILE=thorough python -m pytest tests/...
# No deadline: how long an example takes says more about the machine than about the code; for the same
# reason an example that is slow to make is not a fault.
_COMMON = {
    "deadline": None,
    "print_blob": True,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("ci", max_examples=60, derandomize=True, **_COMMON)
# while one is at work: few examples, and none made smaller
_QUICK = {"max_examples": 8, "derandomize": True, "phases": (hypothesis.Phase.explicit, hypothesis.Phase.generate)}
hypothesis.settings.register_profile("quick", **_QUICK, **_COMMON)
hypothesis.settings.register_profile("thorough", max_examples=2000, **_COMMON)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    """Close what a test drew, if it drew at all."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let sockets through for a test that is marked so."""
    GUARD.allowed = any(item.get_closest_marker(name) for name in ("browser", "sockets"))
    try:
        return (yield)
    finally:
        GUARD.allowed = False


@pytest.fixture(autouse=True)
def no_socket() -> Iterator[None]:
    """Notice a socket that was tried also where somebody caught the error."""
    GUARD.tried.clear()
    yield
    assert GUARD.tried == []


@pytest.fixture(scope="session")
def tables_of() -> Callable[[str], dict[str, list[dict[str, str]]]]:
    """The tables of a packaged case as its files have them, for the brute force."""
    return lambda name: load(Path(__file__).parents[1] / "datasets" / name)


@pytest.fixture(scope="module", autouse=True)
def cases_of_its_own() -> Iterator[None]:
    """What the tests of one module have had computed of a packaged case does not reach those of the next."""
    yield
    once.forget()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[object]:
    """Collect without looking for rubbish among ten thousand tests, none of which goes away before the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Iterator[list[pytest.Collector]]:
    """Look for examples only in those files of tests that have one."""
    found = yield
    if file_path.suffix == ".py" and ">>>" not in file_path.read_text(encoding="utf-8"):
        return [one for one in found if not isinstance(one, DoctestModule)]
    return found


# Modules whose examples or tests wait for the compiler.
COMPILED = {"safetynet.study.columns"}
COMPILED_TESTS = {"test_kernels.py", "test_columns.py", "test_by_column.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count among the slow tests every property tried on random examples, and the examples that compile first."""
    for item in items:
        tried = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        compiled = item.path.name in COMPILED_TESTS and item.path.parent.name in ("spread", "study")
        if tried or compiled or item.name.rpartition(".")[0] in COMPILED:
            item.add_marker(pytest.mark.slow)
