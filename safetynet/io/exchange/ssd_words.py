"""The codes of England's Standard Safeguarding Dataset that a case can take something from."""

from __future__ import annotations

from typing import NamedTuple

AUTHORITY = ("csc", "Children's social care", "social_care")
PREFIX = "ssd_"

# The tables that are read, and the column that says whose row it is.
PERSON_OF = {
    "person": "pers_person_id",
    "family": "fami_person_id",
    "mother": "moth_childs_person_id",
    "contacts": "cont_person_id",
    "early_help_episodes": "earl_person_id",
    "cin_episodes": "cine_person_id",
    "cin_assessments": "cina_person_id",
    "cin_plans": "cinp_person_id",
    "cin_visits": "cinv_person_id",
    "s47_enquiry": "s47e_person_id",
    "initial_cp_conference": "icpc_person_id",
    "cp_plans": "cppl_person_id",
    "cp_visits": "cppv_person_id",
    "cp_reviews": "cppr_person_id",
    "involvements": "invo_person_id",
}
OTHERS = ("assessment_factors", "professionals", "department")  # joined by other ids
TABLES = (*PERSON_OF, *OTHERS)

# What some systems call a column otherwise.
ALSO = {
    "cp_reviews": {
        "workflow_step_id": "cppr_cp_review_id",
        "person_id": "cppr_person_id",
        "registration_id": "cppr_cp_plan_id",
        "due_date": "cppr_cp_review_due",
        "actual_date": "cppr_cp_review_date",
        "review_outcome": "cppr_cp_review_outcome_continue_cp",
        "quorate": "cppr_cp_review_quorate",
        "review_participation": "cppr_cp_review_participation",
    },
    "cin_plans": {"cin_plan_id": "cinp_cin_plan_id"},
}
# What is not taken into the draft: who somebody is beyond the id, and what is no part of a case.
LEFT_OUT = (
    *("pers_forename", "pers_surname", "pers_upn", "pers_legacy_id", "pers_single_unique_id", "pers_upn_unknown"),
    *("prof_professional_name", "prof_staff_id", "prof_social_worker_registration_no"),
)


class Source(NamedTuple):
    """What a source of a contact is in a case: an agency, or a person whom the data does not name."""

    id: str
    name: str
    sector: str = ""  # of an agency
    kind: str = ""  # of a person


# The codes of the source of a contact or referral.
SOURCES: dict[str, Source] = {
    "1A": Source("relative", "A relative or carer", kind="family"),
    "1B": Source("acquaintance", "An acquaintance", kind="support"),
    "1C": Source("self", "The child", kind="child"),
    "1D": Source("other_individual", "Another individual", kind="public"),
    "2A": Source("school", "A school", "education"),
    "2B": Source("education_services", "Education services", "education"),
    "3A": Source("gp", "A GP", "health"),
    "3B": Source("health_visiting", "Health visiting", "health"),
    "3C": Source("school_nursing", "School nursing", "health"),
    "3D": Source("primary_health", "Other primary health services", "health"),
    "3E": Source("emergency_department", "An emergency department", "health"),
    "3F": Source("other_health", "Other health services", "health"),
    "4": Source("housing", "Housing", "housing"),
    "5A": Source("adult_social_care", "Social care for adults", "social_care"),
    "5B": Source("council", "Another service of the authority", "other"),
    "5C": Source("other_authority", "Another authority", "social_care"),
    "5D": Source("early_help", "Early help", "social_care"),
    "6": Source("police", "Police", "police"),
    "7": Source("legal_agency", "Another legal agency", "justice"),
    "8": Source("other_organisation", "Another organisation", "other"),
    "9": Source("anonymous", "A caller who gave no name", kind="public"),
    "10": Source("unknown_source", "A source that is not known", kind="public"),
}

# What an assessment's factors are: the number of the code, category, and what it says.
FACTORS: dict[str, tuple[str, str]] = {
    "1": ("parental_capacity", "Alcohol misuse"),
    "2": ("parental_capacity", "Drug misuse"),
    "3": ("domestic_abuse", "Domestic abuse"),
    "4": ("parental_capacity", "Mental health"),
    "5": ("parental_capacity", "Learning disability"),
    "6": ("parental_capacity", "Physical disability or illness"),
    "7": ("other", "Young carer"),
    "8": ("other", "Private fostering"),
    "9": ("other", "Unaccompanied asylum-seeking child"),
    "10": ("other", "Going missing"),
    "11": ("sexual", "Child sexual exploitation"),
    "12": ("other", "Trafficking"),
    "13": ("other", "Gangs"),
    "14": ("other", "Socially unacceptable behaviour"),
    "15": ("health", "Self-harm"),
    "16": ("neglect", "Neglect"),
    "17": ("emotional", "Emotional abuse"),
    "18": ("physical", "Physical abuse"),
    "19": ("sexual", "Sexual abuse"),
    "20": ("other", "Another factor"),
    "22": ("physical", "Female genital mutilation"),
    "23": ("other", "Abuse linked to faith or belief"),
    "24": ("other", "Child criminal exploitation"),
}
OF_THE_CHILD = ("1", "2", "4", "5", "6")  # factors that are the child's own health where the letter is A
WHOSE = {"A": "the child", "B": "a parent or carer", "C": "another person in the household"}
BY_WHOM = {"A": "", "B": "by a child", "C": "by an adult"}
ABUSE = ("18", "19")
NO_FACTOR = "21"

# The categories of a child protection plan, by how they begin.
PLAN_CATEGORIES = {
    "neg": ("neglect", "Neglect"),
    "phy": ("physical", "Physical abuse"),
    "sab": ("sexual", "Sexual abuse"),
    "sex": ("sexual", "Sexual abuse"),
    "emo": ("emotional", "Emotional abuse"),
    "mul": ("other", "Multiple categories"),
}

CANNOT_TELL = (
    "It is the view of one authority: what other agencies knew, did or told each other is not in it.",
    "Who attended: a conference or a review has no list of who was there, and who was asked to come and did not. "
    "Nobody is entered as present; say who was there.",
    "What was shared: a contact has a date, a kind of source and an outcome, and not what was passed on. No concern "
    "is entered as told.",
    "Who it was: a contact names a kind of source (a school, a relative), and not which one or who. Two contacts of "
    "one kind may be of two schools.",
    "Who visited: a visit names no worker.",
    "What the concern was: there are only codes of factors and categories, no text, and not how grave it was.",
    "How it was sent: no contact says whether it was a call, a letter or a form.",
)
