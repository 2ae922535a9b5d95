"""Whom professionals turn to: what those have in common who were chosen among all who could have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ArgumentError, did_you_mean, type_of
from ..tidy import tidy
from .events import EVENT_COLUMNS
from .fitting import Choices, Estimate, Numbers, estimated
from .turning import TERMS

if TYPE_CHECKING:
    import pandas as pd

    from .choice_shown import ContactChoice

LOGGED = ("inertia", "reciprocity", "popularity", "days_since_contact")  # what enters as log(1 + n)
CHOICE_COLUMNS = (
    *("term", "unit", "coefficient", "error", "odds_ratio", "low", "high", "z", "p"),
    *("events_varied", "cases_varied", "events", "cases", "reason"),
)


def contact_choice(events: pd.DataFrame, *, terms: Sequence[str] | None = None) -> ContactChoice:
    """Do professionals turn to those who lack what they hold? What speaks for being turned to, the rest being equal.

    A conditional logit over contacts: each is a choice of one among all who could have been turned to that day, and the
    model asks what those have in common who were chosen. Only differences *within* a contact count, so that busy cases,
    busy senders and busy days do not. It says how the record was made as much as how people worked, names nobody, and
    ranks neither people nor agencies.

    Parameters
    ----------
    events : pandas.DataFrame
        The table of :func:`contact_events`, of many cases; columns of your own may stand beside.
    terms : sequence of str, optional
        The columns that are asked about together, also your own (numbers, or yes and no). Default: the eleven terms
        of the table.

    Returns
    -------
    pandas.DataFrame
        A line per term: ``term``, ``unit`` ("yes" against no; "log(1 + n)" of counts and days; "1" more), its
        ``coefficient`` (the logarithm of the odds ratio) and standard ``error``, ``odds_ratio`` with its band ``low``
        to ``high`` (95 %), ``z`` (coefficient ÷ error), ``p`` (two-sided), ``events_varied`` and ``cases_varied``
        (contacts in which the alternatives differ by the term, and cases that these are in), ``events`` and ``cases``
        (all that the model rests on), and ``reason``: why there is no estimate or no band. Its method ``explain()``
        says it in sentences.

    Raises
    ------
    ArgumentError
        If the table is not one of :func:`contact_events`, a term is no column of it or has empty cells, or a contact
        has not just one receiver who was chosen.
    MissingExtraError
        Without the extra ``study`` (statsmodels).

    See Also
    --------
    contact_events : the table, and what each term is.

    Notes
    -----
    Above 1, an odds ratio says that of two who are otherwise alike the one with more of the term was turned to more
    often. ``days_since_contact`` is 0 where there was no contact yet, and ``no_contact_yet`` then says so.

    Bands rest on how the estimate differs from case to case: what it would be without each one in turn (the cluster
    jackknife, linearised; MacKinnon, Nielsen & Webb 2025), because the contacts of one case are not independent. The
    band and ``p`` take Student's t with one degree of freedom fewer than ``cases_varied``. With a dozen cases or fewer
    they are rough; with one, the contacts have to count as independent, and the band is too narrow.

    A term that is alike for all alternatives of every contact has no estimate. Where a term, or several together, tell
    in every contact which of some who differ was turned to, the estimate is infinite and has no band; the others are
    what they approach as it grows.

    The likelihood is McFadden's (1974); relational events are read as such choices by Butts (2008) and Stadtfeld &
    Block (2017).

    Examples
    --------
    >>> import safetynet as sn
    >>> cases = [sn.synthetic(seed=seed, people=12, contacts=60, silo=0.4) for seed in range(1, 7)]
    >>> table = sn.contact_choice(sn.contact_events(cases), terms=["popularity", "same_agency", "receiver_lacks"])
    >>> table[["term", "odds_ratio", "low", "high"]].round(2)
                 term  odds_ratio   low   high
    0      popularity        0.35  0.17   0.74
    1     same_agency        7.05  3.68  13.49
    2  receiver_lacks        0.82  0.66   1.01
    """
    from .choice_shown import ContactChoice

    chosen_terms = _checked(events, terms)
    choices = _choices(events, chosen_terms)
    made = estimated(choices)
    return ContactChoice(tidy(_lines(choices, made, events), CHOICE_COLUMNS))


def _checked(events: Any, terms: Sequence[str] | None) -> tuple[str, ...]:
    """The terms that are asked about, if the table has them."""
    import pandas as pd

    if not isinstance(events, pd.DataFrame):
        raise ArgumentError(
            f"contact_choice takes the table of contact_events, not {type_of(events)}. "
            "Write contact_choice(contact_events(cases))."
        )
    if missing := [name for name in ("case", "event", "chosen") if name not in events]:
        raise ArgumentError(
            f"The table has no column {missing[0]!r}. Give the one that contact_events makes, as it is."
        )
    if isinstance(terms, str):
        raise ArgumentError(f"terms={terms!r} is one name. Write terms=[{terms!r}].")
    wished = tuple(name for name in TERMS if name in events) if terms is None else tuple(dict.fromkeys(terms))
    if not wished:
        raise ArgumentError("No term is asked about. Name at least one column in terms=.")
    for name in wished:
        if name not in events or (name in EVENT_COLUMNS and name not in TERMS):
            near = did_you_mean(
                str(name), [str(one) for one in events.columns if one not in EVENT_COLUMNS or one in TERMS]
            )
            raise ArgumentError(f"terms has {name!r}, which is no term of the table. {near}".strip())
    return wished


def _choices(events: pd.DataFrame, terms: Sequence[str]) -> Choices:
    """The contacts with an alternative, sorted by case and contact."""
    cases = events["case"].factorize()[0].astype(np.int64)
    numbers = events["event"].factorize()[0].astype(np.int64)
    order = np.lexsort((numbers, cases))
    cases, numbers = cases[order], numbers[order]
    begins = np.r_[True, (cases[1:] != cases[:-1]) | (numbers[1:] != numbers[:-1])] if len(order) else np.empty(0, bool)
    strata = np.cumsum(begins) - 1
    chosen = events["chosen"].to_numpy(dtype=bool)[order]
    _one_each(events, chosen, strata, order)
    values = [_values(events[name], name)[order] for name in terms]
    whole = Choices(tuple(terms), np.column_stack(values), chosen, strata, cases)
    return whole.only(np.ones(len(order), bool))


def _one_each(events: pd.DataFrame, chosen: Numbers, strata: Numbers, order: Numbers) -> None:
    """Refuse a table in which a contact has none, or several, who were chosen."""
    wrong = np.flatnonzero(np.bincount(strata, weights=chosen) != 1)
    if len(wrong):
        line = events.iloc[order[np.flatnonzero(strata == wrong[0])[0]]]
        raise ArgumentError(
            f"The contact {line['event']} of the case {line['case']!r} has not just one line that is chosen. Keep all "
            "lines of a contact, or none, and number the contacts through where tables are put together."
        )


def _values(column: pd.Series[Any], name: str) -> Numbers:
    """A term as it enters the model."""
    try:
        if name in LOGGED:
            return np.asarray(np.log1p(column.to_numpy(dtype=float, na_value=0.0)))
        values = column.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        values = np.full(len(column), np.nan)
    if not np.isfinite(values).all():
        raise ArgumentError(
            f"The column {name!r} has cells that are no numbers, nor yes and no. Fill or leave out the lines."
        )
    return values


def _unit(events: pd.DataFrame, term: str) -> str:
    if term in LOGGED:
        return "log(1 + n)"
    return "yes" if str(events[term].dtype) in ("bool", "boolean") else "1"


def _lines(choices: Choices, made: Estimate, events: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of the result."""
    ranges = choices.ranges() > 0 if len(choices) else np.empty((0, len(choices.terms)), bool)
    of_strata = choices.cases[choices.chosen]
    common = {"events": len(choices), "cases": len(np.unique(of_strata))}
    found = []
    for place, term in enumerate(choices.terms):
        varied = of_strata[ranges[:, place]]
        about = {"term": term, "unit": _unit(events, term), "reason": made.reason.get(term, "")}
        counts = {"events_varied": len(varied), "cases_varied": len(np.unique(varied)), **common}
        numbers = _numbers(made.coefficient.get(term, np.nan), made.error.get(term, np.nan), counts["cases_varied"])
        found.append({**about, **counts, **numbers})
    return found


def _numbers(coefficient: float, error: float, cases: int) -> dict[str, float]:
    """The odds ratio with its band, z and p."""
    from scipy import stats

    chance = stats.t(cases - 1) if cases > 1 else stats.norm()
    reach = float(chance.ppf(0.975)) * error
    z = coefficient / error if error > 0 else np.nan
    with np.errstate(over="ignore"):
        ratio, low, high = (float(np.exp(one)) for one in (coefficient, coefficient - reach, coefficient + reach))
    made = {"coefficient": coefficient, "error": error, "odds_ratio": ratio, "low": low, "high": high}
    return {**made, "z": z, "p": 2 * float(chance.sf(abs(z)))}
