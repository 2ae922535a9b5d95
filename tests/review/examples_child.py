"""Small cases: contact with the child, voices, patterns, reassurance, sources and decisions."""

from __future__ import annotations

from tests.review.example import FOUR, SECTORS, Example


def contact() -> dict[str, Example]:
    ended = (
        "1 told T>S c1 phone",
        "5 decided S c1 outcome=no_further_action",
        "20 told T>S c1 phone",
        "25 decided S c1 outcome=no_further_action",
        "40 declined S>T c1 phone",
    )
    refused = ("1 told T>S c1 phone", "5 told S>M - visit seen=refused", "20 closed S")
    return {
        "gap_with_child": Example(
            ("1 observed T c1 seen=alone", "2 told T>S c1 phone"),
            44,
            ("43 days", "to 2024-02-13"),
            (("2 observed T c1 seen=alone", "2 told T>S c1 phone"),),
            ("20 met S;K - visit",),
        ),
        "ended_after_refusal": Example(
            refused,
            30,
            ("council ended its part on 2024-01-20", "1 time"),
            ((refused[0], "5 told S>M - visit seen=with_carer", refused[2]),),
            ("10 met S;K - visit",),
            people=f"{FOUR} M:family",
        ),
        "ended_each_time": Example(
            ended,
            50,
            ("3 times from 2024-01-05 to 2024-02-09",),
            (ended[:4],),
            ("15 decided S c1 outcome=step_up",),
        ),
    }


def voices() -> dict[str, Example]:
    talk = ("1 observed T c1", "2 told T>S c1 phone", "3 told S>T - phone")
    seen = ("1 observed T c1 seen=with_carer", "2 met T;K;M - visit", "5 met T;K;M - visit")
    met = ("1 observed T c1", "2 met T;K c1")
    french = "T@school language=English S@council K:child language=French M:family"
    sectors = {"agencies": SECTORS}
    quiet = ("1 observed S c1", "2 told S>P - phone", "3 told P>S - phone", "95 told G>S - phone")
    return {
        "child_never_speaks": Example(
            talk,
            20,
            ("K telling a professional anything",),
            ({"people": f"{FOUR} K:child born=2022-06-01"}, {"services": "talks K health 5 15 yes"}),
            ("10 told K>T - face_to_face",),
        ),
        "baby_not_described": Example(
            talk,
            20,
            ("how K was seen, held or examined",),
            ({"people": f"{FOUR} K:child born=2020-06-01"},),
            ("10 told T>S c1 phone seen=with_carer",),
            people=f"{FOUR} K:child born=2022-06-01",
        ),
        "child_seldom_alone": Example(
            seen,
            20,
            ("Of 3 rows", "0 show"),
            (seen[:2],),
            ("6 met T;K - visit seen=alone", "7 met T;K - visit seen=alone", "8 met T;K - visit seen=alone"),
            people=f"{FOUR} M:family",
        ),
        "child_in_another_language": Example(
            met,
            20,
            ("French", "1 names nobody independent"),
            ({"people": french.replace("language=English", "")},),
            ("5 met S;K c1 interpreter=P",),
            people=f"{french} P@police",
        ),
        "nobody_met_them": Example(
            talk,
            20,
            ("with F",),
            ((*talk, "4 told T>F - phone"), (*talk, "4 told M>T - phone interpreter=F")),
            ("10 told S>F - phone",),
            people=f"{FOUR} F:family M:support",
        ),
        "family_at_no_meeting": Example(
            ("1 met T;S c1 planning",),
            20,
            ("1 planning meeting",),
            (("1 met T;S c1 strategy",),),
            ("5 met T;S;M c1 planning",),
            people=f"{FOUR} M:family",
        ),
        "sector_not_seen": Example(
            quiet,
            100,
            ("anybody of education from 2024-01-01",),
            ((*quiet, "20 told T>S - phone"),),
            ("90 told T>S - phone",),
            more=sectors,
        ),
    }


