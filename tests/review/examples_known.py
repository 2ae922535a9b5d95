"""Small cases: worries that stayed, came late or did not meet; messages, meetings and warnings."""

from __future__ import annotations

from tests.review.example import FOUR, SECTORS, Example


def kept() -> dict[str, Example]:
    return {
        "never_left_a_person": Example(
            ("1 observed T c1",),
            10,
            ("school (T)",),
            (("1 observed T;S c1",), {"concerns": "c1:2", "rows": ("4 observed T c1",)}),
            ("3 told T>S c1 phone",),
        ),
        "never_left_an_agency": Example(
            ("1 observed T c1", "2 told T>U c1 phone"),
            10,
            ("anybody outside school",),
            (("1 observed T c1", "2 told T>S c1 phone"),),
            ("3 told U>S c1 phone",),
            people=f"{FOUR} U@school",
        ),
        "never_left_the_family": Example(
            ("1 observed N c1",),
            10,
            ("N had", "no row shows it with a professional"),
            ({"rows": ("1 observed M c1",), "ties": "M K care"},),
            ("2 told N>T c1 phone",),
            people=f"{FOUR} N:support M:family",
        ),
        "only_a_file": Example(
            ("1 observed T c1", "2 told T>council c1 letter"),
            10,
            ("file of council",),
            (("1 observed T c1", "2 told T>S c1 letter"),),
            ("5 told council>S c1 file",),
        ),
        "stopped_inside_an_agency": Example(
            ("1 observed T c1", "2 told T>S c1 phone", "5 agreed U c2"),
            20,
            ("council had", "decided or acted later", "U first"),
            (("1 agreed U c2", "1 observed T c1", "2 told T>S c1 phone"),),
            ("4 told S>U c1 phone",),
            people=f"{FOUR} U@council",
            concerns="c1:3 c2:2",
        ),
        "left_with_its_holder": Example(
            ("1 observed T;U c1", "2 observed S c2", "3 closed T", "4 closed U"),
            20,
            ("had left", "2024-01-04"),
            (("1 observed T;U c1", "2 observed S c2", "3 closed T"),),
            ("2 told T>S c1 phone",),
            people=f"{FOUR} U@school",
            concerns="c1:3 c2:2",
        ),
        "one_desk_held_it": Example(
            ("1 observed T c1", "2 told T>S c1 phone", "3 observed S c2", "4 observed S c3"),
            20,
            ("100%", "38%"),
            (("1 observed T c1", "2 told T>S c1 phone", "3 observed S;T c2", "4 observed S c3"),),
            ("5 agreed S c1",),
            concerns="c1:3 c2:3 c3:2",
        ),
    }


def timing() -> dict[str, Example]:
    shared = ("1 observed T c1", "2 told T>G c1 phone")
    sectors = {"agencies": SECTORS}
    return {
        "shared_late": Example(
            ("1 observed T c1", "16 told T>G c1 phone"),
            30,
            ("15 days later",),
            (("1 observed T c1", "15 told T>G c1 phone"), ("1 observed T c1", "2024-01/2024-02 told T>G c1 phone")),
            ("5 told T>G c1 phone",),
        ),
        "never_reached_lead": Example(
            shared,
            31,
            ("lead professional (S)",),
            ({"people": "T@school G@health S@council lead_from=2023-12-01 lead_to=2023-12-31"},),
            ("20 told G>S c1 phone",),
            people="T@school G@health S@council lead_from=01-01",
        ),
        "never_reached_social_care": Example(
            shared,
            31,
            ("with social care",),
            ({"concerns": "c1:2"},),
            ("20 told G>S c1 phone",),
            more=sectors,
        ),
        "never_reached_police": Example(
            shared,
            31,
            ("with the police",),
            ({"concerns": "c1:3 category=neglect"},),
            ("20 told G>P c1 phone",),
            concerns="c1:3 category=physical",
            more=sectors,
        ),
        "reached_late": Example(
            (*shared, "20 told G>S c1 phone"),
            31,
            ("came to social care (S)", "19 days"),
            ((*shared, "15 told G>S c1 phone"),),
            ("5 told T>S c1 phone",),
            more=sectors,
        ),
    }


def fellows() -> dict[str, Example]:
    line = (
        "1 observed T c1",
        "2 observed G c2",
        "3 told T>U - phone",
        "4 told U>B - phone",
        "5 told B>G - phone",
        "6 told G>H - phone",
    )
    two = "T@school U@school B@council G@health H@health"
    return {
        "not_with_a_fellow_service": Example(
            ("1 observed S c1", "20 told T>B - phone"),
            30,
            ("with desk", "council had it"),
            (("1 observed S c1", "5 told T>B - phone"),),
            ("10 told S>B c1 phone",),
            people="T@school S@council B@desk",
            more={"agencies": "school:education council:social_care desk:social_care"},
        ),
        "strands_apart": Example(
            ("1 observed S c1", "2 observed U c2", "10 told S>T - phone", "10 told U>G - phone"),
            20,
            ("At council", "no row shows contact between them"),
            (("1 observed S c1", "5 observed U c2"),),
            ("5 told S>U - phone",),
            people=f"{FOUR} U@council",
            concerns="c1:3 c2:3",
        ),
        "only_bridge": Example(
            line,
            20,
            ("runs through council (B)",),
            ((line[0], *line[2:]),),
            ("7 told T>H - phone",),
            people=two,
            concerns="c1:3 c2:3",
        ),
    }


