"""What the published reviews concluded about packaged cases, as far as the pages in their ``sources.csv`` tell it.

Each conclusion has the codes of the pages on which it stands, and which findings would say the same: a kind, with the
concerns that it must be about. They were written down from the pages and the rows, not from the findings.
"""

from __future__ import annotations

from dataclasses import dataclass

from safetynet import load_case
from safetynet.review import Finding, Matter, as_matters, found

FIRST, PRINTED = 10, 3  # matters of a first page, and sentences that the command line prints of each


@dataclass(frozen=True)
class Conclusion:
    """A conclusion of a review, the pages it is on, what would say the same, and where the two differ."""

    text: str
    pages: str
    says: tuple[str, ...] = ()
    differs: str = ""

    def said_by(self, one: Finding) -> bool:
        """Whether a finding says it: it is of one of the kinds, and about all the concerns named with it."""
        for kind, *concerns in (said.split() for said in self.says):
            if one.kind == kind and set(concerns) <= set(one.concerns):
                return True
        return False


@dataclass(frozen=True)
class Beside:
    """The gaps of a case as matters, its conclusions, and in which matters (from 1) each is said."""

    matters: list[Matter]
    findings: list[Finding]
    said: dict[Conclusion, list[int]]

    @property
    def among_first(self) -> int:
        """How many conclusions are said by a finding of one of the first matters."""
        return sum(bool(places) and places[0] <= FIRST for places in self.said.values())

    @property
    def printed(self) -> int:
        """How many are said by a sentence that the command line prints of the first matters."""
        shown = [line for matter in self.matters[:FIRST] for line in self._printed(matter)]
        return sum(any(one.said_by(line) for line in shown) for one in self.said)

    def by(self, one: Conclusion) -> str:
        """The kind of the finding that says a conclusion, in the first matter that has one."""
        lines = (self.findings[at] for at in self.matters[self.said[one][0] - 1].findings)
        return next(line.kind for line in lines if one.said_by(line))

    def _printed(self, matter: Matter) -> list[Finding]:
        kinds: dict[str, Finding] = {}
        for at in matter.findings:
            kinds.setdefault(self.findings[at].kind, self.findings[at])
        return list(kinds.values())[:PRINTED]


def beside(name: str) -> Beside:
    """The matters of a packaged case beside the conclusions of its review."""
    findings = found(load_case(name))
    matters = [one for one in as_matters(findings) if one.side == "gap"]
    places = list(enumerate(matters, start=1))

    def where(conclusion: Conclusion) -> list[int]:
        return [place for place, one in places if any(conclusion.said_by(findings[at]) for at in one.findings)]

    said = {conclusion: where(conclusion) for conclusion in CONCLUSIONS[name]}
    return Beside(matters, findings, said)


PELKA = (
    Conclusion(
        "Nobody spoke with Daniel himself, nor found an interpreter for him.",
        "BBC13",
        ("child_never_speaks",),
        "The finding counts from his third birthday and says nothing of language: no language is coded.",
    ),
    Conclusion(
        "Injuries seen at school were written down in more than one place and not brought together.",
        "SLP",
        ("duty_not_met C09 C10", "never_left_a_person C10"),
    ),
    Conclusion(
        "What the school saw was not referred to social care.",
        "CMB GGC",
        ("never_reached_social_care C06",),
        "The review speaks of injuries too; that the class teacher's never left her is a finding of its own.",
    ),
    Conclusion(
        "His mother's word that he was ill was accepted, and the clinic looked for an illness and not for neglect.",
        "GGC ITVH",
        ("explained_on_one_word C13",),
    ),
    Conclusion(
        "The broken arm was put down to an accident on evidence that settled nothing, and the assessment ended.",
        "GGC INDP SFS",
        ("stepped_down_unseen C04",),
        "The finding says who had not seen; whether the medical evidence was weighed well is beyond the rows.",
    ),
    Conclusion(
        "Each call to violence between the adults was taken by itself.",
        "BBC13 ITVD",
        ("stopped_inside_an_agency C02", "closed_unseen C02"),
        "In the chronology 26 calls are one row; the finding is that those who decided later had no record of them.",
    ),
    Conclusion(
        "Police notices of violence did not all go to the school and to health.",
        "BBC13 ITVD",
        (),
        "No kind says it: that one agency told some and not others is seen only where a fellow service had it.",
    ),
    Conclusion("The school took it that health had his weight in hand.", "ITVH CMB", ("assumed_not_owned C07",)),
    Conclusion(
        "The clinic was not told of what the school had seen.",
        "GGC",
        ("never_left_a_person C10", "absent_from_a_meeting C08"),
    ),
    Conclusion(
        "His sister's account was accepted, though she had been told what to say.",
        "SKY GGC SLP",
        (),
        "That somebody had told her is in no row that a rule reads.",
    ),
)

