"""What-if: changes by hand, the four numbers against an independent count, and every change tried out."""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.summary import scores
from safetynet.record.snapshot import snapshot
from safetynet.rules import Rules
from safetynet.whatif import Comparison, smallest_change, what_if
from safetynet.whatif.figures import NUMBERS, Figures
from tests import brute, strategies
from tests.measures.made import from_tables

GOALS = {"picture": "best_picture", "pairs": "unshared_pairs", "diffusion": "diffusion", "unowned": "unowned_share"}
KINDS = ("contact", "reading", "received", "owner", "meeting")
CALL = {"date": "2024-01-28", "kind": "told", "who": "G", "to": "P", "concerns": "c3", "channel": "phone"}


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def made(people: str, concerns: str, *rows: str, **more) -> sn.Case:
    """A case of ids such as ``T@school``, worries such as ``c1:4`` and rows such as ``"01-03 told T S c1 phone"``.

    A row has a day of 2024, a kind, who, and then to, concerns, channel, received and due, ``-`` for an empty cell.
    """
    persons = [{"id": "K", "name": "K", "kind": "child"}]
    for word in people.split():
        name, _, rest = word.partition("@")
        agency, _, kind = rest.partition(":")
        persons.append({"id": name, "name": name, "kind": kind or "professional", "agency": agency})
    worries = []
    for word in concerns.split():
        name, _, severity = word.partition(":")
        worries.append({"id": name, "about": "K", "category": "neglect", "severity": severity, "summary": name})
    columns = ("kind", "who", "to", "concerns", "channel", "received", "due")
    lines = []
    for number, text in enumerate(rows, start=1):
        day, *cells = text.split()
        cells = ["" if cell == "-" else cell for cell in cells]
        line = {"id": f"e{number}", "date": f"2024-{day}", **dict(zip(columns, cells, strict=False))}
        lines.append({**line, "due": f"2024-{line['due']}" if line.get("due") else ""})
    tables = [pd.DataFrame(table).fillna("").astype("str") for table in (persons, worries, lines)]
    return sn.Case(*tables, **more)


# changing a row, and the lead ---------------------------------------------------------------------------


def test_a_row_with_other_cells_is_a_new_case_and_the_old_one_stays(worked):
    moved = worked.with_row("e6", date="2024-01-29", concerns=["c1", "c2"])
    row = moved.chronology.set_index("id").loc["e6"]
    assert (row["date"], row["concerns"]) == ("2024-01-29", "c1;c2")
    assert worked.chronology.set_index("id").loc["e6", "date"] == "2024-01-30"
    assert moved.chronology["id"].tolist() == worked.chronology["id"].tolist()
    assert moved.with_row("e6", date=dt.date(2024, 1, 30), concerns="c1") == worked


def test_a_cell_is_emptied_with_none(worked):
    assert worked.with_row("e6", concerns=None).chronology.set_index("id").loc["e6", "concerns"] == ""


