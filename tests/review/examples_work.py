"""Small cases: requests, ratings, responsibility, actions, duties, leads, closures and services."""

from __future__ import annotations

from tests.review.example import FOUR, Example


def requests() -> dict[str, Example]:
    asked = ("1 observed T c1", "2 asked T>S c1 phone")
    views = ("1 decided T c1 outcome=step_up", "5 decided G c1 outcome=no_further_action")
    return {
        "request_unanswered": Example(
            asked,
            20,
            ("what school (T) asked council (S)",),
            ((asked[0], "6 asked T>S c1 phone"), (*asked, "5 agreed S c1")),
            ("10 told S>T c1 phone ref=e2",),
        ),
        "request_late": Example(
            (*asked, "17 told S>T - phone ref=e2"),
            30,
            ("after 15 days",),
            ((*asked, "16 told S>T - phone ref=e2"),),
            ("5 told S>T - phone ref=e2",),
        ),
        "request_declined": Example(
            (*asked, "3 declined S>T - phone ref=e2"),
            20,
            ("council (S) declined what school (T) had asked",),
            ((asked[0], "2 asked S>M - visit", "3 declined M>S - visit ref=e2"),),
            ("10 told S>T - phone ref=e2",),
            people=f"{FOUR} M:family",
        ),
        "consent_refused": Example(
            (asked[0], "2 asked T>M c1 visit consent=refused"),
            20,
            ("Consent was refused to school (T)",),
            ((asked[0], "2 asked T>M c1 visit consent=given"),),
            ("5 told T>S c1 phone",),
            people=f"{FOUR} M:family",
        ),
        "disagreement_open": Example(
            (asked[0], "2 disagreed T>S c1"),
            20,
            ("differed with council (S)", "18 days"),
            ((asked[0], "6 disagreed T>S c1"),),
            ("10 done T;S - ref=e2",),
        ),
        "opposite_views": Example(
            views,
            20,
            ("school (T)", "health (G)", "opposite"),
            ((views[0], "5 decided G c1 outcome=step_up"),),
            ("10 told T>G - phone",),
        ),
    }


def ratings() -> dict[str, Example]:
    both = ("1 observed T c1 rating=4", "2 told T>G c1 phone", "3 told G>T c1 phone rating=2")
    return {
        "rated_lower": Example(
            ("1 observed T c1 rating=2",),
            20,
            ("2 of 4", "severity is 4"),
            (("1 observed T c1 rating=3",),),
            ("1 observed T c1 rating=4",),
            concerns="c1:4",
        ),
        "rated_differently": Example(
            both,
            20,
            ("school (T) rated", "4 of 4", "health (G) 2"),
            ((*both[:2], "3 told G>T c1 phone rating=3"),),
            ("5 told G>T c1 phone rating=4",),
        ),
    }


