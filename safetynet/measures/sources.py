"""Source concentration: on whose word does what a person knows rest?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.entries import Entry
from ..record.hops import REFUSING
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Word(NamedTuple):
    """Somebody's word for one concern, in one row; of their own where the holder saw it or first said it."""

    source: str
    concern: str
    row: Row


class Rest(NamedTuple):
    """On whose word what one professional has on record rests."""

    person: str
    agency: str
    concerns: tuple[str, ...]
    sources: tuple[str, ...]
    main_source: str
    share: float
    share_first_hand: float
    herfindahl: float
    rows: tuple[str, ...]


def words(view: Snapshot, holder: str) -> list[Word]:
    """On whose word each concern on the record of `holder` rests by the day of the snapshot.

    Their own, where they saw it or first said it (hops 0). Otherwise the word of those who passed it to them by
    the shortest way from whoever did: what came by a longer way, or back from people who had it from them, adds
    nothing.
    """
    return [word for concern in sorted(view.held.get(holder, ())) for word in _words(view, holder, concern)]


def _words(view: Snapshot, holder: str, concern: str) -> list[Word]:
    entries = [entry for entry in view.entries[holder, concern] if view.by(entry.window)]
    found = [Word(one, concern, row) for one, row in _from_others(view, holder, concern, entries)]
    if found:
        return found
    own = [entry for entry in entries if entry.row.kind == "observed"] or entries[:1]
    return [Word(holder, concern, entry.row) for entry in own]


def _from_others(view: Snapshot, holder: str, concern: str, entries: list[Entry]) -> Iterator[tuple[str, Row]]:
    """Who passed it to the holder, and in which row, by the shortest way."""
    hops = view.hops[holder, concern]
    passing = [entry.row for entry in entries if entry.received]
    if any(entry.row.kind not in REFUSING for entry in entries):  # a refusal sends nothing to who has it otherwise
        passing = [row for row in passing if row.kind not in REFUSING]
    for row in passing:
        for one in row.who:
            theirs = None if one == holder else view.hop(one, concern, view.when(row.date))  # as it was when sent
            if theirs is not None and theirs < hops:
                yield one, row


def _shares(found: Iterable[Word]) -> dict[str, float]:
    """The share of each source, largest first: every concern weighs the same, in equal parts over its sources."""
    by_concern: defaultdict[str, set[str]] = defaultdict(set)
    for word in found:
        by_concern[word.concern].add(word.source)
    shares: defaultdict[str, float] = defaultdict(float)
    for sources in by_concern.values():
        for source in sorted(sources):
            shares[source] += 1 / (len(sources) * len(by_concern))
    return dict(sorted(shares.items(), key=lambda one: (-round(one[1], 12), one[0])))


def lines(view: Snapshot) -> list[Rest]:
    """The professionals with anything on record, the most concentrated first."""
    found = []
    for person in sorted(view.professionals & view.held.keys()):
        said = words(view, person)
        shares = _shares(said)
        main = next(iter(shares))
        found.append(
            Rest(
                person,
                view.records.people[person].agency,
                tuple(sorted(view.held[person])),
                tuple(shares),
                main,
                shares[main],
                shares.get(person, 0.0),
                sum(share**2 for share in shares.values()),
                in_order({word.row for word in said}),
            )
        )
    return sorted(found, key=lambda line: (-round(line.herfindahl, 12), -len(line.concerns), line.person))


def source_concentration(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """On whose word what each professional has on record rests, and how far it rests on one.

    Somebody whose whole picture comes from one person sees the child through that person's eyes, a carer's
    included. A high number is not wrong in itself; it is a reason to ask who else could be heard.

    Parameters
    ----------
    case : Case
    at, rules : optional
        By when it was on record, and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per professional with anything on record (worries, reassurances and strengths alike; involved or
        not), the most concentrated first, of equal ones those with most concerns: ``person``, ``agency``,
        ``concerns``, ``sources`` (whose word, largest share first; their own name for what they saw or first
        said), ``main_source`` and its ``share``, ``share_first_hand`` (of their own), ``herfindahl`` (1: one
        source; 1 / n: n sources that share alike) and ``rows``. With a single concern on record it is often 1.
        No line where nothing is on record.

    Notes
    -----
    Each concern weighs 1. It rests on the person's own word if they observed it, or said it with no earlier record
    of where it came from; otherwise, in equal shares, on those who passed it to them in a row by the shortest way
    from whoever did (the hops of the knowledge engine; a letter carries what its sender was when sending). What comes
    by a longer way, or back from people who had it from them, adds nothing. The index is Σ share² (Hirschman 1945,
    Herfindahl 1950).

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.source_concentration(sn.load_case("worked_example"))
    >>> table[["person", "sources", "share_first_hand", "herfindahl"]]
      person sources  share_first_hand  herfindahl
    0      G    (G,)               1.0         1.0
    1      S    (T,)               0.0         1.0
    2      P  (P, S)               0.5         0.5
    3      T  (G, T)               0.5         0.5
    """
    return tidy(lines(snapshot(case, at, rules)), Rest._fields)