def test_everything_that_does_not_fit_a_row_is_told_at_once(worked):
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e66", dat="2024-01-01", who="X", date="2024-01")
    problems = caught.value.problems
    assert problems["column"].tolist() == ["id", "dat"]
    assert "Did you mean 'e6'" in problems["hint"][0]
    assert "Did you mean 'date'" in problems["hint"][1]
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e6", who="X", date="2024-13", rating=9)
    assert set(caught.value.problems["column"]) == {"who", "date", "rating"}
    with pytest.raises(sn.CaseError) as caught:
        worked.with_row("e6", date=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert "time zone" in caught.value.problems["problem"][0]


def test_somebody_else_may_lead(worked):
    def spell(case):
        return case.people.set_index("id").loc["S", ["lead_from", "lead_to"]].tolist()

    led = worked.with_lead("S", "2024-01-12", dt.date(2024, 1, 20))
    assert spell(led) == ["2024-01-12", "2024-01-20"]
    assert spell(led.with_lead("S", "2024-01")) == ["2024-01", ""]
    assert led.with_lead("S", None) == worked
    with pytest.raises(sn.CaseError) as caught:
        worked.with_lead("s", "2024-02-30")
    assert caught.value.problems["hint"][0].startswith("Did you mean 'S'")
    with pytest.raises(sn.CaseError) as caught:
        worked.with_lead("S", "2024-02-30", "nonsense")
    assert caught.value.problems["column"].tolist() == ["lead_from", "lead_to"]
    with pytest.raises(sn.CaseError, match="before lead_from"):
        worked.with_lead("S", "2024-02", "2024-01")


# what if ------------------------------------------------------------------------------------------------


def test_every_verb_does_what_the_case_itself_does(worked):
    assert what_if(worked, {"add": CALL}).case == worked.with_rows([CALL])
    assert what_if(worked, {"add": [CALL, {**CALL, "to": "S"}]}).case == worked.with_rows([CALL, {**CALL, "to": "S"}])
    assert what_if(worked, {"drop": "e2"}).case == worked.without("e2")
    assert what_if(worked, {"drop": ["e2", "G"]}).case == worked.without("e2", "G")
    assert what_if(worked, {"move": "e6", "to": "2024-01-11"}).case == worked.with_row("e6", date="2024-01-11")
    assert what_if(worked, {"change": "e2", "to": "P", "concerns": "c1"}).case == worked.with_row("e2", to="P")
    lead = {"lead": "S", "from": "2024-01-12", "to": "2024-01-20"}
    assert what_if(worked, lead).case == worked.with_lead("S", "2024-01-12", "2024-01-20")
    assert what_if(worked, {"lead": "S", "from": "2024-01-12"}).case == worked.with_lead("S", "2024-01-12")
    both = what_if(worked, [{"drop": "e2"}, {"move": "e6", "to": "2024-01-11"}]).case
    assert both == worked.without("e2").with_row("e6", date="2024-01-11")
    assert what_if(worked, both).case is both
    assert what_if(worked, []).case is worked


def test_the_scores_stand_side_by_side(worked):
    compared = what_if(worked, {"add": CALL}, "2024-01-31")
    table = compared.scores
    assert table.columns.tolist() == ["before", "after", "change"]
    # P has c1 (3) and c2 (4) of 9, and with the call c3 (2) as well: 7/9 and 9/9; then no pair is apart, of 8/26 before
    assert table.loc["best_picture"].tolist() == pytest.approx([7 / 9, 1, 2 / 9])
    assert table.loc["unshared_pairs"].tolist() == pytest.approx([8 / 26, 0, -8 / 26])
    assert table.loc["contacts"].tolist() == [2, 3, 1]
    pd.testing.assert_series_equal(table["before"], scores(worked, "2024-01-31"), check_names=False)
    pd.testing.assert_series_equal(table["after"], scores(compared.case, "2024-01-31"), check_names=False)


def test_what_is_differently_on_record_is_listed_in_both_worlds(worked):
    table = what_if(worked, {"add": CALL}, "2024-01-31").knowledge
    cells = {(line.world, line.holder, line.concern): line for line in table.itertuples()}
    # recorded: P hears c3. Possible: on 28 January G may have heard c2 of P, and two days later S c3 of P.
    possible = {("possible", "P", "c3"), ("possible", "G", "c2"), ("possible", "S", "c3")}
    assert set(cells) == {("recorded", "P", "c3")} | possible
    line = cells["recorded", "P", "c3"]
    assert (line.state_before, line.state_after, line.rows) == ("no record", "certain", ("added1",))
    assert pd.isna(line.before)
    assert line.after == pd.Timestamp("2024-01-28")
    assert cells["possible", "S", "c3"].rows == ("added1", "e6")
    assert cells["possible", "G", "c2"].rows == ("e3", "added1")


def test_who_is_left_out_has_nothing_on_record_any_more(worked):
    table = what_if(worked, {"drop": "G"}).knowledge
    gone = table[(table["world"] == "recorded") & (table["state_after"] == "no record")]
    # G had seen c3 and told T of it; nobody else had it
    assert set(zip(gone["holder"], gone["concern"], strict=True)) == {("G", "c3"), ("T", "c3")}
    assert dict(zip(gone["holder"], gone["rows"], strict=True)) == {"G": ("e4", "e5"), "T": ("e5",)}


def test_without_a_change_nothing_differs(worked):
    compared = what_if(worked, {"move": "e6", "to": "2024-01-30"})
    assert (compared.scores["change"].dropna() == 0).all()
    assert compared.knowledge.empty
    assert "no headline score of 2024-01-30 would be another" in compared.explain()
    assert "Nobody would have anything else on record" in compared.explain()
    assert repr(compared) == (
        "<Comparison of 'worked_example' at 2024-01-30: 0 scores and 0 entries of what is on record differ>"
    )


def test_both_sides_are_asked_for_the_date_of_the_original_case(worked):
    late = what_if(worked, {"add": {**CALL, "date": "2024-03-01"}})
    assert late.at == dt.date(2024, 1, 30)
    assert late.scores["change"].abs().max() == 0
    harmed = made("T@a S@b", "c1:2", "01-03 observed T - c1", "01-09 observed S - c1", harm_date="2024-01-06")
    assert what_if(harmed, {"drop": "e2"}).at == dt.date(2024, 1, 5)


def test_a_comparison_says_what_it_found_and_escapes_it(worked):
    compared = what_if(worked, {"add": CALL})
    assert isinstance(compared, Comparison)
    assert "would rise from 0.78 to 1.00" in compared.explain()
    assert "1 person or agency would have 1 entry more on record" in compared.explain()
    unsafe = made("T@<b> S@x", "c1:2", "01-03 observed T - c1", id="<script>")
    shown = what_if(unsafe, {"add": {"date": "2024-01-03", "kind": "told", "who": "T", "to": "<b>", "concerns": "c1"}})
    assert "&lt;script&gt;" in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()
    assert "<script>" not in shown._repr_html_()


def test_the_tables_of_a_comparison_are_copies(worked):
    compared = what_if(worked, {"add": CALL})
    table, known = compared.scores, compared.knowledge
    table.loc["best_picture", "after"] = 5
    known["holder"] = ""
    assert compared.scores.loc["best_picture", "after"] == 1
    assert "P" in set(compared.knowledge["holder"])


def test_the_faults_of_all_changes_are_told_at_once(worked):
    changes = [
        {"mov": "e6", "to": "2024-01-01"}, {"move": "e6"}, {"change": "e66", "date": "2024"}, {"lead": "S"},
        {"drop": "Q"}, {"add": {**CALL, "date": "2024-01-40"}}, {"add": CALL, "drop": "e6"},
        {"lead": "S", "from": "2024", "until": "2025"}, {"drop": 3},
    ]  # fmt: skip
    with pytest.raises(sn.CaseError) as caught:
        what_if(worked, changes)
    problems = caught.value.problems
    assert len(problems) == 9
    text = str(caught.value)
    for part in (
        "Did you mean 'move'", "'move' needs a date", "Did you mean 'e6'", "'lead' needs a first day", "'Q'",
        "January 2024 has no day 40", "'add', 'drop'", "'until' has no meaning with 'lead'", "int where an id",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize("changes", [3, "e6", [3], ["e6"], None])
def test_what_is_no_change_at_all_is_refused(worked, changes):
    with pytest.raises(sn.ArgumentError, match=r'Write \{"add": row\}'):
        what_if(worked, changes)


# the smallest change, by hand ---------------------------------------------------------------------------


def test_in_the_worked_example_two_calls_join_everything(worked):
    table = smallest_change(worked, kinds="contact")
    # P has c1 c2, T has c1 c3, G has c3, S has c1. Only with P can anybody have all nine: P and T, or P and G; in
    # every other call nobody comes by more than the 7 that P has (T-S 5, T-G 5, S-G 5, P-S 7).
    assert [set(people) for people in table["people"]] == [{"P", "T"}, {"P", "G"}]
    assert table["best_picture"].tolist() == [1, 1]
    assert table["unshared_pairs"].tolist() == [0, 0]
    assert table["gain"].tolist() == pytest.approx([2 / 9, 2 / 9])
    # From 15 January, when P saw c2: T would then have it, and c3 ten days later from G anyway. From 20 January,
    # when G saw c3: P would then have it, and c1 ten days later from S anyway.
    assert table["from_date"].tolist() == [pd.Timestamp("2024-01-15"), pd.Timestamp("2024-01-20")]
    assert table["last_date"].tolist() == [pd.Timestamp("2024-01-30")] * 2
    # P and T first: after it G still sees T alone, and c3 is at 1 - 2^-0.8; after P and G everybody sees two.
    c1, c2 = 1 - 3**-0.65, 1 - 3**-0.5
    assert table["diffusion"][0] == pytest.approx((3 * c1 + 4 * c2 + 2 * (1 - 2**-0.8)) / 9)
    assert table["diffusion"][1] == pytest.approx((3 * c1 + 4 * c2 + 2 * (1 - 3**-0.8)) / 9)
    assert table["concerns"].tolist() == [("c1", "c2", "c3")] * 2
    assert table["agencies"].tolist() == [("police", "school"), ("health", "police")]
    # what P and T could have said: P's c1 (e6) and c2 (e3), T's c1 (e1, e2) and c3 (e5)
    assert table["rows"][0] == ("e1", "e2", "e3", "e5", "e6")


def test_in_the_worked_example_the_gravest_worry_is_the_first_to_give_an_owner(worked):
    table = smallest_change(worked, "unowned")
    assert table["kind"].tolist() == ["owner"] * 3
    assert table["concerns"].tolist() == [("c2",), ("c1",), ("c3",)]
    assert table["unowned_share"].tolist() == pytest.approx([5 / 9, 6 / 9, 7 / 9])
    # who saw it themselves: P c2, T c1, G c3
    assert table["people"].tolist() == [("P",), ("T",), ("G",)]
    assert table["from_date"].dt.strftime("%m-%d").tolist() == ["01-15", "01-10", "01-20"]


def test_on_an_earlier_day_only_what_was_known_by_then_counts(worked):
    # the day after e3: T and S have c1 (3), P has c2 (4), G nothing yet. P with either of them: 7 of 7, not 4 of 7
    table = smallest_change(worked, at="2024-01-16", kinds="contact")
    assert {frozenset(people) for people in table["people"]} == {frozenset("PT"), frozenset("PS")}
    assert table["gain"].tolist() == pytest.approx([3 / 7, 3 / 7])
    assert table["from_date"].tolist() == [pd.Timestamp("2024-01-15")] * 2
    assert table["last_date"].tolist() == [pd.Timestamp("2024-01-16")] * 2


def test_a_file_that_nobody_read_would_have_been_enough():
    # G told the council's desk of c2 and left on the same day; S comes a week later and has c1 alone
    case = made("G@health S@council", "c1:2 c2:4", "01-02 observed G - c2", "01-03 told G council c2 fax",
                "01-03 closed G", "01-10 observed S - c1", "01-20 observed S - c1")  # fmt: skip
    table = smallest_change(case)
    columns = ["kind", "people", "agencies", "concerns"]
    assert table[columns].values.tolist() == [["reading", ("S",), ("council",), ("c2",)]]
    # nobody involved has c2: S has 2 of 6, and would have 6 of 6
    assert table["gain"].tolist() == pytest.approx([4 / 6])
    assert (table["from_date"][0], table["last_date"][0]) == (pd.Timestamp("2024-01-10"), pd.Timestamp("2024-01-20"))
    assert table["rows"][0] == ("e2",)


def test_a_file_that_alone_had_a_worry_makes_it_known():
    case = made("M@x:family S@council", "c1:2 c2:4", "01-03 told M council c2 letter", "01-10 observed S - c1")
    assert snapshot(case).worries == ("c1",)
    table = smallest_change(case, "unowned", kinds="reading")
    assert table.empty  # then one more worry is known, and nobody owns it either
    alone = made("M@x:family S@council", "c2:4", "01-03 told M council c2 letter", "01-10 opened S")
    table = smallest_change(alone)
    # no worry is known, so that there is no picture; with c2 read S has all of it
    assert (table["kind"][0], table["best_picture"][0], table["gain"][0]) == ("reading", 1, 1)


def test_a_letter_that_did_not_arrive_would_have_been_enough():
    # G saw c2 and was gone; the mother's letter with c2 did not reach S, who has c1
    case = made("G@health M@:family S@council", "c1:2 c2:4", "01-02 observed G - c2", "01-02 closed G",
                "01-05 told M S c2 letter no", "01-10 observed S - c1")  # fmt: skip
    table = smallest_change(case)
    assert table[["kind", "people", "rows"]].values.tolist() == [["received", ("S",), ("e3",)]]
    assert table["change"][0] == {"change": "e3", "received": "yes"}
    assert table["from_date"][0] == table["last_date"][0] == pd.Timestamp("2024-01-05")
    assert table["best_picture"][0] == 1


def test_an_owner_is_the_smallest_change_where_everybody_knows_and_nobody_has_it_in_hand():
    case = made("T@school S@council", "c1:3", "01-02 observed T - c1", "01-03 told T S c1 phone",
                "01-20 observed T - c1")  # fmt: skip
    for goal in ("diffusion", "unowned"):
        table = smallest_change(case, goal)
        assert table[["kind", "people", "concerns"]].values.tolist() == [["owner", ("T",), ("c1",)]]
        assert table[["diffusion", "unowned_share"]].values.tolist() == [[0, 0]]
    assert table["change"][0]["add"] == {
        "date": "2024-01-20", "kind": "agreed", "who": "T", "concerns": "c1", "due": "2024-01-20"
    }  # fmt: skip
    assert smallest_change(case, "picture").empty  # both have it all


def test_three_who_hold_a_piece_each_would_have_had_to_meet():
    case = made("A@a B@b C@c", "c1:2 c2:2 c3:2", "01-02 observed A - c1", "01-04 observed B - c2",
                "01-06 observed C - c3", "01-09 closed A", "01-20 observed B - c2")  # fmt: skip
    table = smallest_change(case)
    assert (table["kind"][0], table["people"][0], table["best_picture"][0]) == ("meeting", ("A", "B", "C"), 1)
    # from the day on which C, the last, saw c3, to A's last
    assert (table["from_date"][0], table["last_date"][0]) == (pd.Timestamp("2024-01-06"), pd.Timestamp("2024-01-09"))
    # each pair would have come to 2 of 3
    assert table["kind"][1:].tolist() == ["contact"] * 3
    assert table["best_picture"][1:].tolist() == pytest.approx([2 / 3] * 3)


def test_one_more_at_a_meeting_reaches_more_than_one_call():
    # A is to deal with c1 and B with c2, and neither has it on record; C has both, and A and B met without C
    case = made("A@a B@b C@c", "c1:3 c2:2", "01-02 observed C - c1;c2", "01-03 agreed A - c1 - - 12-01",
                "01-03 agreed B - c2 - - 12-01", "01-10 met A;B", "01-20 observed C - c1")  # fmt: skip
    table = smallest_change(case, "unowned")
    assert (table["kind"][0], table["people"][0], table["unowned_share"][0]) == ("meeting", ("C",), 0)
    assert table["change"][0] == {"change": "e4", "who": "A;B;C", "concerns": "c1;c2"}
    # a call makes one of them an informed owner, and C can own only one: 2 of 5 or 3 of 5 are left. Where C owns
    # one, the other has nobody to leave it to, which counts for nothing in diffusion: that comes first of equals
    assert table["kind"].tolist() == ["meeting", "owner", "contact", "owner", "contact"]
    assert table["unowned_share"].tolist() == pytest.approx([0, 2 / 5, 2 / 5, 3 / 5, 3 / 5])


def test_who_was_absent_is_not_absent_any_more():
    case = made("A@a B@b C@c", "c1:3 c2:2", "01-02 observed C - c1", "01-02 observed A - c2", "01-10 met A;B - c2")
    table = smallest_change(case.with_row("e3", absent="C;B"), kinds="meeting")
    line = table[["change" in change for change in table["change"]]].iloc[0]
    assert line["change"] == {"change": "e3", "who": "A;B;C", "concerns": "c2;c1", "absent": "B"}


def test_to_a_meeting_of_some_day_of_three_nobody_brings_what_they_saw_on_the_second():
    case = made("A@a B@b C@c", "c1:3 c2:2 c3:1", "01-02 observed C - c1", "01-02 observed A - c2", "01-10 met A;B - c2",
                "01-11 observed C - c3", "01-20 opened C")  # fmt: skip
    table = smallest_change(case.with_row("e3", date="2024-01-10/2024-01-12"), kinds="meeting")
    line = table[["change" in change for change in table["change"]]].iloc[0]
    assert (line["people"], line["concerns"]) == (("C",), ("c1", "c2"))
    assert (line["from_date"], line["last_date"]) == (pd.Timestamp("2024-01-10"), pd.Timestamp("2024-01-12"))


def test_after_a_call_a_third_person_may_be_the_one_who_feels_it_most():
    # A, B and C have c1 and see two others each. After A and B rang each other both see three, and C is left: 3^-0.65.
    case = made("A@a B@b C@c F@f G@g H@h I@i M@m N@n", "c1:3 c2:2 c4:2", "01-02 observed A - c1;c2",
                "01-02 observed B - c1;c4", "01-02 observed C - c1", "01-03 met A;F", "01-03 met A;G",
                "01-03 met B;H", "01-03 met B;I", "01-03 met C;M", "01-03 met C;N")  # fmt: skip
    table = smallest_change(case, kinds="contact")
    assert set(table["people"][0]) == {"A", "B"}
    # c2 and c4 of severity 2 are with A and B, who see three
    assert table["diffusion"][0] == pytest.approx((3 * (1 - 3**-0.65) + 2 * 2 * (1 - 4**-0.8)) / 7)


def test_a_call_that_takes_back_an_assumption_lowers_diffusion():
    # T left c1 to the council; S has it too and sees T alone: index 1 - 2^-0.65. Nothing is left to pass on, but a
    # call by T after the assumption takes it back. Who rings makes the difference.
    case = made("T@school S@council R@health", "c1:3", "01-02 observed T - c1", "01-03 told T S c1 phone",
                "01-05 assumed T council c1", "01-06 met S;R", "01-06 closed R", "01-20 opened S")  # fmt: skip
    before = scores(case)["diffusion"]
    # S sees T and R (3^-0.65); T leaves it to others; R has nothing, and is gone
    assert before == pytest.approx(1 - 3**-0.65)
    table = smallest_change(case, "diffusion", kinds="contact")
    # T sees S alone (the council is S's agency), and R too if R is rung. So T rings S: 2^-0.65
    assert table["people"].tolist() == [("T", "S")]
    assert table["diffusion"][0] == pytest.approx(1 - 2**-0.65)
    # not on the day of the assumption, which a row must be later than
    assert table["from_date"][0] == pd.Timestamp("2024-01-06")
    earlier = {**table["change"][0]["add"], "date": "2024-01-05"}
    assert what_if(case, {"add": earlier}).scores.loc["diffusion", "change"] == 0


def test_nobody_can_be_called_before_they_appear_or_after_they_left():
    case = made("A@a B@b", "c1:2 c2:2", "01-02 observed A - c1", "01-05 closed A", "01-06 observed B - c2",
                "01-20 opened B")  # fmt: skip
    assert smallest_change(case).empty
    overlap = case.with_row("e3", date="2024-01-05")
    table = smallest_change(overlap)
    assert set(table["kind"]) == {"contact", "meeting"}
    assert set(table["from_date"]) == set(table["last_date"]) == {pd.Timestamp("2024-01-05")}


def test_who_was_never_in_post_when_they_appear_takes_part_in_nothing():
    case = made("A@a B@b", "c1:2", "01-05 told A B - phone", "01-06 observed B - c1")
    people = case.people.assign(end=["", "2024-01-02", "2024-01-02"])
    assert smallest_change(sn.Case(people, case.concerns, case.chronology)).empty


def test_a_month_is_certain_on_its_last_day():
    case = made("A@a B@b", "c1:2 c2:2", "01 observed A - c1", "01-10 observed B - c2", "01-12 closed B",
                "02-20 opened A")  # fmt: skip
    assert smallest_change(case).empty  # A certainly has c1, and has certainly appeared, only by 31 January
    table = smallest_change(case, rules=Rules(dates="earliest"))
    assert (table["from_date"][0], table["last_date"][0]) == (pd.Timestamp("2024-01-10"), pd.Timestamp("2024-01-12"))


@pytest.mark.parametrize("goal", GOALS)
def test_a_case_without_worries_has_nothing_to_join(goal):
    table = smallest_change(made("A@a B@b", "c1:2", "01-02 met A;B"), goal)
    assert table.empty
    assert table.columns.tolist() == [
        "kind", "statement", "people", "agencies", "concerns", "from_date", "last_date", *NUMBERS, "gain", "change",
        "rows",
    ]  # fmt: skip
    assert table["last_date"].dtype == "datetime64[s]"
    assert smallest_change(made("A@a", "c1:2", "01-02 opened A"), goal, "2020-01-01").empty


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"goal": "pictures"}, "goal='pictures' is not possible"),
        ({"kinds": "call"}, "kinds='call' is not possible"),
        ({"kinds": ["contact", "call"]}, "'call'"),
        ({"most": 0}, "most=0 is not a number of lines"),
        ({"most": True}, "most=True"),
        ({"at": "soon"}, "at='soon'"),
    ],
)
def test_what_cannot_be_asked_is_refused(worked, arguments, said):
    with pytest.raises(sn.ArgumentError, match=said):
        smallest_change(worked, **arguments)


