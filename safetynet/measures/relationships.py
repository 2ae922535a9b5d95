"""Working relationships: how much was shared along which ties, and by which channels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row, Tie
from ..errors import choose
from ..record.parties import party
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

QUALITIES = ("strong", "weak", "stressful", "broken", "unrecorded")
_WORST_FIRST = ("broken", "stressful", "weak", "strong")
Pair = tuple[str, str]


@dataclass
class _Along:
    """What moved between two parties: rows by whether they were two-way, the concerns, and what did not arrive."""

    rich: list[Row] = field(default_factory=list)
    paper: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    concerns: set[str] = field(default_factory=set)

    def add(self, view: Snapshot, row: Row) -> None:
        if not row.arrived:
            self.lost.append(row)
        elif view.by(row.reached):
            (self.rich if row.two_way else self.paper).append(row)
            self.concerns.update(row.concerns)

    @property
    def arrived(self) -> list[Row]:
        return [*self.rich, *self.paper]

    @property
    def share(self) -> float:
        return len(self.rich) / len(self.arrived) if self.arrived else NAN

    @property
    def rows(self) -> tuple[str, ...]:
        return in_order([*self.arrived, *self.lost])


def tie_pair(source: str, target: str) -> Pair:
    """The two ends of a tie or contact, in one order."""
    return (min(source, target), max(source, target))


def joined(row: Row) -> set[Pair]:
    """The unordered pairs that a contact row joins, or would have joined had it arrived."""
    if row.is_together:
        return {tie_pair(a, b) for a in row.who for b in row.who if a != b}
    return {tie_pair(a, b) for a in row.who for b in row.to if a != b}


def ties_between(view: Snapshot) -> dict[Pair, list[Tie]]:
    """The ties of each pair."""
    found: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for tie in view.records.ties:
        found[tie_pair(tie.source, tie.target)].append(tie)
    return dict(found)


def _holds(view: Snapshot, tie: Tie, day: int) -> bool:
    return (tie.start is None or view.when(tie.start) <= day) and (tie.end is None or view.when(tie.end) >= day)


def quality(view: Snapshot, ties: list[Tie], day: int) -> str:
    """How a tie was on a day: of several ties the most strained; "unrecorded" where no quality is on record."""
    found = {tie.quality for tie in ties if tie.quality and _holds(view, tie, day)}
    return next((word for word in _WORST_FIRST if word in found), "unrecorded")


def _is_family(view: Snapshot, name: str) -> bool:
    return name in view.records.people and name not in view.professionals


def _along_ties(view: Snapshot) -> dict[tuple[Pair, str], _Along]:
    ties = ties_between(view)
    found: defaultdict[tuple[Pair, str], _Along] = defaultdict(_Along)
    for row in view.contacts:
        for pair in joined(row):
            if not all(_is_family(view, name) for name in pair):
                found[pair, quality(view, ties.get(pair, []), view.when(row.date))].add(view, row)
    for pair, those in ties.items():
        seen = any(pair == other for other, _ in found)
        begun = any(tie.start is None or view.by(tie.start) for tie in those)
        if not seen and begun and not all(_is_family(view, name) for name in pair):
            last = [tie for tie in those if tie.start is None or view.by(tie.start)]
            word = quality(view, last, view.day)
            if word == "unrecorded":  # a tie that has ended by then keeps its quality
                word = next((one for one in _WORST_FIRST if one in {tie.quality for tie in last}), word)
            found[pair, word] = _Along()
    return dict(found)


def working_relationships(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How much was shared between every two who were in contact or tied, and how the tie was.

    Parameters
    ----------
    case : Case
        Its ``ties`` table has the qualities.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``weights`` matter here.

    Returns
    -------
    pandas.DataFrame
        A line per pair and quality of tie, most contacts first: ``first`` and ``second`` (people or agencies),
        ``agencies`` (theirs), ``with_family`` (whether one of them is family or support), ``tie`` ("strong", "weak",
        "stressful", "broken", "unrecorded"), ``tie_kinds``, ``contacts`` (contact rows that reached), ``meetings``
        (of those), ``rich`` (two-way), ``paper`` (one-way), ``rich_share`` (NaN without a contact), ``lost`` (rows
        that did not arrive), ``concerns`` (passed between them), ``severity`` (of the worries among them),
        ``first_contact``, ``last_contact``, ``longest_gap`` (most days from one contact to the next; not defined
        below two days with contact) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    shared_along_ties : the same by quality of tie.
    channel_mix : rich against paper by agency.

    Notes
    -----
    Pairs of family among themselves are left out. The quality is that of the tie on the day of the contact; of
    several ties at once the most strained. A tie without any contact has a line with 0 contacts.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.working_relationships(sn.load_case("max"))
    >>> table[["first", "second", "tie", "contacts"]].values.tolist()[0]
    ['dsl', 'sw1', 'strong', 9]
    """
    view = snapshot(case, at, rules)
    ties = ties_between(view)
    lines = []
    for (pair, word), along in _along_ties(view).items():
        days = sorted({view.when(row.reached) for row in along.arrived})
        gaps = [after - before for before, after in pairwise(days)]
        agencies = {name for one in pair if (name := party(view, one))}
        kinds = {tie.kind for tie in ties.get(pair, []) if tie.start is None or view.by(tie.start)}
        lines.append({
            "first": pair[0], "second": pair[1], "agencies": tuple(sorted(agencies)),
            "with_family": any(_is_family(view, name) for name in pair), "tie": word, "tie_kinds": tuple(sorted(kinds)),
            **_mix(along), "meetings": sum(row.kind == "met" for row in along.arrived),
            "concerns": tuple(sorted(along.concerns)), "severity": _severity(view, along),
            "first_contact": days[0] if days else None, "last_contact": days[-1] if days else None,
            "longest_gap": max(gaps, default=None), "rows": along.rows,
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["contacts"], line["first"], line["second"], line["tie"]))
    columns = [
        "first", "second", "agencies", "with_family", "tie", "tie_kinds", "contacts", "meetings", "rich", "paper",
        "rich_share", "lost", "concerns", "severity", "first_contact", "last_contact", "longest_gap", "rows",
    ]  # fmt: skip
    return tidy(lines, columns)  # fmt: skip


