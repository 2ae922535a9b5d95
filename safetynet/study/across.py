"""What is asked of all cases of a study together: who works with whom around how many of them.

Of each case only its professionals are kept, as numbers; pairs of them are counted in blocks
(:mod:`safetynet.measures.shared_work`).
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ..measures.care_density import TOO_FEW, Weights
from ..measures.shared_work import Around, company, densities
from ..rules import Rules, as_rules
from ..tidy import tidy
from . import asking
from .moments import At, moment_of
from .running import Answer

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("professionals", "people", "pairs", "shared_pairs", "reason")


class _Gathered:
    """The professionals of many cases, each case as a run of numbers."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self.cases: list[str] = []
        self.people: list[str] = []
        self.kinds: list[str] = []
        self.reasons: list[str] = []
        places: dict[str, int] = {}
        starts, members = array("q", [0]), array("q")
        for name, _, given in answers:
            self.reasons.append(given.reason)
            group = []
            for person, kind in given.sectors.items():
                if person not in places:
                    places[person] = len(places)
                    self.people.append(person)
                    self.kinds.append(kind)
                group.append(places[person])
            members.extend(sorted(group))
            starts.append(len(members))
            self.cases.append(name)
        self.around = Around(np.array(starts, np.int64), np.array(members, np.int64), len(places))

    def group(self, case: int) -> tuple[str, ...]:
        """The professionals of a case."""
        first, stop = self.around.starts[case : case + 2]
        return tuple(sorted(self.people[one] for one in self.around.people[first:stop].tolist()))


class AcrossCases:
    """The questions to all cases of a study together."""

    def _asked(self, ask: Any, label: str, workers: int | None, client: Any) -> Iterator[Answer]:
        raise NotImplementedError

    def care_density(
        self, at: At = None, *, rules: Rules | None = None, workers: int | None = None, client: Any = None
    ) -> pd.DataFrame:
        """How many cases the professionals of each case share, pair by pair, on average.

        An id of a professional has to mean the same human being in every case, as the number of a worker in a
        register does.

        Parameters
        ----------
        at, rules, workers, client
            As in :meth:`scores`.

        Returns
        -------
        pandas.DataFrame
            A line per case: ``case``, ``care_density`` (1 or more; NaN with a ``reason`` where fewer than two
            professionals have appeared), ``professionals`` (how many), ``people`` (their ids), ``pairs`` (of them),
            ``shared_pairs`` (pairs that share another case as well) and ``reason``.

        See Also
        --------
        care_density : the same of a table of who saw whom, with its definition.

        Examples
        --------
        >>> import safetynet as sn
        >>> from safetynet.datasets import folder
        >>> table = sn.read_study(folder()).care_density()
        >>> table[["case", "care_density", "pairs"]].tail(2)
                       case  care_density  pairs
        6  victoria_climbie           1.0    666
        7    worked_example           1.0      6
        """
        gathered = self._gathered(at, rules, workers, client)
        return _table(gathered, "care_density", None)

    def fragmented_care_density(
        self,
        weights: Mapping[tuple[Any, Any], float],
        *,
        kinds: Mapping[str, Hashable] | None = None,
        at: At = None,
        rules: Rules | None = None,
        workers: int | None = None,
        client: Any = None,
    ) -> pd.DataFrame:
        """Care density in which a pair counts more or less by what the two are.

        Parameters
        ----------
        weights : mapping from (kind, kind) to float
            The weight of each pair of kinds, in either order.
        kinds : mapping, optional
            The kind of each professional by id. Default: the sector of their agency in the first case that has them
            ("other" without one).
        at, rules, workers, client
            As in :meth:`scores`.

        Returns
        -------
        pandas.DataFrame
            As :meth:`care_density`, with ``fragmented_care_density`` as its number.

        Raises
        ------
        ArgumentError
            If a professional has no kind, or a pair of kinds no weight.
        """
        gathered = self._gathered(at, rules, workers, client)
        known = dict(zip(gathered.people, gathered.kinds, strict=True)) if kinds is None else kinds
        return _table(gathered, "fragmented_care_density", Weights(weights, gathered.people, known))

    def across_cases(
        self, at: At = None, *, rules: Rules | None = None, workers: int | None = None, client: Any = None
    ) -> pd.DataFrame:
        """The professionals who are in more than one case, with the cases, by their ids.

        It says how work is spread over people, and where what one has on record of several families is in one head.
        It says nothing of how anybody works, and is no order of them.

        Parameters
        ----------
        at, rules, workers, client
            As in :meth:`scores`.

        Returns
        -------
        pandas.DataFrame
            ``person``, ``sector``, ``cases`` (how many), ``in_cases`` (their names), ``pairs`` (how many others are in
            any of these cases) and ``shared_pairs`` (with how many of them another case is shared too).

        Examples
        --------
        >>> import safetynet as sn
        >>> from safetynet.datasets import folder
        >>> list(sn.read_study(folder()).across_cases().columns)
        ['person', 'sector', 'cases', 'in_cases', 'pairs', 'shared_pairs']
        """
        gathered = self._gathered(at, rules, workers, client)
        around, found = gathered.around, company(gathered.around)
        entries = np.argsort(around.people, kind="stable")
        case_of = np.repeat(np.arange(len(gathered.cases)), np.diff(around.starts))[entries]
        ends = np.cumsum(found.children)

        def line(place: int) -> dict[str, Any]:
            stop = int(ends[place])
            cases = case_of[stop - int(found.children[place]) : stop].tolist()
            return {
                "person": gathered.people[place],
                "sector": gathered.kinds[place],
                "cases": len(cases),
                "in_cases": tuple(gathered.cases[one] for one in cases),
                "pairs": int(found.pairs[place]),
                "shared_pairs": int(found.shared_pairs[place]),
            }

        several = sorted(np.flatnonzero(found.children > 1).tolist(), key=gathered.people.__getitem__)
        return tidy(map(line, several), ("person", "sector", "cases", "in_cases", "pairs", "shared_pairs"))

    def _gathered(self, at: At, rules: Rules | None, workers: int | None, client: Any) -> _Gathered:
        ask = partial(asking.around, moment=moment_of(at), rules=as_rules(rules))
        return _Gathered(self._asked(ask, "professionals", workers, client))


def _table(gathered: _Gathered, name: str, weight: Weights | None) -> pd.DataFrame:
    found = densities(gathered.around, weight)

    def line(place: int, case: str) -> dict[str, Any]:
        people, pairs = gathered.group(place), int(found.pairs[place])
        few = gathered.reasons[place] or TOO_FEW
        return {
            **{"case": case, name: float(found.density[place]), "professionals": len(people), "people": people},
            **{"pairs": pairs, "shared_pairs": int(found.shared_pairs[place]), "reason": "" if pairs else few},
        }

    return tidy((line(*one) for one in enumerate(gathered.cases)), ("case", name, *COLUMNS))