def responsibility() -> dict[str, Example]:
    told = ("1 observed T c1", "2 told T>S c1 phone")
    both = ("1 observed T;G c1", "2 assumed T>G c1", "3 assumed G>T c1")
    chain = ("1 observed T;G c1", "2 assumed T>G c1", "3 assumed G>P c1")
    return {
        "informed_nobody_owned": Example(
            told,
            20,
            ("18 days without one", "school (T)", "council (S)"),
            ((*told, "3 agreed S c1"),),
            ("10 agreed S c1",),
        ),
        "assumed_no_record": Example(
            ("1 observed T c1", "2 assumed T>G c1"),
            20,
            ("school (T) counted on health (G)",),
            (
                ("1 observed T;G c1", "2 assumed T>G c1"),
                {
                    "rows": ("1 observed T;S c1", "2 assumed T>desk c1"),
                    "people": "T@school S@council",
                    "agencies": "council:social_care area=here desk:social_care area=here",
                },
            ),
            ("10 observed G c1",),
        ),
        "assumed_not_owned": Example(
            ("1 observed T;G c1", "2 assumed T>G c1"),
            20,
            ("on record there from 2024-01-01, with no action there in hand",),
            (
                ("1 observed T;G c1", "2 assumed T>G c1", "3 agreed G c1"),
                ("1 observed T;G c1", "2 assumed T>G c1", "a: 3 agreed G c1", "4 done G - ref=a", "6 observed T c1"),
            ),
            ("10 agreed G c1",),
        ),
        "left_to_family": Example(
            ("1 observed T c1", "2 assumed T>M c1"),
            20,
            ("counted on M",),
            (("1 observed T c1", "2 assumed T>G c1"),),
            ("10 agreed T c1",),
            people=f"{FOUR} M:family",
        ),
        "each_thought_the_other_had_it": Example(
            both,
            20,
            ("health", "school", "for granted"),
            ((*both[:2], "3 assumed G>S c1"),),
            ("10 agreed T c1",),
        ),
        "counted_in_circle": Example(
            both,
            20,
            ("2 agencies counted on each other",),
            (both[:2],),
            ("10 agreed T c1",),
        ),
        "chain_ends_in_nobody": Example(
            chain,
            20,
            ("school (T) counted on health (G)", "on police (P)"),
            (chain[:2], ("1 observed T;G c1", "2 assumed T>health c1", "3 assumed G>P c1")),
            ("10 observed P c1", "11 agreed P c1"),
        ),
    }


def actions() -> dict[str, Example]:
    agreed = ("1 observed T c1", "2 agreed T c1 summary='See the child'")
    return {
        "action_to_uninformed": Example(
            ("1 observed T c1", "2 agreed G c1"),
            20,
            ("with health (G), who took on",),
            (("1 observed T;G c1", "2 agreed G c1"),),
            ("5 told T>G c1 phone",),
        ),
        "action_nobody_took": Example(
            ("1 observed T c1", "2 agreed - c1 summary='See the child'"),
            20,
            ("No owner on record for “See the child”",),
            (agreed,),
            ("10 done T - ref=e2",),
        ),
        "action_partly": Example(
            (*agreed, "5 done T - ref=e2 outcome=attempted"),
            20,
            ("tried", "15 days"),
            ((*agreed, "5 done T - ref=e2"),),
            ("10 done T - ref=e2",),
        ),
        "action_overdue": Example(
            ("1 observed T c1", "2 agreed T c1 due=10"),
            20,
            ("10 days after it was due on 2024-01-10",),
            (("1 observed T c1", "2 agreed T c1 due=25"),),
            ("12 done T - ref=e2",),
        ),
        "action_undated": Example(
            agreed,
            50,
            ("“See the child” of school (T)", "no date was agreed"),
            (("1 observed T c1", "8 agreed T c1"),),
            ("45 done T - ref=e2",),
        ),
        "action_late": Example(
            ("1 observed T c1", "2 agreed T c1 due=5", "20 done T - ref=e2"),
            30,
            ("15 days after it was due",),
            (("1 observed T c1", "2 agreed T c1 due=5", "19 done T - ref=e2"),),
            ("6 done T - ref=e2",),
        ),
        "needed_never_agreed": Example(
            ("1 observed T c1", "5 needed - c1 summary='See the child'"),
            20,
            ("“See the child” was needed", "1 party had"),
            (("1 observed T c1", "5 needed - c1", "6 done T - ref=e2"),),
            ("10 agreed T c1 ref=e2",),
        ),
        "worry_came_back": Example(
            (*agreed, "5 done T - ref=e2", "10 observed T c1"),
            40,
            ("seen again on 2024-01-10", "30 days"),
            ((*agreed, "5 done T - ref=e2", "10 observed T c1", "24 agreed T c1"),),
            ("15 agreed T c1",),
        ),
    }


