"""How a sentence names people, agencies and concerns.

:func:`name` is the name as written. Sentences that must stay short say :func:`short_name`, agencies before people
(:func:`who`), and a concern by the first words of its summary (:func:`quoted`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..case.records import Records
from ..wording import first_words, in_words
from .parties import agency_of

if TYPE_CHECKING:
    from .snapshot import Snapshot

NAMED, TOLD = 6, 7  # words of a name, and of a summary, that a short sentence repeats


def name(view: Snapshot, one: str) -> str:
    """The name of a person or an agency, as a sentence says it."""
    return called(view.records, one)


def called(records: Records, one: str) -> str:
    """The same whatever the day."""
    found = records.people.get(one) or records.agencies.get(one)
    return one if found is None else " ".join(found.name.split()) or one


def names(view: Snapshot, ones: Iterable[str], most: int = 6, *, as_given: bool = False) -> str:
    """Several names by their ids, or `as_given`: "A, B and C"; beyond `most` the rest is counted."""
    listed = [name(view, one) for one in (ones if as_given else sorted(ones))]
    if len(listed) > most:
        listed = [*listed[: most - 1], f"{len(listed) - most + 1} others"]
    return in_words(listed)


def gravest_first(view: Snapshot, ones: Iterable[str]) -> list[str]:
    """Concerns in the order in which a sentence lists them: gravest first, then by id."""
    return sorted(ones, key=lambda one: (-view.records.concerns[one].severity, one))


# short --------------------------------------------------------------------------------------------------


def short_name(view: Snapshot, one: str) -> str:
    """The name up to its first comma or bracket; the rest, in brackets, only where two would be called the same."""
    return view.keep("short names", lambda: _short_names(view)).get(one, one)


def who(view: Snapshot, ones: Iterable[str], most: int = 3) -> str:
    """Several people and agencies in few words, agencies first: "School (Teacher) and Mother".

    People of one agency are told together; more than two of them are only counted in. Beyond `most` the rest is
    counted.
    """
    groups: dict[str, list[str]] = {}
    for one in sorted(set(ones), key=lambda one: (one not in view.professionals, one)):
        agency = agency_of(view.records, one) if one in view.professionals or one in view.records.agencies else ""
        groups.setdefault(agency or one, []).append(one)
    said = []
    for party, group in groups.items():
        people = [short_name(view, one) for one in group if one != party]
        told = f" ({' and '.join(people)})" if 0 < len(people) < 3 else ""
        said.append(short_name(view, party) + told)
    return in_words(said, most)


def cut(text: str) -> str:
    """The first words of a text that somebody coded, up to a comma or a semicolon where there is one."""
    words = text.replace("“", "'").replace("”", "'").split()
    least = {";": 2, ",": 5 if len(words) > TOLD else TOLD + 1}  # words before the sign may end what is told
    told = next((n for n, word in enumerate(words[:TOLD], start=1) if n >= least.get(word[-1], TOLD + 1)), TOLD)
    return first_words(words, told).rstrip(",;:.")


def quoted(view: Snapshot, concern: str) -> str:
    """The first words of a concern's summary, in quotation marks; its id where it has none."""
    said = cut(view.records.concerns[concern].summary)
    return f"“{said}”" if said else concern


def some(view: Snapshot, concerns: Iterable[str]) -> str:
    """The gravest of several concerns by its first words, and how many more."""
    first, *others = gravest_first(view, set(concerns))
    return quoted(view, first) + (f" and {len(others)} more" if others else "")


def _short_names(view: Snapshot) -> Mapping[str, str]:
    """The short name of everybody: told apart from colleagues, who stand behind their agency, and from all others."""
    rooms: dict[str, list[str]] = {}
    for one in (*view.records.people, *view.records.agencies):
        of_agency = one in view.professionals and bool(view.records.people[one].agency)
        rooms.setdefault(agency_of(view.records, one) if of_agency else "", []).append(one)
    made: dict[str, str] = {}
    for room in rooms.values():
        heads = {one: _head(name(view, one)) for one in room}
        again = Counter(heads.values())
        apart = {one: head if again[head] == 1 else _in_brackets(head, name(view, one)) for one, head in heads.items()}
        twice = Counter(apart.values())
        made |= {one: said if twice[said] == 1 else f"{heads[one]} ({one})" for one, said in apart.items()}
    return made


def _head(name: str) -> str:
    """A name without what stands in brackets, and up to its first comma; of many words the first."""
    plain = " ".join(re.sub(r"\([^()]*\)", " ", name).split())
    words = plain.split(",")[0].split() if plain.split(",")[0].strip() else name.split()
    return first_words(words, NAMED)


def _in_brackets(head: str, name: str) -> str:
    """The head of a name with what follows it in brackets."""
    rest = " ".join(re.sub(r"[(),;]", " ", name.removeprefix(head)).split())
    return f"{head} ({rest})" if rest and name.startswith(head) else name
