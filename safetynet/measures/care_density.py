"""Care density over a study: do the professionals around a child work together for other children too?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, type_of
from ..labels import is_missing, sorted_labels
from ..record.parties import sector
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy
from .shared_work import Around, Densities, densities

if TYPE_CHECKING:
    import pandas as pd

    from .shared_work import Numbers

    Contacts: TypeAlias = pd.DataFrame | Iterable[Case]

Kinds: TypeAlias = str | Mapping[Any, Hashable] | None
TOO_FEW = "fewer than two professionals have seen the child"
COLUMNS = ("professionals", "people", "pairs", "shared_pairs", "reason", "rows")


class Care(NamedTuple):
    """Which professionals each child has, each professional's kind as far as it is given, and the rows behind it."""

    professionals: dict[Hashable, tuple[Hashable, ...]]
    kinds: dict[Hashable, Hashable]
    rows: dict[Hashable, tuple[Hashable, ...]]


def _care(contacts: Contacts, at: DateLike | None, rules: Rules | None, kinds: Kinds = None) -> Care:
    import pandas as pd

    if isinstance(contacts, pd.DataFrame):
        if at is not None or rules is not None:
            raise ArgumentError("at= and rules= need cases; a table of who saw whom has no dates. Leave them out.")
        return _from_table(contacts, kinds if isinstance(kinds, str) else "")
    if isinstance(contacts, Case) or not isinstance(contacts, Iterable):
        raise ArgumentError(
            f"several cases or a table with the columns child and professional are needed, not one "
            f"{type(contacts).__name__}: care density compares children."
        )
    if isinstance(kinds, str):
        raise ArgumentError(f"kinds={kinds!r} names a column of a table; with cases give a mapping, or leave it out.")
    return _from_cases(contacts, at, rules)


def _from_table(table: pd.DataFrame, kinds: str) -> Care:
    for name in ("child", "professional", kinds):
        if name and name not in table.columns:
            raise ArgumentError(
                f"the table has no column {name!r}. It needs one line per child and professional who saw them, in "
                "columns child and professional."
            )
    if table[["child", "professional"]].isna().any().any():
        raise ArgumentError("the columns child and professional have empty cells. Fill them in or drop those lines.")
    seen: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    rows: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
    for label, child, person in zip(table.index, table["child"], table["professional"], strict=True):
        seen[child].add(person)
        rows[child].append(label)
    return Care(
        {child: tuple(sorted_labels(people)) for child, people in seen.items()},
        _kinds_in(table, kinds) if kinds else {},
        {child: tuple(labels) for child, labels in rows.items()},
    )


def _kinds_in(table: pd.DataFrame, column: str) -> dict[Hashable, Hashable]:
    found: dict[Hashable, Hashable] = {}
    for person, kind in zip(table["professional"], table[column], strict=True):
        if found.setdefault(person, kind) != kind:
            raise ArgumentError(f"column {column!r} gives {person!r} two kinds. Give each professional one.")
    return found


def _from_cases(cases: Iterable[object], at: DateLike | None, rules: Rules | None) -> Care:
    care = Care({}, {}, {})
    for case in cases:
        if not isinstance(case, Case):
            raise ArgumentError(f"a list of cases has {type_of(case)} in it.")
        if case.id in care.professionals:
            raise ArgumentError(f"two cases have the id {case.id!r}. Give each its own.")
        view = snapshot(case, at, rules)
        found = around_child(view)
        care.professionals[case.id] = tuple(found)
        care.rows[case.id] = in_order(row for row in view.rows if set(found) & {*row.who, *row.named})
        for name, kind in found.items():
            care.kinds.setdefault(name, kind)
    return care


def around_child(view: Snapshot) -> dict[str, str]:
    """The professionals who have appeared in a case by the day of a view, in order, each with their sector."""
    return {name: sector(view, name) or "other" for name in sorted(set(view.actors) & view.professionals)}


def numbered(groups: Iterable[Iterable[Hashable]], places: dict[Any, int]) -> Around:
    """Who is around each child as numbers; `places` has that of each professional, and gets those of new ones."""
    starts, people = [0], []
    for group in groups:
        people += sorted({places.setdefault(one, len(places)) for one in group})
        starts.append(len(people))
    return Around(np.array(starts, np.int64), np.array(people, np.int64), len(places))


