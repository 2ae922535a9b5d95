"""Who is called what: agencies and roles, or names, in tables and in sentences."""

from __future__ import annotations

import pandas as pd

import safetynet as sn
from safetynet.pages.names import CLOSE, OPEN, Names, Said, unnamed
from safetynet.record.snapshot import snapshot


def of_four() -> sn.Case:
    people = pd.DataFrame(
        [
            {"id": "k", "name": "Kit", "kind": "child", "role": "", "agency": ""},
            {"id": "a", "name": "Anna Able, BSc", "kind": "professional", "role": "nurse, bank staff", "agency": "h"},
            {"id": "b", "name": "Ben Bold", "kind": "professional", "role": "nurse", "agency": "h"},
            {"id": "c", "name": "Cleo Calm", "kind": "professional", "role": "", "agency": ""},
        ]
    )
    concerns = pd.DataFrame([{"id": "c1", "about": "k", "category": "physical", "severity": 3, "summary": "Bruise"}])
    agencies = pd.DataFrame([{"id": "h", "name": "Hill Hospital, North Wing", "sector": "health"}])
    row = {
        "id": "e1",
        "date": "2024-01-01",
        "kind": "told",
        "who": "a",
        "to": "b;c",
        "concerns": "c1",
        "channel": "phone",
    }
    return sn.Case(people, concerns, pd.DataFrame([row]), agencies=agencies)


def test_professionals_are_called_by_agency_and_role_and_by_name():
    names = Names(snapshot(of_four()))
    assert names.of("a") == Said("Hill Hospital: nurse 1", "Anna Able, BSc")
    assert names.of("b") == Said("Hill Hospital: nurse 2", "Ben Bold")
    assert names.of("c") == Said("professional", "Cleo Calm")
    assert names.of("k") == Said("Kit", "Kit")


def test_those_of_one_agency_are_told_together():
    names = Names(snapshot(of_four()))
    assert names.several(["a", "k", "b"]) == [
        Said("Hill Hospital: nurse 1, nurse 2", "Anna Able, BSc; Ben Bold"),
        Said("Kit", "Kit"),
    ]


def test_a_sentence_names_the_agency_once():
    names = Names(snapshot(of_four()))
    a, b, c = (f"{OPEN}{place}{CLOSE}" for place in (1, 2, 3))
    assert names.say(f"{a} and {c} had it.") == Said(
        "Hill Hospital (nurse 1) and professional had it.", "Anna Able and Cleo Calm had it."
    )
    assert names.say(f"Hill Hospital ({a} and {b}) had it.") == Said(
        "Hill Hospital (nurse 1 and nurse 2) had it.", "Hill Hospital (Anna Able and Ben Bold) had it."
    )


def test_brackets_that_no_agency_stands_before_have_the_agency_in_them():
    names = Names(snapshot(of_four()))
    said = names.say(f"The second fullest is 80% ({OPEN}1{CLOSE}).")
    assert said == Said("The second fullest is 80% (Hill Hospital: nurse 1).", "The second fullest is 80% (Anna Able).")


def test_an_unnamed_case_names_no_professional_and_scores_the_same():
    case = of_four()
    bare = unnamed(case)
    said = " ".join(sn.findings(bare)["statement"]) + sn.best_picture(bare).explain()
    assert not any(name in said for name in ("Anna", "Ben", "Cleo"))
    assert sn.scores(bare).equals(sn.scores(case))
    assert case.people.equals(bare.people)
