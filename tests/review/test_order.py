"""How findings are weighed and joined: what a thin record counts, what is one matter, what the first page shows."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES, found
from safetynet.review.joining import join
from safetynet.review.parts import counted_days
from safetynet.review.weight import weigh
from tests.builder import case, date
from tests.measures.packaged import every_name

CASES = [line.name for line in sn.list_cases().itertuples()]


def test_a_weight_by_hand() -> None:
    """0.8 for the kind × √3 × (1 + 9 ÷ (9 + 42)) × (1 + 90 ÷ (90 + 0)) × certainty 0.8 × (2 − 0.8).

    The last as another kind says the same: that one desk held it.
    """
    one = case("T@school S@council", "c1:3", "1 observed T c1 confidence=medium")
    lines = {line.kind: line for line in found(one, "2024-01-10")}
    assert set(lines) == {"never_left_a_person", "one_desk_held_it"}
    assert lines["never_left_a_person"].certainty == 0.8
    assert lines["never_left_a_person"].weight == pytest.approx(0.8 * 3**0.5 * (1 + 9 / 51) * 2 * 0.8 * (2 - 0.8))


def test_a_further_matter_of_the_same_kind_counts_four_fifths() -> None:
    """Two teachers of two schools, each alone with one worry of the same weight: the second by id comes after."""
    one = case("T@school U@other", "c1:3 c2:3", "1 observed T c1", "1 observed U c2")
    lines = [line for line in found(one, "2024-01-10") if line.kind == "never_left_a_person"]
    assert [line.people for line in lines] == [("T",), ("U",)]
    alone = 0.8 * 3**0.5 * (1 + 9 / 51) * 2
    assert lines[0].weight == pytest.approx(alone)
    assert lines[1].weight == pytest.approx(0.8 * alone)


def test_a_stretch_of_more_than_42_days_without_a_row_counts_for_no_day() -> None:
    """1 to 11 January are 10 days, 11 January to 20 March 69 days without a row, 20 to 30 March 10 days."""
    rows = ("1 observed T c1", "11 told T>S c1 phone", "03-20 told S>T - phone")
    view = snapshot(case("T@school S@council", "c1:3", *rows), date("03-30"))
    first = view.first_known["c1"]
    assert counted_days(view, first, first + 10) == 10
    assert counted_days(view, first, first + 79) == 10
    assert counted_days(view, first, view.day) == 20


def test_42_days_without_a_row_count_and_43_do_not() -> None:
    view = snapshot(case("T@school S@council", "c1:3", "1 observed T c1"), date("04-30"))
    first = view.first_known["c1"]
    assert counted_days(view, first, first + 42) == 42
    assert counted_days(view, first, first + 43) == 0


def test_a_long_time_that_the_record_hardly_covers_is_said_to_be_thin_and_weighs_as_what_is_covered() -> None:
    rows = ("2012 observed T c1", "1 told T>S c1 phone", "5 told S>T - phone")
    line = sn.findings(case("T@school S@council", "c1:3", *rows), at="2024-01-10").set_index("kind").loc["shared_late"]
    assert "a thin record, weighed as 0 days" in line["statement"]
    assert "weighed as 0 days" in line["why"]
    near = case("T@school S@council", "c1:3", "1 observed T c1", "30 told T>S c1 phone")
    line = sn.findings(near, at="2024-02-05").set_index("kind").loc["shared_late"]
    assert "thin" not in line["statement"]
    assert "weighed as" not in line["why"]


def test_a_worry_of_years_in_a_thin_record_weighs_no_more_than_one_of_weeks_in_a_full_one() -> None:
    old = case("T@school S@council", "c1:3", "2012 observed T;S c1", "1 told T>S - phone", "20 told S>T - phone")
    new = case("T@school S@council", "c1:3", "1 observed T;S c1", "10 told T>S - phone", "20 told S>T - phone")
    weights = [
        sn.findings(one, at="2024-01-25").set_index("kind").loc["informed_nobody_owned", "weight"] for one in (old, new)
    ]
    assert weights[0] == pytest.approx(weights[1], rel=0.05)


def test_findings_on_the_same_concerns_rows_and_parties_are_one_matter() -> None:
    """Counted on and not told: one worry of one teacher, and the same desk that has no record of it."""
    one = case("T@school S@council", "c1:3", "1 observed T c1", "2 assumed T>S c1")
    view = snapshot(one, date("20"))
    matters = join(view, weigh(view, [line for rule in RULES.values() for line in rule(view)]))
    together = [{line.kind for line in matter} for matter in matters]
    assert any({"never_left_a_person", "assumed_no_record"} <= kinds for kinds in together)


@every_name
def test_a_matter_has_findings_of_one_kind_or_such_as_share_half_the_concerns_of_its_heaviest(name: str) -> None:
    lines = sn.findings(sn.load_case(name))
    for places in sn.matters(sn.load_case(name))["findings"]:
        leader, *others = (lines.iloc[place] for place in places)
        for one in others:
            both, either = (
                set(one["concerns"]) & set(leader["concerns"]),
                set(one["concerns"]) | set(leader["concerns"]),
            )
            assert one["kind"] == leader["kind"] or 2 * len(both) >= len(either), (
                leader["statement"],
                one["statement"],
            )


@every_name
def test_which_findings_are_one_matter_does_not_depend_on_their_place(name: str) -> None:
    """Ties go by what a finding is about: given in any order, the weighed findings join alike."""
    view = snapshot(sn.load_case(name))
    lines = [line for rule in RULES.values() for line in rule(view)]
    both = [join(view, weigh(view, given)) for given in (lines, lines[::-1])]
    assert [[one.statement for one in matter] for matter in both[0]] == [
        [one.statement for one in matter] for matter in both[1]
    ]


def test_a_kind_that_fires_for_most_worries_of_a_case_is_one_matter() -> None:
    """Three teachers of three schools, each with one of three worries."""
    rows = ("1 observed T c1", "1 observed U c2", "1 observed V c3")
    one = case("T@one U@two V@three", "c1:3 c2:3 c3:3", *rows)
    lines = [line for line in found(one, "2024-01-20") if line.kind == "never_left_a_person"]
    assert len(lines) == 3
    assert len({line.matter for line in lines}) == 1
    two = found(case("T@one U@two V@three", "c1:3 c2:3", *rows[:2]), "2024-01-20")
    assert len({line.matter for line in two if line.kind == "never_left_a_person"}) == 2


@every_name
def test_the_first_ten_matters_are_ten_different_things(name: str) -> None:
    """No two of them are of one kind and about mostly the same concerns and parties."""
    first = sn.matters(sn.load_case(name)).query("side == 'gap'").head(10)
    lines = sn.findings(sn.load_case(name))
    leaders = [lines.iloc[places[0]] for places in first["findings"]]
    for place, one in enumerate(leaders):
        for other in leaders[:place]:
            if one["kind"] == other["kind"]:
                same = [
                    len(set(one[part]) & set(other[part])) / max(1, len(set(one[part]) | set(other[part])))
                    for part in ("concerns", "agencies", "rows")
                ]
                assert sum(same) / 3 <= 0.5, (one["statement"], other["statement"])


@pytest.mark.parametrize("name", [name for name in CASES if name != "worked_example"])
def test_there_are_at_most_two_matters_to_three_findings(name: str) -> None:
    """The worked example apart, which has six findings."""
    assert 3 * len(sn.matters(sn.load_case(name))) <= 2 * len(sn.findings(sn.load_case(name)))


def test_the_worry_that_nobody_tabled_weighs_as_its_gravest_three() -> None:
    """Severities 3, 3, 2 and 1 weigh 3 + 3 + 2: of a case with many worries the finding weighs no more."""
    one = case(
        "T@school G@health S@council", "c1:3 c2:3 c3:2 c4:1", "1 observed T c1;c4", "2 observed G c2", "3 observed S c3"
    )
    line = next(line for line in found(one, "2024-01-20") if line.kind == "nobody_ever_met")
    assert line.severity == 8


# what is said of several ------------------------------------------------------------------------------


def test_who_was_warned_is_told_of_the_gravest_worry_only() -> None:
    """N told the school of the bruise and the council of the flat: the school is not said to have heard of the flat."""
    one = case("T@school S@council N:support", "c1:4 c2:2", "1 told N>T c1 phone", "2 told N>S c2 phone")
    line = sn.findings(one, at="2024-02-20").set_index("kind").loc["warning_not_followed"]
    assert "After N warned school of “c1”, no row shows" in line["statement"]
    assert "1 other worry told of; 2 warnings" in line["statement"]


def test_reliance_of_one_is_not_told_as_that_of_another() -> None:
    rows = ("1 observed T c1", "1 observed G c2", "2 assumed T>S c1", "2 assumed G>S c2")
    one = case("T@school G@health S@council", "c1:3 c2:3", *rows)
    lines = sn.findings(one, at="2024-01-20").query("kind == 'assumed_no_record'")
    assert sorted(line.split(" (")[0] for line in lines["statement"]) == ["health", "school"]


def test_what_somebody_who_was_not_there_had_is_told_of_them_alone() -> None:
    rows = ("1 observed T c1", "1 observed G c2", "5 met S;P c3 absent=T;G")
    one = case("T@school G@health S@council P@police", "c1:4 c2:3 c3:2", *rows)
    line = sn.findings(one, at="2024-01-20").set_index("kind").loc["absent_from_a_meeting"]
    assert "was held without school (T), who had “c1”, new to those there" in line["statement"]
    assert "also without health (G)" in line["statement"]


def test_five_worries_or_more_are_told_as_two_and_how_many_more() -> None:
    one = case("T@school S@council", "c1:4 c2:3 c3:3 c4:2 c5:2", "1 observed T c1;c2;c3;c4;c5")
    line = sn.findings(one, at="2024-01-20").set_index("kind").loc["never_left_a_person"]
    assert line["statement"].endswith("(c1 from 2024-01-01, c2 from 2024-01-01 and 3 more).")
    assert line["concerns"] == ("c1", "c2", "c3", "c4", "c5")


# what is not so ----------------------------------------------------------------------------------------


def kinds(one: sn.Case, day: int | str) -> set[str]:
    return set(sn.findings(one, at=date(str(day)))["kind"])


def test_a_message_that_did_not_arrive_is_no_loss_where_its_worry_had_come_another_way() -> None:
    lost = "2 told T>health c1 letter received=no"
    assert "not_received" in kinds(case("T@school G@health", "c1:3", "1 observed T c1", lost), 40)
    assert "not_received" not in kinds(case("T@school G@health", "c1:3", "1 observed T;G c1", lost), 40)


def test_after_visits_without_an_answer_the_next_contact_of_either_side_counts() -> None:
    rows = ("1 observed T c1", "2 told T>M - visit received=no", "3 told T>M - visit received=no")
    line = sn.findings(case("T@school U@school M:family", "c1:3", *rows), at="2024-01-30").set_index("kind")
    assert line.loc["not_received", "statement"].startswith("No row shows school in contact with M for 28 days after")
    assert "visits at which nobody answered" in line.loc["not_received", "statement"]
    colleague = case("T@school U@school M:family", "c1:3", *rows, "5 told U>M - phone")
    assert "not_received" not in kinds(colleague, 30)


def test_a_warner_who_had_left_is_not_said_to_have_been_left_out() -> None:
    rows = ("1 told T>S c1 phone", "20 decided S c1 outcome=no_further_action")
    assert "decided_after_a_warning" in kinds(case("T@school S@council", "c1:3", *rows), 40)
    gone = case("T@school S@council", "c1:3", *rows, "10 closed T")
    assert "decided_after_a_warning" not in kinds(gone, 40)


def test_a_denial_is_no_warning() -> None:
    rows = ("1 told T>S c2 phone", "20 decided S c2 outcome=no_further_action")
    assert "decided_after_a_warning" in kinds(case("T@school S@council", "c1:3 c2:3", *rows), 40)
    denied = case("T@school S@council", "c1:3 c2:3", *rows, links="c2 c1 contradicts")
    assert "decided_after_a_warning" not in kinds(denied, 40)


def test_a_worry_is_without_an_owner_since_a_second_professional_had_it() -> None:
    """The teacher had it for years; the social worker from 10 January: 15 days are late only on the 25th."""
    one = case("T@school S@council", "c1:3", "2015 observed T c1", "10 told T>S c1 phone")
    assert "informed_nobody_owned" not in kinds(one, 24)
    assert "informed_nobody_owned" in kinds(one, 25)


def test_only_the_pair_that_was_new_is_said_to_have_come_together() -> None:
    """S had c1 and c2 together on day 2; on day 5 comes c3, which is new with either."""
    seen = ("1 observed T c1", "1 observed G c2", "1 observed P c3")
    rows = (*seen, "2 told T>S c1 phone", "3 told G>S c2 phone", "5 told P>S c3 phone", "6 agreed S c1;c2;c3")
    table = sn.findings(case("T@school G@health P@police S@council", "c1:4 c2:3 c3:2", *rows), at="2024-01-20")
    said = sorted(table.loc[table["kind"] == "joined_for_the_first_time", "statement"])
    assert ["“c1” and “c2”" in said[0], "“c1” and “c3”" in said[1]] == [True, True]
    assert "likewise 1 other pair" in said[1]


def test_what_was_not_on_the_table_of_a_meeting_was_not_brought_by_it() -> None:
    """T has c1 and hears of c2 at the meeting; c1 is not tabled, so that T alone has both."""
    rows = ("1 observed T c1", "1 observed G c2", "5 met T;G c2", "6 agreed G c2")
    table = sn.findings(case("T@school G@health", "c1:4 c2:3", *rows), at="2024-01-20")
    said = table.loc[table["kind"] == "joined_for_the_first_time", "statement"].item()
    assert said.startswith("The meeting on 2024-01-05 brought “c2” to somebody who had “c1”, the first to have both on")
    both = sn.findings(case("T@school G@health", "c1:4 c2:3", *rows[:2], "5 met T;G c1;c2", rows[3]), at="2024-01-20")
    said = both.loc[both["kind"] == "joined_for_the_first_time", "statement"].item()
    assert "brought “c1” and “c2” together for the first time" in said


def test_a_worry_with_another_team_of_the_same_service_is_on_record_there() -> None:
    agencies = "school:education council:social_care area=here desk:social_care area=here"
    rows = ("1 observed T;S c1", "2 assumed T>desk c1")
    assert "assumed_no_record" not in kinds(case("T@school S@council", "c1:3", *rows, agencies=agencies), 20)
    elsewhere = agencies.replace("desk:social_care area=here", "desk:social_care area=there")
    assert "assumed_no_record" in kinds(case("T@school S@council", "c1:3", *rows, agencies=elsewhere), 20)


# a case of good practice ------------------------------------------------------------------------------


def test_a_case_of_good_practice_has_strengths_and_few_gaps() -> None:
    """Seen, told, met on, done in time, the child asked, and the closure told."""
    one = case(
        "T@school S@council lead_from=01-01 G@health",
        "c1:3",
        "1 observed T c1",
        "2 asked T>S c1 phone",
        "3 told S>T;G c1 phone ref=e2",
        "a: 3 agreed S c1 due=10 summary='See the child'",
        "5 told K>S c1 visit seen=alone",
        "6 done S - ref=a",
        "8 met T;S;G;K c1 care_team",
        "b: 8 agreed S c1 due=25",
        "20 done S - ref=b",
        "21 closed S>T;G",
    )
    table = sn.findings(one, at="2024-01-22")
    worked = "kept_alive_and_done_in_time all_holders_at_one_table acted_at_once childs_word_at_the_table closure_told"
    assert set(worked.split()) <= set(table.query("side == 'strength'")["kind"])
    assert len(sn.matters(one, at="2024-01-22").query("side == 'gap'")) <= 2
