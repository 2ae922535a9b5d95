"""The closed vocabularies of the case format, and what each kind of row says. Nothing else repeats them."""

from __future__ import annotations

from typing import NamedTuple

PERSON_KINDS = ("child", "family", "support", "public", "professional")
REMITS = ("works_with", "decides", "advises", "passes_on")
SECTORS = ("social_care", "health", "police", "education", "housing", "justice", "voluntary", "faith", "other")
WORRY_CATEGORIES = (
    *("physical", "neglect", "emotional", "sexual", "domestic_abuse"),
    *("parental_capacity", "housing", "school", "health", "other"),
)
CALM_CATEGORIES = ("reassurance", "strength")
CATEGORIES = WORRY_CATEGORIES + CALM_CATEGORIES


class Kind(NamedTuple):
    """A kind of row of the chronology: who does it, whom it reaches, what it says, and an example."""

    name: str
    who: str = ""
    to: str = ""
    meaning: str = ""
    example: str = ""


KINDS: tuple[Kind, ...] = (
    Kind(
        "observed",
        who="one or more people, or an agency",
        meaning=(
            "They came to know the concerns first hand; several in one row were there together. An agency: it stood in "
            "that agency's file from then on."
        ),
        example="The teacher saw a bruise.",
    ),
    Kind(
        "told",
        who="the sender, a person or an agency",
        to="the recipients, people or agencies",
        meaning="A contact; concerns is what was passed, empty is a contact without a concern being passed.",
        example="The teacher rang the social worker about the bruise.",
    ),
    Kind(
        "asked",
        who="who asked",
        to="whom",
        meaning=(
            "A request for information or action; a referral is asked. A contact like told, and an answer is expected; "
            "a later row whose ref names it answers it."
        ),
        example="The school referred the family to social care.",
    ),
    Kind(
        "declined",
        who="who said no",
        to="to whom",
        meaning=("A contact: a request or a referral was refused. Who came, was heard and was sent away was declined."),
        example="The desk sent the caller away.",
    ),
    Kind(
        "met",
        who="those who were there",
        meaning=(
            "A meeting; absent is who mattered and was not there, concerns what was put on the table, channel which "
            "sort of meeting."
        ),
        example="Strategy discussion of social worker and police.",
    ),
    Kind(
        "withheld",
        who="who held back",
        to="from whom",
        meaning="A recorded decision, or a reason given, not to pass the concerns on; no contact.",
        example="The doctor did not tell the school, as consent was thought to be needed.",
    ),
    Kind(
        "assumed",
        who="who counted on somebody",
        to="who they assumed would act",
        meaning=("Reliance: they counted on somebody else having it in hand; empty concerns are everything they know."),
        example="The nurse counted on the social worker to visit.",
    ),
    Kind(
        "believed",
        who="who took it to be so",
        to="whose knowledge or view it is about; empty is the matter itself",
        meaning=(
            "What they took to be so: an explanation accepted, what they thought that another knew. Never who would "
            "act."
        ),
        example="The doctor took the marks for scabies.",
    ),
    Kind(
        "agreed",
        who="the owners; empty is that nobody took it",
        meaning="An action that somebody took on, with due and the concerns it answers; ref may name the meeting.",
        example="The health visitor will visit by Friday.",
    ),
    Kind(
        "expected",
        who="on whom it lay, people or agencies",
        meaning=(
            "A duty that a law, protocol, policy or plan laid on somebody, whether or not they agreed; rule names it, "
            "ref what set it off, due its limit."
        ),
        example="An enquiry was due under the law.",
    ),
    Kind(
        "needed",
        who="",
        meaning=(
            "An action that a reviewer says, looking back, was needed; listed, never scored as if it had been agreed."
        ),
        example="A medical examination was needed.",
    ),
    Kind(
        "decided",
        who="who decided",
        to="who was told",
        meaning=(
            "A decision about the concerns, with its outcome. Who decides about a concern is on record as knowing it."
        ),
        example="The manager closed the referral.",
    ),
    Kind(
        "disagreed",
        who="who",
        to="with whom",
        meaning=(
            "A professional difference about the concerns; ref is the decision or action in question, and a done row "
            "with its id as ref settles it."
        ),
        example="The nurse disagreed with the discharge.",
    ),
    Kind(
        "done",
        who="who did it",
        meaning="ref is the agreed, expected or disagreed row.",
        example="The health visitor visited.",
    ),
    Kind(
        "opened",
        who="whose involvement begins",
        to="who was told of it",
        meaning="Involvement or allocation begins.",
        example="The case was allocated.",
    ),
    Kind(
        "closed",
        who="whose involvement ends",
        to="who was told of it",
        meaning="Involvement ends.",
        example="The case was closed.",
    ),
)
ROW_KINDS = tuple(kind.name for kind in KINDS)

WORD_KINDS = ("told", "asked", "declined")  # always from somebody to somebody
TELLING_KINDS = ("decided", "disagreed", "opened", "closed")  # contacts where somebody stands in `to`
KNOWING_KINDS = ("decided", "disagreed", "withheld")  # whoever does it has the concerns on record in any case
LOOKING_BACK = ("expected", "needed")  # nobody did anything in such a row

TWO_WAY_CHANNELS = ("phone", "face_to_face", "visit", "video", "meeting")
ONE_WAY_CHANNELS = ("letter", "fax", "email", "referral", "report", "message", "file")
CHANNELS = TWO_WAY_CHANNELS + ONE_WAY_CHANNELS
PLANNING_MEETINGS = ("conference", "review", "core_group", "care_team", "tac", "family_meeting", "planning")
OTHER_MEETINGS = (
    *("strategy", "legal", "supervision", "professionals", "handover", "court", "interview", "visit", "clinic"),
)
MEETING_CHANNELS = PLANNING_MEETINGS + OTHER_MEETINGS

SEEN = ("alone", "with_carer", "with_others", "glimpsed", "not_seen", "refused", "not_there")
SEEN_WELL = ("alone", "with_carer", "with_others")
SEEN_AT_ALL = (*SEEN_WELL, "glimpsed")
REASONS = (
    *("consent_thought_needed", "consent_refused", "assumed_known", "not_thought_significant", "below_threshold"),
    *("no_route", "not_reached", "capacity", "advised_against", "legal_bar", "other"),
)
CONSENT = ("given", "refused", "not_needed", "unknown")
DECISIONS = ("step_up", "same", "step_down", "no_further_action", "discharge")
PUT_ASIDE = ("no_further_action", "step_down", "discharge")
DOINGS = ("completed", "partly", "attempted", "refused")
OUTCOMES = {"decided": DECISIONS, "done": DOINGS}
CONFIDENCE_WORDS = {"high": 0.95, "medium": 0.8, "low": 0.5}

TIE_KINDS = ("kin", "household", "care", "supervision", "working")
TIE_QUALITIES = ("strong", "weak", "stressful", "broken")
PERMISSIONS = ("required", "permitted", "not_needed", "prohibited", "unknown")
STRICTEST_FIRST = ("prohibited", "not_needed", "unknown", "permitted", "required")
LEVELS = ("ideal", "developmental", "unacceptable")
LINK_KINDS = ("same_matter", "corroborates", "contradicts", "explains", "became")
CONDITION_KINDS = (
    *("workload", "vacancy", "absence", "reorganisation", "supervision", "procedure", "closure", "other"),
)
STATUSES = ("published", "illustrative")
