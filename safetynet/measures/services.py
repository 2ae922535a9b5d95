"""Services: needs that nobody met, that several agencies met at once, or that were met with a gap in time."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.records import Service
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

NO_SERVICE = "no service"
SEVERAL = "several agencies at once"
GAP = "gap in time"


class _Spell(NamedTuple):
    """When an agency provided a service: first day (earliest, latest), last day (earliest, latest)."""

    agency: str
    start: tuple[int, int]
    end: tuple[int, int]


def _spell(view: Snapshot, service: Service) -> _Spell | None:
    """The spell of a service up to the snapshot's day; None where it has not begun by then."""
    begin = view.records.start if view.records.start is not None else view.day
    start = (begin, begin) if service.start is None else (service.start.first, service.start.last)
    if (start[1] if view.rules.dates == "latest" else start[0]) > view.day:
        return None
    end = (view.day, view.day) if service.end is None else (service.end.first, service.end.last)
    cut = view.day
    return _Spell(service.agency, (min(start[0], cut), min(start[1], cut)), (min(end[0], cut), min(end[1], cut)))


def service_gaps(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Needs without a service, with more than one agency at the same time, or with a gap in time.

    Two agencies at once may be wanted; the table only says where to look.

    Parameters
    ----------
    case : Case
        Its ``services`` table says which need of which person was met by whom, from when to when.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` says whether a service with a partial start counts as begun.

    Returns
    -------
    pandas.DataFrame
        A line per finding: ``need``, ``person``, ``finding`` ("no service", "several agencies at once", "gap in
        time"), ``agencies`` (the two at once; those before and after a gap), ``start`` and ``end`` (the longest
        that it can have been; none for "no service" unless the table has them), ``days`` and ``days_least`` (the
        most and the fewest that partial dates allow; not defined for "no service" without a start) and ``rows``,
        always empty, since services do not refer to the chronology.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    A need is met by `at` once a service with an agency has begun. A gap is a stretch between two services of the
    same need and person on which none ran; one that ended for good leaves no gap, since the table does not say
    whether the need went on.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.service_gaps(sn.load_case("reuben"))[["need", "person", "finding"]].values.tolist()
    [['contact with mother', 're', 'no service'],
     ['developmental assessment', 're', 'no service'],
     ['work on violence', 'dad', 'no service']]
    """
    view = snapshot(case, at, rules)
    needs: defaultdict[tuple[str, str], list[Service]] = defaultdict(list)
    for service in view.records.services:
        needs[service.need, service.person].append(service)
    lines: list[dict[str, Any]] = []
    for need, services in sorted(needs.items()):
        spells = [
            spell
            for service in services if service.agency and (spell := _spell(view, service)) is not None
        ]  # fmt: skip
        found = [*_at_once(spells), *_gaps(spells)] if spells else [_without(view, services)]
        lines += [{"need": need[0], "person": need[1], **line, "rows": ()} for line in found]
    columns = ["need", "person", "finding", "agencies", "start", "end", "days", "days_least", "rows"]
    return tidy(lines, columns)


def _line(
    finding: str, agencies: tuple[str, ...], start: int | None, end: int | None, least: int | None
) -> dict[str, Any]:
    days = None if start is None or end is None else end - start + 1
    return {"finding": finding, "agencies": agencies, "start": start, "end": end, "days": days, "days_least": least}


def _without(view: Snapshot, services: list[Service]) -> dict[str, Any]:
    """A need that no agency met by the day; since when, where a line without an agency says so."""
    dated = [service.start for service in services if not service.agency and service.start is not None]
    since = [window for window in dated if view.by(window)]
    if not since:
        return _line(NO_SERVICE, (), None, None, None)
    start = min(window.first for window in since)
    return _line(NO_SERVICE, (), start, view.day, view.day - min(window.last for window in since) + 1)


def _at_once(spells: list[_Spell]) -> list[dict[str, Any]]:
    """Every two agencies whose spells may have overlapped, with the most and the fewest days."""
    found = []
    for one, other in combinations(sorted(spells), 2):
        if one.agency == other.agency:
            continue
        first, last = max(one.start[0], other.start[0]), min(one.end[1], other.end[1])
        if first <= last:
            least = max(0, min(one.end[0], other.end[0]) - max(one.start[1], other.start[1]) + 1)
            found.append(_line(SEVERAL, (one.agency, other.agency), first, last, least))
    return found


def _gaps(spells: list[_Spell]) -> list[dict[str, Any]]:
    """The stretches between services on which, with the latest starts and the earliest ends, none ran."""
    found = []
    covered: int | None = None
    before: set[str] = set()
    for spell in sorted(spells, key=lambda one: (one.start[1], one.end[0], one.agency)):
        first, last = spell.start[1], max(spell.end[0], spell.start[1])
        if covered is not None and first > covered + 1:
            start, end = covered + 1, first - 1
            widest = {day for one in spells for day in range(max(one.start[0], start), min(one.end[1], end) + 1)}
            found.append(_line(GAP, (*sorted(before), spell.agency), start, end, end - start + 1 - len(widest)))
        if covered is None or last > covered:
            covered, before = last, {spell.agency}
        elif last == covered:
            before.add(spell.agency)
    return found
