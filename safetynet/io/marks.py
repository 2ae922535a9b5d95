"""The mark in a file that safetynet made: that it did, and of which case, so that nothing else is ever replaced.

A case is known again by its id, its title and the people in it: the same after a row was added or a date put right,
another for another case of its id.
"""

from __future__ import annotations

import hashlib

from ..case import Case

MADE_OF = "made by safetynet of input "


def input_of(case: Case) -> str:
    """What the mark calls a case: sixteen signs that say nothing of who is in it."""
    people = sorted((one.id, one.name) for one in case._records.people.values())
    return hashlib.sha256(repr((case.id, case.title, people)).encode()).hexdigest()[:16]


def mark_of(*cases: Case) -> str:
    """The mark of files made of a case, or of several in whatever order."""
    return MADE_OF + "+".join(sorted({input_of(case) for case in cases}))
