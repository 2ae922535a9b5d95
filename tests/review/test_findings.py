"""What holds for every finding, in the packaged cases and in random ones."""

from __future__ import annotations

import random
import re

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import COLUMNS, MATTERS, RULES
from safetynet.wording import when
from tests import strategies
from tests.builder import case, from_tables, turned
from tests.measures.packaged import every_name

CASES = [line.name for line in sn.list_cases().itertuples()]
NOT_SAID = ("missed", "failed", "stopped", "absent", "nobody owned", "never")
BLAME = ("fail", "should have", "fault", "neglected to", "ignored", "did not know", "negligen", "wrongly")
EMPTY = re.compile(r"\b(nan|None|NaT|<NA>)\b|  | ,| \.| ;|\(\)|“”|\.\.| of \(| by \(|\(; |, \)")


def plain(text: str) -> str:
    """A sentence without what the coder wrote, and without what stands in brackets."""
    said = re.sub(r"“[^”]*”", "X", text)
    while re.search(r"\([^()]*\)", said):
        said = re.sub(r"\s*\([^()]*\)", "", said)
    return said


def words(text: str) -> int:
    """How many words a sentence has, brackets apart; what is quoted counts."""
    said = text
    while re.search(r"\([^()]*\)", said):
        said = re.sub(r"\s*\([^()]*\)", "", said)
    return len(said.split())


def well_formed(found: sn.Case, table: pd.DataFrame) -> None:
    rows, concerns = set(found.chronology["id"]), set(found.concerns["id"])
    people, agencies = set(found.people["id"]), set(found.agencies["id"])
    assert list(table.columns) == list(COLUMNS)
    for line in table.itertuples():
        assert RULES[line.kind].side == line.side
        assert line.rows
        assert set(line.rows) <= rows
        assert set(line.people) <= people
        assert set(line.agencies) <= agencies
        assert set(line.concerns) <= concerns
        for ids in (line.rows, line.people, line.agencies, line.concerns):
            assert len(set(ids)) == len(ids)
        assert line.statement.endswith(".")
        assert line.question.endswith("?")
        assert line.refute.endswith(".")
        assert line.refute[0].islower()
        assert line.weight > 0
        assert 0 < line.certainty <= 1
        assert pd.isna(line.date) == pd.isna(line.until)
        assert pd.isna(line.date) or line.date <= line.until
        assert words(line.statement) <= 40, line.statement
        assert words(line.question) <= 40, line.question
        assert not EMPTY.search(line.statement), line.statement
        for text in (line.statement, line.question, line.matter):
            said = plain(text).lower()
            assert not any(re.search(rf"\b{word}\b", said) for word in NOT_SAID), text
        assert not any(word in (plain(line.statement) + line.refute + line.question).lower() for word in BLAME)
    assert table["weight"].is_monotonic_decreasing


def dated(found: sn.Case, table: pd.DataFrame) -> None:
    """Every worry that a finding is about is named by one of its rows, whose date stands behind it."""
    by_id = {row.id: row for row in found._records.rows}
    for line in table.itertuples():
        for concern in line.concerns:
            naming = [by_id[row] for row in line.rows if concern in by_id[row].concerns]
            assert naming, (line.kind, concern)
            told = re.search(
                rf"\b{re.escape(concern)} from (\d[^,;)]*?)(?: with [^,;)]*| and \d+ more)?[,;)]", line.statement
            )
            if told:
                days = {when(window) for row in naming for window in (row.date, row.reached)}
                assert told[1] in days, (line.statement, concern, days)


def joined(table: pd.DataFrame, matters: pd.DataFrame) -> None:
    """Each finding is in one matter, which is led by its heaviest and has all that its findings have."""
    assert list(matters.columns) == list(MATTERS)
    assert sorted(place for places in matters["findings"] for place in places) == list(range(len(table)))
    assert matters["matter"].is_unique
    assert matters["weight"].is_monotonic_decreasing
    for line in matters.itertuples():
        part = table.iloc[list(line.findings)]
        assert set(part["matter"]) == {line.matter}
        assert set(part["side"]) == {line.side}
        assert part["weight"].max() == line.weight
        assert part["statement"].iloc[0] == line.statement
        for name in ("people", "agencies", "concerns", "rows"):
            assert set(getattr(line, name)) == {one for ids in part[name] for one in ids}