class Weights:
    """The weight of a pair of professionals by the kinds of the two; what is not given is an error where it is met."""

    def __init__(self, weights: object, people: Sequence[Hashable], known: Mapping[Any, Hashable]) -> None:
        if not isinstance(weights, Mapping):
            raise ArgumentError(f"weights is {type_of(weights)}; give a mapping from (kind, kind) to a number.")
        self._weights, self._people = weights, people
        self._kinds: list[Hashable] = [None]  # of whom none is given
        places: dict[Hashable, int] = {}
        codes = []
        for person in people:
            kind = known.get(person)
            if is_missing(kind):
                codes.append(0)
                continue
            if kind not in places:
                places[kind] = len(self._kinds)
                self._kinds.append(kind)
            codes.append(places[kind])
        self._codes = np.array(codes, np.int64)
        self._made: dict[tuple[int, int], float] = {}

    def __call__(self, first: Numbers, second: Numbers) -> Numbers:
        """The weights of some pairs."""
        one, other = self._codes[first], self._codes[second]
        if len(without := np.flatnonzero((one == 0) | (other == 0))):
            place = without[0]
            person = self._people[int((first if one[place] == 0 else second)[place])]
            raise ArgumentError(f"no kind is given for the professional {person!r}. Add one to kinds=.")
        many = len(self._kinds)
        found, inverse = np.unique(one * many + other, return_inverse=True)
        each = [self._weight(int(key) // many, int(key) % many) for key in found]
        return np.array(each, np.float64)[inverse]

    def _weight(self, one: int, other: int) -> float:
        if (one, other) not in self._made:
            kinds = self._kinds[one], self._kinds[other]
            pair = next((pair for pair in (kinds, kinds[::-1]) if pair in self._weights), None)
            if pair is None:
                raise ArgumentError(
                    f"weights has no number for the pair of kinds ({kinds[0]!r}, {kinds[1]!r}). Add one."
                )
            self._made[one, other] = float(self._weights[pair])
        return self._made[one, other]


def _density(care: Care, name: str, found: Densities) -> pd.DataFrame:
    place = {child: number for number, child in enumerate(care.professionals)}
    lines = []
    for child in sorted_labels(care.professionals):
        number = place[child]
        pairs = int(found.pairs[number])
        lines.append(
            {
                "child": child,
                name: float(found.density[number]),
                "professionals": len(care.professionals[child]),
                "people": care.professionals[child],
                "pairs": pairs,
                "shared_pairs": int(found.shared_pairs[number]),
                "reason": "" if pairs else TOO_FEW,
                "rows": care.rows[child],
            }
        )
    named = all(isinstance(line["child"], str) for line in lines)
    return tidy(lines, (name, *COLUMNS), index="child", child="text" if named else "thing")


def care_density(contacts: Contacts, *, at: DateLike | None = None, rules: Rules | None = None) -> pd.DataFrame:
    """How many children the professionals around a child share, pair by pair, on average.

    High: those around this child often work around the same children, so they are likely to know each other. 1:
    no two of them share any other child. It is computed over a whole study; a child's number changes when other
    children are added.

    Parameters
    ----------
    contacts : pandas.DataFrame or iterable of Case
        A table with the columns ``child`` and ``professional``, a line per child and professional who saw them
        (repeats count once); or cases, in which an id must mean the same human being in every case.
    at, rules : optional
        With cases only: the date asked for (default: that of each) and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per child (index ``child``, sorted; with cases, the id of each case): ``care_density`` (1 or more;
        NaN, with a ``reason``, where fewer than two professionals saw the child), ``professionals`` (how many),
        ``people`` (their ids), ``pairs`` (of them), ``shared_pairs`` (pairs that share another child as well),
        ``reason`` and ``rows`` (labels of the lines of the table, or the rows of the case in which they appear).

    Raises
    ------
    ArgumentError
        If a column is missing, a cell is empty, one case is given alone, two cases have one id, or `at` is no date.

    See Also
    --------
    fragmented_care_density : pairs weighted by the kinds of the two.

    Notes
    -----
    Σ over pairs of a child's professionals of the number of children whom both saw (this child included),
    divided by the number of pairs (Pollack et al. 2013).

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> seen = pd.DataFrame({"child": ["k1", "k1", "k2", "k2", "k3"], "professional": ["gp", "sw", "gp", "sw", "gp"]})
    >>> sn.care_density(seen)["care_density"].to_dict()
    {'k1': 2.0, 'k2': 2.0, 'k3': nan}
    """
    care = _care(contacts, at, rules)
    around = numbered(care.professionals.values(), {})
    return _density(care, "care_density", densities(around))


def fragmented_care_density(
    contacts: Contacts,
    weights: Mapping[tuple[Any, Any], float],
    *,
    kinds: Kinds = None,
    at: DateLike | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Care density in which a pair counts more or less by what the two are, say doctor and social worker.

    Weights above 1 for pairs of different kinds make shared work across services count for more than shared
    work inside one.

    Parameters
    ----------
    contacts : pandas.DataFrame or iterable of Case
        As in :func:`care_density`.
    weights : mapping from (kind, kind) to float
        The weight of each pair of kinds, in either order.
    kinds : str or mapping, optional
        The kind of each professional: the name of a column of the table, or a mapping. Default, with cases only:
        the sector of their agency ("other" without one).
    at, rules
        As in :func:`care_density`.

    Returns
    -------
    pandas.DataFrame
        As in :func:`care_density`, with ``fragmented_care_density`` as its first column.

    Raises
    ------
    ArgumentError
        As in :func:`care_density`; besides, if a professional has no kind or a pair of kinds has no weight.

    Notes
    -----
    Σ over pairs of weight × number of shared children, divided by the number of pairs (Engels et al. 2024).

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> seen = pd.DataFrame(
    ...     {
    ...         "child": ["k1", "k1", "k2", "k2"],
    ...         "professional": ["gp", "sw", "gp", "sw"],
    ...         "sector": ["health", "social_care", "health", "social_care"],
    ...     }
    ... )
    >>> table = sn.fragmented_care_density(seen, {("health", "social_care"): 1.5}, kinds="sector")
    >>> table["fragmented_care_density"].to_dict()
    {'k1': 3.0, 'k2': 3.0}
    """
    care = _care(contacts, at, rules, kinds)
    places: dict[Hashable, int] = {}
    around = numbered(care.professionals.values(), places)
    weight = Weights(weights, list(places), kinds if isinstance(kinds, Mapping) else care.kinds)
    return _density(care, "fragmented_care_density", densities(around, weight))
