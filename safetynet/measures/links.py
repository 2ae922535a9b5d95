"""Links: concerns that belong together, and whether anybody ever had both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spread.edges import each
from ..spread.joined import parts
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["same_matter", "corroborates", "contradicts", "explains", "became"]
TWO_VOICES = ("corroborates", "same_matter")
EXPLAINING = ("explains", "answers")


class Linked(NamedTuple):
    """Two concerns that belong together, and who has both."""

    from_: str
    to: str
    kind: str
    both: tuple[str, ...]
    unmet: bool
    one_word: bool
    from_severity: int
    to_severity: int
    people: tuple[str, ...]
    rows: tuple[str, ...]


def joined(view: Snapshot, *kinds: Kind) -> dict[str, str]:
    """For each concern the first, by id, of those that links of some kinds join it with, through any concern."""
    names = sorted(view.records.concerns)
    place = {name: number for number, name in enumerate(names)}
    beside = [0] * len(names)
    for link in view.records.links:
        if link.kind in kinds:
            beside[place[link.source]] |= 1 << place[link.target]
            beside[place[link.target]] |= 1 << place[link.source]
    found = (list(each(part)) for part in parts(beside, (1 << len(names)) - 1))
    return {names[one]: names[part[0]] for part in found for one in part}


def pairs(view: Snapshot) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """The linked pairs with their kind and on whose word, and each reassurance with each worry that it answers."""
    for link in view.records.links:
        yield link.source, link.target, link.kind, link.who
    for concern in view.records.concerns.values():
        for worry in concern.answers:
            yield concern.id, worry, "answers", ()


def lines(view: Snapshot) -> list[Linked]:
    """Every linked pair, in the order of their ids."""
    return [_line(view, *pair) for pair in sorted(pairs(view))]


def _line(view: Snapshot, one: str, other: str, kind: str, who: tuple[str, ...]) -> Linked:
    concerns = view.records.concerns
    return Linked(
        from_=one,
        to=other,
        kind=kind,
        both=tuple(sorted(_holders(view, one) & _holders(view, other) & view.involved)),
        unmet=kind in TWO_VOICES and _are_unmet(view, one, other),
        one_word=kind in EXPLAINING and _rests_on_one_word(view, one),
        from_severity=concerns[one].severity,
        to_severity=concerns[other].severity,
        people=who,
        rows=view.evidence((one, other)),
    )


def _holders(view: Snapshot, concern: str) -> frozenset[str]:
    """The professionals who have a concern on record."""
    return view.holders.get(concern, frozenset()) & view.professionals


def _are_unmet(view: Snapshot, one: str, other: str) -> bool:
    """Whether two voices did not meet: nobody has both, and no path of contacts joined those who first held each."""
    holders = [_holders(view, concern) for concern in (one, other)]
    if not all(holders) or holders[0] & holders[1]:
        return False
    days = [view.first_known[concern] for concern in (one, other)]
    first, second = (
        {person for person in held if view.since[person, concern] == day}
        for concern, held, day in zip((one, other), holders, days, strict=True)
    )
    then = view.on(max(days))
    bits = [sum(1 << place for place, one in enumerate(then.actors) if one in some) for some in (first, second)]
    wholes = parts(then.contact_beside(), (1 << len(then.actors)) - 1)
    return not first & second and not any(part & bits[0] and part & bits[1] for part in wholes)


def _rests_on_one_word(view: Snapshot, concern: str) -> bool:
    """Whether all that is on record of a concern comes from one person of the family."""
    sources = [one for one in view.holders.get(concern, ()) if view.hops.get((one, concern)) == 0]
    people = view.records.people
    return len(sources) == 1 and sources[0] in people and people[sources[0]].kind == "family"


def links(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Concerns that belong together, whether anybody had both, and what rests on one person's word.

    Two independent voices that say the same weigh more than one, if they meet. An explanation that rests on the word
    of the person whom it clears is an account.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per linked pair of the case's ``links``, and one of kind "answers" per reassurance and worry that it
        answers, resolved or not: ``from``, ``to``, ``kind``, ``both`` (the involved professionals who have both on
        record), ``unmet`` (of corroborates and same_matter: no professional, involved or not, has both, and by the
        day on which the second was first known no path of contacts joined anybody who first held one with anybody
        who first held the other), ``one_word`` (of explains and answers: it rests on the word of one person of the
        family), ``from_severity`` and ``to_severity`` (a worry that *became* another on its way may have grown or
        shrunk), ``people`` (on whose word the link is) and ``rows``.

    See Also
    --------
    patterns : what counts once where it is one matter.

    Notes
    -----
    What an explanation rests on are its holders with hops 0: who saw it, or said it without an earlier record of where
    it came from. A concern that no professional has on record is a voice that nobody heard, and not unmet.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.links(sn.load_case("victoria_climbie"))
    >>> table.loc[table["unmet"], ["from", "to", "kind", "both"]]
      from   to          kind both
    0  C05  C19  corroborates   ()
    3  C12  C19  corroborates   ()
    8  C18  C13  corroborates   ()
    """
    return tidy(lines(snapshot(case, at, rules)), [name.rstrip("_") for name in Linked._fields])