def test_every_kind_says_its_rule_and_its_limits() -> None:
    for kind, rule in RULES.items():
        assert rule.kind == kind
        assert 0 < rule.matters <= 1
        assert rule.title[-1] != "."
        for text in (rule.rule, rule.limits, rule.refute):
            assert text.endswith(".")
        assert rule.question.endswith("?")
        assert rule.refute[0].islower()
        assert (rule.rule + rule.limits).count("`") % 2 == 0
        assert not any(re.search(rf"\b{word}\b", f"{rule.title} {rule.question}".lower()) for word in NOT_SAID), kind
        for name in re.findall(r"`([a-z_]+)`", rule.rule):
            assert name in sn.Rules.__dataclass_fields__ or name in FORMAT, (kind, name)


FORMAT = {
    *("who", "to", "ref", "due", "rule", "links", "answers", "disputes", "absent", "born", "complete"),
    *("received_on", "refused", "contact_with_child"),
}


@pytest.mark.slow
@every_name
@pytest.mark.parametrize("hindsight", [True, False])
def test_findings_of_the_packaged_cases_are_sentences_with_evidence(name: str, hindsight: bool) -> None:
    found = sn.load_case(name)
    table = sn.findings(found, hindsight=hindsight)
    well_formed(found, table)
    dated(found, table)
    joined(table, sn.matters(found, hindsight=hindsight))


def test_nine_sentences_in_ten_of_the_packaged_cases_have_at_most_thirty_words() -> None:
    said = [words(text) for name in CASES for text in sn.findings(sn.load_case(name))["statement"]]
    assert sum(number <= 30 for number in said) >= 0.9 * len(said)


@every_name
def test_without_hindsight_nothing_later_and_no_needed_row_is_among_the_evidence(name: str) -> None:
    found = sn.load_case(name)
    day = found._day() - 30
    at = pd.Timestamp.fromordinal(day)
    rows = {row.id: row for row in found._records.rows}
    table = sn.findings(found, at=at, hindsight=False)
    for ids in table["rows"]:
        assert all(rows[one].date.last <= day and rows[one].kind != "needed" for one in ids)
    assert "needed_never_agreed" not in set(table["kind"])
    assert not table["why"].str.contains("harm").any()


def test_without_hindsight_what_comes_later_changes_nothing() -> None:
    found = sn.load_case("pelka")
    table = sn.findings(found, at="2011-12-31", hindsight=False)
    pd.testing.assert_frame_equal(table, sn.findings(found.until("2011-12-31"), at="2011-12-31", hindsight=False))


def test_what_rests_on_a_row_of_low_confidence_stands_after_what_does_not() -> None:
    found = case(
        "T@school S@council", "c1:4 c2:3", "l: 1 observed T c1 confidence=low basis=recalled", "2 observed S c2"
    )
    table = sn.findings(found, at="2024-01-20")
    low = table["rows"].map(lambda rows: "l" in rows) & table["concerns"].map(lambda ids: ids == ("c1",))
    assert low.any()
    assert not low.iloc[0]
    assert list(low) == sorted(low)
    assert all("recalled" in text for text in table["statement"][low])
    assert set(table["certainty"][low]) == {0.5}


def test_of_two_accounts_every_sentence_that_rests_on_one_says_that_accounts_differ() -> None:
    rows = ("1 observed T c1", "a: 2 told T>S c1 phone received=no", "3 told T>S - phone disputes=a")
    found = case("T@school S@council", "c1:3", *rows)
    table = sn.findings(found, at="2024-02-20").set_index("kind")
    assert "accounts differ" in table.loc["not_received", "statement"]


def test_a_condition_in_force_stands_in_the_question() -> None:
    found = case(
        "T@school S@council", "c1:3", "1 observed T c1", conditions="w council workload 01-01\nv school vacancy 01-01"
    )
    question = sn.findings(found, at="2024-01-20").set_index("kind").loc["never_left_a_person", "question"]
    assert question.endswith("(in force: v, v)?")