KHYRA = (
    Conclusion(
        "After they left school the children were lost from sight.",
        "CC CA2",
        ("gap_with_child",),
        "The finding counts from the glimpse at the door; the review from the day they left.",
    ),
    Conclusion("What schools, health and social care each had was not put together.", "LGC BBCT", ("nobody_ever_met",)),
    Conclusion(
        "The duty desk refused the school's calls for an assessment.",
        "MIR GU CM",
        ("request_declined C02", "disagreement_open C02"),
    ),
    Conclusion(
        "The desk wrote down a matter of attendance and left the food out.",
        "CYP",
        ("stopped_inside_an_agency C02",),
        "The finding says that those who decided later had no record of the food, not why.",
    ),
    Conclusion(
        "The initial assessment was begun and not completed within its limit.",
        "CYP UW",
        ("action_overdue C07",),
    ),
    Conclusion(
        "Nobody was let in, the mother complained, and the services withdrew.", "YP ES BBC", ("ended_after_refusal",)
    ),
    Conclusion(
        "A glimpse at the door was taken for reassurance.",
        "BBC CC",
        ("single_source R02", "reassured_without_the_worry R02"),
        "The findings say that it went on without the worry, and that two rest on one look; not that it was slight.",
    ),
    Conclusion(
        "The reports of 2006 were closed without a thorough look, and each service kept what it knew.",
        "YP ES",
        ("stepped_down_unseen C01", "ended_each_time C01"),
        "The finding tells of three endings together, of which 2006 is the first.",
    ),
    Conclusion(
        "Weight was measured and not followed, and appointments that were not kept led to nothing.",
        "HPI YP",
        ("never_left_a_person C06", "informed_nobody_owned C05"),
    ),
    Conclusion(
        "Home education was judged without what the school had been worried about, and approved without a plan.",
        "SWS",
        ("not_with_a_fellow_service C02 C07",),
        "The finding has the first half; that no plan had come is an action without a date.",
    ),
    Conclusion("Nobody saw the child alone or asked her.", "CC CYP", ("child_never_speaks",)),
    Conclusion(
        "Neighbours saw and told nobody.",
        "GU IND CC",
        ("never_left_the_family C09",),
        "It rests on one row of the last weeks, and weighs less than what went on for months.",
    ),
)