def test_most_and_kinds_choose_from_the_same_ranking(worked):
    everything = smallest_change(worked, most=100)
    assert smallest_change(worked, most=2)["statement"].tolist() == everything["statement"].tolist()[:2]
    for kind in KINDS:
        part = smallest_change(worked, kinds=[kind], most=100)
        assert part["statement"].tolist() == everything[everything["kind"] == kind]["statement"].tolist()


def test_the_order_of_the_rows_and_people_in_the_file_changes_nothing():
    case = sn.load_case("reuben")
    tables = {name: table.iloc[::-1] for name, table in case.tables().items() if name != "case"}
    turned = sn.Case(**tables)
    for goal in GOALS:
        one, other = smallest_change(case, goal), smallest_change(turned, goal)
        columns = ["kind", "people", "concerns", "from_date", "last_date", "gain", "rows"]
        pd.testing.assert_frame_equal(one[columns], other[columns])


# packaged cases -----------------------------------------------------------------------------------------


def test_in_reuben_the_school_and_child_protection_would_have_had_to_talk():
    table = smallest_change(sn.load_case("reuben"))
    # the school has C04 C05 C07, the previous practitioner the other five: together everything
    assert (table["kind"][0], set(table["people"][0]), table["best_picture"][0]) == ("contact", {"cp0", "sch"}, 1)
    # the new practitioner was not given C08 (3 of 28)
    line = table[[set(people) == {"cp1", "sch"} for people in table["people"]]].iloc[0]
    assert line["best_picture"] == pytest.approx(25 / 28)
    assert line["last_date"] == pd.Timestamp("2024-05-31")


