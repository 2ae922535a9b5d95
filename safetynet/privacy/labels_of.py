"""What stands in place of a text: a label that says what something is and no more, the same for the same text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..case.vocabulary import CHANNELS, DECISIONS, DOINGS, MEETING_CHANNELS

_LISTED = re.compile(r"\s*[;,/\n]\s*")
_WORD = re.compile(r"[^\s()]+")
_OFFICES = """
adviser advisor aide assistant assistants aunt auntie baby brother carer carers chair chairman child clerk
clinician constable consultant coordinator counsellor counsellors dad daughter dentist detective director doctor
doctors facilitator father friend governor gp gps grandfather grandmother grandparent grandparents great-aunt
great-uncle guardian head headteacher housekeeper inspector judge lawyer lawyers lead leader magistrate manager
managers midwife midwives mother mum neighbour neighbours nurse nurses officer officers paediatrician
paediatricians paramedic paramedics parent parents partner pastor pathologist practitioner practitioners
principal probation psychiatrist psychologist receptionist registrar relative sergeant sibling siblings sister
social-worker solicitor son staff stepfather stepmother supervisor teacher teachers therapist uncle visitor
visitors volunteer worker workers
"""
_MANNERS = """
a&e acting agency allocated area assessment attached attendance case child's childcare children's class clinical
community court custodial custody deputy designated district domestic duty education emergency family first
foster front general half head's health home hospital housing independent infant initial intake investigating
junior key lead liaison link local maternal medical mental nursery out-of-hours paediatric paternal police
practice pre-school primary principal probation protection reception reviewing safeguarding school second
secondary senior social special support team temporary trainee ward welfare women's youth
"""
_OFFICE, _MANNER = frozenset(_OFFICES.split()), frozenset(_MANNERS.split())
BASES = ("seen", "recalled", "inferred")  # the words of `basis` that sentences say
KINDS = {"child": "Child", "family": "Family member", "support": "Support", "public": "Member of the public"}
PROFESSIONAL = "Professional"


def numbered(bases: Iterable[str]) -> list[str]:
    """Labels, told apart by a number where several would be alike: Mother, Social worker 1, Social worker 2."""
    listed = list(bases)
    several = Counter(base.casefold() for base in listed)
    seen: Counter[str] = Counter()
    made = []
    for base in listed:
        seen[base.casefold()] += 1
        made.append(f"{base} {seen[base.casefold()]}" if several[base.casefold()] > 1 else base)
    return made


def of_texts(word: str) -> Callable[[Sequence[str]], list[str]]:
    """Labels of a column: the word and a number, the same number for the same text; nothing stays nothing."""

    def labels(texts: Sequence[str]) -> list[str]:
        known = {text: f"{word} {number}" for number, text in enumerate(_different(texts), 1)}
        return [known.get(_plain(text), "") for text in texts]

    return labels


def of_lists(word: str) -> Callable[[Sequence[str]], list[str]]:
    """Labels of a column whose cells may list several things."""

    def labels(texts: Sequence[str]) -> list[str]:
        items = [[one for one in _LISTED.split(text) if one.strip()] for text in texts]
        every = _different(one for listed in items for one in listed)
        known = {text: f"{word} {number}" for number, text in enumerate(every, 1)}
        return ["; ".join(known[_plain(one)] for one in listed) for listed in items]

    return labels


def of_words(known: Sequence[str], other: str = "") -> Callable[[Sequence[str]], list[str]]:
    """The words that the case format knows as they are, and others by a label, or left out where there is none."""

    def labels(texts: Sequence[str]) -> list[str]:
        rest = [text if text.strip() and text.strip() not in known else "" for text in texts]
        made = of_texts(other)(rest) if other else [""] * len(texts)
        return [text.strip() if text.strip() in known else label for text, label in zip(texts, made, strict=True)]

    return labels


def bases(texts: Sequence[str]) -> list[str]:
    """Of how a row is known, only the words that sentences say."""
    return ["; ".join(word for word in BASES if word in text.casefold()) for text in texts]


CHANNEL = of_words(tuple(dict.fromkeys(CHANNELS + MEETING_CHANNELS)), "other")
OUTCOME = of_words(DECISIONS + DOINGS)


def role(text: str) -> str:
    """Of a role, the words at its beginning that name an office or a relation and nothing else.

    Roles are written freely: ``worker dealt with Sam's case`` and ``aged seven, died in May`` stand in that column too.
    """
    words = []
    for word in _WORD.findall(_LISTED.split(text.strip())[0]):
        if word.casefold() not in _OFFICE and word.casefold() not in _MANNER:
            break
        words.append(word)
    while words and words[-1].casefold() not in _OFFICE:
        words.pop()
    return " ".join(words)


def person(kind: str, role: str, sector: str) -> str:
    """What somebody is called who has no name: by their role, else by kind and sector."""
    if role:
        return role[0].upper() + role[1:]
    if kind != "professional":
        return KINDS.get(kind, "Person")
    return f"{sector.replace('_', ' ').capitalize()} professional" if sector not in ("", "other") else PROFESSIONAL


def agency(sector: str) -> str:
    """What an agency is called that has no name."""
    return f"{sector.replace('_', ' ').capitalize()} agency" if sector not in ("", "other") else "Agency"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _different(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(map(_plain, texts)) if text]


Labels = Mapping[str, Callable[[Sequence[str]], list[str]]]
"""For the text columns of a table, what becomes of their cells; a text column without one is emptied."""

TEXTS: Mapping[str, Labels] = {
    "people": {"language": of_lists("language")},
    "agencies": {"area": of_texts("Area")},
    "chronology": {"channel": CHANNEL, "outcome": OUTCOME, "rule": of_texts("Rule"), "basis": bases},
    "services": {"need": of_texts("Need")},
    "permissions": {"framework": of_texts("Framework")},
    "ratings": {"coder": of_texts("Coder")},
    "sources": {"title": of_texts("Source")},
}
