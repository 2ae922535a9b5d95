"""Services: needs that nobody met, that several agencies met at once, or that were met with a gap in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from ..case import Case
from ..case.records import Service
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import Spell, gaps, total, within
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Finding = Literal["no service", "several agencies at once", "gap in time"]
FINDINGS: tuple[Finding, ...] = get_args(Finding)
NO_SERVICE, SEVERAL, GAP = FINDINGS


class ServiceLine(NamedTuple):
    """A need of a person, and what was found about the services for it: a line of :func:`service_gaps`."""

    need: str
    person: str
    finding: Finding
    agencies: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    days: int | None = None
    days_least: int | None = None
    rows: tuple[str, ...] = ()


class _Run(NamedTuple):
    """When an agency provided a service up to the day: on which days it may have run, and on which it certainly did.

    Where it may have ended before it may have begun, `certain` is turned round.
    """

    agency: str
    possible: Spell
    certain: Spell

    @property
    def least(self) -> Spell:
        """Its latest start, to its earliest end where that is not before it."""
        return Spell(self.certain.first, max(self.certain))


def service_gaps(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Needs without a service, with more than one agency at the same time, or with a gap in time.

    Two agencies at once may be wanted; the table only says where to look.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. The ``services`` table says which need of which person was met by whom, from
        when to when; ``Rules(dates=...)`` whether a service with a partial start counts as begun.

    Returns
    -------
    pandas.DataFrame
        A line per finding: ``need``, ``person``, ``finding`` ("no service", "several agencies at once", "gap in
        time"), ``agencies`` (the two at once; those before and after a gap), ``start`` and ``end`` (the longest
        that it can have been; none for "no service" unless the table has them), ``days`` and ``days_least`` (the
        most and the fewest that partial dates allow, both ends counted; not defined for "no service" without a
        start) and ``rows``, always empty, since services do not refer to the chronology.

    Notes
    -----
    A need is met by `at` once a service with an agency has begun; one without a start has begun before anything on
    record. A gap is a stretch between two services of the same need and person on which none ran; one that ended for
    good leaves no gap, since the table does not say whether the need went on. Nothing rests on what came after `at`.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.service_gaps(sn.load_case("reuben"))[["need", "person", "finding"]].values.tolist()
    [['contact with mother', 're', 'no service'],
     ['developmental assessment', 're', 'no service'],
     ['work on violence', 'dad', 'no service']]
    """
    return tidy(lines(snapshot(case, at, rules)), ServiceLine._fields)


def lines(view: Snapshot) -> list[ServiceLine]:
    """What there is to find about each need, by need and person."""
    needs: defaultdict[tuple[str, str], list[Service]] = defaultdict(list)
    for service in view.records.services:
        needs[service.need, service.person].append(service)
    found: list[ServiceLine] = []
    for need, services in sorted(needs.items()):
        runs = sorted(run for service in services if (run := _run(view, service)) is not None)
        found += [*_at_once(need, runs), *_gaps(need, runs)] if runs else [_without(view, need, services)]
    return found


def _run(view: Snapshot, service: Service) -> _Run | None:
    """When an agency provided a service; None without an agency, or where it has not begun by the day."""
    if not service.agency or (service.start is not None and not view.by(service.start)):
        return None
    day, end = view.day, service.end
    ends = (day, day) if end is None else (min(end.first, day), min(end.last, day))
    if service.start is None:  # from the first day that is on record, or before it
        first = last = min(*(row.date.first for row in view.rows), ends[0], day)
    else:
        first, last = min(service.start.first, day), min(service.start.last, day)
    return _Run(service.agency, Spell(first, ends[1]), Spell(last, ends[0]))


def _without(view: Snapshot, need: tuple[str, str], services: Iterable[Service]) -> ServiceLine:
    """A need that no agency met by the day; since when, where a line without an agency says so."""
    since = [one.start for one in services if not one.agency and one.start is not None and view.by(one.start)]
    if not since:
        return ServiceLine(*need, NO_SERVICE)
    longest = Spell(min(window.first for window in since), view.day)
    least = view.day - min(window.last for window in since) + 1
    return ServiceLine(*need, NO_SERVICE, (), *longest, longest.days, max(0, least))


def _at_once(need: tuple[str, str], runs: Sequence[_Run]) -> Iterator[ServiceLine]:
    """Every two agencies whose services may have run on one day, with the most and the fewest days."""
    for one, other in combinations(runs, 2):
        both = within([one.possible], *other.possible)
        if one.agency != other.agency and both:
            least = total(within([one.certain], *other.certain))
            yield ServiceLine(*need, SEVERAL, (one.agency, other.agency), *both[0], both[0].days, least)


def _gaps(need: tuple[str, str], runs: Sequence[_Run]) -> Iterator[ServiceLine]:
    """The stretches between services on which, with the latest starts and the earliest ends, none ran."""
    least, possible = [run.least for run in runs], [run.possible for run in runs]
    for gap in gaps(least, min(run.first for run in least), max(run.last for run in least)):
        before = sorted({run.agency for run in runs if run.least.last == gap.first - 1})
        after = sorted({run.agency for run in runs if run.least.first == gap.last + 1})
        yield ServiceLine(*need, GAP, (*before, *after), *gap, gap.days, gap.days - total(within(possible, *gap)))