def test_in_victoria_climbie_the_hospital_and_the_allocated_social_worker_would_have_had_to_talk():
    table = smallest_change(sn.load_case("victoria_climbie"))
    assert set(table["people"][0]) == {"har_sw", "nmh_con"}
    assert table["kind"][0] == "contact"
    assert not table["best_picture"].is_monotonic_increasing


@pytest.mark.parametrize("name", ["worked_example", "reuben", "victoria_climbie", "malachi_subecz", "max"])
def test_a_statement_names_the_people_and_the_numbers_and_blames_nobody(name):
    case = sn.load_case(name)
    names = case.people.set_index("id")["name"]
    for goal in GOALS:
        for line in smallest_change(case, goal).itertuples():
            assert all(names[person] in line.statement for person in line.people)
            assert f"{getattr(line, GOALS[goal]):.2f}" in line.statement
            assert not {"failed", "should", "fault", "blame", "ignored"} & set(line.statement.lower().split())
            assert "  " not in line.statement


@pytest.mark.parametrize("name", ["reuben", "victoria_climbie", "malachi_subecz"])
@pytest.mark.parametrize("goal", GOALS)
def test_the_numbers_of_the_packaged_cases_are_those_of_the_changed_case(name, goal):
    case = sn.load_case(name)
    for line in smallest_change(case, goal, most=6).itertuples():
        assert_numbers(line, what_if(case, line.change).scores["after"])


