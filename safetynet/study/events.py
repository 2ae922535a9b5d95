"""Each contact beside those that could have been: who else might have been turned to, and what was known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import ArgumentError
from ..rules import Rules, as_rules
from ..tidy import as_table
from .turning import ARRAYS, NEVER, REASONS, TERMS, Lines, lines

if TYPE_CHECKING:
    import pandas as pd

EVENT_COLUMNS = ("case", "event", "row", "date", "sender", "receiver", "chosen", *TERMS, "left_out")


def contact_events(
    cases: Case | Iterable[Case], at: DateLike | None = None, *, rules: Rules | None = None
) -> pd.DataFrame:
    """Whom professionals turned to, beside whom else they could have turned to on that day.

    A contact is read as a choice: a professional told or asked somebody, and there were others around the child whom
    they could have told or asked instead. Each of these is a line, with what the record showed of them the day before.
    :func:`contact_choice` asks of this table what those have in common who were chosen.

    Parameters
    ----------
    cases : Case or iterable of Case
        One, or any number with different ids, taken one after another.
    at, rules : optional
        As everywhere: :doc:`/arguments`; `at` by default the date of each case.

    Returns
    -------
    pandas.DataFrame
        A line per alternative: ``case``, ``event`` (the number of the contact: one row, sender and receiver), ``row``,
        ``date`` (the day on which the row counts), ``sender``, ``receiver`` (whom they turned to or could have turned
        to), ``chosen`` (whether it was this one); then the terms ``inertia``, ``reciprocity``, ``popularity``,
        ``same_agency``, ``same_sector``, ``receiver_leads``, ``days_since_contact``, ``no_contact_yet``,
        ``receiver_is_desk``, ``receiver_lacks`` and ``receiver_could_act``; and ``left_out``, why a contact is no
        choice among several: it then has one line only, for the receiver, and no model learns from it.

    Raises
    ------
    ArgumentError
        If something else than cases is given, or two of them have one id.

    See Also
    --------
    contact_choice : what those have in common who were turned to.
    Study.contact_events : the same for a study, under the names of its cases.

    Notes
    -----
    :doc:`/contact-choice` has each term, its day, and who could have been turned to, word by word. Everything is as on
    record *the day before*, so that the contacts of one day do not count for one another. The table names people by
    their ids, as the chronology does: it is not one to be published.

    Examples
    --------
    >>> import safetynet as sn
    >>> events = sn.contact_events(sn.load_case("reuben"))
    >>> first = events[events["event"] == events.loc[events["left_out"] == "", "event"].min()]
    >>> first[["date", "sender", "receiver", "chosen", "no_contact_yet", "receiver_lacks"]]
            date sender receiver  chosen  no_contact_yet  receiver_lacks
    0 2023-12-31    pol      cp0    True            True             0.0
    1 2023-12-31    pol      sch   False            True             0.0
    """
    is_one = isinstance(cases, Case | str | Mapping) or hasattr(cases, "columns") or not isinstance(cases, Iterable)
    given: Any = [cases] if is_one else cases
    return table_of(_each(given, at, as_rules(rules)))


def _each(cases: Iterable[Any], at: DateLike | None, rules: Rules) -> Iterator[tuple[str, Lines]]:
    seen: set[str] = set()
    for case in cases:
        name = need_case(case).id
        if name in seen:
            raise ArgumentError(
                f"Two of the cases are called {name!r}. Give each an id of its own (the column id of its table case), "
                "or put them into one folder: read_study(folder).contact_events() calls them by their files."
            )
        seen.add(name)
        yield name, lines(case, case._day(at), rules)


def table_of(found: Iterable[tuple[str, Lines]]) -> pd.DataFrame:
    """The contacts of several cases as one table, numbered through."""
    parts: dict[str, list[Any]] = {name: [] for name in EVENT_COLUMNS}
    number = 0
    for case, given in found:
        made: dict[str, Any] = dict(given.arrays)
        size = len(made["event"])
        names, ids = np.array(given.names, dtype=object), np.array(given.ids, dtype=object)
        made["event"] = made["event"] + number + 1
        made["row"] = ids[made["row"]]
        made["sender"], made["receiver"] = names[made["sender"]], names[made["receiver"]]
        made["left_out"] = np.array(REASONS, dtype=object)[made["left_out"]]
        made["case"] = np.full(size, case, dtype=object)
        for name in EVENT_COLUMNS:
            parts[name].append(made[name])
        number = int(made["event"][-1]) if size else number
    nothing = {name: [np.empty(0, ARRAYS.get(name, object))] for name in EVENT_COLUMNS}
    whole = {name: np.concatenate(arrays or nothing[name]) for name, arrays in parts.items()}
    since = whole["days_since_contact"]
    return as_table({**whole, "days_since_contact": (since, since == NEVER)})
