"""The words of agencies' chronologies: what they may mean as kinds of rows, channels, people, agencies and concerns.

Everything here is a guess that a person looks at: a word that is found proposes, and the draft says which word it was.
The lists are English. In them ``*`` is the rest of a word, a blank is any blank or hyphen, and a word in capitals is an
abbreviation, found with or without dots (NFA, N.F.A.).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..case.vocabulary import SECTORS

# kind, what goes with it in brackets, and the words; the first line of which a word is found in a clause is taken
_KINDS = """
decided (outcome no_further_action): NFA, no further action, threshold not met, threshold was not met, below \
threshold
decided (outcome step_down): step down, stepped down
decided (outcome step_up): step up, stepped up, section 47 started, section 47 initiated, S47 started
closed: case closed, file closed, case was closed, referral closed, closed, closure, discharged from caseload
decided (outcome discharge): discharged, discharge home
agreed: to visit, to contact, to ring, to refer, to monitor, to follow, to review, to arrange, to speak, to chase, to \
complete, to check, to attend, to discuss, will
met (channel strategy): strategy discussion, strategy meeting
met (channel core_group): core group
met (channel conference): conference, ICPC, RCPC
met (channel review): review meeting, CIN review, LAC review, CLA review
met (channel tac): team around the child, team around the family, TAC, TAF
met (channel family_meeting): family group conference, family meeting, FGC
met (channel professionals): professionals meeting, professionals' meeting, multi agency meeting, MARAC
met (channel supervision): supervision
met (channel planning): meeting
observed (seen not_there): DNA, DNAd, WNB, did not attend, was not brought, not brought, no access, nobody in, no one \
in, nobody home, nobody at home, missed appointment, missed his appointment, missed her appointment, failed to attend
declined: refused, declined, rejected
disagreed: disagreed, challenged, escalated, disputed
withheld: did not share, not shared, not passed on, withheld
asked (channel referral): referred, referral, re-referred, re-referral
asked: requested, request, asked for, asked to, asked whether, asked if, sought, enquired, enquiry
told (channel file): read by
told (channel phone): rang, phoned, telephoned, telephone, TC, T/C, tel call, phone call, called back, spoke, call \
to, call from, call received
told (channel email): email*, e-mail*
told (channel letter): wrote, letter*
told (channel fax): fax*
told (channel message): text message, texted, messaged, message left
told (channel report): reported to, report sent, report received
told: notified, notification, informed, told, advised, shared, disclosed, discussed, liaised, liaison, said, alleged, \
contacted, reported, handed over, passed on
opened: allocated, case opened, file opened, opened, started at, started with, registered, transferred in, booked
observed (seen with_carer, channel visit): home visit, visited, seen at home
observed: seen, saw, noticed, noted, observed, examined, presented, attended, attendance, admitted, called to, found, \
heard, arrived, weighed, bruis*, injur*, burn, visit
agreed: plan, planned, agreed, monitor, arranged, follow up, review
"""

# id, name, what they are (kind, or the sector of a professional), and the words; longer ones first
_ROLES = """
hv, Health visitor, health: health visitor*, HV
midwife, Midwife, health: midwife, midwives, community midwife
school_nurse, School nurse, health: school nurse
ae, A&E staff, health: a&e nurse, a&e doctor, a&e staff, ED nurse, ED doctor
paed, Paediatrician, health: paediatrician*, paediatric consultant, paediatric registrar
ward, Ward staff, health: ward staff, ward nurse, hospital staff, hospital doctor
gp, GP, health: GP, general practitioner, family doctor
camhs, CAMHS worker, health: CAMHS worker, CAMHS nurse, CAMHS practitioner
psychiatrist, Psychiatrist, health: psychiatrist*
paramedic, Ambulance crew, health: paramedic*, ambulance crew
duty_sw, Duty social worker, social_care: duty social worker, duty worker, duty SW, duty officer
fsw, Family support worker, social_care: family support worker, FSW
tm, Team manager, social_care: team manager, social work manager
iro, Independent reviewing officer, social_care: IRO, independent reviewing officer
sw, Social worker, social_care: social worker*, allocated social worker, SW
dsl, Designated safeguarding lead, education: DSL, designated lead, designated safeguarding lead
head, Headteacher, education: headteacher, head teacher
nursery_mgr, Nursery manager, education: nursery manager
key, Nursery key worker, education: key worker, keyworker, nursery worker, nursery staff, nursery nurse, nursery \
teacher
teacher, Teacher, education: teacher, class teacher, teaching assistant, school staff
police_officer, Police officer, police: police officer*, officer*, PC
housing_officer, Housing officer, housing: housing officer*
probation, Probation officer, justice: probation officer*, offender manager
step, Mother's partner, family: mother's partner, mother's new partner, mother's boyfriend, mum's partner, mum's \
boyfriend, step father, stepfather, boyfriend, partner
mother, Mother, family: mother, mum
father, Father, family: father, dad
parents, Parents, family: parents
gran, Grandmother, support: grandmother, maternal grandmother, paternal grandmother, nan, nana, gran, granny, MGM, \
PGM
grandad, Grandfather, support: grandfather, maternal grandfather, paternal grandfather, grandad, granddad, MGF, PGF
aunt, Aunt, support: aunt
uncle, Uncle, support: uncle
neighbour, Neighbour, support: neighbour, neighbours
caller, Caller who gave no name, public: anonymous caller, anonymous, member of the public, unknown caller
"""

# id, name, sector, and the words
_AGENCIES = """
csc, Children's social care, social_care: children's social care, childrens social care, children's services, social \
care, social services, social work*, CSC, MASH, first response, duty team, duty desk
early_help, Early help, social_care: early help
police, Police, police: police, PVP, PPU
ambulance, Ambulance service, health: ambulance, ambulance service
hospital, Hospital, health: hospital, a&e, ED, emergency department, children's ward
gp_practice, GP practice, health: GP, GP practice, GP surgery, surgery, health centre, general practice
health_visiting, Health visiting, health: health visiting, health visitor*, HV
midwifery, Midwifery, health: midwifery, midwife, maternity
camhs_team, CAMHS, health: CAMHS
adult_mh, Adult mental health, health: adult mental health, mental health
health, Health, health: health, community health, NHS
nursery, Nursery, education: nursery, pre school, playgroup, children's centre
school, School, education: school, primary school, secondary school, academy, college, education
housing, Housing, housing: housing
probation_service, Probation, justice: probation
court, Court, justice: court, family court, CAFCASS
charity, Voluntary service, voluntary: charity, voluntary, women's aid, NSPCC
"""

# category, what to call the concern, and the words
_CONCERNS = """
physical, Burn or scald: burn, burns, burnt, scald, scalds, scalded
physical, Bruising: bruise, bruises, bruised, bruising
physical, Fracture or other injury: fracture*, broken arm, broken leg, injury, injuries, injured, bite mark*, black \
eye, mark on, marks on, mark to, marks to, swollen
physical, Said to have been hit: hit, hitting, slapped, smacked, beaten, kicked, shaken
sexual, Possible sexual abuse: sexual*, inappropriate touching
domestic_abuse, Violence or shouting at home: domestic abuse, domestic violence, domestic incident, DV, shouting, \
shouted, argument, arguing, violence, violent, assault*, threats, threatened
neglect, Neglect of care: hungry, unkempt, dirty, smelly, smelling, neglect*, left alone, unsupervised, no food, cold \
flat, cold house, wet clothes, head lice, nappy rash, home conditions, poor hygiene
health, Appointments or care not taken up: DNA, DNAd, WNB, did not attend, was not brought, not brought, missed \
appointment, missed his appointment, missed her appointment, failed to attend, immunisations overdue
health, Weight or growth: weight loss, losing weight, failure to thrive, faltering growth, underweight, not gaining
parental_capacity, "Drink, drugs or low mood of a parent": alcohol, drunk, drinking, intoxicated, drugs, cannabis, \
substance misuse, low mood, low in mood, depressed, depression, tearful, overdose, mental health, not coping, \
struggling
emotional, Distress of the child: withdrawn, frightened, scared, froze, distressed, crying, anxious, flinched, upset
school, Absence from school or nursery: poor attendance, absent, absence, absences, not in school, not at school, \
excluded
housing, Housing: homeless, eviction, evicted, overcrowded, overcrowding, rent arrears, temporary accommodation, \
damp, mould
"""

TITLED = re.compile(
    r"\b(?P<title>PC|DC|DS|PS|Sgt|Dr|Mr|Mrs|Ms|Miss|SW|HV)\.? (?P<name>[A-Z][A-Za-z'’-]*[a-z](?: [A-Z][a-z'’-]+)?)"
)
TITLE_ROLES = {
    **dict.fromkeys(("PC", "DC", "DS", "PS", "Sgt"), "police_officer"),
    **{"SW": "sw", "HV": "hv"},
}
TOWARDS = re.compile(
    r"\b(?:to|with|rang|phoned|telephoned|emailed|e-mailed|informed|told|notified|contacted|asked|advised|spoke to"
    r"|spoke with|liaised with|referred to)\s+(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?$",
    re.IGNORECASE,
)
RECEIVED = re.compile(r"\b(?:from|by|received)\b", re.IGNORECASE)


class Words(NamedTuple):
    """Some words that propose something: what it is, and the pattern that finds them."""

    what: tuple[str, ...]
    pattern: re.Pattern[str]


def _lines(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for line in text.strip().splitlines():
        what, _, words = line.partition(": ")
        yield what, pattern_of(words.split(", "))


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of some words as whole words."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        tokens = [_token(token) for token in word.replace("-", " ").split()]
        parts.append(r"[\s-]?".join(tokens) if "-" in word else r"[\s-]+".join(tokens))
    return re.compile(rf"(?<![\w&'])(?:{'|'.join(parts)})(?![\w&])")


def _token(token: str) -> str:
    """One word whatever its case; an abbreviation in capitals only, with or without dots."""
    letters = token.replace("/", "").rstrip("d")
    if letters.isupper() and len(letters) > 1:
        return r"\.?".join(re.escape(sign) for sign in token) + r"\.?"
    any_ending = re.escape(token).replace(r"\*", r"\w*")
    return f"(?i:{any_ending})"


class KindWords(NamedTuple):
    """Words that propose a kind of row, with the cells that go with it."""

    kind: str
    cells: dict[str, str]
    pattern: re.Pattern[str]


def kinds() -> list[KindWords]:
    """The kinds that words propose, in the order in which they are looked for."""
    found = []
    for what, pattern in _lines(_KINDS):
        kind, _, cells = what.rstrip(")").partition(" (")
        named = [cell.partition(" ") for cell in cells.split(", ") if cell]
        found.append(KindWords(kind, {name: value for name, _, value in named}, pattern))
    return found


def roles() -> list[Words]:
    """Who words propose: id, name, kind or sector."""
    return [Words(tuple(what.split(", ")), pattern) for what, pattern in _lines(_ROLES)]


def agencies() -> list[Words]:
    """Which agency words propose: id, name, sector."""
    return [Words(tuple(what.split(", ")), pattern) for what, pattern in _lines(_AGENCIES)]


def concerns() -> list[Words]:
    """Which concern words propose: category, name."""
    found = []
    for what, pattern in _lines(_CONCERNS):
        category, _, name = what.partition(", ")
        found.append(Words((category, name.strip('"')), pattern))
    return found


def kind_of(text: str) -> str:
    """The kind of row that somebody may mean by a word of their own, with the cells that go with it.

    Examples
    --------
    >>> kind_of("Phone call"), kind_of("Referral"), kind_of("Elephant")
    ("'told' with channel phone", "'asked' with channel referral", '')
    """
    found = next((one for one in kinds() if one.pattern.search(text)), None)
    if found is None:
        return ""
    cells = " and ".join(f"{name} {value}" for name, value in found.cells.items())
    return repr(found.kind) + (f" with {cells}" if cells else "")


def outcome_of(text: str) -> str:
    """The outcome of a decision that somebody may mean.

    Examples
    --------
    >>> outcome_of("NFA"), outcome_of("Elephant")
    ("'no_further_action'", '')
    """
    found = (one.cells["outcome"] for one in kinds() if "outcome" in one.cells and one.pattern.search(text))
    return next((repr(one) for one in found), "")


def person_kind_of(text: str) -> str:
    """The kind of person that somebody may mean by who they are.

    Examples
    --------
    >>> person_kind_of("Grandmother"), person_kind_of("Health visitor"), person_kind_of("Elephant")
    ("'support'", "'professional'", '')
    """
    found = (one.what[2] for one in roles() if one.pattern.search(text))
    return next((repr("professional" if one in SECTORS else one) for one in found), "")
