"""What is odd but usable: each warning fires, and does not fire on its near twin."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.case import odd_courses, odd_rows, odd_tables
from safetynet.case.oddities import oddities
from tests.builder import case

PEOPLE = "T@school S@council P@police K:child M:family"
CONCERNS = "c1 c2 ok:0 answers=c1"
SEEN = "1 observed T c1;c2;ok"


def said(*rows: str, people: str = PEOPLE, concerns: str = CONCERNS, **more: object) -> list[str]:
    """What the warnings say, after a first row in which everything was seen."""
    return case(people, concerns, "s: " + SEEN, *rows, **more).warnings["problem"].tolist()


def test_a_case_in_order_has_no_warnings():
    assert said("told T>S c1 phone", "a: agreed S c1 due=40", "30 done S ref=a outcome=partly") == []


@pytest.mark.parametrize(
    ("odd", "twin", "words"),
    [
        ("9 agreed S c1 due=8", "9 agreed S c1 due=9", "due before the row's own date"),
        ("9 asked T>S c1 phone due=8", "9 asked T>S c1 phone due=10", "due before the row's own date"),
        ("5 agreed S c1\n4 done S ref=e2", "5 agreed S c1\n5 done S ref=e2", "done before 'e2' was agreed"),
        ("5 expected S c1\n4 done S ref=e2", "5 expected S c1\n6 done S ref=e2", "done before 'e2' was expected"),
        (
            "4/6 agreed S c1\n4 done S ref=e2;s",
            "4/6 agreed S c1\n4 done S ref=e2",
            "refers to a row of kind 'observed'",
        ),
        ("done S", "agreed S c1\ndone S ref=e2", "does not say which action was done"),
        ("met S c1", "met S;T c1", "a meeting of one"),
        ("met S;S c1", "met S;T c1", "a meeting of one"),
        ("met S;T;S c1", "met S;T c1", "named twice"),
        ("met S;T c1 absent=P;P", "met S;T c1 absent=P", "named twice"),
        ("met S;T c1 absent=T", "met S;T c1 absent=P", "there and absent"),
        ("told T>S c1 phone present=S", "told T>S c1 phone present=M", "present without a part"),
        ("told T>S;T c1 phone", "told T>S;P c1 phone", "sender is among the recipients"),
        ("told T>S c1", "told T>S c1 two_way=no", "there is no channel"),
        ("told T>S c1 pigeon", "told T>S c1 letter", "'pigeon' is not one we know"),
        ("told T>S c1 supervision", "met T;S c1 supervision", "a sort of meeting, and the row is told"),
        ("decided T>S c1 pigeon outcome=same", "decided T>S c1 outcome=same", "taken as one-way"),
        ("told T>S c1 letter received_on=1", "told T>S c1 letter received_on=2", "read before it was sent"),
        ("told T>S c1 letter received_on=9 received=no", "told T>S c1 letter received_on=9", "which counts"),
        ("told T>S c1 letter received_on=9 two_way=yes", "told T>S c1 letter two_way=yes", "received_on is one-way"),
        ("met S;T c1 'strategy meeting'", "met S;T c1 strategy", "counts as planning"),
        ("observed T c1 about=M", "observed T c1 about=K", "is not a child"),
        ("observed T>S c1", "observed T;S c1", "to has no effect"),
        ("agreed S>T c1", "agreed S c1", "to has no effect"),
        ("needed S c1", "needed - c1", "who has no effect"),
        ("agreed S c1 rule=law", "expected S c1 rule=law", "rule has no effect"),
        ("told T>S c1 phone absent=P", "met T;S c1 absent=P", "absent has no effect"),
        ("agreed S c1 present=T", "observed S c1 present=T", "present has no effect"),
        ("agreed S c1 complete=yes", "met S;T c1 complete=yes", "complete has no effect"),
        ("observed T c1 two_way=yes", "told T>S c1 letter two_way=yes", "two_way has no effect"),
        ("opened T received=no", "opened T>S received=no", "received has no effect"),
    ],
)
def test_a_row_by_itself(odd, twin, words):
    assert any(words in one for one in said(odd))
    assert not any(words in one for one in said(twin))


def test_an_answer_before_its_request():
    words = "it answers 'e2' before that was asked."
    asked = "5 asked T>S c1 phone"
    assert words in said(asked, "4 told S>T - phone ref=e2")
    assert words not in said(asked, "5 told S>T - phone ref=e2")
    assert words not in said(asked, "4/6 told S>T - phone ref=e2")
    assert words not in said(asked, "4 expected S c1 ref=e2")  # a duty answers no request


def test_an_answer_to_what_did_not_arrive():
    words = "it answers 'e2', which did not arrive."
    assert words in said("5 asked T>S c1 fax received=no", "6 told S>T - phone ref=e2")
    assert words not in said("5 asked T>S c1 fax received=no received_on=6", "6 told S>T - phone ref=e2")
    assert words not in said("5 asked T>S c1 fax", "6 told S>T - phone ref=e2")


def test_somebody_passed_it_on_before_a_row_shows_how_they_knew_it():
    words = "'S' passed it on before a row shows how they knew it."
    told = "5 told S>P c1 phone"
    assert words in said(told)
    assert words in said("6 told T>S c1 phone", told)
    assert words in said("4 told T>S c1 letter received_on=6", told)
    assert words in said("4 told T>S c1 letter received=no", told)
    assert words not in said("5 told S>P - phone")
    for earlier in (
        "4 told T>S c1 phone",
        "5 told T>S c1 phone",
        "4 told T>S c1 letter received_on=5",
        "4 observed P c1 present=S",
        "4 met T;S c1",
        "4 decided S c1 outcome=same",
        "../9 observed S c1",
    ):
        assert words not in said(earlier, told), earlier


def test_people_who_decided_together_without_a_meeting():
    words = "they decided together, and no row shows that they met."
    decided = "9 decided T;S c1 outcome=same"
    for none in ((), ("10 met T;S c1",), ("8 told T>S c1 phone received=no",)):
        assert words in said(*none, decided), none
    for together in ("9 met T;S c1", "8 told T>S c1 phone"):
        assert words not in said(together, decided), together
    assert words not in said("9 decided T;council c1 outcome=same")  # a person and an agency


def test_a_meeting_without_concerns_at_which_an_action_on_one_was_agreed():
    words = "it names no concerns, and an action on one was agreed at it (e3)."
    assert words in said("met T;S", "agreed S c1 ref=e2")
    assert words not in said("met T;S c1", "agreed S c1 ref=e2")
    assert words not in said("met T;S", "agreed S ref=e2")
    assert words not in said("met T;S", "agreed S c1")


def alone(*rows: str, concerns: str = "c1", **more: object) -> list[str]:
    return case(PEOPLE, concerns, *rows, **more).warnings["problem"].tolist()


def test_a_decision_on_a_worry_that_nobody_had():
    words = "nobody had 'c1' on record by then."
    assert words in alone("9 decided S c1 outcome=no_further_action")
    assert words in alone("9 decided S c1 outcome=no_further_action", "10 observed T c1")
    assert words not in alone("9 decided S c1 outcome=no_further_action", "9 observed T c1")
    assert words not in alone("8 told M>T c1 phone", "9 decided S c1 outcome=no_further_action")
    assert words not in alone("9 decided S ok outcome=same", concerns="ok:0")  # a reassurance is no worry


def test_a_concern_that_nobody_observed():
    words = "no row shows that anybody observed it."
    assert words in alone("9 told M>T c1 phone")
    assert words not in alone("9 observed school c1")  # an agency's file


def test_a_difference_on_a_decision_that_was_settled_without_a_later_decision():
    words = "it is about a decision and was settled, and no later row decides anew."
    rows = ["4 decided S c1 outcome=no_further_action", "5 disagreed T>S c1 phone ref=e2"]
    settled = "9 done T ref=e3"
    assert words in said(*rows, settled)
    assert words in said(*rows, settled, "8 decided S c2 outcome=step_up")  # on something else
    assert words in said(*rows, settled, "3 decided P c1 outcome=step_up")  # before
    assert words not in said(*rows, settled, "8 decided S c1 outcome=step_up")
    assert words not in said(*rows)  # not settled
    assert words not in said(*rows, f"{settled} outcome=refused")
    assert words not in said("4 agreed S c1", "5 disagreed T>S c1 phone ref=e2", settled)  # about an action


def test_a_worry_neither_resolved_nor_in_hand_after_its_last_action_was_done():
    words = "every action on it is done, and it is neither resolved nor in hand."
    rows = ["4 agreed S c1", "9 done S ref=e2"]
    assert words in said(*rows)
    assert words not in said(*rows, concerns="c1 resolved=10 c2 ok:0 answers=c1")
    assert words not in said(*rows, "8 agreed S c1")  # the next step
    assert words not in said("4 agreed S c1", "9 done S ref=e2 outcome=partly")
    assert words not in said("4 agreed S ok", "9 done S ref=e2")  # no worry
    assert words not in said("4 agreed S", "9 done S ref=e2")


def test_a_resolved_worry_observed_again():
    words = "'c1' was resolved, and is observed again."
    concerns = "c1 resolved=5 c2 ok:0 answers=c1"
    assert words in said("6 observed S c1", concerns=concerns)
    assert words not in said("5 observed S c1", concerns=concerns)
    assert words not in said("6 told T>S c1 phone", concerns=concerns)
    assert words not in said("5/6 observed S c1", concerns=concerns)  # it may have been before


def test_worries_at_a_desk_that_nobody_is_shown_to_have_read():
    words = "c1 reached the desk of 'council', its people act later, and no row shows that anyone read it."
    fax, acts = "5 asked T>council c1 fax", "9 told S>P - phone"
    assert words in said(fax, acts)
    assert words in said(fax, "9 opened S")
    assert words in said(fax, acts, "4 told council>S c1 file")  # before it came
    assert words not in said(fax)  # nobody of theirs acts
    assert words not in said("5 asked T>council c1 fax", "4 told S>P - phone")  # only before
    assert words not in said(fax, acts, "6 told council>S c1 file")
    assert words not in said("5 asked T>council;S c1 fax", acts)
    assert words not in said(fax, acts, "7 told T>S c1 phone")  # has it from somebody else
    assert words not in said("5 asked T>council c1 fax received=no", acts)
    assert words not in said("5 asked T>council ok fax", acts)  # no worry
    assert words not in said("5 told S>council c1 file", acts, "3 told T>S c1 phone")  # one of theirs put it there


def test_a_contact_outside_a_post():
    words = "a contact of 'S' outside their time in post."
    people = "T@school S@council start=5 end=9 K:child"
    for day in ("4", "10"):
        assert words in said(f"{day} told T>S c1 phone", people=people)
    for day in ("5", "9", "4/5", "9/.."):
        assert words not in said(f"{day} told T>S c1 phone", people=people)
    assert words not in said("10 agreed S c1", people=people)  # no contact


def test_a_year_far_from_the_others():
    words = "its year is far from those of the other rows."
    rows = [f"{day} observed T c1" for day in range(2, 10)]
    assert said(*rows, "2042 observed T c1").count(words) == 1
    assert said(*rows, "1924-01-05 observed T c1", "1925 observed T c1").count(words) == 2
    assert words not in said(*rows, "2028 observed T c1")  # four years on
    assert words not in said(*(f"{year} observed T c1" for year in range(1990, 2025, 4)))  # a long story
    assert words not in said("2042 observed T c1")  # which of the two is it?


def test_a_harm_date_before_or_after_every_row():
    rows = ["5 observed T c1", "9 observed T c1"]
    assert "it is before every row of the chronology." in said(*rows, harm_date="2023-12-31")
    assert "it is after every row of the chronology." in said(*rows, harm_date="10")
    for date in ("1", "9", "2024-01", "7/.."):
        assert not any("every row" in one for one in said(*rows, harm_date=date))


def test_two_concerns_that_could_be_one():
    words = "'c1' and 'c2' are of one category about the same child: they could be one concern."
    assert words in said(links="c1 c2 same_matter")
    assert words not in said(links="c1 c2 corroborates")
    assert words not in said(links="c1 c2 same_matter", concerns="c1 c2 category=physical ok:0 answers=c1")
    assert words not in said(links="c1 c2 same_matter", concerns="c1 c2 about=M ok:0 answers=c1")
    assert "it joins a concern with itself." in said(links="c1 c1 became")


def test_two_people_of_one_name():
    words = "T and X have the same name."
    assert words in said(people='T name="Ann  Lee" X:family name="ann lee" K:child')
    assert words not in said(people='T name="Ann Lee" X:family name="Ann Leigh" K:child')


def test_a_remit_of_somebody_who_is_no_professional():
    words = "remit has no effect: they are no professional."
    assert words in said(people="T@school M:family remit=advises K:child")
    assert words not in said(people="T@school remit=advises M:family K:child")


def test_a_reassurance_that_answers_no_worry():
    words = "it answers no worry."
    assert words in said(concerns="c1 c2 ok:0 category=strength so:0 answers=ok", people=PEOPLE)
    assert words not in said(concerns="c1 c2 ok:0 category=strength so:0 answers=c1")


def test_an_agency_that_only_a_person_names():
    words = "the agency 'school' is named by a person but not listed; it was created."
    assert words in said(people="T@school K:child", agencies="schools")
    assert words not in said(people="T@school K:child")  # no table of agencies, nothing to be missing from
    assert words not in said(people="T@school K:child", agencies="school")


def test_an_agency_called_like_a_sector():
    words = "'police' is an agency and a sector: the row counts for both."
    assert words in said(permissions="police * - permitted")
    assert words not in said(people="T@school K:child", permissions="police * - permitted")


def test_a_column_of_ones_own_beside_one_of_ours():
    import pandas as pd

    made = case(PEOPLE, CONCERNS, SEEN)
    tables = [made.people, made.concerns, made.chronology.assign(concern="x")]
    assert (
        "the column 'concern' is kept as one of your own beside 'concerns'."
        in sn.Case(*tables).warnings["problem"].tolist()
    )
    assert isinstance(tables[2], pd.DataFrame)
    tables[2] = made.chronology.assign(page="x")
    assert sn.Case(*tables).warnings.empty


# a case of the first edition ----------------------------------------------------------------------------


RECODED = {
    "5 told M>S c1 face_to_face received=no outcome=refused": ("5 declined S>M c1 face_to_face", "declined"),
    "5 told M>S c1 face_to_face received=no outcome='Turned away'": ("5 told M>S c1 fax received=no", "declined"),
    "5 told T>S c1 referral": ("5 asked T>S c1 referral", "asked"),
    "5 told T>S c1 phone due=9": ("5 asked T>S c1 phone due=9", "asked"),
    "5 told T>S c1 phone\n6 declined S>T - phone ref=e2": (
        "5 asked T>S c1 phone\n6 declined S>T - phone ref=e2",
        "asked",
    ),
    "5 assumed T c1": ("5 believed T c1", "believed"),
    "5 agreed S c1 rule=law": ("5 expected S c1 rule=law", "expected"),
    "5 needed S c1": ("5 expected S c1", "expected"),
    "5 met T;S c1 'case conference'": ("5 met T;S c1 conference", "'conference'"),
    "5 met T;S c1 'strategy discussion by telephone'": ("5 met T;S c1 strategy", "'strategy'"),
    "5 decided T;S c1 outcome=same": ("5 met T;S c1\n5 decided T;S c1 outcome=same", "met"),
}


@pytest.mark.parametrize("first", RECODED)
def test_what_would_now_be_coded_otherwise_is_told_with_the_new_word(first):
    second, word = RECODED[first]
    table = case(PEOPLE, CONCERNS, "s: " + SEEN, first).warnings
    told = table[~table["problem"].str.contains("how they knew|observed it")]
    assert len(told) == 1, table.to_string()
    assert word in told["hint"].tolist()[0]
    again = case(PEOPLE, CONCERNS, "s: " + SEEN, second).warnings
    assert not any(word in hint for hint in again["hint"])


def test_a_letter_that_did_not_arrive_is_left_alone():
    assert said("5 told T>S c1 letter received=no outcome='lost in the post'") == []


def test_the_columns_of_the_first_edition_are_enough():
    import pandas as pd

    made = sn.Case(
        pd.DataFrame([{"id": "k", "name": "K", "kind": "child"}, {"id": "t", "name": "T", "kind": "professional"}]),
        pd.DataFrame([{"id": "c", "about": "k", "category": "neglect", "severity": "2", "summary": "c"}]),
        pd.DataFrame([{"id": "e", "date": "2024", "kind": "observed", "who": "t", "concerns": "c"}]),
    )
    assert made.warnings.empty


# all of them --------------------------------------------------------------------------------------------


def test_warnings_stand_in_the_order_of_the_tables_and_rows():
    made = case(PEOPLE, "c1 c2", "9 told T>S c1", "8 told S>T c2", "met S c1", harm_date="2030")
    table = made.warnings
    assert table["table"].tolist() == sorted(table["table"], key=["people", "concerns", "chronology", "case"].index)
    rows = table[table["table"] == "chronology"]["row"].astype(int).tolist()
    assert rows == sorted(rows)


def test_every_rule_has_fired_in_these_tests():
    """The rules by name, so that a new one is not forgotten here."""
    names = {rule.__name__ for module in (odd_rows, odd_courses, odd_tables) for rule in module.RULES}
    rows = "dates what_was_done answers people_in_it first_told channels without_effect children posts recoded"
    courses = "in_hand seen_again decided_on_nothing tabled_nothing settled_without_decision unread_desks"
    tables = "far_years harm_apart columns people agencies concerns links places"
    assert names == set(f"{rows} {courses} {tables}".split())


def test_a_warning_of_a_part_is_that_of_the_case_built_of_it():
    whole = sn.load_case("victoria_climbie").until("1999-08")
    assert len(oddities(whole._raw, whole._records)) == len(whole.warnings)