def messages() -> dict[str, Example]:
    return {
        "not_received": Example(
            ("1 observed T c1", "2 told T>G c1 phone received=no"),
            20,
            ("18 days", "did not arrive"),
            (
                ("1 observed T c1", "2 told T>G c1 phone received=no", "16 told T>G c1 phone"),
                ("1 observed T c1", "2 told T>health c1 letter received=no", "16 told T>G c1 phone"),
            ),
            ("12 told T>G c1 phone",),
        ),
        "received_late": Example(
            ("1 observed T c1", "2 told T>G c1 letter received_on=5"),
            20,
            ("3 days later",),
            (("1 observed T c1", "2 told T>G c1 letter received_on=4"),),
            ("3 told T>G c1 phone",),
        ),
        "not_acknowledged": Example(
            ("1 observed T c1", "2 told T>G c1 letter"),
            50,
            ("48 days", "a letter of school"),
            ({"concerns": "c1:2"},),
            ("10 told G>T - phone",),
        ),
        "shared_beyond_need": Example(
            ("1 observed T c1", "2 told T>G c1 phone"),
            20,
            ("A call on 2024-01-02", "prohibited"),
            ({"permissions": "school health - not_needed"},),
            {"permissions": "school health - prohibited\nschool health neglect permitted"},
            more={"permissions": "school health - prohibited"},
        ),
    }


def meetings() -> dict[str, Example]:
    decided = ("1 observed T c1", "2 told T>S c1 phone", "m: 5 met S;P c1", "5 decided S;P c1 outcome=same ref=m")
    return {
        "missed_opportunity": Example(
            ("1 observed T c1", "2 told T>G - phone"),
            20,
            ("school (T) had", "new to health", "by 2024-01-09"),
            (("1 observed T c1", "2 told T>G - phone", "9 told T>G c1 phone"),),
            ("5 told T>G c1 phone",),
        ),
        "absent_from_a_meeting": Example(
            ("1 observed T c1", "5 met S;G c2 absent=T"),
            20,
            ("without school (T)", "new to those there"),
            ({"people": "T@school remit=advises G@health S@council"},),
            ("3 observed S c1",),
            concerns="c1:3 c2:2",
        ),
        "left_off_the_table": Example(
            ("1 observed T c1", "2 observed S c2", "5 met S;T c2"),
            20,
            ("school (T), who was there",),
            (
                ("1 observed T c1", "2 observed S c2", "5 met S;T c1"),
                ("1 observed T c1", "2 observed S c2", "5 met S;T c2 complete=no"),
            ),
            ("4 told T>S c1 phone",),
            concerns="c1:3 c2:2",
        ),
        "nobody_ever_met": Example(
            ("1 observed T c1", "2 observed G c2", "3 observed S c3"),
            20,
            ("3 agencies had them",),
            (("1 observed T c1", "2 observed G c2;c3"),),
            ("10 met T;G c1;c2",),
            concerns="c1:3 c2:3 c3:2",
        ),
        "meeting_without_first_hand": Example(
            decided,
            20,
            ("took a decision", "school (T)"),
            ((*decided[:2], "m: 5 met S;P;T c1", decided[3]),),
            ("4 observed S c1",),
        ),
    }


def warned() -> dict[str, Example]:
    return {
        "warning_not_followed": Example(
            ("1 told N>S c1 phone",),
            50,
            ("After N warned", "council", "49 days"),
            (
                {"rows": ("1 told M>S c1 phone",), "ties": "M K care"},
                ("1 told N>S c1 phone", "9 agreed S c1 due=02-15"),
            ),
            ("10 met S;K - visit",),
            people=f"{FOUR} N:support M:family",
        ),
        "decided_after_a_warning": Example(
            ("1 told T>S c1 phone", "29 decided S c1 outcome=no_further_action"),
            50,
            ("council decided on no further action on 2024-01-29", "school"),
            (
                ("1 told T>S c1 phone", "30 decided S c1 outcome=no_further_action"),
                ("1 told T>S c1 phone", "29 closed S>T"),
                ("1 told T>S c1 phone", "2 told S>P c1 phone", "29 closed S"),
            ),
            ("29 met T;S c1",),
        ),
        "stepped_down_while_grave": Example(
            ("1 observed S c1", "29 decided S c1 outcome=step_down"),
            50,
            ("28 days after",),
            (("1 observed S c1", "30 decided S c1 outcome=step_down"),),
            ("2023-11-01 observed S c1",),
        ),
        "warnings_at_one_desk": Example(
            ("1 told T>S c1 phone", "2 told G>S c2 phone", "3 told P>S c3 phone"),
            20,
            ("3 senders", "council"),
            (("1 told T>S c1 phone", "2 told G>S c2 phone", "3 told T>S c3 phone"),),
            ("10 agreed S c1",),
            concerns="c1:3 c2:3 c3:3",
        ),
    }