def duties() -> dict[str, Example]:
    duty = ("1 observed S c1", "2 expected S c1 rule=law due=10 summary='See the child'")
    return {
        "duty_not_met": Example(
            duty,
            20,
            ("“See the child” done, a duty of council (S)", "due 2024-01-10", "law"),
            ((duty[0], "2 expected S c1 rule=law due=25"),),
            ("8 done S - ref=e2",),
        ),
        "duty_met_late": Example(
            (*duty, "15 done S - ref=e2"),
            20,
            ("5 days after its limit",),
            ((*duty, "10 done S - ref=e2"),),
            ("8 done S - ref=e2",),
        ),
        "duty_could_not_be_known": Example(
            ("1 observed T c1", duty[1]),
            20,
            ("to council (S)", "“See the child” lay"),
            (("1 observed T c1", duty[1], "3 told T>S - phone"),),
            ("5 told T>S c1 phone",),
        ),
    }


def lead() -> dict[str, Example]:
    two = "S@council lead_from=01-01 lead_to=01-10 U@council lead_from=01-11"
    talk = ("1 observed T c1", "2 told T>S c1 phone")
    return {
        "lead_missing": Example(
            talk,
            40,
            ("for 28 days, from 2024-01-01 to 2024-01-29",),
            ({"people": "T@school S@council lead_from=01-10"},),
            {"people": "T@school S@council lead_from=01-01"},
            people="T@school S@council lead_from=01-30",
        ),
        "lead_not_recorded": Example(
            talk,
            20,
            ("2 agencies",),
            ({"people": "T@council S@council"},),
            {"people": "T@school S@council lead_from=01-01"},
        ),
        "lead_changed": Example(
            ("1 observed S c1", "2 told U>S - phone"),
            30,
            ("new lead professional (U)",),
            (("1 observed S c1", "9 told S>U c1 phone"),),
            ("20 told S>U c1 phone",),
            people=two,
        ),
        "supervision": Example(
            ("1 observed S c1", "1 opened U"),
            50,
            ("between council (U)", "49 days"),
            ({"ties": "U S working"},),
            ("25 told U>S - phone",),
            people="S@council U@council",
            more={"ties": "U S supervision"},
        ),
    }


def closures() -> dict[str, Example]:
    two = ("1 observed S c1", "2 observed T c2")
    return {
        "closure_not_told": Example(
            (*two, "3 closed G>T", "10 closed S"),
            20,
            ("No row tells school", "council ended its part on 2024-01-10"),
            ((*two, "3 closed G>T", "10 closed S>T"),),
            ("10 told S>T - phone ref=e4",),
            concerns="c1:3 c2:2",
        ),
        "closure_telling_not_recorded": Example(
            (*two, "10 closed S"),
            20,
            ("council ended its part",),
            ((*two, "10 closed S>T"),),
            ("10 told S>T - phone ref=e3",),
            concerns="c1:3 c2:2",
        ),
    }


def services() -> dict[str, Example]:
    talk = ("1 observed T c1", "2 told T>S c1 phone")
    gap = "nursery K school 01-01 01-10\nnursery K school 02-20 03-01"
    twice = "help K school 01-01 01-30\nhelp K health 01-05 01-30"
    return {
        "need_without_service": Example(
            talk,
            20,
            ("“nursery” of K",),
            ({"services": "nursery K school 01-01"},),
            {"services": "nursery K - 01-01\nnursery K school 01-05"},
            more={"services": "nursery K - 01-01"},
        ),
        "service_gap": Example(
            talk,
            70,
            ("“nursery” of K", "40 days"),
            ({"services": gap.replace("02-20", "01-25")},),
            {"services": f"{gap}\nnursery K health 01-11 02-19"},
            more={"services": gap},
        ),
        "duplicated_work": Example(
            talk,
            40,
            ("health and school", "“help” of K"),
            ({"services": twice.replace("help K health", "sleep K health")},),
            ("20 met T;G - planning",),
            more={"services": twice},
        ),
    }
