"""The brute force on the picture, on opportunities and on responsibility, against examples worked by hand.

The statuses and numbers of the packaged cases are in ``test_brute_oracle.py``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.brute import around, model, opportunities, picture, responsibility, tables, threads

FOLDER = Path(__file__).parents[1] / "datasets"

PEOPLE = [  # id, kind, agency, remit
    ("S", "professional", "council", ""),
    ("R", "professional", "council", ""),
    ("P", "professional", "police", ""),
    ("H", "professional", "health", ""),
    ("J", "professional", "court", "decides"),
    ("M", "family", "", ""),
    ("G", "support", "", ""),
    ("K", "child", "", ""),
]
CONCERNS = [("c", "physical", "3"), ("d", "sexual", "4"), ("e", "health", "2"), ("f", "physical", "1")]
REASSURANCE = {"id": "x", "about": "K", "category": "reassurance", "severity": "0", "answers": "c"}


def case_of(lines, **more):
    """A case of 2024 from lines like "01-06 told T>S c;d phone ref=r1"; the rows are r1, r2, ... and "-" is nothing."""
    rows = []
    for number, line in enumerate(lines.strip().splitlines(), start=1):
        date, kind, who, *rest = line.split()
        sender, _, to = who.partition(">")
        row = {"id": f"r{number}", "date": f"2024-{date}", "kind": kind, "who": sender.strip("-"), "to": to}
        for column, part in zip(("concerns", "channel"), [p for p in rest if "=" not in p], strict=False):
            row[column] = part.strip("-")
        row.update(part.split("=") for part in rest if "=" in part)
        rows.append(row)
    people = [{"id": i, "name": i, "kind": kind, "agency": a, "remit": remit} for i, kind, a, remit in PEOPLE]
    concerns = [{"id": i, "about": "K", "category": category, "severity": level} for i, category, level in CONCERNS]
    return {"people": people, "concerns": [*concerns, REASSURANCE], "chronology": rows, **more}


def day(text):
    return dt.date.fromisoformat(f"2024-{text}")


# --- the status of a worry ------------------------------------------------------------------------------

SEEN_AND_TOLD = "01-01 observed S c\n01-02 told S>P c phone\n"
AGREED = SEEN_AND_TOLD + "01-03 agreed S c\n"
COMPLETED = AGREED + "01-20 done P - ref=r3\n"
REVIEW = SEEN_AND_TOLD + "01-03 agreed S c due=2024-06-30\n"
REFUSED = SEEN_AND_TOLD + "01-03 agreed P c\n01-04 done P - ref=r3 outcome=refused\n"
OF_THE_COUNCIL = SEEN_AND_TOLD + "01-03 agreed council c\n"


@pytest.mark.parametrize(
    ("lines", "at", "expected"),
    [
        ("01-01 observed S c", "01-09", "sole holder"),
        (SEEN_AND_TOLD, "01-09", "no owner"),
        # in hand without a due date: 42 days from the latest step
        (AGREED, "02-14", "owned"),
        (AGREED, "02-15", "lapsed"),
        (AGREED + "02-10 observed S - seen=with_carer", "03-23", "owned"),
        (AGREED + "02-10 observed S - seen=glimpsed", "03-23", "lapsed"),
        (AGREED + "02-10 told S>M c phone", "03-23", "owned"),
        (AGREED + "02-10 told S>M c phone received=no", "03-23", "lapsed"),
        (AGREED + "02-10 told S>H c letter", "03-23", "lapsed"),
        (AGREED + "02-10 told S>H c letter\n02-11 told H>P c phone", "03-23", "owned"),
        (AGREED + "02-10 met S;R c supervision", "03-23", "lapsed"),
        (AGREED + "02-10 met S;R c handover", "03-23", "owned"),
        (AGREED + "02-10 done S - ref=r3 outcome=attempted", "03-23", "owned"),
        # with a due date: due, and 100 days from the latest step
        (REVIEW, "04-12", "owned"),
        (REVIEW, "04-13", "lapsed"),
        (REVIEW + "04-01 observed S c", "06-30", "owned"),
        (REVIEW + "04-01 observed S c", "07-01", "overdue"),
        # completed: 28 days, unless it comes up again
        (COMPLETED, "02-17", "just completed"),
        (COMPLETED, "02-18", "completed, nothing since"),
        (COMPLETED + "01-20 observed S c", "02-17", "just completed"),
        (COMPLETED + "01-21 observed S c", "02-17", "no owner"),
        (COMPLETED + "01-21 told S>P c phone", "02-17", "just completed"),
        (COMPLETED + "01-21 told M>P c phone", "02-17", "no owner"),
        (COMPLETED + "01-21 met S;M c", "02-17", "no owner"),
        (COMPLETED + "01-21 met S;P;M c", "02-17", "just completed"),
        (COMPLETED + "01-20 assumed S>P c", "02-17", "left to others"),  # on the very day
        (COMPLETED + "01-03 agreed P c", "02-14", "owned"),
        (COMPLETED + "01-03 agreed P c", "02-15", "lapsed"),
        (COMPLETED + "01-02 agreed P c", "02-14", "just completed"),  # agreed before what was completed
        # asked
        (SEEN_AND_TOLD + "01-05 asked S>P c phone", "01-12", "asked, answer pending"),
        (SEEN_AND_TOLD + "01-05 asked S>P c phone", "01-13", "no owner"),
        (SEEN_AND_TOLD + "01-05 asked S>P c phone received=no", "01-12", "no owner"),
        (SEEN_AND_TOLD + "01-05 asked S>P c phone\n01-06 told P>S - ref=r3", "01-12", "no owner"),
        (SEEN_AND_TOLD + "01-05 asked S>P c phone\n01-06 expected P - ref=r3", "01-12", "asked, answer pending"),
        # nobody informed
        ("01-01 observed S c\n01-05 closed S", "01-09", "left with its holders"),
        ("01-01 observed J c\n01-02 told J>S - phone", "01-09", "with another's remit"),
        # put aside
        (SEEN_AND_TOLD + "01-05 decided S c outcome=no_further_action", "01-09", "put aside"),
        (SEEN_AND_TOLD + "01-05 decided S c outcome=step_up", "01-09", "no owner"),
        (SEEN_AND_TOLD + "01-05 decided S c outcome=step_down\n01-06 observed P c", "01-09", "no owner"),
        (AGREED + "01-05 decided S c outcome=step_down", "03-01", "put aside"),
        (SEEN_AND_TOLD + "01-03 agreed P c\n01-05 decided S c outcome=step_down", "03-01", "lapsed"),
        (SEEN_AND_TOLD + "01-05 agreed S c\n01-05 decided S c outcome=step_down", "03-01", "lapsed"),
        # of the latest action that is not completed
        (SEEN_AND_TOLD + "01-03 agreed M c", "01-09", "with the family"),
        (SEEN_AND_TOLD + "01-03 agreed P c\n01-04 closed P", "01-09", "owner has left"),
        (SEEN_AND_TOLD + "01-03 told S>J c phone\n01-04 agreed J c", "01-09", "with another's remit"),
        (REFUSED, "01-09", "refused"),
        (REFUSED + "01-04 told P>S c phone", "01-09", "refused"),
        (REFUSED + "01-05 told P>S c phone", "01-09", "owned"),
        (SEEN_AND_TOLD + "01-03 agreed H c", "01-09", "given to someone without the picture"),
        (SEEN_AND_TOLD + "01-03 agreed health c", "01-10", "owned"),
        (SEEN_AND_TOLD + "01-03 agreed health c", "01-11", "left with an agency"),
        (OF_THE_COUNCIL, "01-11", "left with an agency"),  # S knew, and took nothing on since
        (OF_THE_COUNCIL + "01-04 told P>S c phone", "01-11", "owned"),
        (OF_THE_COUNCIL + "01-04 told council>R c file", "01-11", "owned"),
        (SEEN_AND_TOLD + "01-03 agreed - c", "01-09", "no owner"),
        # left to others
        (SEEN_AND_TOLD + "01-03 assumed S>P c", "01-09", "left to others"),
        (SEEN_AND_TOLD + "01-03 assumed S>P -", "01-09", "left to others"),
        (SEEN_AND_TOLD + "01-03 assumed S>P d", "01-09", "no owner"),
        (SEEN_AND_TOLD + "01-03 assumed S>P c\n01-04 told S>H c phone", "01-09", "no owner"),
        (SEEN_AND_TOLD + "01-03 assumed S>P c\n01-03 told S>H c phone", "01-09", "left to others"),
    ],
)
def test_the_status_of_a_worry(lines, at, expected):
    case = case_of(lines)
    v = model.view(case, day(at))
    assert responsibility.status(v, "c") == expected
    assert (responsibility.index(v, "c") == 0) == (expected in responsibility.IN_HAND)
    case["chronology"].reverse()
    assert responsibility.status(model.view(case, day(at)), "c") == expected


def test_whom_one_can_see_and_the_index():
    v = model.view(case_of(SEEN_AND_TOLD + "01-03 told S>H;health - letter received=no\n01-04 met S;J - absent=R"))
    assert responsibility.others_seen(v, "S") == {"P", "H", "J"}  # the file stands for nobody besides H
    assert responsibility.others_seen(v, "P") == {"S"}
    assert responsibility.others_seen(v, "H") == set()
    assert responsibility.index(v, "c") == pytest.approx(1 - 2**-0.65)
    both = 0.4 ** (1 / 3) * 0.4
    assert responsibility.index(v, "c", model="volunteers_dilemma") == pytest.approx(both)


def test_the_volunteers_dilemma_is_diekmanns_where_all_see_each_other():
    v = model.view(case_of("01-01 met S;P;H;J;R d\n01-02 told J>S - phone"))
    # J does not work with the family, so four are informed, and each sees four others
    assert responsibility.index(v, "d", model="volunteers_dilemma") == pytest.approx(0.2 ** (4 / 4))
    v = model.view(case_of("01-01 met S;P;H d"))
    assert responsibility.index(v, "d", model="volunteers_dilemma") == pytest.approx(0.2 ** (3 / 2))


def test_circular_assumptions_are_groups_of_agencies():
    v = model.view(case_of("01-01 assumed S>police c\n01-02 assumed P>H c\n01-03 assumed H>R c\n01-04 assumed J>M c"))
    assert responsibility.circular_assumptions(v) == {frozenset(["council", "police", "health"])}


# --- opportunities --------------------------------------------------------------------------------------

CALL = "01-01 observed S c\n01-05 told S>P - phone"


@pytest.mark.parametrize(
    ("lines", "at", "missed", "share"),
    [
        (CALL, "01-11", 0, None),  # the days of grace are not over
        (CALL, "01-12", 1, 1),
        (CALL + "\n01-05 told P>S - phone", "01-12", 1, 1),  # a call that both sides recorded is one
        (CALL + "\n01-12 told S>police c letter", "01-20", 0, 0),  # on file within the days of grace
        (CALL + "\n01-13 told S>police c letter", "01-20", 1, 1),
        ("01-01 observed S c\n01-05 told S>P c phone", "01-12", 0, 0),  # an occasion taken
        ("01-05 told S>P c phone", "01-12", 0, None),  # S has it from this row alone
        ("01-01 observed S c\n01-05 told P>S - letter", "01-12", 0, None),  # one-way
        ("01-01 observed S c\n01-05 told S>police - phone", "01-12", 0, None),  # nobody of the police was there
        ("01-01 observed council c\n01-05 told council>P - phone", "01-12", 0, None),  # a file speaks to nobody
        (CALL + "\n01-03 withheld S>police c reason=assumed_known", "01-12", 0, None),
        (CALL + "\n01-12 withheld council>P c reason=assumed_known", "01-12", 0, None),
        (CALL + "\n01-13 withheld council>P c reason=assumed_known", "01-13", 1, 1),
        (CALL + "\n01-03 withheld R>P c reason=assumed_known", "01-12", 1, 1),  # a colleague's
        ("01-01 observed S c\n01-05 told S>P - letter received_on=2024-01-09", "01-15", 0, None),
        ("01-01 observed S c\n01-05 told S>P - letter received_on=2024-01-09", "01-16", 1, 1),
        ("01-01 observed S c\n01-01 observed P d\n01-05 met S;P;H -", "01-12", 3, 1),
    ],
)
def test_missed_opportunities_by_hand(lines, at, missed, share):
    v = model.view(case_of(lines), day(at))
    assert opportunities.missed_opportunities(v) == missed
    assert opportunities.missed_share(v) == share


def test_what_was_held_back_is_listed_with_its_reason():
    v = model.view(case_of(CALL + "\n01-03 withheld S>police c reason=assumed_known"), day("01-12"))
    assert opportunities.held_back(v) == {("r2", "c", "police"): {"assumed_known"}}


def test_what_leaves_it_open_is_left_out_of_the_lower_bound():
    v = model.view(case_of(CALL + " complete=no"), day("01-12"))
    assert opportunities.missed_opportunities(v) == 1
    assert opportunities.missed_opportunities_low(v) == 0


def test_permissions_decide_what_is_an_opportunity_and_what_was_shared_beyond_need():
    def rows(permission):
        return [{"from": "*", "to": "police", "category": "", "permission": permission}]

    for permission, missed, low in (
        ("prohibited", 0, 0),
        ("not_needed", 0, 0),
        ("unknown", 1, 0),
        ("permitted", 1, 1),
    ):
        v = model.view(case_of(CALL, permissions=rows(permission)), day("01-12"))
        assert (opportunities.missed_opportunities(v), opportunities.missed_opportunities_low(v)) == (missed, low)
    v = model.view(case_of(SEEN_AND_TOLD, permissions=rows("prohibited")))
    assert opportunities.shared_beyond_need(v) == {("r2", "c", "S", "P")}


# --- the picture ----------------------------------------------------------------------------------------


def test_clusters_with_what_is_kept_and_what_is_only_there():
    lines = SEEN_AND_TOLD + "01-03 observed P d\n01-04 observed H c;e\n01-05 observed health f\n01-06 told H>P - letter"
    clusters = picture.concern_clusters(case_of(lines))
    assert [(one["people"], one["weight"], one["kept"], one["only_here"]) for one in clusters] == [
        (["P", "S"], 7, 4, ["d"]),
        (["H"], 5, 5, ["e"]),
    ]


def test_who_alone_has_what():
    lines = """01-01 observed S c
    01-02 observed P d
    01-03 closed P
    01-04 observed health e
    01-05 observed M f"""
    sorts = picture.exclusive_concerns(case_of(lines))
    assert {name: sorted(worries) for name, worries in sorts.items()} == {
        "exclusive": ["c"],
        "left_with_holders": ["d"],
        "on_file_only": ["e"],
        "family_only": ["f"],
        "file_and_family_only": [],
    }


def test_the_smallest_meeting_by_two_ways_and_when_it_could_have_been():
    for name in ("worked_example", "max", "reuben", "malachi_subecz"):
        v = model.view(model.load(FOLDER / name))
        assert picture.smallest_meeting(v) == picture.fewest_by_all_combinations(v)
    v = model.view(model.load(FOLDER / "worked_example"))
    assert picture.earliest_picture(v) == {"possible": day("01-25"), "one": None}
    assert picture.earliest_picture(v, share=0.5) == {"possible": day("01-15"), "one": day("01-25")}
    assert picture.who_to_ask(v, "T") == 1


def test_sharing_latency_by_hand():
    v = model.view(model.load(FOLDER / "worked_example"))
    shared = {c: line["shared"] for c, line in picture.sharing_latency(v).items()}
    assert shared == {"c1": 2, "c2": None, "c3": 5}


# --- tables ---------------------------------------------------------------------------------------------


def test_the_meeting_of_the_worked_example():
    (meeting,) = tables.meeting_coverage(model.load(FOLDER / "worked_example"), "2024-01-31")
    assert (meeting["available"], meeting["tabled"], meeting["unique"]) == ({"c1", "c2"}, {"c1"}, {"c1", "c2"})
    assert meeting["coverage"] == meeting["unique_coverage"] == 3 / 7
    assert meeting["would_have_brought"] == {"T": 2, "G": 2}


def test_patterns_count_a_matter_once_and_a_person_only_while_involved():
    lines = """01-01 observed S c
    01-02 observed S d
    01-03 closed S
    02-10 told P>S f letter
    02-11 observed S x"""
    links = [{"from": "c", "to": "f", "kind": "same_matter"}]
    (line,) = tables.patterns(case_of(lines))
    assert (line["known"], line["one_person"], line["one_table"]) == (3, 3, 1)  # on 02-11 S is there again
    assert (line["three_known"], line["three_one"]) == (day("02-10"), day("02-10"))
    assert (line["reassurances"], line["explanations"]) == (1, 1)
    (line,) = tables.patterns(case_of(lines), day("02-10"))
    assert line["one_person"] == 2
    (line,) = tables.patterns(case_of(lines, links=links))
    assert (line["known"], line["one_person"], line["three_known"]) == (2, 2, None)


@pytest.mark.parametrize(
    ("lines", "unmet"),
    [
        ("01-01 observed S c\n01-05 observed P f", True),
        ("01-01 observed S c\n01-05 observed P f\n01-06 told S>P - phone", True),  # they spoke too late
        ("01-01 observed S c\n01-02 told S>H - letter\n01-03 told P>H - phone\n01-05 observed P f", False),
        ("01-01 observed S c\n01-05 observed P f\n01-06 told S>P c phone", False),  # P has both
        ("01-01 observed S c\n01-05 observed M f", False),  # no professional heard the other
    ],
)
def test_two_voices_that_never_met(lines, unmet):
    links = [{"from": "f", "to": "c", "kind": "corroborates"}]
    found = {line["kind"]: line["unmet"] for line in tables.links(case_of(lines, links=links))}
    assert found == {"corroborates": unmet, "answers": False}


def test_an_explanation_that_rests_on_one_word():
    (line,) = tables.links(case_of("01-01 observed S c\n01-02 told M>S x phone\n01-03 told S>P x;c phone"))
    assert (line["kind"], line["one_word"], line["both"]) == ("answers", True, {"S", "P"})
    (line,) = tables.links(case_of("01-01 observed S c\n01-02 told M>S x phone\n01-03 observed P x"))
    assert not line["one_word"]


def test_what_the_record_says_of_whom_one_counted_on():
    lines = """01-01 observed S c
    01-02 assumed S>police c
    01-03 told S>P c phone
    01-04 agreed P c
    01-05 done P - ref=r4"""
    now = [tables.beliefs(case_of(lines), day(f"01-0{n}"))[0]["now"] for n in (2, 3, 4, 5)]
    assert now == ["no record", "had it on record", "took it on", "acted"]
    case = case_of(lines + "\n01-06 believed P>council c")
    assert [line["then"] for line in tables.beliefs(case)] == ["no record", "had it on record"]
    assert tables.beliefs(case)[0]["now"] == "thought otherwise"
    assert tables.each_thought_the_other(case) == {(frozenset(["r2", "r6"]), "c")}


@pytest.mark.parametrize(
    ("lines", "at", "expected"),
    [
        ("", "01-10", ("not yet due", None)),
        ("", "01-11", ("could not be known", "r1")),
        ("01-04 told S>police c letter", "01-11", ("could not be known", "r3")),  # on file, and the duty was P's
        ("01-04 told S>R - phone\n01-05 told R>P - phone", "01-11", ("no record", None)),  # R may have passed it on
        ("01-11 told S>P c phone", "01-12", ("could not be known", "r1")),
        ("01-09 done S - ref=r2", "01-09", ("met", None)),
        ("01-11 done P - ref=r2", "01-12", ("met late", None)),
    ],
)
def test_duties_by_hand(lines, at, expected):
    case = case_of("01-01 observed S c\n01-02 expected P c due=2024-01-10 rule=law\n" + lines)
    (line,) = tables.duties(case, day(at))
    assert (line["status"], line["stopped_at"]) == expected


def test_what_held_by_one_thread():
    lines = "01-01 observed S c\n01-02 told S>P c phone\n01-03 told P>H c phone\n01-09 told S>H c phone"
    rows = threads.broken_links(case_of(lines))
    assert rows["r2"]["lost"] == {("P", "c")}
    assert rows["r2"]["later"] == {("H", "c"): 6}
    assert rows["r2"]["agencies"] == {("police", "c")}
    assert rows["r2"]["weight"] == 3
    assert rows["r3"] == {"lost": set(), "later": {("H", "c"): 6}, "agencies": set(), "weight": 0}
    assert set(rows) == {"r2", "r3"}
    assert threads.broken_links(case_of(lines), by="channel")["phone"]["lost"] == {("P", "c"), ("H", "c")}
    assert threads.broken_links(case_of(lines), by="person")["P"]["later"] == {("H", "c"): 6}
    seen = "01-01 observed S;R c\n01-02 told S>P c phone"
    assert threads.broken_links(case_of(seen))["r1"]["lost"] == {("S", "c"), ("R", "c"), ("P", "c")}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worked_example", "max", "reuben", "malachi_subecz", "victoria_climbie"])
def test_with_nothing_taken_away_the_threads_are_the_recorded_world(name):
    v = model.view(model.load(FOLDER / name))
    world = threads.Threads(v).world(lambda row, a, b: True, set())
    assert world == {(one, c): v.known_on(one, c) for one in v.held for c in v.held[one] & v.known}


def test_the_net_that_endures_is_of_the_day_after_a_closing():
    lines = AGREED + "01-10 met S;P;K -\n01-20 closed S"
    services = [
        {"need": "nursery", "person": "K", "agency": "health", "start": "2024-01", "end": "", "attended": "yes"}
    ]
    net = around.enduring_net(case_of(lines, services=services), day("01-20"))
    assert set(net) == {"M", "G", "P", "health"}
    assert net["P"] == {"concerns": {"c"}, "actions": set(), "in_contact": True}
    assert net["health"]["in_contact"]
    net = around.enduring_net(case_of(lines, services=services), day("01-19"))
    assert net["S"] == {"concerns": {"c"}, "actions": {"r3"}, "in_contact": True}


def test_contact_with_the_child_by_hand():
    lines = """01-01 observed S c
    01-11 told S>M - visit seen=alone
    01-31 met S;K -
    02-02 told S>M - visit seen=not_seen
    02-05 told S>K - visit received=no"""
    found = around.contact_with_child(case_of(lines), day("02-10"))["K"]
    assert found == {
        "days_since": 10,
        "longest": 20,
        "alone": 1,
        "days_since_observed": 10,
        "longest_observed": 20,
    }
    services = [{"need": "school", "person": "K", "agency": "health", "start": "2024-01-15", "end": "2024-02-08"}]
    services[0]["attended"] = "yes"
    found = around.contact_with_child(case_of(lines, services=services), day("02-10"))["K"]
    assert (found["days_since"], found["longest"], found["longest_observed"]) == (2, 10, 10)


def test_the_practice_profile_by_hand():
    lines = """01-01 observed S c
    01-02 told S>P c phone
    01-03 met S;P;M c
    01-03 agreed S c due=2024-01-10
    01-03 agreed P c due=2024-01-10
    01-10 done S - ref=r4
    01-12 done P - ref=r5
    01-15 disagreed S>P c
    01-20 met S;P;G -
    01-21 met S;P - strategy
    02-01 closed P
    03-10 closed S>H"""
    found = around.practice_profile(case_of(lines), day("03-10"))
    assert found[1] == (0.5, 0.5, "first mark")
    assert found[2] == (1, 1, "first mark")
    assert found[4] == (1, 1, "first mark")  # of January alone: P was still there on 1 February, and H comes in March
    assert found[6] == (0, 0, "neither")
    assert found[7] == (1, 1, "first mark")
    assert found[8] == (0.5, 1, "second mark")
    assert found[9] == (1, 1, "first mark")
    assert found[10] == (0.5, 0.5, "second mark")


def test_the_worked_example_in_its_last_numbers():
    v = model.view(model.load(FOLDER / "worked_example"), "2024-01-31")
    (cluster,) = picture.concern_clusters(v)
    assert (cluster["kept"], cluster["weight"], cluster["people"]) == (4, 9, ["G", "P", "S", "T"])
    assert picture.exclusive_concerns(v)["exclusive"] == {"c2"}
    assert {one: len(responsibility.others_seen(v, one)) for one in "TSPG"} == {"T": 2, "S": 2, "P": 1, "G": 1}
    later = v.on("2024-02-06")
    assert opportunities.missed_table(later) == {("e6", "c2", "council")}
    assert len(opportunities.occasions(later)) == 4
    assert opportunities.missed_share(later) == 0.25
