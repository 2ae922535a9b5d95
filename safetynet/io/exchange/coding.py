"""What a code stands for: a column of the case format and a word in it, told from the codes above it.

A code below one of the groups of :mod:`codebook` fills its column. A code of somebody's own is read by its words, as a
chronology is, and is then a guess.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ...case.headings import fold, word_meant
from ...case.vocabulary import CATEGORIES, ROW_KINDS
from .. import draft_words as words
from .codebook import Group, groups
from .segments import Code, Segment

PARTIES = ("who", "to", "present", "absent", "agency")
_FREE = (*PARTIES, "date")  # groups below which there are no words of ours
_PLAIN = (
    "physical",
    "neglect",
    "emotional",
    "sexual",
    "domestic_abuse",
    "parental_capacity",
    "reassurance",
    "strength",
)
_ALSO = {
    "kind": ("kind", "kinds", "kinds of row", "event"),
    "who": ("by whom", "from", "sender"),
    "to": ("to whom", "recipient"),
    "agency": ("agencies", "organisation"),
    "concerns": ("concerns", "worry", "worries", "category"),
}
_LONGEST_NAME = 80


class Meaning(NamedTuple):
    """A column and what goes into it; `category` is that of a concern, `because` the word that a guess rests on."""

    column: str
    value: str
    category: str = ""
    because: str = ""


@cache
def _named_groups() -> dict[str, Group]:
    found: dict[str, Group] = {}
    for group in groups():
        for name in (group.name, group.column, *_ALSO.get(group.column, ())):
            found.setdefault(fold(name), group)
    return found


def group_of(name: str) -> Group | None:
    """The group of the codebook that a code is."""
    return _named_groups().get(fold(name))


def meaning_of(code: Code) -> Meaning | None:
    """What a code stands for; None where no word of it says so.

    Examples
    --------
    >>> meaning_of(("Kind of row", "told"))
    Meaning(column='kind', value='told', category='', because='')
    >>> meaning_of(("Concern", "physical", "Bruise on the cheek"))
    Meaning(column='concerns', value='Bruise on the cheek', category='physical', because='')
    >>> meaning_of(("Themes", "Referral made")).because
    'Referral made'
    """
    for place in range(len(code) - 1, -1, -1):
        head, colon, tail = code[place].partition(":")
        below = (*(part.strip() for part in tail.split(":") if part.strip()), *code[place + 1 :])
        group = group_of(head if colon else code[place])
        if group is not None and below:
            return _below(group, below)
    return _plain(code[-1]) or _guess(code[-1])


def _below(group: Group, below: Code) -> Meaning | None:
    """What a code below a group stands for."""
    if group.column == "concerns":
        category = word_meant(below[0], CATEGORIES)
        name = below[-1] if len(below) > 1 or not category else ""
        return Meaning("concerns", name, category or _category(name), "" if category else name)
    if group.column in _FREE:
        return Meaning(group.column, below[-1])
    known = [word for word, _ in group.words]
    for one in (below[-1], below[0]):
        word = word_meant(one, known) or next((found for found in re.findall(r"^\d+", one) if found in known), "")
        if word:
            return Meaning(group.column, word)
    return None


def _plain(name: str) -> Meaning | None:
    """A word of ours without its group, where it can mean one thing only."""
    if kind := word_meant(name, ROW_KINDS):
        return Meaning("kind", kind)
    if category := word_meant(name, _PLAIN):
        return Meaning("concerns", "", category)
    return None


def _guess(name: str) -> Meaning | None:
    """What the words of a code of somebody's own propose: a concern, or a kind of row."""
    if category := _category(name, ""):
        return Meaning("concerns", name, category, name)
    kind = next((one.kind for one in words.kinds() if one.pattern.search(name)), "")
    return Meaning("kind", kind, "", name) if kind else None


def _category(name: str, default: str = "other") -> str:
    return next((one.what[0] for one in words.concerns() if one.pattern.search(name)), default)


def with_own_words(segment: Segment) -> Segment:
    """A passage coded *Date*, *Who* or the like, with nothing below it: what was marked is the date or the name."""
    text = " ".join(segment.text.split())
    codes = []
    for code in segment.codes:
        group = group_of(code[-1])
        free = group is not None and group.column in _FREE and text and len(text) <= _LONGEST_NAME
        codes.append((*code, text) if free else code)
    return segment._replace(codes=tuple(codes))