MALACHI = (
    Conclusion(
        "Nobody checked who would care for the child of a sole parent in custody, and whether they were fit to.",
        "RNZA PTB",
        ("needed_never_agreed C01 C02",),
        "The step is in the record only as what the review says was needed; no row of the time speaks of it.",
    ),
    Conclusion(
        "Social care decided to do nothing further without seeing the child or asking a doctor about the photograph.",
        "OMB RNZ23",
        ("stepped_down_unseen C05",),
    ),
    Conclusion("The safety and risk screen was not done.", "OMB", ("duty_not_met C02 C04 C05",)),
    Conclusion(
        "The police were not told of the photograph.", "OMB STUFFO", ("duty_not_met C05", "never_reached_police C05")
    ),
    Conclusion(
        "The early childhood centre saw injuries and did not report them.",
        "WT0707 STUFFED",
        ("duty_not_met C07", "never_left_an_agency C07"),
    ),
    Conclusion(
        "The probation officer's worry was refused as outside the scope.",
        "COR",
        ("request_declined C06",),
        "One of several refusals, each a finding of its own.",
    ),
    Conclusion(
        "Two people apart said that he was used as a hold over his mother, and nobody put the two together.",
        "COR RNZ23",
        (),
        "By the rows both had come to the same intake worker, so that the two did meet there.",
    ),
    Conclusion(
        "The family's warnings were turned away from office to office.",
        "RNZ23 RNZT OMB",
        ("warning_not_followed C05", "decided_after_a_warning C02"),
    ),
    Conclusion("Complaints had nowhere to go.", "OMB", ("request_declined C05",)),
    Conclusion(
        "That his mother was content was taken for his being safe.",
        "OMB NZHED",
        (),
        "The belief is a row; that it answered the worries is not coded as a reassurance.",
    ),
)

VICTORIA = (
    Conclusion(
        "Ealing took it for a matter of housing.",
        "GU1005 CI",
        ("stepped_down_unseen C03",),
        "Coded as a worry of severity 2, it weighs little.",
    ),
    Conclusion(
        "The telephone referral of June came to nothing, and was less by the time it arrived.",
        "BBC2002 CI GU1001",
        ("warning_not_followed C07", "changed_on_its_way C07"),
        "What became of it was disputed before the inquiry; the findings say that accounts differ.",
    ),
    Conclusion(
        "The diagnosis of scabies was taken to explain all the marks.",
        "GU1012 GU1013 NS2001",
        ("reassurance_outran C14",),
    ),
    Conclusion(
        "Police protection was ended by people who had seen neither the child nor her carer.",
        "NS2001 IND1012 BBC1012",
        ("stepped_down_unseen C13",),
    ),
    Conclusion(
        "The home visit was called off at the word scabies.",
        "GU0924 BBC1119",
        ("stepped_down_unseen C16", "action_overdue C16"),
        "The findings tell of a step down by people who had not seen, and of an action past its day.",
    ),
    Conclusion(
        "She was sent home from the second hospital though its staff suspected that she was being hurt.",
        "IND1113 CC1112 CC2005",
        ("stepped_down_while_grave C16", "decided_after_a_warning C16"),
    ),
    Conclusion(
        "What the consultant wrote did not come to the social worker.",
        "CC1113 ESSAY",
        ("stopped_inside_an_agency C18",),
        "Two accounts differ on whether it was passed on; the finding is about the marks, which no row passes on.",
    ),
    Conclusion(
        "The social worker did not talk with her alone.",
        "CC1129",
        ("child_seldom_alone",),
        "The finding counts every professional, and ends with the last sighting, months before the harm.",
    ),
    Conclusion("The worker was hardly supervised.", "CC0928 OBS1209", ("supervision",)),
    Conclusion(
        "The allegation of sexual harm was not looked into.",
        "GU0924",
        ("informed_nobody_owned C26",),
    ),
    Conclusion(
        "The family centre never saw her.",
        "BBC0125 CC1220",
        ("informed_nobody_owned C21",),
        "The finding says that no action is in hand there, and not that nobody went.",
    ),
    Conclusion("In the last months nobody saw her, and the case was closed.", "CC1129 OBS1209", ("gap_with_child",)),
    Conclusion(
        "Pastors saw that she was hurt and told nobody.",
        "GU1008",
        ("never_left_the_family C22",),
        "Whether the services could have known is not theirs to say; it weighs as what families knew.",
    ),
    Conclusion(
        "She was not in school, and nobody told the education authority.",
        "CC1129",
        ("duty_not_met C25", "sector_not_seen C25"),
        "Coded as a worry of severity 2, it weighs little.",
    ),
)

CONCLUSIONS = {
    "victoria_climbie": VICTORIA,
    "pelka": PELKA,
    "khyra_ishaq": KHYRA,
    "malachi_subecz": MALACHI,
}
