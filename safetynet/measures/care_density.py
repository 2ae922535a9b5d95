"""Care density over a study: do the professionals around a child work together for other children too?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError
from ..labels import is_missing, sorted_labels
from ..record.parties import sector
from ..record.snapshot import in_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

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
    return _from_cases(list(contacts), at, rules)


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


def _from_cases(cases: list[object], at: DateLike | None, rules: Rules | None) -> Care:
    care = Care({}, {}, {})
    for case in cases:
        if not isinstance(case, Case):
            raise ArgumentError(f"a list of cases has a {type(case).__name__} in it.")
        if case.id in care.professionals:
            raise ArgumentError(f"two cases have the id {case.id!r}. Give each its own.")
        view = snapshot(case, at, rules)
        people = tuple(sorted(set(view.actors) & view.professionals))
        care.professionals[case.id] = people
        care.rows[case.id] = in_order(row for row in view.rows if set(people) & {*row.who, *row.named})
        for name in people:
            care.kinds.setdefault(name, sector(view, name) or "other")
    return care


def _density(care: Care, name: str, weight: Callable[[Hashable, Hashable], float]) -> pd.DataFrame:
    shared: Counter[frozenset[Hashable]] = Counter(
        frozenset(pair) for people in care.professionals.values() for pair in combinations(people, 2)
    )
    lines = []
    for child in sorted_labels(care.professionals):
        pairs = list(combinations(care.professionals[child], 2))
        total = math.fsum(weight(a, b) * shared[frozenset((a, b))] for a, b in pairs)
        lines.append(
            {
                "child": child,
                name: total / len(pairs) if pairs else NAN,
                "professionals": len(care.professionals[child]),
                "people": care.professionals[child],
                "pairs": len(pairs),
                "shared_pairs": sum(shared[frozenset(pair)] > 1 for pair in pairs),
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
    return _density(_care(contacts, at, rules), "care_density", lambda *_: 1.0)


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
    known = dict(kinds) if isinstance(kinds, Mapping) else care.kinds
    if not isinstance(weights, Mapping):
        raise ArgumentError(f"weights is a {type(weights).__name__}; give a mapping from (kind, kind) to a number.")

    def weight(a: Hashable, b: Hashable) -> float:
        one, other = (_kind(known, person) for person in (a, b))
        for pair in ((one, other), (other, one)):
            if pair in weights:
                return float(weights[pair])
        raise ArgumentError(f"weights has no number for the pair of kinds ({one!r}, {other!r}). Add one.")

    return _density(care, "fragmented_care_density", weight)


def _kind(known: Mapping[Any, Hashable], person: Hashable) -> Hashable:
    kind = known.get(person)
    if is_missing(kind):
        raise ArgumentError(f"no kind is given for the professional {person!r}. Add one to kinds=.")
    return kind
