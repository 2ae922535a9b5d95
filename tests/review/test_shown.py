"""How a notebook shows findings and matters; they are DataFrames all the same."""

from __future__ import annotations

import copy
import pickle

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import safetynet as sn
from safetynet.review.shown import Findings
from tests.builder import case


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return sn.findings(sn.load_case("max"))


def test_a_notebook_shows_every_sentence_whole(table):
    shown = table._repr_html_()
    for words in (*table["statement"], *table["question"]):
        assert words
        assert escaped(words) in shown
    assert "Columns not shown: kind, matter, why, refute." in shown
    assert f"{len(table)} lines." in shown


def escaped(words: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        words = words.replace(sign, name)
    return words


def test_matters_are_shown_with_the_statement_of_their_heaviest_finding():
    matters = sn.matters(sn.load_case("max"))
    shown = matters._repr_html_()
    assert all(escaped(words) in shown for words in (*matters["statement"], *matters["matter"]))
    assert "Column not shown: findings." in shown


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.query("side == 'gap'"),
        lambda made: made.sort_values("date").head(3),
        lambda made: made[["statement", "weight"]],
        lambda made: made.assign(mine=1).drop(columns="question"),
        lambda made: made.set_index("theme"),
        lambda made: pd.concat([made, made]),
        lambda made: made.merge(made[["kind"]].drop_duplicates(), on="kind"),
        lambda made: pickle.loads(pickle.dumps(made)),
        lambda made: copy.deepcopy(made),
        lambda made: made.iloc[:0],
        lambda made: made.head(3).explode("rows"),
        lambda made: made.assign(date=made["date"].dt.date, weight="much", rows=None, people=0),
    ],
)
def test_what_pandas_makes_of_it_is_shown_in_the_same_way_and_holds_the_same_as_of_a_plain_table(table, change):
    plain = pd.DataFrame(table)
    made = change(table)
    assert type(plain) is pd.DataFrame
    assert_frame_equal(pd.DataFrame(made), pd.DataFrame(change(plain)))
    shown = made._repr_html_()
    assert "what the record shows" in shown
    assert all(escaped(words) in shown for words in made["statement"])


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made[["kind", "weight"]],
        lambda made: made.groupby("theme")[["weight"]].sum(),
        lambda made: made.rename(columns={"statement": "said"}),
        lambda made: made[["kind", "kind"]],
        lambda made: made[["statement", "statement"]],
        lambda made: made.T,
    ],
)
def test_without_its_sentences_it_is_shown_like_any_other_table(table, change):
    made = change(table)
    assert made._repr_html_() == pd.DataFrame(made)._repr_html_()


def test_groups_counts_and_columns_are_what_they_are_of_any_table(table):
    plain = pd.DataFrame(table)
    assert table.groupby("theme").size().equals(plain.groupby("theme").size())
    assert table["side"].value_counts().equals(plain["side"].value_counts())
    assert type(table["statement"]) is pd.Series
    assert table.to_csv() == plain.to_csv()
    assert table.to_string() == plain.to_string()


def test_no_more_lines_are_shown_than_pandas_is_set_to(table):
    with pd.option_context("display.max_rows", 3):
        shown = table._repr_html_()
    assert shown.count("<tr>") == 3 + 1
    assert f"{len(table)} lines, the first 3 shown." in shown


# in a terminal ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 80, 100, 300])
def test_a_terminal_shows_every_sentence_whole_and_no_line_wider_than_it_is(table, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = str(table.head(5))
    assert max(map(len, shown.splitlines())) <= min(columns, 110)
    running = " ".join(shown.split())
    for line in table.head(5).itertuples():
        for words in (f"{line.side} · {line.kind} · {line.theme}", line.matter, line.statement, line.question):
            assert words in running
    assert "5 lines. Columns not shown: people, agencies, concerns, why, refute." in running


def test_a_terminal_shows_the_first_twenty_and_says_where_the_others_are(table):
    assert len(table) > 20
    shown = repr(table)
    assert shown.count(" · ") == 2 * 20
    assert f"{len(table)} lines, the first 20 shown." in " ".join(shown.split())
    assert ".iloc[20:] has the others." in " ".join(shown.split())
    with pd.option_context("display.max_rows", 3):
        assert repr(table).count(" · ") == 2 * 3
    with pd.option_context("display.max_rows", None):
        assert repr(table).count(" · ") == 2 * len(table)


def test_what_is_picked_or_sorted_is_printed_in_its_order_by_its_own_labels(table):
    picked = table.sort_values("date").iloc[3:5][["statement", "weight"]]
    shown = repr(picked).splitlines()
    starts = [line.split()[0] for line in shown if line[:1] not in ("", " ") or line.strip()[:1].isdigit()]
    assert [one for one in starts if one in map(str, picked.index)][:2] == [str(one) for one in picked.index]
    assert repr(table[["kind", "weight"]]) == repr(pd.DataFrame(table)[["kind", "weight"]])
    assert repr(table.T) == repr(pd.DataFrame(table).T)


def test_a_matter_is_printed_with_the_statement_of_its_heaviest_finding():
    matters = sn.matters(sn.load_case("max"))
    running = " ".join(repr(matters.head(2)).split())
    assert all(words in running for words in (*matters["matter"].head(2), *matters["statement"].head(2)))


def test_signs_that_a_terminal_obeys_are_not_printed():
    shown = repr(Findings([{"statement": "a\x1b[2Jb", "matter": "c\rd", "rows": ("e\x07",)}], index=["x\x1b" * 30]))
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    assert "a [2Jb" in shown


def test_nothing_found_is_printed_as_no_lines():
    assert repr(sn.findings(case("A@a", "c1"))).startswith("0 lines.")


# ------------------------------------------------------------------------------------------------------


def test_names_that_look_like_a_script_are_shown_as_text():
    name = "<script>alert(1)</script> & co"
    line = {"statement": name, "question": name, "theme": name, "concerns": (name,), "date": pd.Timestamp("2024-01-02")}
    shown = Findings([line], index=[name])._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co") == 5
    assert "2024-01-02" in shown


def test_many_names_are_counted_and_an_empty_table_says_so():
    rows = tuple(f"e{number}" for number in range(12))
    assert "rows: e0, e1, e2, e3, e4, e5, e6, e7, 4 more" in Findings([{"statement": "x", "rows": rows}])._repr_html_()
    nothing = sn.findings(case("A@a", "c1"))
    assert "0 lines." in nothing._repr_html_()