def _mix(along: _Along) -> dict[str, Any]:
    return {"contacts": len(along.arrived), "rich": len(along.rich), "paper": len(along.paper),
            "rich_share": along.share, "lost": len(along.lost)}  # fmt: skip


def _severity(view: Snapshot, along: _Along) -> float:
    return view.total(name for name in along.concerns if view.records.concerns[name].is_worry)


def shared_along_ties(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How much was shared along strong, weak, stressful, broken and unrecorded ties.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``weights`` matter here.

    Returns
    -------
    pandas.DataFrame
        Five lines, by ``tie``: ``pairs`` (with such a tie or, for "unrecorded", in contact without one),
        ``silent_pairs`` (of those, without any contact), ``contacts`` (different rows), ``rich_share``,
        ``concerns`` (passed along such ties), ``severity`` (of the worries among them), ``per_pair`` (severity
        passed, on average over the pairs; NaN without a pair) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.shared_along_ties(sn.load_case("max"))[["tie", "pairs", "contacts"]].iloc[:2].values.tolist()
    [['strong', 6, 14], ['weak', 1, 0]]
    """
    view = snapshot(case, at, rules)
    found = _along_ties(view)
    lines = []
    for word in QUALITIES:
        those = [along for (_, other), along in found.items() if other == word]
        whole = _Along()
        rows = {row.id: row for along in those for row in (*along.arrived, *along.lost)}
        for row in rows.values():
            whole.add(view, row)
        each = [_severity(view, along) for along in those]
        lines.append({
            "tie": word, "pairs": len(those), "silent_pairs": sum(not along.arrived for along in those),
            "contacts": len(whole.arrived), "rich_share": whole.share, "concerns": tuple(sorted(whole.concerns)),
            "severity": _severity(view, whole), "per_pair": sum(each) / len(each) if each else NAN, "rows": whole.rows,
        })  # fmt: skip
    columns = ["tie", "pairs", "silent_pairs", "contacts", "rich_share", "concerns", "severity", "per_pair", "rows"]
    return tidy(lines, columns)  # fmt: skip


def channel_mix(case: Case, at: Any = None, *, by: str = "agency", rules: Rules | None = None) -> pd.DataFrame:
    """Rich two-way contacts against one-way paper, between agencies.

    A telephone call or a meeting lets the other ask back; a letter or a fax does not.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    by : {"agency", "agency_pair", "pair"}
        A line per agency (its contacts with other agencies), per pair of agencies, or per pair of professionals and
        agency desks (also within an agency).
    rules : Rules, optional
        ``dates`` matters here.

    Returns
    -------
    pandas.DataFrame
        Most contacts first: ``parties`` (one or two ids; a professional without an agency stands for themselves),
        ``contacts`` (contact rows that reached), ``rich`` (two-way), ``paper`` (one-way), ``rich_share`` (0 to 1; NaN
        without a contact), ``lost`` (rows that did not arrive) and ``rows``.

    Raises
    ------
    ArgumentError
        If `by` is none of these.
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> mix = sn.channel_mix(sn.load_case("worked_example"), at="2024-01-31")
    >>> mix[["parties", "rich", "paper"]].values.tolist()
    [[('council',), 2, 0], [('school',), 1, 1], [('health',), 0, 1], [('police',), 1, 0]]
    """
    choose("by", by, ("agency", "agency_pair", "pair"))
    view = snapshot(case, at, rules)
    found: defaultdict[tuple[str, ...], _Along] = defaultdict(_Along)
    for row in view.contacts:
        keys: set[tuple[str, ...]] = set()
        for pair in joined(row):
            if any(_is_family(view, name) for name in pair):
                continue
            if by == "pair":
                keys.add(pair)
                continue
            ends = tie_pair(*(party(view, name) for name in pair))
            if ends[0] != ends[1]:
                keys |= {ends} if by == "agency_pair" else {(ends[0],), (ends[1],)}
        for key in keys:
            found[key].add(view, row)
    lines = [{"parties": key, **_mix(along), "rows": along.rows} for key, along in found.items()]
    lines.sort(key=lambda line: (-line["contacts"], line["parties"]))
    columns = ["parties", "contacts", "rich", "paper", "rich_share", "lost", "rows"]
    return tidy(lines, columns)
