"""What stands in place of a text: a label that says what something is and no more, the same for the same text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..case.vocabulary import CHANNELS, DECISIONS, DOINGS, MEETING_CHANNELS

_LISTED = re.compile(r"\s*[;,/\n]\s*")
_LONGEST_ROLE = 40  # characters of a role that stands as a label
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


def person(kind: str, role: str, sector: str, roles: bool) -> str:
    """What somebody is called who has no name: by the first of their roles, else by kind and sector."""
    first = _LISTED.split(role.strip())[0].strip()
    if roles and first and len(first) <= _LONGEST_ROLE:
        return first[0].upper() + first[1:]
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