# against an independent count ---------------------------------------------------------------------------


def assert_numbers(line, after):
    for number in NUMBERS:
        found, expected = getattr(line, number), after[number]
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True), (number, line.change)


def counted(tables, at) -> dict[str, float]:
    """The four numbers by the independent count."""
    found = {name: getattr(brute, name)(tables, at) for name in NUMBERS}
    return {name: math.nan if value is None else value for name, value in found.items()}


def with_change(tables, change):
    """The tables with a change that `smallest_change` proposes."""
    rows = tables["chronology"]
    blank = dict.fromkeys(strategies.COLUMNS["chronology"], "")
    if "add" in change:
        rows = [*rows, {**blank, "id": "added1", **change["add"]}]
    else:
        cells = {name: cell for name, cell in change.items() if name != "change"}
        rows = [{**row, **cells} if row["id"] == change["change"] else row for row in rows]
    return {**tables, "chronology": rows}


@st.composite
def busy_cases(draw):
    """A case with its pieces in different hands: files, letters that did not arrive, assumptions, actions, closures."""
    people = ["p1", "p2", "p3", "p4"]
    blank = {name: dict.fromkeys(columns, "") for name, columns in strategies.COLUMNS.items()}
    desks = ["a1", "a2"]
    worries = ["c1", "c2", "c3"]

    def date():
        first = draw(st.integers(0, 8))
        last = first + draw(st.sampled_from([0, 0, 0, 0, 0, 2]))
        return strategies.day(first).isoformat() if first == last else f"{strategies.day(first)}/{strategies.day(last)}"

    def some(things, least, most):
        return ";".join(dict.fromkeys(draw(st.lists(st.sampled_from(things), min_size=least, max_size=most))))

    rows = [
        {"kind": "observed", "who": draw(st.sampled_from([*people, "f1"])), "concerns": worry, "date": date()}
        for worry in worries
    ]
    kinds = ["told"] * 4 + ["met"] * 2 + ["agreed"] * 3 + ["assumed"] * 2 + ["closed"] * 2 + ["observed", "done"]
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=4, max_size=9)):
        row = {"kind": kind, "date": date(), "who": some(people, 1, 1), "concerns": some(worries, 1, 2)}
        if kind == "told":
            row["who"] = draw(st.sampled_from([*people, "f1"]))
            row["to"] = draw(st.sampled_from([one for one in [*people, *desks, *desks] if one != row["who"]]))
            row["channel"] = draw(st.sampled_from(["phone", "fax"]))
            row["received"] = draw(st.sampled_from(["", "", "no"]))
        elif kind == "met":
            row["who"], row["concerns"] = some([*people, "a1"], 2, 3), some(worries, 0, 1)
        elif kind == "agreed":
            row["due"] = draw(st.sampled_from(["", "2020-03", "2020-04"]))
        elif kind == "assumed":
            row["to"], row["concerns"] = draw(st.sampled_from([*people, *desks])), some(worries, 0, 1)
        elif kind == "done":
            agreed = [number for number, one in enumerate(rows, start=1) if one["kind"] == "agreed"]
            if not agreed:
                continue
            row |= {"ref": f"r{draw(st.sampled_from(agreed))}", "concerns": ""}
        elif kind == "closed":
            row["concerns"] = ""
        rows.append(row)
    agency = ["a1", "a1", "a2", draw(st.sampled_from(["", "a2"]))]
    return {
        "people": [
            {**blank["people"], "id": "k1", "name": "Child", "kind": "child"},
            {**blank["people"], "id": "f1", "name": "Parent", "kind": "family"},
            *({**blank["people"], "id": one, "name": one, "kind": "professional", "agency": its,
               "end": draw(st.sampled_from(["", "", "", "2020-04-01"]))}
              for one, its in zip(people, agency, strict=True)),
        ],
        "agencies": [{**blank["agencies"], "id": desk, "name": desk, "sector": "other"} for desk in desks],
        "concerns": [
            {**blank["concerns"], "id": worry, "about": "k1", "category": "neglect", "summary": worry,
             "severity": str(draw(st.integers(1, 4)))} for worry in worries
        ],
        "chronology": [{**blank["chronology"], "id": f"r{number}", **row} for number, row in enumerate(rows, start=1)],
        "case": [dict(blank["case"], id="case", title="A made case")],
    }  # fmt: skip