def test_the_same_said_by_several_kinds_weighs_more() -> None:
    alone = case("T@school S@council", "c1:3", "1 observed T c1")
    said_twice = case("T@school S@council lead_from=01-01 P@police", "c1:3", "1 observed T c1", "2 told T>P c1 phone")
    assert sn.findings(alone, at="2024-01-20")["weight"].max() > 0
    matters = sn.matters(said_twice, at="2024-01-20")
    assert matters["findings"].map(len).max() > 1


def test_a_case_without_rows_has_no_findings() -> None:
    found = case("T@school", "c1")
    assert sn.findings(found).empty
    assert sn.matters(found).empty
    assert sn.findings(found).dtypes.equals(sn.findings(sn.load_case("max")).dtypes)


def test_the_order_of_the_rows_in_the_file_changes_nothing() -> None:
    found = sn.load_case("victoria_climbie")
    names = ("people", "concerns", "chronology", "agencies", "ties", "services", "links", "conditions")
    mixed = {name: getattr(found, name).sample(frac=1, random_state=7).reset_index(drop=True) for name in names}
    other = sn.Case(**mixed, title=found.title, harm_date=found.harm_date)
    pd.testing.assert_frame_equal(sn.findings(found), sn.findings(other))


@every_name
def test_the_order_of_the_ids_in_a_cell_changes_nothing(name: str) -> None:
    found = sn.load_case(name)
    pd.testing.assert_frame_equal(sn.findings(found), sn.findings(turned(found)))


@every_name
def test_the_rows_of_a_finding_are_in_order_of_date(name: str) -> None:
    found = sn.load_case(name)
    for rows in sn.findings(found)["rows"]:
        assert rows == snapshot(found).in_order(rows)


@given(strategies.cases(), strategies.questions)
def test_findings_of_any_case_rest_on_its_rows_whatever_their_order(tables, at) -> None:  # type: ignore[no-untyped-def]
    found = from_tables(tables)
    table = sn.findings(found, at)
    well_formed(found, table)
    joined(table, sn.matters(found, at))
    mixed = {**tables, "chronology": random.Random(3).sample(tables["chronology"], len(tables["chronology"]))}
    pd.testing.assert_frame_equal(table, sn.findings(from_tables(mixed), at))
    well_formed(found, sn.findings(found, at, hindsight=False))


ALL_OF_IT = {"grave": 1, "many": 1, "late_days": 0, "silence_days": 0, "post_days": 0, "rating_gap": 1, "rise": 0.01}


@given(strategies.cases(), strategies.questions)
@pytest.mark.parametrize(
    "rules", [sn.Rules(who_counts=("support", "family", "professional")), sn.Rules(dates="earliest", **ALL_OF_IT)]
)
def test_findings_under_other_rules_are_sentences_with_evidence(rules, tables, at) -> None:  # type: ignore[no-untyped-def]
    found = from_tables(tables)
    table = sn.findings(found, at, rules=rules)
    well_formed(found, table)
    joined(table, sn.matters(found, at, rules=rules))


def widened(cell: str, how: int) -> str:
    """A date as its month or its year, as a source that is less sure would give it."""
    return cell[:how] if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", cell) else cell


@given(strategies.cases(), strategies.questions)
@pytest.mark.parametrize("how", [7, 4])
def test_no_span_is_negative_where_dates_are_only_months_or_years(how, tables, at) -> None:  # type: ignore[no-untyped-def]
    wide = [{**row, "date": widened(row["date"], how)} for row in tables["chronology"]]
    found = from_tables({**tables, "chronology": wide})
    for day in (at, "2020-04-30", "2020-12-31"):
        well_formed(found, sn.findings(found, day))


def test_no_words_are_asked_of_a_child_before_the_third_birthday() -> None:
    """Daniel Pelka was born on 15 July 2007; the chronology begins before that."""
    table = sn.findings(sn.load_case("pelka"))
    line = table[table["kind"] == "child_never_speaks"].iloc[0]
    assert str(line["date"].date()) == "2010-07-15"
    assert "from 2010-07-15" in line["statement"]
