"""Which columns an agency's own chronology has, told from their headings, in any order.

Boards' forms name them in many ways: *Date, Time, Agency, Source, Event, Action, Comment*; *Date, Significant event,
Impact on child, Action taken, Outcome*. A heading is taken for the first part of :data:`PARTS` that it fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PARTS: dict[str, str] = {
    "seen": r"(?:was )?(?:the )?child(?:ren)? seen|seen alone|child seen.*",
    "impact": r"impact.*|.*voice of (?:the )?child.*|child'?s (?:voice|views?|experience).*|.*lived experience.*",
    "comment": r".*comments?|.*analysis|.*significance|.*reflections?|remarks?|reviewer'?s .*|.*learning.*",
    "action": r".*actions?(?: taken| agreed)?(?: .*)?|.*response.*|.*intervention.*|what (?:was|did .*) (?:done|do)",
    "outcome": r".*outcomes?|results?|.*decisions?.*",
    "date": r"(?:.* )?dates?(?: and time| time)?(?: of .*)?(?: dd.*| \(.*)?|when|day",
    "time": r"(?:.* )?times?(?: of .*)?(?: 24.*| \(.*)?",
    "channel": r"(?:type|method|mode|means|nature|form)(?: of (?:contact|event|communication|entry))?|contact type",
    "agency": r"(?:.* )?(?:agency|agencies|organi[sz]ations?|services?|team|department|provider)(?: .*)?",
    "source": r"(?:.* )?(?:source|record|document|evidence|file)s?(?: of .*| ref.*| name)?",
    "to": r"to(?: whom)?|recipients?|(?:shared|contact|communication|discussed|liaison) with|contacted",
    "who": r"who|from|by(?: whom)?|.*(?:professional|practitioner|worker|staff|person|author|officer)s?"
    r"(?: involved| name| and role| role)?|names?|completed by|involved|present|people(?: involved)?|role",
    "number": r"(?:no|nr|number|ref|reference|row|id|item|seq(?:uence)?)(?: no| number| ref)?|entry (?:no|number|ref)",
    "event": r".*(?:event|incident|happened|description|detail|summary|information|narrative|contact|entry|concern|"
    r"note|episode|account|content|chronology|activity|history)s?(?: .*)?",
}
_PATTERNS = {part: re.compile(pattern) for part, pattern in PARTS.items()}
_BARE = re.compile(r"[^\w'() ]+|_")


def part_of(heading: str) -> str:
    """The part of a chronology that a heading names; empty if it names none.

    Examples
    --------
    >>> part_of("Significant event"), part_of("Agency / Source"), part_of("Action taken"), part_of("Date & time")
    ('event', 'agency', 'action', 'date')
    """
    plain = " ".join(_BARE.sub(" ", heading.casefold()).split()).strip(" ()?:")
    if not plain or len(plain) > 60:
        return ""
    return next((part for part, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), "")


def parts_of(headings: Sequence[str]) -> dict[int, str]:
    """The part that each column is, by its place; of two columns of one part the second is a further one."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        if part := part_of(heading):
            found[place] = part
    if "event" not in found.values():  # what is left may be the event under another name
        for spare in ("action", "comment", "outcome"):
            places = [place for place, part in found.items() if part == spare]
            if len(places) > 1:
                found[places[0]] = "event"
                break
    return found


def is_chronology(headings: Sequence[str]) -> bool:
    """Whether these are the headings of an agency's own chronology, which has no kinds and no ids of people yet."""
    parts = set(parts_of(headings).values())
    bare = {heading.strip().casefold() for heading in headings}
    return "date" in parts and bool(parts & {"event", "action"}) and not {"kind", "who"} <= bare
