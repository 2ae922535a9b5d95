"""Source concentration: on whose word does what a person knows rest?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.records import Row
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd


class Word(NamedTuple):
    """Somebody's word for one concern, in one row; of their own where the holder saw it or first said it."""

    source: str
    concern: str
    row: Row


def words(view: Snapshot, holder: str) -> list[Word]:
    """On whose word each concern on the record of `holder` rests by the day of the snapshot.

    Their own, where they saw it or first said it (hops 0). Otherwise the word of those who passed it to them by
    the shortest way from whoever did: what came by a longer way, or back from people who had it from them, adds
    nothing.
    """
    return [word for concern in sorted(view.held.get(holder, ())) for word in _words(view, holder, concern)]


def _words(view: Snapshot, holder: str, concern: str) -> list[Word]:
    entries = [entry for entry in view.entries[holder, concern] if view.by(entry.window)]
    hops = view.hops.get((holder, concern), 0)
    found = [
        Word(source, concern, entry.row)
        for entry in entries
        for source in _givers(entry.row, holder)
        if hops and _fewer(view.hop(source, concern, view.when(entry.window)), hops)
    ]
    if found:
        return found
    own = [entry for entry in entries if entry.row.kind == "observed"] or entries[:1]
    return [Word(holder, concern, entry.row) for entry in own]


def _givers(row: Row, holder: str) -> tuple[str, ...]:
    """Who could have given the concerns of a row to a holder: the senders, or the others who met."""
    if row.kind == "observed" or (row.is_sent and holder in row.who):
        return ()
    return tuple(name for name in row.who if name != holder)


def _fewer(hop: int | None, than: int) -> bool:
    return hop is not None and hop < than


def source_concentration(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """On whose word what each professional has on record rests, and how far it rests on one.

    Somebody whose whole picture comes from one person sees the child through that person's eyes, a carer's
    included. A high number is not wrong in itself; it is a reason to ask who else could be heard.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per professional with anything on record (worries, reassurances and strengths alike; involved or
        not), the most concentrated first, of equal ones those with most concerns: ``person``, ``agency``,
        ``concerns``, ``sources`` (whose word, largest share first; their own name for what they saw or first
        said), ``main_source`` and its ``share``, ``first_hand`` (share of their own), ``herfindahl`` (1: one
        source; 1 / n: n sources that share alike) and ``rows``. With a single concern on record it is often 1.
        No line where nothing is on record.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    Each concern weighs 1. It rests on the person's own word if they observed it, or said it with no earlier record
    of where it came from; otherwise, in equal shares, on those who passed it to them in a row by the shortest way
    from whoever did (the hops of the knowledge engine). What comes by a longer way, or back from people who had
    it from them, adds nothing. The index is Σ share² (Hirschman 1945, Herfindahl 1950).

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.source_concentration(sn.load_case("worked_example"))
    >>> table[["person", "sources", "first_hand", "herfindahl"]]
      person sources  first_hand  herfindahl
    0      G    (G,)         1.0         1.0
    1      S    (T,)         0.0         1.0
    2      P  (P, S)         0.5         0.5
    3      T  (G, T)         0.5         0.5
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    lines: list[dict[str, Any]] = []
    for person in sorted(view.professionals):
        found = words(view, person)
        if not found:
            continue
        shares = _shares(found)
        main = min(shares, key=lambda source: (-round(shares[source], 12), source))
        lines.append({
            "person": person, "agency": view.records.people[person].agency,
            "concerns": tuple(sorted(view.held[person])),
            "sources": tuple(sorted(shares, key=lambda source: (-round(shares[source], 12), source))),
            "main_source": main, "share": shares[main], "first_hand": shares.get(person, 0.0),
            "herfindahl": sum(share**2 for share in shares.values()), "rows": in_order({word.row for word in found}),
        })  # fmt: skip
    lines.sort(key=lambda line: (-round(line["herfindahl"], 12), -len(line["concerns"]), line["person"]))
    columns = ["person", "agency", "concerns", "sources", "main_source", "share", "first_hand", "herfindahl", "rows"]
    return pd.DataFrame(lines, columns=columns)


def _shares(found: Iterable[Word]) -> dict[str, float]:
    """The share of each source: every concern weighs the same, in equal parts over its sources."""
    by_concern: defaultdict[str, set[str]] = defaultdict(set)
    for word in found:
        by_concern[word.concern].add(word.source)
    shares: defaultdict[str, float] = defaultdict(float)
    for sources in by_concern.values():
        for source in sorted(sources):
            shares[source] += 1 / (len(sources) * len(by_concern))
    return dict(shares)
