"""Care density over a study: do the professionals around a child work together for other children too?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..errors import ArgumentError
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

TOO_FEW = "fewer than two professionals have seen the child"


class Care(NamedTuple):
    """Which professionals each child has, each professional's kind as far as it is given, and the rows behind it."""

    professionals: dict[Hashable, tuple[Hashable, ...]]
    kinds: dict[Hashable, Hashable]
    rows: dict[Hashable, tuple[Any, ...]]


def _care(contacts: Any, at: Any, rules: Rules | None, kinds: Any = None) -> Care:
    import pandas as pd

    if isinstance(contacts, pd.DataFrame):
        if at is not None or rules is not None:
            raise ArgumentError("at= and rules= need cases; a table of who saw whom has no dates. Leave them out.")
        return _from_table(contacts, kinds)
    if isinstance(contacts, Case) or not isinstance(contacts, Iterable):
        raise ArgumentError(
            f"several cases or a table with the columns child and professional are needed, not one "
            f"{type(contacts).__name__}: care density compares children."
        )
    return _from_cases(list(contacts), at, rules, kinds)


def _from_table(table: pd.DataFrame, kinds: Any) -> Care:
    for name in ("child", "professional", *([kinds] if isinstance(kinds, str) else [])):
        if name not in table.columns:
            raise ArgumentError(
                f"the table has no column {name!r}. It needs one line per child and professional who saw them, in "
                "columns child and professional."
            )
    if table[["child", "professional"]].isna().any().any():
        raise ArgumentError("the columns child and professional have empty cells. Fill them in or drop those lines.")
    seen: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    rows: defaultdict[Hashable, list[Any]] = defaultdict(list)
    found: dict[Hashable, Hashable] = {}
    given = table[kinds] if isinstance(kinds, str) else [None] * len(table)
    for label, child, person, kind in zip(table.index, table["child"], table["professional"], given, strict=True):
        seen[child].add(person)
        rows[child].append(label)
        if isinstance(kinds, str) and found.setdefault(person, kind) != kind:
            raise ArgumentError(f"column {kinds!r} gives {person!r} two kinds. Give each professional one.")
    return Care(
        {child: tuple(sorted(people, key=str)) for child, people in seen.items()},
        found,
        {child: tuple(labels) for child, labels in rows.items()},
    )


def _from_cases(cases: list[Any], at: Any, rules: Rules | None, kinds: Any) -> Care:
    care = Care({}, {}, {})
    if isinstance(kinds, str):
        raise ArgumentError(f"kinds={kinds!r} names a column of a table; with cases give a mapping, or leave it out.")
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
            care.kinds.setdefault(name, _sector(view, name))
    return care


def _sector(view: Snapshot, person: str) -> str:
    agency = view.records.agencies.get(view.records.people[person].agency)
    return "other" if agency is None else agency.sector


def _density(care: Care, name: str, weight: Callable[[Any, Any], float]) -> pd.DataFrame:
    import pandas as pd

    shared: Counter[frozenset[Hashable]] = Counter(
        frozenset(pair) for people in care.professionals.values() for pair in combinations(people, 2)
    )
    children = sorted(care.professionals, key=str)
    lines = []
    for child in children:
        pairs = list(combinations(care.professionals[child], 2))
        total = math.fsum(weight(a, b) * shared[frozenset((a, b))] for a, b in pairs)
        lines.append({
            name: total / len(pairs) if pairs else math.nan, "professionals": len(care.professionals[child]),
            "people": care.professionals[child], "pairs": len(pairs),
            "shared_pairs": sum(shared[frozenset(pair)] > 1 for pair in pairs),
            "reason": "" if pairs else TOO_FEW, "rows": care.rows[child],
        })  # fmt: skip
    columns = [name, "professionals", "people", "pairs", "shared_pairs", "reason", "rows"]
    index = pd.Index(children, name="child", dtype="object", tupleize_cols=False)
    return pd.DataFrame(lines, columns=columns, index=index).astype({name: "float64"})


def care_density(
    contacts: pd.DataFrame | Iterable[Case], *, at: Any = None, rules: Rules | None = None
) -> pd.DataFrame:
    """How many children the professionals around a child share, pair by pair, on average.

    High: those around this child often work around the same children, so they are likely to know each other. 1:
    no two of them share any other child. It is computed over a whole study; a child's number changes when other
    children are added.

    Parameters
    ----------
    contacts : pandas.DataFrame or iterable of Case
        A table with the columns ``child`` and ``professional``, a line per child and professional who saw them
        (repeats count once); or cases, in which an id must mean the same human being in every case.
    at : date or str, optional
        With cases: the date asked for. Default: the default date of each.
    rules : Rules, optional
        With cases.

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
        If a column is missing, a cell is empty, one case is given alone, or two cases have one id.
    DateError
        If `at` is no date.

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
    return _density(_care(contacts, at, rules), "care_density", lambda a, b: 1.0)


def fragmented_care_density(
    contacts: pd.DataFrame | Iterable[Case],
    weights: Mapping[tuple[str, str], float],
    *,
    kinds: str | Mapping[Any, Any] | None = None,
    at: Any = None,
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
    DateError
        If `at` is no date.

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

    def weight(a: Any, b: Any) -> float:
        one, other = (_kind(known, person) for person in (a, b))
        for pair in ((one, other), (other, one)):
            if pair in weights:
                return float(weights[pair])
        raise ArgumentError(f"weights has no number for the pair of kinds ({one!r}, {other!r}). Add one.")

    return _density(care, "fragmented_care_density", weight)


def _kind(known: Mapping[Any, Any], person: Any) -> Any:
    kind = known.get(person)
    if kind is None or kind == "" or kind != kind:
        raise ArgumentError(f"no kind is given for the professional {person!r}. Add one to kinds=.")
    return kind