def patterns() -> dict[str, Example]:
    three = ("1 observed T c1", "2 observed G c2", "3 observed S c3")
    physical = "c1:3 category=physical c2:3 category=physical c3:3 category=sexual"
    return {
        "pattern": Example(
            three,
            20,
            ("Of 3 worries", "more than 1 together"),
            ({"concerns": physical.replace("sexual", "housing")},),
            ("10 told T>G c1 phone", "11 told S>G c3 phone"),
            concerns=physical,
        ),
        "corroboration_unmet": Example(
            three[:2],
            20,
            ("bear each other out",),
            ({"links": "c1 c2 contradicts"},),
            ("5 told T>G c1 phone",),
            concerns="c1:3 c2:2",
            more={"links": "c1 c2 corroborates"},
        ),
        "changed_on_its_way": Example(
            ("1 observed T c1", "3 observed S c2"),
            20,
            ("stood at council as",),
            ({"links": "c2 c1 became"},),
            ("2 told T>S c1 phone",),
            concerns="c1:3 c2:2",
            more={"links": "c1 c2 became"},
        ),
    }


def reassurance() -> dict[str, Example]:
    calm = "c1:3 ok:0 answers=c1"
    spread = ("1 observed T c1", "2 observed G ok", "3 told G>S ok phone", "4 told G>P ok phone")
    left_out = ("1 observed T c1", "2 told T>S c1 phone", "3 told G>S ok phone", "4 told S>P ok phone")
    return {
        "reassurance_outran": Example(
            spread,
            20,
            ("with 3 professionals", "with 1"),
            (("1 observed T c1", "2 observed G ok"),),
            ("5 told T>S c1 phone", "6 told T>P c1 phone", "7 told T>G c1 phone"),
            concerns=calm,
        ),
        "reassured_without_the_worry": Example(
            left_out,
            20,
            ("council (S) passed", "to police (P)"),
            ((*left_out[:3], "4 told S>P ok;c1 phone"),),
            ("4 told S>P c1 phone",),
            concerns=calm,
        ),
        "reassured_unseen": Example(
            ("1 observed T c1", "2 observed G ok", "3 told G>S ok phone", "4 told S>P ok phone"),
            20,
            ("council (S)",),
            (("1 observed T c1", "2 observed G ok", "3 told G>S ok phone"),),
            ("2 met S;K - visit",),
            concerns=calm,
        ),
        "explained_on_one_word": Example(
            ("1 observed T c1", "2 told M>T ex phone"),
            20,
            ("the word of M alone",),
            (("1 observed T c1;ex", "2 told M>T ex phone"), ("1 observed T c1", "2 told N>T ex phone")),
            ("5 observed T ex",),
            people=f"{FOUR} M:family N:support",
            concerns="c1:3 ex:2",
            more={"links": "ex c1 explains"},
        ),
    }


def sources() -> dict[str, Example]:
    return {
        "single_source": Example(
            ("1 observed T c1", "2 observed G ok", "3 told G>S ok phone", "4 told G>P ok phone"),
            20,
            ("2 other professionals of 2 agencies", "health (G) alone"),
            (("1 observed T c1", "2 observed G ok", "3 told G>S ok phone"),),
            ("5 observed S ok",),
            concerns="c1:3 ok:0 answers=c1",
        ),
        "pooled_escalation": Example(
            ("1 observed T c1", "100 observed G c2"),
            120,
            ("from a mean severity of 1.0 to 2.5",),
            ({"concerns": "c1:1 c2:1"},),
            ("110 told G>T c2 phone",),
            concerns="c1:1 c2:4",
        ),
    }


def decisions() -> dict[str, Example]:
    told = ("1 observed T c1", "2 told T>S c1 phone")
    return {
        "stepped_down_unseen": Example(
            (*told, "5 decided S c1 outcome=no_further_action"),
            20,
            ("council (S) decided on no further action", "school (T)"),
            ({"people": FOUR.replace("S@council", "S@council remit=decides")}, (*told, "5 decided S c1 outcome=same")),
            ("4 met S;K - visit",),
        ),
        "closed_unseen": Example(
            (*told, "5 closed S"),
            20,
            ("council ended its part on 2024-01-05",),
            ((*told, "5 closed S>T"),),
            ("4 met S;K - visit",),
        ),
        "rests_on_relayed": Example(
            ("1 observed T c1", "2 told T>G c1 phone", "3 told G>S c1 phone", "5 decided S c1 outcome=same"),
            20,
            ("at 2 removes from school (T)",),
            ((*told, "5 decided S c1 outcome=same"),),
            ("4 told T>S c1 phone",),
        ),
    }
