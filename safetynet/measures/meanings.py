"""What the number of each headline score means, in which unit it is, how far it goes and what high says: for codebooks.

The registry (:mod:`safetynet.measures.headline`) has their names, labels and order; range and direction are those of
the scores themselves, to which a test holds them.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Meaning(NamedTuple):
    """A headline score or count as a codebook describes it."""

    said: str
    unit: str
    least: float = 0.0
    greatest: float = 1.0
    direction: str = "higher is worse"


def _counted(said: str, unit: str, direction: str = "", least: float = 0.0) -> Meaning:
    return Meaning(said, unit, least, math.inf, direction)


MEANINGS: dict[str, Meaning] = {
    "people": _counted("How many people had appeared in the record by the day asked for.", "people"),
    "professionals": _counted("How many professionals had appeared in the record by the day asked for.", "people"),
    "agencies": _counted("How many agencies had appeared, themselves or through their people.", "agencies"),
    "concerns": _counted("How many concerns were on anyone’s record.", "concerns"),
    "contacts": _counted("How many contacts (told, asked, declined) were on record.", "rows"),
    "meetings": _counted("How many meetings (met) were on record.", "rows"),
    "best_picture": Meaning(
        "The largest share of the known severity that any one involved professional had on record.",
        "share",
        direction="higher is better",
    ),
    "unshared_pairs": Meaning(
        "The share of pairs of known worries that no involved professional had on record together; a pair weighs the "
        "product of its severities.",
        "share",
    ),
    "concern_clusters": _counted(
        "How many groups of professionals and agency files there are between which none of the worries passed.",
        "groups",
    ),
    "exclusive_concerns": _counted("How many worries just one involved professional had on record.", "worries"),
    "smallest_meeting": _counted(
        "The fewest professionals who together had every known worry on record.", "people", least=1.0
    ),
    "unowned_share": Meaning(
        "The share of the known worries, by severity, that nobody is on record as having in hand.", "share"
    ),
    "unowned_concerns": _counted(
        "How many known worries nobody is on record as having in hand.", "worries", "higher is worse"
    ),
    "diffusion": Meaning(
        "How far responsibility for the worries that several could have acted on is spread thin: the mean of an index, "
        "weighted by severity.",
        "index",
    ),
    "circular_assumptions": _counted(
        "How many groups of agencies are on record as counting on each other in a circle.", "groups", "higher is worse"
    ),
    "missed_opportunities": _counted(
        "How many contacts there were in which a worry could have reached an agency for the first time, and no record "
        "of it there a week later.",
        "contacts",
        "higher is worse",
    ),
    "missed_share": Meaning(
        "Of the worries that had an occasion to come to an agency, the share with no record of it there a week later.",
        "share",
    ),
    "worry_fragmentation": Meaning(
        "The share of pairs that no chain of contacts in which a worry was passed on or tabled joins.", "share"
    ),
    "fragmentation": Meaning("The share of pairs that no chain of contacts joins.", "share"),
    "distance_fragmentation": Meaning(
        "Fragmentation in which a long chain of contacts counts as partly broken: 1 less the mean of 1 by its length.",
        "share",
    ),
    "temporal_fragmentation": Meaning(
        "The share of ordered pairs between whom nothing could have travelled in the order in which things happened.",
        "share",
    ),
    "current_fragmentation": Meaning(
        "The share of pairs of those involved now that no chain of contacts of late joins.", "share"
    ),
    "agency_fragmentation": Meaning("The share of pairs of agencies that no chain of contacts joins.", "share"),
    "ei_index": Meaning(
        "Pairs in contact of two agencies less those of one, by all pairs in contact.",
        "index",
        least=-1.0,
        direction="higher means more contact between agencies",
    ),
}
