"""While a page is made Python looks for garbage seldom, and afterwards as before."""

from __future__ import annotations

import gc

import pytest

import safetynet as sn
from safetynet.pages import reporting
from safetynet.pages.seldom import SELDOM, seldom_collected


@pytest.fixture(autouse=True)
def set_back():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_was_set_is_set_again_also_where_a_page_cannot_be_made():
    gc.set_threshold(500, 7, 9)
    with seldom_collected():
        assert gc.get_threshold() == (SELDOM, 7, 9)
    assert gc.get_threshold() == (500, 7, 9)
    with pytest.raises(ZeroDivisionError), seldom_collected():
        1 / 0  # noqa: B018
    assert gc.get_threshold() == (500, 7, 9)


def test_of_two_pages_at_once_the_last_to_end_sets_it_again():
    gc.set_threshold(500, 7, 9)
    one, other = seldom_collected(), seldom_collected()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold()[0] == SELDOM
    other.__exit__(None, None, None)
    assert gc.get_threshold() == (500, 7, 9)


@pytest.mark.parametrize("theirs", [(0, 10, 10), (SELDOM * 2, 3, 3)])
def test_a_search_that_is_off_or_as_seldom_already_is_left_alone(theirs):
    gc.set_threshold(*theirs)
    with seldom_collected():
        assert gc.get_threshold() == theirs
    assert gc.get_threshold() == theirs


def test_what_somebody_sets_meanwhile_stays():
    with seldom_collected():
        gc.set_threshold(123, 4, 5)
    assert gc.get_threshold() == (123, 4, 5)


def test_a_report_leaves_it_as_it_was(tmp_path, monkeypatch):
    seen = []
    render = reporting.render
    monkeypatch.setattr(reporting, "render", lambda *a, **k: (seen.append(gc.get_threshold()[0]), render(*a, **k))[1])
    gc.set_threshold(500, 7, 9)
    sn.report(sn.load_case("worked_example"), tmp_path / "report.html")
    assert seen == [SELDOM]
    assert gc.get_threshold() == (500, 7, 9)
