"""Small cases: what worked."""

from __future__ import annotations

from tests.review.example import FOUR, Example


def strengths() -> dict[str, Example]:
    joined = ("1 observed T c1", "2 observed S c2", "5 told T>S c1 phone", "6 agreed S c1")
    over = (
        "1 observed T c1",
        "3 told T>U c1 phone",
        "4 told U>B c1 phone",
        "5 told B>G c1 phone",
        "6 told G>H - phone",
    )
    alone = ("1 observed T c1 seen=alone", "20 met T;K - visit seen=alone", "40 met T;K - visit seen=alone")
    agreed = ("1 observed T c1", "2 agreed T c1 due=20 summary='See the child'")
    return {
        "joined_for_the_first_time": Example(
            joined,
            20,
            ("together for the first time", "2 parties"),
            (joined[:3],),
            keys=("e3",),
            concerns="c1:3 c2:2",
        ),
        "all_holders_at_one_table": Example(
            ("1 observed T c1", "2 told T>S c1 phone", "5 met T;S c1"),
            20,
            ("Everybody on record", "2 parties"),
            (("1 observed T c1", "2 told T>S c1 phone", "5 met T;P c1"),),
            keys=("e3",),
        ),
        "first_hand_at_the_table": Example(
            ("1 observed T c1", "2 told T>S c1 phone", "5 met S;T c1", "5 decided S c1 outcome=step_up ref=e3"),
            20,
            ("The meeting on 2024-01-05 decided on “c1” with school (T) there",),
            (
                ("1 observed T c1", "2 told T>S c1 phone", "5 met S;P c1", "5 decided S c1 outcome=step_up ref=e3"),
                ("1 observed T c1", "2 told T>S c1 phone", "5 met S;T c1"),
                {"concerns": "c1:2"},
            ),
            keys=("e3", "e4"),
        ),
        "brought_again": Example(
            ("1 asked T>S c1 phone", "2 declined S>T - phone ref=e1", "3 asked T>P c1 phone"),
            20,
            ("school (T) brought “c1” again on 2024-01-03, to police, after council had turned it away",),
            (
                ("1 asked T>S c1 phone", "2 declined S>T - phone ref=e1", "3 asked T>P - phone"),
                ("1 asked T>S c1 phone", "3 asked T>P c1 phone", "5 declined S>T - phone ref=e1"),
                {"concerns": "c1:2"},
            ),
            keys=("e1", "e2", "e3"),
        ),
        "only_bridge_and_used": Example(
            over,
            20,
            ("council (B)", "2024-01-05"),
            ((*over[:3], "5 told B>G - phone", over[4]),),
            keys=("e4",),
            people="T@school U@school B@council G@health H@health",
        ),
        "childs_word_at_the_table": Example(
            ("1 told K>T c1 face_to_face", "5 met T;S c1"),
            20,
            ("What K showed or said on 2024-01-01", "2024-01-05"),
            (("1 told K>T c1 face_to_face", "5 met T;M c1"), ("1 told K>T c1 face_to_face", "5 met S;P c1")),
            keys=("e1", "e2"),
            people=f"{FOUR} M:family",
        ),
        "seen_alone_regularly": Example(
            alone,
            50,
            ("3 times", "at most 20 days apart"),
            ((*alone[:2], "63 met T;K - visit seen=alone"),),
            keys=("e1", "e2", "e3"),
        ),
        "kept_alive_and_done_in_time": Example(
            (*agreed, "20 done T - ref=e2"),
            30,
            ("school did “See the child” in time",),
            ((*agreed, "21 done T - ref=e2"),),
            keys=("e2", "e3"),
        ),
        "challenged_and_settled": Example(
            ("1 observed T c1", "2 disagreed T>S c1", "5 done T;S - ref=e2"),
            20,
            ("settled it after 3 days",),
            (("1 observed T c1", "2 disagreed T>S c1", "5 done T;S - ref=e2 outcome=attempted"),),
            keys=("e2", "e3"),
        ),
        "told_again_until_heard": Example(
            ("1 told T>S c1 phone", "10 told T>S c1 phone", "12 agreed S c1"),
            20,
            ("2 times", "2024-01-12"),
            (("1 told T>S c1 phone", "10 told T>S c1 phone", "5 agreed S c1"),),
            keys=("e1", "e2", "e3"),
        ),
        "acted_at_once": Example(
            ("1 told T>S c1 phone", "8 agreed S c1 due=20 summary='See the child'"),
            10,
            ("took on “See the child” 7 days",),
            (("1 told T>S c1 phone", "9 agreed S c1 due=20"),),
            keys=("e1", "e2"),
        ),
        "closure_told": Example(
            ("1 observed S c1", "2 observed T c2", "10 closed S>T"),
            20,
            ("council told school",),
            (("1 observed S c1", "2 observed T c2", "10 closed S"),),
            keys=("e3",),
            concerns="c1:3 c2:2",
        ),
    }