def at_of(tables, at):
    """The day asked for, the default one where None."""
    return dt.date.fromordinal(from_tables(tables)._day(at))


@given(strategies.cases(permissions=False), st.one_of(st.none(), strategies.questions))
def test_the_arrays_give_the_numbers_of_the_record_as_it_is(tables, at):
    found = Figures(snapshot(from_tables(tables), at)).numbers()
    assert list(found) == pytest.approx([*counted(tables, at).values()], abs=1e-9, nan_ok=True)


@given(st.one_of(strategies.cases(permissions=False), busy_cases()), st.one_of(st.none(), strategies.questions))
def test_the_numbers_of_every_line_are_those_of_the_changed_case(tables, at):
    case, day = from_tables(tables), at_of(tables, at)
    for goal in GOALS:
        for line in smallest_change(case, goal, at, most=40).itertuples():
            assert_numbers(line, counted(with_change(tables, line.change), day))


@settings(max_examples=40)
@given(st.one_of(strategies.cases(permissions=False), busy_cases()), st.one_of(st.none(), strategies.questions))
def test_the_numbers_of_every_line_are_those_of_the_changed_case_where_rows_count_early(tables, at):
    case = from_tables(tables)
    rules = Rules(dates="earliest", weights=(1, 2.5, 3, 7), open_ended_days=5, who_counts=("professional", "support"))
    for goal in GOALS:
        for line in smallest_change(case, goal, at, most=15, rules=rules).itertuples():
            assert_numbers(line, what_if(case, line.change, at, rules=rules).scores["after"])


