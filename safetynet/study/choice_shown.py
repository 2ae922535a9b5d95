"""The result of a model of contacts as a table that says itself in sentences."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd

from ..wording import count, in_words

FEW = 12  # cases below which a band is called rough
SAID = {  # of two who could have been turned to and are otherwise alike: the one …
    "inertia": "to whom the sender had turned before (for one more in log(1 + times))",
    "reciprocity": "who had turned to the sender before (for one more in log(1 + times))",
    "popularity": "to whom others had turned before (for one more in log(1 + times))",
    "same_agency": "of the sender’s agency",
    "same_sector": "of the sender’s sector",
    "receiver_leads": "who is lead professional",
    "days_since_contact": "with whom the last contact is longer ago (for one more in log(1 + days))",
    "no_contact_yet": "without a contact on record yet",
    "receiver_is_desk": "that is an agency’s desk",
    "receiver_lacks": "who has no record of what the sender holds (for each point of severity)",
    "receiver_could_act": "who could act on it",
}
FIRST = ("receiver_lacks", "receiver_could_act")  # what is asked


class ContactChoice(pd.DataFrame):
    """A DataFrame like any other, with ``explain()``; what pandas makes of it is of this kind too."""

    @property
    def _constructor(self) -> Callable[..., ContactChoice]:
        return ContactChoice

    def explain(self) -> str:
        """What the table says, in sentences."""
        lines = self.to_dict("records")
        if not lines:
            return "No term was asked about."
        events, cases = int(lines[0]["events"]), int(lines[0]["cases"])
        if not events:
            return "No contact on record is a choice among several who were active, so that nothing can be said."
        head = (
            f"{count(events, 'contact')} in {count(cases, 'case')} {'is' if events == 1 else 'are'} read as a choice."
        )
        return " ".join([head, *_estimates(lines), *_without(lines), *_caution(cases)])


def _estimates(lines: list[dict[Hashable, Any]]) -> list[str]:
    """A sentence for each term that has a band."""
    said = []
    for line in sorted(lines, key=lambda line: line["term"] not in FIRST):
        if not pd.isna(line["low"]):
            who = SAID.get(line["term"], f"with more of {line['term']}")
            band = f"{_figure(line['odds_ratio'])} times the odds ({_figure(line['low'])} to {_figure(line['high'])})"
            said.append(f"The one {who}: {band}, {_way(line)}.")
    opening = "Of two who could have been turned to and are otherwise alike, with which odds was it this one (95 %)?"
    return [opening, *said] if said else []


def _way(line: dict[Hashable, Any]) -> str:
    if line["low"] > 1:
        return "more often"
    return "less often" if line["high"] < 1 else "it may be either way"


def _without(lines: list[dict[Hashable, Any]]) -> list[str]:
    """The terms of which there is no estimate or no band, by why."""
    why: dict[str, list[str]] = {}
    for line in lines:
        if line["reason"]:
            why.setdefault(line["reason"], []).append(line["term"])
    return [f"No band for {in_words(terms)} ({reason})." for reason, terms in why.items()]


def _caution(cases: int) -> list[str]:
    if cases == 1:
        return ["With one case the contacts count as independent of each other: the bands are too narrow."]
    return [f"With {count(cases, 'case')} the bands are rough."] if cases < FEW else []


def _figure(number: float) -> str:
    if number >= 1000:
        return "over 1000"
    return f"{number:.3g}" if number >= 0.001 else "under 0.001"
