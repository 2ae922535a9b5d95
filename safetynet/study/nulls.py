"""Whether a score is more than who met how often, or when: the same contacts with their dates or partners shuffled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import WORD_KINDS
from ..dates import DateLike, Window
from ..measures.headline import NAMES
from ..record.snapshot import Snapshot
from ..rules import Rules
from ..tidy import tidy
from .draws import Cells, Variant, asked, band, check_draws, stream, values

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SWAPS = 10  # tried for each place in a row, in one draw
FIELDS = ("who", "to", "present")


def null_models(
    case: Case, at: DateLike | None = None, *, draws: int = 200, seed: int = 1, rules: Rules | None = None
) -> pd.DataFrame:
    """Every score against the same contacts in another order, and against the same contacts among other people.

    Both models leave every row but the contacts and meetings (told, asked, declined, met) by `at` as it is, and in
    those what was said:

    - *dates*: the dates of the contacts and meetings change places among them. Who met whom how often is kept, and how
      many contacts each day had; which came first is not. A row that was read later is read as many days after its
      date as it was.
    - *partners*: the professionals of an agency change places within it. How often each of them was in contact is kept,
      and when, and how, their agency was; who of them it was is not. Nobody stands twice in one row.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    draws : int
        How many times each is shuffled.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    pandas.DataFrame
        A row per model and score: ``score``, ``kind`` ("dates" or "partners"), ``value`` (of the record), ``expected``
        and ``spread`` (mean and standard deviation over the draws), ``z`` (not defined where no draw differs),
        ``p``, ``low`` and ``high`` (the middle 95 % of the draws) and ``defined`` (the share of draws in which it is
        defined). A score that does not depend on what is shuffled has p = 1.

    Raises
    ------
    ArgumentError
        If `draws` or `seed` is out of its range.

    See Also
    --------
    intervals : dates and rows that are not sure.

    Notes
    -----
    p is two-sided: twice the smaller of the shares of draws, the record counted as one of them, that lie at or below
    the record, and at or above it; at most 1. With 200 draws it is never under 0.009. It says how unusual the order,
    or the choice of partners, is among all those that keep the rest; not how unusual the case is among cases.

    A row says what it says also where somebody else stands in it: with other partners, whoever now tells of a worry
    has it on record, so that worries lie with more people than they did. Of *partners* the scores of the network
    (fragmentation and its kin) say most; `best_picture` and `unshared_pairs` lean to one side.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.null_models(sn.load_case("worked_example"), draws=50).set_index(["kind", "score"])
    >>> float(table.loc[("dates", "fragmentation"), "p"])  # who met whom does not depend on when
    1.0
    """
    check_draws(draws, seed)
    view, value = asked(case, at, rules)
    rows = [row for row in view.contacts if row.kind in (*WORD_KINDS, "met")]
    lines: list[dict[str, Any]] = []
    for place, (kind, shuffled) in enumerate(MODELS.items()):
        drawn = values(view, shuffled(view, rows, draws, (seed, place)), f"Shuffling {kind}", draws)
        lines += [_line(name, kind, value[name], drawn[:, column]) for column, name in enumerate(NAMES)]
    return tidy(lines, ("score", "kind", "value", "expected", "spread", "z", "p", "low", "high", "defined"))


def _line(name: str, kind: str, value: float, drawn: np.ndarray[Any, Any]) -> dict[str, Any]:
    import numpy as np

    there = drawn[~np.isnan(drawn)]
    expected, spread = (float(there.mean()), float(there.std())) if len(there) else (np.nan, np.nan)
    spread = 0.0 if spread < 1e-9 else spread  # what differs only by rounding is the same
    z = (value - expected) / spread if spread > 0 else np.nan
    made = {"score": name, "kind": kind, "value": value, "expected": expected, "spread": spread, "z": z}
    return {**made, "p": two_sided(value, there), **band(drawn, 0.95)}


def two_sided(value: float, drawn: np.ndarray[Any, Any]) -> float:
    """Twice the smaller share of draws, the record counted in, at or beyond the record on one side; at most 1."""
    import numpy as np

    if np.isnan(value) or not len(drawn):
        return float("nan")
    near = 1e-9  # what differs only by rounding is the same
    low, high = int((drawn <= value + near).sum()) + 1, int((drawn >= value - near).sum()) + 1
    return min(1.0, 2 * min(low, high) / (len(drawn) + 1))


def shuffled_dates(_view: Snapshot, rows: Sequence[Row], draws: int, key: tuple[int, ...]) -> Iterator[Variant]:
    """The contacts with their dates in other places."""
    ordered = sorted(rows, key=lambda row: row.id)
    for draw in range(draws):
        chances = stream(*key, draw).random(len(ordered)).tolist()
        places = sorted(range(len(ordered)), key=chances.__getitem__)
        yield [], {row.id: _dated(row, ordered[place].date) for row, place in zip(ordered, places, strict=True)}


def _dated(row: Row, date: Window) -> Cells:
    made = {"date": Window(*date)}
    if row.received_on is not None:
        later = date.last - row.date.last
        first, last, time = row.received_on
        made["received_on"] = Window(first + later, last + later, time)
    return made


def shuffled_partners(view: Snapshot, rows: Sequence[Row], draws: int, key: tuple[int, ...]) -> Iterator[Variant]:
    """The contacts with other professionals of the same agencies in them."""
    there = {row.id: {field: list(getattr(row, field)) for field in FIELDS} for row in rows}
    slots: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name in sorted(there):
        for field in FIELDS:
            for place, one in enumerate(there[name][field]):
                if one in view.professionals and view.records.people[one].agency:
                    slots[view.records.people[one].agency].append((name, field, place))
    groups = [slots[agency] for agency in sorted(slots)]
    for draw in range(draws):
        fresh = {name: {field: list(ids) for field, ids in fields.items()} for name, fields in there.items()}
        for number, group in enumerate(groups):
            _swap(fresh, group, stream(*key, draw, number).random((SWAPS * len(group), 2)).tolist())
        yield [], {name: {field: tuple(ids) for field, ids in fields.items()} for name, fields in fresh.items()}


def _swap(rows: dict[str, dict[str, list[str]]], slots: list[tuple[str, str, int]], chances: list[list[float]]) -> None:
    """Let two change places again and again, wherever neither would then stand twice in a row."""
    for first, second in chances:
        one, other = slots[int(first * len(slots))], slots[int(second * len(slots))]
        here, there = rows[one[0]], rows[other[0]]
        a, b = here[one[1]][one[2]], there[other[1]][other[2]]
        if here is there or a == b or _stands(here, b) or _stands(there, a):
            continue
        here[one[1]][one[2]], there[other[1]][other[2]] = b, a


def _stands(row: dict[str, list[str]], person: str) -> bool:
    return any(person in ids for ids in row.values())


MODELS: dict[str, Callable[[Snapshot, Sequence[Row], int, tuple[int, ...]], Iterator[Variant]]] = {
    "dates": shuffled_dates,
    "partners": shuffled_partners,
}