def days_between(tables, at):
    """The days of the chronology up to a day."""
    start, end = brute.first_and_last_day(tables)
    if start is None:
        return []
    return [start + dt.timedelta(days=n) for n in range((min(at, end) - start).days + 1)]


def every_change(tables, at):
    """(kind, who makes it one line, day, change) of every single change there is, by the definitions."""
    known = set(brute.known_worries(tables, at))
    current = set(brute.current_worries(tables, at))
    people = {person["id"]: person for person in tables["people"]}
    for day in days_between(tables, at):
        held, involved = brute.held(tables, day), sorted(brute.involved(tables, day))
        date = day.isoformat()
        for a in involved:
            for b in involved:
                concerns = sorted((held.get(a, set()) | held.get(b, set())) & known)
                if a != b and concerns:
                    row = {"kind": "told", "who": a, "to": b, "concerns": ";".join(concerns), "channel": "phone"}
                    yield "contact", frozenset((a, b)), day, {"add": {"date": date, **row}}
            agency = people[a]["agency"]
            concerns = sorted(held.get(agency, set()) & current)
            if agency and concerns:
                row = {"kind": "told", "who": agency, "to": a, "concerns": ";".join(concerns), "channel": "file"}
                yield "reading", (agency, a), day, {"add": {"date": date, **row}}
            for concern in sorted(held.get(a, set()) & known):
                row = {"date": date, "kind": "agreed", "who": a, "concerns": concern, "due": at.isoformat()}
                yield "owner", concern, day, {"add": row}
    for row in tables["chronology"]:
        first, last = brute.window_of(row["date"], *brute.first_and_last_day(tables))[:2]
        if row["kind"] in ("told", "asked", "declined") and row["received"] == "no" and last <= at:
            yield "received", row["id"], last, {"change": row["id"], "received": "yes"}
        if row["kind"] == "met" and last <= at and row["received"] != "no":
            span = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
            who = brute.split(row["who"])
            for person in sorted(set.intersection(*(set(brute.involved(tables, day)) for day in span)) - set(who)):
                brings = sorted(set(brute.held(tables, first).get(person, set())) & known)
                concerns = dict.fromkeys([*brute.split(row["concerns"]), *brings])
                yield "meeting", person, last, {
                    "change": row["id"], "who": ";".join([*who, person]), "concerns": ";".join(concerns),
                    "absent": ";".join(one for one in brute.split(row["absent"]) if one != person),
                }  # fmt: skip


def better(goal, numbers, before):
    """By how much a number is better; a picture of nothing counts as 0."""
    name = GOALS[goal]
    start = 0 if name == "best_picture" and math.isnan(before[name]) else before[name]
    gain = (numbers[name] - start) * (1 if name == "best_picture" else -1)
    return -1 if math.isnan(gain) else gain


def effect(goal, numbers):
    """What is looked at first and second for a goal, the less the better."""
    order = {"picture": (0, 1), "pairs": (1, 0), "diffusion": (2, 3), "unowned": (3, 2)}[goal]
    values = [-numbers["best_picture"], numbers["unshared_pairs"], numbers["diffusion"], numbers["unowned_share"]]
    return tuple(math.inf if math.isnan(values[n]) else round(values[n], 9) for n in order)


@settings(max_examples=40)
@given(busy_cases(), st.one_of(st.none(), strategies.questions))
def test_the_best_of_every_kind_is_the_best_of_all_that_there_are(tables, at):
    case, day = from_tables(tables), at_of(tables, at)
    before = counted(tables, day)
    tried = [
        (kind, who, on, counted(with_change(tables, change), day))
        for kind, who, on, change in every_change(tables, day)
    ]
    for goal in GOALS:
        for kind in KINDS:
            lines = smallest_change(case, goal, at, kinds=kind, most=1000)
            helpful = {}
            for made_by, who, on, numbers in tried:
                if made_by == kind and better(goal, numbers, before) > 1e-9:
                    helpful.setdefault(who, []).append((effect(goal, numbers), on))
            expected = sorted(min(ranked)[0] for ranked in helpful.values())
            if kind == "meeting":  # and the smallest that would have held everything
                lines = lines[["change" in change for change in lines["change"]]]
            found = [effect(goal, line._asdict()) for line in lines.itertuples()]
            assert found == expected, (goal, kind)


@settings(max_examples=40)
@given(busy_cases(), st.one_of(st.none(), strategies.questions))
def test_the_last_day_is_the_last_on_which_it_would_have_worked(tables, at):
    case, day = from_tables(tables), at_of(tables, at)
    tried = {}
    for kind, _, on, change in every_change(tables, day):
        if kind in ("contact", "reading"):
            row = change["add"]
            tried.setdefault((row["who"], row["to"]), {})[on] = change
    for goal in GOALS:
        for line in smallest_change(case, goal, at, kinds=["contact", "reading"], most=1000).itertuples():
            row = line.change["add"]
            pair = tried[row["who"], row["to"]]
            effects = {on: effect(goal, counted(with_change(tables, change), day)) for on, change in pair.items()}
            best = min(effects.values())
            assert line.last_date.date() == max(on for on, value in effects.items() if value == best)
            worse = [on for on, value in effects.items() if value != best and on < line.last_date.date()]
            start = min(on for on in effects if not worse or on > max(worse))
            assert line.from_date.date() == start


@settings(max_examples=60)
@given(busy_cases(), st.one_of(st.none(), strategies.questions))
def test_the_smallest_meeting_has_as_few_people_as_can_be_on_the_last_such_day(tables, at):
    case, day = from_tables(tables), at_of(tables, at)
    known = set(brute.known_worries(tables, day))
    sizes = {}
    for on in days_between(tables, day):
        held, involved = brute.held(tables, on), sorted(brute.involved(tables, on))
        for size in range(1, len(involved) + 1):
            groups = (set().union(*(held.get(one, set()) for one in group)) for group in combinations(involved, size))
            if any(known <= group for group in groups):
                sizes[on] = size
                break
    lines = smallest_change(case, "picture", at, kinds="meeting", most=1000)
    whole = lines[["add" in change for change in lines["change"]]]
    if not known or not sizes or min(sizes.values()) < 2:
        assert whole.empty
        return
    last = max(on for on, size in sizes.items() if size == min(sizes.values()))
    if brute.best_picture(tables, day) == 1 or whole.empty:
        return  # nothing to gain, or all who would have met have left by the day
    assert len(whole["people"].iloc[0]) == min(sizes.values())
    assert whole["last_date"].iloc[0].date() == last
    assert whole["best_picture"].iloc[0] == 1


@given(strategies.cases(permissions=False))
def test_a_comparison_lists_what_is_on_record_in_one_case_and_not_in_the_other(tables):
    case = from_tables(tables)
    if len(case.chronology) < 2:
        return
    gone = case.chronology["id"][0]
    compared = what_if(case, {"drop": gone})
    table = compared.knowledge
    day = compared.at.toordinal()
    for world in ("recorded", "possible"):
        before = sn.knowledge(case, world).first_known()
        after = sn.knowledge(compared.case, world).first_known()
        expected = {
            (holder, concern) for holder in before.index for concern in before.columns
            if not (before.loc[holder, concern] == after.loc[holder, concern]
                    or (pd.isna(before.loc[holder, concern]) and pd.isna(after.loc[holder, concern])))
        }  # fmt: skip
        listed = table[table["world"] == world]
        differ = listed[~((listed["before"] == listed["after"]) | (listed["before"].isna() & listed["after"].isna()))]
        assert set(zip(differ["holder"], differ["concern"], strict=True)) == expected
        states = [sn.knowledge(one, world).state(dt.date.fromordinal(day)) for one in (case, compared.case)]
        for line in listed.itertuples():
            assert line.state_before == states[0].loc[line.holder, line.concern]
            assert line.state_after == states[1].loc[line.holder, line.concern]
            assert line.rows
